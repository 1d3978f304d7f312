//! Where a new relation goes: its schema, persistence and tablespace (PostgreSQL: RangeVarGetAndCheckCreationNamespace,
//! catalog/namespace.c).

use super::Context;
use super::support::{check_namespace_create, temporary_namespace};
use crate::catalog::PgDatabase;
use crate::catalog::namespace::{
    get_relname_relid, get_tablespace_oid, range_var_adjust_relation_persistence,
    range_var_get_creation_namespace,
};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::RangeVar;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// Where a relation is made.
#[derive(Debug, Clone)]
pub struct CreationPlace {
    pub namespace: Oid,
    pub relpersistence: u8,
    pub relname: Name,
    /// What has the name already.
    pub existing: Option<Oid>,
}

/// PostgreSQL: RangeVarGetAndCheckCreationNamespace.
pub fn range_var_get_and_check_creation_namespace(
    context: &mut Context,
    relation: &RangeVar,
) -> PgResult<CreationPlace> {
    let found = range_var_get_creation_namespace(&context.shared(), relation)?;
    let namespace = match found {
        Some(namespace) => namespace,
        None => temporary_namespace(context),
    };
    let relname = Name::new(relation.relname.as_deref().unwrap_or_default());
    let existing = get_relname_relid(context.catalog, &relname, namespace);
    check_namespace_create(context, namespace)?;
    let relpersistence = range_var_adjust_relation_persistence(
        &context.shared(),
        relation.relpersistence,
        Some(namespace),
    )?;
    Ok(CreationPlace { namespace, relpersistence, relname, existing })
}

/// The tablespace that was named, else default_tablespace; InvalidOid for the database's own (PostgreSQL: the part of
/// DefineRelation and DefineIndex about tablespaces, GetDefaultTablespace).
pub fn creation_tablespace(
    context: &Context,
    name: Option<&str>,
    is_partitioned: bool,
) -> PgResult<Oid> {
    let default = context.session.get("default_tablespace").filter(|name| !name.is_empty());
    let default = default
        .filter(|name| get_tablespace_oid(context.catalog, name, true).ok().flatten().is_some());
    let Some(name) = name.or(default.map(AsRef::as_ref)) else { return Ok(Oid::INVALID) };
    let tablespace = get_tablespace_oid(context.catalog, name, false)?.unwrap_or(Oid::INVALID);
    let own = context
        .catalog
        .get::<PgDatabase>(context.session.database)
        .map_or(fixed::DEFAULT_TABLESPACE_OID, |row| row.dattablespace);
    if is_partitioned && tablespace == own {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "cannot specify default tablespace for partitioned relations",
        )
        .into());
    }
    if name == "pg_global" {
        return Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            "only shared relations can be placed in pg_global tablespace",
        )
        .into());
    }
    Ok(if tablespace == own { Oid::INVALID } else { tablespace })
}
