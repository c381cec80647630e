//! What shares a page with its picture or table, in both files: captions, notes, headings, and the signature below.

use super::told::tall;
use crate::docx::trees;
use crate::docx::xml::Node;
use crate::font::fonts;
use crate::source::memory::Memory;
use dinggao::diagnostic::Diagnostic;
use dinggao::docx::{self, WordOptions};
use dinggao::layout::{LineKind, Page, PageItem, PagedDocument, compose};
use dinggao::model::Document;
use dinggao::source::{InputOptions, load};
use dinggao::template::{Compose, Template};
use std::collections::BTreeSet;

const POLICIES: [Compose; 3] = [Compose::Fine, Compose::Word, Compose::LibreOffice];

/// A long caption, of some two lines.
const LONG: &str = "这是一条很长的图题要折成两行以上才能排得下用来看它会不会和图分开在前后两页上";

/// A grey picture of so many dots; without a scale of its own it is larger than any page.
fn grey(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let dots = vec![128; width as usize * height as usize];
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&dots)).expect("a picture");
    bytes
}

/// A report with the pictures a.png, about as high as wide, and s.png, of the shape of a page.
fn set(policy: Compose, yaml: &str) -> (Document, Template, Result<PagedDocument, Vec<Diagnostic>>) {
    let mut world = Memory::default();
    world.files.insert("/case/report.yaml".into(), yaml.as_bytes().to_vec());
    world.files.insert("/case/a.png".into(), tall());
    world.files.insert("/case/s.png".into(), grey(1000, 1414));
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, mut template) = loaded.outcome.expect("a sound report");
    template.compose.policy = policy;
    let paged = compose(&document, &template, &fonts());
    (document, template, paged)
}

/// The pages with a line that passes.
fn pages_with(paged: &PagedDocument, passes: impl Fn(&str, LineKind) -> bool) -> BTreeSet<usize> {
    let has = |page: &Page| page.lines().any(|line| passes(&line.text, line.kind));
    (0..paged.pages.len()).filter(|&at| has(&paged.pages[at])).collect()
}

fn pages_with_pictures(paged: &PagedDocument) -> BTreeSet<usize> {
    let shows = |page: &Page| page.items.iter().any(|item| matches!(item, PageItem::Picture(_)));
    (0..paged.pages.len()).filter(|&at| shows(&paged.pages[at])).collect()
}

fn codes(paged: &PagedDocument) -> BTreeSet<&'static str> {
    paged.advice.iter().map(|said| said.code.0).collect()
}

/// Without a written width the picture is made small enough; a written one that has no room is told.
#[test]
fn a_picture_is_on_the_page_of_its_whole_caption() {
    let (two, four) = (LONG, LONG.repeat(2));
    for (block, told) in [
        (format!("figure: {{image: s.png, caption: {two}, alt: 图}}"), false),
        (format!("figure: {{image: s.png, caption: {four}, alt: 图}}"), false),
        (format!("figure: {{image: s.png, caption: '{two}[^a]', alt: 图}}"), false),
        (format!("figure: {{image: s.png, caption: {two}, width: 150mm, alt: 图}}"), true),
        (format!("figure: {{image: s.png, caption: '{four}[^a]', width: 120mm, alt: 图}}"), true),
        (format!("figure: {{image: s.png, caption: {two}, width: 100mm, alt: 图}}"), false),
        (format!("figure: {{image: s.png, caption: {two}, width: 150mm, landscape: true, alt: 图}}"), true),
        (
            format!(
                "figures: [{{image: s.png, caption: {two}, alt: 图}}, {{image: s.png, caption: '题[^a]', alt: 图}}]"
            ),
            false,
        ),
        (
            format!(
                "figures: [{{image: s.png, caption: {four}, alt: 图}}, {{image: a.png, caption: '{four}[^a]', width: 90mm, alt: 图}}]"
            ),
            false,
        ),
    ] {
        for (policy, above) in POLICIES.into_iter().flat_map(|policy| [(policy, false), (policy, true)]) {
            let body = if above { format!("{{heading: 上, body: [{{{block}}}]}}") } else { format!("{{{block}}}") };
            let yaml = format!("template: work-report\ntitle: 报告\nbody: [{body}, 后。]\nnotes: {{a: 注。}}\n");
            let (_, _, paged) = set(policy, &yaml);
            let paged = paged.expect("pages");
            let shown = pages_with_pictures(&paged);
            assert_eq!(shown.len(), 1, "{block}");
            assert_eq!(pages_with(&paged, |_, kind| matches!(kind, LineKind::Caption(_))), shown, "{block}");
            if !block.contains("landscape") {
                assert_eq!(pages_with(&paged, |text, _| text == "报告"), shown, "{block}");
            }
            let said = codes(&paged);
            assert_eq!(said.contains("D722"), told, "{block}: {:?}", paged.advice);
            assert!(!said.contains("D723") && !said.contains("D720"), "{block}: {said:?}");
        }
    }
}

