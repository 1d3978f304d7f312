//! UPDATE and DELETE.

use super::{finish, transform_returning_clause, with_clause};
use crate::catalog::acl::privilege;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::{CmdType, Query, TargetEntry};
use crate::nodes::tree::{DeleteStmt, Node, UpdateStmt};
use crate::parser::parse_agg::parse_check_aggregates;
use crate::parser::parse_clause::{
    set_target_table, transform_from_clause, transform_where_clause,
};
use crate::parser::parse_collate::assign_query_collations;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{FIRST_LOW_INVALID_ATTRIBUTE, attname_att_num};
use crate::parser::parse_target::{
    target_relation, transform_target_list, update_target_list_entry,
};
use crate::pg::sqlstate;

/// FROM or USING, whose subqueries cannot reach the target table.
fn other_tables(pstate: &mut ParseState, from: &[Node]) -> PgResult<()> {
    if from.is_empty() {
        return Ok(());
    }
    if let Some(target) = pstate.namespace.last_mut() {
        target.lateral_only = true;
        target.lateral_ok = false;
    }
    transform_from_clause(pstate, from)
}

fn no_relation() -> Stop {
    Stop::Unknown("a statement without a table".to_string())
}

/// PostgreSQL: transformUpdateStmt.
pub(super) fn transform_update_stmt(
    pstate: &mut ParseState,
    update: &UpdateStmt,
) -> PgResult<Query> {
    let mut query = Query::new(CmdType::CmdUpdate);
    pstate.is_insert = false;
    with_clause(pstate, &mut query, update.with_clause.as_deref())?;
    let relation = update.relation.as_deref().ok_or_else(no_relation)?;
    query.result_relation =
        set_target_table(pstate, relation, relation.inh, true, privilege::UPDATE)?;
    other_tables(pstate, &update.from_clause)?;
    query.jointree.quals =
        transform_where_clause(pstate, update.where_clause.as_ref(), ExprKind::Where, "WHERE")?;
    let returning = update.returning_clause.as_deref();
    transform_returning_clause(pstate, &mut query, returning, ExprKind::Returning)?;
    query.target_list = transform_update_target_list(pstate, &update.target_list)?;
    query.jointree.fromlist = std::mem::take(&mut pstate.joinlist);
    assign_query_collations(pstate, &mut query)?;
    finish(pstate, &mut query);
    Ok(query)
}

/// The columns that UPDATE sets (PostgreSQL: transformUpdateTargetList).
pub fn transform_update_target_list(
    pstate: &mut ParseState,
    target_list: &[Node],
) -> PgResult<Vec<TargetEntry>> {
    let mut entries = transform_target_list(pstate, target_list, ExprKind::UpdateSource)?;
    let Some(relation) = target_relation(pstate) else { return Ok(entries) };
    let natts = relation.attributes.len() as i16;
    pstate.next_resno = pstate.next_resno.max(natts + 1);
    let rtindex = pstate.target_nsitem.as_ref().map_or(0, |item| item.rtindex) as usize;
    let mut targets = target_list.iter();
    for te in &mut entries {
        if te.resjunk {
            te.resno = pstate.next_resno;
            te.resname = None;
            pstate.next_resno += 1;
            continue;
        }
        let Some(Node::ResTarget(target)) = targets.next() else { continue };
        let name = target.name.as_deref().unwrap_or_default();
        let Some(attrno) = attname_att_num(&relation, name, true) else {
            let error = PgError::new(
                sqlstate::UNDEFINED_COLUMN,
                format!("column \"{name}\" of relation \"{}\" does not exist", relation.relname),
            )
            .at(target.location.0);
            let qualified = !target.indirection.is_empty()
                && pstate.target_nsitem.as_ref().is_some_and(|item| item.name == name);
            return Err(Stop::from(if qualified {
                error.hint("SET target columns cannot be qualified with the relation name.")
            } else {
                error
            }));
        };
        let location = target.location.0;
        update_target_list_entry(pstate, te, name, attrno, &target.indirection, location)?;
        if let Some(rte) = pstate.rtable.get_mut(rtindex.wrapping_sub(1)) {
            rte.perms.updated_cols.push(attrno - FIRST_LOW_INVALID_ATTRIBUTE);
        }
    }
    Ok(entries)
}

/// PostgreSQL: transformDeleteStmt.
pub(super) fn transform_delete_stmt(
    pstate: &mut ParseState,
    delete: &DeleteStmt,
) -> PgResult<Query> {
    let mut query = Query::new(CmdType::CmdDelete);
    with_clause(pstate, &mut query, delete.with_clause.as_deref())?;
    let relation = delete.relation.as_deref().ok_or_else(no_relation)?;
    query.result_relation =
        set_target_table(pstate, relation, relation.inh, true, privilege::DELETE)?;
    other_tables(pstate, &delete.using_clause)?;
    query.jointree.quals =
        transform_where_clause(pstate, delete.where_clause.as_ref(), ExprKind::Where, "WHERE")?;
    let returning = delete.returning_clause.as_deref();
    transform_returning_clause(pstate, &mut query, returning, ExprKind::Returning)?;
    query.jointree.fromlist = std::mem::take(&mut pstate.joinlist);
    assign_query_collations(pstate, &mut query)?;
    if pstate.has_aggs.get() {
        parse_check_aggregates(pstate, &mut query)?;
    }
    finish(pstate, &mut query);
    Ok(query)
}
