//! A table to units: widths, lines, rows, rules.

mod setting;
mod picture;
mod width;
mod fit;
mod rows;
mod again;
mod heights;
mod pieces;
mod around;
mod noted;

pub(super) use rows::units;
pub(super) use setting::PreparedCell;
