//! The proof that both outputs agree: what Word computes and shows, from the parts alone, against the printed pages.

use super::count::{self, Paragraph};
use super::fixture::{self, Builder};
use super::turned::{points, turned_numbers};
use super::xml::Node;
use super::{compose, trees};
use dinggao::docx::{self, WordOptions, block_bookmark};
use dinggao::layout::{self, LineKind, PagedDocument};
use dinggao::model::{Block, BlockIndex, BlockKind, Document, TableGrid};
use dinggao::printed::Printed;
use dinggao::source;
use dinggao::template::{FrontNumbers, StyleName, Template};
use dinggao::world::SystemWorld;
use std::collections::BTreeMap;
use std::path::Path;

/// What was compared, so that a comparison of nothing is no proof.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) numbered: usize,
    captions: usize,
    pub(crate) entries: usize,
    references: usize,
    tables: usize,
    sections: usize,
    pub(crate) pictures: usize,
}

/// The printed pages of a document, and the parts of its Word file.
fn both(document: &Document, template: &Template) -> (PagedDocument, Vec<(String, Node)>) {
    let paged = compose(document, template);
    let parts = trees(&docx::write(document, template, &paged.printed, &WordOptions::default()).expect("a Word file"));
    (paged, parts)
}

/// Lays a document out and writes it, and compares both.
pub(crate) fn compare(document: &Document, template: &Template) -> Compared {
    let (paged, trees) = both(document, template);
    let part = |name: &str| &trees.iter().find(|(n, _)| n == name).expect("a part").1;
    let body = part("word/document.xml");
    let paragraphs = count::paragraphs(body, part("word/styles.xml"), part("word/numbering.xml"));
    let mut compared = Compared::default();
    numbers(document, &paged, &paragraphs, &mut compared);
    contents(document, &paged, body, &mut compared);
    gathered(body, part("word/styles.xml"), &paragraphs);
    references(body, &paragraphs, &mut compared);
    tables(document, template, &paged, body, &mut compared);
    pictures(document, &paged, body, &mut compared);
    page_numbers(document, &paged.printed, body, part("word/_rels/document.xml.rels"), &mut compared);
    turned_numbers(document, template, &paged, |name| trees.iter().find(|(n, _)| n == name).map(|(_, tree)| tree));
    compared
}

/// Every section: Word numbers its pages from where print has them, or not at all where print does not.
fn page_numbers(document: &Document, pages: &Printed, body: &Node, links: &Node, compared: &mut Compared) {
    let mut first: Option<String> = None;
    let mut started = false;
    let footer = |id: &str| {
        let links = links.all("Relationship");
        links.iter().find(|l| l.attribute("Id") == Some(id)).and_then(|l| l.attribute("Target")).map(str::to_owned)
    };
    for node in &body.children[0].children {
        for bookmark in node.all("w:bookmarkStart").into_iter().filter_map(|b| b.attribute("w:name")) {
            // The end of a page is printed nowhere.
            let breaks = |b: &Block| matches!(b.kind, BlockKind::PageBreak) && block_bookmark(&b.id) == bookmark;
            if !document.blocks.iter().any(breaks) {
                first = first.or_else(|| Some(bookmark.to_owned()));
            }
        }
        let Some(&section) = node.all("w:sectPr").first() else { continue };
        let block = document.indexed().find(|(_, b)| Some(block_bookmark(&b.id)) == first);
        let printed = block.map(|(block, _)| pages.page_number(block).map_or_else(String::new, |n| n.to_string()));
        let start = section.child("w:pgNumType").and_then(|numbers| numbers.attribute("w:start"));
        let format = section.child("w:pgNumType").and_then(|numbers| numbers.attribute("w:fmt"));
        let roman = format == Some("lowerRoman");
        let references = section.all("w:footerReference");
        let number = references.iter().find(|r| r.attribute("w:type") == Some("default"));
        let target = number.and_then(|r| r.attribute("r:id")).and_then(footer).expect("a footer");
        let numbered = target != "footer3.xml";
        if let Some(printed) = printed.as_deref() {
            assert_eq!(numbered, !printed.is_empty(), "{first:?}");
            match start {
                Some(start) if roman => {
                    let place = start.parse::<usize>().expect("a number");
                    assert_eq!(["", "i", "ii", "iii", "iv", "v"].get(place), Some(&printed), "{first:?}");
                }
                Some(start) => assert_eq!(start, printed, "{first:?}"),
                // Without a start Word counts from the file's first page.
                None => assert!(started || !numbered || printed == "1", "{first:?} {printed}"),
            }
            compared.sections += 1;
        }
        started |= numbered;
        first = None;
    }
}

