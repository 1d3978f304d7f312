//! Operators of every kind: plain, ANY and ALL, DISTINCT, NULLIF, IN, BETWEEN, on rows too (PostgreSQL:
//! transformAExprOp and its kin, make_row_comparison_op, parser/parse_expr.c).

use super::{make_bool_expr, recurse, recurse_list, recurse_required};
use crate::catalog::lsyscache::{get_array_type, get_op_index_interpretation};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::accessors::make_string;
use crate::nodes::node_funcs::{NodeRef, expr_type, expression_tree_walker, query_tree_walker};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{self, AExprKind, Node};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{
    coerce_to_boolean, coerce_to_common_type, expression_returns_set, select_common_type,
    verify_common_type,
};
use crate::parser::parse_node::ParseState;
use crate::parser::parse_oper::{make_op, make_scalar_array_op};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// PostgreSQL: transformAExprOp.
pub(super) fn transform_op(pstate: &mut ParseState, a: &tree::AExpr) -> PgResult<Expr> {
    let location = a.location.0;
    match (&a.lexpr, &a.rexpr) {
        (Some(row @ Node::RowExpr(_)), Some(Node::SubLink(link)))
            if link.sub_link_type == SubLinkType::ExprSublink =>
        {
            let mut link = link.clone();
            link.sub_link_type = SubLinkType::RowcompareSublink;
            link.testexpr = Some(row.clone());
            link.oper_name = a.name.clone();
            link.location = a.location;
            super::sublink::transform_sub_link(pstate, &link)
        }
        (Some(left @ Node::RowExpr(_)), Some(right @ Node::RowExpr(_))) => {
            let left = recurse(pstate, left)?;
            let right = recurse(pstate, right)?;
            match (left, right) {
                (Expr::RowExpr(left), Expr::RowExpr(right)) => {
                    make_row_comparison_op(pstate, &a.name, left.args, right.args, location)
                }
                _ => unknown("a row that is none"), // ROW(…) always makes one
            }
        }
        (left, right) => {
            let last_srf = pstate.last_srf;
            let left = match left {
                Some(left) => Some(recurse(pstate, left)?),
                None => None,
            };
            let Some(right) = right else {
                let message = "postfix operators are not supported";
                return error_at(state::SYNTAX_ERROR, message, location);
            };
            let right = recurse(pstate, right)?;
            make_op(pstate, &a.name, left, right, last_srf, location)
        }
    }
}

/// PostgreSQL: transformAExprOpAny, transformAExprOpAll.
pub(super) fn transform_op_any_all(
    pstate: &mut ParseState,
    a: &tree::AExpr,
    use_or: bool,
) -> PgResult<Expr> {
    let left = recurse_required(pstate, &a.lexpr)?;
    let right = recurse_required(pstate, &a.rexpr)?;
    make_scalar_array_op(pstate, &a.name, use_or, left, right, a.location.0)
}

/// PostgreSQL: exprIsNullConstant.
fn is_null_constant(node: &Option<Node>) -> bool {
    matches!(node, Some(Node::AConst(constant)) if constant.val.is_none())
}

/// PostgreSQL: transformAExprDistinct.
pub(super) fn transform_distinct(pstate: &mut ParseState, a: &tree::AExpr) -> PgResult<Expr> {
    let other = if is_null_constant(&a.rexpr) {
        Some(&a.lexpr)
    } else if is_null_constant(&a.lexpr) {
        Some(&a.rexpr)
    } else {
        None
    };
    let negated = a.kind == AExprKind::AexprNotDistinct;
    if let Some(other) = other {
        let arg = recurse_required(pstate, other)?;
        return Ok(Expr::NullTest(Box::new(NullTest {
            arg,
            nulltesttype: if negated { NullTestType::IsNull } else { NullTestType::IsNotNull },
            argisrow: false,
            location: a.location,
        })));
    }
    let location = a.location.0;
    let left = recurse_required(pstate, &a.lexpr)?;
    let right = recurse_required(pstate, &a.rexpr)?;
    let result = match (left, right) {
        (Expr::RowExpr(left), Expr::RowExpr(right)) => {
            make_row_distinct_op(pstate, &a.name, left.args, right.args, location)?
        }
        (left, right) => make_distinct_op(pstate, &a.name, left, right, location)?,
    };
    if negated {
        return Ok(make_bool_expr(BoolExprType::NotExpr, vec![result], location));
    }
    Ok(result)
}

