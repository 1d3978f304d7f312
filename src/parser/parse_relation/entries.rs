//! Making range table entries: one function for each kind of thing that FROM can hold.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::lookup::{is_future_cte, scan_name_space_for_cte, scan_name_space_for_enr};
use crate::catalog::acl::privilege;
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::{Catalog, PgClass};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::{
    expr_collation, expr_location, expr_type, expr_typmod, raw_list_location,
};
use crate::nodes::primnodes::{
    Alias, CmdType, CommonTableExpr, Expr, JoinRte, JoinTreeNode, Permissions, Query,
    RangeTblEntry, RangeTblFunction, RteColumns, RteKind, TableFunc, TableFuncType,
    VarReturningType,
};
use crate::nodes::tree::{self, Node, RangeVar};
use crate::parser::funcapi::{
    TupleAttr, TupleDesc, TypeFuncClass, get_expr_result_type, get_func_result_name,
    relation_tupdesc,
};
use crate::parser::parse_node::{NamespaceColumn, NamespaceItem, ParseState};
use crate::parser::parse_type::{get_column_def_collation, typename_type_id_and_mod};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed::*};
use crate::pg::sqlstate;

/// An alias of the raw tree as range table entries keep it.
pub fn alias_from_raw(alias: &tree::Alias) -> Alias {
    Alias {
        aliasname: alias.aliasname.as_ref().map(Name::from).unwrap_or_default(),
        colnames: alias.colnames.iter().map(|name| Name::new(name.str_val())).collect(),
    }
}

/// A range table entry with nothing but its kind and names.
fn entry(kind: RteKind, alias: Option<Alias>, eref: Alias, in_from: bool) -> RangeTblEntry {
    RangeTblEntry {
        kind,
        alias,
        eref,
        lateral: false,
        in_from_cl: in_from,
        inh: false,
        perms: Permissions::default(),
    }
}

/// Adds the entry; its 1-based index.
fn append_rte(pstate: &mut ParseState, rte: RangeTblEntry) -> u32 {
    pstate.rtable.push(rte);
    pstate.joinexprs.push(None);
    pstate.rtable.len() as u32
}

fn namespace_item(
    name: &Name,
    colnames: &[Name],
    rtindex: u32,
    columns: Vec<NamespaceColumn>,
) -> NamespaceItem {
    NamespaceItem {
        name: name.clone(),
        colnames: Rc::new(colnames.to_vec()),
        rtindex,
        columns: Rc::new(columns),
        rel_visible: true,
        cols_visible: true,
        lateral_only: false,
        lateral_ok: true,
        returning_type: VarReturningType::Default,
    }
}

fn namespace_column(
    rtindex: u32,
    attno: i16,
    type_id: Oid,
    typmod: i32,
    collation: Oid,
) -> NamespaceColumn {
    NamespaceColumn {
        varno: rtindex,
        varattno: attno,
        vartype: type_id,
        vartypmod: typmod,
        varcollid: collation,
        varreturningtype: VarReturningType::Default,
        varnosyn: rtindex,
        varattnosyn: attno,
        dontexpand: false,
    }
}

fn dropped_column() -> NamespaceColumn {
    NamespaceColumn {
        varno: 0,
        varattno: 0,
        ..namespace_column(0, 0, Oid::INVALID, -1, Oid::INVALID)
    }
}

/// PostgreSQL: buildNSItemFromTupleDesc.
fn item_from_tuple_desc(rtindex: u32, eref: &Alias, columns: &[TupleAttr]) -> NamespaceItem {
    let columns = columns.iter().enumerate().map(|(i, column)| {
        if column.dropped {
            return dropped_column();
        }
        namespace_column(rtindex, i as i16 + 1, column.type_id, column.typmod, column.collation)
    });
    namespace_item(&eref.aliasname, &eref.colnames, rtindex, columns.collect())
}

/// PostgreSQL: buildNSItemFromLists.
fn item_from_lists(rtindex: u32, eref: &Alias, columns: &RteColumns) -> NamespaceItem {
    let lists = columns.types.iter().zip(&columns.typmods).zip(&columns.collations);
    let columns = lists.enumerate().map(|(i, ((type_id, typmod), collation))| {
        namespace_column(rtindex, i as i16 + 1, *type_id, *typmod, *collation)
    });
    namespace_item(&eref.aliasname, &eref.colnames, rtindex, columns.collect())
}

