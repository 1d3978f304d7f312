//! Lists of options: what to set and what to reset.

use std::sync::Arc;

use crate::deparse::ruleutils::{reloptions as written, simple_quote_literal};
use crate::pg::name::quote_identifier;

type Pairs = [(Arc<str>, Arc<str>)];

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
