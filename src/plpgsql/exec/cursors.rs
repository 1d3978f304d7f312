//! Cursors (PostgreSQL: exec_stmt_open, exec_stmt_fetch, exec_stmt_close).

use std::rc::Rc;

use super::Machine;
use super::sql::members;
use crate::executor::Value;
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::pg::oid::fixed;
use crate::pg::sqlstate;
use crate::plpgsql::ast::{Direction, Source, Sql};
use crate::plpgsql::variables::{CursorState, Field, Fields, Rows, Scope, Typed, Variable};

/// Rows, or where they depend on data the columns, as far as these are known.
pub(super) type RowsOrFields = Result<Rows, Option<Fields>>;

impl Machine<'_> {
    /// A source's rows.
    pub(super) fn rows_of(&mut self, source: &Source) -> PgResult<RowsOrFields> {
        let (text, variables) = match source {
            Source::Query(query) => (query.text.clone(), self.variables.clone()),
            Source::Dynamic { command, using } => match self.dynamic(command, using)? {
                Some(known) => known,
                None => return Ok(Err(None)),
            },
        };
        match self.host.query(&text, &variables) {
            Ok(rows) => Ok(Ok(rows)),
            Err(Stop::Unknown(reason)) => {
                self.reason = reason;
                Ok(Err(self.host.describe(&text, &variables).ok()))
            }
            Err(stop) => Err(stop),
        }
    }

    /// The rows that a bound cursor gives with its arguments.
    pub(super) fn cursor_rows(
        &mut self,
        cursor: &str,
        arguments: Option<&Sql>,
    ) -> PgResult<RowsOrFields> {
        let Some(bound) = self.variables.get(cursor).and_then(|found| found.cursor.clone()) else {
            return Ok(Err(None));
        };
        let mut scope = Scope::default();
        if let Some(arguments) = arguments {
            for (index, (name, value)) in members(&arguments.text).into_iter().enumerate() {
                let declared = match &name {
                    Some(name) => bound.arguments.iter().find(|(known, _)| known == name),
                    None => bound.arguments.get(index),
                };
                let Some((name, type_id)) = declared.cloned() else { continue };
                let typed = self.text_value(&value)?;
                let value = self.converted(typed, type_id, -1)?;
                scope.variables.insert(name, Variable::new(type_id, value));
            }
        }
        let depth = self.variables.scopes.len();
        self.variables.scopes.push(scope);
        let rows = self.rows_of(&bound.source);
        self.variables.scopes.truncate(depth);
        rows
    }

    pub(super) fn open(
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
        let before = self.variables.get(cursor).and_then(|known| known.cursor.as_ref());
        if before.is_some_and(|known| matches!(known.state, CursorState::Open { .. })) {
            return unknown("a cursor is opened twice");
        }
        self.variables.set(cursor, variable.clone());
        let rows = self.cursor_rows(cursor, arguments)?;
        if let Some(known) = &mut variable.cursor {
            known.state = match rows {
                Ok(rows) => CursorState::Open { rows: Rc::new(rows), at: 0 },
                Err(_) => CursorState::Unknown,
            };
        }
        variable.value = Value::Unknown;
        self.variables.set(cursor, variable);
        Ok(())
    }

    /// FETCH, or without targets MOVE.
    pub(super) fn fetch(
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
            Some(count) => self.value(count)?.value.as_int(),
            None => Some(1),
        };
        let state = variable.cursor.as_mut().map(|known| &mut known.state);
        match (state, count) {
            (Some(CursorState::Open { rows, at }), Some(count)) => {
                let last = rows.rows.len() as i64;
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
                let row = usize::try_from(there - 1).ok().and_then(|index| rows.rows.get(index));
                let (row, fields) = (row.cloned(), rows.fields.clone());
                self.variables.set(cursor, variable);
                self.set_found(Some(i64::from(row.is_some())));
                if let Some(targets) = targets {
                    self.put_row(targets, &fields, row)?;
                }
            }
            (Some(CursorState::Closed) | None, _) if variable.value == Value::Null => {
                return Err(null_cursor(cursor));
            }
            _ => {
                // Its rows depend on data, or it came from elsewhere.
                self.forget(targets.unwrap_or_default(), None);
                self.set_found(None);
            }
        }
        Ok(())
    }

    pub(super) fn close(&mut self, cursor: &str) -> PgResult<()> {
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

    // What a function that returns a set adds to its rows.

    pub(super) fn return_next(&mut self, value: Option<&Sql>) -> PgResult<()> {
        let row = match value {
            None => self.output_row(),
            Some(value) => {
                let typed = self.returned_value(value)?;
                vec![self.as_result(typed)?]
            }
        };
        self.add_rows(Some(vec![row]));
        Ok(())
    }

    /// The output parameters as a row.
    fn output_row(&self) -> Vec<Value> {
        let outputs = &self.returns.outputs;
        let value = |name: &String| {
            let variable = self.variables.at(&(0, name.clone()));
            variable.map_or(Value::Unknown, |found| found.value.clone())
        };
        outputs.iter().map(value).collect()
    }

    fn as_result(&mut self, typed: Typed) -> PgResult<Value> {
        let type_id = self.returns.type_id;
        if type_id == crate::pg::oid::fixed::RECORDOID || typed.fields.is_some() {
            return Ok(typed.value);
        }
        self.converted(typed, type_id, -1)
    }

    pub(super) fn add_rows(&mut self, rows: Option<Vec<Vec<Value>>>) {
        match (rows, &mut self.rows) {
            (Some(rows), Some(all))
                if all.len() + rows.len() <= crate::catalog::guc::budget::ITEM_LIMIT =>
            {
                all.extend(rows);
            }
            _ => self.rows = None, // not known, or too many to keep
        }
    }

    pub(super) fn return_query(&mut self, source: &Source) -> PgResult<()> {
        match self.rows_of(source)? {
            Ok(answer) => {
                let count = answer.rows.len() as i64;
                let mut rows = answer.rows;
                if let Some(wanted) = self.result_fields()
                    && let Some(detail) = self.host.row_mismatch(&answer.fields, &wanted)
                {
                    return Err(mismatch(&detail));
                }
                if self.returns.outputs.is_empty()
                    && let Some(fields) = self.host.fields_of(self.returns.type_id)
                {
                    // Rows of a row type are one value each.
                    for row in &mut rows {
                        let value = super::assign::row_value(&fields, Some(std::mem::take(row)));
                        *row = vec![value];
                    }
                }
                self.add_rows(Some(rows));
                self.set_found(Some(count));
            }
            Err(_) => {
                self.add_rows(None);
                self.set_found(None);
            }
        }
        Ok(())
    }

    /// The result's columns, where the function declares them.
    fn result_fields(&self) -> Option<Vec<Field>> {
        if !self.returns.outputs.is_empty() {
            let field = |name: &String| {
                let variable = self.variables.at(&(0, name.clone()))?;
                let (type_id, typmod) = (variable.type_id, variable.typmod);
                Some(Field { name: self.output_name(name), type_id, typmod })
            };
            return self.returns.outputs.iter().map(field).collect();
        }
        match self.host.fields_of(self.returns.type_id) {
            Some(fields) => {
                let is_live = |field: &&Field| !field.name.starts_with("........pg.dropped.");
                Some(fields.iter().filter(is_live).cloned().collect())
            }
            None if self.returns.type_id == fixed::RECORDOID => None,
            None => {
                let name = self.variables.scopes.first().and_then(|scope| scope.label.as_deref());
                let (name, type_id) = (name.unwrap_or("").into(), self.returns.type_id);
                Some(vec![Field { name, type_id, typmod: -1 }])
            }
        }
    }
}

/// PostgreSQL: convert_tuples_by_position's complaint.
fn mismatch(detail: &str) -> Stop {
    let message = "structure of query does not match function result type";
    PgError::new(sqlstate::DATATYPE_MISMATCH, message).detail(detail).into()
}

fn null_cursor(cursor: &str) -> Stop {
    let message = format!("cursor variable \"{cursor}\" is null");
    PgError::new(sqlstate::NULL_VALUE_NOT_ALLOWED, message).into()
}
