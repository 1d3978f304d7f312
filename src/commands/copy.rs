//! COPY: the table, the columns and the options; the rows are data (PostgreSQL: commands/copy.c).

use std::sync::Arc;

use super::define::{
    conflicting_def_elem, def_get_boolean, def_get_int64, def_get_string, def_name,
};
use super::exec_main::RowSecurity;
use super::{Context, contents};
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::{PgClass, PgTrigger};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::tree::{CopyStmt, DefElem, Node};
use crate::parser::analyze::parse_analyze;
use crate::parser::parse_coerce::coerce_to_boolean;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParamSource, ParseState};
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::parser::rewrite_handler::query_rewrite;
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

/// PostgreSQL: DoCopy.
pub fn do_copy(context: &mut Context, stmt: &CopyStmt) -> PgResult<()> {
    let Some(relation) = &stmt.relation else {
        process_copy_options(context, stmt)?;
        let Some(source) = &stmt.query else { return unknown("COPY without a table") };
        if matches!(source, Node::SelectStmt(select) if super::dml::select_into(select).is_some()) {
            return refuse(sqlstate::FEATURE_NOT_SUPPORTED, "COPY (SELECT INTO) is not supported");
        }
        let query = parse_analyze(context.shared(), source, ParamSource::None)?;
        let is_select = matches!(source, Node::SelectStmt(_));
        if !is_select && query.returning_list.is_empty() {
            let message = "COPY query must have a RETURNING clause";
            return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
        }
        query_rewrite(&context.shared(), &query)?;
        super::exec_main::check_one_query(context.catalog, &query, "COPY")?;
        super::dml::check_effects(context, &query)?;
        return check_file(stmt);
    };
    let oid = range_var_get_relid(&context.shared(), relation, false)?;
    let Some(row) = oid.and_then(|oid| context.catalog.get::<PgClass>(oid)).cloned() else {
        return unknown("COPY of a relation that is not in the catalog");
    };
    if let Some(condition) = &stmt.where_clause {
        check_where(context, &row, condition)?;
    }
    let columns = copy_get_attnums(&row, &stmt.attlist)?;
    if super::exec_main::check_copy(context, &row, &columns, stmt.is_from)? == RowSecurity::Enabled
        && stmt.is_from
    {
        let message = "COPY FROM not supported with row-level security";
        return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message)
            .hint("Use INSERT statements instead.")
            .into());
    }
    process_copy_options(context, stmt)?;
    if stmt.is_from {
        if Some(row.relnamespace) != context.session.temp_namespace {
            context.session.transaction.prevent_if_read_only("COPY FROM")?;
        }
        check_copy_from(context, &row)?;
    } else {
        check_copy_to(&row)?;
    }
    check_column_options(&row, stmt)?;
    check_file(stmt)?;
    if stmt.is_from {
        contents::forget(context, row.oid);
    }
    Ok(())
}

fn check_where(context: &Context, row: &Arc<PgClass>, condition: &Node) -> PgResult<()> {
    let mut pstate = ParseState::new(context.shared(), None);
    let item = add_range_table_entry_for_relation(&mut pstate, row, None, false, false)?;
    add_ns_item_to_query(&mut pstate, item, false, true, true);
    let expr = transform_expr(&mut pstate, condition, ExprKind::CopyWhere)?;
    let mut expr = coerce_to_boolean(&pstate, expr, "WHERE")?;
    assign_expr_collations(&pstate, &mut expr)
}

/// PostgreSQL: the part of BeginCopyTo about files.
fn check_file(stmt: &CopyStmt) -> PgResult<()> {
    let relative = stmt.filename.as_ref().is_some_and(|name| !name.starts_with('/'));
    if relative && !stmt.is_from && !stmt.is_program {
        let message = "relative path not allowed for COPY to file";
        return refuse(sqlstate::INVALID_NAME, message);
    }
    Ok(())
}

