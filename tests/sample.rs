//! The reports of `data/samples`, read and set.

#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use crate::font::fonts;
use dinggao::diagnostic::{Language, render_human};
use dinggao::layout::{PagedDocument, compose};
use dinggao::model::{Block, Document, Furniture, Meta};
use dinggao::source::{InputOptions, load};
use dinggao::template::Template;
use dinggao::world::SystemWorld;
use std::path::Path;

/// A sample, which says nothing, not even advice.
pub(crate) fn read(name: &str) -> (Document, Template) {
    load_with(name, &InputOptions { advice: true, ..InputOptions::default() })
}

fn load_with(name: &str, options: &InputOptions) -> (Document, Template) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name);
    let loaded = load(&SystemWorld::new(), &path, options);
    let said = render_human(&loaded.diagnostics, &loaded.sources, Language::English, false);
    let (document, template) = loaded.outcome.unwrap_or_else(|()| panic!("{said}"));
    assert!(said.is_empty(), "{said}");
    (document, template)
}

/// A sample without errors, and its pages.
pub(crate) fn set(name: &str) -> (Document, Template, PagedDocument) {
    let (document, template) = load_with(name, &InputOptions::default());
    let paged = compose(&document, &template, &fonts()).expect("pages");
    (document, template, paged)
}

/// A report of these blocks and nothing else.
pub(crate) fn of_blocks(meta: Meta, blocks: Vec<Block>) -> Document {
    Document {
        meta,
        blocks,
        values: Vec::new(),
        notes: Vec::new(),
        facts: Vec::new(),
        checks: Vec::new(),
        links: Vec::new(),
        contents: false,
        furniture: Furniture::default(),
    }
}
