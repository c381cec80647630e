//! Pictures: their files, as both outputs carry them, and where in a document they are.

use super::{BlockIndex, Length, Lie};
use crate::diagnostic::Span;

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

impl PictureKind {
    /// The kind of a file by the ending of its name.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }
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

/// The picture of a cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct CellPicture {
    /// The file.
    pub file: PictureFile,
    /// Printed width; None: its own, as far as the table has room.
    pub width: Option<Length>,
    /// Alternative text for readers who do not see it.
    pub alt: String,
    /// Its place in the source.
    pub span: Span,
}

/// Where in a document a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureIndex {
    /// Its block.
    pub block: BlockIndex,
    /// In a table: the row (the head counted) and the column of its cell, from 0.
    pub cell: Option<(u32, u32)>,
}

impl PictureIndex {
    /// The picture that a block is.
    #[must_use]
    pub const fn of(block: BlockIndex) -> Self {
        Self { block, cell: None }
    }
}

/// A picture of a document, whether a block of its own or in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownPicture<'a> {
    /// Where it is.
    pub index: PictureIndex,
    /// The file.
    pub file: &'a PictureFile,
    /// Printed width; None: its own, as far as there is room.
    pub width: Option<Length>,
    /// Alternative text; empty: none is given.
    pub alt: &'a str,
    /// How it lies on its page.
    pub lie: Lie,
    /// Its place in the source.
    pub span: Span,
}
