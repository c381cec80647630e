//! Phrases cut to pieces, with their places.

use crate::diagnostic::Span;
use crate::model::{Bit, BitKind, BitLook, OffsetMap, Phrase};
use std::ops::Range;

/// The map of some bytes of a run.
fn part(map: &OffsetMap, range: &Range<usize>) -> OffsetMap {
    let span = map.span(range.start, range.end);
    let mut pieces = vec![(0, span.start)];
    for &(text, source) in &map.pieces {
        let at = text as usize;
        if at > range.start && at < range.end {
            pieces.push((text - u32::try_from(range.start).unwrap_or(0), source));
        }
    }
    OffsetMap { file: map.file, pieces, end: span.end }
}

/// True for characters that are in the source one by one, and can be replaced there.
pub(super) fn is_written(bit: &Bit) -> bool {
    bit.kind == BitKind::Text && bit.map.is_some()
}

/// Some bytes of a bit. What represents something else stays whole.
pub(super) fn slice(bit: &Bit, range: &Range<usize>) -> Bit {
    if *range == (0..bit.text.len()) {
        return bit.clone();
    }
    let text = bit.text.get(range.clone()).unwrap_or_default().to_owned();
    let map = if bit.kind == BitKind::Text { bit.map.as_ref().map(|m| part(m, range)) } else { bit.map.clone() };
    Bit { text, map, ..bit.clone() }
}

/// Some bytes of a phrase.
pub(super) fn cut(phrase: &Phrase, range: &Range<usize>) -> Phrase {
    let mut cut = Phrase::default();
    let mut at = 0;
    for bit in &phrase.bits {
        let end = at + bit.text.len();
        let (from, to) = (range.start.max(at), range.end.min(end));
        if from < to {
            cut.push(slice(bit, &(from - at..to - at)));
        }
        at = end;
    }
    cut
}

/// The bits of a phrase with the bytes where each begins.
pub(super) fn placed(phrase: &Phrase) -> impl Iterator<Item = (usize, &Bit)> {
    let mut at = 0;
    phrase.bits.iter().map(move |bit| {
        let start = at;
        at += bit.text.len();
        (start, bit)
    })
}

/// The whole place of a bit in the source.
pub(super) fn place(bit: &Bit) -> Option<Span> {
    let map = bit.map.as_ref()?;
    let start = map.pieces.first().map_or(map.end, |p| p.1);
    Some(Span { file: map.file, start, end: map.end })
}

/// A place in the source where characters can be put in, and what those around it look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) at: Span,
    pub(super) look: BitLook,
}

/// The place in the source at a byte of a phrase. `look`: that of what is put in there, by which one side of a border
/// is chosen.
pub(super) fn gap(phrase: &Phrase, at: usize, look: BitLook) -> Option<Gap> {
    let mut before: Option<Gap> = None;
    let mut after: Option<Gap> = None;
    for (start, bit) in placed(phrase) {
        let Some(whole) = place(bit) else { continue };
        let end = start + bit.text.len();
        let point = |offset: u32| Span { file: whole.file, start: offset, end: offset };
        if bit.kind == BitKind::Text && start < at && at < end {
            let map = bit.map.as_ref()?;
            let inner = map.span(at - start, at - start).start;
            return Some(Gap { at: point(inner), look: bit.look() });
        }
        if end == at {
            before = Some(Gap { at: point(whole.end), look: bit.look() });
        } else if start == at && after.is_none() {
            after = Some(Gap { at: point(whole.start), look: bit.look() });
        } else if start < at && at < end {
            return None;
        }
    }
    match (before, after) {
        (Some(before), Some(after)) if before.look != look && after.look == look => Some(after),
        (Some(before), _) => Some(before),
        (None, after) => after,
    }
}
