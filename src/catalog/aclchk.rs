//! Who may do what: roles and their memberships, owners, and privileges (PostgreSQL: catalog/aclchk.c and
//! utils/adt/acl.c).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::acl::{Acl, AclItem, privilege};
use super::format_type::format_type_be;
use super::namespace::{SearchPath, get_role_oid};
use super::objectaddress::{Class, ObjectAddress};
use super::*;
use crate::catalog::shared::Shared;
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{DropBehavior, ObjectType, RoleSpec, RoleSpecType};
use crate::pg::oid::fixed;
use crate::pg::sqlstate;

/// The grantee that stands for everyone (PostgreSQL: ACL_ID_PUBLIC).
pub const PUBLIC: Oid = Oid::INVALID;

const ROLE_PG_DATABASE_OWNER: Oid = Oid(6171);
const ROLE_PG_READ_ALL_DATA: Oid = Oid(6181);
const ROLE_PG_WRITE_ALL_DATA: Oid = Oid(6182);
const ROLE_PG_MAINTAIN: Oid = Oid(6337);

/// Which grants of membership count (PostgreSQL: RoleRecurseType).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleRecurse {
    Members,
    Privs,
    SetRole,
}

/// PostgreSQL: superuser_arg.
pub fn superuser_arg(catalog: &Catalog, role: Oid) -> bool {
    role == fixed::BOOTSTRAP_SUPERUSERID
        || catalog.get::<PgAuthid>(role).is_some_and(|row| row.rolsuper)
}

/// All roles that `role` is a member of, itself the first (PostgreSQL: roles_is_member_of).
pub fn roles_is_member_of(catalog: &Catalog, role: Oid, recurse: RoleRecurse) -> Vec<Oid> {
    let owner_of_database = catalog
        .iter::<PgDatabase>()
        .any(|row| row.datdba == role && row.datname != "template0" && row.datname != "template1");
    let mut roles = vec![role];
    if owner_of_database {
        roles.push(ROLE_PG_DATABASE_OWNER);
    }
    let by_grant = catalog.version().major() >= 16;
    let mut next = 0;
    while let Some(member) = roles.get(next).copied() {
        next += 1;
        let inherits = catalog.get::<PgAuthid>(member).is_some_and(|row| row.rolinherit);
        for grant in catalog.find_second::<PgAuthMembers>(member) {
            let counts = match recurse {
                RoleRecurse::Members => true,
                RoleRecurse::Privs if by_grant => grant.inherit_option,
                RoleRecurse::Privs => inherits,
                RoleRecurse::SetRole => !by_grant || grant.set_option,
            };
            if counts && !roles.contains(&grant.roleid) {
                roles.push(grant.roleid);
            }
        }
    }
    roles
}

/// PostgreSQL: has_privs_of_role.
pub fn has_privs_of_role(catalog: &Catalog, member: Oid, role: Oid) -> bool {
    member == role
        || superuser_arg(catalog, member)
        || roles_is_member_of(catalog, member, RoleRecurse::Privs).contains(&role)
}

/// PostgreSQL: is_member_of_role.
pub fn is_member_of_role(catalog: &Catalog, member: Oid, role: Oid) -> bool {
    member == role
        || superuser_arg(catalog, member)
        || roles_is_member_of(catalog, member, RoleRecurse::Members).contains(&role)
}

/// PostgreSQL: is_member_of_role_nosuper.
pub fn is_member_of_role_nosuper(catalog: &Catalog, member: Oid, role: Oid) -> bool {
    member == role || roles_is_member_of(catalog, member, RoleRecurse::Members).contains(&role)
}

/// PostgreSQL: member_can_set_role.
pub fn member_can_set_role(catalog: &Catalog, member: Oid, role: Oid) -> bool {
    member == role
        || superuser_arg(catalog, member)
        || roles_is_member_of(catalog, member, RoleRecurse::SetRole).contains(&role)
}

