//! Membership of roles in roles: GRANT role, REVOKE role (PostgreSQL: GrantRole, AddRoleMems, DelRoleMems of
//! commands/user.c).

use crate::catalog::aclchk::{
    RoleRecurse, get_rolespec_oid, has_privs_of_role, is_admin_of_role, is_member_of_role_nosuper,
    roles_is_member_of, superuser_arg,
};
use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::namespace::get_role_oid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::commands::Context;
use crate::commands::define::{def_get_boolean, def_name};
use crate::commands::dependency::is_object_pinned;
use crate::commands::user::{denied, remove_membership, role_name};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{DropBehavior, GrantRoleStmt, Node};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

const ROLE_PG_DATABASE_OWNER: Oid = Oid(6171);

/// What GRANT … WITH says; None where it says nothing (PostgreSQL: GrantRoleOptions).
#[derive(Debug, Clone, Copy, Default)]
pub struct GrantRoleOptions {
    pub admin: Option<bool>,
    pub inherit: Option<bool>,
    pub set: Option<bool>,
}

/// GRANT role TO role, REVOKE role FROM role (PostgreSQL: GrantRole).
pub fn grant_role(context: &mut Context, stmt: &GrantRoleStmt) -> PgResult<()> {
    let mut options = GrantRoleOptions::default();
    for node in &stmt.opt {
        let Node::DefElem(def) = node else { continue };
        let value = def_get_boolean(def).map_err(|_| unrecognized_value(def))?;
        match def_name(def) {
            "admin" => options.admin = Some(value),
            "inherit" => options.inherit = Some(value),
            "set" => options.set = Some(value),
            other => {
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    format!("unrecognized role option \"{other}\""),
                )
                .at(def.location.0)
                .into());
            }
        }
    }
    let grantor = match &stmt.grantor {
        Some(grantor) => get_rolespec_oid(&context.shared(), grantor)?,
        None => Oid::INVALID,
    };
    let members = role_specs_to_ids(context, &stmt.grantee_roles)?;
    for node in &stmt.granted_roles {
        let Node::AccessPriv(access) = node else { continue };
        let Some(name) = access.priv_name.as_deref().filter(|_| access.cols.is_empty()) else {
            return Err(PgError::new(
                sqlstate::INVALID_GRANT_OPERATION,
                "column names cannot be included in GRANT/REVOKE ROLE",
            )
            .into());
        };
        let role = get_role_oid(context.catalog, name, false)?.unwrap_or(Oid::INVALID);
        check_role_membership_authorization(context, role, stmt.is_grant)?;
        if stmt.is_grant {
            add_role_mems(context, role, &members, grantor, options)?;
        } else {
            del_role_mems(context, role, &members, grantor, options, stmt.behavior)?;
        }
    }
    Ok(())
}

fn unrecognized_value(def: &crate::nodes::tree::DefElem) -> PgError {
    let value = def.arg.as_ref().map_or("", Node::str_val);
    PgError::new(
        sqlstate::INVALID_PARAMETER_VALUE,
        format!("unrecognized value for role option \"{}\": \"{value}\"", def_name(def)),
    )
    .at(def.location.0)
}

/// PostgreSQL: roleSpecsToIds.
pub fn role_specs_to_ids(context: &Context, nodes: &[Node]) -> PgResult<Vec<Oid>> {
    let shared = context.shared();
    let roles = nodes.iter().filter_map(|node| match node {
        Node::RoleSpec(role) => Some(role),
        // The grammar puts nothing else here.
        _ => None,
    });
    roles.map(|role| get_rolespec_oid(&shared, role)).collect()
}

/// PostgreSQL: check_role_membership_authorization.
pub fn check_role_membership_authorization(
    context: &Context,
    role: Oid,
    is_grant: bool,
) -> PgResult<()> {
    let name = role_name(context.catalog, role);
    if is_grant && role == ROLE_PG_DATABASE_OWNER {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("role \"{name}\" cannot have explicit members"),
        )
        .into());
    }
    let user = context.session.current_user;
    let verb = if is_grant { "grant" } else { "revoke" };
    let message = format!("permission denied to {verb} role \"{name}\"");
    if superuser_arg(context.catalog, role) {
        if superuser_arg(context.catalog, user) {
            return Ok(());
        }
        let detail = format!(
            "Only roles with the SUPERUSER attribute may {verb} roles with the SUPERUSER \
             attribute."
        );
        return Err(denied(message, detail).into());
    }
    if is_admin_of_role(context.catalog, user, role) {
        return Ok(());
    }
    let detail =
        format!("Only roles with the ADMIN option on role \"{name}\" may {verb} this role.");
    Err(denied(message, detail).into())
}

