//! Writing an object's owner, after what its kind asks of one (PostgreSQL: AlterObjectOwner_internal,
//! AlterForeignDataWrapperOwner, AlterEventTriggerOwner, AlterPublicationOwner …).

use crate::catalog::acl::Acl;
use crate::catalog::aclchk::{aclnewowner, object_acl, object_owner, superuser_arg};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::commands::Context;
use crate::commands::aclcmds::put_acl;
use crate::commands::dependency::change_dependency_on_owner;
use crate::commands::objectaddress::object_name;
use crate::commands::support::superuser;
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::ObjectType;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// What some kinds ask of their owners.
pub fn check_new_owner(
    context: &Context,
    kind: ObjectType,
    address: ObjectAddress,
    owner: Oid,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let (what, hint) = match kind {
        ObjectType::ObjectFdw if !superuser(context) => {
            ("foreign-data wrapper", "Must be superuser to change owner of a foreign-data wrapper.")
        }
        ObjectType::ObjectFdw => {
            ("foreign-data wrapper", "The owner of a foreign-data wrapper must be a superuser.")
        }
        ObjectType::ObjectEventTrigger => {
            ("event trigger", "The owner of an event trigger must be a superuser.")
        }
        ObjectType::ObjectPublication
            if catalog.get::<PgPublication>(address.object).is_some_and(|row| row.puballtables) =>
        {
            ("publication", "The owner of a FOR ALL TABLES publication must be a superuser.")
        }
        // The other kinds take any owner.
        _ => return Ok(()),
    };
    if superuser_arg(catalog, owner) && (kind != ObjectType::ObjectFdw || superuser(context)) {
        return Ok(());
    }
    let name = object_name(catalog, address).unwrap_or_default();
    Err(PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!("permission denied to change owner of {what} \"{name}\""),
    )
    .hint(hint)
    .into())
}

/// Writes the owner, puts it in the old owner's place in the privileges, and records the dependency.
pub fn set_owner(catalog: &mut Catalog, address: ObjectAddress, owner: Oid) {
    let old = object_owner(catalog, address).unwrap_or(owner);
    let acl: Acl = object_acl(catalog, address).and_then(|(_, _, acl)| acl);
    if acl.is_some() {
        put_acl(catalog, address, aclnewowner(&acl, old, owner));
    }
    write_owner(catalog, address, owner);
    change_dependency_on_owner(catalog, address, owner);
}

fn write_owner(catalog: &mut Catalog, address: ObjectAddress, owner: Oid) {
    let oid = address.object;
    match address.class {
        Class::Relation => catalog.update::<PgClass>(oid, |row| row.relowner = owner),
        Class::Proc | Class::Aggregate => catalog.update::<PgProc>(oid, |row| row.proowner = owner),
        Class::Type => catalog.update::<PgType>(oid, |row| row.typowner = owner),
        Class::Namespace => catalog.update::<PgNamespace>(oid, |row| row.nspowner = owner),
        Class::Collation => catalog.update::<PgCollation>(oid, |row| row.collowner = owner),
        Class::Conversion => catalog.update::<PgConversion>(oid, |row| row.conowner = owner),
        Class::Database => catalog.update::<PgDatabase>(oid, |row| row.datdba = owner),
        Class::EventTrigger => catalog.update::<PgEventTrigger>(oid, |row| row.evtowner = owner),
        Class::Extension => catalog.update::<PgExtension>(oid, |row| row.extowner = owner),
        Class::ForeignDataWrapper => {
            catalog.update::<PgForeignDataWrapper>(oid, |row| row.fdwowner = owner);
        }
        Class::ForeignServer => catalog.update::<PgForeignServer>(oid, |row| row.srvowner = owner),
        Class::Language => catalog.update::<PgLanguage>(oid, |row| row.lanowner = owner),
        Class::Largeobject => catalog.update::<PgLargeobject>(oid, |row| row.lomowner = owner),
        Class::Opclass => catalog.update::<PgOpclass>(oid, |row| row.opcowner = owner),
        Class::Operator => catalog.update::<PgOperator>(oid, |row| row.oprowner = owner),
        Class::Opfamily => catalog.update::<PgOpfamily>(oid, |row| row.opfowner = owner),
        Class::Publication => catalog.update::<PgPublication>(oid, |row| row.pubowner = owner),
        Class::StatisticExt => catalog.update::<PgStatisticExt>(oid, |row| row.stxowner = owner),
        Class::Subscription => catalog.update::<PgSubscription>(oid, |row| row.subowner = owner),
        Class::Tablespace => catalog.update::<PgTablespace>(oid, |row| row.spcowner = owner),
        Class::TsConfig => catalog.update::<PgTsConfig>(oid, |row| row.cfgowner = owner),
        Class::TsDict => catalog.update::<PgTsDict>(oid, |row| row.dictowner = owner),
        // No other class has an owner.
        _ => {}
    }
}
