//! What CREATE FUNCTION makes sure of in a routine's body: the validators of the languages (PostgreSQL:
//! fmgr_sql_validator, catalog/pg_proc.c, and check_sql_fn_retval, executor/functions.c).

use super::Context;
use super::pg_proc::result_columns;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{get_typ_typrelid, get_typtype};
use crate::catalog::{PgClass, PgLanguage, PgProc};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::{CmdType, CoercionContext, CoercionForm, Query, TargetEntry};
use crate::nodes::{ParseMode, RawParseError, grammar, parse};
use crate::parser::analyze::parse_analyze;
use crate::parser::errors::syntax_error;
use crate::parser::parse_coerce::{coerce_to_target_type, is_polymorphic_type};
use crate::parser::parse_node::{ParamSource, ParseState};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// Calls the validator of the routine's language on the row that was just made.
pub fn validate_function(context: &mut Context, row: &PgProc) -> PgResult<()> {
    let saved = context.session.clone();
    if context.session.flag("check_function_bodies", true) {
        // The body is looked at under the settings that it will run with.
        for (name, value) in &row.proconfig {
            context.session.set(name, Some(value));
        }
        if !row.proconfig.is_empty() {
            context.refresh_path();
        }
    }
    let validator = context
        .catalog
        .get::<PgLanguage>(row.prolang)
        .map_or("", |language| language.lanname.as_str())
        .to_string();
    let outcome = match (row.prolang, validator.as_str()) {
        (fixed::INTERNAL_LANGUAGE_ID, _) => validate_internal(context, row),
        (fixed::SQL_LANGUAGE_ID, _) => validate_sql(context, row),
        (_, "plpgsql") => super::plpgsql_validator::plpgsql_validator(context, row),
        // C code is in files that are not here; other languages bring interpreters of their own.
        _ => Ok(()),
    };
    if !row.proconfig.is_empty() {
        *context.session = saved;
        context.refresh_path();
    }
    outcome
}

/// PostgreSQL: fmgr_internal_validator.
fn validate_internal(context: &Context, row: &PgProc) -> PgResult<()> {
    let builtin = context.catalog.iter::<PgProc>().any(|other| {
        other.oid.is_builtin()
            && other.prolang == fixed::INTERNAL_LANGUAGE_ID
            && other.prosrc == row.prosrc
    });
    if builtin {
        return Ok(());
    }
    let message = format!("there is no built-in function named \"{}\"", row.prosrc);
    Err(PgError::new(sqlstate::UNDEFINED_FUNCTION, message).into())
}

/// PostgreSQL: fmgr_sql_validator.
fn validate_sql(context: &Context, row: &PgProc) -> PgResult<()> {
    let type_text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
    let is_pseudo = |oid: Oid| get_typtype(context.catalog, oid) == b'p';
    let result = row.prorettype;
    if is_pseudo(result)
        && !matches!(result, fixed::RECORDOID | fixed::VOIDOID)
        && !is_polymorphic_type(result)
    {
        return definition(format!("SQL functions cannot return type {}", type_text(result)));
    }
    let mut polymorphic = false;
    for argument in &row.proargtypes {
        if is_polymorphic_type(*argument) {
            polymorphic = true;
        } else if is_pseudo(*argument) {
            let argument = type_text(*argument);
            return definition(format!("SQL functions cannot have arguments of type {argument}"));
        }
    }
    if !context.session.flag("check_function_bodies", true) {
        return Ok(());
    }
    let analysed;
    let queries: &[Query] = match &row.prosqlbody {
        Some(queries) => queries,
        None => {
            let conforming = context.session.flag("standard_conforming_strings", true);
            let version = context.catalog.version();
            let statements = parse(&row.prosrc, ParseMode::Default, conforming)
                .and_then(|statements| match grammar::refused(version, &row.prosrc, &statements) {
                    Some(refused) => Err(refused),
                    None => Ok(statements),
                })
                .map_err(|error| body_syntax_error(context, &row.prosrc, &error))?;
            if polymorphic {
                return Ok(());
            }
            let (types, names) = parse_info(row);
            let mut queries = Vec::with_capacity(statements.len());
            for statement in &statements {
                let params = ParamSource::Function {
                    name: row.proname.clone(),
                    types: &types,
                    names: &names,
                    collation: Oid::INVALID,
                };
                let query = parse_analyze(context.shared(), &statement.stmt, params)
                    .map_err(|stop| transpose(context.sql, &row.prosrc, stop))?;
                queries.push(query);
            }
            analysed = queries;
            &analysed
        }
    };
    if polymorphic {
        return Ok(());
    }
    check_sql_fn_retval(context, row, queries)
}