fn too_many_aliases(what: String, available: usize, specified: usize) -> Stop {
    let message = format!("{what} {available} columns available but {specified} columns specified");
    PgError::new(sqlstate::INVALID_COLUMN_REFERENCE, message).into()
}

/// Names for the columns of a row type: the user's first, then the columns' own (PostgreSQL: buildRelationAliases).
fn build_relation_aliases(
    columns: &[TupleAttr],
    alias: Option<&mut Alias>,
    eref: &mut Alias,
) -> PgResult<()> {
    let mut no_alias = Alias::default();
    let alias = alias.unwrap_or(&mut no_alias);
    let given = std::mem::take(&mut alias.colnames);
    let mut names = given.iter();
    let mut dropped = 0;
    for column in columns {
        if column.dropped {
            if !names.as_slice().is_empty() {
                alias.colnames.push(Name::default());
            }
            dropped += 1;
            eref.colnames.push(Name::default());
        } else if let Some(name) = names.next() {
            alias.colnames.push(name.clone());
            eref.colnames.push(name.clone());
        } else {
            eref.colnames.push(column.name.clone());
        }
    }
    if !names.as_slice().is_empty() {
        let what = format!("table \"{}\" has", eref.aliasname);
        return Err(too_many_aliases(what, columns.len() - dropped, given.len()));
    }
    Ok(())
}

fn at(stop: Stop, location: i32) -> Stop {
    match stop {
        Stop::Error(error) => Stop::from(error.at(location)),
        Stop::Unknown(reason) => Stop::Unknown(reason),
    }
}

/// The relation that FROM or a command names, or PostgreSQL's refusal (PostgreSQL: parserOpenTable).
pub fn parser_open_table(pstate: &ParseState, relation: &RangeVar) -> PgResult<Arc<PgClass>> {
    let location = relation.location.0;
    let name = relation.relname.as_deref().unwrap_or_default();
    let found = range_var_get_relid(&pstate.shared, relation, true).map_err(|s| at(s, location))?;
    let class = found.and_then(|oid| pstate.catalog().get::<PgClass>(oid));
    if let Some(class) = class {
        validate_relation_kind(class).map_err(|stop| at(stop, location))?;
        return Ok(class.clone());
    }
    let error = match &relation.schemaname {
        Some(schema) => PgError::new(
            sqlstate::UNDEFINED_TABLE,
            format!("relation \"{schema}.{name}\" does not exist"),
        ),
        None => {
            let error = PgError::new(
                sqlstate::UNDEFINED_TABLE,
                format!("relation \"{name}\" does not exist"),
            );
            if is_future_cte(pstate, name) {
                error
                    .detail(format!("There is a WITH item named \"{name}\", but it cannot be referenced from this part of the query."))
                    .hint("Use WITH RECURSIVE, or re-order the WITH items to remove forward references.")
            } else {
                error
            }
        }
    };
    Err(crate::catalog::namespace::unless_unknown_extension(
        &pstate.shared,
        relation.schemaname.as_deref(),
        error.at(location).into(),
    ))
}

/// Indexes and composite types hold no rows to read (PostgreSQL: validate_relation_kind, access/table/table.c).
pub fn validate_relation_kind(class: &PgClass) -> PgResult<()> {
    let what = match class.relkind {
        b'i' => "indexes",
        b'I' => "partitioned indexes",
        b'c' => "composite types",
        _ => return Ok(()), // every other kind can be opened as a table
    };
    Err(PgError::new(
        sqlstate::WRONG_OBJECT_TYPE,
        format!("cannot open relation \"{}\"", class.relname),
    )
    .detail(format!("This operation is not supported for {what}."))
    .into())
}

