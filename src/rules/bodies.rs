//! Bodies of functions against the catalog that the history ends with: what in them fails when it runs, what broke it,
//! and what they touch.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::failures::{meant, token_length};
use crate::catalog::depend::DependType;
use crate::catalog::namespace::SearchPath;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{Catalog, PgLanguage, PgNamespace, PgProc};
use crate::commands::objectaddress::get_object_description;
use crate::commands::sql_function::match_body;
use crate::findings::{Finding, Level, RuleId};
use crate::history::STACK_SIZE;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::plpgsql::check::{self, Issue, IssueKind, Report, Surroundings, missing_name};
use crate::psql::Statement;
use crate::session::{Execution, Outcome, Session};
use crate::source::{Sources, Span};

/// The rules' names.
pub const FAILS: RuleId = RuleId("function-body-fails");
pub const BREAKS: RuleId = RuleId("breaks-function");
pub const MISSING_RETURN: RuleId = RuleId("missing-return");
pub const UNUSED: RuleId = RuleId("unused-variable");
pub const SHADOWS: RuleId = RuleId("hidden-variable");
pub const UNREACHABLE: RuleId = RuleId("unreachable-code");

/// How many states of the catalog are kept to find what broke a function; past that every other one is given up.
const SNAPSHOT_LIMIT: usize = 4_096;

/// Where a function's body stands and what it was made under.
struct Origin {
    /// The statement that made it.
    span: Span,
    /// Whether the statement's text is the file's own.
    verbatim: bool,
    path: Vec<Name>,
    body: Arc<str>,
}

/// The catalog after a statement that took away or changed something.
struct Snapshot {
    span: Span,
    catalog: Catalog,
}

/// What is remembered of a history while it runs.
#[derive(Default)]
pub struct Watch {
    origins: BTreeMap<Oid, Origin>,
    snapshots: Vec<Snapshot>,
    /// The state after the last statement, while that is not among the kept ones.
    last: Option<Snapshot>,
    /// Every how manieth state is kept.
    stride: usize,
    skipped: usize,
    around: Surroundings,
    /// Whether the statement that broke a body is looked for.
    blames: bool,
}

/// What is wrong in one function's body.
struct Broken {
    issue: Issue,
    /// Only some search path leads to it: the finding is a note.
    doubted: bool,
    /// The search path under which it was found.
    path: Vec<Name>,
}

impl Watch {
    /// With `blames` the states of the catalog are kept in which a body may have been broken first.
    pub fn new(blames: bool) -> Watch {
        Watch { blames, ..Watch::default() }
    }

    /// Remembers what a statement did.
    pub fn note(&mut self, statement: &Statement, execution: &Execution, session: &mut Session) {
        match &execution.outcome {
            Outcome::Empty => return,
            Outcome::Error(_) | Outcome::Unknown(_) => {
                // What it would have made may be there after all.
                check::add_words(statement.text(), &mut self.around.doubtful);
                return;
            }
            Outcome::Ok => {}
        }
        for address in &execution.touched {
            if address.class == Class::Proc {
                self.note_function(address.object, statement, session);
            }
        }
        if self.origins.is_empty() || !self.blames {
            return; // nothing can be broken yet, or nobody asks by what
        }
        let changes = !execution.gone.is_empty()
            || execution.touched.iter().any(|address| {
                session
                    .catalog
                    .provenance(*address)
                    .is_some_and(|made| made.created != made.changed)
            });
        let now = Snapshot {
            span: statement.span,
            catalog: session.catalog.snapshot().without_contents(),
        };
        let before = self.last.take();
        if changes {
            if let Some(before) = before {
                self.snapshots.push(before);
            }
            self.keep(now);
        } else {
            self.last = Some(now);
        }
    }

