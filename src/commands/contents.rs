//! What INSERT, UPDATE and DELETE leave in tables whose rows are known, and what their constraints say of it
//! (PostgreSQL: ExecInsert, ExecUpdate and ExecDelete, executor/nodeModifyTable.c; ExecConstraints, executor/execMain.c).

use super::Context;
use super::effects::may_write;
use super::trigger_exec::{Event, Firing, RowFate, Timing, forget_what_triggers_write, is_view};
use crate::catalog::aclchk::policies_apply;
use crate::catalog::value::Value;
use crate::catalog::{
    MAX_ROWS, PgAttrdef, PgClass, PgConstraint, PgIndex, PgInherits, PgProc, PgRewrite, PgType,
    TableRow,
};
use crate::executor;
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::nodes::node_funcs::{walk_expr, walk_query};
use crate::nodes::primnodes::{CmdType, Expr, OnConflictAction, Query, RteKind, TargetEntry};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// What a statement did to rows.
#[derive(Debug, Default)]
pub struct Carried {
    /// How many rows it touched, where that is known.
    pub count: Option<i64>,
    /// What RETURNING gives, where that is known.
    pub returned: Option<Vec<Vec<Value>>>,
}

/// Carries out what an analysed statement does to rows, with the triggers that it fires.
pub fn carry_out(context: &mut Context, query: &Query) -> PgResult<Carried> {
    if calls_writer(context, query) {
        context.catalog.forget_contents();
        return Ok(Carried::default());
    }
    let others: Vec<Oid> =
        query.cte_list.iter().filter_map(|cte| target_of(&cte.ctequery)).collect();
    for relid in others {
        forget(context, relid);
    }
    let Some(relid) = target_of(query) else { return Ok(Carried::default()) };
    let event = match query.command_type {
        CmdType::CmdInsert => Event::Insert,
        CmdType::CmdUpdate => Event::Update,
        CmdType::CmdDelete => Event::Delete,
        _ => {
            forget_what_triggers_write(context, relid);
            forget(context, relid);
            return Ok(Carried::default()); // MERGE
        }
    };
    let updated: Vec<i16> = query
        .target_list
        .iter()
        .filter(|_| event == Event::Update)
        .map(|target| target.resno)
        .collect();
    let firing = Firing { relid, event, updated: &updated };
    firing.before_statement(context)?;
    let mark = context.catalog.mark();
    let result = match event {
        _ if is_view(context, relid) => instead(context, query, firing),
        Event::Insert => insert(context, query, firing),
        Event::Update | Event::Delete | Event::Truncate => modify(context, query, firing),
    };
    let carried = match result {
        Ok(Fate::Done { old, new }) => {
            let touched = if event == Event::Delete { &old } else { &new };
            firing.after_statement(context, Some(&old), Some(&new))?;
            let index = query.result_relation;
            let returned = match query.returning_list.is_empty() {
                true => None,
                false => executor::returned_rows(query, context.shared(), index, touched)
                    .map_err(Stop::without_place)
                    .map_or_else(told_or_error, |rows| Ok(Some(rows)))?,
            };
            Carried { count: Some(touched.len() as i64), returned }
        }
        Ok(Fate::Untold) | Err(Stop::Unknown(_)) => {
            let reason = result.err();
            if let Some(Stop::Unknown(reason)) = reason
                && reason.starts_with("trigger ")
            {
                return unknown(reason);
            }
            context.catalog.rollback_to(mark);
            forget_what_triggers_write(context, relid);
            forget(context, relid);
            firing.after_statement(context, None, None)?;
            Carried::default()
        }
        Err(error) => return Err(error),
    };
    Ok(carried)
}

fn told_or_error<T>(stop: Stop) -> PgResult<Option<T>> {
    match stop {
        Stop::Unknown(_) => Ok(None),
        error => Err(error),
    }
}

/// What became of a change of rows.
enum Fate {
    /// The rows before and after it.
    Done { old: Vec<TableRow>, new: Vec<TableRow> },
    /// It cannot be told.
    Untold,
}

