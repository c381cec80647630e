//! Text that is written once and printed in several places: a file that is included twice, an alias of YAML, the rows of `each`.

use super::ours::Ours;
use crate::diagnostic::{Message, Span, say};
use crate::merge::{Change, Status};
use crate::model::{Block, BlockId, BlockKind, Rewrite};
use std::collections::BTreeSet;
use std::mem::discriminant;

/// Leaves to people what would change another place too, unless the same was done there.
pub(super) fn propose(ours: &Ours, changes: &mut [Change]) {
    let places = RunPlaces::of(ours);
    // One that is left to people may leave its copies alone.
    loop {
        let found: Vec<(usize, Message)> = changes
            .iter()
            .enumerate()
            .filter(|(_, change)| change.status == Status::Clean)
            .filter_map(|(at, change)| Some((at, elsewhere((ours, &places), changes, change)?)))
            .collect();
        if found.is_empty() {
            return;
        }
        for (at, reason) in found {
            changes[at].status = Status::Proposed;
            changes[at].reason = Some(reason);
        }
    }
}

/// Where a change would change what nobody changed.
fn elsewhere((ours, places): (&Ours, &RunPlaces), changes: &[Change], change: &Change) -> Option<Message> {
    let alike = |block: &Block| {
        changes.iter().any(|other| {
            other.status == Status::Clean
                && other.kind == change.kind
                && other.block.as_ref() == Some(&block.id.0)
                && (&other.before, &other.after, other.cell) == (&change.before, &change.after, change.cell)
        })
    };
    let block = copies(ours, places, change).into_iter().find(|block| !alike(block))?;
    let blocks = &ours.document.blocks;
    let at = blocks.iter().position(|b| b.id == block.id)?;
    let heading = blocks[..at].iter().rev().find_map(|b| match &b.kind {
        BlockKind::Heading { number, text, .. } => {
            Some(number.as_ref().map_or_else(String::new, |n| n.text.clone()) + &text.plain())
        }
        _ => None,
    });
    let place = heading.unwrap_or_else(|| "正文".to_owned());
    let words: String = block.kind.texts().iter().map(|t| t.plain()).collect::<String>().chars().take(16).collect();
    Some(say!(
        "源文件里的这一处还印在别的地方：{place}，“{words}”；写进去那里也会变，请自己定",
        "this place of the source is printed elsewhere too, under {place}: \"{words}\"; it would change there as well"
    ))
}

/// The place in the source of each run of the text, with the index of its block.
struct RunPlaces(Vec<(Span, usize)>);

impl RunPlaces {
    fn of(ours: &Ours) -> Self {
        let runs = ours.document.blocks.iter().enumerate().flat_map(|(at, block)| {
            let runs = block.kind.texts().into_iter().flat_map(|text| &text.runs);
            runs.map(move |run| (run.map.whole(), at))
        });
        Self(runs.filter(|(place, _)| place.start < place.end).collect())
    }
}

/// The other blocks that are printed from what a change rewrites.
fn copies<'o>(ours: &'o Ours, places: &RunPlaces, change: &Change) -> Vec<&'o Block> {
    let blocks = &ours.document.blocks;
    let path = |span: Span| ours.sources.get(span.file).map(|source| &source.path);
    let same_file = |a: Span, b: Span| a.file == b.file || path(a) == path(b);
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for rewrite in &change.rewrites {
        let printing: Vec<usize> = match rewrite {
            Rewrite::Text { span, .. } | Rewrite::Link { span, .. } => {
                let holds = |place: Span| place.start <= span.start && span.end <= place.end && same_file(place, *span);
                let mut printing: Vec<usize> =
                    places.0.iter().filter(|(place, _)| holds(*place)).map(|(_, block)| *block).collect();
                printing.dedup();
                printing
            }
            _ => {
                let own = block_of(rewrite).and_then(|id| blocks.iter().find(|b| b.id == *id));
                let Some(own) = own else { continue };
                // An alias has a line of its own, which goes without what it stands for.
                let whole = matches!(rewrite, Rewrite::Delete { .. } | Rewrite::Move { .. } | Rewrite::Insert { .. });
                let (start, end) = (own.span.start, own.span.end);
                let is_copy = |b: &Block| {
                    same_file(b.span, own.span)
                        && (b.span.start, b.span.end) == (start, end)
                        && (b.id == own.id || b.span.file != own.span.file || !whole)
                };
                (0..blocks.len()).filter(|&at| is_copy(&blocks[at])).collect()
            }
        };
        // An edit of what we divided is in a later block than the change says.
        let named = block_of(rewrite).map(|id| &id.0).or(change.block.as_ref());
        let own = printing.iter().find(|&&at| Some(&blocks[at].id.0) == named).or(printing.first()).copied();
        let Some(own) = own else { continue };
        let alike = |at: &usize| *at != own && discriminant(&blocks[*at].kind) == discriminant(&blocks[own].kind);
        found.extend(printing.into_iter().filter(alike));
    }
    found.into_iter().map(|at| &blocks[at]).collect()
}

/// The block that a rewrite is of; none for one of characters.
fn block_of(rewrite: &Rewrite) -> Option<&BlockId> {
    match rewrite {
        Rewrite::Split { block, .. }
        | Rewrite::Join { first: block, .. }
        | Rewrite::Delete { block }
        | Rewrite::Move { block, .. }
        | Rewrite::Insert { after: Some(block), .. }
        | Rewrite::Cell { block, .. }
        | Rewrite::InsertRow { block, .. }
        | Rewrite::DeleteRow { block, .. }
        | Rewrite::MoveRow { block, .. }
        | Rewrite::InsertColumn { block, .. }
        | Rewrite::DeleteColumn { block, .. }
        | Rewrite::MoveColumn { block, .. }
        | Rewrite::Picture { block, .. } => Some(block),
        Rewrite::Insert { after: None, .. }
        | Rewrite::Text { .. }
        | Rewrite::Link { .. }
        | Rewrite::Note { .. }
        | Rewrite::Value { .. } => None,
    }
}
