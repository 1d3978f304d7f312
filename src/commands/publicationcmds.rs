//! Publications (PostgreSQL: commands/publicationcmds.c, catalog/pg_publication.c).

use std::sync::Arc;

use super::Context;
use super::define::{def_get_boolean, def_get_string, def_name};
use super::publication_filter::transform_pub_where_clause;
use super::support::superuser;
use super::tablecmds::alter_errors::{
    errdetail_relkind_not_supported, no_such_column, system_attribute_by_name,
};
use super::tablecmds::support::{
    is_system_relation, namespace_name, not_owner, owns, perform_deletion, relation, require_owner,
};
use crate::catalog::acl::privilege::CREATE;
use crate::catalog::aclchk::object_aclcheck;
use crate::catalog::depend::DependType;
use crate::catalog::namespace::{get_namespace_oid, get_publication_oid, range_var_get_relid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgPublication, PgPublicationNamespace, PgPublicationRel};
use crate::commands::dependency::{
    record_dependency_on, record_dependency_on_owner, record_dependency_on_single_rel_expr,
};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{
    AlterPublicationAction, AlterPublicationStmt, CreatePublicationStmt, DropBehavior, Node,
    PublicationObjSpecType,
};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// A table to be published.
struct PublicationTable {
    relid: Oid,
    qual: Option<Arc<Expr>>,
    columns: Option<Vec<i16>>,
}

/// What WITH (…) and SET (…) say; None where nothing was said.
#[derive(Default)]
struct Options {
    publish: Option<[bool; 4]>,
    via_root: Option<bool>,
    generated: Option<u8>,
}

/// PostgreSQL: parse_publication_options.
fn parse_publication_options(context: &Context, options: &[Node]) -> PgResult<Options> {
    let mut parsed = Options::default();
    for node in options {
        let Node::DefElem(option) = node else { continue };
        match def_name(option) {
            "publish" => {
                if parsed.publish.is_some() {
                    return Err(super::define::conflicting_def_elem(option));
                }
                parsed.publish = Some(publish_list(&def_get_string(option)?)?);
            }
            "publish_via_partition_root" => {
                if parsed.via_root.is_some() {
                    return Err(super::define::conflicting_def_elem(option));
                }
                parsed.via_root = Some(def_get_boolean(option)?);
            }
            "publish_generated_columns" if context.catalog.version().major() >= 18 => {
                if parsed.generated.is_some() {
                    return Err(super::define::conflicting_def_elem(option));
                }
                let value = match &option.arg {
                    Some(_) => def_get_string(option)?,
                    None => String::new(),
                };
                parsed.generated = Some(match value.to_ascii_lowercase().as_str() {
                    "none" => b'n',
                    "stored" => b's',
                    _ => {
                        return Err(PgError::new(
                            sqlstate::SYNTAX_ERROR,
                            "invalid value for publication parameter \
                             \"publish_generated_columns\": \""
                                .to_string()
                                + &value
                                + "\"",
                        )
                        .detail("Valid values are \"none\" and \"stored\".")
                        .into());
                    }
                });
            }
            other => {
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    format!("unrecognized publication parameter: \"{other}\""),
                )
                .into());
            }
        }
    }
    Ok(parsed)
}

/// Insert, update, delete, truncate of the list in `publish`.
fn publish_list(text: &str) -> PgResult<[bool; 4]> {
    let mut publish = [false; 4];
    for word in text.split(',').map(str::trim) {
        if word.is_empty() {
            if text.trim().is_empty() {
                continue;
            }
            return Err(PgError::new(
                sqlstate::SYNTAX_ERROR,
                "invalid list syntax in parameter \"publish\"",
            )
            .into());
        }
        let word = word.trim_matches('"').to_ascii_lowercase();
        match ["insert", "update", "delete", "truncate"].iter().position(|known| *known == word) {
            Some(at) => publish[at] = true,
            None => {
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    format!("unrecognized value for publication option \"publish\": \"{word}\""),
                )
                .into());
            }
        }
    }
    Ok(publish)
}

