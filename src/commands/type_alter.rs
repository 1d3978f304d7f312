//! Composite types, and renaming, moving and giving away types of every kind (PostgreSQL: commands/typecmds.c).

use super::Context;
use super::define::{make_type_name_from_name_list, type_name_to_string};
use super::dependency::{change_dependency_for, change_dependency_on_owner};
use super::pg_type::{check_new_type_name, rename_type_internal};
use super::support::{check_type_owner, without_position};
use super::typecmds::named_type;
use crate::catalog::aclchk::aclnewowner;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{
    get_multirange_range, get_range_multirange, get_typ_typrelid, is_true_array_type,
};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgType};
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::nodes::tree::{
    AlterObjectSchemaStmt, AlterOwnerStmt, CompositeTypeStmt, CreateStmt, Node, ObjectType,
    RenameStmt,
};
use crate::parser::parse_type::lookup_type_name;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// CREATE TYPE … AS (…) (PostgreSQL: DefineCompositeType).
pub fn define_composite_type(
    context: &mut Context,
    stmt: &CompositeTypeStmt,
) -> PgResult<ObjectAddress> {
    let Some(typevar) = &stmt.typevar else {
        return crate::findings::unknown("CREATE TYPE without a name");
    };
    let namespace = {
        let shared = context.shared();
        crate::catalog::namespace::range_var_get_creation_namespace(&shared, typevar)?
    };
    let name = typevar.relname.as_ref().map(Name::from).unwrap_or_default();
    if let Some(namespace) = namespace {
        check_new_type_name(context, &name, namespace)?;
    }
    let create = CreateStmt {
        relation: Some(typevar.clone()),
        table_elts: Vec::new(),
        inh_relations: Vec::new(),
        partbound: None,
        partspec: None,
        of_typename: None,
        constraints: Vec::new(),
        nnconstraints: Vec::new(),
        options: Vec::new(),
        oncommit: crate::nodes::tree::OnCommitAction::OncommitNoop,
        tablespacename: None,
        access_method: None,
        if_not_exists: false,
    };
    let columns = stmt.coldeflist.clone();
    // No parse state sees the columns: their errors have no place.
    let oid = super::tablecmds::create::define_relation(context, &create, columns, b'c')
        .map_err(Stop::without_place)?;
    Ok(ObjectAddress::new(Class::Relation, oid))
}

fn wrong_type<T>(message: String, hint: Option<&str>) -> PgResult<T> {
    let mut error = PgError::new(sqlstate::WRONG_OBJECT_TYPE, message);
    error.hint = hint.map(str::to_string);
    Err(error.into())
}

/// Row types of tables and automatic array types follow what they belong to.
fn refuse_dependent_type(context: &Context, row: &PgType) -> PgResult<()> {
    let text = format_type_be(context.catalog, &context.path, row.oid);
    if row.typtype == b'c' {
        let relation = context.catalog.get::<PgClass>(row.typrelid);
        if relation.is_some_and(|relation| relation.relkind != b'c') {
            return wrong_type(
                format!("{text} is a table's row type"),
                Some("Use ALTER TABLE instead."),
            );
        }
    }
    refuse_array_type(context, row)
}

fn refuse_array_type(context: &Context, row: &PgType) -> PgResult<()> {
    if is_true_array_type(row) && is_array_of(context, row) {
        let text = format_type_be(context.catalog, &context.path, row.oid);
        let element = format_type_be(context.catalog, &context.path, row.typelem);
        return wrong_type(
            format!("cannot alter array type {text}"),
            Some(&format!(
                "You can alter type {element}, which will alter the array type as well."
            )),
        );
    }
    Ok(())
}

fn is_array_of(context: &Context, row: &PgType) -> bool {
    context.catalog.get::<PgType>(row.typelem).is_some_and(|element| element.typarray == row.oid)
}

fn type_row(context: &Context, oid: Oid) -> PgResult<std::sync::Arc<PgType>> {
    match context.catalog.get::<PgType>(oid) {
        Some(row) => Ok(row.clone()),
        None => crate::findings::unknown(format!("type {oid} is not in the catalog")),
    }
}

