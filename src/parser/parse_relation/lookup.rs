//! Finding the table or the column that a name means.

use std::cell::RefCell;
use std::rc::Rc;

use crate::catalog::namespace::{get_relname_relid, lookup_namespace_no_error};
use crate::catalog::{PgClass, acl};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::ParseLoc;
use crate::nodes::primnodes::{
    CommonTableExpr, Expr, JoinTreeNode, RangeTblEntry, RteKind, Var, VarReturningType, VarSyntax,
};
use crate::parser::parse_node::{ExprKind, NamespaceItem, ParseState};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// The system columns by name and number with their types (PostgreSQL: SysAtt, catalog/heap.c).
const SYSTEM_ATTRIBUTES: [(&str, i16, Oid); 6] = [
    ("ctid", -1, fixed::TIDOID),
    ("xmin", -2, fixed::XIDOID),
    ("cmin", -3, fixed::CIDOID),
    ("xmax", -4, fixed::XIDOID),
    ("cmax", -5, fixed::CIDOID),
    ("tableoid", TABLE_OID_ATTRIBUTE, fixed::OIDOID),
];

/// PostgreSQL: TableOidAttributeNumber.
pub const TABLE_OID_ATTRIBUTE: i16 = -6;

/// PostgreSQL: FirstLowInvalidHeapAttributeNumber.
pub const FIRST_LOW_INVALID_ATTRIBUTE: i16 = -7;

/// The number and type of a system column (PostgreSQL: SystemAttributeByName).
pub fn system_attribute_by_name(name: &str) -> Option<(i16, Oid)> {
    SYSTEM_ATTRIBUTES
        .iter()
        .find(|(n, ..)| *n == name)
        .map(|(_, number, type_id)| (*number, *type_id))
}

/// The name and type of a system column (PostgreSQL: SystemAttributeDefinition).
pub fn system_attribute_definition(attnum: i16) -> Option<(&'static str, Oid)> {
    SYSTEM_ATTRIBUTES.iter().find(|(_, n, _)| *n == attnum).map(|(name, _, t)| (*name, *t))
}

/// Whether relations of this kind have system columns.
pub fn has_system_attributes(relkind: u8) -> bool {
    !matches!(relkind, b'v' | b'c')
}

/// The state `levels_up` queries above, None when there are not so many.
pub fn state_at<'p>(pstate: &'p ParseState<'_>, levels_up: u32) -> Option<&'p ParseState<'p>> {
    let mut state: &'p ParseState<'p> = pstate;
    for _ in 0..levels_up {
        state = state.parent?;
    }
    Some(state)
}

/// The state and every state above it, with how many levels up each is.
pub(super) fn states<'p>(
    pstate: &'p ParseState<'_>,
) -> impl Iterator<Item = (u32, &'p ParseState<'p>)> {
    let mut next: Option<&'p ParseState<'p>> = Some(pstate);
    (0..).map_while(move |level| {
        let state = next?;
        next = state.parent;
        Some((level, state))
    })
}

/// The range table entry at a 1-based index (PostgreSQL: GetRTEByRangeTablePosn).
pub fn get_rte_by_range_table_posn<'p>(
    pstate: &'p ParseState<'_>,
    varno: u32,
    levels_up: u32,
) -> Option<&'p RangeTblEntry> {
    state_at(pstate, levels_up)?.rtable.get((varno as usize).checked_sub(1)?)
}

/// The namespace item for a range table entry (PostgreSQL: GetNSItemByRangeTablePosn).
pub fn get_ns_item_by_range_table_posn<'p>(
    pstate: &'p ParseState<'_>,
    varno: u32,
    levels_up: u32,
) -> Option<&'p NamespaceItem> {
    state_at(pstate, levels_up)?.namespace.iter().find(|item| item.rtindex == varno)
}

fn rte_of<'p>(state: &'p ParseState<'_>, item: &NamespaceItem) -> Option<&'p RangeTblEntry> {
    state.rtable.get((item.rtindex as usize).checked_sub(1)?)
}

