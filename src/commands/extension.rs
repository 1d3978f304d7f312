//! CREATE, ALTER and DROP EXTENSION (PostgreSQL: commands/extension.c). The scripts are not run: what they make was
//! recorded. An extension of which nothing is recorded is taken to be there, and what it may define is Unknown.

use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{
    aclcheck_error, aclcheck_error_not_owner, object_aclcheck, object_ownercheck,
};
use crate::catalog::builtin::{Control, Extension, Placement, extension};
use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::namespace::{get_extension_oid, get_namespace_oid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgExtension, PgNamespace};
use crate::commands::Context;
use crate::commands::alter::alter_object_namespace_oid;
use crate::commands::define::{conflicting_def_elem, def_get_string, def_name};
use crate::commands::dependency::{
    change_dependency_for, delete_dependency_records_for_specific, get_extension_of_object,
    record_dependency_on, record_dependency_on_owner,
};
use crate::commands::objectaddress::{
    check_object_ownership, get_object_address, get_object_description,
};
use crate::commands::schemacmds::namespace_create;
use crate::commands::support::superuser;
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::tree::{
    AlterExtensionContentsStmt, AlterExtensionStmt, CreateExtensionStmt, DefElem, Node, ObjectType,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// The options of CREATE EXTENSION.
#[derive(Default, Clone)]
struct Options {
    schema: Option<String>,
    version: Option<String>,
    cascade: bool,
}

/// PostgreSQL: CreateExtension.
pub fn create_extension(context: &mut Context, stmt: &CreateExtensionStmt) -> PgResult<()> {
    let name = stmt.extname.as_deref().unwrap_or_default();
    check_valid_extension_name(name)?;
    if context.catalog.find::<PgExtension>(&Name::new(name)).is_some() {
        let message = format!("extension \"{name}\" already exists");
        if !stmt.if_not_exists {
            return Err(PgError::new(sqlstate::DUPLICATE_OBJECT, message).into());
        }
        let sqlstate = sqlstate::DUPLICATE_OBJECT;
        context.notice(Notice { sqlstate, ..Notice::notice(format!("{message}, skipping")) });
        return Ok(());
    }
    let mut options = Options::default();
    let mut seen: Vec<&str> = Vec::new();
    for def in stmt.options.iter().filter_map(def_elem) {
        if seen.contains(&def_name(def)) {
            return Err(conflicting_def_elem(def));
        }
        seen.push(def_name(def));
        match def_name(def) {
            "schema" => options.schema = Some(def_get_string(def)?),
            "new_version" => options.version = Some(def_get_string(def)?),
            // CASCADE is the one option that is left.
            _ => options.cascade = true,
        }
    }
    create_extension_internal(context, name, &options, &mut Vec::new(), true).map(drop)
}

fn def_elem(node: &Node) -> Option<&DefElem> {
    match node {
        Node::DefElem(def) => Some(def),
        // Lists of options hold nothing else.
        _ => None,
    }
}

/// PostgreSQL: check_valid_extension_name.
fn check_valid_extension_name(name: &str) -> PgResult<()> {
    let detail = if name.is_empty() {
        "Extension names must not be empty."
    } else if name.contains("--") {
        "Extension names must not contain \"--\"."
    } else if name.starts_with('-') || name.ends_with('-') {
        "Extension names must not begin or end with \"-\"."
    } else if name.contains('/') {
        "Extension names must not contain directory separator characters."
    } else {
        return Ok(());
    };
    Err(PgError::new(
        sqlstate::INVALID_PARAMETER_VALUE,
        format!("invalid extension name: \"{name}\""),
    )
    .detail(detail)
    .into())
}

/// PostgreSQL: check_valid_version_name.
fn check_valid_version_name(version: &str) -> PgResult<()> {
    let detail = if version.is_empty() {
        "Version names must not be empty."
    } else if version.contains("--") {
        "Version names must not contain \"--\"."
    } else if version.starts_with('-') || version.ends_with('-') {
        "Version names must not begin or end with \"-\"."
    } else if version.contains('/') {
        "Version names must not contain directory separator characters."
    } else {
        return Ok(());
    };
    Err(PgError::new(
        sqlstate::INVALID_PARAMETER_VALUE,
        format!("invalid extension version name: \"{version}\""),
    )
    .detail(detail)
    .into())
}

/// PostgreSQL: CreateExtensionInternal.
fn create_extension_internal(
    context: &mut Context,
    name: &str,
    options: &Options,
    parents: &mut Vec<String>,
    is_create: bool,
) -> PgResult<Oid> {
    let known = extension(name, context.catalog.version());
    let control = known.as_ref().map(|known| &known.control);
    let stock = control.is_some_and(|control| control.origin != "debian");
    if context.session.stock_extensions && !stock {
        return Err(not_available(name).into());
    }
    let default_version = control.map_or("1.0", |control| control.default_version);
    let version = options.version.clone().unwrap_or_else(|| default_version.to_string());
    check_valid_version_name(&version)?;
    if let Some(control) = control
        && control.origin == "contrib"
        && !control.available_versions.contains(&version.as_str())
    {
        return Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!(
                "extension \"{name}\" has no installation script nor update path for version \
                 \"{version}\""
            ),
        )
        .into());
    }
    let schema = target_schema(context, name, control, options)?;
    let mut required: Vec<(Name, Oid)> = Vec::new();
    let mut required_oids: Vec<Oid> = Vec::new();
    parents.push(name.to_string());
    for requirement in control.iter().flat_map(|control| &control.requires) {
        let oid = required_extension(context, requirement, name, options, parents, is_create)?;
        let home = context.catalog.get::<PgExtension>(oid).map(|row| row.extnamespace);
        required.push((Name::new(requirement), home.unwrap_or(Oid::INVALID)));
        required_oids.push(oid);
    }
    parents.pop();
    let owner = owner_of_new(context, name, control)?;
    let recorded = control.is_some_and(|control| control.recorded);
    let oid = context.catalog.new_oid();
    context.catalog.put(PgExtension {
        oid,
        extname: Name::new(name),
        extowner: context.session.current_user,
        extnamespace: schema,
        extrelocatable: control.is_none_or(|control| control.relocatable),
        extversion: version.as_str().into(),
        extconfig: Vec::new(),
        extcondition: Vec::new(),
        known: recorded,
    });
    let address = ObjectAddress::new(Class::Extension, oid);
    record_dependency_on_owner(context.catalog, address, context.session.current_user);
    let home = ObjectAddress::new(Class::Namespace, schema);
    record_dependency_on(context.catalog, address, home, DependType::Normal);
    for other in required_oids {
        let other = ObjectAddress::new(Class::Extension, other);
        record_dependency_on(context.catalog, address, other, DependType::Normal);
    }
    if let Some(comment) = control.and_then(|control| control.comment.as_deref()) {
        context.catalog.set_comment(address, Some(comment));
    }
    if let Some(known) = known.filter(|_| recorded) {
        install(context, &known, oid, schema, owner, &required);
    }
    Ok(oid)
}

