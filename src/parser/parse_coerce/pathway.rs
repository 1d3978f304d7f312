//! Which way leads from one type to another (PostgreSQL: find_coercion_pathway, parser/parse_coerce.c).

use crate::catalog::lsyscache::{
    get_base_type, get_element_type, get_type_category_preferred, is_true_array_type,
};
use crate::catalog::{Catalog, PgCast, PgClass, PgInherits, PgType};
use crate::nodes::primnodes::CoercionContext;
use crate::parser::parse_node::Shared;
use crate::parser::parse_type::type_or_domain_type_relid;
use crate::pg::oid::{Oid, fixed};

/// How a value gets from one type to another (PostgreSQL: CoercionPathType).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoercionPath {
    None,
    Func(Oid),
    Relabel,
    ArrayCoerce,
    ViaIo,
}

/// PostgreSQL: find_coercion_pathway.
pub fn find_coercion_pathway(
    catalog: &Catalog,
    target: Oid,
    source: Oid,
    ccontext: CoercionContext,
) -> CoercionPath {
    let source = if source.is_valid() { get_base_type(catalog, source) } else { source };
    let target = if target.is_valid() { get_base_type(catalog, target) } else { target };
    if source == target {
        return CoercionPath::Relabel;
    }
    let mut result = CoercionPath::None;
    if let Some(cast) = catalog.find::<PgCast>(&(source, target)) {
        let needed = match cast.castcontext {
            b'i' => CoercionContext::CoercionImplicit,
            b'a' => CoercionContext::CoercionAssignment,
            _ => CoercionContext::CoercionExplicit, // 'e' is the only other letter
        };
        if ccontext >= needed {
            result = match cast.castmethod {
                b'f' => CoercionPath::Func(cast.castfunc),
                b'i' => CoercionPath::ViaIo,
                _ => CoercionPath::Relabel, // 'b' is the only other letter
            };
        }
    } else {
        if !matches!(target, fixed::OIDVECTOROID | fixed::INT2VECTOROID) {
            let target_element = get_element_type(catalog, target);
            let source_element = get_element_type(catalog, source);
            if target_element.is_valid()
                && source_element.is_valid()
                && find_coercion_pathway(catalog, target_element, source_element, ccontext)
                    != CoercionPath::None
            {
                result = CoercionPath::ArrayCoerce;
            }
        }
        if result == CoercionPath::None {
            let is_string = |typid| get_type_category_preferred(catalog, typid).0 == b'S';
            if (ccontext >= CoercionContext::CoercionAssignment && is_string(target))
                || (ccontext >= CoercionContext::CoercionExplicit && is_string(source))
            {
                result = CoercionPath::ViaIo;
            }
        }
    }
    if result == CoercionPath::None && ccontext == CoercionContext::CoercionPlpgsql {
        result = CoercionPath::ViaIo;
    }
    result
}

/// The function that makes a value fit a typmod (PostgreSQL: find_typmod_coercion_function).
pub fn find_typmod_coercion_function(catalog: &Catalog, typid: Oid) -> CoercionPath {
    let Some(row) = catalog.get::<PgType>(typid) else { return CoercionPath::None };
    let (element, is_array) =
        if is_true_array_type(row) { (row.typelem, true) } else { (typid, false) };
    let cast = catalog.find::<PgCast>(&(element, element));
    match cast.and_then(|cast| cast.castfunc.valid()) {
        None => CoercionPath::None,
        Some(_) if is_array => CoercionPath::ArrayCoerce,
        Some(function) => CoercionPath::Func(function),
    }
}

/// Whether the row type's table inherits from the other's (PostgreSQL: typeInheritsFrom, catalog/pg_inherits.c).
pub fn type_inherits_from(shared: &Shared, subclass: Oid, superclass: Oid) -> bool {
    let catalog = shared.catalog;
    let subrelid = type_or_domain_type_relid(shared, subclass);
    if !subrelid.is_valid() {
        return false;
    }
    let superrelid = catalog.get::<PgType>(superclass).map_or(Oid::INVALID, |t| t.typrelid);
    if !superrelid.is_valid() {
        return false;
    }
    let mut queue = vec![subrelid];
    let mut at = 0;
    while let Some(relid) = queue.get(at).copied() {
        at += 1;
        for row in catalog.find_all::<PgInherits>(&relid) {
            if row.inhparent == superrelid {
                return true;
            }
            if !queue.contains(&row.inhparent) {
                queue.push(row.inhparent);
            }
        }
    }
    false
}

/// Whether the row type is of a table made OF the other (PostgreSQL: typeIsOfTypedTable).
pub fn type_is_of_typed_table(shared: &Shared, reltype: Oid, reloftype: Oid) -> bool {
    let relid = type_or_domain_type_relid(shared, reltype);
    shared.catalog.get::<PgClass>(relid).is_some_and(|class| class.reloftype == reloftype)
}
