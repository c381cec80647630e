//! Cells of a sheet that are found one by one, to rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::area::CellRange;
use super::cell_value::CellValue;
use super::datum::{Datum, Day, Entry};
use super::day::read_day;
use super::decimal::Decimal;
use super::delimited::lines;
use super::doubt::Doubt;
use super::format_date::date_of;
use super::grid::tidy;
use super::grid::{CellLead, DataGrid, DataRow, Merged};
use super::hidden::HiddenParts;
use super::number_format::{CellFormat, Shown};
use super::parts::typed;
use super::raised::RaisedText;
use super::seen::seen;
use crate::diagnostic::{Code, Diagnostic, Sources, Span, cell_name, say};

/// So many empty rows or columns part a cell from the table: it is a stray one.
const GAP: u32 = 100;
/// So many characters of a number without a format are shown in a wide cell.
const GENERAL: usize = 11;
/// The most cells of a sheet.
const MOST_CELLS: usize = 5_000_000;
/// The most bytes that they show.
const MOST_TEXT: usize = 128 << 20;

/// What a cell holds.
pub(super) enum CellContent<'a> {
    /// A text.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// A number, as a binary fraction.
    Float(f64),
    /// A number, written in decimals, with what its office shows of it; None where the file does not say.
    Seen { digits: &'a str, shown: Option<&'a str> },
    /// A day as 2024-01-08, perhaps with a time, and what its office shows of it.
    Dated { date: &'a str, shown: &'a str },
    /// An error such as #DIV/0!.
    Error(String),
    /// A formula of which the file does not hold the result.
    Uncomputed,
}

/// A row, before its sheet is text.
struct SheetRow {
    row: u32,
    cells: Vec<SheetCell>,
}

/// A cell; what it shows is a piece of one text.
struct SheetCell {
    column: u32,
    value: CellValue,
    shown: (u32, u32),
    lead: CellLead,
}

/// Takes in the cells of a sheet.
pub(super) struct Grids {
    area: Option<CellRange>,
    /// The formats of cells, by the number of their style; None for one that is not known.
    pub formats: Vec<Option<CellFormat>>,
    /// How the formats are written.
    pub codes: Vec<String>,
    /// The styles that are struck through, by their number.
    pub struck: BTreeSet<u32>,
    /// The texts that have raised or lowered characters in them, by their cell.
    pub raised: BTreeMap<(u32, u32), RaisedText>,
    /// The styles that indent their text, and by how many steps.
    pub indents: BTreeMap<u32, u8>,
    /// What workbooks from 1904 add to a day number.
    pub epoch: i64,
    rows: Vec<SheetRow>,
    count: usize,
    /// What the cells show, one after the other.
    text: String,
    doubts: Vec<(Doubt, u32, u32)>,
    /// What the sheet does not show.
    pub hidden: HiddenParts,
    /// True when there are more cells than are read.
    pub overflow: bool,
}

/// The cells of a sheet.
pub(super) struct Sheet {
    rows: Vec<SheetRow>,
    text: String,
    doubts: Vec<(Doubt, u32, u32)>,
    /// A cell far from the others, which is left out.
    stray: Option<(u32, u32)>,
    /// True when there are more cells than are read.
    pub overflow: bool,
}

impl Grids {
    pub(super) fn new(area: Option<CellRange>) -> Self {
        Self {
            area,
            formats: Vec::new(),
            codes: Vec::new(),
            struck: BTreeSet::new(),
            raised: BTreeMap::new(),
            indents: BTreeMap::new(),
            epoch: 0,
            rows: Vec::new(),
            count: 0,
            text: String::new(),
            doubts: Vec::new(),
            hidden: HiddenParts::default(),
            overflow: false,
        }
    }

    fn push(&mut self, (row, column): (u32, u32), value: CellValue, shown: &str) {
        let start = clip(self.text.len());
        self.text.push_str(shown);
        let cell = SheetCell { column, value, shown: (start, clip(self.text.len())), lead: CellLead::default() };
        self.count += 1;
        match self.rows.last_mut() {
            Some(last) if last.row == row => last.cells.push(cell),
            _ => self.rows.push(SheetRow { row, cells: vec![cell] }),
        }
    }

