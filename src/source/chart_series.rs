//! What was read of a chart: categories and series, with the places that errors point at.

use crate::diagnostic::{Span, Vocabulary as _};
use crate::model::{ChartKind, Quantity, Series, Text, ValueAxis};
use crate::yaml::tree::Node;

/// What is to be drawn.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) categories: Vec<Text>,
    pub(super) series: Vec<SeriesRow>,
}

/// A series, its place, and those of its values.
pub(super) struct SeriesRow {
    pub(super) name: Text,
    pub(super) span: Span,
    pub(super) manner: Manner,
    pub(super) values: Vec<(FoundValue, Span)>,
}

/// How a series is drawn.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub(super) kind: ChartKind,
    pub(super) axis: ValueAxis,
}

/// What was found where a value is due.
pub(super) enum FoundValue {
    /// A value.
    Value(Quantity),
    /// Nothing, which is drawn as a gap.
    Gap,
    /// What could not be read: it has been reported, and it counts.
    Refused,
}

impl From<Option<Quantity>> for FoundValue {
    fn from(value: Option<Quantity>) -> Self {
        value.map_or(Self::Refused, Self::Value)
    }
}

impl SeriesRow {
    /// True when all of it is gaps.
    pub(super) fn lacks_values(&self) -> bool {
        !self.values.is_empty() && self.values.iter().all(|(value, _)| matches!(value, FoundValue::Gap))
    }

    /// The series of what was read. A value that was refused leaves a gap in a chart that nobody sees.
    pub(super) fn series(self) -> Series {
        let value = |(reading, _)| if let FoundValue::Value(value) = reading { Some(value) } else { None };
        let Manner { kind, axis } = self.manner;
        Series { name: self.name, kind, axis, values: self.values.into_iter().map(value).collect() }
    }
}

/// How a series is drawn: as it says, else as the chart.
pub(super) fn manner(series: &Node, chart: &Node) -> Manner {
    let said = |node: &Node| node.get("kind").and_then(Node::as_text).and_then(ChartKind::from_word);
    let kind = said(series).or_else(|| said(chart)).unwrap_or(ChartKind::Bar);
    let axis = series.get("axis").and_then(Node::as_text).and_then(ValueAxis::from_word).unwrap_or(ValueAxis::Left);
    Manner { kind, axis }
}
