//! Literals made of others: arrays, rows, ranges (PostgreSQL: utils/adt/arrayfuncs.c, rowtypes.c, rangetypes.c,
//! multirangetypes.c).

use std::cmp::Ordering;
use std::sync::Arc;

use super::datetime::next_day;
use super::{input_to_depth, is_space, trim_space};
use crate::catalog::decimal::Decimal;
use crate::catalog::lsyscache::get_base_type_and_typmod;
use crate::catalog::{PgClass, PgRange, PgType};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::Datum;
use crate::parser::parse_node::Shared;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

fn malformed(what: &str, text: &str, detail: &str) -> Stop {
    PgError::new(
        state::INVALID_TEXT_REPRESENTATION,
        format!("malformed {what} literal: \"{text}\""),
    )
    .detail(detail)
    .into()
}

/// A piece of an array's text.
enum Item {
    Element(Option<String>),
    List(Vec<Item>),
}

struct ArrayParser<'t> {
    whole: &'t str,
    rest: &'t str,
    delimiter: char,
}

impl ArrayParser<'_> {
    fn bad(&self, detail: &str) -> Stop {
        malformed("array", self.whole, detail)
    }

    fn end(&self) -> Stop {
        self.bad("Unexpected end of input.")
    }

    /// After `{`: the items up to the matching `}`.
    fn list(&mut self, depth: u32) -> PgResult<Vec<Item>> {
        if depth > 6 {
            return Err(PgError::new(
                state::PROGRAM_LIMIT_EXCEEDED,
                "number of array dimensions exceeds the maximum allowed (6)",
            )
            .into());
        }
        let mut items = Vec::new();
        self.rest = self.rest.trim_start_matches(is_space);
        if let Some(rest) = self.rest.strip_prefix('}') {
            self.rest = rest;
            return Ok(items);
        }
        loop {
            self.rest = self.rest.trim_start_matches(is_space);
            if let Some(rest) = self.rest.strip_prefix('{') {
                self.rest = rest;
                items.push(Item::List(self.list(depth + 1)?));
            } else {
                items.push(Item::Element(self.element()?));
            }
            self.rest = self.rest.trim_start_matches(is_space);
            let Some(c) = self.rest.chars().next() else { return Err(self.end()) };
            self.rest = &self.rest[c.len_utf8()..];
            if c == '}' {
                return Ok(items);
            }
            if c != self.delimiter {
                return Err(self.bad(&format!("Unexpected \"{c}\" character.")));
            }
        }
    }

    fn element(&mut self) -> PgResult<Option<String>> {
        let mut out = String::new();
        if let Some(rest) = self.rest.strip_prefix('"') {
            let mut chars = rest.char_indices();
            while let Some((at, c)) = chars.next() {
                match c {
                    '"' => {
                        self.rest = &rest[at + 1..];
                        let next = self.rest.trim_start_matches(is_space).chars().next();
                        if next.is_some_and(|c| c != '}' && c != self.delimiter) {
                            return Err(self.bad("Incorrectly quoted array element."));
                        }
                        return Ok(Some(out));
                    }
                    '\\' => out.extend(chars.next().map(|(_, c)| c)),
                    c => out.push(c),
                }
            }
            return Err(self.end());
        }
        let mut kept = 0;
        let mut escaped = false;
        let mut chars = self.rest.char_indices();
        while let Some((at, c)) = chars.next() {
            if c == '}' || c == self.delimiter {
                self.rest = &self.rest[at..];
                out.truncate(kept);
                if out.is_empty() {
                    return Err(self.bad(&format!("Unexpected \"{c}\" character.")));
                }
                let null = !escaped && out.eq_ignore_ascii_case("null");
                return Ok(if null { None } else { Some(out) });
            }
            match c {
                '{' => return Err(self.bad("Unexpected \"{\" character.")),
                '"' => return Err(self.bad("Incorrectly quoted array element.")),
                '\\' => {
                    escaped = true;
                    out.extend(chars.next().map(|(_, c)| c));
                    kept = out.len();
                }
                c => {
                    out.push(c);
                    if !is_space(c) {
                        kept = out.len();
                    }
                }
            }
        }
        Err(self.end())
    }
}