/// A change of a view by INSTEAD OF triggers.
fn instead(context: &mut Context, query: &Query, firing: Firing) -> PgResult<Fate> {
    if !firing.has_row_triggers(context) {
        return Ok(Fate::Untold);
    }
    if firing.event != Event::Insert {
        return instead_of_change(context, query, firing);
    }
    let Some(class) = context.catalog.get::<PgClass>(firing.relid).cloned() else {
        return Ok(Fate::Untold);
    };
    let given =
        executor::target_rows(query, context.shared(), None).map_err(Stop::without_place)?;
    let mut new = Vec::new();
    for values in given {
        let row = full_row(context, &class, &query.target_list, values)?;
        match firing.before_row(context, Timing::Instead, None, row)? {
            RowFate::Row(row) => new.push(row),
            RowFate::Skipped => {}
            RowFate::Untold => return Ok(Fate::Untold),
        }
    }
    Ok(Fate::Done { old: Vec::new(), new })
}

/// UPDATE or DELETE of a view by INSTEAD OF triggers: each row that it shows and that the statement means.
fn instead_of_change(context: &mut Context, query: &Query, firing: Firing) -> PgResult<Fate> {
    let shown = executor::view_rows(context.shared(), firing.relid).map_err(Stop::without_place)?;
    let mut changes = Vec::new();
    for old in shown {
        let fixed = Some((query.result_relation, old.clone()));
        let found =
            executor::target_rows(query, context.shared(), fixed).map_err(Stop::without_place)?;
        if let Some(values) = found.into_iter().next() {
            let mut new = old.clone();
            assign(&mut new, &query.target_list, values);
            changes.push((old, new));
        }
    }
    let (mut old_rows, mut new_rows) = (Vec::new(), Vec::new());
    for (old, new) in changes {
        match firing.before_row(context, Timing::Instead, Some(&old), new)? {
            RowFate::Row(new) => {
                old_rows.push(old);
                if firing.event == Event::Update {
                    new_rows.push(new);
                }
            }
            RowFate::Skipped => {}
            RowFate::Untold => return Ok(Fate::Untold),
        }
    }
    Ok(Fate::Done { old: old_rows, new: new_rows })
}

/// Puts the values of an UPDATE into a row.
fn assign(row: &mut TableRow, targets: &[TargetEntry], values: Vec<Value>) {
    for (target, value) in targets.iter().zip(values) {
        let number = usize::try_from(target.resno).unwrap_or(0);
        if let Some(cell) = row.get_mut(number.wrapping_sub(1)) {
            *cell = value;
        }
    }
}

fn target_of(query: &Query) -> Option<Oid> {
    let index = usize::try_from(query.result_relation).ok()?.checked_sub(1)?;
    match &query.rtable.get(index)?.kind {
        RteKind::Relation { relid, .. } => Some(*relid),
        _ => None, // a change is of a relation
    }
}

/// Whether a function of the user's that the statement calls may write to tables.
fn calls_writer(context: &Context, query: &Query) -> bool {
    let mut called = Vec::new();
    walk_query(query, &mut |expr| {
        if let Expr::FuncExpr(function) = expr
            && !function.funcid.is_builtin()
        {
            called.push(function.funcid);
        }
        false
    });
    called.iter().any(|function| may_write(context, *function))
}

/// The table's rows are not known any more, nor those of what stands above and below it, nor what a view shows.
pub fn forget(context: &mut Context, relid: Oid) {
    let catalog = &mut *context.catalog;
    if catalog.get::<PgClass>(relid).is_some_and(|class| class.relkind == b'v') {
        // A change of a view is one of the tables under it, by a rule, a trigger or by itself.
        catalog.forget_contents();
        return;
    }
    let mut tables = vec![relid];
    while let Some(table) = tables.pop() {
        catalog.set_contents(table, None);
        tables.extend(catalog.find_second::<PgInherits>(table).map(|row| row.inhrelid));
        let referencing: Vec<Oid> = catalog
            .find_second::<PgConstraint>(table)
            .filter(|row| row.contype == b'f' && row.conrelid != table)
            .filter(|row| acts(row.confdeltype) || acts(row.confupdtype))
            .map(|row| row.conrelid)
            .filter(|other| catalog.contents(*other).is_some_and(|rows| !rows.is_empty()))
            .collect();
        tables.extend(referencing);
    }
}

/// Whether a foreign key's action changes the referencing rows.
fn acts(action: u8) -> bool {
    matches!(action, b'c' | b'n' | b'd')
}

/// Whether what a row violates may come to light, and take the row away, when the transaction ends.
fn has_deferrable(context: &Context, relid: Oid) -> bool {
    // Constraint triggers say nothing of the row itself.
    let mut all = context.catalog.find_all::<PgConstraint>(&relid);
    all.any(|row| row.condeferrable && row.contype != b't')
}

