//! FROM and WHERE: joins by nested loops, over rows found by a key or a hash index where a condition gives one, with
//! conditions applied as early as they can be.

use std::rc::Rc;

use super::expr::Evaluator;
use super::index::{Candidates, ValueIndex, is_exact};
use super::query::{Binding, Row};
use super::relations::{self, Key};
use crate::catalog::PgClass;
use crate::catalog::value::Value;
use crate::findings::{PgResult, Stop, unknown};
use crate::nodes::node_funcs::walk_expr;
use crate::nodes::primnodes::*;
use crate::pg::oid::Oid;

/// How many rows of one entry are asked for by key, one after the other, before all are read and indexed.
const KEYED_LOOKUPS: usize = 64;

/// How many rows are looked at one by one rather than by an index.
const FEW_ROWS: usize = 8;

/// One entry of FROM while rows are joined to those before it.
#[derive(Clone, Copy)]
struct Step<'s, 'a> {
    node: &'a JoinTreeNode,
    /// Conditions that are applied later and may select rows already.
    hints: &'s [&'a Expr],
    /// Conditions that are decided as soon as this entry is bound.
    filters: &'s [&'a Expr],
}

impl<'a> Evaluator<'a> {
    /// Every combination of rows of FROM that satisfies the conditions.
    pub(super) fn from(&mut self, query: &'a Query) -> PgResult<Vec<Binding>> {
        let mut conjuncts = Vec::new();
        let mut items = Vec::new();
        for node in &query.jointree.fromlist {
            flatten(node, &mut items, &mut conjuncts);
        }
        conjuncts.extend(query.jointree.quals.iter().flat_map(conjuncts_of));
        let mut bound: Vec<u32> = Vec::new();
        let mut bindings: Vec<Binding> = vec![vec![None; query.rtable.len() + 1]];
        let mut ready = Vec::new();
        self.take_ready(&mut conjuncts, &bound, &mut ready);
        bindings = self.filtered(bindings, &ready)?;
        self.selective_first(query, &mut items, &conjuncts);
        for node in items {
            let mut after = bound.clone();
            mark_bound(node, &mut after);
            let hints = conjuncts.clone();
            self.take_ready(&mut conjuncts, &after, &mut ready);
            let step = Step { node, hints: &hints, filters: &ready };
            bindings = self.extend(query, bindings, step, &mut bound)?;
        }
        Ok(bindings)
    }

    /// Moves the conditions that have all they speak of to `ready`.
    fn take_ready(&self, conjuncts: &mut Vec<&'a Expr>, bound: &[u32], ready: &mut Vec<&'a Expr>) {
        ready.clear();
        conjuncts.retain(|conjunct| {
            let is_ready = self.is_ready(conjunct, bound);
            if is_ready {
                ready.push(conjunct);
            }
            !is_ready
        });
    }

