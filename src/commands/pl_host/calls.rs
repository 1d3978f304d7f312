//! Calls of functions in SQL and PL/pgSQL: their arguments, their settings, what they give (PostgreSQL:
//! plpgsql_call_handler; fmgr_sql, executor/functions.c).

use std::cell::RefCell;
use std::sync::Arc;

use super::PlHost;
use crate::catalog::lsyscache::type_is_rowtype;
use crate::catalog::shared::{CallFunction, Called, Shared};
use crate::catalog::value::Value;
use crate::catalog::{PgLanguage, PgProc};
use crate::commands::Context;
use crate::executor;
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::nodes::node_funcs::{expr_type, mutate_query};
use crate::nodes::primnodes::{CmdType, Expr, FuncExpr, Query};
use crate::nodes::tree::{Node, TransactionStmtKind};
use crate::nodes::{self, ParseMode};
use crate::parser::funcapi::lookup_rowtype_tupdesc;
use crate::parser::parse_coerce::is_polymorphic_type;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::exec::{self, Call, Done, Given, Host, Returns};
use crate::plpgsql::memo;
use crate::plpgsql::names::{VariableConflict, variable_conflict};
use crate::plpgsql::variables::{Fields, Scope, Typed, Variable, Variables, field_of};

/// Runs functions on a copy: one that would change the catalog is not followed.
pub struct OnACopy;

impl CallFunction for OnACopy {
    fn call(&self, shared: Shared, call: &FuncExpr, args: Vec<Value>) -> PgResult<Called> {
        let mut catalog = shared.catalog.clone();
        let mut session = shared.session.clone();
        let mark = catalog.mark();
        let mut context = Context::new(&mut catalog, &mut session, "");
        context.running = shared.running.clone();
        let called = call_function(&mut context, call, args, false)?;
        let mut notices = context.notices.take();
        if catalog.differs_since(mark) || session != *shared.session {
            return unknown("a function that changes the catalog is called where it is not run");
        }
        shared.notices.borrow_mut().append(&mut notices);
        Ok(called)
    }
}

/// Runs functions in earnest.
pub(super) struct InEarnest<'c, 'a> {
    pub context: RefCell<&'c mut Context<'a>>,
}

impl CallFunction for InEarnest<'_, '_> {
    fn call(&self, _shared: Shared, call: &FuncExpr, args: Vec<Value>) -> PgResult<Called> {
        match self.context.try_borrow_mut() {
            Ok(mut context) => call_function(&mut context, call, args, false),
            Err(_) => unknown("a function is called while another one runs"),
        }
    }
}

/// Runs a function or procedure; `stands_alone` where it may end the transaction.
pub fn call_function(
    context: &mut Context,
    call: &FuncExpr,
    args: Vec<Value>,
    stands_alone: bool,
) -> PgResult<Called> {
    let Some(proc) = context.catalog.get::<PgProc>(call.funcid).cloned() else {
        return unknown("a function is gone");
    };
    if proc.proisstrict && args.iter().any(Value::is_null) {
        let rows = if proc.proretset { Vec::new() } else { vec![vec![Value::Null]] };
        return Ok(Called { rows, names: None });
    }
    let language = context.catalog.get::<PgLanguage>(proc.prolang).map(|row| row.lanname.clone());
    // PostgreSQL: plpgsql_compile, of a trigger function that a query calls.
    let is_trigger = matches!(proc.prorettype, fixed::TRIGGEROID | fixed::EVENT_TRIGGEROID);
    if is_trigger && language.as_deref() == Some("plpgsql") {
        let message = "trigger functions can only be called as triggers";
        return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
    }
    let types = argument_types(&proc, call);
    let given = as_owner(context, &proc, |context| match language.as_deref() {
        Some("plpgsql") => run_plpgsql(context, &proc, args, &types, stands_alone),
        Some("sql") => run_sql(context, &proc, args, &types),
        _ => unknown(format!("what the function {} does is not known here", proc.proname)), // C and other languages
    })?;
    called(context, &proc, call, given)
}

