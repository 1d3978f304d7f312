//! New relations in the catalog: their rows, columns, row types and dependencies (PostgreSQL: catalog/heap.c).

mod constraints;
mod cook;
mod entry;

use std::sync::Arc;

use thin_vec::ThinVec;

pub use constraints::{
    ColumnNotNull, CookedConstraint, RawColumnDefault, add_relation_new_constraints,
    add_relation_not_null_constraints, store_attr_default, store_rel_check, store_rel_not_null,
};
pub use cook::{cook_constraint, cook_default, pull_var_attnums};
pub use entry::{
    constraint_set_parent_constraint, create_constraint_entry, create_constraint_entry_including,
    new_constraint_row,
};

use super::Context;
use super::dependency::{
    record_dependency_on, record_dependency_on_current_extension, record_dependency_on_new_acl,
    record_dependency_on_owner, record_dependency_on_tablespace,
};
use super::pg_type::{
    TypeRelation, array_type_row, builtin_proc, make_array_type_name, move_array_type_name,
    new_type_row, type_create,
};
use crate::catalog::aclchk::get_user_default_acl;
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{
    get_base_type, get_element_type, get_multirange_range, get_namespace_name, get_range_subtype,
    get_typ_typrelid, get_typtype, system_attribute_by_name, type_is_collatable,
};
use crate::catalog::namespace::get_relname_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAttribute, PgClass, PgRange, PgType};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::ObjectType;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// PostgreSQL: MaxHeapAttributeNumber.
pub const MAX_HEAP_ATTRIBUTE_NUMBER: usize = 1600;

/// What a column's type is checked for (PostgreSQL: CHKATYPE_*).
#[derive(Debug, Clone, Copy, Default)]
pub struct AttributeCheck {
    /// A column of a partition key: other words, and RECORD is allowed.
    pub is_partition_key: bool,
    pub is_virtual: bool,
    pub any_array: bool,
}

/// A relation to be made (PostgreSQL: the arguments of heap_create_with_catalog).
#[derive(Debug, Clone)]
pub struct NewRelation {
    pub relname: Name,
    pub relnamespace: Oid,
    pub reltablespace: Oid,
    pub reloftype: Oid,
    pub relowner: Oid,
    pub relam: Oid,
    pub attributes: Vec<PgAttribute>,
    /// Defaults and CHECK constraints that are analysed already.
    pub cooked_constraints: Vec<CookedConstraint>,
    pub relkind: u8,
    pub relpersistence: u8,
    pub reloptions: Vec<(Arc<str>, Arc<str>)>,
    pub toast_reloptions: Vec<(Arc<str>, Arc<str>)>,
    /// Whether default privileges count.
    pub use_user_acl: bool,
}

impl NewRelation {
    /// A permanent relation of that kind with nothing in it.
    pub fn new(relname: Name, relnamespace: Oid, relkind: u8, relowner: Oid) -> NewRelation {
        NewRelation {
            relname,
            relnamespace,
            reltablespace: Oid::INVALID,
            reloftype: Oid::INVALID,
            relowner,
            relam: Oid::INVALID,
            attributes: Vec::new(),
            cooked_constraints: Vec::new(),
            relkind,
            relpersistence: b'p',
            reloptions: Vec::new(),
            toast_reloptions: Vec::new(),
            use_user_acl: true,
        }
    }
}

/// A column with everything at its usual value; the number is set when it joins its relation.
pub fn new_attribute(name: Name, type_oid: Oid, typmod: i32, collation: Oid) -> PgAttribute {
    PgAttribute {
        attname: name,
        atttypid: type_oid,
        attnum: 0,
        atttypmod: typmod,
        attndims: 0,
        attcollation: collation,
        attstorage: b'p',
        attcompression: 0,
        attnotnull: false,
        attdef: Oid::INVALID,
        attidentity: 0,
        attgenerated: 0,
        attisdropped: false,
        attislocal: true,
        attinhcount: 0,
        attstattarget: None,
        attacl: None,
        attoptions: ThinVec::new(),
        attfdwoptions: ThinVec::new(),
    }
}

/// A column as TupleDescInitEntry makes it: its storage is its type's (PostgreSQL: TupleDescInitEntry).
pub fn tuple_desc_entry(
    context: &Context,
    name: Name,
    type_oid: Oid,
    typmod: i32,
    collation: Oid,
) -> PgAttribute {
    let storage = context.catalog.get::<PgType>(type_oid).map_or(b'p', |row| row.typstorage);
    PgAttribute { attstorage: storage, ..new_attribute(name, type_oid, typmod, collation) }
}

