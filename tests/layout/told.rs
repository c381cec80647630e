//! What is told of pages that can be printed, and what is refused: each code from a report that asks for it.

use super::{pages, refused};
use crate::font::fonts;
use crate::source::memory::Memory;
use dinggao::layout::{Artifact, Line, LineKind, Page, compose, compose_fitted};
use dinggao::source::{InputOptions, load};
use dinggao::template::StyleName;
use std::collections::BTreeSet;

const SENTENCE: &str =
    "深入贯彻落实市委决策部署坚持稳中求进工作总基调全面推进各项事业取得新进展新成效不断提升群众获得感幸福感。";
const LONG: &str = "关于进一步加强全市重点项目建设和安全生产工作推动高质量发展的";

fn report(rest: &str) -> String {
    format!("template: work-report\ntitle: 报告\n{rest}")
}

/// The codes of what is told of a report that is set, each once.
fn told(yaml: &str) -> BTreeSet<&'static str> {
    pages(yaml).1.advice.iter().map(|advice| advice.code.0).collect()
}

#[test]
fn a_table_that_no_type_holds_is_refused() {
    let row = vec!["'12345678.9'"; 32].join(", ");
    let columns = (0..32).map(|n| format!("栏{n}")).collect::<Vec<_>>().join(", ");
    assert_eq!(refused(&report(&format!("body:\n  - table: {{columns: [{columns}], rows: [[{row}]]}}\n"))), ["D706"]);
    let narrow = "body:\n  - table: {columns: [甲, {title: 乙, width: 10mm}], rows: [[一, '12345678.9']]}\n";
    assert_eq!(refused(&report(narrow)), ["D706"]);
}

/// Numbers of a narrow column whose points do not fit below one another are in its middle, which is told; a column without a given
/// width is as wide as that takes.
#[test]
fn numbers_that_leave_their_decimal_points_are_told() {
    let rows = "rows: [['1234567.5', 一], ['0.1234567', 二]]";
    let of = |width: &str| report(&format!("body:\n  - table: {{columns: [{{title: 数{width}}}, 名], {rows}}}\n"));
    assert_eq!(told(&of(", width: 22mm")), BTreeSet::from(["D718"]));
    assert_eq!(told(&of(", width: 22mm, align: decimal")), BTreeSet::from(["D718"]));
    assert_eq!(told(&of("")), BTreeSet::new());
    let long = "甲乙丙丁戊己庚辛".repeat(12);
    let tight = report(&format!("body:\n  - table: {{columns: [数, 名], {}}}\n", rows.replace('一', &long)));
    assert_eq!(told(&tight), BTreeSet::new());
}

#[test]
fn a_line_that_ends_early_and_a_word_that_is_torn_are_told() {
    // A name in capitals is not divided while a line holds it.
    let early = format!("body:\n  - 深入贯彻落实市委决策部署{}等。\n", "ABCDEFGHIJKLM".repeat(2));
    assert_eq!(told(&report(&early)), BTreeSet::from(["D711"]));
    let torn = format!("body:\n  - 深入贯彻{}等。\n", "ABCDEFGHIJKLM".repeat(7));
    assert!(told(&report(&torn)).contains("D712"), "{:?}", told(&report(&torn)));
    assert_eq!(told(&report(&format!("body:\n  - {SENTENCE}\n"))), BTreeSet::new());
}

#[test]
fn a_coarse_picture_and_the_page_that_it_leaves_empty_are_told() {
    let mut world = Memory::default();
    let lines = format!("  - {SENTENCE}\n").repeat(6);
    let yaml = report(&format!(
        "body:\n{lines}  - figure: {{image: a.png, caption: 图, width: 150mm, alt: 图}}\n{}",
        lines.repeat(3)
    ));
    world.files.insert("/case/report.yaml".into(), yaml.into_bytes());
    world.files.insert("/case/a.png".into(), tall());
    let (document, template) = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default()).outcome.unwrap();
    let told: BTreeSet<&str> =
        compose(&document, &template, &fonts()).expect("pages").advice.iter().map(|advice| advice.code.0).collect();
    assert_eq!(told, BTreeSet::from(["D713", "D714"]));
}

/// A picture of few dots, about as high as wide.
pub(super) fn tall() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 30, 28);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&[128; 30 * 28])).expect("a picture");
    bytes
}

/// The sizes of a style after a report was set, and the codes told or refused.
fn fitted(yaml: &str, style: StyleName) -> (f64, Vec<&'static str>) {
    let mut world = Memory::default();
    world.files.insert("/case/report.yaml".into(), yaml.as_bytes().to_vec());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, mut template) = loaded.outcome.expect("a sound report");
    let said = match compose_fitted(&document, &mut template, &fonts(), None) {
        Ok(paged) => paged.advice,
        Err(errors) => errors,
    };
    (template.style(style).size.to_pt(), said.iter().map(|said| said.code.0).collect())
}

