//! Foreign-data wrappers, servers and user mappings (PostgreSQL: commands/foreigncmds.c).

use std::sync::Arc;

use super::Context;
use super::define::{conflicting_def_elem, def_get_string, def_name};
use super::dependency::{
    delete_dependency_records_for_class, record_dependency_on,
    record_dependency_on_current_extension, record_dependency_on_owner,
};
use super::support::{check_owner, lookup_creation_namespace, superuser};
use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{aclcheck_error, object_aclcheck};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    PgForeignDataWrapper, PgForeignServer, PgForeignTable, PgProc, PgUserMapping,
};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::tree::{
    AlterFdwStmt, AlterForeignServerStmt, AlterUserMappingStmt, CreateFdwStmt,
    CreateForeignServerStmt, CreateUserMappingStmt, DefElem, DefElemAction, DropUserMappingStmt,
    ImportForeignSchemaStmt, Node, ObjectType, RoleSpec, RoleSpecType,
};
use crate::parser::lookup_func::lookup_func_named;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

type Options = Vec<(Arc<str>, Arc<str>)>;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

/// The old options with the new ones put in (PostgreSQL: transformGenericOptions).
pub fn transform_generic_options(
    old: &[(Arc<str>, Arc<str>)],
    changes: &[Node],
) -> PgResult<Options> {
    let mut options = old.to_vec();
    for change in changes {
        let Node::DefElem(def) = change else { continue };
        let name = def_name(def);
        let at = options.iter().position(|(existing, _)| &**existing == name);
        let missing = || refuse(sqlstate::UNDEFINED_OBJECT, format!("option \"{name}\" not found"));
        match (def.defaction, at) {
            (DefElemAction::DefelemDrop, Some(at)) => {
                options.remove(at);
            }
            (DefElemAction::DefelemDrop, None) => return missing(),
            (DefElemAction::DefelemSet, Some(at)) => {
                options[at].1 = Arc::from(def_get_string(def)?);
            }
            (DefElemAction::DefelemSet, None) => return missing(),
            (DefElemAction::DefelemAdd | DefElemAction::DefelemUnspec, Some(_)) => {
                let message = format!("option \"{name}\" provided more than once");
                return refuse(sqlstate::DUPLICATE_OBJECT, message);
            }
            (DefElemAction::DefelemAdd | DefElemAction::DefelemUnspec, None) => {
                options.push((Arc::from(name), Arc::from(def_get_string(def)?)));
            }
        }
    }
    Ok(options)
}

/// Options that a wrapper's own validator knows: that of the backend (PostgreSQL: postgresql_fdw_validator,
/// foreign/foreign.c). Those of extensions are in their code.
fn validate_options(
    context: &Context,
    validator: Oid,
    options: &[(Arc<str>, Arc<str>)],
    class: Class,
) -> PgResult<()> {
    const OF_SERVERS: [&str; 13] = [
        "authtype",
        "service",
        "connect_timeout",
        "dbname",
        "host",
        "hostaddr",
        "port",
        "tty",
        "options",
        "requiressl",
        "sslmode",
        "gsslib",
        "gssdelegation",
    ];
    let own = context
        .catalog
        .get::<PgProc>(validator)
        .is_some_and(|row| row.oid.is_builtin() && *row.prosrc == *"postgresql_fdw_validator");
    let is_valid = |name: &str| match class {
        Class::ForeignServer => OF_SERVERS.contains(&name),
        Class::UserMapping => matches!(name, "user" | "password"),
        _ => false, // wrappers and tables have none
    };
    match options.iter().find(|(name, _)| own && !is_valid(name)) {
        Some((name, _)) => refuse(sqlstate::SYNTAX_ERROR, format!("invalid option \"{name}\"")),
        None => Ok(()),
    }
}

/// The validator of a server's wrapper.
fn validator_of(context: &Context, server: &PgForeignServer) -> Oid {
    let wrapper = context.catalog.get::<PgForeignDataWrapper>(server.srvfdw);
    wrapper.map_or(Oid::INVALID, |wrapper| wrapper.fdwvalidator)
}

