//! Liquibase's formatted SQL: a file of changesets, each with its attributes.

use super::markers::{Line, lines};

/// A changeset of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Changeset {
    /// `author:id`.
    pub id: String,
    pub ranges: Vec<(u32, u32)>,
    /// The line that starts it.
    pub header: (u32, u32),
    pub in_transaction: bool,
    /// Why it is not run on PostgreSQL.
    pub skipped: Option<String>,
    /// Where it says something that is not followed, and what.
    pub remarks: Vec<(u32, String)>,
}

/// Whether a file is formatted SQL.
pub(super) fn is_formatted(text: &str) -> bool {
    let first = text.trim_start_matches('\u{FEFF}').lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or("").replace(' ', "").to_ascii_lowercase();
    first.starts_with("--liquibaseformattedsql")
}

/// Parts a file into its changesets.
pub(super) fn changesets(text: &str) -> Vec<Changeset> {
    let mut found: Vec<Changeset> = Vec::new();
    let mut delimiter = String::new();
    let mut from = 0;
    for line in lines(text) {
        if let Some(attributes) = directive(line.text, "changeset") {
            close(&mut found, from, line.start);
            let changeset = begin(attributes, &line);
            delimiter = attribute(attributes, "endDelimiter").unwrap_or_default();
            found.push(changeset);
            from = line.end;
        } else if !delimiter.is_empty() && line.text.trim() == delimiter && delimiter != ";" {
            // The delimiter's line is not run; what precedes it is a statement.
            close(&mut found, from, line.start);
            from = line.end;
        } else if let Some(expected) = directive(line.text, "preconditions")
            && let Some(last) = found.last_mut()
        {
            let text = format!("its preconditions are not evaluated: {}", expected.trim());
            last.remarks.push((line.start as u32, text));
        }
    }
    close(&mut found, from, text.len());
    found
}

fn close(found: &mut [Changeset], from: usize, to: usize) {
    if let Some(last) = found.last_mut().filter(|_| from < to) {
        last.ranges.push((from as u32, to as u32));
    }
}

/// What follows `--changeset` and its like on a line.
fn directive<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix("--")?.trim_start();
    let name = rest.get(..word.len())?;
    let rest = &rest[word.len()..];
    let ended = rest.is_empty() || rest.starts_with([' ', '\t', ':']);
    (name.eq_ignore_ascii_case(word) && ended).then_some(rest)
}

fn begin(attributes: &str, line: &Line<'_>) -> Changeset {
    let id = attributes.trim_start();
    let id = match id.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        Some((quoted, rest)) => {
            format!("{quoted}{}", rest.split_whitespace().next().unwrap_or(""))
        }
        None => id.split_whitespace().next().unwrap_or("").to_string(),
    };
    let is = |name: &str, value: &str| {
        attribute(attributes, name).is_some_and(|given| given.eq_ignore_ascii_case(value))
    };
    let vendors = attribute(attributes, "dbms");
    let other = vendors.filter(|list| !runs_on_postgresql(list));
    let skipped = if is("ignore", "true") {
        Some("it is marked ignore:true".to_string())
    } else {
        other.map(|list| format!("it is for dbms:{list}"))
    };
    let mut remarks = Vec::new();
    for name in ["context", "contextFilter", "labels"] {
        if let Some(value) = attribute(attributes, name) {
            let text = format!("it is taken as run, whatever {name}:{value} selects");
            remarks.push((line.start as u32, text));
        }
    }
    Changeset {
        id,
        ranges: Vec::new(),
        header: (line.start as u32, (line.start + line.text.len()) as u32),
        in_transaction: !is("runInTransaction", "false"),
        skipped,
        remarks,
    }
}

fn runs_on_postgresql(list: &str) -> bool {
    let mut names = list.split(',').map(|name| name.trim().to_ascii_lowercase()).peekable();
    let negative = names.peek().is_some_and(|name| name.starts_with('!'));
    if negative {
        !names.any(|name| name == "!postgresql")
    } else {
        names.any(|name| name == "postgresql" || name == "all")
    }
}

/// The value of `name:value` or `name:"value with blanks"`.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let lower = attributes.to_ascii_lowercase();
    let wanted = format!("{}:", name.to_ascii_lowercase());
    let (at, _) = lower
        .match_indices(&wanted)
        .find(|&(at, _)| at > 0 && lower.as_bytes()[at - 1].is_ascii_whitespace())?;
    let value = attributes.get(at + wanted.len()..)?;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split_whitespace().next(),
    };
    value.map(str::to_string)
}

/// What a changelog in XML, YAML or JSON includes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Included {
    pub path: String,
    /// A folder, all of whose files are taken in the order of their names.
    pub all: bool,
}

/// The includes of a changelog in their order, told by their attributes `file` and `path`.
pub(super) fn includes(text: &str) -> Vec<Included> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    for (at, word) in text.match_indices("file").chain(text.match_indices("path")) {
        let alone = at > 0 && !bytes[at - 1].is_ascii_alphanumeric();
        let rest = text[at + word.len()..].trim_start_matches(['"', '\'']).trim_start();
        let Some(value) = rest.strip_prefix(['=', ':']).filter(|_| alone) else { continue };
        let value = value.trim_start_matches([' ', '\t']);
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split(['\n', '\r', ' ', ',', '}']).next(), // A bare YAML value.
        };
        let path = value.unwrap_or("").trim();
        let changelog = [".sql", ".xml", ".yaml", ".yml", ".json"];
        let all = word == "path";
        if !path.is_empty() && (all || changelog.iter().any(|end| path.ends_with(end))) {
            found.push((at, Included { path: path.to_string(), all }));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, included)| included).collect()
}

#[cfg(test)]
mod tests {
    use super::{changesets, includes, is_formatted};

    #[test]
    fn changelogs_include_files_and_folders() {
        let paths = |text: &str| -> Vec<(String, bool)> {
            includes(text).into_iter().map(|i| (i.path, i.all)).collect()
        };
        let xml = "<include file=\"b.sql\"/><includeAll path='sub/'/><include file=\"a.sql\"/>";
        let expected = [("b.sql", false), ("sub/", true), ("a.sql", false)];
        assert_eq!(paths(xml), expected.map(|(path, all)| (path.to_string(), all)));
        let yaml = "databaseChangeLog:\n  - include:\n      file: x/1.sql\n";
        assert_eq!(paths(yaml), [("x/1.sql".to_string(), false)]);
    }

    const FILE: &str = "--liquibase formatted sql\n\n--changeset ann:1 runInTransaction:false\n\
                        CREATE INDEX CONCURRENTLY i ON t (a);\n--rollback DROP INDEX i;\n\
                        --changeset ann:2 dbms:mysql\nA;\n\
                        --changeset ann:3 endDelimiter:GO\nB\nGO\nC\nGO\n";

    #[test]
    fn changesets_have_attributes() {
        assert!(is_formatted(FILE));
        let sets = changesets(FILE);
        let ids: Vec<&str> = sets.iter().map(|set| set.id.as_str()).collect();
        assert_eq!(ids, ["ann:1", "ann:2", "ann:3"]);
        assert!(!sets[0].in_transaction && sets[1].in_transaction);
        assert!(sets[1].skipped.is_some() && sets[2].skipped.is_none());
    }

    #[test]
    fn a_delimiter_line_ends_a_range() {
        let sets = changesets(FILE);
        let texts: Vec<&str> =
            sets[2].ranges.iter().map(|&(a, b)| &FILE[a as usize..b as usize]).collect();
        assert_eq!(texts, ["B\n", "C\n"]);
    }
}
