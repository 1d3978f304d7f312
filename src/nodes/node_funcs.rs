//! What every expression has: a type, a typmod, a collation, a place in the text; and walkers over expressions and
//! queries (PostgreSQL: nodes/nodeFuncs.c).

use super::primnodes::*;
use crate::pg::oid::{Oid, fixed::*};

/// The type of the expression's result (PostgreSQL: exprType).
pub fn expr_type(expr: &Expr) -> Oid {
    match expr {
        Expr::Var(e) => e.vartype,
        Expr::Const(e) => e.consttype,
        Expr::Param(e) => e.type_id,
        Expr::Aggref(e) => e.aggtype,
        Expr::GroupingFunc(_) => INT4OID,
        Expr::WindowFunc(e) => e.wintype,
        Expr::MergeSupportFunc { result_type, .. } => *result_type,
        Expr::SubscriptingRef(e) => e.refrestype,
        Expr::FuncExpr(e) => e.funcresulttype,
        Expr::NamedArgExpr(e) => expr_type(&e.arg),
        Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) => e.opresulttype,
        Expr::ScalarArrayOpExpr(_)
        | Expr::BoolExpr(_)
        | Expr::RowCompareExpr(_)
        | Expr::JsonIsPredicate(_)
        | Expr::NullTest(_)
        | Expr::BooleanTest(_)
        | Expr::CurrentOfExpr { .. } => BOOLOID,
        Expr::SubLink(e) => sub_link_type(e),
        Expr::FieldSelect(e) => e.resulttype,
        Expr::FieldStore(e) => e.resulttype,
        Expr::RelabelType(e) => e.resulttype,
        Expr::CoerceViaIO(e) => e.resulttype,
        Expr::ArrayCoerceExpr(e) => e.resulttype,
        Expr::ConvertRowtypeExpr(e) => e.resulttype,
        Expr::CollateExpr(e) => expr_type(&e.arg),
        Expr::CaseExpr(e) => e.casetype,
        Expr::CaseTestExpr { type_id, .. } => *type_id,
        Expr::ArrayExpr(e) => e.array_typeid,
        Expr::RowExpr(e) => e.row_typeid,
        Expr::CoalesceExpr(e) => e.coalescetype,
        Expr::MinMaxExpr(e) => e.minmaxtype,
        Expr::SQLValueFunction(e) => e.type_id,
        Expr::XmlExpr(e) => match e.op {
            XmlExprOp::IsDocument => BOOLOID,
            XmlExprOp::IsXmlserialize => TEXTOID,
            XmlExprOp::IsXmlconcat
            | XmlExprOp::IsXmlelement
            | XmlExprOp::IsXmlforest
            | XmlExprOp::IsXmlparse
            | XmlExprOp::IsXmlpi
            | XmlExprOp::IsXmlroot => XMLOID,
        },
        Expr::JsonValueExpr(e) => expr_type(&e.formatted_expr),
        Expr::JsonConstructorExpr(e) => e.returning.typid,
        Expr::JsonExpr(e) => e.returning.typid,
        Expr::CoerceToDomain(e) => e.resulttype,
        Expr::CoerceToDomainValue { type_id, .. } => *type_id,
        Expr::SetToDefault { type_id, .. } => *type_id,
        Expr::NextValueExpr { type_id, .. } => *type_id,
        Expr::ReturningExpr(e) => expr_type(&e.retexpr),
    }
}

fn sub_link_type(link: &SubLink) -> Oid {
    match link.sub_link_type {
        SubLinkType::ExprSublink => {
            link.subselect.target_list.first().map_or(VOIDOID, |te| expr_type(&te.expr))
        }
        SubLinkType::ArraySublink => link.array_type,
        SubLinkType::MultiexprSublink => RECORDOID,
        SubLinkType::ExistsSublink
        | SubLinkType::AllSublink
        | SubLinkType::AnySublink
        | SubLinkType::RowcompareSublink
        | SubLinkType::CteSublink => BOOLOID,
    }
}

