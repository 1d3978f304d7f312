//! Markers in comments that part a file into its up and down halves.

use super::Tool;

/// What a file's markers say.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Marked {
    /// What is run when migrating up.
    pub ranges: Vec<(u32, u32)>,
    /// Where it asks for no transaction.
    pub opted_out: Option<(u32, u32)>,
    /// What is wrong with the markers, and where.
    pub problems: Vec<(u32, String)>,
}

/// A line of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub start: usize,
    /// After its line break.
    pub end: usize,
    pub text: &'a str,
}

/// A text's lines, with their places.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let here = start;
        start += line.len();
        Line { start: here, end: start, text: line.trim_end_matches(['\n', '\r']) }
    })
}

/// What a marker line says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Marker {
    Up,
    Down,
    /// A marker that parts nothing.
    Other,
}

/// Reads a file's markers as its tool does.
pub(super) fn read(tool: Tool, text: &str) -> Marked {
    match tool {
        Tool::Goose => halves(text, goose),
        Tool::SqlMigrate => halves(text, sql_migrate),
        Tool::Dbmate => halves(text, dbmate),
        Tool::NodePgMigrate => optional_halves(text, node_pg_migrate),
        Tool::Tern => tern(text),
        Tool::Sqlx => opt_out(text, |line| line.starts_with("-- no-transaction"), 1),
        Tool::GraphileMigrate => {
            opt_out(text, |line| line.trim_end() == "--! no-transaction", usize::MAX)
        }
        Tool::Atlas => opt_out(text, |line| line.trim_end() == "-- atlas:txmode none", usize::MAX),
        // The others have no markers in their files, or files of another kind.
        Tool::Prisma
        | Tool::Supabase
        | Tool::Drizzle
        | Tool::Flyway
        | Tool::Liquibase
        | Tool::GolangMigrate
        | Tool::Diesel
        | Tool::Refinery
        | Tool::Sqitch
        | Tool::Structure
        | Tool::Numbered
        | Tool::Plain => whole(text),
    }
}

fn whole(text: &str) -> Marked {
    Marked { ranges: vec![(0, text.len() as u32)], ..Marked::default() }
}

/// A directive among the file's leading comments.
fn opt_out(text: &str, is_directive: impl Fn(&str) -> bool, among: usize) -> Marked {
    let mut marked = whole(text);
    let header = lines(text)
        .take_while(|line| line.text.trim().is_empty() || line.text.starts_with("--"))
        .take(among.min(200));
    for line in header {
        if is_directive(line.text) {
            marked.opted_out = Some(place(&line));
        }
    }
    marked
}

fn place(line: &Line<'_>) -> (u32, u32) {
    (line.start as u32, (line.start + line.text.len()) as u32)
}

/// The marker that a line is, and whether it asks for no transaction.
type ReadMarker = fn(&str) -> Option<(Marker, bool)>;

/// Parts a file at markers; what stands before the first is not run.
fn halves(text: &str, read: ReadMarker) -> Marked {
    let mut marked = Marked::default();
    let mut open: Option<usize> = None;
    let mut seen_up = false;
    for line in lines(text) {
        let Some((marker, without)) = read(line.text) else { continue };
        if without {
            marked.opted_out = Some(place(&line));
        }
        if marker == Marker::Other {
            continue;
        }
        if let Some(start) = open.take() {
            marked.ranges.push((start as u32, line.start as u32));
        }
        if marker == Marker::Up {
            seen_up = true;
            open = Some(line.end);
        }
    }
    if let Some(start) = open {
        marked.ranges.push((start as u32, text.len() as u32));
    }
    if !seen_up {
        marked.problems.push((0, "the file has no marker for its up half".to_string()));
    }
    marked
}

/// The same where a file without markers is all up.
fn optional_halves(text: &str, read: ReadMarker) -> Marked {
    let mut marked = Marked::default();
    let mut start = Some(0);
    for line in lines(text) {
        let Some((marker, _)) = read(line.text) else { continue };
        if let Some(from) = start.take().filter(|&from| from < line.start) {
            marked.ranges.push((from as u32, line.start as u32));
        }
        if marker == Marker::Up {
            start = Some(line.end);
        }
    }
    if let Some(from) = start {
        marked.ranges.push((from as u32, text.len() as u32));
    }
    marked
}

/// The words behind `--` in a comment line.
fn comment(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("--").map(str::trim)
}

