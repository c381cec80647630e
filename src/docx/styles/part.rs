//! `word/styles.xml`: every style of the template under the name that Word knows it by, and the few that they are built on.

use super::gallery::{self, ChosenBy};
use super::id::{self, BULLETS};
use super::indent::{footer_indent, note_indents};
use super::latent::latent;
use super::lines::{line_count, overhang};
use super::official::attachment_names;
use super::red_head::HeadSpacing;
use super::sheet::{StyleSheet, begin};
use super::table::{cell_margins, table_styles};
use super::variant::{Variant, variant_id, variant_name};
use crate::docx::fonts::Faces;
use crate::docx::language::Languages;
use crate::docx::options::{Input, Profile};
use crate::docx::units;
use crate::docx::xml::{Markup, W, Xml};
use crate::model::{Block, BlockKind, Length, NumberFormat};
use crate::printed::{Printed, SetCover};
use crate::template::{Leading, Style, StyleName};
use std::collections::BTreeSet;

/// `word/styles.xml`. `used`: the ids of the paragraph styles that the document uses.
pub(in crate::docx) fn part(input: Input<'_>, faces: &Faces<'_>, used: &BTreeSet<String>) -> Markup {
    let Input { document, template, options, .. } = input;
    // Sizes that `w:sz` cannot say are mended by run spacing, not where the grid does it.
    let tracked = options.profile == Profile::Portable;
    let pitch = units::line_pitch(&template.page, &template.grid);
    let head = HeadSpacing::of(input, pitch);
    let note = template.style(StyleName::AttachmentNote);
    let note = note_indents(note, attachment_names(document)).first().copied();
    let begins = |block: &Block| matches!(block.kind, BlockKind::Cover(_) | BlockKind::Contents(_));
    let top = document.blocks.iter().find(|block| !begins(block));
    let title = template.style(StyleName::Title);
    let title_rows =
        if top.is_some_and(|top| matches!(top.kind, BlockKind::Title(_))) { 0.0 } else { title.rows_before };
    let sheet = StyleSheet { template, pitch, tracked, faces, head, used, note, title_rows };
    let mut xml = Xml::default();
    xml.open("w:styles", &[("xmlns:w", W)]);
    sheet.defaults(&mut xml, &document.meta.language);
    latent(&mut xml);
    sheet.foundations(&mut xml);
    for style in &template.styles {
        let lines = line_count(input, style.name);
        let overhang = if style.name == StyleName::Occasion { overhang(input) } else { 0.0 };
        let size =
            input.printed.head().filter(|_| style.name == StyleName::Authority).map_or(style.size, |head| head.size);
        let hung = Style {
            size,
            indent_left: style.indent_left - overhang,
            indent_right: style.indent_right - overhang,
            ..style.clone()
        };
        let cover = input.printed.cover().and_then(|cover| as_on_cover(&hung, cover));
        sheet.paragraph(&mut xml, cover.as_ref().unwrap_or(&hung), lines);
        if let Some(spread) = style.spread {
            spread_style(&mut xml, style, spread.by);
        }
    }
    sheet.even_footer(&mut xml);
    sheet.caption_below(&mut xml);
    sheet.bullets(&mut xml);
    sheet.run_in(&mut xml);
    sheet.numbers(&mut xml);
    sheet.cover_foot(&mut xml, input);
    sheet.official(&mut xml, input);
    for variant in [Variant::Center, Variant::Right] {
        sheet.cell(&mut xml, variant);
    }
    sheet.small_cells(&mut xml, input.printed);
    sheet.picture_cell(&mut xml);
    if options.mark_values {
        begin(&mut xml, "character", id::VALUE, "数据值", &[]);
        xml.open("w:rPr", &[]).empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "FFF2CC")]).close();
        xml.close();
    }
    xml.finish()
}

