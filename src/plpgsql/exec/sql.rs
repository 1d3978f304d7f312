//! SQL in a body: commands as written, commands made by EXECUTE, CALL, and where their rows go (PostgreSQL:
//! exec_stmt_execsql, exec_stmt_dynexecute, exec_stmt_perform, exec_stmt_call).

use super::assign::too_many_rows;
use super::{Done, Machine};
use crate::catalog::guc::budget::TEXT_LIMIT;
use crate::executor::Value;
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;
use crate::plpgsql::ast::{IntoTarget, Sql};
use crate::plpgsql::variables::{Field, Fields, Rows, Typed, Variable, Variables};

impl Machine<'_> {
    pub(super) fn sql(&mut self, text: &str, into: Option<&IntoTarget>) -> PgResult<()> {
        match into {
            Some(into) if is_query(text) => {
                let answer = self.host.query(text, &self.variables);
                if matches!(answer, Err(Stop::Unknown(_))) {
                    return self.into_unknown(text, &self.variables.clone(), into, answer);
                }
                self.into(into, answer)
            }
            Some(into) => {
                let done = self.host.command(text, &self.variables)?;
                self.into_done(into, done)
            }
            None => {
                let done = self.host.command(text, &self.variables)?;
                if done.gives_rows {
                    return Err(PgError::new(
                        sqlstate::SYNTAX_ERROR,
                        "query has no destination for result data",
                    )
                    .hint("If you want to discard the results of a SELECT, use PERFORM instead.")
                    .into());
                }
                self.set_found(done.count);
                Ok(())
            }
        }
    }

    /// INTO of rows that are not known: what runs for them runs all the same.
    fn into_unknown(
        &mut self,
        text: &str,
        variables: &Variables,
        into: &IntoTarget,
        answer: PgResult<Rows>,
    ) -> PgResult<()> {
        let fields = self.host.describe(text, variables).ok();
        match self.host.command(text, variables) {
            // What it calls makes temporary tables more often than others: the row alone counts as unknown.
            Ok(_) | Err(Stop::Unknown(_)) => {}
            Err(stop) => return Err(stop),
        }
        self.into(into, answer)?;
        self.forget(&into.targets, fields.clone());
        if let (Some(fields), [target]) = (fields, into.targets.as_slice()) {
            // A record has the query's columns, of which no value is known.
            let row = vec![Value::Unknown; fields.len()];
            self.put_row(std::slice::from_ref(target), &fields, Some(row))?;
        }
        Ok(())
    }

    /// INTO of a command with RETURNING.
    fn into_done(&mut self, into: &IntoTarget, done: Done) -> PgResult<()> {
        let Done { count, rows, gives_rows } = done;
        // A command that changes rows may give one at most.
        if gives_rows && count.is_some_and(|count| count > 1) {
            return Err(too_many_rows());
        }
        if let Some(rows) = rows {
            return self.into(into, Ok(rows));
        }
        match count {
            Some(0) if into.strict => self.check_row_count(into, 0)?,
            Some(1) => {}
            _ if into.strict => return unknown("whether there is exactly one row depends on data"),
            _ => {} // any number will do, as far as it can be told
        }
        self.forget(&into.targets, None);
        self.set_found(count);
        Ok(())
    }

    pub(super) fn perform(&mut self, text: &str) -> PgResult<()> {
        let done = self.host.command(text, &self.variables)?;
        self.set_found(done.count);
        Ok(())
    }

    /// The text of a dynamic command and the variables that its `$n` see; None where the text is not known.
    pub(super) fn dynamic(
        &mut self,
        command: &Sql,
        using: &[Sql],
    ) -> PgResult<Option<(String, Variables)>> {
        let typed = self.value(command)?;
        let text = match typed.value {
            value if value.is_untold() => return Ok(None),
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
            let typed = self.value(expr)?;
            if !typed.type_id.is_valid() {
                return Ok(None); // what `$n` means there is not known
            }
            parameters.push(Variable::of(typed));
        }
        let variables = Variables { parameters: Some(parameters), ..Variables::default() };
        Ok(Some((text, variables)))
    }

    pub(super) fn execute(
        &mut self,
        command: &Sql,
        into: Option<&IntoTarget>,
        using: &[Sql],
    ) -> PgResult<()> {
        let Some((text, variables)) = self.dynamic(command, using)? else {
            return unknown(format!(
                "the command that EXECUTE runs depends on data: {}",
                self.reason
            ));
        };
        let word: String = text.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
        if ["begin", "commit", "rollback", "savepoint", "abort"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
        {
            let what = "EXECUTE of transaction commands is not implemented";
            return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, what).into());
        }
        // FOUND stays as it is.
        let found = self.variables.get("found").cloned();
        match into {
            Some(into) if is_query(&text) => {
                let answer = self.host.query(&text, &variables);
                match answer {
                    Err(Stop::Unknown(_)) => self.into_unknown(&text, &variables, into, answer)?,
                    answer => self.into(into, answer)?,
                }
            }
            Some(into) => {
                let done = self.host.command(&text, &variables)?;
                self.into_done(into, done)?;
            }
            None => self.row_count = self.host.command(&text, &variables)?.count,
        }
        if let Some(found) = found {
            self.variables.set("found", found);
        }
        Ok(())
    }

    /// CALL: output arguments come back changed.
    pub(super) fn call(&mut self, command: &Sql) -> PgResult<()> {
        let done = self.host.command(&command.text, &self.variables)?;
        let inside = command.text.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')'));
        let arguments = inside.map(|(list, _)| members(list)).unwrap_or_default();
        match done.rows {
            Some(rows) => {
                let row = rows.rows.into_iter().next().unwrap_or_default();
                for (field, value) in rows.fields.iter().zip(row) {
                    // A field's name is its argument's number, and its name behind that.
                    let (number, name) = field.name.split_once(' ').unwrap_or((&field.name, ""));
                    let named = arguments.iter().find(|(known, _)| known.as_deref() == Some(name));
                    let number: usize = number.parse().unwrap_or(0);
                    let positional = arguments.get(number).filter(|(known, _)| known.is_none());
                    if let Some((_, target)) = named.or(positional) {
                        let typed =
                            Typed { typmod: field.typmod, ..Typed::new(value, field.type_id) };
                        self.set(target, typed)?;
                    }
                }
            }
            None => {
                for (_, argument) in arguments {
                    self.forget(&[Sql { text: argument, offset: command.offset }], None);
                }
            }
        }
        Ok(())
    }

    /// What RETURN and RETURN NEXT name: a row variable as it is, or an expression.
    pub(super) fn returned_value(&mut self, expr: &Sql) -> PgResult<Typed> {
        let name = expr.text.trim().to_lowercase();
        if let Some(variable) = self.variables.get(&name)
            && variable.is_row()
        {
            return Ok(variable.typed());
        }
        // RETURN a, b is no PL/pgSQL; a parenthesised list is a row.
        if name.starts_with('(') && name.ends_with(')') && self.returns.type_id.is_valid() {
            let inside = &expr.text.trim()[1..expr.text.trim().len() - 1];
            let all = members(inside);
            let row = crate::pg::oid::fixed::RECORDOID;
            let wants_row =
                self.returns.type_id == row || self.host.fields_of(self.returns.type_id).is_some();
            if all.len() > 1 && wants_row && !inside.contains(')') {
                let (fields, values) = self.list_row(inside)?;
                let value = super::assign::row_value(&fields, Some(values));
                return Ok(Typed { fields: Some(fields), ..Typed::new(value, row) });
            }
        }
        self.value(expr)
    }
}

/// Columns by their names and types.
pub fn fields(columns: Vec<(std::sync::Arc<str>, Oid, i32)>) -> Fields {
    columns.into_iter().map(|(name, type_id, typmod)| Field { name, type_id, typmod }).collect()
}

/// A list's members, with the name before `:=` or `=>`.
pub(super) fn members(text: &str) -> Vec<(Option<String>, String)> {
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
    if !text.trim().is_empty() {
        pieces.push(&text[start..]);
    }
    let is_name = |name: &str| {
        !name.trim().is_empty()
            && name.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '"'))
    };
    pieces
        .into_iter()
        .map(|piece| match piece.split_once(":=").or(piece.split_once("=>")) {
            Some((name, value)) if is_name(name) => {
                (Some(name.trim().trim_matches('"').to_lowercase()), value.trim().to_string())
            }
            _ => (None, piece.trim().to_string()), // without a name
        })
        .collect()
}

/// Whether the command gives rows by itself.
fn is_query(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    ["select", "with", "values", "table"]
        .iter()
        .any(|word| start.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
}
