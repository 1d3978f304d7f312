//! CREATE, ALTER, DROP DATABASE (PostgreSQL: commands/dbcommands.c).

use crate::catalog::PgAuthid;
use crate::catalog::PgDatabase;
use crate::catalog::aclchk::{aclcheck_error_not_owner, check_can_set_role, object_ownercheck};
use crate::catalog::depend::DependEntry;
use crate::catalog::namespace::{get_database_oid, get_role_oid, get_tablespace_oid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::commands::Context;
use crate::commands::define::{
    conflicting_def_elem, def_get_boolean, def_get_int32, def_get_string, def_name,
};
use crate::commands::dependency::{delete_comments, record_dependency_on_owner};
use crate::commands::role_settings::alter_setting;
use crate::commands::support::{prevent_in_transaction_block, superuser};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{
    AlterDatabaseSetStmt, AlterDatabaseStmt, CreatedbStmt, DefElem, DropdbStmt, Node, ObjectType,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

const CREATE_OPTIONS: [&str; 18] = [
    "tablespace",
    "owner",
    "template",
    "encoding",
    "locale",
    "builtin_locale",
    "lc_collate",
    "lc_ctype",
    "icu_locale",
    "icu_rules",
    "locale_provider",
    "is_template",
    "allow_connections",
    "connection_limit",
    "collation_version",
    "location",
    "oid",
    "strategy",
];

fn def_elems(nodes: &[Node]) -> impl Iterator<Item = &DefElem> {
    nodes.iter().filter_map(|node| match node {
        Node::DefElem(def) => Some(def.as_ref()),
        // Lists of options hold nothing else.
        _ => None,
    })
}

/// Refuses options that are unknown or given twice.
fn check_options(nodes: &[Node], known: &[&str]) -> PgResult<()> {
    let mut seen: Vec<&str> = Vec::new();
    for def in def_elems(nodes) {
        let name = def_name(def);
        if seen.contains(&name) {
            return Err(conflicting_def_elem(def));
        }
        if !known.contains(&name) {
            return Err(PgError::new(
                sqlstate::SYNTAX_ERROR,
                format!("option \"{name}\" not recognized"),
            )
            .at(def.location.0)
            .into());
        }
        seen.push(name);
    }
    Ok(())
}

fn check_connection_limit(limit: i32) -> PgResult<()> {
    if limit >= -1 {
        return Ok(());
    }
    Err(PgError::new(
        sqlstate::INVALID_PARAMETER_VALUE,
        format!("invalid connection limit: {limit}"),
    )
    .into())
}

/// The option's text, if it is given and is not DEFAULT.
fn text_option(nodes: &[Node], name: &str) -> PgResult<Option<String>> {
    match def_elems(nodes).find(|def| def_name(def) == name && def.arg.is_some()) {
        Some(def) => def_get_string(def).map(Some),
        None => Ok(None),
    }
}

/// CREATE DATABASE (PostgreSQL: createdb). What depends on the server's machine, such as its locales, is taken to fit.
pub fn createdb(context: &mut Context, stmt: &CreatedbStmt) -> PgResult<()> {
    prevent_in_transaction_block(context, "CREATE DATABASE")?;
    let name = stmt.dbname.as_deref().unwrap_or_default();
    check_options(&stmt.options, &CREATE_OPTIONS)?;
    let user = context.session.current_user;
    let owner = match text_option(&stmt.options, "owner")? {
        Some(owner) => get_role_oid(context.catalog, &owner, false)?.unwrap_or(user),
        None => user,
    };
    let connlimit = match def_elems(&stmt.options).find(|def| def_name(def) == "connection_limit") {
        Some(def) => def_get_int32(def)?,
        None => -1,
    };
    check_connection_limit(connlimit)?;
    let may = context.catalog.get::<PgAuthid>(user).is_some_and(|row| row.rolcreatedb);
    if !superuser(context) && !may {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            "permission denied to create database",
        )
        .into());
    }
    check_can_set_role(context.catalog, user, owner)?;
    let template = text_option(&stmt.options, "template")?.unwrap_or("template1".to_string());
    let Some(source) = context.catalog.find::<PgDatabase>(&Name::new(&template)).cloned() else {
        return Err(PgError::new(
            sqlstate::INVALID_CATALOG_NAME,
            format!("template database \"{template}\" does not exist"),
        )
        .into());
    };
    let tablespace = match text_option(&stmt.options, "tablespace")? {
        Some(name) => get_tablespace_oid(context.catalog, &name, false)?,
        None => Some(source.dattablespace),
    };
    if context.catalog.find::<PgDatabase>(&Name::new(name)).is_some() {
        return Err(duplicate_database(name).into());
    }
    let flag = |wanted: &str, default: bool| -> PgResult<bool> {
        match def_elems(&stmt.options).find(|def| def_name(def) == wanted) {
            Some(def) => def_get_boolean(def),
            None => Ok(default),
        }
    };
    let (datistemplate, datallowconn) =
        (flag("is_template", false)?, flag("allow_connections", true)?);
    let oid = context.catalog.new_oid();
    let locale = text_option(&stmt.options, "locale")?;
    let collate = text_option(&stmt.options, "lc_collate")?.or_else(|| locale.clone());
    let ctype = text_option(&stmt.options, "lc_ctype")?.or(locale);
    context.catalog.put(PgDatabase {
        oid,
        datname: Name::new(name),
        datdba: owner,
        datistemplate,
        datallowconn,
        datconnlimit: connlimit,
        dattablespace: tablespace.unwrap_or(fixed::DEFAULT_TABLESPACE_OID),
        datcollate: collate.map_or_else(|| source.datcollate.clone(), Into::into),
        datctype: ctype.map_or_else(|| source.datctype.clone(), Into::into),
        datacl: None,
        ..source.as_ref().clone()
    });
    let address = ObjectAddress::new(Class::Database, oid);
    record_dependency_on_owner(context.catalog, address, owner);
    Ok(())
}

