//! Where the page number is in the margin of the Word file.

use crate::docx::units;
use crate::model::Length;
use crate::template::{Style, StyleName, Template};

/// The exact leading of the page number: half as much again as its size, which no program clips.
pub(in crate::docx) fn footer_leading(style: &Style) -> Length {
    style.size * 1.5
}

/// Blank above the page number's line, in twips, up to the type area: LibreOffice takes the upper edge of the footer for the foot of
/// the first page of some sections, and its rows with it.
pub(in crate::docx) fn footer_room(template: &Template) -> i64 {
    let leading = footer_leading(template.style(StyleName::PageNumber));
    (units::twips(template.page.bottom) - footer_distance(template) - units::twips(leading)).max(0)
}

/// From the paper's foot to the footer's, in twips, so that the dash is as far below the type area as it must be.
///
/// The dash is in the middle of the Han cell.
pub(in crate::docx) fn footer_distance(template: &Template) -> i64 {
    let leading = footer_leading(template.style(StyleName::PageNumber));
    // A footer that reaches into the type area would make programs shorten it.
    units::twips(number_distance(template).min(template.page.bottom - leading)).max(0)
}

/// From the paper's foot to the lower edge of the page number's line.
pub(in crate::docx) fn number_distance(template: &Template) -> Length {
    let style = template.style(StyleName::PageNumber);
    let dash = style.size * (template.grid.ascent - 0.5);
    template.page.bottom - template.page_numbers.below - footer_leading(style) * units::DESCENT - dash
}
