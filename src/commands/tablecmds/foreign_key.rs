//! Foreign keys: the checks on both column lists, the constraint's row here and on partitions of either side, and the
//! triggers that enforce it (PostgreSQL: ATAddForeignKeyConstraint, commands/tablecmds.c).

use thin_vec::ThinVec;

use super::foreign_key_match::{
    find_fk_comparison_operators, transform_fkey_check_attrs, transform_fkey_get_primary_key,
};
use super::foreign_key_triggers::{create_action_triggers, create_check_triggers};
use super::inherit_tree::find_inheritance_children;
use super::support::{constraint_named, is_system_relation, relation};
use crate::catalog::depend::DependType;
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgIndex, PgInherits, PgTrigger};
use crate::commands::Context;
use crate::commands::dependency::record_dependency_on;
use crate::commands::heap::create_constraint_entry;
use crate::commands::naming::{choose_constraint_name, constraint_name_exists, make_object_name};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{Constraint, Node};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

pub(super) use super::foreign_key_triggers::is_deferrable_ri_function;

const INDEX_MAX_KEYS: usize = 32;

/// What a foreign key connects, by columns of the two tables.
#[derive(Clone)]
pub(super) struct KeyColumns {
    pub fk: Vec<i16>,
    pub pk: Vec<i16>,
    pub del_set: Vec<i16>,
    pub pfeqop: Vec<Oid>,
    pub ppeqop: Vec<Oid>,
    pub ffeqop: Vec<Oid>,
    pub period: bool,
}

/// PostgreSQL: ATAddForeignKeyConstraint.
pub(super) fn at_add_foreign_key_constraint(
    context: &mut Context,
    relid: Oid,
    constraint: &Constraint,
    recurse: bool,
) -> PgResult<()> {
    let rel = relation(context.catalog, relid)?;
    let Some(range) = constraint.pktable.as_deref() else { return Ok(()) };
    let Some(pk_oid) = range_var_get_relid(&context.shared(), range, false)? else {
        return Ok(());
    };
    let pk = relation(context.catalog, pk_oid)?;
    check_relations(context, &rel, &pk, constraint, recurse)?;

    let fk = transform_column_name_list(&rel, &constraint.fk_attrs)?;
    let period = constraint.fk_with_period || constraint.pk_with_period;
    let invalid = |message: &str| -> PgResult<()> {
        Err(PgError::new(sqlstate::INVALID_FOREIGN_KEY, message.to_string()).into())
    };
    if period && !constraint.fk_with_period {
        return invalid(
            "foreign key uses PERIOD on the referenced table but not the referencing table",
        );
    }
    let del_set = transform_column_name_list(&rel, &constraint.fk_del_set_cols)?;
    let del_set = check_delete_set_columns(&fk, del_set, &constraint.fk_del_set_cols)?;

    let (index, pk_columns, opclasses, without_overlaps) = if constraint.pk_attrs.is_empty() {
        let found = transform_fkey_get_primary_key(context, &pk)?;
        if found.3 && !constraint.fk_with_period {
            return invalid(
                "foreign key uses PERIOD on the referenced table but not the referencing table",
            );
        }
        found
    } else {
        let columns = transform_column_name_list(&pk, &constraint.pk_attrs)?;
        if period && !constraint.pk_with_period {
            return invalid(
                "foreign key uses PERIOD on the referencing table but not the referenced table",
            );
        }
        let (index, opclasses, without_overlaps) =
            transform_fkey_check_attrs(context, &pk, &columns, period)?;
        (index, columns, opclasses, without_overlaps)
    };
    if without_overlaps && !period {
        return invalid(
            "foreign key must use PERIOD when referencing a primary key using WITHOUT OVERLAPS",
        );
    }
    check_fkey_permissions(context, &pk, &pk_columns)?;
    check_generated_columns(&rel, &fk, constraint)?;
    check_period_actions(constraint, period)?;
    if fk.len() != pk_columns.len() {
        return invalid("number of referencing and referenced columns for foreign key disagree");
    }
    let mut columns = KeyColumns {
        fk,
        pk: pk_columns,
        del_set,
        pfeqop: Vec::new(),
        ppeqop: Vec::new(),
        ffeqop: Vec::new(),
        period,
    };
    find_fk_comparison_operators(context, constraint, &rel, &pk, index, &opclasses, &mut columns)?;

    let oid = add_fk_constraint(context, constraint, &rel, &pk, index, None, &columns)?;
    add_fk_recurse_referenced(context, constraint, &rel, &pk, index, oid, &columns, true)?;
    add_fk_recurse_referencing(context, constraint, &rel, &pk, index, oid, &columns)
}

