//! CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW (PostgreSQL: commands/createas.c).

use super::creation::creation_tablespace;
use super::query_relation::{QueryColumn, RelationExtras, create_query_relation, query_columns};
use super::reloptions::{heap_reloptions, transform_rel_options};
use super::view::{store_view_query, uses_temporary_relation};
use super::{Context, contents};
use crate::catalog::PgClass;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::type_is_collatable;
use crate::catalog::namespace::{
    get_am_type_oid, get_relname_relid, range_var_get_creation_namespace,
};
use crate::executor;
use crate::findings::{Notice, PgError, PgResult, Stop, unknown};
use crate::nodes::primnodes::{CmdType, Query};
use crate::nodes::tree::{CreateTableAsStmt, IntoClause, Node, ObjectType, OnCommitAction};
use crate::parser::analyze::parse_analyze;
use crate::parser::parse_node::ParamSource;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// PostgreSQL: transformCreateTableAsStmt and ExecCreateTableAs.
pub fn create_table_as(
    context: &mut Context,
    stmt: &CreateTableAsStmt,
    params: ParamSource,
) -> PgResult<()> {
    let (Some(into), Some(source)) = (&stmt.into, &stmt.query) else {
        return unknown("CREATE TABLE AS without a query");
    };
    let is_matview = stmt.objtype == ObjectType::ObjectMatview;
    if let Node::ExecuteStmt(execute) = source {
        if relation_exists(context, into, stmt.if_not_exists)? {
            return Ok(());
        }
        let columns = super::prepare::execute_columns(context, execute)?;
        let oid = create_as(context, into, b'r', columns)?;
        contents::forget(context, oid);
        return Ok(());
    }
    let query = parse_analyze(context.shared(), source, params)?;
    if is_matview {
        check_matview_query(context, into, &query)?;
    }
    if relation_exists(context, into, stmt.if_not_exists)? {
        return Ok(());
    }
    if query.command_type == CmdType::CmdUtility {
        return unknown("CREATE TABLE AS of a utility statement");
    }
    if !into.skip_data {
        super::dml::check_effects(context, &query)?;
    }
    let relkind = if is_matview { b'm' } else { b'r' };
    let oid = create_as(context, into, relkind, query_columns(&query))?;
    if !into.skip_data {
        let rows = match executor::evaluate(&query, context.shared()) {
            Ok(rows) => Some(rows),
            Err(Stop::Unknown(_)) => None,
            Err(error) => return Err(error.without_place()),
        };
        context.catalog.set_contents(oid, rows);
    }
    if is_matview {
        store_view_query(context, oid, query, false)?;
        let populated = !into.skip_data;
        context.catalog.update::<PgClass>(oid, |row| row.relispopulated = populated);
    }
    Ok(())
}

/// What transformCreateTableAsStmt refuses of a materialized view's query.
fn check_matview_query(context: &Context, into: &IntoClause, query: &Query) -> PgResult<()> {
    let refuse = |message: &str| -> PgResult<()> {
        Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
    };
    if query.has_modifying_cte {
        return refuse("materialized views must not use data-modifying statements in WITH");
    }
    if uses_temporary_relation(context, query) {
        return refuse("materialized views must not use temporary tables or views");
    }
    if into.rel.as_ref().is_some_and(|rel| rel.relpersistence == b'u') {
        return refuse("materialized views cannot be unlogged");
    }
    Ok(())
}

/// Whether the relation is there already; without IF NOT EXISTS that is refused (PostgreSQL: CreateTableAsRelExists).
pub(super) fn relation_exists(
    context: &Context,
    into: &IntoClause,
    if_not_exists: bool,
) -> PgResult<bool> {
    let Some(relation) = &into.rel else { return unknown("CREATE TABLE AS without a name") };
    let Some(namespace) = range_var_get_creation_namespace(&context.shared(), relation)? else {
        return Ok(false);
    };
    let name = relation.relname.as_deref().unwrap_or_default();
    if get_relname_relid(context.catalog, name, namespace).is_none() {
        return Ok(false);
    }
    if !if_not_exists {
        let message = format!("relation \"{name}\" already exists");
        return Err(PgError::new(sqlstate::DUPLICATE_TABLE, message).into());
    }
    context.notice(Notice {
        sqlstate: sqlstate::DUPLICATE_TABLE,
        ..Notice::notice(format!("relation \"{name}\" already exists, skipping"))
    });
    Ok(true)
}

/// PostgreSQL: intorel_startup and create_ctas_internal.
fn create_as(
    context: &mut Context,
    into: &IntoClause,
    relkind: u8,
    mut columns: Vec<QueryColumn>,
) -> PgResult<Oid> {
    let Some(relation) = &into.rel else { return unknown("CREATE TABLE AS without a name") };
    let mut names = into.col_names.iter();
    for column in &mut columns {
        if let Some(name) = names.next() {
            column.name = Name::new(name.str_val());
        }
        if !column.collation.is_valid() && type_is_collatable(context.catalog, column.type_oid) {
            let type_text = format_type_be(context.catalog, &context.path, column.type_oid);
            let message = format!(
                "no collation was derived for column \"{}\" with collatable type {type_text}",
                column.name
            );
            return Err(PgError::new(sqlstate::INDETERMINATE_COLLATION, message)
                .hint("Use the COLLATE clause to set the collation explicitly.")
                .into());
        }
    }
    if names.next().is_some() {
        let message = "too many column names were specified";
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into());
    }
    if into.on_commit != OnCommitAction::OncommitNoop && relation.relpersistence != b't' {
        let message = "ON COMMIT can only be used on temporary tables";
        return Err(PgError::new(sqlstate::INVALID_TABLE_DEFINITION, message).into());
    }
    let access_method = match &into.access_method {
        Some(name) => get_am_type_oid(context.catalog, name, Some(b't'), false)?,
        None => default_table_access_method(context),
    };
    let valid: &[&str] = if relkind == b'm' { &[] } else { &["toast"] };
    let options = |namespace| transform_rel_options(&[], &into.options, namespace, valid, false);
    let (reloptions, toast_reloptions) = (options(None)?, options(Some("toast"))?);
    let version = context.catalog.version();
    heap_reloptions(version, relkind, &reloptions)?;
    heap_reloptions(version, b't', &toast_reloptions)?;
    let extras = RelationExtras {
        reloptions,
        toast_reloptions,
        tablespace: creation_tablespace(context, into.table_space_name.as_deref(), false)?,
        access_method: access_method.unwrap_or(fixed::HEAP_TABLE_AM_OID),
    };
    let relid = create_query_relation(context, relation, relkind, &columns, extras)?.object;
    if into.on_commit == OnCommitAction::OncommitDrop {
        context.session.on_commit_drop.push(relid);
    }
    Ok(relid)
}

fn default_table_access_method(context: &Context) -> Option<Oid> {
    let name = context.session.get("default_table_access_method")?;
    get_am_type_oid(context.catalog, name, Some(b't'), true).ok().flatten()
}
