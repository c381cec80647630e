//! A table to units: its cells on a grid, widths, lines, rows, rules.

mod grid;
mod setting;
mod width;
mod rows;
mod turned;

pub(super) use rows::units;
