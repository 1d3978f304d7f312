//! What stops a body that would run for ever, recurse, or build huge texts: past a limit its course is unknown.

use std::cell::Cell;
use std::rc::Rc;

use crate::findings::{PgResult, unknown};

/// How many statements one top-level statement may run.
const STATEMENT_LIMIT: usize = 100_000;

/// What following both ways of an undecided condition costs, in statements: ways multiply where functions recurse.
const FORK_COST: usize = 500;

/// How many rows the queries of one top-level statement may look at.
const ROW_LIMIT: usize = 4_000_000;

/// How deep functions may call each other.
const CALL_LIMIT: usize = 64;

/// The longest command that EXECUTE runs, and the longest text that a variable holds, in bytes.
pub const TEXT_LIMIT: usize = 1 << 20;

/// The most members of an array that a variable holds.
pub const ITEM_LIMIT: usize = 1 << 16;

/// What is left of the statements and calls; shared by all bodies that one statement runs.
#[derive(Debug, Clone)]
pub struct Budget {
    statements: Rc<Cell<usize>>,
    rows: Rc<Cell<usize>>,
    depth: usize,
}

impl Budget {
    /// The budget of one top-level statement.
    pub fn new() -> Budget {
        Budget {
            statements: Rc::new(Cell::new(STATEMENT_LIMIT)),
            rows: Rc::new(Cell::new(ROW_LIMIT)),
            depth: 0,
        }
    }

    /// Takes one statement off.
    pub fn step(&self) -> PgResult<()> {
        take(&self.statements, 1, "a body runs more statements than are followed here")
    }

    /// Takes off what it costs to follow more than one way.
    pub fn fork(&self) -> PgResult<()> {
        take(&self.statements, FORK_COST, "a body runs more statements than are followed here")
    }

    /// Takes off rows that a query looks at.
    pub fn rows(&self, rows: usize) -> PgResult<()> {
        take(&self.rows, rows, "the statement's queries look at more rows than are run here")
    }

    /// Whether the body is what a top-level statement or a DO block calls itself.
    pub fn is_outermost(&self) -> bool {
        self.depth <= 1
    }

    /// The budget of a body that this one calls.
    pub fn deeper(&self) -> PgResult<Budget> {
        if self.depth >= CALL_LIMIT {
            return unknown("functions call each other deeper than is followed here");
        }
        Ok(Budget { depth: self.depth + 1, ..self.clone() })
    }
}

impl Default for Budget {
    fn default() -> Budget {
        Budget::new()
    }
}

fn take(left: &Cell<usize>, cost: usize, past: &str) -> PgResult<()> {
    match left.get().checked_sub(cost) {
        Some(rest) => {
            left.set(rest);
            Ok(())
        }
        None => unknown(past),
    }
}
