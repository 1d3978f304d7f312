//! Runs a PL/pgSQL body as far as the catalog decides its course (PostgreSQL: pl_exec.c). A value that depends on data is
//! Unknown; where a condition is, every way on is tried, and only what all ways agree on is taken for true.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::ast::*;
use super::limits::{Budget, ITEM_LIMIT, TEXT_LIMIT};
use super::variables::{CursorState, Scope, Variable, Variables};
use crate::executor::Value;
use crate::findings::{Notice, PgError, PgResult, Severity, Stop, unknown};
use crate::pg::oid::Oid;
use crate::pg::sqlstate::{self, SqlState};

/// A query's columns and its rows.
type Answer = (Rc<Vec<Arc<str>>>, Vec<Vec<Value>>);

/// What a body runs in: the catalog and the commands, which are rooms below.
pub trait Host {
    /// The rows of a query over what the catalog knows, with their columns' names.
    fn query(
        &mut self,
        sql: &str,
        variables: &Variables,
    ) -> PgResult<(Vec<Arc<str>>, Vec<Vec<Value>>)>;
    /// Runs a command of any kind; how many rows it touched, where that is known.
    fn command(&mut self, sql: &str, variables: &Variables) -> PgResult<Option<i64>>;
    /// The type that a declaration names.
    fn declared_type(&mut self, type_name: &str) -> PgResult<Oid>;
    /// Converts a value to a type, as an assignment does.
    fn assign(&mut self, value: Value, type_id: Oid) -> PgResult<Value>;
    fn notice(&mut self, notice: Notice);
    /// The state to go back to.
    fn mark(&mut self) -> usize;
    fn rollback_to(&mut self, mark: usize);
    /// Whether the catalog differs from what it was at the mark.
    fn changed_since(&mut self, mark: usize) -> bool;
    /// COMMIT, or ROLLBACK with `undo`, of the transaction that the body runs in.
    fn end_transaction(&mut self, undo: bool) -> PgResult<()>;
}

/// Where control goes after a statement.
#[derive(Debug, Clone, PartialEq)]
enum Flow {
    Next,
    Exit(Option<String>),
    Continue(Option<String>),
    Return(Value),
}

/// A body that runs.
pub struct Machine<'h> {
    host: &'h mut dyn Host,
    variables: Variables,
    /// FOUND; None where it depends on data.
    row_count: Option<i64>,
    /// The error that the present handler handles.
    handled: Vec<PgError>,
    budget: Budget,
}

/// Runs a body with its arguments; gives what it returns.
pub fn run(
    host: &mut dyn Host,
    block: &Block,
    arguments: Vec<(String, Variable)>,
    must_return: bool,
    budget: Budget,
) -> PgResult<Value> {
    let mut scope = Scope { variables: arguments.into_iter().collect(), ..Scope::default() };
    scope.variables.insert(
        "found".to_string(),
        Variable::new(crate::pg::oid::fixed::BOOLOID, Value::Bool(false)),
    );
    let variables = Variables { scopes: vec![scope], parameters: Vec::new() };
    let mut machine = Machine { host, variables, row_count: Some(0), handled: Vec::new(), budget };
    match machine.block(block)? {
        Flow::Return(value) => Ok(value),
        Flow::Next if must_return => {
            let what = "control reached end of function without RETURN";
            let state = SqlState::new("2F005").unwrap_or(sqlstate::RAISE_EXCEPTION);
            Err(PgError::new(state, what).into())
        }
        Flow::Next | Flow::Exit(_) | Flow::Continue(_) => Ok(Value::Null),
    }
}

