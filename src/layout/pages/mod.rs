//! Units to pages: page breaks chosen over the whole document, every line on a row of the grid.

mod unit;
mod plan;
mod first_fit;
mod part;
mod make_up;
#[cfg(test)]
mod plan_test;

pub(super) use first_fit::fill;
pub(super) use make_up::make_up;
pub(super) use part::Part;
pub(super) use plan::{Plan, Room, plan};
pub(super) use unit::{Cell, Kind, Placed, Strand, Unit, Variant};
