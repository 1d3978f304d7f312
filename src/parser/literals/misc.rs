//! Types with short input functions: boolean, char, uuid, bytea, bit strings, enums (PostgreSQL: utils/adt).

use super::geometry::geometry_in;
use super::tsearch::{check_tsquery, check_tsvector};
use super::{invalid_syntax, trim_space};
use crate::catalog::{PgEnum, PgType};
use crate::findings::{PgError, PgResult};
use crate::nodes::primnodes::Datum;
use crate::parser::parse_node::Shared;
use crate::pg::sqlstate as state;

/// PostgreSQL: boolin.
pub fn bool_in(text: &str) -> PgResult<&'static str> {
    let word = trim_space(text).to_ascii_lowercase();
    let prefix_of = |full: &str, least: usize| word.len() >= least && full.starts_with(&*word);
    if prefix_of("true", 1) || prefix_of("yes", 1) || word == "on" || word == "1" {
        return Ok("t");
    }
    if prefix_of("false", 1) || prefix_of("no", 1) || prefix_of("off", 2) || word == "0" {
        return Ok("f");
    }
    Err(invalid_syntax("boolean", text))
}

/// PostgreSQL: bpcharin, varcharin; the typmod is given for elements of arrays and fields alone.
pub fn char_in(text: &str, typmod: i32, blank_padded: bool) -> PgResult<String> {
    let Some(length) = usize::try_from(typmod - 4).ok().filter(|_| typmod >= 4) else {
        return Ok(text.to_string());
    };
    let count = text.chars().count();
    if count <= length {
        let pad = if blank_padded { length - count } else { 0 };
        return Ok(format!("{text}{}", " ".repeat(pad)));
    }
    if text.chars().skip(length).any(|c| c != ' ') {
        let name = if blank_padded { "character" } else { "character varying" };
        let message = format!("value too long for type {name}({length})");
        return Err(PgError::new(state::STRING_DATA_RIGHT_TRUNCATION, message).into());
    }
    Ok(text.chars().take(length).collect())
}

/// PostgreSQL: charin.
pub fn single_char_in(text: &str) -> String {
    text.chars().next().map_or(String::new(), |c| c.to_string())
}

/// PostgreSQL: uuid_in.
pub fn uuid_in(text: &str) -> PgResult<String> {
    let invalid = || invalid_syntax("uuid", text);
    let body = match text.strip_prefix('{') {
        Some(inner) => inner.strip_suffix('}').ok_or_else(invalid)?,
        None => text,
    };
    let mut digits = String::with_capacity(32);
    for c in body.chars() {
        if c == '-' {
            if digits.is_empty() || !digits.len().is_multiple_of(4) || digits.len() == 32 {
                return Err(invalid());
            }
        } else if c.is_ascii_hexdigit() {
            digits.push(c.to_ascii_lowercase());
        } else {
            return Err(invalid());
        }
    }
    if digits.len() != 32 || body.contains("--") {
        return Err(invalid());
    }
    Ok(format!(
        "{}-{}-{}-{}-{}",
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..]
    ))
}

/// PostgreSQL: byteain; printed in hex.
pub fn bytea_in(text: &str) -> PgResult<String> {
    let bad = |message: String, sqlstate| PgError::new(sqlstate, message).into();
    if let Some(hex) = text.strip_prefix("\\x") {
        let mut digits = String::with_capacity(hex.len());
        let mut pending = false;
        for c in hex.chars() {
            if matches!(c, ' ' | '\n' | '\t' | '\r') && !pending {
                continue;
            }
            if !c.is_ascii_hexdigit() {
                let message = format!("invalid hexadecimal digit: \"{c}\"");
                return Err(bad(message, state::INVALID_PARAMETER_VALUE));
            }
            digits.push(c.to_ascii_lowercase());
            pending = !pending;
        }
        if pending {
            let message = "invalid hexadecimal data: odd number of digits".to_string();
            return Err(bad(message, state::INVALID_PARAMETER_VALUE));
        }
        return Ok(format!("\\x{digits}"));
    }
    let bytes = text.as_bytes();
    let mut out = String::from("\\x");
    let mut i = 0;
    while let Some(byte) = bytes.get(i) {
        let value = if *byte != b'\\' {
            i += 1;
            *byte
        } else if bytes.get(i + 1) == Some(&b'\\') {
            i += 2;
            b'\\'
        } else {
            let octal = bytes.get(i + 1..i + 4).filter(|d| {
                (b'0'..=b'3').contains(&d[0]) && d[1..].iter().all(|b| (b'0'..=b'7').contains(b))
            });
            let Some(octal) = octal else { return Err(invalid_syntax_bytea()) };
            i += 4;
            ((octal[0] - b'0') << 6) | ((octal[1] - b'0') << 3) | (octal[2] - b'0')
        };
        out.push_str(&format!("{value:02x}"));
    }
    Ok(out)
}

