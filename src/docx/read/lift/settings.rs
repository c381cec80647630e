//! What is said of pages and of the file: page breaks, measures, headers and footers, addresses, properties.

use super::super::ReadError;
use super::super::parse::{Element, Ns, OpenedPackage, tree};
use super::walk::Walker;
use crate::model::{SavedWith, WordSetting, WordSettingKind};
use std::collections::BTreeSet;

/// Watermarks that programs put in as long as nobody has paid for them, without white space.
const TRIALS: [&str; 1] = ["UnregisteredVersion"];

impl Walker<'_> {
    /// Notes something about the pages or the file.
    pub(super) fn set(&mut self, what: WordSettingKind, text: String, item: usize) {
        let setting = WordSetting { what, text, item, words: String::new() };
        if self.kept() && !self.settings.contains(&setting) {
            self.settings.push(setting);
        }
    }

    /// A page begins before the paragraph in hand, or after what it has so far.
    pub(super) fn page_break(&mut self) {
        let item = self.place() + usize::from(!self.paragraph.phrase.is_empty());
        self.set(WordSettingKind::PageBreak, String::new(), item);
    }

    /// A section ends. How it began is said at its end.
    pub(super) fn section(&mut self, properties: &Element) {
        let begins_page = properties.val("type") != Some("continuous");
        if let Some(item) = self.section_start.filter(|_| begins_page) {
            self.set(WordSettingKind::PageBreak, WordSetting::SECTION.to_owned(), item);
        }
        let start = self.section_start.replace(self.out.len()).unwrap_or(0);
        let of = |name: &str, key: &str| {
            let value = properties.word(name).and_then(|e| e.attribute(key)).and_then(|v| v.parse::<f64>().ok());
            // Twips to millimetres.
            value.unwrap_or_default() * 25.4 / 1440.0
        };
        let [top, right, bottom, left] = ["top", "right", "bottom", "left"].map(|side| of("pgMar", side));
        let columns = properties.word("cols").and_then(|c| c.attribute("num")).unwrap_or("1");
        let (width, height) = (of("pgSz", "w"), of("pgSz", "h"));
        for item in self.out.iter_mut().skip(start) {
            item.landscape = width > height;
        }
        let mut page = format!("{width:.1} × {height:.1} mm; ↔ {columns}; ← {left:.1} → {right:.1} mm");
        // It counts headers and footers among the margins.
        if self.saved_with != SavedWith::LibreOffice {
            page = format!("{page} ↑ {top:.1} ↓ {bottom:.1} mm");
        }
        if width > 0.0 {
            self.set(WordSettingKind::Page, page, self.out.len());
        }
        for element in properties.elements().filter(|e| e.ns == Ns::Word) {
            let what = match &*element.name {
                "headerReference" => WordSettingKind::Header,
                "footerReference" => WordSettingKind::Footer,
                _ => continue,
            };
            if let Some(target) = element.attribute("id").and_then(|id| self.targets.get(id)) {
                self.furniture.insert((what, (*target).to_owned()));
            }
        }
    }

    /// Words lead to an address outside the document. Returns the index of the setting, which takes the words in.
    pub(super) fn address(&mut self, address: &str) -> Option<usize> {
        let text = address.trim().to_owned();
        if text.is_empty() || !self.kept() {
            return None;
        }
        let item = self.place();
        self.settings.push(WordSetting { what: WordSettingKind::Link, text, item, words: String::new() });
        Some(self.settings.len() - 1)
    }
}

/// The address of a field that is a link to one.
pub(super) fn field_address(instruction: &str) -> Option<&str> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    rest.strip_prefix('"').and_then(|rest| rest.split('"').next())
}

/// What headers and footers say.
pub(super) fn furniture(
    package: &mut OpenedPackage<'_>,
    parts: &BTreeSet<(WordSettingKind, String)>,
    settings: &mut Vec<WordSetting>,
) -> Result<(), ReadError> {
    let mut found = BTreeSet::new();
    for (what, name) in parts {
        let Some(xml) = package.xml(name)? else { continue };
        let mut pieces = BTreeSet::new();
        paragraphs(&tree(&xml, name)?, &mut pieces);
        found.extend(pieces.into_iter().filter(|text| !TRIALS.contains(&text.as_str())).map(|text| (*what, text)));
    }
    settings.extend(found.into_iter().map(|(what, text)| WordSetting { what, text, ..WordSetting::default() }));
    Ok(())
}

/// The words of each paragraph below an element, those in drawings too, and of watermarks. Programs make a drawing of a paragraph in a
/// frame, so what is drawn around words is not said; a picture is.
fn paragraphs(element: &Element, found: &mut BTreeSet<String>) {
    for child in element.elements() {
        match (child.ns, &*child.name) {
            (Ns::Word, "p") => {
                let (mut text, mut results) = (String::new(), 0);
                said(child, &mut results, &mut text);
                text.retain(|c| !c.is_whitespace());
                if !text.is_empty() {
                    found.insert(text);
                }
                paragraphs(child, found);
            }
            (Ns::Compat, "Fallback") => {}
            (_, "textpath") => {
                let words = child.attribute("string").unwrap_or_default();
                let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
                found.extend(Some(words).filter(|w| !w.is_empty()));
            }
            (_, "blip" | "imagedata") => {
                found.insert("〔图〕".to_owned());
            }
            _ => paragraphs(child, found),
        }
    }
}

/// The words of a paragraph, fields by their names. `results`: how many fields show their results.
fn said(element: &Element, results: &mut usize, text: &mut String) {
    let field = |instruction: &str| {
        instruction.split_whitespace().next().map(|name| format!("〔{}〕", name.to_uppercase())).unwrap_or_default()
    };
    for child in element.elements() {
        match (child.ns, &*child.name) {
            (Ns::Word, "fldSimple") => text.push_str(&field(child.attribute("instr").unwrap_or_default())),
            (Ns::Word, "instrText") => text.push_str(&field(&child.all_text())),
            (Ns::Word, "fldChar") => match child.attribute("fldCharType") {
                Some("separate") => *results += 1,
                Some("end") => *results = results.saturating_sub(1),
                _ => {}
            },
            (Ns::Word, "t") if *results == 0 => text.push_str(&child.all_text()),
            (Ns::Word, "drawing" | "pict" | "object" | "del" | "moveFrom" | "pPr" | "rPr")
            | (Ns::Compat, "AlternateContent") => {}
            _ => said(child, results, text),
        }
    }
}

/// The properties of the file that people write.
pub(super) fn properties(root: &Element, settings: &mut Vec<WordSetting>) {
    for element in root.elements() {
        let name = &*element.name;
        let text = element.all_text();
        if matches!(name, "title" | "subject" | "creator" | "keywords" | "description" | "category")
            && !text.trim().is_empty()
        {
            let text = format!("{name}: {}", text.trim());
            settings.push(WordSetting { what: WordSettingKind::Property, text, ..WordSetting::default() });
        }
    }
}
