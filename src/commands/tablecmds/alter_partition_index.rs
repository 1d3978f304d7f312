//! ALTER INDEX … ATTACH PARTITION, and the tree of partitioned indexes (PostgreSQL: ATExecAttachPartitionIdx,
//! commands/tablecmds.c; IndexSetParentIndex, commands/indexcmds.c; CompareIndexInfo, catalog/index.c).

use std::sync::Arc;

use super::foreign_key::constraint_set_parent;
use super::inherit_tree::find_inheritance_children;
use super::support::{rel_name, relation, require_owner};
use crate::catalog::lsyscache::get_opclass_family;
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::{PgClass, PgIndex, PgInherits};
use crate::commands::Context;
use crate::commands::indexcmds::index_set_parent_index;
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::mutate_expr;
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::PartitionCmd;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The table's indexes, by oid. PostgreSQL: RelationGetIndexList (utils/cache/relcache.c).
pub(super) fn indexes_of(context: &Context, table: Oid) -> Vec<Arc<PgIndex>> {
    context.catalog.find_all::<PgIndex>(&table).cloned().collect()
}

/// The partitioned index that this one is a part of.
pub(super) fn parent_index_of(context: &Context, index: Oid) -> Option<Oid> {
    context.catalog.find::<PgInherits>(&index).map(|row| row.inhparent)
}

