//! Roles: CREATE, ALTER, DROP, RENAME, and who is in charge of them (PostgreSQL: commands/user.c).

use crate::catalog::aclchk::{self, has_privs_of_role, is_admin_of_role, superuser_arg};
use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::namespace::{get_database_oid, get_role_oid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::commands::Context;
use crate::commands::dbcommands::assume_database;
use crate::commands::define::{conflicting_def_elem, def_name};
use crate::commands::dependency::{delete_comments, is_object_pinned};
use crate::commands::objectaddress::get_object_description;
use crate::commands::role_settings::alter_setting;
use crate::commands::rolemembers::{
    GrantRoleOptions, add_role_mems, del_role_mems, grant_to_members, role_specs_to_ids,
};
use crate::commands::support::superuser;
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{
    AlterRoleSetStmt, AlterRoleStmt, CreateRoleStmt, DefElem, DropBehavior, DropRoleStmt, Node,
    RoleSpec, RoleSpecType, RoleStmtType,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// The role that a statement names (PostgreSQL: get_rolespec_oid; `missing_ok` gives InvalidOid).
pub fn get_rolespec_oid(context: &Context, role: &RoleSpec, missing_ok: bool) -> PgResult<Oid> {
    match aclchk::get_rolespec_oid(&context.shared(), role) {
        Err(_) if missing_ok => Ok(Oid::INVALID),
        found => found,
    }
}

/// The name of a role, for messages.
pub fn role_name(catalog: &Catalog, role: Oid) -> Name {
    catalog.get::<PgAuthid>(role).map_or(Name::default(), |row| row.rolname.clone())
}

/// The options that CREATE and ALTER ROLE share; None where one is not given.
#[derive(Default)]
struct RoleOptions<'a> {
    password: Option<Option<&'a str>>,
    superuser: Option<bool>,
    inherit: Option<bool>,
    createrole: Option<bool>,
    createdb: Option<bool>,
    canlogin: Option<bool>,
    replication: Option<bool>,
    bypassrls: Option<bool>,
    connlimit: Option<i32>,
    valid_until: Option<&'a str>,
    add_role_to: &'a [Node],
    members: Option<&'a [Node]>,
    admin_members: &'a [Node],
}

fn read_options<'a>(context: &Context, nodes: &'a [Node]) -> PgResult<RoleOptions<'a>> {
    let mut options = RoleOptions::default();
    let mut seen: Vec<&str> = Vec::new();
    for node in nodes {
        let Node::DefElem(def) = node else { continue };
        let name = def_name(def);
        if name == "sysid" {
            context.notice(Notice::notice("SYSID can no longer be specified"));
            continue;
        }
        if seen.contains(&name) {
            return Err(conflicting_def_elem(def));
        }
        seen.push(name);
        let list = || def.arg.as_ref().map_or(&[][..], Node::list);
        match name {
            "password" => options.password = Some(def.arg.as_ref().map(Node::str_val)),
            "superuser" => options.superuser = flag(def),
            "inherit" => options.inherit = flag(def),
            "createrole" => options.createrole = flag(def),
            "createdb" => options.createdb = flag(def),
            "canlogin" => options.canlogin = flag(def),
            "isreplication" => options.replication = flag(def),
            "bypassrls" => options.bypassrls = flag(def),
            "connectionlimit" => options.connlimit = def.arg.as_ref().and_then(Node::int_val),
            "validUntil" => options.valid_until = def.arg.as_ref().map(Node::str_val),
            "addroleto" => options.add_role_to = list(),
            "rolemembers" => options.members = Some(list()),
            // What is left is "adminmembers".
            _ => options.admin_members = list(),
        }
    }
    if let Some(limit) = options.connlimit.filter(|limit| *limit < -1) {
        return Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!("invalid connection limit: {limit}"),
        )
        .into());
    }
    Ok(options)
}

fn flag(def: &DefElem) -> Option<bool> {
    match &def.arg {
        Some(Node::Boolean(value)) => Some(*value),
        Some(other) => other.int_val().map(|value| value != 0),
        None => Some(true),
    }
}

pub(super) fn denied(message: impl Into<String>, detail: impl Into<String>) -> PgError {
    PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message).detail(detail)
}

