//! Rows of pg_type: making, naming and renaming them with the array types that go with them (PostgreSQL:
//! catalog/pg_type.c).

use super::Context;
use super::dependency::{
    delete_dependency_records_for, record_dependency_on, record_dependency_on_current_extension,
    record_dependency_on_expr, record_dependency_on_new_acl, record_dependency_on_owner,
};
use crate::catalog::aclchk::{aclcheck_error_not_owner, get_user_default_acl};
use crate::catalog::depend::DependType;
use crate::catalog::lsyscache::{get_array_type, get_element_type};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{Catalog, PgProc, PgType};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::ObjectType;
use crate::pg::name::{NAME_MAX_BYTES, Name, clip};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// How a new type hangs together with other objects (PostgreSQL: arguments of TypeCreate).
#[derive(Debug, Clone, Copy, Default)]
pub struct TypeRelation {
    /// The kind of the relation whose row type it is, 0 when it is none.
    pub relation_kind: u8,
    /// The array type that was made with its element type.
    pub is_implicit_array: bool,
    /// A type that is dropped, owned and granted with another object.
    pub is_dependent_type: bool,
}

/// A row of pg_type with everything at its usual value; the oid InvalidOid asks for a new one.
pub fn new_type_row(name: Name, namespace: Oid, owner: Oid) -> PgType {
    PgType {
        oid: Oid::INVALID,
        typname: name,
        typnamespace: namespace,
        typowner: owner,
        typlen: -1,
        typbyval: false,
        typtype: b'b',
        typcategory: b'U',
        typispreferred: false,
        typisdefined: true,
        typdelim: b',',
        typrelid: Oid::INVALID,
        typsubscript: Oid::INVALID,
        typelem: Oid::INVALID,
        typarray: Oid::INVALID,
        typinput: Oid::INVALID,
        typoutput: Oid::INVALID,
        typreceive: Oid::INVALID,
        typsend: Oid::INVALID,
        typmodin: Oid::INVALID,
        typmodout: Oid::INVALID,
        typanalyze: Oid::INVALID,
        typalign: b'i',
        typstorage: b'p',
        typnotnull: false,
        typbasetype: Oid::INVALID,
        typtypmod: -1,
        typndims: 0,
        typcollation: Oid::INVALID,
        typdefaultbin: None,
        typdefault: None,
        typacl: None,
    }
}

/// The built-in function of that name; those that serve types have one form each.
pub fn builtin_proc(catalog: &Catalog, name: &str) -> Oid {
    catalog
        .find_all::<PgProc>(&Name::new(name))
        .find(|row| row.pronamespace == fixed::PG_CATALOG_NAMESPACE)
        .map_or(Oid::INVALID, |row| row.oid)
}

/// The array type over an element type, to be made after it (PostgreSQL: the second TypeCreate of DefineEnum,
/// DefineDomain and heap_create_with_catalog).
pub fn array_type_row(catalog: &Catalog, oid: Oid, name: Name, element: &PgType) -> PgType {
    PgType {
        oid,
        typcategory: b'A',
        typdelim: element.typdelim,
        typsubscript: builtin_proc(catalog, "array_subscript_handler"),
        typelem: element.oid,
        typinput: builtin_proc(catalog, "array_in"),
        typoutput: builtin_proc(catalog, "array_out"),
        typreceive: builtin_proc(catalog, "array_recv"),
        typsend: builtin_proc(catalog, "array_send"),
        typmodin: element.typmodin,
        typmodout: element.typmodout,
        typanalyze: builtin_proc(catalog, "array_typanalyze"),
        typalign: if element.typalign == b'd' { b'd' } else { b'i' },
        typstorage: b'x',
        typcollation: element.typcollation,
        ..new_type_row(name, element.typnamespace, element.typowner)
    }
}

fn already_exists<T>(name: &str) -> PgResult<T> {
    let message = format!("type \"{name}\" already exists");
    Err(PgError::new(sqlstate::DUPLICATE_OBJECT, message).into())
}

