//! What the part of a sheet says around its cells: which are merged, whether any is computed, and which rows and columns it does not
//! show. Those are data like others, of which their office should know: a filter that was left on hides rows that a sum counts.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use super::area::{CellRange, area};
use super::parts::{part_of, tags, value};
use super::raised::has_raised;

/// So many bytes of a sheet are looked through at a time.
const PIECE: usize = 1 << 18;
/// So many hidden rows are noted.
const MOST_ROWS: usize = 100_000;

/// What a sheet hides, by its index from 0.
#[derive(Debug, Default)]
pub(super) struct HiddenParts {
    /// Rows.
    pub rows: BTreeSet<u32>,
    /// The first and the last of neighbouring columns.
    pub columns: Vec<(u32, u32)>,
}

impl HiddenParts {
    /// True for a column that is not shown.
    pub(super) fn has_column(&self, column: u32) -> bool {
        self.columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

/// What the part of a sheet says around its cells.
#[derive(Debug, Default)]
pub(super) struct SheetParts {
    /// What it hides.
    pub hidden: HiddenParts,
    /// Its merged cells.
    pub merged: Vec<CellRange>,
    /// True when a cell has a formula.
    pub formulas: bool,
    /// True when a text in it has raised or lowered characters.
    pub raised: bool,
}

/// What a sheet of an .xlsx workbook says around its cells, as far as that is found.
pub(super) fn of_xlsx(bytes: &[u8], sheet: &str) -> SheetParts {
    let mut parts = SheetParts::default();
    // A part that is cut short has been read that far, and may have formulas after it.
    let whole = read_sheet(bytes, sheet, &mut parts);
    parts.formulas |= whole.is_none();
    parts
}

/// Looks through the part of a sheet.
fn read_sheet(bytes: &[u8], sheet: &str, parts: &mut SheetParts) -> Option<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let name = part_of(&mut archive, sheet)?;
    parts.read(archive.by_name(&name).ok()?)
}

impl SheetParts {
    /// Looks through the text of a sheet piece by piece.
    fn read(&mut self, mut text: impl Read) -> Option<()> {
        let mut piece = vec![0; PIECE];
        let mut kept = 0;
        loop {
            let read = text.read(&mut piece[kept..]).ok()?;
            let filled = kept + read;
            if read == 0 {
                self.take(&piece[..filled]);
                return Some(());
            }
            // A tag that goes on is looked at with what follows, unless it is longer than any that is meant.
            let open = memchr::memrchr(b'<', &piece[..filled]).filter(|at| filled - at < PIECE / 2);
            let end = open.unwrap_or(filled);
            self.take(&piece[..end]);
            piece.copy_within(end..filled, 0);
            kept = filled - end;
        }
    }

    fn take(&mut self, text: &[u8]) {
        const SIGNS: [&[u8]; 3] = [b"hidden=", b"ht=\"0", b"width=\"0"];
        let reference = |tag: &[u8]| area(std::str::from_utf8(value(tag, b"ref")?).ok()?);
        self.merged.extend(tags(text, b"mergeCell ").filter_map(reference));
        self.formulas |= has_formula(text);
        self.raised |= has_raised(text);
        if SIGNS.iter().all(|sign| memmem::find(text, sign).is_none()) || self.hidden.rows.len() > MOST_ROWS {
            return;
        }
        let nothing = |tag: &[u8], name: &[u8]| {
            value(tag, name).and_then(|v| std::str::from_utf8(v).ok()?.parse::<f64>().ok()) == Some(0.0)
        };
        let hides = |tag: &[u8]| {
            value(tag, b"hidden").is_some_and(|v| matches!(v, b"1" | b"true"))
                || nothing(tag, b"ht")
                || nothing(tag, b"width")
        };
        let index =
            |tag: &[u8], name: &[u8]| std::str::from_utf8(value(tag, name)?).ok()?.parse::<u32>().ok()?.checked_sub(1);
        for tag in tags(text, b"col ").filter(|tag| hides(tag)) {
            self.hidden.columns.extend(index(tag, b"min").zip(index(tag, b"max")));
        }
        self.hidden.rows.extend(tags(text, b"row ").filter(|tag| hides(tag)).filter_map(|tag| index(tag, b"r")));
    }
}

/// True when a tag `f` begins in the text.
fn has_formula(text: &[u8]) -> bool {
    let ends = |at: usize| text.get(at).is_some_and(|byte| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace());
    [b"<f", b":f"].iter().any(|sign| memmem::find_iter(text, sign).any(|at| ends(at + 2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_are_found() {
        let text = br#"<cols><col min="2" max="3" width="0" hidden="1"/><col min="5" max="5"/></cols>
            <row r="1"><c r="A1"/></row><row r="3" hidden="1" ht="12"/><row r="4" hidden="0" ht="0.75"/><row r="6" ht="0"/><row hidden='true' r='9'>
            <x:row r="12" hidden="1"/><mergeCells><mergeCell ref="A1:B2"/><x:mergeCell ref="C3:C5"/></mergeCells>"#;
        let mut parts = SheetParts::default();
        parts.read(&text[..]).unwrap();
        assert_eq!(parts.hidden.rows.iter().copied().collect::<Vec<_>>(), [2, 5, 8, 11]);
        assert_eq!(parts.merged, [((0, 0), (1, 1)), ((2, 2), (4, 2))]);
        assert_eq!(parts.hidden.columns, [(1, 2)]);
        assert!(parts.hidden.has_column(2) && !parts.hidden.has_column(3));
        assert!(!parts.formulas);
    }

    #[test]
    fn a_formula_is_found_whatever_its_attributes() {
        for text in
            ["<c><f>A1</f></c>", "<c><f t=\"shared\" si=\"0\"/></c>", "<x:c><x:f\n>A1</x:f></x:c>", "<c><f/></c>"]
        {
            let mut parts = SheetParts::default();
            parts.read(text.as_bytes()).unwrap();
            assert!(parts.formulas, "{text}");
        }
        let mut parts = SheetParts::default();
        parts.read(&b"<c t=\"inlineStr\"><is><t>f</t></is></c><font/><x:font/>"[..]).unwrap();
        assert!(!parts.formulas);
    }

    #[test]
    fn rows_are_found_wherever_a_piece_of_a_long_sheet_ends() {
        for before in PIECE - 40..PIECE + 3 {
            let text = format!("<sheetData>{}<row r=\"7\" hidden=\"1\"></row>", " ".repeat(before));
            let mut parts = SheetParts::default();
            parts.read(text.as_bytes()).unwrap();
            assert_eq!(parts.hidden.rows.iter().copied().collect::<Vec<_>>(), [6], "{before}");
        }
    }
}
