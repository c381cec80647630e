//! Pages through printpdf.
//!
//! printpdf keeps the operators of all pages of a document until it writes them. A thousand pages would hold tens of megabytes
//! for that, so it is given a few dozen at a time; of what it makes of them, the content streams are kept. Pages whose stream is known
//! from an earlier build do not go to it at all. Its page objects, its boxes and its fonts are not kept: boxes come out as `[x y width height]`, widths without their fractions, CJK faces as Nonsymbolic.

use super::PdfError;
use super::content::{self, Context, PageContent};
use super::faces::SubsetFace;
use super::finish::deflate;
use super::link::PageLink;
use super::tag::ContentMark;
use super::tagger::Tagger;
use crate::font::FaceId;
use crate::layout::PagedDocument;
use crate::model::{Color, PictureIndex};
use printpdf::{
    FontId, FontMetrics, FontType, Mm, ParsedFont, PdfDocument, PdfFont, PdfFontMetricsStub, PdfPage, PdfSaveOptions,
};
use std::collections::{BTreeMap, BTreeSet};

/// Pages that printpdf holds at a time.
const CHUNK: usize = 64;

/// A page as written.
#[derive(Debug)]
pub(super) struct WrittenPage {
    /// Its content stream, deflated.
    pub(super) stream: Vec<u8>,
    /// What each marked-content sequence is part of, by MCID.
    pub(super) marks: Vec<ContentMark>,
    /// The links on it.
    pub(super) links: Vec<PageLink>,
    /// The faces it is set in.
    pub(super) faces: BTreeSet<FaceId>,
    /// The pictures on it.
    pub(super) pictures: BTreeSet<PictureIndex>,
    /// The colour that the spot colour stands for.
    pub(super) red: Option<Color>,
}

/// Writes all pages. Without a tagger nothing is tagged.
pub(super) fn write<'a>(
    paged: &'a PagedDocument,
    context: Context<'a>,
    mut tagger: Option<Tagger<'a>>,
) -> Result<Vec<WrittenPage>, PdfError> {
    let mut document = PdfDocument::new("");
    for face in context.faces.iter() {
        document.resources.fonts.map.insert(FontId(face.resource.clone()), PdfFont::new(parsed_font(face)));
    }
    let mut written = Vec::with_capacity(paged.pages.len());
    for (chunk, pages) in paged.pages.chunks(CHUNK).enumerate() {
        let first = chunk * CHUNK + 1;
        let mut rest = Vec::with_capacity(pages.len());
        let mut unknown = Vec::new();
        document.pages.clear();
        for (page, number) in pages.iter().zip(first..) {
            let mut content = content::write(page, number, context, tagger.as_mut())?;
            let ops = std::mem::take(&mut content.ops);
            let shelf = context.streams.map(|streams| (streams, content::key(&ops)));
            let known = shelf.and_then(|(streams, key)| streams.get(&key));
            if known.is_none() {
                document.pages.push(PdfPage::new(Mm(0.0), Mm(0.0), ops));
                unknown.push(number);
            }
            rest.push((content, known, shelf));
        }
        let mut made = streams(&document, &unknown)?.into_iter();
        for (content, known, shelf) in rest {
            let stream = if let Some(known) = known {
                known.to_vec()
            } else {
                let stream = deflate(&made.next().unwrap_or_default())?;
                if let Some((streams, key)) = shelf {
                    streams.put(key, stream.clone());
                }
                stream
            };
            let PageContent { ops: _, marks, links, faces, pictures, red } = content;
            written.push(WrittenPage { stream, marks, links, faces, pictures, red });
        }
    }
    Ok(written)
}

/// The content streams that printpdf writes for the pages of a document, which have these numbers.
fn streams(document: &PdfDocument, numbers: &[usize]) -> Result<Vec<Vec<u8>>, PdfError> {
    let Some(&first) = numbers.first() else { return Ok(Vec::new()) };
    let number = |at: usize| numbers.get(at.saturating_sub(1)).copied().unwrap_or(first);
    // Not "secure": that leaves out the operators of spot colours, which printpdf has no name for.
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut warnings = Vec::new();
    let mut made = printpdf::to_lopdf_doc(document, &options, &mut warnings);
    if let Some(warning) = warnings.into_iter().next() {
        return Err(PdfError::Page { page: number(warning.page), cause: warning.msg });
    }
    let mut streams = Vec::with_capacity(document.pages.len());
    for (at, id) in made.get_pages() {
        let lost = |cause: lopdf::Error| PdfError::Page { page: number(at as usize), cause: cause.to_string() };
        let page = made.get_dictionary(id).map_err(lost)?;
        let contents = page.get(b"Contents").and_then(lopdf::Object::as_reference).map_err(lost)?;
        let stream = made.get_object_mut(contents).and_then(lopdf::Object::as_stream_mut).map_err(lost)?;
        streams.push(std::mem::take(&mut stream.content));
    }
    if streams.len() == document.pages.len() {
        Ok(streams)
    } else {
        let cause = format!("{} pages of {} were written", streams.len(), document.pages.len());
        Err(PdfError::Page { page: first, cause })
    }
}

/// A face as printpdf has to know it: which characters of a string are which codes. Its program is not among that: printpdf would
/// copy and write it with every chunk, where the file holds it once; one byte is given instead, because without any printpdf
/// complains of a font that cannot be embedded.
fn parsed_font(face: &SubsetFace) -> ParsedFont {
    let cids = 1..u16::try_from(face.glyphs.len()).unwrap_or(u16::MAX);
    ParsedFont {
        original_bytes: vec![0],
        font_index: 0,
        font_name: None,
        codepoint_to_glyph: cids.map(|cid| (u32::from(content::code(cid)), cid)).collect(),
        glyph_widths: BTreeMap::new(),
        units_per_em: 1000,
        font_metrics: FontMetrics { ascent: 0, descent: 0 },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub::default(),
    }
}
