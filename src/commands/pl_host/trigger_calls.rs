//! Calls of trigger functions: what NEW, OLD and the TG_ variables are (PostgreSQL: plpgsql_exec_trigger,
//! plpgsql_exec_event_trigger).

use std::sync::Arc;

use super::PlHost;
use super::calls::{as_owner, fields_of};
use crate::catalog::value::Value;
use crate::catalog::{PgClass, PgLanguage, PgNamespace, PgProc, PgTrigger, TableRow};
use crate::commands::Context;
use crate::findings::{PgResult, unknown};
use crate::pg::oid::{Oid, fixed};
use crate::plpgsql::exec::{self, Call, Given, Returns};
use crate::plpgsql::memo;
use crate::plpgsql::names::variable_conflict;
use crate::plpgsql::variables::{Fields, Variable};

/// What made a trigger fire.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'r> {
    /// `BEFORE`, `AFTER` or `INSTEAD OF`.
    pub when: &'static str,
    /// `ROW` or `STATEMENT`.
    pub level: &'static str,
    /// `INSERT`, `UPDATE`, `DELETE` or `TRUNCATE`.
    pub operation: &'static str,
    pub old: Option<&'r TableRow>,
    pub new: Option<&'r TableRow>,
}

/// Runs a trigger's function; the row that it returns, Value::Null for none.
pub fn call_trigger(
    context: &mut Context,
    trigger: &PgTrigger,
    occasion: Occasion,
) -> PgResult<Value> {
    let Some(class) = context.catalog.get::<PgClass>(trigger.tgrelid).cloned() else {
        return unknown("a table is gone");
    };
    let fields = fields_of(context, class.reltype);
    let schema = context
        .catalog
        .get::<PgNamespace>(class.relnamespace)
        .map_or(Value::Null, |row| Value::text(&row.nspname));
    let named = |name: &str, variable: Variable| (name.to_string(), variable);
    let name = |text: &str| Variable::new(fixed::NAMEOID, Value::text(text));
    let arguments = match trigger.tgargs.as_slice() {
        [] => Value::Array(Vec::new()),
        all => {
            // Its first member has the number 0.
            let items = Value::Array(all.iter().map(|text| Value::text(text)).collect());
            let text = items.to_text().unwrap_or_default();
            Value::Text(Arc::from(format!("[0:{}]={text}", all.len() - 1)))
        }
    };
    let variables = vec![
        named("new", row_variable(&class, fields.as_ref(), occasion.new)),
        named("old", row_variable(&class, fields.as_ref(), occasion.old)),
        named("tg_name", name(&trigger.tgname)),
        named("tg_when", Variable::text(occasion.when)),
        named("tg_level", Variable::text(occasion.level)),
        named("tg_op", Variable::text(occasion.operation)),
        named("tg_relid", Variable::new(fixed::OIDOID, Value::Int(i64::from(class.oid.0)))),
        named("tg_relname", name(&class.relname)),
        named("tg_table_name", name(&class.relname)),
        named("tg_table_schema", Variable::new(fixed::NAMEOID, schema)),
        named("tg_nargs", Variable::new(fixed::INT4OID, Value::Int(trigger.tgargs.len() as i64))),
        named("tg_argv", Variable::new(fixed::TEXTARRAYOID, arguments)),
    ];
    context.running.trigger_depth += 1;
    let result = call_named(context, trigger.tgfoid, variables, fixed::TRIGGEROID);
    context.running.trigger_depth -= 1;
    let given = result?;
    match given.value {
        Value::Record(values)
            if given.fields.as_ref().is_none_or(|given| Some(given) == fields.as_ref()) =>
        {
            Ok(Value::Record(values))
        }
        Value::Null => Ok(Value::Null),
        _ => Ok(Value::Unknown), // a row of another form
    }
}

/// NEW or OLD: NULL where there is none.
fn row_variable(class: &PgClass, fields: Option<&Fields>, row: Option<&TableRow>) -> Variable {
    let value = match (fields, row) {
        (Some(fields), Some(row)) => {
            let names = fields.iter().map(|field| field.name.clone());
            let values = row.iter().cloned().chain(std::iter::repeat(Value::Null));
            Value::Record(names.zip(values).collect())
        }
        _ => Value::Null, // none
    };
    let mut variable = Variable::new(class.reltype, value);
    variable.fields = fields.cloned();
    variable
}

/// Runs an event trigger's function.
pub fn call_event_trigger(
    context: &mut Context,
    function: Oid,
    event: &str,
    tag: &str,
) -> PgResult<()> {
    let variables = vec![
        ("tg_event".to_string(), Variable::text(event)),
        ("tg_tag".to_string(), Variable::text(tag)),
    ];
    call_named(context, function, variables, fixed::EVENT_TRIGGEROID).map(drop)
}

fn call_named(
    context: &mut Context,
    function: Oid,
    named: Vec<(String, Variable)>,
    type_id: Oid,
) -> PgResult<Given> {
    let Some(proc) = context.catalog.get::<PgProc>(function).cloned() else {
        return unknown("a function is gone");
    };
    let language = context.catalog.get::<PgLanguage>(proc.prolang).map(|row| row.lanname.clone());
    if language.as_deref() != Some("plpgsql") {
        return unknown(format!("what the function {} does is not known here", proc.proname));
    }
    let block = match memo::body(&proc.prosrc) {
        Ok(block) => block,
        Err(error) => {
            let name = &proc.proname;
            return unknown(format!("the body of {name} is not understood: {}", error.message));
        }
    };
    let must_return = type_id == fixed::TRIGGEROID;
    let call = Call {
        name: proc.proname.to_string(),
        parameters: Vec::new(),
        named,
        conflict: variable_conflict(&proc.prosrc),
        returns: Returns { type_id, must_return, ..Returns::default() },
    };
    as_owner(context, &proc, |context| {
        let budget = context.running.budget.clone();
        exec::run(&mut PlHost::new(context, None), &block, call, budget)
    })
}
