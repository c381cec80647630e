//! Columns of a table that they put in, took out and moved.

use super::planner::{Planner, same_text};
use super::review::{Change, ChangeKind, Status};
use super::rise::heaviest_rise;
use super::table_sides::{
    TableSides, cell, first, has_picture, in_our_columns, joint, refuse, refuse_picture, row_text, whole, width,
};
use crate::diagnostic::say;
use crate::model::{BlockId, Item, Phrase, Rewrite, RowText};
use std::collections::BTreeSet;

/// The columns that they put in, took out and moved.
pub(super) fn changed(
    planner: &mut Planner<'_>,
    tables: &TableSides<'_>,
    block: Option<&BlockId>,
    (i, j): (usize, usize),
) {
    for step in steps(tables) {
        match step {
            ColumnStep::New { column, at } => put_in(planner, tables, (block, at), (column, i, j)),
            ColumnStep::Moved { base, own, column, at } => {
                let mut change = change_of(planner, ChangeKind::Moved, (base, i, j));
                (change.before, change.after) = (text(tables.base, base), text(tables.theirs, column));
                moved(tables, &mut change, (block, own, at));
                planner.changes.push(change);
            }
        }
    }
    // Last: what is taken out knows then what was put beside it.
    gone(planner, tables, block, (i, j));
}

/// What became of a column of theirs; our side has it before its column `at`.
enum ColumnStep {
    New { column: usize, at: usize },
    Moved { base: usize, own: usize, column: usize, at: usize },
}

/// The columns that they put in and moved, in their order.
fn steps(tables: &TableSides<'_>) -> Vec<ColumnStep> {
    let to_theirs = pairs(&tables.columns_to_theirs);
    let stays: BTreeSet<usize> =
        heaviest_rise(&to_theirs, &vec![1; to_theirs.len()]).into_iter().map(|(base, _)| base).collect();
    let mut steps = Vec::new();
    // Behind what comes before it on our side; a column that was moved is where it goes to.
    let mut at = 0;
    for column in 0..width(tables.theirs) {
        let Some((base, _)) = to_theirs.iter().copied().find(|(_, to)| *to == column) else {
            steps.push(ColumnStep::New { column, at });
            continue;
        };
        let Some(own) = tables.columns_to_ours[base] else { continue };
        if stays.contains(&base) {
            at = own + 1;
        } else {
            steps.push(ColumnStep::Moved { base, own, column, at });
        }
    }
    steps
}

/// The cells of a new row of theirs in the order of our columns, with those of the columns that come with it.
pub(super) fn with_new(tables: &TableSides<'_>, line: &RowText, cells: Vec<Phrase>) -> Vec<Phrase> {
    let steps = steps(tables);
    let new = |own: usize| {
        steps.iter().filter_map(move |step| match *step {
            ColumnStep::New { column, at } if at == own && can_be_put_in(tables, column) => Some(column),
            _ => None,
        })
    };
    let count = cells.len();
    let mut cells = cells.into_iter();
    let mut all = Vec::new();
    for own in 0..=count {
        let of = |column: usize| line.cells.iter().find(|cell| cell.column == column).map(|cell| cell.phrase.clone());
        all.extend(new(own).map(|column| of(column).unwrap_or_default()));
        all.extend(cells.next());
    }
    all
}

/// True where they took out or moved columns: their rows then lack values, or have them in another order.
pub(super) fn other_columns(tables: &TableSides<'_>) -> bool {
    let to_theirs = pairs(&tables.columns_to_theirs);
    to_theirs.len() < tables.columns_to_theirs.len() || !to_theirs.is_sorted_by_key(|(_, to)| *to)
}

/// The columns that both tables have, in the order of the first.
fn pairs(to: &[Option<usize>]) -> Vec<(usize, usize)> {
    to.iter().enumerate().filter_map(|(from, to)| to.map(|to| (from, to))).collect()
}

