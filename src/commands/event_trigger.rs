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
    let tags = filter_tags(event, &stmt.whenclause)?;
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

/// The command tags of WHEN TAG IN (…).
fn filter_tags(event: &str, filters: &[Node]) -> PgResult<Option<Vec<Arc<str>>>> {
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
