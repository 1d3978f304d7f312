//! Helpers for errors that several files of the analysis raise.

use super::parse_node::Shared;
use crate::catalog::format_type::{format_type_be, format_type_with_typemod};
use crate::findings::{PgError, PgResult, Stop};
use crate::pg::oid::Oid;
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
