//! Recorded dumps: `tests/dumps/NAME.sql` is a schema, `tests/dumps/NAME/` holds what pg_dump printed of it.
//!
//! - `13-17.sql`: of servers 13 to 17, all the same; `13-17.again.sql`: of that dump restored, where it differs.
//! - A line `-- dump: OPTIONS` in the schema asks for a dump with options; the second and later are `2.13-17.sql` …
//! - `--[15-]` begins what only servers from 15 on are given, `--[]` ends it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pgreckon::catalog::Catalog;
use pgreckon::deparse::pg_dump::{self, Options, Section};
use pgreckon::session::Session;

use crate::VERSIONS;
use crate::record::{self, Connection};
use crate::statements::{self, Answer, Item};

/// Where a schema is made, and where its dump is restored.
const FIRST: &str = "pgreckon_dump";
const SECOND: &str = "pgreckon_dump_again";
/// Other names than those of conformance tests, so that both can be recorded at once.
const ROLES: [&str; 2] = ["pgreckon_c", "pgreckon_d"];

/// A schema and the dumps that are asked for.
struct Case {
    text: String,
    /// One list of words for each dump.
    dumps: Vec<Vec<String>>,
}

/// Whether `[15-]`, `[-14]` or `[13-15]` holds the version.
fn holds(range: &str, version: u32) -> bool {
    let (low, high) = range.split_once('-').unwrap_or((range, range));
    let low = low.parse().unwrap_or(0);
    let high = high.parse().unwrap_or(99);
    (low..=high).contains(&version)
}

impl Case {
    fn read(path: &Path) -> Case {
        let text = fs::read_to_string(path).expect("tests are UTF-8");
        let asked = text.lines().filter_map(|line| line.strip_prefix("-- dump:"));
        let mut dumps: Vec<Vec<String>> =
            asked.map(|line| line.split_whitespace().map(str::to_string).collect()).collect();
        if dumps.is_empty() {
            dumps.push(Vec::new());
        }
        Case { text, dumps }
    }

    /// The statements that this version is given.
    fn statements(&self, version: u32) -> Vec<Item> {
        let mut wanted = true;
        let mut text = String::new();
        for line in self.text.lines() {
            match line.strip_prefix("--[").and_then(|line| line.strip_suffix(']')) {
                Some(range) => wanted = range.is_empty() || holds(range, version),
                None if wanted => text.push_str(line),
                None => {}
            }
            text.push('\n');
        }
        statements::read(&text)
    }
}

/// What lies beside the databases and is there before a dump is restored.
fn is_global(item: &Item) -> bool {
    let start = item.wire.trim_start().to_uppercase();
    ["CREATE ROLE", "CREATE TABLESPACE", "SET ALLOW_IN_PLACE"].iter().any(|w| start.starts_with(w))
}

/// A dump without the lines that say which minor version it is of.
fn normal(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        let versions = ["-- Dumped from database version", "-- Dumped by pg_dump version"];
        lines.push(versions.into_iter().find(|start| line.starts_with(start)).unwrap_or(line));
    }
    lines.join("\n") + "\n"
}

/// What a pg_dump newer than the server prints of it and its own does not: 13 and 14 give the public schema to another
/// owner, 17 streams subscriptions in another way.
fn without_artefacts(text: &str, version: u32) -> String {
    let artefact = |block: &str| {
        let public = block.contains("SCHEMA public") || block.contains("SCHEMA \"public\"");
        let owner = block.contains("Name: public; Type: SCHEMA") && block.contains("*not*");
        let privileges =
            block.contains("REVOKE USAGE ON SCHEMA") && block.contains("GRANT ALL ON SCHEMA");
        let comment = block.contains("\"public\" IS 'standard public schema'");
        public && (owner || privileges || comment)
    };
    match version {
        ..=14 => {
            const END: &str = "--\n-- PostgreSQL database dump complete";
            let (body, end) = text.split_at(text.find(END).unwrap_or(text.len()));
            let blocks = body.split("--\n-- Name: ").enumerate();
            let named = |(at, block)| match at {
                0 => String::from(block),
                _ => format!("--\n-- Name: {block}"),
            };
            // What the next entry needs set stands at the end of the one before.
            let settings = |block: String| {
                block.find("SET default_").map_or("", |at| &block[at..]).to_string()
            };
            let keep = |block: String| if artefact(&block) { settings(block) } else { block };
            let kept: String = blocks.map(named).map(keep).collect();
            let kept = kept + end;
            kept.replace("-- *not* dropping schema, since initdb creates it\n", "")
        }
        17 => text.replace(", streaming = off", ""),
        _ => text.to_string(), // their own pg_dump
    }
}

