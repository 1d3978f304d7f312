//! Dates, times and intervals: the ISO forms are read and printed as PostgreSQL does, the many others are believed
//! (PostgreSQL: utils/adt/datetime.c, date.c, timestamp.c).

use super::{invalid_syntax, is_space, trim_space};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::Datum;
use crate::parser::parse_node::Shared;
use crate::pg::sqlstate as state;

const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;

/// `invalid input syntax` of a date, a time or an interval.
pub fn bad_syntax(type_name: &str, text: &str) -> Stop {
    match invalid_syntax(type_name, text) {
        Stop::Error(mut error) => {
            error.sqlstate = state::INVALID_DATETIME_FORMAT;
            Stop::Error(error)
        }
        other @ Stop::Unknown(_) => other,
    }
}

fn field_overflow(text: &str, month: bool) -> Stop {
    let error = PgError::new(
        state::DATETIME_FIELD_OVERFLOW,
        format!("date/time field value out of range: \"{text}\""),
    );
    if month {
        error.hint("Perhaps you need a different \"DateStyle\" setting.").into()
    } else {
        error.into()
    }
}

fn raw(text: &str) -> PgResult<Datum> {
    Ok(Datum::Raw(text.into()))
}

fn done(text: String) -> PgResult<Datum> {
    Ok(Datum::Text(text.into()))
}

/// What a text says that this file does not read: a word of the moment, another order of fields, or nothing that
/// PostgreSQL reads either.
fn otherwise(type_name: &str, text: &str) -> PgResult<Datum> {
    const WORDS: &[&str] = &["now", "today", "tomorrow", "yesterday", "allballs", "epoch"];
    let lower = trim_space(text).to_ascii_lowercase();
    let known = WORDS.iter().any(|word| lower.contains(word));
    if !known && !lower.bytes().any(|b| b.is_ascii_digit()) {
        return Err(bad_syntax(type_name, text));
    }
    raw(text)
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

fn number(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 9 { None } else { text.parse().ok() }
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31, // the other months
    }
}

/// Days since 1970-01-01 (Howard Hinnant's days_from_civil).
fn to_days(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let doy = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

fn from_days(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

fn print_date(days: i64) -> String {
    let (year, month, day) = from_days(days);
    format!("{year:04}-{month:02}-{day:02}")
}

fn print_time(micros: i64) -> String {
    let seconds = micros / MICROS_PER_SECOND;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{hour:02}:{minute:02}:{second:02}");
    let fraction = micros % MICROS_PER_SECOND;
    if fraction != 0 {
        text.push_str(format!(".{fraction:06}").trim_end_matches('0'));
    }
    text
}

/// What reading a piece of a text gives: the value and the rest, or that the form is another one.
enum Read<'t, T> {
    Value(T, &'t str),
    Other,
}

/// `YYYY-MM-DD` or `YYYYMMDD` as days.
fn read_date<'t>(body: &'t str, text: &str) -> PgResult<Read<'t, i64>> {
    let (first, rest) = digits(body);
    let (year, month, day, rest) = if first.len() == 8 && !rest.starts_with(['-', '/', '.']) {
        (number(&first[..4]), number(&first[4..6]), number(&first[6..]), rest)
    } else if (4..=6).contains(&first.len())
        && let Some(rest) = rest.strip_prefix('-')
    {
        let (month, rest) = digits(rest);
        let Some(rest) = rest.strip_prefix('-') else { return Ok(Read::Other) };
        let (day, rest) = digits(rest);
        if month.len() > 2 || day.len() > 2 {
            return Ok(Read::Other);
        }
        (number(first), number(month), number(day), rest)
    } else {
        return Ok(Read::Other);
    };
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return Ok(Read::Other);
    };
    if rest.starts_with(['/', '.']) || year == 0 {
        return Ok(Read::Other);
    }
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return Err(field_overflow(text, true));
    }
    if day > days_in_month(year, month) {
        return Err(field_overflow(text, false));
    }
    Ok(Read::Value(to_days(year, month, day), rest))
}

