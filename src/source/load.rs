//! From a path to a `Source`: opened, unpacked, decoded, and rows of COPY data left out.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::decode::{self, Encoding};
use super::{Gap, InputError, Source, archive, unpack};

/// Above this many bytes, rows of COPY data are not kept.
const KEEP_WHOLE: usize = 4 << 20;
/// How much is read at a time.
const CHUNK: usize = 1 << 20;
/// Positions are 32 bits wide.
const LONGEST: usize = u32::MAX as usize - 1;

/// What a sieve says of a text that is being read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// No data block starts in what was shown.
    More,
    /// A block of COPY data starts at this position of the kept text.
    DataAt(usize),
}

/// Knows where rows of COPY data start; the splitter in `psql` does.
pub trait Sieve {
    /// `text` is what is kept so far; it is shown again, longer, at every call.
    fn look(&mut self, text: &[u8]) -> Look;
}

/// A sieve that leaves nothing out.
pub struct KeepAll;

impl Sieve for KeepAll {
    fn look(&mut self, _text: &[u8]) -> Look {
        Look::More
    }
}

/// Reads one file, or one archive in pg_dump's directory format.
pub fn read_file(path: &Path, name: &str, sieve: &mut dyn Sieve) -> Result<Source, InputError> {
    let toc = path.join("toc.dat");
    let opened = match (path.is_dir(), toc.is_file()) {
        (true, true) => toc.as_path(),
        (true, false) => {
            return Err(InputError::new(path, "is a directory", "name a file in it"));
        }
        (false, _) => path,
    };
    let file = File::open(opened).map_err(|e| InputError::from_io(opened, "open it", &e))?;
    read_stream(path, name, Box::new(file), sieve)
}

/// Reads a file whose bytes are at hand already.
pub fn read_bytes(path: &Path, name: &str, bytes: Vec<u8>) -> Result<Source, InputError> {
    read_stream(path, name, Box::new(std::io::Cursor::new(bytes)), &mut KeepAll)
}

fn read_stream(
    path: &Path,
    name: &str,
    stream: Box<dyn Read>,
    sieve: &mut dyn Sieve,
) -> Result<Source, InputError> {
    let unpacked = unpack::unpack(path, stream)?;
    let (head, stream) = unpack::peek(path, unpacked.stream, 1024)?;
    let mut stream: Box<dyn Read> = Box::new(stream);
    let tar = archive::is_tar(&head);
    if tar || head.starts_with(archive::MAGIC) {
        let read = archive::read(&mut stream, tar).map_err(|what| {
            InputError::new(path, what, "make a plain script of it: pg_restore -f OUT.sql FILE")
        })?;
        let mut source = finish(path, name, read.sql, Vec::new())?;
        source.notes.push(read.note);
        source.unpacked = Some("pg_dump archive");
        return Ok(source);
    }
    let mut intake = Intake { path, stream, kept: Vec::new(), ended: false };
    let mut gaps = Vec::new();
    intake.fill(KEEP_WHOLE)?;
    if !intake.ended && decode::recognise(&intake.kept) == Encoding::Utf8 {
        intake.sift(sieve, &mut gaps)?;
    } else {
        intake.fill(LONGEST)?;
    }
    let mut source = finish(path, name, intake.kept, gaps)?;
    source.unpacked = unpacked.format;
    Ok(source)
}

fn finish(
    path: &Path,
    name: &str,
    kept: Vec<u8>,
    mut gaps: Vec<Gap>,
) -> Result<Source, InputError> {
    let decoded = decode::decode(kept)
        .map_err(|what| InputError::new(path, what, "give a plain SQL file or a pg_dump file"))?;
    for gap in &mut gaps {
        // A gap was placed by the raw position; decoding may have moved it.
        let mut moved = gap.at;
        for &(position, added) in &decoded.grown {
            if position - added > gap.at {
                break;
            }
            moved = gap.at + added;
        }
        gap.at = moved;
    }
    if decoded.text.len() > LONGEST {
        return Err(too_long(path));
    }
    Ok(Source {
        name: name.to_string(),
        path: path.to_path_buf(),
        text: Arc::from(decoded.text),
        gaps,
        grown: decoded.grown,
        encoding: decoded.encoding,
        unpacked: None,
        notes: decoded.note.into_iter().collect(),
        lines: OnceLock::new(),
    })
}

