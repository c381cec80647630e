//! Attachments on pages that lie on their side, signatures that stay whole, and headings in the contents.

use super::pages;
use crate::font::fonts;
use crate::source::memory::Memory;
use dinggao::layout::{LineKind, Page, PageItem, PagedDocument, compose};
use dinggao::source::{InputOptions, load};
use std::collections::BTreeSet;

const SENTENCE: &str = "各单位要高度重视，精心组织，周密部署，确保各项任务按期保质完成，并及时报送进展情况。";

/// The lines of the text on each page.
fn texts(paged: &PagedDocument) -> Vec<Vec<&str>> {
    let proper = |page: &'_ Page| -> Vec<usize> {
        page.lines().enumerate().filter(|(_, l)| !matches!(l.kind, LineKind::Artifact(_))).map(|(at, _)| at).collect()
    };
    let line = |page, at| Page::lines(page).nth(at).map_or("", |line| line.text.as_str());
    paged.pages.iter().map(|page| proper(page).into_iter().map(|at| line(page, at)).collect()).collect()
}

#[test]
fn what_lies_on_its_side_has_the_title_of_its_attachment_on_its_page() {
    let rows = "[甲, 1], ".repeat(30);
    let wide = format!("{{table: {{caption: 明细, landscape: true, columns: [类, 数], rows: [{rows}]}}}}");
    let chart = "{chart: {kind: bar, caption: 图, landscape: true, categories: [甲, 乙], series: [{name: 数, values: [1, 2]}]}}";
    let yaml = format!(
        "template: work-report\ntitle: 报告\ncontents: true\nbody: [正文。]\nattachments:\n  - {{title: '明细表[^n]', body: [{wide}]}}\n  - {{title: 走势图, body: [{chart}]}}\n  - {{title: 说明, body: [正文。]}}\nnotes: {{n: 注。}}\n"
    );
    let (template, paged) = pages(&yaml);
    let texts = texts(&paged);
    // Contents, an empty page, the text, then the attachments.
    assert_eq!(texts[3][..3], ["附件1", "明细表①", "表1　明细"]);
    assert!(texts[3].contains(&"①注。"), "{:?}", texts[3]);
    // Its head comes again there, as no part of the text.
    assert_eq!(texts[4][0], "甲");
    let chart = texts.iter().position(|page| page.first() == Some(&"附件2")).expect("a page of the chart");
    assert_eq!(texts[chart][1], "走势图");
    assert_eq!(texts[chart + 1][..2], ["附件3", "说明"]);
    for page in [3, chart] {
        let lines: Vec<_> = paged.pages[page].lines().take(2).collect();
        assert!(lines.iter().all(|line| line.turned));
        // The title is in the middle of the longer side, the mark at its beginning: both run up the page.
        let middle = lines[1].baseline - lines[1].width / 2.0;
        let page = &template.page;
        assert!((middle - (page.top + page.depth() / 2.0)).to_mm().abs() < 0.1);
        assert!((lines[0].baseline - (page.top + page.depth())).to_mm().abs() < 0.1);
    }
    let outline: Vec<(&str, usize)> = paged.outline.iter().map(|entry| (entry.title.as_str(), entry.page)).collect();
    assert_eq!(outline, [("附件1　明细表", 3), ("附件2　走势图", chart), ("附件3　说明", chart + 1)]);
    let contents = &texts[0];
    assert!(contents[1].starts_with("附件1　明细表.") && contents[1].ends_with('2'), "{contents:?}");
}

#[test]
fn a_picture_that_an_attachment_begins_with_shares_its_page() {
    let mut world = Memory::default();
    let yaml = "template: work-report\ntitle: 报告\nbody: [正文。]\nattachments:\n  - {title: 批复, body: [{figure: {image: a.png, alt: 图}}]}\n";
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1000, 2000);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&vec![128; 2_000_000])).expect("a picture");
    world.files.insert("/case/report.yaml".into(), yaml.as_bytes().to_vec());
    world.files.insert("/case/a.png".into(), bytes);
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, template) = loaded.outcome.expect("a sound report");
    let paged = compose(&document, &template, &fonts()).expect("pages");
    assert_eq!(paged.pages.len(), 2);
    assert!(paged.pages[1].items.iter().any(|item| matches!(item, PageItem::Picture(_))));
    assert!(paged.advice.is_empty(), "{:?}", paged.advice);
}

