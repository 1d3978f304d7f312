//! Privileges on relations, columns and functions (PostgreSQL: ExecCheckOneRelPerms, executor/execMain.c; ExecInitFunc,
//! executor/execExpr.c).

use super::{Call, Check, FIRST_LOW_INVALID_ATTRIBUTE};
use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{aclcheck_error, object_aclcheck, object_aclmask, superuser_arg};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{Catalog, PgClass, PgProc};
use crate::commands::Context;
use crate::findings::PgResult;
use crate::nodes::tree::ObjectType;
use crate::pg::oid::Oid;

/// PostgreSQL: ExecCheckPermissions, of one relation.
pub(super) fn check_relation(context: &Context, check: &Check) -> PgResult<()> {
    let catalog = &*context.catalog;
    let Some(class) = catalog.get::<PgClass>(check.relid) else { return Ok(()) };
    if superuser_arg(catalog, check.user) || is_allowed(catalog, class, check) {
        return Ok(());
    }
    Err(aclcheck_error(relkind_object_type(class.relkind), &class.relname).into())
}

/// PostgreSQL: get_relkind_objtype (catalog/objectaddress.c).
pub(super) fn relkind_object_type(relkind: u8) -> ObjectType {
    match relkind {
        b'S' => ObjectType::ObjectSequence,
        b'v' => ObjectType::ObjectView,
        b'm' => ObjectType::ObjectMatview,
        b'f' => ObjectType::ObjectForeignTable,
        b'i' | b'I' => ObjectType::ObjectIndex,
        _ => ObjectType::ObjectTable, // tables, partitioned ones too
    }
}

/// PostgreSQL: ExecCheckOneRelPerms.
fn is_allowed(catalog: &Catalog, class: &PgClass, check: &Check) -> bool {
    let required = check.perms.required;
    let relation = ObjectAddress::new(Class::Relation, class.oid);
    let granted = relation_mask(catalog, class, relation, check.user, required);
    let remaining = required & !granted;
    if remaining & !(privilege::SELECT | privilege::INSERT | privilege::UPDATE) != 0 {
        return false;
    }
    let perms = &check.perms;
    [
        (privilege::SELECT, &perms.selected_cols),
        (privilege::INSERT, &perms.inserted_cols),
        (privilege::UPDATE, &perms.updated_cols),
    ]
    .into_iter()
    .filter(|(mode, _)| remaining & mode != 0)
    .all(|(mode, columns)| columns_allowed(catalog, class, check.user, columns, mode))
}

/// System catalogs can be written by superusers only (PostgreSQL: pg_class_aclmask_ext).
fn relation_mask(
    catalog: &Catalog,
    class: &PgClass,
    relation: ObjectAddress,
    user: Oid,
    required: u32,
) -> u32 {
    let granted = object_aclmask(catalog, relation, user, required);
    let writing = privilege::INSERT | privilege::UPDATE | privilege::DELETE | privilege::TRUNCATE;
    let is_catalog = class.oid.is_builtin() && class.relkind != b'v';
    if is_catalog { granted & !writing } else { granted }
}

/// Whether the role has the privilege on all of the columns, or on any where none is named.
fn columns_allowed(
    catalog: &Catalog,
    class: &PgClass,
    user: Oid,
    columns: &[i16],
    mode: u32,
) -> bool {
    let has = |attnum: i16| {
        object_aclcheck(catalog, ObjectAddress::column(class.oid, attnum), user, mode)
    };
    if columns.is_empty() {
        return class.live_attributes().filter(|a| a.attnum > 0).any(|a| has(a.attnum));
    }
    columns.iter().all(|column| match column + FIRST_LOW_INVALID_ATTRIBUTE {
        0 => class.live_attributes().filter(|a| a.attnum > 0).all(|a| has(a.attnum)),
        attnum => has(attnum),
    })
}

/// Whether the role may call what the query calls.
pub(super) fn check_call(context: &Context, call: Call, user: Oid) -> PgResult<()> {
    let Some(proc) = context.catalog.get::<PgProc>(call.function) else { return Ok(()) };
    // Without a list of their own functions are everybody's.
    if proc.proacl.is_none() {
        return Ok(());
    }
    let kind =
        if call.aggregate { ObjectType::ObjectAggregate } else { ObjectType::ObjectFunction };
    check_function(context, call.function, user, kind)
}

/// Whether the role may call the function.
pub(in crate::commands) fn check_function(
    context: &Context,
    function: Oid,
    user: Oid,
    kind: ObjectType,
) -> PgResult<()> {
    let address = ObjectAddress::new(Class::Proc, function);
    if object_aclcheck(context.catalog, address, user, privilege::EXECUTE) {
        return Ok(());
    }
    let name = context.catalog.get::<PgProc>(function).map(|proc| proc.proname.clone());
    Err(aclcheck_error(kind, &name.unwrap_or_default()).into())
}
