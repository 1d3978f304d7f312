//! Calls of SQL functions that the planner would put the bodies of in their place, so that their volatility is their
//! bodies' (PostgreSQL: inline_function, optimizer/util/clauses.c).

use super::analyze::parse_analyze;
use super::clauses::contain_mutable_functions;
use super::parse_node::{ParamSource, Shared};
use crate::catalog::PgProc;
use crate::nodes::node_funcs::{mutate_expr_deep, walk_expr};
use crate::nodes::primnodes::{CmdType, Expr, Query};
use crate::nodes::{ParseLoc, ParseMode, parse};
use crate::pg::oid::{Oid, fixed};

/// How deep bodies are put into bodies.
const DEPTH: usize = 16;

/// Whether the expression may change between calls with the same input once calls are inlined (PostgreSQL:
/// contain_mutable_functions_after_planning).
pub fn contain_mutable_functions_after_planning(shared: &Shared, expr: &Expr) -> bool {
    if !contain_mutable_functions(shared.catalog, expr) {
        return false;
    }
    let mut planned = expr.clone();
    for _ in 0..DEPTH {
        let mut changed = false;
        mutate_expr_deep(&mut planned, 0, &mut |node, _| {
            if let Expr::FuncExpr(call) = node
                && let Some(body) = inlined(shared, call.funcid)
            {
                // The arguments stay to be looked at; what the body refers to them by says nothing of its own.
                let mut parts = vec![body];
                parts.append(&mut call.args.clone());
                *node = conjunction(parts);
                changed = true;
            }
        });
        if !changed {
            break;
        }
    }
    contain_mutable_functions(shared.catalog, &planned)
}

/// The expression that a call stands for; None where the planner leaves the call.
fn inlined(shared: &Shared, funcid: Oid) -> Option<Expr> {
    let proc = shared.catalog.get::<PgProc>(funcid)?;
    let candidate = !funcid.is_builtin()
        && proc.prolang == fixed::SQL_LANGUAGE_ID
        && proc.prokind == b'f'
        && !proc.prosecdef
        && !proc.proretset
        && proc.prorettype != fixed::RECORDOID
        && proc.proconfig.is_empty();
    if !candidate {
        return None;
    }
    let query = match &proc.prosqlbody {
        Some(body) => match body.as_slice() {
            [query] => query.clone(),
            _ => return None, // several statements
        },
        None => body_query(shared, proc)?,
    };
    let [target] = query.target_list.as_slice() else { return None };
    let plain = query.command_type == CmdType::CmdSelect
        && !query.has_aggs
        && !query.has_window_funcs
        && !query.has_target_srfs
        && !query.has_sub_links
        && query.rtable.is_empty()
        && query.cte_list.is_empty()
        && query.set_operations.is_none()
        && query.jointree.quals.is_none()
        && query.limit_count.is_none()
        && query.limit_offset.is_none();
    let mutable = contain_mutable_functions(shared.catalog, &target.expr);
    let keeps_promise = match proc.provolatile {
        b'i' => !mutable,
        _ => true, // a stable body in a volatile function is fine, and its own volatility is what counts
    };
    let strictly = !proc.proisstrict || is_strict(shared, &target.expr);
    (plain && keeps_promise && strictly).then(|| target.expr.clone())
}

fn body_query(shared: &Shared, proc: &PgProc) -> Option<Query> {
    let mut statements = parse(&proc.prosrc, ParseMode::Default, true).ok()?;
    let statement = statements.pop().filter(|_| statements.is_empty())?;
    let names: Vec<_> = match &proc.proargnames {
        Some(names) => names.iter().map(|name| Some(name.clone()).filter(|name| !name.is_empty())).collect(),
        None => vec![None; proc.proargtypes.len()],
    };
    let params = ParamSource::Function {
        name: proc.proname.clone(),
        types: &proc.proargtypes,
        names: &names,
        collation: Oid::INVALID,
    };
    parse_analyze(*shared, &statement.stmt, params).ok()
}

/// Whether nothing in the expression gives a value for a NULL (PostgreSQL: contain_nonstrict_functions).
fn is_strict(shared: &Shared, expr: &Expr) -> bool {
    let strict = |funcid: Oid| shared.catalog.get::<PgProc>(funcid).is_some_and(|proc| proc.proisstrict);
    !walk_expr(expr, &mut |node| match node {
        Expr::FuncExpr(call) => !strict(call.funcid),
        Expr::OpExpr(operation) => !strict(operation.opfuncid),
        Expr::Param(_) | Expr::Const(_) | Expr::RelabelType(_) | Expr::CollateExpr(_) | Expr::CoerceViaIO(_) => false,
        _ => true, // COALESCE, CASE, NULL tests and the like
    })
}

/// Several expressions as one, for walking.
fn conjunction(parts: Vec<Expr>) -> Expr {
    Expr::BoolExpr(Box::new(crate::nodes::primnodes::BoolExpr {
        boolop: crate::nodes::primnodes::BoolExprType::AndExpr,
        args: parts,
        location: ParseLoc::NONE,
    }))
}
