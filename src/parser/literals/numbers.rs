//! Numbers (PostgreSQL: utils/adt/numutils.c, float.c, numeric.c).

use super::{invalid_syntax, is_space, trim_space};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::Datum;
use crate::pg::sqlstate as state;

fn out_of_range(type_name: &str, text: &str) -> Stop {
    PgError::new(
        state::NUMERIC_VALUE_OUT_OF_RANGE,
        format!("value \"{text}\" is out of range for type {type_name}"),
    )
    .into()
}

/// Why digits are no integer.
enum Fault {
    Syntax,
    Range,
}

/// Decimal, hexadecimal, octal or binary digits with single underscores between (PostgreSQL: pg_strtoint64_safe).
fn parse_integer(text: &str) -> Result<i128, Fault> {
    let body = trim_space(text);
    let (negative, digits) = match body.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    let bytes = digits.as_bytes();
    let (radix, digits) = match bytes {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        _ => (10, digits), // no prefix: decimal
    };
    let mut value: i128 = 0;
    let mut previous_is_digit = radix != 10;
    let mut any = false;
    let mut overflow = false;
    for c in digits.chars() {
        if c == '_' {
            if !previous_is_digit {
                return Err(Fault::Syntax);
            }
            previous_is_digit = false;
            continue;
        }
        let Some(digit) = c.to_digit(radix) else { return Err(Fault::Syntax) };
        any = true;
        previous_is_digit = true;
        value = value * i128::from(radix) + i128::from(digit);
        if value > i128::from(u64::MAX) {
            overflow = true;
            value = i128::from(u64::MAX);
        }
    }
    if !any || !previous_is_digit {
        return Err(Fault::Syntax);
    }
    if overflow {
        return Err(Fault::Range);
    }
    Ok(if negative { -value } else { value })
}

fn integer_in<T: TryFrom<i128>>(text: &str, type_name: &str) -> PgResult<T> {
    match parse_integer(text) {
        Ok(value) => T::try_from(value).map_err(|_| out_of_range(type_name, text)),
        Err(Fault::Range) => Err(out_of_range(type_name, text)),
        Err(Fault::Syntax) => Err(invalid_syntax(type_name, text)),
    }
}

/// PostgreSQL: int2in.
pub fn int2_in(text: &str) -> PgResult<i16> {
    integer_in(text, "smallint")
}

/// PostgreSQL: int4in.
pub fn int4_in(text: &str) -> PgResult<i32> {
    integer_in(text, "integer")
}

/// PostgreSQL: int8in.
pub fn int8_in(text: &str) -> PgResult<i64> {
    integer_in(text, "bigint")
}

/// The integer that the scanner's text of a number stands for, if it fits.
pub fn strict_i64(text: &str) -> Option<i64> {
    parse_integer(text).ok().and_then(|value| i64::try_from(value).ok())
}

/// PostgreSQL: oidin (uint32in_subr).
pub fn oid_in(text: &str) -> PgResult<u32> {
    let body = trim_space(text);
    let (negative, digits) = match body.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(invalid_syntax("oid", text));
    }
    let value: u64 = digits.parse().map_err(|_| out_of_range("oid", text))?;
    if negative {
        let value = i64::try_from(value).map_err(|_| out_of_range("oid", text))?;
        let value = i32::try_from(-value).map_err(|_| out_of_range("oid", text))?;
        return Ok(value as u32);
    }
    u32::try_from(value).map_err(|_| out_of_range("oid", text))
}

/// Underscores, and prefixes of other bases, which PostgreSQL 16 has brought.
pub fn is_newly_written(text: &str) -> bool {
    let body = trim_space(text).trim_start_matches(['+', '-']);
    let based = body.as_bytes().first() == Some(&b'0')
        && matches!(body.as_bytes().get(1), Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B'));
    based || body.contains('_')
}

/// Numbers with blanks between them (PostgreSQL: int2vectorin, oidvectorin).
pub fn vector_in(text: &str, of_int2: bool) -> PgResult<Datum> {
    let mut words = Vec::new();
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if of_int2 {
            words.push(int2_in(word)?.to_string());
            continue;
        }
        // Oids need nothing between them but a sign.
        let mut rest = word;
        while !rest.is_empty() {
            let sign = rest.len() - rest.trim_start_matches(['+', '-']).len();
            let digits = rest[sign..].find(|c: char| !c.is_ascii_digit());
            let end = digits.map_or(rest.len(), |digits| sign + digits.max(1));
            let Some(number) = rest.get(..end) else { return Err(invalid_syntax("oid", text)) };
            words.push(oid_in(number).map_err(|_| invalid_syntax("oid", text))?.to_string());
            rest = &rest[end..];
        }
    }
    Ok(Datum::Text(words.join(" ").into()))
}