/// An entry for the relation that a name in FROM means (PostgreSQL: addRangeTableEntry).
pub fn add_range_table_entry(
    pstate: &mut ParseState,
    relation: &RangeVar,
    alias: Option<&Alias>,
    inh: bool,
    in_from: bool,
) -> PgResult<NamespaceItem> {
    let class = parser_open_table(pstate, relation)?;
    add_range_table_entry_for_relation(pstate, &class, alias, inh, in_from)
}

/// PostgreSQL: addRangeTableEntryForRelation.
pub fn add_range_table_entry_for_relation(
    pstate: &mut ParseState,
    relation: &Arc<PgClass>,
    alias: Option<&Alias>,
    inh: bool,
    in_from: bool,
) -> PgResult<NamespaceItem> {
    let mut alias = alias.cloned();
    let refname = alias.as_ref().map_or(&relation.relname, |alias| &alias.aliasname).clone();
    let mut eref = Alias { aliasname: refname, colnames: Vec::new() };
    let columns = relation_tupdesc(relation);
    build_relation_aliases(&columns, alias.as_mut(), &mut eref)?;
    let kind =
        RteKind::Relation { relid: relation.oid, relkind: relation.relkind, tablesample: None };
    let mut rte = entry(kind, alias, eref, in_from);
    rte.inh = inh;
    rte.perms.required = privilege::SELECT;
    let rtindex = append_rte(pstate, rte);
    Ok(item_from_tuple_desc(rtindex, &pstate.rtable[rtindex as usize - 1].eref, &columns))
}

/// PostgreSQL: addRangeTableEntryForSubquery.
pub fn add_range_table_entry_for_subquery(
    pstate: &mut ParseState,
    query: Query,
    alias: Option<&Alias>,
    lateral: bool,
    in_from: bool,
) -> PgResult<NamespaceItem> {
    let mut eref = alias.cloned().unwrap_or_else(|| Alias {
        aliasname: Name::fixed("unnamed_subquery"),
        colnames: Vec::new(),
    });
    let aliases = eref.colnames.len();
    let mut columns = RteColumns::default();
    for te in query.target_list.iter().filter(|te| !te.resjunk) {
        if columns.types.len() >= aliases {
            eref.colnames.push(te.resname.clone().unwrap_or_default());
        }
        columns.types.push(expr_type(&te.expr));
        columns.typmods.push(expr_typmod(&te.expr));
        columns.collations.push(expr_collation(&te.expr));
    }
    if columns.types.len() < aliases {
        let what = format!("table \"{}\" has", eref.aliasname);
        return Err(too_many_aliases(what, columns.types.len(), aliases));
    }
    let kind = RteKind::Subquery { query: Box::new(query), security_barrier: false };
    let mut rte = entry(kind, alias.cloned(), eref, in_from);
    rte.lateral = lateral;
    let rtindex = append_rte(pstate, rte);
    let mut item = item_from_lists(rtindex, &pstate.rtable[rtindex as usize - 1].eref, &columns);
    // A name that nobody wrote is no relation's.
    item.rel_visible = alias.is_some();
    Ok(item)
}

/// PostgreSQL: chooseScalarFunctionAlias.
fn scalar_function_alias(
    catalog: &Catalog,
    expr: &Expr,
    funcname: &str,
    alias: Option<&Alias>,
    nfuncs: usize,
) -> Name {
    if let Expr::FuncExpr(func) = expr
        && let Some(name) = get_func_result_name(catalog, func.funcid)
    {
        return name;
    }
    match alias {
        Some(alias) if nfuncs == 1 => alias.aliasname.clone(),
        Some(_) | None => Name::new(funcname),
    }
}

