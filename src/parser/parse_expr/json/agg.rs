//! JSON_OBJECTAGG, JSON_ARRAYAGG and JSON_ARRAY over a query (PostgreSQL: transformJsonObjectAgg and its kin,
//! parser/parse_expr.c).

use super::output::{Constructor, constructor_output};
use super::{ValueUse, builtin_function, recurse, recurse_required, value_expr};
use crate::findings::{PgResult, unknown};
use crate::nodes::accessors::make_string;
use crate::nodes::primnodes::*;
use crate::nodes::tree::{self, Node};
use crate::parser::analyze::parse_sub_analyze;
use crate::parser::errors::error_at;
use crate::parser::parse_agg::{transform_aggregate_call, transform_window_func_call};
use crate::parser::parse_clause::transform_where_clause;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// PostgreSQL: transformJsonObjectAgg.
pub(super) fn transform_object_agg(
    pstate: &mut ParseState,
    agg: &tree::JsonObjectAgg,
) -> PgResult<Expr> {
    let (Some(constructor), Some(pair)) = (&agg.constructor, &agg.arg) else {
        return unknown("JSON_OBJECTAGG without an argument");
    };
    let key = recurse_required(pstate, &pair.key)?;
    let value = value_expr(pstate, pair.value.as_deref(), ValueUse::plain("JSON_OBJECTAGG()"))?;
    let args = vec![key, value];
    let returning = constructor_output(pstate, constructor.output.as_deref(), &args)?;
    let name = format!(
        "{}_object_agg{}{}",
        json_or_jsonb(&returning),
        if agg.unique { "_unique" } else { "" },
        if agg.absent_on_null { "_strict" } else { "" },
    );
    let made = Constructor {
        kind: JsonConstructorType::ObjectAgg,
        absent_on_null: agg.absent_on_null,
        unique: agg.unique,
        location: constructor.location,
    };
    finish(pstate, constructor, made, returning, args, &name)
}

/// PostgreSQL: transformJsonArrayAgg.
pub(super) fn transform_array_agg(
    pstate: &mut ParseState,
    agg: &tree::JsonArrayAgg,
) -> PgResult<Expr> {
    let Some(constructor) = &agg.constructor else {
        return unknown("JSON_ARRAYAGG without an argument");
    };
    let arg = value_expr(pstate, agg.arg.as_deref(), ValueUse::plain("JSON_ARRAYAGG()"))?;
    let args = vec![arg];
    let returning = constructor_output(pstate, constructor.output.as_deref(), &args)?;
    let strict = if agg.absent_on_null { "_strict" } else { "" };
    let name = format!("{}_agg{strict}", json_or_jsonb(&returning));
    let made = Constructor {
        kind: JsonConstructorType::ArrayAgg,
        absent_on_null: agg.absent_on_null,
        unique: false,
        location: constructor.location,
    };
    finish(pstate, constructor, made, returning, args, &name)
}

fn json_or_jsonb(returning: &JsonReturning) -> &'static str {
    match returning.format.format_type {
        JsonFormatType::JsFormatJsonb => "jsonb",
        JsonFormatType::JsFormatJson | JsonFormatType::JsFormatDefault => "json",
    }
}