/// The type modifier of the expression's result, -1 when it has none (PostgreSQL: exprTypmod).
pub fn expr_typmod(expr: &Expr) -> i32 {
    match expr {
        Expr::Var(e) => e.vartypmod,
        Expr::Const(e) => e.consttypmod,
        Expr::Param(e) => e.type_mod,
        Expr::SubscriptingRef(e) => e.reftypmod,
        Expr::FuncExpr(_) => expr_is_length_coercion(expr).unwrap_or(-1),
        Expr::NamedArgExpr(e) => expr_typmod(&e.arg),
        Expr::NullIfExpr(e) => e.args.first().map_or(-1, expr_typmod),
        Expr::SubLink(e) => match e.sub_link_type {
            SubLinkType::ExprSublink | SubLinkType::ArraySublink => {
                e.subselect.target_list.first().map_or(-1, |te| expr_typmod(&te.expr))
            }
            SubLinkType::ExistsSublink
            | SubLinkType::AllSublink
            | SubLinkType::AnySublink
            | SubLinkType::RowcompareSublink
            | SubLinkType::MultiexprSublink
            | SubLinkType::CteSublink => -1,
        },
        Expr::FieldSelect(e) => e.resulttypmod,
        Expr::RelabelType(e) => e.resulttypmod,
        Expr::ArrayCoerceExpr(e) => e.resulttypmod,
        Expr::CollateExpr(e) => expr_typmod(&e.arg),
        Expr::CaseExpr(e) => {
            common_typmod(e.casetype, e.args.iter().map(|w| &w.result).chain([&e.defresult]))
        }
        Expr::CaseTestExpr { type_mod, .. } => *type_mod,
        Expr::ArrayExpr(e) => {
            let common = if e.multidims { e.array_typeid } else { e.element_typeid };
            common_typmod(common, e.elements.iter())
        }
        Expr::CoalesceExpr(e) => common_typmod(e.coalescetype, e.args.iter()),
        Expr::MinMaxExpr(e) => common_typmod(e.minmaxtype, e.args.iter()),
        Expr::SQLValueFunction(e) => e.typmod,
        Expr::JsonValueExpr(e) => expr_typmod(&e.formatted_expr),
        Expr::JsonConstructorExpr(e) => e.returning.typmod,
        Expr::JsonExpr(e) => e.returning.typmod,
        Expr::CoerceToDomain(e) => e.resulttypmod,
        Expr::CoerceToDomainValue { type_mod, .. } => *type_mod,
        Expr::SetToDefault { type_mod, .. } => *type_mod,
        Expr::ReturningExpr(e) => expr_typmod(&e.retexpr),
        Expr::Aggref(_)
        | Expr::GroupingFunc(_)
        | Expr::WindowFunc(_)
        | Expr::MergeSupportFunc { .. }
        | Expr::OpExpr(_)
        | Expr::DistinctExpr(_)
        | Expr::ScalarArrayOpExpr(_)
        | Expr::BoolExpr(_)
        | Expr::FieldStore(_)
        | Expr::CoerceViaIO(_)
        | Expr::ConvertRowtypeExpr(_)
        | Expr::RowExpr(_)
        | Expr::RowCompareExpr(_)
        | Expr::XmlExpr(_)
        | Expr::JsonIsPredicate(_)
        | Expr::NullTest(_)
        | Expr::BooleanTest(_)
        | Expr::CurrentOfExpr { .. }
        | Expr::NextValueExpr { .. } => -1,
    }
}

/// The typmod that all inputs share, -1 when they differ in type or typmod.
fn common_typmod<'e>(common_type: Oid, exprs: impl Iterator<Item = &'e Expr>) -> i32 {
    let mut common = None;
    for expr in exprs {
        if expr_type(expr) != common_type {
            return -1;
        }
        let typmod = expr_typmod(expr);
        if typmod < 0 || common.is_some_and(|c| c != typmod) {
            return -1;
        }
        common = Some(typmod);
    }
    common.unwrap_or(-1)
}

/// The typmod that a call of a length coercion function imposes (PostgreSQL: exprIsLengthCoercion).
pub fn expr_is_length_coercion(expr: &Expr) -> Option<i32> {
    match expr {
        Expr::FuncExpr(func) => {
            if !matches!(
                func.funcformat,
                CoercionForm::CoerceExplicitCast | CoercionForm::CoerceImplicitCast
            ) || !(2..=3).contains(&func.args.len())
            {
                return None;
            }
            match &func.args[1] {
                Expr::Const(Const {
                    consttype: INT4OID,
                    value: Some(Datum::Text(v) | Datum::Raw(v)),
                    ..
                }) => v.parse().ok(),
                _ => None, // not a constant typmod, so not a length coercion
            }
        }
        Expr::ArrayCoerceExpr(e) => (e.resulttypmod >= 0).then_some(e.resulttypmod),
        _ => None, // only these two forms can be one
    }
}