/// The role that has ADMIN on `role` and is nearest to `member` (PostgreSQL: select_best_admin).
fn select_best_admin(catalog: &Catalog, member: Oid, role: Oid) -> Option<Oid> {
    if member == role {
        return None;
    }
    roles_is_member_of(catalog, member, RoleRecurse::Privs).into_iter().find(|via| {
        catalog
            .find_second::<PgAuthMembers>(*via)
            .any(|grant| grant.roleid == role && grant.admin_option)
    })
}

/// In whose name a membership is granted or revoked (PostgreSQL: check_role_grantor).
fn check_role_grantor(context: &Context, role: Oid, grantor: Oid, is_grant: bool) -> PgResult<Oid> {
    let catalog = &*context.catalog;
    let user = context.session.current_user;
    if !grantor.is_valid() {
        if superuser_arg(catalog, user) {
            return Ok(fixed::BOOTSTRAP_SUPERUSERID);
        }
        return Ok(select_best_admin(catalog, user, role).unwrap_or(user));
    }
    let name = role_name(catalog, grantor);
    let verb = if is_grant { "grant" } else { "revoke" };
    let past = if is_grant { "grant privileges as" } else { "revoke privileges granted by" };
    if !has_privs_of_role(catalog, user, grantor) {
        let detail = format!(
            "Only roles with privileges of role \"{name}\" may {verb} privileges {} this role.",
            if is_grant { "as" } else { "granted by" }
        );
        return Err(denied(format!("permission denied to {past} role \"{name}\""), detail).into());
    }
    let may = grantor == fixed::BOOTSTRAP_SUPERUSERID
        || select_best_admin(catalog, grantor, role) == Some(grantor);
    if is_grant && !may {
        let role = role_name(catalog, role);
        return Err(denied(
            format!("permission denied to {past} role \"{name}\""),
            format!("The grantor must have the ADMIN option on role \"{role}\"."),
        )
        .into());
    }
    Ok(grantor)
}

fn invalid_grant(message: String) -> PgError {
    PgError::new(sqlstate::INVALID_GRANT_OPERATION, message)
}

/// PostgreSQL: AddRoleMems.
pub fn add_role_mems(
    context: &mut Context,
    role: Oid,
    members: &[Oid],
    grantor: Oid,
    options: GrantRoleOptions,
) -> PgResult<()> {
    if members.is_empty() {
        return Ok(());
    }
    let grantor = check_role_grantor(context, role, grantor, true)?;
    grant_to_members(context, role, members, grantor, options)
}

/// The rest of AddRoleMems, once it is known in whose name the grants are made.
pub fn grant_to_members(
    context: &mut Context,
    role: Oid,
    members: &[Oid],
    grantor: Oid,
    options: GrantRoleOptions,
) -> PgResult<()> {
    let role_text = role_name(context.catalog, role);
    for member in members {
        let name = role_name(context.catalog, *member);
        if *member == ROLE_PG_DATABASE_OWNER {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("role \"{name}\" cannot be a member of any role"),
            )
            .into());
        }
        if is_member_of_role_nosuper(context.catalog, role, *member) {
            return Err(invalid_grant(format!(
                "role \"{role_text}\" is a member of role \"{name}\""
            ))
            .into());
        }
    }
    if options.admin == Some(true) && grantor != fixed::BOOTSTRAP_SUPERUSERID {
        check_admin_circularity(context, role, members, grantor)?;
    }
    for member in members {
        add_one(context, role, *member, grantor, options);
    }
    Ok(())
}

/// ADMIN must in the end come from the bootstrap superuser (PostgreSQL: plan_member_revoke in AddRoleMems).
fn check_admin_circularity(
    context: &Context,
    role: Oid,
    members: &[Oid],
    grantor: Oid,
) -> PgResult<()> {
    let grants: Vec<&PgAuthMembers> = context
        .catalog
        .find_all::<PgAuthMembers>(&role)
        .map(|row| row.as_ref())
        .filter(|row| row.admin_option)
        .collect();
    // Who has ADMIN without help of the new members.
    let mut admins = vec![fixed::BOOTSTRAP_SUPERUSERID];
    let mut next = 0;
    while let Some(admin) = admins.get(next).copied() {
        next += 1;
        for grant in &grants {
            let fresh = !admins.contains(&grant.member) && !members.contains(&grant.member);
            if grant.grantor == admin && fresh {
                admins.push(grant.member);
            }
        }
    }
    if admins.contains(&grantor) {
        return Ok(());
    }
    let message = "ADMIN option cannot be granted back to your own grantor";
    Err(invalid_grant(message.to_string()).into())
}

fn find_grant(catalog: &Catalog, role: Oid, member: Oid, grantor: Oid) -> Option<&PgAuthMembers> {
    let by_grantor = catalog.version().major() >= 16;
    catalog
        .find_all::<PgAuthMembers>(&role)
        .map(|row| row.as_ref())
        .find(|row| row.member == member && (!by_grantor || row.grantor == grantor))
}