    /// Puts an entry that a condition finds by key before the others, unless one may depend on what stands before it.
    fn selective_first(
        &mut self,
        query: &'a Query,
        items: &mut [&'a JoinTreeNode],
        conjuncts: &[&'a Expr],
    ) {
        let entry = |node: &JoinTreeNode| match node {
            JoinTreeNode::RangeTblRef(index) => Some((*index, &query.rtable[*index as usize - 1])),
            JoinTreeNode::Join(_) => None,
        };
        if items.iter().any(|node| entry(node).is_none_or(|(_, rte)| is_correlated(rte))) {
            return;
        }
        let keyed = items.iter().position(|node| {
            entry(node).is_some_and(|(index, rte)| self.key(rte, index, conjuncts, None).is_some())
        });
        if let Some(at) = keyed {
            items[..=at].rotate_right(1);
        }
    }

    /// The combinations that satisfy all the conditions.
    fn filtered(&mut self, bindings: Vec<Binding>, filters: &[&'a Expr]) -> PgResult<Vec<Binding>> {
        if filters.is_empty() {
            return Ok(bindings);
        }
        let mut kept = Vec::new();
        for binding in bindings {
            self.keep(binding, filters, &mut kept)?;
        }
        Ok(kept)
    }

    /// Adds the combination to `kept` if it satisfies all the conditions.
    fn keep(
        &mut self,
        binding: Binding,
        filters: &[&'a Expr],
        kept: &mut Vec<Binding>,
    ) -> PgResult<()> {
        if !filters.is_empty() {
            self.frame().binding.clone_from(&binding);
        }
        let mut undecided = None;
        for filter in filters {
            match self.expr(filter) {
                Ok(value) if value.as_bool() == Some(true) => {}
                Ok(_) => return Ok(()),
                // Another condition may decide all the same.
                Err(stop @ Stop::Unknown(_)) => undecided = undecided.or(Some(stop)),
                Err(stop) => return Err(stop),
            }
        }
        match undecided {
            Some(stop) => Err(stop),
            None => {
                kept.push(binding);
                Ok(())
            }
        }
    }

    /// Whether every range table entry of this level that the expression speaks of is bound.
    fn is_ready(&self, expr: &Expr, bound: &[u32]) -> bool {
        let mut ready = true;
        let Some(frame) = self.frames.last() else { return false };
        walk_expr(expr, &mut |node| {
            match node {
                Expr::Var(var) if var.varlevelsup == 0 => {
                    let is_join = matches!(
                        frame.query.rtable.get(var.varno as usize - 1).map(|rte| &rte.kind),
                        Some(RteKind::Join(_) | RteKind::Group { .. })
                    );
                    ready &= bound.contains(&var.varno) && !is_join;
                }
                // A subquery may speak of anything of this level: it waits for all.
                Expr::SubLink(_) => ready &= bound.len() >= leaves(frame.query),
                _ => {} // the parts are walked too
            }
            false
        });
        ready || bound.len() >= leaves(frame.query)
    }

    fn extend(
        &mut self,
        query: &'a Query,
        bindings: Vec<Binding>,
        step: Step<'_, 'a>,
        bound: &mut Vec<u32>,
    ) -> PgResult<Vec<Binding>> {
        let mut out = Vec::new();
        match step.node {
            JoinTreeNode::RangeTblRef(index) => {
                let rte = &query.rtable[*index as usize - 1];
                let few = bindings.len() <= KEYED_LOOKUPS;
                let equality = self.equality(*index, step.hints, bound);
                for binding in bindings {
                    self.frame().binding.clone_from(&binding);
                    let known = few.then_some(bound.as_slice());
                    let key = self.key(rte, *index, step.hints, known);
                    let (rows, selected) = match key {
                        Some(key) => (Rc::new(self.keyed_rows(rte, key)?), Candidates::All),
                        None => self.candidate_rows(rte, *index, equality)?,
                    };
                    let mut join = |this: &mut Self, row: &Row| {
                        let mut next = binding.clone();
                        next[*index as usize] = Some(Rc::clone(row));
                        this.keep(next, step.filters, &mut out)
                    };
                    match selected {
                        Candidates::All => {
                            self.count(rows.len())?;
                            rows.iter().try_for_each(|row| join(self, row))?;
                        }
                        Candidates::Some(positions) => {
                            self.count(positions.len())?;
                            positions.iter().try_for_each(|at| join(self, &rows[*at]))?;
                        }
                    }
                }
                bound.push(*index);
            }
            JoinTreeNode::Join(join) => {
                for binding in bindings {
                    let joined = self.join(query, binding, join, step.hints, bound)?;
                    out.extend(self.filtered(joined, step.filters)?);
                }
                mark_bound(step.node, bound);
            }
        }
        Ok(out)
    }

    /// The rows of one join for what stands before it.
    fn join(
        &mut self,
        query: &'a Query,
        binding: Binding,
        join: &'a JoinExpr,
        hints: &[&'a Expr],
        bound: &[u32],
    ) -> PgResult<Vec<Binding>> {
        let (first, second) = match join.jointype {
            JoinType::JoinRight => (&join.rarg, &join.larg),
            _ => (&join.larg, &join.rarg), // inner, left, full
        };
        let full = join.jointype == JoinType::JoinFull;
        // A condition on the join alone does not choose among the rows that it keeps anyway.
        let outer_hints = if full { &[] } else { hints };
        let own: Vec<&Expr> = join.quals.iter().flat_map(conjuncts_of).collect();
        let mut inner_hints = own.clone();
        inner_hints.extend(outer_hints);
        let mut after = bound.to_vec();
        let step = Step { node: first, hints: outer_hints, filters: &[] };
        let lefts = self.extend(query, vec![binding.clone()], step, &mut after)?;
        let mut out = Vec::new();
        let mut met: Vec<Binding> = Vec::new();
        let mut marks = Vec::new();
        mark_bound(second, &mut marks);
        for left in lefts {
            let mut now = after.clone();
            let step = Step { node: second, hints: &inner_hints, filters: &own };
            let both = self.extend(query, vec![left.clone()], step, &mut now)?;
            if both.is_empty() && join.jointype != JoinType::JoinInner {
                out.push(left);
            }
            if full {
                met.extend(both.iter().cloned());
            }
            out.extend(both);
        }
        if full {
            let step = Step { node: second, hints: &[], filters: &[] };
            for right in self.extend(query, vec![binding], step, &mut bound.to_vec())? {
                let same = |other: &Binding| {
                    marks.iter().all(|mark| {
                        match (&other[*mark as usize], &right[*mark as usize]) {
                            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
                            (a, b) => a.is_none() && b.is_none(),
                        }
                    })
                };
                self.count(met.len())?;
                if !met.iter().any(same) {
                    out.push(right);
                }
            }
        }
        Ok(out)
    }

    /// Takes off the rows that one top-level statement may look at.
    pub(super) fn count(&mut self, rows: usize) -> PgResult<()> {
        self.shared.running.budget.rows(rows)
    }

    /// A condition that this entry's value equals something known: the entry's side, and the other.
    fn equality(
        &self,
        index: u32,
        hints: &[&'a Expr],
        bound: &[u32],
    ) -> Option<(&'a Expr, &'a Expr)> {
        let is_own = |expr: &Expr| {
            let inner = match expr {
                Expr::RelabelType(relabel) => &relabel.arg,
                other => other,
            };
            matches!(inner, Expr::Var(var) if var.varno == index && var.varlevelsup == 0 && var.varattno > 0)
        };
        hints.iter().find_map(|hint| {
            let Expr::OpExpr(equal) = hint else { return None };
            let [left, right] = equal.args.as_slice() else { return None };
            if !is_exact(self.shared.catalog, equal.opno) {
                return None;
            }
            let known = |expr: &Expr| has_no_subquery(expr) && self.is_known(expr, bound);
            [(left, right), (right, left)]
                .into_iter()
                .find(|(own, other)| is_own(own) && known(other))
        })
    }

    /// Whether the expression speaks only of entries that are bound, whatever else waits.
    fn is_known(&self, expr: &Expr, bound: &[u32]) -> bool {
        !walk_expr(expr, &mut |node| match node {
            Expr::Var(var) => var.varlevelsup == 0 && !bound.contains(&var.varno),
            _ => false, // the parts are walked too
        })
    }

    /// The rows of an entry, and those of them that the equality selects.
    fn candidate_rows(
        &mut self,
        rte: &'a RangeTblEntry,
        index: u32,
        equality: Option<(&'a Expr, &'a Expr)>,
    ) -> PgResult<(Rc<Vec<Row>>, Candidates)> {
        let rows = self.rows(rte, index)?;
        let Some((own, other)) = equality.filter(|_| rows.len() > FEW_ROWS && !is_correlated(rte))
        else {
            return Ok((rows, Candidates::All));
        };
        // Where the other side cannot be told, the condition itself says so.
        let Ok(value) = self.expr(other) else { return Ok((rows, Candidates::All)) };
        let stays = matches!(rte.kind, RteKind::Relation { .. });
        let Some(by) = self.index(&rows, (index, own), stays) else {
            return Ok((rows, Candidates::All));
        };
        let candidates = by.candidates(&value);
        Ok((rows, candidates))
    }

    /// The index of the rows of an entry by its column, made once: for the statement if its rows `stay`, else for the
    /// query; None where a value of it is an error.
    fn index(
        &mut self,
        rows: &Rc<Vec<Row>>,
        (index, own): (u32, &'a Expr),
        stay: bool,
    ) -> Option<Rc<ValueIndex>> {
        let at = (Rc::as_ptr(rows) as usize, std::ptr::from_ref(own) as usize);
        let indexes = |this: &mut Self| match stay {
            true => Rc::clone(&this.cache),
            false => Rc::clone(&this.frame().cache),
        };
        let cache = indexes(self);
        if let Some((_, found)) = cache.borrow().indexes.get(&at) {
            return Some(Rc::clone(found));
        }
        let before = self.frame().binding[index as usize].take();
        let mut values = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            self.frame().binding[index as usize] = Some(Rc::clone(row));
            match self.told(own) {
                Ok(value) => values.push(value),
                Err(_) => break, // the condition itself says it, row by row
            }
        }
        self.frame().binding[index as usize] = before;
        if values.len() < rows.len() {
            return None;
        }
        let made = Rc::new(ValueIndex::new(values.into_iter()));
        cache.borrow_mut().indexes.insert(at, (Rc::clone(rows), Rc::clone(&made)));
        Some(made)
    }

    /// What a condition asks a system catalog for: `attrelid = 't'::regclass`, so that a guard need not look at all of
    /// its rows. With `bound`, by values of the entries that are bound too.
    fn key(
        &mut self,
        rte: &RangeTblEntry,
        index: u32,
        conjuncts: &[&'a Expr],
        bound: Option<&[u32]>,
    ) -> Option<Key> {
        let RteKind::Relation { relid, .. } = &rte.kind else { return None };
        let class = self.shared.catalog.get::<PgClass>(*relid).filter(|c| c.oid.is_builtin())?;
        for conjunct in conjuncts {
            let Expr::OpExpr(equal) = conjunct else { continue };
            let [left, right] = equal.args.as_slice() else { continue };
            if !is_exact(self.shared.catalog, equal.opno) {
                continue;
            }
            for (own, other) in [(left, right), (right, left)] {
                let own = match own {
                    Expr::RelabelType(relabel) => &relabel.arg,
                    plain => plain,
                };
                let Expr::Var(var) = own else { continue };
                let usable = match bound {
                    Some(bound) => has_no_subquery(other) && self.is_known(other, bound),
                    None => is_free(other),
                };
                if var.varno != index || var.varlevelsup != 0 || !usable {
                    continue;
                }
                let Some(column) = class.attribute(var.varattno) else { continue };
                if !relations::is_key(&class.relname, &column.attname) {
                    continue;
                }
                match self.expr(other) {
                    Ok(Value::Int(oid)) => {
                        return Some(Key::Oid(Oid(u32::try_from(oid).ok()?)));
                    }
                    Ok(Value::Null) => return Some(Key::Nothing), // it equals nothing
                    Ok(Value::Text(name)) => return Some(Key::Name(name)),
                    _ => {} // the condition itself tells
                }
            }
        }
        None
    }

    fn keyed_rows(&mut self, rte: &RangeTblEntry, key: Key) -> PgResult<Vec<Row>> {
        let RteKind::Relation { relid, .. } = &rte.kind else { return Ok(Vec::new()) };
        let Some(class) = self.shared.catalog.get::<PgClass>(*relid) else {
            return unknown("a relation is gone");
        };
        let rows = relations::rows(self.shared, class, rte.inh, &key)?;
        Ok(rows.into_iter().map(Rc::new).collect())
    }

    /// The rows of one range table entry: made once, unless they depend on those before it.
    fn rows(&mut self, rte: &'a RangeTblEntry, index: u32) -> PgResult<Rc<Vec<Row>>> {
        if let Some((fixed, row)) = &self.fixed
            && *fixed == index
            && self.frames.len() == 1
        {
            return Ok(Rc::new(vec![Rc::clone(row)]));
        }
        if let RteKind::Relation { relid, .. } = &rte.kind {
            let known = self.cache.borrow().relations.get(&(*relid, rte.inh)).cloned();
            if let Some(rows) = known {
                return Ok(rows);
            }
            let rows = Rc::new(self.keyed_rows(rte, Key::All)?);
            self.count(rows.len())?;
            self.cache.borrow_mut().relations.insert((*relid, rte.inh), Rc::clone(&rows));
            return Ok(rows);
        }
        if is_correlated(rte) {
            return self.made_rows(rte);
        }
        let cache = Rc::clone(&self.frame().cache);
        if let Some(rows) = cache.borrow().entries.get(&index) {
            return Ok(Rc::clone(rows));
        }
        let rows = self.made_rows(rte)?;
        cache.borrow_mut().entries.insert(index, Rc::clone(&rows));
        Ok(rows)
    }

    fn made_rows(&mut self, rte: &'a RangeTblEntry) -> PgResult<Rc<Vec<Row>>> {
        let rows: Vec<Vec<Value>> = match &rte.kind {
            RteKind::Subquery { query, .. } => self.query(query)?,
            RteKind::Values { lists, .. } => {
                let mut rows = Vec::new();
                for list in lists {
                    rows.push(
                        list.iter().map(|expr| self.told(expr)).collect::<PgResult<Vec<_>>>()?,
                    );
                }
                rows
            }
            RteKind::Function { functions, ordinality } => {
                let [function] = functions.as_slice() else {
                    return unknown("ROWS FROM is not run");
                };
                let Expr::FuncExpr(call) = &function.funcexpr else {
                    return unknown("a table function of this form is not run");
                };
                let mut rows = self.function_rows(call)?;
                if *ordinality {
                    for (index, row) in rows.iter_mut().enumerate() {
                        row.push(Value::Int(index as i64 + 1));
                    }
                }
                rows
            }
            RteKind::Cte { name, levels_up, .. } => {
                let depth = self.frames.len().checked_sub(1 + *levels_up as usize);
                let found = depth.and_then(|depth| self.frames[depth].ctes.get(name.as_str()));
                return match found {
                    Some(rows) => Ok(Rc::clone(rows)),
                    None => unknown("a common table expression of this form is not run"),
                };
            }
            RteKind::Result => vec![Vec::new()],
            RteKind::NamedTuplestore { name, .. } => {
                let known = self.shared.running.transitions.iter().rev();
                let found = known.into_iter().find(|(known, _, _)| known == name);
                match found.and_then(|(_, _, rows)| rows.clone()) {
                    Some(rows) => rows.to_vec(),
                    None => return unknown(format!("the rows of {name} are not known")),
                }
            }
            RteKind::Relation { .. }
            | RteKind::Join(_)
            | RteKind::TableFunc(_)
            | RteKind::Group { .. } => {
                return unknown("a query of this form is not run");
            }
        };
        Ok(Rc::new(rows.into_iter().map(Rc::new).collect()))
    }
}

/// Inner joins become items and conditions; outer ones stay whole.
fn flatten<'q>(
    node: &'q JoinTreeNode,
    items: &mut Vec<&'q JoinTreeNode>,
    conjuncts: &mut Vec<&'q Expr>,
) {
    match node {
        JoinTreeNode::Join(join) if join.jointype == JoinType::JoinInner => {
            flatten(&join.larg, items, conjuncts);
            flatten(&join.rarg, items, conjuncts);
            conjuncts.extend(join.quals.iter().flat_map(conjuncts_of));
        }
        other => items.push(other),
    }
}

/// The members of a conjunction.
fn conjuncts_of(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::BoolExpr(all) if all.boolop == BoolExprType::AndExpr => {
            all.args.iter().flat_map(conjuncts_of).collect()
        }
        other => vec![other],
    }
}

/// Whether an expression speaks of no row of its query and of no other query.
fn is_free(expr: &Expr) -> bool {
    !walk_expr(expr, &mut |node| matches!(node, Expr::Var(_) | Expr::SubLink(_)))
}

fn has_no_subquery(expr: &Expr) -> bool {
    !walk_expr(expr, &mut |node| matches!(node, Expr::SubLink(_)))
}

fn mark_bound(node: &JoinTreeNode, bound: &mut Vec<u32>) {
    match node {
        JoinTreeNode::RangeTblRef(index) => bound.push(*index),
        JoinTreeNode::Join(join) => {
            mark_bound(&join.larg, bound);
            mark_bound(&join.rarg, bound);
        }
    }
}

/// How many entries of FROM have rows of their own.
fn leaves(query: &Query) -> usize {
    let mut all = Vec::new();
    for node in &query.jointree.fromlist {
        mark_bound(node, &mut all);
    }
    all.len()
}

/// Whether an entry's rows may depend on the rows before it.
fn is_correlated(rte: &RangeTblEntry) -> bool {
    rte.lateral || matches!(rte.kind, RteKind::Function { .. })
}