fn attribute(context: &Context, has: impl Fn(&PgAuthid) -> bool) -> bool {
    superuser(context)
        || context.catalog.get::<PgAuthid>(context.session.current_user).is_some_and(|row| has(row))
}

/// Refuses names that are the system's own.
fn check_reserved(name: &str) -> PgResult<()> {
    if !name.starts_with("pg_") {
        return Ok(());
    }
    Err(PgError::new(sqlstate::RESERVED_NAME, format!("role name \"{name}\" is reserved"))
        .detail("Role names starting with \"pg_\" are reserved.")
        .into())
}

/// Refuses to change the predefined roles (PostgreSQL: check_rolespec_name).
fn check_rolespec_name(role: &RoleSpec, detail: &str) -> PgResult<()> {
    let name = role.rolename.as_deref().unwrap_or_default();
    if role.roletype != RoleSpecType::RolespecCstring || !name.starts_with("pg_") {
        return Ok(());
    }
    Err(PgError::new(sqlstate::RESERVED_NAME, format!("role name \"{name}\" is reserved"))
        .detail(detail)
        .into())
}

/// CREATE ROLE, USER and GROUP (PostgreSQL: CreateRole).
pub fn create_role(context: &mut Context, stmt: &CreateRoleStmt) -> PgResult<()> {
    let name = stmt.role.as_deref().unwrap_or_default();
    let options = read_options(context, &stmt.options)?;
    check_may_create(context, &options)?;
    check_reserved(name)?;
    if get_role_oid(context.catalog, name, true)?.is_some() {
        return Err(duplicate_role(name).into());
    }
    let user = context.session.current_user;
    let oid = context.catalog.new_oid();
    let is_user = stmt.stmt_type == RoleStmtType::RolestmtUser;
    context.catalog.put(PgAuthid {
        oid,
        rolname: Name::new(name),
        rolsuper: options.superuser.unwrap_or(false),
        rolinherit: options.inherit.unwrap_or(true),
        rolcreaterole: options.createrole.unwrap_or(false),
        rolcreatedb: options.createdb.unwrap_or(false),
        rolcanlogin: options.canlogin.unwrap_or(is_user),
        rolreplication: options.replication.unwrap_or(false),
        rolbypassrls: options.bypassrls.unwrap_or(false),
        rolconnlimit: options.connlimit.unwrap_or(-1),
        rolpassword: password(context, options.password),
        rolvaliduntil: options.valid_until.map(Into::into),
    });
    let plain = GrantRoleOptions::default();
    for node in options.add_role_to {
        let Node::RoleSpec(role) = node else { continue };
        let group = get_rolespec_oid(context, role, false)?;
        super::rolemembers::check_role_membership_authorization(context, group, true)?;
        add_role_mems(context, group, &[oid], Oid::INVALID, plain)?;
    }
    if !superuser(context) {
        let own = GrantRoleOptions { admin: Some(true), inherit: Some(false), set: Some(false) };
        grant_to_members(context, oid, &[user], fixed::BOOTSTRAP_SUPERUSERID, own)?;
        if let Some(options) = self_grant_options(context) {
            grant_to_members(context, oid, &[user], user, options)?;
        }
    }
    let members = role_specs_to_ids(context, options.members.unwrap_or_default())?;
    add_role_mems(context, oid, &members, Oid::INVALID, plain)?;
    let admins = role_specs_to_ids(context, options.admin_members)?;
    let with_admin = GrantRoleOptions { admin: Some(true), ..plain };
    add_role_mems(context, oid, &admins, Oid::INVALID, with_admin)
}

/// What createrole_self_grant says; None when it says nothing (PostgreSQL: assign_createrole_self_grant).
fn self_grant_options(context: &Context) -> Option<GrantRoleOptions> {
    let value = context.session.get("createrole_self_grant")?;
    let has = |wanted: &str| value.split(',').any(|item| item.trim().eq_ignore_ascii_case(wanted));
    let (inherit, set) = (has("inherit"), has("set"));
    (inherit || set).then_some(GrantRoleOptions {
        admin: Some(false),
        inherit: Some(inherit),
        set: Some(set),
    })
}

