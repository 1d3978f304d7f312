//! Functions of constants that PostgreSQL refuses while it plans or runs a statement, whatever the tables hold
//! (PostgreSQL: eval_const_expressions, optimizer/util/clauses.c).

mod datetime;
mod lookups;
mod unistr;

use crate::catalog::PgProc;
use crate::catalog::guc::settings;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::NodeRef;
use crate::nodes::node_funcs::{expr_type, expression_tree_walker};
use crate::nodes::primnodes::*;
use crate::parser::literals::{
    bit_in, char_in, check_tsquery, input_function_call, numeric_in, varbit_in,
};
use crate::parser::parse_node::Shared;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// Refuses what the query's constants alone decide.
pub fn refuse_constants(shared: &Shared, query: &Query) -> PgResult<()> {
    let runs = query.jointree.fromlist.is_empty() && query.jointree.quals.is_none();
    let check = Check { shared, runs: runs && query.set_operations.is_none() };
    for target in &query.target_list {
        check.expr(&target.expr)?;
    }
    for entry in &query.rtable {
        match &entry.kind {
            RteKind::Values { lists, .. } => {
                for value in lists.iter().flatten() {
                    check.expr(value)?;
                }
            }
            RteKind::Subquery { query, .. } => refuse_constants(shared, query)?,
            _ => {} // no expressions that are always planned
        }
    }
    match &query.jointree.quals {
        Some(quals) => check.expr(quals),
        None => Ok(()),
    }
}

struct Check<'a> {
    shared: &'a Shared<'a>,
    /// Whether each expression is evaluated once at least.
    runs: bool,
}

/// The text of a constant that is not NULL.
fn constant(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Const(Const { value: Some(Datum::Text(text)), .. }) => Some(text),
        Expr::RelabelType(relabel) => constant(&relabel.arg),
        _ => None, // a value that is not known here
    }
}

fn is_null(expr: &Expr) -> bool {
    matches!(expr, Expr::Const(Const { value: None, .. }))
}

fn out_of_range(type_name: &str) -> Stop {
    let message = format!("{type_name} out of range");
    PgError::new(state::NUMERIC_VALUE_OUT_OF_RANGE, message).into()
}

