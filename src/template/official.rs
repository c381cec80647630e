//! Rules of GB/T 9704 that no single style can say.

use super::{StyleName, Template};

/// So far the date's first character stands right of the authority's first, in em (GB/T 9704 7.3.5.2).
const SHIFT: f64 = 2.0;

/// How far authority and date of a signature stand from the right edge, in em, when they are so many em long.
///
/// Sealed (7.3.5.1): the date at its style's indent, the authority in the middle above it. Not sealed (7.3.5.2): the
/// authority at its style's indent, the date beginning two characters right of where the authority begins; where the date is the longer
/// one, it takes that indent, and the authority moves left.
#[must_use]
pub fn signature_indents(template: &Template, authority: f64, date: f64, sealed: bool) -> (f64, f64) {
    let signature = template.style(StyleName::Signature).indent_right;
    if sealed {
        let right = template.style(StyleName::SignatureDate).indent_right;
        return ((right + (date - authority) / 2.0).max(0.0), right);
    }
    if date > authority {
        return (signature + date + SHIFT - authority, signature);
    }
    (signature, (signature + authority - SHIFT - date).max(0.0))
}
