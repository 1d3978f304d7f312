//! FOR VALUES …: the bound's values in the types of the partition key (PostgreSQL: transformPartitionBound,
//! parser/parse_utilcmd.c).

use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::get_attname;
use crate::catalog::{PartitionBound, PgClass, PgPartitionedTable, RangeDatum};
use crate::commands::Context;
use crate::executor::{self, Value};
use crate::findings::{PgError, PgResult};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_type, expr_typmod, raw_location};
use crate::nodes::primnodes::{Const, Datum, Expr};
use crate::nodes::tree::{
    CoercionContext, CoercionForm, Node, PartitionBoundSpec, PartitionRangeDatumKind,
};
use crate::parser::parse_coerce::coerce_to_target_type;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// One column of the partition key: its name in messages, type, modifier and collation.
struct KeyColumn {
    name: String,
    type_oid: Oid,
    typmod: i32,
    collation: Oid,
}

fn invalid(message: &str, location: i32) -> PgError {
    PgError::new(sqlstate::INVALID_TABLE_DEFINITION, message).at(location)
}

/// The bound of a new partition of `parent`.
pub fn transform_partition_bound(
    context: &Context,
    parent: Oid,
    spec: &PartitionBoundSpec,
) -> PgResult<PartitionBound> {
    let catalog = &*context.catalog;
    let Some(key) = catalog.get::<PgPartitionedTable>(parent) else {
        return crate::findings::unknown("a partition key that is not in the catalog");
    };
    let location = spec.location.0;
    if spec.is_default {
        if key.partstrat == b'h' {
            let message = "a hash-partitioned table may not have a default partition";
            return Err(invalid(message, -1).into());
        }
        return Ok(PartitionBound::Default);
    }
    if spec.strategy != key.partstrat {
        let kind = match key.partstrat {
            b'h' => "hash",
            b'l' => "list",
            _ => "range", // there are no more
        };
        let message = format!("invalid bound specification for a {kind} partition");
        return Err(invalid(&message, location).into());
    }
    let columns = key_columns(context, key);
    let mut pstate = ParseState::new(context.shared(), None);
    match key.partstrat {
        b'h' => {
            if spec.modulus <= 0 {
                let message =
                    "modulus for hash partition must be an integer value greater than zero";
                return Err(invalid(message, -1).into());
            }
            if spec.remainder >= spec.modulus {
                let message = "remainder for hash partition must be less than modulus";
                return Err(invalid(message, -1).into());
            }
            Ok(PartitionBound::Hash { modulus: spec.modulus, remainder: spec.remainder })
        }
        b'l' => {
            let Some(column) = columns.first() else {
                return crate::findings::unknown("a list partition key without a column");
            };
            let mut values: Vec<Expr> = Vec::new();
            for raw in &spec.listdatums {
                let value = bound_value(&mut pstate, raw, column)?;
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            Ok(PartitionBound::List(values))
        }
        _ => {
            // What is left is range.
            if spec.lowerdatums.len() != columns.len() {
                let message = "FROM must specify exactly one value per partitioning column";
                return Err(invalid(message, -1).into());
            }
            if spec.upperdatums.len() != columns.len() {
                let message = "TO must specify exactly one value per partitioning column";
                return Err(invalid(message, -1).into());
            }
            let lower = range_bounds(&mut pstate, &spec.lowerdatums, &columns)?;
            let upper = range_bounds(&mut pstate, &spec.upperdatums, &columns)?;
            Ok(PartitionBound::Range { lower, upper })
        }
    }
}

fn key_columns(context: &Context, key: &PgPartitionedTable) -> Vec<KeyColumn> {
    let catalog = &*context.catalog;
    let class = catalog.get::<PgClass>(key.partrelid);
    let mut exprs = key.partexprs.iter();
    key.partattrs
        .iter()
        .enumerate()
        .map(|(at, attnum)| {
            let collation = key.partcollation.get(at).copied().unwrap_or_default();
            let attribute = class.and_then(|class| class.attribute(*attnum));
            match attribute.filter(|_| *attnum != 0) {
                Some(attribute) => KeyColumn {
                    name: get_attname(catalog, key.partrelid, *attnum)
                        .map_or_else(String::new, |name| name.to_string()),
                    type_oid: attribute.atttypid,
                    typmod: attribute.atttypmod,
                    collation,
                },
                None => {
                    let expr = exprs.next();
                    KeyColumn {
                        name: "expression".to_string(),
                        type_oid: expr.map_or(Oid::INVALID, |expr| expr_type(expr)),
                        typmod: expr.map_or(-1, |expr| expr_typmod(expr)),
                        collation,
                    }
                }
            }
        })
        .collect()
}

/// PostgreSQL: transformPartitionRangeBounds and validateInfiniteBounds.
fn range_bounds(
    pstate: &mut ParseState,
    raw: &[Node],
    columns: &[KeyColumn],
) -> PgResult<Vec<RangeDatum>> {
    let mut bounds = Vec::new();
    for (node, column) in raw.iter().zip(columns) {
        let (kind, node) = match node {
            Node::PartitionRangeDatum(datum) => (Some(datum.kind), datum.value.as_ref()),
            other => (None, Some(other)),
        };
        let infinite = match (kind, node) {
            (Some(PartitionRangeDatumKind::PartitionRangeDatumMinvalue), _) => Some("minvalue"),
            (Some(PartitionRangeDatumKind::PartitionRangeDatumMaxvalue), _) => Some("maxvalue"),
            (_, Some(Node::ColumnRef(reference))) => match reference.fields.as_slice() {
                [only] => Some(only.str_val()).filter(|n| matches!(*n, "minvalue" | "maxvalue")),
                _ => None, // a qualified name, which is refused below
            },
            (_, _) => None, // a value
        };
        bounds.push(match (infinite, node) {
            (Some("minvalue"), _) => RangeDatum::MinValue,
            (Some(_), _) => RangeDatum::MaxValue,
            (None, Some(node)) => {
                let value = bound_value(pstate, node, column)?;
                if matches!(&value, Expr::Const(value) if value.value.is_none()) {
                    return Err(PgError::new(
                        sqlstate::INVALID_OBJECT_DEFINITION,
                        "cannot specify NULL in range bound",
                    )
                    .into());
                }
                RangeDatum::Value(value)
            }
            (None, None) => continue,
        });
    }
    let mut previous: Option<&RangeDatum> = None;
    for (bound, node) in bounds.iter().zip(raw) {
        let word = match (previous, bound) {
            (Some(RangeDatum::MaxValue), RangeDatum::MinValue | RangeDatum::Value(_)) => "MAXVALUE",
            (Some(RangeDatum::MinValue), RangeDatum::MaxValue | RangeDatum::Value(_)) => "MINVALUE",
            (_, _) => {
                previous = Some(bound);
                continue;
            }
        };
        return Err(PgError::new(
            sqlstate::DATATYPE_MISMATCH,
            format!("every bound following {word} must also be {word}"),
        )
        .at(raw_location(node))
        .into());
    }
    Ok(bounds)
}

/// PostgreSQL: transformPartitionBoundValue.
fn bound_value(pstate: &mut ParseState, raw: &Node, column: &KeyColumn) -> PgResult<Expr> {
    let location = raw_location(raw);
    let mut value = transform_expr(pstate, raw, ExprKind::PartitionBound)?;
    assign_expr_collations(pstate, &mut value)?;
    let from = expr_type(&value);
    let coerced = coerce_to_target_type(
        pstate,
        value,
        from,
        column.type_oid,
        column.typmod,
        CoercionContext::CoercionAssignment,
        CoercionForm::CoerceImplicitCast,
        -1,
    )?;
    let Some(mut value) = coerced else {
        let shared = &pstate.shared;
        return Err(PgError::new(
            sqlstate::DATATYPE_MISMATCH,
            format!(
                "specified value cannot be cast to type {} for column \"{}\"",
                format_type_be(shared.catalog, shared.path, column.type_oid),
                column.name
            ),
        )
        .at(location)
        .into());
    };
    if !matches!(value, Expr::Const(_)) {
        assign_expr_collations(pstate, &mut value)?;
        let folded = match fold_cast(&value, column) {
            None => computed(pstate, &value, column)?,
            folded => folded,
        };
        if let Some(folded) = folded {
            value = folded;
        }
    }
    if let Expr::Const(constant) = &mut value {
        constant.constcollid = column.collation;
        constant.location = ParseLoc(location);
    }
    Ok(value)
}

/// The constant that the expression comes to (PostgreSQL: evaluate_expr); None where that cannot be told.
fn computed(pstate: &ParseState, expr: &Expr, column: &KeyColumn) -> PgResult<Option<Expr>> {
    let value = executor::over_row(expr, pstate.shared, Vec::new())?;
    let told = value.filter(|value| !value.is_untold() && !matches!(value, Value::Record(_)));
    Ok(told.map(|value| executor::constant(&value, column.type_oid, column.typmod)))
}

/// The constant under casts that keep its text; None when it would have to be computed.
fn fold_cast(expr: &Expr, column: &KeyColumn) -> Option<Expr> {
    let inner = match expr {
        Expr::FuncExpr(call)
            if matches!(
                call.funcformat,
                CoercionForm::CoerceExplicitCast | CoercionForm::CoerceImplicitCast
            ) && call.args.iter().skip(1).all(|arg| matches!(arg, Expr::Const(_))) =>
        {
            call.args.first()?
        }
        Expr::RelabelType(relabel) => &relabel.arg,
        Expr::CoerceViaIO(coerce) => &coerce.arg,
        Expr::CoerceToDomain(coerce) => &coerce.arg,
        _ => return None, // anything else would have to be computed
    };
    let constant = match inner {
        Expr::Const(constant) => constant.clone(),
        other => match fold_cast(other, column)? {
            Expr::Const(constant) => constant,
            _ => return None, // fold_cast gives constants only
        },
    };
    let value = match (constant.consttype, column.type_oid, constant.value) {
        (_, _, None) => None,
        (fixed::DATEOID, fixed::TIMESTAMPOID, Some(Datum::Text(text))) => {
            Some(Datum::Text(format!("{text} 00:00:00").into()))
        }
        (fixed::DATEOID, fixed::TIMESTAMPTZOID, Some(Datum::Text(text))) => {
            Some(Datum::Text(format!("{text} 00:00:00+00").into()))
        }
        (fixed::TIMESTAMPOID, fixed::TIMESTAMPTZOID, Some(Datum::Text(text))) => {
            Some(Datum::Text(format!("{text}+00").into()))
        }
        (fixed::DATEOID | fixed::TIMESTAMPOID | fixed::TIMESTAMPTZOID, to, Some(_))
            if to != constant.consttype =>
        {
            return None;
        }
        (_, _, Some(value)) => Some(value),
    };
    Some(Expr::Const(Const {
        consttype: column.type_oid,
        consttypmod: column.typmod,
        constcollid: column.collation,
        value,
        location: constant.location,
    }))
}
