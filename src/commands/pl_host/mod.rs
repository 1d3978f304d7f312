//! What PL/pgSQL bodies run in: DO blocks and functions that migrations call, over the catalog and the commands
//! (PostgreSQL: the SPI calls of pl_exec.c).

mod calls;
mod host;
pub mod trigger_calls;

use super::Context;
use super::do_block::transform_call_stmt;
use super::effects::{may_change_catalog, may_write};
use super::plpgsql_validator::CatalogTypes;
use crate::catalog::PgProc;
use crate::catalog::guc::SessionState;
use crate::catalog::value::Value;
use crate::executor;
use crate::findings::{PgResult, Stop, unknown};
use crate::nodes::node_funcs::walk_query;
use crate::nodes::primnodes::{
    CmdType, Expr, FuncExpr, JoinTreeNode, Query, RangeTblEntry, RteKind,
};
use crate::plpgsql::exec::{self, Call};
use crate::plpgsql::names::variable_conflict;
use crate::plpgsql::parse::{self, BodyError, Routine};
use calls::InEarnest;
pub use calls::{OnACopy, call_function};

/// The state of what a body runs in, to go back to or to join.
struct Kept {
    catalog: crate::catalog::Catalog,
    session: SessionState,
}

struct PlHost<'c, 'a> {
    context: &'c mut Context<'a>,
    /// The journal's mark and the session's state, for each mark given out.
    marks: Vec<(usize, SessionState)>,
    kept: Vec<Kept>,
    /// Where the transaction started that the body may end; None where it may not.
    base: Option<usize>,
    /// The function is not VOLATILE.
    read_only: bool,
}

impl<'c, 'a> PlHost<'c, 'a> {
    fn new(context: &'c mut Context<'a>, base: Option<usize>) -> PlHost<'c, 'a> {
        PlHost { context, marks: Vec::new(), kept: Vec::new(), base, read_only: false }
    }
}

/// Runs the body of a DO block (PostgreSQL: plpgsql_inline_handler).
pub fn exec_do(context: &mut Context, source: &str) -> PgResult<()> {
    let routine =
        Routine { name: "inline_code_block".to_string(), returns_void: true, ..Routine::default() };
    let block = parse::compile(source, &routine, &mut CatalogTypes { context })
        .map_err(|error| body_error(context, source, &error))?;
    let base = Some(context.catalog.mark());
    let call = Call { name: routine.name, conflict: variable_conflict(source), ..Call::default() };
    let budget = context.running.budget.clone();
    exec::run(&mut PlHost::new(context, base), &block, call, budget).map(drop)
}

/// A fault in a body, with its place in the statement where the body stands in it as written (PostgreSQL:
/// function_parse_error_transpose).
fn body_error(context: &Context, source: &str, error: &BodyError) -> Stop {
    if !error.certain {
        return Stop::Unknown(format!("PL/pgSQL is not understood here: {}", error.message));
    }
    let mut answer = error.to_error();
    if error.placed {
        answer.position = context.sql.find(source).map(|at| (at + error.offset) as u32);
    }
    answer.into()
}

/// Runs a procedure that CALL names at top level.
pub fn run_call(context: &mut Context, function: &FuncExpr) -> PgResult<()> {
    run_alone(context, function, true)
}

/// Runs a function whose result does not matter. One whose course cannot be followed passes when it cannot change the
/// catalog.
fn run_alone(context: &mut Context, function: &FuncExpr, stands_alone: bool) -> PgResult<()> {
    let mark = context.catalog.mark();
    let before = context.session.clone();
    let result = executor::arguments(function, context.shared())
        .map_err(Stop::without_place)
        .and_then(|args| call_function(context, function, args, stands_alone));
    match result {
        Err(Stop::Unknown(reason)) => {
            context.catalog.rollback_to(mark);
            *context.session = before;
            pass(context, &[function.funcid], &reason)
        }
        Ok(_) => Ok(()),
        Err(stop) => Err(stop),
    }
}

/// Functions whose course cannot be followed were called: they pass when they cannot change the catalog.
fn pass(context: &mut Context, called: &[crate::pg::oid::Oid], reason: &str) -> PgResult<()> {
    context.refresh_path();
    match may_change_catalog(context, called) {
        Some(why) => unknown(format!("{why} ({reason})")),
        None => {
            if called.iter().any(|function| may_write(context, *function)) {
                context.catalog.forget_contents();
            }
            Ok(())
        }
    }
}