/// Every table: its cells, the widths of its columns, and where the numbers of a column are that share a decimal point.
fn tables(document: &Document, template: &Template, paged: &PagedDocument, body: &Node, compared: &mut Compared) {
    let size = template.style(StyleName::TableText).size;
    // The cells of the file have 8 twips to spare on each side.
    let spare = 0.4;
    let blank = (size * template.tables.padding).to_pt() - spare;
    // Heads, imprints and pictures side by side are tables too.
    let of_house = |tree: &&Node| tree.all("w:tblStyle").first().and_then(|style| style.val()) == Some("TableGrid");
    let mut written = body.all("w:tbl").into_iter().filter(of_house);
    for (index, block) in document.indexed() {
        let BlockKind::Table(table) = &block.kind else { continue };
        let tree = written.next().expect("the table");
        let columns: Vec<f64> = tree.all("w:gridCol").into_iter().map(|c| points(c, "w:w")).collect();
        let set = paged.printed.table(index).expect("a table that was set");
        let near = |a: f64, b: f64| (a - b).abs() < 0.11;
        assert!(set.columns.iter().zip(&columns).all(|(a, b)| near(a.to_pt(), *b)), "{:?}", block.id);
        assert_eq!(set.columns.len(), columns.len());
        let mut texts = Vec::new();
        for row in tree.all("w:tr") {
            for cell in row.children.iter().filter(|c| c.name == "w:tc") {
                let text: String = cell.all("w:t").iter().flat_map(|t| &t.children).map(|t| t.text.as_str()).collect();
                texts.push(text);
            }
        }
        let grid = TableGrid::new(table);
        let wanted = grid.cells.iter().map(|cell| cell.text).filter(|text| !text.is_empty());
        assert_eq!(tree.all("w:tblHeader").len(), grid.head, "{:?}", block.id);
        // Word computes the marks of notes; what a merged cell covers is an empty one.
        let bare = |text: &str| squeeze(text).replace(|c| ('①'..='⑳').contains(&c), "");
        let wanted: Vec<String> = wanted.map(|t| bare(&t.plain())).filter(|t| !t.is_empty()).collect();
        let texts: Vec<String> = texts.iter().map(|t| bare(t)).filter(|t| !t.is_empty()).collect();
        assert_eq!(texts, wanted, "{:?}", block.id);
        // The first of a column's numbers on the page, and its paragraph.
        let first = paged.pages.iter().flat_map(layout::Page::lines).find_map(|line| match line.kind {
            LineKind::Cell { block, row, column } if block == index && !line.turned => {
                let number = set.numbers.get(&(row as usize, column as usize))?;
                Some((line, number, row as usize, column as usize))
            }
            _ => None,
        });
        let Some((line, number, row, column)) = first else { continue };
        let rows = tree.all("w:tr");
        let mut at = 0;
        let cell = rows[row].children.iter().filter(|c| c.name == "w:tc").find(|cell| {
            let here = at;
            at += cell.all("w:gridSpan").first().and_then(|s| s.val()?.parse().ok()).unwrap_or(1);
            here == column
        });
        let cell = cell.expect("the cell");
        let (tab, ind) = (cell.all("w:tab"), cell.all("w:ind"));
        assert!(near(points(tab[0], "w:pos"), number.point.to_pt() + spare), "{:?}", block.id);
        // In the page: the table is in the middle, its cells begin at their blank.
        let page = paged.pages.iter().position(|p| p.lines().any(|l| std::ptr::eq(l, line))).expect("a page");
        let all: f64 = columns.iter().sum();
        let left = template.page.left(page + 1).to_pt() + (template.page.measure().to_pt() - all) / 2.0;
        let begins = left + columns[..column].iter().sum::<f64>() + blank + points(ind[0], "w:left");
        assert!((begins - line.x.to_pt()).abs() < 0.6, "{begins} {line:?}");
        compared.tables += 1;
    }
}