/// Makes a relation with its row type; returns its oid (PostgreSQL: heap_create_with_catalog).
pub fn heap_create_with_catalog(context: &mut Context, mut new: NewRelation) -> PgResult<Oid> {
    check_attribute_names_types(context, &new.attributes, new.relkind)?;
    let name = new.relname.clone();
    let namespace = new.relnamespace;
    if get_relname_relid(context.catalog, &name, namespace).is_some() {
        return Err(relation_exists(&name).into());
    }
    make_room_for_type(context, &name, namespace)?;
    for (index, attribute) in new.attributes.iter_mut().enumerate() {
        attribute.attnum = i16::try_from(index + 1).unwrap_or(i16::MAX);
    }
    let relid = context.catalog.new_oid();
    let relacl = match (new.use_user_acl, new.relkind) {
        (true, b'r' | b'v' | b'm' | b'f' | b'p') => {
            let kind = ObjectType::ObjectTable;
            get_user_default_acl(context.catalog, kind, new.relowner, namespace)?
        }
        (true, b'S') => {
            let kind = ObjectType::ObjectSequence;
            get_user_default_acl(context.catalog, kind, new.relowner, namespace)?
        }
        (true | false, _) => None, // other kinds have no privileges of their own
    };
    check_may_create_here(context, &name, namespace, new.relkind)?;
    let has_type = !matches!(new.relkind, b'S' | b't' | b'i' | b'I');
    let array_oid = if has_type { context.catalog.new_oid() } else { Oid::INVALID };
    let type_oid = if has_type { context.catalog.new_oid() } else { Oid::INVALID };
    let cooked = std::mem::take(&mut new.cooked_constraints);
    context.catalog.put(class_row(relid, type_oid, relacl.clone(), &new));
    if has_type {
        create_row_type(context, relid, type_oid, array_oid, &new)?;
    }
    for attribute in &new.attributes {
        add_attribute_dependencies(context, relid, attribute);
    }
    let myself = ObjectAddress::new(Class::Relation, relid);
    record_relation_dependencies(context, myself, &new)?;
    record_dependency_on_new_acl(context.catalog, myself, new.relowner, &relacl);
    constraints::store_constraints(context, relid, &cooked, true)?;
    Ok(relid)
}

/// PostgreSQL: `relation "x" already exists`.
pub fn relation_exists(name: &str) -> PgError {
    PgError::new(sqlstate::DUPLICATE_TABLE, format!("relation \"{name}\" already exists"))
}

/// A type of the new relation's name is in the way, unless it is an array type that can be renamed.
fn make_room_for_type(context: &mut Context, name: &Name, namespace: Oid) -> PgResult<()> {
    let old = context.catalog.find::<PgType>(&(namespace, name.clone())).map(|row| row.oid);
    let Some(old) = old else { return Ok(()) };
    if move_array_type_name(context, old, name, namespace)? {
        return Ok(());
    }
    Err(PgError::new(sqlstate::DUPLICATE_OBJECT, format!("type \"{name}\" already exists"))
        .hint(concat!(
            "A relation has an associated type of the same name, so you must use a name that ",
            "doesn't conflict with any existing type."
        ))
        .into())
}

/// System schemas take no new relations (PostgreSQL: heap_create).
fn check_may_create_here(
    context: &Context,
    name: &str,
    namespace: Oid,
    relkind: u8,
) -> PgResult<()> {
    let system = namespace == fixed::PG_TOAST_NAMESPACE
        || namespace == fixed::PG_CATALOG_NAMESPACE && relkind != b'i';
    if !system || context.session.flag("allow_system_table_mods", false) {
        return Ok(());
    }
    let schema = get_namespace_name(context.catalog, namespace).cloned().unwrap_or_default();
    Err(PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!("permission denied to create \"{schema}.{name}\""),
    )
    .detail("System catalog modifications are currently disallowed.")
    .into())
}