/// PostgreSQL: CreatePublication.
pub fn create_publication(context: &mut Context, stmt: &CreatePublicationStmt) -> PgResult<()> {
    let database = ObjectAddress::new(Class::Database, context.session.database);
    let user = context.session.current_user;
    if !object_aclcheck(context.catalog, database, user, CREATE) {
        let name = crate::catalog::namespace::current_database(&context.shared()).to_string();
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            format!("permission denied for database {name}"),
        )
        .into());
    }
    if stmt.for_all_tables && !superuser(context) {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            "must be superuser to create FOR ALL TABLES publication",
        )
        .into());
    }
    let name = Name::new(stmt.pubname.as_deref().unwrap_or_default());
    if context.catalog.find::<PgPublication>(&name).is_some() {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!("publication \"{name}\" already exists"),
        )
        .into());
    }
    let options = parse_publication_options(context, &stmt.options)?;
    let [insert, update, delete, truncate] = options.publish.unwrap_or([true; 4]);
    let oid = context.catalog.new_oid();
    let row = PgPublication {
        oid,
        pubname: name,
        pubowner: user,
        puballtables: stmt.for_all_tables,
        pubinsert: insert,
        pubupdate: update,
        pubdelete: delete,
        pubtruncate: truncate,
        pubviaroot: options.via_root.unwrap_or(false),
        pubgencols: options.generated.unwrap_or(b'n'),
    };
    context.catalog.put(row.clone());
    record_dependency_on_owner(context.catalog, ObjectAddress::new(Class::Publication, oid), user);
    let schemas = schemas_of(context, &stmt.pubobjects)?;
    if !schemas.is_empty() && !superuser(context) {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            "must be superuser to create FOR TABLES IN SCHEMA publication",
        )
        .into());
    }
    let tables = open_table_list(context, &row, &stmt.pubobjects, !schemas.is_empty())?;
    for table in tables {
        publication_add_relation(context, &row, table)?;
    }
    for schema in schemas {
        publication_add_schema(context, &row, schema)?;
    }
    if context.session.get("wal_level").is_none_or(|level| level.as_ref() != "logical") {
        context.notice(Notice {
            hint: Some(
                "Set \"wal_level\" to \"logical\" before creating subscriptions.".to_string(),
            ),
            ..Notice::warning(
                sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
                "\"wal_level\" is insufficient to publish logical changes",
            )
        });
    }
    Ok(())
}

/// The schemas of TABLES IN SCHEMA.
fn schemas_of(context: &Context, objects: &[Node]) -> PgResult<Vec<Oid>> {
    let mut schemas = Vec::new();
    for node in objects {
        let Node::PublicationObjSpec(object) = node else { continue };
        let schema = match object.pubobjtype {
            PublicationObjSpecType::PublicationobjTablesInSchema => {
                let name = object.name.as_deref().unwrap_or_default();
                get_namespace_oid(context.catalog, name, false)?
            }
            PublicationObjSpecType::PublicationobjTablesInCurSchema => {
                match context.path.schemas.iter().find(|oid| {
                    **oid != crate::pg::oid::fixed::PG_CATALOG_NAMESPACE
                        && Some(**oid) != context.path.temp
                }) {
                    Some(schema) => Some(*schema),
                    None => {
                        return Err(PgError::new(
                            sqlstate::INVALID_SCHEMA_NAME,
                            "no schema has been selected for CURRENT_SCHEMA",
                        )
                        .into());
                    }
                }
            }
            PublicationObjSpecType::PublicationobjTable
            | PublicationObjSpecType::PublicationobjContinuation => None,
        };
        if let Some(schema) = schema.filter(|schema| !schemas.contains(schema)) {
            schemas.push(schema);
        }
    }
    Ok(schemas)
}

