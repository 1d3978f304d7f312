//! Queries over the built-in catalog, in and their rows out.

use std::cell::RefCell;

use super::evaluate;
use crate::catalog::guc::SessionState;
use crate::catalog::shared::Running;
use crate::catalog::{PgDatabase, builtin};
use crate::findings::Stop;
use crate::nodes::{ParseMode, parse};
use crate::parser::analyze::parse_analyze;
use crate::parser::parse_node::{ParamSource, Shared};
use crate::pg::name::Name;
use crate::pg::version::Version;

/// The rows as text, `∅` for NULL; `?` and the reason where it is unknown, `!` and the message where it is refused.
fn ask(sql: &str) -> String {
    let catalog = builtin::template1(Version::NEWEST);
    let database =
        catalog.find::<PgDatabase>(&Name::new("postgres")).map(|row| row.oid).unwrap_or_default();
    let session = SessionState::new(database);
    let path = session.search_path(&catalog);
    let notices = RefCell::new(Vec::new());
    let running = Running::default();
    let (session, path, notices, running, caller) = (&session, &path, &notices, &running, None);
    let shared = Shared { catalog: &catalog, session, path, notices, caller, running };
    let statement = parse(sql, ParseMode::Default, true)
        .unwrap_or_else(|error| panic!("{sql}: {error:?}"))
        .remove(0);
    let rows = parse_analyze(shared, &statement.stmt, ParamSource::None)
        .and_then(|query| evaluate(&query, shared));
    match rows {
        Ok(rows) => {
            let line = |row: &Vec<super::Value>| {
                row.iter()
                    .map(|value| match value {
                        super::Value::Unknown => "?".to_string(),
                        known => known.to_text().unwrap_or("∅".to_string()),
                    })
                    .collect::<Vec<_>>()
                    .join(",")
            };
            rows.iter().map(line).collect::<Vec<_>>().join(";")
        }
        Err(Stop::Unknown(reason)) => format!("?{reason}"),
        Err(Stop::Error(error)) => format!("!{}", error.message),
    }
}

#[test]
fn constants_and_functions() {
    assert_eq!(ask("SELECT 1 + 2, 'a' || 'b', NULL IS NULL, coalesce(NULL, 'x')"), "3,ab,t,x");
    assert_eq!(
        ask("SELECT format('ALTER TABLE %I ADD %s %L', 'Order', 'x', 'o''k')"),
        "ALTER TABLE \"Order\" ADD x 'o''k'"
    );
    assert_eq!(
        ask("SELECT CASE WHEN 1 = 2 THEN 'a' ELSE 'b' END, quote_ident('a b'), 'x' IN ('x', 'y')"),
        "b,\"a b\",t"
    );
    assert_eq!(ask("SELECT 1 / 0"), "!division by zero");
    assert_eq!(
        ask(
            "SELECT current_schema, current_user, current_setting('server_version_num')::int >= 150000"
        ),
        "public,postgres,t"
    );
}

#[test]
fn guards_over_the_catalogs() {
    assert_eq!(
        ask("SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'pg_type' AND relkind = 'r')"),
        "t"
    );
    assert_eq!(
        ask("SELECT EXISTS (SELECT FROM information_schema.tables WHERE table_name = 'nope')"),
        "f"
    );
    assert_eq!(
        ask("SELECT to_regclass('public.nope') IS NULL, to_regclass('pg_class') IS NOT NULL"),
        "t,t"
    );
    let joined = "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
                  WHERE c.relname = 'pg_namespace' AND a.attname IN ('oid', 'nspname')";
    assert_eq!(ask(joined), "2");
    assert_eq!(
        ask("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1"),
        "information_schema;public"
    );
    assert_eq!(ask("SELECT 1 FROM pg_roles WHERE rolname = 'postgres'"), "1");
    assert_eq!(
        ask(
            "SELECT data_type FROM information_schema.columns WHERE table_name = 'pg_class' AND column_name = 'relname'"
        ),
        "name"
    );
}

#[test]
fn what_depends_on_more_is_unknown() {
    assert!(ask("SELECT now()").starts_with('?'));
    assert!(ask("SELECT random() < 2").starts_with('?'));
    assert!(ask("SELECT relpages FROM pg_class").starts_with('?'));
}
