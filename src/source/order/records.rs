//! The tables in which migration tools keep what they have run.

/// The tables' names in alphabetical order.
const TABLES: [&str; 24] = [
    "__diesel_schema_migrations",
    "__drizzle_migrations",
    "_prisma_migrations",
    "_sqlx_migrations",
    "alembic_version",
    "ar_internal_metadata",
    "atlas_schema_revisions",
    "databasechangelog",
    "databasechangeloglock",
    "django_migrations",
    "flyway_schema_history",
    "goose_db_version",
    "gorp_migrations",
    "knex_migrations",
    "knex_migrations_lock",
    "pgmigrations",
    "refinery_schema_history",
    "schema_migrations",
    "schema_version",
    "schema_versions",
    "sqlmigrate_migrations",
    "typeorm_metadata",
    "typeorm_migrations",
    "umzug_migrations",
];

/// Schemas that hold nothing else.
const SCHEMAS: [&str; 5] =
    ["atlas_schema_revisions", "drizzle", "graphile_migrate", "sqitch", "supabase_migrations"];

/// Whether the schema holds what a migration tool keeps and nothing else.
pub fn is_record_schema(schema: &str) -> bool {
    SCHEMAS.contains(&schema)
}

/// Whether the table is a migration tool's own.
pub fn is_record(schema: &str, table: &str) -> bool {
    is_record_schema(schema) || TABLES.contains(&table)
}
