//! Runs a PL/pgSQL body as far as the catalog decides its course (PostgreSQL: pl_exec.c). A value that depends on data is
//! Unknown; where a condition is, every way on is tried, and only what all ways agree on is taken for true.

mod assign;
mod blocks;
mod cursors;
mod loops;
mod raise;
mod sql;
pub use sql::fields;
mod ways;

use super::ast::*;
use super::names::VariableConflict;
use super::variables::{Field, Fields, Rows, Scope, Typed, Variable, Variables};
use crate::catalog::guc::budget::Budget;
use crate::executor::Value;
use crate::findings::{Notice, PgError, PgResult, Stop, unknown};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate::{self, SqlState};
use ways::Held;

/// What a command did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Done {
    /// How many rows it touched, where that is known.
    pub count: Option<i64>,
    /// The columns and the rows that it gave, where it gives any and they are known.
    pub rows: Option<Rows>,
    /// Whether it is a command that gives rows.
    pub gives_rows: bool,
}

/// What a declaration makes.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    pub type_id: Oid,
    pub typmod: i32,
    pub fields: Option<Fields>,
}

/// What a body runs in: the catalog and the commands, which are rooms below.
pub trait Host {
    /// The rows of a query over what the catalog knows, with their columns.
    fn query(&mut self, sql: &str, variables: &Variables) -> PgResult<Rows>;
    /// A query's columns without its rows.
    fn describe(&mut self, sql: &str, variables: &Variables) -> PgResult<Fields>;
    /// The value of an expression; Value::Unknown where it cannot be told.
    fn expression(&mut self, sql: &str, variables: &Variables) -> PgResult<Typed>;
    /// Runs a command of any kind.
    fn command(&mut self, sql: &str, variables: &Variables) -> PgResult<Done>;
    /// The type that a declaration names.
    fn declared_type(&mut self, type_name: &str, variables: &Variables) -> PgResult<Declared>;
    /// The columns of a row type; None of any other type.
    fn fields_of(&self, type_id: Oid) -> Option<Fields>;
    /// The type of an array's members; InvalidOid where it is no array.
    fn element_type(&self, type_id: Oid) -> Oid;
    /// What a row's columns have otherwise than those wanted; None where they are the same.
    fn row_mismatch(&self, given: &[Field], wanted: &[Field]) -> Option<String>;
    /// Converts a value to a type, as an assignment does (PostgreSQL: exec_cast_value).
    fn cast(&mut self, value: Typed, type_id: Oid, typmod: i32) -> PgResult<Value>;
    fn notice(&mut self, notice: Notice);
    /// The state to go back to.
    fn mark(&mut self) -> usize;
    fn rollback_to(&mut self, mark: usize);
    /// Keeps the present state under a number, to join it with others.
    fn keep(&mut self) -> usize;
    /// Goes on with kept states that began at the mark and are alike; false where they are not.
    fn join(&mut self, mark: usize, kept: &[usize]) -> bool;
    /// COMMIT, or ROLLBACK with `undo`, of the transaction that the body runs in.
    fn end_transaction(&mut self, undo: bool) -> PgResult<()>;
}

/// Where control goes after a statement.
#[derive(Debug, Clone, PartialEq)]
enum Flow {
    Next,
    Exit(Option<String>),
    Continue(Option<String>),
    Return(Option<Typed>),
    /// One way went elsewhere, the state stands for the ways that go on.
    Split(Box<Held>),
}

/// A body that runs.
pub struct Machine<'h> {
    host: &'h mut dyn Host,
    variables: Variables,
    /// ROW_COUNT; None where it depends on data.
    row_count: Option<i64>,
    /// The error that the present handler handles.
    handled: Vec<PgError>,
    budget: Budget,
    returns: Returns,
    /// The rows of RETURN NEXT and RETURN QUERY; None once they depend on data.
    rows: Option<Vec<Vec<Value>>>,
    /// Why the last value could not be told.
    reason: String,
    /// How many blocks with handlers are open.
    subtransactions: usize,
    /// How many conditions that cannot be told have been followed both ways up to here.
    forks: usize,
}