impl Check<'_> {
    /// Looks at the expression and what is evaluated with it, innermost first.
    fn expr(&self, expr: &Expr) -> PgResult<()> {
        // What stands behind a condition may never be evaluated.
        if matches!(
            expr,
            Expr::CaseExpr(_)
                | Expr::CoalesceExpr(_)
                | Expr::BoolExpr(_)
                | Expr::SubLink(_)
                | Expr::Aggref(_)
                | Expr::WindowFunc(_)
        ) {
            return Ok(());
        }
        let mut result = Ok(());
        expression_tree_walker(expr, &mut |node| {
            if let NodeRef::Expr(child) = node {
                result = self.expr(child);
            }
            result.is_err()
        });
        result?;
        match expr {
            Expr::FuncExpr(call) => self.call(call.funcid, &call.args),
            Expr::OpExpr(operation) => self.call(operation.opfuncid, &operation.args),
            Expr::CoerceViaIO(cast) => self.input(cast),
            Expr::ArrayExpr(array) if self.runs && array.multidims => dimensions(array),
            _ => Ok(()), // no function is called
        }
    }

    /// A text that becomes a value of another type.
    fn input(&self, cast: &CoerceViaIO) -> PgResult<()> {
        let stringy = matches!(expr_type(&cast.arg), fixed::TEXTOID | fixed::VARCHAROID);
        let stable = matches!(
            cast.resulttype,
            fixed::INT2OID
                | fixed::INT4OID
                | fixed::INT8OID
                | fixed::NUMERICOID
                | fixed::FLOAT8OID
                | fixed::UUIDOID
                | fixed::JSONOID
                | fixed::JSONBOID
                | fixed::BOOLOID
                | fixed::JSONPATHOID
        );
        match constant(&cast.arg) {
            Some(text) if stringy && stable => {
                input_function_call(self.shared, cast.resulttype, text, -1).map(drop)
            }
            Some(_) | None => Ok(()),
        }
    }

    fn call(&self, funcid: Oid, args: &[Expr]) -> PgResult<()> {
        let Some(proc) = self.shared.catalog.get::<PgProc>(funcid) else { return Ok(()) };
        if !proc.oid.is_builtin() {
            return Ok(());
        }
        // A function that is not immutable is called when the statement runs.
        if proc.provolatile != b'i' && !self.runs {
            return Ok(());
        }
        let name = proc.proname.as_str();
        match (name, args) {
            ("int2" | "int4" | "int8", [value]) => to_integer(name, value),
            ("varchar" | "bpchar" | "bit" | "varbit", [value, typmod, explicit]) => {
                match (constant(value), typmod_of(typmod), constant(explicit)) {
                    (Some(text), Some(typmod), Some("f")) => length(name, text, typmod),
                    _ => Ok(()), // cut to its length, or not known
                }
            }
            ("numeric", [value, typmod]) => match (constant(value), typmod_of(typmod)) {
                (Some(text), Some(typmod)) => numeric_in(text, typmod).map(drop),
                _ => Ok(()), // not known
            },
            ("extract" | "date_part" | "date_trunc", [unit, value, ..]) => {
                match (constant(unit), self.shared.catalog.version().major() >= 15) {
                    (Some(unit), true) if !is_null(value) => {
                        datetime::check_unit(name, unit, proc.proargtypes[1])
                    }
                    _ => Ok(()), // NULL, a unit that is not known, or other words of older versions
                }
            }
            ("date_bin", [stride, ..]) => match constant(stride) {
                Some(stride) if stride.contains("mon") || stride.contains("year") => {
                    let message =
                        "timestamps cannot be binned into intervals containing months or years";
                    Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into())
                }
                Some(_) | None => Ok(()),
            },
            ("current_setting", [setting]) => match constant(setting) {
                Some(setting)
                    if !setting.contains('.')
                        && settings::find(self.shared.catalog.version(), setting).is_none() =>
                {
                    Err(settings::unrecognized(setting).into())
                }
                Some(_) | None => Ok(()),
            },
            ("unistr", [text]) => constant(text).map_or(Ok(()), unistr::check),
            ("like_escape", [_, escape]) => match constant(escape) {
                Some(text) if text.chars().count() > 1 && expr_type(escape) == fixed::TEXTOID => {
                    Err(PgError::new(state::INVALID_ESCAPE_SEQUENCE, "invalid escape string")
                        .hint("Escape string must be empty or one character.")
                        .into())
                }
                Some(_) | None => Ok(()),
            },
            (_, [_, _, flags]) if &*proc.prosrc == "range_constructor3" => range_flags(flags),
            ("array_position" | "array_positions" | "array_remove", [array, _, ..])
                if self.runs && is_multidimensional(array) =>
            {
                let what = if name == "array_remove" {
                    "removing elements from"
                } else {
                    "searching for elements in"
                };
                let message = format!("{what} multidimensional arrays is not supported");
                Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into())
            }
            ("to_tsquery", [.., text]) => constant(text).map_or(Ok(()), check_tsquery),
            (_, _) if self.runs && is_lookup(name) => lookups::check(self.shared, name, args),
            (_, [record, ..]) if self.runs && is_populate(name) => {
                if !is_null(record) || expr_type(record) != fixed::RECORDOID {
                    return Ok(());
                }
                let message = format!("could not determine row type for result of {name}");
                Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message)
                    .hint(
                        "Provide a non-null record argument, or call the function in the FROM clause using a \
                         column definition list.",
                    )
                    .into())
            }
            (_, [dividend, divisor]) if divides(&proc.prosrc) => {
                match (constant(dividend), constant(divisor).map(str::parse::<f64>)) {
                    (Some(dividend), Some(Ok(0.0))) if dividend != "NaN" => {
                        Err(PgError::new(state::DIVISION_BY_ZERO, "division by zero").into())
                    }
                    _ => Ok(()), // not known, or no zero
                }
            }
            ("pg_extension_config_dump", [table, condition])
                if !is_null(table) && !is_null(condition) =>
            {
                let message = "pg_extension_config_dump() can only be called from an SQL script executed by \
                               CREATE EXTENSION";
                Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into())
            }
            (_, [.., number]) => lsn(&proc.prosrc, number),
            _ => Ok(()), // a function whose answer is not known here
        }
    }
}

/// Functions that are given names.
fn is_lookup(name: &str) -> bool {
    (name.starts_with("has_") && name.ends_with("_privilege"))
        || matches!(
            name,
            "pg_has_role"
                | "pg_get_serial_sequence"
                | "row_security_active"
                | "to_regclass"
                | "pg_clear_relation_stats"
                | "pg_clear_attribute_stats"
                | "pg_restore_relation_stats"
                | "pg_restore_attribute_stats"
        )
}

fn is_multidimensional(array: &Expr) -> bool {
    match array {
        Expr::ArrayExpr(array) => array.multidims,
        other => constant(other).is_some_and(|text| text.trim_start().starts_with("{{")),
    }
}

