//! `pgreckon check`: the main job. What is wrong with a dump or a migration folder.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Exit;
use super::input::{InputArgs, Prepared};
use super::output;
use crate::catalog::Catalog;
use crate::findings::{Finding, Level, RuleId};
use crate::history::{self, Event, Mode, Options};
use crate::psql::{self, NoteKind, Unterminated};
use crate::report::{json as json_report, text};
use crate::rules::{bodies, failures, folder, idempotency};
use crate::session::Outcome;
use crate::source::Sources;
use crate::source::order::Tool;

#[derive(Args)]
pub(crate) struct Check {
    /// Dumps or migration folders, each an environment of its own.
    paths: Vec<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    /// How the findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print which tool was recognised, why, and the order of the files.
    #[arg(long)]
    show_order: bool,
    /// Count statements that cannot be run twice as warnings, and print each with its place.
    #[arg(long)]
    idempotent: bool,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    /// For a person.
    Text,
    /// As data; the README documents the schema.
    Json,
}

/// What was understood of one input.
#[derive(Default)]
struct Tally {
    files: usize,
    statements: usize,
    succeed: usize,
    fail: usize,
    follow: usize,
    rows: u64,
    unknown: BTreeMap<String, usize>,
}

struct Checked {
    name: String,
    prepared: Prepared,
    findings: Vec<Finding>,
    tally: Tally,
}

impl Check {
    /// Exit 0 without errors and warnings, 1 with, 2 when nothing could be analysed.
    pub fn run(self) -> Exit {
        let inputs: Vec<Option<PathBuf>> = match (self.paths.is_empty(), &self.input.order) {
            (true, _) => vec![None],
            (false, _) => self.paths.iter().cloned().map(Some).collect(),
        };
        let mut checked = Vec::new();
        let mut failed = false;
        for path in inputs {
            let name = path
                .as_ref()
                .or(self.input.order.as_ref())
                .map_or(String::new(), |path| path.display().to_string());
            match self.input.prepare(path.as_deref()) {
                Ok(prepared) => checked.push(self.check(name, prepared)),
                Err(error) => {
                    eprintln!("pgreckon: {}", text::clean(&error.to_string()));
                    failed = true;
                }
            }
        }
        failed |= checked
            .iter()
            .any(|input| input.tally.succeed + input.tally.fail + input.tally.follow == 0);
        let found = checked
            .iter()
            .flat_map(|input| &input.findings)
            .any(|finding| finding.level > Level::Note);
        let exit = match (failed, found) {
            (true, _) => Exit::Failed,
            (false, true) => Exit::Findings,
            (false, false) => Exit::Clean,
        };
        output::print("the report", exit, |out, style| match self.format {
            Format::Text => self.print_text(out, style, &checked),
            Format::Json => output::json(out, &json(&checked)),
        })
    }

