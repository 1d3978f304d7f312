//! Where a statement ends: quotes, dollar quotes, comments, parentheses and BEGIN ATOMIC bodies.
//!
//! A `Scanner` runs over bytes and stops where psql has something to decide: at a semicolon that
//! ends the statement, at a backslash, at a colon that may start a variable, or at the end.

use memchr::{memchr, memchr2, memmem};

/// Where and why a run stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    /// The text ended, perhaps inside something (`Scanner::inside`).
    End,
    /// A semicolon at this position ends the statement.
    Semicolon(usize),
    Backslash(usize),
    /// A colon before a name or a quote.
    Colon(usize),
}

/// What the text ended inside of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Inside {
    Nothing,
    Quote { escapes: bool },
    DoubleQuote,
    Dollar { tag: Box<[u8]> },
    Comment { depth: u32 },
}

/// The scanner's state between two runs; positions are those of the text of the last run.
#[derive(Clone, Debug)]
pub(super) struct Scanner {
    /// Whether a token of the statement has been seen.
    pub started: bool,
    /// The first token's start and the last token's end, if this run saw them.
    pub first: Option<usize>,
    pub last: Option<usize>,
    pub parens: u32,
    pub begins: u32,
    pub inside: Inside,
    /// Where what the text ended inside of was opened.
    pub opened: usize,
    pub words: Words,
    pub standard_strings: bool,
    pub colons: bool,
}

/// The first words of a statement at parenthesis depth 0, as far as psql looks at them.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Words {
    count: u8,
    kinds: [u8; 8],
    routine: bool,
}

impl Words {
    fn push(&mut self, word: &[u8]) {
        let kind = kind_of_word(word);
        if let Some(slot) = self.kinds.get_mut(usize::from(self.count)) {
            *slot = kind;
            self.count += 1;
            self.routine = match &self.kinds {
                [b'c', b'f' | b'p', ..] => true,
                [b'c', b'o', b'r', b'f' | b'p', ..] => true,
                _ => false, // Any other statement ends at its first semicolon.
            };
        }
    }

    /// Whether a later word can still matter.
    fn watching(&self) -> bool {
        match (self.count, self.kinds[0]) {
            (0, _) => true,
            (1, b'c') => true,
            (2..4, b'c') => self.routine || self.kinds[1] == b'o',
            (_, b'c') => self.routine,
            (2.., b'C') => self.count < 8,
            (_, b'C') => true,
            _ => false, // Only CREATE and COPY are looked at further.
        }
    }

    /// Whether this is COPY … FROM STDIN, so that rows of data follow.
    pub fn copies_from_stdin(&self) -> bool {
        self.kinds[0] == b'C'
            && self
                .kinds
                .iter()
                .position(|&k| k == b'F')
                .is_some_and(|at| self.kinds.get(at + 1) == Some(&b'S'))
    }
}

fn kind_of_word(word: &[u8]) -> u8 {
    const KINDS: [(&[u8], u8); 9] = [
        (b"create", b'c'),
        (b"function", b'f'),
        (b"procedure", b'p'),
        (b"or", b'o'),
        (b"replace", b'r'),
        (b"copy", b'C'),
        (b"from", b'F'),
        (b"stdin", b'S'),
        (b"stdout", b'S'),
    ];
    let found = KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
    found.map_or(b'.', |&(_, kind)| kind)
}

/// Bytes at which a run looks closer; with bit 2, only while words are watched.
const SIGNS: [u8; 256] = {
    let mut table = [0u8; 256];
    let signs = b"'\"$-/;()\\:";
    let mut i = 0;
    while i < signs.len() {
        table[signs[i] as usize] = 1;
        i += 1;
    }
    let mut byte = 0;
    while byte < 256 {
        if starts_word(byte as u8) {
            table[byte] = 2;
        }
        byte += 1;
    }
    table
};

pub(super) const fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

pub(super) const fn continues_word(byte: u8) -> bool {
    starts_word(byte) || byte.is_ascii_digit() || byte == b'$'
}

/// A character of a psql variable's name.
pub(super) const fn names_variable(byte: u8) -> bool {
    starts_word(byte) || byte.is_ascii_digit()
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C)
}

