//! One side of a comparison: read, put in order, applied, with what was learned on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::input::{InputArgs, Prepared};
use crate::catalog::{Catalog, PgAuthid};
use crate::diff::coverage::{self, Coverage};
use crate::diff::doubt::UnknownWords;
use crate::diff::gone::GoneNames;
use crate::diff::renames::PastNames;
use crate::history::{self, Event, Mode, Options};
use crate::nodes::tree::Node;
use crate::nodes::{self, ParseMode, RawParseError, RawStmt};
use crate::pg::name::{Name, quote_identifier};
use crate::pg::version::Version;
use crate::psql::{self, Action};
use crate::report::text;
use crate::session::{Execution, Outcome, Session};
use crate::source::order::PlannedFile;
use crate::source::{SourceId, Span};
use crate::status::Shows;
use crate::status::ledger::{Ledger, Watcher};

/// One side, applied.
pub(crate) struct Side {
    pub name: String,
    pub prepared: Prepared,
    pub catalog: Catalog,
    /// The catalog before its schemas were given other names.
    pub as_read: Option<Catalog>,
    /// What the platform gave before the first statement.
    pub given: Option<Catalog>,
    pub statements: usize,
    pub failed: Vec<String>,
    pub unknown: BTreeMap<String, usize>,
    pub words: UnknownWords,
    pub gone: GoneNames,
    pub past: PastNames,
    /// Roles that the dump names and that are taken to be there, as pg_dump prints none.
    pub assumed_roles: Vec<String>,
    /// Whether it is one dump, which shows a state and not how it came to be.
    pub is_dump: bool,
    /// Whether it is a dump whose end is missing.
    pub cut_short: bool,
    /// What must be known of the side as a whole.
    pub notes: Vec<String>,
    /// What migration tools recorded in it.
    pub ledgers: Vec<Ledger>,
    /// What pg_dump was told to print.
    pub shows: Shows,
}

impl Side {
    /// Reads and applies one side; an Err is the message why there is nothing to compare. The path stands for
    /// `--order` when it is None.
    pub fn read(input: &InputArgs, path: Option<&Path>) -> Result<Side, String> {
        let shown = path.or(input.order.as_deref());
        let name = shown.map_or_else(String::new, |path| path.display().to_string());
        let prepared = match path {
            None => input.prepare(None),
            Some(path) => input.base.prepare(path),
        };
        let prepared = prepared.map_err(|error| text::clean(&error.to_string()))?;
        Side::apply(name, prepared)
    }

    fn apply(name: String, mut prepared: Prepared) -> Result<Side, String> {
        let only = match prepared.plan.files.as_slice() {
            [only] => Some(only.source),
            _ => None, // a folder
        };
        let exact = prepared.session_per_file;
        let header =
            only.and_then(|source| psql::dump::header(prepared.sources.get(source).text()));
        let is_dump = !exact && header.is_some();
        if let Some(message) = several_dumps(&name, &prepared).filter(|_| !exact) {
            return Err(message);
        }
        let mut catalog = std::mem::replace(&mut prepared.catalog, Catalog::empty(Version::NEWEST));
        let mut assumed_roles = Vec::new();
        if let Some(source) = only.filter(|_| is_dump) {
            (catalog, assumed_roles) = with_roles_of(prepared.sources.get(source).text(), catalog);
        }
        let options = Options {
            mode: if exact { Mode::Replay } else { Mode::Check },
            track: true,
            stock_extensions: exact,
            session_per_file: exact,
        };
        let mut side = Side {
            name,
            catalog: Catalog::empty(Version::NEWEST),
            as_read: None,
            given: prepared.platform.map(|_| catalog.clone()),
            statements: 0,
            failed: Vec::new(),
            unknown: BTreeMap::new(),
            words: UnknownWords::default(),
            gone: GoneNames::default(),
            past: PastNames::default(),
            assumed_roles,
            is_dump,
            cut_short: is_dump && header.is_some_and(|header| !header.complete),
            notes: Vec::new(),
            ledgers: Vec::new(),
            shows: Shows::default(),
            prepared,
        };
        let seen = side.run(catalog, options);
        let name = text::clean(&side.name);
        if side.statements == 0 {
            return Err(format!("{name}: there is no SQL statement to compare"));
        }
        if side.is_dump && seen.definitions.values().sum::<usize>() == 0 && seen.rows > 0 {
            return Err(format!(
                "{name}: the dump holds data and no definitions (pg_dump --data-only): there is no schema to compare"
            ));
        }
        if seen.definitions.len() > 1 {
            let databases: Vec<&str> = seen.definitions.keys().map(String::as_str).collect();
            return Err(format!(
                "{name}: the dump is of {} databases ({}): take one of each with pg_dump, and give that",
                databases.len(),
                text::clean(&databases.join(", "))
            ));
        }
        if side.cut_short {
            side.notes.push("the dump is cut short: pg_dump's closing line is missing, and so is what would stand before it".to_string());
        }
        if seen.definitions.is_empty() {
            side.notes.push("no object is defined in it".to_string());
        }
        Ok(side)
    }

