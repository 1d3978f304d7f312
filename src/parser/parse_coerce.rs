//! Values of one type made values of another (PostgreSQL: parser/parse_coerce.c).

mod common;
mod generic;
pub mod pathway;

use super::errors::{error_at, with_errposition};
use super::literals::input_function_call;
use super::parse_node::{ParamSource, ParseState, Shared};
use super::parse_relation::expand_ns_item_vars;
use super::parse_type::type_or_domain_type_relid;
use crate::catalog::lsyscache::{
    get_base_type, get_base_type_and_typmod, get_element_type, get_typcollation, type_is_collatable,
};
use crate::catalog::{Catalog, PgClass, PgProc, PgType};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{
    expr_collation, expr_location, expr_type, expr_typmod, leftmost, walk_expr,
};
use crate::nodes::primnodes::*;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

pub use common::{
    coerce_to_common_type, select_common_type, select_common_type_from_oids, select_common_typmod,
    verify_common_type, verify_common_type_from_oids,
};
pub use generic::{
    check_generic_type_consistency, check_valid_internal_signature,
    check_valid_polymorphic_signature, enforce_generic_type_consistency, is_polymorphic_type,
    is_polymorphic_type_family1, is_polymorphic_type_family2,
};
pub use pathway::{
    CoercionPath, find_coercion_pathway, find_typmod_coercion_function, type_inherits_from,
    type_is_of_typed_table,
};

use CoercionContext::*;
use CoercionForm::*;

/// PostgreSQL: ISCOMPLEX.
pub fn is_complex(shared: &Shared, typid: Oid) -> bool {
    type_or_domain_type_relid(shared, typid).is_valid()
}

fn is_complex_array(shared: &Shared, typid: Oid) -> bool {
    let element = get_element_type(shared.catalog, typid);
    element.is_valid() && is_complex(shared, element)
}

/// Makes the expression one of the type and typmod; None when there is no way (PostgreSQL: coerce_to_target_type).
pub fn coerce_to_target_type(
    pstate: &ParseState,
    expr: Expr,
    exprtype: Oid,
    targettype: Oid,
    targettypmod: i32,
    ccontext: CoercionContext,
    cformat: CoercionForm,
    location: i32,
) -> PgResult<Option<Expr>> {
    if !can_coerce_type(&pstate.shared, &[exprtype], &[targettype], ccontext) {
        return Ok(None);
    }
    let mut collate: Option<(Oid, ParseLoc)> = None;
    let mut expr = expr;
    while let Expr::CollateExpr(inner) = expr {
        collate = collate.or(Some((inner.coll_oid, inner.location)));
        expr = inner.arg;
    }
    let (result, changed) = coerce_type_noting(
        pstate,
        expr,
        exprtype,
        targettype,
        targettypmod,
        ccontext,
        cformat,
        location,
    )?;
    let hide = changed && !matches!(result, Expr::Const(_));
    let result = coerce_type_typmod(
        pstate,
        result,
        targettype,
        targettypmod,
        ccontext,
        cformat,
        location,
        hide,
    )?;
    Ok(Some(match collate {
        Some((coll_oid, location)) if type_is_collatable(pstate.catalog(), targettype) => {
            Expr::CollateExpr(Box::new(CollateExpr { arg: result, coll_oid, location }))
        }
        Some(_) | None => result,
    }))
}

/// Makes the expression one of the type; the caller knows that it can be (PostgreSQL: coerce_type).
pub fn coerce_type(
    pstate: &ParseState,
    node: Expr,
    input_type: Oid,
    target_type: Oid,
    target_typmod: i32,
    ccontext: CoercionContext,
    cformat: CoercionForm,
    location: i32,
) -> PgResult<Expr> {
    let (result, _) = coerce_type_noting(
        pstate,
        node,
        input_type,
        target_type,
        target_typmod,
        ccontext,
        cformat,
        location,
    )?;
    Ok(result)
}

