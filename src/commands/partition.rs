//! Partition bounds against each other (PostgreSQL: check_new_partition_bound, partitioning/partbounds.c).

use std::cmp::Ordering;
use std::sync::Arc;

use super::Context;
use crate::catalog::{Catalog, PartitionBound, PgClass, PgEnum, PgInherits, RangeDatum};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::expr_location;
use crate::nodes::primnodes::{Const, Datum, Expr};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// The partitions of a table with their bounds, by oid.
pub fn partition_bounds(catalog: &Catalog, parent: Oid) -> Vec<(Oid, Arc<PartitionBound>)> {
    catalog
        .find_second::<PgInherits>(parent)
        .filter_map(|row| {
            let class = catalog.get::<PgClass>(row.inhrelid)?;
            Some((class.oid, class.relpartbound.clone()?))
        })
        .collect()
}

/// The default partition, if there is one (PostgreSQL: get_default_partition_oid).
pub fn get_default_partition_oid(catalog: &Catalog, parent: Oid) -> Option<Oid> {
    partition_bounds(catalog, parent)
        .into_iter()
        .find(|(_, bound)| matches!(**bound, PartitionBound::Default))
        .map(|(oid, _)| oid)
}

fn invalid(message: String, location: i32) -> PgError {
    PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).at(location)
}

/// Whether two partitions of one table cannot stand beside each other; true where it cannot be told.
pub fn bounds_overlap(catalog: &Catalog, a: &PartitionBound, b: &PartitionBound) -> bool {
    match (a, b) {
        (PartitionBound::Default, PartitionBound::Default) => true,
        (PartitionBound::List(a), PartitionBound::List(b)) => {
            a.iter().any(|a| b.iter().any(|b| same_value(catalog, a, b)))
        }
        (
            PartitionBound::Range { lower: low, upper: high },
            PartitionBound::Range { lower, upper },
        ) => {
            let starts = compare_bounds(catalog, (low, true), (upper, false));
            let ends = compare_bounds(catalog, (lower, true), (high, false));
            let apart = |order: Option<(Ordering, usize)>| {
                matches!(order, Some((Ordering::Greater | Ordering::Equal, _)))
            };
            !apart(starts) && !apart(ends)
        }
        (
            PartitionBound::Hash { modulus: m, remainder: r },
            PartitionBound::Hash { modulus, remainder },
        ) => {
            let least = (*m).min(*modulus).max(1);
            r % least == remainder % least
        }
        (PartitionBound::Default, _) | (_, PartitionBound::Default) => false,
        (
            PartitionBound::List(_) | PartitionBound::Range { .. } | PartitionBound::Hash { .. },
            _,
        ) => {
            true // partitioned otherwise
        }
    }
}

/// Refuses a bound that overlaps another partition's; `location` is the bound's own.
pub fn check_new_partition_bound(
    context: &Context,
    relname: &str,
    parent: Oid,
    bound: &PartitionBound,
    location: i32,
) -> PgResult<()> {
    check_overlap(context, relname, parent, bound, location).map_err(|stop| {
        // 13 knew no place.
        if context.catalog.version().major() >= 14 { stop } else { stop.without_place() }
    })
}

