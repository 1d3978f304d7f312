//! What a publication's row filter may say (PostgreSQL: TransformPubWhereClauses, check_simple_rowfilter_expr,
//! commands/publicationcmds.c).

use std::sync::Arc;

use super::Context;
use crate::catalog::{PgClass, PgProc};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_location, expr_type, walk_expr};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::Node;
use crate::parser::parse_clause::transform_where_clause;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The analysed row filter of one table.
pub(super) fn transform_pub_where_clause(
    context: &Context,
    class: &Arc<PgClass>,
    clause: Option<&Node>,
    via_root: bool,
) -> PgResult<Option<Arc<Expr>>> {
    if clause.is_none() {
        return Ok(None);
    }
    if class.relkind == b'p' && !via_root {
        return Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!("cannot use publication WHERE clause for relation \"{}\"", class.relname),
        )
        .detail(
            "WHERE clause cannot be used for a partitioned table when publish_via_partition_root \
             is false.",
        )
        .into());
    }
    let mut pstate = ParseState::new(context.shared(), None);
    let item = add_range_table_entry_for_relation(&mut pstate, class, None, false, false)?;
    add_ns_item_to_query(&mut pstate, item, false, true, true);
    let construct = "PUBLICATION WHERE";
    let qual = transform_where_clause(&mut pstate, clause, ExprKind::Where, construct)?;
    let Some(mut qual) = qual else { return Ok(None) };
    assign_expr_collations(&pstate, &mut qual)?;
    check_simple_rowfilter_expr(context, &qual)?;
    Ok(Some(Arc::new(qual)))
}

/// PostgreSQL: check_simple_rowfilter_expr_walker.
fn check_simple_rowfilter_expr(context: &Context, qual: &Expr) -> PgResult<()> {
    let mut refused: Option<(&'static str, i32)> = None;
    walk_expr(qual, &mut |node| {
        let detail = refusal(context, node);
        refused = detail.map(|detail| (detail, expr_location(node)));
        refused.is_some()
    });
    match refused {
        Some((detail, location)) => Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "invalid publication WHERE expression",
        )
        .detail(detail)
        .at(location)
        .into()),
        None => Ok(()),
    }
}

fn refusal(context: &Context, node: &Expr) -> Option<&'static str> {
    const FUNCTIONS: &str = "User-defined or built-in mutable functions are not allowed.";
    let mutable = |oid: Oid| {
        !oid.is_builtin()
            || context.catalog.get::<PgProc>(oid).is_some_and(|row| row.provolatile != b'i')
    };
    let detail = match node {
        Expr::Var(var) if var.varattno < 0 => Some("System columns are not allowed."),
        Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) if !e.opno.is_builtin() => {
            Some("User-defined operators are not allowed.")
        }
        Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) if mutable(e.opfuncid) => {
            Some(FUNCTIONS)
        }
        Expr::ScalarArrayOpExpr(e) if !e.opno.is_builtin() => {
            Some("User-defined operators are not allowed.")
        }
        Expr::FuncExpr(e) if mutable(e.funcid) => Some(FUNCTIONS),
        Expr::CollateExpr(e) if !e.coll_oid.is_builtin() => {
            Some("User-defined collations are not allowed.")
        }
        Expr::Var(_)
        | Expr::Const(_)
        | Expr::FuncExpr(_)
        | Expr::OpExpr(_)
        | Expr::DistinctExpr(_)
        | Expr::NullIfExpr(_)
        | Expr::ScalarArrayOpExpr(_)
        | Expr::BoolExpr(_)
        | Expr::RelabelType(_)
        | Expr::CollateExpr(_)
        | Expr::CaseExpr(_)
        | Expr::CaseTestExpr { .. }
        | Expr::ArrayExpr(_)
        | Expr::RowExpr(_)
        | Expr::RowCompareExpr(_)
        | Expr::CoalesceExpr(_)
        | Expr::MinMaxExpr(_)
        | Expr::XmlExpr(_)
        | Expr::NullTest(_)
        | Expr::BooleanTest(_)
        | Expr::CoerceViaIO(_)
        | Expr::ArrayCoerceExpr(_) => None,
        _ => Some(
            "Only columns, constants, built-in operators, built-in data types, built-in \
             collations, and immutable built-in functions are allowed.",
        ), // subqueries and everything rarer
    };
    detail.or_else(|| {
        (!expr_type(node).is_builtin()).then_some("User-defined types are not allowed.")
    })
}
