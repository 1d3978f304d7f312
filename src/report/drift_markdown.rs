//! The report that a DBA would hand over: what differs, how much it matters, what to do, in Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::drift::{
    Comparison, Report, Side, counted, coverage_line, excerpts, letter, narrowed, what,
};
use super::drift_advice::{self as advice, Priority, priority, real};
use super::text::{clean, span_place};
use crate::diff::{Class, Difference};

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
    for status in &report.statuses {
        let side = letter(status.side);
        writeln!(out, "## Migration status: {side}\n\n{}\n", status.markdown.trim_end())?;
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
        for note in &side.notes {
            writeln!(out, "- {letter}: {}", cell(note))?;
        }
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

fn summary(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "## Summary\n")?;
    writeln!(out, "Overall risk: **{}**.\n", advice::overall(report))?;
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
    // What dumps show is told below, statement by statement.
    for comparison in report.comparisons.iter().filter(|_| report.statuses.is_empty()) {
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
    for line in advice::recommendations(report) {
        writeln!(out, "- {}", clean(&line))?;
    }
    writeln!(out)?;
    for script in &report.scripts {
        let other = letter(script.other);
        writeln!(out, "### SQL to bring {other} to A\n\n```sql\n{}\n```\n", script.sql.trim_end())?;
    }
    Ok(())
}

fn risks(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let risks = advice::risks(report);
    if risks.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Risks\n\n| risk | because | where |\n| --- | --- | --- |")?;
    for risk in risks {
        let shown: Vec<String> = risk.places.iter().take(6).map(|name| code(name)).collect();
        let more = risk.places.len().saturating_sub(6);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(
            out,
            "| {} | {} | {}{more} |",
            risk.priority.name(),
            risk.because,
            shown.join(", ")
        )?;
    }
    writeln!(out)
}

fn checklist(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "## Checklist")?;
    for (heading, points) in advice::checklist(report) {
        writeln!(out, "\n{heading}\n")?;
        for point in points {
            writeln!(out, "- [ ] {point}")?;
        }
    }
    Ok(())
}
