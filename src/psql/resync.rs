//! Small readings of a statement's text: where the next one starts, `\copy`, string syntax.

use super::State;
use super::scan::is_space;

/// Words that start a statement, and hardly ever a line inside one.
const STARTS: [&str; 26] = [
    "ABORT", "ALTER", "ANALYZE", "BEGIN", "CALL", "COMMENT", "COMMIT", "COPY", "CREATE", "DELETE",
    "DO", "DROP", "GRANT", "IMPORT", "INSERT", "LOCK", "MERGE", "REFRESH", "REINDEX", "REVOKE",
    "ROLLBACK", "SELECT", "SET", "TRUNCATE", "UPDATE", "VACUUM",
];

/// The start of the first line after `from` that starts a statement (or a dump's next entry): one
/// behind a semicolon rather than any.
pub(super) fn next_statement(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut first = None;
    for line_break in memchr::memchr_iter(b'\n', &bytes[from..]) {
        let start = from + line_break + 1;
        if !starts_statement(&bytes[start..]) {
            continue;
        }
        let before = bytes[from..start].iter().rfind(|&&b| !is_space(b));
        if before == Some(&b';') || bytes[start..].starts_with(b"-- ") {
            return Some(start);
        }
        first = first.or(Some(start));
    }
    first
}

fn starts_statement(line: &[u8]) -> bool {
    if line.starts_with(b"-- Name: ") || line.starts_with(b"-- Data for Name: ") {
        return true;
    }
    let length = line.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let ended = line.get(length).is_none_or(|&b| is_space(b) || b == b';');
    ended && STARTS.iter().any(|word| word.as_bytes().eq_ignore_ascii_case(&line[..length]))
}

/// Follows `SET standard_conforming_strings = off` and its like.
pub(super) fn follow_setting(text: &str, state: &mut State) {
    const NAME: &str = "standard_conforming_strings";
    let starts = matches!(text.as_bytes().first(), Some(b's' | b'S' | b'r' | b'R'));
    if !starts || text.len() > 200 || !text.to_ascii_lowercase().contains(NAME) {
        return;
    }
    let lower = text.to_ascii_lowercase().replace('=', " to ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    let value = match words.as_slice() {
        ["reset", NAME] => "on",
        ["set", NAME, "to", value] | ["set", "session" | "local", NAME, "to", value] => value,
        _ => return, // Not a setting of its own, such as a set_config in a larger query.
    };
    match value.trim_matches('\'') {
        "off" | "false" | "no" | "0" | "f" | "n" => state.standard_conforming_strings = false,
        "on" | "true" | "yes" | "1" | "t" | "y" | "default" => {
            state.standard_conforming_strings = true;
        }
        _ => {} // The server refuses any other value.
    }
}

/// A `\copy` command as the server gets it.
pub(super) struct ClientCopy {
    pub sql: String,
    /// Whether the rows stand in the script behind it.
    pub inline_data: bool,
}

/// Turns the rest of a `\copy` line into a COPY statement.
pub(super) fn client_copy(line: &str) -> Option<ClientCopy> {
    let line = line.trim().trim_end_matches(';').trim();
    let split = direction(line)?;
    let (before, rest) = (line[..split.0].trim(), line[split.1..].trim_start());
    let (what, options) = target(rest);
    let word = what.to_ascii_lowercase();
    let inline_data = split.2 && (word == "stdin" || word == "pstdin");
    let side = if split.2 { "FROM STDIN" } else { "TO STDOUT" };
    Some(ClientCopy { sql: format!("COPY {before} {side} {}", options.trim_start()), inline_data })
}

/// Where the word FROM or TO stands at the top level: its start, its end, whether it is FROM.
fn direction(line: &str) -> Option<(usize, usize, bool)> {
    let bytes = line.as_bytes();
    let (mut depth, mut at) = (0u32, 0);
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'\'' | b'"') => {
                at += 1 + memchr::memchr(quote, &bytes[at + 1..]).unwrap_or(bytes.len());
            }
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && at > 0 && (is_space(bytes[at - 1]) || bytes[at - 1] == b')') => {
                for (word, from) in [("from", true), ("to", false)] {
                    let end = at + word.len();
                    let matches =
                        bytes.get(at..end).is_some_and(|w| w.eq_ignore_ascii_case(word.as_bytes()));
                    if matches && bytes.get(end).is_some_and(|&b| is_space(b) || b == b'\'') {
                        return Some((at, end, from));
                    }
                }
            }
            _ => {} // Inside a word or parentheses.
        }
        at += 1;
    }
    None
}

/// The file, program or stream, and the options behind it.
fn target(rest: &str) -> (&str, &str) {
    let program = rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("program"));
    let from = if program { 7 + (rest.len() - 7 - rest[7..].trim_start().len()) } else { 0 };
    let end = match rest[from..].strip_prefix('\'') {
        Some(quoted) => quoted.find('\'').map_or(rest.len(), |n| from + n + 2),
        None => rest[from..].find(char::is_whitespace).map_or(rest.len(), |n| from + n),
    };
    rest.split_at(end)
}
