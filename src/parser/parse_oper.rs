//! Operators: which one an expression means, and the expression that applies it (PostgreSQL: parser/parse_oper.c).

use super::errors::error_at;
use super::parse_coerce::{enforce_generic_type_consistency, is_polymorphic_type};
use super::parse_func::{
    check_srf_call_placement, func_match_argtypes, func_select_candidate, make_fn_arguments,
    set_last_srf,
};
use super::parse_node::{LastSrf, ParseState, Shared};
use crate::catalog::PgOperator;
use crate::catalog::lsyscache::{
    get_array_type, get_base_element_type, get_base_type, get_func_retset, is_binary_coercible,
    lookup_type_cache,
};
use crate::catalog::namespace::{
    name_list_to_string, opername_get_candidates, opername_get_oprid, unless_unknown_extension,
};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::{Expr, OpExpr, ScalarArrayOpExpr};
use crate::nodes::tree::Node;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// The operators that sort and group values of a type; InvalidOid where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortGroupOperators {
    pub lt: Oid,
    pub eq: Oid,
    pub gt: Oid,
    pub hashable: bool,
}

/// PostgreSQL: get_sort_group_operators.
pub fn get_sort_group_operators(
    shared: &Shared,
    argtype: Oid,
    need_lt: bool,
    need_eq: bool,
    need_gt: bool,
) -> PgResult<SortGroupOperators> {
    let entry = lookup_type_cache(shared.catalog, argtype);
    if (need_lt && !entry.lt_opr.is_valid()) || (need_gt && !entry.gt_opr.is_valid()) {
        let message = format!(
            "could not identify an ordering operator for type {}",
            shared.format_type(argtype)
        );
        return Err(PgError::new(state::UNDEFINED_FUNCTION, message)
            .hint("Use an explicit ordering operator or modify the query.")
            .into());
    }
    if need_eq && !entry.eq_opr.is_valid() {
        let message = format!(
            "could not identify an equality operator for type {}",
            shared.format_type(argtype)
        );
        return Err(PgError::new(state::UNDEFINED_FUNCTION, message).into());
    }
    Ok(SortGroupOperators {
        lt: entry.lt_opr,
        eq: entry.eq_opr,
        gt: entry.gt_opr,
        hashable: entry.hash_proc.is_valid(),
    })
}

/// The operator with its operand types, as messages print it (PostgreSQL: op_signature_string).
pub fn op_signature_string(shared: &Shared, op: &[Node], arg1: Oid, arg2: Oid) -> String {
    let left = arg1.valid().map_or(String::new(), |t| format!("{} ", shared.format_type(t)));
    format!("{left}{} {}", name_list_to_string(op), shared.format_type(arg2))
}

fn schema_of(op: &[Node]) -> Option<&str> {
    op.len().checked_sub(2).map(|at| op[at].str_val())
}

/// The operator with exactly these operand types; None only with `noerror` (PostgreSQL: LookupOperName).
pub fn lookup_oper_name(
    shared: &Shared,
    op: &[Node],
    left: Oid,
    right: Oid,
    noerror: bool,
    location: i32,
) -> PgResult<Option<Oid>> {
    let found = opername_get_oprid(shared, op, left, right)?;
    if found.is_some() || noerror {
        return Ok(found);
    }
    if !right.is_valid() {
        return error_at(state::SYNTAX_ERROR, "postfix operators are not supported", location);
    }
    let message =
        format!("operator does not exist: {}", op_signature_string(shared, op, left, right));
    let error = PgError::new(state::UNDEFINED_FUNCTION, message).at(location);
    Err(unless_unknown_extension(shared, schema_of(op), error.into()))
}

/// PostgreSQL: binary_oper_exact.
fn binary_oper_exact(shared: &Shared, op: &[Node], arg1: Oid, arg2: Oid) -> PgResult<Option<Oid>> {
    let (mut left, mut right) = (arg1, arg2);
    let mut was_unknown = false;
    if left == fixed::UNKNOWNOID && right.is_valid() {
        left = right;
        was_unknown = true;
    } else if right == fixed::UNKNOWNOID && left.is_valid() {
        right = left;
        was_unknown = true;
    }
    if let Some(found) = opername_get_oprid(shared, op, left, right)? {
        return Ok(Some(found));
    }
    if was_unknown {
        let base = get_base_type(shared.catalog, left);
        if base != left {
            return opername_get_oprid(shared, op, base, base);
        }
    }
    Ok(None)
}

enum Selected {
    None,
    One(Oid),
    Multiple,
}

