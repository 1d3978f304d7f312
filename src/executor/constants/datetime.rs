//! Units of extract and date_trunc: which there are, and which a type has (PostgreSQL: DecodeUnits,
//! utils/adt/datetime.c; timestamp_part_common, extract_date, time_part_common and their kin).

use crate::findings::{PgError, PgResult};
use crate::pg::name::clip;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Microsecond to hour.
    OfTime,
    Day,
    Week,
    /// Month to millennium.
    OfDate,
    Zone,
    Epoch,
    /// Day of the week or year, Julian day, ISO year.
    Calendar,
}

/// PostgreSQL compares the first ten letters (TOKMAXLEN).
fn unit(name: &str) -> Option<Unit> {
    Some(match clip(name, 10) {
        "us" | "usec" | "usecs" | "usecond" | "useconds" | "microsecon" | "ms" | "msec"
        | "msecs" | "msecond" | "mseconds" | "millisecon" | "s" | "sec" | "secs" | "second"
        | "seconds" | "m" | "min" | "mins" | "minute" | "minutes" | "h" | "hr" | "hrs" | "hour"
        | "hours" => Unit::OfTime,
        "d" | "day" | "days" => Unit::Day,
        "w" | "week" | "weeks" => Unit::Week,
        "mon" | "mons" | "month" | "months" | "qtr" | "quarter" | "y" | "yr" | "yrs" | "year"
        | "years" | "dec" | "decs" | "decade" | "decades" | "c" | "cent" | "century"
        | "centuries" | "mil" | "mils" | "millennium" | "millennia" => Unit::OfDate,
        "timezone" | "timezone_h" | "timezone_m" => Unit::Zone,
        "epoch" => Unit::Epoch,
        "dow" | "doy" | "isodow" | "isoyear" | "j" | "jd" | "julian" => Unit::Calendar,
        _ => return None, // no unit
    })
}

/// Refuses a unit that is none, or that values of the type don't have.
pub(super) fn check_unit(function: &str, text: &str, type_id: Oid) -> PgResult<()> {
    let lower = text.to_ascii_lowercase();
    let truncates = function == "date_trunc";
    let found =
        unit(&lower).filter(|found| !truncates || !matches!(found, Unit::Epoch | Unit::Calendar));
    let (type_name, has) = match type_id {
        fixed::TIMESTAMPOID => {
            ("timestamp without time zone", found.is_some_and(|u| u != Unit::Zone))
        }
        fixed::TIMESTAMPTZOID => {
            ("timestamp with time zone", found.is_some_and(|u| !truncates || u != Unit::Zone))
        }
        fixed::DATEOID => ("date", found.is_some_and(|u| !matches!(u, Unit::OfTime | Unit::Zone))),
        fixed::TIMEOID => {
            ("time without time zone", matches!(found, Some(Unit::OfTime | Unit::Epoch)))
        }
        fixed::TIMETZOID => {
            ("time with time zone", matches!(found, Some(Unit::OfTime | Unit::Epoch | Unit::Zone)))
        }
        fixed::INTERVALOID => (
            "interval",
            match found {
                Some(Unit::OfTime | Unit::Day | Unit::OfDate | Unit::Epoch) => true,
                Some(Unit::Week) => !truncates,
                Some(Unit::Zone | Unit::Calendar) | None => false,
            },
        ),
        _ => return Ok(()), // no type of dates or times
    };
    if has {
        return Ok(());
    }
    let (sqlstate, message) = match found {
        Some(_) => (
            state::FEATURE_NOT_SUPPORTED,
            format!("unit \"{lower}\" not supported for type {type_name}"),
        ),
        None => (
            state::INVALID_PARAMETER_VALUE,
            format!("unit \"{lower}\" not recognized for type {type_name}"),
        ),
    };
    let error = PgError::new(sqlstate, message);
    let weeks = truncates && type_id == fixed::INTERVALOID && found == Some(Unit::Week);
    Err(if weeks { error.detail("Months usually have fractional weeks.") } else { error }.into())
}
