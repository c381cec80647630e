//! Raised and lowered characters of Unicode, as typed: 10⁻³, SO₄²⁻.
//!
//! Nearly every face has ¹ to ⁹ and ₀ to ₉; few have the others. A group that holds one of these is set from the ordinary characters,
//! raised or lowered, as if it were written `10<sup>−3</sup>`: in both files, whatever faces they are set in, and alike within a group.

use crate::model::{Document, Origin, Run, RunKind, Shift, Text, unshifted};

/// True for those that faces have.
const fn is_common(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '⁴'..='⁹' | 'ⁿ' | '₀'..='₉')
}

/// Sets the groups of a document that faces do not have.
pub(super) fn set(document: &mut Document) {
    let blocks = document.blocks.iter_mut().flat_map(|block| block.kind.texts_mut());
    for text in blocks.chain(document.notes.iter_mut().map(|note| &mut note.text)) {
        let rare = |c: char| !is_common(c) && unshifted(c).is_some();
        if text.runs.iter().any(|run| is_open(run) && run.text.chars().any(rare)) {
            *text = Text { runs: text.runs.iter().flat_map(parted).collect() };
        }
    }
}

/// True for characters that are not raised or lowered yet.
fn is_open(run: &Run) -> bool {
    run.shift == Shift::None && matches!(run.kind, RunKind::Text | RunKind::Value(_))
}

/// A character at its byte, and what it is raised or lowered from.
type ShiftKind = (usize, char, Option<(char, Shift)>);

/// A run with the groups in it as runs of their own.
fn parted(run: &Run) -> Vec<Run> {
    if !is_open(run) {
        return vec![run.clone()];
    }
    let kinds: Vec<ShiftKind> = run.text.char_indices().map(|(at, c)| (at, c, unshifted(c))).collect();
    let mut runs = Vec::new();
    let mut kept = 0;
    for group in kinds.chunk_by(|a, b| a.2.is_some() == b.2.is_some()) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        if first.2.is_none() || group.iter().all(|&(_, c, _)| is_common(c)) {
            continue;
        }
        if kept < first.0 {
            runs.push(run.part(kept, first.0));
        }
        kept = last.0 + last.1.len_utf8();
        let shift = |one: &ShiftKind| one.2.map(|(_, shift)| shift);
        for same in group.chunk_by(|a, b| shift(a) == shift(b)) {
            let (Some(from), Some(to)) = (same.first(), same.last()) else { continue };
            let text = same.iter().filter_map(|one| one.2).map(|(plain, _)| plain).collect();
            // Its characters are not those of the source one by one.
            let map = Origin::Whole(run.map.span(from.0, to.0 + to.1.len_utf8()));
            runs.push(Run { text, shift: shift(from).unwrap_or_default(), map, ..run.clone() });
        }
    }
    if kept < run.text.len() {
        runs.push(run.part(kept, run.text.len()));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};

    #[test]
    fn groups_are_set_alike() {
        let set = |text: &str| {
            let map = Origin::Whole(Span { file: FileId(0), start: 0, end: 0 });
            let runs = parted(&Run::new(text.to_owned(), RunKind::Text, map));
            let shown = |run: &Run| match run.shift {
                Shift::None => run.text.clone(),
                Shift::Raised => format!("^{}^", run.text),
                Shift::Lowered => format!("_{}_", run.text),
            };
            runs.iter().map(shown).collect::<String>()
        };
        assert_eq!(set("10⁻³毫米"), "10^−3^毫米");
        assert_eq!(set("SO₄²⁻与CO₂"), "SO_4_^2−^与CO₂");
        assert_eq!(set("5m²"), "5m²");
    }
}
