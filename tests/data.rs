//! Tests that are data: every file below tests/conformance and tests/cases is one test.
//!
//! - `tests/conformance`: SQL and PostgreSQL's answers (`--=` lines). `RECORD=1` asks live servers and writes them;
//!   without it they are compared with ours. `tests/conformance/SCORE` lists what is known to disagree: anything
//!   else that disagrees fails, and `UPDATE=1` writes the file anew.
//! - `tests/cases`: SQL and our findings (`--~^` lines). `UPDATE=1` writes them.
//! - `tests/dumps`: schemas and what pg_dump printed of them; `RECORD=1` asks servers and pg_dump.

#[path = "data_support/dumps.rs"]
mod dumps;
#[path = "data_support/record.rs"]
mod record;
#[path = "data_support/statements.rs"]
mod statements;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use pgreckon::catalog::{Catalog, builtin};
use pgreckon::nodes::{self, ParseMode};
use pgreckon::pg::version::Version;
use pgreckon::session::{Outcome, Session};
use pgreckon::source::{SourceId, Span};
use statements::{Answer, Item};

/// The major versions that answers are recorded from.
const VERSIONS: std::ops::RangeInclusive<u32> = 13..=18;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// What one file's test came to.
struct Outcomes {
    name: String,
    failure: Option<String>,
}

