//! Numbers: exact fractions, each with the decimals that it is written with.
//!
//! No binary fraction takes part. A quotient that does not end is kept as a fraction, so that `7 / 3 * 3` is 7 and a rounding sees
//! the true value.

use std::cmp::Ordering;
use std::sync::Arc;

use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One as _, Pow as _, Signed as _, Zero as _};

use super::digits::{parts, pointed, short};
pub(in crate::source) use super::exact::Rounding;
use super::exact::{COMPACT, Exact, MOST_BITS, decimals, round_fraction, ten};

/// The most digits that a number of the data or of an expression may have, its exponent counted.
const MOST_DIGITS: usize = 100;

/// A number.
#[derive(Clone, Debug)]
pub(in crate::source) struct Decimal {
    exact: Exact,
    /// How a data file shows it, where that is more than digits: `12.5%`, `1,234.50`.
    shown: Option<Arc<Box<str>>>,
    /// How many decimals it is written with; None: as many as it needs.
    places: Option<u16>,
    /// True when a filter has rounded it.
    rounded: bool,
    /// What it may differ by from the true figure, where that is not half a unit of its last decimal.
    margin: Option<Arc<Self>>,
}

impl Decimal {
    /// True for digits with a sign, a point and an exponent where they have them, however large.
    pub(in crate::source) fn is_written(text: &str) -> bool {
        parts(text).is_some()
    }

    /// The number that `text` writes: digits with a sign, a point and an exponent where it has them.
    pub(in crate::source) fn parse(text: &str) -> Option<Self> {
        // Nearly all numbers of tables, without a detour.
        if let Some((digits, scale)) = short(text.as_bytes()) {
            return Some(Self { places: Some(u16::from(scale)), ..Self::of(Exact::Compact { digits, scale }) });
        }
        let (negative, whole, fraction, exponent) = parts(text)?;
        let exponent: i32 = if exponent.is_empty() { 0 } else { exponent.parse().ok()? };
        let size = usize::try_from(exponent.unsigned_abs()).ok()?.saturating_add(whole.len() + fraction.len());
        if size > MOST_DIGITS {
            return None;
        }
        let digits = format!("{whole}{fraction}");
        let scale = i32::try_from(fraction.len()).ok()? - exponent;
        let places = u32::try_from(scale.max(0)).ok()?;
        let exact = match digits.parse::<i64>() {
            Ok(digits) if (0..=i32::try_from(COMPACT).unwrap_or(0)).contains(&scale) => {
                Exact::Compact { digits: if negative { -digits } else { digits }, scale: u8::try_from(scale).ok()? }
            }
            _ => {
                let digits: BigInt = digits.parse().ok()?;
                let digits = if negative { -digits } else { digits };
                let power = ten(scale.unsigned_abs());
                Exact::fraction(if scale >= 0 {
                    BigRational::new(digits, power)
                } else {
                    BigRational::from_integer(digits * power)
                })?
            }
        };
        Some(Self { places: u16::try_from(places).ok(), ..Self::of(exact) })
    }

    /// A whole number.
    pub(in crate::source) fn whole(value: i64) -> Self {
        Self::of(Exact::Compact { digits: value, scale: 0 })
    }

    fn of(exact: Exact) -> Self {
        Self { exact, shown: None, places: None, rounded: false, margin: None }
    }

    /// The same number, shown as a data file shows it, with so many decimals.
    pub(in crate::source) fn shown_as(mut self, text: Option<&str>, places: Option<u32>) -> Self {
        self.shown = text.map(|t| Arc::new(Box::from(t)));
        self.places = places.and_then(|p| u16::try_from(p).ok()).or(self.places);
        self
    }

    /// How many decimals it is written with, or needs; None where it does not end.
    pub(in crate::source) fn places(&self) -> Option<u32> {
        self.places.map(u32::from).or_else(|| self.needed())
    }

    /// How many decimals its value has, zeros at the end apart; None where it does not end.
    pub(in crate::source) fn needed(&self) -> Option<u32> {
        match &self.exact {
            Exact::Compact { digits: 0, .. } => Some(0),
            Exact::Compact { digits, scale } => {
                let (mut digits, mut scale) = (*digits, u32::from(*scale));
                while scale > 0 && digits % 10 == 0 {
                    digits /= 10;
                    scale -= 1;
                }
                Some(scale)
            }
            Exact::Fraction(value) => decimals(value.denom()),
        }
    }

    /// True when a filter has rounded it.
    pub(in crate::source) fn is_rounded(&self) -> bool {
        self.rounded
    }

    /// The same number, which may differ by so much from the true figure.
    pub(in crate::source) fn within(mut self, margin: Option<Self>) -> Self {
        self.margin = margin.map(Arc::new);
        self
    }

