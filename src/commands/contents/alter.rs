//! What ALTER TABLE asks of the rows that are known (PostgreSQL: ATRewriteTables, commands/tablecmds.c).

use super::checks::{check_references, key_names, key_values, same_key};
use super::values::{default_value, fill_generated};
use crate::catalog::value::Value;
use crate::catalog::{PgClass, PgConstraint, PgIndex};
use crate::commands::Context;
use crate::executor;
use crate::findings::{PgError, PgResult, Stop};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// What held of a table's rows before an ALTER TABLE; empty when no rows are known.
pub struct Before {
    not_null: Vec<i16>,
    constraints: Vec<(Oid, bool)>,
    indexes: Vec<Oid>,
}

/// What holds of the table and of all that inherit from it.
pub fn before_alter(context: &Context, relid: Oid) -> Vec<(Oid, Before)> {
    let tree = context.catalog.tree(relid);
    tree.into_iter().filter_map(|relid| Some((relid, Before::of(context, relid)?))).collect()
}

impl Before {
    pub fn of(context: &Context, relid: Oid) -> Option<Before> {
        let catalog = &*context.catalog;
        catalog.contents(relid).filter(|rows| !rows.is_empty())?;
        let class = catalog.get::<PgClass>(relid)?;
        Some(Before {
            not_null: not_null_columns(context, class),
            constraints: catalog
                .find_all::<PgConstraint>(&relid)
                .map(|row| (row.oid, row.convalidated))
                .collect(),
            indexes: catalog.find_all::<PgIndex>(&relid).map(|row| row.indexrelid).collect(),
        })
    }
}

/// The columns without NULL, by a valid constraint.
fn not_null_columns(context: &Context, class: &PgClass) -> Vec<i16> {
    let is_valid = |attnum: i16| {
        let mut constraints = context.catalog.find_all::<PgConstraint>(&class.oid);
        constraints.all(|row| row.contype != b'n' || row.conkey != [attnum] || row.convalidated)
    };
    let columns = class.live_attributes().filter(|column| column.attnotnull);
    columns.map(|column| column.attnum).filter(|attnum| is_valid(*attnum)).collect()
}

/// New columns get their cells, and what the table asks anew of its rows is checked (PostgreSQL: ATRewriteTables,
/// validateForeignKeyConstraint).
pub fn after_alter(context: &mut Context, relid: Oid, before: Option<Before>) -> PgResult<()> {
    let (Some(before), Some(rows)) = (before, context.catalog.contents(relid)) else {
        return Ok(());
    };
    let Some(class) = context.catalog.get::<PgClass>(relid).cloned() else { return Ok(()) };
    let mut rows = (*rows).clone();
    // Whether generated columns hold something new, which every constraint is checked against.
    let mut recomputed = false;
    for row in &mut rows {
        let width = row.len();
        for index in row.len()..class.attributes.len() {
            row.push(default_value(context, &class, index)?);
        }
        let old = row.clone();
        fill_generated(context, &class, row)?;
        recomputed |= old != *row && row.len() == width;
    }
    context.catalog.set_contents(relid, Some(rows.clone()));
    let indexes: Vec<Oid> =
        context.catalog.find_all::<PgIndex>(&relid).map(|row| row.indexrelid).collect();
    for index in indexes.into_iter().filter(|index| !before.indexes.contains(index)) {
        check_unique_index(context, relid, index)?;
    }
    let not_null = not_null_columns(context, &class);
    for column in class.live_attributes().filter(|column| not_null.contains(&column.attnum)) {
        let new = recomputed || !before.not_null.contains(&column.attnum);
        let index = usize::try_from(column.attnum).unwrap_or(0).wrapping_sub(1);
        if new && rows.iter().any(|row| row.get(index).is_some_and(Value::is_null)) {
            return Err(PgError::new(
                sqlstate::NOT_NULL_VIOLATION,
                format!(
                    "column \"{}\" of relation \"{}\" contains null values",
                    column.attname, class.relname
                ),
            )
            .into());
        }
    }
    let checks = context.catalog.find_all::<PgConstraint>(&relid).filter(|row| {
        let new = recomputed || !before.constraints.contains(&(row.oid, true));
        row.contype == b'c' && row.convalidated && new
    });
    for check in checks {
        let Some(condition) = &check.conbin else { continue };
        for row in &rows {
            let holds = executor::over_row(condition, context.shared(), row.clone());
            if matches!(holds.map_err(Stop::without_place)?, Some(Value::Bool(false))) {
                return Err(PgError::new(
                    sqlstate::CHECK_VIOLATION,
                    format!(
                        "check constraint \"{}\" of relation \"{}\" is violated by some row",
                        check.conname, class.relname
                    ),
                )
                .into());
            }
        }
    }
    for row in &rows {
        check_references(context, &class, row, &rows, |key| {
            key.convalidated && !before.constraints.contains(&(key.oid, true))
        })?;
    }
    Ok(())
}

/// Whether the rows that are known allow a unique index (PostgreSQL: comparetup_index_btree's complaint).
pub fn check_unique_index(context: &Context, relid: Oid, index: Oid) -> PgResult<()> {
    let catalog = &*context.catalog;
    let (Some(class), Some(row), Some(rows)) =
        (catalog.get::<PgClass>(relid), catalog.get::<PgIndex>(index), catalog.contents(relid))
    else {
        return Ok(());
    };
    let plain = row.indisunique
        && class.relkind == b'r'
        && !row.indnullsnotdistinct
        && row.indpred.is_none()
        && row.indexprs.is_empty();
    if !plain {
        return Ok(());
    }
    let count = usize::try_from(row.indnkeyatts).unwrap_or(0);
    let keys = row.indkey.get(..count).unwrap_or_default();
    for (at, first) in rows.iter().enumerate() {
        for second in &rows[at + 1..] {
            if same_key(class, keys, first, keys, second) == Some(true) {
                let name = catalog.get::<PgClass>(index).map(|row| row.relname.clone());
                let mut error = PgError::new(
                    sqlstate::UNIQUE_VIOLATION,
                    format!("could not create unique index \"{}\"", name.unwrap_or_default()),
                );
                error.detail = Some(format!(
                    "Key ({})=({}) is duplicated.",
                    key_names(class, keys),
                    key_values(keys, first)
                ));
                return Err(error.into());
            }
        }
    }
    Ok(())
}

/// A column's cells are not known any more: its type changes.
pub fn forget_column(context: &mut Context, relid: Oid, attnum: i16) {
    let Some(rows) = context.catalog.contents(relid).filter(|rows| !rows.is_empty()) else {
        return;
    };
    let mut rows = (*rows).clone();
    let index = usize::try_from(attnum).ok().and_then(|number| number.checked_sub(1));
    for row in &mut rows {
        if let Some(cell) = index.and_then(|index| row.get_mut(index)) {
            *cell = Value::Unknown;
        }
    }
    context.catalog.set_contents(relid, Some(rows));
}
