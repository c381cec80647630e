//! Source files and places in them.

use std::sync::Arc;

/// A file in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Bytes `start..end` of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Byte offset of the first byte.
    pub start: u32,
    /// Byte offset after the last byte.
    pub end: u32,
}

impl Span {
    /// From the start of `self` to the end of `other`, in one file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters (Unicode scalar values), from 1.
    pub column: usize,
}

/// A file that was read, with its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as messages show it.
    pub path: String,
    /// The text, without a byte order mark.
    pub text: Arc<str>,
    lines: Vec<u32>,
    /// For the sheet of a workbook, its first row and column, from 0: a line is a row, tabs part its cells.
    grid: Option<(u32, u32)>,
}

impl SourceFile {
    /// The position of a byte offset.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let line = self.lines.partition_point(|&start| start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self.text.get(start..end).map_or(0, |s| s.chars().count()) + 1;
        Position { line, column }
    }

    /// The cell of a byte offset in the sheet of a workbook, as offices name it: `D33`.
    #[must_use]
    pub fn cell(&self, offset: u32) -> Option<String> {
        self.grid?;
        let place = self.place(offset);
        Some(cell_name(place.line - 1, place.column - 1))
    }

    /// The workbook and the sheet in it, for a sheet: to messages it is a file of its own, `book.xlsx[sheet]`.
    #[must_use]
    pub fn sheet(&self) -> Option<(&str, &str)> {
        self.grid?;
        self.path.strip_suffix(']')?.rsplit_once('[')
    }

    /// The position of a byte offset; in the sheet of a workbook its row and column.
    #[must_use]
    pub fn place(&self, offset: u32) -> Position {
        let position = self.position(offset);
        let Some((row, column)) = self.grid else { return position };
        let start = self.lines.get(position.line - 1).copied().unwrap_or(0) as usize;
        let upto = (offset as usize).min(self.text.len());
        let tabs = self.text.get(start..upto).map_or(0, |s| s.bytes().filter(|b| *b == b'\t').count());
        Position { line: row as usize + position.line, column: column as usize + tabs + 1 }
    }

    /// The byte offset of a position; the end of the line where the line is shorter, the end of the file after its last line.
    #[must_use]
    pub fn offset(&self, position: Position) -> u32 {
        let Some(&start) = self.lines.get(position.line.saturating_sub(1)) else {
            return u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        };
        let line = self.text.get(start as usize..).unwrap_or("");
        let line = line.split(['\r', '\n']).next().unwrap_or("");
        let within = line.char_indices().nth(position.column.saturating_sub(1)).map_or(line.len(), |(i, _)| i);
        start + u32::try_from(within).unwrap_or(0)
    }
}

/// All source files of a run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Takes in a file.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.take_in(path.into(), text.into(), None)
    }

    /// Takes in the sheet of a workbook as text, a line a row, the cells parted by tabs; `first` is its first row and column,
    /// from 0.
    pub fn add_grid(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>, first: (u32, u32)) -> FileId {
        self.take_in(path.into(), text.into(), Some(first))
    }

    fn take_in(&mut self, path: String, text: Arc<str>, grid: Option<(u32, u32)>) -> FileId {
        let starts = text.match_indices('\n').map(|(i, _)| u32::try_from(i + 1).unwrap_or(u32::MAX));
        let lines = std::iter::once(0).chain(starts).collect();
        self.files.push(SourceFile { path, text, lines, grid });
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// Takes in files as another run has.
    pub fn extend(&mut self, files: impl IntoIterator<Item = SourceFile>) {
        self.files.extend(files);
    }

    /// All files, in the order in which they were taken in.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(u32::try_from(i).unwrap_or(u32::MAX)), f))
    }

    /// A file that was taken in.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).and_then(|f| f.text.get(span.start as usize..span.end as usize)).unwrap_or("")
    }
}

/// A cell as offices name it, by its row and column from 0: `D33`.
#[must_use]
pub fn cell_name(row: usize, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The letters of a column, from 0: A … Z, AA ….
fn letters(index: usize) -> String {
    let (mut rest, mut letters) = (index + 1, Vec::new());
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