#[test]
fn a_caption_that_leaves_a_picture_little_room_is_told_and_one_that_leaves_none_is_refused() {
    let of = |times: usize| {
        let caption = LONG.repeat(times);
        set(
            Compose::Fine,
            &format!(
                "template: work-report\ntitle: 报告\nbody:\n  - figure: {{image: s.png, caption: {caption}, alt: 图}}\n"
            ),
        )
        .2
    };
    assert_eq!(codes(&of(9).expect("pages")), BTreeSet::from(["D722"]));
    let wrong: Vec<&str> = of(16).expect_err("no room").iter().map(|said| said.code.0).collect();
    assert_eq!(wrong, ["D707"]);
}

#[test]
fn a_picture_in_a_cell_that_is_narrower_than_written_is_told() {
    let yaml = "template: work-report\ntitle: 报告\nbody:\n  - table: {caption: 表, columns: [甲, 乙], rows: [[1, {image: s.png, width: 150mm, alt: 图}]], note: 注}\n";
    let paged = set(Compose::Fine, yaml).2.expect("pages");
    assert!(codes(&paged).contains("D722"), "{:?}", paged.advice);
}

/// A last row that is high leaves room for what is noted below the table, or is divided for it; where it can be neither, that is told.
#[test]
fn what_is_noted_below_a_table_is_on_the_page_of_its_last_row() {
    let note = LONG.repeat(4);
    let high = "现将有关事项说明如下".repeat(26);
    for (row, told) in [
        ("[1, {image: s.png, alt: 图}]".to_owned(), false),
        (format!("[1, {high}]"), false),
        (format!("[{{text: 甲, rows: 2}}, 乙], [{}]", "现将有关事项说明如下".repeat(44)), true),
    ] {
        for policy in POLICIES {
            let yaml = format!(
                "template: work-report\ntitle: 报告\nbody:\n  - table: {{caption: 表, unit: 元, note: {note}, source: 源, columns: [{{title: 甲, width: 30mm}}, {{title: 乙, width: 80mm}}], rows: [{row}]}}\n  - 后。\n"
            );
            let paged = set(policy, &yaml).2.expect("pages");
            let below = pages_with(&paged, |_, kind| matches!(kind, LineKind::Below { .. }));
            let cells = pages_with(&paged, |_, kind| matches!(kind, LineKind::Cell { row, .. } if row > 0));
            let last = pages_with_pictures(&paged).union(&cells).copied().max();
            assert_eq!(codes(&paged).contains("D723"), told, "{row}: {below:?} {last:?}");
            assert_eq!(below.first().copied() != last, told, "{row}: {below:?} {last:?}");
        }
    }
}

