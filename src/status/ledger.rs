//! What a migration tool recorded in the database: the rows of its own table, as the dump carries them.

use std::collections::BTreeMap;

use super::checksum::Kind;
use crate::catalog::{Catalog, PgClass, PgNamespace};
use crate::nodes::tree::{InsertStmt, Node};
use crate::nodes::{RawParseError, RawStmt};
use crate::psql::CopyData;
use crate::source::Sources;
use crate::source::order::records;

/// A row: each column's text, None for null.
pub type Row = BTreeMap<String, Option<String>>;

/// What names a migration in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Each row has a version, or a number.
    Version,
    /// Each row has the file's or folder's name.
    Name,
    /// The one row has the newest version: all up to it have run.
    UpTo,
    /// Each row has the file's checksum alone.
    Hash,
}

/// A table that a tool keeps.
pub struct Layout {
    pub tool: &'static str,
    pub table: &'static str,
    pub schema: Option<&'static str>,
    /// A column that tells the tool's table from another's of the same name.
    tell: &'static str,
    pub column: &'static str,
    pub identity: Identity,
    pub(super) checksum: Option<(&'static str, Kind)>,
}

const fn layout(
    tool: &'static str,
    table: &'static str,
    tell: &'static str,
    column: &'static str,
    identity: Identity,
) -> Layout {
    Layout { tool, table, schema: None, tell, column, identity, checksum: None }
}

const fn with_checksum(layout: Layout, column: &'static str, kind: Kind) -> Layout {
    Layout { checksum: Some((column, kind)), ..layout }
}

const fn within(schema: &'static str, layout: Layout) -> Layout {
    Layout { schema: Some(schema), ..layout }
}

/// The tools' tables; of one name, the first whose telling column is there.
static LAYOUTS: [Layout; 22] = [
    with_checksum(
        layout("Prisma", "_prisma_migrations", "migration_name", "migration_name", Identity::Name),
        "checksum",
        Kind::Sha256,
    ),
    with_checksum(
        layout("Flyway", "flyway_schema_history", "script", "script", Identity::Name),
        "checksum",
        Kind::FlywayCrc32,
    ),
    with_checksum(
        layout("sqlx", "_sqlx_migrations", "version", "version", Identity::Version),
        "checksum",
        Kind::Sha384,
    ),
    within(
        "drizzle",
        with_checksum(
            layout("Drizzle", "__drizzle_migrations", "hash", "hash", Identity::Hash),
            "hash",
            Kind::Sha256,
        ),
    ),
    within(
        "supabase_migrations",
        layout("Supabase", "schema_migrations", "version", "version", Identity::Version),
    ),
    layout("golang-migrate", "schema_migrations", "dirty", "version", Identity::UpTo),
    layout("Rails, Ecto or dbmate", "schema_migrations", "version", "version", Identity::Version),
    layout("goose", "goose_db_version", "version_id", "version_id", Identity::Version),
    layout("Diesel", "__diesel_schema_migrations", "version", "version", Identity::Version),
    layout("Refinery", "refinery_schema_history", "version", "version", Identity::Version),
    layout("sql-migrate", "gorp_migrations", "id", "id", Identity::Name),
    layout("node-pg-migrate", "pgmigrations", "name", "name", Identity::Name),
    layout("Knex", "knex_migrations", "name", "name", Identity::Name),
    layout("Alembic", "alembic_version", "version_num", "version_num", Identity::Name),
    layout("Django", "django_migrations", "name", "name", Identity::Name),
    layout("Liquibase", "databasechangelog", "id", "id", Identity::Name),
    layout("Atlas", "atlas_schema_revisions", "version", "version", Identity::Version),
    layout("tern", "schema_version", "version", "version", Identity::UpTo),
    within("sqitch", layout("Sqitch", "changes", "change_id", "change", Identity::Name)),
    within(
        "graphile_migrate",
        layout("graphile-migrate", "migrations", "hash", "filename", Identity::Name),
    ),
    layout("TypeORM", "typeorm_migrations", "name", "name", Identity::Name),
    layout("Umzug", "umzug_migrations", "name", "name", Identity::Name),
];

/// A tool's table in a dump, with its rows.
pub struct Ledger {
    pub layout: &'static Layout,
    /// As `public._prisma_migrations`.
    pub name: String,
    pub rows: Vec<Row>,
}

/// Watches a dump being read for rows of such tables.
#[derive(Default)]
pub struct Watcher {
    /// The table that rows are being copied to, and its columns.
    copying: Option<(Table, Vec<String>)>,
    rows: BTreeMap<Table, Vec<(Vec<String>, Vec<Option<String>>)>>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Table {
    schema: String,
    name: String,
}

impl Watcher {
    pub fn statement(&mut self, parsed: &Result<Vec<RawStmt>, RawParseError>) {
        self.copying = None;
        for raw in parsed.as_deref().unwrap_or_default() {
            match &raw.stmt {
                Node::CopyStmt(copy) if copy.is_from => {
                    let table = copy.relation.as_deref().and_then(|relation| {
                        table(relation.schemaname.as_deref(), relation.relname.as_deref())
                    });
                    let columns = copy.attlist.iter().map(|node| node.str_val().to_string());
                    self.copying = table.map(|table| (table, columns.collect()));
                }
                Node::InsertStmt(insert) => self.insert(insert),
                _ => {} // nothing else fills a table in a dump
            }
        }
    }

