//! Runs an analysed query over what the catalog knows.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::expr::Evaluator;
use super::extensions;
use super::index::{RowSet, ValueIndex};
use crate::catalog::TableRow;
use crate::catalog::value::Value;
use crate::findings::{PgResult, Stop, unknown};
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
    pub cache: Rc<RefCell<Cache>>,
}

/// Rows that are made once, and how they are found by value: of a whole statement, or of one query level.
#[derive(Default)]
pub(super) struct Cache {
    /// The rows of relations, with and without those that inherit.
    pub relations: FxHashMap<(Oid, bool), Rc<Vec<Row>>>,
    /// The rows of other range table entries.
    pub entries: FxHashMap<u32, Rc<Vec<Row>>>,
    /// By the address of rows, which are kept so that it stays theirs, and of the expression.
    pub indexes: FxHashMap<(usize, usize), (Rc<Vec<Row>>, Rc<ValueIndex>)>,
    /// The rows of subqueries that depend on no row of this level, by the subquery's address.
    pub subqueries: FxHashMap<usize, Rc<Vec<Row>>>,
}

/// The rows of a SELECT whose answer the catalog knows; Unknown where it depends on data.
pub fn evaluate(query: &Query, shared: Shared) -> PgResult<Vec<Vec<Value>>> {
    extensions::refuse_unknown(query, shared)?;
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
        Frame { query, binding, ctes: BTreeMap::new(), cache: Rc::default() }
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
            cache: Rc::default(),
            lowest_frame: usize::MAX,
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
            let rows = match cte.cterecursive {
                true => self.recursive_rows(cte)?,
                false => self.query(&cte.ctequery)?,
            };
            self.bind_cte(cte, rows);
        }
        let mut rows = match &query.set_operations {
            Some(operation) => {
                let rows = self.set_operation(query, operation)?;
                rows.into_iter().map(|row| (row.clone(), row)).collect()
            }
            None => self.plain(query)?,
        };
        self.sort(query, &mut rows)?;
        if !query.distinct_clause.is_empty() {
            let places = places(query, &query.distinct_clause);
            let mut seen = RowSet::default();
            rows.retain(|(row, all)| {
                let key = match query.has_distinct_on {
                    true => places.iter().map(|at| all[*at].clone()).collect(),
                    false => row.clone(),
                };
                seen.insert(key).1
            });
        }
        let out = rows.into_iter().map(|(row, _)| row);
        if query.limit_option == LimitOption::LimitOptionWithTies {
            return unknown("WITH TIES is not run");
        }
        let offset = self.limit(query.limit_offset.as_ref())?.unwrap_or(0);
        let count = self.limit(query.limit_count.as_ref())?.unwrap_or(usize::MAX);
        Ok(out.skip(offset).take(count).collect())
    }

    fn bind_cte(&mut self, cte: &CommonTableExpr, rows: Vec<Vec<Value>>) {
        let rows = rows.into_iter().map(Rc::new).collect();
        self.frame().ctes.insert(cte.ctename.to_string(), Rc::new(rows));
    }

    /// The rows of a recursive query: those of its first half, then what its second half makes of the newest ones
    /// until there are none (PostgreSQL: ExecRecursiveUnion).
    fn recursive_rows(&mut self, cte: &'a CommonTableExpr) -> PgResult<Vec<Vec<Value>>> {
        let query = &cte.ctequery;
        let plain = query.cte_list.is_empty()
            && query.sort_clause.is_empty()
            && query.limit_count.is_none()
            && query.limit_offset.is_none()
            && cte.search_clause.is_none()
            && cte.cycle_clause.is_none();
        let Some(operation) = query.set_operations.as_ref().filter(|_| plain) else {
            return unknown("a recursive query of this form is not run");
        };
        let mut seen = RowSet::default();
        let mut all = Vec::new();
        let mut half = &operation.larg;
        loop {
            self.frames.push(Frame::new(query));
            let rows = self.set_operand(query, half);
            self.frames.pop();
            let mut rows = rows?;
            if !operation.all {
                rows.retain(|row| seen.insert(row.clone()).1);
            }
            if rows.is_empty() {
                return Ok(all);
            }
            self.count(rows.len())?;
            all.extend(rows.iter().cloned());
            self.bind_cte(cte, rows);
            half = &operation.rarg;
        }
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
        let mut keys = RowSet::default();
        let mut groups: Vec<Vec<Binding>> = Vec::new();
        for binding in bindings {
            self.frame().binding.clone_from(&binding);
            let mut key = Vec::new();
            for at in places(query, &query.group_clause) {
                key.push(self.expr(&query.target_list[at].expr)?);
            }
            let (at, is_new) = keys.insert(key);
            if is_new {
                groups.push(Vec::new());
            }
            groups[at].push(binding);
        }
        Ok(groups)
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
            SetOperation::SetopIntersect | SetOperation::SetopExcept => {
                if operation.all {
                    return unknown("INTERSECT ALL and EXCEPT ALL are not run");
                }
                let wanted = operation.op == SetOperation::SetopIntersect;
                let mut others = RowSet::default();
                for row in right {
                    others.insert(row);
                }
                left.into_iter().filter(|row| others.find(row).is_some() == wanted).collect()
            }
            SetOperation::SetopNone => left,
        };
        if !operation.all {
            let mut seen = RowSet::default();
            rows.retain(|row| seen.insert(row.clone()).1);
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
}

/// Where the target list has what the clauses name.
fn places(query: &Query, clauses: &[SortGroupClause]) -> Vec<usize> {
    let place = |clause: &SortGroupClause| {
        let mut targets = query.target_list.iter();
        targets.position(|target| target.ressortgroupref == clause.tle_sort_group_ref)
    };
    clauses.iter().filter_map(place).collect()
}

/// Whether no value of the rows decides which rows there are, or their order.
fn is_simple(query: &Query) -> bool {
    query.sort_clause.is_empty()
        && query.distinct_clause.is_empty()
        && query.group_clause.is_empty()
        && !query.has_aggs
}
