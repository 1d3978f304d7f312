//! ROW(…) and the assignment of several columns at once (PostgreSQL: transformRowExpr, transformMultiAssignRef,
//! parser/parse_expr.c).

use super::sublink::transform_sub_link;
use crate::findings::{PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{
    expr_collation, expr_location, expr_type, expr_typmod, raw_location,
};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{self, Node};
use crate::parser::errors::error_at;
use crate::parser::parse_node::ParseState;
use crate::parser::parse_relation::make_target_entry;
use crate::parser::parse_target::transform_expression_list;
use crate::pg::name::Name;
use crate::pg::oid::fixed;
use crate::pg::sqlstate as state;

/// The most columns that a row can have (PostgreSQL: MaxTupleAttributeNumber).
const MAX_TUPLE_ATTRIBUTES: usize = 1664;

/// PostgreSQL: transformRowExpr.
pub(super) fn transform_row_expr(
    pstate: &mut ParseState,
    row: &tree::RowExpr,
    allow_default: bool,
) -> PgResult<Expr> {
    let kind = pstate.expr_kind;
    let args = transform_expression_list(pstate, &row.args, kind, allow_default)?;
    if args.len() > MAX_TUPLE_ATTRIBUTES {
        let message = format!("ROW expressions can have at most {MAX_TUPLE_ATTRIBUTES} entries");
        return error_at(state::TOO_MANY_COLUMNS, message, row.location.0);
    }
    let colnames = (1..=args.len()).map(|n| Name::new(&format!("f{n}"))).collect();
    Ok(Expr::RowExpr(Box::new(RowExpr {
        args,
        row_typeid: fixed::RECORDOID,
        row_format: CoercionForm::CoerceImplicitCast,
        colnames,
        location: row.location,
    })))
}

/// One column of `(a, b) = (…)` (PostgreSQL: transformMultiAssignRef).
pub(super) fn transform_multi_assign_ref(
    pstate: &mut ParseState,
    multi: &tree::MultiAssignRef,
) -> PgResult<Expr> {
    if multi.colno == 1 {
        start_multi_assign(pstate, multi)?;
    }
    let column = usize::try_from(multi.colno - 1).unwrap_or(0);
    let Some(entry) = pstate.multiassign_exprs.last() else {
        return unknown("a multiple assignment without its source");
    };
    match &entry.expr {
        Expr::SubLink(link) => {
            let Some(source) = link.subselect.target_list.get(column) else {
                return unknown("a multiple assignment with too few columns");
            };
            Ok(Expr::Param(Param {
                kind: ParamKind::Multiexpr,
                id: (link.sub_link_id << 16) | multi.colno,
                type_id: expr_type(&source.expr),
                type_mod: expr_typmod(&source.expr),
                collid: expr_collation(&source.expr),
                location: ParseLoc(expr_location(&source.expr)),
            }))
        }
        Expr::RowExpr(row) => {
            let Some(result) = row.args.get(column).cloned() else {
                return unknown("a multiple assignment with too few columns");
            };
            if multi.colno == multi.ncolumns {
                pstate.multiassign_exprs.pop();
            }
            Ok(result)
        }
        _ => unknown("unexpected expr type in multiassign list"), // nothing else is put there
    }
}

fn start_multi_assign(pstate: &mut ParseState, multi: &tree::MultiAssignRef) -> PgResult<()> {
    let wanted = usize::try_from(multi.ncolumns).unwrap_or(0);
    let mismatch = |location: i32| {
        let message = "number of columns does not match number of values";
        error_at(state::SYNTAX_ERROR, message, location)
    };
    let expr = match &multi.source {
        Some(Node::SubLink(link)) if link.sub_link_type == SubLinkType::ExprSublink => {
            let mut link = link.clone();
            link.sub_link_type = SubLinkType::MultiexprSublink;
            let location = link.location.0;
            let mut expr = transform_sub_link(pstate, &link)?;
            if let Expr::SubLink(link) = &mut expr {
                let columns = link.subselect.target_list.iter().filter(|te| !te.resjunk).count();
                if columns != wanted {
                    return mismatch(location);
                }
                link.sub_link_id =
                    i32::try_from(pstate.multiassign_exprs.len() + 1).unwrap_or(i32::MAX);
            }
            expr
        }
        Some(Node::RowExpr(row)) => {
            let expr = transform_row_expr(pstate, row, true)?;
            if let Expr::RowExpr(row) = &expr
                && row.args.len() != wanted
            {
                return mismatch(row.location.0);
            }
            expr
        }
        other => {
            let message =
                "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression";
            let location = other.as_ref().map_or(-1, raw_location);
            return error_at(state::FEATURE_NOT_SUPPORTED, message, location);
        }
    };
    pstate.multiassign_exprs.push(make_target_entry(expr, 0, None, true));
    Ok(())
}
