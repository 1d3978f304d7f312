//! The statements and expressions of a body, run in the session that it was called in (PostgreSQL: SPI_execute and its
//! kin, executor/spi.c).

use std::rc::Rc;
use std::sync::Arc;

use super::calls::{call_function, fields_of, outputs_of_call};
use super::{Kept, PlHost, call_expr, called_by, calls_bodies, evaluate_calling};
use crate::catalog::PgProc;
use crate::catalog::aclchk::superuser_arg;
use crate::catalog::guc::settings;
use crate::catalog::lsyscache::{get_array_type, get_element_type, get_typtype};
use crate::catalog::value::Value;
use crate::commands::command_tag::writing_command;
use crate::commands::effects::may_change_catalog;
use crate::commands::exec_main::exec_check_permissions;
use crate::commands::plpgsql_validator::referred_type;
use crate::commands::set_role::assign_user;
use crate::commands::trigger_exec::fire_deferred;
use crate::commands::{Context, contents, createas, utility};
use crate::executor;
use crate::findings::{Notice, PgError, PgResult, Stop, unknown};
use crate::nodes::RawStmt;
use crate::nodes::node_funcs::{expr_type, expr_typmod, walk_expr};
use crate::nodes::primnodes::{CmdType, CoercionContext, CoercionForm, Expr, Query};
use crate::nodes::tree::{CallStmt, Node, VariableSetKind, VariableSetStmt};
use crate::parser::analyze::parse_analyze_in;
use crate::parser::errors::syntax_error;
use crate::parser::parse_coerce::{coerce_to_target_type, is_polymorphic_type, make_const};
use crate::parser::parse_node::{ParamSource, ParseState};
use crate::parser::parse_type::parse_type_string;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::exec::{self, Declared, Done, Host};
use crate::plpgsql::memo;
use crate::plpgsql::variables::{Field, Fields, Names, Rows, Typed, Variables};

impl PlHost<'_, '_> {
    fn parse(&self, sql: &str) -> PgResult<Rc<Vec<RawStmt>>> {
        memo::commands(sql).map_err(|error| Stop::from(syntax_error(sql, &error)).without_place())
    }

    fn parse_one(&self, sql: &str) -> PgResult<Rc<Vec<RawStmt>>> {
        let statements = self.parse(sql)?;
        match statements.len() {
            1 => Ok(statements),
            _ => unknown("several statements are no query"),
        }
    }

    fn analyse(&self, statement: &Node, variables: &Variables) -> PgResult<Query> {
        let context = &*self.context;
        let params = ParamSource::Hook(Rc::new(Names { variables, catalog: context.catalog }));
        let transitions = context.running.transitions.iter();
        let env = transitions.map(|(name, relid, _)| (name.clone(), *relid)).collect();
        let query = parse_analyze_in(context.shared(), statement, params, Rc::new(env))
            .map_err(Stop::without_place)?;
        if !superuser_arg(context.catalog, context.session.current_user) {
            exec_check_permissions(context, &query)?;
        }
        Ok(query)
    }

    fn rows(&mut self, query: &Query) -> PgResult<Vec<Vec<Value>>> {
        self.set_config(query)?;
        if calls_bodies(self.context, query) {
            return evaluate_calling(self.context, query);
        }
        executor::evaluate(query, self.context.shared()).map_err(Stop::without_place)
    }

