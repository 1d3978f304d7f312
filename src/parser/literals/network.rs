//! Network addresses (PostgreSQL: utils/adt/network.c, mac.c, mac8.c).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{invalid_syntax, is_space, trim_space};
use crate::findings::{PgError, PgResult};
use crate::pg::sqlstate as state;

/// PostgreSQL: network_in.
pub fn inet_in(text: &str, is_cidr: bool) -> PgResult<String> {
    let type_name = if is_cidr { "cidr" } else { "inet" };
    let invalid = || invalid_syntax(type_name, text);
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let address: IpAddr = if address.contains(':') {
        IpAddr::V6(address.parse::<Ipv6Addr>().map_err(|_| invalid())?)
    } else {
        let octets: Vec<&str> = address.split('.').collect();
        let enough = octets.len() == 4 || (is_cidr && (1..=4).contains(&octets.len()));
        if !enough {
            return Err(invalid());
        }
        let mut bytes = [0_u8; 4];
        for (slot, octet) in bytes.iter_mut().zip(&octets) {
            let plain = !octet.is_empty() && octet.bytes().all(|b| b.is_ascii_digit());
            *slot = octet.parse().ok().filter(|_| plain).ok_or_else(invalid)?;
        }
        if octets.len() < 4 && bits.is_none() {
            // An abbreviated network has the bits of its class, or of the octets it gives.
            let class = match bytes[0] {
                0..=127 => 8,
                128..=191 => 16,
                192..=223 => 24,
                _ => 32, // multicast and what is reserved
            };
            let bits = class.max(octets.len() * 8);
            return Ok(format!("{}/{bits}", Ipv4Addr::from(bytes)));
        }
        IpAddr::V4(Ipv4Addr::from(bytes))
    };
    let most: u32 = if address.is_ipv4() { 32 } else { 128 };
    let bits = match bits {
        Some(bits) => {
            let plain = !bits.is_empty() && bits.bytes().all(|b| b.is_ascii_digit());
            bits.parse().ok().filter(|b| plain && *b <= most).ok_or_else(invalid)?
        }
        None => most,
    };
    if is_cidr && has_host_bits(address, bits) {
        return Err(PgError::new(
            state::INVALID_TEXT_REPRESENTATION,
            format!("invalid cidr value: \"{text}\""),
        )
        .detail("Value has bits set to right of mask.")
        .into());
    }
    Ok(if is_cidr || bits != most { format!("{address}/{bits}") } else { address.to_string() })
}

fn has_host_bits(address: IpAddr, bits: u32) -> bool {
    match address {
        IpAddr::V4(v4) => bits < 32 && u32::from(v4) << bits != 0,
        IpAddr::V6(v6) => bits < 128 && u128::from(v6) << bits != 0,
    }
}

/// PostgreSQL: macaddr_in, macaddr8_in.
pub fn macaddr_in(text: &str, eight: bool) -> PgResult<String> {
    let bytes = if eight { macaddr8_bytes(text) } else { macaddr_bytes(text)? };
    let bytes =
        bytes.ok_or_else(|| invalid_syntax(if eight { "macaddr8" } else { "macaddr" }, text))?;
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(pairs.join(":"))
}

/// The spellings that macaddr_in tries: the separators, how many fields, and at most how many digits each has.
const MACADDR_FORMS: [(&[&str], usize); 7] = [
    (&[":", ":", ":", ":", ":"], 0),
    (&["-", "-", "-", "-", "-"], 0),
    (&["", "", ":", "", ""], 2),
    (&["", "", "-", "", ""], 2),
    (&["", ".", "", ".", ""], 2),
    (&["", "-", "", "-", ""], 2),
    (&["", "", "", "", ""], 2),
];

/// The six bytes, None where no form fits; a field of more than two digits is out of range.
fn macaddr_bytes(text: &str) -> PgResult<Option<Vec<u8>>> {
    for (separators, width) in MACADDR_FORMS {
        let Some(fields) = hexadecimal_fields(text, separators, width) else { continue };
        let bytes: Option<Vec<u8>> = fields.iter().map(|field| u8::try_from(*field).ok()).collect();
        return match bytes {
            Some(bytes) => Ok(Some(bytes)),
            None => {
                let message = format!("invalid octet value in \"macaddr\" value: \"{text}\"");
                Err(PgError::new(state::NUMERIC_VALUE_OUT_OF_RANGE, message).into())
            }
        };
    }
    Ok(None)
}

/// What sscanf reads with `%x`, or `%2x` for a width of two, between these separators; nothing but blanks may follow.
fn hexadecimal_fields(text: &str, separators: &[&str], width: usize) -> Option<Vec<u32>> {
    let mut rest = text;
    let mut fields = Vec::with_capacity(separators.len() + 1);
    for at in 0..=separators.len() {
        if at > 0 {
            rest = rest.strip_prefix(separators[at - 1])?;
        }
        rest = rest.trim_start_matches(is_space);
        if width == 0 {
            rest = rest.strip_prefix("0x").unwrap_or(rest);
        }
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let digits = if width > 0 { digits.min(width) } else { digits };
        fields.push(u32::from_str_radix(rest.get(..digits)?, 16).ok()?);
        rest = &rest[digits..];
    }
    trim_space(rest).is_empty().then_some(fields)
}

/// PostgreSQL: macaddr8_in: pairs of digits, all or none of them parted by the same separator.
fn macaddr8_bytes(text: &str) -> Option<Vec<u8>> {
    let mut rest = trim_space(text).as_bytes();
    let mut bytes = Vec::with_capacity(8);
    let mut spacer = None;
    while let [high, low, more @ ..] = rest {
        let pair = [*high, *low];
        let pair =
            std::str::from_utf8(&pair).ok().filter(|_| pair.iter().all(u8::is_ascii_hexdigit))?;
        bytes.push(u8::from_str_radix(pair, 16).ok()?);
        rest = more;
        if let [separator @ (b':' | b'-' | b'.'), more @ ..] = rest {
            if *spacer.get_or_insert(*separator) != *separator {
                return None;
            }
            rest = more;
            if bytes.len() == 8 && !rest.is_empty() {
                return None;
            }
        }
        if bytes.len() > 8 {
            return None;
        }
    }
    match bytes.len() {
        _ if !rest.is_empty() => None,
        6 => Some([&bytes[..3], &[0xff, 0xfe], &bytes[3..]].concat()),
        8 => Some(bytes),
        _ => None, // no address has another length
    }
}
