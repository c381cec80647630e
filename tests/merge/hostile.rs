//! Files that are no sound Word files: an error, soon, and never a panic.

use super::desk::{Desk, edited};
use crate::mutate::Random;
use dinggao::docx::read::{ReadError, View, WordDocument};
use dinggao::pipeline::{MergeRequest, merge};
use dinggao::world::SystemWorld;
use std::panic::catch_unwind;

const BODY: &str = "word/document.xml";

fn read(bytes: &[u8]) -> Result<(), ReadError> {
    WordDocument::open(bytes)?.manuscript(&View::Accepted).map(drop)
}

#[test]
fn what_is_no_word_file_is_refused() {
    assert_eq!(read(b""), Err(ReadError::NotZip));
    assert_eq!(read(b"PK\x03\x04 and nothing more"), Err(ReadError::NotZip));
    assert_eq!(read(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Err(ReadError::Ole));
}

#[test]
fn parts_that_do_harm_are_refused() {
    let desk = Desk::new();
    let good = std::fs::read(desk.path("out/report.docx")).unwrap();
    let with = |change: fn(String) -> String| read(&edited(&good, BODY, change));
    assert_eq!(with(|x| x), Ok(()));
    let dtd = with(|x| x.replacen("<w:document", "<!DOCTYPE a [<!ENTITY b \"c\">]><w:document", 1));
    assert_eq!(dtd, Err(ReadError::Dtd { part: BODY.to_owned() }));
    let deep = with(|x| x.replacen("<w:body>", &format!("<w:body>{}", "<w:tbl><w:tr><w:tc>".repeat(5000)), 1));
    assert_eq!(deep, Err(ReadError::Limit { what: "depth" }));
    assert!(matches!(with(|x| x.replacen("</w:p>", "", 1)), Err(ReadError::Xml { .. })));
    assert!(matches!(with(|x| x.replacen("</w:t>", "&lol;</w:t>", 1)), Err(ReadError::Xml { .. })));
    let many: fn(String) -> String = |x| {
        let attributes = (0..100).map(|n| format!(" a{n}=\"\"")).collect::<Vec<_>>().concat();
        x.replacen("<w:body>", &format!("<w:body><w:p{attributes}/>"), 1)
    };
    assert_eq!(with(many), Err(ReadError::Limit { what: "attributes" }));
}

/// What a damaged part may have in place of what it had.
const PIECES: [&str; 24] = [
    "</w:p>",
    "</w:r>",
    "<w:p>",
    "<w:r>",
    "<w:t>",
    "</w:t>",
    "<w:tbl>",
    "<w:tr>",
    "</w:tc>",
    "<w:ins>",
    "<w:del w:id=\"1\">",
    "<w:moveFrom/>",
    "<w:br/>",
    "<w:tab/>",
    "<w:footnoteReference w:id=\"99\"/>",
    "<w:bookmarkStart w:id=\"7\"/>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:gridSpan w:val=\"-1\"/>",
    "<w:vMerge/>",
    "4294967296",
    "-1",
    "\"",
    "&#0;",
    "\u{a0}",
];

/// A part with one place cut, doubled, moved or written over.
fn damaged(text: &str, random: &mut Random) -> String {
    let chars: Vec<char> = text.chars().collect();
    // Between two tags as often as anywhere: the rest of the part then stays well formed more often.
    let place = |random: &mut Random| {
        let at = random.below(chars.len() + 1);
        if random.below(2) == 0 { at } else { chars[at..].iter().position(|c| *c == '<').map_or(at, |n| at + n) }
    };
    let (a, b) = (place(random), place(random));
    let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 2000));
    let text = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
    let (before, between, after) = (text(0..from), text(from..to), text(to..chars.len()));
    match random.below(5) {
        0 => before + &after,
        1 => before + &between + &between + &after,
        2 => before + PIECES[random.below(PIECES.len())] + &between + &after,
        3 => before + PIECES[random.below(PIECES.len())] + &after,
        _ => between + &before + &after,
    }
}

/// So many files, or as many as `DINGGAO_CASES` says, from the seed in `DINGGAO_SEED`.
#[test]
fn damaged_files_are_read_or_refused() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let (first, count) = (number("DINGGAO_SEED").unwrap_or(1), number("DINGGAO_CASES").unwrap_or(60));
    let desk = Desk::new();
    let good = std::fs::read(desk.path("out/report.docx")).unwrap();
    let mut parts: Vec<String> = zip::ZipArchive::new(std::io::Cursor::new(&good))
        .unwrap()
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .filter(|name| name.contains(".xml") || name.contains(".rels"))
        .collect();
    parts.sort();
    // What an editor changes is in the body: it is damaged as often as all the other parts.
    parts.extend(vec![BODY.to_owned(); parts.len()]);
    for seed in first..first + count {
        let random = &mut Random(seed);
        let mut bytes = good.clone();
        if random.below(3) == 0 {
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len());
                bytes[at] = random.below(256) as u8;
            }
        } else {
            for _ in 0..=random.below(3) {
                let part = &parts[random.below(parts.len())];
                let own = random.below(usize::MAX) as u64;
                bytes = edited(&bytes, part, |text| damaged(&text, &mut Random(own)));
            }
        }
        std::fs::write(desk.path("back.docx"), bytes).unwrap();
        let request = MergeRequest {
            revised: vec![desk.path("back.docx")],
            report: desk.path("report.yaml"),
            ..MergeRequest::default()
        };
        let outcome = catch_unwind(|| merge(&SystemWorld::new(), &request));
        assert!(outcome.is_ok(), "seed {seed}");
    }
}
