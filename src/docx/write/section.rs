//! Sections: paper, margins, grid, and the footers with the page number.

use super::header::{HeaderPart, first_differs, headers};
use super::numbering::number_format;
use crate::docx::options::Profile;
use crate::docx::package::Inventory;
use crate::docx::styles::{
    Variant, footer_distance, footer_leading, header_places, letter_foot, number_distance, variant_id,
};
use crate::docx::units;
use crate::docx::xml::{Markup, R, W, Xml};
use crate::model::{Block, BlockKind, Document, Lie};
use crate::printed::{PageNumber, PageNumberStyle};
use crate::template::{NotesRestart, StyleName, Template};

/// Pages of one kind, which make a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Area {
    /// The cover.
    Cover,
    /// The table of contents.
    Contents,
    /// The text.
    Body,
    /// What lies on its side: wide tables, pictures, charts.
    Landscape,
    /// The imprint on a page of its own, which has no number (GB/T 9704 7.5).
    Imprint,
}

impl Area {
    /// Where a block is printed. `number`: that of its page.
    pub(super) fn of(block: &Block, lie: Lie, number: Option<PageNumber>) -> Self {
        match &block.kind {
            BlockKind::Cover(_) => Self::Cover,
            BlockKind::Contents(_) => Self::Contents,
            _ if lie == Lie::Turned => Self::Landscape,
            BlockKind::Imprint(_) if number.is_none() => Self::Imprint,
            _ => Self::Body,
        }
    }
}

/// The sections as they follow one another, and how their pages are numbered.
#[derive(Debug)]
pub(super) struct Sections<'a> {
    template: &'a Template,
    footers: Vec<Footer>,
    headers: &'static [HeaderPart],
    /// The first page of the text has a header of its own.
    first_differs: bool,
    profile: Profile,
    area: Area,
    /// True where the pages of the section have numbers.
    numbered: bool,
    /// The number of the section's first page, as layout printed it.
    first: Option<PageNumber>,
    /// Sections closed so far: before the text, and of it.
    closed: (usize, usize),
}

/// The number of a first page that holds nothing.
const FIRST: PageNumber = PageNumber { count: 1, style: PageNumberStyle::Decimal };

impl<'a> Sections<'a> {
    pub(super) fn new(document: &Document, template: &'a Template, profile: Profile) -> Self {
        let (footers, area) = (footers(document, template), Area::Body);
        let (headers, first_differs) = (headers(document, template), first_differs(template));
        let (numbered, first, closed) = (true, None, (0, 0));
        let mut sections = Self { template, footers, headers, first_differs, profile, area, numbered, first, closed };
        sections.open(Area::Body, None);
        sections
    }

    /// What the section in hand is.
    pub(super) fn area(&self) -> Area {
        self.area
    }

    /// Begins a section. `number`: that of its first page.
    pub(super) fn open(&mut self, area: Area, number: Option<PageNumber>) {
        self.area = area;
        self.first = number;
        self.numbered = match area {
            Area::Body | Area::Landscape => true,
            Area::Contents => number.is_some(),
            Area::Cover | Area::Imprint => false,
        };
    }

    /// The `w:sectPr` of the section in hand, which ends.
    pub(super) fn close(&mut self) -> Markup {
        let front = self.area == Area::Contents || !self.numbered;
        // After the pages before the text the count begins again, and so it does on these.
        let begins = self.numbered && self.closed.1 == 0 && (front || self.closed.0 > 0);
        let first = !front && self.closed.1 == 0;
        let xml = self.properties(begins.then(|| self.first.unwrap_or(FIRST)), first);
        if front {
            self.closed.0 += 1;
        } else {
            self.closed.1 += 1;
        }
        xml
    }

    /// The headers of the section in hand, if the document has any.
    fn headers(&self, xml: &mut Xml, titled: bool) {
        let bare = matches!(self.area, Area::Cover | Area::Imprint | Area::Landscape);
        let turned = self.area == Area::Landscape && self.headers.contains(&HeaderPart::OddTurned);
        let kinds = [("default", HeaderPart::Odd), ("even", HeaderPart::Even), ("first", HeaderPart::First)];
        for (kind, part) in kinds.into_iter().filter(|(kind, _)| *kind != "first" || titled) {
            let part = match (turned, bare, part) {
                (true, _, HeaderPart::Even) => HeaderPart::EvenTurned,
                (true, ..) => HeaderPart::OddTurned,
                (false, true, _) => HeaderPart::Bare,
                (false, false, part) => part,
            };
            if let Some(index) = self.headers.iter().position(|own| *own == part) {
                xml.empty("w:headerReference", &[("w:type", kind), ("r:id", &Inventory::header_id(index))]);
            }
        }
    }

