//! The running header, the mark of a draft and the watermark, on pages and in the headers of the Word file.

use crate::docx::trees;
use crate::font::fonts;
use crate::sample;
use crate::source::memory::Memory;
use dinggao::docx::{self, WordOptions};
use dinggao::layout::{Artifact, Line, LineKind, Page, PageItem, compose};
use dinggao::source::{InputOptions, load};

const TITLE: &str = "2023年度安全生产情况报告";

fn headers(page: &Page) -> Vec<&Line> {
    page.lines().filter(|line| line.kind == LineKind::Artifact(Artifact::Header)).collect()
}

fn has_watermark(page: &Page) -> bool {
    matches!(page.items.first(), Some(PageItem::Path(path)) if path.block.is_none() && path.fill.is_some())
}

#[test]
fn pages_have_header_mark_and_watermark_where_they_belong() {
    let (_, template, paged) = sample::set("draft-report.yaml");
    let said: Vec<Vec<&str>> =
        paged.pages.iter().map(|page| headers(page).into_iter().map(|line| line.text.as_str()).collect()).collect();
    // A cover and its blank back, three pages of text.
    let both = vec!["送审稿", TITLE];
    assert_eq!(said, [vec![], vec![], both.clone(), both.clone(), both]);
    assert_eq!(paged.pages.iter().map(has_watermark).collect::<Vec<_>>(), [true, false, true, true, true]);
    let header = template.header.as_ref().expect("a header");
    let page = &paged.pages[3];
    let foot = template.page.top - header.above;
    let rule = page.items.iter().find_map(|item| match item {
        PageItem::Rule(rule) if rule.y < template.page.top => Some(rule),
        _ => None,
    });
    let rule = rule.expect("a rule");
    assert!((rule.y + rule.height - foot).to_mm().abs() < 0.01 && rule.height == header.rule);
    let [mark, title] = headers(page)[..] else { panic!("two lines") };
    let lower = |line: &Line| line.baseline + line.runs[0].size * (1.0 - template.grid.ascent);
    assert!((lower(title) + header.gap - rule.y).to_mm().abs() < 0.01);
    assert!((lower(mark) + template.page_mark.above - template.page.top).to_mm().abs() < 0.01);
    assert_eq!(mark.x, template.page.left(2));
    let middle = title.x + title.width / 2.0 - template.page.left(2) - template.page.measure() / 2.0;
    assert!(middle.to_mm().abs() < 0.01);
}

#[test]
fn the_word_file_has_the_same_in_its_headers() {
    let (document, template, paged) = sample::set("draft-report.yaml");
    let file = docx::write(&document, &template, &paged.printed, &WordOptions::default()).expect("a Word file");
    let trees = trees(&file);
    let part = |name: &str| &trees.iter().find(|(own, _)| own == name).expect("a part").1;
    let text = |name: &str| -> String {
        let node = part(name);
        node.all("w:t").iter().flat_map(|t| t.children.iter().map(|c| c.text.as_str())).collect()
    };
    let texts = [1, 2, 3, 4].map(|number| text(&format!("word/header{number}.xml")));
    let both = format!("送审稿{TITLE}");
    assert_eq!(texts, [both.clone(), both.clone(), both, String::new()]);
    for number in 1..=4 {
        let header = part(&format!("word/header{number}.xml"));
        let shapes = header.all("v:textpath");
        assert!(shapes.iter().any(|path| path.attribute("string") == Some("送审稿")));
    }
    let sections = part("word/document.xml").all("w:sectPr");
    let kinds: Vec<Vec<(&str, &str)>> = sections
        .iter()
        .map(|section| {
            let references = section.all("w:headerReference");
            references.iter().filter_map(|r| r.attribute("w:type").zip(r.attribute("r:id"))).collect()
        })
        .collect();
    let wanted_cover = vec![("default", "rIdHeader4"), ("even", "rIdHeader4")];
    let wanted_text = vec![("default", "rIdHeader1"), ("even", "rIdHeader2")];
    assert_eq!(kinds, [wanted_cover, wanted_text]);
    assert!(sections[1].child("w:titlePg").is_none());
}

/// Pages printed on both sides have the binding on the left where their number is odd, the contents behind a cover too.
#[test]
fn contents_have_the_margins_of_their_own_side() {
    let mut world = Memory::default();
    let yaml = "template: house\ntitle: 报告\ncover: true\ncontents: true\nbody:\n  - {heading: 甲, body: [正文。]}\n";
    let house = "extends: work-report\npage: {mirror: true}\n";
    world.files.insert("/case/report.yaml".into(), yaml.as_bytes().to_vec());
    world.files.insert("/case/templates/house.yaml".into(), house.as_bytes().to_vec());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, template) = loaded.outcome.expect("a sound report");
    let paged = compose(&document, &template, &fonts()).expect("pages");
    let entry = paged.pages[1].lines().find(|line| matches!(line.kind, LineKind::Contents { .. })).expect("an entry");
    assert!((entry.x - template.page.left(2)).to_mm().abs() < 0.01, "{}", entry.x.to_mm());
    assert!((template.page.left(1) - template.page.left(2)).to_mm() > 1.0);
}

/// The mark is at the same place of every sheet, those with landscape tables and pictures too; the running header is not.
#[test]
fn pages_on_their_side_have_the_mark() {
    let mut world = Memory::default();
    let chart = "{kind: bar, landscape: true, categories: [一], series: [{name: 数, values: [1]}]}";
    let yaml = format!(
        "template: company-report\ntitle: 报告\nmark: {{text: 送审稿, pages: all}}\nbody: [文。, {{chart: {chart}}}, 文。]\n"
    );
    world.files.insert("/case/report.yaml".into(), yaml.into_bytes());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, template) = loaded.outcome.expect("a sound report");
    let paged = compose(&document, &template, &fonts()).expect("pages");
    let said = |page: &Page| headers(page).into_iter().map(|line| line.text.clone()).collect::<Vec<_>>();
    assert_eq!(paged.pages.iter().map(said).map(|said| said.len()).collect::<Vec<_>>(), [2, 1, 2]);
    let places: Vec<_> = paged.pages.iter().map(|page| headers(page)[0].baseline).collect();
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    let file = docx::write(&document, &template, &paged.printed, &WordOptions::default()).expect("a Word file");
    let trees = trees(&file);
    let part = |name: &str| &trees.iter().find(|(own, _)| own == name).expect("a part").1;
    for number in [5, 6] {
        let header = part(&format!("word/header{number}.xml"));
        let frame = header.all("w:framePr")[0];
        let at = |key: &str| frame.attribute(key).and_then(|value| value.parse::<i64>().ok()).unwrap_or_default();
        assert!(at("w:x") > 14_000 && at("w:h") > at("w:w"), "{} {} {}", at("w:x"), at("w:h"), at("w:w"));
    }
    let sections = part("word/document.xml").all("w:sectPr");
    let turned = sections[1].all("w:headerReference");
    let ids: Vec<&str> = turned.iter().filter_map(|reference| reference.attribute("r:id")).collect();
    assert_eq!(ids, ["rIdHeader5", "rIdHeader6"]);
}
