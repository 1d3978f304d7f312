//! GROUP BY with its grouping sets.

use super::sort::{
    add_target_to_group_list, find_targetlist_entry_sql92, find_targetlist_entry_sql99,
    target_is_in_sort_list,
};
use crate::findings::PgResult;
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{raw_list_location, raw_location};
use crate::nodes::primnodes::{
    CoercionForm, GroupingSet, GroupingSetKind, SortGroupClause, TargetEntry,
};
use crate::nodes::tree::{self, GroupingSetKind as RawKind, Node};
use crate::parser::errors::error_at;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// A member of GROUP BY after flattening.
enum Item<'n> {
    Expr(&'n Node),
    /// Several columns that group together, inside a grouping set.
    List(Vec<Item<'n>>, i32),
    Set(RawKind, Vec<Item<'n>>, ParseLoc),
}

/// PostgreSQL: flatten_grouping_sets.
fn flatten<'n>(node: &'n Node, toplevel: bool, has_sets: &mut bool, out: &mut Vec<Item<'n>>) {
    match node {
        Node::RowExpr(row) if row.row_format == CoercionForm::CoerceImplicitCast => {
            let mut args = Vec::new();
            for arg in &row.args {
                flatten(arg, false, &mut false, &mut args);
            }
            if toplevel {
                out.append(&mut args);
            } else {
                out.push(Item::List(args, raw_list_location(&row.args)));
            }
        }
        Node::GroupingSet(set) => {
            *has_sets = true;
            if !(toplevel && set.kind == RawKind::GroupingSetEmpty) {
                flatten_set(set, toplevel, out);
            }
        }
        _ => out.push(Item::Expr(node)), // an ordinary expression
    }
}

fn flatten_set<'n>(set: &'n tree::GroupingSet, toplevel: bool, out: &mut Vec<Item<'n>>) {
    let mut content = Vec::with_capacity(set.content.len());
    for member in &set.content {
        flatten(member, false, &mut false, &mut content);
    }
    if toplevel || set.kind != RawKind::GroupingSetSets {
        out.push(Item::Set(set.kind, content, set.location));
    } else {
        out.append(&mut content);
    }
}

/// What the transformation of one GROUP BY works on.
struct Grouping<'t> {
    flat: Vec<SortGroupClause>,
    target_list: &'t mut Vec<TargetEntry>,
    sort_clause: &'t [SortGroupClause],
    kind: ExprKind,
    use_sql99: bool,
}

impl Grouping<'_> {
    /// PostgreSQL: transformGroupClauseExpr.
    fn expr(
        &mut self,
        pstate: &mut ParseState,
        node: &Node,
        seen: &[u32],
        toplevel: bool,
    ) -> PgResult<Option<u32>> {
        let index = if self.use_sql99 {
            find_targetlist_entry_sql99(pstate, node, self.target_list, self.kind)?
        } else {
            find_targetlist_entry_sql92(pstate, node, self.target_list, self.kind)?
        };
        let reference = self.target_list[index].ressortgroupref;
        let mut found = false;
        if reference > 0 {
            if seen.contains(&reference) {
                return Ok(None);
            }
            let te = &self.target_list[index];
            if target_is_in_sort_list(pstate, te, Oid::INVALID, &self.flat) {
                return Ok(Some(reference));
            }
            let sorted = self.sort_clause.iter().find(|c| c.tle_sort_group_ref == reference);
            if let Some(clause) = sorted {
                let nulls_first = clause.nulls_first && toplevel;
                self.flat.push(SortGroupClause { nulls_first, ..clause.clone() });
                found = true;
            }
        }
        if !found {
            let location = raw_location(node);
            add_target_to_group_list(pstate, index, &mut self.flat, self.target_list, location)?;
        }
        Ok(Some(self.target_list[index].ressortgroupref))
    }

    /// PostgreSQL: transformGroupClauseList.
    fn list(&mut self, pstate: &mut ParseState, items: &[Item]) -> PgResult<Vec<u32>> {
        let mut refs = Vec::new();
        for item in items {
            match item {
                Item::Expr(node) => refs.extend(self.expr(pstate, node, &refs.clone(), false)?),
                Item::List(inner, _) | Item::Set(_, inner, _) => {
                    let inner = self.list(pstate, inner)?;
                    refs.extend(inner);
                }
            }
        }
        Ok(refs)
    }

    /// PostgreSQL: transformGroupingSet.
    fn set(
        &mut self,
        pstate: &mut ParseState,
        kind: RawKind,
        items: &[Item],
        location: ParseLoc,
    ) -> PgResult<GroupingSet> {
        let mut content = Vec::with_capacity(items.len());
        for item in items {
            content.push(match item {
                Item::List(members, at) => simple(self.list(pstate, members)?, ParseLoc(*at)),
                Item::Set(kind, members, at) => self.set(pstate, *kind, members, *at)?,
                Item::Expr(node) => {
                    let refs = self.expr(pstate, node, &[], false)?;
                    simple(refs.into_iter().collect(), ParseLoc(raw_location(node)))
                }
            });
        }
        if kind == RawKind::GroupingSetCube && content.len() > 12 {
            return error_at(
                sqlstate::TOO_MANY_COLUMNS,
                "CUBE is limited to 12 elements",
                location.0,
            );
        }
        let kind = match kind {
            RawKind::GroupingSetEmpty => GroupingSetKind::Empty,
            RawKind::GroupingSetSimple => GroupingSetKind::Simple,
            RawKind::GroupingSetRollup => GroupingSetKind::Rollup,
            RawKind::GroupingSetCube => GroupingSetKind::Cube,
            RawKind::GroupingSetSets => GroupingSetKind::Sets,
        };
        Ok(GroupingSet { kind, refs: Vec::new(), content, location })
    }
}

fn simple(refs: Vec<u32>, location: ParseLoc) -> GroupingSet {
    GroupingSet { kind: GroupingSetKind::Simple, refs, content: Vec::new(), location }
}

/// The columns that rows are grouped by, and the grouping sets (PostgreSQL: transformGroupClause).
pub fn transform_group_clause(
    pstate: &mut ParseState,
    group_list: &[Node],
    target_list: &mut Vec<TargetEntry>,
    sort_clause: &[SortGroupClause],
    kind: ExprKind,
    use_sql99: bool,
) -> PgResult<(Vec<SortGroupClause>, Vec<GroupingSet>)> {
    let mut has_sets = false;
    let mut items = Vec::with_capacity(group_list.len());
    for node in group_list {
        flatten(node, true, &mut has_sets, &mut items);
    }
    if items.is_empty() && has_sets {
        let location = ParseLoc(raw_list_location(group_list));
        items.push(Item::Set(RawKind::GroupingSetEmpty, Vec::new(), location));
    }
    let mut grouping = Grouping { flat: Vec::new(), target_list, sort_clause, kind, use_sql99 };
    let mut sets = Vec::new();
    let mut seen = Vec::new();
    for item in &items {
        match item {
            Item::Set(kind, members, location) => {
                sets.push(grouping.set(pstate, *kind, members, *location)?);
            }
            Item::List(members, _) => seen.extend(grouping.list(pstate, members)?),
            Item::Expr(node) => {
                if let Some(reference) = grouping.expr(pstate, node, &seen, true)? {
                    seen.push(reference);
                    if has_sets {
                        sets.push(simple(vec![reference], ParseLoc(raw_location(node))));
                    }
                }
            }
        }
    }
    Ok((grouping.flat, sets))
}
