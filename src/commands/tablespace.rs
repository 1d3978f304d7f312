//! Tablespaces (PostgreSQL: commands/tablespace.c), and ALTER SYSTEM (utils/misc/guc.c).

use crate::catalog::PgTablespace;
use crate::catalog::aclchk::{
    aclcheck_error, aclcheck_error_not_owner, get_rolespec_oid, object_ownercheck,
};
use crate::catalog::depend::DependEntry;
use crate::catalog::guc::settings;
use crate::catalog::namespace::get_tablespace_oid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::commands::Context;
use crate::commands::define::{def_get_string, def_name};
use crate::commands::dependency::{delete_comments, is_object_pinned, record_dependency_on_owner};
use crate::commands::support::{prevent_in_transaction_block, superuser};
use crate::commands::user::{check_shared_dependencies, denied};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{
    AlterSystemStmt, AlterTableSpaceOptionsStmt, CreateTableSpaceStmt, DropTableSpaceStmt, Node,
    ObjectType, VariableSetKind,
};
use crate::pg::name::Name;
use crate::pg::sqlstate;

/// Refuses names that are the system's own.
fn check_reserved(name: &str) -> PgResult<()> {
    if !name.starts_with("pg_") {
        return Ok(());
    }
    Err(PgError::new(sqlstate::RESERVED_NAME, format!("unacceptable tablespace name \"{name}\""))
        .detail("The prefix \"pg_\" is reserved for system tablespaces.")
        .into())
}

fn duplicate(name: &str) -> PgError {
    PgError::new(sqlstate::DUPLICATE_OBJECT, format!("tablespace \"{name}\" already exists"))
}

fn missing(name: &str) -> PgError {
    PgError::new(sqlstate::UNDEFINED_OBJECT, format!("tablespace \"{name}\" does not exist"))
}

/// CREATE TABLESPACE (PostgreSQL: CreateTableSpace). Whether the directory is there only the server's machine knows.
pub fn create_table_space(context: &mut Context, stmt: &CreateTableSpaceStmt) -> PgResult<()> {
    prevent_in_transaction_block(context, "CREATE TABLESPACE")?;
    let name = stmt.tablespacename.as_deref().unwrap_or_default();
    if !superuser(context) {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            format!("permission denied to create tablespace \"{name}\""),
        )
        .hint("Must be superuser to create a tablespace.")
        .into());
    }
    let owner = match &stmt.owner {
        Some(owner) => get_rolespec_oid(&context.shared(), owner)?,
        None => context.session.current_user,
    };
    let location = stmt.location.as_deref().unwrap_or_default().trim_end_matches('/');
    if location.contains('\'') {
        return Err(PgError::new(
            sqlstate::INVALID_NAME,
            "tablespace location cannot contain single quotes",
        )
        .into());
    }
    if !location.starts_with('/') && !(location.is_empty() && allows_in_place(context)) {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            "tablespace location must be an absolute path",
        )
        .into());
    }
    check_reserved(name)?;
    if context.catalog.find::<PgTablespace>(&Name::new(name)).is_some() {
        return Err(duplicate(name).into());
    }
    let oid = context.catalog.new_oid();
    context.catalog.put(PgTablespace {
        oid,
        spcname: Name::new(name),
        spcowner: owner,
        spcacl: None,
        spcoptions: Vec::new(),
        location: location.into(),
    });
    let address = ObjectAddress::new(Class::Tablespace, oid);
    record_dependency_on_owner(context.catalog, address, owner);
    Ok(())
}

fn allows_in_place(context: &Context) -> bool {
    context.session.flag("allow_in_place_tablespaces", false)
}

/// DROP TABLESPACE (PostgreSQL: DropTableSpace).
pub fn drop_table_space(context: &mut Context, stmt: &DropTableSpaceStmt) -> PgResult<()> {
    prevent_in_transaction_block(context, "DROP TABLESPACE")?;
    let name = stmt.tablespacename.as_deref().unwrap_or_default();
    let Some(oid) = get_tablespace_oid(context.catalog, name, true)? else {
        if !stmt.missing_ok {
            return Err(missing(name).into());
        }
        context.notice(Notice::notice(format!("tablespace \"{name}\" does not exist, skipping")));
        return Ok(());
    };
    let address = ObjectAddress::new(Class::Tablespace, oid);
    if !object_ownercheck(context.catalog, address, context.session.current_user) {
        return Err(aclcheck_error_not_owner(ObjectType::ObjectTablespace, name).into());
    }
    if is_object_pinned(address) {
        return Err(aclcheck_error(ObjectType::ObjectTablespace, name).into());
    }
    if let Some(detail) = check_shared_dependencies(context, address) {
        return Err(PgError::new(
            sqlstate::DEPENDENT_OBJECTS_STILL_EXIST,
            format!("tablespace \"{name}\" cannot be dropped because some objects depend on it"),
        )
        .detail(detail)
        .into());
    }
    delete_comments(context.catalog, address);
    let entries: Vec<DependEntry> = context.catalog.depend().references_of(address).collect();
    entries.into_iter().for_each(|entry| context.catalog.remove_dependency(entry));
    context.catalog.remove::<PgTablespace>(oid);
    Ok(())
}

