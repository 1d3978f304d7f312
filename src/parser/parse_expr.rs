//! Expressions: names become columns and functions, and everything gets a type (PostgreSQL: parser/parse_expr.c).

mod array;
mod case;
mod column_ref;
mod json;
mod older;
mod operators;
mod row;
mod sublink;
mod subscript;
mod xml;

use std::borrow::Cow;

use super::errors::error_at;
use super::parse_agg::transform_grouping_func;
use super::parse_coerce::{
    coerce_to_boolean, coerce_to_common_type, coerce_to_target_type, coerce_type,
    leftmost_coercion, select_common_type,
};
use super::parse_func::parse_func_or_column;
use super::parse_node::{ExprKind, ParseState};
use super::parse_type::{lookup_collation, typename_type_id_and_mod};
use super::typmod::any_time;
use crate::catalog::lsyscache::{
    get_base_type_and_typmod, get_element_type, type_is_collatable, type_is_rowtype,
};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::accessors::make_string;
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::*;
use crate::nodes::tree::{self, AExprKind, Node};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;
use crate::pg::version::Version;

pub use array::transform_array_expr;
pub use column_ref::transform_whole_row_ref;
pub use operators::{make_distinct_op, make_row_comparison_op};
pub use subscript::{transform_container_subscripts, transform_container_type};

/// Analyses an expression that stands in a place of the given kind (PostgreSQL: transformExpr).
pub fn transform_expr(pstate: &mut ParseState, node: &Node, kind: ExprKind) -> PgResult<Expr> {
    let saved = std::mem::replace(&mut pstate.expr_kind, kind);
    let result = recurse(pstate, node);
    pstate.expr_kind = saved;
    result
}

/// An optional node that the grammar always gives.
fn recurse_required(pstate: &mut ParseState, node: &Option<Node>) -> PgResult<Expr> {
    match node {
        Some(node) => recurse(pstate, node),
        None => unknown("an expression that is not there"),
    }
}

fn recurse_list(pstate: &mut ParseState, nodes: &[Node]) -> PgResult<Vec<Expr>> {
    nodes.iter().map(|node| recurse(pstate, node)).collect()
}

/// PostgreSQL: transformExprRecurse.
fn recurse(pstate: &mut ParseState, node: &Node) -> PgResult<Expr> {
    let version = pstate.catalog().version();
    if version < Version::NEWEST
        && let Some(reading) = older::reading(version.major(), node)
    {
        return recurse(pstate, &reading);
    }
    match node {
        Node::ColumnRef(cref) => column_ref::transform_column_ref(pstate, cref),
        Node::ParamRef(pref) => column_ref::transform_param_ref(pstate, pref),
        Node::AConst(constant) => make_const(constant),
        Node::AIndirection(indirection) => subscript::transform_indirection(pstate, indirection),
        Node::AArrayExpr(array) => transform_array_expr(pstate, array, None),
        Node::TypeCast(cast) => transform_type_cast(pstate, cast),
        Node::CollateClause(collate) => transform_collate_clause(pstate, collate),
        Node::AExpr(a) => transform_a_expr(pstate, a),
        Node::BoolExpr(b) => transform_bool_expr(pstate, b),
        Node::FuncCall(func) => transform_func_call(pstate, func),
        Node::MultiAssignRef(multi) => row::transform_multi_assign_ref(pstate, multi),
        Node::GroupingFunc(grouping) => transform_grouping_func(pstate, grouping),
        Node::MergeSupportFunc(func) => transform_merge_support_func(pstate, func),
        Node::NamedArgExpr(named) => {
            let arg = recurse_required(pstate, &named.arg)?;
            Ok(Expr::NamedArgExpr(Box::new(NamedArgExpr {
                arg,
                name: Name::new(named.name.as_deref().unwrap_or("")),
                argnumber: named.argnumber,
                location: named.location,
            })))
        }
        Node::SubLink(link) => sublink::transform_sub_link(pstate, link),
        Node::CaseExpr(case) => case::transform_case_expr(pstate, case),
        Node::RowExpr(row) => row::transform_row_expr(pstate, row, false),
        Node::CoalesceExpr(coalesce) => case::transform_coalesce_expr(pstate, coalesce),
        Node::MinMaxExpr(minmax) => transform_min_max_expr(pstate, minmax),
        Node::SQLValueFunction(function) => transform_sql_value_function(pstate, function),
        Node::XmlExpr(x) => xml::transform_xml_expr(pstate, x),
        Node::XmlSerialize(x) => xml::transform_xml_serialize(pstate, x),
        Node::NullTest(test) => {
            let arg = recurse_required(pstate, &test.arg)?;
            let argisrow = type_is_rowtype(pstate.catalog(), expr_type(&arg));
            Ok(Expr::NullTest(Box::new(NullTest {
                arg,
                nulltesttype: test.nulltesttype,
                argisrow,
                location: test.location,
            })))
        }
        Node::BooleanTest(test) => transform_boolean_test(pstate, test),
        Node::CurrentOfExpr(current) => Ok(Expr::CurrentOfExpr {
            cvarno: pstate.target_nsitem.as_ref().map_or(0, |item| item.rtindex),
            cursor_name: current.cursor_name.as_deref().map(Name::new),
            cursor_param: current.cursor_param,
        }),
        Node::SetToDefault(default) => {
            let message = "DEFAULT is not allowed in this context";
            error_at(state::SYNTAX_ERROR, message, default.location.0)
        }
        Node::Analyzed(expr) => Ok(expr.as_ref().clone()),
        Node::JsonObjectConstructor(_)
        | Node::JsonArrayConstructor(_)
        | Node::JsonArrayQueryConstructor(_)
        | Node::JsonObjectAgg(_)
        | Node::JsonArrayAgg(_)
        | Node::JsonIsPredicate(_)
        | Node::JsonParseExpr(_)
        | Node::JsonScalarExpr(_)
        | Node::JsonSerializeExpr(_)
        | Node::JsonFuncExpr(_)
        | Node::JsonValueExpr(_) => json::transform_json(pstate, node),
        Node::List(_) => unknown("a list where an expression is expected"),
        // Nothing else is an expression.
        other => unknown(format!("unrecognized node type: {}", other.tag_name())),
    }
}

