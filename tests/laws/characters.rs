//! No character is lost in silence: all that is in a text is in both files, or is told.

use super::{pdf_lines, word_paragraphs};
use crate::cases;
use crate::font::fonts;
use crate::source::memory::Memory;
use dinggao::diagnostic::{Diagnostic, Severity, Sources};
use dinggao::layout::compose;
use dinggao::{docx, pdf, source};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Where characters that need care are, each range as likely as another.
const RANGES: [(char, char); 24] = [
    (' ', '~'),
    ('\u{a0}', '\u{17f}'),
    ('\u{180}', '\u{24f}'),
    ('\u{250}', '\u{2ff}'),
    ('\u{300}', '\u{36f}'),
    ('\u{370}', '\u{4ff}'),
    ('\u{590}', '\u{8ff}'),
    ('\u{900}', '\u{dff}'),
    ('\u{e00}', '\u{11ff}'),
    ('\u{1780}', '\u{18af}'),
    ('\u{1ab0}', '\u{1eff}'),
    ('\u{2000}', '\u{206f}'),
    ('\u{2070}', '\u{27bf}'),
    ('\u{2e80}', '\u{2fdf}'),
    ('\u{3000}', '\u{33ff}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7ff}'),
    ('\u{e000}', '\u{faff}'),
    ('\u{fb00}', '\u{ffff}'),
    ('\u{10000}', '\u{1ffff}'),
    ('\u{20000}', '\u{3ffff}'),
    ('\u{e0000}', '\u{e01ff}'),
    ('\0', '\u{9f}'),
];

fn character() -> impl Strategy<Value = char> {
    let ranged = prop::sample::select(RANGES.to_vec()).prop_flat_map(|(first, last)| prop::char::range(first, last));
    // A line end is not a character of the text.
    prop_oneof![5 => ranged, 1 => any::<char>()].prop_map(|c| if matches!(c, '\n' | '\r') { '字' } else { c })
}

/// A text as a double-quoted scalar, every mark of ASCII taken as it is.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push_str("\\\\");
        }
        write!(out, "\\U{:08X}", u32::from(c)).expect("a string takes everything");
    }
    out + "\""
}

/// The characters that a diagnostic names, by their codes or by its place in the report.
fn named(diagnostic: &Diagnostic, sources: &Sources, told: &mut BTreeSet<char>) {
    let code = |text: &str| u32::from_str_radix(text, 16).ok().and_then(char::from_u32);
    for part in diagnostic.message.en.split("U+").skip(1) {
        let digits = part.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(part.len());
        told.extend(code(&part[..digits]));
    }
    let Some((span, file)) = diagnostic.span.and_then(|s| sources.get(s.file).map(|f| (s, f))) else { return };
    if file.path == "report.yaml" && diagnostic.code.0 == "D322" {
        let escapes = file.text.match_indices("\\U").filter(|(at, _)| (span.start..span.end).contains(&(*at as u32)));
        told.extend(escapes.filter_map(|(at, _)| code(&file.text[at + 2..at + 10])));
    }
}

/// The text without what was told and without white space, accents composed.
fn printed(text: &str, told: &BTreeSet<char>) -> String {
    let chars: Vec<char> = text.chars().filter(|c| !told.contains(c)).collect();
    let joins = |c: char| is_combining_mark(c) || ('\u{1161}'..='\u{11ff}').contains(&c);
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let end = (at + 1..chars.len()).find(|&i| !joins(chars[i])).unwrap_or(chars.len());
        let cluster: String = chars[at..end].iter().collect();
        if end > at + 1 {
            out.extend(cluster.nfc());
        } else {
            out.push_str(&cluster);
        }
        at = end;
    }
    out.retain(|c| !c.is_whitespace() && !told.contains(&c));
    // ⁻ may be set as a raised −.
    let shifted = |c: char| matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{209c}');
    out.chars().map(|c| if shifted(c) { c.nfkd().next().unwrap_or(c) } else { c }).collect()
}

/// Checks one text: in the body, in a cell, as a value.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let fonts = fonts();
    let mut told = BTreeSet::new();
    for _ in 0..60 {
        let left: String = text.chars().filter(|c| !told.contains(c)).collect();
        let scalar = quoted(&format!("字{left}。"));
        let yaml = format!(
            "template: work-report\ntitle: 字\ndata: d.json\nbody:\n  - {scalar}\n  - table: {{rows: [[{scalar}]]}}\n  - \"{{{{ v }}}}\"\n"
        );
        let json = serde_json::json!({ "v": format!("字{left}。") }).to_string();
        let files = [("/case/report.yaml", yaml), ("/case/d.json", json)];
        let files = files.map(|(name, text)| (PathBuf::from(name), text.into_bytes()));
        let world = Memory { files: BTreeMap::from(files), ..Memory::default() };
        let options = source::InputOptions { advice: true, ..source::InputOptions::default() };
        let loaded = source::load(&world, Path::new("/case/report.yaml"), &options);
        let before = told.len();
        for diagnostic in loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error || d.code.0 == "D921") {
            named(diagnostic, &loaded.sources, &mut told);
        }
        let Ok((document, template)) = loaded.outcome else {
            prop_assert!(told.len() > before, "nothing new is told: {:?}", loaded.diagnostics);
            continue;
        };
        let paged = match compose(&document, &template, &fonts) {
            Ok(paged) => paged,
            Err(missing) => {
                let before = told.len();
                for diagnostic in &missing {
                    named(diagnostic, &loaded.sources, &mut told);
                }
                prop_assert!(told.len() > before, "nothing new is told: {missing:?}");
                continue;
            }
        };
        let expected = format!("字{}", printed(&format!("字{left}。"), &told).repeat(3));
        let bytes = pdf::write(&document, &paged, &fonts).expect("a PDF file");
        let lines = pdf_lines(&bytes);
        let found: String = lines.iter().flatten().map(|(_, _, text)| text.replace('\u{ad}', "")).collect();
        prop_assert_eq!(printed(&found, &BTreeSet::new()), expected.clone(), "in the PDF, told {:?}", told);
        let word =
            docx::write(&document, &template, &paged.printed, &docx::WordOptions::default()).expect("a Word file");
        let found: String = word_paragraphs(&word).into_iter().map(|(number, text)| number + &text).collect();
        prop_assert_eq!(printed(&found, &BTreeSet::new()), expected, "in the Word file, told {:?}", told);
        return Ok(());
    }
    prop_assert!(false, "still told of something: {told:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..cases(12) })]
    #[test]
    fn every_character_is_printed_or_told(text in prop::collection::vec(character(), 1..24)) {
        holds(&text.into_iter().collect::<String>())?;
    }
}
