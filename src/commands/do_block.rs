//! DO and CALL: what can be told of them without running the code (PostgreSQL: ExecuteDoStmt and ExecuteCallStmt,
//! commands/functioncmds.c).

use super::define::{conflicting_def_elem, def_get_string, def_name};
use super::effects::{body_effect, may_change_catalog};
use super::support::language_named;
use super::{Context, pl_host};
use crate::catalog::PgProc;
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::nodes::node_funcs::walk_expr;
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{CallStmt, DefElem, DoStmt, Node, ObjectType};
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_func::parse_func_or_column;
use crate::parser::parse_node::{ExprKind, ParamSource, ParseState, Shared};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The code and the language of a DO statement.
pub struct DoBlock {
    pub source: String,
    pub language: String,
}

/// PostgreSQL: the first part of ExecuteDoStmt.
pub fn read_do_stmt(context: &Context, stmt: &DoStmt) -> PgResult<DoBlock> {
    let mut source: Option<&DefElem> = None;
    let mut language: Option<&DefElem> = None;
    for arg in &stmt.args {
        let Node::DefElem(def) = arg else { continue };
        let slot = if def_name(def) == "as" { &mut source } else { &mut language };
        if slot.replace(def).is_some() {
            return Err(conflicting_def_elem(def));
        }
    }
    let Some(source) = source else {
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, "no inline code specified").into());
    };
    let name = match language {
        Some(def) => def_get_string(def)?,
        None => "plpgsql".to_string(),
    };
    let row = language_named(context, &name)?;
    if !row.laninline.is_valid() {
        let message =
            format!("language \"{}\" does not support inline code execution", row.lanname);
        return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
    }
    Ok(DoBlock { source: def_get_string(source)?, language: row.lanname.to_string() })
}

/// PostgreSQL: ExecuteDoStmt. A block whose course depends on data passes when it cannot change the catalog.
pub fn execute_do_stmt(context: &mut Context, stmt: &DoStmt) -> PgResult<()> {
    let block = read_do_stmt(context, stmt)?;
    if block.language != "plpgsql" {
        return unknown(format!("a DO block in {} is not run", block.language));
    }
    let mark = context.catalog.mark();
    match pl_host::exec_do(context, &block.source) {
        Err(Stop::Unknown(reason)) => {
            context.catalog.rollback_to(mark);
            match body_effect(context, &block.source, &mut Vec::new()) {
                Some(_) => unknown(format!("a DO block is not followed: {reason}")),
                None => Ok(()),
            }
        }
        decided => decided,
    }
}

/// The call that CALL makes (PostgreSQL: transformCallStmt).
pub fn transform_call_stmt<'a>(
    shared: Shared<'a>,
    stmt: &CallStmt,
    params: ParamSource<'a>,
) -> PgResult<Expr> {
    let Some(call) = &stmt.funccall else { return unknown("CALL without a procedure") };
    let mut pstate = ParseState::new(shared, None);
    pstate.params = params;
    let mut arguments = Vec::with_capacity(call.args.len());
    for argument in &call.args {
        arguments.push(transform_expr(&mut pstate, argument, ExprKind::CallArgument)?);
    }
    let (names, last, at) = (&call.funcname, pstate.last_srf, call.location.0);
    match parse_func_or_column(&mut pstate, names, arguments, last, Some(call), true, at)? {
        Some(Expr::FuncExpr(mut call)) => {
            let proc = shared.catalog.get::<PgProc>(call.funcid);
            if let Some(modes) = proc.and_then(|proc| proc.proargmodes.as_deref()) {
                call.args = in_arguments(call.args, modes);
            }
            Ok(Expr::FuncExpr(call))
        }
        Some(expr) => Ok(expr),
        None => unknown("CALL of what is not a procedure"),
    }
}

/// The arguments that go in: what stands at an output argument's place is never evaluated (PostgreSQL:
/// transformCallStmt, parser/analyze.c).
fn in_arguments(args: Vec<Expr>, modes: &[u8]) -> Vec<Expr> {
    let goes_in = |mode: &&u8| matches!(mode, b'i' | b'b' | b'v');
    let numbered = args.into_iter().enumerate().map(|(index, arg)| match &arg {
        Expr::NamedArgExpr(named) => (usize::try_from(named.argnumber).unwrap_or(index), arg),
        _ => (index, arg), // by position
    });
    let inputs = numbered.filter(|(place, _)| modes.get(*place).as_ref().is_none_or(goes_in));
    inputs
        .map(|(place, mut arg)| {
            if let Expr::NamedArgExpr(named) = &mut arg {
                let before = modes.iter().take(place).filter(goes_in).count();
                named.argnumber = i32::try_from(before).unwrap_or(named.argnumber);
            }
            arg
        })
        .collect()
}

/// PostgreSQL: ExecuteCallStmt.
pub fn execute_call_stmt(context: &mut Context, stmt: &CallStmt) -> PgResult<()> {
    let mut functions: Vec<Oid> = Vec::new();
    let expr = transform_call_stmt(context.shared(), stmt, ParamSource::None)?;
    walk_expr(&expr, &mut |expr| {
        if let Expr::FuncExpr(call) = expr {
            functions.push(call.funcid);
        }
        false
    });
    if let Expr::FuncExpr(call) = &expr {
        let user = context.session.current_user;
        super::exec_main::check_function(context, call.funcid, user, ObjectType::ObjectProcedure)?;
        return pl_host::run_call(context, call);
    }
    match may_change_catalog(context, &functions) {
        Some(reason) => unknown(reason),
        None => Ok(()),
    }
}
