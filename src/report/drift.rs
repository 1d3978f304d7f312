//! What has drifted, as text grouped by object and as data.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::json as json_report;
use super::text::{Style, clean, span_place};
use crate::diff::migrations::Applied;
use crate::diff::{Class, Difference, Has};
use crate::source::{Sources, Span};

/// One side of the comparison and how well it was understood.
pub struct Side<'a> {
    pub name: String,
    pub tool: &'static str,
    pub sources: &'a Sources,
    pub files: usize,
    pub statements: usize,
    /// Statements that fail, as `file:line:column: SQLSTATE message`.
    pub failed: Vec<String>,
    /// Statements whose effects are not known, by reason.
    pub unknown: BTreeMap<String, usize>,
    /// Files of which the other side lacks something; empty for a dump.
    pub lacking: Vec<Applied>,
}

/// How many failed statements of a side are printed.
const SHOWN: usize = 10;

/// How much of a value a line shows.
const VALUE_LIMIT: usize = 200;

/// The report for a person.
pub fn text(
    out: &mut dyn Write,
    a: &Side,
    b: &Side,
    differences: &[Difference],
    style: Style,
) -> io::Result<()> {
    side(out, "A", a)?;
    side(out, "B", b)?;
    let mut last = None;
    for difference in differences {
        let owner = &difference.owner;
        if last != Some(owner) {
            let heading = clean(&format!("{} {}", owner.kind, owner.name));
            let (on, off) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
            writeln!(out, "\n{on}{heading}{off}")?;
            last = Some(owner);
        }
        difference_text(out, a, b, difference, style)?;
    }
    migrations(out, "A", "B", a)?;
    migrations(out, "B", "A", b)?;
    let unknown: usize = a.unknown.values().chain(b.unknown.values()).sum();
    writeln!(out, "\n{}", summary(differences, unknown))
}

fn side(out: &mut dyn Write, letter: &str, side: &Side) -> io::Result<()> {
    let unknown: usize = side.unknown.values().sum();
    writeln!(
        out,
        "{letter}  {} ({}): {}, {}, {} fail, {unknown} unknown",
        clean(&side.name),
        side.tool,
        counted(side.files, "file"),
        counted(side.statements, "statement"),
        side.failed.len(),
    )?;
    for failed in side.failed.iter().take(SHOWN) {
        writeln!(out, "     fails: {}", clean(failed))?;
    }
    if side.failed.len() > SHOWN {
        writeln!(
            out,
            "     … and {} more; pgreckon check has them all",
            side.failed.len() - SHOWN
        )?;
    }
    for (reason, count) in &side.unknown {
        writeln!(out, "     unknown ({count}): {}", clean(reason))?;
    }
    Ok(())
}

fn difference_text(
    out: &mut dyn Write,
    a: &Side,
    b: &Side,
    difference: &Difference,
    style: Style,
) -> io::Result<()> {
    let (word, color) = match difference.class {
        Class::Missing => ("only in A", "31"),
        Class::Extra => ("only in B", "33"),
        Class::Different => ("different", "35"),
        Class::Cosmetic => ("cosmetic", "2"),
    };
    let (on, off) =
        if style.color { (format!("\u{1b}[{color}m"), "\u{1b}[0m") } else { (String::new(), "") };
    let part = difference.part.as_ref().map(|part| format!("{} {}", part.kind, part.name));
    let what = match (part, difference.fact) {
        (Some(part), Some(fact)) => format!("{part}: {fact}"),
        (Some(part), None) => part,
        (None, Some(fact)) => fact.to_string(),
        (None, None) => String::new(),
    };
    writeln!(out, "{}", format!("  {on}{word:9}{off}  {}", clean(&what)).trim_end())?;
    let (text_a, text_b) = excerpts(difference.a.as_ref(), difference.b.as_ref());
    for (letter, side, has, text) in
        [("A", a, &difference.a, text_a), ("B", b, &difference.b, text_b)]
    {
        let Some(has) = has else { continue };
        let made_by = has.made_by.map(|span| narrowed(side.sources, span, difference));
        let place = made_by.map_or_else(String::new, |span| span_place(side.sources, span));
        let text = clean(&text);
        let gap = if text.is_empty() || place.is_empty() { "" } else { "  " };
        writeln!(out, "             {letter}  {}", format!("{text}{gap}{place}").trim_end())?;
    }
    if let Some(span) = difference.gone {
        let (letter, sources) =
            if difference.a.is_none() { ("A", a.sources) } else { ("B", b.sources) };
        writeln!(out, "             {letter}  dropped or renamed  {}", span_place(sources, span))?;
    }
    if let Some((first, span)) = difference.doubt {
        let (letter, sources) = if first { ("A", a.sources) } else { ("B", b.sources) };
        let place = span_place(sources, span);
        writeln!(
            out,
            "             unsure: the effects of {letter}'s statement at {place} are not known"
        )?;
    }
    Ok(())
}

/// The place inside of the statement where the part is named, else the statement.
fn narrowed(sources: &Sources, span: Span, difference: &Difference) -> Span {
    let Some(part) = &difference.part else { return span };
    let (text, name) = (sources.text(span), part.name.trim_matches('"'));
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    // A column of CREATE TABLE stands behind the parenthesis.
    let creates = text.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("create"));
    let from = if creates && part.kind == "column" { text.find('(').unwrap_or(0) } else { 0 };
    let found = text[from..].match_indices(name).map(|(at, _)| at + from).find(|at| {
        let (before, after) = (&text[..*at], &text[at + name.len()..]);
        !before.chars().next_back().is_some_and(inside) && !after.chars().next().is_some_and(inside)
    });
    found.map_or(span, |at| span.part(at, at + name.len()))
}

