//! WITH: the order in which its members are analysed, recursion, SEARCH and CYCLE (PostgreSQL: parser/parse_cte.c).

mod recursion;

use std::cell::RefCell;
use std::rc::Rc;

use crate::catalog::lsyscache::{get_collation_name, get_negator, lookup_type_cache};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::{expr_collation, expr_location, expr_type, expr_typmod};
use crate::nodes::primnodes::{
    CTECycleClause, CTESearchClause, CmdType, CommonTableExpr, Query, RteColumns, SetOpNode,
    TargetEntry,
};
use crate::nodes::tree::{self, Node, WithClause};
use crate::parser::analyze::parse_sub_analyze;
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{
    coerce_to_common_type, select_common_type, select_common_typmod,
};
use crate::parser::parse_collate::select_common_collation;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_target::cte_target_list;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use recursion::Item;

fn names(nodes: &[Node]) -> Vec<Name> {
    nodes.iter().map(|node| Name::new(node.str_val())).collect()
}

/// A member of WITH that is not analysed yet.
fn unanalysed(raw: &tree::CommonTableExpr, recursive: bool) -> CommonTableExpr {
    CommonTableExpr {
        ctename: raw.ctename.as_ref().map(Name::from).unwrap_or_default(),
        aliascolnames: names(&raw.aliascolnames),
        ctematerialized: raw.ctematerialized,
        ctequery: Box::new(Query::new(CmdType::CmdUnknown)),
        search_clause: raw.search_clause.as_ref().map(|search| CTESearchClause {
            search_col_list: names(&search.search_col_list),
            search_breadth_first: search.search_breadth_first,
            search_seq_column: search
                .search_seq_column
                .as_ref()
                .map(Name::from)
                .unwrap_or_default(),
            location: search.location,
        }),
        cycle_clause: None,
        cterecursive: recursive,
        cterefcount: 0,
        ctecolnames: Vec::new(),
        columns: RteColumns::default(),
        location: raw.location,
    }
}

/// Analyses WITH; its members are in scope from then on (PostgreSQL: transformWithClause).
pub fn transform_with_clause(pstate: &mut ParseState, with: &WithClause) -> PgResult<()> {
    let ctes: Vec<&tree::CommonTableExpr> = with
        .ctes
        .iter()
        .filter_map(|node| match node {
            Node::CommonTableExpr(cte) => Some(cte.as_ref()),
            _ => None, // the grammar puts nothing else into WITH
        })
        .collect();
    for (i, cte) in ctes.iter().enumerate() {
        if let Some(twin) = ctes[i + 1..].iter().find(|other| other.ctename == cte.ctename) {
            let name = twin.ctename.as_deref().unwrap_or_default();
            return error_at(
                sqlstate::DUPLICATE_ALIAS,
                format!("WITH query name \"{name}\" specified more than once"),
                twin.location.0,
            );
        }
        if !matches!(cte.ctequery, Some(Node::SelectStmt(_))) {
            pstate.has_modifying_cte = true;
        }
    }
    if with.recursive {
        let mut items: Vec<Item> = ctes.into_iter().map(Item::new).collect();
        recursion::make_dependency_graph(&mut items)?;
        recursion::check_well_formed(&items)?;
        let entries: Vec<_> = items
            .iter()
            .map(|item| Rc::new(RefCell::new(unanalysed(item.cte, item.recursive))))
            .collect();
        pstate.ctenamespace.extend(entries.iter().cloned());
        for (item, entry) in items.iter().zip(&entries) {
            analyze_cte(pstate, item.cte, entry)?;
        }
    } else {
        pstate.future_ctes =
            ctes.iter().rev().filter_map(|cte| cte.ctename.as_ref().map(Name::from)).collect();
        for cte in ctes {
            let entry = Rc::new(RefCell::new(unanalysed(cte, false)));
            analyze_cte(pstate, cte, &entry)?;
            pstate.ctenamespace.push(entry);
            pstate.future_ctes.pop();
        }
    }
    Ok(())
}

/// The members of WITH as the finished query keeps them.
pub fn take_cte_list(pstate: &mut ParseState) -> Vec<CommonTableExpr> {
    pstate.ctenamespace.drain(..).map(|cte| cte.borrow().clone()).collect()
}