    /// Takes in a cell.
    pub(super) fn add(
        &mut self,
        (row, column): (u32, u32),
        found: CellContent<'_>,
        style: Option<u32>,
        formula: Option<&str>,
    ) {
        if !self.wants((row, column)) {
            return;
        }
        if self.count >= MOST_CELLS || self.text.len() > MOST_TEXT {
            self.overflow = true;
            return;
        }
        if let Some(formula) = formula {
            self.doubt(formula, row, column);
        }
        if style.is_some_and(|style| self.struck.contains(&style)) {
            self.doubts.push((Doubt::Struck, row, column));
        }
        let at = (row, column);
        match found {
            CellContent::Text(text) => match self.raised.remove(&at) {
                Some(raised) => {
                    if raised.flat {
                        self.note(Doubt::Flat, at);
                    }
                    self.text(at, &raised.text, style);
                }
                None => self.text(at, text, style),
            },
            CellContent::Whole(number) => self.number(Decimal::whole(number), style, at),
            CellContent::Float(number) => match of_binary(number) {
                Some(number) => self.number(number, style, at),
                None => self.push(at, CellValue::Broken("number", number.to_string().into()), &number.to_string()),
            },
            CellContent::Seen { digits, shown } => self.seen(at, digits, shown),
            CellContent::Dated { date, shown } => match read_day(date) {
                Some(day) if shown.is_empty() => {
                    self.push(at, CellValue::Datum(Datum::Day(Arc::new(Day { shown: date.into(), ..day }))), date);
                }
                Some(day) => {
                    let day = Day { shown: tidy(shown).into(), ..day };
                    self.push(at, CellValue::Datum(Datum::Day(Arc::new(day))), &tidy(shown));
                }
                None => self.push(at, CellValue::Broken("format", date.into()), shown),
            },
            CellContent::Error(error) => self.push(at, CellValue::Broken("error", error.as_str().into()), &error),
            CellContent::Uncomputed => self.push(at, CellValue::Broken("uncomputed", "".into()), ""),
        }
    }

    fn wants(&self, (row, column): (u32, u32)) -> bool {
        let within = |((top, left), (bottom, right)): CellRange| {
            (top..=bottom).contains(&row) && (left..=right).contains(&column)
        };
        self.area.is_none_or(within)
    }

    /// Notes what is doubtful about a cell.
    pub(super) fn note(&mut self, doubt: Doubt, at: (u32, u32)) {
        if self.wants(at) {
            self.doubts.push((doubt, at.0, at.1));
        }
    }

    /// Notes that the sheet indents the text of the cell that was taken in last by so many steps.
    pub(super) fn indent(&mut self, at: (u32, u32), steps: u8) {
        let last = self.rows.last_mut().filter(|row| row.row == at.0).and_then(|row| row.cells.last_mut());
        if let Some(cell) = last.filter(|cell| cell.column == at.1) {
            cell.lead = cell.lead.with_steps(steps);
        }
    }

