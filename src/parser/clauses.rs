//! What an expression contains: columns, aggregates, window functions, sets, functions that are not immutable
//! (PostgreSQL: optimizer/util/clauses.c, optimizer/util/var.c, rewrite/rewriteManip.c).

use super::jsonpath;
use crate::catalog::{Catalog, PgOperator, PgProc, PgType};
use crate::nodes::node_funcs::{
    NodeRef, expr_type, expression_tree_walker, query_tree_walker, walk_expr,
};
use crate::nodes::primnodes::{Datum, Expr, JsonExpr, JsonFormatType, Query};
use crate::pg::oid::{Oid, fixed::*};

/// Calls `f` with every expression and how many queries deep it stands; stops as soon as `f` says true.
fn walk_levels(node: NodeRef<'_>, depth: u32, f: &mut dyn FnMut(&Expr, u32) -> Walk) -> bool {
    match node {
        NodeRef::Expr(expr) => match f(expr, depth) {
            Walk::Stop => true,
            Walk::Skip => false,
            Walk::On => expression_tree_walker(expr, &mut |child| walk_levels(child, depth, f)),
        },
        NodeRef::Query(query) => {
            query_tree_walker(query, 0, &mut |child| walk_levels(child, depth + 1, f))
        }
    }
}

enum Walk {
    On,
    Skip,
    Stop,
}

fn stop_if(found: bool) -> Walk {
    if found { Walk::Stop } else { Walk::On }
}

/// Whether there are columns of the query `levels_up` above the expression (PostgreSQL: contain_vars_of_level).
pub fn contain_vars_of_level(expr: &Expr, levels_up: u32) -> bool {
    locate_var(NodeRef::Expr(expr), levels_up).is_some()
}

/// As `contain_vars_of_level`, of a subquery that stands where the expression would.
pub fn query_contains_vars_of_level(query: &Query, levels_up: u32) -> bool {
    locate_var(NodeRef::Query(query), levels_up).is_some()
}

/// Where the first such column stands in the text, -1 when unknown (PostgreSQL: locate_var_of_level).
pub fn locate_var_of_level(expr: &Expr, levels_up: u32) -> i32 {
    let mut location = -1;
    walk_levels(NodeRef::Expr(expr), levels_up, &mut |e, level| match e {
        Expr::Var(var) if var.varlevelsup == level && var.location.0 >= 0 => {
            location = var.location.0;
            Walk::Stop
        }
        _ => Walk::On, // not what is looked for
    });
    location
}

fn locate_var(node: NodeRef<'_>, levels_up: u32) -> Option<()> {
    walk_levels(node, levels_up, &mut |e, level| {
        stop_if(match e {
            Expr::Var(var) => var.varlevelsup == level,
            Expr::CurrentOfExpr { .. } => level == 0,
            _ => false, // not what is looked for
        })
    })
    .then_some(())
}

/// Whether the expression reads any column of its own query (PostgreSQL: contain_var_clause).
pub fn contain_var_clause(expr: &Expr) -> bool {
    contain_vars_of_level(expr, 0)
}

/// The range table indexes of the columns of its own query that the expression reads (PostgreSQL: pull_varnos).
pub fn pull_varnos(expr: &Expr) -> Vec<u32> {
    let mut varnos = Vec::new();
    walk_levels(NodeRef::Expr(expr), 0, &mut |e, level| {
        if let Expr::Var(var) = e
            && var.varlevelsup == level
            && !varnos.contains(&var.varno)
        {
            varnos.push(var.varno);
        }
        Walk::On
    });
    varnos
}

/// The columns of one range table entry that the expression reads, in the order met (PostgreSQL: pull_varattnos).
pub fn pull_varattnos(expr: &Expr, varno: u32) -> Vec<i16> {
    let mut attnos = Vec::new();
    walk_levels(NodeRef::Expr(expr), 0, &mut |e, level| {
        if let Expr::Var(var) = e
            && var.varlevelsup == level
            && var.varno == varno
            && !attnos.contains(&var.varattno)
        {
            attnos.push(var.varattno);
        }
        Walk::On
    });
    attnos
}

