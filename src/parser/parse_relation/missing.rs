//! What to say of a table or column that no name reaches, with the nearest guess.

use super::lookup::{
    rte_has_system_attributes, scan_name_space_for_cte, scan_name_space_for_enr, states,
    system_attribute_by_name,
};
use super::refname_namespace_item;
use crate::catalog::namespace::range_var_get_relid;
use crate::findings::{PgError, Stop};
use crate::nodes::primnodes::{RangeTblEntry, RteKind};
use crate::nodes::tree::RangeVar;
use crate::parser::parse_node::{NamespaceItem, ParseState};
use crate::pg::sqlstate;

/// PostgreSQL: MAX_FUZZY_DISTANCE.
const MAX_FUZZY_DISTANCE: usize = 3;

/// An entry of a range table here or above: how many levels up, and its index there.
#[derive(Clone, Copy, PartialEq)]
struct Found {
    level: u32,
    index: usize,
}

/// The entries that the error could be about (PostgreSQL: searchRangeTableForRel).
fn search_range_table_for_rel<'p>(
    pstate: &'p ParseState<'_>,
    relation: &RangeVar,
) -> Option<(Found, &'p RangeTblEntry)> {
    let name = relation.relname.as_deref().unwrap_or_default();
    let unqualified = relation.schemaname.is_none();
    let cte = unqualified.then(|| scan_name_space_for_cte(pstate, name)).flatten();
    let enr = unqualified.then(|| scan_name_space_for_enr(pstate, name)).flatten();
    let mut relid = None;
    if cte.is_none() && enr.is_none() {
        relid = range_var_get_relid(&pstate.shared, relation, true).ok().flatten();
    }
    for (level, state) in states(pstate) {
        for (index, rte) in state.rtable.iter().enumerate() {
            let matches = match &rte.kind {
                RteKind::Relation { relid: oid, .. } => relid == Some(*oid),
                RteKind::Cte { name: cte_name, levels_up, .. } => cte
                    .as_ref()
                    .is_some_and(|(_, at)| levels_up + level == *at && *cte_name == name),
                RteKind::NamedTuplestore { name: enr_name, .. } => {
                    enr.is_some() && *enr_name == name
                }
                _ => false, // other entries are known by their alias alone
            };
            if matches || rte.eref.aliasname == name {
                return Some((Found { level, index }, rte));
            }
        }
    }
    None
}

fn item_is(item: &NamespaceItem, level: u32, found: Found) -> bool {
    level == found.level && item.rtindex as usize == found.index + 1
}

/// The namespace item for the entry, if it has one (PostgreSQL: findNSItemForRTE).
fn find_ns_item<'p>(pstate: &'p ParseState<'_>, found: Found) -> Option<&'p NamespaceItem> {
    states(pstate)
        .find_map(|(level, state)| state.namespace.iter().find(|item| item_is(item, level, found)))
}

/// PostgreSQL: rte_visible_if_lateral.
fn visible_if_lateral(pstate: &ParseState, found: Found) -> bool {
    !pstate.lateral_active
        && find_ns_item(pstate, found).is_some_and(|item| item.lateral_only && item.lateral_ok)
}

/// PostgreSQL: rte_visible_if_qualified.
fn visible_if_qualified(pstate: &ParseState, found: Found) -> bool {
    find_ns_item(pstate, found).is_some_and(|item| item.rel_visible && !item.cols_visible)
}

/// A table name that FROM does not have (PostgreSQL: errorMissingRTE).
pub fn error_missing_rte(pstate: &ParseState, relation: &RangeVar) -> Stop {
    let name = relation.relname.as_deref().unwrap_or_default();
    let location = relation.location.0;
    let Some((found, rte)) = search_range_table_for_rel(pstate, relation) else {
        let message = format!("missing FROM-clause entry for table \"{name}\"");
        return PgError::new(sqlstate::UNDEFINED_TABLE, message).at(location).into();
    };
    let error = PgError::new(
        sqlstate::UNDEFINED_TABLE,
        format!("invalid reference to FROM-clause entry for table \"{name}\""),
    )
    .at(location);
    let alias = &rte.eref.aliasname;
    if rte.alias.is_some() && *alias != name {
        match refname_namespace_item(pstate, None, alias, location) {
            Err(stop) => return stop,
            Ok(Some((item, level))) if item_is(&item, level, found) => {
                let hint = format!("Perhaps you meant to reference the table alias \"{alias}\".");
                return error.hint(hint).into();
            }
            Ok(_) => {}
        }
    }
    let error = error.detail(format!(
        "There is an entry for table \"{alias}\", but it cannot be referenced from this part of the query."
    ));
    if visible_if_lateral(pstate, found) {
        return error
            .hint("To reference that table, you must mark this subquery with LATERAL.")
            .into();
    }
    error.into()
}

