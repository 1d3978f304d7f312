//! What the table commands ask again and again: opening a relation, who may change it, its columns and constraints.

use std::sync::Arc;

use super::alter_errors::{cannot_alter_system_column, no_such_column, system_attribute_by_name};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    Catalog, PgAm, PgAttribute, PgClass, PgConstraint, PgNamespace, PgPartitionedTable,
};
use crate::commands::Context;
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::walk_expr;
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{AlterTableType, DropBehavior, Node};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// The relation's row. PostgreSQL: relation_open (access/common/relation.c).
pub(crate) fn relation(catalog: &Catalog, oid: Oid) -> PgResult<Arc<PgClass>> {
    match catalog.get::<PgClass>(oid) {
        Some(class) => Ok(class.clone()),
        None => Err(PgError::new(
            sqlstate::INTERNAL_ERROR,
            format!("could not open relation with OID {oid}"),
        )
        .into()),
    }
}

/// A relation's name, empty when there is none. PostgreSQL: get_rel_name (utils/cache/lsyscache.c).
pub(crate) fn rel_name(catalog: &Catalog, oid: Oid) -> String {
    catalog.get::<PgClass>(oid).map_or_else(String::new, |class| class.relname.to_string())
}

/// A schema's name, empty when there is none. PostgreSQL: get_namespace_name (utils/cache/lsyscache.c).
pub(crate) fn namespace_name(catalog: &Catalog, oid: Oid) -> String {
    catalog.get::<PgNamespace>(oid).map_or_else(String::new, |row| row.nspname.to_string())
}

/// PostgreSQL: IsSystemRelation (catalog/catalog.c).
pub(crate) fn is_system_relation(class: &PgClass) -> bool {
    class.oid.is_builtin() && class.relnamespace == fixed::PG_CATALOG_NAMESPACE
        || class.relnamespace == fixed::PG_TOAST_NAMESPACE
}

/// PostgreSQL: `permission denied: "x" is a system catalog`.
pub(crate) fn refuse_system_relation(context: &Context, class: &PgClass) -> PgResult<()> {
    if is_system_relation(class) && !context.session.flag("allow_system_table_mods", false) {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            format!("permission denied: \"{}\" is a system catalog", class.relname),
        )
        .into());
    }
    Ok(())
}

/// What a relation of this kind is called in `must be owner of …`. PostgreSQL: get_relkind_objtype.
pub(crate) fn relkind_noun(relkind: u8) -> &'static str {
    match relkind {
        b'i' | b'I' => "index",
        b'S' => "sequence",
        b'v' => "view",
        b'm' => "materialized view",
        b'f' => "foreign table",
        _ => "table", // tables of every kind, TOAST tables, and what PostgreSQL calls a relation
    }
}

/// Only the owner may. PostgreSQL: object_ownercheck with aclcheck_error (catalog/aclchk.c).
pub(crate) fn require_owner(context: &Context, class: &PgClass) -> PgResult<()> {
    if owns(context, class.relowner) {
        return Ok(());
    }
    Err(PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!("must be owner of {} {}", relkind_noun(class.relkind), class.relname),
    )
    .into())
}

/// `must be owner of …`.
pub(crate) fn not_owner(kind: &str, name: &str) -> PgError {
    PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, format!("must be owner of {kind} {name}"))
}

/// Whether the current user may act as the role. PostgreSQL: has_privs_of_role (utils/adt/acl.c).
pub(crate) fn owns(context: &Context, owner: Oid) -> bool {
    crate::catalog::aclchk::has_privs_of_role(context.catalog, context.session.current_user, owner)
}

/// The column's row, where it is a user column that is not dropped; errors as ALTER TABLE's subcommands give them.
pub(crate) fn user_column<'a>(class: &'a PgClass, name: &str) -> PgResult<&'a PgAttribute> {
    match class.attribute_named(name) {
        Some(attribute) => Ok(attribute),
        None if system_attribute_by_name(name).is_some() && has_system_columns(class) => {
            Err(cannot_alter_system_column(name).into())
        }
        None => Err(no_such_column(name, class).into()),
    }
}

/// Whether relations of this kind have ctid and its kin. PostgreSQL: AddNewAttributeTuples (catalog/heap.c).
pub(crate) fn has_system_columns(class: &PgClass) -> bool {
    !matches!(class.relkind, b'v' | b'c')
}

/// The table's constraint of that name. PostgreSQL: get_relation_constraint_oid (catalog/pg_constraint.c).
pub(crate) fn constraint_named<'a>(
    catalog: &'a Catalog,
    relation: Oid,
    name: &str,
) -> Option<&'a Arc<PgConstraint>> {
    catalog
        .find_all::<PgConstraint>(&relation)
        .find(|row| row.conrelid == relation && row.conname == name)
}

