//! The built-in functions that guards use, by name over values.

use std::sync::Arc;

use crate::catalog::decimal::Decimal;
use crate::catalog::depend::DependType;
use crate::catalog::format_type::{format_type_be, format_type_with_typemod};
use crate::catalog::guc::settings;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::value::Value;
use crate::catalog::{PgAuthid, PgClass, PgDatabase, PgNamespace, PgProc, PgType, builtin};
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::nodes::primnodes::SQLValueFunctionOp;
use crate::parser::literals::{char_in, numeric_in};
use crate::parser::parse_node::Shared;
use crate::parser::parse_type::parse_type_string;
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// A literal's text as a value of the type.
pub(super) fn typed(shared: Shared, text: &str, type_id: Oid) -> Value {
    match type_id {
        fixed::BOOLOID => settings::parse_bool(text).map_or_else(|| Value::text(text), Value::Bool),
        fixed::INT2OID
        | fixed::INT4OID
        | fixed::INT8OID
        | fixed::OIDOID
        | fixed::XIDOID
        | fixed::CIDOID => text.trim().parse().map_or_else(|_| Value::text(text), Value::Int),
        fixed::FLOAT4OID | fixed::FLOAT8OID => {
            text.trim().parse().map_or_else(|_| Value::text(text), Value::Float)
        }
        fixed::NUMERICOID => Decimal::parse(text).map_or_else(|| Value::text(text), Value::Numeric),
        fixed::NAMEOID => Value::text(&Name::new(text)),
        _ if is_reg(type_id) => text.trim().parse().map_or_else(|_| Value::text(text), Value::Int),
        _ => {
            let element = shared
                .catalog
                .get::<PgType>(type_id)
                .filter(|row| row.typcategory == b'A')
                .map(|row| row.typelem);
            match element {
                Some(element) if text.starts_with('{') => {
                    let items = array_in(text).into_iter();
                    Value::Array(items.map(|item| typed_item(shared, item, element)).collect())
                }
                _ => Value::text(text), // every other type stays as it prints
            }
        }
    }
}

fn typed_item(shared: Shared, item: Value, element: Oid) -> Value {
    match item {
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| typed_item(shared, item, element)).collect())
        }
        item => item.to_text().map_or(Value::Null, |text| typed(shared, &text, element)),
    }
}

/// A constant whose output form is not computed: its text where that is all there is to it.
pub(super) fn unread(shared: Shared, text: &str, type_id: Oid) -> PgResult<Value> {
    match type_id {
        fixed::XIDOID | fixed::CIDOID => Ok(typed(shared, text, type_id)),
        _ => unknown("how a constant of this type prints is not known here"),
    }
}

/// The items of an array literal, arrays in it as arrays.
pub(super) fn array_in(text: &str) -> Vec<Value> {
    let text = text.trim();
    let text = text.split_once("]={").map_or(text, |(_, rest)| rest);
    let inside = text.strip_prefix('{').unwrap_or(text);
    let inside = inside.strip_suffix('}').unwrap_or(inside);
    if inside.trim_start().starts_with('{') {
        return split_arrays(inside).into_iter().map(|part| Value::Array(array_in(part))).collect();
    }
    let mut items = Vec::new();
    let mut item = String::new();
    let (mut quoted, mut was_quoted) = (false, false);
    let mut chars = inside.chars();
    let push = |item: &mut String, was_quoted: &mut bool, items: &mut Vec<Value>| {
        let value = if !*was_quoted && item.trim().eq_ignore_ascii_case("null") {
            Value::Null
        } else {
            Value::text(item.trim())
        };
        items.push(value);
        item.clear();
        *was_quoted = false;
    };
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                quoted = !quoted;
                was_quoted = true;
            }
            '\\' => item.extend(chars.next()),
            ',' if !quoted => push(&mut item, &mut was_quoted, &mut items),
            c => item.push(c),
        }
    }
    if !inside.is_empty() {
        push(&mut item, &mut was_quoted, &mut items);
    }
    items
}

/// The arrays that an array of arrays is made of.
fn split_arrays(inside: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start, mut quoted, mut escaped) =
        (Vec::new(), 0_i32, 0, false, false);
    for (at, c) in inside.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '{' if !quoted => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            '}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    parts.push(&inside[start..=at]);
                }
            }
            _ => {} // inside a member, or between two
        }
    }
    parts
}

/// Whether the type is one of the reg* types.
pub fn is_reg(type_id: Oid) -> bool {
    matches!(
        type_id,
        fixed::REGCLASSOID
            | fixed::REGTYPEOID
            | fixed::REGPROCOID
            | fixed::REGPROCEDUREOID
            | fixed::REGROLEOID
            | fixed::REGNAMESPACEOID
    )
}

