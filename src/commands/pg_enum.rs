//! The labels of enum types and their order (PostgreSQL: catalog/pg_enum.c).

use std::sync::Arc;

use super::Context;
use crate::catalog::PgEnum;
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::Node;
use crate::pg::name::{NAME_MAX_BYTES, Name};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

fn check_length(label: &str) -> PgResult<()> {
    if label.len() <= NAME_MAX_BYTES {
        return Ok(());
    }
    Err(PgError::new(sqlstate::INVALID_NAME, format!("invalid enum label \"{label}\""))
        .detail(format!("Labels must be {NAME_MAX_BYTES} bytes or less."))
        .into())
}

/// PostgreSQL: EnumValuesCreate.
pub fn enum_values_create(context: &mut Context, enum_type: Oid, labels: &[Node]) -> PgResult<()> {
    // PostgreSQL takes all oids first, then sorts them, so that they follow the labels' order.
    for (index, label) in labels.iter().enumerate() {
        let label = label.str_val();
        check_length(label)?;
        let repeated = labels[..index].iter().any(|earlier| earlier.str_val() == label);
        if repeated {
            let message =
                "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"";
            return Err(PgError::new(sqlstate::UNIQUE_VIOLATION, message)
                .detail(format!(
                    "Key (enumtypid, enumlabel)=({enum_type}, {label}) already exists."
                ))
                .into());
        }
        let oid = context.catalog.new_oid();
        context.catalog.put(PgEnum {
            oid,
            enumtypid: enum_type,
            enumsortorder: (index + 1) as f32,
            enumlabel: Name::new(label),
        });
    }
    Ok(())
}

/// The labels in their order.
fn sorted(context: &Context, enum_type: Oid) -> Vec<Arc<PgEnum>> {
    let mut rows: Vec<Arc<PgEnum>> =
        context.catalog.find_all::<PgEnum>(&enum_type).cloned().collect();
    rows.sort_by(|a, b| a.enumsortorder.total_cmp(&b.enumsortorder));
    rows
}

fn already_exists(label: &str) -> PgError {
    let message = format!("enum label \"{label}\" already exists");
    PgError::new(sqlstate::DUPLICATE_OBJECT, message)
}

fn not_existing(label: &str) -> PgError {
    let message = format!("\"{label}\" is not an existing enum label");
    PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message)
}

/// PostgreSQL: AddEnumLabel.
pub fn add_enum_label(
    context: &mut Context,
    enum_type: Oid,
    label: &str,
    neighbor: Option<&str>,
    after: bool,
    skip_if_exists: bool,
) -> PgResult<()> {
    check_length(label)?;
    loop {
        let rows = sorted(context, enum_type);
        if rows.iter().any(|row| row.enumlabel == label) {
            if !skip_if_exists {
                return Err(already_exists(label).into());
            }
            context.notice(Notice {
                sqlstate: sqlstate::DUPLICATE_OBJECT,
                ..Notice::notice(format!("enum label \"{label}\" already exists, skipping"))
            });
            return Ok(());
        }
        let order = match neighbor {
            None => Some(rows.last().map_or(1.0, |row| row.enumsortorder + 1.0)),
            Some(neighbor) => {
                let Some(at) = rows.iter().position(|row| row.enumlabel == neighbor) else {
                    return Err(not_existing(neighbor).into());
                };
                order_beside(&rows, at, after)
            }
        };
        match order {
            Some(order) => {
                let oid = context.catalog.new_oid();
                context.catalog.put(PgEnum {
                    oid,
                    enumtypid: enum_type,
                    enumsortorder: order,
                    enumlabel: Name::new(label),
                });
                return Ok(());
            }
            None => renumber(context, &rows),
        }
    }
}

/// The order between a label and the next one on that side; None when no number lies between.
fn order_beside(rows: &[Arc<PgEnum>], at: usize, after: bool) -> Option<f32> {
    let here = rows[at].enumsortorder;
    let other = if after { rows.get(at + 1) } else { at.checked_sub(1).map(|at| &rows[at]) };
    match other {
        None => Some(if after { here + 1.0 } else { here - 1.0 }),
        Some(other) => {
            let middle = (here + other.enumsortorder) / 2.0;
            (middle != here && middle != other.enumsortorder).then_some(middle)
        }
    }
}

/// PostgreSQL: RenumberEnumType.
fn renumber(context: &mut Context, rows: &[Arc<PgEnum>]) {
    for (index, row) in rows.iter().enumerate() {
        context.catalog.update::<PgEnum>(row.oid, |row| row.enumsortorder = (index + 1) as f32);
    }
}

/// PostgreSQL: RenameEnumLabel.
pub fn rename_enum_label(
    context: &mut Context,
    enum_type: Oid,
    old: &str,
    new: &str,
) -> PgResult<()> {
    check_length(new)?;
    let rows = sorted(context, enum_type);
    let Some(row) = rows.iter().find(|row| row.enumlabel == old) else {
        return Err(not_existing(old).into());
    };
    if rows.iter().any(|row| row.enumlabel == new) {
        return Err(already_exists(new).into());
    }
    context.catalog.update::<PgEnum>(row.oid, |row| row.enumlabel = Name::new(new));
    super::enum_labels::follow(context, enum_type, old, new);
    Ok(())
}
