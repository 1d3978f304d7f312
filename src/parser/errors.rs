//! Helpers for errors that several files of the analysis raise.

use super::parse_node::Shared;
use crate::catalog::format_type::{format_type_be, format_type_with_typemod};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::RawParseError;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

/// An error with a position, ready to return (PostgreSQL: ereport with parser_errposition).
pub fn error_at<T>(sqlstate: SqlState, message: impl Into<String>, location: i32) -> PgResult<T> {
    Err(PgError::new(sqlstate, message).at(location).into())
}

/// Gives the errors of what was called the position (PostgreSQL: setup_parser_errposition_callback).
pub fn with_errposition<T>(result: PgResult<T>, location: i32) -> PgResult<T> {
    result.map_err(|stop| match stop {
        Stop::Error(error) => Stop::Error(Box::new(error.at(location))),
        other @ Stop::Unknown(_) => other,
    })
}

impl Shared<'_> {
    /// The type's name for a message (PostgreSQL: format_type_be).
    pub fn format_type(&self, typid: Oid) -> String {
        format_type_be(self.catalog, self.path, typid)
    }

    /// The type's name with its typmod (PostgreSQL: format_type_with_typemod).
    pub fn format_type_mod(&self, typid: Oid, typmod: i32) -> String {
        format_type_with_typemod(self.catalog, self.path, typid, typmod)
    }
}

/// PostgreSQL's answer to a statement that its grammar refuses. The parser gives the message and the cursor; the
/// SQLSTATE follows from the message (PostgreSQL: gram.y and scan.l; nearly all are syntax errors).
pub fn syntax_error(sql: &str, error: &RawParseError) -> PgError {
    let message = error.message.as_str();
    let state = if message.contains("stack depth limit exceeded") {
        sqlstate::STATEMENT_TOO_COMPLEX
    } else if message.contains("not yet implemented")
        || message.contains("not implemented")
        || (message.contains("is not supported") && !message.starts_with("LIMIT"))
        || message.contains("cannot be marked")
        || message.contains("does not support")
        || message.contains("only string constants are supported")
        || message.contains("cannot be altered to be")
        || message.contains("is only supported for ON DELETE actions")
        || message == "CREATE SCHEMA IF NOT EXISTS cannot include schema elements"
        || message == "current database cannot be changed"
        || message == "WITH CHECK OPTION not supported on recursive views"
        || message == "aggregates cannot have output arguments"
        || message.starts_with("an ordered-set aggregate with a VARIADIC direct argument")
        || message == "UNENCRYPTED PASSWORD is no longer supported"
    {
        sqlstate::FEATURE_NOT_SUPPORTED
    } else if (message.starts_with("role name \"") && message.ends_with("\" is reserved"))
        || message.ends_with("cannot be used as a role name here")
    {
        sqlstate::RESERVED_NAME
    } else if message.ends_with("for hash partition provided more than once") {
        sqlstate::DUPLICATE_OBJECT
    } else if message.starts_with("invalid byte sequence") {
        sqlstate::CHARACTER_NOT_IN_REPERTOIRE
    } else if message.starts_with("frame start") || message.starts_with("frame end") {
        sqlstate::WINDOWING_ERROR
    } else if message.starts_with("precision for type float must be") {
        sqlstate::INVALID_PARAMETER_VALUE
    } else if message.starts_with("unsafe use of string constant") {
        sqlstate::FEATURE_NOT_SUPPORTED
    } else if message.starts_with("unsafe use of") {
        sqlstate::NONSTANDARD_USE_OF_ESCAPE_CHARACTER
    } else if message == "invalid Unicode escape" && at_escape_string(sql, error) {
        sqlstate::INVALID_ESCAPE_SEQUENCE
    } else if message.starts_with("invalid memory alloc request size") {
        sqlstate::PROGRAM_LIMIT_EXCEEDED
    } else {
        sqlstate::SYNTAX_ERROR
    };
    let mut answer = PgError::new(state, message);
    answer.position = error.position.map(|characters| byte_offset(sql, characters));
    answer
}

/// Whether the error is about `\u` in an E-string, not about an escape of `U&`, whose errors are those of syntax.
fn at_escape_string(sql: &str, error: &RawParseError) -> bool {
    let at = error.position.map_or(0, |characters| byte_offset(sql, characters) as usize);
    let rest = sql.get(at..).unwrap_or_default();
    rest.starts_with("\\u") || rest.starts_with("\\U")
}

/// The byte offset of the 1-based character; past the end, the end.
fn byte_offset(sql: &str, characters: u32) -> u32 {
    let index = (characters as usize).saturating_sub(1);
    let offset = sql.char_indices().nth(index).map_or(sql.len(), |(offset, _)| offset);
    offset as u32
}
