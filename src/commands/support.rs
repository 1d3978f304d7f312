//! Small questions that many commands ask first: may this role do it, and where does the new object go.

use std::sync::Arc;

use super::Context;
use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{
    aclcheck_error, aclcheck_error_not_owner, aclcheck_error_type, object_aclcheck,
    object_ownercheck, superuser_arg,
};
use crate::catalog::builtin::extension;
use crate::catalog::namespace::{self, qualified_name_get_creation_namespace};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgLanguage, PgNamespace};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::tree::{Node, ObjectType};
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// Whether the current role is a superuser (PostgreSQL: superuser).
pub fn superuser(context: &Context) -> bool {
    superuser_arg(context.catalog, context.session.current_user)
}

/// The schema and the bare name of an object to be made (PostgreSQL: QualifiedNameGetCreationNamespace).
pub fn creation_namespace(context: &mut Context, names: &[Node]) -> PgResult<(Oid, Name)> {
    let (namespace, name) = {
        let shared = context.shared();
        let (namespace, name) = qualified_name_get_creation_namespace(&shared, names)?;
        (namespace, Name::new(name))
    };
    match namespace {
        Some(namespace) => Ok((namespace, name)),
        None => Ok((temporary_namespace(context), name)),
    }
}

/// Refuses to make an object in a schema where the role may not (PostgreSQL: object_aclcheck with ACL_CREATE).
pub fn check_namespace_create(context: &Context, namespace: Oid) -> PgResult<()> {
    let address = ObjectAddress::new(Class::Namespace, namespace);
    let role = context.session.current_user;
    // The session's own temporary schema is everybody's who may make temporary tables (pg_namespace_aclmask_ext).
    let temporary = context.session.temp_namespace == Some(namespace);
    let database = ObjectAddress::new(Class::Database, context.session.database);
    if temporary && object_aclcheck(context.catalog, database, role, privilege::CREATE_TEMP)
        || object_aclcheck(context.catalog, address, role, privilege::CREATE)
    {
        return Ok(());
    }
    let name = namespace_name(context, namespace);
    Err(aclcheck_error(ObjectType::ObjectSchema, &name).into())
}

/// Refuses to use a type that the role may not (PostgreSQL: object_aclcheck with ACL_USAGE).
pub fn check_type_usage(context: &Context, type_oid: Oid) -> PgResult<()> {
    let address = ObjectAddress::new(Class::Type, type_oid);
    let role = context.session.current_user;
    if object_aclcheck(context.catalog, address, role, privilege::USAGE) {
        return Ok(());
    }
    Err(aclcheck_error_type(context.catalog, &context.path, type_oid, false).into())
}

/// Refuses to change a type that the role does not own.
pub fn check_type_owner(context: &Context, type_oid: Oid) -> PgResult<()> {
    let address = ObjectAddress::new(Class::Type, type_oid);
    if object_ownercheck(context.catalog, address, context.session.current_user) {
        return Ok(());
    }
    Err(aclcheck_error_type(context.catalog, &context.path, type_oid, true).into())
}

/// Refuses to change an object that the role does not own; `name` is how messages call it.
pub fn check_owner(
    context: &Context,
    address: ObjectAddress,
    kind: ObjectType,
    name: &str,
) -> PgResult<()> {
    if object_ownercheck(context.catalog, address, context.session.current_user) {
        return Ok(());
    }
    Err(aclcheck_error_not_owner(kind, name).into())
}

/// The schema that an object is moved to (PostgreSQL: LookupCreationNamespace).
pub fn lookup_creation_namespace(context: &mut Context, name: &str) -> PgResult<Oid> {
    let found = namespace::lookup_creation_namespace(&context.shared(), name)?;
    let namespace = match found {
        Some(namespace) => namespace,
        None => temporary_namespace(context),
    };
    check_namespace_create(context, namespace)?;
    Ok(namespace)
}

/// Refuses to move objects into or out of schemas where none may move (PostgreSQL: CheckSetNamespace).
pub fn check_set_namespace(context: &Context, old: Oid, new: Oid) -> PgResult<()> {
    let is_temp = |schema: Oid| {
        let name = namespace_name(context, schema);
        name.starts_with("pg_temp_") || name.starts_with("pg_toast_temp_")
    };
    let refuse = |message: &str| -> PgResult<()> {
        Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
    };
    if is_temp(old) || is_temp(new) {
        return refuse("cannot move objects into or out of temporary schemas");
    }
    if old == fixed::PG_TOAST_NAMESPACE || new == fixed::PG_TOAST_NAMESPACE {
        return refuse("cannot move objects into or out of TOAST schema");
    }
    Ok(())
}

/// A schema's name.
pub fn namespace_name(context: &Context, namespace: Oid) -> Name {
    context.catalog.get::<PgNamespace>(namespace).map(|row| row.nspname.clone()).unwrap_or_default()
}

/// An answer of code that PostgreSQL gives no parse state: it has no position.
pub fn without_position<T>(result: PgResult<T>) -> PgResult<T> {
    result.map_err(|stop| match stop {
        Stop::Error(mut error) => {
            error.position = None;
            Stop::Error(error)
        }
        unknown @ Stop::Unknown(_) => unknown,
    })
}

/// `schema.` as it stands before a name that the search path does not find.
pub fn quoted_schema_prefix(context: &Context, namespace: Oid) -> String {
    match context.catalog.get::<PgNamespace>(namespace) {
        Some(row) => format!("{}.", quote_identifier(&row.nspname)),
        None => String::new(),
    }
}

/// The session's temporary schema, made now if need be (PostgreSQL: InitTempTableNamespace, catalog/namespace.c).
pub fn temporary_namespace(context: &mut Context) -> Oid {
    if let Some(namespace) = context.session.temp_namespace {
        return namespace;
    }
    let make = |context: &mut Context, name: &'static str| {
        let name = Name::fixed(name);
        if let Some(row) = context.catalog.find::<PgNamespace>(&name) {
            return row.oid;
        }
        let oid = context.catalog.new_oid();
        context.catalog.put(PgNamespace {
            oid,
            nspname: name,
            nspowner: fixed::BOOTSTRAP_SUPERUSERID,
            nspacl: None,
        });
        oid
    };
    let namespace = make(context, "pg_temp_0");
    make(context, "pg_toast_temp_0");
    context.session.temp_namespace = Some(namespace);
    context.refresh_path();
    namespace
}

/// Refuses a command that must be the only one of its transaction (PostgreSQL: PreventInTransactionBlock, xact.c).
pub fn prevent_in_transaction_block(context: &Context, command: &str) -> PgResult<()> {
    let message = if context.session.in_transaction_block {
        format!("{command} cannot run inside a transaction block")
    } else if context.session.in_function {
        format!("{command} cannot be executed from a function")
    } else {
        return Ok(());
    };
    Err(PgError::new(sqlstate::ACTIVE_SQL_TRANSACTION, message).into())
}

/// The language of that name, with PostgreSQL's hint where an extension would bring it.
pub fn language_named(context: &Context, name: &str) -> PgResult<Arc<PgLanguage>> {
    if let Some(row) = context.catalog.find::<PgLanguage>(&Name::new(name)) {
        return Ok(row.clone());
    }
    let message = format!("language \"{name}\" does not exist");
    let error = PgError::new(sqlstate::UNDEFINED_OBJECT, message);
    let has_extension = extension(name, context.catalog.version()).is_some();
    Err(if has_extension {
        error.hint("Use CREATE EXTENSION to load the language into the database.").into()
    } else {
        error.into()
    })
}
