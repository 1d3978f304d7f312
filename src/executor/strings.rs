//! Functions of texts and arrays, by name over values (PostgreSQL: utils/adt/varlena.c, oracle_compat.c, regexp.c,
//! array_userfuncs.c).

use std::sync::Arc;

use super::regex::Regex;
use crate::catalog::decimal::Decimal;
use crate::catalog::value::Value;
use crate::findings::{PgResult, unknown};

/// A pattern that is understood and says for certain which match counts.
fn pattern(text: &str, flags: &str) -> PgResult<Regex> {
    match Regex::new(text, flags) {
        Some(regex) if !regex.ambiguous => Ok(regex),
        _ => unknown("a regular expression is not run"),
    }
}

fn too_long<T>(_: ()) -> PgResult<T> {
    unknown("a regular expression is not run: it takes too long")
}

/// Whether a text matches; Unknown where the pattern is not understood.
pub(super) fn matches(text: &str, pattern: &str, flags: &str) -> PgResult<bool> {
    match Regex::new(pattern, flags) {
        Some(regex) => regex.is_match(text).or_else(too_long),
        None => unknown("a regular expression is not run"),
    }
}

fn slice(chars: &[char], place: Option<(usize, usize)>) -> Value {
    place.map_or(Value::Null, |(from, to)| {
        Value::Text(Arc::from(chars[from..to].iter().collect::<String>()))
    })
}

/// The groups of a match, or without groups the whole.
fn groups(chars: &[char], regex: &Regex, found: &[Option<(usize, usize)>]) -> Vec<Value> {
    let first = usize::from(regex.groups() > 0);
    found[first..].iter().map(|place| slice(chars, *place)).collect()
}

fn replace(text: &str, regex: &Regex, by: &str, all: bool) -> PgResult<String> {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    while at <= chars.len() {
        let Some(found) = regex.find(&chars, at).or_else(too_long)? else { break };
        let Some((from, to)) = found[0] else { break };
        out.extend(&chars[at..from]);
        let mut by = by.chars();
        while let Some(c) = by.next() {
            match c {
                '\\' => match by.next() {
                    Some('&') => out.extend(&chars[from..to]),
                    Some(digit) if digit.is_ascii_digit() => {
                        let number = digit.to_digit(10).unwrap_or(0) as usize;
                        if let Some(Some((from, to))) = found.get(number) {
                            out.extend(&chars[*from..*to]);
                        }
                    }
                    other => out.extend(other),
                },
                c => out.push(c),
            }
        }
        at = to;
        if to == from {
            out.extend(chars.get(at));
            at += 1;
        }
        if !all {
            break;
        }
    }
    out.extend(chars.get(at..).unwrap_or_default());
    Ok(out)
}

/// All matches of a pattern, one after the other.
pub(super) fn all_matches(text: &str, by: &str, flags: &str) -> PgResult<Vec<Vec<Value>>> {
    let regex = pattern(by, flags)?;
    let chars: Vec<char> = text.chars().collect();
    let (mut rows, mut at) = (Vec::new(), 0);
    while at <= chars.len() {
        let Some(found) = regex.find(&chars, at).or_else(too_long)? else { break };
        let Some((from, to)) = found[0] else { break };
        rows.push(vec![Value::Array(groups(&chars, &regex, &found))]);
        if !flags.contains('g') {
            break;
        }
        at = if to == from { to + 1 } else { to };
    }
    Ok(rows)
}

/// The pieces between the matches.
pub(super) fn split(text: &str, by: &str) -> PgResult<Vec<Value>> {
    let regex = pattern(by, "")?;
    let chars: Vec<char> = text.chars().collect();
    let (mut pieces, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(found) = regex.find(&chars, at).or_else(too_long)? {
        let Some((from, to)) = found[0] else { break };
        if to == from {
            return unknown("a pattern that matches nothing does not split here");
        }
        pieces.push(slice(&chars, Some((start, from))));
        start = to;
        at = to;
    }
    pieces.push(slice(&chars, Some((start, chars.len()))));
    Ok(pieces)
}

fn pad(text: &str, width: i64, fill: &str, left: bool) -> String {
    let width = usize::try_from(width).unwrap_or(0);
    let chars: Vec<char> = text.chars().collect();
    if chars.len() >= width || fill.is_empty() {
        return chars.into_iter().take(width).collect();
    }
    let fill: String = fill.chars().cycle().take(width - chars.len()).collect();
    if left { fill + text } else { text.to_string() + &fill }
}

fn capitalised(text: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase())
        } else {
            out.extend(c.to_uppercase())
        }
        inside = c.is_alphanumeric();
    }
    out
}

