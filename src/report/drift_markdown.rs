//! The report that a DBA would hand over: what differs, how much it matters, what to do, in Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::drift::{
    Comparison, Report, Side, counted, coverage_line, excerpts, letter, narrowed, what,
};
use super::text::{clean, span_place};
use crate::diff::{Class, Difference};

/// How much a difference matters to whoever has to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Priority {
    High,
    Medium,
    Low,
}

impl Priority {
    const ALL: [Priority; 3] = [Priority::High, Priority::Medium, Priority::Low];

    fn name(self) -> &'static str {
        match self {
            Priority::High => "high",
            Priority::Medium => "medium",
            Priority::Low => "low",
        }
    }
}

/// What can go wrong by it: wrong or unguarded data, failing statements; slowness; little.
fn priority(difference: &Difference) -> (Priority, &'static str) {
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

/// Writes the whole report.
pub fn markdown(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "# Schema drift\n")?;
    sides(out, report)?;
    summary(out, report)?;
    for comparison in &report.comparisons {
        let (Some(a), Some(b)) = (report.sides.first(), report.sides.get(comparison.other)) else {
            continue;
        };
        let pair = Pair { a, b, letters: ("A".to_string(), letter(comparison.other)) };
        differences(out, &pair, comparison, report.comparisons.len() > 1)?;
    }
    matrix(out, report)?;
    inventory(out, report)?;
    status(out, report)?;
    for (heading, text) in &report.more {
        writeln!(out, "## {heading}\n\n{}\n", text.trim_end())?;
    }
    recommendations(out, report)?;
    risks(out, report)?;
    checklist(out, report)
}

struct Pair<'a> {
    a: &'a Side<'a>,
    b: &'a Side<'a>,
    letters: (String, String),
}

impl Pair<'_> {
    fn of(&self, first: bool) -> (&str, &Side<'_>) {
        if first { (&self.letters.0, self.a) } else { (&self.letters.1, self.b) }
    }
}

/// Text in a table's cell.
fn cell(text: &str) -> String {
    clean(text).replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// SQL within a line.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = cell(text);
    let fence = if text.contains('`') { "``" } else { "`" };
    format!("{fence}{text}{fence}")
}

fn sides(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "| | environment | read as | PostgreSQL | statements | fail | unknown |")?;
    writeln!(out, "| --- | --- | --- | ---: | ---: | ---: | ---: |")?;
    for (at, side) in report.sides.iter().enumerate() {
        writeln!(
            out,
            "| {} | {}{} | {}, {} | {} | {} | {} | {} |",
            letter(at),
            code(&side.name),
            if at == 0 { " (reference)" } else { "" },
            side.tool,
            counted(side.files, "file"),
            side.version,
            side.statements,
            side.failed.len(),
            side.unknown.values().sum::<usize>(),
        )?;
    }
    writeln!(out)?;
    for (at, side) in report.sides.iter().enumerate() {
        let letter = letter(at);
        for failed in side.failed.iter().take(5) {
            writeln!(out, "- {letter} fails: {}", cell(failed))?;
        }
        for (reason, count) in &side.unknown {
            writeln!(
                out,
                "- {letter}: the effects of {} are not known: {}",
                counted(*count, "statement"),
                cell(reason)
            )?;
        }
        if !side.assumed_roles.is_empty() {
            let roles = cell(&side.assumed_roles.join(", "));
            writeln!(
                out,
                "- {letter} names roles, which no dump makes; they are taken to be there: {roles}"
            )?;
        }
        if let Some(coverage) = &side.coverage {
            match coverage.partly.as_slice() {
                [] => writeln!(
                    out,
                    "- {letter}: all {} entries of the dump are modelled in full",
                    coverage.entries
                )?,
                partly => {
                    let names: Vec<String> =
                        partly.iter().take(5).map(|one| code(&one.what)).collect();
                    writeln!(out, "- {letter}: {}: {}", coverage_line(coverage), names.join(", "))?;
                }
            }
        }
    }
    writeln!(out)
}

fn all<'a>(report: &'a Report) -> impl Iterator<Item = &'a Difference> {
    report.comparisons.iter().flat_map(|comparison| &comparison.differences)
}

fn real<'a>(report: &'a Report) -> impl Iterator<Item = &'a Difference> {
    all(report).filter(|difference| difference.class != Class::Cosmetic)
}

