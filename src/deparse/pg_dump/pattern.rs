//! Names by pattern, as psql's `\\d` and pg_dump's `--schema` and `--table` take them (PostgreSQL: processSQLNamePattern,
//! fe_utils/string_utils.c).

use super::Options;

/// A part of a regular expression.
enum Piece {
    Char(char),
    /// Any character.
    Any,
    /// `[a-z]`: whether it is negated, and its ranges.
    Set(bool, Vec<(char, char)>),
    /// `(a|b)`.
    Group(Vec<Vec<Repeated>>),
}

/// A piece and how often it may stand there.
struct Repeated {
    piece: Piece,
    least: usize,
    most: usize,
}

/// One name's pattern: alternatives, each a list of pieces.
pub(super) struct Pattern(Vec<Vec<Repeated>>);

/// The pattern of a table: in a schema, or in any that is searched.
pub(super) struct TablePattern {
    schema: Option<Pattern>,
    table: Pattern,
}

/// What a dump is restricted to.
pub(super) struct Patterns {
    pub(super) schemas: Vec<Pattern>,
    pub(super) exclude_schemas: Vec<Pattern>,
    pub(super) tables: Vec<TablePattern>,
}

/// Deeper groups are taken literally.
const DEEPEST_GROUP: usize = 50;

impl Patterns {
    pub(super) fn read(options: &Options) -> Patterns {
        let schema = |text: &String| Pattern::whole(&split(text).concat());
        Patterns {
            schemas: options.schemas.iter().map(schema).collect(),
            exclude_schemas: options.exclude_schemas.iter().map(schema).collect(),
            tables: options.tables.iter().map(|text| TablePattern::read(text)).collect(),
        }
    }
}

/// Whether the pattern of one name fits it.
pub fn matches(pattern: &str, name: &str) -> bool {
    Pattern::whole(&split(pattern).concat()).matches(name)
}

/// A character of a pattern, and whether it stood in quotes.
type Quoted = (char, bool);

/// The pattern at its dots, lower case outside of quotes; dots of names that are too many stay.
fn split(text: &str) -> Vec<Vec<Quoted>> {
    let mut parts = vec![Vec::new()];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                push(&mut parts, ('"', true));
            }
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(Vec::new()),
            c if quoted => push(&mut parts, (c, true)),
            c => c.to_lowercase().for_each(|c| push(&mut parts, (c, false))),
        }
    }
    parts
}

fn push(parts: &mut [Vec<Quoted>], c: Quoted) {
    if let Some(last) = parts.last_mut() {
        last.push(c);
    }
}

impl Pattern {
    fn whole(text: &[Quoted]) -> Pattern {
        let mut at = 0;
        let mut alternatives = alternatives(text, &mut at, 0);
        while at < text.len() {
            at += 1; // a closing parenthesis that nothing opened
            if let Some(last) = alternatives.last_mut() {
                last.push(once(Piece::Char(')')));
                last.extend(alternatives_tail(text, &mut at));
            }
        }
        Pattern(alternatives)
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        ends(&self.0, &name, &[0]).contains(&name.len())
    }
}

impl TablePattern {
    fn read(text: &str) -> TablePattern {
        let mut parts = split(text);
        let table = Pattern::whole(&parts.pop().unwrap_or_default());
        let schema = parts.pop().map(|part| Pattern::whole(&part));
        TablePattern { schema, table }
    }

    /// Without a schema the table must be one that a new session finds by its name alone.
    pub(super) fn matches_in(&self, schema: &str, table: &str) -> bool {
        let there = match &self.schema {
            Some(pattern) => pattern.matches(schema),
            None => schema == "public",
        };
        there && self.table.matches(table)
    }
}

fn once(piece: Piece) -> Repeated {
    Repeated { piece, least: 1, most: 1 }
}

/// What follows a stray parenthesis.
fn alternatives_tail(text: &[Quoted], at: &mut usize) -> Vec<Repeated> {
    alternatives(text, at, 0).into_iter().next().unwrap_or_default()
}