/// Whether there are aggregates of the query `levels_up` above (PostgreSQL: contain_aggs_of_level).
pub fn contain_aggs_of_level(expr: &Expr, levels_up: u32) -> bool {
    walk_levels(NodeRef::Expr(expr), levels_up, &mut |e, level| {
        stop_if(match e {
            Expr::Aggref(agg) => agg.agglevelsup == level,
            Expr::GroupingFunc(grouping) => grouping.agglevelsup == level,
            _ => false, // not what is looked for
        })
    })
}

/// Where the first such aggregate stands, -1 when unknown (PostgreSQL: locate_agg_of_level).
pub fn locate_agg_of_level(expr: &Expr, levels_up: u32) -> i32 {
    let mut location = -1;
    walk_levels(NodeRef::Expr(expr), levels_up, &mut |e, level| {
        let found = match e {
            Expr::Aggref(agg) if agg.agglevelsup == level => agg.location.0,
            Expr::GroupingFunc(grouping) if grouping.agglevelsup == level => grouping.location.0,
            _ => -1, // not what is looked for
        };
        location = location.max(found);
        stop_if(found >= 0)
    });
    location
}

/// PostgreSQL: contain_agg_clause.
pub fn contain_agg_clause(expr: &Expr) -> bool {
    contain_aggs_of_level(expr, 0)
}

/// Whether there are window functions, not counting those of subqueries (PostgreSQL: contain_windowfuncs).
pub fn contain_windowfuncs(expr: &Expr) -> bool {
    walk_expr(expr, &mut |e| matches!(e, Expr::WindowFunc(_)))
}

/// Where the first window function stands, -1 when unknown (PostgreSQL: locate_windowfunc).
pub fn locate_windowfunc(expr: &Expr) -> i32 {
    let mut location = -1;
    walk_expr(expr, &mut |e| match e {
        Expr::WindowFunc(func) if func.location.0 >= 0 => {
            location = func.location.0;
            true
        }
        _ => false, // not what is looked for
    });
    location
}

/// Whether there are subqueries (PostgreSQL: contain_subplans).
pub fn contain_subplans(expr: &Expr) -> bool {
    walk_expr(expr, &mut |e| matches!(e, Expr::SubLink(_)))
}

/// Whether the expression gives a set of rows (PostgreSQL: expression_returns_set).
pub fn expression_returns_set(expr: &Expr) -> bool {
    walk_levels(NodeRef::Expr(expr), 0, &mut |e, level| match e {
        _ if level > 0 => Walk::Skip, // a subquery's sets are its own
        Expr::FuncExpr(func) if func.funcretset => Walk::Stop,
        Expr::OpExpr(op) if op.opretset => Walk::Stop,
        Expr::Aggref(_) | Expr::GroupingFunc(_) | Expr::WindowFunc(_) => Walk::Skip,
        _ => Walk::On, // no set itself
    })
}

fn volatility(catalog: &Catalog, funcid: Oid) -> u8 {
    catalog.get::<PgProc>(funcid).map_or(b'v', |p| p.provolatile)
}

/// Whether a function that the node itself calls satisfies the check (PostgreSQL: check_functions_in_node).
pub fn check_functions_in_node(
    catalog: &Catalog,
    expr: &Expr,
    check: &mut dyn FnMut(Oid) -> bool,
) -> bool {
    let by_type = |type_id: Oid, output: bool| {
        catalog.get::<PgType>(type_id).map(|t| if output { t.typoutput } else { t.typinput })
    };
    match expr {
        Expr::Aggref(e) => check(e.aggfnoid),
        Expr::WindowFunc(e) => check(e.winfnoid),
        Expr::FuncExpr(e) => check(e.funcid),
        Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) => check(e.opfuncid),
        Expr::ScalarArrayOpExpr(e) => check(e.opfuncid),
        Expr::CoerceViaIO(e) => {
            let input = by_type(e.resulttype, false).is_some_and(&mut *check);
            input || by_type(expr_type(&e.arg), true).is_some_and(check)
        }
        Expr::RowCompareExpr(e) => e
            .opnos
            .iter()
            .any(|opno| catalog.get::<PgOperator>(*opno).is_some_and(|op| check(op.oprcode))),
        _ => false, // no other node calls a function
    }
}

