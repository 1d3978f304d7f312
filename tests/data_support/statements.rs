//! The notation of conformance tests: statements, each followed by `--=` lines with PostgreSQL's answers.

use std::fmt;

use pgreckon::psql::{self, Segment};
use pgreckon::source::SourceId;

/// PostgreSQL's answer to one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Ok,
    Error {
        sqlstate: String,
        /// In characters, from 1.
        position: Option<u32>,
        message: String,
    },
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Ok => f.write_str("ok"),
            Answer::Error { sqlstate, position, message } => {
                let at = position.map_or(String::new(), |at| format!(" @{at}"));
                write!(f, "{sqlstate}{at} {}", message.replace('\n', "\\n"))
            }
        }
    }
}

impl Answer {
    fn parse(text: &str) -> Option<Answer> {
        if text == "ok" {
            return Some(Answer::Ok);
        }
        let (sqlstate, rest) = text.split_once(' ').unwrap_or((text, ""));
        let (position, message) = match rest.strip_prefix('@').and_then(|rest| rest.split_once(' '))
        {
            Some((at, message)) => (at.parse().ok(), message),
            None => (None, rest),
        };
        let message = message.replace("\\n", "\n");
        Some(Answer::Error { sqlstate: sqlstate.to_string(), position, message })
    }
}

/// One statement of a file.
pub struct Item {
    pub line: usize,
    /// What is sent.
    pub wire: String,
    /// Where it ends in the file, after its semicolon.
    pub end: usize,
    /// Answers with the versions that give them: first and last.
    pub answers: Vec<(u32, u32, Answer)>,
}

impl Item {
    /// The statement alone.
    pub fn plain(&self) -> Item {
        Item { line: self.line, wire: self.wire.clone(), end: self.end, answers: Vec::new() }
    }

    /// What that version answers, if it was asked.
    pub fn answer(&self, version: u32) -> Option<&Answer> {
        let found = self.answers.iter().find(|(low, high, _)| (*low..=*high).contains(&version));
        found.map(|(_, _, answer)| answer)
    }
}

/// The statements of a file with their recorded answers.
pub fn read(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for segment in psql::segments(SourceId(0), text) {
        let Segment::Statement(statement) = segment else { continue };
        let start = statement.span.start as usize;
        let line = text[..start].matches('\n').count() + 1;
        let end = start + statement.wire().len();
        items.push(Item { line, wire: statement.wire().to_string(), end, answers: Vec::new() });
    }
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if let Some(answer) = line.trim().strip_prefix("--=")
            && let Some(item) = items.iter_mut().rev().find(|item| item.end <= offset)
        {
            let answer = answer.trim();
            let (range, answer) =
                match answer.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                    Some((range, answer)) => (range, answer.trim()),
                    None => ("-", answer),
                };
            let (low, high) = range.split_once('-').unwrap_or((range, range));
            let (low, high) = (low.parse().unwrap_or(0), high.parse().unwrap_or(99));
            item.answers.extend(Answer::parse(answer).map(|answer| (low, high, answer)));
        }
        offset += line.len();
    }
    items
}

/// The file with these answers instead of those it had.
pub fn write(text: &str, items: &[Item]) -> String {
    let mut out = String::new();
    let mut offset = 0;
    let mut rest = items.iter().peekable();
    for line in text.split_inclusive('\n') {
        offset += line.len();
        if line.trim_start().starts_with("--=") {
            continue;
        }
        out.push_str(line);
        while let Some(item) = rest.next_if(|item| item.end <= offset) {
            if !out.ends_with('\n') {
                out.push('\n');
            }
            for (low, high, answer) in &item.answers {
                let range = match (*low, *high) {
                    (0, 99) => String::new(),
                    (0, high) => format!("[-{high}] "),
                    (low, 99) => format!("[{low}-] "),
                    (low, high) if low == high => format!("[{low}] "),
                    (low, high) => format!("[{low}-{high}] "),
                };
                out.push_str(&format!("--= {range}{answer}\n"));
            }
        }
    }
    out
}