    fn text(&mut self, at: (u32, u32), text: &str, style: Option<u32>) {
        let text = typed(text);
        let lead = CellLead::of(&text);
        let format = style.and_then(|s| self.formats.get(s as usize)).and_then(Option::as_ref);
        let text = format.map_or_else(|| text.to_string(), |format| format.show_text(&text));
        let text = lines(&text);
        if text.is_empty() {
            return;
        }
        if let Some(c) = text.chars().find(|c| c.is_control() && *c != '\n') {
            let code = format!("U+{:04X}", u32::from(c));
            return self.push(at, CellValue::Broken("control", code.into()), "");
        }
        // A row of the sheet is a line of its text.
        self.push(at, CellValue::Datum(Datum::Text(text.as_str().into())), &tidy(&text));
        let steps = style.and_then(|style| self.indents.get(&style)).copied().unwrap_or(0);
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            cell.lead = lead.with_steps(steps);
        }
    }

    /// A number whose office says what it shows.
    fn seen(&mut self, at: (u32, u32), digits: &str, shown: Option<&str>) {
        let number = Decimal::parse(digits).and_then(|number| Decimal::parse(&number.digits(number.needed()?)));
        let Some(number) = number else {
            return self.push(at, CellValue::Broken("number", digits.into()), digits);
        };
        if number.digits(0).trim_start_matches('-').len() > 15 {
            self.doubts.push((Doubt::Long, at.0, at.1));
        }
        let Some(shown) = shown else { return self.number(number, None, at) };
        if shown.trim().is_empty() {
            // Its format hides it: 0.0;; of a negative number.
            let places = number.needed();
            return self.push(at, CellValue::Datum(Datum::Number(number.shown_as(Some(""), places))), "");
        }
        // A minus that the sheet shows by a colour alone is written: print has no colours.
        let coloured = number.absolute().filter(|_| number.is_negative()).and_then(|bare| seen(&bare, shown));
        let (value, shown) = match (seen(&number, shown), coloured.and_then(|bare| bare.places())) {
            (Some(number), _) => (CellValue::Datum(Datum::Number(number)), tidy(shown).into_owned()),
            (None, Some(places)) => {
                let text = format!("-{}", tidy(shown));
                self.doubts.push((Doubt::Coloured, at.0, at.1));
                (CellValue::Datum(Datum::Number(number.shown_as(Some(&text), Some(places)))), text)
            }
            (None, None) => (CellValue::Broken("format", tidy(shown).into()), tidy(shown).into_owned()),
        };
        self.push(at, value, &shown);
    }

    fn number(&mut self, number: Decimal, style: Option<u32>, at: (u32, u32)) {
        let bare = number.needed().map(|places| number.digits(places)).unwrap_or_default();
        if bare.trim_start_matches('-').split('.').next().is_some_and(|whole| whole.len() > 15) {
            self.doubts.push((Doubt::Long, at.0, at.1));
        }
        let format = style.and_then(|style| self.formats.get(style as usize)?.as_ref());
        if format.is_none_or(CellFormat::is_general) && bare.contains('.') && bare.len() > GENERAL {
            self.doubts.push((Doubt::Unrounded, at.0, at.1));
        }
        let Some(style) = style else { return self.push(at, CellValue::Datum(Datum::Number(number)), &bare) };
        let Some(format) = self.formats.get(style as usize).and_then(Option::as_ref) else {
            return self.push(at, CellValue::Broken("format", self.code(style).into()), &bare);
        };
        if format.shows_minus_by_colour(&number) {
            self.doubts.push((Doubt::Coloured, at.0, at.1));
        }
        let (value, shown) = match format.show(&number, self.epoch) {
            Some(Shown::Plain) => (CellValue::Datum(Datum::Number(number)), bare),
            Some(Shown::Digits(places)) => {
                let text = number.digits(places);
                (CellValue::Datum(Datum::Number(number.shown_as(None, Some(places)))), text)
            }
            Some(Shown::Number(text, places)) => {
                (CellValue::Datum(Datum::Number(number.shown_as(Some(&text), Some(places)))), text)
            }
            Some(Shown::Text(text)) => (CellValue::Datum(Datum::Text(text.as_str().into())), text),
            Some(Shown::Date(text)) => match self.day(&number, &text) {
                Some(day) => (CellValue::Datum(Datum::Day(Arc::new(day))), text),
                None => (CellValue::Broken("format", self.code(style).into()), text),
            },
            None => (CellValue::Broken("format", self.code(style).into()), bare),
        };
        self.push(at, value, &shown);
    }

    fn day(&self, number: &Decimal, shown: &str) -> Option<Day> {
        let seconds =
            number.times(&Decimal::whole(86_400))?.round(0, super::decimal::Rounding::HalfUp)?.to_integer()?;
        let date = date_of(seconds / 86_400 + self.epoch)?;
        Some(Day { date, seconds: u32::try_from(seconds % 86_400).ok()?, shown: shown.into() })
    }

    fn code(&self, style: u32) -> &str {
        self.codes.get(style as usize).map_or("", String::as_str)
    }

    fn doubt(&mut self, formula: &str, row: u32, column: u32) {
        let upper = formula.to_ascii_uppercase();
        let volatile = ["TODAY(", "NOW(", "RAND(", "RANDBETWEEN("].iter().any(|f| upper.contains(f));
        let linked = formula.find('[').is_some_and(|at| formula[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
            || upper.contains(".XLS");
        for (doubt, found) in [(Doubt::Volatile, volatile), (Doubt::Linked, linked)] {
            if found {
                self.doubts.push((doubt, row, column));
            }
        }
    }

    /// The cells, those far from all others left out.
    pub(super) fn finish(self) -> Sheet {
        let mut rows = self.rows;
        rows.sort_by_key(|r| r.row);
        rows.dedup_by(|next, before| {
            let same = next.row == before.row;
            if same {
                before.cells.append(&mut next.cells);
            }
            same
        });
        for row in &mut rows {
            row.cells.sort_by_key(|c| c.column);
        }
        let mut stray = None;
        if self.area.is_none() {
            let bottom = last(rows.iter().map(|r| r.row));
            let columns: BTreeSet<u32> = rows.iter().flat_map(|r| r.cells.iter().map(|c| c.column)).collect();
            let right = last(columns.into_iter());
            for row in &mut rows {
                let far = row.cells.iter().find(|c| row.row > bottom || c.column > right);
                stray = stray.or_else(|| far.map(|c| (row.row, c.column)));
                row.cells.retain(|c| row.row <= bottom && c.column <= right);
            }
            rows.retain(|row| !row.cells.is_empty());
        }
        let mut doubts = self.doubts;
        let cells = || rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.row, cell.column)));
        let of_row = cells().find(|(row, _)| self.hidden.rows.contains(row));
        let of_column = cells().find(|(_, column)| self.hidden.has_column(*column));
        for (doubt, cell) in [(Doubt::HiddenRow, of_row), (Doubt::HiddenColumn, of_column)] {
            doubts.extend(cell.map(|(row, column)| (doubt, row, column)));
        }
        Sheet { rows, text: self.text, doubts, stray, overflow: self.overflow }
    }
}

