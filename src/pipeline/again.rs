//! The report once changes are written: of blocks that say what they said, the text is known, and is not made again.

use super::handout;
use super::ours::{Ours, load, nominal, whole};
use crate::diagnostic::{Diagnostic, Sources};
use crate::docx;
use crate::model::{Block, BlockIndex, BlockKind, Document, Item, Manuscript, Run, RunKind};
use crate::template::Template;
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reads a report whose source was changed since `known` was read. Of its text everything is as [`super::ours::read_ours`] would give it but
/// formatting, counts of lists, and the places of what stayed the same: nobody asks for these of a source that is tried.
pub(super) fn read_again(world: &dyn World, report: &Path, known: &Ours) -> Result<Ours, (Sources, Vec<Diagnostic>)> {
    let (loaded, row) = load(world, report, known.row.as_ref().map(|row| (&row.note, Some(row.at))))?;
    let Ok((document, template)) = loaded.outcome else { return Err((loaded.sources, loaded.diagnostics)) };
    match in_part(&document, &template, known) {
        Some(manuscript) => Ok(Ours { sources: loaded.sources, document, manuscript, row }),
        None => whole(loaded.sources, document, &template),
    }
}

/// The text of a document, what is known of it taken over; None where it must be made as a whole.
fn in_part(document: &Document, template: &Template, known: &Ours) -> Option<Manuscript> {
    let old = Before::of(known)?;
    if !old.has_notes_of(document) {
        return None;
    }
    let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
    let mut only: BTreeSet<BlockIndex> = BTreeSet::new();
    let begins_page = |at: usize| at > 0 && matches!(document.blocks[at - 1].kind, BlockKind::PageBreak);
    for (at, block) in document.blocks.iter().enumerate() {
        match old.item_of(document, block).filter(|_| !begins_page(at)) {
            Some(item) => {
                kept.insert(at, item);
            }
            // A page break is written with what begins the page.
            None if matches!(block.kind, BlockKind::PageBreak) => {}
            None => {
                // Notes are named by their order among all calls.
                let calls = |run: &Run| matches!(run.kind, RunKind::Note(_));
                if block.kind.texts().into_iter().flat_map(|text| &text.runs).any(calls) {
                    return None;
                }
                if begins_page(at) {
                    only.insert(BlockIndex::new(at - 1));
                }
                only.insert(BlockIndex::new(at));
            }
        }
    }
    let new = docx::text_of(document, template, &nominal(document), Some(&only)).ok()?;
    old.with(handout::remembered(document, new), document, &kept)
}

/// The report as it was.
struct Before<'k> {
    known: &'k Ours,
    /// Its blocks by their names.
    blocks: BTreeMap<&'k str, &'k Block>,
    /// The item of each block that has one alone.
    items: BTreeMap<&'k str, Option<usize>>,
}

impl<'k> Before<'k> {
    /// None where an item has no block.
    fn of(known: &'k Ours) -> Option<Self> {
        let mut items: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for (at, item) in known.manuscript.items.iter().enumerate() {
            let block = item.block.as_ref()?;
            items.entry(&block.0).and_modify(|item| *item = None).or_insert(Some(at));
        }
        let blocks = known.document.blocks.iter().map(|block| (block.id.0.as_str(), block)).collect();
        Some(Self { known, blocks, items })
    }

    /// True where another document has the same notes.
    fn has_notes_of(&self, document: &Document) -> bool {
        let (own, other) = (&self.known.document.notes, &document.notes);
        own.len() == other.len()
            && self.known.manuscript.notes.len() == own.len()
            && own.iter().zip(other).all(|(own, other)| {
                own.name == other.name && self.are_alike(document, (&own.text.runs, &other.text.runs))
            })
    }

    /// The item of a block that says what it said.
    fn item_of(&self, document: &Document, block: &Block) -> Option<usize> {
        let own = self.blocks.get(block.id.0.as_str())?;
        let same_kind = match (&own.kind, &block.kind) {
            (BlockKind::Paragraph(_), BlockKind::Paragraph(_))
            | (BlockKind::Salutation(_), BlockKind::Salutation(_))
            | (BlockKind::Addressee(_), BlockKind::Addressee(_))
            | (BlockKind::Point { .. }, BlockKind::Point { .. }) => true,
            (BlockKind::Heading { level: own, .. }, BlockKind::Heading { level, .. })
            | (BlockKind::ListItem { level: own, .. }, BlockKind::ListItem { level, .. }) => own == level,
            _ => false,
        };
        if !same_kind || own.kind.number() != block.kind.number() {
            return None;
        }
        let (before, after) = (own.kind.texts(), block.kind.texts());
        let alike = before.len() == after.len()
            && before.iter().zip(&after).all(|(own, text)| self.are_alike(document, (&own.runs, &text.runs)));
        if alike { self.items.get(block.id.0.as_str()).copied().flatten() } else { None }
    }

    /// True for runs that are written alike; not for what leads elsewhere.
    fn are_alike(&self, document: &Document, (own, other): (&[Run], &[Run])) -> bool {
        let kind = |own: RunKind, other: RunKind| match (own, other) {
            (RunKind::Value(own), RunKind::Value(other)) => {
                let (own, other) = (self.known.document.value(own), document.value(other));
                own.zip(other).is_some_and(|(own, other)| own.id == other.id)
            }
            (RunKind::Reference(_) | RunKind::Term(_), _) => false,
            (own, other) => own == other,
        };
        let alike = |(own, other): (&Run, &Run)| {
            own.link.is_none()
                && other.link.is_none()
                && (&own.text, own.strong, own.shift) == (&other.text, other.strong, other.shift)
                && kind(own.kind, other.kind)
        };
        own.len() == other.len() && own.iter().zip(other).all(alike)
    }

    /// The whole text: what is kept, by block and item, and what is new. None where an item is of no block.
    fn with(&self, new: Manuscript, document: &Document, kept: &BTreeMap<usize, usize>) -> Option<Manuscript> {
        let Manuscript { items: written, settings, .. } = new;
        let count = written.len();
        let mut written = written.into_iter().enumerate().peekable();
        let mut items: Vec<Item> = Vec::with_capacity(self.known.manuscript.items.len() + count);
        let mut places: Vec<usize> = Vec::with_capacity(count);
        for (at, block) in document.blocks.iter().enumerate() {
            if let Some(&item) = kept.get(&at) {
                items.push(self.known.manuscript.items[item].clone());
            }
            while let Some((_, item)) = written.next_if(|(_, item)| item.block.as_ref() == Some(&block.id)) {
                places.push(items.len());
                items.push(item);
            }
        }
        if written.next().is_some() {
            return None;
        }
        // What is kept leads nowhere: all links are new.
        let mut settings = settings.unwrap_or_default();
        for setting in &mut settings {
            setting.item = places.get(setting.item).copied().unwrap_or(items.len());
        }
        let notes = self.known.manuscript.notes.clone();
        Some(Manuscript { items, notes, figures: document.handed(), settings: Some(settings), ..Manuscript::default() })
    }
}
