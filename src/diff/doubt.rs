//! Differences that a statement whose effects are not known may explain away.

use std::collections::BTreeMap;

use super::gone::{bare, bare_name};
use super::portrait::{Owner, Picture};
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

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
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

/// An object that both sides have alike, as far as is known: a statement whose effects are not known names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InDoubt {
    pub owner: Owner,
    /// Whether it is the first side's statement.
    pub first: bool,
    pub statement: Span,
}

/// The objects of the first side that no difference is about and that unknown statements name.
pub fn objects(
    picture: &Picture,
    differences: &[Difference],
    of_a: &UnknownWords,
    of_b: &UnknownWords,
) -> Vec<InDoubt> {
    if of_a.is_empty() && of_b.is_empty() {
        return Vec::new();
    }
    let told: std::collections::BTreeSet<&Owner> =
        differences.iter().map(|difference| &difference.owner).collect();
    let word = |words: &UnknownWords, owner: &Owner| {
        words.words.get(&bare(&owner.name).to_lowercase()).copied()
    };
    let owners = picture.portraits.keys().filter(|key| key.part.is_none()).map(|key| &key.owner);
    owners
        .filter(|owner| {
            !told.contains(owner) && owner.kind != "schema" && owner.kind != "extension"
        })
        .filter_map(|owner| {
            let of_a = word(of_a, owner).map(|span| (true, span));
            let (first, statement) =
                of_a.or_else(|| word(of_b, owner).map(|span| (false, span)))?;
            Some(InDoubt { owner: owner.clone(), first, statement })
        })
        .collect()
}
