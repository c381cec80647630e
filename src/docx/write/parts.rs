//! Settings, font table and properties.

use super::numbering::number_format;
use crate::docx::fonts::Faces;
use crate::docx::language::Languages;
use crate::docx::options::{HandedOut, Protection};
use crate::docx::package::Inventory;
use crate::docx::seal::{PRODUCER, PROPERTY};
use crate::docx::xml::{Markup, R, W, Xml};
use crate::model::{Document, FontRole};
use crate::template::{NotesRestart, Template};
use std::collections::BTreeSet;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The property that names the hand-out, with its date.
const HANDOUT: &str = "Handout";
/// What compatibility settings belong to.
const WORD_URI: &str = "http://schemas.microsoft.com/office/word";

/// `word/settings.xml`.
pub(super) fn settings(
    template: &Template,
    language: &str,
    footnotes: bool,
    faces: &Faces<'_>,
    handed_out: Option<&HandedOut>,
) -> Markup {
    let mut xml = Xml::default();
    xml.open("w:settings", &[("xmlns:w", W)]);
    xml.empty("w:zoom", &[("w:percent", "100")]);
    if !faces.files().is_empty() {
        xml.empty("w:embedTrueTypeFonts", &[]);
        if faces.files().iter().any(|face| face.subset) {
            xml.empty("w:saveSubsetFonts", &[]);
        }
    }
    if template.page.mirror {
        xml.empty("w:mirrorMargins", &[]);
    }
    xml.empty("w:bordersDoNotSurroundHeader", &[]).empty("w:bordersDoNotSurroundFooter", &[]);
    if let Some(handed_out) = handed_out {
        xml.empty("w:trackRevisions", &[]);
        if let Some(protection) = handed_out.protection {
            let edit = match protection {
                Protection::Comments => "comments",
                Protection::Tracked => "trackedChanges",
            };
            xml.empty("w:documentProtection", &[("w:edit", edit), ("w:enforcement", "1")]);
        }
    }
    xml.val("w:defaultTabStop", 420);
    let languages = Languages::of(language);
    if languages.hyphenates {
        xml.empty("w:autoHyphenation", &[]);
    }
    xml.empty("w:evenAndOddHeaders", &[]);
    xml.val("w:drawingGridVerticalSpacing", 156).val("w:displayHorizontalDrawingGridEvery", 0);
    xml.val("w:displayVerticalDrawingGridEvery", 2).val("w:characterSpacingControl", "doNotCompress");
    if footnotes {
        xml.open("w:footnotePr", &[]).val("w:numFmt", number_format(template.numbering.notes.format));
        if template.numbering.notes_restart == NotesRestart::Page {
            xml.val("w:numRestart", "eachPage");
        }
        xml.empty("w:footnote", &[("w:id", "-1")]).empty("w:footnote", &[("w:id", "0")]).close();
    }
    // Without the second, Word and LibreOffice take the larger of the space below a paragraph and that above the next one, not both.
    xml.open("w:compat", &[]).empty("w:doNotExpandShiftReturn", &[]);
    xml.empty("w:doNotUseHTMLParagraphAutoSpacing", &[]).empty("w:useFELayout", &[]);
    for (name, value) in [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
        ("useWord2013TrackBottomHyphenation", "0"),
    ] {
        xml.empty("w:compatSetting", &[("w:name", name), ("w:uri", WORD_URI), ("w:val", value)]);
    }
    xml.close();
    xml.empty("w:themeFontLang", &[("w:val", languages.latin), ("w:eastAsia", languages.han)]);
    xml.val("w:decimalSymbol", ".").val("w:listSeparator", ",");
    xml.finish()
}