/// PostgreSQL: is_admin_of_role.
pub fn is_admin_of_role(catalog: &Catalog, member: Oid, role: Oid) -> bool {
    if superuser_arg(catalog, member) {
        return true;
    }
    member != role
        && roles_is_member_of(catalog, member, RoleRecurse::Members).into_iter().any(|via| {
            catalog
                .find_second::<PgAuthMembers>(via)
                .any(|grant| grant.roleid == role && grant.admin_option)
        })
}

/// Refuses to act as a role that the member cannot become (PostgreSQL: check_can_set_role).
pub fn check_can_set_role(catalog: &Catalog, member: Oid, role: Oid) -> PgResult<()> {
    if member_can_set_role(catalog, member, role) {
        return Ok(());
    }
    let name = catalog.get::<PgAuthid>(role).map_or("", |row| row.rolname.as_str());
    Err(PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!("must be able to SET ROLE \"{name}\""),
    )
    .into())
}

/// The object's owner; None where its class has none (PostgreSQL: get_object_property_data's owner).
pub fn object_owner(catalog: &Catalog, address: ObjectAddress) -> Option<Oid> {
    let oid = address.object;
    match address.class {
        Class::Relation => catalog.get::<PgClass>(oid).map(|row| row.relowner),
        Class::Proc | Class::Aggregate => catalog.get::<PgProc>(oid).map(|row| row.proowner),
        Class::Type => catalog.get::<PgType>(oid).map(|row| row.typowner),
        Class::Namespace => catalog.get::<PgNamespace>(oid).map(|row| row.nspowner),
        Class::Collation => catalog.get::<PgCollation>(oid).map(|row| row.collowner),
        Class::Conversion => catalog.get::<PgConversion>(oid).map(|row| row.conowner),
        Class::Database => catalog.get::<PgDatabase>(oid).map(|row| row.datdba),
        Class::EventTrigger => catalog.get::<PgEventTrigger>(oid).map(|row| row.evtowner),
        Class::Extension => catalog.get::<PgExtension>(oid).map(|row| row.extowner),
        Class::ForeignDataWrapper => {
            catalog.get::<PgForeignDataWrapper>(oid).map(|row| row.fdwowner)
        }
        Class::ForeignServer => catalog.get::<PgForeignServer>(oid).map(|row| row.srvowner),
        Class::Language => catalog.get::<PgLanguage>(oid).map(|row| row.lanowner),
        Class::Largeobject => catalog.get::<PgLargeobject>(oid).map(|row| row.lomowner),
        Class::Opclass => catalog.get::<PgOpclass>(oid).map(|row| row.opcowner),
        Class::Operator => catalog.get::<PgOperator>(oid).map(|row| row.oprowner),
        Class::Opfamily => catalog.get::<PgOpfamily>(oid).map(|row| row.opfowner),
        Class::Publication => catalog.get::<PgPublication>(oid).map(|row| row.pubowner),
        Class::StatisticExt => catalog.get::<PgStatisticExt>(oid).map(|row| row.stxowner),
        Class::Subscription => catalog.get::<PgSubscription>(oid).map(|row| row.subowner),
        Class::Tablespace => catalog.get::<PgTablespace>(oid).map(|row| row.spcowner),
        Class::TsConfig => catalog.get::<PgTsConfig>(oid).map(|row| row.cfgowner),
        Class::TsDict => catalog.get::<PgTsDict>(oid).map(|row| row.dictowner),
        Class::Am
        | Class::Amop
        | Class::Amproc
        | Class::Attrdef
        | Class::AuthMembers
        | Class::Authid
        | Class::Cast
        | Class::Constraint
        | Class::DbRoleSetting
        | Class::DefaultAcl
        | Class::Enum
        | Class::ForeignTable
        | Class::Index
        | Class::Inherits
        | Class::InitPrivs
        | Class::PartitionedTable
        | Class::Policy
        | Class::PublicationNamespace
        | Class::PublicationRel
        | Class::Range
        | Class::Rewrite
        | Class::Seclabel
        | Class::Sequence
        | Class::Transform
        | Class::Trigger
        | Class::TsParser
        | Class::TsTemplate
        | Class::UserMapping => None,
    }
}

