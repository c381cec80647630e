//! Pictures: inline drawings with alternative text, their captions below.

use super::body::{Body, picture_names};
use super::inline::{close_bookmark, open_block, push};
use super::order::{self, Extras};
use crate::docx::package::MediaType;
use crate::docx::variant::{Variant, variant_id};
use crate::docx::{Error, units};
use crate::model::{Block, BlockKind, Document, Figure, Length, PictureKind};
use crate::picture;
use crate::template::{StyleName, Template};
use docx_rs::Pic;
use std::borrow::Cow;

/// A picture file of the package.
#[derive(Clone, Debug)]
pub(super) struct Media<'a> {
    pub(super) kind: MediaType,
    pub(super) data: Cow<'a, [u8]>,
}

/// The pictures of a document.
#[derive(Debug, Default)]
pub(super) struct Pictures<'a> {
    /// The files: that of each figure in order, behind them those of shapes.
    pub(super) files: Vec<Media<'a>>,
    /// For each figure, the file of shapes, where it has one.
    shapes: Vec<Option<usize>>,
}

/// The pictures in the order of their figures. One of shapes goes in twice: as it is for the programs that draw it (Word since
/// 2016), and as pixels for the others.
pub(super) fn pictures<'a>(document: &'a Document, template: &Template) -> Result<Pictures<'a>, Error> {
    let figures = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Figure(figure) => Some((block, figure)),
        _ => None,
    });
    let mut pictures = Pictures::default();
    let mut shapes = Vec::new();
    for (block, figure) in figures {
        let (kind, data) = match figure.kind {
            PictureKind::Png => (MediaType::Png, Cow::Borrowed(figure.data.as_slice())),
            PictureKind::Jpeg => (MediaType::Jpeg, Cow::Borrowed(figure.data.as_slice())),
            PictureKind::Svg => {
                let (width, height) = printed_size(figure, template);
                let pixels = |side: Length| (side.to_pt() / 72.0 * template.figures.dpi).round().max(1.0) as u32;
                let png = picture::png(&figure.data, pixels(width), pixels(height));
                let png = png.ok_or_else(|| Error::Picture { image: figure.image.clone(), span: block.span })?;
                (MediaType::Png, Cow::Owned(png))
            }
        };
        pictures.files.push(Media { kind, data });
        shapes.push((figure.kind == PictureKind::Svg).then_some(figure.data.as_slice()));
    }
    for data in shapes {
        let at = pictures.files.len();
        pictures.shapes.push(data.map(|_| at));
        pictures.files.extend(data.map(|data| Media { kind: MediaType::Svg, data: Cow::Borrowed(data) }));
    }
    Ok(pictures)
}

/// Writes a figure: the picture, kept with its caption.
pub(super) fn write(body: &mut Body<'_>, block: &Block, figure: &Figure, at: usize) -> Result<(), Error> {
    let (width, height) = printed_size(figure, body.template);
    let (relationship, name) = picture_names(at);
    let shapes = body.pictures.shapes.get(at).copied().flatten().map(|file| picture_names(file).0);
    let pic = Pic::new_with_dimensions(Vec::new(), 1, 1).id(relationship).size(units::emu(width), units::emu(height));
    let drawing = body.ids.drawing();

    let mut p = body.begin(StyleName::Figure, &block.id.0);
    let captioned = figure.caption.is_some() || figure.number.is_some();
    // A bookmark that begins at a picture and ends in another paragraph is lost when LibreOffice saves the file.
    let bookmark = (!captioned).then(|| open_block(&mut p, &mut body.ids, &block.id));
    push(&mut p, docx_rs::Run::new().add_image(pic));
    if let Some(bookmark) = bookmark {
        close_bookmark(&mut p, bookmark);
    }
    let said = order::Picture { id: drawing, name: &name, alt: &figure.alt, shapes: shapes.as_deref() };
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

/// The width asked for, else the picture's own; never past the type area either way, nor over more rows than in print.
fn printed_size(figure: &Figure, template: &Template) -> (Length, Length) {
    let (own, own_height) = figure.size;
    let ratio = own_height / own;
    let width = figure.width.unwrap_or(own).min(template.page.measure()).min(template.page.depth() / ratio);
    let width = width.min(units::height_of(template.rows_of(width * ratio), template) / ratio);
    (width, width * ratio)
}
