//! Type modifiers, as each type's own function reads them (PostgreSQL: the typmodin functions of utils/adt).

use super::parse_node::Shared;
use crate::catalog::{PgProc, PgType};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::pg::sqlstate as state;

/// The precision of an interval that gives none (PostgreSQL: INTERVAL_FULL_PRECISION).
const INTERVAL_FULL_PRECISION: i32 = 0xFFFF;
/// An interval of all fields (PostgreSQL: INTERVAL_FULL_RANGE).
pub const INTERVAL_FULL_RANGE: i32 = 0x7FFF;
const VARHDRSZ: i32 = 4;
const MAX_TIME_PRECISION: i32 = 6;
const MAX_ATTR_SIZE: i32 = 10 * 1024 * 1024;

fn invalid<T>(message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state::INVALID_PARAMETER_VALUE, message).into())
}

/// Calls the type's typmodin function.
pub fn call_typmodin(shared: &Shared, row: &PgType, modifiers: &[String]) -> PgResult<i32> {
    let function = shared.catalog.get::<PgProc>(row.typmodin);
    match function.map_or("", |p| p.proname.as_str()) {
        "bpchartypmodin" => any_char(&integers(modifiers)?, "char"),
        "varchartypmodin" => any_char(&integers(modifiers)?, "varchar"),
        "bittypmodin" => any_bit(&integers(modifiers)?, "bit"),
        "varbittypmodin" => any_bit(&integers(modifiers)?, "varbit"),
        "numerictypmodin" => numeric(shared, &integers(modifiers)?),
        "timestamptypmodin" => any_time(shared, &integers(modifiers)?, "TIMESTAMP", ""),
        "timestamptztypmodin" => {
            any_time(shared, &integers(modifiers)?, "TIMESTAMP", " WITH TIME ZONE")
        }
        "timetypmodin" => any_time(shared, &integers(modifiers)?, "TIME", ""),
        "timetztypmodin" => any_time(shared, &integers(modifiers)?, "TIME", " WITH TIME ZONE"),
        "intervaltypmodin" => interval(shared, &integers(modifiers)?),
        "vector_typmod_in" => dimensions(&integers(modifiers)?, "vector", 16_000),
        "halfvec_typmod_in" => dimensions(&integers(modifiers)?, "halfvec", 16_000),
        "sparsevec_typmod_in" => dimensions(&integers(modifiers)?, "sparsevec", 1_000_000_000),
        "geometry_typmod_in" | "geography_typmod_in" => postgis(modifiers, &row.typname),
        // A function that we do not know: a number is its own typmod in most.
        _ => match modifiers {
            [one] => match one.parse() {
                Ok(value) => Ok(value),
                Err(_) => unknown(format!("type modifiers of {} are not known", row.typname)),
            },
            _ => unknown(format!("type modifiers of {} are not known", row.typname)), // more than one
        },
    }
}

/// PostgreSQL: ArrayGetIntegerTypmods.
fn integers(modifiers: &[String]) -> PgResult<Vec<i32>> {
    modifiers.iter().map(|text| super::literals::int4_in(text)).collect()
}

/// PostgreSQL: anychar_typmodin.
fn any_char(values: &[i32], name: &str) -> PgResult<i32> {
    match values {
        [length] if *length < 1 => invalid(format!("length for type {name} must be at least 1")),
        [length] if *length > MAX_ATTR_SIZE => {
            invalid(format!("length for type {name} cannot exceed {MAX_ATTR_SIZE}"))
        }
        [length] => Ok(VARHDRSZ + length),
        _ => invalid("invalid type modifier"), // exactly one is taken
    }
}

/// PostgreSQL: anybit_typmodin.
fn any_bit(values: &[i32], name: &str) -> PgResult<i32> {
    match values {
        [length] if *length < 1 => invalid(format!("length for type {name} must be at least 1")),
        [length] if *length > MAX_ATTR_SIZE * 8 => {
            invalid(format!("length for type {name} cannot exceed {}", MAX_ATTR_SIZE * 8))
        }
        [length] => Ok(*length),
        _ => invalid("invalid type modifier"), // exactly one is taken
    }
}

