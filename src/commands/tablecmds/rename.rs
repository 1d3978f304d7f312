//! RENAME of relations, their columns and their constraints (PostgreSQL: RenameRelation, renameatt, RenameConstraint,
//! commands/tablecmds.c).

use super::alter::{AlterKind, check_relation_for_alter};
use super::alter_column::{check_for_column_name_collision, update_attribute};
use super::alter_constraint::get_index_constraint;
use super::alter_errors::{errdetail_relkind_not_supported, system_attribute_by_name};
use super::alter_inherit::find_typed_table_dependencies;
use super::inherit_tree::{find_all_inheritors, find_inheritance_children};
use super::support::{
    constraint_named, has_system_columns, refuse_system_relation, relation, require_owner,
};
use crate::catalog::namespace::{get_relname_relid, range_var_get_relid};
use crate::catalog::{PgClass, PgConstraint};
use crate::commands::Context;
use crate::commands::pg_type::rename_type_internal;
use crate::commands::support::check_namespace_create;
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{DropBehavior, ObjectType, RangeVar, RenameStmt};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

fn lookup(context: &Context, range: &RangeVar, missing_ok: bool) -> PgResult<Option<Oid>> {
    let found = range_var_get_relid(&context.shared(), range, missing_ok)?;
    if found.is_none() {
        let name = range.relname.as_deref().unwrap_or_default();
        context.notice(Notice::notice(format!("relation \"{name}\" does not exist, skipping")));
    }
    Ok(found)
}

/// ALTER TABLE, INDEX, VIEW, SEQUENCE … RENAME TO. PostgreSQL: RenameRelation.
pub fn rename_relation(context: &mut Context, stmt: &RenameStmt) -> PgResult<()> {
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let Some(relid) = lookup(context, range, stmt.missing_ok)? else { return Ok(()) };
    let class = relation(context.catalog, relid)?;
    require_owner(context, &class)?;
    refuse_system_relation(context, &class)?;
    check_namespace_create(context, class.relnamespace)?;
    // ALTER INDEX may rename whatever it is given, and ALTER TABLE an index.
    let objtype = match class.relkind {
        b'i' | b'I' if stmt.rename_type == ObjectType::ObjectTable => ObjectType::ObjectIndex,
        _ => stmt.rename_type, // as it was asked for
    };
    check_relation_for_alter(context, &class, objtype, AlterKind::Rename)?;
    let name = stmt.newname.as_deref().unwrap_or_default();
    let is_index = matches!(class.relkind, b'i' | b'I');
    rename_relation_internal(context, relid, name, is_index)
}

/// PostgreSQL: RenameRelationInternal.
pub(crate) fn rename_relation_internal(
    context: &mut Context,
    relid: Oid,
    new_name: &str,
    is_index: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let name = Name::new(new_name);
    if get_relname_relid(context.catalog, &name, class.relnamespace).is_some() {
        return Err(PgError::new(
            sqlstate::DUPLICATE_TABLE,
            format!("relation \"{new_name}\" already exists"),
        )
        .into());
    }
    context.catalog.update::<PgClass>(relid, |row| row.relname = name.clone());
    if class.reltype.is_valid() {
        rename_type_internal(context, class.reltype, &name, class.relnamespace)?;
    }
    if is_index && let Some(constraint) = get_index_constraint(context, relid) {
        rename_constraint_by_id(context, constraint.oid, &name)?;
    }
    Ok(())
}

/// PostgreSQL: RenameConstraintById (catalog/pg_constraint.c).
pub(crate) fn rename_constraint_by_id(
    context: &mut Context,
    constraint: Oid,
    name: &Name,
) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgConstraint>(constraint) else { return Ok(()) };
    if row.conrelid.is_valid() && constraint_named(context.catalog, row.conrelid, name).is_some() {
        let table = super::support::rel_name(context.catalog, row.conrelid);
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!("constraint \"{name}\" for relation \"{table}\" already exists"),
        )
        .into());
    }
    context.catalog.update::<PgConstraint>(constraint, |row| row.conname = name.clone());
    Ok(())
}

/// ALTER TABLE … RENAME COLUMN, ALTER TYPE … RENAME ATTRIBUTE. PostgreSQL: renameatt.
pub fn renameatt(context: &mut Context, stmt: &RenameStmt) -> PgResult<()> {
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let Some(relid) = lookup(context, range, stmt.missing_ok)? else { return Ok(()) };
    let old = stmt.subname.as_deref().unwrap_or_default();
    let new = stmt.newname.as_deref().unwrap_or_default();
    renameatt_internal(context, relid, old, new, range.inh, false, 0, stmt.behavior)
}

