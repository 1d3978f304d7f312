//! Aggregates and window functions: where they may stand, and which columns must be grouped (PostgreSQL:
//! parser/parse_agg.c).

mod grouping;
mod level;

use super::errors::error_at;
use super::parse_clause::{
    add_target_to_sort_list, transform_distinct_clause, transform_sort_clause,
};
use super::parse_expr::{parse_expr_kind_name, transform_expr};
use super::parse_node::{ExprKind, ParseState};
use super::parse_relation::make_target_entry;
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_location, expr_type, walk_expr};
use crate::nodes::primnodes::{Aggref, Expr, GroupingFunc, WindowFunc};
use crate::nodes::tree::{self, Node, WindowDef};
use crate::pg::oid::Oid;
use crate::pg::sqlstate as state;

pub use grouping::{flatten_join_alias_vars, parse_check_aggregates};
pub use level::{contain_aggs_of_level, locate_agg_of_level, locate_windowfunc};

use level::check_agg_arguments;

/// Sorts out an aggregate's arguments and checks where it stands (PostgreSQL: transformAggregateCall).
pub fn transform_aggregate_call(
    pstate: &mut ParseState,
    aggref: Aggref,
    args: Vec<Expr>,
    aggorder: &[Node],
    agg_distinct: bool,
) -> PgResult<Expr> {
    let mut aggref = aggref;
    let mut args = args;
    let ordered_set = aggref.aggkind != b'n';
    let aggregated = if ordered_set {
        let direct = args.len().saturating_sub(aggorder.len());
        let aggregated = args.split_off(direct);
        aggref.aggdirectargs = args;
        aggregated
    } else {
        args
    };
    let mut tlist = Vec::with_capacity(aggregated.len());
    let mut attno: i16 = 1;
    for arg in aggregated {
        tlist.push(make_target_entry(arg, attno, None, false));
        attno += 1;
    }
    if ordered_set {
        for (index, node) in aggorder.iter().enumerate() {
            if let Node::SortBy(sortby) = node {
                let mut order = std::mem::take(&mut aggref.aggorder);
                add_target_to_sort_list(pstate, index, &mut order, &mut tlist, sortby)?;
                aggref.aggorder = order;
            }
        }
    } else {
        let saved = std::mem::replace(&mut pstate.next_resno, attno);
        aggref.aggorder =
            transform_sort_clause(pstate, aggorder, &mut tlist, ExprKind::OrderBy, true)?;
        if agg_distinct {
            aggref.aggdistinct =
                transform_distinct_clause(pstate, &mut tlist, &aggref.aggorder, true)?;
            for clause in &aggref.aggdistinct {
                if clause.sortop.is_valid() {
                    continue;
                }
                let entry = tlist.iter().find(|te| te.ressortgroupref == clause.tle_sort_group_ref);
                let Some(entry) = entry else { continue };
                let message = format!(
                    "could not identify an ordering operator for type {}",
                    pstate.shared.format_type(expr_type(&entry.expr))
                );
                return Err(PgError::new(state::UNDEFINED_FUNCTION, message)
                    .detail("Aggregates with DISTINCT must be able to sort their inputs.")
                    .at(expr_location(&entry.expr))
                    .into());
            }
        }
        pstate.next_resno = saved;
    }
    aggref.aggargtypes = aggref
        .aggdirectargs
        .iter()
        .map(expr_type)
        .chain(tlist.iter().filter(|te| !te.resjunk).map(|te| expr_type(&te.expr)))
        .collect();
    aggref.args = tlist;
    let level = check_agg_arguments(&aggref.aggdirectargs, &aggref.args, &aggref.aggfilter)?;
    check_agglevels_and_constraints(pstate, level, true, aggref.location.0)?;
    aggref.agglevelsup = level;
    Ok(Expr::Aggref(Box::new(aggref)))
}

/// GROUPING(…) (PostgreSQL: transformGroupingFunc).
pub fn transform_grouping_func(
    pstate: &mut ParseState,
    node: &tree::GroupingFunc,
) -> PgResult<Expr> {
    if node.args.len() > 31 {
        let message = "GROUPING must have fewer than 32 arguments";
        return error_at(state::TOO_MANY_ARGUMENTS, message, node.location.0);
    }
    let kind = pstate.expr_kind;
    let mut args = Vec::with_capacity(node.args.len());
    for arg in &node.args {
        args.push(transform_expr(pstate, arg, kind)?);
    }
    let entries: Vec<_> =
        args.iter().cloned().map(|arg| make_target_entry(arg, 0, None, false)).collect();
    let level = check_agg_arguments(&[], &entries, &None)?;
    check_agglevels_and_constraints(pstate, level, false, node.location.0)?;
    Ok(Expr::GroupingFunc(Box::new(GroupingFunc {
        args,
        refs: Vec::new(),
        agglevelsup: level,
        location: node.location,
    })))
}

