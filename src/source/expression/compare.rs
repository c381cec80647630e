//! The order and equality of values.

use std::cmp::Ordering;

use crate::source::data::{Datum, Entry};

/// The order of two numbers, days or texts.
pub(in crate::source) fn order(left: &Entry, right: &Entry) -> Option<Ordering> {
    match (&left.scalar().datum, &right.scalar().datum) {
        (Datum::Number(a), Datum::Number(b)) => Some(a.cmp(b)),
        (Datum::Text(a), Datum::Text(b)) => Some(a.cmp(b)),
        (Datum::Day(a), Datum::Day(b)) => Some((a.date, a.seconds).cmp(&(b.date, b.seconds))),
        _ => None,
    }
}

/// Whether two values are equal.
pub(in crate::source) fn equal(left: &Entry, right: &Entry) -> bool {
    match (&left.scalar().datum, &right.scalar().datum) {
        (Datum::Null, Datum::Null) => true,
        (Datum::Bool(a), Datum::Bool(b)) => a == b,
        (Datum::List(a), Datum::List(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b)),
        (Datum::Map(a), Datum::Map(b)) => {
            a.keys.len() == b.keys.len() && a.iter().all(|(k, v)| b.iter().any(|(other, w)| k == other && equal(v, w)))
        }
        _ => order(left, right) == Some(Ordering::Equal),
    }
}

/// What tells a number or a text from others: 8.10 is 8.1. None for what is compared one by one.
pub(in crate::source) fn distinct(entry: &Entry) -> Option<String> {
    match &entry.scalar().datum {
        Datum::Number(number) => number.needed().map(|places| format!("n{}", number.digits(places))),
        Datum::Text(text) => Some(format!("t{text}")),
        _ => None,
    }
}
