//! INSERT into tables whose rows are known, past triggers, partitions and constraints (PostgreSQL: ExecInsert,
//! executor/nodeModifyTable.c).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::checks::{Conflict, check_references, check_row, conflict, duplicate_key};
use super::partitions::{find_partition, fits, violates_partition};
use super::values::{full_row, generated_keys};
use super::{Fate, forget, has_deferrable, is_plain};
use crate::catalog::{MAX_ROWS, PgClass, PgNamespace, PgTrigger, TableRow, map_row};
use crate::commands::Context;
use crate::commands::trigger::tgtype;
use crate::commands::trigger_exec::{Event, Firing, RowFate, Timing};
use crate::executor;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::{OnConflictAction, Query};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// A table that rows go into: the one that INSERT names, or one of its partitions.
struct Leaf {
    class: Arc<PgClass>,
    /// The rows that are there, and after `first` those that were put in.
    all: Vec<TableRow>,
    first: usize,
    known: bool,
    /// Whether every constraint could be told to hold: else the statement may have failed.
    certain: bool,
    triggered: bool,
    /// The columns that the statement leaves to a sequence.
    generated: Vec<i16>,
}

/// The number of a table's column in one that inherits from it.
pub(super) fn same_column(root: &PgClass, class: &PgClass, attnum: i16) -> Option<i16> {
    let name = &root.attribute(attnum)?.attname;
    Some(class.attribute_named(name)?.attnum)
}

impl Leaf {
    fn of(context: &Context, relid: Oid, root: &PgClass, generated: &[i16]) -> Option<Leaf> {
        let class = context.catalog.get::<PgClass>(relid)?.clone();
        let known = context.catalog.contents(relid);
        let all = known.as_ref().map_or_else(Vec::new, |rows| (**rows).clone());
        let firing = Firing { relid, event: Event::Insert, updated: &[] };
        Some(Leaf {
            first: all.len(),
            all,
            known: known.is_some(),
            certain: known.is_some(),
            triggered: firing.has_row_triggers(context),
            generated: generated.iter().filter_map(|n| same_column(root, &class, *n)).collect(),
            class,
        })
    }
}

pub(super) fn insert(context: &mut Context, query: &Query, firing: Firing) -> PgResult<Fate> {
    let relid = firing.relid;
    if !is_plain(context, relid) {
        return Ok(Fate::Untold);
    }
    let Some(root) = context.catalog.get::<PgClass>(relid).cloned() else {
        return Ok(Fate::Untold);
    };
    let given =
        executor::target_rows(query, context.shared(), None).map_err(Stop::without_place)?;
    let mut rows = Vec::with_capacity(given.len());
    for values in given {
        rows.push(full_row(context, &root, &query.target_list, values)?);
    }
    let generated = generated_keys(context, &root, &query.target_list);
    if rows.len() > MAX_ROWS {
        // Too many to be kept, and to be compared with one another.
        for row in rows.iter().filter(|_| root.relkind == b'r') {
            check_row(context, &root, row)?;
        }
        return Ok(Fate::Untold);
    }
    let mut leaves: BTreeMap<Oid, Leaf> = BTreeMap::new();
    let mut new = Vec::new();
    for row in rows {
        let routed = match root.relkind {
            b'p' => find_partition(context, &root, &row)?,
            _ => Some((relid, row)), // a table of its own
        };
        let Some((leaf_oid, row)) = routed else { return Ok(Fate::Untold) };
        let leaf = match leaves.entry(leaf_oid) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => match Leaf::of(context, leaf_oid, &root, &generated) {
                Some(leaf) if !has_deferrable(context, leaf_oid) => entry.insert(leaf),
                _ => return Ok(Fate::Untold),
            },
        };
        match insert_into(context, query, leaf, root.relkind == b'p', row)? {
            RowFate::Row(row) => new.push((leaf_oid, row)),
            RowFate::Skipped => {}
            RowFate::Untold => return Ok(Fate::Untold),
        }
    }
    for leaf in leaves.values_mut() {
        let own: &[TableRow] = if leaf.known { &leaf.all } else { &[] };
        for row in &leaf.all[leaf.first..] {
            leaf.certain &= check_references(context, &leaf.class, row, own, |_| true)?;
        }
    }
    let certain = leaves.values().all(|leaf| leaf.certain);
    for (oid, leaf) in &leaves {
        if leaf.certain {
            context.catalog.set_contents(*oid, Some(leaf.all.clone()));
        } else if leaf.triggered {
            forget(context, *oid);
        }
    }
    let shown = |(oid, row): &(Oid, TableRow)| {
        leaves.get(oid).map_or_else(|| row.clone(), |leaf| map_row(&leaf.class, &root, row))
    };
    let shown: Vec<TableRow> = new.iter().map(shown).collect();
    for (oid, row) in new.iter().filter(|(oid, _)| leaves.get(oid).is_some_and(|l| l.triggered)) {
        let firing = Firing { relid: *oid, ..firing };
        firing.after_row(context, None, Some(row), (None, Some(&shown)))?;
    }
    if !certain {
        return Ok(Fate::Untold);
    }
    Ok(Fate::Done { old: Vec::new(), new: shown })
}

