//! What PL/pgSQL bodies run in: DO blocks and functions that migrations call, over the catalog and the commands
//! (PostgreSQL: the SPI calls of pl_exec.c).

use std::rc::Rc;
use std::sync::Arc;

use super::command_tag::writing_command;
use super::do_block::transform_call_stmt;
use super::effects::{may_change_catalog, may_write, words_hold_ddl};
use super::plpgsql_validator::{CatalogTypes, referred_type};
use super::{Context, contents, createas, utility};
use crate::catalog::guc::{SessionState, settings};
use crate::catalog::{PgLanguage, PgProc, PgType};
use crate::executor::{self, Value};
use crate::findings::{Notice, PgError, PgResult, Stop, unknown};
use crate::nodes::node_funcs::{expr_type, walk_query};
use crate::nodes::primnodes::{
    CmdType, CoercionContext, CoercionForm, Expr, FuncExpr, JoinTreeNode, Query, RangeTblEntry,
    RteKind, TargetEntry,
};
use crate::nodes::tree::{
    CallStmt, ColumnRef, Node, TransactionStmtKind, VariableSetKind, VariableSetStmt,
};
use crate::nodes::{self, ParseMode, RawStmt};
use crate::parser::analyze::parse_analyze;
use crate::parser::errors::syntax_error;
use crate::parser::parse_coerce::{coerce_to_target_type, is_polymorphic_type, make_const};
use crate::parser::parse_node::{ParamHook, ParamSource, ParseState};
use crate::parser::parse_type::parse_type_string;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::exec::{self, Host};
use crate::plpgsql::limits::Budget;
use crate::plpgsql::parse::{self, BodyError, Routine};
use crate::plpgsql::variables::{Variable, Variables};

/// Runs the body of a DO block (PostgreSQL: plpgsql_inline_handler).
pub fn exec_do(context: &mut Context, source: &str) -> PgResult<()> {
    let routine =
        Routine { name: "inline_code_block".to_string(), returns_void: true, ..Routine::default() };
    let block = parse::compile(source, &routine, &mut CatalogTypes { context })
        .map_err(|error| body_error(context, source, &error))?;
    let budget = Budget::new();
    let base = Some(context.catalog.mark());
    let mut host = PlHost {
        context,
        marks: Vec::new(),
        base,
        is_function: false,
        read_only: false,
        budget: budget.clone(),
    };
    exec::run(&mut host, &block, Vec::new(), false, budget).map(drop)
}

/// A fault in a body, with its place in the statement where the body stands in it as written (PostgreSQL:
/// function_parse_error_transpose).
fn body_error(context: &Context, source: &str, error: &BodyError) -> Stop {
    if !error.certain {
        return Stop::Unknown(format!("PL/pgSQL is not understood here: {}", error.message));
    }
    let mut answer = error.to_error();
    if error.placed {
        answer.position = context.sql.find(source).map(|at| (at + error.offset) as u32);
    }
    answer.into()
}

/// Runs a function or procedure that a statement calls. One whose course cannot be followed passes when it cannot
/// change the catalog.
pub fn run_call(context: &mut Context, function: &FuncExpr) -> PgResult<()> {
    refuse_trigger(context, function.funcid)?;
    let mark = context.catalog.mark();
    let args = argument_values(context, function)?;
    match call(context, function, args, &Budget::new()) {
        Err(Stop::Unknown(reason)) => {
            context.catalog.rollback_to(mark);
            match may_change_catalog(context, &[function.funcid]) {
                Some(why) => unknown(format!("{why} ({reason})")),
                None => {
                    if may_write(context, function.funcid) {
                        context.catalog.forget_contents();
                    }
                    Ok(())
                }
            }
        }
        Ok(_) => Ok(()),
        Err(stop) => Err(stop),
    }
}

/// PostgreSQL: plpgsql_compile, of a trigger function that a query calls.
fn refuse_trigger(context: &Context, funcid: Oid) -> PgResult<()> {
    let Some(proc) = context.catalog.get::<PgProc>(funcid) else { return Ok(()) };
    let is_trigger = matches!(proc.prorettype, fixed::TRIGGEROID | fixed::EVENT_TRIGGEROID);
    let language = context.catalog.get::<PgLanguage>(proc.prolang);
    if is_trigger && language.is_some_and(|language| language.lanname == "plpgsql") {
        let message = "trigger functions can only be called as triggers";
        return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
    }
    Ok(())
}

