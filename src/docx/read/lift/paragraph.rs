//! Paragraphs by themselves: where they begin, end and go on.

use super::super::parse::Element;
use crate::model::{Bit, BitKind, Item};

/// A paragraph that goes on in the next one, whose mark is gone.
pub(super) fn continued(mut held: Item, mut next: Item) -> Item {
    // What is left of the paragraph before decides how both look, unless nothing is left.
    if held.phrase.is_empty() && held.pictures.is_empty() {
        held.marks.clear();
        (held.style, held.outline) = (next.style, next.outline);
        (held.listed, held.depth) = (next.listed, next.depth);
    }
    held.marks.append(&mut next.marks);
    held.comments.append(&mut next.comments);
    held
}

/// Takes off the white space around a paragraph: indents that are typed.
pub(super) fn trim(item: &mut Item) {
    let blank = |bit: &Bit| bit.kind == BitKind::Text || bit.kind == BitKind::Break;
    while let Some(first) = item.phrase.bits.first_mut().filter(|bit| blank(bit)) {
        let rest = first.text.trim_start().to_owned();
        if rest.is_empty() {
            item.phrase.bits.remove(0);
        } else {
            first.text = rest;
            break;
        }
    }
    while let Some(last) = item.phrase.bits.last_mut().filter(|bit| blank(bit)) {
        let kept = last.text.trim_end().len();
        if kept == 0 {
            item.phrase.bits.pop();
        } else {
            last.text.truncate(kept);
            break;
        }
    }
}

/// True for a paragraph that begins with one of these bookmarks.
pub(super) fn begins_with_mark(paragraph: &Element, marks: &[String]) -> bool {
    let first = paragraph.elements().find(|element| &*element.name != "pPr");
    let mark = first.filter(|first| &*first.name == "bookmarkStart").and_then(|first| first.attribute("name"));
    mark.is_some_and(|mark| marks.iter().any(|other| other == mark))
}

/// True for a paragraph whose last run is the end of a page.
pub(super) fn ends_page(paragraph: &Element) -> bool {
    let last = paragraph.elements().filter(|element| &*element.name == "r").last();
    let shown = last.and_then(|run| run.elements().filter(|element| &*element.name != "rPr").last());
    shown.is_some_and(|shown| &*shown.name == "br" && shown.attribute("type") == Some("page"))
}