/// Every picture, alone, in a row or in a cell: as wide as it was printed but for what the rows of the file are lower, in its own
/// proportions, with its alternative text.
fn pictures(document: &Document, paged: &PagedDocument, body: &Node, compared: &mut Compared) {
    let drawn = body.all("wp:inline").into_iter().filter(|drawing| !drawing.all("pic:pic").is_empty());
    let mut drawn = drawn.collect::<Vec<_>>().into_iter();
    for shown in document.pictures() {
        let drawing = drawn.next().expect("the picture");
        let extent = drawing.child("wp:extent").expect("its size");
        let side =
            |key: &str| extent.attribute(key).and_then(|side| side.parse::<f64>().ok()).expect("a length") / 12_700.0;
        let (width, height) = (side("cx"), side("cy"));
        let printed = paged.printed.picture(shown.index).expect("a printed picture").to_pt();
        assert!(width <= printed + 0.1 && width > 0.9 * printed, "{:?}: {width} {printed}", shown.index);
        let ratio = shown.file.size.1 / shown.file.size.0;
        assert!((height / width - ratio).abs() < 0.01, "{:?}: {width} {height}", shown.index);
        let said = drawing.child("wp:docPr").and_then(|said| said.attribute("descr"));
        assert_eq!(said, Some(shown.alt), "{:?}", shown.index);
        compared.pictures += 1;
    }
    assert!(drawn.next().is_none(), "a picture that is not in print");
}

/// The printed text of every block's lines, by block and kind.
fn printed(paged: &PagedDocument, caption: bool) -> BTreeMap<usize, String> {
    let mut texts = BTreeMap::new();
    for line in paged.pages.iter().flat_map(layout::Page::lines) {
        let block = match line.kind {
            LineKind::Block(block) if !caption => block,
            LineKind::Caption(block) if caption => block,
            _ => continue,
        };
        texts.entry(block.get()).or_insert_with(String::new).push_str(&line.text);
    }
    texts
}

/// Numbers and texts of headings, points, items and terms, and of captions.
fn numbers(document: &Document, paged: &PagedDocument, paragraphs: &[Paragraph], compared: &mut Compared) {
    let (lines, captions) = (printed(paged, false), printed(paged, true));
    for (index, block) in document.blocks.iter().enumerate() {
        let name = block_bookmark(&block.id);
        let found = paragraphs.iter().find(|p| p.bookmarks.contains(&name)).expect("the block's bookmark");
        let shown = squeeze(&format!("{}{}", found.number, found.text));
        match block.kind {
            BlockKind::Heading { .. }
            | BlockKind::Point { .. }
            | BlockKind::ListItem { .. }
            | BlockKind::Term { .. }
            | BlockKind::Paragraph(_) => {
                let Some(line) = lines.get(&index) else { continue };
                // Word computes the marks of notes, which its runs do not hold.
                let without = |text: &str| text.replace(|c| ('①'..='⑳').contains(&c), "");
                assert_eq!(without(&shown), without(&squeeze(line)), "{:?}", block.id);
                compared.numbered += usize::from(block.kind.number().is_some());
            }
            BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Chart(_) => {
                let Some(caption) = captions.get(&index) else { continue };
                assert_eq!(shown, squeeze(caption), "{:?}", block.id);
                compared.captions += 1;
            }
            _ => {}
        }
    }
}