#[test]
fn a_text_that_leaves_its_place_is_set_smaller_or_refused() {
    let title = |times: usize| format!("template: work-report\ntitle: {}报告\nbody: [正文。]\n", LONG.repeat(times));
    assert_eq!(fitted(&title(2), StyleName::Title), (22.0, vec![]));
    let (size, said) = fitted(&title(12), StyleName::Title);
    // It leaves the text no room on its page.
    assert!((16.0..22.0).contains(&size) && said == ["D723"], "{size} {said:?}");
    assert_eq!(fitted(&title(60), StyleName::Title), (16.0, vec!["D707"]));
    let cover = |times: usize| {
        format!(
            "template: work-report\ntitle: {}报告\ncover: {{date: 2024年1月}}\nbody: [正文。]\n",
            LONG.repeat(times)
        )
    };
    assert_eq!(fitted(&cover(2), StyleName::CoverTitle), (26.0, vec![]));
    let (size, said) = fitted(&cover(14), StyleName::CoverTitle);
    assert!((18.0..26.0).contains(&size) && said.is_empty(), "{size} {said:?}");
    let caption = |times: usize| {
        report(&format!("body:\n  - table: {{caption: {}, columns: [甲], rows: [[一]]}}\n", LONG.repeat(times)))
    };
    assert_eq!(fitted(&caption(3), StyleName::Caption), (14.0, vec![]));
    let (size, said) = fitted(&caption(24), StyleName::Caption);
    // It may be moved to the next page, and leave its table no room there.
    assert!((10.5..14.0).contains(&size) && said.iter().all(|code| ["D714", "D723"].contains(code)), "{size} {said:?}");
    assert_eq!(fitted(&caption(90), StyleName::Caption).1, ["D707"]);
}

/// GB/T 9704 7.3.1: the title is in 二号. Where it has to be smaller for the first page to have text, that is told.
#[test]
fn a_title_that_is_smaller_for_the_text_of_the_first_page_is_told() {
    let names = ["发展和改革委员会", "教育局", "财政局", "人力资源和社会保障局", "农业农村局", "水利局", "民政局"];
    for count in [1, 7] {
        let names = names[..count].iter().map(|name| format!("青溪市{name}")).collect::<Vec<_>>().join(", ");
        let yaml = format!(
            "template: official-document\nauthority: [{names}]\nauthority-mark: 文件\nnumber: 青发〔2025〕1号\ntitle: 关于进一步加强全市农村饮水安全工程建设资金管理的通知\naddressee: 各单位：\nbody:\n  - {SENTENCE}\n"
        );
        let (size, said) = fitted(&yaml, StyleName::Title);
        assert_eq!(size < 22.0, count == 7, "{size}");
        assert_eq!(said.contains(&"D724"), count == 7, "{said:?}");
    }
}

#[test]
fn a_cover_longer_than_a_page_is_told() {
    let yaml = format!(
        "template: work-report\ntitle: 报告\ncover: {{subtitle: {}, date: 2024年1月}}\nbody: [正文。]\n",
        LONG.repeat(30)
    );
    assert!(fitted(&yaml, StyleName::CoverTitle).1.contains(&"D715"), "{:?}", fitted(&yaml, StyleName::CoverTitle));
}

#[test]
fn footnotes_are_numbered_anew_on_each_page() {
    let mut world = Memory::default();
    let template = "extends: work-report\nnumbering: {notes-restart: page}\n";
    let text = format!("  - {SENTENCE}\n").repeat(12);
    let yaml = format!(
        "template: house\ntitle: 报告\nbody:\n  - 甲[^a]乙[^b]。\n{text}  - 丙[^c]丁[^d]。\nnotes: {{a: 一。, b: 二。, c: 三。, d: 四。}}\n"
    );
    world.files.insert("/case/report.yaml".into(), yaml.into_bytes());
    world.files.insert("/case/templates/house.yaml".into(), template.as_bytes().to_vec());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, template) = loaded.outcome.expect("a sound report");
    let paged = compose(&document, &template, &fonts()).expect("pages");
    let notes: Vec<Vec<&str>> = paged
        .pages
        .iter()
        .map(|page| {
            page.lines().filter(|line| matches!(line.kind, LineKind::Note(_))).map(|line| line.text.as_str()).collect()
        })
        .collect();
    assert_eq!(notes, [vec!["①一。", "②二。"], vec!["①三。", "②四。"]]);
    let texts: Vec<&str> = paged.pages.iter().flat_map(Page::lines).map(|line| line.text.as_str()).collect();
    assert!(texts.contains(&"甲①乙②。") && texts.contains(&"丙①丁②。"), "{texts:?}");
}