/// PostgreSQL: BeginCopyFrom and CopyFrom's test of the target.
fn check_copy_from(context: &Context, row: &PgClass) -> PgResult<()> {
    let name = &row.relname;
    let wrong = |what: &str| -> PgResult<()> {
        refuse(sqlstate::WRONG_OBJECT_TYPE, format!("cannot copy to {what} \"{name}\""))
    };
    match row.relkind {
        b'r' | b'f' | b'p' => Ok(()),
        b'v' => {
            const INSTEAD_OF_INSERT: i16 = 64 | 4 | 1;
            let mut triggers = context.catalog.find_all::<PgTrigger>(&row.oid);
            if triggers.any(|t| t.tgtype & INSTEAD_OF_INSERT == INSTEAD_OF_INSERT) {
                return Ok(());
            }
            let message = format!("cannot copy to view \"{name}\"");
            Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message)
                .hint("To enable copying to a view, provide an INSTEAD OF INSERT trigger.")
                .into())
        }
        b'm' => wrong("materialized view"),
        b'S' => wrong("sequence"),
        _ => wrong("non-table relation"), // indexes, composite types
    }
}

/// PostgreSQL: BeginCopyTo.
fn check_copy_to(row: &PgClass) -> PgResult<()> {
    let name = &row.relname;
    let wrong = |what: &str, hint: Option<&str>| -> PgResult<()> {
        let message = format!("cannot copy from {what} \"{name}\"");
        let mut error = PgError::new(sqlstate::WRONG_OBJECT_TYPE, message);
        error.hint = hint.map(str::to_string);
        Err(error.into())
    };
    const VARIANT: Option<&str> = Some("Try the COPY (SELECT ...) TO variant.");
    match row.relkind {
        b'r' => Ok(()),
        b'v' => wrong("view", VARIANT),
        b'm' if row.relispopulated => Ok(()),
        b'm' => refuse(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot copy from unpopulated materialized view \"{name}\""),
        ),
        b'f' => wrong("foreign table", VARIANT),
        b'S' => wrong("sequence", None),
        b'p' => wrong("partitioned table", VARIANT),
        _ => wrong("non-table relation", None), // indexes, composite types
    }
}

/// PostgreSQL: CopyGetAttnums.
fn copy_get_attnums(row: &PgClass, names: &[Node]) -> PgResult<Vec<i16>> {
    if names.is_empty() {
        return Ok(row
            .live_attributes()
            .filter(|a| a.attgenerated == 0)
            .map(|a| a.attnum)
            .collect());
    }
    let mut numbers = Vec::with_capacity(names.len());
    for name in names {
        let name = name.str_val();
        let Some(attribute) = row.attribute_named(name) else {
            let message =
                format!("column \"{name}\" of relation \"{}\" does not exist", row.relname);
            return refuse(sqlstate::UNDEFINED_COLUMN, message);
        };
        if attribute.attgenerated != 0 {
            let message = format!("column \"{name}\" is a generated column");
            return Err(PgError::new(sqlstate::INVALID_COLUMN_REFERENCE, message)
                .detail("Generated columns cannot be used in COPY.")
                .into());
        }
        if numbers.contains(&attribute.attnum) {
            let message = format!("column \"{name}\" specified more than once");
            return refuse(sqlstate::DUPLICATE_COLUMN, message);
        }
        numbers.push(attribute.attnum);
    }
    Ok(numbers)
}

/// FORCE_QUOTE, FORCE_NOT_NULL and FORCE_NULL name columns that are copied.
fn check_column_options(row: &PgClass, stmt: &CopyStmt) -> PgResult<()> {
    let copied = copy_get_attnums(row, &stmt.attlist)?;
    for option in &stmt.options {
        let Node::DefElem(def) = option else { continue };
        let text = match def_name(def) {
            "force_quote" => "FORCE_QUOTE",
            "force_not_null" => "FORCE_NOT_NULL",
            "force_null" => "FORCE_NULL",
            _ => continue, // no list of columns
        };
        let Some(Node::List(names)) = &def.arg else { continue };
        for number in copy_get_attnums(row, names)? {
            if !copied.contains(&number) {
                let name = row.attribute(number).map_or("", |a| a.attname.as_str());
                let message = format!("{text} column \"{name}\" not referenced by COPY");
                return refuse(sqlstate::INVALID_COLUMN_REFERENCE, message);
            }
        }
    }
    Ok(())
}

