//! A dump that is read back makes the same catalog: dumped again it has the same bytes, or settles at the second
//! generation, where PostgreSQL's own does (a varchar IN-list's casts are analysed anew).

use std::fs;
use std::path::{Path, PathBuf};

use pgreckon::catalog::{Catalog, PgAuthid, PgTablespace, builtin};
use pgreckon::deparse::pg_dump::{self, Options};
use pgreckon::history::{self, Mode};
use pgreckon::pg::name::quote_identifier;
use pgreckon::pg::version::Version;
use pgreckon::psql;
use pgreckon::source::{Sources, order};

/// The samples' dumps and folders.
const SAMPLES: [&str; 10] = [
    "1-two-environments/development.sql",
    "1-two-environments/production.sql",
    "1-two-environments/migrations",
    "2-two-folders/prisma",
    "2-two-folders/supabase",
    "3-catch-up/prisma/migrations",
    "3-catch-up/production.sql",
    "4-widths/live.sql",
    "4-widths/staging.sql",
    "5-broken-deployment/migrations",
];

/// What settles at the second generation alone: a case's recorded `.again.sql` says that PostgreSQL's does too.
const SETTLES: &[(&str, &[&str])] = &[];

fn read(path: &Path, version: Version) -> Catalog {
    let mut sources = Sources::new();
    let plan = order::plan(&mut sources, path, None, &psql::read).expect("the input can be read");
    let (includes, _) = history::includes(&mut sources, &plan.files);
    let options = history::Options {
        mode: Mode::Replay,
        track: false,
        stock_extensions: true,
        session_per_file: false,
    };
    let catalog = builtin::template1(version);
    history::apply(&sources, &includes, &plan.files, catalog, options, &mut |_| {})
}

fn dump(catalog: &Catalog) -> String {
    let options = Options { restrict_key: "pgreckon".to_string(), ..Options::default() };
    let thread = std::thread::Builder::new().stack_size(64 << 20);
    std::thread::scope(|scope| {
        let printed = thread.spawn_scoped(scope, || pg_dump::dump(catalog, &options));
        printed.expect("a thread can be started").join().expect("printing does not panic")
    })
}

/// What no dump carries: roles and tablespaces.
fn globals(catalog: &Catalog) -> String {
    let mut text = String::new();
    for row in catalog.iter::<PgAuthid>().filter(|row| !row.oid.is_builtin()) {
        text.push_str(&format!("CREATE ROLE {};\n", quote_identifier(&row.rolname)));
    }
    for row in catalog.iter::<PgTablespace>().filter(|row| !row.oid.is_builtin()) {
        let name = quote_identifier(&row.spcname);
        text.push_str(&format!("CREATE TABLESPACE {name} LOCATION '/{}';\n", row.spcname));
    }
    text
}

/// The catalog that a dump makes.
fn load(name: &str, globals: &str, text: &str, version: Version) -> Catalog {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("round_trip");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let file = folder.join(format!("{}@{}.sql", name.replace('/', "_"), version.major()));
    fs::write(&file, format!("{globals}{text}")).expect("a file can be written");
    read(&file, version)
}

/// The names of the entries that differ.
fn moved(first: &str, second: &str) -> Vec<String> {
    let entries = |text: &str| -> Vec<(String, String)> {
        let blocks = text.split("\n-- Name: ").skip(1);
        let split = |block: &str| block.split_once("; Schema:").map(|(a, b)| (a.into(), b.into()));
        blocks.filter_map(split).collect()
    };
    let (first, second) = (entries(first), entries(second));
    let pairs = first.iter().zip(&second).filter(|(a, b)| a != b);
    pairs.map(|((name, _), _)| name.clone()).collect()
}

/// Reads a catalog's dump back twice: what is not as it should be.
fn problem(name: &str, catalog: &Catalog, settling: &[&str]) -> Option<String> {
    let globals = globals(catalog);
    let version = catalog.version();
    let first = dump(catalog);
    let second = dump(&load(name, &globals, &first, version));
    let moved = moved(&first, &second);
    if moved != settling || moved.is_empty() && first != second {
        return Some(format!("{name} [{}] is not the same: {moved:?}", version.major()));
    }
    let settled = moved.is_empty() || dump(&load(name, &globals, &second, version)) == second;
    (!settled).then(|| format!("{name} [{}] does not settle", version.major()))
}

#[test]
fn samples_read_back_are_the_same() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    let check = |sample: &&str| problem(sample, &read(&root.join(sample), Version::NEWEST), &[]);
    let problems: Vec<String> = SAMPLES.iter().filter_map(check).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The dump of that version, which the case was recorded with no options for.
fn recorded(folder: &Path, version: u32) -> Option<PathBuf> {
    let files = fs::read_dir(folder).expect("dumps are recorded");
    let mut files = files.map(|entry| entry.expect("a folder can be listed").path());
    files.find(|file| {
        let name = file.file_name().map_or(String::new(), |name| name.to_string_lossy().into());
        let range = name.strip_suffix(".sql").and_then(|stem| stem.split_once('-'));
        let bound = |text: &str| text.parse::<u32>().ok();
        let range = range.and_then(|(low, high)| Some(bound(low)?..=bound(high)?));
        range.is_some_and(|range| range.contains(&version))
    })
}

#[test]
fn recorded_dumps_read_back_are_the_same() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/dumps");
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .expect("dumps are recorded")
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let mut problems = Vec::new();
    for folder in folders {
        let name = folder.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
        let case = fs::read_to_string(folder.with_extension("sql")).expect("tests are UTF-8");
        if case.contains("-- dump:") {
            continue; // a part of a schema, or in other words
        }
        let words = ["CREATE ROLE", "CREATE TABLESPACE", "SET allow_in_place"];
        let global = |line: &&str| words.iter().any(|word| line.starts_with(word));
        let globals = case.lines().filter(global).collect::<Vec<_>>().join("\n");
        for version in [Version::OLDEST, Version::NEWEST] {
            let Some(file) = recorded(&folder, version.major()) else { continue };
            let text = fs::read_to_string(&file).expect("tests are UTF-8");
            let catalog = load(&name, &globals, &text, version);
            let again = format!("{}.again.sql", file.with_extension("").display());
            let settling =
                SETTLES.iter().find(|(case, _)| *case == name && Path::new(&again).exists());
            problems.extend(problem(&name, &catalog, settling.map_or(&[], |(_, moved)| moved)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
