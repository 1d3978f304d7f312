//! Functions broken on purpose: each thing that tests/bodies/shop.sql marks is renamed, dropped or given another type,
//! and each place that needs it must be found, to the byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A mark: what stands there, and the byte after the comment.
struct Mark {
    thing: String,
    place: usize,
    function: String,
}

/// One way of breaking a thing.
struct Break {
    thing: String,
    sql: String,
}

fn schema() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bodies/shop.sql");
    fs::read_to_string(path).expect("the schema can be read")
}

fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (start, _) in text.match_indices("/*!") {
        let end = start + text[start..].find("*/").expect("the mark ends");
        let thing = text[start + 3..end].to_string();
        if thing == "thing" {
            continue;
        }
        let header = text[..start].rfind("CREATE FUNCTION").expect("marks stand in functions");
        let function = text[header..].lines().next().unwrap_or("").to_string();
        marks.push(Mark { thing, place: end + 2, function });
    }
    marks
}

/// The ways in which a thing is broken.
fn breaks(thing: &str, text: &str) -> Vec<Break> {
    let sql: Vec<String> = match thing.split_once('.') {
        Some((table, column)) => vec![
            format!("ALTER TABLE {table} RENAME COLUMN {column} TO {column}_was;"),
            format!("ALTER TABLE {table} DROP COLUMN {column} CASCADE;"),
        ],
        None if text.contains(&format!("CREATE TABLE {thing} ")) => vec![
            format!("ALTER TABLE {thing} RENAME TO {thing}_was;"),
            format!("DROP TABLE {thing} CASCADE;"),
        ],
        None if text.contains(&format!("CREATE VIEW {thing} ")) => vec![
            format!("ALTER VIEW {thing} RENAME TO {thing}_was;"),
            format!("DROP VIEW {thing} CASCADE;"),
        ],
        None => {
            let at = text.find(&format!(" {thing}(")).expect("the function is made");
            let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
            let made = text[line..].lines().next().unwrap_or("");
            let kind = if made.contains("PROCEDURE") { "PROCEDURE" } else { "FUNCTION" };
            let (_, arguments) = made.split_once('(').expect("it has arguments");
            let old = arguments.split([' ', ',', ')']).nth(1).expect("it has a type");
            let other = made.replacen(&format!(" {old}"), " box", 1);
            let other = other.split(" AS ").next().unwrap_or("").to_string() + " AS 'SELECT NULL::";
            let result = match made.split_once("RETURNS ") {
                Some((_, result)) => result.split(' ').next().unwrap_or("text"),
                None => "text",
            };
            let other = format!("{other}{}';", if result == "void" { "text" } else { result });
            vec![
                format!("DROP {kind} {thing};\n{other}"),
                format!("ALTER {kind} {thing} RENAME TO {thing}_was;"),
            ]
        }
    };
    sql.into_iter().map(|sql| Break { thing: thing.to_string(), sql }).collect()
}

/// The bytes at which function bodies are said to fail, for each file.
fn found(files: &[PathBuf]) -> Vec<BTreeSet<usize>> {
    let output = Command::new(env!("CARGO_BIN_EXE_pgreckon"))
        .args(["check", "--format", "json"])
        .args(files)
        .output()
        .expect("the program starts");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    let inputs = report["inputs"].as_array().expect("inputs");
    assert_eq!(inputs.len(), files.len());
    inputs
        .iter()
        .map(|input| {
            assert_eq!(input["summary"]["fail"], 0, "{}: {input:#}", input["path"]);
            let findings = input["findings"].as_array().into_iter().flatten();
            findings
                .filter(|finding| finding["rule"] == "function-body-fails")
                .filter_map(|finding| finding["place"]["offset"].as_u64())
                .map(|offset| offset as usize)
                .collect()
        })
        .collect()
}

#[test]
fn what_is_broken_is_found_at_its_place() {
    let text = schema();
    let marks = marks(&text);
    let things: BTreeSet<&str> = marks.iter().map(|mark| mark.thing.as_str()).collect();
    let all: Vec<Break> = things.iter().flat_map(|thing| breaks(thing, &text)).collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bodies");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let files: Vec<PathBuf> = all
        .iter()
        .enumerate()
        .map(|(at, broken)| {
            let path = folder.join(format!("{at}.sql"));
            fs::write(&path, format!("{text}\n{}\n", broken.sql)).expect("it can be written");
            path
        })
        .collect();
    let found = found(&files);
    let (mut wanted, mut missed) = (0, BTreeMap::new());
    for ((broken, found), file) in all.iter().zip(&found).zip(&files) {
        for mark in marks.iter().filter(|mark| mark.thing == broken.thing) {
            let thing = &mark.thing;
            let goes_too = broken.sql.starts_with("DROP TABLE")
                && (mark.function.contains(&format!("SETOF {thing} "))
                    || mark.function.contains(&format!("RETURNS {thing} ")));
            if goes_too {
                continue;
            }
            wanted += 1;
            if !found.contains(&mark.place) {
                let rest = text[mark.place..].lines().next().unwrap_or("");
                let why = format!("{} at {}: {rest}", broken.sql, file.display());
                missed.insert((broken.sql.clone(), mark.place), why);
            }
        }
    }
    assert!(wanted >= 200, "only {wanted} places are broken");
    let missed: Vec<String> = missed.into_values().collect();
    assert!(missed.is_empty(), "{} of {wanted} are missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn what_would_run_for_ever_is_stopped() {
    let text = "DO $$ BEGIN LOOP END LOOP; END $$;\n\
        DO $$ DECLARE x text := 'abc'; BEGIN LOOP x := x || x; END LOOP; END $$;\n\
        DO $$ DECLARE x int[] := '{1}'; BEGIN LOOP x := x || x; END LOOP; END $$;\n\
        CREATE FUNCTION again(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN\n\
        EXECUTE 'CREATE TABLE a (b int)'; RETURN again(n + 1); END $$;\n\
        DO $$ BEGIN WHILE true LOOP EXECUTE 'SELECT 1'; END LOOP; END $$;\n";
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("for_ever.sql");
    fs::write(&path, text).expect("it can be written");
    let started = std::time::Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_pgreckon"))
        .args(["check", "--format", "json"])
        .arg(&path)
        .output()
        .expect("the program starts");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!(report["inputs"][0]["summary"]["statements"], 5);
    assert_eq!(report["inputs"][0]["summary"]["fail"], 0, "{report:#}");
    assert!(started.elapsed().as_secs() < 120, "it took {:?}", started.elapsed());
}
