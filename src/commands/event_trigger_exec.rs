//! Event triggers run around each command of DDL (PostgreSQL: EventTriggerDDLCommandStart, EventTriggerDDLCommandEnd and
//! EventTriggerSQLDrop, commands/event_trigger.c).

use std::sync::Arc;

use super::Context;
use super::effects::{may_change_catalog, may_write};
use super::objectaddress::format_procedure;
use super::pl_host::trigger_calls::call_event_trigger;
use crate::catalog::format_type::format_type_be_qualified;
use crate::catalog::namespace::SearchPath;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::value::Value;
use crate::catalog::{
    Catalog, Change, PgClass, PgConstraint, PgEventTrigger, PgExtension, PgNamespace, PgPolicy,
    PgProc, PgRewrite, PgTrigger, PgType, RowChange, TableRow,
};
use crate::findings::{PgResult, Stop, unknown};
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::{Oid, fixed};

/// The enabled triggers of an event that a command's tag fires, by name.
fn triggers(context: &Context, event: &str, tag: &str) -> Vec<Arc<PgEventTrigger>> {
    if context.catalog.count::<PgEventTrigger>() == 0
        || !context.session.flag("event_triggers", true)
    {
        return Vec::new();
    }
    let role = context.session.get("session_replication_role");
    let is_replica = role.is_some_and(|role| role.eq_ignore_ascii_case("replica"));
    let mut found: Vec<Arc<PgEventTrigger>> = context
        .catalog
        .iter::<PgEventTrigger>()
        .filter(|row| row.evtevent.as_str() == event)
        .filter(|row| match row.evtenabled {
            b'A' => true,
            b'R' => is_replica,
            b'D' => false,
            _ => !is_replica, // 'O'
        })
        .filter(|row| {
            row.evttags.as_ref().is_none_or(|tags| tags.iter().any(|known| **known == *tag))
        })
        .cloned()
        .collect();
    found.sort_by(|a, b| a.evtname.cmp(&b.evtname));
    found
}

/// Runs the triggers of one event.
fn fire(context: &mut Context, event: &str, tag: &str) -> PgResult<()> {
    for trigger in triggers(context, event, tag) {
        let mark = context.catalog.mark();
        let session = context.session.clone();
        match call_event_trigger(context, trigger.evtfoid, event, tag) {
            Err(Stop::Unknown(reason)) => {
                context.catalog.rollback_to(mark);
                *context.session = session;
                context.refresh_path();
                if let Some(why) = may_change_catalog(context, &[trigger.evtfoid]) {
                    return unknown(format!("event trigger {}: {why} ({reason})", trigger.evtname));
                }
                if may_write(context, trigger.evtfoid) {
                    context.catalog.forget_contents();
                }
            }
            Err(stop) => return Err(stop.without_place()),
            Ok(()) => {}
        }
    }
    Ok(())
}

/// Before the command.
pub fn ddl_command_start(context: &mut Context, tag: &str) -> PgResult<()> {
    fire(context, "ddl_command_start", tag)
}

/// After the command, which began at the mark.
pub fn ddl_command_end(context: &mut Context, tag: &str, mark: usize) -> PgResult<()> {
    if !triggers(context, "sql_drop", tag).is_empty() {
        let dropped = dropped_since(context.catalog, mark, tag);
        if !dropped.is_empty() {
            let outer = context.running.dropped_objects.replace(Arc::new(dropped));
            let result = fire(context, "sql_drop", tag);
            context.running.dropped_objects = outer;
            result?;
        }
    }
    if triggers(context, "ddl_command_end", tag).is_empty() {
        return Ok(());
    }
    let commands = commands_since(context.catalog, mark, tag);
    let outer = context.running.ddl_commands.replace(Arc::new(commands));
    let result = fire(context, "ddl_command_end", tag);
    context.running.ddl_commands = outer;
    result
}

/// What an object is called (PostgreSQL: getObjectTypeDescription, getObjectIdentityParts).
struct Identity {
    address: ObjectAddress,
    kind: &'static str,
    schema: Option<String>,
    name: Option<String>,
    identity: String,
    is_temporary: bool,
}

