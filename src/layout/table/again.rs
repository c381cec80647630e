//! Tables that an earlier build has set.

use super::fit::TableType;
use super::picture::PictureRoom;
use super::rows::TableLayout;
use crate::layout::SetParagraphs;
use crate::layout::flow::Flow;
use crate::layout::kept::KeptRows;
use crate::layout::paragraph::Paragraph;
use crate::model::{BlockIndex, CellAlign, Length, PlacedCell, Table, TableGrid};
use crate::printed::SetTable;
use crate::reuse::ContentHash;
use crate::template::{Style, Template};

impl<'a> TableLayout<'a> {
    /// What a table is known by, all that its rows depend on: the pieces of its cells and their places, how columns are aligned and
    /// what widths are given, and its room, `lines` lines of `measure`. None where nothing is kept, and for a table with pictures.
    pub(super) fn key<'f>(
        flow: &Flow<'f>,
        (table, grid, aligns): (&Table, &TableGrid<'_>, &[CellAlign]),
        texts: &[Paragraph<'_>],
        (measure, lines): (Length, u32),
    ) -> Option<(&'f SetParagraphs, ContentHash)> {
        if grid.columns == 0 || grid.cells.iter().any(|placed| placed.picture.is_some()) {
            return None;
        }
        let bits = |length: Length| length.to_pt().to_bits();
        let given: Vec<Option<u64>> = table.given_widths(measure).into_iter().map(|width| width.map(bits)).collect();
        let place = |cell: &PlacedCell<'_>| [cell.row, cell.column, cell.rows, cell.columns, usize::from(cell.indent)];
        let places: Vec<[usize; 5]> = grid.cells.iter().map(place).collect();
        let size = (grid.rows, grid.columns, grid.head, table.landscape);
        flow.table_key(&(size, places, given, aligns, bits(measure), lines), texts)
    }

    /// A table as it was set.
    pub(super) fn again(
        known: &KeptRows,
        place: (BlockIndex, TableGrid<'a>),
        look: ((&'a Style, &'a Style), PictureRoom),
        template: &Template,
    ) -> Self {
        let [head, text, blank] = known.sizes;
        let table_type = TableType { head, text, blank, reduced: known.set.reduced.is_some() };
        let mut layout = Self::unset(place, look, (known.edges.clone(), table_type), template);
        layout.left = known.left;
        layout.lines.clone_from(&known.lines);
        layout.heights.clone_from(&known.heights);
        layout
    }

    /// It as it is kept, with what the other back ends know of it.
    pub(super) fn kept_as(&self, set: &SetTable) -> KeptRows {
        KeptRows {
            edges: self.edges.clone(),
            left: self.left,
            lines: self.lines.clone(),
            heights: self.heights.clone(),
            sizes: [self.table_type.head, self.table_type.text, self.table_type.blank],
            set: set.clone(),
        }
    }
}
