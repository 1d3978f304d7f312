//! `pgreckon drift REFERENCE OTHER…`: where schemas differ, and which statement made each so.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::input::InputArgs;
use super::output::{self, on_a_large_stack};
use super::side::{Side, run_sql};
use super::status::Folder;
use crate::catalog::Catalog;
use crate::deparse::pg_dump;
use crate::diff::coverage::Coverage;
use crate::diff::judge::Judged;
use crate::diff::platform::{self, Ground, LeftOut};
use crate::diff::renames::Renamed;
use crate::diff::{self, Class, Difference, Picture, breaks, judge, matrix, migrations, renames};
use crate::pg::name::quote_identifier;
use crate::report::{
    drift as drift_report, drift_json, drift_markdown, status as status_report, text,
};

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
            schema_names: Vec::new(),
        }
    }
}

impl Drift {
    /// What `dump --check FILE` asks: whether FILE is the schema that the input makes.
    pub(super) fn of_dump(
        path: Option<PathBuf>,
        input: InputArgs,
        file: PathBuf,
        options: &pg_dump::Options,
    ) -> Drift {
        Drift {
            paths: path.into_iter().chain([file]).collect(),
            input,
            counts: Counts {
                grants: !options.no_privileges,
                owners: !options.no_owner,
                comments: !options.no_comments,
                column_order: true,
                constraint_names: true,
                schema: options.schemas.clone(),
                exclude_schema: options.exclude_schemas.clone(),
                table: options.tables.clone(),
            },
            no_cosmetic: false,
            accept_renames: false,
            map_schema: Vec::new(),
            format: Format::Text,
        }
    }

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
        let (mut compared, coverage) = self.compare_and_measure(&sides);
        if sides.iter().any(|side| side.prepared.platform.is_some()) {
            for comparison in &mut compared.comparisons {
                comparison.differences.retain(|difference| !difference.was_there_before());
            }
        }
        let unsure = sides.iter().any(|side| !side.unknown.is_empty() || side.cut_short);
        let differ = compared.comparisons.iter().any(|comparison| {
            comparison.differences.iter().any(|difference| difference.class != Class::Cosmetic)
        });
        let (scripts, statuses) = match self.format {
            Format::Text => (Vec::new(), Vec::new()),
            Format::Markdown | Format::Json => {
                (self.scripts(&sides, &compared), self.statuses(&paths, &sides))
            }
        };
        let sides = sides.iter().zip(coverage).map(|(side, of)| side.reported(of)).collect();
        let Compared { comparisons, matrix, tables, left_out } = compared;
        let report = drift_report::Report {
            sides,
            comparisons,
            matrix,
            tables,
            left_out,
            scripts,
            statuses,
        };
        self.print(&report, if unsure || differ { Exit::Findings } else { Exit::Clean })
    }

    /// Reads and applies all sides, each on threads of its own; None, with messages, when one has nothing to compare.
    fn read(&self, paths: &[Option<&Path>]) -> Option<Vec<Side>> {
        let read = |path: Option<&Path>| Side::read(&self.input, path);
        let sides = output::side_by_side(paths.iter(), |path| read(*path));
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
        side.as_read = Some(side.catalog.clone()).filter(|_| !self.map_schema.is_empty());
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

    /// Compares the sides, and measures on other threads how much of each dump was understood.
    fn compare_and_measure(&self, sides: &[Side]) -> (Compared, Vec<Option<Coverage>>) {
        std::thread::scope(|scope| {
            let measured: Vec<_> = sides
                .iter()
                .map(|side| scope.spawn(move || on_a_large_stack(|| side.coverage())))
                .collect();
            let compared = on_a_large_stack(|| self.compare(sides));
            let coverage = measured
                .into_iter()
                .map(|thread| match thread.join() {
                    Ok(coverage) => coverage,
                    Err(panic) => std::panic::resume_unwind(panic),
                })
                .collect();
            (compared, coverage)
        })
    }

    /// Compares each side with the first. What is proven to be renamed is renamed on the other side, and then all is
    /// compared again.
    fn compare(&self, sides: &[Side]) -> Compared {
        let options = self.counts.options();
        let mut catalogs: Vec<Catalog> = sides.iter().map(|side| side.catalog.clone()).collect();
        let mut known: Vec<Vec<Renamed>> = vec![Vec::new(); sides.len()];
        loop {
            let mut pictures = draw_all(&catalogs, &options, &self.map_schema);
            let left_out = keep_own(sides, &mut pictures, &options);
            let Some((of_a, others)) = pictures.split_first() else { return Compared::default() };
            let mut differences = Vec::new();
            let mut changed: Vec<(usize, Catalog)> = Vec::new();
            for (other, of_b) in (1..).zip(others) {
                let list = diff::compare(of_a, of_b);
                let found = self.renames(&list, (&sides[0], of_a), (&sides[other], of_b));
                if let Some((catalog, found)) = renamed(&catalogs[other], found) {
                    known[other].extend(found);
                    changed.push((other, catalog));
                }
                differences.push(list);
            }
            if changed.is_empty() {
                let comparisons = (1..).zip(differences).map(|(other, list)| {
                    let known = std::mem::take(&mut known[other]);
                    self.finish((sides, &pictures), other, list, known)
                });
                let comparisons = comparisons.collect();
                let all: Vec<&Picture> = pictures.iter().collect();
                let matrix = if all.len() > 2 { matrix::rows(&all) } else { Vec::new() };
                return Compared { comparisons, matrix, tables: matrix::tables(&all), left_out };
            }
            drop(pictures);
            for (other, catalog) in changed {
                catalogs[other] = catalog;
            }
        }
    }

    /// For each side that differs the SQL that brings it to the reference.
    fn scripts(&self, sides: &[Side], compared: &Compared) -> Vec<drift_report::Script> {
        let differs = |comparison: &&drift_report::Comparison| {
            comparison.differences.iter().any(|difference| difference.class != Class::Cosmetic)
        };
        let mut options = self.counts.options();
        options.scope.exclude_schemas.extend(platform_schemas(sides).map(ToString::to_string));
        let mut scripts = Vec::new();
        for comparison in compared.comparisons.iter().filter(differs) {
            let (a, b) = (&sides[0], &sides[comparison.other]);
            let (from, to) = ((b.name.as_str(), &b.catalog), (a.name.as_str(), &a.catalog));
            if let Ok(sql) = super::plan::script(from, to, options.clone()) {
                scripts.push(drift_report::Script { other: comparison.other, sql });
            }
        }
        scripts
    }

    /// For each folder what each dump shows of its migrations.
    fn statuses(&self, paths: &[Option<&Path>], sides: &[Side]) -> Vec<drift_report::Status> {
        let dumps: Vec<&Side> = sides.iter().filter(|side| side.is_dump).collect();
        let folders = sides.iter().zip(paths).enumerate().filter(|(_, (side, _))| {
            !side.is_dump && side.prepared.plan.files.len() > 1 && !dumps.is_empty()
        });
        let mut statuses = Vec::new();
        for (side, (_, path)) in folders {
            // It was read before without a failure.
            let Ok(folder) = Folder::read(&self.input, *path) else { continue };
            let report = folder.report(&dumps);
            let mut text = Vec::new();
            if status_report::section(&mut text, &report).is_ok() {
                let markdown = String::from_utf8_lossy(&text).into_owned();
                let data = status_report::json(&report);
                let advice = status_report::advice(&report);
                statuses.push(drift_report::Status { side, markdown, data, advice });
            }
        }
        statuses
    }

    fn renames(
        &self,
        differences: &[Difference],
        (a, of_a): (&Side, &Picture),
        (b, of_b): (&Side, &Picture),
    ) -> Vec<Renamed> {
        let found = renames::proven(differences, &a.past, &b.past);
        if found.is_empty() && self.accept_renames {
            return renames::guessed(differences, of_a, of_b);
        }
        found
    }

    /// What is said of the differences with one side.
    fn finish(
        &self,
        (sides, pictures): (&[Side], &[Picture]),
        other: usize,
        mut differences: Vec<Difference>,
        known: Vec<Renamed>,
    ) -> drift_report::Comparison {
        let (a, b) = (&sides[0], &sides[other]);
        let (of_a, of_b) = (&pictures[0], &pictures[other]);
        self.explain(&mut differences, (a, of_a), (b, of_b));
        differences.extend(known.into_iter().map(|renamed| renamed.difference));
        differences.sort_by(|x, y| x.owner.cmp(&y.owner));
        let lacking = (lacking(a, of_a, &differences, true), lacking(b, of_b, &differences, false));
        let in_doubt = diff::doubt::objects(of_a, &differences, &a.words, &b.words);
        if self.no_cosmetic {
            differences.retain(|difference| difference.class != Class::Cosmetic);
        }
        drift_report::Comparison { other, differences, lacking, in_doubt }
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

    fn print(&self, report: &drift_report::Report, exit: Exit) -> Exit {
        output::print("the report", exit, |out, style| match self.format {
            Format::Text => drift_report::text(out, report, style),
            Format::Markdown => drift_markdown::markdown(out, report),
            Format::Json => output::json(out, &drift_json::json(report)),
        })
    }
}

/// All that was compared.
#[derive(Default)]
struct Compared {
    comparisons: Vec<drift_report::Comparison>,
    matrix: Vec<matrix::Row>,
    tables: drift_report::Tables,
    left_out: Vec<LeftOut>,
}

/// Takes from the pictures what a platform gave; returns what of a user's own a dump says nothing of.
fn keep_own(sides: &[Side], pictures: &mut [Picture], options: &diff::Options) -> Vec<LeftOut> {
    let schemas = platform_schemas(sides).collect();
    let grounds: Vec<Ground> = sides
        .iter()
        .map(|side| Ground {
            given: side.given.as_ref().map(|given| diff::draw(given, options)),
            is_dump: side.is_dump,
        })
        .collect();
    platform::keep_own(pictures, &grounds, &schemas)
}

fn platform_schemas(sides: &[Side]) -> impl Iterator<Item = &'static str> {
    let platforms = sides.iter().filter_map(|side| side.prepared.platform);
    platforms.flat_map(|platform| platform.schemas).copied()
}

