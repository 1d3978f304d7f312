//! SELECT and VALUES.

use super::locking::{strength_of, transform_locking_clause};
use super::{finish, with_clause};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::exprs_location;
use crate::nodes::primnodes::{CmdType, Expr, Query, RteColumns};
use crate::nodes::tree::{IntoClause, Node, SelectStmt};
use crate::parser::clauses::contain_vars_of_level;
use crate::parser::errors::error_at;
use crate::parser::parse_agg::parse_check_aggregates;
use crate::parser::parse_clause::{
    transform_distinct_clause, transform_distinct_on_clause, transform_from_clause,
    transform_group_clause, transform_limit_clause, transform_sort_clause, transform_where_clause,
    transform_window_definitions,
};
use crate::parser::parse_coerce::{
    coerce_to_common_type, select_common_type, select_common_typmod,
};
use crate::parser::parse_collate::{assign_query_collations, select_common_collation};
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{
    add_ns_item_to_query, add_range_table_entry_for_values, expand_ns_item_attrs,
};
use crate::parser::parse_target::{
    mark_target_list_origins, resolve_target_list_unknowns, transform_expression_list,
    transform_target_list,
};
use crate::pg::sqlstate;

/// Where an INTO clause stands.
pub(super) fn into_location(into: &IntoClause) -> i32 {
    into.rel.as_ref().map_or(-1, |relation| relation.location.0)
}

/// INTO belongs to the outermost SELECT only.
pub(super) fn refuse_into(select: &SelectStmt) -> PgResult<()> {
    match &select.into_clause {
        Some(into) => error_at(
            sqlstate::SYNTAX_ERROR,
            "SELECT ... INTO is not allowed here",
            into_location(into),
        ),
        None => Ok(()),
    }
}

/// LIMIT and OFFSET.
pub(super) fn limits(
    pstate: &mut ParseState,
    select: &SelectStmt,
    query: &mut Query,
) -> PgResult<()> {
    let option = select.limit_option;
    query.limit_offset = transform_limit_clause(
        pstate,
        select.limit_offset.as_ref(),
        ExprKind::Offset,
        "OFFSET",
        option,
    )?;
    query.limit_count = transform_limit_clause(
        pstate,
        select.limit_count.as_ref(),
        ExprKind::Limit,
        "LIMIT",
        option,
    )?;
    query.limit_option = option;
    Ok(())
}

/// PostgreSQL: transformSelectStmt.
pub(super) fn transform_select_stmt(
    pstate: &mut ParseState,
    select: &SelectStmt,
) -> PgResult<Query> {
    let mut query = Query::new(CmdType::CmdSelect);
    with_clause(pstate, &mut query, select.with_clause.as_deref())?;
    refuse_into(select)?;
    pstate.windowdefs = select
        .window_clause
        .iter()
        .filter_map(|node| match node {
            Node::WindowDef(def) => Some(def.as_ref().clone()),
            _ => None, // the grammar puts nothing else into WINDOW
        })
        .collect();
    transform_from_clause(pstate, &select.from_clause)?;
    query.target_list = transform_target_list(pstate, &select.target_list, ExprKind::SelectTarget)?;
    mark_target_list_origins(pstate, &mut query.target_list);
    let qual =
        transform_where_clause(pstate, select.where_clause.as_ref(), ExprKind::Where, "WHERE")?;
    query.having_qual =
        transform_where_clause(pstate, select.having_clause.as_ref(), ExprKind::Having, "HAVING")?;
    sorting_and_grouping(pstate, select, &mut query)?;
    limits(pstate, select, &mut query)?;
    let window_defs = std::mem::take(&mut pstate.windowdefs);
    query.window_clause =
        transform_window_definitions(pstate, &window_defs, &mut query.target_list)?;
    if pstate.resolve_unknowns {
        resolve_target_list_unknowns(pstate, &mut query.target_list)?;
    }
    query.jointree.fromlist = std::mem::take(&mut pstate.joinlist);
    query.jointree.quals = qual;
    query.rtable = std::mem::take(&mut pstate.rtable);
    query.has_sub_links = pstate.has_sub_links;
    query.has_window_funcs = pstate.has_window_funcs;
    query.has_target_srfs = pstate.has_target_srfs;
    query.has_aggs = pstate.has_aggs.get();
    for node in &select.locking_clause {
        if let Node::LockingClause(clause) = node {
            transform_locking_clause(&mut query, clause, false)?;
        }
    }
    pstate.rtable = std::mem::take(&mut query.rtable);
    finish_collations_and_aggregates(pstate, &mut query)?;
    Ok(query)
}

