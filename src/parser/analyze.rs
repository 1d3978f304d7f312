//! Statements with queries: names resolved, types decided (PostgreSQL: parser/analyze.c).

mod insert;
mod locking;
mod returning;
mod select;
mod setop;
mod update_delete;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

pub(super) use insert::transform_insert_row;
pub use returning::transform_returning_clause;
pub use update_delete::transform_update_target_list;

use crate::findings::{PgError, PgResult};
use crate::nodes::primnodes::{CmdType, CommonTableExpr, Query, Utility};
use crate::nodes::tree::{DeclareCursorStmt, Node, ReturnStmt, SetOperation, WithClause};
use crate::parser::parse_collate::assign_query_collations;
use crate::parser::parse_cte::{take_cte_list, transform_with_clause};
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_merge::transform_merge_stmt;
use crate::parser::parse_node::{ExprKind, ParamSource, ParseState, Shared};
use crate::parser::parse_relation::{make_target_entry, take_rtable};
use crate::parser::parse_target::resolve_target_list_unknowns;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

pub use locking::{check_select_locking, strength_name};

/// Analyses one statement by itself (PostgreSQL: parse_analyze_fixedparams and its sisters).
pub fn parse_analyze<'a>(
    shared: Shared<'a>,
    statement: &Node,
    params: ParamSource<'a>,
) -> PgResult<Query> {
    parse_analyze_in(shared, statement, params, Rc::default())
}

/// The same where a trigger's transition tables can be reached (PostgreSQL: p_queryEnv).
pub fn parse_analyze_in<'a>(
    shared: Shared<'a>,
    statement: &Node,
    params: ParamSource<'a>,
    query_env: Rc<Vec<(Name, Oid)>>,
) -> PgResult<Query> {
    let mut pstate = ParseState::new(shared, None);
    pstate.params = params;
    pstate.query_env = query_env;
    transform_stmt(&mut pstate, statement)
}

/// Analyses a query inside another (PostgreSQL: parse_sub_analyze).
pub fn parse_sub_analyze(
    statement: &Node,
    parent: &ParseState,
    parent_cte: Option<Rc<RefCell<CommonTableExpr>>>,
    locked_from_parent: bool,
    resolve_unknowns: bool,
) -> PgResult<Query> {
    let mut pstate = ParseState::new(parent.shared, Some(parent));
    pstate.parent_cte = parent_cte;
    pstate.locked_from_parent = locked_from_parent;
    pstate.resolve_unknowns = resolve_unknowns;
    transform_stmt(&mut pstate, statement)
}

/// PostgreSQL: transformStmt.
pub fn transform_stmt(pstate: &mut ParseState, statement: &Node) -> PgResult<Query> {
    match statement {
        Node::SelectStmt(select) => {
            if !select.values_lists.is_empty() {
                select::transform_values_clause(pstate, select)
            } else if select.op == SetOperation::SetopNone {
                select::transform_select_stmt(pstate, select)
            } else {
                setop::transform_set_operation_stmt(pstate, select)
            }
        }
        Node::InsertStmt(insert) => insert::transform_insert_stmt(pstate, insert),
        Node::UpdateStmt(update) => update_delete::transform_update_stmt(pstate, update),
        Node::DeleteStmt(delete) => update_delete::transform_delete_stmt(pstate, delete),
        Node::MergeStmt(merge) => transform_merge_stmt(pstate, merge),
        Node::ReturnStmt(return_) => transform_return_stmt(pstate, return_),
        Node::DeclareCursorStmt(cursor) => transform_declare_cursor_stmt(pstate, cursor),
        Node::ExplainStmt(explain) => wrapped(pstate, explain.query.as_ref(), "ExplainStmt"),
        Node::CreateTableAsStmt(create) => {
            wrapped(pstate, create.query.as_ref(), "CreateTableAsStmt")
        }
        Node::NotifyStmt(notify) => {
            let channel = Name::new(notify.conditionname.as_deref().unwrap_or_default());
            let payload = notify.payload.as_deref().map(Arc::from);
            let mut query = Query::new(CmdType::CmdUtility);
            query.utility = Some(Utility::Notify { channel, payload });
            Ok(query)
        }
        other => Ok(utility(other.tag_name())), // a utility statement is not analysed here
    }
}