/// PostgreSQL: parse_extension_control_file, of an extension whose files are not on the server.
fn not_available(name: &str) -> PgError {
    PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, format!("extension \"{name}\" is not available"))
        .hint("The extension must first be installed on the system where PostgreSQL is running.")
}

fn install(
    context: &mut Context,
    known: &Extension,
    extension: Oid,
    schema: Oid,
    owner: Oid,
    required: &[(Name, Oid)],
) {
    known.install(context.catalog, &Placement { extension, schema, owner, required });
    context.refresh_path();
}

/// Who the objects belong to: a trusted extension's to the bootstrap superuser (PostgreSQL: execute_extension_script).
fn owner_of_new(context: &Context, name: &str, control: Option<&Control>) -> PgResult<Oid> {
    let user = context.session.current_user;
    let needs_superuser = control.is_some_and(|control| control.superuser);
    if !needs_superuser || superuser(context) {
        return Ok(user);
    }
    let database = ObjectAddress::new(Class::Database, context.session.database);
    let trusted = control.is_some_and(|control| control.trusted);
    if trusted && object_aclcheck(context.catalog, database, user, privilege::CREATE) {
        return Ok(fixed::BOOTSTRAP_SUPERUSERID);
    }
    let hint = if trusted {
        "Must have CREATE privilege on current database to create this extension."
    } else {
        "Must be superuser to create this extension."
    };
    Err(PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!("permission denied to create extension \"{name}\""),
    )
    .hint(hint)
    .into())
}