/// The one of several operators that fits the operands best (PostgreSQL: oper_select_candidate).
fn oper_select_candidate(
    shared: &Shared,
    op: &[Node],
    oprkind: u8,
    types: &[Oid],
) -> PgResult<Selected> {
    let candidates = opername_get_candidates(shared, op, oprkind, false)?;
    let candidates = func_match_argtypes(shared, types, candidates);
    match candidates.as_slice() {
        [] => Ok(Selected::None),
        [one] => Ok(Selected::One(one.oid)),
        _ => match func_select_candidate(shared, types, candidates) {
            Some(one) => Ok(Selected::One(one.oid)),
            None => Ok(Selected::Multiple),
        },
    }
}

/// The binary operator that fits the operand types; None only with `noerror` (PostgreSQL: oper).
pub fn oper(
    shared: &Shared,
    op: &[Node],
    left: Oid,
    right: Oid,
    noerror: bool,
    location: i32,
) -> PgResult<Option<Oid>> {
    if let Some(found) = binary_oper_exact(shared, op, left, right)? {
        return Ok(Some(found));
    }
    let types = match (left.is_valid(), right.is_valid()) {
        (true, false) => [left, left],
        (false, true) => [right, right],
        (true, true) | (false, false) => [left, right],
    };
    match oper_select_candidate(shared, op, b'b', &types)? {
        Selected::One(found) => Ok(Some(found)),
        Selected::None | Selected::Multiple if noerror => Ok(None),
        Selected::None => Err(op_error(shared, op, left, right, false, location)),
        Selected::Multiple => Err(op_error(shared, op, left, right, true, location)),
    }
}

/// The prefix operator that fits the operand's type; None only with `noerror` (PostgreSQL: left_oper).
pub fn left_oper(
    shared: &Shared,
    op: &[Node],
    arg: Oid,
    noerror: bool,
    location: i32,
) -> PgResult<Option<Oid>> {
    if let Some(found) = opername_get_oprid(shared, op, Oid::INVALID, arg)? {
        return Ok(Some(found));
    }
    match oper_select_candidate(shared, op, b'l', &[arg])? {
        Selected::One(found) => Ok(Some(found)),
        Selected::None | Selected::Multiple if noerror => Ok(None),
        Selected::None => Err(op_error(shared, op, Oid::INVALID, arg, false, location)),
        Selected::Multiple => Err(op_error(shared, op, Oid::INVALID, arg, true, location)),
    }
}

/// An operator that takes the types as they are (PostgreSQL: compatible_oper_opid).
pub fn compatible_oper_opid(
    shared: &Shared,
    op: &[Node],
    arg1: Oid,
    arg2: Oid,
    noerror: bool,
) -> PgResult<Option<Oid>> {
    let Some(found) = oper(shared, op, arg1, arg2, noerror, -1)? else { return Ok(None) };
    let Some(row) = shared.catalog.get::<PgOperator>(found) else { return Ok(None) };
    if is_binary_coercible(shared.catalog, arg1, row.oprleft)
        && is_binary_coercible(shared.catalog, arg2, row.oprright)
    {
        return Ok(Some(found));
    }
    if noerror {
        return Ok(None);
    }
    let message = format!(
        "operator requires run-time type coercion: {}",
        op_signature_string(shared, op, arg1, arg2)
    );
    Err(PgError::new(state::UNDEFINED_FUNCTION, message).into())
}

/// PostgreSQL: op_error.
fn op_error(
    shared: &Shared,
    op: &[Node],
    arg1: Oid,
    arg2: Oid,
    multiple: bool,
    location: i32,
) -> crate::findings::Stop {
    let signature = op_signature_string(shared, op, arg1, arg2);
    if multiple {
        return PgError::new(
            state::AMBIGUOUS_FUNCTION,
            format!("operator is not unique: {signature}"),
        )
        .hint(
            "Could not choose a best candidate operator. You might need to add explicit type casts.",
        )
        .at(location)
        .into();
    }
    let hint = if arg1.is_valid() && arg2.is_valid() {
        "No operator matches the given name and argument types. You might need to add explicit type casts."
    } else {
        "No operator matches the given name and argument type. You might need to add an explicit type cast."
    };
    let error =
        PgError::new(state::UNDEFINED_FUNCTION, format!("operator does not exist: {signature}"))
            .hint(hint)
            .at(location);
    unless_unknown_extension(shared, schema_of(op), error.into())
}