/// The two values on one line each; of long ones the part where they begin to differ.
fn excerpts(a: Option<&Has>, b: Option<&Has>) -> (String, String) {
    let flat = |has: Option<&Has>| {
        has.map_or_else(String::new, |has| {
            has.text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
    };
    let (a, b) = (flat(a), flat(b));
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let long = a.chars().count() > VALUE_LIMIT || b.chars().count() > VALUE_LIMIT;
    let start = if long && !a.is_empty() && !b.is_empty() {
        common.saturating_sub(VALUE_LIMIT / 3)
    } else {
        0
    };
    let cut = |text: &str| {
        let middle: String = text.chars().skip(start).take(VALUE_LIMIT).collect();
        let before = if start > 0 { "…" } else { "" };
        let after = if text.chars().count() > start + VALUE_LIMIT { "…" } else { "" };
        format!("{before}{middle}{after}")
    };
    (cut(&a), cut(&b))
}

fn migrations(out: &mut dyn Write, own: &str, other: &str, side: &Side) -> io::Result<()> {
    if side.lacking.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nFiles of {own} that {other} lacks")?;
    for applied in &side.lacking {
        let name = clean(side.sources.get(applied.source).name());
        let how = match applied.not_at_all() {
            true => {
                format!("not applied: {} of {} missing or different", applied.lacking, applied.made)
            }
            false => format!(
                "applied in part: {} of {} missing or different",
                applied.lacking, applied.made
            ),
        };
        writeln!(out, "  {name}  {how}")?;
    }
    Ok(())
}

fn summary(differences: &[Difference], unknown: usize) -> String {
    let count =
        |class: Class| differences.iter().filter(|difference| difference.class == class).count();
    let (missing, extra) = (count(Class::Missing), count(Class::Extra));
    let (different, cosmetic) = (count(Class::Different), count(Class::Cosmetic));
    let mut owners: Vec<_> = differences
        .iter()
        .filter(|difference| difference.class != Class::Cosmetic)
        .map(|difference| &difference.owner)
        .collect();
    owners.dedup();
    let unsure = differences.iter().filter(|difference| difference.doubt.is_some()).count();
    let unsure = if unsure > 0 { format!("; {unsure} unsure") } else { String::new() };
    match owners.len() {
        0 if unknown > 0 => {
            format!(
                "no drift found, but the effects of {unknown} statements are not known; {cosmetic} cosmetic"
            )
        }
        0 => format!("no drift, {cosmetic} cosmetic"),
        objects => format!(
            "{}, {}: {missing} only in A, {extra} only in B, {different} different; {cosmetic} cosmetic{unsure}",
            counted(missing + extra + different, "difference"),
            counted(objects, "object"),
        ),
    }
}

/// "1 object", "2 objects".
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The report as data (README.md, section JSON).
pub fn json(a: &Side, b: &Side, differences: &[Difference]) -> Value {
    let count =
        |class: Class| differences.iter().filter(|difference| difference.class == class).count();
    json!({
        "schema_version": json_report::SCHEMA_VERSION,
        "pgreckon": env!("CARGO_PKG_VERSION"),
        "command": "drift",
        "a": side_json(a),
        "b": side_json(b),
        "differences": differences.iter().map(|difference| difference_json(a, b, difference)).collect::<Vec<_>>(),
        "summary": {
            "missing": count(Class::Missing),
            "extra": count(Class::Extra),
            "different": count(Class::Different),
            "cosmetic": count(Class::Cosmetic),
        },
    })
}

fn side_json(side: &Side) -> Value {
    let lacking: Vec<Value> = side
        .lacking
        .iter()
        .map(|applied| {
            json!({
                "file": side.sources.get(applied.source).name(),
                "applied": if applied.not_at_all() { "no" } else { "in part" },
                "made": applied.made,
                "lacking": applied.lacking,
            })
        })
        .collect();
    json!({
        "path": side.name,
        "tool": side.tool,
        "files": side.files,
        "statements": side.statements,
        "failed": side.failed,
        "unknown": side.unknown.values().sum::<usize>(),
        "unknown_reasons": side.unknown,
        "not_applied": lacking,
    })
}

fn difference_json(a: &Side, b: &Side, difference: &Difference) -> Value {
    let has = |side: &Side, has: &Option<Has>| {
        has.as_ref().map(|has| {
            json!({
                "value": has.text,
                "made_by": has.made_by.map(|span| json_report::span(side.sources, narrowed(side.sources, span, difference))),
            })
        })
    };
    let doubt = difference.doubt.map(|(first, span)| {
        let side = if first { a } else { b };
        json!({"side": if first { "a" } else { "b" }, "statement": json_report::span(side.sources, span)})
    });
    let gone = difference.gone.map(|span| {
        json_report::span(if difference.a.is_none() { a.sources } else { b.sources }, span)
    });
    json!({
        "class": difference.class.as_str(),
        "object": {"kind": difference.owner.kind, "name": difference.owner.name},
        "part": difference.part.as_ref().map(|part| json!({"kind": part.kind, "name": part.name})),
        "fact": difference.fact,
        "a": has(a, &difference.a),
        "b": has(b, &difference.b),
        "gone": gone,
        "unsure": doubt,
    })
}
