//! Rows of cells, as CSV files and workbooks have them, before it is known what the rows are.

use std::sync::Arc;

use super::datum::{Datum, Entry};
use crate::diagnostic::{Code, Diagnostic, FileId, Message, Span, say};

/// Rows of cells.
pub(super) struct DataGrid {
    /// The file that the places lie in.
    pub file: FileId,
    /// The code of errors in it.
    pub code: Code,
    /// The rows; those of a workbook have equally many cells.
    pub rows: Vec<DataRow>,
    /// The row and column of its first cell in the sheet; None in a text file.
    pub origin: Option<(u32, u32)>,
    /// Merged cells: the first and the last row and column, by their index in `rows` and `cells`.
    pub merged: Vec<Merged>,
}

/// A row.
pub(super) struct DataRow {
    /// Its cells.
    pub cells: Vec<Entry>,
    /// Its place.
    pub span: Span,
    /// Its cells whose text does not begin at their edge, by their index.
    pub leads: Vec<(usize, CellLead)>,
}

/// What stands before the text of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CellLead {
    /// Blanks, in halves of a character; a step that the sheet indents the cell by is two of them.
    pub halves: u16,
    /// Its lines begin in different places.
    pub uneven: bool,
}

impl CellLead {
    /// The blanks before a text as its file has it.
    pub(super) fn of(text: &str) -> Self {
        // Nearly all cells begin at their edge, and are one line.
        if !text.starts_with(|c: char| c.is_whitespace()) && !text.contains(['\r', '\n', '\u{b}']) {
            return Self::default();
        }
        let lines = text.split(['\r', '\n', '\u{b}']).filter(|line| !line.trim().is_empty());
        let mut halves = lines.map(|line| {
            let blanks = line.chars().take_while(|c| c.is_whitespace());
            blanks.fold(0_u16, |sum, c| sum.saturating_add(if c == '\u{3000}' || c == '\t' { 2 } else { 1 }))
        });
        let first = halves.next().unwrap_or(0);
        Self { halves: first, uneven: halves.any(|own| own != first) }
    }

    /// The same in a cell that its sheet indents.
    pub(super) fn with_steps(self, steps: u8) -> Self {
        Self { halves: self.halves.saturating_add(u16::from(steps) * 2), ..self }
    }
}

/// Cells that are one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merged {
    /// First row and column.
    pub from: (usize, usize),
    /// Last row and column.
    pub to: (usize, usize),
}

impl DataRow {
    /// The cells that hold something, by their index.
    pub(super) fn filled(&self) -> impl Iterator<Item = usize> {
        self.cells.iter().enumerate().filter(|(_, c)| !matches!(c.datum, Datum::Null)).map(|(at, _)| at)
    }

    /// True without a cell that holds something.
    pub(super) fn is_blank(&self) -> bool {
        self.filled().next().is_none()
    }

    /// The text of its first cell that holds any.
    pub(super) fn start(&self) -> String {
        self.filled().next().map(|at| written(&self.cells[at])).unwrap_or_default()
    }
}

/// A cell as it is written, on one line.
pub(super) fn written(entry: &Entry) -> String {
    match &entry.datum {
        Datum::Text(text) => tidy(text).into_owned(),
        Datum::Number(number) => number.print().unwrap_or_default(),
        Datum::Day(day) => day.shown.to_string(),
        _ => String::new(),
    }
}

/// A cell that cannot be used: anyone who uses it is told why.
pub(super) fn broken(code: Code, span: Span, message: Message, hint: Message) -> Entry {
    Entry { datum: Datum::Broken(Arc::new(Diagnostic::error(code, span, message, hint))), span: Some(span) }
}

/// Something is wrong with a table.
pub(super) fn bad(code: Code, span: Span, message: Message) -> Diagnostic {
    let hint = say!(
        "第一行写栏名，各不相同；以下每行格数相同；格里有逗号或引号的，整格放进引号",
        "the first row names the columns, each once; all rows have as many cells; quote a cell that holds a comma or quotation mark"
    );
    Diagnostic::error(code, span, message, hint)
}

/// The text of a cell on one line: without white space around it, its line ends joined as those of a report are.
pub(in crate::source) fn tidy(text: &str) -> std::borrow::Cow<'_, str> {
    let text = text.trim();
    if !text.contains(['\r', '\n', '\t', '\u{b}']) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split(['\r', '\n', '\t', '\u{b}']).map(str::trim).filter(|part| !part.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(out.chars().next_back()) && latin(part.chars().next()) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out.into()
}