/// A value as its type prints it, where that is not how it is held.
pub(super) fn output(shared: Shared, value: Value, type_id: Oid) -> Value {
    match value {
        Value::Int(oid) if is_reg(type_id) => reg_out(shared, oid, type_id),
        value => value,
    }
}

/// A reg* value's name (PostgreSQL: regclassout and its kin).
pub(super) fn reg_out(shared: Shared, oid: i64, type_id: Oid) -> Value {
    let oid = Oid(oid as u32);
    let name = match type_id {
        fixed::REGCLASSOID => shared
            .catalog
            .get::<PgClass>(oid)
            .map(|row| qualified(shared, row.relnamespace, &row.relname)),
        fixed::REGTYPEOID => Some(format_type_be(shared.catalog, shared.path, oid)),
        fixed::REGROLEOID => shared
            .catalog
            .get::<PgAuthid>(oid)
            .map(|row| quote_identifier(&row.rolname).into_owned()),
        fixed::REGNAMESPACEOID => shared
            .catalog
            .get::<PgNamespace>(oid)
            .map(|row| quote_identifier(&row.nspname).into_owned()),
        _ => shared
            .catalog
            .get::<PgProc>(oid)
            .map(|row| qualified(shared, row.pronamespace, &row.proname)), // regproc
    };
    Value::Text(Arc::from(name.unwrap_or_else(|| oid.to_string())))
}

fn qualified(shared: Shared, namespace: Oid, name: &str) -> String {
    let visible = shared
        .path
        .schemas
        .iter()
        .find(|schema| shared.catalog.find::<PgClass>(&(**schema, Name::new(name))).is_some());
    if visible == Some(&namespace) {
        return quote_identifier(name).into_owned();
    }
    let schema =
        shared.catalog.get::<PgNamespace>(namespace).map_or("", |row| row.nspname.as_str());
    format!("{}.{}", quote_identifier(schema), quote_identifier(name))
}

/// A name as a reg* value, NULL when there is no such object.
fn to_reg(shared: Shared, text: &str, type_id: Oid) -> PgResult<Value> {
    if let Ok(number) = text.trim().parse::<i64>() {
        return Ok(Value::Int(number));
    }
    match type_id {
        fixed::REGTYPEOID => return type_oid(shared, text),
        fixed::REGPROCEDUREOID => return procedure_oid(shared, text),
        _ => {} // names alone
    }
    let names = dotted(text);
    let (schema, name) = match names.as_slice() {
        [name] => (None, name),
        [schema, name] => (Some(schema), name),
        _ => return unknown("a name of this form is not looked up"),
    };
    let schemas: Vec<Oid> = match schema {
        Some(schema) => {
            shared.catalog.find::<PgNamespace>(schema).map(|row| row.oid).into_iter().collect()
        }
        None => shared.path.schemas.clone(),
    };
    let found = match type_id {
        fixed::REGCLASSOID => schemas
            .iter()
            .find_map(|s| shared.catalog.find::<PgClass>(&(*s, name.clone())).map(|row| row.oid)),
        fixed::REGROLEOID => shared.catalog.find::<PgAuthid>(name).map(|row| row.oid),
        fixed::REGNAMESPACEOID => shared.catalog.find::<PgNamespace>(name).map(|row| row.oid),
        fixed::REGPROCOID => {
            let mut all = shared
                .catalog
                .find_all::<PgProc>(name)
                .filter(|row| schemas.contains(&row.pronamespace));
            let first = all.next().map(|row| row.oid);
            if all.next().is_some() { None } else { first }
        }
        _ => return unknown("a name of this kind is not looked up"), // no other type has names
    };
    Ok(found.map_or(Value::Null, |oid| Value::Int(i64::from(oid.0))))
}

