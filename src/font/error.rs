//! Why a font file cannot be used.

use crate::diagnostic::{Message, say};
use ttf_parser::FaceParsingError;

/// Why a font file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceError {
    /// Its directory or a table that every face has is damaged.
    Malformed(FaceParsingError),
    /// A table that is needed is missing or damaged.
    Table(&'static str),
    /// It maps no Unicode characters to glyphs.
    NoUnicode,
    /// It has no outlines, but bitmaps perhaps.
    NoOutlines,
    /// The file cannot be read any more.
    Unreadable,
    /// The file was changed while it was read.
    Changed,
}

impl FaceError {
    /// The reason in both languages.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Malformed(error) => say!("字体文件已损坏（{error}）", "the font file is damaged ({error})"),
            Self::Table(table) => say!("字体文件缺少可用的 {table} 表", "the font file lacks a sound {table} table"),
            Self::NoUnicode => say!("字体没有 Unicode 字符映射", "the face maps no Unicode characters"),
            Self::NoOutlines => {
                say!("字体没有轮廓（可能只有点阵）", "the face has no outlines (bitmaps only, perhaps)")
            }
            Self::Unreadable => say!("字体文件无法读取", "the font file cannot be read"),
            Self::Changed => say!("读取时字体文件被改动", "the font file was changed while it was read"),
        }
    }
}
