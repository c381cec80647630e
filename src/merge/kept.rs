//! What stays bound in a paragraph that they wrote anew: references by what they print, figures of the paragraph that it replaces.

use super::bits::placed;
use super::bound::{exact_place, with_value};
use super::planner::Planner;
use crate::model::{BitKind, Phrase};

/// A new text of theirs with the references of the source, and the figures of what went in its place, as they are there.
pub(super) fn bound(planner: &Planner<'_>, j: usize, text: Phrase) -> Phrase {
    let mut text = text;
    for bit in text.bits.iter_mut().filter(|bit| bit.kind == BitKind::Auto && bit.map.is_none()) {
        let own = planner.ours.items.iter().flat_map(|item| &item.phrase.bits);
        let same = own.filter(|own| own.kind == BitKind::Auto && own.text == bit.text && own.map.is_some());
        bit.map = same.into_iter().next().and_then(|own| own.map.clone());
    }
    // The paragraphs that went between the same neighbours.
    let above = (0..j).rev().find_map(|at| planner.part_of_theirs[at]).and_then(|part| {
        let part = &planner.parts[part];
        part.base.last().copied().filter(|_| !part.moved_by_them)
    });
    let first = above.map_or(0, |at| at + 1);
    let goes = |i: &usize| planner.to_theirs.of_a[*i].is_none();
    for i in (first..planner.base.items.len()).take_while(goes) {
        let own = planner.to_ours.of_a[i].and_then(|group| planner.to_ours.groups[group].b.first());
        let Some(own) = own.map(|&k| &planner.ours.items[k]) else { continue };
        for (_, value) in
            placed(&own.phrase).filter(|(_, bit)| matches!(bit.kind, BitKind::Value(_)) && bit.map.is_some())
        {
            if let Some(place) = exact_place(&value.text, &text) {
                text = with_value(&text, &place, value);
            }
        }
    }
    text
}
