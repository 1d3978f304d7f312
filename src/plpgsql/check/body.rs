//! One pass over a PL/pgSQL body: its names set up as the compiler does, each piece of SQL analysed (PostgreSQL:
//! do_compile and plpgsql_parser_setup, pl_comp.c).

use std::collections::BTreeSet;
use std::rc::Rc;

use super::statements::Enclosing;
use super::uses::Collector;
use super::words::{add_words, holds_ddl, makes_things};
use super::{Issue, IssueKind, Report, Surroundings, Use};
use crate::catalog::objectaddress::ObjectAddress;
use crate::catalog::{PgClass, PgNamespace, PgProc, PgTrigger};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::{expr_collation, expr_type, expr_typmod};
use crate::nodes::primnodes::{CmdType, Query};
use crate::nodes::tree::Node;
use crate::nodes::{self, ParseMode};
use crate::parser::analyze::parse_analyze_in;
use crate::parser::funcapi::{
    TupleAttr, TupleDesc, build_function_result_tupdesc, lookup_rowtype_tupdesc, relation_tupdesc,
};
use crate::parser::parse_node::{ParamSource, Shared};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::plpgsql::ast::{Block, Source, Sql, Statement, StatementKind};
use crate::plpgsql::names::{Hook, Names, RowShape, Variable, variable_conflict};

/// What a body is checked with.
pub(super) struct Checker<'a> {
    pub shared: Shared<'a>,
    pub names: Names<'a>,
    pub proc: &'a PgProc,
    pub report: &'a mut Report,
    /// Names whose absence is no fault.
    doubtful: BTreeSet<String>,
    /// The body runs commands that make or change things and whose text is not known.
    pub unknown_ddl: bool,
    transition_tables: Rc<Vec<(Name, Oid)>>,
    /// The table whose trigger this is.
    pub trigger_row: Option<RowShape>,
    /// The columns that RETURN QUERY and RETURN NEXT must give.
    pub result: Option<TupleDesc>,
    /// The loops and blocks around.
    pub around: Vec<Enclosing>,
    /// Whether anything in the body returns.
    pub returns: bool,
}

/// Checks a body for one trigger, or for none.
pub(super) fn check(
    shared: Shared,
    proc: &PgProc,
    block: &Block,
    trigger: Option<&PgTrigger>,
    around: &Surroundings,
    report: &mut Report,
) {
    let said = shared.notices.borrow().len();
    let names = Names::new(shared.catalog, proc.proname.as_str(), variable_conflict(&proc.prosrc));
    let mut checker = Checker {
        shared,
        names,
        proc,
        report,
        doubtful: around.doubtful.clone(),
        unknown_ddl: false,
        transition_tables: Rc::default(),
        trigger_row: None,
        result: None,
        around: Vec::new(),
        returns: false,
    };
    checker.set_up(trigger);
    checker.gather_made(&block.body);
    for handler in &block.handlers {
        checker.gather_made(&handler.body);
    }
    checker.outermost(block);
    shared.notices.borrow_mut().truncate(said);
}