/// As `coerce_type`; also whether the expression became another.
fn coerce_type_noting(
    pstate: &ParseState,
    node: Expr,
    input_type: Oid,
    target_type: Oid,
    target_typmod: i32,
    ccontext: CoercionContext,
    cformat: CoercionForm,
    location: i32,
) -> PgResult<(Expr, bool)> {
    let catalog = pstate.catalog();
    if target_type == input_type {
        return Ok((node, false));
    }
    match target_type {
        fixed::ANYOID
        | fixed::ANYELEMENTOID
        | fixed::ANYNONARRAYOID
        | fixed::ANYCOMPATIBLEOID
        | fixed::ANYCOMPATIBLENONARRAYOID => return Ok((node, false)),
        fixed::ANYARRAYOID
        | fixed::ANYENUMOID
        | fixed::ANYRANGEOID
        | fixed::ANYMULTIRANGEOID
        | fixed::ANYCOMPATIBLEARRAYOID
        | fixed::ANYCOMPATIBLERANGEOID
        | fixed::ANYCOMPATIBLEMULTIRANGEOID
            if input_type != fixed::UNKNOWNOID =>
        {
            let base = get_base_type(catalog, input_type);
            if base == input_type {
                return Ok((node, false));
            }
            return Ok((relabel(node, base, -1, Oid::INVALID, cformat, location), true));
        }
        _ => {} // a type proper
    }
    if input_type == fixed::UNKNOWNOID
        && let Expr::Const(constant) = &node
    {
        let result = coerce_unknown_const(
            pstate,
            constant,
            target_type,
            target_typmod,
            ccontext,
            cformat,
            location,
        )?;
        return Ok((result, true));
    }
    let node = match node {
        Expr::Param(param) => match coerce_param(pstate, &param, target_type, location)? {
            Some(param) => return Ok((Expr::Param(param), true)),
            None => Expr::Param(param),
        },
        Expr::CollateExpr(collate) => {
            let CollateExpr { arg, coll_oid, location: place } = *collate;
            let result = coerce_type(
                pstate,
                arg,
                input_type,
                target_type,
                target_typmod,
                ccontext,
                cformat,
                location,
            )?;
            if type_is_collatable(catalog, target_type) {
                let collate = CollateExpr { arg: result, coll_oid, location: place };
                return Ok((Expr::CollateExpr(Box::new(collate)), true));
            }
            return Ok((result, true));
        }
        other => other, // coerced by its type alone
    };
    let shared = &pstate.shared;
    match find_coercion_pathway(catalog, target_type, input_type, ccontext) {
        CoercionPath::Relabel => {
            let (result, changed) = coerce_to_domain_noting(
                pstate,
                node,
                None,
                target_type,
                ccontext,
                cformat,
                location,
                false,
            )?;
            if changed {
                return Ok((result, true));
            }
            return Ok((relabel(result, target_type, -1, Oid::INVALID, cformat, location), true));
        }
        CoercionPath::None => {}
        path @ (CoercionPath::Func(_) | CoercionPath::ArrayCoerce | CoercionPath::ViaIo) => {
            let (base, base_typmod) = get_base_type_and_typmod(catalog, target_type, target_typmod);
            let result = build_coercion_expression(
                pstate,
                node,
                path,
                base,
                base_typmod,
                ccontext,
                cformat,
                location,
            )?;
            if target_type == base {
                return Ok((result, true));
            }
            let base = Some((base, base_typmod));
            let (result, _) = coerce_to_domain_noting(
                pstate,
                result,
                base,
                target_type,
                ccontext,
                cformat,
                location,
                true,
            )?;
            return Ok((result, true));
        }
    }
    if input_type == fixed::RECORDOID && is_complex(shared, target_type) {
        let result =
            coerce_record_to_complex(pstate, node, target_type, ccontext, cformat, location)?;
        return Ok((result, true));
    }
    if target_type == fixed::RECORDOID && is_complex(shared, input_type) {
        return Ok((node, false));
    }
    if target_type == fixed::RECORDARRAYOID && is_complex_array(shared, input_type) {
        return Ok((node, false));
    }
    if type_inherits_from(shared, input_type, target_type)
        || type_is_of_typed_table(shared, input_type, target_type)
    {
        let base = get_base_type(catalog, input_type);
        let arg = if base == input_type {
            node
        } else {
            relabel(node, base, -1, Oid::INVALID, CoerceImplicitCast, location)
        };
        let convert = ConvertRowtypeExpr {
            arg,
            resulttype: target_type,
            convertformat: cformat,
            location: ParseLoc(location),
        };
        return Ok((Expr::ConvertRowtypeExpr(Box::new(convert)), true));
    }
    unknown(format!(
        "failed to find conversion function from {} to {}",
        shared.format_type(input_type),
        shared.format_type(target_type)
    ))
}

