//! ADD, ALTER, VALIDATE and DROP CONSTRAINT (PostgreSQL: commands/tablecmds.c).

use std::sync::Arc;

use super::alter::{AtCmd, WorkQueue, at_prep_cmd, at_simple_permissions};
use super::alter_column::update_attribute;
use super::alter_errors::{no_such_constraint, target};
use super::alter_not_null::{make_not_null_constraint, refuse_key_column};
use super::foreign_key;
use super::inherit_tree::{find_all_inheritors, find_inheritance_children};
use super::support::{
    constraint_named, find_not_null_constraint, has_not_null_constraints, perform_deletion,
    relation,
};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgIndex, PgTrigger};
use crate::commands::Context;
use crate::commands::heap::add_relation_new_constraints;
use crate::commands::indexcmds::{DefineIndexOptions, define_index};
use crate::commands::naming::choose_constraint_name;
use crate::findings::{Notice, PgError, PgResult, Stop};
use crate::nodes::tree::{
    ATAlterConstraint, AlterTableType, ConstrType, Constraint, DropBehavior, Node,
};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

const TABLES: u16 = target::TABLE | target::PARTITIONED_TABLE | target::FOREIGN_TABLE;

fn constraint_def(cmd: &AtCmd) -> Option<&Constraint> {
    match cmd.cmd.def.as_ref() {
        Some(Node::Constraint(constraint)) => Some(constraint),
        _ => None, // the grammar gives ADD CONSTRAINT a constraint
    }
}

/// A primary key wants its columns NOT NULL: asks for what is missing. PostgreSQL: ATPrepAddPrimaryKey.
pub(super) fn at_prep_add_primary_key(
    context: &mut Context,
    queue: &mut WorkQueue,
    class: &Arc<PgClass>,
    cmd: &AtCmd,
    recurse: bool,
) -> PgResult<()> {
    let Some(key) = constraint_def(cmd) else { return Ok(()) };
    if key.contype != ConstrType::ConstrPrimary || !has_not_null_constraints(context.catalog) {
        return Ok(());
    }
    for column in &key.keys {
        let name = column.str_val();
        let attnum = class.attribute_named(name).map(|attribute| attribute.attnum);
        let existing =
            attnum.and_then(|attnum| find_not_null_constraint(context.catalog, class.oid, attnum));
        if let Some(existing) = existing {
            verify_not_null_pk_compatible(context, &existing, name)?;
            continue;
        }
        if !recurse {
            for child in find_inheritance_children(context.catalog, class.oid) {
                let child = relation(context.catalog, child)?;
                let found = child.attribute_named(name).and_then(|attribute| {
                    find_not_null_constraint(context.catalog, child.oid, attribute.attnum)
                });
                match found {
                    Some(found) => verify_not_null_pk_compatible(context, &found, name)?,
                    None => {
                        return Err(PgError::new(
                            sqlstate::INTERNAL_ERROR,
                            format!(
                                "column \"{name}\" of table \"{}\" is not marked NOT NULL",
                                child.relname
                            ),
                        )
                        .into());
                    }
                }
            }
        }
        let constraint = make_not_null_constraint(name);
        let mut made = AtCmd::made(
            AlterTableType::AtAddConstraint,
            None,
            Some(Node::Constraint(Box::new(constraint))),
        );
        made.cmd.recurse = true;
        at_prep_cmd(context, queue, class, made, true, false)?;
    }
    Ok(())
}

/// PostgreSQL: verifyNotNullPKCompatible.
fn verify_not_null_pk_compatible(
    context: &Context,
    constraint: &PgConstraint,
    column: &str,
) -> PgResult<()> {
    let (mark, hint) = if constraint.connoinherit {
        (
            "NO INHERIT",
            "You might need to make the existing constraint inheritable using ALTER TABLE ... \
             ALTER CONSTRAINT ... INHERIT.",
        )
    } else if !constraint.convalidated {
        ("NOT VALID", "You might need to validate it using ALTER TABLE ... VALIDATE CONSTRAINT.")
    } else {
        return Ok(());
    };
    Err(PgError::new(
        sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
        format!("cannot create primary key on column \"{column}\""),
    )
    .detail(format!(
        "The constraint \"{}\" on column \"{column}\" of table \"{}\", marked {mark}, is \
         incompatible with a primary key.",
        constraint.conname,
        super::support::rel_name(context.catalog, constraint.conrelid)
    ))
    .hint(hint)
    .into())
}

