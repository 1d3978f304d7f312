//! The recorded tables' text format: lines of one version, cells, escapes, array literals.

use std::borrow::Cow;

use crate::pg::version::Version;

/// The cell that is null.
pub(super) const NULL: &str = "\\N";

/// The rows that `version` has, each cut into its `N` cells after the versions; a row of another width is skipped
/// (a test reads every file and finds none).
pub(super) fn rows<const N: usize>(
    text: &'static str,
    version: Version,
) -> impl Iterator<Item = [&'static str; N]> {
    lines(text, version).filter_map(cells)
}

/// The lines of the version without their versions cell.
fn lines(text: &'static str, version: Version) -> impl Iterator<Item = &'static str> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    let whole = ends.map(move |end| &text[std::mem::replace(&mut start, end + 1)..end]);
    whole.filter(|line| !line.starts_with('#')).filter_map(move |line| {
        let tab = memchr::memchr(b'\t', line.as_bytes())?;
        covers(&line[..tab], version.major()).then(|| &line[tab + 1..])
    })
}

fn cells<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    let mut out = [""; N];
    let mut start = 0;
    let mut count = 0;
    for tab in memchr::memchr_iter(b'\t', line.as_bytes()) {
        *out.get_mut(count)? = &line[start..tab];
        count += 1;
        start = tab + 1;
    }
    *out.get_mut(count)? = &line[start..];
    (count + 1 == N).then_some(out)
}

/// Whether a versions cell (`-`, `16-`, `-14`, `15-17`, `15`) covers the major version.
pub(super) fn covers(range: &str, major: u32) -> bool {
    if range == "-" {
        return true;
    }
    match range.split_once('-') {
        None => range.parse() == Ok(major),
        Some((low, high)) => {
            low.parse().map_or(low.is_empty(), |low: u32| low <= major)
                && high.parse().map_or(high.is_empty(), |high: u32| major <= high)
        }
    }
}

/// A cell's text; None is null.
pub(super) fn text(cell: &'static str) -> Option<Cow<'static, str>> {
    (cell != NULL).then(|| unescape(cell))
}

fn unescape(cell: &'static str) -> Cow<'static, str> {
    if memchr::memchr(b'\\', cell.as_bytes()).is_none() {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('v') => '\u{b}',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    Cow::Owned(out)
}

/// The elements of an array literal in a cell; None is null (as an element: the word NULL without quotes).
pub(super) fn array(cell: &'static str) -> Option<Vec<String>> {
    let literal = text(cell)?;
    let inner = literal.strip_prefix('{')?.strip_suffix('}')?;
    let mut elements = Vec::new();
    if inner.is_empty() {
        return Some(elements);
    }
    let mut element = String::new();
    let mut quoted = false;
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' => element.extend(chars.next()),
            ',' if !quoted => elements.push(std::mem::take(&mut element)),
            other => element.push(other),
        }
    }
    elements.push(element);
    Some(elements)
}

/// The names of a list separated by spaces; the empty cell and null are the empty list.
pub(super) fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    let cell = if cell == NULL { "" } else { cell };
    cell.split_ascii_whitespace()
}

/// A boolean cell.
pub(super) fn boolean(cell: &str) -> bool {
    cell == "t"
}

/// A cell that holds one letter, 0 when it is empty (PostgreSQL: "char").
pub(super) fn letter(cell: &str) -> u8 {
    cell.bytes().next().unwrap_or(0)
}

/// A number; a recorded table has no cell that is none where one is due, which a test checks.
pub(super) fn number<T: std::str::FromStr + Default>(cell: &str) -> T {
    cell.parse().unwrap_or_default()
}
