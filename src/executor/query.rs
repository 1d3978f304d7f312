//! Runs an analysed query over what the catalog knows, by nested loops with conditions applied as early as they can be.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::expr::Evaluator;
use super::relations;
use crate::catalog::value::Value;
use crate::catalog::{PgClass, PgOperator, TableRow};
use crate::findings::{PgResult, Stop, unknown};
use crate::nodes::node_funcs::walk_expr;
use crate::nodes::primnodes::*;
use crate::parser::parse_node::Shared;
use crate::pg::oid::Oid;

/// A row of a range table entry.
pub(super) type Row = Rc<Vec<Value>>;

/// The present row of each range table entry, by index; None for the missing side of an outer join.
pub(super) type Binding = Vec<Option<Row>>;

/// One query level while it runs.
#[derive(Clone)]
pub(super) struct Frame<'a> {
    pub query: &'a Query,
    pub binding: Binding,
    pub ctes: BTreeMap<String, Rc<Vec<Row>>>,
}

/// How many rows are looked at before a query counts as undecidable here.
const STEP_LIMIT: usize = 4_000_000;

/// The rows of a SELECT whose answer the catalog knows; Unknown where it depends on data.
pub fn evaluate(query: &Query, shared: Shared) -> PgResult<Vec<Vec<Value>>> {
    Evaluator::new(shared).query(query)
}

/// The values of each target for every row that FROM and WHERE of an INSERT, UPDATE or DELETE give, Value::Unknown where
/// one cannot be told. `fixed` is the one row that a range table entry counts with, by its number.
pub fn target_rows(
    query: &Query,
    shared: Shared,
    fixed: Option<(u32, TableRow)>,
) -> PgResult<Vec<Vec<Value>>> {
    let plain = query.cte_list.is_empty() && query.set_operations.is_none() && !query.has_aggs;
    if !plain || query.has_target_srfs || query.has_window_funcs {
        return unknown("a change of rows of this form is not run");
    }
    let mut evaluator = Evaluator::new(shared);
    evaluator.fixed = fixed.map(|(index, row)| (index, Rc::new(row)));
    evaluator.frames.push(Frame::new(query));
    let mut rows = Vec::new();
    for binding in evaluator.changed_from(query)? {
        evaluator.frame().binding = binding;
        let values = query.target_list.iter().map(|target| evaluator.told(&target.expr));
        rows.push(values.collect::<PgResult<Vec<_>>>()?);
    }
    Ok(rows)
}

/// The arguments of a call in the order of the function's parameters, defaults included; Value::Unknown where one cannot
/// be told.
pub fn arguments(call: &FuncExpr, shared: Shared) -> PgResult<Vec<Value>> {
    let query = Query::new(CmdType::CmdSelect);
    let mut evaluator = Evaluator::new(shared);
    evaluator.frames.push(Frame::new(&query));
    evaluator.arguments(call)
}

/// What RETURNING gives for each row of the changed relation, which is range table entry `index`.
pub fn returned_rows(
    query: &Query,
    shared: Shared,
    index: u32,
    rows: &[TableRow],
) -> PgResult<Vec<Vec<Value>>> {
    let mut evaluator = Evaluator::new(shared);
    evaluator.frames.push(Frame::new(query));
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(slot) = evaluator.frame().binding.get_mut(index as usize) {
            *slot = Some(Rc::new(row.clone()));
        }
        let shown = query.returning_list.iter().filter(|target| !target.resjunk);
        out.push(shown.map(|target| evaluator.told(&target.expr)).collect::<PgResult<_>>()?);
    }
    Ok(out)
}

/// An expression over one row of the only relation it speaks of, as CHECK constraints are; None where it cannot be told.
pub fn over_row(expr: &Expr, shared: Shared, row: TableRow) -> PgResult<Option<Value>> {
    let query = Query::new(CmdType::CmdSelect);
    let mut evaluator = Evaluator::new(shared);
    let mut frame = Frame::new(&query);
    frame.binding.push(Some(Rc::new(row)));
    evaluator.frames.push(frame);
    match evaluator.expr(expr) {
        Ok(value) => Ok(Some(value)),
        Err(Stop::Unknown(_)) => Ok(None),
        Err(stop) => Err(stop),
    }
}

