//! The plot: what the axes enclose, and where values and categories are in it.

use super::ink::Ink;
use super::label::ChartLabel;
use super::room::{Point, Rect};
use crate::model::{BlockIndex, Chart, Quantity, Scale, Series, ValueAxis};
use crate::printed::Side;

/// Figures keep so far off the axes, in points.
const CLEAR: f64 = 1.5;

/// What the axes enclose.
pub(super) struct Plot {
    /// The lower edge of the units above it.
    pub(super) head: f64,
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    /// The scale at the left.
    pub(super) scale: Scale,
    /// That at the right.
    pub(super) right_scale: Option<Scale>,
    /// The room of a category.
    pub(super) slot: f64,
}

/// What is drawn in the plot, and the values written there.
pub(super) struct PlottedData {
    pub(super) bars: Ink,
    pub(super) lines: Ink,
    /// Values, each with the left end of its baseline.
    pub(super) values: Vec<(ChartLabel, Point)>,
    /// The places of those on bars, which need paper behind them.
    pub(super) on_bars: Vec<Rect>,
    /// For each series the sides of its values.
    pub(super) sides: Vec<Vec<Option<Side>>>,
}

impl PlottedData {
    /// No value is written as yet.
    pub(super) fn new(block: BlockIndex, chart: &Chart) -> Self {
        let sides = chart.series.iter().map(|series| vec![None; series.values.len()]).collect();
        let (bars, lines) = (Ink::new(block), Ink::new(block));
        Self { bars, lines, values: Vec::new(), on_bars: Vec::new(), sides }
    }

    /// Records on which side a value is written.
    pub(super) fn side(&mut self, series: usize, category: usize, side: Side) {
        if let Some(place) = self.sides.get_mut(series).and_then(|sides| sides.get_mut(category)) {
            *place = Some(side);
        }
    }
}

impl Plot {
    /// How high up a value of the left axis is.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.height(&self.scale, value)
    }

    /// The same of an axis.
    pub(super) fn y_on(&self, axis: ValueAxis, value: f64) -> f64 {
        match (axis, &self.right_scale) {
            (ValueAxis::Right, Some(scale)) => self.height(scale, value),
            _ => self.y(value),
        }
    }

    fn height(&self, scale: &Scale, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * scale.share(value)
    }

    /// The points of a series; None at a gap.
    pub(super) fn points(&self, series: &Series) -> Vec<Option<Point>> {
        let point = |(at, value): (usize, &Option<Quantity>)| {
            value.as_ref().map(|value| (self.x(at), self.y_on(series.axis, value.amount())))
        };
        series.values.iter().enumerate().map(point).collect()
    }

    /// The line that bars begin at: zero, or the nearest value to it on the axis.
    pub(super) fn base(&self) -> f64 {
        self.y(0.0f64.clamp(self.scale.low, self.scale.high))
    }

    /// Where values may be written: the plot and what is above it, off its axes and below the units.
    pub(super) fn whole(&self) -> Rect {
        Rect { left: self.left + CLEAR, top: self.head, right: self.right - CLEAR, bottom: self.bottom - CLEAR }
    }

    /// The middle of a category's room.
    pub(super) fn x(&self, category: usize) -> f64 {
        self.left + self.slot * (category as f64 + 0.5)
    }
}
