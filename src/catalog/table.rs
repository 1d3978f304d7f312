//! A persistent table of rows by oid, with indexes by key, by a second oid and by name.

use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::objectaddress::Class;
use super::ordered::Ordered;
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// A row of a catalog.
pub trait Row: Clone + Debug + PartialEq + 'static {
    /// What rows are looked up by beside their oid; several rows may share a key.
    type Key: Hash + Eq + Clone + Debug;
    /// The catalog that the row stands in.
    const CLASS: Class;
    fn oid(&self) -> Oid;
    fn key(&self) -> Self::Key;
    /// A second way to look rows up, such as the parent of a pg_inherits row.
    fn second(&self) -> Option<Oid> {
        None
    }
    /// The row's schema and name, where rows are looked up by that though it is not their key.
    fn named(&self) -> Option<(Oid, Name)> {
        None
    }
}

/// Oids by the hash of a key that several rows may share; whoever looks compares the rows' own keys.
#[derive(Clone, Default)]
struct Index(Ordered<u64, ()>);

impl Index {
    /// The hash and the oid in one number. An oid as a key is its own hash, so that the index grows at its end.
    fn entry(key: &impl Hash, oid: Oid) -> u64 {
        let mut hasher = OidHasher::default();
        key.hash(&mut hasher);
        u64::from(hasher.finish() as u32) << 32 | u64::from(oid.0)
    }

    /// The oids of rows whose key has the same hash, ascending.
    fn candidates<K: Hash>(&self, key: &K) -> impl Iterator<Item = Oid> + use<'_, K> {
        let low = Index::entry(key, Oid(0));
        let range = self.0.range(low..=low | u64::from(u32::MAX));
        range.map(|(entry, ())| Oid(entry as u32))
    }

    fn add(&mut self, key: &impl Hash, oid: Oid) {
        self.0.insert(Index::entry(key, oid), ());
    }

    fn remove(&mut self, key: &impl Hash, oid: Oid) {
        self.0.remove(Index::entry(key, oid));
    }
}

/// A hash that leaves a single oid as it is, and is FxHasher's for everything else.
#[derive(Default)]
struct OidHasher {
    only: Option<u32>,
    is_begun: bool,
    hasher: FxHasher,
}

impl Hasher for OidHasher {
    fn write(&mut self, bytes: &[u8]) {
        (self.only, self.is_begun) = (None, true);
        self.hasher.write(bytes);
    }

    fn write_u32(&mut self, number: u32) {
        self.only = (!self.is_begun).then_some(number);
        self.is_begun = true;
        self.hasher.write_u32(number);
    }

    fn finish(&self) -> u64 {
        self.only.map_or_else(|| self.hasher.finish(), u64::from)
    }
}

/// The rows of a fresh database, which hardly ever change: shared by every catalog of the version.
struct Base<R: Row> {
    rows: FxHashMap<Oid, Arc<R>>,
    /// Ascending.
    oids: Vec<Oid>,
    by_key: FxHashMap<R::Key, Vec<Oid>>,
    by_second: FxHashMap<Oid, Vec<Oid>>,
    by_name: FxHashMap<(Oid, Name), Vec<Oid>>,
}

impl<R: Row> Default for Base<R> {
    fn default() -> Self {
        Base {
            rows: FxHashMap::default(),
            oids: Vec::new(),
            by_key: FxHashMap::default(),
            by_second: FxHashMap::default(),
            by_name: FxHashMap::default(),
        }
    }
}

/// The rows of one catalog: the fresh database's, and over them what was added and changed since.
#[derive(Clone)]
pub struct Table<R: Row> {
    base: Arc<Base<R>>,
    /// Rows of the base that count no longer; where they were changed, the new row stands in `rows`.
    masked: Ordered<Oid, ()>,
    rows: Ordered<Oid, Arc<R>>,
    by_key: Index,
    /// The second oid and the row's own, in one number.
    by_second: Ordered<u64, ()>,
    by_name: Index,
}

