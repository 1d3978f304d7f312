//! The functions behind an aggregate, and what they must be like (PostgreSQL: AggregateCreate, catalog/pg_aggregate.c).

use super::Context;
use super::functioncmds::invalid;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::is_binary_coercible;
use crate::catalog::namespace::{CandidateOptions, name_list_to_string, unless_unknown_extension};
use crate::catalog::{PgAggregate, PgProc};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::Node;
use crate::parser::lookup_func::signature;
use crate::parser::parse_coerce::{
    check_valid_polymorphic_signature, enforce_generic_type_consistency,
};
use crate::parser::parse_func::{FuncDetailCode, func_get_detail};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// What an aggregate is made of, as CREATE AGGREGATE names it.
pub(super) struct Parts<'a> {
    pub kind: u8,
    pub direct: usize,
    pub arguments: &'a [Oid],
    pub variadic: Oid,
    pub trans: &'a [Node],
    pub finalfn: &'a [Node],
    pub final_extra: bool,
    pub combine: &'a [Node],
    pub serial: &'a [Node],
    pub deserial: &'a [Node],
    pub mtrans: &'a [Node],
    pub minvtrans: &'a [Node],
    pub mfinal: &'a [Node],
    pub mfinal_extra: bool,
    pub trans_type: Oid,
    pub mtrans_type: Oid,
    pub has_initial: bool,
    pub has_minitial: bool,
}

/// The functions found, and the aggregate's result.
#[derive(Default)]
pub(super) struct Functions {
    pub trans: Oid,
    pub finalfn: Oid,
    pub combine: Oid,
    pub serial: Oid,
    pub deserial: Oid,
    pub mtrans: Oid,
    pub minvtrans: Oid,
    pub mfinal: Oid,
    pub result: Oid,
}

/// Finds the functions and checks them against the types.
pub(super) fn find_functions(context: &Context, parts: &Parts) -> PgResult<Functions> {
    let arguments = parts.arguments;
    signature_tells(context, parts.trans_type, arguments, "cannot determine transition data type")?;
    if parts.mtrans_type.is_valid() {
        let message = "cannot determine transition data type";
        signature_tells(context, parts.mtrans_type, arguments, message)?;
    }
    let is_ordered_set = parts.kind != b'n';
    if is_ordered_set && parts.variadic.is_valid() && parts.variadic != fixed::ANYOID {
        let message = "a variadic ordered-set aggregate must use VARIADIC type ANY";
        return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
    }
    let direct = parts.direct.min(arguments.len());
    if parts.kind == b'h' && direct < arguments.len() {
        let aggregated = &arguments[direct..];
        if !arguments[..direct].ends_with(aggregated) {
            return invalid(
                "a hypothetical-set aggregate must have direct arguments matching its aggregated \
                 arguments",
            );
        }
    }
    // A last VARIADIC argument may be both direct and aggregated.
    let first = match is_ordered_set {
        true => direct.min(arguments.len().saturating_sub(1)),
        false => 0,
    };
    let aggregated = &arguments[first..];
    let mut found = Functions::default();

    let with_state = |state: Oid, rest: &[Oid]| [&[state], rest].concat();
    let variadic = parts.variadic;
    let state = parts.trans_type;
    let (trans, result) =
        lookup_agg_function(context, parts.trans, &with_state(state, aggregated), variadic)?;
    found.trans = trans;
    returns(context, "transition", parts.trans, result, state)?;
    starts_with_input(context, parts, trans, state, parts.has_initial)?;

    let moving = parts.mtrans_type;
    if !parts.mtrans.is_empty() {
        let types = with_state(moving, aggregated);
        let (mtrans, result) = lookup_agg_function(context, parts.mtrans, &types, variadic)?;
        found.mtrans = mtrans;
        returns(context, "transition", parts.mtrans, result, moving)?;
        starts_with_input(context, parts, mtrans, moving, parts.has_minitial)?;
        if !parts.minvtrans.is_empty() {
            let (inverse, result) =
                lookup_agg_function(context, parts.minvtrans, &types, variadic)?;
            found.minvtrans = inverse;
            returns(context, "inverse transition", parts.minvtrans, result, moving)?;
            if is_strict(context, mtrans) != is_strict(context, inverse) {
                return invalid(
                    "strictness of aggregate's forward and inverse transition functions must match",
                );
            }
        }
    }
    let finish = |names: &[Node], state: Oid, extra: bool| -> PgResult<(Oid, Oid)> {
        if names.is_empty() {
            return Ok((Oid::INVALID, state));
        }
        let (types, variadic) = match extra {
            true => (with_state(state, arguments), variadic),
            false if direct < arguments.len() || !is_ordered_set => {
                (with_state(state, &arguments[..direct]), Oid::INVALID)
            }
            false => (with_state(state, &arguments[..direct]), variadic),
        };
        let (function, result) = lookup_agg_function(context, names, &types, variadic)?;
        if extra && is_strict(context, function) {
            return invalid("final function with extra arguments must not be declared STRICT");
        }
        Ok((function, result))
    };
    let (finalfn, result) = finish(parts.finalfn, state, parts.final_extra)?;
    (found.finalfn, found.result) = (finalfn, result);
    if !parts.combine.is_empty() {
        let (combine, result) =
            lookup_agg_function(context, parts.combine, &[state, state], Oid::INVALID)?;
        found.combine = combine;
        returns(context, "combine", parts.combine, result, state)?;
        if state == fixed::INTERNALOID && is_strict(context, combine) {
            let text = format_type_be(context.catalog, &context.path, state);
            return invalid(format!(
                "combine function with transition type {text} must not be declared STRICT"
            ));
        }
    }
    if !parts.serial.is_empty() {
        let types = [fixed::INTERNALOID];
        let (serial, result) = lookup_agg_function(context, parts.serial, &types, Oid::INVALID)?;
        found.serial = serial;
        returns(context, "serialization", parts.serial, result, fixed::BYTEAOID)?;
    }
    if !parts.deserial.is_empty() {
        let types = [fixed::BYTEAOID, fixed::INTERNALOID];
        let (deserial, result) =
            lookup_agg_function(context, parts.deserial, &types, Oid::INVALID)?;
        found.deserial = deserial;
        returns(context, "deserialization", parts.deserial, result, fixed::INTERNALOID)?;
    }
    signature_tells(context, found.result, arguments, "cannot determine result data type")?;
    if moving.is_valid() {
        let (mfinal, result) = finish(parts.mfinal, moving, parts.mfinal_extra)?;
        found.mfinal = mfinal;
        if result != found.result {
            let text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
            return invalid(format!(
                "moving-aggregate implementation returns type {}, but plain implementation \
                 returns type {}",
                text(result),
                text(found.result)
            ));
        }
    }
    Ok(found)
}

