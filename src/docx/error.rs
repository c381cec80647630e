//! What can stop a Word file from being written.

use crate::diagnostic::{Code, Diagnostic, Span, say};
use std::fmt;

/// Why no Word file was written.
#[derive(Debug)]
pub enum WordError {
    /// A character that XML cannot hold (XML 1.0, production 2): a control character, U+FFFE or U+FFFF.
    Character {
        /// The character.
        character: char,
        /// Where it is written; None for the document's own properties.
        span: Option<Span>,
    },
    /// A picture of shapes that cannot be drawn.
    Picture {
        /// The file, as the report names it.
        image: String,
        /// The block that shows it.
        span: Span,
    },
    /// A table or chart that is not among what was printed.
    NotPrinted {
        /// The name of its block.
        block: String,
    },
    /// A part that docx-rs built could not be written or read again.
    Part(String),
    /// The package could not be put together.
    Package(zip::result::ZipError),
}

impl WordError {
    /// The error as it is shown: with its place and what to do.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Character { character, span } => {
                let point = u32::from(*character);
                Diagnostic::error(
                    Code::DOCX_CHARACTER,
                    *span,
                    say!(
                        "Word 文件不能含有控制字符 U+{point:04X}",
                        "a Word file cannot hold the control character U+{point:04X}"
                    ),
                    say!("删去这个字符", "remove the character"),
                )
            }
            Self::Picture { image, span } => Diagnostic::error(
                Code::DOCX_PICTURE,
                *span,
                say!("图片 {image} 画不出来", "the picture {image} cannot be drawn"),
                say!("用图像软件另存为 PNG 或 JPEG", "save it again as PNG or JPEG"),
            ),
            Self::NotPrinted { block } => Diagnostic::error(
                Code::DOCX_INTERNAL,
                None,
                say!("Word 文件里的 {block} 没有排进页面", "{block} of the Word file was not printed"),
                say!("这是程序的错误，请报告", "this is a fault of the program; please report it"),
            ),
            Self::Part(cause) => Diagnostic::error(
                Code::DOCX_INTERNAL,
                None,
                say!("写 Word 文件的正文时出错：{cause}", "the body of the Word file could not be written: {cause}"),
                say!("这是程序的错误，请报告", "this is a fault of the program; please report it"),
            ),
            Self::Package(cause) => Diagnostic::error(
                Code::DOCX_INTERNAL,
                None,
                say!("打包 Word 文件时出错：{cause}", "the Word file could not be packed: {cause}"),
                say!("这是程序的错误，请报告", "this is a fault of the program; please report it"),
            ),
        }
    }
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic().message.en)
    }
}

impl std::error::Error for WordError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Package(cause) => Some(cause),
            _ => None,
        }
    }
}

impl From<zip::result::ZipError> for WordError {
    fn from(cause: zip::result::ZipError) -> Self {
        Self::Package(cause)
    }
}

impl From<std::io::Error> for WordError {
    fn from(cause: std::io::Error) -> Self {
        Self::Package(cause.into())
    }
}

impl From<quick_xml::Error> for WordError {
    fn from(cause: quick_xml::Error) -> Self {
        Self::Part(cause.to_string())
    }
}