/// Every entry of the contents: its text, its place and its page.
fn contents(document: &Document, paged: &PagedDocument, body: &Node, compared: &mut Compared) {
    let mut wanted: Vec<(BlockIndex, String)> = Vec::new();
    for line in paged.pages.iter().flat_map(layout::Page::lines) {
        let LineKind::Contents { target, .. } = line.kind else { continue };
        match wanted.last_mut() {
            Some((last, text)) if *last == target => text.push_str(&line.text),
            _ => wanted.push((target, line.text.clone())),
        }
    }
    let entries: Vec<&Node> = body
        .all("w:p")
        .into_iter()
        .filter(|p| p.child("w:pPr").and_then(|p| p.val_at(&["w:pStyle"])).is_some_and(is_entry))
        .collect();
    assert_eq!(entries.len(), wanted.len());
    for (entry, (target, text)) in entries.into_iter().zip(wanted) {
        let link = entry.child("w:hyperlink").expect("a link");
        let block = document.block(target).expect("a block");
        // The link leads to the paragraph that has the block's name.
        let named = |name: &str| {
            let bookmarks = |p: &Node| p.all("w:bookmarkStart").iter().any(|b| b.attribute("w:name") == Some(name));
            body.all("w:p").into_iter().position(bookmarks)
        };
        let anchor = link.attribute("w:anchor").expect("an anchor");
        assert!(anchor.starts_with("_Toc"), "LibreOffice keeps the page's field by this: {anchor}");
        let codes = |p: &Node| -> String {
            p.all("w:instrText").iter().flat_map(|t| &t.children).map(|t| t.text.as_str()).collect()
        };
        assert!(codes(entry).contains(&format!(" PAGEREF {anchor} ")), "{}", codes(entry));
        assert_eq!(named(anchor), named(&block_bookmark(&block.id)));
        assert!(named(anchor).is_some());
        // The page of the heading's first line, found again.
        let page = paged
            .pages
            .iter()
            .find(|page| page.lines().any(|line| line.kind == LineKind::Block(target)))
            .expect("the heading's page");
        let shown: String = entry.all("w:t").iter().flat_map(|t| &t.children).map(|t| t.text.as_str()).collect();
        let heading = shown.strip_suffix(page.label().as_str()).expect("the page's number");
        let line = text.strip_suffix(page.label().as_str()).expect("the printed number").trim_end_matches('.');
        assert_eq!(squeeze(heading), squeeze(line));
        compared.entries += 1;
    }
}

/// What the TOC field will gather when somebody updates it is what is in it: Word takes paragraphs in the built-in heading
/// styles, by name, and what TC fields name.
fn gathered(body: &Node, styles: &Node, paragraphs: &[Paragraph]) {
    let code = |p: &Node| -> String {
        p.all("w:instrText").iter().flat_map(|t| &t.children).map(|t| t.text.as_str()).collect()
    };
    let all = body.all("w:p");
    let Some(field) = all.iter().map(|p| code(p)).find(|code| code.starts_with(" TOC ")) else { return };
    let depth = field.split("\\o \"1-").nth(1).and_then(|rest| rest[..1].parse::<u32>().ok()).expect("levels");
    let builtin = |id: &str| {
        let style = styles.all("w:style").into_iter().find(|s| s.attribute("w:styleId") == Some(id)).expect("a style");
        style.val_at(&["w:name"]).and_then(|name| name.strip_prefix("heading ")?.parse::<u32>().ok())
    };
    let mut entries: Vec<String> = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    for (node, p) in all.into_iter().zip(paragraphs) {
        if is_entry(&p.style) {
            // Without the page number after the tab.
            let runs = node.all("w:r");
            let before = runs.iter().take_while(|run| run.child("w:tab").is_none()).flat_map(|run| run.all("w:t"));
            shown.push(before.flat_map(|t| &t.children).map(|t| t.text.as_str()).collect());
        } else if builtin(&p.style).is_some_and(|level| level <= depth) {
            entries.push(format!("{}{}", p.number, p.text));
        } else if let Some((_, named)) = code(node).split_once(" TC \"") {
            assert!(field.contains("\\f "), "{field}");
            // The quotation mark that ends it is the last.
            let (title, level) = named.rsplit_once('"').expect("an end");
            // The first level is meant where none is said. Other fields may follow.
            let said = level.strip_prefix(" \\l ").map(|rest| rest[..1].parse::<u32>().expect("a level"));
            assert!(said.is_some() || level == " " || level.starts_with("  "), "{level}");
            if said.is_some_and(|said| said > depth) {
                continue;
            }
            entries.push(title.replace("\\\"", "\"").replace("\\\\", "\\"));
        }
    }
    let squeezed = |entries: Vec<String>| entries.iter().map(|entry| squeeze(entry)).collect::<Vec<_>>();
    assert_eq!(squeezed(entries), squeezed(shown));
}

