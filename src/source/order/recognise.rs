//! Which tool a folder was made for, told by the names of its files and by markers in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::names::{self, Half, is_timestamp, leading_version};
use super::{Irregularity, PlanNote, Tool, flyway, markers, sqitch};
use crate::source::InputError;
use crate::source::discover::{Discovered, Found};

/// The tool and the folder that were chosen, and why.
pub(super) struct Choice {
    pub tool: Tool,
    /// From the folder that was asked for; empty for that itself.
    pub folder: String,
    pub evidence: Vec<String>,
    pub notes: Vec<PlanNote>,
}

impl Choice {
    pub fn path(&self, root: &Path) -> PathBuf {
        if self.folder.is_empty() { root.to_path_buf() } else { root.join(&self.folder) }
    }

    /// Whether a file is in the chosen folder or below it.
    pub fn holds(&self, found: &Found) -> bool {
        within(&found.relative, &self.folder)
    }
}

fn within(relative: &str, folder: &str) -> bool {
    folder.is_empty() || relative.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A folder that looks like a tool's.
struct Candidate {
    tool: Tool,
    folder: String,
    evidence: String,
}

/// Chooses among what the folder looks like; several equal candidates are the user's to choose of.
pub(super) fn choose(
    root: &Path,
    discovered: &Discovered,
    wanted: Option<Tool>,
) -> Result<Choice, InputError> {
    let mut candidates = candidates(root, discovered);
    if let Some(tool) = wanted {
        candidates.retain(|candidate| candidate.tool == tool);
        if candidates.is_empty() {
            return Ok(Choice {
                tool,
                folder: String::new(),
                evidence: vec![format!("--tool {}", tool.name())],
                notes: Vec::new(),
            });
        }
    }
    let strong: Vec<&Candidate> = candidates.iter().filter(|c| !is_weak(c.tool)).collect();
    let here = strong.iter().find(|candidate| candidate.folder.is_empty());
    let chosen = match (here, strong.as_slice()) {
        (Some(here), _) => here,
        (None, [one]) => one,
        (None, []) => return weak(root, discovered, &candidates),
        (None, several) => return Err(ambiguous(root, several)),
    };
    let mut notes = Vec::new();
    for other in &candidates {
        let nested = within(&other.folder, &chosen.folder);
        if other.folder != chosen.folder && !nested {
            notes.push(not_read(root, other, chosen.tool));
        }
    }
    Ok(Choice {
        tool: chosen.tool,
        folder: chosen.folder.clone(),
        evidence: vec![chosen.evidence.clone()],
        notes,
    })
}

fn is_weak(tool: Tool) -> bool {
    matches!(tool, Tool::Numbered | Tool::Plain | Tool::Structure)
}

fn not_read(root: &Path, other: &Candidate, chosen: Tool) -> PlanNote {
    PlanNote {
        kind: Irregularity::Ignored,
        path: root.join(&other.folder).display().to_string(),
        span: None,
        related: Vec::new(),
        message: format!("SQL files here are not among the {} migrations", chosen.name()),
        help: "name this folder to have it read".to_string(),
    }
}

fn ambiguous(root: &Path, several: &[&Candidate]) -> InputError {
    let list: Vec<String> =
        several.iter().map(|c| format!("{} ({})", c.folder, c.tool.name())).collect();
    let what = format!("holds several migration folders: {}", list.join(", "));
    InputError::new(root, what, "name the one that is meant")
}

/// No tool's folder: one file is a script, numbered files are taken by their numbers.
fn weak(
    root: &Path,
    discovered: &Discovered,
    candidates: &[Candidate],
) -> Result<Choice, InputError> {
    let structure = candidates.iter().find(|c| c.tool == Tool::Structure);
    let chosen = structure.or(match candidates {
        [one] => Some(one),
        _ => None, // Several, or none at all.
    });
    if let Some(one) = chosen {
        let others = candidates.iter().filter(|other| other.folder != one.folder);
        return Ok(Choice {
            tool: one.tool,
            folder: one.folder.clone(),
            evidence: vec![one.evidence.clone()],
            notes: others.map(|other| not_read(root, other, one.tool)).collect(),
        });
    }
    let sql = discovered.files.iter().filter(|found| found.is_sql()).count();
    if sql == 0 {
        let what = match discovered.files.len() {
            0 => "is an empty directory".to_string(),
            n => format!("holds {n} files, but none whose name ends in .sql"),
        };
        return Err(InputError::new(root, what, "name the migrations' folder, or a dump file"));
    }
    let numbered = candidates.iter().all(|c| c.tool == Tool::Numbered);
    Ok(Choice {
        tool: if numbered { Tool::Numbered } else { Tool::Plain },
        folder: String::new(),
        evidence: vec![format!("{sql} SQL files in {} folders of no known tool", candidates.len())],
        notes: Vec::new(),
    })
}

/// Everything below the folder that looks like a tool's.
fn candidates(root: &Path, discovered: &Discovered) -> Vec<Candidate> {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    let mut add = |tool: Tool, folder: &str, evidence: String| {
        let folder = folder.to_string();
        found.entry(folder.clone()).or_insert(Candidate { tool, folder, evidence });
    };
    let mut claimed: BTreeSet<&str> = BTreeSet::new();
    for file in &discovered.files {
        let (folder, name) = (file.folder(), file.file_name());
        let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        let nested = !folder.is_empty();
        let snapshot = format!("{folder}/snapshot.json");
        match name {
            "sqitch.plan" => add(Tool::Sqitch, folder, "a sqitch.plan".to_string()),
            _ if name.ends_with(".plan") && sqitch::is_plan(&head(&file.path)) => {
                add(Tool::Sqitch, folder, format!("a plan of Sqitch's, {name}"));
            }
            "_journal.json" if folder == "meta" || folder.ends_with("/meta") => {
                add(Tool::Drizzle, parent, "a journal, meta/_journal.json".to_string());
            }
            "migration.sql"
                if nested && discovered.files.iter().any(|f| f.relative == snapshot) =>
            {
                claimed.insert(folder);
                add(Tool::Drizzle, parent, format!("a snapshot beside {}", file.relative));
            }
            "migration.sql" if nested => {
                claimed.insert(folder);
                let evidence = format!("a folder with a migration.sql: {}", file.relative);
                add(Tool::Prisma, parent, evidence);
            }
            "up.sql" if nested => {
                claimed.insert(folder);
                add(Tool::Diesel, parent, format!("a folder with an up.sql: {}", file.relative));
            }
            _ => {} // Looked at below, with its whole folder.
        }
    }
    let mut folders: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
    for file in discovered.files.iter().filter(|file| file.is_sql()) {
        folders.entry(file.folder()).or_default().push(file);
    }
    let owned: Vec<String> = found.keys().cloned().collect();
    let context = Context::new(root, discovered);
    let mut spread: BTreeMap<Tool, Vec<(&str, String)>> = BTreeMap::new();
    for (folder, files) in &folders {
        let covered =
            owned.iter().any(|owner| owner == folder || within(folder, owner) && !owner.is_empty());
        if covered || claimed.contains(folder) {
            continue;
        }
        let Some((tool, evidence)) = of_folder(folder, files, &context) else { continue };
        if matches!(tool, Tool::Flyway | Tool::Liquibase) {
            spread.entry(tool).or_default().push((folder, evidence));
        } else {
            let folder = folder.to_string();
            let entry = Candidate { tool, folder: folder.clone(), evidence };
            found.entry(folder).or_insert(entry);
        }
    }
    for (tool, folders) in spread {
        // Flyway's locations are read as one, and so are the files of a Liquibase changelog.
        let all = folders.iter().map(|(folder, _)| folder.to_string());
        let Some(folder) = all.reduce(|a, b| common(&a, &b)) else { continue };
        let evidence = folders.into_iter().next().map(|(_, evidence)| evidence);
        let entry =
            Candidate { tool, folder: folder.clone(), evidence: evidence.unwrap_or_default() };
        found.insert(folder, entry);
    }
    found.into_values().collect()
}

/// The folder that holds both.
fn common(a: &str, b: &str) -> String {
    let same = a.split('/').zip(b.split('/')).take_while(|(x, y)| x == y && !x.is_empty());
    same.map(|(part, _)| part).collect::<Vec<_>>().join("/")
}

/// What lies around the folder and tells of the project's language.
struct Context {
    around: String,
    refinery: bool,
    rust: bool,
    supabase: bool,
    atlas: BTreeSet<String>,
}

impl Context {
    fn new(root: &Path, discovered: &Discovered) -> Context {
        let absolute = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
        let above: Vec<&Path> = absolute.ancestors().take(6).collect();
        let cargo = above.iter().map(|dir| dir.join("Cargo.toml")).filter(|path| path.is_file());
        let cargo: Vec<String> = cargo.map(|path| head(&path)).collect();
        let in_supabase = |path: &Path| path.file_name().is_some_and(|name| name == "supabase");
        let supabase_config = above.iter().take(2).any(|dir| {
            head(&dir.join("config.toml")).lines().any(|line| line.starts_with("project_id"))
        });
        let sum = |file: &&Found| file.file_name() == "atlas.sum";
        Context {
            around: absolute.display().to_string(),
            refinery: cargo.iter().any(|text| text.contains("refinery")),
            rust: cargo.first().is_some_and(|text| may_use_sqlx(text))
                || above.iter().any(|dir| dir.join(".sqlx").is_dir()),
            supabase: supabase_config || above.iter().take(3).any(|dir| in_supabase(dir)),
            atlas: discovered.files.iter().filter(sum).map(|f| f.folder().to_string()).collect(),
        }
    }
}

/// Whether a Cargo.toml lets the crate's migrations be sqlx's: a package says what it depends on, a workspace need not.
fn may_use_sqlx(cargo: &str) -> bool {
    cargo.contains("sqlx") || !cargo.lines().any(|line| line.trim() == "[package]")
}

fn head(path: &Path) -> String {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(1 << 16).read_to_end(&mut bytes)) {
        Ok(_) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => String::new(), // A file that is not there says nothing.
    }
}

