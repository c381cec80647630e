//! The footnotes that the parts of a table call, where these are as high as a page.

use crate::layout::PageItem;
use crate::layout::flow::Flow;
use crate::layout::pages::{Unit, UnitMetrics};
use crate::model::{Block, BlockIndex, Labelled, NoteIndex, RunKind, Table, TableGrid, Text};
use std::collections::BTreeSet;
use std::ops::Range;

/// The texts that are on the page of a picture in a cell: its row, the head, and what is above and below the table.
pub(super) fn beside_pictures(table: &Table) -> Vec<&Text> {
    let grid = TableGrid::new(table);
    let shown: Vec<usize> = grid.cells.iter().filter(|cell| cell.picture.is_some()).map(|cell| cell.row).collect();
    let rows = grid.cells.iter().filter(|cell| cell.row < grid.head || shown.contains(&cell.row)).map(|cell| cell.text);
    let below = table.below.iter().flat_map(|line| [&line.label, &line.text]);
    table.caption.iter().chain(table.unit.iter().flat_map(Labelled::texts)).chain(rows).chain(below).collect()
}

/// What a page has for a table, in rows of the grid.
#[derive(Clone, Copy)]
pub(super) struct PageRows {
    /// All of them.
    pub(super) lines: u32,
    /// Those of headings above the table.
    pub(super) above: u32,
    /// Those of its head and caption.
    pub(super) lead: u32,
    /// Those of what is noted below it.
    pub(super) below: u32,
}

/// How many rows of a page some rows of a table may take in one piece: below its head and caption, and above the notes that they call.
/// The first rows of the body have those of head and caption below them too, and headings above; the last what is noted below the table.
pub(super) fn row_room(
    flow: &Flow<'_>,
    (block, table): (BlockIndex, &Table),
    grid: &TableGrid<'_>,
    group: &Range<usize>,
    page: PageRows,
) -> u32 {
    let first = group.start <= grid.head;
    let above = if first { page.above } else { 0 };
    let below = if group.end == grid.rows { page.below } else { 0 };
    let within = |row: usize| group.contains(&row) || first && row < grid.head;
    let around = table.caption.iter().chain(table.unit.iter().flat_map(Labelled::texts)).filter(|_| first);
    let texts: Vec<&Text> =
        around.chain(grid.cells.iter().filter(|cell| within(cell.row)).map(|cell| cell.text)).collect();
    let noted = flow.notes.rows_below(block, &texts, page.lines);
    page.lines.saturating_sub(above + page.lead + below + noted).max(1)
}

/// True where a page of so many `lines` holds `rows` of a table and all the notes that it calls.
pub(super) fn fits(flow: &Flow<'_>, (index, block): (BlockIndex, &Block), rows: u32, lines: u32) -> bool {
    let called = flow.notes.foot(&flow.notes.of_block(index, &block.kind));
    flow.notes.room(lines).carried(rows, called).is_some()
}

/// What is above or below the rows of a table, with the notes that it is the first to call.
pub(super) fn with_calls(
    flow: &Flow<'_>,
    block: BlockIndex,
    (items, cell): (Vec<PageItem>, UnitMetrics),
    seen: &mut BTreeSet<NoteIndex>,
) -> Unit {
    let notes = flow.notes.called(block, sources(&items), seen);
    let cell = UnitMetrics { notes: flow.notes.foot(&notes), ..cell };
    Unit { notes, ..Unit::items(block, cell, items) }
}

/// What the characters of some lines are, of which some may be marks of footnotes.
pub(super) fn sources(items: &[PageItem]) -> impl Iterator<Item = RunKind> {
    let lines = items.iter().filter_map(|item| if let PageItem::Line(line) = item { Some(line) } else { None });
    lines.flat_map(|line| &line.runs).map(|run| run.source)
}
