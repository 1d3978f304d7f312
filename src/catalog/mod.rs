//! The simulated system catalog: one value with a row type for each of PostgreSQL's catalogs, cheap to copy, whose
//! every change is journaled so that a statement, a savepoint or a transaction can be taken back.
//!
//! Reading: `catalog.get::<PgClass>(oid)`, `catalog.find::<PgClass>(&(namespace, name))`, `catalog.iter::<PgType>()`.
//! Writing (for `commands` and `session` only): `put`, `update`, `remove`, the dependency and comment calls, `mark`
//! and `rollback_to`.

pub mod acl;
pub mod builtin;
pub mod decimal;
pub mod depend;
pub mod guc;
pub mod shared;
pub mod format_type;
pub mod lsyscache;
pub mod namespace;
pub mod objectaddress;
pub mod aclchk;
mod contents;
mod ordered;
mod rows;
mod table;
mod trees;
pub mod value;

use std::sync::Arc;

use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::version::Version;
use crate::source::Span;
use contents::Contents;
pub use contents::{MAX_ROWS, TableRow};
use depend::{DependEntry, DependTable};
use objectaddress::ObjectAddress;
use ordered::Ordered;
pub use rows::*;
pub use table::Row;
use table::Table;
pub use trees::map_row;

/// Where an object was made and where it was last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provenance {
    pub created: Span,
    pub changed: Span,
}

/// One journaled change: enough to take it back, and to tell what was touched.
#[derive(Debug, Clone)]
pub enum Change {
    Row(RowChange),
    DependAdded(DependEntry),
    DependRemoved(DependEntry),
    Comment(ObjectAddress, Option<Arc<str>>),
    Provenance(ObjectAddress, Option<Provenance>),
    Contents(Contents),
}

/// A row type that the catalog stores; implemented by the table list below alone.
pub trait Stored: Row {
    #[doc(hidden)]
    fn table(catalog: &Catalog) -> &Table<Self>;
    #[doc(hidden)]
    fn table_mut(catalog: &mut Catalog) -> &mut Table<Self>;
    #[doc(hidden)]
    fn change(oid: Oid, old: Option<Arc<Self>>) -> RowChange;
}