/// PostgreSQL: ATExecAddConstraint.
pub(super) fn at_exec_add_constraint(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
    recurse: bool,
    is_readd: bool,
) -> PgResult<()> {
    let Some(constraint) = constraint_def(cmd) else { return Ok(()) };
    let mut constraint = constraint.clone();
    if constraint.contype != ConstrType::ConstrForeign {
        at_add_check_nn_constraint(context, relid, &mut constraint, recurse, false, is_readd)?;
        if let Some(old) = &cmd.old {
            restore_inheritance(context, relid, constraint.conname.as_deref(), old);
        }
        return Ok(());
    }
    let class = relation(context.catalog, relid)?;
    match constraint.conname.as_deref() {
        Some(name) => {
            if constraint_named(context.catalog, relid, name).is_some() {
                return Err(PgError::new(
                    sqlstate::DUPLICATE_OBJECT,
                    format!(
                        "constraint \"{name}\" for relation \"{}\" already exists",
                        class.relname
                    ),
                )
                .into());
            }
        }
        None => {
            let addition = choose_foreign_key_constraint_name_addition(&constraint.fk_attrs);
            let name = choose_constraint_name(
                context.catalog,
                &class.relname,
                Some(&addition),
                "fkey",
                class.relnamespace,
                &[],
            );
            constraint.conname = Some(name.as_str().into());
        }
    }
    foreign_key::at_add_foreign_key_constraint(context, relid, &constraint, recurse)
}

/// A constraint that was rebuilt is as local and as inherited as the one it stands for.
fn restore_inheritance(
    context: &mut Context,
    relid: Oid,
    name: Option<&str>,
    old: &super::alter::OldObject,
) {
    let Some(oid) = name
        .and_then(|name| constraint_named(context.catalog, relid, name))
        .map(|constraint| constraint.oid)
    else {
        return;
    };
    context.catalog.update::<PgConstraint>(oid, |row| {
        row.coninhcount = old.inhcount;
        row.conislocal = old.is_local;
    });
}

/// PostgreSQL: ChooseForeignKeyConstraintNameAddition (commands/tablecmds.c).
pub(crate) fn choose_foreign_key_constraint_name_addition(columns: &[Node]) -> String {
    let mut addition = String::new();
    for column in columns {
        if !addition.is_empty() {
            addition.push('_');
        }
        addition.push_str(column.str_val());
        if addition.len() >= 64 {
            break;
        }
    }
    crate::pg::name::clip(&addition, crate::pg::name::NAME_MAX_BYTES).to_string()
}

/// PostgreSQL: ATAddCheckNNConstraint.
fn at_add_check_nn_constraint(
    context: &mut Context,
    relid: Oid,
    constraint: &mut Constraint,
    recurse: bool,
    recursing: bool,
    is_readd: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if recursing {
        at_simple_permissions(context, AlterTableType::AtAddConstraint, &class, TABLES)?;
    }
    let made = add_relation_new_constraints(
        context,
        relid,
        &[],
        std::slice::from_ref(constraint),
        recursing || is_readd,
        !recursing,
        is_readd,
    )
    .map_err(Stop::without_place)?;
    for cooked in &made {
        if constraint.conname.is_none() {
            constraint.conname = cooked.name.as_ref().map(|name| name.as_str().into());
        }
        if constraint.contype == ConstrType::ConstrNotnull {
            update_attribute(context, relid, cooked.attnum, |attribute| {
                attribute.attnotnull = true;
            });
        }
    }
    if made.is_empty() || constraint.is_no_inherit {
        return Ok(());
    }
    let children = find_inheritance_children(context.catalog, relid);
    if !recurse && !children.is_empty() {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            "constraint must be added to child tables too",
        )
        .into());
    }
    for child in children {
        at_add_check_nn_constraint(context, child, constraint, recurse, true, is_readd)?;
    }
    Ok(())
}

