//! What INSERT, UPDATE and DELETE leave in tables whose rows are known, and what their constraints say of it
//! (PostgreSQL: ExecInsert, ExecUpdate and ExecDelete, executor/nodeModifyTable.c; ExecConstraints, executor/execMain.c).

mod alter;
mod checks;
mod insert;
mod modify;
mod partitions;
mod values;

use super::Context;
use super::effects::may_write;
use super::large_objects;
use super::trigger_exec::{Event, Firing, RowFate, Timing, forget_what_triggers_write, is_view};
use crate::catalog::aclchk::policies_apply;
use crate::catalog::value::Value;
use crate::catalog::{PgClass, PgConstraint, PgInherits, PgRewrite, TableRow};
use crate::executor;
use crate::findings::{PgResult, Stop, unknown};
use crate::nodes::node_funcs::walk_query;
use crate::nodes::primnodes::{CmdType, Expr, Query, RteKind, TargetEntry};
use crate::pg::oid::Oid;

pub use alter::{after_alter, before_alter, check_unique_index, forget_column};
use insert::insert;
use modify::modify;
pub use partitions::{
    BeforeAttach, after_attach, check_default_contents, check_no_foreign_key_refs,
};
use values::full_row;

/// What a statement did to rows.
#[derive(Debug, Default)]
pub struct Carried {
    /// How many rows it touched, where that is known.
    pub count: Option<i64>,
    /// What RETURNING gives, where that is known.
    pub returned: Option<Vec<Vec<Value>>>,
}

/// Carries out what an analysed statement does to rows, with the triggers that it fires.
pub fn carry_out(context: &mut Context, query: &Query) -> PgResult<Carried> {
    large_objects::carry_out(context, query)?;
    if calls_writer(context, query) {
        context.catalog.forget_contents();
        return Ok(Carried::default());
    }
    let others: Vec<Oid> =
        query.cte_list.iter().filter_map(|cte| target_of(&cte.ctequery)).collect();
    for relid in others {
        forget(context, relid);
    }
    let Some(relid) = target_of(query) else { return Ok(Carried::default()) };
    let event = match query.command_type {
        CmdType::CmdInsert => Event::Insert,
        CmdType::CmdUpdate => Event::Update,
        CmdType::CmdDelete => Event::Delete,
        _ => {
            forget_what_triggers_write(context, relid);
            forget(context, relid);
            return Ok(Carried::default()); // MERGE
        }
    };
    let updated: Vec<i16> = query
        .target_list
        .iter()
        .filter(|_| event == Event::Update)
        .map(|target| target.resno)
        .collect();
    let firing = Firing { relid, event, updated: &updated };
    firing.before_statement(context)?;
    let mark = context.catalog.mark();
    let result = match event {
        _ if is_view(context, relid) => instead(context, query, firing),
        Event::Insert => insert(context, query, firing),
        Event::Update | Event::Delete | Event::Truncate => modify(context, query, firing),
    };
    let carried = match result {
        Ok(Fate::Done { old, new }) => {
            let touched = if event == Event::Delete { &old } else { &new };
            firing.after_statement(context, Some(&old), Some(&new))?;
            let index = query.result_relation;
            let returned = match query.returning_list.is_empty() {
                true => None,
                false => executor::returned_rows(query, context.shared(), index, touched)
                    .map_err(Stop::without_place)
                    .map_or_else(told_or_error, |rows| Ok(Some(rows)))?,
            };
            Carried { count: Some(touched.len() as i64), returned }
        }
        Ok(Fate::Untold) | Err(Stop::Unknown(_)) => {
            let reason = result.err();
            if let Some(Stop::Unknown(reason)) = reason
                && reason.starts_with("trigger ")
            {
                return unknown(reason);
            }
            context.catalog.rollback_to(mark);
            forget_what_triggers_write(context, relid);
            forget(context, relid);
            firing.after_statement(context, None, None)?;
            Carried::default()
        }
        Err(error) => return Err(error),
    };
    Ok(carried)
}

fn told_or_error<T>(stop: Stop) -> PgResult<Option<T>> {
    match stop {
        Stop::Unknown(_) => Ok(None),
        error => Err(error),
    }
}

/// What became of a change of rows.
enum Fate {
    /// The rows before and after it.
    Done { old: Vec<TableRow>, new: Vec<TableRow> },
    /// It cannot be told.
    Untold,
}

/// A change of a view by INSTEAD OF triggers.
fn instead(context: &mut Context, query: &Query, firing: Firing) -> PgResult<Fate> {
    if !firing.has_row_triggers(context) {
        return Ok(Fate::Untold);
    }
    if firing.event != Event::Insert {
        return instead_of_change(context, query, firing);
    }
    let Some(class) = context.catalog.get::<PgClass>(firing.relid).cloned() else {
        return Ok(Fate::Untold);
    };
    let given =
        executor::target_rows(query, context.shared(), None).map_err(Stop::without_place)?;
    let mut new = Vec::new();
    for values in given {
        let row = full_row(context, &class, &query.target_list, values)?;
        match firing.before_row(context, Timing::Instead, None, row)? {
            RowFate::Row(row) => new.push(row),
            RowFate::Skipped => {}
            RowFate::Untold => return Ok(Fate::Untold),
        }
    }
    Ok(Fate::Done { old: Vec::new(), new })
}