/// The position of the next sign of this kind, looking at eight bytes at a time.
fn next_sign(text: &[u8], from: usize, seen: u8) -> usize {
    let mut at = from;
    let is_sign = |&b: &u8| SIGNS[usize::from(b)] & seen != 0;
    let (blocks, _) = text[from..].as_chunks::<8>();
    for block in blocks {
        let any = block.iter().fold(0, |all, &b| all | SIGNS[usize::from(b)]);
        if any & seen != 0 {
            break;
        }
        at += 8;
    }
    text[at..].iter().position(is_sign).map_or(text.len(), |n| at + n)
}

/// The position after the word that starts at `from`.
fn word_end(text: &[u8], from: usize) -> usize {
    text[from..].iter().position(|&b| !continues_word(b)).map_or(text.len(), |n| from + n)
}

fn line_comment_end(text: &[u8], from: usize) -> usize {
    memchr2(b'\n', b'\r', &text[from..]).map_or(text.len(), |n| from + n)
}

/// The end of a quoted text whose inside starts at `from`.
fn quote_end(text: &[u8], mut from: usize, quote: u8, escapes: bool) -> Option<usize> {
    loop {
        let rest = &text[from..];
        let found = if escapes { memchr2(quote, b'\\', rest)? } else { memchr(quote, rest)? };
        let at = from + found;
        if text[at] == b'\\' && escapes {
            from = (at + 2).min(text.len());
        } else if text.get(at + 1) == Some(&quote) {
            from = at + 2;
        } else {
            return Some(at + 1);
        }
    }
}

/// Where an escape string goes on: a quote after blanks with a line break among them.
fn continuation(text: &[u8], from: usize) -> Option<usize> {
    let blanks = text[from..].iter().position(|&b| !is_space(b))?;
    let between = &text[from..from + blanks];
    let broken = between.contains(&b'\n') || between.contains(&b'\r');
    (broken && text[from + blanks] == b'\'').then_some(from + blanks + 1)
}

/// The end of a block comment whose inside starts at `from`, or the depth at which it never ends.
fn comment_end(text: &[u8], mut from: usize, mut depth: u32) -> Result<usize, u32> {
    loop {
        let Some(found) = memchr2(b'*', b'/', &text[from..]) else { return Err(depth) };
        let at = from + found;
        match (text[at], text.get(at + 1)) {
            (b'*', Some(b'/')) => {
                depth -= 1;
                if depth == 0 {
                    return Ok(at + 2);
                }
                from = at + 2;
            }
            (b'/', Some(b'*')) => {
                depth += 1;
                from = at + 2;
            }
            _ => from = at + 1, // A lone star or slash.
        }
    }
}

/// The dollar quote's tag that starts at `at`, with both its dollars.
fn dollar_tag(text: &[u8], at: usize) -> Option<&[u8]> {
    let rest = &text[at + 1..];
    let length = rest.iter().position(|&b| !names_variable(b))?;
    let tag_starts = length == 0 || starts_word(rest[0]);
    (rest[length] == b'$' && tag_starts).then(|| &text[at..at + length + 2])
}

impl Scanner {
    pub fn new() -> Scanner {
        Scanner {
            started: false,
            first: None,
            last: None,
            parens: 0,
            begins: 0,
            inside: Inside::Nothing,
            opened: 0,
            words: Words::default(),
            standard_strings: true,
            colons: true,
        }
    }

    /// Ready for the next statement.
    pub fn reset(&mut self) {
        let (standard_strings, colons) = (self.standard_strings, self.colons);
        *self = Scanner { standard_strings, colons, ..Scanner::new() };
    }

    /// Whether a semicolon here would end the statement.
    pub fn at_top(&self) -> bool {
        self.parens == 0 && self.begins == 0
    }

