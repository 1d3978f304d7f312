//! What pg_get_constraintdef and its kin give in a query of a migration (PostgreSQL: utils/adt/ruleutils.c).

use super::ruleutils::Deparse;
use crate::catalog::shared::Shared;
use crate::catalog::value::Value;
use crate::catalog::{
    PgClass, PgConstraint, PgIndex, PgProc, PgRewrite, PgStatisticExt, PgTrigger,
};
use crate::findings::{PgResult, unknown};
use crate::pg::oid::Oid;

/// What such a function gives; None where it is another one.
pub fn describe(shared: Shared, function: &str, args: &[Value]) -> Option<PgResult<Value>> {
    let catalog = shared.catalog;
    let deparse = Deparse { catalog, path: shared.path.clone() };
    let number = args.first().and_then(Value::as_int).and_then(|oid| u32::try_from(oid).ok());
    let oid = Oid(number.unwrap_or(0));
    let is_pretty = args.len() > 1 && args[1].as_bool() == Some(true);
    let text = |text: Option<String>| {
        Ok(text.map_or(Value::Null, |text| Value::Text(std::sync::Arc::from(text))))
    };
    let proc = || catalog.get::<PgProc>(oid);
    Some(match function {
        "pg_get_constraintdef" | "pg_get_viewdef" | "pg_get_ruledef" if is_pretty => {
            unknown(format!("{function} with fewer parentheses is not printed"))
        }
        "pg_get_constraintdef" => {
            text(catalog.get::<PgConstraint>(oid).map(|row| deparse.constraint_definition(row)))
        }
        "pg_get_indexdef" if args.len() == 1 => {
            text(catalog.get::<PgIndex>(oid).map(|_| deparse.index_definition(oid)))
        }
        "pg_get_viewdef" if matches!(args.first(), Some(Value::Int(_))) => {
            text(catalog.get::<PgClass>(oid).and_then(|_| deparse.view_definition(oid)))
        }
        "pg_get_ruledef" if args.len() == 1 => {
            text(catalog.get::<PgRewrite>(oid).map(|row| deparse.rule_definition(row)))
        }
        "pg_get_triggerdef" if args.len() == 1 => {
            text(catalog.get::<PgTrigger>(oid).map(|row| deparse.trigger_definition(row)))
        }
        "pg_get_statisticsobjdef" => {
            text(catalog.get::<PgStatisticExt>(oid).map(|row| deparse.statistics_definition(row)))
        }
        "pg_get_partkeydef" => text(deparse.partition_key(oid)),
        "pg_get_function_arguments" => text(proc().map(|row| deparse.function_arguments(row))),
        "pg_get_function_identity_arguments" => {
            text(proc().map(|row| deparse.function_identity_arguments(row)))
        }
        "pg_get_function_result" => text(proc().and_then(|row| deparse.function_result(row))),
        _ => return None, // another function
    })
}
