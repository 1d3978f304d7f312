//! CASE and COALESCE (PostgreSQL: transformCaseExpr, transformCoalesceExpr, parser/parse_expr.c).

use std::sync::Arc;

use super::{recurse, recurse_list, recurse_required, refuse_srf, to_common_type};
use crate::findings::PgResult;
use crate::nodes::ParseLoc;
use crate::nodes::accessors::make_string;
use crate::nodes::node_funcs::{expr_collation, expr_type, expr_typmod};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{self, AExprKind, Node};
use crate::parser::parse_coerce::{coerce_to_boolean, coerce_to_common_type, select_common_type};
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_node::ParseState;
use crate::pg::oid::{Oid, fixed};

/// PostgreSQL: transformCaseExpr.
pub(super) fn transform_case_expr(
    pstate: &mut ParseState,
    case: &tree::CaseExpr,
) -> PgResult<Expr> {
    let last_srf = pstate.last_srf;
    let mut arg = match &case.arg {
        Some(arg) => Some(recurse(pstate, arg)?),
        None => None,
    };
    let mut placeholder = None;
    if let Some(test) = arg.take() {
        let mut test = if expr_type(&test) == fixed::UNKNOWNOID {
            coerce_to_common_type(pstate, test, fixed::TEXTOID, "CASE")?
        } else {
            test
        };
        assign_expr_collations(pstate, &mut test)?;
        placeholder = Some(Node::Analyzed(Arc::new(Expr::CaseTestExpr {
            type_id: expr_type(&test),
            type_mod: expr_typmod(&test),
            collation: expr_collation(&test),
        })));
        arg = Some(test);
    }
    let mut whens = Vec::with_capacity(case.args.len());
    for node in &case.args {
        let Node::CaseWhen(when) = node else { continue };
        let condition = match &placeholder {
            None => recurse_required(pstate, &when.expr)?,
            Some(placeholder) => {
                let equals = Node::AExpr(Box::new(tree::AExpr {
                    kind: AExprKind::AexprOp,
                    name: vec![make_string("=")],
                    lexpr: Some(placeholder.clone()),
                    rexpr: when.expr.clone(),
                    rexpr_list_start: ParseLoc::NONE,
                    rexpr_list_end: ParseLoc::NONE,
                    location: when.location,
                }));
                recurse(pstate, &equals)?
            }
        };
        let expr = coerce_to_boolean(pstate, condition, "CASE/WHEN")?;
        let result = recurse_required(pstate, &when.result)?;
        whens.push(CaseWhen { expr, result, location: when.location });
    }
    let defresult = match &case.defresult {
        Some(node) => recurse(pstate, node)?,
        None => Expr::Const(Const {
            consttype: fixed::UNKNOWNOID,
            consttypmod: -1,
            constcollid: Oid::INVALID,
            value: None,
            location: ParseLoc::NONE,
        }),
    };
    let mut results = vec![&defresult];
    results.extend(whens.iter().map(|when| &when.result));
    let (casetype, _) = select_common_type(pstate, &results, Some("CASE"))?;
    let defresult = coerce_to_common_type(pstate, defresult, casetype, "CASE/ELSE")?;
    let mut args = Vec::with_capacity(whens.len());
    for when in whens {
        let result = coerce_to_common_type(pstate, when.result, casetype, "CASE/WHEN")?;
        args.push(CaseWhen { result, ..when });
    }
    refuse_srf(pstate, last_srf, "CASE")?;
    Ok(Expr::CaseExpr(Box::new(CaseExpr {
        casetype,
        casecollid: Oid::INVALID,
        arg,
        args,
        defresult,
        location: case.location,
    })))
}

/// PostgreSQL: transformCoalesceExpr.
pub(super) fn transform_coalesce_expr(
    pstate: &mut ParseState,
    coalesce: &tree::CoalesceExpr,
) -> PgResult<Expr> {
    let last_srf = pstate.last_srf;
    let args = recurse_list(pstate, &coalesce.args)?;
    let (coalescetype, args) = to_common_type(pstate, args, "COALESCE")?;
    refuse_srf(pstate, last_srf, "COALESCE")?;
    Ok(Expr::CoalesceExpr(Box::new(CoalesceExpr {
        coalescetype,
        coalescecollid: Oid::INVALID,
        args,
        location: coalesce.location,
    })))
}
