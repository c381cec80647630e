//! What is drawn of a chart: lines, bars, signs and slices, as paths.

use super::room::{Point, Rect};
use crate::layout::{OutlineStep, PageItem, Path};
use crate::model::{BlockIndex, Color, Length};
use crate::template::Marker;
use std::f64::consts::{FRAC_PI_2, TAU};

/// Paths as they grow.
#[derive(Debug)]
pub(super) struct Ink {
    block: BlockIndex,
    pub(super) items: Vec<PageItem>,
}

impl Ink {
    pub(super) fn new(block: BlockIndex) -> Self {
        Self { block, items: Vec::new() }
    }

    fn path(&mut self, steps: Vec<OutlineStep>, fill: Option<Color>, stroke: Option<Length>) {
        let stroke = stroke.map(|weight| (Color::BLACK, weight));
        self.items.push(PageItem::Path(Path { block: Some(self.block), value: None, steps, fill, stroke }));
    }

    /// A line from point to point, in dashes and gaps that count in its weight; without any, unbroken.
    pub(super) fn line(&mut self, points: &[Point], weight: Length, dashes: &[f64]) {
        let lengths: Vec<f64> = dashes.iter().map(|length| length * weight.to_pt()).collect();
        let steps = if lengths.iter().sum::<f64>() > 0.0 { dashed(points, &lengths) } else { along(points) };
        if !steps.is_empty() {
            self.path(steps, None, Some(weight));
        }
    }

    /// A rectangle of a tint within an outline.
    pub(super) fn bar(&mut self, rect: Rect, tint: f32, outline: Length) {
        self.path(corners(rect), Some(Color::gray(tint)), Some(outline));
    }

    /// Paper where lines would run through text.
    pub(super) fn blank(&mut self, rect: Rect) {
        self.path(corners(rect), Some(Color::default()), None);
    }

    /// The sign at a point of a line.
    pub(super) fn sign(&mut self, marker: Marker, at: Point, width: Length) {
        let half = width.to_pt() / 2.0;
        let (x, y) = at;
        let steps = match marker {
            Marker::Circle => {
                let mut steps = vec![OutlineStep::Move(x, y - half)];
                steps.extend(arc(at, half, 0.0, TAU));
                steps.push(OutlineStep::Close);
                steps
            }
            Marker::Square => corners(Rect::around(at, half * 2.0)),
            Marker::Triangle => closed(&[(x, y - half), (x + half, y + half), (x - half, y + half)]),
            Marker::Diamond => closed(&[(x, y - half), (x + half, y), (x, y + half), (x - half, y)]),
        };
        self.path(steps, Some(Color::BLACK), None);
    }

    /// A slice between two angles, clockwise from the top.
    pub(super) fn slice(&mut self, centre: Point, radius: f64, (from, to): (f64, f64), tint: f32, outline: Length) {
        let start = on_circle(centre, radius, from);
        // A slice that is the whole pie has no edge inside.
        let mut steps = if to - from < TAU - 1e-9 {
            vec![OutlineStep::Move(centre.0, centre.1), OutlineStep::Line(start.0, start.1)]
        } else {
            vec![OutlineStep::Move(start.0, start.1)]
        };
        steps.extend(arc(centre, radius, from, to));
        steps.push(OutlineStep::Close);
        self.path(steps, Some(Color::gray(tint)), Some(outline));
    }
}

/// The point of a circle at an angle, clockwise from the top.
pub(super) fn on_circle((x, y): Point, radius: f64, angle: f64) -> Point {
    (x + radius * angle.sin(), y - radius * angle.cos())
}

/// An arc as curves of at most a quarter of the circle each.
fn arc(centre: Point, radius: f64, from: f64, to: f64) -> Vec<OutlineStep> {
    let pieces = ((to - from) / FRAC_PI_2 - 1e-9).ceil().max(1.0);
    let angle = (to - from) / pieces;
    let reach = radius * 4.0 / 3.0 * (angle / 4.0).tan();
    (0..pieces as u32)
        .map(|at| {
            let (start, end) = (from + angle * f64::from(at), from + angle * f64::from(at + 1));
            let (a, b) = (on_circle(centre, radius, start), on_circle(centre, radius, end));
            let one = (a.0 + reach * start.cos(), a.1 + reach * start.sin());
            let two = (b.0 - reach * end.cos(), b.1 - reach * end.sin());
            OutlineStep::Curve([one, two, b])
        })
        .collect()
}

fn along(points: &[Point]) -> Vec<OutlineStep> {
    let step = |(at, &(x, y)): (usize, &Point)| if at == 0 { OutlineStep::Move(x, y) } else { OutlineStep::Line(x, y) };
    if points.len() < 2 { Vec::new() } else { points.iter().enumerate().map(step).collect() }
}

fn closed(points: &[Point]) -> Vec<OutlineStep> {
    let mut steps = along(points);
    steps.push(OutlineStep::Close);
    steps
}

fn corners(rect: Rect) -> Vec<OutlineStep> {
    let Rect { left, top, right, bottom } = rect;
    closed(&[(left, top), (right, top), (right, bottom), (left, bottom)])
}

/// The dashes of a line, which run on around its corners. `lengths`: dash, gap, dash, gap, ….
fn dashed(points: &[Point], lengths: &[f64]) -> Vec<OutlineStep> {
    let mut steps = Vec::new();
    let (mut at, mut left) = (0, lengths.first().copied().unwrap_or(1.0));
    let mut down = false;
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let place = |done: f64| {
            let share = if length > 0.0 { (done / length).min(1.0) } else { 0.0 };
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        };
        let mut done = 0.0;
        while done < length {
            let next = (done + left).min(length);
            if at % 2 == 0 {
                if !down {
                    let (x, y) = place(done);
                    steps.push(OutlineStep::Move(x, y));
                    down = true;
                }
                let (x, y) = place(next);
                steps.push(OutlineStep::Line(x, y));
            }
            left -= next - done;
            done = next;
            if left <= 1e-9 {
                at = (at + 1) % lengths.len();
                left = lengths[at].max(1e-3);
                down = false;
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_run_around_corners() {
        let steps = dashed(&[(0.0, 0.0), (3.0, 0.0), (3.0, 5.0)], &[2.0, 2.0]);
        let wanted = [
            OutlineStep::Move(0.0, 0.0),
            OutlineStep::Line(2.0, 0.0),
            OutlineStep::Move(3.0, 1.0),
            OutlineStep::Line(3.0, 3.0),
            // The last gap reaches past the end.
        ];
        assert_eq!(steps, wanted);
        let bent = dashed(&[(0.0, 0.0), (3.0, 0.0), (3.0, 5.0)], &[4.0, 1.0]);
        assert_eq!(bent[..3], [OutlineStep::Move(0.0, 0.0), OutlineStep::Line(3.0, 0.0), OutlineStep::Line(3.0, 1.0)]);
    }

    #[test]
    fn arcs_end_where_they_should() {
        let steps = arc((0.0, 0.0), 10.0, 0.0, TAU);
        assert_eq!(steps.len(), 4);
        let OutlineStep::Curve([_, _, (x, y)]) = steps[0] else { panic!("a curve") };
        assert!((x - 10.0).abs() < 1e-9 && y.abs() < 1e-9);
    }
}
