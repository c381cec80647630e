//! A reader of PDF files that knows nothing of the writer: fonts, the text state, marked content.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

pub(crate) fn load(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

pub(crate) fn dict(file: &Document, object: &Object) -> Dictionary {
    file.dereference(object).unwrap().1.as_dict().unwrap().clone()
}

pub(crate) fn get(file: &Document, from: &Dictionary, path: &[&str]) -> Object {
    let mut at = Object::Dictionary(from.clone());
    for key in path {
        let (_, object) = file.dereference(&at).unwrap();
        let next = match object {
            Object::Array(items) => items[key.parse::<usize>().unwrap()].clone(),
            object => object.as_dict().unwrap().get(key.as_bytes()).unwrap_or_else(|_| panic!("no {key}")).clone(),
        };
        at = file.dereference(&next).unwrap().1.clone();
    }
    at
}

pub(crate) fn catalog(file: &Document) -> Dictionary {
    file.catalog().unwrap().clone()
}

pub(crate) fn pages(file: &Document) -> Vec<ObjectId> {
    file.get_pages().into_values().collect()
}

pub(crate) fn float(object: &Object) -> f64 {
    f64::from(object.as_float().unwrap())
}

pub(crate) fn string(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

pub(crate) fn operations(file: &Document, page: ObjectId) -> Vec<Operation> {
    Content::decode(&file.get_page_content(page)).unwrap().operations
}

/// A glyph as a reader places it.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) size: f64,
    pub(crate) rise: f64,
    pub(crate) mode: i64,
    pub(crate) width: f64,
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// From ToUnicode; empty where there is none, and for all but the first glyph of an ActualText.
    pub(crate) text: String,
    /// Tag and MCID of the sequence that it is in.
    pub(crate) tag: String,
    pub(crate) mcid: Option<i64>,
    /// The colour that it is filled with, as its operator has it: red, green, blue, or the four inks.
    pub(crate) ink: Vec<f64>,
}

struct Font {
    widths: BTreeMap<u16, f64>,
    default: f64,
    unicode: BTreeMap<u16, String>,
}

fn font(file: &Document, object: &Object) -> Font {
    let font = dict(file, object);
    let descendant = get(file, &font, &["DescendantFonts", "0"]).as_dict().unwrap().clone();
    let mut widths = BTreeMap::new();
    if descendant.has(b"W") {
        let w = get(file, &descendant, &["W"]).as_array().unwrap().clone();
        for pair in w.chunks(2) {
            let first = u16::try_from(pair[0].as_i64().unwrap()).unwrap();
            for (cid, width) in (first..).zip(pair[1].as_array().unwrap()) {
                widths.insert(cid, float(width));
            }
        }
    }
    let map = get(file, &font, &["ToUnicode"]);
    let map = String::from_utf8(map.as_stream().unwrap().decompressed_content().unwrap()).unwrap();
    let mut unicode = BTreeMap::new();
    for line in map.split("beginbfchar").skip(1).flat_map(|section| section.split("endbfchar").next().unwrap().lines())
    {
        if let [code, to] = line.split_whitespace().map(|t| t.trim_matches(['<', '>'])).collect::<Vec<_>>()[..] {
            let units: Vec<u16> = to
                .as_bytes()
                .chunks(4)
                .map(|h| u16::from_str_radix(std::str::from_utf8(h).unwrap(), 16).unwrap())
                .collect();
            unicode.insert(u16::from_str_radix(code, 16).unwrap(), String::from_utf16(&units).unwrap());
        }
    }
    Font { widths, default: float(descendant.get(b"DW").unwrap()), unicode }
}

/// The glyphs of a page in the order they are shown.
pub(crate) fn shown(file: &Document, page: ObjectId) -> Vec<Shown> {
    let object = file.get_dictionary(page).unwrap().clone();
    // A blank page has no fonts.
    let resources = get(file, &object, &["Resources"]).as_dict().unwrap().clone();
    let named = resources.get(b"Font").map(|fonts| dict(file, fonts)).unwrap_or_default();
    let fonts: BTreeMap<String, Font> =
        named.iter().map(|(key, value)| (String::from_utf8(key.clone()).unwrap(), font(file, value))).collect();
    let (mut name, mut size, mut rise, mut mode, mut x, mut y) = (String::new(), 0.0, 0.0, 0, 0.0, 0.0);
    let mut stack: Vec<(String, Option<i64>, Option<String>)> = Vec::new();
    let mut all = Vec::new();
    let mut ink = Vec::new();
    for Operation { operator, operands } in operations(file, page) {
        match operator.as_str() {
            "g" | "rg" | "k" => ink = operands.iter().map(float).collect(),
            "BT" => (x, y) = (0.0, 0.0),
            "Td" => (x, y) = (x + float(&operands[0]), y + float(&operands[1])),
            "Tf" => {
                name = String::from_utf8(operands[0].as_name().unwrap().to_vec()).unwrap();
                size = float(&operands[1]);
            }
            "Ts" => rise = float(&operands[0]),
            "Tr" => mode = operands[0].as_i64().unwrap(),
            "BDC" => {
                let properties = operands[1].as_dict().unwrap();
                let tag = String::from_utf8(operands[0].as_name().unwrap().to_vec()).unwrap();
                let mcid = properties.get(b"MCID").ok().map(|mcid| mcid.as_i64().unwrap());
                stack.push((tag, mcid, properties.get(b"ActualText").ok().map(string)));
            }
            "EMC" => drop(stack.pop().expect("EMC without BDC")),
            "TJ" | "Tj" => {
                let one = std::slice::from_ref(&operands[0]);
                for item in operands[0].as_array().map_or(one, Vec::as_slice) {
                    let Object::String(codes, _) = item else {
                        x -= float(item) / 1000.0 * size;
                        continue;
                    };
                    for code in codes.chunks(2) {
                        let cid = u16::from_be_bytes([code[0], code[1]]);
                        let font = &fonts[&name];
                        let width = font.widths.get(&cid).copied().unwrap_or(font.default);
                        let text = match stack.iter_mut().rev().find_map(|(_, _, actual)| actual.as_mut()) {
                            Some(actual) => std::mem::take(actual),
                            None => font.unicode.get(&cid).cloned().unwrap_or_default(),
                        };
                        // None: outside of marked content, as on pages for a press.
                        let tag = stack.first().map(|outer| outer.0.clone()).unwrap_or_default();
                        let mcid = stack.iter().find_map(|(_, mcid, _)| *mcid);
                        all.push(Shown { size, rise, mode, width, x, y, text, tag, mcid, ink: ink.clone() });
                        x += width / 1000.0 * size;
                    }
                }
            }
            _ => {}
        }
    }
    assert!(stack.is_empty(), "marked content is not closed");
    all
}
