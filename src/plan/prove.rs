//! The proof: the statements are run on the first catalog, and the result is laid over the second.

use super::Plan;
use crate::catalog::Catalog;
use crate::diff::{self, Class, Difference};
use crate::nodes::{ParseMode, parse};
use crate::session::{Outcome, Session};
use crate::source::{SourceId, Span};

/// A statement that would not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub sql: String,
    pub message: String,
}

/// What became of the first catalog.
pub struct Proof {
    pub catalog: Catalog,
    pub failures: Vec<Failure>,
    /// What still differs.
    pub left: Vec<Difference>,
}

impl Proof {
    /// Whether every statement runs and nothing that matters differs any more.
    pub fn holds(&self) -> bool {
        self.failures.is_empty() && self.left.iter().all(|left| left.class == Class::Cosmetic)
    }
}

/// Settings under which the statements are written.
pub const SETTINGS: [&str; 2] = ["SET search_path = '';", "SET check_function_bodies = false;"];

/// Statements that are sent together: in one transaction, or alone.
pub struct Batch<'a> {
    pub transaction: bool,
    pub statements: Vec<&'a str>,
}

/// The plan's statements in the order in which they are sent, without what is held back or changes no schema.
pub fn batches(plan: &Plan) -> Vec<Vec<Batch<'_>>> {
    plan.phases
        .iter()
        .map(|phase| {
            let mut batches: Vec<Batch> = Vec::new();
            for step in phase.steps.iter().filter(|step| !step.held_back) {
                for one in step.statements.iter().filter(|one| !one.of_rows) {
                    match batches.last_mut() {
                        Some(batch) if batch.transaction && one.transactional => {
                            batch.statements.push(&one.sql);
                        }
                        _ => batches.push(Batch {
                            transaction: one.transactional,
                            statements: vec![&one.sql],
                        }),
                    }
                }
            }
            batches
        })
        .collect()
}

/// Runs the plan on the first catalog and compares with the second.
pub fn prove(plan: &Plan, from: &Catalog, to: &Catalog, compare: &diff::Options) -> Proof {
    let (catalog, failures) = run(plan, from);
    let left = diff::compare(&diff::draw(&catalog, compare), &diff::draw(to, compare));
    Proof { catalog, failures, left }
}

/// The catalog with roles that must be there before.
pub fn with_roles(catalog: &Catalog, roles: &[String]) -> Catalog {
    let mut session = Session::connect(catalog.clone(), false, false);
    for role in roles {
        send(&mut session, &format!("CREATE ROLE {role}"), &mut Vec::new());
    }
    session.disconnect()
}

/// The catalog after one statement, None where that fails.
pub(super) fn carried_out(catalog: &Catalog, sql: &str) -> Option<Catalog> {
    let mut session = Session::connect(catalog.clone(), false, false);
    let failed = send(&mut session, sql, &mut Vec::new());
    (!failed).then(|| session.disconnect())
}

/// Runs the plan's statements.
pub fn run(plan: &Plan, from: &Catalog) -> (Catalog, Vec<Failure>) {
    let mut session = Session::connect(from.clone(), false, false);
    let mut failures = Vec::new();
    for setting in SETTINGS {
        send(&mut session, setting, &mut failures);
    }
    for batch in batches(plan).into_iter().flatten() {
        if batch.transaction {
            send(&mut session, "BEGIN", &mut failures);
        }
        for sql in batch.statements {
            if send(&mut session, sql, &mut failures) {
                session.forgive();
            }
        }
        if batch.transaction {
            send(&mut session, "COMMIT", &mut failures);
        }
    }
    (session.disconnect(), failures)
}

/// Whether it failed.
fn send(session: &mut Session, sql: &str, failures: &mut Vec<Failure>) -> bool {
    let span = Span { source: SourceId(0), start: 0, end: 0 };
    let parsed = parse(sql, ParseMode::Default, true);
    let message = match session.execute(sql, &parsed, span).outcome {
        Outcome::Ok | Outcome::Empty => return false,
        Outcome::Error(error) => format!("{} {}", error.sqlstate, error.message),
        Outcome::Unknown(reason) => format!("cannot be told: {reason}"),
    };
    failures.push(Failure { sql: sql.to_string(), message });
    true
}
