//! Mutated statements: whatever is thrown at the simulation, it neither panics nor hangs.
//!
//! The corpus is tests/conformance: each file is replayed, and at each statement mutants of it (bytes, tokens, whole
//! clauses of other statements) run on a copy of the session, whose catalog is dumped now and then.
//! `PGRECKON_MUTATIONS` sets how many there are (5,000), `PGRECKON_SEED` where the numbers start, `PGRECKON_CORPUS`
//! another folder to start from.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use pgreckon::catalog::builtin;
use pgreckon::deparse::pg_dump::{Options, dump};
use pgreckon::nodes::{self, ParseMode};
use pgreckon::pg::version::Version;
use pgreckon::psql::{Segment, segments};
use pgreckon::session::{Outcome, Session};
use pgreckon::source::{SourceId, Span};

/// What one mutant may take in a build without optimisation.
const PATIENCE: Duration = Duration::from_secs(30);

/// Numbers that are the same in every run (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Below `limit`; 0 when that is 0.
    fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.next() >> 11) as usize % limit }
    }

    fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        items.get(self.below(items.len()))
    }
}

fn corpus() -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    gather(&std::env::var_os("PGRECKON_CORPUS").map_or_else(own, PathBuf::from), &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).expect("the corpus can be read");
        let text = String::from_utf8_lossy(&bytes);
        let sql: String =
            text.lines().filter(|line| !line.starts_with("--=")).flat_map(|l| [l, "\n"]).collect();
        let statements =
            segments(SourceId(0), &sql).into_iter().filter_map(|segment| match segment {
                Segment::Statement(statement) => Some(statement.text().to_string()),
                Segment::CopyData(_) | Segment::Meta(_) | Segment::Note(_) => None,
            });
        statements.collect()
    };
    paths.iter().map(read).collect()
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, paths);
        } else if path.extension().is_some_and(|e| e == "sql") {
            paths.push(path);
        }
    }
}

/// Words, numbers, strings, operators and blanks, each with its bytes.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |test: &dyn Fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let end = match first {
            '\'' | '"' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
            c if c.is_alphanumeric() || c == '_' => run(&|c| c.is_alphanumeric() || c == '_'),
            c if c.is_whitespace() => run(&char::is_whitespace),
            c => c.len_utf8(),
        };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

/// Words at which a clause begins.
const CLAUSES: &[&str] = &[
    "select",
    "from",
    "where",
    "group",
    "having",
    "order",
    "limit",
    "offset",
    "window",
    "union",
    "values",
    "set",
    "returning",
    "on",
    "using",
    "with",
    "as",
    "default",
    "check",
    "references",
    "constraint",
    "generated",
    "partition",
    "for",
    "execute",
    "language",
    "returns",
    "begin",
    "declare",
    "end",
    "if",
    "into",
    "when",
    "then",
    "join",
    "over",
    "filter",
    "to",
    "add",
    "drop",
    "alter",
    "create",
];

/// The ranges of tokens that are clauses or parentheses.
fn clauses(tokens: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut starts = Vec::new();
    let mut last = 0;
    for (at, token) in tokens.iter().enumerate() {
        if *token == "(" {
            starts.push(at);
        } else if *token == ")" {
            found.extend(starts.pop().map(|start| (start, at + 1)));
        } else if CLAUSES.contains(&token.to_ascii_lowercase().as_str()) {
            found.push((last, at));
            last = at;
        }
    }
    found.push((last, tokens.len()));
    found.retain(|(start, end)| start < end);
    found
}

/// Texts that stand where they are least expected.
const ODDITIES: &[&str] = &[
    "'",
    "\"",
    "$$",
    "--",
    "/*",
    "\\",
    "\u{0}",
    "é",
    "\u{10FFFF}",
    "::",
    "[",
    "]",
    "(",
    ")",
    ";",
    ".",
    "*",
    "NULL",
    "-9223372036854775808",
    "99999999999999999999",
    "1e400",
    "0x",
    "'{'",
    "'[1,'",
    "''::date",
    "E'\\u'",
    "U&'\\+110000'",
    "$1",
    ":x",
    "ROW()",
    "ARRAY[]",
    "'infinity'",
    "b'2'",
    "x",
    "DEFAULT",
];

fn mutate_bytes(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(chars.len() + 1);
        match random.below(4) {
            0 => {
                let end = (at + 1 + random.below(4)).min(chars.len());
                chars.drain(at.min(end)..end);
            }
            1 => {
                let odd = random.pick(ODDITIES).copied().unwrap_or_default();
                chars.splice(at..at, odd.chars());
            }
            2 => {
                let end = (at + random.below(12)).min(chars.len());
                let copy: Vec<char> = chars[at.min(end)..end].to_vec();
                chars.splice(at..at, copy);
            }
            _ => {
                if let Some(c) = chars.get_mut(at) {
                    *c = char::from(32 + random.below(95) as u8);
                }
            }
        }
    }
    chars.into_iter().collect()
}

