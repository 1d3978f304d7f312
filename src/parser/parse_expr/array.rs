//! ARRAY[…] (PostgreSQL: transformArrayExpr, parser/parse_expr.c).

use super::recurse;
use crate::catalog::lsyscache::{get_array_type, get_element_type};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::{ArrayExpr, CoercionContext, CoercionForm, Expr};
use crate::nodes::tree::{AArrayExpr, Node};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{
    coerce_to_common_type, coerce_to_target_type, select_common_type,
};
use crate::parser::parse_node::ParseState;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// ARRAY[…]; `wanted` is the array type, element type and typmod that a cast asks for (PostgreSQL:
/// transformArrayExpr).
pub fn transform_array_expr(
    pstate: &mut ParseState,
    array: &AArrayExpr,
    wanted: Option<(Oid, Oid, i32)>,
) -> PgResult<Expr> {
    let location = array.location.0;
    let mut multidims = false;
    let mut elements = Vec::with_capacity(array.elements.len());
    for node in &array.elements {
        let element = match node {
            Node::AArrayExpr(inner) => {
                multidims = true;
                transform_array_expr(pstate, inner, wanted)?
            }
            other => {
                let element = recurse(pstate, other)?;
                let typid = expr_type(&element);
                multidims |= !matches!(typid, fixed::INT2VECTOROID | fixed::OIDVECTOROID)
                    && get_element_type(pstate.catalog(), typid).is_valid();
                element
            }
        };
        elements.push(element);
    }
    let shared = pstate.shared;
    let (array_typeid, element_typeid, coerced) = match wanted {
        Some((array_type, element_type, typmod)) => {
            let target = if multidims { array_type } else { element_type };
            let mut coerced = Vec::with_capacity(elements.len());
            for element in elements {
                let (input, place) = (expr_type(&element), expr_location(&element));
                let result = coerce_to_target_type(
                    pstate,
                    element,
                    input,
                    target,
                    typmod,
                    CoercionContext::CoercionExplicit,
                    CoercionForm::CoerceExplicitCast,
                    -1,
                )?;
                let Some(result) = result else {
                    let message = format!(
                        "cannot cast type {} to {}",
                        shared.format_type(input),
                        shared.format_type(target)
                    );
                    return error_at(state::CANNOT_COERCE, message, place);
                };
                coerced.push(result);
            }
            (array_type, element_type, coerced)
        }
        None => {
            if elements.is_empty() {
                let message = "cannot determine type of empty array";
                return Err(PgError::new(state::INDETERMINATE_DATATYPE, message)
                    .hint("Explicitly cast to the desired type, for example ARRAY[]::integer[].")
                    .at(location)
                    .into());
            }
            let refs: Vec<&Expr> = elements.iter().collect();
            let (common, _) = select_common_type(pstate, &refs, Some("ARRAY"))?;
            let (array_type, element_type, what) = if multidims {
                (common, get_element_type(shared.catalog, common), "element")
            } else {
                (get_array_type(shared.catalog, common), common, "array")
            };
            if !array_type.is_valid() || !element_type.is_valid() {
                let message = format!(
                    "could not find {what} type for data type {}",
                    shared.format_type(common)
                );
                return error_at(state::UNDEFINED_OBJECT, message, location);
            }
            let mut coerced = Vec::with_capacity(elements.len());
            for element in elements {
                coerced.push(coerce_to_common_type(pstate, element, common, "ARRAY")?);
            }
            (array_type, element_type, coerced)
        }
    };
    Ok(Expr::ArrayExpr(Box::new(ArrayExpr {
        array_typeid,
        array_collid: Oid::INVALID,
        element_typeid,
        elements: coerced,
        multidims,
        location: array.location,
    })))
}
