//! Subqueries in FROM without an alias, which PostgreSQL 16 came to accept (PostgreSQL: table_ref, gram.y).

use super::{Stop, Text};
use crate::nodes::tokens::Kind;
use crate::pg::keywords::{self, Category};

/// Words that end a FROM clause.
const CLAUSES: [&str; 15] = [
    "WHERE",
    "GROUP",
    "ORDER",
    "HAVING",
    "LIMIT",
    "OFFSET",
    "FETCH",
    "FOR",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "WINDOW",
    "RETURNING",
    "SET",
    "SELECT",
];

/// The group at a token that may hold table expressions.
#[derive(Clone, Copy, Default)]
struct Level {
    /// Whether a query stands in the group, so that FROM is its clause and no argument's.
    query: bool,
    from: bool,
}

/// Every subquery in FROM that has no alias, in the order in which an older grammar notices them.
pub(super) fn without_alias(text: &Text) -> Vec<Stop> {
    let mut stops = Vec::new();
    let mut levels = vec![Level::default()];
    for at in 0..text.tokens.len() {
        if text.is_any(at, &["(", "["]) {
            let item = text.is(at, "(") && is_item(text, at, levels.last().copied());
            let join = item && is_join(text, at);
            if item && !join && is_query(text, at) && !has_alias(text, text.close[at] + 1) {
                stops.push(stop(text, at));
            }
            // What stands in parentheses in a FROM clause and is no query is a join.
            levels.push(Level { query: false, from: item && (join || !is_query(text, at)) });
            continue;
        }
        if text.is_any(at, &[")", "]"]) {
            levels.pop();
            if levels.is_empty() {
                return Vec::new();
            }
            continue;
        }
        let Some(level) = levels.last_mut() else { return Vec::new() };
        if text.is_any(at, &["SELECT", "DELETE", "UPDATE"]) {
            *level = Level { query: true, from: false };
        } else if text.is(at, "FROM") {
            let distinct = at.checked_sub(1).is_some_and(|before| text.is(before, "DISTINCT"));
            level.from |= level.query && !distinct;
        } else if text.is(at, ";") || text.is_any(at, &CLAUSES) {
            level.from = false;
        }
    }
    stops
}

/// Whether an item of a FROM clause starts at the parenthesis.
fn is_item(text: &Text, at: usize, level: Option<Level>) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    level.is_some_and(|level| level.from)
        && text.is_any(before, &["FROM", "JOIN", "LATERAL", ",", "("])
}

/// Whether the parentheses hold a query, in more parentheses perhaps.
fn is_query(text: &Text, at: usize) -> bool {
    let mut inside = at + 1;
    while text.is(inside, "(") {
        inside += 1;
    }
    text.is_any(inside, &["SELECT", "VALUES", "WITH", "TABLE"])
}

/// Whether the parentheses hold a join whose first item stands in parentheses itself.
fn is_join(text: &Text, at: usize) -> bool {
    if !text.is(at + 1, "(") {
        return false;
    }
    let after = text.close[at + 1] + 1;
    after != text.close[at]
        && !text.is_any(
            after,
            &["UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"],
        )
}

fn has_alias(text: &Text, at: usize) -> bool {
    match text.kind(at) {
        Kind::QuotedWord => true,
        Kind::Word => {
            text.is(at, "AS")
                || !matches!(
                    keywords::category(&text.text(at).to_ascii_lowercase()),
                    Some(Category::Reserved | Category::TypeFuncName)
                )
        }
        Kind::String | Kind::Number | Kind::Parameter | Kind::Symbol | Kind::End => false,
    }
}

fn stop(text: &Text, at: usize) -> Stop {
    let mut inside = at + 1;
    while text.is(inside, "(") {
        inside += 1;
    }
    let message = if text.is(inside, "VALUES") {
        "VALUES in FROM must have an alias"
    } else {
        "subquery in FROM must have an alias"
    };
    Stop { noticed: text.close[at] + 1, near: text.range(at), message: Some(message) }
}