fn relabel(
    arg: Expr,
    resulttype: Oid,
    resulttypmod: i32,
    resultcollid: Oid,
    relabelformat: CoercionForm,
    location: i32,
) -> Expr {
    Expr::RelabelType(Box::new(RelabelType {
        arg,
        resulttype,
        resulttypmod,
        resultcollid,
        relabelformat,
        location: ParseLoc(location),
    }))
}

/// Whether the input function of a pseudo-type is called for NULL too, which it refuses.
fn takes_null(catalog: &Catalog, typid: Oid) -> bool {
    catalog.get::<PgType>(typid).is_some_and(|row| {
        row.typtype == b'p'
            && catalog.get::<PgProc>(row.typinput).is_some_and(|input| !input.proisstrict)
    })
}

/// A literal becomes a constant of the type at once.
fn coerce_unknown_const(
    pstate: &ParseState,
    constant: &Const,
    target_type: Oid,
    target_typmod: i32,
    ccontext: CoercionContext,
    cformat: CoercionForm,
    location: i32,
) -> PgResult<Expr> {
    let catalog = pstate.catalog();
    let (base, base_typmod) = get_base_type_and_typmod(catalog, target_type, target_typmod);
    let input_typmod = if base == fixed::INTERVALOID { base_typmod } else { -1 };
    let value = match &constant.value {
        None if takes_null(catalog, base) => {
            input_function_call(&pstate.shared, base, "", input_typmod)?;
            None
        }
        None => None,
        Some(Datum::Text(text) | Datum::Raw(text)) => Some(with_errposition(
            input_function_call(&pstate.shared, base, text, input_typmod),
            constant.location.0,
        )?),
        Some(Datum::Oid(oid)) => Some(Datum::Oid(*oid)),
    };
    let result = Expr::Const(Const {
        consttype: base,
        consttypmod: input_typmod,
        constcollid: get_typcollation(catalog, base),
        value,
        location: constant.location,
    });
    if base == target_type {
        return Ok(result);
    }
    let base = Some((base, base_typmod));
    let (result, _) = coerce_to_domain_noting(
        pstate,
        result,
        base,
        target_type,
        ccontext,
        cformat,
        location,
        false,
    )?;
    Ok(result)
}

/// A parameter whose type is not known yet takes the type that it is wanted as (PostgreSQL:
/// variable_coerce_param_hook, parser/parse_param.c).
fn coerce_param(
    pstate: &ParseState,
    param: &Param,
    target_type: Oid,
    location: i32,
) -> PgResult<Option<Param>> {
    let ParamSource::Variable(types) = &pstate.params else { return Ok(None) };
    if param.kind != ParamKind::Extern || param.type_id != fixed::UNKNOWNOID {
        return Ok(None);
    }
    let mut types = types.borrow_mut();
    let slot = usize::try_from(param.id).ok().and_then(|n| types.get_mut(n.checked_sub(1)?));
    let Some(slot) = slot else { return Ok(None) };
    let undecided = !slot.is_valid() || *slot == fixed::UNKNOWNOID;
    if undecided {
        *slot = target_type;
    } else if *slot != target_type {
        let error = PgError::new(
            state::AMBIGUOUS_PARAMETER,
            format!("inconsistent types deduced for parameter ${}", param.id),
        );
        let detail = format!(
            "{} versus {}",
            pstate.shared.format_type(*slot),
            pstate.shared.format_type(target_type)
        );
        return Err(error.detail(detail).at(param.location.0).into());
    }
    Ok(Some(Param {
        type_id: target_type,
        type_mod: -1,
        collid: get_typcollation(pstate.catalog(), target_type),
        location: ParseLoc(leftmost(param.location.0, location)),
        ..param.clone()
    }))
}