    fn check(&self, name: String, mut prepared: Prepared) -> Checked {
        let mut findings = folder::findings(&prepared.plan);
        findings.extend(prepared.problems.iter().map(|problem| {
            let mut finding =
                Finding::new(RuleId("unreadable-file"), Level::Error, problem.what.clone());
            finding.path = Some(problem.path.display().to_string());
            finding.help(problem.help.clone())
        }));
        let mut tally = Tally { files: prepared.plan.files.len(), ..Tally::default() };
        findings.extend(about_texts(&prepared));
        let is_dump =
            matches!(prepared.plan.tool, Tool::Structure)
                || prepared.plan.files.iter().all(|file| {
                    psql::dump::header(prepared.sources.get(file.source).text()).is_some()
                });
        let catalog = std::mem::replace(
            &mut prepared.catalog,
            Catalog::empty(crate::pg::version::Version::NEWEST),
        );
        let start = catalog.clone();
        let options = Options {
            mode: Mode::Check,
            track: true,
            stock_extensions: false,
            session_per_file: prepared.session_per_file,
        };
        let mut departed = failures::Departed::default();
        let mut watch = bodies::Watch::new(false);
        let sources = &prepared.sources;
        let mut observe = |moment: history::Moment| match moment.event {
            Event::Statement { statement, parsed, execution, consequence, session } => {
                tally.statements += 1;
                match &execution.outcome {
                    Outcome::Ok => tally.succeed += 1,
                    Outcome::Empty => {}
                    Outcome::Unknown(reason) => {
                        *tally.unknown.entry(reason.clone()).or_default() += 1
                    }
                    Outcome::Error(error) => {
                        match consequence {
                            Some(_) => tally.follow += 1,
                            None => tally.fail += 1,
                        }
                        let mut finding = failures::finding(
                            statement,
                            error,
                            consequence.as_ref(),
                            &session.catalog,
                            &departed,
                        );
                        if parsed.is_err() {
                            finding = failures::with_second_opinion(finding, statement);
                        }
                        findings.push(finding);
                    }
                }
                departed.note(&execution.gone, statement.span);
                watch.note(statement, &execution, session);
                if let (Outcome::Ok, Ok(statements), false) = (&execution.outcome, parsed, is_dump)
                {
                    let rerun = session.rerun(statement.text(), statements);
                    findings.extend(idempotency::finding(statement, &rerun));
                }
                findings.extend(statement.unterminated.as_ref().map(unterminated));
            }
            Event::CopyData(data) => tally.rows += data.rows,
            Event::Note(note) => findings.extend(note_finding(note)),
            Event::Meta(_) => {}
        };
        let catalog = history::apply(
            sources,
            &prepared.includes,
            &prepared.plan.files,
            catalog,
            options,
            &mut observe,
        );
        let bodies = watch.findings(sources, &catalog);
        if !is_dump && bodies.iter().any(|finding| finding.rule == bodies::FAILS) {
            findings.extend(blamed(&prepared, start, options));
        } else {
            findings.extend(bodies);
        }
        // The process ends soon and gives its memory back faster than the catalog would piece by piece.
        std::mem::forget(catalog);
        if self.idempotent {
            for finding in findings.iter_mut().filter(|finding| finding.rule == idempotency::RULE) {
                finding.level = Level::Warning;
            }
        }
        Checked { name, prepared, findings, tally }
    }

    fn print_text(
        &self,
        out: &mut dyn Write,
        style: text::Style,
        checked: &[Checked],
    ) -> std::io::Result<()> {
        for input in checked {
            if checked.len() > 1 {
                writeln!(out, "== {}\n", text::clean(&input.name))?;
            }
            if self.show_order {
                print_order(out, input)?;
            }
            let sources = &input.prepared.sources;
            let (loud, quiet): (Vec<_>, Vec<_>) =
                input.findings.iter().partition(|finding| finding.level > Level::Note);
            for finding in loud {
                writeln!(out, "{}", text::finding(sources, finding, style).trim_end())?;
                writeln!(out)?;
            }
            print_quiet(out, sources, &quiet)?;
            print_summary(out, input)?;
        }
        Ok(())
    }
}

/// What is wrong with bodies, and the statements that broke them: a second run that keeps the states in between.
fn blamed(prepared: &Prepared, start: Catalog, options: Options) -> Vec<Finding> {
    let mut watch = bodies::Watch::new(true);
    let mut observe = |moment: history::Moment| {
        if let Event::Statement { statement, execution, session, .. } = moment.event {
            watch.note(statement, &execution, session);
        }
    };
    let (sources, files) = (&prepared.sources, &prepared.plan.files);
    let catalog = history::apply(sources, &prepared.includes, files, start, options, &mut observe);
    watch.findings(sources, &catalog)
}

