//! What a marked-content sequence is part of, and its place in the structure (14.7, 14.8.4).

use crate::layout::{Artifact, LineKind};
use crate::model::{BlockIndex, BlockKind, Document, NoteIndex};

/// What a marked-content sequence is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tag {
    /// A block's text, by the block's index; what is drawn and written of a picture or chart.
    Block(BlockIndex),
    /// The caption of a block.
    Caption(BlockIndex),
    /// A cell of a table: block, row, column.
    Cell(BlockIndex, u32, u32),
    /// A line of the contents: their block, and that of the heading.
    Entry(BlockIndex, BlockIndex),
    /// A footnote.
    Note(NoteIndex),
}

impl Tag {
    /// That of a line, or the artifact that the line is.
    pub(super) fn of(kind: LineKind) -> Result<Self, Artifact> {
        match kind {
            LineKind::Block(block) | LineKind::Chart(block) => Ok(Self::Block(block)),
            LineKind::Caption(block) => Ok(Self::Caption(block)),
            LineKind::Cell { block, row, column } => Ok(Self::Cell(block, row, column)),
            LineKind::Contents { block, target } => Ok(Self::Entry(block, target)),
            LineKind::Note(note) => Ok(Self::Note(note)),
            LineKind::Artifact(artifact) => Err(artifact),
        }
    }

    /// Its block; None for a footnote, which hangs on none.
    pub(super) fn block(self) -> Option<BlockIndex> {
        match self {
            Self::Block(block) | Self::Caption(block) | Self::Cell(block, ..) | Self::Entry(block, _) => Some(block),
            Self::Note(_) => None,
        }
    }

    /// Its place in reading order: by block, within one the text or picture before its caption, a table's caption before
    /// its cells; footnotes after all blocks.
    pub(super) fn order(self) -> (usize, Self) {
        (self.block().map_or(usize::MAX, BlockIndex::get), self)
    }
}

/// A marked-content sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// What it is part of.
    pub(super) tag: Tag,
    /// The link that it is, by its index on the page.
    pub(super) link: Option<usize>,
}

/// An element of the structure tree, told from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Element {
    /// A list, by the block of its first item.
    List(BlockIndex),
    /// An item of a list.
    Item(BlockIndex),
    /// A row of a table.
    Row(BlockIndex, u32),
    /// The entries of the contents.
    Entries(BlockIndex),
    /// What a tag itself marks.
    Leaf(Tag),
    /// A link: the index of its page, and its own on the page.
    Link(usize, usize),
}

/// The report's title is none of the headings, which would else have to begin with it; it has a type of its own, mapped to the
/// standard type P for readers that do not know it (14.8.4.1).
pub(super) const TITLE: &str = "Title";

/// The elements from below the document's down to that of a tag, each with its structure type; None for a tag of a block or
/// note that the document does not have.
pub(super) fn path(report: &Document, tag: Tag) -> Option<Vec<(Element, &'static str)>> {
    let kind = |block: BlockIndex| report.block(block).map(|block| &block.kind);
    let leaf = |kind| (Element::Leaf(tag), kind);
    Some(match tag {
        Tag::Block(block) => match kind(block)? {
            BlockKind::Title(_) => vec![leaf(TITLE)],
            BlockKind::Heading { level: 0 | 1, .. } | BlockKind::AttachmentTitle(_) | BlockKind::GlossaryTitle(_) => {
                vec![leaf("H1")]
            }
            BlockKind::Heading { level: 2, .. } => vec![leaf("H2")],
            BlockKind::Heading { level: 3, .. } => vec![leaf("H3")],
            BlockKind::Heading { .. } => vec![leaf("H4")],
            BlockKind::Figure(_) | BlockKind::Chart(_) => vec![leaf("Figure")],
            BlockKind::ListItem { .. } => {
                let item = |block: &BlockIndex| matches!(kind(*block), Some(BlockKind::ListItem { .. }));
                let first = (0..block.get()).rev().map(BlockIndex::new).take_while(item).last().unwrap_or(block);
                vec![(Element::List(first), "L"), (Element::Item(block), "LI"), leaf("LBody")]
            }
            _ => vec![leaf("P")],
        },
        Tag::Caption(block) => match kind(block)? {
            BlockKind::Figure(_) | BlockKind::Chart(_) => {
                vec![(Element::Leaf(Tag::Block(block)), "Figure"), leaf("Caption")]
            }
            BlockKind::Table(_) => vec![(Element::Leaf(Tag::Block(block)), "Table"), leaf("Caption")],
            _ => vec![leaf("P")],
        },
        Tag::Cell(block, row, _) => match kind(block)? {
            BlockKind::Table(table) => {
                let cell = if row == 0 && table.has_head() { "TH" } else { "TD" };
                vec![(Element::Leaf(Tag::Block(block)), "Table"), (Element::Row(block, row), "TR"), leaf(cell)]
            }
            _ => return None,
        },
        Tag::Entry(block, target) => {
            kind(block)?;
            kind(target)?;
            vec![(Element::Entries(block), "TOC"), leaf("TOCI")]
        }
        Tag::Note(note) => {
            report.note(note)?;
            vec![leaf("Note")]
        }
    })
}

/// The structure type of a tag's own element.
pub(super) fn role(report: &Document, tag: Tag) -> Option<&'static str> {
    Some(path(report, tag)?.last()?.1)
}