/// An index that a constraint asked for. PostgreSQL: ATExecAddIndex.
pub(super) fn at_exec_add_index(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
    is_rebuild: bool,
) -> PgResult<()> {
    let Some(Node::IndexStmt(stmt)) = cmd.cmd.def.as_ref() else { return Ok(()) };
    let options = DefineIndexOptions {
        is_alter_table: true,
        check_rights: !is_rebuild,
        check_not_in_use: false,
        quiet: is_rebuild,
        ..DefineIndexOptions::default()
    };
    let address = define_index(context, relid, stmt, &options)?;
    if let Some(old) = &cmd.old
        && let Some(comment) = &old.comment
    {
        context.catalog.set_comment(address, Some(comment));
    }
    Ok(())
}

/// ADD CONSTRAINT … USING INDEX. PostgreSQL: ATExecAddIndexConstraint.
pub(super) fn at_exec_add_index_constraint(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    let Some(Node::IndexStmt(stmt)) = cmd.cmd.def.as_ref() else { return Ok(()) };
    let class = relation(context.catalog, relid)?;
    if class.relkind == b'p' {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables",
        )
        .into());
    }
    let index = relation(context.catalog, cmd.index_oid)?;
    let index_name = index.relname.clone();
    let name = match stmt.idxname.as_deref() {
        None => index_name.to_string(),
        Some(name) => {
            if index_name != name {
                context.notice(Notice::notice(format!(
                    "ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index \"{index_name}\" \
                     to \"{name}\""
                )));
                super::rename::rename_relation_internal(context, index.oid, name, true)?;
            }
            name.to_string()
        }
    };
    if stmt.primary {
        crate::commands::indexcmds::index_check_primary_key(context, relid, index.oid, true, stmt)?;
    }
    crate::commands::indexcmds::index_constraint_create(
        context,
        relid,
        index.oid,
        Oid::INVALID,
        &name,
        if stmt.primary { b'p' } else { b'u' },
        stmt.deferrable,
        stmt.initdeferred,
        false,
        true,
    )?;
    Ok(())
}

/// VALIDATE CONSTRAINT. PostgreSQL: ATExecValidateConstraint.
pub(super) fn at_exec_validate_constraint(
    context: &mut Context,
    relid: Oid,
    name: &str,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let Some(constraint) = constraint_named(context.catalog, relid, name).cloned() else {
        return Err(no_such_constraint(name, &class).into());
    };
    let major = context.catalog.version().major();
    let validatable =
        matches!(constraint.contype, b'f' | b'c') || (major >= 18 && constraint.contype == b'n');
    if !validatable {
        let error = PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            if major >= 18 {
                format!("cannot validate constraint \"{name}\" of relation \"{}\"", class.relname)
            } else {
                format!(
                    "constraint \"{name}\" of relation \"{}\" is not a foreign key or check \
                     constraint",
                    class.relname
                )
            },
        );
        return Err(if major >= 18 {
            error.detail("This operation is not supported for this type of constraint.").into()
        } else {
            error.into()
        });
    }
    if !constraint.conenforced {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            "cannot validate NOT ENFORCED constraint",
        )
        .into());
    }
    if constraint.convalidated {
        return Ok(());
    }
    if constraint.contype == b'f' {
        validate_foreign_key(context, &constraint);
        return Ok(());
    }
    let children = if recursing || constraint.connoinherit {
        Vec::new()
    } else {
        find_all_inheritors(context.catalog, relid)
    };
    for (child, _) in children {
        if child == relid {
            continue;
        }
        if !recurse {
            return Err(PgError::new(
                sqlstate::INVALID_TABLE_DEFINITION,
                "constraint must be validated on child tables too",
            )
            .into());
        }
        let child_name = if constraint.contype == b'n' {
            let column = constraint.conkey.first().and_then(|attnum| class.attribute(*attnum));
            let child_class = relation(context.catalog, child)?;
            column
                .and_then(|column| child_class.attribute_named(&column.attname))
                .and_then(|column| find_not_null_constraint(context.catalog, child, column.attnum))
                .map(|constraint| constraint.conname.to_string())
        } else {
            Some(name.to_string())
        };
        let Some(child_name) = child_name else { continue };
        let done = constraint_named(context.catalog, child, &child_name)
            .is_some_and(|constraint| constraint.convalidated);
        if !done {
            at_exec_validate_constraint(context, child, &child_name, recurse, true)?;
        }
    }
    context.catalog.update::<PgConstraint>(constraint.oid, |row| row.convalidated = true);
    Ok(())
}

