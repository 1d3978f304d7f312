//! Whether an expression is immutable once the planner has put the bodies of simple SQL functions in the place of their
//! calls (PostgreSQL: contain_mutable_functions_after_planning and inline_function, optimizer/util/clauses.c).

use std::borrow::Cow;

use super::analyze::parse_analyze;
use super::clauses::contain_mutable_functions;
use super::parse_node::{ParamSource, Shared};
use crate::catalog::PgProc;
use crate::nodes::node_funcs::{expr_type, mutate_expr};
use crate::nodes::primnodes::{CmdType, CoercionForm, Expr, Query, RowExpr};
use crate::nodes::{ParseLoc, ParseMode, parse};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

/// How deep calls in bodies are followed.
const MAX_NESTING: usize = 32;

/// PostgreSQL: contain_mutable_functions_after_planning.
pub fn contain_mutable_functions_after_planning(shared: &Shared, expr: &Expr) -> bool {
    is_mutable(shared, expr, &mut Vec::new())
}

fn is_mutable(shared: &Shared, expr: &Expr, active: &mut Vec<Oid>) -> bool {
    if !contain_mutable_functions(shared.catalog, expr) {
        return false;
    }
    let mut planned = expr.clone();
    mutate_expr(&mut planned, &mut |node| {
        let (function, args) = match node {
            Expr::FuncExpr(call) if !call.funcretset => (call.funcid, &mut call.args),
            Expr::OpExpr(call) => (call.opfuncid, &mut call.args),
            _ => return, // nothing else is put in place of its body
        };
        if inlines_to_immutable(shared, function, active) {
            // What matters of the call now are its arguments.
            *node = Expr::RowExpr(Box::new(RowExpr {
                args: std::mem::take(args),
                row_typeid: fixed::RECORDOID,
                row_format: CoercionForm::CoerceImplicitCast,
                colnames: Vec::new(),
                location: ParseLoc::NONE,
            }));
        }
    });
    contain_mutable_functions(shared.catalog, &planned)
}

/// Whether the function's body can stand in place of its call, and is itself immutable.
fn inlines_to_immutable(shared: &Shared, function: Oid, active: &mut Vec<Oid>) -> bool {
    let Some(row) = shared.catalog.get::<PgProc>(function) else { return false };
    let simple = row.prolang == fixed::SQL_LANGUAGE_ID
        && row.prokind == b'f'
        && row.provolatile != b'i'
        && !row.prosecdef
        && !row.proretset
        && row.prorettype != fixed::RECORDOID
        && row.proconfig.is_empty();
    if !simple || active.contains(&function) || active.len() > MAX_NESTING {
        return false;
    }
    active.push(function);
    let immutable = body_expression(shared, row)
        .is_some_and(|body| body_fits(row, &body) && !is_mutable(shared, &body, active));
    active.pop();
    immutable
}

fn body_fits(row: &PgProc, body: &Expr) -> bool {
    expr_type(body) == row.prorettype || !row.prorettype.is_builtin()
}

/// The one expression that the body consists of.
fn body_expression(shared: &Shared, row: &PgProc) -> Option<Expr> {
    let query = match &row.prosqlbody {
        Some(body) => match body.as_slice() {
            [query] => Cow::Borrowed(query),
            _ => return None, // several statements are not put in place
        },
        None => Cow::Owned(analyse_body(shared, row)?),
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
        [only] if plain => Some(only.expr.clone()),
        _ => None, // a query proper, which is not put in place
    }
}

fn analyse_body(shared: &Shared, row: &PgProc) -> Option<Query> {
    let statements = parse(&row.prosrc, ParseMode::Default, true).ok()?;
    let [statement] = statements.as_slice() else { return None };
    let names: Vec<Option<Name>> = (0..row.proargtypes.len())
        .map(|at| {
            let name = row.proargnames.as_ref()?.get(at)?.clone();
            (!name.is_empty()).then_some(name)
        })
        .collect();
    let params = ParamSource::Function {
        name: row.proname.clone(),
        types: &row.proargtypes,
        names: &names,
        collation: fixed::DEFAULT_COLLATION_OID,
    };
    let said = shared.notices.borrow().len();
    let query = parse_analyze(*shared, &statement.stmt, params).ok();
    shared.notices.borrow_mut().truncate(said);
    query
}
