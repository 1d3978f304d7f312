//! What the reader does at a backslash. PostgreSQL: HandleSlashCmds (bin/psql/command.c).

use std::borrow::Cow;

use super::Reader;
use crate::psql::commands::{self, Command, Kind};
use crate::psql::conditions::Conditions;
use crate::psql::variables::boolean;
use crate::psql::{Action, Meta, Note, NoteKind, Piece, Segment, SentBy, State, Statement, resync};

impl<'a> Reader<'a> {
    pub(super) fn backslash(&mut self, at: usize, state: &mut State) {
        match self.file.as_bytes()[..self.end].get(at + 1) {
            Some(&sign @ (b';' | b':')) => {
                if sign == b';' && self.scanner.at_top() {
                    self.copies += u32::from(self.scanner.words.copies_from_stdin());
                    self.scanner.words = Default::default();
                }
                self.pending.edit(self.file, at, at + 2);
                self.at = at + 2;
                self.put_token(if sign == b';' { ";" } else { ":" }, at);
            }
            _ => {
                let text = &self.file[..self.end];
                let command = commands::read(text, at, &state.variables, self.live());
                self.command(command, at, state);
            }
        }
    }

    fn command(&mut self, command: Command, at: usize, state: &mut State) {
        if matches!(command.kind, Kind::If | Kind::Elif | Kind::Else | Kind::Endif) {
            return self.condition(command, at);
        }
        self.at = command.end;
        if !self.live() {
            return self.cut(at, command.end);
        }
        let action = match command.kind {
            Kind::Send => return self.send_command(command, at, state),
            Kind::Copy => return self.copy_command(&command, at),
            Kind::Reset => {
                self.forget();
                Action::Obeyed
            }
            kind => self.simple_command(kind, &command, state),
        };
        self.report(command, at, action);
        if action == Action::Quit {
            self.quit();
        }
    }

    /// Commands that leave the query buffer alone.
    fn simple_command(&mut self, kind: Kind, command: &Command, state: &mut State) -> Action {
        let first = command.args.first();
        match kind {
            Kind::Set => {
                match first {
                    Some(name) if command.undecided || self.conditions.doubtful() => {
                        state.variables.set_undecided(name);
                    }
                    Some(name) => state.variables.set(name, &command.args[1..].concat()),
                    None => {} // Shows the variables.
                }
                Action::Obeyed
            }
            Kind::Unset => {
                if let Some(name) = first {
                    state.variables.unset(name);
                }
                Action::Obeyed
            }
            Kind::SetOutside => {
                let name = if command.name == "prompt" { command.args.last() } else { first };
                if let Some(name) = name {
                    state.variables.set_undecided(name);
                }
                Action::Undecidable
            }
            Kind::Bind => {
                let named = usize::from(command.name == "bind_named");
                self.bound = Some(command.args.iter().skip(named).cloned().collect());
                Action::Obeyed
            }
            Kind::Quit | Kind::Include if self.conditions.doubtful() => Action::Undecidable,
            Kind::Quit => Action::Quit,
            Kind::Connect => Action::Connect,
            Kind::Include if first.is_none() => Action::Invalid,
            Kind::Include => Action::Include {
                relative: matches!(command.name.as_str(), "ir" | "include_relative"),
            },
            Kind::Encoding if first.is_some() => Action::Encoding,
            Kind::Encoding | Kind::Display => Action::PassedOver,
            Kind::Restrict => Action::Obeyed,
            Kind::Shell => Action::Undecidable,
            Kind::Unknown => Action::Invalid,
            Kind::If | Kind::Elif | Kind::Else | Kind::Endif => Action::Obeyed,
            Kind::Send | Kind::Copy | Kind::Reset => Action::Obeyed,
        }
    }

    fn report(&mut self, command: Command, at: usize, action: Action) {
        let end = command.end;
        let text = self.file[at..end].trim_end();
        let span = self.span(at, at + text.len());
        let args = if command.args.is_empty() && !command.line.is_empty() {
            vec![command.line]
        } else {
            command.args
        };
        self.ready.push_back(Segment::Meta(Meta { name: command.name, args, span, action }));
        self.cut(at, end);
    }

    /// Leaves a command's text out of the statement that it stands in.
    fn cut(&mut self, at: usize, end: usize) {
        if self.pending.start.is_some() {
            self.pending.edit(self.file, at, end);
            self.pending.resume();
        }
    }

