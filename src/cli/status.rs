//! `pgreckon status MIGRATIONS DUMP…`: which migrations each database has seen, and what its tool claims.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::input::{InputArgs, Prepared};
use super::output::{self, on_a_large_stack};
use super::side::Side;
use crate::catalog::Catalog;
use crate::diff;
use crate::diff::platform::{self, Ground};
use crate::history::{self, Mode, Options};
use crate::pg::version::Version;
use crate::report::status::{self as status_report, Database};
use crate::report::text;
use crate::status::claims::claims;
use crate::status::evidence::{Migration, Recorder};
use crate::status::judge;
use crate::status::{Verdict, weakness};

#[derive(Args)]
pub(crate) struct Status {
    /// The migration folder, then dumps of the databases, with or without data; with --order dumps alone.
    #[arg(required = true, num_args = 1.., value_names = ["MIGRATIONS", "DUMP"])]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    /// How the status is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    /// For a person.
    Text,
    /// As data; the README documents the schema.
    Json,
    /// A section of a report.
    Markdown,
}

impl Status {
    /// Exit 0 when every migration is in every database and nothing contradicts it, 1 when not, 2 when something
    /// could not be read.
    pub fn run(self) -> Exit {
        let (folder, dumps) = match (&self.input.order, self.paths.split_first()) {
            (Some(_), _) => (None, self.paths.as_slice()),
            (None, Some((folder, dumps))) if !dumps.is_empty() => (Some(folder.as_path()), dumps),
            (None, _) => {
                eprintln!(
                    "pgreckon: status holds migrations against dumps: give a folder and a dump, or --order FILE with --root DIR and a dump"
                );
                return Exit::Failed;
            }
        };
        let read = |path: &PathBuf| Side::read(&self.input, Some(path));
        let sides = output::side_by_side(dumps.iter(), read);
        let folder = Folder::read(&self.input, folder);
        let mut databases = Vec::with_capacity(sides.len());
        let mut failed = false;
        for side in sides {
            match side {
                Ok(side) => databases.push(side),
                Err(message) => {
                    eprintln!("pgreckon: {message}");
                    failed = true;
                }
            }
        }
        let folder = match folder {
            Ok(folder) if !failed => folder,
            Ok(_) => return Exit::Failed,
            Err(message) => {
                eprintln!("pgreckon: {message}");
                return Exit::Failed;
            }
        };
        let problems = databases.iter().map(|side| &side.prepared).chain([&folder.prepared]);
        for problem in problems.flat_map(|prepared| &prepared.problems) {
            eprintln!("pgreckon: {}", text::clean(&problem.to_string()));
        }
        let dumps: Vec<&Side> = databases.iter().collect();
        let report = folder.report(&dumps);
        let clean = report.databases.iter().all(|database| {
            database.failed + database.unknown == 0
                && database.contradictions.is_empty()
                && database.unexplained.is_empty()
                && database
                    .judged
                    .iter()
                    .all(|judged| !matches!(judged.verdict, Verdict::NotApplied | Verdict::Partly))
        });
        self.print(&report, if clean { Exit::Clean } else { Exit::Findings })
    }

    fn print(&self, report: &status_report::Report, exit: Exit) -> Exit {
        output::print("the status", exit, |out, style| match self.format {
            Format::Text => status_report::text(out, report, style),
            Format::Json => output::json(out, &status_report::json(report)),
            Format::Markdown => status_report::markdown(out, report),
        })
    }
}

/// A migration folder, run once, with what each file changed.
pub(super) struct Folder {
    name: String,
    prepared: Prepared,
    /// What was there before the first file.
    start: Catalog,
    catalog: Catalog,
    migrations: Vec<Migration>,
}

impl Folder {
    /// Reads and runs a folder, or `--order` where the path is None; an Err is the message why that can't be.
    pub fn read(input: &InputArgs, path: Option<&Path>) -> Result<Folder, String> {
        let shown = path.or(input.order.as_deref());
        let name = shown.map_or_else(String::new, |path| path.display().to_string());
        let prepared = match path {
            None => input.prepare(None),
            Some(path) => input.base.prepare(path),
        };
        let mut prepared = prepared.map_err(|error| text::clean(&error.to_string()))?;
        let start = std::mem::replace(&mut prepared.catalog, Catalog::empty(Version::NEWEST));
        let mut recorder = Recorder::new(&start);
        let options = Options {
            mode: Mode::Check,
            track: true,
            stock_extensions: prepared.session_per_file,
            session_per_file: prepared.session_per_file,
        };
        let (includes, files) = (&prepared.includes, &prepared.plan.files);
        let catalog = history::apply(
            &prepared.sources,
            includes,
            files,
            start.clone(),
            options,
            &mut |moment| recorder.see(&moment),
        );
        let migrations = on_a_large_stack(|| recorder.finish(files.len(), &compared()));
        Ok(Folder { name, prepared, start, catalog, migrations })
    }

    /// What each of the dumps shows of the folder.
    pub fn report<'a>(&'a self, dumps: &[&'a Side]) -> status_report::Report<'a> {
        let databases = on_a_large_stack(|| dumps.iter().map(|dump| self.database(dump)).collect());
        let tool = self.prepared.plan.tool;
        status_report::Report {
            name: self.name.clone(),
            tool: tool.name(),
            weakness: weakness(tool),
            files: &self.prepared.plan.files,
            sources: &self.prepared.sources,
            databases,
        }
    }

    fn database<'a>(&'a self, dump: &'a Side) -> Database<'a> {
        let options = compared();
        let platforms = [self.prepared.platform, dump.prepared.platform];
        let schemas: BTreeSet<&str> =
            platforms.iter().flatten().flat_map(|platform| platform.schemas).copied().collect();
        let mut pictures =
            [diff::draw(&self.catalog, &options), diff::draw(&dump.catalog, &options)];
        let given = self.prepared.platform.map(|_| diff::draw(&self.start, &options));
        let grounds = [
            Ground { given, is_dump: false },
            Ground {
                given: dump.given.as_ref().map(|given| diff::draw(given, &options)),
                is_dump: true,
            },
        ];
        let left_out = platform::keep_own(&mut pictures, &grounds, &schemas);
        let [whole, picture] = &pictures;
        let judged = judge::judge(&self.migrations, picture, dump.shows, &left_out);
        let mut differences = diff::compare(whole, picture);
        if platforms.iter().any(Option::is_some) {
            differences.retain(|difference| !difference.was_there_before());
        }
        let unexplained = judge::unexplained(&self.migrations, &judged, differences);
        let mut contradictions = Vec::new();
        let mut claimed = None;
        for ledger in dump.ledgers.iter().filter(|ledger| !ledger.rows.is_empty()) {
            let plan = &self.prepared.plan;
            let held = claims(ledger, &self.prepared.sources, &plan.files, &judged);
            // Of several tables the one that knows the folder's files is the folder's.
            if held.knows_any() || dump.ledgers.len() == 1 {
                contradictions.extend(held.contradictions);
                claimed = Some(held.by_file);
            }
        }
        Database {
            name: &dump.name,
            sources: &dump.prepared.sources,
            ledgers: &dump.ledgers,
            failed: dump.failed.len(),
            unknown: dump.unknown.values().sum(),
            judged,
            claimed,
            contradictions,
            unexplained,
        }
    }
}

/// Owners and privileges are evidence too, where the dump has them.
fn compared() -> diff::Options {
    diff::Options { grants: true, owners: true, ..diff::Options::default() }
}
