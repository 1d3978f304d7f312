//! pgreckon: dead reckoning for PostgreSQL schemas. The rooms, in the order in which data flows; a file names only
//! rooms above its own.

pub mod catalog;
pub mod commands;
pub mod session;
pub mod history;
pub mod report;
pub mod cli;
pub mod findings;
pub mod guc;
pub mod nodes;
pub mod parser;
pub mod pg;
pub mod psql;
pub mod source;
