//! json and jsonb: their operators, functions and aggregates over texts as they print (PostgreSQL: utils/adt/jsonfuncs.c,
//! utils/adt/json.c, utils/adt/jsonb.c).

use std::sync::Arc;

use super::expr::Evaluator;
use crate::catalog::PgProc;
use crate::catalog::lsyscache::{get_base_type, get_element_type};
use crate::catalog::value::Value;
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::{Aggref, Expr, FuncExpr, RteKind};
use crate::parser::funcapi::{get_expr_result_tupdesc, lookup_rowtype_tupdesc};
use crate::parser::literals::{Members, escape_json, jsonb_in, members, plain_text};
use crate::parser::parse_node::Shared;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

fn text(text: String) -> Value {
    Value::Text(Arc::from(text))
}

fn is_json(type_id: Oid) -> bool {
    matches!(type_id, fixed::JSONOID | fixed::JSONBOID)
}

/// What the type of a value calls for where it is written as JSON (PostgreSQL: json_categorize_type).
struct Writer<'a> {
    shared: Shared<'a>,
    /// The columns' types of a row of no declared type.
    record: Option<Vec<Oid>>,
}

impl Writer<'_> {
    /// A value as json prints it (PostgreSQL: datum_to_json_internal).
    fn write(&self, value: &Value, type_id: Oid, out: &mut String) -> PgResult<()> {
        let catalog = self.shared.catalog;
        let base = get_base_type(catalog, type_id);
        match value {
            Value::Null => out.push_str("null"),
            Value::Unknown => return unknown("a part of a JSON value is not known"),
            Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Value::Array(items) => {
                let element = get_element_type(catalog, base);
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    let is_array = matches!(item, Value::Array(_));
                    self.write(item, if is_array { base } else { element }, out)?;
                }
                out.push(']');
            }
            Value::Record(fields) => {
                let types = match lookup_rowtype_tupdesc(catalog, base) {
                    Some(columns) => columns.iter().map(|column| column.type_id).collect(),
                    None => match &self.record {
                        Some(types) => types.clone(),
                        None => return unknown("the types of a row's columns are not known"),
                    },
                };
                out.push('{');
                let live = fields
                    .iter()
                    .zip(types.iter().copied().chain(std::iter::repeat(Oid::INVALID)))
                    .filter(|((name, _), _)| !name.starts_with("........pg.dropped."));
                for (index, ((name, value), type_id)) in live.enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    match name.is_empty() {
                        true => escape_json(&format!("f{}", index + 1), out),
                        false => escape_json(name, out),
                    }
                    out.push(':');
                    if matches!(value, Value::Record(_)) && type_id == fixed::RECORDOID {
                        return unknown("a row in a row is not written out");
                    }
                    self.write(value, type_id, out)?;
                }
                out.push('}');
            }
            Value::Int(_) | Value::Float(_) | Value::Numeric(_) | Value::Text(_) => {
                let value = super::functions::output(self.shared, value.clone(), base);
                let printed = value.to_text().unwrap_or_default();
                let is_number = matches!(
                    base,
                    fixed::INT2OID
                        | fixed::INT4OID
                        | fixed::INT8OID
                        | fixed::NUMERICOID
                        | fixed::FLOAT4OID
                        | fixed::FLOAT8OID
                ) && printed
                    .starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
                match base {
                    _ if is_number || is_json(base) => out.push_str(&printed),
                    fixed::TIMESTAMPOID => escape_json(&printed.replacen(' ', "T", 1), out),
                    fixed::TIMESTAMPTZOID => escape_json(&with_zone(&printed), out),
                    Oid::INVALID => return unknown("a value's type is not known"),
                    _ => escape_json(&printed, out),
                }
            }
        }
        Ok(())
    }
}

/// A timestamp as JSON has it: with a T, and minutes in the zone (PostgreSQL: JsonEncodeDateTime).
fn with_zone(printed: &str) -> String {
    let mut text = printed.replacen(' ', "T", 1);
    if text.len() > 3 && matches!(text.as_bytes()[text.len() - 3], b'+' | b'-') {
        text.push_str(":00");
    }
    text
}

