//! Lines to units: paragraphs, titles, and the blank rows around them.

use super::flow::Flow;
use super::lines::{SetLine, units_of as layout_units};
use super::notes::sources;
use super::pages::{Placed, Unit, UnitKind, UnitMetrics};
use super::paragraph::Paragraph;
use crate::model::{Block, BlockIndex, Length, NoteIndex, Text};
use crate::template::{Leading, Style};
use std::collections::BTreeSet;

/// A title: lines as given or broken by phrase, all on one page.
pub(super) fn title(flow: &mut Flow<'_>, index: BlockIndex, block: &Block, lines: &[Text], style: &Style) -> Vec<Unit> {
    title_on(flow, (index, block), lines, style, Length::ZERO)
}

/// The same on a measure that is so much wider.
pub(super) fn title_on(
    flow: &mut Flow<'_>,
    (index, block): (BlockIndex, &Block),
    lines: &[Text],
    style: &Style,
    wider: Length,
) -> Vec<Unit> {
    let mut set = Vec::new();
    for line in lines {
        let paragraph = Paragraph::new(block).text(line, style);
        let Some(text) = flow.prepared(&paragraph) else { continue };
        let job = flow.job(&text, &paragraph, style);
        let shape = job.shape.wider(layout_units(wider / style.size));
        let job = job.with_shape(shape);
        let ends = flow.ends(&job);
        set.extend(job.unindented().aligned(&ends));
    }
    stack(flow, index, set, style)
}

/// The units of a block, with the footnotes that it calls: those that lines do not carry themselves (a table's cells) go with its
/// beginning.
pub(super) fn with_notes(flow: &Flow<'_>, (index, block): (BlockIndex, &Block), mut units: Vec<Unit>) -> Vec<Unit> {
    let carried: Vec<NoteIndex> = units.iter().flat_map(|unit| unit.notes.iter().copied()).collect();
    let rest: Vec<NoteIndex> =
        flow.notes.of_block(index, &block.kind).into_iter().filter(|note| !carried.contains(note)).collect();
    if let Some(first) = units.iter_mut().find(|unit| unit.cell.kind == UnitKind::Lines) {
        first.cell.notes = first.cell.notes.and(flow.notes.foot(&rest));
        first.notes.extend(rest);
    }
    units
}

/// Lines below one another, with the blank rows of their style.
pub(super) fn stack(flow: &Flow<'_>, index: BlockIndex, lines: Vec<SetLine>, style: &Style) -> Vec<Unit> {
    if lines.is_empty() {
        return Vec::new();
    }
    let grid = &flow.template.grid;
    let ascent = style.size * grid.ascent;
    let count = lines.len();
    let mut units = Vec::with_capacity(count + 2);
    units.extend(blank(index, style.rows_before));
    match style.leading {
        Leading::Rows(_) => {
            let mut seen = BTreeSet::new();
            for (i, SetLine { setting, x }) in lines.into_iter().enumerate() {
                // Type of another size is in the middle of the cell of the grid.
                let y = (grid.cell - style.size) / 2.0 + ascent;
                let placed = Placed { setting, x, y, last: i + 1 == count };
                let notes = flow.notes.called(index, sources(&placed), &mut seen);
                let cell = UnitMetrics { notes: flow.notes.foot(&notes), ..line_metrics(style, i, count) };
                units.push(Unit { notes, ..Unit::lines(index, cell, vec![placed]) });
            }
        }
        Leading::Exact(leading) => {
            let ink = leading * (count - 1) as f64 + style.size;
            let rows = style.rows(count, grid);
            let room = grid.pitch * rows - (grid.pitch - grid.cell);
            let top = ((room - ink) / 2.0).max(Length::ZERO);
            let place = |(i, SetLine { setting, x }): (usize, SetLine)| Placed {
                setting,
                x,
                y: top + leading * i as f64 + ascent,
                last: i + 1 == count,
            };
            let placed = lines.into_iter().enumerate().map(place).collect();
            let cell = UnitMetrics { rows: rows as u32, keep_next: style.keep_next, ..UnitMetrics::default() };
            units.push(Unit::lines(index, cell, placed));
        }
    }
    units.extend(blank(index, style.rows_after));
    units
}

/// Blank rows, if there are any.
pub(super) fn blank(block: BlockIndex, rows: f64) -> Option<Unit> {
    let rows = rows.ceil().max(0.0) as u32;
    (rows > 0).then(|| Unit::blank(block, rows))
}

/// Line `i` of `count` in a style that counts by rows.
pub(super) fn line_metrics(style: &Style, i: usize, count: usize) -> UnitMetrics {
    let rows = match style.leading {
        Leading::Rows(rows) => rows.ceil().max(1.0) as u32,
        Leading::Exact(_) => 1,
    };
    let (above, below) = (i as u32 + 1, (count - i - 1) as u32);
    // No fewer than `orphans` lines on either side of a page's edge, where the block has them.
    let least = style.orphans.max(1);
    // What keeps with the next keeps together itself.
    let keeps = below > 0 && (above < least || below < least || style.keep_next > 0);
    UnitMetrics { rows, keeps, keep_next: if below == 0 { style.keep_next } else { 0 }, ..UnitMetrics::default() }
}