/// The collation of the expression's result (PostgreSQL: exprCollation).
pub fn expr_collation(expr: &Expr) -> Oid {
    match expr {
        Expr::Var(e) => e.varcollid,
        Expr::Const(e) => e.constcollid,
        Expr::Param(e) => e.collid,
        Expr::Aggref(e) => e.aggcollid,
        Expr::WindowFunc(e) => e.wincollid,
        Expr::MergeSupportFunc { collid, .. } => *collid,
        Expr::SubscriptingRef(e) => e.refcollid,
        Expr::FuncExpr(e) => e.funccollid,
        Expr::NamedArgExpr(e) => expr_collation(&e.arg),
        Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) => e.opcollid,
        Expr::SubLink(e) => match e.sub_link_type {
            SubLinkType::ExprSublink | SubLinkType::ArraySublink => {
                e.subselect.target_list.first().map_or(Oid::INVALID, |te| expr_collation(&te.expr))
            }
            SubLinkType::ExistsSublink
            | SubLinkType::AllSublink
            | SubLinkType::AnySublink
            | SubLinkType::RowcompareSublink
            | SubLinkType::MultiexprSublink
            | SubLinkType::CteSublink => Oid::INVALID,
        },
        Expr::FieldSelect(e) => e.resultcollid,
        Expr::RelabelType(e) => e.resultcollid,
        Expr::CoerceViaIO(e) => e.resultcollid,
        Expr::ArrayCoerceExpr(e) => e.resultcollid,
        Expr::CollateExpr(e) => e.coll_oid,
        Expr::CaseExpr(e) => e.casecollid,
        Expr::CaseTestExpr { collation, .. } => *collation,
        Expr::ArrayExpr(e) => e.array_collid,
        Expr::CoalesceExpr(e) => e.coalescecollid,
        Expr::MinMaxExpr(e) => e.minmaxcollid,
        Expr::SQLValueFunction(e) => {
            if e.type_id == NAMEOID {
                C_COLLATION_OID
            } else {
                Oid::INVALID
            }
        }
        Expr::XmlExpr(e) => {
            if e.op == XmlExprOp::IsXmlserialize {
                DEFAULT_COLLATION_OID
            } else {
                Oid::INVALID
            }
        }
        Expr::JsonValueExpr(e) => expr_collation(&e.formatted_expr),
        Expr::JsonConstructorExpr(e) => e.coercion.as_ref().map_or(Oid::INVALID, expr_collation),
        Expr::JsonExpr(e) => e.collation,
        Expr::CoerceToDomain(e) => e.resultcollid,
        Expr::CoerceToDomainValue { collation, .. } => *collation,
        Expr::SetToDefault { collation, .. } => *collation,
        Expr::ReturningExpr(e) => expr_collation(&e.retexpr),
        Expr::GroupingFunc(_)
        | Expr::ScalarArrayOpExpr(_)
        | Expr::BoolExpr(_)
        | Expr::FieldStore(_)
        | Expr::ConvertRowtypeExpr(_)
        | Expr::RowExpr(_)
        | Expr::RowCompareExpr(_)
        | Expr::JsonIsPredicate(_)
        | Expr::NullTest(_)
        | Expr::BooleanTest(_)
        | Expr::CurrentOfExpr { .. }
        | Expr::NextValueExpr { .. } => Oid::INVALID,
    }
}

/// Sets the collation of the expression's result where it has a place for one (PostgreSQL: exprSetCollation).
pub fn expr_set_collation(expr: &mut Expr, collation_oid: Oid) {
    match expr {
        Expr::Var(e) => e.varcollid = collation_oid,
        Expr::Const(e) => e.constcollid = collation_oid,
        Expr::Param(e) => e.collid = collation_oid,
        Expr::Aggref(e) => e.aggcollid = collation_oid,
        Expr::WindowFunc(e) => e.wincollid = collation_oid,
        Expr::MergeSupportFunc { collid, .. } => *collid = collation_oid,
        Expr::SubscriptingRef(e) => e.refcollid = collation_oid,
        Expr::FuncExpr(e) => e.funccollid = collation_oid,
        Expr::NamedArgExpr(e) => expr_set_collation(&mut e.arg, collation_oid),
        Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) => e.opcollid = collation_oid,
        Expr::FieldSelect(e) => e.resultcollid = collation_oid,
        Expr::RelabelType(e) => e.resultcollid = collation_oid,
        Expr::CoerceViaIO(e) => e.resultcollid = collation_oid,
        Expr::ArrayCoerceExpr(e) => e.resultcollid = collation_oid,
        Expr::CaseExpr(e) => e.casecollid = collation_oid,
        Expr::CaseTestExpr { collation, .. }
        | Expr::CoerceToDomainValue { collation, .. }
        | Expr::SetToDefault { collation, .. } => *collation = collation_oid,
        Expr::ArrayExpr(e) => e.array_collid = collation_oid,
        Expr::CoalesceExpr(e) => e.coalescecollid = collation_oid,
        Expr::MinMaxExpr(e) => e.minmaxcollid = collation_oid,
        Expr::JsonValueExpr(e) => expr_set_collation(&mut e.formatted_expr, collation_oid),
        Expr::JsonConstructorExpr(e) => {
            if let Some(coercion) = &mut e.coercion {
                expr_set_collation(coercion, collation_oid);
            }
        }
        Expr::JsonExpr(e) => e.collation = collation_oid,
        Expr::CoerceToDomain(e) => e.resultcollid = collation_oid,
        Expr::ReturningExpr(e) => expr_set_collation(&mut e.retexpr, collation_oid),
        Expr::GroupingFunc(_)
        | Expr::ScalarArrayOpExpr(_)
        | Expr::BoolExpr(_)
        | Expr::SubLink(_)
        | Expr::FieldStore(_)
        | Expr::ConvertRowtypeExpr(_)
        | Expr::CollateExpr(_)
        | Expr::RowExpr(_)
        | Expr::RowCompareExpr(_)
        | Expr::SQLValueFunction(_)
        | Expr::XmlExpr(_)
        | Expr::JsonIsPredicate(_)
        | Expr::NullTest(_)
        | Expr::BooleanTest(_)
        | Expr::CurrentOfExpr { .. }
        | Expr::NextValueExpr { .. } => {}
    }
}