/// A constant as it stands in the text (PostgreSQL: make_const, parser/parse_node.c).
pub fn make_const(constant: &tree::AConst) -> PgResult<Expr> {
    let location = constant.location;
    let (consttype, value) = match constant.val.as_deref() {
        None => (fixed::UNKNOWNOID, None),
        Some(Node::Integer(value)) => (fixed::INT4OID, Some(value.to_string())),
        Some(Node::Float(text)) => match super::literals::strict_i64(text) {
            Some(value) if i32::try_from(value).is_ok() => {
                (fixed::INT4OID, Some(value.to_string()))
            }
            Some(value) => (fixed::INT8OID, Some(value.to_string())),
            None => {
                let text = super::literals::numeric_in(text, -1);
                (fixed::NUMERICOID, Some(super::errors::with_errposition(text, location.0)?))
            }
        },
        Some(Node::Boolean(value)) => {
            (fixed::BOOLOID, Some(if *value { "t" } else { "f" }.to_string()))
        }
        Some(Node::BitString(text)) => {
            let bits = super::literals::bit_in(text, -1);
            (fixed::BITOID, Some(super::errors::with_errposition(bits, location.0)?))
        }
        Some(other) => (fixed::UNKNOWNOID, Some(other.str_val().to_string())), // a String
    };
    Ok(Expr::Const(Const {
        consttype,
        consttypmod: -1,
        constcollid: Oid::INVALID,
        value: value.map(|text| Datum::Text(text.into())),
        location,
    }))
}

/// PostgreSQL: transformAExprOp and its kin.
fn transform_a_expr(pstate: &mut ParseState, a: &tree::AExpr) -> PgResult<Expr> {
    match a.kind {
        AExprKind::AexprOp
        | AExprKind::AexprLike
        | AExprKind::AexprIlike
        | AExprKind::AexprSimilar => operators::transform_op(pstate, a),
        AExprKind::AexprOpAny => operators::transform_op_any_all(pstate, a, true),
        AExprKind::AexprOpAll => operators::transform_op_any_all(pstate, a, false),
        AExprKind::AexprDistinct | AExprKind::AexprNotDistinct => {
            operators::transform_distinct(pstate, a)
        }
        AExprKind::AexprNullif => operators::transform_nullif(pstate, a),
        AExprKind::AexprIn => operators::transform_in(pstate, a),
        AExprKind::AexprBetween
        | AExprKind::AexprNotBetween
        | AExprKind::AexprBetweenSym
        | AExprKind::AexprNotBetweenSym => operators::transform_between(pstate, a),
    }
}

