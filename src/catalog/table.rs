//! A persistent table of rows by oid, with an index by key and one by a second oid.

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::objectaddress::Class;
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

/// The oids that share a key, ascending.
#[derive(Debug, Clone)]
enum Oids {
    One(Oid),
    Many(Arc<Vec<Oid>>),
}

impl Oids {
    fn as_slice(&self) -> &[Oid] {
        match self {
            Oids::One(oid) => std::slice::from_ref(oid),
            Oids::Many(oids) => oids,
        }
    }
}

/// The rows of one catalog.
#[derive(Clone)]
pub struct Table<R: Row> {
    rows: imbl::OrdMap<Oid, Arc<R>>,
    by_key: imbl::GenericHashMap<R::Key, Oids, FxBuildHasher, imbl::shared_ptr::DefaultSharedPtr>,
    by_second: imbl::OrdSet<(Oid, Oid)>,
    by_name: imbl::OrdSet<(Oid, Name, Oid)>,
}

impl<R: Row> Default for Table<R> {
    fn default() -> Self {
        Table {
            rows: imbl::OrdMap::new(),
            by_key: imbl::GenericHashMap::with_hasher(FxBuildHasher),
            by_second: imbl::OrdSet::new(),
            by_name: imbl::OrdSet::new(),
        }
    }
}

impl<R: Row> Table<R> {
    pub(super) fn get(&self, oid: Oid) -> Option<&Arc<R>> {
        self.rows.get(&oid)
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<R>> {
        self.rows.values()
    }

    pub(super) fn with_key(&self, key: &R::Key) -> impl Iterator<Item = &Arc<R>> {
        let oids = self.by_key.get(key).map_or(&[][..], Oids::as_slice);
        oids.iter().filter_map(|oid| self.rows.get(oid))
    }

    pub(super) fn with_second(&self, second: Oid) -> impl Iterator<Item = &Arc<R>> {
        self.by_second
            .range((second, Oid(0))..=(second, Oid(u32::MAX)))
            .filter_map(|(_, oid)| self.rows.get(oid))
    }

    pub(super) fn with_name(&self, namespace: Oid, name: &Name) -> impl Iterator<Item = &Arc<R>> {
        self.by_name
            .range((namespace, name.clone(), Oid(0))..=(namespace, name.clone(), Oid(u32::MAX)))
            .filter_map(|(_, _, oid)| self.rows.get(oid))
    }

    /// Puts the row under its oid, or takes it away; returns what stood there.
    pub(super) fn set(&mut self, oid: Oid, new: Option<Arc<R>>) -> Option<Arc<R>> {
        let new_keys = new.as_ref().map(|row| (row.key(), row.second()));
        let new_name = new.as_ref().and_then(|row| row.named());
        let old = match new {
            Some(row) => self.rows.insert(oid, row),
            None => self.rows.remove(&oid),
        };
        let old_keys = old.as_ref().map(|row| (row.key(), row.second()));
        let old_name = old.as_ref().and_then(|row| row.named());
        if old_name != new_name {
            if let Some((namespace, name)) = old_name {
                self.by_name.remove(&(namespace, name, oid));
            }
            if let Some((namespace, name)) = new_name {
                self.by_name.insert((namespace, name, oid));
            }
        }
        if old_keys != new_keys {
            if let Some((key, second)) = old_keys {
                self.unindex(&key, second, oid);
            }
            if let Some((key, second)) = new_keys {
                self.index(key, second, oid);
            }
        }
        old
    }

    fn index(&mut self, key: R::Key, second: Option<Oid>, oid: Oid) {
        match self.by_key.get_mut(&key) {
            None => {
                self.by_key.insert(key, Oids::One(oid));
            }
            Some(oids @ Oids::One(_)) => {
                let mut many = oids.as_slice().to_vec();
                many.push(oid);
                many.sort_unstable();
                *oids = Oids::Many(Arc::new(many));
            }
            Some(Oids::Many(many)) => {
                let many = Arc::make_mut(many);
                let at = many.partition_point(|other| *other < oid);
                many.insert(at, oid);
            }
        }
        if let Some(second) = second {
            self.by_second.insert((second, oid));
        }
    }

    fn unindex(&mut self, key: &R::Key, second: Option<Oid>, oid: Oid) {
        let emptied = match self.by_key.get_mut(key) {
            Some(Oids::Many(many)) => {
                let many = Arc::make_mut(many);
                many.retain(|other| *other != oid);
                many.is_empty()
            }
            Some(Oids::One(only)) => *only == oid,
            None => false,
        };
        if emptied {
            self.by_key.remove(key);
        }
        if let Some(second) = second {
            self.by_second.remove(&(second, oid));
        }
    }
}
