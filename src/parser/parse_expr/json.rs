//! SQL/JSON expressions (PostgreSQL: transformJsonObjectConstructor and its kin, parser/parse_expr.c).

use crate::findings::{PgResult, unknown};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::Node;
use crate::parser::parse_node::ParseState;

/// Any SQL/JSON expression.
pub(super) fn transform_json(_pstate: &mut ParseState, node: &Node) -> PgResult<Expr> {
    unknown(format!("{} is not modelled", node.tag_name()))
}
