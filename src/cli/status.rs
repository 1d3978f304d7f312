//! `pgreckon status MIGRATIONS DUMP…`: which migrations each database has seen, and what its tool claims.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::input::{BaseArgs, Prepared};
use super::side::with_roles_of;
use crate::catalog::Catalog;
use crate::diff::{self, Picture};
use crate::history::{self, Event, Mode, Moment, Options};
use crate::pg::version::Version;
use crate::report::status::{self as status_report, Database};
use crate::report::text;
use crate::session::Outcome;
use crate::status::claims::claims;
use crate::status::evidence::{Migration, Recorder};
use crate::status::judge;
use crate::status::ledger::{Ledger, Watcher};
use crate::status::{Verdict, weakness};

#[derive(Args)]
pub(crate) struct Status {
    /// The migration folder.
    #[arg(value_name = "MIGRATIONS")]
    migrations: PathBuf,
    /// Dumps of the databases, with or without data.
    #[arg(required = true, value_name = "DUMP")]
    dumps: Vec<PathBuf>,
    #[command(flatten)]
    base: BaseArgs,
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

/// A dump, read and applied.
struct Dump {
    name: String,
    prepared: Prepared,
    catalog: Catalog,
    ledgers: Vec<Ledger>,
    failed: usize,
    unknown: usize,
}

impl Status {
    /// Exit 0 when every migration is in every database and nothing contradicts it, 1 when not, 2 when something
    /// could not be read.
    pub fn run(self) -> Exit {
        let Some(mut folder) = self.prepare(&self.migrations) else { return Exit::Failed };
        let mut dumps = Vec::with_capacity(self.dumps.len());
        for path in &self.dumps {
            let Some(prepared) = self.prepare(path) else { return Exit::Failed };
            dumps.push(dump(path.display().to_string(), prepared));
        }
        let start = std::mem::replace(&mut folder.catalog, Catalog::empty(Version::NEWEST));
        let mut recorder = Recorder::new(&start);
        let catalog = apply(&folder, start, &mut |moment| recorder.see(&moment));
        // What a platform gave is nobody's migration.
        let platforms = dumps.iter().map(|dump| dump.prepared.platform).chain([folder.platform]);
        let schemas = platforms.flatten().flat_map(|platform| platform.schemas);
        let mut options = diff::Options::default();
        options.scope.exclude_schemas.extend(schemas.map(ToString::to_string));
        let files = &folder.plan.files;
        let databases = on_a_large_stack(|| {
            let migrations = recorder.finish(files.len(), &options);
            let whole = diff::draw(&catalog, &options);
            let mut databases: Vec<Database> = Vec::with_capacity(dumps.len());
            for dump in &dumps {
                databases.push(database(&folder, &migrations, &whole, dump, &options));
            }
            databases
        });
        let clean = databases.iter().all(|database| {
            database.failed + database.unknown == 0
                && database.contradictions.is_empty()
                && database.unexplained.is_empty()
                && database
                    .judged
                    .iter()
                    .all(|judged| !matches!(judged.verdict, Verdict::NotApplied | Verdict::Partly))
        });
        let report = status_report::Report {
            name: self.migrations.display().to_string(),
            tool: folder.plan.tool.name(),
            weakness: weakness(folder.plan.tool),
            files,
            sources: &folder.sources,
            databases,
        };
        match self.print(&report) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                eprintln!("pgreckon: cannot write the status: {error}");
                Exit::Failed
            }
            _ if clean => Exit::Clean,
            _ => Exit::Findings,
        }
    }

    fn prepare(&self, path: &Path) -> Option<Prepared> {
        match self.base.prepare(path) {
            Ok(prepared) => {
                for problem in &prepared.problems {
                    eprintln!("pgreckon: {}", text::clean(&problem.to_string()));
                }
                Some(prepared)
            }
            Err(error) => {
                eprintln!("pgreckon: {}", text::clean(&error.to_string()));
                None
            }
        }
    }

    fn print(&self, report: &status_report::Report) -> io::Result<()> {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let mut out = BufWriter::new(stdout.lock());
        match self.format {
            Format::Text => {
                let style = text::Style { color, unicode: terminal, width: 110 };
                status_report::text(&mut out, report, style)?;
            }
            Format::Json => {
                serde_json::to_writer_pretty(&mut out, &status_report::json(report))?;
                writeln!(out)?;
            }
            Format::Markdown => status_report::markdown(&mut out, report)?,
        }
        out.flush()
    }
}

fn apply(
    prepared: &Prepared,
    catalog: Catalog,
    observe: &mut (dyn FnMut(Moment) + Send),
) -> Catalog {
    let options = Options {
        mode: Mode::Check,
        track: true,
        stock_extensions: false,
        session_per_file: prepared.session_per_file,
    };
    let files = &prepared.plan.files;
    history::apply(&prepared.sources, &prepared.includes, files, catalog, options, observe)
}

/// Reads a dump, and what tools recorded in it.
fn dump(name: String, mut prepared: Prepared) -> Dump {
    let mut start = std::mem::replace(&mut prepared.catalog, Catalog::empty(Version::NEWEST));
    if let [only] = prepared.plan.files.as_slice() {
        start = with_roles_of(prepared.sources.get(only.source).text(), start).0;
    }
    let mut watcher = Watcher::default();
    let (mut failed, mut unknown) = (0, 0);
    let catalog = apply(&prepared, start, &mut |moment| match moment.event {
        Event::Statement { parsed, execution, .. } => {
            watcher.statement(parsed);
            match execution.outcome {
                Outcome::Error(_) => failed += 1,
                Outcome::Unknown(_) => unknown += 1,
                Outcome::Ok | Outcome::Empty => {}
            }
        }
        Event::CopyData(data) => watcher.copy_data(&prepared.sources, data),
        Event::Meta(_) | Event::Note(_) => {}
    });
    let ledgers = watcher.finish(&catalog);
    Dump { name, prepared, catalog, ledgers, failed, unknown }
}

fn database<'a>(
    folder: &Prepared,
    migrations: &[Migration],
    whole: &Picture,
    dump: &'a Dump,
    options: &diff::Options,
) -> Database<'a> {
    let picture = diff::draw(&dump.catalog, options);
    let judged = judge::judge(migrations, &picture);
    let mut differences = diff::compare(whole, &picture);
    if folder.platform.or(dump.prepared.platform).is_some() {
        differences.retain(|difference| !difference.was_there_before());
    }
    let unexplained = judge::unexplained(migrations, &judged, differences);
    let mut contradictions = Vec::new();
    let mut claimed = None;
    for ledger in dump.ledgers.iter().filter(|ledger| !ledger.rows.is_empty()) {
        let held = claims(ledger, &folder.sources, &folder.plan.files, &judged);
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
        failed: dump.failed,
        unknown: dump.unknown,
        judged,
        claimed,
        contradictions,
        unexplained,
    }
}

/// Runs on a stack that analysed trees of any depth fit on.
fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread =
            std::thread::Builder::new().stack_size(history::STACK_SIZE).spawn_scoped(scope, work);
        match thread.map(|handle| handle.join()) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => panic!("cannot start a thread: {error}"),
        }
    })
}
