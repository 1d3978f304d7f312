//! The parent's foreign keys on a new partition, from both sides (PostgreSQL: CloneForeignKeyConstraints,
//! commands/tablecmds.c).

use std::sync::Arc;

use super::foreign_key::{
    KeyColumns, add_fk_constraint, add_fk_recurse_referenced, add_fk_recurse_referencing,
    column_names, index_get_partition, map_columns, try_attach_partition_foreign_key,
};
use super::support::relation;
use crate::catalog::{PgClass, PgConstraint};
use crate::commands::Context;
use crate::findings::PgResult;
use crate::nodes::tree::{ConstrType, Constraint};
use crate::pg::oid::Oid;

/// PostgreSQL: CloneForeignKeyConstraints.
pub(crate) fn clone_foreign_key_constraints(
    context: &mut Context,
    parent: Oid,
    part: Oid,
) -> PgResult<()> {
    clone_referenced(context, parent, part)?;
    clone_referencing(context, parent, part)
}

fn constraint_of(class: &PgClass, row: &PgConstraint) -> Constraint {
    Constraint {
        conname: Some(row.conname.as_str().into()),
        deferrable: row.condeferrable,
        initdeferred: row.condeferred,
        is_enforced: row.conenforced,
        initially_valid: row.convalidated,
        fk_attrs: column_names(class, &row.conkey),
        fk_matchtype: row.confmatchtype,
        fk_upd_action: row.confupdtype,
        fk_del_action: row.confdeltype,
        ..super::at_parse::empty_constraint(ConstrType::ConstrForeign)
    }
}

fn columns_of(row: &PgConstraint) -> KeyColumns {
    KeyColumns {
        fk: row.conkey.to_vec(),
        pk: row.confkey.to_vec(),
        del_set: row.confdelsetcols.to_vec(),
        pfeqop: row.conpfeqop.to_vec(),
        ppeqop: row.conppeqop.to_vec(),
        ffeqop: row.conffeqop.to_vec(),
        period: row.conperiod,
    }
}

/// Keys that reference the parent reference the partition too. PostgreSQL: CloneFkReferenced.
fn clone_referenced(context: &mut Context, parent: Oid, part: Oid) -> PgResult<()> {
    let rows: Vec<Arc<PgConstraint>> = context
        .catalog
        .find_second::<PgConstraint>(parent)
        .filter(|row| row.contype == b'f')
        .cloned()
        .collect();
    let parent_class = relation(context.catalog, parent)?;
    for row in &rows {
        // A piece of a key of which another row here is the whole is made with that one.
        if rows.iter().any(|other| other.oid == row.conparentid) {
            continue;
        }
        // A key of the parent on itself is cloned from the referencing side.
        if row.conrelid == parent && row.confrelid == parent && row.conparentid.is_valid() {
            continue;
        }
        let referencing = relation(context.catalog, row.conrelid)?;
        let part_class = relation(context.catalog, part)?;
        let Some(index) = index_get_partition(context, part, row.conindid) else { continue };
        let mut columns = columns_of(row);
        columns.pk = map_columns(&parent_class, &part_class, &columns.pk);
        let constraint = constraint_of(&referencing, row);
        let child = add_fk_constraint(
            context,
            &constraint,
            &referencing,
            &part_class,
            index,
            Some((row.oid, true)),
            &columns,
        )?;
        add_fk_recurse_referenced(
            context,
            &constraint,
            &referencing,
            &part_class,
            index,
            child,
            &columns,
            true,
        )?;
    }
    Ok(())
}

/// The parent's own keys hold for the partition. PostgreSQL: CloneFkReferencing.
fn clone_referencing(context: &mut Context, parent: Oid, part: Oid) -> PgResult<()> {
    let rows: Vec<Arc<PgConstraint>> = context
        .catalog
        .find_all::<PgConstraint>(&parent)
        .filter(|row| row.contype == b'f')
        .filter(|row| {
            // Pieces on the referenced side belong to a key that is cloned whole.
            context
                .catalog
                .get::<PgConstraint>(row.conparentid)
                .is_none_or(|whole| whole.conrelid != parent)
        })
        .cloned()
        .collect();
    let parent_class = relation(context.catalog, parent)?;
    for row in rows {
        let part_class = relation(context.catalog, part)?;
        let referenced = relation(context.catalog, row.confrelid)?;
        let mut columns = columns_of(&row);
        columns.fk = map_columns(&parent_class, &part_class, &columns.fk);
        columns.del_set = map_columns(&parent_class, &part_class, &columns.del_set);
        if try_attach_partition_foreign_key(context, row.oid, &part_class, &referenced, &columns)? {
            continue;
        }
        let mut constraint = constraint_of(&parent_class, &row);
        constraint.fk_attrs = column_names(&part_class, &columns.fk);
        let child = add_fk_constraint(
            context,
            &constraint,
            &part_class,
            &referenced,
            row.conindid,
            Some((row.oid, false)),
            &columns,
        )?;
        add_fk_recurse_referencing(
            context,
            &constraint,
            &part_class,
            &referenced,
            row.conindid,
            child,
            &columns,
        )?;
    }
    Ok(())
}
