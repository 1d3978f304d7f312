//! The unique index that ON CONFLICT means (PostgreSQL: infer_arbiter_indexes, optimizer/util/plancat.c).

use crate::catalog::lsyscache::{get_opclass_family, get_opclass_input_type};
use crate::catalog::{PgClass, PgConstraint, PgIndex, PgProc};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::mutate_expr;
use crate::nodes::primnodes::{
    BoolExprType, Const, Datum, Expr, InferenceElem, NullTestType, OnConflictAction,
    OnConflictExpr, Query,
};
use crate::parser::parse_node::Shared;
use crate::pg::oid::fixed::BOOLOID;
use crate::pg::sqlstate;

/// The expression as an index of the target has it: its columns are those of entry 1.
fn as_indexed(expr: &Expr, rtindex: u32) -> Expr {
    let mut expr = expr.clone();
    if rtindex != 1 {
        mutate_expr(&mut expr, &mut |e| {
            if let Expr::Var(var) = e
                && var.varno == rtindex
            {
                var.varno = 1;
            }
        });
    }
    expr
}

/// Refuses ON CONFLICT that no unique index answers.
pub(super) fn infer_arbiter_indexes(
    shared: &Shared,
    class: &PgClass,
    query: &Query,
    conflict: &OnConflictExpr,
) -> PgResult<()> {
    if conflict.arbiter_elems.is_empty() && !conflict.constraint.is_valid() {
        return Ok(());
    }
    if conflict.constraint.is_valid() {
        return check_constraint(shared, conflict);
    }
    let rtindex = query.result_relation;
    let elems: Vec<InferenceElem> = conflict
        .arbiter_elems
        .iter()
        .map(|elem| InferenceElem { expr: as_indexed(&elem.expr, rtindex), ..elem.clone() })
        .collect();
    let mut attrs: Vec<i16> = Vec::new();
    for elem in &elems {
        if let Expr::Var(var) = &elem.expr {
            if var.varattno == 0 {
                return Err(PgError::new(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    "whole row unique index inference specifications are not supported",
                )
                .into());
            }
            attrs.push(var.varattno);
        }
    }
    let condition = conflict.arbiter_where.as_ref().map(|expr| as_indexed(expr, rtindex));
    let mut unsure = false;
    for index in shared.catalog.find_all::<PgIndex>(&class.oid) {
        if !index.indisvalid || !index.indisunique || index.indisexclusion {
            continue;
        }
        if !matches_columns(shared, index, &attrs, &elems) {
            continue;
        }
        match predicate_implied(shared, index.indpred.as_deref(), condition.as_ref()) {
            Implied::Yes => return Ok(()),
            Implied::No => {}
            Implied::Unsure => unsure = true,
        }
    }
    if unsure {
        return Err(Stop::Unknown(
            "whether ON CONFLICT's WHERE implies the index's predicate".to_string(),
        ));
    }
    Err(PgError::new(
        sqlstate::INVALID_COLUMN_REFERENCE,
        "there is no unique or exclusion constraint matching the ON CONFLICT specification",
    )
    .into())
}

fn check_constraint(shared: &Shared, conflict: &OnConflictExpr) -> PgResult<()> {
    let Some(constraint) = shared.catalog.get::<PgConstraint>(conflict.constraint) else {
        return Ok(());
    };
    let refuse = |message: &str| -> PgResult<()> {
        Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into())
    };
    if !constraint.conindid.is_valid() || !matches!(constraint.contype, b'p' | b'u' | b'x') {
        return refuse("constraint in ON CONFLICT clause has no associated index");
    }
    let exclusion = shared
        .catalog
        .get::<PgIndex>(constraint.conindid)
        .is_some_and(|index| index.indisexclusion);
    if exclusion && conflict.action == OnConflictAction::OnconflictUpdate {
        return refuse("ON CONFLICT DO UPDATE not supported with exclusion constraints");
    }
    Ok(())
}

fn matches_columns(
    shared: &Shared,
    index: &PgIndex,
    attrs: &[i16],
    elems: &[InferenceElem],
) -> bool {
    let keys: Vec<i16> =
        index.indkey.iter().take(index.indnkeyatts as usize).copied().filter(|k| *k != 0).collect();
    if !keys.iter().all(|k| attrs.contains(k)) || !attrs.iter().all(|a| keys.contains(a)) {
        return false;
    }
    let expressions: Vec<&Expr> = index.indexprs.iter().map(|e| e.as_ref()).collect();
    for elem in elems {
        if !collation_opclass_match(shared, elem, index) {
            return false;
        }
        let decided = matches!(elem.expr, Expr::Var(_))
            || elem.infercollid.is_valid()
            || elem.inferopclass.is_valid();
        if !decided && !expressions.contains(&&elem.expr) {
            return false;
        }
    }
    expressions.iter().all(|e| elems.iter().any(|elem| elem.expr == **e))
}