/// What a function gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Returns {
    /// InvalidOid of a procedure or a DO block.
    pub type_id: Oid,
    pub is_set: bool,
    /// The names of the output parameters, `$n` each.
    pub outputs: Vec<String>,
    /// Whether falling off the end is an error.
    pub must_return: bool,
}

/// What a body is given.
#[derive(Debug, Clone, Default)]
pub struct Call {
    /// The function's name, which labels its parameters.
    pub name: String,
    /// The parameters with their names besides `$n`.
    pub parameters: Vec<(Option<String>, Variable)>,
    /// NEW, OLD, TG_OP and the like.
    pub named: Vec<(String, Variable)>,
    pub conflict: VariableConflict,
    pub returns: Returns,
}

/// What a body gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// What RETURN gave, or the output parameters as a row; of a procedure its output parameters.
    pub value: Value,
    /// The columns of a row of no declared type.
    pub fields: Option<Fields>,
    /// The rows of a function that returns a set; None where they depend on data.
    pub rows: Option<Vec<Vec<Value>>>,
}

/// Runs a body.
pub fn run(host: &mut dyn Host, block: &Block, call: Call, budget: Budget) -> PgResult<Given> {
    let mut scope = Scope { label: Some(call.name), ..Scope::default() };
    for (index, (name, variable)) in call.parameters.into_iter().enumerate() {
        let number = format!("${}", index + 1);
        if let Some(name) = name {
            scope.aliases.insert(name, (0, number.clone()));
        }
        scope.variables.insert(number, variable);
    }
    let found = Variable::new(fixed::BOOLOID, Value::Bool(false));
    scope.variables.insert("found".to_string(), found);
    scope.variables.extend(call.named);
    let conflict = call.conflict;
    let variables = Variables { scopes: vec![scope], parameters: None, conflict };
    let mut machine = Machine {
        host,
        variables,
        row_count: Some(0),
        handled: Vec::new(),
        budget,
        returns: call.returns,
        rows: Some(Vec::new()),
        reason: String::new(),
        subtransactions: 0,
        forks: 0,
    };
    let flow = machine.block(block)?;
    machine.finish(flow)
}