fn require_boolean(expr: &OpExpr, construct: &str, location: i32) -> PgResult<()> {
    if expr.opresulttype != fixed::BOOLOID {
        let message = format!("{construct} requires = operator to yield boolean");
        return error_at(state::DATATYPE_MISMATCH, message, location);
    }
    if expr.opretset {
        let message = format!("{construct} must not return a set");
        return error_at(state::DATATYPE_MISMATCH, message, location);
    }
    Ok(())
}

/// PostgreSQL: make_distinct_op.
pub fn make_distinct_op(
    pstate: &mut ParseState,
    op: &[Node],
    left: Expr,
    right: Expr,
    location: i32,
) -> PgResult<Expr> {
    let last_srf = pstate.last_srf;
    match make_op(pstate, op, Some(left), right, last_srf, location)? {
        Expr::OpExpr(expr) => {
            require_boolean(&expr, "IS DISTINCT FROM", location)?;
            Ok(Expr::DistinctExpr(expr))
        }
        _ => unknown("an operator's expression that is none"), // make_op makes nothing else
    }
}

/// PostgreSQL: make_row_distinct_op.
fn make_row_distinct_op(
    pstate: &mut ParseState,
    op: &[Node],
    largs: Vec<Expr>,
    rargs: Vec<Expr>,
    location: i32,
) -> PgResult<Expr> {
    if largs.len() != rargs.len() {
        let message = "unequal number of entries in row expressions";
        return error_at(state::SYNTAX_ERROR, message, location);
    }
    let mut result: Option<Expr> = None;
    for (left, right) in largs.into_iter().zip(rargs) {
        let compared = make_distinct_op(pstate, op, left, right, location)?;
        result = Some(match result {
            None => compared,
            Some(before) => make_bool_expr(BoolExprType::OrExpr, vec![before, compared], location),
        });
    }
    Ok(result.unwrap_or_else(|| crate::parser::parse_coerce::make_const(fixed::BOOLOID, "f")))
}

/// PostgreSQL: transformAExprNullIf.
pub(super) fn transform_nullif(pstate: &mut ParseState, a: &tree::AExpr) -> PgResult<Expr> {
    let left = recurse_required(pstate, &a.lexpr)?;
    let right = recurse_required(pstate, &a.rexpr)?;
    let last_srf = pstate.last_srf;
    let location = a.location.0;
    match make_op(pstate, &a.name, Some(left), right, last_srf, location)? {
        Expr::OpExpr(mut expr) => {
            require_boolean(&expr, "NULLIF", location)?;
            expr.opresulttype = expr.args.first().map_or(Oid::INVALID, expr_type);
            Ok(Expr::NullIfExpr(expr))
        }
        _ => unknown("an operator's expression that is none"), // make_op makes nothing else
    }
}

/// Whether the expression refers to a column of its own query (PostgreSQL: contain_vars_of_level).
fn contains_vars(node: NodeRef<'_>, level: u32) -> bool {
    match node {
        NodeRef::Query(query) => query_tree_walker(query, 0, &mut |n| contains_vars(n, level + 1)),
        NodeRef::Expr(Expr::Var(var)) => var.varlevelsup == level,
        NodeRef::Expr(Expr::CurrentOfExpr { .. }) => level == 0,
        NodeRef::Expr(expr) => expression_tree_walker(expr, &mut |n| contains_vars(n, level)),
    }
}

