//! Which triggers a statement fires, and in what order (PostgreSQL: ExecBSInsertTriggers, ExecBRInsertTriggers,
//! AfterTriggerSaveEvent and their kin, commands/trigger.c).

use std::sync::Arc;

use super::Context;
use super::effects::{may_change_catalog, may_write};
use super::pl_host::trigger_calls::{Occasion, call_trigger};
use super::trigger::tgtype;
use crate::catalog::guc::deferred::Waiting;
use crate::catalog::value::Value;
use crate::catalog::{PgClass, PgTrigger, TableRow};
use crate::executor;
use crate::findings::{PgResult, Stop, unknown};
use crate::pg::oid::Oid;

/// What a statement does to a table's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Insert,
    Update,
    Delete,
    Truncate,
}

impl Event {
    fn bit(self) -> i16 {
        match self {
            Event::Insert => tgtype::INSERT,
            Event::Update => tgtype::UPDATE,
            Event::Delete => tgtype::DELETE,
            Event::Truncate => tgtype::TRUNCATE,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Event::Insert => "INSERT",
            Event::Update => "UPDATE",
            Event::Delete => "DELETE",
            Event::Truncate => "TRUNCATE",
        }
    }
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    Before,
    After,
    Instead,
}

impl Timing {
    fn name(self) -> &'static str {
        match self {
            Timing::Before => "BEFORE",
            Timing::After => "AFTER",
            Timing::Instead => "INSTEAD OF",
        }
    }

    fn of(tgtype: i16) -> Timing {
        if tgtype & tgtype::BEFORE != 0 {
            Timing::Before
        } else if tgtype & tgtype::INSTEAD != 0 {
            Timing::Instead
        } else {
            Timing::After
        }
    }
}

/// What becomes of a row by its BEFORE triggers.
#[derive(Debug, Clone, PartialEq)]
pub enum RowFate {
    Row(TableRow),
    /// A trigger returned NULL: nothing happens to it.
    Skipped,
    /// What a trigger does cannot be told.
    Untold,
}

/// The statement as its triggers see it.
#[derive(Debug, Clone, Copy)]
pub struct Firing<'s> {
    pub relid: Oid,
    pub event: Event,
    /// The columns that an UPDATE sets.
    pub updated: &'s [i16],
}

impl Firing<'_> {
    /// The triggers that fire, by name.
    fn triggers(self, context: &Context, timing: Timing, for_rows: bool) -> Vec<Arc<PgTrigger>> {
        let role = context.session.get("session_replication_role").cloned();
        let is_replica = role.is_some_and(|role| role.eq_ignore_ascii_case("replica"));
        let fires = |trigger: &PgTrigger| match trigger.tgenabled {
            b'A' => true,
            b'R' => is_replica,
            b'D' => false,
            _ => !is_replica, // 'O'
        };
        let mut found: Vec<Arc<PgTrigger>> = context
            .catalog
            .find_all::<PgTrigger>(&self.relid)
            .filter(|trigger| !trigger.tgisinternal && fires(trigger))
            .filter(|trigger| trigger.tgtype & self.event.bit() != 0)
            .filter(|trigger| (trigger.tgtype & tgtype::ROW != 0) == for_rows)
            .filter(|trigger| Timing::of(trigger.tgtype) == timing)
            .filter(|trigger| {
                let of = &trigger.tgattr;
                self.event != Event::Update
                    || of.is_empty()
                    || of.iter().any(|column| self.updated.contains(column))
            })
            .cloned()
            .collect();
        found.sort_by(|a, b| a.tgname.cmp(&b.tgname));
        found
    }

    /// Whether any trigger of the table fires for rows.
    pub fn has_row_triggers(self, context: &Context) -> bool {
        [Timing::Before, Timing::After, Timing::Instead]
            .iter()
            .any(|timing| !self.triggers(context, *timing, true).is_empty())
    }

    /// BEFORE STATEMENT.
    pub fn before_statement(self, context: &mut Context) -> PgResult<()> {
        self.statement(context, Timing::Before)
    }

    /// AFTER STATEMENT, with what changed where that is known.
    pub fn after_statement(
        self,
        context: &mut Context,
        old: Option<&[TableRow]>,
        new: Option<&[TableRow]>,
    ) -> PgResult<()> {
        let before = context.running.transitions.len();
        for trigger in self.triggers(context, Timing::After, false) {
            self.lend_transitions(context, &trigger, old, new);
            let result = self.fire(context, &trigger, Timing::After, "STATEMENT", None, None);
            context.running.transitions.truncate(before);
            result?;
        }
        Ok(())
    }

    fn lend_transitions(
        self,
        context: &mut Context,
        trigger: &PgTrigger,
        old: Option<&[TableRow]>,
        new: Option<&[TableRow]>,
    ) {
        for (name, rows) in [(&trigger.tgoldtable, old), (&trigger.tgnewtable, new)] {
            if let Some(name) = name {
                let rows = rows.map(|rows| Arc::new(rows.to_vec()));
                context.running.transitions.push((name.clone(), self.relid, rows));
            }
        }
    }

    fn statement(self, context: &mut Context, timing: Timing) -> PgResult<()> {
        for trigger in self.triggers(context, timing, false) {
            self.fire(context, &trigger, timing, "STATEMENT", None, None)?;
        }
        Ok(())
    }

    /// BEFORE ROW, and INSTEAD OF: the row that is left.
    pub fn before_row(
        self,
        context: &mut Context,
        timing: Timing,
        old: Option<&TableRow>,
        row: TableRow,
    ) -> PgResult<RowFate> {
        let mut row = row;
        let is_delete = self.event == Event::Delete;
        let mut told = true;
        for trigger in self.triggers(context, timing, true) {
            let new = (!is_delete).then_some(&row);
            match self.fire(context, &trigger, timing, "ROW", old, new)? {
                Some(Value::Null) if told => return Ok(RowFate::Skipped),
                Some(Value::Record(values)) if !is_delete => {
                    row = values.into_iter().map(|(_, value)| value).collect();
                }
                Some(Value::Record(_)) => {}
                Some(_) | None => {
                    // What it makes of the row is not known.
                    told = false;
                    row = vec![Value::Unknown; row.len()];
                }
            }
        }
        Ok(if told { RowFate::Row(row) } else { RowFate::Untold })
    }

    /// AFTER ROW.
    pub fn after_row(
        self,
        context: &mut Context,
        old: Option<&TableRow>,
        new: Option<&TableRow>,
        all: (Option<&[TableRow]>, Option<&[TableRow]>),
    ) -> PgResult<()> {
        let before = context.running.transitions.len();
        for trigger in self.triggers(context, Timing::After, true) {
            if context.session.deferred.waits(&trigger) {
                if self.condition(context, &trigger, old, new)? != Some(false) {
                    context.session.deferred.push(Waiting {
                        trigger: trigger.oid,
                        event: self.event.bit(),
                        old: old.cloned(),
                        new: new.cloned(),
                    });
                }
                continue;
            }
            self.lend_transitions(context, &trigger, all.0, all.1);
            let result = self.fire(context, &trigger, Timing::After, "ROW", old, new);
            context.running.transitions.truncate(before);
            result?;
        }
        Ok(())
    }

    /// Whether a trigger's WHEN holds; None where it cannot be told.
    fn condition(
        self,
        context: &Context,
        trigger: &PgTrigger,
        old: Option<&TableRow>,
        new: Option<&TableRow>,
    ) -> PgResult<Option<bool>> {
        let Some(condition) = &trigger.tgqual else { return Ok(Some(true)) };
        let holds = executor::over_rows(condition, context.shared(), old, new);
        Ok(holds.map_err(Stop::without_place)?.map(|value| value.as_bool() == Some(true)))
    }

    /// Runs one trigger where its condition holds; the row that it returns, the row itself where it does not run, None
    /// where it cannot be told.
    fn fire(
        self,
        context: &mut Context,
        trigger: &PgTrigger,
        timing: Timing,
        level: &'static str,
        old: Option<&TableRow>,
        new: Option<&TableRow>,
    ) -> PgResult<Option<Value>> {
        let unchanged = || {
            let row = new.or(old).into_iter().flatten();
            Value::Record(row.map(|value| (Arc::from(""), value.clone())).collect())
        };
        match self.condition(context, trigger, old, new)? {
            Some(true) => {}
            Some(false) => return Ok(Some(unchanged())),
            None => return untold(context, trigger).map(|()| None),
        }
        let mark = context.catalog.mark();
        let session = context.session.clone();
        let occasion =
            Occasion { when: timing.name(), level, operation: self.event.name(), old, new };
        match call_trigger(context, trigger, occasion) {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Unknown(reason)) => {
                context.catalog.rollback_to(mark);
                *context.session = session;
                context.refresh_path();
                if let Some(why) = may_change_catalog(context, &[trigger.tgfoid]) {
                    return unknown(format!("trigger {}: {why} ({reason})", trigger.tgname));
                }
                untold(context, trigger).map(|()| None)
            }
            Err(stop) => Err(stop.without_place()),
        }
    }
}

