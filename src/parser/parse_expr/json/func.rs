//! JSON_EXISTS, JSON_QUERY, JSON_VALUE, and the document of JSON_TABLE (PostgreSQL: transformJsonFuncExpr,
//! parser/parse_expr.c).

use super::output::output_type;
use super::{DEFAULT_FORMAT, ValueUse, raw_format, value_expr};
use crate::catalog::PgConstraint;
use crate::catalog::lsyscache::{get_base_type, get_typcollation, get_type_category_preferred};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{self, JsonQuotes, Node};
use crate::parser::clauses::{contain_var_clause, expression_returns_set};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::coerce_to_target_type;
use crate::parser::parse_expr::{recurse, recurse_required};
use crate::parser::parse_node::ParseState;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;
use JsonBehaviorType::*;

/// PostgreSQL: transformJsonFuncExpr.
pub(super) fn transform_func_expr(
    pstate: &mut ParseState,
    func: &tree::JsonFuncExpr,
) -> PgResult<Expr> {
    let (name, default_format) = match func.op {
        JsonExprOp::JsonExistsOp => ("JSON_EXISTS", JsonFormatType::JsFormatDefault),
        JsonExprOp::JsonQueryOp => ("JSON_QUERY", JsonFormatType::JsFormatJsonb),
        JsonExprOp::JsonValueOp => ("JSON_VALUE", JsonFormatType::JsFormatDefault),
        JsonExprOp::JsonTableOp => ("JSON_TABLE", JsonFormatType::JsFormatJsonb),
    };
    check_syntax(func, name)?;
    let item = func.context_item.as_deref();
    let wanted =
        ValueUse { construct: name, default_format, target: Some(fixed::JSONBOID), passing: false };
    let formatted_expr = value_expr(pstate, item, wanted)?;
    let path_spec = path_spec(pstate, &func.pathspec)?;
    let mut passing_names = Vec::with_capacity(func.passing.len());
    let mut passing_values = Vec::with_capacity(func.passing.len());
    for node in &func.passing {
        let Node::JsonArgument(argument) = node else { continue };
        let wanted = ValueUse {
            construct: name,
            default_format: JsonFormatType::JsFormatJsonb,
            target: None,
            passing: true,
        };
        passing_values.push(value_expr(pstate, argument.val.as_deref(), wanted)?);
        passing_names.push(Name::new(argument.name.as_deref().unwrap_or("")));
    }
    let given = output_type(pstate, func.output.as_deref(), false)?;
    let default = match func.op {
        JsonExprOp::JsonExistsOp => fixed::BOOLOID,
        JsonExprOp::JsonQueryOp => fixed::JSONBOID,
        JsonExprOp::JsonValueOp => fixed::TEXTOID,
        JsonExprOp::JsonTableOp => expr_type(&formatted_expr),
    };
    let mut returning =
        given.unwrap_or(JsonReturning { format: DEFAULT_FORMAT, typid: default, typmod: -1 });
    if func.op == JsonExprOp::JsonValueOp {
        returning.format = JsonFormat { location: returning.format.location, ..DEFAULT_FORMAT };
    }
    let mut json = JsonExpr {
        op: func.op,
        column_name: func.column_name.as_deref().map(Name::new),
        formatted_expr,
        format: raw_format(item.and_then(|i| i.format.as_deref())),
        path_spec,
        use_io_coercion: false,
        use_json_coercion: false,
        collation: get_typcollation(pstate.catalog(), returning.typid),
        returning,
        passing_names,
        passing_values,
        on_empty: None,
        on_error: None,
        wrapper: tree::JsonWrapper::JswUnspec,
        omit_quotes: false,
        location: func.location,
    };
    finish(pstate, func, &mut json)?;
    Ok(Expr::JsonExpr(Box::new(json)))
}

/// What each of the functions does with its result, and where there is none or an error.
fn finish(pstate: &mut ParseState, func: &tree::JsonFuncExpr, json: &mut JsonExpr) -> PgResult<()> {
    let typid = json.returning.typid;
    let (on_empty, on_error) = (func.on_empty.as_deref(), func.on_error.as_deref());
    match func.op {
        JsonExprOp::JsonExistsOp => {
            json.use_json_coercion = typid != fixed::BOOLOID;
            json.on_error = Some(behavior(pstate, on_error, JsonBehaviorFalse, &json.returning)?);
        }
        JsonExprOp::JsonQueryOp => {
            json.omit_quotes = func.quotes == JsonQuotes::JsQuotesOmit;
            json.wrapper = func.wrapper;
            json.use_json_coercion = typid != fixed::JSONBOID || json.omit_quotes;
            json.on_empty = Some(behavior(pstate, on_empty, JsonBehaviorNull, &json.returning)?);
            json.on_error = Some(behavior(pstate, on_error, JsonBehaviorNull, &json.returning)?);
        }
        JsonExprOp::JsonValueOp => {
            json.omit_quotes = true;
            json.use_json_coercion = is_constrained_domain(pstate, typid);
            json.use_io_coercion = typid != fixed::TEXTOID && !json.use_json_coercion;
            json.on_empty = Some(behavior(pstate, on_empty, JsonBehaviorNull, &json.returning)?);
            json.on_error = Some(behavior(pstate, on_error, JsonBehaviorNull, &json.returning)?);
        }
        JsonExprOp::JsonTableOp => {
            let usual = JsonBehaviorEmptyArray;
            json.on_error = Some(behavior(pstate, on_error, usual, &json.returning)?);
        }
    }
    Ok(())
}