fn check_relations(
    context: &Context,
    rel: &PgClass,
    pk: &PgClass,
    constraint: &Constraint,
    recurse: bool,
) -> PgResult<()> {
    let major = context.catalog.version().major();
    if rel.relkind == b'p' {
        if !recurse {
            return Err(PgError::new(
                sqlstate::WRONG_OBJECT_TYPE,
                format!(
                    "cannot use ONLY for foreign key on partitioned table \"{}\" referencing \
                     relation \"{}\"",
                    rel.relname, pk.relname
                ),
            )
            .into());
        }
        if constraint.skip_validation && !constraint.initially_valid && major < 18 {
            return Err(PgError::new(
                sqlstate::WRONG_OBJECT_TYPE,
                format!(
                    "cannot add NOT VALID foreign key on partitioned table \"{}\" referencing \
                     relation \"{}\"",
                    rel.relname, pk.relname
                ),
            )
            .detail("This feature is not yet supported on partitioned tables.")
            .into());
        }
    }
    if !matches!(pk.relkind, b'r' | b'p') {
        return Err(not_a_table(pk).into());
    }
    if is_system_relation(pk) {
        super::support::refuse_system_relation(context, pk)?;
    }
    let refusal = match rel.relpersistence {
        b'p' if pk.relpersistence != b'p' => {
            "constraints on permanent tables may reference only permanent tables"
        }
        b'u' if !matches!(pk.relpersistence, b'p' | b'u') => {
            "constraints on unlogged tables may reference only permanent or unlogged tables"
        }
        b't' if pk.relpersistence != b't' => {
            "constraints on temporary tables may reference only temporary tables"
        }
        _ => return Ok(()), // both last equally long, or the referenced table lasts longer
    };
    Err(PgError::new(sqlstate::INVALID_TABLE_DEFINITION, refusal).into())
}

fn not_a_table(pk: &PgClass) -> PgError {
    PgError::new(
        sqlstate::WRONG_OBJECT_TYPE,
        format!("referenced relation \"{}\" is not a table", pk.relname),
    )
}

/// PostgreSQL: transformColumnNameList.
fn transform_column_name_list(class: &PgClass, names: &[Node]) -> PgResult<Vec<i16>> {
    let mut columns = Vec::with_capacity(names.len());
    for name in names {
        let name = name.str_val();
        let Some(attribute) = class.attribute_named(name) else {
            let system = super::alter_errors::system_attribute_by_name(name).is_some();
            return Err(if system {
                PgError::new(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    "system columns cannot be used in foreign keys",
                )
            } else {
                PgError::new(
                    sqlstate::UNDEFINED_COLUMN,
                    format!(
                        "column \"{name}\" referenced in foreign key constraint does not exist"
                    ),
                )
            }
            .into());
        };
        if columns.len() >= INDEX_MAX_KEYS {
            return Err(PgError::new(
                sqlstate::TOO_MANY_COLUMNS,
                format!("cannot have more than {INDEX_MAX_KEYS} keys in a foreign key"),
            )
            .into());
        }
        columns.push(attribute.attnum);
    }
    Ok(columns)
}