impl Machine<'_> {
    fn block(&mut self, block: &Block) -> PgResult<Flow> {
        self.variables
            .scopes
            .push(Scope { label: block.label.clone(), variables: BTreeMap::new() });
        let result = self.block_in_scope(block);
        self.variables.scopes.pop();
        match result? {
            Flow::Exit(label) if label.is_some() && label == block.label => Ok(Flow::Next),
            flow => Ok(flow),
        }
    }

    fn block_in_scope(&mut self, block: &Block) -> PgResult<Flow> {
        for declaration in &block.declarations {
            self.declare(declaration)?;
        }
        if block.handlers.is_empty() {
            return self.statements(&block.body);
        }
        let mark = self.host.mark();
        match self.statements(&block.body) {
            Err(Stop::Error(error)) => {
                let Some(handler) =
                    block.handlers.iter().find(|handler| handles(handler, error.sqlstate))
                else {
                    return Err(Stop::Error(error));
                };
                self.host.rollback_to(mark);
                let scope = self.variables.innermost();
                let text =
                    |text: &str| Variable::new(crate::pg::oid::fixed::TEXTOID, Value::text(text));
                scope.insert("sqlerrm".to_string(), text(&error.message));
                scope.insert("sqlstate".to_string(), text(error.sqlstate.as_str()));
                self.handled.push(*error);
                let flow = self.statements(&handler.body);
                self.handled.pop();
                flow
            }
            other => other, // it ended, or it is unknown
        }
    }

    fn declare(&mut self, declaration: &Declaration) -> PgResult<()> {
        let variable = match &declaration.kind {
            DeclarationKind::Variable { type_name, default, .. } => {
                let type_id = self.host.declared_type(&type_name.text)?;
                let value = match default {
                    Some(expr) => self.value(expr)?,
                    None => Value::Null,
                };
                let value = self.assign_value(value, type_id)?;
                Variable::new(type_id, value)
            }
            DeclarationKind::Alias { of } => match self.variables.get(of) {
                Some(variable) => variable.clone(),
                None => Variable::unknown(),
            },
            DeclarationKind::Cursor { arguments, query } => {
                Variable::cursor(Source::Query(query.clone()), argument_names(arguments.as_ref()))
            }
        };
        self.variables.innermost().insert(declaration.name.clone(), variable);
        Ok(())
    }

    fn statements(&mut self, statements: &[Statement]) -> PgResult<Flow> {
        for statement in statements {
            self.budget.step()?;
            match self.statement(statement)? {
                Flow::Next => {}
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&mut self, statement: &Statement) -> PgResult<Flow> {
        match &statement.kind {
            StatementKind::Block(block) => return self.block(block),
            StatementKind::Assign { target, value } => {
                let value = self.value_or_unknown(value)?;
                self.set(&target.text, value)?;
            }
            StatementKind::If { arms, otherwise } => return self.if_statement(arms, otherwise),
            StatementKind::Case { subject, arms, otherwise } => {
                return self.case_statement(subject.as_ref(), arms, otherwise.as_deref());
            }
            StatementKind::Loop { label, body } => {
                return self.repeat(label.as_deref(), body, &mut |_| Ok(Some(true)));
            }
            StatementKind::While { label, condition, body } => {
                return self
                    .repeat(label.as_deref(), body, &mut |machine| machine.condition(condition));
            }
            StatementKind::ForInteger { label, variable, reverse, lower, upper, step, body } => {
                let bounds = (
                    self.bound(lower, "lower bound of FOR loop")?,
                    self.bound(upper, "upper bound of FOR loop")?,
                );
                let step = match step {
                    Some(step) => self.bound(step, "BY value of FOR loop")?.as_int().unwrap_or(1),
                    None => 1,
                };
                if step <= 0 {
                    let what = "BY value of FOR loop must be greater than zero";
                    return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, what).into());
                }
                let (Some(from), Some(to)) = (bounds.0.as_int(), bounds.1.as_int()) else {
                    return self.once_unknown(&[], label.as_deref(), body);
                };
                return self.for_integer(
                    label.as_deref(),
                    variable,
                    (from, to, step.max(1), *reverse),
                    body,
                );
            }
            StatementKind::ForQuery { label, targets, source, body } => {
                return self.for_query(label.as_deref(), targets, source, body);
            }
            StatementKind::ForCursor { label, target, cursor, arguments, body } => {
                let targets = std::slice::from_ref(target);
                let Some((names, rows)) = self.cursor_rows(cursor, arguments.as_ref())? else {
                    return self.once_unknown(targets, label.as_deref(), body);
                };
                return self.for_rows(label.as_deref(), targets, &names, rows, body);
            }
            StatementKind::Foreach { label, targets, slice, array, body } => {
                return self.foreach(label.as_deref(), targets, *slice, array, body);
            }
            StatementKind::Exit { continues, label, when } => {
                let holds = match when {
                    Some(when) => self.condition(when)?,
                    None => Some(true),
                };
                return match holds {
                    Some(true) if *continues => Ok(Flow::Continue(label.clone())),
                    Some(true) => Ok(Flow::Exit(label.clone())),
                    Some(false) => Ok(Flow::Next),
                    None => unknown("whether a loop is left depends on data"),
                };
            }
            StatementKind::Return { value } => {
                let value = match value {
                    Some(value) => self.value_or_unknown(value)?,
                    None => Value::Null,
                };
                return Ok(Flow::Return(value));
            }
            StatementKind::ReturnNext { value } => {
                if let Some(value) = value {
                    self.value_or_unknown(value)?;
                }
            }
            StatementKind::ReturnQuery(source) => {
                self.rows_or_unknown(source)?;
            }
            StatementKind::Raise(raise) => self.raise(raise)?,
            StatementKind::Assert { condition, message } => {
                self.assert(condition, message.as_ref())?
            }
            StatementKind::Sql { command, into } => self.sql(&command.text, into.as_ref())?,
            StatementKind::Execute { command, into, using } => {
                self.execute(command, into.as_ref(), using)?
            }
            StatementKind::Perform(sql) => self.perform(&format!("SELECT {}", sql.text))?,
            StatementKind::Call { command } => {
                self.host.command(&command.text, &self.variables)?;
                // INOUT arguments come back changed.
                let inside =
                    command.text.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')'));
                for (_, argument) in
                    inside.map(|(list, _)| split_arguments(list)).into_iter().flatten()
                {
                    self.forget(&[Sql { text: argument, offset: command.offset }]);
                }
            }
            StatementKind::GetDiagnostics { stacked, items } => {
                self.diagnostics(*stacked, items)?
            }
            StatementKind::Open { cursor, arguments, source } => {
                self.open(cursor, arguments.as_ref(), source.as_ref())?;
            }
            StatementKind::Fetch { cursor, direction, targets } => {
                self.fetch(cursor, direction, Some(targets))?;
            }
            StatementKind::Move { cursor, direction } => self.fetch(cursor, direction, None)?,
            StatementKind::Close { cursor } => self.close(cursor)?,
            StatementKind::Null => {}
            StatementKind::Commit => self.host.end_transaction(false)?,
            StatementKind::Rollback => self.host.end_transaction(true)?,
        }
        Ok(Flow::Next)
    }

    // Expressions.

    fn value(&mut self, expr: &Sql) -> PgResult<Value> {
        let (_, rows) = self.host.query(&format!("SELECT {}", expr.text), &self.variables)?;
        Ok(rows.into_iter().flatten().next().unwrap_or(Value::Null))
    }

    /// A bound of an integer loop, which cannot be NULL.
    fn bound(&mut self, expr: &Sql, what: &str) -> PgResult<Value> {
        let value = self.value(expr)?;
        if value.is_null() {
            let message = format!("{what} cannot be null");
            return Err(PgError::new(sqlstate::NULL_VALUE_NOT_ALLOWED, message).into());
        }
        Ok(value)
    }

    /// The value, or Unknown where it depends on data; errors stay errors.
    fn value_or_unknown(&mut self, expr: &Sql) -> PgResult<Value> {
        match self.value(expr) {
            Err(Stop::Unknown(_)) => Ok(Value::Unknown),
            other => other,
        }
    }

    /// A condition; None where it depends on data. NULL counts as false.
    fn condition(&mut self, expr: &Sql) -> PgResult<Option<bool>> {
        Ok(match self.value_or_unknown(expr)? {
            Value::Unknown => None,
            value => Some(value.as_bool() == Some(true)),
        })
    }

    fn assign_value(&mut self, value: Value, type_id: Oid) -> PgResult<Value> {
        if matches!(value, Value::Unknown | Value::Null | Value::Record(_)) {
            return Ok(value);
        }
        self.host.assign(value, type_id)
    }

    /// Assigns to `name`, `record.field`, or (as unknown) to an element.
    fn set(&mut self, target: &str, value: Value) -> PgResult<()> {
        let is_huge = match &value {
            Value::Text(text) => text.len() > TEXT_LIMIT,
            Value::Array(items) => items.len() > ITEM_LIMIT,
            _ => false, // other values do not grow
        };
        if is_huge {
            return unknown("a value is larger than is followed here");
        }
        let target = target.trim();
        let name = target.to_lowercase();
        if let Some(variable) = self.variables.get(&name) {
            let type_id = variable.type_id;
            let value = self.assign_value(value, type_id)?;
            self.variables.assign(&name, value);
            return Ok(());
        }
        let base = name.split(['.', '[']).next().unwrap_or("").trim().to_string();
        match name.strip_prefix(&base).and_then(|rest| rest.strip_prefix('.')) {
            Some(field) if !field.contains(['.', '[']) => {
                self.variables.assign_field(&base, field.trim(), value)
            }
            _ => self.variables.assign(&base, Value::Unknown), // an element: the whole is no longer known
        }
        Ok(())
    }

    fn set_found(&mut self, rows: Option<i64>) {
        self.row_count = rows;
        let found = rows.map_or(Value::Unknown, |rows| Value::Bool(rows > 0));
        self.variables.assign("found", found);
    }

    fn forget(&mut self, targets: &[Sql]) {
        for target in targets {
            let base = target.text.to_lowercase();
            let base = base.split(['.', '[']).next().unwrap_or("").trim().to_string();
            self.variables.assign(&base, Value::Unknown);
        }
    }

    // Ways on.

    fn if_statement(
        &mut self,
        arms: &[(Sql, Vec<Statement>)],
        otherwise: &[Statement],
    ) -> PgResult<Flow> {
        for (index, (condition, body)) in arms.iter().enumerate() {
            match self.condition(condition)? {
                Some(true) => return self.statements(body),
                Some(false) => {}
                None => {
                    let mut ways: Vec<&[Statement]> =
                        arms[index..].iter().map(|(_, body)| body.as_slice()).collect();
                    ways.push(otherwise);
                    return self.agree(&ways);
                }
            }
        }
        self.statements(otherwise)
    }

    fn case_statement(
        &mut self,
        subject: Option<&Sql>,
        arms: &[(Sql, Vec<Statement>)],
        otherwise: Option<&[Statement]>,
    ) -> PgResult<Flow> {
        for (index, (condition, body)) in arms.iter().enumerate() {
            let holds = match subject {
                None => self.condition(condition)?,
                Some(subject) => {
                    let text = format!("({}) IN ({})", subject.text, condition.text);
                    self.condition(&Sql { text, offset: condition.offset })?
                }
            };
            match holds {
                Some(true) => return self.statements(body),
                Some(false) => {}
                None => {
                    let mut ways: Vec<&[Statement]> =
                        arms[index..].iter().map(|(_, body)| body.as_slice()).collect();
                    ways.extend(otherwise);
                    return self.agree(&ways);
                }
            }
        }
        match otherwise {
            Some(body) => self.statements(body),
            None => Err(PgError::new(sqlstate::CASE_NOT_FOUND, "case not found")
                .hint("CASE statement is missing ELSE part.")
                .into()),
        }
    }

    /// Tries every way; goes on where all of them leave the catalog as it is and none fails. What they assign is
    /// unknown afterwards.
    fn agree(&mut self, ways: &[&[Statement]]) -> PgResult<Flow> {
        let mark = self.host.mark();
        let before = self.variables.clone();
        let mut assigned: Vec<Variables> = Vec::new();
        for way in ways {
            self.variables = before.clone();
            let outcome = self.statements(way);
            let changed = self.host.changed_since(mark);
            self.host.rollback_to(mark);
            match outcome {
                Ok(Flow::Next) if !changed => assigned.push(self.variables.clone()),
                _ => return unknown("which way it goes depends on data"), // an effect, an error or a leap on one way only
            }
        }
        self.variables = before;
        for way in &assigned {
            self.variables.blur(way);
        }
        Ok(Flow::Next)
    }

    /// A loop over rows that are not known: it may run any number of times.
    fn once_unknown(
        &mut self,
        targets: &[Sql],
        label: Option<&str>,
        body: &[Statement],
    ) -> PgResult<Flow> {
        self.variables
            .scopes
            .push(Scope { label: label.map(str::to_string), variables: BTreeMap::new() });
        for target in targets {
            let name = target.text.trim().to_lowercase();
            if self.variables.get(&name).is_none() {
                self.variables.innermost().insert(name, Variable::unknown());
            }
        }
        self.forget(targets);
        let flow = self.agree(&[body, &[]]);
        self.variables.scopes.pop();
        flow
    }

    fn repeat(
        &mut self,
        label: Option<&str>,
        body: &[Statement],
        goes_on: &mut dyn FnMut(&mut Self) -> PgResult<Option<bool>>,
    ) -> PgResult<Flow> {
        loop {
            self.budget.step()?;
            match goes_on(self)? {
                Some(true) => {}
                Some(false) => return Ok(Flow::Next),
                None => return self.agree(&[body, &[]]),
            }
            if let Some(flow) = leaves(self.statements(body)?, label) {
                return Ok(flow);
            }
        }
    }

    fn for_integer(
        &mut self,
        label: Option<&str>,
        variable: &str,
        range: (i64, i64, i64, bool),
        body: &[Statement],
    ) -> PgResult<Flow> {
        let (from, to, step, reverse) = range;
        let mut at = from;
        while if reverse { at >= to } else { at <= to } {
            let mut scope = Scope { label: label.map(str::to_string), variables: BTreeMap::new() };
            scope.variables.insert(
                variable.to_string(),
                Variable::new(crate::pg::oid::fixed::INT4OID, Value::Int(at)),
            );
            self.variables.scopes.push(scope);
            let flow = self.statements(body);
            self.variables.scopes.pop();
            if let Some(flow) = leaves(flow?, label) {
                return Ok(flow);
            }
            let Some(next) = (if reverse { at.checked_sub(step) } else { at.checked_add(step) })
            else {
                break;
            };
            at = next;
        }
        self.set_found(Some(i64::from(if reverse { from >= to } else { from <= to })));
        Ok(Flow::Next)
    }

    fn for_query(
        &mut self,
        label: Option<&str>,
        targets: &[Sql],
        source: &Source,
        body: &[Statement],
    ) -> PgResult<Flow> {
        let Some((names, rows)) = self.rows_or_unknown(source)? else {
            return self.once_unknown(targets, label, body);
        };
        self.for_rows(label, targets, &names, rows, body)
    }

    fn for_rows(
        &mut self,
        label: Option<&str>,
        targets: &[Sql],
        names: &[Arc<str>],
        rows: Vec<Vec<Value>>,
        body: &[Statement],
    ) -> PgResult<Flow> {
        let count = rows.len() as i64;
        for row in rows {
            self.put_row(targets, names, row)?;
            if let Some(flow) = leaves(self.statements(body)?, label) {
                return Ok(flow);
            }
        }
        self.set_found(Some(count));
        Ok(Flow::Next)
    }

    fn foreach(
        &mut self,
        label: Option<&str>,
        targets: &[Sql],
        slice: usize,
        array: &Sql,
        body: &[Statement],
    ) -> PgResult<Flow> {
        let items = match self.value_or_unknown(array)? {
            Value::Array(items) if slice == 0 => items,
            Value::Null => {
                let what = "FOREACH expression must not be null";
                return Err(PgError::new(sqlstate::NULL_VALUE_NOT_ALLOWED, what).into());
            }
            _ => return self.once_unknown(targets, label, body), // slices and unknown arrays
        };
        let count = items.len() as i64;
        for item in items {
            if let Some(target) = targets.first() {
                self.set(&target.text, item)?;
            }
            if let Some(flow) = leaves(self.statements(body)?, label) {
                return Ok(flow);
            }
        }
        self.set_found(Some(count));
        Ok(Flow::Next)
    }

    // Cursors.

    /// The rows that a bound cursor gives with its arguments; None where they depend on data.
    fn cursor_rows(&mut self, cursor: &str, arguments: Option<&Sql>) -> PgResult<Option<Answer>> {
        let Some(bound) = self.variables.get(cursor).and_then(|found| found.cursor.clone()) else {
            return Ok(None);
        };
        let mut scope = Scope::default();
        if let Some(arguments) = arguments {
            for (index, (name, value)) in split_arguments(&arguments.text).into_iter().enumerate() {
                let place = name.or_else(|| bound.arguments.get(index).cloned());
                let value =
                    self.value_or_unknown(&Sql { text: value, offset: arguments.offset })?;
                if let Some(place) = place {
                    scope.variables.insert(place, Variable::new(Oid::INVALID, value));
                }
            }
        }
        self.variables.scopes.push(scope);
        let rows = self.rows_or_unknown(&bound.source);
        self.variables.scopes.pop();
        rows
    }

    fn open(
        &mut self,
        cursor: &str,
        arguments: Option<&Sql>,
        source: Option<&Source>,
    ) -> PgResult<()> {
        let mut variable = match (source, self.variables.get(cursor)) {
            (Some(source), _) => Variable::cursor(source.clone(), Vec::new()),
            (None, Some(variable)) => variable.clone(),
            (None, None) => return unknown("a cursor is not known"),
        };
        if let Some(known) = &variable.cursor
            && matches!(known.state, CursorState::Open { .. })
        {
            return unknown("a cursor is opened twice");
        }
        self.variables.set(cursor, variable.clone());
        let rows = self.cursor_rows(cursor, arguments)?;
        if let Some(known) = &mut variable.cursor {
            known.state = match rows {
                Some((names, rows)) => CursorState::Open { names, rows: Rc::new(rows), at: 0 },
                None => CursorState::Unknown,
            };
        }
        variable.value = Value::Unknown;
        self.variables.set(cursor, variable);
        Ok(())
    }

    /// FETCH, or without targets MOVE.
    fn fetch(
        &mut self,
        cursor: &str,
        direction: &Direction,
        targets: Option<&[Sql]>,
    ) -> PgResult<()> {
        let Some(mut variable) = self.variables.get(cursor).cloned() else {
            return unknown("a cursor is not known");
        };
        let count = match direction {
            Direction::Relative(count) | Direction::Backward(count) => count.as_ref(),
            Direction::Absolute(count) => Some(count),
            Direction::First | Direction::Last | Direction::All => None,
        };
        let count = match count {
            Some(count) => self.value_or_unknown(count)?.as_int(),
            None => Some(1),
        };
        let state = variable.cursor.as_mut().map(|known| &mut known.state);
        match state {
            Some(CursorState::Open { names, rows, at }) if count.is_some() => {
                let (count, last) = (count.unwrap_or(1), rows.len() as i64);
                let here = *at as i64;
                let there = match direction {
                    Direction::Relative(_) => here.saturating_add(count),
                    Direction::Backward(_) => here.saturating_sub(count),
                    Direction::Absolute(_) if count < 0 => last + 1 + count,
                    Direction::Absolute(_) => count,
                    Direction::First => 1,
                    Direction::Last => last,
                    Direction::All => last + 1,
                };
                let there = there.clamp(0, last + 1);
                *at = there as usize;
                let row = usize::try_from(there - 1).ok().and_then(|index| rows.get(index));
                let (row, names) = (row.cloned(), Rc::clone(names));
                self.variables.set(cursor, variable);
                self.set_found(Some(i64::from(row.is_some())));
                if let Some(targets) = targets {
                    let row = row.unwrap_or_else(|| vec![Value::Null; names.len()]);
                    self.put_row(targets, &names, row)?;
                }
            }
            Some(CursorState::Closed) | None if variable.value == Value::Null => {
                return Err(null_cursor(cursor));
            }
            _ => {
                // Its rows depend on data, or it came from elsewhere.
                self.forget(targets.unwrap_or_default());
                self.set_found(None);
            }
        }
        Ok(())
    }

    fn close(&mut self, cursor: &str) -> PgResult<()> {
        let Some(mut variable) = self.variables.get(cursor).cloned() else { return Ok(()) };
        if variable.value == Value::Null {
            return Err(null_cursor(cursor));
        }
        if let Some(known) = &mut variable.cursor {
            known.state = CursorState::Closed;
        }
        self.variables.set(cursor, variable);
        Ok(())
    }

    // Rows.

    /// A source's rows; None where they depend on data.
    fn rows_or_unknown(&mut self, source: &Source) -> PgResult<Option<Answer>> {
        let answer = match source {
            Source::Query(query) => self.host.query(&query.text, &self.variables),
            Source::Dynamic { command, using } => match self.dynamic(command, using)? {
                Some((text, variables)) => self.host.query(&text, &variables),
                None => return Ok(None),
            },
        };
        match answer {
            Ok((names, rows)) => Ok(Some((Rc::new(names), rows))),
            Err(Stop::Unknown(_)) => Ok(None),
            Err(stop) => Err(stop),
        }
    }

    /// Puts a row into its targets: one record, or one value each.
    fn put_row(&mut self, targets: &[Sql], names: &[Arc<str>], row: Vec<Value>) -> PgResult<()> {
        if let [target] = targets {
            let name = target.text.trim().to_lowercase();
            let is_row = self.variables.get(&name).is_none_or(|variable| variable.is_row());
            if is_row {
                let record = Value::Record(names.iter().cloned().zip(row).collect());
                if self.variables.get(&name).is_none() {
                    self.variables.innermost().insert(name.clone(), Variable::unknown());
                }
                self.variables.assign(&name, record);
                return Ok(());
            }
        }
        let mut values = row.into_iter();
        for target in targets {
            self.set(&target.text, values.next().unwrap_or(Value::Null))?;
        }
        Ok(())
    }

    fn into(
        &mut self,
        into: &IntoTarget,
        answer: PgResult<(Vec<Arc<str>>, Vec<Vec<Value>>)>,
    ) -> PgResult<()> {
        match answer {
            Err(Stop::Unknown(_)) => {
                self.forget(&into.targets);
                // Without STRICT no row is no error, so FOUND alone is undecided.
                self.set_found(None);
                if into.strict {
                    unknown("whether there is exactly one row depends on data")
                } else {
                    Ok(())
                }
            }
            Err(stop) => Err(stop),
            Ok((names, rows)) => {
                if into.strict && rows.is_empty() {
                    return Err(
                        PgError::new(sqlstate::NO_DATA_FOUND, "query returned no rows").into()
                    );
                }
                if into.strict && rows.len() > 1 {
                    return Err(PgError::new(
                        sqlstate::TOO_MANY_ROWS,
                        "query returned more than one row",
                    )
                    .hint("Make sure the query returns a single row, or use LIMIT 1.")
                    .into());
                }
                let count = rows.len().min(1) as i64;
                let width = names.len();
                let row = rows.into_iter().next().unwrap_or_else(|| vec![Value::Null; width]);
                self.put_row(&into.targets, &names, row)?;
                self.set_found(Some(count));
                Ok(())
            }
        }
    }

    // Commands.

    fn sql(&mut self, text: &str, into: Option<&IntoTarget>) -> PgResult<()> {
        match into {
            Some(into) if is_query(text) => {
                let answer = self.host.query(text, &self.variables);
                self.into(into, answer)
            }
            Some(into) => {
                self.host.command(text, &self.variables)?;
                self.forget(&into.targets);
                self.set_found(None);
                Ok(())
            }
            None if is_query(text) && !starts_with_word(text, "with") => {
                match self.host.query(text, &self.variables) {
                    Ok(_) | Err(Stop::Unknown(_)) => {
                        let what = "query has no destination for result data";
                        Err(PgError::new(sqlstate::SYNTAX_ERROR, what)
                            .hint(
                                "If you want to discard the results of a SELECT, use PERFORM \
                                 instead.",
                            )
                            .into())
                    }
                    Err(stop) => Err(stop),
                }
            }
            None => {
                let rows = self.host.command(text, &self.variables)?;
                self.set_found(rows);
                Ok(())
            }
        }
    }

    fn perform(&mut self, text: &str) -> PgResult<()> {
        match self.host.query(text, &self.variables) {
            Ok((_, rows)) => self.set_found(Some(rows.len() as i64)),
            Err(Stop::Unknown(_)) => {
                let rows = self.host.command(text, &self.variables)?;
                self.set_found(rows);
            }
            Err(stop) => return Err(stop),
        }
        Ok(())
    }

    /// The text of a dynamic command and the variables that its `$n` see; None where the text is not known.
    fn dynamic(&mut self, command: &Sql, using: &[Sql]) -> PgResult<Option<(String, Variables)>> {
        let text = match self.value_or_unknown(command)? {
            Value::Unknown => return Ok(None),
            Value::Null => {
                return Err(PgError::new(
                    sqlstate::NULL_VALUE_NOT_ALLOWED,
                    "query string argument of EXECUTE is null",
                )
                .into());
            }
            value => value.to_text().unwrap_or_default(),
        };
        if text.len() > TEXT_LIMIT {
            return unknown("a command is longer than is run here");
        }
        let mut parameters = Vec::new();
        for expr in using {
            parameters.push(Variable::new(Oid::INVALID, self.value_or_unknown(expr)?));
        }
        Ok(Some((text, Variables { scopes: Vec::new(), parameters })))
    }

    fn execute(&mut self, command: &Sql, into: Option<&IntoTarget>, using: &[Sql]) -> PgResult<()> {
        let Some((text, variables)) = self.dynamic(command, using)? else {
            return unknown("the command that EXECUTE runs depends on data");
        };
        let word: String = text.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
        if ["begin", "commit", "rollback", "savepoint", "abort"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
        {
            let what = "EXECUTE of transaction commands is not implemented";
            return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, what).into());
        }
        match into {
            Some(into) if is_query(&text) => {
                let answer = self.host.query(&text, &variables);
                self.into(into, answer)
            }
            _ => {
                // Without INTO the rows are thrown away, and FOUND stays as it is.
                let rows = self.host.command(&text, &variables)?;
                self.row_count = rows;
                if let Some(into) = into {
                    self.forget(&into.targets);
                }
                Ok(())
            }
        }
    }

    fn diagnostics(&mut self, stacked: bool, items: &[(Sql, String)]) -> PgResult<()> {
        if stacked && self.handled.is_empty() {
            let what = "GET STACKED DIAGNOSTICS cannot be used outside an exception handler";
            let state = SqlState::new("0Z002").unwrap_or(sqlstate::RAISE_EXCEPTION);
            return Err(PgError::new(state, what).into());
        }
        for (target, item) in items {
            let error = self.handled.last();
            let value = match (item.as_str(), stacked) {
                ("row_count", false) => self.row_count.map_or(Value::Unknown, Value::Int),
                ("returned_sqlstate", true) => {
                    Value::optional(error.map(|error| error.sqlstate.as_str()))
                }
                ("message_text", true) => {
                    Value::optional(error.map(|error| error.message.as_str()))
                }
                ("pg_exception_detail", true) => {
                    Value::text(error.and_then(|error| error.detail.as_deref()).unwrap_or(""))
                }
                ("pg_exception_hint", true) => {
                    Value::text(error.and_then(|error| error.hint.as_deref()).unwrap_or(""))
                }
                _ => Value::Unknown, // contexts and names of what failed
            };
            self.set(&target.text, value)?;
        }
        Ok(())
    }

    fn assert(&mut self, condition: &Sql, message: Option<&Sql>) -> PgResult<()> {
        match self.condition(condition)? {
            Some(true) => Ok(()),
            None => unknown("whether an assertion holds depends on data"),
            Some(false) => {
                let text = match message {
                    Some(message) => self.value_or_unknown(message)?.to_text(),
                    None => None,
                };
                Err(PgError::new(
                    sqlstate::ASSERT_FAILURE,
                    text.unwrap_or_else(|| "assertion failed".to_string()),
                )
                .into())
            }
        }
    }

    /// PostgreSQL: exec_stmt_raise.
    fn raise(&mut self, raise: &Raise) -> PgResult<()> {
        if raise.again {
            return match self.handled.last() {
                Some(error) => Err(error.clone().into()),
                None => Err(PgError::new(
                    SqlState::new("0Z002").unwrap_or(sqlstate::RAISE_EXCEPTION),
                    "RAISE without parameters cannot be used outside an exception handler",
                )
                .into()),
            };
        }
        let mut state = match &raise.condition {
            Some(condition) => Some(condition_state(condition)?),
            None => None,
        };
        let mut message = raise.format.as_deref().map(str::to_string);
        if let Some(format) = &mut message {
            let mut values = Vec::new();
            for parameter in &raise.parameters {
                values.push(self.value_or_unknown(parameter)?);
            }
            *format = fill(format, &values);
        }
        let (mut detail, mut hint) = (None, None);
        let mut given: Vec<&str> = Vec::new();
        given.extend(raise.format.as_ref().map(|_| "message"));
        given.extend(raise.condition.as_ref().map(|_| "errcode"));
        for (option, value) in &raise.options {
            if given.contains(&option.as_str()) {
                let what = format!("RAISE option already specified: {}", option.to_uppercase());
                return Err(PgError::new(sqlstate::SYNTAX_ERROR, what).into());
            }
            given.push(option);
            let text = self.value_or_unknown(value)?.to_text().unwrap_or_default();
            match option.as_str() {
                "errcode" => state = Some(condition_state(&Condition::Name(text))?),
                "message" => message = Some(text),
                "detail" => detail = Some(text),
                "hint" => hint = Some(text),
                _ => {} // COLUMN, CONSTRAINT, DATATYPE, TABLE, SCHEMA: fields that nothing here reads
            }
        }
        let name = match &raise.condition {
            Some(Condition::Name(name) | Condition::SqlState(name)) => name.clone(),
            None => "unhandled exception".to_string(),
        };
        let message = message.unwrap_or(name);
        if raise.level == "exception" {
            let mut error = PgError::new(state.unwrap_or(sqlstate::RAISE_EXCEPTION), message);
            error.detail = detail;
            error.hint = hint;
            return Err(error.into());
        }
        let severity = match raise.level.as_str() {
            "warning" => Severity::Warning,
            "info" => Severity::Info,
            "log" => Severity::Log,
            "debug" => Severity::Debug,
            _ => Severity::Notice,
        };
        let quiet = matches!(severity, Severity::Debug | Severity::Log);
        if !quiet {
            let default = if severity == Severity::Warning {
                sqlstate::WARNING
            } else {
                sqlstate::SUCCESSFUL_COMPLETION
            };
            let sqlstate = state.unwrap_or(default);
            self.host.notice(Notice { severity, sqlstate, message, detail, hint });
        }
        Ok(())
    }
}