/// PostgreSQL: transformAExprIn.
pub(super) fn transform_in(pstate: &mut ParseState, a: &tree::AExpr) -> PgResult<Expr> {
    let use_or = a.name.first().is_none_or(|name| name.str_val() != "<>");
    let location = a.location.0;
    let left = recurse_required(pstate, &a.lexpr)?;
    let items = a.rexpr.as_ref().map_or(&[][..], |list| list.list());
    let rights = recurse_list(pstate, items)?;
    let constant: Vec<bool> = rights.iter().map(|e| !contains_vars(NodeRef::Expr(e), 0)).collect();
    let mut result: Option<Expr> = None;
    let mut rest = Vec::with_capacity(rights.len());
    let array = if constant.iter().filter(|c| **c).count() > 1 {
        in_array_type(pstate, &left, &rights, &constant)?
    } else {
        None
    };
    match array {
        None => rest = rights,
        Some((scalar, array_typeid)) => {
            let mut elements = Vec::with_capacity(rights.len());
            for (right, constant) in rights.into_iter().zip(&constant) {
                if *constant {
                    elements.push(coerce_to_common_type(pstate, right, scalar, "IN")?);
                } else {
                    rest.push(right);
                }
            }
            let array = Expr::ArrayExpr(Box::new(ArrayExpr {
                array_typeid,
                array_collid: Oid::INVALID,
                element_typeid: scalar,
                elements,
                multidims: false,
                location: ParseLoc::NONE,
            }));
            let compared =
                make_scalar_array_op(pstate, &a.name, use_or, left.clone(), array, location)?;
            result = Some(compared);
        }
    }
    for right in rest {
        let last_srf = pstate.last_srf;
        let compared = match (&left, right) {
            (Expr::RowExpr(row), Expr::RowExpr(right)) => {
                let largs = row.args.clone();
                make_row_comparison_op(pstate, &a.name, largs, right.args, location)?
            }
            (left, right) => {
                make_op(pstate, &a.name, Some(left.clone()), right, last_srf, location)?
            }
        };
        let compared = coerce_to_boolean(pstate, compared, "IN")?;
        result = Some(match result {
            None => compared,
            Some(before) => {
                let boolop = if use_or { BoolExprType::OrExpr } else { BoolExprType::AndExpr };
                make_bool_expr(boolop, vec![before, compared], location)
            }
        });
    }
    match result {
        Some(result) => Ok(result),
        None => unknown("IN with an empty list"),
    }
}

/// The common type of IN's items and its array type, if it has one that serves.
fn in_array_type(
    pstate: &ParseState,
    left: &Expr,
    rights: &[Expr],
    constant: &[bool],
) -> PgResult<Option<(Oid, Oid)>> {
    let mut all = vec![left];
    all.extend(rights.iter().zip(constant).filter(|(_, c)| **c).map(|(e, _)| e));
    let (scalar, _) = select_common_type(pstate, &all, None)?;
    if !scalar.is_valid()
        || scalar == fixed::RECORDOID
        || !verify_common_type(&pstate.shared, scalar, &all)
    {
        return Ok(None);
    }
    Ok(get_array_type(pstate.catalog(), scalar).valid().map(|array| (scalar, array)))
}

/// PostgreSQL: transformAExprBetween.
pub(super) fn transform_between(pstate: &mut ParseState, a: &tree::AExpr) -> PgResult<Expr> {
    let bounds = a.rexpr.as_ref().map_or(&[][..], |list| list.list());
    let (Some(value), [low, high]) = (&a.lexpr, bounds) else {
        return unknown("BETWEEN without its bounds");
    };
    let compare = |op: &str, bound: &Node| {
        Node::AExpr(Box::new(tree::AExpr {
            kind: AExprKind::AexprOp,
            name: vec![make_string(op)],
            lexpr: Some(value.clone()),
            rexpr: Some(bound.clone()),
            rexpr_list_start: ParseLoc::NONE,
            rexpr_list_end: ParseLoc::NONE,
            location: a.location,
        }))
    };
    let both = |boolop: BoolExprType, args: Vec<Node>| {
        Node::BoolExpr(Box::new(tree::BoolExpr { boolop, args, location: a.location }))
    };
    let inside = |low: &Node, high: &Node| {
        both(BoolExprType::AndExpr, vec![compare(">=", low), compare("<=", high)])
    };
    let outside = |low: &Node, high: &Node| {
        both(BoolExprType::OrExpr, vec![compare("<", low), compare(">", high)])
    };
    let node = match a.kind {
        AExprKind::AexprNotBetween => outside(low, high),
        AExprKind::AexprBetweenSym => {
            both(BoolExprType::OrExpr, vec![inside(low, high), inside(high, low)])
        }
        AExprKind::AexprNotBetweenSym => {
            both(BoolExprType::AndExpr, vec![outside(low, high), outside(high, low)])
        }
        _ => inside(low, high), // AexprBetween: the caller passes no other kind
    };
    recurse(pstate, &node)
}