/// A trigger's condition over the old and the new row; None where it cannot be told.
pub fn over_rows(
    expr: &Expr,
    shared: Shared,
    old: Option<&TableRow>,
    new: Option<&TableRow>,
) -> PgResult<Option<Value>> {
    let query = Query::new(CmdType::CmdSelect);
    let mut evaluator = Evaluator::over(shared, &query);
    let row = |row: Option<&TableRow>| row.map(|row| Rc::new(row.clone()));
    evaluator.frame().binding.extend([row(old), row(new)]);
    match evaluator.expr(expr) {
        Ok(value) => Ok(Some(value)),
        Err(Stop::Unknown(_)) => Ok(None),
        Err(stop) => Err(stop),
    }
}

impl<'a> Frame<'a> {
    pub(super) fn new(query: &'a Query) -> Frame<'a> {
        let binding = vec![None; query.rtable.len() + 1];
        Frame { query, binding, ctes: BTreeMap::new() }
    }
}

impl<'a> Evaluator<'a> {
    /// An evaluation of expressions of one query level.
    pub(super) fn over(shared: Shared<'a>, query: &'a Query) -> Evaluator<'a> {
        let mut evaluator = Evaluator::new(shared);
        evaluator.frames.push(Frame::new(query));
        evaluator
    }

    fn new(shared: Shared<'a>) -> Evaluator<'a> {
        Evaluator {
            shared,
            frames: Vec::new(),
            group: Vec::new(),
            steps: 0,
            fixed: None,
            domain_value: None,
        }
    }

    /// A value, Value::Unknown where it cannot be told.
    pub(super) fn told(&mut self, expr: &'a Expr) -> PgResult<Value> {
        match self.expr(expr) {
            Err(Stop::Unknown(_)) => Ok(Value::Unknown),
            other => other,
        }
    }

    /// All rows of a query, one level below the present one.
    pub(super) fn query(&mut self, query: &'a Query) -> PgResult<Vec<Vec<Value>>> {
        if query.command_type != CmdType::CmdSelect {
            return unknown("what it does depends on data");
        }
        if !query.row_marks.is_empty() || query.has_window_funcs || !query.grouping_sets.is_empty()
        {
            return unknown("a query of this form is not run");
        }
        self.frames.push(Frame::new(query));
        let rows = self.query_in_frame(query);
        self.frames.pop();
        rows
    }

    fn query_in_frame(&mut self, query: &'a Query) -> PgResult<Vec<Vec<Value>>> {
        for cte in &query.cte_list {
            if cte.cterecursive {
                return unknown("a recursive query is not run");
            }
            let rows = self.query(&cte.ctequery)?.into_iter().map(Rc::new).collect();
            let frame = self.frame();
            frame.ctes.insert(cte.ctename.to_string(), Rc::new(rows));
        }
        let mut rows = match &query.set_operations {
            Some(operation) => {
                let rows = self.set_operation(query, operation)?;
                rows.into_iter().map(|row| (row.clone(), row)).collect()
            }
            None => self.plain(query)?,
        };
        self.sort(query, &mut rows)?;
        let mut out: Vec<Vec<Value>> = rows.into_iter().map(|(row, _)| row).collect();
        if !query.distinct_clause.is_empty() {
            let mut seen: Vec<Vec<Value>> = Vec::new();
            out.retain(|row| {
                let new = !seen.contains(row);
                if new {
                    seen.push(row.clone());
                }
                new
            });
        }
        let offset = self.limit(query.limit_offset.as_ref())?.unwrap_or(0);
        let count = self.limit(query.limit_count.as_ref())?.unwrap_or(usize::MAX);
        Ok(out.into_iter().skip(offset).take(count).collect())
    }

    pub(super) fn frame(&mut self) -> &mut Frame<'a> {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn limit(&mut self, expr: Option<&'a Expr>) -> PgResult<Option<usize>> {
        match expr {
            None => Ok(None),
            Some(expr) => Ok(self.expr(expr)?.as_int().and_then(|n| usize::try_from(n).ok())),
        }
    }

