//! `pgreckon plan FROM TO`: the statements that take one schema to another, in phases, proven, with their undo.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::input::{BaseArgs, InputArgs};
use super::migrations;
use super::output::{self, on_a_large_stack};
use super::side::Side;
use crate::catalog::Catalog;
use crate::diff::{self, Class, Key, doubt, judge};
use crate::plan::prove::{Proof, prove, with_roles};
use crate::plan::renames::{self, Asked, Names, Renaming};
use crate::plan::{self, Options, Risk};
use crate::report::plan::{Migrations, Proven, Report};
use crate::report::{plan as plan_report, text};

#[derive(Args)]
pub(crate) struct Plan {
    /// The schema that there is: a dump or a migration folder.
    from: PathBuf,
    /// The schema that is wanted: a dump or a migration folder.
    to: PathBuf,
    #[command(flatten)]
    base: BaseArgs,
    /// Leave privileges as they are; they are left, too, where a side says nothing of any.
    #[arg(long)]
    no_privileges: bool,
    /// Leave owners as they are; they are left, too, where a side says nothing of any.
    #[arg(long)]
    no_owner: bool,
    /// Change privileges also where a side says nothing of any.
    #[arg(long, conflicts_with = "no_privileges")]
    privileges: bool,
    /// Change owners also where a side says nothing of any.
    #[arg(long, conflicts_with = "no_owner")]
    owners: bool,
    /// Write the steps that lose data as statements too, not as comments.
    #[arg(long)]
    allow_data_loss: bool,
    /// Short forms that block the application: no CONCURRENTLY, no NOT VALID.
    #[arg(long)]
    offline: bool,
    /// Guard every statement, so that the plan can be run again.
    #[arg(long)]
    idempotent: bool,
    /// Take OLD for NEW: `shop.clients=shop.customers`, `shop.t.a=shop.t.b`. What a RENAME in a side's migrations
    /// proves needs no asking.
    #[arg(long = "rename", value_name = "OLD=NEW", value_parser = pair)]
    rename: Vec<(String, String)>,
    /// Rename whatever is alike in all but its name.
    #[arg(long)]
    renames: bool,
    /// Say which migrations of this folder do the same, proven by running them.
    #[arg(long, value_name = "DIR")]
    migrations: Option<PathBuf>,
    /// How the plan is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    /// For a person.
    Text,
    /// A script for psql.
    Sql,
    /// As data; the README documents the schema.
    Json,
}

impl Plan {
    /// Exit 0 when there is nothing to do, 1 when there is a plan, 2 when a schema could not be read.
    pub fn run(mut self) -> Exit {
        self.base.exact = true;
        let (Some(from), Some(to)) = (self.side(&self.from), self.side(&self.to)) else {
            return Exit::Failed;
        };
        let compare = diff::Options {
            grants: self.compares(
                "privileges",
                (self.privileges, self.no_privileges),
                (&from, &to),
            ),
            owners: self.compares("owners", (self.owners, self.no_owner), (&from, &to)),
            ..diff::Options::default()
        };
        let options = Options { compare, online: !self.offline };
        let migrations = match &self.migrations {
            None => None,
            Some(folder) => {
                match migrations::choose(&self.base, folder, (&from, &to), &options.compare) {
                    Some(migrations) => Some(migrations),
                    None => return Exit::Failed,
                }
            }
        };
        let asked = Asked { pairs: self.rename.clone(), guesses: self.renames };
        on_a_large_stack(|| {
            let past = (&from.past, &to.past);
            let compare = &options.compare;
            let names = renames::find(&from.catalog, &to.catalog, past, &asked, compare);
            for (old, new) in &names.unfit {
                eprintln!(
                    "pgreckon: --rename {}={}: there is no such pair of things that only one side has",
                    text::clean(old),
                    text::clean(new)
                );
            }
            if !names.unfit.is_empty() {
                return Exit::Failed;
            }
            self.plan((&from, &to), &options, names, migrations)
        })
    }

    /// Whether owners or privileges are compared: not where only one side says anything of them, as after
    /// pg_dump --no-owner --no-privileges, and as most migrations do not.
    fn compares(&self, what: &str, (asked, left): (bool, bool), sides: (&Side, &Side)) -> bool {
        if asked || left {
            return asked;
        }
        let says = |side: &Side| match what {
            "owners" => side.shows.owners,
            // A dump with owners and no GRANT has none.
            _ => side.shows.privileges || side.is_dump && side.shows.owners, // privileges
        };
        let (from, to) = (says(sides.0), says(sides.1));
        if from != to {
            let silent = if from { sides.1 } else { sides.0 };
            eprintln!(
                "pgreckon: {what} are left as they are, for {} says nothing of any; --{what} changes them",
                text::clean(&silent.name)
            );
        }
        from && to
    }

    fn plan(
        &self,
        (from, to): (&Side, &Side),
        options: &Options,
        names: Names,
        migrations: Option<Migrations>,
    ) -> Exit {
        let name = |path: &Path| path.display().to_string();
        let (from_name, to_name) = (name(&self.from), name(&self.to));
        let wanted = Wanted {
            from: (&from_name, &from.catalog),
            to: (&to_name, &to.catalog),
            options,
            idempotent: self.idempotent,
            allow_data_loss: self.allow_data_loss,
            names,
            migrations,
            warnings: warnings(from, to, &options.compare),
        };
        wanted.report(|report| {
            let nothing = report.plan.steps().next().is_none();
            self.print(report, if nothing { Exit::Clean } else { Exit::Findings })
        })
    }