/// Whether the role owns the object, by itself or as a member of the owner (PostgreSQL: object_ownercheck).
pub fn object_ownercheck(catalog: &Catalog, address: ObjectAddress, role: Oid) -> bool {
    superuser_arg(catalog, role)
        || object_owner(catalog, address)
            .is_some_and(|owner| has_privs_of_role(catalog, role, owner))
}

/// Whether a table's policies stand between the role and its rows (PostgreSQL: check_enable_rls, utils/misc/rls.c).
pub fn policies_apply(catalog: &Catalog, class: &PgClass, role: Oid) -> bool {
    let bypasses = || catalog.get::<PgAuthid>(role).is_some_and(|row| row.rolbypassrls);
    let owns = || object_ownercheck(catalog, ObjectAddress::new(Class::Relation, class.oid), role);
    class.relrowsecurity
        && !class.oid.is_builtin()
        && !superuser_arg(catalog, role)
        && !bypasses()
        && (class.relforcerowsecurity || !owns())
}

/// What kind of object's default privileges the object has, and its own: kind, owner, list. None where the class has no
/// privileges.
pub fn object_acl(catalog: &Catalog, address: ObjectAddress) -> Option<(ObjectType, Oid, Acl)> {
    let oid = address.object;
    Some(match address.class {
        Class::Relation => {
            let row = catalog.get::<PgClass>(oid)?;
            match i16::try_from(address.sub) {
                Ok(0) | Err(_) => {
                    (relation_acl_kind(row.relkind), row.relowner, row.relacl.clone())
                }
                Ok(attnum) => {
                    let acl = row.attribute(attnum).and_then(|column| column.attacl.clone());
                    (ObjectType::ObjectColumn, row.relowner, acl)
                }
            }
        }
        Class::Proc | Class::Aggregate => {
            let row = catalog.get::<PgProc>(oid)?;
            (ObjectType::ObjectFunction, row.proowner, row.proacl.clone())
        }
        Class::Type => {
            let row = acl_type(catalog, oid)?;
            (ObjectType::ObjectType, row.typowner, row.typacl.clone())
        }
        Class::Namespace => {
            let row = catalog.get::<PgNamespace>(oid)?;
            (ObjectType::ObjectSchema, row.nspowner, row.nspacl.clone())
        }
        Class::Database => {
            let row = catalog.get::<PgDatabase>(oid)?;
            (ObjectType::ObjectDatabase, row.datdba, row.datacl.clone())
        }
        Class::ForeignDataWrapper => {
            let row = catalog.get::<PgForeignDataWrapper>(oid)?;
            (ObjectType::ObjectFdw, row.fdwowner, row.fdwacl.clone())
        }
        Class::ForeignServer => {
            let row = catalog.get::<PgForeignServer>(oid)?;
            (ObjectType::ObjectForeignServer, row.srvowner, row.srvacl.clone())
        }
        Class::Language => {
            let row = catalog.get::<PgLanguage>(oid)?;
            (ObjectType::ObjectLanguage, row.lanowner, row.lanacl.clone())
        }
        Class::Largeobject => {
            let row = catalog.get::<PgLargeobject>(oid)?;
            (ObjectType::ObjectLargeobject, row.lomowner, row.lomacl.clone())
        }
        Class::Tablespace => {
            let row = catalog.get::<PgTablespace>(oid)?;
            (ObjectType::ObjectTablespace, row.spcowner, row.spcacl.clone())
        }
        // Other classes have an owner at most.
        _ => return None,
    })
}

fn relation_acl_kind(relkind: u8) -> ObjectType {
    if relkind == b'S' { ObjectType::ObjectSequence } else { ObjectType::ObjectTable }
}

