//! Tables: their cells merged one by one, and their rows.

use super::align::{Bookmarks, align};
use super::planner::{Planner, place_at, same_text};
use super::review::{Change, ChangeKind, Status};
use super::table_sides::{
    TableSides, cell, columns_between, counted, first, has_picture, in_our_columns, joint, refuse, refuse_picture,
    row_text, rows, whole, width,
};
use super::three::{apply, three_way};
use super::{bound, columns, insert, text};
use crate::diagnostic::say;
use crate::model::{BlockId, CellText, Item, Manuscript, Phrase, Rewrite, RowText, Trace};

/// Compares a table of the base with theirs and ours.
pub(super) fn compare(planner: &mut Planner<'_>, i: usize, j: usize, k: usize) {
    let (base_m, theirs_m, ours_m): (&Manuscript, &Manuscript, &Manuscript) =
        (planner.base, planner.theirs, planner.ours);
    let (base, theirs, ours) = (&base_m.items[i], &theirs_m.items[j], &ours_m.items[k]);
    let cells_of = |item: &'_ Item| item.rows.iter().flat_map(|r| r.cells.clone()).collect::<Vec<CellText>>();
    let same_weights = || cells_of(base).iter().zip(&cells_of(theirs)).all(|(a, b)| text::alike(&a.phrase, &b.phrase));
    if base.plain() == theirs.plain() && same_weights() {
        return;
    }
    let tables = TableSides {
        base,
        theirs,
        ours,
        rows_to_theirs: align(&rows(base), &rows(theirs), Bookmarks::Carried),
        rows_to_ours: align(&rows(base), &rows(ours), Bookmarks::Carried),
        columns_to_theirs: columns_between(base, theirs),
        columns_to_ours: columns_between(base, ours),
    };
    let block = ours.block.clone();
    cells_joined(planner, &tables, i, j);
    cells(planner, &tables, i, j);
    rows_changed(planner, &tables, block.as_ref(), i, j);
    columns::changed(planner, &tables, block.as_ref(), (i, j));
}

fn traces(own: &[Trace], planner: &Planner<'_>) -> Vec<Trace> {
    if own.is_empty() {
        planner.theirs.saved_by.iter().map(|a| Trace { author: a.clone(), date: String::new() }).collect()
    } else {
        own.to_vec()
    }
}

/// The first column of a row in which they have joined cells, divided one, or taken one out of the row alone.
fn other_cell(tables: &TableSides<'_>, row: usize, their_row: usize) -> Option<usize> {
    let (base, theirs) = (tables.base, tables.theirs);
    let (own, their) = (base.rows.get(row)?, theirs.rows.get(their_row)?);
    let (as_wide, as_high) = (width(base) == width(theirs), base.rows.len() == theirs.rows.len());
    let to = |column: usize| tables.columns_to_theirs.get(column).copied().flatten();
    let other = own.cells.iter().find(|cell| {
        to(cell.column).is_some_and(|column| {
            their
                .cells
                .iter()
                .find(|c| c.column == column)
                .is_none_or(|c| (as_wide && c.columns != cell.columns) || (as_high && c.rows != cell.rows))
        })
    });
    let more = || their.cells.iter().find(|c| as_wide && own.cells.iter().all(|cell| cell.column != c.column));
    let column = other.map(|cell| cell.column).or_else(|| more().map(|cell| cell.column))?;
    // Where a cell went, those behind it stand in its place.
    let shifted = own.cells.iter().take_while(|c| c.column < column).find(|cell| {
        let moved = to(cell.column).and_then(|column| their.cells.iter().find(|c| c.column == column));
        moved.is_some_and(|c| c.phrase.plain() != cell.phrase.plain())
    });
    Some(shifted.map_or(column, |cell| cell.column))
}

