//! PL/pgSQL: a parser of our own with exact places, and partial evaluation of what migrations run.

pub mod ast;
pub mod check;
pub mod exec;
pub mod memo;
pub mod names;
pub mod parse;
pub mod scope;
pub mod variables;
