//! `pgreckon drift REFERENCE OTHER…`: where schemas differ, and which statement made each so.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::input::InputArgs;
use super::side::{Side, run_sql};
use crate::diff::judge::Judged;
use crate::diff::renames::Renamed;
use crate::diff::{self, Class, Difference, Picture, breaks, judge, matrix, migrations, renames};
use crate::history;
use crate::pg::name::quote_identifier;
use crate::report::{drift as drift_report, drift_json, drift_markdown, text};

#[derive(Args)]
pub(crate) struct Drift {
    /// Dumps or migration folders, the first is what the others are compared with; with --order the others alone.
    /// FOLDER/@VERSION is the folder up to and including that version or file.
    #[arg(required = true, num_args = 1.., value_names = ["REFERENCE", "OTHER"])]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    counts: Counts,
    /// Leave out what makes no difference in use: order of columns, names that the system makes, comments.
    #[arg(long)]
    no_cosmetic: bool,
    /// Take things that are alike in all but their names for renamed, though nothing proves it.
    #[arg(long)]
    accept_renames: bool,
    /// The reference's schema A is called B on the other sides. May be repeated.
    #[arg(long, value_name = "A=B", value_parser = schema_pair)]
    map_schema: Vec<(String, String)>,
    /// How the differences are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What counts as a difference.
#[derive(Args)]
struct Counts {
    /// Compare privileges too.
    #[arg(long, alias = "privileges")]
    grants: bool,
    /// Compare owners too.
    #[arg(long)]
    owners: bool,
    /// Comments count; else they are cosmetic.
    #[arg(long)]
    comments: bool,
    /// The order of columns counts; else it is cosmetic.
    #[arg(long)]
    column_order: bool,
    /// Names of constraints and indexes count even where all else is alike; else they are cosmetic.
    #[arg(long)]
    constraint_names: bool,
    /// Compare these schemas only; a pattern with * and ?. May be repeated.
    #[arg(short = 'n', long, value_name = "PATTERN")]
    schema: Vec<String>,
    /// Leave these schemas out.
    #[arg(short = 'N', long, value_name = "PATTERN")]
    exclude_schema: Vec<String>,
    /// Compare these tables, views and sequences only.
    #[arg(short = 't', long, value_name = "PATTERN")]
    table: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    /// For a person.
    Text,
    /// The report to hand over.
    Markdown,
    /// As data; the README documents the schema.
    Json,
}

fn schema_pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((own, other)) if !own.is_empty() && !other.is_empty() => {
            Ok((own.to_string(), other.to_string()))
        }
        _ => Err("give two schema names, as app=tenant_1".to_string()),
    }
}

impl Counts {
    fn options(&self) -> diff::Options {
        diff::Options {
            grants: self.grants,
            owners: self.owners,
            comments: self.comments,
            column_order: self.column_order,
            names: self.constraint_names,
            scope: diff::Scope {
                schemas: self.schema.clone(),
                exclude_schemas: self.exclude_schema.clone(),
                tables: self.table.clone(),
            },
        }
    }
}