    /// Runs one command of a body.
    pub(super) fn run(
        &mut self,
        sql: &str,
        statement: &RawStmt,
        variables: &Variables,
    ) -> PgResult<Done> {
        let none = Done { count: Some(0), rows: None, gives_rows: false };
        if self.read_only {
            refuse_writing(&statement.stmt)?;
        }
        match &statement.stmt {
            Node::TransactionStmt(_) => {
                let message = "unsupported transaction command in PL/pgSQL";
                Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
            }
            Node::VariableSetStmt(stmt) => self.set(stmt).map(|()| none),
            Node::CallStmt(stmt) => self.call_procedure(stmt, variables),
            Node::SelectStmt(select) if select.into_clause.is_none() => {
                let query = self.analyse(&statement.stmt, variables)?;
                self.run_query(&query)
            }
            Node::InsertStmt(_)
            | Node::UpdateStmt(_)
            | Node::DeleteStmt(_)
            | Node::MergeStmt(_) => {
                let query = self.analyse(&statement.stmt, variables)?;
                self.run_query(&query)
            }
            other => {
                let running = self.context.running.clone();
                let outside = std::mem::replace(&mut self.context.session.in_function, true);
                let mut inner = Context::new(self.context.catalog, self.context.session, sql);
                inner.running = running;
                let outcome = match other {
                    Node::CreateTableAsStmt(create) => {
                        let copy = inner.catalog.snapshot();
                        let names = Names { variables, catalog: &copy };
                        let params = ParamSource::Hook(Rc::new(names));
                        createas::create_table_as(&mut inner, create, params)
                    }
                    _ => utility::process_utility(&mut inner, statement), // takes no variables
                };
                let outcome = outcome.map_err(Stop::without_place);
                let notices = inner.notices.take();
                self.context.session.in_function = outside;
                self.context.notices.borrow_mut().extend(notices);
                self.context.refresh_path();
                outcome.map(|()| none)
            }
        }
    }

    /// Runs an analysed query.
    pub(super) fn run_query(&mut self, query: &Query) -> PgResult<Done> {
        if query.command_type != CmdType::CmdSelect {
            self.harmless(query, String::new())?;
            let carried = contents::carry_out(self.context, query)?;
            let fields = columns(&query.returning_list);
            let gives_rows = !query.returning_list.is_empty();
            let rows = carried.returned.map(|rows| Rows { fields, rows });
            return Ok(Done { count: carried.count, rows, gives_rows });
        }
        let fields = columns(&query.target_list);
        match self.rows(query) {
            Ok(rows) => Ok(Done {
                count: Some(rows.len() as i64),
                rows: Some(Rows { fields, rows }),
                gives_rows: true,
            }),
            Err(Stop::Unknown(reason)) => {
                self.harmless(query, reason)?;
                let count = contents::carry_out(self.context, query)?.count;
                Ok(Done { count, rows: None, gives_rows: true })
            }
            Err(stop) => Err(stop),
        }
    }

    /// CALL with the body's variables as arguments.
    fn call_procedure(&mut self, stmt: &CallStmt, variables: &Variables) -> PgResult<Done> {
        let function = {
            let context = &*self.context;
            let params = ParamSource::Hook(Rc::new(Names { variables, catalog: context.catalog }));
            call_expr(context, stmt, params)?
        };
        let args =
            executor::arguments(&function, self.context.shared()).map_err(Stop::without_place)?;
        let mark = self.context.catalog.mark();
        let alone = self.base.is_some();
        match call_function(self.context, &function, args, alone) {
            Err(Stop::Unknown(reason)) => {
                self.context.catalog.rollback_to(mark);
                match may_change_catalog(self.context, &[function.funcid]) {
                    Some(why) => unknown(format!("{why} ({reason})")),
                    None => Ok(Done::default()),
                }
            }
            Err(stop) => Err(stop),
            Ok(called) => {
                let rows = outputs_of_call(self.context, &function, called)
                    .map(|(fields, row)| Rows { fields, rows: vec![row] });
                Ok(Done { count: Some(0), rows, gives_rows: false })
            }
        }
    }

    /// Whether a query whose rows are unknown leaves the catalog alone: it calls no function of the user's own that may
    /// change it.
    fn harmless(&self, query: &Query, reason: String) -> PgResult<()> {
        match may_change_catalog(self.context, &called_by(query)) {
            Some(why) if reason.is_empty() => unknown(why),
            Some(why) => unknown(format!("{why}: {reason}")),
            None => Ok(()),
        }
    }

    /// What set_config() in a query's target list sets (PostgreSQL: set_config_by_name).
    fn set_config(&mut self, query: &Query) -> PgResult<()> {
        let mut calls = Vec::new();
        for target in &query.target_list {
            walk_expr(&target.expr, &mut |expr| {
                if let Expr::FuncExpr(call) = expr
                    && call.funcid.is_builtin()
                    && self
                        .context
                        .catalog
                        .get::<PgProc>(call.funcid)
                        .is_some_and(|proc| proc.proname == "set_config")
                {
                    calls.push(call.clone());
                }
                false
            });
        }
        for call in calls {
            let args = executor::arguments(&call, self.context.shared());
            let args = args.map_err(Stop::without_place)?;
            let [Value::Text(name), value, local] = args.as_slice() else {
                return unknown("which setting is set depends on data");
            };
            let name = name.to_ascii_lowercase();
            if value.is_untold() || local.is_untold() {
                return unknown(format!("the value of {name} depends on data"));
            }
            let value = value.to_text();
            self.assign(&name, value.as_deref(), local.as_bool() == Some(true))?;
        }
        Ok(())
    }

