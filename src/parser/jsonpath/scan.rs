//! Tokens of a jsonpath (PostgreSQL: utils/adt/jsonpath_scan.l).

use crate::findings::{PgError, PgResult, Stop};
use crate::pg::sqlstate as state;
use crate::pg::version::Version;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    End,
    /// A character that stands for itself.
    Special(char),
    And,
    Or,
    Not,
    AnyPath,
    Less,
    LessEqual,
    Equal,
    NotEqual,
    GreaterEqual,
    Greater,
    Ident(String),
    /// A keyword in lower case, and as it was written.
    Keyword(&'static str, String),
    String(String),
    Variable(String),
    Int(String),
    Numeric(String),
}

/// Keywords with the version that brought them; `true`, `false` and `null` are written in lower case only.
const KEYWORDS: &[(&str, u32)] = &[
    ("is", 12),
    ("to", 12),
    ("abs", 12),
    ("lax", 12),
    ("date", 17),
    ("flag", 12),
    ("last", 12),
    ("null", 12),
    ("size", 12),
    ("time", 17),
    ("true", 12),
    ("type", 12),
    ("with", 12),
    ("false", 12),
    ("floor", 12),
    ("bigint", 17),
    ("double", 12),
    ("exists", 12),
    ("number", 17),
    ("starts", 12),
    ("strict", 12),
    ("string", 17),
    ("boolean", 17),
    ("ceiling", 12),
    ("decimal", 17),
    ("integer", 17),
    ("time_tz", 17),
    ("unknown", 12),
    ("datetime", 13),
    ("keyvalue", 12),
    ("timestamp", 17),
    ("like_regex", 12),
    ("timestamp_tz", 17),
];

pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    version: Version,
    /// What the scanner matched last, which errors show (flex: yytext).
    matched: &'t str,
}

const SPECIAL: &str = "?%$.[]{}()|&!=<>@#,*:-+/";

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

fn is_other(c: char) -> bool {
    !SPECIAL.contains(c) && !is_blank(c) && c != '\\' && c != '"'
}

/// How many bytes digits with single underscores between them take; 0 when there is none.
fn digit_run(text: &str, is_digit: &dyn Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let after_underscore = end > 0 && *byte == b'_';
        if is_digit(*byte) {
            end += 1;
        } else if after_underscore && bytes.get(end + 1).is_some_and(|b| is_digit(*b)) {
            end += 2;
        } else {
            break;
        }
    }
    end
}

fn decimal_run(text: &str) -> usize {
    digit_run(text, &|b| b.is_ascii_digit())
}

