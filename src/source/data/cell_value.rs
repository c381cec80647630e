//! What a cell of a workbook comes to: a value, or why it cannot be used.

use super::datum::{Datum, Entry};
use super::grid::broken;
use crate::diagnostic::{Code, Span, say};

/// A value, or what is wrong with it: its kind and what the message names.
pub(super) enum CellValue {
    /// It can be used.
    Datum(Datum),
    /// It cannot.
    Broken(&'static str, Box<str>),
}

impl CellValue {
    /// The entry of the cell at a place.
    pub(super) fn entry(self, span: Span) -> Entry {
        let (kind, what) = match self {
            Self::Datum(datum) => return Entry { datum, span: Some(span) },
            Self::Broken(kind, what) => (kind, what),
        };
        let (message, hint) = match kind {
            "error" => (
                say!("单元格里是错误值 {what}", "a cell holds the error {what}"),
                say!("在表格软件里改正公式", "correct the formula in the workbook"),
            ),
            "uncomputed" => (
                say!("单元格里的公式没有存下结果", "the cell holds a formula without its result"),
                say!("用 Excel 或 WPS 打开这个文件，保存一次", "open the file in Excel or WPS and save it"),
            ),
            "control" => (
                say!("单元格里有控制字符 {what}", "a cell holds the control character {what}"),
                say!("删去这个看不见的字符", "remove this invisible character"),
            ),
            "number" => (
                say!("单元格里的数 {what} 不能用", "the number {what} of a cell cannot be used"),
                say!("改正这一格", "correct the cell"),
            ),
            _ => (
                say!("不认识单元格的数字格式“{what}”", "the number format \"{what}\" of a cell is not known"),
                say!(
                    "换成常用的格式（数值、百分比、日期），或者改为文本",
                    "choose a usual format (number, percentage, date), or make it text"
                ),
            ),
        };
        broken(Code::BAD_XLSX, span, message, hint)
    }
}
