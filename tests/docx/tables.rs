//! Tables of the Word file: rules under heads of several rows, rows that stay together.

use super::fixture::{self, Builder};
use super::xml::Node;
use super::{compose, trees, write_with};
use crate::source::memory::Memory;
use dinggao::docx::WordOptions;
use dinggao::layout::{Line, LineKind};
use dinggao::model::{Block, BlockKind, ColumnGroup, Document};
use dinggao::source::{InputOptions, load};
use dinggao::template::{StyleName, Template};

fn rows(document: &Document, template: &Template) -> Vec<Node> {
    let trees = trees(&write_with(document, template, &WordOptions::default()));
    let body = &trees.iter().find(|(name, _)| name == "word/document.xml").expect("the document").1;
    body.all("w:tr").into_iter().cloned().collect()
}

/// Three rules: below what heads several columns as far as it reaches, and below the head; not between a head and what it covers.
#[test]
fn three_rules_know_heads_of_several_rows() {
    let mut document = Builder::new().table(Some("表"), "指标|收到|立案", &["甲|1|2", "乙|3|4"]).done();
    if let Some(Block { kind: BlockKind::Table(table), .. }) = document.blocks.last_mut() {
        let title = table.columns[0].title.clone();
        table.groups = vec![ColumnGroup { title, level: 0, column: 1, columns: 2 }];
        table.columns[1].level = 1;
        table.columns[2].level = 1;
    }
    let bottoms = |template: &Template| -> Vec<Vec<Option<String>>> {
        let bottom = |cell: &Node| {
            let border = cell.all("w:tcBorders").first().and_then(|b| b.child("w:bottom").cloned());
            border.map(|border| border.val().unwrap_or_default().to_owned())
        };
        let of = |row: &Node| row.children.iter().filter(|c| c.name == "w:tc").map(bottom).collect();
        rows(&document, template).iter().map(of).collect()
    };
    let some = |word: &str| Some(word.to_owned());
    let ruled = bottoms(&fixture::template_named("company-report"));
    assert_eq!(ruled[0], [some("single"), some("single")], "the head of all rows, and that of two columns");
    assert_eq!(ruled[1], [some("single"), some("single"), some("single")]);
    assert!(ruled[2..].iter().flatten().all(Option::is_none), "{ruled:?}");
    assert!(bottoms(&fixture::template()).iter().flatten().all(Option::is_none));
}

/// Rows that a merged cell ties together stay together where a page holds them, and are divided where none does: an office program
/// would else put all of them on the next page.
#[test]
fn rows_tied_over_more_than_a_page_do_not_stay_together() {
    for (count, together) in [(5, true), (40, false)] {
        let first = format!("类别+1x{count}|任务一");
        let more: Vec<String> = (2..=count).map(|row| format!("任务{row}")).collect();
        let all: Vec<&str> = std::iter::once(first.as_str()).chain(more.iter().map(String::as_str)).collect();
        let document = Builder::new().table(Some("任务"), "类别|任务", &all).done();
        let kept = rows(&document, &fixture::template()).iter().filter(|row| !row.all("w:keepNext").is_empty()).count();
        assert_eq!(kept > count - 2, together, "{kept} of {count}");
        assert!(kept >= 1, "the head stays with what follows");
    }
}

/// Texts that their data file indents are indented by as much in both files: as the paragraph's indent, not by blanks.
#[test]
fn levels_of_the_data_are_indents_in_both_files() {
    let mut world = Memory::default();
    let report = "template: work-report\ntitle: 报告\ndata: {d: d.csv}\nbody: [table: {from: d}]\n";
    world.files.insert("/case/report.yaml".into(), report.as_bytes().to_vec());
    world.files.insert("/case/d.csv".into(), "项目,数\n收入,5\n  税收,3\n    其中：所得税,2\n".as_bytes().to_vec());
    let (document, template) = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default()).outcome.unwrap();
    let size = template.style(StyleName::TableText).size.to_pt() * template.tables.indent;
    let paged = compose(&document, &template);
    let first = |line: &&Line| matches!(line.kind, LineKind::Cell { row: 1.., column: 0, .. });
    let places: Vec<f64> = paged.pages[0].lines().filter(first).map(|line| line.x.to_pt()).collect();
    assert_eq!(places.len(), 3);
    let near = |a: f64, b: f64| (a - b).abs() < 0.06;
    assert!(near(places[1] - places[0], size) && near(places[2] - places[0], size * 2.0), "{places:?}");
    let mut indents = Vec::new();
    for row in &rows(&document, &template)[1..] {
        let cell = row.children.iter().find(|child| child.name == "w:tc").expect("a cell");
        let indent = cell.all("w:ind").first().and_then(|indent| indent.attribute("w:left")?.parse::<f64>().ok());
        indents.push(indent.unwrap_or(0.0) / 20.0);
        assert!(cell.all("w:t").iter().all(|text| !text.text.starts_with([' ', '\u{3000}'])));
    }
    assert!(near(indents[1], size) && near(indents[2], size * 2.0) && near(indents[0], 0.0), "{indents:?}");
}

/// A table on its side that ends the document ends in its own section: another one would be an empty page.
#[test]
fn a_wide_table_at_the_end_ends_the_file() {
    let document = Builder::new().p("正文。").table(Some("表"), "甲|乙", &["1|2"]).landscape().done();
    let trees = trees(&write_with(&document, &fixture::template(), &WordOptions::default()));
    let body = &trees.iter().find(|(name, _)| name == "word/document.xml").expect("the document").1;
    let sections = body.all("w:sectPr");
    let turned =
        |section: &&&Node| section.child("w:pgSz").and_then(|size| size.attribute("w:orient")) == Some("landscape");
    assert_eq!((sections.len(), sections.iter().filter(turned).count()), (2, 1));
    let last = sections.last().expect("a section");
    assert!(turned(&last), "the last section is the table's");
}

/// The unit above a table and the notes below it have lines that are closer than the page's; what they leave of their last row of the
/// grid is blank, as in print: else the text below is higher than print has it.
#[test]
fn what_is_around_a_table_takes_whole_rows() {
    let (document, template) = crate::sample::read("heads-and-markup.yaml");
    let trees = trees(&write_with(&document, &template, &WordOptions::default()));
    let body = &trees.iter().find(|(name, _)| name == "word/document.xml").expect("the document").1;
    let number = |node: &Node, name: &str| node.attribute(name).and_then(|n| n.parse::<i64>().ok());
    let pitch = body.all("w:docGrid").first().and_then(|grid| number(grid, "w:linePitch")).expect("a grid");
    let styles = &trees.iter().find(|(name, _)| name == "word/styles.xml").expect("the styles").1;
    let style = styles.all("w:style").into_iter().find(|s| s.attribute("w:styleId") == Some("TableText"));
    let leading = style.and_then(|s| number(s.all("w:spacing")[0], "w:line")).expect("a leading");
    assert_ne!(leading, pitch);
    let (mut depth, mut found) = (0, 0);
    for block in &body.children[0].children {
        let style = block.val_at(&["w:pPr", "w:pStyle"]).unwrap_or_default();
        if block.name == "w:p" && style.starts_with("TableText") {
            let spacing = block.child("w:pPr").and_then(|p| p.child("w:spacing"));
            depth += leading + spacing.and_then(|s| number(s, "w:after")).unwrap_or_default();
        } else if depth > 0 {
            // Three lines are two rows in print, and a little more here, where the rows are lower.
            assert!(depth % pitch < 40, "{depth} of {pitch}");
            (depth, found) = (0, found + 1);
        }
    }
    assert!(found >= 2, "a unit and notes: {found}");
}
