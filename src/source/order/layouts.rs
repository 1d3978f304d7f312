//! Fills a plan from a folder, by the layout of its tool.

use std::collections::{BTreeMap, BTreeSet};

use super::flyway::{self, FlywayName, Prefix};
use super::names::{self, Half, natural};
use super::recognise::Choice;
use super::{Irregularity, PlannedFile, Planner, Tool, Transaction, liquibase, listed, markers};
use crate::source::discover::{Discovered, Found};
use crate::source::{SourceId, Span};

/// A file to be run, before it is read.
pub(super) struct Step<'a> {
    pub found: &'a Found,
    pub version: Option<String>,
    /// Said to want no transaction by a file beside it.
    pub without_transaction: bool,
}

/// Fills the plan's files and notes.
pub(super) fn fill(planner: &mut Planner<'_>, discovered: &Discovered, choice: &Choice) {
    let files: Vec<&Found> = discovered.files.iter().filter(|f| choice.holds(f)).collect();
    let steps = match choice.tool {
        Tool::Prisma => nested(planner, &files, &choice.folder, "migration.sql"),
        Tool::Diesel => nested(planner, &files, &choice.folder, "up.sql"),
        Tool::Drizzle => listed::drizzle(planner, &files, &choice.folder),
        Tool::Flyway | Tool::Refinery => flyway_steps(planner, &files),
        Tool::Sqitch => listed::sqitch(planner, &files, &choice.folder),
        Tool::Structure => structure(planner, &files),
        Tool::Plain => plain(planner, &files, choice),
        Tool::Liquibase => listed::liquibase(planner, &files, discovered, choice),
        Tool::GraphileMigrate => graphile(planner, &files, choice),
        Tool::GolangMigrate | Tool::Goose | Tool::SqlMigrate | Tool::Sqlx | Tool::Tern => {
            flat(planner, &files, choice, Order::ByNumber)
        }
        Tool::NodePgMigrate | Tool::Numbered => flat(planner, &files, choice, Order::ByNumber),
        Tool::Supabase | Tool::Dbmate | Tool::Atlas => flat(planner, &files, choice, Order::ByName),
    };
    for step in steps {
        let Some(source) = planner.read(step.found) else { continue };
        let name = planner.display(&step.found.relative);
        let first = planner.files.len();
        add_text(planner, choice.tool, source, &name, step.version);
        if step.without_transaction {
            for file in &mut planner.files[first..] {
                file.transaction = Transaction::None;
            }
        }
    }
}

/// What a tool does when nothing in the file says otherwise.
fn habit(tool: Tool) -> Transaction {
    match tool {
        Tool::Prisma | Tool::Supabase | Tool::GolangMigrate => Transaction::OneMessage,
        Tool::Drizzle | Tool::NodePgMigrate => Transaction::AllFiles,
        Tool::Flyway
        | Tool::Liquibase
        | Tool::Goose
        | Tool::Dbmate
        | Tool::SqlMigrate
        | Tool::Sqlx
        | Tool::Diesel
        | Tool::Refinery
        | Tool::GraphileMigrate
        | Tool::Atlas
        | Tool::Tern => Transaction::PerFile,
        Tool::Sqitch | Tool::Structure | Tool::Numbered | Tool::Plain => Transaction::None,
    }
}

/// Adds a text that has been read: one file of the plan, or one a changeset.
pub(super) fn add_text(
    planner: &mut Planner<'_>,
    tool: Tool,
    source: SourceId,
    name: &str,
    version: Option<String>,
) {
    let text = planner.sources.get(source).shared_text();
    let transaction = habit(tool);
    if tool == Tool::Liquibase && liquibase::is_formatted(&text) {
        return add_changesets(planner, source, name, &text);
    }
    let marked = markers::read(tool, &text);
    for (at, problem) in marked.problems {
        let note = planner.note(Irregularity::Malformed, "", problem, "");
        note.path = name.to_string();
        note.span = Some(Span { source, start: at, end: at });
    }
    if tool == Tool::Flyway
        && let Some(at) = text.find("${")
    {
        let name_end = text[at..].find('}').map_or(at + 2, |n| at + n + 1);
        let placeholder: String = text[at..name_end].chars().take(80).collect();
        let message = format!("flyway fills in {placeholder}");
        let note = planner.note(Irregularity::Undecided, "", message, "");
        note.path = name.to_string();
        note.span = Some(Span::new(source, at, name_end));
    }
    if text.trim().is_empty() {
        let note = planner.note(Irregularity::Ignored, "", "the file is empty", "");
        note.path = name.to_string();
    }
    let span = |(start, end): (u32, u32)| Span { source, start, end };
    let opted_out = marked.opted_out.map(span);
    planner.files.push(PlannedFile {
        source,
        name: name.to_string(),
        version,
        ranges: marked.ranges,
        transaction: if opted_out.is_some() { Transaction::None } else { transaction },
        opted_out,
    });
}

