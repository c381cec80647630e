//! Data files: what they hold, each value with its place.

mod decimal;
mod datum;
mod day;
mod tree;
mod json;
mod sheet;
mod read;

pub(super) use datum::{Datum, Entry};
pub(super) use day::read_day;
pub(super) use decimal::{Decimal, Rounding};
pub(super) use read::{override_all, read, shown};
