//! `word/styles.xml`: every style of the template under the name that Word knows it by, and the few that stand behind them.

use super::fonts::Faces;
use super::footer::{footer_leading, footer_room};
use super::head::Head;
use super::latent::latent;
use super::lines::{line_count, overhang};
use super::official::{attachment_names, hanging_indent, note_indents};
use super::shelf::{self, Shelf};
use super::table_styles::{cell_margins, table_styles};
use super::units;
use super::variant::{Variant, variant_id, variant_name};
use super::write::Options;
use super::xml::Xml;
use crate::model::{BlockKind, Color, Document, FontRole, Length, NumberFormat};
use crate::template::{Align, Leading, PageNumbers, Style, StyleName, Template};
use std::collections::BTreeSet;

/// The list instance (`w:num`) that the heading styles name.
pub(super) const HEADINGS: usize = 1;
/// The deepest level that contents go down to.
pub(super) const DEEPEST: u8 = 3;
/// The list instance that the points' style names.
pub(super) const POINTS: usize = 2;
/// The list instance of ordered lists.
pub(super) const LISTS: usize = 3;
/// The list instance of the glossary.
pub(super) const TERMS: usize = 4;
/// The list instance of unordered lists.
pub(super) const BULLETS: usize = 5;

/// Style ids that no template names, because Word or this writer needs them whatever the house.
pub(super) mod id {
    /// The paragraph style all others build on.
    pub(in crate::docx) const NORMAL: &str = "Normal";
    /// The marks of footnotes.
    pub(in crate::docx) const NOTE_MARK: &str = "FootnoteReference";
    /// Word's ruled table.
    pub(in crate::docx) const TABLE: &str = "TableGrid";
    /// The empty paragraph that ends a section or parts two tables.
    pub(in crate::docx) const LOW: &str = "LowParagraph";
    /// The marks of glossary terms.
    pub(in crate::docx) const TERM_MARK: &str = "TermMark";
    /// The ruled table of the imprint.
    pub(in crate::docx) const IMPRINT: &str = "ImprintTable";
    /// A value bound to data, where values are marked.
    pub(in crate::docx) const VALUE: &str = "DataValue";
}

/// `word/styles.xml`. `tracked`: sizes that `w:sz` cannot say are mended by run spacing (not where the grid does it). `used`: the
/// ids of the paragraph styles that the document uses.
pub(super) fn part(
    document: &Document,
    template: &Template,
    tracked: bool,
    options: &Options<'_>,
    faces: &Faces<'_>,
    used: &BTreeSet<String>,
) -> String {
    let pitch = units::line_pitch(&template.page, &template.grid);
    let head = Head::of(document, template, options, pitch);
    let note = template.style(StyleName::AttachmentNote);
    let note = note_indents(note, attachment_names(document)).first().copied();
    let sheet = Sheet { template, pitch, tracked, faces, head, used, note };
    let mut xml = Xml::part();
    xml.open("w:styles", &[("xmlns:w", super::write::W)]);
    sheet.defaults(&mut xml, &document.meta.language);
    latent(&mut xml);
    sheet.foundations(&mut xml);
    for style in &template.styles {
        let lines = line_count(document, template, options, style.name);
        let overhang = if style.name == StyleName::Occasion { overhang(document, template, options) } else { 0.0 };
        let hung = Style {
            indent_left: style.indent_left - overhang,
            indent_right: style.indent_right - overhang,
            ..style.clone()
        };
        sheet.paragraph(&mut xml, &hung, lines);
        if let Some(spread) = style.spread {
            spread_style(&mut xml, style, spread.by);
        }
    }
    sheet.even_footer(&mut xml);
    sheet.caption_below(&mut xml);
    sheet.bullet(&mut xml);
    sheet.cover_foot(&mut xml, document, options);
    sheet.official(&mut xml, document, options);
    for variant in [Variant::Center, Variant::Right] {
        sheet.cell(&mut xml, variant);
    }
    if options.mark_values {
        begin(&mut xml, "character", id::VALUE, "数据值", &[]);
        xml.open("w:rPr", &[]).empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "FFF2CC")]).close();
        xml.close();
    }
    xml.finish()
}

