//! Cells whose number or formula its office should know more of.

use crate::diagnostic::{Code, Diagnostic, Span, say};

/// What is doubtful about a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Its formula gives another value every day.
    Volatile,
    /// Its formula takes its value from another workbook.
    Linked,
    /// Its number has more digits than a workbook keeps.
    Long,
    /// A colour alone says that its number is negative.
    Coloured,
    /// Its number has more decimals than its office shows, and no format.
    Unrounded,
    /// Its text is struck through.
    Struck,
    /// Some of its characters are raised or lowered, and print on the line.
    Flat,
    /// It lies in a row that the sheet hides.
    HiddenRow,
    /// It lies in a column that the sheet hides.
    HiddenColumn,
}

impl Doubt {
    pub(super) const ALL: [Self; 9] = [
        Self::Volatile,
        Self::Linked,
        Self::Long,
        Self::Coloured,
        Self::Unrounded,
        Self::Struck,
        Self::Flat,
        Self::HiddenRow,
        Self::HiddenColumn,
    ];

    /// What is said of the first cell of the kind.
    pub(super) fn advice(self, span: Span) -> Diagnostic {
        let (message, hint) = match self {
            Self::Volatile => (
                say!("这一格的公式每天算出不同的值", "the formula of this cell gives another value every day"),
                say!(
                    "印的是上次保存时的值；要固定，粘贴为数值",
                    "the value last saved is printed; to fix it, paste it as a value"
                ),
            ),
            Self::Linked => (
                say!("这一格的公式取自别的工作簿", "the formula of this cell takes its value from another workbook"),
                say!(
                    "印的是上次更新链接时的值：核对那一份",
                    "the value of the last update is printed: check the other workbook"
                ),
            ),
            Self::Long => (
                say!(
                    "这个数超过 15 位，表格软件只保留 15 位",
                    "this number has more than 15 digits, of which a workbook keeps 15"
                ),
                say!("编号、账号要在表格里存为文本", "store codes and account numbers as text in the sheet"),
            ),
            Self::Coloured => (
                say!("表格里只用颜色表示这个数是负数", "the sheet shows by colour alone that this number is negative"),
                say!(
                    "印的时候没有颜色，所以印出负号；要印别的样子，改单元格格式",
                    "print has no colours, so the minus sign is printed; to print it otherwise, change the format of the cell"
                ),
            ),
            Self::Unrounded => (
                say!(
                    "这个数没有设小数位数，存下的比表格显示的多",
                    "this number has no format, and more decimals than the sheet shows"
                ),
                say!(
                    "印出的是存下的各位；在表格里设小数位数，或者写 columns: {{栏名: {{type: number, decimals: 1}}}}，正文里用 round",
                    "all its decimals are printed; set a format in the sheet, or write columns: {{NAME: {{type: number, decimals: 1}}}}, and round in text"
                ),
            ),
            Self::Struck => (
                say!(
                    "表格里这一格有删除线，照样当作数据",
                    "this cell is struck through in the sheet; it is taken as data"
                ),
                say!(
                    "不要的话，从表格里删去；要的话，去掉删除线",
                    "delete it from the sheet if it is not meant, else remove the line"
                ),
            ),
            Self::Flat => (
                say!(
                    "表格里这一格有上标或下标的字，没有相应的字符，照平排印",
                    "this cell has raised or lowered text that Unicode has no characters for; it prints on the line"
                ),
                say!(
                    "核对印出的样子；要印成上标、下标的，在报告里写这张表，用 <sup>、<sub>",
                    "check what is printed; to print them so, write the table in the report, with <sup> and <sub>"
                ),
            ),
            Self::HiddenRow => (
                say!(
                    "表格里隐藏着行（筛选，或者设为隐藏），也当作数据",
                    "the sheet hides rows, by a filter or by hand; they are taken as data"
                ),
                say!(
                    "不要的话，从表格里删去，或者把看得见的复制到另一张表",
                    "delete them from the sheet if they are not meant, or copy what is shown to another sheet"
                ),
            ),
            Self::HiddenColumn => (
                say!("表格里隐藏着栏，也当作数据", "the sheet hides columns; they are taken as data"),
                say!(
                    "不要的话，从表格里删去，或者在 columns 里只写要印的栏",
                    "delete them from the sheet if they are not meant, or name only the others under columns"
                ),
            ),
        };
        Diagnostic::advice(Code::CELL_DOUBT, span, message, hint)
    }
}