/// The member of an object or array that a step of a path names.
fn step<'t>(json: &'t str, key: &Value) -> PgResult<Option<&'t str>> {
    Ok(match (members(json)?, key) {
        (Members::Object(all), Value::Text(name)) => {
            all.into_iter().rev().find(|(key, _)| **key == **name).map(|(_, value)| value)
        }
        (Members::Array(all), Value::Int(index)) => {
            let index = if *index < 0 { *index + all.len() as i64 } else { *index };
            usize::try_from(index).ok().and_then(|index| all.get(index).copied())
        }
        _ => None, // there is no such member
    })
}

/// The value at the end of a path, whose steps are keys or indexes by what they meet.
fn at_path<'t>(json: &'t str, path: &[Value]) -> PgResult<Option<&'t str>> {
    let mut at = json.trim();
    for key in path {
        let Some(name) = key.to_text() else { return Ok(None) };
        let key = match members(at)? {
            Members::Array(_) => match name.trim().parse() {
                Ok(index) => Value::Int(index),
                Err(_) => return Ok(None),
            },
            Members::Object(_) | Members::Scalar => Value::text(&name),
        };
        match step(at, &key)? {
            Some(inner) => at = inner,
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}

/// A member as json, or with `as_text` as its text: NULL for null.
fn shown(member: Option<&str>, as_text: bool) -> PgResult<Value> {
    Ok(match member {
        None => Value::Null,
        Some("null") if as_text => Value::Null,
        Some(json) if as_text => match plain_text(json)? {
            Some(string) => text(string),
            None => Value::text(json),
        },
        Some(json) => Value::text(json),
    })
}

/// An operator of json or jsonb; None where it is neither, or is not run here.
pub(super) fn operate(
    name: &str,
    left: (&Value, Oid),
    right: (&Value, Oid),
) -> Option<PgResult<Value>> {
    let ((Value::Text(json), left_type), (key, right_type)) = (left, right) else { return None };
    if !is_json(left_type) {
        return None;
    }
    let both = right_type == fixed::JSONBOID;
    let keys = match key {
        Value::Array(keys) => keys.as_slice(),
        single => std::slice::from_ref(single),
    };
    Some(match (name, key) {
        ("->" | "->>", _) => step(json, key).and_then(|found| shown(found, name == "->>")),
        ("#>" | "#>>", Value::Array(path)) => {
            at_path(json, path).and_then(|found| shown(found, name == "#>>"))
        }
        ("||", Value::Text(other)) if both => concatenate(json, other),
        ("-", _) => without(json, key),
        ("@>", Value::Text(other)) if both => contains(json, other).map(Value::Bool),
        ("<@", Value::Text(other)) if both => contains(other, json).map(Value::Bool),
        ("?" | "?|", _) => any_key(json, keys, true).map(Value::Bool),
        ("?&", _) => any_key(json, keys, false).map(|lacks| Value::Bool(!lacks)),
        _ => return None, // comparisons, and what is rare
    })
}

/// Whether one of the keys is there, or with `there` false is not.
fn any_key(json: &str, keys: &[Value], there: bool) -> PgResult<bool> {
    let all: Vec<String> = match members(json)? {
        Members::Object(all) => all.into_iter().map(|(key, _)| key).collect(),
        Members::Array(all) => {
            let strings = all.into_iter().map(plain_text).collect::<PgResult<Vec<_>>>()?;
            strings.into_iter().flatten().collect()
        }
        Members::Scalar => plain_text(json)?.into_iter().collect(),
    };
    Ok(keys.iter().filter_map(Value::to_text).any(|key| all.contains(&key) == there))
}

fn object_text(all: &[(String, &str)]) -> String {
    let mut out = String::from("{");
    for (index, (key, value)) in all.iter().enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        escape_json(key, &mut out);
        out.push_str(": ");
        out.push_str(value);
    }
    out + "}"
}

