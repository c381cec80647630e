//! Tables of data: CSV and Excel files. The first row names the columns; every further row is a map.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use time::Duration;
use time::macros::{date, datetime};

use super::datum::{Datum, Day, Entry, Map};
use super::day::read_day;
use super::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic, FileId, Message, Span, say};
use crate::yaml::file::Reading;

/// A binary fraction holds so many decimal digits for certain; Excel shows no more either.
const EXACT_DIGITS: usize = 15;

/// Reads a CSV file (RFC 4180, UTF-8). What is wrong goes to the diagnostics; `None` when anything is.
pub(in crate::source) fn read_csv(reading: &mut Reading<'_>, file: FileId) -> Option<Entry> {
    let text = Arc::clone(&reading.sources.get(file)?.text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<(String, Span)>> = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let at = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
                rows.push(fields(file, &text, at, &record));
            }
            Err(error) => {
                let at = error.position().map_or(0, |p| u32::try_from(p.byte()).unwrap_or(0));
                let span = Span { file, start: at, end: at };
                bad(reading, Code::BAD_CSV, span, say!("CSV 写法有误（{error}）", "this is not CSV ({error})"));
                return None;
            }
        }
    }
    let whole = Span { file, start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
    // A quotation mark that is never closed swallows the rest of the file without an error of the reader.
    let quotes = text.bytes().filter(|&b| b == b'"').count();
    if !quotes.is_multiple_of(2) {
        let at = text.rfind('"').and_then(|i| u32::try_from(i).ok()).unwrap_or(0);
        let span = Span { file, start: at, end: at + 1 };
        bad(reading, Code::BAD_CSV, span, say!("引号没有配对", "a quotation mark is not closed"));
        return None;
    }
    let rows = rows.into_iter().map(|row| row.into_iter().map(|(text, span)| (cell(&text, span), span)).collect());
    table(reading, Code::BAD_CSV, rows.collect(), whole)
}

/// The fields of a record with their places, found by walking the record from its first byte.
fn fields(file: FileId, text: &str, start: usize, record: &csv::StringRecord) -> Vec<(String, Span)> {
    let bytes = text.as_bytes();
    let mut at = start;
    // The position of a record may lie on the line end before it.
    while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut all = Vec::with_capacity(record.len());
    for field in record {
        let from = at;
        let mut quoted = false;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => quoted = !quoted,
                b',' | b'\r' | b'\n' if !quoted => break,
                _ => {}
            }
            at += 1;
        }
        all.push((field.trim().to_owned(), Span { file, start: clip(from), end: clip(at) }));
        at += 1;
    }
    all
}

fn cell(text: &str, span: Span) -> Entry {
    Entry { datum: datum(text), span: Some(span) }
}

/// A number where the text is plainly one; 007 and 1e5 stay text, as codes and names.
fn datum(text: &str) -> Datum {
    if text.is_empty() {
        return Datum::Null;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && (digits == "0" || digits.starts_with("0.") || !digits.starts_with('0'));
    match Decimal::parse(text).filter(|_| plain) {
        Some(figure) => Datum::Number(figure),
        None => Datum::Text(text.into()),
    }
}

/// Rows to a list of maps.
fn table(reading: &mut Reading<'_>, code: Code, rows: Vec<Vec<(Entry, Span)>>, whole: Span) -> Option<Entry> {
    let before = reading.diagnostics.len();
    let mut rows = rows.into_iter().filter(|row| row.iter().any(|(e, _)| !matches!(e.datum, Datum::Null)));
    let Some(head) = rows.next() else {
        let span = Span { end: whole.start, ..whole };
        bad(reading, code, span, say!("数据表是空的", "the table is empty"));
        return None;
    };
    let mut names: Vec<Arc<str>> = Vec::with_capacity(head.len());
    let mut seen: BTreeMap<Arc<str>, Span> = BTreeMap::new();
    for (entry, span) in &head {
        let name: Arc<str> = match &entry.datum {
            Datum::Text(text) => Arc::clone(text),
            Datum::Number(number) => number.print().unwrap_or_default().into(),
            _ => "".into(),
        };
        if name.is_empty() {
            bad(reading, code, *span, say!("有一栏没有名称", "a column has no name"));
        } else if let Some(&first) = seen.get(&name) {
            reading.diagnostics.push(
                Diagnostic::error(
                    code,
                    *span,
                    say!("栏名“{name}”重复", "the column name \"{name}\" is given twice"),
                    say!("第一行写栏名，各不相同", "the first row names the columns, each once"),
                )
                .with_related(first, say!("第一次写在这里", "first given here")),
            );
        }
        seen.insert(Arc::clone(&name), *span);
        names.push(name);
    }
    let names: Arc<[Arc<str>]> = names.into();
    let mut entries = Vec::new();
    for row in rows {
        let (found, wanted) = (row.len(), names.len());
        let span = row.first().map_or(whole, |(_, s)| row.last().map_or(*s, |(_, e)| s.to(*e)));
        if found != wanted {
            let message = say!(
                "这一行有 {found} 格，第一行有 {wanted} 栏",
                "this row has {found} cells, the first row {wanted} columns"
            );
            bad(reading, code, span, message);
            continue;
        }
        let map = Map { keys: Arc::clone(&names), values: row.into_iter().map(|(entry, _)| entry).collect() };
        entries.push(Entry { datum: Datum::Map(Arc::new(map)), span: Some(span) });
    }
    (reading.diagnostics.len() == before).then(|| Entry { datum: Datum::List(entries.into()), span: Some(whole) })
}

fn bad(reading: &mut Reading<'_>, code: Code, span: Span, message: Message) {
    let hint = say!(
        "第一行写栏名，各不相同；以下每行格数相同；格里有逗号或引号的，整格放进引号",
        "the first row names the columns, each once; all rows have as many cells; quote a cell that holds a comma or quotation mark"
    );
    reading.diagnostics.push(Diagnostic::error(code, span, message, hint));
}

/// Reads an Excel file: its one sheet that holds anything as a list of rows, several as a map of them.
///
/// An Excel file has no lines to point at: each sheet is taken in as text, a line a row, the cells parted by tabs.
pub(in crate::source) fn read_xlsx(reading: &mut Reading<'_>, shown: &str, bytes: Vec<u8>, at: Span) -> Option<Entry> {
    let unusable = |error: &dyn std::fmt::Display| {
        Diagnostic::error(
            Code::BAD_XLSX,
            at,
            say!(
                "“{shown}”不是能读的 Excel 文件（{error}）",
                "\"{shown}\" is no Excel file that can be read ({error})"
            ),
            say!("用 Excel 另存为 .xlsx（不加密码），或者存为 .csv", "save it as .xlsx without a password, or as .csv"),
        )
    };
    let mut book = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(error) => {
            reading.diagnostics.push(unusable(&error));
            return None;
        }
    };
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = match book.worksheet_range(&name) {
            Ok(range) => range,
            Err(error) => {
                reading.diagnostics.push(unusable(&error));
                return None;
            }
        };
        if !range.is_empty() {
            let entry = sheet(reading, shown, &name, &range)?;
            sheets.push((Arc::from(name.as_str()), entry));
        }
    }
    match sheets.len() {
        0 => {
            reading.diagnostics.push(unusable(&"empty"));
            None
        }
        1 => sheets.pop().map(|(_, entry)| entry),
        _ => Some(Entry { span: Some(at), ..Entry::map(sheets) }),
    }
}

