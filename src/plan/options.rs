//! Lists of options: what to set and what to reset.

use std::sync::Arc;

use crate::deparse::ruleutils::{reloptions as written, simple_quote_literal};
use crate::pg::name::quote_identifier;

/// An option's name and value.
pub(super) type Pair = (Arc<str>, Arc<str>);
type Pairs = [Pair];

/// ALTER … SET (…) and RESET (…).
pub(super) fn reloptions(
    word: &str,
    name: &str,
    old: &Pairs,
    new: &Pairs,
    prefix: &str,
) -> Vec<String> {
    let mut sql = Vec::new();
    let gone: Vec<String> = old
        .iter()
        .filter(|(name, _)| !new.iter().any(|(other, _)| other == name))
        .map(|(name, _)| format!("{prefix}{name}"))
        .collect();
    if !gone.is_empty() {
        sql.push(format!("ALTER {word} {name} RESET ({});", gone.join(", ")));
    }
    let set: Vec<String> = new
        .iter()
        .filter(|pair| !old.contains(pair))
        .map(|pair| format!("{prefix}{}", written(std::slice::from_ref(pair))))
        .collect();
    if !set.is_empty() {
        sql.push(format!("ALTER {word} {name} SET ({});", set.join(", ")));
    }
    sql
}

/// OPTIONS (ADD …, SET …, DROP …) of foreign objects.
pub(super) fn generic(old: &Pairs, new: &Pairs) -> Option<String> {
    let mut parts = Vec::new();
    for (name, value) in new {
        let verb = match old.iter().find(|(other, _)| other == name) {
            None => "ADD",
            Some((_, before)) if before == value => continue,
            Some(_) => "SET",
        };
        parts.push(format!("{verb} {} {}", quote_identifier(name), simple_quote_literal(value)));
    }
    for (name, _) in old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name)) {
        parts.push(format!("DROP {}", quote_identifier(name)));
    }
    (!parts.is_empty()).then(|| format!("OPTIONS ({})", parts.join(", ")))
}

/// Whether there is something to add or drop: `array` is the query that gives the options as they are.
pub(super) fn generic_condition(array: &str, old: &Pairs, new: &Pairs) -> Option<String> {
    let has = |name: &str| {
        let start = simple_quote_literal(&format!("{name}="));
        format!(
            "EXISTS (SELECT FROM pg_catalog.unnest({array}) AS o WHERE pg_catalog.starts_with(o, {start}))"
        )
    };
    let lone = |one: &Pairs, other: &Pairs| {
        let found = one.iter().find(|(name, _)| !other.iter().any(|(known, _)| known == name));
        found.map(|(name, _)| name.to_string())
    };
    match (lone(new, old), lone(old, new)) {
        (Some(added), _) => Some(format!("NOT {}", has(&added))),
        (None, dropped) => dropped.map(|dropped| has(&dropped)), // SET alone can be run again
    }
}
