//! Units below one another, as they are printed on a page.

use super::{Foot, Room, TablePart, Unit, UnitKind};
use crate::layout::notes::Notes;
use crate::layout::{Line, LineKind, PageItem};
use crate::model::Length;
use std::sync::Arc;

/// A page's text as it fills from its head.
pub(in crate::layout) struct Stack {
    /// The distance of the rows.
    pitch: Length,
    /// The corner of the type area.
    corner: (Length, Length),
    /// Its height.
    depth: Length,
    /// The row that the next unit begins on.
    row: u32,
    /// Rows down to the last with anything on it.
    used: u32,
    items: Vec<PageItem>,
    /// The table in hand.
    part: Option<TablePart>,
    /// What closes it, and how far down.
    foot: Option<(Arc<[PageItem]>, Length)>,
    called: Foot,
}

impl Stack {
    /// A page with nothing on it but lines of footnotes from the one before. `corner`: left and top edge of the type area.
    pub(in crate::layout) fn new(pitch: Length, corner: (Length, Length), depth: Length, carried: u32) -> Self {
        let called = Foot::of([carried]);
        Self { pitch, corner, depth, row: 0, used: 0, items: Vec::new(), part: None, foot: None, called }
    }

    /// Takes in the next unit; returns how far below the type area's top it is, where it is not blank.
    pub(in crate::layout) fn put(&mut self, unit: Unit, notes: &mut Notes) -> Option<Length> {
        if unit.cell.kind != UnitKind::Lines {
            self.row += if self.row > 0 { unit.cell.rows } else { 0 };
            return None;
        }
        let (left, above) = self.corner;
        if self.part.as_ref().is_some_and(|part| !unit.ruled || part.block != unit.block) {
            self.items.extend(self.part.take().into_iter().flat_map(|part| part.finish(self.depth, left, above)));
        }
        let head = unit.head.filter(|_| self.row == 0);
        self.row += if head.is_some() { unit.cell.lead } else { 0 };
        let top = self.pitch * f64::from(self.row);
        self.called = self.called.and(unit.cell.notes);
        notes.call(&unit.notes);
        if unit.ruled {
            let part = self.part.get_or_insert_with(|| TablePart::new(unit.block));
            part.take(head.iter().flat_map(|head| head.iter().cloned()), Length::ZERO);
            part.take(unit.items, top);
        } else {
            self.items.extend(unit.items.into_iter().map(|item| item.shifted(left, above + top)));
        }
        for placed in unit.lines {
            self.items.push(PageItem::Line(Line {
                kind: LineKind::Block(unit.block),
                last: placed.last,
                text: placed.setting.text,
                x: left + placed.x,
                baseline: above + top + placed.y,
                width: placed.setting.width,
                turned: false,
                strain: placed.setting.strain,
                runs: placed.setting.runs,
            }));
        }
        self.row += unit.cell.rows;
        self.used = self.row;
        self.foot = unit.foot.map(|foot| (foot, self.pitch * f64::from(self.row)));
        Some(top)
    }

    /// The items of the page; how many lines of footnotes are below them, and how many go on to the next page.
    pub(in crate::layout) fn finish(mut self, room: Room) -> (Vec<PageItem>, u32, u32) {
        if let Some(mut part) = self.part {
            if let Some((foot, bottom)) = self.foot {
                part.take(foot.iter().cloned(), bottom);
            }
            self.items.extend(part.finish(self.depth, self.corner.0, self.corner.1));
        }
        let carried = room.overflow(self.used, self.called);
        (self.items, self.called.lines() - carried, carried)
    }
}