/// The function of the user's that is all a query calls.
pub fn only_call(query: &Query) -> Option<&FuncExpr> {
    let [target] = query.target_list.as_slice() else { return None };
    let Expr::FuncExpr(function) = &target.expr else { return None };
    let plain = query.command_type == CmdType::CmdSelect
        && query.jointree.fromlist.is_empty()
        && query.jointree.quals.is_none()
        && query.cte_list.is_empty()
        && query.set_operations.is_none();
    (plain && !function.funcid.is_builtin() && !function.funcretset).then_some(function)
}

/// The same where the rows that it gives do not matter: also `SELECT … FROM f(…)`, and functions that return sets.
pub fn top_call(query: &Query) -> Option<&FuncExpr> {
    let plain = query.command_type == CmdType::CmdSelect
        && query.jointree.quals.is_none()
        && query.cte_list.is_empty()
        && query.set_operations.is_none()
        && query.limit_count.is_none()
        && query.limit_offset.is_none();
    if !plain {
        return None;
    }
    let call = match (query.jointree.fromlist.as_slice(), query.target_list.as_slice()) {
        ([], [target]) => &target.expr,
        ([JoinTreeNode::RangeTblRef(_)], targets)
            if targets.iter().all(|target| matches!(target.expr, Expr::Var(_))) =>
        {
            match query.rtable.as_slice() {
                [RangeTblEntry { kind: RteKind::Function { functions, .. }, .. }] => {
                    let [function] = functions.as_slice() else { return None };
                    &function.funcexpr
                }
                _ => return None, // rows of something else
            }
        }
        _ => return None, // more than a call
    };
    match call {
        Expr::FuncExpr(function) if !function.funcid.is_builtin() => Some(function),
        _ => None, // no function of the user's
    }
}

/// The values of a call's arguments, Unknown where they depend on data.
fn argument_values(context: &Context, function: &FuncExpr) -> PgResult<Vec<Value>> {
    let mut values = Vec::with_capacity(function.args.len());
    for arg in &function.args {
        let mut inner = Query::new(CmdType::CmdSelect);
        inner.target_list.push(TargetEntry {
            expr: arg.clone(),
            resno: 1,
            resname: None,
            ressortgroupref: 0,
            resorigtbl: Oid::INVALID,
            resorigcol: 0,
            resjunk: false,
        });
        values.push(match executor::evaluate(&inner, context.shared()) {
            Ok(rows) => rows.into_iter().flatten().next().unwrap_or(Value::Null),
            Err(Stop::Unknown(_)) => Value::Unknown,
            Err(stop) => return Err(stop.without_place()),
        });
    }
    Ok(values)
}

fn call(
    context: &mut Context,
    function: &FuncExpr,
    args: Vec<Value>,
    budget: &Budget,
) -> PgResult<Value> {
    let Some(proc) = context.catalog.get::<PgProc>(function.funcid).cloned() else {
        return unknown("a function is gone");
    };
    let language = context.catalog.get::<PgLanguage>(proc.prolang).map(|row| row.lanname.clone());
    let budget = budget.deeper()?;
    let saved = context.session.clone();
    if proc.prosecdef {
        context.session.current_user = proc.proowner;
    }
    for (name, value) in &proc.proconfig {
        context.session.set(&name.to_ascii_lowercase(), Some(value));
    }
    context.refresh_path();
    let result = match language.as_deref() {
        Some("plpgsql") => run_plpgsql(context, &with_actual_types(&proc, function), args, budget),
        Some("sql") => run_sql(context, &proc, args, budget),
        _ => unknown(format!("what the function {} does is not known here", proc.proname)), // C and other languages
    };
    if !proc.proconfig.is_empty() || proc.prosecdef {
        *context.session = saved;
    }
    context.refresh_path();
    result
}

