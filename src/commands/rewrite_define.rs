//! CREATE RULE and ALTER RULE … RENAME (PostgreSQL: rewrite/rewriteDefine.c; transformRuleStmt,
//! parser/parse_utilcmd.c).

use std::sync::Arc;

use super::Context;
use super::tablecmds::alter_errors::errdetail_relkind_not_supported;
use super::tablecmds::support::{refuse_system_relation, relation, require_owner};
use crate::catalog::depend::DependType;
use crate::catalog::format_type::{format_type_be, format_type_with_typemod};
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgRewrite};
use crate::commands::dependency::{
    delete_dependency_records_for, record_dependency_on, record_dependency_on_expr,
    record_dependency_on_query,
};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_type, expr_typmod};
use crate::nodes::primnodes::{
    Alias, CmdType, Expr, JoinTreeNode, Query, RangeTblEntry, RteKind, TargetEntry,
};
use crate::nodes::tree::{RenameStmt, RuleStmt};
use crate::parser::analyze::transform_stmt;
use crate::parser::parse_clause::transform_where_clause;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// PostgreSQL: ViewSelectRuleName.
const VIEW_SELECT_RULE_NAME: &str = "_RETURN";
/// PostgreSQL: PRS2_OLD_VARNO, PRS2_NEW_VARNO.
const OLD_VARNO: u32 = 1;
const NEW_VARNO: u32 = 2;

fn invalid<T>(message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).into())
}

fn unsupported<T>(message: &str) -> PgResult<T> {
    Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
}

/// PostgreSQL: DefineRule.
pub fn define_rule(context: &mut Context, stmt: &RuleStmt) -> PgResult<()> {
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else {
        return Ok(());
    };
    let class = relation(context.catalog, relid)?;
    if class.relkind == b'm' {
        return unsupported("rules on materialized views are not supported");
    }
    let (actions, qual, rtable) = transform_rule_stmt(context, &class, stmt)?;
    let name = stmt.rulename.as_deref().unwrap_or_default();
    define_query_rewrite(
        context,
        name,
        relid,
        qual.map(|qual| (Arc::new(qual), rtable)),
        stmt.event,
        stmt.instead,
        stmt.replace,
        actions,
    )
}

type Transformed = (Vec<Query>, Option<Expr>, Vec<RangeTblEntry>);

/// PostgreSQL: transformRuleStmt.
fn transform_rule_stmt(
    context: &Context,
    class: &Arc<PgClass>,
    stmt: &RuleStmt,
) -> PgResult<Transformed> {
    let mut pstate = ParseState::new(context.shared(), None);
    add_old_and_new(&mut pstate, class, stmt.event, true)?;
    let where_clause = stmt.where_clause.as_ref();
    let mut qual = transform_where_clause(&mut pstate, where_clause, ExprKind::Where, "WHERE")?;
    if let Some(qual) = &mut qual {
        assign_expr_collations(&pstate, qual)?;
    }
    if stmt.actions.is_empty() {
        let mut nothing = Query::new(CmdType::CmdNothing);
        nothing.rtable = pstate.rtable.clone();
        return Ok((vec![nothing], qual, pstate.rtable));
    }
    let mut actions = Vec::with_capacity(stmt.actions.len());
    for action in &stmt.actions {
        let mut sub = ParseState::new(context.shared(), None);
        add_old_and_new(&mut sub, class, CmdType::CmdUnknown, false)?;
        let mut query = transform_stmt(&mut sub, action)?;
        if query.command_type == CmdType::CmdUtility && qual.is_some() {
            return invalid(
                "rules with WHERE conditions can only have SELECT, INSERT, UPDATE, or DELETE \
                 actions",
            );
        }
        check_action(&mut query, qual.as_ref(), stmt.event)?;
        actions.push(query);
    }
    Ok((actions, qual, pstate.rtable))
}

/// OLD and NEW, as far as the event has them.
fn add_old_and_new(
    pstate: &mut ParseState,
    class: &Arc<PgClass>,
    event: CmdType,
    columns: bool,
) -> PgResult<()> {
    for name in ["old", "new"] {
        let alias = Alias { aliasname: Name::new(name), colnames: Vec::new() };
        let item = add_range_table_entry_for_relation(pstate, class, Some(&alias), false, false)?;
        let wanted = match event {
            CmdType::CmdSelect | CmdType::CmdDelete => name == "old",
            CmdType::CmdInsert => name == "new",
            _ => true, // UPDATE, and in an action both can be named
        };
        if wanted {
            add_ns_item_to_query(pstate, item, false, true, columns);
        }
    }
    Ok(())
}

