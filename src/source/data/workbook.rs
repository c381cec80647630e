//! Workbooks: their sheets as rows of cells, each cell as the office sees it.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{
    Alignment, DataRef, Font, HorizontalAlignment, Reader, SheetVisible, Style as CellStyle, Xlsx, XlsxFormulaMetadata,
};

use super::area::CellRange;
use super::cells::{CellContent, Grids, Sheet};
use super::day::read_day;
use super::format_code::code;
use super::format_date::number_of;
use super::hidden::of_xlsx;
use super::number_format::CellFormat;
use super::ods::OdsBook;
use super::raised;
use super::xls::XlsBook;
use crate::diagnostic::cell_name;

type XlsxBook = Xlsx<Cursor<Arc<[u8]>>>;

/// The formula of the cell at a row and column.
type CellFormula = ((u32, u32), String);

/// A workbook that is open.
pub(super) enum Workbook {
    /// .xlsx, .xlsm; with the merged cells of the sheet that was read last.
    Xlsx(Box<XlsxBook>, Arc<[u8]>, Vec<CellRange>),
    /// .xls.
    Xls(Box<XlsBook>),
    /// .ods.
    Ods(Box<OdsBook>),
}

impl Workbook {
    /// Opens a workbook: by what it is, as programs that export data name files as they like.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, String> {
        if bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xef\xbb\xbf<") {
            return Err("it is a page of the web; open it in Excel or WPS and save it as .xlsx".to_owned());
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return XlsBook::open(&bytes).map(|book| Self::Xls(Box::new(book)));
        }
        // The first part of an OpenDocument file says what it is.
        if bytes.get(30..).is_some_and(|b| b.starts_with(b"mimetypeapplication/vnd.oasis.opendocument")) {
            return OdsBook::open(bytes).map(|book| Self::Ods(Box::new(book)));
        }
        let bytes: Arc<[u8]> = bytes.into();
        match Xlsx::new(Cursor::new(Arc::clone(&bytes))) {
            Ok(book) => Ok(Self::Xlsx(Box::new(book), bytes, Vec::new())),
            Err(error) => Err(error.to_string()),
        }
    }

    /// The names of its sheets, and whether each is shown.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        match self {
            Self::Xlsx(book, ..) => {
                let sheets = book.sheets_metadata().iter();
                sheets.map(|s| (s.name.clone(), s.visible == SheetVisible::Visible)).collect()
            }
            Self::Xls(book) => book.sheets(),
            Self::Ods(book) => book.sheets().to_vec(),
        }
    }

    /// The sheet and area of a defined name, or all names.
    pub(super) fn defined(&self, name: &str) -> Result<String, Vec<String>> {
        let names = match self {
            Self::Xlsx(book, ..) => book.defined_names(),
            Self::Xls(book) => book.names(),
            Self::Ods(book) => book.names(),
        };
        // Names with a mark before them are Excel's own, such as areas to print.
        let own = || names.iter().filter(|(name, _)| !name.starts_with("_xl"));
        let found = own().find(|(known, _)| known.to_lowercase() == name.to_lowercase());
        match found {
            Some((_, range)) => Ok(range.trim_start_matches('=').to_owned()),
            None => Err(own().map(|(name, _)| name.clone()).collect()),
        }
    }

    /// The sheet and area of a table, its head included, or the names of all tables.
    pub(super) fn table(&mut self, name: &str) -> Result<String, Vec<String>> {
        let book = match self {
            Self::Xlsx(book, ..) => book,
            Self::Xls(_) => return Err(Vec::new()),
            Self::Ods(book) => {
                let found = book.tables().iter().find(|(known, _)| known.to_lowercase() == name.to_lowercase());
                let all = || book.tables().iter().map(|(name, _)| name.clone()).collect();
                return found.map(|(_, range)| range.clone()).ok_or_else(all);
            }
        };
        if book.load_tables().is_err() {
            return Err(Vec::new());
        }
        let known: Vec<String> = book.table_names().into_iter().cloned().collect();
        let Some(name) = known.iter().find(|k| k.to_lowercase() == name.to_lowercase()) else { return Err(known) };
        let Ok(table) = book.table_by_name(name) else { return Err(known) };
        let (Some(from), Some(to)) = (table.data().start(), table.data().end()) else { return Err(known) };
        let cell = |(row, column): (u32, u32)| cell_name(row as usize, column as usize);
        Ok(format!("{}!{}:{}", table.sheet_name(), cell((from.0.saturating_sub(1), from.1)), cell(to)))
    }

    /// The cells of a sheet that hold something.
    pub(super) fn cells(&mut self, name: &str, area: Option<CellRange>) -> Result<Sheet, String> {
        let mut grids = Grids::new(area);
        match self {
            Self::Xlsx(book, bytes, merged) => {
                let parts = of_xlsx(bytes, name);
                (grids.hidden, *merged) = (parts.hidden, parts.merged);
                grids.raised = raised::of_xlsx(bytes, name, parts.raised);
                xlsx(book, name, parts.formulas, &mut grids).map_err(|e| e.to_string())?;
            }
            Self::Xls(book) => book.cells(name, &mut grids)?,
            Self::Ods(book) => book.cells(name, &mut grids)?,
        }
        Ok(grids.finish())
    }

    /// The merged cells of the sheet that was read last.
    pub(super) fn merged(&self, name: &str) -> Vec<CellRange> {
        match self {
            Self::Xlsx(_, _, merged) => merged.clone(),
            Self::Xls(book) => book.merged(name),
            Self::Ods(book) => book.merged(name),
        }
    }
}

