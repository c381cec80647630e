//! What a workbook holds beside its sheets: their names, texts, formats and defined names.

use std::collections::{BTreeMap, BTreeSet};

use super::super::area::CellRange;
use super::super::cells::Grids;
use super::super::format_code::chinese;
use super::super::number_format::CellFormat;
use super::cells;
use super::compound::{long, short, stream};
use super::records::XlsRecords;
use super::text::{XlsTexts, shared};
use crate::diagnostic::cell_name;

/// The formats that a workbook names by number alone ([MS-XLS] 2.4.126); [`chinese`] knows those that Chinese offices show in
/// a way of their own.
const BUILT_IN_FORMATS: [(u16, &str); 21] = [
    (0, "General"),
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (9, "0%"),
    (10, "0.00%"),
    (11, "0.00E+00"),
    (12, "# ?/?"),
    (13, "# ??/??"),
    (15, "d-mmm-yy"),
    (16, "d-mmm"),
    (17, "mmm-yy"),
    (18, "h:mm AM/PM"),
    (19, "h:mm:ss AM/PM"),
    (20, "h:mm"),
    (21, "h:mm:ss"),
    (45, "mm:ss"),
    (46, "[h]:mm:ss"),
    (47, "mm:ss.0"),
    (49, "@"),
];
/// In the place of the code of a number that means nothing.
const NO_FORMAT: &str = "built-in";

/// An Excel workbook of the older format.
pub(in super::super) struct XlsBook {
    stream: Vec<u8>,
    sheets: Vec<XlsSheet>,
    names: Vec<(String, String)>,
    texts: XlsTexts,
    shared: Vec<Box<str>>,
    /// How the cells of each style are shown: the code, and what is known of it.
    codes: Vec<String>,
    /// The styles that are struck through.
    struck: BTreeSet<u32>,
    /// The styles that indent their text, and by how many steps.
    indents: BTreeMap<u32, u8>,
    later: bool,
    merged: BTreeMap<String, Vec<CellRange>>,
}

/// A sheet.
struct XlsSheet {
    name: String,
    shown: bool,
    at: usize,
}

/// What one pass over the records finds.
#[derive(Default)]
struct Found {
    sheets: Vec<XlsSheet>,
    names: Vec<(String, Vec<u8>)>,
    /// The sheets that each external reference names, by its number.
    references: Vec<u16>,
    formats: BTreeMap<u16, String>,
    /// The format and the font of each style, and whether each font is struck through.
    styles: Vec<(u16, u16)>,
    /// How many steps each style indents a text.
    indents: Vec<u8>,
    fonts: Vec<bool>,
    shared: Vec<Box<str>>,
    later: bool,
}

impl XlsBook {
    /// Opens a workbook.
    pub(in super::super) fn open(bytes: &[u8]) -> Result<Self, String> {
        let stream = stream(bytes, &["Workbook", "Book"]).ok_or("it is no workbook of Excel 5 to 2003")?;
        let mut texts = XlsTexts::Unicode;
        let mut found = Found::default();
        let mut ended = false;
        for record in XlsRecords::new(&stream, 0) {
            match record.kind {
                0x0a => {
                    ended = true;
                    break;
                }
                0x809 => match short(record.data, 0) {
                    Some(0x600) => texts = XlsTexts::Unicode,
                    Some(0x500) => texts = XlsTexts::page(0),
                    _ => return Err("it was written by a program before Excel 5".to_owned()),
                },
                0x2f => return Err("it has a password".to_owned()),
                0x42 if matches!(texts, XlsTexts::Paged(_)) => {
                    texts = XlsTexts::page(short(record.data, 0).unwrap_or(0));
                }
                0xfc => found.shared = shared(&record),
                kind => found.take(kind, record.data, texts),
            }
        }
        if !ended || found.sheets.is_empty() {
            return Err("it ends early".to_owned());
        }
        let codes = found.styles.iter().map(|(number, _)| found.code(*number)).collect();
        // No font has the number 4 ([MS-XLS] 2.5.129).
        let font = |number: u16| found.fonts.get(usize::from(number - u16::from(number > 4)));
        let struck = (0..).zip(&found.styles).filter(|(_, (_, number))| font(*number) == Some(&true));
        let struck = struck.map(|(style, _)| style).collect();
        let indents = (0..).zip(found.indents.iter().copied()).filter(|(_, steps)| *steps > 0).collect();
        let names = found.names();
        let Found { sheets, shared, later, .. } = found;
        Ok(Self { stream, sheets, names, texts, shared, codes, struck, indents, later, merged: BTreeMap::new() })
    }

    /// The names of its sheets, and whether each is shown.
    pub(in super::super) fn sheets(&self) -> Vec<(String, bool)> {
        self.sheets.iter().map(|sheet| (sheet.name.clone(), sheet.shown)).collect()
    }

    /// Its defined names, each with sheet and cells.
    pub(in super::super) fn names(&self) -> &[(String, String)] {
        &self.names
    }

    /// Takes in the cells of a sheet.
    pub(in super::super) fn cells(&mut self, name: &str, grids: &mut Grids) -> Result<(), String> {
        let sheet = self.sheets.iter().find(|sheet| sheet.name == name).ok_or("no such sheet")?;
        grids.formats = self.codes.iter().map(|code| CellFormat::parse(code)).collect();
        grids.codes.clone_from(&self.codes);
        grids.struck.clone_from(&self.struck);
        grids.indents.clone_from(&self.indents);
        grids.epoch = if self.later { 1462 } else { 0 };
        let records = XlsRecords::new(&self.stream, sheet.at);
        let merged = cells::read(records, self.texts, &self.shared, grids);
        self.merged.insert(name.to_owned(), merged.ok_or("a record is cut short")?);
        Ok(())
    }

