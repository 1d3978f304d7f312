//! REFRESH MATERIALIZED VIEW (PostgreSQL: commands/matview.c).

use super::Context;
use super::support::check_owner;
use crate::catalog::lsyscache::get_namespace_name;
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgIndex, PgRewrite};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::tree::{ObjectType, RefreshMatViewStmt};
use crate::pg::name::quote_qualified_identifier;
use crate::pg::oid::fixed;
use crate::pg::sqlstate;

/// PostgreSQL: ExecRefreshMatView.
pub fn exec_refresh_mat_view(context: &mut Context, stmt: &RefreshMatViewStmt) -> PgResult<()> {
    let Some(relation) = &stmt.relation else { return unknown("REFRESH without a name") };
    let Some(oid) = range_var_get_relid(&context.shared(), relation, false)? else {
        return unknown("REFRESH of a relation that is not in the catalog");
    };
    let Some(row) = context.catalog.get::<PgClass>(oid).cloned() else {
        return unknown("REFRESH of a relation that is not in the catalog");
    };
    let refuse = |error: PgError| -> PgResult<()> { Err(error.into()) };
    if !matches!(row.relkind, b'r' | b'm' | b't' | b'p') {
        let message = format!("\"{}\" is not a table or materialized view", row.relname);
        return refuse(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message));
    }
    let address = ObjectAddress::new(Class::Relation, oid);
    check_owner(context, address, ObjectType::ObjectMatview, &row.relname)?;
    if row.relkind != b'm' {
        let message = format!("\"{}\" is not a materialized view", row.relname);
        return refuse(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message));
    }
    if stmt.concurrent && !row.relispopulated {
        let message = "CONCURRENTLY cannot be used when the materialized view is not populated";
        return refuse(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message));
    }
    if stmt.concurrent && stmt.skip_data {
        let message = "REFRESH options CONCURRENTLY and WITH NO DATA cannot be used together";
        return refuse(PgError::new(sqlstate::SYNTAX_ERROR, message));
    }
    if stmt.concurrent && !context.catalog.find_all::<PgIndex>(&oid).any(|i| usable(context, i)) {
        let schema = get_namespace_name(context.catalog, row.relnamespace);
        let name = quote_qualified_identifier(schema.map(|s| s.as_str()), &row.relname);
        let message = format!("cannot refresh materialized view \"{name}\" concurrently");
        return refuse(PgError::new(sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE, message).hint(
            concat!(
                "Create a unique index with no WHERE clause on one or more columns of the ",
                "materialized view."
            ),
        ));
    }
    let populated = !stmt.skip_data;
    let rule =
        context.catalog.find_all::<PgRewrite>(&oid).find(|rule| rule.ev_type == b'1').cloned();
    if let Some(query) = rule.as_ref().filter(|_| populated).and_then(|rule| rule.ev_action.first())
    {
        super::exec_main::check_as(context, query, row.relowner)?;
    }
    if row.relispopulated != populated {
        context.catalog.update::<PgClass>(oid, |row| row.relispopulated = populated);
    }
    Ok(())
}

/// PostgreSQL: is_usable_unique_index.
fn usable(context: &Context, index: &PgIndex) -> bool {
    let is_btree = context
        .catalog
        .get::<PgClass>(index.indexrelid)
        .is_some_and(|row| row.relam == fixed::BTREE_AM_OID);
    index.indisunique
        && index.indimmediate
        && is_btree
        && index.indisvalid
        && index.indpred.is_none()
        && index.indkey.iter().take(usize::try_from(index.indnkeyatts).unwrap_or(0)).all(|k| *k > 0)
}
