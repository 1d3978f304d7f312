//! FROM: tables, subqueries, samples; and the table that a statement changes.

use super::function::{transform_range_function, transform_range_table_func};
use super::join::transform_join;
use crate::catalog::PgProc;
use crate::catalog::namespace::name_list_to_string;
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::raw_location;
use crate::nodes::primnodes::{CmdType, JoinTreeNode, RteKind, TableSampleClause};
use crate::nodes::tree::{Node, RangeSubselect, RangeTableSample, RangeVar};
use crate::parser::analyze::parse_sub_analyze;
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::coerce_to_specific_type;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_func::lookup_func_name;
use crate::parser::parse_jsontable::transform_json_table;
use crate::parser::parse_node::{ExprKind, NamespaceItem, ParseState};
use crate::parser::parse_relation::{
    add_ns_item_to_query, add_range_table_entry, add_range_table_entry_for_relation,
    add_range_table_entry_for_subquery, alias_from_raw, check_name_space_conflicts,
    get_ns_item_for_special_relation_types, parser_open_table,
};
use crate::pg::oid::fixed::{FLOAT4OID, FLOAT8OID, INT8OID, INTERNALOID, TSM_HANDLEROID};
use crate::pg::sqlstate::{self, SqlState};

/// PostgreSQL: ERRCODE_INVALID_TABLESAMPLE_ARGUMENT.
const INVALID_TABLESAMPLE_ARGUMENT: Option<SqlState> = SqlState::new("2202H");

/// What a member of FROM gives: its place in the join tree, its own names, and all names it lets through.
pub(super) struct FromItem {
    pub node: JoinTreeNode,
    pub top: NamespaceItem,
    pub namespace: Vec<NamespaceItem>,
}

impl FromItem {
    pub(super) fn single(item: NamespaceItem) -> FromItem {
        FromItem {
            node: JoinTreeNode::RangeTblRef(item.rtindex),
            top: item.clone(),
            namespace: vec![item],
        }
    }
}

/// Makes the tables of FROM part of the query (PostgreSQL: transformFromClause).
pub fn transform_from_clause(pstate: &mut ParseState, from_list: &[Node]) -> PgResult<()> {
    for node in from_list {
        let mut item = transform_from_clause_item(pstate, node)?;
        check_name_space_conflicts(pstate, &pstate.namespace, &item.namespace)?;
        set_namespace_lateral_state(&mut item.namespace, true, true);
        pstate.joinlist.push(item.node);
        pstate.namespace.append(&mut item.namespace);
    }
    set_namespace_lateral_state(&mut pstate.namespace, false, true);
    Ok(())
}

/// PostgreSQL: setNamespaceLateralState.
pub fn set_namespace_lateral_state(
    namespace: &mut [NamespaceItem],
    lateral_only: bool,
    lateral_ok: bool,
) {
    for item in namespace {
        item.lateral_only = lateral_only;
        item.lateral_ok = lateral_ok;
    }
}

/// The table that INSERT, UPDATE, DELETE or MERGE changes; its range table index (PostgreSQL: setTargetTable).
pub fn set_target_table(
    pstate: &mut ParseState,
    relation: &RangeVar,
    inh: bool,
    also_source: bool,
    required_perms: u32,
) -> PgResult<u32> {
    let name = relation.relname.as_deref().unwrap_or_default();
    if relation.schemaname.is_none() && pstate.query_env.iter().any(|(n, _)| *n == name) {
        return Err(PgError::new(
            sqlstate::UNDEFINED_OBJECT,
            format!("relation \"{name}\" cannot be the target of a modifying statement"),
        )
        .into());
    }
    let class = parser_open_table(pstate, relation)?;
    let alias = relation.alias.as_deref().map(alias_from_raw);
    let item = add_range_table_entry_for_relation(pstate, &class, alias.as_ref(), inh, false)?;
    let rtindex = item.rtindex;
    pstate.target_relation = class.oid;
    pstate.rtable[rtindex as usize - 1].perms.required = required_perms;
    pstate.target_nsitem = Some(item.clone());
    if also_source {
        add_ns_item_to_query(pstate, item, true, true, true);
    }
    Ok(rtindex)
}

/// PostgreSQL: transformFromClauseItem.
pub(super) fn transform_from_clause_item(
    pstate: &mut ParseState,
    node: &Node,
) -> PgResult<FromItem> {
    match node {
        Node::RangeVar(relation) => {
            if let Some(item) = get_ns_item_for_special_relation_types(pstate, relation)? {
                return Ok(FromItem::single(item));
            }
            let alias = relation.alias.as_deref().map(alias_from_raw);
            let item = add_range_table_entry(pstate, relation, alias.as_ref(), relation.inh, true)?;
            Ok(FromItem::single(item))
        }
        Node::RangeSubselect(subselect) => {
            transform_range_subselect(pstate, subselect).map(FromItem::single)
        }
        Node::RangeFunction(function) => {
            transform_range_function(pstate, function).map(FromItem::single)
        }
        Node::RangeTableFunc(table_func) => {
            transform_range_table_func(pstate, table_func).map(FromItem::single)
        }
        Node::JsonTable(table) => transform_json_table(pstate, table).map(FromItem::single),
        Node::RangeTableSample(sample) => transform_range_table_sample(pstate, sample),
        Node::JoinExpr(join) => transform_join(pstate, join),
        other => Err(crate::findings::Stop::Unknown(format!(
            "{} in FROM is not modelled",
            other.tag_name()
        ))),
    }
}

