//! The clauses of a query: FROM, WHERE, LIMIT, GROUP BY, ORDER BY, DISTINCT, windows, ON CONFLICT (PostgreSQL:
//! parser/parse_clause.c).

mod from;
mod function;
mod group;
mod join;
mod on_conflict;
mod sort;
mod window;

pub use from::{set_namespace_lateral_state, set_target_table, transform_from_clause};
pub(super) use function::table_func_has_vars;
pub use group::transform_group_clause;
pub use on_conflict::transform_on_conflict_arbiter;
pub use sort::{
    add_target_to_sort_list, assign_sort_group_ref, find_targetlist_entry_sql99,
    target_is_in_sort_list, transform_distinct_clause, transform_distinct_on_clause,
    transform_sort_clause,
};
pub use window::transform_window_definitions;

use crate::findings::PgResult;
use crate::nodes::primnodes::{Expr, LimitOption};
use crate::nodes::tree::Node;
use crate::parser::clauses::{contain_vars_of_level, locate_var_of_level};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{coerce_to_boolean, coerce_to_specific_type};
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::pg::oid::fixed::INT8OID;
use crate::pg::sqlstate;

/// A condition (PostgreSQL: transformWhereClause).
pub fn transform_where_clause(
    pstate: &mut ParseState,
    clause: Option<&Node>,
    kind: ExprKind,
    construct: &str,
) -> PgResult<Option<Expr>> {
    let Some(clause) = clause else { return Ok(None) };
    let qual = transform_expr(pstate, clause, kind)?;
    coerce_to_boolean(pstate, qual, construct).map(Some)
}

/// PostgreSQL: transformLimitClause.
pub fn transform_limit_clause(
    pstate: &mut ParseState,
    clause: Option<&Node>,
    kind: ExprKind,
    construct: &str,
    option: LimitOption,
) -> PgResult<Option<Expr>> {
    let Some(clause) = clause else { return Ok(None) };
    let qual = transform_expr(pstate, clause, kind)?;
    let qual = coerce_to_specific_type(pstate, qual, INT8OID, construct)?;
    check_expr_is_var_free(&qual, construct)?;
    let is_null = matches!(clause, Node::AConst(constant) if constant.val.is_none());
    if kind == ExprKind::Limit && option == LimitOption::LimitOptionWithTies && is_null {
        return Err(crate::findings::PgError::new(
            sqlstate::INVALID_ROW_COUNT_IN_LIMIT_CLAUSE,
            "row count cannot be null in FETCH FIRST ... WITH TIES clause",
        )
        .into());
    }
    Ok(Some(qual))
}

/// PostgreSQL: checkExprIsVarFree.
fn check_expr_is_var_free(expr: &Expr, construct: &str) -> PgResult<()> {
    if contain_vars_of_level(expr, 0) {
        return error_at(
            sqlstate::INVALID_COLUMN_REFERENCE,
            format!("argument of {construct} must not contain variables"),
            locate_var_of_level(expr, 0),
        );
    }
    Ok(())
}