/// PostgreSQL: DomainHasConstraints.
fn is_constrained_domain(pstate: &ParseState, typid: Oid) -> bool {
    let catalog = pstate.catalog();
    let mut at = typid;
    while let Some(row) =
        catalog.get::<crate::catalog::PgType>(at).filter(|row| row.typtype == b'd')
    {
        if row.typnotnull || catalog.find_all::<PgConstraint>(&at).next().is_some() {
            return true;
        }
        at = row.typbasetype;
    }
    false
}

/// What the grammar lets through and the function does not.
fn check_syntax(func: &tree::JsonFuncExpr, name: &str) -> PgResult<()> {
    let format = func.output.as_ref().and_then(|o| o.returning.as_ref());
    if let Some(format) = format.and_then(|r| r.format.as_deref())
        && func.op != JsonExprOp::JsonQueryOp
        && (format.format_type != JsonFormatType::JsFormatDefault
            || format.encoding != JsonEncoding::JsEncDefault)
    {
        let message = format!("cannot specify FORMAT JSON in RETURNING clause of {name}()");
        return error_at(state::SYNTAX_ERROR, message, format.location.0);
    }
    let wraps = matches!(
        func.wrapper,
        tree::JsonWrapper::JswConditional | tree::JsonWrapper::JswUnconditional
    );
    if func.op == JsonExprOp::JsonQueryOp && func.quotes == JsonQuotes::JsQuotesOmit && wraps {
        let message = "SQL/JSON QUOTES behavior must not be specified when WITH WRAPPER is used";
        return error_at(state::SYNTAX_ERROR, message, func.location.0);
    }
    let (allowed, words, columns): (&[JsonBehaviorType], _, _) = match func.op {
        JsonExprOp::JsonQueryOp => (
            &[
                JsonBehaviorError,
                JsonBehaviorNull,
                JsonBehaviorEmpty,
                JsonBehaviorEmptyArray,
                JsonBehaviorEmptyObject,
                JsonBehaviorDefault,
            ],
            "Only ERROR, NULL, EMPTY ARRAY, EMPTY OBJECT, or DEFAULT expression is allowed",
            "formatted columns",
        ),
        JsonExprOp::JsonExistsOp => (
            &[JsonBehaviorError, JsonBehaviorTrue, JsonBehaviorFalse, JsonBehaviorUnknown],
            "Only ERROR, TRUE, FALSE, or UNKNOWN is allowed",
            "EXISTS columns",
        ),
        JsonExprOp::JsonValueOp => (
            &[JsonBehaviorError, JsonBehaviorNull, JsonBehaviorDefault],
            "Only ERROR, NULL, or DEFAULT expression is allowed",
            "scalar columns",
        ),
        JsonExprOp::JsonTableOp => return Ok(()),
    };
    let on_empty = func.on_empty.as_deref().filter(|_| func.op != JsonExprOp::JsonExistsOp);
    for (behavior, clause) in [(on_empty, "ON EMPTY"), (func.on_error.as_deref(), "ON ERROR")] {
        let Some(behavior) = behavior.filter(|b| !allowed.contains(&b.btype)) else { continue };
        let (message, place) = match func.column_name.as_deref() {
            None => (format!("invalid {clause} behavior"), format!("{name}()")),
            Some(column) => {
                (format!("invalid {clause} behavior for column \"{column}\""), columns.to_string())
            }
        };
        return Err(PgError::new(state::SYNTAX_ERROR, message)
            .detail(format!("{words} in {clause} for {place}."))
            .at(behavior.location.0)
            .into());
    }
    Ok(())
}

fn path_spec(pstate: &mut ParseState, node: &Option<Node>) -> PgResult<Expr> {
    let path = recurse_required(pstate, node)?;
    let (input, location) = (expr_type(&path), expr_location(&path));
    let coerced = coerce_to_target_type(
        pstate,
        path,
        input,
        fixed::JSONPATHOID,
        -1,
        CoercionContext::CoercionExplicit,
        CoercionForm::CoerceImplicitCast,
        location,
    )?;
    match coerced {
        Some(path) => Ok(path),
        None => {
            let typname = pstate.shared.format_type(input);
            let message =
                format!("JSON path expression must be of type jsonpath, not of type {typname}");
            error_at(state::DATATYPE_MISMATCH, message, location)
        }
    }
}

