//! Which partition a row belongs to, and what partitions ask of the rows that are there (PostgreSQL:
//! ExecFindPartition, executor/execPartition.c; get_partition_for_tuple, partition constraints).

use std::cmp::Ordering;

use super::alter::{Before, after_alter};
use super::checks::{failing_row, same_key};
use crate::catalog::value::Value;
use crate::catalog::{
    PartitionBound, PgClass, PgConstraint, PgInherits, PgPartitionedTable, RangeDatum, TableRow,
    map_row,
};
use crate::commands::Context;
use crate::commands::partition::{
    compare_values, get_default_partition_oid, partition_bounds, same_value,
};
use crate::executor;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::Expr;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The values of the partition key; None where one cannot be told.
fn key_values(context: &Context, parent: Oid, row: &TableRow) -> PgResult<Option<Vec<Value>>> {
    let Some(part) = context.catalog.get::<PgPartitionedTable>(parent) else { return Ok(None) };
    let mut expressions = part.partexprs.iter();
    let mut values = Vec::new();
    for attnum in &part.partattrs {
        let value = match usize::try_from(*attnum).ok().and_then(|number| number.checked_sub(1)) {
            Some(index) => row.get(index).cloned(),
            None => match expressions.next() {
                Some(expr) => executor::over_row(expr, context.shared(), row.clone())
                    .map_err(Stop::without_place)?,
                None => None,
            },
        };
        match value {
            Some(value) if !value.is_untold() => values.push(value),
            _ => return Ok(None),
        }
    }
    Ok(Some(values))
}

fn compare(context: &Context, value: &Value, bound: &Expr) -> Option<Ordering> {
    let Expr::Const(constant) = bound else { return None };
    let value = executor::constant(value, constant.consttype, -1);
    compare_values(context.catalog, &value, bound)
}

/// Whether a bound takes the values; None where that cannot be told, and for the default partition, which takes what no
/// other does.
fn takes(context: &Context, bound: &PartitionBound, values: &[Value]) -> Option<bool> {
    match bound {
        PartitionBound::Default | PartitionBound::Hash { .. } => None,
        PartitionBound::List(constants) => {
            let [value] = values else { return None };
            let null = executor::constant(&Value::Null, Oid::INVALID, -1);
            if value.is_null() {
                return Some(
                    constants.iter().any(|other| same_value(context.catalog, &null, other)),
                );
            }
            let mut untold = false;
            for constant in constants {
                if same_value(context.catalog, &null, constant) {
                    continue;
                }
                match compare(context, value, constant) {
                    Some(Ordering::Equal) => return Some(true),
                    Some(_) => {}
                    None => untold = true,
                }
            }
            (!untold).then_some(false)
        }
        PartitionBound::Range { lower, upper } => {
            if values.iter().any(Value::is_null) {
                return Some(false);
            }
            let lower = against(context, values, lower)?;
            let upper = against(context, values, upper)?;
            Some(lower.is_ge() && upper.is_lt())
        }
    }
}

/// The order of values against a range's bound.
fn against(context: &Context, values: &[Value], bound: &[RangeDatum]) -> Option<Ordering> {
    for (value, datum) in values.iter().zip(bound) {
        let order = match datum {
            RangeDatum::MinValue => Ordering::Greater,
            RangeDatum::MaxValue => Ordering::Less,
            RangeDatum::Value(expr) => compare(context, value, expr)?,
        };
        if order.is_ne() {
            return Some(order);
        }
    }
    Some(Ordering::Equal)
}

/// The partition that takes the values, if any does; None where it cannot be told (PostgreSQL:
/// get_partition_for_tuple).
fn get_partition_for_tuple(
    context: &Context,
    parent: Oid,
    values: &[Value],
) -> Option<Option<Oid>> {
    let mut untold = false;
    for (oid, bound) in partition_bounds(context.catalog, parent) {
        match takes(context, &bound, values) {
            Some(true) => return Some(Some(oid)),
            None if !matches!(*bound, PartitionBound::Default) => untold = true,
            Some(false) | None => {}
        }
    }
    (!untold).then(|| get_default_partition_oid(context.catalog, parent))
}