/// PostgreSQL: addRangeTableEntryForFunction.
pub fn add_range_table_entry_for_function(
    pstate: &mut ParseState,
    functions: Vec<(Name, Expr, &[Node])>,
    alias: Option<&Alias>,
    ordinality: bool,
    lateral: bool,
    in_from: bool,
) -> PgResult<NamespaceItem> {
    let mut alias = alias.cloned();
    let nfuncs = functions.len();
    let aliasname = match &alias {
        Some(alias) => alias.aliasname.clone(),
        None => functions.first().map(|(name, ..)| name.clone()).unwrap_or_default(),
    };
    let mut eref = Alias { aliasname, colnames: Vec::new() };
    let mut all_columns: TupleDesc = Vec::new();
    let mut entries = Vec::with_capacity(nfuncs);
    for (name, expr, coldefs) in functions {
        let columns = function_columns(pstate, &name, &expr, coldefs, alias.as_ref(), nfuncs)?;
        let mut function = RangeTblFunction {
            funcexpr: expr,
            funccolcount: columns.len(),
            funccolnames: Vec::new(),
            columns: RteColumns::default(),
        };
        if !coldefs.is_empty() {
            for column in &columns {
                function.funccolnames.push(column.name.clone());
                function.columns.types.push(column.type_id);
                function.columns.typmods.push(column.typmod);
                function.columns.collations.push(column.collation);
            }
        }
        entries.push(function);
        all_columns.extend(columns);
    }
    if ordinality {
        all_columns.push(TupleAttr::new(Name::fixed("ordinality"), INT8OID, -1, Oid::INVALID));
    }
    build_relation_aliases(&all_columns, alias.as_mut(), &mut eref)?;
    let kind = RteKind::Function { functions: entries, ordinality };
    let mut rte = entry(kind, alias, eref, in_from);
    rte.lateral = lateral;
    let rtindex = append_rte(pstate, rte);
    Ok(item_from_tuple_desc(rtindex, &pstate.rtable[rtindex as usize - 1].eref, &all_columns))
}

/// The columns that one function in FROM gives, checked against its column definition list.
fn function_columns(
    pstate: &mut ParseState,
    name: &str,
    expr: &Expr,
    coldefs: &[Node],
    alias: Option<&Alias>,
    nfuncs: usize,
) -> PgResult<TupleDesc> {
    let catalog = pstate.catalog();
    let (class, result_type, columns) = get_expr_result_type(catalog, expr);
    let syntax = |message: &str, location: i32| -> Stop {
        PgError::new(sqlstate::SYNTAX_ERROR, message).at(location).into()
    };
    if !coldefs.is_empty() {
        let message = match class {
            TypeFuncClass::Record => None,
            TypeFuncClass::Composite | TypeFuncClass::CompositeDomain => {
                Some(if expr_type(expr) == RECORDOID {
                    "a column definition list is redundant for a function with OUT parameters"
                } else {
                    "a column definition list is redundant for a function returning a named composite type"
                })
            }
            TypeFuncClass::Scalar | TypeFuncClass::Other => {
                Some("a column definition list is only allowed for functions returning \"record\"")
            }
        };
        if let Some(message) = message {
            return Err(syntax(message, raw_list_location(coldefs)));
        }
    } else if class == TypeFuncClass::Record {
        return Err(syntax(
            "a column definition list is required for functions returning \"record\"",
            expr_location(expr),
        ));
    }
    match class {
        TypeFuncClass::Composite | TypeFuncClass::CompositeDomain => match columns {
            Some(columns) => Ok(columns),
            None => Err(Stop::Unknown(format!("the columns of {name}() are not known"))),
        },
        TypeFuncClass::Scalar => Ok(vec![TupleAttr::new(
            scalar_function_alias(catalog, expr, name, alias, nfuncs),
            result_type,
            expr_typmod(expr),
            expr_collation(expr),
        )]),
        TypeFuncClass::Record => column_definitions(pstate, coldefs),
        TypeFuncClass::Other => Err(PgError::new(
            sqlstate::DATATYPE_MISMATCH,
            format!(
                "function \"{name}\" in FROM has unsupported return type {}",
                pstate.shared.format_type(result_type)
            ),
        )
        .at(expr_location(expr))
        .into()),
    }
}