/// The tables with their row filters and column lists. PostgreSQL: OpenTableList, TransformPubWhereClauses,
/// CheckPubRelationColumnList.
fn open_table_list(
    context: &Context,
    publication: &PgPublication,
    objects: &[Node],
    has_schemas: bool,
) -> PgResult<Vec<PublicationTable>> {
    let mut tables: Vec<PublicationTable> = Vec::new();
    for node in objects {
        let Node::PublicationObjSpec(object) = node else { continue };
        let Some(spec) = object.pubtable.as_deref() else { continue };
        let Some(range) = spec.relation.as_deref() else { continue };
        let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else { continue };
        let class = relation(context.catalog, relid)?;
        let mut relids = vec![relid];
        if range.inh && class.relkind != b'p' {
            relids = super::tablecmds::inherit_tree::find_all_inheritors(context.catalog, relid)
                .into_iter()
                .map(|(oid, _)| oid)
                .collect();
        }
        for relid in relids {
            if let Some(known) = tables.iter().find(|table| table.relid == relid) {
                let what = if known.qual.is_some() || spec.where_clause.is_some() {
                    "WHERE clauses"
                } else if known.columns.is_some() || !spec.columns.is_empty() {
                    "column lists"
                } else {
                    continue;
                };
                return Err(PgError::new(
                    sqlstate::DUPLICATE_OBJECT,
                    format!("conflicting or redundant {what} for table \"{}\"", class.relname),
                )
                .into());
            }
            let class = relation(context.catalog, relid)?;
            let qual = transform_pub_where_clause(
                context,
                &class,
                spec.where_clause.as_ref(),
                publication.pubviaroot,
            )?;
            let columns =
                publication_columns(context, publication, &class, &spec.columns, has_schemas)?;
            tables.push(PublicationTable { relid, qual, columns });
        }
    }
    Ok(tables)
}

/// The numbers of a column list. PostgreSQL: CheckPubRelationColumnList, pub_collist_validate.
fn publication_columns(
    context: &Context,
    publication: &PgPublication,
    class: &PgClass,
    names: &[Node],
    has_schemas: bool,
) -> PgResult<Option<Vec<i16>>> {
    if names.is_empty() {
        return Ok(None);
    }
    let refuse = |detail: &str| -> PgResult<Option<Vec<i16>>> {
        Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!(
                "cannot use column list for relation \"{}.{}\" in publication \"{}\"",
                namespace_name(context.catalog, class.relnamespace),
                class.relname,
                publication.pubname
            ),
        )
        .detail(detail)
        .into())
    };
    if has_schemas {
        return refuse(
            "Column lists cannot be specified in publications containing FOR TABLES IN SCHEMA \
             elements.",
        );
    }
    if !publication.pubviaroot && class.relkind == b'p' {
        return refuse(
            "Column lists cannot be specified for partitioned tables when \
             publish_via_partition_root is false.",
        );
    }
    let mut columns = Vec::with_capacity(names.len());
    for node in names {
        let name = node.str_val();
        let bad = |what: &str| {
            PgError::new(
                sqlstate::INVALID_COLUMN_REFERENCE,
                format!("cannot use {what} column \"{name}\" in publication column list"),
            )
        };
        let Some(column) = class.attribute_named(name) else {
            return Err(if system_attribute_by_name(name).is_some() {
                bad("system").into()
            } else {
                no_such_column(name, class).into()
            });
        };
        if context.catalog.version().major() < 18 && column.attgenerated != 0 {
            return Err(bad("generated").into());
        }
        if column.attgenerated == b'v' {
            return Err(bad("virtual generated").into());
        }
        if columns.contains(&column.attnum) {
            return Err(PgError::new(
                sqlstate::DUPLICATE_OBJECT,
                format!("duplicate column \"{name}\" in publication column list"),
            )
            .into());
        }
        columns.push(column.attnum);
    }
    columns.sort_unstable();
    Ok(Some(columns))
}

/// PostgreSQL: publication_add_relation (catalog/pg_publication.c).
fn publication_add_relation(
    context: &mut Context,
    publication: &PgPublication,
    table: PublicationTable,
) -> PgResult<()> {
    let class = relation(context.catalog, table.relid)?;
    require_owner(context, &class)?;
    let member = context
        .catalog
        .find_all::<PgPublicationRel>(&publication.oid)
        .any(|row| row.prrelid == table.relid);
    if member {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!(
                "relation \"{}\" is already member of publication \"{}\"",
                class.relname, publication.pubname
            ),
        )
        .into());
    }
    check_publication_add_relation(&class)?;
    let oid = context.catalog.new_oid();
    let address = ObjectAddress::new(Class::PublicationRel, oid);
    let auto = DependType::Auto;
    if let Some(qual) = &table.qual {
        record_dependency_on_single_rel_expr(
            context.catalog,
            address,
            qual,
            table.relid,
            DependType::Normal,
            DependType::Normal,
            false,
        )?;
    }
    for attnum in table.columns.iter().flatten() {
        let column = ObjectAddress::column(table.relid, *attnum);
        record_dependency_on(context.catalog, address, column, DependType::Normal);
    }
    let owner = ObjectAddress::new(Class::Publication, publication.oid);
    record_dependency_on(context.catalog, address, owner, auto);
    let relation = ObjectAddress::new(Class::Relation, table.relid);
    record_dependency_on(context.catalog, address, relation, auto);
    context.catalog.put(PgPublicationRel {
        oid,
        prpubid: publication.oid,
        prrelid: table.relid,
        prqual: table.qual,
        prattrs: table.columns,
    });
    Ok(())
}