/// PostgreSQL: array_in.
pub fn array_in(
    shared: &Shared,
    element: Oid,
    text: &str,
    typmod: i32,
    depth: u32,
) -> PgResult<Datum> {
    let delimiter = shared.catalog.get::<PgType>(element).map_or(',', |t| char::from(t.typdelim));
    let body = trim_space(text);
    let (dimensions, body) = if body.starts_with('[') {
        match body.split_once('=') {
            Some((dimensions, body)) => (Some(dimensions), body.trim_start_matches(is_space)),
            None => return Err(malformed("array", text, "Missing \"=\" after array dimensions.")),
        }
    } else {
        (None, body)
    };
    let Some(rest) = body.strip_prefix('{') else {
        let detail = if dimensions.is_some() {
            "Array contents must start with \"{\"."
        } else {
            "Array value must start with \"{\" or dimension information."
        };
        return Err(malformed("array", text, detail));
    };
    let mut parser = ArrayParser { whole: text, rest, delimiter };
    let items = parser.list(1)?;
    if !parser.rest.is_empty() {
        return Err(malformed("array", text, "Junk after closing right brace."));
    }
    shape(&items).ok_or_else(|| {
        malformed(
            "array",
            text,
            "Multidimensional arrays must have sub-arrays with matching dimensions.",
        )
    })?;
    let mut out = String::new();
    let context = Elements { shared, element, typmod, delimiter, depth };
    let exact = context.print(&items, &mut out)? && dimensions.is_none();
    Ok(if exact { Datum::Text(out.into()) } else { Datum::Raw(text.into()) })
}

/// The dimensions of nested items, None where they do not match.
fn shape(items: &[Item]) -> Option<Vec<usize>> {
    let mut inner: Option<Vec<usize>> = None;
    for (i, item) in items.iter().enumerate() {
        let below = match item {
            Item::Element(_) => Vec::new(),
            Item::List(list) => shape(list)?,
        };
        if i > 0 && inner.as_ref() != Some(&below) {
            return None;
        }
        inner = Some(below);
    }
    let mut all = vec![items.len()];
    all.extend(inner.unwrap_or_default());
    Some(all)
}

struct Elements<'a, 's> {
    shared: &'a Shared<'s>,
    element: Oid,
    typmod: i32,
    delimiter: char,
    depth: u32,
}

impl Elements<'_, '_> {
    /// Reads every element and prints the array; false where an element's own form is not known.
    fn print(&self, items: &[Item], out: &mut String) -> PgResult<bool> {
        let mut exact = true;
        out.push('{');
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                out.push(self.delimiter);
            }
            match item {
                Item::List(list) => exact &= self.print(list, out)?,
                Item::Element(None) => out.push_str("NULL"),
                Item::Element(Some(text)) => {
                    match input_to_depth(
                        self.shared,
                        self.element,
                        text,
                        self.typmod,
                        self.depth + 1,
                    )? {
                        Datum::Text(text) => quote_element(&text, self.delimiter, out),
                        Datum::Raw(_) | Datum::Oid(_) => exact = false,
                    }
                }
            }
        }
        out.push('}');
        Ok(exact)
    }
}

/// PostgreSQL: array_out's quoting.
fn quote_element(text: &str, delimiter: char, out: &mut String) {
    let quote = text.is_empty()
        || text.eq_ignore_ascii_case("null")
        || text
            .chars()
            .any(|c| matches!(c, '"' | '\\' | '{' | '}') || c == delimiter || is_space(c));
    if !quote {
        out.push_str(text);
        return;
    }
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
}

/// PostgreSQL: record_in.
pub fn record_in(shared: &Shared, row: &PgType, text: &str, depth: u32) -> PgResult<Datum> {
    let Some(class) = shared.catalog.get::<PgClass>(row.typrelid) else {
        return Ok(Datum::Raw(text.into()));
    };
    let bad = |detail: &str| malformed("record", text, detail);
    let body = text.trim_start_matches(is_space);
    let Some(mut rest) = body.strip_prefix('(') else {
        return Err(bad("Missing left parenthesis."));
    };
    let mut exact = true;
    let mut out = String::from("(");
    let mut need_comma = false;
    for attribute in class.live_attributes() {
        if need_comma {
            match rest.strip_prefix(',') {
                Some(after) => rest = after,
                None if rest.is_empty() => return Err(bad("Unexpected end of input.")),
                None => return Err(bad("Too few columns.")),
            }
            out.push(',');
        }
        need_comma = true;
        let (field, after) = record_field(rest).ok_or_else(|| bad("Unexpected end of input."))?;
        rest = after;
        let Some(field) = field else { continue };
        let (base, typmod) =
            get_base_type_and_typmod(shared.catalog, attribute.atttypid, attribute.atttypmod);
        match input_to_depth(shared, base, &field, typmod, depth + 1)? {
            Datum::Text(text) => quote_field(&text, &mut out),
            Datum::Raw(_) | Datum::Oid(_) => exact = false,
        }
    }
    out.push(')');
    match rest.strip_prefix(')') {
        Some(after) if after.chars().all(is_space) => {}
        Some(_) => return Err(bad("Junk after right parenthesis.")),
        None if rest.starts_with(',') => return Err(bad("Too many columns.")),
        None => return Err(bad("Unexpected end of input.")),
    }
    Ok(if exact { Datum::Text(out.into()) } else { Datum::Raw(text.into()) })
}