/// The type whose privileges count: an array's element, a multirange's range (PostgreSQL: pg_type_aclmask_ext).
fn acl_type(catalog: &Catalog, oid: Oid) -> Option<&Arc<PgType>> {
    let mut row = catalog.get::<PgType>(oid)?;
    if row.typelem.is_valid() && row.typlen == -1 && row.typcategory == b'A' {
        row = catalog.get::<PgType>(row.typelem)?;
    }
    if row.typtype == b'm' {
        let range = catalog.find_second::<PgRange>(row.oid).next()?.rngtypid;
        row = catalog.get::<PgType>(range)?;
    }
    Some(row)
}

/// Which of the privileges the role has on the object (PostgreSQL: object_aclmask and its kin).
pub fn object_aclmask(catalog: &Catalog, address: ObjectAddress, role: Oid, mask: u32) -> u32 {
    if superuser_arg(catalog, role) {
        return mask;
    }
    let Some((kind, owner, acl)) = object_acl(catalog, address) else { return 0 };
    let items = acl.unwrap_or_else(|| Arc::new(acldefault(catalog, kind, owner)));
    let mut result = aclmask(catalog, &items, role, owner, u64::from(mask)) as u32;
    let via = |group: Oid| has_privs_of_role(catalog, role, group);
    match address.class {
        Class::Relation => {
            if mask & privilege::SELECT != 0 && via(ROLE_PG_READ_ALL_DATA) {
                result |= privilege::SELECT;
            }
            let writing = privilege::INSERT | privilege::UPDATE | privilege::DELETE;
            if mask & writing != 0 && via(ROLE_PG_WRITE_ALL_DATA) {
                result |= mask & writing;
            }
            if mask & privilege::MAINTAIN != 0 && via(ROLE_PG_MAINTAIN) {
                result |= privilege::MAINTAIN;
            }
        }
        Class::Namespace
            if mask & privilege::USAGE != 0
                && (via(ROLE_PG_READ_ALL_DATA) || via(ROLE_PG_WRITE_ALL_DATA)) =>
        {
            result |= privilege::USAGE;
        }
        // No predefined role gives privileges on other classes.
        _ => {}
    }
    result
}

/// Whether the role has any of the privileges on the object (PostgreSQL: object_aclcheck).
pub fn object_aclcheck(catalog: &Catalog, address: ObjectAddress, role: Oid, mode: u32) -> bool {
    object_aclmask(catalog, address, role, mode) != 0
}

/// The bits of grant options in a mask, above the privileges they are for (PostgreSQL: ACL_GRANT_OPTION_FOR).
pub fn grant_option_for(privileges: u32) -> u64 {
    u64::from(privileges) << 32
}

fn rights(item: &AclItem) -> u64 {
    u64::from(item.privileges) | grant_option_for(item.grant_options)
}

/// Which bits of the mask the role has (PostgreSQL: aclmask with ACLMASK_ALL).
pub fn aclmask(catalog: &Catalog, items: &[AclItem], role: Oid, owner: Oid, mask: u64) -> u64 {
    let mut result = 0;
    let options = mask & grant_option_for(u32::MAX);
    if options != 0 && has_privs_of_role(catalog, role, owner) {
        result = options;
    }
    for item in items {
        let remaining = mask & !result & rights(item);
        if remaining == 0 {
            continue;
        }
        let own = item.grantee == PUBLIC || item.grantee == role;
        if own || has_privs_of_role(catalog, role, item.grantee) {
            result |= remaining;
        }
    }
    result
}

/// Which bits of the mask are granted to the role itself, not through memberships (PostgreSQL: aclmask_direct).
fn aclmask_direct(items: &[AclItem], role: Oid, owner: Oid, mask: u64) -> u64 {
    let mut result = if role == owner { mask & grant_option_for(u32::MAX) } else { 0 };
    for item in items.iter().filter(|item| item.grantee == role) {
        result |= rights(item) & mask;
    }
    result
}

