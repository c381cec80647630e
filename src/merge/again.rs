//! Notes that are called more than once: the first call is the footnote of the Word file, each further one a field that leads to it.

use crate::model::{BitKind, Manuscript, Phrase};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Which of two manuscripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CallSide {
    Old,
    New,
}

/// True where a note is called more than once.
pub(super) fn any(manuscript: &Manuscript) -> bool {
    let mut called = BTreeSet::new();
    phrases(manuscript).flat_map(|phrase| &phrase.bits).any(|bit| match &bit.kind {
        BitKind::Note(name) => !called.insert(name),
        _ => false,
    })
}

/// A manuscript whose further calls are other than the first; those of notes that are `elsewhere`, other on each side.
pub(super) fn told_apart<'m>(
    manuscript: &'m Manuscript,
    side: CallSide,
    elsewhere: &BTreeSet<String>,
) -> Cow<'m, Manuscript> {
    if !any(manuscript) {
        return Cow::Borrowed(manuscript);
    }
    let mut manuscript = manuscript.clone();
    let mut called = BTreeSet::new();
    for item in &mut manuscript.items {
        let cells = item.rows.iter_mut().flat_map(|row| &mut row.cells).map(|cell| &mut cell.phrase);
        for bit in std::iter::once(&mut item.phrase).chain(cells).flat_map(|phrase| &mut phrase.bits) {
            let BitKind::Note(name) = &mut bit.kind else { continue };
            if called.insert(name.clone()) {
                continue;
            }
            // No name has a character that is none of a text.
            let mark = match side {
                _ if !elsewhere.contains(name) => "\u{1}again",
                CallSide::Old => "\u{1}before",
                CallSide::New => "\u{1}now",
            };
            // The number that such a field shows is text until a program counts again.
            name.push_str(mark);
            name.push_str(&bit.text);
        }
    }
    Cow::Owned(manuscript)
}

/// The texts of a manuscript in the order of reading, without its notes.
fn phrases(manuscript: &Manuscript) -> impl Iterator<Item = &Phrase> {
    manuscript.items.iter().flat_map(|item| {
        let cells = item.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.phrase);
        std::iter::once(&item.phrase).chain(cells)
    })
}