/// The tool whose folder this is, by its files.
fn of_folder(folder: &str, files: &[&Found], context: &Context) -> Option<(Tool, String)> {
    let count = files.len();
    if let Some((tool, marker)) = sample(files).find_map(|file| by_markers(&head(&file.path))) {
        return Some((tool, format!("files hold \"{marker}\"")));
    }
    let last = folder.rsplit('/').next().unwrap_or("");
    let all = |test: &dyn Fn(&str) -> bool| {
        let n = files.iter().filter(|file| test(file.file_name())).count();
        (n * 2 > count).then_some(n)
    };
    if let Some(n) = all(&|name| flyway::parse(name).is_some()) {
        let tool = if context.refinery { Tool::Refinery } else { Tool::Flyway };
        let example = files.iter().find(|file| flyway::parse(file.file_name()).is_some());
        let example = example.map_or("", |file| file.file_name());
        return Some((tool, format!("{n} files are named like {example}")));
    }
    if let Some(n) = all(&|name| names::half(name) != Half::Whole && names::version(name).is_some())
    {
        let stamped = all(&|name| leading_version(name).is_some_and(|v| is_timestamp(&v.digits)));
        let rust = context.rust && stamped.is_some();
        let tool = if rust { Tool::Sqlx } else { Tool::GolangMigrate };
        return Some((tool, format!("{n} files are named VERSION_name.up.sql or .down.sql")));
    }
    if context.atlas.contains(folder) {
        return Some((Tool::Atlas, "an atlas.sum".to_string()));
    }
    if let Some(n) = all(&|name| leading_version(name).is_some_and(|v| v.digits.len() == 14)) {
        let supabase = context.supabase
            || format!("/{folder}/").contains("/supabase/")
            || context.around.ends_with("supabase/migrations");
        let evidence = format!("{n} files are named TIMESTAMP_name.sql");
        return Some(match (supabase, context.rust) {
            (true, _) => (Tool::Supabase, format!("{evidence}, in a supabase folder")),
            (false, true) => (Tool::Sqlx, format!("{evidence}, in a Cargo project")),
            (false, false) => (Tool::Numbered, evidence),
        });
    }
    if let Some(n) = all(&|name| leading_version(name).is_some()) {
        let rust = context.rust && last == "migrations";
        let tool = if rust { Tool::Sqlx } else { Tool::Numbered };
        return Some((tool, format!("{n} files are named NUMBER_name.sql")));
    }
    if files.iter().any(|file| file.file_name() == "structure.sql") {
        return Some((Tool::Structure, "a structure.sql".to_string()));
    }
    if let Some(n) = all(&|name| names::version(name).is_some()) {
        return Some((Tool::Numbered, format!("{n} files have numbers in their names")));
    }
    Some((Tool::Plain, format!("{count} SQL files of no known tool")))
}

