//! Where the running header is in the margin of the Word file.

use super::footer::footer_leading;
use crate::docx::units::{self, DESCENT};
use crate::model::Length;
use crate::template::{RunningHeader, StyleName, Template};

/// From the paper's head to the header's line, in twips, and from that line to its rule, in whole points.
pub(in crate::docx) fn header_places(template: &Template, header: &RunningHeader) -> (i64, i64) {
    let style = template.style(StyleName::PageHeader);
    let line = footer_leading(style);
    let rule = template.page.top - header.above - header.rule;
    let gap = if header.rule > Length::ZERO { header.gap } else { Length::ZERO };
    let baseline = rule - gap - style.size * (1.0 - template.grid.ascent);
    let top = baseline - line * (1.0 - DESCENT);
    let space = ((units::twips(rule - top - line) + 10) / 20).clamp(0, 31);
    (units::twips(top).max(0), space)
}