/// ALTER TYPE/DOMAIN … RENAME TO (PostgreSQL: RenameType).
pub fn rename_type(
    context: &mut Context,
    names: &[Node],
    new_name: &str,
    is_domain: bool,
) -> PgResult<ObjectAddress> {
    let oid = named_type(context, names)?;
    check_type_owner(context, oid)?;
    let row = type_row(context, oid)?;
    let text = format_type_be(context.catalog, &context.path, oid);
    if is_domain && row.typtype != b'd' {
        return wrong_type(format!("{text} is not a domain"), None);
    }
    refuse_dependent_type(context, &row)?;
    let new_name = Name::new(new_name);
    if row.typtype == b'c' {
        // A composite type's name is its relation's, which carries the type along.
        super::tablecmds::rename::rename_relation_internal(
            context,
            row.typrelid,
            &new_name,
            false,
        )?;
    } else {
        rename_type_internal(context, oid, &new_name, row.typnamespace)?;
    }
    Ok(ObjectAddress::new(Class::Type, oid))
}

/// ALTER TYPE/DOMAIN … OWNER TO (PostgreSQL: AlterTypeOwner).
pub fn alter_type_owner(
    context: &mut Context,
    names: &[Node],
    new_owner: Oid,
    is_domain: bool,
) -> PgResult<ObjectAddress> {
    let type_name = make_type_name_from_name_list(names);
    let found = without_position(lookup_type_name(&context.shared(), &type_name, false))?;
    let Some((oid, _)) = found else {
        let message = format!("type \"{}\" does not exist", type_name_to_string(&type_name));
        return Err(PgError::new(sqlstate::UNDEFINED_OBJECT, message).into());
    };
    let row = type_row(context, oid)?;
    let text = format_type_be(context.catalog, &context.path, oid);
    if is_domain && row.typtype != b'd' {
        return wrong_type(format!("{text} is not a domain"), None);
    }
    refuse_dependent_type(context, &row)?;
    if row.typtype == b'm' && context.catalog.version().major() >= 17 {
        let range = get_multirange_range(context.catalog, row.oid);
        let range = format_type_be(context.catalog, &context.path, range);
        return wrong_type(
            format!("cannot alter multirange type {text}"),
            Some(&format!(
                "You can alter type {range}, which will alter the multirange type as well."
            )),
        );
    }
    if row.typowner != new_owner {
        check_type_owner(context, row.oid)?;
        alter_type_owner_oid(context, row.oid, new_owner)?;
    }
    Ok(ObjectAddress::new(Class::Type, row.oid))
}

/// Gives a type with its array type, and a composite type's relation, to another role (PostgreSQL:
/// AlterTypeOwner_oid and AlterTypeOwnerInternal).
pub fn alter_type_owner_oid(context: &mut Context, oid: Oid, new_owner: Oid) -> PgResult<()> {
    let row = type_row(context, oid)?;
    if row.typtype == b'c' {
        super::tablecmds::alter_owner::at_exec_change_owner(
            context,
            row.typrelid,
            new_owner,
            true,
        )?;
    } else {
        alter_type_owner_internal(context, oid, new_owner);
    }
    let address = ObjectAddress::new(Class::Type, oid);
    change_dependency_on_owner(context.catalog, address, new_owner);
    Ok(())
}

/// Changes the owner in the type's row and in those of its array and multirange types.
pub fn alter_type_owner_internal(context: &mut Context, oid: Oid, new_owner: Oid) {
    let Some(row) = context.catalog.get::<PgType>(oid).cloned() else { return };
    let old_owner = row.typowner;
    context.catalog.update::<PgType>(oid, |row| {
        row.typowner = new_owner;
        row.typacl = aclnewowner(&row.typacl, old_owner, new_owner);
    });
    if row.typarray.is_valid() {
        alter_type_owner_internal(context, row.typarray, new_owner);
    }
    if row.typtype == b'r' {
        let multirange = get_range_multirange(context.catalog, oid);
        if multirange.is_valid() {
            alter_type_owner_internal(context, multirange, new_owner);
        }
    }
}

/// ALTER TYPE/DOMAIN … SET SCHEMA (PostgreSQL: AlterTypeNamespace).
pub fn alter_type_namespace(
    context: &mut Context,
    names: &[Node],
    new_schema: &str,
    is_domain: bool,
) -> PgResult<ObjectAddress> {
    let oid = named_type(context, names)?;
    let row = type_row(context, oid)?;
    if is_domain && row.typtype != b'd' {
        let text = format_type_be(context.catalog, &context.path, oid);
        return wrong_type(format!("{text} is not a domain"), None);
    }
    let namespace = super::support::lookup_creation_namespace(context, new_schema)?;
    alter_type_namespace_oid(context, oid, namespace)?;
    Ok(ObjectAddress::new(Class::Type, oid))
}

