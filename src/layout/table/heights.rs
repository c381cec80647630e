//! The heights of rows, on the page's grid, and the places of pictures in them.

use super::picture;
use super::rows::{RowLook, TableLayout};
use crate::layout::PageItem;
use crate::layout::lines::SetLine;
use crate::model::{Length, PlacedCell};
use std::ops::Range;

impl RowLook {
    /// What is above and below a picture together: as much as rows may be set closer on a full page, and the rules.
    fn around(&self) -> Length {
        self.lift * 2.0 + self.heavy
    }
}

impl TableLayout<'_> {
    /// Every row as high as its cells need, in whole rows of the grid; a cell of more than one row makes the last one higher. Pictures
    /// are as high as `lines` of a page leave them below the head.
    pub(super) fn set_heights(&mut self, space: Length, lines: u32) {
        let head = self.grid.head;
        self.raise(0..head, space);
        let rows = lines.saturating_sub(self.height(&(0..head))).max(1);
        self.pictures.most = self.look.pitch * f64::from(rows) - self.look.around();
        self.raise(head..self.grid.rows, space);
    }

    /// Raises some rows to what their cells need.
    fn raise(&mut self, rows: Range<usize>, space: Length) {
        let cells: Vec<(Range<usize>, u32)> = self
            .grid
            .cells
            .iter()
            .zip(&self.lines)
            .filter(|(placed, _)| rows.contains(&placed.row))
            .map(|(placed, lines)| (placed.row..placed.row + placed.rows, self.needed(placed, lines, space)))
            .collect();
        for (over, needed) in cells.iter().filter(|(over, _)| over.len() == 1) {
            self.heights[over.start] = self.heights[over.start].max(*needed);
        }
        for (over, needed) in cells.iter().filter(|(over, _)| over.len() > 1) {
            let have = self.height(over);
            self.heights[over.end - 1] += needed.saturating_sub(have);
        }
    }

    /// How many rows of the page's grid what is in a cell needs, with some space above and below it.
    pub(super) fn needed(&self, placed: &PlacedCell<'_>, lines: &[SetLine], space: Length) -> u32 {
        let (text, drawn) = (self.type_of(placed.row).1 * lines.len() as f64 + space * 2.0, self.picture_size(placed));
        let high = drawn.map_or(text, |(_, height)| text.max(height + self.look.around()));
        (high / self.look.pitch - 1e-6).ceil().max(1.0) as u32
    }

    fn picture_size(&self, placed: &PlacedCell<'_>) -> Option<(Length, Length)> {
        self.pictures.size(placed, self.room(placed, self.table_type.blank))
    }

    /// A cell's picture in the middle of it.
    pub(super) fn picture(&self, placed: &PlacedCell<'_>, top: Length, height: Length) -> Option<PageItem> {
        let (width, high) = self.picture_size(placed)?;
        let (from, to) = (self.edges[placed.column], self.edges[placed.column + placed.columns]);
        let place = (self.left + (from + to - width) / 2.0, top - self.look.lift + (height - high) / 2.0);
        Some(picture::placed(self.block, placed, (width, high), place))
    }
}
