//! Which columns of a grouped query must be grouped by (PostgreSQL: parseCheckAggregates, parser/parse_agg.c).

use super::level::locate_agg_in_query;
use crate::catalog::{Catalog, PgConstraint};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::{
    NodeMut, NodeRef, expr_location, expression_tree_mutator, expression_tree_walker,
    mutate_expr_deep, query_tree_mutator, query_tree_walker,
};
use crate::nodes::primnodes::*;
use crate::parser::errors::error_at;
use crate::parser::parse_node::ParseState;
use crate::parser::parse_relation::get_rte_attribute_name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate as state;

/// The most grouping sets that PostgreSQL expands.
const MAX_GROUPING_SETS: usize = 4096;

/// What is grouped by, for the walk over a query's expressions (PostgreSQL: check_ungrouped_columns_context).
struct Check<'c> {
    catalog: &'c Catalog,
    rtable: &'c [RangeTblEntry],
    group_clauses: &'c [(Expr, u32)],
    common_vars: Vec<&'c Var>,
    have_non_var_grouping: bool,
    in_agg_direct_args: bool,
    func_grouped_rels: Vec<u32>,
    constraint_deps: Vec<Oid>,
    error: Option<Stop>,
}

/// Refuses columns that are neither grouped nor aggregated (PostgreSQL: parseCheckAggregates).
pub fn parse_check_aggregates(pstate: &ParseState, query: &mut Query) -> PgResult<()> {
    let mut common: Option<Vec<u32>> = None;
    if !query.grouping_sets.is_empty() {
        let Some(sets) = expand_grouping_sets(&query.grouping_sets) else {
            let location = query.grouping_sets.first().map_or(-1, |set| set.location.0);
            let message = "too many grouping sets present (maximum 4096)";
            return error_at(state::STATEMENT_TOO_COMPLEX, message, location);
        };
        let mut shared = sets.first().cloned().unwrap_or_default();
        for set in sets.iter().skip(1) {
            shared.retain(|r| set.contains(r));
        }
        common = Some(shared);
        if sets.len() == 1 && !query.group_clause.is_empty() {
            query.grouping_sets.clear();
        }
    }
    let rtable: Vec<RangeTblEntry> =
        if query.rtable.is_empty() { pstate.rtable.clone() } else { query.rtable.clone() };
    let has_joins = rtable.iter().any(|rte| matches!(rte.kind, RteKind::Join(_)));
    let has_self_reference =
        rtable.iter().any(|rte| matches!(rte.kind, RteKind::Cte { self_reference: true, .. }));
    let mut group_clauses: Vec<(Expr, u32)> = Vec::new();
    for clause in &query.group_clause {
        let entry =
            query.target_list.iter().find(|te| te.ressortgroupref == clause.tle_sort_group_ref);
        let Some(entry) = entry else { continue };
        let mut expr = entry.expr.clone();
        if has_joins {
            flatten_join_alias_vars(&rtable, &mut expr);
        }
        group_clauses.push((expr, entry.ressortgroupref));
    }
    let have_non_var_grouping = group_clauses.iter().any(|(e, _)| !matches!(e, Expr::Var(_)));
    let common_vars = group_clauses
        .iter()
        .filter_map(|(expr, r)| match expr {
            Expr::Var(var)
                if query.grouping_sets.is_empty()
                    || common.as_ref().is_some_and(|c| c.contains(r)) =>
            {
                Some(var)
            }
            _ => None, // not a variable of every grouping set
        })
        .collect();
    finalize_grouping_exprs(query, &rtable, &group_clauses)?;
    let mut check = Check {
        catalog: pstate.catalog(),
        rtable: &rtable,
        group_clauses: &group_clauses,
        common_vars,
        have_non_var_grouping,
        in_agg_direct_args: false,
        func_grouped_rels: Vec::new(),
        constraint_deps: Vec::new(),
        error: None,
    };
    for expr in query.target_list.iter().map(|te| &te.expr).chain(&query.having_qual) {
        if has_joins {
            let mut flat = expr.clone();
            flatten_join_alias_vars(&rtable, &mut flat);
            check.visit(NodeRef::Expr(&flat), 0);
        } else {
            check.visit(NodeRef::Expr(expr), 0);
        }
        if let Some(error) = check.error.take() {
            return Err(error);
        }
    }
    query.constraint_deps.append(&mut check.constraint_deps);
    if pstate.has_aggs.get() && has_self_reference {
        let location = locate_agg_in_query(query, 0).unwrap_or(-1);
        let message = "aggregate functions are not allowed in a recursive query's recursive term";
        return error_at(state::INVALID_RECURSION, message, location);
    }
    Ok(())
}

