//! The variants of styles that the parts of an official document need (GB/T 9704 clause 7).

use super::lines::line_counts;
use super::styles::{Sheet, begin};
use super::units;
use super::variant::{Variant, variant_id, variant_name};
use super::write::Options;
use super::xml::Xml;
use crate::model::{BlockKind, Document};
use crate::template::{Style, StyleName};
use std::collections::BTreeSet;

impl Sheet<'_> {
    /// Writes them all.
    pub(super) fn official(&self, xml: &mut Xml, document: &Document, options: &Options<'_>) {
        self.upward(xml);
        self.next_note(xml);
        self.attachment_titles(xml, document, options);
        self.copies(xml, document);
        self.signed(xml, StyleName::Signature, Variant::Sealed, "center");
        self.signed(xml, StyleName::SignatureDate, Variant::Sealed, "center");
        self.signed(xml, StyleName::SignatureDate, Variant::Unsealed, "left");
    }

    /// What an upward document needs besides: its number at the left, and the letters of who signs.
    fn upward(&self, xml: &mut Xml) {
        let (style, signer) = (self.template.style(StyleName::DocumentNumber), self.template.style(StyleName::Signer));
        let name = variant_name(style, Variant::Upward);
        let base = [("w:basedOn", style.word.id.as_str()), ("w:uiPriority", "1"), ("w:qFormat", "")];
        begin(xml, "paragraph", &variant_id(style, Variant::Upward), &name, &base);
        let em = signer.indent_right;
        let (chars, twips) = (units::hundredths(em).to_string(), units::chars(em, style.size));
        xml.open("w:pPr", &[]);
        self.right_tab(xml, twips, None);
        // The rule below is as wide as the paragraph: the indent is the first line's alone.
        xml.empty("w:ind", &[("w:firstLineChars", &chars), ("w:firstLine", &twips.to_string())]);
        xml.val("w:jc", "left").close().close();
        let name = variant_name(signer, Variant::Run);
        begin(xml, "character", &variant_id(signer, Variant::Run), &name, &[("w:uiPriority", "1")]);
        xml.open("w:rPr", &[]);
        self.fonts(xml, signer.font);
        xml.close().close();
    }

    /// The second and later of several attachments, without the row above the first.
    fn next_note(&self, xml: &mut Xml) {
        let note = self.template.style(StyleName::AttachmentNote);
        let name = variant_name(note, Variant::Next);
        begin(
            xml,
            "paragraph",
            &variant_id(note, Variant::Next),
            &name,
            &[("w:basedOn", &note.word.id), ("w:uiPriority", "1")],
        );
        xml.open("w:pPr", &[]).empty("w:spacing", &[("w:before", "0")]).close().close();
    }

    /// Titles of attachments with another number of lines than the first.
    fn attachment_titles(&self, xml: &mut Xml, document: &Document, options: &Options<'_>) {
        let style = self.template.style(StyleName::AttachmentTitle);
        let mut counts = line_counts(document, self.template, options, StyleName::AttachmentTitle);
        let first = counts.next();
        let others: BTreeSet<usize> = counts.filter(|count| Some(*count) != first).collect();
        for count in others {
            Self::vary(xml, style, Variant::Lines(count));
            xml.open("w:pPr", &[]);
            self.spacing(xml, style, count);
            xml.close().close();
        }
    }

    /// Whom copies go to: what turns over goes on below the first character behind the colon (7.4.2).
    fn copies(&self, xml: &mut Xml, document: &Document) {
        let label = document.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Imprint(imprint) => {
                imprint.copies.as_ref()?.plain().split_once('：').map(|(label, _)| label.chars().count() + 1)
            }
            _ => None,
        });
        let style = self.template.style(StyleName::Imprint);
        let hang = label.unwrap_or(0) as f64;
        Self::vary(xml, style, Variant::Copies);
        let left = units::chars(style.indent_left + hang, style.size).to_string();
        let hanging = units::chars(hang, style.size).to_string();
        xml.open("w:pPr", &[]);
        // Word adds characters of a hanging indent to those of the left one; twips are clear.
        xml.empty(
            "w:ind",
            &[("w:leftChars", "0"), ("w:left", &left), ("w:hangingChars", "0"), ("w:hanging", &hanging)],
        );
        xml.val("w:jc", "both").close().close();
    }

    /// A signature's line that is not set from the right.
    fn signed(&self, xml: &mut Xml, name: StyleName, variant: Variant, align: &str) {
        Self::vary(xml, self.template.style(name), variant);
        xml.open("w:pPr", &[]).val("w:jc", align).close().close();
    }

    /// Opens a variant of a paragraph style.
    fn vary(xml: &mut Xml, style: &Style, variant: Variant) {
        let properties = [("w:basedOn", style.word.id.as_str()), ("w:uiPriority", "1")];
        begin(xml, "paragraph", &variant_id(style, variant), &variant_name(style, variant), &properties);
    }
}