/// PostgreSQL: to_regprocedure.
fn procedure_oid(shared: Shared, text: &str) -> PgResult<Value> {
    let Some((name, arguments)) = text.trim().strip_suffix(')').and_then(|t| t.split_once('('))
    else {
        return unknown("a function signature of this form is not looked up");
    };
    let mut types = Vec::new();
    let (mut depth, mut start) = (0, 0);
    let ends = arguments.char_indices().chain([(arguments.len(), ',')]);
    for (at, c) in ends {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 && !arguments.trim().is_empty() => {
                match type_oid(shared, &arguments[start..at])? {
                    Value::Int(oid) => types.push(Oid(oid as u32)),
                    _ => return Ok(Value::Null), // no such type
                }
                start = at + 1;
            }
            _ => {} // a part of a type's name
        }
    }
    let names = dotted(name);
    let Some(name) = names.last() else { return Ok(Value::Null) };
    let schemas: Vec<Oid> = match names.as_slice() {
        [schema, _] => {
            shared.catalog.find::<PgNamespace>(schema).map(|row| row.oid).into_iter().collect()
        }
        _ => shared.path.schemas.clone(), // without a schema
    };
    let found = schemas.iter().find_map(|schema| {
        shared
            .catalog
            .find_all::<PgProc>(name)
            .find(|row| row.pronamespace == *schema && row.proargtypes == types)
            .map(|row| row.oid)
    });
    Ok(found.map_or(Value::Null, |oid| Value::Int(i64::from(oid.0))))
}

/// The sequence that a column owns (PostgreSQL: pg_get_serial_sequence).
fn serial_sequence(shared: Shared, table: &str, column: &str) -> PgResult<Value> {
    let Value::Int(oid) = reg_in(shared, table, fixed::REGCLASSOID)? else {
        return Ok(Value::Null);
    };
    let Some(class) = shared.catalog.get::<PgClass>(Oid(oid as u32)) else {
        return Ok(Value::Null);
    };
    let Some(attribute) = class.attribute_named(column) else {
        let message =
            format!("column \"{column}\" of relation \"{}\" does not exist", class.relname);
        return Err(PgError::new(sqlstate::UNDEFINED_COLUMN, message).into());
    };
    let owner = ObjectAddress::column(class.oid, attribute.attnum);
    let sequence = shared.catalog.depend().dependents_of(owner).find_map(|entry| {
        let owned = matches!(entry.kind, DependType::Auto | DependType::Internal);
        let class = shared.catalog.get::<PgClass>(entry.dependent.object)?;
        (owned && entry.dependent.class == Class::Relation && class.relkind == b'S')
            .then_some(class)
    });
    Ok(sequence.map_or(Value::Null, |sequence| {
        let schema = shared.catalog.get::<PgNamespace>(sequence.relnamespace);
        let schema = schema.map_or("", |row| row.nspname.as_str());
        let name = &sequence.relname;
        Value::text(&format!("{}.{}", quote_identifier(schema), quote_identifier(name)))
    }))
}

/// PostgreSQL: parseTypeString, as to_regtype calls it.
fn type_oid(shared: Shared, text: &str) -> PgResult<Value> {
    match parse_type_string(&shared, text) {
        Ok((oid, _)) => Ok(Value::Int(i64::from(oid.0))),
        Err(Stop::Error(error)) if error.sqlstate != sqlstate::SYNTAX_ERROR => Ok(Value::Null),
        Err(Stop::Error(_)) => unknown("a type name of this form is not looked up"),
        Err(stop) => Err(stop),
    }
}

/// A name as a reg* value, refused when there is no such object (PostgreSQL: regclassin and its kin).
pub(super) fn reg_in(shared: Shared, text: &str, type_id: Oid) -> PgResult<Value> {
    match to_reg(shared, text, type_id)? {
        Value::Null => {
            let (state, what) = match type_id {
                fixed::REGCLASSOID => (sqlstate::UNDEFINED_TABLE, "relation"),
                fixed::REGTYPEOID => (sqlstate::UNDEFINED_OBJECT, "type"),
                fixed::REGROLEOID => (sqlstate::UNDEFINED_OBJECT, "role"),
                fixed::REGNAMESPACEOID => (sqlstate::INVALID_SCHEMA_NAME, "schema"),
                _ => (sqlstate::UNDEFINED_FUNCTION, "function"), // regproc
            };
            Err(PgError::new(state, format!("{what} \"{text}\" does not exist")).into())
        }
        value => Ok(value),
    }
}

/// A dotted name's parts, quotes taken off.
fn dotted(text: &str) -> Vec<Name> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in text.trim().chars() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(String::new()),
            c => {
                let last = parts.len() - 1;
                if quoted { parts[last].push(c) } else { parts[last].extend(c.to_lowercase()) }
            }
        }
    }
    parts.iter().map(|part| Name::new(part)).collect()
}

