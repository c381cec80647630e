//! What is in the file: every character, number and bookmark of the model.

use super::count::{Paragraph, paragraphs};
use super::fixture::{self, Builder, everything};
use super::xml::Node;
use super::{trees, write, write_with};
use crate::cases;
use dinggao::diagnostic::Code;
use dinggao::docx::{self, WordOptions, block_bookmark, value_bookmark};
use dinggao::model::{BlockKind, Document, RunKind};
use dinggao::printed::Printed;
use proptest::prelude::*;
use std::io::Read as _;

fn read(document: &Document) -> (Node, Vec<Paragraph>) {
    let trees = trees(&write(document));
    let part = |name: &str| trees.iter().find(|(n, _)| n == name).expect("a part").1.clone();
    let body = part("word/document.xml");
    let paragraphs = paragraphs(&body, &part("word/styles.xml"), &part("word/numbering.xml"));
    (body, paragraphs)
}

/// Compares headings and points with the model: number and text of each, found by bookmark.
fn agrees(document: &Document) {
    let (body, paragraphs) = read(document);
    let by_block = |name: &str| paragraphs.iter().find(|p| p.bookmarks.iter().any(|b| b == name));
    for block in &document.blocks {
        let found = by_block(&block_bookmark(&block.id)).unwrap_or_else(|| panic!("no bookmark for {:?}", block.id));
        if let BlockKind::Heading { .. } | BlockKind::Point { .. } = block.kind {
            let wanted = block.kind.number().map_or("", |n| n.text.as_str());
            assert_eq!(found.number, wanted, "{:?}", block.id);
        }
        if !matches!(block.kind, BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::PageBreak) {
            let shown = |text: &dinggao::model::Text| -> String {
                text.runs.iter().filter(|r| !matches!(r.kind, RunKind::Note(_))).map(|r| r.text.as_str()).collect()
            };
            // Of a chart the caption is text of the body; the rest is in its own part.
            let texts = match &block.kind {
                BlockKind::Chart(chart) => chart.caption.iter().collect(),
                kind => kind.texts(),
            };
            let wanted: String = texts.into_iter().map(shown).collect();
            // A second call of a note shows its mark as a field's result.
            assert_eq!(found.text.replace('①', ""), wanted);
        }
    }
    nests(&body);
}

/// Bookmarks nest, their ids ascend, their names are unique and such as Word takes.
fn nests(body: &Node) {
    let (mut open, mut last, mut names) = (Vec::new(), 0, std::collections::BTreeSet::new());
    body.walk(&mut |node| match node.name.as_str() {
        "w:bookmarkStart" => {
            let id: u32 = node.attribute("w:id").expect("an id").parse().expect("a number");
            let name = node.attribute("w:name").expect("a name");
            assert!(id > last && name.chars().count() <= 40 && names.insert(name.to_lowercase()), "{name}");
            last = id;
            open.push(id);
        }
        "w:bookmarkEnd" => {
            let id: u32 = node.attribute("w:id").expect("an id").parse().expect("a number");
            assert_eq!(open.pop(), Some(id), "a bookmark ends before one within it");
        }
        _ => {}
    });
    assert!(open.is_empty());
}

#[test]
fn numbers_texts_and_bookmarks_are_the_models() {
    let document = everything();
    agrees(&document);
    let (body, _) = read(&document);
    for value in &document.values {
        let name = value_bookmark(&value.id);
        let count = body.all("w:bookmarkStart").iter().filter(|b| b.attribute("w:name") == Some(&name)).count();
        assert_eq!(count, 1, "{name}");
    }
}

#[test]
fn a_level_without_numbers_restarts_those_below() {
    let document = Builder::new()
        .off(1)
        .heading(1, "甲")
        .heading(2, "子")
        .heading(2, "丑")
        .heading(1, "乙")
        .heading(2, "寅")
        .done();
    let (_, paragraphs) = read(&document);
    let numbers: Vec<&str> = paragraphs.iter().map(|p| p.number.as_str()).collect();
    assert_eq!(numbers, ["", "（一）", "（二）", "", "（一）"]);
}

