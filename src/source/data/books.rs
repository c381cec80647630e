//! Workbooks: which of their sheets and areas the report wants.

use std::sync::Arc;

use super::area::{CellRange, area};
use super::cells::merged;
use super::datum::{Datum, Entry};
use super::options::DataOptions;
use super::sheet::{DataRemark, SheetTable, table};
use super::workbook::Workbook;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::yaml::file::Reading;
use crate::yaml::near::suggestion;

/// A workbook that the report names.
pub(super) struct Book<'a> {
    /// Its path as messages show it.
    pub shown: &'a str,
    /// Where the report names it.
    pub at: Span,
    /// What of it is wanted.
    pub options: &'a DataOptions,
}

/// What a workbook holds.
pub(super) struct BookContents {
    /// A table, or a map of its sheets.
    pub entry: Entry,
    /// Remarks on its tables.
    pub remarks: Vec<DataRemark>,
}

/// A sheet as a table, or what is wrong with it; nothing wrong: it is empty.
type SheetResult = Result<SheetTable, Vec<Diagnostic>>;

impl Book<'_> {
    /// Reads what is wanted: one sheet or area as a table; several sheets as a map of tables, of which those that are not
    /// sound are an error only where they are used.
    pub(super) fn read(&self, reading: &mut Reading<'_>, bytes: Vec<u8>) -> Option<BookContents> {
        let mut book = match Workbook::open(bytes) {
            Ok(book) => book,
            Err(error) => {
                reading.diagnostics.push(self.unusable(&error));
                return None;
            }
        };
        match self.wanted(&mut book) {
            Err(wrong) => {
                reading.diagnostics.push(*wrong);
                None
            }
            Ok(Some((sheet, area))) => match self.sheet(reading, &mut book, &sheet, area) {
                Ok(SheetTable { entry, remarks }) => Some(BookContents { entry, remarks }),
                Err(mut wrong) => {
                    if wrong.is_empty() {
                        wrong.push(self.empty_sheet(&sheet));
                    }
                    reading.diagnostics.append(&mut wrong);
                    None
                }
            },
            Ok(None) => self.all(reading, &mut book),
        }
    }

    /// All sheets that are shown and hold something.
    fn all(&self, reading: &mut Reading<'_>, book: &mut Workbook) -> Option<BookContents> {
        let names: Vec<String> = book.sheets().into_iter().filter(|(_, shown)| *shown).map(|(name, _)| name).collect();
        let mut found: Vec<(Arc<str>, SheetResult)> = Vec::new();
        for name in &names {
            let sheet = self.sheet(reading, book, name, None);
            let empty = matches!(&sheet, Err(wrong) if wrong.is_empty());
            if !empty {
                found.push((Arc::from(name.as_str()), sheet));
            }
        }
        match found.len() {
            0 => {
                reading.diagnostics.push(self.unusable("empty"));
                None
            }
            1 => match found.pop()?.1 {
                Ok(SheetTable { entry, remarks }) => Some(BookContents { entry, remarks }),
                Err(mut wrong) => {
                    reading.diagnostics.append(&mut wrong);
                    None
                }
            },
            _ => {
                let mut remarks = Vec::new();
                let mut sheets = Vec::new();
                for (name, sheet) in found {
                    let entry = match sheet {
                        Ok(table) => {
                            remarks.extend(table.remarks);
                            table.entry
                        }
                        Err(wrong) => broken(wrong),
                    };
                    sheets.push((name, entry));
                }
                Some(BookContents { entry: Entry { span: Some(self.at), ..Entry::map(sheets) }, remarks })
            }
        }
    }

    /// One sheet as a table. An error without a message: it holds nothing.
    fn sheet(
        &self,
        reading: &mut Reading<'_>,
        book: &mut Workbook,
        name: &str,
        area: Option<CellRange>,
    ) -> SheetResult {
        let sheet = book.cells(name, area).map_err(|error| vec![self.unusable(&error)])?;
        if sheet.overflow {
            return Err(vec![self.unusable("more than 5,000,000 cells")]);
        }
        if sheet.is_empty() {
            return Err(if area.is_some() { vec![self.empty_area()] } else { Vec::new() });
        }
        let mut remarks = Vec::new();
        let shown = self.shown;
        let (mut grid, first) = sheet.grid(reading.sources, format!("{shown}[{name}]"), &mut remarks);
        grid.merged = merged(&book.merged(name), first, &grid);
        let mut table = table(grid, self.options, self.at)?;
        let about = table.entry.span;
        table.remarks.extend(remarks.into_iter().map(|remark| DataRemark::on(about, remark)));
        Ok(table)
    }

    /// The sheet and area that the options name.
    fn wanted(&self, book: &mut Workbook) -> Result<Option<(String, Option<CellRange>)>, Box<Diagnostic>> {
        let named = match (&self.options.table, &self.options.name) {
            (Some((name, span)), _) => {
                let found = book.table(name);
                Some((found.map_err(|known| Box::new(unknown(("表", "table"), name, *span, &known)))?, *span))
            }
            (None, Some((name, span))) => {
                let found = book.defined(name);
                let word = ("定义的名称", "defined name");
                Some((found.map_err(|known| Box::new(unknown(word, name, *span, &known)))?, *span))
            }
            (None, None) => self.options.range.clone(),
        };
        let sheets: Vec<String> = book.sheets().into_iter().map(|(name, _)| name).collect();
        let known = |name: &str, span: Span| {
            let name = name.trim_matches('\'');
            let found = sheets.iter().find(|known| *known == name).cloned();
            found.ok_or_else(|| Box::new(unknown(("工作表", "sheet"), name, span, &sheets)))
        };
        let Some((range, span)) = named else {
            let Some((sheet, span)) = &self.options.sheet else { return Ok(None) };
            return Ok(Some((known(sheet, *span)?, None)));
        };
        let (sheet, cells) = range.rsplit_once('!').map_or((None, range.as_str()), |(s, c)| (Some(s), c));
        let area = area(cells).ok_or_else(|| {
            Box::new(Diagnostic::error(
                Code::BAD_VALUE,
                span,
                say!("“{range}”不是单元格的范围", "\"{range}\" is no range of cells"),
                say!("写成 B3:F40 或 指标!B3:F40", "write B3:F40 or Sheet1!B3:F40"),
            ))
        })?;
        let sheet = match (sheet, &self.options.sheet) {
            (Some(sheet), Some((other, at))) if known(sheet, span)? != known(other, *at)? => {
                return Err(Box::new(two_sheets(sheet.trim_matches('\''), (other, *at), span)));
            }
            (Some(sheet), _) => known(sheet, span)?,
            (None, Some((sheet, span))) => known(sheet, *span)?,
            (None, None) => {
                let shown: Vec<String> = book.sheets().into_iter().filter(|(_, s)| *s).map(|(n, _)| n).collect();
                match shown.as_slice() {
                    [only] => only.clone(),
                    _ => return Err(Box::new(unknown(("工作表", "sheet"), "", span, &shown))),
                }
            }
        };
        Ok(Some((sheet, Some(area))))
    }

    fn empty_area(&self) -> Diagnostic {
        Diagnostic::error(
            Code::BAD_XLSX,
            self.at,
            say!("这个范围里没有数据", "there is nothing in this range"),
            say!("检查 sheet 和 range", "check sheet and range"),
        )
    }

    fn empty_sheet(&self, name: &str) -> Diagnostic {
        Diagnostic::error(
            Code::BAD_XLSX,
            self.at,
            say!("工作表“{name}”是空的", "the sheet \"{name}\" is empty"),
            say!("检查 sheet 写的是不是有数据的那一张", "check that sheet names the one with the data"),
        )
    }

    fn unusable(&self, error: &str) -> Diagnostic {
        let shown = self.shown;
        Diagnostic::error(
            Code::BAD_XLSX,
            self.at,
            say!("“{shown}”不是能读的工作簿，或者是空的", "\"{shown}\" is no workbook that can be read ({error})"),
            say!(
                "用 Excel 或 WPS 另存为 .xlsx（不加密码），或者存为 .csv",
                "save it as .xlsx without a password, or as .csv"
            ),
        )
    }
}

