//! One change at a time to a schema that has everything: drift names it and nothing else, the plan for it is proven
//! both ways, and PostgreSQL's own dump of the result is the same schema.
//!
//! `tests/mutations/*.sql` holds the changes, each below its name (`--- name`) and above what drift must say
//! (`--> …`, written by `UPDATE=1 cargo test`). `MUTATION=words` runs those whose `file: name` contains the words,
//! `MUTATION=` all of them; otherwise it is every third.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pgreckon::catalog::{Catalog, builtin};
use pgreckon::deparse::pg_dump;
use pgreckon::diff::renames::PastNames;
use pgreckon::diff::{self, Class, Difference};
use pgreckon::history::STACK_SIZE;
use pgreckon::nodes::{ParseMode, parse};
use pgreckon::pg::version::Version;
use pgreckon::plan::prove::{prove, run};
use pgreckon::plan::renames::{self, Asked, Names};
use pgreckon::plan::{Options, Plan, plan, plan_renaming};
use pgreckon::psql::{Segment, segments};
use pgreckon::session::{Outcome, Session};
use pgreckon::source::{SourceId, Span};

/// Roles that the schemas name.
const ROLES: &str = "CREATE ROLE pgreckon_a; CREATE ROLE pgreckon_b;";

/// The files of mutations, without their endings.
pub(crate) const FILES: [&str; 8] =
    ["columns", "constraints", "indexes", "tables", "code", "types", "more", "hard"];

/// How many random combinations are tried, unless `MUTATION_COMBINATIONS` says otherwise.
const COMBINATIONS: usize = 12;

/// Of how many mutations one is tried, unless `MUTATION` or `UPDATE` is set.
const SHARE: usize = 3;

/// How many of the mutations must come out right, in percent.
const GOAL: f64 = 99.5;

/// Every so many mutations are planned in the forms that block, and guarded, too.
const FORMS: usize = 6;

pub(crate) struct Mutation {
    pub(crate) name: String,
    pub(crate) sql: String,
    pub(crate) expected: Vec<String>,
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutations")
}

pub(crate) fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("mutations can be read")
}