/// The last of rising numbers before a gap.
fn last(numbers: impl Iterator<Item = u32>) -> u32 {
    let mut last = None;
    for at in numbers {
        if last.is_some_and(|last| at > last + GAP) {
            break;
        }
        last = Some(at);
    }
    last.unwrap_or(0)
}

/// The decimal of a binary fraction, in as many digits as it holds for certain; Excel shows no more either.
fn of_binary(number: f64) -> Option<Decimal> {
    const EXACT_DIGITS: usize = 15;
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return Some(Decimal::whole(number as i64));
    }
    let written = Decimal::parse(&format!("{number:.*e}", EXACT_DIGITS - 1))?;
    Decimal::parse(&written.digits(written.needed()?))
}

impl Sheet {
    /// True without a cell.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows of the sheet, taken in as the text of a file: a line a row, the cells parted by tabs. What its office should
    /// know goes to the remarks.
    pub(super) fn grid(
        self,
        sources: &mut Sources,
        path: String,
        remarks: &mut Vec<Diagnostic>,
    ) -> (DataGrid, (u32, u32)) {
        let (top, bottom) = (self.rows.first().map_or(0, |r| r.row), self.rows.last().map_or(0, |r| r.row));
        let left = self.rows.iter().filter_map(|r| r.cells.first()).map(|c| c.column).min().unwrap_or(0);
        let right = self.rows.iter().filter_map(|r| r.cells.last()).map(|c| c.column).max().unwrap_or(0);
        let (text, places) = self.lines((top, left), (bottom, right));
        let file = sources.add_grid(path, text, (top, left));
        let width = (right - left + 1) as usize;
        let span = |row: u32, column: u32| {
            let at = (row.checked_sub(top)?) as usize * width + (column.checked_sub(left)?) as usize;
            let (start, end) = *places.get(at)?;
            Some(Span { file, start, end })
        };
        for (doubt, row, column) in self.first_doubts() {
            remarks.extend(span(row, column).map(|span| doubt.advice(span)));
        }
        if let Some(cell) = self.stray {
            remarks.push(far(cell, Span { file, start: 0, end: 0 }));
        }
        let mut found = self.rows.into_iter().peekable();
        let rows = (top..=bottom).zip(places.chunks(width)).map(|(row, line)| {
            let mut cells = found.next_if(|r| r.row == row).map(|r| r.cells).unwrap_or_default().into_iter().peekable();
            let mut leads = Vec::new();
            let entries = (left..=right).zip(line).map(|(column, &(start, end))| {
                let span = Span { file, start, end };
                match cells.next_if(|c| c.column == column) {
                    Some(cell) => {
                        leads.extend(
                            (cell.lead != CellLead::default()).then_some(((column - left) as usize, cell.lead)),
                        );
                        cell.value.entry(span)
                    }
                    None => Entry { datum: Datum::Null, span: Some(span) },
                }
            });
            let entries: Vec<Entry> = entries.collect();
            let span = Span { file, start: line.first().map_or(0, |p| p.0), end: line.last().map_or(0, |p| p.1) };
            DataRow { cells: entries, span, leads }
        });
        let rows: Vec<DataRow> = rows.collect();
        (DataGrid { file, code: Code::BAD_XLSX, rows, origin: Some((top, left)), merged: Vec::new() }, (top, left))
    }