fn summary(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "## Summary\n")?;
    let worst = real(report).map(|difference| priority(difference).0).min();
    let unknown: usize = report.sides.iter().flat_map(|side| side.unknown.values()).sum();
    let risk = match worst {
        None if unknown > 0 => {
            "unknown: no difference was found, but not all statements are understood"
        }
        None => "none: the schemas agree",
        Some(priority) => priority.name(),
    };
    writeln!(out, "Overall risk: **{risk}**.\n")?;
    writeln!(
        out,
        "| compared | only in A | only in the other | different | cosmetic | high | medium | low |"
    )?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")?;
    for comparison in &report.comparisons {
        let class =
            |class: Class| comparison.differences.iter().filter(|d| d.class == class).count();
        let rank = |wanted: Priority| {
            let real = comparison.differences.iter().filter(|d| d.class != Class::Cosmetic);
            real.filter(|difference| priority(difference).0 == wanted).count()
        };
        writeln!(
            out,
            "| A with {} | {} | {} | {} | {} | {} | {} | {} |",
            letter(comparison.other),
            class(Class::Missing),
            class(Class::Extra),
            class(Class::Different),
            class(Class::Cosmetic),
            rank(Priority::High),
            rank(Priority::Medium),
            rank(Priority::Low),
        )?;
    }
    writeln!(out)
}

