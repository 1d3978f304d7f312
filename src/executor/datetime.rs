//! Dates, timestamps and intervals as they print, and arithmetic with them (PostgreSQL: utils/adt/date.c, timestamp.c,
//! formatting.c). Timestamps with time zone are taken in UTC.

use std::sync::Arc;

use crate::catalog::decimal::Decimal;
use crate::catalog::value::Value;
use crate::findings::{PgResult, unknown};
use crate::pg::oid::{Oid, fixed};

const DAY: i64 = 86_400_000_000;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// A moment: days since 1970 and microseconds of the day.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Moment {
    days: i64,
    micros: i64,
}

/// An interval's three parts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Span {
    months: i64,
    days: i64,
    micros: i64,
}

/// Days since 1970 of a date of the Gregorian calendar.
fn days_from(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_from(next_year, next, 1) - days_from(year, month, 1)
}

fn read_days(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let ok = parts.next().is_none() && year.len() == 4;
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    (ok && (1..=12).contains(&month)).then(|| days_from(year, month, day))
}

fn read_micros(text: &str) -> Option<i64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut parts = text.split(':');
    let (hours, minutes): (i64, i64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let seconds = parts.next().unwrap_or("0");
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let whole: i64 = whole.parse().ok()?;
    let fraction: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    let micros = ((hours * 60 + minutes) * 60 + whole) * 1_000_000 + fraction;
    Some(if negative { -micros } else { micros })
}

/// A date or a timestamp as it prints.
fn read(text: &str) -> Option<Moment> {
    let text = text.strip_suffix("+00").unwrap_or(text);
    match text.split_once(' ') {
        Some((date, time)) => Some(Moment { days: read_days(date)?, micros: read_micros(time)? }),
        None => Some(Moment { days: read_days(text)?, micros: 0 }),
    }
}

fn read_span(text: &str) -> Option<Span> {
    let mut span = Span::default();
    let mut words = text.split(' ');
    while let Some(word) = words.next() {
        if word.contains(':') {
            span.micros += read_micros(word.strip_prefix('+').unwrap_or(word))?;
            continue;
        }
        let number: i64 = word.parse().ok()?;
        match words.next()? {
            "year" | "years" => span.months += number * 12,
            "mon" | "mons" => span.months += number,
            "day" | "days" => span.days += number,
            _ => return None, // interval_out writes no other word
        }
    }
    Some(span)
}

