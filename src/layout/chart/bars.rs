//! Bars, each with its value at its end.

use super::drawing::{ChartDraft, Trouble};
use super::label::{ChartLabel, LabelPart};
use super::plot::{Plot, PlottedData};
use super::room::{Point, Rect, Taken};
use crate::model::{ChartKind, Length, Text};
use crate::printed::Side;

/// A bar, and whose it is.
pub(super) struct Bar<'a> {
    series: usize,
    category: usize,
    value: &'a Text,
    negative: bool,
    pub(super) rect: Rect,
}

/// Draws the bars of all series side by side.
pub(super) fn draw<'a>(draft: &ChartDraft<'a, '_>, plot: &Plot, data: &mut PlottedData) -> Vec<Bar<'a>> {
    let (chart, look) = (draft.chart, draft.look);
    let count = chart.series.iter().filter(|series| series.kind != ChartKind::Line).count();
    let share = look.share(Length::pt(plot.slot), count);
    let width = plot.slot * share / count.max(1) as f64;
    let mut bars = Vec::new();
    for (at, series) in chart.series.iter().enumerate().filter(|(_, series)| series.kind != ChartKind::Line) {
        let rank = chart.rank(at);
        for (category, value) in series.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let left = plot.x(category) - plot.slot * share / 2.0 + width * rank as f64;
            let (base, end) = (plot.base(), plot.y(value.amount()));
            let rect = Rect { left, top: base.min(end), right: left + width, bottom: base.max(end) };
            if rect.bottom > rect.top {
                data.bars.bar(rect, look.bar_tint(chart, at), look.outline);
            }
            bars.push(Bar { series: at, category, value: &value.text, negative: value.amount() < 0.0, rect });
        }
    }
    bars
}

/// Writes the values of bars beyond their ends, or where lines run there, within the bars, and tells where.
pub(super) fn write(
    draft: &mut ChartDraft<'_, '_>,
    plot: &Plot,
    bars: &[Bar<'_>],
    (lines, frame): (&Taken, &Taken),
    data: &mut PlottedData,
) -> Result<Vec<Rect>, Trouble> {
    // Between two values there is a third of an em at least, or they would be read as one.
    let clear = draft.lettering.size / 6.0;
    let mut written: Vec<Rect> = Vec::new();
    for bar in bars {
        let label = draft.line(&[LabelPart::Text(bar.value)])?;
        let sides: &[Side] = if lines.is_empty() { &OUTSIDE } else { &EITHER };
        let free = sides.iter().find_map(|&side| {
            let side = if side == Side::Above && bar.negative { Side::Below } else { side };
            let place = end(&label, bar, side, draft.gap());
            let area = label.figures(place);
            let wide = Rect { left: area.left - clear, right: area.right + clear, ..area };
            let inside = is_inside(side);
            let others = bars.iter().filter(|other| !inside || other.rect != bar.rect);
            let free = plot.whole().holds(area)
                && (!inside || bar.rect.top < area.top && area.bottom < bar.rect.bottom)
                && lines.leaves(area.grown(1.0))
                && frame.leaves(area.grown(1.0))
                && !others.into_iter().any(|other| other.rect.overlaps(area.grown(1.0)))
                && !written.iter().any(|other| wide.overlaps(*other));
            free.then_some((side, place, wide))
        });
        let Some((side, place, wide)) = free else { return Err(Trouble::Crowded) };
        if is_inside(side) {
            data.on_bars.push(label.figures(place).grown(1.0));
        }
        data.side(bar.series, bar.category, side);
        data.values.push((label, place));
        written.push(wide);
    }
    Ok(written)
}

/// Where the value of a bar is tried: beyond its end.
const OUTSIDE: [Side; 1] = [Side::Above];

/// The same where there are lines, too.
const EITHER: [Side; 4] = [Side::Above, Side::Inside, Side::Centre, Side::Base];

fn is_inside(side: Side) -> bool {
    matches!(side, Side::Inside | Side::Centre | Side::Base)
}

/// The left end of the baseline of a value at or in its bar.
fn end(label: &ChartLabel, bar: &Bar<'_>, side: Side, gap: f64) -> Point {
    let Rect { left, right, top, bottom } = bar.rect;
    let high = label.figure_height();
    let baseline = match (side, bar.negative) {
        (Side::Centre, _) => f64::midpoint(top, bottom) + high / 2.0,
        (Side::Inside, true) | (Side::Base, false) => bottom - gap,
        (Side::Inside, false) | (Side::Base, true) => top + gap + high,
        (_, true) => bottom + gap + high,
        (_, false) => top - gap,
    };
    ((left + right - label.width) / 2.0, baseline)
}
