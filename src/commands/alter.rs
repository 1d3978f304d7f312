//! RENAME, SET SCHEMA, OWNER TO and DEPENDS ON EXTENSION: what each kind of object has in common (PostgreSQL:
//! commands/alter.c).

use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{
    aclcheck_error, aclcheck_error_not_owner, check_can_set_role, object_aclcheck, object_owner,
    object_ownercheck,
};
use crate::catalog::depend::DependType;
use crate::catalog::namespace::lookup_creation_namespace;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::commands::alter_names::{refuse_duplicate, set_name, set_namespace};
use crate::commands::dependency::{
    change_dependency_for, delete_dependency_records_for_specific, record_dependency_on,
};
use crate::commands::objectaddress::{
    check_object_ownership, get_object_address, get_object_description, get_object_namespace,
    object_name,
};
use crate::commands::support::{check_set_namespace, superuser, temporary_namespace};
use crate::commands::tablecmds::alter_namespace::alter_table_namespace_internal;
use crate::commands::{Context, alter_owner, dbcommands, extension, schemacmds, tablespace, user};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::Str;
use crate::nodes::tree::{
    AlterObjectDependsStmt, AlterObjectSchemaStmt, AlterOwnerStmt, Node, ObjectType, RangeVar,
    RenameStmt,
};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// ALTER … RENAME (PostgreSQL: ExecRenameStmt).
pub fn exec_rename_stmt(context: &mut Context, stmt: &RenameStmt) -> PgResult<()> {
    let new = stmt.newname.as_deref().unwrap_or_default();
    let subname = stmt.subname.as_deref().unwrap_or_default();
    match (stmt.rename_type, &stmt.object) {
        (ObjectType::ObjectDatabase, _) => {
            dbcommands::rename_database(context, subname, new).map(drop)
        }
        (ObjectType::ObjectRole, _) => user::rename_role(context, subname, new).map(drop),
        (ObjectType::ObjectSchema, _) => schemacmds::rename_schema(context, subname, new).map(drop),
        (ObjectType::ObjectTablespace, _) => {
            tablespace::rename_tablespace(context, subname, new).map(drop)
        }
        (
            ObjectType::ObjectAggregate
            | ObjectType::ObjectCollation
            | ObjectType::ObjectConversion
            | ObjectType::ObjectEventTrigger
            | ObjectType::ObjectFdw
            | ObjectType::ObjectForeignServer
            | ObjectType::ObjectFunction
            | ObjectType::ObjectOpclass
            | ObjectType::ObjectOpfamily
            | ObjectType::ObjectLanguage
            | ObjectType::ObjectProcedure
            | ObjectType::ObjectRoutine
            | ObjectType::ObjectStatisticExt
            | ObjectType::ObjectTsconfiguration
            | ObjectType::ObjectTsdictionary
            | ObjectType::ObjectTsparser
            | ObjectType::ObjectTstemplate
            | ObjectType::ObjectPublication
            | ObjectType::ObjectSubscription,
            Some(object),
        ) => {
            let found = get_object_address(&context.shared(), stmt.rename_type, object, false)?;
            match found {
                Some(address) => alter_object_rename(context, stmt.rename_type, address, new),
                None => Ok(()),
            }
        }
        // Relations and what is on them have files of their own; the dispatcher sends them there.
        (kind, _) => unknown(format!("renaming of {kind:?} is not modelled")),
    }
}

/// PostgreSQL: AlterObjectRename_internal.
fn alter_object_rename(
    context: &mut Context,
    kind: ObjectType,
    address: ObjectAddress,
    new: &str,
) -> PgResult<()> {
    let namespace = get_object_namespace(context.catalog, address);
    check_may_change(context, kind, address, namespace, "rename")?;
    refuse_duplicate(context, address, new, namespace)?;
    set_name(context.catalog, address, &Name::new(new));
    Ok(())
}