fn utility(tag: &'static str) -> Query {
    let mut query = Query::new(CmdType::CmdUtility);
    query.utility = Some(Utility::Other(tag));
    query
}

/// A utility statement around a query: the query is analysed for its errors.
fn wrapped(pstate: &mut ParseState, query: Option<&Node>, tag: &'static str) -> PgResult<Query> {
    if let Some(query) = query {
        transform_stmt(pstate, query)?;
    }
    Ok(utility(tag))
}

/// WITH before the statement proper.
pub(super) fn with_clause(
    pstate: &mut ParseState,
    query: &mut Query,
    with: Option<&WithClause>,
) -> PgResult<()> {
    if let Some(with) = with {
        query.has_recursive = with.recursive;
        transform_with_clause(pstate, with)?;
        query.has_modifying_cte = pstate.has_modifying_cte;
    }
    Ok(())
}

/// Moves what the analysis collected into the query.
pub(super) fn finish(pstate: &mut ParseState, query: &mut Query) {
    query.rtable = take_rtable(pstate);
    query.cte_list = take_cte_list(pstate);
    query.has_sub_links = pstate.has_sub_links;
    query.has_window_funcs = pstate.has_window_funcs;
    query.has_target_srfs = pstate.has_target_srfs;
    query.has_aggs = pstate.has_aggs.get();
}

/// RETURN in a SQL function's body (PostgreSQL: transformReturnStmt).
fn transform_return_stmt(pstate: &mut ParseState, statement: &ReturnStmt) -> PgResult<Query> {
    let mut query = Query::new(CmdType::CmdSelect);
    query.is_return = true;
    if let Some(value) = &statement.returnval {
        let expr = transform_expr(pstate, value, ExprKind::SelectTarget)?;
        query.target_list.push(make_target_entry(expr, 1, None, false));
    }
    if pstate.resolve_unknowns {
        resolve_target_list_unknowns(pstate, &mut query.target_list)?;
    }
    query.jointree.fromlist = std::mem::take(&mut pstate.joinlist);
    assign_query_collations(pstate, &mut query)?;
    finish(pstate, &mut query);
    Ok(query)
}

/// PostgreSQL: transformDeclareCursorStmt.
fn transform_declare_cursor_stmt(
    pstate: &mut ParseState,
    statement: &DeclareCursorStmt,
) -> PgResult<Query> {
    const SCROLL: i32 = 0x2;
    const NO_SCROLL: i32 = 0x4;
    const INSENSITIVE: i32 = 0x8;
    const ASENSITIVE: i32 = 0x10;
    const HOLD: i32 = 0x20;
    let has = |bit| statement.options & bit != 0;
    let both = |first: &str, second: &str| {
        PgError::new(
            sqlstate::INVALID_CURSOR_DEFINITION,
            format!("cannot specify both {first} and {second}"),
        )
    };
    if has(SCROLL) && has(NO_SCROLL) {
        return Err(both("SCROLL", "NO SCROLL").into());
    }
    if has(ASENSITIVE) && has(INSENSITIVE) {
        return Err(both("ASENSITIVE", "INSENSITIVE").into());
    }
    let Some(query) = &statement.query else { return Ok(utility("DeclareCursorStmt")) };
    let query = transform_stmt(pstate, query)?;
    if query.has_modifying_cte {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "DECLARE CURSOR must not contain data-modifying statements in WITH",
        )
        .into());
    }
    if let Some(mark) = query.row_marks.first() {
        let lock = locking::strength_name(mark.strength);
        let unsupported = sqlstate::FEATURE_NOT_SUPPORTED;
        let refused = if has(HOLD) {
            Some((unsupported, "DECLARE CURSOR WITH HOLD", "supported", "Holdable"))
        } else if has(SCROLL) {
            Some((unsupported, "DECLARE SCROLL CURSOR", "supported", "Scrollable"))
        } else if has(INSENSITIVE) {
            let state = sqlstate::INVALID_CURSOR_DEFINITION;
            Some((state, "DECLARE INSENSITIVE CURSOR", "valid", "Insensitive"))
        } else {
            None
        };
        if let Some((state, what, verdict, kind)) = refused {
            return Err(PgError::new(state, format!("{what} ... {lock} is not {verdict}"))
                .detail(format!("{kind} cursors must be READ ONLY."))
                .into());
        }
    }
    Ok(utility("DeclareCursorStmt"))
}
