//! Files that are no sound Word files: an error, soon, and never a panic.

use super::desk::{Desk, edited};
use dinggao::docx::read::{ReadError, View, WordDocument};

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

#[test]
fn bytes_changed_at_random_never_panic() {
    let desk = Desk::new();
    let good = std::fs::read(desk.path("out/report.docx")).unwrap();
    // A generator of its own: the same cases everywhere.
    let mut state: u64 = 0x2d47;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..300 {
        let mut bytes = good.clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            bytes[at] = next(256) as u8;
        }
        // What comes of it does not matter.
        drop(read(&bytes));
    }
    for _ in 0..200 {
        let (cut, from) = (next(400), next(10_000));
        let bytes = edited(&good, BODY, |x| {
            let chars: Vec<char> = x.chars().collect();
            let from = from.min(chars.len());
            let to = (from + cut).min(chars.len());
            chars[..from].iter().chain(&chars[to..]).collect()
        });
        drop(read(&bytes));
    }
}