    /// Sets a setting, until the transaction ends with `local`.
    fn assign(&mut self, name: &str, value: Option<&str>, local: bool) -> PgResult<()> {
        settings::check(self.context.catalog.version(), name, value)?;
        if local {
            self.context.session.set_local(name, value);
        } else {
            self.context.session.set_session(name, value);
        }
        self.context.refresh_path();
        Ok(())
    }

    fn set(&mut self, stmt: &VariableSetStmt) -> PgResult<()> {
        let name = stmt.name.as_deref().unwrap_or("").to_ascii_lowercase();
        let is_user = matches!(name.as_str(), "role" | "session_authorization");
        if is_user && self.context.running.security_definer {
            let message =
                format!("cannot set parameter \"{name}\" within security-definer function");
            return Err(PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message).into());
        }
        let value = match stmt.kind {
            VariableSetKind::VarSetValue => Some(settings::flatten(&name, &stmt.args)?),
            VariableSetKind::VarSetDefault | VariableSetKind::VarReset => None,
            VariableSetKind::VarSetCurrent
            | VariableSetKind::VarSetMulti
            | VariableSetKind::VarResetAll => return Ok(()),
        };
        if is_user {
            let Context { catalog, session, .. } = &mut *self.context;
            assign_user(catalog, session, &name, value.as_deref(), stmt.is_local, true)?;
            self.context.refresh_path();
            return Ok(());
        }
        self.assign(&name, value.as_deref(), stmt.is_local)
    }
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

/// What a query shows, by name and type.
fn columns(targets: &[crate::nodes::primnodes::TargetEntry]) -> Fields {
    let shown = targets.iter().filter(|target| !target.resjunk);
    let column = |target: &crate::nodes::primnodes::TargetEntry| {
        let name = target.resname.as_ref().map_or("?column?", |name| name.as_str());
        let type_id = match expr_type(&target.expr) {
            fixed::UNKNOWNOID => fixed::TEXTOID,
            type_id => type_id,
        };
        (Arc::from(name), type_id, expr_typmod(&target.expr))
    };
    exec::fields(shown.map(column).collect())
}

impl Host for PlHost<'_, '_> {
    fn query(&mut self, sql: &str, variables: &Variables) -> PgResult<Rows> {
        let statements = self.parse_one(sql)?;
        let statement = &statements[0];
        if !matches!(statement.stmt, Node::SelectStmt(_)) {
            let done = self.run(sql, statement, variables)?;
            return match done.rows {
                Some(rows) => Ok(rows),
                None => unknown("what a command returns depends on data"),
            };
        }
        let query = self.analyse(&statement.stmt, variables)?;
        let fields = columns(&query.target_list);
        Ok(Rows { fields, rows: self.rows(&query)? })
    }

    fn describe(&mut self, sql: &str, variables: &Variables) -> PgResult<Fields> {
        let statements = self.parse_one(sql)?;
        let statement = &statements[0];
        let query = self.analyse(&statement.stmt, variables)?;
        let is_change = !query.returning_list.is_empty();
        Ok(columns(if is_change { &query.returning_list } else { &query.target_list }))
    }

