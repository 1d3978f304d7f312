//! RETURNING of SQL/JSON expressions (PostgreSQL: transformJsonOutput and its kin, parser/parse_expr.c).

use super::{DEFAULT_FORMAT, builtin_call, cannot_cast, encoding_const, raw_format};
use crate::catalog::lsyscache::{get_type_category_preferred, get_typtype};
use crate::findings::{PgError, PgResult};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::*;
use crate::nodes::tree;
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{coerce_to_specific_type, coerce_to_target_type};
use crate::parser::parse_node::ParseState;
use crate::parser::parse_type::typename_type_id_and_mod;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// PostgreSQL: checkJsonOutputFormat.
fn check_output_format(
    pstate: &ParseState,
    format: &JsonFormat,
    target: Oid,
    allow_format_for_non_strings: bool,
) -> PgResult<()> {
    let bytes = target == fixed::BYTEAOID;
    if !allow_format_for_non_strings
        && !bytes
        && !matches!(target, fixed::JSONOID | fixed::JSONBOID)
        && get_type_category_preferred(pstate.catalog(), target).0 != b'S'
    {
        let message = "cannot use JSON format with non-string output types";
        return error_at(state::INVALID_PARAMETER_VALUE, message, format.location.0);
    }
    if format.format_type != JsonFormatType::JsFormatJson {
        return Ok(());
    }
    if !bytes && format.encoding != JsonEncoding::JsEncDefault {
        let message = "cannot set JSON encoding for non-bytea output types";
        return error_at(state::FEATURE_NOT_SUPPORTED, message, format.location.0);
    }
    if matches!(format.encoding, JsonEncoding::JsEncUtf16 | JsonEncoding::JsEncUtf32) {
        return Err(PgError::new(state::FEATURE_NOT_SUPPORTED, "unsupported JSON encoding")
            .hint("Only UTF8 JSON encoding is supported.")
            .at(format.location.0)
            .into());
    }
    Ok(())
}

/// What RETURNING says; None without it (PostgreSQL: transformJsonOutput).
pub(super) fn output_type(
    pstate: &ParseState,
    output: Option<&tree::JsonOutput>,
    allow_format: bool,
) -> PgResult<Option<JsonReturning>> {
    let Some(output) = output else { return Ok(None) };
    let Some(type_name) = &output.type_name else { return Ok(None) };
    let (typid, typmod) = typename_type_id_and_mod(&pstate.shared, type_name)?;
    let unsupported = |message: &str| error_at(state::FEATURE_NOT_SUPPORTED, message, -1);
    if type_name.setof {
        return unsupported("returning SETOF types is not supported in SQL/JSON functions");
    }
    if get_typtype(pstate.catalog(), typid) == b'p' {
        return unsupported("returning pseudo-types is not supported in SQL/JSON functions");
    }
    let mut format = raw_format(output.returning.as_ref().and_then(|r| r.format.as_deref()));
    if format.format_type == JsonFormatType::JsFormatDefault {
        format.format_type = format_of(typid);
    } else {
        check_output_format(pstate, &format, typid, allow_format)?;
    }
    Ok(Some(JsonReturning { format, typid, typmod }))
}

fn format_of(typid: Oid) -> JsonFormatType {
    if typid == fixed::JSONBOID {
        JsonFormatType::JsFormatJsonb
    } else {
        JsonFormatType::JsFormatJson
    }
}

/// json or jsonb without a RETURNING.
fn returning(typid: Oid) -> JsonReturning {
    let format = JsonFormat { format_type: format_of(typid), ..DEFAULT_FORMAT };
    JsonReturning { format, typid, typmod: -1 }
}

