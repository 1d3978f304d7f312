//! ORDER BY and DISTINCT: which output column each item means, and how it is compared.

use crate::catalog::PgOperator;
use crate::catalog::lsyscache::{get_equality_op_for_ordering_op, op_hashjoinable};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_location, expr_type, raw_location, strip_implicit_coercions};
use crate::nodes::primnodes::{CoercionContext, CoercionForm, SortGroupClause, TargetEntry};
use crate::nodes::tree::{Node, SortBy, SortByDir, SortByNulls};
use crate::parser::clauses::{
    contain_aggs_of_level, contain_windowfuncs, locate_agg_of_level, locate_windowfunc,
};
use crate::parser::errors::{error_at, with_errposition};
use crate::parser::parse_coerce::coerce_type;
use crate::parser::parse_expr::{parse_expr_kind_name, transform_expr};
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_oper::{compatible_oper_opid, get_sort_group_operators};
use crate::parser::parse_relation::{col_name_to_var, make_target_entry};
use crate::parser::parse_target::placeholder;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// GROUP BY must not name an output column that aggregates (PostgreSQL: checkTargetlistEntrySQL92).
fn check_targetlist_entry_sql92(
    pstate: &ParseState,
    te: &TargetEntry,
    kind: ExprKind,
) -> PgResult<()> {
    if kind != ExprKind::GroupBy {
        return Ok(());
    }
    let clause = parse_expr_kind_name(kind);
    if pstate.has_aggs.get() && contain_aggs_of_level(&te.expr, 0) {
        return error_at(
            sqlstate::GROUPING_ERROR,
            format!("aggregate functions are not allowed in {clause}"),
            locate_agg_of_level(&te.expr, 0),
        );
    }
    if pstate.has_window_funcs && contain_windowfuncs(&te.expr) {
        return error_at(
            sqlstate::WINDOWING_ERROR,
            format!("window functions are not allowed in {clause}"),
            locate_windowfunc(&te.expr),
        );
    }
    Ok(())
}

/// The output column that a name, a position or an expression means; its index (PostgreSQL:
/// findTargetlistEntrySQL92).
pub(super) fn find_targetlist_entry_sql92(
    pstate: &mut ParseState,
    node: &Node,
    target_list: &mut Vec<TargetEntry>,
    kind: ExprKind,
) -> PgResult<usize> {
    if let Node::ColumnRef(cref) = node
        && let [Node::String(name)] = cref.fields.as_slice()
    {
        let location = cref.location.0;
        let hidden =
            kind == ExprKind::GroupBy && col_name_to_var(pstate, name, true, location)?.is_some();
        if !hidden && let Some(index) = named_entry(target_list, name, kind, location)? {
            check_targetlist_entry_sql92(pstate, &target_list[index], kind)?;
            return Ok(index);
        }
    }
    if let Node::AConst(constant) = node {
        let location = constant.location.0;
        let clause = parse_expr_kind_name(kind);
        let Some(Node::Integer(position)) = constant.val.as_deref() else {
            return error_at(
                sqlstate::SYNTAX_ERROR,
                format!("non-integer constant in {clause}"),
                location,
            );
        };
        let wanted = usize::try_from(*position).ok().and_then(|p| p.checked_sub(1));
        let mut shown = target_list.iter().enumerate().filter(|(_, te)| !te.resjunk);
        return match wanted.and_then(|wanted| shown.nth(wanted)) {
            Some((index, te)) => {
                check_targetlist_entry_sql92(pstate, te, kind)?;
                Ok(index)
            }
            None => error_at(
                sqlstate::INVALID_COLUMN_REFERENCE,
                format!("{clause} position {position} is not in select list"),
                location,
            ),
        };
    }
    find_targetlist_entry_sql99(pstate, node, target_list, kind)
}

fn named_entry(
    target_list: &[TargetEntry],
    name: &str,
    kind: ExprKind,
    location: i32,
) -> PgResult<Option<usize>> {
    let mut found: Option<usize> = None;
    for (index, te) in target_list.iter().enumerate() {
        if te.resjunk || te.resname.as_deref() != Some(name) {
            continue;
        }
        match found {
            None => found = Some(index),
            Some(first) if target_list[first].expr == te.expr => {}
            Some(_) => {
                return error_at(
                    sqlstate::AMBIGUOUS_COLUMN,
                    format!("{} \"{name}\" is ambiguous", parse_expr_kind_name(kind)),
                    location,
                );
            }
        }
    }
    Ok(found)
}