fn duplicate_role(name: &str) -> PgError {
    PgError::new(sqlstate::DUPLICATE_OBJECT, format!("role \"{name}\" already exists"))
}

fn check_may_create(context: &Context, options: &RoleOptions) -> PgResult<()> {
    if superuser(context) {
        return Ok(());
    }
    let message = "permission denied to create role";
    if !attribute(context, |row| row.rolcreaterole) {
        let detail = "Only roles with the CREATEROLE attribute may create roles.";
        return Err(denied(message, detail).into());
    }
    let wanted = [
        (options.superuser, false, "SUPERUSER"),
        (options.createdb, attribute(context, |row| row.rolcreatedb), "CREATEDB"),
        (options.replication, attribute(context, |row| row.rolreplication), "REPLICATION"),
        (options.bypassrls, attribute(context, |row| row.rolbypassrls), "BYPASSRLS"),
    ];
    for (option, allowed, name) in wanted {
        if option == Some(true) && !allowed {
            let detail = format!(
                "Only roles with the {name} attribute may create roles with the {name} attribute."
            );
            return Err(denied(message, detail).into());
        }
    }
    Ok(())
}

/// What is kept of a password: that there is one. It is said when it is none or a weak one.
fn password(context: &Context, password: Option<Option<&str>>) -> Option<std::sync::Arc<str>> {
    let text = password.flatten()?;
    if text.is_empty() {
        context.notice(Notice::notice("empty string is not a valid password, clearing password"));
        return None;
    }
    let is_md5 = text.len() == 35
        && text.starts_with("md5")
        && text[3..].bytes().all(|byte| byte.is_ascii_hexdigit());
    let warns = context.session.flag("md5_password_warnings", true);
    if is_md5 && warns && context.catalog.version().major() >= 18 {
        let mut notice = Notice::warning(
            sqlstate::WARNING_DEPRECATED_FEATURE,
            "setting an MD5-encrypted password",
        );
        notice.detail = Some(
            "MD5 password support is deprecated and will be removed in a future release of \
             PostgreSQL."
                .to_string(),
        );
        notice.hint = Some(
            "Refer to the PostgreSQL documentation for details about migrating to another \
             password type."
                .to_string(),
        );
        context.notice(notice);
    }
    Some(if is_md5 { text.into() } else { "********".into() })
}

/// ALTER ROLE, USER and GROUP (PostgreSQL: AlterRole).
pub fn alter_role(context: &mut Context, stmt: &AlterRoleStmt) -> PgResult<()> {
    let Some(role) = &stmt.role else { return Ok(()) };
    check_rolespec_name(role, "Cannot alter reserved roles.")?;
    let options = read_options(context, &stmt.options)?;
    let oid = get_rolespec_oid(context, role, false)?;
    check_may_alter(context, oid, &options)?;
    let stored = options.password.map(|text| password(context, Some(text)));
    context.catalog.update::<PgAuthid>(oid, |row| {
        row.rolsuper = options.superuser.unwrap_or(row.rolsuper);
        row.rolinherit = options.inherit.unwrap_or(row.rolinherit);
        row.rolcreaterole = options.createrole.unwrap_or(row.rolcreaterole);
        row.rolcreatedb = options.createdb.unwrap_or(row.rolcreatedb);
        row.rolcanlogin = options.canlogin.unwrap_or(row.rolcanlogin);
        row.rolreplication = options.replication.unwrap_or(row.rolreplication);
        row.rolbypassrls = options.bypassrls.unwrap_or(row.rolbypassrls);
        row.rolconnlimit = options.connlimit.unwrap_or(row.rolconnlimit);
        if let Some(password) = stored {
            row.rolpassword = password;
        }
        if let Some(until) = options.valid_until {
            row.rolvaliduntil = Some(until.into());
        }
    });
    if let Some(members) = options.members {
        let members = role_specs_to_ids(context, members)?;
        let plain = GrantRoleOptions::default();
        if stmt.action > 0 {
            add_role_mems(context, oid, &members, Oid::INVALID, plain)?;
        } else {
            let restrict = DropBehavior::DropRestrict;
            del_role_mems(context, oid, &members, Oid::INVALID, plain, restrict)?;
        }
    }
    Ok(())
}