fn null_cursor(cursor: &str) -> Stop {
    let message = format!("cursor variable \"{cursor}\" is null");
    PgError::new(sqlstate::NULL_VALUE_NOT_ALLOWED, message).into()
}

/// The names of a cursor's arguments.
fn argument_names(arguments: Option<&Sql>) -> Vec<String> {
    let pieces = arguments.map(|arguments| split_arguments(&arguments.text)).unwrap_or_default();
    pieces
        .into_iter()
        .map(|(_, piece)| piece.split_whitespace().next().unwrap_or("").to_lowercase())
        .collect()
}

/// A list's members, with the name before `:=` or `=>`.
fn split_arguments(text: &str) -> Vec<(Option<String>, String)> {
    let (mut pieces, mut depth, mut start, mut quoted) = (Vec::new(), 0_usize, 0, false);
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                pieces.push(&text[start..at]);
                start = at + 1;
            }
            _ => {} // part of a member
        }
    }
    pieces.push(&text[start..]);
    pieces
        .into_iter()
        .map(|piece| match piece.split_once(":=").or(piece.split_once("=>")) {
            Some((name, value)) => (Some(name.trim().to_lowercase()), value.trim().to_string()),
            None => (None, piece.trim().to_string()),
        })
        .collect()
}

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

/// Whether the command gives rows by itself.
fn is_query(text: &str) -> bool {
    ["select", "with", "values", "table"].iter().any(|word| starts_with_word(text, word))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    start.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// The message of RAISE with its parameters in place of `%`.
fn fill(format: &str, values: &[Value]) -> String {
    let mut values = values.iter();
    let mut out = String::new();
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
        } else if chars.next_if_eq(&'%').is_some() {
            out.push('%');
        } else {
            out.push_str(
                &values.next().and_then(Value::to_text).unwrap_or_else(|| "<NULL>".to_string()),
            );
        }
    }
    out
}