/// `a|b` up to the end or a closing parenthesis.
fn alternatives(text: &[Quoted], at: &mut usize, depth: usize) -> Vec<Vec<Repeated>> {
    let mut found = vec![Vec::new()];
    while let Some(&(c, quoted)) = text.get(*at) {
        if !quoted && c == ')' {
            break;
        }
        *at += 1;
        if !quoted && c == '|' {
            found.push(Vec::new());
            continue;
        }
        let piece = match c {
            '*' if !quoted => Repeated { piece: Piece::Any, least: 0, most: usize::MAX },
            '?' if !quoted => once(Piece::Any),
            '(' if !quoted && depth < DEEPEST_GROUP => {
                let inner = alternatives(text, at, depth + 1);
                *at += 1; // its closing parenthesis
                repeat(once(Piece::Group(inner)), text, at)
            }
            '[' if !quoted => repeat(once(set(text, at)), text, at),
            c => repeat(once(Piece::Char(c)), text, at),
        };
        if let Some(last) = found.last_mut() {
            last.push(piece);
        }
    }
    found
}

/// `+` after a piece; `*` and `?` are wildcards of their own there.
fn repeat(piece: Repeated, text: &[Quoted], at: &mut usize) -> Repeated {
    match text.get(*at) {
        Some(('+', false)) => {
            *at += 1;
            Repeated { most: usize::MAX, ..piece }
        }
        Some(_) | None => piece,
    }
}

/// `[a-z]`, after its opening bracket.
fn set(text: &[Quoted], at: &mut usize) -> Piece {
    let mut ranges = Vec::new();
    let negated = text.get(*at).is_some_and(|(c, _)| *c == '^');
    *at += usize::from(negated);
    while let Some(&(low, _)) = text.get(*at) {
        *at += 1;
        if low == ']' && !ranges.is_empty() {
            break;
        }
        let range = (text.get(*at), text.get(*at + 1));
        let high = match range {
            (Some(('-', _)), Some((high, _))) if *high != ']' => {
                *at += 2;
                *high
            }
            _ => low, // one character
        };
        ranges.push((low, high));
    }
    Piece::Set(negated, ranges)
}

/// Where a match of the alternatives that begins at one of the places may end, in order.
fn ends(alternatives: &[Vec<Repeated>], name: &[char], starts: &[usize]) -> Vec<usize> {
    let mut all = Vec::new();
    for pieces in alternatives {
        let mut places = starts.to_vec();
        for repeated in pieces {
            places = repeated_ends(repeated, name, &places);
        }
        all.extend(places);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn repeated_ends(repeated: &Repeated, name: &[char], starts: &[usize]) -> Vec<usize> {
    let mut places = starts.to_vec();
    for _ in 0..repeated.least {
        places = piece_ends(&repeated.piece, name, &places);
    }
    if repeated.most > repeated.least {
        let mut newest = places.clone();
        while !newest.is_empty() {
            newest = piece_ends(&repeated.piece, name, &newest);
            newest.retain(|place| !places.contains(place));
            places.extend(&newest);
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

fn piece_ends(piece: &Piece, name: &[char], starts: &[usize]) -> Vec<usize> {
    let fits = |c: &char| match piece {
        Piece::Char(wanted) => c == wanted,
        Piece::Any => true,
        Piece::Set(negated, ranges) => {
            ranges.iter().any(|(low, high)| (low..=high).contains(&c)) != *negated
        }
        Piece::Group(_) => false, // below
    };
    match piece {
        Piece::Group(alternatives) => ends(alternatives, name, starts),
        Piece::Char(_) | Piece::Any | Piece::Set(..) => {
            starts.iter().filter(|at| name.get(**at).is_some_and(fits)).map(|at| at + 1).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_pg_dump_s_do() {
        assert!(matches("s*", "sales") && !matches("s*", "x_s") && matches("S?", "s1"));
        assert!(matches("(public|s2)", "s2") && !matches("(public|s2)", "s22"));
        assert!(
            matches("\"Odd*\"", "Odd*") && !matches("\"Odd*\"", "Odd1") && !matches("Odd", "Odd")
        );
        assert!(matches("[a-c]+x", "abcx") && !matches("[^a]b", "ab") && matches("a|b", "b"));
        assert!(matches("a)b|c", "a)b") && matches("*", "") && matches("a\"\"\"\"b", "a\"b"));
    }
}