fn check_may_alter(context: &Context, oid: Oid, options: &RoleOptions) -> PgResult<()> {
    if superuser(context) {
        if options.superuser == Some(false) && oid == fixed::BOOTSTRAP_SUPERUSERID {
            return Err(denied(
                "permission denied to alter role",
                "The bootstrap superuser must have the SUPERUSER attribute.",
            )
            .into());
        }
        return Ok(());
    }
    let message = "permission denied to alter role";
    let user = context.session.current_user;
    if options.superuser.is_some() || superuser_arg(context.catalog, oid) {
        let detail = if superuser_arg(context.catalog, oid) {
            "Only roles with the SUPERUSER attribute may alter roles with the SUPERUSER attribute."
        } else {
            "Only roles with the SUPERUSER attribute may change the SUPERUSER attribute."
        };
        return Err(denied(message, detail).into());
    }
    let administers =
        attribute(context, |row| row.rolcreaterole) && is_admin_of_role(context.catalog, user, oid);
    let only_own_password = oid == user
        && options.password.is_some()
        && options.inherit.is_none()
        && options.createrole.is_none()
        && options.createdb.is_none()
        && options.canlogin.is_none()
        && options.replication.is_none()
        && options.bypassrls.is_none()
        && options.connlimit.is_none()
        && options.valid_until.is_none();
    if !administers && !only_own_password {
        let name = role_name(context.catalog, oid);
        let detail = format!(
            "Only roles with the CREATEROLE attribute and the ADMIN option on role \"{name}\" may \
             alter this role."
        );
        return Err(denied(message, detail).into());
    }
    let wanted = [
        (options.createdb, attribute(context, |row| row.rolcreatedb), "CREATEDB"),
        (options.replication, attribute(context, |row| row.rolreplication), "REPLICATION"),
        (options.bypassrls, attribute(context, |row| row.rolbypassrls), "BYPASSRLS"),
    ];
    for (option, allowed, name) in wanted {
        if option.is_some() && !allowed {
            let detail =
                format!("Only roles with the {name} attribute may change the {name} attribute.");
            return Err(denied(message, detail).into());
        }
    }
    Ok(())
}

/// ALTER ROLE … SET (PostgreSQL: AlterRoleSet).
pub fn alter_role_set(context: &mut Context, stmt: &AlterRoleSetStmt) -> PgResult<()> {
    let mut role_oid = Oid::INVALID;
    if let Some(role) = &stmt.role {
        check_rolespec_name(role, "Cannot alter reserved roles.")?;
        role_oid = get_rolespec_oid(context, role, false)?;
        check_may_set(context, role_oid)?;
    }
    let mut database = Oid::INVALID;
    if let Some(name) = &stmt.database {
        assume_database(context, name);
        database = get_database_oid(context.catalog, name, false)?.unwrap_or(Oid::INVALID);
    }
    if stmt.role.is_none() && stmt.database.is_none() && !superuser(context) {
        let detail = "Only roles with the SUPERUSER attribute may alter settings globally.";
        return Err(denied("permission denied to alter setting", detail).into());
    }
    match &stmt.setstmt {
        Some(set) => alter_setting(context, database, role_oid, set),
        None => Ok(()),
    }
}

fn check_may_set(context: &Context, role: Oid) -> PgResult<()> {
    if superuser(context) {
        return Ok(());
    }
    let message = "permission denied to alter role";
    if superuser_arg(context.catalog, role) {
        let detail =
            "Only roles with the SUPERUSER attribute may alter roles with the SUPERUSER attribute.";
        return Err(denied(message, detail).into());
    }
    let user = context.session.current_user;
    let administers = attribute(context, |row| row.rolcreaterole)
        && is_admin_of_role(context.catalog, user, role);
    if administers || role == user {
        return Ok(());
    }
    let name = role_name(context.catalog, role);
    Err(denied(
        message,
        format!(
            "Only roles with the CREATEROLE attribute and the ADMIN option on role \"{name}\" may \
             alter this role."
        ),
    )
    .into())
}

