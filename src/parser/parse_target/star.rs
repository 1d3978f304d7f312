//! `*`, `table.*` and `(composite).*`.

use crate::catalog::namespace::{current_database, name_list_to_string};
use crate::findings::{PgError, PgResult};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_collation, expr_type, expr_typmod};
use crate::nodes::primnodes::{Expr, FieldSelect, RteKind, TargetEntry, Var, VarReturningType};
use crate::nodes::tree::{AIndirection, ColumnRef, Node, RangeVar};
use crate::parser::errors::error_at;
use crate::parser::funcapi::{TupleAttr, TupleDesc, get_expr_result_tupdesc};
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, NamespaceItem, ParamSource, ParseState};
use crate::parser::parse_relation::{
    error_missing_rte, expand_ns_item_attrs, expand_ns_item_vars, expand_rte, get_cte_for_rte,
    get_ns_item_by_range_table_posn, get_rte_by_range_table_posn, get_tle_by_resno,
    make_target_entry, mark_var_for_select_priv, refname_namespace_item, state_at,
};
use crate::pg::name::Name;
use crate::pg::oid::fixed::RECORDOID;
use crate::pg::sqlstate;

/// The two forms of `something.*`.
pub(super) enum Star<'n> {
    Column(&'n ColumnRef),
    Indirection(&'n AIndirection),
}

/// PostgreSQL: ExpandColumnRefStar.
pub(super) fn expand_column_ref_star(
    pstate: &mut ParseState,
    cref: &ColumnRef,
) -> PgResult<Vec<TargetEntry>> {
    let location = cref.location.0;
    let names: Vec<&str> = cref.fields[..cref.fields.len() - 1].iter().map(Node::str_val).collect();
    if names.is_empty() {
        return expand_all_tables(pstate, location);
    }
    let hook = match &pstate.params {
        ParamSource::Hook(hook) => Some(hook.clone()),
        _ => None, // other sources of parameters have no rows to expand
    };
    if let Some(expr) = hook.as_ref().and_then(|hook| hook.pre_columnref(cref)) {
        let fields = expand_row_reference(pstate, expr?)?;
        return Ok(target_entries(pstate, fields));
    }
    let (schema, relname) = match names.as_slice() {
        [relname] => (None, *relname),
        [schema, relname] => (Some(*schema), *relname),
        [catalog, schema, relname] => {
            if *catalog != current_database(&pstate.shared) {
                let name = name_list_to_string(&cref.fields);
                return error_at(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    format!("cross-database references are not implemented: {name}"),
                    location,
                );
            }
            (Some(*schema), *relname)
        }
        _ => {
            // more dots than any name can have
            let name = name_list_to_string(&cref.fields);
            return error_at(
                sqlstate::SYNTAX_ERROR,
                format!("improper qualified name (too many dotted names): {name}"),
                location,
            );
        }
    };
    let item = refname_namespace_item(pstate, schema, relname, location)?;
    if let Some(expr) = hook.as_ref().and_then(|hook| hook.post_columnref(cref, item.is_some())) {
        if item.is_some() {
            let name = name_list_to_string(&cref.fields);
            return error_at(
                sqlstate::AMBIGUOUS_COLUMN,
                format!("column reference \"{name}\" is ambiguous"),
                location,
            );
        }
        let fields = expand_row_reference(pstate, expr?)?;
        return Ok(target_entries(pstate, fields));
    }
    match item {
        Some((item, levels_up)) => {
            Ok(expand_ns_item_attrs(pstate, &item, levels_up, true, location))
        }
        None => {
            let range_var = RangeVar {
                catalogname: None,
                schemaname: schema.map(crate::nodes::Str::new),
                relname: Some(crate::nodes::Str::new(relname)),
                inh: true,
                relpersistence: b'p',
                alias: None,
                location: ParseLoc(location),
            };
            Err(error_missing_rte(pstate, &range_var))
        }
    }
}

fn target_entries(pstate: &mut ParseState, fields: Vec<(Name, Expr)>) -> Vec<TargetEntry> {
    let mut out = Vec::with_capacity(fields.len());
    for (name, expr) in fields {
        out.push(make_target_entry(expr, pstate.next_resno, Some(name), false));
        pstate.next_resno += 1;
    }
    out
}

/// PostgreSQL: ExpandAllTables.
fn expand_all_tables(pstate: &mut ParseState, location: i32) -> PgResult<Vec<TargetEntry>> {
    let items: Vec<NamespaceItem> =
        pstate.namespace.iter().filter(|item| item.cols_visible).cloned().collect();
    if items.is_empty() {
        return error_at(
            sqlstate::SYNTAX_ERROR,
            "SELECT * with no tables specified is not valid",
            location,
        );
    }
    let mut out = Vec::new();
    for item in &items {
        out.extend(expand_ns_item_attrs(pstate, item, 0, true, location));
    }
    Ok(out)
}

/// PostgreSQL: ExpandIndirectionStar.
pub(super) fn expand_indirection_star(
    pstate: &mut ParseState,
    ind: &AIndirection,
    kind: ExprKind,
) -> PgResult<Vec<(Name, Expr)>> {
    let mut stripped = ind.clone();
    stripped.indirection.pop();
    let node = match stripped {
        AIndirection { arg: Some(arg), indirection } if indirection.is_empty() => arg,
        other => Node::AIndirection(Box::new(other)),
    };
    let expr = transform_expr(pstate, &node, kind)?;
    expand_row_reference(pstate, expr)
}

/// The fields of a composite expression (PostgreSQL: ExpandRowReference).
pub fn expand_row_reference(pstate: &mut ParseState, expr: Expr) -> PgResult<Vec<(Name, Expr)>> {
    if let Expr::Var(var) = &expr
        && var.varattno == 0
        && let Some(item) = get_ns_item_by_range_table_posn(pstate, var.varno, var.varlevelsup)
    {
        let vars = expand_ns_item_vars(item, var.varlevelsup, var.location.0);
        for (_, var) in &vars {
            mark_var_for_select_priv(pstate, var);
        }
        return Ok(vars.into_iter().map(|(name, var)| (name, Expr::Var(var))).collect());
    }
    let columns = match &expr {
        Expr::Var(var) if var.vartype == RECORDOID => expand_record_variable(pstate, var, 0)?,
        _ => result_tupdesc(pstate, &expr)?, // its own type tells the columns
    };
    let mut fields = Vec::with_capacity(columns.len());
    for (i, column) in columns.into_iter().enumerate().filter(|(_, c)| !c.dropped) {
        fields.push((
            column.name,
            Expr::FieldSelect(Box::new(FieldSelect {
                arg: expr.clone(),
                fieldnum: i as i16 + 1,
                resulttype: column.type_id,
                resulttypmod: column.typmod,
                resultcollid: column.collation,
            })),
        ));
    }
    Ok(fields)
}

/// PostgreSQL: get_expr_result_tupdesc.
fn result_tupdesc(pstate: &ParseState, expr: &Expr) -> PgResult<TupleDesc> {
    if let Some(columns) = get_expr_result_tupdesc(pstate.catalog(), expr) {
        return Ok(columns);
    }
    let type_id = expr_type(expr);
    let message = if type_id == RECORDOID {
        "record type has not been registered".to_string()
    } else {
        format!("type {} is not composite", pstate.shared.format_type(type_id))
    };
    Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into())
}