/// Every privilege that objects of the kind have (PostgreSQL: ACL_ALL_RIGHTS_*).
pub fn all_rights(catalog: &Catalog, kind: ObjectType) -> u32 {
    use privilege::*;
    match kind {
        ObjectType::ObjectColumn => INSERT | SELECT | UPDATE | REFERENCES,
        ObjectType::ObjectTable => {
            let maintain = if catalog.version().major() >= 17 { MAINTAIN } else { 0 };
            INSERT | SELECT | UPDATE | DELETE | TRUNCATE | REFERENCES | TRIGGER | maintain
        }
        ObjectType::ObjectSequence => USAGE | SELECT | UPDATE,
        ObjectType::ObjectDatabase => CREATE | CREATE_TEMP | CONNECT,
        ObjectType::ObjectFunction | ObjectType::ObjectProcedure | ObjectType::ObjectRoutine => {
            EXECUTE
        }
        ObjectType::ObjectLargeobject => SELECT | UPDATE,
        ObjectType::ObjectSchema => USAGE | CREATE,
        ObjectType::ObjectTablespace => CREATE,
        ObjectType::ObjectParameterAcl => SET | ALTER_SYSTEM,
        ObjectType::ObjectLanguage
        | ObjectType::ObjectFdw
        | ObjectType::ObjectForeignServer
        | ObjectType::ObjectDomain
        | ObjectType::ObjectType => USAGE,
        // No other kind has privileges.
        _ => 0,
    }
}

/// The privileges that an object has when nothing was granted (PostgreSQL: acldefault).
pub fn acldefault(catalog: &Catalog, kind: ObjectType, owner: Oid) -> Vec<AclItem> {
    let world = match kind {
        ObjectType::ObjectDatabase => privilege::CREATE_TEMP | privilege::CONNECT,
        ObjectType::ObjectFunction | ObjectType::ObjectProcedure | ObjectType::ObjectRoutine => {
            privilege::EXECUTE
        }
        ObjectType::ObjectLanguage | ObjectType::ObjectDomain | ObjectType::ObjectType => {
            privilege::USAGE
        }
        // Everyone else gets nothing on the other kinds.
        _ => 0,
    };
    let own = if kind == ObjectType::ObjectColumn { 0 } else { all_rights(catalog, kind) };
    [(PUBLIC, world), (owner, own)]
        .into_iter()
        .filter(|(_, privileges)| *privileges != 0)
        .map(|(grantee, privileges)| AclItem {
            grantee,
            grantor: owner,
            privileges,
            grant_options: 0,
        })
        .collect()
}

/// What `aclupdate` does with the item's rights (PostgreSQL: ACL_MODECHG_*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AclChange {
    Add,
    Delete,
}

/// Adds rights to the list or takes them away, and with grant options all that rested on them (PostgreSQL: aclupdate).
pub fn aclupdate(
    catalog: &Catalog,
    old: &[AclItem],
    item: &AclItem,
    change: AclChange,
    owner: Oid,
    behavior: DropBehavior,
) -> PgResult<Vec<AclItem>> {
    if change == AclChange::Add && item.grant_options != 0 {
        check_circularity(catalog, old, item, owner)?;
    }
    let mut new = old.to_vec();
    let matches = |i: &AclItem| i.grantee == item.grantee && i.grantor == item.grantor;
    let place = new.iter().position(matches).unwrap_or_else(|| {
        new.push(AclItem { privileges: 0, grant_options: 0, ..*item });
        new.len() - 1
    });
    let Some(entry) = new.get_mut(place) else { return Ok(new) };
    let old_options = entry.grant_options;
    match change {
        AclChange::Add => {
            entry.privileges |= item.privileges;
            entry.grant_options |= item.grant_options;
        }
        AclChange::Delete => {
            entry.privileges &= !item.privileges;
            entry.grant_options &= !item.grant_options;
        }
    }
    let lost = old_options & !entry.grant_options;
    if rights(entry) == 0 {
        new.remove(place);
    }
    if lost != 0 {
        new = recursive_revoke(catalog, new, item.grantee, lost, owner, behavior)?;
    }
    Ok(new)
}