/// Where the query that reads in INSERT … SELECT stands, which OLD and NEW were pushed into. PostgreSQL:
/// getInsertSelectQuery.
fn insert_select_entry(query: &Query) -> Option<usize> {
    if query.command_type != CmdType::CmdInsert {
        return None;
    }
    let [JoinTreeNode::RangeTblRef(index)] = query.jointree.fromlist.as_slice() else {
        return None;
    };
    let at = (*index as usize).checked_sub(1)?;
    let RteKind::Subquery { query: inner, .. } = &query.rtable.get(at)?.kind else {
        return None;
    };
    let names = inner.rtable.iter().map(|entry| entry.eref.aliasname.as_str());
    names.take(2).eq(["old", "new"]).then_some(at)
}

/// Whether a range table entry is referred to from this level. PostgreSQL: rangeTableEntry_used.
fn entry_used_in_query(query: &Query, varno: u32) -> bool {
    let mut used = query.result_relation == varno;
    let mut copy = query.clone();
    crate::nodes::node_funcs::mutate_query(&mut copy, 0, &mut |expr, depth| {
        if let Expr::Var(var) = expr {
            used |= var.varno == varno && var.varlevelsup == depth;
        }
    });
    used
}

fn entry_used(expr: &Expr, varno: u32) -> bool {
    let mut used = false;
    let mut copy = expr.clone();
    crate::nodes::node_funcs::mutate_expr_deep(&mut copy, 0, &mut |expr, depth| {
        if let Expr::Var(var) = expr {
            used |= var.varno == varno && var.varlevelsup == depth;
        }
    });
    used
}

fn check_action(query: &mut Query, qual: Option<&Expr>, event: CmdType) -> PgResult<()> {
    let sub = match insert_select_entry(query) {
        Some(at) => match &mut query.rtable[at].kind {
            RteKind::Subquery { query, .. } => query.as_mut(),
            _ => return Ok(()), // the entry was found to be a subquery
        },
        None => query,
    };
    if sub.set_operations.is_some() && qual.is_some() {
        return unsupported("conditional UNION/INTERSECT/EXCEPT statements are not implemented");
    }
    let used =
        |varno| entry_used_in_query(sub, varno) || qual.is_some_and(|qual| entry_used(qual, varno));
    let (has_old, has_new) = (used(OLD_VARNO), used(NEW_VARNO));
    match event {
        CmdType::CmdSelect if has_old => return invalid("ON SELECT rule cannot use OLD"),
        CmdType::CmdSelect if has_new => return invalid("ON SELECT rule cannot use NEW"),
        CmdType::CmdInsert if has_old => return invalid("ON INSERT rule cannot use OLD"),
        CmdType::CmdDelete if has_new => return invalid("ON DELETE rule cannot use NEW"),
        _ => {} // what is used is there
    }
    let in_with = |varno| {
        sub.cte_list.iter().any(|cte| {
            let mut used = false;
            let mut copy = (*cte.ctequery).clone();
            crate::nodes::node_funcs::mutate_query(&mut copy, 1, &mut |expr, depth| {
                if let Expr::Var(var) = expr {
                    used |= var.varno == varno && var.varlevelsup == depth;
                }
            });
            used
        })
    };
    if in_with(OLD_VARNO) {
        return unsupported("cannot refer to OLD within WITH query");
    }
    if in_with(NEW_VARNO) {
        return unsupported("cannot refer to NEW within WITH query");
    }
    if has_old || (has_new && event == CmdType::CmdUpdate) {
        if sub.set_operations.is_some() {
            return unsupported(
                "conditional UNION/INTERSECT/EXCEPT statements are not implemented",
            );
        }
        sub.jointree.fromlist.insert(0, JoinTreeNode::RangeTblRef(OLD_VARNO));
    }
    Ok(())
}

/// PostgreSQL: DefineQueryRewrite.
#[allow(clippy::too_many_arguments)]
pub(crate) fn define_query_rewrite(
    context: &mut Context,
    name: &str,
    relid: Oid,
    qual: Option<(Arc<Expr>, Vec<RangeTblEntry>)>,
    event: CmdType,
    is_instead: bool,
    replace: bool,
    actions: Vec<Query>,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if !matches!(class.relkind, b'r' | b'm' | b'v' | b'p') {
        return Err(cannot_have_rules(&class).into());
    }
    refuse_system_relation(context, &class)?;
    require_owner(context, &class)?;
    for action in actions.iter().filter(|action| insert_select_entry(action).is_none()) {
        let (what, hint) = match action.result_relation {
            OLD_VARNO => ("OLD", "Use views or triggers instead."),
            NEW_VARNO => ("NEW", "Use triggers instead."),
            _ => continue, // a table of its own, or none
        };
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("rule actions on {what} are not implemented"),
        )
        .hint(hint)
        .into());
    }
    if event == CmdType::CmdSelect {
        check_select_rule(context, &class, name, qual.is_some(), is_instead, replace, &actions)?;
    } else {
        check_returning(context, &class, qual.is_some(), is_instead, &actions)?;
        if name == VIEW_SELECT_RULE_NAME {
            return invalid(format!(
                "non-view rule for \"{}\" must not be named \"{VIEW_SELECT_RULE_NAME}\"",
                class.relname
            ));
        }
    }
    let nothing = actions.iter().all(|action| action.command_type == CmdType::CmdNothing);
    if nothing && !is_instead {
        return Ok(());
    }
    insert_rule(context, &class, name, event, is_instead, qual, actions, replace)
}