    fn insert(&mut self, insert: &InsertStmt) {
        let Some(relation) = insert.relation.as_deref() else { return };
        let Some(table) = table(relation.schemaname.as_deref(), relation.relname.as_deref()) else {
            return;
        };
        let Some(Node::SelectStmt(select)) = &insert.select_stmt else { return };
        let columns: Vec<String> = insert
            .cols
            .iter()
            .filter_map(|node| match node {
                Node::ResTarget(target) => target.name.as_ref().map(ToString::to_string),
                _ => None, // the grammar puts names alone there
            })
            .collect();
        let rows = self.rows.entry(table).or_default();
        for values in &select.values_lists {
            rows.push((columns.clone(), values.list().iter().map(constant).collect()));
        }
    }

    pub fn copy_data(&mut self, sources: &Sources, data: &CopyData) {
        let Some((table, columns)) = self.copying.take() else { return };
        let rows = self.rows.entry(table).or_default();
        for line in sources.text(data.span).lines().take_while(|line| *line != "\\.") {
            rows.push((columns.clone(), line.split('\t').map(copied).collect()));
        }
    }

    /// The tools' tables that the catalog has, with the rows that the dump carried.
    pub fn finish(mut self, catalog: &Catalog) -> Vec<Ledger> {
        let mut ledgers = Vec::new();
        for class in catalog.iter::<PgClass>().filter(|class| matches!(class.relkind, b'r' | b'p'))
        {
            let Some(namespace) = catalog.get::<PgNamespace>(class.relnamespace) else { continue };
            let (schema, name) = (namespace.nspname.to_string(), class.relname.to_string());
            if class.oid.is_builtin() || !records::is_record(&schema, &name) {
                continue;
            }
            let columns: Vec<String> =
                class.live_attributes().map(|column| column.attname.to_string()).collect();
            let layout = LAYOUTS.iter().find(|layout| {
                layout.table == name
                    && layout.schema.is_none_or(|wanted| wanted == schema)
                    && columns.iter().any(|column| column == layout.tell)
            });
            let Some(layout) = layout else { continue };
            let qualified = format!("{schema}.{name}");
            let found = self.rows.remove(&Table { schema, name }).unwrap_or_default();
            let rows = found.into_iter().map(|(named, values)| {
                let names = if named.is_empty() { &columns } else { &named };
                names.iter().cloned().zip(values).collect()
            });
            ledgers.push(Ledger { layout, name: qualified, rows: rows.collect() });
        }
        ledgers
    }
}

fn table(schema: Option<&str>, name: Option<&str>) -> Option<Table> {
    let (schema, name) = (schema.unwrap_or("public"), name?);
    records::is_record(schema, name)
        .then(|| Table { schema: schema.to_string(), name: name.to_string() })
}

fn constant(node: &Node) -> Option<String> {
    match node {
        Node::AConst(constant) => match constant.val.as_deref()? {
            Node::Integer(value) => Some(value.to_string()),
            Node::Boolean(value) => Some(if *value { "t" } else { "f" }.to_string()),
            other => Some(other.str_val().to_string()),
        },
        Node::TypeCast(cast) => cast.arg.as_ref().and_then(constant),
        _ => None, // an expression, whose value a dump doesn't show
    }
}

/// A value of COPY's text format (PostgreSQL: CopyReadAttributesText).
fn copied(field: &str) -> Option<String> {
    if field == "\\N" {
        return None;
    }
    let mut out = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some('r')) => out.push('\r'),
            ('\\', Some(other)) => out.push(other),
            (other, _) => out.push(other),
        }
    }
    Some(out)
}
