//! How the rows of a table look in their file: how deep texts are indented, which cells are one, which titles head several columns.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::datum::{Datum, Entry, FileLook, Map, MergedPart, TitlePaths};
use super::extent::paths;
use super::grid::{CellLead, DataGrid, Merged};
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::is_number;

/// The deepest level that a text is indented to.
const DEEPEST: usize = 9;

/// The name of a column, and its index in the grid.
pub(super) type NamedColumn = (Arc<str>, usize);

/// A row of the data before it is known how it looks.
pub(super) struct BoundRow {
    /// Its index in the grid.
    pub at: usize,
    /// Its values.
    pub map: Map,
    /// Its place.
    pub span: Span,
    /// Its cells whose text does not begin at their edge, by their index in the grid.
    pub leads: Vec<(usize, CellLead)>,
}

/// The titles over each column, in a table where one has several. The head is from row `first` to before row `head`.
pub(super) fn heads(grid: &DataGrid, (first, head): (usize, usize), columns: &[NamedColumn]) -> Option<TitlePaths> {
    let mut paths = paths(grid, first, head);
    let own = |(name, at): &NamedColumn| match paths.get_mut(*at) {
        Some((path, _)) if !path.is_empty() => std::mem::take(path),
        _ => vec![name.to_string()],
    };
    let heads: TitlePaths = columns.iter().map(own).collect();
    heads.iter().any(|path| path.len() > 1).then_some(heads)
}

/// The rows with their looks. `places`: the columns of the grid that the keys are from. What is not kept is told.
pub(super) fn with_looks(
    bound: Vec<BoundRow>,
    places: &[usize],
    (merged, heads): (&[Merged], Option<TitlePaths>),
    remarks: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let mut levels: BTreeMap<usize, Vec<(usize, u8)>> = BTreeMap::new();
    for (key, &column) in places.iter().enumerate() {
        for (row, level) in levels_of(&bound, key, column, remarks) {
            levels.entry(row).or_default().push((key, level));
        }
    }
    let mut parts = parts(&bound, places, merged);
    let only_heads = heads.as_ref().map(|_| Arc::new(FileLook { heads: heads.clone(), ..FileLook::default() }));
    let with = |(row, BoundRow { mut map, span, .. }): (usize, BoundRow)| {
        let (levels, merged) = (levels.remove(&row), parts.remove(&row));
        map.look = match (levels, merged) {
            (None, None) => only_heads.clone(),
            (levels, merged) => Some(Arc::new(FileLook {
                levels: levels.unwrap_or_default(),
                merged: merged.unwrap_or_default(),
                heads: heads.clone(),
            })),
        };
        Entry { datum: Datum::Map(Arc::new(map)), span: Some(span) }
    };
    bound.into_iter().enumerate().map(with).collect()
}

/// The rows whose text of a column is indented, and how deep. The widths of the blanks are ranked: whether an office indents by two
/// blanks or by four, it means one level. A lone half-width blank is a slip, unless the column goes deeper by one each.
fn levels_of(bound: &[BoundRow], key: usize, column: usize, remarks: &mut Vec<Diagnostic>) -> Vec<(usize, u8)> {
    if !bound.iter().any(|row| row.leads.iter().any(|(at, _)| *at == column)) {
        return Vec::new();
    }
    let is_text = |row: &BoundRow| matches!(&row.map.values[key].datum, Datum::Text(text) if !is_number(text));
    let lead =
        |row: &BoundRow| row.leads.iter().find(|(at, _)| *at == column).map(|(_, lead)| *lead).unwrap_or_default();
    let texts: Vec<(usize, CellLead)> =
        bound.iter().enumerate().filter(|(_, row)| is_text(row)).map(|(at, row)| (at, lead(row))).collect();
    let least = texts.iter().map(|(_, lead)| lead.halves).min().unwrap_or(0);
    let widths: BTreeSet<u16> = texts.iter().map(|(_, lead)| lead.halves - least).filter(|width| *width > 0).collect();
    let by_one = widths.len() > 1 && widths.iter().copied().eq(1..=u16::try_from(widths.len()).unwrap_or(u16::MAX));
    let steps: Vec<u16> = widths.into_iter().filter(|width| by_one || *width > 1).collect();
    let uneven = texts.iter().find(|(_, lead)| lead.uneven).map(|(at, _)| *at);
    let untold = if steps.len() > DEEPEST { texts.first().map(|(at, _)| *at) } else { uneven };
    remarks.extend(untold.and_then(|at| bound[at].map.values[key].span).map(unkept));
    if steps.len() > DEEPEST {
        return Vec::new();
    }
    let level = |lead: &CellLead| steps.iter().take_while(|step| **step <= lead.halves - least).count();
    texts.iter().filter_map(|(at, lead)| Some((*at, u8::try_from(level(lead)).ok().filter(|l| *l > 0)?))).collect()
}

/// The indents of a column's texts are no levels.
fn unkept(span: Span) -> Diagnostic {
    Diagnostic::advice(
        Code::INDENT_LOST,
        span,
        say!("格里各行前面的空格不一，不能印成缩进", "the blanks before the lines of a cell are not kept as an indent"),
        say!(
            "一格一行，每级缩进一样多；不要缩进的，删去空格",
            "have one line in a cell and the same blanks at each level, or remove the blanks"
        ),
    )
}

/// What each row has of merged cells. A cell of which a row or a column was left out is smaller by that.
fn parts(bound: &[BoundRow], places: &[usize], merged: &[Merged]) -> BTreeMap<usize, Vec<MergedPart>> {
    let mut parts: BTreeMap<usize, Vec<MergedPart>> = BTreeMap::new();
    for Merged { from, to } in merged {
        let rows = bound.partition_point(|row| row.at < from.0)..bound.partition_point(|row| row.at <= to.0);
        let columns = places.partition_point(|at| *at < from.1)..places.partition_point(|at| *at <= to.1);
        // One that begins in the head has no value of its own here.
        let begins = bound.first().is_some_and(|row| row.at <= from.0);
        if !begins || rows.len() * columns.len() < 2 || places[columns.start] != from.1 {
            continue;
        }
        let Some(cell) = bound[rows.start].map.values[columns.start].span else { continue };
        for (above, row) in rows.clone().enumerate() {
            let part = MergedPart { cell, columns: columns.clone(), above, rows: rows.len() };
            parts.entry(row).or_default().push(part);
        }
    }
    parts
}