fn add_changesets(planner: &mut Planner<'_>, source: SourceId, name: &str, text: &str) {
    for set in liquibase::changesets(text) {
        let header = Span { source, start: set.header.0, end: set.header.1 };
        for (at, remark) in set.remarks {
            let message = format!("changeset {}: {remark}", set.id);
            let note = planner.note(Irregularity::Undecided, "", message, "");
            note.path = name.to_string();
            note.span = Some(Span { source, start: at, end: at });
        }
        if let Some(why) = set.skipped {
            let message = format!("changeset {} is not run: {why}", set.id);
            let note = planner.note(Irregularity::Ignored, "", message, "");
            note.path = name.to_string();
            note.span = Some(header);
            continue;
        }
        let (transaction, opted_out) = match set.in_transaction {
            true => (Transaction::PerFile, None),
            false => (Transaction::None, Some(header)),
        };
        planner.files.push(PlannedFile {
            source,
            name: name.to_string(),
            version: Some(set.id),
            ranges: set.ranges,
            transaction,
            opted_out,
        });
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    ByName,
    ByNumber,
}

/// Numbered files in one folder.
fn flat<'a>(
    planner: &mut Planner<'_>,
    files: &[&'a Found],
    choice: &Choice,
    order: Order,
) -> Vec<Step<'a>> {
    let mut numbered = Vec::new();
    let mut others: Vec<&Found> = Vec::new();
    let names: BTreeSet<String> =
        files.iter().map(|file| file.relative.to_ascii_lowercase()).collect();
    for file in files.iter().filter(|file| file.is_sql()) {
        let name = file.file_name();
        if is_down(file, &names) {
            continue;
        }
        if choice.tool != Tool::Numbered && file.folder() != choice.folder {
            let message = format!("{} reads no files in subfolders", choice.tool.name());
            planner.note(Irregularity::Ignored, &file.relative, message, "");
            continue;
        }
        match names::version(name) {
            Some(version) => numbered.push((version, *file)),
            None => others.push(file),
        }
    }
    let by_name = |a: &Found, b: &Found| natural(&a.relative, &b.relative);
    match order {
        Order::ByName => numbered.sort_by(|a, b| a.1.relative.cmp(&b.1.relative)),
        Order::ByNumber if choice.tool == Tool::Numbered => {
            numbered.sort_by(|a, b| by_name(a.1, b.1));
        }
        Order::ByNumber => numbered.sort_by(|a, b| {
            a.0.number().cmp(&b.0.number()).then_with(|| a.1.relative.cmp(&b.1.relative))
        }),
    }
    let list: Vec<_> =
        numbered.iter().map(|(version, file)| (version.digits.clone(), *file)).collect();
    irregular_versions(planner, choice.tool, &list, order);
    let keeps_others = matches!(choice.tool, Tool::Numbered) || numbered.is_empty();
    for file in &others {
        let (message, help) = match keeps_others {
            true => ("has no number in its name; it is run last", "number it"),
            false => ("is not run: its name has no version", "name it like the others"),
        };
        let kind = if keeps_others { Irregularity::Assumed } else { Irregularity::Ignored };
        planner.note(kind, &file.relative, message, help);
    }
    let step = |version: Option<String>, found| Step { found, version, without_transaction: false };
    let mut steps: Vec<Step<'a>> =
        numbered.into_iter().map(|(v, file)| step(Some(v.digits), file)).collect();
    if keeps_others {
        others.sort_by(|a, b| by_name(a, b));
        steps.extend(others.into_iter().map(|file| step(None, file)));
    }
    steps
}