fn sheet(reading: &mut Reading<'_>, shown: &str, name: &str, range: &calamine::Range<Data>) -> Option<Entry> {
    // The used range may begin below the first row; its rows keep the numbers that Excel shows.
    let skipped = range.start().map_or(0, |(row, _)| row as usize);
    let mut text = "\n".repeat(skipped);
    let mut rows = Vec::new();
    let mut errors = Vec::new();
    for row in range.rows() {
        let mut cells = Vec::new();
        for (i, data) in row.iter().enumerate() {
            if i > 0 {
                text.push('\t');
            }
            let start = text.len();
            let printed = printed(data);
            text.push_str(&printed.replace(['\t', '\r', '\n'], " "));
            if let Data::Error(error) = data {
                errors.push((start, text.len(), error.to_string()));
            }
            let number = matches!(data, Data::Int(_) | Data::Float(_));
            let day = if matches!(data, Data::DateTime(_)) { read_day(&printed) } else { None };
            cells.push((printed, number, day, start, text.len()));
        }
        text.push('\n');
        rows.push(cells);
    }
    let length = text.len();
    let first = range.start().map_or(0, |(_, column)| column);
    let file = reading.sources.add_grid(format!("{shown}[{name}]"), text, (0, first));
    let span = |start: usize, end: usize| {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: clip(start), end: clip(end) }
    };
    for (start, end, error) in &errors {
        bad(
            reading,
            Code::BAD_XLSX,
            span(*start, *end),
            say!("单元格里是错误值 {error}", "a cell holds the error {error}"),
        );
    }
    let entry = |(printed, number, day, start, end): (String, bool, Option<Day>, usize, usize)| {
        let datum = match (Decimal::parse(&printed).filter(|_| number), day) {
            (Some(number), _) => Datum::Number(number),
            (None, Some(day)) => Datum::Day(Arc::new(Day { shown: printed.into(), ..day })),
            _ if printed.is_empty() => Datum::Null,
            _ => Datum::Text(printed.into()),
        };
        let span = span(start, end);
        (Entry { datum, span: Some(span) }, span)
    };
    let rows: Vec<Vec<_>> = rows.into_iter().map(|row| row.into_iter().map(entry).collect()).collect();
    let entry = table(reading, Code::BAD_XLSX, rows, span(0, length))?;
    errors.is_empty().then_some(entry)
}

/// A cell as it is printed.
fn printed(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => decimal(*number),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(value) if value.is_datetime() => date(value.as_f64()),
        Data::DateTime(value) => decimal(value.as_f64()),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}

/// The decimal that a cell's binary fraction stands for.
fn decimal(number: f64) -> String {
    let scientific = format!("{number:.*e}", EXACT_DIGITS - 1);
    let value = Decimal::parse(&scientific);
    value.and_then(|v| v.needed().map(|places| v.digits(places))).unwrap_or_else(|| number.to_string())
}

/// A day number of Excel as `2024-01-08`, with the time where there is one.
fn date(serial: f64) -> String {
    let minutes = (serial * 24.0 * 60.0).round();
    // From Excel's first day to the end of year 9999.
    if !(0.0..=4_259_664_000.0).contains(&minutes) {
        return serial.to_string();
    }
    let Some(time) = datetime!(1899-12-30 00:00).checked_add(Duration::minutes(minutes as i64)) else {
        return serial.to_string();
    };
    let (day, clock) = (time.date(), time.time());
    let shown = if day < date!(1900 - 03 - 01) { day.saturating_add(Duration::DAY) } else { day };
    let shown = format!("{:04}-{:02}-{:02}", shown.year(), u8::from(shown.month()), shown.day());
    if clock.hour() == 0 && clock.minute() == 0 {
        shown
    } else {
        format!("{shown} {:02}:{:02}", clock.hour(), clock.minute())
    }
}
