//! `.field` and `[subscript]` (PostgreSQL: transformIndirection, parser/parse_expr.c; transformContainerSubscripts,
//! parser/parse_node.c; utils/adt/arraysubs.c, jsonbsubs.c).

use super::{recurse_required, unknown_to_text};
use crate::catalog::lsyscache::get_base_type_and_typmod;
use crate::catalog::{Catalog, PgProc, PgType};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::{expr_location, expr_type, expr_typmod, raw_location};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{AIndices, AIndirection, Node};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{
    can_coerce_type, coerce_to_target_type, coerce_type, is_complex, make_const,
};
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_func::parse_func_or_column;
use crate::parser::parse_node::ParseState;
use crate::parser::parse_relation::get_rte_by_range_table_posn;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// The most dimensions of an array (PostgreSQL: MAXDIM).
const MAXDIM: usize = 6;

/// PostgreSQL: transformIndirection.
pub(super) fn transform_indirection(
    pstate: &mut ParseState,
    indirection: &AIndirection,
) -> PgResult<Expr> {
    let last_srf = pstate.last_srf;
    let mut result = recurse_required(pstate, &indirection.arg)?;
    let location = expr_location(&result);
    let steps = &indirection.indirection;
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        match step {
            Node::AIndices(_) => {
                let rest = &steps[at..];
                let count = rest.iter().take_while(|n| matches!(n, Node::AIndices(_))).count();
                let (typid, typmod) = (expr_type(&result), expr_typmod(&result));
                let sbsref = transform_container_subscripts(
                    pstate,
                    result,
                    typid,
                    typmod,
                    &rest[..count],
                    false,
                )?;
                result = Expr::SubscriptingRef(Box::new(sbsref));
                at += count;
            }
            Node::AStar => {
                let message = "row expansion via \"*\" is not supported here";
                return error_at(state::FEATURE_NOT_SUPPORTED, message, location);
            }
            field => {
                let names = std::slice::from_ref(field);
                let args = vec![result.clone()];
                let found =
                    parse_func_or_column(pstate, names, args, last_srf, None, false, location)?;
                result = match found {
                    Some(found) => found,
                    None => {
                        return Err(unknown_attribute(pstate, &result, field.str_val(), location));
                    }
                };
                at += 1;
            }
        }
    }
    Ok(result)
}

/// PostgreSQL: unknown_attribute.
fn unknown_attribute(pstate: &ParseState, relref: &Expr, attname: &str, location: i32) -> Stop {
    if let Expr::Var(var) = relref
        && var.varattno == 0
        && let Some(rte) = get_rte_by_range_table_posn(pstate, var.varno, var.varlevelsup)
    {
        let message = format!("column {}.{attname} does not exist", rte.eref.aliasname);
        return PgError::new(state::UNDEFINED_COLUMN, message).at(location).into();
    }
    let typid = expr_type(relref);
    let (sqlstate, message) = if is_complex(&pstate.shared, typid) {
        let typname = pstate.shared.format_type(typid);
        (state::UNDEFINED_COLUMN, format!("column \"{attname}\" not found in data type {typname}"))
    } else if typid == fixed::RECORDOID {
        let message = format!("could not identify column \"{attname}\" in record data type");
        (state::UNDEFINED_COLUMN, message)
    } else {
        let typname = pstate.shared.format_type(typid);
        let message = format!(
            "column notation .{attname} applied to type {typname}, which is not a composite type"
        );
        (state::WRONG_OBJECT_TYPE, message)
    };
    PgError::new(sqlstate, message).at(location).into()
}

/// The type that is really subscripted: a domain's base, an array for the vectors (PostgreSQL:
/// transformContainerType).
pub fn transform_container_type(catalog: &Catalog, typid: Oid, typmod: i32) -> (Oid, i32) {
    const INT2ARRAYOID: Oid = Oid(1005);
    let (typid, typmod) = get_base_type_and_typmod(catalog, typid, typmod);
    match typid {
        fixed::INT2VECTOROID => (INT2ARRAYOID, typmod),
        fixed::OIDVECTOROID => (fixed::OIDARRAYOID, typmod),
        other => (other, typmod), // arrays and types with subscripting of their own
    }
}