/// The columns that are like the one that is missing (PostgreSQL: FuzzyAttrMatchState).
struct Fuzzy<'p> {
    distance: usize,
    first: Option<(&'p RangeTblEntry, usize)>,
    second: Option<(&'p RangeTblEntry, usize)>,
    exact: [Option<(Found, &'p RangeTblEntry)>; 2],
}

/// PostgreSQL: searchRangeTableForCol.
fn search_range_table_for_col<'p>(
    pstate: &'p ParseState<'_>,
    alias: Option<&str>,
    name: &str,
) -> Fuzzy<'p> {
    let mut fuzzy =
        Fuzzy { distance: MAX_FUZZY_DISTANCE + 1, first: None, second: None, exact: [None; 2] };
    for (level, state) in states(pstate) {
        for (index, rte) in state.rtable.iter().enumerate() {
            if matches!(rte.kind, RteKind::Join(_)) {
                continue;
            }
            let penalty = alias.map_or(0, |alias| {
                levenshtein(alias, &rte.eref.aliasname).min(MAX_FUZZY_DISTANCE + 2)
            });
            let mut is_exact = false;
            for (i, column) in rte.eref.colnames.iter().enumerate() {
                is_exact |= *column == name;
                fuzzy.update(penalty, rte, column, name, i);
            }
            is_exact |= rte_has_system_attributes(rte) && system_attribute_by_name(name).is_some();
            if is_exact && penalty == 0 {
                let slot = if fuzzy.exact[0].is_none() { 0 } else { 1 };
                fuzzy.exact[slot] = Some((Found { level, index }, rte));
            }
        }
    }
    fuzzy
}

impl<'p> Fuzzy<'p> {
    /// PostgreSQL: updateFuzzyAttrMatchState.
    fn update(
        &mut self,
        penalty: usize,
        rte: &'p RangeTblEntry,
        actual: &str,
        wanted: &str,
        index: usize,
    ) {
        if penalty > self.distance || actual.is_empty() {
            return;
        }
        let distance = levenshtein(actual, wanted).min(self.distance + 2 - penalty);
        if distance > wanted.len() / 2 {
            return;
        }
        let distance = distance + penalty;
        let this = Some((rte, index));
        if distance < self.distance {
            self.distance = distance;
            self.first = this;
            self.second = None;
        } else if distance == self.distance {
            if self.second.is_some() {
                self.first = None;
                self.second = None;
            } else if self.first.is_some() {
                self.second = this;
            } else if self.distance <= MAX_FUZZY_DISTANCE {
                self.first = this;
            }
        }
    }
}

/// A column name that nothing in FROM has (PostgreSQL: errorMissingColumn).
pub fn error_missing_column(
    pstate: &ParseState,
    relname: Option<&str>,
    colname: &str,
    location: i32,
) -> Stop {
    let fuzzy = search_range_table_for_col(pstate, relname, colname);
    let message = match relname {
        Some(relname) => format!("column {relname}.{colname} does not exist"),
        None => format!("column \"{colname}\" does not exist"),
    };
    let error = PgError::new(sqlstate::UNDEFINED_COLUMN, message).at(location);
    if let Some((found, rte)) = fuzzy.exact[0] {
        if fuzzy.exact[1].is_some() {
            let error = error.detail(format!(
                "There are columns named \"{colname}\", but they are in tables that cannot be referenced from this part of the query."
            ));
            return match relname {
                None => error.hint("Try using a table-qualified name.").into(),
                Some(_) => error.into(),
            };
        }
        let error = error.detail(format!(
            "There is a column named \"{colname}\" in table \"{}\", but it cannot be referenced from this part of the query.",
            rte.eref.aliasname
        ));
        if visible_if_lateral(pstate, found) {
            return error
                .hint("To reference that column, you must mark this subquery with LATERAL.")
                .into();
        }
        if relname.is_none() && visible_if_qualified(pstate, found) {
            return error
                .hint("To reference that column, you must use a table-qualified name.")
                .into();
        }
        return error.into();
    }
    let name = |(rte, i): (&RangeTblEntry, usize)| {
        format!("\"{}.{}\"", rte.eref.aliasname, rte.eref.colnames[i])
    };
    match (fuzzy.first, fuzzy.second) {
        (Some(first), Some(second)) => error
            .hint(format!(
                "Perhaps you meant to reference the column {} or the column {}.",
                name(first),
                name(second)
            ))
            .into(),
        (Some(first), None) => {
            error.hint(format!("Perhaps you meant to reference the column {}.", name(first))).into()
        }
        (None, _) => error.into(),
    }
}

/// The number of characters to insert, delete or replace to make one string of the other (PostgreSQL:
/// varstr_levenshtein with costs of 1).
pub(crate) fn levenshtein(source: &str, target: &str) -> usize {
    let target: Vec<char> = target.chars().collect();
    let mut row: Vec<usize> = (0..=target.len()).collect();
    for (i, s) in source.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, t) in target.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(s != *t)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[target.len()]
}
