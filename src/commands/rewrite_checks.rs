//! What the rewriter refuses of statements that write rows: values for generated columns, and views that cannot be
//! written through (PostgreSQL: rewriteTargetListIU and rewriteTargetView, rewrite/rewriteHandler.c).

use super::Context;
use super::view_updatable::not_auto_updatable;
use crate::catalog::{PgClass, PgRewrite, PgTrigger};
use crate::findings::{PgError, PgResult};
use crate::nodes::MAX_DEPTH;
use crate::nodes::primnodes::{
    CmdType, Expr, JoinTreeNode, OverridingKind, Query, RteKind, TargetEntry,
};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// Checks the query and the modifying members of its WITH (PostgreSQL: RewriteQuery).
pub fn check_rewrite(context: &Context, query: &Query) -> PgResult<()> {
    for member in &query.cte_list {
        if member.ctequery.command_type != CmdType::CmdSelect {
            check_rewrite(context, &member.ctequery)?;
        }
    }
    let Some(target) = (query.result_relation as usize).checked_sub(1) else { return Ok(()) };
    let Some(RteKind::Relation { relid, .. }) = query.rtable.get(target).map(|e| &e.kind) else {
        return Ok(());
    };
    match query.command_type {
        CmdType::CmdInsert | CmdType::CmdUpdate | CmdType::CmdDelete => {
            check_target(context, query, *relid, query.command_type, &written(query), 0)
        }
        CmdType::CmdMerge => query.merge_action_list.iter().try_for_each(|action| {
            let columns = action.target_list.iter().map(Written::of).collect::<Vec<_>>();
            check_target(context, query, *relid, action.command_type, &columns, 0)
        }),
        CmdType::CmdSelect | CmdType::CmdUnknown | CmdType::CmdUtility | CmdType::CmdNothing => {
            Ok(())
        }
    }
}

/// A column that gets a value, and whether the value is DEFAULT.
struct Written<'a> {
    column: i16,
    expr: &'a Expr,
}

impl<'a> Written<'a> {
    fn of(target: &'a TargetEntry) -> Written<'a> {
        Written { column: target.resno, expr: &target.expr }
    }
}

fn written(query: &Query) -> Vec<Written<'_>> {
    query.target_list.iter().filter(|target| !target.resjunk).map(Written::of).collect()
}

/// Whether every value that the statement gives is DEFAULT (PostgreSQL: searchForDefault for a VALUES list).
fn is_default(query: &Query, expr: &Expr) -> bool {
    match expr {
        Expr::SetToDefault { .. } => true,
        Expr::Var(var) if query.command_type == CmdType::CmdInsert && var.varlevelsup == 0 => {
            let entry = query.rtable.get((var.varno as usize).wrapping_sub(1));
            let Some(RteKind::Values { lists, .. }) = entry.map(|entry| &entry.kind) else {
                return false;
            };
            let column = usize::try_from(var.varattno).unwrap_or(0).wrapping_sub(1);
            lists.iter().all(|row| matches!(row.get(column), Some(Expr::SetToDefault { .. })))
        }
        // Any other expression is a value.
        _ => false,
    }
}

fn check_target(
    context: &Context,
    query: &Query,
    relid: Oid,
    event: CmdType,
    columns: &[Written],
    depth: usize,
) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgClass>(relid) else { return Ok(()) };
    let wrong = |what: &str| -> PgResult<()> {
        let message = format!("cannot change {what} \"{}\"", row.relname);
        Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into())
    };
    match row.relkind {
        b'v' if depth < MAX_DEPTH => return check_view(context, query, row, event, columns, depth),
        b'm' => return wrong("materialized view"),
        b'S' => return wrong("sequence"),
        b't' => return wrong("TOAST relation"),
        _ => {} // tables of all kinds take rows
    }
    if matches!(event, CmdType::CmdInsert | CmdType::CmdUpdate) {
        check_generated(query, row, event, columns)?;
    }
    Ok(())
}

/// PostgreSQL: the tests of rewriteTargetListIU.
fn check_generated(
    query: &Query,
    row: &PgClass,
    event: CmdType,
    columns: &[Written],
) -> PgResult<()> {
    for written in columns {
        let Some(attribute) = row.attribute(written.column) else { continue };
        let name = &attribute.attname;
        let generated = attribute.attgenerated != 0;
        let always = attribute.attidentity == b'a';
        if !(generated || always) || is_default(query, written.expr) {
            continue;
        }
        let insert = event == CmdType::CmdInsert;
        if always && !generated && insert && query.override_ != OverridingKind::OverridingNotSet {
            continue;
        }
        let message = if insert {
            format!("cannot insert a non-DEFAULT value into column \"{name}\"")
        } else {
            format!("column \"{name}\" can only be updated to DEFAULT")
        };
        let error = PgError::new(sqlstate::GENERATED_ALWAYS, message);
        if generated {
            return Err(error.detail(format!("Column \"{name}\" is a generated column.")).into());
        }
        let error = error.detail(format!(
            "Column \"{name}\" is an identity column defined as GENERATED ALWAYS."
        ));
        return Err(if insert {
            error.hint("Use OVERRIDING SYSTEM VALUE to override.").into()
        } else {
            error.into()
        });
    }
    Ok(())
}

