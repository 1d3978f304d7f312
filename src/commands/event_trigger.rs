//! Event triggers (PostgreSQL: commands/event_trigger.c).

use std::sync::Arc;

use super::Context;
use super::support::superuser;
use crate::catalog::depend::DependType;
use crate::catalog::namespace::{get_event_trigger_oid, name_list_to_string};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgEventTrigger, PgProc};
use crate::commands::define::def_name;
use crate::commands::dependency::{record_dependency_on, record_dependency_on_owner};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{AlterEventTrigStmt, CreateEventTrigStmt, Node};
use crate::parser::lookup_func::lookup_func_named;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// PostgreSQL: CreateEventTrigger.
pub fn create_event_trigger(context: &mut Context, stmt: &CreateEventTrigStmt) -> PgResult<()> {
    let name = stmt.trigname.as_deref().unwrap_or_default();
    let event = stmt.eventname.as_deref().unwrap_or_default();
    if !superuser(context) {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            format!("permission denied to create event trigger \"{name}\""),
        )
        .hint("Must be superuser to create an event trigger.")
        .into());
    }
    let known = match event {
        "ddl_command_start" | "ddl_command_end" | "sql_drop" | "table_rewrite" => true,
        "login" => context.catalog.version().major() >= 17,
        _ => false, // any other name
    };
    if !known {
        return syntax(format!("unrecognized event name \"{event}\""));
    }
    let tags = filter_tags(event, &stmt.whenclause, context.catalog.version().major())?;
    if context.catalog.find::<PgEventTrigger>(&Name::new(name)).is_some() {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!("event trigger \"{name}\" already exists"),
        )
        .into());
    }
    let function = lookup_func_named(&context.shared(), &stmt.funcname, Some(&[]), false)?
        .unwrap_or(Oid::INVALID);
    let result = context.catalog.get::<PgProc>(function).map(|row| row.prorettype);
    if result.is_some_and(|result| result != fixed::EVENT_TRIGGEROID) {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            format!(
                "function {} must return type event_trigger",
                name_list_to_string(&stmt.funcname)
            ),
        )
        .into());
    }
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    context.catalog.put(PgEventTrigger {
        oid,
        evtname: Name::new(name),
        evtevent: Name::new(event),
        evtowner: owner,
        evtfoid: function,
        evtenabled: b'O',
        evttags: tags,
    });
    let address = ObjectAddress::new(Class::EventTrigger, oid);
    record_dependency_on_owner(context.catalog, address, owner);
    let function = ObjectAddress::new(Class::Proc, function);
    record_dependency_on(context.catalog, address, function, DependType::Normal);
    Ok(())
}

fn syntax<T>(message: String) -> PgResult<T> {
    Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into())
}

/// What CREATE, ALTER and DROP are followed by in the tags that event triggers fire for.
const OBJECTS: &[&str] = &[
    "ACCESS METHOD",
    "AGGREGATE",
    "CAST",
    "COLLATION",
    "CONSTRAINT",
    "CONVERSION",
    "DOMAIN",
    "EXTENSION",
    "FOREIGN DATA WRAPPER",
    "FOREIGN TABLE",
    "FUNCTION",
    "INDEX",
    "LANGUAGE",
    "MATERIALIZED VIEW",
    "OPERATOR",
    "OPERATOR CLASS",
    "OPERATOR FAMILY",
    "POLICY",
    "PROCEDURE",
    "PUBLICATION",
    "ROUTINE",
    "RULE",
    "SCHEMA",
    "SEQUENCE",
    "SERVER",
    "STATISTICS",
    "SUBSCRIPTION",
    "TABLE",
    "TEXT SEARCH CONFIGURATION",
    "TEXT SEARCH DICTIONARY",
    "TEXT SEARCH PARSER",
    "TEXT SEARCH TEMPLATE",
    "TRANSFORM",
    "TRIGGER",
    "TYPE",
    "USER MAPPING",
    "VIEW",
];

/// Tags of other commands that event triggers fire for.
const OTHERS: &[&str] = &[
    "ALTER DEFAULT PRIVILEGES",
    "ALTER LARGE OBJECT",
    "COMMENT",
    "CREATE TABLE AS",
    "DROP OWNED",
    "GRANT",
    "IMPORT FOREIGN SCHEMA",
    "REFRESH MATERIALIZED VIEW",
    "REVOKE",
    "SECURITY LABEL",
    "SELECT INTO",
];