/// The columns of a column definition list (PostgreSQL: CheckAttributeNamesTypes as for a composite type).
fn column_definitions(pstate: &mut ParseState, coldefs: &[Node]) -> PgResult<TupleDesc> {
    let mut columns: TupleDesc = Vec::with_capacity(coldefs.len());
    for node in coldefs {
        let Node::ColumnDef(def) = node else { continue };
        let Some(type_name) = &def.type_name else { continue };
        let name = def.colname.as_ref().map(Name::from).unwrap_or_default();
        if type_name.setof {
            return Err(PgError::new(
                sqlstate::INVALID_TABLE_DEFINITION,
                format!("column \"{name}\" cannot be declared SETOF"),
            )
            .at(def.location.0)
            .into());
        }
        let (type_id, typmod) = typename_type_id_and_mod(&pstate.shared, type_name)?;
        let collation = get_column_def_collation(&pstate.shared, def, type_id)?;
        columns.push(TupleAttr::new(name, type_id, typmod, collation));
    }
    for (i, column) in columns.iter().enumerate() {
        if columns[..i].iter().any(|other| other.name == column.name) {
            return Err(PgError::new(
                sqlstate::DUPLICATE_COLUMN,
                format!("column name \"{}\" specified more than once", column.name),
            )
            .into());
        }
    }
    for column in &columns {
        check_definition_type(pstate, column)?;
    }
    Ok(columns)
}

/// PostgreSQL: CheckAttributeType with CHKATYPE_ANYRECORD.
fn check_definition_type(pstate: &ParseState, column: &TupleAttr) -> PgResult<()> {
    let pseudo = pstate
        .catalog()
        .get::<crate::catalog::PgType>(column.type_id)
        .is_some_and(|t| t.typtype == b'p');
    if !pseudo || matches!(column.type_id, RECORDOID | RECORDARRAYOID) {
        return Ok(());
    }
    Err(PgError::new(
        sqlstate::INVALID_TABLE_DEFINITION,
        format!(
            "column \"{}\" has pseudo-type {}",
            column.name,
            pstate.shared.format_type(column.type_id)
        ),
    )
    .into())
}

/// PostgreSQL: addRangeTableEntryForTableFunc.
pub fn add_range_table_entry_for_table_func(
    pstate: &mut ParseState,
    table_func: TableFunc,
    alias: Option<&Alias>,
    lateral: bool,
    in_from: bool,
) -> PgResult<NamespaceItem> {
    let (default_name, what) = match table_func.functype {
        TableFuncType::XmlTable => ("xmltable", "XMLTABLE"),
        TableFuncType::JsonTable => ("json_table", "JSON_TABLE"),
    };
    let mut eref = alias
        .cloned()
        .unwrap_or_else(|| Alias { aliasname: Name::fixed(default_name), colnames: Vec::new() });
    let aliases = eref.colnames.len();
    eref.colnames.extend(table_func.colnames.iter().skip(aliases).cloned());
    if aliases > table_func.colnames.len() {
        let what = format!("{what} function has");
        return Err(too_many_aliases(what, table_func.colnames.len(), aliases));
    }
    let columns = table_func.columns.clone();
    let kind = RteKind::TableFunc(Box::new(table_func));
    let mut rte = entry(kind, alias.cloned(), eref, in_from);
    rte.lateral = lateral;
    let rtindex = append_rte(pstate, rte);
    Ok(item_from_lists(rtindex, &pstate.rtable[rtindex as usize - 1].eref, &columns))
}

/// PostgreSQL: addRangeTableEntryForValues.
pub fn add_range_table_entry_for_values(
    pstate: &mut ParseState,
    lists: Vec<Vec<Expr>>,
    columns: RteColumns,
    alias: Option<&Alias>,
    lateral: bool,
    in_from: bool,
) -> PgResult<NamespaceItem> {
    let mut eref = alias
        .cloned()
        .unwrap_or_else(|| Alias { aliasname: Name::fixed("*VALUES*"), colnames: Vec::new() });
    let available = lists.first().map_or(0, Vec::len);
    let aliases = eref.colnames.len();
    for i in aliases..available {
        eref.colnames.push(Name::new(&format!("column{}", i + 1)));
    }
    if aliases > available {
        let what = format!("VALUES lists \"{}\" have", eref.aliasname);
        return Err(too_many_aliases(what, available, aliases));
    }
    let kind = RteKind::Values { lists, columns: columns.clone() };
    let mut rte = entry(kind, alias.cloned(), eref, in_from);
    rte.lateral = lateral;
    let rtindex = append_rte(pstate, rte);
    Ok(item_from_lists(rtindex, &pstate.rtable[rtindex as usize - 1].eref, &columns))
}

