//! The place of an element: those above it, from the document's down.

use crate::model::{BlockIndex, BlockKind, Document as Report, NoteIndex};
use crate::pdf::fields::{self, FieldRole};
use crate::pdf::tag::{self, Tag};
use std::collections::BTreeMap;

/// An element of the structure tree, told from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PathElement {
    /// A list, by the block of its first item.
    List(BlockIndex),
    /// An item of a list: its block, and its count within that.
    Item(BlockIndex, u16),
    /// A row of a table.
    Row(BlockIndex, u32),
    /// A picture or chart with its caption.
    Captioned(BlockIndex),
    /// The entries of the contents: all of them, or those below the entry of a heading.
    Entries(BlockIndex, Option<BlockIndex>),
    /// What a tag itself marks.
    Leaf(Tag),
    /// What points elsewhere: within which element, and its count there.
    Reference(Tag, usize),
    /// A link: the index of its page, and its own on the page.
    Link(usize, usize),
}

/// An element and its structure type.
pub(super) type PathStep = (PathElement, &'static str);

/// The paths of a report's elements.
pub(super) struct Paths<'a> {
    report: &'a Report,
    /// For every heading that the contents list, those above it, the highest first.
    above: BTreeMap<BlockIndex, Vec<BlockIndex>>,
}

impl<'a> Paths<'a> {
    /// Of a report.
    pub(super) fn new(report: &'a Report) -> Self {
        let mut above = BTreeMap::new();
        let mut open: Vec<(u8, BlockIndex)> = Vec::new();
        let depth = report.contents().map_or(0, |contents| contents.content.depth);
        for listed in report.listed(depth) {
            open.retain(|&(level, _)| level < listed.level);
            above.insert(listed.block, open.iter().map(|&(_, block)| block).collect());
            open.push((listed.level, listed.block));
        }
        Self { report, above }
    }

    /// The elements from below the document's down to that of a tag; None for a tag of a block or note that the document does not
    /// have.
    pub(super) fn of(&self, tag: Tag) -> Option<Vec<PathStep>> {
        let kind = |block: BlockIndex| self.report.block(block).map(|block| &block.kind);
        let leaf = (PathElement::Leaf(tag), tag::role(self.report, tag)?);
        Some(match tag {
            Tag::Block(block) | Tag::Label(block) => match kind(block)? {
                BlockKind::ListItem { .. } | BlockKind::Term { .. } => {
                    vec![(PathElement::List(self.first(block)), "L"), (PathElement::Item(block, 0), "LI"), leaf]
                }
                BlockKind::Figure(_) | BlockKind::Chart(_) if self.is_captioned(block) => {
                    vec![(PathElement::Captioned(block), "Div"), leaf]
                }
                _ => vec![leaf],
            },
            Tag::Field(block, field) => match fields::of(kind(block)?).get(usize::from(field))?.role {
                FieldRole::Title | FieldRole::Text => vec![leaf],
                FieldRole::Heading => vec![(PathElement::List(block), "L"), leaf],
                FieldRole::Label(item) | FieldRole::Item(item) => {
                    vec![(PathElement::List(block), "L"), (PathElement::Item(block, item), "LI"), leaf]
                }
            },
            Tag::Caption(block) => match kind(block)? {
                BlockKind::Figure(_) | BlockKind::Chart(_) => vec![(PathElement::Captioned(block), "Div"), leaf],
                BlockKind::Table(_) => vec![(PathElement::Leaf(Tag::Block(block)), "Table"), leaf],
                _ => vec![leaf],
            },
            Tag::Cell(block, row, _) => {
                vec![(PathElement::Leaf(Tag::Block(block)), "Table"), (PathElement::Row(block, row), "TR"), leaf]
            }
            Tag::Entry(block, target) => {
                let mut path = vec![(PathElement::Entries(block, None), "TOC")];
                for &above in self.above.get(&target).into_iter().flatten() {
                    path.push((PathElement::Leaf(Tag::Entry(block, above)), "TOCI"));
                    path.push((PathElement::Entries(block, Some(above)), "TOC"));
                }
                path.push(leaf);
                path
            }
            Tag::NoteLabel(note) => vec![(PathElement::Leaf(Tag::Note(note)), "Note"), leaf],
            Tag::Note(_) => vec![leaf],
        })
    }

    /// The elements of a footnote, from its own down.
    pub(super) fn of_note(note: NoteIndex) -> [PathStep; 2] {
        [(PathElement::Leaf(Tag::Note(note)), "Note"), (PathElement::Leaf(Tag::NoteLabel(note)), "Lbl")]
    }

    /// The first item of the list that an item is in: a list begins with its number one, after a block that is no item, and
    /// where numbers and bullets change places.
    fn first(&self, item: BlockIndex) -> BlockIndex {
        let kind = |block: BlockIndex| self.report.block(block).map(|block| &block.kind);
        let sort = |block: BlockIndex| match kind(block) {
            Some(BlockKind::ListItem { number, .. }) => Some((false, number.is_some())),
            Some(BlockKind::Term { .. }) => Some((true, true)),
            _ => None,
        };
        let begins = |block: BlockIndex| {
            let counted = kind(block).and_then(BlockKind::number);
            counted.is_some_and(|number| number.count == 1)
                || block.get().checked_sub(1).is_none_or(|before| sort(BlockIndex::new(before)) != sort(block))
        };
        (0..=item.get()).rev().map(BlockIndex::new).find(|&block| begins(block)).unwrap_or(item)
    }

    fn is_captioned(&self, block: BlockIndex) -> bool {
        match self.report.block(block).map(|block| &block.kind) {
            Some(BlockKind::Figure(figure)) => figure.caption.is_some(),
            Some(BlockKind::Chart(chart)) => chart.caption.is_some(),
            _ => false,
        }
    }
}
