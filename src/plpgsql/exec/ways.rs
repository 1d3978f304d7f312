//! Conditions, and what follows where one cannot be told: every way is tried from the same state, and where all leave
//! the catalog alike the body goes on with what they agree on.

use super::{Flow, Machine, undecided, undecided_flow};
use crate::executor::Value;
use crate::findings::{PgError, PgResult, Stop};
use crate::pg::sqlstate;
use crate::plpgsql::ast::{Sql, Statement};
use crate::plpgsql::variables::Variables;

/// A way that left the list of statements while another goes on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    /// Where the ways parted.
    pub mark: usize,
    /// Its state, by number.
    pub kept: usize,
    pub flow: Flow,
    pub variables: Variables,
    pub rows: Option<Vec<Vec<Value>>>,
    pub reason: String,
}

/// What may follow.
#[derive(Clone, Copy)]
pub(super) enum Way<'s> {
    Statements(&'s [Statement]),
    /// The rest of an IF.
    Arms(&'s [(Sql, Vec<Statement>)], &'s [Statement]),
    /// The rest of a CASE.
    Cases(Option<&'s Sql>, &'s [(Sql, Vec<Statement>)], Option<&'s [Statement]>),
}

/// Where a way ended.
struct End {
    flow: Flow,
    kept: usize,
    variables: Variables,
    rows: Option<Vec<Vec<Value>>>,
    row_count: Option<i64>,
}

impl Machine<'_> {
    pub(super) fn if_statement(
        &mut self,
        arms: &[(Sql, Vec<Statement>)],
        otherwise: &[Statement],
    ) -> PgResult<Flow> {
        for (index, (condition, body)) in arms.iter().enumerate() {
            match self.condition(condition)? {
                Some(true) => return self.statements(body),
                Some(false) => {}
                None => {
                    let rest = Way::Arms(&arms[index + 1..], otherwise);
                    return self.agree(&[Way::Statements(body), rest]);
                }
            }
        }
        self.statements(otherwise)
    }

    pub(super) fn case_statement(
        &mut self,
        subject: Option<&Sql>,
        arms: &[(Sql, Vec<Statement>)],
        otherwise: Option<&[Statement]>,
    ) -> PgResult<Flow> {
        for (index, (condition, body)) in arms.iter().enumerate() {
            let holds = match subject {
                None => self.condition(condition)?,
                Some(subject) => {
                    let text = format!("({}) IN ({})", subject.text, condition.text);
                    self.condition(&Sql { text, offset: condition.offset })?
                }
            };
            match holds {
                Some(true) => return self.statements(body),
                Some(false) => {}
                None => {
                    let rest = Way::Cases(subject, &arms[index + 1..], otherwise);
                    return self.agree(&[Way::Statements(body), rest]);
                }
            }
        }
        match otherwise {
            Some(body) => self.statements(body),
            None => Err(PgError::new(sqlstate::CASE_NOT_FOUND, "case not found")
                .hint("CASE statement is missing ELSE part.")
                .into()),
        }
    }

    pub(super) fn exit(
        &mut self,
        continues: bool,
        label: Option<&String>,
        when: Option<&Sql>,
    ) -> PgResult<Flow> {
        let flow =
            if continues { Flow::Continue(label.cloned()) } else { Flow::Exit(label.cloned()) };
        let holds = match when {
            Some(when) => self.condition(when)?,
            None => Some(true),
        };
        match holds {
            Some(true) => Ok(flow),
            Some(false) => Ok(Flow::Next),
            None => {
                let mark = self.host.mark();
                Ok(Flow::Split(Box::new(Held {
                    mark,
                    kept: self.host.keep(),
                    flow,
                    variables: self.variables.clone(),
                    rows: self.rows.clone(),
                    reason: self.reason.clone(),
                })))
            }
        }
    }

    fn way(&mut self, way: Way) -> PgResult<Flow> {
        match way {
            Way::Statements(statements) => self.statements(statements),
            Way::Arms(arms, otherwise) => self.if_statement(arms, otherwise),
            Way::Cases(subject, arms, otherwise) => self.case_statement(subject, arms, otherwise),
        }
    }

    /// Tries every way; goes on with what they agree on.
    pub(super) fn agree(&mut self, ways: &[Way]) -> PgResult<Flow> {
        self.budget.fork()?;
        let reason = self.reason.clone();
        let mark = self.host.mark();
        let (variables, rows, row_count) =
            (self.variables.clone(), self.rows.clone(), self.row_count);
        let mut ends: Vec<End> = Vec::new();
        let mut failures: Vec<PgError> = Vec::new();
        for way in ways {
            self.variables = variables.clone();
            self.rows.clone_from(&rows);
            self.row_count = row_count;
            self.forks += 1;
            let outcome = self.way(*way);
            self.forks -= 1;
            match outcome {
                Ok(flow) => ends.push(End {
                    flow,
                    kept: self.host.keep(),
                    variables: std::mem::take(&mut self.variables),
                    rows: self.rows.take(),
                    row_count: self.row_count,
                }),
                Err(Stop::Error(error)) => failures.push(*error),
                Err(stop) => return Err(stop),
            }
            self.host.rollback_to(mark);
        }
        self.variables = variables;
        self.rows = rows;
        if let Some(first) = failures.first() {
            let alike = ends.is_empty() && failures.iter().all(|other| other == first);
            return if alike { Err(first.clone().into()) } else { undecided_flow(&reason) };
        }
        self.join_ends(mark, ends, &reason)
    }

    fn join_ends(&mut self, mark: usize, ends: Vec<End>, reason: &str) -> PgResult<Flow> {
        if ends.iter().any(|end| matches!(end.flow, Flow::Split(_))) {
            return undecided_flow(reason);
        }
        let (next, away): (Vec<End>, Vec<End>) =
            ends.into_iter().partition(|end| end.flow == Flow::Next);
        let away = match away.is_empty() {
            true => None,
            false => {
                let end = self.joined(mark, away, reason)?;
                let kept = self.host.keep();
                Some((end, kept))
            }
        };
        if next.is_empty() {
            let Some((end, _)) = away else { return Ok(Flow::Next) };
            return Ok(self.take(end));
        }
        let end = self.joined(mark, next, reason)?;
        self.take(end);
        Ok(match away {
            None => Flow::Next,
            Some((end, kept)) => Flow::Split(Box::new(Held {
                mark,
                kept,
                flow: end.flow,
                variables: end.variables,
                rows: end.rows,
                reason: reason.to_string(),
            })),
        })
    }

    fn take(&mut self, end: End) -> Flow {
        self.variables = end.variables;
        self.rows = end.rows;
        self.row_count = end.row_count;
        end.flow
    }

    /// One end for several that are alike; the state is theirs.
    fn joined(&mut self, mark: usize, ends: Vec<End>, reason: &str) -> PgResult<End> {
        let kept: Vec<usize> = ends.iter().map(|end| end.kept).collect();
        if !self.host.join(mark, &kept) {
            return Err(undecided(reason));
        }
        let mut ends = ends.into_iter();
        let Some(mut first) = ends.next() else { return Err(undecided(reason)) };
        for end in ends {
            first.flow = match (first.flow, end.flow) {
                (a, b) if a == b => a,
                (Flow::Return(Some(mut a)), Flow::Return(Some(b))) => {
                    a.value = Value::Unknown;
                    if a.type_id != b.type_id || a.fields != b.fields {
                        a.type_id = crate::pg::oid::Oid::INVALID;
                        a.fields = None;
                    }
                    Flow::Return(Some(a))
                }
                _ => return Err(undecided(reason)), // they leave for different places
            };
            first.variables.blur(&end.variables);
            if first.rows != end.rows {
                first.rows = None;
            }
            if first.row_count != end.row_count {
                first.row_count = None;
            }
        }
        Ok(first)
    }

    /// One way has left the list, the others came to its end.
    pub(super) fn after_split(&mut self, held: Held, rest: PgResult<Flow>) -> PgResult<Flow> {
        match rest {
            Ok(Flow::Next) => Ok(Flow::Split(Box::new(held))),
            Ok(Flow::Split(inner)) => {
                // Both that left must have left for the same place.
                if inner.flow != held.flow || inner.rows != held.rows {
                    return Err(undecided(&held.reason));
                }
                let here = self.host.keep();
                if !self.host.join(held.mark, &[held.kept, inner.kept]) {
                    return Err(undecided(&held.reason));
                }
                let mut both = held;
                both.kept = self.host.keep();
                both.variables.blur(&inner.variables);
                self.host.join(both.mark, &[here]);
                Ok(Flow::Split(Box::new(both)))
            }
            Ok(flow) => {
                let ours = End {
                    flow,
                    kept: self.host.keep(),
                    variables: std::mem::take(&mut self.variables),
                    rows: self.rows.take(),
                    row_count: self.row_count,
                };
                let Held { mark, kept, flow, variables, rows, reason } = held;
                let theirs = End { flow, kept, variables, rows, row_count: None };
                let end = self.joined(mark, vec![ours, theirs], &reason)?;
                Ok(self.take(end))
            }
            Err(Stop::Error(_)) => Err(undecided(&held.reason)),
            Err(stop) => Err(stop),
        }
    }

    /// The state of a body that one way may have left: it goes on where both are alike.
    pub(super) fn rejoin(&mut self, flow: Flow, leaves: impl Fn(&Flow) -> bool) -> PgResult<Flow> {
        let Flow::Split(held) = flow else { return Ok(flow) };
        if !leaves(&held.flow) {
            return Ok(Flow::Split(held));
        }
        let ours = self.host.keep();
        if !self.host.join(held.mark, &[ours, held.kept]) {
            return Err(undecided(&held.reason));
        }
        self.variables.blur(&held.variables);
        if self.rows != held.rows {
            self.rows = None;
        }
        Ok(Flow::Next)
    }
}
