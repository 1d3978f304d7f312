//! What the tool's own table claims, held against the folder and against what the dump shows.

use std::collections::BTreeSet;

use super::checksum;
use super::ledger::{Identity, Ledger, Row};
use super::{Judged, Verdict};
use crate::source::decode::Encoding;
use crate::source::order::PlannedFile;
use crate::source::{Source, Sources};

/// What the table says of one migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    Recorded,
    /// Begun and neither finished nor resolved.
    Failed,
    RolledBack,
    NotRecorded,
}

impl Claim {
    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Claim::Recorded => "recorded",
            Claim::Failed => "recorded as failed",
            Claim::RolledBack => "recorded as rolled back",
            Claim::NotRecorded => "not recorded",
        }
    }
}

/// What a ledger says of a folder.
pub struct Claims {
    /// By file of the plan.
    pub by_file: Vec<Claim>,
    pub contradictions: Vec<String>,
}

impl Claims {
    /// Whether a row is about any of the files.
    pub fn knows_any(&self) -> bool {
        self.by_file.iter().any(|claim| *claim != Claim::NotRecorded)
    }
}

/// Holds the rows against the files and against what the dump shows of each.
pub fn claims(
    ledger: &Ledger,
    sources: &Sources,
    files: &[PlannedFile],
    judged: &[Judged],
) -> Claims {
    let mut claims =
        Claims { by_file: vec![Claim::NotRecorded; files.len()], contradictions: Vec::new() };
    let mut unmatched: BTreeSet<String> = BTreeSet::new();
    for row in &ledger.rows {
        let Some(name) = text(row, ledger.layout.column) else { continue };
        let mut found = false;
        for (index, file) in files.iter().enumerate() {
            let source = sources.get(file.source);
            if !is_of(ledger, name, file, source) {
                continue;
            }
            found = true;
            let claim = claim(row);
            // Of several rows about one file, the last that is no rollback counts.
            if claim != Claim::RolledBack || claims.by_file[index] == Claim::NotRecorded {
                claims.by_file[index] = claim;
            }
            if let Some(note) = checksum_note(ledger, row, file, source) {
                claims.contradictions.push(note);
            }
        }
        if !found && claim(row) != Claim::RolledBack && !is_start(ledger, row, name) {
            unmatched.insert(name.to_string());
        }
    }
    for (file, (claim, judged)) in files.iter().zip(claims.by_file.iter().zip(judged)) {
        claims.contradictions.extend(contradiction(ledger, &file.name, *claim, judged));
    }
    for name in unmatched {
        claims
            .contradictions
            .push(format!("{} records {name}, which the folder does not have", ledger.name));
    }
    claims
}

fn text<'a>(row: &'a Row, column: &str) -> Option<&'a str> {
    row.get(column).and_then(Option::as_deref)
}

fn claim(row: &Row) -> Claim {
    let is = |column: &str, value: &str| text(row, column) == Some(value);
    let has = |column: &str| row.get(column).is_some_and(Option::is_some);
    if has("rolled_back_at") || is("is_applied", "f") || is("type", "DELETE") {
        return Claim::RolledBack;
    }
    let unfinished = row.contains_key("finished_at") && !has("finished_at");
    let in_part = match (text(row, "applied"), text(row, "total")) {
        (Some(applied), Some(total)) => applied != total, // Atlas counts statements
        _ => false,
    };
    if unfinished || in_part || is("success", "f") || is("dirty", "t") {
        return Claim::Failed;
    }
    Claim::Recorded
}

/// Whether the row is about the file.
fn is_of(ledger: &Ledger, recorded: &str, file: &PlannedFile, source: &Source) -> bool {
    match ledger.layout.identity {
        Identity::Name => names(file).any(|name| name == recorded),
        Identity::Version => version(file).is_some_and(|version| same_version(&version, recorded)),
        Identity::UpTo => {
            match (version(file).map(|v| v.parse::<u128>()), recorded.parse::<u128>()) {
                (Some(Ok(version)), Ok(recorded)) => version <= recorded,
                _ => false, // a version that is no number
            }
        }
        Identity::Hash => ledger
            .layout
            .checksum
            .is_some_and(|(_, kind)| checksum::matches(kind, recorded, source.text())),
    }
}

/// What a tool may call the file: its name, with and without endings, and its folder's.
fn names(file: &PlannedFile) -> impl Iterator<Item = &str> {
    let path = file.name.split('#').next().unwrap_or(&file.name);
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next().unwrap_or_default();
    let folder = parts.next();
    let stem = name.strip_suffix(".sql").unwrap_or(name);
    let bare = stem.strip_suffix(".up").unwrap_or(stem);
    [Some(name), Some(stem), Some(bare), folder, file.version.as_deref()].into_iter().flatten()
}

fn version(file: &PlannedFile) -> Option<String> {
    if let Some(version) = &file.version {
        return Some(version.clone());
    }
    names(file).find_map(|name| {
        let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    })
}

/// Versions are the same with and without separators and leading zeros.
fn same_version(a: &str, b: &str) -> bool {
    let plain = |text: &str| {
        let digits: String = text.chars().filter(|c| !matches!(c, '-' | '_' | '.')).collect();
        digits.trim_start_matches('0').to_string()
    };
    a == b || plain(a) == plain(b)
}

/// Rows that no file is behind: goose's version 0, Flyway's schema creation and baseline.
fn is_start(ledger: &Ledger, row: &Row, recorded: &str) -> bool {
    recorded == "0"
        || ledger.layout.identity == Identity::UpTo
        || matches!(text(row, "type"), Some("SCHEMA" | "BASELINE"))
}

fn checksum_note(
    ledger: &Ledger,
    row: &Row,
    file: &PlannedFile,
    source: &Source,
) -> Option<String> {
    let (column, kind) = ledger.layout.checksum?;
    // Only the bytes as they are in the file have the tool's checksum.
    if ledger.layout.identity == Identity::Hash || source.encoding() != Encoding::Utf8 {
        return None;
    }
    let recorded = text(row, column)?;
    (!checksum::matches(kind, recorded, source.text())).then(|| {
        format!(
            "{}: the file was changed after it ran: its checksum is not the recorded one",
            file.name
        )
    })
}

fn contradiction(ledger: &Ledger, file: &str, claim: Claim, judged: &Judged) -> Option<String> {
    let table = &ledger.name;
    match (claim, &judged.verdict) {
        (Claim::Recorded, Verdict::NotApplied) => {
            Some(format!("{file}: recorded in {table}, but nothing of it is there"))
        }
        (Claim::Recorded, Verdict::Partly) => {
            Some(format!("{file}: recorded in {table}, but only part of it is there"))
        }
        (Claim::Failed, _) => {
            Some(format!("{file}: {table} records that it failed, and nobody resolved it"))
        }
        (Claim::NotRecorded | Claim::RolledBack, Verdict::Applied) => {
            Some(format!("{file}: its changes are there, but {table} does not record it"))
        }
        (Claim::NotRecorded | Claim::RolledBack, Verdict::Partly) => {
            Some(format!("{file}: part of it is there, but {table} does not record it"))
        }
        (Claim::Recorded, Verdict::Applied | Verdict::Superseded(_) | Verdict::Unclear(_))
        | (
            Claim::NotRecorded | Claim::RolledBack,
            Verdict::NotApplied | Verdict::Superseded(_) | Verdict::Unclear(_),
        ) => None,
    }
}
