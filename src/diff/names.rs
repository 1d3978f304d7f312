//! Objects by names that mean the same in two catalogs: oids never, schemas always except pg_catalog.

use crate::catalog::format_type::format_type_extended;
use crate::catalog::namespace::SearchPath;
use crate::catalog::{
    Catalog, PgAm, PgAuthid, PgClass, PgCollation, PgLanguage, PgNamespace, PgOpclass, PgOperator,
    PgProc, PgTsConfig, PgTsDict, PgType,
};
use crate::pg::name::{Name, quote_identifier, quote_qualified_identifier};
use crate::pg::oid::{Oid, fixed};

/// What stands where an object is not there any more.
const NOTHING: &str = "?";

/// Spells the objects of one catalog.
pub struct Names<'a> {
    pub catalog: &'a Catalog,
    path: SearchPath,
}

impl<'a> Names<'a> {
    /// Names of this catalog's objects.
    pub fn new(catalog: &'a Catalog) -> Names<'a> {
        let schemas = vec![fixed::PG_CATALOG_NAMESPACE];
        Names { catalog, path: SearchPath { schemas, creation: None, temp: None } }
    }

    /// A type with its length.
    pub fn type_(&self, oid: Oid, typmod: i32) -> String {
        let typmod = (typmod >= 0).then_some(typmod).or(Some(-1));
        format_type_extended(self.catalog, Some(&self.path), oid, typmod)
    }

    /// A type as such.
    pub fn plain_type(&self, oid: Oid) -> String {
        self.type_(oid, -1)
    }

    /// A schema.
    pub fn schema(&self, oid: Oid) -> String {
        self.catalog
            .get::<PgNamespace>(oid)
            .map_or_else(|| NOTHING.to_string(), |row| quote_identifier(&row.nspname).into_owned())
    }

    /// `schema.name`, without pg_catalog.
    pub fn qualified(&self, namespace: Oid, name: &Name) -> String {
        if namespace == fixed::PG_CATALOG_NAMESPACE {
            return quote_identifier(name).into_owned();
        }
        let schema = self.catalog.get::<PgNamespace>(namespace).map(|row| row.nspname.as_str());
        quote_qualified_identifier(schema, name)
    }

    /// A table, view, index or sequence.
    pub fn relation(&self, oid: Oid) -> String {
        self.catalog.get::<PgClass>(oid).map_or_else(
            || NOTHING.to_string(),
            |row| self.qualified(row.relnamespace, &row.relname),
        )
    }

    /// A column's name alone.
    pub fn column(&self, relation: Oid, attnum: i16) -> String {
        crate::catalog::lsyscache::get_attname(self.catalog, relation, attnum)
            .map_or_else(|| NOTHING.to_string(), |name| quote_identifier(&name).into_owned())
    }

    /// Columns in their order, separated by commas.
    pub fn columns(&self, relation: Oid, attnums: &[i16]) -> String {
        let names: Vec<String> =
            attnums.iter().map(|attnum| self.column(relation, *attnum)).collect();
        names.join(", ")
    }

    /// A function's name without its arguments.
    pub fn function_name(&self, oid: Oid) -> String {
        self.catalog.get::<PgProc>(oid).map_or_else(
            || NOTHING.to_string(),
            |row| self.qualified(row.pronamespace, &row.proname),
        )
    }

    /// A function with the types of its input arguments.
    pub fn function(&self, oid: Oid) -> String {
        let Some(row) = self.catalog.get::<PgProc>(oid) else { return NOTHING.to_string() };
        let types: Vec<String> = row.proargtypes.iter().map(|t| self.plain_type(*t)).collect();
        format!("{}({})", self.qualified(row.pronamespace, &row.proname), types.join(", "))
    }

    /// A function, or "none".
    pub fn function_or_none(&self, oid: Oid) -> String {
        if oid.is_valid() { self.function(oid) } else { "none".to_string() }
    }

    /// An operator's name; outside pg_catalog as OPERATOR(schema.name).
    pub fn operator(&self, oid: Oid) -> String {
        let Some(row) = self.catalog.get::<PgOperator>(oid) else { return NOTHING.to_string() };
        if row.oprnamespace == fixed::PG_CATALOG_NAMESPACE {
            return row.oprname.to_string();
        }
        format!("OPERATOR({}.{})", self.schema(row.oprnamespace), row.oprname)
    }

    /// An operator with the types of its operands.
    pub fn operator_with_types(&self, oid: Oid) -> String {
        let Some(row) = self.catalog.get::<PgOperator>(oid) else { return "none".to_string() };
        let side = |oid: Oid| if oid.is_valid() { self.plain_type(oid) } else { "NONE".into() };
        let schema = self.schema(row.oprnamespace);
        format!("{schema}.{}({}, {})", row.oprname, side(row.oprleft), side(row.oprright))
    }

    /// A collation.
    pub fn collation(&self, oid: Oid) -> String {
        self.catalog.get::<PgCollation>(oid).map_or_else(
            || "default".to_string(),
            |row| self.qualified(row.collnamespace, &row.collname),
        )
    }

    /// An operator class.
    pub fn opclass(&self, oid: Oid) -> String {
        self.catalog.get::<PgOpclass>(oid).map_or_else(
            || NOTHING.to_string(),
            |row| self.qualified(row.opcnamespace, &row.opcname),
        )
    }

    /// A role; oid 0 is PUBLIC.
    pub fn role(&self, oid: Oid) -> String {
        if !oid.is_valid() {
            return "PUBLIC".to_string();
        }
        self.catalog
            .get::<PgAuthid>(oid)
            .map_or_else(|| NOTHING.to_string(), |row| quote_identifier(&row.rolname).into_owned())
    }

    /// A procedural language.
    pub fn language(&self, oid: Oid) -> String {
        let row = self.catalog.get::<PgLanguage>(oid);
        row.map_or_else(|| NOTHING.to_string(), |row| row.lanname.to_string())
    }

    /// An access method.
    pub fn access_method(&self, oid: Oid) -> String {
        let row = self.catalog.get::<PgAm>(oid);
        row.map_or_else(|| NOTHING.to_string(), |row| row.amname.to_string())
    }

    /// What a reg* constant of this type stands for.
    pub fn object_of_type(&self, type_oid: Oid, oid: Oid) -> String {
        match type_oid {
            fixed::REGCLASSOID => self.relation(oid),
            fixed::REGPROCOID => self.function_name(oid),
            fixed::REGPROCEDUREOID => self.function(oid),
            fixed::REGTYPEOID => self.plain_type(oid),
            fixed::REGOPEROID => self.operator(oid),
            fixed::REGOPERATOROID => self.operator_with_types(oid),
            fixed::REGROLEOID => self.role(oid),
            fixed::REGNAMESPACEOID => self.schema(oid),
            fixed::REGCOLLATIONOID => self.collation(oid),
            fixed::REGCONFIGOID => {
                let row = self.catalog.get::<PgTsConfig>(oid);
                row.map_or_else(|| NOTHING.into(), |r| self.qualified(r.cfgnamespace, &r.cfgname))
            }
            fixed::REGDICTIONARYOID => {
                let row = self.catalog.get::<PgTsDict>(oid);
                row.map_or_else(|| NOTHING.into(), |r| self.qualified(r.dictnamespace, &r.dictname))
            }
            _ => oid.to_string(), // a plain oid has no name
        }
    }

    /// Whether the type holds character strings without blank padding: text or varchar.
    pub fn is_text_like(&self, oid: Oid) -> bool {
        matches!(oid, fixed::TEXTOID | fixed::VARCHAROID | fixed::UNKNOWNOID)
    }

    /// Whether the type is text or varchar, or an array of them.
    pub fn is_text_or_array(&self, oid: Oid) -> bool {
        let row = self.catalog.get::<PgType>(oid);
        self.is_text_like(oid)
            || row.is_some_and(|row| row.typlen == -1 && self.is_text_like(row.typelem))
    }
}
