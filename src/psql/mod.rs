//! psql's half of reading: from text to the statements that psql would send, each with its place.
//!
//! `Reader` is pulled segment by segment. What psql keeps between segments (variables, string
//! syntax) is in `State`, which the caller owns, so that included files share it.

mod commands;
mod conditions;
pub mod dump;
mod pending;
mod reader;
mod resync;
mod scan;
mod sieve;
pub mod variables;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::source::{InputError, Source, SourceId, Span, read_file};

pub use reader::Reader;
pub use sieve::CopySieve;
pub use variables::Variables;

/// What psql keeps from one statement to the next.
#[derive(Clone, Debug)]
pub struct State {
    pub variables: Variables,
    /// The server's setting, which decides what a backslash in a string means. The reader follows
    /// plain SET statements; a session that knows better may write it.
    pub standard_conforming_strings: bool,
}

impl Default for State {
    fn default() -> State {
        State { variables: Variables::default(), standard_conforming_strings: true }
    }
}

/// A piece of the input, in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Segment<'a> {
    Statement(Statement<'a>),
    CopyData(CopyData),
    Meta(Meta),
    Note(Note),
}

/// What psql sends as one message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement<'a> {
    /// Everything that is sent: the statement and its semicolon, variables replaced.
    wire: Cow<'a, str>,
    /// How much of `wire` is the statement, without blanks, comments and semicolon behind it.
    length: u32,
    /// From the first token to the last in the file.
    pub span: Span,
    pub sent_by: SentBy,
    /// Where the sent text differs from the file; empty when it is the file's own.
    pieces: Vec<Piece>,
    /// Variables in it whose value is undecided; they were left as they stand.
    pub undecided: Vec<String>,
    /// It stands behind an `\if` of a value that is not known here.
    pub doubtful: bool,
    /// What the input ended inside of.
    pub unterminated: Option<Unterminated>,
    /// Parameters that `\bind` gave: the statement goes by the extended protocol.
    pub bound: Option<Vec<String>>,
}

/// From `at` in the sent text on, bytes are those of the file from `origin` on, or stand for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Piece {
    at: u32,
    origin: u32,
    verbatim: bool,
}

/// What made psql send.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SentBy {
    Semicolon,
    /// The input's end, without a semicolon.
    End,
    /// `\g`, `\gx`, `\watch`, `\crosstabview`.
    Go,
    /// `\gset`: the columns of the one row become variables with this prefix.
    Gset {
        prefix: String,
    },
    /// `\gexec`: each value of the answer is run as a statement.
    Gexec,
    /// `\gdesc`: described, not run.
    Gdesc,
    /// `\parse`: prepared under this name, not run.
    Parse {
        name: String,
    },
    /// `\copy`: made into a COPY statement.
    Copy,
}

/// What an input ended inside of, and where it was opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unterminated {
    pub what: Open,
    pub opened: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Open {
    String,
    Identifier,
    DollarQuote,
    Comment,
    Parenthesis,
    AtomicBody,
}

impl Open {
    /// Its name in a message.
    pub fn name(self) -> &'static str {
        match self {
            Open::String => "quoted string",
            Open::Identifier => "quoted identifier",
            Open::DollarQuote => "dollar-quoted string",
            Open::Comment => "comment",
            Open::Parenthesis => "parenthesis",
            Open::AtomicBody => "BEGIN ATOMIC body",
        }
    }
}

/// The rows behind a COPY … FROM stdin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CopyData {
    /// The rows that are kept; with `bytes`, what was in the file.
    pub span: Span,
    pub rows: u64,
    pub bytes: u64,
    /// Whether the line `\.` was there.
    pub terminated: bool,
}

/// A backslash command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meta {
    pub name: String,
    pub args: Vec<String>,
    pub span: Span,
    pub action: Action,
}

