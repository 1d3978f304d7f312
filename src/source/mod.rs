//! Bytes in, positions out: the only room that opens files, and what turns a byte range into a line.
//!
//! A `Source` is one decoded text. Rows of COPY data in large files are not kept: a `Gap` stands
//! where they were, so that offsets and lines stay those of the file.

mod archive;
pub mod decode;
pub mod discover;
mod lines;
mod load;
pub mod order;
mod unpack;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub use lines::LineCol;
pub use load::{KeepAll, Look, Sieve, read_bytes, read_file};

use decode::Encoding;
use lines::LineTable;

/// Which text of `Sources` a position belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceId(pub u32);

/// A byte range of one text: `start..end` in the decoded text that is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span from positions of a text, which is never longer than `u32::MAX`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Span {
        Span { source, start: start as u32, end: end as u32 }
    }

    /// How many bytes it covers.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it covers nothing: a place between two bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// A part of this span, by offsets from its start.
    pub fn part(self, start: usize, end: usize) -> Span {
        Span { start: self.start + start as u32, end: self.start + end as u32, ..self }
    }
}

/// Rows of COPY data that were counted and not kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// Where in the kept text they were.
    pub at: u32,
    pub bytes: u64,
    pub rows: u64,
}

/// One text: a file, an unpacked file, or the SQL of an archive's table of contents.
#[derive(Debug)]
pub struct Source {
    name: String,
    path: PathBuf,
    text: Arc<str>,
    gaps: Vec<Gap>,
    /// Pairs (decoded position, bytes that decoding has added up to it).
    grown: Vec<(u32, u32)>,
    encoding: Encoding,
    unpacked: Option<&'static str>,
    notes: Vec<String>,
    lines: OnceLock<LineTable>,
}

impl Source {
    /// A text that comes from no file (tests, generated SQL).
    pub fn from_text(name: &str, text: &str) -> Source {
        Source {
            name: name.to_string(),
            path: PathBuf::from(name),
            text: Arc::from(text),
            gaps: Vec::new(),
            grown: Vec::new(),
            encoding: Encoding::Utf8,
            unpacked: None,
            notes: Vec::new(),
            lines: OnceLock::new(),
        }
    }

    /// The file's name as it is displayed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same text under another displayed name.
    pub fn named(mut self, name: &str) -> Source {
        self.name = name.to_string();
        self
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, to be kept beyond the life of `Sources`.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The compression or archive format that the text was taken out of.
    pub fn unpacked(&self) -> Option<&'static str> {
        self.unpacked
    }

    /// What was remarkable in reading it, in sentences.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The byte offset in the file (in the UTF-8 text, where the file was UTF-16 or packed).
    pub fn offset(&self, at: u32) -> u64 {
        let skipped: u64 = self.gaps.iter().take_while(|g| g.at < at).map(|g| g.bytes).sum();
        let index = self.grown.partition_point(|&(position, _)| position <= at);
        let grown = index.checked_sub(1).map_or(0, |i| self.grown[i].1);
        u64::from(at) + skipped - u64::from(grown)
    }

    /// Line and column, both from 1, the column in characters.
    pub fn line_col(&self, at: u32) -> LineCol {
        self.table().line_col(&self.text, &self.gaps, at)
    }

    /// The start in the kept text of each of its lines, for showing an excerpt.
    pub fn line_range(&self, at: u32) -> (u32, u32) {
        self.table().line_range(&self.text, at)
    }

    fn table(&self) -> &LineTable {
        self.lines.get_or_init(|| LineTable::new(&self.text))
    }
}

/// All the texts of a run, by number.
#[derive(Clone, Default, Debug)]
pub struct Sources {
    all: Vec<Arc<Source>>,
}

impl Sources {
    pub fn new() -> Sources {
        Sources::default()
    }

    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(self.all.len() as u32);
        self.all.push(Arc::new(source));
        id
    }

    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// A source that lives as long as its holder.
    pub fn share(&self, id: SourceId) -> Arc<Source> {
        Arc::clone(&self.all[id.0 as usize])
    }

    pub fn text(&self, span: Span) -> &str {
        let text = self.get(span.source).text();
        text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Where a span starts, in lines and columns.
    pub fn line_col(&self, span: Span) -> LineCol {
        self.get(span.source).line_col(span.start)
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn ids(&self) -> impl Iterator<Item = SourceId> + use<> {
        (0..self.all.len() as u32).map(SourceId)
    }
}

/// Something outside that is not as it must be: always with the path and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputError {
    pub path: PathBuf,
    pub what: String,
    pub help: String,
}

impl InputError {
    pub fn new(path: &Path, what: impl Into<String>, help: impl Into<String>) -> InputError {
        InputError { path: path.to_path_buf(), what: what.into(), help: help.into() }
    }

    /// An operating system's refusal, in words.
    pub fn from_io(path: &Path, doing: &str, error: &std::io::Error) -> InputError {
        use std::io::ErrorKind;
        let (what, help) = match error.kind() {
            ErrorKind::NotFound => ("no such file or directory".to_string(), "check the path"),
            ErrorKind::PermissionDenied => {
                ("permission denied".to_string(), "make it readable (chmod u+r), or leave it out")
            }
            // Every other kind is worded by the operating system.
            _ => (format!("cannot {doing}: {error}"), "check that the file is whole and readable"),
        };
        InputError::new(path, what, help)
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.what)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, " ({})", self.help) }
    }
}

impl std::error::Error for InputError {}