/// A mark of the page before would be another note's there.
#[test]
fn a_note_of_another_page_is_refused_where_pages_number_anew() {
    let mut world = Memory::default();
    let text = format!("  - {SENTENCE}\n").repeat(12);
    let yaml = format!(
        "template: house\ntitle: 报告\nbody:\n  - 甲[^a]乙[^b]，又[^a]。\n{text}  - 丙[^c]，再[^b]。\nnotes: {{a: 一。, b: 二。, c: 三。}}\n"
    );
    world.files.insert("/case/report.yaml".into(), yaml.clone().into_bytes());
    let template = "extends: work-report\nnumbering: {notes-restart: page}\n";
    world.files.insert("/case/templates/house.yaml".into(), template.as_bytes().to_vec());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, template) = loaded.outcome.expect("a sound report");
    let wrong = compose(&document, &template, &fonts()).expect_err("a call of the page before");
    let told: Vec<&str> = wrong.iter().map(|diagnostic| diagnostic.message.zh.as_str()).collect();
    assert_eq!(told, ["脚注“b”在第 1 页引用过，第 2 页又引用：脚注号每页从头编，那一页的这个号是别的脚注"]);
    let place = wrong[0].span.map(|span| &yaml[span.start as usize..span.end as usize]);
    assert_eq!(place, Some("[^b]"));
}

/// 附注 is on the row below the date (GB/T 9704 7.3.6), wherever the page ends.
#[test]
fn the_note_below_a_date_is_on_its_page() {
    for lines in 1..=26 {
        let text = format!("  - {}\n", "各项工作。").repeat(lines);
        let yaml = format!(
            "template: official-document\ntitle: 通知\nauthority: 某某市教育局\nnumber: 某教〔2024〕5号\naddressee: 各科室：\nbody:\n{text}  - signature: {{authority: 某某市教育局, date: 2024年1月8日}}\n  - （联系人：王某，电话：12345678）\n"
        );
        let (_, paged) = pages(&yaml);
        let page_of =
            |words: &str| paged.pages.iter().position(|page| page.lines().any(|line| line.text.contains(words)));
        let (date, note) = (page_of("2024年1月8日"), page_of("联系人"));
        assert!(date.is_some() && date == note, "{lines} lines: {date:?}, {note:?}");
    }
}

/// What is below a table calls its footnotes on the page where it is.
#[test]
fn notes_called_below_a_table_are_on_its_last_page() {
    let rows = (1..=40).map(|row| format!("        - [第{row}项, {row}]\n")).collect::<Vec<_>>().concat();
    let body = format!(
        "body:\n  - table:\n      caption: 任务[^a]\n      columns: [任务, 数]\n      note: 表注[^b]。\n      source: 来源[^c]\n      rows:\n{rows}notes: {{a: 一。, b: 二。, c: 三。}}\n"
    );
    let (_, paged) = pages(&report(&body));
    let notes = |page: &Page| -> Vec<String> {
        page.lines().filter(|line| matches!(line.kind, LineKind::Note(_))).map(|line| line.text.clone()).collect()
    };
    let all: Vec<Vec<String>> = paged.pages.iter().map(notes).filter(|notes| !notes.is_empty()).collect();
    assert_eq!(all, [vec!["①一。"], vec!["②二。", "③三。"]]);
}

#[test]
fn a_merged_cell_longer_than_a_page_goes_on() {
    let row = |row: u32| {
        let first = if row == 1 { "{text: 第一类, rows: 40}, " } else { "" };
        format!("        - [{first}第{row}项任务, 区农业农村局]\n")
    };
    let rows: String = (1..=40).map(row).collect();
    let yaml = report(&format!("body:\n  - table:\n      columns: [类别, 任务, 责任单位]\n      rows:\n{rows}"));
    let (_, paged) = pages(&yaml);
    assert!(paged.pages.len() >= 2);
    let merged = |repeated: bool| -> Vec<String> {
        let own = |line: &&Line| match line.kind {
            LineKind::Cell { column: 0, row, .. } => row > 0 && !repeated,
            LineKind::Artifact(Artifact::Repeated) => line.text == "第一类" && repeated,
            _ => false,
        };
        paged.pages.iter().map(|page| page.lines().filter(own).map(|line| line.text.as_str()).collect()).collect()
    };
    // Its text is at its top, and again on each later page, where it is no part of the text.
    assert_eq!(merged(false), ["第一类", ""]);
    assert_eq!(merged(true), ["", "第一类"]);
    let all: usize =
        paged.pages.iter().map(|page| page.lines().filter(|line| line.text.ends_with("项任务")).count()).sum();
    assert_eq!(all, 40);
}
