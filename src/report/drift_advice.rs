//! What to make of the differences: how much each matters, what to do, what can go wrong, what to check.

use std::collections::BTreeMap;

use super::drift::{Report, letter};
use super::text::clean;
use crate::diff::{Class, Difference};

/// How much a difference matters to whoever has to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Priority {
    High,
    Medium,
    Low,
}

impl Priority {
    pub(super) const ALL: [Priority; 3] = [Priority::High, Priority::Medium, Priority::Low];

    /// As it is printed.
    pub(super) fn name(self) -> &'static str {
        match self {
            Priority::High => "high",
            Priority::Medium => "medium",
            Priority::Low => "low",
        }
    }
}

/// What can go wrong by it: wrong or unguarded data, failing statements; slowness; little.
pub(super) fn priority(difference: &Difference) -> (Priority, &'static str) {
    let part = difference.part.as_ref().map(|part| part.kind);
    let fact = difference.fact.unwrap_or("");
    match (part, fact) {
        _ if difference.breaks.iter().any(|broken| broken.fails(difference)) => {
            (Priority::High, "something that depends on it fails")
        }
        (_, "row security" | "forced row security") => {
            (Priority::High, "rows may be seen by others")
        }
        (Some("policy"), _) => (Priority::High, "rows may be seen or written by others"),
        (Some("constraint"), "state") => (Priority::Medium, "old rows may break the constraint"),
        (Some("constraint"), _) => {
            (Priority::High, "rows that one side refuses get into the other")
        }
        (Some("column"), "null") => (Priority::High, "one side accepts rows without a value"),
        (Some("column"), "type" | "identity" | "generated") => {
            (Priority::High, "values of one side may not fit the other")
        }
        (Some("column"), "") => {
            (Priority::High, "statements that name the column fail on one side")
        }
        (Some("column"), "default") => (Priority::Medium, "new rows get other values"),
        (Some("index"), _) => (Priority::Medium, "reads that use it are slow on one side"),
        (Some("trigger" | "rule"), _) => (Priority::High, "writes have other effects"),
        (None, "") => match difference.owner.kind {
            "table" | "foreign table" | "view" | "materialized view" | "function" | "procedure"
            | "type" | "domain" | "sequence" => {
                (Priority::High, "statements that name it fail on one side")
            }
            "extension" => (Priority::Medium, "what it provides is not there on one side"),
            _ => (Priority::Low, "seldom named by applications"),
        },
        (None, "body" | "query" | "arguments" | "returns" | "values" | "security definer") => {
            (Priority::High, "the same call gives other results")
        }
        (_, "privileges" | "owner") => (Priority::Medium, "other roles may do other things"),
        _ => (Priority::Low, "behaviour differs little"),
    }
}

fn all<'a>(report: &'a Report) -> impl Iterator<Item = &'a Difference> {
    report.comparisons.iter().flat_map(|comparison| &comparison.differences)
}

/// The differences that are not cosmetic.
pub(super) fn real<'a>(report: &'a Report) -> impl Iterator<Item = &'a Difference> {
    all(report).filter(|difference| difference.class != Class::Cosmetic)
}

/// How much is at stake over all.
pub(super) fn overall(report: &Report) -> &'static str {
    let worst = real(report).map(|difference| priority(difference).0).min();
    let unknown: usize = report.sides.iter().flat_map(|side| side.unknown.values()).sum();
    match worst {
        None if unknown > 0 => {
            "unknown: no difference was found, but not all statements are understood"
        }
        None => "none: the schemas agree",
        Some(priority) => priority.name(),
    }
}