/// DROP ROLE, USER and GROUP (PostgreSQL: DropRole).
pub fn drop_role(context: &mut Context, stmt: &DropRoleStmt) -> PgResult<()> {
    if !attribute(context, |row| row.rolcreaterole) {
        return Err(denied(
            "permission denied to drop role",
            "Only roles with the CREATEROLE attribute and the ADMIN option on the target roles \
             may drop roles.",
        )
        .into());
    }
    let mut dropped: Vec<Oid> = Vec::with_capacity(stmt.roles.len());
    for node in &stmt.roles {
        let Node::RoleSpec(role) = node else { continue };
        if role.roletype != RoleSpecType::RolespecCstring {
            return Err(PgError::new(
                sqlstate::INVALID_PARAMETER_VALUE,
                "cannot use special role specifier in DROP ROLE",
            )
            .into());
        }
        let name = role.rolename.as_deref().unwrap_or_default();
        let Some(oid) = get_role_oid(context.catalog, name, stmt.missing_ok)? else {
            context.notice(Notice::notice(format!("role \"{name}\" does not exist, skipping")));
            continue;
        };
        check_may_drop(context, oid, name)?;
        if dropped.contains(&oid) {
            continue;
        }
        remove_memberships(context, oid);
        dropped.push(oid);
    }
    for oid in dropped {
        drop_one(context, oid)?;
    }
    Ok(())
}

fn check_may_drop(context: &Context, oid: Oid, name: &str) -> PgResult<()> {
    let in_use = |message: &str| Err(PgError::new(sqlstate::OBJECT_IN_USE, message).into());
    if oid == context.session.current_user {
        return in_use("current user cannot be dropped");
    }
    if oid == context.session.session_user {
        return in_use("session user cannot be dropped");
    }
    let message = "permission denied to drop role";
    let is_super = context.catalog.get::<PgAuthid>(oid).is_some_and(|row| row.rolsuper);
    if is_super && !superuser(context) {
        let detail =
            "Only roles with the SUPERUSER attribute may drop roles with the SUPERUSER attribute.";
        return Err(denied(message, detail).into());
    }
    if !is_admin_of_role(context.catalog, context.session.current_user, oid) {
        let detail = format!(
            "Only roles with the CREATEROLE attribute and the ADMIN option on role \"{name}\" may \
             drop this role."
        );
        return Err(denied(message, detail).into());
    }
    Ok(())
}

/// The memberships that a role's going takes along.
fn remove_memberships(context: &mut Context, role: Oid) {
    let catalog = &mut *context.catalog;
    let mut rows: Vec<Oid> = catalog.find_all::<PgAuthMembers>(&role).map(|row| row.oid).collect();
    rows.extend(catalog.find_second::<PgAuthMembers>(role).map(|row| row.oid));
    for row in rows {
        remove_membership(catalog, row);
    }
}

/// Takes one membership away with what is recorded about it.
pub(super) fn remove_membership(catalog: &mut Catalog, row: Oid) {
    let address = ObjectAddress::new(Class::AuthMembers, row);
    let entries: Vec<DependEntry> = catalog.depend().references_of(address).collect();
    entries.into_iter().for_each(|entry| catalog.remove_dependency(entry));
    catalog.remove::<PgAuthMembers>(row);
}

fn drop_one(context: &mut Context, oid: Oid) -> PgResult<()> {
    let address = ObjectAddress::new(Class::Authid, oid);
    let name = role_name(context.catalog, oid);
    if is_object_pinned(address) {
        return Err(PgError::new(
            sqlstate::DEPENDENT_OBJECTS_STILL_EXIST,
            format!("cannot drop role {name} because it is required by the database system"),
        )
        .into());
    }
    if let Some(detail) = check_shared_dependencies(context, address) {
        return Err(PgError::new(
            sqlstate::DEPENDENT_OBJECTS_STILL_EXIST,
            format!("role \"{name}\" cannot be dropped because some objects depend on it"),
        )
        .detail(detail)
        .into());
    }
    delete_comments(context.catalog, address);
    let settings: Vec<Oid> = context
        .catalog
        .iter::<PgDbRoleSetting>()
        .filter(|row| row.setrole == oid)
        .map(|row| row.oid)
        .collect();
    settings.into_iter().for_each(|row| context.catalog.remove::<PgDbRoleSetting>(row));
    context.catalog.remove::<PgAuthid>(oid);
    Ok(())
}

