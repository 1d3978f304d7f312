//! The tokens of SQL and of PL/pgSQL bodies, with their places (PostgreSQL: scan.l, pl_scanner.c over the core scanner).

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word without quotes; `Scanner::word` gives it in lower case.
    Word,
    QuotedWord,
    String,
    Number,
    /// `$1`.
    Parameter,
    /// One of `( ) [ ] ; , .` or an operator.
    Symbol,
    End,
}

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// Splits the body into tokens; comments are left out. None where a quote or comment is never closed, with its start.
pub(crate) fn tokens(body: &str) -> Result<Vec<Token>, usize> {
    let bytes = body.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let c = bytes[at];
        let next = bytes.get(at + 1).copied();
        let kind = match c {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => {
                at += 1;
                continue;
            }
            b'-' if next == Some(b'-') => {
                at = body[at..].find(['\n', '\r']).map_or(bytes.len(), |end| at + end);
                continue;
            }
            b'/' if next == Some(b'*') => {
                at = comment_end(bytes, at).ok_or(start)?;
                continue;
            }
            b'\'' => {
                at = string_end(bytes, at, false).ok_or(start)?;
                Kind::String
            }
            b'"' => {
                at = quoted_end(bytes, at).ok_or(start)?;
                Kind::QuotedWord
            }
            b'$' if next.is_some_and(|n| n.is_ascii_digit()) => {
                at += 1;
                while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                    at += 1;
                }
                Kind::Parameter
            }
            b'$' => match dollar_end(body, at) {
                Some(end) => {
                    at = end.ok_or(start)?;
                    Kind::String
                }
                None => {
                    at += 1;
                    Kind::Symbol
                }
            },
            b'e' | b'E' | b'b' | b'B' | b'x' | b'X' | b'n' | b'N' if next == Some(b'\'') => {
                at = string_end(bytes, at + 1, c.eq_ignore_ascii_case(&b'e')).ok_or(start)?;
                Kind::String
            }
            b'0'..=b'9' => {
                at = number_end(bytes, at);
                Kind::Number
            }
            b'.' if next.is_some_and(|n| n.is_ascii_digit()) => {
                at = number_end(bytes, at);
                Kind::Number
            }
            _ if is_word_start(c) => {
                while bytes
                    .get(at)
                    .is_some_and(|c| is_word_start(*c) || c.is_ascii_digit() || *c == b'$')
                {
                    at += 1;
                }
                Kind::Word
            }
            _ => {
                at = symbol_end(bytes, at);
                Kind::Symbol
            }
        };
        tokens.push(Token { kind, start, end: at });
    }
    tokens.push(Token { kind: Kind::End, start: bytes.len(), end: bytes.len() });
    Ok(tokens)
}

fn is_word_start(c: u8) -> bool {
    c.is_ascii_alphabetic() || c == b'_' || c >= 0x80
}

fn comment_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0;
    let mut at = start;
    while at + 1 < bytes.len() {
        match (bytes[at], bytes[at + 1]) {
            (b'/', b'*') => {
                depth += 1;
                at += 2;
            }
            (b'*', b'/') => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => at += 1, // inside of the comment
        }
    }
    None
}

fn string_end(bytes: &[u8], quote: usize, escapes: bool) -> Option<usize> {
    let mut at = quote + 1;
    loop {
        match *bytes.get(at)? {
            b'\'' if bytes.get(at + 1) == Some(&b'\'') => at += 2,
            b'\'' => match continued(bytes, at + 1) {
                Some(next) => at = next + 1,
                None => return Some(at + 1),
            },
            b'\\' if escapes => at += 2,
            _ => at += 1, // inside of the string
        }
    }
}

/// Where a string goes on that has been closed: at a quote after a line break (PostgreSQL: quotecontinue).
pub(crate) fn continued(bytes: &[u8], closed: usize) -> Option<usize> {
    let (mut at, mut broken) = (closed, false);
    loop {
        match *bytes.get(at)? {
            b'\n' | b'\r' => {
                broken = true;
                at += 1;
            }
            b' ' | b'\t' | 0x0b | 0x0c => at += 1,
            b'-' if bytes.get(at + 1) == Some(&b'-') => {
                at += bytes[at..].iter().position(|c| matches!(c, b'\n' | b'\r'))?;
            }
            b'\'' if broken => return Some(at),
            _ => return None, // another token
        }
    }
}

fn quoted_end(bytes: &[u8], quote: usize) -> Option<usize> {
    let mut at = quote + 1;
    loop {
        match *bytes.get(at)? {
            b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1, // inside of the name
        }
    }
}

/// The end of a dollar-quoted string: None when this is no dollar quote, Some(None) when it is never closed.
fn dollar_end(body: &str, start: usize) -> Option<Option<usize>> {
    let rest = &body[start + 1..];
    let tag_end = rest.find('$')?;
    let tag = &rest[..tag_end];
    let is_tag =
        tag.bytes().enumerate().all(|(i, c)| is_word_start(c) || (i > 0 && c.is_ascii_digit()));
    if !is_tag {
        return None;
    }
    let delimiter = &body[start..start + tag_end + 2];
    let inside = start + delimiter.len();
    Some(body[inside..].find(delimiter).map(|at| inside + at + delimiter.len()))
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(c) = bytes.get(at) {
        let range = *c == b'.' && bytes.get(at + 1) == Some(&b'.');
        let exponent =
            matches!(c, b'+' | b'-') && at > start && matches!(bytes[at - 1], b'e' | b'E');
        if range || !(c.is_ascii_alphanumeric() || *c == b'.' || *c == b'_' || exponent) {
            break;
        }
        at += 1;
    }
    at
}

/// The end of an operator or of a single character (PostgreSQL: the operator rule of scan.l).
fn symbol_end(bytes: &[u8], start: usize) -> usize {
    for symbol in [&b":="[..], b"..", b"::"] {
        if bytes[start..].starts_with(symbol) {
            return start + symbol.len();
        }
    }
    let is_operator = |c: &u8| b"~!@#^&|`?+-*/%<>=".contains(c);
    let mut end = start;
    while bytes.get(end).is_some_and(is_operator) {
        let comment = bytes[end..].starts_with(b"--") || bytes[end..].starts_with(b"/*");
        if comment && end > start {
            break;
        }
        end += 1;
    }
    // A longer operator ends in + or - only when it has one of the rarer characters.
    while end > start + 1
        && matches!(bytes[end - 1], b'+' | b'-')
        && !bytes[start..end - 1].iter().any(|c| b"~!@#^&|`?%".contains(c))
    {
        end -= 1;
    }
    end.max(start + 1)
}