/// How a type is subscripted.
enum Subscripting {
    Array(Oid),
    Jsonb,
    Hstore,
}

/// PostgreSQL: getSubscriptingRoutines.
fn subscripting_of(catalog: &Catalog, typid: Oid) -> Option<Subscripting> {
    let row = catalog.get::<PgType>(typid)?;
    if !row.typsubscript.is_valid() {
        let old_array = catalog.version().major() < 14 && row.typelem.is_valid();
        return old_array.then_some(Subscripting::Array(row.typelem));
    }
    match catalog.get::<PgProc>(row.typsubscript)?.proname.as_str() {
        "jsonb_subscript_handler" => Some(Subscripting::Jsonb),
        "hstore_subscript_handler" => Some(Subscripting::Hstore),
        _ => Some(Subscripting::Array(row.typelem)), // arrays, and types of fixed length like point
    }
}

/// Adjacent subscripts applied to a value; the caller of an assignment has called `transform_container_type`
/// (PostgreSQL: transformContainerSubscripts).
pub fn transform_container_subscripts(
    pstate: &mut ParseState,
    base: Expr,
    container_type: Oid,
    container_typmod: i32,
    indirection: &[Node],
    is_assignment: bool,
) -> PgResult<SubscriptingRef> {
    let catalog = pstate.catalog();
    let (container, typmod) = if is_assignment {
        (container_type, container_typmod)
    } else {
        transform_container_type(catalog, container_type, container_typmod)
    };
    let Some(how) = subscripting_of(catalog, container) else {
        let typname = pstate.shared.format_type(container);
        let message =
            format!("cannot subscript type {typname} because it does not support subscripting");
        return error_at(state::DATATYPE_MISMATCH, message, expr_location(&base));
    };
    let indices: Vec<&AIndices> = indirection
        .iter()
        .filter_map(|node| match node {
            Node::AIndices(indices) => Some(indices.as_ref()),
            _ => None, // the caller passes subscripts alone
        })
        .collect();
    let is_slice = indices.iter().any(|i| i.is_slice);
    let mut sbsref = SubscriptingRef {
        refcontainertype: container,
        refelemtype: Oid::INVALID,
        refrestype: Oid::INVALID,
        reftypmod: typmod,
        refcollid: Oid::INVALID,
        refupperindexpr: Vec::with_capacity(indices.len()),
        reflowerindexpr: Vec::new(),
        refexpr: base,
        refassgnexpr: None,
    };
    match how {
        Subscripting::Array(element) => {
            sbsref.refelemtype = element;
            array_subscripts(pstate, &mut sbsref, &indices, is_slice)?;
            sbsref.refrestype = if is_slice { container } else { element };
        }
        Subscripting::Jsonb => {
            for index in &indices {
                let expr = jsonb_subscript(pstate, index, is_slice)?;
                sbsref.refupperindexpr.push(expr);
            }
            sbsref.refrestype = fixed::JSONBOID;
            sbsref.reftypmod = -1;
        }
        Subscripting::Hstore => {
            let [index] = indices.as_slice() else {
                let message = "hstore allows only one subscript";
                return error_at(state::FEATURE_NOT_SUPPORTED, message, -1);
            };
            let kind = pstate.expr_kind;
            if let Some(node) = &index.uidx {
                let expr = transform_expr(pstate, node, kind)?;
                let input = expr_type(&expr);
                let coerced = coerce_to_target_type(
                    pstate,
                    expr,
                    input,
                    fixed::TEXTOID,
                    -1,
                    CoercionContext::CoercionAssignment,
                    CoercionForm::CoerceImplicitCast,
                    -1,
                )?;
                if coerced.is_none() {
                    let message = "hstore subscript must have type text";
                    return error_at(state::DATATYPE_MISMATCH, message, raw_location(node));
                }
                sbsref.refupperindexpr.push(coerced);
            }
            sbsref.refrestype = fixed::TEXTOID;
            sbsref.reftypmod = -1;
        }
    }
    Ok(sbsref)
}