/// `word/fontTable.xml`: the fonts that the styles name, each with the name that stands in for it where it is missing.
pub(super) fn font_table(template: &Template, faces: &Faces<'_>) -> Markup {
    let mut xml = Xml::default();
    xml.open("w:fonts", &[("xmlns:w", W), ("xmlns:r", R)]);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for face in faces.files() {
        // The regular and the bold cut of a family share an entry.
        if !seen.insert(&face.family) {
            continue;
        }
        xml.open("w:font", &[("w:name", &face.family)]);
        xml.val("w:charset", if face.latin { "00" } else { "86" });
        let family = if matches!(face.role, FontRole::Hei) { "swiss" } else { "roman" };
        xml.val("w:family", family).val("w:pitch", "variable");
        for (bold, element) in [(false, "w:embedRegular"), (true, "w:embedBold")] {
            let cut = faces.files().iter().position(|f| f.family == face.family && f.bold == bold);
            if let Some((index, cut)) = cut.and_then(|at| Some((at, faces.files().get(at)?))) {
                let (id, key) = (Inventory::font_id(index), cut.guid());
                let mut said = vec![("r:id", id.as_str()), ("w:fontKey", key.as_str())];
                said.extend(cut.subset.then_some(("w:subsetted", "true")));
                xml.empty(element, &said);
            }
        }
        xml.close();
    }
    for fonts in &template.fonts.roles {
        if !seen.insert(fonts.office.as_str()) {
            continue;
        }
        xml.open("w:font", &[("w:name", &fonts.office)]);
        let mut others = fonts.faces.iter().filter(|f| **f != fonts.office);
        let is_han = |name: &&String| name.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if let Some(other) = others.clone().find(is_han).or_else(|| others.next()) {
            xml.val("w:altName", other);
        }
        // 86 (hexadecimal): GB 2312, by which programs choose a substitute that has Han characters.
        xml.val("w:charset", "86");
        let family = if matches!(fonts.role, FontRole::Hei) { "swiss" } else { "roman" };
        xml.val("w:family", family).val("w:pitch", "variable").close();
    }
    for fonts in &template.fonts.roles {
        if seen.insert(fonts.office_latin.as_str()) {
            xml.open("w:font", &[("w:name", &fonts.office_latin)]);
            xml.val("w:charset", "00").val("w:family", "roman").val("w:pitch", "variable").close();
        }
    }
    xml.finish()
}

/// `docProps/core.xml`.
pub(super) fn core(document: &Document, handed_out: Option<&HandedOut>) -> Markup {
    let meta = &document.meta;
    let mut xml = Xml::default();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    xml.text("dc:title", &[], &meta.title);
    if let Some(author) = &meta.author {
        xml.text("dc:creator", &[], author).text("cp:lastModifiedBy", &[], author);
    }
    if let Some(HandedOut { name, date, .. }) = handed_out {
        xml.text("dc:description", &[], &format!("{name} {date}"));
    }
    xml.text("cp:revision", &[], "1");
    // Years past 9999 have no form in RFC 3339; such a time is left out.
    let time = OffsetDateTime::from_unix_timestamp(meta.timestamp).ok().and_then(|t| t.format(&Rfc3339).ok());
    if let Some(time) = time {
        let typed = [("xsi:type", "dcterms:W3CDTF")];
        xml.text("dcterms:created", &typed, &time).text("dcterms:modified", &typed, &time);
    }
    xml.text("dc:language", &[], &meta.language);
    xml.finish()
}

/// `docProps/app.xml`.
pub(super) fn app() -> Markup {
    let mut xml = Xml::default();
    xml.open("Properties", &[("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")]);
    xml.text("Application", &[], env!("CARGO_PKG_NAME"));
    xml.finish()
}

/// `docProps/custom.xml`: which program and template made the file, and the hash of its other parts.
pub(super) fn custom(template: &Template, seal: &str, handed_out: Option<&HandedOut>) -> Markup {
    let mut xml = Xml::default();
    xml.open(
        "Properties",
        &[
            ("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"),
            ("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
        ],
    );
    let producer = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    let line = handed_out.map(|h| format!("{} {}", h.name, h.date));
    let mut properties = vec![(PRODUCER, producer), ("Template", template.name.as_str()), (PROPERTY, seal)];
    properties.extend(line.as_deref().map(|line| (HANDOUT, line)));
    for (pid, (name, value)) in properties.into_iter().enumerate() {
        let pid = (pid + 2).to_string();
        xml.open("property", &[("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"), ("pid", &pid), ("name", name)]);
        xml.text("vt:lpwstr", &[], value).close();
    }
    xml.finish()
}