/// A foreign key, with the ones of the partitions below it.
fn validate_foreign_key(context: &mut Context, constraint: &PgConstraint) {
    let mut pending = vec![constraint.oid];
    while let Some(oid) = pending.pop() {
        context.catalog.update::<PgConstraint>(oid, |row| row.convalidated = true);
        pending.extend(
            context
                .catalog
                .iter::<PgConstraint>()
                .filter(|row| row.conparentid == oid && !row.convalidated)
                .map(|row| row.oid),
        );
    }
}

/// PostgreSQL: ATExecDropConstraint.
pub(super) fn at_exec_drop_constraint(
    context: &mut Context,
    relid: Oid,
    name: &str,
    behavior: DropBehavior,
    recurse: bool,
    missing_ok: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if let Some(constraint) = constraint_named(context.catalog, relid, name) {
        let oid = constraint.oid;
        return drop_constraint_internal(context, relid, oid, behavior, recurse, false);
    }
    if !missing_ok {
        return Err(no_such_constraint(name, &class).into());
    }
    context.notice(Notice::notice(format!(
        "constraint \"{name}\" of relation \"{}\" does not exist, skipping",
        class.relname
    )));
    Ok(())
}

/// PostgreSQL: dropconstraint_internal.
pub(super) fn drop_constraint_internal(
    context: &mut Context,
    relid: Oid,
    constraint: Oid,
    behavior: DropBehavior,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if recursing {
        at_simple_permissions(context, AlterTableType::AtDropConstraint, &class, TABLES)?;
    }
    let Some(row) = context.catalog.get::<PgConstraint>(constraint).cloned() else {
        return Ok(());
    };
    if row.coninhcount > 0 && !recursing {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!(
                "cannot drop inherited constraint \"{}\" of relation \"{}\"",
                row.conname, class.relname
            ),
        )
        .into());
    }
    let mut column_name = None;
    if row.contype == b'n' {
        let column = row.conkey.first().and_then(|attnum| class.attribute(*attnum));
        if let Some(column) = column {
            refuse_key_column(context, relid, column.attnum, &column.attname)?;
            if column.attidentity != 0 {
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    format!(
                        "column \"{}\" of relation \"{}\" is an identity column",
                        column.attname, class.relname
                    ),
                )
                .into());
            }
            column_name = Some(column.attname.clone());
            update_attribute(context, relid, column.attnum, |attribute| {
                attribute.attnotnull = false;
            });
        }
    }
    perform_deletion(context, ObjectAddress::new(Class::Constraint, constraint), behavior)?;
    let inheritable = matches!(row.contype, b'c' | b'n');
    if row.connoinherit || !inheritable {
        return Ok(());
    }
    let children = find_inheritance_children(context.catalog, relid);
    if class.relkind == b'p'
        && !recurse
        && !children.is_empty()
        && context.catalog.version().major() < 18
    {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            "cannot remove constraint from only the partitioned table when partitions exist",
        )
        .hint("Do not specify the ONLY keyword.")
        .into());
    }
    for child in children {
        let child_class = relation(context.catalog, child)?;
        let found = match &column_name {
            Some(column) => child_class.attribute_named(column).and_then(|attribute| {
                find_not_null_constraint(context.catalog, child, attribute.attnum)
            }),
            None => constraint_named(context.catalog, child, &row.conname).cloned(),
        };
        let Some(found) = found else {
            return Err(no_such_constraint(&row.conname, &child_class).into());
        };
        if recurse && found.coninhcount == 1 && !found.conislocal {
            drop_constraint_internal(context, child, found.oid, behavior, true, true)?;
        } else {
            context.catalog.update::<PgConstraint>(found.oid, |row| {
                row.coninhcount = (row.coninhcount - 1).max(0);
                row.conislocal |= !recurse;
            });
        }
    }
    Ok(())
}