/// What is to be done about a backslash command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// The reader has obeyed it.
    Obeyed,
    /// It changes nothing in a database.
    PassedOver,
    /// The caller starts a new session (`\connect`), with the arguments as they stand.
    Connect,
    /// The caller reads the file `args[0]`; `relative` is to the including file.
    Include { relative: bool },
    /// The caller sets client_encoding to `args[0]`.
    Encoding,
    /// Reading of this input ends here.
    Quit,
    /// psql runs it, and its effect cannot be known here (a shell, the environment).
    Undecidable,
    /// psql has no such command and drops the rest of the line.
    Invalid,
}

/// Something remarkable that is neither a statement nor a command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    pub span: Span,
    pub kind: NoteKind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoteKind {
    /// `\if` of something that is no truth value; psql takes it for false.
    UndecidedCondition(String),
    /// `\if` of a value that only a server or the shell knows; all branches are read as doubtful.
    UnknownCondition(String),
    /// `\else`, `\elif` or `\endif` without `\if`.
    StrayCondition(String),
    /// The input ended inside of `\if`.
    OpenCondition,
    /// After an unterminated quote, reading went on here (`Reader::recovering` only).
    Resynchronised,
}

impl<'a> Statement<'a> {
    /// The statement, from its first token to its last.
    pub fn text(&self) -> &str {
        &self.wire[..self.length as usize]
    }

    /// What is sent: `text` and, where there was one, the semicolon.
    pub fn wire(&self) -> &str {
        &self.wire
    }

    /// Whether the text is the file's own, so that offsets in it are offsets from `span.start`.
    pub fn is_verbatim(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The position in the source of a byte of the sent text.
    pub fn source_offset(&self, at: u32) -> u32 {
        if self.pieces.is_empty() { self.span.start + at } else { origin(&self.pieces, at) }
    }

    /// The span in the source of a range of the sent text.
    pub fn source_span(&self, start: u32, end: u32) -> Span {
        let (start, end) = (self.source_offset(start), self.source_offset(end));
        Span { source: self.span.source, start, end: end.max(start) }
    }

    /// A statement whose text is not in the file (`\gexec`), said to be at `span`.
    pub fn generated(text: String, span: Span) -> Statement<'static> {
        let length = text.len() as u32;
        Statement {
            wire: Cow::Owned(text),
            length,
            span,
            sent_by: SentBy::Gexec,
            pieces: vec![Piece { at: 0, origin: span.start, verbatim: false }],
            undecided: Vec::new(),
            doubtful: false,
            unterminated: None,
            bound: None,
        }
    }

    /// The statement without a tie to the text that it was read from.
    pub fn into_owned(self) -> Statement<'static> {
        Statement {
            wire: Cow::Owned(self.wire.into_owned()),
            length: self.length,
            span: self.span,
            sent_by: self.sent_by,
            pieces: self.pieces,
            undecided: self.undecided,
            doubtful: self.doubtful,
            unterminated: self.unterminated,
            bound: self.bound,
        }
    }
}

/// The position in the file of a position in a text that was put together from pieces.
fn origin(pieces: &[Piece], at: u32) -> u32 {
    let index = pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
    match pieces.get(index) {
        Some(piece) if piece.verbatim => piece.origin + at.saturating_sub(piece.at),
        Some(piece) => piece.origin,
        None => at,
    }
}

impl Meta {
    /// The path that an include names; `from` is the file that the command stands in.
    /// PostgreSQL: process_file (bin/psql/command.c).
    pub fn include_path(&self, from: &Path) -> Option<PathBuf> {
        let Action::Include { relative } = self.action else { return None };
        let named = Path::new(self.args.first()?);
        let folder = from.parent().filter(|_| relative && named.is_relative());
        Some(folder.map_or_else(|| named.to_path_buf(), |folder| folder.join(named)))
    }
}

/// Reads a file, of a large one without its rows of COPY data.
pub fn read(path: &Path, name: &str) -> Result<Source, InputError> {
    read_file(path, name, &mut CopySieve::new())
}

/// Reads a whole text with a fresh state: for tests and for small texts.
pub fn segments(source: SourceId, text: &str) -> Vec<Segment<'_>> {
    let mut state = State::default();
    let mut reader = Reader::new(source, text);
    std::iter::from_fn(|| reader.next(&mut state)).collect()
}
