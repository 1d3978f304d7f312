//! Guards that ask the catalog for what an extension has whose objects are not known.

use crate::catalog::{PgClass, PgExtension, PgNamespace};
use crate::findings::{PgResult, unknown};
use crate::nodes::node_funcs::walk_query;
use crate::nodes::primnodes::{Const, Datum, Expr, Query, RteKind};
use crate::parser::parse_node::Shared;
use crate::pg::oid::Oid;

/// Relations that tell of such an extension what is known: that it is there, and its schema.
const TOLD: [&str; 7] = [
    "pg_extension",
    "pg_available_extensions",
    "pg_available_extension_versions",
    "pg_namespace",
    "schemata",
    "pg_roles",
    "pg_settings",
];

/// A query that names the extension's schema, or something in it, may find any of its objects.
pub(super) fn refuse_unknown(query: &Query, shared: Shared) -> PgResult<()> {
    for extension in shared.catalog.iter::<PgExtension>().filter(|extension| !extension.known) {
        let Some(schema) = shared.catalog.get::<PgNamespace>(extension.extnamespace) else {
            continue; // what has no schema has no objects
        };
        if schema.nspname == "public" || schema.oid.is_builtin() || !asks(query, shared) {
            continue; // most of what lies there is the user's own
        }
        let inside = |text: &str| {
            let rest = text.strip_prefix(schema.nspname.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let mut named = false;
        walk_query(query, &mut |expr| {
            if let Expr::Const(Const { value: Some(Datum::Text(text)), .. }) = expr {
                named |= inside(text);
            }
            false
        });
        if named {
            return unknown(format!("extension {} may have what is asked for", extension.extname));
        }
    }
    Ok(())
}

/// Whether the query reads catalogs that would list the extension's objects.
fn asks(query: &Query, shared: Shared) -> bool {
    let lists = |relid: Oid| {
        let class = shared.catalog.get::<PgClass>(relid);
        class.is_some_and(|class| relid.is_builtin() && !TOLD.contains(&class.relname.as_str()))
    };
    let from = query.rtable.iter().any(|entry| match &entry.kind {
        RteKind::Relation { relid, .. } => lists(*relid),
        RteKind::Subquery { query, .. } => asks(query, shared),
        _ => false, // no relation
    });
    let mut asking = from;
    walk_query(query, &mut |expr| {
        if let Expr::SubLink(link) = expr {
            asking |= asks(&link.subselect, shared);
        }
        asking
    });
    asking
}