/// Whether the expression may stand behind DEFAULT (PostgreSQL: ValidJsonBehaviorDefaultExpr).
fn is_valid_default(expr: &Expr) -> bool {
    match expr {
        Expr::Const(_) | Expr::FuncExpr(_) | Expr::OpExpr(_) => true,
        Expr::CoerceViaIO(e) => is_valid_default(&e.arg),
        Expr::CoerceToDomain(e) => is_valid_default(&e.arg),
        Expr::ArrayCoerceExpr(e) => is_valid_default(&e.arg) || is_valid_default(&e.elemexpr),
        Expr::ConvertRowtypeExpr(e) => is_valid_default(&e.arg),
        Expr::RelabelType(e) => is_valid_default(&e.arg),
        Expr::CollateExpr(e) => is_valid_default(&e.arg),
        _ => false, // columns, aggregates, subqueries and the rest
    }
}

/// The value that a behavior stands for (PostgreSQL: GetJsonBehaviorConst).
fn behavior_const(btype: JsonBehaviorType) -> Option<Expr> {
    let (consttype, text) = match btype {
        JsonBehaviorEmptyArray | JsonBehaviorEmpty => (fixed::JSONBOID, Some("[]")),
        JsonBehaviorEmptyObject => (fixed::JSONBOID, Some("{}")),
        JsonBehaviorTrue => (fixed::BOOLOID, Some("t")),
        JsonBehaviorFalse => (fixed::BOOLOID, Some("f")),
        JsonBehaviorNull | JsonBehaviorUnknown => (fixed::INT4OID, None),
        JsonBehaviorError | JsonBehaviorDefault => return None,
    };
    Some(Expr::Const(Const {
        consttype,
        consttypmod: -1,
        constcollid: Oid::INVALID,
        value: text.map(|text| Datum::Text(text.into())),
        location: crate::nodes::ParseLoc::NONE,
    }))
}

/// ON EMPTY or ON ERROR (PostgreSQL: transformJsonBehavior).
fn behavior(
    pstate: &mut ParseState,
    given: Option<&tree::JsonBehavior>,
    usual: JsonBehaviorType,
    returning: &JsonReturning,
) -> PgResult<JsonBehavior> {
    let btype = given.map_or(usual, |given| given.btype);
    let location = given.map_or(crate::nodes::ParseLoc::NONE, |given| given.location);
    let default = given.filter(|_| btype == JsonBehaviorDefault).and_then(|b| b.expr.as_ref());
    let expr = match default {
        Some(expr) => Some(default_expr(pstate, expr)?),
        None => behavior_const(btype),
    };
    let (expr, coerce) = match expr {
        Some(expr) if expr_type(&expr) != returning.typid => {
            coerce_behavior(pstate, expr, btype, returning, location.0)?
        }
        other => (other, false),
    };
    Ok(JsonBehavior { btype, expr, coerce, location })
}

fn default_expr(pstate: &mut ParseState, node: &Node) -> PgResult<Expr> {
    let expr = recurse(pstate, node)?;
    let refuse = |message: &str| error_at(state::DATATYPE_MISMATCH, message, expr_location(&expr));
    if !is_valid_default(&expr) {
        return refuse(
            "can only specify a constant, non-aggregate function, or operator expression for DEFAULT",
        );
    }
    if contain_var_clause(&expr) {
        return refuse("DEFAULT expression must not contain column references");
    }
    if expression_returns_set(&expr) {
        return refuse("DEFAULT expression must not return a set");
    }
    Ok(expr)
}

/// The value as one of RETURNING's type, or left to be made so when the statement runs.
fn coerce_behavior(
    pstate: &ParseState,
    expr: Expr,
    btype: JsonBehaviorType,
    returning: &JsonReturning,
    location: i32,
) -> PgResult<(Option<Expr>, bool)> {
    let input = expr_type(&expr);
    let is_null = matches!(&expr, Expr::Const(constant) if constant.value.is_none());
    let base = get_base_type(pstate.catalog(), returning.typid);
    if is_null || input == fixed::JSONBOID || (input == fixed::BOOLOID && base != fixed::INT4OID) {
        return Ok((Some(expr), true));
    }
    let place = expr_location(&expr);
    let (category, _) = get_type_category_preferred(pstate.catalog(), returning.typid);
    let context = if matches!(category, b'S' | b'V') {
        CoercionContext::CoercionAssignment
    } else {
        CoercionContext::CoercionExplicit
    };
    let coerced = coerce_to_target_type(
        pstate,
        expr,
        input,
        returning.typid,
        returning.typmod,
        context,
        CoercionForm::CoerceExplicitCast,
        location,
    )?;
    if coerced.is_some() {
        return Ok((coerced, false));
    }
    let target = pstate.shared.format_type(returning.typid);
    let message = format!(
        "cannot cast behavior expression of type {} to {target}",
        pstate.shared.format_type(input)
    );
    let error = PgError::new(state::CANNOT_COERCE, message).at(place);
    Err(if btype == JsonBehaviorDefault {
        error.hint(format!("You will need to explicitly cast the expression to type {target}."))
    } else {
        error
    }
    .into())
}