/// Runs the triggers that waited for the transaction's end; those that need wait no more, where it goes on (PostgreSQL:
/// AfterTriggerFireDeferred, AfterTriggerSetState).
pub fn fire_deferred(context: &mut Context, at_end: bool) -> PgResult<()> {
    loop {
        let catalog = &*context.catalog;
        let due = context.session.deferred.take(|state, waiting| {
            let trigger = catalog.get::<PgTrigger>(waiting.trigger);
            at_end || trigger.is_none_or(|trigger| !state.waits(trigger))
        });
        if due.is_empty() {
            return Ok(());
        }
        for waiting in due {
            context.running.budget.step()?;
            let Some(trigger) = context.catalog.get::<PgTrigger>(waiting.trigger).cloned() else {
                continue;
            };
            let event = match waiting.event {
                tgtype::INSERT => Event::Insert,
                tgtype::UPDATE => Event::Update,
                _ => Event::Delete, // the only other one that has rows
            };
            let firing = Firing { relid: trigger.tgrelid, event, updated: &[] };
            let (old, new) = (waiting.old.as_ref(), waiting.new.as_ref());
            firing.fire(context, &trigger, Timing::After, "ROW", old, new)?;
        }
    }
}

/// A trigger that may have run: what it may write is not known any more.
fn untold(context: &mut Context, trigger: &PgTrigger) -> PgResult<()> {
    if may_write(context, trigger.tgfoid) {
        context.catalog.forget_contents();
    }
    Ok(())
}

/// Whether the triggers that fire for rows which are not known may write to tables: then nothing is known of these.
pub fn forget_what_triggers_write(context: &mut Context, relid: Oid) {
    let catalog = &*context.catalog;
    let writers: Vec<Oid> = catalog
        .find_all::<PgTrigger>(&relid)
        .filter(|trigger| !trigger.tgisinternal && trigger.tgenabled != b'D')
        .map(|trigger| trigger.tgfoid)
        .collect();
    if writers.iter().any(|function| may_write(context, *function)) {
        context.catalog.forget_contents();
    }
}

/// Whether the relation is a view, whose rows are those that its triggers see.
pub fn is_view(context: &Context, relid: Oid) -> bool {
    context.catalog.get::<PgClass>(relid).is_some_and(|class| class.relkind == b'v')
}
