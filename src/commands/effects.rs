//! What calling functions of the user's could do to the catalog, told from their text.

use super::Context;
use crate::catalog::{PgLanguage, PgProc};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

/// Words that change the catalog when a function's body executes them.
const DDL_WORDS: [&str; 12] = [
    "alter", "call", "comment", "create", "drop", "grant", "import", "rename", "reassign",
    "reindex", "revoke", "security",
];

/// Why calling these functions could change the catalog in a way that cannot be told; None when it cannot.
pub fn may_change_catalog(context: &Context, functions: &[Oid]) -> Option<String> {
    let mut seen = Vec::new();
    functions.iter().find_map(|oid| function_effect(context, *oid, &mut seen))
}

fn function_effect(context: &Context, oid: Oid, seen: &mut Vec<Oid>) -> Option<String> {
    if oid.is_builtin() || seen.contains(&oid) {
        return None;
    }
    seen.push(oid);
    let row = context.catalog.get::<PgProc>(oid)?;
    // Only a volatile function may write.
    if row.provolatile != b'v' {
        return None;
    }
    if matches!(row.prolang, fixed::INTERNAL_LANGUAGE_ID | fixed::C_LANGUAGE_ID) {
        return None;
    }
    let language = context.catalog.get::<PgLanguage>(row.prolang)?;
    if !matches!(language.lanname.as_str(), "sql" | "plpgsql") {
        return None;
    }
    if row.prosrc.is_empty() && row.prosqlbody.is_none() {
        let name = &row.proname;
        return Some(format!("function {name} of an extension may change the catalog"));
    }
    body_effect(context, &row.prosrc, seen)
        .map(|word| format!("function {} may change the catalog: {word}", row.proname))
}

/// Words with which a body changes rows.
const DML_WORDS: [&str; 8] =
    ["call", "copy", "delete", "execute", "insert", "merge", "truncate", "update"];

/// Whether calling the function may change rows of tables, told from its text.
pub fn may_write(context: &Context, function: Oid) -> bool {
    writes(context, function, &mut Vec::new())
}

fn writes(context: &Context, oid: Oid, seen: &mut Vec<Oid>) -> bool {
    if oid.is_builtin() || seen.contains(&oid) {
        return false;
    }
    seen.push(oid);
    let Some(row) = context.catalog.get::<PgProc>(oid) else { return false };
    if row.provolatile != b'v'
        || matches!(row.prolang, fixed::INTERNAL_LANGUAGE_ID | fixed::C_LANGUAGE_ID)
    {
        return false;
    }
    let readable = context
        .catalog
        .get::<PgLanguage>(row.prolang)
        .is_some_and(|language| matches!(language.lanname.as_str(), "sql" | "plpgsql"));
    if !readable || row.prosrc.is_empty() {
        return true;
    }
    words(&row.prosrc).iter().any(|word| {
        DML_WORDS.contains(&word.as_str())
            || context
                .catalog
                .find_all::<PgProc>(&Name::new(word))
                .any(|called| writes(context, called.oid, seen))
    })
}

/// The word in a body that may change the catalog, its own or a called function's.
pub fn body_effect(context: &Context, body: &str, seen: &mut Vec<Oid>) -> Option<String> {
    let words: Vec<String> = words(body);
    let executes = words.iter().any(|word| word == "execute");
    for (index, word) in words.iter().enumerate() {
        if DDL_WORDS.contains(&word.as_str()) && !is_innocent(&words, index) {
            return Some(word.to_uppercase());
        }
    }
    if executes && words_hold_ddl(context.sql) {
        return Some("EXECUTE".to_string());
    }
    for word in &words {
        for row in context.catalog.find_all::<PgProc>(&Name::new(word)) {
            if !row.oid.is_builtin()
                && row.prorettype != fixed::TRIGGEROID
                && let Some(reason) = function_effect(context, row.oid, seen)
            {
                return Some(reason);
            }
        }
    }
    None
}

/// Words that stand for something else: `ON COMMIT DROP` and the like.
fn is_innocent(words: &[String], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|at| words.get(at)).map(String::as_str);
    match (words[index].as_str(), before) {
        ("drop", Some("commit")) => true,
        // `comment`, `call` and `security` are names of columns more often than commands.
        ("comment", _) => words.get(index + 1).is_none_or(|next| next != "on"),
        ("security", _) => words.get(index + 1).is_none_or(|next| next != "label"),
        ("import", _) => words.get(index + 1).is_none_or(|next| next != "foreign"),
        (_, _) => false,
    }
}

/// Whether the text has a word of DDL anywhere, in strings too.
pub fn words_hold_ddl(text: &str) -> bool {
    let words = words(text);
    (0..words.len()).any(|i| DDL_WORDS.contains(&words[i].as_str()) && !is_innocent(&words, i))
}

/// The text's words in lower case, those in strings included, comments left out.
fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'-' && bytes.get(at + 1) == Some(&b'-') {
            at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end);
        } else if byte == b'/' && bytes.get(at + 1) == Some(&b'*') {
            at = memchr::memmem::find(&bytes[at + 2..], b"*/")
                .map_or(bytes.len(), |end| at + end + 4);
        } else if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 {
            let end = bytes[at..]
                .iter()
                .position(|b| {
                    !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$') || *b >= 0x80)
                })
                .map_or(bytes.len(), |length| at + length);
            found.push(text.get(at..end).unwrap_or_default().to_ascii_lowercase());
            at = end;
        } else {
            at += 1;
        }
    }
    found
}