/// Whether a file is the down half of another.
fn is_down(file: &Found, names: &BTreeSet<String>) -> bool {
    let folder = file.folder().to_ascii_lowercase();
    let last = folder.rsplit('/').next().unwrap_or("");
    let beside = |name: &String| {
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        names.contains(&path)
    };
    names::half(file.file_name()) == Half::Down
        || ["down", "rollback", "revert", "undo"].contains(&last)
        || names::partners(file.file_name()).iter().any(beside)
}

/// Notes duplicates, gaps, and names whose order is not that of their numbers.
fn irregular_versions(
    planner: &mut Planner<'_>,
    tool: Tool,
    list: &[(String, &Found)],
    order: Order,
) {
    let mut seen: BTreeMap<(&str, String), &Found> = BTreeMap::new();
    for (version, file) in list {
        // Numbered folders of no known tool may hold several series.
        let series = if tool == Tool::Numbered { file.folder() } else { "" };
        let key = (series, version.trim_start_matches('0').to_string());
        if let Some(first) = seen.get(&key) {
            if tool != Tool::Numbered || !same_series(first.file_name(), file.file_name()) {
                let message = format!(
                    "version {version} is claimed by {} and by {}",
                    first.file_name(),
                    file.file_name()
                );
                let help = "give one of them a version of its own";
                planner.note(Irregularity::DuplicateVersion, &file.relative, message, help);
            }
        } else {
            seen.insert(key, file);
        }
    }
    let numbers: Vec<u32> = list
        .iter()
        .filter_map(|(version, _)| version.parse().ok().filter(|&n: &u32| n < 1_000_000))
        .collect();
    let whole = numbers.len() == list.len();
    let missing = if whole { names::gaps(numbers) } else { Vec::new() };
    if !missing.is_empty() {
        let list: Vec<String> = missing.iter().take(10).map(u32::to_string).collect();
        let message = format!("no file has version {}", list.join(", "));
        let folder = planner.folder.clone();
        planner.note(Irregularity::Gap, &folder, message, "check that none was lost");
    }
    if order == Order::ByName {
        for pair in list.windows(2) {
            let (before, after) = (&pair[0], &pair[1]);
            if natural(&before.0, &after.0) == std::cmp::Ordering::Greater {
                let message = format!(
                    "{} runs {} before {}: it compares names as text",
                    tool.name(),
                    before.1.file_name(),
                    after.1.file_name()
                );
                let help = "give all versions the same number of digits";
                planner.note(Irregularity::OutOfOrder, &after.1.relative, message, help);
            }
        }
    }
}

/// Whether two names differ in a later number: `migration-1-0001` and `migration-1-0002`.
fn same_series(a: &str, b: &str) -> bool {
    let numbers = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(str::to_string)
            .collect()
    };
    let (left, right) = (numbers(a), numbers(b));
    left.len() > 1 && right.len() > 1 && left != right
}

/// Folders with one file of a known name in each: Prisma's, Diesel's.
pub(super) fn nested<'a>(
    planner: &mut Planner<'_>,
    files: &[&'a Found],
    folder: &str,
    name: &str,
) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    let mut folders: BTreeMap<String, Option<&'a Found>> = BTreeMap::new();
    let mut without = BTreeSet::new();
    for file in files {
        let Some((own, rest)) = below(&file.relative, folder).split_once('/') else {
            provider(planner, file);
            continue;
        };
        let entry = folders.entry(own.to_string()).or_insert(None);
        if rest == name {
            *entry = Some(file);
        }
        if rest == "metadata.toml" && asks_for_no_transaction(planner, file) {
            without.insert(own.to_string());
        }
    }
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut folders: Vec<_> = folders.into_iter().collect();
    if name == "up.sql" {
        // Diesel compares versions, in which dashes don't count.
        folders.sort_by_key(|(own, _)| folder_version(own));
    }
    for (own, file) in folders {
        let Some(found) = file else {
            let relative = if folder.is_empty() { own.clone() } else { format!("{folder}/{own}") };
            let message = format!("holds no {name}, so nothing is run");
            planner.note(Irregularity::Missing, &relative, message, "restore or remove it");
            continue;
        };
        let version = folder_version(&own);
        // The others know a migration by the folder's whole name.
        if name == "up.sql"
            && let Some(first) = seen.insert(version.clone(), own.clone())
        {
            let message = format!("version {version} is claimed by {first} and by {own}");
            let help = "give one of them a version of its own";
            planner.note(Irregularity::DuplicateVersion, &found.relative, message, help);
        }
        let without_transaction = without.contains(&own);
        steps.push(Step { found, version: Some(version), without_transaction });
    }
    steps
}