fn invalid_syntax_bytea() -> crate::findings::Stop {
    PgError::new(state::INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea").into()
}

/// The bits of `b101`, `x1F` or bare digits.
fn bits(text: &str) -> PgResult<String> {
    let bad = |what: &str, c: char| {
        let message = format!("\"{c}\" is not a valid {what} digit");
        Err(PgError::new(state::INVALID_TEXT_REPRESENTATION, message).into())
    };
    let (hex, digits) = match text.as_bytes().first() {
        Some(b'b' | b'B') => (false, &text[1..]),
        Some(b'x' | b'X') => (true, &text[1..]),
        Some(_) | None => (false, text),
    };
    let mut out = String::with_capacity(digits.len());
    for c in digits.chars() {
        match (hex, c.to_digit(16)) {
            (true, Some(value)) => out.push_str(&format!("{value:04b}")),
            (true, None) => return bad("hexadecimal", c),
            (false, Some(0 | 1)) => out.push(c),
            (false, _) => return bad("binary", c),
        }
    }
    Ok(out)
}

/// PostgreSQL: bit_in.
pub fn bit_in(text: &str, typmod: i32) -> PgResult<String> {
    let bits = bits(text)?;
    if typmod > 0 && usize::try_from(typmod).is_ok_and(|length| length != bits.len()) {
        let message = format!("bit string length {} does not match type bit({typmod})", bits.len());
        return Err(PgError::new(state::STRING_DATA_LENGTH_MISMATCH, message).into());
    }
    Ok(bits)
}

/// PostgreSQL: varbit_in.
pub fn varbit_in(text: &str, typmod: i32) -> PgResult<String> {
    let bits = bits(text)?;
    if typmod > 0 && usize::try_from(typmod).is_ok_and(|length| length < bits.len()) {
        let message = format!("bit string too long for type bit varying({typmod})");
        return Err(PgError::new(state::STRING_DATA_RIGHT_TRUNCATION, message).into());
    }
    Ok(bits)
}

/// PostgreSQL: enum_in.
pub fn enum_in(shared: &Shared, row: &PgType, text: &str) -> PgResult<Datum> {
    let label = shared.catalog.find_all::<PgEnum>(&row.oid).find(|label| label.enumlabel == text);
    if let Some(label) = label {
        // A label may be used before it is committed only when its type is as new (PostgreSQL:
        // check_safe_enum_use).
        let is_new = |oid| shared.catalog.is_new_in_transaction(oid);
        if is_new(label.oid) && !is_new(row.oid) {
            let type_text = shared.format_type(row.oid);
            let message = format!("unsafe use of new value \"{text}\" of enum type {type_text}");
            return Err(PgError::new(state::UNSAFE_NEW_ENUM_VALUE_USAGE, message)
                .hint("New enum values must be committed before they can be used.")
                .into());
        }
        return Ok(Datum::Text(text.into()));
    }
    let message =
        format!("invalid input value for enum {}: \"{text}\"", shared.format_type(row.oid));
    Err(PgError::new(state::INVALID_TEXT_REPRESENTATION, message).into())
}

/// Base types that have no input function of their own here: a text is believed.
pub fn other_in(version: u32, function: &str, row: &PgType, text: &str) -> PgResult<Datum> {
    match function {
        "citextin" | "textin" => Ok(Datum::Text(text.into())),
        "tsvectorin" => check_tsvector(text).map(|()| Datum::Raw(text.into())),
        "tsqueryin" => check_tsquery(text).map(|()| Datum::Raw(text.into())),
        "gtsvectorin" if version < 16 => {
            let message = "gtsvector_in not implemented";
            Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into())
        }
        "gtsvectorin"
        | "pg_node_tree_in"
        | "pg_ndistinct_in"
        | "pg_dependencies_in"
        | "pg_mcv_list_in"
        | "brin_bloom_summary_in"
        | "brin_minmax_multi_summary_in" => {
            let message = format!("cannot accept a value of type {}", row.typname);
            Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into())
        }
        // What is no geometry either is printed as it was written.
        _ => match geometry_in(function, text) {
            Some(printed) => printed.map(|text| Datum::Text(text.into())),
            None => Ok(Datum::Raw(text.into())),
        },
    }
}
