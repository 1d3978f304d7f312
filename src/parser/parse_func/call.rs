//! The expression that a call makes (PostgreSQL: ParseFuncOrColumn, parser/parse_func.c).

use super::select::{FuncDetail, FuncDetailCode, func_get_detail};
use super::{
    FUNC_MAX_ARGS, check_srf_call_placement, func_signature_string, make_fn_arguments,
    parse_complex_projection, placeholder, set_last_srf, types_of,
};
use crate::catalog::PgAggregate;
use crate::catalog::lsyscache::{get_array_type, get_base_element_type};
use crate::catalog::namespace::{CandidateOptions, name_list_to_string, unless_unknown_extension};
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_location, expr_type, exprs_location};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{FuncCall, Node};
use crate::parser::errors::{error_at, with_errposition};
use crate::parser::parse_agg::{transform_aggregate_call, transform_window_func_call};
use crate::parser::parse_coerce::{
    coerce_to_boolean, coerce_type, enforce_generic_type_consistency, is_complex,
    select_common_type, select_common_typmod,
};
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, LastSrf, ParseState};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// What one call is made of.
struct Call<'n> {
    names: &'n [Node],
    func: Option<&'n FuncCall>,
    proc_call: bool,
    filter: Option<Expr>,
    argnames: Vec<Name>,
    types: Vec<Oid>,
    location: i32,
}

impl Call<'_> {
    fn name(&self) -> String {
        name_list_to_string(self.names)
    }

    fn signature(&self, pstate: &ParseState) -> String {
        func_signature_string(&pstate.shared, self.names, &self.argnames, &self.types)
    }

    fn wrong<T>(&self, message: String) -> PgResult<T> {
        error_at(state::WRONG_OBJECT_TYPE, message, self.location)
    }

    fn missing(&self, pstate: &ParseState, hint: String) -> Stop {
        let message = format!("function {} does not exist", self.signature(pstate));
        PgError::new(state::UNDEFINED_FUNCTION, message).hint(hint).at(self.location).into()
    }
}