/// CURRENT_USER and its kin.
pub(super) fn sql_value(shared: Shared, op: SQLValueFunctionOp) -> PgResult<Value> {
    use SQLValueFunctionOp::*;
    let role = |oid: Oid| {
        shared.catalog.get::<PgAuthid>(oid).map_or(Value::Null, |row| Value::text(&row.rolname))
    };
    match op {
        SvfopCurrentRole | SvfopCurrentUser | SvfopUser => Ok(role(shared.session.current_user)),
        SvfopSessionUser => Ok(role(shared.session.session_user)),
        SvfopCurrentCatalog => Ok(database(shared)),
        SvfopCurrentSchema => Ok(current_schema(shared)),
        SvfopCurrentDate
        | SvfopCurrentTime
        | SvfopCurrentTimeN
        | SvfopCurrentTimestamp
        | SvfopCurrentTimestampN
        | SvfopLocaltime
        | SvfopLocaltimeN
        | SvfopLocaltimestamp
        | SvfopLocaltimestampN => unknown("it depends on the time"),
    }
}

fn database(shared: Shared) -> Value {
    shared
        .catalog
        .get::<PgDatabase>(shared.session.database)
        .map_or(Value::Null, |row| Value::text(&row.datname))
}

fn current_schema(shared: Shared) -> Value {
    let schema = shared.path.creation.and_then(|oid| shared.catalog.get::<PgNamespace>(oid));
    schema.map_or(Value::Null, |row| Value::text(&row.nspname))
}

