//! What only a press needs: inks by its profile, boxes, marks, sheets.

mod inks;
mod shapes;
mod marks;
mod spaces;
mod order;
mod sheet;

pub(super) use inks::PressInks;
pub(super) use shapes::pressed;
pub(super) use sheet::{Bound, write};
pub(super) use spaces::{red, separation};