fn print_days(days: i64) -> Option<String> {
    let (year, month, day) = date_of(days);
    (1..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn print_micros(micros: i64) -> String {
    let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
    let mut text = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest != 0 {
        text.push_str(format!(".{rest:06}").trim_end_matches('0'));
    }
    text
}

/// PostgreSQL: EncodeInterval in the style postgres.
fn print_span(span: Span) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut negative_before = false;
    let mut part = |number: i64, word: &str| {
        if number != 0 {
            let plus = if negative_before && number > 0 { "+" } else { "" };
            let plural = if number == 1 { "" } else { "s" };
            parts.push(format!("{plus}{number} {word}{plural}"));
            negative_before = number < 0;
        }
    };
    part(span.months / 12, "year");
    part(span.months % 12, "mon");
    part(span.days, "day");
    if span.micros != 0 || parts.is_empty() {
        let sign = match (span.micros < 0, negative_before) {
            (true, _) => "-",
            (false, true) => "+",
            (false, false) => "",
        };
        parts.push(format!("{sign}{}", print_micros(span.micros.abs())));
    }
    parts.join(" ")
}

impl Moment {
    fn total(self) -> i64 {
        self.days * DAY + self.micros
    }

    fn from_total(total: i64) -> Moment {
        Moment { days: total.div_euclid(DAY), micros: total.rem_euclid(DAY) }
    }

    /// PostgreSQL: timestamp_pl_interval.
    fn plus(self, span: Span) -> Option<Moment> {
        let (year, month, day) = date_of(self.days);
        let months = (year * 12 + month - 1).checked_add(span.months)?;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let day = day.min(days_in_month(year, month));
        let days = days_from(year, month, day).checked_add(span.days)?;
        let total = days.checked_mul(DAY)?.checked_add(self.micros)?.checked_add(span.micros)?;
        Some(Moment::from_total(total))
    }

    fn print(self, type_id: Oid) -> Option<Value> {
        let date = print_days(self.days)?;
        let time = print_micros(self.micros);
        let text = match type_id {
            fixed::DATEOID => date,
            fixed::TIMESTAMPOID => format!("{date} {time}"),
            fixed::TIMESTAMPTZOID => format!("{date} {time}+00"),
            fixed::TIMEOID => time,
            _ => return None, // no moment
        };
        Some(Value::Text(Arc::from(text)))
    }
}

impl Span {
    fn scaled(self, by: i64) -> Option<Span> {
        Some(Span {
            months: self.months.checked_mul(by)?,
            days: self.days.checked_mul(by)?,
            micros: self.micros.checked_mul(by)?,
        })
    }

    fn print(self) -> Value {
        Value::Text(Arc::from(print_span(self)))
    }
}

/// A date or timestamp as another such type.
pub(super) fn cast(text: &str, from: Oid, to: Oid) -> PgResult<Value> {
    if from == fixed::INTERVALOID || to == fixed::INTERVALOID || from == fixed::TIMEOID {
        return unknown("a cast of this form is not run");
    }
    match read(text).and_then(|moment| moment.print(to)) {
        Some(value) => Ok(value),
        None => unknown("a date of this form is not read here"),
    }
}

/// What an operator between such values gives; None where it is not one of them.
pub(super) fn operate(
    name: &str,
    left: (&Value, Oid),
    right: (&Value, Oid),
) -> Option<PgResult<Value>> {
    use fixed::{DATEOID, INT4OID, INTERVALOID, TIMESTAMPOID, TIMESTAMPTZOID};
    let is_moment = |oid| matches!(oid, DATEOID | TIMESTAMPOID | TIMESTAMPTZOID);
    let text = |value: &Value| value.to_text().unwrap_or_default();
    let result = match (name, left.1, right.1) {
        ("+" | "-", DATEOID, INT4OID) => {
            let number = right.0.as_int()?;
            let number = if name == "-" { -number } else { number };
            let span = Span { days: number, ..Span::default() };
            read(&text(left.0)).and_then(|at| at.plus(span)?.print(DATEOID))
        }
        ("+", INT4OID, DATEOID) => return operate(name, right, left),
        ("-", DATEOID, DATEOID) => {
            read(&text(left.0)).zip(read(&text(right.0))).map(|(a, b)| Value::Int(a.days - b.days))
        }
        ("+" | "-", from, INTERVALOID) if is_moment(from) => {
            let to = if from == DATEOID { TIMESTAMPOID } else { from };
            let by = if name == "-" { -1 } else { 1 };
            read(&text(left.0))
                .zip(read_span(&text(right.0)).and_then(|span| span.scaled(by)))
                .and_then(|(at, span)| at.plus(span)?.print(to))
        }
        ("+", INTERVALOID, to) if is_moment(to) => return operate(name, right, left),
        ("-", a, b) if is_moment(a) && is_moment(b) => {
            read(&text(left.0)).zip(read(&text(right.0))).map(|(a, b)| {
                let total = a.total() - b.total();
                Span { months: 0, days: total / DAY, micros: total % DAY }.print()
            })
        }
        ("+" | "-", INTERVALOID, INTERVALOID) => {
            let by = if name == "-" { -1 } else { 1 };
            read_span(&text(left.0)).zip(read_span(&text(right.0))?.scaled(by)).map(|(a, b)| {
                Span {
                    months: a.months + b.months,
                    days: a.days + b.days,
                    micros: a.micros + b.micros,
                }
                .print()
            })
        }
        ("*", INTERVALOID, _) => {
            let by = right.0.as_int();
            by.zip(read_span(&text(left.0))).and_then(|(by, span)| Some(span.scaled(by)?.print()))
        }
        ("*", _, INTERVALOID) => return operate(name, right, left),
        _ => return None, // no dates
    };
    Some(match result {
        Some(value) => Ok(value),
        None => unknown("a date or an interval of this form is not read here"),
    })
}

/// How two intervals compare, a month being thirty days (PostgreSQL: interval_cmp_value).
pub(super) fn compare_spans(a: &str, b: &str) -> Option<std::cmp::Ordering> {
    let total = |text: &str| {
        let span = read_span(text)?;
        Some(i128::from(span.months * 30 + span.days) * i128::from(DAY) + i128::from(span.micros))
    };
    Some(total(a)?.cmp(&total(b)?))
}

/// The functions of dates; None where it is not one of them.
pub(super) fn call(name: &str, types: &[Oid], args: &[Value]) -> Option<PgResult<Value>> {
    let text = |index: usize| args.get(index).and_then(Value::to_text).unwrap_or_default();
    let type_at = |index: usize| types.get(index).copied().unwrap_or(Oid::INVALID);
    let int = |index: usize| args.get(index).and_then(Value::as_int);
    let is_moment =
        |oid| matches!(oid, fixed::DATEOID | fixed::TIMESTAMPOID | fixed::TIMESTAMPTZOID);
    let value = match name {
        "date_trunc" if args.len() == 2 && is_moment(type_at(1)) => {
            read(&text(1)).and_then(|at| truncated(&text(0), at)?.print(type_at(1)))
        }
        "date_part" | "extract" if is_moment(type_at(1)) => {
            let whole = type_at(1) == fixed::DATEOID;
            let number = read(&text(1)).and_then(|at| match part(&text(0), at) {
                Some(number) => Some(Decimal::whole(number)),
                None => seconds(&text(0), at, whole),
            });
            number.map(|number| match name {
                "extract" => Value::Numeric(number),
                _ => Value::Float(number.to_f64()), // date_part
            })
        }
        "to_char" if is_moment(type_at(0)) => {
            read(&text(0)).and_then(|at| formatted(at, &text(1))).map(|text| Value::text(&text))
        }
        "make_date" => {
            let parts = int(0).zip(int(1)).zip(int(2));
            parts
                .filter(|((_, month), _)| (1..=12).contains(month))
                .filter(|((year, month), day)| (1..=days_in_month(*year, *month)).contains(day))
                .and_then(|((year, month), day)| {
                    Moment { days: days_from(year, month, day), micros: 0 }.print(fixed::DATEOID)
                })
        }
        "make_interval" => {
            let part = |index: usize| match args.get(index) {
                None => Some(0),
                Some(value) => value.as_int(),
            };
            let span = || {
                Some(Span {
                    months: part(0)? * 12 + part(1)?,
                    days: part(2)? * 7 + part(3)?,
                    micros: ((part(4)? * 60 + part(5)?) * 60 + part(6)?) * 1_000_000,
                })
            };
            span().map(Span::print)
        }
        "to_date" if text(1).eq_ignore_ascii_case("yyyy-mm-dd") => {
            read_days(&text(0)).and_then(|days| Moment { days, micros: 0 }.print(fixed::DATEOID))
        }
        "to_date" if text(1).eq_ignore_ascii_case("yyyymmdd") => {
            let all = text(0);
            let number = |from: usize, to: usize| all.get(from..to)?.parse::<i64>().ok();
            number(0, 4).zip(number(4, 6)).zip(number(6, 8)).and_then(|((year, month), day)| {
                Moment { days: days_from(year, month, day), micros: 0 }.print(fixed::DATEOID)
            })
        }
        "date" if args.len() == 1 => read(&text(0)).and_then(|at| at.print(fixed::DATEOID)),
        _ => return None, // another function
    };
    Some(match value {
        Some(value) => Ok(value),
        None => unknown(format!("the function {name} is not run for this value")),
    })
}

fn truncated(unit: &str, at: Moment) -> Option<Moment> {
    let (year, month, _) = date_of(at.days);
    let day = |days| Moment { days, micros: 0 };
    let part = |micros: i64| Moment { micros: at.micros / micros * micros, ..at };
    Some(match unit.to_ascii_lowercase().as_str() {
        "year" => day(days_from(year, 1, 1)),
        "quarter" => day(days_from(year, (month - 1) / 3 * 3 + 1, 1)),
        "month" => day(days_from(year, month, 1)),
        "week" => day(at.days - (at.days + 3).rem_euclid(7)),
        "day" => day(at.days),
        "hour" => part(3_600_000_000),
        "minute" => part(60_000_000),
        "second" => part(1_000_000),
        _ => return None, // rarer units
    })
}

fn iso_week(days: i64) -> (i64, i64) {
    let thursday = days - (days + 3).rem_euclid(7) + 3;
    let (year, _, _) = date_of(thursday);
    (year, (thursday - days_from(year, 1, 1)) / 7 + 1)
}

fn part(unit: &str, at: Moment) -> Option<i64> {
    let (year, month, day) = date_of(at.days);
    Some(match unit.to_ascii_lowercase().as_str() {
        "year" => year,
        "month" => month,
        "day" => day,
        "quarter" => (month - 1) / 3 + 1,
        "week" => iso_week(at.days).1,
        "isoyear" => iso_week(at.days).0,
        "dow" => (at.days + 4).rem_euclid(7),
        "isodow" => (at.days + 3).rem_euclid(7) + 1,
        "doy" => at.days - days_from(year, 1, 1) + 1,
        "hour" => at.micros / 3_600_000_000,
        "minute" => at.micros / 60_000_000 % 60,
        _ => return None, // seconds have fractions
    })
}

/// A field that has fractions; a date's have none.
fn seconds(unit: &str, at: Moment, whole: bool) -> Option<Decimal> {
    let (micros, scale) = match unit.to_ascii_lowercase().as_str() {
        "epoch" => (at.days.checked_mul(DAY)?.checked_add(at.micros)?, 6),
        "second" => (at.micros % 60_000_000, 6),
        "milliseconds" => (at.micros % 60_000_000, 3),
        "microseconds" => return Some(Decimal::whole(at.micros % 60_000_000)),
        _ => return None, // no such field is known here
    };
    if whole {
        return (unit.eq_ignore_ascii_case("epoch")).then(|| Decimal::whole(micros / 1_000_000));
    }
    let unit = 10_i64.pow(scale);
    let sign = if micros < 0 { "-" } else { "" };
    let (number, fraction) = ((micros / unit).abs(), (micros % unit).abs());
    Decimal::parse(&format!("{sign}{number}.{fraction:0width$}", width = scale as usize))
}

/// PostgreSQL: DCH_to_char, for the patterns that names of partitions have.
fn formatted(at: Moment, pattern: &str) -> Option<String> {
    let (year, month, day) = date_of(at.days);
    let (hour, minute) = (at.micros / 3_600_000_000, at.micros / 60_000_000 % 60);
    let second = at.micros / 1_000_000 % 60;
    let weekday = (at.days + 4).rem_euclid(7);
    let (week_year, week) = iso_week(at.days);
    let month_name = MONTHS.get(usize::try_from(month - 1).ok()?)?;
    let day_name = DAYS.get(usize::try_from(weekday).ok()?)?;
    let half = |am: &'static str, pm: &'static str| if hour < 12 { am } else { pm }.to_string();
    let hour12 = if hour % 12 == 0 { 12 } else { hour % 12 };
    let day_of_year = at.days - days_from(year, 1, 1) + 1;
    let patterns: Vec<(&str, String)> = vec![
        ("HH24", format!("{hour:02}")),
        ("HH12", format!("{hour12:02}")),
        ("IYYY", format!("{week_year:04}")),
        ("YYYY", format!("{year:04}")),
        ("Month", format!("{month_name:<9}")),
        ("MONTH", format!("{:<9}", month_name.to_uppercase())),
        ("month", format!("{:<9}", month_name.to_lowercase())),
        ("DDD", format!("{day_of_year:03}")),
        ("Day", format!("{day_name:<9}")),
        ("DAY", format!("{:<9}", day_name.to_uppercase())),
        ("day", format!("{day_name:<9}").to_lowercase()),
        ("YYY", format!("{:03}", year % 1000)),
        ("MON", month_name[..3].to_uppercase()),
        ("Mon", month_name[..3].to_string()),
        ("mon", month_name[..3].to_lowercase()),
        ("IW", format!("{week:02}")),
        ("WW", format!("{:02}", (day_of_year - 1) / 7 + 1)),
        ("YY", format!("{:02}", year % 100)),
        ("MM", format!("{month:02}")),
        ("MI", format!("{minute:02}")),
        ("MS", format!("{:03}", at.micros / 1000 % 1000)),
        ("US", format!("{:06}", at.micros % 1_000_000)),
        ("SS", format!("{second:02}")),
        ("HH", format!("{hour12:02}")),
        ("DD", format!("{day:02}")),
        ("DY", day_name[..3].to_uppercase()),
        ("Dy", day_name[..3].to_string()),
        ("dy", day_name[..3].to_lowercase()),
        ("AM", half("AM", "PM")),
        ("PM", half("AM", "PM")),
        ("am", half("am", "pm")),
        ("pm", half("am", "pm")),
        ("ID", ((at.days + 3).rem_euclid(7) + 1).to_string()),
        ("D", (weekday + 1).to_string()),
        ("Q", ((month - 1) / 3 + 1).to_string()),
        ("W", ((day - 1) / 7 + 1).to_string()),
    ];
    let is_name = |known: &str| {
        matches!(known.to_ascii_lowercase().as_str(), "month" | "mon" | "day" | "dy" | "am" | "pm")
    };
    let mut out = String::new();
    let mut rest = pattern;
    'next: while let Some(first) = rest.chars().next() {
        if first == '"' {
            let end = rest[1..].find('"').map_or(rest.len(), |end| end + 2);
            out.push_str(rest.get(1..end.saturating_sub(1)).unwrap_or(""));
            rest = rest.get(end..).unwrap_or("");
            continue;
        }
        for (known, text) in &patterns {
            let head = rest.get(..known.len());
            let fits = |head: &str| {
                head == *known || (!is_name(known) && head.eq_ignore_ascii_case(known))
            };
            if head.is_some_and(fits) {
                out.push_str(text);
                rest = &rest[known.len()..];
                continue 'next;
            }
        }
        if first.is_ascii_alphabetic() {
            return None; // FM, TH, TZ and rarer patterns
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    Some(out)
}

/// generate_series of dates; None where it is not one.
pub(super) fn series(types: &[Oid], args: &[Value]) -> Option<PgResult<Vec<Vec<Value>>>> {
    let type_id = *types.first()?;
    if !matches!(type_id, fixed::TIMESTAMPOID | fixed::TIMESTAMPTZOID) || args.len() != 3 {
        return None;
    }
    let text = |index: usize| args.get(index).and_then(Value::to_text).unwrap_or_default();
    let (Some(mut at), Some(last), Some(step)) =
        (read(&text(0)), read(&text(1)), read_span(&text(2)))
    else {
        return Some(unknown("a series of dates of this form is not run"));
    };
    let forward = step.months * 30 * DAY + step.days * DAY + step.micros;
    if forward == 0 {
        return Some(unknown("a series of dates of this form is not run"));
    }
    let mut rows = Vec::new();
    while if forward > 0 { at.total() <= last.total() } else { at.total() >= last.total() } {
        let (Some(value), Some(next)) = (at.print(type_id), at.plus(step)) else { break };
        rows.push(vec![value]);
        if rows.len() > 10_000 {
            return Some(unknown("a series of dates is longer than is followed here"));
        }
        at = next;
    }
    Some(Ok(rows))
}
