//! Answers the queries whose answer the catalog itself knows: guards of migrations over pg_catalog and
//! information_schema, and expressions of constants. What depends on data is Unknown, with the reason.
//! (Owned by the lead.)

mod expr;
mod functions;
mod operators;
mod query;
mod relations;
mod value;

pub use query::evaluate;
pub use value::Value;
