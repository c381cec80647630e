//! The cells of a sheet of an OpenDocument workbook: each has its value, and as text what its office shows of it.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use super::super::area::CellRange;
use super::super::cells::{CellContent, Grids};
use super::super::doubt::Doubt;
use super::super::raised::RaisedText;
use super::xml::{OdsXml, attribute};
use crate::model::Shift;

/// A cell or a row that is written once can stand for so many of them. Whole columns that are filled down to the last row are
/// a slip, not data.
const MOST_COPIES: u64 = 200_000;

/// So many rows that are hidden together are noted: one is enough to tell.
const MOST_HIDDEN: u32 = 1000;

/// A cell, with how often it follows itself.
struct OdsCell {
    column: u32,
    count: u32,
    kind: Box<str>,
    value: Option<Box<str>>,
    shown: RaisedText,
    /// It has a text, be it an empty one.
    has_text: bool,
    formula: Option<Box<str>>,
    style: Option<Box<str>>,
    /// So many columns and rows are one with it.
    spanned: (u32, u32),
}

/// Takes in the cells of a sheet; returns its merged cells.
pub(super) fn read(
    reader: &mut OdsXml<'_>,
    sheet: &str,
    grids: &mut Grids,
) -> Result<Vec<CellRange>, quick_xml::Error> {
    let mut merged = Vec::new();
    let mut within = false;
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut copies = 0_u64;
    let mut style = None;
    let mut struck: BTreeSet<String> = BTreeSet::new();
    let mut shifts: BTreeMap<String, Shift> = BTreeMap::new();
    let mut indents: BTreeMap<String, u8> = BTreeMap::new();
    let mut of_columns: Vec<(u32, String)> = Vec::new();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) if start.name().as_ref() == "style:style" => style = attribute(&start, "style:name"),
            Event::Start(start) if start.name().as_ref() == "style:text-properties" => {
                let line = attribute(&start, "style:text-line-through-style").is_some_and(|line| line != "none");
                struck.extend(style.clone().filter(|_| line));
                let shift = attribute(&start, "style:text-position").and_then(|position| shift_of(&position));
                shifts.extend(style.clone().zip(shift));
            }
            Event::Start(start) if start.name().as_ref() == "style:paragraph-properties" => {
                let steps = attribute(&start, "fo:margin-left").and_then(|length| steps(&length));
                indents.extend(style.clone().zip(steps));
            }
            Event::Start(start) if start.name().as_ref() == "table:table" => {
                within = attribute(&start, "table:name").as_deref() == Some(sheet);
            }
            Event::End(end) if within && end.name().as_ref() == "table:table" => return Ok(merged),
            Event::Start(start) if within && start.name().as_ref() == "table:table-row" => {
                let count = count(&start, "table:number-rows-repeated");
                if is_hidden(&start) {
                    grids.hidden.rows.extend(row..row.saturating_add(count.min(MOST_HIDDEN)));
                }
                let cells = cells(reader, &shifts)?;
                for cell in &cells {
                    let (columns, rows) = cell.spanned;
                    if columns > 1 || rows > 1 {
                        let to = (row.saturating_add(rows - 1), cell.column.saturating_add(columns - 1));
                        merged.push(((row, cell.column), to));
                    }
                }
                let last = if cells.is_empty() { row } else { row.saturating_add(count) };
                let of_row = attribute(&start, "table:default-cell-style-name");
                for at in row..last {
                    for cell in &cells {
                        // A cell without a style has its row's, or its column's.
                        let of_column =
                            || of_columns.iter().find(|(end, _)| cell.column < *end).map(|(_, style)| &**style);
                        let style = cell.style.as_deref().or(of_row.as_deref()).or_else(of_column).unwrap_or_default();
                        if struck.contains(style) {
                            grids.note(Doubt::Struck, (at, cell.column));
                        }
                        if cell.shown.flat {
                            grids.note(Doubt::Flat, (at, cell.column));
                        }
                        copies += u64::from(cell.count) * u64::from(count > 1 || cell.count > 1);
                        if copies > MOST_COPIES {
                            grids.overflow = true;
                            return Ok(merged);
                        }
                        for column in cell.column..cell.column.saturating_add(cell.count) {
                            grids.add((at, column), cell.content(), None, cell.formula.as_deref());
                            indents.get(style).into_iter().for_each(|steps| grids.indent((at, column), *steps));
                        }
                    }
                }
                row = row.saturating_add(count);
            }
            Event::Start(start) if within && start.name().as_ref() == "table:table-column" => {
                let last = column.saturating_add(count(&start, "table:number-columns-repeated"));
                if is_hidden(&start) {
                    grids.hidden.columns.push((column, last - 1));
                }
                of_columns.push((last, attribute(&start, "table:default-cell-style-name").unwrap_or_default()));
                column = last;
            }
            Event::Eof => return Ok(merged),
            _ => {}
        }
    }
}