fn bad_unicode(detail: &str) -> Stop {
    PgError::new(state::INVALID_TEXT_REPRESENTATION, "invalid input syntax for type jsonpath")
        .detail(detail)
        .into()
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, version: Version) -> Scanner<'t> {
        Scanner { text, at: 0, version, matched: "" }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Takes so many bytes, which errors show.
    fn take(&mut self, length: usize) -> &'t str {
        self.matched = &self.rest()[..length];
        self.at += length;
        self.matched
    }

    /// PostgreSQL: jsonpath_yyerror.
    pub(super) fn error(&self, message: &str) -> Stop {
        let message = if self.matched.is_empty() {
            format!("{message} at end of jsonpath input")
        } else {
            format!("{message} at or near \"{}\" of jsonpath input", self.matched)
        };
        PgError::new(state::SYNTAX_ERROR, message).into()
    }

    pub(super) fn next(&mut self) -> PgResult<Token> {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
            if blanks > 0 {
                self.take(blanks);
            } else if rest.starts_with("/*") {
                self.comment()?;
            } else {
                break;
            }
        }
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            self.matched = "";
            return Ok(Token::End);
        };
        const LONG: &[(&str, Token)] = &[
            ("&&", Token::And),
            ("||", Token::Or),
            ("**", Token::AnyPath),
            ("<=", Token::LessEqual),
            ("==", Token::Equal),
            ("<>", Token::NotEqual),
            ("!=", Token::NotEqual),
            (">=", Token::GreaterEqual),
        ];
        if let Some((text, token)) = LONG.iter().find(|(text, _)| rest.starts_with(text)) {
            self.take(text.len());
            return Ok(token.clone());
        }
        if let Some(token) = self.number()? {
            return Ok(token);
        }
        match first {
            '<' => self.single(Token::Less),
            '>' => self.single(Token::Greater),
            '!' => self.single(Token::Not),
            '"' => {
                self.take(1);
                self.quoted().map(Token::String)
            }
            '$' => {
                let name = &rest[1..];
                let end = name.find(|c| !is_other(c)).unwrap_or(name.len());
                if end > 0 {
                    let text = self.take(end + 1);
                    return Ok(Token::Variable(text[1..].to_string()));
                }
                if name.starts_with('"') {
                    self.take(2);
                    return self.quoted().map(Token::Variable);
                }
                self.single(Token::Special('$'))
            }
            c if SPECIAL.contains(c) => self.single(Token::Special(c)),
            _ => self.word(), // a name, which may begin with an escape
        }
    }

    fn single(&mut self, token: Token) -> PgResult<Token> {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        self.take(length);
        Ok(token)
    }

    fn comment(&mut self) -> PgResult<()> {
        match self.rest()[2..].find("*/") {
            Some(end) => {
                self.take(end + 4);
                Ok(())
            }
            None => {
                self.take(self.rest().len());
                self.matched = "";
                Err(self.error("unexpected end of comment"))
            }
        }
    }

    /// A number, whose first character decides that it is one.
    fn number(&mut self) -> PgResult<Option<Token>> {
        let rest = self.rest();
        let old = self.version.major() < 16;
        let radix = |letter: char, is_digit: &dyn Fn(u8) -> bool| {
            let body = rest.strip_prefix('0')?;
            let body = body.strip_prefix([letter, letter.to_ascii_uppercase()])?;
            Some(digit_run(body, is_digit)).filter(|length| *length > 0).map(|length| length + 2)
        };
        let integer = match rest.as_bytes().first() {
            Some(b'0') => 1,
            Some(b'1'..=b'9') => decimal_run(rest),
            Some(_) | None => 0,
        };
        let special = radix('x', &|b| b.is_ascii_hexdigit())
            .or_else(|| radix('o', &|b| (b'0'..=b'7').contains(&b)))
            .or_else(|| radix('b', &|b| matches!(b, b'0' | b'1')))
            .filter(|_| !old);
        if let Some(length) = special {
            let text = self.take(length).to_string();
            return Ok(Some(Token::Int(text)));
        }
        let mut length = integer;
        let mut is_integer = true;
        if let Some(fraction) = rest[integer..].strip_prefix('.') {
            let digits = decimal_run(fraction);
            if integer > 0 || digits > 0 {
                length = integer + 1 + digits;
                is_integer = false;
            }
        }
        if length == 0 {
            return Ok(None);
        }
        if let Some(exponent) = rest[length..].strip_prefix(['e', 'E']) {
            let sign = usize::from(exponent.starts_with(['+', '-']));
            let digits = decimal_run(&exponent[sign..]);
            if digits > 0 {
                length += 1 + sign + digits;
                is_integer = false;
            } else if sign > 0 {
                self.take(length + 2);
                return Err(self.error("invalid numeric literal"));
            }
        }
        if let Some(junk) = rest[length..].chars().next().filter(|c| is_other(*c)) {
            self.take(length + junk.len_utf8());
            return Err(self.error("trailing junk after numeric literal"));
        }
        let text = self.take(length).to_string();
        Ok(Some(if is_integer { Token::Int(text) } else { Token::Numeric(text) }))
    }

    /// The rest of a string whose quote is open.
    fn quoted(&mut self) -> PgResult<String> {
        let mut out = String::new();
        loop {
            let rest = self.rest();
            match rest.chars().next() {
                None => {
                    self.matched = "";
                    return Err(self.error("unterminated quoted string"));
                }
                Some('"') => {
                    self.take(1);
                    return Ok(out);
                }
                Some('\\') => self.escape(&mut out)?,
                Some(_) => {
                    let end = rest.find(['\\', '"']).unwrap_or(rest.len());
                    out.push_str(self.take(end));
                }
            }
        }
    }

    fn word(&mut self) -> PgResult<Token> {
        let mut out = String::new();
        loop {
            let rest = self.rest();
            match rest.chars().next() {
                Some('\\') => self.escape(&mut out)?,
                Some(c) if is_other(c) => {
                    let end = rest.find(|c| !is_other(c)).unwrap_or(rest.len());
                    out.push_str(self.take(end));
                }
                Some(c) if is_blank(c) => {
                    let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
                    self.take(blanks);
                    break;
                }
                Some(_) | None => {
                    self.matched = "";
                    break;
                }
            }
        }
        let version = self.version.major();
        let keyword = KEYWORDS.iter().find(|(word, since)| {
            let exact = matches!(*word, "null" | "true" | "false");
            *since <= version && if exact { *word == out } else { word.eq_ignore_ascii_case(&out) }
        });
        Ok(match keyword {
            Some((word, _)) => Token::Keyword(word, out),
            None => Token::Ident(out),
        })
    }

    fn escape(&mut self, out: &mut String) -> PgResult<()> {
        let rest = self.rest();
        let Some(second) = rest[1..].chars().next() else {
            self.take(1);
            return Err(self.error("unexpected end after backslash"));
        };
        match second {
            'u' => return self.unicode(out),
            'x' => {
                let digits = rest[2..].bytes().take(2).take_while(u8::is_ascii_hexdigit).count();
                let text = self.take(2 + digits);
                if digits < 2 {
                    return Err(self.error("invalid hexadecimal character sequence"));
                }
                let code = u32::from_str_radix(&text[2..], 16).unwrap_or(0);
                if code == 0 {
                    return Err(null_character());
                }
                out.extend(char::from_u32(code));
                return Ok(());
            }
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'v' => out.push('\u{b}'),
            other => out.push(other), // any other character is itself
        }
        self.take(1 + second.len_utf8());
        Ok(())
    }

    /// A run of `\uXXXX` and `\u{X…}` (PostgreSQL: parseUnicode, addUnicode).
    fn unicode(&mut self, out: &mut String) -> PgResult<()> {
        let start = self.at;
        let mut codes = Vec::new();
        while self.rest().starts_with("\\u") {
            let body = &self.rest()[2..];
            let braced = body.strip_prefix('{');
            let most = if braced.is_some() { 6 } else { 4 };
            let digits = braced.unwrap_or(body);
            let count = digits.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
            let closed = braced.is_none() || digits[count..].starts_with('}');
            let whole = if braced.is_some() { count > 0 && closed } else { count == 4 };
            self.at += 2 + count + usize::from(braced.is_some());
            if !whole {
                self.matched = &self.text[start..self.at];
                return Err(self.error("invalid Unicode escape sequence"));
            }
            self.at += usize::from(braced.is_some());
            codes.push(u32::from_str_radix(&digits[..count], 16).unwrap_or(0));
        }
        self.matched = &self.text[start..self.at];
        let mut high = None;
        for code in codes {
            match (code, high.take()) {
                (0xD800..=0xDBFF, None) => high = Some(code),
                (0xD800..=0xDBFF, Some(_)) => {
                    let detail = "Unicode high surrogate must not follow a high surrogate.";
                    return Err(bad_unicode(detail));
                }
                (0xDC00..=0xDFFF, Some(first)) => {
                    let pair = 0x10000 + ((first - 0xD800) << 10) + (code - 0xDC00);
                    out.extend(char::from_u32(pair));
                }
                (0xDC00..=0xDFFF, None) | (_, Some(_)) => {
                    let detail = "Unicode low surrogate must follow a high surrogate.";
                    return Err(bad_unicode(detail));
                }
                (0, None) => return Err(null_character()),
                (code, None) => out.extend(char::from_u32(code)),
            }
        }
        if high.is_some() {
            return Err(bad_unicode("Unicode low surrogate must follow a high surrogate."));
        }
        Ok(())
    }
}

fn null_character() -> Stop {
    PgError::new(state::UNTRANSLATABLE_CHARACTER, "unsupported Unicode escape sequence")
        .detail("\\u0000 cannot be converted to text.")
        .into()
}