/// What is said of a place that takes no aggregates, or no window functions; None where they are welcome.
fn forbidden_place(kind: ExprKind, aggregate: bool) -> Option<&'static str> {
    let place = match kind {
        ExprKind::None | ExprKind::Other => return None,
        ExprKind::SelectTarget | ExprKind::OrderBy | ExprKind::DistinctOn => return None,
        ExprKind::Having | ExprKind::WindowPartition | ExprKind::WindowOrder if aggregate => {
            return None;
        }
        ExprKind::WindowPartition
        | ExprKind::WindowOrder
        | ExprKind::WindowFrameRange
        | ExprKind::WindowFrameRows
        | ExprKind::WindowFrameGroups
            if !aggregate =>
        {
            "window definitions"
        }
        ExprKind::JoinOn | ExprKind::JoinUsing => "JOIN conditions",
        ExprKind::FromSubselect if aggregate => "FROM clause of their own query level",
        ExprKind::FromFunction => "functions in FROM",
        ExprKind::Policy => "policy expressions",
        ExprKind::MergeWhen => "MERGE WHEN conditions",
        ExprKind::CheckConstraint | ExprKind::DomainCheck => "check constraints",
        ExprKind::ColumnDefault | ExprKind::FunctionDefault => "DEFAULT expressions",
        ExprKind::IndexExpression => "index expressions",
        ExprKind::IndexPredicate => "index predicates",
        ExprKind::StatsExpression => "statistics expressions",
        ExprKind::AlterColTransform => "transform expressions",
        ExprKind::ExecuteParameter => "EXECUTE parameters",
        ExprKind::TriggerWhen => "trigger WHEN conditions",
        ExprKind::PartitionBound => "partition bound",
        ExprKind::PartitionExpression => "partition key expressions",
        ExprKind::GeneratedColumn => "column generation expressions",
        ExprKind::CallArgument => "CALL arguments",
        ExprKind::CopyWhere => "COPY FROM WHERE conditions",
        ExprKind::FromSubselect
        | ExprKind::Where
        | ExprKind::Having
        | ExprKind::Filter
        | ExprKind::WindowPartition
        | ExprKind::WindowOrder
        | ExprKind::WindowFrameRange
        | ExprKind::WindowFrameRows
        | ExprKind::WindowFrameGroups
        | ExprKind::InsertTarget
        | ExprKind::UpdateSource
        | ExprKind::UpdateTarget
        | ExprKind::GroupBy
        | ExprKind::Limit
        | ExprKind::Offset
        | ExprKind::Returning
        | ExprKind::MergeReturning
        | ExprKind::Values
        | ExprKind::ValuesSingle
        | ExprKind::CycleMark => parse_expr_kind_name(kind),
    };
    Some(place)
}

/// PostgreSQL: check_agglevels_and_constraints.
fn check_agglevels_and_constraints(
    pstate: &ParseState,
    level: u32,
    is_agg: bool,
    location: i32,
) -> PgResult<()> {
    let mut state = pstate;
    for _ in 0..level {
        match state.parent {
            Some(parent) => state = parent,
            None => break,
        }
    }
    state.has_aggs.set(true);
    let Some(place) = forbidden_place(state.expr_kind, true) else { return Ok(()) };
    let what = if is_agg { "aggregate functions" } else { "grouping operations" };
    error_at(state::GROUPING_ERROR, format!("{what} are not allowed in {place}"), location)
}

/// Finds the window of a window function's call and checks where it stands (PostgreSQL: transformWindowFuncCall).
pub fn transform_window_func_call(
    pstate: &mut ParseState,
    wfunc: WindowFunc,
    windef: &WindowDef,
) -> PgResult<Expr> {
    let mut wfunc = wfunc;
    if pstate.has_window_funcs
        && let Some(location) = locate_windowfunc(&wfunc.args)
    {
        let message = "window function calls cannot be nested";
        return error_at(state::WINDOWING_ERROR, message, location);
    }
    if let Some(place) = forbidden_place(pstate.expr_kind, false) {
        let message = format!("window functions are not allowed in {place}");
        return error_at(state::WINDOWING_ERROR, message, wfunc.location.0);
    }
    let defs = &mut pstate.windowdefs;
    let found = match &windef.name {
        Some(name) => {
            let found = defs.iter().position(|def| def.name.as_ref() == Some(name));
            if found.is_none() {
                let message = format!("window \"{name}\" does not exist");
                return error_at(state::UNDEFINED_OBJECT, message, windef.location.0);
            }
            found
        }
        None => defs.iter().position(|def| {
            def.refname == windef.refname
                && def.partition_clause == windef.partition_clause
                && def.order_clause == windef.order_clause
                && def.frame_options == windef.frame_options
                && def.start_offset == windef.start_offset
                && def.end_offset == windef.end_offset
        }),
    };
    let index = found.unwrap_or_else(|| {
        defs.push(windef.clone());
        defs.len() - 1
    });
    wfunc.winref = u32::try_from(index + 1).unwrap_or(u32::MAX);
    pstate.has_window_funcs = true;
    Ok(Expr::WindowFunc(Box::new(wfunc)))
}

/// The types of an aggregate's arguments, as its catalog row is looked up by (PostgreSQL: get_aggregate_argtypes).
pub fn get_aggregate_argtypes(aggref: &Aggref) -> &[Oid] {
    &aggref.aggargtypes
}

/// Whether the expression calls a window function (PostgreSQL: contain_windowfuncs, rewrite/rewriteManip.c).
pub fn contain_windowfuncs(expr: &Expr) -> bool {
    walk_expr(expr, &mut |e| matches!(e, Expr::WindowFunc(_)))
}