/// The types of the arguments in the order of the parameters, those of defaults included.
fn argument_types(proc: &PgProc, call: &FuncExpr) -> Vec<Oid> {
    let defaults = &proc.proargdefaults;
    let first = proc.proargtypes.len().saturating_sub(defaults.len());
    let mut types: Vec<Oid> = (0..proc.proargtypes.len())
        .map(|index| {
            let default = index.checked_sub(first).and_then(|at| defaults.get(at));
            default.map_or(Oid::INVALID, expr_type)
        })
        .collect();
    for (index, arg) in call.args.iter().enumerate() {
        let place = match arg {
            Expr::NamedArgExpr(named) => usize::try_from(named.argnumber).unwrap_or(index),
            _ => index, // by position
        };
        if let Some(slot) = types.get_mut(place) {
            *slot = expr_type(arg);
        }
    }
    types
}

/// Runs a function under its owner and its settings where it says so, one level deeper.
pub(super) fn as_owner<T>(
    context: &mut Context,
    proc: &PgProc,
    run: impl FnOnce(&mut Context) -> PgResult<T>,
) -> PgResult<T> {
    let deeper = context.running.budget.deeper()?;
    let outer = std::mem::replace(&mut context.running.budget, deeper);
    let saved = context.session.clone();
    let outer_definer = context.running.security_definer;
    if proc.prosecdef {
        context.session.current_user = proc.proowner;
        context.running.security_definer = true;
    }
    for (name, value) in &proc.proconfig {
        context.session.set(&name.to_ascii_lowercase(), Some(value));
    }
    context.refresh_path();
    let result = run(context);
    context.running.budget = outer;
    context.running.security_definer = outer_definer;
    if proc.prosecdef {
        context.session.current_user = saved.current_user;
    }
    for (name, _) in &proc.proconfig {
        let name = name.to_ascii_lowercase();
        let before = saved.get(&name).cloned();
        context.session.set(&name, before.as_deref());
    }
    context.refresh_path();
    result
}

/// What a function gave as rows of its result's columns.
fn called(context: &Context, proc: &PgProc, call: &FuncExpr, given: Given) -> PgResult<Called> {
    let outputs = output_names(proc);
    let result = call.funcresulttype;
    let names: Option<Vec<Arc<str>>> = if outputs.len() > 1 || proc.prokind == b'p' {
        Some(outputs)
    } else if type_is_rowtype(context.catalog, result) {
        let of_type = fields_of(context, result).or(given.fields);
        Some(of_type.map_or_else(Vec::new, |fields| {
            fields.iter().map(|field| field.name.clone()).collect()
        }))
    } else {
        None
    };
    let widened = |value: Value| match (value, &names) {
        (Value::Record(values), Some(_)) => values.into_iter().map(|(_, value)| value).collect(),
        (Value::Null, Some(names)) if !names.is_empty() => vec![Value::Null; names.len()],
        (Value::Unknown, Some(names)) => vec![Value::Unknown; names.len()],
        (value, _) => vec![value],
    };
    let rows = match (proc.proretset, given.rows) {
        (false, _) => vec![widened(given.value)],
        (true, None) => return unknown(format!("the rows of {} depend on data", proc.proname)),
        (true, Some(rows)) => rows
            .into_iter()
            .map(|mut row| match row.len() {
                1 => widened(row.pop().unwrap_or(Value::Null)),
                _ => row,
            })
            .collect(),
    };
    Ok(Called { rows, names })
}

fn output_names(proc: &PgProc) -> Vec<Arc<str>> {
    let modes = proc.proargmodes.as_deref().unwrap_or_default();
    let names = proc.proargnames.as_deref().unwrap_or_default();
    let output = |(_, mode): &(usize, &u8)| matches!(mode, b'o' | b'b' | b't');
    let name = |index: usize| names.get(index).map_or("", |name| name.as_str());
    modes.iter().enumerate().filter(output).map(|(index, _)| Arc::from(name(index))).collect()
}

/// The columns of a row type.
pub(super) fn fields_of(context: &Context, type_id: Oid) -> Option<Fields> {
    if type_id == fixed::RECORDOID {
        return None;
    }
    let columns = lookup_rowtype_tupdesc(context.catalog, type_id)?;
    Some(columns.iter().map(field_of).collect())
}