    fn note_function(&mut self, oid: Oid, statement: &Statement, session: &Session) {
        let Some(proc) = session.catalog.get::<PgProc>(oid) else {
            self.origins.remove(&oid);
            return;
        };
        if self.origins.get(&oid).is_some_and(|known| known.body == proc.prosrc)
            && match_body(statement.text(), &proc.prosrc, 0).is_none()
        {
            return;
        }
        let origin = Origin {
            span: statement.span,
            verbatim: statement.is_verbatim(),
            path: session.state.search_path_names().to_vec(),
            body: proc.prosrc.clone(),
        };
        self.origins.insert(oid, origin);
    }

    fn keep(&mut self, now: Snapshot) {
        self.skipped += 1;
        if self.skipped <= self.stride {
            return;
        }
        self.skipped = 0;
        self.snapshots.push(now);
        if self.snapshots.len() > SNAPSHOT_LIMIT {
            let mut index = 0;
            self.snapshots.retain(|_| {
                index += 1;
                index % 2 == 0
            });
            self.stride = self.stride * 2 + 1;
        }
    }

    /// The findings on all functions of the catalog that the history ended with.
    pub fn findings(self, sources: &Sources, catalog: &Catalog) -> Vec<Finding> {
        // Bodies nest deep: they are walked where there is room.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK_SIZE);
            let catalog = catalog.without_contents();
            match thread.spawn_scoped(scope, move || self.all_findings(sources, &catalog)) {
                Ok(handle) => {
                    handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                }
                Err(_) => Vec::new(), // no thread can be had: nothing is said
            }
        })
    }

    fn all_findings(mut self, sources: &Sources, catalog: &Catalog) -> Vec<Finding> {
        for proc in own_functions(catalog) {
            made_when_run(&proc.prosrc, &mut self.around.doubtful);
        }
        let mut findings = Vec::new();
        let mut blamed: BTreeSet<(Span, Oid)> = BTreeSet::new();
        for proc in own_functions(catalog) {
            let origin = self.origins.get(&proc.oid);
            for broken in self.broken(catalog, proc) {
                let cause = self.cause(proc, &broken);
                let finding = self.finding(sources, catalog, proc, origin, &broken, cause);
                if let (Some(cause), Some(place)) = (cause, &finding.place)
                    && blamed.insert((cause, proc.oid))
                {
                    findings.push(blame(sources, catalog, proc, &broken, cause, place.span));
                }
                findings.push(finding);
            }
        }
        findings
    }

    /// What is wrong in a function, under the search path that fits it best.
    fn broken(&self, catalog: &Catalog, proc: &PgProc) -> Vec<Broken> {
        let paths = self.paths(catalog, proc);
        let mut best: Option<(Report, &Vec<Name>)> = None;
        for path in &paths {
            let report = check::check_under(catalog, proc, path, &self.around);
            let fails = failures(&report).count();
            if best.as_ref().is_none_or(|(known, _)| fails < failures(known).count()) {
                best = Some((report, path));
            }
            if fails == 0 {
                break;
            }
        }
        let Some((report, path)) = best else { return Vec::new() };
        let everywhere =
            if failures(&report).next().is_some() && !check::sets_path(proc) {
                let mut all = path.clone();
                all.extend(catalog.iter::<PgNamespace>().map(|row| row.nspname.clone()).filter(
                    |name| !name.as_str().starts_with("pg_") && *name != "information_schema",
                ));
                Some(check::check_under(catalog, proc, &all, &self.around))
            } else {
                None
            };
        let doubted = |issue: &Issue| {
            issue.kind == IssueKind::Fails
                && everywhere.as_ref().is_some_and(|all| !all.issues.contains(issue))
        };
        report
            .issues
            .iter()
            .map(|issue| Broken {
                issue: issue.clone(),
                doubted: doubted(issue),
                path: path.clone(),
            })
            .collect()
    }

    /// The search paths that a function may run under, the likeliest first.
    fn paths(&self, catalog: &Catalog, proc: &PgProc) -> Vec<Vec<Name>> {
        let standard = vec![Name::fixed("$user"), Name::fixed("public")];
        if check::sets_path(proc) {
            return vec![standard];
        }
        let schema = catalog.get::<PgNamespace>(proc.pronamespace).map(|row| row.nspname.clone());
        let made = self.origins.get(&proc.oid).map(|origin| origin.path.clone());
        let mut paths = Vec::new();
        // pg_dump empties the path while it restores.
        paths.extend(made.filter(|path| path.iter().any(|name| !name.as_str().is_empty())));
        paths.push(standard.clone());
        if let Some(schema) = schema {
            let mut path = vec![schema];
            path.extend(standard);
            paths.push(path);
        }
        paths.dedup();
        paths
    }

    /// The statement that broke what worked before: of the kept states the first that has the issue.
    fn cause(&self, proc: &PgProc, broken: &Broken) -> Option<Span> {
        if broken.issue.kind != IssueKind::Fails || self.snapshots.is_empty() {
            return None;
        }
        let has_it = |index: usize| -> Option<bool> {
            let catalog = &self.snapshots[index].catalog;
            let then = catalog.get::<PgProc>(proc.oid).filter(|then| then.prosrc == proc.prosrc)?;
            let report = check::check_under(catalog, then, &broken.path, &self.around);
            Some(
                report.issues.iter().any(|issue| {
                    issue.kind == IssueKind::Fails && issue.piece == broken.issue.piece
                }),
            )
        };
        // Back in growing steps to a state without it, then halving.
        let last = self.snapshots.len() - 1;
        let (mut bad, mut step) = (last + 1, 1);
        let mut good = loop {
            let index = (last + 1).checked_sub(step);
            match index.map(|index| (index, has_it(index))) {
                Some((index, Some(true))) => bad = index,
                Some((index, Some(false))) => break Some(index),
                Some((_, None)) | None => break None,
            }
            step *= 2;
        };
        if good.is_none() {
            // Before the first state in reach the function was not there, or it never worked.
            let mut low = 0;
            let mut high = bad;
            while low < high {
                let middle = (low + high) / 2;
                match has_it(middle) {
                    Some(false) => {
                        good = Some(middle);
                        break;
                    }
                    Some(true) => high = middle,
                    None => low = middle + 1,
                }
            }
        }
        let mut good = good?;
        while bad - good > 1 {
            let middle = (good + bad) / 2;
            if has_it(middle) == Some(false) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        self.snapshots.get(bad).map(|snapshot| snapshot.span)
    }

    fn finding(
        &self,
        sources: &Sources,
        catalog: &Catalog,
        proc: &PgProc,
        origin: Option<&Origin>,
        broken: &Broken,
        cause: Option<Span>,
    ) -> Finding {
        let issue = &broken.issue;
        let what = described(catalog, proc);
        let (rule, level, message) = match issue.kind {
            IssueKind::Fails => {
                let level = if broken.doubted { Level::Note } else { Level::Warning };
                (FAILS, level, format!("{what} fails when it runs: {}", issue.error.message))
            }
            IssueKind::MissingReturn => {
                let certain = !issue.error.message.contains("may reach");
                let level = if certain { Level::Warning } else { Level::Note };
                (MISSING_RETURN, level, format!("{what}: {}", issue.error.message))
            }
            IssueKind::Unused => (UNUSED, Level::Note, format!("{what}: {}", issue.error.message)),
            IssueKind::Shadows => {
                (SHADOWS, Level::Note, format!("{what}: {}", issue.error.message))
            }
            IssueKind::Unreachable => {
                (UNREACHABLE, Level::Note, format!("{what}: {}", issue.error.message))
            }
        };
        let mut finding = Finding::new(rule, level, message);
        if let Some(origin) = origin {
            finding = finding.at(place(sources, origin, issue.offset), label(issue));
        }
        if issue.kind == IssueKind::Fails {
            finding.sqlstate = Some(issue.error.sqlstate.to_string());
        }
        finding.notes.extend(issue.error.detail.clone());
        finding.help.clone_from(&issue.error.hint);
        if broken.doubted {
            finding = finding.note("with every schema on the search path it is found");
        }
        if let Some(cause) = cause {
            finding = finding.related(first_line(sources, cause), "this broke it");
        } else if let Some(name) = missing_name(&issue.error)
            && finding.help.is_none()
            && let Some(near) = meant(&issue.error, name, catalog)
        {
            finding = finding.help(format!("there is \"{near}\": was that meant?"));
        }
        finding
    }
}