/// PostgreSQL: float4in, float8in; the text as float8out prints it.
pub fn float_in(text: &str, single: bool) -> PgResult<String> {
    let type_name = if single { "real" } else { "double precision" };
    let body = trim_space(text);
    let lower = body.to_ascii_lowercase();
    match lower.as_str() {
        "nan" => return Ok("NaN".to_string()),
        "infinity" | "+infinity" | "inf" | "+inf" => return Ok("Infinity".to_string()),
        "-infinity" | "-inf" => return Ok("-Infinity".to_string()),
        _ => {} // an ordinary number, looked at below
    }
    let unsigned = lower.strip_prefix(['-', '+']).unwrap_or(&lower);
    if unsigned.starts_with("0x") {
        // C's strtod takes hexadecimal floats; their digits are ours to believe.
        return Ok(body.to_string());
    }
    if !is_decimal(unsigned) {
        return Err(invalid_syntax(type_name, text));
    }
    let range = || -> Stop {
        PgError::new(
            state::NUMERIC_VALUE_OUT_OF_RANGE,
            format!("\"{body}\" is out of range for type {type_name}"),
        )
        .into()
    };
    let nonzero =
        unsigned.bytes().take_while(|b| *b != b'e').any(|b| b.is_ascii_digit() && b != b'0');
    if single {
        let value: f32 = lower.parse().map_err(|_| invalid_syntax(type_name, text))?;
        if value.is_infinite() || (value == 0.0 && nonzero) {
            return Err(range());
        }
        return Ok(print_float(&format!("{value:e}"), 6));
    }
    let value: f64 = lower.parse().map_err(|_| invalid_syntax(type_name, text))?;
    if value.is_infinite() || (value == 0.0 && nonzero) {
        return Err(range());
    }
    Ok(print_float(&format!("{value:e}"), 15))
}

/// Digits with at most one point and an exponent.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let exponent_ok = exponent.is_none_or(|e| {
        let e = e.strip_prefix(['-', '+']).unwrap_or(e);
        !e.is_empty() && digits(e)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_ok
}

/// The shortest digits as PostgreSQL lays them out: an exponent below 1e-4 or from 1e+15 (for float4 1e+06) on.
fn print_float(scientific: &str, most: i32) -> String {
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return scientific.to_string();
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    if exponent < -4 || exponent >= most {
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { String::new() } else { format!(".{rest}") };
        let esign = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{point}e{esign}{:02}", exponent.abs());
    }
    let count = i32::try_from(digits.len()).unwrap_or(0);
    if exponent < 0 {
        let zeros = "0".repeat(usize::try_from(-exponent - 1).unwrap_or(0));
        return format!("{sign}0.{zeros}{digits}");
    }
    if count <= exponent + 1 {
        let zeros = "0".repeat(usize::try_from(exponent + 1 - count).unwrap_or(0));
        return format!("{sign}{digits}{zeros}");
    }
    let (whole, fraction) = digits.split_at(usize::try_from(exponent + 1).unwrap_or(0));
    format!("{sign}{whole}.{fraction}")
}

/// PostgreSQL: numeric_in; the text as numeric_out prints it, rounded where the typmod asks.
pub fn numeric_in(text: &str, typmod: i32) -> PgResult<String> {
    let body = trim_space(text);
    let lower = body.to_ascii_lowercase();
    match lower.as_str() {
        "nan" => return Ok("NaN".to_string()),
        "infinity" | "+infinity" | "inf" | "+inf" => return Ok("Infinity".to_string()),
        "-infinity" | "-inf" => return Ok("-Infinity".to_string()),
        _ => {} // an ordinary number
    }
    let (negative, unsigned) = match lower.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, lower.strip_prefix('+').unwrap_or(&lower)),
    };
    let digits = plain_digits(unsigned).ok_or_else(|| invalid_syntax("numeric", text))?;
    let (whole, fraction) = match digits {
        Digits::Plain(whole, fraction) => (whole, fraction),
        Digits::TooLong => {
            return Err(PgError::new(
                state::NUMERIC_VALUE_OUT_OF_RANGE,
                "value overflows numeric format",
            )
            .into());
        }
    };
    apply_numeric_typmod(negative, whole, fraction, typmod)
}

enum Digits {
    Plain(String, String),
    TooLong,
}

/// Digits before and after the point, with exponent and underscores worked in; None is bad syntax.
fn plain_digits(unsigned: &str) -> Option<Digits> {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if unsigned.starts_with(prefix) {
            let value = match parse_integer(unsigned) {
                Ok(value) => value.to_string(),
                Err(Fault::Range) => big_radix(&unsigned[2..], radix)?,
                Err(Fault::Syntax) => return None,
            };
            return Some(Digits::Plain(value, String::new()));
        }
    }
    let (mantissa, exponent) = match unsigned.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let clean = |part: &str| -> Option<String> {
        let ok = part.bytes().all(|b| b.is_ascii_digit() || b == b'_')
            && !part.starts_with('_')
            && !part.ends_with('_')
            && !part.contains("__");
        ok.then(|| part.replace('_', ""))
    };
    let (mut whole, mut fraction) = (clean(whole)?, clean(fraction)?);
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if let Some(exponent) = exponent {
        let (minus, digits) = match exponent.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, exponent.strip_prefix('+').unwrap_or(exponent)),
        };
        let digits = clean(digits).filter(|d| !d.is_empty())?;
        let Ok(shift) = digits.parse::<usize>() else { return Some(Digits::TooLong) };
        if shift > 131_072 {
            return Some(Digits::TooLong);
        }
        if minus {
            let pad = shift.saturating_sub(whole.len());
            whole.insert_str(0, &"0".repeat(pad));
            let tail = whole.split_off(whole.len() - shift);
            fraction.insert_str(0, &tail);
        } else {
            let pad = shift.saturating_sub(fraction.len());
            fraction.push_str(&"0".repeat(pad));
            let rest = fraction.split_off(shift);
            whole.push_str(&fraction);
            fraction = rest;
        }
    }
    if whole.trim_start_matches('0').len() > 131_072 || fraction.len() > 16_383 {
        return Some(Digits::TooLong);
    }
    Some(Digits::Plain(whole, fraction))
}

