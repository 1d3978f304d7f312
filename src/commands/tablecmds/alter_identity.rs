//! ADD GENERATED, SET GENERATED and DROP IDENTITY (PostgreSQL: commands/tablecmds.c).

use super::alter::AtCmd;
use super::alter_column::update_attribute;
use super::inherit_tree::find_inheritance_children;
use super::support::{perform_deletion, relation, relation_address, user_column};
use crate::catalog::depend::DependType;
use crate::catalog::{PgAttribute, PgClass, PgConstraint};
use crate::commands::Context;
use crate::commands::define::{def_get_int32, def_name};
use crate::commands::dependency::{delete_dependency_records_for_class, get_owned_sequences};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{DropBehavior, Node};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

fn refusal(sqlstate: sqlstate::SqlState, message: String) -> PgResult<()> {
    Err(PgError::new(sqlstate, message).into())
}

fn of_relation(column: &PgAttribute, class: &PgClass) -> String {
    format!("column \"{}\" of relation \"{}\"", column.attname, class.relname)
}

/// On a partitioned table the change is for all partitions, and never for one alone.
fn check_recursion(
    context: &Context,
    class: &PgClass,
    what: &str,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    if context.catalog.version().major() < 17 {
        return Ok(());
    }
    if class.relkind == b'p' && !recurse {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("cannot {what} only the partitioned table"),
        )
        .hint("Do not specify the ONLY keyword.")
        .into());
    }
    if class.relispartition && !recursing {
        return refusal(sqlstate::INVALID_TABLE_DEFINITION, format!("cannot {what} a partition"));
    }
    Ok(())
}

/// PostgreSQL: ATExecAddIdentity.
pub(super) fn at_exec_add_identity(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    check_recursion(context, &class, "add identity to a column of", recurse, recursing)?;
    let column = user_column(&class, cmd.name())?;
    let name = of_relation(column, &class);
    // An identity column is NOT NULL by the grammar's own rule for CREATE TABLE; here it has to be so already.
    if !column.attnotnull {
        return refusal(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!("{name} must be declared NOT NULL before identity can be added"),
        );
    }
    let unvalidated = context.catalog.find_all::<PgConstraint>(&relid).find(|row| {
        row.contype == b'n' && row.conkey.as_slice() == [column.attnum] && !row.convalidated
    });
    if let Some(constraint) = unvalidated {
        let message = format!(
            "incompatible NOT VALID constraint \"{}\" on relation \"{}\"",
            constraint.conname, class.relname
        );
        return Err(PgError::new(sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE, message)
            .hint("You might need to validate it using ALTER TABLE ... VALIDATE CONSTRAINT.")
            .into());
    }
    if column.attidentity != 0 {
        return refusal(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!("{name} is already an identity column"),
        );
    }
    if column.attdef.is_valid() {
        return refusal(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!("{name} already has a default value"),
        );
    }
    let attnum = column.attnum;
    let identity = match cmd.cmd.def.as_ref() {
        Some(Node::ColumnDef(def)) => def.identity,
        _ => b'd', // the transformation leaves a column definition
    };
    update_attribute(context, relid, attnum, |attribute| attribute.attidentity = identity);
    if recurse && class.relkind == b'p' {
        for child in find_inheritance_children(context.catalog, relid) {
            at_exec_add_identity(context, child, cmd, recurse, true)?;
        }
    }
    Ok(())
}

/// PostgreSQL: ATExecSetIdentity.
pub(super) fn at_exec_set_identity(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    check_recursion(context, &class, "change identity column of", recurse, recursing)?;
    let mut generated = None;
    for option in cmd.cmd.def.as_ref().map_or(&[][..], Node::list) {
        let Node::DefElem(option) = option else { continue };
        if def_name(option) != "generated" {
            continue;
        }
        if generated.is_some() {
            return refusal(sqlstate::SYNTAX_ERROR, "conflicting or redundant options".into());
        }
        generated = u8::try_from(def_get_int32(option)?).ok();
    }
    let column = user_column(&class, cmd.name())?;
    if column.attidentity == 0 {
        return refusal(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!("{} is not an identity column", of_relation(column, &class)),
        );
    }
    let Some(generated) = generated else { return Ok(()) };
    update_attribute(context, relid, column.attnum, |attribute| attribute.attidentity = generated);
    if recurse && class.relkind == b'p' {
        for child in find_inheritance_children(context.catalog, relid) {
            at_exec_set_identity(context, child, cmd, recurse, true)?;
        }
    }
    Ok(())
}

/// PostgreSQL: ATExecDropIdentity.
pub(super) fn at_exec_drop_identity(
    context: &mut Context,
    relid: Oid,
    name: &str,
    missing_ok: bool,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    check_recursion(context, &class, "drop identity from a column of", recurse, recursing)?;
    let column = user_column(&class, name)?;
    if column.attidentity == 0 {
        let message = format!("{} is not an identity column", of_relation(column, &class));
        if !missing_ok {
            return refusal(sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE, message);
        }
        context.notice(Notice::notice(format!("{message}, skipping")));
        return Ok(());
    }
    let attnum = column.attnum;
    update_attribute(context, relid, attnum, |attribute| attribute.attidentity = 0);
    if recurse && class.relkind == b'p' {
        for child in find_inheritance_children(context.catalog, relid) {
            at_exec_drop_identity(context, child, name, false, recurse, true)?;
        }
    }
    if recursing {
        return Ok(());
    }
    let sequences = get_owned_sequences(context.catalog, relid, attnum, Some(DependType::Internal));
    for sequence in sequences {
        let address = relation_address(sequence);
        delete_dependency_records_for_class(
            context.catalog,
            address,
            crate::catalog::objectaddress::Class::Relation,
            DependType::Internal,
        );
        perform_deletion(context, address, DropBehavior::DropRestrict)?;
    }
    Ok(())
}
