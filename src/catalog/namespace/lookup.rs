//! Objects of every schema-qualified kind by name, and of the kinds that have no schema (PostgreSQL: get_*_oid).

use super::{
    deconstruct_qualified_name, lookup_explicit_namespace, name_list_to_string,
    unless_unknown_extension,
};
use crate::catalog::shared::Shared;
use crate::catalog::*;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::tree::Node;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate as state;

/// A row that stands in a schema under its name.
fn find_in<R: Stored<Key = (Oid, Name)>>(
    shared: &Shared,
    names: &[Node],
    missing_schema_ok: bool,
) -> PgResult<Option<Oid>> {
    let (schema, name) = deconstruct_qualified_name(shared, names)?;
    let name = Name::new(name);
    if let Some(schema) = schema {
        let namespace = lookup_explicit_namespace(shared, schema, missing_schema_ok)?;
        return Ok(namespace
            .and_then(|namespace| shared.catalog.find::<R>(&(namespace, name)))
            .map(|row| row.oid()));
    }
    Ok(shared
        .path
        .schemas
        .iter()
        .filter(|schema| Some(**schema) != shared.path.temp)
        .find_map(|schema| shared.catalog.find::<R>(&(*schema, name.clone())))
        .map(|row| row.oid()))
}

fn or_missing(
    shared: &Shared,
    names: &[Node],
    found: Option<Oid>,
    missing_ok: bool,
    error: impl FnOnce(String) -> PgError,
) -> PgResult<Option<Oid>> {
    if found.is_some() || missing_ok {
        return Ok(found);
    }
    let schema = names.len().checked_sub(2).map(|i| names[i].str_val());
    let error = Stop::from(error(name_list_to_string(names)));
    Err(unless_unknown_extension(shared, schema, error))
}

fn undefined(what: &'static str) -> impl FnOnce(String) -> PgError {
    move |name| PgError::new(state::UNDEFINED_OBJECT, format!("{what} \"{name}\" does not exist"))
}

/// The type that the bare name reaches (PostgreSQL: TypenameGetTypid).
pub fn typename_get_typid(shared: &Shared, typname: &str) -> Option<Oid> {
    typename_get_typid_extended(shared, typname, true)
}

/// PostgreSQL: TypenameGetTypidExtended.
pub fn typename_get_typid_extended(shared: &Shared, typname: &str, temp_ok: bool) -> Option<Oid> {
    let name = Name::new(typname);
    shared
        .path
        .schemas
        .iter()
        .filter(|schema| temp_ok || Some(**schema) != shared.path.temp)
        .find_map(|schema| shared.catalog.find::<PgType>(&(*schema, name.clone())))
        .map(|row| row.oid)
}

/// A collation's provider in the database's encoding or any: collations of other encodings are invisible, and the
/// built-in catalog holds none (PostgreSQL: get_collation_oid).
pub fn get_collation_oid(
    shared: &Shared,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let found = find_in::<PgCollation>(shared, names, missing_ok)?;
    or_missing(shared, names, found, missing_ok, |name| {
        PgError::new(
            state::UNDEFINED_OBJECT,
            format!("collation \"{name}\" for encoding \"UTF8\" does not exist"),
        )
    })
}

/// PostgreSQL: get_conversion_oid.
pub fn get_conversion_oid(
    shared: &Shared,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let found = find_in::<PgConversion>(shared, names, missing_ok)?;
    or_missing(shared, names, found, missing_ok, undefined("conversion"))
}

/// PostgreSQL: get_statistics_object_oid.
pub fn get_statistics_object_oid(
    shared: &Shared,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let found = find_in::<PgStatisticExt>(shared, names, missing_ok)?;
    or_missing(shared, names, found, missing_ok, undefined("statistics object"))
}

/// PostgreSQL: get_ts_parser_oid.
pub fn get_ts_parser_oid(
    shared: &Shared,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let found = find_in::<PgTsParser>(shared, names, missing_ok)?;
    or_missing(shared, names, found, missing_ok, undefined("text search parser"))
}

/// PostgreSQL: get_ts_dict_oid.
pub fn get_ts_dict_oid(shared: &Shared, names: &[Node], missing_ok: bool) -> PgResult<Option<Oid>> {
    let found = find_in::<PgTsDict>(shared, names, missing_ok)?;
    or_missing(shared, names, found, missing_ok, undefined("text search dictionary"))
}

/// PostgreSQL: get_ts_template_oid.
pub fn get_ts_template_oid(
    shared: &Shared,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let found = find_in::<PgTsTemplate>(shared, names, missing_ok)?;
    or_missing(shared, names, found, missing_ok, undefined("text search template"))
}

/// PostgreSQL: get_ts_config_oid.
pub fn get_ts_config_oid(
    shared: &Shared,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let found = find_in::<PgTsConfig>(shared, names, missing_ok)?;
    or_missing(shared, names, found, missing_ok, undefined("text search configuration"))
}

