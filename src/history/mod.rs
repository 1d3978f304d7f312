//! An input applied in order: files become statements, statements become executions, one after the other.

mod cascade;
mod feed;
pub mod platforms;
mod undecided;

use std::sync::mpsc::{Sender, channel, sync_channel};

use crate::catalog::Catalog;
use crate::commands::dml::AnswerRow;
use crate::nodes::{self, ParseMode, RawParseError, RawStmt};
use crate::psql::{Action, CopyData, Meta, Note, Reader, Segment, SentBy, State, Statement};
use crate::session::{Execution, Outcome, Session};
use crate::source::order::{PlannedFile, Transaction};
use crate::source::{Sources, Span};
use cascade::Cascade;
pub use cascade::Consequence;
pub use feed::{Includes, includes};
use feed::{Item, Told};

/// How many batches of parsed statements may wait for their execution.
const BATCHES: usize = 8;

/// The stack of every thread that parses or walks trees (measured: PostgreSQL's own limits are reached first).
pub const STACK_SIZE: usize = 64 << 20;

/// How failures are gone on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Exactly as PostgreSQL: a failed statement has no effect and aborts its transaction.
    Replay,
    /// As a reader wants it: a failure does not abort the transaction, and what follows from it is marked.
    Check,
}

/// How the files are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    pub mode: Mode,
    /// Whether to record where each object was made and changed.
    pub track: bool,
    /// Whether only a stock server's extensions are available (SessionState::stock_extensions).
    pub stock_extensions: bool,
    /// Whether each file is a connection of its own, in autocommit (`--order`), whatever the tool does.
    pub session_per_file: bool,
}

/// One thing that happened, in order.
pub struct Moment<'a> {
    /// Index of the file in the plan.
    pub file: usize,
    pub event: Event<'a>,
}

/// What happened.
pub enum Event<'a> {
    Statement {
        statement: &'a Statement<'a>,
        parsed: &'a Result<Vec<RawStmt>, RawParseError>,
        execution: Execution,
        /// Set when the failure follows from an earlier one.
        consequence: Option<Consequence>,
        /// The session after the statement.
        session: &'a mut Session,
    },
    CopyData(&'a CopyData),
    Meta(&'a Meta),
    Note(&'a Note),
}

/// Applies the files to the catalog in order and tells `observe` each thing that happens; returns the catalog.
/// Statements are read and parsed on one thread while they are executed on another.
pub fn apply(
    sources: &Sources,
    includes: &Includes,
    files: &[PlannedFile],
    catalog: Catalog,
    options: Options,
    observe: &mut (dyn FnMut(Moment) + Send),
) -> Catalog {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Vec<Item>>(BATCHES);
        let (tell, answers) = channel::<Told>();
        let feeder = std::thread::Builder::new().stack_size(STACK_SIZE).name("parse".to_string());
        let producer = feeder.spawn_scoped(scope, move || {
            feed::feed(sources, includes, files, &sender, &answers);
        });
        let runner = std::thread::Builder::new().stack_size(STACK_SIZE).name("execute".to_string());
        let consumer = runner.spawn_scoped(scope, move || {
            let mut run = Run::new(sources, files, catalog, options, tell);
            for batch in receiver {
                for item in batch {
                    run.item(item, observe);
                }
            }
            run.finish()
        });
        // A thread that cannot be started or that panics leaves nothing to go on with.
        let catalog = consumer.map(|handle| handle.join());
        let fed = producer.map(|handle| handle.join());
        match (catalog, fed) {
            (Ok(Ok(catalog)), Ok(Ok(()))) => catalog,
            (Ok(Err(panic)), _) | (_, Ok(Err(panic))) => std::panic::resume_unwind(panic),
            (Err(error), _) | (_, Err(error)) => panic!("cannot start a thread: {error}"),
        }
    })
}

struct Run<'a> {
    sources: &'a Sources,
    files: &'a [PlannedFile],
    options: Options,
    session: Option<Session>,
    cascade: Cascade,
    /// The file of the present session.
    file: Option<usize>,
    /// Where the reading thread waits for what a `\gset` has answered.
    tell: Sender<Told>,
}