/// True for rows and columns that are not shown, by hand or by a filter.
fn is_hidden(start: &BytesStart<'_>) -> bool {
    attribute(start, "table:visibility").is_some_and(|shown| shown != "visible")
}

/// The cells of a row that hold something.
fn cells(reader: &mut OdsXml<'_>, shifts: &BTreeMap<String, Shift>) -> Result<Vec<OdsCell>, quick_xml::Error> {
    let mut cells = Vec::new();
    let mut column = 0_u32;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) => {
                let covered = match start.name().as_ref() {
                    "table:table-cell" => false,
                    "table:covered-table-cell" => true,
                    _ => continue,
                };
                let count = count(&start, "table:number-columns-repeated");
                let text = |name: &str| attribute(&start, name).map(String::into_boxed_str);
                let kind = match text("calcext:value-type") {
                    Some(kind) if &*kind == "error" => Some(kind),
                    _ => text("office:value-type"),
                };
                let value = ["value", "date-value", "time-value", "boolean-value", "string-value"];
                let value = value.iter().find_map(|name| text(&format!("office:{name}")));
                let spans = |name: &str| self::count(&start, name);
                let mut cell = OdsCell {
                    column,
                    count,
                    kind: kind.unwrap_or_default(),
                    value,
                    shown: RaisedText::default(),
                    has_text: false,
                    formula: text("table:formula"),
                    style: text("table:style-name"),
                    spanned: (spans("table:number-columns-spanned"), spans("table:number-rows-spanned")),
                };
                let name = start.name().as_ref().to_owned();
                (cell.shown, cell.has_text) = shown(reader, &name, shifts)?;
                column = column.saturating_add(count);
                let holds = !cell.kind.is_empty() || cell.formula.is_some() || cell.spanned != (1, 1);
                if holds && !covered {
                    cells.push(cell);
                }
            }
            Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(cells),
            Event::Eof => return Ok(cells),
            _ => {}
        }
    }
}

/// How a style sets its characters: `super 58%`, `-33% 58%`.
fn shift_of(position: &str) -> Option<Shift> {
    match position.split_whitespace().next()? {
        "super" => Some(Shift::Raised),
        "sub" => Some(Shift::Lowered),
        height => match height.strip_suffix('%')?.parse::<f64>().ok()? {
            raised if raised > 0.0 => Some(Shift::Raised),
            lowered if lowered < 0.0 => Some(Shift::Lowered),
            _ => None,
        },
    }
}