/// The output column that is this expression, added as a hidden one if need be; its index (PostgreSQL:
/// findTargetlistEntrySQL99).
pub fn find_targetlist_entry_sql99(
    pstate: &mut ParseState,
    node: &Node,
    target_list: &mut Vec<TargetEntry>,
    kind: ExprKind,
) -> PgResult<usize> {
    let expr = transform_expr(pstate, node, kind)?;
    let found = target_list.iter().position(|te| *strip_implicit_coercions(&te.expr) == expr);
    if let Some(index) = found {
        return Ok(index);
    }
    target_list.push(make_target_entry(expr, pstate.next_resno, None, true));
    pstate.next_resno += 1;
    Ok(target_list.len() - 1)
}

/// PostgreSQL: transformSortClause.
pub fn transform_sort_clause(
    pstate: &mut ParseState,
    order_list: &[Node],
    target_list: &mut Vec<TargetEntry>,
    kind: ExprKind,
    use_sql99: bool,
) -> PgResult<Vec<SortGroupClause>> {
    let mut sort_list = Vec::with_capacity(order_list.len());
    for node in order_list {
        let Node::SortBy(sort_by) = node else { continue };
        let Some(item) = &sort_by.node else { continue };
        let index = if use_sql99 {
            find_targetlist_entry_sql99(pstate, item, target_list, kind)?
        } else {
            find_targetlist_entry_sql92(pstate, item, target_list, kind)?
        };
        add_target_to_sort_list(pstate, index, &mut sort_list, target_list, sort_by)?;
    }
    Ok(sort_list)
}

/// A literal of undecided type is compared as text.
fn resolve_unknown(pstate: &mut ParseState, te: &mut TargetEntry) -> PgResult<Oid> {
    let type_id = expr_type(&te.expr);
    if type_id != fixed::UNKNOWNOID {
        return Ok(type_id);
    }
    let expr = std::mem::replace(&mut te.expr, placeholder());
    te.expr = coerce_type(
        pstate,
        expr,
        type_id,
        fixed::TEXTOID,
        -1,
        CoercionContext::CoercionImplicit,
        CoercionForm::CoerceImplicitCast,
        -1,
    )?;
    Ok(fixed::TEXTOID)
}

/// PostgreSQL: addTargetToSortList.
pub fn add_target_to_sort_list(
    pstate: &mut ParseState,
    index: usize,
    sort_list: &mut Vec<SortGroupClause>,
    target_list: &mut [TargetEntry],
    sort_by: &SortBy,
) -> PgResult<()> {
    let type_id = resolve_unknown(pstate, &mut target_list[index])?;
    let location = match sort_by.location.0 {
        -1 => sort_by.node.as_ref().map_or(-1, raw_location),
        location => location,
    };
    let operators = sort_operators(pstate, type_id, sort_by);
    let (sortop, eqop, hashable, reverse) = with_errposition(operators, location)?;
    if target_is_in_sort_list(pstate, &target_list[index], sortop, sort_list) {
        return Ok(());
    }
    sort_list.push(SortGroupClause {
        tle_sort_group_ref: assign_sort_group_ref(index, target_list),
        eqop,
        sortop,
        reverse_sort: reverse,
        nulls_first: match sort_by.sortby_nulls {
            SortByNulls::SortbyNullsDefault => reverse,
            SortByNulls::SortbyNullsFirst => true,
            SortByNulls::SortbyNullsLast => false,
        },
        hashable,
    });
    Ok(())
}

/// The sort operator, the equality operator, whether that can hash, and whether the order is descending.
fn sort_operators(
    pstate: &ParseState,
    type_id: Oid,
    sort_by: &SortBy,
) -> PgResult<(Oid, Oid, bool, bool)> {
    let shared = &pstate.shared;
    match sort_by.sortby_dir {
        SortByDir::SortbyDefault | SortByDir::SortbyAsc => {
            let found = get_sort_group_operators(shared, type_id, true, true, false)?;
            Ok((found.lt, found.eq, found.hashable, false))
        }
        SortByDir::SortbyDesc => {
            let found = get_sort_group_operators(shared, type_id, false, true, true)?;
            Ok((found.gt, found.eq, found.hashable, true))
        }
        SortByDir::SortbyUsing => {
            let sortop = compatible_oper_opid(shared, &sort_by.use_op, type_id, type_id, false)?
                .unwrap_or(Oid::INVALID);
            match get_equality_op_for_ordering_op(shared.catalog, sortop) {
                Some((eqop, reverse)) => {
                    let hashable = op_hashjoinable(shared.catalog, eqop, type_id);
                    Ok((sortop, eqop, hashable, reverse))
                }
                None => {
                    let name = sort_by.use_op.last().map_or("", Node::str_val);
                    Err(PgError::new(
                        sqlstate::WRONG_OBJECT_TYPE,
                        format!("operator {name} is not a valid ordering operator"),
                    )
                    .hint("Ordering operators must be \"<\" or \">\" members of btree operator families.")
                    .into())
                }
            }
        }
    }
}

