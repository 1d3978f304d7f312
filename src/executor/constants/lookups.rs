//! Functions that are given the name of an object, and refuse one that does not exist (PostgreSQL: has_table_privilege
//! and its kin, utils/adt/acl.c; pg_get_serial_sequence, to_regclass, pg_clear_relation_stats and their kin).

use super::{constant, is_null};
use crate::catalog::PgClass;
use crate::catalog::namespace::{
    get_foreign_data_wrapper_oid, get_foreign_server_oid, get_language_oid, get_namespace_oid,
    get_role_oid,
};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::Expr;
use crate::parser::literals::{input_function_call, regclass_name, string_to_qualified_name_list};
use crate::parser::parse_node::Shared;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// Looks the names among the arguments up.
pub(super) fn check(shared: &Shared, name: &str, args: &[Expr]) -> PgResult<()> {
    if args.iter().any(is_null) {
        return Ok(()); // they are strict
    }
    match name {
        "pg_has_role" => privileges(shared, name, args, 1),
        "has_column_privilege" => privileges(shared, name, args, 3),
        _ if name.starts_with("has_") && name.ends_with("_privilege") => {
            privileges(shared, name, args, 2)
        }
        "pg_get_serial_sequence" => {
            let [table, column] = args else { return Ok(()) };
            let Some(class) = table_of(shared, table)? else { return Ok(()) };
            has_column(class, column)
        }
        "row_security_active" => match args {
            [table] => table_of(shared, table).map(drop),
            _ => Ok(()), // it has one argument
        },
        "to_regclass" => match args {
            [table] => too_many_names(table),
            _ => Ok(()), // it has one argument
        },
        "pg_clear_relation_stats" => match args {
            [schema, table] => statistics(shared, schema, table, None),
            _ => Ok(()), // it has two arguments
        },
        "pg_clear_attribute_stats" => match args {
            [schema, table, column, _] => statistics(shared, schema, table, Some(column)),
            _ => Ok(()), // it has four arguments
        },
        "pg_restore_relation_stats" | "pg_restore_attribute_stats" => {
            let given = |wanted: &str| {
                let mut pairs = args.chunks_exact(2);
                pairs.find(|pair| constant(&pair[0]) == Some(wanted)).map(|pair| &pair[1])
            };
            match (given("schemaname"), given("relname")) {
                (Some(schema), Some(table)) if args.len().is_multiple_of(2) => {
                    statistics(shared, schema, table, given("attname"))
                }
                _ => Ok(()), // what is missing is refused as data
            }
        }
        _ => Ok(()), // a function that is given no name
    }
}

/// The text of an argument that is a name, not an oid.
fn name_of(expr: &Expr) -> Option<&str> {
    let type_oid = expr_type(expr);
    let is_text = matches!(type_oid, fixed::TEXTOID | fixed::NAMEOID | fixed::UNKNOWNOID);
    constant(expr).filter(|_| is_text)
}

