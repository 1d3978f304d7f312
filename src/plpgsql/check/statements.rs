//! The statements of a body one after the other, and where control can go (PostgreSQL: exec_stmts, pl_exec.c, with the
//! eyes of plpgsql_check).

use super::IssueKind;
use super::body::{Checker, columns};
use super::uses::reads_tables;
use super::words::dotted;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::executor::{self, Value};
use crate::findings::PgError;
use crate::nodes::ParseMode;
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::{CmdType, Expr, Query};
use crate::nodes::tokens::{Kind, tokens};
use crate::nodes::tree::Node;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_func::parse_func_or_column;
use crate::parser::parse_node::{ExprKind, ParamSource, ParseState};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::ast::*;
use crate::plpgsql::names::{CursorShape, Hook, RowShape, Variable};
use std::rc::Rc;

/// A loop or a labelled block around a statement.
pub(super) struct Enclosing {
    label: Option<String>,
    is_loop: bool,
    /// Whether EXIT leaves it.
    left: bool,
}

/// What records hold at a point of the body.
type Shapes = Vec<(Option<RowShape>, Option<Rc<CursorShape>>)>;

impl Checker<'_> {
    /// The whole body, and whether it ends without RETURN.
    pub(super) fn outermost(&mut self, block: &Block) {
        let falls = self.block(block);
        if falls && self.needs_return() {
            let what = if self.proc.prorettype == fixed::TRIGGEROID {
                "control reaches the end of the trigger procedure without RETURN"
            } else {
                "control reaches the end of the function without RETURN"
            };
            let certain = !self.returns;
            let message =
                if certain { what.to_string() } else { what.replacen("reaches", "may reach", 1) };
            let offset = block.end;
            self.remark(IssueKind::MissingReturn, message, offset);
        }
    }

    /// PostgreSQL: the end of plpgsql_exec_function, and fn_retset and out parameters, which need no RETURN.
    fn needs_return(&self) -> bool {
        let proc = self.proc;
        let outputs = proc
            .proargmodes
            .as_ref()
            .is_some_and(|modes| modes.iter().any(|mode| matches!(mode, b'o' | b'b' | b't')));
        proc.prokind == b'f'
            && !proc.proretset
            && !outputs
            && !matches!(proc.prorettype, fixed::VOIDOID | fixed::EVENT_TRIGGEROID)
    }

    fn block(&mut self, block: &Block) -> bool {
        self.names.push(block.label.as_deref());
        self.around.push(Enclosing { label: block.label.clone(), is_loop: false, left: false });
        for declaration in &block.declarations {
            self.declare(declaration);
        }
        let before = self.shapes();
        let mut falls = self.statements(&block.body);
        if !block.handlers.is_empty() {
            // An error may come from anywhere in the body.
            let mut after = self.shapes();
            let mut ways = if falls { vec![after.clone()] } else { Vec::new() };
            join(&mut after, &before);
            for handler in &block.handlers {
                self.restore(&after);
                self.names.push(None);
                for name in ["sqlstate", "sqlerrm"] {
                    self.names.add(Variable::new(name, fixed::TEXTOID, -1));
                }
                if self.statements(&handler.body) {
                    falls = true;
                    ways.push(self.shapes());
                }
                self.names.pop();
            }
            self.merge(ways);
        }
        self.report_unused(block);
        let left = self.around.pop().is_some_and(|around| around.left);
        self.names.pop();
        falls || left
    }

    /// Notes variables that nothing but their declaration names.
    fn report_unused(&mut self, block: &Block) {
        for declaration in &block.declarations {
            if !matches!(declaration.kind, DeclarationKind::Variable { .. }) {
                continue;
            }
            if self.mentions(&declaration.name) <= 1 {
                let message = format!("variable \"{}\" is never used", declaration.name);
                self.remark(IssueKind::Unused, message, declaration.offset);
            }
        }
    }

    /// How often a name stands in the body.
    fn mentions(&self, name: &str) -> usize {
        let body: &str = &self.proc.prosrc;
        let Ok(tokens) = tokens(body) else { return usize::MAX };
        let named = tokens.iter().filter(|token| {
            let text = &body[token.start..token.end];
            match token.kind {
                Kind::Word => text.to_lowercase() == name,
                Kind::QuotedWord => text[1..text.len() - 1].replace("\"\"", "\"") == name,
                _ => false, // no name
            }
        });
        named.count()
    }

    fn declare(&mut self, declaration: &Declaration) {
        let name = &declaration.name;
        let hidden = self.names.visible(name).map(|number| &self.names.variables[number]);
        if hidden.is_some_and(|variable| variable.name == *name || !variable.name.starts_with('$'))
            && hidden.is_some_and(|variable| variable.name != "found")
        {
            let message = format!("variable \"{name}\" hides another of that name");
            self.remark(IssueKind::Shadows, message, declaration.offset);
        }
        match &declaration.kind {
            DeclarationKind::Variable { type_name, default, .. } => {
                let found = self.declared_type(type_name);
                let found = self.take(found, type_name.offset);
                let (type_id, typmod) = found.unwrap_or((Oid::INVALID, -1));
                if let Some(default) = default {
                    self.assigned_value(default, type_id, typmod);
                }
                let mut variable = Variable::new(name, type_id, typmod);
                variable.declared = Some(declaration.offset);
                self.names.add(variable);
            }
            DeclarationKind::Alias { of } => match self.names.visible(of) {
                Some(number) => self.names.alias(name, number),
                None => {
                    self.names.add(Variable::new(name, Oid::INVALID, -1));
                }
            },
            DeclarationKind::Cursor { arguments, query } => {
                self.names.push(None);
                let arguments = arguments.as_ref().map_or(0, |arguments| self.arguments(arguments));
                let found = self.analyse(query, ParseMode::Default);
                self.names.pop();
                let shape = found.as_ref().and_then(row_of);
                let mut variable = Variable::new(name, fixed::REFCURSOROID, -1);
                variable.declared = Some(declaration.offset);
                variable.cursor = Some(Rc::new(CursorShape { arguments, shape }));
                self.names.add(variable);
            }
        }
    }

    /// Declares a cursor's arguments; how many there are.
    fn arguments(&mut self, arguments: &Sql) -> usize {
        let pieces = split_list(arguments);
        for piece in &pieces {
            let Some((names, rest)) = dotted(&piece.text) else { continue };
            let offset = piece.offset + (piece.text.len() - rest.len());
            let type_name = Sql { text: rest.trim().to_string(), offset };
            let found = self.declared_type(&type_name);
            let (type_id, typmod) = self.take(found, offset).unwrap_or((Oid::INVALID, -1));
            self.names.add(Variable::new(&names[0], type_id, typmod));
        }
        pieces.len()
    }

    /// Whether the end of the statements can be reached.
    pub(super) fn statements(&mut self, statements: &[Statement]) -> bool {
        let mut falls = true;
        for (index, statement) in statements.iter().enumerate() {
            if !falls {
                if !matches!(statement.kind, StatementKind::Null) {
                    let message = "this is never reached".to_string();
                    self.remark(IssueKind::Unreachable, message, statement.offset);
                }
                // What comes after is not looked at twice.
                for statement in &statements[index..] {
                    self.statement(statement);
                }
                return false;
            }
            falls = self.statement(statement);
        }
        falls
    }

    fn statement(&mut self, statement: &Statement) -> bool {
        match &statement.kind {
            StatementKind::Block(block) => return self.block(block),
            StatementKind::Assign { target, value } => self.assignment(target, value),
            StatementKind::If { arms, otherwise } => {
                let mut all: Vec<_> =
                    arms.iter().map(|(when, body)| (Some(when), body.as_slice())).collect();
                all.push((None, otherwise));
                return self.ways(None, &all, true);
            }
            StatementKind::Case { subject, arms, otherwise } => {
                let mut all: Vec<_> =
                    arms.iter().map(|(when, body)| (Some(when), body.as_slice())).collect();
                if let Some(otherwise) = otherwise {
                    all.push((None, otherwise));
                }
                return self.ways(subject.as_ref(), &all, false);
            }
            StatementKind::Loop { label, body } => {
                return self.repeat(label.as_deref(), body, false);
            }
            StatementKind::While { label, condition, body } => {
                self.expression(condition);
                return self.repeat(label.as_deref(), body, true);
            }
            StatementKind::ForInteger { label, variable, lower, upper, step, body, .. } => {
                for bound in [Some(lower), Some(upper), step.as_ref()].into_iter().flatten() {
                    self.assigned_value(bound, fixed::INT4OID, -1);
                }
                self.names.push(label.as_deref());
                self.names.add(Variable::new(variable, fixed::INT4OID, -1));
                self.repeat(label.as_deref(), body, true);
                self.names.pop();
            }
            StatementKind::ForQuery { label, targets, source, body } => {
                let shape = self.source(source);
                self.names.push(label.as_deref());
                self.into(targets, shape);
                self.repeat(label.as_deref(), body, true);
                self.names.pop();
            }
            StatementKind::ForCursor { label, target, cursor, arguments, body } => {
                self.for_cursor(label.as_deref(), target, cursor, arguments.as_ref(), body);
            }
            StatementKind::Foreach { label, targets, slice, array, body } => {
                self.foreach(targets, *slice, array);
                self.names.push(label.as_deref());
                self.repeat(label.as_deref(), body, true);
                self.names.pop();
            }
            StatementKind::Exit { continues, label, when } => {
                if let Some(when) = when {
                    self.expression(when);
                }
                self.leave(*continues, label.as_deref());
                return when.is_some();
            }
            StatementKind::Return { value } => {
                self.returns = true;
                if let Some(value) = value {
                    self.return_value(value);
                }
                return false;
            }
            StatementKind::ReturnNext { value } => {
                self.returns = true;
                if let Some(value) = value {
                    self.return_next(value);
                }
            }
            StatementKind::ReturnQuery(source) => {
                self.returns = true;
                self.return_query(source);
            }
            StatementKind::Raise(raise) => {
                let options = raise.options.iter().map(|(_, value)| value);
                for value in raise.parameters.iter().chain(options) {
                    self.expression(value);
                }
                return raise.level != "exception";
            }
            StatementKind::Assert { condition, message } => {
                self.expression(condition);
                if let Some(message) = message {
                    self.expression(message);
                }
            }
            StatementKind::Sql { command, into } => self.command(command, into.as_ref()),
            StatementKind::Execute { command, into, using } => {
                let shape = self.dynamic(command, using);
                if let Some(into) = into {
                    self.into(&into.targets, shape);
                }
            }
            StatementKind::Perform(sql) => {
                // PERFORM stands in the place of SELECT.
                let text = format!("SELECT {}", sql.text);
                self.analyse_text(&text, sql.offset as isize - 7, ParseMode::Default);
            }
            StatementKind::Call { command } => self.call(command),
            StatementKind::GetDiagnostics { items, .. } => {
                for (target, _) in items {
                    self.into(std::slice::from_ref(target), None);
                }
            }
            StatementKind::Open { cursor, arguments, source } => {
                self.open(cursor, arguments.as_ref(), source.as_ref());
            }
            StatementKind::Fetch { cursor, targets, .. } => {
                let number = self.names.visible(cursor);
                let shape = number
                    .and_then(|number| self.names.variables[number].cursor.clone())
                    .and_then(|cursor| cursor.shape.clone());
                self.into(targets, shape);
            }
            StatementKind::Move { .. }
            | StatementKind::Close { .. }
            | StatementKind::Commit
            | StatementKind::Rollback
            | StatementKind::Null => {}
        }
        true
    }

    /// IF and CASE: the conditions in order, and what follows each.
    fn ways(
        &mut self,
        subject: Option<&Sql>,
        arms: &[(Option<&Sql>, &[Statement])],
        may_fall: bool,
    ) -> bool {
        if let Some(subject) = subject {
            self.expression(subject);
        }
        let before = self.shapes();
        let (mut falls, mut ways) = (false, Vec::new());
        let mut closed = false;
        for (condition, body) in arms {
            let holds = match (condition, subject) {
                (None, _) => {
                    closed = true;
                    Some(true)
                }
                (Some(condition), None) => {
                    let query = self.expression(condition);
                    query.and_then(|query| self.decide(&query))
                }
                (Some(condition), Some(subject)) => {
                    let text = format!("({}) IN ({})", subject.text, condition.text);
                    let base = condition.offset as isize - (subject.text.len() + 7) as isize;
                    let query = self.analyse_text(&text, base, ParseMode::PlpgsqlExpr);
                    query.and_then(|query| self.decide(&query))
                }
            };
            if holds == Some(false) {
                continue;
            }
            self.restore(&before);
            if self.statements(body) {
                falls = true;
                ways.push(self.shapes());
            }
            if holds == Some(true) {
                closed = true;
                break;
            }
        }
        if !closed && may_fall {
            falls = true;
            ways.push(before);
        }
        self.merge(ways);
        falls
    }

    /// What a condition comes to where the catalog and the trigger decide it.
    fn decide(&self, query: &Query) -> Option<bool> {
        if reads_tables(query) {
            return None;
        }
        let rows = executor::evaluate(query, self.shared).ok()?;
        match rows.into_iter().flatten().next()? {
            Value::Unknown => None,
            value => Some(value.as_bool() == Some(true)),
        }
    }

    /// A loop's body; what a record holds at its start may come from its end.
    fn repeat(&mut self, label: Option<&str>, body: &[Statement], may_end: bool) -> bool {
        let before = self.shapes();
        let noted = (self.report.issues.len(), self.report.uses.len(), self.report.unknown.len());
        let left = self.once(label, body);
        let mut start = self.shapes();
        join(&mut start, &before);
        if start[..before.len()] != before[..] {
            self.report.issues.truncate(noted.0);
            self.report.uses.truncate(noted.1);
            self.report.unknown.truncate(noted.2);
            self.restore(&start);
            self.once(label, body);
            let mut after = self.shapes();
            join(&mut after, &start);
            self.restore(&after);
        }
        left || may_end
    }

    fn once(&mut self, label: Option<&str>, body: &[Statement]) -> bool {
        self.around.push(Enclosing {
            label: label.map(str::to_string),
            is_loop: true,
            left: false,
        });
        self.statements(body);
        self.around.pop().is_some_and(|around| around.left)
    }

    fn leave(&mut self, continues: bool, label: Option<&str>) {
        let target = self.around.iter_mut().rev().find(|around| match label {
            Some(label) => around.label.as_deref() == Some(label),
            None => around.is_loop,
        });
        if let Some(target) = target {
            target.left |= !continues;
        }
    }

    /// An expression: it must give one column.
    pub(super) fn expression(&mut self, sql: &Sql) -> Option<Query> {
        let query = self.analyse(sql, ParseMode::PlpgsqlExpr)?;
        let width = query.target_list.iter().filter(|target| !target.resjunk).count();
        if width != 1 {
            let message = format!("query \"SELECT {}\" returned {width} columns", sql.text);
            self.fails(PgError::new(sqlstate::SYNTAX_ERROR, message), sql.offset);
            return None;
        }
        Some(query)
    }

    /// A SQL command as written.
    fn command(&mut self, command: &Sql, into: Option<&IntoTarget>) {
        let Some(statement) = crate::nodes::parse(&command.text, ParseMode::Default, true)
            .ok()
            .and_then(|mut all| all.pop())
        else {
            return;
        };
        self.named_relations(&statement.stmt, command);
        let base = command.offset as isize;
        let query = self.analyse_node(&statement.stmt, &command.text, base);
        let shape = query.as_ref().and_then(row_of);
        if let Some(query) = &query {
            let gives = columns(query).is_some_and(|columns| {
                !columns.is_empty() || query.command_type == CmdType::CmdSelect
            });
            let is_utility = query.command_type == CmdType::CmdUtility;
            if into.is_none() && gives {
                let mut error = PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    "query has no destination for result data",
                );
                if query.command_type == CmdType::CmdSelect {
                    error = error.hint(
                        "If you want to discard the results of a SELECT, use PERFORM instead.",
                    );
                }
                self.fails(error, command.offset);
            } else if into.is_some() && !gives && !is_utility {
                let message = "INTO used with a command that cannot return data";
                self.fails(PgError::new(sqlstate::SYNTAX_ERROR, message), command.offset);
            }
        }
        if let Some(into) = into {
            self.into(&into.targets, shape);
        }
    }

    /// Relations that a utility command names and that must be there.
    fn named_relations(&mut self, statement: &Node, command: &Sql) {
        let mut ranges = Vec::new();
        match statement {
            Node::TruncateStmt(stmt) => ranges.extend(stmt.relations.iter()),
            Node::LockStmt(stmt) => ranges.extend(stmt.relations.iter()),
            _ => {} // other commands make what they name, or are analysed
        }
        let mut all: Vec<&crate::nodes::tree::RangeVar> = ranges
            .into_iter()
            .filter_map(|node| match node {
                Node::RangeVar(range) => Some(range.as_ref()),
                _ => None, // nothing else stands there
            })
            .collect();
        if let Node::RefreshMatViewStmt(stmt) = statement {
            all.extend(stmt.relation.as_deref());
        }
        for range in all {
            let offset = command.offset + range.location.offset().unwrap_or(0) as usize;
            let found = crate::catalog::namespace::range_var_get_relid(&self.shared, range, false);
            if let Some(Some(relid)) = self.take(found, offset) {
                self.touch(ObjectAddress::new(Class::Relation, relid), offset);
            }
        }
    }

    /// CALL (PostgreSQL: transformCallStmt).
    fn call(&mut self, command: &Sql) {
        let Some(statement) = crate::nodes::parse(&command.text, ParseMode::Default, true)
            .ok()
            .and_then(|mut all| all.pop())
        else {
            return;
        };
        let Node::CallStmt(call) = &statement.stmt else { return };
        let Some(call) = &call.funccall else { return };
        let outcome = {
            let mut pstate = ParseState::new(self.shared, None);
            pstate.params = ParamSource::Hook(Rc::new(Hook(&self.names)));
            call.args
                .iter()
                .map(|argument| transform_expr(&mut pstate, argument, ExprKind::CallArgument))
                .collect::<Result<Vec<_>, _>>()
                .and_then(|arguments| {
                    let (names, last, at) = (&call.funcname, pstate.last_srf, call.location.0);
                    parse_func_or_column(&mut pstate, names, arguments, last, Some(call), true, at)
                })
        };
        let base = command.offset as isize;
        self.take_touched(&command.text, base);
        match outcome {
            Ok(Some(Expr::FuncExpr(found))) => {
                let offset = command.offset + found.location.offset().unwrap_or(0) as usize;
                self.touch(ObjectAddress::new(Class::Proc, found.funcid), offset);
            }
            Ok(_) => {}
            Err(stop) => self.stopped(stop, &command.text, base),
        }
    }

    // Queries whose rows go somewhere.

    /// The row that a loop's or a cursor's source gives.
    pub(super) fn source(&mut self, source: &Source) -> Option<RowShape> {
        match source {
            Source::Query(query) => {
                self.analyse(query, ParseMode::Default).as_ref().and_then(row_of)
            }
            Source::Dynamic { command, using } => self.dynamic(command, using),
        }
    }

    /// A command that is made when it runs: analysed where its text is known. The row that it gives.
    pub(super) fn dynamic(&mut self, command: &Sql, using: &[Sql]) -> Option<RowShape> {
        let text = self.expression(command);
        let mut parameters = Vec::with_capacity(using.len());
        for value in using {
            let query = self.expression(value);
            let found = query.as_ref().and_then(|query| query.target_list.first());
            parameters
                .push(found.map_or((Oid::INVALID, -1), |target| (expr_type(&target.expr), -1)));
        }
        let text = text.filter(|query| !reads_tables(query))?;
        let rows = executor::evaluate(&text, self.shared).ok()?;
        let Some(Value::Text(text)) = rows.into_iter().flatten().next() else { return None };
        if parameters.iter().any(|(type_id, _)| !type_id.is_valid()) {
            return None;
        }
        let Ok(mut statements) = crate::nodes::parse(&text, ParseMode::Default, true) else {
            return None; // a command of several pieces, or a template
        };
        let statement = statements.pop().filter(|_| statements.is_empty())?;
        let saved = self.names.parameters.replace(parameters);
        let noted = (self.report.issues.len(), self.report.uses.len());
        // Places are found where the string is written as it runs.
        let written = command.text.find(text.as_ref());
        let base = command.offset as isize + written.unwrap_or(0) as isize;
        let query = self.analyse_node(&statement.stmt, &text, base);
        self.names.parameters = saved;
        if written.is_none() {
            for issue in &mut self.report.issues[noted.0..] {
                issue.offset = command.offset;
            }
            for touched in &mut self.report.uses[noted.1..] {
                touched.offset = command.offset;
            }
        }
        query.as_ref().and_then(row_of)
    }

    fn for_cursor(
        &mut self,
        label: Option<&str>,
        target: &Sql,
        cursor: &str,
        arguments: Option<&Sql>,
        body: &[Statement],
    ) {
        let shape = self.opened(cursor, arguments);
        self.names.push(label);
        let name = dotted(&target.text).map_or_else(String::new, |(names, _)| names.concat());
        // The loop's variable is a record of its own.
        let mut variable = Variable::new(&name, fixed::RECORDOID, -1);
        variable.shape = shape;
        self.names.add(variable);
        self.repeat(label, body, true);
        self.names.pop();
    }

    /// A bound cursor that is opened with arguments; the row that it gives.
    fn opened(&mut self, cursor: &str, arguments: Option<&Sql>) -> Option<RowShape> {
        for argument in arguments.map(split_list).unwrap_or_default() {
            // `name := value` gives one by name.
            let (skipped, text) =
                match argument.text.split_once(":=").or(argument.text.split_once("=>")) {
                    Some((name, value)) => (name.len() + 2, value),
                    None => (0, argument.text.as_str()),
                };
            let blank = text.len() - text.trim_start().len();
            let value =
                Sql { text: text.trim().to_string(), offset: argument.offset + skipped + blank };
            self.expression(&value);
        }
        let number = self.names.visible(cursor)?;
        self.names.variables[number].used.set(true);
        self.names.variables[number].cursor.as_ref()?.shape.clone()
    }

    fn open(&mut self, cursor: &str, arguments: Option<&Sql>, source: Option<&Source>) {
        match source {
            Some(source) => {
                let shape = self.source(source);
                if let Some(number) = self.names.visible(cursor) {
                    self.names.variables[number].cursor =
                        Some(Rc::new(CursorShape { arguments: 0, shape }));
                }
            }
            None => {
                self.opened(cursor, arguments);
            }
        }
    }

    // What records hold.

    fn shapes(&self) -> Shapes {
        self.names.variables.iter().map(|v| (v.shape.clone(), v.cursor.clone())).collect()
    }

    fn restore(&mut self, shapes: &Shapes) {
        for (variable, (shape, cursor)) in self.names.variables.iter_mut().zip(shapes) {
            variable.shape = shape.clone();
            variable.cursor = cursor.clone();
        }
    }

    /// Goes on with what all ways agree on.
    fn merge(&mut self, ways: Vec<Shapes>) {
        let mut ways = ways.into_iter();
        let Some(mut all) = ways.next() else { return };
        for way in ways {
            join(&mut all, &way);
        }
        self.restore(&all);
    }
}