/// ALTER CONSTRAINT: deferrability, enforcement, inheritance. PostgreSQL: ATExecAlterConstraint.
pub(super) fn at_exec_alter_constraint(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
    recurse: bool,
) -> PgResult<()> {
    let Some(wanted) = alter_constraint_def(cmd) else { return Ok(()) };
    let class = relation(context.catalog, relid)?;
    let name = wanted.conname.as_deref().unwrap_or_default();
    let major = context.catalog.version().major();
    if major >= 18 && wanted.alter_deferrability && !recurse && class.relkind == b'p' {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            "constraint must be altered in child tables too",
        )
        .hint("Do not specify the ONLY keyword.")
        .into());
    }
    let Some(row) = constraint_named(context.catalog, relid, name).cloned() else {
        return Err(no_such_constraint(name, &class).into());
    };
    let wrong = |what: &str| -> PgResult<()> {
        Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, what.to_string()).into())
    };
    if wanted.alter_deferrability && row.contype != b'f' {
        return wrong(&format!(
            "constraint \"{name}\" of relation \"{}\" is not a foreign key constraint",
            class.relname
        ));
    }
    if wanted.alter_enforceability && row.contype != b'f' {
        return wrong(&format!(
            "cannot alter enforceability of constraint \"{name}\" of relation \"{}\"",
            class.relname
        ));
    }
    if wanted.alter_inheritability && row.contype != b'n' {
        return wrong(&format!(
            "constraint \"{name}\" of relation \"{}\" is not a not-null constraint",
            class.relname
        ));
    }
    if wanted.alter_inheritability && wanted.noinherit && class.relkind == b'p' {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!(
                "not-null constraint \"{name}\" on partitioned table \"{}\" cannot be NO INHERIT",
                class.relname
            ),
        )
        .into());
    }
    if wanted.alter_inheritability && wanted.noinherit && row.coninhcount > 0 {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!(
                "cannot alter inherited constraint \"{name}\" on relation \"{}\"",
                class.relname
            ),
        )
        .into());
    }
    if row.conparentid.is_valid() && (wanted.alter_deferrability || wanted.alter_enforceability) {
        return Err(inherited_constraint_error(context, &row, &class).into());
    }
    if wanted.alter_deferrability || wanted.alter_enforceability {
        alter_foreign_key(context, row.oid, wanted);
    }
    if wanted.alter_inheritability && row.connoinherit != wanted.noinherit {
        alter_inheritability(context, &class, &row, wanted.noinherit, recurse)?;
    }
    Ok(())
}

fn alter_constraint_def(cmd: &AtCmd) -> Option<&ATAlterConstraint> {
    match cmd.cmd.def.as_ref() {
        Some(Node::ATAlterConstraint(wanted)) => Some(wanted),
        _ => None, // the grammar gives ALTER CONSTRAINT nothing else
    }
}

/// A partition's constraint is altered through its parent's.
fn inherited_constraint_error(context: &Context, row: &PgConstraint, class: &PgClass) -> PgError {
    let mut top = row.conparentid;
    while let Some(parent) = context.catalog.get::<PgConstraint>(top) {
        if !parent.conparentid.is_valid() {
            break;
        }
        top = parent.conparentid;
    }
    let (ancestor, table) =
        context.catalog.get::<PgConstraint>(top).map_or_else(Default::default, |parent| {
            (parent.conname.to_string(), super::support::rel_name(context.catalog, parent.conrelid))
        });
    PgError::new(
        sqlstate::WRONG_OBJECT_TYPE,
        format!("cannot alter constraint \"{}\" on relation \"{}\"", row.conname, class.relname),
    )
    .detail(format!(
        "Constraint \"{}\" is derived from constraint \"{ancestor}\" of relation \"{table}\".",
        row.conname
    ))
    .hint("You may alter the constraint it derives from instead.")
}