/// The handler and validator of a wrapper, None where the statement does not speak of them (PostgreSQL:
/// parse_func_options).
fn parse_func_options(context: &Context, options: &[Node]) -> PgResult<(Option<Oid>, Option<Oid>)> {
    let (mut handler, mut validator) = (None, None);
    for option in options {
        let Node::DefElem(def) = option else { continue };
        let is_handler = def_name(def) == "handler";
        let slot = if is_handler { &mut handler } else { &mut validator };
        if slot.is_some() {
            return Err(conflicting_def_elem(def));
        }
        *slot = Some(wrapper_function(context, def, is_handler)?);
    }
    Ok((handler, validator))
}

fn wrapper_function(context: &Context, def: &DefElem, is_handler: bool) -> PgResult<Oid> {
    let Some(Node::List(names)) = &def.arg else { return Ok(Oid::INVALID) };
    let validator_types = [fixed::TEXTARRAYOID, fixed::OIDOID];
    let types: &[Oid] = if is_handler { &[] } else { &validator_types };
    let found = lookup_func_named(&context.shared(), names, Some(types), false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)) else {
        return unknown("the wrapper's function is not in the catalog");
    };
    if is_handler && row.prorettype != fixed::FDW_HANDLEROID {
        let name = super::define::name_list_to_string(names);
        let message = format!("function {name} must return type fdw_handler");
        return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
    }
    Ok(row.oid)
}

/// PostgreSQL: CreateForeignDataWrapper.
pub fn create_fdw(context: &mut Context, stmt: &CreateFdwStmt) -> PgResult<ObjectAddress> {
    let name = stmt.fdwname.as_ref().map(Name::from).unwrap_or_default();
    if !superuser(context) {
        let message = format!("permission denied to create foreign-data wrapper \"{name}\"");
        return Err(PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message)
            .hint("Must be superuser to create a foreign-data wrapper.")
            .into());
    }
    if context.catalog.find::<PgForeignDataWrapper>(&name).is_some() {
        let message = format!("foreign-data wrapper \"{name}\" already exists");
        return refuse(sqlstate::DUPLICATE_OBJECT, message);
    }
    let (handler, validator) = parse_func_options(context, &stmt.func_options)?;
    let options = transform_generic_options(&Vec::new(), &stmt.options)?;
    let own = validator.unwrap_or(Oid::INVALID);
    validate_options(context, own, &options, Class::ForeignDataWrapper)?;
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    let row = PgForeignDataWrapper {
        oid,
        fdwname: name,
        fdwowner: owner,
        fdwhandler: handler.unwrap_or(Oid::INVALID),
        fdwvalidator: validator.unwrap_or(Oid::INVALID),
        fdwacl: None,
        fdwoptions: options,
    };
    let address = ObjectAddress::new(Class::ForeignDataWrapper, oid);
    wrapper_dependencies(context, &row);
    context.catalog.put(row);
    record_dependency_on_owner(context.catalog, address, owner);
    record_dependency_on_current_extension(context.catalog, context.session, address, false)?;
    Ok(address)
}

fn wrapper_dependencies(context: &mut Context, row: &PgForeignDataWrapper) {
    let address = ObjectAddress::new(Class::ForeignDataWrapper, row.oid);
    for function in [row.fdwhandler, row.fdwvalidator].into_iter().filter_map(Oid::valid) {
        let function = ObjectAddress::new(Class::Proc, function);
        record_dependency_on(context.catalog, address, function, DependType::Normal);
    }
}

fn wrapper_named(context: &Context, name: &str) -> PgResult<Arc<PgForeignDataWrapper>> {
    match context.catalog.find::<PgForeignDataWrapper>(&Name::new(name)) {
        Some(row) => Ok(row.clone()),
        None => {
            let message = format!("foreign-data wrapper \"{name}\" does not exist");
            refuse(sqlstate::UNDEFINED_OBJECT, message)
        }
    }
}

