//! Sections: paper, margins, grid, and the footers with the page number.

use super::numbering::number_format;
use super::parts::{R, W};
use super::{Options, Profile};
use crate::docx::package::Inventory;
use crate::docx::styles;
use crate::docx::units;
use crate::docx::variant::{Variant, variant_id};
use crate::docx::xml::Xml;
use crate::model::{Block, BlockKind};
use crate::template::{StyleName, Template};

/// Pages of one kind, which make a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Area {
    /// The cover.
    Cover,
    /// The table of contents.
    Contents,
    /// The text.
    Body,
    /// Wide tables.
    Landscape,
    /// The imprint on a page of its own, which has no number (GB/T 9704 7.5).
    Imprint,
}

impl Area {
    /// Where a block stands, with the number of its page.
    pub(super) fn of(block: &Block, label: &str) -> Self {
        match &block.kind {
            BlockKind::Cover(_) => Self::Cover,
            BlockKind::Contents { .. } => Self::Contents,
            BlockKind::Table(table) if table.landscape => Self::Landscape,
            BlockKind::Imprint(_) if label.is_empty() => Self::Imprint,
            _ => Self::Body,
        }
    }
}

/// The sections as they follow one another, and how their pages are numbered.
#[derive(Debug)]
pub(super) struct Sections<'a> {
    template: &'a Template,
    profile: Profile,
    area: Area,
    /// True where the pages of the section have numbers.
    numbered: bool,
    /// The number of the section's first page, as layout printed it.
    first: Option<u32>,
    /// Sections closed so far: without numbers, with numbers.
    closed: (usize, usize),
}

impl<'a> Sections<'a> {
    pub(super) fn new(template: &'a Template, options: &Options<'_>) -> Self {
        let mut sections =
            Self { template, profile: options.profile, area: Area::Body, numbered: true, first: None, closed: (0, 0) };
        sections.open(Area::Body, "");
        sections
    }

    /// What the section in hand is.
    pub(super) fn area(&self) -> Area {
        self.area
    }

    /// Begins a section whose first page has the number `label`.
    pub(super) fn open(&mut self, area: Area, label: &str) {
        self.area = area;
        self.first = label.parse().ok();
        self.numbered = match area {
            Area::Body | Area::Landscape => true,
            Area::Contents => !label.is_empty(),
            Area::Cover | Area::Imprint => false,
        };
    }

    /// The `w:sectPr` of the section in hand, which ends.
    pub(super) fn close(&mut self) -> String {
        // Behind pages without numbers the count begins anew.
        let begins = self.numbered && self.closed.0 > 0 && self.closed.1 == 0;
        let first = self.numbered && self.closed.1 == 0;
        let xml = self.properties(begins.then(|| self.first.unwrap_or(1)), first);
        if self.numbered {
            self.closed.1 += 1;
        } else {
            self.closed.0 += 1;
        }
        xml
    }

    /// `w:sectPr`. `start`: the first page's number; `first`: no numbered page stands before.
    fn properties(&self, start: Option<u32>, first: bool) -> String {
        let (template, profile, landscape) = (self.template, self.profile, self.area == Area::Landscape);
        let (page, grid) = (&template.page, &template.grid);
        let mut xml = Xml::default();
        xml.open("w:sectPr", &[]);
        if self.numbered {
            for (index, footer) in FOOTERS.iter().enumerate() {
                let kind = match footer {
                    Footer::Odd => "default",
                    Footer::Even => "even",
                    Footer::Blank if first && !template.page_numbers.first => "first",
                    Footer::Blank => continue,
                };
                xml.empty("w:footerReference", &[("w:type", kind), ("r:id", &Inventory::footer_id(index))]);
            }
        } else {
            // A section without footers of its own takes those of the one before.
            for kind in ["default", "even"] {
                xml.empty("w:footerReference", &[("w:type", kind), ("r:id", &Inventory::footer_id(BLANK))]);
            }
        }
        // Said for Word in the settings; LibreOffice reads it here.
        xml.open("w:footnotePr", &[]).val("w:numFmt", number_format(template.numbering.notes.format)).close();
        if self.area == Area::Imprint {
            xml.val("w:type", "evenPage");
        } else if start.is_some_and(|n| n % 2 == 1) {
            // The front of a leaf, behind a blank page where need be.
            xml.val("w:type", "oddPage");
        }
        let (width, height) = (units::twips(page.width).to_string(), units::twips(page.height).to_string());
        // A landscape page is the same leaf turned: what was its binding edge is its head.
        let (top, right, bottom, left) = if landscape {
            xml.empty("w:pgSz", &[("w:w", &height), ("w:h", &width), ("w:orient", "landscape")]);
            (page.inner, page.top, page.outer, page.bottom)
        } else {
            xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
            (page.top, page.outer, page.bottom, page.inner)
        };
        let footer = if self.area == Area::Imprint {
            // LibreOffice takes the blank footer of such a page for its foot.
            units::twips(bottom) - units::twips(styles::footer_leading(template.style(StyleName::PageNumber)))
        } else {
            footer_distance(template).min(units::twips(bottom))
        };
        let footer = footer.max(0).to_string();
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
        if let Some(start) = start {
            xml.empty("w:pgNumType", &[("w:start", &start.to_string())]);
        }
        xml.empty("w:cols", &[("w:space", "720")]);
        if first && !template.page_numbers.first {
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
}

/// The footers in the order of their parts.
pub(super) const FOOTERS: [Footer; 3] = [Footer::Odd, Footer::Even, Footer::Blank];
/// The place of the blank footer among them.
const BLANK: usize = 2;

/// A footer part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Footer {
    /// Odd pages.
    Odd,
    /// Even pages.
    Even,
    /// Pages without a number.
    Blank,
}

/// From the paper's foot to the footer's, in twips, so that the dash stands as far below the type area as it must.
///
/// The dash stands in the middle of the Han cell.
fn footer_distance(template: &Template) -> i64 {
    let style = template.style(StyleName::PageNumber);
    let leading = styles::footer_leading(style);
    let dash = style.size * (template.grid.ascent - 0.5);
    let distance = template.page.bottom - template.page_numbers.below - leading * units::DESCENT - dash;
    // A footer that reaches into the type area would make programs shorten it.
    units::twips(distance.min(template.page.bottom - leading)).max(0)
}

/// The part of one footer: `— 1 —` with a PAGE field, a run for every field character (WPS hides others).
pub(super) fn footer_part(template: &Template, footer: Footer) -> String {
    let style = template.style(StyleName::PageNumber);
    let even = variant_id(style, Variant::Even);
    let id = if footer == Footer::Even { &even } else { &style.word.id };
    let mut xml = Xml::part();
    xml.open("w:ftr", &[("xmlns:w", W), ("xmlns:r", R)]).open("w:p", &[]);
    xml.open("w:pPr", &[]).val("w:pStyle", id).close();
    if footer != Footer::Blank {
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