    fn expression(&mut self, sql: &str, variables: &Variables) -> PgResult<Typed> {
        let statements = self.parse_one(sql)?;
        let statement = &statements[0];
        let query = self.analyse(&statement.stmt, variables)?;
        let fields = columns(&query.target_list);
        let [field] = &*fields else {
            let message = format!("query returned {} columns", fields.len());
            return Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into());
        };
        let mut typed = Typed { typmod: field.typmod, ..Typed::new(Value::Null, field.type_id) };
        if let Some(Expr::RowExpr(row)) = query.target_list.first().map(|target| &target.expr) {
            let members = row.args.iter().zip(1..).map(|(arg, number)| {
                let name = row
                    .colnames
                    .get(number - 1)
                    .map_or_else(|| format!("f{number}"), |name| name.to_string());
                (Arc::from(name), expr_type(arg), expr_typmod(arg))
            });
            let members: Vec<_> = members
                .map(|(name, type_id, typmod)| match type_id {
                    fixed::UNKNOWNOID => (name, fixed::TEXTOID, typmod),
                    type_id => (name, type_id, typmod),
                })
                .collect();
            typed.fields = Some(exec::fields(members));
        }
        let rows = match self.rows(&query) {
            Err(Stop::Unknown(reason)) => {
                self.harmless(&query, reason)?;
                contents::carry_out(self.context, &query)?;
                typed.value = Value::Unknown;
                return Ok(typed);
            }
            other => other?,
        };
        if rows.len() > 1 {
            let message = "query returned more than one row";
            return Err(PgError::new(sqlstate::CARDINALITY_VIOLATION, message).into());
        }
        typed.value = rows.into_iter().flatten().next().unwrap_or(Value::Null);
        Ok(typed)
    }

    fn command(&mut self, sql: &str, variables: &Variables) -> PgResult<Done> {
        let mut done = Done { count: Some(0), rows: None, gives_rows: false };
        for statement in self.parse(sql)?.iter() {
            done = self.run(sql, statement, variables)?;
        }
        Ok(done)
    }

    fn declared_type(&mut self, type_name: &str, variables: &Variables) -> PgResult<Declared> {
        let lower = type_name.trim().to_ascii_lowercase();
        if lower == "record" {
            return Ok(Declared { type_id: fixed::RECORDOID, typmod: -1, fields: None });
        }
        let (type_id, typmod) = match type_name.split_once('%') {
            None => {
                parse_type_string(&self.context.shared(), type_name).map_err(Stop::without_place)?
            }
            Some((names, rest)) => {
                let rest = rest.trim_start().to_ascii_lowercase();
                let is_array = rest.contains('[') || rest.contains("array");
                let own: Vec<String> =
                    names.split('.').map(|name| name.trim().to_lowercase()).collect();
                let parts: Vec<&str> = own.iter().map(String::as_str).collect();
                let variable = variables
                    .find(&parts)
                    .filter(|(_, used)| *used == parts.len() && rest.starts_with("type"))
                    .and_then(|(place, _)| variables.at(&place));
                let (type_id, typmod) = match variable {
                    Some(variable) if !is_array => {
                        return Ok(Declared {
                            type_id: variable.type_id,
                            typmod: variable.typmod,
                            fields: if variable.type_id == fixed::RECORDOID {
                                None
                            } else {
                                variable.fields.clone()
                            },
                        });
                    }
                    Some(variable) => (variable.type_id, variable.typmod),
                    None => referred_type(self.context, names, &rest)?,
                };
                match is_array {
                    true => (get_array_type(self.context.catalog, type_id), typmod),
                    false => (type_id, typmod),
                }
            }
        };
        Ok(Declared { type_id, typmod, fields: fields_of(self.context, type_id) })
    }

    fn fields_of(&self, type_id: Oid) -> Option<Fields> {
        fields_of(self.context, type_id)
    }

    fn element_type(&self, type_id: Oid) -> Oid {
        get_element_type(self.context.catalog, type_id)
    }

    /// PostgreSQL: build_attrmap_by_position (access/common/attmap.c).
    fn row_mismatch(&self, given: &[Field], wanted: &[Field]) -> Option<String> {
        let shared = self.context.shared();
        let untyped =
            |field: &Field| !field.type_id.is_valid() || is_polymorphic_type(field.type_id);
        for (index, (have, want)) in given.iter().zip(wanted).enumerate() {
            let same =
                have.type_id == want.type_id && (want.typmod < 0 || have.typmod == want.typmod);
            if untyped(have) || untyped(want) {
                return None;
            }
            if !same {
                let place = match shared.catalog.version().major() {
                    18.. => format!("\"{}\" (position {})", want.name, index + 1),
                    _ => (index + 1).to_string(), // before it names no column
                };
                return Some(format!(
                    "Returned type {} does not match expected type {} in column {place}.",
                    shared.format_type_mod(have.type_id, have.typmod),
                    shared.format_type_mod(want.type_id, want.typmod),
                ));
            }
        }
        (given.len() != wanted.len()).then(|| {
            format!(
                "Number of returned columns ({}) does not match expected column count ({}).",
                given.len(),
                wanted.len()
            )
        })
    }

    fn cast(&mut self, typed: Typed, type_id: Oid, typmod: i32) -> PgResult<Value> {
        let catalog = &*self.context.catalog;
        let is_domain = get_typtype(catalog, type_id) == b'd';
        if typed.value.is_null() && !is_domain {
            return Ok(Value::Null);
        }
        let same = typed.type_id == type_id && (typmod == -1 || typmod == typed.typmod);
        if (same && !is_domain) || typed.value == Value::Unknown {
            return Ok(typed.value);
        }
        if typed.value.is_untold() {
            return Ok(Value::Unknown);
        }
        if matches!(typed.value, Value::Record(_)) {
            return match get_typtype(catalog, type_id) {
                b'b' if matches!(type_id, fixed::TEXTOID | fixed::VARCHAROID) => {
                    Ok(typed.value.to_text().map_or(Value::Null, |text| Value::text(&text)))
                }
                _ => Ok(typed.value), // another row type
            };
        }
        let pstate = ParseState::new(self.context.shared(), None);
        let from = if typed.type_id.is_valid() { typed.type_id } else { fixed::UNKNOWNOID };
        let (context, form) =
            (CoercionContext::CoercionAssignment, CoercionForm::CoerceImplicitCast);
        let constant = executor::constant(&typed.value, from, typed.typmod);
        let assigned =
            coerce_to_target_type(&pstate, constant, from, type_id, typmod, context, form, -1)
                .map_err(Stop::without_place)?;
        let expr = match assigned {
            Some(expr) => expr,
            None => {
                // Every type is read from another's text.
                let text = match typed.value {
                    Value::Bool(value) => if value { "t" } else { "f" }.to_string(),
                    value => value.to_text().unwrap_or_default(),
                };
                let literal = make_const(fixed::UNKNOWNOID, &text);
                let unknown_type = fixed::UNKNOWNOID;
                coerce_to_target_type(
                    &pstate,
                    literal,
                    unknown_type,
                    type_id,
                    typmod,
                    context,
                    form,
                    -1,
                )
                .map_err(Stop::without_place)?
                .ok_or_else(|| Stop::Unknown("a value of this type is not converted".to_string()))?
            }
        };
        let value = executor::over_row(&expr, self.context.shared(), Vec::new());
        Ok(value.map_err(Stop::without_place)?.unwrap_or(Value::Unknown))
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

    fn keep(&mut self) -> usize {
        self.kept.push(Kept {
            catalog: self.context.catalog.clone(),
            session: self.context.session.clone(),
        });
        self.kept.len() - 1
    }

    fn join(&mut self, mark: usize, kept: &[usize]) -> bool {
        let Some((journal, _)) = self.marks.get(mark) else { return false };
        let journal = *journal;
        let mut states = kept.iter().filter_map(|number| self.kept.get(*number));
        let Some(first) = states.next() else { return false };
        let mut joined = first.catalog.clone();
        for other in states {
            if first.session != other.session
                || !first.catalog.agrees_since(&other.catalog, journal)
            {
                return false;
            }
            joined.join_contents(&other.catalog);
        }
        *self.context.session = first.session.clone();
        *self.context.catalog = joined;
        self.context.refresh_path();
        true
    }

    /// PostgreSQL: SPI_commit and SPI_rollback, in the simplest case: the body is all that the message runs.
    fn end_transaction(&mut self, undo: bool) -> PgResult<()> {
        if self.context.session.in_transaction_block {
            let what = "invalid transaction termination";
            return Err(PgError::new(sqlstate::INVALID_TRANSACTION_TERMINATION, what).into());
        }
        let Some(base) = self.base else {
            let what = "invalid transaction termination";
            return Err(PgError::new(sqlstate::INVALID_TRANSACTION_TERMINATION, what).into());
        };
        if !undo {
            fire_deferred(self.context, true)?;
        }
        let committed = &self.context.running.committed;
        if undo {
            self.context.catalog.rollback_to(base.max(committed.get()));
        } else {
            committed.set(self.context.catalog.mark());
        }
        self.context.refresh_path();
        Ok(())
    }
}