fn run_plpgsql(
    context: &mut Context,
    proc: &PgProc,
    args: Vec<Value>,
    types: &[Oid],
    stands_alone: bool,
) -> PgResult<Given> {
    let block = match memo::body(&proc.prosrc) {
        Ok(block) => block,
        Err(error) => {
            return unknown(format!(
                "the body of {} is not understood: {}",
                proc.proname, error.message
            ));
        }
    };
    let parameters = parameters(context, proc, args, types);
    let outputs: Vec<String> = match &proc.proargmodes {
        Some(modes) => (1..)
            .zip(modes)
            .filter(|(_, mode)| matches!(mode, b'o' | b'b' | b't'))
            .map(|(number, _): (usize, _)| format!("${number}"))
            .collect(),
        None => Vec::new(),
    };
    let is_void = proc.prorettype == fixed::VOIDOID;
    let is_polymorphic = is_polymorphic_type(proc.prorettype);
    let returns = Returns {
        type_id: if is_polymorphic { Oid::INVALID } else { proc.prorettype },
        is_set: proc.proretset,
        must_return: proc.prokind == b'f' && !proc.proretset && outputs.is_empty() && !is_void,
        outputs,
    };
    // A procedure that sets no settings may end the transaction, when CALL stands by itself.
    let base =
        (proc.prokind == b'p' && stands_alone && proc.proconfig.is_empty() && !proc.prosecdef)
            .then(|| context.catalog.mark());
    let call = Call {
        name: proc.proname.to_string(),
        parameters,
        named: Vec::new(),
        conflict: variable_conflict(&proc.prosrc),
        returns,
    };
    let budget = context.running.budget.clone();
    let mut host = PlHost::new(context, base);
    host.read_only = proc.provolatile != b'v';
    exec::run(&mut host, &block, call, budget)
}

/// The parameters with their names; those of polymorphic types have the arguments' types.
fn parameters(
    context: &Context,
    proc: &PgProc,
    args: Vec<Value>,
    given_types: &[Oid],
) -> Vec<(Option<String>, Variable)> {
    let mut out = Vec::new();
    let types = proc.proallargtypes.as_ref().unwrap_or(&proc.proargtypes);
    let mut given = args.into_iter().enumerate();
    for (index, type_id) in types.iter().enumerate() {
        let mode =
            proc.proargmodes.as_ref().and_then(|modes| modes.get(index)).copied().unwrap_or(b'i');
        let mut type_id = *type_id;
        let value = if matches!(mode, b'i' | b'b' | b'v') {
            let (at, value) = given.next().unwrap_or((usize::MAX, Value::Unknown));
            if is_polymorphic_type(type_id) {
                type_id = given_types.get(at).copied().unwrap_or(Oid::INVALID);
            }
            value
        } else {
            Value::Null
        };
        let mut variable = Variable::new(type_id, value);
        variable.fields = fields_of(context, type_id);
        let name = proc
            .proargnames
            .as_ref()
            .and_then(|names| names.get(index))
            .filter(|name| !name.is_empty());
        out.push((name.map(|name| name.to_string()), variable));
    }
    out
}

fn run_sql(
    context: &mut Context,
    proc: &PgProc,
    args: Vec<Value>,
    types: &[Oid],
) -> PgResult<Given> {
    if let Some(queries) = proc.prosqlbody.clone() {
        return run_atomic(context, proc, &queries, args, types);
    }
    let statements = nodes::parse(&proc.prosrc, ParseMode::Default, true);
    let Ok(statements) = statements else {
        return unknown(format!("the body of {} is not understood", proc.proname));
    };
    let mut scope = Scope { label: Some(proc.proname.to_string()), ..Scope::default() };
    // $n counts what goes in alone (PostgreSQL: prepare_sql_fn_parse_info).
    let modes = proc.proargmodes.as_deref().unwrap_or_default();
    let parameters = parameters(context, proc, args, types).into_iter().enumerate();
    let inputs = parameters
        .filter(|(index, _)| modes.get(*index).is_none_or(|mode| !matches!(mode, b'o' | b't')));
    for (index, (_, (name, variable))) in inputs.enumerate() {
        let number = format!("${}", index + 1);
        if let Some(name) = name {
            scope.aliases.insert(name, (0, number.clone()));
        }
        scope.variables.insert(number, variable);
    }
    let conflict = VariableConflict::UseColumn;
    let variables = Variables { scopes: vec![scope], parameters: None, conflict };
    for statement in &statements {
        if let Node::TransactionStmt(stmt) = &statement.stmt {
            let message = format!("{} is not allowed in an SQL function", tag(stmt.kind));
            return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
        }
    }
    let mut host = PlHost::new(context, None);
    host.read_only = proc.provolatile != b'v';
    let mut last = None;
    for statement in &statements {
        let text = proc.prosrc.as_ref();
        last = Some(host.run(text, statement, &variables)?);
    }
    sql_result(&mut host, proc, last)
}

