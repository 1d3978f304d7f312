//! Recording and changing which object depends on which (PostgreSQL: catalog/pg_depend.c).

use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::guc::SessionState;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{Catalog, PgClass, PgExtension};
use crate::findings::{PgError, PgResult};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// The first oid that initdb gives to objects a user may drop (PostgreSQL: FirstUnpinnedObjectId).
const FIRST_UNPINNED_OBJECT_ID: Oid = Oid(12000);

/// Whether the system needs the object, so that it can never be dropped (PostgreSQL: IsPinnedObject).
pub fn is_object_pinned(address: ObjectAddress) -> bool {
    match address.class {
        Class::Largeobject | Class::Database => false,
        Class::Namespace if address.object == fixed::PG_PUBLIC_NAMESPACE => false,
        // Every other class: what initdb's bootstrap made is pinned.
        _ => address.object < FIRST_UNPINNED_OBJECT_ID,
    }
}

/// PostgreSQL: recordDependencyOn (catalog/pg_depend.c).
pub fn record_dependency_on(
    catalog: &mut Catalog,
    dependent: ObjectAddress,
    referenced: ObjectAddress,
    kind: DependType,
) {
    if !is_object_pinned(referenced) {
        catalog.add_dependency(DependEntry { dependent, referenced, kind });
    }
}

/// PostgreSQL: recordMultipleDependencies (catalog/pg_depend.c).
pub fn record_multiple_dependencies(
    catalog: &mut Catalog,
    dependent: ObjectAddress,
    referenced: &[ObjectAddress],
    kind: DependType,
) {
    for referenced in referenced {
        record_dependency_on(catalog, dependent, *referenced, kind);
    }
}

/// Makes the object a member of the extension whose script is running, if any; `replacing` an object that is not
/// already a member is refused (PostgreSQL: recordDependencyOnCurrentExtension). Scripts of extensions are not run
/// here, their objects are recorded, so nothing is ever added.
pub fn record_dependency_on_current_extension(
    _catalog: &mut Catalog,
    _session: &SessionState,
    _object: ObjectAddress,
    _replacing: bool,
) -> PgResult<()> {
    Ok(())
}

/// Takes away what the object depends on, but keeps its membership in an extension when `skip_extension`
/// (PostgreSQL: deleteDependencyRecordsFor).
pub fn delete_dependency_records_for(
    catalog: &mut Catalog,
    object: ObjectAddress,
    skip_extension: bool,
) {
    remove_entries(catalog, object, |entry| {
        !(skip_extension && entry.kind == DependType::Extension)
    });
}

/// Takes away the object's dependencies of one kind on objects of one class (PostgreSQL:
/// deleteDependencyRecordsForClass). Returns how many there were.
pub fn delete_dependency_records_for_class(
    catalog: &mut Catalog,
    object: ObjectAddress,
    referenced: Class,
    kind: DependType,
) -> usize {
    remove_entries(catalog, object, |entry| {
        entry.referenced.class == referenced && entry.kind == kind
    })
}

/// Takes away the object's dependencies of one kind on one object (PostgreSQL: deleteDependencyRecordsForSpecific).
pub fn delete_dependency_records_for_specific(
    catalog: &mut Catalog,
    object: ObjectAddress,
    referenced: ObjectAddress,
    kind: DependType,
) -> usize {
    remove_entries(catalog, object, |entry| {
        entry.referenced.class == referenced.class
            && entry.referenced.object == referenced.object
            && entry.kind == kind
    })
}

fn remove_entries(
    catalog: &mut Catalog,
    object: ObjectAddress,
    condition: impl Fn(&DependEntry) -> bool,
) -> usize {
    let entries: Vec<DependEntry> = catalog
        .depend()
        .references_of(object)
        .filter(|entry| !is_shared(entry.kind) && condition(entry))
        .collect();
    for entry in &entries {
        catalog.remove_dependency(*entry);
    }
    entries.len()
}

/// Whether the dependency stands in pg_shdepend.
pub(super) fn is_shared(kind: DependType) -> bool {
    match kind {
        DependType::Owner | DependType::Acl | DependType::Policy | DependType::Tablespace => true,
        DependType::Normal
        | DependType::Auto
        | DependType::Internal
        | DependType::PartitionPri
        | DependType::PartitionSec
        | DependType::Extension
        | DependType::AutoExtension => false,
    }
}