/// The kind of thing that a difference is about, as a heading.
fn subject(difference: &Difference) -> String {
    let kind = difference.part.as_ref().map_or(difference.owner.kind, |part| part.kind);
    let plural = match kind {
        "index" => "indexes".to_string(),
        "policy" => "policies".to_string(),
        "statistics" | "default privileges" => kind.to_string(),
        other if other.ends_with('y') => format!("{}ies", &other[..other.len() - 1]),
        other => format!("{other}s"),
    };
    let mut letters = plural.chars();
    letters
        .next()
        .map_or(String::new(), |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

fn differences(
    out: &mut dyn Write,
    pair: &Pair,
    comparison: &Comparison,
    several: bool,
) -> io::Result<()> {
    let (own, other) = (&pair.letters.0, &pair.letters.1);
    let heading = if several { format!(" between {own} and {other}") } else { String::new() };
    writeln!(out, "## Differences{heading}\n")?;
    let (cosmetic, real): (Vec<_>, Vec<_>) =
        comparison.differences.iter().partition(|d| d.class == Class::Cosmetic);
    if real.is_empty() {
        writeln!(out, "None.\n")?;
    }
    for rank in Priority::ALL {
        let mut by_subject: BTreeMap<String, Vec<&Difference>> = BTreeMap::new();
        for difference in real.iter().filter(|difference| priority(difference).0 == rank) {
            by_subject.entry(subject(difference)).or_default().push(difference);
        }
        if by_subject.is_empty() {
            continue;
        }
        let count: usize = by_subject.values().map(Vec::len).sum();
        writeln!(out, "### Priority {}: {count}\n", rank.name())?;
        for (subject, list) in by_subject {
            writeln!(out, "**{subject}**\n")?;
            for difference in list {
                one(out, pair, difference)?;
            }
            writeln!(out)?;
        }
    }
    if !comparison.in_doubt.is_empty() {
        let count = comparison.in_doubt.len();
        writeln!(
            out,
            "### In doubt: {count}\n\nAlike as far as is known, but named by statements whose effects are not.\n"
        )?;
        for object in comparison.in_doubt.iter().take(50) {
            let (letter, side) = pair.of(object.first);
            let place = span_place(side.sources, object.statement);
            let name = format!("{} {}", object.owner.kind, object.owner.name);
            writeln!(out, "- {} ({letter}'s {place})", code(&name))?;
        }
        writeln!(out)?;
    }
    if !cosmetic.is_empty() {
        writeln!(out, "### Cosmetic: {}\n\nThey make no difference in use.\n", cosmetic.len())?;
        for difference in cosmetic {
            let owner = format!("{} {}", difference.owner.kind, difference.owner.name);
            let (a, b) = excerpts(difference.a.as_ref(), difference.b.as_ref());
            let what = what(difference);
            writeln!(
                out,
                "- {}, {}: {own} {}, {other} {}",
                code(&owner),
                cell(&what),
                code(&a),
                code(&b)
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn one(out: &mut dyn Write, pair: &Pair, difference: &Difference) -> io::Result<()> {
    let owner = format!("{} {}", difference.owner.kind, difference.owner.name);
    let word = match difference.class {
        Class::Missing => format!("only in {}", pair.letters.0),
        Class::Extra => format!("only in {}", pair.letters.1),
        Class::Different | Class::Cosmetic => "different".to_string(),
    };
    let what = what(difference);
    let what = if what.is_empty() { String::new() } else { format!(", {}", code(&what)) };
    writeln!(out, "- {}{what}: {word}", code(&owner))?;
    let (text_a, text_b) = excerpts(difference.a.as_ref(), difference.b.as_ref());
    for (first, has, text) in [(true, &difference.a, text_a), (false, &difference.b, text_b)] {
        let Some(has) = has else { continue };
        let (letter, side) = pair.of(first);
        let place = has.made_by.map(|span| narrowed(side.sources, span, difference));
        let place =
            place.map_or(String::new(), |span| format!(" ({})", span_place(side.sources, span)));
        writeln!(out, "  - {letter}: {}{place}", code(&text))?;
    }
    if difference.is_whole()
        && let Some(span) = difference.gone
    {
        let (letter, side) = pair.of(difference.a.is_none());
        writeln!(out, "  - {letter} dropped or renamed it: {}", span_place(side.sources, span))?;
    }
    if let Some(rename) = &difference.rename {
        match rename.proven {
            Some((first, span)) => {
                let (letter, side) = pair.of(first);
                writeln!(out, "  - renamed by {letter}: {}", span_place(side.sources, span))?;
            }
            None => writeln!(
                out,
                "  - perhaps renamed, to or from {}: {}",
                code(&rename.other),
                cell(&rename.evidence)
            )?,
        }
    }
    if let Some(stronger) = &difference.stronger {
        writeln!(out, "  - stronger is {}: {}", pair.of(stronger.first).0, cell(&stronger.why))?;
    }
    for broken in &difference.breaks {
        let word = if broken.fails(difference) { "breaks" } else { "needed by" };
        let letter = pair.of(broken.first).0;
        writeln!(out, "  - {word} {letter}'s {} ({})", code(&broken.what), broken.how)?;
    }
    for note in &difference.notes {
        writeln!(out, "  - {}", cell(note))?;
    }
    if let Some((first, span)) = difference.doubt {
        let (letter, side) = pair.of(first);
        let place = span_place(side.sources, span);
        writeln!(out, "  - unsure: the effects of {letter}'s statement at {place} are not known")?;
    }
    writeln!(out, "  - why it matters: {}", priority(difference).1)
}

fn matrix(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    if report.matrix.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## Objects by environment\n\nThe same letter means the same definition, – means none.\n"
    )?;
    let letters: Vec<String> = (0..report.sides.len()).map(letter).collect();
    writeln!(out, "| object | {} |", letters.join(" | "))?;
    writeln!(out, "| --- |{}", " :-: |".repeat(letters.len()))?;
    for row in &report.matrix {
        let marks: Vec<String> =
            row.like.iter().map(|like| like.map_or_else(|| "–".to_string(), letter)).collect();
        let object = format!("{} {}", row.owner.kind, row.owner.name);
        writeln!(out, "| {} | {} |", code(&object), marks.join(" | "))?;
    }
    writeln!(out)
}

fn inventory(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    if report.tables.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## Tables by environment\n\nThe number of columns, – where there is no such table.\n"
    )?;
    let letters: Vec<String> = (0..report.sides.len()).map(letter).collect();
    writeln!(out, "| table | {} | |", letters.join(" | "))?;
    writeln!(out, "| --- |{} --- |", " ---: |".repeat(letters.len()))?;
    let differing: BTreeSet<&str> =
        real(report).map(|difference| difference.owner.name.as_str()).collect();
    for (table, columns) in &report.tables {
        let counts: Vec<String> = columns
            .iter()
            .map(|count| count.map_or_else(|| "–".to_string(), |count| count.to_string()))
            .collect();
        let word = if differing.contains(table.as_str()) { "differs" } else { "" };
        writeln!(out, "| {} | {} | {word} |", code(table), counts.join(" | "))?;
    }
    writeln!(out)
}

/// Which files of a folder have not arrived on the other side.
fn status(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut lines = Vec::new();
    for comparison in &report.comparisons {
        let other = letter(comparison.other);
        for (own, lacking_in, list) in [
            (0, other.clone(), &comparison.lacking.0),
            (comparison.other, "A".to_string(), &comparison.lacking.1),
        ] {
            let Some(side) = report.sides.get(own) else { continue };
            for applied in list {
                let state = if applied.not_at_all() { "not applied" } else { "applied in part" };
                lines.push(format!(
                    "| {} | {lacking_in} | {state} | {} of {} |",
                    code(side.sources.get(applied.source).name()),
                    applied.lacking,
                    applied.made
                ));
            }
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Migrations\n\n| file | on | state | missing or different |")?;
    writeln!(out, "| --- | --- | --- | ---: |")?;
    for line in lines {
        writeln!(out, "{line}")?;
    }
    writeln!(out)
}

fn recommendations(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "## Recommendations\n")?;
    let mut advice: Vec<String> = Vec::new();
    if real(report).next().is_none() {
        advice.push("Nothing is to be done.".to_string());
    }
    for side in &report.sides {
        if !side.unknown.is_empty() {
            advice.push(format!("Look at the statements of {} whose effects are not known; they may explain a difference.", code(&side.name)));
        }
    }
    for comparison in &report.comparisons {
        let other = letter(comparison.other);
        let stronger = |first: bool| {
            let real = comparison.differences.iter().filter(|d| d.class != Class::Cosmetic);
            real.filter(|d| d.stronger.as_ref().is_some_and(|s| s.first == first)).count()
        };
        let (own, others) = (stronger(true), stronger(false));
        if own + others > 0 {
            advice.push(format!(
                "Where a side is the stronger, keep it: A is in {own}, {other} in {others} of the differences. Taking over the weaker side would give up a guard."
            ));
        }
        if comparison.differences.iter().any(|d| !d.notes.is_empty()) {
            advice.push(format!(
                "Look for invalid indexes on {other} before any is made: `SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid;`"
            ));
        }
        if comparison
            .differences
            .iter()
            .any(|d| d.rename.as_ref().is_some_and(|r| r.proven.is_none() && d.is_whole()))
        {
            advice.push("Decide which of the things that look renamed are: a drop and a new one lose the data, a RENAME keeps it.".to_string());
        }
        let (from, to) = (report.sides.get(comparison.other), report.sides.first());
        if let (Some(from), Some(to)) = (from, to)
            && comparison.differences.iter().any(|d| d.class != Class::Cosmetic)
        {
            advice.push(format!(
                "Run the SQL above that brings {other} to A phase by phase, each with its checks; its steps and risks in words: `pgreckon plan {} {}`.",
                cell(&from.name),
                cell(&to.name)
            ));
        }
    }
    for line in advice {
        writeln!(out, "- {line}")?;
    }
    writeln!(out)
}

fn risks(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut by_reason: BTreeMap<(Priority, &'static str), Vec<String>> = BTreeMap::new();
    for difference in real(report) {
        let part = difference.part.as_ref().map_or(String::new(), |part| format!(".{}", part.name));
        let name = format!("{}{part}", difference.owner.name);
        let names = by_reason.entry(priority(difference)).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if by_reason.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Risks\n\n| risk | because | where |\n| --- | --- | --- |")?;
    for ((rank, why), names) in by_reason {
        let shown: Vec<String> = names.iter().take(6).map(|name| code(name)).collect();
        let more = names.len().saturating_sub(6);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "| {} | {why} | {}{more} |", rank.name(), shown.join(", "))?;
    }
    writeln!(out)
}

fn checklist(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let has =
        |kind: &str| real(report).any(|d| d.part.as_ref().is_some_and(|part| part.kind == kind));
    let whole_tables =
        real(report).any(|d| d.part.is_none() && d.fact.is_none() && d.owner.kind == "table");
    writeln!(out, "## Checklist\n\nBefore\n")?;
    writeln!(
        out,
        "- [ ] a backup of each database that will be changed, and a restore of it tried"
    )?;
    writeln!(
        out,
        "- [ ] the dumps compared here are of today: `pg_dump --schema-only` once more, and `pgreckon drift` again"
    )?;
    if has("constraint") || has("column") {
        writeln!(
            out,
            "- [ ] rows counted that a new constraint, a NOT NULL or a narrower type would refuse"
        )?;
    }
    if has("index") {
        writeln!(
            out,
            "- [ ] no invalid index is left: `SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid;`"
        )?;
    }
    if whole_tables {
        writeln!(out, "- [ ] no table is dropped that holds rows somebody needs")?;
    }
    writeln!(out, "\nDuring\n")?;
    writeln!(
        out,
        "- [ ] `SET lock_timeout = '5s';` in the session, and each phase tried again when it is hit"
    )?;
    if has("index") {
        writeln!(
            out,
            "- [ ] indexes of large tables built with CONCURRENTLY, outside of a transaction"
        )?;
    }
    if has("constraint") {
        writeln!(out, "- [ ] foreign keys and checks added NOT VALID, then validated apart")?;
    }
    writeln!(
        out,
        "- [ ] long-running transactions watched: `SELECT pid, xact_start, query FROM pg_stat_activity WHERE xact_start < now() - interval '5 minutes';`"
    )?;
    writeln!(out, "\nAfter\n")?;
    writeln!(
        out,
        "- [ ] a fresh dump compared with the reference: `pgreckon drift` says no drift"
    )?;
    writeln!(out, "- [ ] the migration tool's history says what was applied")?;
    writeln!(out, "- [ ] the application's own tests, and its error log for an hour")
}
