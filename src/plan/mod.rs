//! From one schema to another: the statements that do it, in order and in phases, and whether they are proven to.
//!
//! `build` lays the two catalogs' pictures over each other and makes a step for each difference, `recreate` takes
//! down and puts back what depends on what must go, `order` sorts the steps so that nothing comes before what it
//! needs, `prove` runs them on the first catalog and looks whether the second comes out.

mod alter;
mod belongings;
mod build;
mod checks;
mod column_types;
mod columns;
mod defaults;
mod guard;
mod names;
mod nulls;
mod online;
mod options;
mod order;
mod others;
mod parts;
mod privileges;
pub mod prove;
mod recreate;
mod relations;
pub mod renames;
mod routines;
mod sequences;
mod side;
mod split;
mod tables;
mod types;
mod views;

use crate::catalog::Catalog;
use crate::catalog::objectaddress::ObjectAddress;
use crate::diff;

/// What is planned, and in which forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    pub compare: diff::Options,
    /// Forms that do not block a running application: CONCURRENTLY, NOT VALID and VALIDATE.
    pub online: bool,
}

/// How dangerous a step is on a database in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    Low,
    Medium,
    High,
}

impl Risk {
    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Risk::Low => "low",
            Risk::Medium => "medium",
            Risk::High => "high",
        }
    }
}

/// What a step does to its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    Drop,
    Alter,
    Create,
}

/// The phases, in the order in which they are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Names,
    NewValues,
    Foundations,
    Additions,
    Replacements,
    Rewrites,
    Indexes,
    Constraints,
    Validation,
    Access,
    Removals,
    Losses,
}

impl Stage {
    /// What the phase is about.
    pub fn title(self) -> &'static str {
        match self {
            Stage::Names => "New names for what stays",
            Stage::NewValues => "New values of enum types, committed before they are used",
            Stage::Foundations => "Schemas, extensions, types and functions that others need",
            Stage::Additions => "New tables, columns, views and what belongs to them",
            Stage::Replacements => "Changes in place that touch no rows",
            Stage::Rewrites => {
                "Changes of existing columns, and what has to be made again for them"
            }
            Stage::Indexes => "Indexes of existing tables",
            Stage::Constraints => "Constraints of existing tables, for new rows",
            Stage::Validation => "Constraints checked against existing rows",
            Stage::Access => "Owners, privileges and comments",
            Stage::Removals => "What is no longer wanted and holds no rows",
            Stage::Losses => "What cannot be taken back: data goes",
        }
    }
}

/// One statement as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub sql: String,
    /// Whether it may stand in a transaction with others.
    pub transactional: bool,
    /// What holds while there is something to do, where the plan knows it better than the statement's words tell;
    /// for plans that may be run again.
    only_if: Option<String>,
    /// Whether it moves rows or sequences alone, so that the proof need not run it.
    of_rows: bool,
}

impl Statement {
    /// One that may stand in a transaction.
    fn together(sql: String) -> Statement {
        Statement { sql, transactional: true, only_if: None, of_rows: false }
    }

    /// One that changes rows or sequences and no schema.
    fn of_rows(sql: String) -> Statement {
        Statement { of_rows: true, ..Statement::together(sql) }
    }

    /// One that is sent by itself, outside of a transaction.
    fn lone(sql: String) -> Statement {
        Statement { sql, transactional: false, only_if: None, of_rows: false }
    }
}

/// A question to ask the database, and the answer that is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub what: String,
    pub sql: String,
    pub expect: String,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Step {
    pub verb: Verb,
    pub stage: Stage,
    /// `table public.orders`, `column public.orders.total` …
    pub object: String,
    pub statements: Vec<Statement>,
    pub risk: Risk,
    /// Locks, rewrites, scans, what can fail.
    pub why: Vec<String>,
    /// The data that is gone afterwards; such a step is commented out unless it is allowed.
    pub loses: Option<String>,
    /// Why something is made again that is the same on both sides.
    pub because: Option<String>,
    pub before: Vec<Check>,
    pub after: Vec<Check>,
    /// Whether it is left out because it, or something before it, loses data.
    pub held_back: bool,
    /// Objects of the first catalog that it takes away or unsettles, and of the second that it makes.
    old: Vec<ObjectAddress>,
    new: Vec<ObjectAddress>,
    place: i64,
}

/// A difference that the plan leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub what: String,
    pub why: String,
}

/// Steps that are run and tested together.
#[derive(Debug, Clone)]
pub struct Phase {
    pub stage: Stage,
    pub steps: Vec<Step>,
}

impl Phase {
    /// The highest of its steps' risks.
    pub fn risk(&self) -> Risk {
        self.steps.iter().map(|step| step.risk).max().unwrap_or(Risk::Low)
    }

    /// What its steps lose for good.
    pub fn losses(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| step.loses.as_deref())
    }
}

/// The way from one catalog to another.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub phases: Vec<Phase>,
    pub left: Vec<Left>,
    /// Roles that the statements name and the first catalog lacks.
    pub roles: Vec<String>,
    /// The major version of the second catalog's server.
    version: u32,
    /// Which step comes before which for a reason, by their places among all steps.
    before: Vec<(usize, usize)>,
}

impl Plan {
    /// All steps in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.phases.iter().flat_map(|phase| &phase.steps)
    }

    /// Holds back what loses data, and what needs that done first.
    pub fn hold_back_losses(&mut self) {
        order::hold_back(self);
    }

    /// Says something of the first step that is about an object, which has at least this risk.
    pub fn warn(&mut self, key: &diff::Key, (risk, why): &(Risk, String)) {
        let object = side::label(key);
        let mut steps = self.phases.iter_mut().flat_map(|phase| &mut phase.steps);
        if let Some(step) = steps.find(|step| step.object == object) {
            step.risk = step.risk.max(*risk);
            step.why.push(why.clone());
        }
    }

    /// Guards every statement so that the plan can be run again.
    pub fn guard(&mut self) {
        guard::plan(self);
    }
}

/// Makes the plan from one catalog to the other.
pub fn plan(from: &Catalog, to: &Catalog, options: &Options) -> Plan {
    plan_renaming(from, to, options, &[])
}

/// Makes the plan, with things that are renamed first.
pub fn plan_renaming(
    from: &Catalog,
    to: &Catalog,
    options: &Options,
    known: &[renames::Renaming],
) -> Plan {
    let (named, done) = renames::carry_out(from, to, known);
    let mut plan = build::Builder::run(&named, to, options);
    renames::prepend(&mut plan, done);
    plan
}