/// PostgreSQL: AlterForeignDataWrapper.
pub fn alter_fdw(context: &mut Context, stmt: &AlterFdwStmt) -> PgResult<ObjectAddress> {
    let name = stmt.fdwname.as_deref().unwrap_or_default();
    if !superuser(context) {
        let message = format!("permission denied to alter foreign-data wrapper \"{name}\"");
        return Err(PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message)
            .hint("Must be superuser to alter a foreign-data wrapper.")
            .into());
    }
    let row = wrapper_named(context, name)?;
    let (handler, validator) = parse_func_options(context, &stmt.func_options)?;
    let mut new = (*row).clone();
    if let Some(handler) = handler {
        new.fdwhandler = handler;
        context.notice(Notice::warning(
            sqlstate::WARNING,
            "changing the foreign-data wrapper handler can change behavior of existing foreign \
             tables",
        ));
    }
    if let Some(validator) = validator {
        new.fdwvalidator = validator;
        if validator.is_valid() {
            context.notice(Notice::warning(
                sqlstate::WARNING,
                "changing the foreign-data wrapper validator can cause the options for dependent \
                 objects to become invalid",
            ));
        }
    }
    new.fdwoptions = transform_generic_options(&row.fdwoptions, &stmt.options)?;
    if !stmt.options.is_empty() {
        let own = validator.unwrap_or(row.fdwvalidator);
        validate_options(context, own, &new.fdwoptions, Class::ForeignDataWrapper)?;
    }
    let address = ObjectAddress::new(Class::ForeignDataWrapper, row.oid);
    if handler.is_some() || validator.is_some() {
        delete_dependency_records_for_class(
            context.catalog,
            address,
            Class::Proc,
            DependType::Normal,
        );
        wrapper_dependencies(context, &new);
    }
    context.catalog.put(new);
    Ok(address)
}

fn check_usage(
    context: &Context,
    address: ObjectAddress,
    kind: ObjectType,
    name: &str,
) -> PgResult<()> {
    let role = context.session.current_user;
    if object_aclcheck(context.catalog, address, role, privilege::USAGE) {
        return Ok(());
    }
    Err(aclcheck_error(kind, name).into())
}

/// PostgreSQL: CreateForeignServer.
pub fn create_foreign_server(
    context: &mut Context,
    stmt: &CreateForeignServerStmt,
) -> PgResult<Option<ObjectAddress>> {
    let name = stmt.servername.as_ref().map(Name::from).unwrap_or_default();
    if context.catalog.find::<PgForeignServer>(&name).is_some() {
        let message = format!("server \"{name}\" already exists");
        if !stmt.if_not_exists {
            return refuse(sqlstate::DUPLICATE_OBJECT, message);
        }
        context.notice(Notice {
            sqlstate: sqlstate::DUPLICATE_OBJECT,
            ..Notice::notice(format!("{message}, skipping"))
        });
        return Ok(None);
    }
    let wrapper = wrapper_named(context, stmt.fdwname.as_deref().unwrap_or_default())?;
    let wrapper_address = ObjectAddress::new(Class::ForeignDataWrapper, wrapper.oid);
    check_usage(context, wrapper_address, ObjectType::ObjectFdw, &wrapper.fdwname)?;
    let options = transform_generic_options(&Vec::new(), &stmt.options)?;
    validate_options(context, wrapper.fdwvalidator, &options, Class::ForeignServer)?;
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    context.catalog.put(PgForeignServer {
        oid,
        srvname: name,
        srvowner: owner,
        srvfdw: wrapper.oid,
        srvtype: stmt.servertype.as_deref().map(Arc::from),
        srvversion: stmt.version.as_deref().map(Arc::from),
        srvacl: None,
        srvoptions: options,
    });
    let address = ObjectAddress::new(Class::ForeignServer, oid);
    record_dependency_on(context.catalog, address, wrapper_address, DependType::Normal);
    record_dependency_on_owner(context.catalog, address, owner);
    record_dependency_on_current_extension(context.catalog, context.session, address, false)?;
    Ok(Some(address))
}

/// The server of that name.
pub fn server_named(context: &Context, name: &str) -> PgResult<Arc<PgForeignServer>> {
    match context.catalog.find::<PgForeignServer>(&Name::new(name)) {
        Some(row) => Ok(row.clone()),
        None => refuse(sqlstate::UNDEFINED_OBJECT, format!("server \"{name}\" does not exist")),
    }
}