fn is_populate(name: &str) -> bool {
    matches!(
        name,
        "json_populate_record"
            | "json_populate_recordset"
            | "jsonb_populate_record"
            | "jsonb_populate_recordset"
    )
}

/// Functions that divide numbers which have a zero.
fn divides(source: &str) -> bool {
    matches!(
        source,
        "int2div"
            | "int4div"
            | "int8div"
            | "int24div"
            | "int42div"
            | "int28div"
            | "int82div"
            | "int48div"
            | "int84div"
            | "int2mod"
            | "int4mod"
            | "int8mod"
            | "numeric_div"
            | "numeric_mod"
            | "float8div"
    )
}

fn typmod_of(expr: &Expr) -> Option<i32> {
    constant(expr)?.parse().ok()
}

/// The length that a column sets (PostgreSQL: varchar, bpchar, bit, varbit with a typmod, as an assignment).
fn length(name: &str, text: &str, typmod: i32) -> PgResult<()> {
    match name {
        "varchar" => char_in(text, typmod, false).map(drop),
        "bpchar" => char_in(text.trim_end_matches(' '), typmod, true).map(drop),
        "bit" => bit_in(text, typmod).map(drop),
        _ => varbit_in(text, typmod).map(drop), // what is left
    }
}

/// PostgreSQL: numeric_int4, int84, i8toi2 and their kin.
fn to_integer(name: &str, value: &Expr) -> PgResult<()> {
    let (type_name, least, most) = match name {
        "int2" => ("smallint", i128::from(i16::MIN), i128::from(i16::MAX)),
        "int4" => ("integer", i128::from(i32::MIN), i128::from(i32::MAX)),
        _ => ("bigint", i128::from(i64::MIN), i128::from(i64::MAX)), // int8
    };
    let source = expr_type(value);
    let Some(text) = constant(value) else { return Ok(()) };
    match (source, text) {
        (fixed::NUMERICOID, "NaN" | "Infinity" | "-Infinity") => {
            let what = if text == "NaN" { "NaN" } else { "infinity" };
            let message = format!("cannot convert {what} to {type_name}");
            Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into())
        }
        (fixed::FLOAT4OID | fixed::FLOAT8OID, "NaN" | "Infinity" | "-Infinity") => {
            Err(out_of_range(type_name))
        }
        (fixed::NUMERICOID | fixed::INT2OID | fixed::INT4OID | fixed::INT8OID, _) => {
            let scale_zero = numeric_in(text, (38 << 16) + 4);
            let rounded = scale_zero.ok().and_then(|text| text.parse::<i128>().ok());
            match rounded {
                Some(value) if (least..=most).contains(&value) => Ok(()),
                Some(_) => Err(out_of_range(type_name)),
                None if text.len() > 40 && !text.contains('.') => Err(out_of_range(type_name)),
                None => Ok(()), // not read here
            }
        }
        _ => Ok(()), // other types' casts
    }
}

fn range_flags(flags: &Expr) -> PgResult<()> {
    match constant(flags) {
        Some("[]" | "[)" | "(]" | "()") | None => Ok(()),
        Some(_) => Err(PgError::new(state::SYNTAX_ERROR, "invalid range bound flags")
            .hint("Valid values are \"[]\", \"[)\", \"(]\", and \"()\".")
            .into()),
    }
}

/// PostgreSQL: pg_lsn_pli, pg_lsn_mii, numeric_pg_lsn.
fn lsn(source: &str, number: &Expr) -> PgResult<()> {
    let message = match source {
        "pg_lsn_pli" => "cannot add NaN to pg_lsn",
        "pg_lsn_mii" => "cannot subtract NaN from pg_lsn",
        "numeric_pg_lsn" => "cannot convert NaN to pg_lsn",
        _ => return Ok(()), // another function
    };
    if expr_type(number) == fixed::NUMERICOID && constant(number) == Some("NaN") {
        return Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into());
    }
    Ok(())
}

/// ARRAY[ARRAY[1, 2], ARRAY[3]] (PostgreSQL: ExecEvalArrayExpr).
fn dimensions(array: &ArrayExpr) -> PgResult<()> {
    let mut sizes = Vec::new();
    for element in &array.elements {
        match element {
            Expr::ArrayExpr(inner) => sizes.push(inner.elements.len()),
            _ => return Ok(()), // an array whose size is not known
        }
    }
    if sizes.windows(2).any(|pair| pair[0] != pair[1]) {
        let message =
            "multidimensional arrays must have array expressions with matching dimensions";
        return Err(PgError::new(state::ARRAY_SUBSCRIPT_ERROR, message).into());
    }
    Ok(())
}