/// Sets the collation that a function or operator works with (PostgreSQL: exprSetInputCollation).
pub fn expr_set_input_collation(expr: &mut Expr, collation: Oid) {
    match expr {
        Expr::Aggref(e) => e.inputcollid = collation,
        Expr::WindowFunc(e) => e.inputcollid = collation,
        Expr::FuncExpr(e) => e.inputcollid = collation,
        Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) => e.inputcollid = collation,
        Expr::ScalarArrayOpExpr(e) => e.inputcollid = collation,
        Expr::MinMaxExpr(e) => e.inputcollid = collation,
        _ => {} // no other node works with a collation of its own
    }
}

/// The collation that a function or operator works with (PostgreSQL: exprInputCollation).
pub fn expr_input_collation(expr: &Expr) -> Oid {
    match expr {
        Expr::Aggref(e) => e.inputcollid,
        Expr::WindowFunc(e) => e.inputcollid,
        Expr::FuncExpr(e) => e.inputcollid,
        Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) => e.inputcollid,
        Expr::ScalarArrayOpExpr(e) => e.inputcollid,
        Expr::MinMaxExpr(e) => e.inputcollid,
        _ => Oid::INVALID, // no other node works with a collation of its own
    }
}

/// Where the expression's text begins, -1 when unknown (PostgreSQL: exprLocation).
pub fn expr_location(expr: &Expr) -> i32 {
    match expr {
        Expr::Var(e) => e.location.0,
        Expr::Const(e) => e.location.0,
        Expr::Param(e) => e.location.0,
        Expr::Aggref(e) => e.location.0,
        Expr::GroupingFunc(e) => e.location.0,
        Expr::WindowFunc(e) => e.location.0,
        Expr::MergeSupportFunc { location, .. }
        | Expr::CoerceToDomainValue { location, .. }
        | Expr::SetToDefault { location, .. } => location.0,
        Expr::SubscriptingRef(e) => expr_location(&e.refexpr),
        Expr::FuncExpr(e) => leftmost(e.location.0, exprs_location(&e.args)),
        Expr::NamedArgExpr(e) => leftmost(e.location.0, expr_location(&e.arg)),
        Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) => {
            leftmost(e.location.0, exprs_location(&e.args))
        }
        Expr::ScalarArrayOpExpr(e) => leftmost(e.location.0, exprs_location(&e.args)),
        Expr::BoolExpr(e) => leftmost(e.location.0, exprs_location(&e.args)),
        Expr::SubLink(e) => leftmost(e.testexpr.as_ref().map_or(-1, expr_location), e.location.0),
        Expr::FieldSelect(e) => expr_location(&e.arg),
        Expr::FieldStore(e) => expr_location(&e.arg),
        Expr::RelabelType(e) => leftmost(e.location.0, expr_location(&e.arg)),
        Expr::CoerceViaIO(e) => leftmost(e.location.0, expr_location(&e.arg)),
        Expr::ArrayCoerceExpr(e) => leftmost(e.location.0, expr_location(&e.arg)),
        Expr::ConvertRowtypeExpr(e) => leftmost(e.location.0, expr_location(&e.arg)),
        Expr::CollateExpr(e) => expr_location(&e.arg),
        Expr::CaseExpr(e) => e.location.0,
        Expr::ArrayExpr(e) => e.location.0,
        Expr::RowExpr(e) => e.location.0,
        Expr::RowCompareExpr(e) => exprs_location(&e.largs),
        Expr::CoalesceExpr(e) => e.location.0,
        Expr::MinMaxExpr(e) => e.location.0,
        Expr::SQLValueFunction(e) => e.location.0,
        Expr::XmlExpr(e) => leftmost(e.location.0, exprs_location(&e.args)),
        Expr::JsonValueExpr(e) => expr_location(&e.raw_expr),
        Expr::JsonConstructorExpr(e) => e.location.0,
        Expr::JsonIsPredicate(e) => e.location.0,
        Expr::JsonExpr(e) => leftmost(e.location.0, expr_location(&e.formatted_expr)),
        Expr::NullTest(e) => leftmost(e.location.0, expr_location(&e.arg)),
        Expr::BooleanTest(e) => leftmost(e.location.0, expr_location(&e.arg)),
        Expr::CoerceToDomain(e) => leftmost(e.location.0, expr_location(&e.arg)),
        Expr::ReturningExpr(e) => expr_location(&e.retexpr),
        Expr::CaseTestExpr { .. } | Expr::CurrentOfExpr { .. } | Expr::NextValueExpr { .. } => -1,
    }
}

/// Where the first expression of a list that has a location begins.
pub fn exprs_location(exprs: &[Expr]) -> i32 {
    exprs.iter().map(expr_location).find(|location| *location >= 0).unwrap_or(-1)
}

/// PostgreSQL: leftmostLoc.
pub fn leftmost(loc1: i32, loc2: i32) -> i32 {
    if loc1 < 0 {
        loc2
    } else if loc2 < 0 {
        loc1
    } else {
        loc1.min(loc2)
    }
}

