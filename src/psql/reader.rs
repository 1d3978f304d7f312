//! Pulls statements, commands and COPY data out of one text, as psql does.

mod slash;

use std::borrow::Cow;
use std::collections::VecDeque;

use super::commands::{Form, Reference};
use super::conditions::Conditions;
use super::pending::Pending;
use super::scan::{Inside, Scanner, Stop, copy_block, is_space};
use super::variables::{Value, quote_identifier, quote_literal, undecided_literal};
use super::{
    CopyData, Note, NoteKind, Open, Segment, SentBy, State, Statement, Unterminated, resync,
};
use crate::source::{Gap, Source, SourceId, Span};

/// Resynchronisations in one text; a text that needs more is not SQL.
const MOST_RECOVERIES: u32 = 64;

/// Reads one text. PostgreSQL: MainLoop (bin/psql/mainloop.c).
pub struct Reader<'a> {
    source: SourceId,
    file: &'a str,
    gaps: &'a [Gap],
    ranges: VecDeque<(u32, u32)>,
    at: usize,
    end: usize,
    scanner: Scanner,
    pending: Pending,
    values: Vec<VariableText>,
    conditions: Conditions,
    /// COPY … FROM STDIN statements in the pending message.
    copies: u32,
    /// At the first position, reading goes on at the second: COPY data is between them.
    jump: Option<(usize, usize)>,
    previous: Option<Cow<'a, str>>,
    bound: Option<Vec<String>>,
    undecided: Vec<String>,
    ready: VecDeque<Segment<'a>>,
    recovering: bool,
    recoveries: u32,
}

/// A variable's value that is being read in its place.
struct VariableText {
    name: String,
    text: String,
    at: usize,
    origin: usize,
}

impl<'a> Reader<'a> {
    /// Reads the whole of a text.
    pub fn new(source: SourceId, text: &'a str) -> Reader<'a> {
        Reader {
            source,
            file: text,
            gaps: &[],
            ranges: VecDeque::from([(0, text.len() as u32)]),
            at: 0,
            end: 0,
            scanner: Scanner::new(),
            pending: Pending::default(),
            values: Vec::new(),
            conditions: Conditions::default(),
            copies: 0,
            jump: None,
            previous: None,
            bound: None,
            undecided: Vec::new(),
            ready: VecDeque::new(),
            recovering: false,
            recoveries: 0,
        }
    }

    /// Reads a source, whose COPY data may have been left out.
    pub fn of(id: SourceId, source: &'a Source) -> Reader<'a> {
        Reader { gaps: source.gaps(), ..Reader::new(id, source.text()) }
    }

    /// Reads only these byte ranges, each to its own end.
    pub fn with_ranges(mut self, ranges: &[(u32, u32)]) -> Reader<'a> {
        self.ranges = ranges.iter().copied().collect();
        self
    }

    /// After a quote or parenthesis that is never closed, reads on where a statement starts, which
    /// psql doesn't: for analysing, not for predicting.
    pub fn recovering(mut self) -> Reader<'a> {
        self.recovering = true;
        self
    }

