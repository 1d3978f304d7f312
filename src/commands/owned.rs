//! DROP OWNED and REASSIGN OWNED (PostgreSQL: DropOwnedObjects and ReassignOwnedObjects of commands/user.c;
//! shdepDropOwned and shdepReassignOwned of catalog/pg_shdepend.c).

use std::sync::Arc;

use crate::catalog::acl::{Acl, AclItem};
use crate::catalog::aclchk::{AclChange, acldefault, aclupdate, object_acl};
use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgDefaultAcl, PgPolicy, PgType};
use crate::commands::Context;
use crate::commands::aclcmds::put_acl;
use crate::commands::alter_owner::set_owner;
use crate::commands::dependency::{
    DeletionFlags, is_object_pinned, perform_multiple_deletions, update_acl_dependencies,
};
use crate::commands::rolemembers::role_specs_to_ids;
use crate::commands::user::{check_privileges_of, get_rolespec_oid, remove_membership, role_name};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{DropBehavior, DropOwnedStmt, ReassignOwnedStmt};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

fn check_pinned(context: &Context, role: Oid, verb: &str) -> PgResult<()> {
    if !is_object_pinned(ObjectAddress::new(Class::Authid, role)) {
        return Ok(());
    }
    let role = role_name(context.catalog, role);
    let message = match verb {
        "drop" => format!(
            "cannot drop objects owned by role {role} because they are required by the database \
             system"
        ),
        // The other verb is "reassign".
        _ => format!(
            "cannot reassign ownership of objects owned by role {role} because they are required \
             by the database system"
        ),
    };
    Err(PgError::new(sqlstate::DEPENDENT_OBJECTS_STILL_EXIST, message).into())
}

fn shared_entries(context: &Context, role: Oid) -> Vec<DependEntry> {
    let address = ObjectAddress::new(Class::Authid, role);
    context.catalog.depend().dependents_of(address).collect()
}

/// DROP OWNED BY (PostgreSQL: DropOwnedObjects).
pub fn drop_owned_objects(context: &mut Context, stmt: &DropOwnedStmt) -> PgResult<()> {
    let roles = role_specs_to_ids(context, &stmt.roles)?;
    for role in &roles {
        check_privileges_of(context, *role, "drop")?;
    }
    let mut doomed: Vec<ObjectAddress> = Vec::new();
    for role in roles {
        check_pinned(context, role, "drop")?;
        for entry in shared_entries(context, role) {
            let object = entry.dependent;
            match entry.kind {
                DependType::Owner if is_shared(object.class) => {}
                DependType::Owner => doomed.push(object),
                DependType::Acl if object.class == Class::AuthMembers => {
                    remove_membership(context.catalog, object.object);
                }
                DependType::Acl => remove_role_from_object_acl(context, role, object)?,
                DependType::Policy if !remove_role_from_policy(context, role, object.object) => {
                    doomed.push(object);
                }
                // The other kinds do not point to roles.
                _ => {}
            }
        }
    }
    doomed.sort_by_key(|object| (std::cmp::Reverse(object.object), object.class));
    doomed.dedup();
    perform_multiple_deletions(context, &doomed, stmt.behavior, DeletionFlags::default())
}

/// Databases and tablespaces are not dropped with their owner's objects.
fn is_shared(class: Class) -> bool {
    matches!(class, Class::Database | Class::Tablespace | Class::Subscription)
}

/// Takes the role's grants away (PostgreSQL: RemoveRoleFromObjectACL).
fn remove_role_from_object_acl(
    context: &mut Context,
    role: Oid,
    object: ObjectAddress,
) -> PgResult<()> {
    if object.class == Class::DefaultAcl {
        return remove_role_from_default_acl(context, role, object.object);
    }
    let mut addresses = vec![object];
    if object.class == Class::Relation && object.sub == 0 {
        let columns =
            context.catalog.get::<PgClass>(object.object).map_or(0, |row| row.attributes.len());
        let columns = i32::try_from(columns).unwrap_or(0);
        addresses.extend((1..=columns).map(|sub| ObjectAddress { sub, ..object }));
    }
    for address in addresses {
        let Some((kind, owner, Some(old))) = object_acl(context.catalog, address) else { continue };
        let items = without_role(context, &old, role, owner)?;
        let default = acldefault(context.catalog, kind, owner);
        let new: Acl = if items.is_empty() && address.sub != 0 || items == default {
            None
        } else {
            Some(Arc::new(items))
        };
        put_acl(context.catalog, address, new.clone());
        update_acl_dependencies(context.catalog, address, owner, &Some(old), &new);
    }
    Ok(())
}

