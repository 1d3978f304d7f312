//! One change at a time to a schema that has everything: drift names it and nothing else, the plan for it is proven
//! both ways, and PostgreSQL's own dump of the result is the same schema.
//!
//! `tests/mutations/*.sql` holds the changes, each below its name (`--- name`) and above what drift must say
//! (`--> …`, written by `UPDATE=1 cargo test`). `MUTATION=words` runs those whose names contain the words,
//! `MUTATION=` all of them; otherwise it is every third.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pgreckon::catalog::{Catalog, builtin};
use pgreckon::deparse::pg_dump;
use pgreckon::diff::{self, Class, Difference};
use pgreckon::history::STACK_SIZE;
use pgreckon::nodes::{ParseMode, parse};
use pgreckon::pg::version::Version;
use pgreckon::plan::prove::{prove, run};
use pgreckon::plan::{Options, Plan, plan};
use pgreckon::psql::{Segment, segments};
use pgreckon::session::{Outcome, Session};
use pgreckon::source::{SourceId, Span};

/// Roles that the schemas name.
const ROLES: &str = "CREATE ROLE pgreckon_a; CREATE ROLE pgreckon_b;";

/// Of how many mutations one is tried, unless `MUTATION` or `UPDATE` is set.
const SHARE: usize = 3;

/// How many of the mutations must come out right, in percent.
const GOAL: f64 = 99.5;

/// Every so many mutations are planned in the forms that block, and guarded, too.
const FORMS: usize = 6;

struct Mutation {
    name: String,
    sql: String,
    expected: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutations")
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("mutations can be read")
}

fn mutations(text: &str) -> Vec<Mutation> {
    let mut all: Vec<Mutation> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            all.push(Mutation { name: name.to_string(), sql: String::new(), expected: Vec::new() });
        } else if let Some(last) = all.last_mut() {
            match line.strip_prefix("--> ") {
                Some(expected) => last.expected.push(expected.to_string()),
                None => last.sql.push_str(&format!("{line}\n")),
            }
        }
    }
    all
}

/// Runs statements; what fails, as text.
fn apply(catalog: Catalog, sql: &str) -> (Catalog, Vec<String>) {
    let mut session = Session::connect(catalog, false, false);
    let mut failures = Vec::new();
    for segment in segments(SourceId(0), sql) {
        let Segment::Statement(statement) = segment else { continue };
        let text = statement.text();
        let parsed = parse(text, ParseMode::Default, true);
        let span = Span { source: SourceId(0), start: 0, end: 0 };
        match session.execute(text, &parsed, span).outcome {
            Outcome::Ok | Outcome::Empty => {}
            Outcome::Error(error) => {
                failures.push(format!("{} {}: {text}", error.sqlstate, error.message));
            }
            Outcome::Unknown(reason) => failures.push(format!("unknown, {reason}: {text}")),
        }
    }
    (session.disconnect(), failures)
}

fn dump(catalog: &Catalog) -> String {
    let options = pg_dump::Options {
        quote_all_identifiers: false,
        no_owner: false,
        no_privileges: false,
        no_comments: false,
        clean: false,
        if_exists: false,
        schemas: Vec::new(),
        exclude_schemas: Vec::new(),
        tables: Vec::new(),
        sections: Vec::new(),
        restrict_key: "x".to_string(),
    };
    pg_dump::dump(catalog, &options)
}

fn compared() -> diff::Options {
    diff::Options { grants: true, owners: true, ..diff::Options::default() }
}

fn drift(a: &Catalog, b: &Catalog) -> Vec<String> {
    let options = compared();
    let differences = diff::compare(&diff::draw(a, &options), &diff::draw(b, &options));
    differences.iter().map(said).collect()
}

/// A difference as a line.
fn said(difference: &Difference) -> String {
    let mut text = format!(
        "{} {} {}",
        difference.class.as_str(),
        difference.owner.kind,
        difference.owner.name
    );
    if let Some(part) = &difference.part {
        let _ = write!(text, ", {} {}", part.kind, part.name);
    }
    if let Some(fact) = difference.fact {
        let _ = write!(text, ": {fact}");
    }
    text
}

