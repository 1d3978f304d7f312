//! Which roles and tablespaces objects depend on (PostgreSQL: catalog/pg_shdepend.c).

use crate::catalog::Catalog;
use crate::catalog::acl::Acl;
use crate::catalog::aclchk::aclmembers;
use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::pg::oid::{Oid, fixed};

use super::record::{is_object_pinned, is_shared};

/// PostgreSQL: recordDependencyOnOwner.
pub fn record_dependency_on_owner(catalog: &mut Catalog, object: ObjectAddress, owner: Oid) {
    record_shared(catalog, object, ObjectAddress::new(Class::Authid, owner), DependType::Owner);
}

fn record_shared(
    catalog: &mut Catalog,
    dependent: ObjectAddress,
    referenced: ObjectAddress,
    kind: DependType,
) {
    if !is_object_pinned(referenced) {
        catalog.add_dependency(DependEntry { dependent, referenced, kind });
    }
}

/// PostgreSQL: changeDependencyOnOwner.
pub fn change_dependency_on_owner(catalog: &mut Catalog, object: ObjectAddress, owner: Oid) {
    remove_shared(catalog, object, |entry| entry.kind == DependType::Owner);
    record_dependency_on_owner(catalog, object, owner);
    // The owner's own privileges need no entry of their own.
    remove_shared(catalog, object, |entry| {
        entry.kind == DependType::Acl && entry.referenced.object == owner
    });
}

/// PostgreSQL: recordDependencyOnTablespace and changeDependencyOnTablespace.
pub fn record_dependency_on_tablespace(
    catalog: &mut Catalog,
    object: ObjectAddress,
    tablespace: Oid,
) {
    remove_shared(catalog, object, |entry| entry.kind == DependType::Tablespace);
    if tablespace.is_valid() && tablespace != fixed::DEFAULT_TABLESPACE_OID {
        let address = ObjectAddress::new(Class::Tablespace, tablespace);
        record_shared(catalog, object, address, DependType::Tablespace);
    }
}

/// PostgreSQL: recordDependencyOnNewAcl.
pub fn record_dependency_on_new_acl(
    catalog: &mut Catalog,
    object: ObjectAddress,
    owner: Oid,
    acl: &Acl,
) {
    update_acl_dependencies(catalog, object, owner, &None, acl);
}

/// PostgreSQL: updateAclDependencies.
pub fn update_acl_dependencies(
    catalog: &mut Catalog,
    object: ObjectAddress,
    owner: Oid,
    old: &Acl,
    new: &Acl,
) {
    let (old, new) = (aclmembers(old), aclmembers(new));
    let exact = |address: ObjectAddress| address == object;
    for role in old.difference(&new).filter(|role| **role != owner) {
        remove_shared(catalog, object, |entry| {
            entry.kind == DependType::Acl
                && entry.referenced.object == *role
                && exact(entry.dependent)
        });
    }
    for role in new.difference(&old).filter(|role| **role != owner) {
        record_shared(catalog, object, ObjectAddress::new(Class::Authid, *role), DependType::Acl);
    }
}

/// PostgreSQL: deleteSharedDependencyRecordsFor.
pub fn delete_shared_dependency_records_for(catalog: &mut Catalog, object: ObjectAddress) {
    remove_shared(catalog, object, |_| true);
}

fn remove_shared(
    catalog: &mut Catalog,
    object: ObjectAddress,
    condition: impl Fn(&DependEntry) -> bool,
) {
    let entries: Vec<DependEntry> = catalog
        .depend()
        .references_of(object)
        .filter(|entry| is_shared(entry.kind) && condition(entry))
        .collect();
    for entry in entries {
        catalog.remove_dependency(entry);
    }
}
