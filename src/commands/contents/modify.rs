//! UPDATE and DELETE of known rows (PostgreSQL: ExecUpdate and ExecDelete, executor/nodeModifyTable.c).

use super::checks::{Conflict, check_references, check_row, conflict};
use super::insert::same_column;
use super::partitions::{fits, violates_partition};
use super::values::fill_generated;
use super::{Fate, has_deferrable, is_plain};
use crate::catalog::value::Value;
use crate::catalog::{PgClass, PgConstraint, PgIndex, TableRow, map_row};
use crate::commands::Context;
use crate::commands::trigger_exec::{Firing, RowFate, Timing};
use crate::executor;
use crate::findings::{PgResult, Stop};
use crate::nodes::primnodes::{CmdType, Query};
use crate::pg::oid::Oid;

pub(super) fn modify(context: &mut Context, query: &Query, firing: Firing) -> PgResult<Fate> {
    let relid = firing.relid;
    let index = usize::try_from(query.result_relation).unwrap_or(0).wrapping_sub(1);
    let tree = match query.rtable.get(index) {
        Some(entry) if entry.inh => context.catalog.tree(relid),
        _ => vec![relid], // ONLY
    };
    let mut members = Vec::new();
    for member in tree {
        let Some(class) = context.catalog.get::<PgClass>(member).cloned() else {
            return Ok(Fate::Untold);
        };
        match (class.relkind, context.catalog.contents(member)) {
            (b'p', _) => {}
            (b'r', Some(rows)) => members.extend((!rows.is_empty()).then_some((class, rows))),
            (_, _) => return Ok(Fate::Untold),
        }
    }
    if members.is_empty() {
        return Ok(Fate::Done { old: Vec::new(), new: Vec::new() }); // row triggers have nothing to run for
    }
    let Some(root) = context.catalog.get::<PgClass>(relid).cloned() else {
        return Ok(Fate::Untold);
    };
    if !is_plain(context, relid) {
        return Ok(Fate::Untold);
    }
    let (mut old_rows, mut new_rows) = (Vec::new(), Vec::new());
    for (class, rows) in members {
        match modify_member(context, query, firing, (&root, &class), &rows)? {
            Fate::Done { old, new } => {
                old_rows.extend(old.iter().map(|row| map_row(&class, &root, row)));
                new_rows.extend(new.iter().map(|row| map_row(&class, &root, row)));
            }
            Fate::Untold => return Ok(Fate::Untold),
        }
    }
    Ok(Fate::Done { old: old_rows, new: new_rows })
}

