//! Answers the queries whose answer the catalog itself knows: guards of migrations over pg_catalog and
//! information_schema, and expressions of constants. What depends on data is Unknown, with the reason.

mod casts;
mod catalogs;
mod constants;
mod datetime;
mod expr;
mod extensions;
mod functions;
mod index;
mod insert_select;
mod joins;
mod json;
mod operators;
mod query;
mod regex;
mod relations;
mod strings;

pub use crate::catalog::value::Value;
pub use casts::{constant, over_domain_value, printed};
pub use constants::refuse_constants;
pub use functions::is_reg;
pub use query::{arguments, evaluate, over_row, over_rows, returned_rows, target_rows};
pub use relations::view_rows;

#[cfg(test)]
mod tests;
