//! CSV and TSV files to rows of cells.

use std::sync::Arc;

use super::cell::plain;
use super::datum::{Datum, Entry};
use super::grid::{CellLead, DataGrid, DataRow, bad, tidy};
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
        diagnostics.push(Diagnostic::error(
            Code::CONTROL_CHARACTER,
            span(file, at..at + 1),
            say!("文件里有控制字符 U+{code:04X}", "the file holds the control character U+{code:04X}"),
            say!("删去这个看不见的字符，或者写明 encoding", "remove this invisible character, or say the encoding"),
        ));
        return None;
    }
    if is_page(&text) {
        diagnostics.push(Diagnostic::error(
            Code::BAD_CSV,
            span(file, 0..0),
            say!("这是网页，不是 CSV", "this is a page of the web, not CSV"),
            say!(
                "重新下载；或者用 Excel、WPS 打开，另存为 .xlsx",
                "download it again; or open it in Excel or WPS and save it as .xlsx"
            ),
        ));
        return None;
    }
    let declared = declared(&text);
    let body = declared.map_or(0, |(length, _)| length);
    let separator = match (separator, declared) {
        (_, Some((_, declared))) => declared,
        (Separator::Tab, None) => b'\t',
        (Separator::Found, None) => self::separator(&text),
    };
    if let Some(line) = wide_commas(&text, separator) {
        diagnostics.push(Diagnostic::error(
            Code::BAD_CSV,
            span(file, line),
            say!("各行用全角逗号相隔，不是 CSV", "full-width commas part the cells: this is not CSV"),
            say!("把 ， 换成半角逗号", "write , instead"),
        ));
        return None;
    }
    let mut builder = csv::ReaderBuilder::new();
    let source = &text.as_bytes()[body..];
    let mut reader = builder.has_headers(false).flexible(true).delimiter(separator).from_reader(source);
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {
                let at = body + record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
                match row(file, &text, at, &record, separator) {
                    Ok(row) => {
                        // The reader passes over empty lines; they count where a table begins and ends.
                        let end = rows.last().map_or(body, |last: &DataRow| last.span.end as usize);
                        let own = usize::from(!rows.is_empty());
                        let start = row.span.start as usize;
                        let gap = || DataRow { cells: Vec::new(), span: span(file, end..start), leads: Vec::new() };
                        rows.extend((own..line_ends(text.get(end..start).unwrap_or_default())).map(|_| gap()));
                        rows.push(row);
                    }
                    // A quotation mark that is never closed swallows the rest of the file without an error of the reader.
                    Err(open) => {
                        let message = say!("引号没有配对", "a quotation mark is not closed");
                        diagnostics.push(bad(Code::BAD_CSV, span(file, open..open + 1), message));
                        return None;
                    }
                }
            }
            Ok(false) => break,
            Err(error) => {
                let at = body + error.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
                let message = say!("CSV 写法有误", "this is not CSV ({error})");
                diagnostics.push(bad(Code::BAD_CSV, span(file, at..at), message));
                return None;
            }
        }
    }
    Some(DataGrid { file, code: Code::BAD_CSV, rows, origin: None, merged: Vec::new() })
}

/// True for a page of the web, which some systems hand out under the name of a table.
fn is_page(text: &str) -> bool {
    const TAGS: [&str; 6] = ["<!doctype", "<html", "<head", "<meta", "<table", "<?xml"];
    let start = text.trim_start().as_bytes();
    TAGS.iter().any(|tag| start.get(..tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag.as_bytes())))
}

/// How many lines end in a text.
fn line_ends(text: &str) -> usize {
    text.matches('\n').count().max(text.matches('\r').count())
}

fn span(file: FileId, range: std::ops::Range<usize>) -> Span {
    let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span { file, start: clip(range.start), end: clip(range.end) }
}

/// A first line such as `sep=;`, in which Excel is told what parts the fields: its length and that mark.
fn declared(text: &str) -> Option<(usize, u8)> {
    let line = text.split_inclusive(['\r', '\n']).next()?;
    let mark =
        line.trim_end().strip_prefix("sep=").or_else(|| line.trim_end().strip_prefix("\"sep=")?.strip_suffix('"'))?;
    // A tab at the end is white space too.
    let mark = if mark.is_empty() && line.starts_with("sep=\t") { "\t" } else { mark };
    let [mark] = mark.as_bytes() else { return None };
    mark.is_ascii().then_some((line.len(), *mark))
}