/// PostgreSQL: check_publication_add_relation (catalog/pg_publication.c).
fn check_publication_add_relation(class: &PgClass) -> PgResult<()> {
    let detail = if !matches!(class.relkind, b'r' | b'p') {
        errdetail_relkind_not_supported(class.relkind)
    } else if is_system_relation(class) {
        "This operation is not supported for system tables."
    } else if class.relpersistence == b't' {
        "This operation is not supported for temporary tables."
    } else if class.relpersistence == b'u' {
        "This operation is not supported for unlogged tables."
    } else {
        return Ok(());
    };
    Err(PgError::new(
        sqlstate::INVALID_PARAMETER_VALUE,
        format!("cannot add relation \"{}\" to publication", class.relname),
    )
    .detail(detail)
    .into())
}

/// PostgreSQL: publication_add_schema (catalog/pg_publication.c).
fn publication_add_schema(
    context: &mut Context,
    publication: &PgPublication,
    schema: Oid,
) -> PgResult<()> {
    let name = namespace_name(context.catalog, schema);
    let member = context
        .catalog
        .find_all::<PgPublicationNamespace>(&publication.oid)
        .any(|row| row.pnnspid == schema);
    if member {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!(
                "schema \"{name}\" is already member of publication \"{}\"",
                publication.pubname
            ),
        )
        .into());
    }
    let what = if schema.is_builtin() && schema != crate::pg::oid::fixed::PG_PUBLIC_NAMESPACE {
        Some("This operation is not supported for system schemas.")
    } else if name.starts_with("pg_temp_") {
        Some("Temporary schemas cannot be replicated.")
    } else {
        None
    };
    if let Some(detail) = what {
        return Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!("cannot add schema \"{name}\" to publication"),
        )
        .detail(detail)
        .into());
    }
    let oid = context.catalog.new_oid();
    context.catalog.put(PgPublicationNamespace { oid, pnpubid: publication.oid, pnnspid: schema });
    let address = ObjectAddress::new(Class::PublicationNamespace, oid);
    for referenced in [
        ObjectAddress::new(Class::Publication, publication.oid),
        ObjectAddress::new(Class::Namespace, schema),
    ] {
        record_dependency_on(context.catalog, address, referenced, DependType::Auto);
    }
    Ok(())
}

/// PostgreSQL: AlterPublication.
pub fn alter_publication(context: &mut Context, stmt: &AlterPublicationStmt) -> PgResult<()> {
    let name = stmt.pubname.as_deref().unwrap_or_default();
    let Some(oid) = get_publication_oid(context.catalog, name, false)? else { return Ok(()) };
    let Some(row) = context.catalog.get::<PgPublication>(oid).cloned() else { return Ok(()) };
    if !owns(context, row.pubowner) {
        return Err(not_owner("publication", name).into());
    }
    if !stmt.options.is_empty() {
        let options = parse_publication_options(context, &stmt.options)?;
        context.catalog.update::<PgPublication>(oid, |row| {
            if let Some([insert, update, delete, truncate]) = options.publish {
                row.pubinsert = insert;
                row.pubupdate = update;
                row.pubdelete = delete;
                row.pubtruncate = truncate;
            }
            row.pubviaroot = options.via_root.unwrap_or(row.pubviaroot);
            row.pubgencols = options.generated.unwrap_or(row.pubgencols);
        });
        return Ok(());
    }
    let schemas = schemas_of(context, &stmt.pubobjects)?;
    let names_tables = stmt
        .pubobjects
        .iter()
        .any(|node| matches!(node, Node::PublicationObjSpec(object) if object.pubtable.is_some()));
    check_alter(context, stmt, &row, names_tables, !schemas.is_empty())?;
    match stmt.action {
        AlterPublicationAction::ApAddObjects => {
            let member = !schemas.is_empty()
                || context.catalog.find_all::<PgPublicationNamespace>(&oid).next().is_some();
            for table in open_table_list(context, &row, &stmt.pubobjects, member)? {
                publication_add_relation(context, &row, table)?;
            }
            for schema in schemas {
                publication_add_schema(context, &row, schema)?;
            }
            Ok(())
        }
        AlterPublicationAction::ApDropObjects => drop_objects(context, &row, stmt, &schemas),
        AlterPublicationAction::ApSetObjects => {
            let tables = open_table_list(context, &row, &stmt.pubobjects, !schemas.is_empty())?;
            let old: Vec<ObjectAddress> = members(context, oid);
            for address in old {
                perform_deletion(context, address, DropBehavior::DropCascade)?;
            }
            for table in tables {
                publication_add_relation(context, &row, table)?;
            }
            for schema in schemas {
                publication_add_schema(context, &row, schema)?;
            }
            Ok(())
        }
    }
}

