//! Answers the queries whose answer the catalog itself knows: guards of migrations over pg_catalog and
//! information_schema, and expressions of constants. What depends on data is Unknown, with the reason.

mod catalogs;
mod constants;
mod expr;
mod functions;
mod operators;
mod query;
mod relations;
mod sql_function;

pub use crate::catalog::value::Value;
pub use constants::refuse_constants;
pub use functions::is_reg;
pub use query::{evaluate, over_row, target_rows};

/// A value as another type's, as an assignment in PL/pgSQL makes it.
pub fn convert(
    shared: crate::parser::parse_node::Shared,
    value: Value,
    type_id: crate::pg::oid::Oid,
) -> Value {
    match value {
        Value::Null | Value::Unknown | Value::Record(_) | Value::Array(_) => value,
        value => {
            value.to_text().map_or(Value::Null, |text| functions::typed(shared, &text, type_id))
        }
    }
}

#[cfg(test)]
mod tests;