/// A page ends with the type of its last row: lines that fill their rows, as three of 10.5 pt do, take one more.
#[test]
fn what_is_noted_below_a_table_stays_in_the_type_area() {
    for (lines, rows) in [1, 2, 3, 5, 6].into_iter().flat_map(|lines| (8..22).map(move |rows| (lines, rows))) {
        let notes = "注, ".repeat(lines);
        let rows = "[一], ".repeat(rows);
        let yaml = format!(
            "template: work-report\ntitle: 报告\nbody:\n  - table: {{columns: [甲], rows: [{rows}], note: [{notes}]}}\n  - 后。\n"
        );
        let (_, template, paged) = set(Compose::Fine, &yaml);
        let foot = template.page.height - template.page.bottom;
        for line in paged.expect("pages").pages.iter().flat_map(Page::lines) {
            if matches!(line.kind, LineKind::Below { .. }) {
                assert!(line.baseline < foot, "{lines} lines: {} mm", (line.baseline - foot).to_mm());
            }
        }
    }
}

/// The body of the Word file.
fn word(yaml: &str) -> Node {
    let (document, template, paged) = set(Compose::Fine, yaml);
    let paged = paged.expect("pages");
    let file = docx::write(&document, &template, &paged.printed, &WordOptions::default()).expect("a Word file");
    trees(&file).into_iter().find(|(name, _)| name == "word/document.xml").expect("a body").1
}

fn text_of(paragraph: &Node) -> String {
    paragraph.all("w:t").iter().flat_map(|t| &t.children).map(|piece| piece.text.as_str()).collect()
}

fn official(block: &str, rest: &str) -> String {
    format!(
        "template: official-document\nauthority: 某某市教育局\nnumber: 某教〔2024〕5号\ntitle: 通知\naddressee: 各科室：\nbody:\n  - 正文。\n{block}{rest}"
    )
}

/// In the Word file as in print, the end of a table or picture is on the page of the signature below it.
#[test]
fn what_is_above_a_signature_keeps_with_it_in_the_word_file() {
    let signature = "  - signature: {authority: 某某市教育局, date: 2024年1月8日}\n";
    for block in [
        "table: {caption: 表, columns: [甲], rows: [[末]]}",
        "table: {columns: [甲], rows: [[一]], source: 末}",
        "figure: {image: a.png, caption: 末, alt: 图}",
        "figures: [{image: a.png, caption: 前, alt: 图}, {image: a.png, caption: 末, alt: 图}]",
        "chart: {kind: bar, caption: 末, categories: [一, 二], series: [{name: 数, values: [1, 2]}]}",
    ] {
        let file = word(&official(&format!("  - {block}\n"), signature));
        let paragraphs = file.all("w:p");
        let last = paragraphs.iter().find(|p| text_of(p).contains('末')).expect("the end");
        assert!(!last.all("w:keepNext").is_empty(), "{block}");
        let alone = word(&official(&format!("  - {block}\n"), "  - 后。\n"));
        let paragraphs = alone.all("w:p");
        let last = paragraphs.iter().find(|p| text_of(p).contains('末')).expect("the end");
        assert!(last.all("w:keepNext").is_empty(), "{block}");
    }
}

/// The Word file repeats no caption above a table that goes on, so that it may end a page before print does: there the imprint has
/// an even page to itself.
#[test]
fn an_imprint_below_a_table_that_ends_earlier_in_the_word_file_has_its_own_page() {
    for (rows, apart) in [(8, false), (35, true)] {
        let rows = (0..rows).map(|row| format!("[行{row}, {row}], ")).collect::<Vec<_>>().concat();
        let rest = format!(
            "  - signature: {{authority: 某某市教育局, date: 2024年1月8日}}\nattachments:\n  - title: 表\n    body: [{{table: {{caption: 表, unit: 元, columns: [甲, 乙], rows: [{rows}]}}}}]\ncopies-to: [甲局, 乙局]\noffice: 办公室\nprinted: 2024年1月9日\n"
        );
        let yaml = official("", &rest);
        let (_, _, paged) = set(Compose::Fine, &yaml);
        let paged = paged.expect("pages");
        let last = paged.pages.last().expect("a page");
        assert!(last.lines().any(|line| matches!(line.kind, LineKind::Cell { .. })), "print has both on a page");
        let even = word(&yaml).all("w:type").iter().any(|kind| kind.val() == Some("evenPage"));
        assert_eq!(even, apart);
    }
}
