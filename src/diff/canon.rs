//! Expressions and queries by meaning: one spelling for what differs only in aliases, implicit casts or parentheses.

mod expr;
mod json;
mod query;

use super::names::Names;
use crate::nodes::primnodes::{Expr, Query, RangeTblEntry, RteKind};
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

/// What the Vars of one query level refer to.
struct Scope<'a> {
    entries: Vec<Entry<'a>>,
    /// The query whose level it is; None for an expression that stands alone.
    query: Option<&'a Query>,
}

/// One range table entry.
struct Entry<'a> {
    /// The name that a column is qualified with; empty where columns stand alone.
    prefix: String,
    what: What<'a>,
}

enum What<'a> {
    Relation(Oid),
    Rte(&'a RangeTblEntry),
}

/// Writes expressions of one catalog.
pub struct Canon<'a> {
    names: &'a Names<'a>,
    scopes: Vec<Scope<'a>>,
}

/// A table's own expression: a default, a check, an index.
pub fn of_relation(names: &Names, relation: Oid, expr: &Expr) -> String {
    let entry = Entry { prefix: String::new(), what: What::Relation(relation) };
    in_scope(names, Scope { entries: vec![entry], query: None }, expr)
}

/// A trigger's condition: OLD is the first entry, NEW the second.
pub fn of_trigger(names: &Names, relation: Oid, expr: &Expr) -> String {
    let entry = |prefix: &str| Entry { prefix: prefix.into(), what: What::Relation(relation) };
    in_scope(names, Scope { entries: vec![entry("old"), entry("new")], query: None }, expr)
}

/// An expression over a range table, as policies have it; the first entry is the table itself.
pub fn of_rtable(names: &Names, rtable: &[RangeTblEntry], expr: &Expr) -> String {
    let mut scope = Scope { entries: entries(names, rtable), query: None };
    if let Some(first) = scope.entries.first_mut() {
        first.prefix.clear();
    }
    in_scope(names, scope, expr)
}

/// An expression without columns.
pub fn alone(names: &Names, expr: &Expr) -> String {
    in_scope(names, Scope { entries: Vec::new(), query: None }, expr)
}

/// A whole query, such as a view's.
pub fn of_query(names: &Names, query: &Query) -> String {
    let mut canon = Canon { names, scopes: Vec::new() };
    canon.query(query, false)
}

fn in_scope(names: &Names, scope: Scope, expr: &Expr) -> String {
    Canon { names, scopes: vec![scope] }.expr(expr)
}

/// The entries of a range table with names that do not depend on aliases.
fn entries<'a>(names: &Names, rtable: &'a [RangeTblEntry]) -> Vec<Entry<'a>> {
    let own = |rte: &RangeTblEntry| match &rte.kind {
        RteKind::Relation { relid, .. } => names.relation(*relid),
        RteKind::Cte { name, .. } | RteKind::NamedTuplestore { name, .. } => {
            quote_identifier(name).into_owned()
        }
        RteKind::Subquery { .. }
        | RteKind::Join(_)
        | RteKind::Function { .. }
        | RteKind::TableFunc(_)
        | RteKind::Values { .. }
        | RteKind::Result
        | RteKind::Group { .. } => String::new(),
    };
    let plain: Vec<String> = rtable.iter().map(own).collect();
    let lonely = rtable.iter().filter(|rte| !is_derived(rte)).count() <= 1;
    rtable
        .iter()
        .enumerate()
        .map(|(at, rte)| {
            let name = &plain[at];
            let unique =
                !name.is_empty() && plain.iter().filter(|other| *other == name).count() == 1;
            let prefix = match (lonely, unique) {
                (true, _) => String::new(),
                (false, true) => name.clone(),
                (false, false) => format!("{name}#{}", at + 1),
            };
            Entry { prefix, what: What::Rte(rte) }
        })
        .collect()
}

/// Whether the entry only renames columns of others.
fn is_derived(rte: &RangeTblEntry) -> bool {
    matches!(rte.kind, RteKind::Join(_) | RteKind::Group { .. } | RteKind::Result)
}