/// Our dumps of the case, each with the dump of what it makes.
fn ours(
    case: &Case,
    version: u32,
    template: &Catalog,
) -> Result<Vec<(String, Option<String>)>, String> {
    let items = case.statements(version);
    let mut session = Session::connect(template.clone(), false, true);
    run(&mut session, &items).map_err(|error| format!("[{version}] {error}"))?;
    let mut dumps = Vec::new();
    for words in &case.dumps {
        let options = options(words);
        let first = pg_dump::dump(&session.catalog, &options);
        let again = if restorable(words) {
            let mut restored = Session::connect(template.clone(), false, true);
            let globals: Vec<Item> =
                items.iter().filter(|item| is_global(item)).map(Item::plain).collect();
            run(&mut restored, &globals).map_err(|error| format!("[{version}] {error}"))?;
            let printed = statements::read(&first);
            run(&mut restored, &printed)
                .map_err(|error| format!("[{version}] our own dump: {error}"))?;
            Some(normal(&pg_dump::dump(&restored.catalog, &options)))
        } else {
            None
        };
        dumps.push((normal(&first), again));
    }
    Ok(dumps)
}

/// Whether a dump with these options is a whole schema.
fn restorable(words: &[String]) -> bool {
    words.iter().all(|word| word == "--quote-all-identifiers")
}

fn run(session: &mut Session, items: &[Item]) -> Result<(), String> {
    for item in items {
        match crate::execute(session, item) {
            Ok(Answer::Ok) => {}
            Ok(answer) => return Err(format!("{answer}: {}", item.wire)),
            Err(reason) => return Err(format!("unknown, {reason}: {}", item.wire)),
        }
    }
    Ok(())
}

/// pg_dump's options as ours.
fn options(words: &[String]) -> Options {
    let mut options = Options { restrict_key: "pgreckon".to_string(), ..Options::default() };
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let value = value.to_string();
        match name {
            "--no-owner" => options.no_owner = true,
            "--no-privileges" => options.no_privileges = true,
            "--no-comments" => options.no_comments = true,
            "--clean" => options.clean = true,
            "--if-exists" => options.if_exists = true,
            "--quote-all-identifiers" => options.quote_all_identifiers = true,
            "--schema" => options.schemas.push(value),
            "--exclude-schema" => options.exclude_schemas.push(value),
            "--table" => options.tables.push(value),
            "--section" => options.sections.push(match value.as_str() {
                "pre-data" => Section::PreData,
                "data" => Section::Data,
                _ => Section::PostData,
            }),
            other => panic!("no such option of a dump: {other}"),
        }
    }
    options
}

/// The recorded files of a case: variant, versions, whether of the restored dump.
fn recorded(path: &Path) -> Vec<(usize, String, bool, PathBuf)> {
    let folder = path.with_extension("");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let file = entry.expect("a folder can be listed").path();
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(stem) = name.as_deref().and_then(|name| name.strip_suffix(".sql")) else {
            continue;
        };
        let (stem, again) = match stem.strip_suffix(".again") {
            Some(stem) => (stem, true),
            None => (stem, false),
        };
        let (variant, range) = stem.split_once('.').unwrap_or(("1", stem));
        found.push((variant.parse().unwrap_or(1), range.to_string(), again, file));
    }
    found.sort();
    found
}

/// Compares ours with what is recorded.
pub fn check(path: &Path, catalogs: &BTreeMap<u32, Catalog>) -> Option<String> {
    let case = Case::read(path);
    let files = recorded(path);
    if files.is_empty() {
        return Some("nothing is recorded; see CONTRIBUTING.md".to_string());
    }
    let mut problems = Vec::new();
    for (version, template) in catalogs {
        let find = |variant: usize, again: bool| {
            let fits = |file: &&(usize, String, bool, PathBuf)| {
                file.0 == variant && file.2 == again && holds(&file.1, *version)
            };
            let file = files.iter().find(fits)?;
            Some((fs::read_to_string(&file.3).expect("tests are UTF-8"), crate::name(&file.3)))
        };
        if find(1, false).is_none() {
            continue; // the case is not for this version
        }
        let dumps = match ours(&case, *version, template) {
            Ok(dumps) => dumps,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        for (at, (first, again)) in dumps.into_iter().enumerate() {
            let Some((expected, file)) = find(at + 1, false) else { continue };
            problems.extend(difference(&expected, &first, &file, *version));
            if let Some(again) = again {
                let (expected, file) = find(at + 1, true).unwrap_or((expected, file));
                problems.extend(difference(
                    &expected,
                    &again,
                    &format!("{file}, restored"),
                    *version,
                ));
            }
        }
    }
    (!problems.is_empty()).then(|| problems.join("\n"))
}

/// The first lines that differ.
fn difference(expected: &str, ours: &str, file: &str, version: u32) -> Option<String> {
    if expected == ours {
        return None;
    }
    let (theirs, mine): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), ours.lines().collect());
    let same = theirs.iter().zip(&mine).take_while(|(a, b)| a == b).count();
    let tail = |lines: &[&str]| -> String {
        let to = lines.len().min(same + 4);
        lines.get(same..to).unwrap_or_default().join("\n  ")
    };
    let before = theirs.get(same.saturating_sub(3)..same).unwrap_or_default().join("\n  ");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dumps");
    let written = folder.join(file.replace(['/', ' '], "_") + &format!("@{version}"));
    let saved = fs::create_dir_all(&folder).and_then(|()| fs::write(&written, ours));
    saved.expect("ours can be written");
    Some(format!(
        "{file} [{version}], ours is {}, line {}:\n  {before}\n expected\n  {}\n ours\n  {}",
        written.display(),
        same + 1,
        tail(&theirs),
        tail(&mine)
    ))
}

