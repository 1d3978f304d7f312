//! Which schemas unqualified names are looked up in, and finding objects by name there (PostgreSQL:
//! catalog/namespace.c).

mod candidates;
mod lookup;
mod visible;

use super::{Catalog, PgClass, PgDatabase, PgExtension, PgNamespace};
use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{aclcheck_error, object_aclcheck};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::shared::Shared;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::tree::{Node, ObjectType, RangeVar};
use crate::nodes::{ParseLoc, Str};
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

pub use candidates::{
    CandidateOptions, FuncCandidate, funcname_get_candidates, opername_get_candidates,
    opername_get_oprid,
};
pub use lookup::*;
pub use visible::*;

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

/// The dotted name as messages print it (PostgreSQL: NameListToString).
pub fn name_list_to_string(names: &[Node]) -> String {
    let mut text = String::new();
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            text.push('.');
        }
        match name {
            Node::AStar => text.push('*'),
            other => text.push_str(other.str_val()),
        }
    }
    text
}

/// The dotted name with its parts quoted (PostgreSQL: NameListToQuotedString).
pub fn name_list_to_quoted_string(names: &[Node]) -> String {
    let parts: Vec<_> = names.iter().map(|name| quote_identifier(name.str_val())).collect();
    parts.join(".")
}

/// The name of the database that the session is connected to (PostgreSQL: get_database_name(MyDatabaseId)).
pub fn current_database<'a>(shared: &Shared<'a>) -> &'a str {
    shared.catalog.get::<PgDatabase>(shared.session.database).map_or("", |db| db.datname.as_str())
}

/// Schema and name of a possibly qualified name (PostgreSQL: DeconstructQualifiedName).
pub fn deconstruct_qualified_name<'n>(
    shared: &Shared,
    names: &'n [Node],
) -> PgResult<(Option<&'n str>, &'n str)> {
    match names {
        [name] => Ok((None, name.str_val())),
        [schema, name] => Ok((Some(schema.str_val()), name.str_val())),
        [catalog, schema, name] => {
            if catalog.str_val() != current_database(shared) {
                return Err(PgError::new(
                    state::FEATURE_NOT_SUPPORTED,
                    format!(
                        "cross-database references are not implemented: {}",
                        name_list_to_string(names)
                    ),
                )
                .into());
            }
            Ok((Some(schema.str_val()), name.str_val()))
        }
        _ => Err(PgError::new(
            state::SYNTAX_ERROR,
            format!(
                "improper qualified name (too many dotted names): {}",
                name_list_to_string(names)
            ),
        )
        .into()),
    }
}

/// The schema of that name (PostgreSQL: get_namespace_oid).
pub fn get_namespace_oid(catalog: &Catalog, name: &str, missing_ok: bool) -> PgResult<Option<Oid>> {
    match catalog.find::<PgNamespace>(&Name::new(name)) {
        Some(row) => Ok(Some(row.oid)),
        None if missing_ok => Ok(None),
        None => Err(PgError::new(
            state::INVALID_SCHEMA_NAME,
            format!("schema \"{name}\" does not exist"),
        )
        .into()),
    }
}

/// A schema that the user named (PostgreSQL: LookupExplicitNamespace).
pub fn lookup_explicit_namespace(
    shared: &Shared,
    name: &str,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    if name == "pg_temp" && shared.path.temp.is_some() {
        return Ok(shared.path.temp);
    }
    let found = match get_namespace_oid(shared.catalog, name, missing_ok) {
        Err(error) => return Err(unless_unknown_extension(shared, Some(name), error)),
        Ok(found) => found,
    };
    if let Some(namespace) = found
        && !may_use(shared.catalog, namespace, shared.session.current_user)
    {
        return Err(aclcheck_error(ObjectType::ObjectSchema, name).into());
    }
    Ok(found)
}

/// Whether the role may look names up in the schema.
pub fn may_use(catalog: &Catalog, namespace: Oid, role: Oid) -> bool {
    let address = ObjectAddress::new(Class::Namespace, namespace);
    object_aclcheck(catalog, address, role, privilege::USAGE)
}

/// A schema that the user named, None if there is none (PostgreSQL: LookupNamespaceNoError).
pub fn lookup_namespace_no_error(shared: &Shared, name: &str) -> Option<Oid> {
    if name == "pg_temp" && shared.path.temp.is_some() {
        return shared.path.temp;
    }
    shared.catalog.find::<PgNamespace>(&Name::new(name)).map(|row| row.oid)
}

