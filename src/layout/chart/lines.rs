//! Lines with a sign at every point, each value on a side of its point where it has room.

use super::drawing::{ChartDraft, Trouble, Values};
use super::ink::Ink;
use super::label::{ChartLabel, LabelPart};
use super::plot::{Plot, PlottedData};
use super::room::{Point, Rect, Taken};
use crate::printed::Side;

/// The lines of all series.
pub(super) fn data(draft: &mut ChartDraft<'_, '_>, plot: &Plot) -> Result<PlottedData, Trouble> {
    let (chart, look) = (draft.chart, draft.look);
    let points: Vec<Vec<Point>> = chart
        .series
        .iter()
        .map(|s| s.values.iter().enumerate().map(|(at, v)| (plot.x(at), plot.y(v.amount()))).collect())
        .collect();
    let mut ink = Ink::new(draft.block);
    for (at, points) in points.iter().enumerate() {
        ink.line(points, look.line, look.dash(at));
        for &point in points {
            ink.sign(look.sign(at), point, look.marker);
        }
    }
    let mut data = PlottedData { ink, values: Vec::new(), sides: Vec::new() };
    if draft.values == Values::OnAxis {
        return Ok(data);
    }
    let mut taken = Taken::default();
    for points in &points {
        taken.areas.extend(points.iter().map(|&point| Rect::around(point, look.marker.to_pt())));
        taken.segments.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
    }
    taken.segments.push(((plot.left, plot.base()), (plot.right, plot.base())));
    // A value that ran through the upper line of the frame would be read as part of it.
    taken.segments.push(((plot.left, plot.top), (plot.right, plot.top)));
    let whole = Rect { left: plot.left, top: 0.0, right: plot.right, bottom: plot.bottom };
    for (series, points) in chart.series.iter().zip(&points) {
        let mut sides = Vec::with_capacity(points.len());
        for (at, (value, &point)) in series.values.iter().zip(points).enumerate() {
            let label = draft.line(&[LabelPart::Text(&value.text)])?;
            let reach = look.marker.to_pt() / 2.0 + draft.gap();
            let free = usual(points, at).into_iter().find_map(|side| {
                let place = beside(&label, point, side, reach);
                let area = label.figures(place);
                (whole.holds(area) && taken.leaves(area.grown(1.0))).then_some((side, place, area))
            });
            let Some((side, place, area)) = free else { return Err(Trouble::Crowded) };
            taken.areas.push(area);
            sides.push(side);
            data.values.push((label, place));
        }
        data.sides.push(sides);
    }
    Ok(data)
}

/// The sides of a point in the order in which they are tried: a valley has its value below.
fn usual(points: &[Point], at: usize) -> [Side; 4] {
    let y = points[at].1;
    let lower = |other: Option<&Point>| other.is_none_or(|other| other.1 < y);
    let valley =
        points.len() > 1 && lower(at.checked_sub(1).and_then(|at| points.get(at))) && lower(points.get(at + 1));
    if valley {
        [Side::Below, Side::Above, Side::Left, Side::Right]
    } else {
        [Side::Above, Side::Below, Side::Left, Side::Right]
    }
}

/// The left end of the baseline of a value that is so far from its point.
fn beside(label: &ChartLabel, (x, y): Point, side: Side, reach: f64) -> Point {
    let (wide, high) = (label.width, label.figure_height());
    match side {
        Side::Above => (x - wide / 2.0, y - reach),
        Side::Below => (x - wide / 2.0, y + reach + high),
        Side::Left => (x - reach - wide, y + high / 2.0),
        Side::Right => (x + reach, y + high / 2.0),
    }
}