/// Functions with a body to read that belong to no extension.
fn own_functions(catalog: &Catalog) -> impl Iterator<Item = &Arc<PgProc>> {
    catalog.iter::<PgProc>().filter(move |proc| {
        let language =
            catalog.get::<PgLanguage>(proc.prolang).map_or("", |row| row.lanname.as_str());
        let address = ObjectAddress::new(Class::Proc, proc.oid);
        !proc.oid.is_builtin()
            && matches!(language, "plpgsql" | "sql")
            && !is_temporary(catalog, proc)
            && !catalog
                .depend()
                .references_of(address)
                .any(|entry| entry.kind == DependType::Extension)
    })
}

/// Whether the function goes when its session ends.
fn is_temporary(catalog: &Catalog, proc: &PgProc) -> bool {
    let schema = catalog.get::<PgNamespace>(proc.pronamespace);
    schema.is_none_or(|schema| schema.nspname.as_str().starts_with("pg_temp"))
}

fn failures(report: &Report) -> impl Iterator<Item = &Issue> {
    report.issues.iter().filter(|issue| issue.kind == IssueKind::Fails)
}

/// Adds the names of the temporary tables and of the schemas that a body makes or drops: other functions may use them.
fn made_when_run(body: &str, names: &mut BTreeSet<String>) {
    let words = body
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    let mut follows = false;
    for word in words {
        match word.as_str() {
            "temp" | "temporary" | "schema" => follows = true,
            "table" | "if" | "not" | "exists" | "view" | "sequence" | "recursive" if follows => {}
            _ if follows => {
                names.insert(word);
                follows = false;
            }
            _ => {} // other words
        }
    }
}