    /// Rows without set operations: each with the values of all target entries, for sorting.
    fn plain(&mut self, query: &'a Query) -> PgResult<Vec<(Vec<Value>, Vec<Value>)>> {
        let bindings = self.from(query)?;
        let mut out = Vec::new();
        if query.has_aggs || !query.group_clause.is_empty() || query.having_qual.is_some() {
            for group in self.groups(query, bindings)? {
                self.frame().binding =
                    group.first().cloned().unwrap_or_else(|| vec![None; query.rtable.len() + 1]);
                self.group.push(group);
                let row = self.group_row(query);
                self.group.pop();
                if let Some(row) = row? {
                    out.push(row);
                }
            }
            return Ok(out);
        }
        for binding in bindings {
            self.frame().binding = binding;
            for row in self.targets(query)? {
                out.push(row);
            }
        }
        Ok(out)
    }

    fn group_row(&mut self, query: &'a Query) -> PgResult<Option<(Vec<Value>, Vec<Value>)>> {
        if let Some(having) = &query.having_qual
            && self.expr(having)?.as_bool() != Some(true)
        {
            return Ok(None);
        }
        let mut rows = self.targets(query)?;
        Ok(rows.pop())
    }

    /// The target list's values in the present binding; several rows where it has a set-returning function.
    fn targets(&mut self, query: &'a Query) -> PgResult<Vec<(Vec<Value>, Vec<Value>)>> {
        let mut all = Vec::with_capacity(query.target_list.len());
        let mut set: Option<(usize, Vec<Value>)> = None;
        for (index, target) in query.target_list.iter().enumerate() {
            let value = match &target.expr {
                Expr::FuncExpr(call) if call.funcretset => {
                    let values: Vec<Value> = self.function_values(call)?;
                    if set.is_some() {
                        return unknown("several set-returning functions in one row are not run");
                    }
                    set = Some((index, values));
                    Value::Null
                }
                // A column that is shown as it is may be unknown: who reads it sees that.
                expr @ Expr::Var(_) if self.frames.len() == 1 && is_simple(query) => {
                    self.told(expr)?
                }
                expr => self.expr(expr)?,
            };
            all.push(value);
        }
        let rows = match set {
            None => vec![all],
            Some((index, values)) => values
                .into_iter()
                .map(|value| {
                    let mut row = all.clone();
                    row[index] = value;
                    row
                })
                .collect(),
        };
        let visible = |row: &[Value]| {
            row.iter()
                .zip(&query.target_list)
                .filter(|(_, target)| !target.resjunk)
                .map(|(value, _)| value.clone())
                .collect()
        };
        Ok(rows.into_iter().map(|row| (visible(&row), row)).collect())
    }

    fn groups(&mut self, query: &'a Query, bindings: Vec<Binding>) -> PgResult<Vec<Vec<Binding>>> {
        if query.group_clause.is_empty() {
            return Ok(vec![bindings]);
        }
        let mut groups: Vec<(Vec<Value>, Vec<Binding>)> = Vec::new();
        for binding in bindings {
            self.frame().binding = binding.clone();
            let mut key = Vec::new();
            for clause in &query.group_clause {
                let target = query
                    .target_list
                    .iter()
                    .find(|target| target.ressortgroupref == clause.tle_sort_group_ref);
                if let Some(target) = target {
                    key.push(self.expr(&target.expr)?);
                }
            }
            match groups.iter_mut().find(|(other, _)| *other == key) {
                Some((_, members)) => members.push(binding),
                None => groups.push((key, vec![binding])),
            }
        }
        Ok(groups.into_iter().map(|(_, members)| members).collect())
    }

    fn sort(&mut self, query: &Query, rows: &mut [(Vec<Value>, Vec<Value>)]) -> PgResult<()> {
        let keys: Vec<(usize, bool, bool)> = query
            .sort_clause
            .iter()
            .filter_map(|clause| {
                let index = query
                    .target_list
                    .iter()
                    .position(|target| target.ressortgroupref == clause.tle_sort_group_ref)?;
                Some((index, clause.reverse_sort, clause.nulls_first))
            })
            .collect();
        rows.sort_by(|(_, a), (_, b)| {
            for (index, reverse, nulls_first) in &keys {
                let (Some(x), Some(y)) = (a.get(*index), b.get(*index)) else { continue };
                let order = match (x.is_null(), y.is_null()) {
                    (true, true) => std::cmp::Ordering::Equal,
                    (true, false) if *nulls_first => std::cmp::Ordering::Less,
                    (true, false) => std::cmp::Ordering::Greater,
                    (false, true) if *nulls_first => std::cmp::Ordering::Greater,
                    (false, true) => std::cmp::Ordering::Less,
                    (false, false) => {
                        let order = x.compare(y).unwrap_or(std::cmp::Ordering::Equal);
                        if *reverse { order.reverse() } else { order }
                    }
                };
                if order.is_ne() {
                    return order;
                }
            }
            std::cmp::Ordering::Equal
        });
        Ok(())
    }