    /// The merged cells of a sheet that was read.
    pub(in super::super) fn merged(&self, name: &str) -> Vec<CellRange> {
        self.merged.get(name).cloned().unwrap_or_default()
    }
}

impl Found {
    fn take(&mut self, kind: u16, data: &[u8], texts: XlsTexts) {
        let unicode = matches!(texts, XlsTexts::Unicode);
        match kind {
            0x22 => self.later = short(data, 0) == Some(1),
            0x31 => self.fonts.push(short(data, 2).is_some_and(|flags| flags & 8 != 0)),
            0xe0 => {
                self.styles.push((short(data, 2).unwrap_or(0), short(data, 0).unwrap_or(0)));
                self.indents.push(if unicode { indent(data) } else { 0 });
            }
            0x41e => {
                let code = if unicode { data.get(2..).and_then(|d| texts.long(d)) } else { None };
                let code = code.or_else(|| texts.brief(data.get(2..)?).filter(|_| !unicode));
                if let (Some(number), Some(code)) = (short(data, 0), code) {
                    self.formats.insert(number, code);
                }
            }
            0x85 => {
                let sheet = long(data, 0).zip(data.get(4).copied()).zip(data.get(5).copied());
                let name = data.get(6..).and_then(|d| texts.brief(d));
                // Other kinds are charts and macros.
                if let (Some(((at, state), 0)), Some(name)) = (sheet, name) {
                    let at = usize::try_from(at).unwrap_or(usize::MAX);
                    self.sheets.push(XlsSheet { name, shown: matches!(state & 3, 0), at });
                } else {
                    self.sheets.push(XlsSheet { name: String::new(), shown: false, at: usize::MAX });
                }
            }
            0x17 if unicode => {
                let entries = data.get(2..).unwrap_or(&[]).chunks_exact(6);
                self.references.extend(entries.filter_map(|entry| short(entry, 2)));
            }
            0x18 if unicode => self.names.extend(defined(data)),
            _ => {}
        }
    }

    /// The code of a format: what the workbook writes, else what its number means.
    fn code(&self, number: u16) -> String {
        let built_in = || BUILT_IN_FORMATS.iter().find(|(known, _)| *known == number).map(|(_, code)| *code);
        let own = self.formats.get(&number).map(String::as_str);
        own.or_else(built_in).or_else(|| chinese(u32::from(number))).unwrap_or(NO_FORMAT).to_owned()
    }

    /// The names that are ranges of a sheet.
    fn names(&self) -> Vec<(String, String)> {
        let range = |tokens: &[u8]| {
            let sheet = self.references.get(usize::from(short(tokens, 1)?))?;
            let sheet = &self.sheets.get(usize::from(*sheet))?.name;
            // A reference to an area, or to a cell, of a sheet ([MS-XLS] 2.5.198.28 and .108).
            let (rows, columns) = match tokens.first()? & 0x1f {
                0x1b => ((short(tokens, 3)?, short(tokens, 5)?), (short(tokens, 7)?, short(tokens, 9)?)),
                0x1a => ((short(tokens, 3)?, short(tokens, 3)?), (short(tokens, 5)?, short(tokens, 5)?)),
                _ => return None,
            };
            let cell = |row: u16, column: u16| cell_name(usize::from(row), usize::from(column & 0xff));
            Some(format!("{sheet}!{}:{}", cell(rows.0, columns.0), cell(rows.1, columns.1)))
        };
        self.names.iter().filter_map(|(name, tokens)| Some((name.clone(), range(tokens)?))).collect()
    }
}

/// How many steps a style indents a text from the left, where levels are ([MS-XLS] 2.5.20).
fn indent(style: &[u8]) -> u8 {
    match (style.get(6), style.get(8)) {
        // General, left, or both edges.
        (Some(align), Some(steps)) if matches!(align & 7, 0 | 1 | 5) => steps & 0x0f,
        _ => 0,
    }
}

/// A defined name, with the tokens of its formula.
fn defined(data: &[u8]) -> Option<(String, Vec<u8>)> {
    // Names that Excel gives itself, such as areas to print.
    if short(data, 0)? & 0x20 != 0 {
        return None;
    }
    let (length, tokens) = (usize::from(*data.get(3)?), usize::from(short(data, 4)?));
    let text = data.get(14..)?;
    let width = if text.first()? & 1 == 0 { 1 } else { 2 };
    let name = XlsTexts::Unicode.counted(text, length)?;
    let start = 15 + length * width;
    Some((name, data.get(start..start + tokens)?.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_those_of_the_workbook_then_those_of_the_office() {
        let mut found = Found::default();
        found.formats.insert(14, "yyyy\\-mm\\-dd".to_owned());
        for (number, code) in [
            (0, "General"),
            (4, "#,##0.00"),
            (14, "yyyy\\-mm\\-dd"),
            (31, "yyyy\"年\"m\"月\"d\"日\""),
            (39, "#,##0.00;-#,##0.00"),
            (23, "built-in"),
        ] {
            assert_eq!(found.code(number), code, "{number}");
        }
        assert!(CellFormat::parse(NO_FORMAT).is_none());
    }
}
