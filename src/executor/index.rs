//! Rows found by a value instead of by looking at each: hash indexes for joins, and sets of rows.

use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use crate::catalog::value::Value;
use crate::catalog::{Catalog, PgOperator};
use crate::pg::oid::{Oid, fixed};

/// Positions of rows by one value of each.
pub(super) struct ValueIndex {
    ints: FxHashMap<i64, Vec<usize>>,
    texts: FxHashMap<Arc<str>, Vec<usize>>,
    /// Where the value is of another kind, or cannot be told: these always count as candidates.
    others: Vec<usize>,
    has_nulls: bool,
    len: usize,
}

/// What a value selects.
pub(super) enum Candidates {
    /// Every row has to be looked at.
    All,
    /// These positions, in order.
    Some(Vec<usize>),
}

impl ValueIndex {
    /// The index over the rows' values, in order.
    pub fn new(values: impl Iterator<Item = Value>) -> ValueIndex {
        let mut index = ValueIndex {
            ints: FxHashMap::default(),
            texts: FxHashMap::default(),
            others: Vec::new(),
            has_nulls: false,
            len: 0,
        };
        for (at, value) in values.enumerate() {
            index.len = at + 1;
            match value {
                Value::Int(value) => index.ints.entry(value).or_default().push(at),
                Value::Text(value) => index.texts.entry(value).or_default().push(at),
                Value::Null => index.has_nulls = true,
                _ => index.others.push(at),
            }
        }
        index
    }

    /// Whether a value is NULL.
    pub fn has_nulls(&self) -> bool {
        self.has_nulls
    }

    /// The rows that may equal the value under a strict operator that `is_exact`.
    pub fn candidates(&self, value: &Value) -> Candidates {
        let found = match value {
            Value::Null => return Candidates::Some(Vec::new()),
            Value::Int(value) if self.texts.is_empty() => self.ints.get(value),
            Value::Text(value) if self.ints.is_empty() => self.texts.get(value),
            _ => return Candidates::All,
        };
        let mut all = found.cloned().unwrap_or_default();
        if !self.others.is_empty() {
            all.extend(&self.others);
            all.sort_unstable();
        }
        Candidates::Some(all)
    }
}

/// Whether the operator is the equality of types whose equal values are held as the same number or text.
pub(super) fn is_exact(catalog: &Catalog, opno: Oid) -> bool {
    let exact = |oid: Oid| {
        matches!(
            oid,
            fixed::NAMEOID
                | fixed::TEXTOID
                | fixed::CHAROID
                | fixed::OIDOID
                | fixed::INT2OID
                | fixed::INT4OID
                | fixed::INT8OID
        )
    };
    opno.is_builtin()
        && catalog
            .get::<PgOperator>(opno)
            .is_some_and(|row| row.oprname == "=" && exact(row.oprleft) && exact(row.oprright))
}

/// Different rows, numbered in the order in which they came.
#[derive(Default)]
pub(super) struct RowSet {
    rows: Vec<Rc<Vec<Value>>>,
    buckets: FxHashMap<u64, Vec<usize>>,
}

impl RowSet {
    /// The number of the row, if it is there.
    pub fn find(&self, row: &Vec<Value>) -> Option<usize> {
        let bucket = self.buckets.get(&hash_row(row))?;
        bucket.iter().copied().find(|at| *self.rows[*at] == *row)
    }

    /// The number of the row, and whether it is new.
    pub fn insert(&mut self, row: Vec<Value>) -> (usize, bool) {
        if let Some(at) = self.find(&row) {
            return (at, false);
        }
        let at = self.rows.len();
        self.buckets.entry(hash_row(&row)).or_default().push(at);
        self.rows.push(Rc::new(row));
        (at, true)
    }
}

fn hash_row(row: &[Value]) -> u64 {
    let mut hasher = FxHasher::default();
    row.iter().for_each(|value| hash_value(value, &mut hasher));
    hasher.finish()
}

/// Equal values hash alike; numbers that are equal in several spellings only by their kind.
fn hash_value(value: &Value, hasher: &mut FxHasher) {
    std::mem::discriminant(value).hash(hasher);
    match value {
        Value::Bool(value) => value.hash(hasher),
        Value::Int(value) => value.hash(hasher),
        Value::Text(value) => value.hash(hasher),
        Value::Array(items) => items.iter().for_each(|item| hash_value(item, hasher)),
        Value::Record(fields) => fields.iter().for_each(|(_, field)| hash_value(field, hasher)),
        Value::Null | Value::Float(_) | Value::Numeric(_) | Value::Unknown => {}
    }
}
