//! Which schemas unqualified names are looked up in, and finding objects by name there.

use super::{Catalog, PgNamespace};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

/// The schemas in force for unqualified names (PostgreSQL: activeSearchPath, catalog/namespace.c).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchPath {
    /// In order of search, with pg_temp and pg_catalog at their implicit places.
    pub schemas: Vec<Oid>,
    /// Where new objects go; None when the path names no schema that exists.
    pub creation: Option<Oid>,
    /// The session's temporary schema, once it is made.
    pub temp: Option<Oid>,
}

impl SearchPath {
    /// Works the path out from the setting's list of names (PostgreSQL: recomputeNamespacePath).
    pub fn compute(
        catalog: &Catalog,
        names: &[Name],
        user_name: &str,
        temp: Option<Oid>,
    ) -> SearchPath {
        let mut schemas: Vec<Oid> = Vec::with_capacity(names.len() + 2);
        let mut creation = None;
        let mut first = true;
        for name in names {
            let oid = match name.as_str() {
                "$user" => catalog.find::<PgNamespace>(&Name::new(user_name)).map(|n| n.oid),
                "pg_temp" => temp,
                _ => catalog.find::<PgNamespace>(name).map(|n| n.oid), // any other schema, by its name
            };
            if let Some(oid) = oid.filter(|oid| !schemas.contains(oid)) {
                if first {
                    creation = Some(oid);
                }
                schemas.push(oid);
                first = false;
            }
        }
        if !schemas.contains(&fixed::PG_CATALOG_NAMESPACE) {
            schemas.insert(0, fixed::PG_CATALOG_NAMESPACE);
        }
        if let Some(temp) = temp.filter(|temp| !schemas.contains(temp)) {
            schemas.insert(0, temp);
        }
        SearchPath { schemas, creation, temp }
    }

    /// Whether the schema is searched.
    pub fn contains(&self, schema: Oid) -> bool {
        self.schemas.contains(&schema)
    }
}
