//! Sections: paper, margins, grid, and the footers with the page number.

use super::Profile;
use super::numbering::number_format;
use super::parts::{R, W};
use crate::docx::package::Inventory;
use crate::docx::styles::{self, Variant};
use crate::docx::units;
use crate::docx::xml::Xml;
use crate::template::{StyleName, Template};

/// The footers in the order of their parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Footer {
    /// Odd pages.
    Odd,
    /// Even pages.
    Even,
    /// A first page without number.
    First,
}

/// The footers that a template needs.
pub(super) fn footers(template: &Template) -> &'static [Footer] {
    if template.page_numbers.first { &[Footer::Odd, Footer::Even] } else { &[Footer::Odd, Footer::Even, Footer::First] }
}

/// `w:sectPr`.
pub(super) fn properties(template: &Template, profile: Profile, landscape: bool) -> String {
    let (page, grid) = (&template.page, &template.grid);
    let mut xml = Xml::default();
    xml.open("w:sectPr", &[]);
    for (index, footer) in footers(template).iter().enumerate() {
        let kind = match footer {
            Footer::Odd => "default",
            Footer::Even => "even",
            Footer::First => "first",
        };
        xml.empty("w:footerReference", &[("w:type", kind), ("r:id", &Inventory::footer_id(index))]);
    }
    // Said for Word in the settings; LibreOffice reads it here.
    xml.open("w:footnotePr", &[]).val("w:numFmt", number_format(template.numbering.notes.format)).close();
    let (width, height) = (units::twips(page.width).to_string(), units::twips(page.height).to_string());
    // A landscape page is the same leaf turned: what was its binding edge is its head.
    let (top, right, bottom, left) = if landscape {
        xml.empty("w:pgSz", &[("w:w", &height), ("w:h", &width), ("w:orient", "landscape")]);
        (page.inner, page.top, page.outer, page.bottom)
    } else {
        xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
        (page.top, page.outer, page.bottom, page.inner)
    };
    let footer = footer_distance(template).min(units::twips(bottom)).to_string();
    let [top, right, bottom, left] = [top, right, bottom, left].map(|m| units::twips(m).to_string());
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", &top),
            ("w:right", &right),
            ("w:bottom", &bottom),
            ("w:left", &left),
            ("w:header", &footer),
            ("w:footer", &footer),
            ("w:gutter", "0"),
        ],
    );
    xml.empty("w:cols", &[("w:space", "720")]);
    if !template.page_numbers.first && !landscape {
        xml.empty("w:titlePg", &[]);
    }
    let pitch = units::line_pitch(page, grid).to_string();
    match profile {
        Profile::Portable => xml.empty("w:docGrid", &[("w:type", "lines"), ("w:linePitch", &pitch)]),
        Profile::Word => {
            let space = units::char_space(template.style(StyleName::Body).size).to_string();
            xml.empty("w:docGrid", &[("w:type", "linesAndChars"), ("w:linePitch", &pitch), ("w:charSpace", &space)])
        }
    };
    xml.finish()
}

/// From the paper's foot to the footer's, in twips, so that the dash stands as far below the type area as it must.
///
/// Programs put the baseline of an exact line four fifths down; the dash stands in the middle of the Han cell.
fn footer_distance(template: &Template) -> i64 {
    let style = template.style(StyleName::PageNumber);
    let leading = styles::footer_leading(style);
    let dash = style.size * (template.grid.ascent - 0.5);
    let distance = template.page.bottom - template.page_numbers.below - leading * 0.2 - dash;
    // A footer that reaches into the type area would make programs shorten it.
    units::twips(distance.min(template.page.bottom - leading)).max(0)
}

/// The part of one footer: `— 1 —` with a PAGE field, a run for every field character (WPS hides others).
pub(super) fn footer_part(template: &Template, footer: Footer) -> String {
    let style = template.style(StyleName::PageNumber);
    let even = styles::variant_id(style, Variant::Even);
    let id = if footer == Footer::Even { &even } else { &style.word.id };
    let mut xml = Xml::part();
    xml.open("w:ftr", &[("xmlns:w", W), ("xmlns:r", R)]).open("w:p", &[]);
    xml.open("w:pPr", &[]).val("w:pStyle", id).close();
    if footer != Footer::First {
        text(&mut xml, &template.page_numbers.before);
        for kind in ["begin", "separate", "end"] {
            if kind == "separate" {
                xml.open("w:r", &[]).text("w:instrText", &[("xml:space", "preserve")], " PAGE ").close();
            }
            xml.open("w:r", &[]).empty("w:fldChar", &[("w:fldCharType", kind)]).close();
            if kind == "separate" {
                xml.open("w:r", &[]).text("w:t", &[], "1").close();
            }
        }
        text(&mut xml, &template.page_numbers.after);
    }
    xml.finish()
}

fn text(xml: &mut Xml, text: &str) {
    if !text.is_empty() {
        xml.open("w:r", &[]).open("w:rPr", &[]).empty("w:rFonts", &[("w:hint", "eastAsia")]).close();
        xml.text("w:t", &[("xml:space", "preserve")], text).close();
    }
}