/// What to do, a sentence or two each.
pub(super) fn recommendations(report: &Report) -> Vec<String> {
    let mut advice: Vec<String> = Vec::new();
    if real(report).next().is_none() {
        advice.push("Nothing is to be done.".to_string());
    }
    for side in report.sides.iter().filter(|side| !side.unknown.is_empty()) {
        advice.push(format!(
            "Look at the statements of `{}` whose effects are not known; they may explain a difference.",
            clean(&side.name)
        ));
    }
    advice.extend(report.statuses.iter().flat_map(|status| status.advice.iter().cloned()));
    for comparison in &report.comparisons {
        let other = letter(comparison.other);
        let real: Vec<&Difference> =
            comparison.differences.iter().filter(|d| d.class != Class::Cosmetic).collect();
        let stronger = |first: bool| {
            real.iter().filter(|d| d.stronger.as_ref().is_some_and(|s| s.first == first)).count()
        };
        let (own, others) = (stronger(true), stronger(false));
        if own + others > 0 {
            advice.push(format!(
                "Where a side is the stronger, keep it: A is in {own}, {other} in {others} of the differences. Taking over the weaker side would give up a guard."
            ));
        }
        if comparison.differences.iter().any(|d| !d.notes.is_empty()) {
            advice.push(format!(
                "Look for invalid indexes on {other} before any is made: `{INVALID_INDEXES}`"
            ));
        }
        let looks_renamed = |d: &Difference| {
            d.is_whole() && d.rename.as_ref().is_some_and(|rename| rename.proven.is_none())
        };
        if comparison.differences.iter().any(looks_renamed) {
            advice.push("Decide which of the things that look renamed are: a drop and a new one lose the data, a RENAME keeps it.".to_string());
        }
        let (from, to) = (report.sides.get(comparison.other), report.sides.first());
        if let (Some(from), Some(to)) = (from, to)
            && !real.is_empty()
        {
            advice.push(format!(
                "Run the SQL below that brings {other} to A phase by phase, each with its checks; its steps and risks in words: `pgreckon plan {} {}`.",
                clean(&from.name),
                clean(&to.name)
            ));
        }
    }
    advice
}

/// Finds what pg_dump leaves out.
const INVALID_INDEXES: &str = "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid;";

/// One way in which something goes wrong, and where.
pub(super) struct Risk {
    pub priority: Priority,
    pub because: &'static str,
    pub places: Vec<String>,
}

/// What can go wrong while the sides differ, the gravest first.
pub(super) fn risks(report: &Report) -> Vec<Risk> {
    let mut by_reason: BTreeMap<(Priority, &'static str), Vec<String>> = BTreeMap::new();
    for difference in real(report) {
        let part = difference.part.as_ref().map_or(String::new(), |part| format!(".{}", part.name));
        let name = format!("{}{part}", difference.owner.name);
        by_reason.entry(priority(difference)).or_default().push(name);
    }
    by_reason
        .into_iter()
        .map(|((priority, because), mut places)| {
            places.sort();
            places.dedup();
            Risk { priority, because, places }
        })
        .collect()
}

/// What to check before, during and after.
pub(super) fn checklist(report: &Report) -> [(&'static str, Vec<String>); 3] {
    let has =
        |kind: &str| real(report).any(|d| d.part.as_ref().is_some_and(|part| part.kind == kind));
    let whole_tables =
        real(report).any(|d| d.part.is_none() && d.fact.is_none() && d.owner.kind == "table");
    let mut before = vec![
        "a backup of each database that will be changed, and a restore of it tried".to_string(),
        "the dumps compared here are of today: `pg_dump --schema-only` once more, and `pgreckon drift` again".to_string(),
    ];
    if has("constraint") || has("column") {
        before.push(
            "rows counted that a new constraint, a NOT NULL or a narrower type would refuse"
                .to_string(),
        );
    }
    if has("index") {
        before.push(format!("no invalid index is left: `{INVALID_INDEXES}`"));
    }
    if whole_tables {
        before.push("no table is dropped that holds rows somebody needs".to_string());
    }
    let mut during = vec![
        "`SET lock_timeout = '5s';` in the session, and each phase tried again when it is hit"
            .to_string(),
    ];
    if has("index") {
        during.push(
            "indexes of large tables built with CONCURRENTLY, outside of a transaction".to_string(),
        );
    }
    if has("constraint") {
        during.push("foreign keys and checks added NOT VALID, then validated apart".to_string());
    }
    during.push("long-running transactions watched: `SELECT pid, xact_start, query FROM pg_stat_activity WHERE xact_start < now() - interval '5 minutes';`".to_string());
    let after = [
        "a fresh dump compared with the reference: `pgreckon drift` says no drift",
        "the migration tool's history says what was applied",
        "the application's own tests, and its error log for an hour",
    ];
    [("Before", before), ("During", during), ("After", after.map(str::to_string).to_vec())]
}