fn schema_name(catalog: &Catalog, namespace: Oid) -> String {
    catalog.get::<PgNamespace>(namespace).map_or(String::new(), |row| row.nspname.to_string())
}

fn qualified(schema: &str, name: &str) -> String {
    format!("{}.{}", quote_identifier(schema), quote_identifier(name))
}

fn relation_kind(relkind: u8) -> &'static str {
    match relkind {
        b'i' | b'I' => "index",
        b'S' => "sequence",
        b'v' => "view",
        b'm' => "materialized view",
        b'c' => "composite type",
        b'f' => "foreign table",
        b't' => "toast table",
        _ => "table", // plain and partitioned
    }
}

fn of_relation(catalog: &Catalog, class: &PgClass) -> Identity {
    let schema = schema_name(catalog, class.relnamespace);
    Identity {
        address: ObjectAddress::new(Class::Relation, class.oid),
        kind: relation_kind(class.relkind),
        identity: qualified(&schema, &class.relname),
        is_temporary: class.relpersistence == b't',
        schema: Some(schema),
        name: Some(class.relname.to_string()),
    }
}

/// Something on a table, as `name on schema.table`.
fn on_relation(
    catalog: &Catalog,
    address: ObjectAddress,
    kind: &'static str,
    name: &str,
    relation: &PgClass,
) -> Identity {
    let table = of_relation(catalog, relation);
    Identity {
        address,
        kind,
        identity: format!("{} on {}", quote_identifier(name), table.identity),
        is_temporary: table.is_temporary,
        schema: table.schema.filter(|_| kind != "rule"),
        name: None,
    }
}

fn of_proc(catalog: &Catalog, proc: &PgProc) -> Identity {
    let schema = schema_name(catalog, proc.pronamespace);
    let path = SearchPath { schemas: vec![fixed::PG_CATALOG_NAMESPACE], ..SearchPath::default() };
    let identity = format_procedure(catalog, &path, proc.oid).unwrap_or_else(|| {
        let types = proc.proargtypes.iter();
        let types: Vec<String> =
            types.map(|type_id| format_type_be_qualified(catalog, *type_id)).collect();
        format!("{}({})", qualified(&schema, &proc.proname), types.join(","))
    });
    Identity {
        address: ObjectAddress::new(Class::Proc, proc.oid),
        kind: match proc.prokind {
            b'p' => "procedure",
            b'a' => "aggregate",
            _ => "function", // and window functions
        },
        schema: Some(schema),
        name: None,
        identity,
        is_temporary: false,
    }
}

fn of_type(catalog: &Catalog, row: &PgType) -> Identity {
    let schema = schema_name(catalog, row.typnamespace);
    let is_array = row.typcategory == b'A' && row.typname.as_str().starts_with('_');
    let element = catalog.get::<PgType>(row.typelem).map(|element| element.typname.as_str());
    let identity = match is_array {
        // Of an element that went away before, the name tells.
        true => {
            let name = element.unwrap_or(row.typname.as_str().trim_start_matches('_'));
            format!("{}[]", qualified(&schema, name))
        }
        false => qualified(&schema, &row.typname),
    };
    Identity {
        address: ObjectAddress::new(Class::Type, row.oid),
        kind: "type",
        name: Some(row.typname.to_string()),
        schema: Some(schema),
        identity,
        is_temporary: false,
    }
}

fn by_name(class: Class, oid: Oid, kind: &'static str, name: &str) -> Identity {
    Identity {
        address: ObjectAddress::new(class, oid),
        kind,
        schema: None,
        name: Some(name.to_string()),
        identity: quote_identifier(name).into_owned(),
        is_temporary: false,
    }
}