/// The schema that the extension goes to, made where its control file names one that is not there.
fn target_schema(
    context: &mut Context,
    name: &str,
    control: Option<&Control>,
    options: &Options,
) -> PgResult<Oid> {
    let given = match &options.schema {
        Some(schema) => get_namespace_oid(context.catalog, schema, options.cascade)?,
        None => None,
    };
    if let Some(fixed) = control.and_then(|control| control.schema) {
        if options.schema.as_deref().is_some_and(|schema| schema != fixed) && !options.cascade {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("extension \"{name}\" must be installed in schema \"{fixed}\""),
            )
            .into());
        }
        return match get_namespace_oid(context.catalog, fixed, true)? {
            Some(schema) => Ok(schema),
            None => {
                let owner = context.session.current_user;
                let schema = namespace_create(context, &Name::new(fixed), owner)?;
                context.refresh_path();
                Ok(schema)
            }
        };
    }
    if let Some(given) = given {
        return Ok(given);
    }
    if let Some(schema) = &options.schema {
        return get_namespace_oid(context.catalog, schema, false)
            .map(|oid| oid.unwrap_or(Oid::INVALID));
    }
    context.path.creation.ok_or_else(|| {
        PgError::new(sqlstate::INVALID_SCHEMA_NAME, "no schema has been selected to create in")
            .into()
    })
}

/// PostgreSQL: get_required_extension.
fn required_extension(
    context: &mut Context,
    required: &str,
    name: &str,
    options: &Options,
    parents: &mut Vec<String>,
    is_create: bool,
) -> PgResult<Oid> {
    if let Some(oid) = get_extension_oid(context.catalog, required, true)? {
        return Ok(oid);
    }
    if !options.cascade {
        let error = PgError::new(
            sqlstate::UNDEFINED_OBJECT,
            format!("required extension \"{required}\" is not installed"),
        );
        let hint = "Use CREATE EXTENSION ... CASCADE to install required extensions too.";
        return Err(if is_create { error.hint(hint) } else { error }.into());
    }
    if parents.iter().any(|parent| parent == required) {
        return Err(PgError::new(
            sqlstate::INVALID_RECURSION,
            format!("cyclic dependency detected between extensions \"{required}\" and \"{name}\""),
        )
        .into());
    }
    context.notice(Notice::notice(format!("installing required extension \"{required}\"")));
    let options = Options { version: None, ..options.clone() };
    create_extension_internal(context, required, &options, parents, is_create)
}

/// The installed extension that an ALTER names, if the current role owns it.
fn owned_extension(context: &Context, name: &str) -> PgResult<Oid> {
    let oid = get_extension_oid(context.catalog, name, false)?.unwrap_or(Oid::INVALID);
    let address = ObjectAddress::new(Class::Extension, oid);
    if object_ownercheck(context.catalog, address, context.session.current_user) {
        return Ok(oid);
    }
    Err(aclcheck_error_not_owner(ObjectType::ObjectExtension, name).into())
}

/// ALTER EXTENSION … UPDATE (PostgreSQL: ExecAlterExtensionStmt).
pub fn exec_alter_extension_stmt(context: &mut Context, stmt: &AlterExtensionStmt) -> PgResult<()> {
    let name = stmt.extname.as_deref().unwrap_or_default();
    let oid = owned_extension(context, name)?;
    let Some(row) = context.catalog.get::<PgExtension>(oid).cloned() else { return Ok(()) };
    let mut wanted: Option<String> = None;
    for def in stmt.options.iter().filter_map(def_elem) {
        if wanted.is_some() {
            return Err(conflicting_def_elem(def));
        }
        wanted = Some(def_get_string(def)?);
    }
    let known = extension(name, context.catalog.version());
    let Some(version) =
        wanted.or_else(|| known.as_ref().map(|known| known.control.default_version.to_string()))
    else {
        return Ok(());
    };
    check_valid_version_name(&version)?;
    if row.extversion.as_ref() == version.as_str() {
        context.notice(Notice::notice(format!(
            "version \"{version}\" of extension \"{name}\" is already installed"
        )));
        return Ok(());
    }
    if let Some(known) = known
        && known.control.origin == "contrib"
        && !known.control.available_versions.contains(&version.as_str())
    {
        return Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!(
                "extension \"{name}\" has no update path from version \"{}\" to version \
                 \"{version}\"",
                row.extversion
            ),
        )
        .into());
    }
    context.catalog.update::<PgExtension>(oid, |row| row.extversion = version.as_str().into());
    Ok(())
}

