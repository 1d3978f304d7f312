//! Catalog objects back to SQL (PostgreSQL: utils/adt/ruleutils.c).

mod constants;
mod context;
mod dml;
mod expr;
mod from;
mod functions;
mod json;
mod names;
mod objects;
mod parens;
mod query;
mod routines;
mod variables;

pub use context::{Deparse, simple_quote_literal};
pub use objects::reloptions;
