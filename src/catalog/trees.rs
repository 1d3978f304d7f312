//! Rows of tables with all that inherit from them, each in the columns of the one that is asked.

use super::{Catalog, PgClass, PgInherits, TableRow};
use crate::catalog::value::Value;
use crate::pg::oid::Oid;

impl Catalog {
    /// The table and all that inherit from it, each once.
    pub fn tree(&self, table: Oid) -> Vec<Oid> {
        let mut all = vec![table];
        let mut next = 0;
        while let Some(parent) = all.get(next).copied() {
            next += 1;
            let mut children: Vec<Oid> =
                self.find_second::<PgInherits>(parent).map(|row| row.inhrelid).collect();
            children.sort_unstable();
            for child in children {
                if !all.contains(&child) {
                    all.push(child);
                }
            }
        }
        all
    }

    /// The rows of the table and of all that inherit from it; None where some are not known.
    pub fn tree_rows(&self, table: Oid) -> Option<Vec<TableRow>> {
        let class = self.get::<PgClass>(table)?;
        let mut rows = Vec::new();
        for member in self.tree(table) {
            let of = self.get::<PgClass>(member)?;
            match of.relkind {
                b'p' => {}
                b'r' => {
                    rows.extend(self.contents(member)?.iter().map(|row| map_row(of, class, row)));
                }
                _ => return None, // foreign tables
            }
        }
        Some(rows)
    }
}

/// A row of one table in the columns of another, by their names.
pub fn map_row(from: &PgClass, to: &PgClass, row: &TableRow) -> TableRow {
    if from.oid == to.oid {
        let mut row = row.clone();
        row.resize(to.attributes.len(), Value::Null);
        return row;
    }
    let cell = |name: &str| {
        let place = usize::try_from(from.attribute_named(name)?.attnum).ok()?.checked_sub(1)?;
        row.get(place).cloned()
    };
    let of = |attribute: &super::PgAttribute| match attribute.attisdropped {
        true => Value::Null,
        false => cell(&attribute.attname).unwrap_or(Value::Null),
    };
    to.attributes.iter().map(of).collect()
}