/// What the styles are written from.
pub(super) struct Sheet<'a> {
    pub(super) template: &'a Template,
    pitch: i64,
    tracked: bool,
    faces: &'a Faces<'a>,
    head: Head,
    pub(super) used: &'a BTreeSet<String>,
    /// Left and hanging indent of the first of the names of attachments.
    note: Option<(f64, f64)>,
}

impl Sheet<'_> {
    fn defaults(&self, xml: &mut Xml, language: &str) {
        let body = self.template.style(StyleName::Body);
        xml.open("w:docDefaults", &[]).open("w:rPrDefault", &[]).open("w:rPr", &[]);
        self.fonts(xml, body.font);
        xml.val("w:spacing", self.tracking(body.size));
        Self::size(xml, body.size);
        xml.empty("w:lang", &[("w:val", "en-US"), ("w:eastAsia", language), ("w:bidi", "ar-SA")]);
        xml.close().close().open("w:pPrDefault", &[]).close().close();
    }

    /// Normal, and the styles that stand for none.
    fn foundations(&self, xml: &mut Xml) {
        let gap = i32::from(self.template.compose.cjk_latin_gap > 0.0);
        xml.open("w:style", &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", id::NORMAL)]);
        xml.val("w:name", "Normal").empty("w:qFormat", &[]);
        xml.open("w:pPr", &[]).val("w:widowControl", 1).val("w:kinsoku", 1);
        // LibreOffice hangs marks past the line end without it, and loses some of them when it prints.
        xml.val("w:overflowPunct", 1)
            .val("w:autoSpaceDE", gap)
            .val("w:autoSpaceDN", gap)
            .val("w:jc", "both")
            .close()
            .close();

        xml.open("w:style", &[("w:type", "character"), ("w:default", "1"), ("w:styleId", "DefaultParagraphFont")]);
        xml.val("w:name", "Default Paragraph Font").val("w:uiPriority", 1);
        xml.empty("w:semiHidden", &[]).empty("w:unhideWhenUsed", &[]).close();

        xml.open("w:style", &[("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")]);
        xml.val("w:name", "Normal Table")
            .val("w:uiPriority", 99)
            .empty("w:semiHidden", &[])
            .empty("w:unhideWhenUsed", &[]);
        xml.open("w:tblPr", &[]).empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
        cell_margins(xml);
        xml.close().close();

        xml.open("w:style", &[("w:type", "numbering"), ("w:default", "1"), ("w:styleId", "NoList")]);
        xml.val("w:name", "No List")
            .val("w:uiPriority", 99)
            .empty("w:semiHidden", &[])
            .empty("w:unhideWhenUsed", &[])
            .close();

        table_styles(xml, self.template, self.pitch);

        // As low as a line can be: it takes no row of the grid.
        begin(xml, "paragraph", id::LOW, "分隔", &[("w:basedOn", id::NORMAL), ("w:uiPriority", "99")]);
        xml.open("w:pPr", &[]).val("w:snapToGrid", 0);
        xml.empty("w:spacing", &[("w:line", "10"), ("w:lineRule", "exact")]).close();
        xml.open("w:rPr", &[]).val("w:sz", 2).val("w:szCs", 2).close().close();

        for (mark, name) in [(id::NOTE_MARK, "footnote reference"), (id::TERM_MARK, "名词标记")] {
            begin(xml, "character", mark, name, &[("w:uiPriority", "99")]);
            xml.open("w:rPr", &[]);
            if mark == id::NOTE_MARK && self.template.numbering.notes.format == NumberFormat::Circled {
                self.han(xml, self.template.style(StyleName::Footnote).font);
            }
            xml.val("w:vertAlign", "superscript").close().close();
        }
    }

    fn paragraph(&self, xml: &mut Xml, style: &Style, lines: usize) {
        let heading = heading_level(style.name);
        let used = |name: StyleName| self.used.contains(&self.template.style(name).word.id);
        let next = &self.template.style(shelf::next(style.name, used)).word.id;
        let properties = [("w:basedOn", id::NORMAL), ("w:next", next)];
        begin(xml, "paragraph", &style.word.id, &style.word.name, &properties);
        Shelf::of(style.name).write(xml, &style.word.id, self.used);
        xml.open("w:pPr", &[]);
        if style.keep_next > 0 {
            xml.empty("w:keepNext", &[]).empty("w:keepLines", &[]);
        }
        if style.name == StyleName::AttachmentMark {
            xml.empty("w:pageBreakBefore", &[]);
        }
        xml.val("w:widowControl", i32::from(style.orphans > 1));
        let list = heading.map(|level| (HEADINGS, level)).or(match style.name {
            StyleName::Point => Some((POINTS, 0)),
            StyleName::ListItem => Some((LISTS, 0)),
            StyleName::GlossaryEntry => Some((TERMS, 0)),
            _ => None,
        });
        if let Some((num, level)) = list {
            xml.open("w:numPr", &[]).val("w:ilvl", level).val("w:numId", num).close();
        }
        if style.name == StyleName::DocumentNumber {
            // The red rule, as wide as the type area (7.2.7).
            let (gap, head) = (self.head.gap.to_string(), self.template.style(StyleName::Authority));
            let (eighths, color) = (units::eighths(self.template.head.rule).to_string(), units::rgb(head.color));
            let rule = [("w:val", "single"), ("w:sz", &eighths), ("w:space", &gap), ("w:color", &color)];
            xml.open("w:pBdr", &[]).empty("w:bottom", &rule).close();
        }
        match style.name {
            StyleName::Contents1 | StyleName::Contents2 | StyleName::Contents3 => {
                self.right_tab(xml, units::chars(style.indent_right, style.size), Some("dot"));
            }
            StyleName::Imprint => self.right_tab(xml, units::chars(style.indent_right, style.size), None),
            _ => {}
        }
        self.spacing(xml, style, lines);
        if style.name == StyleName::PageNumber {
            footer_indent(xml, style, &self.template.page_numbers, "w:right", "w:rightChars");
            xml.val("w:jc", if self.template.page_numbers.indent.is_some() { "right" } else { "center" });
        } else {
            match self.note {
                Some((left, hanging)) if style.name == StyleName::AttachmentNote => {
                    hanging_indent(xml, left, hanging, style.size);
                }
                _ => indent(xml, style),
            }
            xml.val("w:jc", alignment(style.align));
        }
        let outline =
            heading.or(matches!(style.name, StyleName::AttachmentTitle | StyleName::GlossaryTitle).then_some(0));
        if let Some(level) = outline {
            xml.val("w:outlineLvl", level);
        }
        xml.close().open("w:rPr", &[]);
        self.fonts(xml, style.font);
        if style.strong || self.faces.is_bold(style.font) {
            xml.empty("w:b", &[]).empty("w:bCs", &[]);
        }
        if style.color != Color::BLACK {
            xml.val("w:color", units::rgb(style.color));
        }
        xml.val("w:spacing", self.tracking(style.size));
        Self::size(xml, style.size);
        xml.close().close();
    }

    /// `w:snapToGrid` and `w:spacing`: lines on the grid, or an exact leading filled up to whole rows.
    pub(super) fn spacing(&self, xml: &mut Xml, style: &Style, count: usize) {
        let rows = |rows: f64| (rows * self.pitch as f64).round() as i64;
        let lines = match (style.name, style.leading) {
            (StyleName::PageNumber, _) => units::Lines::exact(footer_leading(style)),
            (StyleName::Authority, _) => units::Lines::twips(self.head.leading),
            (StyleName::DocumentNumber, _) => units::Lines::twips(self.head.line),
            // Off the grid, which programs do not know in what floats.
            (StyleName::Imprint, _) => units::Lines::twips(self.pitch),
            // Cells and notes stand off the grid; their block as a whole is what the grid takes up again.
            (StyleName::TableHead | StyleName::TableText | StyleName::Footnote, Leading::Exact(leading)) => {
                units::Lines::exact(leading)
            }
            _ => units::lines(style, &self.template.grid, self.pitch, count),
        };
        if lines.exact.is_some() {
            xml.val("w:snapToGrid", 0);
        }
        let before = match style.name {
            StyleName::Authority => self.head.authority,
            StyleName::DocumentNumber => self.head.number,
            StyleName::PageNumber => footer_room(self.template),
            StyleName::Title => (rows(style.rows_before) + lines.above - self.head.over).max(0),
            _ => rows(style.rows_before) + lines.above,
        };
        let before = before.to_string();
        let after = (rows(style.rows_after) + lines.below).to_string();
        let (line, rule) = lines.exact.map_or((lines.multiple, "auto"), |exact| (exact, "exact"));
        let line = line.to_string();
        xml.empty("w:spacing", &[("w:before", &before), ("w:after", &after), ("w:line", &line), ("w:lineRule", rule)]);
    }

    pub(super) fn fonts(&self, xml: &mut Xml, role: FontRole) {
        if let Some(fonts) = self.template.fonts.role(role) {
            let latin = self.faces.name(role, true).unwrap_or(&fonts.office_latin);
            let han = self.faces.name(role, false).unwrap_or(&fonts.office);
            xml.empty("w:rFonts", &[("w:ascii", latin), ("w:eastAsia", han), ("w:hAnsi", latin), ("w:cs", latin)]);
        }
    }

    fn tracking(&self, size: Length) -> i64 {
        if self.tracked { units::tracking(size) } else { 0 }
    }

    fn size(xml: &mut Xml, size: Length) {
        let half_points = units::half_points(size);
        xml.val("w:sz", half_points).val("w:szCs", half_points);
    }

    fn even_footer(&self, xml: &mut Xml) {
        let style = self.template.style(StyleName::PageNumber);
        self.vary(xml, style, Variant::Even, false);
        xml.open("w:pPr", &[]);
        footer_indent(xml, style, &self.template.page_numbers, "w:left", "w:leftChars");
        xml.val("w:jc", if self.template.page_numbers.indent.is_some() { "left" } else { "center" });
        xml.close().close();
    }

    fn caption_below(&self, xml: &mut Xml) {
        let style = self.template.style(StyleName::Caption);
        self.vary(xml, style, Variant::Below, true);
        xml.open("w:pPr", &[]).val("w:keepNext", 0).close().close();
    }

    /// The Han face of a role for every character: a circled number is in no Latin face.
    fn han(&self, xml: &mut Xml, role: FontRole) {
        if let Some(fonts) = self.template.fonts.role(role) {
            let han = self.faces.name(role, false).unwrap_or(&fonts.office);
            xml.empty("w:rFonts", &[("w:ascii", han), ("w:eastAsia", han), ("w:hAnsi", han), ("w:cs", han)]);
        }
    }

    /// Opens a variant of a paragraph style. `chosen`: an editor chooses between the two.
    pub(super) fn vary(&self, xml: &mut Xml, style: &Style, variant: Variant, chosen: bool) {
        let id = variant_id(style, variant);
        begin(xml, "paragraph", &id, &variant_name(style, variant), &[("w:basedOn", &style.word.id)]);
        Shelf::variant(style.name, chosen).write(xml, &id, self.used);
    }

    /// A tab at the right edge of the text.
    pub(super) fn right_tab(&self, xml: &mut Xml, indent: i64, leader: Option<&str>) {
        let at = (units::twips(self.template.page.measure()) - indent).to_string();
        let mut attributes = vec![("w:val", "right")];
        attributes.extend(leader.map(|l| ("w:leader", l)));
        attributes.push(("w:pos", &at));
        xml.open("w:tabs", &[]).empty("w:tab", &attributes).close();
    }

    /// The first of a cover's last lines: so far below what stands above that they end at the foot of the type area.
    fn cover_foot(&self, xml: &mut Xml, document: &Document, options: &Options<'_>) {
        let Some(cover) = document.blocks.iter().find_map(|b| match &b.kind {
            BlockKind::Cover(cover) => Some(cover),
            _ => None,
        }) else {
            return;
        };
        let grid = &self.template.grid;
        let rows = |name: StyleName, lines: usize| {
            let style = self.template.style(name);
            style.rows_before + style.rows_after + style.rows(lines, grid).ceil()
        };
        let line = self.template.style(StyleName::CoverLine);
        let lines = usize::from(cover.authority.is_some()) + usize::from(cover.date.is_some());
        let taken = rows(StyleName::CoverTitle, line_count(document, self.template, options, StyleName::CoverTitle))
            + if cover.subtitle.is_some() { rows(StyleName::CoverSubtitle, 1) } else { 0.0 }
            + rows(StyleName::CoverLine, 1) * lines as f64;
        // A row is left over, for a line that turns over where fonts differ.
        let before = ((f64::from(grid.lines) - 1.0 - taken).max(0.0) * self.pitch as f64).round().to_string();
        self.vary(xml, line, Variant::Foot, false);
        xml.open("w:pPr", &[]).empty("w:spacing", &[("w:before", &before)]).close().close();
    }

    fn bullet(&self, xml: &mut Xml) {
        let style = self.template.style(StyleName::ListItem);
        self.vary(xml, style, Variant::Bullet, true);
        xml.open("w:pPr", &[]).open("w:numPr", &[]).val("w:ilvl", 0).val("w:numId", BULLETS).close().close().close();
    }

    fn cell(&self, xml: &mut Xml, variant: Variant) {
        let style = self.template.style(StyleName::TableText);
        self.vary(xml, style, variant, true);
        xml.open("w:pPr", &[]).val("w:jc", if variant == Variant::Right { "right" } else { "center" }).close().close();
    }
}