/// PostgreSQL: transformJsonConstructorOutput.
pub(super) fn constructor_output(
    pstate: &ParseState,
    output: Option<&tree::JsonOutput>,
    args: &[Expr],
) -> PgResult<JsonReturning> {
    let has_jsonb = args.iter().any(|arg| expr_type(arg) == fixed::JSONBOID);
    let default = if has_jsonb { fixed::JSONBOID } else { fixed::JSONOID };
    Ok(output_type(pstate, output, true)?.unwrap_or_else(|| returning(default)))
}

/// RETURNING of what gives JSON only (PostgreSQL: transformJsonReturning).
pub(super) fn returning_json(
    pstate: &ParseState,
    output: Option<&tree::JsonOutput>,
    construct: &str,
) -> PgResult<JsonReturning> {
    let Some(given) = output_type(pstate, output, false)? else {
        return Ok(returning(fixed::JSONOID));
    };
    if matches!(given.typid, fixed::JSONOID | fixed::JSONBOID) {
        return Ok(given);
    }
    let message = format!(
        "cannot use type {} in RETURNING clause of {construct}",
        pstate.shared.format_type(given.typid)
    );
    let place = output.and_then(|output| output.type_name.as_ref());
    Err(PgError::new(state::DATATYPE_MISMATCH, message)
        .hint("Try returning json or jsonb.")
        .at(place.map_or(-1, |name| name.location.0))
        .into())
}

/// What one of the constructors is made of beside its arguments.
pub(super) struct Constructor {
    pub kind: JsonConstructorType,
    pub absent_on_null: bool,
    pub unique: bool,
    pub location: ParseLoc,
}

impl Constructor {
    /// PostgreSQL: makeJsonConstructorExpr.
    pub(super) fn finish(
        self,
        pstate: &ParseState,
        args: Vec<Expr>,
        func: Option<Expr>,
        returning: JsonReturning,
    ) -> PgResult<Expr> {
        let source = match &func {
            Some(func) => expr_type(func),
            None if returning.format.format_type == JsonFormatType::JsFormatJsonb => {
                fixed::JSONBOID
            }
            None => fixed::JSONOID,
        };
        let coercion = coerce_result(pstate, source, &returning)?;
        Ok(Expr::JsonConstructorExpr(Box::new(JsonConstructorExpr {
            constructor: self.kind,
            args,
            func,
            coercion,
            returning,
            absent_on_null: self.absent_on_null,
            unique: self.unique,
            location: self.location,
        })))
    }
}

/// From what the constructor makes to what RETURNING wants; None when that is the same (PostgreSQL:
/// coerceJsonFuncExpr).
fn coerce_result(
    pstate: &ParseState,
    source: Oid,
    returning: &JsonReturning,
) -> PgResult<Option<Expr>> {
    if returning.typid == source {
        return Ok(None);
    }
    let expr = Expr::CaseTestExpr { type_id: source, type_mod: -1, collation: Oid::INVALID };
    let mut location = expr_location(&expr);
    if location < 0 {
        location = returning.format.location.0;
    }
    if returning.format.format_type == JsonFormatType::JsFormatJson
        && returning.typid == fixed::BYTEAOID
    {
        let text = coerce_to_specific_type(pstate, expr, fixed::TEXTOID, "JSON_FUNCTION")?;
        let encoding = encoding_const(&returning.format);
        let call = builtin_call(pstate, "convert_to", fixed::BYTEAOID, vec![text, encoding])?;
        return Ok(Some(call));
    }
    // PostgreSQL 17 has made the cast one of assignment.
    let (context, form) = if pstate.catalog().version().major() >= 17 {
        (CoercionContext::CoercionAssignment, CoercionForm::CoerceImplicitCast)
    } else {
        (CoercionContext::CoercionExplicit, CoercionForm::CoerceExplicitCast)
    };
    let (typid, typmod) = (returning.typid, returning.typmod);
    let result =
        coerce_to_target_type(pstate, expr, source, typid, typmod, context, form, location)?;
    match result {
        Some(result) => Ok(Some(result)),
        None => cannot_cast(pstate, source, typid, location),
    }
}