/// What still depends on a shared object, a line each, lower oids first; None when nothing does (PostgreSQL:
/// checkSharedDependencies, catalog/pg_shdepend.c).
pub fn check_shared_dependencies(context: &Context, shared: ObjectAddress) -> Option<String> {
    const MAX_REPORTED_DEPS: usize = 100;
    let mut entries: Vec<DependEntry> = context.catalog.depend().dependents_of(shared).collect();
    entries.sort_by_key(|entry| {
        let dependent = entry.dependent;
        (dependent.object, dependent.class, dependent.sub.cast_unsigned(), entry.kind)
    });
    let mut lines: Vec<String> = Vec::new();
    for entry in &entries {
        let relation = match entry.kind {
            DependType::Owner => "owner of",
            DependType::Acl => "privileges for",
            DependType::Policy => "target of",
            DependType::Tablespace => "tablespace for",
            // The other kinds never point to a shared object.
            _ => continue,
        };
        let object = get_object_description(context.catalog, &context.path, entry.dependent);
        lines.push(format!("{relation} {}", object.unwrap_or_default()));
    }
    if lines.is_empty() {
        return None;
    }
    let unreported = lines.len().saturating_sub(MAX_REPORTED_DEPS);
    lines.truncate(MAX_REPORTED_DEPS);
    let mut detail = lines.join("\n");
    if unreported > 0 {
        let plural = if unreported == 1 { "" } else { "s" };
        detail.push_str(&format!(
            "\nand {unreported} other object{plural} (see server log for list)"
        ));
    }
    Some(detail)
}

/// ALTER ROLE … RENAME TO (PostgreSQL: RenameRole).
pub fn rename_role(context: &mut Context, old: &str, new: &str) -> PgResult<ObjectAddress> {
    let oid = get_role_oid(context.catalog, old, false)?.unwrap_or(Oid::INVALID);
    let refused =
        |message: &str| Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
    if oid == context.session.session_user {
        return refused("session user cannot be renamed");
    }
    if oid == context.session.current_user {
        return refused("current user cannot be renamed");
    }
    check_reserved(old)?;
    check_reserved(new)?;
    if get_role_oid(context.catalog, new, true)?.is_some() {
        return Err(duplicate_role(new).into());
    }
    check_may_rename(context, oid)?;
    let had_md5 = context
        .catalog
        .get::<PgAuthid>(oid)
        .and_then(|row| row.rolpassword.clone())
        .is_some_and(|password| password.starts_with("md5"));
    if had_md5 {
        context.notice(Notice::notice("MD5 password cleared because of role rename"));
    }
    context.catalog.update::<PgAuthid>(oid, |row| {
        row.rolname = Name::new(new);
        if had_md5 {
            row.rolpassword = None;
        }
    });
    Ok(ObjectAddress::new(Class::Authid, oid))
}

fn check_may_rename(context: &Context, oid: Oid) -> PgResult<()> {
    if superuser(context) {
        return Ok(());
    }
    let message = "permission denied to rename role";
    if superuser_arg(context.catalog, oid) {
        let detail = "Only roles with the SUPERUSER attribute may rename roles with the SUPERUSER \
                      attribute.";
        return Err(denied(message, detail).into());
    }
    let user = context.session.current_user;
    let administers =
        attribute(context, |row| row.rolcreaterole) && is_admin_of_role(context.catalog, user, oid);
    if administers {
        return Ok(());
    }
    let name = role_name(context.catalog, oid);
    Err(denied(
        message,
        format!(
            "Only roles with the CREATEROLE attribute and the ADMIN option on role \"{name}\" may \
             rename this role."
        ),
    )
    .into())
}

/// Refuses to one who has not the privileges of the roles whose objects are dropped or given away.
pub fn check_privileges_of(context: &Context, role: Oid, what: &str) -> PgResult<()> {
    if has_privs_of_role(context.catalog, context.session.current_user, role) {
        return Ok(());
    }
    let name = role_name(context.catalog, role);
    Err(denied(
        format!("permission denied to {what} objects"),
        format!("Only roles with privileges of role \"{name}\" may {what} objects owned by it."),
    )
    .into())
}
