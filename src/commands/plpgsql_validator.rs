//! What CREATE FUNCTION checks of a PL/pgSQL body (PostgreSQL: plpgsql_validator, pl/plpgsql/src/pl_handler.c).

use super::Context;
use super::functioncmds::invalid;
use super::sql_function::transpose;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{get_typtype, type_is_collatable, type_is_rowtype};
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::{PgClass, PgProc};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::tree::RangeVar;
use crate::parser::parse_coerce::is_polymorphic_type;
use crate::parser::parse_type::parse_type_string;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::parse::{self, Routine};
use crate::plpgsql::scope::{TypeKind, Types};

/// Refuses pseudo-types that PL/pgSQL does not handle, and bodies that are not PL/pgSQL.
pub fn plpgsql_validator(context: &Context, row: &PgProc) -> PgResult<()> {
    check_types(context, row)?;
    if !context.session.flag("check_function_bodies", true) {
        return Ok(());
    }
    match parse::compile(&row.prosrc, &routine(context, row), &mut CatalogTypes { context }) {
        Ok(_) => Ok(()),
        Err(fault) if fault.certain => {
            Err(transpose(context.sql, &row.prosrc, fault.to_error().into()))
        }
        Err(fault) => unknown(format!("the PL/pgSQL body is not understood: {}", fault.message)),
    }
}

/// What compiling asks the catalog about types.
pub struct CatalogTypes<'c, 'a> {
    pub context: &'c Context<'a>,
}

impl Types for CatalogTypes<'_, '_> {
    fn kind(&mut self, type_name: &str) -> PgResult<TypeKind> {
        if type_name.trim().eq_ignore_ascii_case("record") {
            return Ok(TypeKind::Row);
        }
        let shared = self.context.shared();
        let type_id = match type_name.split_once('%') {
            None => parse_type_string(&shared, type_name)?.0,
            Some((names, rest)) => referred_type(self.context, names, rest)?.0,
        };
        Ok(kind_of_type(self.context, type_id))
    }

    fn format(&mut self, type_name: &str) -> String {
        let shared = self.context.shared();
        match parse_type_string(&shared, type_name) {
            Ok((type_id, _)) => format_type_be(self.context.catalog, &self.context.path, type_id),
            Err(_) => type_name.to_string(),
        }
    }
}

fn kind_of_type(context: &Context, type_id: Oid) -> TypeKind {
    let catalog = &*context.catalog;
    if !type_id.is_valid() || is_polymorphic_type(type_id) {
        TypeKind::Unknown
    } else if type_id == fixed::REFCURSOROID {
        TypeKind::Refcursor
    } else if type_is_rowtype(catalog, type_id) {
        TypeKind::Row
    } else {
        TypeKind::Scalar { collatable: type_is_collatable(catalog, type_id) }
    }
}

/// The type that `table.column%TYPE` or `table%ROWTYPE` stands for (PostgreSQL: plpgsql_parse_cwordtype,
/// plpgsql_parse_wordrowtype).
pub(super) fn referred_type(context: &Context, names: &str, rest: &str) -> PgResult<(Oid, i32)> {
    let parts: Vec<String> =
        split_identifier_parts(names).into_iter().filter(|part| !part.is_empty()).collect();
    let is_row = rest.trim_start().to_ascii_lowercase().starts_with("rowtype");
    let (table, column) = if is_row {
        (parts.as_slice(), None)
    } else {
        match parts.split_last() {
            Some((column, table)) if !table.is_empty() => (table, Some(column)),
            _ => return Ok((Oid::INVALID, -1)), // another variable's type
        }
    };
    let Some(name) = table.last() else { return Ok((Oid::INVALID, -1)) };
    let schema = table.len().checked_sub(2).and_then(|at| table.get(at));
    let range = RangeVar {
        catalogname: None,
        schemaname: schema.map(|schema| schema.as_str().into()),
        relname: Some(name.as_str().into()),
        inh: true,
        relpersistence: b'p',
        alias: None,
        location: ParseLoc::NONE,
    };
    let relid = range_var_get_relid(&context.shared(), &range, false)?;
    let class = relid.and_then(|relid| context.catalog.get::<PgClass>(relid));
    let Some(class) = class else { return Ok((Oid::INVALID, -1)) };
    let Some(column) = column else { return Ok((class.reltype, -1)) };
    match class.attribute_named(column) {
        Some(attribute) => Ok((attribute.atttypid, attribute.atttypmod)),
        None => {
            let message = format!("column \"{column}\" of relation \"{name}\" does not exist");
            Err(PgError::new(sqlstate::UNDEFINED_COLUMN, message).into())
        }
    }
}

/// The parts of a dotted name, quotes taken off.
fn split_identifier_parts(names: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in names.trim().chars() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(String::new()),
            c if quoted => push_last(&mut parts, c),
            c if c.is_whitespace() => {}
            c => c.to_lowercase().for_each(|c| push_last(&mut parts, c)),
        }
    }
    parts
}

fn push_last(parts: &mut [String], c: char) {
    if let Some(last) = parts.last_mut() {
        last.push(c);
    }
}

/// What compiling must know of the function.
fn routine(context: &Context, row: &PgProc) -> Routine {
    let types = row.proallargtypes.as_ref().unwrap_or(&row.proargtypes);
    let names = row.proargnames.as_deref().unwrap_or(&[]);
    let parameters = types.iter().enumerate().map(|(index, type_id)| {
        let name = names.get(index).map_or(String::new(), |name| name.to_string());
        (name, Some(kind_of_type(context, *type_id)))
    });
    let is_output = |mode: &u8| matches!(mode, b'o' | b'b' | b't');
    Routine {
        name: row.proname.to_string(),
        parameters: parameters.collect(),
        returns_set: row.proretset,
        returns_void: row.prorettype == fixed::VOIDOID,
        has_outputs: row.proargmodes.as_ref().is_some_and(|modes| modes.iter().any(is_output)),
        is_procedure: row.prokind == b'p',
        is_trigger: row.prorettype == fixed::TRIGGEROID,
        is_event_trigger: row.prorettype == fixed::EVENT_TRIGGEROID,
    }
}

fn check_types(context: &Context, row: &PgProc) -> PgResult<()> {
    let is_pseudo = |oid: Oid| get_typtype(context.catalog, oid) == b'p';
    let text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
    let result = row.prorettype;
    if is_pseudo(result) {
        let is_trigger = matches!(result, fixed::TRIGGEROID | fixed::EVENT_TRIGGEROID);
        let known = is_trigger
            || matches!(result, fixed::RECORDOID | fixed::VOIDOID)
            || is_polymorphic_type(result);
        if !known {
            return feature(format!("PL/pgSQL functions cannot return type {}", text(result)));
        }
        if is_trigger && !row.proargtypes.is_empty() {
            return invalid("trigger functions cannot have declared arguments");
        }
    }
    for argument in &row.proargtypes {
        if is_pseudo(*argument) && *argument != fixed::RECORDOID && !is_polymorphic_type(*argument)
        {
            let argument = text(*argument);
            return feature(format!("PL/pgSQL functions cannot accept type {argument}"));
        }
    }
    Ok(())
}

fn feature(message: String) -> PgResult<()> {
    Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
}