/// PostgreSQL: transformRangeSubselect.
fn transform_range_subselect(
    pstate: &mut ParseState,
    subselect: &RangeSubselect,
) -> PgResult<NamespaceItem> {
    let Some(subquery) = &subselect.subquery else {
        return Err(crate::findings::Stop::Unknown("a subquery without text".to_string()));
    };
    if subselect.alias.is_none() && pstate.catalog().version().major() < 16 {
        return missing_subquery_alias(subquery);
    }
    pstate.expr_kind = ExprKind::FromSubselect;
    pstate.lateral_active = subselect.lateral;
    let query = parse_sub_analyze(subquery, pstate, None, false, true);
    pstate.lateral_active = false;
    pstate.expr_kind = ExprKind::None;
    let query = query?;
    if query.command_type != CmdType::CmdSelect {
        return Err(crate::findings::Stop::Unknown("a subquery that is no SELECT".to_string()));
    }
    let alias = subselect.alias.as_deref().map(alias_from_raw);
    add_range_table_entry_for_subquery(pstate, query, alias.as_ref(), subselect.lateral, true)
}

/// Before 16 the grammar itself asked for the alias.
fn missing_subquery_alias<T>(subquery: &Node) -> PgResult<T> {
    let values = matches!(subquery, Node::SelectStmt(select) if !select.values_lists.is_empty());
    let (what, example) = if values { ("VALUES", "VALUES") } else { ("subquery", "SELECT") };
    Err(PgError::new(sqlstate::SYNTAX_ERROR, format!("{what} in FROM must have an alias"))
        .hint(format!("For example, FROM ({example} ...) [AS] foo."))
        .into())
}

/// PostgreSQL: the RangeTableSample arm of transformFromClauseItem.
fn transform_range_table_sample(
    pstate: &mut ParseState,
    sample: &RangeTableSample,
) -> PgResult<FromItem> {
    let Some(relation) = &sample.relation else {
        return Err(crate::findings::Stop::Unknown("TABLESAMPLE of nothing".to_string()));
    };
    let item = transform_from_clause_item(pstate, relation)?;
    let index = item.top.rtindex as usize - 1;
    if !matches!(pstate.rtable[index].kind, RteKind::Relation { relkind: b'r' | b'm' | b'p', .. }) {
        return error_at(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "TABLESAMPLE clause can only be applied to tables and materialized views",
            raw_location(relation),
        );
    }
    let clause = table_sample_clause(pstate, sample)?;
    if let RteKind::Relation { tablesample, .. } = &mut pstate.rtable[index].kind {
        *tablesample = Some(Box::new(clause));
    }
    Ok(item)
}

/// PostgreSQL: transformRangeTableSample.
fn table_sample_clause(
    pstate: &mut ParseState,
    sample: &RangeTableSample,
) -> PgResult<TableSampleClause> {
    let location = sample.location.0;
    let name = name_list_to_string(&sample.method);
    let handler = lookup_func_name(&pstate.shared, &sample.method, Some(&[INTERNALOID]), true)?;
    let Some(handler) = handler else {
        return error_at(
            sqlstate::UNDEFINED_OBJECT,
            format!("tablesample method {name} does not exist"),
            location,
        );
    };
    let function = pstate.catalog().get::<PgProc>(handler);
    if function.is_none_or(|p| p.prorettype != TSM_HANDLEROID) {
        return error_at(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("function {name} must return type tsm_handler"),
            location,
        );
    }
    let (arg_type, repeatable) = match function.map_or("", |p| p.prosrc.as_ref()) {
        "tsm_bernoulli_handler" | "tsm_system_handler" => (FLOAT4OID, true),
        "tsm_system_rows_handler" => (INT8OID, false),
        "tsm_system_time_handler" => (FLOAT8OID, false),
        other => {
            return Err(crate::findings::Stop::Unknown(format!(
                "the tablesample method {other} is not modelled"
            )));
        }
    };
    if sample.args.len() != 1 {
        return error_at(
            INVALID_TABLESAMPLE_ARGUMENT.unwrap_or(sqlstate::SYNTAX_ERROR),
            format!("tablesample method {name} requires 1 argument, not {}", sample.args.len()),
            location,
        );
    }
    let argument = |pstate: &mut ParseState, node: &Node, type_id, construct| {
        let arg = transform_expr(pstate, node, ExprKind::FromFunction)?;
        let mut arg = coerce_to_specific_type(pstate, arg, type_id, construct)?;
        assign_expr_collations(pstate, &mut arg)?;
        Ok::<_, crate::findings::Stop>(arg)
    };
    let args = vec![argument(pstate, &sample.args[0], arg_type, "TABLESAMPLE")?];
    let repeatable = match &sample.repeatable {
        None => None,
        Some(_) if !repeatable => {
            return error_at(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("tablesample method {name} does not support REPEATABLE"),
                location,
            );
        }
        Some(seed) => Some(argument(pstate, seed, FLOAT8OID, "REPEATABLE")?),
    };
    Ok(TableSampleClause { tsmhandler: handler, args, repeatable })
}
