//! Type names become types (PostgreSQL: parser/parse_type.c).

use super::errors::{error_at, with_errposition};
use super::parse_node::Shared;
use super::typmod::call_typmodin;
use crate::catalog::lsyscache::{
    get_array_type, get_attnum, get_atttypetypmodcoll, get_base_type, get_typcollation,
};
use crate::catalog::namespace::{
    deconstruct_qualified_name, get_collation_oid, lookup_explicit_namespace,
    make_range_var_from_name_list, range_var_get_relid, typename_get_typid_extended,
    unless_unknown_extension,
};
use crate::catalog::{PgType, Row};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{CollateClause, ColumnDef, Node, TypeName};
use crate::nodes::{ParseMode, parse};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate as state;

/// A type and its modifier.
pub type TypeAndMod = (Oid, i32);

/// The type that the name means, with its modifier; None when there is none. A shell type is found too (PostgreSQL:
/// LookupTypeName).
pub fn lookup_type_name(
    shared: &Shared,
    type_name: &TypeName,
    missing_ok: bool,
) -> PgResult<Option<TypeAndMod>> {
    let Some(typid) = lookup_type_name_oid(shared, type_name, missing_ok)? else {
        return Ok(None);
    };
    let Some(row) = shared.catalog.get::<PgType>(typid) else { return Ok(None) };
    let typmod = typename_type_mod(shared, type_name, row)?;
    Ok(Some((typid, typmod)))
}

/// The type alone, without looking at its modifiers (PostgreSQL: LookupTypeNameOid).
pub fn lookup_type_name_oid(
    shared: &Shared,
    type_name: &TypeName,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    lookup_type_name_extended(shared, type_name, true, missing_ok)
}

fn lookup_type_name_extended(
    shared: &Shared,
    type_name: &TypeName,
    temp_ok: bool,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let location = type_name.location.0;
    let typid = if type_name.names.is_empty() {
        None
    } else if type_name.pct_type {
        percent_type(shared, type_name, missing_ok)?
    } else {
        let (schema, name) = deconstruct_qualified_name(shared, &type_name.names)?;
        match schema {
            Some(schema) => {
                let namespace = with_errposition(
                    lookup_explicit_namespace(shared, schema, missing_ok),
                    location,
                )?;
                namespace
                    .and_then(|n| shared.catalog.find::<PgType>(&(n, Name::new(name))))
                    .map(|row| row.oid())
            }
            None => typename_get_typid_extended(shared, name, temp_ok),
        }
    };
    if type_name.array_bounds.is_empty() {
        return Ok(typid);
    }
    Ok(typid.and_then(|typid| get_array_type(shared.catalog, typid).valid()))
}

/// `relation.column%TYPE`.
fn percent_type(shared: &Shared, type_name: &TypeName, missing_ok: bool) -> PgResult<Option<Oid>> {
    let location = type_name.location.0;
    let names = &type_name.names;
    let Some((column, relation)) = names.split_last().filter(|(_, rel)| !rel.is_empty()) else {
        let message = format!(
            "improper %TYPE reference (too few dotted names): {}",
            crate::catalog::namespace::name_list_to_string(names)
        );
        return error_at(state::SYNTAX_ERROR, message, location);
    };
    if relation.len() > 3 {
        let message = format!(
            "improper %TYPE reference (too many dotted names): {}",
            crate::catalog::namespace::name_list_to_string(names)
        );
        return error_at(state::SYNTAX_ERROR, message, location);
    }
    let range_var = make_range_var_from_name_list(relation)?;
    let Some(relid) = range_var_get_relid(shared, &range_var, missing_ok)? else {
        return Ok(None);
    };
    let attnum = get_attnum(shared.catalog, relid, column.str_val());
    let Some((typid, ..)) = get_atttypetypmodcoll(shared.catalog, relid, attnum) else {
        if missing_ok {
            return Ok(None);
        }
        let message = format!(
            "column \"{}\" of relation \"{}\" does not exist",
            column.str_val(),
            range_var.relname.as_deref().unwrap_or("")
        );
        return error_at(state::UNDEFINED_COLUMN, message, location);
    };
    shared.notices.borrow_mut().push(Notice::notice(format!(
        "type reference {} converted to {}",
        type_name_to_string(shared, type_name),
        shared.format_type(typid)
    )));
    Ok(Some(typid))
}

/// The type that the name means, refusing what is missing or a shell (PostgreSQL: typenameTypeIdAndMod).
pub fn typename_type_id_and_mod(shared: &Shared, type_name: &TypeName) -> PgResult<TypeAndMod> {
    let location = type_name.location.0;
    let Some((typid, typmod)) = lookup_type_name(shared, type_name, false)? else {
        let name = type_name_to_string(shared, type_name);
        let error =
            PgError::new(state::UNDEFINED_OBJECT, format!("type \"{name}\" does not exist"))
                .at(location);
        let names = &type_name.names;
        let schema = names.len().checked_sub(2).map(|i| names[i].str_val());
        return Err(unless_unknown_extension(shared, schema, error.into()));
    };
    let defined = shared.catalog.get::<PgType>(typid).is_some_and(|row| row.typisdefined);
    if !defined {
        let name = type_name_to_string(shared, type_name);
        let message = format!("type \"{name}\" is only a shell");
        return error_at(state::UNDEFINED_OBJECT, message, location);
    }
    Ok((typid, typmod))
}

