//! A table as three sides have it: its rows, columns and cells, and how they go together.

use super::align::{Alignment, Bookmarks, align};
use crate::model::{BitKind, CellText, Item, Phrase, RowText};

/// A table as three sides have it, and how rows and columns go together.
pub(super) struct TableSides<'a> {
    pub(super) base: &'a Item,
    pub(super) theirs: &'a Item,
    pub(super) ours: &'a Item,
    pub(super) rows_to_theirs: Alignment,
    pub(super) rows_to_ours: Alignment,
    pub(super) columns_to_theirs: Vec<Option<usize>>,
    pub(super) columns_to_ours: Vec<Option<usize>>,
}

/// The rows of a table as items.
pub(super) fn rows(item: &Item) -> Vec<Item> {
    let row = |row: &RowText| {
        let text: Vec<String> = row.cells.iter().map(|c| c.phrase.plain()).collect();
        Item { phrase: Phrase::of(&text.join("\t")), ..Item::default() }
    };
    item.rows.iter().map(row).collect()
}

pub(super) fn width(item: &Item) -> usize {
    item.rows.iter().flat_map(|r| &r.cells).map(|c| c.column + c.columns).max().unwrap_or(0)
}

/// For each column of one table, that of another.
pub(super) fn columns(from: &Item, to: &Item) -> Vec<Option<usize>> {
    let (own, other) = (width(from), width(to));
    if own == other {
        return (0..own).map(Some).collect();
    }
    let texts = |item: &Item, count: usize| -> Vec<Item> {
        let column = |column: usize| {
            let cells = item.rows.iter().filter_map(|r| r.cells.iter().find(|c| c.column == column));
            let text: Vec<String> = cells.map(|c| c.phrase.plain()).collect();
            Item { phrase: Phrase::of(&text.join("\t")), ..Item::default() }
        };
        (0..count).map(column).collect()
    };
    let alignment = align(&texts(from, own), &texts(to, other), Bookmarks::Carried);
    alignment.of_a.iter().map(|g| g.and_then(|g| alignment.groups[g].b.first().copied())).collect()
}

pub(super) fn cell(item: &Item, row: usize, column: usize) -> Option<&CellText> {
    item.rows.get(row)?.cells.iter().find(|c| c.column == column)
}

pub(super) fn first(alignment: &Alignment, row: usize) -> Option<usize> {
    alignment.of_a.get(row).copied().flatten().and_then(|g| alignment.groups[g].b.first().copied())
}

/// A row as people count: from 1 below the head, 0 and down in it.
pub(super) fn counted(item: &Item, row: usize) -> i64 {
    let (row, heads) = (i64::try_from(row).unwrap_or(0), i64::try_from(item.heads).unwrap_or(0));
    row - heads + 1
}

/// The texts of a row's cells.
pub(super) fn row_text(row: &RowText) -> String {
    row.cells.iter().map(|c| c.phrase.plain()).collect::<Vec<_>>().join("\t")
}

/// True where a picture is in a text.
pub(super) fn has_picture(phrase: &Phrase) -> bool {
    phrase.bits.iter().any(|bit| bit.kind == BitKind::Object)
}

/// True for a row of single cells, one for each column.
pub(super) fn whole(row: &RowText, table: &Item) -> bool {
    row.cells.len() == width(table) && row.cells.iter().all(|c| c.columns == 1 && c.rows == 1)
}
