//! ATTACH PARTITION and DETACH PARTITION of tables (PostgreSQL: commands/tablecmds.c).

use std::sync::Arc;

use super::alter::at_simple_permissions;
use super::alter_errors::target;
use super::alter_inherit::{create_inheritance, remove_inheritance};
use super::alter_partition_index::{compare_index_info, indexes_of, parent_index_of};
use super::foreign_key::constraint_set_parent;
use super::inherit_tree::find_all_inheritors;
use super::support::{perform_multiple_deletions, relation};
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgIndex, PgInherits, PgPartitionedTable, PgTrigger};
use crate::commands::Context;
use crate::commands::contents::{BeforeAttach, after_attach, check_no_foreign_key_refs};
use crate::commands::indexcmds::{DefineIndexOptions, define_index, index_set_parent_index};
use crate::commands::parse_utilcmd::{clone_index_stmt, transform_partition_bound};
use crate::commands::partition::check_new_partition_bound;
use crate::commands::tablecmds::create::store_partition_bound;
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{AlterTableType, DropBehavior, PartitionCmd, RangeVar};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

fn wrong(message: String) -> PgError {
    PgError::new(sqlstate::WRONG_OBJECT_TYPE, message)
}

/// PostgreSQL: ATExecAttachPartition.
pub(super) fn at_exec_attach_partition(
    context: &mut Context,
    relid: Oid,
    cmd: &PartitionCmd,
    _range: Option<&RangeVar>,
) -> PgResult<()> {
    let rel = relation(context.catalog, relid)?;
    require_partitioned(&rel)?;
    let Some(spec) = cmd.bound.as_deref() else { return Ok(()) };
    let bound = transform_partition_bound(context, relid, spec)?;
    let Some(name) = cmd.name.as_deref() else { return Ok(()) };
    let Some(attach) = range_var_get_relid(&context.shared(), name, false)? else {
        return Ok(());
    };
    let part = relation(context.catalog, attach)?;
    let allowed = target::TABLE | target::PARTITIONED_TABLE | target::FOREIGN_TABLE;
    at_simple_permissions(context, AlterTableType::AtAttachPartition, &part, allowed)?;
    check_attachable(context, &rel, &part)?;
    check_columns(context, &rel, &part)?;
    refuse_transition_triggers(context, &part)?;
    check_new_partition_bound(context, &part.relname, relid, &bound, spec.location.0)?;
    let before = BeforeAttach::of(context, attach);
    create_inheritance(context, &part, &rel, true)?;
    store_partition_bound(context, attach, relid, bound);
    attach_partition_ensure_indexes(context, &rel, attach)?;
    crate::commands::trigger::clone_row_triggers_to_partition(context, relid, attach)?;
    super::foreign_key_clone::clone_foreign_key_constraints(context, relid, attach)?;
    after_attach(context, relid, attach, before)
}

/// PostgreSQL: transformPartitionCmd (parser/parse_utilcmd.c).
fn require_partitioned(rel: &PgClass) -> PgResult<()> {
    if rel.relkind != b'r' {
        return Ok(());
    }
    let message = format!("table \"{}\" is not partitioned", rel.relname);
    Err(PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).into())
}

fn check_attachable(context: &Context, rel: &PgClass, part: &PgClass) -> PgResult<()> {
    let catalog = &*context.catalog;
    let message = if part.relispartition {
        format!("\"{}\" is already a partition", part.relname)
    } else if part.reloftype.is_valid() {
        "cannot attach a typed table as partition".to_string()
    } else if catalog.find::<PgInherits>(&part.oid).is_some() {
        "cannot attach inheritance child as partition".to_string()
    } else if part.relkind == b'r' && catalog.find_second::<PgInherits>(part.oid).next().is_some() {
        "cannot attach inheritance parent as partition".to_string()
    } else if find_all_inheritors(catalog, part.oid).iter().any(|(oid, _)| *oid == rel.oid) {
        return Err(PgError::new(sqlstate::DUPLICATE_TABLE, "circular inheritance not allowed")
            .detail(format!("\"{}\" is already a child of \"{}\".", rel.relname, part.relname))
            .into());
    } else if rel.relpersistence != b't' && part.relpersistence == b't' {
        format!(
            "cannot attach a temporary relation as partition of permanent relation \"{}\"",
            rel.relname
        )
    } else if rel.relpersistence == b't' && part.relpersistence != b't' {
        format!(
            "cannot attach a permanent relation as partition of temporary relation \"{}\"",
            rel.relname
        )
    } else {
        return Ok(());
    };
    Err(wrong(message).into())
}