/// A plain table whose rows change by nothing but the statement itself and its triggers.
fn is_plain(context: &mut Context, relid: Oid) -> bool {
    let catalog = &*context.catalog;
    let Some(class) = catalog.get::<PgClass>(relid) else { return false };
    let plain = class.relkind == b'r'
        && !has_deferrable(context, relid)
        && !class.relispartition
        && !policies_apply(catalog, class, context.session.current_user)
        && catalog.find_second::<PgInherits>(relid).next().is_none()
        && catalog.find_all::<PgInherits>(&relid).next().is_none()
        && catalog.find_all::<PgRewrite>(&relid).next().is_none();
    if context.catalog.find_all::<PgRewrite>(&relid).next().is_some() {
        context.catalog.forget_contents();
    }
    plain
}

fn insert(context: &mut Context, query: &Query, firing: Firing) -> PgResult<Fate> {
    let relid = firing.relid;
    if !is_plain(context, relid) {
        return Ok(Fate::Untold);
    }
    let Some(class) = context.catalog.get::<PgClass>(relid).cloned() else {
        return Ok(Fate::Untold);
    };
    let given =
        executor::target_rows(query, context.shared(), None).map_err(Stop::without_place)?;
    let mut rows = Vec::with_capacity(given.len());
    for values in given {
        rows.push(full_row(context, &class, &query.target_list, values)?);
    }
    let generated = generated_keys(context, &class, &query.target_list);
    if rows.len() > MAX_ROWS {
        // Too many to be kept, and to be compared with one another.
        for row in &rows {
            check_row(context, &class, row)?;
        }
        return Ok(Fate::Untold);
    }
    let known = context.catalog.contents(relid);
    let mut all = known.as_ref().map_or_else(Vec::new, |rows| (**rows).clone());
    let first = all.len();
    // Whether every constraint could be told to hold: else the statement may have failed.
    let mut certain = known.is_some();
    let triggered = firing.has_row_triggers(context);
    for row in rows {
        let row = match triggered {
            true => match firing.before_row(context, Timing::Before, None, row)? {
                RowFate::Row(row) => row,
                RowFate::Skipped => continue,
                RowFate::Untold => return Ok(Fate::Untold),
            },
            false => row,
        };
        certain &= check_row(context, &class, &row)?;
        let found = conflict(context, &class, &row, &all, known.is_some(), &generated);
        match (found, &query.on_conflict) {
            (Conflict::None, _) => {}
            (Conflict::With(_), Some(clause))
                if clause.action == OnConflictAction::OnconflictNothing
                    && clause.arbiter_elems.is_empty()
                    && !clause.constraint.is_valid() =>
            {
                continue;
            }
            (Conflict::With(index), None) => {
                return Err(duplicate_key(context, &class, index, &row).into());
            }
            (Conflict::With(_) | Conflict::Untold, Some(_)) => return Ok(Fate::Untold),
            (Conflict::Untold, None) => certain = false,
        }
        all.push(row);
        if triggered && known.is_some() {
            context.catalog.set_contents(relid, Some(all.clone()));
        }
    }
    let own: &[TableRow] = if known.is_some() { &all } else { &[] };
    for row in &all[first..] {
        certain &= check_references(context, &class, row, own, |_| true)?;
    }
    let new = all[first..].to_vec();
    if certain {
        context.catalog.set_contents(relid, Some(all));
    } else if triggered {
        forget(context, relid);
    }
    if triggered {
        for row in &new {
            firing.after_row(context, None, Some(row), (None, Some(&new)))?;
        }
    }
    if !certain {
        return Ok(Fate::Untold);
    }
    Ok(Fate::Done { old: Vec::new(), new })
}

/// The values of all columns: those given, and the defaults of the others.
fn full_row(
    context: &Context,
    class: &PgClass,
    targets: &[TargetEntry],
    values: Vec<Value>,
) -> PgResult<TableRow> {
    let mut row: TableRow = vec![Value::Null; class.attributes.len()];
    let mut given = vec![false; class.attributes.len()];
    for (target, value) in targets.iter().zip(values) {
        let index = usize::try_from(target.resno).ok().and_then(|number| number.checked_sub(1));
        let is_default = matches!(target.expr, Expr::SetToDefault { .. });
        if let Some(index) = index.filter(|index| *index < row.len() && !is_default) {
            row[index] = value;
            given[index] = true;
        }
    }
    for (index, attribute) in class.attributes.iter().enumerate() {
        if given[index] || attribute.attisdropped {
            continue;
        }
        row[index] = default_value(context, class, index)?;
    }
    Ok(row)
}