/// `HH:MM[:SS[.ffffff]]` as microseconds.
fn read_time<'t>(body: &'t str, text: &str) -> PgResult<Read<'t, i64>> {
    let (hour, rest) = digits(body);
    let Some(rest) = rest.strip_prefix(':') else { return Ok(Read::Other) };
    let (minute, mut rest) = digits(rest);
    let mut second = "0";
    let mut fraction = "";
    if let Some(after) = rest.strip_prefix(':') {
        (second, rest) = digits(after);
        if let Some(after) = rest.strip_prefix('.') {
            (fraction, rest) = digits(after);
        }
    }
    if hour.len() > 2 || minute.len() > 2 || second.len() > 2 || fraction.len() > 6 {
        return Ok(Read::Other);
    }
    let (Some(hour), Some(minute), Some(second)) = (number(hour), number(minute), number(second))
    else {
        return Ok(Read::Other);
    };
    if hour > 24 || minute > 59 || second > 60 {
        return Err(field_overflow(text, false));
    }
    if hour == 24 || second == 60 {
        return Ok(Read::Other);
    }
    let padded = format!("{fraction:0<6}");
    let micros = padded.parse::<i64>().unwrap_or(0);
    let seconds = hour * 3600 + minute * 60 + second;
    Ok(Read::Value(seconds * MICROS_PER_SECOND + micros, rest))
}

/// A numeric offset or a word for UTC, as seconds east; None is another form.
fn read_zone(rest: &str) -> Option<Option<i64>> {
    let rest = trim_space(rest);
    if rest.is_empty() {
        return Some(None);
    }
    if matches!(rest.to_ascii_lowercase().as_str(), "z" | "utc" | "gmt" | "zulu") {
        return Some(Some(0));
    }
    let negative = rest.starts_with('-');
    let body = rest.strip_prefix(['+', '-'])?;
    let (hours, after) = digits(body);
    let (hours, minutes) = match (hours.len(), after.strip_prefix(':')) {
        (1..=2, None) if after.is_empty() => (hours, "0"),
        (1..=2, Some(minutes)) if digits(minutes).1.is_empty() => (hours, minutes),
        (4, None) if after.is_empty() => hours.split_at(2),
        _ => return None, // seconds in the offset, or something else
    };
    let seconds = number(hours)? * 3600 + number(minutes)? * 60;
    Some(Some(if negative { -seconds } else { seconds }))
}

/// PostgreSQL: date_in.
pub fn date_in(_shared: &Shared, text: &str) -> PgResult<Datum> {
    let body = trim_space(text);
    match body.to_ascii_lowercase().as_str() {
        "epoch" => return done("1970-01-01".to_string()),
        "infinity" | "+infinity" => return done("infinity".to_string()),
        "-infinity" => return done("-infinity".to_string()),
        _ => {} // a date proper
    }
    match read_date(body, text)? {
        Read::Value(days, "") => done(print_date(days)),
        Read::Value(days, rest) if rest.starts_with([' ', 'T', 't']) => {
            // A time behind it is read and dropped.
            match read_time(rest[1..].trim_start_matches(is_space), text)? {
                Read::Value(_, zone) if read_zone(zone).is_some() => done(print_date(days)),
                Read::Value(..) | Read::Other => raw(text),
            }
        }
        Read::Value(..) => raw(text),
        Read::Other => otherwise("date", text),
    }
}

/// The day after one that `date_in` has printed; infinity has none.
pub fn next_day(day: &str) -> String {
    match read_date(day, day) {
        Ok(Read::Value(days, _)) => print_date(days + 1),
        _ => day.to_string(), // infinity
    }
}