/// The character style that opens short lines of a style.
fn spread_style(xml: &mut Xml, style: &Style, em: f64) {
    let name = variant_name(style, Variant::Spread);
    begin(xml, "character", &variant_id(style, Variant::Spread), &name, &[("w:uiPriority", "10")]);
    xml.open("w:rPr", &[]).val("w:spacing", units::twips(style.size * em)).close().close();
}

/// Opens a style up to its properties. A property without a value is an empty element.
pub(super) fn begin(xml: &mut Xml, kind: &str, style_id: &str, name: &str, properties: &[(&str, &str)]) {
    // Word's own styles have English names in the file, whatever language it shows them in; the others are the house's.
    let mut attributes = vec![("w:type", kind), ("w:styleId", style_id)];
    if !name.is_ascii() {
        attributes.insert(1, ("w:customStyle", "1"));
    }
    xml.open("w:style", &attributes).val("w:name", name);
    for (key, value) in properties {
        if value.is_empty() {
            xml.empty(key, &[])
        } else {
            xml.val(key, value)
        };
    }
}

pub(super) const fn heading_level(name: StyleName) -> Option<usize> {
    match name {
        StyleName::Heading1 => Some(0),
        StyleName::Heading2 => Some(1),
        StyleName::Heading3 => Some(2),
        StyleName::Heading4 => Some(3),
        _ => None,
    }
}