fn refuse_shell(shared: &Shared, op: &[Node], row: &PgOperator, location: i32) -> PgResult<()> {
    if row.oprcode.is_valid() {
        return Ok(());
    }
    let message = format!(
        "operator is only a shell: {}",
        op_signature_string(shared, op, row.oprleft, row.oprright)
    );
    error_at(state::UNDEFINED_FUNCTION, message, location)
}

/// The expression that applies the operator; no left operand makes it a prefix one (PostgreSQL: make_op).
pub fn make_op(
    pstate: &mut ParseState,
    op: &[Node],
    ltree: Option<Expr>,
    rtree: Expr,
    last_srf: Option<LastSrf>,
    location: i32,
) -> PgResult<Expr> {
    let shared = pstate.shared;
    let rtype = expr_type(&rtree);
    let found = match &ltree {
        None => left_oper(&shared, op, rtype, false, location)?,
        Some(left) => oper(&shared, op, expr_type(left), rtype, false, location)?,
    };
    let Some(row) = found.and_then(|opno| shared.catalog.get::<PgOperator>(opno)) else {
        return unknown("an operator that is not in the catalog");
    };
    refuse_shell(&shared, op, row, location)?;
    let (mut args, mut declared) = match ltree {
        None => (vec![rtree], vec![row.oprright]),
        Some(left) => (vec![left, rtree], vec![row.oprleft, row.oprright]),
    };
    let actual: Vec<Oid> = args.iter().map(expr_type).collect();
    let rettype =
        enforce_generic_type_consistency(&shared, &actual, &mut declared, row.oprresult, false)?;
    make_fn_arguments(pstate, &mut args, &actual, &declared)?;
    let opretset = get_func_retset(shared.catalog, row.oprcode);
    if opretset {
        check_srf_call_placement(pstate, last_srf, location)?;
    }
    let result = Expr::OpExpr(Box::new(OpExpr {
        opno: row.oid,
        opfuncid: row.oprcode,
        opresulttype: rettype,
        opretset,
        opcollid: Oid::INVALID,
        inputcollid: Oid::INVALID,
        args,
        location: ParseLoc(location),
    }));
    if opretset {
        set_last_srf(pstate, &result);
    }
    Ok(result)
}

/// `left op ANY (right)` or ALL (PostgreSQL: make_scalar_array_op).
pub fn make_scalar_array_op(
    pstate: &mut ParseState,
    op: &[Node],
    use_or: bool,
    ltree: Expr,
    rtree: Expr,
    location: i32,
) -> PgResult<Expr> {
    let shared = pstate.shared;
    let ltype = expr_type(&ltree);
    let atype = expr_type(&rtree);
    let rtype = if atype == fixed::UNKNOWNOID {
        fixed::UNKNOWNOID
    } else {
        let element = get_base_element_type(shared.catalog, atype);
        if !element.is_valid() {
            let message = "op ANY/ALL (array) requires array on right side";
            return error_at(state::WRONG_OBJECT_TYPE, message, location);
        }
        element
    };
    let found = oper(&shared, op, ltype, rtype, false, location)?;
    let Some(row) = found.and_then(|opno| shared.catalog.get::<PgOperator>(opno)) else {
        return unknown("an operator that is not in the catalog");
    };
    refuse_shell(&shared, op, row, location)?;
    let mut args = vec![ltree, rtree];
    let mut actual = [ltype, rtype];
    let mut declared = [row.oprleft, row.oprright];
    let rettype =
        enforce_generic_type_consistency(&shared, &actual, &mut declared, row.oprresult, false)?;
    if rettype != fixed::BOOLOID {
        let message = "op ANY/ALL (array) requires operator to yield boolean";
        return error_at(state::WRONG_OBJECT_TYPE, message, location);
    }
    if get_func_retset(shared.catalog, row.oprcode) {
        let message = "op ANY/ALL (array) requires operator not to return a set";
        return error_at(state::WRONG_OBJECT_TYPE, message, location);
    }
    let array = if is_polymorphic_type(declared[1]) {
        atype
    } else {
        get_array_type(shared.catalog, declared[1])
    };
    if !array.is_valid() {
        let message =
            format!("could not find array type for data type {}", shared.format_type(declared[1]));
        return error_at(state::UNDEFINED_OBJECT, message, location);
    }
    actual[1] = atype;
    declared[1] = array;
    make_fn_arguments(pstate, &mut args, &actual, &declared)?;
    Ok(Expr::ScalarArrayOpExpr(Box::new(ScalarArrayOpExpr {
        opno: row.oid,
        opfuncid: row.oprcode,
        use_or,
        inputcollid: Oid::INVALID,
        args,
        location: ParseLoc(location),
    })))
}