/// Tags that no event trigger fires for; REINDEX before 17.
const SILENT: &[&str] = &[
    "ALTER SYSTEM",
    "ANALYZE",
    "BEGIN",
    "CALL",
    "CHECKPOINT",
    "CLOSE",
    "CLUSTER",
    "COMMIT",
    "COPY",
    "DEALLOCATE",
    "DECLARE CURSOR",
    "DELETE",
    "DISCARD",
    "DO",
    "EXECUTE",
    "EXPLAIN",
    "FETCH",
    "GRANT ROLE",
    "INSERT",
    "LISTEN",
    "LOAD",
    "LOCK TABLE",
    "MERGE",
    "MOVE",
    "NOTIFY",
    "PREPARE",
    "PREPARE TRANSACTION",
    "REASSIGN OWNED",
    "REINDEX",
    "RELEASE",
    "RESET",
    "REVOKE ROLE",
    "ROLLBACK",
    "SAVEPOINT",
    "SELECT",
    "SET",
    "SET CONSTRAINTS",
    "SHOW",
    "START TRANSACTION",
    "TRUNCATE TABLE",
    "UNLISTEN",
    "UPDATE",
    "VACUUM",
];

/// Whether event triggers fire for the command; None for a tag that is none (PostgreSQL: tcop/cmdtaglist.h).
fn fires(tag: &str, version: u32) -> Option<bool> {
    if OTHERS.contains(&tag) || tag == "REINDEX" && version >= 17 {
        return Some(true);
    }
    if SILENT.contains(&tag) {
        return Some(false);
    }
    let object = ["CREATE ", "ALTER ", "DROP "].iter().find_map(|verb| tag.strip_prefix(verb))?;
    match object {
        "DATABASE" | "EVENT TRIGGER" | "ROLE" | "TABLESPACE" => Some(false),
        object => OBJECTS.contains(&object).then_some(true),
    }
}

/// PostgreSQL: validate_ddl_tags and validate_table_rewrite_tags.
fn check_tag(event: &str, tag: &str, version: u32) -> PgResult<()> {
    let upper = tag.to_ascii_uppercase();
    let supported = match event {
        "login" => return Ok(()),
        "table_rewrite" => {
            matches!(upper.as_str(), "ALTER TABLE" | "ALTER TYPE" | "ALTER MATERIALIZED VIEW")
        }
        _ => match fires(&upper, version) {
            Some(fires) => fires,
            None => {
                let message =
                    format!("filter value \"{tag}\" not recognized for filter variable \"tag\"");
                return syntax(message);
            }
        },
    };
    if supported {
        return Ok(());
    }
    let message = format!("event triggers are not supported for {tag}");
    Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
}

/// The command tags of WHEN TAG IN (…).
fn filter_tags(event: &str, filters: &[Node], version: u32) -> PgResult<Option<Vec<Arc<str>>>> {
    let mut tags: Option<Vec<Arc<str>>> = None;
    for node in filters {
        let Node::DefElem(filter) = node else { continue };
        let variable = def_name(filter);
        if variable != "tag" {
            return syntax(format!("unrecognized filter variable \"{variable}\""));
        }
        if tags.is_some() {
            return syntax(format!("filter variable \"{variable}\" specified more than once"));
        }
        let values = filter.arg.as_ref().map_or(&[][..], Node::list);
        for value in values {
            check_tag(event, value.str_val(), version)?;
        }
        tags = Some(
            values.iter().map(|value| Arc::from(value.str_val().to_ascii_uppercase())).collect(),
        );
    }
    if event == "login" && tags.is_some() {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "tag filtering is not supported for login event triggers",
        )
        .into());
    }
    Ok(tags)
}

/// ALTER EVENT TRIGGER … ENABLE, DISABLE. PostgreSQL: AlterEventTrigger.
pub fn alter_event_trigger(context: &mut Context, stmt: &AlterEventTrigStmt) -> PgResult<()> {
    let name = stmt.trigname.as_deref().unwrap_or_default();
    let Some(oid) = get_event_trigger_oid(context.catalog, name, false)? else { return Ok(()) };
    let owner = context.catalog.get::<PgEventTrigger>(oid).map(|row| row.evtowner);
    if !owner.is_none_or(|owner| super::tablecmds::support::owns(context, owner)) {
        return Err(super::tablecmds::support::not_owner("event trigger", name).into());
    }
    context.catalog.update::<PgEventTrigger>(oid, |row| row.evtenabled = stmt.tgenabled);
    Ok(())
}