/// The columns that an INSERT leaves to a sequence, or to a function that gives another value each time.
fn generated_keys(context: &Context, class: &PgClass, targets: &[TargetEntry]) -> Vec<i16> {
    let given = |number: i16| {
        targets.iter().any(|target| {
            target.resno == number && !matches!(target.expr, Expr::SetToDefault { .. })
        })
    };
    let is_fresh = |default: &Expr| {
        walk_expr(default, &mut |expr| match expr {
            Expr::NextValueExpr { .. } => true,
            Expr::FuncExpr(call) => {
                let name = context.catalog.get::<PgProc>(call.funcid).map(|row| &row.proname);
                name.is_some_and(|name| {
                    matches!(
                        name.as_str(),
                        "nextval" | "gen_random_uuid" | "uuidv4" | "uuidv7" | "uuid_generate_v4"
                    )
                })
            }
            _ => false, // what gives the same value twice
        })
    };
    let columns = class.live_attributes().filter(|column| {
        let default = context.catalog.get::<PgAttrdef>(column.attdef);
        column.attidentity != 0 || default.is_some_and(|default| is_fresh(&default.adbin))
    });
    columns.map(|column| column.attnum).filter(|number| !given(*number)).collect()
}

fn default_value(context: &Context, class: &PgClass, index: usize) -> PgResult<Value> {
    let attribute = &class.attributes[index];
    if attribute.attidentity != 0 || attribute.attgenerated != 0 {
        return Ok(Value::Unknown);
    }
    let default = context.catalog.get::<PgAttrdef>(attribute.attdef);
    match default {
        Some(default) => {
            let value = executor::over_row(&default.adbin, context.shared(), Vec::new());
            Ok(value.map_err(Stop::without_place)?.unwrap_or(Value::Unknown))
        }
        // A domain may have a default of its own.
        None if is_domain(context, attribute.atttypid) => Ok(Value::Unknown),
        None => Ok(Value::Null),
    }
}

fn is_domain(context: &Context, type_id: Oid) -> bool {
    context.catalog.get::<PgType>(type_id).is_some_and(|row| row.typtype == b'd')
}

fn modify(context: &mut Context, query: &Query, firing: Firing) -> PgResult<Fate> {
    let relid = firing.relid;
    let Some(rows) = context.catalog.contents(relid) else { return Ok(Fate::Untold) };
    if rows.is_empty() {
        return Ok(Fate::Done { old: Vec::new(), new: Vec::new() }); // row triggers have nothing to run for
    }
    if !is_plain(context, relid) {
        return Ok(Fate::Untold);
    }
    let Some(class) = context.catalog.get::<PgClass>(relid).cloned() else {
        return Ok(Fate::Untold);
    };
    let triggered = firing.has_row_triggers(context);
    let touches = |keys: &[i16]| triggered || keys.iter().any(|key| firing.updated.contains(key));
    let is_update = query.command_type == CmdType::CmdUpdate;
    if is_referenced(context, relid, |key| !is_update || touches(&key.confkey)) {
        return Ok(Fate::Untold);
    }
    let has_key = context.catalog.find_all::<PgIndex>(&relid).any(|index| {
        let unique = index.indisunique || index.indisexclusion;
        unique && (touches(&index.indkey) || !index.indexprs.is_empty() || index.indpred.is_some())
    });
    let mut certain = true;
    let mut changed: Vec<(usize, TableRow)> = Vec::new();
    let mut all = Vec::with_capacity(rows.len());
    let (mut old_rows, mut new_rows) = (Vec::new(), Vec::new());
    for (place, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        row.resize(class.attributes.len(), Value::Null);
        let fixed = Some((query.result_relation, row.clone()));
        let changes =
            executor::target_rows(query, context.shared(), fixed).map_err(Stop::without_place)?;
        match changes.into_iter().next() {
            None => all.push(row),
            Some(_) if query.command_type == CmdType::CmdDelete => {
                if triggered {
                    let copy = row.clone();
                    match firing.before_row(context, Timing::Before, Some(&row), copy)? {
                        RowFate::Row(_) => {}
                        RowFate::Skipped => {
                            all.push(row);
                            continue;
                        }
                        RowFate::Untold => return Ok(Fate::Untold),
                    }
                }
                old_rows.push(row);
            }
            Some(values) => {
                let old = row.clone();
                assign(&mut row, &query.target_list, values);
                if triggered {
                    match firing.before_row(context, Timing::Before, Some(&old), row)? {
                        RowFate::Row(changed) => row = changed,
                        RowFate::Skipped => {
                            all.push(old);
                            continue;
                        }
                        RowFate::Untold => return Ok(Fate::Untold),
                    }
                }
                for (cell, attribute) in row.iter_mut().zip(&class.attributes) {
                    if attribute.attgenerated != 0 {
                        *cell = Value::Unknown;
                    }
                }
                certain &= check_row(context, &class, &row)?;
                certain &=
                    check_references(context, &class, &row, &[], |key| touches(&key.conkey))?;
                old_rows.push(old);
                new_rows.push(row.clone());
                if has_key {
                    changed.push((place, row.clone()));
                }
                all.push(row);
            }
        }
    }
    if !certain || !keeps_keys(context, &class, &rows, &changed) {
        return Ok(Fate::Untold);
    }
    context.catalog.set_contents(relid, Some(all));
    if triggered {
        for (index, old) in old_rows.iter().enumerate() {
            let transitions = (Some(&*old_rows), Some(&*new_rows));
            firing.after_row(context, Some(old), new_rows.get(index), transitions)?;
        }
    }
    Ok(Fate::Done { old: old_rows, new: new_rows })
}

