//! The picture files of the package.

use crate::docx::package::{Inventory, MediaType};
use crate::docx::{WordError, units};
use crate::model::{Document, Length, PictureKind, ShownPicture};
use crate::picture;
use crate::printed::Printed;
use crate::template::Template;
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
    /// The files: that of each picture in reading order, after them those of shapes.
    pub(super) files: Vec<Media<'a>>,
    /// For each picture, the file of shapes, where it has one.
    pub(super) shapes: Vec<Option<usize>>,
}

/// The pictures in reading order. One of shapes goes in twice: as it is for the programs that draw it (Word since
/// 2016), and as pixels for the others.
pub(super) fn pictures<'a>(
    document: &'a Document,
    template: &Template,
    printed: &Printed,
) -> Result<Pictures<'a>, WordError> {
    let mut pictures = Pictures::default();
    let mut shapes = Vec::new();
    for shown in document.pictures() {
        let file = shown.file;
        let (kind, data) = match file.kind {
            PictureKind::Png => (MediaType::Png, Cow::Borrowed(file.data.as_slice())),
            PictureKind::Jpeg => (MediaType::Jpeg, Cow::Borrowed(file.data.as_slice())),
            PictureKind::Svg => {
                let (width, height) = printed_size(shown, printed, template);
                let pixels = |side: Length| (side.to_pt() / 72.0 * template.figures.dpi).round().max(1.0) as u32;
                let png = picture::drawn(file, (pixels(width), pixels(height)));
                let png = png.ok_or_else(|| WordError::Picture { image: file.name.clone(), span: shown.span })?;
                (MediaType::Png, Cow::Owned(png))
            }
        };
        pictures.files.push(Media { kind, data });
        shapes.push((file.kind == PictureKind::Svg).then_some(file.data.as_slice()));
    }
    for data in shapes {
        let at = pictures.files.len();
        pictures.shapes.push(data.map(|_| at));
        pictures.files.extend(data.map(|data| Media { kind: MediaType::Svg, data: Cow::Borrowed(data) }));
    }
    Ok(pictures)
}

/// The relationship of picture `at`, and the name that the selection pane shows.
pub(super) fn picture_names(at: usize) -> (String, String) {
    (Inventory::media_id(at), format!("图片 {}", at + 1))
}

/// As wide as it was printed, with room for its caption on a page; but over no more rows than in print, which are a little higher.
pub(super) fn printed_size(shown: ShownPicture<'_>, printed: &Printed, template: &Template) -> (Length, Length) {
    let (own, own_height) = shown.file.size;
    let ratio = own_height / own;
    let width = printed.picture(shown.index).unwrap_or(own).min(template.measure(shown.lie));
    let width = width.min(units::height_of(template.rows_of(width * ratio), template) / ratio);
    (width, width * ratio)
}