/// What such a function gives; None where it is another one. No argument of a strict one is NULL.
pub(super) fn call(name: &str, args: &[Value]) -> Option<PgResult<Value>> {
    let text = |index: usize| args.get(index).and_then(Value::to_text).unwrap_or_default();
    let int = |index: usize| args.get(index).and_then(Value::as_int).unwrap_or(0);
    let done = |text: String| Ok(Value::Text(Arc::from(text)));
    let is_array = |index: usize| matches!(args.get(index), Some(Value::Array(_)));
    Some(match (name, args.len()) {
        ("regexp_replace", 3 | 4) if !matches!(args.get(3), Some(Value::Int(_))) => {
            let flags = text(3);
            pattern(&text(1), &flags)
                .and_then(|regex| replace(&text(0), &regex, &text(2), flags.contains('g')))
                .and_then(done)
        }
        ("regexp_match", 2 | 3) => all_matches(&text(0), &text(1), &text(2).replace('g', ""))
            .map(|rows| rows.into_iter().flatten().next().unwrap_or(Value::Null)),
        ("regexp_like", 2 | 3) => matches(&text(0), &text(1), &text(2)).map(Value::Bool),
        ("regexp_split_to_array", 2) => split(&text(0), &text(1)).map(Value::Array),
        ("substring", 2) if matches!(args[1], Value::Text(_)) => {
            all_matches(&text(0), &text(1), "").map(|rows| {
                match rows.into_iter().flatten().next() {
                    Some(Value::Array(groups)) => groups.into_iter().next().unwrap_or(Value::Null),
                    _ => Value::Null, // no match
                }
            })
        }
        ("substr" | "substring", 2) => {
            let skip = usize::try_from(int(1) - 1).unwrap_or(0);
            done(text(0).chars().skip(skip).collect())
        }
        ("left", 2) if int(1) < 0 => {
            let all = text(0);
            let keep = all.chars().count().saturating_sub(int(1).unsigned_abs() as usize);
            done(all.chars().take(keep).collect())
        }
        ("right", 2) if int(1) < 0 => {
            done(text(0).chars().skip(int(1).unsigned_abs() as usize).collect())
        }
        ("btrim", 2) => done(text(0).trim_matches(|c| text(1).contains(c)).to_string()),
        ("ltrim", 1) => done(text(0).trim_start_matches(' ').to_string()),
        ("ltrim", 2) => done(text(0).trim_start_matches(|c| text(1).contains(c)).to_string()),
        ("rtrim", 1) => done(text(0).trim_end_matches(' ').to_string()),
        ("rtrim", 2) => done(text(0).trim_end_matches(|c| text(1).contains(c)).to_string()),
        ("lpad" | "rpad", 2 | 3) if int(1) < 100_000 => {
            let fill = if args.len() == 3 { text(2) } else { " ".to_string() };
            done(pad(&text(0), int(1), &fill, name == "lpad"))
        }
        ("repeat", 2) if int(1).saturating_mul(text(0).len() as i64) < 1 << 20 => {
            done(text(0).repeat(usize::try_from(int(1)).unwrap_or(0)))
        }
        ("reverse", 1) => done(text(0).chars().rev().collect()),
        ("initcap", 1) => done(capitalised(&text(0))),
        ("translate", 3) => {
            let (from, to): (Vec<char>, Vec<char>) =
                (text(1).chars().collect(), text(2).chars().collect());
            let change = |c: char| match from.iter().position(|known| *known == c) {
                Some(index) => to.get(index).copied(),
                None => Some(c),
            };
            done(text(0).chars().filter_map(change).collect())
        }
        ("ascii", 1) => Ok(Value::Int(text(0).chars().next().map_or(0, |c| i64::from(c as u32)))),
        ("chr", 1) => match u32::try_from(int(0)).ok().and_then(char::from_u32) {
            Some(c) if c != '\0' => done(c.to_string()),
            _ => unknown("a character of this number is not known"),
        },
        ("to_hex", 1) if int(0) >= 0 => done(format!("{:x}", int(0))),
        ("octet_length", 1) => Ok(Value::Int(text(0).len() as i64)),
        ("quote_ident", _) => return None,
        ("string_to_array", 2) => {
            let all = text(0);
            Ok(Value::Array(match &args[1] {
                Value::Null => all.chars().map(|c| Value::text(&c.to_string())).collect(),
                _ if all.is_empty() => Vec::new(),
                _ if text(1).is_empty() => vec![Value::text(&all)],
                _ => all.split(text(1).as_str()).map(Value::text).collect(),
            }))
        }
        ("array_to_string", 3) if is_array(0) => {
            let Some(Value::Array(items)) = args.first() else { return None };
            let shown =
                items.iter().filter_map(|item| item.to_text().or_else(|| args[2].to_text()));
            done(shown.collect::<Vec<_>>().join(&text(1)))
        }
        ("array_upper" | "array_lower" | "array_ndims", _) if is_array(0) => {
            let Some(Value::Array(items)) = args.first() else { return None };
            let is_flat = !items.iter().any(|item| matches!(item, Value::Array(_)));
            match (name, is_flat) {
                _ if items.is_empty() => Ok(Value::Null),
                ("array_ndims", true) => Ok(Value::Int(1)),
                ("array_upper", true) if int(1) == 1 => Ok(Value::Int(items.len() as i64)),
                ("array_lower", _) if int(1) == 1 => Ok(Value::Int(1)),
                _ => unknown("an array of several dimensions is not measured"),
            }
        }
        ("array_position", 2) if is_array(0) => {
            let Some(Value::Array(items)) = args.first() else { return None };
            let at = items.iter().position(|item| *item == args[1]);
            Ok(at.map_or(Value::Null, |at| Value::Int(at as i64 + 1)))
        }
        ("array_remove", 2) if is_array(0) => {
            let Some(Value::Array(items)) = args.first() else { return None };
            Ok(Value::Array(items.iter().filter(|item| **item != args[1]).cloned().collect()))
        }
        ("array_prepend", 2) => match &args[1] {
            Value::Array(items) => Ok(Value::Array(
                [args[0].clone()].into_iter().chain(items.iter().cloned()).collect(),
            )),
            _ => Ok(Value::Array(vec![args[0].clone()])), // a NULL array
        },
        ("array_cat", 2) => match (&args[0], &args[1]) {
            (Value::Array(a), Value::Array(b)) => {
                Ok(Value::Array(a.iter().chain(b).cloned().collect()))
            }
            (Value::Null, other) | (other, Value::Null) => Ok(other.clone()),
            _ => return None, // no arrays
        },
        ("abs" | "ceil" | "ceiling" | "floor" | "round" | "trunc" | "sign" | "mod", _) => {
            return number(name, args);
        }
        _ => return None, // another function
    })
}