/// The finding at the statement that broke a function.
fn blame(
    sources: &Sources,
    catalog: &Catalog,
    proc: &PgProc,
    broken: &Broken,
    cause: Span,
    place: Span,
) -> Finding {
    let what = described(catalog, proc);
    let message = format!("this breaks {what}: {}", broken.issue.error.message);
    let level = if broken.doubted { Level::Note } else { Level::Warning };
    Finding::new(BREAKS, level, message)
        .at(first_line(sources, cause), "the function still needs what this changes")
        .related(place, "here it is used")
        .help("replace the function in the same migration")
}

fn described(catalog: &Catalog, proc: &PgProc) -> String {
    let path = SearchPath::compute(catalog, &[], "", None);
    get_object_description(catalog, &path, ObjectAddress::new(Class::Proc, proc.oid))
        .unwrap_or_else(|| format!("function {}", proc.proname))
}

fn label(issue: &Issue) -> &'static str {
    match issue.kind {
        IssueKind::Fails if missing_name(&issue.error).is_some() => "not there when this runs",
        IssueKind::Fails => "refused when this runs",
        IssueKind::MissingReturn => "the end",
        IssueKind::Unused | IssueKind::Shadows => "declared here",
        IssueKind::Unreachable => "here",
    }
}

/// The place in the file of a byte in the body; the statement's first line where the body is not in it as it stands.
fn place(sources: &Sources, origin: &Origin, offset: usize) -> Span {
    let text = sources.text(origin.span);
    let found = if origin.verbatim { match_body(text, &origin.body, offset) } else { None };
    match found.and_then(|at| text.get(at..).map(|rest| (at, rest))) {
        Some((at, rest)) => origin.span.part(at, at + token_length(rest)),
        None => first_line(sources, origin.span),
    }
}

fn first_line(sources: &Sources, span: Span) -> Span {
    let text = sources.text(span);
    span.part(0, text.find('\n').unwrap_or(text.len()))
}
