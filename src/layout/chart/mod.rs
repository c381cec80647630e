//! Charts: bars, lines and slices with what is written at them, on whole rows of the grid.
//!
//! All lengths in here are points from the chart's top left.

mod room;
mod ink;
mod label;
mod axes;
mod bars;
mod lines;
mod legend;
mod pie;
mod drawing;

pub(super) use drawing::units;