fn check_overlap(
    context: &Context,
    relname: &str,
    parent: Oid,
    bound: &PartitionBound,
    location: i32,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let existing = partition_bounds(catalog, parent);
    let name = |oid: Oid| {
        catalog.get::<PgClass>(oid).map(|class| class.relname.clone()).unwrap_or_default()
    };
    let overlap = |with: Oid, location: i32| {
        invalid(
            format!("partition \"{relname}\" would overlap partition \"{}\"", name(with)),
            location,
        )
    };
    match bound {
        PartitionBound::Default => match get_default_partition_oid(catalog, parent) {
            Some(default) => Err(invalid(
                format!(
                    "partition \"{relname}\" conflicts with existing default partition \
                         \"{}\"",
                    name(default)
                ),
                location,
            )
            .into()),
            None => Ok(()),
        },
        PartitionBound::Hash { modulus, remainder } => {
            check_hash(&existing, *modulus, *remainder, &name)?;
            let with = existing.iter().filter_map(|(oid, other)| match **other {
                PartitionBound::Hash { modulus: m, remainder: r } => {
                    let least = m.min(*modulus).max(1);
                    (r % least == remainder % least).then_some((r, *oid))
                }
                PartitionBound::Default
                | PartitionBound::List(_)
                | PartitionBound::Range { .. } => None,
            });
            match with.min() {
                Some((_, with)) => Err(overlap(with, location).into()),
                None => Ok(()),
            }
        }
        PartitionBound::List(values) => {
            for value in values {
                let with = existing.iter().find(|(_, other)| match &**other {
                    PartitionBound::List(others) => {
                        others.iter().any(|other| same_value(catalog, value, other))
                    }
                    PartitionBound::Default
                    | PartitionBound::Hash { .. }
                    | PartitionBound::Range { .. } => false,
                });
                if let Some((with, _)) = with {
                    return Err(overlap(*with, expr_location(value)).into());
                }
            }
            Ok(())
        }
        PartitionBound::Range { lower, upper } => {
            if let Some((Ordering::Greater | Ordering::Equal, at)) =
                compare_bounds(catalog, (lower, true), (upper, false))
            {
                return Err(empty_range(relname, lower, upper, at).into());
            }
            let mut found: Option<(&[RangeDatum], PgError)> = None;
            for (oid, other) in &existing {
                let PartitionBound::Range { lower: low, upper: high } = &**other else { continue };
                let before = compare_bounds(catalog, (low, true), (upper, false));
                let after = compare_bounds(catalog, (lower, true), (high, false));
                let (Some((Ordering::Less, _)), Some((Ordering::Less, _))) = (before, after) else {
                    continue;
                };
                let location = match compare_bounds(catalog, (low, true), (lower, true)) {
                    Some((Ordering::Less, at)) => datum_location(lower, at),
                    Some((Ordering::Equal, _)) | None => datum_location(lower, 0),
                    Some((Ordering::Greater, _)) => {
                        datum_location(upper, before.map_or(0, |(_, at)| at))
                    }
                };
                let first = found.as_ref().is_none_or(|(least, _)| {
                    matches!(
                        compare_bounds(catalog, (low, true), (least, true)),
                        Some((Ordering::Less, _))
                    )
                });
                if first {
                    found = Some((low, overlap(*oid, location)));
                }
            }
            found.map_or(Ok(()), |(_, error)| Err(error.into()))
        }
    }
}

/// Each modulus must be a factor of the next larger one.
fn check_hash(
    existing: &[(Oid, Arc<PartitionBound>)],
    modulus: i32,
    remainder: i32,
    name: &impl Fn(Oid) -> Name,
) -> PgResult<()> {
    let mut bounds: Vec<(i32, i32, Oid)> = existing
        .iter()
        .filter_map(|(oid, bound)| match **bound {
            PartitionBound::Hash { modulus, remainder } => Some((modulus, remainder, *oid)),
            PartitionBound::Default | PartitionBound::List(_) | PartitionBound::Range { .. } => {
                None
            }
        })
        .collect();
    bounds.sort_unstable();
    let after = bounds.partition_point(|(m, r, _)| (*m, *r) <= (modulus, remainder));
    let refuse = |detail: String| {
        PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            "every hash partition modulus must be a factor of the next larger modulus",
        )
        .detail(detail)
    };
    if let Some((previous, _, oid)) = after.checked_sub(1).and_then(|at| bounds.get(at))
        && modulus % previous != 0
    {
        return Err(refuse(format!(
            "The new modulus {modulus} is not divisible by {previous}, the modulus of existing \
             partition \"{}\".",
            name(*oid)
        ))
        .into());
    }
    if let Some((next, _, oid)) = bounds.get(after)
        && next % modulus != 0
    {
        return Err(refuse(format!(
            "The new modulus {modulus} is not a factor of {next}, the modulus of existing \
             partition \"{}\".",
            name(*oid)
        ))
        .into());
    }
    Ok(())
}