/// With more changed rows nothing is said of their keys: each is compared with all others.
const MOST_CHANGED: usize = 16;

/// Whether for certain no changed row meets another in a unique index, in whichever order they are changed.
fn keeps_keys(
    context: &Context,
    class: &PgClass,
    rows: &[TableRow],
    changed: &[(usize, TableRow)],
) -> bool {
    changed.len() <= MOST_CHANGED
        && changed.iter().all(|(place, row)| {
            let old =
                rows.iter().enumerate().filter(|(other, _)| other != place).map(|(_, row)| row);
            let new = changed.iter().filter(|(other, _)| other != place).map(|(_, row)| row);
            let others: Vec<TableRow> = old.chain(new).cloned().collect();
            matches!(conflict(context, class, row, &others, true, &[]), Conflict::None)
        })
}

/// Whether rows of other tables may stand in the way of a change or follow it, by the foreign keys that matter.
fn is_referenced(context: &Context, relid: Oid, matters: impl Fn(&PgConstraint) -> bool) -> bool {
    context.catalog.find_second::<PgConstraint>(relid).any(|row| {
        row.contype == b'f'
            && matters(row)
            && context.catalog.contents(row.conrelid).is_none_or(|rows| !rows.is_empty())
    })
}

/// NOT NULL and CHECK of a new row; false where a CHECK cannot be told (PostgreSQL: ExecConstraints).
fn check_row(context: &Context, class: &PgClass, row: &TableRow) -> PgResult<bool> {
    let mut certain = true;
    for (attribute, value) in class.attributes.iter().zip(row) {
        if attribute.attnotnull && !attribute.attisdropped && value.is_null() {
            let mut error = PgError::new(
                sqlstate::NOT_NULL_VIOLATION,
                format!(
                    "null value in column \"{}\" of relation \"{}\" violates not-null constraint",
                    attribute.attname, class.relname
                ),
            );
            error.detail = failing_row(class, row);
            return Err(error.into());
        }
    }
    let mut checks: Vec<_> = context
        .catalog
        .find_all::<PgConstraint>(&class.oid)
        .filter(|constraint| constraint.contype == b'c' && constraint.conenforced)
        .collect();
    checks.sort_by(|a, b| a.conname.cmp(&b.conname));
    for check in checks {
        let Some(condition) = &check.conbin else { continue };
        let holds = executor::over_row(condition, context.shared(), row.clone())
            .map_err(Stop::without_place)?;
        certain &= holds.is_some();
        if matches!(holds, Some(Value::Bool(false))) {
            let mut error = PgError::new(
                sqlstate::CHECK_VIOLATION,
                format!(
                    "new row for relation \"{}\" violates check constraint \"{}\"",
                    class.relname, check.conname
                ),
            );
            error.detail = failing_row(class, row);
            return Err(error.into());
        }
    }
    Ok(certain)
}