/// What a change of a row is about, where it is an object that commands make: as it is, or as it was where it is gone.
fn identity_of(
    catalog: &Catalog,
    change: &RowChange,
    relation: impl Fn(Oid) -> Option<Arc<PgClass>>,
) -> Option<Identity> {
    fn pick<'r, R>(new: Option<&'r Arc<R>>, old: &'r Option<Arc<R>>) -> Option<&'r R> {
        new.or(old.as_ref()).map(|row| &**row)
    }
    let on = |address, kind, name: &str, table: Oid| {
        Some(on_relation(catalog, address, kind, name, &*relation(table)?))
    };
    match change {
        RowChange::PgClass(oid, old) => {
            let class = pick(catalog.get::<PgClass>(*oid), old)?;
            (class.relkind != b't').then(|| of_relation(catalog, class))
        }
        RowChange::PgProc(oid, old) => {
            Some(of_proc(catalog, pick(catalog.get::<PgProc>(*oid), old)?))
        }
        RowChange::PgType(oid, old) => {
            Some(of_type(catalog, pick(catalog.get::<PgType>(*oid), old)?))
        }
        RowChange::PgNamespace(oid, old) => {
            let row = pick(catalog.get::<PgNamespace>(*oid), old)?;
            Some(by_name(Class::Namespace, *oid, "schema", &row.nspname))
        }
        RowChange::PgExtension(oid, old) => {
            let row = pick(catalog.get::<PgExtension>(*oid), old)?;
            Some(by_name(Class::Extension, *oid, "extension", &row.extname))
        }
        RowChange::PgTrigger(oid, old) => {
            let row = pick(catalog.get::<PgTrigger>(*oid), old)?;
            let address = ObjectAddress::new(Class::Trigger, *oid);
            if row.tgisinternal { None } else { on(address, "trigger", &row.tgname, row.tgrelid) }
        }
        RowChange::PgRewrite(oid, old) => {
            let row = pick(catalog.get::<PgRewrite>(*oid), old)?;
            let address = ObjectAddress::new(Class::Rewrite, *oid);
            on(address, "rule", &row.rulename, row.ev_class)
        }
        RowChange::PgPolicy(oid, old) => {
            let row = pick(catalog.get::<PgPolicy>(*oid), old)?;
            on(ObjectAddress::new(Class::Policy, *oid), "policy", &row.polname, row.polrelid)
        }
        RowChange::PgConstraint(oid, old) => {
            let row = pick(catalog.get::<PgConstraint>(*oid), old)?;
            let address = ObjectAddress::new(Class::Constraint, *oid);
            on(address, "table constraint", &row.conname, row.conrelid)
        }
        _ => None, // parts of objects, and what event triggers rarely ask for
    }
}

fn text(text: &str) -> Value {
    Value::text(text)
}

fn number(oid: Oid) -> Value {
    Value::Int(i64::from(oid.0))
}

/// The system catalog that holds objects of the class, as its oid.
fn catalog_of(catalog: &Catalog, class: Class) -> Value {
    let name = match class {
        Class::Relation => "pg_class",
        Class::Proc => "pg_proc",
        Class::Type => "pg_type",
        Class::Namespace => "pg_namespace",
        Class::Extension => "pg_extension",
        Class::Trigger => "pg_trigger",
        Class::Policy => "pg_policy",
        Class::Constraint => "pg_constraint",
        _ => return Value::Unknown, // none of them is reported
    };
    let key = (fixed::PG_CATALOG_NAMESPACE, Name::new(name));
    catalog.find::<PgClass>(&key).map_or(Value::Unknown, |row| number(row.oid))
}