/// The version that a folder's name starts with.
fn folder_version(name: &str) -> String {
    name.split('_').next().unwrap_or(name).replace('-', "")
}

fn below<'a>(relative: &'a str, folder: &str) -> &'a str {
    let rest = relative.strip_prefix(folder).unwrap_or(relative);
    rest.strip_prefix('/').unwrap_or(rest)
}

pub(super) fn text_of(planner: &Planner<'_>, found: &Found) -> String {
    match (planner.read)(&found.path, &found.relative) {
        Ok(source) => source.text().to_string(),
        Err(_) => String::new(), // A file beside the SQL, which adds to it at most.
    }
}

/// Prisma's migration_lock.toml names the database.
fn provider(planner: &mut Planner<'_>, file: &Found) {
    if file.file_name() != "migration_lock.toml" {
        return;
    }
    let text = text_of(planner, file);
    let line = text.lines().find(|line| line.trim_start().starts_with("provider"));
    if let Some(line) = line.filter(|line| !line.contains("postgres")) {
        let message = format!("these migrations are for another database: {}", line.trim());
        let help = "their SQL may not be PostgreSQL's";
        planner.note(Irregularity::Undecided, &file.relative, message, help);
    }
}

fn asks_for_no_transaction(planner: &Planner<'_>, file: &Found) -> bool {
    let text = text_of(planner, file).replace(' ', "");
    text.lines().any(|line| line.starts_with("run_in_transaction=false"))
}

