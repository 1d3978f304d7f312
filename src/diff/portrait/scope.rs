//! Which objects are compared: by patterns of schemas and tables.

use std::collections::BTreeMap;

use super::{Key, Owner, Portrait};
use crate::catalog::objectaddress::Class;
use crate::catalog::*;
use crate::deparse::pg_dump::matches;
use crate::diff::Scope;
use crate::pg::oid::Oid;

/// Takes away what the patterns leave out, with its parts.
pub(super) fn keep(catalog: &Catalog, scope: &Scope, portraits: &mut BTreeMap<Key, Portrait>) {
    if *scope == Scope::default() {
        return;
    }
    let mut last: Option<(Owner, bool)> = None;
    portraits.retain(|key, portrait| match &last {
        // Parts come right behind their objects.
        Some((owner, kept)) if *owner == key.owner => *kept,
        _ => {
            let kept = is_wanted(catalog, scope, portrait);
            last = Some((key.owner.clone(), kept));
            kept
        }
    });
}

fn is_wanted(catalog: &Catalog, scope: &Scope, portrait: &Portrait) -> bool {
    let (class, oid) = (portrait.address.class, portrait.address.object);
    let schema = match class {
        Class::Namespace => Some(oid),
        _ => namespace(catalog, class, oid),
    };
    let schema = schema.and_then(|oid| catalog.get::<PgNamespace>(oid));
    let schema = schema.map_or("", |row| row.nspname.as_str());
    if scope.exclude_schemas.iter().any(|pattern| matches(pattern, schema)) {
        return false;
    }
    if !scope.schemas.is_empty() && !scope.schemas.iter().any(|pattern| matches(pattern, schema)) {
        return false;
    }
    if scope.tables.is_empty() {
        return true;
    }
    let Some(relation) = catalog.get::<PgClass>(oid).filter(|_| class == Class::Relation) else {
        return false;
    };
    scope.tables.iter().any(|pattern| match pattern.split_once('.') {
        Some((of_schema, name)) => matches(of_schema, schema) && matches(name, &relation.relname),
        None => matches(pattern, &relation.relname),
    })
}

/// Whether the object stands in a session's own schema.
pub(super) fn is_temporary(catalog: &Catalog, class: Class, oid: Oid) -> bool {
    let row = namespace(catalog, class, oid).and_then(|oid| catalog.get::<PgNamespace>(oid));
    row.is_some_and(|row| {
        row.nspname.starts_with("pg_temp_") || row.nspname.starts_with("pg_toast_temp_")
    })
}

/// The schema that an object stands in.
fn namespace(catalog: &Catalog, class: Class, oid: Oid) -> Option<Oid> {
    match class {
        Class::Relation => Some(catalog.get::<PgClass>(oid)?.relnamespace),
        Class::Type => Some(catalog.get::<PgType>(oid)?.typnamespace),
        Class::Proc => Some(catalog.get::<PgProc>(oid)?.pronamespace),
        Class::Operator => Some(catalog.get::<PgOperator>(oid)?.oprnamespace),
        Class::Opclass => Some(catalog.get::<PgOpclass>(oid)?.opcnamespace),
        Class::Opfamily => Some(catalog.get::<PgOpfamily>(oid)?.opfnamespace),
        Class::Collation => Some(catalog.get::<PgCollation>(oid)?.collnamespace),
        Class::Conversion => Some(catalog.get::<PgConversion>(oid)?.connamespace),
        Class::TsConfig => Some(catalog.get::<PgTsConfig>(oid)?.cfgnamespace),
        Class::TsDict => Some(catalog.get::<PgTsDict>(oid)?.dictnamespace),
        Class::TsParser => Some(catalog.get::<PgTsParser>(oid)?.prsnamespace),
        Class::TsTemplate => Some(catalog.get::<PgTsTemplate>(oid)?.tmplnamespace),
        Class::DefaultAcl => catalog.get::<PgDefaultAcl>(oid)?.defaclnamespace.valid(),
        _ => None, // what is in no schema
    }
}
