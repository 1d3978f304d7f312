//! All columns of a range table entry, for `*` and for whole rows.

use super::lookup::{make_var, mark_var_for_select_priv, ns_column_var, state_at};
use crate::catalog::{Catalog, PgClass};
use crate::findings::{PgError, PgResult};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_collation, expr_type, expr_typmod};
use crate::nodes::primnodes::{
    Expr, Query, RangeTblEntry, RteColumns, RteKind, TargetEntry, Var, VarReturningType,
};
use crate::parser::funcapi::{TupleAttr, TupleDesc, get_expr_result_type, relation_tupdesc};
use crate::parser::parse_node::{NamespaceItem, ParseState};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// A column of the output (PostgreSQL: makeTargetEntry).
pub fn make_target_entry(
    expr: Expr,
    resno: i16,
    resname: Option<Name>,
    resjunk: bool,
) -> TargetEntry {
    TargetEntry {
        expr,
        resno,
        resname,
        ressortgroupref: 0,
        resorigtbl: Oid::INVALID,
        resorigcol: 0,
        resjunk,
    }
}

/// Vars for the columns that a namespace item shows, with their names (PostgreSQL: expandNSItemVars).
pub fn expand_ns_item_vars(
    nsitem: &NamespaceItem,
    levels_up: u32,
    location: i32,
) -> Vec<(Name, Var)> {
    let mut vars = Vec::with_capacity(nsitem.colnames.len());
    for (i, name) in nsitem.colnames.iter().enumerate() {
        if name.is_empty() || nsitem.columns.get(i).is_none_or(|column| column.dontexpand) {
            continue;
        }
        if let Some(var) = ns_column_var(nsitem, i, levels_up, location) {
            vars.push((name.clone(), var));
        }
    }
    vars
}

/// Output columns for all columns of a namespace item (PostgreSQL: expandNSItemAttrs).
pub fn expand_ns_item_attrs(
    pstate: &mut ParseState,
    nsitem: &NamespaceItem,
    levels_up: u32,
    require_col_privs: bool,
    location: i32,
) -> Vec<TargetEntry> {
    let vars = expand_ns_item_vars(nsitem, levels_up, location);
    let mut entries = Vec::with_capacity(vars.len());
    for (name, var) in vars {
        if require_col_privs {
            mark_var_for_select_priv(pstate, &var);
        }
        entries.push(make_target_entry(Expr::Var(var), pstate.next_resno, Some(name), false));
        pstate.next_resno += 1;
    }
    entries
}

/// The columns of a range table entry as Vars; a dropped column is None (PostgreSQL: expandRTE).
pub fn expand_rte(
    catalog: &Catalog,
    rte: &RangeTblEntry,
    rtindex: u32,
    levels_up: u32,
    returning_type: VarReturningType,
    location: i32,
) -> Vec<(Name, Option<Expr>)> {
    let columns = rte_columns(catalog, rte);
    let mut out = Vec::with_capacity(columns.len());
    for (i, column) in columns.into_iter().enumerate() {
        let name = rte.eref.colnames.get(i).cloned().unwrap_or_default();
        let expr = column.map(|column| {
            let (type_id, typmod, collation) = (column.type_id, column.typmod, column.collation);
            let mut var = make_var(rtindex, i as i16 + 1, type_id, typmod, collation, levels_up);
            var.varreturningtype = returning_type;
            var.location = ParseLoc(location);
            Expr::Var(var)
        });
        out.push((name, expr));
    }
    out
}

/// Types of an entry's columns, None where one is dropped.
fn rte_columns(catalog: &Catalog, rte: &RangeTblEntry) -> Vec<Option<TupleAttr>> {
    let of_exprs = |exprs: &mut dyn Iterator<Item = &Expr>| {
        exprs
            .map(|e| {
                Some(TupleAttr::new(
                    Name::default(),
                    expr_type(e),
                    expr_typmod(e),
                    expr_collation(e),
                ))
            })
            .collect()
    };
    let of_desc =
        |desc: TupleDesc| desc.into_iter().map(|c| (!c.dropped).then_some(c)).collect::<Vec<_>>();
    match &rte.kind {
        RteKind::Relation { relid, .. } => {
            catalog.get::<PgClass>(*relid).map(|c| of_desc(relation_tupdesc(c))).unwrap_or_default()
        }
        RteKind::Subquery { query, .. } => {
            let mut list = query.target_list.iter().filter(|te| !te.resjunk).map(|te| &te.expr);
            of_exprs(&mut list)
        }
        RteKind::Join(join) => of_exprs(&mut join.joinaliasvars.iter()),
        RteKind::Function { functions, ordinality } => {
            let mut columns = Vec::new();
            for function in functions {
                if !function.funccolnames.is_empty() {
                    columns.extend(of_lists(&function.columns));
                    continue;
                }
                let (_, type_id, desc) = get_expr_result_type(catalog, &function.funcexpr);
                match desc {
                    Some(desc) => columns.extend(of_desc(desc)),
                    None => columns.push(Some(TupleAttr::new(
                        Name::default(),
                        type_id,
                        expr_typmod(&function.funcexpr),
                        expr_collation(&function.funcexpr),
                    ))),
                }
            }
            if *ordinality {
                let attr = TupleAttr::new(Name::default(), fixed::INT8OID, -1, Oid::INVALID);
                columns.push(Some(attr));
            }
            columns
        }
        RteKind::TableFunc(table_func) => of_lists(&table_func.columns),
        RteKind::Values { columns, .. }
        | RteKind::Cte { columns, .. }
        | RteKind::NamedTuplestore { columns, .. } => of_lists(columns),
        RteKind::Result => Vec::new(),
        RteKind::Group { exprs } => of_exprs(&mut exprs.iter()),
    }
}