fn is_entry(style: &str) -> bool {
    ["TOC1", "TOC2", "TOC3"].contains(&style)
}

/// Every field that names a number shows the number that Word would put there.
fn references(body: &Node, paragraphs: &[Paragraph], compared: &mut Compared) {
    for p in body.all("w:p") {
        let mut field: Option<(String, String, bool)> = None;
        for run in p.all("w:r") {
            if let Some(mark) = run.child("w:fldChar") {
                match mark.attribute("w:fldCharType") {
                    Some("begin") => field = Some((String::new(), String::new(), false)),
                    Some("separate") => field = field.map(|(code, shown, _)| (code, shown, true)),
                    _ => {
                        let Some((code, shown, _)) = field.take() else { continue };
                        compared.references += usize::from(check(&code, &shown, body, paragraphs));
                    }
                }
            } else if let Some((code, shown, inside)) = &mut field {
                let text = |name: &str| -> String {
                    run.all(name).iter().flat_map(|t| &t.children).map(|t| t.text.as_str()).collect()
                };
                code.push_str(&text("w:instrText"));
                if *inside {
                    shown.push_str(&text("w:t"));
                }
            }
        }
    }
}

/// True for a reference to a number, which is checked.
fn check(code: &str, shown: &str, body: &Node, paragraphs: &[Paragraph]) -> bool {
    let mut words = code.split_whitespace();
    if words.next() != Some("REF") {
        return false;
    }
    let name = words.next().expect("a bookmark").to_owned();
    if words.any(|word| word == "\\n") {
        let target = paragraphs.iter().find(|p| p.bookmarks.contains(&name)).expect("the target");
        assert_eq!(shown, target.number.trim_end_matches('.'), "{code}");
        return true;
    }
    // Without a switch: what is within the bookmark.
    let mut inside = None;
    let mut id = None;
    body.walk(&mut |node| match node.name.as_str() {
        "w:bookmarkStart" if node.attribute("w:name") == Some(&name) => {
            id = node.attribute("w:id");
            inside = Some(String::new());
        }
        "w:bookmarkEnd" if node.attribute("w:id") == id => id = None,
        "w:t" if id.is_some() => {
            inside.get_or_insert_default().extend(node.children.iter().map(|t| t.text.as_str()));
        }
        _ => {}
    });
    assert_eq!(Some(shown), inside.as_deref(), "{code}");
    true
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Compares a report of the repository.
fn compare_file(name: &str) -> Compared {
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let loaded = source::load(&SystemWorld::new(), &report, &source::InputOptions::default());
    let (document, template) = loaded.outcome.expect("a sound report");
    compare(&document, &template)
}

#[test]
fn the_first_report_agrees() {
    let compared = compare_file("data/report.yaml");
    assert!(compared.numbered > 20 && compared.sections > 0, "{compared:?}");
}

#[test]
fn tables_agree() {
    let compared = compare_file("data/samples/tables-and-pictures.yaml");
    assert!(compared.tables >= 2 && compared.captions >= 4, "{compared:?}");
}

/// A list with bullets that holds a numbered one: programs count its first level as begun, so that the numbered list after it begins
/// one of its own.
#[test]
fn numbered_lists_after_those_within_bullets_begin_at_one() {
    let mut builder = Builder::new();
    for _ in 0..2 {
        builder = builder.item_in(1, false, "甲").item_in(2, true, "子").item_in(2, true, "丑").p("段。");
        builder = builder.item_in(1, true, "一").item_in(1, true, "二").p("段。");
        builder = builder.item_in(1, false, "甲").item_in(2, false, "乙").item_in(3, true, "子").p("段。");
        builder = builder.item_in(1, true, "一").item_in(2, true, "内").p("段。");
    }
    let compared = compare(&builder.done(), &fixture::template());
    assert_eq!(compared.numbered, 14);
}

/// Lists within lists, numbered and with bullets; headings with a text in their paragraph, which contents list alone.
#[test]
fn blocks_within_blocks_agree() {
    let compared = compare_file("data/samples/lists-and-figures.yaml");
    assert!(compared.numbered >= 12 && compared.entries >= 5, "{compared:?}");
    // Two side by side, one on its side, two in cells.
    assert_eq!(compared.pictures, 5);
}

#[test]
fn charts_have_the_numbers_that_the_text_refers_to() {
    let compared = compare_file("data/samples/charts.yaml");
    assert!(compared.captions == 7 && compared.references == 7, "{compared:?}");
}

#[test]
fn samples_of_every_kind_of_document_agree() {
    let found = |name: &str| compare_file(&format!("data/samples/{name}.yaml"));
    let kinds = [
        "blocks",
        "joint-document",
        "letter",
        "speech",
        "order",
        "minutes",
        "regulation",
        "company-report",
        "english-report",
    ];
    let counts = kinds.map(found).map(|compared| (compared.numbered, compared.references));
    assert_eq!(counts, [(11, 1), (4, 0), (2, 0), (6, 0), (0, 0), (2, 0), (30, 0), (9, 2), (7, 1)]);
}

/// The contents' pages are numbered in both files, in a count that takes in the cover; the text's from 1.
#[test]
fn roman_numbers_agree() {
    let mut template = fixture::template();
    template.page_numbers.front = FrontNumbers::Roman;
    let document = Builder::new().cover("工作报告").contents(2).heading(1, "总述").p("正文。").done();
    let (paged, parts) = both(&document, &template);
    let labels: Vec<String> = paged.pages.iter().map(layout::Page::label).collect();
    assert_eq!(labels, ["", "ii", "1"]);
    let printed = |at: usize| paged.pages[at].lines().any(|line| line.text == "— ii —");
    assert_eq!((0..3).map(printed).collect::<Vec<_>>(), [false, true, false]);
    let body = &parts.iter().find(|(n, _)| n == "word/document.xml").expect("a part").1;
    let counts: Vec<(Option<&str>, Option<&str>)> = body
        .all("w:sectPr")
        .iter()
        .map(|section| section.child("w:pgNumType"))
        .map(|count| (count.and_then(|c| c.attribute("w:fmt")), count.and_then(|c| c.attribute("w:start"))))
        .collect();
    assert_eq!(counts, [(None, None), (Some("lowerRoman"), Some("2")), (None, Some("1"))]);
    assert!(compare(&document, &template).entries == 1);
}

#[test]
fn a_document_of_everything_agrees() {
    let contents = Builder::new()
        .contents(2)
        .title(&["工作报告"])
        .heading(1, "工作回顾")
        .heading(2, "思想引领")
        .p("见[@3]。")
        .heading(3, "不入目录")
        .heading(1, "主要任务")
        .done();
    let compared = compare(&contents, &fixture::template());
    assert!(compared.entries == 3 && compared.references == 1, "{compared:?}");
    let attached = Builder::new()
        .contents(2)
        .heading(1, "工作回顾")
        .attachment("附件1", "任务\"分工\"")
        .heading(1, "不入目录")
        .heading(2, "也不入目录")
        .attachment("附件2", "名单")
        .heading(1, "仍不入目录")
        .done();
    let compared = compare(&attached, &fixture::template());
    assert!(compared.entries == 3 && compared.numbered == 4, "{compared:?}");
    let compared = compare(&fixture::everything(), &fixture::template());
    assert!(compared.numbered >= 10 && compared.references >= 2 && compared.captions > 0, "{compared:?}");
}
