//! Tables in which migration tools keep what they have run: no part of anybody's schema.

use super::portrait::Owner;

/// The tables' names, by tool in alphabetical order.
const TABLES: [&str; 17] = [
    "__diesel_schema_migrations",
    "__drizzle_migrations",
    "_prisma_migrations",
    "_sqlx_migrations",
    "alembic_version",
    "ar_internal_metadata",
    "atlas_schema_revisions",
    "databasechangelog",
    "databasechangeloglock",
    "flyway_schema_history",
    "goose_db_version",
    "gorp_migrations",
    "pgmigrations",
    "refinery_schema_history",
    "schema_migrations",
    "schema_version",
    "schema_versions",
];

/// Schemas that hold nothing else.
const SCHEMAS: [&str; 5] =
    ["atlas_schema_revisions", "drizzle", "graphile_migrate", "sqitch", "supabase_migrations"];

/// Whether the object is a migration tool's own.
pub fn is_ledger(owner: &Owner) -> bool {
    let (schema, name) = owner.name.split_once('.').unwrap_or(("", &owner.name));
    let name = name.strip_suffix("_id_seq").unwrap_or(name);
    match owner.kind {
        "schema" => SCHEMAS.contains(&name),
        _ => SCHEMAS.contains(&schema) || TABLES.contains(&name), // a table, its sequence or its type
    }
}