fn cannot_have_rules(class: &PgClass) -> PgError {
    PgError::new(
        sqlstate::WRONG_OBJECT_TYPE,
        format!("relation \"{}\" cannot have rules", class.relname),
    )
    .detail(errdetail_relkind_not_supported(class.relkind))
}

fn check_select_rule(
    context: &Context,
    class: &PgClass,
    name: &str,
    has_qual: bool,
    is_instead: bool,
    replace: bool,
    actions: &[Query],
) -> PgResult<()> {
    if !matches!(class.relkind, b'v' | b'm') && context.catalog.version().major() >= 16 {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("relation \"{}\" cannot have ON SELECT rules", class.relname),
        )
        .detail(errdetail_relkind_not_supported(class.relkind))
        .into());
    }
    let [query] = actions else {
        return unsupported("multiple actions for rules on SELECT are not implemented");
    };
    if query.command_type == CmdType::CmdNothing {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "INSTEAD NOTHING rules on SELECT are not implemented",
        )
        .hint("Use views instead.")
        .into());
    }
    if !is_instead || query.command_type != CmdType::CmdSelect {
        return unsupported("rules on SELECT must have action INSTEAD SELECT");
    }
    if query.has_modifying_cte {
        return unsupported("rules on SELECT must not contain data-modifying statements in WITH");
    }
    if has_qual {
        return unsupported("event qualifications are not implemented for rules on SELECT");
    }
    check_rule_result_list(context, class, &query.target_list, true)?;
    let exists = context.catalog.find_all::<PgRewrite>(&class.oid).any(|rule| rule.ev_type == b'1');
    if !replace && exists {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!("\"{}\" is already a view", class.relname),
        )
        .into());
    }
    if name != VIEW_SELECT_RULE_NAME {
        return invalid(format!(
            "view rule for \"{}\" must be named \"{VIEW_SELECT_RULE_NAME}\"",
            class.relname
        ));
    }
    Ok(())
}

fn check_returning(
    context: &Context,
    class: &PgClass,
    has_qual: bool,
    is_instead: bool,
    actions: &[Query],
) -> PgResult<()> {
    let mut seen = false;
    for query in actions.iter().filter(|query| !query.returning_list.is_empty()) {
        if std::mem::replace(&mut seen, true) {
            return unsupported("cannot have multiple RETURNING lists in a rule");
        }
        if has_qual {
            return unsupported("RETURNING lists are not supported in conditional rules");
        }
        if !is_instead {
            return unsupported("RETURNING lists are not supported in non-INSTEAD rules");
        }
        check_rule_result_list(context, class, &query.returning_list, false)?;
    }
    Ok(())
}

/// PostgreSQL: checkRuleResultList.
fn check_rule_result_list(
    context: &Context,
    class: &PgClass,
    targets: &[TargetEntry],
    is_select: bool,
) -> PgResult<()> {
    let list = if is_select { "SELECT rule's target list" } else { "RETURNING list" };
    let entry = if is_select { "SELECT rule's target entry" } else { "RETURNING list's entry" };
    let what = if is_select { "SELECT target entry" } else { "RETURNING list entry" };
    let mut columns = class.attributes.iter();
    for (at, target) in targets.iter().filter(|target| !target.resjunk).enumerate() {
        let number = at + 1;
        let Some(column) = columns.next() else {
            return invalid(format!("{list} has too many entries"));
        };
        if column.attisdropped {
            return unsupported(if is_select {
                "cannot convert relation containing dropped columns to view"
            } else {
                "cannot create a RETURNING list for a relation containing dropped columns"
            });
        }
        let name = target.resname.as_ref().map_or("", Name::as_str);
        let refuse = |message: String, detail: String| -> PgResult<()> {
            Err(PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).detail(detail).into())
        };
        if is_select && class.relkind != b'm' && column.attname != name {
            return refuse(
                format!(
                    "{entry} {number} has different column name from column \"{}\"",
                    column.attname
                ),
                format!("SELECT target entry is named \"{name}\"."),
            );
        }
        let (type_id, typmod) = (expr_type(&target.expr), expr_typmod(&target.expr));
        if type_id != column.atttypid {
            let name = |oid| format_type_be(context.catalog, &context.path, oid);
            return refuse(
                format!("{entry} {number} has different type from column \"{}\"", column.attname),
                format!(
                    "{what} has type {}, but column has type {}.",
                    name(type_id),
                    name(column.atttypid)
                ),
            );
        }
        if column.atttypmod != typmod && column.atttypmod != -1 && typmod != -1 {
            let name =
                |typmod| format_type_with_typemod(context.catalog, &context.path, type_id, typmod);
            return refuse(
                format!("{entry} {number} has different size from column \"{}\"", column.attname),
                format!(
                    "{what} has type {}, but column has type {}.",
                    name(typmod),
                    name(column.atttypmod)
                ),
            );
        }
    }
    if columns.next().is_some() {
        return invalid(format!("{list} has too few entries"));
    }
    Ok(())
}