#[test]
fn nothing_is_formatted_but_by_style_and_bold() {
    for document in [everything(), fixture::session(), fixture::official()] {
        let (body, _) = read(&document);
        for properties in body.all("w:rPr") {
            for child in &properties.children {
                let hint =
                    child.name == "w:rFonts" && child.attributes.len() == 1 && child.attribute("w:hint").is_some();
                assert!(hint || ["w:rStyle", "w:b", "w:bCs"].contains(&child.name.as_str()), "{}", child.canonical());
            }
        }
        for properties in body.all("w:pPr") {
            let style = properties.val_at(&["w:pStyle"]).expect("a style");
            for child in &properties.children {
                // Where a number is in its cell, no style can say.
                let number = child.name == "w:ind" && properties.children.iter().any(|c| c.name == "w:tabs");
                if number || child.name == "w:tabs" && child.children.iter().all(|tab| tab.val() == Some("decimal")) {
                    continue;
                }
                let structure = ["w:pStyle", "w:keepNext", "w:numPr", "w:outlineLvl", "w:pageBreakBefore", "w:sectPr"];
                // How far a signature is from the edge depends on its letters.
                let signed = child.name == "w:ind" && (style.starts_with("Signature") || style.starts_with("Date"));
                // Nor can it say how high what is drawn is.
                let drawn = child.name == "w:spacing" && style == "Figure";
                assert!(structure.contains(&child.name.as_str()) || signed || drawn, "{}", child.canonical());
            }
        }
    }
}

#[test]
fn styles_stand_where_an_editor_looks_for_them() {
    for (document, shown, hidden) in
        [(fixture::session(), "名词解释", "发文机关标志"), (fixture::official(), "发文机关标志", "名词解释")]
    {
        let trees = trees(&write(&document));
        let styles = &trees.iter().find(|(n, _)| n == "word/styles.xml").expect("styles").1;
        let all = styles.all("w:style");
        let named = |name: &str| *all.iter().find(|s| s.val_at(&["w:name"]) == Some(name)).expect("a style");
        // Built-in ones by their own ids and names: Ctrl+Alt+1, the navigation pane and the contents go by these.
        for level in 1..=4 {
            let heading = named(&format!("heading {level}"));
            assert_eq!(heading.attribute("w:styleId"), Some(format!("Heading{level}").as_str()));
            assert_eq!(heading.val_at(&["w:pPr", "w:outlineLvl"]), Some((level - 1).to_string().as_str()));
            assert_eq!(heading.val_at(&["w:next"]), named("Body Text").attribute("w:styleId"));
            assert!(heading.child("w:qFormat").is_some() && heading.attribute("w:customStyle").is_none());
        }
        assert!(named(shown).child("w:semiHidden").is_none(), "{shown}");
        assert!(named(hidden).child("w:semiHidden").is_some(), "{hidden}");
        assert!(named("footer").child("w:qFormat").is_none());
        let latent = styles.all("w:latentStyles")[0];
        assert_eq!(latent.attribute("w:defSemiHidden"), Some("1"));
    }
    let trees = trees(&write(&fixture::official()));
    let styles = &trees.iter().find(|(n, _)| n == "word/styles.xml").expect("styles").1;
    let next = |id: &str| {
        let style = *styles.all("w:style").iter().find(|s| s.attribute("w:styleId") == Some(id)).expect("a style");
        style.val_at(&["w:next"]).expect("what follows").to_owned()
    };
    assert_eq!([next("Authority"), next("DocumentNumber"), next("Title")], ["DocumentNumber", "Title", "Addressee"]);
    assert_eq!([next("Signature"), next("Heading1")], ["Date", "a0"]);
}

#[test]
fn every_style_that_is_used_is_there() {
    let trees = trees(&write(&everything()));
    let styles = &trees.iter().find(|(n, _)| n == "word/styles.xml").expect("styles").1;
    let known: Vec<&str> = styles.all("w:style").iter().filter_map(|s| s.attribute("w:styleId")).collect();
    let mut names: Vec<&str> = styles.all("w:style").iter().filter_map(|s| s.val_at(&["w:name"])).collect();
    for (part, tree) in &trees {
        for reference in ["w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next"] {
            for node in tree.all(reference) {
                assert!(known.contains(&node.val().expect("an id")), "{part}: {}", node.canonical());
            }
        }
    }
    names.sort_unstable();
    assert!(names.windows(2).all(|w| w[0] != w[1]), "{names:?}");
}