    fn set_operation(
        &mut self,
        query: &'a Query,
        operation: &'a SetOperationStmt,
    ) -> PgResult<Vec<Vec<Value>>> {
        let left = self.set_operand(query, &operation.larg)?;
        let right = self.set_operand(query, &operation.rarg)?;
        let mut rows = match operation.op {
            SetOperation::SetopUnion => left.into_iter().chain(right).collect::<Vec<_>>(),
            SetOperation::SetopIntersect => {
                left.into_iter().filter(|row| right.contains(row)).collect()
            }
            SetOperation::SetopExcept => {
                left.into_iter().filter(|row| !right.contains(row)).collect()
            }
            SetOperation::SetopNone => left,
        };
        if !operation.all {
            let mut seen: Vec<Vec<Value>> = Vec::new();
            rows.retain(|row| {
                let new = !seen.contains(row);
                if new {
                    seen.push(row.clone());
                }
                new
            });
        }
        Ok(rows)
    }

    fn set_operand(&mut self, query: &'a Query, node: &'a SetOpNode) -> PgResult<Vec<Vec<Value>>> {
        match node {
            SetOpNode::Op(operation) => self.set_operation(query, operation),
            SetOpNode::RangeTblRef(index) => {
                match query.rtable.get(*index as usize - 1).map(|rte| &rte.kind) {
                    Some(RteKind::Subquery { query, .. }) => self.query(query),
                    _ => unknown("a set operation of this form is not run"),
                }
            }
        }
    }

    /// Every combination of rows of FROM that satisfies the conditions.
    pub(super) fn from(&mut self, query: &'a Query) -> PgResult<Vec<Binding>> {
        let mut conjuncts = Vec::new();
        let mut items = Vec::new();
        for node in &query.jointree.fromlist {
            flatten(node, &mut items, &mut conjuncts);
        }
        conjuncts.extend(query.jointree.quals.iter().flat_map(conjuncts_of));
        let mut bound: Vec<u32> = Vec::new();
        let mut done = vec![false; conjuncts.len()];
        let mut bindings: Vec<Binding> = vec![vec![None; query.rtable.len() + 1]];
        bindings = self.filter(bindings, &conjuncts, &mut done, &bound)?;
        for item in items {
            bindings = self.extend(query, bindings, (item, &conjuncts), &mut bound)?;
            bindings = self.filter(bindings, &conjuncts, &mut done, &bound)?;
        }
        Ok(bindings)
    }

    /// Applies the conditions that now have all they speak of.
    fn filter(
        &mut self,
        mut bindings: Vec<Binding>,
        conjuncts: &[&'a Expr],
        done: &mut [bool],
        bound: &[u32],
    ) -> PgResult<Vec<Binding>> {
        for (conjunct, done) in conjuncts.iter().zip(done.iter_mut()) {
            if *done || !self.is_ready(conjunct, bound) {
                continue;
            }
            *done = true;
            let mut kept = Vec::new();
            for binding in bindings {
                self.frame().binding.clone_from(&binding);
                if self.expr(conjunct)?.as_bool() == Some(true) {
                    kept.push(binding);
                }
            }
            bindings = kept;
        }
        Ok(bindings)
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
        (node, conjuncts): (&'a JoinTreeNode, &[&'a Expr]),
        bound: &mut Vec<u32>,
    ) -> PgResult<Vec<Binding>> {
        let mut out = Vec::new();
        match node {
            JoinTreeNode::RangeTblRef(index) => {
                let rte = &query.rtable[*index as usize - 1];
                let fixed = match &self.fixed {
                    Some((fixed, row)) if fixed == index && self.frames.len() == 1 => {
                        Some(Rc::new(vec![Rc::clone(row)]))
                    }
                    _ if is_correlated(rte) => None,
                    _ => {
                        let key = self.key(rte, *index, conjuncts);
                        Some(self.rows(rte, key)?) // the same for every row so far
                    }
                };
                for binding in bindings {
                    let rows = match &fixed {
                        Some(rows) => Rc::clone(rows),
                        None => {
                            self.frame().binding.clone_from(&binding);
                            self.rows(rte, None)?
                        }
                    };
                    self.count(rows.len())?;
                    for row in rows.iter() {
                        let mut next = binding.clone();
                        next[*index as usize] = Some(Rc::clone(row));
                        out.push(next);
                    }
                }
                bound.push(*index);
            }
            JoinTreeNode::Join(join) => {
                for binding in bindings {
                    out.extend(self.outer_join(query, binding, join)?);
                }
                mark_bound(node, bound);
            }
        }
        Ok(out)
    }

