//! What has drifted, as text grouped by object; the data that every form of the report is made of.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::Value;

use super::text::{Style, clean, span_place};
use crate::diff::coverage::Coverage;
use crate::diff::doubt::InDoubt;
use crate::diff::matrix::Row;
use crate::diff::migrations::Applied;
use crate::diff::platform::LeftOut;
use crate::diff::{Class, Difference, Has};
use crate::source::{Sources, Span};

/// Tables by name, with the number of columns on each side.
pub type Tables = BTreeMap<String, Vec<Option<usize>>>;

/// All that there is to report.
pub struct Report<'a> {
    /// The first is what the others are compared with.
    pub sides: Vec<Side<'a>>,
    pub comparisons: Vec<Comparison>,
    /// Where not all of three or more sides agree.
    pub matrix: Vec<Row>,
    pub tables: Tables,
    /// What a user made in a platform's schemas, and a dump says nothing of.
    pub left_out: Vec<LeftOut>,
    pub scripts: Vec<Script>,
    pub statuses: Vec<Status>,
}

/// The SQL that brings a side to the reference.
pub struct Script {
    pub other: usize,
    pub sql: String,
}

/// Which migrations of a side that is a folder the dumps among the sides show.
pub struct Status {
    pub side: usize,
    pub markdown: String,
    pub data: Value,
    /// What to do about it.
    pub advice: Vec<String>,
}

/// One side compared with the reference.
pub struct Comparison {
    /// Which of the sides.
    pub other: usize,
    pub differences: Vec<Difference>,
    /// Files of the reference that the other lacks, and the other way round; empty for dumps.
    pub lacking: (Vec<Applied>, Vec<Applied>),
    /// Objects that are alike as far as is known.
    pub in_doubt: Vec<InDoubt>,
}

/// One side of the comparison and how well it was understood.
pub struct Side<'a> {
    pub name: String,
    pub tool: &'static str,
    /// The major version that it was taken for.
    pub version: u32,
    pub sources: &'a Sources,
    pub files: usize,
    pub statements: usize,
    /// Statements that fail, as `file:line:column: SQLSTATE message`.
    pub failed: Vec<String>,
    /// Statements whose effects are not known, by reason.
    pub unknown: BTreeMap<String, usize>,
    /// What must be known of the side as a whole.
    pub notes: Vec<String>,
    /// Roles that the dump names and no dump makes.
    pub assumed_roles: Vec<String>,
    /// For a dump, how much of it was understood.
    pub coverage: Option<Coverage>,
}

/// How many failed statements of a side are printed.
const SHOWN: usize = 10;

/// How much of a value a line shows.
const VALUE_LIMIT: usize = 200;

/// The letter of a side.
pub fn letter(side: usize) -> String {
    match u8::try_from(side) {
        Ok(small) if small < 26 => char::from(b'A' + small).to_string(),
        _ => format!("S{}", side + 1),
    }
}

/// The report for a person.
pub fn text(out: &mut dyn Write, report: &Report, style: Style) -> io::Result<()> {
    for (at, one) in report.sides.iter().enumerate() {
        side(out, &letter(at), one)?;
    }
    let several = report.comparisons.len() > 1;
    for comparison in &report.comparisons {
        let (Some(a), Some(b)) = (report.sides.first(), report.sides.get(comparison.other)) else {
            continue;
        };
        let pair = Pair { a, b, letters: ("A".to_string(), letter(comparison.other)) };
        if several {
            let name = clean(&b.name);
            let against = format!("A compared with {}, {name}", pair.letters.1);
            writeln!(out, "\n{against}\n{}", "=".repeat(against.chars().count()))?;
        }
        let mut last = None;
        for difference in &comparison.differences {
            let owner = &difference.owner;
            if last != Some(owner) {
                let heading = clean(&format!("{} {}", owner.kind, owner.name));
                let (on, off) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
                writeln!(out, "\n{on}{heading}{off}")?;
                last = Some(owner);
            }
            pair.difference(out, difference, style)?;
        }
        migrations(out, &pair.letters.0, &pair.letters.1, a, &comparison.lacking.0)?;
        migrations(out, &pair.letters.1, &pair.letters.0, b, &comparison.lacking.1)?;
        pair.in_doubt(out, &comparison.in_doubt)?;
        let unknown: usize = a.unknown.values().chain(b.unknown.values()).sum();
        if several {
            writeln!(out, "\n{}", summary(&comparison.differences, unknown, &pair.letters))?;
        }
    }
    matrix(out, report)?;
    for left in &report.left_out {
        writeln!(out, "\n{}", clean(&left_out(left)))?;
    }
    coverage(out, report)?;
    if let ([comparison], Some(a)) = (report.comparisons.as_slice(), report.sides.first())
        && let Some(b) = report.sides.get(comparison.other)
    {
        let unknown: usize = a.unknown.values().chain(b.unknown.values()).sum();
        let letters = ("A".to_string(), letter(comparison.other));
        writeln!(out, "\n{}", summary(&comparison.differences, unknown, &letters))?;
    }
    Ok(())
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
    for note in &side.notes {
        writeln!(out, "     {}", clean(note))?;
    }
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
    if !side.assumed_roles.is_empty() {
        let roles = clean(&side.assumed_roles.join(", "));
        writeln!(out, "     roles that no dump makes are taken to be there: {roles}")?;
    }
    Ok(())
}

