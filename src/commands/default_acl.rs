//! ALTER DEFAULT PRIVILEGES (PostgreSQL: ExecAlterDefaultPrivilegesStmt, catalog/aclchk.c).

use std::sync::Arc;

use crate::catalog::PgDefaultAcl;
use crate::catalog::acl::{Acl, AclItem};
use crate::catalog::aclchk::*;
use crate::catalog::depend::DependType;
use crate::catalog::namespace::get_namespace_oid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::commands::Context;
use crate::commands::aclcmds::{
    InternalGrant, grantees_of, merge_acl_with_grant, privilege_of, privilege_to_string,
};
use crate::commands::define::{conflicting_def_elem, def_name};
use crate::commands::dependency::{
    record_dependency_on, record_dependency_on_owner, update_acl_dependencies,
};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{AlterDefaultPrivilegesStmt, GrantStmt, Node, ObjectType};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// PostgreSQL: ExecAlterDefaultPrivilegesStmt.
pub fn exec_alter_default_privileges_stmt(
    context: &mut Context,
    stmt: &AlterDefaultPrivilegesStmt,
) -> PgResult<()> {
    let Some(action) = &stmt.action else { return Ok(()) };
    let (mut schemas, mut roles): (Option<&[Node]>, Option<&[Node]>) = (None, None);
    for node in &stmt.options {
        let Node::DefElem(def) = node else { continue };
        let place = if def_name(def) == "schemas" { &mut schemas } else { &mut roles };
        if place.is_some() {
            return Err(conflicting_def_elem(def));
        }
        *place = Some(def.arg.as_ref().map_or(&[], Node::list));
    }
    let shared = context.shared();
    let grantees = grantees_of(&shared, &action.grantees)?;
    let (letter, kind, words) = object_kind(action.objtype);
    let mut grant = InternalGrant {
        is_grant: action.is_grant,
        kind: action.objtype,
        all_privileges: action.privileges.is_empty(),
        privileges: 0,
        columns: Vec::new(),
        grantees,
        grant_option: action.grant_option,
        behavior: action.behavior,
    };
    read_privileges(context, action, &mut grant, kind, words)?;
    let user = context.session.current_user;
    let mut owners = vec![user];
    if let Some(roles) = roles {
        owners.clear();
        for node in roles {
            let Node::RoleSpec(role) = node else { continue };
            let role = get_rolespec_oid(&context.shared(), role)?;
            if !has_privs_of_role(context.catalog, user, role) {
                return Err(PgError::new(
                    sqlstate::INSUFFICIENT_PRIVILEGE,
                    "permission denied to change default privileges",
                )
                .into());
            }
            owners.push(role);
        }
    }
    for owner in owners {
        for schema in target_schemas(context, schemas)? {
            set_default_acl(context, &grant, owner, schema, letter, kind)?;
        }
    }
    Ok(())
}

/// The letter in pg_default_acl, the kind whose defaults they are, and its name in errors.
fn object_kind(kind: ObjectType) -> (u8, ObjectType, &'static str) {
    match kind {
        ObjectType::ObjectTable => (b'r', ObjectType::ObjectTable, "relation"),
        ObjectType::ObjectSequence => (b'S', ObjectType::ObjectSequence, "sequence"),
        ObjectType::ObjectType => (b'T', ObjectType::ObjectType, "type"),
        ObjectType::ObjectSchema => (b'n', ObjectType::ObjectSchema, "schema"),
        ObjectType::ObjectLargeobject => (b'L', ObjectType::ObjectLargeobject, "large object"),
        ObjectType::ObjectProcedure => (b'f', ObjectType::ObjectFunction, "procedure"),
        ObjectType::ObjectRoutine => (b'f', ObjectType::ObjectFunction, "routine"),
        // A function is the one kind that is left.
        _ => (b'f', ObjectType::ObjectFunction, "function"),
    }
}

