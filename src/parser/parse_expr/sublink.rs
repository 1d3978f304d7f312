//! Subqueries in expressions (PostgreSQL: transformSubLink, parser/parse_expr.c).

use super::{make_row_comparison_op, recurse_required};
use crate::catalog::lsyscache::get_promoted_array_type;
use crate::findings::{PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::accessors::make_string;
use crate::nodes::node_funcs::{expr_collation, expr_type, expr_typmod};
use crate::nodes::primnodes::*;
use crate::nodes::tree;
use crate::parser::analyze::parse_sub_analyze;
use crate::parser::errors::error_at;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate as state;

/// Where a subquery may not stand.
fn forbidden_place(kind: ExprKind) -> Option<&'static str> {
    match kind {
        ExprKind::CheckConstraint | ExprKind::DomainCheck => Some("check constraint"),
        ExprKind::ColumnDefault | ExprKind::FunctionDefault => Some("DEFAULT expression"),
        ExprKind::IndexExpression => Some("index expression"),
        ExprKind::IndexPredicate => Some("index predicate"),
        ExprKind::StatsExpression => Some("statistics expression"),
        ExprKind::AlterColTransform => Some("transform expression"),
        ExprKind::ExecuteParameter => Some("EXECUTE parameter"),
        ExprKind::TriggerWhen => Some("trigger WHEN condition"),
        ExprKind::PartitionBound => Some("partition bound"),
        ExprKind::PartitionExpression => Some("partition key expression"),
        ExprKind::CallArgument => Some("CALL argument"),
        ExprKind::CopyWhere => Some("COPY FROM WHERE condition"),
        ExprKind::GeneratedColumn => Some("column generation expression"),
        _ => None, // every place inside a query
    }
}

/// PostgreSQL: transformSubLink.
pub(super) fn transform_sub_link(pstate: &mut ParseState, link: &tree::SubLink) -> PgResult<Expr> {
    let location = link.location.0;
    if let Some(place) = forbidden_place(pstate.expr_kind) {
        let message = format!("cannot use subquery in {place}");
        return error_at(state::FEATURE_NOT_SUPPORTED, message, location);
    }
    pstate.has_sub_links = true;
    let Some(select) = &link.subselect else { return unknown("a subquery that is not there") };
    let query = parse_sub_analyze(select, pstate, None, false, true)?;
    let mut result = SubLink {
        sub_link_type: link.sub_link_type,
        sub_link_id: link.sub_link_id,
        testexpr: None,
        oper_name: Vec::new(),
        array_type: Oid::INVALID,
        subselect: Box::new(query),
        location: link.location,
    };
    match link.sub_link_type {
        SubLinkType::ExistsSublink | SubLinkType::MultiexprSublink => {}
        SubLinkType::ExprSublink | SubLinkType::ArraySublink => {
            let columns = &result.subselect.target_list;
            if columns.iter().filter(|te| !te.resjunk).count() != 1 {
                let message = "subquery must return only one column";
                return error_at(state::SYNTAX_ERROR, message, location);
            }
            if link.sub_link_type == SubLinkType::ArraySublink {
                let element = columns.first().map_or(Oid::INVALID, |te| expr_type(&te.expr));
                result.array_type = get_promoted_array_type(pstate.catalog(), element);
                if !result.array_type.is_valid() {
                    let message = format!(
                        "could not find array type for data type {}",
                        pstate.shared.format_type(element)
                    );
                    return error_at(state::UNDEFINED_OBJECT, message, location);
                }
            }
        }
        SubLinkType::AllSublink
        | SubLinkType::AnySublink
        | SubLinkType::RowcompareSublink
        | SubLinkType::CteSublink => {
            let names = if link.oper_name.is_empty() {
                vec![make_string("=")]
            } else {
                link.oper_name.clone()
            };
            result.oper_name = names.iter().map(|name| Name::new(name.str_val())).collect();
            let left = match recurse_required(pstate, &link.testexpr)? {
                Expr::RowExpr(row) => row.args,
                other => vec![other],
            };
            let right: Vec<Expr> = result
                .subselect
                .target_list
                .iter()
                .filter(|te| !te.resjunk)
                .map(|te| {
                    Expr::Param(Param {
                        kind: ParamKind::Sublink,
                        id: i32::from(te.resno),
                        type_id: expr_type(&te.expr),
                        type_mod: expr_typmod(&te.expr),
                        collid: expr_collation(&te.expr),
                        location: ParseLoc::NONE,
                    })
                })
                .collect();
            if left.len() < right.len() {
                let message = "subquery has too many columns";
                return error_at(state::SYNTAX_ERROR, message, location);
            }
            if left.len() > right.len() {
                let message = "subquery has too few columns";
                return error_at(state::SYNTAX_ERROR, message, location);
            }
            result.testexpr = Some(make_row_comparison_op(pstate, &names, left, right, location)?);
        }
    }
    Ok(Expr::SubLink(Box::new(result)))
}