/// A few files of a folder, from all over it.
fn sample<'a>(files: &'a [&'a Found]) -> impl Iterator<Item = &'a Found> {
    let step = (files.len() / 6).max(1);
    files.iter().step_by(step).take(8).copied()
}

/// The tool whose markers a text has, and the marker.
pub(super) fn by_markers(text: &str) -> Option<(Tool, &'static str)> {
    for line in text.lines().take(2000) {
        if !line.trim_start().starts_with("--") {
            continue;
        }
        let squeezed: String = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = squeezed.to_ascii_lowercase();
        let starts = |marker: &str| lower.starts_with(marker);
        if starts("-- +goose ") || starts("--+goose ") {
            return Some((Tool::Goose, "-- +goose"));
        }
        if starts("-- +migrate up") || starts("-- +migrate down") {
            return Some((Tool::SqlMigrate, "-- +migrate"));
        }
        if starts("-- migrate:up") || starts("--migrate:up") {
            return Some((Tool::Dbmate, "-- migrate:up"));
        }
        if starts("-- up migration") || starts("-- down migration") {
            return Some((Tool::NodePgMigrate, "-- Up Migration"));
        }
        if squeezed == markers::TERN {
            return Some((Tool::Tern, markers::TERN));
        }
        if starts("--! previous:") {
            return Some((Tool::GraphileMigrate, "--! Previous:"));
        }
        if starts("--liquibase formatted sql") || starts("-- liquibase formatted sql") {
            return Some((Tool::Liquibase, "--liquibase formatted sql"));
        }
        if starts("-- atlas:txmode") {
            return Some((Tool::Atlas, "-- atlas:txmode"));
        }
    }
    None
}
