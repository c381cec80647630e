//! Laws that hold for every report: what went in comes out, in both files, within the type area, on the grid, every time alike.

#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod characters;
mod from_data;
mod intervals;
mod joint;
mod report;
mod things;
mod whole;

use crate::cases;
use crate::docx::agreement::compare;
use crate::docx::{count, trees};
use crate::font::fonts;
use crate::pdf::reader;
use crate::source::memory::Memory;
use dinggao::diagnostic::{Language, render_human};
use dinggao::layout::{Artifact, LineKind, PageItem, PagedDocument, compose};
use dinggao::model::{Document, Length};
use dinggao::template::{Compose, StyleName, Template};
use dinggao::{docx, pdf, source};
use proptest::prelude::*;
use report::Step;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use whole::Whole;

/// What came of a report.
struct Built {
    template: Template,
    paged: PagedDocument,
    pdf: Vec<u8>,
    word: Vec<u8>,
}

/// A report that is sound.
fn load(yaml: &str) -> (Document, Template) {
    let files =
        [("/case/report.yaml", yaml), ("/case/figures.yaml", report::DATA), ("/case/part.yaml", from_data::PART)];
    let files = files.map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()));
    let world = Memory { files: BTreeMap::from(files), ..Memory::default() };
    let loaded = source::load(&world, Path::new("/case/report.yaml"), &source::InputOptions::default());
    let said = render_human(&loaded.diagnostics, &loaded.sources, Language::English, false);
    loaded.outcome.unwrap_or_else(|()| panic!("{said}\n{yaml}"))
}

/// The whole way, in memory.
fn build(yaml: &str, policy: Compose) -> Built {
    let (document, mut template) = load(yaml);
    template.compose.policy = policy;
    let fonts = fonts();
    let paged = compose(&document, &template, &fonts).unwrap_or_else(|said| panic!("{said:?}\n{yaml}"));
    let pdf = pdf::write(&document, &paged, &fonts).expect("a PDF file");
    let word = docx::write(&document, &template, &paged.printed, &docx::WordOptions::default()).expect("a Word file");
    Built { template, paged, pdf, word }
}

/// What a reader of the PDF finds, page by page and line by line; page numbers are artifacts.
fn pdf_lines(bytes: &[u8]) -> Vec<Vec<(f64, f64, String)>> {
    let file = reader::load(bytes);
    let mut pages = Vec::new();
    for page in reader::pages(&file) {
        let mut lines: Vec<(f64, f64, String)> = Vec::new();
        for glyph in reader::shown(&file, page).into_iter().filter(|glyph| glyph.tag != "Artifact") {
            match lines.last_mut() {
                Some((y, size, text)) if (*y - glyph.y).abs() < 0.01 => {
                    *size = size.max(glyph.size);
                    text.push_str(&glyph.text);
                }
                _ => lines.push((glyph.y, glyph.size, glyph.text)),
            }
        }
        pages.push(lines);
    }
    pages
}

/// Number and text of each paragraph, as Word counts and shows them.
fn word_paragraphs(bytes: &[u8]) -> Vec<(String, String)> {
    let trees = trees(bytes);
    let part = |name: &str| &trees.iter().find(|(n, _)| n == name).expect("a part").1;
    let paragraphs = count::paragraphs(part("word/document.xml"), part("word/styles.xml"), part("word/numbering.xml"));
    paragraphs
        .into_iter()
        // The contents lead to paragraphs that are here.
        .filter(|p| !p.style.starts_with("TOC") || p.style.ends_with("Heading"))
        .map(|p| (p.number, p.text))
        .filter(|(number, text)| !(number.is_empty() && text.is_empty()))
        .collect()
}

/// The marks that no line begins with (GB/T 15834-2011 5.1), and those that none ends with.
const NEVER_FIRST: &str = "，、；。？！：”’）》〉】〕·～／/%";
const NEVER_LAST: &str = "“‘（《〈【〔／/";

