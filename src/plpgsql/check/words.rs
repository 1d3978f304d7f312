//! Words and dotted names in pieces of SQL text.

use std::collections::BTreeSet;

use crate::nodes::tokens::{Kind, tokens};

/// Adds the text's words in lower case, those inside of strings included.
pub fn add_words(text: &str, words: &mut BTreeSet<String>) {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    words.extend(
        text.split(|c: char| !inside(c)).filter(|word| !word.is_empty()).map(str::to_lowercase),
    );
}

/// Whether the text has one of the words that make, change or drop things.
pub(super) fn holds_ddl(text: &str) -> bool {
    has_word(text, &["create", "alter", "drop"])
}

/// Whether the text has one of the words that make or change things.
pub(super) fn makes_things(text: &str) -> bool {
    has_word(text, &["create", "alter"])
}

fn has_word(text: &str, wanted: &[&str]) -> bool {
    let mut words = BTreeSet::new();
    add_words(text, &mut words);
    wanted.iter().any(|word| words.contains(*word))
}

/// The byte where the word stands in the text as a word of its own, quotes and case aside.
pub(super) fn find_word(text: &str, word: &str) -> Option<usize> {
    let (text, word) = (text.to_ascii_lowercase(), word.to_ascii_lowercase());
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(&word).map(|(at, _)| at).find(|at| {
        !text[..*at].chars().next_back().is_some_and(inside)
            && !text[at + word.len()..].chars().next().is_some_and(inside)
    })
}

/// The parts of a dotted name at the text's start, as PostgreSQL folds them, and what stands after it.
pub(super) fn dotted(text: &str) -> Option<(Vec<String>, &str)> {
    let tokens = tokens(text).ok()?;
    let mut names = Vec::new();
    let mut at = 0;
    loop {
        let token = tokens.get(at)?;
        let word = &text[token.start..token.end];
        names.push(match token.kind {
            Kind::Word | Kind::Parameter => word.to_lowercase(),
            Kind::QuotedWord => word[1..word.len() - 1].replace("\"\"", "\""),
            _ => return None, // no name
        });
        let end = token.end;
        let next = tokens.get(at + 1)?;
        if next.kind != Kind::Symbol || &text[next.start..next.end] != "." {
            return Some((names, &text[end..]));
        }
        at += 2;
    }
}