/// What IMPORT FOREIGN SCHEMA refuses before it asks the foreign server, which decides the rest (PostgreSQL:
/// ImportForeignSchema).
pub fn import_foreign_schema(
    context: &mut Context,
    stmt: &ImportForeignSchemaStmt,
) -> PgResult<()> {
    let server = server_named(context, stmt.server_name.as_deref().unwrap_or_default())?;
    let address = ObjectAddress::new(Class::ForeignServer, server.oid);
    check_usage(context, address, ObjectType::ObjectForeignServer, &server.srvname)?;
    lookup_creation_namespace(context, stmt.local_schema.as_deref().unwrap_or_default())?;
    let wrapper = context.catalog.get::<PgForeignDataWrapper>(server.srvfdw);
    if let Some(wrapper) = wrapper.filter(|wrapper| !wrapper.fdwhandler.is_valid()) {
        let message = format!("foreign-data wrapper \"{}\" has no handler", wrapper.fdwname);
        return refuse(sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE, message);
    }
    unknown("what IMPORT FOREIGN SCHEMA makes is decided by the foreign server")
}

/// PostgreSQL: AlterForeignServer.
pub fn alter_foreign_server(
    context: &mut Context,
    stmt: &AlterForeignServerStmt,
) -> PgResult<ObjectAddress> {
    let row = server_named(context, stmt.servername.as_deref().unwrap_or_default())?;
    let address = ObjectAddress::new(Class::ForeignServer, row.oid);
    check_owner(context, address, ObjectType::ObjectForeignServer, &row.srvname)?;
    let options = transform_generic_options(&row.srvoptions, &stmt.options)?;
    if !stmt.options.is_empty() {
        validate_options(context, validator_of(context, &row), &options, Class::ForeignServer)?;
    }
    context.catalog.update::<PgForeignServer>(row.oid, |row| {
        if stmt.has_version {
            row.srvversion = stmt.version.as_deref().map(Arc::from);
        }
        row.srvoptions = options;
    });
    Ok(address)
}

/// The role of a user mapping (InvalidOid for PUBLIC), and its name for messages.
fn mapping_user(context: &Context, spec: Option<&RoleSpec>) -> PgResult<(Oid, String)> {
    let Some(spec) = spec else { return unknown("a user mapping without a user") };
    if spec.roletype == RoleSpecType::RolespecPublic {
        return Ok((Oid::INVALID, "public".to_string()));
    }
    let oid = super::user::get_rolespec_oid(context, spec, false)?;
    let name = context
        .catalog
        .get::<crate::catalog::PgAuthid>(oid)
        .map(|row| row.rolname.to_string())
        .unwrap_or_default();
    Ok((oid, name))
}

fn check_mapping_owner(context: &Context, user: Oid, server: &PgForeignServer) -> PgResult<()> {
    let current = context.session.current_user;
    let address = ObjectAddress::new(Class::ForeignServer, server.oid);
    if crate::catalog::aclchk::object_ownercheck(context.catalog, address, current) {
        return Ok(());
    }
    if user == current {
        return check_usage(context, address, ObjectType::ObjectForeignServer, &server.srvname);
    }
    let error = crate::catalog::aclchk::aclcheck_error_not_owner(
        ObjectType::ObjectForeignServer,
        &server.srvname,
    );
    Err(error.into())
}

/// PostgreSQL: CreateUserMapping.
pub fn create_user_mapping(
    context: &mut Context,
    stmt: &CreateUserMappingStmt,
) -> PgResult<Option<ObjectAddress>> {
    let (user, user_name) = mapping_user(context, stmt.user.as_deref())?;
    let server = server_named(context, stmt.servername.as_deref().unwrap_or_default())?;
    check_mapping_owner(context, user, &server)?;
    if context.catalog.find::<PgUserMapping>(&(user, server.oid)).is_some() {
        let message = format!(
            "user mapping for \"{user_name}\" already exists for server \"{}\"",
            server.srvname
        );
        if !stmt.if_not_exists {
            return refuse(sqlstate::DUPLICATE_OBJECT, message);
        }
        context.notice(Notice {
            sqlstate: sqlstate::DUPLICATE_OBJECT,
            ..Notice::notice(format!("{message}, skipping"))
        });
        return Ok(None);
    }
    let options = transform_generic_options(&Vec::new(), &stmt.options)?;
    validate_options(context, validator_of(context, &server), &options, Class::UserMapping)?;
    let oid = context.catalog.new_oid();
    context.catalog.put(PgUserMapping {
        oid,
        umuser: user,
        umserver: server.oid,
        umoptions: options,
    });
    let address = ObjectAddress::new(Class::UserMapping, oid);
    let server = ObjectAddress::new(Class::ForeignServer, server.oid);
    record_dependency_on(context.catalog, address, server, DependType::Normal);
    if user.is_valid() {
        record_dependency_on_owner(context.catalog, address, user);
    }
    Ok(Some(address))
}

