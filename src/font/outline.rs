//! The outlines of glyphs, for type that is drawn and not written.

use super::Face;
use ttf_parser::{GlyphId, OutlineBuilder};

/// A step of a glyph's outline, in em from its origin, upward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GlyphStep {
    /// Begins a part.
    Move([f64; 2]),
    /// A straight line.
    Line([f64; 2]),
    /// A curve: two control points and its end.
    Curve([[f64; 2]; 3]),
    /// Back to where the part began.
    Close,
}

struct OutlineSteps {
    em: f64,
    at: [f64; 2],
    steps: Vec<GlyphStep>,
}

impl OutlineSteps {
    fn point(&self, x: f32, y: f32) -> [f64; 2] {
        [f64::from(x) / self.em, f64::from(y) / self.em]
    }
}

impl OutlineBuilder for OutlineSteps {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = self.point(x, y);
        self.steps.push(GlyphStep::Move(self.at));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = self.point(x, y);
        self.steps.push(GlyphStep::Line(self.at));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (middle, end) = (self.point(x1, y1), self.point(x, y));
        let towards = |from: [f64; 2]| [0, 1].map(|i| from[i] + (middle[i] - from[i]) * 2.0 / 3.0);
        self.steps.push(GlyphStep::Curve([towards(self.at), towards(end), end]));
        self.at = end;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.at = self.point(x, y);
        self.steps.push(GlyphStep::Curve([self.point(x1, y1), self.point(x2, y2), self.at]));
    }

    fn close(&mut self) {
        self.steps.push(GlyphStep::Close);
    }
}

impl Face {
    /// The outlines of some glyphs; None where the file cannot be read.
    #[must_use]
    pub fn outlines(&self, glyphs: &[u16]) -> Option<Vec<Vec<GlyphStep>>> {
        let (bytes, index) = self.excerpt(glyphs.iter().copied()).ok()?;
        let face = ttf_parser::Face::parse(&bytes, index).ok()?;
        let em = f64::from(face.units_per_em());
        let outline = |&glyph: &u16| {
            let mut steps = OutlineSteps { em, at: [0.0; 2], steps: Vec::new() };
            // A blank has none.
            let _box = face.outline_glyph(GlyphId(glyph), &mut steps);
            steps.steps
        };
        Some(glyphs.iter().map(outline).collect())
    }
}
