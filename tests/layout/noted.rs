//! Footnotes of what is as high as a page: it leaves them room, or they are told.

use super::told::tall;
use crate::docx::trees;
use crate::font::fonts;
use crate::source::memory::Memory;
use dinggao::docx::{self, WordOptions};
use dinggao::layout::{LineKind, Page, PageItem, PagedDocument, compose};
use dinggao::model::Document;
use dinggao::source::{InputOptions, load};
use dinggao::template::{Compose, StyleName, Template};

const NOTES: &str = "notes: {a: 甲注。, b: 乙注。}\n";

/// A report with a picture a.png beside it.
fn set(policy: Compose, yaml: &str) -> (Document, Template, PagedDocument) {
    let mut world = Memory::default();
    world.files.insert("/case/report.yaml".into(), yaml.as_bytes().to_vec());
    world.files.insert("/case/a.png".into(), tall());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, mut template) = loaded.outcome.expect("a sound report");
    template.compose.policy = policy;
    let paged = compose(&document, &template, &fonts()).expect("pages");
    (document, template, paged)
}

/// The page with a line that passes.
fn page_with(paged: &PagedDocument, passes: impl Fn(&str, LineKind) -> bool) -> Option<usize> {
    paged.pages.iter().position(|page| page.lines().any(|line| passes(&line.text, line.kind)))
}

#[test]
fn what_fills_its_page_leaves_room_for_its_notes() {
    for block in [
        "figure: {image: a.png, caption: '题[^a]', width: 156mm, alt: 图}",
        "figure: {image: a.png, caption: '题[^a][^b]', width: 156mm, landscape: true, alt: 图}",
        "figures: [{image: a.png, caption: 前, width: 70mm, alt: 图}, {image: a.png, caption: '题[^a]', width: 70mm, alt: 图}]",
        "chart: {landscape: true, kind: bar, caption: '题[^a]', categories: [一, 二], series: [{name: 数, values: [1, 2]}]}",
        "table: {landscape: true, caption: '题[^a]', columns: ['甲[^b]'], rows: [[一]]}",
        "table: {caption: '题[^a]', columns: [甲], rows: [[{image: a.png, width: 150mm, alt: 图}]]}",
    ] {
        for policy in [Compose::Fine, Compose::Word, Compose::LibreOffice] {
            let yaml = format!("template: work-report\ntitle: 报告\nbody: [前。, {{{block}}}, 后。]\n{NOTES}");
            let (_, _, paged) = set(policy, &yaml);
            let caption = page_with(&paged, |text, kind| text.contains('题') && matches!(kind, LineKind::Caption(_)));
            let note = page_with(&paged, |text, kind| text.contains("甲注") && matches!(kind, LineKind::Note(_)));
            assert!(caption.is_some() && caption == note, "{block}: {caption:?} {note:?}");
            let pictures = |page: &Page| page.items.iter().any(|item| matches!(item, PageItem::Picture(_)));
            let shown = paged.pages.iter().position(pictures);
            assert!(shown.is_none() || shown == caption, "{block}: {shown:?}");
            assert_eq!(page_with(&paged, |text, _| text.starts_with('续')), None, "{block}");
            assert!(paged.advice.iter().all(|said| said.code.0 != "D720"), "{block}");
        }
    }
}

