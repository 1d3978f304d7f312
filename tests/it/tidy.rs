//! Keeps the rooms in order and their doors shut, by reading the sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The sources below a folder, with their texts.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.expect("src can be walked").into_path())
        .filter(|path| {
            path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no sources below {folder}");
    files
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).expect("sources are UTF-8")))
        .collect()
}

/// A path below src, with forward slashes.
fn name(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let below = path.strip_prefix(&root).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The lines that are code: comments left out, tests at a file's end left out.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split("#[cfg(test)]\nmod ")
        .next()
        .unwrap_or("")
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

fn rooms() -> BTreeMap<String, usize> {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
        .expect("lib.rs");
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .enumerate()
        .map(|(at, room)| (room.to_string(), at))
        .collect()
}

#[test]
fn a_file_names_only_rooms_above_its_own() {
    let rooms = rooms();
    assert!(rooms.len() > 10, "lib.rs lists the rooms: {rooms:?}");
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let name = name(&path);
        let Some(own) = name.split('/').next().and_then(|room| rooms.get(room)) else { continue };
        for line in code(&text) {
            for used in line.split("crate::").skip(1) {
                let used: String =
                    used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if rooms.get(&used).is_some_and(|at| at > own) {
                    wrong.push(format!("{name}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "rooms below are named:\n{}", wrong.join("\n"));
}

/// Where a word may stand in code.
fn only(words: &[&str], allowed: &[&str], why: &str) {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let name = name(&path);
        if allowed.iter().any(|door| name.starts_with(door)) {
            continue;
        }
        for line in code(&text) {
            if words.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{name}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{why}:\n{}", wrong.join("\n"));
}

#[test]
fn only_source_opens_files() {
    only(
        &["std::fs", "File::open", "fs::read"],
        &["source/", "nodes/generated_tests.rs", "cli/dump.rs"],
        "only `source` opens files",
    );
}

#[test]
fn only_report_and_cli_write() {
    let words = ["println!", "eprintln!", "print!(", "io::stdout", "io::stderr"];
    only(&words, &["report/", "cli/"], "only `report` and `cli` write");
}

#[test]
fn only_nodes_knows_the_parsers() {
    only(&["pg_query", "sqlparser::"], &["nodes/"], "only `nodes` imports pg_query and sqlparser");
}

#[test]
fn only_one_file_is_unsafe() {
    only(
        &["unsafe {", "unsafe fn", "unsafe extern", "unsafe impl"],
        &["nodes/raw_parser.rs"],
        "unsafe code",
    );
}

#[test]
fn only_report_knows_how_findings_look() {
    only(&["miette::"], &["report/"], "only `report` knows miette");
}

#[test]
fn only_commands_change_a_catalog() {
    let words = [
        "catalog.put(",
        "catalog.update::",
        "catalog.remove::",
        ".set_comment(",
        ".add_dependency(",
    ];
    only(&words, &["commands/", "catalog/"], "only `commands` changes a catalog");
}

#[test]
fn every_file_says_what_it_knows() {
    let mut silent = Vec::new();
    for folder in ["src", "tests", "build"] {
        for (path, text) in sources(folder) {
            if !text.starts_with("//! ") && !path.ends_with("bindings.rs") {
                silent.push(path);
            }
        }
    }
    assert!(silent.is_empty(), "without a first line: {silent:?}");
}

#[test]
fn no_dependency_reaches_a_network() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"))
        .expect("Cargo.lock");
    let sockets = [
        "mio",
        "tokio",
        "socket2",
        "hyper",
        "reqwest",
        "ureq",
        "curl",
        "rustls",
        "openssl",
        "native-tls",
        "async-std",
    ];
    let found: Vec<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .filter(|name| sockets.contains(name))
        .collect();
    assert!(found.is_empty(), "network code: {found:?}");
}