/// Checks the laws; says which is broken.
fn holds(yaml: &str, printed: &[(String, String)]) -> Result<(), TestCaseError> {
    let built = build(yaml, Compose::Fine);

    // The text, all of it and in its order, in both files.
    let expected: String = printed.iter().flat_map(|(number, text)| [number.as_str(), text]).collect();
    let pages = pdf_lines(&built.pdf);
    // A hyphen at a line's end is of the line, not of the text.
    let found: String = pages.iter().flatten().map(|(_, _, text)| text.replace('\u{ad}', "")).collect();
    prop_assert_eq!(&found, &expected);
    prop_assert_eq!(&word_paragraphs(&built.word)[..], printed);

    // The lines: within the type area, on the rows, as many as there are, none beginning or ending where it may not.
    let (page, grid) = (&built.template.page, &built.template.grid);
    let em = built.template.style(StyleName::Body).size.to_pt();
    let right = (page.left(1) + page.measure()).to_pt();
    for sheet in &built.paged.pages {
        for line in sheet.lines().filter(|line| matches!(line.kind, LineKind::Block(_))) {
            let (from, to) = (line.x.to_pt(), (line.x + line.width).to_pt());
            prop_assert!(from > page.left(1).to_pt() - 0.01 && to < right + 0.01, "{from} to {to}: {}", line.text);
        }
    }
    // The characters of the first row touch the top of the type area.
    let top = (page.height - page.top).to_pt();
    let first = top - grid.ascent * em;
    for lines in &pages {
        prop_assert!(lines.len() <= grid.lines as usize, "{} lines on a page", lines.len());
        for (y, size, text) in lines {
            let text = text.trim_end_matches(' ');
            prop_assert!(*y < top && *y > page.bottom.to_pt(), "{y} is outside the type area: {text}");
            prop_assert!(!text.starts_with(|c| NEVER_FIRST.contains(c)), "begins a line: {text}");
            prop_assert!(!text.ends_with(|c| NEVER_LAST.contains(c)), "ends a line: {text}");
            // A title's lines are higher than a row; what follows them is back on the rows.
            if (size - em).abs() < 0.01 {
                let rows = (first - y) / grid.pitch.to_pt();
                prop_assert!((rows - rows.round()).abs() * grid.pitch.to_pt() < 0.01, "{rows} rows: {text}");
            }
        }
    }

    // The same bytes again, here and on another thread at the same time.
    std::thread::scope(|scope| {
        let other = scope.spawn(|| build(yaml, Compose::Fine));
        let again = build(yaml, Compose::Fine);
        let other = other.join().expect("a build");
        prop_assert!(again.pdf == built.pdf && again.word == built.word, "a second build differs");
        prop_assert!(other.pdf == built.pdf && other.word == built.word, "a build on another thread differs");
        Ok(())
    })
}

/// The elements below one in the structure tree, with their types.
fn kids(file: &lopdf::Document, element: &lopdf::Dictionary) -> Vec<(String, lopdf::Dictionary)> {
    let kids = match element.get(b"K").and_then(|kids| file.dereference(kids)).map(|(_, kids)| kids.clone()) {
        Ok(lopdf::Object::Array(kids)) => kids,
        Ok(only) => vec![only],
        Err(_) => Vec::new(),
    };
    let kid = |object: &lopdf::Object| {
        let kid = file.dereference(object).ok()?.1.as_dict().ok()?.clone();
        let name = kid.get(b"S").and_then(lopdf::Object::as_name).ok()?.to_vec();
        Some((String::from_utf8(name).ok()?, kid))
    };
    kids.iter().filter_map(kid).collect()
}

/// How many tables the structure tree has; each as many cells in every row, those counted that cover more than one.
fn regular_tables(file: &lopdf::Document) -> Result<usize, TestCaseError> {
    let root = reader::get(file, &reader::catalog(file), &["StructTreeRoot", "K", "0"]);
    let root = root.as_dict().expect("the document's element").clone();
    let mut count = 0;
    for (_, table) in kids(file, &root).into_iter().filter(|(kind, _)| kind == "Table") {
        count += 1;
        // For each column the rows that are still covered from above.
        let mut covered: Vec<i64> = Vec::new();
        for (row, (_, element)) in kids(file, &table).into_iter().filter(|(kind, _)| kind == "TR").enumerate() {
            let mut column = 0;
            for (_, cell) in kids(file, &element) {
                let of = |key: &[u8]| {
                    let attributes = cell.get(b"A").and_then(lopdf::Object::as_dict).ok();
                    attributes.and_then(|a| a.get(key).and_then(lopdf::Object::as_i64).ok()).unwrap_or(1)
                };
                while covered.get(column).is_some_and(|&rows| rows > 0) {
                    column += 1;
                }
                for _ in 0..of(b"ColSpan") {
                    if row == 0 {
                        covered.push(0);
                    }
                    prop_assert_eq!(covered.get(column), Some(&0), "row {} of table {}", row, count);
                    covered[column] = of(b"RowSpan");
                    column += 1;
                }
            }
            prop_assert!(covered.iter().all(|&rows| rows > 0), "row {row} of table {count} has a hole");
            for rows in &mut covered {
                *rows -= 1;
            }
        }
        prop_assert!(covered.iter().all(|&rows| rows == 0), "table {count} ends within a cell");
    }
    Ok(count)
}