impl Check<'_> {
    /// PostgreSQL: check_ungrouped_columns_walker (substitute_grouped_columns since 18).
    fn visit(&mut self, node: NodeRef<'_>, sublevels_up: u32) -> bool {
        let expr = match node {
            NodeRef::Expr(expr) => expr,
            NodeRef::Query(query) => {
                return query_tree_walker(query, 0, &mut |n| self.visit(n, sublevels_up + 1));
            }
        };
        match expr {
            Expr::Const(_) | Expr::Param(_) => return false,
            Expr::Aggref(agg) => {
                if agg.agglevelsup == sublevels_up {
                    self.in_agg_direct_args = true;
                    let stopped = agg
                        .aggdirectargs
                        .iter()
                        .any(|arg| self.visit(NodeRef::Expr(arg), sublevels_up));
                    self.in_agg_direct_args = false;
                    return stopped;
                }
                if agg.agglevelsup > sublevels_up {
                    return false;
                }
            }
            Expr::GroupingFunc(grouping) if grouping.agglevelsup >= sublevels_up => return false,
            _ => {} // looked at below
        }
        if self.have_non_var_grouping
            && sublevels_up == 0
            && self.group_clauses.iter().any(|(grouped, _)| grouped == expr)
        {
            return false;
        }
        match expr {
            Expr::Var(var) => self.visit_var(var, sublevels_up),
            _ => expression_tree_walker(expr, &mut |n| self.visit(n, sublevels_up)), // its parts
        }
    }

    fn visit_var(&mut self, var: &Var, sublevels_up: u32) -> bool {
        if var.varlevelsup != sublevels_up {
            return false;
        }
        let grouped = self.group_clauses.iter().any(|(expr, _)| match expr {
            Expr::Var(g) => {
                g.varno == var.varno && g.varattno == var.varattno && g.varlevelsup == 0
            }
            _ => false, // an expression that is grouped by is compared as a whole
        });
        if grouped || self.func_grouped_rels.contains(&var.varno) {
            return false;
        }
        let index = usize::try_from(var.varno).unwrap_or(0).wrapping_sub(1);
        let Some(rte) = self.rtable.get(index) else { return false };
        if let RteKind::Relation { relid, .. } = rte.kind
            && let Some(constraint) = self.functional_grouping(relid, var.varno)
        {
            self.func_grouped_rels.push(var.varno);
            self.constraint_deps.push(constraint);
            return false;
        }
        let attname = get_rte_attribute_name(self.catalog, rte, var.varattno);
        let table = &rte.eref.aliasname;
        let error = if sublevels_up == 0 {
            let message = format!(
                "column \"{table}.{attname}\" must appear in the GROUP BY clause or be used in an aggregate function"
            );
            let error = PgError::new(state::GROUPING_ERROR, message);
            if self.in_agg_direct_args {
                error.detail(
                    "Direct arguments of an ordered-set aggregate must use only grouped columns.",
                )
            } else {
                error
            }
        } else {
            let message =
                format!("subquery uses ungrouped column \"{table}.{attname}\" from outer query");
            PgError::new(state::GROUPING_ERROR, message)
        };
        self.error = Some(error.at(var.location.0).into());
        true
    }

    /// The primary key that makes every column of the table depend on what is grouped by (PostgreSQL:
    /// check_functional_grouping, catalog/pg_constraint.c).
    fn functional_grouping(&self, relid: Oid, varno: u32) -> Option<Oid> {
        let key = self
            .catalog
            .find_all::<PgConstraint>(&relid)
            .find(|c| c.contype == b'p' && c.conrelid == relid && !c.condeferrable)?;
        let covered = key.conkey.iter().all(|attnum| {
            self.common_vars
                .iter()
                .any(|v| v.varno == varno && v.varlevelsup == 0 && v.varattno == *attnum)
        });
        covered.then_some(key.oid)
    }
}

/// Replaces references to a join's columns by what the join takes them from (PostgreSQL: flatten_join_alias_vars,
/// optimizer/util/var.c).
pub fn flatten_join_alias_vars(rtable: &[RangeTblEntry], expr: &mut Expr) {
    mutate_expr_deep(expr, 0, &mut |e, depth| {
        let mut rounds = 0;
        while let Expr::Var(var) = e {
            if var.varlevelsup != depth || var.varattno <= 0 || rounds > rtable.len() {
                return;
            }
            rounds += 1;
            let index = usize::try_from(var.varno).unwrap_or(0).wrapping_sub(1);
            let column = usize::try_from(var.varattno - 1).unwrap_or(0);
            let Some(RteKind::Join(join)) = rtable.get(index).map(|rte| &rte.kind) else {
                return;
            };
            let Some(alias) = join.joinaliasvars.get(column) else { return };
            let location = var.location;
            let mut replacement = alias.clone();
            if depth > 0 {
                raise_levels(&mut replacement, depth);
            }
            if let Expr::Var(new) = &mut replacement {
                new.location = location;
            } else {
                flatten_join_alias_vars(rtable, &mut replacement);
                *e = replacement;
                return;
            }
            *e = replacement;
        }
    });
}

