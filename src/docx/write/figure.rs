//! Pictures: inline drawings with alternative text, their captions below.

use super::body::{Body, picture_names};
use super::inline::{close_bookmark, open_block, push};
use super::order::{self, Extras};
use crate::docx::package::MediaType;
use crate::docx::styles::{Variant, variant_id};
use crate::docx::{Error, units};
use crate::model::{Block, BlockKind, Document, Figure, Length};
use crate::template::StyleName;
use docx_rs::Pic;

/// A picture of the document, as the package holds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Picture<'a> {
    pub(super) kind: MediaType,
    pub(super) data: &'a [u8],
    /// In pixels.
    width: u32,
    height: u32,
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
    let (kind, (width, height)) = if data.starts_with(b"\x89PNG\r\n\x1a\n") {
        (MediaType::Png, png_size(data)?)
    } else if data.starts_with(&[0xff, 0xd8]) {
        (MediaType::Jpeg, jpeg_size(data)?)
    } else {
        return None;
    };
    (width > 0 && height > 0).then_some(Picture { kind, data, width, height })
}

/// The IHDR chunk stands first (PNG, 5.6).
fn png_size(data: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| data.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    (data.get(12..16)? == b"IHDR").then_some(())?;
    Some((number(16)?, number(20)?))
}

/// The first start-of-frame segment (ITU T.81, B.2.2).
fn jpeg_size(data: &[u8]) -> Option<(u32, u32)> {
    let word = |at: usize| data.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes);
    let mut at = 2;
    loop {
        (*data.get(at)? == 0xff).then_some(())?;
        match *data.get(at + 1)? {
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // SOF0–SOF15, without the tables that share the range (DHT, JPG, DAC).
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((word(at + 7)?.into(), word(at + 5)?.into()));
            }
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::from(word(at + 2)?),
        }
    }
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
    let pic = Pic::new_with_dimensions(Vec::new(), picture.width, picture.height)
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

/// The width asked for, else the picture's own at 96 dots an inch; never past the type area either way.
fn printed_size(figure: &Figure, picture: &Picture<'_>, measure: Length, depth: Length) -> (Length, Length) {
    let ratio = f64::from(picture.height) / f64::from(picture.width);
    let own = Length::pt(f64::from(picture.width) * 0.75);
    let width = figure.width.unwrap_or(own).min(measure).min(depth / ratio);
    (width, width * ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_the_head() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 128]);
        assert_eq!(png_size(&png), Some((256, 128)));
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0, 20, 0, 30, 3];
        assert_eq!(jpeg_size(&jpeg), Some((30, 20)));
        for cut in 0..jpeg.len() {
            assert_eq!(look(&jpeg[..cut]).map(|p| p.width), if cut >= 17 { Some(30) } else { None });
        }
    }
}