/// Rows whose cells they joined, divided or took out one by one.
fn cells_joined(planner: &mut Planner<'_>, tables: &TableSides<'_>, i: usize, j: usize) {
    for row in 0..tables.base.rows.len() {
        let Some(their_row) = first(&tables.rows_to_theirs, row) else { continue };
        let Some(column) = other_cell(tables, row, their_row) else { continue };
        let (own, their) = (&tables.base.rows[row], &tables.theirs.rows[their_row]);
        let mut change = planner.change(ChangeKind::Edited, Status::Unsupported, i, Some(j));
        change.cell = (Some(counted(tables.base, row)), Some(i64::try_from(column + 1).unwrap_or(0)));
        (change.before, change.after) = (row_text(own), row_text(their));
        let tracked = their.cells.iter().flat_map(|c| c.traces.clone()).chain(their.traces.clone());
        change.traces = joint(tracked.collect(), change.traces);
        change.reason = Some(say!(
            "这一行的格子有合并、拆分或删去的，请在源文件里改",
            "cells of this row were joined, divided or taken out; change it in the source"
        ));
        let grid = |line: &RowText| line.cells.iter().map(|c| (c.column, c.columns, c.rows)).collect::<Vec<_>>();
        let ours = first(&tables.rows_to_ours, row).and_then(|at| tables.ours.rows.get(at));
        if ours.is_some_and(|ours| grid(ours) == grid(their) && row_text(ours) == row_text(their)) {
            (change.status, change.reason) = (Status::Already, None);
        }
        planner.changes.push(change);
    }
}

/// The cells that all sides have.
fn cells(planner: &mut Planner<'_>, tables: &TableSides<'_>, i: usize, j: usize) {
    for row in 0..tables.base.rows.len() {
        let Some(their_row) = first(&tables.rows_to_theirs, row) else { continue };
        if other_cell(tables, row, their_row).is_some() {
            continue;
        }
        let our_row = first(&tables.rows_to_ours, row);
        for base in &tables.base.rows[row].cells {
            let their_column = tables.columns_to_theirs.get(base.column).copied().flatten();
            let Some(theirs) = their_column.and_then(|c| cell(tables.theirs, their_row, c)) else { continue };
            let (before, after) = (base.phrase.plain(), theirs.phrase.plain());
            if before == after && text::alike(&base.phrase, &theirs.phrase) {
                continue;
            }
            let our_column = tables.columns_to_ours.get(base.column).copied().flatten();
            let ours = our_row.zip(our_column).and_then(|(r, c)| cell(tables.ours, r, c));
            let mut change = planner.change(ChangeKind::Edited, Status::Clean, i, Some(j));
            change.cell = (Some(counted(tables.base, row)), Some(i64::try_from(base.column + 1).unwrap_or(0)));
            change.traces = traces(&theirs.traces, planner);
            let Some(ours) = ours else {
                change.kind = ChangeKind::Conflict;
                change.status = Status::Conflict;
                change.sides = Some([before.clone(), after.clone(), String::new()]);
                (change.before, change.after) = (before, after);
                planner.changes.push(change);
                continue;
            };
            one_cell(planner, change, [base, theirs, ours], (tables.ours, our_row.unwrap_or(row)));
        }
    }
}

fn one_cell(
    planner: &mut Planner<'_>,
    mut change: Change,
    [base, theirs, ours]: [&CellText; 3],
    (table, row): (&Item, usize),
) {
    let mut merge = three_way(&base.phrase, &theirs.phrase, &ours.phrase);
    merge.hold(&base.phrase, &theirs.phrase, &|kind| planner.is_note_of_ours(kind));
    super::whole::sentences(&mut merge, &ours.phrase, &theirs.phrase);
    let (our_text, their_text) = (ours.phrase.plain(), theirs.phrase.plain());
    change.before.clone_from(&our_text);
    change.after = apply(&our_text, &their_text, &merge.edits);
    change.span = super::planner::first_place(&ours.phrase).or(change.span);
    if !merge.clashes.is_empty() {
        let mut conflict = change.clone();
        conflict.kind = ChangeKind::Conflict;
        conflict.status = Status::Conflict;
        conflict.after.clone_from(&their_text);
        conflict.sides = Some([base.phrase.plain(), their_text, our_text]);
        planner.changes.push(conflict);
        return;
    }
    if !merge.weights.is_empty() {
        let mut told = Change { kind: ChangeKind::Format, ..change.clone() };
        text::weigh(&mut told, &ours.phrase, &merge.weights);
        if row < table.heads {
            text::refuse_bold(&mut told);
        }
        planner.changes.push(told);
    }
    if merge.edits.is_empty() {
        if !merge.already.is_empty() {
            change.status = Status::Already;
            change.before = base.phrase.plain();
            change.after = their_text;
            planner.changes.push(change);
        }
        return;
    }
    if ours.phrase.is_empty() {
        fill(&mut change, [theirs, ours], (table, row));
        planner.changes.push(change);
        return;
    }
    if let Some((name, before)) = bound::of_rows(table, &ours.phrase) {
        (change.kind, change.status) = (ChangeKind::Value, Status::Proposed);
        planner.fill_value(&mut change, &ours.phrase, &(name.to_owned(), before.to_owned(), their_text));
        planner.changes.push(change);
        return;
    }
    let carried = bound::carried(&ours.phrase, &theirs.phrase, &merge.edits);
    let (mut texts, mut refused) = (Vec::new(), Vec::new());
    for stretch in &merge.edits {
        let mut written = text::write(&ours.phrase, &carried, stretch);
        change.span = place_at(&ours.phrase, stretch.ours.start).or(change.span);
        for value in &written.values {
            let mut told =
                Change { kind: ChangeKind::Value, status: Status::Proposed, rewrites: Vec::new(), ..change.clone() };
            planner.fill_value(&mut told, &ours.phrase, value);
            planner.changes.push(told);
        }
        change.rewrites.append(&mut written.rewrites);
        texts.append(&mut written.texts);
        if let Some(reason) = written.refused {
            refused.push(Change {
                kind: if written.loses_value { ChangeKind::Value } else { change.kind },
                status: if written.loses_value { Status::Proposed } else { Status::Unsupported },
                reason: Some(reason),
                value: planner.lost_value(written.lost.as_ref()),
                after: apply(&our_text, &their_text, std::slice::from_ref(stretch)),
                rewrites: Vec::new(),
                ..change.clone()
            });
        }
    }
    if !change.rewrites.is_empty() {
        change.after = text::replaced(&our_text, &texts);
        planner.changes.push(change);
    }
    planner.changes.append(&mut refused);
}

