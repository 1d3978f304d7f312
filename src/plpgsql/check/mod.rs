//! A body checked against the catalog without running it: what of it would fail, and which objects it touches. As
//! plpgsql_check does on a live server; places are byte offsets in the body.

mod assign;
mod body;
mod declare;
mod sql;
mod statements;
mod uses;
mod words;

use std::collections::BTreeSet;

use crate::catalog::guc::SessionState;
use crate::catalog::namespace::SearchPath;
use crate::catalog::objectaddress::ObjectAddress;
use crate::catalog::shared::Running;
use crate::catalog::{Catalog, PgDatabase, PgNamespace, PgProc, PgTrigger};
use crate::findings::PgError;
use crate::parser::parse_node::Shared;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
pub use words::add_words;

/// What is wrong at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssueKind {
    /// The statement fails when it runs.
    Fails,
    /// The end can be reached without RETURN; it surely is when nothing in the body returns.
    MissingReturn,
    Unused,
    Shadows,
    Unreachable,
}

/// Something wrong in a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    pub kind: IssueKind,
    /// The byte in the body.
    pub offset: usize,
    /// Where the piece of SQL starts that it is in.
    pub piece: usize,
    /// What PostgreSQL would say; of kinds that are no errors the message alone counts.
    pub error: PgError,
}

/// An object or column that a body touches, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    pub address: ObjectAddress,
    pub offset: usize,
}

/// What is known of a body.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub issues: Vec<Issue>,
    pub uses: Vec<Use>,
    /// Why parts of it could not be checked.
    pub unknown: Vec<String>,
}

/// What else is known where a body is checked.
#[derive(Default)]
pub struct Surroundings {
    /// Names that may be made when things run, such as temporary tables: their absence is no fault.
    pub doubtful: BTreeSet<String>,
}

/// The name that an error says is not there, without its schema, table or arguments.
pub fn missing_name(error: &PgError) -> Option<&str> {
    if !matches!(error.sqlstate.as_str(), "42P01" | "42703" | "42704" | "42883" | "3F000") {
        return None;
    }
    let message = error.message.as_str();
    let plain = ["column ", "function ", "procedure "]
        .iter()
        .find_map(|start| message.strip_prefix(start))
        .filter(|rest| !rest.starts_with('"'))
        .and_then(|rest| rest.split([' ', '(']).next());
    // Of `record "r" has no field "f"` the field is missing.
    let quoted = if message.starts_with("record ") { 3 } else { 1 };
    let name = plain.or_else(|| message.split('"').nth(quoted))?;
    Some(name.rsplit('.').next().unwrap_or(name))
}

/// At most so many triggers of one function are looked at one by one.
const TRIGGER_LIMIT: usize = 64;

/// Checks the body of a PL/pgSQL or SQL function in the search path that `shared` has.
pub fn check(shared: Shared, proc: &PgProc, around: &Surroundings) -> Report {
    let mut report = Report::default();
    match language(&shared, proc) {
        "sql" => sql::check(shared, proc, around, &mut report),
        "plpgsql" => check_plpgsql(shared, proc, around, &mut report),
        _ => {} // other languages are not read
    }
    report.issues.sort_by(|a, b| {
        (a.offset, a.kind, &a.error.message).cmp(&(b.offset, b.kind, &b.error.message))
    });
    report.issues.dedup();
    report.uses.sort();
    report.uses.dedup();
    report
}

/// Checks a body under a search path, or under the one that the function sets.
pub fn check_under(
    catalog: &Catalog,
    proc: &PgProc,
    path: &[Name],
    around: &Surroundings,
) -> Report {
    let database = catalog.iter::<PgDatabase>().find(|row| row.datallowconn && !row.datistemplate);
    let mut session = SessionState::new(database.map_or(Oid::INVALID, |row| row.oid));
    for (name, value) in &proc.proconfig {
        session.set(&name.as_str().to_ascii_lowercase(), Some(value));
    }
    let search = if sets_path(proc) {
        session.search_path(catalog)
    } else {
        SearchPath::compute(catalog, path, "postgres", None)
    };
    let notices = std::cell::RefCell::new(Vec::new());
    let running = Running::default();
    let (session, path, notices, running, caller) = (&session, &search, &notices, &running, None);
    let shared = Shared { catalog, session, path, notices, caller, running };
    check(shared, proc, around)
}

/// Checks a body as it is most likely called: with its own schema, then the standard search path.
pub fn check_as_called(catalog: &Catalog, proc: &PgProc) -> Report {
    let mut path = vec![Name::fixed("$user"), Name::fixed("public")];
    if let Some(schema) = catalog.get::<PgNamespace>(proc.pronamespace) {
        path.insert(0, schema.nspname.clone());
    }
    check_under(catalog, proc, &path, &Surroundings::default())
}

/// Whether the function sets its search path itself.
pub fn sets_path(proc: &PgProc) -> bool {
    proc.proconfig.iter().any(|(name, _)| *name == "search_path")
}

/// The name of the function's language.
pub fn language<'a>(shared: &Shared<'a>, proc: &PgProc) -> &'a str {
    let row = shared.catalog.get::<crate::catalog::PgLanguage>(proc.prolang);
    row.map_or("", |row| row.lanname.as_str())
}

fn check_plpgsql(shared: Shared, proc: &PgProc, around: &Surroundings, report: &mut Report) {
    let block = match super::memo::body(&proc.prosrc) {
        Ok(block) => block,
        Err(error) => {
            // CREATE FUNCTION says this, unless check_function_bodies is off.
            if error.certain {
                let said = PgError::new(error.sqlstate, error.message);
                report.issues.push(Issue {
                    kind: IssueKind::Fails,
                    offset: error.offset,
                    piece: 0,
                    error: said,
                });
            } else {
                report.unknown.push(error.message);
            }
            return;
        }
    };
    if proc.prorettype != fixed::TRIGGEROID {
        body::check(shared, proc, &block, None, around, report);
        return;
    }
    let triggers = triggers_of(&shared, proc.oid);
    if triggers.is_empty() {
        body::check(shared, proc, &block, None, around, report);
    }
    for trigger in triggers {
        body::check(shared, proc, &block, Some(trigger), around, report);
    }
}

/// The triggers that run the function, one of each kind.
fn triggers_of<'a>(shared: &Shared<'a>, function: Oid) -> Vec<&'a PgTrigger> {
    let mut seen = BTreeSet::new();
    shared
        .catalog
        .iter::<PgTrigger>()
        .map(AsRef::as_ref)
        .filter(|trigger| trigger.tgfoid == function && !trigger.tgparentid.is_valid())
        .filter(|trigger| {
            seen.insert((
                trigger.tgrelid,
                trigger.tgtype,
                trigger.tgargs.clone(),
                trigger.tgnewtable.clone(),
            ))
        })
        .take(TRIGGER_LIMIT)
        .collect()
}
