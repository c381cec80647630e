//! Pixels of pictures, for what can draw nothing else.

use super::pixels::Pixels;
use super::{jpeg, png, svg};
use crate::model::{PictureFile, PictureKind};

/// Decodes a picture; one of shapes is drawn `width` by `height` pixels large, others are as large as they are. None for a file
/// that cannot be decoded, and for no pixels.
#[must_use]
pub fn pixels(picture: &PictureFile, (width, height): (u32, u32)) -> Option<Pixels> {
    match picture.kind {
        PictureKind::Png => png::decode(&picture.data),
        PictureKind::Jpeg => jpeg::decode(&picture.data),
        PictureKind::Svg => svg::draw(&picture.data, width, height),
    }
}

/// A picture of shapes as a PNG file of so many pixels.
#[must_use]
pub fn drawn(picture: &PictureFile, size: (u32, u32)) -> Option<Vec<u8>> {
    let Pixels { width, height, rgba } = svg::draw(&picture.data, size.0, size.1)?;
    png::encode((width, height), ::png::ColorType::Rgba, &rgba).ok()
}