    fn outer_join(
        &mut self,
        query: &'a Query,
        binding: Binding,
        join: &'a JoinExpr,
    ) -> PgResult<Vec<Binding>> {
        let (first, second) = match join.jointype {
            JoinType::JoinRight => (&join.rarg, &join.larg),
            JoinType::JoinInner | JoinType::JoinLeft => (&join.larg, &join.rarg),
            _ => return unknown("a full join is not run"),
        };
        let mut out = Vec::new();
        for left in self.extend(query, vec![binding], (first, &[]), &mut Vec::new())? {
            let mut matched = false;
            for both in self.extend(query, vec![left.clone()], (second, &[]), &mut Vec::new())? {
                self.frame().binding.clone_from(&both);
                let holds = match &join.quals {
                    Some(quals) => self.expr(quals)?.as_bool() == Some(true),
                    None => true,
                };
                if holds {
                    matched = true;
                    out.push(both);
                }
            }
            if !matched && join.jointype != JoinType::JoinInner {
                out.push(left);
            }
        }
        Ok(out)
    }

    pub(super) fn count(&mut self, rows: usize) -> PgResult<()> {
        self.steps += rows;
        if self.steps > STEP_LIMIT {
            return unknown("the query looks at more rows than are run here");
        }
        Ok(())
    }

    /// The relation whose rows of a system catalog alone are asked for: `attrelid = 't'::regclass`, so that a guard
    /// need not look at all of them.
    fn key(
        &mut self,
        rte: &RangeTblEntry,
        index: u32,
        conjuncts: &[&'a Expr],
    ) -> Option<(&'static str, Oid)> {
        let RteKind::Relation { relid, .. } = &rte.kind else { return None };
        let class = self.shared.catalog.get::<PgClass>(*relid).filter(|c| c.oid.is_builtin())?;
        let column = relations::key_column(&class.relname)?;
        let attnum = class.attribute_named(column)?.attnum;
        for conjunct in conjuncts {
            let Expr::OpExpr(equal) = conjunct else { continue };
            let [Expr::Var(var), value] = equal.args.as_slice() else { continue };
            let this = var.varno == index && var.varlevelsup == 0 && var.varattno == attnum;
            let operator = self.shared.catalog.get::<PgOperator>(equal.opno);
            if !this || operator.is_none_or(|row| row.oprname != "=") || !is_free(value) {
                continue;
            }
            return match self.expr(value) {
                Ok(Value::Int(oid)) => Some((column, Oid(u32::try_from(oid).ok()?))),
                Ok(Value::Null) => Some((column, Oid::INVALID)), // it equals nothing
                _ => None,                                       // the condition itself tells
            };
        }
        None
    }

    /// The rows of one range table entry; of a system catalog only those with the key.
    fn rows(
        &mut self,
        rte: &'a RangeTblEntry,
        key: Option<(&'static str, Oid)>,
    ) -> PgResult<Rc<Vec<Row>>> {
        let rows: Vec<Vec<Value>> = match &rte.kind {
            RteKind::Relation { relid, .. } => {
                let Some(class) = self.shared.catalog.get::<PgClass>(*relid) else {
                    return unknown("a relation is gone");
                };
                relations::rows(self.shared, class, rte.inh, key)?
            }
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
            RteKind::Join(_) | RteKind::TableFunc(_) | RteKind::Group { .. } => {
                return unknown("a query of this form is not run");
            }
        };
        Ok(Rc::new(rows.into_iter().map(Rc::new).collect()))
    }
}

/// Whether no value of the rows decides which rows there are, or their order.
fn is_simple(query: &Query) -> bool {
    query.sort_clause.is_empty()
        && query.distinct_clause.is_empty()
        && query.group_clause.is_empty()
        && !query.has_aggs
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
