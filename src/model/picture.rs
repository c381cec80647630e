//! A picture file, as both outputs carry it.

use super::Length;

/// The kinds of picture files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// PNG (ISO/IEC 15948).
    Png,
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// SVG 1.1: shapes only.
    Svg,
}

/// A picture file that was read whole and found sound: upright, and without anything that is not seen.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureFile {
    /// The file, as the report names it.
    pub name: String,
    /// Its kind.
    pub kind: PictureKind,
    /// The bytes to put into the outputs.
    pub data: Vec<u8>,
    /// Its own printed width and height.
    pub size: (Length, Length),
    /// Its pixels; None for shapes.
    pub raster: Option<Raster>,
    /// The shapes of an SVG file as a PDF file of one page.
    pub shapes: Option<Vec<u8>>,
}

/// What the pixels of a picture are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// True for shades of grey, false for colours.
    pub gray: bool,
}
