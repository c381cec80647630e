//! The entry.

use super::content::Context;
use super::finish::PdfInput;
use super::link::Destinations;
use super::shape::Inks;
use super::tagger::Tagger;
use super::{PdfError, PdfExtras, PdfOptions, PdfProfile, RedInk, faces, finish, pages};
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
    write_for(document, paged, fonts, &PdfOptions::default(), PdfExtras::default())
}

/// The same for what the options say.
///
/// # Errors
/// As [`write`]; colours, pages and profiles that a press cannot take.
pub fn write_for(
    document: &Document,
    paged: &PagedDocument,
    fonts: &Fonts,
    options: &PdfOptions,
    extras: PdfExtras<'_>,
) -> Result<Vec<u8>, PdfError> {
    let faces = faces::subset(paged, fonts)?;
    let destinations = Destinations::of(document, paged);
    let (inks, tagger) = match options.profile {
        PdfProfile::Archive => (Inks::Screen, Some(Tagger::new(document))),
        // What a press needs nobody reads aloud.
        PdfProfile::Print if options.press.red == RedInk::Process => (Inks::Press, None),
        PdfProfile::Print => (Inks::Spot, None),
    };
    let pages = pages::write(
        paged,
        Context { faces: &faces, destinations: &destinations, inks, streams: extras.streams },
        tagger,
    )?;
    finish::finish(PdfInput { report: document, paged, fonts, faces: &faces, options, extras }, pages)
}
