//! `status`: what a dump shows of each migration, and what the tool's own table claims.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::samples::run;

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("status").join(name);
    // A folder of an earlier run may hold other files.
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    folder
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

const LEDGER: &str = "CREATE TABLE public._prisma_migrations (id varchar(36), checksum varchar(64), \
    finished_at timestamptz, migration_name varchar(255), logs text, rolled_back_at timestamptz, \
    started_at timestamptz, applied_steps_count integer);\n\
    COPY public._prisma_migrations (id, checksum, finished_at, migration_name, rolled_back_at) FROM stdin;\n";

#[test]
fn prisma_rows_are_held_against_the_schema() {
    let one = "CREATE TABLE a (id integer);\n";
    let two = "ALTER TABLE a ADD COLUMN b text;\n";
    let now = "2025-01-01 00:00:00+00";
    let rows = [
        format!("1\t{}\t{now}\t20250101000000_one\t\\N", sha256(one)),
        format!("2\t{}\t{now}\t20250102000000_two\t\\N", sha256("other")),
        format!("3\t{}\t\\N\t20250103000000_three\t\\N", sha256("x")),
        format!("4\t{}\t{now}\t20240101000000_lost\t\\N", sha256("x")),
    ];
    let dump = format!(
        "CREATE TABLE public.a (id integer, d date);\nCREATE TABLE public.e (f integer);\n{LEDGER}{}\n\\.\n",
        rows.join("\n")
    );
    let folder = folder(
        "prisma",
        &[
            ("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n"),
            ("prisma/migrations/20250101000000_one/migration.sql", one),
            ("prisma/migrations/20250102000000_two/migration.sql", two),
            ("prisma/migrations/20250103000000_three/migration.sql", "INSERT INTO a VALUES (1);\n"),
            (
                "prisma/migrations/20250104000000_four/migration.sql",
                "CREATE TABLE e (f integer);\n",
            ),
            ("db.sql", &dump),
        ],
    );
    let printed = run(&folder, &["status", "prisma/migrations", "db.sql"]);
    for line in [
        "  applied         20250101000000_one  [recorded]",
        "  not applied     20250102000000_two  [recorded]",
        "  can't be told   20250103000000_three  [recorded as failed]  it changes data only",
        "  applied         20250104000000_four  [not recorded]",
        "20250102000000_two/migration.sql: recorded in public._prisma_migrations, but nothing of it is there",
        "20250102000000_two/migration.sql: the file was changed after it ran",
        "records that it failed, and nobody resolved it",
        "20250104000000_four/migration.sql: its changes are there, but public._prisma_migrations does not record it",
        "records 20240101000000_lost, which the folder does not have",
        "column d of table public.a is there, and no migration makes it",
        "exit 1",
    ] {
        assert!(printed.contains(line), "no {line:?} in\n{printed}");
    }
    assert!(!printed.contains("20250101000000_one/migration.sql:"), "{printed}");
}

#[test]
fn what_a_later_migration_undid_is_superseded() {
    let folder = folder(
        "undone",
        &[
            ("migrations/001_a.sql", "CREATE TABLE a (id integer, old text);\n"),
            ("migrations/002_index.sql", "CREATE INDEX a_old ON a (old);\n"),
            ("migrations/003_drop.sql", "ALTER TABLE a DROP COLUMN old;\n"),
            ("migrations/004_name.sql", "ALTER TABLE a RENAME COLUMN id TO ident;\n"),
            ("all.sql", "CREATE TABLE public.a (ident integer);\n"),
            ("two.sql", "CREATE TABLE public.a (id integer, old text);\n"),
        ],
    );
    let printed = run(&folder, &["status", "migrations", "all.sql", "two.sql", "--format", "json"]);
    let json = printed.rsplit_once("exit ").map_or("", |(json, _)| json);
    let report: serde_json::Value = serde_json::from_str(json).expect("JSON is printed");
    let status = |database: usize| -> Vec<&str> {
        let migrations = report["databases"][database]["migrations"].as_array();
        migrations.into_iter().flatten().filter_map(|one| one["status"].as_str()).collect()
    };
    assert_eq!(status(0), ["applied", "superseded", "applied", "applied"], "{printed}");
    assert_eq!(status(1), ["applied", "not applied", "not applied", "not applied"], "{printed}");
}

