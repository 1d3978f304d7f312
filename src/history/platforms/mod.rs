//! What hosting platforms put into a database before the first migration: profiles in SQL of our own writing, and how an
//! input shows that it is made for one.

pub mod tools;

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::catalog::Catalog;
use crate::nodes::{self, ParseMode};
use crate::psql::{Segment, segments};
use crate::session::{Outcome, Session};
use crate::source::order::{Plan, Tool};
use crate::source::{SourceId, Sources, Span};

/// A platform.
pub struct Platform {
    /// As `--platform` takes it.
    pub name: &'static str,
    pub title: &'static str,
    pub sql: &'static str,
    /// Schemas that are the platform's own and no part of the user's.
    pub schemas: &'static [&'static str],
    /// Words that only inputs for the platform hold; one is enough.
    telling: &'static [&'static str],
    /// Words of which two are enough.
    hints: &'static [&'static str],
    /// What an input does that brings by itself what the platform would give.
    brings: &'static [&'static str],
}

/// Every platform that is known.
pub static PLATFORMS: [Platform; 8] = [
    Platform {
        name: "supabase",
        title: "Supabase",
        sql: include_str!("supabase.sql"),
        schemas: &[
            "auth",
            "storage",
            "realtime",
            "vault",
            "graphql",
            "graphql_public",
            "extensions",
            "pgbouncer",
        ],
        telling: &[
            "auth.uid()",
            "auth.jwt()",
            "supabase_realtime",
            "supabase_admin",
            "supabase_auth_admin",
        ],
        hints: &[
            "auth.users",
            "storage.objects",
            "storage.buckets",
            "to authenticated",
            "to service_role",
            "to anon",
        ],
        brings: &[
            "create schema auth",
            "create schema \"auth\"",
            "create schema if not exists auth",
            "create schema if not exists \"auth\"",
            "create role anon",
            "create role \"anon\"",
            "create role authenticated",
            "create role service_role",
            "create table auth.users",
            "create table if not exists auth.users",
            "function auth.uid",
            "function \"auth\".\"uid\"",
            "create table \"auth\".\"users\"",
            "create user anon",
            "create publication supabase_realtime",
            "create publication \"supabase_realtime\"",
            "create schema storage",
        ],
    },
    Platform {
        name: "rds",
        title: "Amazon RDS",
        sql: include_str!("rds.sql"),
        schemas: &[],
        telling: &["rds_superuser", "rdsadmin", "rds_replication", "rds_iam"],
        hints: &[],
        brings: &["create role rds", "create user rds", "create role \"rds"],
    },
    Platform {
        name: "cloud-sql",
        title: "Google Cloud SQL",
        sql: include_str!("cloud-sql.sql"),
        schemas: &[],
        telling: &["cloudsqlsuperuser", "cloudsqladmin", "cloudsqliam"],
        hints: &[],
        brings: &["create role cloudsql", "create user cloudsql", "create role \"cloudsql"],
    },
    Platform {
        name: "azure",
        title: "Azure Database for PostgreSQL",
        sql: include_str!("azure.sql"),
        schemas: &[],
        telling: &["azure_pg_admin", "azure_superuser"],
        hints: &[],
        brings: &[
            "create role azure",
            "create user azure",
            "create role \"azure",
            "create role replication",
        ],
    },
    Platform {
        name: "neon",
        title: "Neon",
        sql: include_str!("neon.sql"),
        schemas: &[],
        telling: &["neon_superuser", "neondb_owner"],
        hints: &[],
        brings: &[
            "create role neon",
            "create user neon",
            "create role \"neon",
            "create role cloud_admin",
        ],
    },
    Platform {
        name: "heroku",
        title: "Heroku Postgres",
        sql: include_str!("heroku.sql"),
        schemas: &["heroku_ext"],
        telling: &["heroku_ext"],
        hints: &[],
        brings: &["create schema heroku_ext", "create schema if not exists heroku_ext"],
    },
    Platform {
        name: "hasura",
        title: "Hasura",
        sql: include_str!("hasura.sql"),
        schemas: &["hdb_catalog"],
        telling: &["hdb_catalog."],
        hints: &[],
        brings: &[
            "create schema hdb_catalog",
            "create schema if not exists hdb_catalog",
            "create schema \"hdb_catalog",
        ],
    },
    Platform {
        name: "timescaledb",
        title: "TimescaleDB",
        sql: include_str!("timescaledb.sql"),
        schemas: &["_timescaledb_internal"],
        // Its functions come by CREATE EXTENSION, which the input itself says.
        telling: &[],
        hints: &[],
        brings: &[],
    },
];