/// How ours and PostgreSQL's answers compare.
#[derive(Default)]
struct Score {
    statements: usize,
    answers: usize,
    agree: usize,
    unknown: usize,
    /// `file:line [version] expected; ours`.
    disagree: BTreeSet<String>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let filter =
        arguments.iter().find(|argument| !argument.starts_with('-')).cloned().unwrap_or_default();
    let conformance: Vec<PathBuf> = files("conformance");
    let cases: Vec<PathBuf> = files("cases");
    let mut dumps: Vec<PathBuf> = files("dumps");
    dumps.retain(|path| path.parent() == Some(root().join("dumps").as_path()));
    if arguments.iter().any(|argument| argument == "--list") {
        for path in conformance.iter().chain(&cases).chain(&dumps) {
            println!("{}: test", name(path));
        }
        return ExitCode::SUCCESS;
    }
    let chosen = |paths: Vec<PathBuf>| -> Vec<PathBuf> {
        paths.into_iter().filter(|path| name(path).contains(&filter)).collect()
    };
    let all = conformance.len() + cases.len() + dumps.len();
    let (conformance, cases, dumps) = (chosen(conformance), chosen(cases), chosen(dumps));
    if std::env::var_os("RECORD").is_some() {
        for path in &conformance {
            record::record(path);
        }
        for path in &dumps {
            dumps::record(path);
        }
    }
    let started = Instant::now();
    println!("\nrunning {} tests", conformance.len() + cases.len() + dumps.len());
    let mut outcomes = on_a_large_stack(move || run_conformance(&conformance, filter.is_empty()));
    outcomes
        .extend(cases.iter().map(|path| Outcomes { name: name(path), failure: run_case(path) }));
    outcomes.extend(on_a_large_stack(move || run_dumps(&dumps)));
    for outcome in &outcomes {
        println!(
            "test {} ... {}",
            outcome.name,
            if outcome.failure.is_some() { "FAILED" } else { "ok" }
        );
    }
    let failures: Vec<&Outcomes> =
        outcomes.iter().filter(|outcome| outcome.failure.is_some()).collect();
    if !failures.is_empty() {
        println!("\nfailures:");
        for outcome in &failures {
            println!("\n---- {} ----\n{}", outcome.name, outcome.failure.as_deref().unwrap_or(""));
        }
    }
    let (failed, passed) = (failures.len(), outcomes.len() - failures.len());
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    let filtered = all - outcomes.iter().filter(|outcome| outcome.name != SCORE).count();
    println!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored; 0 measured; {filtered} filtered out; finished in {:.2}s\n",
        started.elapsed().as_secs_f64()
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

/// The name of the test that compares the totals.
const SCORE: &str = "conformance/SCORE";

fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(root().join(folder))
        .into_iter()
        .map(|entry| entry.expect("the tests can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "sql"))
        .collect();
    files.sort();
    files
}

/// The path below tests, with forward slashes.
fn name(path: &Path) -> String {
    let root = root();
    let below = path.strip_prefix(&root).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn run_conformance(paths: &[PathBuf], whole: bool) -> Vec<Outcomes> {
    let known_text = fs::read_to_string(root().join(SCORE)).unwrap_or_default();
    let known: BTreeSet<&str> = known_text.lines().filter(|line| line.contains(".sql:")).collect();
    let update = std::env::var_os("UPDATE").is_some();
    let catalogs = templates();
    let mut score = Score::default();
    let mut outcomes = Vec::new();
    for path in paths {
        let before: BTreeSet<String> = score.disagree.clone();
        replay(path, &catalogs, &mut score);
        let new: Vec<String> = score
            .disagree
            .difference(&before)
            .filter(|line| !update && !known.contains(line.as_str()))
            .cloned()
            .collect();
        let failure = (!new.is_empty()).then(|| new.join("\n"));
        outcomes.push(Outcomes { name: name(path), failure });
    }
    if whole {
        outcomes.push(Outcomes {
            name: SCORE.to_string(),
            failure: total(&score, &known_text, update),
        });
    }
    outcomes
}

fn run_dumps(paths: &[PathBuf]) -> Vec<Outcomes> {
    let catalogs = if paths.is_empty() { BTreeMap::new() } else { templates() };
    let check =
        |path: &PathBuf| Outcomes { name: name(path), failure: dumps::check(path, &catalogs) };
    paths.iter().map(check).collect()
}

/// The catalog of a new database of each version.
fn templates() -> BTreeMap<u32, Catalog> {
    let template = |version| {
        let mut catalog = builtin::template1(Version::nearest(version));
        catalog.know_contents_from_here();
        (version, catalog)
    };
    VERSIONS.map(template).collect()
}

/// Compares the totals with the committed ones.
fn total(score: &Score, known: &str, update: bool) -> Option<String> {
    let mut text = format!(
        "statements {}\nanswers {}\nagree {}\nunknown {}\ndisagree {}\n\n",
        score.statements,
        score.answers,
        score.agree,
        score.unknown,
        score.disagree.len()
    );
    for line in &score.disagree {
        text.push_str(line);
        text.push('\n');
    }
    if update {
        fs::write(root().join(SCORE), text).expect("SCORE can be written");
        return None;
    }
    let number = |text: &str, word: &str| -> usize {
        let line = text.lines().find_map(|line| line.strip_prefix(word));
        line.and_then(|rest| rest.trim().parse().ok()).unwrap_or(0)
    };
    let (was, is) = (number(known, "agree "), score.agree);
    if was > is {
        return Some(format!(
            "{is} answers agree, {was} did; UPDATE=1 accepts that, and shows it in SCORE's diff"
        ));
    }
    if is > was {
        println!(
            "note: {is} answers agree, {was} did; UPDATE=1 cargo test --test data writes SCORE"
        );
    }
    None
}

/// Runs one file in every version and compares each answer.
fn replay(path: &Path, catalogs: &BTreeMap<u32, Catalog>, score: &mut Score) {
    let text = fs::read_to_string(path).expect("tests are UTF-8");
    let items = statements::read(&text);
    score.statements += items.len();
    for (version, catalog) in catalogs {
        let mut session = Session::connect(catalog.clone(), false, true);
        for item in &items {
            let ours = execute(&mut session, item);
            let Some(expected) = item.answer(*version) else { continue };
            score.answers += 1;
            match &ours {
                Err(_) => score.unknown += 1,
                Ok(ours) if ours == expected => score.agree += 1,
                Ok(ours) => {
                    let place = format!("{}:{}", name(path), item.line);
                    score.disagree.insert(format!("{place} [{version}] {expected}; ours: {ours}"));
                }
            }
        }
    }
}

/// Our answer, or why it is not known.
fn execute(session: &mut Session, item: &Item) -> Result<Answer, String> {
    let parsed = nodes::parse(&item.wire, ParseMode::Default, true);
    let span = Span { source: SourceId(0), start: 0, end: 0 };
    let execution = session.execute(&item.wire, &parsed, span);
    match execution.outcome {
        Outcome::Ok | Outcome::Empty => Ok(Answer::Ok),
        Outcome::Unknown(reason) => Err(reason),
        Outcome::Error(error) => {
            // A place in a prepared statement's text is behind the end of its EXECUTE.
            let position = error.position.map(|at| match item.wire.get(..at as usize) {
                Some(before) => before.chars().count() as u32 + 1,
                None => at + 1,
            });
            Ok(Answer::Error {
                sqlstate: error.sqlstate.to_string(),
                position,
                message: error.message,
            })
        }
    }
}

/// Checks one file of SQL and our findings.
fn run_case(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).expect("tests are UTF-8");
    let bare: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with("--~^")).collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let file = folder.join(name(path).replace('/', "_"));
    fs::write(&file, bare.join("\n") + "\n").expect("a file can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_pgreckon"))
        .args(["check", "--format", "json"])
        .arg(&file)
        .output()
        .expect("the program starts");
    let report: serde_json::Value = match serde_json::from_slice(&output.stdout) {
        Ok(report) => report,
        Err(_) => return Some(String::from_utf8_lossy(&output.stderr).into_owned()),
    };
    let mut found: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for finding in report["inputs"][0]["findings"].as_array().into_iter().flatten() {
        let line = finding["place"]["line"].as_u64().unwrap_or(0) as usize;
        let level = finding["level"].as_str().unwrap_or("").to_uppercase();
        let state = finding["sqlstate"].as_str().map_or(String::new(), |state| format!(" {state}"));
        let rule = finding["rule"].as_str().unwrap_or("");
        found.entry(line).or_default().push(format!("--~^ {level} {rule}{state}"));
    }
    let mut annotated: Vec<String> = found.remove(&0).unwrap_or_default();
    for (at, line) in bare.iter().enumerate() {
        annotated.push((*line).to_string());
        annotated.extend(found.remove(&(at + 1)).unwrap_or_default());
    }
    let annotated = annotated.join("\n") + "\n";
    if annotated == text {
        return None;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, annotated).expect("the test can be written");
        return None;
    }
    Some(format!("the findings are:\n{annotated}"))
}

/// Runs on a stack that analysed trees of any depth fit on.
fn on_a_large_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(work);
    thread.expect("a thread can be started").join().expect("the tests do not panic")
}
