//! What pages are made of.

use super::Foot;
use crate::layout::inline::Setting;
use crate::layout::{LineKind, PageItem};
use crate::model::{BlockIndex, Length, NoteIndex};
use std::sync::Arc;

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
    /// The block.
    pub(in crate::layout) block: BlockIndex,
    /// What page make-up knows.
    pub(in crate::layout) cell: UnitMetrics,
    /// Its lines.
    pub(in crate::layout) lines: Vec<Placed>,
    /// What else is in it, ready but for its place: from the left edge of the type area and the top of the unit.
    pub(in crate::layout) items: Vec<PageItem>,
    /// What is printed above it where it begins a page, in [`UnitMetrics::lead`] rows: a table's head.
    pub(in crate::layout) head: Option<Arc<[PageItem]>>,
    /// What is printed at its lower edge where it ends a page: a table's last rule, from that edge.
    pub(in crate::layout) foot: Option<Arc<[PageItem]>>,
    /// The footnotes that it is the first to call.
    pub(in crate::layout) notes: Vec<NoteIndex>,
    /// Its rules are those of a table, which stays within the type area.
    pub(in crate::layout) ruled: bool,
}

impl Unit {
    /// What is ready but for its place.
    pub(in crate::layout) fn items(block: BlockIndex, cell: UnitMetrics, items: Vec<PageItem>) -> Self {
        Self { items, ..Self::lines(block, cell, Vec::new()) }
    }

    /// Lines that no page break divides.
    pub(in crate::layout) fn lines(block: BlockIndex, cell: UnitMetrics, lines: Vec<Placed>) -> Self {
        Self { block, cell, lines, items: Vec::new(), head: None, foot: None, notes: Vec::new(), ruled: false }
    }

    /// Empty rows.
    pub(in crate::layout) fn blank(block: BlockIndex, rows: u32) -> Self {
        Self::lines(block, UnitMetrics { kind: UnitKind::Blank, rows, ..UnitMetrics::default() }, Vec::new())
    }

    /// True for a unit with lines of a block: its own, or the mark of the attachment that it begins.
    pub(in crate::layout) fn begins(&self, block: BlockIndex) -> bool {
        let is_of = |item: &PageItem| matches!(item, PageItem::Line(line) if line.kind == LineKind::Block(block));
        self.cell.kind == UnitKind::Lines && (self.block == block || self.items.iter().any(is_of))
    }

    /// The end of a page.
    pub(in crate::layout) fn page_break(block: BlockIndex) -> Self {
        Self::lines(block, UnitMetrics { kind: UnitKind::PageBreak, ..UnitMetrics::default() }, Vec::new())
    }
}

/// What page make-up knows of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::layout) struct UnitMetrics {
    /// What it is.
    pub(in crate::layout) kind: UnitKind,
    /// Its height in rows of the grid.
    pub(in crate::layout) rows: u32,
    /// No break between it and the next unit.
    pub(in crate::layout) keeps: bool,
    /// So many lines of what follows are on its page.
    pub(in crate::layout) keep_next: u32,
    /// The footnotes that it is the first to call.
    pub(in crate::layout) notes: Foot,
    /// So many rows more where it begins a page: a table's head comes again.
    pub(in crate::layout) lead: u32,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::layout) enum UnitKind {
    /// Lines of text, rows of a table, a picture.
    #[default]
    Lines,
    /// Empty rows, left out at the top and the foot of a page.
    Blank,
    /// The end of a page.
    PageBreak,
}

/// What the units of one block may look like.
#[derive(Clone, Debug, Hash)]
pub(in crate::layout) struct BlockVariants {
    /// The first is the best by itself.
    pub(in crate::layout) variants: Vec<BlockVariant>,
}

/// A block, set in one number of lines.
#[derive(Clone, Debug, Hash)]
pub(in crate::layout) struct BlockVariant {
    /// What it costs over the best, in the weights of page make-up.
    pub(in crate::layout) cost: u64,
    /// Its units.
    pub(in crate::layout) cells: Vec<UnitMetrics>,
}

impl BlockVariants {
    /// A block that is set in one way.
    pub(in crate::layout) fn only(units: &[Unit]) -> Self {
        Self { variants: vec![BlockVariant { cost: 0, cells: units.iter().map(|unit| unit.cell).collect() }] }
    }
}