fn members(context: &Context, publication: Oid) -> Vec<ObjectAddress> {
    let tables = context
        .catalog
        .find_all::<PgPublicationRel>(&publication)
        .map(|row| ObjectAddress::new(Class::PublicationRel, row.oid));
    let schemas = context
        .catalog
        .find_all::<PgPublicationNamespace>(&publication)
        .map(|row| ObjectAddress::new(Class::PublicationNamespace, row.oid));
    tables.chain(schemas).collect()
}

/// PostgreSQL: CheckAlterPublication.
fn check_alter(
    context: &Context,
    stmt: &AlterPublicationStmt,
    row: &PgPublication,
    names_tables: bool,
    names_schemas: bool,
) -> PgResult<()> {
    let adds = stmt.action != AlterPublicationAction::ApDropObjects;
    if names_schemas && adds && !superuser(context) {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            "must be superuser to add or set schemas",
        )
        .into());
    }
    let detail = if row.puballtables && names_schemas {
        "Schemas cannot be added to or dropped from FOR ALL TABLES publications."
    } else if row.puballtables && names_tables {
        "Tables cannot be added to or dropped from FOR ALL TABLES publications."
    } else {
        return Ok(());
    };
    Err(PgError::new(
        sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
        format!("publication \"{}\" is defined as FOR ALL TABLES", row.pubname),
    )
    .detail(detail)
    .into())
}

/// PostgreSQL: PublicationDropTables, PublicationDropSchemas.
fn drop_objects(
    context: &mut Context,
    row: &PgPublication,
    stmt: &AlterPublicationStmt,
    schemas: &[Oid],
) -> PgResult<()> {
    for node in &stmt.pubobjects {
        let Node::PublicationObjSpec(object) = node else { continue };
        let Some(spec) = object.pubtable.as_deref() else { continue };
        let Some(range) = spec.relation.as_deref() else { continue };
        let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else { continue };
        if !spec.columns.is_empty() {
            return Err(PgError::new(
                sqlstate::SYNTAX_ERROR,
                "column list must not be specified in ALTER PUBLICATION ... DROP",
            )
            .into());
        }
        if spec.where_clause.is_some() {
            return Err(PgError::new(
                sqlstate::SYNTAX_ERROR,
                "cannot use a WHERE clause when removing a table from a publication",
            )
            .into());
        }
        let member = context
            .catalog
            .find_all::<PgPublicationRel>(&row.oid)
            .find(|member| member.prrelid == relid)
            .map(|member| member.oid);
        let Some(member) = member else {
            let class = relation(context.catalog, relid)?;
            return Err(PgError::new(
                sqlstate::UNDEFINED_OBJECT,
                format!("relation \"{}\" is not part of the publication", class.relname),
            )
            .into());
        };
        let address = ObjectAddress::new(Class::PublicationRel, member);
        perform_deletion(context, address, DropBehavior::DropCascade)?;
    }
    for schema in schemas {
        let member = context
            .catalog
            .find_all::<PgPublicationNamespace>(&row.oid)
            .find(|member| member.pnnspid == *schema)
            .map(|member| member.oid);
        let Some(member) = member else {
            return Err(PgError::new(
                sqlstate::UNDEFINED_OBJECT,
                format!(
                    "tables from schema \"{}\" are not part of the publication",
                    namespace_name(context.catalog, *schema)
                ),
            )
            .into());
        };
        let address = ObjectAddress::new(Class::PublicationNamespace, member);
        perform_deletion(context, address, DropBehavior::DropCascade)?;
    }
    Ok(())
}