/// What parts the fields of a file: the mark that most of its first lines have, outside quotation marks; commas where several
/// marks are on as many lines.
fn separator(text: &str) -> u8 {
    const MARKS: [u8; 4] = [b',', b'\t', b';', b'|'];
    let mut lines = [0_usize; 4];
    let mut found = [false; 4];
    let (mut quoted, mut before) = (false, b'\n');
    for byte in text.bytes().take(1 << 16) {
        let begins = matches!(before, b'\r' | b'\n') || MARKS.contains(&before);
        before = byte;
        match byte {
            b'"' if quoted || begins => quoted = !quoted,
            b'\r' | b'\n' if !quoted => {
                for (count, found) in lines.iter_mut().zip(&mut found) {
                    *count += usize::from(std::mem::take(found));
                }
            }
            _ => {
                if let Some(at) = MARKS.iter().position(|mark| *mark == byte && !quoted) {
                    found[at] = true;
                }
            }
        }
    }
    for (count, found) in lines.iter_mut().zip(found) {
        *count += usize::from(found);
    }
    let most = lines.iter().copied().max().unwrap_or(0);
    MARKS.into_iter().zip(lines).find(|(_, count)| *count == most).map_or(b',', |(mark, _)| mark)
}

/// The first line of a file whose lines have as many full-width commas each, and nothing else that parts them.
fn wide_commas(text: &str, separator: u8) -> Option<std::ops::Range<usize>> {
    if text.as_bytes().contains(&separator) {
        return None;
    }
    let mut lines = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty());
    let count = |line: &str| line.matches('，').count();
    let first = lines.next()?;
    let second = lines.next()?;
    let wide = count(first) > 0 && count(second) == count(first) && lines.all(|line| count(line) == count(first));
    let start = text.find(first).filter(|_| wide)?;
    Some(start..start + first.len())
}

/// The fields of a record with their places, found by walking the record from its first byte; or where a quotation mark is that
/// nothing closes. A mark that is not the first character of a field is a character like others: 12" is twelve inches.
fn row(file: FileId, text: &str, start: usize, record: &csv::StringRecord, separator: u8) -> Result<DataRow, usize> {
    let bytes = text.as_bytes();
    let mut at = start;
    // The position of a record may lie on the line end before it.
    while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    let begin = at;
    let mut cells = Vec::with_capacity(record.len());
    let mut leads = Vec::new();
    for field in record {
        let from = at;
        let mut quoted = bytes.get(at) == Some(&b'"');
        at += usize::from(quoted);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                // Two stand for one; after a single one the field goes on as if it had none.
                b'"' if quoted && bytes.get(at + 1) == Some(&b'"') => at += 1,
                b'"' if quoted => quoted = false,
                b'\r' | b'\n' if !quoted => break,
                _ if byte == separator && !quoted => break,
                _ => {}
            }
            at += 1;
        }
        if quoted {
            return Err(from);
        }
        // One line that nothing has to be taken from, as nearly all cells are.
        let as_is = field.trim() == field && !field.contains(['\r', '\n', '\t', '\u{b}']);
        // Systems write codes for Excel as formulas, ="007", so that they keep their zeros.
        let code = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).filter(|rest| !rest.contains('"'));
        let datum = if let Some(code) = code {
            Datum::Text(code.into())
        } else if as_is {
            plain(field)
        } else {
            let lead = CellLead::of(field);
            leads.extend((lead != CellLead::default()).then_some((cells.len(), lead)));
            plain(&lines(field))
        };
        cells.push(Entry { datum, span: Some(span(file, from..at)) });
        at += 1;
    }
    Ok(DataRow { cells, span: span(file, begin..at.saturating_sub(1).max(begin)), leads })
}

/// The text of a cell with its lines, as Alt+Enter parts them: one line feed between two that hold something.
pub(super) fn lines(text: &str) -> String {
    let parts = text.split(['\r', '\n', '\u{b}']).map(tidy).filter(|line| !line.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}