/// The leaf partition that a row of a partitioned table goes to, with the row in its columns; None where it cannot be
/// told (PostgreSQL: ExecFindPartition).
pub(super) fn find_partition(
    context: &Context,
    root: &PgClass,
    row: &TableRow,
) -> PgResult<Option<(Oid, TableRow)>> {
    let mut class = root;
    let mut row = row.clone();
    while class.relkind == b'p' {
        let Some(values) = key_values(context, class.oid, &row)? else { return Ok(None) };
        let Some(found) = get_partition_for_tuple(context, class.oid, &values) else {
            return Ok(None);
        };
        let Some(partition) = found.and_then(|oid| context.catalog.get::<PgClass>(oid)) else {
            let message = format!("no partition of relation \"{}\" found for row", class.relname);
            let mut error = PgError::new(sqlstate::CHECK_VIOLATION, message);
            error.detail = key_description(context, class, &values);
            return Err(error.into());
        };
        row = map_row(class, partition, &row);
        class = partition;
    }
    Ok((class.relkind == b'r').then_some((class.oid, row)))
}

/// PostgreSQL: ExecBuildSlotPartitionKeyDescription, for keys of plain columns.
fn key_description(context: &Context, class: &PgClass, values: &[Value]) -> Option<String> {
    let part = context.catalog.get::<PgPartitionedTable>(class.oid)?;
    let names: Option<Vec<&str>> = part
        .partattrs
        .iter()
        .map(|attnum| class.attribute(*attnum).map(|column| column.attname.as_str()))
        .collect();
    let values: Vec<String> =
        values.iter().map(|v| v.to_text().unwrap_or_else(|| "null".to_string())).collect();
    let names = names?.join(", ");
    Some(format!("Partition key of the failing row contains ({names}) = ({}).", values.join(", ")))
}

/// Whether a row fits the bounds of its partition and of those above; None where it cannot be told (PostgreSQL:
/// ExecPartitionCheck).
pub(super) fn fits(context: &Context, class: &PgClass, row: &TableRow) -> PgResult<Option<bool>> {
    let mut class = class;
    let mut row = row.clone();
    let mut told = true;
    while class.relispartition {
        let mut parents = context.catalog.find_all::<PgInherits>(&class.oid);
        let parent = parents.next().and_then(|row| context.catalog.get::<PgClass>(row.inhparent));
        let Some(parent) = parent else { return Ok(None) };
        row = map_row(class, parent, &row);
        let values = key_values(context, parent.oid, &row)?;
        match values.and_then(|values| get_partition_for_tuple(context, parent.oid, &values)) {
            Some(found) if found == Some(class.oid) => {}
            Some(_) => return Ok(Some(false)),
            None => told = false,
        }
        class = parent;
    }
    Ok(told.then_some(true))
}

/// PostgreSQL: ExecPartitionCheckEmitError.
pub(super) fn violates_partition(class: &PgClass, row: &TableRow) -> PgError {
    let message =
        format!("new row for relation \"{}\" violates partition constraint", class.relname);
    let mut error = PgError::new(sqlstate::CHECK_VIOLATION, message);
    error.detail = failing_row(class, row);
    error
}

/// What held of a table and its partitions before it is attached.
pub struct BeforeAttach(Vec<(Oid, Before)>);

impl BeforeAttach {
    pub fn of(context: &Context, attached: Oid) -> BeforeAttach {
        let tree = context.catalog.tree(attached);
        BeforeAttach(tree.into_iter().filter_map(|t| Some((t, Before::of(context, t)?))).collect())
    }
}

