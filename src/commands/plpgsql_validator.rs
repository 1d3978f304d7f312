//! What CREATE FUNCTION checks of a PL/pgSQL body (PostgreSQL: plpgsql_validator, pl/plpgsql/src/pl_handler.c).

use super::Context;
use super::functioncmds::invalid;
use super::sql_function::transpose;
use crate::catalog::PgProc;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::get_typtype;
use crate::findings::{PgError, PgResult, unknown};
use crate::parser::parse_coerce::is_polymorphic_type;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::parse;

/// Refuses pseudo-types that PL/pgSQL does not handle, and bodies that are not PL/pgSQL.
pub fn plpgsql_validator(context: &Context, row: &PgProc) -> PgResult<()> {
    check_types(context, row)?;
    if !context.session.flag("check_function_bodies", true) {
        return Ok(());
    }
    match parse::parse(&row.prosrc) {
        Ok(_) => Ok(()),
        Err(fault) if fault.certain => {
            let mut error = PgError::new(sqlstate::SYNTAX_ERROR, fault.message);
            error.position = u32::try_from(fault.offset).ok();
            Err(transpose(context.sql, &row.prosrc, error.into()))
        }
        Err(fault) => unknown(format!("the PL/pgSQL body is not understood: {}", fault.message)),
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