macro_rules! tables {
    ($($field:ident: $row:ident),* $(,)?) => {
        /// The catalog. `clone` is O(1); two clones share what they have in common.
        #[derive(Clone)]
        pub struct Catalog {
            $($field: Table<$row>,)*
            depend: DependTable,
            comments: Ordered<ObjectAddress, Arc<str>>,
            provenance: Ordered<ObjectAddress, Provenance>,
            contents: Contents,
            next_oid: u32,
            /// The first oid that was given out since the last commit.
            transaction_first_oid: u32,
            version: Version,
            journal: Vec<Change>,
            /// The furthest place that somebody may want to roll back to.
            furthest_mark: usize,
        }

        /// A changed row: what stood under this oid before, None when it was added.
        #[derive(Debug, Clone)]
        pub enum RowChange {
            $($row(Oid, Option<Arc<$row>>),)*
        }

        impl RowChange {
            /// The object whose row changed.
            pub fn address(&self) -> ObjectAddress {
                match self {
                    $(RowChange::$row(oid, _) => ObjectAddress::new($row::CLASS, *oid),)*
                }
            }

            /// Whether the row was added by this change.
            pub fn is_insert(&self) -> bool {
                match self {
                    $(RowChange::$row(_, old) => old.is_none(),)*
                }
            }

            /// Whether the catalog now holds the same row as before the change.
            pub fn is_noop(&self, catalog: &Catalog) -> bool {
                match self {
                    $(RowChange::$row(oid, old) => {
                        match (old, catalog.$field.get(*oid)) {
                            (None, None) => true,
                            (Some(old), Some(new)) => Arc::ptr_eq(old, new) || old == new,
                            (None, Some(_)) | (Some(_), None) => false,
                        }
                    })*
                }
            }

            /// Whether two catalogs hold the same row here.
            fn is_same_in(&self, one: &Catalog, other: &Catalog) -> bool {
                match self {
                    $(RowChange::$row(oid, _) => {
                        match (one.$field.get(*oid), other.$field.get(*oid)) {
                            (None, None) => true,
                            (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
                            (None, Some(_)) | (Some(_), None) => false,
                        }
                    })*
                }
            }

            fn take_back(self, catalog: &mut Catalog) {
                match self {
                    $(RowChange::$row(oid, old) => { catalog.$field.set(oid, old); })*
                }
            }
        }

        $(impl Stored for $row {
            fn table(catalog: &Catalog) -> &Table<Self> { &catalog.$field }
            fn table_mut(catalog: &mut Catalog) -> &mut Table<Self> { &mut catalog.$field }
            fn change(oid: Oid, old: Option<Arc<Self>>) -> RowChange { RowChange::$row(oid, old) }
        })*

        impl Catalog {
            /// A catalog with nothing in it, not even what initdb makes.
            pub fn empty(version: Version) -> Catalog {
                Catalog {
                    $($field: Table::default(),)*
                    depend: DependTable::default(),
                    comments: Ordered::default(),
                    provenance: Ordered::default(),
                    contents: Contents::default(),
                    next_oid: Oid::FIRST_NORMAL.0,
                    transaction_first_oid: Oid::FIRST_NORMAL.0,
                    version,
                    journal: Vec::new(),
                    furthest_mark: 0,
                }
            }
        }
    };
}

tables! {
    access_method: PgAm,
    aggregate: PgAggregate,
    amop: PgAmop,
    amproc: PgAmproc,
    attrdef: PgAttrdef,
    auth_members: PgAuthMembers,
    authid: PgAuthid,
    cast: PgCast,
    class: PgClass,
    collation: PgCollation,
    constraint: PgConstraint,
    conversion: PgConversion,
    database: PgDatabase,
    db_role_setting: PgDbRoleSetting,
    default_acl: PgDefaultAcl,
    enumeration: PgEnum,
    event_trigger: PgEventTrigger,
    extension: PgExtension,
    foreign_data_wrapper: PgForeignDataWrapper,
    foreign_server: PgForeignServer,
    foreign_table: PgForeignTable,
    index: PgIndex,
    inherits: PgInherits,
    init_privs: PgInitPrivs,
    language: PgLanguage,
    largeobject: PgLargeobject,
    namespace: PgNamespace,
    opclass: PgOpclass,
    operator: PgOperator,
    opfamily: PgOpfamily,
    partitioned_table: PgPartitionedTable,
    policy: PgPolicy,
    proc: PgProc,
    publication: PgPublication,
    publication_namespace: PgPublicationNamespace,
    publication_rel: PgPublicationRel,
    range: PgRange,
    rewrite: PgRewrite,
    seclabel: PgSeclabel,
    sequence: PgSequence,
    statistic_ext: PgStatisticExt,
    subscription: PgSubscription,
    tablespace: PgTablespace,
    transform: PgTransform,
    trigger: PgTrigger,
    ts_config: PgTsConfig,
    ts_dict: PgTsDict,
    ts_parser: PgTsParser,
    ts_template: PgTsTemplate,
    type_: PgType,
    user_mapping: PgUserMapping,
}

/// How many journal entries are looked through for a row's earlier change.
const LOOK_BACK: usize = 128;

impl Catalog {
    /// The PostgreSQL version that the catalog stands for.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The row with this oid.
    pub fn get<R: Stored>(&self, oid: Oid) -> Option<&Arc<R>> {
        R::table(self).get(oid)
    }

    /// The row with this key; of several the one with the lowest oid.
    pub fn find<R: Stored>(&self, key: &R::Key) -> Option<&Arc<R>> {
        self.find_all::<R>(key).next()
    }

    /// All rows with this key, by oid.
    pub fn find_all<R: Stored>(&self, key: &R::Key) -> impl Iterator<Item = &Arc<R>> {
        R::table(self).with_key(key)
    }

    /// All rows whose second key is `oid`, by oid (see each row type's `second`).
    pub fn find_second<R: Stored>(&self, oid: Oid) -> impl Iterator<Item = &Arc<R>> {
        R::table(self).with_second(oid)
    }

    /// All rows of that schema and name, for row types whose key is another (see each row type's `named`).
    pub fn find_named<R: Stored>(
        &self,
        namespace: Oid,
        name: &Name,
    ) -> impl Iterator<Item = &Arc<R>> {
        R::table(self).with_name(namespace, name)
    }

    /// All rows, by oid.
    pub fn iter<R: Stored>(&self) -> impl Iterator<Item = &Arc<R>> {
        R::table(self).iter()
    }

    /// How many rows there are.
    pub fn count<R: Stored>(&self) -> usize {
        R::table(self).len()
    }

    /// The comment on an object or a column.
    pub fn comment(&self, address: ObjectAddress) -> Option<&Arc<str>> {
        self.comments.get(address)
    }

    /// All comments, by object.
    pub fn comments(&self) -> impl Iterator<Item = (ObjectAddress, &Arc<str>)> {
        self.comments.iter()
    }

    /// Where an object or column was made and last changed; None for built-in ones.
    pub fn provenance(&self, address: ObjectAddress) -> Option<Provenance> {
        let own = self.provenance.get(address).copied();
        own.or_else(|| {
            let created = self.provenance.get(self.owner_of_part(address)?)?.created;
            Some(Provenance { created, changed: created })
        })
    }

    /// The relation that an object is a part of. A part that was made together with it has no provenance of its own.
    pub fn owner_of_part(&self, address: ObjectAddress) -> Option<ObjectAddress> {
        use objectaddress::Class;
        let row_type = |oid| {
            let row = self.get::<PgType>(oid)?;
            let row = if row.typrelid.is_valid() { row } else { self.get::<PgType>(row.typelem)? };
            row.typrelid.valid()
        };
        let relation = match address.class {
            Class::Relation if address.sub != 0 => Some(address.object),
            Class::Attrdef => self.get::<PgAttrdef>(address.object).map(|row| row.adrelid),
            Class::Constraint => self.get::<PgConstraint>(address.object)?.conrelid.valid(),
            Class::Rewrite => self.get::<PgRewrite>(address.object).map(|row| row.ev_class),
            Class::Trigger => self.get::<PgTrigger>(address.object).map(|row| row.tgrelid),
            Class::Type => row_type(address.object),
            _ => None, // objects of their own
        };
        relation.map(|relation| ObjectAddress::new(Class::Relation, relation))
    }

    /// The dependencies between objects (PostgreSQL: pg_depend and pg_shdepend).
    pub fn depend(&self) -> &DependTable {
        &self.depend
    }

    /// The next unused oid (PostgreSQL: GetNewOidWithIndex). Oids are not given back by a rollback.
    pub fn new_oid(&mut self) -> Oid {
        let oid = Oid(self.next_oid);
        self.next_oid += 1;
        oid
    }

    /// Whether the object was made in the transaction that is open now.
    pub fn is_new_in_transaction(&self, oid: Oid) -> bool {
        oid.0 >= self.transaction_first_oid
    }

    /// Adds the row, or replaces the one with its oid.
    pub fn put<R: Stored>(&mut self, row: R) {
        self.put_shared(Arc::new(row));
    }

    /// As `put`, of a row that the caller goes on reading.
    pub fn put_shared<R: Stored>(&mut self, row: Arc<R>) {
        let oid = row.oid();
        let old = R::table_mut(self).set(oid, Some(row));
        self.journal.push(Change::Row(R::change(oid, old)));
    }

    /// Changes the row in place; does nothing when there is none.
    pub fn update<R: Stored>(&mut self, oid: Oid, change: impl FnOnce(&mut R)) {
        let change = if self.is_journaled::<R>(oid) {
            match R::table_mut(self).change(oid, change) {
                Ok(()) => return,
                Err(change) => change,
            }
        } else {
            change
        };
        let Some(old) = R::table(self).get(oid) else { return };
        let mut row = R::clone(old);
        change(&mut row);
        self.put(row);
    }

    /// Whether the journal holds what stood under the oid at the last mark, so that a further change needs no entry.
    fn is_journaled<R: Stored>(&self, oid: Oid) -> bool {
        let address = ObjectAddress::new(R::CLASS, oid);
        let latest = self.journal.get(self.furthest_mark..).unwrap_or_default();
        latest
            .iter()
            .rev()
            .take(LOOK_BACK)
            .any(|change| matches!(change, Change::Row(row) if row.address() == address))
    }

    /// Removes the row.
    pub fn remove<R: Stored>(&mut self, oid: Oid) {
        if let Some(old) = R::table_mut(self).set(oid, None) {
            self.journal.push(Change::Row(R::change(oid, Some(old))));
        }
    }

    /// Records that `dependent` depends on `referenced` (PostgreSQL: recordDependencyOn).
    pub fn add_dependency(&mut self, entry: DependEntry) {
        if self.depend.insert(entry) {
            self.journal.push(Change::DependAdded(entry));
        }
    }

    /// Takes one dependency away.
    pub fn remove_dependency(&mut self, entry: DependEntry) {
        if self.depend.remove(entry) {
            self.journal.push(Change::DependRemoved(entry));
        }
    }

    /// Sets or takes away a comment (PostgreSQL: CreateComments).
    pub fn set_comment(&mut self, address: ObjectAddress, comment: Option<&str>) {
        let old = match comment.filter(|text| !text.is_empty()) {
            Some(text) => self.comments.insert(address, Arc::from(text)),
            None => self.comments.remove(address),
        };
        self.journal.push(Change::Comment(address, old));
    }

    /// Records where an object was made or changed.
    pub fn set_provenance(&mut self, address: ObjectAddress, provenance: Provenance) {
        let old = self.provenance.insert(address, provenance);
        self.journal.push(Change::Provenance(address, old));
    }

    /// Tables made from now on are empty at first, and what statements put into them is known.
    pub fn know_contents_from_here(&mut self) {
        self.contents = Contents::known_from(Oid(self.next_oid));
    }

    /// The rows of a table by attribute number - 1, where they are known.
    pub fn contents(&self, table: Oid) -> Option<Arc<Vec<TableRow>>> {
        self.contents.rows(table)
    }

    /// Records a table's rows; None when they are not known any more.
    pub fn set_contents(&mut self, table: Oid, rows: Option<Vec<TableRow>>) {
        if self.contents.covers(table) {
            let old = self.contents.clone();
            self.contents.set(table, rows);
            self.journal.push(Change::Contents(old));
        }
    }

    /// The same catalog with tables of whose rows nothing is known: what holds whenever something runs later.
    pub fn without_contents(&self) -> Catalog {
        let mut catalog = self.clone();
        catalog.contents = Contents::default();
        catalog
    }

    /// Forgets the rows of every table: something ran that may have changed any of them.
    pub fn forget_contents(&mut self) {
        let new = Contents::known_from(Oid(self.next_oid));
        let old = std::mem::replace(&mut self.contents, new);
        self.journal.push(Change::Contents(old));
    }

    /// The present end of the journal, to roll back to.
    pub fn mark(&mut self) -> usize {
        self.furthest_mark = self.furthest_mark.max(self.journal.len());
        self.journal.len()
    }

    /// What changed since the mark, oldest first.
    pub fn changes_since(&self, mark: usize) -> &[Change] {
        &self.journal[mark.min(self.journal.len())..]
    }

    /// Whether anything differs from what it was at the mark.
    pub fn differs_since(&self, mark: usize) -> bool {
        let mut seen = std::collections::BTreeSet::new();
        self.changes_since(mark).iter().any(|change| match change {
            // The first change of a row holds what stood there before all of them.
            Change::Row(row) => seen.insert(row.address()) && !row.is_noop(self),
            Change::DependAdded(_)
            | Change::DependRemoved(_)
            | Change::Provenance(..)
            | Change::Contents(_) => false,
            Change::Comment(address, old) => self.comments.get(*address) != old.as_ref(),
        })
    }

    /// Whether two catalogs that were one at the mark are still alike, whatever their tables hold.
    pub fn agrees_since(&self, other: &Catalog, mark: usize) -> bool {
        let changes = self.changes_since(mark).iter().chain(other.changes_since(mark));
        changes.into_iter().all(|change| match change {
            Change::Row(row) => row.is_same_in(self, other),
            Change::DependAdded(entry) | Change::DependRemoved(entry) => {
                self.depend.has(*entry) == other.depend.has(*entry)
            }
            Change::Comment(address, _) => {
                self.comments.get(*address) == other.comments.get(*address)
            }
            Change::Provenance(..) | Change::Contents(_) => true,
        })
    }

    /// Keeps of the tables' rows what another catalog holds alike; gives out no oid that the other has given out.
    pub fn join_contents(&mut self, other: &Catalog) {
        self.next_oid = self.next_oid.max(other.next_oid);
        let joined = self.contents.joined(&other.contents);
        let old = std::mem::replace(&mut self.contents, joined);
        self.journal.push(Change::Contents(old));
    }

    /// Takes back every change since the mark, newest first.
    pub fn rollback_to(&mut self, mark: usize) {
        while self.journal.len() > mark {
            match self.journal.pop() {
                Some(Change::Row(row)) => row.take_back(self),
                Some(Change::DependAdded(entry)) => {
                    self.depend.remove(entry);
                }
                Some(Change::DependRemoved(entry)) => {
                    self.depend.insert(entry);
                }
                Some(Change::Comment(address, old)) => {
                    match old {
                        Some(text) => self.comments.insert(address, text),
                        None => self.comments.remove(address),
                    };
                }
                Some(Change::Provenance(address, old)) => {
                    match old {
                        Some(old) => self.provenance.insert(address, old),
                        None => self.provenance.remove(address),
                    };
                }
                Some(Change::Contents(old)) => self.contents = old,
                None => break,
            }
        }
    }

    /// The catalog as it is now, without what could be taken back.
    pub fn snapshot(&mut self) -> Catalog {
        let journal = std::mem::take(&mut self.journal);
        let now = self.clone();
        self.journal = journal;
        now
    }

    /// Forgets the journal: what was done can no longer be taken back (the end of a transaction).
    pub fn commit(&mut self) {
        self.journal.clear();
        self.furthest_mark = 0;
        self.transaction_first_oid = self.next_oid;
    }

    /// Whether a class of objects has any row with this oid.
    pub fn exists(&self, address: ObjectAddress) -> bool {
        objectaddress::exists(self, address)
    }
}