/// Puts a new type in the catalog, in the place of a shell of the same name if there is one (PostgreSQL: TypeCreate).
pub fn type_create(
    context: &mut Context,
    mut row: PgType,
    relation: TypeRelation,
) -> PgResult<ObjectAddress> {
    check_layout(&row)?;
    if !relation.is_dependent_type {
        row.typacl = get_user_default_acl(
            context.catalog,
            ObjectType::ObjectType,
            row.typowner,
            row.typnamespace,
        )?;
    }
    let key = (row.typnamespace, row.typname.clone());
    let shell = context.catalog.find::<PgType>(&key).cloned();
    let rebuild = shell.is_some();
    if let Some(shell) = shell {
        if shell.typisdefined {
            return already_exists(&row.typname);
        }
        if shell.typowner != row.typowner {
            return Err(aclcheck_error_not_owner(ObjectType::ObjectType, &row.typname).into());
        }
        row.oid = shell.oid;
    } else if !row.oid.is_valid() {
        row.oid = context.catalog.new_oid();
    }
    let address = ObjectAddress::new(Class::Type, row.oid);
    context.catalog.put(row.clone());
    generate_type_dependencies(context, &row, relation, rebuild)?;
    Ok(address)
}

/// What size, alignment and storage must agree on.
fn check_layout(row: &PgType) -> PgResult<()> {
    let refuse = |message: String| -> PgResult<()> {
        Err(PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).into())
    };
    let (size, align) = (row.typlen, char::from(row.typalign));
    if !(size > 0 || size == -1 || size == -2) {
        return refuse(format!("invalid type internal size {size}"));
    }
    if row.typbyval {
        let expected = match size {
            1 => 'c',
            2 => 's',
            4 => 'i',
            8 => 'd',
            _ => {
                return refuse(format!("internal size {size} is invalid for passed-by-value type"));
            }
        };
        if align != expected {
            return refuse(format!(
                "alignment \"{align}\" is invalid for passed-by-value type of size {size}"
            ));
        }
    } else if (size == -1 && !matches!(align, 'i' | 'd')) || (size == -2 && align != 'c') {
        return refuse(format!("alignment \"{align}\" is invalid for variable-length type"));
    }
    if row.typstorage != b'p' && size != -1 {
        return refuse("fixed-size types must have storage PLAIN".to_string());
    }
    Ok(())
}

/// PostgreSQL: GenerateTypeDependencies.
pub fn generate_type_dependencies(
    context: &mut Context,
    row: &PgType,
    relation: TypeRelation,
    rebuild: bool,
) -> PgResult<()> {
    let catalog = &mut *context.catalog;
    let myself = ObjectAddress::new(Class::Type, row.oid);
    if rebuild {
        delete_dependency_records_for(catalog, myself, true);
        super::dependency::delete_shared_dependency_records_for(catalog, myself);
    }
    if !relation.is_dependent_type || row.typtype == b'm' {
        let namespace = ObjectAddress::new(Class::Namespace, row.typnamespace);
        record_dependency_on(catalog, myself, namespace, DependType::Normal);
    }
    if !relation.is_dependent_type {
        record_dependency_on_owner(catalog, myself, row.typowner);
        record_dependency_on_new_acl(catalog, myself, row.typowner, &row.typacl);
    }
    record_dependency_on_current_extension(catalog, context.session, myself, rebuild)?;
    let functions = [
        row.typinput,
        row.typoutput,
        row.typreceive,
        row.typsend,
        row.typmodin,
        row.typmodout,
        row.typanalyze,
        row.typsubscript,
    ];
    for function in functions.into_iter().filter_map(Oid::valid) {
        let function = ObjectAddress::new(Class::Proc, function);
        record_dependency_on(catalog, myself, function, DependType::Normal);
    }
    if let Some(relid) = row.typrelid.valid() {
        let rel = ObjectAddress::new(Class::Relation, relid);
        if relation.relation_kind == b'c' {
            record_dependency_on(catalog, rel, myself, DependType::Internal);
        } else {
            record_dependency_on(catalog, myself, rel, DependType::Internal);
        }
    }
    if let Some(element) = row.typelem.valid() {
        let kind =
            if relation.is_implicit_array { DependType::Internal } else { DependType::Normal };
        record_dependency_on(catalog, myself, ObjectAddress::new(Class::Type, element), kind);
    }
    if let Some(base) = row.typbasetype.valid() {
        let base = ObjectAddress::new(Class::Type, base);
        record_dependency_on(catalog, myself, base, DependType::Normal);
    }
    if row.typcollation.is_valid() && row.typcollation != fixed::DEFAULT_COLLATION_OID {
        let collation = ObjectAddress::new(Class::Collation, row.typcollation);
        record_dependency_on(catalog, myself, collation, DependType::Normal);
    }
    if let Some(default) = &row.typdefaultbin {
        record_dependency_on_expr(catalog, myself, default, &[], DependType::Normal)?;
    }
    Ok(())
}

