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
use crate::nodes::{self, ParseMode};
use crate::pg::name::{Name, quote_identifier};
use crate::pg::version::Version;
use crate::psql;
use crate::report::text;
use crate::session::{Outcome, Session};
use crate::source::{SourceId, Span};

/// One side, applied.
pub(crate) struct Side {
    pub name: String,
    pub prepared: Prepared,
    pub catalog: Catalog,
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
        let header = only.map(|source| psql::dump::header(prepared.sources.get(source).text()));
        let is_dump = !exact && header.flatten().is_some();
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
            statements: 0,
            failed: Vec::new(),
            unknown: BTreeMap::new(),
            words: UnknownWords::default(),
            gone: GoneNames::default(),
            past: PastNames::default(),
            assumed_roles,
            is_dump,
            prepared,
        };
        side.run(catalog, options);
        if side.statements == 0 {
            return Err(format!(
                "{}: there is no SQL statement to compare",
                text::clean(&side.name)
            ));
        }
        Ok(side)
    }

    fn run(&mut self, catalog: Catalog, options: Options) {
        let sources = &self.prepared.sources;
        let (statements, failed) = (&mut self.statements, &mut self.failed);
        let (unknown, words) = (&mut self.unknown, &mut self.words);
        let (gone, past) = (&mut self.gone, &mut self.past);
        let mut observe = |moment: history::Moment| {
            let Event::Statement { statement, execution, .. } = moment.event else { return };
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
                }
                Outcome::Unknown(reason) => {
                    *unknown.entry(reason.clone()).or_default() += 1;
                    words.add(statement.text(), statement.span);
                }
            }
        };
        let (includes, files) = (&self.prepared.includes, &self.prepared.plan.files);
        self.catalog = history::apply(sources, includes, files, catalog, options, &mut observe);
    }

    /// How much of the dump the catalog holds, entry by entry; None for what is no dump of pg_dump's.
    pub fn coverage(&self) -> Option<Coverage> {
        let [only] = self.prepared.plan.files.as_slice() else { return None };
        self.is_dump
            .then(|| coverage::measure(&self.prepared.sources, only.source, &self.catalog))?
    }
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
pub(crate) fn with_roles_of(dump: &str, catalog: Catalog) -> (Catalog, Vec<String>) {
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
