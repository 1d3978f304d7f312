//! A pattern of tokens, as a line of syntax.tsv writes it.

use super::Text;
use crate::nodes::tokens::Kind;

enum What {
    /// One of these words or symbols.
    One(Vec<&'static str>),
    /// Any token but these.
    Not(Vec<&'static str>),
    /// A name with its qualifiers.
    Name,
    /// A token that an expression or a type can end with.
    Value,
    Group,
    Names,
    Anything,
    End,
}

struct Element {
    what: What,
    perhaps: bool,
    marked: bool,
}

pub(super) struct Pattern {
    /// Whether it starts where the statement does.
    anchored: bool,
    depth: Option<usize>,
    elements: Vec<Element>,
}

impl Pattern {
    pub(super) fn read(line: &'static str) -> Option<Pattern> {
        let mut pattern = Pattern { anchored: false, depth: None, elements: Vec::new() };
        for word in line.split(' ') {
            if word == "^" {
                pattern.anchored = true;
            } else if let Some(depth) = word.strip_prefix('{') {
                pattern.depth = depth.strip_suffix('}')?.parse().ok();
            } else {
                pattern.elements.push(element(word));
            }
        }
        pattern.elements.iter().any(|element| element.marked).then_some(pattern)
    }

    /// The marked token of the first match.
    pub(super) fn find(&self, text: &Text) -> Option<usize> {
        if self.anchored {
            return self.matches(text, 0, 0, None);
        }
        (0..text.tokens.len()).find_map(|start| {
            self.depth
                .is_none_or(|depth| text.depth[start] + usize::from(text.is(start, "(")) == depth)
                .then(|| self.matches(text, start, 0, None))
                .flatten()
        })
    }

    fn matches(
        &self,
        text: &Text,
        at: usize,
        index: usize,
        marked: Option<usize>,
    ) -> Option<usize> {
        let Some(element) = self.elements.get(index) else { return marked };
        if let What::Anything = element.what {
            let mut at = at;
            loop {
                if let Some(found) = self.matches(text, at, index + 1, marked) {
                    return Some(found);
                }
                if matches!(text.text(at), ")" | "]" | ";") || text.kind(at) == Kind::End {
                    return None;
                }
                at = text.close[at] + 1;
            }
        }
        let marked_here = if element.marked { Some(at) } else { marked };
        element
            .end(text, at)
            .and_then(|next| self.matches(text, next, index + 1, marked_here))
            .or_else(|| {
                element.perhaps.then(|| self.matches(text, at, index + 1, marked)).flatten()
            })
    }
}

fn element(word: &'static str) -> Element {
    let (perhaps, word) = match word.strip_prefix('[').and_then(|word| word.strip_suffix(']')) {
        Some(word) if !word.is_empty() => (true, word),
        _ => (false, word), // not written as a perhaps
    };
    let (marked, word) = word.strip_prefix('@').map_or((false, word), |word| (true, word));
    let what = match word {
        "name" => What::Name,
        "value" => What::Value,
        "(..)" => What::Group,
        "(names)" => What::Names,
        "..." => What::Anything,
        "end" => What::End,
        _ => match word.strip_prefix('!') {
            Some(words) => What::Not(words.split('|').collect()),
            None => What::One(word.split('|').collect()),
        },
    };
    Element { what, perhaps, marked }
}

impl Element {
    /// The token after the element, where it stands at `at`.
    fn end(&self, text: &Text, at: usize) -> Option<usize> {
        let next = match &self.what {
            What::One(words) => text.is_any(at, words).then_some(at + 1),
            What::Not(words) => (!text.is_any(at, words)).then_some(at + 1),
            What::Name => name_end(text, at),
            What::Value => {
                let ends = match text.kind(at) {
                    Kind::Word
                    | Kind::QuotedWord
                    | Kind::String
                    | Kind::Number
                    | Kind::Parameter => !text.is_any(at, &["LIKE", "REFERENCES", "CONSTRAINT"]),
                    Kind::Symbol => text.is_any(at, &[")", "]"]),
                    Kind::End => false,
                };
                ends.then_some(at + 1)
            }
            What::Group => text.is(at, "(").then(|| text.close[at] + 1),
            What::Names => (text.is(at, "(")
                && (at + 1..text.close[at]).all(|i| {
                    matches!(text.kind(i), Kind::Word | Kind::QuotedWord) && !text.is(i, "SELECT")
                        || text.is(i, ",")
                }))
            .then(|| text.close[at] + 1),
            What::Anything => Some(at),
            What::End => (text.is(at, ";") || text.kind(at) == Kind::End).then_some(at),
        };
        next.filter(|next| *next <= text.tokens.len())
    }
}

fn name_end(text: &Text, at: usize) -> Option<usize> {
    let is_name = |at: usize| matches!(text.kind(at), Kind::Word | Kind::QuotedWord);
    let mut end = is_name(at).then_some(at + 1)?;
    while text.is(end, ".") && is_name(end + 1) {
        end += 2;
    }
    Some(end)
}
