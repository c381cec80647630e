//! What takes room in a chart, and whether something else has room beside it.

/// A place in points.
pub(super) type Point = (f64, f64);

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    /// The square of a width around a point.
    pub(super) fn around((x, y): Point, width: f64) -> Self {
        let half = width / 2.0;
        Self { left: x - half, top: y - half, right: x + half, bottom: y + half }
    }

    /// With so much more on every side.
    pub(super) fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub(super) fn holds(self, other: Self) -> bool {
        self.left <= other.left && self.top <= other.top && self.right >= other.right && self.bottom >= other.bottom
    }

    /// True when some of a line lies within.
    pub(super) fn meets(self, (from, to): (Point, Point)) -> bool {
        // What of the line, from 0 to 1, lies between two edges (Liang and Barsky).
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        for (start, run, low, high) in
            [(from.0, to.0 - from.0, self.left, self.right), (from.1, to.1 - from.1, self.top, self.bottom)]
        {
            if run == 0.0 {
                if start <= low || start >= high {
                    return false;
                }
                continue;
            }
            let (one, other) = ((low - start) / run, (high - start) / run);
            enter = enter.max(one.min(other));
            leave = leave.min(one.max(other));
        }
        enter < leave
    }
}

/// What is in the way.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) areas: Vec<Rect>,
    pub(super) segments: Vec<(Point, Point)>,
}

impl Taken {
    /// True when nothing is in any way.
    pub(super) fn is_empty(&self) -> bool {
        self.areas.is_empty() && self.segments.is_empty()
    }

    /// True when nothing is in the way of a rectangle.
    pub(super) fn leaves(&self, rect: Rect) -> bool {
        !self.areas.iter().any(|area| area.overlaps(rect)) && !self.segments.iter().any(|&line| rect.meets(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Rect = Rect { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };

    #[test]
    fn lines_through_a_rectangle_meet_it() {
        for line in [((0.0, 15.0), (30.0, 15.0)), ((15.0, 12.0), (15.0, 13.0)), ((5.0, 8.0), (22.0, 25.0))] {
            assert!(BOX.meets(line), "{line:?}");
        }
        for line in [
            ((0.0, 10.0), (30.0, 10.0)),
            ((0.0, 0.0), (9.0, 30.0)),
            ((5.0, 18.0), (12.0, 25.0)),
            ((12.0, 25.0), (18.0, 21.0)),
        ] {
            assert!(!BOX.meets(line), "{line:?}");
        }
    }

    #[test]
    fn neighbours_do_not_overlap() {
        let beside = Rect { left: 20.0, right: 30.0, ..BOX };
        assert!(!BOX.overlaps(beside) && BOX.overlaps(beside.grown(0.1)) && BOX.grown(10.0).holds(beside));
        let taken = Taken { areas: vec![BOX], segments: vec![((25.0, 0.0), (25.0, 30.0))] };
        assert!(taken.leaves(Rect { right: 24.0, ..beside }) && !taken.leaves(beside) && !taken.leaves(BOX));
    }
}