fn mutate_tokens(text: &str, other: &str, random: &mut Random) -> String {
    let (mut own, foreign) = (tokens(text), tokens(other));
    for _ in 0..=random.below(3) {
        let at = random.below(own.len());
        match random.below(5) {
            0 if !own.is_empty() => drop(own.remove(at)),
            1 => own.extend(random.pick(&foreign)),
            2 => own.insert(at, random.pick(&foreign).copied().unwrap_or(" ")),
            3 => own.insert(at, random.pick(ODDITIES).copied().unwrap_or(" ")),
            _ => {
                if let (Some(token), Some(new)) = (own.get_mut(at), random.pick(&foreign)) {
                    *token = new;
                }
            }
        }
    }
    own.concat()
}

fn mutate_clauses(text: &str, other: &str, random: &mut Random) -> String {
    let (own, foreign) = (tokens(text), tokens(other));
    let (places, pieces) = (clauses(&own), clauses(&foreign));
    let Some(&(start, end)) = random.pick(&places) else { return text.to_string() };
    let piece = random.pick(&pieces).map_or(&[][..], |&(from, to)| &foreign[from..to]);
    let kept = if random.below(4) == 0 { start } else { end };
    [&own[..start], piece, &[" "], &own[kept..]].concat().concat()
}

fn mutant(text: &str, other: &str, random: &mut Random) -> String {
    match random.below(4) {
        0 => mutate_bytes(text, random),
        1 => mutate_tokens(text, other, random),
        2 => mutate_clauses(text, other, random),
        _ => {
            let once = mutate_clauses(text, other, random);
            mutate_tokens(&once, other, random)
        }
    }
}

/// Runs what psql would send of the text; the reason when something broke.
fn run(session: &mut Session, text: &str) -> Option<String> {
    for segment in segments(SourceId(0), text) {
        let Segment::Statement(statement) = segment else { continue };
        let parsed = nodes::parse(statement.text(), ParseMode::Default, true);
        let span = Span { source: SourceId(0), start: 0, end: 0 };
        let outcome = session.execute(statement.text(), &parsed, span).outcome;
        if let Outcome::Unknown(reason) = outcome
            && reason.contains("internal error")
        {
            return Some(reason);
        }
    }
    None
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn mutants_neither_panic_nor_hang() {
    let total = setting("PGRECKON_MUTATIONS", 5_000) as usize;
    let mut random = Random(setting("PGRECKON_SEED", 20_260_101).max(1));
    let files = corpus();
    let everything: Vec<String> = files.iter().flatten().cloned().collect();
    let share = total.div_ceil(everything.len().max(1));
    let (said, heard) = channel::<(String, Option<String>)>();
    let work = move || {
        let catalog = builtin::template1(Version::NEWEST);
        for file in &files {
            let mut session = Session::connect(catalog.clone(), false, true);
            for statement in file {
                for _ in 0..share {
                    let other = random.pick(&everything).cloned().unwrap_or_default();
                    let text = mutant(statement, &other, &mut random);
                    let _ = said.send((text.clone(), None)); // the listener outlives us
                    let mut copy = session.clone();
                    let broken = run(&mut copy, &text);
                    if random.below(64) == 0 {
                        dump(&copy.catalog, &Options::default());
                    }
                    let _ = said.send((text, Some(broken.unwrap_or_default())));
                }
                run(&mut session, statement);
            }
        }
    };
    let builder = std::thread::Builder::new().stack_size(pgreckon::history::STACK_SIZE);
    builder.spawn(work).expect("a thread can be had");
    let (mut at_work, mut since, mut failures) = (String::new(), Instant::now(), Vec::new());
    loop {
        match heard.recv_timeout(PATIENCE) {
            Ok((text, None)) => (at_work, since) = (text, Instant::now()),
            Ok((text, Some(reason))) => {
                let took = since.elapsed();
                if !reason.is_empty() {
                    failures.push(format!("{reason}\n{text}"));
                } else if took > PATIENCE / 3 {
                    failures.push(format!("took {took:?}\n{text}"));
                }
                at_work.clear();
            }
            Err(RecvTimeoutError::Timeout) => {
                failures.push(format!("hangs\n{at_work}"));
                break;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    if !at_work.is_empty() && failures.is_empty() {
        failures.push(format!("the thread died\n{at_work}"));
    }
    assert!(failures.is_empty(), "{} mutants fail:\n\n{}", failures.len(), failures.join("\n\n"));
}
