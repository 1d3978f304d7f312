//! Collations given to expressions, from the leaves up (PostgreSQL: parser/parse_collate.c).

use super::parse_node::ParseState;
use crate::catalog::PgProc;
use crate::catalog::lsyscache::{get_collation_name, get_typcollation};
use crate::findings::{PgError, PgResult};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{
    NodeMut, expr_collation, expr_location, expr_set_collation, expr_set_input_collation,
    expr_type, expr_typmod, expression_tree_mutator,
};
use crate::nodes::primnodes::*;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// How sure a collation is (PostgreSQL: CollateStrength).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    None,
    Implicit,
    Conflict,
    Explicit,
}

/// What the expressions so far say of the collation (PostgreSQL: assign_collations_context).
struct Context {
    collation: Oid,
    strength: Strength,
    location: i32,
    /// The other of two implicit collations that conflict, and where it comes from.
    collation2: Oid,
    location2: i32,
}

impl Context {
    fn new() -> Context {
        Context {
            collation: Oid::INVALID,
            strength: Strength::None,
            location: -1,
            collation2: Oid::INVALID,
            location2: -1,
        }
    }

    fn name(pstate: &ParseState, collation: Oid) -> String {
        get_collation_name(pstate.catalog(), collation).map_or(String::new(), |n| n.to_string())
    }

    /// Two implicit collations that nothing decides between.
    fn mismatch(&self, pstate: &ParseState) -> PgError {
        PgError::new(
            state::COLLATION_MISMATCH,
            format!(
                "collation mismatch between implicit collations \"{}\" and \"{}\"",
                Context::name(pstate, self.collation),
                Context::name(pstate, self.collation2)
            ),
        )
        .hint("You can choose the collation by applying the COLLATE clause to one or both expressions.")
        .at(self.location2)
    }

    /// PostgreSQL: merge_collation_state.
    fn merge(&mut self, pstate: &ParseState, other: &Context) -> PgResult<()> {
        if other.strength > self.strength {
            self.collation = other.collation;
            self.strength = other.strength;
            self.location = other.location;
            if other.strength == Strength::Conflict {
                self.collation2 = other.collation2;
                self.location2 = other.location2;
            }
            return Ok(());
        }
        if other.strength < self.strength || other.collation == self.collation {
            return Ok(());
        }
        match other.strength {
            Strength::None | Strength::Conflict => Ok(()),
            Strength::Implicit => {
                if self.collation == fixed::DEFAULT_COLLATION_OID {
                    self.collation = other.collation;
                    self.location = other.location;
                } else if other.collation != fixed::DEFAULT_COLLATION_OID {
                    self.strength = Strength::Conflict;
                    self.collation2 = other.collation;
                    self.location2 = other.location;
                }
                Ok(())
            }
            Strength::Explicit => Err(PgError::new(
                state::COLLATION_MISMATCH,
                format!(
                    "collation mismatch between explicit collations \"{}\" and \"{}\"",
                    Context::name(pstate, self.collation),
                    Context::name(pstate, other.collation)
                ),
            )
            .at(other.location)
            .into()),
        }
    }
}

/// Gives every expression of the query its collations, except those of its range table, which have them already
/// (PostgreSQL: assign_query_collations).
pub fn assign_query_collations(pstate: &ParseState, query: &mut Query) -> PgResult<()> {
    assign_target_list_collations(pstate, &mut query.target_list)?;
    if let Some(conflict) = &mut query.on_conflict {
        for element in &mut conflict.arbiter_elems {
            assign_expr_collations(pstate, &mut element.expr)?;
        }
        assign_optional(pstate, &mut conflict.arbiter_where)?;
        assign_target_list_collations(pstate, &mut conflict.on_conflict_set)?;
        assign_optional(pstate, &mut conflict.on_conflict_where)?;
    }
    for action in &mut query.merge_action_list {
        assign_optional(pstate, &mut action.qual)?;
        assign_target_list_collations(pstate, &mut action.target_list)?;
    }
    assign_optional(pstate, &mut query.merge_join_condition)?;
    assign_target_list_collations(pstate, &mut query.returning_list)?;
    for node in &mut query.jointree.fromlist {
        assign_join_collations(pstate, node)?;
    }
    assign_optional(pstate, &mut query.jointree.quals)?;
    assign_optional(pstate, &mut query.having_qual)?;
    assign_optional(pstate, &mut query.limit_offset)?;
    assign_optional(pstate, &mut query.limit_count)?;
    for window in &mut query.window_clause {
        assign_optional(pstate, &mut window.start_offset)?;
        assign_optional(pstate, &mut window.end_offset)?;
    }
    Ok(())
}

