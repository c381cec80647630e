//! Outlines as polygons, and how much of each pixel they cover.

use crate::layout::OutlineStep;

/// A point in pixels from the page's top left.
type PixelPoint = (f64, f64);

/// Lines within a pixel row on which coverage is measured; along them it is exact.
const LINES: usize = 4;
/// Pieces that a curve becomes: on a page, within a tenth of a pixel.
const PIECES: u32 = 24;
/// Corners of a round joint.
const CORNERS: u32 = 16;

/// Polygons that are filled together, by the non-zero rule.
#[derive(Debug, Default)]
pub(super) struct Polygons {
    polygons: Vec<Vec<PixelPoint>>,
}

impl Polygons {
    /// The inside of an outline; `pixels` are those of a point.
    pub(super) fn filled(steps: &[OutlineStep], pixels: f64) -> Self {
        Self { polygons: flatten(steps, pixels).into_iter().map(|(points, _)| points).collect() }
    }

    /// An outline as a pen of `width` pixels draws it, with round joints and straight ends.
    pub(super) fn stroked(steps: &[OutlineStep], pixels: f64, width: f64) -> Self {
        let mut shape = Self::default();
        let half = width / 2.0;
        for (mut points, closed) in flatten(steps, pixels) {
            if closed {
                points.extend(points.first().copied());
            }
            for pair in points.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                let length = (b.0 - a.0).hypot(b.1 - a.1);
                if length > 0.0 {
                    let (x, y) = ((b.1 - a.1) / length * half, (a.0 - b.0) / length * half);
                    shape.polygons.push(vec![
                        (a.0 + x, a.1 + y),
                        (b.0 + x, b.1 + y),
                        (b.0 - x, b.1 - y),
                        (a.0 - x, a.1 - y),
                    ]);
                }
            }
            // Wound as the pieces are, or the two would cancel out where they overlap.
            let joints = if closed { points.get(1..) } else { points.get(1..points.len().saturating_sub(1)) };
            for &(x, y) in joints.unwrap_or_default() {
                let corner = |i| f64::from(i) * std::f64::consts::TAU / f64::from(CORNERS);
                shape
                    .polygons
                    .push((0..CORNERS).map(|i| (x + half * corner(i).cos(), y + half * corner(i).sin())).collect());
            }
        }
        shape
    }

    /// Hands out, for each pixel row within `height`, the row and the share of each of its `width` pixels that is covered.
    pub(super) fn cover(&self, width: usize, height: usize, mut row: impl FnMut(usize, &[f32])) {
        let edges: Vec<(PixelPoint, PixelPoint)> = self
            .polygons
            .iter()
            .flat_map(|points| points.iter().zip(points.iter().cycle().skip(1)).map(|(a, b)| (*a, *b)))
            .filter(|(a, b)| (a.1 - b.1).abs() > 0.0)
            .collect();
        let top = edges.iter().map(|(a, b)| a.1.min(b.1)).fold(f64::INFINITY, f64::min).max(0.0);
        let bottom = edges.iter().map(|(a, b)| a.1.max(b.1)).fold(0.0, f64::max).min(height as f64);
        let mut shares = vec![0f32; width];
        let mut crossings: Vec<(f64, i32)> = Vec::new();
        for y in top as usize..bottom.ceil() as usize {
            shares.fill(0.0);
            for line in 0..LINES {
                let at = y as f64 + (line as f64 + 0.5) / LINES as f64;
                crossings.clear();
                for &(a, b) in edges.iter().filter(|(a, b)| (a.1 <= at) != (b.1 <= at)) {
                    let x = a.0 + (at - a.1) / (b.1 - a.1) * (b.0 - a.0);
                    crossings.push((x, if a.1 < b.1 { 1 } else { -1 }));
                }
                crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
                let mut winding = 0;
                for pair in crossings.windows(2) {
                    winding += pair[0].1;
                    if winding != 0 {
                        span(&mut shares, pair[0].0, pair[1].0);
                    }
                }
            }
            row(y, &shares);
        }
    }
}

/// Adds one line of a row from `from` to `to`.
fn span(shares: &mut [f32], from: f64, to: f64) {
    let limit = shares.len() as f64;
    let (from, to) = (from.clamp(0.0, limit), to.clamp(0.0, limit));
    let first = from as usize;
    for (share, at) in shares.iter_mut().zip(0..to.ceil() as usize).skip(first) {
        let covered = (at as f64 + 1.0).min(to) - (at as f64).max(from);
        *share += covered.max(0.0) as f32 / LINES as f32;
    }
}