    /// The same number, which is exact, however few its decimals: an expression writes it, or it counts something.
    pub(in crate::source) fn certain(self) -> Self {
        self.within(Some(Self::whole(0)))
    }

    /// True when its data file shows it in percent.
    pub(in crate::source) fn is_percent(&self) -> bool {
        self.shown.as_ref().is_some_and(|text| text.ends_with(['%', '％']))
    }

    /// True where the data shows it with commas between its thousands.
    pub(in crate::source) fn is_grouped(&self) -> bool {
        self.shown.as_ref().is_some_and(|text| text.contains([',', '，']))
    }

    /// True for zero.
    pub(in crate::source) fn is_zero(&self) -> bool {
        match &self.exact {
            Exact::Compact { digits, .. } => *digits == 0,
            Exact::Fraction(value) => value.is_zero(),
        }
    }

    /// True above zero.
    pub(in crate::source) fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    /// True below zero.
    pub(in crate::source) fn is_negative(&self) -> bool {
        match &self.exact {
            Exact::Compact { digits, .. } => *digits < 0,
            Exact::Fraction(value) => value.is_negative(),
        }
    }

    /// True without decimals.
    pub(in crate::source) fn is_whole(&self) -> bool {
        self.needed() == Some(0)
    }

    /// A whole number as an integer, where it is one.
    pub(in crate::source) fn to_integer(&self) -> Option<i64> {
        let Exact::Compact { digits, scale } = &self.exact else { return None };
        let power = 10_i64.checked_pow(u32::from(*scale))?;
        (digits % power == 0).then(|| digits / power)
    }

    /// The sum; it keeps the most decimals of its parts.
    pub(in crate::source) fn plus(&self, other: &Self) -> Option<Self> {
        let exact = self.exact.aligned(&other.exact).and_then(|(a, b, scale)| Exact::compact(a + b, scale));
        let exact = exact.or_else(|| Exact::fraction(self.exact.to_ratio() + other.exact.to_ratio()))?;
        Some(self.with_places_of(other, exact))
    }

    fn with_places_of(&self, other: &Self, exact: Exact) -> Self {
        let places = self.places().zip(other.places()).map(|(a, b)| a.max(b));
        Self { places: places.and_then(|p| u16::try_from(p).ok()), ..Self::of(exact) }
    }

    /// The negative number, with the same decimals.
    pub(in crate::source) fn negated(&self) -> Option<Self> {
        let exact = match &self.exact {
            Exact::Compact { digits, scale } if *digits != i64::MIN => {
                Exact::Compact { digits: -digits, scale: *scale }
            }
            other => Exact::fraction(-other.to_ratio())?,
        };
        Some(Self { exact, shown: None, ..self.clone() })
    }