impl<'a> Run<'a> {
    fn new(
        sources: &'a Sources,
        files: &'a [PlannedFile],
        mut catalog: Catalog,
        options: Options,
        tell: Sender<Told>,
    ) -> Run<'a> {
        catalog.know_contents_from_here();
        let session = Some(Session::connect(catalog, options.track, options.stock_extensions));
        Run { sources, files, options, session, cascade: Cascade::default(), file: None, tell }
    }

    fn item(&mut self, item: Item, observe: &mut (dyn FnMut(Moment) + Send)) {
        match item {
            Item::Begin(file) => self.begin_file(file),
            Item::End => self.end_file(),
            Item::Parsed { file, segment, parsed } => self.segment(file, segment, parsed, observe),
        }
    }

    fn begin_file(&mut self, file: usize) {
        if self.file.is_some() && self.options.session_per_file {
            self.reconnect();
        }
        self.file = Some(file);
        self.tool_transaction(file, "BEGIN");
    }

    fn end_file(&mut self) {
        let Some(file) = self.file else { return };
        if !self.options.session_per_file {
            self.tool_transaction(file, "COMMIT");
            if let Some(session) = self.session.as_mut().filter(|session| session.in_transaction())
            {
                session.abort(); // the file left its own transaction open: its connection closes without COMMIT
            }
        }
    }

    /// Whether the file's message is of more than one statement: one alone is in no transaction block, as CREATE INDEX
    /// CONCURRENTLY wants it.
    fn holds_several(&self, file: usize) -> bool {
        let planned = &self.files[file];
        let source = self.sources.get(planned.source);
        let mut statements = 0;
        for &(start, end) in &planned.ranges {
            let text = source.text().get(start as usize..end as usize).unwrap_or_default();
            let (mut reader, mut state) = (Reader::new(planned.source, text), State::default());
            while let Some(segment) = reader.next(&mut state) {
                statements += usize::from(matches!(segment, Segment::Statement(_)));
                if statements > 1 {
                    return true;
                }
            }
        }
        false
    }

    /// BEGIN and COMMIT that the migration tool sends around a file.
    fn tool_transaction(&mut self, file: usize, command: &str) {
        let wraps = self.in_tool_transaction(file);
        let Some(session) = self.session.as_mut().filter(|_| wraps) else { return };
        let parsed = crate::nodes::parse(command, crate::nodes::ParseMode::Default, true);
        session.execute(
            command,
            &parsed,
            Span { source: self.files[file].source, start: 0, end: 0 },
        );
    }

    /// Whether the migration tool opens a transaction for the file.
    fn in_tool_transaction(&self, file: usize) -> bool {
        match self.files[file].transaction {
            Transaction::PerFile => !self.options.session_per_file,
            Transaction::OneMessage => !self.options.session_per_file && self.holds_several(file),
            Transaction::None | Transaction::AllFiles => false,
        }
    }

    /// What the tool's own transaction alone refuses (CREATE INDEX CONCURRENTLY, a new label of an enum) is taken to
    /// have been run by itself: whoever wrote it wants it there.
    fn run_by_itself(
        &mut self,
        file: usize,
        statement: &Statement,
        parsed: &Result<Vec<RawStmt>, RawParseError>,
        execution: &mut Execution,
    ) {
        let refused = execution
            .outcome
            .error()
            .is_some_and(|error| matches!(error.sqlstate.as_str(), "25001" | "55P04"));
        if !refused || self.options.mode != Mode::Check || !self.in_tool_transaction(file) {
            return;
        }
        if let Some(session) = self.session.as_mut() {
            session.forgive();
        }
        self.tool_transaction(file, "COMMIT");
        if let Some(session) = self.session.as_mut() {
            let alone = session.execute(statement.text(), parsed, statement.span);
            if alone.outcome.error().is_some() {
                session.forgive();
            }
            (execution.touched, execution.gone) = (alone.touched, alone.gone);
        }
        self.tool_transaction(file, "BEGIN");
    }

    fn reconnect(&mut self) {
        if let Some(session) = self.session.take() {
            self.session = Some(Session::connect(
                session.disconnect(),
                self.options.track,
                self.options.stock_extensions,
            ));
        }
    }

    fn segment(
        &mut self,
        file: usize,
        segment: Segment,
        parsed: Option<Result<Vec<RawStmt>, RawParseError>>,
        observe: &mut (dyn FnMut(Moment) + Send),
    ) {
        match &segment {
            Segment::Statement(statement) => {
                if let Some(parsed) = parsed {
                    self.statement(file, statement, &parsed, observe);
                }
            }
            Segment::CopyData(data) => observe(Moment { file, event: Event::CopyData(data) }),
            Segment::Meta(meta) => {
                if meta.action == Action::Connect {
                    self.reconnect();
                }
                observe(Moment { file, event: Event::Meta(meta) });
            }
            Segment::Note(note) => observe(Moment { file, event: Event::Note(note) }),
        }
    }

    fn statement(
        &mut self,
        file: usize,
        statement: &Statement,
        parsed: &Result<Vec<RawStmt>, RawParseError>,
        observe: &mut (dyn FnMut(Moment) + Send),
    ) {
        let Some(session) = self.session.as_mut() else {
            return self.tell(&Outcome::Empty, None);
        };
        let text = statement.text();
        let hindered = undecided::hinders(statement, parsed);
        let answers = matches!(statement.sent_by, SentBy::Gset { .. } | SentBy::Gexec);
        let answer = match hindered {
            None if answers && !session.is_aborted() => session.answer(text, parsed),
            _ => None, // nobody asks, or nothing is known
        };
        let mut execution = match (&statement.sent_by, hindered) {
            (SentBy::Gdesc | SentBy::Parse { .. }, _) => Execution::of(Outcome::Empty),
            (_, Some(reason)) => {
                session.forget_rows();
                Execution::of(Outcome::Unknown(reason))
            }
            (
                SentBy::Semicolon
                | SentBy::End
                | SentBy::Go
                | SentBy::Gset { .. }
                | SentBy::Gexec
                | SentBy::Copy,
                None,
            ) => session.execute(text, parsed, statement.span),
        };
        match &statement.sent_by {
            SentBy::Gset { .. } => self.tell(&execution.outcome, answer),
            SentBy::Gexec => execution = self.run_answer(statement.span, execution, answer),
            _ => {} // the answer is printed
        }
        self.run_by_itself(file, statement, parsed, &mut execution);
        let Some(session) = self.session.as_mut() else { return };
        let failed = execution.outcome.error().is_some();
        undecided::doubt(statement, parsed, &mut execution);
        let consequence =
            self.cascade.judge(self.sources, statement, parsed, &mut execution, &session.catalog);
        if failed && (self.options.mode == Mode::Check || execution.outcome.error().is_none()) {
            session.forgive();
        }
        let event = Event::Statement { statement, parsed, execution, consequence, session };
        observe(Moment { file, event });
    }

    /// Tells the reading thread what `\gset` sets (PostgreSQL: StoreQueryTuple, bin/psql/common.c).
    fn tell(&self, outcome: &Outcome, answer: Option<Vec<AnswerRow>>) {
        let told = match (outcome, answer) {
            (Outcome::Ok, Some(mut rows)) if rows.len() == 1 => rows.pop(),
            (Outcome::Ok, Some(_)) | (Outcome::Error(_) | Outcome::Empty, _) => Some(Vec::new()),
            (Outcome::Ok, None) | (Outcome::Unknown(_), _) => None,
        };
        // The reading thread only goes away by a panic, which is reported on its own.
        let _ = self.tell.send(told);
    }

    /// Runs what `\gexec` was answered, value by value (PostgreSQL: ExecQueryTuples, bin/psql/common.c).
    fn run_answer(
        &mut self,
        span: Span,
        mut execution: Execution,
        answer: Option<Vec<AnswerRow>>,
    ) -> Execution {
        let Some(session) = self.session.as_mut().filter(|_| execution.outcome == Outcome::Ok)
        else {
            return execution;
        };
        let Some(rows) = answer else {
            session.forget_rows();
            let reason = "the statements that \\gexec runs are not known here";
            return Execution::of(Outcome::Unknown(reason.to_string()));
        };
        for sql in rows.into_iter().flatten().filter_map(|(_, value)| value) {
            let standard = session.state.flag("standard_conforming_strings", true);
            let parsed = nodes::parse(&sql, ParseMode::Default, standard);
            let mut one = session.execute(&sql, &parsed, span);
            execution.notices.append(&mut one.notices);
            execution.touched.append(&mut one.touched);
            execution.gone.append(&mut one.gone);
            match one.outcome {
                Outcome::Ok | Outcome::Empty => {}
                Outcome::Error(_) if self.options.mode == Mode::Check => session.forgive(),
                Outcome::Error(_) => {} // psql says so, and goes on
                Outcome::Unknown(_) => execution.outcome = one.outcome,
            }
        }
        execution
    }

    fn finish(self) -> Catalog {
        self.session.map_or_else(
            || Catalog::empty(crate::pg::version::Version::NEWEST),
            Session::disconnect,
        )
    }
}
