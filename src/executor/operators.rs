//! The operators that guards use, by name over values.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::catalog::PgOperator;
use crate::catalog::value::Value;
use crate::findings::{PgResult, unknown};
use crate::parser::parse_node::Shared;
use crate::pg::oid::Oid;

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
        [left, right] => binary(name, left, right),
        [only] => match (name, only) {
            ("-", Value::Int(value)) => Ok(Value::Int(-value)),
            ("-", Value::Float(value)) => Ok(Value::Float(-value)),
            _ => unknown(format!("the operator {name} is not run")),
        },
        _ => unknown(format!("the operator {name} is not run")),
    }
}

fn binary(name: &str, left: &Value, right: &Value) -> PgResult<Value> {
    let compared = |holds: fn(Ordering) -> bool| match left.compare(right) {
        Some(order) => Ok(Value::Bool(holds(order))),
        None => unknown(format!("a comparison by {name} is not run")),
    };
    match name {
        "=" => compared(Ordering::is_eq),
        "<>" => compared(Ordering::is_ne),
        "<" => compared(Ordering::is_lt),
        "<=" => compared(Ordering::is_le),
        ">" => compared(Ordering::is_gt),
        ">=" => compared(Ordering::is_ge),
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
            let matched = if name.ends_with('*') {
                simple_regex(&text.to_lowercase(), &pattern.to_lowercase())
            } else {
                simple_regex(&text, &pattern)
            };
            match matched {
                Some(holds) => Ok(Value::Bool(holds != name.starts_with('!'))),
                None => unknown("a regular expression is not run"),
            }
        }
        "+" | "-" | "*" | "/" | "%" => arithmetic(name, left, right),
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

fn arithmetic(name: &str, left: &Value, right: &Value) -> PgResult<Value> {
    let (Value::Int(a), Value::Int(b)) = (left, right) else {
        return unknown("arithmetic of this kind is not run");
    };
    let result = match name {
        "+" => a.checked_add(*b),
        "-" => a.checked_sub(*b),
        "*" => a.checked_mul(*b),
        "/" => a.checked_div(*b),
        _ => a.checked_rem(*b), // %
    };
    match result {
        Some(value) => Ok(Value::Int(value)),
        None if *b == 0 => Err(crate::findings::PgError::new(
            crate::pg::sqlstate::DIVISION_BY_ZERO,
            "division by zero",
        )
        .into()),
        None => Err(crate::findings::PgError::new(
            crate::pg::sqlstate::NUMERIC_VALUE_OUT_OF_RANGE,
            "bigint out of range",
        )
        .into()),
    }
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

/// A regular expression without special characters but anchors; None for any other.
fn simple_regex(text: &str, pattern: &str) -> Option<bool> {
    let (start, rest) = match pattern.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let (end, literal) = match rest.strip_suffix('$') {
        Some(literal) => (true, literal),
        None => (false, rest),
    };
    if literal.contains(['.', '*', '+', '?', '[', ']', '(', ')', '{', '}', '|', '\\', '^', '$']) {
        return None;
    }
    Some(match (start, end) {
        (true, true) => text == literal,
        (true, false) => text.starts_with(literal),
        (false, true) => text.ends_with(literal),
        (false, false) => text.contains(literal),
    })
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