/// Which sides have the same, by groups of objects on which they agree alike.
fn matrix(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut last: Option<&Vec<Option<usize>>> = None;
    if !report.matrix.is_empty() {
        writeln!(out, "\nObjects by side: the same letter means the same, - means none")?;
        let letters: Vec<String> = (0..report.sides.len()).map(letter).collect();
        writeln!(out, "  {}", letters.join(" "))?;
    }
    for row in &report.matrix {
        if last != Some(&row.like) {
            last = Some(&row.like);
            let marks: Vec<String> =
                row.like.iter().map(|like| like.map_or_else(|| "-".to_string(), letter)).collect();
            writeln!(out, "  {}", marks.join(" "))?;
        }
        let gap = " ".repeat(2 * report.sides.len());
        writeln!(out, "  {gap}  {}", clean(&format!("{} {}", row.owner.kind, row.owner.name)))?;
    }
    Ok(())
}

/// `B says nothing of schema auth: not compared: trigger …`.
pub(super) fn left_out(left: &LeftOut) -> String {
    let side = letter(left.side);
    let what = left.what.join(", ");
    format!("{side} says nothing of schema {}, so that is not compared: {what}", left.schema)
}

/// What of the dumps is modelled in part only.
fn coverage(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for (at, side) in report.sides.iter().enumerate() {
        let Some(coverage) = side.coverage.as_ref().filter(|c| !c.partly.is_empty()) else {
            continue;
        };
        writeln!(out, "\n{}: {}", letter(at), coverage_line(coverage))?;
        for partly in coverage.partly.iter().take(SHOWN) {
            let place = span_place(side.sources, partly.place);
            writeln!(out, "  {}  {place}", clean(&partly.what))?;
        }
        if coverage.partly.len() > SHOWN {
            writeln!(out, "  … and {} more", coverage.partly.len() - SHOWN)?;
        }
    }
    Ok(())
}

/// `of 300 entries of the dump 2 are modelled in part only`.
pub(super) fn coverage_line(coverage: &Coverage) -> String {
    let verb = if coverage.partly.len() == 1 { "is" } else { "are" };
    format!(
        "of {} of the dump {} {verb} modelled in part only",
        match coverage.entries {
            1 => "1 entry".to_string(),
            count => format!("{count} entries"),
        },
        coverage.partly.len()
    )
}

/// Two sides that are compared.
struct Pair<'a> {
    a: &'a Side<'a>,
    b: &'a Side<'a>,
    letters: (String, String),
}

