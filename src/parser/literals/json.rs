//! JSON: whether a text is JSON, and how jsonb prints it (PostgreSQL: common/jsonapi.c, utils/adt/jsonb.c).

use std::collections::BTreeMap;

use super::numbers::numeric_in;
use crate::findings::{PgError, PgResult, Stop};
use crate::pg::sqlstate as state;

const MAX_DEPTH: u32 = 4_000;

/// A value of jsonb.
enum Value {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Array(Vec<Value>),
    /// Keys by length, then bytes, as jsonb orders them.
    Object(BTreeMap<(usize, String), Value>),
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// Whether strings and numbers are those of jsonb.
    binary: bool,
}

fn error(detail: String) -> Stop {
    PgError::new(state::INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json")
        .detail(detail)
        .into()
}

impl<'t> Parser<'t> {
    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn peek(&mut self) -> Option<u8> {
        self.space();
        self.text.as_bytes().get(self.at).copied()
    }

    /// The token at hand, for a message.
    fn token(&self) -> &'t str {
        let rest = &self.text[self.at..];
        let word = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii()))
            .unwrap_or(rest.len());
        if let Some(inside) = rest.strip_prefix('"') {
            let end = inside.find('"').map_or(rest.len(), |end| end + 2);
            return &rest[..end];
        }
        let end = if word == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { word };
        &rest[..end]
    }

    fn unexpected(&self, wanted: &str) -> Stop {
        if self.at >= self.text.len() {
            return error("The input string ended unexpectedly.".to_string());
        }
        let token = self.token();
        let first = token.chars().next().unwrap_or(' ');
        let known = matches!(first, '{' | '}' | '[' | ']' | ',' | ':' | '"' | '-')
            || first.is_ascii_digit()
            || matches!(token, "true" | "false" | "null");
        if known {
            error(format!("Expected {wanted}, but found \"{token}\"."))
        } else {
            error(format!("Token \"{token}\" is invalid."))
        }
    }

    fn value(&mut self, depth: u32) -> PgResult<Value> {
        if depth > MAX_DEPTH {
            return crate::findings::unknown("JSON nested too deep");
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(_) => {
                let token = self.token();
                let value = match token {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    "null" => Value::Null,
                    _ => return Err(self.unexpected("JSON value")), // no other word is JSON
                };
                self.at += token.len();
                Ok(value)
            }
            None => Err(self.unexpected("JSON value")),
        }
    }

    fn object(&mut self, depth: u32) -> PgResult<Value> {
        self.at += 1;
        let mut members = BTreeMap::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            if self.peek() != Some(b'"') {
                let wanted = if members.is_empty() { "string or \"}\"" } else { "string" };
                return Err(self.unexpected(wanted));
            }
            let key = self.string()?;
            if self.peek() != Some(b':') {
                return Err(self.unexpected("\":\""));
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            members.insert((key.len(), key), value);
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Object(members));
                }
                Some(_) | None => return Err(self.unexpected("\",\" or \"}\"")),
            }
        }
    }

    fn array(&mut self, depth: u32) -> PgResult<Value> {
        self.at += 1;
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::Array(items));
                }
                Some(_) | None => return Err(self.unexpected("\",\" or \"]\"")),
            }
        }
    }

    fn number(&mut self) -> PgResult<String> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let mut at = start + usize::from(bytes[start] == b'-');
        let whole = digits(at);
        let leading_zero = bytes.get(at) == Some(&b'0') && whole > at + 1;
        let mut good = whole > at && !leading_zero;
        at = whole;
        if bytes.get(at) == Some(&b'.') {
            let end = digits(at + 1);
            good &= end > at + 1;
            at = end;
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            let end = digits(at + 1 + sign);
            good &= end > at + 1 + sign;
            at = end;
        }
        while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
            good = false;
            at += 1;
        }
        let text = &self.text[start..at];
        if !good {
            return Err(error(format!("Token \"{text}\" is invalid.")));
        }
        self.at = at;
        if self.binary { numeric_in(text, -1) } else { Ok(text.to_string()) }
    }

    fn string(&mut self) -> PgResult<String> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        let mut high: Option<u32> = None;
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else {
                let token = &self.text[start..];
                return Err(error(format!("Token \"{token}\" is invalid.")));
            };
            self.at += c.len_utf8();
            if high.is_some() && !(c == '\\' && self.text[self.at..].starts_with('u')) {
                let detail = "Unicode low surrogate must follow a high surrogate.";
                return Err(error(detail.to_string()));
            }
            match c {
                '"' => return Ok(out),
                '\\' => self.escape(&mut out, &mut high)?,
                c if u32::from(c) < 0x20 => {
                    let detail =
                        format!("Character with value 0x{:02x} must be escaped.", u32::from(c));
                    return Err(error(detail));
                }
                c => out.push(c),
            }
        }
    }

    fn escape(&mut self, out: &mut String, high: &mut Option<u32>) -> PgResult<()> {
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else {
            return Err(error("The input string ended unexpectedly.".to_string()));
        };
        self.at += c.len_utf8();
        match c {
            '"' | '\\' | '/' => out.push(c),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'u' => {
                let hex = self.text.get(self.at..self.at + 4);
                let code = hex
                    .filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()))
                    .and_then(|h| u32::from_str_radix(h, 16).ok());
                let Some(code) = code else {
                    let detail = "\"\\u\" must be followed by four hexadecimal digits.";
                    return Err(error(detail.to_string()));
                };
                self.at += 4;
                return self.code_point(code, out, high);
            }
            c => return Err(error(format!("Escape sequence \"\\{c}\" is invalid."))),
        }
        Ok(())
    }

    fn code_point(&mut self, code: u32, out: &mut String, high: &mut Option<u32>) -> PgResult<()> {
        let surrogate = |detail: &str| Err(error(detail.to_string()));
        match (code, high.take()) {
            (0xD800..=0xDBFF, None) => {
                *high = Some(code);
                Ok(())
            }
            (0xD800..=0xDBFF, Some(_)) => {
                surrogate("Unicode high surrogate must not follow a high surrogate.")
            }
            (0xDC00..=0xDFFF, Some(high)) => {
                let code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00);
                out.extend(char::from_u32(code));
                Ok(())
            }
            (0xDC00..=0xDFFF, None) | (_, Some(_)) => {
                surrogate("Unicode low surrogate must follow a high surrogate.")
            }
            (0, None) if self.binary => Err(PgError::new(
                state::UNTRANSLATABLE_CHARACTER,
                "unsupported Unicode escape sequence",
            )
            .detail("\\u0000 cannot be converted to text.")
            .into()),
            (code, None) => {
                out.extend(char::from_u32(code));
                Ok(())
            }
        }
    }
}

