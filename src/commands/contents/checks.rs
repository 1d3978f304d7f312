//! Whether a new row fits its table: NOT NULL, CHECK, unique indexes and foreign keys (PostgreSQL: ExecConstraints,
//! executor/execMain.c; utils/adt/ri_triggers.c).

use crate::catalog::value::Value;
use crate::catalog::{PgClass, PgConstraint, PgIndex, TableRow};
use crate::commands::Context;
use crate::executor;
use crate::findings::{PgError, PgResult, Stop};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// NOT NULL and CHECK of a new row; false where a CHECK cannot be told (PostgreSQL: ExecConstraints).
pub(super) fn check_row(context: &Context, class: &PgClass, row: &TableRow) -> PgResult<bool> {
    let mut certain = true;
    for (attribute, value) in class.attributes.iter().zip(row) {
        if attribute.attnotnull && !attribute.attisdropped && value.is_null() {
            let mut error = PgError::new(
                sqlstate::NOT_NULL_VIOLATION,
                format!(
                    "null value in column \"{}\" of relation \"{}\" violates not-null constraint",
                    attribute.attname, class.relname
                ),
            );
            error.detail = failing_row(class, row);
            return Err(error.into());
        }
    }
    let mut checks: Vec<_> = context
        .catalog
        .find_all::<PgConstraint>(&class.oid)
        .filter(|constraint| constraint.contype == b'c' && constraint.conenforced)
        .collect();
    checks.sort_by(|a, b| a.conname.cmp(&b.conname));
    for check in checks {
        let Some(condition) = &check.conbin else { continue };
        let holds = executor::over_row(condition, context.shared(), row.clone())
            .map_err(Stop::without_place)?;
        certain &= holds.is_some();
        if matches!(holds, Some(Value::Bool(false))) {
            let mut error = PgError::new(
                sqlstate::CHECK_VIOLATION,
                format!(
                    "new row for relation \"{}\" violates check constraint \"{}\"",
                    class.relname, check.conname
                ),
            );
            error.detail = failing_row(class, row);
            return Err(error.into());
        }
    }
    Ok(certain)
}

/// PostgreSQL: ExecBuildSlotValueDescription, where every value is known.
pub(super) fn failing_row(class: &PgClass, row: &TableRow) -> Option<String> {
    if row.contains(&Value::Unknown) {
        return None;
    }
    let values: Vec<String> = class
        .attributes
        .iter()
        .zip(row)
        .filter(|(attribute, _)| !attribute.attisdropped)
        .map(|(_, value)| value.to_text().unwrap_or_else(|| "null".to_string()))
        .collect();
    Some(format!("Failing row contains ({}).", values.join(", ")))
}

/// Whether a new row is there already, by a unique index.
pub(super) enum Conflict {
    None,
    With(Oid),
    Untold,
}

pub(super) fn conflict(
    context: &Context,
    class: &PgClass,
    row: &TableRow,
    others: &[TableRow],
    known: bool,
    generated: &[i16],
) -> Conflict {
    let mut untold = false;
    for index in context.catalog.find_all::<PgIndex>(&class.oid) {
        if !index.indisunique && !index.indisexclusion {
            continue;
        }
        if !known {
            untold = true;
            continue;
        }
        let plain = index.indimmediate
            && !index.indnullsnotdistinct
            && !index.indisexclusion
            && index.indpred.is_none()
            && index.indexprs.is_empty();
        if !plain {
            untold |= !others.is_empty();
            continue;
        }
        let keys: Vec<i16> =
            index.indkey.iter().take(index.indnkeyatts.max(0) as usize).copied().collect();
        let is_untold = |row: &TableRow, key: &i16| {
            let cell = usize::try_from(*key).ok().and_then(|n| row.get(n.wrapping_sub(1)));
            cell == Some(&Value::Unknown)
        };
        for other in others {
            // Two values that the same generator made are not the same.
            let distinct =
                |key: &i16| generated.contains(key) && is_untold(row, key) && is_untold(other, key);
            if keys.iter().any(distinct) {
                continue;
            }
            match same_key(class, &keys, row, &keys, other) {
                Some(true) => return Conflict::With(index.indexrelid),
                Some(false) => {}
                None => untold = true,
            }
        }
    }
    if untold { Conflict::Untold } else { Conflict::None }
}

/// Whether two rows agree in their key columns; None where that cannot be told. NULL agrees with nothing.
pub(super) fn same_key(
    class: &PgClass,
    keys: &[i16],
    row: &TableRow,
    other_keys: &[i16],
    other: &TableRow,
) -> Option<bool> {
    let mut untold = false;
    for (key, other_key) in keys.iter().zip(other_keys) {
        let cell = |row: &TableRow, key: i16| {
            let index = usize::try_from(key).ok()?.checked_sub(1)?;
            Some(row.get(index).cloned().unwrap_or(Value::Null))
        };
        let (a, b) = (cell(row, *key)?, cell(other, *other_key)?);
        if a.is_null() || b.is_null() {
            return Some(false);
        }
        let simple =
            class.attribute(*key).is_some_and(|column| has_plain_equality(column.atttypid));
        match a.compare(&b) {
            _ if !simple => untold = true,
            Some(order) if order.is_ne() => return Some(false),
            Some(_) => {}
            None => untold = true,
        }
    }
    if untold { None } else { Some(true) }
}

