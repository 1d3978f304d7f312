//! SQL/JSON constructors and predicates (PostgreSQL: transformJsonObjectConstructor and its kin, parser/parse_expr.c).

mod agg;
mod func;
mod output;

use super::{recurse, recurse_required};
use crate::catalog::PgProc;
use crate::catalog::lsyscache::get_type_category_preferred;
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{self, Node};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{coerce_to_specific_type, coerce_to_target_type};
use crate::parser::parse_node::ParseState;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

use output::{Constructor, constructor_output, output_type, returning_json};

/// Any SQL/JSON expression.
pub(super) fn transform_json(pstate: &mut ParseState, node: &Node) -> PgResult<Expr> {
    match node {
        Node::JsonObjectConstructor(c) => transform_object(pstate, c),
        Node::JsonArrayConstructor(c) => transform_array(pstate, c),
        Node::JsonArrayQueryConstructor(c) => agg::transform_array_query(pstate, c),
        Node::JsonObjectAgg(c) => agg::transform_object_agg(pstate, c),
        Node::JsonArrayAgg(c) => agg::transform_array_agg(pstate, c),
        Node::JsonParseExpr(parse) => transform_parse(pstate, parse),
        Node::JsonScalarExpr(scalar) => transform_scalar(pstate, scalar),
        Node::JsonSerializeExpr(serialize) => transform_serialize(pstate, serialize),
        Node::JsonIsPredicate(test) => transform_is_predicate(pstate, test),
        Node::JsonFuncExpr(func) => func::transform_func_expr(pstate, func),
        Node::JsonValueExpr(value) => value_expr(pstate, Some(value), ValueUse::plain("JSON")),
        other => unknown(format!("{} is not modelled", other.tag_name())), // no JSON
    }
}

const DEFAULT_FORMAT: JsonFormat = JsonFormat {
    format_type: JsonFormatType::JsFormatDefault,
    encoding: JsonEncoding::JsEncDefault,
    location: ParseLoc::NONE,
};

fn raw_format(format: Option<&tree::JsonFormat>) -> JsonFormat {
    format.map_or(DEFAULT_FORMAT, |format| JsonFormat {
        format_type: format.format_type,
        encoding: format.encoding,
        location: format.location,
    })
}

/// What a value is wanted for (PostgreSQL: the arguments of transformJsonValueExpr).
#[derive(Clone, Copy)]
struct ValueUse<'a> {
    construct: &'a str,
    default_format: JsonFormatType,
    target: Option<Oid>,
    /// An argument of PASSING.
    passing: bool,
}

