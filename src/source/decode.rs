//! From a file's bytes to UTF-8 text: byte order marks, UTF-16, Windows-1252, and what is no text.

/// What a file's bytes were.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Windows1252,
}

/// A decoded text.
#[derive(Debug)]
pub struct Decoded {
    pub text: String,
    pub encoding: Encoding,
    /// Pairs (decoded position, bytes that decoding has added up to it).
    pub grown: Vec<(u32, u32)>,
    pub note: Option<String>,
}

/// Which encoding the first bytes of a file are in; UTF-16 is told by its mark or by its zeros.
pub fn recognise(head: &[u8]) -> Encoding {
    if head.starts_with(&[0xFF, 0xFE]) {
        return Encoding::Utf16LittleEndian;
    }
    if head.starts_with(&[0xFE, 0xFF]) {
        return Encoding::Utf16BigEndian;
    }
    let sample = &head[..head.len().min(4096) & !1];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = sample.len() / 2;
    if pairs >= 2 && odd * 10 >= pairs * 4 && even * 20 <= pairs {
        return Encoding::Utf16LittleEndian;
    }
    if pairs >= 2 && even * 10 >= pairs * 4 && odd * 20 <= pairs {
        return Encoding::Utf16BigEndian;
    }
    Encoding::Utf8
}

/// Decodes a whole file; `Err` says what the file is when it is no text.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, String> {
    let encoding = recognise(&bytes);
    match encoding {
        Encoding::Utf16LittleEndian => Ok(utf16(&bytes, encoding, u16::from_le_bytes)),
        Encoding::Utf16BigEndian => Ok(utf16(&bytes, encoding, u16::from_be_bytes)),
        Encoding::Utf8 | Encoding::Windows1252 => decode_bytes(bytes),
    }
}

fn decode_bytes(bytes: Vec<u8>) -> Result<Decoded, String> {
    if let Some(kind) = known_binary(&bytes) {
        return Err(kind.to_string());
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(format!("binary data, not SQL text (a zero byte at offset {at})"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, encoding: Encoding::Utf8, grown: Vec::new(), note: None }),
        Err(error) => windows1252(error),
    }
}

fn utf16(bytes: &[u8], encoding: Encoding, unit: fn([u8; 2]) -> u16) -> Decoded {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut broken = 0usize;
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok('\u{FEFF}') if text.is_empty() => {}
            Ok(c) => text.push(c),
            Err(_) => {
                broken += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    broken += bytes.len() % 2;
    let note = if broken == 0 {
        "read as UTF-16; offsets are those of the same text in UTF-8".to_string()
    } else {
        format!("read as UTF-16, of which {broken} characters are broken")
    };
    Decoded { text, encoding, grown: Vec::new(), note: Some(note) }
}

/// The bytes 0x80 to 0x9F of Windows-1252; the five unassigned ones stay what they are in Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn windows1252(error: std::string::FromUtf8Error) -> Result<Decoded, String> {
    let first = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let controls = bytes.iter().filter(|&&b| b < 9 || (14..32).contains(&b)).count();
    if controls * 50 > bytes.len() {
        return Err("binary data, not SQL text".to_string());
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut grown = Vec::new();
    let mut added = 0u32;
    for &byte in &bytes {
        let c = match byte {
            0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
            _ => char::from(byte), // Latin-1 is the first 256 characters of Unicode.
        };
        text.push(c);
        if c.len_utf8() > 1 {
            added += c.len_utf8() as u32 - 1;
            grown.push((text.len() as u32, added));
        }
    }
    let note = format!("not UTF-8 (first at byte {first}); read as Windows-1252");
    Ok(Decoded { text, encoding: Encoding::Windows1252, grown, note: Some(note) })
}

/// Files that are often at hand where SQL was meant, by their first bytes.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 9] = [
        (b"SQLite format 3\0", "a SQLite database, not SQL text"),
        (b"PK\x03\x04", "a zip file, not SQL text: unpack it first"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z file, not SQL text: unpack it first"),
        (b"\x7FELF", "a program, not SQL text"),
        (b"%PDF-", "a PDF document, not SQL text"),
        (b"\x89PNG", "an image, not SQL text"),
        (b"PGCOPY\n\xFF\r\n\0", "binary COPY data, not SQL text"),
        (b"TAPE", "a SQL Server backup, not SQL text"),
        (b"\x00\x00\x00\x00", "binary data, not SQL text"),
    ];
    KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, kind)| kind)
}
