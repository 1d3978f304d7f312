//! Whether an expression is immutable once the planner has put the bodies of simple SQL functions in the place of their
//! calls (PostgreSQL: contain_mutable_functions_after_planning and inline_function, optimizer/util/clauses.c).

use std::borrow::Cow;

use super::analyze::parse_analyze;
use super::clauses::contain_mutable_functions;
use super::parse_coerce::is_polymorphic_type;
use super::parse_node::{ParamSource, Shared};
use crate::catalog::PgProc;
use crate::catalog::namespace::SearchPath;
use crate::findings::{PgResult, Stop};
use crate::nodes::node_funcs::{expr_type, mutate_expr};
use crate::nodes::primnodes::{CmdType, CoercionForm, Expr, Query, RowExpr};
use crate::nodes::{ParseLoc, ParseMode, parse};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

/// How deep calls in bodies are followed.
const MAX_NESTING: usize = 32;

/// PostgreSQL: contain_mutable_functions_after_planning.
pub fn contain_mutable_functions_after_planning(shared: &Shared, expr: &Expr) -> PgResult<bool> {
    is_mutable(shared, expr, &mut Vec::new())
}

/// The same under the restricted search path that commands on indexes plan with since PostgreSQL 17, so that a body
/// that needs another one fails (PostgreSQL: RestrictSearchPath).
pub fn contain_mutable_functions_restricted(shared: &Shared, expr: &Expr) -> PgResult<bool> {
    if shared.catalog.version().major() < 17 {
        return contain_mutable_functions_after_planning(shared, expr);
    }
    let names = [Name::fixed("pg_catalog"), Name::fixed("pg_temp")];
    let path = SearchPath::compute(shared.catalog, &names, "", shared.path.temp);
    is_mutable(&Shared { path: &path, ..*shared }, expr, &mut Vec::new())
}

fn is_mutable(shared: &Shared, expr: &Expr, active: &mut Vec<Oid>) -> PgResult<bool> {
    let mut planned = expr.clone();
    let mut failed = None;
    mutate_expr(&mut planned, &mut |node| {
        let (function, args) = match node {
            Expr::FuncExpr(call) if !call.funcretset => (call.funcid, &mut call.args),
            Expr::OpExpr(call) => (call.opfuncid, &mut call.args),
            _ => return, // nothing else is put in place of its body
        };
        let given: Vec<Oid> = args.iter().map(expr_type).collect();
        match inlines_to_immutable(shared, function, &given, active) {
            // What matters of the call now are its arguments.
            Ok(true) => {
                *node = Expr::RowExpr(Box::new(RowExpr {
                    args: std::mem::take(args),
                    row_typeid: fixed::RECORDOID,
                    row_format: CoercionForm::CoerceImplicitCast,
                    colnames: Vec::new(),
                    location: ParseLoc::NONE,
                }));
            }
            Ok(false) => {}
            Err(stop) => failed = failed.take().or(Some(stop)),
        }
    });
    match failed {
        Some(stop) => Err(stop),
        None => Ok(contain_mutable_functions(shared.catalog, &planned)),
    }
}

/// Whether the function's body can stand in place of its call, and is itself immutable; a body that cannot be analysed
/// is an error.
fn inlines_to_immutable(
    shared: &Shared,
    function: Oid,
    given: &[Oid],
    active: &mut Vec<Oid>,
) -> PgResult<bool> {
    let Some(row) = shared.catalog.get::<PgProc>(function) else { return Ok(false) };
    // Of the built-in functions those that join text with anything have their bodies at hand.
    if function.is_builtin() && !row.prosrc.starts_with("select ") {
        return Ok(false);
    }
    let simple = row.prolang == fixed::SQL_LANGUAGE_ID
        && row.prokind == b'f'
        && !row.prosecdef
        && !row.proretset
        && row.prorettype != fixed::RECORDOID
        && row.proconfig.is_empty();
    if !simple || active.contains(&function) || active.len() > MAX_NESTING {
        return Ok(false);
    }
    active.push(function);
    let immutable = match body_expression(shared, row, given) {
        Ok(Some(body)) => is_mutable(shared, &body, active).map(|mutable| !mutable),
        Ok(None) => Ok(false),
        Err(stop) => Err(stop),
    };
    active.pop();
    immutable
}

/// The one expression that the body consists of.
fn body_expression(shared: &Shared, row: &PgProc, given: &[Oid]) -> PgResult<Option<Expr>> {
    let query = match &row.prosqlbody {
        Some(body) => match body.as_slice() {
            [query] => Cow::Borrowed(query),
            _ => return Ok(None), // several statements are not put in place
        },
        None => match analyse_body(shared, row, given)? {
            Some(query) => Cow::Owned(query),
            None => return Ok(None),
        },
    };
    let plain = query.command_type == CmdType::CmdSelect
        && !query.has_aggs
        && !query.has_window_funcs
        && !query.has_target_srfs
        && !query.has_sub_links
        && query.cte_list.is_empty()
        && query.rtable.is_empty()
        && query.jointree.fromlist.is_empty()
        && query.jointree.quals.is_none()
        && query.group_clause.is_empty()
        && query.grouping_sets.is_empty()
        && query.having_qual.is_none()
        && query.window_clause.is_empty()
        && query.distinct_clause.is_empty()
        && query.sort_clause.is_empty()
        && query.limit_offset.is_none()
        && query.limit_count.is_none()
        && query.set_operations.is_none();
    match query.target_list.as_slice() {
        [only] if plain => Ok(Some(only.expr.clone())),
        _ => Ok(None), // a query proper, which is not put in place
    }
}

fn analyse_body(shared: &Shared, row: &PgProc, given: &[Oid]) -> PgResult<Option<Query>> {
    let Ok(statements) = parse(&row.prosrc, ParseMode::Default, true) else { return Ok(None) };
    let [statement] = statements.as_slice() else { return Ok(None) };
    let names: Vec<Option<Name>> = (0..row.proargtypes.len())
        .map(|at| {
            let name = row.proargnames.as_ref()?.get(at)?.clone();
            (!name.is_empty()).then_some(name)
        })
        .collect();
    // A polymorphic argument has the type of what is given.
    let types: Vec<Oid> = (row.proargtypes.iter().enumerate())
        .map(|(at, declared)| match given.get(at) {
            Some(given) if is_polymorphic_type(*declared) => *given,
            _ => *declared,
        })
        .collect();
    let params = ParamSource::Function {
        name: row.proname.clone(),
        types: &types,
        names: &names,
        collation: fixed::DEFAULT_COLLATION_OID,
    };
    let said = shared.notices.borrow().len();
    let query = parse_analyze(*shared, &statement.stmt, params);
    shared.notices.borrow_mut().truncate(said);
    match query {
        Ok(query) => Ok(Some(query)),
        Err(Stop::Error(mut error)) => {
            // The place is one in the body, not in the statement.
            error.position = None;
            Err(Stop::Error(error))
        }
        Err(unknown @ Stop::Unknown(_)) => Err(unknown),
    }
}