/// The table that `schema.name` or `name` means, here or in a query around, and how many queries up (PostgreSQL:
/// refnameNamespaceItem).
pub fn refname_namespace_item(
    pstate: &ParseState,
    schema: Option<&str>,
    name: &str,
    location: i32,
) -> PgResult<Option<(NamespaceItem, u32)>> {
    let mut relation = None;
    if let Some(schema) = schema {
        let Some(namespace) = lookup_namespace_no_error(&pstate.shared, schema) else {
            return Ok(None);
        };
        let Some(relid) = get_relname_relid(pstate.catalog(), name, namespace) else {
            return Ok(None);
        };
        relation = Some(relid);
    }
    for (level, state) in states(pstate) {
        if let Some(item) = scan_namespace(state, relation, name, location)? {
            return Ok(Some((item.clone(), level)));
        }
    }
    Ok(None)
}

/// PostgreSQL: scanNameSpaceForRefname, and scanNameSpaceForRelid where a relation is given.
fn scan_namespace<'p>(
    state: &'p ParseState<'_>,
    relation: Option<Oid>,
    name: &str,
    location: i32,
) -> PgResult<Option<&'p NamespaceItem>> {
    let mut result = None;
    for item in &state.namespace {
        if !item.rel_visible || (item.lateral_only && !state.lateral_active) {
            continue;
        }
        let matches = match relation {
            None => item.name == name,
            // OLD and NEW of RETURNING have names alone.
            Some(_) if item.returning_type != VarReturningType::Default => false,
            Some(relation) => rte_of(state, item).is_some_and(|rte| {
                rte.alias.is_none()
                    && matches!(rte.kind, RteKind::Relation { relid, .. } if relid == relation)
            }),
        };
        if !matches {
            continue;
        }
        if result.is_some() {
            let message = match relation {
                None => format!("table reference \"{name}\" is ambiguous"),
                Some(relation) => format!("table reference {relation} is ambiguous"),
            };
            return Err(PgError::new(sqlstate::AMBIGUOUS_ALIAS, message).at(location).into());
        }
        check_lateral_ref_ok(state, item, location)?;
        result = Some(item);
    }
    Ok(result)
}

/// PostgreSQL: check_lateral_ref_ok.
fn check_lateral_ref_ok(state: &ParseState, item: &NamespaceItem, location: i32) -> PgResult<()> {
    if !item.lateral_only || item.lateral_ok {
        return Ok(());
    }
    let name = &item.name;
    let error = PgError::new(
        sqlstate::INVALID_COLUMN_REFERENCE,
        format!("invalid reference to FROM-clause entry for table \"{name}\""),
    )
    .at(location);
    let is_target = state.target_nsitem.as_ref().is_some_and(|t| t.rtindex == item.rtindex);
    Err(Stop::from(if is_target {
        error.hint(format!(
            "There is an entry for table \"{name}\", but it cannot be referenced from this part of the query."
        ))
    } else {
        error.detail("The combining JOIN type must be INNER or LEFT for a LATERAL reference.")
    }))
}

/// The member of WITH that an unqualified table name means, and how many queries up (PostgreSQL:
/// scanNameSpaceForCTE).
pub fn scan_name_space_for_cte(
    pstate: &ParseState,
    name: &str,
) -> Option<(Rc<RefCell<CommonTableExpr>>, u32)> {
    states(pstate).find_map(|(level, state)| {
        let cte = state.ctenamespace.iter().find(|cte| cte.borrow().ctename == name)?;
        Some((cte.clone(), level))
    })
}

/// Whether a member of WITH of that name comes later in the query (PostgreSQL: isFutureCTE).
pub(super) fn is_future_cte(pstate: &ParseState, name: &str) -> bool {
    states(pstate).any(|(_, state)| state.future_ctes.iter().any(|cte| *cte == name))
}

/// The transition table of that name (PostgreSQL: scanNameSpaceForENR).
pub(super) fn scan_name_space_for_enr(pstate: &ParseState, name: &str) -> Option<Oid> {
    pstate.query_env.iter().find(|(n, _)| *n == name).map(|(_, relid)| *relid)
}

/// The expression for the member of WITH that a range table entry names (PostgreSQL: GetCTEForRTE).
pub fn get_cte_for_rte(
    pstate: &ParseState,
    name: &str,
    levels_up: u32,
) -> Option<Rc<RefCell<CommonTableExpr>>> {
    let state = state_at(pstate, levels_up)?;
    state.ctenamespace.iter().find(|cte| cte.borrow().ctename == name).cloned()
}

