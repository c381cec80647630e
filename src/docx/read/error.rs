//! What keeps a Word file from being read.

use crate::diagnostic::{Code, Diagnostic, say};

/// Why a Word file could not be read.
#[derive(Debug, PartialEq, Eq)]
pub enum ReadError {
    /// No zip archive.
    NotZip,
    /// A Word file of before 2007, or one with a password: both are OLE files.
    Ole,
    /// A package without a text document: a workbook, an OpenDocument file.
    NotWord,
    /// A part that is no sound XML.
    Xml {
        /// The part's name.
        part: String,
        /// What is wrong.
        cause: String,
    },
    /// A document type definition, which no Word file has.
    Dtd {
        /// The part's name.
        part: String,
    },
    /// More than any report has, in a package made to do harm.
    Limit {
        /// What there is too much of.
        what: &'static str,
    },
}

impl ReadError {
    /// The error as it is shown, for a file.
    #[must_use]
    pub fn diagnostic(&self, file: &str) -> Diagnostic {
        let save = say!(
            "在 Word 或 WPS 里打开这个文件，另存为 .docx 后再试",
            "open the file in Word or WPS, save it again as .docx, and try again"
        );
        let (message, hint) = match self {
            Self::NotZip => (say!("{file} 不是 Word 文件（.docx）", "{file} is not a Word file (.docx)"), save),
            Self::Ole => (
                say!(
                    "{file} 是旧的 .doc 文件，或者设了密码",
                    "{file} is an old .doc file, or is protected by a password"
                ),
                say!(
                    "在 Word 或 WPS 里去掉密码，另存为 .docx 后再试",
                    "take the password off in Word or WPS, save it as .docx, and try again"
                ),
            ),
            Self::NotWord => (say!("{file} 里没有 Word 正文", "{file} holds no Word document"), save),
            Self::Xml { part, cause } => (
                say!("{file} 已损坏：{part} 读不出来（{cause}）", "{file} is damaged: {part} cannot be read ({cause})"),
                save,
            ),
            Self::Dtd { part } => (
                say!("{file} 的 {part} 里有文档类型定义，不予读取", "{part} of {file} holds a DTD and is not read"),
                save,
            ),
            Self::Limit { what } => (
                say!("{file} 超出限度：{what}", "{file} is past the limits: {what}"),
                say!("这不像是正常的 Word 文件；请向来源核实", "this is not like a Word file; ask where it comes from"),
            ),
        };
        Diagnostic::error(Code::WORD_UNREADABLE, None, message, hint)
    }
}