/// PostgreSQL: validateFkOnDeleteSetColumns.
fn check_delete_set_columns(fk: &[i16], columns: Vec<i16>, names: &[Node]) -> PgResult<Vec<i16>> {
    let mut kept: Vec<i16> = Vec::new();
    for (column, name) in columns.into_iter().zip(names) {
        if !fk.contains(&column) {
            return Err(PgError::new(
                sqlstate::INVALID_COLUMN_REFERENCE,
                format!(
                    "column \"{}\" referenced in ON DELETE SET action must be part of foreign key",
                    name.str_val()
                ),
            )
            .into());
        }
        if !kept.contains(&column) {
            kept.push(column);
        }
    }
    Ok(kept)
}

/// PostgreSQL: checkFkeyPermissions.
fn check_fkey_permissions(context: &Context, pk: &PgClass, columns: &[i16]) -> PgResult<()> {
    use crate::catalog::acl::privilege::REFERENCES;
    use crate::catalog::aclchk::object_aclcheck;
    let role = context.session.current_user;
    let allowed = |address| object_aclcheck(context.catalog, address, role, REFERENCES);
    let allowed = allowed(ObjectAddress::new(Class::Relation, pk.oid))
        || columns.iter().all(|attnum| allowed(ObjectAddress::column(pk.oid, *attnum)));
    if allowed {
        return Ok(());
    }
    Err(PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!("permission denied for table {}", pk.relname),
    )
    .into())
}

fn check_generated_columns(rel: &PgClass, fk: &[i16], constraint: &Constraint) -> PgResult<()> {
    let generated = fk
        .iter()
        .filter_map(|attnum| rel.attribute(*attnum))
        .filter(|column| column.attgenerated != 0);
    for column in generated {
        let refused = if matches!(constraint.fk_upd_action, b'n' | b'd' | b'c') {
            Some("ON UPDATE")
        } else if matches!(constraint.fk_del_action, b'n' | b'd') {
            Some("ON DELETE")
        } else {
            None
        };
        if let Some(action) = refused {
            return Err(PgError::new(
                sqlstate::SYNTAX_ERROR,
                format!(
                    "invalid {action} action for foreign key constraint containing generated column"
                ),
            )
            .into());
        }
        if column.attgenerated == b'v' {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                "foreign key constraints on virtual generated columns are not supported",
            )
            .into());
        }
    }
    Ok(())
}

fn check_period_actions(constraint: &Constraint, period: bool) -> PgResult<()> {
    if !period {
        return Ok(());
    }
    let unsupported = |action: u8| matches!(action, b'r' | b'c' | b'n' | b'd');
    let which = if unsupported(constraint.fk_upd_action) {
        "ON UPDATE"
    } else if unsupported(constraint.fk_del_action) {
        "ON DELETE"
    } else {
        return Ok(());
    };
    Err(PgError::new(
        sqlstate::FEATURE_NOT_SUPPORTED,
        format!("unsupported {which} action for foreign key constraint using PERIOD"),
    )
    .into())
}

