//! Small questions that many commands ask first: may this role do it, and where does the new object go.

use super::Context;
use crate::catalog::acl::Acl;
use crate::catalog::namespace::qualified_name_get_creation_namespace;
use crate::catalog::objectaddress::Class;
use crate::catalog::{PgAuthid, PgNamespace};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::Node;
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// Whether the current role is a superuser (PostgreSQL: superuser).
pub fn superuser(context: &Context) -> bool {
    context.catalog.get::<PgAuthid>(context.session.current_user).is_none_or(|role| role.rolsuper)
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

/// The privileges that default privileges give a new object (PostgreSQL: get_user_default_acl).
pub fn user_default_acl(_context: &Context, _class: Class, _owner: Oid, _schema: Oid) -> Acl {
    None
}

/// PostgreSQL: aclcheck_error with ACLCHECK_NOT_OWNER.
pub fn not_owner<T>(kind: &str, name: &str) -> PgResult<T> {
    let message = format!("must be owner of {kind} {name}");
    Err(PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message).into())
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