/// Where a raw parse node's text begins (PostgreSQL: exprLocation of raw nodes).
pub fn raw_location(node: &super::tree::Node) -> i32 {
    use super::tree::Node;
    let opt = |node: &Option<Node>| node.as_ref().map_or(-1, raw_location);
    match node {
        Node::RangeVar(n) => n.location.0,
        Node::ColumnRef(n) => n.location.0,
        Node::ParamRef(n) => n.location.0,
        Node::AConst(n) => n.location.0,
        Node::Analyzed(expr) => expr_location(expr),
        Node::FuncCall(n) => leftmost(n.location.0, raw_list_location(&n.args)),
        Node::AExpr(n) => leftmost(n.location.0, opt(&n.lexpr)),
        Node::AIndirection(n) => opt(&n.arg),
        Node::AArrayExpr(n) => n.location.0,
        Node::ResTarget(n) => n.location.0,
        Node::MultiAssignRef(n) => opt(&n.source),
        Node::TypeCast(n) => {
            let arg = opt(&n.arg);
            let type_loc = n.type_name.as_ref().map_or(-1, |t| t.location.0);
            leftmost(leftmost(arg, type_loc), n.location.0)
        }
        Node::CollateClause(n) => opt(&n.arg),
        Node::SortBy(n) => opt(&n.node),
        Node::WindowDef(n) => n.location.0,
        Node::RangeTableSample(n) => n.location.0,
        Node::TypeName(n) => n.location.0,
        Node::ColumnDef(n) => n.location.0,
        Node::Constraint(n) => n.location.0,
        Node::FunctionParameter(n) => n.location.0,
        Node::XmlSerialize(n) => n.location.0,
        Node::WithClause(n) => n.location.0,
        Node::InferClause(n) => n.location.0,
        Node::OnConflictClause(n) => n.location.0,
        Node::CTESearchClause(n) => n.location.0,
        Node::CTECycleClause(n) => n.location.0,
        Node::CommonTableExpr(n) => n.location.0,
        Node::BoolExpr(n) => leftmost(n.location.0, raw_list_location(&n.args)),
        Node::SubLink(n) => leftmost(opt(&n.testexpr), n.location.0),
        Node::CaseExpr(n) => n.location.0,
        Node::CaseWhen(n) => n.location.0,
        Node::RowExpr(n) => n.location.0,
        Node::CoalesceExpr(n) => n.location.0,
        Node::MinMaxExpr(n) => n.location.0,
        Node::SQLValueFunction(n) => n.location.0,
        Node::XmlExpr(n) => leftmost(n.location.0, raw_list_location(&n.args)),
        Node::JsonValueExpr(n) => opt(&n.raw_expr),
        Node::JsonFuncExpr(n) => n.location.0,
        Node::JsonParseExpr(n) => n.location.0,
        Node::JsonScalarExpr(n) => n.location.0,
        Node::JsonSerializeExpr(n) => n.location.0,
        Node::JsonObjectConstructor(n) => n.location.0,
        Node::JsonArrayConstructor(n) => n.location.0,
        Node::JsonArrayQueryConstructor(n) => n.location.0,
        Node::JsonObjectAgg(n) => n.constructor.as_ref().map_or(-1, |c| c.location.0),
        Node::JsonArrayAgg(n) => n.constructor.as_ref().map_or(-1, |c| c.location.0),
        Node::JsonIsPredicate(n) => n.location.0,
        Node::JsonBehavior(n) => n.location.0,
        Node::NullTest(n) => leftmost(n.location.0, opt(&n.arg)),
        Node::BooleanTest(n) => leftmost(n.location.0, opt(&n.arg)),
        Node::SetToDefault(n) => n.location.0,
        Node::GroupingFunc(n) => n.location.0,
        Node::MergeSupportFunc(n) => n.location.0,
        Node::NamedArgExpr(n) => leftmost(n.location.0, opt(&n.arg)),
        Node::PartitionElem(n) => n.location.0,
        Node::PartitionSpec(n) => n.location.0,
        Node::PartitionBoundSpec(n) => n.location.0,
        Node::PartitionRangeDatum(n) => n.location.0,
        Node::List(items) => raw_list_location(items),
        _ => -1, // PostgreSQL records no location in any other node
    }
}

/// Where the first raw node of a list that has a location begins.
pub fn raw_list_location(nodes: &[super::tree::Node]) -> i32 {
    nodes.iter().map(raw_location).find(|location| *location >= 0).unwrap_or(-1)
}