/// PostgreSQL: array_subscript_transform (utils/adt/arraysubs.c).
fn array_subscripts(
    pstate: &mut ParseState,
    sbsref: &mut SubscriptingRef,
    indices: &[&AIndices],
    is_slice: bool,
) -> PgResult<()> {
    for index in indices {
        if is_slice {
            let lower = match &index.lidx {
                Some(node) => Some(integer_subscript(pstate, node)?),
                None if !index.is_slice => Some(make_const(fixed::INT4OID, "1")),
                None => None,
            };
            sbsref.reflowerindexpr.push(lower);
        }
        let upper = match &index.uidx {
            Some(node) => Some(integer_subscript(pstate, node)?),
            None => None,
        };
        sbsref.refupperindexpr.push(upper);
    }
    if sbsref.refupperindexpr.len() > MAXDIM {
        let message = format!(
            "number of array dimensions ({}) exceeds the maximum allowed ({MAXDIM})",
            sbsref.refupperindexpr.len()
        );
        return error_at(state::PROGRAM_LIMIT_EXCEEDED, message, -1);
    }
    Ok(())
}

fn integer_subscript(pstate: &mut ParseState, node: &Node) -> PgResult<Expr> {
    let kind = pstate.expr_kind;
    let expr = transform_expr(pstate, node, kind)?;
    let input = expr_type(&expr);
    let coerced = coerce_to_target_type(
        pstate,
        expr,
        input,
        fixed::INT4OID,
        -1,
        CoercionContext::CoercionAssignment,
        CoercionForm::CoerceImplicitCast,
        -1,
    )?;
    match coerced {
        Some(coerced) => Ok(coerced),
        None => {
            let message = "array subscript must have type integer";
            error_at(state::DATATYPE_MISMATCH, message, raw_location(node))
        }
    }
}

/// PostgreSQL: jsonb_subscript_transform (utils/adt/jsonbsubs.c).
fn jsonb_subscript(
    pstate: &mut ParseState,
    index: &AIndices,
    is_slice: bool,
) -> PgResult<Option<Expr>> {
    if is_slice {
        let node = index.uidx.as_ref().or(index.lidx.as_ref());
        let message = "jsonb subscript does not support slices";
        return error_at(state::DATATYPE_MISMATCH, message, node.map_or(-1, raw_location));
    }
    let Some(node) = &index.uidx else { return Ok(None) };
    let kind = pstate.expr_kind;
    let expr = transform_expr(pstate, node, kind)?;
    let input = expr_type(&expr);
    if input == fixed::UNKNOWNOID {
        return unknown_to_text(pstate, expr).map(Some);
    }
    let implicit = CoercionContext::CoercionImplicit;
    let fits = |target: Oid| can_coerce_type(&pstate.shared, &[input], &[target], implicit);
    let (target, hint) = match (fits(fixed::INT4OID), fits(fixed::TEXTOID)) {
        (true, false) => (Some(fixed::INT4OID), ""),
        (false, true) => (Some(fixed::TEXTOID), ""),
        (true, true) => {
            (None, "jsonb subscript must be coercible to only one type, integer or text.")
        }
        (false, false) => (None, "jsonb subscript must be coercible to either integer or text."),
    };
    let Some(target) = target else {
        let message =
            format!("subscript type {} is not supported", pstate.shared.format_type(input));
        return Err(PgError::new(state::DATATYPE_MISMATCH, message)
            .hint(hint)
            .at(expr_location(&expr))
            .into());
    };
    let form = CoercionForm::CoerceImplicitCast;
    coerce_type(pstate, expr, input, target, -1, implicit, form, -1).map(Some)
}
