//! Charts of bars and lines: axes, marks and names around the plot, in the room that the text leaves.

use super::drawing::{ChartDraft, Drawing, Trouble, Values};
use super::ink::Ink;
use super::label::{ChartLabel, Hang, LabelPart};
use super::legend::Legend;
use super::plot::{Plot, PlottedData};
use super::{bars, lines};
use crate::layout::PageItem;
use crate::model::{ChartKind, Scale};

/// The plot takes at least this share of a chart's height.
const LEAST: f64 = 0.4;

/// What is written around the plot.
struct Surround {
    /// The marks of the value axis, each with its value.
    marks: Vec<(f64, ChartLabel)>,
    unit: Option<ChartLabel>,
    /// The names of the categories.
    names: Vec<ChartLabel>,
    legend: Option<Legend>,
}

/// Draws bars or lines.
pub(super) fn draw(draft: &mut ChartDraft<'_, '_>) -> Result<Drawing, Trouble> {
    let (surround, plot) = measure(draft)?;
    let data = match draft.chart.kind {
        ChartKind::Line => lines::data(draft, &plot)?,
        _ => bars::data(draft, &plot)?,
    };
    Ok(put_together(draft, surround, &plot, data))
}

/// Sets what is written around the plot, and finds the room that it leaves.
fn measure(draft: &mut ChartDraft<'_, '_>) -> Result<(Surround, Plot), Trouble> {
    let (chart, gap, leading) = (draft.chart, draft.gap(), draft.lettering.leading);
    let scale = Scale::of(chart, draft.look.steps);
    let mut marks = Vec::new();
    for (value, text) in scale.marks() {
        marks.push((value, draft.line(&[LabelPart::Affix(&text)])?));
    }
    let unit_is = &draft.flow.template.words.unit;
    let unit = match &chart.unit {
        Some(unit) => Some(draft.line(&[LabelPart::Affix(unit_is), LabelPart::Text(unit)])?),
        None => None,
    };
    let left = marks.iter().map(|(_, label)| label.width).fold(0.0, f64::max) + gap;
    let (right, count) = (draft.width, chart.categories.len().max(1));
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
    let top = above + unit.as_ref().map_or(0.0, ChartLabel::height);
    let lines = names.iter().map(ChartLabel::lines).max().unwrap_or(0);
    let foot = gap + leading * lines as f64 + legend.as_ref().map_or(0.0, |legend| gap + legend.height());
    let plot = Plot { left, top, right, bottom: draft.height - foot, scale, slot };
    let fits = names.iter().all(|name| name.width <= room + 0.01)
        && lines <= draft.look.lines as usize
        && left < right * (1.0 - LEAST)
        && unit.as_ref().is_none_or(|unit| unit.width <= right)
        && plot.bottom - plot.top >= draft.height * LEAST;
    if fits { Ok((Surround { marks, unit, names, legend }, plot)) } else { Err(Trouble::Crowded) }
}

/// The chart from back to front: marks and their lines, data, axes, and all that is written.
fn put_together(draft: &ChartDraft<'_, '_>, surround: Surround, plot: &Plot, data: PlottedData) -> Drawing {
    let (block, gap, look) = (draft.block, draft.gap(), draft.look);
    let mut ink = Ink::new(block);
    let mut written = Vec::new();
    if let Some(unit) = surround.unit {
        unit.below(block, (0.0, 0.0), Hang::Right, &mut written);
    }
    for (value, label) in surround.marks {
        let y = plot.y(value);
        if (y - plot.base()).abs() > look.axis.to_pt() {
            ink.line(&[(plot.left, y), (plot.right, y)], look.grid, &[]);
        }
        let half = label.figure_height() / 2.0;
        label.at(block, (plot.left - gap, y + half), Hang::Left, &mut written);
    }
    for (label, place) in &data.values {
        ink.blank(label.figures(*place).grown(1.0));
    }
    let mut items = ink.items;
    items.extend(data.ink.items);
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
    Drawing { items, plot, legend: place, sides: data.sides, moved: Vec::new(), level: false }
}

fn axes(draft: &ChartDraft<'_, '_>, plot: &Plot) -> Vec<PageItem> {
    let mut axes = Ink::new(draft.block);
    axes.line(&[(plot.left, plot.top), (plot.left, plot.bottom)], draft.look.axis, &[]);
    axes.line(&[(plot.left, plot.base()), (plot.right, plot.base())], draft.look.axis, &[]);
    axes.items
}