/// Whether values of the input types can become ones of the target types (PostgreSQL: can_coerce_type).
pub fn can_coerce_type(
    shared: &Shared,
    input_types: &[Oid],
    target_types: &[Oid],
    ccontext: CoercionContext,
) -> bool {
    let mut have_generics = false;
    for (input, target) in input_types.iter().zip(target_types) {
        if input == target {
            continue;
        }
        if is_polymorphic_type(*target) {
            have_generics = true;
            continue;
        }
        if !can_coerce_one(shared, *input, *target, ccontext) {
            return false;
        }
    }
    !have_generics || check_generic_type_consistency(shared, input_types, target_types)
}

fn can_coerce_one(shared: &Shared, input: Oid, target: Oid, ccontext: CoercionContext) -> bool {
    input == target
        || target == fixed::ANYOID
        || input == fixed::UNKNOWNOID
        || find_coercion_pathway(shared.catalog, target, input, ccontext) != CoercionPath::None
        || (input == fixed::RECORDOID && is_complex(shared, target))
        || (target == fixed::RECORDOID && is_complex(shared, input))
        || (target == fixed::RECORDARRAYOID && is_complex_array(shared, input))
        || type_inherits_from(shared, input, target)
        || type_is_of_typed_table(shared, input, target)
}

/// Makes a value of a domain's base type one of the domain, which the caller may know as `base` with its typmod
/// (PostgreSQL: coerce_to_domain).
pub fn coerce_to_domain(
    pstate: &ParseState,
    arg: Expr,
    base: Option<(Oid, i32)>,
    type_id: Oid,
    ccontext: CoercionContext,
    cformat: CoercionForm,
    location: i32,
    hide_input_coercion: bool,
) -> PgResult<Expr> {
    let (result, _) = coerce_to_domain_noting(
        pstate,
        arg,
        base,
        type_id,
        ccontext,
        cformat,
        location,
        hide_input_coercion,
    )?;
    Ok(result)
}

fn coerce_to_domain_noting(
    pstate: &ParseState,
    arg: Expr,
    base: Option<(Oid, i32)>,
    type_id: Oid,
    ccontext: CoercionContext,
    cformat: CoercionForm,
    location: i32,
    hide_input_coercion: bool,
) -> PgResult<(Expr, bool)> {
    let (base_type, base_typmod) =
        base.unwrap_or_else(|| get_base_type_and_typmod(pstate.catalog(), type_id, -1));
    if base_type == type_id {
        return Ok((arg, false));
    }
    let mut arg = arg;
    if hide_input_coercion {
        hide_coercion_node(&mut arg);
    }
    let arg = coerce_type_typmod(
        pstate,
        arg,
        base_type,
        base_typmod,
        ccontext,
        CoerceImplicitCast,
        location,
        false,
    )?;
    let domain = CoerceToDomain {
        arg,
        resulttype: type_id,
        resulttypmod: -1,
        resultcollid: Oid::INVALID,
        coercionformat: cformat,
        location: ParseLoc(location),
    };
    Ok((Expr::CoerceToDomain(Box::new(domain)), true))
}

/// Makes a value of the type one of the typmod (PostgreSQL: coerce_type_typmod).
pub fn coerce_type_typmod(
    pstate: &ParseState,
    node: Expr,
    target_type: Oid,
    target_typmod: i32,
    ccontext: CoercionContext,
    cformat: CoercionForm,
    location: i32,
    hide_input_coercion: bool,
) -> PgResult<Expr> {
    if target_typmod == expr_typmod(&node) {
        return Ok(node);
    }
    let mut node = node;
    if hide_input_coercion {
        hide_coercion_node(&mut node);
    }
    let path = if target_typmod < 0 {
        CoercionPath::None
    } else {
        find_typmod_coercion_function(pstate.catalog(), target_type)
    };
    if path == CoercionPath::None {
        let collation = expr_collation(&node);
        return Ok(apply_relabel_type(
            node,
            target_type,
            target_typmod,
            collation,
            cformat,
            location,
        ));
    }
    build_coercion_expression(
        pstate,
        node,
        path,
        target_type,
        target_typmod,
        ccontext,
        cformat,
        location,
    )
}