    fn run(&mut self, catalog: Catalog, options: Options) -> Seen {
        let mut seen = Seen::default();
        let mut database = String::new();
        let sources = &self.prepared.sources;
        let (statements, failed) = (&mut self.statements, &mut self.failed);
        let (unknown, words) = (&mut self.unknown, &mut self.words);
        let (gone, past, is_dump) = (&mut self.gone, &mut self.past, &self.is_dump);
        let mut watcher = Watcher::default();
        let shows = &mut self.shows;
        let mut observe = |moment: history::Moment| {
            let (statement, parsed, execution) = match moment.event {
                Event::Statement { statement, parsed, execution, .. } => {
                    (statement, parsed, execution)
                }
                Event::CopyData(data) => {
                    seen.rows += data.rows;
                    watcher.copy_data(sources, data);
                    return;
                }
                Event::Meta(meta) if meta.action == Action::Connect => {
                    database = meta.args.first().cloned().unwrap_or_default();
                    return;
                }
                Event::Meta(_) | Event::Note(_) => return,
            };
            if defines(parsed, &execution) {
                *seen.definitions.entry(database.clone()).or_default() += 1;
            }
            seen.rows += u64::from(parsed.iter().flatten().any(inserts));
            watcher.statement(parsed);
            parsed.iter().flatten().for_each(|raw| shows.see(raw));
            *statements += 1;
            for departed in &execution.gone {
                gone.add(&departed.name, statement.span);
                past.add(departed, statement.span);
            }
            match &execution.outcome {
                Outcome::Ok | Outcome::Empty => {}
                Outcome::Error(error) => {
                    let place = text::span_place(sources, statement.span);
                    failed.push(format!("{place}: {} {}", error.sqlstate, error.message));
                    // The server that wrote a dump had what the statement makes.
                    if *is_dump && !parsed.iter().flatten().any(inserts) {
                        *unknown.entry(FAILS_IN_A_DUMP.to_string()).or_default() += 1;
                        words.add(statement.text(), statement.span);
                    }
                }
                Outcome::Unknown(reason) => {
                    *unknown.entry(reason.clone()).or_default() += 1;
                    words.add(statement.text(), statement.span);
                }
            }
        };
        let (includes, files) = (&self.prepared.includes, &self.prepared.plan.files);
        self.catalog = history::apply(sources, includes, files, catalog, options, &mut observe);
        self.ledgers = watcher.finish(&self.catalog);
        seen
    }

    /// How much of the dump the catalog holds, entry by entry; None for what is no dump of pg_dump's.
    pub fn coverage(&self) -> Option<Coverage> {
        let [only] = self.prepared.plan.files.as_slice() else { return None };
        self.is_dump.then(|| {
            let catalog = self.as_read.as_ref().unwrap_or(&self.catalog);
            coverage::measure(&self.prepared.sources, only.source, catalog)
        })?
    }
}

/// Why what a dump's failing statement names is in doubt.
const FAILS_IN_A_DUMP: &str = "it fails here, but a server wrote it: what it makes is not known";

/// What a side's statements were about.
#[derive(Default)]
struct Seen {
    /// How many made or changed objects, by the database that `\connect` named.
    definitions: BTreeMap<String, usize>,
    /// Rows of data.
    rows: u64,
}

/// Whether a statement makes or changes, or would, an object of the database that it runs in.
fn defines(parsed: &Result<Vec<RawStmt>, RawParseError>, execution: &Execution) -> bool {
    let acts = match execution.outcome {
        Outcome::Ok | Outcome::Empty => !execution.touched.is_empty(),
        Outcome::Error(_) | Outcome::Unknown(_) => true,
    };
    acts && parsed.iter().flatten().any(|raw| !is_data(raw) && !is_clusters(raw))
}

fn is_data(raw: &RawStmt) -> bool {
    matches!(raw.stmt, Node::SelectStmt(_) | Node::VariableSetStmt(_) | Node::CommentStmt(_))
        || inserts(raw)
}

