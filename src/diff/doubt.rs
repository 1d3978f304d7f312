//! Differences that a statement whose effects are not known may explain away.

use std::collections::BTreeMap;

use super::gone::bare_name;
use super::{Class, Difference};
use crate::source::Span;

/// The words of statements whose effects are unknown, and where each first stands.
#[derive(Debug, Clone, Default)]
pub struct UnknownWords {
    words: BTreeMap<String, Span>,
}

impl UnknownWords {
    /// Takes in one statement.
    pub fn add(&mut self, text: &str, span: Span) {
        let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        for word in text.split(|c| !inside(c)).filter(|word| !word.is_empty()) {
            self.words.entry(word.to_lowercase()).or_insert(span);
        }
    }

    fn names(&self, difference: &Difference) -> Option<Span> {
        self.words.get(&bare_name(difference).to_lowercase()).copied()
    }
}

/// Marks what an unknown statement of the side that lacks it, or of either side, may have made.
pub fn mark(differences: &mut [Difference], of_a: &UnknownWords, of_b: &UnknownWords) {
    for difference in differences {
        difference.doubt = match difference.class {
            Class::Missing => of_b.names(difference).map(|span| (false, span)),
            Class::Extra => of_a.names(difference).map(|span| (true, span)),
            Class::Different => of_a
                .names(difference)
                .map(|span| (true, span))
                .or_else(|| of_b.names(difference).map(|span| (false, span))),
            Class::Cosmetic => None,
        };
    }
}
