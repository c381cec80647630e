//! Units to pages: page breaks chosen over the whole document, every line on a row of the grid.

mod foot;
mod unit;
mod plan;
mod first_fit;
mod part;
mod stack;
mod make_up;
#[cfg(test)]
mod plan_test;

pub(super) use first_fit::fill;
pub(super) use foot::{Foot, ROW, Room};
pub(super) use make_up::{make_up, place_number};
use part::TablePart;
pub(super) use plan::{Plan, plan};
pub(super) use stack::Stack;
pub(super) use unit::{BlockVariant, BlockVariants, Placed, Unit, UnitKind, UnitMetrics};