#[test]
fn posts_their_stamps_and_the_date_stay_together() {
    for lines in 1..14 {
        let text = "  - 第一行文字。\n".repeat(lines);
        let yaml = format!(
            "template: order\nauthority: 青溪市人民政府令\nnumber: 第3号\ntitle: 令\nbody:\n{text}  - signature: {{authority: [主任, 局长], date: 2024年4月2日, stamp: true}}\n"
        );
        let (_, paged) = pages(&yaml);
        let last = texts(&paged).pop().expect("a page");
        assert!(last.ends_with(&["主任", "局长", "2024年4月2日"]) && last.len() > 3, "{lines}: {last:?}");
    }
}

#[test]
fn a_caption_stays_with_its_picture_and_a_lonely_signature_is_told() {
    let mut world = Memory::default();
    let yaml = format!(
        "template: letter\nauthority: 青溪市水利局\nnumber: 青水函〔2024〕36号\ntitle: 函\naddressee: 市财政局：\nbody:\n  - {SENTENCE}\n  - figure: {{image: a.png, caption: 图, alt: 图}}\n  - signature: {{authority: 青溪市水利局, date: 2024年4月2日, sealed: true}}\n"
    );
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 500, 2000);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&vec![128; 1_000_000])).expect("a picture");
    world.files.insert("/case/report.yaml".into(), yaml.into_bytes());
    world.files.insert("/case/a.png".into(), bytes);
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, template) = loaded.outcome.expect("a sound report");
    let paged = compose(&document, &template, &fonts()).expect("pages");
    let with_picture = |page: &&Page| page.items.iter().any(|item| matches!(item, PageItem::Picture(_)));
    let page = paged.pages.iter().find(with_picture).expect("a picture");
    assert!(page.lines().any(|line| matches!(line.kind, LineKind::Caption(_))));
    let told: BTreeSet<&str> = paged.advice.iter().map(|advice| advice.code.0).collect();
    assert!(told.contains("D717"), "{told:?}");
}

#[test]
fn contents_and_bookmarks_keep_raised_and_lowered_characters() {
    let yaml = "template: work-report\ntitle: 报告\ncontents: true\nbody:\n  - {heading: '浓度10<sup>-3</sup>和CO<sub>2</sub>', body: [正文。]}\n  - {heading: 10⁻³的限值, body: [正文。]}\n";
    let (template, paged) = pages(yaml);
    let outline: Vec<&str> = paged.outline.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(outline, ["一、浓度10⁻³和CO₂", "二、10⁻³的限值"]);
    let size = template.style(dinggao::template::StyleName::Contents1).size;
    for entry in paged.pages[0].lines().filter(|line| matches!(line.kind, LineKind::Contents { .. })) {
        let small: usize = entry.runs.iter().filter(|run| run.size < size).map(|run| run.glyphs.len()).sum();
        assert_eq!(small, if entry.text.contains("CO") { 3 } else { 2 }, "{}", entry.text);
    }
}

#[test]
fn a_table_right_below_another_is_a_row_apart() {
    let table = "  - table: {columns: [甲, 乙], rows: [[子, 1], [丑, 2]]}\n";
    let (template, paged) = pages(&format!("template: work-report\ntitle: 报告\nbody:\n{table}{table}"));
    let of = |text: &str| -> Vec<f64> {
        paged.pages[0].lines().filter(|line| line.text == text).map(|line| line.baseline.to_pt()).collect()
    };
    let rows = (of("甲")[1] - of("丑")[0]) / template.grid.pitch.to_pt();
    assert!((rows - 2.0).abs() < 0.2, "{rows}");
}
