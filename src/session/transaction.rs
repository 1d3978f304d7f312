//! Transaction blocks, savepoints and the aborted state (PostgreSQL: access/transam/xact.c).

use super::{Session, panics};
use crate::catalog::guc::characteristics::Characteristics;
use crate::catalog::guc::deferred::Deferred;
use crate::catalog::guc::{SessionState, settings};
use crate::commands::trigger_exec::fire_deferred;
use crate::commands::{Context, drop_temporary_tables};
use crate::findings::{Notice, PgError, PgResult, Stop, unknown};
use crate::nodes::Str;
use crate::nodes::tree::{Node, TransactionStmt, TransactionStmtKind};
use crate::pg::sqlstate;

/// Where the session stands.
#[derive(Clone, Default)]
pub(super) enum Transaction {
    /// Each statement is a transaction of its own.
    #[default]
    Idle,
    Block(Box<Block>),
}

/// An open transaction block.
#[derive(Clone)]
pub(super) struct Block {
    failed: bool,
    start: Point,
    savepoints: Vec<(Str, Point)>,
    /// Opened by a message of several statements, not by BEGIN.
    implicit: bool,
}

/// What a rollback goes back to.
#[derive(Clone)]
struct Point {
    mark: usize,
    state: SessionState,
}

impl Transaction {
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Transaction::Block(_))
    }

    pub(super) fn is_failed(&self) -> bool {
        matches!(self, Transaction::Block(block) if block.failed)
    }

    fn block(&mut self) -> Option<&mut Block> {
        match self {
            Transaction::Block(block) => Some(block),
            Transaction::Idle => None,
        }
    }
}

impl Session {
    fn point(&mut self) -> Point {
        Point { mark: self.catalog.mark(), state: self.state.clone() }
    }

    /// Settings and cursors are as they were; prepared statements stay.
    fn go_back(&mut self, point: Point) {
        self.catalog.rollback_to(point.mark);
        let has_snapshot = self.state.transaction.has_snapshot;
        let prepared = std::mem::take(&mut self.state.prepared);
        self.state = point.state;
        self.state.prepared = prepared;
        self.state.transaction.has_snapshot = has_snapshot;
    }

    pub(super) fn begin_implicit(&mut self) {
        self.state.transaction = Characteristics::of_session(&self.state);
        let start = self.point();
        self.transaction = Transaction::Block(Box::new(Block {
            failed: false,
            start,
            savepoints: Vec::new(),
            implicit: true,
        }));
    }

    pub(super) fn end_implicit(&mut self, commit: bool, notices: &mut Vec<Notice>) -> PgResult<()> {
        if !matches!(&self.transaction, Transaction::Block(block) if block.implicit) {
            return Ok(()); // a COMMIT or BEGIN among the statements ended it
        }
        if commit {
            self.commit(notices)
        } else {
            self.rollback_all();
            Ok(())
        }
    }

    /// An error: a block is aborted until it ends; the failed statement's own effects are gone already.
    pub(super) fn fail(&mut self) {
        if let Some(block) = self.transaction.block() {
            block.failed = true;
        }
    }

    /// Goes on as if the last statement had not failed, for a reader who wants no cascade of aborted statements.
    pub fn forgive(&mut self) {
        if let Some(block) = self.transaction.block() {
            block.failed = false;
        }
    }

    pub(super) fn rollback_all(&mut self) {
        if let Transaction::Block(block) = std::mem::take(&mut self.transaction) {
            self.go_back(block.start);
        }
        self.state.in_transaction_block = false;
    }

    fn commit(&mut self, notices: &mut Vec<Notice>) -> PgResult<()> {
        match self.fire_deferred(notices) {
            Ok(()) => {}
            Err(Stop::Unknown(reason)) => {
                self.forget_rows();
                self.finish_commit();
                return unknown(reason);
            }
            error => {
                self.rollback_all();
                return error;
            }
        }
        self.finish_commit();
        Ok(())
    }

    fn finish_commit(&mut self) {
        self.transaction = Transaction::Idle;
        self.state.in_transaction_block = false;
        self.end_transaction();
        self.catalog.commit();
    }

    /// Runs the triggers that wait for the transaction's end.
    fn fire_deferred(&mut self, notices: &mut Vec<Notice>) -> PgResult<()> {
        if self.state.deferred.is_empty() {
            return Ok(());
        }
        let mut context = Context::new(&mut self.catalog, &mut self.state, "");
        context.running.describe = Some(crate::deparse::describe::describe);
        let result = panics::guarded(|| fire_deferred(&mut context, true));
        notices.append(&mut context.notices.borrow_mut());
        result
    }

    /// What a transaction's end takes away: SET LOCAL, what waits, cursors without HOLD, tables that are ON COMMIT DROP.
    pub(super) fn end_transaction(&mut self) {
        self.state.deferred = Deferred::default();
        self.state.end_local_settings();
        self.state.cursors.retain(|_, held| *held);
        let tables = std::mem::take(&mut self.state.on_commit_drop);
        if !tables.is_empty() {
            drop_temporary_tables(&mut self.catalog, &self.state, &tables);
        }
    }

    /// PostgreSQL: the TransactionStmt arm of standard_ProcessUtility.
    pub(super) fn transaction_statement(
        &mut self,
        stmt: &TransactionStmt,
        notices: &mut Vec<Notice>,
    ) -> PgResult<()> {
        use TransactionStmtKind::*;
        match stmt.kind {
            TransStmtBegin | TransStmtStart => self.begin(stmt, notices),
            TransStmtCommit | TransStmtRollback => {
                self.end_block(stmt.kind == TransStmtCommit, stmt.chain, notices)
            }
            TransStmtSavepoint => self.savepoint(stmt),
            TransStmtRelease => self.release(stmt),
            TransStmtRollbackTo => self.rollback_to_savepoint(stmt),
            TransStmtPrepare => self.prepare(notices),
            TransStmtCommitPrepared | TransStmtRollbackPrepared => {
                let gid = stmt.gid.as_deref().unwrap_or("");
                Err(PgError::new(
                    sqlstate::UNDEFINED_OBJECT,
                    format!("prepared transaction with identifier \"{gid}\" does not exist"),
                )
                .into())
            }
        }
    }

