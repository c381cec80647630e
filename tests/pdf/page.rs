//! What is on the pages: text, places, colours, tags.

use super::reader::{self, Shown};
use super::sheet::{self, CFF, HAN, LATIN, Setter};
use dinggao::layout::{Glyph, GlyphRun, Line, PageItem, PagedDocument};
use dinggao::model::{BlockKind, Color, Length, RunKind};
use dinggao::pdf;

fn one_line(line: Line) -> (dinggao::model::Document, PagedDocument) {
    let document = sheet::document("一行", vec![BlockKind::Paragraph(sheet::text(&line.text))]);
    (document, PagedDocument { pages: vec![sheet::page(1, vec![PageItem::Line(line)])], ..PagedDocument::default() })
}

fn shown(document: &dinggao::model::Document, paged: &PagedDocument) -> Vec<Shown> {
    let file = reader::load(&pdf::write(document, paged, &sheet::fonts()).unwrap());
    reader::pages(&file).into_iter().flat_map(|page| reader::shown(&file, page)).collect()
}

fn run(face: dinggao::font::FaceId, size: f64, glyphs: Vec<Glyph>) -> GlyphRun {
    GlyphRun {
        face,
        size: Length::pt(size),
        rise: Length::ZERO,
        color: Color::BLACK,
        stroke: None,
        source: RunKind::Text,
        link: None,
        change: dinggao::model::RunChange::Kept,
        glyphs,
    }
}

fn line_of(text: &str, runs: Vec<GlyphRun>) -> Line {
    Line {
        kind: sheet::block(0),
        last: true,
        text: text.to_owned(),
        x: Length::pt(79.37),
        baseline: Length::pt(200.0),
        width: Length::pt(100.0),
        turned: false,
        runs,
        strain: None,
    }
}

#[test]
fn text_and_places_are_exact() {
    let fonts = sheet::fonts();
    for stretch in [0.0, 0.013_37, -0.0421] {
        let mut setter = Setter::new(&fonts);
        setter.stretch = stretch;
        let (document, paged) = sheet::report(&setter);
        let got = shown(&document, &paged);
        let mut got = got.iter();
        for page in &paged.pages {
            for line in page.lines() {
                let mut text = String::new();
                for run in &line.runs {
                    for glyph in &run.glyphs {
                        let got = got.next().unwrap();
                        let x = line.x.to_pt() + f64::from(glyph.x);
                        assert!((got.x - x).abs() < 0.002, "{}: {} is not {x}", line.text, got.x);
                        assert!((got.y - (page.height - line.baseline).to_pt()).abs() < 0.001);
                        assert!((got.size - run.size.to_pt()).abs() < 0.001);
                        assert!((got.rise - run.rise.to_pt()).abs() < 0.001);
                        assert_eq!(got.mode, if run.stroke.is_some() { 2 } else { 0 });
                        text.push_str(&got.text);
                    }
                }
                assert_eq!(text, line.text);
            }
        }
        assert!(got.next().is_none());
    }
}

#[test]
fn a_long_line_gathers_no_error() {
    let fonts = sheet::fonts();
    let mut setter = Setter::new(&fonts);
    setter.stretch = 0.000_049;
    let line = setter.line(sheet::block(0), &"AVTo中".repeat(200), 10.0, 100.0, 15.793);
    let (document, paged) = one_line(line.clone());
    let places = line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| 10.0 + f64::from(glyph.x));
    for (got, x) in shown(&document, &paged).iter().zip(places) {
        assert!((got.x - x).abs() < 0.002, "{} is not {x}", got.x);
    }
}

#[test]
fn runs_are_shown_whole() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let (document, paged) = one_line(setter.line(sheet::block(0), "全年请示报告工作", 80.0, 100.0, 16.0));
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let content = reader::operations(&file, reader::pages(&file)[0]);
    let shows: Vec<_> = content.iter().filter(|op| matches!(op.operator.as_str(), "TJ" | "Tj")).collect();
    assert_eq!(shows.len(), 1);
    assert_eq!(shows[0].operands[0].as_str().unwrap().len(), 16, "eight full-width characters without a kern");
}

#[test]
fn one_glyph_for_two_characters() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let glyph = Glyph { id: setter.id(HAN, '—'), bytes: 6, x: 0.0 };
    let (document, paged) = one_line(line_of("——", vec![run(HAN, 16.0, vec![glyph])]));
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let page = reader::pages(&file)[0];
    assert_eq!(reader::shown(&file, page)[0].text, "——");
    let spans = reader::operations(&file, page).iter().filter(|op| op.operator == "BDC").count();
    assert_eq!(spans, 1, "ToUnicode says it; no ActualText is needed");
}

#[test]
fn one_glyph_for_different_characters() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let id = setter.id(HAN, '—');
    let glyphs =
        |bytes: &[u8]| bytes.iter().zip(0..).map(|(&bytes, i)| Glyph { id, bytes, x: (i * 16) as f32 }).collect();
    // The same glyph as U+2014, as U+2015 and as two characters; then two glyphs for one character.
    let runs = vec![run(HAN, 16.0, glyphs(&[3, 3, 6, 3])), run(HAN, 15.0, glyphs(&[3, 0]))];
    let (document, paged) = one_line(line_of("—―——―…", runs));
    let got = shown(&document, &paged);
    let texts: Vec<_> = got.iter().map(|glyph| glyph.text.as_str()).collect();
    assert_eq!(texts, ["—", "―", "——", "―", "…", ""]);
    assert!(got.iter().all(|glyph| glyph.mcid == Some(0)));
}