impl StyleSheet<'_> {
    fn defaults(&self, xml: &mut Xml, language: &str) {
        let body = self.template.style(StyleName::Body);
        xml.open("w:docDefaults", &[]).open("w:rPrDefault", &[]).open("w:rPr", &[]);
        self.fonts(xml, body.font);
        xml.val("w:spacing", self.tracking(body.size));
        Self::size(xml, body.size);
        let Languages { latin, han, .. } = Languages::of(language);
        xml.empty("w:lang", &[("w:val", latin), ("w:eastAsia", han), ("w:bidi", "ar-SA")]);
        xml.close().close().open("w:pPrDefault", &[]).close().close();
    }

    /// Normal, and the styles that represent none.
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
        xml.empty("w:spacing", &[("w:line", &id::LOW_LINE.to_string()), ("w:lineRule", "exact")]).close();
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

    fn even_footer(&self, xml: &mut Xml) {
        let style = self.template.style(StyleName::PageNumber);
        self.vary(xml, style, Variant::Even, ChosenBy::Program);
        xml.open("w:pPr", &[]);
        footer_indent(xml, style, &self.template.page_numbers, "w:left", "w:leftChars");
        xml.val("w:jc", if self.template.page_numbers.indent.is_some() { "left" } else { "center" });
        xml.close().close();
    }

    fn caption_below(&self, xml: &mut Xml) {
        let style = self.template.style(StyleName::Caption);
        self.vary(xml, style, Variant::Below, ChosenBy::Editor);
        xml.open("w:pPr", &[]).val("w:keepNext", 0).close().close();
    }

    fn bullets(&self, xml: &mut Xml) {
        for (level, name) in StyleName::LIST_ITEMS.into_iter().enumerate() {
            self.vary(xml, self.template.style(name), Variant::Bullet, ChosenBy::Editor);
            xml.open("w:pPr", &[]).open("w:numPr", &[]).val("w:ilvl", level).val("w:numId", BULLETS);
            xml.close().close().close();
        }
    }

    /// Paragraphs that begin with a heading, and the look of the heading in them: the styles that the document uses.
    fn run_in(&self, xml: &mut Xml) {
        let body = self.template.style(StyleName::Body);
        for style in self.template.styles.iter().filter(|style| style.name.is_heading()) {
            let id = variant_id(style, Variant::RunIn);
            if !self.used.contains(&id) {
                continue;
            }
            let follows = [("w:basedOn", body.word.id.as_str()), ("w:next", &body.word.id)];
            begin(xml, "paragraph", &id, &variant_name(style, Variant::RunIn), &follows);
            gallery::write(gallery::variant(style.name, ChosenBy::Editor), xml, &id, self.used);
            xml.close();
            let name = variant_name(style, Variant::Run);
            begin(xml, "character", &variant_id(style, Variant::Run), &name, &[("w:uiPriority", "9")]);
            xml.open("w:rPr", &[]);
            self.look(xml, style);
            xml.close().close();
        }
    }

    /// The faces of automatic numbers that are not those of their paragraphs: the styles that the document uses.
    fn numbers(&self, xml: &mut Xml) {
        for style in &self.template.styles {
            let id = variant_id(style, Variant::Number);
            let Some(font) = style.number_font.filter(|_| self.used.contains(&id)) else { continue };
            begin(xml, "character", &id, &variant_name(style, Variant::Number), &[("w:uiPriority", "99")]);
            xml.open("w:rPr", &[]);
            self.fonts(xml, font);
            xml.close().close();
        }
    }

    fn cell(&self, xml: &mut Xml, variant: Variant) {
        let style = self.template.style(StyleName::TableText);
        self.vary(xml, style, variant, ChosenBy::Editor);
        xml.open("w:pPr", &[]).val("w:jc", if variant == Variant::Right { "right" } else { "center" }).close().close();
    }

    /// A picture in a cell: off the grid, which the rows keep, and not kept with what follows.
    fn picture_cell(&self, xml: &mut Xml) {
        let style = self.template.style(StyleName::Figure);
        if !self.used.contains(&variant_id(style, Variant::Cell)) {
            return;
        }
        self.vary(xml, style, Variant::Cell, ChosenBy::Editor);
        xml.open("w:pPr", &[]).val("w:keepNext", 0).val("w:snapToGrid", 0).val("w:jc", "center").close();
        xml.open("w:rPr", &[]);
        Self::size(xml, self.template.style(StyleName::TableText).size);
        xml.close().close();
    }

    /// The cells of tables that are set in smaller type than the template's, see [`SetTable::reduced`].
    ///
    /// [`SetTable::reduced`]: crate::printed::SetTable::reduced
    fn small_cells(&self, xml: &mut Xml, printed: &Printed) {
        let types = printed.tables().filter_map(|table| table.reduced);
        let sizes: BTreeSet<(StyleName, i64)> = types
            .flat_map(|small| [(StyleName::TableHead, small.head), (StyleName::TableText, small.text)])
            .map(|(name, size)| (name, units::half_points(size)))
            .filter(|&(name, size)| size < units::half_points(self.template.style(name).size))
            .collect();
        for (name, half_points) in sizes {
            let style = self.template.style(name);
            let size = Length::pt(half_points as f64 / 2.0);
            let small = match style.leading {
                Leading::Exact(leading) => {
                    Style { size, leading: Leading::Exact(leading * (size / style.size)), ..style.clone() }
                }
                Leading::Rows(_) => Style { size, ..style.clone() },
            };
            let variants = [
                (Variant::Small(half_points), None),
                (Variant::SmallCenter(half_points), Some("center")),
                (Variant::SmallRight(half_points), Some("right")),
            ];
            let count = if name == StyleName::TableHead { 1 } else { variants.len() };
            for (variant, side) in variants.into_iter().take(count) {
                self.vary(xml, style, variant, ChosenBy::Program);
                xml.open("w:pPr", &[]);
                self.spacing(xml, &small, 1);
                if let Some(side) = side {
                    xml.val("w:jc", side);
                }
                xml.close().open("w:rPr", &[]);
                Self::size(xml, size);
                xml.close().close();
            }
        }
    }

    /// The first of a cover's last lines: so far below what is above that they end at the foot of the type area.
    fn cover_foot(&self, xml: &mut Xml, input: Input<'_>) {
        let Some(cover) = input.printed.cover() else { return };
        let line = self.template.style(StyleName::CoverLine);
        // A row is left over, for a line that turns over where fonts differ.
        let before = (i64::from(cover.gap.saturating_sub(1)) * self.pitch).to_string();
        self.vary(xml, line, Variant::Foot, ChosenBy::Program);
        xml.open("w:pPr", &[]).empty("w:spacing", &[("w:before", &before)]).close().close();
    }
}

/// A style of the cover's with the space that its page leaves it.
fn as_on_cover(style: &Style, cover: SetCover) -> Option<Style> {
    let (above, below) = match style.name {
        StyleName::CoverTitle => cover.title,
        StyleName::CoverSubtitle => cover.subtitle,
        _ => return None,
    };
    let leading = cover.leading.filter(|_| style.name == StyleName::CoverTitle).map_or(style.leading, Leading::Exact);
    Some(Style { rows_before: f64::from(above), rows_after: f64::from(below), leading, ..style.clone() })
}

/// The character style that opens short lines of a style.
fn spread_style(xml: &mut Xml, style: &Style, em: f64) {
    let name = variant_name(style, Variant::Spread);
    begin(xml, "character", &variant_id(style, Variant::Spread), &name, &[("w:uiPriority", "10")]);
    xml.open("w:rPr", &[]).val("w:spacing", units::twips(style.size * em)).close().close();
}
