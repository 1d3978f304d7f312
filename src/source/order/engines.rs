//! Folders and files that hold the same schema for other database systems: named after them beside PostgreSQL's.

use std::collections::BTreeSet;

use crate::source::discover::{Discovered, Found};

/// What PostgreSQL's own are called.
const POSTGRES: [&str; 6] = ["pg", "pgsql", "postgres", "postgresql", "postgre", "psql"];
/// What others' are called.
const OTHERS: [&str; 22] = [
    "mysql",
    "mariadb",
    "sqlite",
    "sqlite3",
    "libsql",
    "turso",
    "mssql",
    "sqlserver",
    "oracle",
    "db2",
    "h2",
    "hsqldb",
    "derby",
    "firebird",
    "sybase",
    "clickhouse",
    "cockroach",
    "cockroachdb",
    "crdb",
    "duckdb",
    "snowflake",
    "bigquery",
];

/// A part of a path that is named after a database system.
struct Named<'a> {
    /// The folder that it is in.
    parent: &'a str,
    /// Its name with a hole where the system's stands.
    pattern: String,
    is_postgres: bool,
    /// Up to and including the part.
    path: &'a str,
}

/// Takes away what is for other systems, and says which folders and files of SQL that is. Only where PostgreSQL's stands beside
/// it under a name that differs in the system's alone.
pub(super) fn leave_out_others(discovered: &mut Discovered) -> Vec<String> {
    let mut postgres = BTreeSet::new();
    for named in discovered.files.iter().flat_map(parts).filter(|named| named.is_postgres) {
        postgres.insert((named.parent.to_string(), named.pattern));
    }
    if postgres.is_empty() {
        return Vec::new();
    }
    // Where one pair is told apart like that, others' names say whose they are without a counterpart.
    let mut places = BTreeSet::new();
    for named in discovered.files.iter().flat_map(parts).filter(|named| !named.is_postgres) {
        if postgres.contains(&(named.parent.to_string(), named.pattern)) {
            places.insert(named.parent.to_string());
        }
    }
    let mut left_out = BTreeSet::new();
    discovered.files.retain(|file| {
        let other = parts(file)
            .into_iter()
            .find(|named| !named.is_postgres && places.contains(named.parent));
        if let Some(other) = other.as_ref().filter(|_| file.is_sql()) {
            left_out.insert(other.path.to_string());
        }
        other.is_none()
    });
    left_out.into_iter().collect()
}

/// The parts of a file's path that are named after one system.
fn parts(file: &Found) -> Vec<Named<'_>> {
    let mut named = Vec::new();
    let mut start = 0;
    for part in file.relative.split('/') {
        let end = start + part.len();
        let lower = part.to_ascii_lowercase();
        let mut words = lower
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| POSTGRES.contains(word) || OTHERS.contains(word));
        if let (Some(word), None) = (words.next(), words.next()) {
            named.push(Named {
                parent: file.relative[..start].trim_end_matches('/'),
                pattern: lower.replacen(word, "{}", 1),
                is_postgres: POSTGRES.contains(&word),
                path: &file.relative[..end],
            });
        }
        start = end + 1;
    }
    named
}

#[cfg(test)]
mod tests {
    use super::{Discovered, Found, leave_out_others};

    fn left(files: &[&str]) -> (Vec<String>, Vec<String>) {
        let found = |name: &&str| Found { relative: name.to_string(), path: name.into() };
        let mut discovered =
            Discovered { files: files.iter().map(found).collect(), problems: Vec::new() };
        let out = leave_out_others(&mut discovered);
        (discovered.files.into_iter().map(|file| file.relative).collect(), out)
    }

    #[test]
    fn other_systems_folders_and_files_are_left_out() {
        let (kept, out) = left(&["db/mysql/1.sql", "db/postgres/1.sql", "db/sqlite3/1.sql"]);
        assert_eq!(
            (kept, out),
            (vec!["db/postgres/1.sql".into()], vec!["db/mysql".into(), "db/sqlite3".into()])
        );
        let (kept, _) = left(&["s/mysql.sql", "s/mysql-upgrades/1.sql", "s/pgsql.sql", "s/a.sql"]);
        assert_eq!(kept, ["s/pgsql.sql", "s/a.sql"]);
    }

    #[test]
    fn a_name_that_only_speaks_of_another_system_stays() {
        let files = ["1_import_from_mysql.sql", "2_postgres_only.sql", "mysql_to_pg.sql"];
        assert_eq!(left(&files).0, files);
    }
}