    /// The difference; it keeps the most decimals of its parts.
    pub(in crate::source) fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&other.negated()?)
    }

    /// The product.
    pub(in crate::source) fn times(&self, other: &Self) -> Option<Self> {
        if let (Exact::Compact { digits: a, scale: s }, Exact::Compact { digits: b, scale: t }) =
            (&self.exact, &other.exact)
            && let scale = u32::from(*s) + u32::from(*t)
            && scale <= COMPACT
            && let Some(exact) = Exact::compact(i128::from(*a) * i128::from(*b), scale)
        {
            return Some(Self::of(exact));
        }
        Exact::fraction(self.exact.to_ratio() * other.exact.to_ratio()).map(Self::of)
    }

    /// The quotient, exact. The divisor is not zero.
    pub(in crate::source) fn over(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        Exact::fraction(self.exact.to_ratio() / other.exact.to_ratio()).map(Self::of)
    }

    /// The quotient without its decimals: `(a / b) | int`.
    pub(in crate::source) fn over_whole(&self, other: &Self) -> Option<Self> {
        self.over(other).map(|quotient| quotient.truncated())
    }

    /// What [`Decimal::over_whole`] leaves: `a - a // b * b`, with the sign of `a`.
    pub(in crate::source) fn rest_of(&self, other: &Self) -> Option<Self> {
        self.minus(&self.over_whole(other)?.times(other)?).map(|rest| self.with_places_of(other, rest.exact))
    }

    /// A power with a whole exponent.
    pub(in crate::source) fn power(&self, exponent: &Self) -> Option<Self> {
        let exponent = i32::try_from(exponent.to_integer()?).ok().filter(|e| (-999..=999).contains(e))?;
        let base = self.exact.to_ratio();
        if base.is_zero() && exponent < 0 {
            return None;
        }
        let bits = base.numer().bits().max(base.denom().bits());
        if bits.saturating_mul(u64::from(exponent.unsigned_abs())) > MOST_BITS * 2 {
            return None;
        }
        Exact::fraction(base.pow(exponent)).map(Self::of)
    }

    /// The number without its sign, with the same decimals.
    pub(in crate::source) fn absolute(&self) -> Option<Self> {
        if self.is_negative() { self.negated() } else { Some(Self { shown: None, ..self.clone() }) }
    }

    /// The whole number towards zero.
    pub(in crate::source) fn truncated(&self) -> Self {
        match &self.exact {
            Exact::Compact { digits, scale } => Self::whole(digits / 10_i64.pow(u32::from(*scale))),
            Exact::Fraction(value) => {
                Self::of(Exact::fraction(value.trunc()).unwrap_or(Exact::Compact { digits: 0, scale: 0 }))
            }
        }
    }

    /// Rounded to so many decimals, which it is then written with.
    pub(in crate::source) fn round(&self, places: u32, rounding: Rounding) -> Option<Self> {
        let exact = match &self.exact {
            Exact::Compact { digits, scale } if u32::from(*scale) <= places => {
                Exact::Compact { digits: *digits, scale: *scale }
            }
            Exact::Compact { digits, scale } => {
                let power = 10_i64.pow(u32::from(*scale) - places);
                let (quotient, rest) = (digits / power, digits % power);
                // The half is half a power of ten, which is even.
                let up = match rounding {
                    Rounding::Cut => false,
                    Rounding::HalfUp => rest.unsigned_abs() >= power.unsigned_abs() / 2,
                    Rounding::HalfEven => match rest.unsigned_abs().cmp(&(power.unsigned_abs() / 2)) {
                        Ordering::Less => false,
                        Ordering::Greater => true,
                        Ordering::Equal => quotient % 2 != 0,
                    },
                };
                let step = if up { digits.signum() } else { 0 };
                Exact::Compact { digits: quotient + step, scale: u8::try_from(places).ok()? }
            }
            Exact::Fraction(value) => {
                let power = ten(places);
                let digits = round_fraction(&(value.numer() * &power), value.denom(), rounding);
                Exact::fraction(BigRational::new(digits, power))?
            }
        };
        Some(Self { places: u16::try_from(places).ok(), rounded: true, ..Self::of(exact) })
    }

    /// The nth root to so many decimals, halves away from zero, computed exactly. None for even roots of negative numbers.
    pub(in crate::source) fn root(&self, degree: u32, places: u32) -> Option<Self> {
        let value = self.exact.to_ratio();
        if degree == 0 || degree > 200 || (value.is_negative() && degree.is_multiple_of(2)) {
            return None;
        }
        // floor(2·10^p·root) tells on which side of the half the root lies.
        let power: BigInt = ten(places) * 2_u8;
        let scaled = value.numer().abs() * power.pow(degree) / value.denom();
        let doubled = scaled.nth_root(degree);
        let digits = (doubled + 1_u8) / 2_u8;
        let digits = if value.is_negative() { -digits } else { digits };
        let exact = Exact::fraction(BigRational::new(digits, ten(places)))?;
        Some(Self { places: u16::try_from(places).ok(), rounded: true, ..Self::of(exact) })
    }

    /// How it is printed: as the data shows it, else with its decimals. None for a quotient that does not end.
    pub(in crate::source) fn print(&self) -> Option<String> {
        if let Some(shown) = &self.shown {
            return Some(shown.to_string());
        }
        Some(self.digits(self.places()?))
    }

    /// Its digits with so many decimals, halves away from zero.
    pub(in crate::source) fn digits(&self, places: u32) -> String {
        // Nearly all numbers of tables, without a detour.
        if let Some(digits) = self.exact.scaled(places) {
            return pointed(digits < 0, digits.unsigned_abs().to_string(), places as usize);
        }
        let value = self.exact.to_ratio();
        let digits = round_fraction(&(value.numer() * ten(places)), value.denom(), Rounding::HalfUp);
        let (sign, digits) = digits.into_parts();
        pointed(sign == Sign::Minus, digits.to_string(), places as usize)
    }

    /// The sum of all; it may differ from the true one by what they may, together.
    pub(in crate::source) fn sum(all: &[Self]) -> Option<Self> {
        let sum = all.iter().try_fold(Self::whole(0), |sum, n| sum.plus(n))?;
        Some(sum.within(all.iter().try_fold(Self::whole(0), |sum, n| sum.plus(&n.margin()?))))
    }

    /// What it may differ by from the true figure: half a unit of its last decimal, unless it is computed or exact.
    pub(in crate::source) fn margin(&self) -> Option<Self> {
        if let Some(margin) = &self.margin {
            return Some((**margin).clone());
        }
        let places = self.places()?;
        let short = Exact::compact(5, places + 1).filter(|_| places < COMPACT);
        let unit = || Exact::fraction(BigRational::new(BigInt::one(), ten(places) * 2_u8));
        short.or_else(unit).map(Self::of)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    /// By value alone.
    fn cmp(&self, other: &Self) -> Ordering {
        match self.exact.aligned(&other.exact) {
            Some((a, b, _)) => a.cmp(&b),
            None => self.exact.to_ratio().cmp(&other.exact.to_ratio()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).expect("a number")
    }

    #[test]
    fn numbers_print_as_they_are_written() {
        for (written, printed) in [
            ("0.10", "0.10"),
            ("-0", "0"),
            ("-0.0", "0.0"),
            ("1.", "1"),
            (".5", "0.5"),
            ("+5", "5"),
            ("1.50e3", "1500"),
            ("1.5e-3", "0.0015"),
            ("12345678901234567890.5", "12345678901234567890.5"),
            ("0.1234567890123456789012", "0.1234567890123456789012"),
        ] {
            assert_eq!(number(written).print().as_deref(), Some(printed), "{written}");
        }
        for bad in ["", "-", ".", "e5", "1e400", "inf", "nan", "0x10", "1,5", "1_0", "1e", "--1"] {
            assert!(Decimal::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn short_numbers_are_rounded_as_long_ones_are() {
        for digits in [0, 1, 4, 5, 6, 49, 50, 51, 149, 150, 999_999_999, 1_234_567_890_123_456_789, i64::MAX] {
            for (digits, scale, places) in
                [-digits, digits].iter().flat_map(|&d| (0..=18).flat_map(move |s| (0..=20).map(move |p| (d, s, p))))
            {
                let exact = Exact::Compact { digits, scale };
                let ratio = BigRational::new(BigInt::from(digits), ten(u32::from(scale)));
                let long = round_fraction(&(ratio.numer() * ten(places)), ratio.denom(), Rounding::HalfUp);
                let short = exact.scaled(places).map(BigInt::from);
                assert!(short.is_none_or(|short| short == long), "{digits} {scale} {places}");
                assert_eq!(Decimal::of(exact).digits(places).replace(['-', '.'], "").parse(), Ok(long.abs()));
            }
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        let seven_thirds = number("7").over(&number("3")).unwrap();
        assert_eq!(seven_thirds.print(), None);
        assert_eq!(seven_thirds.times(&number("3")).unwrap().print().as_deref(), Some("7"));
        assert_eq!(number("1.50").plus(&number("2.5")).unwrap().print().as_deref(), Some("4.00"));
        assert_eq!(number("12.50").times(&number("2")).unwrap().print().as_deref(), Some("25"));
        let (a, b) = (number("-7"), number("2"));
        let back = a.over_whole(&b).unwrap().times(&b).unwrap().plus(&a.rest_of(&b).unwrap()).unwrap();
        assert_eq!(back, a);
        assert_eq!(a.over_whole(&b).unwrap(), a.over(&b).unwrap().truncated());
        assert_eq!(number("9").power(&number("9999")), None);
    }

    #[test]
    fn rounding_sees_the_true_value() {
        let round = |text: &str, places, rounding| number(text).round(places, rounding).unwrap().print().unwrap();
        assert_eq!(round("2.675", 2, Rounding::HalfUp), "2.68");
        assert_eq!(round("-2.5", 0, Rounding::HalfUp), "-3");
        assert_eq!(round("2.5", 0, Rounding::HalfEven), "2");
        assert_eq!(round("3.5", 0, Rounding::HalfEven), "4");
        assert_eq!(round("2.5001", 0, Rounding::HalfEven), "3");
        assert_eq!(round("-0.4", 0, Rounding::HalfUp), "0");
        assert_eq!(round("5", 2, Rounding::HalfUp), "5.00");
        let half = number("1").over(&number("3")).unwrap().times(&number("1.5")).unwrap();
        assert_eq!(half.round(0, Rounding::HalfUp).unwrap().print().as_deref(), Some("1"));
    }

    #[test]
    fn roots_round_once() {
        assert_eq!(number("2").root(2, 4).unwrap().print().as_deref(), Some("1.4142"));
        assert_eq!(number("-27").root(3, 0).unwrap().print().as_deref(), Some("-3"));
        assert_eq!(number("0.5").root(2, 2).unwrap().print().as_deref(), Some("0.71"));
        assert_eq!(number("2.25").root(2, 0).unwrap().print().as_deref(), Some("2"));
        assert!(number("-4").root(2, 1).is_none());
    }
}
