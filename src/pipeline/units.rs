//! Changes that are written together or not at all: the deletion of a whole section or attachment, of items of a list one after the other,
//! what was moved one after the other, new rows and columns of a table.

use crate::merge::{Change, ChangeKind};
use crate::model::{Block, BlockId, BlockKind, Document, Rewrite};
use std::collections::BTreeMap;

/// Some changes in units, in their order. Half a section that was taken out is what nobody wrote.
pub(super) fn units(document: &Document, changes: &[Change], chosen: &[usize]) -> Vec<Vec<usize>> {
    let blocks = &document.blocks;
    let places: BTreeMap<&str, usize> = blocks.iter().enumerate().map(|(at, b)| (b.id.0.as_str(), at)).collect();
    let mut gone: BTreeMap<usize, usize> = BTreeMap::new();
    for &at in chosen {
        if let (ChangeKind::Deleted, [Rewrite::Delete { block }]) = (changes[at].kind, changes[at].rewrites.as_slice())
            && let Some(&place) = places.get(block.0.as_str())
        {
            gone.insert(place, at);
        }
    }
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let mut from = 0;
    while from < blocks.len() {
        let whole = section(blocks, from).or_else(|| items(blocks, from, &gone));
        let all = |end: &usize| {
            (from..*end).all(|at| gone.contains_key(&at) || matches!(blocks[at].kind, BlockKind::PageBreak))
        };
        let end = whole.filter(all).unwrap_or(from + 1);
        let members: Vec<usize> = (from..end).filter_map(|at| gone.get(&at).copied()).collect();
        if let [leader, rest @ ..] = members.as_slice() {
            first.extend(rest.iter().map(|&member| (member, *leader)));
        }
        from = end;
    }
    behind_moved(changes, chosen, &mut first);
    of_one_table(changes, chosen, &mut first);
    let mut units: Vec<Vec<usize>> = Vec::new();
    for &at in chosen {
        let leader = first.get(&at).copied().unwrap_or(at);
        match units.iter_mut().find(|unit| leader != at && unit.first() == Some(&leader)) {
            Some(unit) => unit.push(at),
            None => units.push(vec![at]),
        }
    }
    units
}

/// What was moved behind something that was moved too goes with it: without it, its place is another one.
fn behind_moved(changes: &[Change], chosen: &[usize], first: &mut BTreeMap<usize, usize>) {
    let moved = |at: &usize| changes[*at].kind == ChangeKind::Moved;
    let mut movers: BTreeMap<&BlockId, usize> = BTreeMap::new();
    for &at in chosen.iter().filter(|at| moved(at)) {
        let blocks = changes[at].rewrites.iter().filter_map(|rewrite| match rewrite {
            Rewrite::Move { block, .. } => Some(block),
            _ => None,
        });
        movers.extend(blocks.map(|block| (block, at)));
    }
    for &at in chosen.iter().filter(|at| moved(at)) {
        for rewrite in &changes[at].rewrites {
            let Rewrite::Move { after: Some(after), .. } = rewrite else { continue };
            let Some(&mover) = movers.get(after) else { continue };
            join(first, at, mover);
        }
    }
}

/// Makes one unit of those of two changes.
fn join(first: &mut BTreeMap<usize, usize>, one: usize, other: usize) {
    let leader = |at: usize| first.get(&at).copied().unwrap_or(at);
    let (own, other) = (leader(one), leader(other));
    let (low, high) = (own.min(other), own.max(other));
    if low != high {
        first.values_mut().filter(|leader| **leader == high).for_each(|leader| *leader = low);
        first.insert(high, low);
    }
}

/// New rows of a table go with its new columns: they have cells for these.
fn of_one_table(changes: &[Change], chosen: &[usize], first: &mut BTreeMap<usize, usize>) {
    let mut columns: BTreeMap<&BlockId, usize> = BTreeMap::new();
    let mut all: Vec<(&BlockId, usize)> = Vec::new();
    for &at in chosen {
        for rewrite in &changes[at].rewrites {
            match rewrite {
                Rewrite::InsertColumn { block, .. } => {
                    columns.entry(block).or_insert(at);
                    all.push((block, at));
                }
                Rewrite::InsertRow { block, .. } => all.push((block, at)),
                _ => {}
            }
        }
    }
    for (block, at) in all {
        if let Some(&column) = columns.get(block) {
            join(first, at, column);
        }
    }
}

/// Where the section ends that begins with a block; None for a block that is no heading and no title of an attachment.
fn section(blocks: &[Block], from: usize) -> Option<usize> {
    let own = match blocks[from].kind {
        BlockKind::Heading { level, .. } => level,
        BlockKind::AttachmentTitle(_) => 0,
        _ => return None,
    };
    let ends = |block: &Block| match &block.kind {
        BlockKind::Heading { level, .. } => *level <= own,
        BlockKind::Paragraph(_)
        | BlockKind::Point { .. }
        | BlockKind::ListItem { .. }
        | BlockKind::Table(_)
        | BlockKind::Figure(_)
        | BlockKind::Chart(_)
        | BlockKind::PageBreak => false,
        _ => true,
    };
    let end = blocks[from + 1..].iter().position(ends);
    Some(end.map_or(blocks.len(), |at| from + 1 + at))
}

/// Where the items end that go with the one at a place.
fn items(blocks: &[Block], from: usize, gone: &BTreeMap<usize, usize>) -> Option<usize> {
    let is_item = |at: &usize| gone.contains_key(at) && matches!(blocks[*at].kind, BlockKind::ListItem { .. });
    is_item(&from).then(|| (from..blocks.len()).find(|at| !is_item(at)).unwrap_or(blocks.len()))
}