/// The functions of the user's that a query calls.
pub fn called_by(query: &Query) -> Vec<crate::pg::oid::Oid> {
    let mut called = Vec::new();
    walk_query(query, &mut |expr| {
        match expr {
            Expr::FuncExpr(function) if !function.funcid.is_builtin() => {
                called.push(function.funcid);
            }
            Expr::OpExpr(operation) if !operation.opfuncid.is_builtin() => {
                called.push(operation.opfuncid);
            }
            _ => {} // no other expression calls a function of the user's
        }
        false
    });
    called
}

/// Whether a query calls functions of the user's that can be run here.
pub fn calls_bodies(context: &Context, query: &Query) -> bool {
    query.command_type == CmdType::CmdSelect
        && called_by(query).iter().any(|oid| {
            context.catalog.get::<PgProc>(*oid).is_some_and(|proc| {
                proc.prokind != b'a' && (!proc.prosrc.is_empty() || proc.prosqlbody.is_some())
            })
        })
}

/// The rows of a query whose functions run in earnest: what they do to the catalog is done.
pub fn evaluate_calling(context: &mut Context, query: &Query) -> PgResult<Vec<Vec<Value>>> {
    let mark = context.catalog.mark();
    let catalog = context.catalog.snapshot();
    let session = context.session.clone();
    let path = context.path.clone();
    let running = context.running.clone();
    let notices = std::cell::RefCell::default();
    let result = {
        let caller = InEarnest { context: std::cell::RefCell::new(&mut *context) };
        let shared = crate::catalog::shared::Shared {
            catalog: &catalog,
            session: &session,
            path: &path,
            notices: &notices,
            caller: Some(&caller),
            running: &running,
        };
        executor::evaluate(query, shared).map_err(Stop::without_place)
    };
    if matches!(result, Err(Stop::Unknown(_))) {
        context.catalog.rollback_to(mark);
        *context.session = session;
    }
    context.refresh_path();
    result
}

/// The one function that a query does nothing but call: `SELECT f(…)` or `SELECT … FROM f(…)`.
fn top_call(query: &Query) -> Option<&FuncExpr> {
    let plain = query.command_type == CmdType::CmdSelect
        && query.jointree.quals.is_none()
        && query.cte_list.is_empty()
        && query.set_operations.is_none()
        && query.limit_count.is_none()
        && query.limit_offset.is_none();
    if !plain {
        return None;
    }
    let call = match (query.jointree.fromlist.as_slice(), query.target_list.as_slice()) {
        ([], [target]) => &target.expr,
        ([JoinTreeNode::RangeTblRef(_)], targets)
            if targets.iter().all(|target| matches!(target.expr, Expr::Var(_))) =>
        {
            match query.rtable.as_slice() {
                [RangeTblEntry { kind: RteKind::Function { functions, .. }, .. }] => {
                    let [function] = functions.as_slice() else { return None };
                    &function.funcexpr
                }
                _ => return None, // rows of something else
            }
        }
        _ => return None, // more than a call
    };
    match call {
        Expr::FuncExpr(function) if !function.funcid.is_builtin() => Some(function),
        _ => None, // no function of the user's
    }
}

/// Runs a query at top level that calls functions of the user's.
pub fn run_query(context: &mut Context, query: &Query) -> PgResult<()> {
    if let Some(function) = top_call(query) {
        return run_alone(context, function, false);
    }
    match evaluate_calling(context, query) {
        Err(Stop::Unknown(reason)) => pass(context, &called_by(query), &reason),
        Ok(_) => Ok(()),
        Err(stop) => Err(stop),
    }
}

/// The call that a CALL statement makes, as the function that it is.
fn call_expr(
    context: &Context,
    stmt: &crate::nodes::tree::CallStmt,
    params: crate::parser::parse_node::ParamSource,
) -> PgResult<FuncExpr> {
    match transform_call_stmt(context.shared(), stmt, params).map_err(Stop::without_place)? {
        Expr::FuncExpr(function) => Ok(*function),
        _ => unknown("CALL of what is no procedure"),
    }
}
