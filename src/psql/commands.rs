//! Backslash commands: how their names and arguments are read, and which of them psql has.

use super::scan::{is_space, names_variable};
use super::variables::{Value, Variables, quote_identifier, quote_literal};

/// A command as it stands in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Command {
    pub name: String,
    pub args: Vec<String>,
    /// The rest of the line, for the commands that take it whole.
    pub line: String,
    /// The position after the command and its arguments.
    pub end: usize,
    /// Whether an argument holds what only the shell or a server knows.
    pub undecided: bool,
    pub kind: Kind,
}

/// What psql does at a command, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    If,
    Elif,
    Else,
    Endif,
    /// Sends the query so far: `\g`, `\gset`, `\gexec` and their like.
    Send,
    Copy,
    Set,
    Unset,
    /// Sets a variable from outside: `\getenv`, `\prompt`.
    SetOutside,
    Reset,
    Quit,
    Connect,
    Include,
    Encoding,
    Restrict,
    Bind,
    Shell,
    /// Shows or formats; changes nothing in the database.
    Display,
    Unknown,
}

const NAMES: &[(&str, Kind)] = &[
    ("!", Kind::Shell),
    ("?", Kind::Display),
    ("C", Kind::Display),
    ("H", Kind::Display),
    ("T", Kind::Display),
    ("a", Kind::Display),
    ("bind", Kind::Bind),
    ("bind_named", Kind::Bind),
    ("c", Kind::Connect),
    ("cd", Kind::Display),
    ("close_prepared", Kind::Send),
    ("connect", Kind::Connect),
    ("conninfo", Kind::Display),
    ("copy", Kind::Copy),
    ("copyright", Kind::Display),
    ("crosstabview", Kind::Send),
    ("e", Kind::Display),
    ("echo", Kind::Display),
    ("edit", Kind::Display),
    ("ef", Kind::Display),
    ("elif", Kind::Elif),
    ("else", Kind::Else),
    ("encoding", Kind::Encoding),
    ("endif", Kind::Endif),
    ("endpipeline", Kind::Display),
    ("errverbose", Kind::Display),
    ("ev", Kind::Display),
    ("f", Kind::Display),
    ("flush", Kind::Display),
    ("flushrequest", Kind::Display),
    ("g", Kind::Send),
    ("gdesc", Kind::Send),
    ("getenv", Kind::SetOutside),
    ("getresults", Kind::Display),
    ("gexec", Kind::Send),
    ("gset", Kind::Send),
    ("gx", Kind::Send),
    ("h", Kind::Display),
    ("help", Kind::Display),
    ("html", Kind::Display),
    ("i", Kind::Include),
    ("if", Kind::If),
    ("include", Kind::Include),
    ("include_relative", Kind::Include),
    ("ir", Kind::Include),
    ("l", Kind::Display),
    ("list", Kind::Display),
    ("lo_export", Kind::Display),
    ("lo_import", Kind::Display),
    ("lo_list", Kind::Display),
    ("lo_unlink", Kind::Display),
    ("o", Kind::Display),
    ("out", Kind::Display),
    ("p", Kind::Display),
    ("parse", Kind::Send),
    ("password", Kind::Display),
    ("print", Kind::Display),
    ("prompt", Kind::SetOutside),
    ("pset", Kind::Display),
    ("q", Kind::Quit),
    ("qecho", Kind::Display),
    ("quit", Kind::Quit),
    ("r", Kind::Reset),
    ("reset", Kind::Reset),
    ("restrict", Kind::Restrict),
    ("s", Kind::Display),
    ("sendpipeline", Kind::Send),
    ("set", Kind::Set),
    ("setenv", Kind::Display),
    ("sf", Kind::Display),
    ("startpipeline", Kind::Display),
    ("sv", Kind::Display),
    ("syncpipeline", Kind::Display),
    ("t", Kind::Display),
    ("timing", Kind::Display),
    ("unrestrict", Kind::Restrict),
    ("unset", Kind::Unset),
    ("w", Kind::Display),
    ("warn", Kind::Display),
    ("watch", Kind::Send),
    ("write", Kind::Display),
    ("x", Kind::Display),
    ("z", Kind::Display),
];

