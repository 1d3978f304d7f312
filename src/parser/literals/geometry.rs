//! Literals of geometric types: what they may be, and how the types print them (PostgreSQL: utils/adt/geo_ops.c).

use super::numbers::float_in;
use super::{invalid_syntax, is_space};
use crate::findings::{PgError, PgResult, Stop};
use crate::pg::sqlstate as state;

type Point = (f64, f64);

/// Where a literal is being read.
struct Reader<'a> {
    type_name: &'static str,
    text: &'a str,
    rest: &'a str,
}

/// The text as the type of that input function prints it; None where the function reads no geometric type.
pub fn geometry_in(function: &str, text: &str) -> Option<PgResult<String>> {
    let reader = |type_name| Reader { type_name, text, rest: text };
    Some(match function {
        "point_in" => reader("point").point(),
        "lseg_in" => reader("lseg").lseg(),
        "box_in" => reader("box").corners(),
        "path_in" => reader("path").path(),
        "poly_in" => reader("polygon").polygon(),
        "circle_in" => reader("circle").circle(),
        "line_in" => reader("line").line(),
        _ => return None, // another type
    })
}

impl Reader<'_> {
    fn bad(&self) -> Stop {
        invalid_syntax(self.type_name, self.text)
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches(is_space);
    }

    fn take(&mut self, c: char) -> bool {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn end(&self) -> PgResult<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.bad()) }
    }

    /// PostgreSQL: single_decode.
    fn number(&mut self) -> PgResult<f64> {
        self.skip_space();
        let number = number_prefix(self.rest);
        if number.is_empty() {
            return Err(self.bad());
        }
        let printed = float_in(number, false).map_err(|stop| match &stop {
            Stop::Error(error) if error.sqlstate == state::NUMERIC_VALUE_OUT_OF_RANGE => stop,
            _ => self.bad(),
        })?;
        self.rest = &self.rest[number.len()..];
        self.skip_space();
        printed.parse().map_err(|_| self.bad())
    }

    /// PostgreSQL: pair_decode.
    fn pair(&mut self) -> PgResult<Point> {
        self.skip_space();
        let delimited = self.take('(');
        let x = self.number()?;
        if !self.take(',') {
            return Err(self.bad());
        }
        let y = self.number()?;
        if delimited {
            if !self.take(')') {
                return Err(self.bad());
            }
            self.skip_space();
        }
        Ok((x, y))
    }

    /// Several points, and whether they are between brackets (PostgreSQL: path_decode).
    fn points(&mut self, count: usize, may_be_open: bool) -> PgResult<(Vec<Point>, bool)> {
        self.skip_space();
        let mut depth = 0;
        let is_open = self.take('[');
        if is_open {
            if !may_be_open {
                return Err(self.bad());
            }
            depth += 1;
        } else if let Some(rest) = self.rest.strip_prefix('(') {
            let inner = rest.trim_start_matches(is_space);
            if inner.starts_with('(') || self.rest.rfind('(') == Some(0) {
                depth += 1;
                self.rest = inner;
            }
        }
        let mut points = Vec::with_capacity(count);
        for _ in 0..count {
            points.push(self.pair()?);
            self.take(',');
        }
        while depth > 0 {
            if !(self.take(')') || (is_open && depth == 1 && self.take(']'))) {
                return Err(self.bad());
            }
            depth -= 1;
            self.skip_space();
        }
        Ok((points, is_open))
    }

    /// How many points the commas make (PostgreSQL: pair_count).
    fn count(&self) -> PgResult<usize> {
        let commas = self.text.matches(',').count();
        if commas % 2 == 1 { Ok(commas.div_ceil(2)) } else { Err(self.bad()) }
    }

    fn point(mut self) -> PgResult<String> {
        let point = self.pair()?;
        self.end()?;
        Ok(print_point(point))
    }

    fn lseg(mut self) -> PgResult<String> {
        let (points, _) = self.points(2, true)?;
        self.end()?;
        Ok(format!("[{}]", print_points(&points)))
    }

    /// PostgreSQL: box_in, which prints the upper right corner first.
    fn corners(mut self) -> PgResult<String> {
        let (points, _) = self.points(2, false)?;
        self.end()?;
        let [(x1, y1), (x2, y2)] = points[..] else { return Err(self.bad()) };
        let sorted = |a: f64, b: f64| if greater(b, a) { (b, a) } else { (a, b) };
        let ((high_x, low_x), (high_y, low_y)) = (sorted(x1, x2), sorted(y1, y2));
        Ok(print_points(&[(high_x, high_y), (low_x, low_y)]))
    }

    fn path(mut self) -> PgResult<String> {
        let count = self.count()?;
        self.skip_space();
        let single = self.rest.starts_with('(') && self.rest.rfind('(') == Some(0);
        if single {
            self.take('(');
        }
        let (points, is_open) = self.points(count, true)?;
        if single {
            if !self.take(')') {
                return Err(self.bad());
            }
            self.skip_space();
        }
        self.end()?;
        let inside = print_points(&points);
        Ok(if is_open { format!("[{inside}]") } else { format!("({inside})") })
    }

    fn polygon(mut self) -> PgResult<String> {
        let count = self.count()?;
        let (points, _) = self.points(count, false)?;
        self.end()?;
        Ok(format!("({})", print_points(&points)))
    }

    fn circle(mut self) -> PgResult<String> {
        self.skip_space();
        let mut depth = 0;
        if self.take('<') {
            depth += 1;
        } else if let Some(rest) = self.rest.strip_prefix('(') {
            let inner = rest.trim_start_matches(is_space);
            if inner.starts_with('(') {
                depth += 1;
                self.rest = inner;
            }
        }
        let center = self.pair()?;
        self.take(',');
        let radius = self.number()?;
        if radius < 0.0 {
            return Err(self.bad());
        }
        while depth > 0 {
            if !(self.take(')') || (depth == 1 && self.take('>'))) {
                return Err(self.bad());
            }
            depth -= 1;
            self.skip_space();
        }
        self.end()?;
        Ok(format!("<{},{}>", print_point(center), print(radius)))
    }

    fn line(mut self) -> PgResult<String> {
        let refuse = |message: &str| -> PgResult<String> {
            Err(PgError::new(state::INVALID_TEXT_REPRESENTATION, message).into())
        };
        self.skip_space();
        let (a, b, c) = if self.take('{') {
            let mut numbers = [0.0; 3];
            for (place, number) in numbers.iter_mut().enumerate() {
                if place > 0 && !self.take(',') {
                    return Err(self.bad());
                }
                *number = self.number()?;
            }
            if !self.take('}') {
                return Err(self.bad());
            }
            self.skip_space();
            self.end()?;
            let [a, b, c] = numbers;
            if is_zero(a) && is_zero(b) {
                return refuse("invalid line specification: A and B cannot both be zero");
            }
            (a, b, c)
        } else {
            let (points, _) = self.points(2, true)?;
            self.end()?;
            let [(x1, y1), (x2, y2)] = points[..] else { return Err(self.bad()) };
            if is_zero(x1 - x2) && is_zero(y1 - y2) {
                return refuse("invalid line specification: must be two distinct points");
            }
            line_through((x1, y1), (x2, y2))
        };
        Ok(format!("{{{},{},{}}}", print(a), print(b), print(c)))
    }
}

