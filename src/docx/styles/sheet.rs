//! The style sheet as it is written: a paragraph style of the template, and what its parts say.

use super::footer::{footer_leading, footer_room};
use super::gallery::{self, ChosenBy};
use super::id::{self, DEEPEST, HEADINGS, LISTS, POINTS, TERMS};
use super::indent::{footer_indent, hanging_indent, indent};
use super::letter::{RulePair, letter_rule};
use super::red_head::HeadSpacing;
use super::variant::{Variant, variant_id, variant_name};
use crate::docx::fonts::Faces;
use crate::docx::units::{self, LineRule};
use crate::docx::xml::Xml;
use crate::model::{Color, FontRole, Length};
use crate::template::{Align, Leading, Style, StyleName, Template};
use std::collections::BTreeSet;

/// What the styles are written from.
pub(super) struct StyleSheet<'a> {
    pub(super) template: &'a Template,
    pub(super) pitch: i64,
    pub(super) tracked: bool,
    pub(super) faces: &'a Faces<'a>,
    pub(super) head: HeadSpacing,
    pub(super) used: &'a BTreeSet<String>,
    /// Left and hanging indent of the first of the names of attachments.
    pub(super) note: Option<(f64, f64)>,
    /// Empty rows above the title: none at the head of a page, where programs would keep them.
    pub(super) title_rows: f64,
}