/// Refuses to one who does not own the object or may not make objects in the schema.
fn check_may_change(
    context: &Context,
    kind: ObjectType,
    address: ObjectAddress,
    namespace: Option<Oid>,
    verb: &str,
) -> PgResult<()> {
    if superuser(context) {
        return Ok(());
    }
    let catalog = &*context.catalog;
    let user = context.session.current_user;
    if object_owner(catalog, address).is_none() {
        let object = get_object_description(catalog, &context.path, address).unwrap_or_default();
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            format!("must be superuser to {verb} {object}"),
        )
        .into());
    }
    if !object_ownercheck(catalog, address, user) {
        let name = object_name(catalog, address).unwrap_or_default();
        return Err(aclcheck_error_not_owner(kind, &name).into());
    }
    match namespace {
        Some(namespace) => check_create_in(context, namespace, user),
        None => Ok(()),
    }
}

/// Refuses to make objects in a schema where the role may not.
pub(super) fn check_create_in(context: &Context, namespace: Oid, role: Oid) -> PgResult<()> {
    let address = ObjectAddress::new(Class::Namespace, namespace);
    if object_aclcheck(context.catalog, address, role, privilege::CREATE) {
        return Ok(());
    }
    let name = object_name(context.catalog, address).unwrap_or_default();
    Err(aclcheck_error(ObjectType::ObjectSchema, &name).into())
}

/// ALTER … SET SCHEMA (PostgreSQL: ExecAlterObjectSchemaStmt).
pub fn exec_alter_object_schema_stmt(
    context: &mut Context,
    stmt: &AlterObjectSchemaStmt,
) -> PgResult<()> {
    let schema = stmt.newschema.as_deref().unwrap_or_default();
    let Some(object) = &stmt.object else {
        return unknown(format!("SET SCHEMA of {:?} is not modelled", stmt.object_type));
    };
    match stmt.object_type {
        ObjectType::ObjectExtension => {
            extension::alter_extension_namespace(context, object.str_val(), schema)
        }
        kind => {
            let Some(address) = get_object_address(&context.shared(), kind, object, false)? else {
                return Ok(());
            };
            let namespace = match lookup_creation_namespace(&context.shared(), schema)? {
                Some(namespace) => namespace,
                None => temporary_namespace(context),
            };
            alter_object_namespace(context, kind, address, namespace)
        }
    }
}

/// PostgreSQL: AlterObjectNamespace_internal.
fn alter_object_namespace(
    context: &mut Context,
    kind: ObjectType,
    address: ObjectAddress,
    new: Oid,
) -> PgResult<()> {
    let Some(old) = get_object_namespace(context.catalog, address) else { return Ok(()) };
    if old == new {
        return Ok(());
    }
    check_set_namespace(context, old, new)?;
    check_may_change(context, kind, address, Some(new), "set schema of")?;
    let name = object_name(context.catalog, address).unwrap_or_default();
    refuse_duplicate(context, address, &name, Some(new))?;
    move_object(context.catalog, address, old, new);
    Ok(())
}

fn move_object(catalog: &mut Catalog, address: ObjectAddress, old: Oid, new: Oid) {
    set_namespace(catalog, address, new);
    let (old, new) =
        (ObjectAddress::new(Class::Namespace, old), ObjectAddress::new(Class::Namespace, new));
    change_dependency_for(catalog, address, old, new);
}

/// Moves an object of any class that lies in a schema (PostgreSQL: AlterObjectNamespace_oid).
pub fn alter_object_namespace_oid(
    context: &mut Context,
    address: ObjectAddress,
    new: Oid,
) -> PgResult<()> {
    match address.class {
        Class::Type => {
            move_type(context.catalog, address.object, new);
            Ok(())
        }
        Class::Relation => {
            let Some(row) = context.catalog.get::<PgClass>(address.object).cloned() else {
                return Ok(());
            };
            if row.relnamespace == new {
                return Ok(());
            }
            alter_table_namespace_internal(context, row.oid, row.relnamespace, new)
        }
        Class::Proc
        | Class::Collation
        | Class::Conversion
        | Class::Operator
        | Class::Opclass
        | Class::Opfamily
        | Class::StatisticExt
        | Class::TsParser
        | Class::TsDict
        | Class::TsTemplate
        | Class::TsConfig => {
            let Some(old) = get_object_namespace(context.catalog, address) else { return Ok(()) };
            if old != new {
                let name = object_name(context.catalog, address).unwrap_or_default();
                refuse_duplicate(context, address, &name, Some(new))?;
                move_object(context.catalog, address, old, new);
            }
            Ok(())
        }
        // Other classes lie in no schema.
        _ => Ok(()),
    }
}