/// Notes, a line each; of many alike the first few.
fn print_quiet(out: &mut dyn Write, sources: &Sources, quiet: &[&Finding]) -> std::io::Result<()> {
    let mut groups: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in quiet {
        groups.entry(finding.rule.0).or_default().push(finding);
    }
    for (rule, findings) in groups {
        for finding in findings.iter().take(SHOWN) {
            writeln!(out, "{}", text::short(sources, finding))?;
        }
        if findings.len() > SHOWN {
            let more = findings.len() - SHOWN;
            writeln!(out, "… and {more} more notes of {rule}; --format json has them all")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// How many notes of one rule the text shows.
const SHOWN: usize = 5;

fn print_order(out: &mut dyn Write, input: &Checked) -> std::io::Result<()> {
    let plan = &input.prepared.plan;
    writeln!(out, "recognised: {}", plan.tool.name())?;
    for evidence in &plan.evidence {
        writeln!(out, "  because {}", text::clean(evidence))?;
    }
    for (at, file) in plan.files.iter().enumerate() {
        let version =
            file.version.as_deref().map_or(String::new(), |version| format!(" [{version}]"));
        writeln!(out, "{:6} {}{}", at + 1, text::clean(&file.name), text::clean(&version))?;
    }
    writeln!(out)
}

fn print_summary(out: &mut dyn Write, input: &Checked) -> std::io::Result<()> {
    let tally = &input.tally;
    let count =
        |level: Level| input.findings.iter().filter(|finding| finding.level == level).count();
    writeln!(
        out,
        "{} files ({}), {} statements: {} succeed, {} fail, {} follow from failures, {} unknown{}",
        tally.files,
        input.prepared.plan.tool.name(),
        tally.statements,
        tally.succeed,
        tally.fail,
        tally.follow,
        tally.unknown.values().sum::<usize>(),
        if tally.rows > 0 {
            format!("; {} rows of data passed over", tally.rows)
        } else {
            String::new()
        },
    )?;
    for (reason, count) in &tally.unknown {
        writeln!(out, "  unknown ({count}): {}", text::clean(reason))?;
    }
    writeln!(
        out,
        "{} errors, {} warnings, {} notes",
        count(Level::Error),
        count(Level::Warning),
        count(Level::Note)
    )
}

fn json(checked: &[Checked]) -> Value {
    let inputs: Vec<_> = checked
        .iter()
        .map(|input| {
            let (plan, tally, sources) = (&input.prepared.plan, &input.tally, &input.prepared.sources);
            json!({
                "path": input.name,
                "tool": plan.tool.name(),
                "evidence": plan.evidence,
                "order": plan.files.iter().map(|file| json!({"file": file.name, "version": file.version})).collect::<Vec<_>>(),
                "findings": input.findings.iter().map(|finding| json_report::finding(sources, finding)).collect::<Vec<_>>(),
                "summary": {
                    "files": tally.files,
                    "statements": tally.statements,
                    "succeed": tally.succeed,
                    "fail": tally.fail,
                    "follow": tally.follow,
                    "unknown": tally.unknown.values().sum::<usize>(),
                    "unknown_reasons": tally.unknown,
                    "rows": tally.rows,
                },
            })
        })
        .collect();
    json!({
        "schema_version": json_report::SCHEMA_VERSION,
        "pgreckon": env!("CARGO_PKG_VERSION"),
        "command": "check",
        "inputs": inputs,
    })
}

/// What the texts themselves say: dumps that are cut short or of another vendor, notes of decoding.
fn about_texts(prepared: &Prepared) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &prepared.plan.files {
        let source = prepared.sources.get(file.source);
        for note in source.notes() {
            let mut finding = Finding::new(RuleId("decoded-file"), Level::Note, note.clone());
            finding.path = Some(file.name.clone());
            findings.push(finding);
        }
        if let Some(header) = psql::dump::header(source.text())
            && !header.complete
        {
            let mut finding = Finding::new(
                RuleId("truncated-dump"),
                Level::Error,
                "the dump is cut short: pg_dump's closing line is missing",
            );
            finding.path = Some(file.name.clone());
            findings.push(finding.help("take the dump again, or copy it again whole; what follows was analysed up to the cut"));
        }
        if let Some((vendor, span)) = psql::dump::vendor(file.source, source.text()) {
            let message = format!("this is SQL of {}, not of PostgreSQL", vendor.name());
            let finding = Finding::new(RuleId("foreign-dump"), Level::Error, message)
                .at(span, "this tells it");
            findings.push(finding.help(
                "convert it to PostgreSQL first (pgloader, for one), then look at the result",
            ));
        }
    }
    findings
}

fn unterminated(unterminated: &Unterminated) -> Finding {
    let message = format!("the input ends inside of a {}", unterminated.what.name());
    Finding::new(RuleId("truncated-input"), Level::Error, message)
        .at(unterminated.opened, "it was opened here")
        .help("the file is cut short, or the closing mark is missing")
}

fn note_finding(note: &psql::Note) -> Option<Finding> {
    let (level, message) = match &note.kind {
        NoteKind::UndecidedCondition(text) => {
            (Level::Warning, format!("\\if of \"{text}\" is not known; psql takes it for false"))
        }
        NoteKind::UnknownCondition(text) => {
            let message = format!("\\if of \"{text}\" is not known here, nor is what is behind it");
            (Level::Warning, message)
        }
        NoteKind::StrayCondition(name) => (Level::Warning, format!("\\{name} without \\if")),
        NoteKind::OpenCondition => (Level::Warning, "the input ends inside of \\if".to_string()),
        NoteKind::Resynchronised => (Level::Note, "reading went on here".to_string()),
    };
    Some(Finding::new(RuleId("psql-command"), level, message).at(note.span, "here"))
}