#[derive(Default)]
struct CopyOptions {
    csv: bool,
    binary: bool,
    freeze: bool,
    header: bool,
    delimiter: Option<String>,
    null: Option<String>,
    default: Option<String>,
    quote: Option<String>,
    escape: Option<String>,
    force_quote: bool,
    force_not_null: bool,
    force_null: bool,
    on_error_ignore: bool,
    reject_limit: Option<i64>,
}

/// PostgreSQL: ProcessCopyOptions.
fn process_copy_options(context: &Context, stmt: &CopyStmt) -> PgResult<()> {
    let version = context.catalog.version().major();
    let mut seen: Vec<&str> = Vec::new();
    let mut options = CopyOptions::default();
    for option in &stmt.options {
        let Node::DefElem(def) = option else { continue };
        let name = def_name(def);
        let known = matches!(
            name,
            "format"
                | "freeze"
                | "delimiter"
                | "null"
                | "header"
                | "quote"
                | "escape"
                | "force_quote"
                | "force_not_null"
                | "force_null"
                | "convert_selectively"
                | "encoding"
        ) || (name == "default" && version >= 16)
            || (matches!(name, "on_error" | "log_verbosity") && version >= 17)
            || (name == "reject_limit" && version >= 18);
        if !known {
            return at(sqlstate::SYNTAX_ERROR, format!("option \"{name}\" not recognized"), def);
        }
        if seen.contains(&name) {
            return Err(conflicting_def_elem(def));
        }
        seen.push(name);
        read_option(stmt, def, &mut options)?;
    }
    check_combination(stmt, &options, version)
}

fn at<T>(state: SqlState, message: String, def: &DefElem) -> PgResult<T> {
    Err(PgError::new(state, message).at(def.location.0).into())
}

fn read_option(stmt: &CopyStmt, def: &DefElem, options: &mut CopyOptions) -> PgResult<()> {
    let name = def_name(def);
    let columns = |def: &DefElem| match &def.arg {
        Some(Node::List(_) | Node::AStar) => Ok(true),
        None | Some(_) => at(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!("argument to option \"{name}\" must be a list of column names"),
            def,
        ),
    };
    match name {
        "format" => match def_get_string(def)?.as_str() {
            "text" => {}
            "csv" => options.csv = true,
            "binary" => options.binary = true,
            other => {
                let message = format!("COPY format \"{other}\" not recognized");
                return at(sqlstate::INVALID_PARAMETER_VALUE, message, def);
            }
        },
        "freeze" => options.freeze = def_get_boolean(def)?,
        "header" => options.header = header_choice(stmt, def)?,
        "delimiter" => options.delimiter = Some(def_get_string(def)?),
        "null" => options.null = Some(def_get_string(def)?),
        "default" => options.default = Some(def_get_string(def)?),
        "quote" => options.quote = Some(def_get_string(def)?),
        "escape" => options.escape = Some(def_get_string(def)?),
        "force_quote" => options.force_quote = columns(def)?,
        "force_not_null" => options.force_not_null = columns(def)?,
        "force_null" => options.force_null = columns(def)?,
        "on_error" => {
            let value = def_get_string(def)?;
            if !stmt.is_from {
                let message = "COPY ON_ERROR cannot be used with COPY TO".to_string();
                return at(sqlstate::SYNTAX_ERROR, message, def);
            }
            match value.to_ascii_lowercase().as_str() {
                "stop" => {}
                "ignore" => options.on_error_ignore = true,
                _ => {
                    let message = format!("COPY ON_ERROR \"{value}\" not recognized");
                    return at(sqlstate::INVALID_PARAMETER_VALUE, message, def);
                }
            }
        }
        "log_verbosity" => {
            let value = def_get_string(def)?;
            if !matches!(value.to_ascii_lowercase().as_str(), "silent" | "default" | "verbose") {
                let message = format!("COPY LOG_VERBOSITY \"{value}\" not recognized");
                return at(sqlstate::INVALID_PARAMETER_VALUE, message, def);
            }
        }
        "reject_limit" => {
            let limit = def_get_int64(def)?;
            if limit <= 0 {
                let message = format!("REJECT_LIMIT ({limit}) must be greater than zero");
                return refuse(sqlstate::INVALID_PARAMETER_VALUE, message);
            }
            options.reject_limit = Some(limit);
        }
        _ => {} // the encoding is the data's; convert_selectively is PostgreSQL's own
    }
    Ok(())
}

