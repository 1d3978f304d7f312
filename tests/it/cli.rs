//! The command line: exit codes, options that exclude each other, output for programs.

use std::path::{Path, PathBuf};

use crate::samples::run;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

#[test]
fn exit_codes() {
    let code = |arguments: &[&str]| run(&samples(), arguments).lines().last().map(str::to_string);
    assert_eq!(code(&["check", "1-two-environments/migrations"]).as_deref(), Some("exit 0"));
    assert_eq!(code(&["check", "5-broken-deployment/migrations"]).as_deref(), Some("exit 1"));
    assert_eq!(code(&["check", "nowhere"]).as_deref(), Some("exit 2"));
    assert_eq!(code(&["check"]).as_deref(), Some("exit 2"));
    assert_eq!(code(&["nothing"]).as_deref(), Some("exit 2"));
    assert_eq!(code(&["--help"]).as_deref(), Some("exit 0"));
    assert_eq!(
        code(&["drift", "4-widths/live.sql", "4-widths/live.sql"]).as_deref(),
        Some("exit 0")
    );
    assert_eq!(
        code(&["drift", "4-widths/live.sql", "4-widths/staging.sql"]).as_deref(),
        Some("exit 1")
    );
    assert_eq!(code(&["drift", "4-widths/live.sql", "nowhere"]).as_deref(), Some("exit 2"));
    assert_eq!(code(&["replay", "4-widths/live.sql"]).as_deref(), Some("exit 0"));
    assert_eq!(code(&["replay", "5-broken-deployment/migrations"]).as_deref(), Some("exit 1"));
}

/// The JSON that a command prints.
fn json(arguments: &[&str]) -> serde_json::Value {
    let printed = run(&samples(), arguments);
    let (text, _) = printed.rsplit_once("exit ").expect("the exit code is last");
    serde_json::from_str(text).expect("the report is JSON")
}

#[test]
fn reports_as_data() {
    let check = json(&["check", "--format", "json", "5-broken-deployment/migrations"]);
    assert_eq!(check["schema_version"], 1);
    assert_eq!(check["command"], "check");
    let findings = check["inputs"][0]["findings"].as_array().expect("findings are a list");
    let fails = findings
        .iter()
        .find(|finding| finding["sqlstate"] == "42P07" && finding["level"] == "error");
    let place = &fails.expect("the table is already there")["place"];
    assert_eq!(place["file"], "5-broken-deployment/migrations/005_shipments_again.sql");
    assert_eq!(place["line"], 2);

    let drift = json(&["drift", "--format", "json", "4-widths/staging.sql", "4-widths/live.sql"]);
    assert_eq!(drift["command"], "drift");
    assert_eq!(drift["summary"]["missing"], 3);
    assert_eq!(drift["summary"]["different"], 3);
    let name = drift["differences"][0]["object"]["name"].as_str();
    assert_eq!(name, Some("public.contacts"));
}

#[test]
fn output_that_is_no_terminal_is_plain() {
    for arguments in
        [["check", "5-broken-deployment/migrations"], ["replay", "5-broken-deployment/migrations"]]
    {
        assert!(!run(&samples(), &arguments).contains('\u{1b}'));
    }
}

#[test]
fn an_order_stands_for_a_path() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("order");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    std::fs::write(folder.join("one.sql"), "CREATE TABLE t (id integer);\n")
        .expect("a file can be written");
    std::fs::write(folder.join("two.sql"), "DROP TABLE t;\nDROP TABLE t;\n")
        .expect("a file can be written");
    std::fs::write(folder.join("ORDER.txt"), "one.sql\ntwo.sql\n").expect("a file can be written");
    let printed = run(&folder, &["replay", "--order", "ORDER.txt", "--root", "."]);
    let outcomes: Vec<&str> = printed
        .lines()
        .filter_map(|line| line.split("\"outcome\":\"").nth(1)?.split('"').next())
        .collect();
    assert_eq!(outcomes, ["ok", "ok", "error"]);
    assert!(printed.contains("\"file\":\"two.sql\""));
    assert!(
        run(&folder, &["check", "one.sql", "--order", "ORDER.txt", "--root", "."])
            .ends_with("exit 2\n")
    );
}

#[test]
fn a_committed_dump_is_checked() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dump_check");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("a file can be written");
    };
    write(
        "schema.sql",
        "CREATE TABLE t (id integer PRIMARY KEY, name text);\nCREATE VIEW v AS SELECT id FROM t;\n",
    );
    let printed = run(&folder, &["dump", "schema.sql", "--output", "structure.sql"]);
    assert_eq!(printed, "exit 0\n");
    let check = ["dump", "schema.sql", "--check", "structure.sql"];
    let same = run(&folder, &check);
    assert!(same.ends_with("exit 0\n"), "{same}");

    let committed = std::fs::read_to_string(folder.join("structure.sql")).expect("it is written");
    write("structure.sql", &committed.replace("name text", "name character varying(20)"));
    let different = run(&folder, &check);
    assert!(different.ends_with("exit 1\n"), "{different}");
    for part in ["public.t", "name", "character varying(20)", "schema.sql:1", "structure.sql:"] {
        assert!(different.contains(part), "no {part} in\n{different}");
    }
    write("structure.sql", "CREATE TABLE public.other (id integer);\n");
    let different = run(&folder, &check);
    assert!(different.contains("public.other") && different.ends_with("exit 1\n"), "{different}");
    assert!(run(&folder, &["dump", "schema.sql", "--check", "nowhere"]).ends_with("exit 2\n"));
    assert!(
        run(&folder, &["dump", "schema.sql", "--check", "t", "--format", "json"])
            .ends_with("exit 2\n")
    );
}

#[test]
fn a_catalog_as_data() {
    let dump = json(&["dump", "--format", "json", "4-widths/live.sql"]);
    assert_eq!(dump["schema_version"], 1);
    assert_eq!(dump["command"], "dump");
    assert_eq!(dump["pg_version"], 18);
    let objects = dump["objects"].as_array().expect("objects are a list");
    let contacts = objects.iter().find(|object| object["name"] == "public.contacts");
    let contacts = contacts.expect("the table is there");
    assert_eq!(contacts["kind"], "table");
    let parts = contacts["parts"].as_array().expect("parts are a list");
    let id = parts.iter().find(|part| part["kind"] == "column" && part["position"] == 1);
    assert!(id.is_some_and(|id| id["facts"]["type"].is_string()), "{contacts}");
}