/// The constraint's row; `parent` is the constraint that it is a part of, and whether the referenced side has the
/// partition. PostgreSQL: addFkConstraint.
pub(super) fn add_fk_constraint(
    context: &mut Context,
    constraint: &Constraint,
    rel: &PgClass,
    pk: &PgClass,
    index: Oid,
    parent: Option<(Oid, bool)>,
    columns: &KeyColumns,
) -> PgResult<Oid> {
    if !matches!(pk.relkind, b'r' | b'p') {
        return Err(not_a_table(pk).into());
    }
    let wanted = constraint.conname.as_deref().unwrap_or_default();
    let name = if constraint_named(context.catalog, rel.oid, wanted).is_none() {
        Name::new(wanted)
    } else if context.catalog.version().major() >= 18 {
        numbered_name(context, wanted, rel.relnamespace)
    } else {
        let addition = super::alter_constraint::choose_foreign_key_constraint_name_addition(
            &constraint.fk_attrs,
        );
        choose_constraint_name(
            context.catalog,
            &rel.relname,
            Some(&addition),
            "fkey",
            rel.relnamespace,
            &[],
        )
    };
    let row = PgConstraint {
        oid: Oid::INVALID,
        conname: name,
        connamespace: rel.relnamespace,
        contype: b'f',
        condeferrable: constraint.deferrable,
        condeferred: constraint.initdeferred,
        conenforced: constraint.is_enforced,
        convalidated: constraint.initially_valid,
        conrelid: rel.oid,
        contypid: Oid::INVALID,
        conindid: index,
        conparentid: parent.map_or(Oid::INVALID, |(oid, _)| oid),
        confrelid: pk.oid,
        confupdtype: constraint.fk_upd_action,
        confdeltype: constraint.fk_del_action,
        confmatchtype: constraint.fk_matchtype,
        conislocal: parent.is_none(),
        coninhcount: i16::from(parent.is_some()),
        connoinherit: parent.is_none() && rel.relkind != b'p',
        conperiod: columns.period,
        conkey: columns.fk.as_slice().into(),
        confkey: columns.pk.as_slice().into(),
        conpfeqop: columns.pfeqop.as_slice().into(),
        conppeqop: columns.ppeqop.as_slice().into(),
        conffeqop: columns.ffeqop.as_slice().into(),
        confdelsetcols: columns.del_set.as_slice().into(),
        conexclop: ThinVec::new(),
        conbin: None,
    };
    let oid = create_constraint_entry(context, row)?;
    if let Some((parent, referenced_side)) = parent {
        let address = ObjectAddress::new(Class::Constraint, oid);
        let parent = ObjectAddress::new(Class::Constraint, parent);
        if referenced_side {
            record_dependency_on(context.catalog, address, parent, DependType::Internal);
        } else {
            let table = ObjectAddress::new(Class::Relation, rel.oid);
            record_dependency_on(context.catalog, address, parent, DependType::PartitionPri);
            record_dependency_on(context.catalog, address, table, DependType::PartitionSec);
        }
    }
    Ok(oid)
}

/// The name with an underscore and the first number that is free.
fn numbered_name(context: &Context, wanted: &str, namespace: Oid) -> Name {
    let mut number = 1u32;
    loop {
        let name = make_object_name(wanted, None, Some(&number.to_string()));
        if !constraint_name_exists(context.catalog, &name, namespace) {
            return name;
        }
        number += 1;
    }
}

/// Triggers on the referenced table and a constraint for each of its partitions. PostgreSQL: addFkRecurseReferenced.
#[allow(clippy::too_many_arguments)]
pub(super) fn add_fk_recurse_referenced(
    context: &mut Context,
    constraint: &Constraint,
    rel: &PgClass,
    pk: &PgClass,
    index: Oid,
    oid: Oid,
    columns: &KeyColumns,
    with_triggers: bool,
) -> PgResult<()> {
    if with_triggers && constraint.is_enforced {
        create_action_triggers(context, rel.oid, pk.oid, oid, index)?;
    }
    if pk.relkind != b'p' {
        return Ok(());
    }
    for partition in find_inheritance_children(context.catalog, pk.oid) {
        let part = relation(context.catalog, partition)?;
        let Some(part_index) = index_get_partition(context, partition, index) else {
            return Err(PgError::new(
                sqlstate::INTERNAL_ERROR,
                format!("index for {index} not found in partition {}", part.relname),
            )
            .into());
        };
        let mapped = KeyColumns { pk: map_columns(pk, &part, &columns.pk), ..columns.clone() };
        let child = add_fk_constraint(
            context,
            constraint,
            rel,
            &part,
            part_index,
            Some((oid, true)),
            &mapped,
        )?;
        add_fk_recurse_referenced(
            context,
            constraint,
            rel,
            &part,
            part_index,
            child,
            &mapped,
            with_triggers,
        )?;
    }
    Ok(())
}

