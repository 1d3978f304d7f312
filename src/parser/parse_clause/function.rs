//! Functions in FROM, and XMLTABLE.

use crate::catalog::lsyscache::get_typcollation;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::raw_list_location;
use crate::nodes::primnodes::{Expr, RteColumns, TableFunc, TableFuncType};
use crate::nodes::tree::{FuncCall, Node, RangeFunction, RangeTableFunc, RangeTableFuncCol};
use crate::parser::clauses::contain_vars_of_level;
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{coerce_to_specific_type, coerce_to_specific_type_typmod};
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, NamespaceItem, ParseState};
use crate::parser::parse_relation::{
    add_range_table_entry_for_function, add_range_table_entry_for_table_func, alias_from_raw,
};
use crate::parser::parse_target::figure_colname;
use crate::parser::parse_type::typename_type_id_and_mod;
use crate::pg::name::Name;
use crate::pg::oid::fixed::{INT4OID, TEXTOID, XMLOID};
use crate::pg::sqlstate;

/// `unnest(a, b)` without any decoration, which stands for several calls.
fn is_plain_unnest(call: &FuncCall, coldefs: &[Node]) -> bool {
    matches!(call.funcname.as_slice(), [name] if name.str_val() == "unnest")
        && call.args.len() > 1
        && call.agg_order.is_empty()
        && call.agg_filter.is_none()
        && call.over.is_none()
        && !call.agg_star
        && !call.agg_distinct
        && !call.func_variadic
        && coldefs.is_empty()
}

/// One call of FROM; sets may be returned at its top only.
fn function_in_from(pstate: &mut ParseState, node: &Node) -> PgResult<(Name, Expr)> {
    pstate.last_srf = None;
    let expr = transform_expr(pstate, node, ExprKind::FromFunction)?;
    let top = match &expr {
        Expr::FuncExpr(func) if func.funcretset => Some(func.location.0),
        Expr::OpExpr(op) if op.opretset => Some(op.location.0),
        _ => None, // the expression itself returns no set
    };
    if let Some(srf) = pstate.last_srf.filter(|srf| Some(srf.location) != top) {
        return error_at(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "set-returning functions must appear at top level of FROM",
            srf.location,
        );
    }
    let name = figure_colname(node, Some(&expr));
    Ok((name, expr))
}

/// PostgreSQL: transformRangeFunction.
pub(super) fn transform_range_function(
    pstate: &mut ParseState,
    range: &RangeFunction,
) -> PgResult<NamespaceItem> {
    pstate.lateral_active = true;
    let functions = functions_of(pstate, range);
    pstate.lateral_active = false;
    let mut functions = functions?;
    for (_, expr, _) in &mut functions {
        assign_expr_collations(pstate, expr)?;
    }
    if !range.coldeflist.is_empty() {
        check_top_level_coldefs(range, functions.len())?;
        functions[0].2 = &range.coldeflist;
    }
    let lateral =
        range.lateral || functions.iter().any(|(_, expr, _)| contain_vars_of_level(expr, 0));
    let alias = range.alias.as_deref().map(alias_from_raw);
    add_range_table_entry_for_function(
        pstate,
        functions,
        alias.as_ref(),
        range.ordinality,
        lateral,
        true,
    )
}

type Functions<'n> = Vec<(Name, Expr, &'n [Node])>;

fn functions_of<'n>(pstate: &mut ParseState, range: &'n RangeFunction) -> PgResult<Functions<'n>> {
    let mut functions: Functions = Vec::with_capacity(range.functions.len());
    for pair in &range.functions {
        let [node, coldefs @ ..] = pair.list() else { continue };
        let coldefs = coldefs.first().map_or(&[][..], Node::list);
        if let Node::FuncCall(call) = node
            && is_plain_unnest(call, coldefs)
        {
            for arg in &call.args {
                let (name, expr) = function_in_from(pstate, &unnest_of(call, arg))?;
                functions.push((name, expr, &[]));
            }
            continue;
        }
        let (name, expr) = function_in_from(pstate, node)?;
        if !coldefs.is_empty() && !range.coldeflist.is_empty() {
            return error_at(
                sqlstate::SYNTAX_ERROR,
                "multiple column definition lists are not allowed for the same function",
                raw_list_location(&range.coldeflist),
            );
        }
        functions.push((name, expr, coldefs));
    }
    Ok(functions)
}

fn unnest_of(call: &FuncCall, arg: &Node) -> Node {
    use crate::nodes::accessors::{make_func_call, make_string};
    Node::FuncCall(Box::new(make_func_call(
        vec![make_string("pg_catalog"), make_string("unnest")],
        vec![arg.clone()],
        call.location,
    )))
}

fn check_top_level_coldefs(range: &RangeFunction, functions: usize) -> PgResult<()> {
    let location = raw_list_location(&range.coldeflist);
    let refuse = |message: &str, hint: &str| {
        Err(Stop::from(PgError::new(sqlstate::SYNTAX_ERROR, message).hint(hint).at(location)))
    };
    if functions != 1 {
        return if range.is_rowsfrom {
            refuse(
                "ROWS FROM() with multiple functions cannot have a column definition list",
                "Put a separate column definition list for each function inside ROWS FROM().",
            )
        } else {
            refuse(
                "UNNEST() with multiple arguments cannot have a column definition list",
                "Use separate UNNEST() calls inside ROWS FROM(), and attach a column definition list to each one.",
            )
        };
    }
    if range.ordinality {
        return refuse(
            "WITH ORDINALITY cannot be used with a column definition list",
            "Put the column definition list inside ROWS FROM().",
        );
    }
    Ok(())
}