/// One pass over values and formats, and one over formulas where the sheet has any.
fn xlsx(book: &mut XlsxBook, name: &str, formulas: bool, grids: &mut Grids) -> Result<(), calamine::XlsxError> {
    let later = book.has_1904_epoch();
    let formulas = if formulas { formulas_of(book, name)? } else { Vec::new() };
    let mut reader = book.worksheet_cells_reader(name)?;
    grids.formats = reader
        .styles()
        .iter()
        .map(|style| match &style.number_format {
            Some(format) => CellFormat::parse(code(format.format_id, &format.format_code)),
            None => CellFormat::parse("General"),
        })
        .collect();
    grids.codes = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map(|f| f.format_code.clone()).unwrap_or_default())
        .collect();
    let struck = reader.styles().iter().map(|style| style.font.as_ref().is_some_and(Font::has_strikethrough));
    grids.struck = (0..).zip(struck).filter(|(_, struck)| *struck).map(|(style, _)| style).collect();
    let indent = |style: &CellStyle| style.alignment.as_ref().map_or(0, indent_of);
    grids.indents = (0..).zip(reader.styles().iter().map(indent)).filter(|(_, steps)| *steps > 0).collect();
    grids.epoch = if later { 1462 } else { 0 };
    // The styles that say something.
    let says: Vec<bool> = (0..)
        .zip(&grids.formats)
        .map(|(style, format)| {
            grids.struck.contains(&style)
                || grids.indents.contains_key(&style)
                || format.as_ref().is_none_or(|f| !f.is_general())
        })
        .collect();
    let mut formulas = formulas.into_iter().peekable();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let at = cell.get_position();
        let formula = formulas.next_if(|(place, _)| *place == at).map(|(_, formula)| formula);
        let style = says.get(style).filter(|says| **says).and_then(|_| u32::try_from(style).ok());
        let found = match cell.get_value() {
            DataRef::Empty if formula.is_some() => CellContent::Uncomputed,
            DataRef::Empty => continue,
            DataRef::SharedString(text) => CellContent::Text(text),
            DataRef::Int(number) => CellContent::Whole(*number),
            DataRef::Float(number) => CellContent::Float(*number),
            DataRef::Bool(value) => CellContent::Text(if *value { "TRUE" } else { "FALSE" }),
            DataRef::DateTime(value) => CellContent::Float(value.as_f64()),
            // Strict workbooks write a day; its format says how it is shown.
            DataRef::DateTimeIso(text) => match style.and_then(|_| serial(text, grids.epoch)) {
                Some(number) => CellContent::Float(number),
                None => CellContent::Text(text),
            },
            DataRef::String(text) | DataRef::DurationIso(text) => CellContent::Text(text),
            DataRef::Error(error) => CellContent::Error(error.to_string()),
        };
        grids.add(at, found, style, formula.as_deref());
    }
    Ok(())
}

/// The formulas of a sheet, in the order in which its cells come. One that is filled down is given where it begins.
fn formulas_of(book: &mut XlsxBook, name: &str) -> Result<Vec<CellFormula>, calamine::XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut formulas = Vec::new();
    while let Some(record) = reader.next_cell_with_formula_metadata()? {
        match record.formula {
            Some(XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. }) => {
                formulas.push((record.pos, formula));
            }
            Some(_) => formulas.push((record.pos, String::new())),
            None => {}
        }
    }
    Ok(formulas)
}

/// The number of a day that is written as 2024-01-08T12:00:00. `epoch`: what the workbook adds to its numbers.
fn serial(text: &str, epoch: i64) -> Option<f64> {
    let day = read_day(text.split('.').next()?)?;
    Some((number_of(day.date) - epoch) as f64 + f64::from(day.seconds) / 86_400.0)
}

/// How many steps a style indents a text: only from the left, where levels are.
fn indent_of(alignment: &Alignment) -> u8 {
    match alignment.horizontal {
        HorizontalAlignment::Left | HorizontalAlignment::General | HorizontalAlignment::Justify => {
            alignment.indent.unwrap_or(0)
        }
        _ => 0,
    }
}