/// A member of an extension moves with its array type.
fn move_type(catalog: &mut Catalog, oid: Oid, new: Oid) {
    let Some(row) = catalog.get::<PgType>(oid).cloned() else { return };
    move_object(catalog, ObjectAddress::new(Class::Type, oid), row.typnamespace, new);
    set_namespace(catalog, ObjectAddress::new(Class::Type, row.typarray), new);
}

/// ALTER … OWNER TO (PostgreSQL: ExecAlterOwnerStmt).
pub fn exec_alter_owner_stmt(context: &mut Context, stmt: &AlterOwnerStmt) -> PgResult<()> {
    let Some(role) = &stmt.newowner else { return Ok(()) };
    let owner = user::get_rolespec_oid(context, role, false)?;
    let Some(object) = &stmt.object else {
        return unknown(format!("OWNER TO of {:?} is not modelled", stmt.object_type));
    };
    let kind = stmt.object_type;
    match get_object_address(&context.shared(), kind, object, false)? {
        Some(address) => alter_object_owner(context, kind, address, owner),
        None => Ok(()),
    }
}

/// Gives an object to another role, with the checks of its kind (PostgreSQL: AlterObjectOwner_internal and the
/// functions of kinds that have their own).
pub fn alter_object_owner(
    context: &mut Context,
    kind: ObjectType,
    address: ObjectAddress,
    owner: Oid,
) -> PgResult<()> {
    if object_owner(context.catalog, address) == Some(owner) {
        return Ok(());
    }
    if !superuser(context) {
        let user = context.session.current_user;
        if !object_ownercheck(context.catalog, address, user) {
            let name = object_name(context.catalog, address).unwrap_or_default();
            return Err(aclcheck_error_not_owner(kind, &name).into());
        }
        check_can_set_role(context.catalog, user, owner)?;
        match kind {
            ObjectType::ObjectSchema => schemacmds::check_create_on_database(context, user)?,
            ObjectType::ObjectPublication => schemacmds::check_create_on_database(context, owner)?,
            // What lies in a schema needs the right to lie there; the rest needs nothing more.
            _ => {
                if let Some(namespace) = get_object_namespace(context.catalog, address) {
                    check_create_in(context, namespace, owner)?;
                }
            }
        }
    }
    alter_owner::check_new_owner(context, kind, address, owner)?;
    alter_owner::set_owner(context.catalog, address, owner);
    Ok(())
}

/// ALTER … DEPENDS ON EXTENSION (PostgreSQL: ExecAlterObjectDependsStmt).
pub fn exec_alter_object_depends_stmt(
    context: &mut Context,
    stmt: &AlterObjectDependsStmt,
) -> PgResult<()> {
    let shared = context.shared();
    let object = object_of_relation(stmt.relation.as_deref(), stmt.object.as_ref());
    let Some(address) = get_object_address(&shared, stmt.object_type, &object, false)? else {
        return Ok(());
    };
    check_object_ownership(&shared, stmt.object_type, address, &object)?;
    let Some(extension) = &stmt.extname else { return Ok(()) };
    let kind = ObjectType::ObjectExtension;
    let Some(extension) = get_object_address(&shared, kind, extension, false)? else {
        return Ok(());
    };
    let depends = DependType::AutoExtension;
    if stmt.remove {
        delete_dependency_records_for_specific(context.catalog, address, extension, depends);
    } else {
        record_dependency_on(context.catalog, address, extension, depends);
    }
    Ok(())
}

/// The object's name after its relation's (PostgreSQL: get_object_address_rv).
fn object_of_relation(relation: Option<&RangeVar>, object: Option<&Node>) -> Node {
    let Some(relation) = relation else { return object.cloned().unwrap_or(Node::List(Vec::new())) };
    let parts = [&relation.catalogname, &relation.schemaname, &relation.relname];
    let mut names: Vec<Node> =
        parts.into_iter().flatten().map(|part: &Str| Node::String(part.clone())).collect();
    names.extend(object.map_or(&[][..], Node::list).iter().cloned());
    Node::List(names)
}
