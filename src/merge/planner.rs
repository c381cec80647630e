//! What the planning needs everywhere: the three sides, and what is known of how they go together.

use super::align::Alignment;
use super::review::Change;
use crate::diagnostic::Span;
use crate::model::{Bit, BitKind, BlockKind, Document, Item, ItemRole, Manuscript, Phrase, Trace};
use std::collections::{BTreeMap, BTreeSet};

pub(super) use crate::model::PARAGRAPH_END as PARAGRAPH;

/// The same paragraph on three sides.
#[derive(Clone, Debug, Default)]
pub(super) struct ThreeSides {
    pub(super) base: Vec<usize>,
    pub(super) theirs: Vec<usize>,
    pub(super) ours: Vec<usize>,
    pub(super) moved_by_them: bool,
    pub(super) moved_by_us: bool,
}

/// Where the source has a text too that they put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OwnCopy {
    Here,
    Elsewhere,
    None,
}

/// What the planning needs everywhere.
pub(super) struct Planner<'a> {
    pub(super) document: &'a Document,
    pub(super) base: &'a Manuscript,
    pub(super) theirs: &'a Manuscript,
    pub(super) ours: &'a Manuscript,
    pub(super) to_theirs: &'a Alignment,
    pub(super) to_ours: Alignment,
    pub(super) parts: Vec<ThreeSides>,
    /// The part of each of their items.
    pub(super) part_of_theirs: Vec<Option<usize>>,
    /// What the styles of their file are used for.
    pub(super) roles: BTreeMap<String, ItemRole>,
    pub(super) changes: Vec<Change>,
    /// Comments that a change has told of: of item and index.
    pub(super) told: BTreeSet<usize>,
    /// Their items whose style was changed between heading and text.
    pub(super) restyled: BTreeSet<usize>,
}

/// Several paragraphs as one.
pub(super) fn joined(items: &[Item], indices: &[usize]) -> Phrase {
    let mut all = Phrase::default();
    for (at, &index) in indices.iter().enumerate() {
        if at > 0 {
            all.bits.push(Bit { text: PARAGRAPH.to_string(), kind: BitKind::Break, ..Bit::default() });
        }
        all.bits.extend(items[index].phrase.bits.iter().cloned());
    }
    all
}

/// True for texts that differ at most in white space.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    let said = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    a == b || said(a) == said(b)
}

/// True for rows of the same texts, numbers that programs write aside.
pub(super) fn reads_alike(a: &[Item], b: &[Item]) -> bool {
    fn said(phrase: &Phrase) -> impl Iterator<Item = char> + '_ {
        phrase.bits.iter().filter(|bit| bit.kind != BitKind::Auto).flat_map(|bit| bit.text.chars())
    }
    fn cells(item: &Item) -> impl Iterator<Item = &Phrase> {
        item.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.phrase)
    }
    let alike = |(a, b): (&Item, &Item)| {
        a.is_table() == b.is_table()
            && said(&a.phrase).eq(said(&b.phrase))
            && a.rows.len() == b.rows.len()
            && cells(a).count() == cells(b).count()
            && cells(a).zip(cells(b)).all(|(a, b)| said(a).eq(said(b)))
    };
    a.len() == b.len() && a.iter().zip(b).all(alike)
}

/// The heading above an item.
pub(super) fn section(items: &[Item], at: usize) -> String {
    let end = (at + 1).min(items.len());
    let heading = items[..end].iter().rev().find(|i| matches!(i.role, ItemRole::Heading(_)) || i.outline.is_some());
    heading.map(|h| format!("{}{}", h.number, h.phrase.plain())).unwrap_or_default()
}

impl Planner<'_> {
    /// Where an item of the base is, for people: the heading above it, the attachment that it is in, the imprint.
    pub(super) fn section_of(&self, at: usize) -> String {
        let items = &self.base.items;
        let kind = |item: &Item| {
            let block = item.block.as_ref()?;
            self.document.blocks.iter().find(|own| own.id == *block).map(|own| &own.kind)
        };
        if let Some(BlockKind::Imprint(_)) = items.get(at).and_then(kind) {
            return "版记".to_owned();
        }
        let end = (at + 1).min(items.len());
        for item in items[..end].iter().rev() {
            if matches!(item.role, ItemRole::Heading(_)) || item.outline.is_some() {
                break;
            }
            if let Some(BlockKind::AttachmentTitle(_) | BlockKind::AttachmentMark { .. }) = kind(item) {
                return item.plain();
            }
        }
        section(items, at)
    }
}

/// Who changed an item; where nothing was tracked, who saved the file.
pub(super) fn traces(item: &Item, manuscript: &Manuscript) -> Vec<Trace> {
    if item.traces.is_empty() {
        return manuscript.saved_by.iter().map(|a| Trace { author: a.clone(), date: String::new() }).collect();
    }
    item.traces.clone()
}

/// Where a phrase begins in the source.
pub(super) fn first_place(phrase: &Phrase) -> Option<Span> {
    phrase.bits.iter().find_map(super::bits::place)
}

/// Where a byte of a phrase is in the source.
pub(super) fn place_at(phrase: &Phrase, at: usize) -> Option<Span> {
    let mut start = 0;
    for bit in &phrase.bits {
        let end = start + bit.text.len();
        if at < end || (at == end && std::ptr::eq(bit, phrase.bits.last()?)) {
            let map = bit.map.as_ref()?;
            return Some(if bit.kind == BitKind::Text {
                map.span(at - start, at - start)
            } else {
                super::bits::place(bit)?
            });
        }
        start = end;
    }
    None
}

/// Gives changes names that stay: a checksum of what they are, with a count where two are the same.
pub(super) fn name(changes: &mut [Change]) {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for change in changes {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let cell = format!("{:?}", change.cell);
        for part in [change.kind.name(), change.block.as_deref().unwrap_or(""), &cell, &change.before, &change.after] {
            for byte in part.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        let alphabet = b"0123456789abcdefghjkmnpqrstvwxyz";
        let base: String = (0..5).map(|i| char::from(alphabet[(hash >> (i * 5 + 30)) as usize & 31])).collect();
        let count = taken.entry(base.clone()).or_insert(0);
        *count += 1;
        change.id = if *count == 1 { base } else { format!("{base}-{count}") };
    }
}

/// Puts changes in the order of the source, notes and the rest last.
#[must_use]
pub fn in_order(document: &Document, mut changes: Vec<Change>) -> Vec<Change> {
    let places: BTreeMap<&str, usize> = document.indexed().map(|(at, b)| (b.id.0.as_str(), at.get())).collect();
    let place = |change: &Change| change.block.as_deref().and_then(|b| places.get(b).copied());
    changes.sort_by_key(|change| place(change).unwrap_or(usize::MAX));
    changes
}
