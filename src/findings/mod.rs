//! What the tool may say: predicted errors of PostgreSQL, notices, and (for the rules) findings.

mod pg_error;

pub use pg_error::{Notice, PgError, PgResult, Severity, Stop, unknown};
