//! The order and equality of values.

use std::cmp::Ordering;

use crate::source::data::Datum;

/// Two numbers that differ only behind so many decimals are equal: a quotient times its divisor is the dividend again.
const EQUAL_DECIMALS: u32 = 18;

/// The order of two numbers or two texts.
pub(in crate::source) fn order(left: &Datum, right: &Datum) -> Option<Ordering> {
    match (left, right) {
        (Datum::Number(a), Datum::Number(b)) => {
            Some(a.value.round_dp(EQUAL_DECIMALS).cmp(&b.value.round_dp(EQUAL_DECIMALS)))
        }
        (Datum::Text(a), Datum::Text(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// Whether two values are equal.
pub(in crate::source) fn equal(left: &Datum, right: &Datum) -> bool {
    match (left, right) {
        (Datum::Null, Datum::Null) => true,
        (Datum::Bool(a), Datum::Bool(b)) => a == b,
        (Datum::List(a), Datum::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(&a.datum, &b.datum))
        }
        (Datum::Map(a), Datum::Map(b)) => {
            a.len() == b.len()
                && a.iter().all(|(k, v)| b.iter().any(|(other, w)| k == other && equal(&v.datum, &w.datum)))
        }
        _ => order(left, right) == Some(Ordering::Equal),
    }
}