/// AND, OR, NOT (PostgreSQL: makeBoolExpr).
fn make_bool_expr(boolop: BoolExprType, args: Vec<Expr>, location: i32) -> Expr {
    Expr::BoolExpr(Box::new(BoolExpr { boolop, args, location: ParseLoc(location) }))
}

fn transform_bool_expr(pstate: &mut ParseState, b: &tree::BoolExpr) -> PgResult<Expr> {
    let name = match b.boolop {
        BoolExprType::AndExpr => "AND",
        BoolExprType::OrExpr => "OR",
        BoolExprType::NotExpr => "NOT",
    };
    let mut args = Vec::with_capacity(b.args.len());
    for node in &b.args {
        let arg = recurse(pstate, node)?;
        args.push(coerce_to_boolean(pstate, arg, name)?);
    }
    Ok(make_bool_expr(b.boolop, args, b.location.0))
}

/// PostgreSQL: transformFuncCall.
fn transform_func_call(pstate: &mut ParseState, func: &tree::FuncCall) -> PgResult<Expr> {
    let last_srf = pstate.last_srf;
    let mut args = recurse_list(pstate, &func.args)?;
    if func.agg_within_group {
        for node in &func.agg_order {
            if let Node::SortBy(sort_by) = node
                && let Some(node) = &sort_by.node
            {
                args.push(transform_expr(pstate, node, ExprKind::OrderBy)?);
            }
        }
    }
    let location = func.location.0;
    let found = parse_func_or_column(
        pstate,
        &function_name(pstate, func),
        args,
        last_srf,
        Some(func),
        false,
        location,
    )?;
    match found {
        Some(expr) => Ok(expr),
        None => unknown("a function call that is none"),
    }
}

/// The called function's name; before 14 the grammar took EXTRACT for date_part.
fn function_name<'f>(pstate: &ParseState, func: &'f tree::FuncCall) -> Cow<'f, [Node]> {
    let old = pstate.shared.catalog.version().major() < 14
        && func.funcformat == CoercionForm::CoerceSqlSyntax;
    match func.funcname.as_slice() {
        [schema, name] if old && name.str_val() == "extract" => {
            Cow::Owned(vec![schema.clone(), make_string("date_part")])
        }
        name => Cow::Borrowed(name),
    }
}

/// MERGE_ACTION() (PostgreSQL: transformMergeSupportFunc).
fn transform_merge_support_func(
    pstate: &mut ParseState,
    func: &tree::MergeSupportFunc,
) -> PgResult<Expr> {
    let mut level = Some(&*pstate);
    while let Some(state) = level {
        if state.expr_kind == ExprKind::MergeReturning {
            return Ok(Expr::MergeSupportFunc {
                result_type: fixed::TEXTOID,
                collid: Oid::INVALID,
                location: func.location,
            });
        }
        level = state.parent;
    }
    let message = "MERGE_ACTION() can only be used in the RETURNING list of a MERGE command";
    error_at(state::SYNTAX_ERROR, message, func.location.0)
}

/// PostgreSQL: transformTypeCast.
fn transform_type_cast(pstate: &mut ParseState, cast: &tree::TypeCast) -> PgResult<Expr> {
    let Some(type_name) = &cast.type_name else { return unknown("a cast without a type") };
    let (target, typmod) = typename_type_id_and_mod(&pstate.shared, type_name)?;
    let expr = match &cast.arg {
        Some(Node::AArrayExpr(array)) => {
            let (base, base_typmod) = get_base_type_and_typmod(pstate.catalog(), target, typmod);
            let element = get_element_type(pstate.catalog(), base);
            let wanted = element.valid().map(|element| (base, element, base_typmod));
            transform_array_expr(pstate, array, wanted)?
        }
        other => recurse_required(pstate, other)?,
    };
    let input = expr_type(&expr);
    if !input.is_valid() {
        return Ok(expr);
    }
    let location = if cast.location.0 >= 0 { cast.location.0 } else { type_name.location.0 };
    let place = expr_location(&expr);
    let result = coerce_to_target_type(
        pstate,
        expr,
        input,
        target,
        typmod,
        CoercionContext::CoercionExplicit,
        CoercionForm::CoerceExplicitCast,
        location,
    )?;
    match result {
        Some(result) => Ok(result),
        None => {
            let message = format!(
                "cannot cast type {} to {}",
                pstate.shared.format_type(input),
                pstate.shared.format_type(target)
            );
            error_at(state::CANNOT_COERCE, message, leftmost_coercion(location, place))
        }
    }
}

