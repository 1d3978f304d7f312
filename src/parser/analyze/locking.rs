//! FOR UPDATE and its sisters.

use crate::catalog::acl::privilege;
use crate::findings::{PgError, PgResult};
use crate::nodes::primnodes::{Query, RangeTblEntry, RowMarkClause, RteKind};
use crate::nodes::tree::{LockClauseStrength, LockingClause, Node, RangeVar};
use crate::parser::errors::error_at;
use crate::pg::sqlstate;

/// PostgreSQL: LCS_asString.
pub fn strength_name(strength: LockClauseStrength) -> &'static str {
    match strength {
        LockClauseStrength::LcsNone => "FOR some",
        LockClauseStrength::LcsForkeyshare => "FOR KEY SHARE",
        LockClauseStrength::LcsForshare => "FOR SHARE",
        LockClauseStrength::LcsFornokeyupdate => "FOR NO KEY UPDATE",
        LockClauseStrength::LcsForupdate => "FOR UPDATE",
    }
}

/// The first locking clause of a list, as messages name it.
pub(super) fn strength_of(clauses: &[Node]) -> Option<&'static str> {
    clauses.iter().find_map(|node| match node {
        Node::LockingClause(clause) => Some(strength_name(clause.strength)),
        _ => None, // the grammar puts nothing else here
    })
}

/// PostgreSQL: CheckSelectLocking.
pub fn check_select_locking(query: &Query, lock: &str) -> PgResult<()> {
    let refused = if query.set_operations.is_some() {
        "UNION/INTERSECT/EXCEPT"
    } else if !query.distinct_clause.is_empty() {
        "DISTINCT clause"
    } else if !query.group_clause.is_empty() || !query.grouping_sets.is_empty() {
        "GROUP BY clause"
    } else if query.having_qual.is_some() {
        "HAVING clause"
    } else if query.has_aggs {
        "aggregate functions"
    } else if query.has_window_funcs {
        "window functions"
    } else if query.has_target_srfs {
        "set-returning functions in the target list"
    } else {
        return Ok(());
    };
    Err(PgError::new(
        sqlstate::FEATURE_NOT_SUPPORTED,
        format!("{lock} is not allowed with {refused}"),
    )
    .into())
}

/// PostgreSQL: applyLockingClause.
fn apply(query: &mut Query, rti: u32, clause: &LockingClause, pushed_down: bool) {
    if !pushed_down {
        query.has_for_update = true;
    }
    if let Some(mark) = query.row_marks.iter_mut().find(|mark| mark.rti == rti) {
        mark.strength = mark.strength.max(clause.strength);
        mark.wait_policy = mark.wait_policy.max(clause.wait_policy);
        mark.pushed_down &= pushed_down;
        return;
    }
    query.row_marks.push(RowMarkClause {
        rti,
        strength: clause.strength,
        wait_policy: clause.wait_policy,
        pushed_down,
    });
}

/// The entry is locked, and if it is a subquery all that it reads.
fn lock_entry(
    query: &mut Query,
    index: usize,
    clause: &LockingClause,
    pushed_down: bool,
) -> PgResult<()> {
    match &mut query.rtable[index].kind {
        RteKind::Relation { .. } => {
            query.rtable[index].perms.required |= privilege::UPDATE;
        }
        RteKind::Subquery { query: subquery, .. } => {
            let all = LockingClause { locked_rels: Vec::new(), ..clause.clone() };
            transform_locking_clause(subquery, &all, true)?;
        }
        _ => return Ok(()), // nothing else has rows of its own
    }
    apply(query, index as u32 + 1, clause, pushed_down);
    Ok(())
}

/// PostgreSQL: transformLockingClause.
pub(super) fn transform_locking_clause(
    query: &mut Query,
    clause: &LockingClause,
    pushed_down: bool,
) -> PgResult<()> {
    let lock = strength_name(clause.strength);
    check_select_locking(query, lock)?;
    if clause.locked_rels.is_empty() {
        for index in 0..query.rtable.len() {
            if query.rtable[index].in_from_cl {
                lock_entry(query, index, clause, pushed_down)?;
            }
        }
        return Ok(());
    }
    for node in &clause.locked_rels {
        if let Node::RangeVar(relation) = node {
            lock_named(query, relation, clause, pushed_down)?;
        }
    }
    Ok(())
}

/// The name by which FOR UPDATE OF can mean the entry.
fn visible_name(rte: &RangeTblEntry) -> Option<&str> {
    if rte.alias.is_some() {
        return Some(&rte.eref.aliasname);
    }
    match &rte.kind {
        RteKind::Join(join) => join.join_using_alias.as_ref().map(|a| a.aliasname.as_str()),
        RteKind::Subquery { .. } | RteKind::Values { .. } => None,
        _ => Some(&rte.eref.aliasname), // known by its own name
    }
}

fn lock_named(
    query: &mut Query,
    relation: &RangeVar,
    clause: &LockingClause,
    pushed_down: bool,
) -> PgResult<()> {
    let lock = strength_name(clause.strength);
    let location = relation.location.0;
    if relation.catalogname.is_some() || relation.schemaname.is_some() {
        return error_at(
            sqlstate::SYNTAX_ERROR,
            format!("{lock} must specify unqualified relation names"),
            location,
        );
    }
    let name = relation.relname.as_deref().unwrap_or_default();
    let found =
        query.rtable.iter().position(|rte| rte.in_from_cl && visible_name(rte) == Some(name));
    let Some(index) = found else {
        return error_at(
            sqlstate::UNDEFINED_TABLE,
            format!("relation \"{name}\" in {lock} clause not found in FROM clause"),
            location,
        );
    };
    let what = match &query.rtable[index].kind {
        RteKind::Relation { .. } | RteKind::Subquery { .. } => {
            return lock_entry(query, index, clause, pushed_down);
        }
        RteKind::Join(_) => "a join",
        RteKind::Function { .. } => "a function",
        RteKind::TableFunc(_) => "a table function",
        RteKind::Values { .. } => "VALUES",
        RteKind::Cte { .. } => "a WITH query",
        RteKind::NamedTuplestore { .. } => "a named tuplestore",
        RteKind::Result | RteKind::Group { .. } => return Ok(()),
    };
    error_at(
        sqlstate::FEATURE_NOT_SUPPORTED,
        format!("{lock} cannot be applied to {what}"),
        location,
    )
}
