//! Signatures on their pages: none is without text (GB/T 9704 7.3.5.5), and the first page is not either (7.3.3).

use super::{pages, refused};
use dinggao::layout::{LineKind, Page, PageItem};
use dinggao::model::BlockIndex;
use dinggao::printed::KeptEnd;

const NAMES: [&str; 13] = [
    "教育局",
    "财政局",
    "民政局",
    "司法局",
    "审计局",
    "水利局",
    "商务局",
    "统计局",
    "体育局",
    "信访局",
    "林业局",
    "档案局",
    "税务局",
];
const LONG: &str = "中国共产党青溪市委员会组织部办公室";
const LINE: &str = "现将青溪市三年行动实施方案印发给你们并请结合实际认真贯彻。";

/// A document with a text of so many lines, which these sign under their seals.
fn document(lines: usize, names: &[&str]) -> String {
    let (text, names) = (LINE.repeat(lines), names.join(", "));
    format!(
        "template: official-document\nauthority: 青溪市人民政府文件\nnumber: 青政发〔2024〕18号\ntitle: 关于印发实施方案的通知\n\
         addressee: 各县：\nbody:\n  - {text}\n  - signature: {{authority: [{names}], date: 2024年4月2日, sealed: true}}\n"
    )
}

/// The blocks that a page has lines of.
fn blocks(page: &Page) -> Vec<usize> {
    let mut blocks: Vec<usize> = page.lines().filter_map(|line| line.kind.block()).map(BlockIndex::get).collect();
    blocks.dedup();
    blocks
}

#[test]
fn every_page_of_a_short_document_with_many_seals_has_text() {
    for (lines, count) in (2..5).flat_map(|lines| [1, 3, 4, 7, 12].map(move |count| (lines, count))) {
        let (_, paged) = pages(&document(lines, &NAMES[..count]));
        for compose in ["", "# compose: word\n", "# compose: libreoffice\n"] {
            let (_, paged) = pages(&format!("{compose}{}", document(lines, &NAMES[..count])));
            let text = paged.pages.iter().map(|page| blocks(page).contains(&3));
            assert!(
                text.clone().all(|text| text),
                "{compose}{lines} lines, {count} seals: {:?}",
                text.collect::<Vec<_>>()
            );
        }
        let parted = paged.pages.len() > 1;
        let end = paged.printed.kept_end(BlockIndex::new(3));
        assert_eq!(end.is_some(), parted, "{lines} lines, {count} seals");
        if let Some(end) = end {
            let own = paged.pages[0].lines().filter(|line| line.kind == LineKind::Block(BlockIndex::new(3)));
            let first: usize = own.map(|line| line.text.len()).sum();
            assert_eq!(end, KeptEnd::Behind(first), "{lines} lines, {count} seals");
        }
    }
}

#[test]
fn seals_that_no_page_holds_beside_text_are_refused() {
    let long = [LONG; 5];
    for (lines, names) in [(2, &NAMES[..13]), (9, &NAMES[..13]), (2, &long[..])] {
        assert_eq!(refused(&document(lines, names)), ["D719"], "{lines} times, {} seals", names.len());
    }
    let short = document(1, &NAMES[..4]).replace(LINE, "现印发。");
    assert_eq!(refused(&short), ["D709"]);
    let none = document(1, &NAMES[..1]).replace(&format!("  - {LINE}\n"), "");
    assert_eq!(refused(&none), ["D709"]);
}

/// LibreOffice does not divide what keeps with the next: all of it is on the page of the signature, and there is other text before it.
#[test]
fn what_a_signature_takes_along_keeps_with_it() {
    let yaml = document(4, &NAMES[..4]).replace("body:\n", "body:\n  - 现通知如下。\n");
    let (_, paged) = pages(&yaml);
    let text = BlockIndex::new(4);
    assert_eq!(blocks(&paged.pages[0]), [0, 1, 2, 3, 4]);
    assert_eq!(blocks(&paged.pages[1]), [4, 5]);
    assert_eq!(paged.printed.kept_end(text), Some(KeptEnd::WithNext));
    let (_, paged) = pages(&format!("# compose: libreoffice\n{yaml}"));
    assert_eq!([blocks(&paged.pages[0]), blocks(&paged.pages[1])], [vec![0, 1, 2, 3], vec![4, 5]]);
    // Text that fills the page before has its end with the signature of itself.
    let (_, paged) = pages(&document(14, &NAMES[..2]));
    assert_eq!((paged.pages.len(), paged.printed.kept_end(BlockIndex::new(3))), (2, None));
}

/// A seal is 42 mm high, the authority and the date about its middle: it does not reach into the imprint.
#[test]
fn the_imprint_leaves_room_for_the_seal() {
    let mut apart = Vec::new();
    for lines in 18..28 {
        let yaml = document(2, &NAMES[..1]).replace("body:\n", &format!("body:\n{}", "  - 一行。\n".repeat(lines)));
        let yaml = format!("{yaml}office: 青溪市人民政府办公室\nprinted: 2024年4月3日\n");
        for signed in [yaml.clone(), yaml.replace("sealed: true", "sealed: false")] {
            let (template, paged) = pages(&signed);
            let Some(page) = paged
                .pages
                .iter()
                .position(|page| page.lines().any(|l| l.text.contains("印发") && l.text.ends_with("印发")))
            else {
                continue;
            };
            let baseline =
                |text: &str| paged.pages[page].lines().find(|line| line.text == text).map(|line| line.baseline.to_mm());
            let Some(date) = baseline("2024年4月2日") else { continue };
            let rule = paged.pages[page]
                .items
                .iter()
                .filter_map(|item| if let PageItem::Rule(rule) = item { Some(rule.y.to_mm()) } else { None });
            let above = rule.filter(|y| *y > date).fold(f64::MAX, f64::min) - date;
            assert!(!signed.contains("sealed: true") || above > 13.5, "{lines}: {above}");
            apart.push(above);
            assert!((template.seals.size.to_mm() - 42.0).abs() < 0.5);
        }
    }
    assert!(apart.iter().any(|above| *above < 13.5), "{apart:?}");
}

/// Where no page holds all of a paragraph with the signature below it, programs would give up keeping both: the page ends where it does in
/// print.
#[test]
fn a_paragraph_that_no_page_holds_with_its_signature_ends_its_page_in_the_word_file() {
    let mut ended = 0;
    for lines in 1..14 {
        let text = format!("body:\n  - {}\n", LINE.repeat(lines));
        let (_, paged) = pages(&document(8, &NAMES[..7]).replace("body:\n", &text));
        match paged.printed.kept_end(BlockIndex::new(4)) {
            Some(KeptEnd::WithNext) => panic!("{lines} lines: all of it is kept"),
            Some(KeptEnd::Behind(_)) => ended += 1,
            None => {}
        }
    }
    assert!(ended > 0);
}