    fn quit(&mut self) {
        self.forget();
        self.ranges.clear();
        self.end = self.at;
        self.conditions = Conditions::default();
    }

    fn condition(&mut self, command: Command, at: usize) {
        let argument = command.args.join(" ");
        let value = if command.undecided { None } else { boolean(&argument) };
        // What is no truth value psql takes for false; what is not known may be either.
        let taken = value.or((!command.undecided).then_some(false));
        let evaluated = match command.kind {
            Kind::If => self.live(),
            Kind::Elif => self.conditions.may_choose(),
            _ => false, // \else and \endif have no argument.
        };
        let span = self.span(at, command.end);
        if value.is_none() && evaluated {
            let kind = match command.undecided {
                true => NoteKind::UnknownCondition(argument),
                false => NoteKind::UndecidedCondition(argument),
            };
            self.ready.push_back(Segment::Note(Note { span, kind }));
        }
        self.at = command.end;
        if command.kind == Kind::If {
            self.cut(at, command.end);
            let held = (self.pending.clone(), self.scanner.clone(), self.copies);
            self.conditions.open(taken, held);
            return;
        }
        if !self.conditions.is_open() {
            let kind = NoteKind::StrayCondition(command.name);
            self.ready.push_back(Segment::Note(Note { span, kind }));
            return self.cut(at, command.end);
        }
        if self.conditions.live() {
            self.cut(at, command.end);
            self.conditions.hold((self.pending.clone(), self.scanner.clone(), self.copies));
        } else if let Some((pending, scanner, copies)) = self.conditions.held() {
            self.pending.rewind(pending, self.file, command.end);
            self.scanner = scanner.clone();
            self.copies = *copies;
        }
        match command.kind {
            Kind::Elif => self.conditions.elif(taken),
            Kind::Else => self.conditions.otherwise(),
            _ => self.conditions.close(), // \endif: \if has returned above.
        }
    }

    /// `\g` and its like: the query so far, or the one before.
    fn send_command(&mut self, command: Command, at: usize, state: &mut State) {
        let prefix = command.args.first().cloned().unwrap_or_default();
        let sent_by = match command.name.as_str() {
            "close_prepared" | "sendpipeline" => {
                self.bound = None;
                return self.report(command, at, Action::PassedOver);
            }
            "gset" => SentBy::Gset { prefix: prefix.clone() },
            "gexec" => SentBy::Gexec,
            "gdesc" => SentBy::Gdesc,
            "parse" => SentBy::Parse { name: prefix.clone() },
            _ => SentBy::Go, // \g, \gx, \watch, \crosstabview.
        };
        if sent_by == (SentBy::Gset { prefix: prefix.clone() }) {
            state.variables.set_undecided_prefix(&prefix);
        }
        if self.pending.start.is_some() {
            let end = if self.pending.is_edited() { at } else { self.pending.end };
            self.send(end, end, sent_by, state);
        } else if let Some(previous) = self.previous.clone() {
            let span = self.span(at, command.end);
            let piece = Piece { at: 0, origin: at as u32, verbatim: false };
            self.ready.push_back(Segment::Statement(Statement {
                length: previous.len() as u32,
                wire: previous,
                span,
                sent_by,
                pieces: vec![piece],
                undecided: Vec::new(),
                doubtful: self.conditions.doubtful(),
                unterminated: None,
                bound: self.bound.take(),
            }));
            self.forget();
        }
    }

    /// `\copy`: a COPY statement of its own. PostgreSQL: parse_slash_copy (bin/psql/copy.c).
    fn copy_command(&mut self, command: &Command, at: usize) {
        let span = self.span(at, at + self.file[at..command.end].trim_end().len());
        let Some(copy) = resync::client_copy(&command.line) else {
            return self.report(command.clone(), at, Action::Invalid);
        };
        let length = copy.sql.len() as u32;
        let piece = Piece { at: 0, origin: at as u32, verbatim: false };
        self.ready.push_back(Segment::Statement(Statement {
            wire: Cow::Owned(copy.sql),
            length,
            span,
            sent_by: SentBy::Copy,
            pieces: vec![piece],
            undecided: Vec::new(),
            doubtful: self.conditions.doubtful(),
            unterminated: None,
            bound: None,
        }));
        self.cut(at, command.end);
        if copy.inline_data {
            self.take_copy_data(None);
            if self.pending.start.is_some() {
                self.pending.edit(self.file, command.end, self.at);
                self.pending.resume();
            }
        }
    }
}
