//! Rules of GB/T 9704 that no single style can say.

use super::house::Template;
use super::style::Leading;
use super::style_name::StyleName;
use crate::model::Length;

/// The date begins so far right of the authority, in em (GB/T 9704 7.3.5.2).
const SHIFT: f64 = 2.0;

/// The right indents of a signature's authority and date, in em, when they are so many em long.
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

/// The places of the parts of a red head, from the top of the type area (GB/T 9704 7.2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeadPlaces {
    /// Upper edge of the issuing authority's first line.
    pub authority: Length,
    /// From one line of the authority to the next.
    pub leading: Length,
    /// The row of the document's number, from 0.
    pub number: u32,
    /// Upper edge of the red rule.
    pub rule: Length,
    /// The rows that the head takes.
    pub rows: u32,
}

/// The places in a head with so many marks above the authority, which takes so many lines.
///
/// The authority is at its place from the top (7.2.4), the number so many empty rows below as its style says (7.2.5), the
/// rule at its distance from the number (7.2.7).
#[must_use]
pub fn head_places(template: &Template, marks: u32, lines: u32) -> HeadPlaces {
    let grid = &template.grid;
    let (style, numbered) = (template.style(StyleName::Authority), template.style(StyleName::DocumentNumber));
    let leading = match style.leading {
        Leading::Exact(leading) => leading,
        Leading::Rows(rows) => grid.pitch * rows,
    };
    let authority = template.head.top.max(grid.pitch * f64::from(marks));
    let foot = authority + leading * f64::from(lines.saturating_sub(1)) + style.size;
    let number = ((foot / grid.pitch - 1e-6).ceil() + numbered.rows_before).max(0.0) as u32;
    let rule = grid.pitch * f64::from(number) + (grid.cell + numbered.size) / 2.0 + template.head.gap;
    let rows = ((rule + template.head.rule) / grid.pitch).ceil() as u32;
    HeadPlaces { authority, leading, number, rule, rows }
}