const XMLTABLE: &str = "XMLTABLE";

/// PostgreSQL: transformRangeTableFunc.
pub(super) fn transform_range_table_func(
    pstate: &mut ParseState,
    range: &RangeTableFunc,
) -> PgResult<NamespaceItem> {
    pstate.lateral_active = true;
    let table_func = xml_table(pstate, range);
    pstate.lateral_active = false;
    let table_func = table_func?;
    let lateral = range.lateral || table_func_has_vars(&table_func);
    let alias = range.alias.as_deref().map(alias_from_raw);
    add_range_table_entry_for_table_func(pstate, table_func, alias.as_ref(), lateral, true)
}

/// Whether a table function reads columns of its own query.
pub(in crate::parser) fn table_func_has_vars(tf: &TableFunc) -> bool {
    let lists = tf.ns_uris.iter().chain([&tf.docexpr]).chain(&tf.rowexpr);
    let columns = tf.colexprs.iter().chain(&tf.coldefexprs).chain(&tf.colvalexprs).flatten();
    lists.chain(columns).chain(&tf.passingvalexprs).any(|e| contain_vars_of_level(e, 0))
}

fn xml_argument(
    pstate: &mut ParseState,
    node: Option<&Node>,
    type_id: crate::pg::oid::Oid,
) -> PgResult<Option<Expr>> {
    let Some(node) = node else { return Ok(None) };
    let expr = transform_expr(pstate, node, ExprKind::FromFunction)?;
    coerce_to_specific_type(pstate, expr, type_id, XMLTABLE).map(Some)
}

fn xml_table(pstate: &mut ParseState, range: &RangeTableFunc) -> PgResult<TableFunc> {
    let rowexpr = xml_argument(pstate, range.rowexpr.as_ref(), TEXTOID)?;
    let Some(docexpr) = xml_argument(pstate, range.docexpr.as_ref(), XMLOID)? else {
        return Err(Stop::Unknown("XMLTABLE without a document".to_string()));
    };
    let mut tf = TableFunc {
        functype: TableFuncType::XmlTable,
        ns_uris: Vec::new(),
        ns_names: Vec::new(),
        docexpr,
        rowexpr,
        colnames: Vec::new(),
        columns: RteColumns::default(),
        colexprs: Vec::new(),
        coldefexprs: Vec::new(),
        colvalexprs: Vec::new(),
        passingvalexprs: Vec::new(),
        passingnames: Vec::new(),
        notnulls: Vec::new(),
        ordinalitycol: -1,
        plan: None,
        location: range.location,
    };
    for node in &range.columns {
        if let Node::RangeTableFuncCol(column) = node {
            xml_column(pstate, &mut tf, column)?;
        }
    }
    for node in &range.namespaces {
        if let Node::ResTarget(namespace) = node {
            let uri = xml_argument(pstate, namespace.val.as_ref(), TEXTOID)?;
            let name = namespace.name.as_ref().map(Name::from);
            if tf.ns_names.contains(&name) {
                let message = match &name {
                    Some(name) => format!("namespace name \"{name}\" is not unique"),
                    None => "only one default namespace is allowed".to_string(),
                };
                return error_at(sqlstate::SYNTAX_ERROR, message, namespace.location.0);
            }
            tf.ns_uris.extend(uri);
            tf.ns_names.push(name);
        }
    }
    Ok(tf)
}

fn xml_column(
    pstate: &mut ParseState,
    tf: &mut TableFunc,
    column: &RangeTableFuncCol,
) -> PgResult<()> {
    let name = column.colname.as_ref().map(Name::from).unwrap_or_default();
    let location = column.location.0;
    let colno = tf.colnames.len() as i32;
    let (type_id, typmod) = match &column.type_name {
        Some(type_name) if !column.for_ordinality => {
            if type_name.setof {
                return error_at(
                    sqlstate::INVALID_TABLE_DEFINITION,
                    format!("column \"{name}\" cannot be declared SETOF"),
                    location,
                );
            }
            typename_type_id_and_mod(&pstate.shared, type_name)?
        }
        Some(_) | None => {
            if tf.ordinalitycol != -1 {
                return error_at(
                    sqlstate::SYNTAX_ERROR,
                    "only one FOR ORDINALITY column is allowed",
                    location,
                );
            }
            tf.ordinalitycol = colno;
            (INT4OID, -1)
        }
    };
    tf.columns.types.push(type_id);
    tf.columns.typmods.push(typmod);
    tf.columns.collations.push(get_typcollation(pstate.catalog(), type_id));
    tf.colexprs.push(xml_argument(pstate, column.colexpr.as_ref(), TEXTOID)?);
    let default = match &column.coldefexpr {
        None => None,
        Some(node) => {
            let expr = transform_expr(pstate, node, ExprKind::FromFunction)?;
            Some(coerce_to_specific_type_typmod(pstate, expr, type_id, typmod, XMLTABLE)?)
        }
    };
    tf.coldefexprs.push(default);
    if column.is_not_null {
        tf.notnulls.push(colno);
    }
    if tf.colnames.contains(&name) {
        return error_at(
            sqlstate::SYNTAX_ERROR,
            format!("column name \"{name}\" is not unique"),
            location,
        );
    }
    tf.colnames.push(name);
    Ok(())
}