/// What a scalar function gives.
pub(super) fn call(
    shared: Shared,
    proc: &PgProc,
    args: &[Value],
    variadic: bool,
) -> PgResult<Value> {
    if args.iter().any(Value::is_untold) {
        return unknown("a column of a system catalog is not modelled");
    }
    let name = proc.proname.as_str();
    if let Some(describe) = shared.running.describe
        && let Some(value) = describe(shared, name, args)
    {
        return value;
    }
    if proc.proisstrict && args.iter().any(Value::is_null) {
        return Ok(Value::Null);
    }
    let text = |index: usize| args.get(index).and_then(Value::to_text).unwrap_or_default();
    let int = |index: usize| args.get(index).and_then(Value::as_int).unwrap_or(0);
    let from_text = |text: String| Ok(Value::Text(Arc::from(text)));
    if let Some(value) = super::datetime::call(name, &proc.proargtypes, args) {
        return value;
    }
    if let Some(value) = super::strings::call(name, args) {
        return value;
    }
    match name {
        "format" => format_call(args, variadic),
        "quote_ident" => from_text(quote_identifier(&text(0)).into_owned()),
        "quote_literal" => from_text(quote_literal(&text(0))),
        "quote_nullable" => {
            from_text(if args[0].is_null() { "NULL".to_string() } else { quote_literal(&text(0)) })
        }
        "concat" => from_text(args.iter().filter_map(Value::to_text).collect()),
        "concat_ws" => {
            let parts: Vec<String> = args[1..].iter().filter_map(Value::to_text).collect();
            from_text(parts.join(&text(0)))
        }
        "lower" => from_text(text(0).to_lowercase()),
        "upper" => from_text(text(0).to_uppercase()),
        "length" | "char_length" | "character_length" => {
            Ok(Value::Int(text(0).chars().count() as i64))
        }
        "btrim" if args.len() == 1 => from_text(text(0).trim_matches(' ').to_string()),
        "replace" => from_text(if text(1).is_empty() {
            text(0)
        } else {
            text(0).replace(&text(1), &text(2))
        }),
        "left" if int(1) >= 0 => from_text(text(0).chars().take(int(1) as usize).collect()),
        "right" if int(1) >= 0 => {
            let all = text(0);
            let skip = all.chars().count().saturating_sub(int(1) as usize);
            from_text(all.chars().skip(skip).collect())
        }
        "substr" | "substring"
            if args.len() == 3 && int(1) >= 1 && matches!(args[1], Value::Int(_)) =>
        {
            from_text(
                text(0).chars().skip(int(1) as usize - 1).take(int(2).max(0) as usize).collect(),
            )
        }
        "split_part" if int(2) >= 1 => from_text(
            text(0).split(text(1).as_str()).nth(int(2) as usize - 1).unwrap_or("").to_string(),
        ),
        "strpos" | "position" => {
            let (all, part) = (text(0), text(1));
            Ok(Value::Int(all.find(&part).map_or(0, |at| all[..at].chars().count() as i64 + 1)))
        }
        "starts_with" => Ok(Value::Bool(text(0).starts_with(&text(1)))),
        "md5" => unknown("md5 is not computed"),
        "array_length" => match &args[0] {
            Value::Array(items) if !items.is_empty() && int(1) == 1 => {
                Ok(Value::Int(items.len() as i64))
            }
            _ => Ok(Value::Null), // no such dimension
        },
        "cardinality" => match &args[0] {
            Value::Array(items) => Ok(Value::Int(items.len() as i64)),
            _ => unknown("cardinality of this value is not run"),
        },
        "array_to_string" => match &args[0] {
            Value::Array(items) => {
                let items: Vec<String> = items.iter().filter_map(Value::to_text).collect();
                from_text(items.join(&text(1)))
            }
            _ => unknown("array_to_string of this value is not run"),
        },
        "array_append" => match &args[0] {
            Value::Array(items) => {
                Ok(Value::Array(items.iter().cloned().chain([args[1].clone()]).collect()))
            }
            _ => Ok(Value::Array(vec![args[1].clone()])), // a NULL array
        },
        // The caller has set it.
        "set_config" => Ok(args[1].clone()),
        "pg_get_serial_sequence" => serial_sequence(shared, &text(0), &text(1)),
        "to_regclass" => to_reg(shared, &text(0), fixed::REGCLASSOID),
        "to_regtype" => to_reg(shared, &text(0), fixed::REGTYPEOID),
        "to_regrole" => to_reg(shared, &text(0), fixed::REGROLEOID),
        "to_regnamespace" => to_reg(shared, &text(0), fixed::REGNAMESPACEOID),
        "to_regprocedure" => to_reg(shared, &text(0), fixed::REGPROCEDUREOID),
        "to_regproc" => to_reg(shared, &text(0), fixed::REGPROCOID),
        "current_schema" => Ok(current_schema(shared)),
        "current_schemas" => {
            let implicit = args[0].as_bool() == Some(true);
            let listed = shared.session.search_path_names();
            let names = shared
                .path
                .schemas
                .iter()
                .filter_map(|oid| shared.catalog.get::<PgNamespace>(*oid));
            let names = names.filter(|row| {
                implicit || row.oid != fixed::PG_CATALOG_NAMESPACE || listed.contains(&row.nspname)
            });
            Ok(Value::Array(names.map(|row| Value::text(&row.nspname)).collect()))
        }
        "current_database" => Ok(database(shared)),
        "current_user" | "session_user" | "getpgusername" => {
            sql_value(shared, SQLValueFunctionOp::SvfopCurrentUser)
        }
        "version" => {
            from_text(format!("PostgreSQL {} (simulated by pgreckon)", shared.catalog.version()))
        }
        "current_setting" => {
            current_setting(shared, &text(0), args.get(1).and_then(Value::as_bool) == Some(true))
        }
        "format_type" => {
            let typmod = args
                .get(1)
                .filter(|value| !value.is_null())
                .and_then(Value::as_int)
                .map_or(-1, |value| value as i32);
            from_text(format_type_with_typemod(
                shared.catalog,
                shared.path,
                Oid(int(0) as u32),
                typmod,
            ))
        }
        "pg_table_is_visible" => {
            let Some(class) = shared.catalog.get::<PgClass>(Oid(int(0) as u32)) else {
                return Ok(Value::Null);
            };
            let first = shared.path.schemas.iter().find(|schema| {
                shared.catalog.find::<PgClass>(&(**schema, class.relname.clone())).is_some()
            });
            Ok(Value::Bool(first == Some(&class.relnamespace)))
        }
        "pg_type_is_visible" => {
            let Some(row) = shared.catalog.get::<PgType>(Oid(int(0) as u32)) else {
                return Ok(Value::Null);
            };
            let first = shared.path.schemas.iter().find(|schema| {
                shared.catalog.find::<PgType>(&(**schema, row.typname.clone())).is_some()
            });
            Ok(Value::Bool(first == Some(&row.typnamespace)))
        }
        "pg_get_userbyid" => {
            let role = shared.catalog.get::<PgAuthid>(Oid(int(0) as u32));
            Ok(role.map_or(Value::Null, |row| Value::text(&row.rolname)))
        }
        "obj_description" => {
            let class = match text(1).as_str() {
                "pg_class" => Class::Relation,
                "pg_proc" => Class::Proc,
                "pg_type" => Class::Type,
                "pg_namespace" => Class::Namespace,
                "pg_constraint" => Class::Constraint,
                _ => return unknown("a comment of this kind is not looked up"),
            };
            let comment = shared.catalog.comment(ObjectAddress::new(class, Oid(int(0) as u32)));
            Ok(Value::optional(comment.map(|text| text.as_ref())))
        }
        "col_description" => {
            let address = ObjectAddress::column(Oid(int(0) as u32), int(1) as i16);
            Ok(Value::optional(shared.catalog.comment(address).map(|text| text.as_ref())))
        }
        "has_table_privilege"
        | "has_schema_privilege"
        | "has_function_privilege"
        | "has_database_privilege"
        | "has_column_privilege"
        | "has_sequence_privilege"
        | "pg_has_role" => {
            let superuser = shared
                .catalog
                .get::<PgAuthid>(shared.session.current_user)
                .is_some_and(|row| row.rolsuper);
            if superuser && args.len() < 3 {
                Ok(Value::Bool(true))
            } else {
                unknown(format!("{name} is not run"))
            }
        }
        "varchar" | "bpchar" if args.len() == 3 => {
            let (typmod, is_bpchar) = (int(1) as i32, name == "bpchar");
            let given = text(0);
            let given = if is_bpchar { given.trim_end_matches(' ') } else { given.as_str() };
            if args[2].as_bool() == Some(true) && typmod >= 4 {
                let width = typmod as usize - 4;
                let cut: String = given.chars().take(width).collect();
                return from_text(if is_bpchar { format!("{cut:<width$}") } else { cut });
            }
            from_text(char_in(given, typmod, is_bpchar)?)
        }
        "numeric" if args.len() == 2 => {
            let rounded = numeric_in(&text(0), int(1) as i32)?;
            Ok(typed(shared, &rounded, fixed::NUMERICOID))
        }
        "int4" | "int8" | "int2" | "oid" => Ok(args[0].as_int().map_or(Value::Null, Value::Int)),
        "text" | "name" | "varchar" | "bpchar" => {
            Ok(args[0].to_text().map_or(Value::Null, |text| Value::Text(Arc::from(text))))
        }
        "pg_trigger_depth" => Ok(Value::Int(shared.running.trigger_depth as i64)),
        "num_nulls" => Ok(Value::Int(args.iter().filter(|value| value.is_null()).count() as i64)),
        "num_nonnulls" => {
            Ok(Value::Int(args.iter().filter(|value| !value.is_null()).count() as i64))
        }
        "pg_typeof" | "now" | "clock_timestamp" | "random" | "gen_random_uuid" | "txid_current" => {
            unknown(format!("what {name}() gives is not known here"))
        }
        "pg_advisory_lock" | "pg_advisory_xact_lock" | "pg_advisory_unlock" | "pg_sleep" => {
            Ok(Value::Null)
        }
        "pg_try_advisory_lock" | "pg_try_advisory_xact_lock" => Ok(Value::Bool(true)),
        _ => unknown(format!("the function {name} is not run")),
    }
}