fn run_plpgsql(
    context: &mut Context,
    proc: &PgProc,
    args: Vec<Value>,
    budget: Budget,
) -> PgResult<Value> {
    let block = match parse::parse(&proc.prosrc) {
        Ok(block) => block,
        Err(error) => {
            return unknown(format!(
                "the body of {} is not understood: {}",
                proc.proname, error.message
            ));
        }
    };
    let arguments = arguments(proc, args);
    let is_output = |mode: &u8| matches!(mode, b'o' | b'b' | b't');
    let must_return = proc.prokind == b'f'
        && !proc.proretset
        && !proc.proargmodes.as_ref().is_some_and(|modes| modes.iter().any(is_output))
        && proc.prorettype != fixed::VOIDOID;
    // A procedure that sets no settings may end the transaction, when CALL stands by itself.
    let base = (proc.prokind == b'p'
        && budget.is_outermost()
        && proc.proconfig.is_empty()
        && !proc.prosecdef)
        .then(|| context.catalog.mark());
    let mut host = PlHost {
        context,
        marks: Vec::new(),
        base,
        is_function: proc.prokind == b'f',
        read_only: proc.provolatile != b'v',
        budget: budget.clone(),
    };
    exec::run(&mut host, &block, arguments, must_return, budget)
}

/// The function with the types of a call's arguments in place of the polymorphic ones (PostgreSQL:
/// plpgsql_resolve_polymorphic_argtypes).
fn with_actual_types(proc: &Arc<PgProc>, function: &FuncExpr) -> Arc<PgProc> {
    if !proc.proargtypes.iter().any(|argument| is_polymorphic_type(*argument)) {
        return proc.clone();
    }
    let mut actual = PgProc::clone(proc);
    let mut given = function.args.iter().map(expr_type);
    let modes = actual.proargmodes.clone();
    let is_input = |at: usize| {
        modes.as_ref().is_none_or(|modes| matches!(modes.get(at), Some(b'i' | b'b' | b'v')))
    };
    let types = match &mut actual.proallargtypes {
        Some(types) => types,
        None => &mut actual.proargtypes,
    };
    for (at, declared) in types.iter_mut().enumerate() {
        let here = if is_input(at) { given.next() } else { None };
        if is_polymorphic_type(*declared) {
            // What is not given is not known either.
            *declared = here.unwrap_or(fixed::UNKNOWNOID);
        }
    }
    actual.prorettype = function.funcresulttype;
    Arc::new(actual)
}

/// The arguments under their names and numbers.
fn arguments(proc: &PgProc, args: Vec<Value>) -> Vec<(String, Variable)> {
    let mut out = Vec::new();
    let types = proc.proallargtypes.as_ref().unwrap_or(&proc.proargtypes);
    let mut given = args.into_iter();
    for (index, type_id) in types.iter().enumerate() {
        let mode =
            proc.proargmodes.as_ref().and_then(|modes| modes.get(index)).copied().unwrap_or(b'i');
        let value = if matches!(mode, b'i' | b'b' | b'v') {
            given.next().unwrap_or(Value::Unknown)
        } else {
            Value::Null
        };
        let variable = Variable::new(*type_id, value);
        let name = proc
            .proargnames
            .as_ref()
            .and_then(|names| names.get(index))
            .filter(|name| !name.is_empty());
        out.extend(name.map(|name| (name.to_string(), variable.clone())));
        out.push((format!("${}", index + 1), variable));
    }
    out
}

/// PostgreSQL: CreateCommandTag, of transaction control.
fn tag(kind: TransactionStmtKind) -> &'static str {
    use TransactionStmtKind::*;
    match kind {
        TransStmtBegin => "BEGIN",
        TransStmtStart => "START TRANSACTION",
        TransStmtCommit => "COMMIT",
        TransStmtRollback | TransStmtRollbackTo => "ROLLBACK",
        TransStmtSavepoint => "SAVEPOINT",
        TransStmtRelease => "RELEASE",
        TransStmtPrepare => "PREPARE TRANSACTION",
        TransStmtCommitPrepared => "COMMIT PREPARED",
        TransStmtRollbackPrepared => "ROLLBACK PREPARED",
    }
}