/// The queries of a BEGIN ATOMIC body, with the arguments in place of its parameters.
fn run_atomic(
    context: &mut Context,
    proc: &PgProc,
    queries: &[Query],
    args: Vec<Value>,
    types: &[Oid],
) -> PgResult<Given> {
    let parameters = parameters(context, proc, args, types);
    let mut inputs = Vec::with_capacity(parameters.len());
    for (index, (_, variable)) in parameters.iter().enumerate() {
        let mode = proc.proargmodes.as_ref().and_then(|modes| modes.get(index));
        if mode.is_none_or(|mode| matches!(mode, b'i' | b'b' | b'v')) {
            let Variable { value, type_id, typmod, .. } = variable;
            inputs.push(executor::constant(value, *type_id, *typmod));
        }
    }
    let mut host = PlHost::new(context, None);
    host.read_only = proc.provolatile != b'v';
    let mut last = None;
    for query in queries {
        let mut query = query.clone();
        mutate_query(&mut query, 0, &mut |expr, _| {
            if let Expr::Param(param) = expr
                && let Some(index) = usize::try_from(param.id).ok().and_then(|id| id.checked_sub(1))
                && let Some(input) = inputs.get(index)
            {
                *expr = input.clone();
            }
        });
        if query.command_type == CmdType::CmdUtility {
            return unknown(format!("the SQL body of {} is not run", proc.proname));
        }
        last = Some(host.run_query(&query)?);
    }
    sql_result(&mut host, proc, last)
}

/// What the last statement of an SQL function gives, as the function's result (PostgreSQL: postquel_get_single_result).
fn sql_result(host: &mut PlHost, proc: &PgProc, last: Option<Done>) -> PgResult<Given> {
    let rows = last.and_then(|done| done.rows);
    let result = proc.prorettype;
    if result == fixed::VOIDOID {
        return Ok(Given { value: Value::Null, fields: None, rows: Some(Vec::new()) });
    }
    let Some(answer) = rows else {
        return Ok(Given { value: Value::Unknown, fields: None, rows: None });
    };
    let is_row = output_names(proc).len() > 1 || type_is_rowtype(host.context.catalog, result);
    let mut all = Vec::with_capacity(answer.rows.len());
    for mut row in answer.rows {
        let single = match (row.len(), is_row) {
            (1, false) => row.pop(),
            (1, true) if matches!(row.first(), Some(Value::Record(_))) => row.pop(),
            _ => None, // its columns are the result's
        };
        all.push(match single {
            Some(value) if !is_row && !is_polymorphic_type(result) => {
                let type_id = answer.fields.first().map_or(Oid::INVALID, |field| field.type_id);
                match host.cast(Typed::new(value, type_id), result, -1) {
                    Err(Stop::Unknown(_)) => vec![Value::Unknown],
                    other => vec![other?],
                }
            }
            Some(value) => vec![value],
            None => {
                let names = answer.fields.iter().map(|field| field.name.clone());
                vec![Value::Record(names.zip(row).collect())]
            }
        });
    }
    let value = all.first().and_then(|row| row.first().cloned()).unwrap_or(Value::Null);
    Ok(Given { value, fields: Some(answer.fields), rows: Some(all) })
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

/// The output arguments that CALL gives back: each field's name is the argument's number and its name.
pub(super) fn outputs_of_call(
    context: &Context,
    function: &FuncExpr,
    called: Called,
) -> Option<(Fields, Vec<Value>)> {
    let proc = context.catalog.get::<PgProc>(function.funcid)?;
    let modes = proc.proargmodes.as_deref().unwrap_or_default();
    let names = proc.proargnames.as_deref().unwrap_or_default();
    let types = proc.proallargtypes.as_deref().unwrap_or_default();
    let mut fields = Vec::new();
    for (index, mode) in modes.iter().enumerate() {
        if matches!(mode, b'o' | b'b') {
            let name = names.get(index).map_or("", |name| name.as_str());
            fields.push((
                Arc::from(format!("{index} {name}")),
                types.get(index).copied().unwrap_or(Oid::INVALID),
                -1,
            ));
        }
    }
    let row = called.rows.into_iter().next().unwrap_or_default();
    (row.len() == fields.len()).then(|| (crate::plpgsql::exec::fields(fields), row))
}