/// PostgreSQL: jsonb_concat.
fn concatenate(left: &str, right: &str) -> PgResult<Value> {
    let joined = match (members(left)?, members(right)?) {
        (Members::Object(a), Members::Object(b)) => {
            object_text(&a.into_iter().chain(b).collect::<Vec<_>>())
        }
        (a, b) => {
            let items = |side, whole| match side {
                Members::Array(all) => all,
                Members::Object(_) | Members::Scalar => vec![whole],
            };
            let all: Vec<&str> = items(a, left).into_iter().chain(items(b, right)).collect();
            format!("[{}]", all.join(", "))
        }
    };
    jsonb_in(&joined).map(text)
}

/// PostgreSQL: jsonb_delete, jsonb_delete_idx, jsonb_delete_array.
fn without(json: &str, key: &Value) -> PgResult<Value> {
    let named = |name: &str| match key {
        Value::Array(keys) => keys.iter().any(|key| key.to_text().as_deref() == Some(name)),
        key => key.to_text().as_deref() == Some(name),
    };
    let left = match (members(json)?, key) {
        (Members::Scalar, _) => {
            let what = "cannot delete from scalar";
            return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, what).into());
        }
        (Members::Object(_), Value::Int(_)) => {
            let what = "cannot delete from object using integer index";
            return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, what).into());
        }
        (Members::Object(mut all), _) => {
            all.retain(|(key, _)| !named(key));
            object_text(&all)
        }
        (Members::Array(mut all), Value::Int(index)) => {
            let index = if *index < 0 { *index + all.len() as i64 } else { *index };
            if let Some(index) = usize::try_from(index).ok().filter(|index| *index < all.len()) {
                all.remove(index);
            }
            format!("[{}]", all.join(", "))
        }
        (Members::Array(all), _) => {
            let mut left = Vec::new();
            for item in all {
                if !plain_text(item)?.is_some_and(|text| named(&text)) {
                    left.push(item);
                }
            }
            format!("[{}]", left.join(", "))
        }
    };
    Ok(text(left))
}

/// PostgreSQL: JsonbDeepContains.
fn contains(whole: &str, part: &str) -> PgResult<bool> {
    Ok(match (members(whole)?, members(part)?) {
        (Members::Object(a), Members::Object(b)) => {
            for (key, value) in b {
                let Some((_, other)) = a.iter().find(|(known, _)| *known == key) else {
                    return Ok(false);
                };
                if !contains(other, value)? || is_container(other) != is_container(value) {
                    return Ok(false);
                }
            }
            true
        }
        (Members::Array(a), Members::Array(b)) => {
            for value in b {
                let mut found = false;
                for other in &a {
                    found |= is_container(other) == is_container(value) && contains(other, value)?;
                }
                if !found {
                    return Ok(false);
                }
            }
            true
        }
        (Members::Array(a), Members::Scalar) => a.contains(&part),
        (Members::Scalar, Members::Scalar) => whole == part,
        _ => false, // they are of different kinds
    })
}

fn is_container(json: &str) -> bool {
    json.starts_with(['{', '['])
}

/// The rows of a set-returning function; None where it is none of these.
pub(super) fn rows(name: &str, args: &[Value]) -> Option<PgResult<Vec<Vec<Value>>>> {
    let short = name.strip_prefix("jsonb_").or(name.strip_prefix("json_"))?;
    if !matches!(
        short,
        "each" | "each_text" | "array_elements" | "array_elements_text" | "object_keys"
    ) {
        return None;
    }
    Some(match args {
        [Value::Text(json)] => rows_of(short, name, json),
        [Value::Null] => Ok(Vec::new()),
        _ => unknown(format!("the function {name} is not run")),
    })
}

