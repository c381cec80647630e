//! Charts: bars, lines and slices with what is written at them, on whole rows of the grid.
//!
//! All lengths in here are points from the chart's top left.

mod room;
mod ink;
mod label;
mod drawing;
mod plot;
mod bars;
mod lines;
mod legend;
mod axes;
mod pie;
mod units;

pub(super) use units::units;
