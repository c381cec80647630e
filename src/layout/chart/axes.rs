//! The plot of bars and lines: its axes, marks and names, in the room that the text leaves.

use super::drawing::{Draft, Drawing, Trouble};
use super::ink::Ink;
use super::label::{ChartLabel, Hang, LabelPart};
use super::legend::Legend;
use super::room::Point;
use super::{bars, lines};
use crate::model::{ChartKind, Scale, Side};

/// The plot takes at least this share of a chart's height.
const LEAST: f64 = 0.4;

/// What the axes enclose.
pub(super) struct Plot {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    scale: Scale,
    /// The room of a category.
    pub(super) slot: f64,
}

/// What is drawn in the plot, and the values written there.
pub(super) struct Data {
    pub(super) ink: Ink,
    /// Values, each with the left end of its baseline.
    pub(super) values: Vec<(ChartLabel, Point)>,
    pub(super) sides: Vec<Vec<Side>>,
}

impl Plot {
    /// How high up a value stands.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * self.scale.share(value)
    }

    /// The line that bars stand on: zero, or the nearest value to it on the axis.
    pub(super) fn base(&self) -> f64 {
        self.y(0.0f64.clamp(self.scale.low, self.scale.high))
    }

    /// The middle of a category's room.
    pub(super) fn x(&self, category: usize) -> f64 {
        self.left + self.slot * (category as f64 + 0.5)
    }
}

/// Draws bars or lines.
pub(super) fn draw(draft: &mut Draft<'_, '_>) -> Result<Drawing, Trouble> {
    let (chart, block, gap, leading) = (draft.chart, draft.block, draft.gap(), draft.lettering.leading);
    let scale = Scale::of(chart, draft.look.steps);
    let mut marks = Vec::new();
    for (value, text) in scale.marks() {
        marks.push((value, draft.line(&[LabelPart::Affix(&text)])?));
    }
    let unit_is = draft.look.unit.clone();
    let unit = match &chart.unit {
        Some(unit) => Some(draft.line(&[LabelPart::Affix(&unit_is), LabelPart::Text(unit)])?),
        None => None,
    };
    let left = marks.iter().map(|(_, label)| label.width).fold(0.0, f64::max) + gap;
    let (right, count) = (draft.width, chart.categories.len().max(1));
    let slot = (right - left) / count as f64;
    // Between two names stands half an em at least, or they would be read as one.
    let room = slot - gap.max(draft.lettering.size / 2.0);
    let mut names = Vec::with_capacity(count);
    for category in &chart.categories {
        names.push(draft.label(&[LabelPart::Text(category)], room)?);
    }
    let legend = if chart.series.len() > 1 { Some(Legend::new(draft)?) } else { None };

    // Above the plot: the unit, and the values of the highest bars, or half a mark.
    let above = if draft.values { leading } else { leading / 2.0 };
    let top = above + unit.as_ref().map_or(0.0, ChartLabel::height);
    let lines = names.iter().map(ChartLabel::lines).max().unwrap_or(0);
    let foot = gap + leading * lines as f64 + legend.as_ref().map_or(0.0, |legend| gap + legend.height());
    let plot = Plot { left, top, right, bottom: draft.height - foot, scale, slot };
    let fits = names.iter().all(|name| name.width <= room + 0.01)
        && lines <= draft.look.lines as usize
        && left < right * (1.0 - LEAST)
        && unit.as_ref().is_none_or(|unit| unit.width <= right)
        && plot.bottom - plot.top >= draft.height * LEAST;
    if !fits {
        return Err(Trouble::Crowded);
    }
    let data = match chart.kind {
        ChartKind::Line => lines::data(draft, &plot)?,
        _ => bars::data(draft, &plot)?,
    };

    let mut ink = Ink::new(block);
    let mut written = Vec::new();
    if let Some(unit) = unit {
        unit.below(block, (0.0, 0.0), Hang::Right, &mut written);
    }
    for (value, label) in marks {
        let y = plot.y(value);
        if (y - plot.base()).abs() > draft.look.axis.to_pt() {
            ink.line(&[(left, y), (right, y)], draft.look.grid, &[]);
        }
        let half = label.figure_height() / 2.0;
        label.at(block, (left - gap, y + half), Hang::Left, &mut written);
    }
    for (label, place) in &data.values {
        ink.blank(label.figures(*place).grown(1.0));
    }
    let mut items = ink.items;
    items.extend(data.ink.items);
    let mut axes = Ink::new(block);
    axes.line(&[(left, plot.top), (left, plot.bottom)], draft.look.axis, &[]);
    axes.line(&[(left, plot.base()), (right, plot.base())], draft.look.axis, &[]);
    items.extend(axes.items);
    for (label, place) in data.values {
        label.at(block, place, Hang::Right, &mut written);
    }
    for (at, name) in names.into_iter().enumerate() {
        name.below(block, (plot.x(at), plot.bottom + gap), Hang::Middle, &mut written);
    }
    let mut place = None;
    if let Some(legend) = legend {
        let (width, top) = (legend.width(), draft.height - legend.height());
        place = Some([(draft.width - width) / 2.0, top, width, legend.height()]);
        items.extend(legend.draw(draft, top, &mut written));
    }
    items.append(&mut written);
    let plot = [plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top];
    Ok(Drawing { items, plot, legend: place, sides: data.sides, moved: Vec::new(), level: false })
}
