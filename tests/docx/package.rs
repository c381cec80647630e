//! The package as a whole.

use super::{fixture, parts, write, write_with};
use dinggao::docx::{self, WordOptions};

#[test]
fn the_same_bytes_on_every_build() {
    let document = fixture::everything();
    let first = write(&document);
    // Threads have counters of their own in docx-rs; the bytes must not show them.
    let elsewhere = std::thread::spawn(move || {
        let _warm_up = write(&document);
        write(&document)
    });
    assert!(first == elsewhere.join().expect("a second build"));
    if let Ok(path) = std::env::var("DINGGAO_DOCX_OUT") {
        std::fs::write(&path, &first).expect("a file for outside checks");
        let session = fixture::session();
        for (name, document) in [("session", session), ("official", fixture::official())] {
            for profile in [docx::Profile::Portable, docx::Profile::Word] {
                let options = WordOptions { profile, mark_values: true, ..WordOptions::default() };
                let bytes = write_with(&document, &fixture::template(), &options);
                std::fs::write(format!("{path}.{name}-{profile:?}.docx"), bytes).expect("a file for outside checks");
            }
        }
    }
}

#[test]
fn content_types_come_first() {
    let parts = parts(&write(&fixture::everything()));
    assert_eq!(parts[0].0, "[Content_Types].xml");
    assert_eq!(parts[1].0, "_rels/.rels");
}