/// One field up to `,` or `)`, None for an empty (null) one; the outer None is the end of the text.
fn record_field(rest: &str) -> Option<(Option<String>, &str)> {
    if rest.starts_with([',', ')']) {
        return Some((None, rest));
    }
    let mut out = String::new();
    let mut in_quote = false;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            ',' | ')' if !in_quote => return Some((Some(out), &rest[at..])),
            '\\' => out.push(chars.next()?.1),
            '"' if in_quote && chars.peek().is_some_and(|(_, c)| *c == '"') => {
                chars.next();
                out.push('"');
            }
            '"' => in_quote = !in_quote,
            c => out.push(c),
        }
    }
    None
}

/// PostgreSQL: record_out's quoting.
fn quote_field(text: &str, out: &mut String) {
    let quote = text.is_empty()
        || text.chars().any(|c| matches!(c, '"' | '\\' | '(' | ')' | ',') || is_space(c));
    if !quote {
        out.push_str(text);
        return;
    }
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push(c);
        }
        out.push(c);
    }
    out.push('"');
}

/// PostgreSQL: range_in.
pub fn range_in(shared: &Shared, row: &PgType, text: &str, depth: u32) -> PgResult<Datum> {
    let bad = |detail: &str| malformed("range", text, detail);
    let Some(range) = shared.catalog.get::<PgRange>(row.oid) else {
        return Ok(Datum::Raw(text.into()));
    };
    let body = trim_space(text);
    if body.eq_ignore_ascii_case("empty") {
        return Ok(Datum::Text("empty".into()));
    }
    let lower_inclusive = body.starts_with('[');
    let Some(rest) = body.strip_prefix(['[', '(']) else {
        return Err(bad("Missing left parenthesis or bracket."));
    };
    let (lower, rest) = bound(rest).ok_or_else(|| bad("Unexpected end of input."))?;
    let Some(rest) = rest.strip_prefix(',') else {
        return Err(bad("Missing comma after lower bound."));
    };
    let (upper, rest) = bound(rest).ok_or_else(|| bad("Unexpected end of input."))?;
    let upper_inclusive = rest.starts_with(']');
    let Some(rest) = rest.strip_prefix([']', ')']) else {
        return Err(bad("Too many commas."));
    };
    if !rest.is_empty() {
        return Err(bad("Junk after right parenthesis or bracket."));
    }
    let read = |bound: Option<String>| match bound {
        None => Ok(None),
        Some(text) => input_to_depth(shared, range.rngsubtype, &text, -1, depth + 1).map(Some),
    };
    let (lower, upper) = (read(lower)?, read(upper)?);
    if matches!(range.rngsubtype, fixed::INT4OID | fixed::INT8OID) {
        return integer_range(&lower, &upper, lower_inclusive, upper_inclusive)
            .map(|text| Datum::Text(text.into()));
    }
    // A canonical function of the user's may print anything.
    if range.rngcanonical.is_valid() && !row.oid.is_builtin() {
        return Ok(Datum::Raw(text.into()));
    }
    let bounds = [(lower, lower_inclusive), (upper, upper_inclusive)];
    let [Some((mut low, mut open)), Some((mut high, mut close))] =
        bounds.map(|(value, inclusive)| match value {
            None => Some((None, false)), // infinity is never in a range
            Some(Datum::Text(text)) => Some((Some(text), inclusive)),
            Some(Datum::Raw(_) | Datum::Oid(_)) => None, // not printed here
        })
    else {
        return Ok(Datum::Raw(text.into()));
    };
    let order = |low: &Option<Arc<str>>, high: &Option<Arc<str>>| match (low, high) {
        (Some(low), Some(high)) => compare_bounds(range.rngsubtype, low, high),
        _ => Some(Ordering::Less),
    };
    match order(&low, &high) {
        None => return Ok(Datum::Raw(text.into())),
        Some(Ordering::Greater) => {
            let message = "range lower bound must be less than or equal to range upper bound";
            return Err(PgError::new(state::DATA_EXCEPTION, message).into());
        }
        Some(_) => {} // it may be empty
    }
    if range.rngsubtype == fixed::DATEOID {
        // PostgreSQL: daterange_canonical.
        if let Some(day) = low.as_ref().filter(|_| !open) {
            low = Some(next_day(day).into());
            open = true;
        }
        if let Some(day) = high.as_ref().filter(|_| close) {
            high = Some(next_day(day).into());
            close = false;
        }
    }
    if order(&low, &high).is_some_and(Ordering::is_ge) && !(open && close) {
        return Ok(Datum::Text("empty".into()));
    }
    let shown = |value: Option<Arc<str>>| {
        let mut out = String::new();
        if let Some(value) = value {
            quote_bound(&value, &mut out);
        }
        out
    };
    let (left, right) = (if open { '[' } else { '(' }, if close { ']' } else { ')' });
    Ok(Datum::Text(format!("{left}{},{}{right}", shown(low), shown(high)).into()))
}