/// PostgreSQL: renameatt_check.
fn renameatt_check(context: &Context, class: &PgClass, recursing: bool) -> PgResult<()> {
    if class.reloftype.is_valid() && !recursing {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            "cannot rename column of typed table",
        )
        .into());
    }
    if matches!(class.relkind, b'S' | b't') {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("cannot rename columns of relation \"{}\"", class.relname),
        )
        .detail(errdetail_relkind_not_supported(class.relkind))
        .into());
    }
    require_owner(context, class)?;
    refuse_system_relation(context, class)
}

/// PostgreSQL: renameatt_internal.
#[allow(clippy::too_many_arguments)]
fn renameatt_internal(
    context: &mut Context,
    relid: Oid,
    old: &str,
    new: &str,
    recurse: bool,
    recursing: bool,
    expected_parents: i32,
    behavior: DropBehavior,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    renameatt_check(context, &class, recursing)?;
    if recurse {
        for (child, parents) in find_all_inheritors(context.catalog, relid) {
            if child != relid {
                renameatt_internal(context, child, old, new, false, true, parents, behavior)?;
            }
        }
    } else if expected_parents == 0 && !find_inheritance_children(context.catalog, relid).is_empty()
    {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("inherited column \"{old}\" must be renamed in child tables too"),
        )
        .into());
    }
    if class.relkind == b'c' {
        let tables =
            find_typed_table_dependencies(context, class.reltype, &class.relname, behavior)?;
        for table in tables {
            renameatt_internal(context, table, old, new, true, true, 0, behavior)?;
        }
    }
    let class = relation(context.catalog, relid)?;
    let Some(column) = class.attribute_named(old) else {
        let system = has_system_columns(&class) && system_attribute_by_name(old).is_some();
        return Err(if system {
            PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("cannot rename system column \"{old}\""),
            )
        } else {
            PgError::new(sqlstate::UNDEFINED_COLUMN, format!("column \"{old}\" does not exist"))
        }
        .into());
    };
    if i32::from(column.attinhcount) > expected_parents {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("cannot rename inherited column \"{old}\""),
        )
        .into());
    }
    check_for_column_name_collision(context, &class, new, false)?;
    let name = Name::new(new);
    update_attribute(context, relid, column.attnum, |attribute| attribute.attname = name);
    Ok(())
}

/// ALTER TABLE … RENAME CONSTRAINT. PostgreSQL: RenameConstraint.
pub fn rename_constraint(context: &mut Context, stmt: &RenameStmt) -> PgResult<()> {
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let Some(relid) = lookup(context, range, stmt.missing_ok)? else { return Ok(()) };
    let class = relation(context.catalog, relid)?;
    renameatt_check(context, &class, false)?;
    let old = stmt.subname.as_deref().unwrap_or_default();
    let new = stmt.newname.as_deref().unwrap_or_default();
    rename_constraint_internal(context, relid, old, new, range.inh, 0)
}

/// PostgreSQL: rename_constraint_internal.
fn rename_constraint_internal(
    context: &mut Context,
    relid: Oid,
    old: &str,
    new: &str,
    recurse: bool,
    expected_parents: i32,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let Some(row) = constraint_named(context.catalog, relid, old).cloned() else {
        return Err(PgError::new(
            sqlstate::UNDEFINED_OBJECT,
            format!("constraint \"{old}\" for table \"{}\" does not exist", class.relname),
        )
        .into());
    };
    if matches!(row.contype, b'c' | b'n') && !row.connoinherit {
        if recurse {
            for (child, parents) in find_all_inheritors(context.catalog, relid) {
                if child != relid {
                    rename_constraint_internal(context, child, old, new, false, parents)?;
                }
            }
        } else if expected_parents == 0
            && !find_inheritance_children(context.catalog, relid).is_empty()
        {
            return Err(PgError::new(
                sqlstate::INVALID_TABLE_DEFINITION,
                format!("inherited constraint \"{old}\" must be renamed in child tables too"),
            )
            .into());
        }
        if i32::from(row.coninhcount) > expected_parents {
            return Err(PgError::new(
                sqlstate::INVALID_TABLE_DEFINITION,
                format!("cannot rename inherited constraint \"{old}\""),
            )
            .into());
        }
    }
    if row.conindid.is_valid() && matches!(row.contype, b'p' | b'u' | b'x') {
        return rename_relation_internal(context, row.conindid, new, true);
    }
    rename_constraint_by_id(context, row.oid, &Name::new(new))
}