/// PostgreSQL: analyzeCTE.
fn analyze_cte(
    pstate: &mut ParseState,
    raw: &tree::CommonTableExpr,
    entry: &Rc<RefCell<CommonTableExpr>>,
) -> PgResult<()> {
    if let Some(cycle) = &raw.cycle_clause {
        let cycle = cycle_clause(pstate, cycle)?;
        entry.borrow_mut().cycle_clause = Some(cycle);
    }
    let Some(query) = &raw.ctequery else {
        return Err(Stop::Unknown("a member of WITH without a query".to_string()));
    };
    let query = parse_sub_analyze(query, pstate, Some(entry.clone()), false, true)?;
    if query.command_type != CmdType::CmdSelect && pstate.parent.is_some() {
        return error_at(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "WITH clause containing a data-modifying statement must be at the top level",
            raw.location.0,
        );
    }
    if entry.borrow().cterecursive {
        check_recursive_columns(pstate, &entry.borrow(), cte_target_list(&query))?;
    } else {
        analyze_cte_target_list(&mut entry.borrow_mut(), cte_target_list(&query))?;
    }
    *entry.borrow_mut().ctequery = query;
    check_search_and_cycle(&entry.borrow())
}

fn cycle_clause(pstate: &mut ParseState, raw: &tree::CTECycleClause) -> PgResult<CTECycleClause> {
    let mut mark = |node: &Option<Node>| match node {
        Some(node) => transform_expr(pstate, node, ExprKind::CycleMark),
        None => Err(Stop::Unknown("CYCLE without a mark".to_string())),
    };
    let value = mark(&raw.cycle_mark_value)?;
    let default = mark(&raw.cycle_mark_default)?;
    let (type_id, _) = select_common_type(pstate, &[&value, &default], Some("CYCLE"))?;
    let mut value = coerce_to_common_type(pstate, value, type_id, "CYCLE/SET/TO")?;
    let mut default = coerce_to_common_type(pstate, default, type_id, "CYCLE/SET/DEFAULT")?;
    let typmod = select_common_typmod(&[&value, &default], type_id);
    let collation = select_common_collation(pstate, &mut [&mut value, &mut default], true)?;
    let equal = lookup_type_cache(pstate.catalog(), type_id).eq_opr;
    let unequal = get_negator(pstate.catalog(), equal);
    let missing = |what: &str| {
        PgError::new(
            sqlstate::UNDEFINED_FUNCTION,
            format!(
                "could not identify an {what} operator for type {}",
                pstate.shared.format_type(type_id)
            ),
        )
    };
    if !equal.is_valid() {
        return Err(missing("equality").into());
    }
    if !unequal.is_valid() {
        return Err(missing("inequality").into());
    }
    Ok(CTECycleClause {
        cycle_col_list: names(&raw.cycle_col_list),
        cycle_mark_column: raw.cycle_mark_column.as_ref().map(Name::from).unwrap_or_default(),
        cycle_mark_value: value,
        cycle_mark_default: default,
        cycle_path_column: raw.cycle_path_column.as_ref().map(Name::from).unwrap_or_default(),
        cycle_mark_type: type_id,
        cycle_mark_typmod: typmod,
        cycle_mark_collation: collation,
        cycle_mark_neop: unequal,
        location: raw.location,
    })
}

/// The names and types of a member's columns (PostgreSQL: analyzeCTETargetList).
pub fn analyze_cte_target_list(
    cte: &mut CommonTableExpr,
    target_list: &[TargetEntry],
) -> PgResult<()> {
    let aliases = cte.aliascolnames.len();
    let mut colnames = cte.aliascolnames.clone();
    let mut columns = RteColumns::default();
    for te in target_list.iter().filter(|te| !te.resjunk) {
        if columns.types.len() >= aliases {
            colnames.push(te.resname.clone().unwrap_or_default());
        }
        let mut type_id = expr_type(&te.expr);
        let mut typmod = expr_typmod(&te.expr);
        let mut collation = expr_collation(&te.expr);
        if cte.cterecursive && type_id == fixed::UNKNOWNOID {
            type_id = fixed::TEXTOID;
            typmod = -1;
            collation = collation.valid().unwrap_or(fixed::DEFAULT_COLLATION_OID);
        }
        columns.types.push(type_id);
        columns.typmods.push(typmod);
        columns.collations.push(collation);
    }
    if columns.types.len() < aliases {
        return error_at(
            sqlstate::INVALID_COLUMN_REFERENCE,
            format!(
                "WITH query \"{}\" has {} columns available but {aliases} columns specified",
                cte.ctename,
                columns.types.len()
            ),
            cte.location.0,
        );
    }
    cte.ctecolnames = colnames;
    cte.columns = columns;
    Ok(())
}