/// PostgreSQL: current_setting.
fn current_setting(shared: Shared, name: &str, missing_ok: bool) -> PgResult<Value> {
    let lower = name.to_ascii_lowercase();
    if let Some(value) = shared.session.get(&lower) {
        return Ok(Value::text(value));
    }
    let version = shared.catalog.version().major();
    match lower.as_str() {
        "server_version_num" => return Ok(Value::Text(Arc::from(format!("{}", version * 10_000)))),
        "server_version" => return Ok(Value::Text(Arc::from(version.to_string()))),
        "is_superuser" => {
            let superuser = shared
                .catalog
                .get::<PgAuthid>(shared.session.current_user)
                .is_some_and(|row| row.rolsuper);
            return Ok(Value::text(if superuser { "on" } else { "off" }));
        }
        "role" => return Ok(Value::text("none")),
        _ => {} // an ordinary setting
    }
    match settings::find(shared.catalog.version(), &lower) {
        Some(setting) => match &setting.boot_val {
            Some(value)
                if setting.unit.is_none()
                    && !matches!(setting.context, "postmaster" | "sighup") =>
            {
                Ok(Value::text(value))
            }
            _ => unknown(format!("the value of {name} depends on the server")),
        },
        None if missing_ok => Ok(Value::Null),
        None => Err(settings::unrecognized(name).into()),
    }
}

/// Settings that SHOW ALL and pg_settings leave out (PostgreSQL: GUC_NO_SHOW_ALL).
const NOT_SHOWN: [&str; 6] = [
    "default_with_oids",
    "is_superuser",
    "role",
    "seed",
    "session_authorization",
    "ssl_renegotiation_limit",
];

/// The settings by name with their values; what the server's own configuration decides is Unknown (PostgreSQL:
/// pg_show_all_settings).
pub(super) fn all_settings(shared: Shared) -> Vec<(Value, Value)> {
    let built_in = builtin::settings(shared.catalog.version());
    let shown = built_in.filter(|setting| !NOT_SHOWN.contains(&setting.name)).map(|setting| {
        let of_session = matches!(setting.context, "user" | "superuser");
        let known = of_session || setting.name.starts_with("server_version");
        let value = current_setting(shared, setting.name, true).ok().filter(|_| known);
        (Value::text(setting.name), value.unwrap_or(Value::Unknown))
    });
    shown.collect() // placeholders of settings with a dot in their name are not shown
}