/// Whether the statement is about what all databases of a server share.
fn is_clusters(raw: &RawStmt) -> bool {
    matches!(
        raw.stmt,
        Node::CreateRoleStmt(_)
            | Node::AlterRoleStmt(_)
            | Node::AlterRoleSetStmt(_)
            | Node::GrantRoleStmt(_)
            | Node::CreatedbStmt(_)
            | Node::AlterDatabaseStmt(_)
            | Node::AlterDatabaseSetStmt(_)
            | Node::CreateTableSpaceStmt(_)
    )
}

fn inserts(raw: &RawStmt) -> bool {
    matches!(raw.stmt, Node::InsertStmt(_) | Node::CopyStmt(_))
}

/// Why a folder is no side: its files are dumps, each a schema of its own.
fn several_dumps(name: &str, prepared: &Prepared) -> Option<String> {
    let files = &prepared.plan.files;
    let is_dump = |file: &PlannedFile| {
        psql::dump::header(prepared.sources.get(file.source).text())
            .is_some_and(|header| header.server.is_some())
    };
    (files.len() > 1 && files.iter().all(is_dump)).then(|| {
        let names: Vec<&str> = files.iter().take(4).map(|file| file.name.as_str()).collect();
        let more = if files.len() > names.len() { " …" } else { "" };
        format!(
            "{}: the folder holds {} dumps, each a schema of its own: name the dumps as sides, as in {}{more}",
            text::clean(name),
            files.len(),
            text::clean(&names.join(" "))
        )
    })
}

/// The roles that a dump's GRANT, REVOKE, OWNER TO, CREATE POLICY and default privileges name.
fn roles_named(text: &str) -> BTreeSet<String> {
    let mut roles = BTreeSet::new();
    for line in text.lines() {
        let policy = line.starts_with("CREATE POLICY ");
        let grant = line.starts_with("GRANT ") || line.starts_with("REVOKE ");
        let default = line.starts_with("ALTER DEFAULT PRIVILEGES ");
        let owner = line.starts_with("ALTER ") && line.contains(" OWNER TO ");
        if !(policy || grant || default || owner) {
            continue;
        }
        if let Some((_, rest)) = line.split_once(" FOR ROLE ").filter(|_| default) {
            roles.extend(names_at(rest));
        }
        let marker = if owner {
            " OWNER TO "
        } else if line.starts_with("REVOKE ") {
            " FROM "
        } else {
            " TO "
        };
        if let Some((_, rest)) = line.rsplit_once(marker) {
            roles.extend(names_at(rest));
        }
        if policy && let Some((before, _)) = line.split_once(" USING (") {
            // A condition may hold " TO " as well.
            roles.extend(
                before.rsplit_once(" TO ").map(|(_, rest)| names_at(rest)).into_iter().flatten(),
            );
        }
    }
    roles
}

/// The identifiers, separated by commas, that a text begins with.
fn names_at(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    loop {
        let (name, behind) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let Some((name, behind)) = quoted.split_once('"') else { return names };
                (name, behind)
            }
            None => {
                let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
                let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
                (&rest[..end], &rest[end..])
            }
        };
        if name.is_empty() {
            return names;
        }
        names.push(name.to_string());
        match behind.strip_prefix(", ") {
            Some(next) => rest = next,
            None if behind.is_empty() || behind.starts_with([';', ' ', '\r']) => return names,
            None => {
                names.pop(); // no list of names after all
                return names;
            }
        }
    }
}

/// The catalog with the roles that a dump names and that it lacked, and their names.
fn with_roles_of(dump: &str, catalog: Catalog) -> (Catalog, Vec<String>) {
    let special = ["PUBLIC", "CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"];
    let lacking: Vec<String> = roles_named(dump)
        .into_iter()
        .filter(|name| !special.contains(&name.as_str()) && !name.starts_with("pg_"))
        .filter(|name| catalog.find::<PgAuthid>(&Name::new(name)).is_none())
        .collect();
    let statements = lacking.iter().map(|name| format!("CREATE ROLE {}", quote_identifier(name)));
    (run_sql(catalog, statements).0, lacking)
}

/// The catalog after statements of ours, and those that failed with their messages.
pub(crate) fn run_sql(
    catalog: Catalog,
    statements: impl Iterator<Item = String>,
) -> (Catalog, Vec<String>) {
    let mut session = Session::connect(catalog, false, false);
    let mut failed = Vec::new();
    for sql in statements {
        let parsed = nodes::parse(&sql, ParseMode::Default, true);
        let span = Span::new(SourceId(0), 0, 0); // nothing is tracked
        match session.execute(&sql, &parsed, span).outcome {
            Outcome::Ok | Outcome::Empty => {}
            Outcome::Error(error) => failed.push(format!("{sql}: {}", error.message)),
            Outcome::Unknown(reason) => failed.push(format!("{sql}: {reason}")),
        }
    }
    (session.disconnect(), failed)
}