/// A node that a walker meets.
#[derive(Debug, Clone, Copy)]
pub enum NodeRef<'n> {
    Expr(&'n Expr),
    Query(&'n Query),
}

/// A node that a mutating walker meets.
#[derive(Debug)]
pub enum NodeMut<'n> {
    Expr(&'n mut Expr),
    Query(&'n mut Query),
}

/// Do not walk the merged columns of joins (PostgreSQL: QTW_IGNORE_JOINALIASES).
pub const QTW_IGNORE_JOINALIASES: u32 = 1;
/// Do not walk WITH's queries and subqueries in FROM (PostgreSQL: QTW_IGNORE_RC_SUBQUERIES).
pub const QTW_IGNORE_RC_SUBQUERIES: u32 = 2;

macro_rules! define_walkers {
    (
        $node:ident, $iter:ident, [$($m:tt)?],
        $expr_walker:ident, $query_walker:ident, $rte_walker:ident, $jointree_walker:ident,
        $table_func_walker:ident $(,)?
    ) => {
        /// Calls `f` on each direct child; stops and returns true as soon as `f` does
        /// (PostgreSQL: expression_tree_walker).
        pub fn $expr_walker(
            expr: &$($m)? Expr,
            f: &mut dyn FnMut($node<'_>) -> bool,
        ) -> bool {
            match expr {
                Expr::Var(_)
                | Expr::Const(_)
                | Expr::Param(_)
                | Expr::MergeSupportFunc { .. }
                | Expr::CaseTestExpr { .. }
                | Expr::SQLValueFunction(_)
                | Expr::CoerceToDomainValue { .. }
                | Expr::SetToDefault { .. }
                | Expr::CurrentOfExpr { .. }
                | Expr::NextValueExpr { .. } => false,
                Expr::Aggref(e) => {
                    e.aggdirectargs.$iter().any(|a| f($node::Expr(a)))
                        || e.args.$iter().any(|t| f($node::Expr(&$($m)? t.expr)))
                        || e.aggfilter.$iter().any(|a| f($node::Expr(a)))
                }
                Expr::GroupingFunc(e) => e.args.$iter().any(|a| f($node::Expr(a))),
                Expr::WindowFunc(e) => {
                    e.args.$iter().any(|a| f($node::Expr(a)))
                        || e.aggfilter.$iter().any(|a| f($node::Expr(a)))
                }
                Expr::SubscriptingRef(e) => {
                    e.refupperindexpr.$iter().flatten().any(|a| f($node::Expr(a)))
                        || e.reflowerindexpr.$iter().flatten().any(|a| f($node::Expr(a)))
                        || f($node::Expr(&$($m)? e.refexpr))
                        || e.refassgnexpr.$iter().any(|a| f($node::Expr(a)))
                }
                Expr::FuncExpr(e) => e.args.$iter().any(|a| f($node::Expr(a))),
                Expr::NamedArgExpr(e) => f($node::Expr(&$($m)? e.arg)),
                Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) => {
                    e.args.$iter().any(|a| f($node::Expr(a)))
                }
                Expr::ScalarArrayOpExpr(e) => e.args.$iter().any(|a| f($node::Expr(a))),
                Expr::BoolExpr(e) => e.args.$iter().any(|a| f($node::Expr(a))),
                Expr::SubLink(e) => {
                    e.testexpr.$iter().any(|a| f($node::Expr(a)))
                        || f($node::Query(&$($m)? e.subselect))
                }
                Expr::FieldSelect(e) => f($node::Expr(&$($m)? e.arg)),
                Expr::FieldStore(e) => {
                    f($node::Expr(&$($m)? e.arg))
                        || e.newvals.$iter().any(|a| f($node::Expr(a)))
                }
                Expr::RelabelType(e) => f($node::Expr(&$($m)? e.arg)),
                Expr::CoerceViaIO(e) => f($node::Expr(&$($m)? e.arg)),
                Expr::ArrayCoerceExpr(e) => {
                    f($node::Expr(&$($m)? e.arg)) || f($node::Expr(&$($m)? e.elemexpr))
                }
                Expr::ConvertRowtypeExpr(e) => f($node::Expr(&$($m)? e.arg)),
                Expr::CollateExpr(e) => f($node::Expr(&$($m)? e.arg)),
                Expr::CaseExpr(e) => {
                    e.arg.$iter().any(|a| f($node::Expr(a)))
                        || e.args.$iter().any(|w| {
                            f($node::Expr(&$($m)? w.expr)) || f($node::Expr(&$($m)? w.result))
                        })
                        || f($node::Expr(&$($m)? e.defresult))
                }
                Expr::ArrayExpr(e) => e.elements.$iter().any(|a| f($node::Expr(a))),
                Expr::RowExpr(e) => e.args.$iter().any(|a| f($node::Expr(a))),
                Expr::RowCompareExpr(e) => {
                    e.largs.$iter().any(|a| f($node::Expr(a)))
                        || e.rargs.$iter().any(|a| f($node::Expr(a)))
                }
                Expr::CoalesceExpr(e) => e.args.$iter().any(|a| f($node::Expr(a))),
                Expr::MinMaxExpr(e) => e.args.$iter().any(|a| f($node::Expr(a))),
                Expr::XmlExpr(e) => {
                    e.named_args.$iter().any(|a| f($node::Expr(a)))
                        || e.args.$iter().any(|a| f($node::Expr(a)))
                }
                Expr::JsonValueExpr(e) => {
                    f($node::Expr(&$($m)? e.raw_expr))
                        || f($node::Expr(&$($m)? e.formatted_expr))
                }
                Expr::JsonConstructorExpr(e) => {
                    e.args.$iter().any(|a| f($node::Expr(a)))
                        || e.func.$iter().any(|a| f($node::Expr(a)))
                        || e.coercion.$iter().any(|a| f($node::Expr(a)))
                }
                Expr::JsonIsPredicate(e) => f($node::Expr(&$($m)? e.expr)),
                Expr::JsonExpr(e) => {
                    f($node::Expr(&$($m)? e.formatted_expr))
                        || f($node::Expr(&$($m)? e.path_spec))
                        || e.passing_values.$iter().any(|a| f($node::Expr(a)))
                        || e.on_empty
                            .$iter()
                            .any(|b| b.expr.$iter().any(|a| f($node::Expr(a))))
                        || e.on_error
                            .$iter()
                            .any(|b| b.expr.$iter().any(|a| f($node::Expr(a))))
                }
                Expr::NullTest(e) => f($node::Expr(&$($m)? e.arg)),
                Expr::BooleanTest(e) => f($node::Expr(&$($m)? e.arg)),
                Expr::CoerceToDomain(e) => f($node::Expr(&$($m)? e.arg)),
                Expr::ReturningExpr(e) => f($node::Expr(&$($m)? e.retexpr)),
            }
        }

        /// Calls `f` on every expression and subquery that stands directly in the query
        /// (PostgreSQL: query_tree_walker).
        pub fn $query_walker(
            query: &$($m)? Query,
            flags: u32,
            f: &mut dyn FnMut($node<'_>) -> bool,
        ) -> bool {
            query.target_list.$iter().any(|t| f($node::Expr(&$($m)? t.expr)))
                || query.on_conflict.$iter().any(|c| {
                    c.arbiter_elems.$iter().any(|e| f($node::Expr(&$($m)? e.expr)))
                        || c.arbiter_where.$iter().any(|e| f($node::Expr(e)))
                        || c.on_conflict_set.$iter().any(|t| f($node::Expr(&$($m)? t.expr)))
                        || c.on_conflict_where.$iter().any(|e| f($node::Expr(e)))
                })
                || query.merge_action_list.$iter().any(|a| {
                    a.qual.$iter().any(|e| f($node::Expr(e)))
                        || a.target_list.$iter().any(|t| f($node::Expr(&$($m)? t.expr)))
                })
                || query.merge_join_condition.$iter().any(|e| f($node::Expr(e)))
                || query.returning_list.$iter().any(|t| f($node::Expr(&$($m)? t.expr)))
                || query.jointree.fromlist.$iter().any(|j| $jointree_walker(j, f))
                || query.jointree.quals.$iter().any(|e| f($node::Expr(e)))
                || query.having_qual.$iter().any(|e| f($node::Expr(e)))
                || query.limit_offset.$iter().any(|e| f($node::Expr(e)))
                || query.limit_count.$iter().any(|e| f($node::Expr(e)))
                || query.window_clause.$iter().any(|w| {
                    w.start_offset.$iter().any(|e| f($node::Expr(e)))
                        || w.end_offset.$iter().any(|e| f($node::Expr(e)))
                })
                || query.cte_list.$iter().any(|cte| {
                    (flags & QTW_IGNORE_RC_SUBQUERIES == 0
                        && f($node::Query(&$($m)? cte.ctequery)))
                        || cte.cycle_clause.$iter().any(|c| {
                            f($node::Expr(&$($m)? c.cycle_mark_value))
                                || f($node::Expr(&$($m)? c.cycle_mark_default))
                        })
                })
                || query.rtable.$iter().any(|rte| $rte_walker(rte, flags, f))
        }

        /// Calls `f` on what stands in a range table entry (PostgreSQL: range_table_entry_walker).
        pub fn $rte_walker(
            rte: &$($m)? RangeTblEntry,
            flags: u32,
            f: &mut dyn FnMut($node<'_>) -> bool,
        ) -> bool {
            match &$($m)? rte.kind {
                RteKind::Relation { tablesample, .. } => tablesample.$iter().any(|s| {
                    s.args.$iter().any(|e| f($node::Expr(e)))
                        || s.repeatable.$iter().any(|e| f($node::Expr(e)))
                }),
                RteKind::Subquery { query, .. } => {
                    flags & QTW_IGNORE_RC_SUBQUERIES == 0 && f($node::Query(query))
                }
                RteKind::Join(join) => {
                    flags & QTW_IGNORE_JOINALIASES == 0
                        && join.joinaliasvars.$iter().any(|e| f($node::Expr(e)))
                }
                RteKind::Function { functions, .. } => {
                    functions.$iter().any(|g| f($node::Expr(&$($m)? g.funcexpr)))
                }
                RteKind::TableFunc(tf) => $table_func_walker(tf, f),
                RteKind::Values { lists, .. } => {
                    lists.$iter().any(|row| row.$iter().any(|e| f($node::Expr(e))))
                }
                RteKind::Cte { .. } | RteKind::NamedTuplestore { .. } | RteKind::Result => false,
                RteKind::Group { exprs } => exprs.$iter().any(|e| f($node::Expr(e))),
            }
        }

        fn $table_func_walker(
            tf: &$($m)? TableFunc,
            f: &mut dyn FnMut($node<'_>) -> bool,
        ) -> bool {
            tf.ns_uris.$iter().any(|e| f($node::Expr(e)))
                || f($node::Expr(&$($m)? tf.docexpr))
                || tf.rowexpr.$iter().any(|e| f($node::Expr(e)))
                || tf.colexprs.$iter().flatten().any(|e| f($node::Expr(e)))
                || tf.coldefexprs.$iter().flatten().any(|e| f($node::Expr(e)))
                || tf.colvalexprs.$iter().flatten().any(|e| f($node::Expr(e)))
                || tf.passingvalexprs.$iter().any(|e| f($node::Expr(e)))
        }

        fn $jointree_walker(
            node: &$($m)? JoinTreeNode,
            f: &mut dyn FnMut($node<'_>) -> bool,
        ) -> bool {
            match node {
                JoinTreeNode::RangeTblRef(_) => false,
                JoinTreeNode::Join(join) => {
                    $jointree_walker(&$($m)? join.larg, f)
                        || $jointree_walker(&$($m)? join.rarg, f)
                        || join.quals.$iter().any(|e| f($node::Expr(e)))
                }
            }
        }
    };
}

define_walkers!(
    NodeRef,
    iter,
    [],
    expression_tree_walker,
    query_tree_walker,
    range_table_entry_walker,
    jointree_walker,
    table_func_walker,
);

define_walkers!(
    NodeMut,
    iter_mut,
    [mut],
    expression_tree_mutator,
    query_tree_mutator,
    range_table_entry_mutator,
    jointree_mutator,
    table_func_mutator,
);

/// Calls `f` on the expression and everything below it, but not inside subqueries; stops as soon as `f` says true.
pub fn walk_expr(expr: &Expr, f: &mut dyn FnMut(&Expr) -> bool) -> bool {
    f(expr)
        || expression_tree_walker(expr, &mut |node| match node {
            NodeRef::Expr(child) => walk_expr(child, f),
            NodeRef::Query(_) => false,
        })
}

/// Calls `f` on every expression of the query and of all its subqueries; stops as soon as `f` says true.
pub fn walk_query(query: &Query, f: &mut dyn FnMut(&Expr) -> bool) -> bool {
    query_tree_walker(query, 0, &mut |node| walk_node(node, f))
}

/// As `walk_expr`, but inside subqueries too.
pub fn walk_expr_deep(expr: &Expr, f: &mut dyn FnMut(&Expr) -> bool) -> bool {
    walk_node(NodeRef::Expr(expr), f)
}

fn walk_node(node: NodeRef<'_>, f: &mut dyn FnMut(&Expr) -> bool) -> bool {
    match node {
        NodeRef::Expr(expr) => {
            f(expr) || expression_tree_walker(expr, &mut |child| walk_node(child, f))
        }
        NodeRef::Query(query) => walk_query(query, f),
    }
}

/// Calls `f` on the expression and everything below it, children first, but not inside subqueries.
pub fn mutate_expr(expr: &mut Expr, f: &mut dyn FnMut(&mut Expr)) {
    expression_tree_mutator(expr, &mut |node| {
        if let NodeMut::Expr(child) = node {
            mutate_expr(child, f);
        }
        false
    });
    f(expr);
}

/// Calls `f` on every expression of the query and of all its subqueries, children first, with how many queries deep
/// it stands (0 in `query` itself).
pub fn mutate_query(query: &mut Query, depth: u32, f: &mut dyn FnMut(&mut Expr, u32)) {
    query_tree_mutator(query, 0, &mut |node| {
        mutate_node(node, depth, f);
        false
    });
}

/// As `mutate_expr`, but inside subqueries too, with how many queries deep each expression stands.
pub fn mutate_expr_deep(expr: &mut Expr, depth: u32, f: &mut dyn FnMut(&mut Expr, u32)) {
    mutate_node(NodeMut::Expr(expr), depth, f);
}

fn mutate_node(node: NodeMut<'_>, depth: u32, f: &mut dyn FnMut(&mut Expr, u32)) {
    match node {
        NodeMut::Expr(expr) => {
            expression_tree_mutator(expr, &mut |child| {
                mutate_node(child, depth, f);
                false
            });
            f(expr, depth);
        }
        NodeMut::Query(query) => mutate_query(query, depth + 1, f),
    }
}

/// The expression without implicit RelabelType and coercion nodes on top (PostgreSQL: strip_implicit_coercions).
pub fn strip_implicit_coercions(expr: &Expr) -> &Expr {
    let implicit = CoercionForm::CoerceImplicitCast;
    match expr {
        Expr::FuncExpr(e) if e.funcformat == implicit => {
            e.args.first().map_or(expr, strip_implicit_coercions)
        }
        Expr::RelabelType(e) if e.relabelformat == implicit => strip_implicit_coercions(&e.arg),
        Expr::CoerceViaIO(e) if e.coerceformat == implicit => strip_implicit_coercions(&e.arg),
        Expr::ArrayCoerceExpr(e) if e.coerceformat == implicit => strip_implicit_coercions(&e.arg),
        Expr::ConvertRowtypeExpr(e) if e.convertformat == implicit => {
            strip_implicit_coercions(&e.arg)
        }
        Expr::CoerceToDomain(e) if e.coercionformat == implicit => strip_implicit_coercions(&e.arg),
        _ => expr, // anything else is no implicit coercion
    }
}