/// PostgreSQL: ExecBuildSlotValueDescription, where every value is known.
fn failing_row(class: &PgClass, row: &TableRow) -> Option<String> {
    if row.contains(&Value::Unknown) {
        return None;
    }
    let values: Vec<String> = class
        .attributes
        .iter()
        .zip(row)
        .filter(|(attribute, _)| !attribute.attisdropped)
        .map(|(_, value)| value.to_text().unwrap_or_else(|| "null".to_string()))
        .collect();
    Some(format!("Failing row contains ({}).", values.join(", ")))
}

/// Whether a new row is there already, by a unique index.
enum Conflict {
    None,
    With(Oid),
    Untold,
}

fn conflict(
    context: &Context,
    class: &PgClass,
    row: &TableRow,
    others: &[TableRow],
    known: bool,
    generated: &[i16],
) -> Conflict {
    let mut untold = false;
    for index in context.catalog.find_all::<PgIndex>(&class.oid) {
        if !index.indisunique && !index.indisexclusion {
            continue;
        }
        if !known {
            untold = true;
            continue;
        }
        let plain = index.indimmediate
            && !index.indnullsnotdistinct
            && !index.indisexclusion
            && index.indpred.is_none()
            && index.indexprs.is_empty();
        if !plain {
            untold |= !others.is_empty();
            continue;
        }
        let keys: Vec<i16> =
            index.indkey.iter().take(index.indnkeyatts.max(0) as usize).copied().collect();
        let is_untold = |row: &TableRow, key: &i16| {
            let cell = usize::try_from(*key).ok().and_then(|n| row.get(n.wrapping_sub(1)));
            cell == Some(&Value::Unknown)
        };
        for other in others {
            // Two values that the same generator made are not the same.
            let distinct =
                |key: &i16| generated.contains(key) && is_untold(row, key) && is_untold(other, key);
            if keys.iter().any(distinct) {
                continue;
            }
            match same_key(class, &keys, row, &keys, other) {
                Some(true) => return Conflict::With(index.indexrelid),
                Some(false) => {}
                None => untold = true,
            }
        }
    }
    if untold { Conflict::Untold } else { Conflict::None }
}

/// Whether two rows agree in their key columns; None where that cannot be told. NULL agrees with nothing.
fn same_key(
    class: &PgClass,
    keys: &[i16],
    row: &TableRow,
    other_keys: &[i16],
    other: &TableRow,
) -> Option<bool> {
    let mut untold = false;
    for (key, other_key) in keys.iter().zip(other_keys) {
        let cell = |row: &TableRow, key: i16| {
            let index = usize::try_from(key).ok()?.checked_sub(1)?;
            Some(row.get(index).cloned().unwrap_or(Value::Null))
        };
        let (a, b) = (cell(row, *key)?, cell(other, *other_key)?);
        if a.is_null() || b.is_null() {
            return Some(false);
        }
        let simple =
            class.attribute(*key).is_some_and(|column| has_plain_equality(column.atttypid));
        match a.compare(&b) {
            _ if !simple => untold = true,
            Some(order) if order.is_ne() => return Some(false),
            Some(_) => {}
            None => untold = true,
        }
    }
    if untold { None } else { Some(true) }
}

/// Types whose values are equal exactly when they are written alike.
fn has_plain_equality(type_id: Oid) -> bool {
    matches!(
        type_id,
        fixed::INT2OID
            | fixed::INT4OID
            | fixed::INT8OID
            | fixed::TEXTOID
            | fixed::VARCHAROID
            | fixed::BOOLOID
            | fixed::OIDOID
            | fixed::NAMEOID
    )
}

fn key_values(keys: &[i16], row: &TableRow) -> String {
    let values = keys.iter().map(|key| {
        let cell = usize::try_from(*key).ok().and_then(|n| row.get(n.wrapping_sub(1)));
        cell.and_then(Value::to_text).unwrap_or_else(|| "null".to_string())
    });
    values.collect::<Vec<_>>().join(", ")
}

fn key_names(class: &PgClass, keys: &[i16]) -> String {
    let names = keys.iter().filter_map(|key| Some(class.attribute(*key)?.attname.to_string()));
    names.collect::<Vec<_>>().join(", ")
}

