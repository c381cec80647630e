//! The cells of a sheet, from its records.

use super::super::area::CellRange;
use super::super::cells::{CellContent, Grids};
use super::compound::{long, short};
use super::records::XlsRecords;
use super::text::XlsTexts;

/// Row, column and style of a cell.
type XlsPlace = ((u32, u32), u32);

/// Takes in the cells of a sheet; returns its merged cells. None where a record is cut short.
pub(super) fn read(
    records: XlsRecords<'_>,
    texts: XlsTexts,
    shared: &[Box<str>],
    grids: &mut Grids,
) -> Option<Vec<CellRange>> {
    let mut merged = Vec::new();
    let mut depth = 0_usize;
    // A formula whose text stands in the record that follows it.
    let mut pending: Option<XlsPlace> = None;
    let mut formulas = Formulas::default();
    for record in records {
        let data = record.data;
        match record.kind {
            0x809 => depth += 1,
            // Charts within a sheet have records like cells.
            0x0a if depth > 1 => depth -= 1,
            0x0a => {
                formulas.settle(grids);
                return Some(merged);
            }
            _ if depth > 1 => {}
            // Rows and columns that are not shown ([MS-XLS] 2.4.221, 2.4.53).
            0x208 if short(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                grids.hidden.rows.insert(u32::from(short(data, 0)?));
            }
            0x7d if short(data, 8).is_some_and(|flags| flags & 1 != 0) => {
                grids.hidden.columns.push((u32::from(short(data, 0)?), u32::from(short(data, 2)?)));
            }
            0x203 => number(grids, place(data)?, double(data, 6)?),
            0x27e => number(grids, place(data)?, packed(long(data, 6)?)),
            0xbd => {
                let (row, first) = (short(data, 0)?, short(data, 2)?);
                let cells = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
                for (column, cell) in (u32::from(first)..).zip(cells) {
                    let at = ((u32::from(row), column), u32::from(short(cell, 0)?));
                    number(grids, at, packed(long(cell, 2)?));
                }
            }
            0xfd => {
                let at = place(data)?;
                let text = shared.get(usize::try_from(long(data, 6)?).ok()?)?;
                grids.add(at.0, CellContent::Text(text), Some(at.1), None);
            }
            0x204 | 0xd6 => {
                let (at, text) = (place(data)?, texts.long(data.get(6..)?)?);
                grids.add(at.0, CellContent::Text(&text), Some(at.1), None);
            }
            0x205 => {
                let at = place(data)?;
                let (value, error) = (*data.get(6)?, *data.get(7)? == 1);
                plain(grids, at, value, error);
            }
            0x06 => pending = formulas.take(grids, place(data)?, data.get(6..14)?),
            0x207 => {
                if let Some(at) = pending.take() {
                    let text = texts.long(data)?;
                    grids.add(at.0, CellContent::Text(&text), Some(at.1), None);
                }
            }
            0xe5 => {
                for area in data.get(2..)?.chunks_exact(8) {
                    let part = |at| short(area, at).map(u32::from);
                    merged.push(((part(0)?, part(4)?), (part(2)?, part(6)?)));
                }
            }
            _ => {}
        }
    }
    None
}

/// Formulas of which the file says that they give no text. A program that computes nothing writes that for each.
#[derive(Default)]
struct Formulas {
    empty: Vec<XlsPlace>,
    computed: bool,
}

impl Formulas {
    /// Takes in a formula with its result; returns its place where the result is a text that follows.
    fn take(&mut self, grids: &mut Grids, at: XlsPlace, result: &[u8]) -> Option<XlsPlace> {
        if result[6..] != [0xff, 0xff] {
            self.computed = true;
            number(grids, at, f64::from_le_bytes(result.try_into().ok()?));
            return None;
        }
        self.computed |= result[0] != 3;
        match result[0] {
            0 => return Some(at),
            3 => self.empty.push(at),
            kind => plain(grids, at, result[2], kind == 2),
        }
        None
    }

    /// Where no formula of the sheet has a result, none was computed.
    fn settle(self, grids: &mut Grids) {
        if !self.computed {
            for (at, style) in self.empty {
                grids.add(at, CellContent::Uncomputed, Some(style), None);
            }
        }
    }
}

fn place(data: &[u8]) -> Option<XlsPlace> {
    Some(((u32::from(short(data, 0)?), u32::from(short(data, 2)?)), u32::from(short(data, 4)?)))
}

fn double(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

/// A number in four bytes ([MS-XLS] 2.5.217): an integer or the upper half of a fraction, a hundredth of it where so marked.
fn packed(bits: u32) -> f64 {
    let value =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

fn number(grids: &mut Grids, (at, style): XlsPlace, value: f64) {
    grids.add(at, CellContent::Float(value), Some(style), None);
}

/// A value of truth, or an error ([MS-XLS] 2.5.10).
fn plain(grids: &mut Grids, (at, style): XlsPlace, value: u8, error: bool) {
    if !error {
        return grids.add(at, CellContent::Text(if value == 0 { "FALSE" } else { "TRUE" }), Some(style), None);
    }
    let name = match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        _ => "#?",
    };
    grids.add(at, CellContent::Error(name.to_owned()), None, None);
}
