//! Whether an object can be named without its schema (PostgreSQL: RelationIsVisible and its kin).

use super::SearchPath;
use crate::catalog::*;
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// Whether the first schema of the path that has such a name is this one.
fn first_is<R: Stored<Key = (Oid, Name)>>(
    catalog: &Catalog,
    path: &SearchPath,
    namespace: Oid,
    name: &Name,
) -> bool {
    path.schemas
        .iter()
        .find(|schema| catalog.find::<R>(&(**schema, name.clone())).is_some())
        .is_some_and(|schema| *schema == namespace)
}

/// PostgreSQL: RelationIsVisible.
pub fn relation_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    catalog
        .get::<PgClass>(oid)
        .is_some_and(|r| first_is::<PgClass>(catalog, path, r.relnamespace, &r.relname))
}

/// PostgreSQL: TypeIsVisible.
pub fn type_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    catalog
        .get::<PgType>(oid)
        .is_some_and(|t| first_is::<PgType>(catalog, path, t.typnamespace, &t.typname))
}

/// PostgreSQL: CollationIsVisible.
pub fn collation_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    catalog
        .get::<PgCollation>(oid)
        .is_some_and(|c| first_is::<PgCollation>(catalog, path, c.collnamespace, &c.collname))
}

/// PostgreSQL: ConversionIsVisible.
pub fn conversion_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    catalog
        .get::<PgConversion>(oid)
        .is_some_and(|c| first_is::<PgConversion>(catalog, path, c.connamespace, &c.conname))
}

/// PostgreSQL: StatisticsObjIsVisible.
pub fn statistics_obj_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    catalog
        .get::<PgStatisticExt>(oid)
        .is_some_and(|s| first_is::<PgStatisticExt>(catalog, path, s.stxnamespace, &s.stxname))
}

/// PostgreSQL: TSParserIsVisible.
pub fn ts_parser_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    catalog
        .get::<PgTsParser>(oid)
        .is_some_and(|p| first_is::<PgTsParser>(catalog, path, p.prsnamespace, &p.prsname))
}

/// PostgreSQL: TSDictionaryIsVisible.
pub fn ts_dictionary_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    catalog
        .get::<PgTsDict>(oid)
        .is_some_and(|d| first_is::<PgTsDict>(catalog, path, d.dictnamespace, &d.dictname))
}

/// PostgreSQL: TSTemplateIsVisible.
pub fn ts_template_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    catalog
        .get::<PgTsTemplate>(oid)
        .is_some_and(|t| first_is::<PgTsTemplate>(catalog, path, t.tmplnamespace, &t.tmplname))
}

/// PostgreSQL: TSConfigIsVisible.
pub fn ts_config_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    catalog
        .get::<PgTsConfig>(oid)
        .is_some_and(|c| first_is::<PgTsConfig>(catalog, path, c.cfgnamespace, &c.cfgname))
}

/// PostgreSQL: OpclassIsVisible.
pub fn opclass_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    let Some(row) = catalog.get::<PgOpclass>(oid) else { return false };
    let key = |schema: Oid| (row.opcmethod, schema, row.opcname.clone());
    path.schemas
        .iter()
        .find(|schema| catalog.find::<PgOpclass>(&key(**schema)).is_some())
        .is_some_and(|schema| *schema == row.opcnamespace)
}

/// PostgreSQL: OpfamilyIsVisible.
pub fn opfamily_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    let Some(row) = catalog.get::<PgOpfamily>(oid) else { return false };
    let key = |schema: Oid| (row.opfmethod, schema, row.opfname.clone());
    path.schemas
        .iter()
        .find(|schema| catalog.find::<PgOpfamily>(&key(**schema)).is_some())
        .is_some_and(|schema| *schema == row.opfnamespace)
}

/// Whether a call by bare name with exactly these argument types means this function (PostgreSQL: FunctionIsVisible).
pub fn function_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    let Some(row) = catalog.get::<PgProc>(oid) else { return false };
    let Some(place) = path.schemas.iter().position(|schema| *schema == row.pronamespace) else {
        return false;
    };
    let earlier = &path.schemas[..place];
    !catalog
        .find_all::<PgProc>(&row.proname)
        .any(|other| earlier.contains(&other.pronamespace) && other.proargtypes == row.proargtypes)
}

/// PostgreSQL: OperatorIsVisible.
pub fn operator_is_visible(catalog: &Catalog, path: &SearchPath, oid: Oid) -> bool {
    let Some(row) = catalog.get::<PgOperator>(oid) else { return false };
    let Some(place) = path.schemas.iter().position(|schema| *schema == row.oprnamespace) else {
        return false;
    };
    let earlier = &path.schemas[..place];
    !catalog.find_all::<PgOperator>(&row.oprname).any(|other| {
        earlier.contains(&other.oprnamespace)
            && other.oprleft == row.oprleft
            && other.oprright == row.oprright
    })
}
