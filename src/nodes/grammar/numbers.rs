//! Numbers as PostgreSQL 16 came to write them: 0x1F, 0o17, 0b101, 1_000 (PostgreSQL: scan.l).

use super::{Stop, Text};
use crate::nodes::tokens::Kind;
use crate::pg::version::Version;

/// Where an older scanner stops: 15 refuses what follows the digits, 14 reads it as a word of its own.
pub(super) fn refused(text: &Text, version: Version) -> Option<Stop> {
    let at = (0..text.tokens.len())
        .find(|at| text.kind(*at) == Kind::Number && is_new(text.text(*at)))?;
    let number = text.range(at);
    let digits = text.text(at).bytes().take_while(u8::is_ascii_digit).count();
    let word = text.text(at)[digits..]
        .bytes()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == b'_')
        .count();
    let word = number.start + digits..number.start + digits + word;
    if version.major() == 15 {
        let message = Some("trailing junk after numeric literal at or near");
        return Some(Stop { noticed: at, near: number.start..word.end, message });
    }
    // A word after a number is the name of a result column; nothing else may stand there.
    let before = at.checked_sub(1).is_some_and(|before| text.is_any(before, &["SELECT", ","]));
    if !before || !text.is_any(0, &["SELECT", "WITH"]) {
        return Some(Stop { noticed: at, near: word, message: None });
    }
    if word.end < number.end {
        return Some(Stop { noticed: at, near: word.end..number.end, message: None });
    }
    let after = text.kind(at + 1) == Kind::End || text.is_any(at + 1, &[";", ",", "FROM", ")"]);
    (!after).then(|| Stop { noticed: at + 1, near: text.range(at + 1), message: None })
}

/// Whether PostgreSQL 15 and older don't read the number as one.
fn is_new(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.contains(&b'_')
        || (bytes.len() > 1
            && bytes[0] == b'0'
            && matches!(bytes[1], b'x' | b'X' | b'o' | b'O' | b'b' | b'B'))
}
