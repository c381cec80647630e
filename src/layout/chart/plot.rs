//! The plot: what the axes enclose, and where values and categories are in it.

use super::ink::Ink;
use super::label::ChartLabel;
use super::room::Point;
use crate::model::Scale;
use crate::printed::Side;

/// What the axes enclose.
pub(super) struct Plot {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    pub(super) scale: Scale,
    /// The room of a category.
    pub(super) slot: f64,
}

/// What is drawn in the plot, and the values written there.
pub(super) struct PlottedData {
    pub(super) ink: Ink,
    /// Values, each with the left end of its baseline.
    pub(super) values: Vec<(ChartLabel, Point)>,
    pub(super) sides: Vec<Vec<Side>>,
}

impl Plot {
    /// How high up a value is.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * self.scale.share(value)
    }

    /// The line that bars begin at: zero, or the nearest value to it on the axis.
    pub(super) fn base(&self) -> f64 {
        self.y(0.0f64.clamp(self.scale.low, self.scale.high))
    }

    /// The middle of a category's room.
    pub(super) fn x(&self, category: usize) -> f64 {
        self.left + self.slot * (category as f64 + 0.5)
    }
}