/// ALTER EXTENSION … SET SCHEMA (PostgreSQL: AlterExtensionNamespace).
pub fn alter_extension_namespace(context: &mut Context, name: &str, schema: &str) -> PgResult<()> {
    let oid = get_extension_oid(context.catalog, name, false)?.unwrap_or(Oid::INVALID);
    let new = get_namespace_oid(context.catalog, schema, false)?.unwrap_or(Oid::INVALID);
    let user = context.session.current_user;
    let address = ObjectAddress::new(Class::Extension, oid);
    if !object_ownercheck(context.catalog, address, user) {
        return Err(aclcheck_error_not_owner(ObjectType::ObjectExtension, name).into());
    }
    let target = ObjectAddress::new(Class::Namespace, new);
    if !object_aclcheck(context.catalog, target, user, privilege::CREATE) {
        return Err(aclcheck_error(ObjectType::ObjectSchema, schema).into());
    }
    if get_extension_of_object(context.catalog, target) == Some(oid) {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!(
                "cannot move extension \"{name}\" into schema \"{schema}\" because the extension \
                 contains the schema"
            ),
        )
        .into());
    }
    let Some(row) = context.catalog.get::<PgExtension>(oid).cloned() else { return Ok(()) };
    if row.extnamespace == new {
        return Ok(());
    }
    if !row.extrelocatable {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("extension \"{name}\" does not support SET SCHEMA"),
        )
        .into());
    }
    let members: Vec<DependEntry> = context
        .catalog
        .depend()
        .dependents_of(address)
        .filter(|entry| entry.kind == DependType::Extension)
        .collect();
    for member in members {
        alter_object_namespace_oid(context, member.dependent, new)?;
    }
    let old = ObjectAddress::new(Class::Namespace, row.extnamespace);
    context.catalog.update::<PgExtension>(oid, |row| row.extnamespace = new);
    change_dependency_for(context.catalog, address, old, target);
    Ok(())
}

/// ALTER EXTENSION … ADD and DROP (PostgreSQL: ExecAlterExtensionContentsStmt).
pub fn exec_alter_extension_contents_stmt(
    context: &mut Context,
    stmt: &AlterExtensionContentsStmt,
) -> PgResult<()> {
    let name = stmt.extname.as_deref().unwrap_or_default();
    match stmt.objtype {
        ObjectType::ObjectDatabase
        | ObjectType::ObjectExtension
        | ObjectType::ObjectIndex
        | ObjectType::ObjectPublication
        | ObjectType::ObjectRole
        | ObjectType::ObjectStatisticExt
        | ObjectType::ObjectSubscription
        | ObjectType::ObjectTablespace => {
            return Err(PgError::new(
                sqlstate::INVALID_OBJECT_DEFINITION,
                "cannot add an object of this type to an extension",
            )
            .into());
        }
        // All others can be members.
        _ => {}
    }
    let extension = ObjectAddress::new(Class::Extension, owned_extension(context, name)?);
    let Some(object) = &stmt.object else { return unknown("ALTER EXTENSION without an object") };
    let shared = context.shared();
    let Some(address) = get_object_address(&shared, stmt.objtype, object, false)? else {
        return Ok(());
    };
    check_object_ownership(&shared, stmt.objtype, address, object)?;
    let member_of = get_extension_of_object(context.catalog, address);
    let describe = || get_object_description(context.catalog, &context.path, address);
    let wrong_state = |message: String| {
        Err(PgError::new(sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE, message).into())
    };
    if stmt.action <= 0 {
        if member_of != Some(extension.object) {
            let object = describe().unwrap_or_default();
            return wrong_state(format!("{object} is not a member of extension \"{name}\""));
        }
        let kind = DependType::Extension;
        delete_dependency_records_for_specific(context.catalog, address, extension, kind);
        return Ok(());
    }
    if let Some(other) = member_of {
        let object = describe().unwrap_or_default();
        let other = context.catalog.get::<PgExtension>(other).map(|row| row.extname.clone());
        let other = other.unwrap_or_default();
        return wrong_state(format!("{object} is already a member of extension \"{other}\""));
    }
    let home = context.catalog.get::<PgExtension>(extension.object).map(|row| row.extnamespace);
    if address.class == Class::Namespace && home == Some(address.object) {
        let schema = context.catalog.get::<PgNamespace>(address.object);
        let schema = schema.map_or(Name::default(), |row| row.nspname.clone());
        return wrong_state(format!(
            "cannot add schema \"{schema}\" to extension \"{name}\" because the schema contains \
             the extension"
        ));
    }
    record_dependency_on(context.catalog, address, extension, DependType::Extension);
    Ok(())
}
