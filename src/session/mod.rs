//! One connection to the simulated server: statements go in one after the other, each gives an Execution, and
//! transactions, savepoints, settings and roles behave as PostgreSQL's do (PostgreSQL: tcop/postgres.c, xact.c, guc.c).

mod panics;
mod rerun;
mod transaction;
mod variables;

use crate::catalog::guc::SessionState;
use crate::catalog::guc::characteristics::Characteristics;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{Catalog, Change, PgClass, PgDatabase, PgProc, PgType, Provenance, RowChange};
use crate::commands::dml::{self, AnswerRow};
use crate::commands::trigger_exec::fire_deferred;
use crate::commands::{Context, utility};
use crate::findings::{Notice, PgError, PgResult, Stop};
use crate::nodes::tree::Node;
use crate::nodes::{RawParseError, RawStmt, grammar};
use crate::parser::errors::syntax_error;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;
use crate::source::Span;
pub use rerun::Rerun;
use transaction::Transaction;

/// What became of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Ok,
    Error(Box<PgError>),
    /// What could not be decided, and why.
    Unknown(String),
    /// There was nothing to run.
    Empty,
}

impl Outcome {
    /// The error, where there is one.
    pub fn error(&self) -> Option<&PgError> {
        match self {
            Outcome::Error(error) => Some(error),
            Outcome::Ok | Outcome::Unknown(_) | Outcome::Empty => None,
        }
    }
}

/// What one message to the server did.
#[derive(Debug, Clone)]
pub struct Execution {
    pub outcome: Outcome,
    pub notices: Vec<Notice>,
    /// What was added, changed or removed; of what was made with a relation the relation alone. Empty unless the session
    /// was told to track.
    pub touched: Vec<ObjectAddress>,
    /// Names that are no longer there; empty unless the session was told to track.
    pub gone: Vec<Gone>,
}

impl Execution {
    /// An outcome that left nothing behind.
    pub fn of(outcome: Outcome) -> Execution {
        Execution { outcome, notices: Vec::new(), touched: Vec::new(), gone: Vec::new() }
    }
}

/// A name that a statement took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    pub name: Name,
    pub kind: GoneKind,
    /// What had the name; for a column with its number.
    pub address: ObjectAddress,
}

/// What became of the thing that had the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoneKind {
    Dropped,
    Renamed(Name),
}

/// A connection.
#[derive(Clone)]
pub struct Session {
    pub catalog: Catalog,
    pub state: SessionState,
    transaction: Transaction,
    /// Whether provenance is recorded, and what goes.
    track: bool,
}

impl Session {
    /// Connects to the first database of the catalog as the bootstrap superuser.
    pub fn connect(catalog: Catalog, track: bool, stock_extensions: bool) -> Session {
        let database = catalog
            .iter::<PgDatabase>()
            .find(|row| row.datallowconn && !row.datistemplate)
            .map_or(Oid::INVALID, |row| row.oid);
        let mut state = SessionState::new(database);
        state.stock_extensions = stock_extensions;
        variables::apply_role_settings(&catalog, &mut state);
        Session { catalog, state, transaction: Transaction::default(), track }
    }

    /// Ends the connection: an open transaction is rolled back and temporary objects go.
    pub fn disconnect(mut self) -> Catalog {
        self.abort();
        crate::commands::remove_temporary_objects(&mut self.catalog, &self.state);
        self.catalog.commit();
        self.catalog
    }

    /// Whether a transaction block is open and has failed.
    pub fn is_aborted(&self) -> bool {
        self.transaction.is_failed()
    }

    /// Whether a transaction block is open.
    pub fn in_transaction(&self) -> bool {
        self.transaction.is_open()
    }

    /// Rolls back whatever transaction is open.
    pub fn abort(&mut self) {
        self.rollback_all();
    }

    /// Runs one message as psql sends it: one statement, or several with `\;` between them, which share a
    /// transaction (PostgreSQL: exec_simple_query). The first that fails ends the message.
    pub fn execute(
        &mut self,
        sql: &str,
        parsed: &Result<Vec<RawStmt>, RawParseError>,
        span: Span,
    ) -> Execution {
        let mut notices = Vec::new();
        let mark = self.catalog.mark();
        let refused = parsed
            .as_ref()
            .ok()
            .and_then(|statements| grammar::refused(self.catalog.version(), sql, statements));
        let outcome = match (parsed, &refused) {
            (Err(error), _) | (_, Some(error)) => {
                self.fail();
                Outcome::Error(Box::new(syntax_error(sql, error)))
            }
            (Ok(statements), None) if statements.is_empty() => Outcome::Empty,
            (Ok(statements), None) => self.run_all(sql, statements, &mut notices),
        };
        let (mut touched, mut gone) = (Vec::new(), Vec::new());
        if self.track && outcome == Outcome::Ok {
            gone = self.gone_since(mark);
            touched = self.record_provenance(mark, span);
        }
        if !self.transaction.is_open() {
            self.end_transaction();
            self.catalog.commit();
        }
        Execution { outcome, notices, touched, gone }
    }

