//! `pgreckon drift A B`: where two schemas differ, and which statement made each so.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::input::{InputArgs, Prepared};
use crate::catalog::Catalog;
use crate::diff::doubt::UnknownWords;
use crate::diff::gone::GoneNames;
use crate::diff::{self, Class, Difference, migrations};
use crate::history::{self, Event, Mode, Options};
use crate::pg::version::Version;
use crate::report::{drift as drift_report, text};
use crate::session::Outcome;
use crate::source::InputError;

#[derive(Args)]
pub(crate) struct Drift {
    /// Two dumps or migration folders; with --order the second alone.
    #[arg(required = true, num_args = 1..=2, value_names = ["A", "B"])]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    /// Compare privileges too.
    #[arg(long)]
    grants: bool,
    /// Compare owners too.
    #[arg(long)]
    owners: bool,
    /// Leave out what makes no difference in use: order of columns, names that the system makes, comments.
    #[arg(long)]
    no_cosmetic: bool,
    /// How the differences are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    /// For a person.
    Text,
    /// As data; the README documents the schema.
    Json,
}

/// One side, applied.
struct Side {
    name: String,
    prepared: Prepared,
    catalog: Catalog,
    statements: usize,
    failed: Vec<String>,
    unknown: BTreeMap<String, usize>,
    words: UnknownWords,
    gone: GoneNames,
}

impl Drift {
    /// Exit 0 when the schemas agree, 1 when they differ or that cannot be told, 2 when one could not be read.
    pub fn run(self) -> Exit {
        let (first, second) = match self.paths.as_slice() {
            [a, b] => (Some(a.as_path()), b),
            [b] if self.input.order.is_some() => (None, b),
            _ => {
                eprintln!(
                    "pgreckon: drift compares two: give two paths, or --order FILE with --root DIR and one path"
                );
                return Exit::Failed;
            }
        };
        let name = |path: &Path| path.display().to_string();
        let a_name = first.or(self.input.order.as_deref()).map_or_else(String::new, name);
        let a = self.side(a_name, self.input.prepare(first));
        let b = self.side(name(second), self.input.base.prepare(second));
        let (Some(a), Some(b)) = (a, b) else { return Exit::Failed };
        let mut differences = self.compare(&a, &b);
        let lacking = (self.lacking(&a, &differences, true), self.lacking(&b, &differences, false));
        if self.no_cosmetic {
            differences.retain(|difference| difference.class != Class::Cosmetic);
        }
        let sides = (a.reported(lacking.0), b.reported(lacking.1));
        let unsure = !a.unknown.is_empty() || !b.unknown.is_empty();
        let found =
            unsure || differences.iter().any(|difference| difference.class != Class::Cosmetic);
        match self.print(&sides.0, &sides.1, &differences) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                eprintln!("pgreckon: cannot write the report: {error}");
                Exit::Failed
            }
            _ if found => Exit::Findings,
            _ => Exit::Clean,
        }
    }

    /// Reads and applies one side; None, with a message, when there is nothing to compare.
    fn side(&self, name: String, prepared: Result<Prepared, InputError>) -> Option<Side> {
        let mut prepared = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                eprintln!("pgreckon: {}", text::clean(&error.to_string()));
                return None;
            }
        };
        for problem in &prepared.problems {
            eprintln!("pgreckon: {}", text::clean(&problem.to_string()));
        }
        let catalog = std::mem::replace(&mut prepared.catalog, Catalog::empty(Version::NEWEST));
        let options = Options {
            mode: Mode::Check,
            track: true,
            stock_extensions: false,
            session_per_file: prepared.session_per_file,
        };
        let (mut statements, mut failed) = (0, Vec::new());
        let (mut unknown, mut words) = (BTreeMap::new(), UnknownWords::default());
        let mut gone = GoneNames::default();
        let sources = &prepared.sources;
        let mut observe = |moment: history::Moment| {
            let Event::Statement { statement, execution, .. } = moment.event else { return };
            statements += 1;
            for departed in &execution.gone {
                gone.add(&departed.name, statement.span);
            }
            match &execution.outcome {
                Outcome::Ok | Outcome::Empty => {}
                Outcome::Error(error) => {
                    let place = text::span_place(sources, statement.span);
                    failed.push(format!("{place}: {} {}", error.sqlstate, error.message));
                }
                Outcome::Unknown(reason) => {
                    *unknown.entry(reason.clone()).or_default() += 1;
                    words.add(statement.text(), statement.span);
                }
            }
        };
        let catalog = history::apply(
            sources,
            &prepared.includes,
            &prepared.plan.files,
            catalog,
            options,
            &mut observe,
        );
        if statements == 0 {
            eprintln!("pgreckon: {}: there is no SQL statement to compare", text::clean(&name));
            return None;
        }
        Some(Side { name, prepared, catalog, statements, failed, unknown, words, gone })
    }

    fn compare(&self, a: &Side, b: &Side) -> Vec<Difference> {
        let options =
            diff::Options { grants: self.grants, owners: self.owners, ..Default::default() };
        let compare = || {
            let pictures = (diff::draw(&a.catalog, &options), diff::draw(&b.catalog, &options));
            let mut differences = diff::compare(&pictures.0, &pictures.1);
            diff::doubt::mark(&mut differences, &a.words, &b.words);
            diff::gone::mark(&mut differences, &a.gone, &b.gone);
            differences
        };
        on_a_large_stack(compare)
    }

    /// The files of a folder of which the other side lacks something.
    fn lacking(
        &self,
        side: &Side,
        differences: &[Difference],
        first: bool,
    ) -> Vec<migrations::Applied> {
        if side.prepared.plan.files.len() < 2 {
            return Vec::new();
        }
        let options =
            diff::Options { grants: self.grants, owners: self.owners, ..Default::default() };
        let lacking =
            || migrations::lacking(&diff::draw(&side.catalog, &options), differences, first);
        on_a_large_stack(lacking)
    }

    fn print(
        &self,
        a: &drift_report::Side,
        b: &drift_report::Side,
        differences: &[Difference],
    ) -> io::Result<()> {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let mut out = BufWriter::new(stdout.lock());
        match self.format {
            Format::Text => {
                let style = text::Style { color, unicode: terminal, width: 110 };
                drift_report::text(&mut out, a, b, differences, style)?;
            }
            Format::Json => {
                serde_json::to_writer_pretty(&mut out, &drift_report::json(a, b, differences))?;
                writeln!(out)?;
            }
        }
        out.flush()
    }
}

impl Side {
    fn reported(&self, lacking: Vec<migrations::Applied>) -> drift_report::Side<'_> {
        drift_report::Side {
            name: self.name.clone(),
            tool: self.prepared.plan.tool.name(),
            sources: &self.prepared.sources,
            files: self.prepared.plan.files.len(),
            statements: self.statements,
            failed: self.failed.clone(),
            unknown: self.unknown.clone(),
            lacking,
        }
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