/// PostgreSQL: numerictypmodin.
fn numeric(shared: &Shared, values: &[i32]) -> PgResult<i32> {
    let (precision, scale) = match values {
        [precision] => (*precision, 0),
        [precision, scale] => (*precision, *scale),
        _ => return invalid("invalid NUMERIC type modifier"), // one or two are taken
    };
    if !(1..=1000).contains(&precision) {
        return invalid(format!("NUMERIC precision {precision} must be between 1 and 1000"));
    }
    if shared.catalog.version().major() < 15 {
        if !(0..=precision).contains(&scale) {
            return invalid(format!(
                "NUMERIC scale {scale} must be between 0 and precision {precision}"
            ));
        }
        return Ok(((precision << 16) | scale) + VARHDRSZ);
    }
    if !(-1000..=1000).contains(&scale) {
        return invalid(format!("NUMERIC scale {scale} must be between -1000 and 1000"));
    }
    Ok(((precision << 16) | (scale & 0x7ff)) + VARHDRSZ)
}

/// PostgreSQL: anytimestamp_typmod_check, anytime_typmod_check.
pub fn any_time(shared: &Shared, values: &[i32], name: &str, zone: &str) -> PgResult<i32> {
    let [precision] = values else { return invalid("invalid type modifier") };
    if *precision < 0 {
        return invalid(format!("{name}({precision}){zone} precision must not be negative"));
    }
    if *precision > MAX_TIME_PRECISION {
        shared.notices.borrow_mut().push(Notice::warning(
            state::INVALID_PARAMETER_VALUE,
            format!(
                "{name}({precision}){zone} precision reduced to maximum allowed, {MAX_TIME_PRECISION}"
            ),
        ));
        return Ok(MAX_TIME_PRECISION);
    }
    Ok(*precision)
}

/// PostgreSQL: intervaltypmodin.
fn interval(shared: &Shared, values: &[i32]) -> PgResult<i32> {
    let packed = |precision: i32, range: i32| ((range & 0x7FFF) << 16) | (precision & 0xFFFF);
    match values {
        [INTERVAL_FULL_RANGE] => Ok(-1),
        [range] => Ok(packed(INTERVAL_FULL_PRECISION, *range)),
        [_, precision] if *precision < 0 => {
            invalid(format!("INTERVAL({precision}) precision must not be negative"))
        }
        [range, precision] if *precision > MAX_TIME_PRECISION => {
            shared.notices.borrow_mut().push(Notice::warning(
                state::INVALID_PARAMETER_VALUE,
                format!(
                    "INTERVAL({precision}) precision reduced to maximum allowed, {MAX_TIME_PRECISION}"
                ),
            ));
            Ok(packed(MAX_TIME_PRECISION, *range))
        }
        [range, precision] => Ok(packed(*precision, *range)),
        _ => invalid("invalid INTERVAL type modifier"), // one or two are taken
    }
}

/// pgvector: vector_typmod_in.
fn dimensions(values: &[i32], name: &str, most: i32) -> PgResult<i32> {
    match values {
        [count] if *count < 1 => invalid(format!("dimensions for type {name} must be at least 1")),
        [count] if *count > most => {
            invalid(format!("dimensions for type {name} cannot exceed {most}"))
        }
        [count] => Ok(*count),
        _ => invalid("invalid type modifier"), // exactly one is taken
    }
}

/// PostGIS: gserialized_typmod_in.
fn postgis(modifiers: &[String], typname: &str) -> PgResult<i32> {
    const KINDS: [&str; 16] = [
        "GEOMETRY",
        "POINT",
        "LINESTRING",
        "POLYGON",
        "MULTIPOINT",
        "MULTILINESTRING",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
        "CIRCULARSTRING",
        "COMPOUNDCURVE",
        "CURVEPOLYGON",
        "MULTICURVE",
        "MULTISURFACE",
        "POLYHEDRALSURFACE",
        "TRIANGLE",
        "TIN",
    ];
    let Some(kind_text) = modifiers.first() else { return invalid("invalid type modifier") };
    let upper = kind_text.trim().to_ascii_uppercase();
    let (kind_name, z, m) = if let Some(name) = upper.strip_suffix("ZM") {
        (name, 1, 1)
    } else if let Some(name) = upper.strip_suffix('Z') {
        (name, 1, 0)
    } else if let Some(name) = upper.strip_suffix('M') {
        (name, 0, 1)
    } else {
        (upper.as_str(), 0, 0)
    };
    let kind = KINDS.iter().position(|name| *name == kind_name.trim());
    let Some(kind) = kind.and_then(|k| i32::try_from(k).ok()) else {
        return invalid(format!("Invalid geometry type modifier: {kind_text}"));
    };
    let default_srid = if typname == "geography" { 4326 } else { 0 };
    let srid = match modifiers.get(1) {
        Some(text) => super::literals::int4_in(text)?.clamp(0, 999_999),
        None => default_srid,
    };
    Ok((srid << 8) | (kind << 2) | (z << 1) | m)
}