fn goose(line: &str) -> Option<(Marker, bool)> {
    let words: Vec<&str> = comment(line)?.strip_prefix("+goose")?.split_whitespace().collect();
    let upper: Vec<String> = words.iter().map(|word| word.to_ascii_uppercase()).collect();
    match upper.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["UP"] => Some((Marker::Up, false)),
        ["DOWN"] => Some((Marker::Down, false)),
        ["NO", "TRANSACTION"] => Some((Marker::Other, true)),
        _ => Some((Marker::Other, false)), // StatementBegin, StatementEnd, ENVSUB.
    }
}

fn sql_migrate(line: &str) -> Option<(Marker, bool)> {
    let words: Vec<&str> = comment(line)?.strip_prefix("+migrate")?.split_whitespace().collect();
    let without = words.contains(&"notransaction");
    match words.first().copied() {
        Some("Up") => Some((Marker::Up, without)),
        Some("Down") => Some((Marker::Down, false)),
        _ => Some((Marker::Other, false)), // StatementBegin, StatementEnd.
    }
}

fn dbmate(line: &str) -> Option<(Marker, bool)> {
    let rest = line.strip_prefix("--")?.trim_start().strip_prefix("migrate:")?;
    let mut words = rest.split_whitespace();
    match words.next()? {
        "up" => Some((Marker::Up, words.any(|word| word == "transaction:false"))),
        "down" => Some((Marker::Down, false)),
        _ => None, // A comment that happens to start so.
    }
}

fn node_pg_migrate(line: &str) -> Option<(Marker, bool)> {
    let rest = line.trim_start().strip_prefix("--")?.trim_start_matches([' ', '\t', '-']);
    let words: Vec<String> =
        rest.split_whitespace().take(2).map(|word| word.to_ascii_lowercase()).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["up", "migration"] => Some((Marker::Up, false)),
        ["down", "migration"] => Some((Marker::Down, false)),
        _ => None, // An ordinary comment.
    }
}

/// The line that parts a tern migration.
pub(super) const TERN: &str = "---- create above / drop below ----";

fn tern(text: &str) -> Marked {
    let end = lines(text).find(|line| line.text.trim_end() == TERN);
    let end = end.map_or(text.len(), |line| line.start);
    let without = |line: &Line<'_>| line.text.trim_end() == "---- tern: disable-tx ----";
    let opted_out = lines(text).find(without).map(|line| place(&line));
    let mut marked = Marked { ranges: vec![(0, end as u32)], opted_out, ..Marked::default() };
    if let Some(at) = text.find("{{") {
        marked.problems.push((at as u32, "a template is filled in when tern runs it".to_string()));
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::source::order::Tool;

    fn up(tool: Tool, text: &str) -> Vec<&str> {
        let ranges = read(tool, text).ranges;
        ranges.iter().map(|&(from, to)| &text[from as usize..to as usize]).collect()
    }

    #[test]
    fn goose_runs_what_is_between_up_and_down() {
        let text = "-- +goose NO TRANSACTION\n-- +goose Up\nA;\n-- +goose StatementBegin\nB;\n\
                    -- +goose StatementEnd\n-- +goose Down\nC;\n";
        assert_eq!(
            up(Tool::Goose, text),
            ["A;\n-- +goose StatementBegin\nB;\n-- +goose StatementEnd\n"]
        );
        assert_eq!(read(Tool::Goose, text).opted_out, Some((0, 24)));
    }

    #[test]
    fn dbmate_and_sql_migrate_take_options_behind_up() {
        let text = "-- migrate:up transaction:false\nA;\n-- migrate:down\nB;\n";
        assert_eq!(up(Tool::Dbmate, text), ["A;\n"]);
        assert!(read(Tool::Dbmate, text).opted_out.is_some());
        let text = "-- +migrate Up notransaction\nA;\n-- +migrate Down\nB;\n-- +migrate Up\nC;\n";
        assert_eq!(up(Tool::SqlMigrate, text), ["A;\n", "C;\n"]);
        assert!(read(Tool::SqlMigrate, text).opted_out.is_some());
    }

    #[test]
    fn node_pg_migrate_and_tern_take_files_without_markers_whole() {
        assert_eq!(up(Tool::NodePgMigrate, "A;\n"), ["A;\n"]);
        let text = "-- Up Migration\nA;\n-- Down Migration\nB;\n";
        assert_eq!(up(Tool::NodePgMigrate, text), ["A;\n"]);
        let text = "A;\n---- create above / drop below ----\nB;\n";
        assert_eq!(up(Tool::Tern, text), ["A;\n"]);
        assert_eq!(up(Tool::Tern, "A;\n"), ["A;\n"]);
    }

    #[test]
    fn a_missing_up_marker_is_said() {
        assert_eq!(read(Tool::Goose, "A;\n").problems.len(), 1);
    }
}