/// The column that an unqualified name means (PostgreSQL: colNameToVar).
pub fn col_name_to_var(
    pstate: &mut ParseState,
    name: &str,
    local_only: bool,
    location: i32,
) -> PgResult<Option<Expr>> {
    let pstate = &*pstate;
    for (level, state) in states(pstate) {
        let mut result = None;
        for item in &state.namespace {
            if !item.cols_visible || (item.lateral_only && !state.lateral_active) {
                continue;
            }
            let found = scan_ns_item_for_column(pstate, item, level, name, location)?;
            if found.is_some() {
                if result.is_some() {
                    return Err(ambiguous_column(name, location));
                }
                check_lateral_ref_ok(state, item, location)?;
                result = found;
            }
        }
        if result.is_some() || local_only {
            return Ok(result);
        }
    }
    Ok(None)
}

fn ambiguous_column(name: &str, location: i32) -> Stop {
    let message = format!("column reference \"{name}\" is ambiguous");
    PgError::new(sqlstate::AMBIGUOUS_COLUMN, message).at(location).into()
}

/// The column of that name in one table (PostgreSQL: scanNSItemForColumn).
pub fn scan_ns_item_for_column(
    pstate: &ParseState,
    item: &NamespaceItem,
    levels_up: u32,
    name: &str,
    location: i32,
) -> PgResult<Option<Expr>> {
    let Some(attnum) = scan_for_column(pstate, item, levels_up, name, location)? else {
        return Ok(None);
    };
    if attnum < 0 && attnum != TABLE_OID_ATTRIBUTE {
        refuse_system_column(pstate.expr_kind, name, location)?;
    }
    let var = if attnum > 0 {
        let column = &item.columns[attnum as usize - 1];
        if column.varno == 0 {
            let message = format!("column \"{name}\" of relation \"{}\" does not exist", item.name);
            return Err(PgError::new(sqlstate::UNDEFINED_COLUMN, message).into());
        }
        Var {
            varno: column.varno,
            varattno: column.varattno,
            vartype: column.vartype,
            vartypmod: column.vartypmod,
            varcollid: column.varcollid,
            varlevelsup: levels_up,
            varreturningtype: item.returning_type,
            syntax: column.syntax(),
            location: ParseLoc(location),
        }
    } else {
        let type_id = system_attribute_definition(attnum).map_or(Oid::INVALID, |(_, t)| t);
        Var {
            varno: item.rtindex,
            varattno: attnum,
            vartype: type_id,
            vartypmod: -1,
            varcollid: Oid::INVALID,
            varlevelsup: levels_up,
            varreturningtype: item.returning_type,
            syntax: VarSyntax::default(),
            location: ParseLoc(location),
        }
    };
    mark_var_for_select_priv(pstate, &var);
    Ok(Some(Expr::Var(var)))
}

fn refuse_system_column(kind: ExprKind, name: &str, location: i32) -> PgResult<()> {
    let message = match kind {
        ExprKind::CheckConstraint => {
            format!("system column \"{name}\" reference in check constraint is invalid")
        }
        ExprKind::GeneratedColumn => {
            format!("cannot use system column \"{name}\" in column generation expression")
        }
        ExprKind::MergeWhen => {
            format!("cannot use system column \"{name}\" in MERGE WHEN condition")
        }
        _ => return Ok(()), // system columns may be read everywhere else
    };
    Err(PgError::new(sqlstate::INVALID_COLUMN_REFERENCE, message).at(location).into())
}

/// The number of the column of that name (PostgreSQL: scanRTEForColumn).
fn scan_for_column(
    pstate: &ParseState,
    item: &NamespaceItem,
    levels_up: u32,
    name: &str,
    location: i32,
) -> PgResult<Option<i16>> {
    let mut result = None;
    for (i, column) in item.colnames.iter().enumerate() {
        if *column == name {
            if result.is_some() {
                return Err(ambiguous_column(name, location));
            }
            result = Some(i as i16 + 1);
        }
    }
    if result.is_some() {
        return Ok(result);
    }
    let Some((attnum, _)) = system_attribute_by_name(name) else { return Ok(None) };
    let rte = get_rte_by_range_table_posn(pstate, item.rtindex, levels_up);
    Ok(rte.filter(|rte| rte_has_system_attributes(rte)).map(|_| attnum))
}

/// Whether the entry is a relation that has system columns.
pub(super) fn rte_has_system_attributes(rte: &RangeTblEntry) -> bool {
    matches!(rte.kind, RteKind::Relation { relkind, .. } if has_system_attributes(relkind))
}

