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
    lists: ListPaths,
}

/// For every item of a list the lists that it is in, the outermost first: each by its first item, with the item of it that the
/// next is in; in the last one itself.
type ListPaths = BTreeMap<BlockIndex, Vec<(BlockIndex, BlockIndex)>>;

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
        Self { report, above, lists: list_paths(report) }
    }

    /// The elements from below the document's down to that of a tag; None for a tag of a block or note that the document does not
    /// have.
    pub(super) fn of(&self, tag: Tag) -> Option<Vec<PathStep>> {
        let kind = |block: BlockIndex| self.report.block(block).map(|block| &block.kind);
        let leaf = (PathElement::Leaf(tag), tag::role(self.report, tag)?);
        Some(match tag {
            Tag::Block(block) | Tag::Label(block) => match kind(block)? {
                BlockKind::ListItem { .. } | BlockKind::Term { .. } => {
                    let mut path = Vec::new();
                    for &(list, item) in self.lists.get(&block)? {
                        if item != block {
                            let body = (PathElement::Leaf(Tag::Block(item)), "LBody");
                            path.extend([(PathElement::List(list), "L"), (PathElement::Item(item, 0), "LI"), body]);
                            continue;
                        }
                        path.extend([(PathElement::List(list), "L"), (PathElement::Item(item, 0), "LI"), leaf]);
                    }
                    path
                }
                BlockKind::Figure(_) | BlockKind::Chart(_) if self.is_captioned(block) => {
                    vec![(PathElement::Captioned(block), "Div"), leaf]
                }
                _ => vec![leaf],
            },
            Tag::Field(block, field) => match fields::of(kind(block)?).get(usize::from(field))?.role {
                FieldRole::Title | FieldRole::Text | FieldRole::Section(_) => vec![leaf],
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
            Tag::CellPicture(block, row, column) => {
                let mut path = self.of(Tag::Cell(block, row, column))?;
                path.push(leaf);
                path
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
            Tag::Note(_) | Tag::Below(..) => vec![leaf],
        })
    }

    /// The elements of a footnote, from its own down.
    pub(super) fn of_note(note: NoteIndex) -> [PathStep; 2] {
        [(PathElement::Leaf(Tag::Note(note)), "Note"), (PathElement::Leaf(Tag::NoteLabel(note)), "Lbl")]
    }

    fn is_captioned(&self, block: BlockIndex) -> bool {
        match self.report.block(block).map(|block| &block.kind) {
            Some(BlockKind::Figure(figure)) => figure.caption.is_some(),
            Some(BlockKind::Chart(chart)) => chart.caption.is_some(),
            _ => false,
        }
    }
}

/// The lists of every item. A list begins with its number one, behind a block that is no item, within another item than the list
/// before, and where numbers and bullets change places.
fn list_paths(report: &Report) -> ListPaths {
    let mut paths = ListPaths::new();
    // The lists that are open: first and last item, and what its items are.
    let mut open: Vec<(BlockIndex, BlockIndex, (bool, bool))> = Vec::new();
    for (index, block) in report.indexed() {
        let (level, sort) = match &block.kind {
            BlockKind::ListItem { level, number, .. } => (usize::from(*level).max(1), (false, number.is_some())),
            BlockKind::Term { .. } => (1, (true, true)),
            _ => {
                open.clear();
                continue;
            }
        };
        open.truncate(level);
        let begins = block.kind.number().is_some_and(|number| number.count == 1);
        if open.len() == level && (begins || open.last().is_some_and(|&(.., other)| other != sort)) {
            open.pop();
        }
        if open.len() < level {
            open.push((index, index, sort));
        } else if let Some((_, last, _)) = open.last_mut() {
            *last = index;
        }
        paths.insert(index, open.iter().map(|&(first, last, _)| (first, last)).collect());
    }
    paths
}