#[test]
fn the_newest_version_alone_is_recorded_by_golang_migrate() {
    let folder = folder(
        "golang",
        &[
            ("migrations/1_a.up.sql", "CREATE TABLE a (id integer);\n"),
            ("migrations/1_a.down.sql", "DROP TABLE a;\n"),
            ("migrations/2_b.up.sql", "CREATE TABLE b (id integer);\n"),
            ("migrations/2_b.down.sql", "DROP TABLE b;\n"),
            ("migrations/3_c.up.sql", "CREATE TABLE c (id integer);\n"),
            ("migrations/3_c.down.sql", "DROP TABLE c;\n"),
            (
                "db.sql",
                "CREATE TABLE public.a (id integer);\nCREATE TABLE public.schema_migrations (version bigint, dirty boolean);\n\
                 INSERT INTO public.schema_migrations VALUES (2, false);\n",
            ),
        ],
    );
    let printed = run(&folder, &["status", "migrations", "db.sql"]);
    for line in [
        "applied         1_a.up.sql  [recorded]",
        "not applied     2_b.up.sql  [recorded]",
        "not applied     3_c.up.sql  [not recorded]",
        "2_b.up.sql: recorded in public.schema_migrations, but nothing of it is there",
    ] {
        assert!(printed.contains(line), "no {line:?} in\n{printed}");
    }
}

/// The statuses of a folder's migrations in each of the dumps.
fn statuses(folder: &Path, arguments: &[&str]) -> Vec<Vec<String>> {
    let arguments: Vec<&str> =
        ["status"].iter().chain(arguments).chain(&["--format", "json"]).copied().collect();
    let printed = run(folder, &arguments);
    let json = printed.rsplit_once("exit ").map_or("", |(json, _)| json);
    let report: serde_json::Value = serde_json::from_str(json).expect("JSON is printed");
    let status = |migration: &serde_json::Value| migration["status"].to_string();
    let of = |database: &serde_json::Value| {
        database["migrations"].as_array().into_iter().flatten().map(status).collect()
    };
    let databases = report["databases"].as_array();
    databases.into_iter().flatten().map(of).collect()
}

