//! The figures that an output keeps with it.

use super::{entry, places};
use crate::diagnostic::Sources;
use crate::font::Fonts;
use crate::layout::PagedDocument;
use crate::model::{Document, RowNote};
use std::path::Path;

/// The figures that an output keeps with it, as JSON; None without any. Files are named from the report's folder.
/// `row`: which of many reports it is.
pub(in crate::pipeline) fn tagged(
    report: &Path,
    document: &Document,
    sources: &Sources,
    (paged, fonts): (&PagedDocument, &Fonts),
    row: Option<&RowNote>,
) -> Option<Vec<u8>> {
    if document.facts.is_empty() {
        return None;
    }
    let folder = report.parent().unwrap_or(Path::new(""));
    let near = |path: &str| {
        // What comes from standard input has the stem `report`, and the same bytes as from a file of that name.
        let path = if path == "-" { "report.yaml" } else { path };
        let path = Path::new(path);
        let near = path.strip_prefix(folder).ok().or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
        near.to_string_lossy().into_owned()
    };
    let values = entry::data_values(document);
    let found = places::places(document, paged, fonts, |value| values.contains(&value));
    let mut report = entry::report(document, sources, &found, &near);
    report.each = row.cloned();
    report.figures.retain(|figure| !figure.uses.is_empty());
    serde_json::to_vec(&report).ok()
}