/// Makes a type that is only announced; returns its oid (PostgreSQL: TypeShellMake).
pub fn type_shell_make(context: &mut Context, name: &Name, namespace: Oid) -> PgResult<Oid> {
    let owner = context.session.current_user;
    let row = PgType {
        oid: context.catalog.new_oid(),
        typlen: 4,
        typbyval: true,
        typtype: b'p',
        typcategory: b'P',
        typisdefined: false,
        typinput: builtin_proc(context.catalog, "shell_in"),
        typoutput: builtin_proc(context.catalog, "shell_out"),
        ..new_type_row(name.clone(), namespace, owner)
    };
    context.catalog.put(row.clone());
    generate_type_dependencies(context, &row, TypeRelation::default(), false)?;
    Ok(row.oid)
}

/// A name for the array type over a type of that name which nothing in the schema has yet (PostgreSQL:
/// makeArrayTypeName).
pub fn make_array_type_name(catalog: &Catalog, type_name: &str, namespace: Oid) -> Name {
    let mut pass = 0u32;
    loop {
        let suffix = if pass == 0 { String::new() } else { format!("_{pass}") };
        let room = NAME_MAX_BYTES - 1 - suffix.len();
        let name = Name::new(&format!("_{}{suffix}", clip(type_name, room)));
        if catalog.find::<PgType>(&(namespace, name.clone())).is_none() {
            return name;
        }
        pass += 1;
    }
}

/// Renames an automatic array type that stands in a new type's way; false when it is not one (PostgreSQL:
/// moveArrayTypeName).
pub fn move_array_type_name(
    context: &mut Context,
    type_oid: Oid,
    type_name: &str,
    namespace: Oid,
) -> PgResult<bool> {
    let catalog = &*context.catalog;
    if catalog.get::<PgType>(type_oid).is_some_and(|row| !row.typisdefined) {
        return Ok(true);
    }
    let element = get_element_type(catalog, type_oid);
    if !element.is_valid() || get_array_type(catalog, element) != type_oid {
        return Ok(false);
    }
    let name = make_array_type_name(catalog, type_name, namespace);
    rename_type_internal(context, type_oid, &name, namespace)?;
    Ok(true)
}

/// Makes room for a new type of that name, or refuses it (PostgreSQL: the check that DefineEnum, DefineDomain and
/// heap_create_with_catalog begin with).
pub fn check_new_type_name(context: &mut Context, name: &Name, namespace: Oid) -> PgResult<()> {
    let old = context.catalog.find::<PgType>(&(namespace, name.clone())).map(|row| row.oid);
    match old {
        Some(old) if !move_array_type_name(context, old, name, namespace)? => already_exists(name),
        Some(_) | None => Ok(()),
    }
}

/// Renames a type and its array type (PostgreSQL: RenameTypeInternal).
pub fn rename_type_internal(
    context: &mut Context,
    type_oid: Oid,
    new_name: &Name,
    namespace: Oid,
) -> PgResult<()> {
    let array = get_array_type(context.catalog, type_oid);
    let old = context.catalog.find::<PgType>(&(namespace, new_name.clone())).cloned();
    if let Some(old) = &old
        && !(old.typisdefined && move_array_type_name(context, old.oid, new_name, namespace)?)
    {
        return already_exists(new_name);
    }
    context.catalog.update::<PgType>(type_oid, |row| row.typname = new_name.clone());
    if array.is_valid() && old.is_none_or(|old| old.oid != array) {
        let name = make_array_type_name(context.catalog, new_name, namespace);
        rename_type_internal(context, array, &name, namespace)?;
    }
    Ok(())
}

/// The name of a range type's multirange type where none is given (PostgreSQL: makeMultirangeTypeName).
pub fn make_multirange_type_name(
    catalog: &Catalog,
    range_name: &str,
    namespace: Oid,
) -> PgResult<Name> {
    let text = match range_name.find("range") {
        Some(at) => format!("{}multi{}", &range_name[..at], &range_name[at..]),
        None => {
            let room = NAME_MAX_BYTES - "_multirange".len();
            format!("{}_multirange", clip(range_name, room))
        }
    };
    let name = Name::new(&text);
    if catalog.find::<PgType>(&(namespace, name.clone())).is_some() {
        let message = format!("type \"{name}\" already exists");
        return Err(PgError::new(sqlstate::DUPLICATE_OBJECT, message)
            .detail(format!("Failed while creating a multirange type for type \"{range_name}\"."))
            .hint(concat!(
                "You can manually specify a multirange type name using the ",
                "\"multirange_type_name\" attribute."
            ))
            .into());
    }
    Ok(name)
}