/// PostgreSQL: addTargetToGroupList.
pub(super) fn add_target_to_group_list(
    pstate: &mut ParseState,
    index: usize,
    group_list: &mut Vec<SortGroupClause>,
    target_list: &mut [TargetEntry],
    location: i32,
) -> PgResult<()> {
    let type_id = resolve_unknown(pstate, &mut target_list[index])?;
    if target_is_in_sort_list(pstate, &target_list[index], Oid::INVALID, group_list) {
        return Ok(());
    }
    let found = get_sort_group_operators(&pstate.shared, type_id, false, true, false);
    let found = with_errposition(found, location)?;
    group_list.push(SortGroupClause {
        tle_sort_group_ref: assign_sort_group_ref(index, target_list),
        eqop: found.eq,
        sortop: found.lt,
        reverse_sort: false,
        nulls_first: false,
        hashable: found.hashable,
    });
    Ok(())
}

/// PostgreSQL: assignSortGroupRef.
pub fn assign_sort_group_ref(index: usize, target_list: &mut [TargetEntry]) -> u32 {
    if target_list[index].ressortgroupref == 0 {
        let highest = target_list.iter().map(|te| te.ressortgroupref).max().unwrap_or(0);
        target_list[index].ressortgroupref = highest + 1;
    }
    target_list[index].ressortgroupref
}

/// PostgreSQL: targetIsInSortList.
pub fn target_is_in_sort_list(
    pstate: &ParseState,
    te: &TargetEntry,
    sortop: Oid,
    sort_list: &[SortGroupClause],
) -> bool {
    if te.ressortgroupref == 0 {
        return false;
    }
    let commutator = |oid| pstate.catalog().get::<PgOperator>(oid).map(|op| op.oprcom);
    sort_list.iter().any(|clause| {
        clause.tle_sort_group_ref == te.ressortgroupref
            && (!sortop.is_valid()
                || sortop == clause.sortop
                || commutator(clause.sortop) == Some(sortop))
    })
}

/// DISTINCT over all output columns (PostgreSQL: transformDistinctClause).
pub fn transform_distinct_clause(
    pstate: &mut ParseState,
    target_list: &mut [TargetEntry],
    sort_clause: &[SortGroupClause],
    is_agg: bool,
) -> PgResult<Vec<SortGroupClause>> {
    let mut result = Vec::new();
    for clause in sort_clause {
        let te = target_list.iter().find(|te| te.ressortgroupref == clause.tle_sort_group_ref);
        if let Some(te) = te.filter(|te| te.resjunk) {
            let message = if is_agg {
                "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list"
            } else {
                "for SELECT DISTINCT, ORDER BY expressions must appear in select list"
            };
            let location = expr_location(&te.expr);
            return error_at(sqlstate::INVALID_COLUMN_REFERENCE, message, location);
        }
        result.push(clause.clone());
    }
    for index in 0..target_list.len() {
        if !target_list[index].resjunk {
            let location = expr_location(&target_list[index].expr);
            add_target_to_group_list(pstate, index, &mut result, target_list, location)?;
        }
    }
    if result.is_empty() {
        let message = if is_agg {
            "an aggregate with DISTINCT must have at least one argument"
        } else {
            "SELECT DISTINCT must have at least one column"
        };
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into());
    }
    Ok(result)
}

/// PostgreSQL: transformDistinctOnClause.
pub fn transform_distinct_on_clause(
    pstate: &mut ParseState,
    distinct_list: &[Node],
    target_list: &mut Vec<TargetEntry>,
    sort_clause: &[SortGroupClause],
) -> PgResult<Vec<SortGroupClause>> {
    let mut items = Vec::with_capacity(distinct_list.len());
    for node in distinct_list {
        let index = find_targetlist_entry_sql92(pstate, node, target_list, ExprKind::DistinctOn)?;
        items.push((index, assign_sort_group_ref(index, target_list), raw_location(node)));
    }
    let mismatch = |location| {
        error_at(
            sqlstate::INVALID_COLUMN_REFERENCE,
            "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
            location,
        )
    };
    let mut result: Vec<SortGroupClause> = Vec::new();
    let mut skipped = false;
    for clause in sort_clause {
        match items.iter().find(|(_, reference, _)| *reference == clause.tle_sort_group_ref) {
            Some((.., location)) if skipped => return mismatch(*location),
            Some(_) => result.push(clause.clone()),
            None => skipped = true,
        }
    }
    for (index, _, location) in items {
        if target_is_in_sort_list(pstate, &target_list[index], Oid::INVALID, &result) {
            continue;
        }
        if skipped {
            return mismatch(location);
        }
        add_target_to_group_list(pstate, index, &mut result, target_list, location)?;
    }
    Ok(result)
}