/// PostgreSQL: addRangeTableEntryForJoin.
pub fn add_range_table_entry_for_join(
    pstate: &mut ParseState,
    colnames: Vec<Name>,
    columns: Vec<NamespaceColumn>,
    join: JoinRte,
    alias: Option<&Alias>,
    in_from: bool,
) -> PgResult<NamespaceItem> {
    if join.joinaliasvars.len() > i16::MAX as usize {
        return Err(PgError::new(
            sqlstate::PROGRAM_LIMIT_EXCEEDED,
            format!("joins can have at most {} columns", i16::MAX),
        )
        .into());
    }
    let mut eref = alias
        .cloned()
        .unwrap_or_else(|| Alias { aliasname: Name::fixed("unnamed_join"), colnames: Vec::new() });
    let aliases = eref.colnames.len();
    eref.colnames.extend(colnames.iter().skip(aliases).cloned());
    if aliases > colnames.len() {
        let what = format!("join expression \"{}\" has", eref.aliasname);
        return Err(too_many_aliases(what, colnames.len(), aliases));
    }
    let rte = entry(RteKind::Join(Box::new(join)), alias.cloned(), eref, in_from);
    let rtindex = append_rte(pstate, rte);
    let eref = &pstate.rtable[rtindex as usize - 1].eref;
    Ok(namespace_item(&eref.aliasname, &eref.colnames, rtindex, columns))
}

/// PostgreSQL: addRangeTableEntryForCTE.
pub fn add_range_table_entry_for_cte(
    pstate: &mut ParseState,
    cte: &Rc<RefCell<CommonTableExpr>>,
    levels_up: u32,
    relation: &RangeVar,
    in_from: bool,
) -> PgResult<NamespaceItem> {
    let alias = relation.alias.as_deref().map(alias_from_raw);
    let mut cte = cte.borrow_mut();
    let self_reference = cte.ctequery.command_type == CmdType::CmdUnknown;
    if !self_reference {
        cte.cterefcount += 1;
        if cte.ctequery.command_type != CmdType::CmdSelect && cte.ctequery.returning_list.is_empty()
        {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("WITH query \"{}\" does not have a RETURNING clause", cte.ctename),
            )
            .at(relation.location.0)
            .into());
        }
    }
    let mut columns = cte.columns.clone();
    let mut eref = alias
        .clone()
        .unwrap_or_else(|| Alias { aliasname: cte.ctename.clone(), colnames: Vec::new() });
    let aliases = eref.colnames.len();
    eref.colnames.extend(cte.ctecolnames.iter().skip(aliases).cloned());
    if cte.ctecolnames.len() < aliases {
        let what = format!("table \"{}\" has", eref.aliasname);
        return Err(too_many_aliases(what, cte.ctecolnames.len(), aliases));
    }
    let mut hidden = 0;
    let mut add = |name: &Name, type_id: Oid, typmod: i32, collation: Oid| {
        eref.colnames.push(name.clone());
        columns.types.push(type_id);
        columns.typmods.push(typmod);
        columns.collations.push(collation);
        hidden += 1;
    };
    if let Some(search) = &cte.search_clause {
        let type_id = if search.search_breadth_first { RECORDOID } else { RECORDARRAYOID };
        add(&search.search_seq_column, type_id, -1, Oid::INVALID);
    }
    if let Some(cycle) = &cte.cycle_clause {
        add(
            &cycle.cycle_mark_column,
            cycle.cycle_mark_type,
            cycle.cycle_mark_typmod,
            cycle.cycle_mark_collation,
        );
        add(&cycle.cycle_path_column, RECORDARRAYOID, -1, Oid::INVALID);
    }
    let kind = RteKind::Cte {
        name: cte.ctename.clone(),
        levels_up,
        self_reference,
        columns: columns.clone(),
    };
    let rtindex = append_rte(pstate, entry(kind, alias, eref, in_from));
    let mut item = item_from_lists(rtindex, &pstate.rtable[rtindex as usize - 1].eref, &columns);
    if levels_up > 0 && hidden > 0 {
        let columns = Rc::make_mut(&mut item.columns);
        for column in columns.iter_mut().rev().take(hidden) {
            column.dontexpand = true;
        }
    }
    Ok(item)
}