fn assign_optional(pstate: &ParseState, expr: &mut Option<Expr>) -> PgResult<()> {
    match expr {
        Some(expr) => assign_expr_collations(pstate, expr),
        None => Ok(()),
    }
}

fn assign_join_collations(pstate: &ParseState, node: &mut JoinTreeNode) -> PgResult<()> {
    match node {
        JoinTreeNode::RangeTblRef(_) => Ok(()),
        JoinTreeNode::Join(join) => {
            assign_join_collations(pstate, &mut join.larg)?;
            assign_join_collations(pstate, &mut join.rarg)?;
            assign_optional(pstate, &mut join.quals)
        }
    }
}

/// The output columns, each by itself.
pub fn assign_target_list_collations(
    pstate: &ParseState,
    target_list: &mut [TargetEntry],
) -> PgResult<()> {
    for entry in target_list {
        let mut context = Context::new();
        walk_target(pstate, entry, &mut context)?;
    }
    Ok(())
}

/// Expressions that have nothing to do with each other (PostgreSQL: assign_list_collations).
pub fn assign_list_collations(pstate: &ParseState, exprs: &mut [Expr]) -> PgResult<()> {
    for expr in exprs {
        assign_expr_collations(pstate, expr)?;
    }
    Ok(())
}

/// PostgreSQL: assign_expr_collations.
pub fn assign_expr_collations(pstate: &ParseState, expr: &mut Expr) -> PgResult<()> {
    let mut context = Context::new();
    walk(pstate, expr, &mut context)
}

/// The collation that the expressions have in common; they get theirs on the way (PostgreSQL:
/// select_common_collation).
pub fn select_common_collation(
    pstate: &ParseState,
    exprs: &mut [&mut Expr],
    none_ok: bool,
) -> PgResult<Oid> {
    let mut context = Context::new();
    for expr in exprs {
        walk(pstate, expr, &mut context)?;
    }
    if context.strength == Strength::Conflict {
        if none_ok {
            return Ok(Oid::INVALID);
        }
        return Err(context.mismatch(pstate).into());
    }
    Ok(context.collation)
}

fn walk_all(pstate: &ParseState, exprs: &mut [Expr], context: &mut Context) -> PgResult<()> {
    exprs.iter_mut().try_for_each(|expr| walk(pstate, expr, context))
}

/// An output column, refusing one that is sorted or grouped by and has no collation.
fn walk_target(
    pstate: &ParseState,
    entry: &mut TargetEntry,
    context: &mut Context,
) -> PgResult<()> {
    let mut local = Context::new();
    walk(pstate, &mut entry.expr, &mut local)?;
    if local.strength == Strength::Conflict && entry.ressortgroupref != 0 {
        return Err(local.mismatch(pstate).into());
    }
    context.merge(pstate, &local)
}

/// Every child of the expression contributes equally.
fn walk_children(pstate: &ParseState, expr: &mut Expr, local: &mut Context) -> PgResult<()> {
    let mut result = Ok(());
    expression_tree_mutator(expr, &mut |node| {
        result = match node {
            NodeMut::Expr(child) => walk(pstate, child, local),
            NodeMut::Query(query) => walk_subquery(pstate, query, local),
        };
        result.is_err()
    });
    result
}

