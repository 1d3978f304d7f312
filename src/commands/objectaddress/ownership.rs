//! Whether the current role owns what a statement names (PostgreSQL: check_object_ownership,
//! catalog/objectaddress.c).

use crate::catalog::aclchk::*;
use crate::catalog::format_type::format_type_be;
use crate::catalog::namespace::name_list_to_string;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{Node, ObjectType};
use crate::parser::parse_node::Shared;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

use super::address::name_of;

/// Refuses to act on an object that the current role does not own (PostgreSQL: check_object_ownership).
pub fn check_object_ownership(
    shared: &Shared,
    kind: ObjectType,
    address: ObjectAddress,
    object: &Node,
) -> PgResult<()> {
    let catalog = shared.catalog;
    let role = shared.session.current_user;
    if superuser_arg(catalog, role) {
        return Ok(());
    }
    let owns = |address: ObjectAddress| object_ownercheck(catalog, address, role);
    let error = match address.class {
        Class::Relation | Class::Rewrite | Class::Trigger | Class::Policy | Class::Attrdef => {
            let Some(row) = relation_of(catalog, address) else { return Ok(()) };
            if owns(ObjectAddress::new(Class::Relation, row.oid)) {
                return Ok(());
            }
            aclcheck_error_not_owner(kind, &row.relname)
        }
        Class::Constraint => {
            let Some(row) = catalog.get::<PgConstraint>(address.object) else { return Ok(()) };
            if let Some(relation) = catalog.get::<PgClass>(row.conrelid) {
                if owns(ObjectAddress::new(Class::Relation, row.conrelid)) {
                    return Ok(());
                }
                aclcheck_error_not_owner(kind, &relation.relname)
            } else {
                if owns(ObjectAddress::new(Class::Type, row.contypid)) {
                    return Ok(());
                }
                aclcheck_error_type(catalog, shared.path, row.contypid, true)
            }
        }
        Class::Type => {
            if owns(address) {
                return Ok(());
            }
            aclcheck_error_type(catalog, shared.path, address.object, true)
        }
        Class::Cast => {
            let Some(row) = catalog.get::<PgCast>(address.object) else { return Ok(()) };
            let owns_type = |oid: Oid| owns(ObjectAddress::new(Class::Type, oid));
            if owns_type(row.castsource) || owns_type(row.casttarget) {
                return Ok(());
            }
            let name = |oid: Oid| format_type_be(catalog, shared.path, oid);
            let (source, target) = (name(row.castsource), name(row.casttarget));
            denied(format!("must be owner of type {source} or type {target}"))
        }
        Class::Transform => {
            let Some(row) = catalog.get::<PgTransform>(address.object) else { return Ok(()) };
            if owns(ObjectAddress::new(Class::Type, row.trftype)) {
                return Ok(());
            }
            aclcheck_error_type(catalog, shared.path, row.trftype, true)
        }
        Class::Authid => return check_role_ownership(shared, address.object),
        Class::TsParser | Class::TsTemplate | Class::Am => denied("must be superuser".to_string()),
        // Every other class has an owner of its own.
        _ => {
            if owns(address) {
                return Ok(());
            }
            let name = match object {
                Node::ObjectWithArgs(function) => name_of(function),
                Node::List(names) if matches!(address.class, Class::Opclass | Class::Opfamily) => {
                    name_list_to_string(names.get(1..).unwrap_or_default())
                }
                Node::List(names) => name_list_to_string(names),
                other => other.str_val().to_string(),
            };
            aclcheck_error_not_owner(kind, &name)
        }
    };
    Err(error.into())
}

fn relation_of(catalog: &Catalog, address: ObjectAddress) -> Option<&PgClass> {
    let oid = match address.class {
        Class::Rewrite => catalog.get::<PgRewrite>(address.object)?.ev_class,
        Class::Trigger => catalog.get::<PgTrigger>(address.object)?.tgrelid,
        Class::Policy => catalog.get::<PgPolicy>(address.object)?.polrelid,
        Class::Attrdef => catalog.get::<PgAttrdef>(address.object)?.adrelid,
        // A relation or one of its columns.
        _ => address.object,
    };
    catalog.get::<PgClass>(oid).map(|row| row.as_ref())
}

/// Roles are owned by those who may administer them.
fn check_role_ownership(shared: &Shared, role: Oid) -> PgResult<()> {
    let catalog = shared.catalog;
    let user = shared.session.current_user;
    if superuser_arg(catalog, role) {
        return Err(denied("must be superuser".to_string())
            .detail("The current user must have the SUPERUSER attribute.".to_string())
            .into());
    }
    let may_create = catalog.get::<PgAuthid>(user).is_some_and(|row| row.rolcreaterole);
    let name = catalog.get::<PgAuthid>(role).map_or("", |row| row.rolname.as_str());
    if !may_create {
        return Err(denied("permission denied".to_string())
            .detail("The current user must have the CREATEROLE attribute.".to_string())
            .into());
    }
    if !is_admin_of_role(catalog, user, role) {
        return Err(denied("permission denied".to_string())
            .detail(format!("The current user must have the ADMIN option on role \"{name}\"."))
            .into());
    }
    Ok(())
}

fn denied(message: String) -> PgError {
    PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message)
}