/// PostgreSQL: recursive_revoke.
fn recursive_revoke(
    catalog: &Catalog,
    acl: Vec<AclItem>,
    grantee: Oid,
    privileges: u32,
    owner: Oid,
    behavior: DropBehavior,
) -> PgResult<Vec<AclItem>> {
    if grantee == owner {
        return Ok(acl);
    }
    let still = aclmask(catalog, &acl, grantee, owner, grant_option_for(privileges));
    let privileges = privileges & !((still >> 32) as u32);
    let mut acl = acl;
    while let Some(item) =
        acl.iter().find(|item| item.grantor == grantee && item.privileges & privileges != 0)
    {
        if behavior == DropBehavior::DropRestrict {
            return Err(PgError::new(
                sqlstate::DEPENDENT_OBJECTS_STILL_EXIST,
                "dependent privileges exist",
            )
            .hint("Use CASCADE to revoke them too.")
            .into());
        }
        let revoked = AclItem {
            grantor: grantee,
            grantee: item.grantee,
            privileges,
            grant_options: privileges,
        };
        acl = aclupdate(catalog, &acl, &revoked, AclChange::Delete, owner, behavior)?;
    }
    Ok(acl)
}

/// Refuses grant options that would in the end rest on themselves (PostgreSQL: check_circularity).
fn check_circularity(
    catalog: &Catalog,
    old: &[AclItem],
    item: &AclItem,
    owner: Oid,
) -> PgResult<()> {
    if item.grantor == owner {
        return Ok(());
    }
    let mut acl = old.to_vec();
    while let Some(entry) =
        acl.iter().find(|entry| entry.grantee == item.grantee && entry.grant_options != 0)
    {
        let zapped = AclItem { privileges: 0, ..*entry };
        acl =
            aclupdate(catalog, &acl, &zapped, AclChange::Delete, owner, DropBehavior::DropCascade)?;
    }
    let wanted = grant_option_for(item.grant_options);
    if aclmask(catalog, &acl, item.grantor, owner, wanted) == wanted {
        return Ok(());
    }
    Err(PgError::new(
        sqlstate::INVALID_GRANT_OPERATION,
        "grant options cannot be granted back to your own grantor",
    )
    .into())
}

/// Every role that stands in the list (PostgreSQL: aclmembers).
pub fn aclmembers(acl: &Acl) -> BTreeSet<Oid> {
    let items: &[AclItem] = acl.as_ref().map_or(&[], |items| items.as_slice());
    items
        .iter()
        .flat_map(|item| [item.grantee, item.grantor])
        .filter(|role| role.is_valid())
        .collect()
}

/// The order in which lists are compared (PostgreSQL: aclitemsort).
pub fn aclitemsort(items: &mut [AclItem]) {
    items.sort_by_key(|item| (item.grantee, item.grantor, rights(item)));
}

/// The list with an owner put in the place of another, entries that become the same made one (PostgreSQL: aclnewowner).
pub fn aclnewowner(acl: &Acl, old_owner: Oid, new_owner: Oid) -> Acl {
    let items = acl.as_ref()?;
    let swap = |role: Oid| if role == old_owner { new_owner } else { role };
    let mut new: Vec<AclItem> = Vec::with_capacity(items.len());
    for item in items.iter() {
        let item = AclItem { grantee: swap(item.grantee), grantor: swap(item.grantor), ..*item };
        let same = new
            .iter_mut()
            .find(|other| other.grantee == item.grantee && other.grantor == item.grantor);
        match same {
            Some(other) => {
                other.privileges |= item.privileges;
                other.grant_options |= item.grant_options;
            }
            None => new.push(item),
        }
    }
    Some(Arc::new(new))
}