/// The SQLSTATE that a condition names (PostgreSQL: plpgsql_recognize_err_condition).
fn condition_state(condition: &Condition) -> PgResult<SqlState> {
    let (Condition::Name(name) | Condition::SqlState(name)) = condition;
    states_named(name).next().ok_or_else(|| {
        let message = format!("unrecognized exception condition \"{name}\"");
        PgError::new(sqlstate::UNDEFINED_OBJECT, message).into()
    })
}

/// The SQLSTATEs of a code or a condition's name, of which a few have two.
fn states_named(name: &str) -> impl Iterator<Item = SqlState> {
    let lower = name.to_lowercase();
    let named = sqlstate::CONDITIONS.iter().filter(move |(known, _)| *known == lower);
    SqlState::new(name).into_iter().chain(named.map(|(_, state)| *state))
}

/// Whether a handler takes an error (PostgreSQL: exception_matches_conditions).
fn handles(handler: &Handler, state: SqlState) -> bool {
    handler.conditions.iter().any(|condition| match condition {
        Condition::Name(name) if name == "others" => {
            state != sqlstate::ASSERT_FAILURE && state != sqlstate::QUERY_CANCELED
        }
        // A code that ends in 000 stands for its class.
        Condition::Name(name) | Condition::SqlState(name) => states_named(name).any(|wanted| {
            wanted == state || (wanted.as_str().ends_with("000") && wanted.class() == state.class())
        }),
    })
}
