//! Facts about PostgreSQL that need no parser and no catalog: versions, names, object ids, SQLSTATEs, settings.

pub mod keywords;
pub mod name;
pub mod oid;
pub mod sqlstate;
pub mod version;
