//! RETURNING, with the old and the new row.

use std::rc::Rc;

use crate::findings::PgResult;
use crate::nodes::node_funcs::raw_location;
use crate::nodes::primnodes::{Query, VarReturningType};
use crate::nodes::tree::{Node, ReturningClause, ReturningOptionKind};
use crate::parser::errors::error_at;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::add_ns_item_to_query;
use crate::parser::parse_target::{
    mark_target_list_origins, resolve_target_list_unknowns, transform_target_list,
};
use crate::pg::name::Name;
use crate::pg::sqlstate;

/// Makes the target table reachable by another name, as its old or its new row (PostgreSQL: addNSItemForReturning).
fn add_ns_item_for_returning(pstate: &mut ParseState, name: &Name, returning: VarReturningType) {
    let Some(target) = &pstate.target_nsitem else { return };
    let mut item = target.clone();
    item.name = name.clone();
    item.returning_type = returning;
    for column in Rc::make_mut(&mut item.columns) {
        column.varreturningtype = returning;
    }
    add_ns_item_to_query(pstate, item, false, true, false);
}

fn is_taken(pstate: &ParseState, name: &str) -> bool {
    pstate.namespace.iter().any(|item| item.rel_visible && item.name == name)
}

/// PostgreSQL: transformReturningClause.
pub fn transform_returning_clause(
    pstate: &mut ParseState,
    query: &mut Query,
    clause: Option<&ReturningClause>,
    kind: ExprKind,
) -> PgResult<()> {
    let Some(clause) = clause else { return Ok(()) };
    for node in &clause.options {
        let Node::ReturningOption(option) = node else { continue };
        let name = option.value.as_ref().map(Name::from).unwrap_or_default();
        let location = option.location.0;
        let (slot, row, returning) = match option.option {
            ReturningOptionKind::ReturningOptionOld => {
                (&mut query.returning_old_alias, "OLD", VarReturningType::Old)
            }
            ReturningOptionKind::ReturningOptionNew => {
                (&mut query.returning_new_alias, "NEW", VarReturningType::New)
            }
        };
        if slot.is_some() {
            return error_at(
                sqlstate::SYNTAX_ERROR,
                format!("{row} cannot be specified multiple times"),
                location,
            );
        }
        *slot = Some(name.clone());
        if is_taken(pstate, &name) {
            return error_at(
                sqlstate::DUPLICATE_ALIAS,
                format!("table name \"{name}\" specified more than once"),
                location,
            );
        }
        add_ns_item_for_returning(pstate, &name, returning);
    }
    if pstate.catalog().version().major() >= 18 {
        for (slot, name, returning) in [
            (&mut query.returning_old_alias, Name::fixed("old"), VarReturningType::Old),
            (&mut query.returning_new_alias, Name::fixed("new"), VarReturningType::New),
        ] {
            if slot.is_none() && !is_taken(pstate, &name) {
                add_ns_item_for_returning(pstate, &name, returning);
                *slot = Some(name);
            }
        }
    }
    let saved = std::mem::replace(&mut pstate.next_resno, 1);
    query.returning_list = transform_target_list(pstate, &clause.exprs, kind)?;
    pstate.next_resno = saved;
    if query.returning_list.is_empty() {
        return error_at(
            sqlstate::SYNTAX_ERROR,
            "RETURNING must have at least one column",
            clause.exprs.first().map_or(-1, raw_location),
        );
    }
    mark_target_list_origins(pstate, &mut query.returning_list);
    if pstate.resolve_unknowns {
        resolve_target_list_unknowns(pstate, &mut query.returning_list)?;
    }
    Ok(())
}
