//! Columns of a table that they put in, took out and moved.

use super::planner::Planner;
use super::review::{Change, ChangeKind, Status};
use super::rise::heaviest_rise;
use super::table_sides::{TableSides, cell, first, has_picture, joint, refuse, refuse_picture, whole};
use crate::diagnostic::say;
use crate::model::{BlockId, Item, Phrase, Rewrite};
use std::collections::BTreeSet;

/// The columns that they put in, took out and moved.
pub(super) fn changed(
    planner: &mut Planner<'_>,
    tables: &TableSides<'_>,
    block: Option<&BlockId>,
    (i, j): (usize, usize),
) {
    let to_theirs = pairs(&tables.columns_to_theirs);
    let stays: BTreeSet<usize> =
        heaviest_rise(&to_theirs, &vec![1; to_theirs.len()]).into_iter().map(|(base, _)| base).collect();
    // Behind what comes before it on our side; a column that was moved is where it goes to.
    let mut next = 0;
    for column in 0..super::table_sides::width(tables.theirs) {
        let base = to_theirs.iter().find(|(_, to)| *to == column).map(|(base, _)| *base);
        let Some(base) = base else {
            put_in(planner, tables, (block, next), (column, i, j));
            continue;
        };
        let Some(own) = tables.columns_to_ours[base] else { continue };
        if stays.contains(&base) {
            next = own + 1;
        } else {
            let mut change = change_of(planner, ChangeKind::Moved, (base, i, j));
            (change.before, change.after) = (text(tables.base, base), text(tables.theirs, column));
            moved(tables, &mut change, (block, own, next));
            planner.changes.push(change);
        }
    }
    // Last: what is taken out knows then what was put beside it.
    gone(planner, tables, block, (i, j));
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
    let plain = |item: &Item| item.rows.iter().all(|r| whole(r, item));
    let rows = &tables.rows_to_theirs;
    let known = rows.of_b.iter().chain(&rows.of_a).all(Option::is_some) && rows.groups.iter().all(|g| !g.moved);
    known && plain(tables.ours) && plain(tables.theirs)
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
    let own = (0..super::table_sides::width(tables.ours))
        .any(|c| !tables.columns_to_ours.contains(&Some(c)) && text(tables.ours, c) == change.after);
    // A row that only our side has gets an empty cell; one that only theirs has could not be put in together with it.
    let their_row = |own: usize| {
        let base = *tables.rows_to_ours.groups[(*tables.rows_to_ours.of_b.get(own)?)?].a.first()?;
        first(&tables.rows_to_theirs, base)
    };
    let drawn = (0..tables.theirs.rows.len())
        .any(|row| cell(tables.theirs, row, column).is_some_and(|cell| has_picture(&cell.phrase)));
    if own {
        change.status = Status::Already;
    } else if drawn {
        refuse_picture(&mut change);
    } else if let Some(block) = block.filter(|_| regular(tables)) {
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
