//! Charts of bars and lines: axes, marks and names around the plot, in the room that the text leaves.

use super::drawing::{ChartDraft, Drawing, Trouble, Values};
use super::ink::Ink;
use super::label::{ChartLabel, Hang, LabelPart};
use super::legend::Legend;
use super::plot::{Plot, PlottedData};
use super::room::Taken;
use super::{bars, lines};
use crate::layout::PageItem;
use crate::model::{Scale, ValueAxis};

/// The plot takes at least this share of a chart's height.
const LEAST: f64 = 0.4;

/// What is written at a value axis.
struct AxisText {
    /// Its marks, each with its value.
    marks: Vec<(f64, ChartLabel)>,
    unit: Option<ChartLabel>,
}

impl AxisText {
    fn new(draft: &mut ChartDraft<'_, '_>, scale: &Scale, axis: ValueAxis) -> Result<Self, Trouble> {
        let mut marks = Vec::new();
        for (value, text) in scale.marks() {
            marks.push((value, draft.line(&[LabelPart::Affix(&text)])?));
        }
        let unit_is = &draft.flow.template.words.unit;
        let unit = match draft.chart.unit_of(axis) {
            Some(unit) => Some(draft.line(&[LabelPart::Affix(unit_is), LabelPart::Text(unit)])?),
            None => None,
        };
        Ok(Self { marks, unit })
    }

    fn width(&self) -> f64 {
        self.marks.iter().map(|(_, label)| label.width).fold(0.0, f64::max)
    }

    fn unit_width(&self) -> f64 {
        self.unit.as_ref().map_or(0.0, |unit| unit.width)
    }
}

/// What is written around the plot.
struct Surround {
    left: AxisText,
    right: Option<AxisText>,
    /// The names of the categories.
    names: Vec<ChartLabel>,
    legend: Option<Legend>,
}

/// Draws bars or lines.
pub(super) fn draw(draft: &mut ChartDraft<'_, '_>) -> Result<Drawing, Trouble> {
    let (surround, plot) = measure(draft)?;
    let data = plotted(draft, &plot)?;
    Ok(put_together(draft, surround, &plot, data))
}

/// Draws bars and the lines over them, and writes their values.
fn plotted(draft: &mut ChartDraft<'_, '_>, plot: &Plot) -> Result<PlottedData, Trouble> {
    let mut data = PlottedData::new(draft.block, draft.chart);
    let bars = bars::draw(draft, plot, &mut data);
    lines::draw(draft, plot, &mut data);
    if draft.values == Values::Written {
        let mut taken = lines::taken(draft, plot);
        let has_lines = !taken.is_empty();
        // A value that ran through a line of the frame would be read as part of it.
        let mut sides = vec![((plot.left, plot.top), (plot.right, plot.top))];
        if plot.right_scale.is_some() {
            sides.push(((plot.right, plot.top), (plot.right, plot.bottom)));
        }
        let frame = Taken { areas: Vec::new(), segments: sides };
        let written = bars::write(draft, plot, &bars, (&taken, &frame), &mut data)?;
        if has_lines {
            taken.areas.extend(written);
            taken.segments.extend(frame.segments);
            lines::write(draft, plot, &bars, taken, &mut data)?;
        }
    } else {
        data.sides.clear();
    }
    Ok(data)
}

