//! CSV and TSV files to rows of cells.

use std::sync::Arc;

use super::cell::plain;
use super::datum::Entry;
use super::grid::{DataGrid, DataRow, bad, tidy};
use crate::diagnostic::{Code, Diagnostic, FileId, Sources, Span, say};

/// What parts the fields of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    /// Tabs.
    Tab,
    /// What its first lines have.
    Found,
}

/// Reads a file of fields that commas or tabs part (RFC 4180). What is wrong goes to the diagnostics.
pub(super) fn read(
    sources: &Sources,
    file: FileId,
    separator: Separator,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<DataGrid> {
    let text = Arc::clone(&sources.get(file)?.text);
    if let Some((at, c)) = text.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        let code = u32::from(c);
        let start = u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span { file, start, end: start.saturating_add(1) };
        diagnostics.push(Diagnostic::error(
            Code::CONTROL_CHARACTER,
            span,
            say!("文件里有控制字符 U+{code:04X}", "the file holds the control character U+{code:04X}"),
            say!("删去这个看不见的字符，或者写明 encoding", "remove this invisible character, or say the encoding"),
        ));
        return None;
    }
    let separator = if separator == Separator::Tab { b'\t' } else { self::separator(&text) };
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {
                let at = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
                rows.push(row(file, &text, at, &record, separator));
            }
            Ok(false) => break,
            Err(error) => {
                let at = error.position().map_or(0, |p| u32::try_from(p.byte()).unwrap_or(0));
                let span = Span { file, start: at, end: at };
                diagnostics.push(bad(Code::BAD_CSV, span, say!("CSV 写法有误", "this is not CSV ({error})")));
                return None;
            }
        }
    }
    // A quotation mark that is never closed swallows the rest of the file without an error of the reader.
    let quotes = text.bytes().filter(|&b| b == b'"').count();
    if !quotes.is_multiple_of(2) {
        let at = text.rfind('"').and_then(|i| u32::try_from(i).ok()).unwrap_or(0);
        let span = Span { file, start: at, end: at + 1 };
        diagnostics.push(bad(Code::BAD_CSV, span, say!("引号没有配对", "a quotation mark is not closed")));
        return None;
    }
    Some(DataGrid { file, code: Code::BAD_CSV, rows, merged: Vec::new() })
}

/// Commas part the fields of a CSV file; some programs write semicolons or tabs.
fn separator(text: &str) -> u8 {
    let first: Vec<&str> = text.lines().take(20).collect();
    let lines = |c: char| first.iter().filter(|line| line.contains(c)).count();
    let comma = lines(',') + lines('，');
    match (comma, lines('\t'), lines(';')) {
        (0, tabs, semicolons) if tabs > semicolons => b'\t',
        (0, _, 1..) => b';',
        _ => b',',
    }
}

/// The fields of a record with their places, found by walking the record from its first byte.
fn row(file: FileId, text: &str, start: usize, record: &csv::StringRecord, separator: u8) -> DataRow {
    let bytes = text.as_bytes();
    let mut at = start;
    // The position of a record may lie on the line end before it.
    while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    let begin = at;
    let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut cells = Vec::with_capacity(record.len());
    for field in record {
        let from = at;
        let mut quoted = false;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => quoted = !quoted,
                b'\r' | b'\n' if !quoted => break,
                _ if byte == separator && !quoted => break,
                _ => {}
            }
            at += 1;
        }
        let span = Span { file, start: clip(from), end: clip(at) };
        // One line that nothing has to be taken from, as nearly all cells are.
        let as_is = field.trim() == field && !field.contains(['\r', '\n', '\t', '\u{b}']);
        let datum = if as_is { plain(field) } else { plain(&lines(field)) };
        cells.push(Entry { datum, span: Some(span) });
        at += 1;
    }
    DataRow { cells, span: Span { file, start: clip(begin), end: clip(at.saturating_sub(1).max(begin)) } }
}

/// The text of a cell with its lines, as Alt+Enter parts them: one line feed between two that hold something.
pub(super) fn lines(text: &str) -> String {
    let parts = text.split(['\r', '\n', '\u{b}']).map(tidy).filter(|line| !line.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}
