//! Lines to units: paragraphs, titles, and the blank rows around them.

use super::flow::Flow;
use super::lines::SetLine;
use super::notes::sources;
use super::pages::{Placed, Unit, UnitMetrics};
use super::paragraph::Paragraph;
use crate::model::{Block, BlockIndex, Length, Text};
use crate::template::{Leading, Style};
use std::collections::BTreeSet;

/// A title: lines as given or broken by phrase, all on one page.
pub(super) fn title(flow: &mut Flow<'_>, index: BlockIndex, block: &Block, lines: &[Text], style: &Style) -> Vec<Unit> {
    let mut set = Vec::new();
    for line in lines {
        let paragraph = Paragraph::new(block).text(line, style);
        let Some(text) = flow.prepared(&paragraph) else { continue };
        let job = flow.job(&text, &paragraph, style);
        let ends = flow.ends(&job);
        set.extend(job.unindented().aligned(&ends));
    }
    stack(flow, index, set, style)
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
