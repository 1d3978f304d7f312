//! Finds where rows of COPY data start while a large file is still being read.

use memchr::memmem;

use super::scan::{Scanner, Stop};
use crate::source::order::records;
use crate::source::{Look, Sieve};

/// Follows statements by their ends alone; variables and conditions are not looked at.
pub struct CopySieve {
    /// The start of the statement that was not whole when last looked at.
    statement: usize,
}

impl CopySieve {
    pub fn new() -> CopySieve {
        CopySieve { statement: 0 }
    }
}

impl Default for CopySieve {
    fn default() -> CopySieve {
        CopySieve::new()
    }
}

impl Sieve for CopySieve {
    fn look(&mut self, text: &[u8]) -> Look {
        let rest = &text[self.statement.min(text.len())..];
        if memmem::find(rest, b"stdin").is_none() && memmem::find(rest, b"STDIN").is_none() {
            return Look::More;
        }
        let mut scanner = Scanner::new();
        scanner.colons = false;
        let mut at = self.statement;
        loop {
            let (stop, next) = scanner.run(text, at);
            match stop {
                Stop::Semicolon(_) => {
                    let data = scanner.words.copies_from_stdin();
                    let line = memchr::memchr(b'\n', &text[next..]).map(|n| next + n + 1);
                    match (data, line) {
                        (false, _) => {
                            at = next;
                            self.statement = at;
                        }
                        (true, None) => return Look::More,
                        (true, Some(rows)) if text.get(rows) == Some(&b'\\') => {
                            // The rows are left out already, or there are none.
                            at = next;
                            let end = memchr::memchr(b'\n', &text[rows..]);
                            let Some(end) = end else { return Look::More };
                            at = at.max(rows + end + 1);
                            self.statement = at;
                        }
                        // What a migration tool recorded is read, however long the file is.
                        (true, Some(rows)) if is_record(&text[self.statement..next]) => {
                            let end = memmem::find(&text[rows..], b"\n\\.");
                            let Some(end) = end else { return Look::More };
                            at = rows + end + 3;
                            self.statement = at;
                        }
                        (true, Some(rows)) => return Look::DataAt(rows),
                    }
                    scanner.reset();
                }
                Stop::Backslash(_) => {
                    let command = matches!(text.get(next), None | Some(b';' | b':'));
                    let line = memchr::memchr(b'\n', &text[next..]).map(|n| next + n);
                    at = if command { next } else { line.unwrap_or(text.len()) };
                }
                Stop::Colon(_) => at = next,
                Stop::End => return Look::More,
            }
        }
    }
}

/// Whether the COPY statement fills a migration tool's own table.
fn is_record(statement: &[u8]) -> bool {
    let text = String::from_utf8_lossy(statement);
    let mut words = text
        .split(|c: char| c.is_whitespace() || c == '(')
        .skip_while(|word| !word.eq_ignore_ascii_case("copy"));
    let name = words.nth(1).unwrap_or_default();
    let (schema, table) = name.rsplit_once('.').unwrap_or(("", name));
    records::is_record(schema.trim_matches('"'), table.trim_matches('"'))
}
