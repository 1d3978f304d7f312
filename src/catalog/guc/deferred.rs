//! Constraint triggers that wait for the end of their transaction, and what SET CONSTRAINTS said of them (PostgreSQL:
//! AfterTriggersData, commands/trigger.c).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::{PgTrigger, TableRow};
use crate::pg::oid::Oid;

/// A row's change that a trigger still has to run for.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    pub trigger: Oid,
    /// The bit of the event in pg_trigger.tgtype.
    pub event: i16,
    pub old: Option<TableRow>,
    pub new: Option<TableRow>,
}

/// What waits in a transaction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deferred {
    waiting: Vec<Arc<Waiting>>,
    /// SET CONSTRAINTS ALL: whether they wait.
    all: Option<bool>,
    /// The same by constraint.
    each: BTreeMap<Oid, bool>,
}

impl Deferred {
    /// Whether the trigger waits for the transaction's end (PostgreSQL: afterTriggerCheckState).
    pub fn waits(&self, trigger: &PgTrigger) -> bool {
        let said = self.each.get(&trigger.tgconstraint).copied().or(self.all);
        trigger.tgdeferrable && said.unwrap_or(trigger.tginitdeferred)
    }

    pub fn push(&mut self, waiting: Waiting) {
        self.waiting.push(Arc::new(waiting));
    }

    /// SET CONSTRAINTS ALL.
    pub fn set_all(&mut self, waits: bool) {
        self.each.clear();
        self.all = Some(waits);
    }

    /// SET CONSTRAINTS of one constraint.
    pub fn set_one(&mut self, constraint: Oid, waits: bool) {
        self.each.insert(constraint, waits);
    }

    /// Takes out those that need wait no more.
    pub fn take(&mut self, is_due: impl Fn(&Deferred, &Waiting) -> bool) -> Vec<Arc<Waiting>> {
        let all = std::mem::take(&mut self.waiting);
        let (due, left) = all.into_iter().partition(|waiting| is_due(self, waiting));
        self.waiting = left;
        due
    }

    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}