impl<R: Row> Default for Table<R> {
    fn default() -> Self {
        Table {
            base: Arc::default(),
            masked: Ordered::default(),
            rows: Ordered::default(),
            by_key: Index::default(),
            by_second: Ordered::default(),
            by_name: Index::default(),
        }
    }
}

impl<R: Row> Table<R> {
    pub(super) fn get(&self, oid: Oid) -> Option<&Arc<R>> {
        if oid.is_builtin()
            && let Some(row) = self.base.rows.get(&oid)
            && !self.is_masked(oid)
        {
            return Some(row);
        }
        self.rows.get(oid)
    }

    pub(super) fn len(&self) -> usize {
        self.base.rows.len() - self.masked.len() + self.rows.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<R>> {
        let below = self.of_base(&self.base.oids);
        merge(below, self.rows.iter())
    }

    pub(super) fn with_key(&self, key: &R::Key) -> impl Iterator<Item = &Arc<R>> {
        let below = self.base.by_key.get(key).map_or(&[][..], Vec::as_slice);
        let above = self.by_key.candidates(key).filter_map(|oid| self.above(oid));
        merge(self.of_base(below), above.filter(|(_, row)| row.key() == *key))
    }

    pub(super) fn with_second(&self, second: Oid) -> impl Iterator<Item = &Arc<R>> {
        let below = self.base.by_second.get(&second).map_or(&[][..], Vec::as_slice);
        let low = u64::from(second.0) << 32;
        let range = self.by_second.range(low..=low | u64::from(u32::MAX));
        let above = range.filter_map(|(entry, ())| self.above(Oid(entry as u32)));
        merge(self.of_base(below), above)
    }

    pub(super) fn with_name(&self, namespace: Oid, name: &Name) -> impl Iterator<Item = &Arc<R>> {
        let key = (namespace, name.clone());
        let below = self.base.by_name.get(&key).map_or(&[][..], Vec::as_slice);
        let above = self.by_name.candidates(&key).filter_map(|oid| self.above(oid));
        let named = above.filter(move |(_, row)| row.named().as_ref() == Some(&key));
        merge(self.of_base(below), named)
    }

    fn is_masked(&self, oid: Oid) -> bool {
        !self.masked.is_empty() && self.masked.contains(oid)
    }

    fn above(&self, oid: Oid) -> Option<(Oid, &Arc<R>)> {
        Some((oid, self.rows.get(oid)?))
    }

    fn of_base<'a>(&'a self, oids: &'a [Oid]) -> impl Iterator<Item = (Oid, &'a Arc<R>)> {
        oids.iter()
            .filter(|oid| !self.is_masked(**oid))
            .filter_map(|oid| Some((*oid, self.base.rows.get(oid)?)))
    }

    /// Adds a row of the fresh database; does nothing once the table is shared or holds other rows.
    pub(super) fn load(&mut self, row: R) {
        let Some(base) = Arc::get_mut(&mut self.base) else { return };
        let oid = row.oid();
        if let Some(old) = base.rows.get(&oid) {
            base.by_key.entry(old.key()).or_default().retain(|other| *other != oid);
            if let Some(second) = old.second() {
                base.by_second.entry(second).or_default().retain(|other| *other != oid);
            }
            if let Some(named) = old.named() {
                base.by_name.entry(named).or_default().retain(|other| *other != oid);
            }
        } else {
            insert_sorted(&mut base.oids, oid);
        }
        insert_sorted(base.by_key.entry(row.key()).or_default(), oid);
        if let Some(second) = row.second() {
            insert_sorted(base.by_second.entry(second).or_default(), oid);
        }
        if let Some(named) = row.named() {
            insert_sorted(base.by_name.entry(named).or_default(), oid);
        }
        base.rows.insert(oid, Arc::new(row));
    }