/// ALTER TABLESPACE … SET (…) (PostgreSQL: AlterTableSpaceOptions).
pub fn alter_table_space_options(
    context: &mut Context,
    stmt: &AlterTableSpaceOptionsStmt,
) -> PgResult<()> {
    let name = stmt.tablespacename.as_deref().unwrap_or_default();
    let Some(oid) = get_tablespace_oid(context.catalog, name, true)? else {
        return Err(missing(name).into());
    };
    let address = ObjectAddress::new(Class::Tablespace, oid);
    if !object_ownercheck(context.catalog, address, context.session.current_user) {
        return Err(aclcheck_error_not_owner(ObjectType::ObjectTablespace, name).into());
    }
    const KNOWN: [&str; 4] = [
        "random_page_cost",
        "seq_page_cost",
        "effective_io_concurrency",
        "maintenance_io_concurrency",
    ];
    for node in &stmt.options {
        let Node::DefElem(def) = node else { continue };
        let option = def_name(def);
        if !KNOWN.contains(&option) {
            return Err(PgError::new(
                sqlstate::INVALID_PARAMETER_VALUE,
                format!("unrecognized parameter \"{option}\""),
            )
            .into());
        }
        let value = if stmt.is_reset { None } else { Some(def_get_string(def)?) };
        context.catalog.update::<PgTablespace>(oid, |row| {
            row.spcoptions.retain(|(known, _)| known.as_ref() != option);
            if let Some(value) = value {
                row.spcoptions.push((option.into(), value.into()));
            }
        });
    }
    Ok(())
}

/// ALTER TABLESPACE … RENAME TO (PostgreSQL: RenameTableSpace).
pub fn rename_tablespace(context: &mut Context, old: &str, new: &str) -> PgResult<ObjectAddress> {
    let Some(oid) = get_tablespace_oid(context.catalog, old, true)? else {
        return Err(missing(old).into());
    };
    let address = ObjectAddress::new(Class::Tablespace, oid);
    if !object_ownercheck(context.catalog, address, context.session.current_user) {
        return Err(aclcheck_error_not_owner(ObjectType::ObjectTablespace, old).into());
    }
    check_reserved(new)?;
    if get_tablespace_oid(context.catalog, new, true)?.is_some() {
        return Err(duplicate(new).into());
    }
    context.catalog.update::<PgTablespace>(oid, |row: &mut PgTablespace| {
        row.spcname = Name::new(new);
    });
    Ok(address)
}

/// ALTER SYSTEM: what the file of settings says has no effect on the session (PostgreSQL: AlterSystemSetConfigFile).
pub fn alter_system(context: &mut Context, stmt: &AlterSystemStmt) -> PgResult<()> {
    prevent_in_transaction_block(context, "ALTER SYSTEM")?;
    let Some(set) = &stmt.setstmt else { return Ok(()) };
    let name = set.name.as_deref().unwrap_or_default().to_ascii_lowercase();
    if !superuser(context) {
        let message = match set.kind {
            VariableSetKind::VarResetAll => {
                "permission denied to perform ALTER SYSTEM RESET ALL".to_string()
            }
            VariableSetKind::VarSetValue
            | VariableSetKind::VarSetDefault
            | VariableSetKind::VarSetCurrent
            | VariableSetKind::VarSetMulti
            | VariableSetKind::VarReset => {
                format!("permission denied to set parameter \"{name}\"")
            }
        };
        return Err(denied(message, "").into());
    }
    if set.kind == VariableSetKind::VarResetAll {
        return Ok(());
    }
    let Some(setting) = settings::find(context.catalog.version(), &name) else {
        // A name with a dot is an extension's, which may be loaded.
        if name.contains('.') {
            return Ok(());
        }
        return Err(settings::unrecognized(&name).into());
    };
    if setting.context == "internal" {
        return Err(PgError::new(
            sqlstate::CANT_CHANGE_RUNTIME_PARAM,
            format!("parameter \"{name}\" cannot be changed"),
        )
        .into());
    }
    if set.kind == VariableSetKind::VarSetValue {
        let value = settings::flatten(&name, &set.args)?;
        settings::check_value(setting, &value)?;
    }
    Ok(())
}