/// The rows of a table that became a partition, and those of the default one (PostgreSQL:
/// QueuePartitionConstraintValidation, and its checks in ATRewriteTable).
pub fn after_attach(
    context: &mut Context,
    parent: Oid,
    attached: Oid,
    before: BeforeAttach,
) -> PgResult<()> {
    for leaf in context.catalog.tree(attached) {
        if let Some(class) = first_misplaced(context, leaf)? {
            let message =
                format!("partition constraint of relation \"{class}\" is violated by some row");
            return Err(PgError::new(sqlstate::CHECK_VIOLATION, message).into());
        }
    }
    if let Some(default) = get_default_partition_oid(context.catalog, parent)
        && default != attached
    {
        check_default(context, default, first_misplaced)?;
    }
    for (leaf, before) in before.0 {
        after_alter(context, leaf, Some(before))?;
    }
    Ok(())
}

/// A partition whose rows are referenced through its parent stays (PostgreSQL: ATDetachCheckNoForeignKeyRefs,
/// RI_PartitionRemove_Check).
pub fn check_no_foreign_key_refs(context: &Context, part: &PgClass) -> PgResult<()> {
    let catalog = &*context.catalog;
    let Some(rows) = catalog.tree_rows(part.oid) else { return Ok(()) };
    for key in catalog.find_second::<PgConstraint>(part.oid) {
        if key.contype != b'f' || !key.conparentid.is_valid() || key.conperiod {
            continue;
        }
        let (Some(class), Some(referencing)) =
            (catalog.get::<PgClass>(key.conrelid), catalog.tree_rows(key.conrelid))
        else {
            continue;
        };
        let is_there = |row: &TableRow| {
            rows.iter()
                .any(|other| same_key(class, &key.conkey, row, &key.confkey, other) == Some(true))
        };
        if referencing.iter().any(is_there) {
            let message = format!(
                "removing partition \"{}\" violates foreign key constraint \"{}\"",
                part.relname, key.conname
            );
            return Err(PgError::new(sqlstate::FOREIGN_KEY_VIOLATION, message).into());
        }
    }
    Ok(())
}

/// The name of the relation, if one of its known rows does not fit it.
fn first_misplaced(context: &Context, leaf: Oid) -> PgResult<Option<String>> {
    let catalog = &*context.catalog;
    let (Some(class), Some(rows)) = (catalog.get::<PgClass>(leaf), catalog.contents(leaf)) else {
        return Ok(None);
    };
    for row in rows.iter() {
        if fits(context, class, row)? == Some(false) {
            return Ok(Some(class.relname.to_string()));
        }
    }
    Ok(None)
}

fn check_default(
    context: &Context,
    default: Oid,
    misplaced: impl Fn(&Context, Oid) -> PgResult<Option<String>>,
) -> PgResult<()> {
    for leaf in context.catalog.tree(default) {
        if let Some(class) = misplaced(context, leaf)? {
            let message = format!(
                "updated partition constraint for default partition \"{class}\" would be violated by \
                 some row"
            );
            return Err(PgError::new(sqlstate::CHECK_VIOLATION, message).into());
        }
    }
    Ok(())
}

/// Refuses a new bound that would take rows of the default partition (PostgreSQL: check_default_partition_contents).
pub fn check_default_contents(
    context: &Context,
    parent: Oid,
    bound: &PartitionBound,
) -> PgResult<()> {
    let Some(default) = get_default_partition_oid(context.catalog, parent) else { return Ok(()) };
    let Some(parent) = context.catalog.get::<PgClass>(parent) else { return Ok(()) };
    check_default(context, default, |context, leaf| {
        let catalog = &*context.catalog;
        let (Some(class), Some(rows)) = (catalog.get::<PgClass>(leaf), catalog.contents(leaf))
        else {
            return Ok(None);
        };
        for row in rows.iter() {
            let row = map_row(class, parent, row);
            let values = key_values(context, parent.oid, &row)?;
            if values.and_then(|values| takes(context, bound, &values)) == Some(true) {
                return Ok(Some(class.relname.to_string()));
            }
        }
        Ok(None)
    })
}