fn run_sql(
    context: &mut Context,
    proc: &PgProc,
    args: Vec<Value>,
    budget: Budget,
) -> PgResult<Value> {
    if proc.prosqlbody.is_some() {
        return unknown(format!("the SQL body of {} is not run", proc.proname));
    }
    if proc.proargtypes.iter().any(|argument| is_polymorphic_type(*argument)) {
        // The body's types are those of each call, which are not told here.
        if words_hold_ddl(&proc.prosrc) {
            return unknown(format!("the polymorphic function {} is not run", proc.proname));
        }
        return Ok(Value::Unknown);
    }
    let statements = nodes::parse(&proc.prosrc, ParseMode::Default, true);
    let Ok(statements) = statements else {
        return unknown(format!("the body of {} is not understood", proc.proname));
    };
    let mut variables = Variables::default();
    variables.innermost().extend(arguments(proc, args));
    for statement in &statements {
        if let Node::TransactionStmt(stmt) = &statement.stmt {
            let message = format!("{} is not allowed in an SQL function", tag(stmt.kind));
            return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
        }
    }
    let mut host = PlHost {
        context,
        marks: Vec::new(),
        base: None,
        is_function: true,
        read_only: proc.provolatile != b'v',
        budget,
    };
    let mut last = Value::Unknown;
    for statement in &statements {
        last = match host.answer(statement, &variables) {
            Ok((_, rows)) => rows.into_iter().flatten().next().unwrap_or(Value::Null),
            Err(Stop::Unknown(_)) => {
                host.run(&proc.prosrc, statement, &variables)?;
                Value::Unknown
            }
            Err(stop) => return Err(stop),
        };
    }
    Ok(last)
}

struct PlHost<'c, 'a> {
    context: &'c mut Context<'a>,
    /// The journal's mark and the session's state, for each mark given out.
    marks: Vec<(usize, SessionState)>,
    /// Where the transaction started that the body may end; None where it may not.
    base: Option<usize>,
    /// A function's body, which may not end the transaction.
    is_function: bool,
    /// The function is not VOLATILE.
    read_only: bool,
    budget: Budget,
}

/// PostgreSQL: CommandIsReadOnly as SPI asks it of a function that is not VOLATILE.
fn refuse_writing(statement: &Node) -> PgResult<()> {
    let command = match statement {
        Node::InsertStmt(_) => "INSERT".to_string(),
        Node::UpdateStmt(_) => "UPDATE".to_string(),
        Node::DeleteStmt(_) => "DELETE".to_string(),
        Node::MergeStmt(_) => "MERGE".to_string(),
        Node::VariableSetStmt(_) => "SET".to_string(),
        other => match writing_command(other) {
            Some(command) => command,
            None => return Ok(()),
        },
    };
    let message = format!("{command} is not allowed in a non-volatile function");
    Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
}

/// Lends the variables to parse analysis.
struct Names<'v>(&'v Variables);

impl ParamHook for Names<'_> {
    fn pre_columnref(&self, reference: &ColumnRef) -> Option<PgResult<Expr>> {
        self.0.pre_columnref(reference)
    }
    fn post_columnref(&self, reference: &ColumnRef, found: bool) -> Option<PgResult<Expr>> {
        self.0.post_columnref(reference, found)
    }
    fn paramref(&self, number: i32, location: i32) -> Option<Expr> {
        self.0.paramref(number, location)
    }
}

impl PlHost<'_, '_> {
    fn parse(&self, sql: &str) -> PgResult<Vec<RawStmt>> {
        nodes::parse(sql, ParseMode::Default, true)
            .map_err(|error| Stop::from(syntax_error(sql, &error)).without_place())
    }

    fn analyse(&self, statement: &Node, variables: &Variables) -> PgResult<Query> {
        let params = ParamSource::Hook(Rc::new(Names(variables)));
        parse_analyze(self.context.shared(), statement, params).map_err(Stop::without_place)
    }

    /// The rows that one query gives, with their names.
    fn answer(
        &mut self,
        statement: &RawStmt,
        variables: &Variables,
    ) -> PgResult<(Vec<Arc<str>>, Vec<Vec<Value>>)> {
        if !matches!(statement.stmt, Node::SelectStmt(_)) {
            return unknown("a command is no query");
        }
        let query = self.analyse(&statement.stmt, variables)?;
        let names = query.target_list.iter().filter(|target| !target.resjunk);
        let names = names
            .map(|target| {
                Arc::from(target.resname.as_ref().map_or("?column?", |name| name.as_str()))
            })
            .collect();
        if let Some(function) = only_call(&query) {
            let args = argument_values(self.context, function)?;
            let value = call(self.context, function, args, &self.budget)?;
            return Ok((names, vec![vec![value]]));
        }
        let rows =
            executor::evaluate(&query, self.context.shared()).map_err(Stop::without_place)?;
        Ok((names, rows))
    }