/// PostgreSQL: time_in, timetz_in.
pub fn time_in(text: &str, with_zone: bool) -> PgResult<Datum> {
    let type_name = if with_zone { "time with time zone" } else { "time" };
    let body = trim_space(text);
    match read_time(body, text)? {
        Read::Value(micros, rest) => match read_zone(rest) {
            Some(None) if !with_zone => done(print_time(micros)),
            Some(Some(_)) if !with_zone => done(print_time(micros)),
            Some(Some(offset)) if offset % 3600 == 0 => {
                let sign = if offset < 0 { '-' } else { '+' };
                done(format!("{}{sign}{:02}", print_time(micros), (offset / 3600).abs()))
            }
            Some(_) | None => raw(text),
        },
        Read::Other => otherwise(type_name, text),
    }
}

/// PostgreSQL: timestamp_in, timestamptz_in.
pub fn timestamp_in(shared: &Shared, text: &str, with_zone: bool) -> PgResult<Datum> {
    let type_name = if with_zone { "timestamp with time zone" } else { "timestamp" };
    let zone = shared.session.get("timezone").map_or("UTC", |zone| zone.as_ref());
    let in_utc = matches!(
        zone.trim_matches('\'').to_ascii_lowercase().as_str(),
        "utc" | "etc/utc" | "gmt" | "z" | "0"
    );
    let body = trim_space(text);
    match body.to_ascii_lowercase().as_str() {
        "epoch" if with_zone && in_utc => return done("1970-01-01 00:00:00+00".to_string()),
        "epoch" if !with_zone => return done("1970-01-01 00:00:00".to_string()),
        "infinity" | "+infinity" => return done("infinity".to_string()),
        "-infinity" => return done("-infinity".to_string()),
        _ => {} // a timestamp proper
    }
    let (days, rest) = match read_date(body, text)? {
        Read::Value(days, rest) => (days, rest),
        Read::Other => return otherwise(type_name, text),
    };
    let (micros, rest) = if rest.is_empty() {
        (0, "")
    } else if let Some(time) = rest.strip_prefix([' ', 'T', 't']) {
        match read_time(time.trim_start_matches(is_space), text)? {
            Read::Value(micros, rest) => (micros, rest),
            Read::Other => return raw(text),
        }
    } else {
        return raw(text);
    };
    let Some(offset) = read_zone(rest) else { return raw(text) };
    if !with_zone {
        return done(format!("{} {}", print_date(days), print_time(micros)));
    }
    if !in_utc {
        return raw(text);
    }
    let Some(total) = days.checked_mul(MICROS_PER_DAY).and_then(|total| {
        total.checked_add(micros)?.checked_sub(offset.unwrap_or(0) * MICROS_PER_SECOND)
    }) else {
        return raw(text);
    };
    let (days, micros) = (total.div_euclid(MICROS_PER_DAY), total.rem_euclid(MICROS_PER_DAY));
    done(format!("{} {}+00", print_date(days), print_time(micros)))
}

/// An interval's three parts.
#[derive(Default)]
struct Interval {
    months: i128,
    days: i128,
    micros: i128,
}

impl Interval {
    /// Adds so many of a unit, fractions going to the next smaller one; false for a unit that is none.
    fn add(&mut self, whole: i64, fraction: f64, unit: &str) -> bool {
        let whole = i128::from(whole);
        let time = |seconds: i64| {
            let part = fraction * (seconds * MICROS_PER_SECOND) as f64;
            whole * i128::from(seconds * MICROS_PER_SECOND) + part.round() as i128
        };
        let days = |count: i128, this: &mut Interval| {
            let part = fraction * count as f64;
            this.days += whole * count + part.trunc() as i128;
            this.micros += (part.fract() * MICROS_PER_DAY as f64).round() as i128;
        };
        let months = |count: i128, this: &mut Interval| {
            this.months += whole * count + (fraction * count as f64).round() as i128;
        };
        // PostgreSQL compares the first ten letters (TOKMAXLEN).
        match crate::pg::name::clip(unit, 10) {
            "us" | "usec" | "usecs" | "usecond" | "useconds" | "microsecon" => {
                self.micros += whole + fraction.round() as i128;
            }
            "ms" | "msec" | "msecs" | "msecond" | "mseconds" | "millisecon" => {
                self.micros += whole * 1000 + (fraction * 1000.0).round() as i128;
            }
            "s" | "sec" | "secs" | "second" | "seconds" => self.micros += time(1),
            "m" | "min" | "mins" | "minute" | "minutes" => self.micros += time(60),
            "h" | "hr" | "hrs" | "hour" | "hours" => self.micros += time(3600),
            "d" | "day" | "days" => days(1, self),
            "w" | "week" | "weeks" => days(7, self),
            "mon" | "mons" | "month" | "months" => {
                self.months += whole;
                let part = fraction * 30.0;
                self.days += part.trunc() as i128;
                self.micros += (part.fract() * MICROS_PER_DAY as f64).round() as i128;
            }
            "y" | "yr" | "yrs" | "year" | "years" => months(12, self),
            "qtr" | "quarter" => months(3, self),
            "dec" | "decs" | "decade" | "decades" => months(120, self),
            "c" | "cent" | "century" | "centuries" => months(1200, self),
            "mil" | "mils" | "millennium" | "millennia" => months(12_000, self),
            _ => return false, // no unit of time
        }
        true
    }