    /// The rows as lines of text, and the place of every cell in it.
    fn lines(&self, (top, left): (u32, u32), (bottom, right): (u32, u32)) -> (String, Vec<(u32, u32)>) {
        let mut text = String::with_capacity(self.text.len() * 2);
        let mut places = Vec::with_capacity((bottom - top + 1) as usize * (right - left + 1) as usize);
        let mut rows = self.rows.iter().peekable();
        for row in top..=bottom {
            let mut cells = rows.next_if(|r| r.row == row).map_or(&[][..], |r| &r.cells).iter().peekable();
            for column in left..=right {
                if column > left {
                    text.push('\t');
                }
                let start = text.len();
                if let Some(cell) = cells.next_if(|c| c.column == column) {
                    text.push_str(&self.text[cell.shown.0 as usize..cell.shown.1 as usize]);
                }
                places.push((clip(start), clip(text.len())));
            }
            text.push('\n');
        }
        (text, places)
    }

    /// The first of each kind of doubt.
    fn first_doubts(&self) -> Vec<(Doubt, u32, u32)> {
        Doubt::ALL.into_iter().filter_map(|kind| self.doubts.iter().find(|(d, _, _)| *d == kind).copied()).collect()
    }
}

/// Merged cells by their index in the rows of a grid that begins at `first`.
pub(super) fn merged(areas: &[CellRange], first: (u32, u32), grid: &DataGrid) -> Vec<Merged> {
    let width = grid.rows.first().map_or(0, |row| row.cells.len());
    let index =
        |(row, column): (u32, u32)| Some((row.checked_sub(first.0)? as usize, column.checked_sub(first.1)? as usize));
    // A cell beside the rows is none of theirs; one that reaches out of them is cut there.
    let within = |&(row, column): &(usize, usize)| row < grid.rows.len() && column < width;
    let cut = |(row, column): (usize, usize)| (row.min(grid.rows.len() - 1), column.min(width - 1));
    let of = |&(from, to): &CellRange| Some(Merged { from: index(from).filter(within)?, to: cut(index(to)?) });
    areas.iter().filter_map(of).filter(|merged| merged.from != merged.to).collect()
}

fn clip(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A cell far from all others.
fn far((row, column): (u32, u32), span: Span) -> Diagnostic {
    let cell = cell_name(row as usize, column as usize);
    Diagnostic::advice(
        Code::TABLE_SKIPPED,
        span,
        say!("远处的单元格 {cell} 没有当作数据", "the cell {cell}, far from the others, is not taken as data"),
        say!("要用它，用 range 写明；不用的，从表里删去", "to use it, name it by range; else delete it from the sheet"),
    )
}