#[test]
fn control_characters_are_refused() {
    let document = Builder::new().p("好\u{1}坏").done();
    let error = docx::write(&document, &fixture::template(), &Printed::default(), &WordOptions::default())
        .expect_err("refused");
    assert_eq!(error.diagnostic().code, Code::DOCX_CHARACTER);
    assert!(error.diagnostic().span.is_some());
}

#[test]
fn a_picture_that_is_none_is_refused() {
    let mut document = Builder::new()
        .figure(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9'/></svg>", "图")
        .done();
    for block in &mut document.blocks {
        if let BlockKind::Figure(figure) = &mut block.kind {
            figure.file.data.truncate(4);
        }
    }
    let error = docx::write(&document, &fixture::template(), &Printed::default(), &WordOptions::default())
        .expect_err("refused");
    assert_eq!(error.diagnostic().code, Code::DOCX_PICTURE);
}

#[test]
fn shapes_go_in_with_their_pixels() {
    let drawing = br##"<svg xmlns="http://www.w3.org/2000/svg" width="12" height="8"><rect width="12" height="8" fill="#0a0"/></svg>"##;
    let bytes = write(&Builder::new().figure(drawing, "图").done());
    let body = trees(&bytes).into_iter().find(|(n, _)| n == "word/document.xml").expect("a body").1;
    let relation = |name: &str| body.all(name)[0].attribute("r:embed");
    let (pixels, shapes) = (relation("a:blip"), relation("asvg:svgBlip"));
    assert_eq!((pixels, shapes), (Some("rIdImage1"), Some("rIdImage2")));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a zip");
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).expect("a part").read_to_end(&mut bytes).expect("deflated");
        bytes
    };
    let shapes = String::from_utf8(part("word/media/image2.svg")).expect("text");
    assert!(shapes.starts_with("<svg width=\"12\" height=\"8\""), "{shapes}");
    let pixels = std::io::Cursor::new(part("word/media/image1.png"));
    let reader = png::Decoder::new(pixels).read_info().expect("a PNG file");
    // 60 mm by 60 mm on six rows, which are a little lower in the file: 58.9 mm at the template's 300 dpi.
    assert_eq!((reader.info().width, reader.info().height), (696, 696));
}

#[test]
fn values_are_marked_on_request() {
    let document = Builder::new().p("共{{n=25}}次。").done();
    let options = WordOptions { mark_values: true, ..WordOptions::default() };
    let marked = trees(&write_with(&document, &fixture::template(), &options));
    let body = &marked.iter().find(|(n, _)| n == "word/document.xml").expect("a body").1;
    assert_eq!(body.all("w:rStyle").iter().filter_map(|s| s.val()).collect::<Vec<_>>(), ["DataValue"]);
}

/// The runs of the first paragraph: their characters, and whether a hint takes them from the East Asian face.
fn hinted(document: &Document) -> Vec<(String, bool)> {
    let (body, _) = read(document);
    let run = |run: &&Node| {
        let text: String = run.all("w:t").iter().map(|t| t.children[0].text.clone()).collect();
        let hint = run.all("w:rFonts").iter().any(|f| f.attribute("w:hint") == Some("eastAsia"));
        (!text.is_empty()).then_some((text, hint))
    };
    body.all("w:r").iter().filter_map(run).collect()
}

#[test]
fn marks_are_chinese_by_what_is_around_them_in_values_too() {
    let own = |runs: &[(&str, bool)]| runs.iter().map(|(t, h)| ((*t).to_owned(), *h)).collect::<Vec<_>>();
    let value = Builder::new().p("说{{a=“Safe system”}}好").done();
    assert_eq!(hinted(&value), own(&[("说", false), ("“Safe system”", true), ("好", false)]));
    let value = Builder::new().p("他说 He said {{a=“no”}} to me").done();
    assert!(hinted(&value).iter().all(|(_, hint)| !hint));
    // The mark of a term is none of the text: it makes no quotation mark Chinese.
    let document = Builder::new().p("The “safe”[*1] “way” on。").term("safe", "好").done();
    let hints = hinted(&document);
    assert!(hints.iter().take(3).all(|(text, hint)| !hint || !text.contains('“')), "{hints:?}");
}