    /// PostgreSQL: EncodeInterval in its style "postgres".
    fn print(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut negative_before = false;
        let (years, months) = (self.months / 12, self.months % 12);
        for (value, unit) in [(years, "year"), (months, "mon"), (self.days, "day")] {
            if value != 0 {
                let plus = if negative_before && value > 0 { "+" } else { "" };
                let s = if value == 1 { "" } else { "s" };
                parts.push(format!("{plus}{value} {unit}{s}"));
                negative_before = value < 0;
            }
        }
        if self.micros != 0 || parts.is_empty() {
            let sign = if self.micros < 0 {
                "-"
            } else if negative_before {
                "+"
            } else {
                ""
            };
            let micros = i64::try_from(self.micros.abs()).unwrap_or(i64::MAX);
            parts.push(format!("{sign}{}", print_time(micros)));
        }
        parts.join(" ")
    }

    /// Cuts the interval to the fields and the precision of its typmod (PostgreSQL: AdjustIntervalForTypmod).
    fn adjust(&mut self, typmod: i32) {
        if typmod < 0 {
            return;
        }
        let range = (typmod >> 16) & 0x7fff;
        let has = |field: i32| range & (1 << field) != 0;
        let (month, year, day, hour, minute, second) =
            (has(1), has(2), has(3), has(10), has(11), has(12));
        if range != 0x7fff {
            if (year || month) && !day && !hour && !minute && !second {
                if !month {
                    self.months = self.months / 12 * 12;
                }
                self.days = 0;
                self.micros = 0;
            } else if !second {
                let unit = i128::from(if minute {
                    60 * MICROS_PER_SECOND
                } else if hour {
                    3600 * MICROS_PER_SECOND
                } else {
                    MICROS_PER_DAY
                });
                let whole_days = unit == i128::from(MICROS_PER_DAY);
                self.micros = if whole_days { 0 } else { self.micros / unit * unit };
            }
        }
        let precision = typmod & 0xffff;
        if let Ok(precision) = u32::try_from(precision)
            && precision < 6
        {
            let unit = 10_i128.pow(6 - precision);
            let half = if self.micros < 0 { -unit / 2 } else { unit / 2 };
            self.micros = (self.micros + half) / unit * unit;
        }
    }
}

/// The unit of a number that names none: the last field of the typmod, seconds without one.
fn default_unit(typmod: i32) -> &'static str {
    if typmod < 0 {
        return "second";
    }
    let range = (typmod >> 16) & 0x7fff;
    let has = |field: i32| range & (1 << field) != 0;
    match range {
        0x7fff => "second",
        _ if has(12) => "second",
        _ if has(11) => "minute",
        _ if has(10) => "hour",
        _ if has(3) => "day",
        _ if has(1) => "month",
        _ => "year", // the one field that is left
    }
}

