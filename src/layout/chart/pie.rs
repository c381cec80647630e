//! A pie: slices clockwise from the top, each led to its name and value at the side.

use super::drawing::{ChartDraft, Drawing, Trouble};
use super::ink::{Ink, on_circle};
use super::label::{ChartLabel, Hang, LabelPart};
use super::room::Point;
use std::f64::consts::TAU;

/// The radius is at least this share of the chart's height.
const LEAST: f64 = 0.2;
/// A name at the side takes at most this share of the chart's width.
const NAMES: f64 = 0.3;

/// The sine of ten degrees: what points so little aside, programs take for straight.
const STRAIGHT: f64 = 0.174;
/// From one radius to the next smaller one.
const SMALLER: f64 = 0.95;

/// A slice and what is written beside it.
struct Slice {
    label: ChartLabel,
    from: f64,
    to: f64,
    right: bool,
    /// The middle of its label's height.
    y: f64,
    /// True where its label touches another above or below.
    tight: bool,
}

/// Draws a pie.
pub(super) fn draw(draft: &mut ChartDraft<'_, '_>) -> Result<Drawing, Trouble> {
    let (chart, look, block) = (draft.chart, draft.look, draft.block);
    let Some(series) = chart.series.first() else { return Err(Trouble::Crowded) };
    let total: f64 = series.given().map(|value| value.amount().max(0.0)).sum();
    if total <= 0.0 {
        return Err(Trouble::Crowded);
    }
    let mut slices = Vec::with_capacity(chart.categories.len());
    let mut before = 0.0;
    for (name, value) in chart.categories.iter().zip(series.given()) {
        let mut parts = vec![LabelPart::Text(name), LabelPart::Affix(" "), LabelPart::Text(&value.text)];
        parts.extend(chart.unit.as_ref().map(LabelPart::Text));
        let label = draft.label(&parts, draft.width * NAMES)?;
        let from = before / total * TAU;
        before += value.amount().max(0.0);
        let to = before / total * TAU;
        let right = f64::midpoint(from, to).sin() >= 0.0;
        slices.push(Slice { label, from, to, right, y: 0.0, tight: false });
    }
    let leading = draft.lettering.leading;
    let lead = draft.lettering.size * look.leader;
    let widest = slices.iter().map(|slice| slice.label.width).fold(0.0, f64::max);
    let side = draft.width / 2.0 - widest - draft.gap() - lead * 2.0;
    let (most, least) = ((draft.height / 2.0 - leading).min(side), draft.height * LEAST);
    if most < least || widest > draft.width * NAMES + 0.01 {
        return Err(Trouble::Crowded);
    }
    let centre = (draft.width / 2.0, draft.height / 2.0);
    let mut radius = most;
    // Many thin slices need room beside the pie for their lines.
    while !arrange(&mut slices, centre, (radius, lead), draft.height)? && radius > least {
        radius = (radius * SMALLER).max(least);
    }

    let mut ink = Ink::new(block);
    let count = slices.len();
    for (at, slice) in slices.iter().enumerate() {
        if slice.to > slice.from {
            ink.slice(centre, radius, (slice.from, slice.to), look.slice_tint(at, count), look.outline);
        }
    }
    let level = slices.iter().all(|slice| slice.label.lines() == 1);
    let mut written = Vec::new();
    let mut moved = Vec::with_capacity(count);
    for slice in slices {
        let (bend, end) = slice.leader(centre, (radius, lead));
        let edge = on_circle(centre, radius, slice.middle());
        ink.line(&[edge, bend, end], look.outline, &[]);
        let (x, hang) =
            if slice.right { (end.0 + draft.gap(), Hang::Right) } else { (end.0 - draft.gap(), Hang::Left) };
        moved.push(slice.tight.then(|| {
            let (usual, half) = (usual(edge, centre, &slice.label), slice.label.width / 2.0);
            (if slice.right { x + half } else { x - half } - usual.0, slice.y - usual.1)
        }));
        let top = slice.y - slice.label.height() / 2.0;
        slice.label.below(block, (x, top), hang, &mut written);
    }
    let mut items = ink.items;
    items.append(&mut written);
    let plot = [centre.0 - radius, centre.1 - radius, radius * 2.0, radius * 2.0];
    Ok(Drawing { items, plot, legend: None, right_unit: None, sides: Vec::new(), moved, level })
}

impl Slice {
    fn middle(&self) -> f64 {
        f64::midpoint(self.from, self.to)
    }

    /// Where the line to the label bends, and where it ends. `lead`: the length of either part.
    fn leader(&self, centre: Point, (radius, lead): (f64, f64)) -> (Point, Point) {
        let reach = if self.right { radius + lead * 2.0 } else { -radius - lead * 2.0 };
        (on_circle(centre, radius + lead, self.middle()), (centre.0 + reach, self.y))
    }
}