/// Sets what is written around the plot, and finds the room that it leaves.
fn measure(draft: &mut ChartDraft<'_, '_>) -> Result<(Surround, Plot), Trouble> {
    let (chart, gap, leading) = (draft.chart, draft.gap(), draft.lettering.leading);
    let (scale, right_scale) = Scale::both(chart, draft.look.steps);
    let at_left = AxisText::new(draft, &scale, ValueAxis::Left)?;
    let at_right = match &right_scale {
        Some(scale) => Some(AxisText::new(draft, scale, ValueAxis::Right)?),
        None => None,
    };
    let (left, count) = (at_left.width() + gap, chart.categories.len().max(1));
    let right = draft.width - at_right.as_ref().map_or(0.0, |axis| axis.width() + gap);
    let slot = (right - left) / count as f64;
    // Between two names there is half an em at least, or they would be read as one.
    let room = slot - gap.max(draft.lettering.size / 2.0);
    let mut names = Vec::with_capacity(count);
    for category in &chart.categories {
        names.push(draft.label(&[LabelPart::Text(category)], room)?);
    }
    let legend = if chart.series.len() > 1 { Some(Legend::new(draft)?) } else { None };

    // Above the plot: the unit, and the values of the highest bars, or half a mark.
    let above = if draft.values == Values::Written { leading } else { leading / 2.0 };
    let units = at_left.unit.iter().chain(at_right.iter().filter_map(|axis| axis.unit.as_ref()));
    let head = units.map(ChartLabel::height).fold(0.0, f64::max);
    let top = above + head;
    let units = at_left.unit_width() + at_right.as_ref().map_or(0.0, |axis| gap + axis.unit_width());
    let lines = names.iter().map(ChartLabel::lines).max().unwrap_or(0);
    let foot = gap + leading * lines as f64 + legend.as_ref().map_or(0.0, |legend| gap + legend.height());
    let plot = Plot { head, left, top, right, bottom: draft.height - foot, scale, right_scale, slot };
    let fits = names.iter().all(|name| name.width <= room + 0.01)
        && lines <= draft.look.lines as usize
        && right - left > draft.width * LEAST
        && units <= draft.width
        && plot.bottom - plot.top >= draft.height * LEAST;
    if fits { Ok((Surround { left: at_left, right: at_right, names, legend }, plot)) } else { Err(Trouble::Crowded) }
}

/// The chart from back to front: marks and their lines, data, axes, and all that is written.
fn put_together(draft: &ChartDraft<'_, '_>, surround: Surround, plot: &Plot, data: PlottedData) -> Drawing {
    let (block, gap, look) = (draft.block, draft.gap(), draft.look);
    let mut ink = Ink::new(block);
    let mut written = Vec::new();
    if let Some(unit) = surround.left.unit {
        unit.below(block, (0.0, 0.0), Hang::Right, &mut written);
    }
    for (value, label) in surround.left.marks {
        let y = plot.y(value);
        if (y - plot.base()).abs() > look.axis.to_pt() {
            ink.line(&[(plot.left, y), (plot.right, y)], look.grid, &[]);
        }
        let half = label.figure_height() / 2.0;
        label.at(block, (plot.left - gap, y + half), Hang::Left, &mut written);
    }
    let mut right_unit = None;
    if let Some(axis) = surround.right {
        right_unit = axis.unit.as_ref().map(|unit| draft.width - unit.width);
        for (value, label) in axis.marks {
            let baseline = plot.y_on(ValueAxis::Right, value) + label.figure_height() / 2.0;
            label.at(block, (plot.right + gap, baseline), Hang::Right, &mut written);
        }
        if let Some(unit) = axis.unit {
            unit.below(block, (draft.width, 0.0), Hang::Left, &mut written);
        }
    }
    for (label, place) in &data.values {
        ink.blank(label.figures(*place).grown(1.0));
    }
    let mut items = ink.items;
    items.extend(data.bars.items);
    let mut paper = Ink::new(block);
    data.on_bars.iter().for_each(|&place| paper.blank(place));
    items.extend(paper.items);
    items.extend(data.lines.items);
    items.extend(axes(draft, plot));
    for (label, place) in data.values {
        label.at(block, place, Hang::Right, &mut written);
    }
    for (at, name) in surround.names.into_iter().enumerate() {
        name.below(block, (plot.x(at), plot.bottom + gap), Hang::Middle, &mut written);
    }
    let mut place = None;
    if let Some(legend) = surround.legend {
        let (width, top) = (legend.width(), draft.height - legend.height());
        place = Some([(draft.width - width) / 2.0, top, width, legend.height()]);
        items.extend(legend.draw(draft, top, &mut written));
    }
    items.append(&mut written);
    let plot = [plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top];
    Drawing { items, plot, legend: place, right_unit, sides: data.sides, moved: Vec::new(), level: false }
}

fn axes(draft: &ChartDraft<'_, '_>, plot: &Plot) -> Vec<PageItem> {
    let mut axes = Ink::new(draft.block);
    axes.line(&[(plot.left, plot.top), (plot.left, plot.bottom)], draft.look.axis, &[]);
    axes.line(&[(plot.left, plot.base()), (plot.right, plot.base())], draft.look.axis, &[]);
    if plot.right_scale.is_some() {
        axes.line(&[(plot.right, plot.top), (plot.right, plot.bottom)], draft.look.axis, &[]);
    }
    axes.items
}