/// PostgreSQL: applyRelabelType (nodes/nodeFuncs.c).
pub fn apply_relabel_type(
    arg: Expr,
    rtype: Oid,
    rtypmod: i32,
    rcollid: Oid,
    rformat: CoercionForm,
    rlocation: i32,
) -> Expr {
    let mut arg = arg;
    while let Expr::RelabelType(inner) = arg {
        arg = inner.arg;
    }
    if let Expr::Const(mut constant) = arg {
        constant.consttype = rtype;
        constant.consttypmod = rtypmod;
        constant.constcollid = rcollid;
        return Expr::Const(constant);
    }
    if expr_type(&arg) == rtype && expr_typmod(&arg) == rtypmod && expr_collation(&arg) == rcollid {
        return arg;
    }
    relabel(arg, rtype, rtypmod, rcollid, rformat, rlocation)
}

/// Makes the coercion at the top of the expression an implicit one (PostgreSQL: hide_coercion_node).
fn hide_coercion_node(node: &mut Expr) {
    match node {
        Expr::FuncExpr(e) => e.funcformat = CoerceImplicitCast,
        Expr::RelabelType(e) => e.relabelformat = CoerceImplicitCast,
        Expr::CoerceViaIO(e) => e.coerceformat = CoerceImplicitCast,
        Expr::ArrayCoerceExpr(e) => e.coerceformat = CoerceImplicitCast,
        Expr::ConvertRowtypeExpr(e) => e.convertformat = CoerceImplicitCast,
        Expr::RowExpr(e) => e.row_format = CoerceImplicitCast,
        Expr::CoerceToDomain(e) => e.coercionformat = CoerceImplicitCast,
        _ => {} // nothing else is a coercion
    }
}

/// PostgreSQL: build_coercion_expression.
fn build_coercion_expression(
    pstate: &ParseState,
    node: Expr,
    path: CoercionPath,
    target_type: Oid,
    target_typmod: i32,
    ccontext: CoercionContext,
    cformat: CoercionForm,
    location: i32,
) -> PgResult<Expr> {
    let catalog = pstate.catalog();
    match path {
        CoercionPath::Func(funcid) => {
            let nargs = catalog.get::<PgProc>(funcid).map_or(1, |p| p.proargtypes.len());
            let mut args = vec![node];
            if nargs >= 2 {
                args.push(make_const(fixed::INT4OID, &target_typmod.to_string()));
            }
            if nargs >= 3 {
                let explicit = if ccontext == CoercionExplicit { "t" } else { "f" };
                args.push(make_const(fixed::BOOLOID, explicit));
            }
            Ok(Expr::FuncExpr(Box::new(FuncExpr {
                funcid,
                funcresulttype: target_type,
                funcretset: false,
                funcvariadic: false,
                funcformat: cformat,
                funccollid: Oid::INVALID,
                inputcollid: Oid::INVALID,
                args,
                location: ParseLoc(location),
            })))
        }
        CoercionPath::ArrayCoerce => {
            let (source, source_typmod) =
                get_base_type_and_typmod(catalog, expr_type(&node), expr_typmod(&node));
            let element = get_element_type(catalog, source);
            let test = Expr::CaseTestExpr {
                type_id: element,
                type_mod: source_typmod,
                collation: Oid::INVALID,
            };
            let target_element = get_element_type(catalog, target_type);
            let elemexpr = coerce_to_target_type(
                pstate,
                test,
                element,
                target_element,
                target_typmod,
                ccontext,
                cformat,
                location,
            )?;
            let Some(elemexpr) = elemexpr else {
                return unknown("failed to coerce array element type as expected");
            };
            Ok(Expr::ArrayCoerceExpr(Box::new(ArrayCoerceExpr {
                arg: node,
                resulttypmod: expr_typmod(&elemexpr),
                elemexpr,
                resulttype: target_type,
                resultcollid: Oid::INVALID,
                coerceformat: cformat,
                location: ParseLoc(location),
            })))
        }
        CoercionPath::ViaIo => Ok(Expr::CoerceViaIO(Box::new(CoerceViaIO {
            arg: node,
            resulttype: target_type,
            resultcollid: Oid::INVALID,
            coerceformat: cformat,
            location: ParseLoc(location),
        }))),
        CoercionPath::None | CoercionPath::Relabel => Ok(node),
    }
}