/// The check triggers on the table and a constraint on each of its partitions. PostgreSQL: addFkRecurseReferencing.
pub(super) fn add_fk_recurse_referencing(
    context: &mut Context,
    constraint: &Constraint,
    rel: &PgClass,
    pk: &PgClass,
    index: Oid,
    oid: Oid,
    columns: &KeyColumns,
) -> PgResult<()> {
    if rel.relkind == b'f' {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            "foreign key constraints are not supported on foreign tables",
        )
        .into());
    }
    if constraint.is_enforced {
        create_check_triggers(context, rel.oid, pk.oid, oid, index)?;
    }
    if rel.relkind != b'p' {
        return Ok(());
    }
    for partition in find_inheritance_children(context.catalog, rel.oid) {
        let part = relation(context.catalog, partition)?;
        let mapped = KeyColumns {
            fk: map_columns(rel, &part, &columns.fk),
            del_set: map_columns(rel, &part, &columns.del_set),
            ..columns.clone()
        };
        if try_attach_partition_foreign_key(context, oid, &part, pk, &mapped)? {
            continue;
        }
        let mut named = constraint.clone();
        named.fk_attrs = column_names(&part, &mapped.fk);
        let child =
            add_fk_constraint(context, &named, &part, pk, index, Some((oid, false)), &mapped)?;
        add_fk_recurse_referencing(context, &named, &part, pk, index, child, &mapped)?;
    }
    Ok(())
}

/// The columns' names, as a list of nodes.
pub(super) fn column_names(class: &PgClass, columns: &[i16]) -> Vec<Node> {
    columns
        .iter()
        .filter_map(|attnum| class.attribute(*attnum))
        .map(|attribute| Node::String(attribute.attname.as_str().into()))
        .collect()
}

/// The columns of the same names in another table. PostgreSQL: build_attrmap_by_name (access/common/attmap.c).
pub(crate) fn map_columns(from: &PgClass, to: &PgClass, columns: &[i16]) -> Vec<i16> {
    columns
        .iter()
        .filter_map(|attnum| from.attribute(*attnum))
        .filter_map(|attribute| to.attribute_named(&attribute.attname))
        .map(|attribute| attribute.attnum)
        .collect()
}

/// The partition's index that is part of the partitioned index. PostgreSQL: index_get_partition
/// (catalog/partition.c).
pub(crate) fn index_get_partition(context: &Context, partition: Oid, index: Oid) -> Option<Oid> {
    context.catalog.find_second::<PgInherits>(index).map(|row| row.inhrelid).find(|child| {
        context.catalog.get::<PgIndex>(*child).is_some_and(|index| index.indrelid == partition)
    })
}

/// An equal foreign key that the partition has becomes part of the parent's. PostgreSQL:
/// tryAttachPartitionForeignKey.
pub(super) fn try_attach_partition_foreign_key(
    context: &mut Context,
    parent: Oid,
    part: &PgClass,
    pk: &PgClass,
    columns: &KeyColumns,
) -> PgResult<bool> {
    let Some(parent_row) = context.catalog.get::<PgConstraint>(parent).cloned() else {
        return Ok(false);
    };
    let candidate = context
        .catalog
        .find_all::<PgConstraint>(&part.oid)
        .find(|row| {
            row.contype == b'f'
                && row.confrelid == pk.oid
                && !row.conparentid.is_valid()
                && row.conkey == columns.fk
                && row.confkey == columns.pk
                && row.conpfeqop == columns.pfeqop
                && row.condeferrable == parent_row.condeferrable
                && row.condeferred == parent_row.condeferred
                && row.confupdtype == parent_row.confupdtype
                && row.confdeltype == parent_row.confdeltype
                && row.confmatchtype == parent_row.confmatchtype
        })
        .cloned();
    let Some(candidate) = candidate else { return Ok(false) };
    if candidate.conenforced != parent_row.conenforced {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            format!(
                "constraint \"{}\" enforceability conflicts with constraint \"{}\" on relation \
                 \"{}\"",
                parent_row.conname, candidate.conname, part.relname
            ),
        )
        .into());
    }
    attach_partition_foreign_key(context, part, &candidate, parent)?;
    Ok(true)
}