/// Makes the object depend on another instead of the one it depended on, such as its schema; returns how many
/// dependencies changed (PostgreSQL: changeDependencyFor).
pub fn change_dependency_for(
    catalog: &mut Catalog,
    object: ObjectAddress,
    old: ObjectAddress,
    new: ObjectAddress,
) -> usize {
    let entries: Vec<DependEntry> = catalog
        .depend()
        .references_of(object)
        .filter(|entry| {
            !is_shared(entry.kind)
                && entry.referenced.class == old.class
                && entry.referenced.object == old.object
        })
        .collect();
    if is_object_pinned(old) {
        // A pinned object was never recorded; what was not there is made now.
        if !is_object_pinned(new) {
            record_dependency_on(catalog, object, new, DependType::Normal);
        }
        return 1;
    }
    for entry in &entries {
        catalog.remove_dependency(*entry);
        if !is_object_pinned(new) {
            let referenced = ObjectAddress { sub: entry.referenced.sub, ..new };
            catalog.add_dependency(DependEntry { referenced, ..*entry });
        }
    }
    entries.len()
}

/// Makes everything that depended on `old` depend on `new` of the same class (PostgreSQL: changeDependenciesOn).
pub fn change_dependencies_on(catalog: &mut Catalog, old: ObjectAddress, new: Oid) {
    let entries: Vec<DependEntry> = catalog.depend().dependents_of(old).collect();
    for entry in entries {
        catalog.remove_dependency(entry);
        let referenced = ObjectAddress { object: new, ..entry.referenced };
        catalog.add_dependency(DependEntry { referenced, ..entry });
    }
}

/// Makes `new` depend on everything that `old` of the same class depended on (PostgreSQL: changeDependenciesOf).
pub fn change_dependencies_of(catalog: &mut Catalog, old: ObjectAddress, new: Oid) {
    let entries: Vec<DependEntry> = catalog.depend().references_of(old).collect();
    for entry in entries {
        catalog.remove_dependency(entry);
        let dependent = ObjectAddress { object: new, ..entry.dependent };
        catalog.add_dependency(DependEntry { dependent, ..entry });
    }
}

/// The extension that the object is a member of (PostgreSQL: getExtensionOfObject).
pub fn get_extension_of_object(catalog: &Catalog, object: ObjectAddress) -> Option<Oid> {
    catalog
        .depend()
        .references_of(object)
        .find(|entry| {
            entry.kind == DependType::Extension && entry.referenced.class == Class::Extension
        })
        .map(|entry| entry.referenced.object)
}

/// Refuses an object that belongs to an extension (PostgreSQL: the tail of recordDependencyOnCurrentExtension).
pub fn already_member_error(catalog: &Catalog, description: &str, extension: Oid) -> PgError {
    let name = catalog.get::<PgExtension>(extension).map_or("", |row| row.extname.as_str());
    PgError::new(
        sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
        format!("{description} is already a member of extension \"{name}\""),
    )
}

/// The table and column that owns the sequence, through a dependency of that kind (PostgreSQL: sequenceIsOwned).
pub fn sequence_is_owned(
    catalog: &Catalog,
    sequence: Oid,
    kind: DependType,
) -> Option<ObjectAddress> {
    catalog
        .depend()
        .references_of(ObjectAddress::new(Class::Relation, sequence))
        .find(|entry| entry.referenced.class == Class::Relation && entry.kind == kind)
        .map(|entry| entry.referenced)
}

/// The sequences that a table's column owns, or with attnum 0 all its columns; with `kind` those of SERIAL and OWNED BY
/// (Auto) or of identity columns (Internal) alone (PostgreSQL: getOwnedSequences_internal).
pub fn get_owned_sequences(
    catalog: &Catalog,
    relation: Oid,
    attnum: i16,
    kind: Option<DependType>,
) -> Vec<Oid> {
    let address =
        ObjectAddress { sub: i32::from(attnum), ..ObjectAddress::new(Class::Relation, relation) };
    catalog
        .depend()
        .dependents_of(address)
        .filter(|entry| {
            entry.dependent.class == Class::Relation
                && entry.dependent.sub == 0
                && entry.referenced.sub != 0
                && matches!(entry.kind, DependType::Auto | DependType::Internal)
                && kind.is_none_or(|kind| kind == entry.kind)
                && catalog
                    .get::<PgClass>(entry.dependent.object)
                    .is_some_and(|class| class.relkind == b'S')
        })
        .map(|entry| entry.dependent.object)
        .collect()
}
