//! pgreckon: dead reckoning for PostgreSQL schemas. The rooms, in the order in which data flows; a file names only
//! rooms above its own.

pub mod pg;
pub mod source;
pub mod findings;
pub mod psql;
pub mod nodes;
pub mod catalog;
pub mod parser;
pub mod executor;
pub mod plpgsql;
pub mod commands;
pub mod deparse;
pub mod session;
pub mod history;
pub mod diff;
pub mod plan;
pub mod status;
pub mod rules;
pub mod report;
pub mod cli;