/// The plan's own words on why it is not proven.
fn unproven(what: &str, plan: &Plan, from: &Catalog, to: &Catalog) -> Vec<String> {
    let proof = prove(plan, from, to, &compared());
    let moved = |difference: &Difference| {
        let fact = difference.fact.unwrap_or_default();
        // No statement changes these.
        let facts =
            ["order of columns", "defined here as well as inherited", "name of its NOT NULL"];
        difference.class == Class::Cosmetic && facts.contains(&fact)
    };
    let mut wrong: Vec<String> = proof
        .failures
        .iter()
        .map(|failure| format!("{what} fails: {}: {}", failure.message, failure.sql))
        .collect();
    let left = proof.left.iter().filter(|left| !moved(left));
    wrong.extend(left.map(|left| format!("{what} leaves: {}", said(left))));
    if !wrong.is_empty() {
        wrong.extend(
            plan.left.iter().map(|left| format!("{what} says: {}: {}", left.what, left.why)),
        );
        for one in plan.steps().flat_map(|step| &step.statements) {
            wrong.push(format!("    {}", one.sql));
        }
    }
    wrong
}

struct Base {
    start: Catalog,
    made: Catalog,
    read_back: Catalog,
}

fn base() -> Base {
    let (start, failures) = apply(builtin::template1(Version::NEWEST), ROLES);
    assert!(failures.is_empty(), "{failures:?}");
    let (made, failures) = apply(start.clone(), &read(&folder().join("base.sql")));
    assert!(failures.is_empty(), "the base fails: {failures:#?}");
    let (read_back, failures) = apply(start.clone(), &dump(&made));
    assert!(failures.is_empty(), "the base's dump fails: {failures:#?}");
    assert_eq!(drift(&made, &read_back), Vec::<String>::new(), "the base against its dump");
    Base { start, made, read_back }
}

/// Tries one mutation: what drift says, and what is wrong.
fn try_one(base: &Base, mutation: &Mutation, all_forms: bool) -> (Vec<String>, Vec<String>) {
    let (mutated, mut wrong) = apply(base.made.clone(), &mutation.sql);
    let (target, failures) = apply(base.start.clone(), &dump(&mutated));
    wrong.extend(failures.into_iter().map(|failure| format!("its dump fails: {failure}")));
    // A parent's new column stands before a child's own once the dump is read.
    let against_dump = drift(&mutated, &target).into_iter();
    let against_dump = against_dump.filter(|line| !line.ends_with(": order of columns"));
    wrong.extend(against_dump.map(|line| format!("against its dump: {line}")));
    let found = drift(&base.read_back, &target);
    if found.is_empty() {
        wrong.push("drift sees nothing".to_string());
    }
    for online in if all_forms { vec![true, false] } else { vec![true] } {
        let options = Options { compare: compared(), online };
        let there = plan(&base.read_back, &target, &options);
        let word = if online { "plan" } else { "offline plan" };
        wrong.extend(unproven(word, &there, &base.read_back, &target));
        let (reached, _) = run(&there, &base.read_back);
        let back = plan(&reached, &base.read_back, &options);
        wrong.extend(unproven("undo", &back, &reached, &base.read_back));
        let mut guarded = there.clone();
        guarded.guard();
        let (mut state, mut times) = (base.read_back.clone(), ["guarded", "guarded, again"].iter());
        while let Some(time) = times.next().filter(|_| wrong.is_empty()) {
            let (after, failures) = run(&guarded, &state);
            wrong
                .extend(failures.iter().map(|f| format!("{time} fails: {}: {}", f.message, f.sql)));
            let moved = drift(&reached, &after);
            wrong.extend(moved.into_iter().map(|line| format!("{time} leaves: {line}")));
            state = after;
        }
        if !wrong.is_empty() {
            break;
        }
    }
    (found, wrong)
}