/// Flyway: versioned files by version, then repeatable ones by title.
fn flyway_steps<'a>(planner: &mut Planner<'_>, files: &[&'a Found]) -> Vec<Step<'a>> {
    let mut versioned: Vec<(FlywayName, &'a Found)> = Vec::new();
    let mut repeatable: Vec<(FlywayName, &'a Found)> = Vec::new();
    let mut baseline: Option<(FlywayName, &'a Found)> = None;
    for file in files {
        let name = file.file_name();
        let code = [".java", ".kt", ".class"].iter().any(|end| name.ends_with(end));
        if code && flyway::parse(name.split('.').next().unwrap_or(name)).is_some() {
            let message = "is a migration in code: what it does is not known";
            planner.note(Irregularity::Undecided, &file.relative, message, "");
            continue;
        }
        if !file.is_sql() {
            continue;
        }
        match flyway::parse(name) {
            Some(parsed) => match parsed.prefix {
                Prefix::Versioned => versioned.push((parsed, *file)),
                Prefix::Repeatable => repeatable.push((parsed, *file)),
                Prefix::Undo => {} // Runs only when migrating down.
                Prefix::Baseline => {
                    let newer = baseline.as_ref().is_none_or(|(known, _)| {
                        flyway::compare(&parsed.version, &known.version).is_gt()
                    });
                    if newer {
                        baseline = Some((parsed, *file));
                    }
                }
            },
            None => {
                let message = "is not run: its name is not like V1__title.sql or R__title.sql";
                planner.note(Irregularity::Ignored, &file.relative, message, "");
            }
        }
    }
    versioned.sort_by(|a, b| {
        flyway::compare(&a.0.version, &b.0.version).then_with(|| a.1.relative.cmp(&b.1.relative))
    });
    for pair in versioned.windows(2) {
        let (first, second) = (&pair[0], &pair[1]);
        if flyway::compare(&first.0.version, &second.0.version).is_eq() {
            let message = format!(
                "version {} is claimed by {} and by {}",
                second.0.version,
                first.1.file_name(),
                second.1.file_name()
            );
            let help = "give one of them a version of its own; flyway refuses to run";
            planner.note(Irregularity::DuplicateVersion, &second.1.relative, message, help);
        }
    }
    let whole: Vec<u32> =
        versioned.iter().filter_map(|(name, _)| name.version.parse().ok()).collect();
    if whole.len() == versioned.len() && !planner.notes.iter().any(is_undecided) {
        let missing = names::gaps(whole);
        if !missing.is_empty() {
            let list: Vec<String> = missing.iter().take(10).map(u32::to_string).collect();
            let folder = planner.folder.clone();
            let message = format!("no file has version {}", list.join(", "));
            planner.note(Irregularity::Gap, &folder, message, "check that none was lost");
        }
    }
    if let Some((name, file)) = baseline {
        // In an empty database flyway starts from the latest baseline.
        versioned.retain(|(other, _)| flyway::compare(&other.version, &name.version).is_gt());
        versioned.insert(0, (name, file));
    }
    repeatable.sort_by(|a, b| a.0.title.cmp(&b.0.title));
    versioned.extend(repeatable);
    let conf = |file: &Found| {
        let path = format!("{}.conf", file.relative);
        let found = files.iter().find(|other| other.relative == path)?;
        let text = text_of(planner, found).replace(' ', "");
        Some(text.lines().any(|line| line == "executeInTransaction=false"))
    };
    let steps = versioned.into_iter().map(|(name, found)| Step {
        without_transaction: conf(found).unwrap_or(false),
        found,
        version: Some(name.version).filter(|version| !version.is_empty()),
    });
    steps.collect()
}

fn is_undecided(note: &super::PlanNote) -> bool {
    note.kind == Irregularity::Undecided
}

/// A structure.sql alone; what lies beside it is not run.
fn structure<'a>(planner: &mut Planner<'_>, files: &[&'a Found]) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for file in files.iter().filter(|file| file.is_sql()) {
        if file.file_name() == "structure.sql" {
            steps.push(Step { found: file, version: None, without_transaction: false });
        } else {
            let message = "is not part of structure.sql";
            planner.note(Irregularity::Ignored, &file.relative, message, "name it to have it read");
        }
    }
    steps
}

/// Files in the order of their names.
pub(super) fn plain<'a>(
    planner: &mut Planner<'_>,
    files: &[&'a Found],
    choice: &Choice,
) -> Vec<Step<'a>> {
    let names: BTreeSet<String> =
        files.iter().map(|file| file.relative.to_ascii_lowercase()).collect();
    let mut sql: Vec<&Found> = Vec::new();
    for file in files.iter().filter(|file| file.is_sql()) {
        if is_down(file, &names) {
            let message = "is not run: its name says that it takes something back";
            planner.note(Irregularity::Ignored, &file.relative, message, "");
        } else {
            sql.push(file);
        }
    }
    sql.sort_by(|a, b| natural(&a.relative, &b.relative));
    if sql.len() > 1 && choice.tool == Tool::Plain {
        let message = "no migration tool's layout was recognised: files run in the order of names";
        let help = "say --tool NAME, or give the order with --order FILE --root DIR";
        planner.note(Irregularity::Assumed, &choice.folder, message, help);
    }
    let step = |found| Step { found, version: None, without_transaction: false };
    sql.into_iter().map(step).collect()
}

/// graphile-migrate runs committed/; what is in current is not settled yet.
fn graphile<'a>(planner: &mut Planner<'_>, files: &[&'a Found], choice: &Choice) -> Vec<Step<'a>> {
    let committed =
        |file: &Found| file.folder().ends_with("committed") || choice.folder.ends_with("committed");
    let in_place: Vec<&'a Found> = files.iter().copied().filter(|file| committed(file)).collect();
    for file in files.iter().filter(|file| file.is_sql() && !committed(file)) {
        let message = "is not committed, so graphile-migrate does not run it when it deploys";
        planner.note(Irregularity::Ignored, &file.relative, message, "");
    }
    let inner = Choice {
        tool: choice.tool,
        folder: in_place.first().map_or(String::new(), |file| file.folder().to_string()),
        evidence: Vec::new(),
        notes: Vec::new(),
    };
    flat(planner, &in_place, &inner, Order::ByName)
}
