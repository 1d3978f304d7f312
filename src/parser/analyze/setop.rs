//! UNION, INTERSECT and EXCEPT.

use super::locking::strength_of;
use super::select::{finish_collations_and_aggregates, into_location, limits, refuse_into};
use super::{parse_sub_analyze, with_clause};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::{
    Alias, CmdType, Expr, JoinRte, JoinType, Query, RteColumns, RteKind, SetOpNode,
    SetOperationStmt, SortGroupClause, TargetEntry, VarReturningType,
};
use crate::nodes::tree::{Node, SelectStmt, SetOperation};
use crate::parser::clauses::query_contains_vars_of_level;
use crate::parser::errors::{error_at, with_errposition};
use crate::parser::parse_clause::transform_sort_clause;
use crate::parser::parse_coerce::{
    coerce_to_common_type, select_common_type, select_common_typmod,
};
use crate::parser::parse_collate::select_common_collation;
use crate::parser::parse_cte::analyze_cte_target_list;
use crate::parser::parse_node::{ExprKind, NamespaceColumn, ParseState};
use crate::parser::parse_oper::get_sort_group_operators;
use crate::parser::parse_relation::{
    add_ns_item_to_query, add_range_table_entry_for_join, add_range_table_entry_for_subquery,
    make_target_entry, make_var,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

fn refuse_locking(select: &SelectStmt) -> PgResult<()> {
    match strength_of(&select.locking_clause) {
        Some(lock) => Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("{lock} is not allowed with UNION/INTERSECT/EXCEPT"),
        )
        .into()),
        None => Ok(()),
    }
}

/// The range table index of the leftmost SELECT.
fn leftmost(mut node: &SetOpNode) -> u32 {
    loop {
        match node {
            SetOpNode::RangeTblRef(index) => return *index,
            SetOpNode::Op(op) => node = &op.larg,
        }
    }
}

fn subquery_target_list<'p>(pstate: &'p ParseState<'_>, rtindex: u32) -> &'p [TargetEntry] {
    match pstate.rtable.get(rtindex as usize - 1).map(|rte| &rte.kind) {
        Some(RteKind::Subquery { query, .. }) => &query.target_list,
        _ => &[], // leaves of a set operation are always subqueries
    }
}

/// PostgreSQL: transformSetOperationStmt.
pub(super) fn transform_set_operation_stmt(
    pstate: &mut ParseState,
    select: &SelectStmt,
) -> PgResult<Query> {
    let mut query = Query::new(CmdType::CmdSelect);
    let mut first = select;
    while let Some(larg) = &first.larg {
        first = larg;
    }
    refuse_into(first)?;
    refuse_locking(select)?;
    with_clause(pstate, &mut query, select.with_clause.as_deref())?;
    let (node, _) = set_operation_node(pstate, select, true)?;
    let SetOpNode::Op(op) = node else {
        return Err(Stop::Unknown("a set operation without sides".to_string()));
    };
    let rtindex = leftmost(&op.larg);
    let columns = output_columns(pstate, rtindex, &op.columns);
    for (name, column, location) in &columns {
        let mut var = make_var(
            column.varno,
            column.varattno,
            column.vartype,
            column.vartypmod,
            column.varcollid,
            0,
        );
        var.location = ParseLoc(*location);
        let resno = pstate.next_resno;
        query.target_list.push(make_target_entry(Expr::Var(var), resno, Some(name.clone()), false));
        pstate.next_resno += 1;
    }
    query.set_operations = Some(op);
    sort_set_operation(pstate, select, &mut query, columns)?;
    limits(pstate, select, &mut query)?;
    query.jointree.fromlist = std::mem::take(&mut pstate.joinlist);
    finish_collations_and_aggregates(pstate, &mut query)?;
    Ok(query)
}

/// The columns of the whole: the names of the leftmost SELECT with the types of the topmost operation.
fn output_columns(
    pstate: &ParseState,
    rtindex: u32,
    columns: &RteColumns,
) -> Vec<(Name, NamespaceColumn, i32)> {
    let left = subquery_target_list(pstate, rtindex).iter().filter(|te| !te.resjunk);
    let types = columns.types.iter().zip(&columns.typmods).zip(&columns.collations);
    left.zip(types)
        .map(|(te, ((type_id, typmod), collation))| {
            let column = NamespaceColumn {
                varno: rtindex,
                varattno: te.resno,
                vartype: *type_id,
                vartypmod: *typmod,
                varcollid: *collation,
                varreturningtype: VarReturningType::Default,
                varnosyn: rtindex,
                varattnosyn: te.resno,
                dontexpand: false,
            };
            (te.resname.clone().unwrap_or_default(), column, expr_location(&te.expr))
        })
        .collect()
}

