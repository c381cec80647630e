//! Where pages may end in a table: between rows, and within one that no page holds.

use super::rows::{Below, TableLayout, repeated};
use crate::layout::PageItem;
use crate::layout::lines::SetLine;
use crate::model::{Length, PlacedCell};
use std::ops::Range;
use std::sync::Arc;

/// Rows, or lines of a row, that no page break divides.
pub(super) struct RowPiece {
    /// The last of its rows.
    pub(super) row: usize,
    /// It begins the first row of the body.
    pub(super) first: bool,
    /// Its last row ends in it.
    pub(super) ends_row: bool,
    pub(super) items: Vec<PageItem>,
    /// Texts of cells that go on from the rows above, which are printed again where it begins a page.
    pub(super) again: Vec<PageItem>,
    /// In rows of the page's grid.
    pub(super) height: u32,
    /// No page break between it and what follows.
    pub(super) keeps: bool,
}

impl RowPiece {
    /// What is above it where it begins a page: the table's head, and texts that go on.
    pub(super) fn above(&self, head: &Arc<[PageItem]>) -> Arc<[PageItem]> {
        if self.again.is_empty() {
            return Arc::clone(head);
        }
        head.iter().cloned().chain(repeated(self.again.clone())).collect()
    }
}

impl TableLayout<'_> {
    /// The rows from `start` to the next at which no cell from above reaches down.
    fn group(&self, start: usize) -> Range<usize> {
        let columns = self.grid.columns;
        let reaches = |row: &usize| self.joined[row * columns..][..columns].contains(&true);
        let end = (start..self.grid.rows).find(|row| !reaches(row)).map_or(self.grid.rows, |row| row + 1);
        // The rows of a head are one thing.
        start..if start < self.grid.head { end.max(self.grid.head) } else { end }
    }

    /// The table from row to row, and between the lines of a row where that is higher than its `room` in rows of the page's grid. Rows
    /// that merged cells tie together stay together where a page holds them. `lead`: rows above it where it begins a page.
    pub(super) fn row_pieces(&self, room: impl Fn(&Range<usize>) -> u32, lead: u32) -> Vec<RowPiece> {
        let mut pieces = Vec::new();
        let mut next = 0;
        while next < self.grid.rows {
            let group = self.group(next);
            next = group.end;
            let more = group.end < self.grid.rows;
            let first = group.start == self.grid.head;
            let limit = room(&group);
            let tall = self.height(&group) > limit;
            if tall && group.len() == 1 {
                let row = group.start;
                let parts = self.pieces(row, limit);
                let count = parts.len();
                pieces.extend(parts.into_iter().enumerate().map(|(at, (items, height))| {
                    let last = at + 1 == count;
                    let keeps = last && more && self.keeps(row);
                    RowPiece { row, first: first && at == 0, ends_row: last, items, again: Vec::new(), height, keeps }
                }));
            } else if tall {
                let mut open: Vec<(&PlacedCell<'_>, &Vec<SetLine>)> = Vec::new();
                pieces.extend(group.clone().map(|row| {
                    let again = self.texts_again(&mut open, row, lead);
                    let (items, height) = (self.row_of_tall_group(row), self.heights[row]);
                    let keeps = row < self.grid.head || self.is_within_text(&group, row);
                    RowPiece { row, first: first && row == group.start, ends_row: true, items, again, height, keeps }
                }));
            } else {
                let above = |r: usize| if r < self.grid.head { 0 } else { self.height(&(group.start..r)) };
                let items = group.clone().flat_map(|r| self.row(r, above(r))).collect();
                let (row, height) = (group.end - 1, self.height(&group));
                let keeps = more && self.keeps(row);
                pieces.push(RowPiece { row, first, ends_row: true, items, again: Vec::new(), height, keeps });
            }
        }
        pieces
    }

    /// For each row whether it stays on the page of the next, or of what is below the last; rows of one piece always do.
    pub(super) fn kept(&self, pieces: &[RowPiece]) -> Vec<bool> {
        let mut kept = vec![true; self.grid.rows];
        for piece in pieces.iter().filter(|piece| piece.ends_row) {
            kept[piece.row] = piece.keeps;
        }
        kept
    }

    /// A row of a group that no page holds: the text of a cell that goes on over pages is at its top, once.
    fn row_of_tall_group(&self, row: usize) -> Vec<PageItem> {
        let height = self.look.pitch * f64::from(self.heights[row]);
        let mut items = self.rules(row, Length::ZERO, height, Below::Ruled);
        for (placed, lines) in self.cells_of(row) {
            let high = if placed.rows > 1 { self.text_rows(placed, lines) } else { self.heights[row] };
            self.cell(placed, lines, Length::ZERO, self.look.pitch * f64::from(high), &mut items);
            items.extend(self.picture(placed, Length::ZERO, self.look.pitch * f64::from(high)));
        }
        items
    }

    /// The texts of the cells that reach down to a row from above and have room below: a reader of a later page has them again.
    /// `open`: those cells of the rows before, to which the row's own are added.
    fn texts_again<'s>(
        &'s self,
        open: &mut Vec<(&'s PlacedCell<'s>, &'s Vec<SetLine>)>,
        row: usize,
        lead: u32,
    ) -> Vec<PageItem> {
        let mut items = Vec::new();
        open.retain(|(placed, _)| placed.row + placed.rows > row);
        for (placed, lines) in open.iter().filter(|_| row >= self.grid.head) {
            let high = self.text_rows(placed, lines);
            let mut below = 0;
            let has_room = self.heights[row..placed.row + placed.rows].iter().any(|rows| {
                below += rows;
                below >= high
            });
            if has_room {
                let (top, height) = (self.look.pitch * f64::from(lead), self.look.pitch * f64::from(high));
                self.cell(placed, lines, top, height, &mut items);
            }
        }
        open.extend(self.cells_of(row).filter(|(placed, _)| placed.rows > 1));
        items
    }

    /// The rows of the page's grid that what is in a cell takes.
    fn text_rows(&self, placed: &PlacedCell<'_>, lines: &[SetLine]) -> u32 {
        self.needed(placed, lines, Length::ZERO)
    }

    /// True where the text of a cell that goes on over pages reaches below a row of its group.
    fn is_within_text(&self, group: &Range<usize>, row: usize) -> bool {
        (group.start..=row).any(|from| {
            let have = self.height(&(from..row + 1));
            self.cells_of(from).any(|(placed, lines)| {
                placed.rows > 1 && from + placed.rows > row + 1 && self.text_rows(placed, lines) > have
            })
        })
    }

    /// How many rows of the page's grid everything takes that a page must hold in one piece: where merged cells tie rows together,
    /// and where a picture is.
    pub(super) fn undivided(&self) -> impl Iterator<Item = u32> {
        self.groups().flat_map(move |group| {
            let texts =
                group.clone().flat_map(|row| self.cells_of(row)).map(|(placed, lines)| self.text_rows(placed, lines));
            group.map(|row| self.heights[row]).chain(texts).collect::<Vec<_>>()
        })
    }

    /// All groups of more than one row, or with a picture.
    fn groups(&self) -> impl Iterator<Item = Range<usize>> {
        let next = |group: &Range<usize>| (group.end < self.grid.rows).then(|| self.group(group.end));
        std::iter::successors((self.grid.rows > 0).then(|| self.group(0)), next)
            .filter(|group| group.len() > 1 || self.cells_of(group.start).any(|(placed, _)| placed.picture.is_some()))
    }

    /// A row that is higher than a page, divided between its lines into pieces of at most `limit` rows of the grid: the lowest
    /// that fill whole rows, so that a page may end almost anywhere in it.
    fn pieces(&self, row: usize, limit: u32) -> Vec<(Vec<PageItem>, u32)> {
        let pitch = self.look.pitch;
        let leading = self.type_of(row).1;
        let room = pitch * f64::from(limit);
        let most = (room / leading).floor().max(1.0) as usize;
        let fills = |lines: &usize| {
            let rows = leading / pitch * *lines as f64;
            (rows - rows.round()).abs() < 1e-6
        };
        let most = (2..=most).find(fills).unwrap_or(most);
        let cells: Vec<_> = self.cells_of(row).collect();
        let longest = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        let count = longest.div_ceil(most);
        let mut pieces = Vec::with_capacity(count);
        for at in 0..count {
            let lines = longest.saturating_sub(at * most).min(most);
            let rows = ((leading * lines as f64) / pitch - 1e-6).ceil().max(1.0) as u32;
            let height = pitch * f64::from(rows);
            let mut items =
                self.rules(row, Length::ZERO, height, if at + 1 == count { Below::Ruled } else { Below::Open });
            for (placed, lines) in &cells {
                let from = (at * most).min(lines.len());
                let here = &lines[from..(from + most).min(lines.len())];
                self.cell(placed, here, Length::ZERO, leading * here.len() as f64, &mut items);
            }
            pieces.push((items, rows));
        }
        pieces
    }
}
