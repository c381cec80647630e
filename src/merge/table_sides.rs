//! A table as three sides have it: its rows, columns and cells, and how they go together.

use super::align::{Alignment, Bookmarks, align};
use super::review::{Change, Status};
use crate::diagnostic::say;
use crate::model::{BitKind, CellText, Item, Phrase, RowText, Trace};
use std::collections::BTreeSet;

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

/// For each column of one table, that of another: by their heads, where each has its own, else by what they hold.
pub(super) fn columns_between(from: &Item, to: &Item) -> Vec<Option<usize>> {
    by_heads(from, to).unwrap_or_else(|| by_texts(from, to))
}

/// A table with its columns in the order of another table's; None where they are.
pub(super) fn in_columns_of(from: &Item, to: &Item) -> Option<Item> {
    let columns: Vec<usize> = columns_between(from, to).into_iter().collect::<Option<_>>()?;
    if columns.is_sorted() {
        return None;
    }
    let mut table = from.clone();
    for row in &mut table.rows {
        row.cells.sort_by_key(|cell| columns.get(cell.column).copied().unwrap_or(cell.column));
    }
    Some(table)
}

/// The columns by their heads; None where these do not tell them apart.
fn by_heads(from: &Item, to: &Item) -> Option<Vec<Option<usize>>> {
    let heads = from.heads.max(to.heads);
    let (own, other) = (titles(from, heads), titles(to, heads));
    let told_apart = |titles: &[String]| {
        titles.iter().all(|title| !title.is_empty()) && titles.iter().collect::<BTreeSet<_>>().len() == titles.len()
    };
    if !told_apart(&own) || !told_apart(&other) {
        return None;
    }
    let same_width = own.len() == other.len();
    let found: Vec<Option<usize>> = own.iter().map(|title| other.iter().position(|other| other == title)).collect();
    // Titles that were put over other columns, which stayed, say nothing of what moved.
    let shared = |column: usize, at: usize| shared_cells((from, column), (to, at));
    let stayed = |(column, at): (usize, &Option<usize>)| {
        at.is_some_and(|at| at != column && same_width && shared(column, at) <= shared(column, column))
    };
    if found.iter().enumerate().any(stayed) {
        return None;
    }
    // Those with another title: at the same place, else those that hold the same.
    let mut free: Vec<usize> = (0..other.len()).filter(|at| !found.contains(&Some(*at))).collect();
    let renamed = same_width && (0..own.len()).filter(|&column| found[column].is_none()).eq(free.iter().copied());
    let mut pair = |(column, at): (usize, &Option<usize>)| {
        let alike = || free.iter().copied().find(|&at| 2 * shared(column, at) > from.rows.len().saturating_sub(heads));
        let at = at.or_else(|| if renamed { Some(column) } else { alike() });
        free.retain(|other| Some(*other) != at);
        at
    };
    Some(found.iter().enumerate().map(&mut pair).collect())
}

/// The columns by their texts; by their places where there are as many.
fn by_texts(from: &Item, to: &Item) -> Vec<Option<usize>> {
    let (own, other) = (width(from), width(to));
    if own == other {
        return (0..own).map(Some).collect();
    }
    let items = |item: &Item, count: usize| -> Vec<Item> {
        let column = |column: usize| Item { phrase: Phrase::of(&texts(item, column).join("\t")), ..Item::default() };
        (0..count).map(column).collect()
    };
    let alignment = align(&items(from, own), &items(to, other), Bookmarks::Carried);
    alignment.of_a.iter().map(|g| g.and_then(|g| alignment.groups[g].b.first().copied())).collect()
}

/// The texts of a column, from the top.
fn texts(item: &Item, column: usize) -> Vec<String> {
    let cells = item.rows.iter().filter_map(|r| r.cells.iter().find(|c| c.column == column));
    cells.map(|c| c.phrase.plain()).collect()
}

/// What the head says of each column.
fn titles(item: &Item, heads: usize) -> Vec<String> {
    let head = &item.rows[..heads.min(item.rows.len())];
    let title = |column: usize| {
        let cells = head.iter().flat_map(|row| &row.cells).filter(|c| c.column == column);
        cells.map(|c| c.phrase.plain()).collect::<Vec<_>>().join("\t")
    };
    (0..width(item)).map(title).collect()
}

/// How many cells of a column another column has too.
fn shared_cells((from, column): (&Item, usize), (to, other): (&Item, usize)) -> usize {
    let mut there = texts(to, other);
    let own = texts(from, column);
    let is_there = |text: &&String| {
        let at = there.iter().position(|other| other == *text);
        at.map(|at| there.swap_remove(at)).is_some()
    };
    own.iter().skip(from.heads).filter(is_there).count()
}

pub(super) fn cell(item: &Item, row: usize, column: usize) -> Option<&CellText> {
    item.rows.get(row)?.cells.iter().find(|c| c.column == column)
}

pub(super) fn first(alignment: &Alignment, row: usize) -> Option<usize> {
    alignment.of_a.get(row).copied().flatten().and_then(|g| alignment.groups[g].b.first().copied())
}

/// The cells of a row of theirs in the order of our columns; columns that they put in come by themselves.
pub(super) fn in_our_columns(tables: &TableSides<'_>, line: &RowText) -> Vec<Phrase> {
    let theirs = |own: usize| {
        let base = tables.columns_to_ours.iter().position(|to| *to == Some(own))?;
        let column = tables.columns_to_theirs[base]?;
        line.cells.iter().find(|cell| cell.column == column)
    };
    (0..width(tables.ours)).map(|own| theirs(own).map(|c| c.phrase.clone()).unwrap_or_default()).collect()
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

/// Those who made a change, each once; where nothing was tracked, who is known without that.
pub(super) fn joint(mut tracked: Vec<Trace>, otherwise: Vec<Trace>) -> Vec<Trace> {
    tracked.sort();
    tracked.dedup();
    if tracked.is_empty() { otherwise } else { tracked }
}

pub(super) fn refuse(change: &mut Change) {
    change.status = Status::Unsupported;
    change.reason = Some(say!(
        "有合并的格子，或者是表头，请在源文件里改",
        "cells are merged here, or it is the head; change it in the source"
    ));
}

pub(super) fn refuse_picture(change: &mut Change) {
    change.status = Status::Unsupported;
    change.reason = Some(say!("里面有图，请在源文件里加", "there is a picture in it; add it in the source"));
}
