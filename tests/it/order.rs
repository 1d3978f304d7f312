//! Folders of each migration tool: files in, order and ranges out.

use std::path::{Path, PathBuf};

use pgreckon::psql;
use pgreckon::source::order::{Irregularity, Plan, Tool, Transaction, plan, read_order};
use pgreckon::source::{InputError, Sources};

/// A folder that is removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let root = std::env::temp_dir().join(format!("pgreckon-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(&root).unwrap();
        for (path, text) in files {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Folder(root)
    }

    fn plan(&self) -> Plan {
        self.try_plan(None).unwrap_or_else(|error| panic!("{error}"))
    }

    fn try_plan(&self, tool: Option<Tool>) -> Result<Plan, InputError> {
        plan(&mut Sources::new(), &self.0, tool, &psql::read)
    }

    /// The tool, and each file with its version and what is run of it.
    fn show(&self) -> (Tool, Vec<String>) {
        let mut sources = Sources::new();
        let plan = plan(&mut sources, &self.0, None, &psql::read).unwrap();
        let files = plan.files.iter().map(|file| {
            let name = Path::new(&file.name).strip_prefix(&self.0).unwrap().display().to_string();
            let text = sources.get(file.source).text();
            let run: Vec<&str> =
                file.ranges.iter().map(|&(a, b)| text[a as usize..b as usize].trim()).collect();
            let version = file.version.as_deref().unwrap_or("-");
            let how = match file.transaction {
                Transaction::None => "alone",
                Transaction::PerFile => "file",
                Transaction::OneMessage => "message",
                Transaction::AllFiles => "all",
            };
            format!("{name} {version} {how} {}", run.join("|"))
        });
        (plan.tool, files.collect())
    }

    fn notes(&self) -> Vec<(Irregularity, String)> {
        let strip = format!("{}/", self.0.display());
        let notes = self.plan().notes;
        let text = |path: &str, message: &str| format!("{path}: {message}").replace(&strip, "");
        notes.iter().map(|note| (note.kind, text(&note.path, &note.message))).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn prisma() {
    let folder = Folder::new(
        "prisma",
        &[
            ("migration_lock.toml", "provider = \"postgresql\"\n"),
            ("20240102000000_b/migration.sql", "B;"),
            ("20240101000000_a/migration.sql", "A;"),
            ("20240103000000_c/README.md", "x"),
            // One second, two folders: Prisma knows them by their whole names.
            ("20240102000000_b2/migration.sql", "C;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Prisma);
    assert_eq!(
        files,
        [
            "20240101000000_a/migration.sql 20240101000000 message A;",
            "20240102000000_b/migration.sql 20240102000000 message B;",
            "20240102000000_b2/migration.sql 20240102000000 message C;",
        ]
    );
    assert_eq!(
        folder.notes(),
        [(
            Irregularity::Missing,
            "20240103000000_c: holds no migration.sql, so nothing is run".to_string()
        )]
    );
}

#[test]
fn supabase() {
    let folder = Folder::new(
        "supabase",
        &[
            ("supabase/config.toml", "project_id = \"x\"\n"),
            ("supabase/migrations/20240101000000_a.sql", "A;"),
            ("supabase/migrations/20240102000000_b.sql", "B;"),
            ("supabase/migrations/20240102000000_c.sql", "C;"),
            ("supabase/seed.sql", "S;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Supabase);
    assert_eq!(files.len(), 3);
    let kinds: Vec<Irregularity> = folder.notes().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [Irregularity::Ignored, Irregularity::DuplicateVersion]);
}

#[test]
fn drizzle() {
    let journal = r#"{"entries": [{"idx":0,"when":10,"tag":"0000_a"},
        {"idx":1,"when":30,"tag":"0001_b"}, {"idx":2,"when":20,"tag":"0002_c"},
        {"idx":3,"when":40,"tag":"0003_gone"}]}"#;
    let folder = Folder::new(
        "drizzle",
        &[
            ("drizzle/meta/_journal.json", journal),
            ("drizzle/0000_a.sql", "A;\n--> statement-breakpoint\nB;"),
            ("drizzle/0001_b.sql", "C;"),
            ("drizzle/0002_c.sql", "D;"),
            ("drizzle/0009_x.sql", "X;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Drizzle);
    assert_eq!(files.len(), 3);
    assert_eq!(files[1], "drizzle/0001_b.sql 0001_b all C;");
    let kinds: Vec<Irregularity> = folder.notes().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [Irregularity::OutOfOrder, Irregularity::Missing, Irregularity::Ignored]);
}

#[test]
fn flyway() {
    let folder = Folder::new(
        "flyway",
        &[
            ("db/migration/V1__a.sql", "A;"),
            ("db/migration/V1.10__c.sql", "C;"),
            ("db/migration_pg/V1_9__b.sql", "B;"),
            ("db/migration/U1__a.sql", "undo;"),
            ("db/migration/R__views.sql", "R;"),
            ("db/migration/V2__d.sql", "D;"),
            ("db/migration/V2__d.sql.conf", "executeInTransaction=false\n"),
            ("db/migration/V02__e.sql", "E;"),
            ("db/migration/V3__Code.java", "class"),
            ("db/migration/notes.sql", "N;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Flyway);
    assert_eq!(
        files,
        [
            "db/migration/V1__a.sql 1 file A;",
            "db/migration_pg/V1_9__b.sql 1.9 file B;",
            "db/migration/V1.10__c.sql 1.10 file C;",
            "db/migration/V02__e.sql 02 file E;",
            "db/migration/V2__d.sql 2 alone D;",
            "db/migration/R__views.sql - file R;",
        ]
    );
    let kinds: Vec<Irregularity> = folder.notes().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(
        kinds,
        [Irregularity::Undecided, Irregularity::Ignored, Irregularity::DuplicateVersion]
    );
}

#[test]
fn flyway_starts_from_the_latest_baseline() {
    let folder = Folder::new(
        "baseline",
        &[("V1__a.sql", "A;"), ("V2__b.sql", "B;"), ("V3__c.sql", "C;"), ("B2__base.sql", "Z;")],
    );
    let (_, files) = folder.show();
    assert_eq!(files, ["B2__base.sql 2 file Z;", "V3__c.sql 3 file C;"]);
}

#[test]
fn liquibase() {
    let text = "--liquibase formatted sql\n--changeset ann:1\nA;\n--rollback B;\n\
                --changeset ann:2 runInTransaction:false\nC;\n--changeset ann:3 dbms:oracle\nD;\n";
    let folder = Folder::new("liquibase", &[("changelog/01.sql", text)]);
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Liquibase);
    assert_eq!(
        files,
        ["changelog/01.sql ann:1 file A;\n--rollback B;", "changelog/01.sql ann:2 alone C;",]
    );
    assert_eq!(folder.notes()[0].0, Irregularity::Ignored);
}

#[test]
fn a_liquibase_changelog_gives_the_order() {
    let sql = |id: &str| format!("--liquibase formatted sql\n--changeset a:{id}\nA;\n");
    let folder = Folder::new(
        "changelog",
        &[
            (
                "db/master.xml",
                "<databaseChangeLog><include file=\"db/sub/inner.yaml\"/>\
                <include file='more/x.sql' relativeToChangelogFile='true'/></databaseChangeLog>",
            ),
            (
                "db/sub/inner.yaml",
                "databaseChangeLog:\n- include:\n    file: db/sub/2.sql\n\
                - include:\n    file: 1.sql\n    relativeToChangelogFile: true\n",
            ),
            ("db/sub/1.sql", &sql("1")),
            ("db/sub/2.sql", &sql("2")),
            ("db/sub/3.sql", &sql("3")),
            ("db/more/x.sql", &sql("x")),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Liquibase);
    let versions: Vec<&str> = files.iter().map(|file| file.split(' ').nth(1).unwrap()).collect();
    assert_eq!(versions, ["a:2", "a:1", "a:x"]);
    assert_eq!(folder.notes().len(), 1);
}

#[test]
fn golang_migrate() {
    let folder = Folder::new(
        "golang",
        &[
            ("2_b.up.sql", "B;"),
            ("10_d.up.sql", "D;"),
            ("10_d.down.sql", "-;"),
            ("1_a.up.sql", "A;"),
            ("1_a.down.sql", "-;"),
            ("3_c.up.sql", "C;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::GolangMigrate);
    assert_eq!(
        files,
        [
            "1_a.up.sql 1 message A;",
            "2_b.up.sql 2 message B;",
            "3_c.up.sql 3 message C;",
            "10_d.up.sql 10 message D;",
        ]
    );
}

#[test]
fn goose_dbmate_and_sql_migrate() {
    let folder = Folder::new(
        "goose",
        &[
            ("00001_a.sql", "-- +goose Up\nA;\n-- +goose Down\nB;\n"),
            ("00002_b.sql", "-- +goose NO TRANSACTION\n-- +goose Up\nC;\n"),
            ("00004_c.sql", "D;\n"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Goose);
    assert_eq!(
        files,
        ["00001_a.sql 00001 file A;", "00002_b.sql 00002 alone C;", "00004_c.sql 00004 file "]
    );
    let kinds: Vec<Irregularity> = folder.notes().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [Irregularity::Gap, Irregularity::Malformed]);
    let folder = Folder::new(
        "dbmate",
        &[("db/migrations/20240101000000_a.sql", "-- migrate:up\nA;\n-- migrate:down\nB;\n")],
    );
    assert_eq!(folder.show().0, Tool::Dbmate);
    assert_eq!(folder.show().1, ["db/migrations/20240101000000_a.sql 20240101000000 file A;"]);
    let folder = Folder::new(
        "sqlmigrate",
        &[("1.sql", "-- +migrate Up notransaction\nA;\n-- +migrate Down\nB;\n")],
    );
    assert_eq!(folder.show(), (Tool::SqlMigrate, vec!["1.sql 1 alone A;".to_string()]));
}

#[test]
fn sqlx_and_refinery_in_cargo_projects() {
    let folder = Folder::new(
        "sqlx",
        &[
            ("Cargo.toml", "[dependencies]\nsqlx = \"0.8\"\n"),
            ("migrations/20240101000000_a.sql", "A;"),
            ("migrations/20240102000000_b.sql", "-- no-transaction\nB;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Sqlx);
    assert_eq!(
        files[1],
        "migrations/20240102000000_b.sql 20240102000000 alone -- no-transaction\nB;"
    );
    // A package that names its dependencies, and sqlx is none of them: its two files of one version are its own affair.
    let folder = Folder::new(
        "own-runner",
        &[
            ("Cargo.toml", "[package]\nname = \"x\"\n[dependencies]\ntokio-postgres = \"0.7\"\n"),
            ("migrations/20240101000000_a.sql", "A;"),
            ("migrations/20240102000000_b.sql", "B;"),
        ],
    );
    assert_eq!(folder.show().0, Tool::Numbered);
    let folder = Folder::new(
        "refinery",
        &[
            ("Cargo.toml", "[dependencies]\nrefinery = \"0.8\"\n"),
            ("migrations/V1__a.sql", "A;"),
            ("migrations/V2__b.sql", "B;"),
        ],
    );
    assert_eq!(folder.show().0, Tool::Refinery);
}

#[test]
fn diesel() {
    let folder = Folder::new(
        "diesel",
        &[
            ("2024-01-02-000000_b/up.sql", "B;"),
            ("2024-01-02-000000_b/down.sql", "-;"),
            ("20240101000000_a/up.sql", "A;"),
            ("2024-01-03-000000_c/up.sql", "C;"),
            ("2024-01-03-000000_c/metadata.toml", "run_in_transaction = false\n"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Diesel);
    assert_eq!(
        files,
        [
            "20240101000000_a/up.sql 20240101000000 file A;",
            "2024-01-02-000000_b/up.sql 20240102000000 file B;",
            "2024-01-03-000000_c/up.sql 20240103000000 alone C;",
        ]
    );
}

#[test]
fn sqitch() {
    let folder = Folder::new(
        "sqitch",
        &[
            ("sqitch.conf", "[core]\n\tengine = pg\n"),
            (
                "sqitch.plan",
                "%project=x\n\nb 2020-01-01T00:00:00Z A <a@b>\na 2020-01-01T00:00:00Z A <a@b>\n\
                 @v1 2020-01-01T00:00:00Z A <a@b>\nb [b@v1] 2020-01-01T00:00:00Z A <a@b>\n\
                 gone 2020-01-01T00:00:00Z A <a@b>\n",
            ),
            ("deploy/a.sql", "A;"),
            ("deploy/b.sql", "B2;"),
            ("deploy/b@v1.sql", "B1;"),
            ("deploy/c.sql", "C;"),
            ("revert/a.sql", "-;"),
            ("verify/a.sql", "-;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Sqitch);
    assert_eq!(
        files,
        ["deploy/b@v1.sql b@v1 alone B1;", "deploy/a.sql a alone A;", "deploy/b.sql b alone B2;",]
    );
    let kinds: Vec<Irregularity> = folder.notes().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [Irregularity::Missing, Irregularity::Ignored]);
}

#[test]
fn a_plan_of_sqitch_may_have_another_name() {
    let folder = Folder::new(
        "plan",
        &[
            (
                "shop.plan",
                "%syntax-version=1.0.0\n%project=shop\n\nb 2020-01-01T00:00:00Z A <a@b>\n\
                 a 2020-01-01T00:00:00Z A <a@b>\n",
            ),
            ("deploy/a.sql", "A;"),
            ("deploy/b.sql", "B;"),
            ("revert/a.sql", "-;"),
            ("sql/shop--1.0.sql", "-;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Sqitch);
    assert_eq!(files, ["deploy/b.sql b alone B;", "deploy/a.sql a alone A;"]);
}

#[test]
fn node_pg_migrate_tern_graphile_and_atlas() {
    let folder = Folder::new(
        "nodepg",
        &[("1700000000000_a.sql", "-- Up Migration\nA;\n-- Down Migration\nB;")],
    );
    assert_eq!(folder.show().1, ["1700000000000_a.sql 1700000000000 all A;"]);
    let folder =
        Folder::new("tern", &[("001_a.sql", "A;\n---- create above / drop below ----\nB;")]);
    assert_eq!(folder.show(), (Tool::Tern, vec!["001_a.sql 001 file A;".to_string()]));
    let folder = Folder::new(
        "graphile",
        &[
            ("migrations/committed/000001.sql", "--! Previous: -\n--! Hash: sha1:x\n\nA;"),
            ("migrations/current.sql", "B;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!((tool, files.len()), (Tool::GraphileMigrate, 1));
    let folder = Folder::new(
        "atlas",
        &[
            ("atlas.sum", "h1:x\n"),
            ("20240101000000_a.sql", "A;"),
            ("20240102000000_b.sql", "-- atlas:txmode none\n\nB;"),
        ],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Atlas);
    assert!(files[0].contains(" file ") && files[1].contains(" alone "), "{files:?}");
}

#[test]
fn structure_and_numbers() {
    let folder = Folder::new("structure", &[("db/structure.sql", "A;"), ("db/seeds.sql", "B;")]);
    assert_eq!(folder.show(), (Tool::Structure, vec!["db/structure.sql - alone A;".to_string()]));
    let folder = Folder::new(
        "numbered",
        &[("2-b.sql", "B;"), ("10-c.sql", "C;"), ("1-a.sql", "A;"), ("1-a_down.sql", "-;")],
    );
    let (tool, files) = folder.show();
    assert_eq!(tool, Tool::Numbered);
    assert_eq!(files, ["1-a.sql 1 alone A;", "2-b.sql 2 alone B;", "10-c.sql 10 alone C;"]);
}

#[test]
fn what_is_no_folder_of_migrations_is_said() {
    let error = |folder: &Folder| folder.try_plan(None).unwrap_err().to_string();
    let folder = Folder::new("empty", &[]);
    assert!(error(&folder).contains("is an empty directory"));
    let folder = Folder::new("nosql", &[("a.txt", "x")]);
    assert!(error(&folder).contains("none whose name ends in .sql"));
    let folder = Folder::new("two", &[("a/1_x.up.sql", "A;"), ("b/1_x.up.sql", "B;")]);
    let said = error(&folder);
    assert!(said.contains("a (golang-migrate), b (golang-migrate)"), "{said}");
    let missing = plan(&mut Sources::new(), Path::new("/no/such"), None, &psql::read);
    assert!(missing.unwrap_err().to_string().starts_with("/no/such: no such file"));
}

#[test]
fn the_tool_can_be_named() {
    let folder = Folder::new("named", &[("10_b.sql", "B;"), ("9_a.sql", "A;")]);
    let plan = folder.try_plan(Some(Tool::Dbmate)).unwrap();
    assert!(plan.files[0].name.ends_with("10_b.sql"));
    assert!(plan.notes.iter().any(|note| note.kind == Irregularity::OutOfOrder));
    assert_eq!(Tool::from_name("Golang-Migrate"), Some(Tool::GolangMigrate));
}

#[cfg(unix)]
#[test]
fn loops_of_links_and_unreadable_files_are_noted() {
    let folder = Folder::new("links", &[("1_a.sql", "A;"), ("2_b.sql", "B;")]);
    std::os::unix::fs::symlink(&folder.0, folder.0.join("again")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.0.join("3_c.sql")).unwrap();
    let notes = folder.notes();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes.iter().all(|(kind, _)| *kind == Irregularity::Unreadable));
    assert!(notes.iter().any(|(_, text)| text.contains("leads back to")));
}

#[test]
fn an_order_file_is_followed_to_the_letter() {
    let folder = Folder::new(
        "order",
        &[("src/b.sql", "B;"), ("src/a.sql", "A;"), ("ORDER.txt", "b.sql\n\na.sql\r\nb.sql\n")],
    );
    let (list, root) = (folder.0.join("ORDER.txt"), folder.0.join("src"));
    let mut sources = Sources::new();
    let plan = read_order(&mut sources, &list, &root, &psql::read).unwrap();
    let names: Vec<&str> = plan.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["b.sql", "a.sql", "b.sql"]);
    assert_eq!(plan.files[0].source, plan.files[2].source);
    std::fs::remove_file(root.join("a.sql")).unwrap();
    let error = read_order(&mut sources, &list, &root, &psql::read).unwrap_err().to_string();
    assert!(error.contains("a.sql: no such file") && error.contains("line 3"), "{error}");
}
