//! Function calls: which function a call means, and the expression that it makes (PostgreSQL: parser/parse_func.c).

mod call;
mod placement;
mod select;

use super::funcapi::get_expr_result_tupdesc;
use super::parse_coerce::coerce_type;
use super::parse_node::{LastSrf, ParseState, Shared};
use super::parse_relation::{get_ns_item_by_range_table_posn, scan_ns_item_for_column};
use super::parse_target::expand_record_variable;
use crate::catalog::namespace::{
    CandidateOptions, funcname_get_candidates, name_list_to_string, unless_unknown_extension,
};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::{CoercionContext, CoercionForm, Expr, FieldSelect};
use crate::nodes::tree::Node;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

pub use call::parse_func_or_column;
pub use placement::check_srf_call_placement;
pub use select::{
    FuncDetail, FuncDetailCode, func_get_detail, func_match_argtypes, func_select_candidate,
};

/// The most arguments that a function can have (PostgreSQL: FUNC_MAX_ARGS).
pub const FUNC_MAX_ARGS: usize = 100;

/// Remembers a set-returning function for checks at higher levels (PostgreSQL: pstate->p_last_srf = …).
pub fn set_last_srf(pstate: &mut ParseState, expr: &Expr) {
    let serial = pstate.last_srf.map_or(1, |last| last.serial + 1);
    pstate.last_srf = Some(LastSrf { serial, location: expr_location(expr) });
}

/// The function's name and argument types as messages print them; the last arguments have names (PostgreSQL:
/// func_signature_string).
pub fn func_signature_string(
    shared: &Shared,
    names: &[Node],
    argnames: &[Name],
    types: &[Oid],
) -> String {
    let positional = types.len().saturating_sub(argnames.len());
    let args: Vec<String> = types
        .iter()
        .enumerate()
        .map(|(i, typid)| {
            let typname = shared.format_type(*typid);
            match i.checked_sub(positional).and_then(|at| argnames.get(at)) {
                Some(name) => format!("{name} => {typname}"),
                None => typname,
            }
        })
        .collect();
    format!("{}({})", name_list_to_string(names), args.join(", "))
}

/// The function of that name, with exactly these argument types if they are given; None only with `missing_ok`
/// (PostgreSQL: LookupFuncName).
pub fn lookup_func_name(
    shared: &Shared,
    names: &[Node],
    argtypes: Option<&[Oid]>,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let options = CandidateOptions {
        nargs: argtypes.map(<[Oid]>::len),
        argnames: &[],
        expand_variadic: false,
        expand_defaults: false,
        include_out_arguments: false,
        missing_ok,
    };
    let mut found = None;
    for candidate in funcname_get_candidates(shared, names, options)? {
        if argtypes.is_some_and(|types| candidate.args != types) {
            continue;
        }
        if candidate.ambiguous || found.is_some() {
            let name = name_list_to_string(names);
            let error = PgError::new(
                state::AMBIGUOUS_FUNCTION,
                format!("function name \"{name}\" is not unique"),
            );
            return Err(error
                .hint("Specify the argument list to select the function unambiguously.")
                .into());
        }
        found = Some(candidate.oid);
    }
    if found.is_some() || missing_ok {
        return Ok(found);
    }
    let message = match argtypes {
        None => format!("could not find a function named \"{}\"", name_list_to_string(names)),
        Some(types) => {
            format!("function {} does not exist", func_signature_string(shared, names, &[], types))
        }
    };
    let schema = names.len().checked_sub(2).map(|at| names[at].str_val());
    let error = PgError::new(state::UNDEFINED_FUNCTION, message);
    Err(unless_unknown_extension(shared, schema, error.into()))
}

/// Casts the arguments to the types that the function declares (PostgreSQL: make_fn_arguments).
pub fn make_fn_arguments(
    pstate: &ParseState,
    args: &mut [Expr],
    actual: &[Oid],
    declared: &[Oid],
) -> PgResult<()> {
    for ((arg, actual), declared) in args.iter_mut().zip(actual).zip(declared) {
        if actual == declared {
            continue;
        }
        let slot = match arg {
            Expr::NamedArgExpr(named) => &mut named.arg,
            other => other, // an argument by place
        };
        let input = std::mem::replace(slot, placeholder());
        *slot = coerce_type(
            pstate,
            input,
            *actual,
            *declared,
            -1,
            CoercionContext::CoercionImplicit,
            CoercionForm::CoerceImplicitCast,
            -1,
        )?;
    }
    Ok(())
}

fn placeholder() -> Expr {
    Expr::CaseTestExpr { type_id: fixed::UNKNOWNOID, type_mod: -1, collation: Oid::INVALID }
}

/// A column of a composite value, if it has one of that name (PostgreSQL: ParseComplexProjection).
pub fn parse_complex_projection(
    pstate: &ParseState,
    name: &str,
    first_arg: &Expr,
    location: i32,
) -> PgResult<Option<Expr>> {
    let columns = match first_arg {
        Expr::Var(var) if var.varattno == 0 => {
            if let Some(item) = get_ns_item_by_range_table_posn(pstate, var.varno, var.varlevelsup)
            {
                return scan_ns_item_for_column(pstate, item, var.varlevelsup, name, location);
            }
            get_expr_result_tupdesc(pstate.catalog(), first_arg)
        }
        Expr::Var(var) if var.vartype == fixed::RECORDOID => {
            Some(expand_record_variable(pstate, var, 0)?)
        }
        other => get_expr_result_tupdesc(pstate.catalog(), other), // its type tells the columns
    };
    let Some(columns) = columns else { return Ok(None) };
    let found = columns.iter().enumerate().find(|(_, c)| !c.dropped && c.name == name);
    let Some((index, column)) = found else { return Ok(None) };
    let fieldnum = i16::try_from(index + 1).unwrap_or(i16::MAX);
    Ok(Some(Expr::FieldSelect(Box::new(FieldSelect {
        arg: first_arg.clone(),
        fieldnum,
        resulttype: column.type_id,
        resulttypmod: column.typmod,
        resultcollid: column.collation,
    }))))
}

/// The types of expressions.
fn types_of(exprs: &[Expr]) -> Vec<Oid> {
    exprs.iter().map(expr_type).collect()
}
