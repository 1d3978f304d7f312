//! OWNER TO of relations of every kind (PostgreSQL: ATExecChangeOwner, commands/tablecmds.c).

use super::alter::AtCmd;
use super::alter_errors::errdetail_relkind_not_supported;
use super::support::{rel_name, relation, require_owner};
use crate::catalog::acl::privilege::CREATE;
use crate::catalog::aclchk::{aclnewowner, check_can_set_role, object_aclcheck};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgIndex, PgType};
use crate::commands::Context;
use crate::commands::dependency::{
    change_dependency_on_owner, get_owned_sequences, sequence_is_owned,
};
use crate::findings::{Notice, PgError, PgResult};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// OWNER TO as a subcommand.
pub(super) fn at_exec_change_owner_cmd(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    let Some(role) = cmd.cmd.newowner.as_deref() else { return Ok(()) };
    let owner = crate::commands::user::get_rolespec_oid(context, role, false)?;
    at_exec_change_owner(context, relid, owner, false)
}

/// PostgreSQL: ATExecChangeOwner.
pub(crate) fn at_exec_change_owner(
    context: &mut Context,
    relid: Oid,
    owner: Oid,
    recursing: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if !recursing && !check_kind(context, &class, owner)? {
        return Ok(());
    }
    if class.relowner == owner {
        return Ok(());
    }
    if !recursing {
        check_permissions(context, &class, owner)?;
    }
    let old = class.relowner;
    context.catalog.update::<PgClass>(relid, |row| {
        row.relacl = aclnewowner(&row.relacl, old, owner);
        row.relowner = owner;
        for attribute in &mut row.attributes {
            attribute.attacl = aclnewowner(&attribute.attacl, old, owner);
        }
    });
    if !matches!(class.relkind, b'c' | b'i' | b'I' | b't') {
        let address = ObjectAddress::new(Class::Relation, relid);
        change_dependency_on_owner(context.catalog, address, owner);
    }
    if !matches!(class.relkind, b'i' | b'I') && class.reltype.is_valid() {
        alter_type_owner(context, class.reltype, old, owner);
    }
    let mut others: Vec<Oid> = Vec::new();
    if matches!(class.relkind, b'r' | b'p' | b'm') {
        others.extend(context.catalog.find_all::<PgIndex>(&relid).map(|index| index.indexrelid));
    }
    if matches!(class.relkind, b'r' | b'p' | b'f') {
        others.extend(get_owned_sequences(context.catalog, relid, 0, None));
    }
    for other in others {
        at_exec_change_owner(context, other, owner, true)?;
    }
    Ok(())
}

/// False when the statement is let through but does nothing.
fn check_kind(context: &Context, class: &PgClass, owner: Oid) -> PgResult<bool> {
    const TABLE_INSTEAD: &str = "Change the ownership of the index's table instead.";
    match class.relkind {
        b'r' | b'p' | b'v' | b'm' | b'f' => Ok(true),
        b'i' => {
            if class.relowner != owner {
                context.notice(Notice {
                    hint: Some(TABLE_INSTEAD.to_string()),
                    ..Notice::warning(
                        sqlstate::WRONG_OBJECT_TYPE,
                        format!("cannot change owner of index \"{}\"", class.relname),
                    )
                });
            }
            Ok(false)
        }
        b'I' => Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("cannot change owner of index \"{}\"", class.relname),
        )
        .hint(TABLE_INSTEAD)
        .into()),
        b'S' => check_sequence(context, class, owner).map(|()| true),
        b'c' => Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{}\" is a composite type", class.relname),
        )
        .hint("Use ALTER TYPE instead.")
        .into()),
        _ => Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("cannot change owner of relation \"{}\"", class.relname),
        )
        .detail(errdetail_relkind_not_supported(class.relkind))
        .into()),
    }
}

/// A sequence that a column owns follows its table.
fn check_sequence(context: &Context, class: &PgClass, owner: Oid) -> PgResult<()> {
    if class.relowner == owner {
        return Ok(());
    }
    let table = sequence_is_owned(context.catalog, class.oid, DependType::Auto)
        .or_else(|| sequence_is_owned(context.catalog, class.oid, DependType::Internal));
    match table {
        Some(table) => Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot change owner of sequence \"{}\"", class.relname),
        )
        .detail(format!(
            "Sequence \"{}\" is linked to table \"{}\".",
            class.relname,
            rel_name(context.catalog, table.object)
        ))
        .into()),
        None => Ok(()),
    }
}

fn check_permissions(context: &Context, class: &PgClass, owner: Oid) -> PgResult<()> {
    if crate::commands::support::superuser(context) {
        return Ok(());
    }
    require_owner(context, class)?;
    check_can_set_role(context.catalog, context.session.current_user, owner)?;
    let namespace = ObjectAddress::new(Class::Namespace, class.relnamespace);
    if object_aclcheck(context.catalog, namespace, owner, CREATE) {
        return Ok(());
    }
    Err(PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!(
            "permission denied for schema {}",
            super::support::namespace_name(context.catalog, class.relnamespace)
        ),
    )
    .into())
}

/// The row type and its array type follow. PostgreSQL: AlterTypeOwnerInternal (commands/typecmds.c).
fn alter_type_owner(context: &mut Context, type_id: Oid, old: Oid, owner: Oid) {
    let array = context.catalog.get::<PgType>(type_id).map_or(Oid::INVALID, |row| row.typarray);
    for oid in [type_id, array] {
        context.catalog.update::<PgType>(oid, |row| {
            row.typacl = aclnewowner(&row.typacl, old, owner);
            row.typowner = owner;
        });
    }
}
