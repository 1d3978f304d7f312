//! Network addresses (PostgreSQL: utils/adt/network.c, mac.c, mac8.c).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{invalid_syntax, trim_space};
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
    let type_name = if eight { "macaddr8" } else { "macaddr" };
    let invalid = || invalid_syntax(type_name, text);
    if !eight {
        return six_octets(text).ok_or_else(invalid);
    }
    let body = trim_space(text);
    let mut digits = String::with_capacity(16);
    for c in body.chars() {
        if c.is_ascii_hexdigit() {
            digits.push(c.to_ascii_lowercase());
        } else if !matches!(c, ':' | '-' | '.') {
            return Err(invalid());
        }
    }
    if digits.len() == 12 {
        digits.insert_str(6, "fffe");
    }
    if digits.len() != 16 {
        return Err(invalid());
    }
    let pairs: Vec<&str> = (0..8).map(|i| &digits[i * 2..i * 2 + 2]).collect();
    Ok(pairs.join(":"))
}

/// The ways that macaddr_in reads six octets, as sscanf does: separators, then how many digits each may have.
fn six_octets(text: &str) -> Option<String> {
    const FORMS: [([&str; 5], usize); 7] = [
        ([":"; 5], 8),
        (["-"; 5], 8),
        (["", "", ":", "", ""], 2),
        (["", "", "-", "", ""], 2),
        (["", ".", "", ".", ""], 2),
        (["", "-", "", "-", ""], 2),
        ([""; 5], 2),
    ];
    FORMS.iter().find_map(|(separators, width)| {
        let mut rest = text;
        let mut octets = Vec::with_capacity(6);
        for index in 0..6 {
            if index > 0 {
                rest = rest.strip_prefix(separators[index - 1])?;
            }
            rest = rest.trim_start_matches(super::is_space);
            let sign = usize::from(rest.starts_with(['-', '+']));
            let digits = rest.bytes().skip(sign).take(width - sign);
            let end = sign + digits.take_while(u8::is_ascii_hexdigit).count();
            let octet = i64::from_str_radix(&rest[..end], 16).ok();
            octets.push(format!("{:02x}", octet.filter(|octet| (0..=255).contains(octet))?));
            rest = &rest[end..];
        }
        trim_space(rest).is_empty().then(|| octets.join(":"))
    })
}
