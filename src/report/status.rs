//! Which migrations ran where, as text, as data and as a section of a report.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::json as json_report;
use super::text::{Style, clean, span_place};
use crate::diff::Difference;
use crate::source::Sources;
use crate::source::order::PlannedFile;
use crate::status::claims::Claim;
use crate::status::ledger::Ledger;
use crate::status::{Judged, Verdict};

/// What is reported.
pub struct Report<'a> {
    pub name: String,
    pub tool: &'static str,
    pub weakness: &'static str,
    pub files: &'a [PlannedFile],
    pub sources: &'a Sources,
    pub databases: Vec<Database<'a>>,
}

/// One database.
pub struct Database<'a> {
    pub name: &'a str,
    pub sources: &'a Sources,
    pub ledgers: &'a [Ledger],
    /// Statements of the dump that fail, and whose effect is not known.
    pub failed: usize,
    pub unknown: usize,
    /// By file of the folder.
    pub judged: Vec<Judged>,
    /// What the tool's table says of each file, when it has rows.
    pub claimed: Option<Vec<Claim>>,
    pub contradictions: Vec<String>,
    pub unexplained: Vec<Difference>,
}

impl Database<'_> {
    fn counts(&self) -> String {
        let mut parts = Vec::new();
        for word in ["applied", "partly applied", "not applied", "superseded", "can't be told"] {
            let count = self.judged.iter().filter(|judged| judged.verdict.as_str() == word).count();
            if count > 0 {
                parts.push(format!("{count} {word}"));
            }
        }
        parts.join(", ")
    }

    /// What the dump carries of the tool's own table.
    fn ledger(&self) -> String {
        let ledgers = self.ledgers.iter().map(|ledger| match ledger.rows.len() {
            0 => format!("{} ({}) without rows", ledger.name, ledger.layout.tool),
            1 => format!("{} ({}) with 1 row", ledger.name, ledger.layout.tool),
            rows => format!("{} ({}) with {rows} rows", ledger.name, ledger.layout.tool),
        });
        let ledgers: Vec<String> = ledgers.collect();
        if ledgers.is_empty() {
            return "no table of a migration tool".to_string();
        }
        ledgers.join(", ")
    }
}

/// The report for a person.
pub fn text(out: &mut dyn Write, report: &Report, style: Style) -> io::Result<()> {
    let files = report.files.len();
    writeln!(out, "{} ({}): {files} migrations", clean(&report.name), report.tool)?;
    for (index, database) in report.databases.iter().enumerate() {
        let (on, off) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        writeln!(out, "\n{on}{}{off}: {}", clean(database.name), database.counts())?;
        writeln!(out, "  {}", clean(&database.ledger()))?;
        if database.failed + database.unknown > 0 {
            let (failed, unknown) = (database.failed, database.unknown);
            writeln!(out, "  of its own statements {failed} fail and {unknown} are unknown")?;
        }
        migrations(out, report, index)?;
        notes(out, report, database)?;
    }
    writeln!(out, "\n{} can't protect from: {}", report.tool, report.weakness)
}

fn migrations(out: &mut dyn Write, report: &Report, index: usize) -> io::Result<()> {
    let database = &report.databases[index];
    for (at, (file, judged)) in report.files.iter().zip(&database.judged).enumerate() {
        let name = clean(short_name(report, at));
        let claim = database.claimed.as_ref().and_then(|claims| claims.get(at));
        let claim = claim.map_or(String::new(), |claim| format!("  [{}]", claim.as_str()));
        let line = format!("  {:<14}  {name}{claim}", judged.verdict.as_str());
        writeln!(out, "{line}{}", remark(report, judged))?;
        if judged.verdict == Verdict::Partly {
            for lacking in &judged.lacking {
                let place =
                    lacking.span.map_or(file.name.clone(), |span| span_place(report.sources, span));
                writeln!(out, "{:18}not there: {}  {place}", "", clean(&lacking.what))?;
            }
        }
    }
    Ok(())
}

