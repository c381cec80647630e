//! Every line of text with its place, as JSON: for tests, and for programs that point into the pages.

use crate::font::{Face, Fonts};
use crate::layout::{Line, PagedDocument};
use crate::model::Document;
use serde::Serialize;

#[derive(Serialize)]
struct Layout<'a> {
    page_count: usize,
    pages: Vec<PageLines<'a>>,
}

#[derive(Serialize)]
struct PageLines<'a> {
    label: String,
    lines: Vec<LineEntry<'a>>,
}

/// Lengths in points from the page's top left.
#[derive(Serialize)]
struct LineEntry<'a> {
    /// The block that it belongs to; none for page numbers, footnotes, and what is printed again on a later page.
    block: Option<&'a str>,
    text: &'a str,
    x: f64,
    baseline: f64,
    width: f64,
    size: f64,
    font: &'a str,
    /// Said where it is so: the line runs up the page, from its place.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    turned: bool,
}

/// All lines of text, page by page, each page in reading order, with what is no part of the text at its end.
pub(super) fn write(document: &Document, paged: &PagedDocument, fonts: &Fonts) -> serde_json::Result<Vec<u8>> {
    let pages = paged.pages.iter().map(|page| PageLines {
        label: page.label(),
        lines: page.lines().filter_map(|line| entry(line, document, fonts)).collect(),
    });
    let mut json = serde_json::to_vec_pretty(&Layout { page_count: paged.pages.len(), pages: pages.collect() })?;
    json.push(b'\n');
    Ok(json)
}

/// True for a file that [`write`] may have written.
pub(super) fn is_own(file: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct LayoutRead {
        #[serde(rename = "page_count")]
        _count: usize,
        #[serde(rename = "pages")]
        _pages: Vec<serde::de::IgnoredAny>,
    }
    serde_json::from_slice::<LayoutRead>(file).is_ok()
}

fn entry<'a>(line: &'a Line, document: &'a Document, fonts: &'a Fonts) -> Option<LineEntry<'a>> {
    let block = line.kind.block().and_then(|block| document.block(block)).map(|block| block.id.0.as_str());
    // The face and size that most of the line is set in, the earlier one where two are even.
    let main = line.runs.iter().rev().max_by_key(|run| run.glyphs.len())?;
    Some(LineEntry {
        block,
        text: &line.text,
        x: thousandths(line.x.to_pt()),
        baseline: thousandths(line.baseline.to_pt()),
        width: thousandths(line.width.to_pt()),
        size: thousandths(main.size.to_pt()),
        font: fonts.face(main.face).map_or("", Face::postscript_name),
        turned: line.turned,
    })
}

/// A thousandth of a point is 0.35 µm: finer than any press, and short to read.
fn thousandths(points: f64) -> f64 {
    (points * 1000.0).round() / 1000.0
}
