//! A paragraph's characters in their looks, before anything is measured.

use super::inline::TextPiece;
use super::strokes::ink;
use crate::diagnostic::Span;
use crate::model::{Block, Number, Run, RunKind, Shift, Text};
use crate::template::Style;

/// Size and height of note marks, in em (GB/T 7713.1 8.2 leaves the size; three fifths is what Word prints).
const RAISED: (f64, f64) = (0.6, 0.4);
/// The same of raised and lowered characters: about what office programs print.
const SUPERSCRIPT: (f64, f64) = (0.65, 0.36);
const SUBSCRIPT: (f64, f64) = (0.65, -0.14);

/// Size and height of raised and lowered characters.
pub(super) const fn shifted(shift: Shift) -> (f64, f64) {
    match shift {
        Shift::Raised => SUPERSCRIPT,
        Shift::Lowered => SUBSCRIPT,
        Shift::None => (1.0, 0.0),
    }
}

/// A paragraph before it is broken.
pub(super) struct Paragraph<'a> {
    /// Its characters with their looks.
    pub(super) pieces: Vec<TextPiece<'a>>,
    /// For each piece the run it comes from, and its place in that.
    pub(super) runs: Vec<Option<(&'a Run, usize)>>,
    /// Its place in the source.
    pub(super) span: Span,
}

impl<'a> Paragraph<'a> {
    pub(super) fn new(block: &Block) -> Self {
        Self { pieces: Vec::new(), runs: Vec::new(), span: block.span }
    }

    pub(super) fn number(mut self, number: Option<&'a Number>, style: &Style) -> Self {
        if let Some(number) = number {
            self.push(&number.text, style.strong, RunKind::Number, style, None);
            if let (Some(font), Some(piece)) = (style.number_font, self.pieces.last_mut()) {
                piece.role = font;
            }
        }
        self
    }

    pub(super) fn text(mut self, text: &'a Text, style: &Style) -> Self {
        for run in &text.runs {
            self.push(&run.text, run.strong || style.strong, run.kind, style, Some((run, 0)));
        }
        self
    }

    /// What there is so far in so many times the size.
    pub(super) fn resized(mut self, times: f64) -> Self {
        for piece in &mut self.pieces {
            (piece.scale, piece.raise) = (piece.scale * times, piece.raise * times);
        }
        self
    }

    /// Text beside an automatic number.
    pub(super) fn affix(mut self, text: &'a str, style: &Style) -> Self {
        if !text.is_empty() {
            self.push(text, style.strong, RunKind::Number, style, None);
        }
        self
    }

    /// The mark that a footnote begins with: raised where it is digits or characters of text, which would run into those of the text.
    pub(super) fn mark(mut self, text: &'a str, style: &Style) -> Self {
        let raised = text.chars().any(|c| c.is_ascii_digit() || c.is_alphabetic());
        self.push(text, style.strong, RunKind::Number, style, None);
        if let Some(piece) = self.pieces.last_mut().filter(|_| raised) {
            (piece.scale, piece.raise) = RAISED;
        }
        self
    }

    pub(super) fn push(
        &mut self,
        text: &'a str,
        strong: bool,
        source: RunKind,
        style: &Style,
        run: Option<(&'a Run, usize)>,
    ) {
        let raised = matches!(source, RunKind::Note(_) | RunKind::Term(_));
        let (scale, raise) = if raised { RAISED } else { shifted(run.map_or(Shift::None, |(run, _)| run.shift)) };
        let link = run.and_then(|(run, _)| run.link);
        let change = run.map(|(run, _)| run.change).unwrap_or_default();
        let color = ink(change).unwrap_or(style.color);
        self.pieces.push(TextPiece { text, role: style.font, scale, raise, color, strong, source, link, change });
        self.runs.push(run);
    }
}
