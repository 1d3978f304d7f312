//! The rows of tables, as far as the statements that made them tell: guards that read a table of versions are decided
//! by them. A table that holds much, or that something unknown wrote to, is not known.

use std::sync::Arc;

use super::ordered::Ordered;
use super::value::Value;
use crate::pg::oid::Oid;

/// A row by attribute number - 1. A cell that cannot be told is Value::Unknown; columns added later are missing.
pub type TableRow = Vec<Value>;

/// Tables with more rows are not kept.
pub const MAX_ROWS: usize = 256;

/// What is known of all tables' rows; cheap to copy.
#[derive(Debug, Clone)]
pub struct Contents {
    /// Tables with a lower oid were there before, with rows that nobody knows.
    first: Oid,
    /// None: not known any more. A table that is missing here is empty.
    tables: Ordered<Oid, Option<Arc<Vec<TableRow>>>>,
}

impl Default for Contents {
    /// Nothing is known.
    fn default() -> Contents {
        Contents::known_from(Oid(u32::MAX))
    }
}

impl Contents {
    /// Tables from that oid on are known, and empty.
    pub(super) fn known_from(first: Oid) -> Contents {
        Contents { first, tables: Ordered::default() }
    }

    pub(super) fn covers(&self, table: Oid) -> bool {
        table >= self.first
    }

    pub(super) fn rows(&self, table: Oid) -> Option<Arc<Vec<TableRow>>> {
        if !self.covers(table) {
            return None;
        }
        self.tables.get(table).map_or_else(|| Some(Arc::default()), Option::clone)
    }

    /// What both hold alike; the other tables' rows are not known.
    pub(super) fn joined(&self, other: &Contents) -> Contents {
        let mut joined =
            Contents { first: self.first.max(other.first), tables: self.tables.clone() };
        for (table, _) in self.tables.iter().chain(other.tables.iter()) {
            if self.rows(table) != other.rows(table) {
                joined.tables.insert(table, None);
            }
        }
        joined
    }

    pub(super) fn set(&mut self, table: Oid, rows: Option<Vec<TableRow>>) {
        let rows = rows.filter(|rows| rows.len() <= MAX_ROWS).map(Arc::new);
        self.tables.insert(table, rows);
    }
}