/// A trigger's transition table (PostgreSQL: addRangeTableEntryForENR).
fn add_range_table_entry_for_enr(
    pstate: &mut ParseState,
    relid: Oid,
    relation: &RangeVar,
    in_from: bool,
) -> PgResult<NamespaceItem> {
    let mut alias = relation.alias.as_deref().map(alias_from_raw);
    let name = relation.relname.as_ref().map(Name::from).unwrap_or_default();
    let refname = alias.as_ref().map_or_else(|| name.clone(), |alias| alias.aliasname.clone());
    let mut eref = Alias { aliasname: refname, colnames: Vec::new() };
    let tupdesc =
        pstate.catalog().get::<PgClass>(relid).map(|c| relation_tupdesc(c)).unwrap_or_default();
    build_relation_aliases(&tupdesc, alias.as_mut(), &mut eref)?;
    let columns = RteColumns {
        types: tupdesc.iter().map(|c| if c.dropped { Oid::INVALID } else { c.type_id }).collect(),
        typmods: tupdesc.iter().map(|c| c.typmod).collect(),
        collations: tupdesc.iter().map(|c| c.collation).collect(),
    };
    let kind = RteKind::NamedTuplestore { name, relid, columns };
    let rtindex = append_rte(pstate, entry(kind, alias, eref, in_from));
    Ok(item_from_tuple_desc(rtindex, &pstate.rtable[rtindex as usize - 1].eref, &tupdesc))
}

/// A member of WITH or a transition table, where the name means one (PostgreSQL: getNSItemForSpecialRelationTypes).
pub fn get_ns_item_for_special_relation_types(
    pstate: &mut ParseState,
    relation: &RangeVar,
) -> PgResult<Option<NamespaceItem>> {
    let Some(name) = relation.relname.as_deref().filter(|_| relation.schemaname.is_none()) else {
        return Ok(None);
    };
    if let Some((cte, levels_up)) = scan_name_space_for_cte(pstate, name) {
        return add_range_table_entry_for_cte(pstate, &cte, levels_up, relation, true).map(Some);
    }
    match scan_name_space_for_enr(pstate, name) {
        Some(relid) => add_range_table_entry_for_enr(pstate, relid, relation, true).map(Some),
        None => Ok(None),
    }
}

/// The entry that stands for GROUP BY's expressions (PostgreSQL: addRangeTableEntryForGroup).
pub fn add_range_table_entry_for_group(
    pstate: &mut ParseState,
    group: Vec<(Expr, Option<Name>)>,
) -> NamespaceItem {
    let mut eref = Alias { aliasname: Name::fixed("*GROUP*"), colnames: Vec::new() };
    let mut columns = RteColumns::default();
    let mut exprs = Vec::with_capacity(group.len());
    for (expr, name) in group {
        eref.colnames.push(name.unwrap_or(Name::fixed("?column?")));
        columns.types.push(expr_type(&expr));
        columns.typmods.push(expr_typmod(&expr));
        columns.collations.push(expr_collation(&expr));
        exprs.push(expr);
    }
    let rtindex = append_rte(pstate, entry(RteKind::Group { exprs }, None, eref, false));
    item_from_lists(rtindex, &pstate.rtable[rtindex as usize - 1].eref, &columns)
}

/// Makes the entry part of the query: in its join list, and reachable by table or column name (PostgreSQL:
/// addNSItemToQuery).
pub fn add_ns_item_to_query(
    pstate: &mut ParseState,
    mut nsitem: NamespaceItem,
    add_to_join_list: bool,
    rel_visible: bool,
    cols_visible: bool,
) {
    if add_to_join_list {
        pstate.joinlist.push(JoinTreeNode::RangeTblRef(nsitem.rtindex));
    }
    if rel_visible || cols_visible {
        nsitem.rel_visible = rel_visible;
        nsitem.cols_visible = cols_visible;
        nsitem.lateral_only = false;
        nsitem.lateral_ok = true;
        pstate.namespace.push(nsitem);
    }
}