/// Notes that the column is read (PostgreSQL: markVarForSelectPriv).
pub fn mark_var_for_select_priv(pstate: &ParseState, var: &Var) {
    if let Some(state) = state_at(pstate, var.varlevelsup) {
        mark_rte_for_select_priv(state, var.varno, var.varattno);
    }
}

/// PostgreSQL: markRTEForSelectPriv.
fn mark_rte_for_select_priv(state: &ParseState, rtindex: u32, column: i16) {
    let Some(rte) = state.rtable.get((rtindex as usize).wrapping_sub(1)) else { return };
    match &rte.kind {
        RteKind::Relation { .. } => {
            let mut selected = state.selected.borrow_mut();
            if selected.last() != Some(&(rtindex, column)) {
                selected.push((rtindex, column));
            }
        }
        RteKind::Join(_) if column == 0 => {
            let join = state.joinexprs.get(rtindex as usize - 1).and_then(Option::as_deref);
            for side in join.into_iter().flat_map(|join| [&join.larg, &join.rarg]) {
                let index = match side {
                    JoinTreeNode::RangeTblRef(index) => *index,
                    JoinTreeNode::Join(join) => join.rtindex,
                };
                mark_rte_for_select_priv(state, index, 0);
            }
        }
        _ => {} // only relations have privileges on columns
    }
}

/// Takes the range table out of the state, with what was read noted in each entry's permissions.
pub fn take_rtable(pstate: &mut ParseState) -> Vec<RangeTblEntry> {
    let mut rtable = std::mem::take(&mut pstate.rtable);
    for (rtindex, column) in pstate.selected.take() {
        let Some(rte) = rtable.get_mut(rtindex as usize - 1) else { continue };
        rte.perms.required |= acl::privilege::SELECT;
        let bit = column - FIRST_LOW_INVALID_ATTRIBUTE;
        if !rte.perms.selected_cols.contains(&bit) {
            rte.perms.selected_cols.push(bit);
        }
    }
    rtable
}

/// The number of a relation's column by name (PostgreSQL: attnameAttNum).
pub fn attname_att_num(relation: &PgClass, name: &str, system_ok: bool) -> Option<i16> {
    relation.attribute_named(name).map(|a| a.attnum).or_else(|| {
        let (attnum, _) = system_attribute_by_name(name).filter(|_| system_ok)?;
        has_system_attributes(relation.relkind).then_some(attnum)
    })
}

/// Two tables of one FROM must not have the same name (PostgreSQL: checkNameSpaceConflicts).
pub fn check_name_space_conflicts(
    pstate: &ParseState,
    left: &[NamespaceItem],
    right: &[NamespaceItem],
) -> PgResult<()> {
    for first in left.iter().filter(|item| item.rel_visible) {
        for second in right.iter().filter(|item| item.rel_visible && item.name == first.name) {
            if let (Some(a), Some(b)) = (rte_of(pstate, first), rte_of(pstate, second))
                && let (RteKind::Relation { relid: x, .. }, RteKind::Relation { relid: y, .. }) =
                    (&a.kind, &b.kind)
                && a.alias.is_none()
                && b.alias.is_none()
                && x != y
            {
                continue;
            }
            let message = format!("table name \"{}\" specified more than once", first.name);
            return Err(PgError::new(sqlstate::DUPLICATE_ALIAS, message).into());
        }
    }
    Ok(())
}

/// A column of a namespace item as a Var, without marking it as read.
pub(super) fn ns_column_var(
    item: &NamespaceItem,
    index: usize,
    levels_up: u32,
    location: i32,
) -> Option<Var> {
    let column = item.columns.get(index).filter(|column| column.varno != 0)?;
    Some(Var {
        varno: column.varno,
        varattno: column.varattno,
        vartype: column.vartype,
        vartypmod: column.vartypmod,
        varcollid: column.varcollid,
        varlevelsup: levels_up,
        varreturningtype: column.varreturningtype,
        syntax: column.syntax(),
        location: ParseLoc(location),
    })
}

/// A Var of the default kind (PostgreSQL: makeVar).
pub fn make_var(
    varno: u32,
    varattno: i16,
    vartype: Oid,
    vartypmod: i32,
    varcollid: Oid,
    varlevelsup: u32,
) -> Var {
    Var {
        varno,
        varattno,
        vartype,
        vartypmod,
        varcollid,
        varlevelsup,
        varreturningtype: VarReturningType::Default,
        syntax: VarSyntax::default(),
        location: ParseLoc::NONE,
    }
}