    /// Runs from `from`; answers why it stopped, and the position after what it has taken.
    pub fn run(&mut self, text: &[u8], from: usize) -> (Stop, usize) {
        self.first = None;
        self.last = None;
        let mut at = from;
        if self.inside != Inside::Nothing {
            let comment = matches!(self.inside, Inside::Comment { .. });
            match self.leave(text, at) {
                Some(end) => at = end,
                None => {
                    self.last = Some(text.len());
                    return (Stop::End, text.len());
                }
            }
            if !comment {
                self.last = Some(at);
            }
        }
        // From here on, tokens are not yet in `last`.
        let mut plain = at;
        loop {
            if !self.started {
                at = self.skip_blank(text, at);
                plain = at;
                if at >= text.len() || self.inside != Inside::Nothing {
                    return (Stop::End, text.len());
                }
            }
            let seen = if self.words.watching() && self.parens == 0 { 3 } else { 1 };
            at = next_sign(text, at, seen);
            if !self.started && at > plain {
                self.start(plain);
            }
            let Some(&sign) = text.get(at) else {
                self.settle(text, plain, at);
                return (Stop::End, at);
            };
            let next = text.get(at + 1).copied();
            match sign {
                b';' if self.at_top() => {
                    self.settle(text, plain, at);
                    return (Stop::Semicolon(at), at + 1);
                }
                b'\\' => {
                    self.settle(text, plain, at);
                    return (Stop::Backslash(at), at + 1);
                }
                b':' if self.colons && is_variable(&text[at + 1..]) => {
                    self.settle(text, plain, at);
                    return (Stop::Colon(at), at + 1);
                }
                _ => {} // The others are tokens of the statement, or comments.
            }
            if (sign, next) == (b'-', Some(b'-')) {
                self.settle(text, plain, at);
                at = line_comment_end(text, at);
                plain = at;
                continue;
            }
            if (sign, next) == (b'/', Some(b'*')) {
                self.settle(text, plain, at);
                self.opened = at;
                self.inside = Inside::Comment { depth: 1 };
                let Some(end) = self.leave(text, at + 2) else {
                    self.last = Some(text.len());
                    return (Stop::End, text.len());
                };
                at = end;
                plain = at;
                continue;
            }
            self.start(at);
            match self.token(text, at) {
                Some(end) => at = end,
                None => {
                    self.last = Some(text.len());
                    return (Stop::End, text.len());
                }
            }
        }
    }

    /// Takes a byte that the reader has decided to be a token of its own.
    pub fn accept(&mut self, at: usize, end: usize) {
        self.first = None;
        self.start(at);
        self.last = Some(end);
    }

    /// Notes that the statement has a token at `at`.
    fn start(&mut self, at: usize) {
        if !self.started {
            self.started = true;
            self.first = Some(at);
        }
    }

    /// The tokens between `plain` and `to` end before the blanks that precede `to`.
    fn settle(&mut self, text: &[u8], plain: usize, to: usize) {
        if !self.started {
            return;
        }
        let tokens = &text[plain..to];
        if let Some(end) = tokens.iter().rposition(|&b| !is_space(b)) {
            self.last = Some(plain + end + 1);
        }
    }

    /// Skips blanks and comments before a statement's first token.
    fn skip_blank(&mut self, text: &[u8], mut at: usize) -> usize {
        loop {
            while at < text.len() && is_space(text[at]) {
                at += 1;
            }
            if text[at..].starts_with(b"--") {
                at = line_comment_end(text, at);
            } else if text[at..].starts_with(b"/*") {
                self.opened = at;
                self.inside = Inside::Comment { depth: 1 };
                match self.leave(text, at + 2) {
                    Some(end) => at = end,
                    None => {
                        // A comment that never ends is sent, as psql does.
                        self.start(at);
                        self.last = Some(text.len());
                        return text.len();
                    }
                }
            } else {
                return at;
            }
        }
    }

