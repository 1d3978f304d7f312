//! CREATE TYPE of base types, and ALTER TYPE … SET (PostgreSQL: DefineType and AlterType, commands/typecmds.c).

use std::sync::Arc;

use super::Context;
use super::define::{
    conflicting_def_elem, def_get_boolean, def_get_qualified_name, def_get_string,
    def_get_type_length, def_get_type_name, def_name, name_list_to_string,
};
use super::pg_type::{
    TypeRelation, builtin_proc, generate_type_dependencies, move_array_type_name, new_type_row,
    type_create,
};
use super::support::{creation_namespace, superuser, without_position};
use super::typecmds::{create_array_type, named_type};
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{get_typtype, is_true_array_type};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgProc, PgType};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::tree::{AlterTypeStmt, DefElem, Node};
use crate::parser::lookup_func::lookup_func_named;
use crate::parser::parse_type::typename_type_id;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

fn invalid<T>(message: impl Into<String>) -> PgResult<T> {
    refuse(sqlstate::INVALID_OBJECT_DEFINITION, message)
}

/// The options by their names, each at most once.
struct Attributes<'a>(Vec<(&'static str, &'a DefElem)>);

impl<'a> Attributes<'a> {
    fn get(&self, name: &str) -> Option<&'a DefElem> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, def)| *def)
    }
}

const NAMES: [(&str, &str); 20] = [
    ("like", "like"),
    ("internallength", "internallength"),
    ("input", "input"),
    ("output", "output"),
    ("receive", "receive"),
    ("send", "send"),
    ("typmod_in", "typmod_in"),
    ("typmod_out", "typmod_out"),
    ("analyze", "analyze"),
    ("analyse", "analyze"),
    ("subscript", "subscript"),
    ("category", "category"),
    ("preferred", "preferred"),
    ("delimiter", "delimiter"),
    ("element", "element"),
    ("default", "default"),
    ("passedbyvalue", "passedbyvalue"),
    ("alignment", "alignment"),
    ("storage", "storage"),
    ("collatable", "collatable"),
];

fn attributes<'a>(context: &Context, definition: &'a [Node]) -> PgResult<Attributes<'a>> {
    let mut out: Vec<(&'static str, &'a DefElem)> = Vec::new();
    for node in definition {
        let Node::DefElem(def) = node else { continue };
        let known = NAMES.iter().find(|(name, _)| *name == def_name(def));
        let Some((_, meaning)) = known else {
            context.notice(Notice::warning(
                sqlstate::SYNTAX_ERROR,
                format!("type attribute \"{}\" not recognized", def_name(def)),
            ));
            continue;
        };
        if out.iter().any(|(name, _)| name == meaning) {
            return Err(conflicting_def_elem(def));
        }
        out.push((meaning, def));
    }
    Ok(Attributes(out))
}

/// PostgreSQL: DefineType.
pub fn define_type(
    context: &mut Context,
    names: &[Node],
    definition: &[Node],
) -> PgResult<ObjectAddress> {
    if !superuser(context) {
        let message = "must be superuser to create a base type";
        return refuse(sqlstate::INSUFFICIENT_PRIVILEGE, message);
    }
    let (namespace, name) = creation_namespace(context, names)?;
    let old = context.catalog.find::<PgType>(&(namespace, name.clone())).cloned();
    let shell = match old {
        Some(old) if old.typisdefined => {
            let _ = move_array_type_name(context, old.oid, &name, namespace)?;
            None
        }
        other => other,
    };
    let Some(shell) = shell else {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!("type \"{name}\" does not exist"),
        )
        .hint("Create the type as a shell type, then create its I/O functions, then do a full CREATE TYPE.")
        .into());
    };
    let attributes = attributes(context, definition)?;
    let mut row = PgType {
        typlen: -1,
        typalign: b'i',
        ..new_type_row(name, namespace, context.session.current_user)
    };
    copy_like(context, &attributes, &mut row)?;
    read_layout(context, &attributes, &mut row)?;
    read_functions(context, &attributes, shell.oid, &mut row)?;
    let array_oid = context.catalog.new_oid();
    row.typarray = array_oid;
    let address = type_create(context, row, TypeRelation::default())?;
    create_array_type(context, array_oid, address.object)?;
    Ok(address)
}

fn copy_like(context: &Context, attributes: &Attributes, row: &mut PgType) -> PgResult<()> {
    let Some(def) = attributes.get("like") else { return Ok(()) };
    let type_name = def_get_type_name(def)?;
    let oid = without_position(typename_type_id(&context.shared(), &type_name))?;
    if let Some(like) = context.catalog.get::<PgType>(oid) {
        row.typlen = like.typlen;
        row.typbyval = like.typbyval;
        row.typalign = like.typalign;
        row.typstorage = like.typstorage;
    }
    Ok(())
}