/// The cells of a column, from the top.
fn text(item: &Item, column: usize) -> String {
    let cells = (0..item.rows.len()).map(|r| cell(item, r, column).map(|c| c.phrase.plain()).unwrap_or_default());
    cells.collect::<Vec<_>>().join("\n")
}

fn change_of(planner: &mut Planner<'_>, kind: ChangeKind, (column, i, j): (usize, usize, usize)) -> Change {
    let mut change = planner.change(kind, Status::Clean, i, Some(j));
    change.cell = (None, Some(i64::try_from(column + 1).unwrap_or(0)));
    change
}

/// True where columns can be changed row by row: no cells are merged, and they have put in, taken out and moved no row.
fn regular(tables: &TableSides<'_>) -> bool {
    keeps_rows(tables) && tables.rows_to_theirs.of_b.iter().all(Option::is_some)
}

/// True where no cells are merged, and they have taken out and moved no row.
fn keeps_rows(tables: &TableSides<'_>) -> bool {
    let plain = |item: &Item| item.rows.iter().all(|r| whole(r, item));
    let rows = &tables.rows_to_theirs;
    let known = rows.of_a.iter().all(Option::is_some) && rows.groups.iter().all(|g| !g.moved);
    known && plain(tables.ours) && plain(tables.theirs)
}

/// True for a column of theirs that our side has already.
fn is_own(tables: &TableSides<'_>, column: usize) -> bool {
    let theirs = text(tables.theirs, column);
    (0..width(tables.ours)).any(|c| !tables.columns_to_ours.contains(&Some(c)) && text(tables.ours, c) == theirs)
}

/// True for a column of theirs with a picture in it.
fn is_drawn(tables: &TableSides<'_>, column: usize) -> bool {
    (0..tables.theirs.rows.len()).any(|row| cell(tables.theirs, row, column).is_some_and(|c| has_picture(&c.phrase)))
}

/// True for a new column of theirs that the source has a place for. New rows come with it where all other columns stay.
fn can_be_put_in(tables: &TableSides<'_>, column: usize) -> bool {
    let fits = if other_columns(tables) { regular(tables) } else { keeps_rows(tables) };
    fits && !is_own(tables, column) && !is_drawn(tables, column)
}

/// Refuses a change of columns in a table whose rows they have changed too.
pub(super) fn refuse_both(tables: &TableSides<'_>, change: &mut Change) {
    refuse(change);
    if [tables.ours, tables.theirs].iter().all(|item| item.rows.iter().all(|r| whole(r, item))) {
        change.reason = Some(say!(
            "这张表的行和栏都有增删或移动，请在源文件里改",
            "rows and columns of this table were put in, taken out or moved; change them in the source"
        ));
    }
}

/// Columns that they took out.
fn gone(planner: &mut Planner<'_>, tables: &TableSides<'_>, block: Option<&BlockId>, (i, j): (usize, usize)) {
    for (column, _) in tables.columns_to_theirs.iter().enumerate().filter(|(_, to)| to.is_none()) {
        let mut change = change_of(planner, ChangeKind::Deleted, (column, i, j));
        change.before = text(tables.base, column);
        let removed = change.before.split('\n').flat_map(|cell| planner.theirs.removers(cell)).collect();
        change.traces = joint(removed, change.traces);
        match (tables.columns_to_ours.get(column).copied().flatten(), block) {
            (None, _) => change.status = Status::Already,
            (Some(own), _) if !is_untouched(tables, column, own) => {
                change.kind = ChangeKind::Conflict;
                change.status = Status::Conflict;
                change.sides = Some([change.before.clone(), String::new(), text(tables.ours, own)]);
            }
            (Some(column), Some(block)) if regular(tables) => {
                change.rewrites.push(Rewrite::DeleteColumn { block: block.clone(), column });
            }
            _ => refuse_both(tables, &mut change),
        }
        planner.changes.push(change);
    }
}

