//! SQL identifiers as the catalogs store them, and how PostgreSQL quotes them.

use std::borrow::{Borrow, Cow};
use std::cell::Cell;
use std::fmt;
use std::ops::Deref;

use smol_str::SmolStr;

use super::keywords::{self, Category};

/// The longest identifier in bytes (PostgreSQL: NAMEDATALEN - 1).
pub const NAME_MAX_BYTES: usize = 63;

/// An identifier: at most 63 bytes of UTF-8 (PostgreSQL: NameData).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Name(SmolStr);

impl Name {
    /// The identifier, cut to 63 bytes at a character's edge (PostgreSQL: truncate_identifier, parser/scansup.c).
    pub fn new(text: &str) -> Name {
        Name(SmolStr::new(clip(text, NAME_MAX_BYTES)))
    }

    /// An identifier known at compile time.
    pub const fn fixed(text: &'static str) -> Name {
        Name(SmolStr::new_static(text))
    }

    /// The identifier's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The longest prefix of at most `max` bytes that ends at a character's edge (PostgreSQL: pg_mbcliplen).
pub fn clip(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let mut end = max;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

thread_local! {
    /// Whether every name is quoted, and the version whose key words count.
    static QUOTING: Cell<(bool, u32)> = const { Cell::new((false, NEWEST)) };
}

/// The version of the table of key words.
const NEWEST: u32 = 18;

/// Runs the work with names quoted as the version does; every name on request (PostgreSQL: quote_all_identifiers).
pub fn quoting<T>(all: bool, version: u32, work: impl FnOnce() -> T) -> T {
    /// Puts back what was, whatever happens.
    struct Restore((bool, u32));
    impl Drop for Restore {
        fn drop(&mut self) {
            QUOTING.set(self.0);
        }
    }
    let _restore = Restore(QUOTING.replace((all, version)));
    work()
}

/// The identifier as SQL must spell it: bare where that is safe, else in double quotes (PostgreSQL:
/// quote_identifier, utils/adt/ruleutils.c).
pub fn quote_identifier(ident: &str) -> Cow<'_, str> {
    let (all, version) = QUOTING.get();
    let bare = !all
        && ident.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && ident.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && (matches!(keywords::category(ident), None | Some(Category::Unreserved))
            || keywords::since(ident) > version);
    if bare {
        Cow::Borrowed(ident)
    } else {
        Cow::Owned(format!("\"{}\"", ident.replace('"', "\"\"")))
    }
}

/// `schema.name`, each quoted as needed (PostgreSQL: quote_qualified_identifier).
pub fn quote_qualified_identifier(qualifier: Option<&str>, ident: &str) -> String {
    match qualifier {
        Some(qualifier) => format!("{}.{}", quote_identifier(qualifier), quote_identifier(ident)),
        None => quote_identifier(ident).into_owned(),
    }
}

/// A string literal (PostgreSQL: quote_literal_cstr).
pub fn quote_literal(text: &str) -> String {
    let escape = if text.contains('\\') { "E" } else { "" };
    format!("{escape}'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

impl Deref for Name {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        Name::new(text)
    }
}

impl From<&SmolStr> for Name {
    fn from(text: &SmolStr) -> Name {
        if text.len() <= NAME_MAX_BYTES { Name(text.clone()) } else { Name::new(text) }
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