    fn print(&self, report: &Report, exit: Exit) -> Exit {
        output::print("the plan", exit, |out, style| match self.format {
            Format::Text => plan_report::text(out, report, style),
            Format::Sql => plan_report::sql(out, report),
            Format::Json => output::json(out, &plan_report::json(report)),
        })
    }

    /// Reads and applies one side.
    fn side(&self, path: &Path) -> Option<Side> {
        let input = InputArgs { order: None, root: None, base: self.base.clone() };
        match Side::read(&input, Some(path)) {
            Ok(side) => {
                let (failed, unknown) = (side.failed.len(), side.unknown.values().sum::<usize>());
                if failed + unknown > 0 {
                    eprintln!(
                        "pgreckon: {}: {failed} statements fail and {unknown} cannot be told: the plan rests on what the others make",
                        text::clean(&side.name)
                    );
                }
                Some(side)
            }
            Err(message) => {
                eprintln!("pgreckon: {message}");
                None
            }
        }
    }
}

/// What is the stronger or the safer on the first side, which the plan takes away, with the reason; and what a
/// statement whose effects are not known may have made.
fn warnings(from: &Side, to: &Side, compare: &diff::Options) -> Vec<(Key, (Risk, String))> {
    let (of_a, of_b) = (diff::draw(&from.catalog, compare), diff::draw(&to.catalog, compare));
    let mut differences = diff::compare(&of_a, &of_b);
    judge::judge(&mut differences, &from.judged(&of_a), &to.judged(&of_b));
    doubt::mark(&mut differences, &from.words, &to.words);
    let mut warnings = Vec::new();
    for difference in &differences {
        let key = Key { owner: difference.owner.clone(), part: difference.part.clone() };
        let stronger = difference.stronger.as_ref().filter(|stronger| stronger.first);
        if let Some(stronger) = stronger.filter(|_| difference.class == Class::Different) {
            let why = format!("the first side has the stronger: {}", stronger.why);
            warnings.push((key.clone(), (Risk::Medium, why)));
        }
        if let Some((first, span)) = difference.doubt {
            let side = if first { from } else { to };
            let place = text::span_place(&side.prepared.sources, span);
            let why = format!(
                "unsure: the statement at {place} names it, and what that does is not known"
            );
            warnings.push((key, (Risk::High, why)));
        }
    }
    warnings
}

/// `OLD=NEW`.
fn pair(text: &str) -> Result<(String, String), String> {
    let (old, new) = text.split_once('=').ok_or("an old name, =, and a new name are needed")?;
    Ok((old.trim().to_string(), new.trim().to_string()))
}

/// A plan that is asked for: from one named catalog to another, and how.
struct Wanted<'a> {
    from: (&'a str, &'a Catalog),
    to: (&'a str, &'a Catalog),
    options: &'a Options,
    idempotent: bool,
    allow_data_loss: bool,
    names: Names,
    migrations: Option<Migrations>,
    warnings: Vec<(Key, (Risk, String))>,
}

impl Wanted<'_> {
    /// Makes the plan and its undo, proves both, and prints them.
    fn report<R>(&self, print: impl FnOnce(&Report) -> R) -> R {
        let ((from_name, from), (to_name, to)) = (self.from, self.to);
        let compare = &self.options.compare;
        let known = &self.names.done;
        let mut plan = plan::plan_renaming(from, to, self.options, known);
        for (key, why) in &self.warnings {
            plan.warn(key, why);
        }
        if self.idempotent {
            plan.guard();
        }
        let from = &with_roles(from, &plan.roles);
        let proof = prove(&plan, from, to, compare);
        let back: Vec<Renaming> = known.iter().rev().map(Renaming::inverse).collect();
        let undo = plan::plan_renaming(&proof.catalog, from, self.options, &back);
        let undo_proof = prove(&undo, &proof.catalog, from, compare);
        let mut safe = None;
        if !self.allow_data_loss && plan.steps().any(|step| step.loses.is_some()) {
            plan.hold_back_losses();
            safe = Some(proven(prove(&plan, from, to, compare), &plan));
        }
        print(&Report {
            from: from_name,
            to: to_name,
            plan: &plan,
            proof: Proven { held_back: 0, ..proven(proof, &plan) },
            safe,
            undo: &undo,
            undo_proof: proven(undo_proof, &undo),
            suggested: &self.names.suggested,
            migrations: self.migrations.clone(),
        })
    }
}

/// The script from one catalog to another, with its undo; what loses data is commented out.
pub(super) fn script(
    from: (&str, &Catalog),
    to: (&str, &Catalog),
    compare: diff::Options,
) -> io::Result<String> {
    let options = Options { compare, online: true };
    let wanted = Wanted {
        from,
        to,
        options: &options,
        idempotent: false,
        allow_data_loss: false,
        names: Names::default(),
        migrations: None,
        warnings: Vec::new(),
    };
    let mut text = Vec::new();
    on_a_large_stack(|| wanted.report(|report| plan_report::sql(&mut text, report)))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn proven(proof: Proof, plan: &plan::Plan) -> Proven {
    Proven {
        held_back: plan.steps().filter(|step| step.held_back).count(),
        failures: proof.failures,
        left: proof.left,
    }
}
