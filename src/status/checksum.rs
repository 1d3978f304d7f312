//! The checksums that migration tools record of their files, where their algorithm is public and simple.

use sha2::{Digest, Sha256, Sha384};

/// How a tool takes a checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// SHA-256 of the file in hexadecimal digits (Prisma, Drizzle).
    Sha256,
    /// SHA-384 of the file, as bytea (sqlx).
    Sha384,
    /// CRC-32 of the lines without their ends, as a signed number (Flyway).
    FlywayCrc32,
}

/// Whether the recorded checksum is that of the text, with either way of ending lines.
pub(super) fn matches(kind: Kind, recorded: &str, text: &str) -> bool {
    let recorded = recorded.trim();
    match kind {
        Kind::FlywayCrc32 => recorded.parse::<i32>().is_ok_and(|sum| sum == flyway(text)),
        Kind::Sha256 | Kind::Sha384 => {
            let recorded = recorded.trim_start_matches('\\').trim_start_matches('x').to_lowercase();
            let unix = text.replace("\r\n", "\n");
            let windows = unix.replace('\n', "\r\n");
            [text, &unix, &windows].iter().any(|text| digest(kind, text) == recorded)
        }
    }
}

fn digest(kind: Kind, text: &str) -> String {
    let bytes = match kind {
        Kind::Sha384 => Sha384::digest(text.as_bytes()).to_vec(),
        Kind::Sha256 | Kind::FlywayCrc32 => Sha256::digest(text.as_bytes()).to_vec(),
    };
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Flyway: ChecksumCalculator.
fn flyway(text: &str) -> i32 {
    let mut crc = u32::MAX;
    for line in text.lines() {
        for byte in line.bytes() {
            crc ^= u32::from(byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            }
        }
    }
    (!crc).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::{Kind, matches};

    #[test]
    fn known_sums_match() {
        // python3 -c "import zlib; print(zlib.crc32(b'SELECT 1;SELECT 2;'))"
        assert!(matches(Kind::FlywayCrc32, "-1665099012", "SELECT 1;\nSELECT 2;\n"));
        let sum = "17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a";
        assert!(matches(Kind::Sha256, sum, "SELECT 1;"));
        assert!(!matches(Kind::Sha256, sum, "SELECT 2;"));
    }
}