/// PostgreSQL: CompareIndexInfo (catalog/index.c).
pub(super) fn compare_index_info(
    context: &Context,
    own_table: &PgClass,
    own: &PgIndex,
    table: &PgClass,
    index: &PgIndex,
) -> bool {
    let method = |oid: Oid| context.catalog.get::<PgClass>(oid).map(|class| class.relam);
    let shape = own.indisunique == index.indisunique
        && own.indnullsnotdistinct == index.indnullsnotdistinct
        && own.indisexclusion == index.indisexclusion
        && own.indnatts == index.indnatts
        && own.indnkeyatts == index.indnkeyatts
        && method(own.indexrelid) == method(index.indexrelid)
        && own.indexprs.len() == index.indexprs.len()
        && own.indpred.is_some() == index.indpred.is_some();
    if !shape {
        return false;
    }
    let name =
        |class: &PgClass, attnum: i16| class.attribute(attnum).map(|column| column.attname.clone());
    let same_columns = own
        .indkey
        .iter()
        .zip(&index.indkey)
        .all(|(ours, theirs)| name(own_table, *ours) == name(table, *theirs));
    let family = |opclass: &Oid| get_opclass_family(context.catalog, *opclass);
    let same_classes = own.indcollation == index.indcollation
        && own.indclass.iter().map(family).eq(index.indclass.iter().map(family));
    let mapped = |expr: &Expr| {
        let mut mapped = expr.clone();
        mutate_expr(&mut mapped, &mut |node| {
            if let Expr::Var(var) = node {
                let column = name(table, var.varattno);
                let column = column.and_then(|name| own_table.attribute_named(&name));
                var.varattno = column.map_or(var.varattno, |column| column.attnum);
            }
        });
        mapped
    };
    same_columns
        && same_classes
        && own.indexprs.iter().zip(&index.indexprs).all(|(ours, theirs)| **ours == mapped(theirs))
        && match (&own.indpred, &index.indpred) {
            (Some(ours), Some(theirs)) => **ours == mapped(theirs),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
}

/// PostgreSQL: ATExecAttachPartitionIdx.
pub(super) fn at_exec_attach_partition_idx(
    context: &mut Context,
    parent: Oid,
    cmd: &PartitionCmd,
) -> PgResult<()> {
    let Some(name) = cmd.name.as_deref() else { return Ok(()) };
    let Some(oid) = range_var_get_relid(&context.shared(), name, false)? else { return Ok(()) };
    let own_class = relation(context.catalog, oid)?;
    if !matches!(own_class.relkind, b'i' | b'I') {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            format!("\"{}\" is not an index", own_class.relname),
        )
        .into());
    }
    require_owner(context, &own_class)?;
    let current = parent_index_of(context, oid);
    if current == Some(parent) {
        return Ok(());
    }
    let parent_class = relation(context.catalog, parent)?;
    let refuse = |state, detail: String| -> PgResult<()> {
        Err(PgError::new(
            state,
            format!(
                "cannot attach index \"{}\" as a partition of index \"{}\"",
                own_class.relname, parent_class.relname
            ),
        )
        .detail(detail)
        .into())
    };
    let (Some(own), Some(index)) = (
        context.catalog.get::<PgIndex>(oid).cloned(),
        context.catalog.get::<PgIndex>(parent).cloned(),
    ) else {
        return Ok(());
    };
    let table = relation(context.catalog, index.indrelid)?;
    let own_table = relation(context.catalog, own.indrelid)?;
    let state = sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE;
    let attached = super::foreign_key::index_get_partition(context, own.indrelid, parent);
    if let Some(attached) = attached {
        return refuse(
            state,
            format!(
                "Another index \"{}\" is already attached for partition \"{}\".",
                rel_name(context.catalog, attached),
                own_table.relname
            ),
        );
    }
    if current.is_some() {
        return refuse(
            state,
            format!("Index \"{}\" is already attached to another index.", own_class.relname),
        );
    }
    let state = sqlstate::INVALID_OBJECT_DEFINITION;
    let partitions = find_inheritance_children(context.catalog, index.indrelid);
    if !partitions.contains(&own.indrelid) {
        return refuse(
            state,
            format!(
                "Index \"{}\" is not an index on any partition of table \"{}\".",
                own_class.relname, table.relname
            ),
        );
    }
    if !compare_index_info(context, &own_table, &own, &table, &index) {
        return refuse(state, "The index definitions do not match.".to_string());
    }
    let constraint = super::alter_constraint::get_index_constraint(context, parent);
    let own_constraint = super::alter_constraint::get_index_constraint(context, oid);
    if constraint.is_some() && own_constraint.is_none() {
        return refuse(
            state,
            format!(
                "The index \"{}\" belongs to a constraint in table \"{}\" but no constraint \
                 exists for index \"{}\".",
                parent_class.relname, table.relname, own_class.relname
            ),
        );
    }
    if index.indisprimary {
        let keys = usize::try_from(own.indnkeyatts).unwrap_or(0).min(own.indkey.len());
        for attnum in &own.indkey[..keys] {
            let Some(column) = own_table.attribute(*attnum).filter(|column| !column.attnotnull)
            else {
                continue;
            };
            return Err(PgError::new(
                sqlstate::INVALID_TABLE_DEFINITION,
                "invalid primary key definition",
            )
            .detail(format!(
                "Column \"{}\" of relation \"{}\" is not marked NOT NULL.",
                column.attname, own_table.relname
            ))
            .into());
        }
    }
    index_set_parent_index(context, oid, Some(parent));
    if let (Some(parent), Some(own)) = (&constraint, &own_constraint) {
        constraint_set_parent(context, own.oid, Some((parent.oid, own_table.oid)));
    }
    validate_partitioned_index(context, parent, table.oid);
    Ok(())
}

/// A partitioned index is valid once every partition has a valid part of it. PostgreSQL: validatePartitionedIndex.
fn validate_partitioned_index(context: &mut Context, index: Oid, table: Oid) {
    let valid = context
        .catalog
        .find_second::<PgInherits>(index)
        .filter(|row| {
            context.catalog.get::<PgIndex>(row.inhrelid).is_some_and(|part| part.indisvalid)
        })
        .count();
    if valid != find_inheritance_children(context.catalog, table).len() {
        return;
    }
    context.catalog.update::<PgIndex>(index, |row| row.indisvalid = true);
    if let Some(parent) = parent_index_of(context, index) {
        let parent_table = context.catalog.get::<PgIndex>(parent).map(|row| row.indrelid);
        if let Some(parent_table) = parent_table {
            validate_partitioned_index(context, parent, parent_table);
        }
    }
}