fn rows_of(short: &str, name: &str, json: &str) -> PgResult<Vec<Vec<Value>>> {
    let refuse = |what: String| Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, what).into());
    match (short, members(json)?) {
        ("each" | "each_text", Members::Object(all)) => all
            .into_iter()
            .map(|(key, value)| Ok(vec![text(key), shown(Some(value), short == "each_text")?]))
            .collect(),
        ("object_keys", Members::Object(all)) => {
            Ok(all.into_iter().map(|(key, _)| vec![text(key)]).collect())
        }
        ("array_elements" | "array_elements_text", Members::Array(all)) => all
            .into_iter()
            .map(|value| Ok(vec![shown(Some(value), short == "array_elements_text")?]))
            .collect(),
        ("array_elements" | "array_elements_text", Members::Object(_)) => {
            refuse("cannot extract elements from an object".to_string())
        }
        ("array_elements" | "array_elements_text", Members::Scalar) => {
            refuse("cannot extract elements from a scalar".to_string())
        }
        (_, Members::Array(_)) if name.starts_with("json_each") => {
            refuse("cannot deconstruct an array as an object".to_string())
        }
        (_, Members::Scalar) if name.starts_with("json_each") => {
            refuse("cannot deconstruct a scalar".to_string())
        }
        (_, Members::Array(_)) if short == "object_keys" => {
            refuse(format!("cannot call {name} on an array"))
        }
        (_, Members::Scalar) if short == "object_keys" => {
            refuse(format!("cannot call {name} on a scalar"))
        }
        _ => refuse(format!("cannot call {name} on a non-object")),
    }
}

/// jsonb_set and jsonb_insert of what is there or not (PostgreSQL: setPath).
fn set_path(json: &str, path: &[Value], new: &str, create: bool) -> PgResult<String> {
    let Some((key, rest)) = path.split_first() else { return Ok(new.to_string()) };
    let Some(name) = key.to_text() else {
        return unknown("a path with NULL in it is not followed");
    };
    Ok(match members(json)? {
        Members::Object(mut all) => {
            let made;
            match all.iter().position(|(key, _)| *key == name) {
                Some(index) => {
                    made = set_path(all[index].1, rest, new, create)?;
                    all[index].1 = &made;
                }
                None if rest.is_empty() && create => all.push((name, new)),
                None => {}
            }
            object_text(&all)
        }
        Members::Array(mut all) => {
            let Ok(index) = name.parse::<i64>() else {
                let what = format!("path element at position 1 is not an integer: \"{name}\"");
                return Err(PgError::new(sqlstate::INVALID_TEXT_REPRESENTATION, what).into());
            };
            let place = if index < 0 { index + all.len() as i64 } else { index };
            let made;
            match usize::try_from(place).ok().filter(|place| *place < all.len()) {
                Some(place) => {
                    made = set_path(all[place], rest, new, create)?;
                    all[place] = &made;
                }
                None if rest.is_empty() && create && place < 0 => all.insert(0, new),
                None if rest.is_empty() && create => all.push(new),
                None => {}
            }
            format!("[{}]", all.join(", "))
        }
        Members::Scalar => json.to_string(),
    })
}

fn strip_nulls(json: &str) -> PgResult<String> {
    Ok(match members(json)? {
        Members::Object(all) => {
            let mut kept = Vec::new();
            for (key, value) in all.into_iter().filter(|(_, value)| *value != "null") {
                kept.push((key, strip_nulls(value)?));
            }
            let kept: Vec<(String, &str)> =
                kept.iter().map(|(key, value)| (key.clone(), value.as_str())).collect();
            object_text(&kept)
        }
        Members::Array(all) => {
            let kept = all.into_iter().map(strip_nulls).collect::<PgResult<Vec<_>>>()?;
            format!("[{}]", kept.join(", "))
        }
        Members::Scalar => json.to_string(),
    })
}

fn type_name(json: &str) -> &'static str {
    match json.trim_start().bytes().next() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "boolean",
        Some(b'n') => "null",
        _ => "number", // nothing else is JSON
    }
}

/// Whether the function makes or reads JSON.
fn is_json_function(name: &str) -> bool {
    name.starts_with("json")
        || matches!(name, "to_json" | "to_jsonb" | "row_to_json" | "array_to_json")
}

