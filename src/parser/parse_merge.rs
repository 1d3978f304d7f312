//! MERGE (PostgreSQL: parser/parse_merge.c).

use crate::catalog::acl::privilege;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::{CmdType, Expr, MergeAction, MergeMatchKind, Query, RangeTblEntry};
use crate::nodes::tree::{MergeStmt, MergeWhenClause, Node};
use crate::parser::analyze::{
    finish, transform_insert_row, transform_returning_clause, transform_update_target_list,
    with_clause,
};
use crate::parser::parse_clause::{
    set_target_table, transform_from_clause, transform_where_clause,
};
use crate::parser::parse_collate::assign_query_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{
    FIRST_LOW_INVALID_ATTRIBUTE, add_ns_item_to_query, make_target_entry,
};
use crate::parser::parse_target::{
    check_insert_targets, target_relation, transform_expression_list,
};
use crate::pg::sqlstate;

fn when_clauses(merge: &MergeStmt) -> impl Iterator<Item = &MergeWhenClause> {
    merge.merge_when_clauses.iter().filter_map(|node| match node {
        Node::MergeWhenClause(clause) => Some(clause.as_ref()),
        _ => None, // the grammar puts nothing else here
    })
}

/// The privileges that the actions need; no action may stand behind one that always applies.
fn check_when_clauses(merge: &MergeStmt) -> PgResult<u32> {
    let mut perms = 0;
    let mut terminal: Vec<MergeMatchKind> = Vec::new();
    for clause in when_clauses(merge) {
        perms |= match clause.command_type {
            CmdType::CmdInsert => privilege::INSERT,
            CmdType::CmdUpdate => privilege::UPDATE,
            CmdType::CmdDelete => privilege::DELETE,
            _ => 0, // DO NOTHING
        };
        if terminal.contains(&clause.match_kind) {
            return Err(PgError::new(
                sqlstate::SYNTAX_ERROR,
                "unreachable WHEN clause specified after unconditional WHEN clause",
            )
            .into());
        }
        if clause.condition.is_none() {
            terminal.push(clause.match_kind);
        }
    }
    Ok(perms)
}

/// What kinds of relation are called where a command does not take them (PostgreSQL:
/// errdetail_relkind_not_supported).
fn unsupported_relkind(relkind: u8) -> &'static str {
    match relkind {
        b'm' => "This operation is not supported for materialized views.",
        b'S' => "This operation is not supported for sequences.",
        b't' => "This operation is not supported for TOAST tables.",
        b'f' => "This operation is not supported for foreign tables.",
        b'v' => "This operation is not supported for views.",
        _ => "This operation is not supported for this kind of relation.", // no other can be opened
    }
}