fn parse(text: &str, binary: bool) -> PgResult<Value> {
    let mut parser = Parser { text, at: 0, binary };
    let value = parser.value(0)?;
    if parser.peek().is_some() {
        return Err(parser.unexpected("end of input"));
    }
    Ok(value)
}

/// Whether the text is JSON (PostgreSQL: json_in).
pub fn check_json(text: &str) -> PgResult<()> {
    parse(text, false).map(drop)
}

/// The text as jsonb prints it (PostgreSQL: jsonb_in, jsonb_out).
pub fn jsonb_in(text: &str) -> PgResult<String> {
    let mut out = String::with_capacity(text.len());
    print(&parse(text, true)?, &mut out);
    Ok(out)
}

fn print(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(number),
        Value::String(text) => escape_json(text, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                print(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (i, ((_, key), member)) in members.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                escape_json(key, out);
                out.push_str(": ");
                print(member, out);
            }
            out.push('}');
        }
    }
}

/// PostgreSQL: escape_json (utils/adt/json.c).
pub fn escape_json(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// What a value is made of, one level down, each part as it is written.
pub enum Members<'t> {
    Object(Vec<(String, &'t str)>),
    Array(Vec<&'t str>),
    Scalar,
}

/// The members of an object or an array.
pub fn members(text: &str) -> PgResult<Members<'_>> {
    let mut parser = Parser { text, at: 0, binary: false };
    let (close, is_object) = match parser.peek() {
        Some(b'{') => (b'}', true),
        Some(b'[') => (b']', false),
        _ => return Ok(Members::Scalar), // a string, a number or a word
    };
    parser.at += 1;
    let (mut pairs, mut items) = (Vec::new(), Vec::new());
    while parser.peek().is_some_and(|next| next != close) {
        let key = if is_object { Some(parser.string()?) } else { None };
        if is_object {
            parser.peek();
            parser.at += 1; // the colon
        }
        parser.space();
        let start = parser.at;
        parser.value(0)?;
        let item = &text[start..parser.at];
        match key {
            Some(key) => pairs.push((key, item)),
            None => items.push(item),
        }
        if parser.peek() == Some(b',') {
            parser.at += 1;
        }
    }
    Ok(if is_object { Members::Object(pairs) } else { Members::Array(items) })
}

/// The text of a string; None of any other value.
pub fn plain_text(text: &str) -> PgResult<Option<String>> {
    let mut parser = Parser { text, at: 0, binary: false };
    if parser.peek() == Some(b'"') { parser.string().map(Some) } else { Ok(None) }
}