/// A subquery speaks through its first column; what is inside has its collations already.
fn walk_subquery(pstate: &ParseState, query: &Query, context: &mut Context) -> PgResult<()> {
    let Some(first) = query.target_list.first().filter(|entry| !entry.resjunk) else {
        return Ok(());
    };
    let mut local = Context::new();
    local.collation = expr_collation(&first.expr);
    if local.collation.is_valid() {
        local.strength = Strength::Implicit;
    }
    local.location = expr_location(&first.expr);
    context.merge(pstate, &local)
}

/// PostgreSQL: assign_collations_walker.
fn walk(pstate: &ParseState, expr: &mut Expr, context: &mut Context) -> PgResult<()> {
    let mut local = Context::new();
    let implicit = |collation: Oid, location: i32, local: &mut Context| {
        local.collation = collation;
        local.strength = if collation.is_valid() { Strength::Implicit } else { Strength::None };
        local.location = location;
    };
    match expr {
        Expr::CollateExpr(collate) => {
            walk(pstate, &mut collate.arg, &mut local)?;
            local.collation = collate.coll_oid;
            local.strength = Strength::Explicit;
            local.location = collate.location.0;
        }
        Expr::FieldSelect(select) => {
            walk(pstate, &mut select.arg, &mut local)?;
            let location = expr_location(&select.arg);
            implicit(select.resultcollid, location, &mut local);
        }
        Expr::RowExpr(row) => return assign_list_collations(pstate, &mut row.args),
        Expr::RowCompareExpr(row) => {
            row.inputcollids.clear();
            for (left, right) in row.largs.iter_mut().zip(row.rargs.iter_mut()) {
                let collation = select_common_collation(pstate, &mut [left, right], true)?;
                row.inputcollids.push(collation);
            }
            return Ok(());
        }
        Expr::CoerceToDomain(_) => {
            walk_children(pstate, expr, &mut local)?;
            let typcollation = get_typcollation(pstate.catalog(), expr_type(expr));
            if !typcollation.is_valid() {
                local = Context::new();
            } else if typcollation != fixed::DEFAULT_COLLATION_OID {
                let location = expr_location(expr);
                implicit(typcollation, location, &mut local);
            }
            set_result(expr, &local);
        }
        Expr::Var(_)
        | Expr::Const(_)
        | Expr::Param(_)
        | Expr::CoerceToDomainValue { .. }
        | Expr::CaseTestExpr { .. }
        | Expr::SetToDefault { .. }
        | Expr::CurrentOfExpr { .. } => {
            let (collation, location) = (expr_collation(expr), expr_location(expr));
            implicit(collation, location, &mut local);
        }
        _ => {
            // Whatever has children of its own.
            walk_general(pstate, expr, &mut local)?;
            let input = local.collation;
            let input_conflict = local.strength == Strength::Conflict;
            let typcollation = get_typcollation(pstate.catalog(), expr_type(expr));
            if !typcollation.is_valid() {
                local = Context::new();
            } else if local.strength == Strength::None {
                let location = expr_location(expr);
                implicit(typcollation, location, &mut local);
            }
            set_result(expr, &local);
            let input = if input_conflict { Oid::INVALID } else { input };
            expr_set_input_collation(expr, input);
        }
    }
    context.merge(pstate, &local)
}

fn set_result(expr: &mut Expr, local: &Context) {
    let conflict = local.strength == Strength::Conflict;
    expr_set_collation(expr, if conflict { Oid::INVALID } else { local.collation });
}