    fn begin(&mut self, stmt: &TransactionStmt, notices: &mut Vec<Notice>) -> PgResult<()> {
        if self.transaction.is_failed() {
            return Err(aborted());
        }
        if let Some(block) = self.transaction.block() {
            if block.implicit {
                block.implicit = false;
            } else {
                notices.push(Notice::warning(
                    sqlstate::ACTIVE_SQL_TRANSACTION,
                    "there is already a transaction in progress",
                ));
            }
            return self.set_characteristics(&stmt.options);
        }
        let start = self.point();
        self.transaction = Transaction::Block(Box::new(Block {
            failed: false,
            start,
            savepoints: Vec::new(),
            implicit: false,
        }));
        self.state.transaction = Characteristics::of_session(&self.state);
        let result = self.set_characteristics(&stmt.options);
        if result.is_err() {
            self.fail();
        }
        result
    }

    /// The options of BEGIN and SET TRANSACTION.
    pub(super) fn set_characteristics(&mut self, options: &[Node]) -> PgResult<()> {
        for option in options {
            let Node::DefElem(option) = option else { continue };
            let name = option.defname.as_deref().unwrap_or_default();
            let value = settings::flatten(name, option.arg.as_slice())?;
            self.state.transaction.assign(name, &value)?;
        }
        Ok(())
    }

    fn end_block(&mut self, commit: bool, chain: bool, notices: &mut Vec<Notice>) -> PgResult<()> {
        let Some(block) = self.transaction.block() else {
            if chain {
                let what = if commit { "COMMIT AND CHAIN" } else { "ROLLBACK AND CHAIN" };
                return Err(not_in_block(what));
            }
            notices.push(Notice::warning(
                sqlstate::NO_ACTIVE_SQL_TRANSACTION,
                "there is no transaction in progress",
            ));
            return Ok(());
        };
        let chained = self.state.transaction.chained();
        if commit && !block.failed {
            self.commit(notices)?;
        } else {
            self.rollback_all();
        }
        if chain {
            let start = self.point();
            self.transaction = Transaction::Block(Box::new(Block {
                failed: false,
                start,
                savepoints: Vec::new(),
                implicit: false,
            }));
            self.state.transaction = chained;
        }
        Ok(())
    }

    fn savepoint(&mut self, stmt: &TransactionStmt) -> PgResult<()> {
        if self.transaction.is_failed() {
            return Err(aborted());
        }
        let point = self.point();
        match self.transaction.block() {
            Some(block) => {
                block.savepoints.push((stmt.savepoint_name.clone().unwrap_or_default(), point));
                self.state.transaction.in_subtransaction = true;
                Ok(())
            }
            None => Err(not_in_block("SAVEPOINT")),
        }
    }

    fn release(&mut self, stmt: &TransactionStmt) -> PgResult<()> {
        if self.transaction.is_failed() {
            return Err(aborted());
        }
        let Some(block) = self.transaction.block() else {
            return Err(not_in_block("RELEASE SAVEPOINT"));
        };
        let index = find(block, stmt)?;
        // The level above is read-only or not as it was (PostgreSQL: CommitSubTransaction).
        let read_only = block.savepoints[index].1.state.transaction.read_only;
        block.savepoints.truncate(index);
        self.state.transaction.in_subtransaction = index > 0;
        self.state.transaction.read_only = read_only;
        Ok(())
    }

    fn rollback_to_savepoint(&mut self, stmt: &TransactionStmt) -> PgResult<()> {
        let Some(block) = self.transaction.block() else {
            return Err(not_in_block("ROLLBACK TO SAVEPOINT"));
        };
        let index = find(block, stmt)?;
        block.savepoints.truncate(index + 1);
        block.failed = false;
        let point = block.savepoints[index].1.clone();
        self.go_back(point);
        self.state.transaction.in_subtransaction = true;
        Ok(())
    }

    fn prepare(&mut self, notices: &mut Vec<Notice>) -> PgResult<()> {
        if !self.transaction.is_open() {
            notices.push(Notice::warning(
                sqlstate::NO_ACTIVE_SQL_TRANSACTION,
                "there is no transaction in progress",
            ));
            return Ok(());
        }
        self.rollback_all();
        // max_prepared_transactions is 0 unless the server's configuration says otherwise.
        unknown("PREPARE TRANSACTION depends on the server's max_prepared_transactions")
    }
}

fn find(block: &Block, stmt: &TransactionStmt) -> PgResult<usize> {
    let name = stmt.savepoint_name.clone().unwrap_or_default();
    match block.savepoints.iter().rposition(|(other, _)| *other == name) {
        Some(index) => Ok(index),
        None => Err(PgError::new(
            sqlstate::INVALID_SAVEPOINT_SPECIFICATION,
            format!("savepoint \"{name}\" does not exist"),
        )
        .into()),
    }
}

fn aborted() -> crate::findings::Stop {
    PgError::new(
        sqlstate::IN_FAILED_SQL_TRANSACTION,
        "current transaction is aborted, commands ignored until end of transaction block",
    )
    .into()
}

fn not_in_block(what: &str) -> crate::findings::Stop {
    PgError::new(
        sqlstate::NO_ACTIVE_SQL_TRANSACTION,
        format!("{what} can only be used in transaction blocks"),
    )
    .into()
}
