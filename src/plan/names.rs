//! Names that only one object can have at a time.

use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::oid::Oid;

/// The names that the object holds, each with the space in which it must be unique.
pub(super) fn occupied_names(catalog: &Catalog, address: ObjectAddress) -> Vec<String> {
    let schema = |oid: Oid| {
        catalog.get::<PgNamespace>(oid).map_or(String::new(), |row| row.nspname.to_string())
    };
    let relation = |oid: Oid| {
        catalog
            .get::<PgClass>(oid)
            .map_or(String::new(), |row| format!("{}.{}", schema(row.relnamespace), row.relname))
    };
    let oid = address.object;
    let name = match address.class {
        Class::Relation if address.sub != 0 => {
            let class = catalog.get::<PgClass>(oid);
            let a = class.and_then(|class| class.attribute(i16::try_from(address.sub).ok()?));
            a.map(|a| format!("column {}.{}", relation(oid), a.attname))
        }
        Class::Relation => Some(format!("relation {}", relation(oid))),
        Class::Type => catalog
            .get::<PgType>(oid)
            .map(|row| format!("type {}.{}", schema(row.typnamespace), row.typname)),
        Class::Proc => catalog.get::<PgProc>(oid).map(|row| {
            let types: Vec<String> = row
                .proargtypes
                .iter()
                .map(|typid| crate::catalog::format_type::format_type_be_qualified(catalog, *typid))
                .collect();
            format!("routine {}.{}({})", schema(row.pronamespace), row.proname, types.join(","))
        }),
        Class::Constraint => catalog.get::<PgConstraint>(oid).map(|row| {
            let of = if row.conrelid.is_valid() {
                relation(row.conrelid)
            } else {
                row.contypid.to_string()
            };
            format!("constraint {of}.{}", row.conname)
        }),
        Class::Trigger => catalog
            .get::<PgTrigger>(oid)
            .map(|row| format!("trigger {}.{}", relation(row.tgrelid), row.tgname)),
        Class::Policy => catalog
            .get::<PgPolicy>(oid)
            .map(|row| format!("policy {}.{}", relation(row.polrelid), row.polname)),
        Class::Rewrite => catalog
            .get::<PgRewrite>(oid)
            .map(|row| format!("rule {}.{}", relation(row.ev_class), row.rulename)),
        Class::StatisticExt => catalog
            .get::<PgStatisticExt>(oid)
            .map(|row| format!("statistics {}.{}", schema(row.stxnamespace), row.stxname)),
        _ => None, // other kinds are found by their names, so the same name is the same object
    };
    name.into_iter().collect()
}