/// In whose name a privilege is granted, and which grant options that role has (PostgreSQL: select_best_grantor).
pub fn select_best_grantor(
    catalog: &Catalog,
    role: Oid,
    privileges: u32,
    items: &[AclItem],
    owner: Oid,
) -> (Oid, u32) {
    let needed = grant_option_for(privileges);
    if role == owner || superuser_arg(catalog, role) {
        return (owner, privileges);
    }
    let roles = roles_is_member_of(catalog, role, RoleRecurse::Privs);
    if roles.contains(&owner) {
        return (owner, privileges);
    }
    let mut best = (role, 0u32);
    for candidate in roles {
        let has = aclmask_direct(items, candidate, owner, needed);
        if has == needed {
            return (candidate, privileges);
        }
        let options = (has >> 32) as u32;
        if options.count_ones() > best.1.count_ones() {
            best = (candidate, options);
        }
    }
    best
}

/// The privileges that a new object gets from ALTER DEFAULT PRIVILEGES; None when they are those of its kind
/// (PostgreSQL: get_user_default_acl).
pub fn get_user_default_acl(
    catalog: &Catalog,
    kind: ObjectType,
    owner: Oid,
    namespace: Oid,
) -> PgResult<Acl> {
    let letter = match kind {
        ObjectType::ObjectTable => b'r',
        ObjectType::ObjectSequence => b'S',
        ObjectType::ObjectFunction => b'f',
        ObjectType::ObjectType => b'T',
        ObjectType::ObjectSchema => b'n',
        ObjectType::ObjectLargeobject => b'L',
        // No defaults can be set for other kinds.
        _ => return Ok(None),
    };
    let stored = |namespace: Oid| {
        catalog
            .find_all::<PgDefaultAcl>(&(owner, namespace))
            .find(|row| row.defaclobjtype == letter)
            .and_then(|row| row.defaclacl.clone())
    };
    let global = stored(Oid::INVALID);
    let in_schema = if namespace.is_valid() { stored(namespace) } else { None };
    if global.is_none() && in_schema.is_none() {
        return Ok(None);
    }
    let mut default = acldefault(catalog, kind, owner);
    let mut result = global.map_or_else(|| default.clone(), |items| items.to_vec());
    for item in in_schema.iter().flat_map(|items| items.iter()) {
        let behavior = DropBehavior::DropRestrict;
        result = aclupdate(catalog, &result, item, AclChange::Add, owner, behavior)?;
    }
    aclitemsort(&mut result);
    aclitemsort(&mut default);
    Ok((result != default).then(|| Arc::new(result)))
}

/// Refuses the action for want of a privilege (PostgreSQL: aclcheck_error with ACLCHECK_NO_PRIV).
pub fn aclcheck_error(kind: ObjectType, name: &str) -> PgError {
    let what = kind_name(kind);
    PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, format!("permission denied for {what} {name}"))
}

/// Refuses the action to one who is not the owner (PostgreSQL: aclcheck_error with ACLCHECK_NOT_OWNER).
pub fn aclcheck_error_not_owner(kind: ObjectType, name: &str) -> PgError {
    let what = match kind {
        ObjectType::ObjectColumn
        | ObjectType::ObjectPolicy
        | ObjectType::ObjectRule
        | ObjectType::ObjectTabconstraint
        | ObjectType::ObjectTrigger => "relation",
        other => kind_name(other),
    };
    PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, format!("must be owner of {what} {name}"))
}

/// The same for a type, named as SQL spells it (PostgreSQL: aclcheck_error_type).
pub fn aclcheck_error_type(
    catalog: &Catalog,
    path: &SearchPath,
    type_oid: Oid,
    not_owner: bool,
) -> PgError {
    // An array is called by its elements, a multirange by its own name.
    let row = catalog.get::<PgType>(type_oid);
    let is_array = row.is_some_and(|row| row.typlen == -1 && row.typcategory == b'A');
    let element = row.map(|row| row.typelem).filter(|oid| is_array && oid.is_valid());
    let element = element.unwrap_or(type_oid);
    let name = format_type_be(catalog, path, element);
    if not_owner {
        aclcheck_error_not_owner(ObjectType::ObjectType, &name)
    } else {
        aclcheck_error(ObjectType::ObjectType, &name)
    }
}