    /// The footers of the section in hand; `titled`: its first page has furniture of its own.
    fn footer_references(&self, xml: &mut Xml, first: bool, titled: bool) {
        let (template, landscape) = (self.template, self.area == Area::Landscape);
        if self.numbered {
            let own = if template.head.letter.is_some() { Footer::Letter } else { Footer::Blank };
            for (index, footer) in self.footers.iter().enumerate() {
                let blank = *footer == own && first && !template.page_numbers.first;
                // A first page that differs in its header alone has its number.
                if titled && template.page_numbers.first && *footer == Footer::Odd {
                    xml.empty("w:footerReference", &[("w:type", "first"), ("r:id", &Inventory::footer_id(index))]);
                }
                let Some(kind) = footer.kind(landscape).or(blank.then_some("first")) else { continue };
                xml.empty("w:footerReference", &[("w:type", kind), ("r:id", &Inventory::footer_id(index))]);
            }
        } else {
            // A section without footers of its own takes those of the one before.
            for kind in ["default", "even"] {
                xml.empty("w:footerReference", &[("w:type", kind), ("r:id", &Inventory::footer_id(BLANK))]);
            }
        }
    }

    /// `w:sectPr`. `start`: the first page's number; `first`: no numbered page is before.
    fn properties(&self, start: Option<PageNumber>, first: bool) -> Markup {
        let (template, profile, landscape) = (self.template, self.profile, self.area == Area::Landscape);
        let (page, grid) = (&template.page, &template.grid);
        let mut xml = Xml::default();
        xml.open("w:sectPr", &[]);
        let titled = first && (!template.page_numbers.first || self.first_differs && !landscape);
        self.headers(&mut xml, titled);
        self.footer_references(&mut xml, first, titled);
        // Said for Word in the settings; LibreOffice reads it here.
        xml.open("w:footnotePr", &[]).val("w:numFmt", number_format(template.numbering.notes.format));
        if template.numbering.notes_restart == NotesRestart::Page {
            xml.val("w:numRestart", "eachPage");
        }
        xml.close();
        if self.area == Area::Imprint {
            xml.val("w:type", if template.imprint.printed { "evenPage" } else { "nextPage" });
        } else if start.is_some_and(|number| number.count % 2 == 1) && !(titled && self.first_differs) {
            // The front of a leaf, after a blank page where need be. A number that is odd behind an odd page brings that page by itself;
            // LibreOffice would leave the second page of such a section without its header.
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
        let footer = if landscape {
            // The line below the frame of the number keeps out of the type area.
            units::twips(bottom - footer_leading(template.style(StyleName::PageNumber)))
        } else {
            footer_distance(template).min(units::twips(bottom))
        };
        let header = template.header.as_ref().map_or(footer, |header| header_places(template, header).0);
        let (header, footer) = (header.max(0).to_string(), footer.max(0).to_string());
        let [top, right, bottom, left] = [top, right, bottom, left].map(|m| units::twips(m).to_string());
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &top),
                ("w:right", &right),
                ("w:bottom", &bottom),
                ("w:left", &left),
                ("w:header", &header),
                ("w:footer", &footer),
                ("w:gutter", "0"),
            ],
        );
        if let Some(PageNumber { count, style }) = start {
            let count = count.to_string();
            match style {
                PageNumberStyle::Decimal => xml.empty("w:pgNumType", &[("w:start", &count)]),
                PageNumberStyle::LowerRoman => {
                    xml.empty("w:pgNumType", &[("w:fmt", "lowerRoman"), ("w:start", &count)])
                }
            };
        }
        xml.empty("w:cols", &[("w:space", "720")]);
        if titled {
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

/// The place of the blank footer among them.
const BLANK: usize = 2;

/// The footers of a document in the order of their parts: those of pages on their side where something lies so, that of a letter where
/// it is one.
pub(super) fn footers(document: &Document, template: &Template) -> Vec<Footer> {
    let wide = |block: &Block| block.kind.lie() == Lie::Turned;
    let mut footers = vec![Footer::Odd, Footer::Even, Footer::Blank];
    if document.blocks.iter().any(wide) {
        footers.extend([Footer::OddTurned, Footer::EvenTurned]);
    }
    if template.head.letter.is_some() {
        footers.push(Footer::Letter);
    }
    footers
}

/// A footer part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Footer {
    /// Odd pages.
    Odd,
    /// Even pages.
    Even,
    /// Pages without a number.
    Blank,
    /// The first page of a letter, with its rules.
    Letter,
    /// Odd pages that lie on their side.
    OddTurned,
    /// Even pages that lie on their side.
    EvenTurned,
}