/// The parts of an outline as points, each with whether it was closed.
fn flatten(steps: &[OutlineStep], pixels: f64) -> Vec<(Vec<PixelPoint>, bool)> {
    let mut parts: Vec<(Vec<PixelPoint>, bool)> = Vec::new();
    let scale = |(x, y): PixelPoint| (x * pixels, y * pixels);
    for step in steps {
        let start_anew = matches!(step, OutlineStep::Move(..)) || parts.last().is_none_or(|(_, closed)| *closed);
        if start_anew {
            // After a closed part the pen is where that part began.
            let from = parts.last().and_then(|(points, _)| points.first().copied());
            let from = from.filter(|_| !matches!(step, OutlineStep::Move(..)));
            parts.push((from.into_iter().collect(), false));
        }
        let Some((points, closed)) = parts.last_mut() else { continue };
        match *step {
            OutlineStep::Move(x, y) | OutlineStep::Line(x, y) => points.push(scale((x, y))),
            OutlineStep::Curve([c1, c2, end]) => {
                let [c1, c2, end] = [c1, c2, end].map(scale);
                let start = points.last().copied().unwrap_or(c1);
                points.extend((1..=PIECES).map(|i| {
                    let t = f64::from(i) / f64::from(PIECES);
                    let u = 1.0 - t;
                    let mix = |a: f64, b: f64, c: f64, d: f64| {
                        u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
                    };
                    (mix(start.0, c1.0, c2.0, end.0), mix(start.1, c1.1, c2.1, end.1))
                }));
            }
            OutlineStep::Close => *closed = true,
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(shape: &Polygons) -> f32 {
        let mut sum = 0.0;
        shape.cover(100, 100, |_, shares| sum += shares.iter().sum::<f32>());
        sum
    }

    fn square(side: f64) -> Vec<OutlineStep> {
        vec![
            OutlineStep::Move(10.0, 10.0),
            OutlineStep::Line(10.0 + side, 10.0),
            OutlineStep::Line(10.0 + side, 10.0 + side),
            OutlineStep::Line(10.0, 10.0 + side),
            OutlineStep::Close,
        ]
    }

    #[test]
    fn a_filled_outline_covers_its_area() {
        assert!((covered(&Polygons::filled(&square(20.5), 1.0)) - 420.25).abs() < 0.01 * 420.0);
        assert!((covered(&Polygons::filled(&square(10.0), 2.0)) - 400.0).abs() < 1.0);
    }

    #[test]
    fn a_hole_wound_the_other_way_stays_open() {
        let mut steps = square(20.0);
        steps.extend([
            OutlineStep::Move(15.0, 15.0),
            OutlineStep::Line(15.0, 20.0),
            OutlineStep::Line(20.0, 20.0),
            OutlineStep::Line(20.0, 15.0),
            OutlineStep::Close,
        ]);
        assert!((covered(&Polygons::filled(&steps, 1.0)) - 375.0).abs() < 1.0);
    }

    #[test]
    fn a_stroke_is_as_wide_as_its_pen() {
        let line = [OutlineStep::Move(10.0, 50.0), OutlineStep::Line(60.0, 50.0)];
        assert!((covered(&Polygons::stroked(&line, 1.0, 2.0)) - 100.0).abs() < 0.5);
        // Around a square: the middle line's length by the width, and the round corners a little less than square ones.
        let frame = covered(&Polygons::stroked(&square(20.0), 1.0, 2.0));
        assert!((frame - 160.0).abs() < 2.0, "{frame}");
    }

    #[test]
    fn a_circle_of_four_curves_is_round() {
        let (k, r) = (0.552_284_75 * 20.0, 20.0);
        let steps = [
            OutlineStep::Move(50.0 + r, 50.0),
            OutlineStep::Curve([(50.0 + r, 50.0 + k), (50.0 + k, 50.0 + r), (50.0, 50.0 + r)]),
            OutlineStep::Curve([(50.0 - k, 50.0 + r), (50.0 - r, 50.0 + k), (50.0 - r, 50.0)]),
            OutlineStep::Curve([(50.0 - r, 50.0 - k), (50.0 - k, 50.0 - r), (50.0, 50.0 - r)]),
            OutlineStep::Curve([(50.0 + k, 50.0 - r), (50.0 + r, 50.0 - k), (50.0 + r, 50.0)]),
            OutlineStep::Close,
        ];
        let area = covered(&Polygons::filled(&steps, 1.0));
        assert!((area - 1256.6).abs() < 8.0, "{area}");
    }
}