impl<'a> ValueUse<'a> {
    fn plain(construct: &'a str) -> ValueUse<'a> {
        ValueUse {
            construct,
            default_format: JsonFormatType::JsFormatDefault,
            target: None,
            passing: false,
        }
    }
}

/// Types whose values are passed as they are.
fn passes_as_is(typid: Oid, category: u8) -> bool {
    category == b'S'
        || matches!(
            typid,
            fixed::BOOLOID
                | fixed::NUMERICOID
                | fixed::INT2OID
                | fixed::INT4OID
                | fixed::INT8OID
                | fixed::FLOAT4OID
                | fixed::FLOAT8OID
                | fixed::TEXTOID
                | fixed::VARCHAROID
                | fixed::DATEOID
                | fixed::TIMEOID
                | fixed::TIMETZOID
                | fixed::TIMESTAMPOID
                | fixed::TIMESTAMPTZOID
        )
}

/// A value with its FORMAT (PostgreSQL: transformJsonValueExpr).
fn value_expr(
    pstate: &mut ParseState,
    value: Option<&tree::JsonValueExpr>,
    wanted: ValueUse,
) -> PgResult<Expr> {
    let Some(value) = value else { return unknown("a JSON value that is not there") };
    let raw = text_if_unknown(pstate, &value.raw_expr, wanted.construct)?;
    let exprtype = expr_type(&raw);
    let location = expr_location(&raw);
    let (category, _) = get_type_category_preferred(pstate.catalog(), exprtype);
    let given = raw_format(value.format.as_deref());
    let is_json = matches!(exprtype, fixed::JSONOID | fixed::JSONBOID);
    let format = if given.format_type != JsonFormatType::JsFormatDefault {
        if given.encoding != JsonEncoding::JsEncDefault && exprtype != fixed::BYTEAOID {
            let message = "JSON ENCODING clause is only allowed for bytea input type";
            return error_at(state::DATATYPE_MISMATCH, message, given.location.0);
        }
        if is_json { JsonFormatType::JsFormatDefault } else { given.format_type }
    } else if wanted.passing {
        if passes_as_is(exprtype, category) {
            return Ok(raw);
        }
        wanted.default_format
    } else if is_json {
        JsonFormatType::JsFormatDefault
    } else {
        wanted.default_format
    };
    let other_type = wanted.target.is_some_and(|target| target != exprtype);
    if format == JsonFormatType::JsFormatDefault && !other_type {
        return Ok(raw);
    }
    if !wanted.passing && wanted.target.is_none() && exprtype != fixed::BYTEAOID && category != b'S'
    {
        let how = match given.format_type {
            JsonFormatType::JsFormatDefault => "implicit",
            JsonFormatType::JsFormatJson | JsonFormatType::JsFormatJsonb => "explicit",
        };
        let message = format!("cannot use non-string types with {how} FORMAT JSON clause");
        let place = if given.location.0 >= 0 { given.location.0 } else { location };
        return error_at(state::DATATYPE_MISMATCH, message, place);
    }
    let from_bytes = format == JsonFormatType::JsFormatJson && exprtype == fixed::BYTEAOID;
    let source = if from_bytes { bytea_to_text(pstate, raw.clone(), &given)? } else { raw.clone() };
    let target = wanted.target.unwrap_or(match format {
        JsonFormatType::JsFormatJsonb => fixed::JSONBOID,
        JsonFormatType::JsFormatJson | JsonFormatType::JsFormatDefault => fixed::JSONOID,
    });
    let formatted = match explicit_cast(pstate, source.clone(), target, location)? {
        Some(formatted) => formatted,
        None if wanted.target.is_some() => {
            return cannot_cast(pstate, expr_type(&source), target, location);
        }
        None => {
            let name = if target == fixed::JSONOID { "to_json" } else { "to_jsonb" };
            builtin_call(pstate, name, target, vec![source.clone()])?
        }
    };
    if formatted == source {
        return Ok(raw);
    }
    Ok(Expr::JsonValueExpr(Box::new(JsonValueExpr {
        raw_expr: raw,
        formatted_expr: formatted,
        format: given,
    })))
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

/// convert_from of a document in bytes (PostgreSQL: makeJsonByteaToTextConversion).
fn bytea_to_text(pstate: &ParseState, expr: Expr, format: &JsonFormat) -> PgResult<Expr> {
    let encoding = encoding_const(format);
    builtin_call(pstate, "convert_from", fixed::TEXTOID, vec![expr, encoding])
}

/// PostgreSQL: getJsonEncodingConst.
fn encoding_const(format: &JsonFormat) -> Expr {
    let name = match format.encoding {
        JsonEncoding::JsEncUtf16 => "UTF16",
        JsonEncoding::JsEncUtf32 => "UTF32",
        JsonEncoding::JsEncUtf8 | JsonEncoding::JsEncDefault => "UTF8",
    };
    Expr::Const(Const {
        consttype: fixed::NAMEOID,
        consttypmod: -1,
        constcollid: Oid::INVALID,
        value: Some(Datum::Text(name.into())),
        location: ParseLoc::NONE,
    })
}

/// The oid of the one function of pg_catalog with this name and this many arguments.
fn builtin_function(pstate: &ParseState, name: &str, arguments: usize) -> PgResult<Oid> {
    let found = pstate.catalog().find_all::<PgProc>(&Name::new(name)).find(|proc| {
        proc.pronamespace == fixed::PG_CATALOG_NAMESPACE && proc.proargtypes.len() == arguments
    });
    match found {
        Some(proc) => Ok(proc.oid),
        None => unknown(format!("{name} is newer than this version")),
    }
}

fn builtin_call(pstate: &ParseState, name: &str, result: Oid, args: Vec<Expr>) -> PgResult<Expr> {
    Ok(Expr::FuncExpr(Box::new(FuncExpr {
        funcid: builtin_function(pstate, name, args.len())?,
        funcresulttype: result,
        funcretset: false,
        funcvariadic: false,
        funcformat: CoercionForm::CoerceExplicitCall,
        funccollid: Oid::INVALID,
        inputcollid: Oid::INVALID,
        args,
        location: ParseLoc::NONE,
    })))
}

fn explicit_cast(
    pstate: &ParseState,
    expr: Expr,
    target: Oid,
    location: i32,
) -> PgResult<Option<Expr>> {
    let input = expr_type(&expr);
    coerce_to_target_type(
        pstate,
        expr,
        input,
        target,
        -1,
        CoercionContext::CoercionExplicit,
        CoercionForm::CoerceExplicitCast,
        location,
    )
}

fn cannot_cast<T>(pstate: &ParseState, from: Oid, to: Oid, location: i32) -> PgResult<T> {
    let message = format!(
        "cannot cast type {} to {}",
        pstate.shared.format_type(from),
        pstate.shared.format_type(to)
    );
    error_at(state::CANNOT_COERCE, message, location)
}

/// PostgreSQL: transformJsonObjectConstructor.
fn transform_object(pstate: &mut ParseState, c: &tree::JsonObjectConstructor) -> PgResult<Expr> {
    let mut args = Vec::with_capacity(c.exprs.len() * 2);
    for member in &c.exprs {
        let Node::JsonKeyValue(pair) = member else { continue };
        args.push(recurse_required(pstate, &pair.key)?);
        args.push(value_expr(pstate, pair.value.as_deref(), ValueUse::plain("JSON_OBJECT()"))?);
    }
    let returning = constructor_output(pstate, c.output.as_deref(), &args)?;
    Constructor {
        kind: JsonConstructorType::Object,
        absent_on_null: c.absent_on_null,
        unique: c.unique,
        location: c.location,
    }
    .finish(pstate, args, None, returning)
}

/// PostgreSQL: transformJsonArrayConstructor.
fn transform_array(pstate: &mut ParseState, c: &tree::JsonArrayConstructor) -> PgResult<Expr> {
    let mut args = Vec::with_capacity(c.exprs.len());
    for item in &c.exprs {
        let Node::JsonValueExpr(value) = item else { continue };
        args.push(value_expr(pstate, Some(value), ValueUse::plain("JSON_ARRAY()"))?);
    }
    let returning = constructor_output(pstate, c.output.as_deref(), &args)?;
    Constructor {
        kind: JsonConstructorType::Array,
        absent_on_null: c.absent_on_null,
        unique: false,
        location: c.location,
    }
    .finish(pstate, args, None, returning)
}

/// JSON() (PostgreSQL: transformJsonParseExpr).
fn transform_parse(pstate: &mut ParseState, parse: &tree::JsonParseExpr) -> PgResult<Expr> {
    let returning = returning_json(pstate, parse.output.as_deref(), "JSON()")?;
    let value = parse.expr.as_deref();
    let arg = if parse.unique_keys {
        let Some(value) = value else { return unknown("a JSON value that is not there") };
        let format = raw_format(value.format.as_deref());
        let (arg, argtype) = parse_arg(pstate, &value.raw_expr, &format)?;
        if argtype != fixed::TEXTOID {
            let message = "cannot use non-string types with WITH UNIQUE KEYS clause";
            return error_at(state::DATATYPE_MISMATCH, message, parse.location.0);
        }
        arg
    } else {
        let wanted = ValueUse {
            construct: "JSON()",
            default_format: JsonFormatType::JsFormatJson,
            target: Some(returning.typid),
            passing: false,
        };
        value_expr(pstate, value, wanted)?
    };
    Constructor {
        kind: JsonConstructorType::Parse,
        absent_on_null: false,
        unique: parse.unique_keys,
        location: parse.location,
    }
    .finish(pstate, vec![arg], None, returning)
}

/// PostgreSQL: transformJsonScalarExpr.
fn transform_scalar(pstate: &mut ParseState, scalar: &tree::JsonScalarExpr) -> PgResult<Expr> {
    let arg = recurse_required(pstate, &scalar.expr)?;
    let returning = returning_json(pstate, scalar.output.as_deref(), "JSON_SCALAR()")?;
    let arg = if expr_type(&arg) == fixed::UNKNOWNOID {
        coerce_to_specific_type(pstate, arg, fixed::TEXTOID, "JSON_SCALAR")?
    } else {
        arg
    };
    Constructor {
        kind: JsonConstructorType::Scalar,
        absent_on_null: false,
        unique: false,
        location: scalar.location,
    }
    .finish(pstate, vec![arg], None, returning)
}

/// PostgreSQL: transformJsonSerializeExpr.
fn transform_serialize(
    pstate: &mut ParseState,
    serialize: &tree::JsonSerializeExpr,
) -> PgResult<Expr> {
    let wanted = ValueUse {
        default_format: JsonFormatType::JsFormatJson,
        ..ValueUse::plain("JSON_SERIALIZE()")
    };
    let arg = value_expr(pstate, serialize.expr.as_deref(), wanted)?;
    let format = JsonFormat { format_type: JsonFormatType::JsFormatJson, ..DEFAULT_FORMAT };
    let returning = match output_type(pstate, serialize.output.as_deref(), true)? {
        None => JsonReturning { format, typid: fixed::TEXTOID, typmod: -1 },
        Some(returning) => {
            let (category, _) = get_type_category_preferred(pstate.catalog(), returning.typid);
            if returning.typid != fixed::BYTEAOID && category != b'S' {
                let message = format!(
                    "cannot use type {} in RETURNING clause of JSON_SERIALIZE()",
                    pstate.shared.format_type(returning.typid)
                );
                return Err(PgError::new(state::DATATYPE_MISMATCH, message)
                    .hint("Try returning a string type or bytea.")
                    .into());
            }
            returning
        }
    };
    Constructor {
        kind: JsonConstructorType::Serialize,
        absent_on_null: false,
        unique: false,
        location: serialize.location,
    }
    .finish(pstate, vec![arg], None, returning)
}

/// A document as text, and its type then (PostgreSQL: transformJsonParseArg).
fn parse_arg(
    pstate: &mut ParseState,
    node: &Option<Node>,
    format: &JsonFormat,
) -> PgResult<(Expr, Oid)> {
    let raw = recurse_required(pstate, node)?;
    let exprtype = expr_type(&raw);
    if exprtype == fixed::BYTEAOID {
        let formatted = bytea_to_text(pstate, raw.clone(), format)?;
        let value = JsonValueExpr { raw_expr: raw, formatted_expr: formatted, format: *format };
        return Ok((Expr::JsonValueExpr(Box::new(value)), fixed::TEXTOID));
    }
    let (category, _) = get_type_category_preferred(pstate.catalog(), exprtype);
    let (expr, exprtype) = if exprtype == fixed::UNKNOWNOID || category == b'S' {
        let location = expr_location(&raw);
        let coerced = coerce_to_target_type(
            pstate,
            raw,
            exprtype,
            fixed::TEXTOID,
            -1,
            CoercionContext::CoercionImplicit,
            CoercionForm::CoerceImplicitCast,
            -1,
        )?;
        match coerced {
            Some(expr) => (expr, fixed::TEXTOID),
            None => return cannot_cast(pstate, exprtype, fixed::TEXTOID, location),
        }
    } else {
        (raw, exprtype)
    };
    if format.encoding != JsonEncoding::JsEncDefault {
        let message = "cannot use JSON FORMAT ENCODING clause for non-bytea input types";
        return error_at(state::DATATYPE_MISMATCH, message, format.location.0);
    }
    Ok((expr, exprtype))
}

/// IS JSON (PostgreSQL: transformJsonIsPredicate).
fn transform_is_predicate(pstate: &mut ParseState, test: &tree::JsonIsPredicate) -> PgResult<Expr> {
    let format = raw_format(test.format.as_deref());
    let (expr, exprtype) = parse_arg(pstate, &test.expr, &format)?;
    if !matches!(exprtype, fixed::TEXTOID | fixed::JSONOID | fixed::JSONBOID) {
        let typname = pstate.shared.format_type(exprtype);
        let message = format!("cannot use type {typname} in IS JSON predicate");
        return error_at(state::DATATYPE_MISMATCH, message, -1);
    }
    Ok(Expr::JsonIsPredicate(Box::new(JsonIsPredicate {
        expr,
        format: DEFAULT_FORMAT,
        item_type: test.item_type,
        unique_keys: test.unique_keys,
        location: test.location,
    })))
}