impl Drift {
    /// Exit 0 when the schemas agree, 1 when they differ or that cannot be told, 2 when one could not be read.
    pub fn run(self) -> Exit {
        let from_order = self.input.order.is_some();
        if !from_order && self.paths.len() < 2 {
            eprintln!(
                "pgreckon: drift compares two or more: give two paths, or --order FILE with --root DIR and one path"
            );
            return Exit::Failed;
        }
        let paths = self.paths.iter().map(|path| Some(path.as_path()));
        let paths: Vec<Option<&Path>> =
            from_order.then_some(None).into_iter().chain(paths).collect();
        let Some(mut sides) = self.read(&paths) else { return Exit::Failed };
        for side in sides.iter_mut().skip(1) {
            if let Err(message) = self.map_schemas(side) {
                eprintln!("pgreckon: {}", text::clean(&message));
                return Exit::Failed;
            }
        }
        let (comparisons, matrix, tables) = on_a_large_stack(|| self.compare(&mut sides));
        let unsure = sides.iter().any(|side| !side.unknown.is_empty());
        let differ = comparisons.iter().any(|comparison| {
            comparison.differences.iter().any(|difference| difference.class != Class::Cosmetic)
        });
        let sides: Vec<_> = sides.iter().map(Side::reported).collect();
        let report = drift_report::Report { sides, comparisons, matrix, tables, more: Vec::new() };
        match self.print(&report) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                eprintln!("pgreckon: cannot write the report: {error}");
                Exit::Failed
            }
            _ if unsure || differ => Exit::Findings,
            _ => Exit::Clean,
        }
    }

    /// Reads and applies all sides, each on threads of its own; None, with messages, when one has nothing to compare.
    fn read(&self, paths: &[Option<&Path>]) -> Option<Vec<Side>> {
        let read = |path: Option<&Path>| Side::read(&self.input, path);
        let sides: Vec<Result<Side, String>> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                paths.iter().map(|path| scope.spawn(move || read(*path))).collect();
            threads
                .into_iter()
                .map(|thread| match thread.join() {
                    Ok(side) => side,
                    Err(panic) => std::panic::resume_unwind(panic),
                })
                .collect()
        });
        let mut all = Vec::new();
        let mut failed = false;
        for side in sides {
            match side {
                Ok(side) => {
                    for problem in &side.prepared.problems {
                        eprintln!("pgreckon: {}", text::clean(&problem.to_string()));
                    }
                    all.push(side);
                }
                Err(message) => {
                    eprintln!("pgreckon: {message}");
                    failed = true;
                }
            }
        }
        (!failed).then_some(all)
    }

    fn map_schemas(&self, side: &mut Side) -> Result<(), String> {
        for (own, other) in &self.map_schema {
            let (own, other) = (quote_identifier(own), quote_identifier(other));
            let catalog = side.catalog.clone();
            // An empty schema of the reference's name gives way.
            let (catalog, _) =
                run_sql(catalog, [format!("DROP SCHEMA IF EXISTS {own}")].into_iter());
            let rename = format!("ALTER SCHEMA {other} RENAME TO {own}");
            let (catalog, failed) = run_sql(catalog, [rename].into_iter());
            if let Some(message) = failed.first() {
                return Err(format!("--map-schema: {}: {message}", side.name));
            }
            side.catalog = catalog;
        }
        Ok(())
    }

    fn compare(
        &self,
        sides: &mut [Side],
    ) -> (Vec<drift_report::Comparison>, Vec<matrix::Row>, drift_report::Tables) {
        let options = self.counts.options();
        let Some((reference, others)) = sides.split_first_mut() else {
            return (Vec::new(), Vec::new(), drift_report::Tables::new());
        };
        let mut comparisons = Vec::new();
        for (at, other) in others.iter_mut().enumerate() {
            comparisons.push(self.pair(reference, other, at + 1, &options));
        }
        let pictures: Vec<Picture> =
            sides.iter().map(|side| diff::draw(&side.catalog, &options)).collect();
        let pictures: Vec<&Picture> = pictures.iter().collect();
        let rows = if pictures.len() > 2 { matrix::rows(&pictures) } else { Vec::new() };
        (comparisons, rows, matrix::tables(&pictures))
    }

    /// Compares two; what is proven to be renamed is renamed on the other side first.
    fn pair(
        &self,
        a: &Side,
        b: &mut Side,
        at: usize,
        options: &diff::Options,
    ) -> drift_report::Comparison {
        let mut known: Vec<Renamed> = Vec::new();
        let of_a = diff::draw(&a.catalog, options);
        loop {
            let (mut differences, found) = {
                let of_b = diff::draw(&b.catalog, options);
                let differences = diff::compare(&of_a, &of_b);
                let mut found = renames::proven(&differences, &a.past, &b.past);
                if self.accept_renames && found.is_empty() {
                    found = renames::guessed(&differences, &of_a, &of_b);
                }
                (differences, found)
            };
            let statements = found.iter().map(|renamed| renamed.sql.clone());
            let (catalog, failed) = match found.is_empty() {
                true => (b.catalog.clone(), Vec::new()),
                false => run_sql(b.catalog.clone(), statements),
            };
            if found.is_empty() || failed.len() == found.len() {
                let of_b = diff::draw(&b.catalog, options);
                self.explain(&mut differences, (a, &of_a), (b, &of_b));
                differences.extend(known.into_iter().map(|renamed| renamed.difference));
                differences.sort_by(|x, y| x.owner.cmp(&y.owner));
                let lacking =
                    (lacking(a, &of_a, &differences, true), lacking(b, &of_b, &differences, false));
                if self.no_cosmetic {
                    differences.retain(|difference| difference.class != Class::Cosmetic);
                }
                return drift_report::Comparison { other: at, differences, lacking };
            }
            b.catalog = catalog;
            known.extend(found);
        }
    }

    fn explain(
        &self,
        differences: &mut [Difference],
        (a, of_a): (&Side, &Picture),
        (b, of_b): (&Side, &Picture),
    ) {
        diff::doubt::mark(differences, &a.words, &b.words);
        diff::gone::mark(differences, &a.gone, &b.gone);
        judge::judge(differences, &a.judged(of_a), &b.judged(of_b));
        breaks::mark(differences, of_a, of_b);
        let guesses = renames::guessed(differences, of_a, of_b);
        renames::mark(differences, &guesses);
    }

    fn print(&self, report: &drift_report::Report) -> io::Result<()> {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let mut out = BufWriter::new(stdout.lock());
        match self.format {
            Format::Text => {
                let style = text::Style { color, unicode: terminal, width: 110 };
                drift_report::text(&mut out, report, style)?;
            }
            Format::Markdown => drift_markdown::markdown(&mut out, report)?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut out, &drift_json::json(report))?;
                writeln!(out)?;
            }
        }
        out.flush()
    }
}

/// The files of a folder of which the other side lacks something.
fn lacking(
    side: &Side,
    picture: &Picture,
    differences: &[Difference],
    first: bool,
) -> Vec<migrations::Applied> {
    if side.prepared.plan.files.len() < 2 {
        return Vec::new();
    }
    migrations::lacking(picture, differences, first)
}

impl Side {
    fn judged<'a>(&'a self, picture: &'a Picture<'a>) -> Judged<'a> {
        Judged { picture, sources: &self.prepared.sources, is_dump: self.is_dump }
    }

    fn reported(&self) -> drift_report::Side<'_> {
        drift_report::Side {
            name: self.name.clone(),
            tool: self.prepared.plan.tool.name(),
            version: self.catalog.version().major(),
            sources: &self.prepared.sources,
            files: self.prepared.plan.files.len(),
            statements: self.statements,
            failed: self.failed.clone(),
            unknown: self.unknown.clone(),
            assumed_roles: self.assumed_roles.clone(),
            coverage: on_a_large_stack(|| self.coverage()),
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