    /// What the message's one query answers, by the state that it finds: what psql makes variables or statements of
    /// (`\gset`, `\gexec`). Nothing where that cannot be told.
    pub fn answer(
        &mut self,
        sql: &str,
        parsed: &Result<Vec<RawStmt>, RawParseError>,
    ) -> Option<Vec<AnswerRow>> {
        let [statement] = parsed.as_ref().ok()?.as_slice() else { return None };
        let context = Context::new(&mut self.catalog, &mut self.state, sql);
        panics::guarded(|| Ok(dml::answer(&context, &statement.stmt))).ok().flatten()
    }

    fn run_all(&mut self, sql: &str, statements: &[RawStmt], notices: &mut Vec<Notice>) -> Outcome {
        let implicit = statements.len() > 1 && !self.transaction.is_open();
        if implicit {
            self.begin_implicit();
        }
        let mut outcome = Outcome::Ok;
        for statement in statements {
            if let Err(stop) = self.run_one(sql, statement, notices) {
                outcome = match stop {
                    Stop::Error(error) => {
                        self.fail();
                        Outcome::Error(error)
                    }
                    Stop::Unknown(reason) => Outcome::Unknown(reason),
                };
                break;
            }
        }
        if implicit {
            let commit = !matches!(outcome, Outcome::Error(_));
            match self.end_implicit(commit, notices) {
                Ok(()) => {}
                Err(Stop::Error(error)) => outcome = Outcome::Error(error),
                Err(Stop::Unknown(reason)) => outcome = Outcome::Unknown(reason),
            }
        }
        outcome
    }

    fn run_one(
        &mut self,
        sql: &str,
        statement: &RawStmt,
        notices: &mut Vec<Notice>,
    ) -> PgResult<()> {
        if let Node::TransactionStmt(stmt) = &statement.stmt {
            return self.transaction_statement(stmt, notices);
        }
        if self.transaction.is_failed() {
            return Err(PgError::new(
                sqlstate::IN_FAILED_SQL_TRANSACTION,
                "current transaction is aborted, commands ignored until end of transaction block",
            )
            .into());
        }
        self.state.in_transaction_block = self.transaction.is_open();
        if !self.transaction.is_open() {
            self.state.transaction = Characteristics::of_session(&self.state);
        }
        match &statement.stmt {
            Node::VariableSetStmt(stmt) => return self.variable_set(stmt, notices),
            Node::VariableShowStmt(stmt) => return variables::show(&self.catalog, stmt),
            Node::SelectStmt(stmt) if variables::is_set_config(stmt) => {
                return self.select_set_config(stmt, notices);
            }
            _ => {} // everything else is a command
        }
        self.state.transaction.has_snapshot |= takes_snapshot(&statement.stmt);
        let mark = self.catalog.mark();
        let before = runs_bodies(&statement.stmt).then(|| self.state.clone());
        let mut context = Context::new(&mut self.catalog, &mut self.state, sql);
        context.running.describe = Some(crate::deparse::describe::describe);
        let alone = !context.session.in_transaction_block;
        let result = panics::guarded(|| {
            utility::process_utility(&mut context, statement)?;
            if alone { fire_deferred(&mut context, true) } else { Ok(()) }
        });
        notices.append(&mut context.notices.borrow_mut());
        // What a COMMIT in a body has made stays.
        let committed = context.running.committed.get();
        if result.is_err() {
            self.catalog.rollback_to(mark.max(committed));
            if let Some(before) = before {
                self.state = before;
            }
        }
        if matches!(result, Err(Stop::Unknown(_))) {
            self.forget_rows();
        }
        result
    }

    /// After a statement of which it is not known what it did.
    pub fn forget_rows(&mut self) {
        self.catalog.forget_contents();
    }

