//! Rows of a table that totals may add up, and the ways in which a total may do so.

use std::collections::BTreeMap;

use crate::diagnostic::Span;
use crate::source::data::Decimal;

/// What a row does in a table with totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// It is added up.
    Part,
    /// It adds up rows of its group: 小计.
    Subtotal,
    /// It adds up more than that.
    Total,
    /// It is neither: a mean, the whole that districts are among.
    Other,
}

/// A row.
pub(super) struct AddedRow {
    /// What it is called.
    pub(super) name: String,
    /// How deep it is below others.
    pub(super) level: u8,
    pub(super) kind: RowKind,
    /// By column: the number, where it is, and whether the cell prints nothing.
    cells: BTreeMap<usize, CellFigure>,
}

/// A cell: its number, where it is, and whether it prints nothing.
pub(super) type CellFigure = (Option<Decimal>, Option<Span>, bool);

impl AddedRow {
    pub(super) fn new(name: String, indent: u8, kind: RowKind, cells: BTreeMap<usize, CellFigure>) -> Self {
        let blanks = name.chars().take_while(|c| *c == '\u{3000}').count();
        let level = indent.saturating_add(u8::try_from(blanks).unwrap_or(u8::MAX)).saturating_mul(8);
        Self { level: level.saturating_add(outline(name.trim_start())), name, kind, cells }
    }

    /// The number that a cell prints, and where it is.
    pub(super) fn number(&self, column: usize) -> Option<(&Decimal, &Option<Span>)> {
        let (number, place, _) = self.cells.get(&column)?;
        Some((number.as_ref()?, place))
    }

    /// True for a cell that prints nothing, or a dash for it.
    pub(super) fn is_empty(&self, column: usize) -> bool {
        self.cells.get(&column).is_none_or(|(_, _, empty)| *empty)
    }
}

/// How deep a name is by the number that it begins with: 一、 over （一） over 1. over what has none.
fn outline(name: &str) -> u8 {
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let behind = name.trim_start_matches(numeral);
    if behind.len() < name.len() {
        return if behind.starts_with('、') { 0 } else { 3 };
    }
    let inner = name.trim_start_matches(['（', '(']);
    if inner.len() < name.len() && inner.starts_with(numeral) {
        return 1;
    }
    let behind = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if behind.len() < name.len() && behind.starts_with(['.', '、', '．']) { 2 } else { 3 }
}

/// The sets of rows that a total may add up.
pub(super) fn ways(rows: &[AddedRow], at: usize) -> Vec<Vec<usize>> {
    let kind = rows[at].kind;
    if kind == RowKind::Other {
        return Vec::new();
    }
    let bounds = |row: &AddedRow| row.kind == RowKind::Total || (kind == RowKind::Subtotal && row.kind == kind);
    let from = (0..at).rev().find(|&above| bounds(&rows[above])).map_or(0, |above| above + 1);
    let to = (at + 1..rows.len()).find(|&below| bounds(&rows[below])).unwrap_or(rows.len());
    let mut ways: Vec<Vec<usize>> = Vec::new();
    for range in [from..at, at + 1..to] {
        let parts = |kind: RowKind| -> Vec<usize> {
            let of_kind = || range.clone().filter(|&row| rows[row].kind == kind);
            let top = of_kind().map(|row| rows[row].level).min();
            of_kind().filter(|&row| Some(rows[row].level) == top).collect()
        };
        ways.push(parts(RowKind::Part));
        if kind == RowKind::Total {
            ways.push(parts(RowKind::Subtotal));
            // 收入总计 is 收入合计 and what comes after it.
            if range.start == from && from > 0 {
                ways.push(std::iter::once(from - 1).chain(parts(RowKind::Part)).collect());
            }
        }
    }
    ways.retain(|way| way.len() > 1);
    ways.dedup();
    ways
}
