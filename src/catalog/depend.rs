//! Which object depends on which: PostgreSQL's pg_depend and pg_shdepend as one table, readable both ways.

use super::objectaddress::ObjectAddress;
use crate::pg::oid::Oid;

/// How an object depends on another (PostgreSQL: DependencyType and SharedDependencyType).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DependType {
    Normal,
    Auto,
    Internal,
    PartitionPri,
    PartitionSec,
    Extension,
    AutoExtension,
    /// pg_shdepend: the role owns the object.
    Owner,
    /// pg_shdepend: the role stands in the object's privileges.
    Acl,
    /// pg_shdepend: the role stands in a policy.
    Policy,
    /// pg_shdepend: the object lies in the tablespace.
    Tablespace,
}

/// One dependency: `dependent` needs `referenced`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DependEntry {
    pub dependent: ObjectAddress,
    pub referenced: ObjectAddress,
    pub kind: DependType,
}

/// All dependencies.
#[derive(Clone, Default)]
pub struct DependTable {
    forward: imbl::OrdSet<DependEntry>,
    backward: imbl::OrdSet<(ObjectAddress, ObjectAddress, DependType)>,
}

impl DependTable {
    pub(super) fn insert(&mut self, entry: DependEntry) -> bool {
        let added = self.forward.insert(entry).is_none();
        if added {
            self.backward.insert((entry.referenced, entry.dependent, entry.kind));
        }
        added
    }

    pub(super) fn remove(&mut self, entry: DependEntry) -> bool {
        let removed = self.forward.remove(&entry).is_some();
        if removed {
            self.backward.remove(&(entry.referenced, entry.dependent, entry.kind));
        }
        removed
    }

    /// What the object needs. With `sub` 0 also what its columns need, as PostgreSQL scans by classid and objid.
    pub fn references_of(&self, dependent: ObjectAddress) -> impl Iterator<Item = DependEntry> {
        let (low, high) = bounds(dependent);
        let least = ObjectAddress { object: Oid::INVALID, ..low };
        let lowest =
            DependEntry { dependent: low, referenced: least.lowest(), kind: DependType::Normal };
        self.forward.range(lowest..).take_while(move |entry| entry.dependent <= high).copied()
    }

    /// What needs the object. With `sub` 0 also what needs its columns.
    pub fn dependents_of(&self, referenced: ObjectAddress) -> impl Iterator<Item = DependEntry> {
        let (low, high) = bounds(referenced);
        self.backward
            .range((low, low.lowest(), DependType::Normal)..)
            .take_while(move |(referenced, _, _)| *referenced <= high)
            .map(|(referenced, dependent, kind)| DependEntry {
                dependent: *dependent,
                referenced: *referenced,
                kind: *kind,
            })
    }

    /// Every dependency, by dependent object.
    pub fn iter(&self) -> impl Iterator<Item = &DependEntry> {
        self.forward.iter()
    }
}

fn bounds(address: ObjectAddress) -> (ObjectAddress, ObjectAddress) {
    let whole = address.sub == 0;
    let low = ObjectAddress { sub: if whole { i32::MIN } else { address.sub }, ..address };
    let high = ObjectAddress { sub: if whole { i32::MAX } else { address.sub }, ..address };
    (low, high)
}
