//! CREATE SCHEMA and what is done to schemas (PostgreSQL: commands/schemacmds.c, catalog/pg_namespace.c).

use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{
    aclcheck_error, aclcheck_error_not_owner, check_can_set_role, get_rolespec_oid,
    get_user_default_acl, object_aclcheck, object_ownercheck,
};
use crate::catalog::namespace::{current_database, get_namespace_oid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAuthid, PgNamespace};
use crate::commands::Context;
use crate::commands::dependency::{
    record_dependency_on_current_extension, record_dependency_on_new_acl,
    record_dependency_on_owner,
};
use crate::commands::utility::process_utility;
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{CreateSchemaStmt, Node, ObjectType, RangeVar};
use crate::nodes::{RawStmt, Str};
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// CREATE SCHEMA with the objects it contains (PostgreSQL: CreateSchemaCommand).
pub fn create_schema_command(context: &mut Context, stmt: &CreateSchemaStmt) -> PgResult<()> {
    let saved_user = context.session.current_user;
    let owner = match &stmt.authrole {
        Some(role) => get_rolespec_oid(&context.shared(), role)?,
        None => saved_user,
    };
    let name = match &stmt.schemaname {
        Some(name) => Name::from(name),
        None => context
            .catalog
            .get::<PgAuthid>(owner)
            .map_or(Name::default(), |role| role.rolname.clone()),
    };
    check_create_on_database(context, saved_user)?;
    check_can_set_role(context.catalog, saved_user, owner)?;
    check_reserved_name(&name)?;
    if stmt.if_not_exists && context.catalog.find::<PgNamespace>(&name).is_some() {
        let message = format!("schema \"{name}\" already exists, skipping");
        let sqlstate = sqlstate::DUPLICATE_SCHEMA;
        context.notice(Notice { sqlstate, ..Notice::notice(message) });
        return Ok(());
    }
    namespace_create(context, &name, owner)?;
    if stmt.schema_elts.is_empty() {
        context.refresh_path();
        return Ok(());
    }
    let elements = transform_create_schema_stmt_elements(&stmt.schema_elts, &name)?;
    let saved_path = context.session.get("search_path").cloned();
    let path = saved_path.as_deref().unwrap_or("\"$user\", public").to_string();
    let path = if path.is_empty() {
        quote_identifier(&name).into_owned()
    } else {
        format!("{}, {path}", quote_identifier(&name))
    };
    context.session.current_user = owner;
    context.session.set("search_path", Some(&path));
    context.refresh_path();
    let result = elements.into_iter().try_for_each(|stmt| {
        process_utility(context, &RawStmt { stmt, stmt_location: 0, stmt_len: 0 })
    });
    context.session.current_user = saved_user;
    context.session.set("search_path", saved_path.as_deref());
    context.refresh_path();
    result
}

/// Refuses to one who may not make schemas in the database.
pub fn check_create_on_database(context: &Context, role: Oid) -> PgResult<()> {
    let database = ObjectAddress::new(Class::Database, context.session.database);
    if object_aclcheck(context.catalog, database, role, privilege::CREATE) {
        return Ok(());
    }
    let name = current_database(&context.shared());
    Err(aclcheck_error(ObjectType::ObjectDatabase, name).into())
}

/// Refuses names that are the system's own (PostgreSQL: IsReservedName).
fn check_reserved_name(name: &str) -> PgResult<()> {
    if !name.starts_with("pg_") {
        return Ok(());
    }
    Err(PgError::new(sqlstate::RESERVED_NAME, format!("unacceptable schema name \"{name}\""))
        .detail("The prefix \"pg_\" is reserved for system schemas.")
        .into())
}

fn duplicate_schema(name: &str) -> PgError {
    PgError::new(sqlstate::DUPLICATE_SCHEMA, format!("schema \"{name}\" already exists"))
}