/// PostgreSQL: text_format (utils/adt/varlena.c).
fn format_call(args: &[Value], variadic: bool) -> PgResult<Value> {
    let Some(pattern) = args.first().and_then(Value::to_text) else { return Ok(Value::Null) };
    let mut given: Vec<Value> = args[1..].to_vec();
    if variadic && let Some(Value::Array(items)) = given.pop() {
        given.extend(items);
    }
    let mut out = String::new();
    let mut next = 0;
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let mut digits = String::new();
        while let Some(digit) = chars.next_if(|c| c.is_ascii_digit() || *c == '-') {
            digits.push(digit);
        }
        if !digits.is_empty() && chars.next_if_eq(&'$').is_some() {
            next = digits.parse::<usize>().unwrap_or(1).saturating_sub(1);
            digits.clear();
        }
        let width = digits.parse::<i64>().ok();
        let kind = chars.next();
        if kind == Some('%') {
            out.push('%');
            continue;
        }
        let Some(value) = given.get(next) else {
            return Err(PgError::new(
                sqlstate::INVALID_PARAMETER_VALUE,
                "too few arguments for format()",
            )
            .into());
        };
        next += 1;
        let mut put = |text: &str| {
            let size = text.chars().count();
            let fill =
                |width: i64| " ".repeat(usize::try_from(width).unwrap_or(0).saturating_sub(size));
            match width {
                Some(width) if width < 0 && width > -1000 => {
                    out.push_str(text);
                    out.push_str(&fill(-width));
                }
                Some(width) if width < 1000 => {
                    out.push_str(&fill(width));
                    out.push_str(text);
                }
                _ => out.push_str(text), // as it is
            }
        };
        match (kind, value.to_text()) {
            (Some('s'), text) => put(&text.unwrap_or_default()),
            (Some('I'), Some(text)) => put(&quote_identifier(&text)),
            (Some('I'), None) => {
                return Err(PgError::new(
                    sqlstate::NULL_VALUE_NOT_ALLOWED,
                    "null values cannot be formatted as an SQL identifier",
                )
                .into());
            }
            (Some('L'), Some(text)) => put(&quote_literal(&text)),
            (Some('L'), None) => put("NULL"),
            (Some(other), _) => {
                let message = format!("unrecognized format() type specifier \"{other}\"");
                return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message)
                    .hint("For a single \"%\" use \"%%\".")
                    .into());
            }
            (None, _) => {
                return Err(PgError::new(
                    sqlstate::INVALID_PARAMETER_VALUE,
                    "unterminated format() type specifier",
                )
                .hint("For a single \"%\" use \"%%\".")
                .into());
            }
        }
    }
    Ok(Value::Text(Arc::from(out)))
}

/// PostgreSQL: quote_literal_cstr.
pub(super) fn quote_literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if text.contains('\\') {
        format!("E'{}'", doubled.replace('\\', "\\\\"))
    } else {
        format!("'{doubled}'")
    }
}