/// ORDER BY of a set operation may name its output columns only.
fn sort_set_operation(
    pstate: &mut ParseState,
    select: &SelectStmt,
    query: &mut Query,
    columns: Vec<(Name, NamespaceColumn, i32)>,
) -> PgResult<()> {
    if select.sort_clause.is_empty() {
        return Ok(());
    }
    let rtable_length = pstate.rtable.len();
    let names: Vec<Name> = columns.iter().map(|(name, ..)| name.clone()).collect();
    let columns: Vec<NamespaceColumn> = columns.into_iter().map(|(_, c, _)| c).collect();
    let join = JoinRte {
        jointype: JoinType::JoinInner,
        joinmergedcols: 0,
        joinaliasvars: query.target_list.iter().map(|te| te.expr.clone()).collect(),
        joinleftcols: Vec::new(),
        joinrightcols: Vec::new(),
        join_using_alias: None,
    };
    let item = add_range_table_entry_for_join(pstate, names, columns, join, None, false)?;
    let saved = std::mem::take(&mut pstate.namespace);
    add_ns_item_to_query(pstate, item, false, false, true);
    let length = query.target_list.len();
    let sorted = transform_sort_clause(
        pstate,
        &select.sort_clause,
        &mut query.target_list,
        ExprKind::OrderBy,
        false,
    );
    pstate.namespace = saved;
    pstate.rtable.truncate(rtable_length);
    pstate.joinexprs.truncate(rtable_length);
    query.sort_clause = sorted?;
    if let Some(extra) = query.target_list.get(length) {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "invalid UNION/INTERSECT/EXCEPT ORDER BY clause",
        )
        .detail("Only result column names can be used, not expressions or functions.")
        .hint("Add the expression/function to every SELECT, or move the UNION into a FROM clause.")
        .at(expr_location(&extra.expr))
        .into());
    }
    Ok(())
}

/// The columns of one side, and if it is a leaf its range table index.
type Side = (SetOpNode, Vec<TargetEntry>);

/// PostgreSQL: transformSetOperationTree.
fn set_operation_tree(pstate: &mut ParseState, select: &SelectStmt) -> PgResult<Side> {
    if let Some(into) = &select.into_clause {
        return error_at(
            sqlstate::SYNTAX_ERROR,
            "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT",
            into_location(into),
        );
    }
    refuse_locking(select)?;
    let is_leaf = select.op == SetOperation::SetopNone
        || !select.sort_clause.is_empty()
        || select.limit_offset.is_some()
        || select.limit_count.is_some()
        || select.with_clause.is_some();
    if is_leaf { leaf(pstate, select) } else { set_operation_node(pstate, select, false) }
}

fn leaf(pstate: &mut ParseState, select: &SelectStmt) -> PgResult<Side> {
    let statement = Node::SelectStmt(Box::new(select.clone()));
    let query = parse_sub_analyze(&statement, pstate, None, false, false)?;
    if !pstate.namespace.is_empty() && query_contains_vars_of_level(&query, 0) {
        return Err(PgError::new(
            sqlstate::INVALID_COLUMN_REFERENCE,
            "UNION/INTERSECT/EXCEPT member statement cannot refer to other relations of same query level",
        )
        .into());
    }
    let columns: Vec<TargetEntry> =
        query.target_list.iter().filter(|te| !te.resjunk).cloned().collect();
    let alias = Alias {
        aliasname: Name::new(&format!("*SELECT* {}", pstate.rtable.len() + 1)),
        colnames: Vec::new(),
    };
    let item = add_range_table_entry_for_subquery(pstate, query, Some(&alias), false, false)?;
    Ok((SetOpNode::RangeTblRef(item.rtindex), columns))
}

/// The names and types that a recursive member of WITH has by its first term (PostgreSQL: determineRecursiveColTypes).
fn determine_recursive_col_types(pstate: &ParseState, left: &Side) -> PgResult<()> {
    let Some(cte) = pstate.parent_cte.as_ref().filter(|cte| cte.borrow().cterecursive) else {
        return Ok(());
    };
    let names = subquery_target_list(pstate, leftmost(&left.0)).iter().filter(|te| !te.resjunk);
    let entries: Vec<TargetEntry> = left
        .1
        .iter()
        .zip(names)
        .map(|(te, named)| make_target_entry(te.expr.clone(), 0, named.resname.clone(), false))
        .collect();
    analyze_cte_target_list(&mut cte.borrow_mut(), &entries)
}

