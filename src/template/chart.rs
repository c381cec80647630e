//! How charts look.

use crate::model::{ChartKind, Length};

/// The sign at a point of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the four signs")]
pub enum Marker {
    Circle,
    Square,
    Triangle,
    Diamond,
}

impl Marker {
    /// All signs, with the words that templates use, which are those of DrawingML too.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Circle, "circle"), (Self::Square, "square"), (Self::Triangle, "triangle"), (Self::Diamond, "diamond")];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Square => "square",
            Self::Triangle => "triangle",
            Self::Diamond => "diamond",
        }
    }
}

/// How charts look. Their text is set in the style `chart-text`.
#[derive(Clone, Debug, PartialEq)]
pub struct Charts {
    /// How high a chart is, in rows of the grid.
    pub rows: u32,
    /// Weight of the axes.
    pub axis: Length,
    /// Weight of the lines at the marks of an axis.
    pub grid: Length,
    /// Weight of the lines that show data.
    pub line: Length,
    /// Weight of the lines around bars and slices, and from slices to their names.
    pub outline: Length,
    /// The tints of black of bars by series, and of slices; at least three.
    pub tints: Vec<f32>,
    /// The dashes and gaps of lines by series, in weights of the line; none: unbroken.
    pub dashes: Vec<Vec<f64>>,
    /// The signs at the points of lines by series.
    pub markers: Vec<Marker>,
    /// Width of a sign.
    pub marker: Length,
    /// The share of a category's room that its bars take.
    pub bar: f64,
    /// The width of a bar at most.
    pub widest: Length,
    /// Between text and what it belongs to.
    pub gap: Length,
    /// About how many steps an axis has.
    pub steps: u32,
    /// At most how many lines the name of a category has.
    pub lines: u32,
    /// The smallest size of text where it is crowded.
    pub smallest: Length,
    /// Between two entries of the legend, in em.
    pub legend: f64,
    /// Width of a bar's sample there, in em.
    pub sample_bar: f64,
    /// Width of a line's sample there, in em.
    pub sample_line: f64,
    /// Length of either part of the line from a slice to its name, in em.
    pub leader: f64,
    /// What stands before the unit at the head of an axis.
    pub unit: String,
}

impl Charts {
    /// How many series can be told from one another in black.
    #[must_use]
    pub fn most_series(&self, kind: ChartKind) -> usize {
        match kind {
            ChartKind::Bar => self.tints.len(),
            ChartKind::Line => self.dashes.len().max(self.markers.len()),
            ChartKind::Pie => 1,
        }
    }

    /// The share of a category's room that its bars take, where that is so wide: few bars do not become boards.
    #[must_use]
    pub fn share(&self, room: Length, series: usize) -> f64 {
        let bars = series.max(1) as f64;
        // Word knows no gap wider than five bars.
        self.bar.min((self.widest * bars / room).max(bars / (bars + 5.0)))
    }

    /// The tint of a series of bars.
    #[must_use]
    pub fn tint(&self, series: usize) -> f32 {
        self.tints.get(series % self.tints.len().max(1)).copied().unwrap_or(1.0)
    }

    /// The tint of slice `at` of `count`: no two neighbours have the same.
    #[must_use]
    pub fn slice_tint(&self, at: usize, count: usize) -> f32 {
        // The last slice meets the first one.
        let meets = at > 0 && at + 1 == count && at.is_multiple_of(self.tints.len().max(1));
        self.tint(if meets { at + 1 } else { at })
    }

    /// The dashes of a line.
    #[must_use]
    pub fn dash(&self, series: usize) -> &[f64] {
        self.dashes.get(series % self.dashes.len().max(1)).map_or(&[], Vec::as_slice)
    }

    /// The sign at the points of a line.
    #[must_use]
    pub fn sign(&self, series: usize) -> Marker {
        self.markers.get(series % self.markers.len().max(1)).copied().unwrap_or(Marker::Circle)
    }
}