fn class_row(
    oid: Oid,
    reltype: Oid,
    relacl: crate::catalog::acl::Acl,
    new: &NewRelation,
) -> PgClass {
    PgClass {
        oid,
        relname: new.relname.clone(),
        relnamespace: new.relnamespace,
        reltype,
        reloftype: new.reloftype,
        relowner: new.relowner,
        relam: new.relam,
        reltablespace: new.reltablespace,
        relpersistence: new.relpersistence,
        relkind: new.relkind,
        relrowsecurity: false,
        relforcerowsecurity: false,
        relreplident: match (new.relkind, new.relnamespace) {
            (b'r' | b'm' | b'p', namespace) if namespace != fixed::PG_CATALOG_NAMESPACE => b'd',
            (_, _) => b'n', // other kinds are not replicated
        },
        relispartition: false,
        relispopulated: new.relkind != b'm',
        relpartbound: None,
        reloptions: new.reloptions.clone(),
        toast_reloptions: new.toast_reloptions.clone(),
        relacl,
        attributes: new.attributes.clone(),
    }
}

/// PostgreSQL: AddNewRelationType, and the array type made after it.
fn create_row_type(
    context: &mut Context,
    relid: Oid,
    type_oid: Oid,
    array_oid: Oid,
    new: &NewRelation,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let row = PgType {
        oid: type_oid,
        typtype: b'c',
        typcategory: b'C',
        typrelid: relid,
        typarray: array_oid,
        typinput: builtin_proc(catalog, "record_in"),
        typoutput: builtin_proc(catalog, "record_out"),
        typreceive: builtin_proc(catalog, "record_recv"),
        typsend: builtin_proc(catalog, "record_send"),
        typalign: b'd',
        typstorage: b'x',
        ..new_type_row(new.relname.clone(), new.relnamespace, new.relowner)
    };
    let relation = TypeRelation {
        relation_kind: new.relkind,
        is_implicit_array: false,
        is_dependent_type: new.relkind != b'c',
    };
    type_create(context, row.clone(), relation)?;
    let array_name = make_array_type_name(context.catalog, &new.relname, new.relnamespace);
    let array = array_type_row(context.catalog, array_oid, array_name, &row);
    let relation =
        TypeRelation { relation_kind: 0, is_implicit_array: true, is_dependent_type: true };
    type_create(context, array, relation)?;
    Ok(())
}

/// What a column's type makes it depend on (PostgreSQL: AddNewAttributeTuples).
pub fn add_attribute_dependencies(context: &mut Context, relid: Oid, attribute: &PgAttribute) {
    let column = ObjectAddress::column(relid, attribute.attnum);
    let type_address = ObjectAddress::new(Class::Type, attribute.atttypid);
    record_dependency_on(context.catalog, column, type_address, DependType::Normal);
    let collation = attribute.attcollation;
    if collation.is_valid() && collation != fixed::DEFAULT_COLLATION_OID {
        let collation = ObjectAddress::new(Class::Collation, collation);
        record_dependency_on(context.catalog, column, collation, DependType::Normal);
    }
}

fn record_relation_dependencies(
    context: &mut Context,
    myself: ObjectAddress,
    new: &NewRelation,
) -> PgResult<()> {
    if matches!(new.relkind, b'c' | b't') {
        return Ok(());
    }
    let catalog = &mut *context.catalog;
    record_dependency_on_tablespace(catalog, myself, new.reltablespace);
    record_dependency_on_owner(catalog, myself, new.relowner);
    record_dependency_on_current_extension(catalog, context.session, myself, false)?;
    let namespace = ObjectAddress::new(Class::Namespace, new.relnamespace);
    record_dependency_on(catalog, myself, namespace, DependType::Normal);
    if let Some(of_type) = new.reloftype.valid() {
        let of_type = ObjectAddress::new(Class::Type, of_type);
        record_dependency_on(catalog, myself, of_type, DependType::Normal);
    }
    if let Some(method) = new.relam.valid()
        && matches!(new.relkind, b'r' | b'm' | b'p')
    {
        let method = ObjectAddress::new(Class::Am, method);
        record_dependency_on(catalog, myself, method, DependType::Normal);
    }
    Ok(())
}