#[test]
fn every_part_of_a_history_is_told_from_its_own_dump() {
    let files = [
        ("01_a.sql", "CREATE TABLE a (id integer, name text, state text DEFAULT 'x');\n"),
        ("02_statistics.sql", "ALTER TABLE a ALTER COLUMN name SET STATISTICS 500;\n"),
        ("03_comment.sql", "COMMENT ON TABLE a IS 'of all';\n"),
        ("04_grant.sql", "GRANT SELECT ON a TO PUBLIC;\n"),
        ("05_default.sql", "ALTER TABLE a ALTER COLUMN state DROP DEFAULT;\n"),
        ("06_temporary.sql", "CREATE TABLE b (id integer);\nCREATE INDEX b_id ON b (id);\n"),
        ("07_gone.sql", "DROP TABLE b;\n"),
        ("08_not_null.sql", "ALTER TABLE a ALTER COLUMN name SET NOT NULL;\n"),
        ("09_null.sql", "ALTER TABLE a ALTER COLUMN name DROP NOT NULL;\n"),
        ("10_name.sql", "ALTER TABLE a RENAME CONSTRAINT a_check TO a_named;\n"),
        ("11_c.sql", "CREATE TABLE c (id integer);\n"),
        ("12_publication.sql", "CREATE PUBLICATION p FOR TABLE c;\n"),
        ("13_member.sql", "ALTER PUBLICATION p ADD TABLE a;\n"),
        ("14_d.sql", "CREATE TABLE d (id integer);\n"),
        ("15_no_d.sql", "DROP TABLE d;\n"),
    ];
    let names: Vec<(String, String)> = files
        .iter()
        .map(|(name, sql)| {
            let sql =
                sql.replace("state text", "state text CONSTRAINT a_check CHECK (state <> '')");
            (format!("migrations/{name}"), sql)
        })
        .collect();
    let files: Vec<(&str, &str)> = names.iter().map(|(n, s)| (n.as_str(), s.as_str())).collect();
    let folder = folder("parts", &files);
    // 6 to 9 cancel each other out and are told by what stands around them; 14 and 15 by nothing.
    for done in [0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13] {
        let dump = match done {
            0 => "-- PostgreSQL database dump\nCREATE SCHEMA s;\n".to_string(),
            _ => {
                let version = format!("migrations/@{done:02}");
                let printed = run(&folder, &["dump", &version]);
                printed.rsplit_once("exit ").map_or(String::new(), |(text, _)| text.to_string())
            }
        };
        fs::write(folder.join("db.sql"), dump).expect("files can be written");
        let printed = statuses(&folder, &["migrations", "db.sql"]).remove(0);
        for (at, status) in printed.iter().enumerate().take(13) {
            let ran = at < done;
            let wanted =
                if ran { ["\"applied\"", "\"superseded\""] } else { ["\"not applied\""; 2] };
            // The dumps behind 5 and 9 are the same but for what cancels out.
            let cancelled = (5..9).contains(&at) && (done == 5 || done == 9)
                // Dumps without any comments or grants may have been told to leave them out.
                || (2..4).contains(&at) && !ran;
            assert!(
                wanted.contains(&status.as_str()) || cancelled && status != "\"partly applied\"",
                "{} after {done}: {status}\n{printed:?}",
                at + 1
            );
        }
    }
}

#[test]
fn what_the_tools_transaction_refuses_is_looked_for() {
    let folder = folder(
        "concurrently",
        &[
            ("migrations/001_a.sql", "-- +goose Up\nCREATE TABLE a (id integer);\n"),
            ("migrations/002_b.sql", "-- +goose Up\nCREATE INDEX CONCURRENTLY a_id ON a (id);\n"),
            (
                "with.sql",
                "CREATE TABLE public.a (id integer);\nCREATE INDEX a_id ON public.a (id);\n",
            ),
            ("without.sql", "CREATE TABLE public.a (id integer);\n"),
        ],
    );
    let told = statuses(&folder, &["migrations", "with.sql", "without.sql"]);
    assert_eq!(told[0], ["\"applied\"", "\"applied\""]);
    assert_eq!(told[1], ["\"applied\"", "\"not applied\""]);
}

#[test]
fn a_list_of_files_is_a_folder_too() {
    let folder = folder(
        "listed",
        &[
            ("ORDER.txt", "b.sql\na.sql\n"),
            ("src/a.sql", "ALTER TABLE t ADD COLUMN a integer;\n"),
            ("src/b.sql", "CREATE TABLE t (id integer);\n"),
            ("db.sql", "CREATE TABLE public.t (id integer);\n"),
        ],
    );
    let told = statuses(&folder, &["--order", "ORDER.txt", "--root", "src", "db.sql"]);
    assert_eq!(told, [["\"applied\"", "\"not applied\""]]);
}

#[test]
fn what_is_assumed_is_not_assumed_for_a_dump_that_brings_it() {
    let folder = folder(
        "assumed",
        &[
            ("base.sql", "CREATE SCHEMA given;\nCREATE TABLE given.users (id integer);\n"),
            ("migrations/001_a.sql", "CREATE TABLE a (id integer);\n"),
            (
                "db.sql",
                "-- PostgreSQL database dump\nCREATE SCHEMA given;\nCREATE TABLE given.users (id integer);\n\
                 CREATE TABLE public.a (id integer);\n-- PostgreSQL database dump complete\n",
            ),
        ],
    );
    let printed = run(&folder, &["status", "migrations", "db.sql", "--assume", "base.sql"]);
    assert!(printed.ends_with("exit 0\n"), "{printed}");
}