/// UPDATE or DELETE of the rows of one table: the one that the statement names, or one that inherits from it.
fn modify_member(
    context: &mut Context,
    query: &Query,
    firing: Firing,
    (root, class): (&PgClass, &PgClass),
    rows: &[TableRow],
) -> PgResult<Fate> {
    let relid = class.oid;
    let number = |attnum: i16| same_column(root, class, attnum);
    let updated: Vec<i16> = firing.updated.iter().filter_map(|n| number(*n)).collect();
    let firing = Firing { relid, event: firing.event, updated: &updated };
    let triggered = firing.has_row_triggers(context);
    if (triggered && relid != root.oid) || has_deferrable(context, relid) {
        return Ok(Fate::Untold);
    }
    let touches = |keys: &[i16]| triggered || keys.iter().any(|key| updated.contains(key));
    let is_update = query.command_type == CmdType::CmdUpdate;
    if is_referenced(context, relid, |key| !is_update || touches(&key.confkey)) {
        return Ok(Fate::Untold);
    }
    let has_key = context.catalog.find_all::<PgIndex>(&relid).any(|index| {
        let unique = index.indisunique || index.indisexclusion;
        unique && (touches(&index.indkey) || !index.indexprs.is_empty() || index.indpred.is_some())
    });
    let mut certain = true;
    let mut changed: Vec<(usize, TableRow)> = Vec::new();
    let mut all = Vec::with_capacity(rows.len());
    let (mut old_rows, mut new_rows) = (Vec::new(), Vec::new());
    for (place, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        row.resize(class.attributes.len(), Value::Null);
        let fixed = Some((query.result_relation, map_row(class, root, &row)));
        let changes =
            executor::target_rows(query, context.shared(), fixed).map_err(Stop::without_place)?;
        match changes.into_iter().next() {
            None => all.push(row),
            Some(_) if query.command_type == CmdType::CmdDelete => {
                if triggered {
                    let copy = row.clone();
                    match firing.before_row(context, Timing::Before, Some(&row), copy)? {
                        RowFate::Row(_) => {}
                        RowFate::Skipped => {
                            all.push(row);
                            continue;
                        }
                        RowFate::Untold => return Ok(Fate::Untold),
                    }
                }
                old_rows.push(row);
            }
            Some(values) => {
                let old = row.clone();
                for (target, value) in query.target_list.iter().zip(values) {
                    let number = usize::try_from(number(target.resno).unwrap_or(0)).unwrap_or(0);
                    if let Some(cell) = row.get_mut(number.wrapping_sub(1)) {
                        *cell = value;
                    }
                }
                if triggered {
                    match firing.before_row(context, Timing::Before, Some(&old), row)? {
                        RowFate::Row(changed) => row = changed,
                        RowFate::Skipped => {
                            all.push(old);
                            continue;
                        }
                        RowFate::Untold => return Ok(Fate::Untold),
                    }
                }
                fill_generated(context, class, &mut row)?;
                if class.relispartition {
                    match fits(context, class, &row)? {
                        Some(true) => {}
                        Some(false) if relid == root.oid => {
                            return Err(violates_partition(class, &row).into());
                        }
                        // It may move to another partition.
                        Some(false) | None => return Ok(Fate::Untold),
                    }
                }
                certain &= check_row(context, class, &row)?;
                certain &= check_references(context, class, &row, &[], |key| touches(&key.conkey))?;
                old_rows.push(old);
                new_rows.push(row.clone());
                if has_key {
                    changed.push((place, row.clone()));
                }
                all.push(row);
            }
        }
    }
    if !certain || !keeps_keys(context, class, rows, &changed) {
        return Ok(Fate::Untold);
    }
    context.catalog.set_contents(relid, Some(all));
    if triggered {
        for (index, old) in old_rows.iter().enumerate() {
            let transitions = (Some(&*old_rows), Some(&*new_rows));
            firing.after_row(context, Some(old), new_rows.get(index), transitions)?;
        }
    }
    Ok(Fate::Done { old: old_rows, new: new_rows })
}

/// With more changed rows nothing is said of their keys: each is compared with all others.
const MOST_CHANGED: usize = 16;

/// Whether for certain no changed row meets another in a unique index, in whichever order they are changed.
fn keeps_keys(
    context: &Context,
    class: &PgClass,
    rows: &[TableRow],
    changed: &[(usize, TableRow)],
) -> bool {
    changed.len() <= MOST_CHANGED
        && changed.iter().all(|(place, row)| {
            let old =
                rows.iter().enumerate().filter(|(other, _)| other != place).map(|(_, row)| row);
            let new = changed.iter().filter(|(other, _)| other != place).map(|(_, row)| row);
            let others: Vec<TableRow> = old.chain(new).cloned().collect();
            matches!(conflict(context, class, row, &others, true, &[]), Conflict::None)
        })
}

/// Whether rows of other tables may stand in the way of a change or follow it, by the foreign keys that matter.
fn is_referenced(context: &Context, relid: Oid, matters: impl Fn(&PgConstraint) -> bool) -> bool {
    context.catalog.find_second::<PgConstraint>(relid).any(|row| {
        row.contype == b'f'
            && matters(row)
            && context.catalog.contents(row.conrelid).is_none_or(|rows| !rows.is_empty())
    })
}
