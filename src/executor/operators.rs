//! The operators that guards use, by name over values.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::catalog::PgOperator;
use crate::catalog::value::Value;
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::parser::parse_node::Shared;
use crate::pg::oid::{Oid, fixed};

use super::casts::in_range;

/// What an operator gives for its arguments; NULL for a NULL argument, as strict operators do.
pub(super) fn apply(shared: Shared, opno: Oid, args: &[Value]) -> PgResult<Value> {
    let Some(operator) = shared.catalog.get::<PgOperator>(opno) else {
        return unknown("an operator is gone");
    };
    if !operator.oid.is_builtin() {
        return unknown(format!("what the operator {} gives is not known here", operator.oprname));
    }
    if args.iter().any(|arg| matches!(arg, Value::Unknown)) {
        return unknown("a column of a system catalog is not modelled");
    }
    let name = operator.oprname.as_str();
    // Concatenation of arrays takes NULL; everything else here is strict.
    if args.iter().any(Value::is_null) {
        return Ok(Value::Null);
    }
    match args {
        [left, right] => {
            let types = (operator.oprleft, operator.oprright);
            if let Some(value) = super::json::operate(name, (left, types.0), (right, types.1)) {
                return value;
            }
            if let Some(value) = super::datetime::operate(name, (left, types.0), (right, types.1)) {
                return value;
            }
            if types == (fixed::INTERVALOID, fixed::INTERVALOID)
                && let (Value::Text(a), Value::Text(b)) = (left, right)
            {
                let Some(order) = super::datetime::compare_spans(a, b) else {
                    return unknown("an interval of this form is not read here");
                };
                return compare(name, Some(order));
            }
            if matches!(name, "+" | "-" | "*" | "/" | "%") {
                return arithmetic(name, left, right, operator.oprresult);
            }
            binary(name, left, right)
        }
        [only] => match (name, only) {
            ("-", Value::Int(value)) => in_range(value.checked_neg(), operator.oprresult),
            ("-", Value::Float(value)) => Ok(Value::Float(-value)),
            ("-", Value::Numeric(value)) => Ok(Value::Numeric(value.neg())),
            ("+", value) => Ok(value.clone()),
            ("@", Value::Int(value)) => in_range(value.checked_abs(), operator.oprresult),
            _ => unknown(format!("the operator {name} is not run")),
        },
        _ => unknown(format!("the operator {name} is not run")),
    }
}

fn binary(name: &str, left: &Value, right: &Value) -> PgResult<Value> {
    match name {
        "=" | "<>" | "<" | "<=" | ">" | ">=" => compare(name, left.compare(right)),
        "||" => concatenate(left, right),
        "~~" | "!~~" | "~~*" | "!~~*" => {
            let (Some(text), Some(pattern)) = (left.to_text(), right.to_text()) else {
                return Ok(Value::Null);
            };
            let holds = if name.ends_with('*') {
                like(&text.to_lowercase(), &pattern.to_lowercase())
            } else {
                like(&text, &pattern)
            };
            Ok(Value::Bool(holds != name.starts_with('!')))
        }
        "~" | "!~" | "~*" | "!~*" => {
            let (Some(text), Some(pattern)) = (left.to_text(), right.to_text()) else {
                return Ok(Value::Null);
            };
            let flags = if name.ends_with('*') { "i" } else { "" };
            let holds = super::strings::matches(&text, &pattern, flags)?;
            Ok(Value::Bool(holds != name.starts_with('!')))
        }
        "&" | "|" => match (left, right, name) {
            (Value::Int(a), Value::Int(b), "&") => Ok(Value::Int(a & b)),
            (Value::Int(a), Value::Int(b), _) => Ok(Value::Int(a | b)),
            _ => unknown(format!("the operator {name} is not run")),
        },
        "@>" | "<@" | "&&" => match (left, right) {
            (Value::Array(a), Value::Array(b)) => Ok(Value::Bool(match name {
                "@>" => b.iter().all(|item| a.contains(item)),
                "<@" => a.iter().all(|item| b.contains(item)),
                _ => a.iter().any(|item| b.contains(item)), // &&
            })),
            _ => unknown(format!("the operator {name} is not run")),
        },
        _ => unknown(format!("the operator {name} is not run")),
    }
}