/// PostgreSQL: defGetCopyHeaderOption.
fn header_choice(stmt: &CopyStmt, def: &DefElem) -> PgResult<bool> {
    let wrong = || -> PgResult<bool> {
        let name = def_name(def);
        refuse(sqlstate::SYNTAX_ERROR, format!("{name} requires a Boolean value or \"match\""))
    };
    match &def.arg {
        None => Ok(true),
        Some(Node::Integer(value)) => match value {
            0 => Ok(false),
            1 => Ok(true),
            _ => wrong(), // no other number is a Boolean
        },
        Some(_) => match def_get_string(def)?.to_ascii_lowercase().as_str() {
            "true" | "on" => Ok(true),
            "false" | "off" => Ok(false),
            "match" if !stmt.is_from => refuse(
                sqlstate::FEATURE_NOT_SUPPORTED,
                "cannot use \"match\" with HEADER in COPY TO",
            ),
            "match" => Ok(true),
            _ => wrong(), // no other word is a Boolean
        },
    }
}

fn check_combination(stmt: &CopyStmt, options: &CopyOptions, version: u32) -> PgResult<()> {
    let in_binary = |what: &str| -> PgResult<()> {
        refuse(sqlstate::SYNTAX_ERROR, format!("cannot specify {what} in BINARY mode"))
    };
    let needs_csv = |what: &str| -> PgResult<()> {
        let message = if version >= 17 {
            format!("COPY {what} requires CSV mode")
        } else {
            format!("COPY {} available only in CSV mode", what.to_lowercase().replace('_', " "))
        };
        refuse(sqlstate::FEATURE_NOT_SUPPORTED, message)
    };
    let invalid =
        |message: &str| -> PgResult<()> { refuse(sqlstate::INVALID_PARAMETER_VALUE, message) };
    if options.binary && options.delimiter.is_some() {
        return in_binary("DELIMITER");
    }
    if options.binary && options.null.is_some() {
        return in_binary("NULL");
    }
    if options.binary && options.default.is_some() {
        return in_binary("DEFAULT");
    }
    let delimiter = options.delimiter.as_deref().unwrap_or(if options.csv { "," } else { "\t" });
    let null = options.null.as_deref().unwrap_or(if options.csv { "" } else { "\\N" });
    let quote = options.quote.as_deref().unwrap_or("\"");
    if delimiter.len() != 1 {
        let message = "COPY delimiter must be a single one-byte character";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    if delimiter.contains(['\r', '\n']) {
        return invalid("COPY delimiter cannot be newline or carriage return");
    }
    if null.contains(['\r', '\n']) {
        return invalid("COPY null representation cannot use newline or carriage return");
    }
    if !options.csv && "\\.abcdefghijklmnopqrstuvwxyz0123456789".contains(delimiter) {
        let message = format!("COPY delimiter cannot be \"{delimiter}\"");
        return refuse(sqlstate::INVALID_PARAMETER_VALUE, message);
    }
    if let Some(default) = &options.default
        && default.contains(['\r', '\n'])
    {
        return invalid("COPY default representation cannot use newline or carriage return");
    }
    if options.header && (options.binary || version < 15 && !options.csv) {
        let message = if version >= 15 {
            "cannot specify HEADER in BINARY mode"
        } else {
            "COPY HEADER available only in CSV mode"
        };
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    if !options.csv && options.quote.is_some() {
        return needs_csv("QUOTE");
    }
    if options.csv && quote.len() != 1 {
        let message = "COPY quote must be a single one-byte character";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    if options.csv && delimiter == quote {
        return invalid("COPY delimiter and quote must be different");
    }
    if !options.csv && options.escape.is_some() {
        return needs_csv("ESCAPE");
    }
    if options.csv && options.escape.as_deref().is_some_and(|escape| escape.len() != 1) {
        let message = "COPY escape must be a single one-byte character";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    let from_only = |what: &str| -> PgResult<()> {
        if version >= 17 {
            return invalid(&format!("COPY {what} cannot be used with COPY TO"));
        }
        let what = what.to_lowercase().replace('_', " ");
        let message = format!("COPY {what} only available using COPY FROM");
        refuse(sqlstate::FEATURE_NOT_SUPPORTED, message)
    };
    if options.force_quote && !options.csv {
        return needs_csv("FORCE_QUOTE");
    }
    if options.force_quote && stmt.is_from {
        let message = if version >= 17 {
            "COPY FORCE_QUOTE cannot be used with COPY FROM"
        } else {
            "COPY force quote only available using COPY TO"
        };
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    if options.force_not_null && !options.csv {
        return needs_csv("FORCE_NOT_NULL");
    }
    if options.force_not_null && !stmt.is_from {
        return from_only("FORCE_NOT_NULL");
    }
    if options.force_null && !options.csv {
        return needs_csv("FORCE_NULL");
    }
    if options.force_null && !stmt.is_from {
        return from_only("FORCE_NULL");
    }
    if null.contains(delimiter) {
        return if version >= 17 {
            invalid("COPY delimiter character must not appear in the NULL specification")
        } else {
            invalid("COPY delimiter must not appear in the NULL specification")
        };
    }
    if options.csv && null.contains(quote) {
        return invalid("CSV quote character must not appear in the NULL specification");
    }
    if options.freeze && !stmt.is_from && version >= 17 {
        return from_only("FREEZE");
    }
    if let Some(default) = &options.default {
        check_default(stmt, default, (null, delimiter, quote), options.csv, version)?;
    }
    if options.binary && options.on_error_ignore {
        let message = "only ON_ERROR STOP is allowed in BINARY mode";
        return refuse(sqlstate::SYNTAX_ERROR, message);
    }
    if options.reject_limit.is_some() && !options.on_error_ignore {
        let message = "COPY REJECT_LIMIT requires ON_ERROR to be set to IGNORE";
        return refuse(sqlstate::INVALID_PARAMETER_VALUE, message);
    }
    Ok(())
}

/// What COPY refuses of DEFAULT, beside the strings that stand for NULL, between columns and around them.
fn check_default(
    stmt: &CopyStmt,
    default: &str,
    (null, delimiter, quote): (&str, &str, &str),
    csv: bool,
    version: u32,
) -> PgResult<()> {
    let message = if !stmt.is_from && version >= 17 {
        "COPY DEFAULT cannot be used with COPY TO"
    } else if !stmt.is_from {
        "COPY DEFAULT only available using COPY FROM"
    } else if default.contains(delimiter) && version >= 17 {
        "COPY delimiter character must not appear in the DEFAULT specification"
    } else if default.contains(delimiter) {
        "COPY delimiter must not appear in the DEFAULT specification"
    } else if csv && default.contains(quote) {
        "CSV quote character must not appear in the DEFAULT specification"
    } else if default == null {
        "NULL specification and DEFAULT specification cannot be the same"
    } else {
        return Ok(());
    };
    refuse(sqlstate::FEATURE_NOT_SUPPORTED, message)
}
