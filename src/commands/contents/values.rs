//! The values of a new row that a statement does not give (PostgreSQL: rewriteTargetListIU, ExecComputeStoredGenerated).

use crate::catalog::value::Value;
use crate::catalog::{PgAttrdef, PgClass, PgProc, PgType, TableRow};
use crate::commands::Context;
use crate::executor;
use crate::findings::{PgResult, Stop};
use crate::nodes::node_funcs::walk_expr;
use crate::nodes::primnodes::{Expr, TargetEntry};
use crate::pg::oid::Oid;

/// The values of all columns: those given, and the defaults of the others.
pub(super) fn full_row(
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
    fill_generated(context, class, &mut row)?;
    Ok(row)
}

/// The columns that an INSERT leaves to a sequence, or to a function that gives another value each time.
pub(super) fn generated_keys(
    context: &Context,
    class: &PgClass,
    targets: &[TargetEntry],
) -> Vec<i16> {
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

/// Generated columns follow from the others (PostgreSQL: ExecComputeStoredGenerated).
pub(super) fn fill_generated(
    context: &Context,
    class: &PgClass,
    row: &mut TableRow,
) -> PgResult<()> {
    for (index, attribute) in class.attributes.iter().enumerate() {
        if attribute.attgenerated == 0 || attribute.attisdropped {
            continue;
        }
        let value = match context.catalog.get::<PgAttrdef>(attribute.attdef) {
            Some(default) => {
                match executor::over_row(&default.adbin, context.shared(), row.clone()) {
                    // A virtual column is worked out only where it is read.
                    Err(_) if attribute.attgenerated == b'v' => None,
                    other => other.map_err(Stop::without_place)?,
                }
            }
            None => None,
        };
        if let Some(cell) = row.get_mut(index) {
            *cell = value.unwrap_or(Value::Unknown);
        }
    }
    Ok(())
}

pub(super) fn default_value(context: &Context, class: &PgClass, index: usize) -> PgResult<Value> {
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