/// A sheet that is not sound.
fn broken(wrong: Vec<Diagnostic>) -> Entry {
    let first = wrong.into_iter().next();
    Entry {
        span: first.as_ref().and_then(|d| d.span),
        datum: first.map_or(Datum::Null, |d| Datum::Broken(Arc::new(d))),
    }
}

/// `sheet` names another sheet than the area does.
fn two_sheets(sheet: &str, (other, at): (&str, Span), span: Span) -> Diagnostic {
    let error = Diagnostic::error(
        Code::BAD_VALUE,
        span,
        say!(
            "sheet 写的是工作表“{other}”，这里的范围在“{sheet}”",
            "sheet says \"{other}\", and this area is on \"{sheet}\""
        ),
        say!("只写一处，或者改成同一张工作表", "say it once, or name the same sheet"),
    );
    error.with_related(at, say!("sheet 写在这里", "sheet is given here"))
}

fn unknown((zh, en): (&str, &str), name: &str, span: Span, known: &[String]) -> Diagnostic {
    let (near_zh, near_en) = suggestion(name, known.iter().map(String::as_str));
    let all = known.join("、");
    Diagnostic::error(
        Code::BAD_VALUE,
        span,
        if name.is_empty() {
            say!("工作簿里不止一张{zh}", "the workbook has more than one {en}")
        } else {
            say!("工作簿里没有{zh}“{name}”", "the workbook has no {en} \"{name}\"")
        },
        if known.is_empty() {
            say!(
                "这个工作簿里一个也没有；改用 sheet 或 range，例如 range: A1:C9",
                "this workbook has none; name a sheet, or a range such as range: A1:C9"
            )
        } else {
            say!("可用的：{all}{near_zh}", "there are: {all}{near_en}")
        },
    )
}
