//! Columns of a new relation from their definitions (PostgreSQL: BuildDescForRelation, commands/tablecmds.c).

use crate::catalog::format_type::format_type_be;
use crate::catalog::{PgAttribute, PgType};
use crate::commands::Context;
use crate::commands::heap::tuple_desc_entry;
use crate::commands::support::check_type_usage;
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::ColumnDef;
use crate::parser::parse_type::{get_column_def_collation, typename_type_id_and_mod};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// PostgreSQL: BuildDescForRelation.
pub fn build_desc_for_relation<'a>(
    context: &Context,
    columns: impl Iterator<Item = &'a ColumnDef>,
) -> PgResult<Vec<PgAttribute>> {
    columns.enumerate().map(|(at, column)| build_attribute(context, column, at + 1)).collect()
}

fn build_attribute(context: &Context, column: &ColumnDef, number: usize) -> PgResult<PgAttribute> {
    let name = column.colname.as_deref().unwrap_or_default();
    let Some(type_name) = column.type_name.as_deref() else {
        return Err(missing_column(name).into());
    };
    let shared = context.shared();
    let (type_oid, typmod) = typename_type_id_and_mod(&shared, type_name)?;
    check_type_usage(context, type_oid)?;
    let collation = get_column_def_collation(&shared, column, type_oid)?;
    if type_name.setof {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("column \"{name}\" cannot be declared SETOF"),
        )
        .into());
    }
    let mut attribute = tuple_desc_entry(context, Name::new(name), type_oid, typmod, collation);
    attribute.attnum = i16::try_from(number).unwrap_or(i16::MAX);
    attribute.attndims = i16::try_from(type_name.array_bounds.len()).unwrap_or(i16::MAX);
    attribute.attnotnull = column.is_not_null;
    attribute.attislocal = column.is_local;
    attribute.attinhcount = column.inhcount;
    attribute.attidentity = column.identity;
    attribute.attgenerated = column.generated;
    attribute.attcompression =
        get_attribute_compression(context, type_oid, column.compression.as_deref())?;
    if column.storage != 0 {
        attribute.attstorage = column.storage;
    } else if let Some(storage) = column.storage_name.as_deref() {
        attribute.attstorage = get_attribute_storage(context, type_oid, storage)?;
    }
    attribute.attfdwoptions = super::generic_options(&column.fdwoptions)?.into();
    Ok(attribute)
}

/// PostgreSQL: `column "x" does not exist`.
pub(super) fn missing_column(name: &str) -> PgError {
    PgError::new(sqlstate::UNDEFINED_COLUMN, format!("column \"{name}\" does not exist"))
}

/// What a type's values are stored like by default; plain is what cannot be toasted.
fn type_storage(context: &Context, type_oid: Oid) -> u8 {
    context.catalog.get::<PgType>(type_oid).map_or(b'p', |row| row.typstorage)
}

/// The storage of that name, if the type allows it (PostgreSQL: GetAttributeStorage).
pub fn get_attribute_storage(context: &Context, type_oid: Oid, mode: &str) -> PgResult<u8> {
    let own = type_storage(context, type_oid);
    let storage = match mode.to_ascii_lowercase().as_str() {
        "plain" => b'p',
        "external" => b'e',
        "extended" => b'x',
        "main" => b'm',
        "default" => own,
        _ => {
            return Err(PgError::new(
                sqlstate::INVALID_PARAMETER_VALUE,
                format!("invalid storage type \"{mode}\""),
            )
            .into());
        }
    };
    if storage != b'p' && own == b'p' {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!(
                "column data type {} can only have storage PLAIN",
                format_type_be(context.catalog, &context.path, type_oid)
            ),
        )
        .into());
    }
    Ok(storage)
}

/// The compression method of that name, if the type allows one (PostgreSQL: GetAttributeCompression).
pub fn get_attribute_compression(
    context: &Context,
    type_oid: Oid,
    method: Option<&str>,
) -> PgResult<u8> {
    let Some(method) = method.filter(|method| *method != "default") else { return Ok(0) };
    if type_storage(context, type_oid) == b'p' {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!(
                "column data type {} does not support compression",
                format_type_be(context.catalog, &context.path, type_oid)
            ),
        )
        .into());
    }
    match method {
        "pglz" => Ok(b'p'),
        "lz4" => Ok(b'l'),
        _ => Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!("invalid compression method \"{method}\""),
        )
        .into()),
    }
}