/// Forgets in the first what the second has otherwise.
fn join(all: &mut Shapes, other: &Shapes) {
    for ((shape, cursor), (their_shape, their_cursor)) in all.iter_mut().zip(other) {
        if shape != their_shape {
            *shape = None;
        }
        let same = match (&cursor, their_cursor) {
            (Some(ours), Some(theirs)) => ours.shape == theirs.shape,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !same {
            *cursor = None;
        }
    }
}

/// The row that a query gives.
pub(super) fn row_of(query: &Query) -> Option<RowShape> {
    Some(RowShape { columns: Rc::new(columns(query)?), row_type: fixed::RECORDOID })
}

/// The members of a list with commas between them.
fn split_list(list: &Sql) -> Vec<Sql> {
    let Ok(tokens) = tokens(&list.text) else { return Vec::new() };
    let (mut pieces, mut depth, mut start, mut end) = (Vec::new(), 0_usize, None, 0);
    let mut close = |start: &mut Option<usize>, end: usize| {
        if let Some(from) = start.take() {
            pieces.push(Sql { text: list.text[from..end].to_string(), offset: list.offset + from });
        }
    };
    for token in &tokens {
        let text = &list.text[token.start..token.end];
        match (token.kind, text) {
            (Kind::Symbol, "(" | "[") => depth += 1,
            (Kind::Symbol, ")" | "]") => depth = depth.saturating_sub(1),
            _ => {} // any other token
        }
        if token.kind == Kind::End || (depth == 0 && token.kind == Kind::Symbol && text == ",") {
            close(&mut start, end);
            continue;
        }
        start.get_or_insert(token.start);
        end = token.end;
    }
    pieces
}
