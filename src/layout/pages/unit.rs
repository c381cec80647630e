//! What pages are made of.

use crate::layout::inline::Setting;
use crate::model::Length;

/// A line with its place in a unit.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Placed {
    /// The line.
    pub(in crate::layout) setting: Setting,
    /// From the left edge of the type area.
    pub(in crate::layout) x: Length,
    /// Its baseline, from the top of the unit.
    pub(in crate::layout) y: Length,
    /// The last line of its paragraph.
    pub(in crate::layout) last: bool,
}

/// What no page break divides: its lines, and what page make-up knows of it.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Unit {
    /// The block, as an index.
    pub(in crate::layout) block: u32,
    /// What page make-up knows.
    pub(in crate::layout) cell: Cell,
    /// Its lines.
    pub(in crate::layout) lines: Vec<Placed>,
}

impl Unit {
    /// Lines that stand together.
    pub(in crate::layout) fn lines(block: u32, cell: Cell, lines: Vec<Placed>) -> Self {
        Self { block, cell, lines }
    }

    /// Empty rows.
    pub(in crate::layout) fn blank(block: u32, rows: u32) -> Self {
        Self { block, cell: Cell { kind: Kind::Blank, rows, keeps: false, keep_next: 0 }, lines: Vec::new() }
    }

    /// The end of a page.
    pub(in crate::layout) fn page_break(block: u32) -> Self {
        Self { block, cell: Cell { kind: Kind::PageBreak, rows: 0, keeps: false, keep_next: 0 }, lines: Vec::new() }
    }
}

/// What page make-up knows of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) struct Cell {
    /// What it is.
    pub(in crate::layout) kind: Kind,
    /// Its height in rows of the grid.
    pub(in crate::layout) rows: u32,
    /// No break between it and the next unit.
    pub(in crate::layout) keeps: bool,
    /// So many lines of what follows stand on its page.
    pub(in crate::layout) keep_next: u32,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Kind {
    /// Lines of text.
    Lines,
    /// Empty rows, left out at the top and the foot of a page.
    Blank,
    /// The end of a page.
    PageBreak,
}

/// What the units of one block may look like.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Strand {
    /// The first is the best by itself.
    pub(in crate::layout) variants: Vec<Variant>,
}

/// One way to set a block.
#[derive(Clone, Debug)]
pub(in crate::layout) struct Variant {
    /// What it costs over the best, in the weights of page make-up.
    pub(in crate::layout) cost: u64,
    /// Its units.
    pub(in crate::layout) cells: Vec<Cell>,
}