/// The columns of the record that a Var stands for (PostgreSQL: expandRecordVariable).
pub fn expand_record_variable(
    pstate: &ParseState,
    var: &Var,
    levels_up: u32,
) -> PgResult<TupleDesc> {
    let net_levels_up = var.varlevelsup + levels_up;
    let whole = Expr::Var(var.clone());
    let Some(rte) = get_rte_by_range_table_posn(pstate, var.varno, net_levels_up) else {
        return result_tupdesc(pstate, &whole);
    };
    if var.varattno == 0 {
        let default = VarReturningType::Default;
        let columns = expand_rte(pstate.catalog(), rte, var.varno, 0, default, var.location.0);
        return Ok(columns
            .into_iter()
            .filter_map(|(name, expr)| {
                let e = expr?;
                Some(TupleAttr::new(name, expr_type(&e), expr_typmod(&e), expr_collation(&e)))
            })
            .collect());
    }
    let index = (var.varattno as usize).wrapping_sub(1);
    match &rte.kind {
        RteKind::Subquery { query, .. } => {
            let Some(te) = get_tle_by_resno(&query.target_list, var.varattno) else {
                return result_tupdesc(pstate, &whole);
            };
            let Expr::Var(inner) = &te.expr else { return result_tupdesc(pstate, &te.expr) };
            let mut below = ParseState::new(pstate.shared, state_at(pstate, net_levels_up));
            below.rtable = query.rtable.clone();
            expand_record_variable(&below, inner, 0)
        }
        RteKind::Join(join) => match join.joinaliasvars.get(index) {
            Some(Expr::Var(inner)) => expand_record_variable(pstate, inner, net_levels_up),
            Some(expr) => result_tupdesc(pstate, expr),
            None => result_tupdesc(pstate, &whole),
        },
        RteKind::Group { exprs } => match exprs.get(index) {
            Some(Expr::Var(inner)) => expand_record_variable(pstate, inner, net_levels_up),
            Some(expr) => result_tupdesc(pstate, expr),
            None => result_tupdesc(pstate, &whole),
        },
        RteKind::Cte { name, levels_up, self_reference: false, .. } => {
            let up = levels_up + net_levels_up;
            let Some(cte) = get_cte_for_rte(pstate, name, up) else {
                return result_tupdesc(pstate, &whole);
            };
            let cte = cte.borrow();
            let list = super::cte_target_list(&cte.ctequery);
            let Some(te) = get_tle_by_resno(list, var.varattno) else {
                return result_tupdesc(pstate, &whole);
            };
            let Expr::Var(inner) = &te.expr else { return result_tupdesc(pstate, &te.expr) };
            let mut below = ParseState::new(pstate.shared, state_at(pstate, up));
            below.rtable = cte.ctequery.rtable.clone();
            expand_record_variable(&below, inner, 0)
        }
        RteKind::Relation { .. }
        | RteKind::Cte { .. }
        | RteKind::Function { .. }
        | RteKind::TableFunc(_)
        | RteKind::Values { .. }
        | RteKind::NamedTuplestore { .. }
        | RteKind::Result => result_tupdesc(pstate, &whole),
    }
}