fn check_columns(context: &Context, rel: &PgClass, part: &PgClass) -> PgResult<()> {
    for column in part.live_attributes() {
        if column.attidentity != 0 && context.catalog.version().major() >= 17 {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!(
                    "table \"{}\" being attached contains an identity column \"{}\"",
                    part.relname, column.attname
                ),
            )
            .detail("The new partition may not contain an identity column.")
            .into());
        }
        if rel.attribute_named(&column.attname).is_none() {
            return Err(PgError::new(
                sqlstate::DATATYPE_MISMATCH,
                format!(
                    "table \"{}\" contains column \"{}\" not found in parent \"{}\"",
                    part.relname, column.attname, rel.relname
                ),
            )
            .detail("The new partition may contain only the columns present in parent.")
            .into());
        }
    }
    Ok(())
}

fn refuse_transition_triggers(context: &Context, part: &PgClass) -> PgResult<()> {
    let trigger = context.catalog.find_all::<PgTrigger>(&part.oid).find(|trigger| {
        trigger.tgtype & 1 != 0 && (trigger.tgoldtable.is_some() || trigger.tgnewtable.is_some())
    });
    match trigger {
        Some(trigger) => Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!(
                "trigger \"{}\" prevents table \"{}\" from becoming a partition",
                trigger.tgname, part.relname
            ),
        )
        .detail("ROW triggers with transition tables are not supported on partitions.")
        .into()),
        None => Ok(()),
    }
}

/// Every index of the parent gets one in the partition: an equal one that is there, or a new one. PostgreSQL:
/// AttachPartitionEnsureIndexes.
pub(crate) fn attach_partition_ensure_indexes(
    context: &mut Context,
    rel: &PgClass,
    attach: Oid,
) -> PgResult<()> {
    let part = relation(context.catalog, attach)?;
    if part.relkind == b'f' {
        let unique = indexes_of(context, rel.oid).iter().any(|index| index.indisunique);
        if unique {
            return Err(wrong(format!(
                "cannot attach foreign table \"{}\" as partition of partitioned table \"{}\"",
                part.relname, rel.relname
            ))
            .detail(format!("Partitioned table \"{}\" contains unique indexes.", rel.relname))
            .into());
        }
        return Ok(());
    }
    for index in indexes_of(context, rel.oid) {
        if relation(context.catalog, index.indexrelid)?.relkind != b'I' {
            continue;
        }
        let constraint = super::alter_constraint::get_index_constraint(context, index.indexrelid);
        let found = find_equal_index(context, rel, &part, &index, constraint.as_ref());
        match found {
            Some((own, own_constraint)) => {
                index_set_parent_index(context, own, Some(index.indexrelid));
                if let (Some(own), Some(parent)) = (own_constraint, &constraint) {
                    constraint_set_parent(context, own, Some((parent.oid, attach)));
                }
            }
            None => {
                let constraint = constraint.map_or(Oid::INVALID, |constraint| constraint.oid);
                define_cloned_index(context, rel, &part, index.indexrelid, constraint)?;
            }
        }
    }
    Ok(())
}

/// A new index of the partition like the parent's. PostgreSQL: generateClonedIndexStmt with DefineIndex.
fn define_cloned_index(
    context: &mut Context,
    rel: &PgClass,
    part: &PgClass,
    index: Oid,
    constraint: Oid,
) -> PgResult<()> {
    let map: Vec<i16> = rel
        .attributes
        .iter()
        .map(|column| {
            let found = part.attribute_named(&column.attname);
            found.filter(|_| !column.attisdropped).map_or(0, |found| found.attnum)
        })
        .collect();
    let stmt = clone_index_stmt(context.catalog, part, index, &map)?;
    let options = DefineIndexOptions {
        is_alter_table: true,
        parent_index: index,
        parent_constraint: constraint,
        ..DefineIndexOptions::default()
    };
    define_index(context, part.oid, &stmt, &options).map(drop)
}

fn find_equal_index(
    context: &Context,
    rel: &PgClass,
    part: &PgClass,
    index: &PgIndex,
    constraint: Option<&Arc<PgConstraint>>,
) -> Option<(Oid, Option<Oid>)> {
    for own in indexes_of(context, part.oid) {
        // An invalid one would leave the partition without.
        if !own.indisvalid
            || parent_index_of(context, own.indexrelid).is_some()
            || !compare_index_info(context, part, &own, rel, index)
        {
            continue;
        }
        let own_constraint = super::alter_constraint::get_index_constraint(context, own.indexrelid);
        match (constraint, &own_constraint) {
            (None, _) => return Some((own.indexrelid, None)),
            (Some(wanted), Some(has)) if wanted.contype == has.contype => {
                return Some((own.indexrelid, Some(has.oid)));
            }
            (Some(_), _) => {} // a plain index does not stand for a constraint's
        }
    }
    None
}