/// The text of a cell, up to its end, and whether there is any, be it empty: a line a paragraph, without remarks and drawings.
fn shown(
    reader: &mut OdsXml<'_>,
    cell: &str,
    shifts: &BTreeMap<String, Shift>,
) -> Result<(RaisedText, bool), quick_xml::Error> {
    let mut text = RaisedText::default();
    let mut run = String::new();
    let mut open: Vec<Shift> = Vec::new();
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    let mut paragraphs = 0_usize;
    loop {
        buffer.clear();
        let shift = open.last().copied().unwrap_or_default();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) => {
                let name = start.name();
                match name.as_ref() {
                    "text:p" => {
                        depth += 1;
                        if paragraphs > 0 {
                            run.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "text:span" => {
                        text.push(&std::mem::take(&mut run), shift);
                        let own = attribute(&start, "text:style-name").and_then(|style| shifts.get(&style).copied());
                        open.push(own.unwrap_or(shift));
                    }
                    "text:s" => (0..count(&start, "text:c").min(100)).for_each(|_| run.push(' ')),
                    "text:tab" => run.push(' '),
                    "text:line-break" => run.push('\n'),
                    other if other == "office:annotation" || other.starts_with("draw:") => {
                        let end = start.to_end().into_owned();
                        reader.read_to_end_into(end.name(), &mut Vec::new())?;
                    }
                    _ => {}
                }
            }
            Event::Text(part) if depth > 0 => run.push_str(&part.xml10_content()),
            Event::CData(part) if depth > 0 => run.push_str(&part.into_inner()),
            Event::GeneralRef(name) if depth > 0 => match name.resolve_char_ref() {
                Ok(Some(c)) => run.push(c),
                _ => run.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default()),
            },
            Event::End(end) if end.name().as_ref() == "text:span" => {
                text.push(&std::mem::take(&mut run), shift);
                open.pop();
            }
            Event::End(end) if end.name().as_ref() == "text:p" => depth = depth.saturating_sub(1),
            Event::End(end) if end.name().as_ref() == cell => break,
            Event::Eof => break,
            _ => {}
        }
    }
    text.push(&run, Shift::None);
    Ok((text, paragraphs > 0))
}

impl OdsCell {
    fn content(&self) -> CellContent<'_> {
        let shown = &self.shown.text;
        let value = self.value.as_deref();
        match (&*self.kind, value) {
            ("error", _) => CellContent::Error(shown.clone()),
            // LibreOffice keeps what is true or false as a number.
            ("float", Some("0" | "1")) if matches!(shown.as_str(), "TRUE" | "FALSE") => CellContent::Text(shown),
            ("float" | "percentage" | "currency", Some(digits)) => {
                CellContent::Seen { digits, shown: self.has_text.then_some(shown.as_str()) }
            }
            ("date", Some(date)) => CellContent::Dated { date, shown },
            ("boolean", Some(value)) if shown.is_empty() => {
                CellContent::Text(if value == "true" { "TRUE" } else { "FALSE" })
            }
            // A string formula without a result has no text either, and its program stores none.
            ("string", None) if shown.is_empty() && self.formula.is_some() => CellContent::Uncomputed,
            ("", _) if self.formula.is_some() => CellContent::Uncomputed,
            ("string", Some(text)) if shown.is_empty() => CellContent::Text(text),
            _ if self.formula.is_some() && is_error(shown) => CellContent::Error(shown.clone()),
            _ => CellContent::Text(shown),
        }
    }
}

/// True for what an office shows where a formula has no result.
fn is_error(shown: &str) -> bool {
    ["#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"].contains(&shown)
        || shown.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()))
}

/// How many steps a cell with such a blank before it is indented. LibreOffice makes ten points of a step of Excel's.
fn steps(length: &str) -> Option<u8> {
    const UNITS: [(&str, f64); 5] = [("pt", 1.0), ("mm", 72.0 / 25.4), ("cm", 72.0 / 2.54), ("in", 72.0), ("px", 0.75)];
    let (unit, points) = UNITS.into_iter().find(|(unit, _)| length.ends_with(unit))?;
    let steps = (length.trim_end_matches(unit).parse::<f64>().ok()? * points / 10.0).round();
    (1.0..=250.0).contains(&steps).then_some(steps as u8)
}

/// A number of repetitions, at least one.
fn count(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}
