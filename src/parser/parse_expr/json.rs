//! SQL/JSON expressions (PostgreSQL: transformJsonObjectConstructor and its kin, parser/parse_expr.c).

use super::{recurse, recurse_required, transform_expr};
use crate::findings::{PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{self, Node};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{coerce_to_specific_type, coerce_to_target_type};
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_type::typename_type_id_and_mod;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// Any SQL/JSON expression.
pub(super) fn transform_json(pstate: &mut ParseState, node: &Node) -> PgResult<Expr> {
    match node {
        Node::JsonObjectConstructor(c) => {
            let mut args = Vec::with_capacity(c.exprs.len() * 2);
            for member in &c.exprs {
                let Node::JsonKeyValue(pair) = member else { continue };
                args.push(text_if_unknown(pstate, &pair.key, "JSON_OBJECT()")?);
                args.push(value_expr(pstate, pair.value.as_deref(), "JSON_OBJECT()")?);
            }
            let constructor = Constructor {
                kind: JsonConstructorType::Object,
                absent_on_null: c.absent_on_null,
                unique: c.unique,
                location: c.location,
            };
            constructor.finish(pstate, args, c.output.as_deref())
        }
        Node::JsonArrayConstructor(c) => {
            let mut args = Vec::with_capacity(c.exprs.len());
            for item in &c.exprs {
                let Node::JsonValueExpr(value) = item else { continue };
                args.push(value_expr(pstate, Some(value), "JSON_ARRAY()")?);
            }
            let constructor = Constructor {
                kind: JsonConstructorType::Array,
                absent_on_null: c.absent_on_null,
                unique: false,
                location: c.location,
            };
            constructor.finish(pstate, args, c.output.as_deref())
        }
        Node::JsonParseExpr(parse) => {
            let arg = value_expr(pstate, parse.expr.as_deref(), "JSON()")?;
            let constructor = Constructor {
                kind: JsonConstructorType::Parse,
                absent_on_null: false,
                unique: parse.unique_keys,
                location: parse.location,
            };
            constructor.finish(pstate, vec![arg], parse.output.as_deref())
        }
        Node::JsonScalarExpr(scalar) => {
            let arg = text_if_unknown(pstate, &scalar.expr, "JSON_SCALAR()")?;
            let constructor = Constructor {
                kind: JsonConstructorType::Scalar,
                absent_on_null: false,
                unique: false,
                location: scalar.location,
            };
            constructor.finish(pstate, vec![arg], scalar.output.as_deref())
        }
        Node::JsonSerializeExpr(serialize) => transform_serialize(pstate, serialize),
        Node::JsonIsPredicate(test) => transform_is_predicate(pstate, test),
        Node::JsonFuncExpr(func) => transform_func_expr(pstate, func),
        Node::JsonValueExpr(value) => value_expr(pstate, Some(value), "JSON"),
        // The aggregates and JSON_ARRAY(SELECT …) are what is left.
        other => unknown(format!("{} is not modelled", other.tag_name())),
    }
}

/// What RETURNING says; None without it (PostgreSQL: transformJsonOutput).
fn output_type(
    pstate: &ParseState,
    output: Option<&tree::JsonOutput>,
) -> PgResult<Option<JsonReturning>> {
    let Some(output) = output else { return Ok(None) };
    let Some(type_name) = &output.type_name else { return Ok(None) };
    let (typid, typmod) = typename_type_id_and_mod(&pstate.shared, type_name)?;
    if type_name.setof {
        let message = "returning SETOF types is not supported in SQL/JSON functions";
        return error_at(state::FEATURE_NOT_SUPPORTED, message, -1);
    }
    let given = output.returning.as_ref().and_then(|r| r.format.as_deref());
    let mut format = given.map_or(DEFAULT_FORMAT, raw_format);
    if format.format_type == JsonFormatType::JsFormatDefault {
        format.format_type = format_of(typid);
    }
    Ok(Some(JsonReturning { format, typid, typmod }))
}

const DEFAULT_FORMAT: JsonFormat = JsonFormat {
    format_type: JsonFormatType::JsFormatDefault,
    encoding: JsonEncoding::JsEncDefault,
    location: ParseLoc::NONE,
};

fn raw_format(format: &tree::JsonFormat) -> JsonFormat {
    JsonFormat {
        format_type: format.format_type,
        encoding: format.encoding,
        location: format.location,
    }
}

fn format_of(typid: Oid) -> JsonFormatType {
    if typid == fixed::JSONBOID {
        JsonFormatType::JsFormatJsonb
    } else {
        JsonFormatType::JsFormatJson
    }
}

fn returning(typid: Oid) -> JsonReturning {
    let format = JsonFormat { format_type: format_of(typid), ..DEFAULT_FORMAT };
    JsonReturning { format, typid, typmod: -1 }
}

fn text_if_unknown(
    pstate: &mut ParseState,
    node: &Option<Node>,
    construct: &str,
) -> PgResult<Expr> {
    let expr = recurse_required(pstate, node)?;
    if expr_type(&expr) == fixed::UNKNOWNOID {
        return coerce_to_specific_type(pstate, expr, fixed::TEXTOID, construct);
    }
    Ok(expr)
}

/// A value with its FORMAT (PostgreSQL: transformJsonValueExpr).
fn value_expr(
    pstate: &mut ParseState,
    value: Option<&tree::JsonValueExpr>,
    construct: &str,
) -> PgResult<Expr> {
    let Some(value) = value else { return unknown("a JSON value that is not there") };
    let expr = text_if_unknown(pstate, &value.raw_expr, construct)?;
    let format = value.format.as_deref().map_or(DEFAULT_FORMAT, raw_format);
    if format.format_type == JsonFormatType::JsFormatDefault {
        return Ok(expr);
    }
    let location = format.location.0;
    let exprtype = expr_type(&expr);
    let is_string =
        matches!(exprtype, fixed::TEXTOID | fixed::VARCHAROID | fixed::BPCHAROID | fixed::BYTEAOID);
    if !is_string && !matches!(exprtype, fixed::JSONOID | fixed::JSONBOID) {
        let message = "cannot use non-string types with explicit FORMAT JSON clause";
        return error_at(state::DATATYPE_MISMATCH, message, location);
    }
    if matches!(exprtype, fixed::JSONOID | fixed::JSONBOID) {
        return Ok(expr);
    }
    let formatted = explicit_cast(pstate, expr.clone(), fixed::JSONOID, -1, location)?;
    Ok(Expr::JsonValueExpr(Box::new(JsonValueExpr {
        raw_expr: expr,
        formatted_expr: formatted,
        format,
    })))
}

fn explicit_cast(
    pstate: &ParseState,
    expr: Expr,
    target: Oid,
    typmod: i32,
    location: i32,
) -> PgResult<Expr> {
    let (input, place) = (expr_type(&expr), expr_location(&expr));
    let result = coerce_to_target_type(
        pstate,
        expr,
        input,
        target,
        typmod,
        CoercionContext::CoercionExplicit,
        CoercionForm::CoerceExplicitCast,
        location,
    )?;
    match result {
        Some(result) => Ok(result),
        None => {
            let message = format!(
                "cannot cast type {} to {}",
                pstate.shared.format_type(input),
                pstate.shared.format_type(target)
            );
            error_at(state::CANNOT_COERCE, message, place)
        }
    }
}

/// What one of the constructors is made of beside its arguments.
struct Constructor {
    kind: JsonConstructorType,
    absent_on_null: bool,
    unique: bool,
    location: ParseLoc,
}

impl Constructor {
    /// PostgreSQL: transformJsonConstructorOutput, makeJsonConstructorExpr.
    fn finish(
        self,
        pstate: &ParseState,
        args: Vec<Expr>,
        output: Option<&tree::JsonOutput>,
    ) -> PgResult<Expr> {
        let given = output_type(pstate, output)?;
        let has_jsonb = args.iter().any(|arg| expr_type(arg) == fixed::JSONBOID);
        let collects =
            matches!(self.kind, JsonConstructorType::Object | JsonConstructorType::Array);
        let default = if collects && has_jsonb { fixed::JSONBOID } else { fixed::JSONOID };
        let returning = given.unwrap_or_else(|| returning(default));
        let coercion = if matches!(returning.typid, fixed::JSONOID | fixed::JSONBOID) {
            None
        } else {
            let source = Expr::CaseTestExpr {
                type_id: fixed::JSONOID,
                type_mod: -1,
                collation: Oid::INVALID,
            };
            let (typid, typmod) = (returning.typid, returning.typmod);
            Some(explicit_cast(pstate, source, typid, typmod, self.location.0)?)
        };
        Ok(Expr::JsonConstructorExpr(Box::new(JsonConstructorExpr {
            constructor: self.kind,
            args,
            func: None,
            coercion,
            returning,
            absent_on_null: self.absent_on_null,
            unique: self.unique,
            location: self.location,
        })))
    }
}

/// PostgreSQL: transformJsonSerializeExpr.
fn transform_serialize(
    pstate: &mut ParseState,
    serialize: &tree::JsonSerializeExpr,
) -> PgResult<Expr> {
    let arg = value_expr(pstate, serialize.expr.as_deref(), "JSON_SERIALIZE()")?;
    let given = output_type(pstate, serialize.output.as_deref())?;
    let returning = given.unwrap_or(JsonReturning {
        format: DEFAULT_FORMAT,
        typid: fixed::TEXTOID,
        typmod: -1,
    });
    let category =
        crate::catalog::lsyscache::get_type_category_preferred(pstate.catalog(), returning.typid);
    if returning.typid != fixed::BYTEAOID && category.0 != b'S' {
        let typname = pstate.shared.format_type(returning.typid);
        let message = format!("cannot use type {typname} in RETURNING clause of JSON_SERIALIZE()");
        return error_at(state::DATATYPE_MISMATCH, message, -1);
    }
    Ok(Expr::JsonConstructorExpr(Box::new(JsonConstructorExpr {
        constructor: JsonConstructorType::Serialize,
        args: vec![arg],
        func: None,
        coercion: None,
        returning,
        absent_on_null: false,
        unique: false,
        location: serialize.location,
    })))
}

/// IS JSON (PostgreSQL: transformJsonIsPredicate).
fn transform_is_predicate(pstate: &mut ParseState, test: &tree::JsonIsPredicate) -> PgResult<Expr> {
    let raw = recurse_required(pstate, &test.expr)?;
    let exprtype = expr_type(&raw);
    let string = crate::catalog::lsyscache::get_type_category_preferred(pstate.catalog(), exprtype);
    let expr = if exprtype == fixed::UNKNOWNOID || (string.0 == b'S' && exprtype != fixed::TEXTOID)
    {
        explicit_cast(pstate, raw, fixed::TEXTOID, -1, -1)?
    } else {
        raw
    };
    let exprtype = expr_type(&expr);
    if !matches!(exprtype, fixed::TEXTOID | fixed::BYTEAOID | fixed::JSONOID | fixed::JSONBOID) {
        let typname = pstate.shared.format_type(exprtype);
        let message = format!("cannot use type {typname} in IS JSON predicate");
        return error_at(state::DATATYPE_MISMATCH, message, -1);
    }
    Ok(Expr::JsonIsPredicate(Box::new(JsonIsPredicate {
        expr,
        format: test.format.as_deref().map_or(DEFAULT_FORMAT, raw_format),
        item_type: test.item_type,
        unique_keys: test.unique_keys,
        location: test.location,
    })))
}

/// JSON_VALUE, JSON_QUERY, JSON_EXISTS, and the document of JSON_TABLE (PostgreSQL: transformJsonFuncExpr).
fn transform_func_expr(pstate: &mut ParseState, func: &tree::JsonFuncExpr) -> PgResult<Expr> {
    let name = match func.op {
        JsonExprOp::JsonExistsOp => "JSON_EXISTS()",
        JsonExprOp::JsonQueryOp => "JSON_QUERY()",
        JsonExprOp::JsonValueOp => "JSON_VALUE()",
        JsonExprOp::JsonTableOp => "JSON_TABLE()",
    };
    let item = func.context_item.as_deref();
    let context = value_expr(pstate, item, name)?;
    let place = expr_location(&context);
    let context = explicit_cast(pstate, context, fixed::JSONBOID, -1, place)?;
    let path = recurse_required(pstate, &func.pathspec)?;
    let (input, location) = (expr_type(&path), expr_location(&path));
    let path = coerce_to_target_type(
        pstate,
        path,
        input,
        fixed::JSONPATHOID,
        -1,
        CoercionContext::CoercionExplicit,
        CoercionForm::CoerceImplicitCast,
        location,
    )?;
    let Some(path_spec) = path else {
        let typname = pstate.shared.format_type(input);
        let message =
            format!("JSON path expression must be of type jsonpath, not of type {typname}");
        return error_at(state::DATATYPE_MISMATCH, message, location);
    };
    let mut passing_names = Vec::with_capacity(func.passing.len());
    let mut passing_values = Vec::with_capacity(func.passing.len());
    for node in &func.passing {
        let Node::JsonArgument(argument) = node else { continue };
        passing_values.push(value_expr(pstate, argument.val.as_deref(), name)?);
        passing_names.push(Name::new(argument.name.as_deref().unwrap_or("")));
    }
    let given = output_type(pstate, func.output.as_deref())?;
    let default = match func.op {
        JsonExprOp::JsonExistsOp => fixed::BOOLOID,
        JsonExprOp::JsonQueryOp | JsonExprOp::JsonTableOp => fixed::JSONBOID,
        JsonExprOp::JsonValueOp => fixed::TEXTOID,
    };
    let returning = given.unwrap_or_else(|| returning(default));
    let on_empty = behavior(pstate, func.on_empty.as_deref(), &returning)?;
    let on_error = behavior(pstate, func.on_error.as_deref(), &returning)?;
    let collation = crate::catalog::lsyscache::get_typcollation(pstate.catalog(), returning.typid);
    Ok(Expr::JsonExpr(Box::new(JsonExpr {
        op: func.op,
        column_name: func.column_name.as_deref().map(Name::new),
        formatted_expr: context,
        format: item.and_then(|i| i.format.as_deref()).map_or(DEFAULT_FORMAT, raw_format),
        path_spec,
        use_io_coercion: false,
        use_json_coercion: false,
        returning,
        passing_names,
        passing_values,
        on_empty,
        on_error,
        wrapper: func.wrapper,
        omit_quotes: func.quotes == tree::JsonQuotes::JsQuotesOmit,
        collation,
        location: func.location,
    })))
}

/// ON EMPTY or ON ERROR (PostgreSQL: transformJsonBehavior).
fn behavior(
    pstate: &mut ParseState,
    node: Option<&tree::JsonBehavior>,
    returning: &JsonReturning,
) -> PgResult<Option<JsonBehavior>> {
    let Some(node) = node else { return Ok(None) };
    let expr = match &node.expr {
        Some(expr) if node.btype == JsonBehaviorType::JsonBehaviorDefault => {
            let kind: ExprKind = pstate.expr_kind;
            let expr = transform_expr(pstate, expr, kind)?;
            let location = node.location.0;
            let (typid, typmod) = (returning.typid, returning.typmod);
            Some(explicit_cast(pstate, expr, typid, typmod, location)?)
        }
        Some(expr) => Some(recurse(pstate, expr)?),
        None => None,
    };
    Ok(Some(JsonBehavior { btype: node.btype, expr, coerce: node.coerce, location: node.location }))
}