/// PostgreSQL: CheckAttributeNamesTypes.
pub fn check_attribute_names_types(
    context: &Context,
    attributes: &[PgAttribute],
    relkind: u8,
) -> PgResult<()> {
    if attributes.len() > MAX_HEAP_ATTRIBUTE_NUMBER {
        return Err(PgError::new(
            sqlstate::TOO_MANY_COLUMNS,
            format!("tables can have at most {MAX_HEAP_ATTRIBUTE_NUMBER} columns"),
        )
        .into());
    }
    if !matches!(relkind, b'v' | b'c') {
        for attribute in attributes.iter().filter(|a| !a.attisdropped) {
            if system_attribute_by_name(&attribute.attname).is_some() {
                return Err(PgError::new(
                    sqlstate::DUPLICATE_COLUMN,
                    format!(
                        "column name \"{}\" conflicts with a system column name",
                        attribute.attname
                    ),
                )
                .into());
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for attribute in attributes {
        if !seen.insert(&attribute.attname) {
            return Err(column_specified_twice(&attribute.attname).into());
        }
    }
    for attribute in attributes.iter().filter(|a| !a.attisdropped) {
        let check = AttributeCheck {
            is_virtual: attribute.attgenerated == b'v',
            ..AttributeCheck::default()
        };
        check_attribute_type(
            context,
            &attribute.attname,
            attribute.atttypid,
            attribute.attcollation,
            &[],
            check,
        )?;
    }
    Ok(())
}

/// PostgreSQL: `column "x" specified more than once`.
pub fn column_specified_twice(name: &str) -> PgError {
    PgError::new(sqlstate::DUPLICATE_COLUMN, format!("column \"{name}\" specified more than once"))
}

/// Whether a column may have the type (PostgreSQL: CheckAttributeType).
pub fn check_attribute_type(
    context: &Context,
    name: &str,
    type_oid: Oid,
    collation: Oid,
    containing: &[Oid],
    check: AttributeCheck,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let type_name = || format_type_be(catalog, &context.path, type_oid);
    let invalid = |message: String| PgError::new(sqlstate::INVALID_TABLE_DEFINITION, message);
    let inner = |type_oid: Oid, collation: Oid, containing: &[Oid]| {
        check_attribute_type(context, name, type_oid, collation, containing, check)
    };
    if check.is_virtual && !type_oid.is_builtin() && get_typtype(catalog, type_oid) != b'd' {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("virtual generated column \"{name}\" cannot have a user-defined type"),
        )
        .detail(
            "Virtual generated columns that make use of user-defined types are not yet supported.",
        )
        .into());
    }
    match get_typtype(catalog, type_oid) {
        b'p' => {
            if !(check.any_array && type_oid == fixed::ANYARRAYOID) {
                return Err(if check.is_partition_key {
                    invalid(format!("partition key column {name} has pseudo-type {}", type_name()))
                } else {
                    invalid(format!("column \"{name}\" has pseudo-type {}", type_name()))
                }
                .into());
            }
        }
        b'd' => {
            if check.is_virtual {
                return Err(PgError::new(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    format!("virtual generated column \"{name}\" cannot have a domain type"),
                )
                .into());
            }
            let base = catalog
                .get::<PgType>(type_oid)
                .map_or_else(|| get_base_type(catalog, type_oid), |row| row.typbasetype);
            inner(base, collation, containing)?;
        }
        b'c' => {
            if containing.contains(&type_oid) {
                return Err(invalid(format!(
                    "composite type {} cannot be made a member of itself",
                    type_name()
                ))
                .into());
            }
            let mut outer = containing.to_vec();
            outer.push(type_oid);
            if let Some(class) = catalog.get::<PgClass>(get_typ_typrelid(catalog, type_oid)) {
                for member in class.live_attributes() {
                    check_attribute_type(
                        context,
                        &member.attname,
                        member.atttypid,
                        member.attcollation,
                        &outer,
                        AttributeCheck { is_partition_key: false, ..check },
                    )?;
                }
            }
        }
        b'r' => {
            let collation =
                catalog.get::<PgRange>(type_oid).map_or(Oid::INVALID, |row| row.rngcollation);
            inner(get_range_subtype(catalog, type_oid), collation, containing)?;
        }
        b'm' if catalog.version().major() >= 18 => {
            inner(get_multirange_range(catalog, type_oid), Oid::INVALID, containing)?;
        }
        // Base types and enums hold no other type than an array's elements.
        _ => {
            if let Some(element) = get_element_type(catalog, type_oid).valid() {
                inner(element, collation, containing)?;
            }
        }
    }
    if !collation.is_valid() && type_is_collatable(catalog, type_oid) {
        let message = if check.is_partition_key {
            format!(
                "no collation was derived for partition key column {name} with collatable type {}",
                type_name()
            )
        } else {
            format!(
                "no collation was derived for column \"{name}\" with collatable type {}",
                type_name()
            )
        };
        return Err(invalid(message)
            .hint("Use the COLLATE clause to set the collation explicitly.")
            .into());
    }
    Ok(())
}