/// A function call, or with no `func` a reference to a column of a composite value, of which None says that there is
/// none (PostgreSQL: ParseFuncOrColumn).
pub fn parse_func_or_column(
    pstate: &mut ParseState,
    names: &[Node],
    fargs: Vec<Expr>,
    last_srf: Option<LastSrf>,
    func: Option<&FuncCall>,
    proc_call: bool,
    location: i32,
) -> PgResult<Option<Expr>> {
    let filter = match func.and_then(|f| f.agg_filter.as_ref()) {
        Some(node) => {
            let expr = transform_expr(pstate, node, ExprKind::Filter)?;
            Some(coerce_to_boolean(pstate, expr, "FILTER")?)
        }
        None => None,
    };
    if fargs.len() > FUNC_MAX_ARGS {
        let message = format!("cannot pass more than {FUNC_MAX_ARGS} arguments to a function");
        return error_at(state::TOO_MANY_ARGUMENTS, message, location);
    }
    let is_column = func.is_none();
    let within_group = func.is_some_and(|f| f.agg_within_group);
    let mut fargs = fargs;
    if !is_column && !within_group {
        fargs.retain(|arg| !matches!(arg, Expr::Param(p) if p.type_id == fixed::VOIDOID));
    }
    let argnames = argument_names(&fargs)?;
    let types = types_of(&fargs);
    let mut call = Call { names, func, proc_call, filter, argnames, types, location };
    let shared = pstate.shared;
    let projection = could_be_projection(pstate, &call);
    if projection && is_column {
        let found = parse_complex_projection(pstate, names[0].str_val(), &fargs[0], location)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let options = CandidateOptions {
        nargs: Some(call.types.len()),
        argnames: &call.argnames,
        expand_variadic: !func.is_some_and(|f| f.func_variadic),
        expand_defaults: true,
        include_out_arguments: proc_call,
        missing_ok: false,
    };
    let detail =
        with_errposition(func_get_detail(&shared, names, &fargs, &call.types, options), location)?;
    if let Some(numbers) = &detail.argnumbers {
        for (arg, number) in fargs.iter_mut().zip(numbers) {
            if let Expr::NamedArgExpr(named) = arg {
                named.argnumber = i32::try_from(*number).unwrap_or(-1);
            }
        }
    }
    check_kind_of_routine(pstate, &call, detail.code)?;
    let mut detail = detail;
    match detail.code {
        FuncDetailCode::Normal | FuncDetailCode::Procedure => {}
        FuncDetailCode::Aggregate => {
            check_aggregate(pstate, &mut call, &mut detail, &mut fargs)?;
        }
        FuncDetailCode::WindowFunc => {
            if func.is_none_or(|f| f.over.is_none()) {
                return call
                    .wrong(format!("window function {} requires an OVER clause", call.name()));
            }
            if within_group {
                return call
                    .wrong(format!("window function {} cannot have WITHIN GROUP", call.name()));
            }
        }
        FuncDetailCode::Coercion => {
            let arg = fargs.pop().unwrap_or_else(placeholder);
            let result = coerce_type(
                pstate,
                arg,
                call.types[0],
                detail.rettype,
                -1,
                CoercionContext::CoercionExplicit,
                CoercionForm::CoerceExplicitCall,
                location,
            )?;
            return Ok(Some(result));
        }
        FuncDetailCode::Multiple if is_column => return Ok(None),
        FuncDetailCode::Multiple => {
            let what = if proc_call { "procedure" } else { "function" };
            let message = format!("{what} {} is not unique", call.signature(pstate));
            let hint = format!(
                "Could not choose a best candidate {what}. You might need to add explicit type casts."
            );
            let error = PgError::new(state::AMBIGUOUS_FUNCTION, message).hint(hint);
            return Err(error.at(location).into());
        }
        FuncDetailCode::NotFound if is_column => return Ok(None),
        FuncDetailCode::NotFound => {
            if projection {
                let found =
                    parse_complex_projection(pstate, names[0].str_val(), &fargs[0], location)?;
                if found.is_some() {
                    return Ok(found);
                }
            }
            return Err(not_found(pstate, &call));
        }
    }
    finish(pstate, call, detail, fargs, last_srf).map(Some)
}

/// The names of named arguments, which stand last (part of ParseFuncOrColumn).
fn argument_names(fargs: &[Expr]) -> PgResult<Vec<Name>> {
    let mut names: Vec<Name> = Vec::new();
    for arg in fargs {
        match arg {
            Expr::NamedArgExpr(named) => {
                if names.contains(&named.name) {
                    let message = format!("argument name \"{}\" used more than once", named.name);
                    return error_at(state::SYNTAX_ERROR, message, named.location.0);
                }
                names.push(named.name.clone());
            }
            other if !names.is_empty() => {
                let message = "positional argument cannot follow named argument";
                return error_at(state::SYNTAX_ERROR, message, expr_location(other));
            }
            _ => {} // a positional argument among positional ones
        }
    }
    Ok(names)
}

fn could_be_projection(pstate: &ParseState, call: &Call) -> bool {
    let plain = call.func.is_none_or(|f| {
        f.agg_order.is_empty()
            && !f.agg_star
            && !f.agg_distinct
            && f.over.is_none()
            && !f.func_variadic
    });
    plain
        && call.types.len() == 1
        && !call.proc_call
        && call.filter.is_none()
        && call.argnames.is_empty()
        && call.names.len() == 1
        && (call.types[0] == fixed::RECORDOID || is_complex(&pstate.shared, call.types[0]))
}

/// Refuses a routine of the wrong kind, and an aggregate's decoration of what is none.
fn check_kind_of_routine(pstate: &ParseState, call: &Call, code: FuncDetailCode) -> PgResult<()> {
    use FuncDetailCode::*;
    if call.proc_call && matches!(code, Normal | Aggregate | WindowFunc | Coercion) {
        let message = format!("{} is not a procedure", call.signature(pstate));
        return Err(PgError::new(state::WRONG_OBJECT_TYPE, message)
            .hint("To call a function, use SELECT.")
            .at(call.location)
            .into());
    }
    if code == Procedure && !call.proc_call {
        let message = format!("{} is a procedure", call.signature(pstate));
        return Err(PgError::new(state::WRONG_OBJECT_TYPE, message)
            .hint("To call a procedure, use CALL.")
            .at(call.location)
            .into());
    }
    let Some(func) = call.func else { return Ok(()) };
    if !matches!(code, Normal | Procedure | Coercion) {
        return Ok(());
    }
    let name = call.name();
    if func.agg_star {
        return call.wrong(format!("{name}(*) specified, but {name} is not an aggregate function"));
    }
    let decorations = [
        (func.agg_distinct, "DISTINCT"),
        (func.agg_within_group, "WITHIN GROUP"),
        (!func.agg_order.is_empty(), "ORDER BY"),
        (call.filter.is_some(), "FILTER"),
    ];
    if let Some((_, what)) = decorations.iter().find(|(given, _)| *given) {
        return call.wrong(format!("{what} specified, but {name} is not an aggregate function"));
    }
    if func.over.is_some() {
        return call.wrong(format!(
            "OVER specified, but {name} is not a window function nor an aggregate function"
        ));
    }
    Ok(())
}

/// The call's arguments against what an aggregate of its kind takes.
fn check_aggregate(
    pstate: &ParseState,
    call: &mut Call,
    detail: &mut FuncDetail,
    fargs: &mut [Expr],
) -> PgResult<()> {
    let Some(row) = pstate.catalog().get::<PgAggregate>(detail.funcid) else {
        return unknown("an aggregate that is not in pg_aggregate");
    };
    let within_group = call.func.is_some_and(|f| f.agg_within_group);
    let name = call.name();
    if row.aggkind == b'n' {
        if within_group {
            return call.wrong(format!(
                "{name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP"
            ));
        }
        return Ok(());
    }
    if !within_group {
        return call.wrong(format!("WITHIN GROUP is required for ordered-set aggregate {name}"));
    }
    if call.func.is_some_and(|f| f.over.is_some()) {
        let message = format!("OVER is not supported for ordered-set aggregate {name}");
        return error_at(state::FEATURE_NOT_SUPPORTED, message, call.location);
    }
    let aggregated = call.func.map_or(0, |f| f.agg_order.len());
    let nargs = call.types.len();
    let direct = nargs.saturating_sub(aggregated);
    let wanted = usize::try_from(row.aggnumdirectargs).unwrap_or(0);
    let plural = |count: usize| if count == 1 { "argument" } else { "arguments" };
    let pronargs = if detail.nvargs > 1 { nargs - (detail.nvargs - 1) } else { nargs };
    if !detail.vatype.is_valid() || wanted < pronargs {
        if direct != wanted {
            return Err(call.missing(
                pstate,
                format!(
                    "There is an ordered-set aggregate {name}, but it requires {wanted} direct {}, not {direct}.",
                    plural(wanted)
                ),
            ));
        }
    } else if row.aggkind == b'h' {
        if detail.nvargs != 2 * aggregated {
            return Err(call.missing(
                pstate,
                format!(
                    "To use the hypothetical-set aggregate {name}, the number of hypothetical direct arguments (here {}) must match the number of ordering columns (here {aggregated}).",
                    detail.nvargs.saturating_sub(aggregated)
                ),
            ));
        }
    } else if detail.nvargs <= aggregated {
        return Err(call.missing(
            pstate,
            format!(
                "There is an ordered-set aggregate {name}, but it requires at least {wanted} direct {}.",
                plural(wanted)
            ),
        ));
    }
    if row.aggkind == b'h' {
        unify_hypothetical_args(pstate, fargs, aggregated, &mut call.types, &detail.declared)?;
    }
    Ok(())
}

/// Gives each hypothetical argument and its ordering column a common type (PostgreSQL: unify_hypothetical_args).
fn unify_hypothetical_args(
    pstate: &ParseState,
    fargs: &mut [Expr],
    aggregated: usize,
    types: &mut [Oid],
    declared: &[Oid],
) -> PgResult<()> {
    let direct = fargs.len().saturating_sub(aggregated);
    let Some(plain) = direct.checked_sub(aggregated) else {
        return unknown("incorrect number of arguments to hypothetical-set aggregate");
    };
    for hypothetical in plain..direct {
        let ordering = direct + (hypothetical - plain);
        if declared.get(hypothetical) != Some(&fixed::ANYOID) {
            continue;
        }
        let pair = [&fargs[ordering], &fargs[hypothetical]];
        let (common, _) = select_common_type(pstate, &pair, Some("WITHIN GROUP"))?;
        let typmod = select_common_typmod(&pair, common);
        for place in [hypothetical, ordering] {
            let input = std::mem::replace(&mut fargs[place], placeholder());
            fargs[place] = coerce_type(
                pstate,
                input,
                types[place],
                common,
                typmod,
                CoercionContext::CoercionImplicit,
                CoercionForm::CoerceImplicitCast,
                -1,
            )?;
            types[place] = common;
        }
    }
    Ok(())
}

fn not_found(pstate: &ParseState, call: &Call) -> Stop {
    let signature = call.signature(pstate);
    let what = if call.proc_call { "procedure" } else { "function" };
    let misplaced = call.func.is_some_and(|f| f.agg_order.len() > 1 && !f.agg_within_group);
    let hint = if misplaced {
        "No aggregate function matches the given name and argument types. Perhaps you misplaced ORDER BY; ORDER BY must appear after all regular arguments of the aggregate.".to_string()
    } else {
        format!(
            "No {what} matches the given name and argument types. You might need to add explicit type casts."
        )
    };
    let what = if misplaced { "function" } else { what };
    let error =
        PgError::new(state::UNDEFINED_FUNCTION, format!("{what} {signature} does not exist"))
            .hint(hint)
            .at(call.location);
    let schema = call.names.len().checked_sub(2).map(|at| call.names[at].str_val());
    unless_unknown_extension(&pstate.shared, schema, error.into())
}

/// The function is known: its arguments are cast and the expression is built.
fn finish(
    pstate: &mut ParseState,
    call: Call,
    detail: FuncDetail,
    fargs: Vec<Expr>,
    last_srf: Option<LastSrf>,
) -> PgResult<Expr> {
    let shared = pstate.shared;
    let location = call.location;
    let mut fargs = fargs;
    let mut actual = call.types.clone();
    let nargs = actual.len();
    actual.extend(&detail.default_types);
    let mut declared = detail.declared.clone();
    let rettype =
        enforce_generic_type_consistency(&shared, &actual, &mut declared, detail.rettype, false)?;
    make_fn_arguments(pstate, &mut fargs, &actual, &declared)?;
    let mut variadic = call.func.is_some_and(|f| f.func_variadic) && detail.vatype.is_valid();
    if detail.nvargs > 0 && detail.vatype != fixed::ANYOID {
        let elements = fargs.split_off(nargs - detail.nvargs);
        let element_typeid = elements.first().map_or(Oid::INVALID, expr_type);
        let array_typeid = get_array_type(shared.catalog, element_typeid);
        let place = exprs_location(&elements);
        if !array_typeid.is_valid() {
            let message = format!(
                "could not find array type for data type {}",
                shared.format_type(element_typeid)
            );
            return error_at(state::UNDEFINED_OBJECT, message, place);
        }
        fargs.push(Expr::ArrayExpr(Box::new(ArrayExpr {
            array_typeid,
            array_collid: Oid::INVALID,
            element_typeid,
            elements,
            multidims: false,
            location: ParseLoc(place),
        })));
        variadic = true;
    }
    if nargs > 0 && detail.vatype == fixed::ANYOID && variadic {
        let array = actual[nargs - 1];
        if !get_base_element_type(shared.catalog, array).is_valid() {
            let place = fargs.last().map_or(-1, expr_location);
            return error_at(state::DATATYPE_MISMATCH, "VARIADIC argument must be an array", place);
        }
    }
    if detail.retset {
        check_srf_call_placement(pstate, last_srf, location)?;
    }
    let over = call.func.and_then(|f| f.over.as_deref());
    let result = match (detail.code, over) {
        (FuncDetailCode::Normal | FuncDetailCode::Procedure, _) => {
            Expr::FuncExpr(Box::new(FuncExpr {
                funcid: detail.funcid,
                funcresulttype: rettype,
                funcretset: detail.retset,
                funcvariadic: variadic,
                funcformat: call.func.map_or(CoercionForm::CoerceExplicitCall, |f| f.funcformat),
                funccollid: Oid::INVALID,
                inputcollid: Oid::INVALID,
                args: fargs,
                location: ParseLoc(location),
            }))
        }
        (FuncDetailCode::Aggregate, None) => {
            make_aggregate(pstate, &call, &detail, fargs, rettype, variadic)?
        }
        _ => make_window_func(pstate, &call, &detail, fargs, rettype, last_srf)?, // what is left has OVER
    };
    if detail.retset {
        set_last_srf(pstate, &result);
    }
    Ok(result)
}

fn make_aggregate(
    pstate: &mut ParseState,
    call: &Call,
    detail: &FuncDetail,
    fargs: Vec<Expr>,
    rettype: Oid,
    variadic: bool,
) -> PgResult<Expr> {
    let star = call.func.is_some_and(|f| f.agg_star);
    let within_group = call.func.is_some_and(|f| f.agg_within_group);
    if fargs.is_empty() && !star && !within_group {
        return call.wrong(format!(
            "{}(*) must be used to call a parameterless aggregate function",
            call.name()
        ));
    }
    if detail.retset {
        let message = "aggregates cannot return sets";
        return error_at(state::INVALID_FUNCTION_DEFINITION, message, call.location);
    }
    if !call.argnames.is_empty() {
        let message = "aggregates cannot use named arguments";
        return error_at(state::FEATURE_NOT_SUPPORTED, message, call.location);
    }
    let aggkind = pstate.catalog().get::<PgAggregate>(detail.funcid).map_or(b'n', |a| a.aggkind);
    let aggref = Aggref {
        aggfnoid: detail.funcid,
        aggtype: rettype,
        aggcollid: Oid::INVALID,
        inputcollid: Oid::INVALID,
        aggargtypes: Vec::new(),
        aggdirectargs: Vec::new(),
        args: Vec::new(),
        aggorder: Vec::new(),
        aggdistinct: Vec::new(),
        aggfilter: call.filter.clone(),
        aggstar: star,
        aggvariadic: variadic,
        aggkind,
        agglevelsup: 0,
        location: ParseLoc(call.location),
    };
    let order = call.func.map_or(&[][..], |f| &f.agg_order);
    let distinct = call.func.is_some_and(|f| f.agg_distinct);
    transform_aggregate_call(pstate, aggref, fargs, order, distinct)
}

fn make_window_func(
    pstate: &mut ParseState,
    call: &Call,
    detail: &FuncDetail,
    fargs: Vec<Expr>,
    rettype: Oid,
    last_srf: Option<LastSrf>,
) -> PgResult<Expr> {
    let location = call.location;
    let Some(func) = call.func else { return unknown("a window function without a call") };
    let Some(over) = func.over.as_deref() else {
        return unknown("a window function without a window");
    };
    let unsupported =
        |message: &str| error_at(state::FEATURE_NOT_SUPPORTED, message.to_string(), location);
    let winagg = detail.code == FuncDetailCode::Aggregate;
    if func.agg_distinct {
        return unsupported("DISTINCT is not implemented for window functions");
    }
    if winagg && fargs.is_empty() && !func.agg_star {
        return call.wrong(format!(
            "{}(*) must be used to call a parameterless aggregate function",
            call.name()
        ));
    }
    if !func.agg_order.is_empty() {
        return unsupported("aggregate ORDER BY is not implemented for window functions");
    }
    if !winagg && call.filter.is_some() {
        return unsupported("FILTER is not implemented for non-aggregate window functions");
    }
    if pstate.last_srf != last_srf {
        let place = pstate.last_srf.map_or(-1, |srf| srf.location);
        return Err(PgError::new(
            state::FEATURE_NOT_SUPPORTED,
            "window function calls cannot contain set-returning function calls",
        )
        .hint("You might be able to move the set-returning function into a LATERAL FROM item.")
        .at(place)
        .into());
    }
    if detail.retset {
        let message = "window functions cannot return sets";
        return error_at(state::INVALID_FUNCTION_DEFINITION, message, location);
    }
    let wfunc = WindowFunc {
        winfnoid: detail.funcid,
        wintype: rettype,
        wincollid: Oid::INVALID,
        inputcollid: Oid::INVALID,
        args: fargs,
        aggfilter: call.filter.clone(),
        winref: 0,
        winstar: func.agg_star,
        winagg,
        location: ParseLoc(location),
    };
    transform_window_func_call(pstate, wfunc, over)
}