impl Footer {
    /// What pages a section refers to it for, if it does; `turned`: the pages lie on their side.
    fn kind(self, turned: bool) -> Option<&'static str> {
        match self {
            Self::Odd if !turned => Some("default"),
            Self::Even if !turned => Some("even"),
            Self::OddTurned if turned => Some("default"),
            Self::EvenTurned if turned => Some("even"),
            _ => None,
        }
    }
}

/// The frame of the page number on a page that lies on its side: the number is where it is on every page of the bound
/// document (GB/T 9704 8), which is beside the table here, and is read with the page turned upright. What is the foot of the
/// upright page is the left edge of this one.
fn number_frame(xml: &mut Xml, template: &Template, footer: Footer) {
    let page = &template.page;
    let width = footer_leading(template.style(StyleName::PageNumber));
    let top = page.left(if footer == Footer::OddTurned { 1 } else { 2 });
    let [width, height, x, y] =
        [width, page.measure(), number_distance(template), top].map(|length| units::twips(length).max(0).to_string());
    xml.empty(
        "w:framePr",
        &[
            ("w:w", &width),
            ("w:h", &height),
            ("w:hRule", "exact"),
            ("w:hSpace", "0"),
            ("w:wrap", "around"),
            ("w:vAnchor", "page"),
            ("w:hAnchor", "page"),
            ("w:x", &x),
            ("w:y", &y),
        ],
    );
    xml.empty("w:spacing", &[("w:before", "0")]).val("w:textDirection", "tbRl");
}

/// The ids of the styles of the footers.
pub(super) fn footer_styles(template: &Template) -> [String; 2] {
    let style = template.style(StyleName::PageNumber);
    [style.word.id.clone(), variant_id(style, Variant::Even)]
}

/// The part of one footer: `— 1 —` with a PAGE field, a run for every field character (WPS hides others).
pub(super) fn footer_part(template: &Template, footer: Footer) -> Markup {
    let style = template.style(StyleName::PageNumber);
    let even = variant_id(style, Variant::Even);
    let id = if matches!(footer, Footer::Even | Footer::EvenTurned) { &even } else { &style.word.id };
    let turned = matches!(footer, Footer::OddTurned | Footer::EvenTurned);
    let mut xml = Xml::default();
    xml.open("w:ftr", &[("xmlns:w", W), ("xmlns:r", R)]).open("w:p", &[]);
    if let (Footer::Letter, Some(letter)) = (footer, &template.head.letter) {
        xml.open("w:pPr", &[]).val("w:pStyle", id);
        letter_foot(&mut xml, template, letter);
        // A frame is beside a paragraph.
        xml.close().close().open("w:p", &[]);
    }
    xml.open("w:pPr", &[]).val("w:pStyle", id);
    if turned {
        number_frame(&mut xml, template, footer);
    }
    xml.close();
    if !matches!(footer, Footer::Blank | Footer::Letter) {
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
    if turned {
        // A frame is beside a paragraph.
        xml.close().open("w:p", &[]).open("w:pPr", &[]).val("w:pStyle", id);
        xml.empty("w:spacing", &[("w:before", "0")]).close();
    }
    xml.finish()
}

fn text(xml: &mut Xml, text: &str) {
    if !text.is_empty() {
        xml.open("w:r", &[]).open("w:rPr", &[]).empty("w:rFonts", &[("w:hint", "eastAsia")]).close();
        xml.text("w:t", &[("xml:space", "preserve")], text).close();
    }
}