/// Checks the laws of whole reports; says which is broken.
fn holds_whole(report: &Whole, policy: Compose) -> Result<(), TestCaseError> {
    let built = build(&report.yaml, policy);
    let is_mark = |c: char| ('①'..='⑳').contains(&c);

    // The text, all of it and in its order, in both files; the contents lead to it and are compared where that is done.
    let file = reader::load(&built.pdf);
    let of = |wanted: fn(&str) -> bool| -> String {
        let pages = reader::pages(&file).into_iter();
        let glyphs = pages.flat_map(|page| reader::shown(&file, page)).filter(|glyph| wanted(&glyph.tag));
        glyphs.map(|glyph| glyph.text.replace('\u{ad}', "")).collect()
    };
    let expected: String = report.printed.iter().flat_map(|(number, text)| [number.as_str(), text]).collect();
    // What is written in charts is not in a paragraph.
    prop_assert_eq!(of(|tag| !["Artifact", "Note", "TOCI", "Figure"].contains(&tag)), expected);
    let notes: Vec<String> =
        (1..).zip(&report.notes).map(|(count, text)| format!("{}{text}", whole::mark(count))).collect();
    prop_assert_eq!(of(|tag| tag == "Note"), notes.concat());
    prop_assert_eq!(regular_tables(&file)?, report.tables);
    // Word computes the marks of notes.
    let printed = report.printed.iter().map(|(number, text)| (number.clone(), text.replace(is_mark, "")));
    let printed: Vec<(String, String)> =
        printed.filter(|(number, text)| !(number.is_empty() && text.is_empty())).collect();
    prop_assert_eq!(&word_paragraphs(&built.word), &printed);

    // Nothing is outside the type area, on the page or on its side; nothing is on anything else.
    let (page, grid) = (&built.template.page, &built.template.grid);
    let em = built.template.style(StyleName::Body).size;
    for (index, sheet) in built.paged.pages.iter().enumerate() {
        let left = page.left(index + 1).to_pt() - 0.1;
        // Word lets a mark hang out of the line.
        let hanging = if policy == Compose::Word { em.to_pt() } else { 0.0 };
        let (right, top) = (left + page.measure().to_pt() + 0.2, page.top.to_pt() - 0.1);
        let bottom = (page.height - page.bottom).to_pt() + 0.1;
        let mut boxes: Vec<([f64; 4], &str)> = Vec::new();
        for line in sheet.lines() {
            let size = line.runs.iter().map(|run| run.size.to_pt()).fold(0.0, f64::max);
            let (x, y, width) = (line.x.to_pt(), line.baseline.to_pt(), line.width.to_pt());
            let (up, down) = (size * grid.ascent, size * (1.0 - grid.ascent));
            let area = if line.turned { [x - up, y - width, x + down, y] } else { [x, y - up, x + width, y + down] };
            if line.kind != LineKind::Artifact(Artifact::PageNumber) {
                let inside = area[0] >= left && area[2] <= right + hanging && area[1] >= top && area[3] <= bottom;
                prop_assert!(inside, "page {} {area:?}: {}", index + 1, line.text);
            }
            let meets = |other: &[f64; 4]| {
                let apart = 0.3;
                area[0] + apart < other[2]
                    && other[0] + apart < area[2]
                    && area[1] + apart < other[3]
                    && other[1] + apart < area[3]
            };
            // The text of charts is set by its ink, closer than lines, and looked at on its own.
            if matches!(line.kind, LineKind::Chart(_)) {
                continue;
            }
            if let Some((_, other)) = boxes.iter().find(|(other, _)| meets(other)) {
                prop_assert!(false, "page {}: {} stands on {other}", index + 1, line.text);
            }
            boxes.push((area, &line.text));
            // Text is on the rows, whatever is above it.
            let row = (line.baseline - page.top - em * grid.ascent) / grid.pitch;
            if matches!(line.kind, LineKind::Block(_)) && (size - em.to_pt()).abs() < 0.01 && !line.text.is_empty() {
                prop_assert!((row - row.round()).abs() < 0.01, "page {}: {row} rows: {}", index + 1, line.text);
            }
        }
        for item in &sheet.items {
            if let PageItem::Rule(rule) = item {
                let [x, y, width, height] = [rule.x, rule.y, rule.width, rule.height].map(Length::to_pt);
                let inside = x >= left && x + width <= right && y >= top && y + height <= bottom;
                prop_assert!(inside, "page {}: a rule at {x} {y}, {width} {height}", index + 1);
            }
        }
    }
    prop_assert!(build(&report.yaml, policy).pdf == built.pdf, "a second build differs");
    Ok(())
}

