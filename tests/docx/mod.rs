//! The Word file, read back part by part.

#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

pub(crate) mod agreement;
mod content;
pub(crate) mod count;
mod faces;
mod fixture;
mod golden;
mod inert;
mod official;
mod package;
mod placing;
mod random;
mod schema;
mod tables;
mod turned;
pub(crate) mod xml;

use dinggao::docx::{self, WordOptions};
use dinggao::font::Fonts;
use dinggao::layout::{self, PagedDocument};
use dinggao::model::Document;
use dinggao::template::Template;
use dinggao::world::SystemWorld;
use std::path::Path;

/// Every part of a Word file, by name.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).expect("an entry");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("deflated");
            (file.name().expect("a name").into_owned(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

/// The bytes of one entry of a package.
pub(crate) fn bytes(package: &[u8], name: &str) -> Vec<u8> {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(package)).expect("a zip");
    let mut bytes = Vec::new();
    zip.by_name(name).expect("an entry").read_to_end(&mut bytes).expect("deflated");
    bytes
}

/// The pages of a document.
pub(crate) fn compose(document: &Document, template: &Template) -> PagedDocument {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let fonts = Fonts::load(&SystemWorld::new(), &template.fonts, &[folder]).expect("faces");
    layout::compose(document, template, &fonts).expect("pages")
}

/// The Word file of a document whose pages are made first, as in every build.
fn write_with(document: &Document, template: &Template, options: &WordOptions<'_>) -> Vec<u8> {
    docx::write(document, template, &compose(document, template).printed, options).expect("a Word file")
}

fn write(document: &Document) -> Vec<u8> {
    write_with(document, &fixture::template(), &WordOptions::default())
}

/// The XML parts as trees.
pub(crate) fn trees(bytes: &[u8]) -> Vec<(String, xml::Node)> {
    let is_xml = |name: &str| [".xml", ".rels"].iter().any(|end| name.ends_with(end));
    parts(bytes)
        .into_iter()
        .filter(|(name, _)| is_xml(name))
        .map(|(name, xml)| (name, xml::Node::parse(&xml)))
        .collect()
}
