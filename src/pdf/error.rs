//! What can go wrong, each with its cause.

use crate::diagnostic::{Message, say};
use crate::font::{FaceId, SubsetError};
use std::fmt;

/// Why a PDF could not be written.
///
/// But for [`PdfError::Subset`] and [`PdfError::Face`], which a damaged font file causes, each of these is a fault in the pages that
/// were handed over, never in the report.
#[derive(Debug)]
pub enum PdfError {
    /// A glyph run names a face that the fonts do not have.
    NoFace {
        /// The page, from 1.
        page: usize,
        /// The face.
        face: FaceId,
    },
    /// A face that cannot be read.
    Face {
        /// The face.
        face: FaceId,
        /// What its reader says.
        cause: ttf_parser::FaceParsingError,
    },
    /// A face that cannot be cut down to the glyphs that are used.
    Subset {
        /// The face.
        face: FaceId,
        /// Why not.
        cause: SubsetError,
    },
    /// A glyph run asks for a glyph that its face does not have, or for `.notdef`.
    NoGlyph {
        /// The face.
        face: FaceId,
        /// The index of the glyph.
        glyph: u16,
    },
    /// The bytes that the glyphs of a line show are not those of its text.
    Text {
        /// The page, from 1.
        page: usize,
        /// The text of the line.
        line: String,
    },
    /// A length on a page that is no finite number.
    Length {
        /// The page, from 1.
        page: usize,
    },
    /// A line belongs to a block, cell or note that the document does not have.
    NoBlock {
        /// The page, from 1.
        page: usize,
        /// What it belongs to, by its indices.
        tag: String,
    },
    /// A picture is on a page that the file cannot hold as it is.
    Picture {
        /// The page, from 1.
        page: usize,
        /// The file, as the report names it.
        image: String,
        /// What is wrong with it.
        cause: String,
    },
    /// A colour of black with other inks, which is not for a press.
    RichBlack {
        /// The page, from 1.
        page: usize,
    },
    /// A second colour, where the red is to be an ink of its own.
    SecondRed {
        /// The page, from 1.
        page: usize,
    },
    /// Nothing red, where the red is to be an ink of its own.
    NoRed,
    /// The profile of a press that is none, or none of CMYK inks.
    Profile {
        /// What is wrong with it.
        cause: String,
    },
    /// Pages of different sizes cannot be put on one sheet.
    Imposition {
        /// The page that differs, from 1.
        page: usize,
    },
    /// An entry of the outline points to a page that is not there.
    NoPage {
        /// The title of the entry.
        title: String,
        /// The index of the page.
        page: usize,
    },
    /// A time before year 0 or after year 9999, which a PDF date cannot write.
    Time {
        /// Seconds since 1970.
        timestamp: i64,
    },
    /// printpdf did not write a page as it was told to.
    Page {
        /// The page, from 1.
        page: usize,
        /// What printpdf says.
        cause: String,
    },
    /// More pages, objects or bytes than a PDF can count.
    TooLarge,
    /// A stream could not be deflated, or the file not be put together.
    Write(std::io::Error),
}

impl PdfError {
    /// True where the template or what was asked for is at fault, not the program.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::RichBlack { .. }
                | Self::SecondRed { .. }
                | Self::NoRed
                | Self::Profile { .. }
                | Self::Imposition { .. }
        )
    }

    /// What to tell people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::NoFace { page, face: FaceId(face) } => {
                say!("第{page}页用到了未载入的字体（序号{face}）", "page {page} uses face {face}, which was not loaded")
            }
            Self::Face { face: FaceId(face), cause } => {
                say!("字体（序号{face}）无法读取：{cause}", "face {face} cannot be read: {cause}")
            }
            Self::Subset { face: FaceId(face), cause } => {
                say!("字体（序号{face}）无法取子集：{cause}", "face {face} cannot be subset: {cause}")
            }
            Self::NoGlyph { face: FaceId(face), glyph } => {
                say!("字体（序号{face}）没有可用的第{glyph}号字形", "face {face} has no glyph {glyph} to show")
            }
            Self::Text { page, line } => {
                say!("第{page}页：字形与文字不符：{line}", "page {page}: glyphs do not add up to the text: {line}")
            }
            Self::Length { page } => say!("第{page}页有无效的长度", "page {page} has a length that is no number"),
            Self::NoBlock { page, tag } => {
                say!(
                    "第{page}页的内容属于不存在的块：{tag}",
                    "page {page}: something belongs to {tag}, which does not exist"
                )
            }
            Self::Picture { page, image, cause } => {
                say!(
                    "第{page}页的图片 {image} 无法写入PDF：{cause}",
                    "page {page}: the PDF cannot hold {image}: {cause}"
                )
            }
            Self::RichBlack { page } => {
                say!(
                    "第{page}页有黑与其他油墨叠加的颜色，不能付印",
                    "page {page} has a colour of black with other inks, which is not for a press"
                )
            }
            Self::SecondRed { page } => say!(
                "第{page}页还有另一种彩色，专色只能代替一种",
                "page {page} has another colour beside the one that the spot colour takes the place of"
            ),
            Self::NoRed => {
                say!("没有套红的内容，用不上专色", "nothing is printed in red: there is nothing for a spot colour")
            }
            Self::Profile { cause } => say!("印刷特性文件不能用：{cause}", "the press profile cannot be used: {cause}"),
            Self::Imposition { page } => {
                say!(
                    "第{page}页与第1页大小不同，不能拼版",
                    "page {page} is of another size than page 1 and cannot be imposed with it"
                )
            }
            Self::NoPage { title, page } => {
                say!(
                    "书签“{title}”指向不存在的页（序号{page}）",
                    "bookmark {title:?} points to page index {page}, which does not exist"
                )
            }
            Self::Time { timestamp } => {
                say!("时间{timestamp}超出PDF日期的范围", "time {timestamp} is outside what a PDF date can say")
            }
            Self::Page { page, cause } => say!("第{page}页未能写出：{cause}", "page {page} was not written: {cause}"),
            Self::TooLarge => say!("文件过大，PDF无法容纳", "the file is larger than a PDF can be"),
            Self::Write(cause) => say!("PDF未能写出：{cause}", "the PDF could not be put together: {cause}"),
        }
    }
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for PdfError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Face { cause, .. } => Some(cause),
            Self::Write(cause) => Some(cause),
            _ => None,
        }
    }
}

impl From<std::io::Error> for PdfError {
    fn from(cause: std::io::Error) -> Self {
        Self::Write(cause)
    }
}
