//! Pictures: inline drawings with alternative text, their captions below.

use super::body::Body;
use super::inline::{close_bookmark, open_block, push};
use super::media::{picture_names, printed_size};
use super::order::{self, Extras};
use super::tree;
use crate::docx::styles::{Variant, variant_id};
use crate::docx::{WordError, units};
use crate::model::{Block, Figure};
use crate::template::StyleName;

/// Writes a figure: the picture, kept with its caption.
pub(super) fn write(body: &mut Body<'_>, block: &Block, figure: &Figure, at: usize) -> Result<(), WordError> {
    let (width, height) = printed_size(figure, body.printed.picture(body.index), body.template);
    let (relationship, name) = picture_names(at);
    let shapes = body.pictures.shapes.get(at).copied().flatten().map(|file| picture_names(file).0);
    let drawing = body.ids.drawing();

    let mut p = body.begin(StyleName::Figure, &block.id.0);
    let captioned = figure.caption.is_some() || figure.number.is_some();
    // A bookmark that begins at a picture and ends in another paragraph is lost when LibreOffice saves the file.
    let bookmark = (!captioned).then(|| open_block(&mut p, &mut body.ids, &block.id));
    push(&mut p, tree::picture(&relationship, units::emu(width), units::emu(height)));
    if let Some(bookmark) = bookmark {
        close_bookmark(&mut p, bookmark);
    }
    let said = order::DrawnPicture { id: drawing, name: &name, alt: &figure.alt, shapes: shapes.as_deref() };
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
