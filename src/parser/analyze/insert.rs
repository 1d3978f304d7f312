//! INSERT in all its forms, and ON CONFLICT.

use super::select::check_row_length;
use super::{
    finish, transform_returning_clause, transform_stmt, transform_update_target_list, with_clause,
};
use crate::catalog::acl::privilege;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::{expr_collation, expr_location, expr_type, expr_typmod};
use crate::nodes::primnodes::{
    Alias, CmdType, Expr, OnConflictAction, OnConflictExpr, Query, RteColumns, RteKind, TargetEntry,
};
use crate::nodes::tree::{InsertStmt, Node, OnConflictClause, SelectStmt};
use crate::parser::clauses::contain_vars_of_level;
use crate::parser::errors::error_at;
use crate::parser::parse_clause::{
    set_target_table, transform_on_conflict_arbiter, transform_where_clause,
};
use crate::parser::parse_collate::{assign_expr_collations, assign_query_collations};
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{
    FIRST_LOW_INVALID_ATTRIBUTE, add_ns_item_to_query, add_range_table_entry_for_relation,
    add_range_table_entry_for_subquery, add_range_table_entry_for_values, expand_ns_item_vars,
    get_rte_by_range_table_posn, get_tle_by_resno, make_target_entry, make_var,
};
use crate::parser::parse_target::{
    InsertTarget, check_insert_targets, target_relation, transform_assigned_expr,
    transform_expression_list,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// Whether the source is a query of its own, not a bare list of VALUES.
fn is_general_select(select: &SelectStmt) -> bool {
    select.values_lists.is_empty()
        || !select.sort_clause.is_empty()
        || select.limit_offset.is_some()
        || select.limit_count.is_some()
        || !select.locking_clause.is_empty()
        || select.with_clause.is_some()
}

/// PostgreSQL: transformInsertStmt.
pub(super) fn transform_insert_stmt(
    pstate: &mut ParseState,
    insert: &InsertStmt,
) -> PgResult<Query> {
    let mut query = Query::new(CmdType::CmdInsert);
    pstate.is_insert = true;
    with_clause(pstate, &mut query, insert.with_clause.as_deref())?;
    query.override_ = insert.override_;
    let conflict = insert.on_conflict_clause.as_deref();
    let updates = conflict.is_some_and(|c| c.action == OnConflictAction::OnconflictUpdate);
    let source = match &insert.select_stmt {
        Some(Node::SelectStmt(select)) => Some(select.as_ref()),
        Some(_) | None => None,
    };
    let general = source.is_some_and(is_general_select);
    let (mut sub_rtable, mut sub_namespace) = (Vec::new(), Vec::new());
    if general {
        sub_rtable = std::mem::take(&mut pstate.rtable);
        pstate.joinexprs.clear();
        sub_namespace = std::mem::take(&mut pstate.namespace);
    }
    let perms = privilege::INSERT | if updates { privilege::UPDATE } else { 0 };
    let Some(relation) = insert.relation.as_deref() else {
        return Err(Stop::Unknown("INSERT without a table".to_string()));
    };
    query.result_relation = set_target_table(pstate, relation, false, false, perms)?;
    let targets = check_insert_targets(pstate, &insert.cols)?;
    let explicit = !insert.cols.is_empty();
    let exprs = match source {
        None => Vec::new(),
        Some(select) if general => {
            let mut sub = ParseState::new(pstate.shared, Some(&*pstate));
            sub.joinexprs = vec![None; sub_rtable.len()];
            sub.rtable = sub_rtable;
            sub.namespace = sub_namespace;
            sub.resolve_unknowns = false;
            let statement = Node::SelectStmt(Box::new(select.clone()));
            let subquery = transform_stmt(&mut sub, &statement)?;
            drop(sub);
            let exprs = from_subquery(pstate, subquery)?;
            transform_insert_row(pstate, exprs, explicit, &targets, false)?
        }
        Some(select) if select.values_lists.len() > 1 => {
            from_values(pstate, &select.values_lists, explicit, &targets)?
        }
        Some(select) => {
            let row = select.values_lists.first().map_or(&[][..], Node::list);
            let exprs = transform_expression_list(pstate, row, ExprKind::ValuesSingle, true)?;
            transform_insert_row(pstate, exprs, explicit, &targets, false)?
        }
    };
    let rtindex = query.result_relation as usize - 1;
    for (target, expr) in targets.iter().zip(exprs) {
        let name = Some(target.name.clone());
        query.target_list.push(make_target_entry(expr, target.attrno, name, false));
        let column = target.attrno - FIRST_LOW_INVALID_ATTRIBUTE;
        pstate.rtable[rtindex].perms.inserted_cols.push(column);
    }
    if (conflict.is_some() || insert.returning_clause.is_some())
        && let Some(item) = pstate.target_nsitem.clone()
    {
        pstate.namespace.clear();
        add_ns_item_to_query(pstate, item, false, true, true);
    }
    if let Some(conflict) = conflict {
        query.on_conflict = Some(Box::new(transform_on_conflict_clause(pstate, conflict)?));
    }
    let returning = insert.returning_clause.as_deref();
    transform_returning_clause(pstate, &mut query, returning, ExprKind::Returning)?;
    query.jointree.fromlist = std::mem::take(&mut pstate.joinlist);
    assign_query_collations(pstate, &mut query)?;
    finish(pstate, &mut query);
    Ok(query)
}

/// The columns of the subquery that INSERT reads; undecided literals are taken themselves, so that they become what
/// the target needs.
fn from_subquery(pstate: &mut ParseState, subquery: Query) -> PgResult<Vec<Expr>> {
    let alias = Alias { aliasname: Name::fixed("*SELECT*"), colnames: Vec::new() };
    let mut exprs = Vec::new();
    for te in subquery.target_list.iter().filter(|te| !te.resjunk) {
        let type_id = expr_type(&te.expr);
        let literal = matches!(te.expr, Expr::Const(_) | Expr::Param(_));
        if literal && type_id == fixed::UNKNOWNOID {
            exprs.push(te.expr.clone());
            continue;
        }
        let (typmod, collation) = (expr_typmod(&te.expr), expr_collation(&te.expr));
        let rtindex = pstate.rtable.len() as u32 + 1;
        let mut var = make_var(rtindex, te.resno, type_id, typmod, collation, 0);
        var.location = crate::nodes::ParseLoc(expr_location(&te.expr));
        exprs.push(Expr::Var(var));
    }
    let item = add_range_table_entry_for_subquery(pstate, subquery, Some(&alias), false, false)?;
    add_ns_item_to_query(pstate, item, true, false, false);
    Ok(exprs)
}

/// Several rows of VALUES.
fn from_values(
    pstate: &mut ParseState,
    rows: &[Node],
    explicit: bool,
    targets: &[InsertTarget],
) -> PgResult<Vec<Expr>> {
    let mut length = None;
    let mut lists = Vec::with_capacity(rows.len());
    for row in rows {
        let exprs = transform_expression_list(pstate, row.list(), ExprKind::Values, true)?;
        check_row_length(&mut length, &exprs)?;
        let mut exprs = transform_insert_row(pstate, exprs, explicit, targets, true)?;
        for expr in &mut exprs {
            assign_expr_collations(pstate, expr)?;
        }
        lists.push(exprs);
    }
    let mut columns = RteColumns::default();
    for expr in lists.first().into_iter().flatten() {
        columns.types.push(expr_type(expr));
        columns.typmods.push(expr_typmod(expr));
        columns.collations.push(Oid::INVALID);
    }
    let lateral = pstate.rtable.len() > 1
        && lists.iter().flatten().any(|expr| contain_vars_of_level(expr, 0));
    let item = add_range_table_entry_for_values(pstate, lists, columns, None, lateral, true)?;
    add_ns_item_to_query(pstate, item.clone(), true, false, false);
    let vars = expand_ns_item_vars(&item, 0, -1);
    let exprs = vars.into_iter().map(|(_, var)| Expr::Var(var)).collect();
    transform_insert_row(pstate, exprs, explicit, targets, false)
}

/// Fits a row of values to the target columns (PostgreSQL: transformInsertRow).
pub(in crate::parser) fn transform_insert_row(
    pstate: &mut ParseState,
    exprs: Vec<Expr>,
    explicit_columns: bool,
    targets: &[InsertTarget],
    strip_indirection: bool,
) -> PgResult<Vec<Expr>> {
    if let Some(extra) = exprs.get(targets.len()) {
        return error_at(
            sqlstate::SYNTAX_ERROR,
            "INSERT has more expressions than target columns",
            expr_location(extra),
        );
    }
    if explicit_columns && let Some(missing) = targets.get(exprs.len()) {
        let error =
            PgError::new(sqlstate::SYNTAX_ERROR, "INSERT has more target columns than expressions")
                .at(missing.location);
        let row =
            exprs.len() == 1 && count_rowexpr_columns(pstate, &exprs[0]) == Some(targets.len());
        return Err(Stop::from(if row {
            error.hint("The insertion source is a row expression containing the same number of columns expected by the INSERT. Did you accidentally use extra parentheses?")
        } else {
            error
        }));
    }
    let mut out = Vec::with_capacity(exprs.len());
    for (expr, target) in exprs.into_iter().zip(targets) {
        let expr = transform_assigned_expr(
            pstate,
            expr,
            ExprKind::InsertTarget,
            &target.name,
            target.attrno,
            target.indirection,
            target.location,
        )?;
        out.push(if strip_indirection { strip_assignment(expr) } else { expr });
    }
    Ok(out)
}

/// The value alone, without the field or element that it is assigned to.
fn strip_assignment(mut expr: Expr) -> Expr {
    loop {
        let mut inner = &expr;
        while let Expr::CoerceToDomain(coerce) = inner {
            inner = &coerce.arg;
        }
        let value = match inner {
            Expr::FieldStore(store) => store.newvals.first().cloned(),
            Expr::SubscriptingRef(subscript) => subscript.refassgnexpr.clone(),
            _ => None, // no assignment to a part
        };
        match value {
            Some(value) => expr = value,
            None => return expr,
        }
    }
}

/// PostgreSQL: count_rowexpr_columns.
fn count_rowexpr_columns(pstate: &ParseState, expr: &Expr) -> Option<usize> {
    match expr {
        Expr::RowExpr(row) => Some(row.args.len()),
        Expr::Var(var) if var.varattno > 0 && var.vartype == fixed::RECORDOID => {
            let rte = get_rte_by_range_table_posn(pstate, var.varno, var.varlevelsup)?;
            let RteKind::Subquery { query, .. } = &rte.kind else { return None };
            match &get_tle_by_resno(&query.target_list, var.varattno)?.expr {
                Expr::RowExpr(row) => Some(row.args.len()),
                _ => None, // no row
            }
        }
        _ => None, // no row
    }
}

/// PostgreSQL: transformOnConflictClause.
fn transform_on_conflict_clause(
    pstate: &mut ParseState,
    clause: &OnConflictClause,
) -> PgResult<OnConflictExpr> {
    let updates = clause.action == OnConflictAction::OnconflictUpdate;
    let mut excluded = None;
    if updates && let Some(relation) = target_relation(pstate) {
        let alias = Alias { aliasname: Name::fixed("excluded"), colnames: Vec::new() };
        let item =
            add_range_table_entry_for_relation(pstate, &relation, Some(&alias), false, false)?;
        let rte = &mut pstate.rtable[item.rtindex as usize - 1];
        if let RteKind::Relation { relkind, .. } = &mut rte.kind {
            *relkind = b'c';
        }
        rte.perms.required = 0;
        excluded = Some(item);
    }
    let arbiter = transform_on_conflict_arbiter(pstate, clause)?;
    let mut set: Vec<TargetEntry> = Vec::new();
    let mut condition = None;
    let excl_rel_index = excluded.as_ref().map_or(0, |item| item.rtindex);
    if let Some(item) = excluded {
        pstate.is_insert = false;
        add_ns_item_to_query(pstate, item, false, true, true);
        set = transform_update_target_list(pstate, &clause.target_list)?;
        let where_clause = clause.where_clause.as_ref();
        condition = transform_where_clause(pstate, where_clause, ExprKind::Where, "WHERE")?;
        pstate.namespace.pop();
    }
    Ok(OnConflictExpr {
        action: clause.action,
        arbiter_elems: arbiter.elems,
        arbiter_where: arbiter.where_,
        constraint: arbiter.constraint,
        on_conflict_set: set,
        on_conflict_where: condition,
        excl_rel_index,
    })
}
