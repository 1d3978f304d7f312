//! Rows that FOR UPDATE and its sisters cannot lock (PostgreSQL: preprocess_rowmarks, optimizer/plan/planner.c;
//! make_outerjoininfo, optimizer/plan/initsplan.c; CheckValidRowMarkRel, executor/execMain.c).

use super::views::get_view_query;
use crate::catalog::PgClass;
use crate::findings::{PgError, PgResult};
use crate::nodes::primnodes::{JoinTreeNode, JoinType, Query, RteKind};
use crate::nodes::tree::LockClauseStrength;
use crate::parser::analyze::{check_select_locking, strength_name};
use crate::parser::parse_node::Shared;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// How deep views may stand on views.
const MAX_VIEWS: u32 = 64;

/// Checks what the query and its subqueries lock.
pub(super) fn check_row_marks(shared: &Shared, query: &Query) -> PgResult<()> {
    for mark in &query.row_marks {
        check_outer_joins(query, mark.rti, mark.strength)?;
        match query.rtable.get((mark.rti as usize).wrapping_sub(1)).map(|rte| &rte.kind) {
            Some(RteKind::Relation { relid, .. }) => {
                check_relation(shared, *relid, mark.strength, 0)?;
            }
            Some(RteKind::Subquery { query, .. }) => check_row_marks(shared, query)?,
            Some(_) | None => {} // nothing else is locked
        }
    }
    Ok(())
}

fn check_relation(
    shared: &Shared,
    relid: Oid,
    strength: LockClauseStrength,
    depth: u32,
) -> PgResult<()> {
    let Some(class) = shared.catalog.get::<PgClass>(relid) else { return Ok(()) };
    let what = match class.relkind {
        b'v' => {
            let Some(view) = get_view_query(shared, relid).filter(|_| depth < MAX_VIEWS) else {
                return Ok(());
            };
            check_select_locking(view, strength_name(strength))?;
            for rte in view.rtable.iter().filter(|rte| rte.in_from_cl) {
                if let RteKind::Relation { relid, .. } = rte.kind {
                    check_relation(shared, relid, strength, depth + 1)?;
                }
            }
            return Ok(());
        }
        b'S' => "sequence",
        b't' => "TOAST relation",
        b'm' => "materialized view",
        _ => return Ok(()), // tables of all kinds
    };
    let message = format!("cannot lock rows in {what} \"{}\"", class.relname);
    Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into())
}

/// An outer join that no condition can make an inner one, and that may have nothing to lock on one side.
fn check_outer_joins(query: &Query, rti: u32, strength: LockClauseStrength) -> PgResult<()> {
    if query.jointree.quals.is_some() {
        return Ok(());
    }
    for node in &query.jointree.fromlist {
        let JoinTreeNode::Join(join) = node else { continue };
        let nullable = match join.jointype {
            JoinType::JoinLeft => contains(&join.rarg, rti),
            JoinType::JoinRight => contains(&join.larg, rti),
            JoinType::JoinFull => contains(&join.larg, rti) || contains(&join.rarg, rti),
            _ => false, // no outer join
        };
        if nullable {
            let message = format!(
                "{} cannot be applied to the nullable side of an outer join",
                strength_name(strength)
            );
            return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
        }
    }
    Ok(())
}

fn contains(node: &JoinTreeNode, rti: u32) -> bool {
    match node {
        JoinTreeNode::RangeTblRef(index) => *index == rti,
        JoinTreeNode::Join(join) => contains(&join.larg, rti) || contains(&join.rarg, rti),
    }
}