/// The foreign key, those of its partitions and referenced partitions, and their triggers.
fn alter_foreign_key(context: &mut Context, constraint: Oid, wanted: &ATAlterConstraint) {
    let mut pending = vec![constraint];
    while let Some(oid) = pending.pop() {
        let wanted = wanted.clone();
        context.catalog.update::<PgConstraint>(oid, |row| {
            if wanted.alter_deferrability {
                row.condeferrable = wanted.deferrable;
                row.condeferred = wanted.initdeferred;
            }
            if wanted.alter_enforceability {
                row.conenforced = wanted.is_enforced;
                row.convalidated = wanted.is_enforced;
            }
        });
        if wanted.alter_deferrability {
            set_trigger_deferrability(context, oid, wanted.deferrable, wanted.initdeferred);
        }
        if wanted.alter_enforceability {
            foreign_key::set_enforced(context, oid, wanted.is_enforced);
        }
        pending.extend(
            context
                .catalog
                .iter::<PgConstraint>()
                .filter(|row| row.conparentid == oid)
                .map(|row| row.oid),
        );
    }
}

/// Of a foreign key's triggers those follow that do not act at once by nature. PostgreSQL:
/// AlterConstrTriggerDeferrability.
fn set_trigger_deferrability(
    context: &mut Context,
    constraint: Oid,
    deferrable: bool,
    deferred: bool,
) {
    let triggers: Vec<Oid> = context
        .catalog
        .find_second::<PgTrigger>(constraint)
        .filter(|trigger| foreign_key::is_deferrable_ri_function(trigger.tgfoid))
        .map(|trigger| trigger.oid)
        .collect();
    for trigger in triggers {
        context.catalog.update::<PgTrigger>(trigger, |row| {
            row.tgdeferrable = deferrable;
            row.tginitdeferred = deferred;
        });
    }
}

/// PostgreSQL: ATExecAlterConstrInheritability.
fn alter_inheritability(
    context: &mut Context,
    class: &PgClass,
    row: &PgConstraint,
    noinherit: bool,
    recurse: bool,
) -> PgResult<()> {
    context.catalog.update::<PgConstraint>(row.oid, |row| row.connoinherit = noinherit);
    let Some(column) = row.conkey.first().and_then(|attnum| class.attribute(*attnum)) else {
        return Ok(());
    };
    let column = column.attname.clone();
    for child in find_inheritance_children(context.catalog, class.oid) {
        if noinherit {
            let child_class = relation(context.catalog, child)?;
            let found = child_class.attribute_named(&column).and_then(|attribute| {
                find_not_null_constraint(context.catalog, child, attribute.attnum)
            });
            if let Some(found) = found {
                context.catalog.update::<PgConstraint>(found.oid, |row| {
                    row.coninhcount = (row.coninhcount - 1).max(0);
                    row.conislocal = true;
                });
            }
        } else {
            super::alter_not_null::at_exec_set_not_null(
                context,
                child,
                Some(&row.conname),
                &column,
                recurse,
                true,
            )?;
        }
    }
    Ok(())
}

/// The constraint that an index serves. PostgreSQL: get_index_constraint (catalog/pg_depend.c).
pub(crate) fn get_index_constraint(context: &Context, index: Oid) -> Option<Arc<PgConstraint>> {
    let table = context.catalog.get::<PgIndex>(index)?.indrelid;
    context
        .catalog
        .find_all::<PgConstraint>(&table)
        .find(|row| row.conindid == index && matches!(row.contype, b'p' | b'u' | b'x'))
        .cloned()
}
