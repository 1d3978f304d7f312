//! A predicted answer of PostgreSQL's: an error or a notice with every field that a client sees.

use crate::pg::sqlstate::SqlState;

/// PostgreSQL's answer to a statement that it refuses, to the letter (PostgreSQL: ErrorData).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PgError {
    pub sqlstate: SqlState,
    pub message: String,
    pub detail: Option<String>,
    pub hint: Option<String>,
    /// Byte offset in the statement's text, as parse locations are; turned into characters where it is printed.
    pub position: Option<u32>,
    /// What RAISE … USING says the error is about.
    pub fields: Option<Box<ErrorFields>>,
    /// Whether a value in the message is not known; `…` stands in its place.
    pub is_partly_told: bool,
}

/// What an error is about (PostgreSQL: err_generic_string).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorFields {
    pub schema: Option<String>,
    pub table: Option<String>,
    pub column: Option<String>,
    pub datatype: Option<String>,
    pub constraint: Option<String>,
}

impl Stop {
    /// The same without a place in the statement, where PostgreSQL knows none.
    pub fn without_place(self) -> Stop {
        match self {
            Stop::Error(mut error) => {
                error.position = None;
                Stop::Error(error)
            }
            Stop::Unknown(reason) => Stop::Unknown(reason),
        }
    }
}

impl PgError {
    /// An error with its message (PostgreSQL: ereport(ERROR, errcode(…), errmsg(…))).
    pub fn new(sqlstate: SqlState, message: impl Into<String>) -> PgError {
        PgError {
            sqlstate,
            message: message.into(),
            detail: None,
            hint: None,
            position: None,
            fields: None,
            is_partly_told: false,
        }
    }

    /// PostgreSQL: errdetail.
    pub fn detail(mut self, detail: impl Into<String>) -> PgError {
        self.detail = Some(detail.into());
        self
    }

    /// PostgreSQL: errhint.
    pub fn hint(mut self, hint: impl Into<String>) -> PgError {
        self.hint = Some(hint.into());
        self
    }

    /// PostgreSQL: parser_errposition; a location of -1 leaves the error without a position.
    pub fn at(mut self, location: i32) -> PgError {
        self.position = u32::try_from(location).ok().or(self.position);
        self
    }
}

/// Why a statement did not end well: PostgreSQL refuses it, or we cannot tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    Error(Box<PgError>),
    /// What could not be decided, said as a reason a user understands.
    Unknown(String),
}

impl From<PgError> for Stop {
    fn from(error: PgError) -> Stop {
        Stop::Error(Box::new(error))
    }
}

/// The result of simulating something PostgreSQL would do.
pub type PgResult<T> = Result<T, Stop>;

/// What cannot be decided, and why.
pub fn unknown<T>(reason: impl Into<String>) -> PgResult<T> {
    Err(Stop::Unknown(reason.into()))
}

/// How loud a message is that does not stop the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Debug,
    Log,
    Info,
    Notice,
    Warning,
}

impl Severity {
    /// As PostgreSQL prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Debug => "DEBUG",
            Severity::Log => "LOG",
            Severity::Info => "INFO",
            Severity::Notice => "NOTICE",
            Severity::Warning => "WARNING",
        }
    }
}

/// A message that PostgreSQL sends beside its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub severity: Severity,
    pub sqlstate: SqlState,
    pub message: String,
    pub detail: Option<String>,
    pub hint: Option<String>,
}

impl Notice {
    /// A NOTICE with SQLSTATE 00000.
    pub fn notice(message: impl Into<String>) -> Notice {
        Notice {
            severity: Severity::Notice,
            sqlstate: crate::pg::sqlstate::SUCCESSFUL_COMPLETION,
            message: message.into(),
            detail: None,
            hint: None,
        }
    }

    /// A WARNING with its SQLSTATE.
    pub fn warning(sqlstate: SqlState, message: impl Into<String>) -> Notice {
        Notice { severity: Severity::Warning, sqlstate, ..Notice::notice(message) }
    }
}