/// A picture of each catalog, drawn side by side; of all but the first with the first's names of schemas in their texts.
fn draw_all<'a>(
    catalogs: &'a [Catalog],
    options: &diff::Options,
    mapped: &[(String, String)],
) -> Vec<Picture<'a>> {
    let swapped: Vec<(String, String)> =
        mapped.iter().map(|(own, other)| (other.clone(), own.clone())).collect();
    let others = diff::Options { schema_names: swapped, ..options.clone() };
    output::side_by_side(catalogs.iter().enumerate(), |(side, catalog)| {
        on_a_large_stack(|| diff::draw(catalog, if side == 0 { options } else { &others }))
    })
}

/// The catalog with its things under the other side's names, and the renames that could be carried out.
fn renamed(catalog: &Catalog, found: Vec<Renamed>) -> Option<(Catalog, Vec<Renamed>)> {
    let mut catalog = catalog.clone();
    let mut done = Vec::new();
    for renamed in found {
        let (after, failed) = run_sql(catalog.clone(), [renamed.sql.clone()].into_iter());
        if failed.is_empty() {
            catalog = after;
            done.push(renamed);
        }
    }
    (!done.is_empty()).then_some((catalog, done))
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
    pub(super) fn judged<'a>(&'a self, picture: &'a Picture<'a>) -> Judged<'a> {
        Judged {
            picture,
            sources: &self.prepared.sources,
            is_dump: self.is_dump,
            cut_short: self.cut_short,
        }
    }

    fn reported(&self, coverage: Option<Coverage>) -> drift_report::Side<'_> {
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
            notes: self.notes.clone(),
            coverage,
        }
    }
}
