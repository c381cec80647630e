//! What a version with marked changes has on its pages: where each change is printed.

use crate::layout::{ChangedPlace, ChangedText};
use crate::model::{
    BlockIndex, Document, Item, Manuscript, Mark, Marked, MarkedPiece, MarkedStep, NoteIndex, PARAGRAPH_END, RowStep,
};
use std::collections::BTreeMap;
use std::ops::Range;

/// The changed places of the new text. `owned`: the new manuscript with the blocks of its items.
pub(super) fn changed(document: &Document, new: &Manuscript, owned: &Manuscript, marked: &Marked) -> Vec<ChangedText> {
    let blocks: BTreeMap<&str, BlockIndex> = document.indexed().map(|(at, b)| (b.id.0.as_str(), at)).collect();
    let block =
        |j: usize| owned.items.get(j).and_then(|i| i.block.as_ref()).and_then(|b| blocks.get(b.0.as_str()).copied());
    let mut found: Vec<ChangedText> = Vec::new();
    for (number, step) in marked.steps.iter().enumerate() {
        match step {
            MarkedStep::Kept { new: news, pieces, .. } => {
                let parts = stretches(pieces);
                let mut start = 0;
                for (count, &j) in news.iter().enumerate() {
                    let text = new.items[j].plain();
                    let end = start + text.len();
                    let own = |s: &&Range<usize>| s.start <= end && s.end >= start;
                    let within = |s: &Range<usize>| s.start.max(start) - start..s.end.min(end) - start;
                    let mut stretches: Vec<Range<usize>> = parts.iter().filter(own).map(within).collect();
                    if count > 0 && stretches.is_empty() {
                        stretches.push(0..0);
                    }
                    push(&mut found, block(j).map(ChangedPlace::Block), text, stretches);
                    start = end + PARAGRAPH_END.len_utf8();
                }
            }
            MarkedStep::New { new: j, .. } => {
                let item = &new.items[*j];
                all(&mut found, block(*j), item);
            }
            MarkedStep::Gone { .. } => beside(&mut found, new, &block, &marked.steps, number),
            MarkedStep::Table { new: j, rows, .. } => {
                let Some(block) = block(*j) else { continue };
                for row in changed_rows(rows) {
                    let row = u32::try_from(row).unwrap_or(u32::MAX);
                    push(&mut found, Some(ChangedPlace::Row { block, row }), String::new(), vec![at(0)]);
                }
            }
        }
    }
    for pair in &marked.notes {
        let text = new.notes[pair.new].phrase.plain();
        push(&mut found, Some(ChangedPlace::Note(NoteIndex::new(pair.new))), text, stretches(&pair.pieces));
    }
    let unknown = |index: &usize| !marked.notes.iter().any(|n| n.new == *index);
    for index in (0..new.notes.len()).filter(unknown) {
        push(&mut found, Some(ChangedPlace::Note(NoteIndex::new(index))), String::new(), vec![at(0)]);
    }
    found
}

/// A point of a text.
fn at(byte: usize) -> Range<usize> {
    byte..byte
}

fn push(found: &mut Vec<ChangedText>, place: Option<ChangedPlace>, text: String, stretches: Vec<Range<usize>>) {
    if let Some(place) = place.filter(|_| !stretches.is_empty()) {
        found.push(ChangedText { place, text, stretches });
    }
}

/// The stretches of the new text that are not as they were.
fn stretches(pieces: &[MarkedPiece]) -> Vec<Range<usize>> {
    pieces.iter().filter(|p| p.mark != Mark::Same).map(|p| p.new.clone()).collect()
}

fn all(found: &mut Vec<ChangedText>, block: Option<BlockIndex>, item: &Item) {
    let Some(block) = block else { return };
    if item.is_table() {
        for row in 0..item.rows.len() {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            push(found, Some(ChangedPlace::Row { block, row }), String::new(), vec![at(0)]);
        }
    } else {
        let text = item.plain();
        let length = text.len();
        push(found, Some(ChangedPlace::Block(block)), text, vec![at(0), 0..length]);
    }
}

/// Something is gone: the text that follows is marked at its beginning, else the one before at its end.
fn beside(
    found: &mut Vec<ChangedText>,
    new: &Manuscript,
    block: &dyn Fn(usize) -> Option<BlockIndex>,
    steps: &[MarkedStep],
    number: usize,
) {
    let first = |step: &MarkedStep| match step {
        MarkedStep::Kept { new, .. } => new.first().copied(),
        MarkedStep::New { new, .. } | MarkedStep::Table { new, .. } => Some(*new),
        MarkedStep::Gone { .. } => None,
    };
    let text = |j: usize| new.items.get(j).filter(|i| !i.is_table()).map(Item::plain);
    if let Some((j, text)) = steps[number..].iter().find_map(first).and_then(|j| Some((j, text(j)?))) {
        push(found, block(j).map(ChangedPlace::Block), text, vec![at(0)]);
    } else if let Some((j, text)) = steps[..number].iter().rev().find_map(first).and_then(|j| Some((j, text(j)?))) {
        let end = text.len();
        push(found, block(j).map(ChangedPlace::Block), text, vec![at(end)]);
    }
}

/// The rows of the new table that are not as they were; beside one that is gone, the next.
fn changed_rows(rows: &[RowStep]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut gone = false;
    for row in rows {
        match row {
            RowStep::Gone(_) => gone = true,
            RowStep::New(j) => {
                found.push(*j);
                gone = false;
            }
            RowStep::Kept { new, cells, .. } => {
                if gone || cells.iter().flatten().any(|p| p.mark != Mark::Same) {
                    found.push(*new);
                }
                gone = false;
            }
        }
    }
    if gone
        && let Some(last) = rows.iter().rev().find_map(|r| match r {
            RowStep::Kept { new, .. } | RowStep::New(new) => Some(*new),
            RowStep::Gone(_) => None,
        })
    {
        found.push(last);
    }
    found
}