fn remark(report: &Report, judged: &Judged) -> String {
    match &judged.verdict {
        Verdict::Partly => {
            let all = judged.present + judged.absent.len();
            format!("  {} of {all} changes are there", judged.present)
        }
        Verdict::Superseded(by) => format!("  by {}", clean(short_name(report, *by))),
        Verdict::Unclear(why) => format!("  {why}"),
        Verdict::Applied | Verdict::NotApplied => String::new(),
    }
}

/// The file's name; in tools that keep a folder a migration, the folder's.
fn short_name<'a>(report: &Report<'a>, at: usize) -> &'a str {
    let name = &report.files[at].name;
    let mut parts = name.rsplit('/');
    match (parts.next(), parts.next()) {
        (Some("migration.sql" | "up.sql"), Some(folder)) => folder,
        (Some(file), _) => file,
        (None, _) => name,
    }
}

fn notes(out: &mut dyn Write, report: &Report, database: &Database) -> io::Result<()> {
    if !database.contradictions.is_empty() {
        writeln!(out, "  Contradictions between the tool's table, the folder and the schema")?;
    }
    for contradiction in &database.contradictions {
        writeln!(out, "    {}", clean(contradiction))?;
    }
    if !database.unexplained.is_empty() {
        writeln!(out, "  Changes that no migration explains")?;
    }
    for difference in &database.unexplained {
        let place = place(report, database, difference);
        writeln!(out, "    {}{place}", clean(&sentence(difference)))?;
    }
    Ok(())
}

fn place(report: &Report, database: &Database, difference: &Difference) -> String {
    let side = |has: &Option<crate::diff::Has>, sources: &Sources| {
        has.as_ref().and_then(|has| has.made_by).map(|span| span_place(sources, span))
    };
    side(&difference.b, database.sources)
        .or_else(|| side(&difference.a, report.sources))
        .map_or(String::new(), |place| format!("  {place}"))
}

fn object(difference: &Difference) -> String {
    let owner = format!("{} {}", difference.owner.kind, difference.owner.name);
    match &difference.part {
        Some(part) => format!("{} {} of {owner}", part.kind, part.name),
        None => owner,
    }
}

fn sentence(difference: &Difference) -> String {
    let object = object(difference);
    let has = |has: &Option<crate::diff::Has>| {
        let text = has.as_ref().map_or("nothing", |has| has.text.as_str());
        let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() > 120 {
            format!("{}…", line.chars().take(120).collect::<String>())
        } else {
            line
        }
    };
    match (difference.fact, &difference.a, &difference.b) {
        (None, None, _) => format!("{object} is there, and no migration makes it"),
        (None, _, None) => format!("{object} is not there"),
        (fact, _, _) => format!(
            "{object}: {} is {} instead of {}",
            fact.unwrap_or("it"),
            has(&difference.b),
            has(&difference.a)
        ),
    }
}

/// The report as data.
pub fn json(report: &Report) -> Value {
    let databases = report.databases.iter().map(|database| {
        let migrations = report.files.iter().zip(&database.judged).enumerate();
        let migrations = migrations.map(|(at, (file, judged))| {
            let superseded = match judged.verdict {
                Verdict::Superseded(by) => Some(&report.files[by].name),
                _ => None, // not by one
            };
            let why = match judged.verdict {
                Verdict::Unclear(why) => Some(why),
                _ => None, // the changes say why
            };
            json!({
                "file": file.name,
                "version": file.version,
                "status": judged.verdict.as_str(),
                "superseded_by": superseded,
                "why": why,
                "changes_present": judged.present,
                "changes_absent": judged.absent.len(),
                "lacking": judged.lacking.iter().map(|lacking| json!({
                    "what": lacking.what,
                    "place": lacking.span.map(|span| json_report::span(report.sources, span)),
                })).collect::<Vec<_>>(),
                "claim": database.claimed.as_ref().and_then(|claims| claims.get(at)).map(|claim| claim.as_str()),
            })
        });
        json!({
            "name": database.name,
            "failed": database.failed,
            "unknown": database.unknown,
            "records": database.ledgers.iter().map(|ledger| json!({
                "table": ledger.name,
                "tool": ledger.layout.tool,
                "rows": ledger.rows.len(),
            })).collect::<Vec<_>>(),
            "migrations": migrations.collect::<Vec<_>>(),
            "contradictions": database.contradictions,
            "unexplained": database.unexplained.iter().map(|difference| json!({
                "object": object(difference),
                "class": difference.class.as_str(),
                "fact": difference.fact,
                "what": sentence(difference),
            })).collect::<Vec<_>>(),
        })
    });
    json!({
        "schema_version": json_report::SCHEMA_VERSION,
        "pgreckon": env!("CARGO_PKG_VERSION"),
        "command": "status",
        "migrations": report.name,
        "tool": report.tool,
        "weakness": report.weakness,
        "databases": databases.collect::<Vec<_>>(),
    })
}

