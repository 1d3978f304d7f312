//! What a function in SQL gives whose body is one query over what the catalog knows (PostgreSQL: fmgr_sql,
//! executor/functions.c).

use std::sync::Arc;

use super::convert;
use super::expr::Evaluator;
use crate::catalog::value::Value;
use crate::catalog::{PgLanguage, PgProc, PgType};
use crate::findings::{PgResult, Stop, unknown};
use crate::nodes::primnodes::Query;
use crate::nodes::tree::Node;
use crate::nodes::{ParseMode, parse};
use crate::parser::analyze::parse_analyze;
use crate::parser::parse_coerce::is_polymorphic_type;
use crate::parser::parse_node::{ParamSource, Shared};
use crate::pg::name::Name;
use crate::pg::oid::fixed;

/// How deep functions call one another here.
const MAX_NESTING: usize = 8;

/// What one call counts as among the rows that are looked at.
const STEPS_OF_CALL: usize = 2_000;

/// The value of a call; Unknown where the body is anything but a query that can be answered.
pub(super) fn run(caller: &mut Evaluator<'_>, proc: &PgProc, args: Vec<Value>) -> PgResult<Value> {
    let name = &proc.proname;
    let opaque = || unknown(format!("what the function {name} gives is not known here"));
    if !is_plain(&caller.shared, proc) || caller.nesting >= MAX_NESTING {
        return opaque();
    }
    if proc.proisstrict && args.iter().any(Value::is_null) {
        return Ok(Value::Null);
    }
    // Defaults that a call leaves out are not filled in here.
    if args.len() != proc.proargtypes.len() {
        return opaque();
    }
    let Some(query) = body(&caller.shared, proc)? else { return opaque() };
    let mut evaluator = Evaluator::new(caller.shared);
    evaluator.params = args;
    evaluator.nesting = caller.nesting + 1;
    evaluator.steps = caller.steps;
    evaluator.count(STEPS_OF_CALL)?;
    let rows = evaluator.query(&query);
    caller.steps = evaluator.steps;
    let Some(row) = rows.map_err(Stop::without_place)?.into_iter().next() else {
        return Ok(Value::Null);
    };
    let composite =
        caller.shared.catalog.get::<PgType>(proc.prorettype).is_some_and(|row| row.typtype == b'c');
    if composite && !matches!(row.as_slice(), [Value::Record(_)]) {
        let targets = query.target_list.iter().filter(|target| !target.resjunk);
        let names = targets
            .map(|target| Arc::from(target.resname.as_ref().map_or("", |name| name.as_str())));
        return Ok(Value::Record(names.zip(row).collect()));
    }
    let value = row.into_iter().next().unwrap_or(Value::Null);
    Ok(convert(caller.shared, value, proc.prorettype))
}

/// A function in SQL that runs as its caller with the caller's settings, and gives one value of a known type.
fn is_plain(shared: &Shared, proc: &PgProc) -> bool {
    let in_sql = shared
        .catalog
        .get::<PgLanguage>(proc.prolang)
        .is_some_and(|language| language.lanname.as_str() == "sql");
    in_sql
        && proc.prokind == b'f'
        && !proc.proretset
        && !proc.prosecdef
        && proc.proconfig.is_empty()
        && proc.prosqlbody.is_none()
        && proc.proallargtypes.is_none()
        && proc.prorettype != fixed::RECORDOID
        && !proc.proargtypes.iter().any(|argument| is_polymorphic_type(*argument))
}

fn body(shared: &Shared, proc: &PgProc) -> PgResult<Option<Query>> {
    let Ok(statements) = parse(&proc.prosrc, ParseMode::Default, true) else { return Ok(None) };
    let [statement] = statements.as_slice() else { return Ok(None) };
    if !matches!(statement.stmt, Node::SelectStmt(_)) {
        return Ok(None);
    }
    let names: Vec<Option<Name>> = (0..proc.proargtypes.len())
        .map(|at| {
            let name = proc.proargnames.as_ref()?.get(at)?.clone();
            (!name.is_empty()).then_some(name)
        })
        .collect();
    let params = ParamSource::Function {
        name: proc.proname.clone(),
        types: &proc.proargtypes,
        names: &names,
        collation: fixed::DEFAULT_COLLATION_OID,
    };
    let said = shared.notices.borrow().len();
    let query = parse_analyze(*shared, &statement.stmt, params);
    shared.notices.borrow_mut().truncate(said);
    query.map(Some).map_err(Stop::without_place)
}