/// The list without what was granted to the role or by it.
fn without_role(
    context: &Context,
    items: &[AclItem],
    role: Oid,
    owner: Oid,
) -> PgResult<Vec<AclItem>> {
    let mut left = items.to_vec();
    while let Some(item) = left.iter().find(|item| item.grantee == role).copied() {
        let cascade = DropBehavior::DropCascade;
        left = aclupdate(context.catalog, &left, &item, AclChange::Delete, owner, cascade)?;
    }
    left.retain(|item| item.grantor != role || role == owner);
    Ok(left)
}

fn remove_role_from_default_acl(context: &mut Context, role: Oid, oid: Oid) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgDefaultAcl>(oid).cloned() else { return Ok(()) };
    let Some(old) = row.defaclacl.clone() else { return Ok(()) };
    let items = without_role(context, &old, role, row.defaclrole)?;
    let new: Acl = Some(Arc::new(items));
    let stored = new.clone();
    context.catalog.update::<PgDefaultAcl>(oid, |row| row.defaclacl = stored);
    let address = ObjectAddress::new(Class::DefaultAcl, oid);
    update_acl_dependencies(context.catalog, address, row.defaclrole, &Some(old), &new);
    Ok(())
}

/// Takes the role out of a policy; false when no role would be left (PostgreSQL: RemoveRoleFromObjectPolicy).
fn remove_role_from_policy(context: &mut Context, role: Oid, policy: Oid) -> bool {
    let Some(row) = context.catalog.get::<PgPolicy>(policy) else { return true };
    if row.polroles.iter().all(|other| *other == role) {
        return false;
    }
    context.catalog.update::<PgPolicy>(policy, |row| row.polroles.retain(|other| *other != role));
    let address = ObjectAddress::new(Class::Policy, policy);
    let entries: Vec<DependEntry> = context
        .catalog
        .depend()
        .references_of(address)
        .filter(|entry| entry.kind == DependType::Policy && entry.referenced.object == role)
        .collect();
    entries.into_iter().for_each(|entry| context.catalog.remove_dependency(entry));
    true
}

/// REASSIGN OWNED BY (PostgreSQL: ReassignOwnedObjects).
pub fn reassign_owned_objects(context: &mut Context, stmt: &ReassignOwnedStmt) -> PgResult<()> {
    let roles = role_specs_to_ids(context, &stmt.roles)?;
    for role in &roles {
        check_privileges_of(context, *role, "reassign")?;
    }
    let Some(new) = &stmt.newrole else { return Ok(()) };
    let new = get_rolespec_oid(context, new, false)?;
    check_privileges_of(context, new, "reassign")?;
    for role in roles {
        check_pinned(context, role, "reassign")?;
        for entry in shared_entries(context, role) {
            if entry.kind == DependType::Owner {
                reassign(context, entry.dependent, new);
            }
        }
    }
    Ok(())
}

/// Gives the object away, with the row type of a relation and the array type of a type (PostgreSQL:
/// shdepReassignOwned_Owner).
fn reassign(context: &mut Context, object: ObjectAddress, owner: Oid) {
    set_owner(context.catalog, object, owner);
    let row_type = match object.class {
        Class::Relation => {
            context.catalog.get::<PgClass>(object.object).map_or(Oid::INVALID, |row| row.reltype)
        }
        Class::Type => object.object,
        // No other class has a type of its own.
        _ => Oid::INVALID,
    };
    let Some(array) = context.catalog.get::<PgType>(row_type).map(|row| row.typarray) else {
        return;
    };
    for oid in [row_type, array] {
        context.catalog.update::<PgType>(oid, |row| row.typowner = owner);
    }
    if object.class == Class::Relation {
        let indexes: Vec<Oid> = context
            .catalog
            .find_all::<crate::catalog::PgIndex>(&object.object)
            .map(|row| row.indexrelid)
            .collect();
        for index in indexes {
            context.catalog.update::<PgClass>(index, |row| row.relowner = owner);
        }
    }
}