/// What to do about migrations that have not arrived, a sentence for each database and kind.
pub fn advice(report: &Report) -> Vec<String> {
    let mut advice = Vec::new();
    for database in &report.databases {
        let those = |wanted: Verdict| -> Vec<&str> {
            let judged = database.judged.iter().enumerate();
            let found = judged.filter(|(_, judged)| judged.verdict == wanted);
            found.map(|(at, _)| short_name(report, at)).collect()
        };
        let (folder, dump) = (clean(&report.name), clean(database.name));
        let (lacking, partly) = (those(Verdict::NotApplied), those(Verdict::Partly));
        if !partly.is_empty() {
            advice.push(format!(
                "`{dump}` has a part only of {}: run what is lacking by itself, not the files again.",
                listed(&partly)
            ));
        }
        if !lacking.is_empty() {
            advice.push(format!(
                "`{dump}` lacks {} of `{folder}`: {}. Which of them do as they are: `pgreckon plan {dump} {folder} --migrations {folder}`.",
                super::drift::counted(lacking.len(), "migration"),
                listed(&lacking)
            ));
        }
    }
    advice
}

/// Names, of many the first.
fn listed(names: &[&str]) -> String {
    let shown: Vec<String> =
        names.iter().take(6).map(|name| format!("`{}`", clean(name))).collect();
    let more = names.len().saturating_sub(shown.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// The section of a report, with its heading.
pub fn markdown(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "## Migration status\n")?;
    section(out, report)
}

/// A table of migrations by database, then what contradicts it.
pub fn section(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let cell = |text: &str| clean(text).replace('|', "\\|");
    writeln!(out, "`{}`, kept by {}.\n", clean(&report.name), report.tool)?;
    write!(out, "| Migration |")?;
    for database in &report.databases {
        write!(out, " {} |", cell(database.name))?;
    }
    writeln!(out, "\n| --- |{}", " --- |".repeat(report.databases.len()))?;
    for at in 0..report.files.len() {
        write!(out, "| {} |", cell(short_name(report, at)))?;
        for database in &report.databases {
            let judged = &database.judged[at];
            let claim = database.claimed.as_ref().and_then(|claims| claims.get(at));
            let claim = claim.map_or(String::new(), |claim| format!(", {}", claim.as_str()));
            let status = judged.verdict.as_str();
            write!(out, " {}{} |", cell(&format!("{status}{}", remark(report, judged))), claim)?;
        }
        writeln!(out)?;
    }
    for database in &report.databases {
        writeln!(out, "\n### {}\n", clean(database.name))?;
        writeln!(out, "{}; {}.", clean(&database.counts()), clean(&database.ledger()))?;
        let partly = report.files.iter().zip(&database.judged);
        for (file, judged) in partly.filter(|(_, judged)| judged.verdict == Verdict::Partly) {
            writeln!(out, "\nNot there of `{}`:\n", clean(&file.name))?;
            for lacking in &judged.lacking {
                writeln!(out, "- {}", clean(&lacking.what))?;
            }
        }
        if !database.contradictions.is_empty() {
            writeln!(out, "\nContradictions:\n")?;
        }
        for contradiction in &database.contradictions {
            writeln!(out, "- {}", clean(contradiction))?;
        }
        if !database.unexplained.is_empty() {
            writeln!(out, "\nChanges that no migration explains:\n")?;
        }
        for difference in &database.unexplained {
            writeln!(out, "- {}", clean(&sentence(difference)))?;
        }
    }
    writeln!(out, "\n{} can't protect from: {}.", report.tool, report.weakness)
}