    /// The names of relations, columns, types and functions that went away since the mark.
    fn gone_since(&self, mark: usize) -> Vec<Gone> {
        let mut gone = Vec::new();
        for change in self.catalog.changes_since(mark) {
            let Change::Row(row) = change else { continue };
            match row {
                RowChange::PgClass(oid, Some(old)) => {
                    let new = self.catalog.get::<PgClass>(*oid);
                    let address = ObjectAddress::new(Class::Relation, *oid);
                    moved(&mut gone, address, &old.relname, new.map(|new| &new.relname));
                    let Some(new) = new else { continue };
                    for column in old.live_attributes() {
                        let now = new.attribute(column.attnum).filter(|now| !now.attisdropped);
                        let address = ObjectAddress::column(*oid, column.attnum);
                        moved(&mut gone, address, &column.attname, now.map(|now| &now.attname));
                    }
                }
                RowChange::PgType(oid, Some(old)) => {
                    moved(
                        &mut gone,
                        ObjectAddress::new(Class::Type, *oid),
                        &old.typname,
                        self.catalog.get::<PgType>(*oid).map(|new| &new.typname),
                    );
                }
                RowChange::PgProc(oid, Some(old)) => {
                    moved(
                        &mut gone,
                        ObjectAddress::new(Class::Proc, *oid),
                        &old.proname,
                        self.catalog.get::<PgProc>(*oid).map(|new| &new.proname),
                    );
                }
                _ => {} // other objects' names are rarely asked for again
            }
        }
        gone
    }

    /// Notes for every object that changed since the mark where it was made or changed.
    fn record_provenance(&mut self, mark: usize, span: Span) -> Vec<ObjectAddress> {
        let mut touched: Vec<(ObjectAddress, bool)> = Vec::new();
        for change in self.catalog.changes_since(mark) {
            match change {
                Change::Row(row) => {
                    touched.push((row.address(), row.is_insert()));
                    if let RowChange::PgClass(oid, old) = row {
                        changed_columns(
                            old.as_deref(),
                            self.catalog.get::<PgClass>(*oid).map(|c| c.as_ref()),
                            &mut touched,
                        );
                    }
                }
                Change::Comment(address, _) => touched.push((*address, false)),
                Change::DependAdded(_)
                | Change::DependRemoved(_)
                | Change::Provenance(..)
                | Change::Contents(_) => {}
            }
        }
        // Of an object's changes the one that made it counts.
        touched.sort_unstable_by_key(|(address, created)| (*address, !*created));
        touched.dedup_by_key(|(address, _)| *address);
        let is_made = |address: &ObjectAddress| {
            touched.binary_search_by_key(address, |(other, _)| *other).is_ok_and(|at| touched[at].1)
        };
        for (address, created) in &touched {
            let with_owner = *created
                && self.catalog.owner_of_part(*address).is_some_and(|owner| is_made(&owner));
            if with_owner {
                continue; // the owner's provenance is its own
            }
            let created_at = match self.catalog.provenance(*address) {
                Some(old) if !created => old.created,
                _ => span, // made by this statement, or built in and changed by it
            };
            self.catalog
                .set_provenance(*address, Provenance { created: created_at, changed: span });
        }
        touched.into_iter().map(|(address, _)| address).collect()
    }
}

/// Whether the command may run bodies, whose settings an error takes back.
fn runs_bodies(statement: &Node) -> bool {
    matches!(statement, Node::DoStmt(_) | Node::CallStmt(_) | Node::SelectStmt(_))
}

/// Whether the command reads with a snapshot (PostgreSQL: PlannedStmtRequiresSnapshot, tcop/pquery.c).
fn takes_snapshot(statement: &Node) -> bool {
    !matches!(
        statement,
        Node::LockStmt(_)
            | Node::ConstraintsSetStmt(_)
            | Node::FetchStmt(_)
            | Node::ListenStmt(_)
            | Node::NotifyStmt(_)
            | Node::UnlistenStmt(_)
            | Node::CheckPointStmt(_)
    )
}

/// Notes a name that is gone, if the thing that had it is gone or has another.
fn moved(gone: &mut Vec<Gone>, address: ObjectAddress, old: &Name, new: Option<&Name>) {
    let kind = match new {
        Some(new) if new == old => return,
        Some(new) => GoneKind::Renamed(new.clone()),
        None => GoneKind::Dropped,
    };
    gone.push(Gone { name: old.clone(), kind, address });
}

/// Adds the columns in which two states of a relation differ.
fn changed_columns(
    old: Option<&PgClass>,
    new: Option<&PgClass>,
    touched: &mut Vec<(ObjectAddress, bool)>,
) {
    let (Some(old), Some(new)) = (old, new) else { return };
    for attribute in &new.attributes {
        let before = old.attribute(attribute.attnum);
        if before != Some(attribute) {
            touched.push((ObjectAddress::column(new.oid, attribute.attnum), before.is_none()));
        }
    }
}
