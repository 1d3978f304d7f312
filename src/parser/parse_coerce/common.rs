//! The one type that several expressions become (PostgreSQL: select_common_type, parser/parse_coerce.c).

use super::{can_coerce_type, coerce_type};
use crate::catalog::lsyscache::{get_base_type, get_type_category_preferred};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_location, expr_type, expr_typmod};
use crate::nodes::primnodes::{CoercionContext, CoercionForm, Expr};
use crate::parser::errors::error_at;
use crate::parser::parse_node::{ParseState, Shared};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// The common type of the expressions and the index of the one that gave it. Without a context a failure is
/// InvalidOid (PostgreSQL: select_common_type).
pub fn select_common_type(
    pstate: &ParseState,
    exprs: &[&Expr],
    context: Option<&str>,
) -> PgResult<(Oid, usize)> {
    let types: Vec<Oid> = exprs.iter().map(|expr| expr_type(expr)).collect();
    match common_type(&pstate.shared, &types) {
        Ok(found) => Ok(found),
        Err(mismatch) => match context {
            None => Ok((Oid::INVALID, 0)),
            Some(context) => {
                let shared = &pstate.shared;
                let message = format!(
                    "{context} types {} and {} cannot be matched",
                    shared.format_type(mismatch.first),
                    shared.format_type(mismatch.second)
                );
                let location = exprs.get(mismatch.index).map_or(-1, |expr| expr_location(expr));
                error_at(state::DATATYPE_MISMATCH, message, location)
            }
        },
    }
}

/// The common type of the types; with `noerror` a failure is InvalidOid (PostgreSQL: select_common_type_from_oids).
pub fn select_common_type_from_oids(
    shared: &Shared,
    types: &[Oid],
    noerror: bool,
) -> PgResult<Oid> {
    match common_type(shared, types) {
        Ok((typid, _)) => Ok(typid),
        Err(_) if noerror => Ok(Oid::INVALID),
        Err(mismatch) => Err(PgError::new(
            state::DATATYPE_MISMATCH,
            format!(
                "argument types {} and {} cannot be matched",
                shared.format_type(mismatch.first),
                shared.format_type(mismatch.second)
            ),
        )
        .into()),
    }
}

/// Two types that have nothing in common; the second stands at `index`.
struct Mismatch {
    first: Oid,
    second: Oid,
    index: usize,
}

fn common_type(shared: &Shared, types: &[Oid]) -> Result<(Oid, usize), Mismatch> {
    let Some(first) = types.first().copied() else { return Ok((fixed::TEXTOID, 0)) };
    if first != fixed::UNKNOWNOID && types.iter().all(|t| *t == first) {
        return Ok((first, 0));
    }
    let catalog = shared.catalog;
    let mut chosen = get_base_type(catalog, first);
    let mut which = 0;
    let (mut category, mut preferred) = get_type_category_preferred(catalog, chosen);
    for (index, typid) in types.iter().enumerate().skip(1) {
        let next = get_base_type(catalog, *typid);
        if next == fixed::UNKNOWNOID || next == chosen {
            continue;
        }
        let (next_category, next_preferred) = get_type_category_preferred(catalog, next);
        let implicit = CoercionContext::CoercionImplicit;
        let better = if chosen == fixed::UNKNOWNOID {
            true
        } else if next_category != category {
            return Err(Mismatch { first: chosen, second: next, index });
        } else {
            !preferred
                && can_coerce_type(shared, &[chosen], &[next], implicit)
                && !can_coerce_type(shared, &[next], &[chosen], implicit)
        };
        if better {
            chosen = next;
            which = index;
            category = next_category;
            preferred = next_preferred;
        }
    }
    if chosen == fixed::UNKNOWNOID {
        chosen = fixed::TEXTOID;
    }
    Ok((chosen, which))
}

/// Makes the expression one of the common type (PostgreSQL: coerce_to_common_type).
pub fn coerce_to_common_type(
    pstate: &ParseState,
    node: Expr,
    target: Oid,
    context: &str,
) -> PgResult<Expr> {
    let input = expr_type(&node);
    if input == target {
        return Ok(node);
    }
    let implicit = CoercionContext::CoercionImplicit;
    if can_coerce_type(&pstate.shared, &[input], &[target], implicit) {
        let form = CoercionForm::CoerceImplicitCast;
        return coerce_type(pstate, node, input, target, -1, implicit, form, -1);
    }
    let shared = &pstate.shared;
    let message = format!(
        "{context} could not convert type {} to {}",
        shared.format_type(input),
        shared.format_type(target)
    );
    error_at(state::CANNOT_COERCE, message, expr_location(&node))
}

/// Whether every expression can become the type (PostgreSQL: verify_common_type).
pub fn verify_common_type(shared: &Shared, common: Oid, exprs: &[&Expr]) -> bool {
    exprs.iter().all(|expr| {
        can_coerce_type(shared, &[expr_type(expr)], &[common], CoercionContext::CoercionImplicit)
    })
}

/// PostgreSQL: verify_common_type_from_oids.
pub fn verify_common_type_from_oids(shared: &Shared, common: Oid, types: &[Oid]) -> bool {
    types.iter().all(|typid| {
        can_coerce_type(shared, &[*typid], &[common], CoercionContext::CoercionImplicit)
    })
}

/// The typmod that all expressions of the common type share, else -1 (PostgreSQL: select_common_typmod).
pub fn select_common_typmod(exprs: &[&Expr], common: Oid) -> i32 {
    let mut result = None;
    for expr in exprs {
        if expr_type(expr) != common {
            return -1;
        }
        let typmod = expr_typmod(expr);
        if *result.get_or_insert(typmod) != typmod {
            return -1;
        }
    }
    result.unwrap_or(-1)
}