/// PostgreSQL: line_construct, with the slope that lseg_sl gives.
fn line_through((x1, y1): Point, (x2, y2): Point) -> (f64, f64, f64) {
    if is_zero(x1 - x2) {
        return (-1.0, 0.0, x1);
    }
    if is_zero(y1 - y2) {
        return (0.0, -1.0, y1);
    }
    let slope = (y1 - y2) / (x1 - x2);
    let constant = y1 - slope * x1;
    (slope, -1.0, if constant == 0.0 { 0.0 } else { constant })
}

/// PostgreSQL: FPzero.
fn is_zero(number: f64) -> bool {
    number.abs() <= 1.0E-06
}

/// PostgreSQL: float8_gt, to which NaN is greater than any number.
fn greater(a: f64, b: f64) -> bool {
    !b.is_nan() && (a.is_nan() || a > b)
}

/// What of the text C's strtod would read: a number, infinity or NaN.
fn number_prefix(text: &str) -> &str {
    let bytes = text.as_bytes();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let lower = text[sign..].get(..8).unwrap_or(&text[sign..]).to_ascii_lowercase();
    for word in ["infinity", "inf", "nan"] {
        if lower.starts_with(word) {
            return &text[..sign + word.len()];
        }
    }
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = sign + digits(sign);
    if bytes.get(end) == Some(&b'.') {
        end += 1 + digits(end + 1);
    }
    if !bytes[..end].iter().any(u8::is_ascii_digit) {
        return "";
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let exponent = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if digits(exponent.min(bytes.len())) > 0 {
            end = exponent + digits(exponent);
        }
    }
    &text[..end]
}

fn print(number: f64) -> String {
    let text = number.to_string();
    float_in(&text, false).unwrap_or(text)
}

fn print_point((x, y): Point) -> String {
    format!("({},{})", print(x), print(y))
}

fn print_points(points: &[Point]) -> String {
    let points: Vec<String> = points.iter().map(|point| print_point(*point)).collect();
    points.join(",")
}
