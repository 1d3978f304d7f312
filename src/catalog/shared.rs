//! What everything that reads the catalog for one statement shares.

use std::cell::RefCell;
use std::sync::Arc;

use super::guc::SessionState;
use super::guc::budget::Budget;
use super::namespace::SearchPath;
use super::value::Value;
use super::{Catalog, TableRow};
use crate::findings::{Notice, PgResult};
use crate::nodes::primnodes::FuncExpr;
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// What every level of one statement's analysis shares.
#[derive(Clone, Copy)]
pub struct Shared<'a> {
    pub catalog: &'a Catalog,
    pub session: &'a SessionState,
    pub path: &'a SearchPath,
    /// Notices that analysis raises (identifier truncation, implicit behaviour).
    pub notices: &'a RefCell<Vec<Notice>>,
    /// What runs functions of the user's; None where none is run.
    pub caller: Option<&'a dyn CallFunction>,
    pub running: &'a Running,
}

/// Runs functions of the user's that a query calls.
pub trait CallFunction {
    fn call(&self, shared: Shared, call: &FuncExpr, args: Vec<Value>) -> PgResult<Called>;
}

/// What a function gave: its rows, of one column where it gives no row type.
#[derive(Debug, Clone, PartialEq)]
pub struct Called {
    pub rows: Vec<Vec<Value>>,
    /// The names of the columns of a row type.
    pub names: Option<Vec<Arc<str>>>,
}

impl Called {
    /// Each row as one value.
    pub fn into_values(self) -> Vec<Value> {
        let Called { rows, names } = self;
        let value = |mut row: Vec<Value>| match &names {
            Some(names) => Value::Record(names.iter().cloned().zip(row).collect()),
            None => row.pop().unwrap_or(Value::Null),
        };
        rows.into_iter().map(value).collect()
    }
}

/// What pg_get_constraintdef and its kin give for their arguments; None where it is not one of them.
pub type Describe = fn(Shared, &str, &[Value]) -> Option<PgResult<Value>>;

/// What bodies see of what made them run, and how much more may run.
#[derive(Debug, Clone, Default)]
pub struct Running {
    pub budget: Budget,
    /// How many triggers have made each other run.
    pub trigger_depth: usize,
    /// Whether a SECURITY DEFINER function runs, in which the role stays.
    pub security_definer: bool,
    /// The journal's end at the last COMMIT in a body: what was done before it stays.
    pub committed: std::rc::Rc<std::cell::Cell<usize>>,
    /// Prints definitions (pg_get_constraintdef and its kin), which a room below does.
    pub describe: Option<Describe>,
    /// Transition tables: their names, the table and its rows, None where these are not known.
    pub transitions: Vec<(Name, Oid, Option<Arc<Vec<TableRow>>>)>,
    /// What pg_event_trigger_ddl_commands gives; None outside of such a trigger.
    pub ddl_commands: Option<Arc<Vec<TableRow>>>,
    /// What pg_event_trigger_dropped_objects gives.
    pub dropped_objects: Option<Arc<Vec<TableRow>>>,
}