#[test]
fn a_number_is_held_to_its_unit() {
    let document = Builder::new()
        .p("温度36.5 ℃，共1 000 000元，按GB/T 9704-2012，长{{a=5}} km，见 A B")
        .table(Some("占10 %"), "值", &["5 mm"])
        .done();
    let (_, paragraphs) = read(&document);
    let texts: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(texts[0], "温度36.5\u{a0}℃，共1\u{a0}000\u{a0}000元，按GB/T\u{a0}9704-2012，长5\u{a0}km，见 A B");
    let all = texts.concat();
    assert!(all.contains("占10\u{a0}%") && all.contains("5\u{a0}mm"), "{all}");
}

#[test]
fn references_are_fields_where_word_gives_the_same_text() {
    let document = Builder::new()
        .heading(1, "总述")
        .heading(2, "分述")
        .heading(3, "再分")
        .attachment("附件1", "名单")
        .p("见[@0]、[@1]、[@2]和[@3]。")
        .done();
    let (body, _) = read(&document);
    let codes = body.all("w:instrText").into_iter().map(|t| t.children[0].text.trim().to_owned());
    let codes: Vec<String> = codes.filter(|code| !code.starts_with("SEQ ")).collect();
    let name = |at: usize| block_bookmark(&document.blocks[at].id);
    // 一、 would come of a field for 一.
    let wanted = [(1, "\\n \\h"), (2, "\\n \\h"), (3, "\\h")];
    assert_eq!(codes, wanted.map(|(at, switches)| format!("REF {} {switches}", name(at))));
    let links = body.all("w:hyperlink");
    assert_eq!(links.iter().map(|l| l.attribute("w:anchor")).collect::<Vec<_>>(), [Some(name(0).as_str())]);
}

#[test]
fn a_name_from_data_is_spread_as_a_written_one() {
    for (text, values) in [("张三", 0), ("{{n=张三}}", 1)] {
        let document = Builder::new().add(BlockKind::Speaker, text).done();
        let (body, _) = read(&document);
        let styles: Vec<&str> = body.all("w:rStyle").iter().filter_map(|s| s.val()).collect();
        assert_eq!(styles, ["SpeakerSpread"], "{text}: the first of two characters");
        assert_eq!(body.all("w:t").len(), 2);
        let bound = body
            .all("w:bookmarkStart")
            .iter()
            .filter_map(|b| b.attribute("w:name"))
            .filter(|n| n.starts_with("v_"))
            .count();
        assert_eq!(bound, values);
    }
}

/// One block of a random document.
#[derive(Clone, Debug)]
enum Step {
    Heading(u8, String),
    Point(String, String),
    Paragraph(String),
    Table(bool),
    Break,
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let text = || proptest::string::string_regex("[一-十a-z0-9“”<&·]{1,12}").expect("a pattern");
    prop_oneof![
        3 => (1u8..=4, text()).prop_map(|(level, text)| Step::Heading(level, text)),
        3 => (text(), text()).prop_map(|(lead, text)| Step::Point(lead, text)),
        2 => text().prop_map(Step::Paragraph),
        1 => any::<bool>().prop_map(Step::Table),
        1 => Just(Step::Break),
        1 => Just(Step::Restart),
    ]
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn random_documents_agree(steps in proptest::collection::vec(step(), 1..40), off in proptest::option::of(1u8..=4)) {
        let mut builder = Builder::new();
        if let Some(level) = off {
            builder = builder.off(level);
        }
        for step in steps {
            builder = match step {
                Step::Heading(level, text) => builder.heading(level, &text),
                Step::Point(lead, text) => builder.point(&lead, &text),
                Step::Paragraph(text) => builder.p(&text),
                Step::Table(captioned) => builder.table(captioned.then_some("题"), "甲|乙", &["1|2+1x1"]),
                Step::Break => builder.page_break(),
                Step::Restart => builder.restart(),
            };
        }
        let document = builder.done();
        agrees(&document);
        prop_assert!(write(&document) == write(&document));
    }
}
