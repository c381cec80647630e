//! The entry.

use super::content::Context;
use super::link::Destinations;
use super::tagger::Tagger;
use super::{PdfError, faces, finish, pages};
use crate::font::Fonts;
use crate::layout::PagedDocument;
use crate::model::Document;

/// Writes the PDF file of a document: what `paged` says, in the faces of `fonts`, with what `document` says of it as a whole.
///
/// The same input makes the same bytes, at any time and in any process.
///
/// # Errors
/// Pages that do not belong to the document or the fonts; a font file that cannot be used. See [`PdfError`].
pub fn write(document: &Document, paged: &PagedDocument, fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    write_with_facts(document, paged, fonts, None)
}

/// The same; the file keeps `facts`, the figures on its pages as JSON, for [`super::facts`].
///
/// # Errors
/// As [`write`].
pub fn write_with_facts(
    document: &Document,
    paged: &PagedDocument,
    fonts: &Fonts,
    facts: Option<&[u8]>,
) -> Result<Vec<u8>, PdfError> {
    let faces = faces::subset(paged, fonts)?;
    let destinations = Destinations::of(document, paged);
    let context = Context { faces: &faces, destinations: &destinations };
    let pages = pages::write(paged, context, Some(Tagger::new(document)))?;
    finish::finish(document, paged, fonts, &faces, (pages, facts))
}
