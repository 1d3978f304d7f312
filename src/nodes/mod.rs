//! The raw parse tree of one SQL statement, as PostgreSQL's own grammar makes it; the only room that knows the parsers.

pub mod accessors;
pub mod fallback;
#[cfg(test)]
mod generated_tests;
pub mod grammar;
pub mod node_funcs;
pub mod primnodes;
#[allow(clippy::unnecessary_cast)] // C's long has another size elsewhere
mod raw_nodes;
mod raw_parser;
pub mod raw_walker;
pub(crate) mod tokens;
pub mod tree;

pub use raw_parser::{GRAMMAR_VERSION, parse};

/// A string of the tree: short ones stand inline, long ones are shared.
pub type Str = smol_str::SmolStr;

/// The deepest nesting of nodes that our visitors follow; every thread that parses or walks has 64 MB of stack.
pub const MAX_DEPTH: usize = 6_000;

/// A byte offset from the statement's first byte, or -1 where PostgreSQL records none. All are equal to each other,
/// as PostgreSQL's equal() ignores locations.
#[derive(Debug, Clone, Copy)]
pub struct ParseLoc(pub i32);

impl ParseLoc {
    /// No location.
    pub const NONE: ParseLoc = ParseLoc(-1);

    /// The byte offset, if there is one.
    pub fn offset(self) -> Option<u32> {
        u32::try_from(self.0).ok()
    }
}

impl PartialEq for ParseLoc {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ParseLoc {}

impl std::hash::Hash for ParseLoc {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

/// What the text is parsed as (PostgreSQL: RawParseMode).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseMode {
    Default = 0,
    TypeName = 1,
    PlpgsqlExpr = 2,
    PlpgsqlAssign1 = 3,
    PlpgsqlAssign2 = 4,
    PlpgsqlAssign3 = 5,
}

/// One statement (PostgreSQL: RawStmt); location and length in bytes, length 0 means to the end.
#[derive(Debug, Clone, PartialEq)]
pub struct RawStmt {
    pub stmt: tree::Node,
    pub stmt_location: i32,
    pub stmt_len: i32,
}

/// The grammar's refusal: PostgreSQL's message, and its cursor in characters, 1-based.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawParseError {
    pub message: String,
    pub position: Option<u32>,
}

impl RawParseError {
    fn new(message: &str, position: Option<u32>) -> Self {
        RawParseError { message: message.to_string(), position }
    }
}
