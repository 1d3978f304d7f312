//! Values as the executor holds them, and how they compare and print.

use std::cmp::Ordering;
use std::sync::Arc;

use super::decimal::Decimal;

/// A value. Reg* types are their oids; dates and the like are text as they print.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Numeric(Decimal),
    Text(Arc<str>),
    Array(Vec<Value>),
    /// A row: columns in order, with their names.
    Record(Vec<(Arc<str>, Value)>),
    /// A column that is not modelled: whatever reads it is undecided.
    Unknown,
}

impl Value {
    /// A text value.
    pub fn text(text: &str) -> Value {
        Value::Text(Arc::from(text))
    }

    /// A text, or NULL.
    pub fn optional(text: Option<&str>) -> Value {
        text.map_or(Value::Null, Value::text)
    }

    /// Whether it is NULL.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// As a condition: None for NULL or for what is no boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            Value::Text(text) => crate::catalog::guc::settings::parse_bool(text),
            Value::Null
            | Value::Int(_)
            | Value::Float(_)
            | Value::Numeric(_)
            | Value::Array(_)
            | Value::Record(_)
            | Value::Unknown => None,
        }
    }

    /// As a whole number.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(value) => Some(*value),
            Value::Float(value) if value.fract() == 0.0 => Some(*value as i64),
            Value::Numeric(value) if value.trunc(0) == Some(*value) => value.to_i64(),
            Value::Text(text) => text.trim().parse().ok(),
            Value::Bool(value) => Some(i64::from(*value)),
            Value::Null
            | Value::Float(_)
            | Value::Numeric(_)
            | Value::Array(_)
            | Value::Record(_)
            | Value::Unknown => None,
        }
    }

    /// Whether any part of it cannot be told.
    pub fn is_untold(&self) -> bool {
        match self {
            Value::Unknown => true,
            Value::Array(items) => items.iter().any(Value::is_untold),
            Value::Record(fields) => fields.iter().any(|(_, value)| value.is_untold()),
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Numeric(_)
            | Value::Text(_) => false,
        }
    }

    /// As its type's output function prints it; None for NULL.
    pub fn to_text(&self) -> Option<String> {
        Some(match self {
            Value::Null | Value::Unknown => return None,
            Value::Bool(value) => if *value { "t" } else { "f" }.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Float(value) => value.to_string(),
            Value::Numeric(value) => value.to_string(),
            Value::Text(text) => text.to_string(),
            Value::Array(items) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| match (item, item.to_text()) {
                        (_, None) => "NULL".to_string(),
                        (Value::Array(_), Some(text)) => text,
                        (_, Some(text)) => quote_array_element(&text),
                    })
                    .collect();
                format!("{{{}}}", items.join(","))
            }
            Value::Record(fields) => {
                let fields: Vec<String> = fields
                    .iter()
                    .filter(|(name, _)| !name.starts_with("........pg.dropped."))
                    .map(|(_, value)| {
                        value.to_text().map(|text| record_quoted(&text)).unwrap_or_default()
                    })
                    .collect();
                format!("({})", fields.join(","))
            }
        })
    }

    /// The order of two values of one type; None where either is NULL or they cannot be compared.
    pub fn compare(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Null, _) | (_, Value::Null) => None,
            (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
            (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
            (Value::Numeric(a), Value::Numeric(b)) => a.partial_cmp(b),
            (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
            (Value::Array(a), Value::Array(b)) => {
                for (x, y) in a.iter().zip(b) {
                    match x.compare(y)? {
                        Ordering::Equal => {}
                        unequal => return Some(unequal),
                    }
                }
                Some(a.len().cmp(&b.len()))
            }
            (Value::Record(a), Value::Record(b)) => {
                for ((_, x), (_, y)) in a.iter().zip(b) {
                    match x.compare(y)? {
                        Ordering::Equal => {}
                        unequal => return Some(unequal),
                    }
                }
                Some(a.len().cmp(&b.len()))
            }
            (a, b) => {
                let (a, b) = (a.number()?, b.number()?);
                a.partial_cmp(&b)
            }
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            Value::Int(value) => Some(*value as f64),
            Value::Float(value) => Some(*value),
            Value::Numeric(value) => Some(value.to_f64()),
            Value::Text(text) => text.trim().parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Record(_) | Value::Unknown => {
                None
            }
        }
    }
}

/// PostgreSQL: record_out's quoting.
fn record_quoted(text: &str) -> String {
    let special = |c: char| matches!(c, '"' | '\\' | '(' | ')' | ',') || c.is_whitespace();
    if !text.is_empty() && !text.contains(special) {
        return text.to_string();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\"\""))
}

/// PostgreSQL: array_out's quoting.
pub fn quote_array_element(text: &str) -> String {
    let plain = !text.is_empty()
        && !text.eq_ignore_ascii_case("null")
        && !text.contains(|c: char| matches!(c, '{' | '}' | '"' | '\\' | ',') || c.is_whitespace());
    if plain {
        text.to_string()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