/// A column that they moved: our column `own` comes before our column `to`.
fn moved(tables: &TableSides<'_>, change: &mut Change, (block, own, to): (Option<&BlockId>, usize, usize)) {
    let order: Vec<(usize, usize)> = {
        let both = tables.columns_to_ours.iter().zip(&tables.columns_to_theirs);
        let mut both: Vec<_> = both.filter_map(|(ours, theirs)| ours.zip(*theirs)).collect();
        both.sort_unstable();
        both
    };
    let ours = pairs(&tables.columns_to_ours);
    if order.is_sorted_by_key(|(_, theirs)| theirs) {
        change.status = Status::Already;
    } else if !ours.is_sorted_by_key(|(_, own)| own) {
        change.kind = ChangeKind::Conflict;
        change.status = Status::Conflict;
        change.sides = Some([change.before.clone(), change.after.clone(), text(tables.ours, own)]);
        change.reason = Some(say!(
            "两边把表的栏排成了不同的次序",
            "both sides put the columns of this table into different orders"
        ));
    } else if let Some(block) = block.filter(|_| regular(tables)) {
        change.rewrites.push(Rewrite::MoveColumn { block: block.clone(), column: own, to });
    } else {
        refuse_both(tables, change);
    }
}

/// A column that they put in; our side has it before its column `at`.
fn put_in(
    planner: &mut Planner<'_>,
    tables: &TableSides<'_>,
    (block, at): (Option<&BlockId>, usize),
    (column, i, j): (usize, usize, usize),
) {
    let mut change = change_of(planner, ChangeKind::Inserted, (column, i, j));
    change.after = text(tables.theirs, column);
    let cells = tables.theirs.rows.iter().flat_map(|r| &r.cells).filter(|c| c.column == column);
    change.traces = joint(cells.flat_map(|c| c.traces.clone()).collect(), change.traces);
    // A row that only our side has gets an empty cell, unless they put in the same one.
    let their_row = |own: usize| match tables.rows_to_ours.of_b.get(own).copied().flatten() {
        Some(group) => first(&tables.rows_to_theirs, *tables.rows_to_ours.groups[group].a.first()?),
        None => same_new_row(tables, own),
    };
    if is_own(tables, column) {
        change.status = Status::Already;
    } else if is_drawn(tables, column) {
        refuse_picture(&mut change);
    } else if let Some(block) = block.filter(|_| can_be_put_in(tables, column)) {
        let cells: Vec<Phrase> = (0..tables.ours.rows.len())
            .map(|r| their_row(r).and_then(|r| cell(tables.theirs, r, column)))
            .map(|found| found.map(|c| c.phrase.clone()).unwrap_or_default())
            .collect();
        change.rewrites.push(Rewrite::InsertColumn { block: block.clone(), at, cells });
    } else {
        refuse_both(tables, &mut change);
    }
    planner.changes.push(change);
}

/// The new row of theirs that says what a new row of ours says.
fn same_new_row(tables: &TableSides<'_>, own: usize) -> Option<usize> {
    let said = row_text(tables.ours.rows.get(own)?);
    let wanted = |line: &RowText| in_our_columns(tables, line).iter().map(Phrase::plain).collect::<Vec<_>>().join("\t");
    let new = |row: &usize| tables.rows_to_theirs.of_b.get(*row).copied().flatten().is_none();
    (0..tables.theirs.rows.len()).filter(new).find(|&row| same_text(&wanted(&tables.theirs.rows[row]), &said))
}

/// True for a column that our side has as it was handed out, and empty in rows of its own.
fn is_untouched(tables: &TableSides<'_>, column: usize, own: usize) -> bool {
    let said = |item: &Item, row: usize, column: usize| cell(item, row, column).map(|c| c.phrase.plain());
    (0..tables.ours.rows.len()).all(|row| {
        let base = tables.rows_to_ours.of_b.get(row).copied().flatten();
        let base = base.and_then(|g| tables.rows_to_ours.groups[g].a.first().copied());
        let was = base.map_or(Some(String::new()), |base| said(tables.base, base, column));
        said(tables.ours, row, own) == was
    })
}
