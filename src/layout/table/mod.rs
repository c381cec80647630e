//! A table to units: widths, lines, rows, rules.

mod setting;
mod width;
mod fit;
mod rows;
mod pieces;
mod around;

pub(super) use rows::units;
pub(super) use setting::PreparedCell;
