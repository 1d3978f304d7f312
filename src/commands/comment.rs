//! COMMENT and SECURITY LABEL (PostgreSQL: commands/comment.c, seclabel.c).

use crate::catalog::PgClass;
use crate::catalog::namespace::get_database_oid;
use crate::catalog::objectaddress::ObjectAddress;
use crate::commands::Context;
use crate::commands::objectaddress::{check_object_ownership, get_object_address, relkind_plural};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{CommentStmt, ObjectType, SecLabelStmt};
use crate::pg::sqlstate;

/// COMMENT ON (PostgreSQL: CommentObject).
pub fn comment_object(context: &mut Context, stmt: &CommentStmt) -> PgResult<()> {
    let Some(object) = &stmt.object else { return Ok(()) };
    if stmt.objtype == ObjectType::ObjectDatabase {
        super::dbcommands::assume_database(context, object.str_val());
    }
    if stmt.objtype == ObjectType::ObjectDatabase
        && get_database_oid(context.catalog, object.str_val(), true)?.is_none()
    {
        let message = format!("database \"{}\" does not exist", object.str_val());
        context.notice(Notice::warning(sqlstate::INVALID_CATALOG_NAME, message));
        return Ok(());
    }
    let shared = context.shared();
    let Some(address) = get_object_address(&shared, stmt.objtype, object, false)? else {
        return Ok(());
    };
    check_object_ownership(&shared, stmt.objtype, address, object)?;
    if stmt.objtype == ObjectType::ObjectColumn {
        check_relkind(context, address, "comment")?;
    }
    context.catalog.set_comment(address, stmt.comment.as_deref());
    Ok(())
}

/// Comments and labels are for columns of things that have rows.
fn check_relkind(context: &Context, address: ObjectAddress, what: &str) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgClass>(address.object) else { return Ok(()) };
    if matches!(row.relkind, b'r' | b'v' | b'm' | b'c' | b'f' | b'p') {
        return Ok(());
    }
    Err(PgError::new(
        sqlstate::WRONG_OBJECT_TYPE,
        format!("cannot set {what} on relation \"{}\"", row.relname),
    )
    .detail(format!("This operation is not supported for {}.", relkind_plural(row.relkind)))
    .into())
}

/// SECURITY LABEL; without a label provider, which is a module that a server loads, it is refused (PostgreSQL:
/// ExecSecLabelStmt).
pub fn exec_sec_label_stmt(_context: &mut Context, stmt: &SecLabelStmt) -> PgResult<()> {
    let message = match &stmt.provider {
        None => "no security label providers have been loaded".to_string(),
        Some(provider) => format!("security label provider \"{provider}\" is not loaded"),
    };
    Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message).into())
}
