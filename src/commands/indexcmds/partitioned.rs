//! An index of a partitioned table has one in every partition: found and attached, or made (PostgreSQL: the second half
//! of DefineIndex, and IndexSetParentIndex, commands/indexcmds.c).

use std::sync::Arc;

use super::create::store_single_inheritance;
use super::{DefineIndexOptions, define_index, foreign_partition};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{Catalog, PgClass, PgConstraint, PgIndex, PgInherits, PgOpclass};
use crate::commands::Context;
use crate::commands::dependency::{delete_dependency_records_for_class, record_dependency_on};
use crate::commands::heap::constraint_set_parent_constraint;
use crate::commands::parse_utilcmd::{clone_index_stmt, map_variable_attnos};
use crate::commands::tablecmds::inherit_tree::find_inheritance_children;
use crate::findings::PgResult;
use crate::pg::oid::Oid;

/// The constraint that the index enforces (PostgreSQL: get_index_constraint).
pub fn get_index_constraint(catalog: &Catalog, relid: Oid, index: Oid) -> Option<Oid> {
    catalog
        .find_all::<PgConstraint>(&relid)
        .find(|row| row.conindid == index && matches!(row.contype, b'p' | b'u' | b'x'))
        .map(|row| row.oid)
}

/// For each column of `from` the number of the one of that name in `to` (PostgreSQL: build_attrmap_by_name).
fn attribute_map(from: &PgClass, to: &PgClass) -> Vec<i16> {
    let number = |name: &str| to.attribute_named(name).map_or(0, |found| found.attnum);
    from.attributes
        .iter()
        .map(|attribute| if attribute.attisdropped { 0 } else { number(&attribute.attname) })
        .collect()
}

/// Gives every partition of the table an index of the same shape.
pub(super) fn define_partition_indexes(
    context: &mut Context,
    class: &PgClass,
    parent_index: Oid,
    options: &DefineIndexOptions,
) -> PgResult<()> {
    let parent_constraint =
        get_index_constraint(context.catalog, class.oid, parent_index).unwrap_or_default();
    for child in find_inheritance_children(context.catalog, class.oid) {
        let Some(child) = context.catalog.get::<PgClass>(child).cloned() else { continue };
        if child.relkind == b'f' {
            let index = context.catalog.get::<PgIndex>(parent_index);
            if index.is_some_and(|index| index.indisunique) {
                return Err(foreign_partition(&class.relname, &class.relname).into());
            }
            continue;
        }
        let map = attribute_map(class, &child);
        if attach_matching(context, &child, parent_index, parent_constraint, &map) {
            continue;
        }
        let stmt = clone_index_stmt(context.catalog, &child, parent_index, &map)?;
        let options = DefineIndexOptions {
            parent_index,
            parent_constraint,
            check_rights: false,
            ..options.clone()
        };
        define_index(context, child.oid, &stmt, &options)?;
    }
    Ok(())
}

/// An index of a partitioned table made on a table that becomes a partition (PostgreSQL: AttachPartitionEnsureIndexes).
pub fn define_cloned_index(
    context: &mut Context,
    parent_index: Oid,
    relid: Oid,
    parent_constraint: Oid,
) -> PgResult<()> {
    let parent_class = context
        .catalog
        .get::<PgIndex>(parent_index)
        .and_then(|row| context.catalog.get::<PgClass>(row.indrelid));
    let (Some(parent_class), Some(child)) = (parent_class, context.catalog.get::<PgClass>(relid))
    else {
        return Ok(());
    };
    let map = attribute_map(parent_class, child);
    let stmt = clone_index_stmt(context.catalog, child, parent_index, &map)?;
    let options =
        DefineIndexOptions { parent_index, parent_constraint, ..DefineIndexOptions::default() };
    define_index(context, relid, &stmt, &options)?;
    Ok(())
}

