//! The foot of a page: how many lines of footnotes it holds, and how many go on to the next page.
//!
//! A note is on the page that calls it, as far as there is room; what is left goes on at the foot of the next page, before
//! the notes that are called there. Only the last note of a page is divided.

/// A thousandth of a row of the grid: what heights at the foot of a page are counted in.
pub(in crate::layout) const ROW: u32 = 1_000;

/// A divided note has so many lines at least on either page.
const LEAST: u32 = 2;

/// Lines of footnotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::layout) struct Foot {
    /// Those of the notes before the last one.
    whole: u32,
    /// Those of the last note.
    last: u32,
}

impl Foot {
    /// Notes of so many lines each.
    pub(in crate::layout) fn of(notes: impl IntoIterator<Item = u32>) -> Self {
        notes.into_iter().fold(Self::default(), |foot, last| foot.and(Self { whole: 0, last }))
    }

    /// These notes, and others after them.
    pub(in crate::layout) fn and(self, behind: Self) -> Self {
        if behind.last == 0 {
            return self;
        }
        Self { whole: self.lines() + behind.whole, last: behind.last }
    }

    /// How many lines there are.
    pub(in crate::layout) fn lines(self) -> u32 {
        self.whole + self.last
    }

    /// How many of them the page that calls them has at least.
    pub(in crate::layout) fn least(self) -> u32 {
        self.whole + if self.last < 2 * LEAST { self.last } else { LEAST }
    }
}

/// What a page holds.
#[derive(Clone, Copy, Debug, Hash)]
pub(in crate::layout) struct Room {
    /// Rows of the grid.
    pub(in crate::layout) rows: u32,
    /// What divides footnotes from the text, in thousandths of a row.
    pub(in crate::layout) divider: u32,
    /// A line of a footnote, in thousandths of a row; more than 0.
    pub(in crate::layout) line: u32,
}

impl Room {
    /// The rows that so many lines of footnotes take.
    pub(in crate::layout) fn rows_of(self, lines: u32) -> u32 {
        if lines == 0 { 0 } else { lines.saturating_mul(self.line).saturating_add(self.divider).div_ceil(ROW) }
    }

    /// How many lines of footnotes have room below `used` rows. The first row stays free where they are alone: the page's
    /// rows have their space below them, the notes end with the type area.
    fn most(self, used: u32) -> u32 {
        self.rows.saturating_sub(used.max(1)).saturating_mul(ROW).saturating_sub(self.divider) / self.line.max(1)
    }

    /// How many lines of the notes go on to the next page where the text takes `used` rows; None where text and notes do not fit.
    pub(in crate::layout) fn carried(self, used: u32, foot: Foot) -> Option<u32> {
        let (lines, most) = (foot.lines(), self.most(used));
        if used > self.rows {
            return None;
        }
        if lines <= most {
            return Some(0);
        }
        let carried = (lines - most).max(LEAST);
        (foot.last >= 2 * LEAST && lines - carried >= foot.whole + LEAST).then_some(carried)
    }

    /// How many lines go on to the next page where this page has to keep its text.
    pub(super) fn overflow(self, used: u32, foot: Foot) -> u32 {
        // A page of notes alone gets on by a line at least, however low it is.
        let most = self.most(used).max(u32::from(used == 0));
        self.carried(used, foot).unwrap_or_else(|| foot.lines().saturating_sub(most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { rows: 10, divider: 500, line: 500 };

    #[test]
    fn the_last_note_goes_on_overleaf() {
        // Four rows are left: seven lines.
        for (notes, carried) in [
            (vec![], Some(0)),
            (vec![7], Some(0)),
            (vec![8], Some(2)),
            (vec![12], Some(5)),
            (vec![4, 4], Some(2)),
            (vec![5, 4], Some(2)),
            (vec![6, 4], None),
            (vec![6, 3], None),
            (vec![8, 1], None),
        ] {
            assert_eq!(ROOM.carried(6, Foot::of(notes.iter().copied())), carried, "{notes:?}");
        }
        assert_eq!(ROOM.carried(11, Foot::default()), None);
    }

    #[test]
    fn a_page_of_notes_alone_gets_on() {
        assert_eq!(ROOM.overflow(0, Foot::of([100])), 83);
        let low = Room { rows: 1, divider: 2_000, line: 500 };
        assert_eq!(low.overflow(0, Foot::of([3])), 2);
        assert_eq!(low.overflow(1, Foot::of([3])), 3);
    }
}