fn too_long(path: &Path) -> InputError {
    InputError::new(
        path,
        "holds more than 4 GiB of SQL",
        "dump the schema alone (pg_dump --schema-only)",
    )
}

/// A file on its way in: what is kept of it so far, and the rest.
struct Intake<'a> {
    path: &'a Path,
    stream: Box<dyn Read>,
    kept: Vec<u8>,
    ended: bool,
}

impl Intake<'_> {
    /// Reads until `length` bytes are kept or the file ends.
    fn fill(&mut self, length: usize) -> Result<(), InputError> {
        while !self.ended && self.kept.len() < length {
            let mut kept = std::mem::take(&mut self.kept);
            let wanted = (length - kept.len()).min(CHUNK);
            let read = self.read_onto(&mut kept, wanted);
            self.kept = kept;
            read?;
        }
        if !self.ended && self.kept.len() >= LONGEST { Err(too_long(self.path)) } else { Ok(()) }
    }

    fn read_onto(&mut self, onto: &mut Vec<u8>, wanted: usize) -> Result<usize, InputError> {
        let read = (&mut self.stream)
            .take(wanted as u64)
            .read_to_end(onto)
            .map_err(|e| InputError::from_io(self.path, "read it", &e))?;
        self.ended = read < wanted;
        Ok(read)
    }

    /// Reads to the end, leaving out the rows of COPY data that the sieve points at.
    fn sift(&mut self, sieve: &mut dyn Sieve, gaps: &mut Vec<Gap>) -> Result<(), InputError> {
        let mut shown = 0;
        loop {
            match sieve.look(&self.kept) {
                Look::DataAt(at) => {
                    self.drop_rows(at, gaps)?;
                    shown = at;
                }
                Look::More if self.ended => return Ok(()),
                // What no statement end was found in is shown again only when it is twice as long.
                Look::More => {
                    let fresh = (self.kept.len() - shown).max(CHUNK);
                    self.fill((self.kept.len() + fresh).min(LONGEST))?;
                }
            }
        }
    }

    /// Drops what follows `at` up to the line that ends the data, and counts its rows.
    fn drop_rows(&mut self, at: usize, gaps: &mut Vec<Gap>) -> Result<(), InputError> {
        let mut gap = Gap { at: at as u32, bytes: 0, rows: 0 };
        let mut chunk = self.kept.split_off(at.min(self.kept.len()));
        let mut at_line_start = true;
        loop {
            if let Some(end) = end_of_rows(&chunk, at_line_start, self.ended) {
                gap.bytes += end as u64;
                gap.rows += rows(&chunk[..end]);
                self.kept.extend_from_slice(&chunk[end..]);
                break;
            }
            if self.ended {
                gap.bytes += chunk.len() as u64;
                gap.rows += rows(&chunk);
                break;
            }
            // A terminator may be cut in two by the chunk's end: its last bytes are looked at again.
            let whole = chunk.len().saturating_sub(4);
            if let Some(&last) = chunk[..whole].last() {
                at_line_start = last == b'\n';
            }
            gap.bytes += whole as u64;
            gap.rows += rows(&chunk[..whole]);
            chunk.drain(..whole);
            self.read_onto(&mut chunk, CHUNK)?;
        }
        if gap.bytes > 0 {
            gaps.push(gap);
        }
        Ok(())
    }
}

fn rows(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Where the line `\.` starts; `None` when it is not in these bytes, or not whole.
fn end_of_rows(bytes: &[u8], at_line_start: bool, ended: bool) -> Option<usize> {
    let whole = |rest: &[u8]| {
        rest.starts_with(b"\n") || rest.starts_with(b"\r\n") || (ended && rest.len() < 2)
    };
    if at_line_start && bytes.starts_with(b"\\.") && whole(&bytes[2..]) {
        return Some(0);
    }
    memchr::memmem::find_iter(bytes, b"\n\\.")
        .find(|&found| whole(&bytes[found + 3..]))
        .map(|found| found + 1)
}