impl StyleSheet<'_> {
    pub(super) fn paragraph(&self, xml: &mut Xml, style: &Style, lines: usize) {
        let heading = heading_level(style.name);
        let used = |name: StyleName| self.used.contains(&self.template.style(name).word.id);
        let next = &self.template.style(gallery::next(style.name, used)).word.id;
        let properties = [("w:basedOn", id::NORMAL), ("w:next", next)];
        begin(xml, "paragraph", &style.word.id, &style.word.name, &properties);
        gallery::write(style.name.gallery(), xml, &style.word.id, self.used);
        xml.open("w:pPr", &[]);
        if style.keep_next > 0 {
            xml.empty("w:keepNext", &[]).empty("w:keepLines", &[]);
        }
        if style.name == StyleName::AttachmentMark {
            xml.empty("w:pageBreakBefore", &[]);
        }
        let letter = self.template.head.letter.as_ref().filter(|_| style.name == StyleName::Authority);
        if let Some((letter, frame)) = letter.zip(self.head.frame) {
            frame.write(xml, letter);
        }
        xml.val("w:widowControl", i32::from(style.orphans > 1));
        let item = StyleName::LIST_ITEMS.iter().position(|name| *name == style.name).map(|level| (LISTS, level));
        let list = heading.map(|level| (HEADINGS, level)).or(item).or(match style.name {
            StyleName::Point => Some((POINTS, 0)),
            StyleName::GlossaryEntry => Some((TERMS, 0)),
            _ => None,
        });
        if let Some((num, level)) = list {
            xml.open("w:numPr", &[]).val("w:ilvl", level).val("w:numId", num).close();
        }
        let ruled = self.template.head.letter.is_none() && self.template.head.rule > Length::ZERO;
        if letter.is_some() {
            letter_rule(xml, self.template, RulePair::Head, self.head.gap);
        }
        if style.name == StyleName::DocumentNumber && ruled {
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
        // The glossary's title is below all levels that contents list. A title of an attachment has its level itself: a TOC field
        // takes every style that has one, and would list the title beside the entry of its mark ([MS-OI29500] 2.1.509).
        let outline = heading.or((style.name == StyleName::GlossaryTitle).then_some(usize::from(DEEPEST)));
        if let Some(level) = outline {
            xml.val("w:outlineLvl", level);
        }
        xml.close().open("w:rPr", &[]);
        self.look(xml, style);
        xml.close().close();
    }

    /// What the characters of a style look like.
    pub(super) fn look(&self, xml: &mut Xml, style: &Style) {
        self.fonts(xml, style.font);
        if style.strong || self.faces.is_bold(style.font) {
            xml.empty("w:b", &[]).empty("w:bCs", &[]);
        }
        if style.color != Color::BLACK {
            xml.val("w:color", units::rgb(style.color));
        }
        xml.val("w:spacing", self.tracking(style.size));
        Self::size(xml, style.size);
    }

    /// `w:snapToGrid` and `w:spacing`: lines on the grid, or an exact leading filled up to whole rows.
    pub(super) fn spacing(&self, xml: &mut Xml, style: &Style, count: usize) {
        let rows = |rows: f64| (rows * self.pitch as f64).round() as i64;
        let lines = match (style.name, style.leading) {
            (StyleName::PageNumber | StyleName::PageHeader, _) => units::Lines::exact(footer_leading(style)),
            (StyleName::Authority, _) => units::Lines::twips(self.head.leading),
            (StyleName::DocumentNumber, _) => units::Lines::twips(self.head.line),
            (StyleName::CopyNumber | StyleName::HeadMark, _) if self.template.head.letter.is_some() => {
                units::Lines::twips(self.pitch)
            }
            // Off the grid, which programs do not know in what floats.
            (StyleName::Imprint, _) => self.imprint_line(style),
            // Cells and notes are off the grid; their block as a whole is what the grid takes up again.
            (StyleName::TableHead | StyleName::TableText | StyleName::Footnote, Leading::Exact(leading)) => {
                units::Lines::exact(leading)
            }
            (StyleName::Figure, _) => units::Lines::drawing(),
            _ => units::lines(style, &self.template.grid, self.pitch, count),
        };
        if lines.rule != LineRule::Row {
            xml.val("w:snapToGrid", 0);
        }
        let before = match style.name {
            StyleName::Authority => self.head.authority,
            StyleName::DocumentNumber => self.head.number,
            StyleName::PageNumber => footer_room(self.template),
            StyleName::Title => (rows(self.title_rows) + lines.above - self.head.over).max(0),
            _ => rows(style.rows_before) + lines.above,
        };
        let before = before.to_string();
        let risen = if style.name == StyleName::Title { self.head.rise } else { 0 };
        let after = (rows(style.rows_after) + lines.below + risen).to_string();
        let (line, rule) = lines.spacing();
        let line = line.to_string();
        xml.empty("w:spacing", &[("w:before", &before), ("w:after", &after), ("w:line", &line), ("w:lineRule", rule)]);
    }

    /// A line of the imprint: type is low in an exact one, so it is lower than its row, which what is below it fills up.
    fn imprint_line(&self, style: &Style) -> units::Lines {
        let ascent = self.template.grid.ascent;
        let row = self.pitch + units::sink(style.size, self.pitch, ascent) / 3;
        let leading = units::middle_line(style.size, row, ascent).clamp(1, self.pitch);
        units::Lines { below: self.pitch - leading, ..units::Lines::twips(leading) }
    }

    pub(super) fn fonts(&self, xml: &mut Xml, role: FontRole) {
        if let Some(fonts) = self.template.fonts.role(role) {
            let latin = self.faces.latin_name(role).unwrap_or(&fonts.office_latin);
            let han = self.faces.han_name(role).unwrap_or(&fonts.office);
            xml.empty("w:rFonts", &[("w:ascii", latin), ("w:eastAsia", han), ("w:hAnsi", latin), ("w:cs", latin)]);
        }
    }

    pub(super) fn tracking(&self, size: Length) -> i64 {
        if self.tracked { units::tracking(size) } else { 0 }
    }

    pub(super) fn size(xml: &mut Xml, size: Length) {
        let half_points = units::half_points(size);
        xml.val("w:sz", half_points).val("w:szCs", half_points);
    }

    /// The Han face of a role for every character: a circled number is in no Latin face.
    pub(super) fn han(&self, xml: &mut Xml, role: FontRole) {
        if let Some(fonts) = self.template.fonts.role(role) {
            let han = self.faces.han_name(role).unwrap_or(&fonts.office);
            xml.empty("w:rFonts", &[("w:ascii", han), ("w:eastAsia", han), ("w:hAnsi", han), ("w:cs", han)]);
        }
    }

    /// Opens a variant of a paragraph style. `chosen`: an editor chooses between the two.
    pub(super) fn vary(&self, xml: &mut Xml, style: &Style, variant: Variant, chosen: ChosenBy) {
        let id = variant_id(style, variant);
        begin(xml, "paragraph", &id, &variant_name(style, variant), &[("w:basedOn", &style.word.id)]);
        gallery::write(gallery::variant(style.name, chosen), xml, &id, self.used);
    }

    /// A tab at the right edge of the text.
    pub(super) fn right_tab(&self, xml: &mut Xml, indent: i64, leader: Option<&str>) {
        let at = (units::twips(self.template.page.measure()) - indent).to_string();
        let mut attributes = vec![("w:val", "right")];
        attributes.extend(leader.map(|l| ("w:leader", l)));
        attributes.push(("w:pos", &at));
        xml.open("w:tabs", &[]).empty("w:tab", &attributes).close();
    }
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