/// PostgreSQL: ATExecDetachPartition, ATExecDetachPartitionFinalize.
pub(super) fn at_exec_detach_partition(
    context: &mut Context,
    relid: Oid,
    cmd: &PartitionCmd,
    finalize: bool,
) -> PgResult<()> {
    let rel = relation(context.catalog, relid)?;
    require_partitioned(&rel)?;
    let default = super::inherit_tree::find_inheritance_children(context.catalog, relid)
        .into_iter()
        .find(|oid| is_default_partition(context, *oid));
    if cmd.concurrent && default.is_some() {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            "cannot detach partitions concurrently when a default partition exists",
        )
        .into());
    }
    let Some(name) = cmd.name.as_deref() else { return Ok(()) };
    let Some(detach) = range_var_get_relid(&context.shared(), name, false)? else {
        return Ok(());
    };
    let part = relation(context.catalog, detach)?;
    let row =
        context.catalog.find_all::<PgInherits>(&detach).find(|row| row.inhparent == relid).cloned();
    let Some(row) = row else {
        return Err(PgError::new(
            sqlstate::UNDEFINED_TABLE,
            format!(
                "relation \"{}\" is not a partition of relation \"{}\"",
                part.relname, rel.relname
            ),
        )
        .into());
    };
    if finalize && !row.inhdetachpending {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!("no pending detach operation for partition \"{}\"", part.relname),
        )
        .into());
    }
    check_no_foreign_key_refs(context, &part)?;
    remove_inheritance(context, &part, &rel)?;
    detach_finalize(context, &rel, &part)
}

fn is_default_partition(context: &Context, oid: Oid) -> bool {
    use crate::catalog::PartitionBound;
    context
        .catalog
        .get::<PgClass>(oid)
        .and_then(|class| class.relpartbound.as_ref())
        .is_some_and(|bound| matches!(**bound, PartitionBound::Default))
}

/// PostgreSQL: DetachPartitionFinalize.
fn detach_finalize(context: &mut Context, rel: &PgClass, part: &PgClass) -> PgResult<()> {
    drop_cloned_triggers(context, part.oid)?;
    let keys: Vec<Arc<PgConstraint>> = context
        .catalog
        .find_all::<PgConstraint>(&part.oid)
        .filter(|row| row.contype == b'f' && row.conparentid.is_valid())
        .cloned()
        .collect();
    for key in keys {
        // A key that is part of another of the same table (a referenced partition's) goes with it.
        let own_parent = context
            .catalog
            .get::<PgConstraint>(key.conparentid)
            .is_some_and(|parent| parent.conrelid == part.oid);
        if own_parent {
            continue;
        }
        constraint_set_parent(context, key.oid, None);
        super::foreign_key_triggers::create_action_triggers(
            context,
            part.oid,
            key.confrelid,
            key.oid,
            key.conindid,
        )?;
    }
    let referencing: Vec<Oid> = context
        .catalog
        .find_second::<PgConstraint>(part.oid)
        .filter(|row| row.contype == b'f' && row.conparentid.is_valid())
        .filter(|row| {
            context
                .catalog
                .get::<PgConstraint>(row.conparentid)
                .is_some_and(|parent| parent.confrelid == rel.oid)
        })
        .map(|row| row.oid)
        .collect();
    for key in referencing {
        super::foreign_key_triggers::remove_constraint(context, key);
    }
    for index in indexes_of(context, part.oid) {
        if parent_index_of(context, index.indexrelid).is_none() {
            continue;
        }
        index_set_parent_index(context, index.indexrelid, None);
        let constraint = super::alter_constraint::get_index_constraint(context, index.indexrelid)
            .filter(|row| row.conparentid.is_valid());
        if let Some(constraint) = constraint {
            constraint_set_parent(context, constraint.oid, None);
        }
    }
    if is_default_partition(context, part.oid) {
        context.catalog.update::<PgPartitionedTable>(rel.oid, |row| row.partdefid = Oid::INVALID);
    }
    context.catalog.update::<PgClass>(part.oid, |class| {
        class.relpartbound = None;
        class.relispartition = false;
        for attribute in &mut class.attributes {
            attribute.attidentity = 0;
        }
    });
    Ok(())
}

/// PostgreSQL: DropClonedTriggersFromPartition.
fn drop_cloned_triggers(context: &mut Context, part: Oid) -> PgResult<()> {
    use crate::catalog::depend::DependType;
    use crate::commands::dependency::delete_dependency_records_for_class;
    let cloned: Vec<Oid> = context
        .catalog
        .find_all::<PgTrigger>(&part)
        .filter(|trigger| trigger.tgparentid.is_valid() && !trigger.tgisinternal)
        .map(|trigger| trigger.oid)
        .collect();
    let mut objects = Vec::new();
    for trigger in cloned {
        let address = ObjectAddress::new(Class::Trigger, trigger);
        let kinds = [
            (Class::Trigger, DependType::PartitionPri),
            (Class::Relation, DependType::PartitionSec),
        ];
        for (class, kind) in kinds {
            delete_dependency_records_for_class(context.catalog, address, class, kind);
        }
        objects.push(address);
    }
    if objects.is_empty() {
        return Ok(());
    }
    perform_multiple_deletions(context, &objects, DropBehavior::DropRestrict)
}