/// What an operator of a btree family compares for, in the order of preference.
fn compare_types(pstate: &ParseState, opno: Oid) -> Vec<(Oid, CompareType)> {
    get_op_index_interpretation(pstate.catalog(), opno)
        .into_iter()
        .filter_map(|(family, strategy)| {
            let compare = match strategy {
                1 => CompareType::Lt,
                2 => CompareType::Le,
                3 => CompareType::Eq,
                4 => CompareType::Ge,
                5 => CompareType::Gt,
                6 => CompareType::Ne,
                _ => return None, // btree knows no other strategies
            };
            Some((family, compare))
        })
        .collect()
}

/// `(a, b) op (c, d)` (PostgreSQL: make_row_comparison_op).
pub fn make_row_comparison_op(
    pstate: &mut ParseState,
    op: &[Node],
    largs: Vec<Expr>,
    rargs: Vec<Expr>,
    location: i32,
) -> PgResult<Expr> {
    if largs.len() != rargs.len() {
        let message = "unequal number of entries in row expressions";
        return error_at(state::SYNTAX_ERROR, message, location);
    }
    if largs.is_empty() {
        let message = "cannot compare rows of zero length";
        return error_at(state::FEATURE_NOT_SUPPORTED, message, location);
    }
    let mut compared: Vec<OpExpr> = Vec::with_capacity(largs.len());
    for (left, right) in largs.into_iter().zip(rargs) {
        let last_srf = pstate.last_srf;
        let expr = make_op(pstate, op, Some(left), right, last_srf, location)?;
        if expr_type(&expr) != fixed::BOOLOID {
            let message = format!(
                "row comparison operator must yield type boolean, not type {}",
                pstate.shared.format_type(expr_type(&expr))
            );
            return error_at(state::DATATYPE_MISMATCH, message, location);
        }
        if expression_returns_set(&expr) {
            let message = "row comparison operator must not return a set";
            return error_at(state::DATATYPE_MISMATCH, message, location);
        }
        match expr {
            Expr::OpExpr(expr) => compared.push(*expr),
            _ => return unknown("an operator's expression that is none"), // make_op makes no other
        }
    }
    if compared.len() == 1
        && let Some(only) = compared.pop()
    {
        return Ok(Expr::OpExpr(Box::new(only)));
    }
    let meanings: Vec<Vec<(Oid, CompareType)>> =
        compared.iter().map(|expr| compare_types(pstate, expr.opno)).collect();
    use CompareType::*;
    let cmptype = [Lt, Le, Eq, Ge, Gt, Ne]
        .into_iter()
        .find(|c| meanings.iter().all(|m| m.iter().any(|(_, other)| other == c)));
    let Some(cmptype) = cmptype else {
        let name = op.last().map_or("", |name| name.str_val());
        let message =
            format!("could not determine interpretation of row comparison operator {name}");
        return Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message)
            .hint("Row comparison operators must be associated with btree operator families.")
            .at(location)
            .into());
    };
    let boolop = match cmptype {
        Eq => Some(BoolExprType::AndExpr),
        Ne => Some(BoolExprType::OrExpr),
        Lt | Le | Ge | Gt => None,
    };
    if let Some(boolop) = boolop {
        let args = compared.into_iter().map(|expr| Expr::OpExpr(Box::new(expr))).collect();
        return Ok(make_bool_expr(boolop, args, location));
    }
    let opfamilies = meanings
        .iter()
        .filter_map(|m| m.iter().find(|(_, other)| *other == cmptype))
        .map(|(family, _)| *family)
        .collect();
    let opnos = compared.iter().map(|expr| expr.opno).collect();
    let mut left = Vec::with_capacity(compared.len());
    let mut right = Vec::with_capacity(compared.len());
    for expr in compared {
        let mut args = expr.args.into_iter();
        left.extend(args.next());
        right.extend(args.next());
    }
    Ok(Expr::RowCompareExpr(Box::new(RowCompareExpr {
        cmptype,
        opnos,
        opfamilies,
        inputcollids: Vec::new(),
        largs: left,
        rargs: right,
    })))
}