/// The children that matter to the node's own collation (the inner switch of assign_collations_walker).
fn walk_general(pstate: &ParseState, expr: &mut Expr, local: &mut Context) -> PgResult<()> {
    match expr {
        Expr::Aggref(aggref) => {
            match aggref.aggkind {
                b'o' => assign_ordered_set_collations(pstate, aggref, local)?,
                b'h' => assign_hypothetical_collations(pstate, aggref, local)?,
                _ => assign_aggregate_collations(pstate, aggref, local)?, // 'n' is the only other
            }
            assign_optional(pstate, &mut aggref.aggfilter)
        }
        Expr::WindowFunc(wfunc) => {
            walk_all(pstate, &mut wfunc.args, local)?;
            assign_optional(pstate, &mut wfunc.aggfilter)
        }
        Expr::CaseExpr(case) => {
            for when in &mut case.args {
                walk(pstate, &mut when.expr, local)?;
                walk(pstate, &mut when.result, local)?;
            }
            walk(pstate, &mut case.defresult, local)
        }
        Expr::SubscriptingRef(sbsref) => {
            for index in sbsref.refupperindexpr.iter_mut().chain(&mut sbsref.reflowerindexpr) {
                assign_optional(pstate, index)?;
            }
            walk(pstate, &mut sbsref.refexpr, local)?;
            match &mut sbsref.refassgnexpr {
                Some(source) => walk(pstate, source, local),
                None => Ok(()),
            }
        }
        Expr::JsonExpr(_) => Ok(()),
        _ => walk_children(pstate, expr, local), // all children count equally
    }
}

/// PostgreSQL: assign_aggregate_collations.
fn assign_aggregate_collations(
    pstate: &ParseState,
    aggref: &mut Aggref,
    local: &mut Context,
) -> PgResult<()> {
    for entry in &mut aggref.args {
        if entry.resjunk {
            walk_target(pstate, entry, &mut Context::new())?;
        } else {
            walk_target(pstate, entry, local)?;
        }
    }
    Ok(())
}

/// Whether the one sort column's collation is the aggregate's.
fn merges_sort_collations(pstate: &ParseState, aggref: &Aggref) -> bool {
    let variadic = pstate
        .catalog()
        .get::<PgProc>(aggref.aggfnoid)
        .is_some_and(|proc| proc.provariadic.is_valid());
    aggref.args.len() == 1 && !variadic
}

/// PostgreSQL: assign_ordered_set_collations.
fn assign_ordered_set_collations(
    pstate: &ParseState,
    aggref: &mut Aggref,
    local: &mut Context,
) -> PgResult<()> {
    let merge = merges_sort_collations(pstate, aggref);
    walk_all(pstate, &mut aggref.aggdirectargs, local)?;
    for entry in &mut aggref.args {
        if merge {
            walk_target(pstate, entry, local)?;
        } else {
            walk_target(pstate, entry, &mut Context::new())?;
        }
    }
    Ok(())
}

/// PostgreSQL: assign_hypothetical_collations.
fn assign_hypothetical_collations(
    pstate: &ParseState,
    aggref: &mut Aggref,
    local: &mut Context,
) -> PgResult<()> {
    let merge = merges_sort_collations(pstate, aggref);
    let extra = aggref.aggdirectargs.len().saturating_sub(aggref.args.len());
    let (plain, hypothetical) = aggref.aggdirectargs.split_at_mut(extra);
    walk_all(pstate, plain, local)?;
    for (direct, entry) in hypothetical.iter_mut().zip(&mut aggref.args) {
        let mut pair = Context::new();
        walk(pstate, direct, &mut pair)?;
        walk(pstate, &mut entry.expr, &mut pair)?;
        if pair.strength == Strength::Conflict {
            return Err(pair.mismatch(pstate).into());
        }
        if pair.collation.is_valid() && pair.collation != expr_collation(&entry.expr) {
            let (resulttype, resulttypmod) = (expr_type(&entry.expr), expr_typmod(&entry.expr));
            let relabel = RelabelType {
                arg: entry.expr.clone(),
                resulttype,
                resulttypmod,
                resultcollid: pair.collation,
                relabelformat: CoercionForm::CoerceImplicitCast,
                location: ParseLoc::NONE,
            };
            entry.expr = Expr::RelabelType(Box::new(relabel));
        }
        if merge {
            local.merge(pstate, &pair)?;
        }
    }
    Ok(())
}