/// The rows of a set-returning function.
pub(super) fn rows(shared: Shared, proc: &PgProc, args: &[Value]) -> PgResult<Vec<Vec<Value>>> {
    if let Some(rows) = super::json::rows(&proc.proname, args) {
        return rows;
    }
    match (proc.proname.as_str(), args) {
        ("unnest", [Value::Array(items)]) => {
            Ok(items.iter().map(|item| vec![item.clone()]).collect())
        }
        ("unnest", [Value::Null]) => Ok(Vec::new()),
        ("pg_event_trigger_ddl_commands", []) => match &shared.running.ddl_commands {
            Some(rows) => Ok(rows.to_vec()),
            None => outside_of_event_trigger("pg_event_trigger_ddl_commands()", "an event trigger"),
        },
        ("pg_event_trigger_dropped_objects", []) => match &shared.running.dropped_objects {
            Some(rows) => Ok(rows.to_vec()),
            None => outside_of_event_trigger(
                "pg_event_trigger_dropped_objects()",
                "a sql_drop event trigger",
            ),
        },
        ("generate_series", [_, _, _])
            if let Some(rows) = super::datetime::series(&proc.proargtypes, args) =>
        {
            rows
        }
        ("generate_series", [Value::Int(from), Value::Int(to)]) if to - from < 100_000 => {
            Ok((*from..=*to).map(|value| vec![Value::Int(value)]).collect())
        }
        ("generate_series", [Value::Int(from), Value::Int(to), Value::Int(step)])
            if *step > 0 && (to - from) / step < 100_000 =>
        {
            let step = usize::try_from(*step).unwrap_or(1);
            Ok((*from..=*to).step_by(step).map(|value| vec![Value::Int(value)]).collect())
        }
        ("generate_subscripts", [Value::Array(items), Value::Int(1)]) => {
            Ok((1..=items.len() as i64).map(|value| vec![Value::Int(value)]).collect())
        }
        ("string_to_table", [Value::Text(text), Value::Text(by)]) => {
            Ok(text.split(by.as_ref()).map(|part| vec![Value::text(part)]).collect())
        }
        ("regexp_matches", [text, pattern, rest @ ..]) => {
            let text_of = |value: &Value| value.to_text().unwrap_or_default();
            let flags = rest.first().map(text_of).unwrap_or_default();
            super::strings::all_matches(&text_of(text), &text_of(pattern), &flags)
        }
        ("regexp_split_to_table", [text, pattern]) => {
            let text_of = |value: &Value| value.to_text().unwrap_or_default();
            let pieces = super::strings::split(&text_of(text), &text_of(pattern))?;
            Ok(pieces.into_iter().map(|piece| vec![piece]).collect())
        }
        ("pg_available_extensions", []) => {
            let all = builtin::available_extensions(shared.catalog.version());
            Ok(all
                .map(|control| vec![Value::text(control.name), Value::Unknown, Value::Unknown])
                .collect())
        }
        (name, _) => match call_or_unknown(shared, proc, args) {
            Ok(value) => Ok(vec![vec![value]]),
            Err(Stop::Unknown(_)) => unknown(format!("the function {name} is not run")),
            Err(stop) => Err(stop),
        },
    }
}

fn outside_of_event_trigger<T>(function: &str, place: &str) -> PgResult<T> {
    let message = format!("{function} can only be called in {place} function");
    let state = sqlstate::E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED;
    Err(PgError::new(state, message).into())
}

fn call_or_unknown(shared: Shared, proc: &PgProc, args: &[Value]) -> PgResult<Value> {
    if proc.proretset { unknown("a set is not run") } else { call(shared, proc, args, false) }
}

/// What an aggregate gives over the rows of its arguments.
pub(super) fn aggregate(name: &str, star: bool, rows: &[Vec<Value>]) -> PgResult<Value> {
    let values: Vec<&Value> =
        rows.iter().filter_map(|row| row.first()).filter(|value| !value.is_null()).collect();
    match name {
        "count" => Ok(Value::Int(if star { rows.len() } else { values.len() } as i64)),
        "bool_and" | "every" if !values.is_empty() => {
            Ok(Value::Bool(values.iter().all(|value| value.as_bool() == Some(true))))
        }
        "bool_or" if !values.is_empty() => {
            Ok(Value::Bool(values.iter().any(|value| value.as_bool() == Some(true))))
        }
        "min" | "max" => {
            let mut best: Option<&Value> = None;
            for value in values {
                let order = best.and_then(|best| value.compare(best));
                let wins = match (name, order) {
                    ("min", Some(order)) => order.is_lt(),
                    (_, Some(order)) => order.is_gt(),
                    (_, None) => best.is_none(),
                };
                if wins {
                    best = Some(value);
                }
            }
            Ok(best.cloned().unwrap_or(Value::Null))
        }
        "sum" if values.iter().all(|value| matches!(value, Value::Int(_))) => {
            let sum = values.iter().filter_map(|value| value.as_int()).sum();
            Ok(if values.is_empty() { Value::Null } else { Value::Int(sum) })
        }
        "array_agg" => {
            let all: Vec<Value> = rows.iter().filter_map(|row| row.first().cloned()).collect();
            Ok(if all.is_empty() { Value::Null } else { Value::Array(all) })
        }
        "string_agg" => {
            let mut out = String::new();
            for (index, row) in rows.iter().filter(|row| !row[0].is_null()).enumerate() {
                if index > 0 {
                    out.push_str(&row.get(1).and_then(Value::to_text).unwrap_or_default());
                }
                out.push_str(&row[0].to_text().unwrap_or_default());
            }
            Ok(if values.is_empty() { Value::Null } else { Value::Text(Arc::from(out)) })
        }
        "bool_and" | "every" | "bool_or" => Ok(Value::Null),
        _ => unknown(format!("the aggregate {name} is not run")),
    }
}