/// PostgreSQL: AlterTypeNamespace_oid.
pub fn alter_type_namespace_oid(context: &mut Context, oid: Oid, namespace: Oid) -> PgResult<Oid> {
    check_type_owner(context, oid)?;
    let row = type_row(context, oid)?;
    refuse_array_type(context, &row)?;
    alter_type_namespace_internal(context, oid, namespace, false, true)
}

/// Moves a type with its array type and constraints; returns the old schema (PostgreSQL:
/// AlterTypeNamespaceInternal).
pub fn alter_type_namespace_internal(
    context: &mut Context,
    oid: Oid,
    namespace: Oid,
    is_implicit_array: bool,
    error_on_table_type: bool,
) -> PgResult<Oid> {
    let row = type_row(context, oid)?;
    let old = row.typnamespace;
    if old != namespace {
        super::support::check_set_namespace(context, old, namespace)?;
        if context.catalog.find::<PgType>(&(namespace, row.typname.clone())).is_some() {
            let schema = super::support::namespace_name(context, namespace);
            return Err(PgError::new(
                sqlstate::DUPLICATE_OBJECT,
                format!("type \"{}\" already exists in schema \"{schema}\"", row.typname),
            )
            .into());
        }
    }
    let relid = get_typ_typrelid(context.catalog, oid);
    let is_composite = relid.is_valid()
        && context.catalog.get::<PgClass>(relid).is_some_and(|relation| relation.relkind == b'c');
    if row.typtype == b'c' && !is_composite && error_on_table_type {
        let text = format_type_be(context.catalog, &context.path, oid);
        return wrong_type(
            format!("{text} is a table's row type"),
            Some("Use ALTER TABLE instead."),
        );
    }
    if old != namespace {
        let moved: Vec<Oid> =
            context.catalog.find_all::<PgConstraint>(&oid).map(|c| c.oid).collect();
        if is_composite {
            use super::tablecmds::alter_namespace::alter_table_namespace_internal;
            alter_table_namespace_internal(context, relid, old, namespace)?;
            let address = ObjectAddress::new(Class::Type, oid);
            let schema = |oid: Oid| ObjectAddress::new(Class::Namespace, oid);
            change_dependency_for(context.catalog, address, schema(old), schema(namespace));
            return Ok(old);
        } else if row.typtype == b'd' {
            for constraint in moved {
                context
                    .catalog
                    .update::<PgConstraint>(constraint, |row| row.connamespace = namespace);
            }
        }
        context.catalog.update::<PgType>(oid, |row| row.typnamespace = namespace);
        if row.typtype != b'c' && !is_implicit_array {
            let address = ObjectAddress::new(Class::Type, oid);
            let schema = |oid: Oid| ObjectAddress::new(Class::Namespace, oid);
            change_dependency_for(context.catalog, address, schema(old), schema(namespace));
        }
    }
    if row.typarray.is_valid() {
        alter_type_namespace_internal(context, row.typarray, namespace, true, true)?;
    }
    Ok(old)
}

/// ALTER TYPE or DOMAIN … RENAME TO as the statement says it.
pub fn rename_type_stmt(context: &mut Context, stmt: &RenameStmt) -> PgResult<()> {
    let Some(Node::List(names)) = &stmt.object else { return unknown("RENAME without a type") };
    let new_name = stmt.newname.as_deref().unwrap_or_default();
    let is_domain = stmt.rename_type == ObjectType::ObjectDomain;
    rename_type(context, names, new_name, is_domain).map(drop)
}

/// ALTER TYPE or DOMAIN … SET SCHEMA as the statement says it.
pub fn alter_type_namespace_stmt(
    context: &mut Context,
    stmt: &AlterObjectSchemaStmt,
) -> PgResult<()> {
    let Some(Node::List(names)) = &stmt.object else { return unknown("SET SCHEMA without a type") };
    let schema = stmt.newschema.as_deref().unwrap_or_default();
    let is_domain = stmt.object_type == ObjectType::ObjectDomain;
    alter_type_namespace(context, names, schema, is_domain).map(drop)
}

/// ALTER TYPE or DOMAIN … OWNER TO as the statement says it.
pub fn alter_type_owner_stmt(context: &mut Context, stmt: &AlterOwnerStmt) -> PgResult<()> {
    let (Some(role), Some(Node::List(names))) = (&stmt.newowner, &stmt.object) else {
        return unknown("OWNER TO without a type");
    };
    let owner = super::user::get_rolespec_oid(context, role, false)?;
    let is_domain = stmt.object_type == ObjectType::ObjectDomain;
    alter_type_owner(context, names, owner, is_domain).map(drop)
}
