//! SET SCHEMA of relations, with what belongs to them (PostgreSQL: AlterTableNamespace, commands/tablecmds.c).

use super::alter::{AlterKind, check_relation_for_alter};
use super::support::{namespace_name, rel_name, relation, relation_address};
use crate::catalog::depend::DependType;
use crate::catalog::namespace::{get_relname_relid, range_var_get_relid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgIndex, PgType};
use crate::commands::Context;
use crate::commands::dependency::{change_dependency_for, get_owned_sequences, sequence_is_owned};
use crate::commands::support::{check_set_namespace, lookup_creation_namespace};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::AlterObjectSchemaStmt;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// ALTER TABLE, VIEW, SEQUENCE … SET SCHEMA. PostgreSQL: AlterTableNamespace.
pub fn alter_table_namespace(context: &mut Context, stmt: &AlterObjectSchemaStmt) -> PgResult<()> {
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let Some(relid) = range_var_get_relid(&context.shared(), range, stmt.missing_ok)? else {
        let name = range.relname.as_deref().unwrap_or_default();
        context.notice(Notice::notice(format!("relation \"{name}\" does not exist, skipping")));
        return Ok(());
    };
    let class = relation(context.catalog, relid)?;
    check_relation_for_alter(context, &class, stmt.object_type, AlterKind::SetSchema)?;
    let old = class.relnamespace;
    if class.relkind == b'S' {
        let table = sequence_is_owned(context.catalog, relid, DependType::Auto)
            .or_else(|| sequence_is_owned(context.catalog, relid, DependType::Internal));
        if let Some(table) = table {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                "cannot move an owned sequence into another schema",
            )
            .detail(format!(
                "Sequence \"{}\" is linked to table \"{}\".",
                class.relname,
                rel_name(context.catalog, table.object)
            ))
            .into());
        }
    }
    let new = lookup_creation_namespace(context, stmt.newschema.as_deref().unwrap_or_default())?;
    check_set_namespace(context, old, new)?;
    alter_table_namespace_internal(context, relid, old, new)
}

/// PostgreSQL: AlterTableNamespaceInternal.
pub(crate) fn alter_table_namespace_internal(
    context: &mut Context,
    relid: Oid,
    old: Oid,
    new: Oid,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    alter_relation_namespace(context, relid, old, new, true)?;
    if class.reltype.is_valid() {
        alter_type_namespace(context, class.reltype, old, new)?;
    }
    if matches!(class.relkind, b'r' | b'p' | b'm' | b'f') {
        let indexes: Vec<Oid> =
            context.catalog.find_all::<PgIndex>(&relid).map(|index| index.indexrelid).collect();
        for index in indexes {
            alter_relation_namespace(context, index, old, new, false)?;
        }
        for sequence in get_owned_sequences(context.catalog, relid, 0, None) {
            alter_relation_namespace(context, sequence, old, new, true)?;
        }
        move_constraints(context, relid, new);
    }
    Ok(())
}

/// PostgreSQL: AlterConstraintNamespaces (catalog/pg_constraint.c).
fn move_constraints(context: &mut Context, object: Oid, new: Oid) {
    let constraints: Vec<Oid> =
        context.catalog.find_all::<PgConstraint>(&object).map(|row| row.oid).collect();
    for constraint in constraints {
        context.catalog.update::<PgConstraint>(constraint, |row| row.connamespace = new);
    }
}

/// PostgreSQL: AlterRelationNamespaceInternal.
fn alter_relation_namespace(
    context: &mut Context,
    relid: Oid,
    old: Oid,
    new: Oid,
    has_depend_entry: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if old == new || class.relnamespace == new {
        return Ok(());
    }
    if get_relname_relid(context.catalog, &class.relname, new).is_some() {
        return Err(PgError::new(
            sqlstate::DUPLICATE_TABLE,
            format!(
                "relation \"{}\" already exists in schema \"{}\"",
                class.relname,
                namespace_name(context.catalog, new)
            ),
        )
        .into());
    }
    context.catalog.update::<PgClass>(relid, |row| row.relnamespace = new);
    if has_depend_entry {
        change_dependency_for(
            context.catalog,
            relation_address(relid),
            ObjectAddress::new(Class::Namespace, old),
            ObjectAddress::new(Class::Namespace, new),
        );
    }
    Ok(())
}

/// The row type and its array type. PostgreSQL: AlterTypeNamespaceInternal (commands/typecmds.c).
fn alter_type_namespace(context: &mut Context, type_id: Oid, old: Oid, new: Oid) -> PgResult<()> {
    if old == new {
        return Ok(());
    }
    let Some(row) = context.catalog.get::<PgType>(type_id).cloned() else { return Ok(()) };
    if context.catalog.find::<PgType>(&(new, row.typname.clone())).is_some() {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!(
                "type \"{}\" already exists in schema \"{}\"",
                row.typname,
                namespace_name(context.catalog, new)
            ),
        )
        .into());
    }
    context.catalog.update::<PgType>(type_id, |row| row.typnamespace = new);
    if row.typarray.is_valid() {
        alter_type_namespace(context, row.typarray, old, new)?;
    }
    Ok(())
}
