//! What a marked-content sequence is part of (14.7).

use super::fields::{self, FieldRole};
use super::link::LinkTarget;
use crate::layout::{Artifact, LineKind};
use crate::model::{BlockIndex, BlockKind, Document, NoteIndex, PictureIndex};

/// What a marked-content sequence is part of. Within a block they are read in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tag {
    /// The number or bullet of a list's item or of a term.
    Label(BlockIndex),
    /// A block's text, by the block's index; what is drawn and written of a picture or chart.
    Block(BlockIndex),
    /// A field of a block that has several, by its index in [`fields::of`].
    Field(BlockIndex, u16),
    /// The caption of a block.
    Caption(BlockIndex),
    /// A cell of a table: block, row, column.
    Cell(BlockIndex, u32, u32),
    /// The picture of a cell: block, row, column.
    CellPicture(BlockIndex, u32, u32),
    /// What is noted below a table: its block, and which of its notes.
    Below(BlockIndex, u16),
    /// A line of the contents: their block, and that of the heading.
    Entry(BlockIndex, BlockIndex),
    /// The mark that a footnote begins with.
    NoteLabel(NoteIndex),
    /// A footnote.
    Note(NoteIndex),
}

/// What is printed and part of nothing (14.8.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ApartKind {
    /// What the layout calls so.
    Artifact(Artifact),
    /// The dots from a heading in the contents to its page number.
    Leader,
}

impl Tag {
    /// That of a line, its fields and labels aside, or the artifact that the line is.
    pub(super) fn of(kind: LineKind) -> Result<Self, ApartKind> {
        match kind {
            LineKind::Block(block) | LineKind::Chart(block) => Ok(Self::Block(block)),
            LineKind::Caption(block) | LineKind::Beside(block) => Ok(Self::Caption(block)),
            LineKind::Below { block, note } => Ok(Self::Below(block, note)),
            LineKind::Cell { block, row, column } => Ok(Self::Cell(block, row, column)),
            LineKind::Contents { block, target } => Ok(Self::Entry(block, target)),
            LineKind::Note(note) => Ok(Self::Note(note)),
            LineKind::Artifact(artifact) => Err(ApartKind::Artifact(artifact)),
        }
    }

    /// That of a picture.
    pub(super) fn picture(index: PictureIndex) -> Self {
        index.cell.map_or(Self::Block(index.block), |(row, column)| Self::CellPicture(index.block, row, column))
    }

    /// Its block; None for a footnote, which hangs on none.
    pub(super) fn block(self) -> Option<BlockIndex> {
        match self {
            Self::Label(block)
            | Self::Block(block)
            | Self::Field(block, _)
            | Self::Caption(block)
            | Self::Cell(block, ..)
            | Self::CellPicture(block, ..)
            | Self::Below(block, _)
            | Self::Entry(block, _) => Some(block),
            Self::NoteLabel(_) | Self::Note(_) => None,
        }
    }

    /// The footnote that it is part of.
    pub(super) fn note(self) -> Option<NoteIndex> {
        match self {
            Self::NoteLabel(note) | Self::Note(note) => Some(note),
            _ => None,
        }
    }

    /// Its place in reading order: by block, within one the text or picture before its caption, a table's caption before
    /// its cells, and its notes after them; footnotes after all blocks, until they are brought to where they are called.
    pub(super) fn order(self) -> (usize, Self) {
        (self.block().map_or(usize::MAX, BlockIndex::get), self)
    }
}

/// A marked-content sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContentMark {
    /// What it is part of.
    pub(super) tag: Tag,
    /// The link that it is, by its index on the page.
    pub(super) link: Option<usize>,
    /// What it points to.
    pub(super) target: Option<LinkTarget>,
}

/// The report's title is none of the headings, which would else have to begin with it; it has a type of its own, mapped to the
/// standard type P for readers that do not know it (14.8.4.1).
pub(super) const TITLE: &str = "Title";

/// The structure type of a tag's own element; None for a tag of a block or note that the document does not have.
pub(super) fn role(report: &Document, tag: Tag) -> Option<&'static str> {
    let kind = |block: BlockIndex| report.block(block).map(|block| &block.kind);
    Some(match tag {
        Tag::Label(block) => kind(block).map(|_| "Lbl")?,
        Tag::Block(block) => match kind(block)? {
            BlockKind::Title(_) => TITLE,
            BlockKind::AttachmentTitle(_) | BlockKind::GlossaryTitle(_) => heading(1),
            BlockKind::Heading { level, .. } => heading(*level),
            BlockKind::Figure(_) | BlockKind::Chart(_) => "Figure",
            BlockKind::ListItem { .. } | BlockKind::Term { .. } => "LBody",
            _ => "P",
        },
        Tag::Field(block, field) => match fields::of(kind(block)?).get(usize::from(field))?.role {
            FieldRole::Title => TITLE,
            FieldRole::Text => "P",
            FieldRole::Section(level) => heading(level),
            FieldRole::Heading => "Caption",
            FieldRole::Label(_) => "Lbl",
            FieldRole::Item(_) => "LBody",
        },
        Tag::Caption(block) => match kind(block)? {
            BlockKind::Figure(_) | BlockKind::Chart(_) | BlockKind::Table(_) => "Caption",
            _ => "P",
        },
        Tag::Cell(block, row, _) => match kind(block)? {
            BlockKind::Table(table) if (row as usize) < table.head_rows() => "TH",
            BlockKind::Table(_) => "TD",
            _ => return None,
        },
        Tag::CellPicture(block, row, column) => {
            report.picture(PictureIndex { block, cell: Some((row, column)) }).map(|_| "Figure")?
        }
        Tag::Below(block, _) => kind(block).map(|_| "P")?,
        Tag::Entry(block, target) => {
            kind(block)?;
            kind(target).map(|_| "TOCI")?
        }
        Tag::NoteLabel(note) => report.note(note).map(|_| "Lbl")?,
        Tag::Note(note) => report.note(note).map(|_| "Note")?,
    })
}

/// The structure type of a heading.
fn heading(level: u8) -> &'static str {
    match level {
        0 | 1 => "H1",
        2 => "H2",
        3 => "H3",
        _ => "H4",
    }
}