fn concatenate(left: &Value, right: &Value) -> PgResult<Value> {
    Ok(match (left, right) {
        (Value::Array(a), Value::Array(b)) => Value::Array(a.iter().chain(b).cloned().collect()),
        (Value::Array(a), item) => Value::Array(a.iter().cloned().chain([item.clone()]).collect()),
        (item, Value::Array(b)) => {
            Value::Array([item.clone()].into_iter().chain(b.iter().cloned()).collect())
        }
        (a, b) => {
            let text =
                format!("{}{}", a.to_text().unwrap_or_default(), b.to_text().unwrap_or_default());
            Value::Text(Arc::from(text))
        }
    })
}

fn compare(name: &str, order: Option<Ordering>) -> PgResult<Value> {
    let Some(order) = order else {
        return unknown(format!("a comparison by {name} is not run"));
    };
    Ok(Value::Bool(match name {
        "=" => order.is_eq(),
        "<>" => order.is_ne(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        _ => return unknown(format!("the operator {name} is not run")), // no comparison
    }))
}

fn division_by_zero() -> Stop {
    PgError::new(crate::pg::sqlstate::DIVISION_BY_ZERO, "division by zero").into()
}

fn arithmetic(name: &str, left: &Value, right: &Value, result_type: Oid) -> PgResult<Value> {
    let (a, b) = match (left, right) {
        (Value::Int(a), Value::Int(b)) => (a, b),
        (Value::Numeric(a), Value::Numeric(b)) => {
            if matches!(name, "/" | "%") && b.is_zero() {
                return Err(division_by_zero());
            }
            let result = match name {
                "+" => a.add(*b),
                "-" => a.sub(*b),
                "*" => a.mul(*b),
                "/" => a.div(*b),
                _ => a.rem(*b), // %
            };
            return match result {
                Some(value) => Ok(Value::Numeric(value)),
                None => unknown("a number is longer than is computed here"),
            };
        }
        (Value::Float(a), Value::Float(b)) => {
            if name == "/" && *b == 0.0 {
                return Err(division_by_zero());
            }
            return Ok(Value::Float(match name {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => a / b,
                _ => return unknown("arithmetic of this kind is not run"), // no such operator
            }));
        }
        _ => return unknown("arithmetic of this kind is not run"), // other types
    };
    let result = match name {
        "+" => a.checked_add(*b),
        "-" => a.checked_sub(*b),
        "*" => a.checked_mul(*b),
        "/" => a.checked_div(*b),
        _ => a.checked_rem(*b), // %
    };
    if result.is_none() && *b == 0 {
        return Err(division_by_zero());
    }
    in_range(result, result_type)
}

/// LIKE (PostgreSQL: MatchText, utils/adt/like_match.c): `%`, `_` and a backslash as escape.
pub(super) fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut items: Vec<Option<(char, bool)>> = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => items.push(None),
            '_' => items.push(Some(('_', true))),
            '\\' => items.push(chars.next().map(|c| (c, false))),
            c => items.push(Some((c, false))),
        }
    }
    // Greedy matching with one point to come back to: linear in text times pattern.
    let (mut t, mut p) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    loop {
        match items.get(p) {
            Some(None) => {
                back = Some((p, t));
                p += 1;
                continue;
            }
            Some(Some((c, any))) if t < text.len() && (*any || text[t] == *c) => {
                t += 1;
                p += 1;
                continue;
            }
            None if t == text.len() => return true,
            _ => {} // no match here: go back
        }
        match back {
            Some((at, from)) if from < text.len() => {
                back = Some((at, from + 1));
                p = at + 1;
                t = from + 1;
            }
            _ => return false, // nothing to go back to
        }
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn like_matches_as_postgresql() {
        assert!(like("pg_class", "pg\\_%"));
        assert!(!like("pgxclass", "pg\\_%"));
        assert!(like("abcabc", "%abc"));
        assert!(like("", "%"));
        assert!(!like("", "_"));
        assert!(like("aXbXc", "a%b%c"));
    }
}
