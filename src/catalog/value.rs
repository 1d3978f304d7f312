//! Values as the executor holds them, and how they compare and print.

use std::cmp::Ordering;
use std::sync::Arc;

/// A value. Reg* types are their oids; dates and the like are text as they print.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
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
            Value::Text(text) => text.trim().parse().ok(),
            Value::Bool(value) => Some(i64::from(*value)),
            Value::Null | Value::Float(_) | Value::Array(_) | Value::Record(_) | Value::Unknown => {
                None
            }
        }
    }

    /// As its type's output function prints it; None for NULL.
    pub fn to_text(&self) -> Option<String> {
        Some(match self {
            Value::Null | Value::Unknown => return None,
            Value::Bool(value) => if *value { "t" } else { "f" }.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Float(value) => value.to_string(),
            Value::Text(text) => text.to_string(),
            Value::Array(items) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| {
                        item.to_text().map_or("NULL".to_string(), |text| quote_array_element(&text))
                    })
                    .collect();
                format!("{{{}}}", items.join(","))
            }
            Value::Record(fields) => {
                let fields: Vec<String> =
                    fields.iter().map(|(_, value)| value.to_text().unwrap_or_default()).collect();
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
            Value::Text(text) => text.trim().parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Record(_) | Value::Unknown => {
                None
            }
        }
    }
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