/// The recursive term must not have changed a column's type or collation.
fn check_recursive_columns(
    pstate: &ParseState,
    cte: &CommonTableExpr,
    target_list: &[TargetEntry],
) -> PgResult<()> {
    let columns = &cte.columns;
    let known = columns.types.iter().zip(&columns.typmods).zip(&columns.collations);
    let shown = target_list.iter().filter(|te| !te.resjunk);
    for (i, (te, ((type_id, typmod), collation))) in shown.zip(known).enumerate() {
        let (name, number) = (&cte.ctename, i + 1);
        let error = |state, message: String, hint: &str| {
            let error = PgError::new(state, message).hint(hint);
            Err(Stop::from(error.at(expr_location(&te.expr))))
        };
        let (now_type, now_typmod) = (expr_type(&te.expr), expr_typmod(&te.expr));
        if now_type != *type_id || now_typmod != *typmod {
            return error(
                sqlstate::DATATYPE_MISMATCH,
                format!(
                    "recursive query \"{name}\" column {number} has type {} in non-recursive term but type {} overall",
                    pstate.shared.format_type_mod(*type_id, *typmod),
                    pstate.shared.format_type_mod(now_type, now_typmod)
                ),
                "Cast the output of the non-recursive term to the correct type.",
            );
        }
        let now = expr_collation(&te.expr);
        if now != *collation {
            let text = |oid: Oid| {
                get_collation_name(pstate.catalog(), oid).map_or("(null)", |name| name.as_str())
            };
            return error(
                sqlstate::COLLATION_MISMATCH,
                format!(
                    "recursive query \"{name}\" column {number} has collation \"{}\" in non-recursive term but collation \"{}\" overall",
                    text(*collation),
                    text(now)
                ),
                "Use the COLLATE clause to set the collation of the non-recursive term.",
            );
        }
    }
    Ok(())
}

fn check_search_and_cycle(cte: &CommonTableExpr) -> PgResult<()> {
    let (search, cycle) = (cte.search_clause.as_ref(), cte.cycle_clause.as_ref());
    if search.is_none() && cycle.is_none() {
        return Ok(());
    }
    if !cte.cterecursive {
        return error_at(sqlstate::SYNTAX_ERROR, "WITH query is not recursive", cte.location.0);
    }
    if let Some(op) = &cte.ctequery.set_operations {
        for (side, name) in [(&op.larg, "left"), (&op.rarg, "right")] {
            if matches!(side, SetOpNode::Op(_)) {
                return Err(PgError::new(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    format!(
                        "with a SEARCH or CYCLE clause, the {name} side of the UNION must be a SELECT"
                    ),
                )
                .into());
            }
        }
    }
    let used = |name: &Name| cte.ctecolnames.contains(name);
    let syntax =
        |message: String, location: i32| error_at::<()>(sqlstate::SYNTAX_ERROR, message, location);
    if let Some(search) = search {
        let location = search.location.0;
        check_columns(cte, "search", &search.search_col_list, location)?;
        if used(&search.search_seq_column) {
            let name = &search.search_seq_column;
            return syntax(
                format!(
                    "search sequence column name \"{name}\" already used in WITH query column list"
                ),
                location,
            );
        }
    }
    if let Some(cycle) = cycle {
        let location = cycle.location.0;
        check_columns(cte, "cycle", &cycle.cycle_col_list, location)?;
        for (what, name) in [("mark", &cycle.cycle_mark_column), ("path", &cycle.cycle_path_column)]
        {
            if used(name) {
                return syntax(
                    format!(
                        "cycle {what} column name \"{name}\" already used in WITH query column list"
                    ),
                    location,
                );
            }
        }
        if cycle.cycle_mark_column == cycle.cycle_path_column {
            let message = "cycle mark column name and cycle path column name are the same";
            return syntax(message.to_string(), location);
        }
    }
    if let (Some(search), Some(cycle)) = (search, cycle) {
        for (what, name) in [("mark", &cycle.cycle_mark_column), ("path", &cycle.cycle_path_column)]
        {
            if search.search_seq_column == *name {
                return syntax(
                    format!(
                        "search sequence column name and cycle {what} column name are the same"
                    ),
                    search.location.0,
                );
            }
        }
    }
    Ok(())
}

fn check_columns(
    cte: &CommonTableExpr,
    what: &str,
    columns: &[Name],
    location: i32,
) -> PgResult<()> {
    for (i, name) in columns.iter().enumerate() {
        if !cte.ctecolnames.contains(name) {
            return error_at(
                sqlstate::SYNTAX_ERROR,
                format!("{what} column \"{name}\" not in WITH query column list"),
                location,
            );
        }
        if columns[..i].contains(name) {
            return error_at(
                sqlstate::DUPLICATE_COLUMN,
                format!("{what} column \"{name}\" specified more than once"),
                location,
            );
        }
    }
    Ok(())
}
