//! Wide tables, on pages where they lie on their side.
//!
//! GB/T 9704-2012: the page number stays where it is on every page; the table's head points to the binding edge on odd pages and
//! to the fore-edge on even pages. Both are the left edge of the page: the table is turned a quarter to the left, whatever the
//! page. The sheet is printed upright; it is the lines that run up the page.

use crate::layout::notes::Notes;
use crate::layout::pages::{Stack, Unit, UnitMetrics, fill};
use crate::layout::{Line, PageItem, Rule};
use crate::model::{BlockIndex, Length};
use crate::template::Template;

/// A unit a page, after the end of the page before: the table's rows as they fill pages that lie on their side, and at the foot
/// of these what footnotes the rows call.
pub(super) fn pages(template: &Template, notes: &mut Notes, block: BlockIndex, units: Vec<Unit>) -> Vec<Unit> {
    let (page, grid) = (&template.page, &template.grid);
    let room = notes.room(rows(template));
    let cells: Vec<UnitMetrics> = units.iter().map(|unit| unit.cell).collect();
    let foot = grid.pitch * f64::from(room.rows - 1) + grid.cell;
    let mut units = units.into_iter();
    let mut pages = vec![Unit::page_break(block)];
    let (mut start, mut carried) = (0, 0);
    for end in fill(1, &cells, room).ends {
        let mut stack = Stack::new(grid.pitch, (Length::ZERO, Length::ZERO), page.measure(), carried);
        for unit in units.by_ref().take(end - start) {
            stack.put(unit, notes);
        }
        start = end;
        let (mut items, lines);
        (items, lines, carried) = stack.finish(room);
        items.extend(notes.at_foot(lines, template, Length::ZERO, foot));
        let items = items.into_iter().map(|item| turn(item, page.depth())).collect();
        pages.push(Unit::items(block, UnitMetrics { rows: grid.lines, ..UnitMetrics::default() }, items));
    }
    pages
}

/// How many rows of the grid a page has that lies on its side. The last one needs its glyphs' height only.
pub(super) fn rows(template: &Template) -> u32 {
    let (page, grid) = (&template.page, &template.grid);
    ((page.measure() + grid.pitch - grid.cell) / grid.pitch + 1e-6).floor().max(1.0) as u32
}

/// From a page that lies on its side to the upright one: what is right is up, what is down is right. `foot`: where the
/// page on its side has its left edge.
fn turn(item: PageItem, foot: Length) -> PageItem {
    match item {
        PageItem::Line(line) => {
            PageItem::Line(Line { x: line.baseline, baseline: foot - line.x, turned: true, ..line })
        }
        PageItem::Rule(rule) => {
            let (x, y) = (rule.y, foot - rule.x - rule.width);
            PageItem::Rule(Rule { x, y, width: rule.height, height: rule.width, ..rule })
        }
        // A table has nothing else, nor have its notes.
        other => other,
    }
}