fn datum_location(datums: &[RangeDatum], at: usize) -> i32 {
    match datums.get(at) {
        Some(RangeDatum::Value(expr)) => expr_location(expr),
        Some(RangeDatum::MinValue | RangeDatum::MaxValue) | None => -1,
    }
}

fn empty_range(relname: &str, lower: &[RangeDatum], upper: &[RangeDatum], at: usize) -> PgError {
    invalid(
        format!("empty range bound specified for partition \"{relname}\""),
        datum_location(lower, at),
    )
    .detail(format!(
        "Specified lower bound {} is greater than or equal to upper bound {}.",
        bound_text(lower),
        bound_text(upper)
    ))
}

/// PostgreSQL: get_range_partbound_string.
fn bound_text(datums: &[RangeDatum]) -> String {
    let parts: Vec<String> = datums
        .iter()
        .map(|datum| match datum {
            RangeDatum::MinValue => "MINVALUE".to_string(),
            RangeDatum::MaxValue => "MAXVALUE".to_string(),
            RangeDatum::Value(Expr::Const(value)) => match (value.consttype, datum_text(value)) {
                (
                    fixed::INT2OID
                    | fixed::INT4OID
                    | fixed::INT8OID
                    | fixed::NUMERICOID
                    | fixed::FLOAT4OID
                    | fixed::FLOAT8OID
                    | fixed::OIDOID,
                    Some(text),
                ) if !text.starts_with('-') => text.to_string(),
                (_, Some(text)) => format!("'{}'", text.replace('\'', "''")),
                (_, None) => "NULL".to_string(),
            },
            RangeDatum::Value(_) => "?".to_string(),
        })
        .collect();
    format!("({})", parts.join(", "))
}

/// How two bounds compare and in which column they first differ; a lower bound includes its value, an upper one does
/// not (PostgreSQL: partition_rbound_cmp). None when some value's order is not known here.
fn compare_bounds(
    catalog: &Catalog,
    (a, a_lower): (&[RangeDatum], bool),
    (b, b_lower): (&[RangeDatum], bool),
) -> Option<(Ordering, usize)> {
    let rank = |datum: &RangeDatum| match datum {
        RangeDatum::MinValue => 0,
        RangeDatum::Value(_) => 1,
        RangeDatum::MaxValue => 2,
    };
    let mut last = 0;
    for (at, (x, y)) in a.iter().zip(b).enumerate() {
        last = at;
        let order = match (x, y) {
            (RangeDatum::Value(x), RangeDatum::Value(y)) => compare_values(catalog, x, y)?,
            (x, y) => {
                let order = rank(x).cmp(&rank(y));
                if order == Ordering::Equal {
                    // Both are infinite in the same direction, and so is all that follows.
                    break;
                }
                order
            }
        };
        if order != Ordering::Equal {
            return Some((order, at));
        }
    }
    Some(match (a_lower, b_lower) {
        (true, false) => (Ordering::Greater, last),
        (false, true) => (Ordering::Less, last),
        (true, true) | (false, false) => (Ordering::Equal, last),
    })
}

fn datum_text(value: &Const) -> Option<Arc<str>> {
    match value.value.as_ref()? {
        Datum::Text(text) | Datum::Raw(text) => Some(text.clone()),
        Datum::Oid(oid) => Some(oid.to_string().into()),
    }
}

