//! The characters of a text, for rules that look at what is beside them.

use crate::diagnostic::Span;
use crate::model::{RunKind, Text};

/// A character of a text, its place, and whether the author typed it.
#[derive(Clone, Copy)]
pub(super) struct Char {
    pub(super) c: char,
    pub(super) span: Span,
    pub(super) typed: bool,
}

/// The characters of some texts that are read as one.
pub(super) fn characters(unit: &[&Text]) -> Vec<Char> {
    let mut all = Vec::new();
    for run in unit.iter().flat_map(|text| &text.runs) {
        // The mark of a note or a term is no part of the text around it.
        if matches!(run.kind, RunKind::Note(_) | RunKind::Term(_)) {
            continue;
        }
        let typed = run.kind == RunKind::Text;
        for (at, c) in run.text.char_indices() {
            all.push(Char { c, span: run.map.span(at, at + c.len_utf8()), typed });
        }
    }
    all
}

/// True where a text begins with a word.
pub(super) fn begins(text: &[Char], word: &str) -> bool {
    let mut at = text.iter();
    word.chars().all(|c| at.next().is_some_and(|ch| ch.c == c))
}