/// Commands whose argument is the rest of the line, whatever is in it.
const WHOLE_LINE: [&str; 11] =
    ["!", "copy", "ef", "ev", "sf", "sf+", "sv", "sv+", "h", "help", "?"];

fn kind_of(name: &str) -> Kind {
    if let Some(&(_, kind)) = NAMES.iter().find(|(known, _)| *known == name) {
        return kind;
    }
    // `\dt+`, `\dfnS`, `\l+`, `\zx`: a listing with its modifiers.
    let stem = name.trim_end_matches(['+', 'S', 'x']);
    let describes = stem.starts_with('d') && stem.bytes().all(|b| b.is_ascii_alphabetic());
    if describes || ["l", "list", "z", "lo_list", "sf", "sv"].contains(&stem) {
        Kind::Display
    } else {
        Kind::Unknown
    }
}

/// Reads the command whose backslash is at `at`. In a dead branch of `\if` nothing is evaluated.
pub(super) fn read(text: &str, at: usize, variables: &Variables, live: bool) -> Command {
    let bytes = text.as_bytes();
    let line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
    let named = bytes[at + 1..line_end].iter().position(|&b| is_space(b) || b == b'\\');
    let name_end = named.map_or(line_end, |n| at + 1 + n);
    let name = text[at + 1..name_end].to_string();
    let kind = kind_of(&name);
    let whole = kind == Kind::Unknown || WHOLE_LINE.contains(&name.as_str());
    if whole {
        let line = text[name_end..line_end].trim().to_string();
        return Command { name, args: Vec::new(), line, end: line_end, undecided: false, kind };
    }
    let evaluate = live || kind == Kind::Elif;
    let mut args =
        Arguments { text, at: name_end, end: line_end, variables, evaluate, undecided: false };
    let mut words = Vec::new();
    while let Some(word) = args.next() {
        words.push(word);
    }
    let (undecided, mut end) = (args.undecided, args.at);
    if bytes[end..].starts_with(b"\\\\") {
        end += 2;
    }
    Command { name, args: words, line: String::new(), end, undecided, kind }
}

/// Reads a command's arguments one by one.
/// PostgreSQL: psql_scan_slash_option (bin/psql/psqlscanslash.l).
struct Arguments<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    variables: &'a Variables,
    evaluate: bool,
    undecided: bool,
}