/// The derived names of the blocks, in order.
fn names(yaml: &str) -> Vec<String> {
    let (document, _) = load(yaml);
    document.blocks.into_iter().map(|block| block.id.0).collect()
}

proptest! {
    #![proptest_config(cases(64))]
    #[test]
    fn names_do_not_move_under_small_edits(steps in report::steps(), at in any::<prop::sample::Index>()) {
        let before = names(&report::write(&steps).0);
        let text = "新插入的一段，别处没有这样开头。".to_owned();
        let mut more = steps.clone();
        let at = at.index(more.len() + 1);
        more.insert(at, Step::Paragraph((text.clone(), text)));
        let mut after = names(&report::write(&more).0);
        let new: Vec<usize> = (0..after.len()).filter(|&i| !before.contains(&after[i])).collect();
        prop_assert_eq!(new.len(), 1, "a new paragraph moves the names of others");
        after.remove(new[0]);
        prop_assert_eq!(&after, &before);
        // The end of a paragraph, beyond what names it.
        let mut edited = steps;
        for step in &mut edited {
            if let Step::Paragraph((written, printed)) = step && printed.chars().count() > 30 {
                written.push_str("又及。");
                printed.push_str("又及。");
            }
        }
        prop_assert_eq!(&names(&report::write(&edited).0), &before);
    }
}

proptest! {
    #![proptest_config(cases(6))]
    #[test]
    fn every_report_keeps_the_laws(steps in report::steps()) {
        let (yaml, printed) = report::write(&steps);
        holds(&yaml, &printed)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..cases(6) })]
    #[test]
    fn every_whole_report_keeps_the_laws(
        parts in whole::parts(),
        policy in prop::sample::select(vec![Compose::Fine, Compose::Word, Compose::LibreOffice]),
    ) {
        holds_whole(&whole::write(&parts), policy)?;
    }

    #[test]
    fn both_files_of_a_whole_report_agree(parts in whole::parts()) {
        let report = whole::write(&parts);
        let (document, template) = load(&report.yaml);
        let compared = compare(&document, &template);
        prop_assert!(compared.numbered > 0, "nothing was compared");
    }

    #[test]
    fn both_files_of_a_joint_document_agree(parts in whole::parts(), joint in joint::joint()) {
        let (yaml, named) = joint.write(&parts);
        let (document, template) = load(&yaml);
        let compared = compare(&document, &template);
        prop_assert!(compared.numbered > 0, "nothing was compared");
        let built = build(&yaml, Compose::Fine);
        let printed: String = pdf_lines(&built.pdf).into_iter().flatten().map(|(_, _, text)| text).collect();
        let written: String = word_paragraphs(&built.word).into_iter().map(|(_, text)| text).collect();
        for (text, count) in named {
            let found = [&printed, &written].map(|all| all.matches(&text).count());
            prop_assert!(found == [count; 2], "{text}: {found:?} {count}\n{yaml}");
        }
    }
}