/// A number of any length in another base, in decimal.
fn big_radix(digits: &str, radix: u32) -> Option<String> {
    let mut decimal: Vec<u32> = vec![0];
    for c in digits.chars().filter(|c| *c != '_') {
        let mut carry = c.to_digit(radix)?;
        for place in decimal.iter_mut() {
            let value = *place * radix + carry;
            *place = value % 10;
            carry = value / 10;
        }
        while carry > 0 {
            decimal.push(carry % 10);
            carry /= 10;
        }
    }
    Some(decimal.iter().rev().filter_map(|d| char::from_digit(*d, 10)).collect())
}

/// Rounds to the typmod's scale and checks its precision (PostgreSQL: apply_typmod, numeric.c).
fn apply_numeric_typmod(
    negative: bool,
    whole: String,
    fraction: String,
    typmod: i32,
) -> PgResult<String> {
    let mut whole = whole.trim_start_matches('0').to_string();
    let mut fraction = fraction;
    if typmod >= 4 {
        let packed = typmod - 4;
        let precision = (packed >> 16) & 0xffff;
        let scale = ((packed & 0x7ff) ^ 1024) - 1024;
        if let Ok(scale) = usize::try_from(scale) {
            round(&mut whole, &mut fraction, scale);
        } else {
            round_whole(&mut whole, usize::try_from(-scale).unwrap_or(0));
            fraction.clear();
        }
        let most = precision - scale;
        let too_wide = (most >= 0 && i32::try_from(whole.len()).unwrap_or(i32::MAX) > most)
            || (most < 0 && fraction_leading_zeros(&whole, &fraction) < -most);
        if too_wide && (!whole.is_empty() || fraction.bytes().any(|b| b != b'0')) {
            let power = if most == 0 { "1".to_string() } else { format!("10^{most}") };
            return Err(PgError::new(
                state::NUMERIC_VALUE_OUT_OF_RANGE,
                "numeric field overflow",
            )
            .detail(format!(
                "A field with precision {precision}, scale {scale} must round to an absolute value less than {power}."
            ))
            .into());
        }
    }
    if whole.is_empty() {
        whole.push('0');
    }
    let zero = whole.bytes().chain(fraction.bytes()).all(|b| b == b'0');
    let sign = if negative && !zero { "-" } else { "" };
    Ok(if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    })
}

fn fraction_leading_zeros(whole: &str, fraction: &str) -> i32 {
    if !whole.is_empty() {
        return 0;
    }
    i32::try_from(fraction.bytes().take_while(|b| *b == b'0').count()).unwrap_or(0)
}

/// Half away from zero, to so many digits after the point.
fn round(whole: &mut String, fraction: &mut String, scale: usize) {
    if fraction.len() <= scale {
        let pad = scale - fraction.len();
        fraction.push_str(&"0".repeat(pad));
        return;
    }
    let up = fraction.as_bytes()[scale] >= b'5';
    fraction.truncate(scale);
    if up {
        let joined = increment(&format!("{whole}{fraction}"));
        let split = joined.len() - scale;
        *fraction = joined[split..].to_string();
        *whole = joined[..split].trim_start_matches('0').to_string();
    }
}

/// Rounds away so many digits before the point.
fn round_whole(whole: &mut String, places: usize) {
    let padded = format!("{}{whole}", "0".repeat((places + 1).saturating_sub(whole.len())));
    let (kept, cut) = padded.split_at(padded.len() - places);
    let up = cut.as_bytes().first().is_some_and(|b| *b >= b'5');
    let kept = if up { increment(kept) } else { kept.to_string() };
    let kept = kept.trim_start_matches('0');
    *whole = if kept.is_empty() { String::new() } else { format!("{kept}{}", "0".repeat(places)) };
}

/// The decimal number plus one.
fn increment(digits: &str) -> String {
    let mut bytes: Vec<u8> = digits.bytes().collect();
    for place in bytes.iter_mut().rev() {
        if *place == b'9' {
            *place = b'0';
        } else {
            *place += 1;
            return bytes.iter().map(|b| char::from(*b)).collect();
        }
    }
    let rest: String = bytes.iter().map(|b| char::from(*b)).collect();
    format!("1{rest}")
}
