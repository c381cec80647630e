//! Pictures side by side, on their side, and behind text that fills the page before them: in both files.

use super::fixture::{self, Builder};
use super::xml::Node;
use super::{compose, trees};
use dinggao::docx::{self, WordOptions, block_bookmark};
use dinggao::layout::{PageItem, PagedDocument, PlacedPicture};
use dinggao::model::{BlockIndex, Document, Lie};

/// A document on its pages, and the body of its Word file.
fn both(document: &Document) -> (PagedDocument, Node) {
    let template = fixture::template();
    let paged = compose(document, &template);
    let bytes = docx::write(document, &template, &paged.printed, &WordOptions::default()).expect("a Word file");
    let body = trees(&bytes).into_iter().find(|(name, _)| name == "word/document.xml").expect("a body").1;
    (paged, body)
}

/// The pictures, each with its page from 1.
fn pictures(paged: &PagedDocument) -> Vec<(usize, PlacedPicture)> {
    let on = |(page, number): (&dinggao::layout::Page, usize)| {
        let of = |item: &PageItem| if let PageItem::Picture(picture) = item { Some((number, *picture)) } else { None };
        page.items.iter().filter_map(of).collect::<Vec<_>>()
    };
    paged.pages.iter().zip(1..).flat_map(on).collect()
}

const TEXT: &str = "深入贯彻落实市委决策部署，坚持稳中求进工作总基调，全面推进各项事业取得新进展新成效。";

fn paragraphs(mut builder: Builder, count: usize) -> Builder {
    for _ in 0..count {
        builder = builder.p(TEXT);
    }
    builder
}

#[test]
fn text_fills_the_page_before_what_floats() {
    let builder = paragraphs(Builder::new(), 6).figure(fixture::PNG, "位置图").high(140.0);
    let fixed = both(&paragraphs(builder, 8).done());
    let builder = paragraphs(Builder::new(), 6).figure(fixture::PNG, "位置图").high(140.0).floating();
    let document = paragraphs(builder, 8).done();
    let floating = both(&document);
    assert_eq!((fixed.0.pages.len(), floating.0.pages.len()), (3, 2));
    let picture = pictures(&floating.0)[0];
    assert_eq!((picture.0, (picture.1.y - fixture::template().page.top).to_pt() < 30.0), (2, true));
    let lines = |paged: &PagedDocument| paged.pages[0].lines().count();
    assert!(lines(&floating.0) > lines(&fixed.0) + 6);
    // The Word file has them in the same order: the caption behind the paragraphs of the first page.
    let name = |at: usize| block_bookmark(&document.blocks[at].id);
    let names: Vec<&str> =
        floating.1.all("w:bookmarkStart").iter().filter_map(|b| b.attribute("w:name")).collect::<Vec<_>>();
    let place = |at: usize| names.iter().position(|n| *n == name(at)).expect("a bookmark");
    let printed: Vec<usize> = floating.0.printed.order(document.blocks.len()).map(BlockIndex::get).collect();
    assert!(printed.is_sorted_by_key(|&at| place(at)) && !printed.is_sorted(), "{printed:?}");
    // What stands below a heading stays there.
    let builder = paragraphs(Builder::new(), 6).figure(fixture::PNG, "位置图").high(140.0).floating();
    let below = both(&paragraphs(builder.heading(1, "下一部分"), 12).done());
    assert_eq!(pictures(&below.0)[0].0, 2);
    assert!(below.0.printed.order(20).map(BlockIndex::get).is_sorted());
}

#[test]
fn pictures_side_by_side_share_a_line() {
    let document = Builder::new().p(TEXT).figures(&["改造前", "改造中的情况", "改造后"]).p(TEXT).done();
    let (paged, body) = both(&document);
    let shown = pictures(&paged);
    assert_eq!(shown.len(), 3);
    let (foot, top) = (shown[0].1.y + shown[0].1.height, shown[0].1.y);
    let near = |a: dinggao::model::Length, b: dinggao::model::Length| (a - b).abs().to_pt() < 0.01;
    assert!(shown.iter().all(|(page, p)| *page == 1 && near(p.y + p.height, foot) && near(p.y, top)), "{shown:?}");
    assert!(shown.is_sorted_by_key(|(_, p)| p.x.to_pt()));
    // One table without rules: a row of pictures, a row of captions with their numbers.
    let tables = body.all("w:tbl");
    assert_eq!(tables.len(), 1);
    let rows = tables[0].all("w:tr");
    assert_eq!((rows.len(), rows[0].all("wp:docPr").len(), rows[1].all("w:tc").len()), (2, 3, 3));
    // Pictures stand on the foot of their row, captions begin at the head of theirs, as in print.
    let aligned = |row: &Node| row.all("w:vAlign").iter().map(|v| v.val() == Some("top")).collect::<Vec<_>>();
    assert_eq!((aligned(rows[0]), aligned(rows[1])), (vec![], vec![true; 3]));
    let codes = rows[1].all("w:instrText");
    assert_eq!(codes.iter().filter(|c| c.children.iter().any(|t| t.text.contains("SEQ"))).count(), 3);
}

#[test]
fn what_lies_on_its_side_has_a_section_of_its_own() {
    let document = Builder::new().p(TEXT).figure(fixture::PNG, "位置图").high(140.0).landscape().p(TEXT).done();
    let (paged, body) = both(&document);
    assert_eq!(paged.pages.len(), 3);
    let (page, picture) = pictures(&paged)[0];
    assert_eq!((page, picture.lie), (2, Lie::Turned));
    assert!(paged.pages[1].lines().filter(|line| line.text.contains("位置图")).all(|line| line.turned));
    let turned: Vec<bool> =
        body.all("w:pgSz").iter().map(|size| size.attribute("w:orient") == Some("landscape")).collect();
    assert_eq!(turned, [false, true, false]);
}

/// Each has a page of its own, as in print, with or without a page break between them: on one page two tables without captions touch,
/// and the pages after them have other numbers than contents list.
#[test]
fn what_lies_on_its_side_one_after_another_has_sections_of_its_own() {
    let begun = || Builder::new().p(TEXT).table(None, "甲|乙", &["1|2"]).landscape();
    let documents = [begun(), begun().page_break()];
    for document in documents {
        let document = document.table(None, "丙|丁", &["3|4"]).landscape().p(TEXT).done();
        let (paged, body) = both(&document);
        assert_eq!(paged.pages.len(), 4);
        let turned: Vec<bool> =
            body.all("w:pgSz").iter().map(|size| size.attribute("w:orient") == Some("landscape")).collect();
        assert_eq!(turned, [false, true, true, false]);
    }
}
