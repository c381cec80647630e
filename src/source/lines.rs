//! Line ends of the source: which print as a space.
//!
//! A line end joins without a space when either side of it is Chinese, a digit beside Han included; between two Latin words
//! it is one space (contract 1.1; CSS Text, segment break transformation). It is decided when all characters around it are
//! known: a value, a reference or a quotation mark tells only then what it is.

use super::characters::is_dropped;
use super::rewrite::{drop_empty, rewrite};
use crate::diagnostic::Span;
use crate::model::{Origin, Run, RunKind, Text, chinese_context, is_chinese, is_shared_mark};

/// A character of a text and its place.
struct CharacterPlace {
    c: char,
    run: usize,
    offset: usize,
    kind: RunKind,
}

/// Joins the lines of a text. Line ends beside a reference wait until references have their numbers, unless `numbered`.
pub(super) fn join(text: &mut Text, numbers: Numbers) {
    let is_line_end = |kind: RunKind, c: char| kind == RunKind::Text && c == '\n';
    if !text.runs.iter().any(|run| run.kind == RunKind::Text && run.text.contains('\n')) {
        return;
    }
    let mut places = Vec::new();
    for (run, content) in text.runs.iter().enumerate() {
        // The mark of a note or a term is set beside the text: the characters around it meet without it.
        if matches!(content.kind, RunKind::Note(_) | RunKind::Term(_)) {
            continue;
        }
        let kept = content.text.char_indices().filter(|&(_, c)| !is_dropped(c));
        places.extend(kept.map(|(offset, c)| CharacterPlace { c, run, offset, kind: content.kind }));
    }
    let chars: Vec<char> =
        places.iter().map(|place| if is_line_end(place.kind, place.c) { ' ' } else { place.c }).collect();
    let context = chinese_context(&chars);
    let chinese = |at: usize| if is_shared_mark(chars[at]) { context[at] } else { is_chinese(chars[at]) };
    // By run and offset: what becomes of a line end.
    let mut changes = Vec::new();
    for (at, place) in places.iter().enumerate().filter(|(_, place)| is_line_end(place.kind, place.c)) {
        let sides = [at.checked_sub(1), Some(at + 1).filter(|&next| next < places.len())];
        let sides: Vec<usize> = sides.into_iter().flatten().collect();
        let waits =
            numbers == Numbers::Open && sides.iter().any(|&side| matches!(places[side].kind, RunKind::Reference(_)));
        if !waits {
            let spaced = sides.len() == 2 && sides.iter().all(|&side| !chinese(side) && !chars[side].is_whitespace());
            changes.push((place.run, place.offset, spaced.then_some(' ')));
        }
    }
    for (index, run) in text.runs.iter_mut().enumerate() {
        if changes.iter().any(|&(changed, ..)| changed == index) {
            rewrite(run, |at, c| {
                changes.iter().find(|&&(r, offset, _)| (r, offset) == (index, at)).map_or(Some(c), |change| change.2)
            });
        }
    }
    drop_empty(text);
}

/// A text behind another in its paragraph: Latin words are a space apart.
pub(super) fn apart(before: &Text, mut text: Text, place: Span) -> Text {
    let is_latin = |c: char| c.is_ascii_graphic();
    if before.plain().ends_with(is_latin) && text.plain().starts_with(is_latin) {
        let map = Origin::Whole(Span { end: place.start, ..place });
        text.runs.insert(0, Run::new(" ".to_owned(), RunKind::Text, map));
    }
    text
}

/// Whether references have their numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Not yet.
    Open,
    /// All of them.
    Known,
}
