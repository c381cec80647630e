//! Wide tables, pictures and charts, on pages where they lie on their side.
//!
//! GB/T 9704-2012: the page number stays where it is on every page; the table's head points to the binding edge on odd pages and
//! to the fore-edge on even pages. Both are the left edge of the page: the table is turned a quarter to the left, whatever the
//! page. The sheet is printed upright; it is the lines that run up the page.

use super::attached;
use super::flow::Flow;
use super::pages::{Stack, Unit, UnitKind, UnitMetrics, fill};
use super::{Line, OutlineStep, PageItem, PlacedPicture, Rule};
use crate::model::{Block, BlockIndex, Length, Lie};

/// The units of a block on the pages that it lies on: as they are, or turned with the footnotes that they call.
pub(super) fn lain(flow: &mut Flow<'_>, (index, block): (BlockIndex, &Block), mut units: Vec<Unit>) -> Vec<Unit> {
    if block.kind.lie() == Lie::Upright {
        return units;
    }
    let notes = flow.notes.of_block(index, &block.kind);
    if let Some(first) = units.iter_mut().find(|unit| unit.cell.kind == UnitKind::Lines) {
        first.cell.notes = flow.notes.foot(&notes);
        first.notes = notes;
    }
    pages(flow, index, units)
}

/// A unit a page, after the end of the page before: the mark and title of the attachment that they begin, rows of a table, a picture and its caption, as they fill pages that lie on their side, and at the foot
/// of these what footnotes the rows call.
pub(super) fn pages(flow: &mut Flow<'_>, block: BlockIndex, units: Vec<Unit>) -> Vec<Unit> {
    let mut all = attached::heads(flow, block, Lie::Turned);
    all.extend(units);
    let (units, template, notes) = (all, flow.template, &mut flow.notes);
    let (page, grid) = (&template.page, &template.grid);
    let room = notes.room(template.lines(Lie::Turned));
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
        PageItem::Path(mut path) => {
            let turn = |(x, y): (f64, f64)| (y, foot.to_pt() - x);
            for step in &mut path.steps {
                *step = match *step {
                    OutlineStep::Move(x, y) => {
                        let (x, y) = turn((x, y));
                        OutlineStep::Move(x, y)
                    }
                    OutlineStep::Line(x, y) => {
                        let (x, y) = turn((x, y));
                        OutlineStep::Line(x, y)
                    }
                    OutlineStep::Curve(points) => OutlineStep::Curve(points.map(turn)),
                    OutlineStep::Close => OutlineStep::Close,
                };
            }
            PageItem::Path(path)
        }
        PageItem::Picture(picture) => {
            let (x, y) = (picture.y, foot - picture.x - picture.width);
            let (width, height) = (picture.height, picture.width);
            PageItem::Picture(PlacedPicture { x, y, width, height, lie: Lie::Turned, ..picture })
        }
    }
}
