//! Data files: what they hold, each value with its place.

mod exact;
mod extent;
mod decimal;
mod digits;
mod datum;
mod day;
mod tree;
mod json;
mod options;
mod grid;
mod hidden;
mod cell;
mod encoding;
mod delimited;
mod format_code;
mod format_date;
mod number_format;
mod seen;
mod doubt;
mod cells;
mod ods;
mod xls;
mod workbook;
mod beside;
mod sheet;
mod books;
mod read;
mod overrides;

pub(super) use datum::{Datum, Entry, column_named};
pub(super) use day::read_day;
pub(super) use decimal::{Decimal, Rounding};
pub use encoding::{DecodedText, decode_text};
pub(super) use grid::tidy;
pub(super) use overrides::override_all;
pub(super) use read::{KeptTable, read, shown};
