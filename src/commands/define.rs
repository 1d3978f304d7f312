//! Reading the options of commands that are written `name = value` (PostgreSQL: commands/define.c).

use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::tree::{DefElem, Node, TypeName};
use crate::nodes::{ParseLoc, Str};
use crate::pg::sqlstate;

/// The text of a list of names as written in messages (PostgreSQL: NameListToString).
pub fn name_list_to_string(names: &[Node]) -> String {
    let mut text = String::new();
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            text.push('.');
        }
        match name {
            Node::String(part) => text.push_str(part),
            // Beside strings a list of names holds only `*`.
            _ => text.push('*'),
        }
    }
    text
}

/// A type name as messages print it, before it is looked up (PostgreSQL: TypeNameToString).
pub fn type_name_to_string(type_name: &TypeName) -> String {
    let mut text = name_list_to_string(&type_name.names);
    if type_name.pct_type {
        text.push_str("%TYPE");
    }
    for _ in &type_name.array_bounds {
        text.push_str("[]");
    }
    text
}

/// A type name made of names alone (PostgreSQL: makeTypeNameFromNameList).
pub fn make_type_name_from_name_list(names: &[Node]) -> TypeName {
    TypeName {
        names: names.to_vec(),
        setof: false,
        pct_type: false,
        typmods: Vec::new(),
        typemod: -1,
        array_bounds: Vec::new(),
        location: ParseLoc::NONE,
    }
}

/// The option's name.
pub fn def_name(def: &DefElem) -> &str {
    def.defname.as_deref().unwrap_or_default()
}

/// The option as a string (PostgreSQL: defGetString).
pub fn def_get_string(def: &DefElem) -> PgResult<String> {
    let Some(arg) = &def.arg else {
        return syntax(format!("{} requires a parameter", def_name(def)));
    };
    match arg {
        Node::Integer(value) => Ok(value.to_string()),
        Node::Float(value) => Ok(value.to_string()),
        Node::Boolean(value) => Ok(if *value { "true" } else { "false" }.to_string()),
        Node::String(value) => Ok(value.to_string()),
        Node::TypeName(name) => Ok(type_name_to_string(name)),
        Node::List(names) => Ok(name_list_to_string(names)),
        Node::AStar => Ok("*".to_string()),
        // The grammar makes no other kind of option.
        other => Err(Stop::Unknown(format!("option value {}", other.tag_name()))),
    }
}

/// The option as a number (PostgreSQL: defGetNumeric).
pub fn def_get_numeric(def: &DefElem) -> PgResult<f64> {
    match &def.arg {
        Some(Node::Integer(value)) => Ok(f64::from(*value)),
        Some(Node::Float(value)) => match value.parse() {
            Ok(value) => Ok(value),
            Err(_) => syntax(format!("{} requires a numeric value", def_name(def))),
        },
        None | Some(_) => syntax(format!("{} requires a numeric value", def_name(def))),
    }
}

/// The option as a Boolean; without a value true (PostgreSQL: defGetBoolean).
pub fn def_get_boolean(def: &DefElem) -> PgResult<bool> {
    match &def.arg {
        None => return Ok(true),
        Some(Node::Integer(0)) => return Ok(false),
        Some(Node::Integer(1)) => return Ok(true),
        Some(Node::Integer(_)) => {}
        Some(_) => match def_get_string(def)?.to_ascii_lowercase().as_str() {
            "true" | "on" => return Ok(true),
            "false" | "off" => return Ok(false),
            _ => {} // refused below
        },
    }
    syntax(format!("{} requires a Boolean value", def_name(def)))
}

/// The option as a small integer (PostgreSQL: defGetInt32).
pub fn def_get_int32(def: &DefElem) -> PgResult<i32> {
    match &def.arg {
        Some(Node::Integer(value)) => Ok(*value),
        None | Some(_) => syntax(format!("{} requires an integer value", def_name(def))),
    }
}