/// PostgreSQL: transformMergeStmt.
pub fn transform_merge_stmt(pstate: &mut ParseState, merge: &MergeStmt) -> PgResult<Query> {
    let mut query = Query::new(CmdType::CmdMerge);
    if merge.with_clause.as_ref().is_some_and(|with| with.recursive) {
        return Err(PgError::new(
            sqlstate::SYNTAX_ERROR,
            "WITH RECURSIVE is not supported for MERGE statement",
        )
        .into());
    }
    with_clause(pstate, &mut query, merge.with_clause.as_deref())?;
    let perms = check_when_clauses(merge)?;
    let missing = || Stop::Unknown("MERGE without a table".to_string());
    let relation = merge.relation.as_deref().ok_or_else(missing)?;
    query.result_relation = set_target_table(pstate, relation, relation.inh, false, perms)?;
    query.merge_target_relation = query.result_relation;
    let Some(class) = target_relation(pstate) else { return Err(missing()) };
    let views = pstate.catalog().version().major() >= 17;
    if !matches!(class.relkind, b'r' | b'p') && !(class.relkind == b'v' && views) {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot execute MERGE on relation \"{}\"", class.relname),
        )
        .detail(unsupported_relkind(class.relkind))
        .into());
    }
    let source = merge.source_relation.as_ref().ok_or_else(missing)?;
    transform_from_clause(pstate, std::slice::from_ref(source))?;
    let source_rti = pstate.rtable.len() as u32;
    let source_name = pstate.rtable.last().map(|rte: &RangeTblEntry| rte.eref.aliasname.clone());
    let Some(target) = pstate.target_nsitem.clone() else { return Err(missing()) };
    if source_name.as_ref() == Some(&target.name) {
        return Err(PgError::new(
            sqlstate::DUPLICATE_ALIAS,
            format!("name \"{}\" specified more than once", target.name),
        )
        .detail("The name is used both as MERGE target table and data source.")
        .into());
    }
    add_ns_item_to_query(pstate, target, false, true, true);
    if let Some(condition) = &merge.join_condition {
        query.merge_join_condition = Some(transform_expr(pstate, condition, ExprKind::JoinOn)?);
    }
    query.jointree.fromlist = std::mem::take(&mut pstate.joinlist);
    let returning = merge.returning_clause.as_deref();
    transform_returning_clause(pstate, &mut query, returning, ExprKind::MergeReturning)?;
    for clause in when_clauses(merge) {
        let action = merge_action(pstate, clause, query.result_relation, source_rti)?;
        query.merge_action_list.push(action);
    }
    assign_query_collations(pstate, &mut query)?;
    finish(pstate, &mut query);
    query.has_target_srfs = false;
    Ok(query)
}

/// Which side's names an action sees (PostgreSQL: setNamespaceForMergeWhen).
fn set_namespace(pstate: &mut ParseState, kind: MergeMatchKind, target: u32, source: u32) {
    let (target_seen, source_seen) = match kind {
        MergeMatchKind::MergeWhenMatched => (true, true),
        MergeMatchKind::MergeWhenNotMatchedBySource => (true, false),
        MergeMatchKind::MergeWhenNotMatchedByTarget => (false, true),
    };
    for (rtindex, seen) in [(target, target_seen), (source, source_seen)] {
        let plain = |item: &&mut crate::parser::parse_node::NamespaceItem| {
            item.rtindex == rtindex
                && item.returning_type == crate::nodes::primnodes::VarReturningType::Default
        };
        if let Some(item) = pstate.namespace.iter_mut().find(plain) {
            item.rel_visible = seen;
            item.cols_visible = seen;
        }
    }
}

fn merge_action(
    pstate: &mut ParseState,
    clause: &MergeWhenClause,
    target: u32,
    source: u32,
) -> PgResult<MergeAction> {
    set_namespace(pstate, clause.match_kind, target, source);
    let condition = clause.condition.as_ref();
    let mut action = MergeAction {
        match_kind: clause.match_kind,
        command_type: clause.command_type,
        override_: clause.override_,
        qual: transform_where_clause(pstate, condition, ExprKind::MergeWhen, "WHEN")?,
        target_list: Vec::new(),
    };
    match clause.command_type {
        CmdType::CmdInsert => {
            pstate.is_insert = true;
            let targets = check_insert_targets(pstate, &clause.target_list)?;
            let mut exprs: Vec<Expr> = Vec::new();
            if !clause.values.is_empty() {
                let kind = ExprKind::ValuesSingle;
                exprs = transform_expression_list(pstate, &clause.values, kind, true)?;
                let explicit = !clause.target_list.is_empty();
                exprs = transform_insert_row(pstate, exprs, explicit, &targets, false)?;
            }
            for (column, expr) in targets.iter().zip(exprs) {
                let name = Some(column.name.clone());
                action.target_list.push(make_target_entry(expr, column.attrno, name, false));
                pstate.rtable[target as usize - 1]
                    .perms
                    .inserted_cols
                    .push(column.attrno - FIRST_LOW_INVALID_ATTRIBUTE);
            }
        }
        CmdType::CmdUpdate => {
            pstate.is_insert = false;
            action.target_list = transform_update_target_list(pstate, &clause.target_list)?;
        }
        _ => {} // DELETE and DO NOTHING set nothing
    }
    Ok(action)
}