/// Whether the result may change between calls with the same input (PostgreSQL: contain_mutable_functions).
pub fn contain_mutable_functions(catalog: &Catalog, expr: &Expr) -> bool {
    walk_levels(NodeRef::Expr(expr), 0, &mut |e, _| {
        stop_if(
            check_functions_in_node(catalog, e, &mut |f| volatility(catalog, f) != b'i')
                || match e {
                    Expr::SQLValueFunction(_) | Expr::NextValueExpr { .. } => true,
                    Expr::JsonConstructorExpr(ctor) => {
                        let jsonb =
                            ctor.returning.format.format_type == JsonFormatType::JsFormatJsonb;
                        ctor.args
                            .iter()
                            .any(|arg| !to_json_is_immutable(catalog, expr_type(arg), jsonb))
                    }
                    Expr::JsonExpr(json) => json_path_is_mutable(catalog, json),
                    _ => false, // no other node is mutable by itself
                },
        )
    })
}

/// Whether the result may change between calls in one statement (PostgreSQL: contain_volatile_functions).
pub fn contain_volatile_functions(catalog: &Catalog, expr: &Expr) -> bool {
    walk_levels(NodeRef::Expr(expr), 0, &mut |e, _| {
        stop_if(
            matches!(e, Expr::NextValueExpr { .. })
                || check_functions_in_node(catalog, e, &mut |f| volatility(catalog, f) == b'v'),
        )
    })
}

/// As `contain_volatile_functions`, of a whole query.
pub fn query_contains_volatile_functions(catalog: &Catalog, query: &Query) -> bool {
    walk_levels(NodeRef::Query(query), 0, &mut |e, _| {
        stop_if(
            matches!(e, Expr::NextValueExpr { .. })
                || check_functions_in_node(catalog, e, &mut |f| volatility(catalog, f) == b'v'),
        )
    })
}

/// As `contain_volatile_functions`, but nextval does not count (PostgreSQL: contain_volatile_functions_not_nextval).
pub fn contain_volatile_functions_not_nextval(catalog: &Catalog, expr: &Expr) -> bool {
    const F_NEXTVAL: Oid = Oid(1574);
    walk_levels(NodeRef::Expr(expr), 0, &mut |e, _| {
        stop_if(check_functions_in_node(catalog, e, &mut |f| {
            f != F_NEXTVAL && volatility(catalog, f) == b'v'
        }))
    })
}

/// Whether values of the type become JSON the same way at all times (PostgreSQL: to_json_is_immutable).
fn to_json_is_immutable(catalog: &Catalog, type_id: Oid, _jsonb: bool) -> bool {
    let mut base = type_id;
    while let Some(row) = catalog.get::<PgType>(base).filter(|t| t.typtype == b'd') {
        base = row.typbasetype;
    }
    match base {
        BOOLOID | INT2OID | INT4OID | INT8OID | FLOAT4OID | FLOAT8OID | NUMERICOID | JSONOID
        | JSONBOID => true,
        DATEOID | TIMESTAMPOID | TIMESTAMPTZOID => false,
        ANYARRAYOID | ANYCOMPATIBLEARRAYOID | RECORDOID | RECORDARRAYOID => false,
        _ => catalog.get::<PgType>(base).is_some_and(|t| {
            // Arrays and composite types are taken for mutable; others go by their output function.
            let array = t.typlen == -1 && t.typelem.is_valid();
            !array && t.typtype != b'c' && volatility(catalog, t.typoutput) == b'i'
        }),
    }
}

/// Whether what the path gives may differ between calls (PostgreSQL: contain_mutable_functions_checker on JsonExpr).
fn json_path_is_mutable(catalog: &Catalog, json: &JsonExpr) -> bool {
    match &json.path_spec {
        Expr::Const(path) => match &path.value {
            Some(Datum::Text(text) | Datum::Raw(text)) => {
                jsonpath::is_mutable(text, catalog, &json.passing_names, &json.passing_values)
            }
            Some(Datum::Oid(_)) | None => false,
        },
        _ => true, // a path that is not known yet
    }
}
