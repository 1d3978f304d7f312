//! RAISE, ASSERT, GET DIAGNOSTICS, and which handler takes an error (PostgreSQL: exec_stmt_raise, exec_stmt_getdiag).

use super::Machine;
use crate::executor::Value;
use crate::findings::{ErrorFields, Notice, PgError, PgResult, Severity, unknown};
use crate::pg::oid::fixed;
use crate::pg::sqlstate::{self, SqlState};
use crate::plpgsql::ast::{Condition, Handler, Raise, Sql};
use crate::plpgsql::variables::Typed;

/// What stands in a message for a value that is not known.
const UNTOLD: &str = "…";

impl Machine<'_> {
    pub(super) fn diagnostics(&mut self, stacked: bool, items: &[(Sql, String)]) -> PgResult<()> {
        if stacked && self.handled.is_empty() {
            let what = "GET STACKED DIAGNOSTICS cannot be used outside an exception handler";
            let state = SqlState::new("0Z002").unwrap_or(sqlstate::RAISE_EXCEPTION);
            return Err(PgError::new(state, what).into());
        }
        for (target, item) in items {
            let error = self.handled.last();
            let told = error.is_some_and(|error| !error.is_partly_told);
            let text = |text: Option<&str>| Value::text(text.unwrap_or(""));
            let field = |pick: fn(&ErrorFields) -> &Option<String>| match error {
                Some(PgError { fields: Some(fields), .. }) => text(pick(fields).as_deref()),
                _ => Value::Unknown, // the server's own errors name what they are about
            };
            let value = match (item.as_str(), stacked) {
                ("row_count", false) => {
                    let value = self.row_count.map_or(Value::Unknown, Value::Int);
                    self.set(&target.text, Typed::new(value, fixed::INT8OID))?;
                    continue;
                }
                ("returned_sqlstate", true) => text(error.map(|error| error.sqlstate.as_str())),
                ("message_text", true) if told => text(error.map(|error| error.message.as_str())),
                ("pg_exception_detail", true) if told => {
                    text(error.and_then(|error| error.detail.as_deref()))
                }
                ("pg_exception_hint", true) if told => {
                    text(error.and_then(|error| error.hint.as_deref()))
                }
                ("column_name", true) => field(|fields| &fields.column),
                ("constraint_name", true) => field(|fields| &fields.constraint),
                ("pg_datatype_name", true) => field(|fields| &fields.datatype),
                ("table_name", true) => field(|fields| &fields.table),
                ("schema_name", true) => field(|fields| &fields.schema),
                _ => Value::Unknown, // contexts, and what is not known
            };
            self.set(&target.text, Typed::new(value, fixed::TEXTOID))?;
        }
        Ok(())
    }

    pub(super) fn assert(&mut self, condition: &Sql, message: Option<&Sql>) -> PgResult<()> {
        match self.condition(condition)? {
            Some(true) => Ok(()),
            None => unknown(format!("whether an assertion holds depends on data: {}", self.reason)),
            Some(false) => {
                let mut told = true;
                let mut text = None;
                if let Some(message) = message {
                    let typed = self.value(message)?;
                    let value = self.converted(typed, fixed::TEXTOID, -1)?;
                    told = !value.is_untold();
                    text = value.to_text();
                }
                let text = match told {
                    true => text.unwrap_or_else(|| "assertion failed".to_string()),
                    false => UNTOLD.to_string(),
                };
                let mut error = PgError::new(sqlstate::ASSERT_FAILURE, text);
                error.is_partly_told = !told;
                Err(error.into())
            }
        }
    }

    pub(super) fn raise(&mut self, raise: &Raise) -> PgResult<()> {
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
        let mut told = true;
        let mut message = match &raise.format {
            Some(format) => Some(self.filled(format, &raise.parameters, &mut told)?),
            None => None,
        };
        let mut condition_name = match &raise.condition {
            Some(Condition::Name(name) | Condition::SqlState(name)) => Some(name.clone()),
            None => None,
        };
        let (mut detail, mut hint) = (None, None);
        let mut fields = ErrorFields::default();
        let mut given: Vec<&str> = Vec::new();
        given.extend(raise.format.as_ref().map(|_| "message"));
        given.extend(raise.condition.as_ref().map(|_| "errcode"));
        for (option, value) in &raise.options {
            if given.contains(&option.as_str()) {
                let what = format!("RAISE option already specified: {}", option.to_uppercase());
                return Err(PgError::new(sqlstate::SYNTAX_ERROR, what).into());
            }
            given.push(option);
            let text = self.printed(value, &mut told)?;
            let Some(text) = text else {
                let what = "RAISE statement option cannot be null";
                return Err(PgError::new(sqlstate::NULL_VALUE_NOT_ALLOWED, what).into());
            };
            match option.as_str() {
                "errcode" if text == UNTOLD => {
                    return unknown("the code of an error depends on data");
                }
                "errcode" => {
                    state = Some(condition_state(&Condition::Name(text.clone()))?);
                    condition_name = Some(text);
                }
                "message" => message = Some(text),
                "detail" => detail = Some(text),
                "hint" => hint = Some(text),
                "column" => fields.column = Some(text),
                "constraint" => fields.constraint = Some(text),
                "datatype" => fields.datatype = Some(text),
                "table" => fields.table = Some(text),
                "schema" => fields.schema = Some(text),
                _ => {} // there are no others
            }
        }
        let state_name = state.map(|state| state.as_str().to_string());
        let message = message
            .or(condition_name)
            .or(state_name)
            .unwrap_or_else(|| "unhandled exception".to_string());
        if raise.level == "exception" {
            let mut error = PgError::new(state.unwrap_or(sqlstate::RAISE_EXCEPTION), message);
            error.detail = detail;
            error.hint = hint;
            error.fields = Some(Box::new(fields));
            error.is_partly_told = !told;
            return Err(error.into());
        }
        let severity = match raise.level.as_str() {
            "warning" => Severity::Warning,
            "info" => Severity::Info,
            "log" => Severity::Log,
            "debug" => Severity::Debug,
            _ => Severity::Notice,
        };
        if !matches!(severity, Severity::Debug | Severity::Log) {
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

    /// An expression as text; a mark where it is not known.
    fn printed(&mut self, expr: &Sql, told: &mut bool) -> PgResult<Option<String>> {
        let typed = self.value(expr)?;
        let typed = match typed.type_id {
            // A boolean prints as its output function does, not as a cast would.
            fixed::BOOLOID => return Ok(self.plain(typed.value, told)),
            _ => typed,
        };
        let value = match typed.value {
            Value::Record(_) => typed.value,
            _ => self.converted(typed, fixed::TEXTOID, -1)?,
        };
        Ok(self.plain(value, told))
    }

    fn plain(&self, value: Value, told: &mut bool) -> Option<String> {
        if value.is_untold() {
            *told = false;
            return Some(UNTOLD.to_string());
        }
        value.to_text()
    }

    /// The message of RAISE with its parameters in place of `%`.
    fn filled(&mut self, format: &str, parameters: &[Sql], told: &mut bool) -> PgResult<String> {
        let mut parameters = parameters.iter();
        let mut out = String::new();
        let mut chars = format.chars().peekable();
        while let Some(c) = chars.next() {
            if c != '%' {
                out.push(c);
            } else if chars.next_if_eq(&'%').is_some() {
                out.push('%');
            } else {
                let text = match parameters.next() {
                    Some(parameter) => self.printed(parameter, told)?,
                    None => None,
                };
                out.push_str(text.as_deref().unwrap_or("<NULL>"));
            }
        }
        Ok(out)
    }
}

/// The SQLSTATE that a condition names (PostgreSQL: plpgsql_recognize_err_condition).
pub(super) fn condition_state(condition: &Condition) -> PgResult<SqlState> {
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
pub(super) fn handles(handler: &Handler, state: SqlState) -> bool {
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