fn duplicate_database(name: &str) -> PgError {
    PgError::new(sqlstate::DUPLICATE_DATABASE, format!("database \"{name}\" already exists"))
}

/// The input's own database has a name that only its target knows: the first unknown one that a command grants on, sets
/// or alters is taken to be it, unless the input makes databases itself.
pub(super) fn assume_database(context: &mut Context, name: &str) {
    const STOCK: [&str; 3] = ["postgres", "template0", "template1"];
    let known = |row: &PgDatabase| row.datname.as_str() == name;
    let own = |row: &PgDatabase| !STOCK.contains(&row.datname.as_str());
    if context.catalog.iter::<PgDatabase>().any(|row| known(row) || own(row)) {
        return;
    }
    let Some(connected) = context.catalog.get::<PgDatabase>(context.session.database).cloned()
    else {
        return;
    };
    let oid = context.catalog.new_oid();
    context.catalog.put(PgDatabase { oid, datname: Name::new(name), ..connected.as_ref().clone() });
}

/// The database that a command names, if the current role owns it.
fn owned_database(context: &Context, name: &str) -> PgResult<Oid> {
    let oid = get_database_oid(context.catalog, name, false)?.unwrap_or(Oid::INVALID);
    let address = ObjectAddress::new(Class::Database, oid);
    if object_ownercheck(context.catalog, address, context.session.current_user) {
        return Ok(oid);
    }
    Err(aclcheck_error_not_owner(ObjectType::ObjectDatabase, name).into())
}

/// DROP DATABASE (PostgreSQL: dropdb).
pub fn dropdb(context: &mut Context, stmt: &DropdbStmt) -> PgResult<()> {
    prevent_in_transaction_block(context, "DROP DATABASE")?;
    let name = stmt.dbname.as_deref().unwrap_or_default();
    if get_database_oid(context.catalog, name, stmt.missing_ok)?.is_none() {
        context.notice(Notice::notice(format!("database \"{name}\" does not exist, skipping")));
        return Ok(());
    }
    let oid = owned_database(context, name)?;
    if oid == context.session.database {
        return Err(PgError::new(
            sqlstate::OBJECT_IN_USE,
            "cannot drop the currently open database",
        )
        .into());
    }
    if context.catalog.get::<PgDatabase>(oid).is_some_and(|row| row.datistemplate) {
        return Err(
            PgError::new(sqlstate::WRONG_OBJECT_TYPE, "cannot drop a template database").into()
        );
    }
    let address = ObjectAddress::new(Class::Database, oid);
    delete_comments(context.catalog, address);
    let entries: Vec<DependEntry> = context.catalog.depend().references_of(address).collect();
    entries.into_iter().for_each(|entry| context.catalog.remove_dependency(entry));
    let settings: Vec<Oid> = context
        .catalog
        .iter::<crate::catalog::PgDbRoleSetting>()
        .filter(|row| row.setdatabase == oid)
        .map(|row| row.oid)
        .collect();
    for row in settings {
        context.catalog.remove::<crate::catalog::PgDbRoleSetting>(row);
    }
    context.catalog.remove::<PgDatabase>(oid);
    Ok(())
}