/// PostgreSQL: transformCollateClause.
fn transform_collate_clause(
    pstate: &mut ParseState,
    clause: &tree::CollateClause,
) -> PgResult<Expr> {
    let arg = recurse_required(pstate, &clause.arg)?;
    let argtype = expr_type(&arg);
    if argtype != fixed::UNKNOWNOID && !type_is_collatable(pstate.catalog(), argtype) {
        let message =
            format!("collations are not supported by type {}", pstate.shared.format_type(argtype));
        return error_at(state::DATATYPE_MISMATCH, message, clause.location.0);
    }
    let coll_oid = lookup_collation(&pstate.shared, &clause.collname, clause.location.0)?;
    Ok(Expr::CollateExpr(Box::new(CollateExpr { arg, coll_oid, location: clause.location })))
}

/// GREATEST and LEAST (PostgreSQL: transformMinMaxExpr).
fn transform_min_max_expr(pstate: &mut ParseState, minmax: &tree::MinMaxExpr) -> PgResult<Expr> {
    let name = match minmax.op {
        MinMaxOp::IsGreatest => "GREATEST",
        MinMaxOp::IsLeast => "LEAST",
    };
    let args = recurse_list(pstate, &minmax.args)?;
    let (minmaxtype, args) = to_common_type(pstate, args, name)?;
    Ok(Expr::MinMaxExpr(Box::new(MinMaxExpr {
        minmaxtype,
        minmaxcollid: Oid::INVALID,
        inputcollid: Oid::INVALID,
        op: minmax.op,
        args,
        location: minmax.location,
    })))
}

/// Finds the expressions' common type and makes them ones of it.
fn to_common_type(
    pstate: &ParseState,
    args: Vec<Expr>,
    context: &str,
) -> PgResult<(Oid, Vec<Expr>)> {
    let refs: Vec<&Expr> = args.iter().collect();
    let (common, _) = select_common_type(pstate, &refs, Some(context))?;
    let args: PgResult<Vec<Expr>> =
        args.into_iter().map(|arg| coerce_to_common_type(pstate, arg, common, context)).collect();
    Ok((common, args?))
}

/// Refuses a set-returning function met since `before` in a construct that has no place for one.
fn refuse_srf(
    pstate: &ParseState,
    before: Option<super::parse_node::LastSrf>,
    construct: &str,
) -> PgResult<()> {
    if pstate.last_srf == before {
        return Ok(());
    }
    let location = pstate.last_srf.map_or(-1, |srf| srf.location);
    Err(PgError::new(
        state::FEATURE_NOT_SUPPORTED,
        format!("set-returning functions are not allowed in {construct}"),
    )
    .hint("You might be able to move the set-returning function into a LATERAL FROM item.")
    .at(location)
    .into())
}

/// CURRENT_DATE and its kin (PostgreSQL: transformSQLValueFunction).
fn transform_sql_value_function(
    pstate: &mut ParseState,
    function: &tree::SQLValueFunction,
) -> PgResult<Expr> {
    use SQLValueFunctionOp::*;
    let check = |name: &str, zone: &str| any_time(&pstate.shared, &[function.typmod], name, zone);
    let zone = " WITH TIME ZONE";
    let (type_id, typmod) = match function.op {
        SvfopCurrentDate => (fixed::DATEOID, -1),
        SvfopCurrentTime => (fixed::TIMETZOID, -1),
        SvfopCurrentTimeN => (fixed::TIMETZOID, check("TIME", zone)?),
        SvfopCurrentTimestamp => (fixed::TIMESTAMPTZOID, -1),
        SvfopCurrentTimestampN => (fixed::TIMESTAMPTZOID, check("TIMESTAMP", zone)?),
        SvfopLocaltime => (fixed::TIMEOID, -1),
        SvfopLocaltimeN => (fixed::TIMEOID, check("TIME", "")?),
        SvfopLocaltimestamp => (fixed::TIMESTAMPOID, -1),
        SvfopLocaltimestampN => (fixed::TIMESTAMPOID, check("TIMESTAMP", "")?),
        SvfopCurrentRole | SvfopCurrentUser | SvfopUser | SvfopSessionUser
        | SvfopCurrentCatalog | SvfopCurrentSchema => (fixed::NAMEOID, -1),
    };
    Ok(Expr::SQLValueFunction(SQLValueFunction {
        op: function.op,
        type_id,
        typmod,
        location: function.location,
    }))
}

