//! Whether a statement can be run twice: it is run again on its own result, looked at, and taken back.

use super::Session;
use crate::catalog::Change;
use crate::commands::objectaddress::get_object_description;
use crate::findings::{PgError, Stop};
use crate::nodes::RawStmt;
use crate::nodes::tree::{Node, SelectStmt};

/// What a second run does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rerun {
    /// Nothing more: the statement can be run again.
    Same,
    Fails(Box<PgError>),
    /// It adds or changes something a second time; what, in words.
    Changes(Vec<String>),
    Unknown(String),
}

impl Session {
    /// Runs the statements again and takes back what that did. Statements that do not touch the schema are the same.
    pub fn rerun(&mut self, sql: &str, statements: &[RawStmt]) -> Rerun {
        if !statements.iter().all(|raw| touches_schema(&raw.stmt)) {
            return match statements.first().map(|raw| &raw.stmt) {
                Some(Node::InsertStmt(insert))
                    if insert.on_conflict_clause.is_none()
                        && inserts_values(insert.select_stmt.as_ref()) =>
                {
                    Rerun::Changes(vec!["the rows are inserted again".to_string()])
                }
                _ => Rerun::Same, // data and queries: nothing of the schema changes
            };
        }
        let mark = self.catalog.mark();
        let state = self.state.clone();
        let transaction = self.transaction.clone();
        let mut outcome = Ok(());
        for statement in statements {
            outcome = self.run_one(sql, statement, &mut Vec::new());
            if outcome.is_err() {
                break;
            }
        }
        let rerun = match outcome {
            Ok(()) => self.changed_again(mark),
            Err(Stop::Error(error)) => Rerun::Fails(error),
            Err(Stop::Unknown(reason)) => Rerun::Unknown(reason),
        };
        self.catalog.rollback_to(mark);
        self.state = state;
        self.transaction = transaction;
        if !self.transaction.is_open() {
            self.catalog.commit();
        }
        rerun
    }

    /// What differs from before the mark: a row that was added and is still there, or that is no longer the same.
    fn changed_again(&self, mark: usize) -> Rerun {
        let mut what = Vec::new();
        let mut firsts = std::collections::BTreeSet::new();
        for change in self.catalog.changes_since(mark) {
            let Change::Row(row) = change else { continue };
            let address = row.address();
            // The first change of a row holds what stood there before all of them.
            if !firsts.insert(address) || row.is_noop(&self.catalog) {
                continue;
            }
            if row.is_insert() {
                let path = self.state.search_path(&self.catalog);
                what.extend(
                    get_object_description(&self.catalog, &path, address)
                        .map(|object| format!("adds {object}")),
                );
            }
        }
        if what.is_empty() { Rerun::Same } else { Rerun::Changes(what) }
    }
}

fn touches_schema(statement: &Node) -> bool {
    !matches!(
        statement,
        Node::SelectStmt(_)
            | Node::InsertStmt(_)
            | Node::UpdateStmt(_)
            | Node::DeleteStmt(_)
            | Node::MergeStmt(_)
            | Node::CopyStmt(_)
            | Node::TransactionStmt(_)
            | Node::VariableSetStmt(_)
            | Node::VariableShowStmt(_)
            | Node::DoStmt(_)
            | Node::CallStmt(_)
            | Node::TruncateStmt(_)
            | Node::LockStmt(_)
            | Node::VacuumStmt(_)
            | Node::NotifyStmt(_)
    )
}

/// Whether an INSERT's source is VALUES, so that a second run gives the same rows again.
fn inserts_values(source: Option<&Node>) -> bool {
    matches!(source, Some(Node::SelectStmt(select)) if is_values(select))
}

fn is_values(select: &SelectStmt) -> bool {
    !select.values_lists.is_empty()
}