/// Collations, then the checks of aggregates, which compare expressions with their collations.
pub(super) fn finish_collations_and_aggregates(
    pstate: &mut ParseState,
    query: &mut Query,
) -> PgResult<()> {
    assign_query_collations(pstate, query)?;
    if pstate.has_aggs.get()
        || !query.group_clause.is_empty()
        || !query.grouping_sets.is_empty()
        || query.having_qual.is_some()
    {
        parse_check_aggregates(pstate, query)?;
    }
    finish(pstate, query);
    Ok(())
}

fn sorting_and_grouping(
    pstate: &mut ParseState,
    select: &SelectStmt,
    query: &mut Query,
) -> PgResult<()> {
    query.sort_clause = transform_sort_clause(
        pstate,
        &select.sort_clause,
        &mut query.target_list,
        ExprKind::OrderBy,
        false,
    )?;
    let (group_clause, grouping_sets) = transform_group_clause(
        pstate,
        &select.group_clause,
        &mut query.target_list,
        &query.sort_clause,
        ExprKind::GroupBy,
        false,
    )?;
    query.group_clause = group_clause;
    query.grouping_sets = grouping_sets;
    query.group_distinct = select.group_distinct;
    match select.distinct_clause.first() {
        None => {}
        // DISTINCT without ON is a list of one null.
        Some(Node::List(nothing)) if nothing.is_empty() => {
            query.distinct_clause = transform_distinct_clause(
                pstate,
                &mut query.target_list,
                &query.sort_clause,
                false,
            )?;
        }
        Some(_) => {
            query.distinct_clause = transform_distinct_on_clause(
                pstate,
                &select.distinct_clause,
                &mut query.target_list,
                &query.sort_clause,
            )?;
            query.has_distinct_on = true;
        }
    }
    Ok(())
}

/// The rows of VALUES must be equally long.
pub(super) fn check_row_length(expected: &mut Option<usize>, row: &[Expr]) -> PgResult<()> {
    if *expected.get_or_insert(row.len()) == row.len() {
        return Ok(());
    }
    error_at(
        sqlstate::SYNTAX_ERROR,
        "VALUES lists must all be the same length",
        exprs_location(row),
    )
}

/// PostgreSQL: transformValuesClause.
pub(super) fn transform_values_clause(
    pstate: &mut ParseState,
    select: &SelectStmt,
) -> PgResult<Query> {
    let mut query = Query::new(CmdType::CmdSelect);
    with_clause(pstate, &mut query, select.with_clause.as_deref())?;
    let mut length = None;
    let mut rows = Vec::with_capacity(select.values_lists.len());
    for row in &select.values_lists {
        let row = transform_expression_list(pstate, row.list(), ExprKind::Values, false)?;
        check_row_length(&mut length, &row)?;
        rows.push(row);
    }
    let columns = common_columns(pstate, &mut rows, length.unwrap_or(0))?;
    let lateral = !pstate.rtable.is_empty()
        && rows.iter().flatten().any(|expr| contain_vars_of_level(expr, 0));
    let item = add_range_table_entry_for_values(pstate, rows, columns, None, lateral, true)?;
    add_ns_item_to_query(pstate, item.clone(), true, true, true);
    query.target_list = expand_ns_item_attrs(pstate, &item, 0, true, -1);
    query.sort_clause = transform_sort_clause(
        pstate,
        &select.sort_clause,
        &mut query.target_list,
        ExprKind::OrderBy,
        false,
    )?;
    limits(pstate, select, &mut query)?;
    if let Some(lock) = strength_of(&select.locking_clause) {
        return Err(Stop::from(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("{lock} cannot be applied to VALUES"),
        )));
    }
    query.jointree.fromlist = std::mem::take(&mut pstate.joinlist);
    assign_query_collations(pstate, &mut query)?;
    finish(pstate, &mut query);
    Ok(query)
}

/// Makes each column of VALUES one type.
fn common_columns(
    pstate: &mut ParseState,
    rows: &mut [Vec<Expr>],
    length: usize,
) -> PgResult<RteColumns> {
    let mut columns = RteColumns::default();
    for i in 0..length {
        let column: Vec<&Expr> = rows.iter().map(|row| &row[i]).collect();
        let (type_id, _) = select_common_type(pstate, &column, Some("VALUES"))?;
        for row in rows.iter_mut() {
            let expr = std::mem::replace(&mut row[i], super::super::parse_target::placeholder());
            row[i] = coerce_to_common_type(pstate, expr, type_id, "VALUES")?;
        }
        let column: Vec<&Expr> = rows.iter().map(|row| &row[i]).collect();
        columns.types.push(type_id);
        columns.typmods.push(select_common_typmod(&column, type_id));
        let mut column: Vec<&mut Expr> = rows.iter_mut().map(|row| &mut row[i]).collect();
        columns.collations.push(select_common_collation(pstate, &mut column, true)?);
    }
    Ok(columns)
}