/// Makes variables of this query ones of a query so many levels below (PostgreSQL: IncrementVarSublevelsUp).
fn raise_levels(expr: &mut Expr, by: u32) {
    mutate_expr_deep(expr, 0, &mut |e, depth| {
        if let Expr::Var(var) = e
            && var.varlevelsup >= depth
        {
            var.varlevelsup += by;
        }
    });
}

/// Finds for every GROUPING(…) the grouping expressions that it names (PostgreSQL: finalize_grouping_exprs).
fn finalize_grouping_exprs(
    query: &mut Query,
    rtable: &[RangeTblEntry],
    group_clauses: &[(Expr, u32)],
) -> PgResult<()> {
    let mut error = None;
    for entry in &mut query.target_list {
        finalize(NodeMut::Expr(&mut entry.expr), 0, rtable, group_clauses, &mut error);
    }
    if let Some(having) = &mut query.having_qual {
        finalize(NodeMut::Expr(having), 0, rtable, group_clauses, &mut error);
    }
    match error {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

fn finalize(
    node: NodeMut<'_>,
    sublevels_up: u32,
    rtable: &[RangeTblEntry],
    group_clauses: &[(Expr, u32)],
    error: &mut Option<Stop>,
) -> bool {
    let expr = match node {
        NodeMut::Expr(expr) => expr,
        NodeMut::Query(query) => {
            return query_tree_mutator(query, 0, &mut |n| {
                finalize(n, sublevels_up + 1, rtable, group_clauses, error)
            });
        }
    };
    if let Expr::GroupingFunc(grouping) = expr {
        if grouping.agglevelsup != sublevels_up {
            return false;
        }
        grouping.refs.clear();
        for arg in &grouping.args {
            let mut flat = arg.clone();
            flatten_join_alias_vars(rtable, &mut flat);
            let found = group_clauses.iter().find(|(grouped, _)| match (grouped, &flat) {
                (Expr::Var(g), Expr::Var(v)) => {
                    g.varno == v.varno && g.varattno == v.varattno && v.varlevelsup == sublevels_up
                }
                (grouped, flat) => sublevels_up == 0 && grouped == flat,
            });
            match found {
                Some((_, r)) => grouping.refs.push(*r),
                None => {
                    let message = "arguments to GROUPING must be grouping expressions of the associated query level";
                    *error = Some(
                        PgError::new(state::GROUPING_ERROR, message).at(expr_location(arg)).into(),
                    );
                    return true;
                }
            }
        }
        return false;
    }
    expression_tree_mutator(expr, &mut |n| finalize(n, sublevels_up, rtable, group_clauses, error))
}

/// The sets that GROUP BY's ROLLUP, CUBE and GROUPING SETS stand for; None when there are too many (PostgreSQL:
/// expand_grouping_sets).
fn expand_grouping_sets(sets: &[GroupingSet]) -> Option<Vec<Vec<u32>>> {
    let mut result: Vec<Vec<u32>> = vec![Vec::new()];
    for set in sets {
        let expanded = expand_one(set)?;
        if result.len() * expanded.len() > MAX_GROUPING_SETS {
            return None;
        }
        let mut product = Vec::with_capacity(result.len() * expanded.len());
        for left in &result {
            for right in &expanded {
                let mut joined = left.clone();
                joined.extend(right.iter().filter(|r| !left.contains(r)));
                product.push(joined);
            }
        }
        result = product;
    }
    result.sort_by_key(Vec::len);
    Some(result)
}

fn content_refs(set: &GroupingSet) -> Vec<u32> {
    let mut refs = set.refs.clone();
    refs.extend(set.content.iter().flat_map(content_refs));
    refs
}

fn expand_one(set: &GroupingSet) -> Option<Vec<Vec<u32>>> {
    match set.kind {
        GroupingSetKind::Empty => Some(vec![Vec::new()]),
        GroupingSetKind::Simple => Some(vec![set.refs.clone()]),
        GroupingSetKind::Rollup => Some(
            (0..=set.content.len())
                .rev()
                .map(|count| set.content[..count].iter().flat_map(content_refs).collect())
                .collect(),
        ),
        GroupingSetKind::Cube => {
            if set.content.len() > 12 {
                return None;
            }
            let masks = 0..(1_u32 << set.content.len());
            Some(
                masks
                    .map(|mask| {
                        let chosen = set.content.iter().enumerate();
                        chosen
                            .filter(|(i, _)| mask & (1 << i) != 0)
                            .flat_map(|(_, part)| content_refs(part))
                            .collect()
                    })
                    .collect(),
            )
        }
        GroupingSetKind::Sets => {
            let mut all = Vec::new();
            for part in &set.content {
                all.extend(expand_one(part)?);
            }
            Some(all)
        }
    }
}
