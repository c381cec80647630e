//! Strings of character codes as they grow.

use crate::pdf::faces::SubsetFace;
use printpdf::TextItem;

/// What `TJ` will show.
#[derive(Default)]
pub(super) struct Show {
    pub(super) items: Vec<TextItem>,
    pub(super) codes: String,
}

/// A run while it is shown.
pub(super) struct ShownRun<'a> {
    pub(super) face: &'a SubsetFace,
    /// The em, in points.
    pub(super) size: f64,
    /// What the places of glyphs count from, in points.
    pub(super) origin: f64,
    /// Where the pen is.
    pub(super) pen: f64,
    pub(super) show: Show,
}

impl Show {
    /// Adds a character code. printpdf turns the characters of a string into codes by the face's table, which
    /// `pages::parsed_font` makes the inverse of [`code`].
    pub(super) fn push(&mut self, cid: u16, kern: f32) {
        if kern != 0.0 {
            self.end_string();
            self.items.push(TextItem::Offset(kern));
        }
        self.codes.push(code(cid));
    }

    pub(super) fn end_string(&mut self) {
        if !self.codes.is_empty() {
            self.items.push(TextItem::Text(std::mem::take(&mut self.codes)));
        }
    }
}

/// A CID as a character: the surrogates, which are none, are stepped over.
pub(in crate::pdf) fn code(cid: u16) -> char {
    const SURROGATES: u32 = 0xD800;
    let cid = u32::from(cid);
    char::from_u32(if cid < SURROGATES { cid } else { cid + 0x800 }).unwrap_or(char::REPLACEMENT_CHARACTER)
}