impl Evaluator<'_> {
    /// The types of a row's columns.
    fn record_types(&self, expr: &Expr) -> Option<Vec<Oid>> {
        if let Expr::Var(var) = expr
            && var.varattno == 0
            && let Some(depth) = self.frames.len().checked_sub(1 + var.varlevelsup as usize)
            && let Some(entry) = self.frames[depth].query.rtable.get(var.varno as usize - 1)
            && let RteKind::Subquery { query, .. } = &entry.kind
        {
            let shown = query.target_list.iter().filter(|target| !target.resjunk);
            return Some(shown.map(|target| expr_type(&target.expr)).collect());
        }
        let columns = get_expr_result_tupdesc(self.shared.catalog, expr)?;
        Some(columns.iter().map(|column| column.type_id).collect())
    }

    fn write(&self, expr: &Expr, value: &Value, out: &mut String) -> PgResult<()> {
        let writer = Writer { shared: self.shared, record: self.record_types(expr) };
        let type_id = match expr_type(expr) {
            fixed::UNKNOWNOID => fixed::TEXTOID,
            type_id => type_id,
        };
        writer.write(value, type_id, out)
    }

    /// What a function that makes or reads JSON gives; None where it is none of these.
    pub(super) fn json_function(
        &self,
        call: &FuncExpr,
        proc: &PgProc,
        args: &[Value],
    ) -> Option<PgResult<Value>> {
        let name = proc.proname.as_str();
        if !is_json_function(name) || call.funcvariadic {
            return None;
        }
        if proc.proisstrict && args.iter().any(Value::is_null) {
            return Some(Ok(Value::Null));
        }
        self.json_call(name, &call.args, args).transpose()
    }

    fn json_call(&self, name: &str, exprs: &[Expr], args: &[Value]) -> PgResult<Option<Value>> {
        let binary = name.contains("jsonb");
        let finish = |json: String| -> PgResult<Option<Value>> {
            Ok(Some(text(if binary { jsonb_in(&json)? } else { json })))
        };
        match (name, args) {
            ("to_json" | "to_jsonb" | "row_to_json" | "array_to_json", [value]) => {
                let mut out = String::new();
                self.write(&exprs[0], value, &mut out)?;
                finish(out)
            }
            ("json_build_object" | "jsonb_build_object", _) => {
                if !args.len().is_multiple_of(2) {
                    let what = "argument list must have even number of elements";
                    let hint = format!(
                        "The arguments of {name}() must consist of alternating keys and values."
                    );
                    let error = PgError::new(sqlstate::INVALID_PARAMETER_VALUE, what).hint(hint);
                    return Err(error.into());
                }
                let mut out = String::from("{");
                for (index, (pair, expr)) in args.chunks(2).zip(exprs.chunks(2)).enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    self.write_key(index, &expr[0], &pair[0], binary, &mut out)?;
                    out.push_str(" : ");
                    self.write(&expr[1], &pair[1], &mut out)?;
                }
                finish(out + "}")
            }
            ("json_build_array" | "jsonb_build_array", _) => {
                let mut out = String::from("[");
                for (index, (value, expr)) in args.iter().zip(exprs).enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    self.write(expr, value, &mut out)?;
                }
                finish(out + "]")
            }
            ("json_array_length" | "jsonb_array_length", [Value::Text(json)]) => {
                match members(json)? {
                    Members::Array(all) => Ok(Some(Value::Int(all.len() as i64))),
                    other => {
                        let kind = match (other, binary) {
                            (Members::Scalar, _) => "scalar",
                            (_, true) => "non-array",
                            (_, false) => "non-array",
                        };
                        let what = format!("cannot get array length of a {kind}");
                        Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, what).into())
                    }
                }
            }
            ("json_typeof" | "jsonb_typeof", [Value::Text(json)]) => {
                Ok(Some(Value::text(type_name(json))))
            }
            ("json_object_field" | "jsonb_object_field", [Value::Text(json), key])
            | ("json_array_element" | "jsonb_array_element", [Value::Text(json), key]) => {
                shown(step(json, key)?, false).map(Some)
            }
            ("jsonb_set", [Value::Text(json), Value::Array(path), Value::Text(new), rest @ ..]) => {
                let create = rest.first().is_none_or(|create| create.as_bool() == Some(true));
                finish(set_path(json, path, new, create)?)
            }
            ("json_strip_nulls" | "jsonb_strip_nulls", [Value::Text(json)]) => {
                finish(strip_nulls(json)?)
            }
            ("json_object" | "jsonb_object", [Value::Array(items)]) if items.len() % 2 == 0 => {
                let mut out = String::from("{");
                for (index, pair) in items.chunks(2).enumerate() {
                    let Some(key) = pair[0].to_text() else { return Ok(None) };
                    out.push_str(if index > 0 { ", " } else { "" });
                    escape_json(&key, &mut out);
                    out.push_str(" : ");
                    match pair[1].to_text() {
                        Some(value) => escape_json(&value, &mut out),
                        None => out.push_str("null"),
                    }
                }
                finish(out + "}")
            }
            _ => Ok(None), // the others are rare
        }
    }

    /// A key of an object that is built.
    fn write_key(
        &self,
        index: usize,
        expr: &Expr,
        key: &Value,
        binary: bool,
        out: &mut String,
    ) -> PgResult<()> {
        let type_id = expr_type(expr);
        if key.is_null() {
            let (state, message) = match binary {
                true => (
                    sqlstate::INVALID_PARAMETER_VALUE,
                    format!("argument {}: key must not be null", 2 * index + 1),
                ),
                false => (
                    sqlstate::NULL_VALUE_NOT_ALLOWED,
                    "null value not allowed for object key".to_string(),
                ),
            };
            return Err(PgError::new(state, message).into());
        }
        if matches!(key, Value::Array(_) | Value::Record(_)) || is_json(type_id) {
            let what = "key value must be scalar, not array, composite, or json";
            return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, what).into());
        }
        let key = match key {
            Value::Bool(value) => Value::text(if *value { "true" } else { "false" }),
            key => super::functions::output(self.shared, key.clone(), type_id),
        };
        escape_json(&key.to_text().unwrap_or_default(), out);
        Ok(())
    }

    /// What an aggregate that makes JSON gives; None where it is none of these.
    pub(super) fn json_aggregate(
        &self,
        name: &str,
        aggregate: &Aggref,
        rows: &[Vec<Value>],
    ) -> Option<PgResult<Value>> {
        let is_object = matches!(name, "json_object_agg" | "jsonb_object_agg");
        if !is_object && !matches!(name, "json_agg" | "jsonb_agg") {
            return None;
        }
        Some(self.aggregated(name, is_object, aggregate, rows))
    }

    fn aggregated(
        &self,
        name: &str,
        is_object: bool,
        aggregate: &Aggref,
        rows: &[Vec<Value>],
    ) -> PgResult<Value> {
        if rows.is_empty() {
            return Ok(Value::Null);
        }
        let binary = name.starts_with("jsonb");
        let mut exprs = aggregate.args.iter().filter(|target| !target.resjunk);
        let (Some(first), second) = (exprs.next(), exprs.next()) else {
            return unknown(format!("the aggregate {name} is not run"));
        };
        let mut out = String::from(if is_object { "{ " } else { "[" });
        for (index, row) in rows.iter().enumerate() {
            match (second, is_object) {
                (Some(second), true) => {
                    out.push_str(if index > 0 { ", " } else { "" });
                    let (key, value) = (&row[0], row.get(1).unwrap_or(&Value::Null));
                    self.write_key(0, &first.expr, key, binary, &mut out)?;
                    out.push_str(" : ");
                    self.write(&second.expr, value, &mut out)?;
                }
                _ => {
                    let is_row = matches!(row[0], Value::Record(_) | Value::Array(_));
                    out.push_str(match (index > 0, is_row) {
                        (false, _) => "",
                        (true, true) => ", \n ",
                        (true, false) => ", ",
                    });
                    self.write(&first.expr, &row[0], &mut out)?;
                }
            }
        }
        out.push_str(if is_object { " }" } else { "]" });
        Ok(text(if binary { jsonb_in(&out)? } else { out }))
    }
}
