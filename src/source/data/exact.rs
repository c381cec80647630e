//! The exact value of a number: digits over a power of ten, or a fraction.

use std::cmp::Ordering;
use std::sync::Arc;

use num_bigint::{BigInt, Sign};
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{One as _, Pow as _, Signed as _, ToPrimitive as _, Zero as _};

/// The most bits of a numerator or denominator: a thousand digits, beyond which nothing is computed.
pub(super) const MOST_BITS: u64 = 3400;
/// The most decimals of the compact form; `10^18` fits 64 bits.
pub(super) const COMPACT: u32 = 18;

/// The value: `digits` over a power of ten where that fits, a fraction otherwise.
#[derive(Clone, Debug)]
pub(super) enum Exact {
    Compact { digits: i64, scale: u8 },
    Fraction(Arc<BigRational>),
}

/// Which way a half goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Rounding {
    /// Away from zero: 四舍五入.
    HalfUp,
    /// To the even digit: GB/T 8170, 四舍六入五成双.
    HalfEven,
    /// Towards zero: further digits are cut off.
    Cut,
}

pub(super) fn ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

impl Exact {
    /// The compact form where it fits. None: too large to go on with.
    pub(super) fn fraction(value: BigRational) -> Option<Self> {
        if value.numer().bits() > MOST_BITS || value.denom().bits() > MOST_BITS {
            return None;
        }
        let compact = decimals(value.denom()).filter(|scale| *scale <= COMPACT).and_then(|scale| {
            let digits = (value.numer() * ten(scale) / value.denom()).to_i64()?;
            Some(Self::Compact { digits, scale: u8::try_from(scale).ok()? })
        });
        Some(compact.unwrap_or_else(|| Self::Fraction(Arc::new(value))))
    }

    pub(super) fn compact(digits: i128, scale: u32) -> Option<Self> {
        Some(Self::Compact { digits: i64::try_from(digits).ok()?, scale: u8::try_from(scale).ok()? })
    }

    pub(super) fn to_ratio(&self) -> BigRational {
        match self {
            Self::Compact { digits, scale } => BigRational::new(BigInt::from(*digits), ten(u32::from(*scale))),
            Self::Fraction(value) => (**value).clone(),
        }
    }

    /// The value in units of so many decimals, halves away from zero; None where that needs more digits than are at hand.
    pub(super) fn scaled(&self, places: u32) -> Option<i128> {
        let Self::Compact { digits, scale } = self else { return None };
        let (digits, scale) = (i128::from(*digits), u32::from(*scale));
        if scale <= places {
            return digits.checked_mul(10_i128.checked_pow(places - scale)?);
        }
        let unit = 10_i128.pow(scale - places);
        let up = i128::from(digits % unit * 2 >= unit) - i128::from(digits % unit * 2 <= -unit);
        Some(digits / unit + up)
    }

    /// Both as digits over one power of ten.
    pub(super) fn aligned(&self, other: &Self) -> Option<(i128, i128, u32)> {
        let (Self::Compact { digits: a, scale: s }, Self::Compact { digits: b, scale: t }) = (self, other) else {
            return None;
        };
        let scale = u32::from(*s.max(t));
        let raise = |digits: i64, from: u8| i128::from(digits) * 10_i128.pow(scale - u32::from(from));
        Some((raise(*a, *s), raise(*b, *t), scale))
    }
}

/// The decimals of a fraction in lowest terms with this denominator; None where it does not end.
pub(super) fn decimals(denominator: &BigInt) -> Option<u32> {
    let mut rest = denominator.clone();
    let twos = rest.trailing_zeros().unwrap_or(0);
    rest >>= twos;
    let mut fives = 0_u64;
    let five = BigInt::from(5);
    while !rest.is_one() {
        let (quotient, remainder) = rest.div_rem(&five);
        if !remainder.is_zero() {
            return None;
        }
        rest = quotient;
        fives += 1;
    }
    u32::try_from(twos.max(fives)).ok()
}

/// `numerator / denominator` as a whole number; the denominator is positive.
pub(super) fn round_fraction(numerator: &BigInt, denominator: &BigInt, rounding: Rounding) -> BigInt {
    let (quotient, rest) = numerator.div_rem(denominator);
    let up = match (rounding, (rest.abs() * 2_u8).cmp(denominator)) {
        (Rounding::Cut, _) | (_, Ordering::Less) => false,
        (_, Ordering::Greater) | (Rounding::HalfUp, Ordering::Equal) => true,
        (Rounding::HalfEven, Ordering::Equal) => quotient.is_odd(),
    };
    match (up, numerator.sign()) {
        (true, Sign::Minus) => quotient - 1_u8,
        (true, _) => quotient + 1_u8,
        (false, _) => quotient,
    }
}