/// ALTER DATABASE with options (PostgreSQL: AlterDatabase).
pub fn alter_database(context: &mut Context, stmt: &AlterDatabaseStmt) -> PgResult<()> {
    let name = stmt.dbname.as_deref().unwrap_or_default();
    let known = ["is_template", "allow_connections", "connection_limit", "tablespace"];
    check_options(&stmt.options, &known)?;
    if let Some(tablespace) = text_option(&stmt.options, "tablespace")? {
        prevent_in_transaction_block(context, "ALTER DATABASE SET TABLESPACE")?;
        assume_database(context, name);
        let oid = owned_database(context, name)?;
        let tablespace = get_tablespace_oid(context.catalog, &tablespace, false)?;
        if oid == context.session.database {
            return Err(PgError::new(
                sqlstate::OBJECT_IN_USE,
                "cannot change the tablespace of the currently open database",
            )
            .into());
        }
        if let Some(tablespace) = tablespace {
            context.catalog.update::<PgDatabase>(oid, |row| row.dattablespace = tablespace);
        }
        return Ok(());
    }
    assume_database(context, name);
    let oid = owned_database(context, name)?;
    for def in def_elems(&stmt.options) {
        match def_name(def) {
            "connection_limit" => {
                let limit = def_get_int32(def)?;
                check_connection_limit(limit)?;
                context.catalog.update::<PgDatabase>(oid, |row| row.datconnlimit = limit);
            }
            "is_template" => {
                let value = def_get_boolean(def)?;
                context.catalog.update::<PgDatabase>(oid, |row| row.datistemplate = value);
            }
            // What is left is "allow_connections".
            _ => {
                let value = def_get_boolean(def)?;
                if !value && oid == context.session.database {
                    return Err(PgError::new(
                        sqlstate::INVALID_PARAMETER_VALUE,
                        "cannot disallow connections for current database",
                    )
                    .into());
                }
                context.catalog.update::<PgDatabase>(oid, |row| row.datallowconn = value);
            }
        }
    }
    Ok(())
}

/// ALTER DATABASE … SET (PostgreSQL: AlterDatabaseSet).
pub fn alter_database_set(context: &mut Context, stmt: &AlterDatabaseSetStmt) -> PgResult<()> {
    let oid = owned_database(context, stmt.dbname.as_deref().unwrap_or_default())?;
    match &stmt.setstmt {
        Some(set) => alter_setting(context, oid, Oid::INVALID, set),
        None => Ok(()),
    }
}

/// ALTER DATABASE … REFRESH COLLATION VERSION (PostgreSQL: AlterDatabaseRefreshColl).
pub fn alter_database_refresh_coll(context: &mut Context, name: &str) -> PgResult<()> {
    owned_database(context, name)?;
    context.notice(Notice::notice("version has not changed"));
    Ok(())
}

/// ALTER DATABASE … RENAME TO (PostgreSQL: RenameDatabase).
pub fn rename_database(context: &mut Context, old: &str, new: &str) -> PgResult<ObjectAddress> {
    let oid = owned_database(context, old)?;
    let user = context.session.current_user;
    let may = context.catalog.get::<PgAuthid>(user).is_some_and(|row| row.rolcreatedb);
    if !superuser(context) && !may {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            "permission denied to rename database",
        )
        .into());
    }
    if get_database_oid(context.catalog, new, true)?.is_some() {
        return Err(duplicate_database(new).into());
    }
    if oid == context.session.database {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "current database cannot be renamed",
        )
        .into());
    }
    context.catalog.update::<PgDatabase>(oid, |row| row.datname = Name::new(new));
    Ok(ObjectAddress::new(Class::Database, oid))
}
