//! Reads the files of a plan, follows psql's includes, and parses each statement: what the executing thread is fed with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender};

use crate::commands::dml::AnswerRow;
use crate::nodes::{self, ParseMode, RawParseError, RawStmt};
use crate::psql::{self, Action, Reader, Segment, SentBy, State};
use crate::source::order::PlannedFile;
use crate::source::{InputError, SourceId, Sources};

/// How many items go over at once.
const BATCH: usize = 64;

/// How deep files may include each other.
const INCLUDE_DEPTH: usize = 64;

/// Which file each `\i` and `\ir` reads, by the place of the command.
pub type Includes = BTreeMap<(SourceId, u32), SourceId>;

/// What the executing thread gets.
pub(super) enum Item<'a> {
    Begin(usize),
    End,
    Parsed {
        file: usize,
        segment: Segment<'a>,
        parsed: Option<Result<Vec<RawStmt>, RawParseError>>,
    },
}

struct Feeder<'a, 's> {
    sources: &'a Sources,
    includes: &'a Includes,
    sender: &'s SyncSender<Vec<Item<'a>>>,
    answers: &'s Receiver<Told>,
    batch: Vec<Item<'a>>,
}

/// The one row that a query sent by `\gset` has answered, empty where psql sets nothing; None where it is not known.
pub(super) type Told = Option<AnswerRow>;

/// Feeds everything that the files hold; stops early when nobody listens any more. After each `\gset` it waits for what
/// the executing thread says of it: variables decide how the rest is read.
pub(super) fn feed<'a>(
    sources: &'a Sources,
    includes: &'a Includes,
    files: &'a [PlannedFile],
    sender: &SyncSender<Vec<Item<'a>>>,
    answers: &Receiver<Told>,
) {
    let mut feeder =
        Feeder { sources, includes, sender, answers, batch: Vec::with_capacity(BATCH) };
    for (index, file) in files.iter().enumerate() {
        let mut state = State::default();
        feeder.push(Item::Begin(index));
        let reader = Reader::of(file.source, sources.get(file.source)).with_ranges(&file.ranges);
        feeder.read(index, reader, &mut state, 0);
        feeder.push(Item::End);
    }
    feeder.flush();
}

impl<'a> Feeder<'a, '_> {
    fn push(&mut self, item: Item<'a>) {
        self.batch.push(item);
        if self.batch.len() >= BATCH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        // The other side only goes away by a panic, which its own thread reports.
        let _ = self.sender.send(batch);
    }

    fn read(&mut self, file: usize, mut reader: Reader<'a>, state: &mut State, depth: usize) {
        while let Some(segment) = reader.next(state) {
            let mut include = None;
            let mut quit = false;
            let mut asked = None;
            let parsed = match &segment {
                Segment::Statement(statement) => {
                    if let SentBy::Gset { prefix } = &statement.sent_by {
                        asked = Some(prefix.clone());
                    }
                    let standard = state.standard_conforming_strings;
                    Some(nodes::parse(statement.wire(), ParseMode::Default, standard))
                }
                Segment::Meta(meta) => {
                    quit = meta.action == Action::Quit;
                    if let Action::Include { .. } = meta.action {
                        include = self.includes.get(&(meta.span.source, meta.span.start)).copied();
                    }
                    None
                }
                Segment::CopyData(_) | Segment::Note(_) => None,
            };
            self.push(Item::Parsed { file, segment, parsed });
            if let Some(prefix) = asked {
                self.flush();
                // Nobody answers where the other side went away by a panic.
                if let Ok(Some(row)) = self.answers.recv() {
                    state.variables.set_from_row(&prefix, &row);
                }
            }
            if let Some(included) = include.filter(|_| depth < INCLUDE_DEPTH) {
                let nested = Reader::of(included, self.sources.get(included));
                self.read(file, nested, state, depth + 1);
            }
            if quit {
                return;
            }
        }
    }
}

/// Reads the files that `\i` and `\ir` name, and those that they name in turn. A file that cannot be read is left out
/// and named: running goes on without it, as psql's does.
pub fn includes(sources: &mut Sources, files: &[PlannedFile]) -> (Includes, Vec<InputError>) {
    let mut includes = Includes::new();
    let mut problems = Vec::new();
    let mut known: BTreeMap<PathBuf, SourceId> = BTreeMap::new();
    let mut queue: Vec<(SourceId, usize)> = files.iter().map(|file| (file.source, 0)).collect();
    let mut done = BTreeSet::new();
    while let Some((id, depth)) = queue.pop() {
        let source = sources.share(id);
        if !done.insert(id)
            || depth > INCLUDE_DEPTH
            || memchr::memmem::find(source.text().as_bytes(), b"\\i").is_none()
        {
            continue;
        }
        let mut state = State::default();
        let mut reader = Reader::of(id, &source);
        while let Some(segment) = reader.next(&mut state) {
            let Segment::Meta(meta) = segment else { continue };
            // Behind an \if of a value that is not known yet it may come to be read.
            let doubtful = meta.action == Action::Undecidable;
            let relative = match meta.action {
                Action::Include { relative } => relative,
                Action::Undecidable if matches!(meta.name.as_str(), "i" | "include") => false,
                Action::Undecidable if matches!(meta.name.as_str(), "ir" | "include_relative") => {
                    true
                }
                _ => continue, // no include
            };
            let Some(name) = meta.args.first() else { continue };
            let folder = source.path().parent().filter(|_| relative);
            let path = folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name));
            let included = match known.get(&path) {
                Some(included) => *included,
                None => match psql::read(&path, &path.display().to_string()) {
                    Ok(loaded) => {
                        let included = sources.add(loaded);
                        known.insert(path, included);
                        queue.push((included, depth + 1));
                        included
                    }
                    Err(_) if doubtful => continue,
                    Err(error) => {
                        problems.push(error);
                        continue;
                    }
                },
            };
            includes.insert((id, meta.span.start), included);
        }
    }
    (includes, problems)
}