    /// The next piece of the input.
    pub fn next(&mut self, state: &mut State) -> Option<Segment<'a>> {
        loop {
            if let Some(segment) = self.ready.pop_front() {
                return Some(segment);
            }
            if self.at >= self.end && self.values.is_empty() && !self.open_range() {
                return None;
            }
            self.step(state);
        }
    }

    /// Goes to the next range; answers false when there is none.
    fn open_range(&mut self) -> bool {
        let Some((start, end)) = self.ranges.pop_front() else { return false };
        self.at = (start as usize).min(self.file.len());
        self.end = (end as usize).min(self.file.len()).max(self.at);
        if self.at == 0 && self.file.starts_with('\u{FEFF}') {
            self.at = self.end.min(3);
        }
        true
    }

    fn live(&self) -> bool {
        self.conditions.live()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    /// Runs the scanner once and deals with what it stopped at.
    fn step(&mut self, state: &mut State) {
        self.scanner.standard_strings = state.standard_conforming_strings;
        self.scanner.colons = self.live();
        if !self.values.is_empty() {
            return self.step_in_value(state);
        }
        let limit = self.jump.map_or(self.end, |(at, _)| at);
        let (stop, next) = self.scanner.run(&self.file.as_bytes()[..limit], self.at);
        self.pending.note(self.scanner.first, self.scanner.last);
        match stop {
            Stop::Semicolon(at) if self.live() => self.semicolon(at, next, state),
            Stop::Semicolon(at) => {
                self.scanner.accept(at, next);
                self.at = next;
            }
            Stop::Backslash(at) => self.backslash(at, state),
            Stop::Colon(at) => self.colon(at, state),
            Stop::End => match self.jump.take() {
                Some((from, to)) => {
                    if self.pending.start.is_some() {
                        self.pending.edit(self.file, from, to);
                        self.pending.resume();
                    }
                    self.at = to;
                }
                None => self.input_end(state),
            },
        }
    }

    /// The same inside a variable's value.
    fn step_in_value(&mut self, state: &mut State) {
        let Some(mut value) = self.values.pop() else { return };
        let (stop, next) = self.scanner.run(value.text.as_bytes(), value.at);
        let from = value.at;
        let place = |p: usize| p - from;
        self.pending.note_value(self.scanner.first.map(place), self.scanner.last.map(place));
        let put_to = match stop {
            Stop::Colon(at) => at,
            Stop::End | Stop::Semicolon(_) | Stop::Backslash(_) => next,
        };
        self.pending.put(&value.text[from..put_to], value.origin);
        value.at = next;
        match stop {
            Stop::End => {
                if self.values.is_empty() {
                    self.pending.resume();
                }
            }
            Stop::Semicolon(_) => {
                self.values.push(value);
                self.send(self.at, self.at, SentBy::Semicolon, state);
            }
            Stop::Backslash(_) => {
                // A command in a variable's value is not obeyed: it counts as a token.
                self.accept_put();
                self.values.push(value);
            }
            Stop::Colon(at) => match Reference::at(&value.text, at) {
                Some(reference) => {
                    value.at = reference.end;
                    let text = value.text[at..reference.end].to_string();
                    let origin = value.origin;
                    let replaced = self.value_of(&reference, state);
                    self.values.push(value);
                    self.replace(replaced, &text, origin);
                }
                None => {
                    self.pending.put(":", value.origin);
                    self.accept_put();
                    self.values.push(value);
                }
            },
        }
    }

    /// The byte that was put last into the query buffer is a token.
    fn accept_put(&mut self) {
        let end = self.pending.place(self.at);
        self.scanner.accept(end.saturating_sub(1), end);
        if self.pending.start.is_none() {
            self.pending.start = Some(end.saturating_sub(1));
        }
        self.pending.end = end;
    }

    fn semicolon(&mut self, at: usize, next: usize, state: &mut State) {
        self.at = next;
        if self.pending.start.is_some() {
            self.send(at, next, SentBy::Semicolon, state);
        } else {
            // An empty statement is sent, and nothing is answered.
            self.scanner.reset();
            self.previous = Some(Cow::Borrowed(";"));
        }
    }

    // ---- variables

    fn colon(&mut self, at: usize, state: &mut State) {
        let Some(reference) = Reference::at(&self.file[..self.end], at) else {
            self.scanner.accept(at, at + 1);
            self.pending.note(self.scanner.first, self.scanner.last);
            self.at = at + 1;
            return;
        };
        match self.value_of(&reference, state) {
            Replacement::None => {
                // An unset variable stays as it stands; of a quoted one the quote is read on.
                let plain = matches!(reference.form, Form::Plain);
                let end = if plain { reference.end } else { at + 1 };
                self.scanner.accept(at, end);
                self.pending.note(self.scanner.first, self.scanner.last);
                self.at = end;
            }
            replaced => {
                self.pending.edit(self.file, at, reference.end);
                self.at = reference.end;
                self.replace(replaced, "", at);
            }
        }
    }

    fn value_of(&mut self, reference: &Reference<'_>, state: &State) -> Replacement {
        if self.values.iter().any(|open| open.name == reference.name) {
            return Replacement::None;
        }
        let value = state.variables.get(reference.name);
        let text = |text: &str| Replacement::Text(text.to_string());
        match (reference.form, value) {
            (Form::Test, Value::Known(_)) => text("TRUE"),
            (Form::Test, Value::Unset) => text("FALSE"),
            (form, Value::Undecided) => {
                self.undecided.push(reference.name.to_string());
                match form {
                    // It is a string, whatever it says: its mention stands for it.
                    Form::Literal => Replacement::Text(undecided_literal(reference.name)),
                    Form::Plain | Form::Identifier | Form::Test => Replacement::None,
                }
            }
            (_, Value::Unset) => Replacement::None,
            (Form::Plain, Value::Known(value)) => {
                Replacement::Read(reference.name.to_string(), value.to_string())
            }
            (Form::Literal, Value::Known(value)) => Replacement::Text(quote_literal(value)),
            (Form::Identifier, Value::Known(value)) => Replacement::Text(quote_identifier(value)),
        }
    }

    /// Puts a variable's value into the query buffer; `mention` is what stays where there is none.
    fn replace(&mut self, replaced: Replacement, mention: &str, origin: usize) {
        match replaced {
            Replacement::Read(name, text) => {
                self.values.push(VariableText { name, text, at: 0, origin });
            }
            Replacement::Text(text) => self.put_token(&text, origin),
            Replacement::None => self.put_token(mention, origin),
        }
    }

    fn put_token(&mut self, text: &str, origin: usize) {
        let start = self.pending.place(self.at);
        self.pending.put(text, origin);
        if self.values.is_empty() {
            self.pending.resume();
        }
        let end = self.pending.place(self.at);
        self.scanner.accept(start, end);
        if self.pending.start.is_none() {
            self.pending.start = Some(start);
        }
        self.pending.end = end;
    }

    // ---- sending

    /// Sends the pending statement; in the file it ends at `at`, and what is sent at `next`.
    fn send(&mut self, at: usize, next: usize, sent_by: SentBy, state: &mut State) {
        self.copies += u32::from(self.scanner.words.copies_from_stdin());
        let edited = self.pending.is_edited();
        let upto = self.pending.place(if edited { next } else { next.max(at) });
        let Some(taken) = self.pending.finish(self.file, next, upto) else { return };
        let unterminated = self.unterminated(taken.start);
        let start = taken.start;
        let mut end = taken.end;
        if end <= start && taken.length > 0 {
            // All of it stands in a variable: the rest of the line is where it is seen.
            let line = memchr::memchr(b'\n', &self.file.as_bytes()[start..]);
            end = line.map_or(self.file.len(), |n| start + n);
        }
        let statement = Statement {
            wire: taken.wire,
            length: taken.length as u32,
            span: self.span(start, end),
            sent_by,
            pieces: taken.pieces,
            undecided: std::mem::take(&mut self.undecided),
            doubtful: self.conditions.doubtful(),
            unterminated,
            bound: self.bound.take(),
        };
        resync::follow_setting(statement.text(), state);
        self.previous = Some(statement.wire.clone());
        let copies = self.copies;
        self.ready.push_back(Segment::Statement(statement));
        self.forget();
        let mut rows_from = None;
        for _ in 0..copies {
            rows_from = Some(self.take_copy_data(rows_from));
        }
    }

    fn forget(&mut self) {
        let in_value = !self.values.is_empty();
        self.pending.reset(in_value);
        self.scanner.reset();
        self.copies = 0;
        self.undecided.clear();
    }

    /// Takes the rows that start on the line after this one, or behind other rows of the same
    /// message, and leaves the line's rest to be read. Answers where the rows' end is.
    fn take_copy_data(&mut self, rows_from: Option<usize>) -> usize {
        let bytes = &self.file.as_bytes()[..self.end];
        let (line_end, start) = match (self.jump, rows_from) {
            (Some(jump), _) => jump,
            (None, Some(rows)) => (rows, rows),
            (None, None) => {
                let rest = &bytes[self.at..];
                let line = memchr::memchr(b'\n', rest).map_or(self.end, |n| self.at + n + 1);
                (line, line)
            }
        };
        let (end, resume) = copy_block(bytes, start);
        let gap = self.gap_at(start);
        let kept = &bytes[start..end];
        let open_row = u64::from(kept.last().is_some_and(|&b| b != b'\n'));
        let rows = memchr::memchr_iter(b'\n', kept).count() as u64 + open_row;
        self.ready.push_back(Segment::CopyData(CopyData {
            span: self.span(start, end),
            rows: rows + gap.map_or(0, |g| g.rows),
            bytes: (end - start) as u64 + gap.map_or(0, |g| g.bytes),
            terminated: resume > end,
        }));
        let rest = bytes[self.at.min(line_end)..line_end].trim_ascii();
        if rest.is_empty() || rest.starts_with(b"--") {
            self.at = resume;
            self.jump = None;
        } else {
            self.jump = Some((line_end, resume));
        }
        resume
    }

    fn gap_at(&self, at: usize) -> Option<&'a Gap> {
        let index = self.gaps.partition_point(|gap| (gap.at as usize) < at);
        self.gaps.get(index).filter(|gap| gap.at as usize == at)
    }

    // ---- the end

    fn input_end(&mut self, state: &mut State) {
        self.at = self.end;
        if self.pending.start.is_some() && self.live() {
            if self.recovering && self.recover(state) {
                return;
            }
            let end = self.pending.end;
            let end = if self.pending.is_edited() { self.end } else { end };
            self.send(end, end, SentBy::End, state);
            self.at = self.end;
        }
        if self.conditions.is_open() {
            let span = self.span(self.end, self.end);
            self.ready.push_back(Segment::Note(Note { span, kind: NoteKind::OpenCondition }));
            self.conditions = Conditions::default();
        }
        self.forget();
        self.jump = None;
    }

    fn unterminated(&self, statement: usize) -> Option<Unterminated> {
        let what = match &self.scanner.inside {
            Inside::Quote { .. } => Open::String,
            Inside::DoubleQuote => Open::Identifier,
            Inside::Dollar { .. } => Open::DollarQuote,
            Inside::Comment { .. } => Open::Comment,
            Inside::Nothing if self.at < self.end => return None,
            Inside::Nothing if self.scanner.parens > 0 => Open::Parenthesis,
            Inside::Nothing if self.scanner.begins > 0 => Open::AtomicBody,
            Inside::Nothing => return None,
        };
        let at = match &self.scanner.inside {
            Inside::Nothing => statement,
            _ => self.scanner.opened, // Of everything else the opening is known.
        };
        Some(Unterminated { what, opened: self.span(at, (at + 1).min(self.file.len())) })
    }

    /// Ends an unterminated statement where the next one seems to start, and reads on from there.
    fn recover(&mut self, state: &mut State) -> bool {
        let top = self.scanner.inside == Inside::Nothing && self.scanner.at_top();
        if top || self.pending.is_edited() || self.recoveries >= MOST_RECOVERIES {
            return false;
        }
        let Some(start) = self.pending.start else { return false };
        let quoted = self.scanner.inside != Inside::Nothing;
        let from = if quoted { self.scanner.opened.max(start) } else { start };
        let Some(resume) = resync::next_statement(&self.file[..self.end], from) else {
            return false;
        };
        self.recoveries += 1;
        let before = &self.file.as_bytes()[start..resume];
        let kept = before.iter().rposition(|&b| !is_space(b)).map_or(start, |n| start + n + 1);
        self.pending.end = kept;
        self.at = self.end;
        self.send(kept, kept, SentBy::End, state);
        let span = self.span(resume, resume);
        self.ready.push_back(Segment::Note(Note { span, kind: NoteKind::Resynchronised }));
        self.at = resume;
        self.jump = None;
        true
    }
}

/// What a variable's mention becomes.
enum Replacement {
    /// It stays as it stands.
    None,
    /// A token.
    Text(String),
    /// Text that is read like the file's: the variable's name and value.
    Read(String, String),
}
