//! CREATE TYPE of enums and shells, and ALTER TYPE of enum values (PostgreSQL: commands/typecmds.c).

use super::Context;
use super::define::make_type_name_from_name_list;
use super::pg_enum::{add_enum_label, enum_values_create, rename_enum_label};
use super::pg_type::{
    TypeRelation, array_type_row, builtin_proc, check_new_type_name, make_array_type_name,
    new_type_row, type_create,
};
use super::support::{
    check_namespace_create, check_type_owner, creation_namespace, without_position,
};
use crate::catalog::PgType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{AlterEnumStmt, CreateEnumStmt, Node};
use crate::parser::parse_type::typename_type_id;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// CREATE TYPE … AS ENUM (PostgreSQL: DefineEnum).
pub fn define_enum(context: &mut Context, stmt: &CreateEnumStmt) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, &stmt.type_name)?;
    check_namespace_create(context, namespace)?;
    check_new_type_name(context, &name, namespace)?;
    let array_oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    let catalog = &*context.catalog;
    let row = PgType {
        typlen: 4,
        typbyval: true,
        typtype: b'e',
        typcategory: b'E',
        typarray: array_oid,
        typinput: builtin_proc(catalog, "enum_in"),
        typoutput: builtin_proc(catalog, "enum_out"),
        typreceive: builtin_proc(catalog, "enum_recv"),
        typsend: builtin_proc(catalog, "enum_send"),
        ..new_type_row(name.clone(), namespace, owner)
    };
    let address = type_create(context, row, TypeRelation::default())?;
    enum_values_create(context, address.object, &stmt.vals)?;
    create_array_type(context, array_oid, address.object)?;
    Ok(address)
}

/// Makes the array type over a type that was just made, under the oid that was set aside for it.
pub(super) fn create_array_type(
    context: &mut Context,
    array_oid: Oid,
    element: Oid,
) -> PgResult<()> {
    let Some(element) = context.catalog.get::<PgType>(element).cloned() else { return Ok(()) };
    let name = make_array_type_name(context.catalog, &element.typname, element.typnamespace);
    let row = array_type_row(context.catalog, array_oid, name, &element);
    let relation =
        TypeRelation { is_implicit_array: true, is_dependent_type: true, ..Default::default() };
    type_create(context, row, relation)?;
    Ok(())
}

/// CREATE TYPE without a definition (PostgreSQL: DefineType with no parameters).
pub fn define_shell_type(context: &mut Context, names: &[Node]) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, names)?;
    let old = context.catalog.find::<PgType>(&(namespace, name.clone())).cloned();
    if let Some(old) = old {
        // An automatic array type is moved out of the way; a shell stays and is refused.
        let moved = old.typisdefined
            && super::pg_type::move_array_type_name(context, old.oid, &name, namespace)?;
        if !moved {
            return Err(PgError::new(
                sqlstate::DUPLICATE_OBJECT,
                format!("type \"{name}\" already exists"),
            )
            .into());
        }
    }
    let oid = super::pg_type::type_shell_make(context, &name, namespace)?;
    Ok(ObjectAddress::new(Class::Type, oid))
}

/// The type of that name, for commands that change one (PostgreSQL: typenameTypeId without a parse state).
pub(super) fn named_type(context: &Context, names: &[Node]) -> PgResult<Oid> {
    let type_name = make_type_name_from_name_list(names);
    without_position(typename_type_id(&context.shared(), &type_name))
}

/// ALTER TYPE … ADD VALUE and RENAME VALUE (PostgreSQL: AlterEnum).
pub fn alter_enum(context: &mut Context, stmt: &AlterEnumStmt) -> PgResult<ObjectAddress> {
    let oid = named_type(context, &stmt.type_name)?;
    let is_enum = context.catalog.get::<PgType>(oid).is_some_and(|row| row.typtype == b'e');
    if !is_enum {
        let name = format_type_be(context.catalog, &context.path, oid);
        let message = format!("{name} is not an enum");
        return Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into());
    }
    check_type_owner(context, oid)?;
    let new = stmt.new_val.as_deref().unwrap_or_default();
    match &stmt.old_val {
        Some(old) => rename_enum_label(context, oid, old, new)?,
        None => add_enum_label(
            context,
            oid,
            new,
            stmt.new_val_neighbor.as_deref(),
            stmt.new_val_is_after,
            stmt.skip_if_new_val_exists,
        )?,
    }
    Ok(ObjectAddress::new(Class::Type, oid))
}