/// Gives the labels their heights; false where the line to one of them would run through the pie or along it.
fn arrange(slices: &mut [Slice], centre: Point, around: (f64, f64), height: f64) -> Result<bool, Trouble> {
    for slice in slices.iter_mut() {
        slice.y = slice.leader(centre, around).0.1;
    }
    for right in [true, false] {
        let mut here: Vec<&mut Slice> = slices.iter_mut().filter(|slice| slice.right == right).collect();
        here.sort_by(|a, b| a.y.total_cmp(&b.y));
        let labels: Vec<(f64, f64)> = here.iter().map(|slice| (slice.y, slice.label.height())).collect();
        let places = spread(&labels, height).ok_or(Trouble::Crowded)?;
        for (at, slice) in here.into_iter().enumerate() {
            slice.y = places[at];
            let touches = |other: Option<usize>| {
                let other = other.and_then(|other| Some((labels.get(other)?.1, places.get(other)?)));
                other.is_some_and(|(high, y)| (y - places[at]).abs() < f64::midpoint(high, labels[at].1) + 0.1)
            };
            slice.tight = touches(at.checked_sub(1)) || touches(Some(at + 1));
        }
    }
    let clear = |slice: &Slice| {
        let (bend, end) = slice.leader(centre, around);
        distance(centre, (bend, end)) >= around.0 + around.1 / 2.0
    };
    Ok(slices.iter().all(clear))
}

/// Where programs put the middle of the name of a slice whose edge has its middle at `edge`: with a corner there, or with the
/// middle of a side where the slice points straight up, down or aside.
fn usual(edge: Point, centre: Point, label: &ChartLabel) -> Point {
    let (right, down) = (edge.0 - centre.0, edge.1 - centre.1);
    let radius = right.hypot(down);
    let away = |part: f64, size: f64| if part.abs() < radius * STRAIGHT { 0.0 } else { size / 2.0 * part.signum() };
    (edge.0 + away(right, label.width), edge.1 + away(down, label.height()))
}

/// How near a line comes to a point.
fn distance(point: Point, (from, to): (Point, Point)) -> f64 {
    let (run, rise) = (to.0 - from.0, to.1 - from.1);
    let square = run * run + rise * rise;
    let share = if square > 0.0 { ((point.0 - from.0) * run + (point.1 - from.1) * rise) / square } else { 0.0 };
    let share = share.clamp(0.0, 1.0);
    (from.0 + run * share - point.0).hypot(from.1 + rise * share - point.1)
}

/// The middles of labels below one another: each as near as can be to where it would be alone, none on another, all
/// within a height; None where they are higher together. `labels`: the middle wished for, ascending, and the height of each.
fn spread(labels: &[(f64, f64)], height: f64) -> Option<Vec<f64>> {
    let total: f64 = labels.iter().map(|label| label.1).sum();
    if total > height {
        return None;
    }
    // Without their own heights labels would have to ascend; runs that do not are drawn together to their mean.
    let mut runs: Vec<(f64, usize)> = Vec::new();
    let mut above = 0.0;
    for (wished, high) in labels {
        runs.push((wished - above - high / 2.0, 1));
        above += high;
        while let [.., (sum, count), (next, more)] = runs[..]
            && sum / count as f64 > next / more as f64
        {
            runs.pop();
            if let Some(last) = runs.last_mut() {
                *last = (sum + next, count + more);
            }
        }
    }
    let bare = runs.into_iter().flat_map(|(sum, count)| std::iter::repeat_n(sum / count as f64, count));
    let mut above = 0.0;
    let place = |(bare, (_, high)): (f64, &(f64, f64))| {
        let middle = bare.clamp(0.0, height - total) + above + high / 2.0;
        above += high;
        middle
    };
    Some(bare.zip(labels).map(place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_apart_near_their_slices() {
        assert_eq!(spread(&[(20.0, 10.0), (50.0, 10.0)], 100.0), Some(vec![20.0, 50.0]));
        assert_eq!(spread(&[(49.0, 10.0), (51.0, 10.0)], 100.0), Some(vec![45.0, 55.0]));
        assert_eq!(spread(&[(1.0, 10.0), (2.0, 20.0), (95.0, 10.0)], 100.0), Some(vec![5.0, 20.0, 95.0]));
        assert_eq!(spread(&[(99.0, 10.0), (99.0, 10.0)], 100.0), Some(vec![85.0, 95.0]));
        assert_eq!(spread(&[(1.0, 60.0), (2.0, 60.0)], 100.0), None);
    }

    #[test]
    fn a_line_is_as_far_as_its_nearest_point() {
        assert!((distance((0.0, 0.0), ((-3.0, 4.0), (3.0, 4.0))) - 4.0).abs() < 1e-9);
        assert!((distance((0.0, 0.0), ((3.0, 4.0), (9.0, 12.0))) - 5.0).abs() < 1e-9);
    }
}