pub(crate) fn mutations(text: &str) -> Vec<Mutation> {
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
pub(crate) fn apply(catalog: Catalog, sql: &str) -> (Catalog, Vec<String>) {
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

pub(crate) fn dump(catalog: &Catalog) -> String {
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

pub(crate) fn drift(a: &Catalog, b: &Catalog) -> Vec<String> {
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

pub(crate) struct Base {
    pub(crate) start: Catalog,
    pub(crate) made: Catalog,
    pub(crate) read_back: Catalog,
}

pub(crate) fn base() -> Base {
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
    for file in FILES {
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
                        let label = format!("{file}: {}", mutation.name);
                        if !at.is_multiple_of(share) || !label.contains(&only) {
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

/// Two or three changes at once; `PGRECKON_SEED` gives others.
#[test]
fn plans_of_random_combinations_are_proven() {
    let number = |name: &str, usual: usize| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let count = number("MUTATION_COMBINATIONS", COMBINATIONS);
    let mut state = number("PGRECKON_SEED", 20_261_121) as u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let work = move || {
        let base = base();
        let all: Vec<Mutation> = FILES
            .iter()
            .flat_map(|file| mutations(&read(&folder().join(format!("{file}.sql")))))
            .collect();
        let mut wrong = Vec::new();
        let mut tried = 0;
        while tried < count {
            let picked: Vec<&Mutation> = (0..2 + next(2)).map(|_| &all[next(all.len())]).collect();
            let sql: String = picked.iter().map(|one| one.sql.as_str()).collect();
            if !apply(base.made.clone(), &sql).1.is_empty() {
                continue; // they do not go together
            }
            tried += 1;
            let name: Vec<&str> = picked.iter().map(|one| one.name.as_str()).collect();
            let mutation = Mutation { name: name.join(" + "), sql, expected: Vec::new() };
            let (found, faults) = try_one(&base, &mutation, false);
            if !faults.is_empty() && !found.is_empty() {
                wrong.push(format!("{}\n  {}", mutation.name, faults.join("\n  ")));
            }
        }
        assert!(wrong.is_empty(), "{} of {count} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    };
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(work);
    thread.expect("a thread starts").join().expect("all plans are proven");
}

/// What a side's statements renamed, as reading its migrations tells.
fn with_history(catalog: Catalog, sql: &str) -> (Catalog, PastNames) {
    let mut session = Session::connect(catalog, true, false);
    let mut past = PastNames::default();
    for segment in segments(SourceId(0), sql) {
        let Segment::Statement(statement) = segment else { continue };
        let parsed = parse(statement.text(), ParseMode::Default, true);
        let span = Span { source: SourceId(0), start: 0, end: 0 };
        let execution = session.execute(statement.text(), &parsed, span);
        assert!(matches!(execution.outcome, Outcome::Ok), "{:?}", execution.outcome);
        execution.gone.iter().for_each(|gone| past.add(gone, span));
    }
    (session.disconnect(), past)
}

#[test]
fn proven_renames_are_carried_out() {
    let work = || {
        let base = base();
        let changes = "ALTER TABLE shop.customers RENAME TO clients;
            ALTER TABLE shop.clients RENAME COLUMN notes TO remarks;
            ALTER TABLE shop.clients ALTER COLUMN remarks SET NOT NULL;
            ALTER TYPE shop.priority RENAME TO urgency;
            ALTER FUNCTION shop.tax(numeric) RENAME TO vat;
            ALTER SEQUENCE shop.invoice_no RENAME TO invoice_numbers;
            ALTER VIEW shop.open_count RENAME TO open_numbers;
            ALTER TYPE shop.status RENAME VALUE 'new' TO 'fresh';";
        let (target, past) = with_history(base.made.clone(), changes);
        let none = PastNames::default();
        let options = Options { compare: compared(), online: true };
        let find = |past, asked: &Asked| {
            renames::find(&base.made, &target, (&none, past), asked, &options.compare)
        };
        let check = |names: &Names| {
            let there = plan_renaming(&base.made, &target, &options, &names.done);
            let mut wrong = unproven("plan", &there, &base.made, &target);
            let mut guarded = there.clone();
            guarded.guard();
            wrong.extend(unproven("guarded plan", &guarded, &base.made, &target));
            wrong.extend(unproven("again", &guarded, &target, &target));
            let (reached, _) = run(&there, &base.made);
            let back: Vec<_> = names.done.iter().rev().map(|one| one.inverse()).collect();
            let back = plan_renaming(&reached, &base.made, &options, &back);
            wrong.extend(unproven("undo", &back, &reached, &base.made));
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
            let starts = |word: &str| {
                let all = there.steps().flat_map(|step| &step.statements);
                all.filter(|one| one.sql.starts_with(word)).map(|one| one.sql.clone()).collect()
            };
            let made: Vec<String> = starts("CREATE TABLE");
            assert!(made.is_empty(), "{made:?}");
            assert!(!there.steps().any(|step| step.loses.is_some()), "data is lost");
        };
        let proven = find(&past, &Asked::default());
        assert_eq!(proven.done.len(), 6, "{proven:#?}");
        check(&proven);
        // Without the history it is a guess, and said alone.
        let guessed = find(&none, &Asked::default());
        assert!(guessed.done.is_empty(), "{guessed:#?}");
        assert!(guessed.suggested.iter().any(|one| one.sql.contains("RENAME TO clients")));
        let accepted = find(&none, &Asked { guesses: true, ..Asked::default() });
        assert!(accepted.done.iter().any(|one| one.sql.contains("RENAME TO clients")));
        let pair = |old: &str, new: &str| (old.to_string(), new.to_string());
        let pairs = vec![
            pair("shop.customers", "shop.clients"),
            pair("shop.clients.notes", "shop.clients.remarks"),
            pair("shop.nothing", "shop.something"),
        ];
        let asked = find(&none, &Asked { pairs, guesses: false });
        assert_eq!(asked.done.len(), 2, "{asked:#?}");
        assert_eq!(asked.unfit, [pair("shop.nothing", "shop.something")]);
    };
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(work);
    thread.expect("a thread starts").join().expect("renames are carried out");
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
        for file in FILES {
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
