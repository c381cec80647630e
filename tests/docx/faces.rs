//! Embedded faces: small, under the names that the styles say, with every character of the text.

use super::{bytes, trees};
use dinggao::pipeline::{self, Carried, Destination, Formats, Request, WordFile};
use dinggao::world::SystemWorld;
use std::collections::BTreeSet;
use std::path::Path;

/// The Word file of a report that carries its faces.
fn carrying(report: &str, carried: Carried) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    let mut request = Request::new(root.join(report));
    request.fonts = Some(root.join("fonts"));
    request.formats = Formats { docx: true, ..Formats::default() };
    request.word = WordFile { embed_fonts: Some(carried), ..WordFile::default() };
    let outcome = pipeline::build(&SystemWorld::new(), &request, &Destination::folder(folder.path()));
    assert!(outcome.diagnostics.iter().all(|d| !d.is_error()), "{:?}", outcome.diagnostics);
    std::fs::read(outcome.outputs.first().expect("a Word file")).expect("readable")
}

/// The embedded files, by family and whether it is the bold cut.
fn faces(word: &[u8]) -> Vec<((String, bool), Vec<u8>)> {
    let trees = trees(word);
    let tree = |name: &str| &trees.iter().find(|(part, _)| part == name).expect("a part").1;
    let relations = tree("word/_rels/fontTable.xml.rels");
    let mut faces = Vec::new();
    for font in tree("word/fontTable.xml").all("w:font") {
        let family = font.attribute("w:name").expect("a name").to_owned();
        for (element, bold) in [("w:embedRegular", false), ("w:embedBold", true)] {
            for cut in font.all(element) {
                let (id, key) = (cut.attribute("r:id"), cut.attribute("w:fontKey").expect("a key"));
                assert_eq!(cut.attribute("w:subsetted"), Some("true"));
                let relation = relations.all("Relationship").into_iter().find(|r| r.attribute("Id") == id);
                let target = relation.and_then(|r| r.attribute("Target")).expect("a part");
                let mut data = bytes(word, &format!("word/{target}"));
                let digits: String = key.chars().filter(char::is_ascii_hexdigit).collect();
                let key: Vec<u8> = (0..16)
                    .rev()
                    .map(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).expect("a digit"))
                    .collect();
                for (byte, key) in data.iter_mut().take(32).zip(key.iter().cycle()) {
                    *byte ^= key;
                }
                faces.push(((family.clone(), bold), data));
            }
        }
    }
    faces
}

#[test]
fn embedded_faces_have_the_characters_of_the_text_and_few_others() {
    let word = carrying("data/samples/full-report.yaml", Carried::Used);
    assert!(word.len() < 3 << 20, "{} bytes", word.len());
    let faces = faces(&word);
    let trees = trees(&word);
    let names: BTreeSet<&str> = faces.iter().map(|((family, _), _)| family.as_str()).collect();
    // Whatever a style names is there, its digits too.
    for (part, tree) in &trees {
        for fonts in tree.all("w:rFonts") {
            for key in ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"] {
                let name = fonts.attribute(key);
                assert!(name.is_none_or(|name| names.contains(name)), "{part}: {name:?} is not among {names:?}");
            }
        }
    }
    let document = &trees.iter().find(|(part, _)| part == "word/document.xml").expect("a part").1;
    let pieces = document.all("w:t").into_iter().flat_map(|t| &t.children);
    let text: BTreeSet<char> = pieces.flat_map(|piece| piece.text.chars()).collect();
    assert!(text.contains(&'“'), "the sample has Chinese marks");
    let mut han = 0;
    for ((family, _), data) in &faces {
        let face = ttf_parser::Face::parse(data, 0).expect("a sound face");
        let advance = |c: char| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph));
        assert!(face.glyph_index('饕').is_none(), "{family} is not cut down");
        if face.glyph_index('国').is_none() {
            continue;
        }
        han += 1;
        for &c in text.iter().chain(&['1', '一', '、', '①']) {
            if c == '①' && !text.contains(&c) {
                continue;
            }
            let glyph = face.glyph_index(c);
            assert!(glyph.is_some(), "{family} has no {c}");
            let mut pen = Silent;
            assert!(
                c.is_whitespace() || glyph.and_then(|g| face.outline_glyph(g, &mut pen)).is_some(),
                "{family}: {c}"
            );
        }
        // No program looks for the full-width forms: they are the characters' own.
        for c in "“”‘’—…".chars() {
            assert_eq!(advance(c), Some(face.units_per_em()), "{family}: {c}");
        }
    }
    assert_eq!(han, 5);
}

#[test]
fn common_characters_are_added_by_option() {
    let word = carrying("data/report.yaml", Carried::Common);
    let faces = faces(&word);
    let han = faces.iter().filter(|(_, data)| {
        let face = ttf_parser::Face::parse(data, 0).expect("a sound face");
        // One that the report does not use, and one that is not common.
        face.glyph_index('啃').is_some() && face.glyph_index('饕').is_none()
    });
    assert_eq!(han.count(), 5);
}

/// Draws nothing.
struct Silent;

impl ttf_parser::OutlineBuilder for Silent {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}
