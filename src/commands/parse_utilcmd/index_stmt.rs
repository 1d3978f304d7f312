//! An index's expressions and predicate from raw tree to analysed (PostgreSQL: transformIndexStmt,
//! parser/parse_utilcmd.c).

use std::sync::Arc;

use crate::catalog::PgClass;
use crate::commands::Context;
use crate::findings::{PgError, PgResult};
use crate::nodes::Str;
use crate::nodes::tree::{IndexStmt, Node};
use crate::parser::parse_coerce::coerce_to_boolean;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::parser::parse_target::figure_index_colname;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The statement with every expression analysed.
pub fn transform_index_stmt(
    context: &Context,
    relid: Oid,
    stmt: &IndexStmt,
) -> PgResult<IndexStmt> {
    let mut stmt = stmt.clone();
    if stmt.transformed {
        return Ok(stmt);
    }
    let Some(class) = context.catalog.get::<PgClass>(relid) else { return Ok(stmt) };
    let mut pstate = ParseState::new(context.shared(), None);
    let item = add_range_table_entry_for_relation(&mut pstate, class, None, false, true)?;
    add_ns_item_to_query(&mut pstate, item, false, true, true);
    if let Some(raw) = &stmt.where_clause
        && !matches!(raw, Node::Analyzed(_))
    {
        let expr = transform_expr(&mut pstate, raw, ExprKind::IndexPredicate)?;
        let mut expr = coerce_to_boolean(&pstate, expr, "WHERE")?;
        assign_expr_collations(&pstate, &mut expr)?;
        stmt.where_clause = Some(Node::Analyzed(Arc::new(expr)));
    }
    for param in &mut stmt.index_params {
        let Node::IndexElem(element) = param else { continue };
        let Some(raw) = &element.expr else { continue };
        if matches!(raw, Node::Analyzed(_)) {
            continue;
        }
        if element.indexcolname.is_none() {
            element.indexcolname = figure_index_colname(raw).map(|name| Str::new(name.as_ref()));
        }
        let mut expr = transform_expr(&mut pstate, raw, ExprKind::IndexExpression)?;
        assign_expr_collations(&pstate, &mut expr)?;
        element.expr = Some(Node::Analyzed(Arc::new(expr)));
    }
    if pstate.rtable.len() != 1 {
        return Err(PgError::new(
            sqlstate::INVALID_COLUMN_REFERENCE,
            "index expressions and predicates can refer only to the table being indexed",
        )
        .into());
    }
    stmt.transformed = true;
    Ok(stmt)
}