/// The option as an integer (PostgreSQL: defGetInt64).
pub fn def_get_int64(def: &DefElem) -> PgResult<i64> {
    match &def.arg {
        Some(Node::Integer(value)) => Ok(i64::from(*value)),
        Some(Node::Float(value)) => match value.parse::<i64>() {
            Ok(value) => Ok(value),
            Err(_) if value.bytes().all(|b| b.is_ascii_digit() || b == b'-') => Err(PgError::new(
                sqlstate::NUMERIC_VALUE_OUT_OF_RANGE,
                format!("value \"{value}\" is out of range for type bigint"),
            )
            .into()),
            Err(_) => Err(PgError::new(
                sqlstate::INVALID_TEXT_REPRESENTATION,
                format!("invalid input syntax for type bigint: \"{value}\""),
            )
            .into()),
        },
        None | Some(_) => syntax(format!("{} requires a numeric value", def_name(def))),
    }
}

/// The option as a possibly qualified name (PostgreSQL: defGetQualifiedName).
pub fn def_get_qualified_name(def: &DefElem) -> PgResult<Vec<Node>> {
    match &def.arg {
        None => syntax(format!("{} requires a parameter", def_name(def))),
        Some(Node::TypeName(name)) => Ok(name.names.clone()),
        Some(Node::List(names)) => Ok(names.clone()),
        Some(name @ Node::String(_)) => Ok(vec![name.clone()]),
        Some(_) => syntax(format!("argument of {} must be a name", def_name(def))),
    }
}

/// The option as a type name; a quoted string counts as one (PostgreSQL: defGetTypeName).
pub fn def_get_type_name(def: &DefElem) -> PgResult<TypeName> {
    match &def.arg {
        None => syntax(format!("{} requires a parameter", def_name(def))),
        Some(Node::TypeName(name)) => Ok((**name).clone()),
        Some(name @ Node::String(_)) => {
            Ok(make_type_name_from_name_list(std::slice::from_ref(name)))
        }
        Some(_) => syntax(format!("argument of {} must be a type name", def_name(def))),
    }
}

/// The option as a type's length: a number, or `variable` for -1 (PostgreSQL: defGetTypeLength).
pub fn def_get_type_length(def: &DefElem) -> PgResult<i32> {
    let variable = |text: &str| text.eq_ignore_ascii_case("variable");
    match &def.arg {
        None => return syntax(format!("{} requires a parameter", def_name(def))),
        Some(Node::Integer(value)) => return Ok(*value),
        Some(Node::Float(_)) => {
            return syntax(format!("{} requires an integer value", def_name(def)));
        }
        Some(Node::String(text)) if variable(text) => return Ok(-1),
        Some(Node::TypeName(name)) if variable(&type_name_to_string(name)) => return Ok(-1),
        Some(Node::List(names)) if variable(&name_list_to_string(names)) => return Ok(-1),
        Some(_) => {}
    }
    let value = def_get_string(def)?;
    syntax(format!("invalid argument for {}: \"{value}\"", def_name(def)))
}

/// The option as a list of strings (PostgreSQL: defGetStringList).
pub fn def_get_string_list(def: &DefElem) -> PgResult<Vec<Str>> {
    match &def.arg {
        Some(Node::List(items)) => Ok(items
            .iter()
            .filter_map(|item| match item {
                Node::String(text) => Some(text.clone()),
                // The grammar puts only strings there.
                _ => None,
            })
            .collect()),
        None => syntax(format!("{} requires a parameter", def_name(def))),
        Some(_) => syntax(format!("{} requires a list of names", def_name(def))),
    }
}

/// The same option twice (PostgreSQL: errorConflictingDefElem).
pub fn conflicting_def_elem(def: &DefElem) -> Stop {
    PgError::new(sqlstate::SYNTAX_ERROR, "conflicting or redundant options")
        .at(def.location.0)
        .into()
}

/// The string nodes of a list of names.
pub fn strings(names: &[Node]) -> impl Iterator<Item = &Str> {
    names.iter().filter_map(|name| match name {
        Node::String(text) => Some(text),
        // A list of names holds beside strings only `*`, which names nothing.
        _ => None,
    })
}

fn syntax<T>(message: String) -> PgResult<T> {
    Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into())
}