/// `12.5` as 12 and .5; the sign counts for both.
fn read_number(word: &str) -> Option<(i64, f64)> {
    let negative = word.starts_with('-');
    let body = word.strip_prefix(['+', '-']).unwrap_or(word);
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole_value = if whole.is_empty() { 0 } else { number(whole)? };
    let fraction_value: f64 =
        if fraction.is_empty() { 0.0 } else { format!("0.{fraction}").parse().ok()? };
    let sign = if negative { -1 } else { 1 };
    Some((whole_value * sign, if negative { -fraction_value } else { fraction_value }))
}

/// PostgreSQL: interval_in.
pub fn interval_in(text: &str, typmod: i32) -> PgResult<Datum> {
    let lower = trim_space(text).to_ascii_lowercase();
    match lower.as_str() {
        "" => return Err(bad_syntax("interval", text)),
        "infinity" | "+infinity" | "-infinity" => return raw(text),
        _ => {} // an interval proper
    }
    if lower.starts_with(['p', '@']) || lower.starts_with("-p") {
        if lower.starts_with('p') && !lower.bytes().any(|b| b.is_ascii_digit()) {
            return Err(bad_syntax("interval", text));
        }
        return raw(text);
    }
    let mut interval = Interval::default();
    let mut words: Vec<String> = Vec::new();
    for word in lower.split(is_space).filter(|w| !w.is_empty()) {
        // `3days` is two words.
        let end = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(word.len());
        let (head, tail) = word.split_at(end);
        words.extend([head, tail].into_iter().filter(|w| !w.is_empty()).map(str::to_string));
    }
    let ago = words.last().is_some_and(|word| word == "ago");
    if ago {
        words.pop();
    }
    let mut at = 0;
    let mut met_number = false;
    while let Some(word) = words.get(at) {
        at += 1;
        if word.contains(':') {
            let negative = word.starts_with('-');
            let body = word.strip_prefix(['+', '-']).unwrap_or(word);
            match read_interval_time(body) {
                Some(micros) => {
                    interval.micros += i128::from(if negative { -micros } else { micros });
                }
                None if body.starts_with(|c: char| c.is_ascii_digit()) => return raw(text),
                None => return Err(bad_syntax("interval", text)),
            }
            met_number = true;
            continue;
        }
        let Some((whole, fraction)) = read_number(word) else {
            if word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
                return raw(text);
            }
            return Err(bad_syntax("interval", text));
        };
        met_number = true;
        let unit = match words.get(at) {
            Some(unit) if unit.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                at += 1;
                unit.trim_end_matches('.')
            }
            Some(next) if next.contains(':') && typmod < 0 => "day",
            Some(_) | None => default_unit(typmod),
        };
        if !interval.add(whole, fraction, unit) {
            return Err(bad_syntax("interval", text));
        }
    }
    if !met_number {
        return Err(bad_syntax("interval", text));
    }
    if ago {
        interval.months = -interval.months;
        interval.days = -interval.days;
        interval.micros = -interval.micros;
    }
    interval.adjust(typmod);
    let fits = |value: i128| i32::try_from(value).is_ok();
    if !fits(interval.months) || !fits(interval.days) || i64::try_from(interval.micros).is_err() {
        let message = format!("interval field value out of range: \"{text}\"");
        return Err(PgError::new(state::INTERVAL_FIELD_OVERFLOW, message).into());
    }
    done(interval.print())
}

/// `HH:MM[:SS[.ffffff]]` where the hours have no limit.
fn read_interval_time(body: &str) -> Option<i64> {
    let parts: Vec<&str> = body.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes] => (*hours, *minutes, "0"),
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        _ => return None, // no time of day
    };
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    if fraction.len() > 6 {
        return None;
    }
    let (hours, minutes, second) = (number(hours)?, number(minutes)?, number(second)?);
    if minutes > 59 || second > 59 {
        return None;
    }
    let micros: i64 = format!("{fraction:0<6}").parse().ok()?;
    Some((hours * 3600 + minutes * 60 + second) * MICROS_PER_SECOND + micros)
}