/// An index of the partition that serves and belongs to no other is attached.
fn attach_matching(
    context: &mut Context,
    child: &PgClass,
    parent_index: Oid,
    parent_constraint: Oid,
    map: &[i16],
) -> bool {
    let catalog = &*context.catalog;
    let Some(parent) = catalog.get::<PgIndex>(parent_index).cloned() else { return false };
    let candidate = catalog.find_all::<PgIndex>(&child.oid).find_map(|index| {
        let class = catalog.get::<PgClass>(index.indexrelid)?;
        if class.relispartition
            || catalog.find::<PgInherits>(&index.indexrelid).is_some()
            || !compare_index_info(catalog, &parent, index, map)
        {
            return None;
        }
        let constraint = get_index_constraint(catalog, child.oid, index.indexrelid);
        if parent_constraint.is_valid() && constraint.is_none() {
            return None;
        }
        Some((index.indexrelid, constraint))
    });
    let Some((index, constraint)) = candidate else { return false };
    index_set_parent_index(context, index, Some(parent_index));
    if let (true, Some(constraint)) = (parent_constraint.is_valid(), constraint) {
        constraint_set_parent_constraint(context, constraint, Some(parent_constraint), child.oid);
    }
    true
}

/// Whether two indexes are of one shape, their columns matched by the map (PostgreSQL: CompareIndexInfo).
pub(super) fn compare_index_info(
    catalog: &Catalog,
    parent: &PgIndex,
    child: &PgIndex,
    map: &[i16],
) -> bool {
    let method = |oid: Oid| catalog.get::<PgClass>(oid).map(|class| class.relam);
    let families = |index: &PgIndex| -> Vec<Option<Oid>> {
        index
            .indclass
            .iter()
            .map(|opclass| catalog.get::<PgOpclass>(*opclass).map(|row| row.opcfamily))
            .collect()
    };
    let mapped = |attnum: &i16| {
        let at = usize::try_from(*attnum).ok().and_then(|n| n.checked_sub(1));
        at.map_or(*attnum, |at| map.get(at).copied().unwrap_or_default())
    };
    let same_expr = |a: &Option<Arc<_>>, b: &Option<Arc<_>>| match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => map_variable_attnos(a, map).is_some_and(|a| a == **b),
        (None, Some(_)) | (Some(_), None) => false,
    };
    parent.indisunique == child.indisunique
        && parent.indnullsnotdistinct == child.indnullsnotdistinct
        && parent.indisexclusion == child.indisexclusion
        && method(parent.indexrelid) == method(child.indexrelid)
        && parent.indnatts == child.indnatts
        && parent.indnkeyatts == child.indnkeyatts
        && parent.indkey.iter().map(mapped).eq(child.indkey.iter().copied())
        && parent.indcollation == child.indcollation
        && families(parent) == families(child)
        && parent.indexprs.len() == child.indexprs.len()
        && parent
            .indexprs
            .iter()
            .zip(&child.indexprs)
            .all(|(a, b)| same_expr(&Some(a.clone()), &Some(b.clone())))
        && same_expr(&parent.indpred, &child.indpred)
}

/// Makes an index part of a partitioned one, or with None its own again (PostgreSQL: IndexSetParentIndex).
pub fn index_set_parent_index(context: &mut Context, index: Oid, parent: Option<Oid>) {
    let Some(row) = context.catalog.get::<PgIndex>(index).cloned() else { return };
    let myself = ObjectAddress::new(Class::Relation, index);
    let old: Vec<Oid> = context.catalog.find_all::<PgInherits>(&index).map(|row| row.oid).collect();
    for oid in old {
        context.catalog.remove::<PgInherits>(oid);
    }
    context.catalog.update::<PgClass>(index, |class| class.relispartition = parent.is_some());
    match parent {
        Some(parent) => {
            store_single_inheritance(context, index, parent);
            let parent = ObjectAddress::new(Class::Relation, parent);
            let table = ObjectAddress::new(Class::Relation, row.indrelid);
            record_dependency_on(context.catalog, myself, parent, DependType::PartitionPri);
            record_dependency_on(context.catalog, myself, table, DependType::PartitionSec);
        }
        None => {
            for kind in [DependType::PartitionPri, DependType::PartitionSec] {
                delete_dependency_records_for_class(context.catalog, myself, Class::Relation, kind);
            }
        }
    }
}