fn event_letter(event: CmdType) -> u8 {
    match event {
        CmdType::CmdUpdate => b'2',
        CmdType::CmdInsert => b'3',
        _ => b'4', // a deletion
    }
}

fn event_bit(event: CmdType) -> i16 {
    match event {
        CmdType::CmdInsert => 4,
        CmdType::CmdUpdate => 16,
        _ => 8, // a deletion
    }
}

/// PostgreSQL: rewriteTargetView.
fn check_view(
    context: &Context,
    query: &Query,
    row: &PgClass,
    event: CmdType,
    columns: &[Written],
    depth: usize,
) -> PgResult<()> {
    let rules = || context.catalog.find_all::<PgRewrite>(&row.oid);
    // A rule that is carried out instead decides what happens, whatever its condition.
    if rules().any(|rule| rule.ev_type == event_letter(event) && rule.is_instead) {
        return Ok(());
    }
    const INSTEAD_OF_ROW: i16 = 64 | 1;
    let wanted = INSTEAD_OF_ROW | event_bit(event);
    let triggers = || context.catalog.find_all::<PgTrigger>(&row.oid);
    if triggers().any(|trigger| trigger.tgtype & wanted == wanted) {
        return Ok(());
    }
    let Some(rule) = rules().find(|rule| rule.ev_type == b'1').cloned() else { return Ok(()) };
    let Some(view_query) = rule.ev_action.first() else { return Ok(()) };
    let check_columns = event != CmdType::CmdDelete;
    if let Some(reason) = not_auto_updatable(view_query, check_columns) {
        return not_updatable(query, row, event, reason);
    }
    let [JoinTreeNode::RangeTblRef(base)] = view_query.jointree.fromlist.as_slice() else {
        return Ok(());
    };
    let mut inner = Vec::with_capacity(columns.len());
    for written in columns {
        if matches!(written.expr, Expr::SetToDefault { .. }) && event == CmdType::CmdInsert {
            continue;
        }
        let target = view_query.target_list.iter().find(|target| target.resno == written.column);
        match target.map(|target| &target.expr) {
            Some(Expr::Var(var)) if var.varno == *base && var.varattno > 0 => {
                inner.push(Written { column: var.varattno, expr: written.expr });
            }
            Some(expr) => return column_not_updatable(row, event, written.column, expr),
            None => {}
        }
    }
    let base = view_query.rtable.get((*base as usize).wrapping_sub(1)).map(|entry| &entry.kind);
    match base {
        Some(RteKind::Relation { relid, .. }) => {
            check_target(context, query, *relid, event, &inner, depth + 1)
        }
        Some(_) | None => Ok(()), // an updatable view has a relation there
    }
}

/// PostgreSQL: error_view_not_updatable.
fn not_updatable(query: &Query, row: &PgClass, event: CmdType, reason: &str) -> PgResult<()> {
    let (verb, doing, name) = match event {
        CmdType::CmdInsert => ("insert into", "inserting into", "INSERT"),
        CmdType::CmdUpdate => ("update", "updating", "UPDATE"),
        _ => ("delete from", "deleting from", "DELETE"), // a deletion
    };
    let hint = if query.command_type == CmdType::CmdMerge {
        format!("To enable {doing} the view using MERGE, provide an INSTEAD OF {name} trigger.")
    } else {
        format!(
            "To enable {doing} the view, provide an INSTEAD OF {name} trigger or an unconditional \
             ON {name} DO INSTEAD rule."
        )
    };
    let message = format!("cannot {verb} view \"{}\"", row.relname);
    Err(PgError::new(sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE, message)
        .detail(reason)
        .hint(hint)
        .into())
}

fn column_not_updatable(row: &PgClass, event: CmdType, column: i16, expr: &Expr) -> PgResult<()> {
    let verb = match event {
        CmdType::CmdInsert => "insert into",
        _ => "update", // a deletion writes no column
    };
    let name = row.attribute(column).map(|a| a.attname.clone()).unwrap_or_default();
    let detail = match expr {
        Expr::Var(var) if var.varattno < 0 => {
            "View columns that refer to system columns are not updatable."
        }
        Expr::Var(var) if var.varattno == 0 => {
            "View columns that return whole-row references are not updatable."
        }
        // Any other expression.
        _ => "View columns that are not columns of their base relation are not updatable.",
    };
    let message = format!("cannot {verb} column \"{name}\" of view \"{}\"", row.relname);
    Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).detail(detail).into())
}