/// A constant without a place in the text (PostgreSQL: makeConst).
pub fn make_const(typid: Oid, text: &str) -> Expr {
    Expr::Const(Const {
        consttype: typid,
        consttypmod: -1,
        constcollid: Oid::INVALID,
        value: Some(Datum::Text(text.into())),
        location: ParseLoc::NONE,
    })
}

/// PostgreSQL: coerce_record_to_complex.
fn coerce_record_to_complex(
    pstate: &ParseState,
    node: Expr,
    target_type: Oid,
    ccontext: CoercionContext,
    cformat: CoercionForm,
    location: i32,
) -> PgResult<Expr> {
    let shared = &pstate.shared;
    let node_location = expr_location(&node);
    let cannot = |detail: Option<String>, location: i32| {
        let message = format!("cannot cast type record to {}", shared.format_type(target_type));
        let error = PgError::new(state::CANNOT_COERCE, message).at(location);
        match detail {
            Some(detail) => error.detail(detail),
            None => error,
        }
    };
    let args = match node {
        Expr::RowExpr(row) => row.args,
        Expr::Var(var) if var.varattno == 0 => {
            let mut level = Some(pstate);
            for _ in 0..var.varlevelsup {
                level = level.and_then(|state| state.parent);
            }
            let item =
                level.and_then(|s| s.namespace.iter().find(|item| item.rtindex == var.varno));
            let Some(item) = item else {
                return Err(cannot(None, leftmost_coercion(location, node_location)).into());
            };
            expand_ns_item_vars(item, var.varlevelsup, var.location.0)
                .into_iter()
                .map(|(_, var)| Expr::Var(var))
                .collect()
        }
        _ => {
            // No other expression's columns are known here.
            return Err(cannot(None, leftmost_coercion(location, node_location)).into());
        }
    };
    let (base, base_typmod) = get_base_type_and_typmod(shared.catalog, target_type, -1);
    let relid = type_or_domain_type_relid(shared, target_type);
    let Some(class) = shared.catalog.get::<PgClass>(relid) else {
        return unknown("a row type without its relation");
    };
    let mut args = args.into_iter();
    let mut newargs = Vec::with_capacity(class.attributes.len());
    let mut column = 1;
    for attribute in &class.attributes {
        if attribute.attisdropped {
            newargs.push(Expr::Const(Const {
                consttype: fixed::INT4OID,
                consttypmod: -1,
                constcollid: Oid::INVALID,
                value: None,
                location: ParseLoc::NONE,
            }));
            continue;
        }
        let Some(expr) = args.next() else {
            let detail = Some("Input has too few columns.".to_string());
            return Err(cannot(detail, leftmost_coercion(location, node_location)).into());
        };
        let exprtype = expr_type(&expr);
        let place = expr_location(&expr);
        let coerced = coerce_to_target_type(
            pstate,
            expr,
            exprtype,
            attribute.atttypid,
            attribute.atttypmod,
            ccontext,
            CoerceImplicitCast,
            location,
        )?;
        let Some(coerced) = coerced else {
            let detail = format!(
                "Cannot cast type {} to {} in column {column}.",
                shared.format_type(exprtype),
                shared.format_type(attribute.atttypid)
            );
            return Err(cannot(Some(detail), leftmost_coercion(location, place)).into());
        };
        newargs.push(coerced);
        column += 1;
    }
    if args.next().is_some() {
        let detail = Some("Input has too many columns.".to_string());
        return Err(cannot(detail, leftmost_coercion(location, node_location)).into());
    }
    let mut row = RowExpr {
        args: newargs,
        row_typeid: base,
        row_format: cformat,
        colnames: Vec::new(),
        location: ParseLoc(location),
    };
    if base == target_type {
        return Ok(Expr::RowExpr(Box::new(row)));
    }
    row.row_format = CoerceImplicitCast;
    coerce_to_domain(
        pstate,
        Expr::RowExpr(Box::new(row)),
        Some((base, base_typmod)),
        target_type,
        ccontext,
        cformat,
        location,
        false,
    )
}

