//! A pie: slices clockwise from the top, each led to its name and value at the side.

use super::drawing::{Draft, Drawing, Trouble};
use super::ink::{Ink, on_circle};
use super::label::{Hang, Label, Part};
use super::room::Point;
use std::f64::consts::TAU;

/// The radius is at least this share of the chart's height.
const LEAST: f64 = 0.2;
/// A name at the side takes at most this share of the chart's width.
const NAMES: f64 = 0.3;

/// A slice and what is written beside it.
struct Slice {
    label: Label,
    from: f64,
    to: f64,
    right: bool,
    /// The middle of its label's height.
    y: f64,
}

/// Draws a pie.
pub(super) fn draw(draft: &mut Draft<'_, '_>) -> Result<Drawing, Trouble> {
    let (chart, look, block) = (draft.chart, draft.look, draft.block);
    let Some(series) = chart.series.first() else { return Err(Trouble::Crowded) };
    let total: f64 = series.values.iter().map(|value| value.amount.max(0.0)).sum();
    let mut slices = Vec::with_capacity(series.values.len());
    let mut before = 0.0;
    for (name, value) in chart.categories.iter().zip(&series.values) {
        let mut parts = vec![Part::Text(name), Part::Affix(" "), Part::Text(&value.text)];
        parts.extend(chart.unit.as_ref().map(Part::Text));
        let label = draft.label(&parts, draft.width * NAMES)?;
        let from = before / total * TAU;
        before += value.amount.max(0.0);
        let to = before / total * TAU;
        let middle = f64::midpoint(from, to);
        slices.push(Slice { label, from, to, right: middle.sin() >= 0.0, y: 0.0 });
    }
    let leading = draft.lettering.leading;
    let lead = draft.lettering.size * look.leader;
    let widest = slices.iter().map(|slice| slice.label.width).fold(0.0, f64::max);
    let side = draft.width / 2.0 - widest - draft.gap() - lead * 2.0;
    let radius = (draft.height / 2.0 - leading).min(side);
    if radius < draft.height * LEAST || widest > draft.width * NAMES + 0.01 {
        return Err(Trouble::Crowded);
    }
    let centre = (draft.width / 2.0, draft.height / 2.0);
    for slice in &mut slices {
        slice.y = elbow(centre, radius + lead, slice).1;
    }
    for right in [true, false] {
        let mut here: Vec<&mut Slice> = slices.iter_mut().filter(|slice| slice.right == right).collect();
        here.sort_by(|a, b| a.y.total_cmp(&b.y));
        spread(&mut here, draft.height)?;
    }

    let mut ink = Ink::new(block);
    let count = slices.len();
    for (at, slice) in slices.iter().enumerate() {
        if slice.to > slice.from {
            ink.slice(centre, radius, (slice.from, slice.to), look.slice_tint(at, count), look.outline);
        }
    }
    let mut written = Vec::new();
    let mut moved = Vec::with_capacity(count);
    for slice in slices {
        let bend = elbow(centre, radius + lead, &slice);
        let edge = on_circle(centre, radius, f64::midpoint(slice.from, slice.to));
        let reach = if slice.right { radius + lead * 2.0 } else { -radius - lead * 2.0 };
        let end = (centre.0 + reach, slice.y);
        ink.line(&[edge, bend, end], look.outline, &[]);
        let (x, hang) =
            if slice.right { (end.0 + draft.gap(), Hang::Right) } else { (end.0 - draft.gap(), Hang::Left) };
        moved.push(((slice.y - bend.1).abs() > leading / 10.0).then(|| {
            let half = (slice.label.width / 2.0, slice.label.height() / 2.0);
            let (right, down) = (if slice.right { 1.0 } else { -1.0 }, if edge.1 > centre.1 { 1.0 } else { -1.0 });
            // Programs put a corner of the name at the edge of its slice.
            (x + right * half.0 - (edge.0 + right * half.0), slice.y - (edge.1 + down * half.1))
        }));
        let top = slice.y - slice.label.height() / 2.0;
        slice.label.below(block, (x, top), hang, &mut written);
    }
    let mut items = ink.items;
    items.append(&mut written);
    let plot = [centre.0 - radius, centre.1 - radius, radius * 2.0, radius * 2.0];
    Ok(Drawing { items, plot, sides: Vec::new(), moved })
}

/// Where the line from a slice to its label bends.
fn elbow(centre: Point, radius: f64, slice: &Slice) -> Point {
    on_circle(centre, radius, f64::midpoint(slice.from, slice.to))
}

/// Moves labels that stand below one another apart, each as little as can be, within the chart's height.
fn spread(slices: &mut [&mut Slice], height: f64) -> Result<(), Trouble> {
    if slices.iter().map(|slice| slice.label.height()).sum::<f64>() > height {
        return Err(Trouble::Crowded);
    }
    let mut top = 0.0;
    for slice in slices.iter_mut() {
        let half = slice.label.height() / 2.0;
        slice.y = slice.y.max(top + half);
        top = slice.y + half;
    }
    let mut bottom = height;
    for slice in slices.iter_mut().rev() {
        let half = slice.label.height() / 2.0;
        slice.y = slice.y.min(bottom - half);
        bottom = slice.y - half;
    }
    Ok(())
}