/// A trigger that a partition has from its parent must leave the row there (PostgreSQL: ExecBRInsertTriggers).
fn refuse_moved_row(context: &Context, class: &PgClass, row: &TableRow) -> PgResult<()> {
    const BEFORE_ROW_INSERT: i16 = tgtype::ROW | tgtype::BEFORE | tgtype::INSERT;
    let mut triggers = context.catalog.find_all::<PgTrigger>(&class.oid).filter(|trigger| {
        trigger.tgparentid.is_valid() && trigger.tgtype & BEFORE_ROW_INSERT == BEFORE_ROW_INSERT
    });
    let Some(first) = triggers.next() else { return Ok(()) };
    if fits(context, class, row)? != Some(false) {
        return Ok(());
    }
    let message =
        "moving row to another partition during a BEFORE FOR EACH ROW trigger is not supported";
    let mut error = PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message);
    if triggers.next().is_none()
        && let Some(schema) = context.catalog.get::<PgNamespace>(class.relnamespace)
    {
        error.detail = Some(format!(
            "Before executing trigger \"{}\", the row was to be in partition \"{}.{}\".",
            first.tgname, schema.nspname, class.relname
        ));
    }
    Err(error.into())
}

/// Puts one row into a table, past its triggers, constraints and unique indexes (PostgreSQL: ExecInsert).
fn insert_into(
    context: &mut Context,
    query: &Query,
    leaf: &mut Leaf,
    routed: bool,
    row: TableRow,
) -> PgResult<RowFate> {
    let relid = leaf.class.oid;
    let firing = Firing { relid, event: Event::Insert, updated: &[] };
    let row = match leaf.triggered {
        true => match firing.before_row(context, Timing::Before, None, row)? {
            RowFate::Row(row) => {
                refuse_moved_row(context, &leaf.class, &row)?;
                row
            }
            other => return Ok(other),
        },
        false => row,
    };
    if leaf.class.relispartition && (!routed || leaf.triggered) {
        match fits(context, &leaf.class, &row)? {
            Some(true) => {}
            Some(false) => return Err(violates_partition(&leaf.class, &row).into()),
            None => leaf.certain = false,
        }
    }
    leaf.certain &= check_row(context, &leaf.class, &row)?;
    let found = conflict(context, &leaf.class, &row, &leaf.all, leaf.known, &leaf.generated);
    match (found, &query.on_conflict) {
        (Conflict::None, _) => {}
        (Conflict::With(_), Some(clause))
            if clause.action == OnConflictAction::OnconflictNothing
                && clause.arbiter_elems.is_empty()
                && !clause.constraint.is_valid() =>
        {
            return Ok(RowFate::Skipped);
        }
        (Conflict::With(index), None) => {
            return Err(duplicate_key(context, &leaf.class, index, &row).into());
        }
        (Conflict::With(_) | Conflict::Untold, Some(_)) => return Ok(RowFate::Untold),
        (Conflict::Untold, None) => leaf.certain = false,
    }
    leaf.all.push(row.clone());
    if leaf.triggered && leaf.known {
        context.catalog.set_contents(relid, Some(leaf.all.clone()));
    }
    Ok(RowFate::Row(row))
}
