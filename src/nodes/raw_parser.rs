//! Calls PostgreSQL's own raw parser, which pg_query links in, and turns its C tree into ours: all the `unsafe` there is.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::marker::PhantomData;

// Links the static library that pg_query's build script makes.
use pg_query as _;

use super::raw_nodes as raw;
use super::tree::{AConst, Node};
use super::{MAX_DEPTH, ParseLoc, ParseMode, RawParseError, RawStmt, Str};

/// PostgreSQL: PG_VERSION_NUM of the grammar inside the pinned pg_query.
pub const GRAMMAR_VERSION: u32 = 180_006;

#[repr(C)]
struct PgQueryError {
    message: *mut c_char,
    funcname: *mut c_char,
    filename: *mut c_char,
    lineno: c_int,
    cursorpos: c_int,
    context: *mut c_char,
}

#[repr(C)]
struct ParsetreeAndError {
    tree: Ptr<RawList>,
    stderr_buffer: *mut c_char,
    error: *mut PgQueryError,
}

unsafe extern "C" {
    fn pg_query_raw_parse(input: *const c_char, parser_options: c_int) -> ParsetreeAndError;
    fn pg_query_enter_memory_context() -> *mut c_void;
    fn pg_query_exit_memory_context(ctx: *mut c_void);
    fn pg_query_free_error(error: *mut PgQueryError);
    fn free(p: *mut c_void);
}

/// A pointer inside a tree that the parser made: null, or valid while the parser's memory context is open.
/// Only `parse` starts from one, and none leaves it.
#[repr(transparent)]
pub(super) struct Ptr<T>(*const c_void, PhantomData<*const T>);

impl<T> Ptr<T> {
    pub(super) fn get(&self) -> Option<&T> {
        // SAFETY: see the type; the layout test checks T against the C headers.
        unsafe { self.0.cast::<T>().as_ref() }
    }

    pub(super) fn cast<U>(&self) -> Ptr<U> {
        Ptr(self.0, PhantomData)
    }
}

/// A NUL-terminated string of the tree.
#[repr(transparent)]
pub(super) struct Text(*const c_char);

impl Text {
    pub(super) fn get(&self) -> Option<Str> {
        if self.0.is_null() {
            return None;
        }
        // SAFETY: not null, so a C string inside the parser's memory context.
        let bytes = unsafe { CStr::from_ptr(self.0) }.to_bytes();
        Some(Str::from(String::from_utf8_lossy(bytes)))
    }
}

/// PostgreSQL: struct Node.
#[repr(C)]
pub(super) struct RawNode {
    tag: u32,
}

/// PostgreSQL: struct List; the cells are a union of a pointer and an int.
#[repr(C)]
pub(super) struct RawList {
    tag: u32,
    length: c_int,
    max_length: c_int,
    elements: *const Ptr<RawNode>,
}

#[repr(C)]
struct RawInteger {
    tag: u32,
    ival: c_int,
}

#[repr(C)]
struct RawBoolean {
    tag: u32,
    boolval: bool,
}

/// PostgreSQL: Float, String and BitString share this shape.
#[repr(C)]
struct RawText {
    tag: u32,
    value: Text,
}

/// PostgreSQL: A_Const; `val` is a union of the value nodes, each starting with its tag.
#[repr(C)]
struct RawAConst {
    tag: u32,
    val: RawText,
    isnull: bool,
    location: c_int,
}

/// PostgreSQL: struct RawStmt.
#[repr(C)]
struct RawRawStmt {
    tag: u32,
    stmt: Ptr<RawNode>,
    stmt_location: c_int,
    stmt_len: c_int,
}

/// How deep the conversion stands, so that a tree too deep for our own visitors is refused instead of overflowing.
pub(super) struct Depth {
    now: Cell<usize>,
    exceeded: Cell<bool>,
}

/// The twin of a node pointer; None for null.
pub(super) fn node(raw: &Ptr<RawNode>, cx: &Depth) -> Option<Node> {
    let tag = raw.get()?.tag;
    if cx.now.get() >= MAX_DEPTH {
        cx.exceeded.set(true);
        return None;
    }
    cx.now.set(cx.now.get() + 1);
    let converted = match tag {
        raw::T_STRING => raw.cast::<RawText>().get().and_then(|n| n.value.get()).map(Node::String),
        raw::T_FLOAT => raw.cast::<RawText>().get().and_then(|n| n.value.get()).map(Node::Float),
        raw::T_BITSTRING => {
            raw.cast::<RawText>().get().and_then(|n| n.value.get()).map(Node::BitString)
        }
        raw::T_INTEGER => raw.cast::<RawInteger>().get().map(|n| Node::Integer(n.ival)),
        raw::T_BOOLEAN => raw.cast::<RawBoolean>().get().map(|n| Node::Boolean(n.boolval)),
        raw::T_A_STAR => Some(Node::AStar),
        raw::T_A_CONST => raw.cast::<RawAConst>().get().map(|n| Node::AConst(constant(n, cx))),
        raw::T_LIST | raw::T_INTLIST | raw::T_OIDLIST => Some(Node::List(list(&raw.cast(), cx))),
        _ => raw::convert(raw, tag, cx), // every other node type, by the generated table
    };
    cx.now.set(cx.now.get() - 1);
    converted
}

