//! Compressed files: recognised by their first bytes, and read as what is in them.

use std::io::{Chain, Cursor, Read};
use std::path::Path;

use super::InputError;

/// A stream and how it was compressed.
pub(super) struct Unpacked {
    pub stream: Box<dyn Read>,
    pub format: Option<&'static str>,
}

/// Takes the compression off a stream, if it has one.
pub(super) fn unpack(path: &Path, stream: Box<dyn Read>) -> Result<Unpacked, InputError> {
    let (head, stream) = peek(path, stream, 8)?;
    let broken = |e: &dyn std::fmt::Display| {
        InputError::new(path, format!("cannot be unpacked: {e}"), "check that the file is whole")
    };
    let (stream, format): (Box<dyn Read>, _) = match head.as_slice() {
        [0x1F, 0x8B, ..] => (Box::new(flate2::read::MultiGzDecoder::new(stream)), "gzip"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(stream);
            (Box::new(decoder.map_err(|e| broken(&e))?), "zstd")
        }
        [0x04, 0x22, 0x4D, 0x18, ..] => {
            (Box::new(lz4_flex::frame::FrameDecoder::new(stream)), "lz4")
        }
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => {
            (Box::new(lzma_rust2::XzReader::new(stream, true)), "xz")
        }
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26] => {
            (Box::new(bzip2::read::MultiBzDecoder::new(stream)), "bzip2")
        }
        _ => return Ok(Unpacked { stream: Box::new(stream), format: None }),
    };
    Ok(Unpacked { stream, format: Some(format) })
}

/// A stream with its first bytes in front of it again.
pub(super) type Peeked = Chain<Cursor<Vec<u8>>, Box<dyn Read>>;

/// The first bytes of a stream, and the stream with them still in it.
pub(super) fn peek(
    path: &Path,
    mut stream: Box<dyn Read>,
    length: u64,
) -> Result<(Vec<u8>, Peeked), InputError> {
    let mut head = Vec::new();
    (&mut stream)
        .take(length)
        .read_to_end(&mut head)
        .map_err(|e| InputError::from_io(path, "read it", &e))?;
    Ok((head.clone(), Cursor::new(head).chain(stream)))
}