fn signature_tells(context: &Context, state: Oid, types: &[Oid], message: &str) -> PgResult<()> {
    match check_valid_polymorphic_signature(&context.shared(), state, types) {
        None => Ok(()),
        Some(detail) => {
            Err(PgError::new(sqlstate::INVALID_FUNCTION_DEFINITION, message).detail(detail).into())
        }
    }
}

fn returns(
    context: &Context,
    what: &str,
    names: &[Node],
    result: Oid,
    expected: Oid,
) -> PgResult<()> {
    if result == expected {
        return Ok(());
    }
    let names = name_list_to_string(names);
    let expected = format_type_be(context.catalog, &context.path, expected);
    let message = format!("return type of {what} function {names} is not {expected}");
    Err(PgError::new(sqlstate::DATATYPE_MISMATCH, message).into())
}

/// A strict transition function without an initial value takes the first input as its state.
fn starts_with_input(
    context: &Context,
    parts: &Parts,
    function: Oid,
    state: Oid,
    has_initial: bool,
) -> PgResult<()> {
    let fits = || {
        let first = parts.arguments.first();
        first.is_some_and(|first| is_binary_coercible(context.catalog, *first, state))
    };
    if has_initial || !is_strict(context, function) || fits() {
        return Ok(());
    }
    invalid(
        "must not omit initial value when transition function is strict and transition type is \
         not compatible with input type",
    )
}

fn is_strict(context: &Context, function: Oid) -> bool {
    context.catalog.get::<PgProc>(function).is_some_and(|row| row.proisstrict)
}

/// A function that serves the aggregate, and what it returns for these types (PostgreSQL: lookup_agg_function).
fn lookup_agg_function(
    context: &Context,
    names: &[Node],
    types: &[Oid],
    variadic: Oid,
) -> PgResult<(Oid, Oid)> {
    let shared = context.shared();
    let options = CandidateOptions {
        nargs: Some(types.len()),
        argnames: &[],
        expand_variadic: false,
        expand_defaults: false,
        include_out_arguments: false,
        missing_ok: false,
    };
    let mut found = func_get_detail(&shared, names, &[], types, options)?;
    let text = || signature(&shared, names, types);
    if found.code != FuncDetailCode::Normal || !found.funcid.is_valid() {
        let message = format!("function {} does not exist", text());
        let error = PgError::new(sqlstate::UNDEFINED_FUNCTION, message).into();
        let schema = names.len().checked_sub(2).map(|at| names[at].str_val());
        return Err(unless_unknown_extension(&shared, schema, error));
    }
    let mismatch = |message: String| -> PgResult<(Oid, Oid)> {
        Err(PgError::new(sqlstate::DATATYPE_MISMATCH, message).into())
    };
    if found.retset {
        return mismatch(format!("function {} returns a set", text()));
    }
    if variadic == fixed::ANYOID && found.vatype != fixed::ANYOID {
        return mismatch(format!(
            "function {} must accept VARIADIC ANY to be used in this aggregate",
            text()
        ));
    }
    let rettype = found.rettype;
    let result =
        enforce_generic_type_consistency(&shared, types, &mut found.declared, rettype, true)?;
    let coerces =
        |(given, declared): (&Oid, &Oid)| !is_binary_coercible(context.catalog, *given, *declared);
    if types.iter().zip(&found.declared).any(coerces) {
        let text = signature(&shared, names, &found.declared);
        return mismatch(format!("function {text} requires run-time type coercion"));
    }
    Ok((found.funcid, result))
}

/// What CREATE OR REPLACE may not change of an aggregate.
pub(super) fn check_replaced(old: &PgAggregate, name: &str, kind: u8, direct: i16) -> PgResult<()> {
    if old.aggkind != kind {
        let is = match old.aggkind {
            b'o' => "an ordered-set aggregate",
            b'h' => "a hypothetical-set aggregate",
            _ => "an ordinary aggregate function", // 'n'
        };
        return Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, "cannot change routine kind")
            .detail(format!("\"{name}\" is {is}."))
            .into());
    }
    if old.aggnumdirectargs != direct {
        return invalid("cannot change number of direct arguments of an aggregate function");
    }
    Ok(())
}