/// The schema that a new object is to be made in; None stands for the session's temporary schema, not yet made
/// (PostgreSQL: LookupCreationNamespace).
pub fn lookup_creation_namespace(shared: &Shared, name: &str) -> PgResult<Option<Oid>> {
    if name == "pg_temp" {
        return Ok(shared.path.temp);
    }
    get_namespace_oid(shared.catalog, name, false)
}

/// The schema for a new object and its bare name; a schema of None stands for the session's temporary schema, not
/// yet made (PostgreSQL: QualifiedNameGetCreationNamespace).
pub fn qualified_name_get_creation_namespace<'n>(
    shared: &Shared,
    names: &'n [Node],
) -> PgResult<(Option<Oid>, &'n str)> {
    let (schema, name) = deconstruct_qualified_name(shared, names)?;
    match schema {
        Some(schema) => Ok((lookup_creation_namespace(shared, schema)?, name)),
        None => Ok((Some(default_creation_namespace(shared)?), name)),
    }
}

fn default_creation_namespace(shared: &Shared) -> PgResult<Oid> {
    shared.path.creation.ok_or_else(|| {
        PgError::new(state::INVALID_SCHEMA_NAME, "no schema has been selected to create in").into()
    })
}

/// The schema that a new relation goes to; None stands for the session's temporary schema, not yet made
/// (PostgreSQL: RangeVarGetCreationNamespace).
pub fn range_var_get_creation_namespace(
    shared: &Shared,
    relation: &RangeVar,
) -> PgResult<Option<Oid>> {
    check_catalog_name(shared, relation)?;
    if let Some(schema) = &relation.schemaname {
        if schema == "pg_temp" {
            return Ok(shared.path.temp);
        }
        return get_namespace_oid(shared.catalog, schema, false);
    }
    if relation.relpersistence == b't' {
        return Ok(shared.path.temp);
    }
    default_creation_namespace(shared).map(Some)
}

/// The persistence that a relation made in the schema has (PostgreSQL: RangeVarAdjustRelationPersistence).
pub fn range_var_adjust_relation_persistence(
    shared: &Shared,
    relpersistence: u8,
    namespace: Option<Oid>,
) -> PgResult<u8> {
    let in_temp = namespace.is_none() || namespace == shared.path.temp;
    let refused = |message: &str| {
        Err(Stop::from(PgError::new(state::INVALID_TABLE_DEFINITION, message.to_string())))
    };
    match relpersistence {
        b't' if in_temp => Ok(b't'),
        b't' if is_any_temp_namespace(shared.catalog, namespace) => {
            refused("cannot create relations in temporary schemas of other sessions")
        }
        b't' => refused("cannot create temporary relation in non-temporary schema"),
        b'p' if in_temp => Ok(b't'),
        b'p' if is_any_temp_namespace(shared.catalog, namespace) => {
            refused("cannot create relations in temporary schemas of other sessions")
        }
        b'p' => Ok(b'p'),
        _ if is_any_temp_namespace(shared.catalog, namespace) || in_temp => {
            // What is left is unlogged.
            refused("only temporary relations may be created in temporary schemas")
        }
        other => Ok(other),
    }
}

fn is_any_temp_namespace(catalog: &Catalog, namespace: Option<Oid>) -> bool {
    namespace.and_then(|oid| catalog.get::<PgNamespace>(oid)).is_some_and(|row| {
        row.nspname.starts_with("pg_temp_") || row.nspname.starts_with("pg_toast_temp_")
    })
}

/// PostgreSQL: isTempNamespace.
pub fn is_temp_namespace(shared: &Shared, namespace: Oid) -> bool {
    shared.path.temp == Some(namespace)
}

/// Whether the schema is the one for TOAST tables (PostgreSQL: isAnyTempNamespace is the other check of this kind).
pub fn is_catalog_or_toast_namespace(namespace: Oid) -> bool {
    namespace == fixed::PG_CATALOG_NAMESPACE || namespace == fixed::PG_TOAST_NAMESPACE
}