/// All constraints of a table, in the order of their names, as an index scan on pg_constraint gives them.
pub(crate) fn constraints_by_name(catalog: &Catalog, relation: Oid) -> Vec<Arc<PgConstraint>> {
    let mut rows: Vec<Arc<PgConstraint>> = catalog
        .find_all::<PgConstraint>(&relation)
        .filter(|row| row.conrelid == relation)
        .cloned()
        .collect();
    rows.sort_by(|a, b| a.conname.cmp(&b.conname));
    rows
}

/// PostgreSQL: findNotNullConstraintAttnum (catalog/pg_constraint.c).
pub(crate) fn find_not_null_constraint(
    catalog: &Catalog,
    relation: Oid,
    attnum: i16,
) -> Option<Arc<PgConstraint>> {
    constraints_by_name(catalog, relation)
        .into_iter()
        .find(|row| row.contype == b'n' && row.conkey.first() == Some(&attnum))
}

/// The table's address.
pub(crate) fn relation_address(oid: Oid) -> ObjectAddress {
    ObjectAddress::new(Class::Relation, oid)
}

/// Whether constraints NOT NULL are rows of pg_constraint: since PostgreSQL 18.
pub(crate) fn has_not_null_constraints(catalog: &Catalog) -> bool {
    catalog.version().major() >= 18
}

/// Drops one object. PostgreSQL: performDeletion (catalog/dependency.c).
pub(crate) fn perform_deletion(
    context: &mut Context,
    object: ObjectAddress,
    behavior: DropBehavior,
) -> PgResult<()> {
    crate::commands::dependency::perform_deletion(context, object, behavior, Default::default())
}

/// Drops several objects at once. PostgreSQL: performMultipleDeletions (catalog/dependency.c).
pub(crate) fn perform_multiple_deletions(
    context: &mut Context,
    objects: &[ObjectAddress],
    behavior: DropBehavior,
) -> PgResult<()> {
    let flags = Default::default();
    crate::commands::dependency::perform_multiple_deletions(context, objects, behavior, flags)
}

/// Whether the column is part of the partition key: Some(true) in an expression of it. PostgreSQL:
/// has_partition_attrs (catalog/partition.c).
pub(crate) fn has_partition_attrs(catalog: &Catalog, relid: Oid, attnum: i16) -> Option<bool> {
    let key = catalog.get::<PgPartitionedTable>(relid)?;
    if key.partattrs.contains(&attnum) {
        return Some(false);
    }
    key.partexprs.iter().any(|expr| mentions_column(expr, attnum)).then_some(true)
}

/// Whether a Var of the expression's one relation is this column, or the whole row.
pub(crate) fn mentions_column(expr: &Expr, attnum: i16) -> bool {
    walk_expr(expr, &mut |node| {
        matches!(node, Expr::Var(var) if var.varlevelsup == 0
            && (var.varattno == attnum || var.varattno == 0))
    })
}

/// SET, RESET and REPLACE of a relation's storage parameters. PostgreSQL: ATExecSetRelOptions.
pub(crate) fn perform_set_options(
    context: &mut Context,
    class: &PgClass,
    definitions: &[Node],
    subtype: AlterTableType,
) -> PgResult<()> {
    use crate::commands::reloptions::{
        heap_reloptions, index_reloptions, partitioned_table_reloptions, transform_rel_options,
        view_reloptions,
    };
    let version = context.catalog.version();
    let reset = subtype == AlterTableType::AtResetRelOptions;
    let replace = subtype == AlterTableType::AtReplaceRelOptions;
    let old = if replace { &[][..] } else { &class.reloptions };
    let namespaces: &[&str] = if matches!(class.relkind, b'r' | b'm') { &["toast"] } else { &[] };
    let options = transform_rel_options(old, definitions, None, namespaces, reset)?;
    match class.relkind {
        b'p' => partitioned_table_reloptions(version, &options)?,
        b'v' => view_reloptions(version, &options)?,
        b'i' | b'I' => {
            let method = context.catalog.get::<PgAm>(class.relam);
            index_reloptions(method.map_or("btree", |row| row.amname.as_str()), &options)?;
        }
        relkind => heap_reloptions(version, relkind, &options)?,
    }
    let mut toast = class.toast_reloptions.clone();
    if matches!(class.relkind, b'r' | b'm') {
        let old = if replace { &[][..] } else { &class.toast_reloptions };
        toast = transform_rel_options(old, definitions, Some("toast"), namespaces, reset)?;
        heap_reloptions(version, b't', &toast)?;
    }
    context.catalog.update::<PgClass>(class.oid, |row| {
        row.reloptions = options;
        row.toast_reloptions = toast;
    });
    Ok(())
}