/// Asks every version's server and pg_dump and writes what they print.
pub fn record(path: &Path) {
    let case = Case::read(path);
    let wanted = case.text.lines().find_map(|line| line.strip_prefix("-- versions:"));
    let mut texts: BTreeMap<(usize, bool), Vec<(u32, String)>> = BTreeMap::new();
    for version in VERSIONS.filter(|version| wanted.is_none_or(|w| holds(w.trim(), *version))) {
        let port = record::port(version);
        record::clean_up(version, &[FIRST, SECOND], &ROLES);
        let mut server = Connection::fresh(version, FIRST);
        let items = case.statements(version);
        run_there(&mut server, &items, path, version);
        for (at, words) in case.dumps.iter().enumerate() {
            let printed = dump_there(version, port, FIRST, words);
            let first = without_artefacts(&printed, version);
            texts.entry((at, false)).or_default().push((version, normal(&first)));
            if restorable(words) {
                let mut second = Connection::fresh(version, SECOND);
                run_there(&mut second, &statements::read(&printed), path, version);
                let again = dump_there(version, port, SECOND, words);
                let again = without_artefacts(&again, version);
                texts.entry((at, true)).or_default().push((version, normal(&again)));
            }
        }
        drop(server);
        record::clean_up(version, &[FIRST, SECOND], &ROLES);
    }
    let folder = path.with_extension("");
    let _ = fs::remove_dir_all(&folder); // it may not be there yet
    fs::create_dir_all(&folder).expect("a folder can be made");
    let firsts: BTreeMap<(usize, u32), String> = texts
        .iter()
        .filter(|((_, again), _)| !again)
        .flat_map(|((at, _), dumps)| dumps.iter().map(|(v, text)| ((*at, *v), text.clone())))
        .collect();
    for ((at, again), dumps) in texts {
        let mut ranges: Vec<(u32, u32, String)> = Vec::new();
        for (version, text) in dumps {
            if again && firsts.get(&(at, version)) == Some(&text) {
                continue;
            }
            match ranges.last_mut() {
                Some((_, high, known)) if *known == text && *high + 1 == version => *high = version,
                _ => ranges.push((version, version, text)), // the first, or another than before
            }
        }
        for (low, high, text) in ranges {
            let variant = if at == 0 { String::new() } else { format!("{}.", at + 1) };
            let again = if again { ".again" } else { "" };
            let file = folder.join(format!("{variant}{low}-{high}{again}.sql"));
            fs::write(file, text).expect("the dump can be written");
        }
    }
    println!("recorded the dumps of {}", crate::name(path));
}

fn run_there(server: &mut Connection, items: &[Item], path: &Path, version: u32) {
    for item in items {
        let answer = server.query(&item.wire);
        assert_eq!(answer, Answer::Ok, "{} [{version}]: {}", crate::name(path), item.wire);
    }
}

/// The oldest pg_dump that reads the server: of `PGRECKON_PG_DUMP`, paths between colons.
fn dump_there(version: u32, port: u16, database: &str, words: &[String]) -> String {
    let paths = std::env::var("PGRECKON_PG_DUMP").unwrap_or_else(|_| "pg_dump".to_string());
    let major = |path: &str| -> Option<u32> {
        let output = Command::new(path).arg("--version").output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
    };
    let mut known: Vec<(u32, &str)> =
        paths.split(':').filter_map(|path| Some((major(path)?, path))).collect();
    known.sort_unstable();
    let newer = known.iter().find(|(major, _)| *major >= version);
    let (_, program) = newer.expect("a pg_dump of that version; see CONTRIBUTING.md");
    let output = Command::new(program)
        .args(["-h", "127.0.0.1", "-U", "postgres", "--schema-only", "--restrict-key=pgreckon"])
        .args(["-p", &port.to_string(), "-d", database])
        .args(words)
        .output()
        .expect("pg_dump starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("dumps are UTF-8")
}