fn duplicate_key(context: &Context, class: &PgClass, index: Oid, row: &TableRow) -> PgError {
    let name = context.catalog.get::<PgClass>(index).map(|row| row.relname.clone());
    let keys = context.catalog.get::<PgIndex>(index).map_or(Vec::new(), |row| row.indkey.clone());
    let mut error = PgError::new(
        sqlstate::UNIQUE_VIOLATION,
        format!("duplicate key value violates unique constraint \"{}\"", name.unwrap_or_default()),
    );
    error.detail = Some(format!(
        "Key ({})=({}) already exists.",
        key_names(class, &keys),
        key_values(&keys, row)
    ));
    error
}

/// The foreign keys of a new row; false where one cannot be told (PostgreSQL: RI_FKey_check, utils/adt/ri_triggers.c).
fn check_references(
    context: &Context,
    class: &PgClass,
    row: &TableRow,
    own: &[TableRow],
    counts: impl Fn(&PgConstraint) -> bool,
) -> PgResult<bool> {
    let mut certain = true;
    if context.session.get("session_replication_role").is_some_and(|role| **role == *"replica") {
        return Ok(true); // the triggers that check do not fire
    }
    for key in context.catalog.find_all::<PgConstraint>(&class.oid) {
        // A key to one of a partitioned table's partitions stands behind the key to the whole.
        let whole = !key.conparentid.is_valid();
        let checked =
            key.contype == b'f' && key.conenforced && !key.condeferrable && !key.conperiod && whole;
        if !checked || key.confmatchtype != b's' || !counts(key) {
            continue;
        }
        let is_null = |attnum: &i16| {
            let cell = usize::try_from(*attnum).ok().and_then(|n| row.get(n.wrapping_sub(1)));
            cell.is_none_or(Value::is_null)
        };
        if key.conkey.iter().any(is_null) {
            continue;
        }
        let Some(referenced) = context.catalog.get::<PgClass>(key.confrelid) else { continue };
        let inherited = context.catalog.find_second::<PgInherits>(key.confrelid).next().is_some();
        let there = if key.confrelid == class.oid && !own.is_empty() {
            own.to_vec()
        } else {
            match context.catalog.contents(key.confrelid) {
                Some(rows) if referenced.relkind == b'r' && !inherited => (*rows).clone(),
                _ => {
                    certain = false; // rows that are not known
                    continue;
                }
            }
        };
        let matches = there
            .iter()
            .map(|other| same_key(class, &key.conkey, row, &key.confkey, other))
            .collect::<Vec<_>>();
        if matches.iter().any(|same| *same != Some(false)) {
            certain &= matches.contains(&Some(true));
            continue;
        }
        let mut error = PgError::new(
            sqlstate::FOREIGN_KEY_VIOLATION,
            format!(
                "insert or update on table \"{}\" violates foreign key constraint \"{}\"",
                class.relname, key.conname
            ),
        );
        if !row.contains(&Value::Unknown) {
            error.detail = Some(format!(
                "Key ({})=({}) is not present in table \"{}\".",
                key_names(class, &key.conkey),
                key_values(&key.conkey, row),
                referenced.relname
            ));
        }
        return Err(error.into());
    }
    Ok(certain)
}

/// What held of a table's rows before an ALTER TABLE; empty when no rows are known.
pub struct Before {
    not_null: Vec<i16>,
    constraints: Vec<(Oid, bool)>,
    indexes: Vec<Oid>,
}

impl Before {
    pub fn of(context: &Context, relid: Oid) -> Option<Before> {
        let catalog = &*context.catalog;
        catalog.contents(relid).filter(|rows| !rows.is_empty())?;
        let class = catalog.get::<PgClass>(relid)?;
        Some(Before {
            not_null: not_null_columns(context, class),
            constraints: catalog
                .find_all::<PgConstraint>(&relid)
                .map(|row| (row.oid, row.convalidated))
                .collect(),
            indexes: catalog.find_all::<PgIndex>(&relid).map(|row| row.indexrelid).collect(),
        })
    }
}

/// The columns without NULL, by a valid constraint.
fn not_null_columns(context: &Context, class: &PgClass) -> Vec<i16> {
    let is_valid = |attnum: i16| {
        let mut constraints = context.catalog.find_all::<PgConstraint>(&class.oid);
        constraints.all(|row| row.contype != b'n' || row.conkey != [attnum] || row.convalidated)
    };
    let columns = class.live_attributes().filter(|column| column.attnotnull);
    columns.map(|column| column.attnum).filter(|attnum| is_valid(*attnum)).collect()
}