    /// Runs one command of a body; how many rows it touches, where that is known.
    fn run(
        &mut self,
        sql: &str,
        statement: &RawStmt,
        variables: &Variables,
    ) -> PgResult<Option<i64>> {
        if self.read_only {
            refuse_writing(&statement.stmt)?;
        }
        match &statement.stmt {
            Node::TransactionStmt(_) => {
                let message = "unsupported transaction command in PL/pgSQL";
                Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
            }
            Node::VariableSetStmt(stmt) => self.set(stmt).map(|()| Some(0)),
            Node::CallStmt(stmt) => self.call_procedure(stmt, variables).map(|()| None),
            Node::SelectStmt(select) if select.into_clause.is_none() => {
                match self.answer(statement, variables) {
                    Ok((_, rows)) => Ok(Some(rows.len() as i64)),
                    Err(Stop::Unknown(reason)) => {
                        let query = self.analyse(&statement.stmt, variables)?;
                        self.harmless(&query, reason)?;
                        contents::carry_out(self.context, &query)
                    }
                    Err(stop) => Err(stop),
                }
            }
            Node::InsertStmt(_)
            | Node::UpdateStmt(_)
            | Node::DeleteStmt(_)
            | Node::MergeStmt(_) => {
                let query = self.analyse(&statement.stmt, variables)?;
                self.harmless(&query, String::new())?;
                contents::carry_out(self.context, &query)
            }
            other => {
                let outside = std::mem::replace(&mut self.context.session.in_function, true);
                let mut inner = Context::new(self.context.catalog, self.context.session, sql);
                let outcome = match other {
                    Node::CreateTableAsStmt(create) => {
                        let params = ParamSource::Hook(Rc::new(Names(variables)));
                        createas::create_table_as(&mut inner, create, params)
                    }
                    _ => utility::process_utility(&mut inner, statement), // takes no variables
                };
                let outcome = outcome.map_err(Stop::without_place);
                let notices = inner.notices.take();
                self.context.session.in_function = outside;
                self.context.notices.borrow_mut().extend(notices);
                self.context.refresh_path();
                outcome.map(|()| Some(0))
            }
        }
    }

    /// Whether a text can be read as a value of the type, as an assignment through I/O does.
    fn readable(&self, text: &str, type_id: Oid) -> PgResult<()> {
        if !type_id.is_valid() {
            return Ok(());
        }
        let pstate = ParseState::new(self.context.shared(), None);
        let literal = make_const(fixed::UNKNOWNOID, text);
        let (context, form) =
            (CoercionContext::CoercionAssignment, CoercionForm::CoerceImplicitCast);
        let unknown = fixed::UNKNOWNOID;
        match coerce_to_target_type(&pstate, literal, unknown, type_id, -1, context, form, -1) {
            Err(Stop::Error(error)) if error.sqlstate.class() == "22" => {
                Err(Stop::Error(error).without_place())
            }
            // Anything else is no fault of the text.
            _ => Ok(()),
        }
    }

    /// CALL with the body's variables as arguments.
    fn call_procedure(&mut self, stmt: &CallStmt, variables: &Variables) -> PgResult<()> {
        let params = ParamSource::Hook(Rc::new(Names(variables)));
        let expr = transform_call_stmt(self.context.shared(), stmt, params)
            .map_err(Stop::without_place)?;
        let Expr::FuncExpr(function) = expr else { return unknown("CALL of what is no procedure") };
        let args = argument_values(self.context, &function)?;
        let mark = self.context.catalog.mark();
        match call(self.context, &function, args, &self.budget) {
            Err(Stop::Unknown(reason)) => {
                self.context.catalog.rollback_to(mark);
                match may_change_catalog(self.context, &[function.funcid]) {
                    Some(why) => unknown(format!("{why} ({reason})")),
                    None => Ok(()),
                }
            }
            outcome => outcome.map(drop),
        }
    }

    /// Whether a query whose rows are unknown leaves the catalog alone: it calls no function of the user's own that may
    /// change it.
    fn harmless(&self, query: &Query, reason: String) -> PgResult<()> {
        let mut called = Vec::new();
        walk_query(query, &mut |expr| {
            if let Expr::FuncExpr(function) = expr
                && !function.funcid.is_builtin()
            {
                called.push(function.funcid);
            }
            false
        });
        match may_change_catalog(self.context, &called) {
            Some(why) if reason.is_empty() => unknown(why),
            Some(why) => unknown(format!("{why}: {reason}")),
            None => Ok(()),
        }
    }