fn read_privileges(
    context: &Context,
    action: &GrantStmt,
    grant: &mut InternalGrant,
    kind: ObjectType,
    words: &str,
) -> PgResult<()> {
    let allowed = all_rights(context.catalog, kind);
    for node in &action.privileges {
        let Node::AccessPriv(access) = node else { continue };
        if !access.cols.is_empty() {
            return Err(PgError::new(
                sqlstate::INVALID_GRANT_OPERATION,
                "default privileges cannot be set for columns",
            )
            .into());
        }
        let bit = privilege_of(context, access)?;
        if bit & !allowed != 0 {
            return Err(PgError::new(
                sqlstate::INVALID_GRANT_OPERATION,
                format!("invalid privilege type {} for {words}", privilege_to_string(bit)),
            )
            .into());
        }
        grant.privileges |= bit;
    }
    Ok(())
}

/// The schemas named, or InvalidOid for all (PostgreSQL: SetDefaultACLsInSchemas).
fn target_schemas(context: &Context, schemas: Option<&[Node]>) -> PgResult<Vec<Oid>> {
    match schemas {
        None => Ok(vec![Oid::INVALID]),
        Some(names) => names
            .iter()
            .map(|name| {
                get_namespace_oid(context.catalog, name.str_val(), false)
                    .map(|oid| oid.unwrap_or(Oid::INVALID))
            })
            .collect(),
    }
}

/// PostgreSQL: SetDefaultACL.
fn set_default_acl(
    context: &mut Context,
    grant: &InternalGrant,
    owner: Oid,
    schema: Oid,
    letter: u8,
    kind: ObjectType,
) -> PgResult<()> {
    let in_schema = schema.is_valid();
    if in_schema && matches!(kind, ObjectType::ObjectSchema | ObjectType::ObjectLargeobject) {
        let objects = if kind == ObjectType::ObjectSchema { "SCHEMAS" } else { "LARGE OBJECTS" };
        return Err(PgError::new(
            sqlstate::INVALID_GRANT_OPERATION,
            format!("cannot use IN SCHEMA clause when using GRANT/REVOKE ON {objects}"),
        )
        .into());
    }
    let catalog = &*context.catalog;
    let mut default: Vec<AclItem> =
        if in_schema { Vec::new() } else { acldefault(catalog, kind, owner) };
    let row = catalog
        .find_all::<PgDefaultAcl>(&(owner, schema))
        .find(|row| row.defaclobjtype == letter)
        .cloned();
    let old: Acl = row.as_ref().and_then(|row| row.defaclacl.clone());
    let start = old.as_ref().map_or_else(|| default.clone(), |items| items.to_vec());
    let privileges =
        if grant.all_privileges { all_rights(catalog, kind) } else { grant.privileges };
    let mut new = merge_acl_with_grant(catalog, grant, start, privileges, owner, owner)?;
    aclitemsort(&mut new);
    aclitemsort(&mut default);
    if new == default {
        if let Some(row) = row {
            let address = ObjectAddress::new(Class::DefaultAcl, row.oid);
            let behavior = crate::nodes::tree::DropBehavior::DropRestrict;
            let flags =
                crate::commands::dependency::DeletionFlags { quietly: true, ..Default::default() };
            crate::commands::dependency::perform_deletion(context, address, behavior, flags)?;
        }
        return Ok(());
    }
    let is_new = row.is_none();
    let oid = row.map_or_else(|| context.catalog.new_oid(), |row| row.oid);
    let acl: Acl = Some(Arc::new(new));
    context.catalog.put(PgDefaultAcl {
        oid,
        defaclrole: owner,
        defaclnamespace: schema,
        defaclobjtype: letter,
        defaclacl: acl.clone(),
    });
    let address = ObjectAddress::new(Class::DefaultAcl, oid);
    if is_new {
        record_dependency_on_owner(context.catalog, address, owner);
        if in_schema {
            let schema = ObjectAddress::new(Class::Namespace, schema);
            record_dependency_on(context.catalog, address, schema, DependType::Auto);
        }
    }
    update_acl_dependencies(context.catalog, address, owner, &old, &acl);
    Ok(())
}