/// New columns get their cells, and what the table asks anew of its rows is checked (PostgreSQL: ATRewriteTables,
/// validateForeignKeyConstraint).
pub fn after_alter(context: &mut Context, relid: Oid, before: Option<Before>) -> PgResult<()> {
    let (Some(before), Some(rows)) = (before, context.catalog.contents(relid)) else {
        return Ok(());
    };
    let Some(class) = context.catalog.get::<PgClass>(relid).cloned() else { return Ok(()) };
    let mut rows = (*rows).clone();
    for row in &mut rows {
        for index in row.len()..class.attributes.len() {
            row.push(default_value(context, &class, index)?);
        }
    }
    context.catalog.set_contents(relid, Some(rows.clone()));
    let indexes: Vec<Oid> =
        context.catalog.find_all::<PgIndex>(&relid).map(|row| row.indexrelid).collect();
    for index in indexes.into_iter().filter(|index| !before.indexes.contains(index)) {
        check_unique_index(context, relid, index)?;
    }
    let not_null = not_null_columns(context, &class);
    for column in class.live_attributes().filter(|column| not_null.contains(&column.attnum)) {
        let new = !before.not_null.contains(&column.attnum);
        let index = usize::try_from(column.attnum).unwrap_or(0).wrapping_sub(1);
        if new && rows.iter().any(|row| row.get(index).is_some_and(Value::is_null)) {
            return Err(PgError::new(
                sqlstate::NOT_NULL_VIOLATION,
                format!(
                    "column \"{}\" of relation \"{}\" contains null values",
                    column.attname, class.relname
                ),
            )
            .into());
        }
    }
    let checks = context.catalog.find_all::<PgConstraint>(&relid).filter(|row| {
        row.contype == b'c' && row.convalidated && !before.constraints.contains(&(row.oid, true))
    });
    for check in checks {
        let Some(condition) = &check.conbin else { continue };
        for row in &rows {
            let holds = executor::over_row(condition, context.shared(), row.clone());
            if matches!(holds.map_err(Stop::without_place)?, Some(Value::Bool(false))) {
                return Err(PgError::new(
                    sqlstate::CHECK_VIOLATION,
                    format!(
                        "check constraint \"{}\" of relation \"{}\" is violated by some row",
                        check.conname, class.relname
                    ),
                )
                .into());
            }
        }
    }
    for row in &rows {
        check_references(context, &class, row, &rows, |key| {
            key.convalidated && !before.constraints.contains(&(key.oid, true))
        })?;
    }
    Ok(())
}

/// Whether the rows that are known allow a unique index (PostgreSQL: comparetup_index_btree's complaint).
pub fn check_unique_index(context: &Context, relid: Oid, index: Oid) -> PgResult<()> {
    let catalog = &*context.catalog;
    let (Some(class), Some(row), Some(rows)) =
        (catalog.get::<PgClass>(relid), catalog.get::<PgIndex>(index), catalog.contents(relid))
    else {
        return Ok(());
    };
    let plain = row.indisunique
        && class.relkind == b'r'
        && !row.indnullsnotdistinct
        && row.indpred.is_none()
        && row.indexprs.is_empty();
    if !plain {
        return Ok(());
    }
    let count = usize::try_from(row.indnkeyatts).unwrap_or(0);
    let keys = row.indkey.get(..count).unwrap_or_default();
    for (at, first) in rows.iter().enumerate() {
        for second in &rows[at + 1..] {
            if same_key(class, keys, first, keys, second) == Some(true) {
                let name = catalog.get::<PgClass>(index).map(|row| row.relname.clone());
                let mut error = PgError::new(
                    sqlstate::UNIQUE_VIOLATION,
                    format!("could not create unique index \"{}\"", name.unwrap_or_default()),
                );
                error.detail = Some(format!(
                    "Key ({})=({}) is duplicated.",
                    key_names(class, keys),
                    key_values(keys, first)
                ));
                return Err(error.into());
            }
        }
    }
    Ok(())
}

/// A column's cells are not known any more: its type changes.
pub fn forget_column(context: &mut Context, relid: Oid, attnum: i16) {
    let Some(rows) = context.catalog.contents(relid).filter(|rows| !rows.is_empty()) else {
        return;
    };
    let mut rows = (*rows).clone();
    let index = usize::try_from(attnum).ok().and_then(|number| number.checked_sub(1));
    for row in &mut rows {
        if let Some(cell) = index.and_then(|index| row.get_mut(index)) {
            *cell = Value::Unknown;
        }
    }
    context.catalog.set_contents(relid, Some(rows));
}