/// What writes a cell that has no characters of its own yet.
fn fill(change: &mut Change, [theirs, ours]: [&CellText; 2], (table, row): (&Item, usize)) {
    let at = table.rows.get(row).and_then(|r| r.cells.iter().position(|c| std::ptr::eq(c, ours)));
    match (table.block.clone(), at) {
        (Some(block), Some(cell)) => {
            let row = row.checked_sub(table.heads);
            change.rewrites.push(Rewrite::Cell { block, row, cell, with: theirs.phrase.clone() });
        }
        _ => change.status = Status::Unsupported,
    }
}

/// What puts a row into our table, at a place in a block.
fn insertion(planner: &mut Planner<'_>, mut cells: Vec<Phrase>, (block, at): (&BlockId, usize)) -> Vec<Rewrite> {
    let mut notes = Vec::new();
    for cell in &mut cells {
        insert::named(planner, cell, &mut notes);
    }
    let mut rewrites = vec![Rewrite::InsertRow { block: block.clone(), at, cells }];
    rewrites.append(&mut notes);
    rewrites
}

/// Rows put in, taken out, moved.
fn rows_changed(planner: &mut Planner<'_>, tables: &TableSides<'_>, block: Option<&BlockId>, i: usize, j: usize) {
    let told = planner.changes.len();
    rows_out(planner, tables, block, (i, j));
    rows_in(planner, tables, block, (i, j));
    let new = &mut planner.changes[told..];
    if columns::other_columns(tables) {
        for change in new.iter_mut().filter(|c| c.status == Status::Clean) {
            change.rewrites.clear();
            columns::refuse_both(tables, change);
        }
    }
    // A row whose cells were joined may be one that is not there any more.
    if new.iter().any(|c| c.kind == ChangeKind::Inserted && c.status == Status::Unsupported) {
        for gone in new.iter_mut().filter(|c| c.kind == ChangeKind::Deleted && c.status == Status::Clean) {
            gone.rewrites.clear();
            refuse(gone);
        }
    }
}

fn row_change(planner: &mut Planner<'_>, kind: ChangeKind, row: &RowText, (at, i, j): (i64, usize, usize)) -> Change {
    let mut change = planner.change(kind, Status::Clean, i, Some(j));
    change.cell = (Some(at), None);
    change.traces = traces(&row.traces, planner);
    change
}

