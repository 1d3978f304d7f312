//! SET NOT NULL and DROP NOT NULL: since PostgreSQL 18 a constraint of their own, before a flag of the column
//! (PostgreSQL: commands/tablecmds.c).

use super::alter::at_simple_permissions;
use super::alter_column::update_attribute;
use super::alter_constraint::drop_constraint_internal;
use super::alter_errors::target;
use super::inherit_tree::{find_inheritance_children, get_partition_parent};
use super::support::{find_not_null_constraint, has_not_null_constraints, relation, user_column};
use crate::catalog::{PgClass, PgConstraint, PgIndex};
use crate::commands::Context;
use crate::commands::heap::add_relation_new_constraints;
use crate::commands::naming::choose_constraint_name;
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{AlterTableType, Constraint, DropBehavior, Node};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// PostgreSQL: ATExecDropNotNull.
pub(super) fn at_exec_drop_not_null(
    context: &mut Context,
    relid: Oid,
    name: &str,
    recurse: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let column = user_column(&class, name)?;
    if !has_not_null_constraints(context.catalog)
        && !recurse
        && class.relkind == b'p'
        && !find_inheritance_children(context.catalog, relid).is_empty()
    {
        return Err(only_partitioned().into());
    }
    if !column.attnotnull {
        return Ok(());
    }
    if column.attidentity != 0 {
        return Err(PgError::new(
            sqlstate::SYNTAX_ERROR,
            format!("column \"{name}\" of relation \"{}\" is an identity column", class.relname),
        )
        .into());
    }
    let parent = class.relispartition.then(|| get_partition_parent(context.catalog, relid));
    if let Some(parent) = parent.flatten().and_then(|oid| context.catalog.get::<PgClass>(oid))
        && parent.attribute_named(name).is_some_and(|a| a.attnotnull)
    {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("column \"{name}\" is marked NOT NULL in parent table"),
        )
        .into());
    }
    let attnum = column.attnum;
    if has_not_null_constraints(context.catalog) {
        if let Some(constraint) = find_not_null_constraint(context.catalog, relid, attnum) {
            let oid = constraint.oid;
            let behavior = DropBehavior::DropRestrict;
            return drop_constraint_internal(context, relid, oid, behavior, recurse, false);
        }
    } else {
        refuse_key_column(context, relid, attnum, name)?;
    }
    update_attribute(context, relid, attnum, |attribute| attribute.attnotnull = false);
    Ok(())
}

fn only_partitioned() -> PgError {
    PgError::new(
        sqlstate::INVALID_TABLE_DEFINITION,
        "cannot remove constraint from only the partitioned table when partitions exist",
    )
    .hint("Do not specify the ONLY keyword.")
}

/// A column of the primary key or of the replica identity's index stays NOT NULL.
pub(super) fn refuse_key_column(
    context: &Context,
    relid: Oid,
    attnum: i16,
    name: &str,
) -> PgResult<()> {
    let in_key = |index: &PgIndex| {
        let keys = usize::try_from(index.indnkeyatts).unwrap_or(0).min(index.indkey.len());
        index.indkey[..keys].contains(&attnum)
    };
    let mut indexes = context.catalog.find_all::<PgIndex>(&relid);
    if context.catalog.find_all::<PgIndex>(&relid).any(|i| i.indisprimary && in_key(i)) {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("column \"{name}\" is in a primary key"),
        )
        .into());
    }
    if indexes.any(|i| i.indisreplident && in_key(i)) {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("column \"{name}\" is in index used as replica identity"),
        )
        .into());
    }
    Ok(())
}

/// PostgreSQL: ATExecSetNotNull.
pub(super) fn at_exec_set_not_null(
    context: &mut Context,
    relid: Oid,
    constraint_name: Option<&str>,
    name: &str,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if recursing {
        let allowed = target::TABLE | target::PARTITIONED_TABLE | target::FOREIGN_TABLE;
        at_simple_permissions(context, AlterTableType::AtAddConstraint, &class, allowed)?;
    }
    let attnum = user_column(&class, name)?.attnum;
    if !has_not_null_constraints(context.catalog) {
        update_attribute(context, relid, attnum, |attribute| attribute.attnotnull = true);
        if recurse {
            for child in find_inheritance_children(context.catalog, relid) {
                at_exec_set_not_null(context, child, None, name, true, true)?;
            }
        }
        return Ok(());
    }
    if let Some(existing) = find_not_null_constraint(context.catalog, relid, attnum) {
        return keep_not_null(context, &class, &existing, recurse, recursing);
    }
    let mut is_no_inherit = false;
    let children = find_inheritance_children(context.catalog, relid);
    if !recurse && !children.is_empty() {
        if class.relkind == b'p' {
            return Err(PgError::new(
                sqlstate::INVALID_TABLE_DEFINITION,
                "constraint must be added to child tables too",
            )
            .hint("Do not specify the ONLY keyword.")
            .into());
        }
        is_no_inherit = true;
    }
    let chosen;
    let constraint_name = match constraint_name {
        Some(name) if recursing => name,
        _ => {
            // At the top the name is always made up.
            chosen = choose_constraint_name(
                context.catalog,
                &class.relname,
                Some(name),
                "not_null",
                class.relnamespace,
                &[],
            );
            chosen.as_str()
        }
    };
    let mut constraint = make_not_null_constraint(name);
    constraint.conname = Some(constraint_name.into());
    constraint.is_no_inherit = is_no_inherit;
    add_relation_new_constraints(context, relid, &[], &[constraint], false, !recursing, false)?;
    update_attribute(context, relid, attnum, |attribute| attribute.attnotnull = true);
    if recurse {
        for child in children {
            at_exec_set_not_null(context, child, Some(constraint_name), name, true, true)?;
        }
    }
    Ok(())
}

/// The column has such a constraint already: it becomes local, or inherited once more.
fn keep_not_null(
    context: &mut Context,
    class: &PgClass,
    existing: &PgConstraint,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    if existing.connoinherit && recurse {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!(
                "cannot change NO INHERIT status of NOT NULL constraint \"{}\" on relation \"{}\"",
                existing.conname, class.relname
            ),
        )
        .into());
    }
    if recursing {
        context.catalog.update::<PgConstraint>(existing.oid, |row| row.coninhcount += 1);
    } else if !existing.conislocal {
        context.catalog.update::<PgConstraint>(existing.oid, |row| row.conislocal = true);
    } else if !existing.convalidated {
        let name = existing.conname.to_string();
        return super::alter_constraint::at_exec_validate_constraint(
            context, class.oid, &name, recurse, recursing,
        );
    }
    Ok(())
}

/// PostgreSQL: makeNotNullConstraint (nodes/makefuncs.c).
pub(crate) fn make_not_null_constraint(column: &str) -> Constraint {
    Constraint {
        keys: vec![Node::String(column.into())],
        is_enforced: true,
        initially_valid: true,
        ..super::at_parse::empty_constraint(crate::nodes::tree::ConstrType::ConstrNotnull)
    }
}