impl Platform {
    /// The platform that `--platform` names.
    pub fn from_name(name: &str) -> Option<&'static Platform> {
        PLATFORMS.iter().find(|platform| platform.name == name.to_ascii_lowercase())
    }

    /// The catalog with what the platform gives, and what of it failed.
    pub fn apply(&self, catalog: Catalog) -> (Catalog, Vec<String>) {
        run(self.sql, catalog)
    }
}

/// The catalog after SQL of our own, and what of it failed.
fn run(sql: &str, catalog: Catalog) -> (Catalog, Vec<String>) {
    let mut session = Session::connect(catalog, false, false);
    let mut failed = Vec::new();
    for segment in segments(SourceId(0), sql) {
        let Segment::Statement(statement) = segment else { continue };
        let parsed = nodes::parse(statement.wire(), ParseMode::Default, true);
        let span = Span::new(SourceId(0), 0, 0); // nothing is tracked
        match session.execute(statement.text(), &parsed, span).outcome {
            Outcome::Ok | Outcome::Empty => {}
            Outcome::Error(error) => {
                failed.push(format!("{}: {}", statement.text(), error.message));
            }
            Outcome::Unknown(reason) => failed.push(format!("{}: {reason}", statement.text())),
        }
    }
    (session.disconnect(), failed)
}

/// The platform that an input is made for, and what shows it. An input that brings by itself what the platform would
/// give is made for none.
pub fn recognise(sources: &Sources, plan: &Plan) -> Option<(&'static Platform, String)> {
    let texts = || plan.files.iter().map(|file| sources.get(file.source).text());
    if plan.tool != Tool::Supabase && !texts().any(has_a_sign) {
        return None;
    }
    let texts: Vec<String> = texts().map(plain).collect();
    PLATFORMS.iter().find_map(|platform| {
        let holds = |word: &&'static str| texts.iter().any(|text| text.contains(*word));
        if platform.brings.iter().any(holds) {
            return None;
        }
        let folder = plan.tool == Tool::Supabase && platform.name == "supabase";
        if folder {
            return Some((platform, "the folder is Supabase's".to_string()));
        }
        if let Some(word) = platform.telling.iter().find(|word| holds(word)) {
            return Some((platform, format!("it says {word}")));
        }
        let hints: Vec<&str> = platform.hints.iter().copied().filter(holds).take(2).collect();
        let [first, second] = hints.as_slice() else { return None };
        Some((platform, format!("it says {first} and {second}")))
    })
}

/// Whether the text may hold what shows a platform: the last word of one of the signs. Most inputs hold none, and this
/// is told at the speed of a search.
fn has_a_sign(text: &str) -> bool {
    static SIGNS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let signs = SIGNS.get_or_init(|| {
        let signs =
            PLATFORMS.iter().flat_map(|platform| platform.telling.iter().chain(platform.hints));
        let words = signs.filter_map(|sign| sign.rsplit(' ').next());
        AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
    });
    signs.as_ref().is_none_or(|signs| signs.is_match(text))
}

/// Lower case, comments left out line by line, and one blank between words. Rows of data are no SQL, but short of them
/// nothing is read twice.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.split("--").next().unwrap_or_default();
        for word in line.split_ascii_whitespace() {
            out.push_str(&word.to_ascii_lowercase());
            out.push(' ');
        }
    }
    out
}