/// PostgreSQL: infer_collation_opclass_match.
fn collation_opclass_match(shared: &Shared, elem: &InferenceElem, index: &PgIndex) -> bool {
    if !elem.infercollid.is_valid() && !elem.inferopclass.is_valid() {
        return true;
    }
    let mut expressions = index.indexprs.iter();
    for i in 0..index.indnkeyatts as usize {
        let attno = index.indkey.get(i).copied().unwrap_or(0);
        let expression = if attno == 0 { expressions.next() } else { None };
        let opclass = index.indclass.get(i).copied().unwrap_or_default();
        if elem.inferopclass.is_valid() {
            let key = |oid| {
                (
                    get_opclass_family(shared.catalog, oid),
                    get_opclass_input_type(shared.catalog, oid),
                )
            };
            if key(elem.inferopclass) != key(opclass) {
                continue;
            }
        }
        if elem.infercollid.is_valid()
            && index.indcollation.get(i).copied() != Some(elem.infercollid)
        {
            continue;
        }
        match (&elem.expr, expression) {
            (Expr::Var(var), None) if var.varattno == attno => return true,
            (expr, Some(indexed)) if **indexed == *expr => return true,
            _ => {} // another column of the index
        }
    }
    false
}

#[derive(Clone, Copy, PartialEq)]
enum Implied {
    Yes,
    No,
    Unsure,
}

/// Whether the condition makes sure that the predicate holds (PostgreSQL: predicate_implied_by, as far as equal
/// clauses and strict operators tell).
fn predicate_implied(
    shared: &Shared,
    predicate: Option<&Expr>,
    condition: Option<&Expr>,
) -> Implied {
    let Some(predicate) = predicate else { return Implied::Yes };
    let Some(condition) = condition else { return Implied::No };
    let mut wanted = Vec::new();
    conjuncts(predicate, &mut wanted);
    let mut given = Vec::new();
    conjuncts(condition, &mut given);
    let mut result = Implied::Yes;
    for clause in &wanted {
        if given.contains(clause) || given.iter().any(|g| strict_on(shared, g, clause)) {
            continue;
        }
        result = Implied::Unsure;
    }
    result
}

/// The members of an AND, with comparisons to true and false simplified.
fn conjuncts(expr: &Expr, out: &mut Vec<Expr>) {
    match expr {
        Expr::BoolExpr(b) if b.boolop == BoolExprType::AndExpr => {
            for arg in &b.args {
                conjuncts(arg, out);
            }
        }
        _ => out.push(simplify(expr)), // one condition
    }
}

fn simplify(expr: &Expr) -> Expr {
    let Expr::OpExpr(op) = expr else { return expr.clone() };
    let [left, Expr::Const(Const { consttype: BOOLOID, value: Some(Datum::Text(value)), .. })] =
        op.args.as_slice()
    else {
        return expr.clone();
    };
    // booleq and boolne
    let equal = match op.opno.0 {
        91 => true,
        85 => false,
        _ => return expr.clone(), // an operator of another kind
    };
    let is_true = matches!(value.as_ref(), "t" | "true");
    if equal == is_true {
        return left.clone();
    }
    Expr::BoolExpr(Box::new(crate::nodes::primnodes::BoolExpr {
        boolop: BoolExprType::NotExpr,
        args: vec![left.clone()],
        location: op.location,
    }))
}

/// Whether `given` cannot be true when the argument of `wanted`'s IS NOT NULL is null.
fn strict_on(shared: &Shared, given: &Expr, wanted: &Expr) -> bool {
    let Expr::NullTest(test) = wanted else { return false };
    if test.nulltesttype != NullTestType::IsNotNull {
        return false;
    }
    match given {
        Expr::OpExpr(op) => {
            let strict = shared.catalog.get::<PgProc>(op.opfuncid).is_some_and(|p| p.proisstrict);
            strict && op.args.contains(&test.arg)
        }
        _ => *given == test.arg, // a boolean column that must be true
    }
}
