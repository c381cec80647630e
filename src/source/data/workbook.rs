//! Workbooks: their sheets as rows of cells, each cell as the office sees it.

use std::io::Cursor;

use calamine::{Data, DataRef, Ods, Reader, SheetVisible, Xls, Xlsx, XlsxFormulaMetadata};

use super::cells::{CellContent, CellRange, Grids, Sheet};
use super::format_code::code;
use super::number_format::CellFormat;

/// A binary fraction holds so many decimal digits for certain; Excel shows no more either.
const EXACT_DIGITS: usize = 15;

/// A workbook that is open.
pub(super) enum Workbook {
    /// .xlsx, .xlsm.
    Xlsx(Box<Xlsx<Cursor<Vec<u8>>>>),
    /// .xls.
    Xls(Box<Xls<Cursor<Vec<u8>>>>),
    /// .ods.
    Ods(Box<Ods<Cursor<Vec<u8>>>>),
}

impl Workbook {
    /// Opens a workbook.
    pub(super) fn open(kind: &str, bytes: Vec<u8>) -> Result<Self, String> {
        let bytes = Cursor::new(bytes);
        match kind {
            "xls" => Xls::new(bytes).map(|book| Self::Xls(Box::new(book))).map_err(|e| e.to_string()),
            "ods" => Ods::new(bytes).map(|book| Self::Ods(Box::new(book))).map_err(|e| e.to_string()),
            _ => Xlsx::new(bytes).map(|book| Self::Xlsx(Box::new(book))).map_err(|e| e.to_string()),
        }
    }

    /// The names of its sheets, and whether each is shown.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        sheets.iter().map(|s| (s.name.clone(), s.visible == SheetVisible::Visible)).collect()
    }

    /// True where the formats of cells are known.
    pub(super) fn has_formats(&self) -> bool {
        matches!(self, Self::Xlsx(_))
    }

    /// The sheet and area of a defined name.
    pub(super) fn defined(&self, name: &str) -> Option<String> {
        let names = match self {
            Self::Xlsx(book) => book.defined_names(),
            Self::Xls(book) => book.defined_names(),
            Self::Ods(book) => book.defined_names(),
        };
        names.iter().find(|(known, _)| known == name).map(|(_, formula)| formula.trim_start_matches('=').to_owned())
    }

    /// The sheet and area of a table, its head included, and the names of all tables.
    pub(super) fn table(&mut self, name: &str) -> Result<(String, CellRange), Vec<String>> {
        let Self::Xlsx(book) = self else { return Err(Vec::new()) };
        if book.load_tables().is_err() {
            return Err(Vec::new());
        }
        let known: Vec<String> = book.table_names().into_iter().cloned().collect();
        match book.table_by_name(name) {
            Ok(table) => match (table.data().start(), table.data().end()) {
                (Some((row, column)), Some(end)) => {
                    Ok((table.sheet_name().to_owned(), ((row.saturating_sub(1), column), end)))
                }
                _ => Err(known),
            },
            Err(_) => Err(known),
        }
    }

    /// The cells of a sheet that hold something.
    pub(super) fn cells(&mut self, name: &str, area: Option<CellRange>) -> Result<Sheet, String> {
        let mut grids = Grids::new(area);
        match self {
            Self::Xlsx(book) => xlsx(book, name, &mut grids).map_err(|e| e.to_string())?,
            Self::Xls(book) => range(&book.worksheet_range(name).map_err(|e| e.to_string())?, &mut grids),
            Self::Ods(book) => range(&book.worksheet_range(name).map_err(|e| e.to_string())?, &mut grids),
        }
        Ok(grids.finish())
    }

    /// The merged cells of a sheet.
    pub(super) fn merged(&mut self, name: &str) -> Vec<CellRange> {
        let areas = match self {
            Self::Xlsx(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
            Self::Xls(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
            Self::Ods(_) => Vec::new(),
        };
        areas.into_iter().map(|d| (d.start, d.end)).collect()
    }
}

/// One pass over values and formulas, and one over formats where the workbook has any.
fn xlsx(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, grids: &mut Grids) -> Result<(), calamine::XlsxError> {
    let later = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(name)?;
    let formats: Vec<Option<CellFormat>> = reader
        .styles()
        .iter()
        .map(|style| match &style.number_format {
            Some(format) => CellFormat::parse(code(format.format_id, &format.format_code)),
            None => CellFormat::parse("General"),
        })
        .collect();
    let codes: Vec<String> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map(|f| f.format_code.clone()).unwrap_or_default())
        .collect();
    // In the order in which the cells come.
    let mut styled: Vec<((u32, u32), u32)> = Vec::new();
    if formats.iter().any(|format| format.as_ref().is_none_or(|f| !f.is_general())) {
        while let Some((row, column, style)) = reader.next_style_id()? {
            if formats.get(style).is_some_and(|format| format.as_ref().is_none_or(|f| !f.is_general())) {
                styled.push(((row, column), u32::try_from(style).unwrap_or(0)));
            }
        }
    }
    drop(reader);
    let mut reader = book.worksheet_cells_reader(name)?;
    grids.formats = formats;
    grids.codes = codes;
    grids.epoch = if later { 1462 } else { 0 };
    let mut styled = styled.into_iter().peekable();
    while let Some(record) = reader.next_cell_with_formula_metadata()? {
        let formula = record.formula.as_ref().map(|formula| match formula {
            XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula.as_str(),
            _ => "",
        });
        let style = styled.next_if(|(at, _)| *at == record.pos).map(|(_, style)| style);
        let found = match &record.value {
            DataRef::Empty if formula.is_some() => CellContent::Uncomputed,
            DataRef::Empty => continue,
            DataRef::SharedString(text) => CellContent::Text(text),
            DataRef::Int(number) => CellContent::Number(number.to_string()),
            DataRef::Float(number) => CellContent::Number(decimal(*number)),
            DataRef::Bool(value) => CellContent::Text(if *value { "TRUE" } else { "FALSE" }),
            DataRef::DateTime(value) => CellContent::Number(decimal(value.as_f64())),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => CellContent::Text(text),
            DataRef::Error(error) => CellContent::Error(error.to_string()),
        };
        grids.add(record.pos, found, style, formula);
    }
    Ok(())
}

/// Cells of a reader that knows no formats.
fn range(range: &calamine::Range<Data>, grids: &mut Grids) {
    let Some((first_row, first_column)) = range.start() else { return };
    grids.formats = vec![CellFormat::parse("General"), CellFormat::parse("yyyy-mm-dd"), CellFormat::parse("[h]:mm")];
    for (row, column, data) in range.used_cells() {
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let at = (first_row + place(row), first_column + place(column));
        let (found, style) = match data {
            Data::Empty => continue,
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => (CellContent::Text(text), None),
            Data::Int(number) => (CellContent::Number(number.to_string()), None),
            Data::Float(number) => (CellContent::Number(decimal(*number)), None),
            Data::Bool(value) => (CellContent::Text(if *value { "TRUE" } else { "FALSE" }), None),
            Data::DateTime(value) => {
                (CellContent::Number(decimal(value.as_f64())), Some(if value.is_duration() { 2 } else { 1 }))
            }
            Data::Error(error) => (CellContent::Error(error.to_string()), None),
        };
        grids.add(at, found, style, None);
    }
}

/// The decimal of a cell's binary fraction, in as many digits as it holds for certain.
fn decimal(number: f64) -> String {
    format!("{number:.*e}", EXACT_DIGITS - 1)
}