/// IS TRUE and its kin (PostgreSQL: transformBooleanTest).
fn transform_boolean_test(pstate: &mut ParseState, test: &tree::BooleanTest) -> PgResult<Expr> {
    let clause = match test.booltesttype {
        BoolTestType::IsTrue => "IS TRUE",
        BoolTestType::IsNotTrue => "IS NOT TRUE",
        BoolTestType::IsFalse => "IS FALSE",
        BoolTestType::IsNotFalse => "IS NOT FALSE",
        BoolTestType::IsUnknown => "IS UNKNOWN",
        BoolTestType::IsNotUnknown => "IS NOT UNKNOWN",
    };
    let arg = recurse_required(pstate, &test.arg)?;
    let arg = coerce_to_boolean(pstate, arg, clause)?;
    Ok(Expr::BooleanTest(Box::new(BooleanTest {
        arg,
        booltesttype: test.booltesttype,
        location: test.location,
    })))
}

/// A literal of type unknown that nothing else decides becomes text.
fn unknown_to_text(pstate: &ParseState, expr: Expr) -> PgResult<Expr> {
    if expr_type(&expr) != fixed::UNKNOWNOID {
        return Ok(expr);
    }
    coerce_type(
        pstate,
        expr,
        fixed::UNKNOWNOID,
        fixed::TEXTOID,
        -1,
        CoercionContext::CoercionImplicit,
        CoercionForm::CoerceImplicitCast,
        -1,
    )
}

/// What a place is called (PostgreSQL: ParseExprKindName).
pub fn parse_expr_kind_name(kind: ExprKind) -> &'static str {
    match kind {
        ExprKind::None => "invalid expression context",
        ExprKind::Other => "extension expression",
        ExprKind::JoinOn => "JOIN/ON",
        ExprKind::JoinUsing => "JOIN/USING",
        ExprKind::FromSubselect => "sub-SELECT in FROM",
        ExprKind::FromFunction => "function in FROM",
        ExprKind::Where => "WHERE",
        ExprKind::Policy => "POLICY",
        ExprKind::Having => "HAVING",
        ExprKind::Filter => "FILTER",
        ExprKind::WindowPartition => "window PARTITION BY",
        ExprKind::WindowOrder => "window ORDER BY",
        ExprKind::WindowFrameRange => "window RANGE",
        ExprKind::WindowFrameRows => "window ROWS",
        ExprKind::WindowFrameGroups => "window GROUPS",
        ExprKind::SelectTarget => "SELECT",
        ExprKind::InsertTarget => "INSERT",
        ExprKind::UpdateSource | ExprKind::UpdateTarget => "UPDATE",
        ExprKind::MergeWhen => "MERGE WHEN",
        ExprKind::GroupBy => "GROUP BY",
        ExprKind::OrderBy => "ORDER BY",
        ExprKind::DistinctOn => "DISTINCT ON",
        ExprKind::Limit => "LIMIT",
        ExprKind::Offset => "OFFSET",
        ExprKind::Returning | ExprKind::MergeReturning => "RETURNING",
        ExprKind::Values | ExprKind::ValuesSingle => "VALUES",
        ExprKind::CheckConstraint | ExprKind::DomainCheck => "CHECK",
        ExprKind::ColumnDefault | ExprKind::FunctionDefault => "DEFAULT",
        ExprKind::IndexExpression => "index expression",
        ExprKind::IndexPredicate => "index predicate",
        ExprKind::StatsExpression => "statistics expression",
        ExprKind::AlterColTransform => "USING",
        ExprKind::ExecuteParameter => "EXECUTE",
        ExprKind::TriggerWhen => "WHEN",
        ExprKind::PartitionBound => "partition bound",
        ExprKind::PartitionExpression => "PARTITION BY",
        ExprKind::CallArgument => "CALL",
        ExprKind::CopyWhere => "WHERE",
        ExprKind::GeneratedColumn => "GENERATED AS",
        ExprKind::CycleMark => "CYCLE",
    }
}