fn add_one(context: &mut Context, role: Oid, member: Oid, grantor: Oid, options: GrantRoleOptions) {
    let catalog = &*context.catalog;
    if let Some(old) = find_grant(catalog, role, member, grantor) {
        let new = PgAuthMembers {
            admin_option: options.admin.unwrap_or(old.admin_option),
            inherit_option: options.inherit.unwrap_or(old.inherit_option),
            set_option: options.set.unwrap_or(old.set_option),
            ..old.clone()
        };
        if new != *old {
            context.catalog.put(new);
            return;
        }
        let (member, role) = (role_name(catalog, member), role_name(catalog, role));
        let message = if catalog.version().major() >= 16 {
            let grantor = role_name(catalog, grantor);
            format!(
                "role \"{member}\" has already been granted membership in role \"{role}\" by role \
                 \"{grantor}\""
            )
        } else {
            format!("role \"{member}\" is already a member of role \"{role}\"")
        };
        context.notice(Notice::notice(message));
        return;
    }
    let inherits = catalog.get::<PgAuthid>(member).is_none_or(|row| row.rolinherit);
    let oid = context.catalog.new_oid();
    context.catalog.put(PgAuthMembers {
        oid,
        roleid: role,
        member,
        grantor,
        admin_option: options.admin.unwrap_or(false),
        inherit_option: options.inherit.unwrap_or(inherits),
        set_option: options.set.unwrap_or(true),
    });
    let referenced = ObjectAddress::new(Class::Authid, grantor);
    if !is_object_pinned(referenced) {
        let dependent = ObjectAddress::new(Class::AuthMembers, oid);
        context.catalog.add_dependency(DependEntry {
            dependent,
            referenced,
            kind: DependType::Acl,
        });
    }
}

/// PostgreSQL: DelRoleMems.
pub fn del_role_mems(
    context: &mut Context,
    role: Oid,
    members: &[Oid],
    grantor: Oid,
    options: GrantRoleOptions,
    behavior: DropBehavior,
) -> PgResult<()> {
    if members.is_empty() {
        return Ok(());
    }
    let grantor = check_role_grantor(context, role, grantor, false)?;
    for member in members {
        let catalog = &*context.catalog;
        let Some(grant) = find_grant(catalog, role, *member, grantor) else {
            let (member, role) = (role_name(catalog, *member), role_name(catalog, role));
            let message = if catalog.version().major() >= 16 {
                let grantor = role_name(catalog, grantor);
                format!(
                    "role \"{member}\" has not been granted membership in role \"{role}\" by role \
                     \"{grantor}\""
                )
            } else {
                format!("role \"{member}\" is not a member of role \"{role}\"")
            };
            context.notice(Notice::warning(sqlstate::WARNING, message));
            continue;
        };
        revoke_one(context, &grant.clone(), options, behavior)?;
    }
    Ok(())
}

/// Takes a membership or one of its options away, and what rested on its ADMIN option (PostgreSQL: plan_single_revoke).
fn revoke_one(
    context: &mut Context,
    grant: &PgAuthMembers,
    options: GrantRoleOptions,
    behavior: DropBehavior,
) -> PgResult<()> {
    let only_options =
        options.admin.is_some() || options.inherit.is_some() || options.set.is_some();
    if grant.admin_option && (options.admin.is_some() || !only_options) {
        revoke_dependents(context, grant, behavior)?;
    }
    if !only_options {
        remove_membership(context.catalog, grant.oid);
        return Ok(());
    }
    let mut new = grant.clone();
    new.admin_option &= options.admin.is_none();
    new.inherit_option &= options.inherit.is_none();
    new.set_option &= options.set.is_none();
    context.catalog.put(new);
    Ok(())
}

/// What the member granted by means of the ADMIN option that it loses (PostgreSQL: plan_recursive_revoke).
fn revoke_dependents(
    context: &mut Context,
    grant: &PgAuthMembers,
    behavior: DropBehavior,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let has_another = catalog
        .find_all::<PgAuthMembers>(&grant.roleid)
        .any(|row| row.member == grant.member && row.oid != grant.oid && row.admin_option);
    if has_another {
        return Ok(());
    }
    let dependents: Vec<PgAuthMembers> = catalog
        .find_all::<PgAuthMembers>(&grant.roleid)
        .filter(|row| row.grantor == grant.member && row.oid != grant.oid)
        .map(|row| row.as_ref().clone())
        .collect();
    if dependents.is_empty() {
        return Ok(());
    }
    if behavior == DropBehavior::DropRestrict {
        return Err(PgError::new(
            sqlstate::DEPENDENT_OBJECTS_STILL_EXIST,
            "dependent privileges exist",
        )
        .hint("Use CASCADE to revoke them too.")
        .into());
    }
    for dependent in dependents {
        if context.catalog.get::<PgAuthMembers>(dependent.oid).is_some() {
            revoke_one(context, &dependent, GrantRoleOptions::default(), behavior)?;
        }
    }
    Ok(())
}
