//! What the tool may say: predicted errors of PostgreSQL, notices, and findings.

mod finding;
mod pg_error;

pub use finding::{Finding, Label, Level, RuleId};
pub use pg_error::{ErrorFields, Notice, PgError, PgResult, Severity, Stop, unknown};