    /// Changes a row where it stands, if nobody else holds it; else gives the change back.
    pub(super) fn change<F: FnOnce(&mut R)>(&mut self, oid: Oid, change: F) -> Result<(), F> {
        let Some(row) = self.rows.get_mut(oid).and_then(Arc::get_mut) else { return Err(change) };
        let (key, second, name) = (row.key(), row.second(), row.named());
        change(row);
        let (new_key, new_second, new_name) = (row.key(), row.second(), row.named());
        self.reindex(oid, Some((key, second)), Some((new_key, new_second)), name, new_name);
        Ok(())
    }

    /// Puts the row under its oid, or takes it away; returns what stood there.
    pub(super) fn set(&mut self, oid: Oid, new: Option<Arc<R>>) -> Option<Arc<R>> {
        if oid.is_builtin()
            && let Some(row) = self.base.rows.get(&oid)
        {
            if new.as_ref().is_some_and(|new| Arc::ptr_eq(new, row)) {
                // The fresh database's own row comes back.
                let old = if self.is_masked(oid) { None } else { Some(row.clone()) };
                self.masked.remove(oid);
                return self.replace(oid, None).or(old);
            }
            if self.masked.insert(oid, ()).is_none() {
                let old = row.clone();
                self.replace(oid, new);
                return Some(old);
            }
        }
        self.replace(oid, new)
    }

    /// As `set`, among the rows over the base.
    fn replace(&mut self, oid: Oid, new: Option<Arc<R>>) -> Option<Arc<R>> {
        let new_keys = new.as_ref().map(|row| (row.key(), row.second()));
        let new_name = new.as_ref().and_then(|row| row.named());
        let old = match new {
            Some(row) => self.rows.insert(oid, row),
            None => self.rows.remove(oid),
        };
        let old_keys = old.as_ref().map(|row| (row.key(), row.second()));
        let old_name = old.as_ref().and_then(|row| row.named());
        self.reindex(oid, old_keys, new_keys, old_name, new_name);
        old
    }

    fn reindex(
        &mut self,
        oid: Oid,
        old_keys: Option<(R::Key, Option<Oid>)>,
        new_keys: Option<(R::Key, Option<Oid>)>,
        old_name: Option<(Oid, Name)>,
        new_name: Option<(Oid, Name)>,
    ) {
        if old_name != new_name {
            if let Some(name) = old_name {
                self.by_name.remove(&name, oid);
            }
            if let Some(name) = new_name {
                self.by_name.add(&name, oid);
            }
        }
        if old_keys != new_keys {
            if let Some((key, second)) = old_keys {
                self.by_key.remove(&key, oid);
                second.map(|second| self.by_second.remove(second_entry(second, oid)));
            }
            if let Some((key, second)) = new_keys {
                self.by_key.add(&key, oid);
                second.map(|second| self.by_second.insert(second_entry(second, oid), ()));
            }
        }
    }
}

fn second_entry(second: Oid, oid: Oid) -> u64 {
    u64::from(second.0) << 32 | u64::from(oid.0)
}

fn insert_sorted(oids: &mut Vec<Oid>, oid: Oid) {
    let at = oids.partition_point(|other| *other < oid);
    oids.insert(at, oid);
}

/// Two ascending sequences as one.
fn merge<'a, R: 'a>(
    below: impl Iterator<Item = (Oid, &'a Arc<R>)>,
    above: impl Iterator<Item = (Oid, &'a Arc<R>)>,
) -> impl Iterator<Item = &'a Arc<R>> {
    let (mut below, mut above) = (below.peekable(), above.peekable());
    std::iter::from_fn(move || {
        let (first, second) =
            (below.peek().map(|(oid, _)| *oid), above.peek().map(|(oid, _)| *oid));
        let from_above = match (first, second) {
            (Some(first), Some(second)) => second < first,
            (first, _) => first.is_none(),
        };
        if from_above { above.next() } else { below.next() }.map(|(_, row)| row)
    })
}
