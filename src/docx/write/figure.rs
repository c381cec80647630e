//! Pictures: inline drawings with alternative text, their captions below.

use super::body::{Body, picture_names};
use super::inline::{close_bookmark, open_block, push};
use super::order::{self, Extras};
use crate::docx::package::MediaType;
use crate::docx::variant::{Variant, variant_id};
use crate::docx::{Error, units};
use crate::model::{Block, BlockKind, Document, Figure, Length, PictureHead, PictureKind};
use crate::template::StyleName;
use docx_rs::Pic;

/// A picture of the document, as the package holds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Picture<'a> {
    pub(super) kind: MediaType,
    pub(super) data: &'a [u8],
    head: PictureHead,
}

/// The pictures in the order of their figures.
pub(super) fn pictures(document: &Document) -> Result<Vec<Picture<'_>>, Error> {
    let figures = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Figure(figure) => Some((block, figure)),
        _ => None,
    });
    figures
        .map(|(block, figure)| {
            look(&figure.data).ok_or_else(|| Error::Picture { image: figure.image.clone(), span: block.span })
        })
        .collect()
}

/// Kind and size of a picture from its head.
fn look(data: &[u8]) -> Option<Picture<'_>> {
    let head = PictureHead::read(data)?;
    let kind = match head.kind {
        PictureKind::Png => MediaType::Png,
        PictureKind::Jpeg => MediaType::Jpeg,
    };
    Some(Picture { kind, data, head })
}

/// Writes a figure: the picture, kept with its caption.
pub(super) fn write(
    body: &mut Body<'_>,
    block: &Block,
    figure: &Figure,
    picture: &Picture<'_>,
    at: usize,
) -> Result<(), Error> {
    let template = body.template;
    let (width, height) = printed_size(figure, picture, template.page.measure(), template.page.depth());
    let (relationship, name) = picture_names(at);
    let pic = Pic::new_with_dimensions(Vec::new(), picture.head.width, picture.head.height)
        .id(relationship)
        .size(units::emu(width), units::emu(height));
    let drawing = body.ids.drawing();

    let mut p = body.begin(StyleName::Figure, &block.id.0);
    let captioned = figure.caption.is_some() || figure.number.is_some();
    // A bookmark that begins at a picture and ends in another paragraph is lost when LibreOffice saves the file.
    let bookmark = (!captioned).then(|| open_block(&mut p, &mut body.ids, &block.id));
    push(&mut p, docx_rs::Run::new().add_image(pic));
    if let Some(bookmark) = bookmark {
        close_bookmark(&mut p, bookmark);
    }
    let said = order::Picture { id: drawing, name: &name, alt: &figure.alt };
    body.emit(&p, Extras { picture: Some(said), ..Extras::default() })?;
    if captioned {
        let style = variant_id(body.style(StyleName::Caption), Variant::Below);
        let mut p = body.begin_as(&style, &format!("{} caption", block.id.0));
        let bookmark = open_block(&mut p, &mut body.ids, &block.id);
        body.caption(block, &mut p, figure.caption.as_ref());
        close_bookmark(&mut p, bookmark);
        body.emit(&p, Extras::default())?;
    }
    Ok(())
}

/// The width asked for, else the picture's own; never past the type area either way.
fn printed_size(figure: &Figure, picture: &Picture<'_>, measure: Length, depth: Length) -> (Length, Length) {
    let (own, own_height) = picture.head.size();
    let ratio = own_height / own;
    let width = figure.width.unwrap_or(own).min(measure).min(depth / ratio);
    (width, width * ratio)
}