/// Where it leaves no room for the title and headings above it, these are alone on a page, or with its caption, or what is below it is.
#[test]
fn what_fills_its_page_leaves_room_for_the_headings_above_it() {
    for (above, block) in [
        (
            "BLOCK",
            "table: {caption: '题[^a]', columns: [甲], rows: [[{image: a.png, alt: 图}], [{image: a.png, alt: 图}]]}",
        ),
        (
            "BLOCK",
            "table: {caption: 题, unit: 元, note: 末, source: 源, columns: [甲], rows: [[{image: a.png, alt: 图}]]}",
        ),
        ("前。, {heading: 上, body: [{heading: 标题, body: [BLOCK]}]}", "figure: {image: a.png, caption: 题, alt: 图}"),
        (
            "前。, {heading: 标题, body: [BLOCK]}",
            "table: {caption: 题, note: 末, columns: [甲], rows: [[{image: a.png, alt: 图}]]}",
        ),
    ] {
        for policy in [Compose::Fine, Compose::Word, Compose::LibreOffice] {
            let body = above.replace("BLOCK", &format!("{{{block}}}"));
            let yaml = format!("template: work-report\ntitle: 报告\nbody: [{body}, 后。]\n{NOTES}");
            let (_, _, paged) = set(policy, &yaml);
            let heading = if above == "BLOCK" { "报告" } else { "标题" };
            let caption = page_with(&paged, |text, kind| text.contains('题') && matches!(kind, LineKind::Caption(_)));
            let pictures = |page: &Page| page.items.iter().any(|item| matches!(item, PageItem::Picture(_)));
            let shown = paged.pages.iter().position(pictures);
            assert!(shown.is_some() && shown == caption, "{block}: {shown:?} {caption:?}");
            assert_eq!(page_with(&paged, |text, _| text.contains(heading)), shown, "{block}");
            if block.contains("note:") {
                assert_eq!(page_with(&paged, |text, _| text.ends_with('末')), shown, "{block}");
            }
        }
    }
}

#[test]
fn notes_that_no_page_holds_beside_their_caption_are_told() {
    let calls = (0..60).map(|n| format!("甲乙[^n{n}]")).collect::<Vec<_>>().concat();
    let notes = (0..60).map(|n| format!("  n{n}: 注{n}。\n")).collect::<Vec<_>>().concat();
    let yaml = format!(
        "template: work-report\ntitle: 报告\nbody:\n  - table: {{caption: '题{calls}', columns: [甲], rows: [[一]]}}\nnotes:\n{notes}"
    );
    let (_, _, paged) = set(Compose::Fine, &yaml);
    assert!(paged.advice.iter().any(|said| said.code.0 == "D720"), "{:?}", paged.advice);
}

/// The Word file gives up the same space on its cover as the page.
#[test]
fn a_full_cover_is_one_page_in_the_word_file() {
    let long = "关于青溪市2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案";
    for times in [1, 3, 5, 6] {
        let yaml = format!(
            "template: work-report\ntitle: {}的报告\ncover: {{subtitle: （讨论稿）, authority: 青溪市人民代表大会常务委员会, date: 2024年1月}}\nbody: [正文。]\n",
            long.repeat(times)
        );
        let (document, template, paged) = set(Compose::Fine, &yaml);
        let cover = paged.printed.cover().expect("a cover");
        let lines =
            paged.pages[0].lines().filter(|line| line.runs[0].size == template.style(StyleName::CoverTitle).size);
        let titles = i64::try_from(lines.count()).expect("few lines");
        let file = docx::write(&document, &template, &paged.printed, &WordOptions::default()).expect("a Word file");
        let trees = trees(&file);
        let styles = &trees.iter().find(|(name, _)| name == "word/styles.xml").expect("styles").1;
        let spacing = |id: &str, key: &str| -> i64 {
            let style = styles.all("w:style").into_iter().find(|style| style.attribute("w:styleId") == Some(id));
            let spacing = style.and_then(|style| {
                style
                    .all("w:spacing")
                    .into_iter()
                    .find(|s| s.attribute("w:line").is_some() || s.attribute("w:before").is_some())
                    .cloned()
            });
            spacing.and_then(|spacing| spacing.attribute(key)?.parse().ok()).unwrap_or(0)
        };
        let leading = spacing("CoverTitle", "w:line") as f64 / 20.0;
        assert!(leading > template.style(StyleName::CoverTitle).size.to_pt() * 1.2, "{times}: {leading}");
        let row = 579;
        let title = spacing("CoverTitle", "w:before")
            + spacing("CoverTitle", "w:after")
            + titles * spacing("CoverTitle", "w:line");
        let below = spacing("CoverSubtitle", "w:before") + row + spacing("CoverLineFoot", "w:before") + 2 * row;
        assert!(title + below <= row * i64::from(template.grid.lines), "{times}: {title} {below} {cover:?}");
    }
}
