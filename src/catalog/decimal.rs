//! numeric values as far as 38 digits hold them (PostgreSQL: utils/adt/numeric.c).

use std::cmp::Ordering;
use std::fmt;

/// A number as its digits and how many of them stand behind the point.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    digits: i128,
    scale: u32,
}

/// How many significant digits a quotient has at least (PostgreSQL: NUMERIC_MIN_SIG_DIGITS).
const MIN_SIGNIFICANT: i32 = 16;

#[expect(
    clippy::should_implement_trait,
    reason = "they give nothing where the digits do not suffice"
)]
impl Decimal {
    /// A number as numeric_out prints it; None for NaN, infinity and what is too long.
    pub fn parse(text: &str) -> Option<Decimal> {
        let text = text.trim();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let scale = u32::try_from(fraction.len()).ok().filter(|scale| *scale <= 36)?;
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
        if (unsigned.is_empty() && fraction.is_empty())
            || !is_digits(unsigned)
            || !is_digits(fraction)
        {
            return None;
        }
        let digits: i128 = format!("{unsigned}{fraction}").parse().ok()?;
        let digits = if whole.starts_with('-') { -digits } else { digits };
        Some(Decimal { digits, scale })
    }

    /// A whole number.
    pub fn whole(number: i64) -> Decimal {
        Decimal { digits: i128::from(number), scale: 0 }
    }

    pub fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// How many digits stand behind the point.
    pub fn scale(self) -> u32 {
        self.scale
    }

    fn at_scale(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10_i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    fn aligned(self, other: Decimal) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        Some((self.at_scale(scale)?, other.at_scale(scale)?, scale))
    }

    pub fn add(self, other: Decimal) -> Option<Decimal> {
        let (a, b, scale) = self.aligned(other)?;
        Some(Decimal { digits: a.checked_add(b)?, scale })
    }

    pub fn sub(self, other: Decimal) -> Option<Decimal> {
        self.add(other.neg())
    }

    pub fn mul(self, other: Decimal) -> Option<Decimal> {
        let digits = self.digits.checked_mul(other.digits)?;
        Some(Decimal { digits, scale: self.scale + other.scale })
    }

    pub fn neg(self) -> Decimal {
        Decimal { digits: -self.digits, scale: self.scale }
    }

    pub fn abs(self) -> Decimal {
        Decimal { digits: self.digits.abs(), scale: self.scale }
    }

    /// PostgreSQL: numeric_div with select_div_scale; the divisor is not zero.
    pub fn div(self, other: Decimal) -> Option<Decimal> {
        let (weight_a, first_a) = self.leading();
        let (weight_b, first_b) = other.leading();
        let weight = weight_a - weight_b - i32::from(first_a <= first_b);
        let wanted = MIN_SIGNIFICANT - weight * 4;
        let least = i32::try_from(self.scale.max(other.scale)).ok()?;
        let scale = u32::try_from(wanted.max(least).clamp(0, 1000)).ok()?;
        let shift = i32::try_from(scale + other.scale).ok()? - i32::try_from(self.scale).ok()?;
        let (mut a, mut b) = (self.digits, other.digits);
        let power = 10_i128.checked_pow(shift.unsigned_abs())?;
        if shift >= 0 {
            a = a.checked_mul(power)?;
        } else {
            b = b.checked_mul(power)?;
        }
        Some(Decimal { digits: rounded_quotient(a, b)?, scale })
    }

    /// PostgreSQL: numeric_mod; the divisor is not zero.
    pub fn rem(self, other: Decimal) -> Option<Decimal> {
        let (a, b, scale) = self.aligned(other)?;
        Some(Decimal { digits: a.checked_rem(b)?, scale })
    }

    /// The weight of the first digit in base 10,000, and that digit.
    fn leading(self) -> (i32, i128) {
        let mut digits = self.digits.unsigned_abs() as i128;
        let pad = (4 - self.scale % 4) % 4;
        digits = digits.saturating_mul(10_i128.pow(pad));
        let mut weight = -i32::try_from((self.scale + pad) / 4).unwrap_or(0);
        if digits == 0 {
            return (0, 0);
        }
        while digits >= 10_000 {
            digits /= 10_000;
            weight += 1;
        }
        (weight, digits)
    }

    /// To so many digits behind the point, halves away from zero.
    pub fn round(self, scale: u32) -> Option<Decimal> {
        if scale >= self.scale {
            return Some(Decimal { digits: self.at_scale(scale)?, scale });
        }
        let divisor = 10_i128.checked_pow(self.scale - scale)?;
        Some(Decimal { digits: rounded_quotient(self.digits, divisor)?, scale })
    }

    /// Without the digits behind the point.
    pub fn floor(self, up: bool) -> Option<Decimal> {
        let divisor = 10_i128.checked_pow(self.scale)?;
        let whole = self.digits.div_euclid(divisor);
        let rest = i128::from(up && self.digits.rem_euclid(divisor) != 0);
        Some(Decimal { digits: whole + rest, scale: 0 })
    }

    /// Cut, not rounded, to so many digits.
    pub fn trunc(self, scale: u32) -> Option<Decimal> {
        if scale >= self.scale {
            return self.round(scale);
        }
        let divisor = 10_i128.checked_pow(self.scale - scale)?;
        Some(Decimal { digits: self.digits / divisor, scale })
    }

    /// The whole number nearest to it.
    pub fn to_i64(self) -> Option<i64> {
        i64::try_from(self.round(0)?.digits).ok()
    }

    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }
}

fn rounded_quotient(a: i128, b: i128) -> Option<i128> {
    let quotient = a.checked_div(b)?;
    let rest = a.checked_rem(b)?;
    let up = rest.checked_abs()?.checked_mul(2)? >= b.checked_abs()?;
    let sign = if (a < 0) == (b < 0) { 1 } else { -1 };
    Some(if up { quotient + sign } else { quotient })
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let scale = self.scale as usize;
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let point = if scale == 0 { "" } else { "." };
        write!(out, "{sign}{whole}{point}{fraction}")
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        match self.aligned(*other) {
            Some((a, b, _)) => Some(a.cmp(&b)),
            None => self.to_f64().partial_cmp(&other.to_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn calc(f: fn(Decimal, Decimal) -> Option<Decimal>, a: &str, b: &str) -> String {
        let (a, b) = (Decimal::parse(a), Decimal::parse(b));
        a.zip(b).and_then(|(a, b)| f(a, b)).map_or("?".to_string(), |value| value.to_string())
    }

    #[test]
    fn numbers_print_as_postgresql_prints_them() {
        assert_eq!(calc(Decimal::mul, "1.50", "2"), "3.00");
        assert_eq!(calc(Decimal::add, "0.1", "-0.25"), "-0.15");
        assert_eq!(calc(Decimal::div, "1", "3"), "0.33333333333333333333");
        assert_eq!(calc(Decimal::div, "10", "4"), "2.5000000000000000");
        assert_eq!(calc(Decimal::rem, "7.5", "2"), "1.5");
        let half = Decimal::parse("2.345").and_then(|value| value.round(2));
        assert_eq!(half.map(|value| value.to_string()).as_deref(), Some("2.35"));
    }
}