/// PostgreSQL: NamespaceCreate (catalog/pg_namespace.c).
pub fn namespace_create(context: &mut Context, name: &Name, owner: Oid) -> PgResult<Oid> {
    if context.catalog.find::<PgNamespace>(name).is_some() {
        return Err(duplicate_schema(name).into());
    }
    let nspacl =
        get_user_default_acl(context.catalog, ObjectType::ObjectSchema, owner, Oid::INVALID)?;
    let oid = context.catalog.new_oid();
    let acl = nspacl.clone();
    context.catalog.put(PgNamespace { oid, nspname: name.clone(), nspowner: owner, nspacl });
    let address = ObjectAddress::new(Class::Namespace, oid);
    record_dependency_on_owner(context.catalog, address, owner);
    record_dependency_on_new_acl(context.catalog, address, owner, &acl);
    record_dependency_on_current_extension(context.catalog, context.session, address, false)?;
    Ok(oid)
}

/// ALTER SCHEMA … RENAME TO (PostgreSQL: RenameSchema).
pub fn rename_schema(context: &mut Context, old: &str, new: &str) -> PgResult<ObjectAddress> {
    let oid = get_namespace_oid(context.catalog, old, false)?.unwrap_or(Oid::INVALID);
    if get_namespace_oid(context.catalog, new, true)?.is_some() {
        return Err(duplicate_schema(new).into());
    }
    let address = ObjectAddress::new(Class::Namespace, oid);
    let user = context.session.current_user;
    if !object_ownercheck(context.catalog, address, user) {
        return Err(aclcheck_error_not_owner(ObjectType::ObjectSchema, old).into());
    }
    check_create_on_database(context, user)?;
    check_reserved_name(new)?;
    context.catalog.update::<PgNamespace>(oid, |row| row.nspname = Name::new(new));
    context.refresh_path();
    Ok(address)
}

/// The schema's elements in an order in which each finds those it needs, all in that schema (PostgreSQL:
/// transformCreateSchemaStmtElements, parser/parse_utilcmd.c).
fn transform_create_schema_stmt_elements(elements: &[Node], schema: &str) -> PgResult<Vec<Node>> {
    let mut ordered: Vec<(u8, Node)> = Vec::with_capacity(elements.len());
    for element in elements {
        let mut element = element.clone();
        let place = match &mut element {
            Node::CreateSeqStmt(stmt) => {
                set_schema_name(schema, stmt.sequence.as_deref_mut())?;
                0
            }
            Node::CreateStmt(stmt) => {
                set_schema_name(schema, stmt.relation.as_deref_mut())?;
                1
            }
            Node::ViewStmt(stmt) => {
                set_schema_name(schema, stmt.view.as_deref_mut())?;
                2
            }
            Node::IndexStmt(stmt) => {
                set_schema_name(schema, stmt.relation.as_deref_mut())?;
                3
            }
            Node::CreateTrigStmt(stmt) => {
                set_schema_name(schema, stmt.relation.as_deref_mut())?;
                4
            }
            // GRANT is what the grammar allows beside them.
            _ => 5,
        };
        ordered.push((place, element));
    }
    ordered.sort_by_key(|(place, _)| *place);
    Ok(ordered.into_iter().map(|(_, element)| element).collect())
}

/// PostgreSQL: setSchemaName (parser/parse_utilcmd.c).
fn set_schema_name(schema: &str, relation: Option<&mut RangeVar>) -> PgResult<()> {
    let Some(relation) = relation else { return Ok(()) };
    match &relation.schemaname {
        None => relation.schemaname = Some(Str::new(schema)),
        Some(other) if other == schema => {}
        Some(other) => {
            return Err(PgError::new(
                sqlstate::INVALID_SCHEMA_DEFINITION,
                format!(
                    "CREATE specifies a schema ({other}) different from the one being created \
                     ({schema})"
                ),
            )
            .into());
        }
    }
    Ok(())
}
