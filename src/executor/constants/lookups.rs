//! Functions that look a name up and refuse one that is not there, whatever the tables hold (PostgreSQL:
//! utils/adt/acl.c, pg_get_serial_sequence in ruleutils.c).

use super::constant;
use crate::catalog::lsyscache::get_attnum;
use crate::catalog::namespace::{get_namespace_oid, get_role_oid};
use crate::catalog::{PgClass, PgLanguage, PgProc};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::Expr;
use crate::parser::literals::{input_function_call, regclass_name};
use crate::parser::parse_node::Shared;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// Refuses a call whose constant arguments name what is not there.
pub(super) fn refuse(shared: &Shared, proc: &PgProc, args: &[Expr]) -> PgResult<()> {
    let name = proc.proname.as_str();
    let checked = match name.strip_prefix("has_").and_then(|rest| rest.strip_suffix("_privilege")) {
        Some(kind) => privilege(shared, proc, kind, args),
        None if name == "pg_get_serial_sequence" => match args {
            [table, column] => serial_sequence(shared, table, column),
            _ => Ok(()), // it has two arguments
        },
        None => Ok(()), // another function
    };
    checked.map_err(Stop::without_place)
}

/// `has_table_privilege([role,] table, privilege)` and its kin, where names are given and not oids.
fn privilege(shared: &Shared, proc: &PgProc, kind: &str, args: &[Expr]) -> PgResult<()> {
    let own = if kind == "column" { 3 } else { 2 };
    let texts: Vec<Option<&str>> = args.iter().map(constant).collect();
    if texts.iter().any(Option::is_none) || proc.proargtypes.len() != args.len() {
        return Ok(());
    }
    let texts: Vec<&str> = texts.into_iter().flatten().collect();
    let (role, rest) = match texts.len().checked_sub(own) {
        Some(0) => (None, texts.as_slice()),
        Some(1) => (texts.first(), &texts[1..]),
        _ => return Ok(()), // no such function
    };
    if let Some(role) =
        role.filter(|role| proc.proargtypes[0] == fixed::NAMEOID && **role != "public")
    {
        get_role_oid(shared.catalog, role, false)?;
    }
    let types = &proc.proargtypes[proc.proargtypes.len() - own..];
    if types[0] != fixed::TEXTOID {
        return Ok(());
    }
    let object = rest[0];
    match kind {
        "table" | "any_column" => regclass_name(shared, object).map(drop),
        "sequence" => {
            let relation = regclass_name(shared, object)?;
            let is_sequence =
                shared.catalog.get::<PgClass>(relation).is_none_or(|row| row.relkind == b'S');
            if is_sequence {
                return Ok(());
            }
            let message = format!("\"{object}\" is not a sequence");
            Err(PgError::new(state::WRONG_OBJECT_TYPE, message).into())
        }
        "column" => {
            let relation = regclass_name(shared, object)?;
            if types[1] == fixed::TEXTOID { column(shared, relation, rest[1]) } else { Ok(()) }
        }
        "schema" => get_namespace_oid(shared.catalog, object, false).map(drop),
        "function" => input_function_call(shared, fixed::REGPROCEDUREOID, object, -1).map(drop),
        "type" => input_function_call(shared, fixed::REGTYPEOID, object, -1).map(drop),
        "language" => match shared.catalog.find::<PgLanguage>(&Name::new(object)) {
            Some(_) => Ok(()),
            None => {
                let message = format!("language \"{object}\" does not exist");
                Err(PgError::new(state::UNDEFINED_OBJECT, message).into())
            }
        },
        _ => Ok(()), // databases, tablespaces, servers: what the input does not make
    }
}

fn serial_sequence(shared: &Shared, table: &Expr, column_name: &Expr) -> PgResult<()> {
    let Some(table) = constant(table) else { return Ok(()) };
    let relation = regclass_name(shared, table)?;
    constant(column_name).map_or(Ok(()), |name| column(shared, relation, name))
}

fn column(shared: &Shared, relation: Oid, name: &str) -> PgResult<()> {
    let Some(class) = shared.catalog.get::<PgClass>(relation) else { return Ok(()) };
    let there = get_attnum(shared.catalog, relation, name) != 0;
    if there {
        return Ok(());
    }
    let message = format!("column \"{name}\" of relation \"{}\" does not exist", class.relname);
    Err(PgError::new(state::UNDEFINED_COLUMN, message).into())
}
