//! Writes where Word lists a style, and finds what follows it there.

use crate::docx::xml::Xml;
use crate::template::{Gallery, NextStyle, StyleName};
use std::collections::BTreeSet;

/// Who picks a variant of a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChosenBy {
    /// An editor, who needs to find it in the gallery.
    Editor,
    /// The program alone.
    Program,
}

/// The listing of a variant of a style: shown where it is used, in the gallery where an editor chooses between the two.
pub(super) const fn variant(name: StyleName, chosen: ChosenBy) -> Gallery {
    let Gallery { priority, quick, .. } = name.gallery();
    Gallery { priority, quick: quick && matches!(chosen, ChosenBy::Editor), always: false }
}

/// Writes `w:uiPriority` to `w:qFormat`. `used`: the ids of the styles that the document uses.
pub(super) fn write(gallery: Gallery, xml: &mut Xml, id: &str, used: &BTreeSet<String>) {
    xml.val("w:uiPriority", gallery.priority);
    if !gallery.always && !used.contains(id) {
        xml.empty("w:semiHidden", &[]).empty("w:unhideWhenUsed", &[]);
    }
    if gallery.quick {
        xml.empty("w:qFormat", &[]);
    }
}

/// The style of the paragraph that the Enter key begins after one in `name`. `used`: whether the document uses a style.
pub(super) fn next(name: StyleName, used: impl Fn(StyleName) -> bool) -> StyleName {
    match name.next() {
        NextStyle::Same => name,
        NextStyle::One(next) => next,
        NextStyle::FirstUsed(names) => names.iter().copied().find(|&n| used(n)).unwrap_or(StyleName::Body),
    }
}