fn of_lists(columns: &RteColumns) -> Vec<Option<TupleAttr>> {
    let lists = columns.types.iter().zip(&columns.typmods).zip(&columns.collations);
    lists
        .map(|((type_id, typmod), collation)| {
            type_id
                .is_valid()
                .then(|| TupleAttr::new(Name::default(), *type_id, *typmod, *collation))
        })
        .collect()
}

/// The type, typmod and collation of one column of an entry; None for a dropped one (PostgreSQL:
/// get_rte_attribute_type).
pub fn get_rte_attribute_type(
    catalog: &Catalog,
    rte: &RangeTblEntry,
    attnum: i16,
) -> Option<(Oid, i32, Oid)> {
    if attnum < 0 {
        let (_, type_id) = super::system_attribute_definition(attnum)?;
        return Some((type_id, -1, Oid::INVALID));
    }
    let index = usize::try_from(attnum).ok()?.checked_sub(1)?;
    let column = rte_columns(catalog, rte).into_iter().nth(index)??;
    Some((column.type_id, column.typmod, column.collation))
}

/// The name of one column of an entry (PostgreSQL: get_rte_attribute_name).
pub fn get_rte_attribute_name(catalog: &Catalog, rte: &RangeTblEntry, attnum: i16) -> Name {
    if attnum == 0 {
        return Name::fixed("*");
    }
    let index = usize::try_from(attnum).unwrap_or(0).wrapping_sub(1);
    if let Some(name) = rte.alias.as_ref().and_then(|alias| alias.colnames.get(index)) {
        return name.clone();
    }
    if let RteKind::Relation { relid, .. } = rte.kind {
        if let Some((name, _)) = super::system_attribute_definition(attnum) {
            return Name::fixed(name);
        }
        let class = catalog.get::<PgClass>(relid);
        if let Some(attribute) = class.and_then(|class| class.attribute(attnum)) {
            return attribute.attname.clone();
        }
    }
    rte.eref.colnames.get(index).cloned().unwrap_or_default()
}

/// The output column with this number (PostgreSQL: get_tle_by_resno).
pub fn get_tle_by_resno(target_list: &[TargetEntry], resno: i16) -> Option<&TargetEntry> {
    target_list.iter().find(|te| te.resno == resno)
}

/// Whether the query reads a temporary table anywhere (PostgreSQL: isQueryUsingTempRelation).
pub fn is_query_using_temp_relation(catalog: &Catalog, query: &Query) -> bool {
    use crate::nodes::node_funcs::{NodeRef, expression_tree_walker, query_tree_walker};
    fn visit(catalog: &Catalog, node: NodeRef<'_>) -> bool {
        match node {
            NodeRef::Expr(expr) => expression_tree_walker(expr, &mut |child| visit(catalog, child)),
            NodeRef::Query(query) => is_query_using_temp_relation(catalog, query),
        }
    }
    query.rtable.iter().any(|rte| match rte.kind {
        RteKind::Relation { relid, .. } => {
            catalog.get::<PgClass>(relid).is_some_and(|c| c.relpersistence == b't')
        }
        _ => false, // subqueries are walked below; nothing else names a relation
    }) || query_tree_walker(query, 0, &mut |node| visit(catalog, node))
}

/// The whole row of an entry as one Var (PostgreSQL: makeWholeRowVar, nodes/makefuncs.c).
pub fn make_whole_row_var(
    pstate: &ParseState,
    rtindex: u32,
    levels_up: u32,
    allow_scalar: bool,
) -> PgResult<Var> {
    let catalog = pstate.catalog();
    let record = make_var(rtindex, 0, fixed::RECORDOID, -1, Oid::INVALID, levels_up);
    let rte = state_at(pstate, levels_up).and_then(|s| s.rtable.get(rtindex as usize - 1));
    let Some(rte) = rte else { return Ok(record) };
    let var = match &rte.kind {
        RteKind::Relation { relid, .. } => {
            let class = catalog.get::<PgClass>(*relid);
            let Some(type_id) = class.and_then(|c| c.reltype.valid()) else {
                let name = class.map_or("", |c| c.relname.as_str());
                return Err(PgError::new(
                    sqlstate::WRONG_OBJECT_TYPE,
                    format!("relation \"{name}\" does not have a composite type"),
                )
                .into());
            };
            make_var(rtindex, 0, type_id, -1, Oid::INVALID, levels_up)
        }
        RteKind::Function { functions, ordinality } if !ordinality && functions.len() == 1 => {
            let expr = &functions[0].funcexpr;
            let (class, type_id, _) = get_expr_result_type(catalog, expr);
            use crate::parser::funcapi::TypeFuncClass as Class;
            match class {
                Class::Composite | Class::CompositeDomain => {
                    let declared = expr_type(expr);
                    make_var(rtindex, 0, declared, -1, Oid::INVALID, levels_up)
                }
                Class::Scalar if allow_scalar => {
                    make_var(rtindex, 1, type_id, -1, expr_collation(expr), levels_up)
                }
                Class::Scalar | Class::Record | Class::Other => record,
            }
        }
        _ => record, // every other entry's row is an anonymous record
    };
    Ok(var)
}