fn mapping_missing(user: &str, server: &str) -> PgError {
    let message = format!("user mapping for \"{user}\" does not exist for server \"{server}\"");
    PgError::new(sqlstate::UNDEFINED_OBJECT, message)
}

/// PostgreSQL: AlterUserMapping.
pub fn alter_user_mapping(
    context: &mut Context,
    stmt: &AlterUserMappingStmt,
) -> PgResult<ObjectAddress> {
    let (user, user_name) = mapping_user(context, stmt.user.as_deref())?;
    let server = server_named(context, stmt.servername.as_deref().unwrap_or_default())?;
    let found = context.catalog.find::<PgUserMapping>(&(user, server.oid)).cloned();
    let Some(row) = found else {
        return Err(mapping_missing(&user_name, &server.srvname).into());
    };
    check_mapping_owner(context, user, &server)?;
    let options = transform_generic_options(&row.umoptions, &stmt.options)?;
    if !stmt.options.is_empty() {
        validate_options(context, validator_of(context, &server), &options, Class::UserMapping)?;
    }
    context.catalog.update::<PgUserMapping>(row.oid, |row| row.umoptions = options);
    Ok(ObjectAddress::new(Class::UserMapping, row.oid))
}

/// PostgreSQL: RemoveUserMapping.
pub fn remove_user_mapping(context: &mut Context, stmt: &DropUserMappingStmt) -> PgResult<()> {
    let server_name = stmt.servername.as_deref().unwrap_or_default();
    let (user, user_name) = match mapping_user(context, stmt.user.as_deref()) {
        Ok(found) => found,
        Err(stop) if !stmt.missing_ok => return Err(stop),
        Err(_) => {
            let name = stmt.user.as_ref().and_then(|spec| spec.rolename.clone());
            let name = name.unwrap_or_default();
            context.notice(Notice::notice(format!("role \"{name}\" does not exist, skipping")));
            return Ok(());
        }
    };
    let server = match server_named(context, server_name) {
        Ok(server) => server,
        Err(stop) if !stmt.missing_ok => return Err(stop),
        Err(_) => {
            let message = format!("server \"{server_name}\" does not exist, skipping");
            context.notice(Notice::notice(message));
            return Ok(());
        }
    };
    let found = context.catalog.find::<PgUserMapping>(&(user, server.oid)).map(|row| row.oid);
    let Some(oid) = found else {
        let error = mapping_missing(&user_name, &server.srvname);
        if !stmt.missing_ok {
            return Err(error.into());
        }
        context.notice(Notice::notice(format!("{}, skipping", error.message)));
        return Ok(());
    };
    check_mapping_owner(context, user, &server)?;
    super::dependency::perform_deletion(
        context,
        ObjectAddress::new(Class::UserMapping, oid),
        crate::nodes::tree::DropBehavior::DropCascade,
        super::dependency::DeletionFlags::default(),
    )
}

/// What CREATE FOREIGN TABLE adds to its table (PostgreSQL: CreateForeignTable).
pub fn create_foreign_table(
    context: &mut Context,
    relation: Oid,
    server: &str,
    options: &[Node],
) -> PgResult<()> {
    let server = server_named(context, server)?;
    let server_address = ObjectAddress::new(Class::ForeignServer, server.oid);
    check_usage(context, server_address, ObjectType::ObjectForeignServer, &server.srvname)?;
    let options = transform_generic_options(&Vec::new(), options)?;
    validate_options(context, validator_of(context, &server), &options, Class::ForeignTable)?;
    context.catalog.put(PgForeignTable {
        ftrelid: relation,
        ftserver: server.oid,
        ftoptions: options,
    });
    let table = ObjectAddress::new(Class::Relation, relation);
    record_dependency_on(context.catalog, table, server_address, DependType::Normal);
    Ok(())
}
