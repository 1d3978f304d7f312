//! From a byte position to its line and column, by a table of line starts.

use super::Gap;

/// A line and a column, both counted from 1; the column in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineCol {
    pub line: u64,
    pub column: u32,
}

/// Where each line of a text starts.
#[derive(Debug)]
pub(super) struct LineTable {
    starts: Vec<u32>,
}

impl LineTable {
    pub(super) fn new(text: &str) -> LineTable {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(breaks.map(|at| at as u32 + 1)).collect();
        LineTable { starts }
    }

    fn index(&self, at: u32) -> usize {
        self.starts.partition_point(|&start| start <= at) - 1
    }

    pub(super) fn line_col(&self, text: &str, gaps: &[Gap], at: u32) -> LineCol {
        let index = self.index(at);
        let rows: u64 = gaps.iter().take_while(|g| g.at < at).map(|g| g.rows).sum();
        let start = self.starts[index] as usize;
        let before = text.as_bytes().get(start..at as usize).unwrap_or(&[]);
        // Continuation bytes of UTF-8 are not characters of their own.
        let column = before.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32 + 1;
        LineCol { line: index as u64 + 1 + rows, column }
    }

    /// The line that holds a position, without its line break.
    pub(super) fn line_range(&self, text: &str, at: u32) -> (u32, u32) {
        let index = self.index(at);
        let start = self.starts[index];
        let end = self.starts.get(index + 1).map_or(text.len() as u32, |&next| next - 1);
        (start, end.max(start))
    }
}