impl Machine<'_> {
    /// What the body gives at its end.
    fn finish(&mut self, flow: Flow) -> PgResult<Given> {
        match flow {
            Flow::Split(held) => {
                let here = self.finish(Flow::Next);
                let ours = self.host.keep();
                let mark = held.mark;
                let (kept, flow, reason) = (held.kept, held.flow.clone(), held.reason.clone());
                self.variables = held.variables;
                self.rows = held.rows;
                let there = self.finish(flow);
                match (here, there) {
                    (Ok(mut here), Ok(there)) if self.host.join(mark, &[ours, kept]) => {
                        if here.value != there.value || here.fields != there.fields {
                            here.value = Value::Unknown;
                            here.fields = None;
                        }
                        if here.rows != there.rows {
                            here.rows = None;
                        }
                        Ok(here)
                    }
                    _ => Err(undecided(&reason)), // an error or an effect on one way only
                }
            }
            Flow::Return(typed) => self.returned(typed),
            Flow::Next if self.returns.must_return => {
                let what = match self.returns.type_id {
                    fixed::TRIGGEROID => "control reached end of trigger procedure without RETURN",
                    _ => "control reached end of function without RETURN",
                };
                let state = SqlState::new("2F005").unwrap_or(sqlstate::RAISE_EXCEPTION);
                Err(PgError::new(state, what).into())
            }
            Flow::Next | Flow::Exit(_) | Flow::Continue(_) => self.returned(None),
        }
    }

    fn returned(&mut self, typed: Option<Typed>) -> PgResult<Given> {
        let returns = self.returns.clone();
        let rows = self.rows.take();
        if !returns.outputs.is_empty() {
            let mut fields = Vec::new();
            for name in &returns.outputs {
                let variable = self.variables.at(&(0, name.clone()));
                let value = variable.map_or(Value::Unknown, |found| found.value.clone());
                fields.push((self.output_name(name), value));
            }
            let single = fields.len() == 1 && returns.type_id != fixed::RECORDOID;
            let value = match fields.pop() {
                Some((_, value)) if single => value,
                Some(last) => {
                    fields.push(last);
                    Value::Record(fields)
                }
                None => Value::Null,
            };
            return Ok(Given { value, fields: None, rows });
        }
        let Some(typed) = typed else {
            return Ok(Given { value: Value::Null, fields: None, rows });
        };
        let plain = matches!(
            returns.type_id,
            Oid::INVALID
                | fixed::VOIDOID
                | fixed::RECORDOID
                | fixed::TRIGGEROID
                | fixed::EVENT_TRIGGEROID
        );
        let fields = typed.fields.clone();
        let value = if plain || returns.is_set {
            typed.value
        } else {
            self.converted(typed, returns.type_id, -1)?
        };
        Ok(Given { value, fields, rows })
    }

    fn output_name(&self, number: &str) -> std::sync::Arc<str> {
        let aliases = self.variables.scopes.first().map(|scope| &scope.aliases);
        let name = aliases.and_then(|all| all.iter().find(|(_, place)| place.1 == number));
        name.map_or("", |(name, _)| name.as_str()).into()
    }

    fn statements(&mut self, statements: &[Statement]) -> PgResult<Flow> {
        for (index, statement) in statements.iter().enumerate() {
            self.budget.step()?;
            match self.statement(statement)? {
                Flow::Next => {}
                Flow::Split(held) => {
                    let rest = self.statements(&statements[index + 1..]);
                    return self.after_split(*held, rest);
                }
                flow => return Ok(flow),
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&mut self, statement: &Statement) -> PgResult<Flow> {
        match &statement.kind {
            StatementKind::Block(block) => return self.block(block),
            StatementKind::Assign { target, value } => {
                let value = self.value(value)?;
                self.set(&target.text, value)?;
            }
            StatementKind::If { arms, otherwise } => return self.if_statement(arms, otherwise),
            StatementKind::Case { subject, arms, otherwise } => {
                return self.case_statement(subject.as_ref(), arms, otherwise.as_deref());
            }
            StatementKind::Loop { label, body } => {
                return self.repeat(label.as_deref(), body, None);
            }
            StatementKind::While { label, condition, body } => {
                return self.repeat(label.as_deref(), body, Some(condition));
            }
            StatementKind::ForInteger { .. } => return self.for_integer(&statement.kind),
            StatementKind::ForQuery { label, targets, source, body } => {
                return self.for_query(label.as_deref(), targets, source, body);
            }
            StatementKind::ForCursor { label, target, cursor, arguments, body } => {
                return self.for_cursor(label.as_deref(), target, cursor, arguments.as_ref(), body);
            }
            StatementKind::Foreach { label, targets, slice, array, body } => {
                return self.foreach(label.as_deref(), targets, *slice, array, body);
            }
            StatementKind::Exit { continues, label, when } => {
                return self.exit(*continues, label.as_ref(), when.as_ref());
            }
            StatementKind::Return { value } => {
                let typed = match value {
                    Some(value) => Some(self.returned_value(value)?),
                    None => None,
                };
                return Ok(Flow::Return(typed));
            }
            StatementKind::ReturnNext { value } => self.return_next(value.as_ref())?,
            StatementKind::ReturnQuery(source) => self.return_query(source)?,
            StatementKind::Raise(raise) => self.raise(raise)?,
            StatementKind::Assert { condition, message } => {
                self.assert(condition, message.as_ref())?;
            }
            StatementKind::Sql { command, into } => self.sql(&command.text, into.as_ref())?,
            StatementKind::Execute { command, into, using } => {
                self.execute(command, into.as_ref(), using)?;
            }
            StatementKind::Perform(sql) => self.perform(&format!("SELECT {}", sql.text))?,
            StatementKind::Call { command } => self.call(command)?,
            StatementKind::GetDiagnostics { stacked, items } => {
                self.diagnostics(*stacked, items)?;
            }
            StatementKind::Open { cursor, arguments, source } => {
                self.open(cursor, arguments.as_ref(), source.as_ref())?;
            }
            StatementKind::Fetch { cursor, direction, targets } => {
                self.fetch(cursor, direction, Some(targets))?;
            }
            StatementKind::Move { cursor, direction } => self.fetch(cursor, direction, None)?,
            StatementKind::Close { cursor } => self.close(cursor)?,
            StatementKind::Null => {}
            StatementKind::Commit => self.end_transaction(false)?,
            StatementKind::Rollback => self.end_transaction(true)?,
        }
        Ok(Flow::Next)
    }

    /// PostgreSQL: exec_stmt_commit, exec_stmt_rollback.
    fn end_transaction(&mut self, undo: bool) -> PgResult<()> {
        if self.subtransactions > 0 {
            let verb = if undo { "roll back" } else { "commit" };
            let message = format!("cannot {verb} while a subtransaction is active");
            return Err(PgError::new(sqlstate::INVALID_TRANSACTION_TERMINATION, message).into());
        }
        if self.forks > 0 {
            return unknown(format!("whether a transaction ends depends on data: {}", self.reason));
        }
        self.host.end_transaction(undo)
    }

    /// An expression's value, Value::Unknown where it depends on data.
    fn value(&mut self, expr: &Sql) -> PgResult<Typed> {
        self.text_value(&expr.text)
    }

    fn text_value(&mut self, text: &str) -> PgResult<Typed> {
        match self.host.expression(&format!("SELECT {text}"), &self.variables) {
            Err(Stop::Unknown(reason)) => {
                self.reason = reason;
                Ok(Typed::new(Value::Unknown, Oid::INVALID))
            }
            Ok(typed) => {
                if typed.value == Value::Unknown {
                    self.reason = "a value depends on data".to_string();
                }
                Ok(typed)
            }
            Err(stop) => Err(stop),
        }
    }

    /// A condition; None where it depends on data. NULL counts as false.
    fn condition(&mut self, expr: &Sql) -> PgResult<Option<bool>> {
        let typed = self.value(expr)?;
        let value = match typed.type_id {
            fixed::BOOLOID => typed.value,
            _ => self.converted(typed, fixed::BOOLOID, -1)?,
        };
        Ok(match value {
            Value::Unknown => None,
            value => Some(value.as_bool() == Some(true)),
        })
    }

    /// The value as one of the type.
    fn converted(&mut self, typed: Typed, type_id: Oid, typmod: i32) -> PgResult<Value> {
        if typed.value == Value::Unknown || !type_id.is_valid() {
            return Ok(typed.value);
        }
        match self.host.cast(typed, type_id, typmod) {
            Err(Stop::Unknown(reason)) => {
                self.reason = reason;
                Ok(Value::Unknown)
            }
            other => other,
        }
    }

    fn set_found(&mut self, rows: Option<i64>) {
        self.row_count = rows;
        let found = rows.map_or(Value::Unknown, |rows| Value::Bool(rows > 0));
        self.variables.assign("found", found);
    }
}

/// Which way it goes depends on data.
fn undecided(reason: &str) -> Stop {
    Stop::Unknown(format!("which way it goes depends on data: {reason}"))
}

fn undecided_flow(reason: &str) -> PgResult<Flow> {
    unknown(format!("which way it goes depends on data: {reason}"))
}