    fn set(&mut self, stmt: &VariableSetStmt) -> PgResult<()> {
        let name = stmt.name.as_deref().unwrap_or("").to_ascii_lowercase();
        if matches!(name.as_str(), "role" | "session_authorization") {
            return unknown("SET ROLE in a body is not run");
        }
        let value = match stmt.kind {
            VariableSetKind::VarSetValue => Some(settings::flatten(&name, &stmt.args)?),
            VariableSetKind::VarSetDefault | VariableSetKind::VarReset => None,
            VariableSetKind::VarSetCurrent
            | VariableSetKind::VarSetMulti
            | VariableSetKind::VarResetAll => return Ok(()),
        };
        settings::check(self.context.catalog.version(), &name, value.as_deref())?;
        if stmt.is_local {
            self.context.session.set_local(&name, value.as_deref());
        } else {
            self.context.session.set_session(&name, value.as_deref());
        }
        self.context.refresh_path();
        Ok(())
    }
}

impl Host for PlHost<'_, '_> {
    fn query(
        &mut self,
        sql: &str,
        variables: &Variables,
    ) -> PgResult<(Vec<Arc<str>>, Vec<Vec<Value>>)> {
        let statements = self.parse(sql)?;
        let [statement] = statements.as_slice() else {
            return unknown("several statements are no query");
        };
        self.answer(statement, variables)
    }

    fn command(&mut self, sql: &str, variables: &Variables) -> PgResult<Option<i64>> {
        let mut rows = Some(0);
        for statement in &self.parse(sql)? {
            rows = self.run(sql, statement, variables)?;
        }
        Ok(rows)
    }

    fn declared_type(&mut self, type_name: &str) -> PgResult<Oid> {
        let lower = type_name.to_ascii_lowercase();
        if lower == "record" {
            return Ok(fixed::RECORDOID);
        }
        let type_id = match type_name.split_once('%') {
            // An array of it, or another variable's type, is not told.
            Some((_, rest)) if rest.contains('[') || lower.ends_with("array") => Oid::INVALID,
            Some((names, rest)) => {
                referred_type(self.context, names, rest).map_err(Stop::without_place)?
            }
            None => {
                parse_type_string(&self.context.shared(), type_name).map_err(Stop::without_place)?.0
            }
        };
        let composite =
            self.context.catalog.get::<PgType>(type_id).is_some_and(|row| row.typtype == b'c');
        Ok(if composite { fixed::RECORDOID } else { type_id })
    }

    fn assign(&mut self, value: Value, type_id: Oid) -> PgResult<Value> {
        let whole = matches!(type_id, fixed::INT2OID | fixed::INT4OID | fixed::INT8OID);
        let value = match value {
            Value::Float(number) if whole => Value::Int(number.round() as i64),
            Value::Text(text) => {
                self.readable(&text, type_id)?;
                Value::Text(text)
            }
            other => other,
        };
        Ok(executor::convert(self.context.shared(), value, type_id))
    }

    fn notice(&mut self, notice: Notice) {
        self.context.notice(notice);
    }

    fn mark(&mut self) -> usize {
        self.marks.push((self.context.catalog.mark(), self.context.session.clone()));
        self.marks.len() - 1
    }

    fn rollback_to(&mut self, mark: usize) {
        if let Some((journal, session)) = self.marks.get(mark) {
            self.context.catalog.rollback_to(*journal);
            *self.context.session = session.clone();
            self.context.refresh_path();
        }
    }

    /// PostgreSQL: SPI_commit and SPI_rollback, in the simplest case: the body is all that the message runs.
    fn end_transaction(&mut self, undo: bool) -> PgResult<()> {
        if self.context.session.in_transaction_block || self.is_function && self.marks.is_empty() {
            let what = "invalid transaction termination";
            return Err(PgError::new(sqlstate::INVALID_TRANSACTION_TERMINATION, what).into());
        }
        let Some(base) = self.base.filter(|_| self.marks.is_empty()) else {
            return unknown("transaction control in a body is not run");
        };
        if undo {
            self.context.catalog.rollback_to(base);
        } else {
            self.base = Some(self.context.catalog.mark());
        }
        self.context.refresh_path();
        Ok(())
    }

    fn changed_since(&mut self, mark: usize) -> bool {
        self.marks.get(mark).is_none_or(|(journal, session)| {
            self.context.catalog.differs_since(*journal) || *self.context.session != *session
        })
    }
}
