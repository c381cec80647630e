//! The reports of `data/samples`, read and set.

#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use crate::font::fonts;
use dinggao::diagnostic::{Language, render_human};
use dinggao::layout::{PagedDocument, compose};
use dinggao::model::Document;
use dinggao::source::{InputOptions, load};
use dinggao::template::Template;
use dinggao::world::SystemWorld;
use std::path::Path;

/// A sample, which says nothing, not even advice.
pub(crate) fn read(name: &str) -> (Document, Template) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name);
    let loaded = load(&SystemWorld::new(), &path, &InputOptions { advice: true, ..InputOptions::default() });
    let said = render_human(&loaded.diagnostics, &loaded.sources, Language::English, false);
    let (document, template) = loaded.outcome.unwrap_or_else(|()| panic!("{said}"));
    assert!(said.is_empty(), "{said}");
    (document, template)
}

/// The same, and its pages.
pub(crate) fn set(name: &str) -> (Document, Template, PagedDocument) {
    let (document, template) = read(name);
    let paged = compose(&document, &template, &fonts()).expect("pages");
    (document, template, paged)
}
