//! Tables and pictures in the pages: `data/samples/tables-and-pictures.yaml`.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

use crate::sample;
use dinggao::layout::{Artifact, LineKind, PageItem, PagedDocument};
use dinggao::model::{BlockIndex, BlockKind, Document};
use dinggao::template::Template;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

fn sample() -> (Document, Template, PagedDocument) {
    sample::set("tables-and-pictures.yaml")
}

/// What is where, one line of text a line: kind, place in millimetres, text.
fn shown(paged: &PagedDocument) -> String {
    let mut out = String::new();
    for page in &paged.pages {
        writeln!(out, "# {}", page.label()).expect("a string");
        for item in &page.items {
            match item {
                PageItem::Line(line) => {
                    let kind = match line.kind {
                        LineKind::Cell { row, column, .. } => format!("{row}/{column}"),
                        LineKind::Caption(_) => "caption".to_owned(),
                        LineKind::Artifact(artifact) => format!("{artifact:?}").to_lowercase(),
                        _ => "text".to_owned(),
                    };
                    let turned = if line.turned { " turned" } else { "" };
                    let (x, y) = (line.x.to_mm(), line.baseline.to_mm());
                    writeln!(out, "{x:.1} {y:.1} {kind}{turned} {}", line.text).expect("a string");
                }
                PageItem::Picture(p) => {
                    let [x, y, width, height] = [p.x, p.y, p.width, p.height].map(dinggao::model::Length::to_mm);
                    writeln!(out, "{x:.1} {y:.1} picture {width:.1}×{height:.1}").expect("a string");
                }
                PageItem::Rule(_) | PageItem::Path(_) => {}
            }
        }
    }
    out
}

#[test]
fn everything_stands_where_it_stood() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tables.txt");
    let found = shown(&sample().2);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &found).expect("written");
    }
    let kept = std::fs::read_to_string(&path).expect("the golden text");
    for (number, (found, kept)) in found.lines().zip(kept.lines()).enumerate() {
        assert_eq!(found, kept, "line {}", number + 1);
    }
    assert_eq!(found.lines().count(), kept.lines().count());
}

#[test]
fn every_cell_and_caption_is_printed_once() {
    let (document, _, paged) = sample();
    let mut printed: BTreeMap<BlockIndex, String> = BTreeMap::new();
    for line in paged.pages.iter().flat_map(dinggao::layout::Page::lines) {
        if let LineKind::Cell { block, .. } | LineKind::Caption(block) = line.kind {
            printed.entry(block).or_default().push_str(&line.text);
        }
    }
    let mut wanted: BTreeMap<BlockIndex, String> = BTreeMap::new();
    for (index, block) in document.indexed() {
        if matches!(block.kind, BlockKind::Table(_) | BlockKind::Figure(_)) {
            let number = block.kind.number().map(|n| format!("{}\u{3000}", n.text)).unwrap_or_default();
            let texts: String = block.kind.texts().iter().map(|text| text.plain()).collect();
            wanted.insert(index, number + &texts);
        }
    }
    assert_eq!(wanted.len(), 6);
    assert_eq!(printed, wanted);
}

#[test]
fn the_parts_of_a_table_have_its_head() {
    let (_, _, paged) = sample();
    let mut parts = 0;
    for page in &paged.pages {
        let repeated: String = page
            .lines()
            .filter(|line| line.kind == LineKind::Artifact(Artifact::Repeated))
            .map(|line| line.text.as_str())
            .collect();
        if !repeated.is_empty() {
            parts += 1;
            assert!(
                repeated == "续表3\u{3000}各乡镇人口和财政收入序号乡镇常住人口（万人）财政收入（万元）备注"
                    || repeated.starts_with("续表4\u{3000}项目进度总表项目建设内容总投资（万元）"),
                "{repeated}"
            );
        }
    }
    assert!(parts >= 4, "{parts}");
}

#[test]
fn all_stands_within_the_type_area_and_numbers_on_their_point() {
    let (document, template, paged) = sample();
    let page = &template.page;
    let near = 0.05;
    let (left, right) = (page.inner.to_pt() - near, (page.inner + page.measure()).to_pt() + near);
    let (top, bottom) = (page.top.to_pt() - near, (page.top + page.depth()).to_pt() + near);
    let mut points = Vec::new();
    for item in paged.pages.iter().flat_map(|page| &page.items) {
        let [x, y, width, height] = match item {
            PageItem::Line(line) if matches!(line.kind, LineKind::Artifact(Artifact::PageNumber)) => continue,
            PageItem::Line(line) if line.runs.is_empty() => continue,
            PageItem::Line(line) if line.turned => {
                let size = line.runs[0].size;
                [line.x - size * 0.8, line.baseline - line.width, size * 0.8, line.width]
            }
            PageItem::Line(line) => {
                if let LineKind::Cell { block, column: 2, row: 1.. } = line.kind
                    && document.block(block).is_some_and(|b| b.id.0 == "indicators")
                {
                    let digits = line.text.find('.').unwrap_or(line.text.len());
                    // Digits are half an em wide.
                    points.push((line.x + line.runs[0].size * (digits as f64 / 2.0)).to_pt());
                }
                let size = line.runs[0].size;
                [line.x, line.baseline - size * 0.8, line.width, size * 0.8]
            }
            PageItem::Rule(rule) => [rule.x, rule.y, rule.width, rule.height],
            PageItem::Picture(p) => [p.x, p.y, p.width, p.height],
            PageItem::Path(_) => continue,
        }
        .map(dinggao::model::Length::to_pt);
        assert!(x >= left && x + width <= right && y >= top && y + height <= bottom, "{item:?}");
    }
    assert_eq!(points.len(), 4);
    assert!(points.iter().all(|point| (point - points[0]).abs() < 0.01), "{points:?}");
}