#[test]
fn every_mutation_is_named_and_its_plan_is_proven() {
    let update = std::env::var_os("UPDATE").is_some();
    let wanted = std::env::var("MUTATION").ok();
    let share = if update || wanted.is_some() { 1 } else { SHARE };
    let only = wanted.unwrap_or_default();
    let base = std::thread::Builder::new()
        .stack_size(STACK_SIZE)
        .spawn(base)
        .expect("a thread starts")
        .join()
        .expect("the base is made");
    let mut count = 0;
    let mut wrong: Vec<String> = Vec::new();
    for file in ["columns", "constraints", "indexes", "tables", "code", "types"] {
        let path = folder().join(format!("{file}.sql"));
        let all = mutations(&read(&path));
        let results: Vec<Mutex<Option<(Vec<String>, Vec<String>)>>> =
            all.iter().map(|_| Mutex::new(None)).collect();
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(2, |n| n.get()) {
                let work = || {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(mutation) = all.get(at) else { break };
                        if !at.is_multiple_of(share) || !mutation.name.contains(&only) {
                            continue;
                        }
                        let result =
                            try_one(&base, mutation, at.is_multiple_of(FORMS) || !only.is_empty());
                        *results[at].lock().expect("no test panics") = Some(result);
                    }
                };
                std::thread::Builder::new()
                    .stack_size(STACK_SIZE)
                    .spawn_scoped(scope, work)
                    .expect("a thread starts");
            }
        });
        let mut text = String::new();
        for (mutation, result) in all.iter().zip(results) {
            let result = result.into_inner().expect("no test panics");
            let lines = result.as_ref().map_or(&mutation.expected, |(found, _)| found);
            let _ = write!(text, "--- {}\n{}", mutation.name, mutation.sql);
            for line in lines {
                let _ = writeln!(text, "--> {line}");
            }
            let Some((found, mut faults)) = result else { continue };
            count += 1;
            if !update && found != mutation.expected {
                faults.push(format!("drift says {found:#?} instead of {:#?}", mutation.expected));
            }
            if !faults.is_empty() {
                wrong.push(format!("{file}: {}\n  {}", mutation.name, faults.join("\n  ")));
            }
        }
        if update {
            std::fs::write(&path, text).expect("mutations can be written");
        }
    }
    let right = 100.0 * (count - wrong.len()) as f64 / count.max(1) as f64;
    println!("{count} mutations, {right:.1} % right");
    assert!(
        right >= GOAL || wrong.is_empty(),
        "{right:.1} % of {count} mutations are right:\n{}",
        wrong.join("\n")
    );
}

/// What pg_dump printed of each mutated database of a real server: the base's lines, then changes of lines.
fn recorded(text: &str) -> Vec<(String, String)> {
    let mut lines = text.lines();
    let count = lines.next().and_then(|line| line.strip_prefix('=')).and_then(|n| n.parse().ok());
    let base: Vec<&str> = lines.by_ref().take(count.unwrap_or(0)).collect();
    let mut dumps: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    let push = |text: &mut String, lines: &[&str]| {
        for line in lines {
            text.push_str(line);
            text.push('\n');
        }
    };
    for line in lines {
        if let Some(name) = line.strip_prefix("= ") {
            if let Some((_, text)) = dumps.last_mut() {
                push(text, base.get(at..).unwrap_or_default());
            }
            dumps.push((name.to_string(), String::new()));
            at = 0;
        } else if let Some((_, text)) = dumps.last_mut() {
            if let Some(line) = line.strip_prefix('+') {
                push(text, &[line]);
            } else if let Some((start, removed)) =
                line.strip_prefix("@ ").and_then(|rest| rest.split_once(' '))
            {
                let start: usize = start.parse().expect("a line's number");
                push(text, base.get(at..start).unwrap_or_default());
                at = start + removed.parse::<usize>().expect("a number of lines");
            }
        }
    }
    if let Some((_, text)) = dumps.last_mut() {
        push(text, base.get(at..).unwrap_or_default());
    }
    dumps
}

#[test]
fn postgresql_dumps_the_same() {
    let share = if std::env::var_os("MUTATION").is_some() { 1 } else { SHARE };
    let work = move || {
        let without = |text: String| {
            let lines = text.lines().filter(|line| !line.contains("SUBSCRIPTION"));
            lines.map(|line| format!("{line}\n")).collect::<String>()
        };
        let (start, _) = apply(builtin::template1(Version::NEWEST), ROLES);
        let (base, _) = apply(start.clone(), &without(read(&folder().join("base.sql"))));
        let dumps = recorded(&read(&folder().join("dumps-18.txt")));
        let mut wrong = Vec::new();
        let mut count = 0;
        for file in ["columns", "constraints", "indexes", "tables", "code", "types"] {
            for mutation in mutations(&read(&folder().join(format!("{file}.sql")))) {
                let name = format!("{file}: {}", mutation.name);
                let Some(at) = dumps.iter().position(|(other, _)| *other == name) else { continue };
                if at % share != 1 % share {
                    continue;
                }
                count += 1;
                let (ours, _) = apply(base.clone(), &mutation.sql);
                let (theirs, failures) = apply(start.clone(), &dumps[at].1);
                let found = drift(&ours, &theirs).into_iter();
                let found = found.filter(|line| !line.ends_with(": order of columns"));
                wrong.extend(
                    failures.into_iter().chain(found).map(|line| format!("{name}: {line}")),
                );
            }
        }
        println!("{count} dumps of PostgreSQL compared");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    };
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(work);
    thread.expect("a thread starts").join().expect("all dumps are the same");
}