impl Checker<'_> {
    fn set_up(&mut self, trigger: Option<&PgTrigger>) {
        let proc = self.proc;
        let types = proc.proallargtypes.as_ref().unwrap_or(&proc.proargtypes);
        for (index, type_id) in types.iter().enumerate() {
            let name = proc.proargnames.as_ref().and_then(|names| names.get(index));
            let number = self.names.add(Variable::new(&format!("${}", index + 1), *type_id, -1));
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                self.names.alias(name.as_str(), number);
            }
        }
        self.names.add(Variable::new("found", fixed::BOOLOID, -1));
        self.result = self.result_columns();
        match proc.prorettype {
            fixed::TRIGGEROID => self.set_up_trigger(trigger),
            fixed::EVENT_TRIGGEROID => {
                for name in ["tg_event", "tg_tag"] {
                    self.names.add(Variable::new(name, fixed::TEXTOID, -1));
                }
            }
            _ => {} // other functions have no names of their own
        }
    }

    /// PostgreSQL: the part of do_compile that declares NEW, OLD and TG_….
    fn set_up_trigger(&mut self, trigger: Option<&PgTrigger>) {
        let catalog = self.shared.catalog;
        let class = trigger.and_then(|trigger| catalog.get::<PgClass>(trigger.tgrelid));
        let shape = class.map(|class| RowShape {
            columns: Rc::new(relation_tupdesc(class)),
            row_type: class.reltype,
        });
        for name in ["new", "old"] {
            let type_id = if shape.is_some() { fixed::RECORDOID } else { Oid::INVALID };
            let mut row = Variable::new(name, type_id, -1);
            row.shape = shape.clone();
            self.names.add(row);
        }
        self.trigger_row = shape;
        let text = |value: Option<&str>| value.map(Rc::from);
        let schema = class.and_then(|class| catalog.get::<PgNamespace>(class.relnamespace));
        let schema = schema.map(|row| row.nspname.as_str());
        let table = class.map(|class| class.relname.as_str());
        let kind = trigger.map_or(0, |trigger| trigger.tgtype);
        let operation = match kind & 0x3c {
            4 => Some("INSERT"),
            8 => Some("DELETE"),
            16 => Some("UPDATE"),
            32 => Some("TRUNCATE"),
            _ => None, // several operations: which one is not known
        };
        let when = trigger.map(|_| match (kind & 2 != 0, kind & 64 != 0) {
            (true, _) => "BEFORE",
            (_, true) => "INSTEAD OF",
            _ => "AFTER",
        });
        let level = trigger.map(|_| if kind & 1 != 0 { "ROW" } else { "STATEMENT" });
        let name = trigger.map(|trigger| trigger.tgname.as_str());
        let relid = class.map(|class| class.oid.0.to_string());
        let known: [(&str, Oid, Option<Rc<str>>); 9] = [
            ("tg_name", fixed::NAMEOID, text(name)),
            ("tg_when", fixed::TEXTOID, text(when)),
            ("tg_level", fixed::TEXTOID, text(level)),
            ("tg_op", fixed::TEXTOID, text(operation)),
            ("tg_relid", fixed::OIDOID, text(relid.as_deref())),
            ("tg_relname", fixed::NAMEOID, text(table)),
            ("tg_table_name", fixed::NAMEOID, text(table)),
            ("tg_table_schema", fixed::NAMEOID, text(schema)),
            ("tg_nargs", fixed::INT4OID, trigger.map(|t| t.tgargs.len().to_string().into())),
        ];
        for (name, type_id, value) in known {
            let mut variable = Variable::new(name, type_id, -1);
            variable.value = value;
            self.names.add(variable);
        }
        self.names.add(Variable::new("tg_argv", fixed::TEXTARRAYOID, -1));
        let Some(trigger) = trigger else {
            // Without a trigger there may be transition tables of any name.
            return;
        };
        let tables = [&trigger.tgoldtable, &trigger.tgnewtable];
        self.transition_tables = Rc::new(
            tables.into_iter().flatten().map(|name| (name.clone(), trigger.tgrelid)).collect(),
        );
    }

    /// The columns of the rows that the function returns; None where its callers decide them.
    fn result_columns(&self) -> Option<TupleDesc> {
        let (catalog, proc) = (self.shared.catalog, self.proc);
        if let Some(columns) = build_function_result_tupdesc(catalog, proc) {
            return Some(columns);
        }
        if matches!(proc.prorettype, fixed::RECORDOID | fixed::VOIDOID | fixed::TRIGGEROID) {
            return None;
        }
        if let Some(columns) = lookup_rowtype_tupdesc(catalog, proc.prorettype) {
            return Some(columns);
        }
        let name = Name::new(proc.proname.as_str());
        Some(vec![TupleAttr::new(name, proc.prorettype, -1, Oid::INVALID)])
    }

    /// Notes the names that commands in the body may make or change: what is said of them later is not known.
    fn gather_made(&mut self, statements: &[Statement]) {
        for statement in statements {
            match &statement.kind {
                StatementKind::Sql { command, .. } if is_ddl(&command.text) => {
                    add_words(&command.text, &mut self.doubtful);
                }
                StatementKind::Execute { command, .. } => self.gather_dynamic(command),
                StatementKind::ForQuery { source: Source::Dynamic { command, .. }, .. }
                | StatementKind::ReturnQuery(Source::Dynamic { command, .. }) => {
                    self.gather_dynamic(command);
                }
                _ => {} // the rest makes nothing by itself
            }
            for inner in statement.bodies() {
                self.gather_made(inner);
            }
        }
    }

    fn gather_dynamic(&mut self, command: &Sql) {
        if holds_ddl(&command.text) {
            add_words(&command.text, &mut self.doubtful);
            // What only drops things makes none of those that are missing.
            self.unknown_ddl |= makes_things(&command.text) && command.text.contains(['%', '|']);
        }
    }

    /// Analyses a piece of the body: a statement, or an expression. None where that cannot be done or fails.
    pub(super) fn analyse(&mut self, sql: &Sql, mode: ParseMode) -> Option<Query> {
        self.analyse_text(&sql.text, sql.offset as isize, mode)
    }

    /// The same of a text whose first byte stands at `base`.
    pub(super) fn analyse_text(
        &mut self,
        text: &str,
        base: isize,
        mode: ParseMode,
    ) -> Option<Query> {
        // What does not parse was refused before.
        let mut statements = nodes::parse(text, mode, true).ok()?;
        let statement = statements.pop()?;
        self.analyse_node(&statement.stmt, text, base)
    }

    /// The same of a parsed statement.
    pub(super) fn analyse_node(&mut self, node: &Node, text: &str, base: isize) -> Option<Query> {
        let hook = ParamSource::Hook(Rc::new(Hook(&self.names)));
        let outcome = parse_analyze_in(self.shared, node, hook, Rc::clone(&self.transition_tables));
        self.take_touched(text, base);
        match outcome {
            Ok(query) => {
                let catalog = self.shared.catalog;
                Collector { catalog, text, base, uses: &mut self.report.uses }.query(&query);
                Some(query)
            }
            Err(stop) => {
                self.stopped(stop, text, base);
                None
            }
        }
    }

    /// Notes the columns that NEW, OLD and other rows of tables were asked for.
    pub(super) fn take_touched(&mut self, text: &str, base: isize) {
        for (address, location) in self.names.touched.take() {
            let inside = usize::try_from(location).ok().filter(|at| *at <= text.len()).unwrap_or(0);
            let offset = usize::try_from(base + inside as isize).unwrap_or(0);
            self.touch(address, offset);
        }
    }

    /// Notes that the body touches an object.
    pub(super) fn touch(&mut self, address: ObjectAddress, offset: usize) {
        if !address.object.is_builtin() {
            self.report.uses.push(Use { address, offset });
        }
    }

    /// Notes why a piece that starts at `base` is refused, or cannot be analysed.
    pub(super) fn stopped(&mut self, stop: Stop, text: &str, base: isize) {
        match stop {
            Stop::Unknown(reason) => self.report.unknown.push(reason),
            Stop::Error(error) => {
                let inside = error.position.map_or(0, |at| at as usize).min(text.len());
                let offset = usize::try_from(base + inside as isize).unwrap_or(0);
                self.fails_in(*error, offset, usize::try_from(base).unwrap_or(0));
            }
        }
    }

    /// Notes an error, unless it is about something that may be made when the body runs.
    pub(super) fn fails(&mut self, error: PgError, offset: usize) {
        self.fails_in(error, offset, offset);
    }

    /// The same in the piece that starts at a place.
    fn fails_in(&mut self, mut error: PgError, offset: usize, piece: usize) {
        if let Some(name) = super::missing_name(&error)
            && (self.unknown_ddl || self.is_doubtful(&error, name))
        {
            self.report.unknown.push(format!("\"{name}\" may be made when the body runs"));
            return;
        }
        error.position = None;
        self.report.issues.push(Issue { kind: IssueKind::Fails, offset, piece, error });
    }

    /// Whether a missing thing, or the schema that it would stand in, may be made when things run.
    fn is_doubtful(&self, error: &PgError, name: &str) -> bool {
        let known = |name: &str| self.doubtful.contains(&name.to_lowercase());
        let quoted = error.message.split('"').nth(1).unwrap_or("");
        let schema = quoted.rsplit_once('.').map(|(schema, _)| schema);
        let gone = schema
            .filter(|schema| self.shared.catalog.find::<PgNamespace>(&Name::new(schema)).is_none());
        known(name) || gone.is_some_and(known)
    }

    /// Notes something that is no error of PostgreSQL's.
    pub(super) fn remark(&mut self, kind: IssueKind, message: String, offset: usize) {
        let error = PgError::new(crate::pg::sqlstate::WARNING, message);
        self.report.issues.push(Issue { kind, offset, piece: offset, error });
    }

    /// The result of something that may be refused, noted at the place.
    pub(super) fn take<T>(&mut self, outcome: PgResult<T>, offset: usize) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(Stop::Error(mut error)) => {
                error.position = None;
                self.fails(*error, offset);
                None
            }
            Err(Stop::Unknown(reason)) => {
                self.report.unknown.push(reason);
                None
            }
        }
    }
}

/// The columns that a query gives; None where it gives none.
pub(super) fn columns(query: &Query) -> Option<TupleDesc> {
    let targets = match query.command_type {
        CmdType::CmdSelect => &query.target_list,
        CmdType::CmdInsert | CmdType::CmdUpdate | CmdType::CmdDelete | CmdType::CmdMerge => {
            &query.returning_list
        }
        CmdType::CmdUnknown | CmdType::CmdUtility | CmdType::CmdNothing => return None,
    };
    let columns = targets.iter().filter(|target| !target.resjunk).map(|target| {
        let name = target.resname.clone().unwrap_or_else(|| Name::fixed("?column?"));
        let expr = &target.expr;
        TupleAttr::new(name, expr_type(expr), expr_typmod(expr), expr_collation(expr))
    });
    Some(columns.collect())
}

/// Whether the command makes, changes or drops things.
fn is_ddl(text: &str) -> bool {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    ["create", "alter", "drop"].iter().any(|known| word.eq_ignore_ascii_case(known))
}