impl Pair<'_> {
    fn of(&self, first: bool) -> (&str, &Sources) {
        match first {
            true => (&self.letters.0, self.a.sources),
            false => (&self.letters.1, self.b.sources),
        }
    }

    fn difference(
        &self,
        out: &mut dyn Write,
        difference: &Difference,
        style: Style,
    ) -> io::Result<()> {
        let (word, color) = match difference.class {
            Class::Missing => (format!("only in {}", self.letters.0), "31"),
            Class::Extra => (format!("only in {}", self.letters.1), "33"),
            Class::Different => ("different".to_string(), "35"),
            Class::Cosmetic => ("cosmetic".to_string(), "2"),
        };
        let (on, off) = if style.color {
            (format!("\u{1b}[{color}m"), "\u{1b}[0m")
        } else {
            (String::new(), "")
        };
        let what = what(difference);
        writeln!(out, "{}", format!("  {on}{word:9}{off}  {}", clean(&what)).trim_end())?;
        let (text_a, text_b) = excerpts(difference.a.as_ref(), difference.b.as_ref());
        for (first, has, text) in [(true, &difference.a, text_a), (false, &difference.b, text_b)] {
            let Some(has) = has else { continue };
            let (letter, sources) = self.of(first);
            let made_by = has.made_by.map(|span| narrowed(sources, span, difference));
            let place = made_by.map_or_else(String::new, |span| span_place(sources, span));
            let text = clean(&text);
            let gap = if text.is_empty() || place.is_empty() { "" } else { "  " };
            writeln!(out, "             {letter}  {}", format!("{text}{gap}{place}").trim_end())?;
        }
        let proven = difference.rename.as_ref().is_some_and(|rename| rename.proven.is_some());
        if let Some(span) = difference.gone.filter(|_| !proven) {
            let (letter, sources) = self.of(difference.a.is_none());
            let place = span_place(sources, span);
            writeln!(out, "             {letter}  dropped or renamed  {place}")?;
        }
        for line in self.remarks(difference) {
            writeln!(out, "             {}", clean(&line))?;
        }
        Ok(())
    }

    /// What looks alike and may not be.
    fn in_doubt(&self, out: &mut dyn Write, objects: &[InDoubt]) -> io::Result<()> {
        if objects.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "\nIn doubt: alike as far as is known, but named by statements whose effects are not"
        )?;
        for object in objects.iter().take(SHOWN) {
            let (letter, sources) = self.of(object.first);
            let place = span_place(sources, object.statement);
            let name = clean(&format!("{} {}", object.owner.kind, object.owner.name));
            writeln!(out, "  {name}  {letter}'s {place}")?;
        }
        if objects.len() > SHOWN {
            writeln!(out, "  … and {} more", objects.len() - SHOWN)?;
        }
        Ok(())
    }

    /// What is said below the two sides.
    fn remarks(&self, difference: &Difference) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(rename) = &difference.rename {
            lines.push(match rename.proven {
                Some((first, span)) => {
                    let (letter, sources) = self.of(first);
                    format!("renamed: {letter} did it at {}", span_place(sources, span))
                }
                None if difference.fact.is_some() => {
                    format!("taken for renamed: {}", rename.evidence)
                }
                None => {
                    format!("perhaps renamed, to or from {}: {}", rename.other, rename.evidence)
                }
            });
        }
        if let Some(stronger) = &difference.stronger {
            lines.push(format!("stronger: {}: {}", self.of(stronger.first).0, stronger.why));
        }
        for broken in &difference.breaks {
            let word = if broken.fails(difference) { "breaks" } else { "needed by" };
            let letter = self.of(broken.first).0;
            lines.push(format!("{word}: {letter}'s {} ({})", broken.what, broken.how));
        }
        for note in &difference.notes {
            lines.push(format!("note: {note}"));
        }
        if let Some((first, span)) = difference.doubt {
            let (letter, sources) = self.of(first);
            let place = span_place(sources, span);
            lines.push(format!(
                "unsure: the effects of {letter}'s statement at {place} are not known"
            ));
        }
        lines
    }
}

/// The part and the fact that a difference is about.
pub(super) fn what(difference: &Difference) -> String {
    let part = difference.part.as_ref().map(|part| format!("{} {}", part.kind, part.name));
    match (part, difference.fact) {
        (Some(part), Some(fact)) => format!("{part}: {fact}"),
        (Some(part), None) => part,
        (None, Some(fact)) => fact.to_string(),
        (None, None) => String::new(),
    }
}

/// The place inside of the statement where the part is named, else the statement.
pub(super) fn narrowed(sources: &Sources, span: Span, difference: &Difference) -> Span {
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
pub(super) fn excerpts(a: Option<&Has>, b: Option<&Has>) -> (String, String) {
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

fn migrations(
    out: &mut dyn Write,
    own: &str,
    other: &str,
    side: &Side,
    lacking: &[Applied],
) -> io::Result<()> {
    if lacking.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nFiles of {own} that {other} lacks")?;
    for applied in lacking {
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

/// The closing line.
pub(super) fn summary(
    differences: &[Difference],
    unknown: usize,
    (own, other): &(String, String),
) -> String {
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
            "{}, {}: {missing} only in {own}, {extra} only in {other}, {different} different; {cosmetic} cosmetic{unsure}",
            counted(missing + extra + different, "difference"),
            counted(objects, "object"),
        ),
    }
}

/// "1 object", "2 objects".
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