/// PostgreSQL: typenameTypeId.
pub fn typename_type_id(shared: &Shared, type_name: &TypeName) -> PgResult<Oid> {
    Ok(typename_type_id_and_mod(shared, type_name)?.0)
}

/// The modifier that the name's parenthesised list makes (PostgreSQL: typenameTypeMod).
fn typename_type_mod(shared: &Shared, type_name: &TypeName, row: &PgType) -> PgResult<i32> {
    let location = type_name.location.0;
    if type_name.typmods.is_empty() {
        return Ok(type_name.typemod);
    }
    // Of an array the modifier is the element type's, and so is the function that reads it: array types carry it.
    if !row.typisdefined {
        let message = format!(
            "type modifier cannot be specified for shell type \"{}\"",
            type_name_to_string(shared, type_name)
        );
        return error_at(state::SYNTAX_ERROR, message, location);
    }
    if !row.typmodin.is_valid() {
        let message = format!(
            "type modifier is not allowed for type \"{}\"",
            type_name_to_string(shared, type_name)
        );
        return error_at(state::SYNTAX_ERROR, message, location);
    }
    let mut modifiers: Vec<String> = Vec::with_capacity(type_name.typmods.len());
    for node in &type_name.typmods {
        let text = match node {
            Node::AConst(constant) => match constant.val.as_deref() {
                Some(Node::Integer(value)) => Some(value.to_string()),
                Some(Node::Float(text) | Node::String(text)) => Some(text.to_string()),
                Some(_) | None => None,
            },
            Node::ColumnRef(reference) => match reference.fields.as_slice() {
                [Node::String(name)] => Some(name.to_string()),
                _ => None, // a qualified name is no identifier
            },
            _ => None, // PostgreSQL takes nothing else
        };
        match text {
            Some(text) => modifiers.push(text),
            None => {
                let message = "type modifiers must be simple constants or identifiers";
                return error_at(state::SYNTAX_ERROR, message, location);
            }
        }
    }
    with_errposition(call_typmodin(shared, row, &modifiers), location)
}

/// The name as messages print it (PostgreSQL: TypeNameToString).
pub fn type_name_to_string(_shared: &Shared, type_name: &TypeName) -> String {
    let parts: Vec<&str> = type_name.names.iter().map(Node::str_val).collect();
    let mut text = parts.join(".");
    if type_name.pct_type {
        text.push_str("%TYPE");
    }
    if !type_name.array_bounds.is_empty() {
        text.push_str("[]");
    }
    text
}

/// Names for a list of arguments (PostgreSQL: TypeNameListToString).
pub fn type_name_list_to_string(shared: &Shared, type_names: &[Node]) -> String {
    let parts: Vec<String> = type_names
        .iter()
        .map(|node| match node {
            Node::TypeName(type_name) => type_name_to_string(shared, type_name),
            _ => String::new(), // the grammar puts nothing else here
        })
        .collect();
    parts.join(",")
}

/// The collation that COLLATE names (PostgreSQL: LookupCollation).
pub fn lookup_collation(shared: &Shared, names: &[Node], location: i32) -> PgResult<Oid> {
    let found = with_errposition(get_collation_oid(shared, names, false), location)?;
    Ok(found.unwrap_or(Oid::INVALID))
}

/// The collation of a column of the type (PostgreSQL: GetColumnDefCollation).
pub fn get_column_def_collation(shared: &Shared, column: &ColumnDef, typid: Oid) -> PgResult<Oid> {
    let typcollation = get_typcollation(shared.catalog, typid);
    let mut location = column.location.0;
    let collation = match column.coll_clause.as_deref() {
        Some(CollateClause { collname, location: clause, .. }) => {
            location = clause.0;
            lookup_collation(shared, collname, location)?
        }
        None => typcollation,
    };
    if collation.is_valid() && !typcollation.is_valid() {
        let message = format!("collations are not supported by type {}", shared.format_type(typid));
        return error_at(state::DATATYPE_MISMATCH, message, location);
    }
    Ok(collation)
}

/// The relation of a composite type (PostgreSQL: typeOrDomainTypeRelid).
pub fn type_or_domain_type_relid(shared: &Shared, typid: Oid) -> Oid {
    let base = get_base_type(shared.catalog, typid);
    crate::catalog::lsyscache::get_typ_typrelid(shared.catalog, base)
}

/// A type's name out of text (PostgreSQL: typeStringToTypeName).
pub fn type_string_to_type_name(text: &str) -> PgResult<TypeName> {
    let invalid =
        || PgError::new(state::SYNTAX_ERROR, format!("invalid type name \"{text}\"")).into();
    if text.bytes().all(|b| b.is_ascii_whitespace()) {
        return Err(invalid());
    }
    let mut statements = parse(text, ParseMode::TypeName, true).map_err(|error| {
        // The grammar's error comes with "invalid type name" as its context only.
        PgError::new(state::SYNTAX_ERROR, error.message)
    })?;
    match statements.pop().map(|raw| raw.stmt) {
        Some(Node::TypeName(type_name)) if !type_name.setof => Ok(*type_name),
        Some(_) | None => Err(invalid()),
    }
}

/// The type that the text names (PostgreSQL: parseTypeString).
pub fn parse_type_string(shared: &Shared, text: &str) -> PgResult<TypeAndMod> {
    let type_name = type_string_to_type_name(text)?;
    match typename_type_id_and_mod(shared, &type_name) {
        Err(crate::findings::Stop::Error(mut error)) => {
            error.position = None;
            Err(crate::findings::Stop::Error(error))
        }
        other => other,
    }
}
