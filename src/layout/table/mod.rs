//! A table to units: widths, lines, rows, rules.

mod setting;
mod width;
mod rows;
mod turned;

pub(super) use rows::units;
pub(super) use setting::CellText;
