//! Which object depends on which: PostgreSQL's pg_depend and pg_shdepend as one table, readable both ways.

use super::objectaddress::ObjectAddress;
use super::ordered::Ordered;

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

const KINDS: [DependType; 11] = [
    DependType::Normal,
    DependType::Auto,
    DependType::Internal,
    DependType::PartitionPri,
    DependType::PartitionSec,
    DependType::Extension,
    DependType::AutoExtension,
    DependType::Owner,
    DependType::Acl,
    DependType::Policy,
    DependType::Tablespace,
];

/// All dependencies. Each is one number: the object that is looked up by, the other one, and the kind.
#[derive(Clone, Default)]
pub struct DependTable {
    forward: Ordered<u128, ()>,
    backward: Ordered<u128, ()>,
}

fn pack(first: ObjectAddress, second: ObjectAddress, kind: DependType) -> u128 {
    u128::from(first.pack()) << 72 | u128::from(second.pack()) << 8 | kind as u128
}

fn unpack(packed: u128) -> (ObjectAddress, ObjectAddress, DependType) {
    let address = |bits: u128| ObjectAddress::unpack(bits as u64 & ((1 << 56) - 1));
    (address(packed >> 72), address(packed >> 8), KINDS[(packed & 0xff) as usize % KINDS.len()])
}

impl DependTable {
    pub(super) fn insert(&mut self, entry: DependEntry) -> bool {
        let DependEntry { dependent, referenced, kind } = entry;
        let added = self.forward.insert(pack(dependent, referenced, kind), ()).is_none();
        if added {
            self.backward.insert(pack(referenced, dependent, kind), ());
        }
        added
    }

    pub(super) fn remove(&mut self, entry: DependEntry) -> bool {
        let DependEntry { dependent, referenced, kind } = entry;
        let removed = self.forward.remove(pack(dependent, referenced, kind)).is_some();
        if removed {
            self.backward.remove(pack(referenced, dependent, kind));
        }
        removed
    }

    pub(super) fn has(&self, entry: DependEntry) -> bool {
        self.forward.contains(pack(entry.dependent, entry.referenced, entry.kind))
    }

    /// What the object needs. With `sub` 0 also what its columns need, as PostgreSQL scans by classid and objid.
    pub fn references_of(&self, dependent: ObjectAddress) -> impl Iterator<Item = DependEntry> {
        self.forward.range(bounds(dependent)).map(|(packed, ())| forward_entry(packed))
    }

    /// What needs the object. With `sub` 0 also what needs its columns.
    pub fn dependents_of(&self, referenced: ObjectAddress) -> impl Iterator<Item = DependEntry> {
        self.backward.range(bounds(referenced)).map(|(packed, ())| {
            let (referenced, dependent, kind) = unpack(packed);
            DependEntry { dependent, referenced, kind }
        })
    }

    /// Every dependency, by dependent object.
    pub fn iter(&self) -> impl Iterator<Item = DependEntry> {
        self.forward.iter().map(|(packed, ())| forward_entry(packed))
    }
}

fn forward_entry(packed: u128) -> DependEntry {
    let (dependent, referenced, kind) = unpack(packed);
    DependEntry { dependent, referenced, kind }
}

fn bounds(address: ObjectAddress) -> std::ops::RangeInclusive<u128> {
    let whole = address.sub == 0;
    let low = ObjectAddress { sub: if whole { i32::MIN } else { address.sub }, ..address };
    let high = ObjectAddress { sub: if whole { i32::MAX } else { address.sub }, ..address };
    u128::from(low.pack()) << 72..=u128::from(high.pack()) << 72 | ((1 << 72) - 1)
}