pub fn same_value(catalog: &Catalog, a: &Expr, b: &Expr) -> bool {
    match (a, b) {
        (Expr::Const(x), Expr::Const(y)) if x.value.is_none() || y.value.is_none() => {
            x.value.is_none() && y.value.is_none()
        }
        (a, b) => match compare_values(catalog, a, b) {
            Some(order) => order == Ordering::Equal,
            None => a == b,
        },
    }
}

/// The order of two constants of one type, where it follows from their texts.
pub fn compare_values(catalog: &Catalog, a: &Expr, b: &Expr) -> Option<Ordering> {
    let (Expr::Const(x), Expr::Const(y)) = (a, b) else { return None };
    let (s, t) = (datum_text(x)?, datum_text(y)?);
    if s == t {
        return Some(Ordering::Equal);
    }
    match x.consttype {
        fixed::INT2OID | fixed::INT4OID | fixed::INT8OID | fixed::OIDOID => {
            Some(s.trim().parse::<i128>().ok()?.cmp(&t.trim().parse::<i128>().ok()?))
        }
        fixed::NUMERICOID | fixed::FLOAT4OID | fixed::FLOAT8OID => {
            s.trim().parse::<f64>().ok()?.partial_cmp(&t.trim().parse::<f64>().ok()?)
        }
        fixed::TEXTOID | fixed::VARCHAROID | fixed::NAMEOID | fixed::CHAROID => Some(s.cmp(&t)),
        fixed::BPCHAROID => Some(s.trim_end_matches(' ').cmp(t.trim_end_matches(' '))),
        fixed::UUIDOID => Some(s.to_ascii_lowercase().cmp(&t.to_ascii_lowercase())),
        fixed::BOOLOID => {
            let parse = super::reloptions::parse_bool;
            Some(parse(&s)?.cmp(&parse(&t)?))
        }
        fixed::DATEOID | fixed::TIMESTAMPOID | fixed::TIMESTAMPTZOID => {
            Some(iso_moment(&s)?.cmp(&iso_moment(&t)?))
        }
        other => {
            // An enum's labels by their order; of other types the order is not known here.
            let order = |label: &str| {
                catalog
                    .find_all::<PgEnum>(&other)
                    .find(|row| row.enumlabel == label)
                    .map(|row| row.enumsortorder)
            };
            order(&s)?.partial_cmp(&order(&t)?)
        }
    }
}

/// A date or moment as microseconds of some calendar that keeps the order, from ISO text (1 BC and before are not
/// read).
fn iso_moment(text: &str) -> Option<i128> {
    let text = text.trim();
    match text {
        "infinity" => return Some(i128::MAX),
        "-infinity" => return Some(i128::MIN),
        _ => {} // a date
    }
    let (date, rest) = match text.find([' ', 'T']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    let mut parts = date.split('-');
    let year: i128 = parts.next()?.parse().ok()?;
    let month: i128 = parts.next()?.parse().ok()?;
    let day: i128 = parts.next()?.parse().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let (clock, zone) = split_zone(rest)?;
    let mut seconds = 0.0_f64;
    for (part, scale) in clock.split(':').zip([3600.0, 60.0, 1.0]) {
        if !part.is_empty() {
            seconds += part.trim().parse::<f64>().ok()? * scale;
        }
    }
    let days = (year * 12 + month) * 31 + day;
    let micros = (seconds * 1e6).round() as i128;
    Some(days * 86_400_000_000 + micros - zone * 1_000_000)
}

/// A time of day and its zone's offset in seconds.
fn split_zone(text: &str) -> Option<(&str, i128)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(at) = text.rfind(['+', '-']) else {
        return text.bytes().all(|b| !b.is_ascii_alphabetic()).then_some((text, 0));
    };
    let sign = if text[at..].starts_with('-') { -1 } else { 1 };
    let mut offset = 0;
    for (part, scale) in text[at + 1..].split(':').zip([3600, 60, 1]) {
        offset += part.parse::<i128>().ok()? * scale;
    }
    Some((&text[..at], sign * offset))
}