/// UPDATE or DELETE of a view by INSTEAD OF triggers: each row that it shows and that the statement means.
fn instead_of_change(context: &mut Context, query: &Query, firing: Firing) -> PgResult<Fate> {
    let shown = executor::view_rows(context.shared(), firing.relid).map_err(Stop::without_place)?;
    let mut changes = Vec::new();
    for old in shown {
        let fixed = Some((query.result_relation, old.clone()));
        let found =
            executor::target_rows(query, context.shared(), fixed).map_err(Stop::without_place)?;
        if let Some(values) = found.into_iter().next() {
            let mut new = old.clone();
            assign(&mut new, &query.target_list, values);
            changes.push((old, new));
        }
    }
    let (mut old_rows, mut new_rows) = (Vec::new(), Vec::new());
    for (old, new) in changes {
        match firing.before_row(context, Timing::Instead, Some(&old), new)? {
            RowFate::Row(new) => {
                old_rows.push(old);
                if firing.event == Event::Update {
                    new_rows.push(new);
                }
            }
            RowFate::Skipped => {}
            RowFate::Untold => return Ok(Fate::Untold),
        }
    }
    Ok(Fate::Done { old: old_rows, new: new_rows })
}

/// Puts the values of an UPDATE into a row.
fn assign(row: &mut TableRow, targets: &[TargetEntry], values: Vec<Value>) {
    for (target, value) in targets.iter().zip(values) {
        let number = usize::try_from(target.resno).unwrap_or(0);
        if let Some(cell) = row.get_mut(number.wrapping_sub(1)) {
            *cell = value;
        }
    }
}

fn target_of(query: &Query) -> Option<Oid> {
    let index = usize::try_from(query.result_relation).ok()?.checked_sub(1)?;
    match &query.rtable.get(index)?.kind {
        RteKind::Relation { relid, .. } => Some(*relid),
        _ => None, // a change is of a relation
    }
}

/// Whether a function of the user's that the statement calls may write to tables.
fn calls_writer(context: &Context, query: &Query) -> bool {
    let mut called = Vec::new();
    walk_query(query, &mut |expr| {
        if let Expr::FuncExpr(function) = expr
            && !function.funcid.is_builtin()
        {
            called.push(function.funcid);
        }
        false
    });
    called.iter().any(|function| may_write(context, *function))
}

/// The table's rows are not known any more, nor those of what stands above and below it, nor what a view shows.
pub fn forget(context: &mut Context, relid: Oid) {
    let catalog = &mut *context.catalog;
    if catalog.get::<PgClass>(relid).is_some_and(|class| class.relkind == b'v') {
        // A change of a view is one of the tables under it, by a rule, a trigger or by itself.
        catalog.forget_contents();
        return;
    }
    let mut tables = vec![relid];
    while let Some(table) = tables.pop() {
        catalog.set_contents(table, None);
        tables.extend(catalog.find_second::<PgInherits>(table).map(|row| row.inhrelid));
        let referencing: Vec<Oid> = catalog
            .find_second::<PgConstraint>(table)
            .filter(|row| row.contype == b'f' && row.conrelid != table)
            .filter(|row| acts(row.confdeltype) || acts(row.confupdtype))
            .map(|row| row.conrelid)
            .filter(|other| catalog.contents(*other).is_some_and(|rows| !rows.is_empty()))
            .collect();
        tables.extend(referencing);
    }
}

/// Whether a foreign key's action changes the referencing rows.
fn acts(action: u8) -> bool {
    matches!(action, b'c' | b'n' | b'd')
}

/// Whether what a row violates may come to light, and take the row away, when the transaction ends.
fn has_deferrable(context: &Context, relid: Oid) -> bool {
    // Constraint triggers say nothing of the row itself.
    let mut all = context.catalog.find_all::<PgConstraint>(&relid);
    all.any(|row| row.condeferrable && row.contype != b't')
}

/// A table whose rows change by nothing but the statement itself and its triggers.
fn is_plain(context: &mut Context, relid: Oid) -> bool {
    let catalog = &*context.catalog;
    let Some(class) = catalog.get::<PgClass>(relid) else { return false };
    let plain = matches!(class.relkind, b'r' | b'p')
        && !policies_apply(catalog, class, context.session.current_user)
        && catalog.find_all::<PgRewrite>(&relid).next().is_none();
    if context.catalog.find_all::<PgRewrite>(&relid).next().is_some() {
        context.catalog.forget_contents();
    }
    plain
}