fn check_catalog_name(shared: &Shared, relation: &RangeVar) -> PgResult<()> {
    let Some(catalog) = relation.catalogname.as_deref() else { return Ok(()) };
    if catalog == current_database(shared) {
        return Ok(());
    }
    Err(PgError::new(
        state::FEATURE_NOT_SUPPORTED,
        format!(
            "cross-database references are not implemented: \"{catalog}.{}.{}\"",
            relation.schemaname.as_deref().unwrap_or(""),
            relation.relname.as_deref().unwrap_or("")
        ),
    )
    .into())
}

/// The relation of that name. Errors have no position: callers that know one add it (PostgreSQL:
/// RangeVarGetRelidExtended).
pub fn range_var_get_relid(
    shared: &Shared,
    relation: &RangeVar,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    check_catalog_name(shared, relation)?;
    let relname = relation.relname.as_deref().unwrap_or("");
    let schema = relation.schemaname.as_deref();
    let found = if relation.relpersistence == b't' {
        match shared.path.temp {
            None => None,
            Some(temp) => {
                if let Some(schema) = schema {
                    let named = lookup_explicit_namespace(shared, schema, missing_ok)?;
                    if named != Some(temp) {
                        return Err(PgError::new(
                            state::INVALID_TABLE_DEFINITION,
                            "temporary tables cannot specify a schema name",
                        )
                        .into());
                    }
                }
                get_relname_relid(shared.catalog, relname, temp)
            }
        }
    } else if let Some(schema) = schema {
        lookup_explicit_namespace(shared, schema, missing_ok)?
            .and_then(|namespace| get_relname_relid(shared.catalog, relname, namespace))
    } else {
        relname_get_relid(shared, relname)
    };
    if found.is_some() || missing_ok {
        return Ok(found);
    }
    let message = match schema {
        Some(schema) => format!("relation \"{schema}.{relname}\" does not exist"),
        None => format!("relation \"{relname}\" does not exist"),
    };
    let error = PgError::new(state::UNDEFINED_TABLE, message).into();
    Err(unless_unknown_extension(shared, schema, error))
}

/// PostgreSQL: get_relname_relid (utils/cache/lsyscache.c).
pub fn get_relname_relid(catalog: &Catalog, relname: &str, namespace: Oid) -> Option<Oid> {
    catalog.find::<PgClass>(&(namespace, Name::new(relname))).map(|row| row.oid)
}

/// The relation that the bare name reaches (PostgreSQL: RelnameGetRelid).
pub fn relname_get_relid(shared: &Shared, relname: &str) -> Option<Oid> {
    let name = Name::new(relname);
    shared.path.schemas.iter().find_map(|schema| {
        shared.catalog.find::<PgClass>(&(*schema, name.clone())).map(|row| row.oid)
    })
}

/// A dotted name as a reference to a relation (PostgreSQL: makeRangeVarFromNameList).
pub fn make_range_var_from_name_list(names: &[Node]) -> PgResult<RangeVar> {
    let text = |node: &Node| Some(Str::new(node.str_val()));
    let (catalogname, schemaname, relname) = match names {
        [name] => (None, None, text(name)),
        [schema, name] => (None, text(schema), text(name)),
        [catalog, schema, name] => (text(catalog), text(schema), text(name)),
        _ => {
            return Err(PgError::new(
                state::SYNTAX_ERROR,
                format!(
                    "improper relation name (too many dotted names): {}",
                    name_list_to_string(names)
                ),
            )
            .into());
        }
    };
    Ok(RangeVar {
        catalogname,
        schemaname,
        relname,
        inh: true,
        relpersistence: b'p',
        alias: None,
        location: ParseLoc::NONE,
    })
}

/// An error that a name is missing, or Unknown where an installed extension whose objects are not known may have it.
pub fn unless_unknown_extension(shared: &Shared, schema: Option<&str>, error: Stop) -> Stop {
    let named = schema.and_then(|schema| lookup_namespace_no_error(shared, schema));
    let suspect = shared.catalog.iter::<PgExtension>().find(|extension| {
        let home = extension.extnamespace;
        !extension.known
            && match (schema, named) {
                (None, _) => true,
                (Some(_), None) => true,
                (Some(_), Some(named)) => named == home,
            }
    });
    match (suspect, &error) {
        (Some(extension), Stop::Error(error)) => Stop::Unknown(format!(
            "extension {} may define it: {}",
            extension.extname, error.message
        )),
        (_, _) => error,
    }
}