/// `[user,] object [, column], privilege`, of which there are `rest` after the user.
fn privileges(shared: &Shared, name: &str, args: &[Expr], rest: usize) -> PgResult<()> {
    let is_role = name == "pg_has_role";
    let rest = if is_role { 2 } else { rest };
    let (user, args) = args.split_at(args.len().saturating_sub(rest));
    if let Some(user) = user.first().and_then(name_of)
        && (is_role || user != "public")
    {
        get_role_oid(shared.catalog, user, false)?;
    }
    let Some(object) = args.first() else { return Ok(()) };
    match name {
        "has_table_privilege" | "has_any_column_privilege" => table_of(shared, object).map(drop),
        "has_column_privilege" => {
            let Some(class) = table_of(shared, object)? else { return Ok(()) };
            has_column(class, &args[1])
        }
        "has_sequence_privilege" => match table_of(shared, object)? {
            Some(class) if class.relkind != b'S' => {
                let message = format!("\"{}\" is not a sequence", name_of(object).unwrap_or(""));
                Err(PgError::new(state::WRONG_OBJECT_TYPE, message).into())
            }
            _ => Ok(()), // a sequence, or one that is not known
        },
        _ => {
            let Some(object) = name_of(object) else { return Ok(()) };
            match name {
                "has_schema_privilege" => {
                    get_namespace_oid(shared.catalog, object, false).map(drop)
                }
                "has_language_privilege" => {
                    get_language_oid(shared.catalog, object, false).map(drop)
                }
                "has_server_privilege" => {
                    get_foreign_server_oid(shared.catalog, object, false).map(drop)
                }
                "has_foreign_data_wrapper_privilege" => {
                    get_foreign_data_wrapper_oid(shared.catalog, object, false).map(drop)
                }
                "has_function_privilege" => input(shared, fixed::REGPROCEDUREOID, object),
                "has_type_privilege" => input(shared, fixed::REGTYPEOID, object),
                "pg_has_role" => get_role_oid(shared.catalog, object, false).map(drop),
                _ => Ok(()), // databases and tablespaces are the server's, not the schema's
            }
        }
    }
}

fn input(shared: &Shared, typid: Oid, text: &str) -> PgResult<()> {
    input_function_call(shared, typid, text, -1).map(drop)
}

/// The relation that a text names (PostgreSQL: convert_table_name).
fn table_of<'c>(shared: &Shared<'c>, expr: &Expr) -> PgResult<Option<&'c PgClass>> {
    let Some(name) = name_of(expr) else { return Ok(None) };
    let oid = regclass_name(shared, name)?;
    Ok(shared.catalog.get::<PgClass>(oid).map(AsRef::as_ref))
}

/// PostgreSQL: convert_column_name.
fn has_column(class: &PgClass, column: &Expr) -> PgResult<()> {
    let Some(column) = name_of(column) else { return Ok(()) };
    let system = ["tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"];
    if class.attribute_named(column).is_some() || system.contains(&column) {
        return Ok(());
    }
    let message = format!("column \"{column}\" of relation \"{}\" does not exist", class.relname);
    Err(PgError::new(state::UNDEFINED_COLUMN, message).into())
}

/// PostgreSQL: makeRangeVarFromNameList.
fn too_many_names(expr: &Expr) -> PgResult<()> {
    let Some(text) = name_of(expr) else { return Ok(()) };
    let Ok(names) = string_to_qualified_name_list(text) else { return Ok(()) };
    if names.len() <= 3 {
        return Ok(());
    }
    let message = format!("improper relation name (too many dotted names): {text}");
    Err(PgError::new(state::SYNTAX_ERROR, message).into())
}

/// The table and column whose statistics are set (PostgreSQL: statistics/relation_stats.c, attribute_stats.c).
fn statistics(shared: &Shared, schema: &Expr, table: &Expr, column: Option<&Expr>) -> PgResult<()> {
    let (Some(schema), Some(table)) = (name_of(schema), name_of(table)) else { return Ok(()) };
    let namespace = get_namespace_oid(shared.catalog, schema, false)?.unwrap_or(Oid::INVALID);
    let found = shared.catalog.find::<PgClass>(&(namespace, crate::pg::name::Name::new(table)));
    let Some(class) = found else {
        let message = format!("relation \"{schema}.{table}\" does not exist");
        return Err(PgError::new(state::UNDEFINED_TABLE, message).into());
    };
    let Some(column) = column.and_then(name_of) else { return Ok(()) };
    if matches!(column, "tableoid" | "ctid" | "xmin" | "xmax" | "cmin" | "cmax") {
        let message = format!("cannot clear statistics on system column \"{column}\"");
        return Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into());
    }
    if class.attribute_named(column).is_none() {
        let message = format!("column \"{column}\" of relation \"{table}\" does not exist");
        return Err(PgError::new(state::UNDEFINED_COLUMN, message).into());
    }
    Ok(())
}