/// Rows taken out.
fn rows_out(planner: &mut Planner<'_>, tables: &TableSides<'_>, block: Option<&BlockId>, (i, j): (usize, usize)) {
    for (row, line) in tables.base.rows.iter().enumerate() {
        if first(&tables.rows_to_theirs, row).is_some() {
            continue;
        }
        let at = counted(tables.base, row);
        let mut change = row_change(planner, ChangeKind::Deleted, line, (at, i, j));
        change.before = row_text(line);
        let removers = planner.theirs.removers(&change.before);
        if !removers.is_empty() {
            change.traces = removers;
        }
        match first(&tables.rows_to_ours, row).and_then(|at| tables.ours.rows.get(at).map(|r| (at, r))) {
            None => change.status = Status::Already,
            Some((_, own)) if !same_text(&row_text(own), &change.before) => {
                change.kind = ChangeKind::Conflict;
                change.status = Status::Conflict;
                change.sides = Some([change.before.clone(), String::new(), row_text(own)]);
            }
            Some((at, own)) => match (block, at.checked_sub(tables.ours.heads)) {
                (Some(block), Some(row)) if whole(own, tables.ours) => {
                    change.rewrites.push(Rewrite::DeleteRow { block: block.clone(), row });
                }
                _ => refuse(&mut change),
            },
        }
        planner.changes.push(change);
    }
}

/// Rows put in or moved.
fn rows_in(planner: &mut Planner<'_>, tables: &TableSides<'_>, block: Option<&BlockId>, (i, j): (usize, usize)) {
    // Behind what comes before it on our side; a row that was moved is where it goes to.
    let mut next = tables.ours.heads;
    for (row, line) in tables.theirs.rows.iter().enumerate() {
        let group = tables.rows_to_theirs.of_b.get(row).copied().flatten();
        let at = next.saturating_sub(tables.ours.heads);
        let known = group.map(|g| &tables.rows_to_theirs.groups[g]);
        if let Some(known) = known
            && let Some(own) = known.a.first().and_then(|&base| first(&tables.rows_to_ours, base))
            && (!known.moved || follows(tables, next, own))
        {
            next = own + 1;
        }
        match group.map(|g| &tables.rows_to_theirs.groups[g]) {
            None => {
                let counted = counted(tables.base, row);
                let mut change = row_change(planner, ChangeKind::Inserted, line, (counted, i, j));
                change.after = row_text(line);
                let cells = in_our_columns(tables, line);
                let wanted = cells.iter().map(Phrase::plain).collect::<Vec<_>>().join("\t");
                let ours_alone = |(at, r): (usize, &RowText)| {
                    new_here(tables, at) && (same_text(&row_text(r), &wanted) || same_text(&row_text(r), &change.after))
                };
                let mut copies = tables.ours.rows.iter().enumerate().filter(|row| ours_alone(*row)).map(|(at, _)| at);
                let first = copies.clone().next();
                if let Some(own) = copies.find(|at| *at >= next).or(first) {
                    change.status = Status::Already;
                    if follows(tables, next, own) {
                        next = own + 1;
                    }
                } else if line.cells.iter().any(|cell| has_picture(&cell.phrase)) {
                    refuse_picture(&mut change);
                } else if let Some(block) = block.filter(|_| whole(line, tables.theirs)) {
                    let cells = columns::with_new(tables, line, cells);
                    change.rewrites = insertion(planner, cells, (block, at));
                } else {
                    refuse(&mut change);
                }
                planner.changes.push(change);
            }
            Some(group) if group.moved => {
                let Some(own) = group.a.first().and_then(|&b| first(&tables.rows_to_ours, b)) else { continue };
                let counted = counted(tables.base, group.a[0]);
                let mut change = row_change(planner, ChangeKind::Moved, line, (counted, i, j));
                (change.before, change.after) = (row_text(&tables.base.rows[group.a[0]]), row_text(line));
                let stands = own.saturating_sub(tables.ours.heads);
                if follows(tables, at + tables.ours.heads, own) {
                    change.status = Status::Already;
                } else if let (Some(block), true) = (block, whole(&tables.ours.rows[own], tables.ours)) {
                    change.rewrites.push(Rewrite::MoveRow { block: block.clone(), row: stands, to: at });
                } else {
                    refuse(&mut change);
                }
                planner.changes.push(change);
            }
            Some(_) => {}
        }
    }
}

/// True of a row of ours that neither the base nor they have.
fn new_here(tables: &TableSides<'_>, at: usize) -> bool {
    tables.rows_to_ours.of_b.get(at).copied().flatten().is_none()
}

/// True where a row of ours is at a place, or after it with nothing in between but rows that the source put in.
fn follows(tables: &TableSides<'_>, place: usize, own: usize) -> bool {
    place <= own && (place..own).all(|at| new_here(tables, at))
}