/// Types and names of the arguments that a SQL body sees (PostgreSQL: prepare_sql_fn_parse_info).
pub fn parse_info(row: &PgProc) -> (Vec<Oid>, Vec<Option<Name>>) {
    let names = match (&row.proargnames, &row.proargmodes) {
        (None, _) => vec![None; row.proargtypes.len()],
        (Some(names), modes) => names
            .iter()
            .enumerate()
            .filter(|(index, _)| {
                let mode = modes.as_ref().and_then(|modes| modes.get(*index));
                mode.is_none_or(|mode| matches!(mode, b'i' | b'b' | b'v'))
            })
            .map(|(_, name)| Some(name.clone()).filter(|name| !name.is_empty()))
            .collect(),
    };
    (row.proargtypes.clone(), names)
}

fn body_syntax_error(context: &Context, body: &str, error: &RawParseError) -> Stop {
    transpose(context.sql, body, syntax_error(body, error).into())
}

/// An error inside a body, with its position put where the body stands in the statement; without a position where the
/// body is not found in it exactly once (PostgreSQL: function_parse_error_transpose).
pub fn transpose(statement: &str, body: &str, stop: Stop) -> Stop {
    match stop {
        Stop::Error(mut error) => {
            if let Some(position) = error.position {
                error.position = match_body(statement, body, position as usize)
                    .and_then(|place| u32::try_from(place).ok());
            }
            Stop::Error(error)
        }
        unknown @ Stop::Unknown(_) => unknown,
    }
}

/// Where the body's byte at `position` stands in the statement; None where the body is not in it exactly once
/// (PostgreSQL: match_prosrc_to_query).
pub fn match_body(statement: &str, body: &str, position: usize) -> Option<usize> {
    let (text, wanted) = (statement.as_bytes(), body.as_bytes());
    let mut found = None;
    let end = text.len().saturating_sub(wanted.len());
    for at in memchr::memchr2_iter(b'$', b'\'', &text[..end.min(text.len())]) {
        let after = &text[at + 1..];
        let place = if text[at] == b'$' {
            let closed = after.starts_with(wanted) && after.get(wanted.len()) == Some(&b'$');
            closed.then_some(at + 1 + position)
        } else {
            match_literal(after, wanted, position).map(|place| at + 1 + place)
        };
        if place.is_some() {
            if found.is_some() {
                return None;
            }
            found = place;
        }
    }
    found
}

/// The place in a quoted literal of the body's byte at `position`, if the literal is the body (PostgreSQL:
/// match_prosrc_to_literal).
fn match_literal(literal: &[u8], body: &[u8], position: usize) -> Option<usize> {
    let mut place = position;
    let mut at = 0;
    for (index, byte) in body.iter().enumerate() {
        let escape = match literal.get(at)? {
            b'\\' => true,
            b'\'' if literal.get(at + 1) == Some(&b'\'') => true,
            b'\'' => return None,
            _ => false, // an ordinary character
        };
        if escape {
            at += 1;
            if index < position {
                place += 1;
            }
        }
        if literal.get(at) != Some(byte) {
            return None;
        }
        at += 1;
    }
    let closed = literal.get(at) == Some(&b'\'') && literal.get(at + 1) != Some(&b'\'');
    closed.then_some(place)
}

fn definition<T>(message: String) -> PgResult<T> {
    Err(PgError::new(sqlstate::INVALID_FUNCTION_DEFINITION, message).into())
}

