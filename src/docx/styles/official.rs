//! The variants of styles that the parts of an official document need (GB/T 9704 clause 7).

use super::gallery::{self, ChosenBy};
use super::id::{self, DEEPEST};
use super::indent::{ems, hanging_indent, note_indents};
use super::lines::line_counts;
use super::sheet::{StyleSheet, begin, heading_level};
use super::variant::{Variant, variant_id, variant_name};
use crate::docx::options::Input;
use crate::docx::units;
use crate::docx::xml::Xml;
use crate::model::{AttachmentName, Block, BlockKind, Document, Length, Text};
use crate::template::{StyleName, Template, seal_places, signer_places, stamp_place};
use std::collections::BTreeSet;

/// Tabs of a kind.
pub(in crate::docx) fn tabs(xml: &mut Xml, kind: &str, places: impl IntoIterator<Item = i64>) {
    xml.open("w:tabs", &[]);
    for at in places {
        xml.empty("w:tab", &[("w:val", kind), ("w:pos", &at.to_string())]);
    }
    xml.close();
}

/// Where the label and the names of several signers are, in twips; None for one or none.
fn signer_tabs(template: &Template, document: &Document) -> Option<[i64; 3]> {
    let head = document.red_head()?.content;
    let label = head.signer.as_ref().filter(|_| !head.cosigners.is_empty()).map(|signer| ems(&signer.label.plain()))?;
    let names: Vec<f64> = head.rows_of_signers().flatten().map(|name| ems(&name.plain())).collect();
    let places = signer_places(template, label, &names);
    Some([places.label, places.columns[0], places.columns[1]].map(units::twips))
}

/// The names of the attachments of a document.
pub(super) fn attachment_names(document: &Document) -> &[AttachmentName] {
    let names = |block: &'_ Block| matches!(block.kind, BlockKind::AttachmentNote(_));
    match document.blocks.iter().find(|block| names(block)).map(|block| &block.kind) {
        Some(BlockKind::AttachmentNote(names)) => names,
        _ => &[],
    }
}

/// LibreOffice makes each row of seals so many twips higher than its lines and spaces are: where the rows fill their page, it has no
/// room for the end of the section below them.
const SEALS_HIGHER: i64 = 10;