/// An operator class or family of an access method, under (method, schema, name).
fn find_for_am<R: Stored<Key = (Oid, Oid, Name)>>(
    shared: &Shared,
    amoid: Oid,
    names: &[Node],
    missing_schema_ok: bool,
) -> PgResult<Option<Oid>> {
    let (schema, name) = deconstruct_qualified_name(shared, names)?;
    let name = Name::new(name);
    if let Some(schema) = schema {
        let namespace = lookup_explicit_namespace(shared, schema, missing_schema_ok)?;
        return Ok(namespace
            .and_then(|namespace| shared.catalog.find::<R>(&(amoid, namespace, name)))
            .map(|row| row.oid()));
    }
    Ok(shared
        .path
        .schemas
        .iter()
        .filter(|schema| Some(**schema) != shared.path.temp)
        .find_map(|schema| shared.catalog.find::<R>(&(amoid, *schema, name.clone())))
        .map(|row| row.oid()))
}

fn missing_for_am(what: &'static str, amname: String) -> impl FnOnce(String) -> PgError {
    move |name| {
        PgError::new(
            state::UNDEFINED_OBJECT,
            format!("{what} \"{name}\" does not exist for access method \"{amname}\""),
        )
    }
}

fn access_method_name(shared: &Shared, amoid: Oid) -> String {
    shared.catalog.get::<PgAm>(amoid).map_or(String::new(), |am| am.amname.to_string())
}

/// PostgreSQL: get_opclass_oid (commands/opclasscmds.c).
pub fn get_opclass_oid(
    shared: &Shared,
    amoid: Oid,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let found = find_for_am::<PgOpclass>(shared, amoid, names, missing_ok)?;
    let amname = access_method_name(shared, amoid);
    or_missing(shared, names, found, missing_ok, missing_for_am("operator class", amname))
}

/// PostgreSQL: get_opfamily_oid (commands/opclasscmds.c).
pub fn get_opfamily_oid(
    shared: &Shared,
    amoid: Oid,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let found = find_for_am::<PgOpfamily>(shared, amoid, names, missing_ok)?;
    let amname = access_method_name(shared, amoid);
    or_missing(shared, names, found, missing_ok, missing_for_am("operator family", amname))
}

macro_rules! by_bare_name {
    ($($(#[$doc:meta])* $function:ident, $row:ty, $what:literal;)*) => {
        $($(#[$doc])*
        pub fn $function(catalog: &Catalog, name: &str, missing_ok: bool) -> PgResult<Option<Oid>> {
            match catalog.find::<$row>(&Name::new(name)) {
                Some(row) => Ok(Some(row.oid)),
                None if missing_ok => Ok(None),
                None => Err(undefined($what)(name.to_string()).into()),
            }
        })*
    };
}

by_bare_name! {
    /// PostgreSQL: get_role_oid (utils/adt/acl.c).
    get_role_oid, PgAuthid, "role";
    /// PostgreSQL: get_language_oid (commands/proclang.c).
    get_language_oid, PgLanguage, "language";
    /// PostgreSQL: get_tablespace_oid (commands/tablespace.c).
    get_tablespace_oid, PgTablespace, "tablespace";
    /// PostgreSQL: get_extension_oid (commands/extension.c).
    get_extension_oid, PgExtension, "extension";
    /// PostgreSQL: get_foreign_data_wrapper_oid (foreign/foreign.c).
    get_foreign_data_wrapper_oid, PgForeignDataWrapper, "foreign-data wrapper";
    /// PostgreSQL: get_foreign_server_oid (foreign/foreign.c).
    get_foreign_server_oid, PgForeignServer, "server";
    /// PostgreSQL: get_publication_oid (catalog/pg_publication.c).
    get_publication_oid, PgPublication, "publication";
    /// PostgreSQL: get_subscription_oid (catalog/pg_subscription.c).
    get_subscription_oid, PgSubscription, "subscription";
    /// PostgreSQL: get_event_trigger_oid (commands/event_trigger.c).
    get_event_trigger_oid, PgEventTrigger, "event trigger";
}

/// PostgreSQL: get_database_oid (commands/dbcommands.c).
pub fn get_database_oid(catalog: &Catalog, name: &str, missing_ok: bool) -> PgResult<Option<Oid>> {
    match catalog.find::<PgDatabase>(&Name::new(name)) {
        Some(row) => Ok(Some(row.oid)),
        None if missing_ok => Ok(None),
        None => Err(PgError::new(
            state::INVALID_CATALOG_NAME,
            format!("database \"{name}\" does not exist"),
        )
        .into()),
    }
}

/// The access method of that name, of the given kind ('i' or 't') if any (PostgreSQL: get_am_type_oid,
/// commands/amcmds.c).
pub fn get_am_type_oid(
    catalog: &Catalog,
    name: &str,
    amtype: Option<u8>,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    match catalog.find::<PgAm>(&Name::new(name)) {
        Some(row) => match amtype {
            Some(kind) if kind != row.amtype => {
                let kind = if kind == b'i' { "INDEX" } else { "TABLE" };
                Err(PgError::new(
                    state::OBJECT_NOT_IN_PREREQUISITE_STATE,
                    format!("access method \"{name}\" is not of type {kind}"),
                )
                .into())
            }
            Some(_) | None => Ok(Some(row.oid)),
        },
        None if missing_ok => Ok(None),
        None => Err(undefined("access method")(name.to_string()).into()),
    }
}