/// What errors about privileges call a kind of object.
fn kind_name(kind: ObjectType) -> &'static str {
    match kind {
        ObjectType::ObjectAccessMethod => "access method",
        ObjectType::ObjectAggregate => "aggregate",
        ObjectType::ObjectColumn => "column",
        ObjectType::ObjectCollation => "collation",
        ObjectType::ObjectConversion => "conversion",
        ObjectType::ObjectDatabase => "database",
        ObjectType::ObjectDomain => "domain",
        ObjectType::ObjectEventTrigger => "event trigger",
        ObjectType::ObjectExtension => "extension",
        ObjectType::ObjectFdw => "foreign-data wrapper",
        ObjectType::ObjectForeignServer => "foreign server",
        ObjectType::ObjectForeignTable => "foreign table",
        ObjectType::ObjectFunction => "function",
        ObjectType::ObjectIndex => "index",
        ObjectType::ObjectLanguage => "language",
        ObjectType::ObjectLargeobject => "large object",
        ObjectType::ObjectMatview => "materialized view",
        ObjectType::ObjectOpclass => "operator class",
        ObjectType::ObjectOperator => "operator",
        ObjectType::ObjectOpfamily => "operator family",
        ObjectType::ObjectParameterAcl => "parameter",
        ObjectType::ObjectPolicy => "policy",
        ObjectType::ObjectProcedure => "procedure",
        ObjectType::ObjectPublication => "publication",
        ObjectType::ObjectRole => "role",
        ObjectType::ObjectRoutine => "routine",
        ObjectType::ObjectRule => "rule",
        ObjectType::ObjectSchema => "schema",
        ObjectType::ObjectSequence => "sequence",
        ObjectType::ObjectStatisticExt => "statistics object",
        ObjectType::ObjectSubscription => "subscription",
        ObjectType::ObjectTable => "table",
        ObjectType::ObjectTabconstraint => "constraint",
        ObjectType::ObjectTablespace => "tablespace",
        ObjectType::ObjectTrigger => "trigger",
        ObjectType::ObjectTsconfiguration => "text search configuration",
        ObjectType::ObjectTsdictionary => "text search dictionary",
        ObjectType::ObjectType => "type",
        ObjectType::ObjectView => "view",
        // PostgreSQL never refuses access to the others by this way.
        _ => "object",
    }
}

/// The role that a statement names (PostgreSQL: get_rolespec_oid).
pub fn get_rolespec_oid(shared: &Shared, role: &RoleSpec) -> PgResult<Oid> {
    match role.roletype {
        RoleSpecType::RolespecCstring => {
            let name = role.rolename.as_deref().unwrap_or_default();
            Ok(get_role_oid(shared.catalog, name, false)?.unwrap_or(Oid::INVALID))
        }
        RoleSpecType::RolespecCurrentRole | RoleSpecType::RolespecCurrentUser => {
            Ok(shared.session.current_user)
        }
        RoleSpecType::RolespecSessionUser => Ok(shared.session.session_user),
        RoleSpecType::RolespecPublic => {
            Err(PgError::new(sqlstate::UNDEFINED_OBJECT, "role \"public\" does not exist").into())
        }
    }
}

/// The same, PUBLIC being InvalidOid where a privilege is granted to everyone.
pub fn get_grantee_oid(shared: &Shared, role: &RoleSpec) -> PgResult<Oid> {
    match role.roletype {
        RoleSpecType::RolespecPublic => Ok(PUBLIC),
        RoleSpecType::RolespecCstring
        | RoleSpecType::RolespecCurrentRole
        | RoleSpecType::RolespecCurrentUser
        | RoleSpecType::RolespecSessionUser => get_rolespec_oid(shared, role),
    }
}
