//! Data files: what they hold, each value with its place.

mod datum;
mod json;
mod sheet;
mod read;

pub(super) use datum::{Datum, Decimal, Entry};
pub(super) use read::{override_all, read, shown};