/// PostgreSQL: InsertRule.
#[allow(clippy::too_many_arguments)]
fn insert_rule(
    context: &mut Context,
    class: &PgClass,
    name: &str,
    event: CmdType,
    is_instead: bool,
    qual: Option<(Arc<Expr>, Vec<RangeTblEntry>)>,
    actions: Vec<Query>,
    replace: bool,
) -> PgResult<()> {
    let existing = context
        .catalog
        .find_all::<PgRewrite>(&class.oid)
        .find(|rule| rule.rulename == name)
        .map(|rule| (rule.oid, rule.ev_enabled));
    if existing.is_some() && !replace {
        return Err(already_exists(name, class).into());
    }
    let (oid, enabled) = existing.unwrap_or_else(|| (context.catalog.new_oid(), b'O'));
    let address = ObjectAddress::new(Class::Rewrite, oid);
    if existing.is_some() {
        delete_dependency_records_for(context.catalog, address, false);
    }
    let table = ObjectAddress::new(Class::Relation, class.oid);
    let kind = if event == CmdType::CmdSelect { DependType::Internal } else { DependType::Auto };
    record_dependency_on(context.catalog, address, table, kind);
    for action in &actions {
        record_dependency_on_query(context.catalog, address, action, DependType::Normal)?;
    }
    if let Some((qual, rtable)) = &qual {
        record_dependency_on_expr(context.catalog, address, qual, rtable, DependType::Normal)?;
    }
    context.catalog.put(PgRewrite {
        oid,
        rulename: Name::new(name),
        ev_class: class.oid,
        ev_type: match event {
            CmdType::CmdSelect => b'1',
            CmdType::CmdUpdate => b'2',
            CmdType::CmdInsert => b'3',
            _ => b'4', // DELETE, the only event left
        },
        ev_enabled: enabled,
        is_instead,
        ev_qual: qual.map(|(qual, _)| qual),
        ev_action: Arc::new(actions),
    });
    Ok(())
}

fn already_exists(name: &str, class: &PgClass) -> PgError {
    PgError::new(
        sqlstate::DUPLICATE_OBJECT,
        format!("rule \"{name}\" for relation \"{}\" already exists", class.relname),
    )
}

/// ALTER RULE … RENAME TO. PostgreSQL: RenameRewriteRule.
pub fn rename_rewrite_rule(context: &mut Context, stmt: &RenameStmt) -> PgResult<()> {
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else {
        return Ok(());
    };
    let class = relation(context.catalog, relid)?;
    if !matches!(class.relkind, b'r' | b'v' | b'p') {
        return Err(cannot_have_rules(&class).into());
    }
    refuse_system_relation(context, &class)?;
    require_owner(context, &class)?;
    let old = stmt.subname.as_deref().unwrap_or_default();
    let new = stmt.newname.as_deref().unwrap_or_default();
    let find = |name: &str| {
        context.catalog.find_all::<PgRewrite>(&relid).find(|rule| rule.rulename == name).cloned()
    };
    let Some(rule) = find(old) else {
        return Err(PgError::new(
            sqlstate::UNDEFINED_OBJECT,
            format!("rule \"{old}\" for relation \"{}\" does not exist", class.relname),
        )
        .into());
    };
    if find(new).is_some() {
        return Err(already_exists(new, &class).into());
    }
    if rule.ev_type == b'1' {
        return invalid("renaming an ON SELECT rule is not allowed");
    }
    context.catalog.update::<PgRewrite>(rule.oid, |row| row.rulename = Name::new(new));
    Ok(())
}
