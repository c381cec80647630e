//! What can go wrong, each with its cause.

use crate::diagnostic::{Message, say};
use crate::font::{FaceId, SubsetError};
use std::fmt;

/// Why a page could not be drawn. But for a damaged face and a strange resolution, each is a fault in the pages that were
/// handed over, never in the report.
#[derive(Debug)]
pub enum PreviewError {
    /// A resolution that is no number, or outside what a picture can be drawn at.
    Resolution {
        /// Dots an inch, as asked for.
        dpi: f64,
    },
    /// A page that is too large for a picture at this resolution, or has no size.
    PageSize {
        /// The page, from 1.
        page: usize,
    },
    /// A length on a page that is no finite number, or a glyph or shape too large to draw.
    Length {
        /// The page, from 1.
        page: usize,
    },
    /// A picture on a page: its bytes are not in the pages.
    Picture {
        /// The page, from 1.
        page: usize,
    },
    /// A glyph of a face that the fonts do not have.
    NoFace {
        /// The face.
        face: FaceId,
    },
    /// A glyph that was not on the pages when the faces were opened.
    NoGlyph {
        /// The face.
        face: FaceId,
        /// The index of the glyph.
        glyph: u16,
    },
    /// A face that cannot be cut down to the glyphs that are used.
    Subset(SubsetError),
    /// A subset that the rasterizer refuses.
    Face {
        /// The face.
        face: FaceId,
        /// What it says.
        cause: &'static str,
    },
    /// The picture could not be encoded.
    Png(png::EncodingError),
}

impl PreviewError {
    /// What to tell people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Resolution { dpi } => {
                say!(
                    "分辨率 {dpi} 不可用，应在 10 到 2400 之间",
                    "the resolution {dpi} cannot be used; it must be from 10 to 2400"
                )
            }
            Self::PageSize { page } => say!(
                "第{page}页的尺寸无法画成图片，请降低分辨率",
                "page {page} has a size that no picture can have; lower the resolution"
            ),
            Self::Length { page } => say!("第{page}页有无效的长度", "page {page} has a length that cannot be drawn"),
            Self::Picture { page } => say!("第{page}页的插图无法绘制", "a picture on page {page} cannot be drawn"),
            Self::NoFace { face: FaceId(face) } => {
                say!("用到了未载入的字体（序号{face}）", "face {face} was not loaded")
            }
            Self::NoGlyph { face: FaceId(face), glyph } => {
                say!("字体（序号{face}）没有准备第{glyph}号字形", "glyph {glyph} of face {face} was not made ready")
            }
            Self::Subset(cause) => say!("字体无法取子集：{cause}", "a face cannot be subset: {cause}"),
            Self::Face { face: FaceId(face), cause } => {
                say!("字体（序号{face}）无法绘制：{cause}", "face {face} cannot be drawn: {cause}")
            }
            Self::Png(cause) => say!("图片未能写出：{cause}", "the picture could not be encoded: {cause}"),
        }
    }
}

impl fmt::Display for PreviewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for PreviewError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Subset(cause) => Some(cause),
            Self::Png(cause) => Some(cause),
            _ => None,
        }
    }
}