    /// The token (or its opening part) that the sign at `at` starts; `None` when it never ends.
    fn token(&mut self, text: &[u8], at: usize) -> Option<usize> {
        let before = |n: usize| at.checked_sub(n).map_or(0, |i| text[i]);
        match text[at] {
            b'\'' => {
                let prefixed = !continues_word(before(2));
                let escape = matches!(before(1), b'e' | b'E') && prefixed;
                let national = matches!(before(1), b'n' | b'N') && prefixed;
                let plain = national || (!continues_word(before(1)) && before(1) != b'&');
                self.opened = if escape { at - 1 } else { at };
                self.inside =
                    Inside::Quote { escapes: escape || (plain && !self.standard_strings) };
                self.leave(text, at + 1)
            }
            b'"' => {
                self.opened = at;
                self.inside = Inside::DoubleQuote;
                self.leave(text, at + 1)
            }
            b'$' => {
                let tag = if continues_word(before(1)) { None } else { dollar_tag(text, at) };
                let Some(tag) = tag else { return Some(at + 1) };
                self.opened = at;
                self.inside = Inside::Dollar { tag: tag.into() };
                self.leave(text, at + tag.len())
            }
            b'(' => {
                self.parens += 1;
                Some(at + 1)
            }
            b')' => {
                self.parens = self.parens.saturating_sub(1);
                Some(at + 1)
            }
            b':' => {
                Some(if matches!(text.get(at + 1), Some(b':' | b'=')) { at + 2 } else { at + 1 })
            }
            byte if starts_word(byte) => {
                let end = word_end(text, at);
                if self.parens == 0 && !continues_word(before(1)) {
                    self.word(&text[at..end]);
                }
                Some(end)
            }
            _ => Some(at + 1), // A minus, a slash, or a semicolon in parentheses.
        }
    }

    /// Counts a word, and the blocks of a BEGIN ATOMIC body.
    /// PostgreSQL: the rule for identifiers (fe_utils/psqlscan.l).
    fn word(&mut self, word: &[u8]) {
        self.words.push(word);
        if !self.words.routine {
            return;
        }
        if word.eq_ignore_ascii_case(b"begin") {
            self.begins += 1;
        } else if word.eq_ignore_ascii_case(b"case") {
            self.begins += u32::from(self.begins > 0);
        } else if word.eq_ignore_ascii_case(b"end") {
            self.begins = self.begins.saturating_sub(1);
        }
    }

    /// The position after what `inside` says; `None` when the text ends first.
    fn leave(&mut self, text: &[u8], from: usize) -> Option<usize> {
        let end = match &mut self.inside {
            Inside::Nothing => Some(from),
            Inside::Quote { escapes } => {
                let mut end = quote_end(text, from, b'\'', *escapes);
                while let Some(more) = end.filter(|_| *escapes).and_then(|e| continuation(text, e))
                {
                    end = quote_end(text, more, b'\'', true);
                }
                end
            }
            Inside::DoubleQuote => quote_end(text, from, b'"', false),
            Inside::Dollar { tag } => {
                memmem::find(&text[from..], tag).map(|found| from + found + tag.len())
            }
            Inside::Comment { depth } => match comment_end(text, from, *depth) {
                Ok(end) => Some(end),
                Err(open) => {
                    *depth = open;
                    None
                }
            },
        };
        if end.is_some() {
            self.inside = Inside::Nothing;
        }
        end
    }
}

/// Whether what follows a colon makes it a variable: `:name`, `:'name'`, `:"name"`, `:{?name}`.
fn is_variable(rest: &[u8]) -> bool {
    match rest.first() {
        Some(&b) if names_variable(b) => true,
        Some(&quote @ (b'\'' | b'"')) => {
            let length = rest[1..].iter().position(|&b| !names_variable(b)).unwrap_or(0);
            length > 0 && rest.get(1 + length) == Some(&quote)
        }
        Some(b'{') => rest.get(1) == Some(&b'?') && rest.get(2).is_some_and(|&b| names_variable(b)),
        _ => false, // A cast, an assignment, an array slice.
    }
}

/// The block of COPY data that starts at `from`: where it ends, and where reading goes on.
pub(super) fn copy_block(text: &[u8], from: usize) -> (usize, usize) {
    let terminated = |at: usize| -> Option<usize> {
        let rest = &text[at..];
        match rest {
            [b'\\', b'.'] => Some(at + 2),
            [b'\\', b'.', b'\r'] => Some(at + 3),
            [b'\\', b'.', b'\n', ..] => Some(at + 3),
            [b'\\', b'.', b'\r', b'\n', ..] => Some(at + 4),
            _ => None, // A row that merely starts so.
        }
    };
    if let Some(resume) = terminated(from.min(text.len())) {
        return (from, resume);
    }
    for found in memmem::find_iter(&text[from.min(text.len())..], b"\n\\.") {
        if let Some(resume) = terminated(from + found + 1) {
            return (from + found + 1, resume);
        }
    }
    (text.len(), text.len())
}