fn read_layout(context: &Context, attributes: &Attributes, row: &mut PgType) -> PgResult<()> {
    if let Some(def) = attributes.get("internallength") {
        row.typlen = i16::try_from(def_get_type_length(def)?).unwrap_or(-1);
    }
    if let Some(def) = attributes.get("category") {
        let text = def_get_string(def)?;
        let letter = text.bytes().next().unwrap_or(0);
        if !(32..=126).contains(&letter) {
            let message = format!("invalid type category \"{text}\": must be simple ASCII");
            return refuse(sqlstate::INVALID_PARAMETER_VALUE, message);
        }
        row.typcategory = letter;
    }
    if let Some(def) = attributes.get("preferred") {
        row.typispreferred = def_get_boolean(def)?;
    }
    if let Some(def) = attributes.get("delimiter") {
        row.typdelim = def_get_string(def)?.bytes().next().unwrap_or(b',');
    }
    if let Some(def) = attributes.get("element") {
        let type_name = def_get_type_name(def)?;
        row.typelem = without_position(typename_type_id(&context.shared(), &type_name))?;
        if get_typtype(context.catalog, row.typelem) == b'p' {
            let text = format_type_be(context.catalog, &context.path, row.typelem);
            let message = format!("array element type cannot be {text}");
            return refuse(sqlstate::DATATYPE_MISMATCH, message);
        }
    }
    if let Some(def) = attributes.get("default") {
        row.typdefault = Some(Arc::from(def_get_string(def)?));
    }
    if let Some(def) = attributes.get("passedbyvalue") {
        row.typbyval = def_get_boolean(def)?;
    }
    if let Some(def) = attributes.get("alignment") {
        let text = def_get_string(def)?;
        row.typalign = match text.to_ascii_lowercase().as_str() {
            "double" | "float8" | "pg_catalog.float8" => b'd',
            "int4" | "pg_catalog.int4" => b'i',
            "int2" | "pg_catalog.int2" => b's',
            "char" | "pg_catalog.bpchar" => b'c',
            _ => {
                let message = format!("alignment \"{text}\" not recognized");
                return refuse(sqlstate::INVALID_PARAMETER_VALUE, message);
            }
        };
    }
    if let Some(def) = attributes.get("storage") {
        row.typstorage = storage(&def_get_string(def)?)?;
    }
    if let Some(def) = attributes.get("collatable")
        && def_get_boolean(def)?
    {
        row.typcollation = fixed::DEFAULT_COLLATION_OID;
    }
    Ok(())
}

fn storage(text: &str) -> PgResult<u8> {
    Ok(match text.to_ascii_lowercase().as_str() {
        "plain" => b'p',
        "external" => b'e',
        "extended" => b'x',
        "main" => b'm',
        _ => {
            let message = format!("storage \"{text}\" not recognized");
            return refuse(sqlstate::INVALID_PARAMETER_VALUE, message);
        }
    })
}

/// A support function with one of these argument lists and this result.
fn support(
    context: &Context,
    def: &DefElem,
    signatures: &[&[Oid]],
    result: Oid,
    what: &str,
) -> PgResult<Oid> {
    let names = def_get_qualified_name(def)?;
    let shared = context.shared();
    let mut found = None;
    for types in signatures {
        found = lookup_func_named(&shared, &names, Some(types), true)?;
        if found.is_some() {
            break;
        }
    }
    let first = signatures.first().copied().unwrap_or_default();
    let Some(oid) = found else {
        let what = crate::parser::lookup_func::signature(&shared, &names, first);
        let message = format!("function {what} does not exist");
        return refuse(sqlstate::UNDEFINED_FUNCTION, message);
    };
    let actual = context.catalog.get::<PgProc>(oid).map_or(Oid::INVALID, |row| row.prorettype);
    if actual != result {
        let name = name_list_to_string(&names);
        let text = format_type_be(context.catalog, &context.path, result);
        return invalid(format!("{what} function {name} must return type {text}"));
    }
    Ok(oid)
}