fn constant(raw: &RawAConst, cx: &Depth) -> AConst {
    let val = if raw.isnull {
        None
    } else {
        let inner: *const RawText = &raw.val;
        node(&Ptr(inner.cast(), PhantomData), cx).map(Box::new)
    };
    AConst { val, location: ParseLoc(raw.location) }
}

/// The twins of a list's members; empty for NIL.
pub(super) fn list(raw: &Ptr<RawList>, cx: &Depth) -> Vec<Node> {
    let Some(list) = raw.get() else { return Vec::new() };
    let length = usize::try_from(list.length).unwrap_or(0);
    if length == 0 {
        return Vec::new();
    }
    // SAFETY: a List holds `length` cells at `elements`.
    let cells = unsafe { std::slice::from_raw_parts(list.elements, length) };
    if list.tag == raw::T_LIST {
        // A list may hold nulls (DISTINCT without ON is a list of one): keep their places.
        cells.iter().map(|cell| node(cell, cx).unwrap_or(Node::List(Vec::new()))).collect()
    } else {
        cells.iter().map(|cell| Node::Integer(cell.0 as usize as u32 as i32)).collect()
    }
}

/// Parses SQL text with PostgreSQL's grammar (raw_parser, parser/parser.c).
///
/// Errors carry PostgreSQL's message and the position of its cursor in characters, 1-based. A tree deeper than
/// `MAX_DEPTH` is refused with PostgreSQL's "stack depth limit exceeded".
pub fn parse(
    sql: &str,
    mode: ParseMode,
    standard_conforming_strings: bool,
) -> Result<Vec<RawStmt>, RawParseError> {
    let Ok(input) = CString::new(sql) else {
        return Err(RawParseError::new("invalid byte sequence for encoding \"UTF8\": 0x00", None));
    };
    let mut options = mode as c_int;
    if !standard_conforming_strings {
        options |= 1 << 5; // PG_QUERY_DISABLE_STANDARD_CONFORMING_STRINGS
    }
    // SAFETY: the memory context is entered and left on this thread; nothing of the C tree outlives it,
    // since `convert_all` returns owned values.
    unsafe {
        let context = pg_query_enter_memory_context();
        let result = pg_query_raw_parse(input.as_ptr(), options);
        let outcome = if result.error.is_null() {
            convert_all(&result.tree)
        } else {
            let error = &*result.error;
            let message = CStr::from_ptr(error.message).to_string_lossy().into_owned();
            let position = u32::try_from(error.cursorpos).ok().filter(|p| *p > 0);
            pg_query_free_error(result.error);
            Err(RawParseError { message, position })
        };
        free(result.stderr_buffer.cast());
        pg_query_exit_memory_context(context);
        outcome
    }
}

fn convert_all(tree: &Ptr<RawList>) -> Result<Vec<RawStmt>, RawParseError> {
    let cx = Depth { now: Cell::new(0), exceeded: Cell::new(false) };
    let Some(list) = tree.get() else { return Ok(Vec::new()) };
    let length = usize::try_from(list.length).unwrap_or(0);
    let mut out = Vec::with_capacity(length);
    if length > 0 {
        // SAFETY: a List holds `length` cells at `elements`.
        let cells = unsafe { std::slice::from_raw_parts(list.elements, length) };
        for cell in cells {
            out.extend(raw_stmt(cell, &cx));
        }
    }
    if cx.exceeded.get() {
        return Err(RawParseError::new("stack depth limit exceeded", None));
    }
    Ok(out)
}

fn raw_stmt(cell: &Ptr<RawNode>, cx: &Depth) -> Option<RawStmt> {
    if cell.get()?.tag != raw::T_RAWSTMT {
        // The other parse modes (a type name, a PL/pgSQL expression) give what they parsed.
        return Some(RawStmt { stmt: node(cell, cx)?, stmt_location: 0, stmt_len: 0 });
    }
    let raw = cell.cast::<RawRawStmt>();
    let raw = raw.get()?;
    Some(RawStmt {
        stmt: node(&raw.stmt, cx)?,
        stmt_location: raw.stmt_location,
        stmt_len: raw.stmt_len,
    })
}
