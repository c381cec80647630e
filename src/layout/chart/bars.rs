//! Bars, each with its value at its end.

use super::drawing::{ChartDraft, Trouble, Values};
use super::ink::Ink;
use super::label::LabelPart;
use super::plot::{Plot, PlottedData};
use super::room::{Rect, Taken};
use crate::model::Length;
use crate::printed::Side;

/// The bars of all series side by side.
pub(super) fn data(draft: &mut ChartDraft<'_, '_>, plot: &Plot) -> Result<PlottedData, Trouble> {
    let (chart, look) = (draft.chart, draft.look);
    let share = look.share(Length::pt(plot.slot), chart.series.len());
    let width = plot.slot * share / chart.series.len().max(1) as f64;
    let mut ink = Ink::new(draft.block);
    let mut taken = Taken::default();
    let mut bars = Vec::new();
    for (at, series) in chart.series.iter().enumerate() {
        for (category, value) in series.values.iter().enumerate() {
            let left = plot.x(category) - plot.slot * share / 2.0 + width * at as f64;
            let (base, end) = (plot.base(), plot.y(value.amount()));
            let bar = Rect { left, top: base.min(end), right: left + width, bottom: base.max(end) };
            if bar.bottom > bar.top {
                ink.bar(bar, look.tint(at), look.outline);
            }
            taken.areas.push(bar);
            bars.push((bar, value));
        }
    }
    let mut values = Vec::new();
    let mut sides = Vec::new();
    if draft.values == Values::Written {
        let gap = draft.gap();
        // Between two values there is a third of an em at least, or they would be read as one.
        let clear = draft.lettering.size / 6.0;
        let whole = Rect { left: plot.left, top: 0.0, right: plot.right, bottom: plot.bottom };
        for (bar, value) in bars {
            let label = draft.line(&[LabelPart::Text(&value.text)])?;
            let x = (bar.left + bar.right - label.width) / 2.0;
            let down = value.amount() < 0.0;
            let place = (x, if down { bar.bottom + gap + label.figure_height() } else { bar.top - gap });
            let area = label.figures(place);
            let wide = Rect { left: area.left - clear, right: area.right + clear, ..area };
            if !whole.holds(area)
                || !taken.leaves(area.grown(1.0))
                || values.iter().any(|(_, _, other)| wide.overlaps(*other))
            {
                return Err(Trouble::Crowded);
            }
            values.push((label, place, wide));
        }
        let side = |amount: f64| if amount < 0.0 { Side::Below } else { Side::Above };
        sides = chart.series.iter().map(|s| s.values.iter().map(|v| side(v.amount())).collect()).collect();
    }
    Ok(PlottedData { ink, values: values.into_iter().map(|(label, place, _)| (label, place)).collect(), sides })
}