const fn alignment(align: Align) -> &'static str {
    match align {
        Align::Justify => "both",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

/// The page number's indent from one edge; the other edge has none.
fn footer_indent(xml: &mut Xml, style: &Style, numbers: &PageNumbers, side: &str, side_chars: &str) {
    let em = numbers.indent.unwrap_or(0.0);
    let (chars, twips) = (units::hundredths(em).to_string(), units::chars(em, style.size).to_string());
    let (other, other_chars) = if side == "w:left" { ("w:right", "w:rightChars") } else { ("w:left", "w:leftChars") };
    xml.empty("w:ind", &[(other_chars, "0"), (other, "0"), (side_chars, &chars), (side, &twips)]);
}

/// `w:ind` of a style: in characters for Word, in twips for programs that do not know them.
pub(super) fn indent(xml: &mut Xml, style: &Style) {
    let both = |em: f64| (units::hundredths(em).to_string(), units::chars(em, style.size).to_string());
    let (left_chars, left) = both(style.indent_left);
    let (right_chars, right) = both(style.indent_right);
    let (first_chars, first) = both(style.first_line.abs());
    let (first_chars_key, first_key) =
        if style.first_line < 0.0 { ("w:hangingChars", "w:hanging") } else { ("w:firstLineChars", "w:firstLine") };
    xml.empty(
        "w:ind",
        &[
            ("w:leftChars", &left_chars),
            ("w:left", &left),
            ("w:rightChars", &right_chars),
            ("w:right", &right),
            (first_chars_key, &first_chars),
            (first_key, &first),
        ],
    );
}