fn number(name: &str, args: &[Value]) -> Option<PgResult<Value>> {
    let scale = || match args.get(1) {
        None => Some(0),
        Some(value) => value.as_int().and_then(|scale| u32::try_from(scale).ok()),
    };
    let value = match (name, args.first()?) {
        ("abs", Value::Int(value)) => value.checked_abs().map(Value::Int),
        ("abs", Value::Numeric(value)) => Some(Value::Numeric(value.abs())),
        ("ceil" | "ceiling", Value::Numeric(value)) => value.floor(true).map(Value::Numeric),
        ("floor", Value::Numeric(value)) => value.floor(false).map(Value::Numeric),
        ("round", Value::Numeric(value)) => {
            scale().and_then(|scale| value.round(scale)).map(Value::Numeric)
        }
        ("trunc", Value::Numeric(value)) => {
            scale().and_then(|scale| value.trunc(scale)).map(Value::Numeric)
        }
        ("ceil" | "ceiling", Value::Float(value)) => Some(Value::Float(value.ceil())),
        ("floor", Value::Float(value)) => Some(Value::Float(value.floor())),
        ("round", Value::Float(value)) => Some(Value::Float(value.round_ties_even())),
        ("trunc", Value::Float(value)) => Some(Value::Float(value.trunc())),
        ("mod", Value::Int(a)) => match args.get(1)? {
            Value::Int(b) if *b != 0 => a.checked_rem(*b).map(Value::Int),
            _ => None, // division by zero, or another type
        },
        ("sign", Value::Numeric(value)) => {
            let zero = Decimal::whole(0);
            let sign = match value.partial_cmp(&zero)? {
                std::cmp::Ordering::Less => -1,
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Greater => 1,
            };
            Some(Value::Numeric(Decimal::whole(sign)))
        }
        _ => None, // another type
    };
    Some(match value {
        Some(value) => Ok(value),
        None => unknown(format!("the function {name} is not run for this value")),
    })
}