#[test]
fn characters_beyond_the_basic_plane() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let glyph = Glyph { id: setter.id(HAN, '中'), bytes: 4, x: 0.0 };
    let (document, paged) = one_line(line_of("𠀀", vec![run(HAN, 16.0, vec![glyph])]));
    assert_eq!(shown(&document, &paged)[0].text, "𠀀");
}

#[test]
fn black_is_in_black_ink_alone() {
    let fonts = sheet::fonts();
    let (document, paged) = sheet::report(&Setter::new(&fonts));
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    for page in reader::pages(&file) {
        let content = reader::operations(&file, page);
        let colours: Vec<_> = content
            .iter()
            .filter(|op| {
                matches!(
                    op.operator.as_str(),
                    "g" | "G" | "rg" | "RG" | "k" | "K" | "cs" | "CS" | "sc" | "SC" | "scn" | "SCN"
                )
            })
            .map(|op| (op.operator.as_str(), reader::float(&op.operands[0])))
            .collect();
        assert!(!colours.is_empty() && colours.iter().all(|colour| matches!(colour, ("g" | "G", 0.0))), "{colours:?}");
        let first = |operator: &[&str]| content.iter().position(|op| operator.contains(&op.operator.as_str()));
        assert!(first(&["g"]).unwrap() < first(&["TJ", "Tj", "re"]).unwrap());
        assert!(first(&["G"]).is_none_or(|outline| outline < first(&["Tr"]).unwrap()));
    }
}

#[test]
fn emboldening_ends_with_its_run() {
    let fonts = sheet::fonts();
    let (document, paged) = sheet::report(&Setter::new(&fonts));
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let content = reader::operations(&file, reader::pages(&file)[0]);
    let state: Vec<_> = content
        .iter()
        .filter(|op| matches!(op.operator.as_str(), "Tr" | "w" | "j"))
        .map(|op| (op.operator.as_str(), reader::float(&op.operands[0])))
        .collect();
    let expected = [("w", f64::from(0.4_f32)), ("j", 1.0), ("Tr", 2.0), ("Tr", 0.0)];
    assert_eq!(state, expected);
}

#[test]
fn every_mark_is_tagged_or_an_artifact() {
    let fonts = sheet::fonts();
    let (document, paged) = sheet::report(&Setter::new(&fonts));
    let got = shown(&document, &paged);
    let mut tags: Vec<_> = got.iter().map(|glyph| (glyph.tag.as_str(), glyph.mcid)).collect();
    tags.dedup();
    let expected =
        [("Title", Some(0)), ("H1", Some(1)), ("P", Some(2)), ("Artifact", None), ("P", Some(0)), ("Artifact", None)];
    assert_eq!(tags, expected);
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let content = reader::operations(&file, reader::pages(&file)[0]);
    let rule = content.iter().position(|op| op.operator == "re").unwrap();
    assert_eq!(content[rule - 1].operands[0].as_name().unwrap(), b"Artifact");
    let place: Vec<f64> = content[rule].operands.iter().map(reader::float).collect();
    for (got, expected) in place.iter().zip([79.37, 841.89 - 120.75, 442.205, 0.75]) {
        assert!((got - expected).abs() < 0.001, "{got} is not {expected}");
    }
}

#[test]
fn faces_of_both_kinds_are_embedded() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let glyph = |face, c, x| Glyph { id: setter.id(face, c), bytes: 1, x };
    let runs = vec![
        run(CFF, 16.0, vec![glyph(CFF, 'A', 0.0), glyph(CFF, 'B', 9.0)]),
        run(LATIN, 16.0, vec![glyph(LATIN, 'A', 20.0)]),
    ];
    let (document, paged) = one_line(line_of("ABA", runs));
    let got = shown(&document, &paged);
    assert_eq!(got.iter().map(|glyph| glyph.text.as_str()).collect::<String>(), "ABA");
    assert!((got[1].x - 88.37).abs() < 0.002);
    assert!((got[0].width - 600.0).abs() < 0.001 && (got[1].width - 650.5).abs() < 0.001);
}

#[test]
fn marks_over_the_blank_half_of_others_are_read_as_one() {
    let fonts = sheet::fonts();
    let mut setter = Setter::new(&fonts);
    // The second mark half an em to the left, as it is trimmed.
    let mut line = setter.line(sheet::block(0), "见（“甲”）。", 79.37, 200.0, 16.0);
    for glyph in &mut line.runs[0].glyphs[2..] {
        glyph.x -= 8.0;
    }
    let (document, paged) = one_line(line);
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let page = reader::pages(&file)[0];
    let spans: Vec<String> = reader::operations(&file, page)
        .iter()
        .filter(|operation| operation.operator == "BDC")
        .filter_map(|operation| operation.operands[1].as_dict().unwrap().get(b"ActualText").ok().map(reader::string))
        .collect();
    assert_eq!(spans, ["（“"]);
    let text: String = reader::shown(&file, page).iter().map(|shown| shown.text.as_str()).collect();
    assert_eq!(text, "见（“甲”）。");
    // Letters that are kerned are none of that.
    setter.stretch = -0.1;
    let (document, paged) = one_line(setter.line(sheet::block(0), "AVTo", 79.37, 200.0, 16.0));
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let page = reader::pages(&file)[0];
    let spans = reader::operations(&file, page).iter().filter(|operation| operation.operator == "BDC").count();
    // The paragraph, and the word of another language in it.
    assert_eq!(spans, 2);
}
