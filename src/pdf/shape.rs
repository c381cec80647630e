//! Inks and shapes as printpdf has them.

use super::units;
use crate::layout::{OutlineStep, Path};
use crate::model::{Color, Length};
use printpdf::{Cmyk, Greyscale, Line, LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt, Rgb, WindingOrder};

/// How colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inks {
    /// For screens and archives: greys in DeviceGray (8.6.4.2), which counts the other way round; others in DeviceRGB (8.6.4.3).
    Screen,
    /// For a press: all of it in DeviceCMYK (8.6.4.4), since of that alone a part of 0 may leave what is below (8.6.7).
    Press,
    /// The same, but for an ink of its own in place of the one colour.
    Spot,
}

impl Inks {
    /// True for a press.
    pub(super) fn is_press(self) -> bool {
        self != Self::Screen
    }
}

/// A colour.
pub(super) fn ink(color: Color, inks: Inks) -> printpdf::Color {
    let part = |part: f32| if part > 0.0 { units::number(f64::from(part.min(1.0))) } else { 0.0 };
    match inks {
        Inks::Screen if color.is_gray() => {
            printpdf::Color::Greyscale(Greyscale::new(units::number(1.0 - f64::from(part(color.black))), None))
        }
        Inks::Screen => {
            let [r, g, b] = color.to_rgb().map(|light| units::number(f64::from(light.clamp(0.0, 1.0))));
            printpdf::Color::Rgb(Rgb { r, g, b, icc_profile: None })
        }
        Inks::Press | Inks::Spot => {
            let (c, m, y, k) = (part(color.cyan), part(color.magenta), part(color.yellow), part(color.black));
            printpdf::Color::Cmyk(Cmyk { c, m, y, k, icc_profile: None })
        }
    }
}

/// What a point of an outline is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PointRole {
    /// On the outline.
    Outline,
    /// A control point of a curve.
    Control,
}

/// The parts of an outline, each closed or open; None with a coordinate that is no number. `page`: the page's height.
pub(super) fn parts(path: &Path, page: Length) -> Option<Vec<Line>> {
    let mut parts: Vec<Line> = Vec::new();
    let point = |(x, y): (f64, f64), role: PointRole| {
        let bezier = role == PointRole::Control;
        let p = Point { x: Pt(units::number(x)), y: Pt(units::height(page, Length::pt(y))) };
        (p.x.0.is_finite() && p.y.0.is_finite()).then_some(LinePoint { p, bezier })
    };
    for step in &path.steps {
        if let OutlineStep::Move(x, y) = *step {
            parts.push(Line { points: vec![point((x, y), PointRole::Outline)?], is_closed: false });
            continue;
        }
        // After a closed part, the next one begins where that began (8.5.2.1).
        if let Some(Line { points, is_closed: true }) = parts.last() {
            let start = points.first().cloned();
            parts.push(Line { points: start.into_iter().collect(), is_closed: false });
        }
        let Some(part) = parts.last_mut() else { continue };
        match *step {
            OutlineStep::Move(..) => {}
            OutlineStep::Line(x, y) => part.points.push(point((x, y), PointRole::Outline)?),
            OutlineStep::Curve([one, two, end]) => {
                part.points.extend([
                    point(one, PointRole::Control)?,
                    point(two, PointRole::Control)?,
                    point(end, PointRole::Outline)?,
                ]);
            }
            OutlineStep::Close => part.is_closed = true,
        }
    }
    parts.retain(|part| part.points.len() > 1);
    Some(parts)
}

/// The operator that fills an outline; open parts are filled as if they were closed (8.5.3.3).
pub(super) fn filled(parts: &[Line]) -> Op {
    let ring = |part: &Line| PolygonRing { points: part.points.clone() };
    let rings = parts.iter().map(ring).collect();
    Op::DrawPolygon { polygon: Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero } }
}