/// PostgreSQL: AttachPartitionForeignKey with ConstraintSetParentConstraint (catalog/pg_constraint.c).
fn attach_partition_foreign_key(
    context: &mut Context,
    part: &PgClass,
    candidate: &PgConstraint,
    parent: Oid,
) -> PgResult<()> {
    // The parent's triggers act on the referenced table already.
    let redundant: Vec<Oid> = context
        .catalog
        .find_second::<PgTrigger>(candidate.oid)
        .filter(|trigger| trigger.tgrelid == candidate.confrelid && trigger.tgisinternal)
        .map(|trigger| trigger.oid)
        .collect();
    for trigger in redundant {
        super::foreign_key_triggers::remove_trigger(context, trigger);
    }
    let pieces: Vec<Oid> = context
        .catalog
        .iter::<PgConstraint>()
        .filter(|row| row.conparentid == candidate.oid && row.conrelid == candidate.conrelid)
        .map(|row| row.oid)
        .collect();
    for piece in pieces {
        super::foreign_key_triggers::remove_constraint(context, piece);
    }
    constraint_set_parent(context, candidate.oid, Some((parent, part.oid)));
    Ok(())
}

/// PostgreSQL: ConstraintSetParentConstraint (catalog/pg_constraint.c).
pub(crate) fn constraint_set_parent(
    context: &mut Context,
    constraint: Oid,
    parent: Option<(Oid, Oid)>,
) {
    let address = ObjectAddress::new(Class::Constraint, constraint);
    match parent {
        Some((parent, table)) => {
            context.catalog.update::<PgConstraint>(constraint, |row| {
                row.conislocal = false;
                row.coninhcount += 1;
                row.conparentid = parent;
            });
            let parent = ObjectAddress::new(Class::Constraint, parent);
            let table = ObjectAddress::new(Class::Relation, table);
            record_dependency_on(context.catalog, address, parent, DependType::PartitionPri);
            record_dependency_on(context.catalog, address, table, DependType::PartitionSec);
        }
        None => {
            context.catalog.update::<PgConstraint>(constraint, |row| {
                row.coninhcount = (row.coninhcount - 1).max(0);
                row.conislocal = true;
                row.conparentid = Oid::INVALID;
            });
            use crate::commands::dependency::delete_dependency_records_for_class;
            let kinds = [
                (Class::Constraint, DependType::PartitionPri),
                (Class::Relation, DependType::PartitionSec),
            ];
            for (class, kind) in kinds {
                delete_dependency_records_for_class(context.catalog, address, class, kind);
            }
        }
    }
}

/// ALTER CONSTRAINT … [NOT] ENFORCED: the triggers go, or come.
pub(super) fn set_enforced(context: &mut Context, constraint: Oid, enforced: bool) {
    let Some(row) = context.catalog.get::<PgConstraint>(constraint).cloned() else { return };
    let triggers: Vec<Oid> =
        context.catalog.find_second::<PgTrigger>(constraint).map(|trigger| trigger.oid).collect();
    if !enforced {
        for trigger in triggers {
            super::foreign_key_triggers::remove_trigger(context, trigger);
        }
    } else if triggers.is_empty() {
        let (rel, pk, index) = (row.conrelid, row.confrelid, row.conindid);
        // The row was there before, so making its triggers cannot fail.
        let _ = create_action_triggers(context, rel, pk, constraint, index);
        let _ = create_check_triggers(context, rel, pk, constraint, index);
    }
}
