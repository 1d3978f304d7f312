//! Loops (PostgreSQL: exec_stmt_loop, exec_stmt_fori, exec_for_query, exec_stmt_foreach_a).

use super::ways::Way;
use super::{Flow, Machine, undecided};
use crate::executor::Value;
use crate::findings::{PgError, PgResult};
use crate::pg::oid::fixed;
use crate::pg::sqlstate;
use crate::plpgsql::ast::{Source, Sql, Statement, StatementKind};
use crate::plpgsql::variables::{Fields, Rows, Scope, Typed, Variable};

/// What a loop does after its body: None to go on.
fn leaves(flow: Flow, label: Option<&str>) -> Option<Flow> {
    match flow {
        Flow::Next => None,
        Flow::Exit(None) => Some(Flow::Next),
        Flow::Exit(wanted) if wanted.as_deref() == label => Some(Flow::Next),
        Flow::Continue(None) => None,
        Flow::Continue(wanted) if wanted.as_deref() == label => None,
        other => Some(other),
    }
}

impl Machine<'_> {
    /// One turn of a loop's body.
    fn turn(&mut self, label: Option<&str>, body: &[Statement]) -> PgResult<Option<Flow>> {
        let flow = self.statements(body)?;
        let goes_on = |flow: &Flow| match flow {
            Flow::Continue(None) => true,
            Flow::Continue(wanted) => wanted.as_deref() == label,
            _ => false, // it leaves the loop
        };
        match self.rejoin(flow, goes_on)? {
            Flow::Split(held) => Err(undecided(&held.reason)),
            flow => Ok(leaves(flow, label)),
        }
    }

    pub(super) fn repeat(
        &mut self,
        label: Option<&str>,
        body: &[Statement],
        condition: Option<&Sql>,
    ) -> PgResult<Flow> {
        let depth = self.push(label);
        let flow = self.repeat_in_scope(label, body, condition);
        self.variables.scopes.truncate(depth);
        flow
    }

    /// A loop's own level, under its label.
    fn push(&mut self, label: Option<&str>) -> usize {
        let depth = self.variables.scopes.len();
        let label = label.map(str::to_string);
        self.variables.scopes.push(Scope { label, ..Scope::default() });
        depth
    }

    fn repeat_in_scope(
        &mut self,
        label: Option<&str>,
        body: &[Statement],
        condition: Option<&Sql>,
    ) -> PgResult<Flow> {
        loop {
            self.budget.step()?;
            let holds = match condition {
                Some(condition) => self.condition(condition)?,
                None => Some(true),
            };
            match holds {
                Some(true) => {}
                Some(false) => return Ok(Flow::Next),
                None => return self.any_number(label, body),
            }
            if let Some(flow) = self.turn(label, body)? {
                return Ok(flow);
            }
        }
    }

    /// A body that may run any number of times, with what it assigns unknown from the start.
    fn any_number(&mut self, label: Option<&str>, body: &[Statement]) -> PgResult<Flow> {
        // What one turn assigns may differ in the next.
        let before = self.variables.clone();
        let mark = self.host.mark();
        let reason = self.reason.clone();
        let first = self.turn(label, body);
        self.host.rollback_to(mark);
        let after = std::mem::replace(&mut self.variables, before);
        if first.is_ok() {
            self.variables.blur(&after);
        }
        self.rows = None;
        self.reason.clone_from(&reason);
        let flow = self.agree(&[Way::Statements(body), Way::Statements(&[])])?;
        match flow {
            Flow::Split(held) => match leaves(held.flow.clone(), label) {
                None | Some(Flow::Next) => {
                    let flow = Flow::Split(held);
                    self.rejoin(flow, |_| true)
                }
                Some(_) => Err(undecided(&reason)),
            },
            flow => Ok(leaves(flow, label).unwrap_or(Flow::Next)),
        }
    }

    /// A loop over rows that are not known.
    fn over_unknown(
        &mut self,
        label: Option<&str>,
        targets: &[Sql],
        fields: Option<Fields>,
        body: &[Statement],
    ) -> PgResult<Flow> {
        let depth = self.push(label);
        let reason = self.reason.clone();
        self.blur_targets(targets, fields);
        self.reason = reason;
        let flow = self.any_number(label, body);
        self.variables.scopes.truncate(depth);
        self.set_found(None);
        flow
    }

    /// The loop's variables are declared where they are not, and hold what is not known.
    fn blur_targets(&mut self, targets: &[Sql], fields: Option<Fields>) {
        for target in targets {
            let name = target.text.trim().to_lowercase();
            if self.variables.get(&name).is_none() && !name.contains(['.', '[', '"']) {
                let mut variable = Variable::unknown();
                variable.type_id = fixed::RECORDOID;
                self.variables.declare(&name, variable);
            }
        }
        self.forget(targets, fields.clone());
        // A row variable's columns are known all the same.
        if let ([target], Some(fields)) = (targets, fields) {
            let row = vec![Value::Unknown; fields.len()];
            // What cannot be put there is not known either.
            let _ = self.put_row(std::slice::from_ref(target), &fields, Some(row));
        }
    }

    pub(super) fn for_integer(&mut self, statement: &StatementKind) -> PgResult<Flow> {
        let StatementKind::ForInteger { label, variable, reverse, lower, upper, step, body } =
            statement
        else {
            return Ok(Flow::Next);
        };
        let label = label.as_deref();
        let from = self.bound(lower, "lower bound of FOR loop")?;
        let to = self.bound(upper, "upper bound of FOR loop")?;
        let step = match step {
            Some(step) => self.bound(step, "BY value of FOR loop")?,
            None => Some(1),
        };
        if step.is_some_and(|step| step <= 0) {
            let what = "BY value of FOR loop must be greater than zero";
            return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, what).into());
        }
        let depth = self.push(label);
        self.variables.declare(variable, Variable::new(fixed::INT4OID, Value::Unknown));
        let (Some(from), Some(to), Some(step)) = (from, to, step) else {
            let flow = self.any_number(label, body);
            self.variables.scopes.truncate(depth);
            self.set_found(None);
            return flow;
        };
        let mut at = from;
        let mut left = None;
        while if *reverse { at >= to } else { at <= to } {
            self.budget.step()?;
            self.variables.declare(variable, Variable::new(fixed::INT4OID, Value::Int(at)));
            left = self.turn(label, body)?;
            if left.is_some() {
                break;
            }
            let next = if *reverse { at.checked_sub(step) } else { at.checked_add(step) };
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        self.variables.scopes.truncate(depth);
        let count = self.row_count;
        self.set_found(Some(i64::from(if *reverse { from >= to } else { from <= to })));
        self.row_count = count;
        Ok(left.unwrap_or(Flow::Next))
    }

    /// A bound of an integer loop, which cannot be NULL; None where it depends on data.
    fn bound(&mut self, expr: &Sql, what: &str) -> PgResult<Option<i64>> {
        let typed = self.value(expr)?;
        let value = self.converted(typed, fixed::INT4OID, -1)?;
        if value.is_null() {
            let message = format!("{what} cannot be null");
            return Err(PgError::new(sqlstate::NULL_VALUE_NOT_ALLOWED, message).into());
        }
        Ok(value.as_int())
    }

    pub(super) fn for_query(
        &mut self,
        label: Option<&str>,
        targets: &[Sql],
        source: &Source,
        body: &[Statement],
    ) -> PgResult<Flow> {
        match self.rows_of(source)? {
            Ok(rows) => self.for_rows(label, targets, rows, body),
            Err(fields) => self.over_unknown(label, targets, fields, body),
        }
    }

    pub(super) fn for_cursor(
        &mut self,
        label: Option<&str>,
        target: &Sql,
        cursor: &str,
        arguments: Option<&Sql>,
        body: &[Statement],
    ) -> PgResult<Flow> {
        let targets = std::slice::from_ref(target);
        let depth = self.push(label);
        self.variables.declare(
            &target.text.trim().to_lowercase(),
            Variable::new(fixed::RECORDOID, Value::Null),
        );
        let flow = match self.cursor_rows(cursor, arguments) {
            Ok(Ok(rows)) => self.for_rows(label, targets, rows, body),
            Ok(Err(fields)) => self.over_unknown(label, targets, fields, body),
            Err(stop) => Err(stop),
        };
        self.variables.scopes.truncate(depth);
        flow
    }

    fn for_rows(
        &mut self,
        label: Option<&str>,
        targets: &[Sql],
        answer: Rows,
        body: &[Statement],
    ) -> PgResult<Flow> {
        let count = answer.rows.len() as i64;
        let depth = self.push(label);
        let mut left = None;
        if answer.rows.is_empty() {
            self.put_row(targets, &answer.fields, None)?;
        }
        for row in answer.rows {
            self.budget.step()?;
            self.put_row(targets, &answer.fields, Some(row))?;
            left = self.turn(label, body)?;
            if left.is_some() {
                break;
            }
        }
        self.variables.scopes.truncate(depth);
        self.set_found(Some(count));
        Ok(left.unwrap_or(Flow::Next))
    }

    pub(super) fn foreach(
        &mut self,
        label: Option<&str>,
        targets: &[Sql],
        slice: usize,
        array: &Sql,
        body: &[Statement],
    ) -> PgResult<Flow> {
        let typed = self.value(array)?;
        let element = self.host.element_type(typed.type_id);
        let is_typed = typed.type_id.is_valid();
        let items = match typed.value {
            Value::Null => {
                let what = "FOREACH expression must not be null";
                return Err(PgError::new(sqlstate::NULL_VALUE_NOT_ALLOWED, what).into());
            }
            Value::Unknown => return self.over_unknown(label, targets, None, body),
            _ if is_typed && !element.is_valid() => {
                let message = "FOREACH expression must yield an array, not type ".to_string();
                return crate::findings::unknown(message); // the body's check says which
            }
            Value::Array(items) => items,
            _ => return self.over_unknown(label, targets, None, body), // an array not read here
        };
        let (items, type_id) = match slice {
            0 => (flat(items), element),
            1 if items.iter().all(|item| matches!(item, Value::Array(_))) => (items, typed.type_id),
            1 => (vec![Value::Array(items)], typed.type_id),
            _ => return self.over_unknown(label, targets, None, body), // slices of more dimensions
        };
        let count = items.len() as i64;
        let depth = self.push(label);
        let mut left = None;
        for item in items {
            self.budget.step()?;
            match targets {
                [target] => self.set(&target.text, Typed::new(item, type_id))?,
                _ => {
                    // A row goes into several scalars.
                    let fields = self.host.fields_of(type_id);
                    match (fields, item) {
                        (Some(fields), Value::Record(values)) => {
                            let row = values.into_iter().map(|(_, value)| value).collect();
                            self.put_row(targets, &fields, Some(row))?;
                        }
                        _ => self.forget(targets, None), // a row that is not read here
                    }
                }
            }
            left = self.turn(label, body)?;
            if left.is_some() {
                break;
            }
        }
        self.variables.scopes.truncate(depth);
        self.set_found(Some(count));
        Ok(left.unwrap_or(Flow::Next))
    }
}

/// The members of an array of any dimensions.
fn flat(items: Vec<Value>) -> Vec<Value> {
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Value::Array(inner) => out.extend(flat(inner)),
            item => out.push(item),
        }
    }
    out
}
