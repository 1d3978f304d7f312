//! Bad input: each a clear message and an exit code of its own, never a panic.

use std::fs;
use std::path::{Path, PathBuf};

use crate::samples::run;

/// A folder of its own for one test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad_input").join(name);
    let _ = fs::remove_dir_all(&folder); // a folder of an earlier run
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// Checks one file with these bytes: the report and the exit code.
fn check(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let folder = folder(name);
    fs::write(folder.join("input.sql"), bytes).expect("a file can be written");
    let printed = run(&folder, &["check", "input.sql"]);
    assert!(!printed.contains("panicked"), "{printed}");
    assert!(!printed.contains("internal error"), "{printed}");
    printed
}

#[track_caller]
fn says(printed: &str, parts: &[&str]) {
    for part in parts {
        assert!(printed.contains(part), "`{part}` is not in:\n{printed}");
    }
}

#[test]
fn a_missing_path() {
    let printed = run(&folder("missing"), &["check", "nowhere"]);
    says(&printed, &["nowhere", "exit 2"]);
}

#[test]
fn a_folder_without_sql() {
    let folder = folder("without_sql");
    fs::write(folder.join("notes.txt"), "nothing").expect("a file can be written");
    says(&run(&folder, &["check", "."]), &["exit 2"]);
}

#[test]
fn an_empty_file() {
    says(&check("empty", ""), &["input.sql: is empty", "exit 2"]);
    says(&check("comments", "-- nothing\n/* here */\n"), &["0 statements", "exit 2"]);
}

#[test]
fn a_byte_order_mark_and_line_ends_of_another_system() {
    let printed = check("bom", "\u{feff}CREATE SCHEMA a;\r\nCREATE SCHEMA a;\r\n");
    says(&printed, &["schema \"a\" already exists", "input.sql:2:", "exit 1"]);
}

#[test]
fn utf_16() {
    let text = "CREATE SCHEMA a;\nCREATE SCHEMA a;\n";
    let little: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    says(&check("utf16", little), &["UTF-16", "schema \"a\" already exists", "exit 1"]);
}

#[test]
fn binary_data() {
    let bytes: Vec<u8> =
        (0..4_096u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let printed = check("binary", bytes);
    assert!(printed.ends_with("exit 2\n") || printed.ends_with("exit 1\n"), "{printed}");
}

#[test]
fn a_dump_that_is_cut_short() {
    let dump = "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 17.2\n-- Dumped by pg_dump version 17.2\n\n\
                SET client_encoding = 'UTF8';\nCREATE SCHEMA a;\n\nCREATE TABLE a.t (\n    id integer,\n    na";
    says(&check("truncated", dump), &["cut short", "exit 1"]);
}

#[test]
fn a_dump_that_is_cut_in_the_middle_of_a_string() {
    let text = "CREATE SCHEMA a;\nCOMMENT ON SCHEMA a IS 'it goes on and";
    says(&check("in_a_string", text), &["quoted string", "exit 1"]);
}

#[test]
fn a_mysql_dump() {
    let dump = "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n-- Host: localhost    Database: shop\n\
                -- ------------------------------------------------------\n-- Server version\t8.0.36\n\n\
                /*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `users`;\n\
                CREATE TABLE `users` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n";
    says(&check("mysql", dump), &["MySQL", "exit 1"]);
}

#[test]
fn one_statement_of_another_vendor() {
    let text =
        "CREATE SCHEMA a;\nCREATE TABLE `users` (`id` int AUTO_INCREMENT);\nCREATE SCHEMA a;\n";
    says(
        &check("vendor", text),
        &["syntax error", "MySQL", "schema \"a\" already exists", "exit 1"],
    );
}

#[test]
fn a_line_of_a_megabyte() {
    let mut text = "SELECT 1".to_string();
    while text.len() < 1_000_000 {
        text.push_str(" + 1");
    }
    text.push_str(";\nCREATE SCHEMA a; CREATE SCHEMA a;\n");
    let printed = check("long_line", text);
    says(&printed, &["exit 1"]);
    assert!(printed.len() < 20_000, "the report does not repeat the line: {} bytes", printed.len());
}

#[test]
fn parentheses_without_end() {
    let text = format!("SELECT {}1{};\nSELECT 1;\n", "(".repeat(20_000), ")".repeat(20_000));
    let printed = check("parentheses", text);
    assert!(!printed.contains("signal"), "{printed}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("unreadable");
    let file = folder.join("input.sql");
    fs::write(&file, "SELECT 1;").expect("a file can be written");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).expect("permissions can be set");
    if fs::read(&file).is_ok() {
        return; // root reads everything
    }
    says(&run(&folder, &["check", "input.sql"]), &["input.sql", "exit 2"]);
}

#[cfg(unix)]
#[test]
fn links_that_run_in_a_circle() {
    let folder = folder("circle");
    fs::create_dir(folder.join("migrations")).expect("a folder can be made");
    fs::write(folder.join("migrations/001_a.sql"), "CREATE SCHEMA a;")
        .expect("a file can be written");
    std::os::unix::fs::symlink("..", folder.join("migrations/again")).expect("a link can be made");
    let printed = run(&folder, &["check", "migrations"]);
    says(&printed, &["1 statements"]);
}

#[test]
fn control_characters_are_not_printed() {
    let printed = check(
        "control",
        "CREATE SCHEMA \"a\u{1b}[31m\u{202e}\";\nCREATE SCHEMA \"a\u{1b}[31m\u{202e}\";\n",
    );
    assert!(!printed.contains('\u{1b}') && !printed.contains('\u{202e}'), "{printed:?}");
    says(&printed, &["already exists", "exit 1"]);
}