fn read_functions(
    context: &Context,
    attributes: &Attributes,
    own: Oid,
    row: &mut PgType,
) -> PgResult<()> {
    use fixed::{BOOLOID, BYTEAOID, CSTRINGARRAYOID, CSTRINGOID, INT4OID, INTERNALOID, OIDOID};
    let Some(input) = attributes.get("input") else {
        return invalid("type input function must be specified");
    };
    let Some(output) = attributes.get("output") else {
        return invalid("type output function must be specified");
    };
    if attributes.get("typmod_in").is_none() && attributes.get("typmod_out").is_some() {
        return invalid(
            "type modifier output function is useless without a type modifier input function",
        );
    }
    let one: &[Oid] = &[CSTRINGOID];
    let three: &[Oid] = &[CSTRINGOID, OIDOID, INT4OID];
    row.typinput = support(context, input, &[one, three], own, "type input")?;
    let own_types: &[Oid] = &[own];
    row.typoutput = support(context, output, &[own_types], CSTRINGOID, "type output")?;
    if let Some(def) = attributes.get("receive") {
        let one: &[Oid] = &[INTERNALOID];
        let three: &[Oid] = &[INTERNALOID, OIDOID, INT4OID];
        row.typreceive = support(context, def, &[one, three], own, "type receive")?;
    }
    if let Some(def) = attributes.get("send") {
        row.typsend = support(context, def, &[own_types], BYTEAOID, "type send")?;
    }
    if let Some(def) = attributes.get("typmod_in") {
        let types: &[Oid] = &[CSTRINGARRAYOID];
        row.typmodin = support(context, def, &[types], INT4OID, "typmod_in")?;
    }
    if let Some(def) = attributes.get("typmod_out") {
        let types: &[Oid] = &[INT4OID];
        row.typmodout = support(context, def, &[types], CSTRINGOID, "typmod_out")?;
    }
    let internal: &[Oid] = &[INTERNALOID];
    if let Some(def) = attributes.get("analyze") {
        row.typanalyze = support(context, def, &[internal], BOOLOID, "type analyze")?;
    }
    if let Some(def) = attributes.get("subscript") {
        row.typsubscript = support(context, def, &[internal], INTERNALOID, "type subscripting")?;
    } else if row.typelem.is_valid() {
        let handler =
            if row.typlen > 0 && !row.typbyval { "raw_array_subscript_handler" } else { "" };
        if row.typlen <= 0 {
            return invalid("element type cannot be specified without a subscripting function");
        }
        row.typsubscript = builtin_proc(context.catalog, handler);
    }
    Ok(())
}

/// PostgreSQL: AlterType.
pub fn alter_type(context: &mut Context, stmt: &AlterTypeStmt) -> PgResult<ObjectAddress> {
    let oid = named_type(context, &stmt.type_name)?;
    let Some(row) = context.catalog.get::<PgType>(oid).cloned() else {
        return unknown("the type is not in the catalog");
    };
    if !superuser(context) {
        let message = "must be superuser to alter a type";
        return refuse(sqlstate::INSUFFICIENT_PRIVILEGE, message);
    }
    let text = format_type_be(context.catalog, &context.path, oid);
    if row.typtype != b'b' || is_true_array_type(&row) {
        return refuse(sqlstate::WRONG_OBJECT_TYPE, format!("{text} is not a base type"));
    }
    let mut new = (*row).clone();
    for option in &stmt.options {
        let Node::DefElem(def) = option else { continue };
        change_attribute(context, def, oid, &mut new)?;
    }
    context.catalog.put(new.clone());
    generate_type_dependencies(context, &new, TypeRelation::default(), true)?;
    Ok(ObjectAddress::new(Class::Type, oid))
}

fn change_attribute(context: &Context, def: &DefElem, own: Oid, new: &mut PgType) -> PgResult<()> {
    use fixed::{BOOLOID, BYTEAOID, CSTRINGARRAYOID, CSTRINGOID, INT4OID, INTERNALOID, OIDOID};
    let function = |signatures: &[&[Oid]], result: Oid, what: &str| match &def.arg {
        None => Ok(Oid::INVALID),
        Some(_) => support(context, def, signatures, result, what),
    };
    match def_name(def) {
        "storage" => {
            let wanted = storage(&def_get_string(def)?)?;
            if wanted != b'p' && new.typlen != -1 {
                return invalid("fixed-size types must have storage PLAIN");
            }
            if wanted == b'p' && new.typstorage != b'p' {
                return invalid("cannot change type's storage to PLAIN");
            }
            new.typstorage = wanted;
        }
        "receive" => {
            let signatures: [&[Oid]; 2] = [&[INTERNALOID], &[INTERNALOID, OIDOID, INT4OID]];
            new.typreceive = function(&signatures, own, "type receive")?;
        }
        "send" => new.typsend = function(&[&[own]], BYTEAOID, "type send")?,
        "typmod_in" => new.typmodin = function(&[&[CSTRINGARRAYOID]], INT4OID, "typmod_in")?,
        "typmod_out" => new.typmodout = function(&[&[INT4OID]], CSTRINGOID, "typmod_out")?,
        "analyze" | "analyse" => {
            new.typanalyze = function(&[&[INTERNALOID]], BOOLOID, "type analyze")?;
        }
        "subscript" => {
            new.typsubscript = function(&[&[INTERNALOID]], INTERNALOID, "type subscripting")?;
        }
        name @ ("input" | "output" | "internallength" | "passedbyvalue" | "alignment" | "like"
        | "category" | "preferred" | "default" | "element" | "delimiter" | "collatable") => {
            return refuse(
                sqlstate::SYNTAX_ERROR,
                format!("type attribute \"{name}\" cannot be changed"),
            );
        }
        other => {
            return refuse(
                sqlstate::SYNTAX_ERROR,
                format!("type attribute \"{other}\" not recognized"),
            );
        }
    }
    Ok(())
}