/// The order of two bounds as they are printed; None where that does not tell.
fn compare_bounds(subtype: Oid, low: &str, high: &str) -> Option<Ordering> {
    if low == high {
        return Some(Ordering::Equal);
    }
    match subtype {
        fixed::NUMERICOID => Decimal::parse(low)?.partial_cmp(&Decimal::parse(high)?),
        fixed::FLOAT8OID | fixed::FLOAT4OID => {
            low.parse::<f64>().ok()?.partial_cmp(&high.parse().ok()?)
        }
        // Years of four digits and no zone: the texts are in the order of time.
        fixed::DATEOID | fixed::TIMESTAMPOID => {
            let plain = |text: &str| {
                text.as_bytes().get(4) == Some(&b'-')
                    && text
                        .bytes()
                        .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b':' | b' ' | b'.'))
            };
            (plain(low) && plain(high)).then(|| low.cmp(high))
        }
        _ => None, // zones, texts and types of the user's
    }
}

/// PostgreSQL: range_bound_escape.
fn quote_bound(text: &str, out: &mut String) {
    let quote = text.is_empty()
        || text
            .chars()
            .any(|c| matches!(c, '"' | '\\' | '(' | ')' | '[' | ']' | ',') || is_space(c));
    if quote {
        out.push('"');
    }
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push(c);
        }
        out.push(c);
    }
    if quote {
        out.push('"');
    }
}

/// A bound up to `,`, `)` or `]`; the inner None is infinity.
fn bound(rest: &str) -> Option<(Option<String>, &str)> {
    if rest.starts_with([',', ')', ']']) {
        return Some((None, rest));
    }
    let mut out = String::new();
    let mut in_quote = false;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            ',' | ')' | ']' if !in_quote => return Some((Some(out), &rest[at..])),
            '\\' => out.push(chars.next()?.1),
            '"' if in_quote && chars.peek().is_some_and(|(_, c)| *c == '"') => {
                chars.next();
                out.push('"');
            }
            '"' => in_quote = !in_quote,
            c => out.push(c),
        }
    }
    None
}

/// PostgreSQL: int4range_canonical, int8range_canonical.
fn integer_range(
    lower: &Option<Datum>,
    upper: &Option<Datum>,
    lower_inclusive: bool,
    upper_inclusive: bool,
) -> PgResult<String> {
    let value = |bound: &Option<Datum>| match bound {
        Some(Datum::Text(text)) => text.parse::<i128>().ok(),
        Some(Datum::Raw(_) | Datum::Oid(_)) | None => None,
    };
    let (low, high) = (value(lower), value(upper));
    if let (Some(low), Some(high)) = (low, high)
        && low > high
    {
        let message = "range lower bound must be less than or equal to range upper bound";
        return Err(PgError::new(state::DATA_EXCEPTION, message).into());
    }
    let low = low.map(|v| if lower_inclusive { v } else { v + 1 });
    let high = high.map(|v| if upper_inclusive { v + 1 } else { v });
    if let (Some(low), Some(high)) = (low, high)
        && low >= high
    {
        return Ok("empty".to_string());
    }
    let open = if low.is_some() { '[' } else { '(' };
    let print = |bound: Option<i128>| bound.map_or(String::new(), |v| v.to_string());
    Ok(format!("{open}{},{})", print(low), print(high)))
}

/// PostgreSQL: multirange_in: each range is read; several are printed as they are where nothing between them is joined.
pub fn multirange_in(shared: &Shared, row: &PgType, text: &str, depth: u32) -> PgResult<Datum> {
    let bad = |detail: &str| malformed("multirange", text, detail);
    let body = trim_space(text);
    let Some(inside) = body.strip_prefix('{') else { return Err(bad("Missing left brace.")) };
    let Some(inside) = inside.strip_suffix('}') else {
        return Err(bad("Unexpected end of input."));
    };
    let range = shared.catalog.find_second::<PgRange>(row.oid).next();
    let range = range.and_then(|range| shared.catalog.get::<PgType>(range.rngtypid));
    let inside = trim_space(inside);
    let Some(range) = range else { return Ok(Datum::Raw(text.into())) };
    if inside.is_empty() {
        return Ok(Datum::Text("{}".into()));
    }
    let only = inside.starts_with(['[', '(']) && inside.matches(['[', '(']).count() == 1;
    if !only || inside.contains('"') {
        return Ok(Datum::Raw(text.into()));
    }
    Ok(match range_in(shared, range, inside, depth)? {
        Datum::Text(range) if *range == *"empty" => Datum::Text("{}".into()),
        Datum::Text(range) => Datum::Text(format!("{{{range}}}").into()),
        Datum::Raw(_) | Datum::Oid(_) => Datum::Raw(text.into()),
    })
}
