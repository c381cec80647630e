//! Wide tables, on pages where they lie on their side.
//!
//! GB/T 9704-2012: the page number stays where it is on every page; the table's head points to the binding edge on odd pages and
//! to the fore-edge on even pages. Both are the left edge of the page: the table is turned a quarter to the left, whatever the
//! page. The sheet is printed upright; it is the lines that run up the page.

use super::rows::{Sheet, repeated};
use crate::layout::caption::Caption;
use crate::layout::pages::{Cell, Part, Unit};
use crate::layout::{Item, Line, Rule};
use crate::model::Length;
use crate::template::Template;
use std::ops::Range;

/// A unit a page, behind the end of the page before.
pub(super) fn units(template: &Template, sheet: &Sheet<'_>, caption: &Caption, again: &Caption) -> Vec<Unit> {
    let (page, grid) = (&template.page, &template.grid);
    let rows = rows(template);
    let head: u32 = sheet.heights[..sheet.head()].iter().sum();
    let mut units = vec![Unit::page_break(sheet.block)];
    for range in ranges(sheet, rows, caption.rows, again.rows + head) {
        let above = if range.start == 0 { caption } else { again };
        let mut part = Part::new(sheet.block);
        part.take(sheet.opening(above.rows), Length::ZERO);
        let mut used = above.rows;
        if range.start > 0 {
            for row in 0..sheet.head() {
                part.take(repeated(sheet.row(row, above.rows)), Length::ZERO);
            }
            used += head;
        }
        for row in range.clone() {
            // The rows of a head know what stands above them in it.
            let (top, down) = if row < sheet.head() { (0, above.rows) } else { (used, 0) };
            part.take(sheet.row(row, down), grid.pitch * f64::from(top));
            used += sheet.heights[row];
        }
        if range.end < sheet.heights.len() {
            part.take(sheet.closing(), grid.pitch * f64::from(used));
        }
        let items = above.items.iter().cloned().chain(part.finish(page.measure(), Length::ZERO, Length::ZERO));
        let items = items.map(|item| turn(item, page.depth())).collect();
        units.push(Unit::items(sheet.block, Cell { rows: grid.lines, ..Cell::default() }, items));
    }
    units
}

/// How many rows of the grid a page has that lies on its side. The last one needs its glyphs' height only.
pub(super) fn rows(template: &Template) -> u32 {
    let (page, grid) = (&template.page, &template.grid);
    ((page.measure() + grid.pitch - grid.cell) / grid.pitch + 1e-6).floor().max(1.0) as u32
}

/// The rows of each page of `rows` rows of the grid; `first` and `later` of these stand above them.
fn ranges(sheet: &Sheet<'_>, rows: u32, first: u32, later: u32) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    while start < sheet.heights.len() {
        let mut used = if start == 0 { first } else { later };
        let mut end = start;
        while end < sheet.heights.len() && (end == start || used + sheet.heights[end] <= rows) {
            used += sheet.heights[end];
            end += 1;
        }
        // Rows that stand together go on to the next page together, unless they fill a page.
        if end < sheet.heights.len()
            && let Some(back) = (start + 1..=end).rev().find(|&at| !sheet.keeps(at - 1))
        {
            end = back;
        }
        ranges.push(start..end);
        start = end;
    }
    ranges
}

/// From a page that lies on its side to the upright one: what is right is up, what is down is right. `foot`: where the
/// page on its side has its left edge.
fn turn(item: Item, foot: Length) -> Item {
    match item {
        Item::Line(line) => Item::Line(Line { x: line.baseline, baseline: foot - line.x, turned: true, ..line }),
        Item::Rule(rule) => {
            let (x, y) = (rule.y, foot - rule.x - rule.width);
            Item::Rule(Rule { x, y, width: rule.height, height: rule.width, ..rule })
        }
        // A table has nothing else.
        other => other,
    }
}