/// The rows of pg_event_trigger_ddl_commands.
fn commands_since(catalog: &Catalog, mark: usize, tag: &str) -> Vec<TableRow> {
    let is_create = tag.starts_with("CREATE ") || tag == "SELECT INTO";
    let made_extension = tag == "CREATE EXTENSION";
    let mut rows: Vec<TableRow> = Vec::new();
    let mut seen: Vec<ObjectAddress> = Vec::new();
    let changes = catalog.changes_since(mark).iter().filter_map(|change| match change {
        Change::Row(row) => Some(row),
        _ => None, // dependencies and comments
    });
    for change in changes {
        let is_main = match change {
            RowChange::PgExtension(..) => true,
            _ if made_extension => false,
            RowChange::PgType(oid, _) => {
                (tag.ends_with(" TYPE") || tag.ends_with(" DOMAIN"))
                    && catalog.get::<PgType>(*oid).is_some_and(|row| row.typcategory != b'A')
            }
            RowChange::PgConstraint(..) => false,
            RowChange::PgTrigger(..) => tag.ends_with(" TRIGGER"),
            RowChange::PgPolicy(..) => tag.ends_with(" POLICY"),
            RowChange::PgRewrite(..) => tag.ends_with(" RULE"),
            RowChange::PgNamespace(..) => tag.ends_with(" SCHEMA"),
            RowChange::PgClass(..) | RowChange::PgProc(..) => true,
            _ => false, // parts
        };
        if !is_main || seen.contains(&change.address()) || !catalog.exists(change.address()) {
            continue;
        }
        seen.push(change.address());
        // A command that makes something reports what it makes; any other what it changes.
        if is_create && !change.is_insert() && !tag.ends_with("FUNCTION") && !tag.ends_with("VIEW")
        {
            continue;
        }
        let table = |relation: Oid| catalog.get::<PgClass>(relation).cloned();
        let Some(object) = identity_of(catalog, change, table) else { continue };
        let own_tag = match (object.kind, is_create && change.is_insert()) {
            ("sequence", true) => "CREATE SEQUENCE",
            ("index", true) => "CREATE INDEX",
            _ => tag, // the command's own object
        };
        if tag.starts_with("ALTER ") && !change.is_insert() && !rows.is_empty() {
            continue; // what it changes besides
        }
        rows.push(vec![
            catalog_of(catalog, object.address.class),
            number(object.address.object),
            Value::Int(0),
            text(own_tag),
            text(object.kind),
            Value::optional(object.schema.as_deref()),
            text(&object.identity),
            Value::Bool(false),
            Value::Unknown,
        ]);
    }
    rows
}

/// The rows of pg_event_trigger_dropped_objects: the last to go first (PostgreSQL: EventTriggerSQLDropAddObject).
fn dropped_since(catalog: &Catalog, mark: usize, tag: &str) -> Vec<TableRow> {
    let mut rows: Vec<TableRow> = Vec::new();
    let mut seen: Vec<ObjectAddress> = Vec::new();
    let meant = tag.strip_prefix("DROP ").unwrap_or_default().to_lowercase();
    for change in catalog.changes_since(mark) {
        let Change::Row(row) = change else { continue };
        let address = row.address();
        if row.is_insert() || catalog.exists(address) || seen.contains(&address) {
            continue;
        }
        seen.push(address);
        let gone = |relation: Oid| gone_relation(catalog, mark, relation);
        let Some(object) = identity_of(catalog, row, gone) else { continue };
        let is_type = object.kind == "type";
        let original = match meant.as_str() {
            "type" | "domain" => is_type && !object.identity.ends_with("[]"),
            "" => object.kind == "table constraint",
            _ => object.kind == meant, // what the command names
        };
        let normal = match object.kind {
            _ if original => Value::Bool(false),
            "type" | "index" | "trigger" | "rule" | "policy" | "sequence" => Value::Bool(false),
            "view" | "materialized view" | "function" | "procedure" => Value::Bool(true),
            _ => Value::Unknown, // it hangs on its table, or on another
        };
        rows.push(vec![
            catalog_of(catalog, address.class),
            number(address.object),
            Value::Int(0),
            Value::Bool(original),
            normal,
            Value::Bool(object.is_temporary),
            text(object.kind),
            Value::optional(object.schema.as_deref()),
            Value::optional(object.name.as_deref()),
            text(&object.identity),
            Value::Unknown,
            Value::Unknown,
        ]);
    }
    rows.reverse();
    rows
}

/// A relation, also one that went away since the mark.
fn gone_relation(catalog: &Catalog, mark: usize, relation: Oid) -> Option<Arc<PgClass>> {
    if let Some(class) = catalog.get::<PgClass>(relation) {
        return Some(Arc::clone(class));
    }
    catalog.changes_since(mark).iter().find_map(|change| match change {
        Change::Row(RowChange::PgClass(oid, Some(old))) if *oid == relation => {
            Some(Arc::clone(old))
        }
        _ => None, // another row
    })
}