impl StyleSheet<'_> {
    /// Writes them all.
    pub(super) fn official(&self, xml: &mut Xml, input: Input<'_>) {
        let document = input.document;
        self.upward(xml, document);
        self.letter(xml);
        self.joint(xml, document);
        self.next_note(xml, document);
        self.attachment_titles(xml, input);
        self.attached_headings(xml);
        self.copies(xml, document);
        self.signed(xml, StyleName::Signature, Variant::Sealed, "center");
        self.signed(xml, StyleName::SignatureDate, Variant::Sealed, "center");
        self.signed(xml, StyleName::SignatureDate, Variant::Unsealed, "left");
        self.jointly_signed(xml, input);
        self.stamped(xml);
        self.attendance(xml);
    }

    /// Posts beside name stamps, each as high as its stamp, and the date below them: those that the document uses.
    fn stamped(&self, xml: &mut Xml) {
        let (post, dated) = (self.template.style(StyleName::Signature), self.template.style(StyleName::SignatureDate));
        if !self.used.contains(&variant_id(post, Variant::Stamped)) {
            return;
        }
        // All of it is above the lines: of what is below one and above the next, programs take the larger alone.
        let high = self.pitch * i64::from(stamp_place(self.template).rows.saturating_sub(1));
        let first = (post.rows_before * self.pitch as f64).round() as i64 + high / 2;
        let places = [
            (post, Variant::Stamped, first),
            (post, Variant::NextStamped, high),
            (dated, Variant::Stamped, high / 2 + self.pitch),
        ];
        for (style, variant, before) in places {
            self.vary(xml, style, variant, ChosenBy::Program);
            xml.open("w:pPr", &[]).empty("w:spacing", &[("w:before", &before.to_string()), ("w:after", "0")]);
            xml.val("w:jc", "right").close().close();
        }
    }

    /// Who was there: the second line and later without the row above the first, and the letters of what is before the names.
    fn attendance(&self, xml: &mut Xml) {
        let (style, label) =
            (self.template.style(StyleName::Attendance), self.template.style(StyleName::AttendanceLabel));
        if !self.used.contains(&style.word.id) {
            return;
        }
        self.vary(xml, style, Variant::Next, ChosenBy::Editor);
        xml.open("w:pPr", &[]).empty("w:spacing", &[("w:before", "0")]).close().close();
        let name = variant_name(label, Variant::Run);
        begin(xml, "character", &variant_id(label, Variant::Run), &name, &[("w:uiPriority", "1")]);
        xml.open("w:rPr", &[]);
        self.fonts(xml, label.font);
        xml.close().close();
    }

    /// What an upward document needs besides: its number at the left, and the letters of who signs.
    fn upward(&self, xml: &mut Xml, document: &Document) {
        let (style, signer) = (self.template.style(StyleName::DocumentNumber), self.template.style(StyleName::Signer));
        self.vary(xml, style, Variant::Upward, ChosenBy::Editor);
        let em = signer.indent_right;
        let (chars, twips) = (units::hundredths(em).to_string(), units::chars(em, style.size));
        xml.open("w:pPr", &[]);
        match signer_tabs(self.template, document) {
            Some(columns) => tabs(xml, "left", std::iter::once(twips).chain(columns)),
            None => self.right_tab(xml, twips, None),
        }
        // The rule below is as wide as the paragraph: the indent is the first line's alone.
        xml.empty("w:ind", &[("w:firstLineChars", &chars), ("w:firstLine", &twips.to_string())]);
        xml.val("w:jc", "left").close().close();
        let name = variant_name(signer, Variant::Run);
        begin(xml, "character", &variant_id(signer, Variant::Run), &name, &[("w:uiPriority", "1")]);
        xml.open("w:rPr", &[]);
        self.fonts(xml, signer.font);
        xml.close().close();
    }

    /// The first row below the rules of a letter: a mark at the left in its own letters, the number at the right (10.1).
    fn letter(&self, xml: &mut Xml) {
        if self.template.head.letter.is_none() {
            return;
        }
        self.vary(xml, self.template.style(StyleName::DocumentNumber), Variant::Letter, ChosenBy::Editor);
        xml.open("w:pPr", &[]);
        self.right_tab(xml, 0, None);
        xml.val("w:jc", "left").close().close();
        for name in [StyleName::CopyNumber, StyleName::HeadMark] {
            let mark = self.template.style(name);
            let properties = [("w:uiPriority", "1")];
            let name = variant_name(mark, Variant::Run);
            begin(xml, "character", &variant_id(mark, Variant::Run), &name, &properties);
            xml.open("w:rPr", &[]);
            self.fonts(xml, mark.font);
            xml.close().close();
        }
    }

    /// Several authorities with something beside them, in the cells of a table: the names as wide as the longest (7.2.4).
    fn joint(&self, xml: &mut Xml, document: &Document) {
        if document.red_head().is_none_or(|head| head.content.beside.is_none()) {
            return;
        }
        let style = self.template.style(StyleName::Authority);
        for (variant, align) in [(Variant::Names, "distribute"), (Variant::Beside, "right")] {
            self.vary(xml, style, variant, ChosenBy::Program);
            xml.open("w:pPr", &[]).empty("w:spacing", &[("w:before", "0")]).val("w:jc", align).close().close();
        }
        // What is above an authority in print is above its cell here.
        let above = self.head.authority.to_string();
        xml.open("w:style", &[("w:type", "table"), ("w:customStyle", "1"), ("w:styleId", id::JOINT)]);
        xml.val("w:name", "联合行文表").val("w:basedOn", "TableNormal").val("w:uiPriority", 99);
        xml.open("w:tblPr", &[]).val("w:jc", "center").open("w:tblCellMar", &[]);
        for (side, width) in [("w:top", above.as_str()), ("w:left", "0"), ("w:bottom", "0"), ("w:right", "0")] {
            xml.empty(side, &[("w:w", width), ("w:type", "dxa")]);
        }
        xml.close().close().open("w:tcPr", &[]).val("w:vAlign", "center").close().close();
    }

    /// The lines of signatures of several authorities: in columns under their seals, or one below the other.
    fn jointly_signed(&self, xml: &mut Xml, input: Input<'_>) {
        let several =
            |block: &Block| matches!(&block.kind, BlockKind::Signature { authorities, .. } if authorities.len() > 1);
        if !input.document.blocks.iter().any(several) {
            return;
        }
        let (signed, dated) =
            (self.template.style(StyleName::Signature), self.template.style(StyleName::SignatureDate));
        let apart = seal_places(self.template, &[], Length::ZERO).rows.saturating_sub(1);
        let apart = (i64::from(apart) * self.pitch - SEALS_HIGHER).to_string();
        let variants = [
            (signed, Variant::Seals, None),
            (signed, Variant::NextSeals, Some(apart.as_str())),
            (signed, Variant::Unsealed, None),
            (signed, Variant::Next, Some("0")),
            (dated, Variant::Seals, None),
        ];
        for (style, variant, before) in variants {
            self.vary(xml, style, variant, ChosenBy::Program);
            xml.open("w:pPr", &[]);
            if let Some(before) = before {
                xml.empty("w:spacing", &[("w:before", before)]);
            }
            if variant != Variant::Next && variant != Variant::Unsealed {
                let none = [("w:leftChars", "0"), ("w:left", "0"), ("w:rightChars", "0"), ("w:right", "0")];
                xml.empty("w:ind", &none);
            }
            xml.val("w:jc", "left").close().close();
        }
    }

    /// The second and later of several attachments, without the row above the first.
    fn next_note(&self, xml: &mut Xml, document: &Document) {
        let note = self.template.style(StyleName::AttachmentNote);
        self.vary(xml, note, Variant::Next, ChosenBy::Program);
        xml.open("w:pPr", &[]).empty("w:spacing", &[("w:before", "0")]);
        if let Some(&(left, hanging)) = note_indents(note, attachment_names(document)).get(1) {
            hanging_indent(xml, left, hanging, note.size);
        }
        xml.close().close();
    }

    /// Headings within attachments. A TOC field gathers the built-in heading styles by name in Word, and by outline level in
    /// LibreOffice: these are neither, and are below their attachment's title in the navigation pane all the same.
    fn attached_headings(&self, xml: &mut Xml) {
        for style in &self.template.styles {
            let Some(level) = heading_level(style.name) else { continue };
            let id = variant_id(style, Variant::Attached);
            if self.used.contains(&id) {
                let body = &self.template.style(StyleName::Body).word.id;
                let follows = [("w:basedOn", style.word.id.as_str()), ("w:next", body)];
                begin(xml, "paragraph", &id, &variant_name(style, Variant::Attached), &follows);
                gallery::write(gallery::variant(style.name, ChosenBy::Program), xml, &id, self.used);
                let outline = level + usize::from(DEEPEST);
                xml.open("w:pPr", &[]).val("w:outlineLvl", outline).close().close();
            }
        }
    }

    /// Titles of attachments with another number of lines than the first.
    fn attachment_titles(&self, xml: &mut Xml, input: Input<'_>) {
        let style = self.template.style(StyleName::AttachmentTitle);
        let mut counts = line_counts(input, StyleName::AttachmentTitle);
        let first = counts.next();
        let others: BTreeSet<usize> = counts.filter(|count| Some(*count) != first).collect();
        for count in others {
            self.vary(xml, style, Variant::Lines(count), ChosenBy::Program);
            xml.open("w:pPr", &[]);
            self.spacing(xml, style, count);
            xml.close().close();
        }
    }

    /// The authorities that get a copy: what turns over goes on below the first character after the label (7.4.2).
    fn copies(&self, xml: &mut Xml, document: &Document) {
        let copies = document.imprint().and_then(|imprint| imprint.content.copies.as_ref());
        let style = self.template.style(StyleName::Imprint);
        let sent = document.imprint().and_then(|imprint| imprint.content.sent.as_ref());
        let hang = sent.or(copies).map_or(0.0, |copies| ems(&copies.label.plain()));
        self.vary(xml, style, Variant::Copies, ChosenBy::Program);
        xml.open("w:pPr", &[]);
        let room = self.template.page.measure() / style.size - style.indent_left - style.indent_right;
        let wide = |text: String| ems(&text) > room;
        let all = sent.into_iter().chain(copies);
        if all.into_iter().any(|listed| wide(listed.texts().into_iter().map(Text::plain).collect())) {
            // Lines that follow one another are a row apart.
            let line = self.pitch.to_string();
            xml.empty("w:spacing", &[("w:after", "0"), ("w:line", &line), ("w:lineRule", "exact")]);
        }
        hanging_indent(xml, style.indent_left + hang, hang, style.size);
        xml.val("w:jc", "both").close().close();
    }

    /// A signature's line that is not set from the right.
    fn signed(&self, xml: &mut Xml, name: StyleName, variant: Variant, align: &str) {
        self.vary(xml, self.template.style(name), variant, ChosenBy::Program);
        xml.open("w:pPr", &[]).val("w:jc", align).close().close();
    }
}
