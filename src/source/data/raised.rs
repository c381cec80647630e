//! Cells of an .xlsx workbook whose text has raised or lowered characters in it: km², 10⁴, a mark of a note.
//!
//! The reader of workbooks hands over the text alone, and 10⁴ would be 104.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::area::area;
use super::parts::{part_of, strings_of};
use crate::model::Shift;

/// The most bytes of a part that is looked through.
const MOST_BYTES: u64 = 256 << 20;

/// A text with raised or lowered characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RaisedText {
    /// The text, with the characters that Unicode has for them.
    pub text: String,
    /// True when one of them has no such character, and is on the line.
    pub flat: bool,
    /// True when there are any.
    any: bool,
}

/// The cells of a sheet that have such a text. `within`: the part of the sheet has some itself.
pub(super) fn of_xlsx(bytes: &[u8], sheet: &str, within: bool) -> BTreeMap<(u32, u32), RaisedText> {
    found(bytes, sheet, within).unwrap_or_default()
}

fn found(bytes: &[u8], sheet: &str, within: bool) -> Option<BTreeMap<(u32, u32), RaisedText>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let sheet = part_of(&mut archive, sheet)?;
    let strings = strings_of(&mut archive).and_then(|name| read_part(&mut archive, &name));
    let shared = strings.filter(|text| has_raised(text)).map(|text| shared(&text)).unwrap_or_default();
    if shared.is_empty() && !within {
        return None;
    }
    Some(cells(&read_part(&mut archive, &sheet)?, &shared))
}

fn read_part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    archive.by_name(name).ok()?.take(MOST_BYTES).read_to_end(&mut text).ok()?;
    Some(text)
}

/// True for XML with raised or lowered characters.
pub(super) fn has_raised(text: &[u8]) -> bool {
    memmem::find(text, b"vertAlign").is_some()
}

/// The shared texts that have such characters, by their number.
fn shared(part: &[u8]) -> BTreeMap<u32, RaisedText> {
    let mut found = BTreeMap::new();
    let mut reader = reader(part);
    let mut number = 0;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "si" => {
                let text = rich(&mut reader, "si");
                if text.any {
                    found.insert(number, text);
                }
                number += 1;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// The cells of the part of a sheet.
fn cells(part: &[u8], shared: &BTreeMap<u32, RaisedText>) -> BTreeMap<(u32, u32), RaisedText> {
    let mut found = BTreeMap::new();
    let mut reader = reader(part);
    let (mut next, mut in_value) = ((0_u32, 0_u32), false);
    let (mut at, mut kind) = ((0, 0), String::new());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "row" => {
                    let written = attribute(&start, "r").and_then(|r| r.parse::<u32>().ok()?.checked_sub(1));
                    next = (written.unwrap_or(next.0), 0);
                }
                "c" => {
                    // A cell without its name follows the one before.
                    at = attribute(&start, "r").and_then(|name| area(&name)).map_or(next, |(first, _)| first);
                    next = (at.0, at.1.saturating_add(1));
                    kind = attribute(&start, "t").unwrap_or_default();
                }
                "v" => in_value = kind == "s",
                "is" => {
                    let text = rich(&mut reader, "is");
                    if text.any {
                        found.insert(at, text);
                    }
                }
                _ => {}
            },
            Event::Text(text) if in_value => {
                let number = text.xml10_content().trim().parse::<u32>().ok();
                found.extend(number.and_then(|number| shared.get(&number)).map(|text| (at, text.clone())));
            }
            Event::End(end) => match end.local_name().as_ref() {
                "v" => in_value = false,
                "row" => next = (next.0.saturating_add(1), 0),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// A text of runs, up to the end of what holds it.
fn rich(reader: &mut Reader<&[u8]>, holder: &str) -> RaisedText {
    let mut all = RaisedText::default();
    let (mut shift, mut within) = (Shift::None, false);
    let mut run = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "r" => shift = Shift::None,
                "vertAlign" => {
                    shift = match attribute(&start, "val").as_deref() {
                        Some("superscript") => Shift::Raised,
                        Some("subscript") => Shift::Lowered,
                        _ => Shift::None,
                    }
                }
                "t" => within = true,
                // How a text is read aloud is no part of it.
                "rPh" => drop(reader.read_to_end(start.name())),
                _ => {}
            },
            Event::Text(text) if within => run.push_str(&text.xml10_content()),
            Event::CData(text) if within => run.push_str(&text.into_inner()),
            Event::GeneralRef(name) if within => match name.resolve_char_ref() {
                Ok(Some(c)) => run.push(c),
                _ => run.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default()),
            },
            Event::End(end) if end.local_name().as_ref() == "t" => {
                all.push(&run, shift);
                run.clear();
                within = false;
            }
            Event::End(end) if end.local_name().as_ref() == holder => return all,
            Event::Eof => return all,
            _ => {}
        }
    }
    all
}

impl RaisedText {
    /// Adds a run.
    pub(super) fn push(&mut self, run: &str, shift: Shift) {
        let typed = shift.typed(run);
        let shifted = shift != Shift::None && !run.trim().is_empty();
        self.any |= shifted;
        self.flat |= shifted && typed == run;
        self.text.push_str(&typed);
    }
}

fn reader(part: &[u8]) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    reader
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    Some(quick_xml::escape::unescape(&attribute.value).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_runs_become_characters_of_their_own() {
        let strings = br#"<sst><si><t>104</t></si><si><r><t xml:space="preserve">10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>4</t></r>
            <r><t>&#x4e07;</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si><r><rPr><vertAlign val='superscript'/></rPr><t>Q</t></r></si></sst>"#;
        let shared = shared(strings);
        assert_eq!(shared[&1].text, "10⁴万");
        assert!(!shared[&1].flat && shared[&2].flat && shared.len() == 2);
        let sheet = br#"<x:sheetData><x:row r="3"><x:c r="B3" t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c t="inlineStr"><x:is><x:r><x:t>CO</x:t></x:r>
            <x:r><x:rPr><x:vertAlign val="subscript"/></x:rPr><x:t>2</x:t></x:r></x:is></x:c></x:row><x:row><x:c t="s"><x:v>1</x:v></x:c><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>"#;
        let cells = cells(sheet, &shared);
        let texts: Vec<_> = cells.iter().map(|(at, text)| (*at, text.text.as_str())).collect();
        assert_eq!(texts, [((2, 1), "10⁴万"), ((2, 3), "CO₂"), ((3, 0), "10⁴万")]);
    }
}
