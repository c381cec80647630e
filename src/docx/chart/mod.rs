//! Native charts: DrawingML that a program draws, and the workbook that an editor changes numbers in.

mod cells;
mod part;
mod workbook;

pub(super) use part::part;
pub(super) use workbook::workbook;