impl Arguments<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        let at = self.at + ahead;
        (at < self.end).then(|| self.text.as_bytes()[at])
    }

    fn next(&mut self) -> Option<String> {
        while self.byte(0).is_some_and(is_space) {
            self.at += 1;
        }
        if matches!(self.byte(0), None | Some(b'\\')) {
            return None;
        }
        let mut word = Vec::new();
        while let Some(byte) = self.byte(0) {
            match byte {
                b'\\' => break,
                b if is_space(b) => break,
                b'\'' => self.quoted(&mut word),
                b'`' => {
                    self.undecided = true;
                    let rest = &self.text.as_bytes()[self.at + 1..self.end];
                    let close = memchr::memchr(b'`', rest);
                    self.at = close.map_or(self.end, |n| self.at + n + 2);
                }
                b'"' => {
                    let rest = &self.text.as_bytes()[self.at + 1..self.end];
                    let close = memchr::memchr(b'"', rest);
                    let to = close.map_or(self.end, |n| self.at + n + 2);
                    word.extend_from_slice(&self.text.as_bytes()[self.at..to]);
                    self.at = to;
                }
                b':' if self.evaluate && self.variable(&mut word) => {}
                byte => {
                    word.push(byte);
                    self.at += 1;
                }
            }
        }
        Some(String::from_utf8_lossy(&word).into_owned())
    }

    fn quoted(&mut self, word: &mut Vec<u8>) {
        self.at += 1;
        while let Some(byte) = self.byte(0) {
            match (byte, self.byte(1)) {
                (b'\'', Some(b'\'')) => {
                    word.push(b'\'');
                    self.at += 2;
                }
                (b'\'', _) => {
                    self.at += 1;
                    return;
                }
                (b'\\', Some(escaped)) => self.escape(word, escaped),
                (byte, _) => {
                    word.push(byte);
                    self.at += 1;
                }
            }
        }
    }

    fn escape(&mut self, word: &mut Vec<u8>, escaped: u8) {
        let simple = match escaped {
            b'n' => Some(b'\n'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'r' => Some(b'\r'),
            b'f' => Some(12),
            _ => None, // A number, or the character itself.
        };
        let digits = |from: usize, most: usize, radix: u32| {
            let valid =
                |n: &usize| self.byte(from + n).is_some_and(|b| char::from(b).is_digit(radix));
            let count = (0..most).take_while(valid).count();
            let digits = &self.text[self.at + from..self.at + from + count];
            u32::from_str_radix(digits, radix).ok().map(|code| (code as u8, from + count))
        };
        let coded = if escaped == b'x' { digits(2, 2, 16) } else { digits(1, 3, 8) };
        match (simple, coded) {
            (Some(byte), _) => {
                word.push(byte);
                self.at += 2;
            }
            (None, Some((byte, length))) => {
                word.push(byte);
                self.at += length;
            }
            (None, None) => {
                word.push(escaped);
                self.at += 2;
            }
        }
    }

    /// Puts a variable's value in; answers false when there is none, so that the colon stays.
    fn variable(&mut self, word: &mut Vec<u8>) -> bool {
        let Some(reference) = Reference::at(&self.text[..self.end], self.at) else { return false };
        let value = self.variables.get(reference.name);
        let replaced = match (reference.form, value) {
            (Form::Test, Value::Known(_)) => "TRUE".to_string(),
            (Form::Test, Value::Unset) => "FALSE".to_string(),
            (_, Value::Undecided) => {
                self.undecided = true;
                String::new()
            }
            (_, Value::Unset) => return false,
            (Form::Plain, Value::Known(value)) => value.to_string(),
            (Form::Literal, Value::Known(value)) => quote_literal(value).trim().to_string(),
            (Form::Identifier, Value::Known(value)) => quote_identifier(value),
        };
        word.extend_from_slice(replaced.as_bytes());
        self.at = reference.end;
        true
    }
}

/// How a variable is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Plain,
    Literal,
    Identifier,
    Test,
}

/// A variable's mention in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Reference<'a> {
    pub name: &'a str,
    pub form: Form,
    pub end: usize,
}

impl<'a> Reference<'a> {
    /// The mention whose colon is at `at`.
    pub fn at(text: &'a str, at: usize) -> Option<Reference<'a>> {
        let bytes = text.as_bytes();
        let (form, from, close) = match *bytes.get(at + 1)? {
            b'\'' => (Form::Literal, at + 2, Some(b'\'')),
            b'"' => (Form::Identifier, at + 2, Some(b'"')),
            b'{' if bytes.get(at + 2) == Some(&b'?') => (Form::Test, at + 3, Some(b'}')),
            byte if names_variable(byte) => (Form::Plain, at + 1, None),
            _ => return None, // A cast, an assignment, an array slice.
        };
        let length = bytes[from..].iter().take_while(|&&b| names_variable(b)).count();
        let end = from + length;
        if length == 0 || close.is_some_and(|c| bytes.get(end) != Some(&c)) {
            return None;
        }
        let name = &text[from..end];
        Some(Reference { name, form, end: end + usize::from(close.is_some()) })
    }
}
