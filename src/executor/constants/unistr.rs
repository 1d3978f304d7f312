//! unistr: escapes that are none (PostgreSQL: unistr, utils/adt/varlena.c).

use crate::findings::{PgError, PgResult};
use crate::pg::sqlstate as state;

/// How many bytes an escape takes, and its code; None when it is none.
fn escape(text: &str) -> Option<(usize, u32)> {
    let bytes = text.as_bytes();
    let (start, count) = match bytes.get(1)? {
        b'+' => (2, 6),
        b'u' => (2, 4),
        b'U' => (2, 8),
        _ => (1, 4), // the digits stand at once
    };
    let digits = text.get(start..start + count)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Some((start + count, u32::from_str_radix(digits, 16).ok()?))
}

pub(super) fn check(text: &str) -> PgResult<()> {
    let error = |message: &str| Err(PgError::new(state::SYNTAX_ERROR, message).into());
    const PAIR: &str = "invalid Unicode surrogate pair";
    let mut rest = text;
    let mut first = false;
    while let Some(c) = rest.chars().next() {
        if c == '\\' && !rest.starts_with("\\\\") {
            let Some((length, code)) = escape(rest) else {
                return Err(PgError::new(state::SYNTAX_ERROR, "invalid Unicode escape")
                    .hint("Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX.")
                    .into());
            };
            match code {
                0 | 0x11_0000.. => {
                    let message = format!("invalid Unicode code point: {code:04X}");
                    return Err(PgError::new(state::INVALID_PARAMETER_VALUE, message).into());
                }
                0xD800..=0xDBFF if !first => first = true,
                0xDC00..=0xDFFF if first => first = false,
                0xD800..=0xDFFF => return error(PAIR),
                _ if first => return error(PAIR), // the second half is wanted
                _ => {}                           // a character
            }
            rest = &rest[length..];
        } else {
            if first {
                return error(PAIR);
            }
            let length = if c == '\\' { 2 } else { c.len_utf8() };
            rest = &rest[length..];
        }
    }
    if first { error(PAIR) } else { Ok(()) }
}