/// PostgreSQL: transformJsonAggConstructor.
fn finish(
    pstate: &mut ParseState,
    given: &tree::JsonAggConstructor,
    made: Constructor,
    returning: JsonReturning,
    args: Vec<Expr>,
    function: &str,
) -> PgResult<Expr> {
    let aggfilter =
        transform_where_clause(pstate, given.agg_filter.as_ref(), ExprKind::Filter, "FILTER")?;
    let funcid = builtin_function(pstate, function, args.len())?;
    let result =
        if json_or_jsonb(&returning) == "jsonb" { fixed::JSONBOID } else { fixed::JSONOID };
    let func = match &given.over {
        Some(over) => {
            if !given.agg_order.is_empty() {
                let message = "aggregate ORDER BY is not implemented for window functions";
                return error_at(state::FEATURE_NOT_SUPPORTED, message, given.location.0);
            }
            let call = WindowFunc {
                winfnoid: funcid,
                wintype: result,
                wincollid: Oid::INVALID,
                inputcollid: Oid::INVALID,
                args,
                aggfilter,
                winref: 0,
                winstar: false,
                winagg: true,
                location: given.location,
            };
            transform_window_func_call(pstate, call, over)?
        }
        None => {
            let aggref = Aggref {
                aggfnoid: funcid,
                aggtype: result,
                aggcollid: Oid::INVALID,
                inputcollid: Oid::INVALID,
                aggargtypes: Vec::new(),
                aggdirectargs: Vec::new(),
                args: Vec::new(),
                aggorder: Vec::new(),
                aggdistinct: Vec::new(),
                aggfilter,
                aggstar: false,
                aggvariadic: false,
                aggkind: b'n',
                agglevelsup: 0,
                location: given.location,
            };
            transform_aggregate_call(pstate, aggref, args, &given.agg_order, false)?
        }
    };
    made.finish(pstate, Vec::new(), Some(func), returning)
}

/// JSON_ARRAY(query) is `(SELECT JSON_ARRAYAGG(a) FROM (query) q(a))` (PostgreSQL: transformJsonArrayQueryConstructor).
pub(super) fn transform_array_query(
    pstate: &mut ParseState,
    ctor: &tree::JsonArrayQueryConstructor,
) -> PgResult<Expr> {
    let Some(query) = &ctor.query else { return unknown("JSON_ARRAY without a query") };
    let analysed = parse_sub_analyze(query, pstate, None, false, true)?;
    if analysed.target_list.iter().filter(|te| !te.resjunk).count() != 1 {
        let message = "subquery must return only one column";
        return error_at(state::SYNTAX_ERROR, message, ctor.location.0);
    }
    let column = Node::ColumnRef(Box::new(tree::ColumnRef {
        fields: vec![make_string("q"), make_string("a")],
        location: ctor.location,
    }));
    let aggregate = tree::JsonArrayAgg {
        constructor: Some(Box::new(tree::JsonAggConstructor {
            output: ctor.output.clone(),
            agg_filter: None,
            agg_order: Vec::new(),
            over: None,
            location: ctor.location,
        })),
        arg: Some(Box::new(tree::JsonValueExpr {
            raw_expr: Some(column),
            formatted_expr: None,
            format: ctor.format.clone(),
        })),
        absent_on_null: ctor.absent_on_null,
    };
    let target = tree::ResTarget {
        name: None,
        indirection: Vec::new(),
        val: Some(Node::JsonArrayAgg(Box::new(aggregate))),
        location: ctor.location,
    };
    let range = tree::RangeSubselect {
        lateral: false,
        subquery: Some(query.clone()),
        alias: Some(Box::new(tree::Alias {
            aliasname: Some("q".into()),
            colnames: vec![make_string("a")],
        })),
    };
    let select = tree::SelectStmt {
        distinct_clause: Vec::new(),
        into_clause: None,
        target_list: vec![Node::ResTarget(Box::new(target))],
        from_clause: vec![Node::RangeSubselect(Box::new(range))],
        where_clause: None,
        group_clause: Vec::new(),
        group_distinct: false,
        having_clause: None,
        window_clause: Vec::new(),
        values_lists: Vec::new(),
        sort_clause: Vec::new(),
        limit_offset: None,
        limit_count: None,
        limit_option: tree::LimitOption::LimitOptionDefault,
        locking_clause: Vec::new(),
        with_clause: None,
        op: tree::SetOperation::SetopNone,
        all: false,
        larg: None,
        rarg: None,
    };
    let link = tree::SubLink {
        sub_link_type: SubLinkType::ExprSublink,
        sub_link_id: 0,
        testexpr: None,
        oper_name: Vec::new(),
        subselect: Some(Node::SelectStmt(Box::new(select))),
        location: ctor.location,
    };
    recurse(pstate, &Node::SubLink(Box::new(link)))
}