/// PostgreSQL: check_sql_fn_retval.
fn check_sql_fn_retval(context: &Context, row: &PgProc, queries: &[Query]) -> PgResult<()> {
    let result = row.prorettype;
    if result == fixed::VOIDOID {
        return Ok(());
    }
    let type_text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
    let mismatch = |detail: String| -> PgResult<()> {
        let message =
            format!("return type mismatch in function declared to return {}", type_text(result));
        Err(PgError::new(sqlstate::INVALID_FUNCTION_DEFINITION, message).detail(detail).into())
    };
    let targets: Option<&[TargetEntry]> =
        queries.last().and_then(|query| match query.command_type {
            CmdType::CmdSelect => Some(query.target_list.as_slice()),
            CmdType::CmdInsert | CmdType::CmdUpdate | CmdType::CmdDelete | CmdType::CmdMerge => {
                Some(query.returning_list.as_slice()).filter(|list| !list.is_empty())
            }
            CmdType::CmdUnknown | CmdType::CmdUtility | CmdType::CmdNothing => None,
        });
    let Some(targets) = targets else {
        let merge = if context.catalog.version().major() >= 17 { "/MERGE" } else { "" };
        return mismatch(format!(
            "Function's final statement must be SELECT or INSERT/UPDATE/DELETE{merge} RETURNING."
        ));
    };
    let targets: Vec<&TargetEntry> = targets.iter().filter(|target| !target.resjunk).collect();
    match get_typtype(context.catalog, result) {
        b'b' | b'd' | b'e' | b'r' | b'm' => {
            let [target] = targets.as_slice() else {
                return mismatch("Final statement must return exactly one column.".to_string());
            };
            if !can_coerce_result(context, target, result, -1)? {
                let actual = type_text(expr_type(&target.expr));
                return mismatch(format!("Actual return type is {actual}."));
            }
            Ok(())
        }
        kind if kind == b'c' || result == fixed::RECORDOID => {
            if let ([target], true) = (targets.as_slice(), row.prokind != b'p')
                && can_coerce_result(context, target, result, -1)?
            {
                return Ok(());
            }
            let Some(columns) = row_columns(context, row) else { return Ok(()) };
            check_row(context, &targets, &columns, mismatch)
        }
        // Pseudo-types that the validator let through are polymorphic, and were left out before.
        _ => definition(format!(
            "return type {} is not supported for SQL functions",
            type_text(result)
        )),
    }
}

fn check_row(
    context: &Context,
    targets: &[&TargetEntry],
    columns: &[(Oid, i32)],
    mismatch: impl Fn(String) -> PgResult<()>,
) -> PgResult<()> {
    let type_text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
    for (index, target) in targets.iter().enumerate() {
        let Some((type_oid, typmod)) = columns.get(index) else {
            return mismatch("Final statement returns too many columns.".to_string());
        };
        if !can_coerce_result(context, target, *type_oid, *typmod)? {
            return mismatch(format!(
                "Final statement returns {} instead of {} at column {}.",
                type_text(expr_type(&target.expr)),
                type_text(*type_oid),
                index + 1
            ));
        }
    }
    if targets.len() < columns.len() {
        return mismatch("Final statement returns too few columns.".to_string());
    }
    Ok(())
}

/// The columns of the row that the routine returns; None when its callers decide them.
fn row_columns(context: &Context, row: &PgProc) -> Option<Vec<(Oid, i32)>> {
    let columns = result_columns(
        row.prokind,
        row.proallargtypes.as_deref(),
        row.proargmodes.as_deref(),
        row.proargnames.as_deref(),
    );
    if let Some(columns) = columns.filter(|_| row.prorettype == fixed::RECORDOID) {
        return Some(columns.into_iter().map(|(_, type_oid)| (type_oid, -1)).collect());
    }
    let relation = get_typ_typrelid(context.catalog, row.prorettype);
    let relation = context.catalog.get::<PgClass>(relation)?;
    Some(relation.live_attributes().map(|a| (a.atttypid, a.atttypmod)).collect())
}

/// PostgreSQL: coerce_fn_result_column.
fn can_coerce_result(
    context: &Context,
    target: &TargetEntry,
    type_oid: Oid,
    typmod: i32,
) -> PgResult<bool> {
    let pstate = ParseState::new(context.shared(), None);
    let coerced = coerce_to_target_type(
        &pstate,
        target.expr.clone(),
        expr_type(&target.expr),
        type_oid,
        typmod,
        CoercionContext::CoercionAssignment,
        CoercionForm::CoerceImplicitCast,
        -1,
    )?;
    Ok(coerced.is_some())
}