fn set_operation_node(
    pstate: &mut ParseState,
    select: &SelectStmt,
    toplevel: bool,
) -> PgResult<Side> {
    let missing = || Stop::Unknown("a set operation without sides".to_string());
    let context = match select.op {
        SetOperation::SetopUnion | SetOperation::SetopNone => "UNION",
        SetOperation::SetopIntersect => "INTERSECT",
        SetOperation::SetopExcept => "EXCEPT",
    };
    let mut left = set_operation_tree(pstate, select.larg.as_deref().ok_or_else(missing)?)?;
    let recursive =
        toplevel && pstate.parent_cte.as_ref().is_some_and(|cte| cte.borrow().cterecursive);
    if recursive {
        determine_recursive_col_types(pstate, &left)?;
    }
    let mut right = set_operation_tree(pstate, select.rarg.as_deref().ok_or_else(missing)?)?;
    if left.1.len() != right.1.len() {
        let location =
            right.1.iter().map(|te| expr_location(&te.expr)).find(|l| *l >= 0).unwrap_or(-1);
        return error_at(
            sqlstate::SYNTAX_ERROR,
            format!("each {context} query must have the same number of columns"),
            location,
        );
    }
    let union_all = select.op == SetOperation::SetopUnion && select.all;
    let mut op = SetOperationStmt {
        op: select.op,
        all: select.all,
        larg: SetOpNode::RangeTblRef(0),
        rarg: SetOpNode::RangeTblRef(0),
        columns: RteColumns::default(),
        group_clauses: Vec::new(),
    };
    let mut output = Vec::with_capacity(left.1.len());
    for i in 0..left.1.len() {
        let exprs = [&left.1[i].expr, &right.1[i].expr];
        let (type_id, best) = select_common_type(pstate, &exprs, Some(context))?;
        let location = exprs.get(best).map_or(-1, |expr| expr_location(expr));
        let mut lexpr = fit_side(pstate, &mut left, i, type_id, context)?;
        let mut rexpr = fit_side(pstate, &mut right, i, type_id, context)?;
        let typmod = select_common_typmod(&[&lexpr, &rexpr], type_id);
        let collation = select_common_collation(pstate, &mut [&mut lexpr, &mut rexpr], union_all)?;
        op.columns.types.push(type_id);
        op.columns.typmods.push(typmod);
        op.columns.collations.push(collation);
        if !union_all {
            let clause = group_clause(pstate, type_id, recursive);
            op.group_clauses.push(with_errposition(clause, location)?);
        }
        let dummy = Expr::SetToDefault {
            type_id,
            type_mod: typmod,
            collation,
            location: ParseLoc(location),
        };
        output.push(make_target_entry(dummy, 0, None, false));
    }
    op.larg = left.0;
    op.rarg = right.0;
    Ok((SetOpNode::Op(Box::new(op)), output))
}

/// Checks that the column can be of the common type; an undecided literal of a leaf is made so.
fn fit_side(
    pstate: &mut ParseState,
    side: &mut Side,
    i: usize,
    type_id: Oid,
    context: &str,
) -> PgResult<Expr> {
    let expr = side.1[i].expr.clone();
    if expr_type(&expr) != fixed::UNKNOWNOID {
        return coerce_to_common_type(pstate, expr, type_id, context);
    }
    if !matches!(expr, Expr::Const(_) | Expr::Param(_)) {
        return Ok(expr);
    }
    let expr = coerce_to_common_type(pstate, expr, type_id, context)?;
    side.1[i].expr = expr.clone();
    if let SetOpNode::RangeTblRef(rtindex) = side.0
        && let Some(rte) = pstate.rtable.get_mut(rtindex as usize - 1)
        && let RteKind::Subquery { query, .. } = &mut rte.kind
        && let Some(te) = query.target_list.iter_mut().filter(|te| !te.resjunk).nth(i)
    {
        te.expr = expr.clone();
    }
    Ok(expr)
}

/// PostgreSQL: makeSortGroupClauseForSetOp.
fn group_clause(
    pstate: &ParseState,
    type_id: Oid,
    require_hash: bool,
) -> PgResult<SortGroupClause> {
    let found = get_sort_group_operators(&pstate.shared, type_id, false, true, false)?;
    let record = matches!(type_id, fixed::RECORDOID | fixed::RECORDARRAYOID);
    Ok(SortGroupClause {
        tle_sort_group_ref: 0,
        eqop: found.eq,
        sortop: found.lt,
        reverse_sort: false,
        nulls_first: false,
        hashable: found.hashable || (require_hash && record),
    })
}