/// Where a failed coercion is reported: at the cast if there is one, else at its input (PostgreSQL:
/// parser_coercion_errposition).
pub fn leftmost_coercion(coerce_location: i32, input_location: i32) -> i32 {
    if coerce_location >= 0 { coerce_location } else { input_location }
}

/// Whether the expression gives several rows (PostgreSQL: expression_returns_set, nodes/nodeFuncs.c).
pub fn expression_returns_set(expr: &Expr) -> bool {
    if matches!(expr, Expr::Aggref(_) | Expr::GroupingFunc(_) | Expr::WindowFunc(_)) {
        return false;
    }
    walk_expr(expr, &mut |e| match e {
        Expr::FuncExpr(f) => f.funcretset,
        Expr::OpExpr(o) => o.opretset,
        _ => false, // nothing else calls a function that returns a set
    })
}

/// Makes the expression a boolean, as the construct asks (PostgreSQL: coerce_to_boolean).
pub fn coerce_to_boolean(pstate: &ParseState, node: Expr, construct: &str) -> PgResult<Expr> {
    coerce_to_specific_type(pstate, node, fixed::BOOLOID, construct)
}

/// Makes the expression one of the type, as the construct asks (PostgreSQL: coerce_to_specific_type).
pub fn coerce_to_specific_type(
    pstate: &ParseState,
    node: Expr,
    target_type: Oid,
    construct: &str,
) -> PgResult<Expr> {
    coerce_to_specific_type_typmod(pstate, node, target_type, -1, construct)
}

/// PostgreSQL: coerce_to_specific_type_typmod.
pub fn coerce_to_specific_type_typmod(
    pstate: &ParseState,
    node: Expr,
    target_type: Oid,
    target_typmod: i32,
    construct: &str,
) -> PgResult<Expr> {
    let input_type = expr_type(&node);
    let location = expr_location(&node);
    let mut node = node;
    if input_type != target_type {
        let coerced = coerce_to_target_type(
            pstate,
            node,
            input_type,
            target_type,
            target_typmod,
            CoercionAssignment,
            CoerceImplicitCast,
            -1,
        )?;
        let Some(coerced) = coerced else {
            let shared = &pstate.shared;
            let message = format!(
                "argument of {construct} must be type {}, not type {}",
                shared.format_type(target_type),
                shared.format_type(input_type)
            );
            return error_at(state::DATATYPE_MISMATCH, message, location);
        };
        node = coerced;
    }
    if expression_returns_set(&node) {
        let message = format!("argument of {construct} must not return a set");
        return error_at(state::DATATYPE_MISMATCH, message, expr_location(&node));
    }
    Ok(node)
}

/// NULL of the domain (PostgreSQL: coerce_null_to_domain).
pub fn coerce_null_to_domain(
    pstate: &ParseState,
    typid: Oid,
    typmod: i32,
    collation: Oid,
) -> PgResult<Expr> {
    let (base, base_typmod) = get_base_type_and_typmod(pstate.catalog(), typid, typmod);
    let null = Expr::Const(Const {
        consttype: base,
        consttypmod: base_typmod,
        constcollid: collation,
        value: None,
        location: ParseLoc::NONE,
    });
    if base == typid {
        return Ok(null);
    }
    coerce_to_domain(
        pstate,
        null,
        Some((base, base_typmod)),
        typid,
        CoercionImplicit,
        CoerceImplicitCast,
        -1,
        false,
    )
}