/// Types whose values are equal exactly when they are written alike.
fn has_plain_equality(type_id: Oid) -> bool {
    matches!(
        type_id,
        fixed::INT2OID
            | fixed::INT4OID
            | fixed::INT8OID
            | fixed::TEXTOID
            | fixed::VARCHAROID
            | fixed::BOOLOID
            | fixed::OIDOID
            | fixed::NAMEOID
    )
}

pub(super) fn key_values(keys: &[i16], row: &TableRow) -> String {
    let values = keys.iter().map(|key| {
        let cell = usize::try_from(*key).ok().and_then(|n| row.get(n.wrapping_sub(1)));
        cell.and_then(Value::to_text).unwrap_or_else(|| "null".to_string())
    });
    values.collect::<Vec<_>>().join(", ")
}

pub(super) fn key_names(class: &PgClass, keys: &[i16]) -> String {
    let names = keys.iter().filter_map(|key| Some(class.attribute(*key)?.attname.to_string()));
    names.collect::<Vec<_>>().join(", ")
}

pub(super) fn duplicate_key(
    context: &Context,
    class: &PgClass,
    index: Oid,
    row: &TableRow,
) -> PgError {
    let name = context.catalog.get::<PgClass>(index).map(|row| row.relname.clone());
    let keys = context.catalog.get::<PgIndex>(index).map_or(Vec::new(), |row| row.indkey.clone());
    let mut error = PgError::new(
        sqlstate::UNIQUE_VIOLATION,
        format!("duplicate key value violates unique constraint \"{}\"", name.unwrap_or_default()),
    );
    error.detail = Some(format!(
        "Key ({})=({}) already exists.",
        key_names(class, &keys),
        key_values(&keys, row)
    ));
    error
}

/// The foreign keys of a new row; false where one cannot be told (PostgreSQL: RI_FKey_check, utils/adt/ri_triggers.c).
pub(super) fn check_references(
    context: &Context,
    class: &PgClass,
    row: &TableRow,
    own: &[TableRow],
    counts: impl Fn(&PgConstraint) -> bool,
) -> PgResult<bool> {
    let mut certain = true;
    if context.session.get("session_replication_role").is_some_and(|role| **role == *"replica") {
        return Ok(true); // the triggers that check do not fire
    }
    for key in context.catalog.find_all::<PgConstraint>(&class.oid) {
        // A key to one of a partitioned table's partitions stands behind the key to the whole.
        let of_part = context
            .catalog
            .get::<PgConstraint>(key.conparentid)
            .is_some_and(|parent| parent.conrelid == key.conrelid);
        let checked = key.contype == b'f' && key.conenforced && !key.condeferrable && !of_part;
        if !checked || !counts(key) {
            continue;
        }
        if key.conperiod {
            certain = false; // ranges together hold the row's
            continue;
        }
        let is_null = |attnum: &&i16| {
            let cell = usize::try_from(**attnum).ok().and_then(|n| row.get(n.wrapping_sub(1)));
            cell.is_none_or(Value::is_null)
        };
        let nulls = key.conkey.iter().filter(is_null).count();
        if nulls > 0 && key.confmatchtype == b'f' && nulls < key.conkey.len() {
            return Err(PgError::new(
                sqlstate::FOREIGN_KEY_VIOLATION,
                format!(
                    "insert or update on table \"{}\" violates foreign key constraint \"{}\"",
                    class.relname, key.conname
                ),
            )
            .detail("MATCH FULL does not allow mixing of null and nonnull key values.")
            .into());
        }
        if nulls > 0 {
            continue;
        }
        let Some(referenced) = context.catalog.get::<PgClass>(key.confrelid) else { continue };
        let there = if key.confrelid == class.oid && !own.is_empty() {
            own.to_vec()
        } else {
            let rows = match referenced.relkind {
                b'p' => context.catalog.tree_rows(key.confrelid),
                _ => context.catalog.contents(key.confrelid).map(|rows| (*rows).clone()), // without what inherits
            };
            match rows {
                Some(rows) => rows,
                None => {
                    certain = false; // rows that are not known
                    continue;
                }
            }
        };
        let matches = there
            .iter()
            .map(|other| same_key(class, &key.conkey, row, &key.confkey, other))
            .collect::<Vec<_>>();
        if matches.iter().any(|same| *same != Some(false)) {
            certain &= matches.contains(&Some(true));
            continue;
        }
        let mut error = PgError::new(
            sqlstate::FOREIGN_KEY_VIOLATION,
            format!(
                "insert or update on table \"{}\" violates foreign key constraint \"{}\"",
                class.relname, key.conname
            ),
        );
        if !row.contains(&Value::Unknown) {
            error.detail = Some(format!(
                "Key ({})=({}) is not present in table \"{}\".",
                key_names(class, &key.conkey),
                key_values(&key.conkey, row),
                referenced.relname
            ));
        }
        return Err(error.into());
    }
    Ok(certain)
}
