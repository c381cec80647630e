//! The lines of one paragraph: each fitted to its measure, with its left edge.

use super::Strain;
use super::inline::{
    EM, LineFit, ParagraphShape, Prepared, RAGGED, Ruler, Setting, TextPiece, VISIBLE, break_lines, is_hanging,
    other_counts, set_line,
};
use crate::model::Length;
use crate::template::{Align, Compose, Style, StyleName, Template};
use std::ops::Range;

/// A line and its left edge.
#[derive(Clone, Debug)]
pub(super) struct SetLine {
    pub(super) setting: Setting,
    pub(super) x: Length,
}

/// A paragraph whose lines are to be set: its characters, its style and the measures of its lines.
pub(super) struct LineJob<'a> {
    pub(super) text: &'a Prepared,
    pub(super) pieces: &'a [TextPiece<'a>],
    pub(super) style: &'a Style,
    pub(super) shape: ParagraphShape,
    pub(super) ruler: Ruler<'a>,
    /// The size of its type: the style's, or less.
    size: Length,
    /// Indent of the first line, in em.
    indent: f64,
    template: &'a Template,
}

impl<'a> LineJob<'a> {
    /// A paragraph in a style, on the measure that the style leaves of the page.
    pub(super) fn new(
        text: &'a Prepared,
        pieces: &'a [TextPiece<'a>],
        style: &'a Style,
        template: &'a Template,
    ) -> Self {
        let rest = measure(template, style);
        let first = rest - units_of(style.first_line);
        let shape = ParagraphShape { first, rest, last: template.compose.last_line_chars };
        let ruler = Ruler::new(text);
        Self { text, pieces, style, shape, ruler, size: style.size, indent: style.first_line, template }
    }

    /// The same on other measures.
    pub(super) fn with_shape(self, shape: ParagraphShape) -> Self {
        Self { shape, ..self }
    }

    /// The same with every line on one measure, in units.
    pub(super) fn on_measure(self, measure: i64) -> Self {
        self.with_shape(ParagraphShape { first: measure, rest: measure, last: 0 })
    }

    /// The same in type of another size.
    pub(super) fn in_size(self, size: Length) -> Self {
        Self { size, ..self }
    }

    /// The same without the indent of the first line.
    pub(super) fn unindented(self) -> Self {
        Self { shape: ParagraphShape { first: self.shape.rest, ..self.shape }, indent: 0.0, ..self }
    }

    /// The ends of the lines, best over the whole paragraph.
    pub(super) fn optimum(&self) -> Vec<usize> {
        self.by_segment(break_lines)
    }

    /// Ways to set the paragraph in another number of lines: `(lines, how much more uneven than the best, ends)`.
    pub(super) fn other_counts(&self) -> Vec<(usize, u64, Vec<usize>)> {
        if self.text.segments().len() > 1 {
            return Vec::new();
        }
        other_counts(self.text, &self.ruler, self.shape)
    }

    /// The ends of the lines where each part between forced line ends is broken as a paragraph of its own.
    pub(super) fn by_segment(&self, ends: impl Fn(&Prepared, &Ruler<'_>, ParagraphShape) -> Vec<usize>) -> Vec<usize> {
        let segments = self.text.segments();
        if segments.len() < 2 {
            return ends(self.text, &self.ruler, self.shape);
        }
        let mut all = Vec::new();
        for segment in segments {
            let shape = ParagraphShape { first: self.shape.measure(segment.start), ..self.shape };
            let start = segment.start;
            let part = self.text.part(segment);
            all.extend(ends(&part, &Ruler::new(&part), shape).into_iter().map(|end| start + end));
        }
        all
    }

    /// Justified lines that end at `ends`.
    pub(super) fn justified(&self, ends: &[usize]) -> Vec<SetLine> {
        let mut start = 0;
        let mut lines = Vec::with_capacity(ends.len());
        for (i, &end) in ends.iter().enumerate() {
            let extent = self.ruler.extent(start, end);
            let room = self.shape.measure(start);
            let last = i + 1 == ends.len() || self.text.is_broken(end);
            let most = extent.width.min(room + self.hanging(end));
            // What would open too far ends where its words end.
            let spread = !last && extent.opening(room) <= RAGGED;
            let fit = extent.fit_closed(if spread { most.max(room) } else { most });
            let mut setting = self.set(start..end, &fit);
            setting.strain = self.strain(end, extent.opening(room));
            let indent = if i == 0 { self.indent } else { 0.0 };
            lines.push(SetLine { setting, x: self.style.size * (self.style.indent_left + indent) });
            start = end;
        }
        lines
    }

    /// Lines that end at `ends`, as wide as their text and placed as the style aligns them.
    pub(super) fn aligned(&self, ends: &[usize]) -> Vec<SetLine> {
        let mut start = 0;
        let mut lines = Vec::with_capacity(ends.len());
        for (i, &end) in ends.iter().enumerate() {
            let mut setting = self.natural(start..end);
            setting.strain = self.strain(end, 0.0);
            let x = self.left_of(&setting, if i == 0 { self.indent } else { 0.0 });
            lines.push(SetLine { setting, x });
            start = end;
        }
        lines
    }

    /// A line, fitted.
    pub(super) fn set(&self, line: Range<usize>, fit: &LineFit) -> Setting {
        let stroke = self.template.fonts.bold_stroke;
        set_line(self.text, self.pieces, (line.start, line.end), fit, self.size, stroke)
    }

    /// A line as wide as its text, spread where the style spreads short ones.
    fn natural(&self, line: Range<usize>) -> Setting {
        let extent = self.ruler.extent(line.start, line.end);
        let mut fit = extent.fit_closed(extent.width.min(self.shape.measure(line.start)));
        if let Some(spread) = self.style.spread.filter(|s| line.len() <= s.up_to as usize) {
            fit = LineFit { open: spread.by * EM as f64, ..fit };
        }
        self.set(line, &fit)
    }

    /// The left edge of a line with an indent, in em.
    fn left_of(&self, setting: &Setting, indent: f64) -> Length {
        let style = self.style;
        let left = style.size * style.indent_left;
        let room = self.template.page.measure() - left - style.size * style.indent_right;
        match style.align {
            Align::Justify | Align::Left => left + style.size * indent,
            Align::Center => left + (room - setting.width) / 2.0,
            Align::Right => left + room - setting.width,
        }
    }

    /// What a reader may see of a line that ends at `end`, whose gaps would open by so much.
    pub(super) fn strain(&self, end: usize, opening: f64) -> Option<Strain> {
        if self.text.is_broken(end) {
            return None;
        }
        let before = self.text.items.get(end)?.before;
        if !before.is_allowed() && !before.divides_word() {
            return Some(Strain::Torn);
        }
        (opening > RAGGED).then_some(Strain::Ragged).or((opening > VISIBLE).then_some(Strain::Opened(opening)))
    }

    /// How far the mark at a line's end may reach past the measure.
    fn hanging(&self, end: usize) -> i64 {
        let mark = end.checked_sub(1).and_then(|last| self.text.items.get(last));
        // Nothing hangs in a table, which the imprint is in the Word file.
        let hangs = self.template.compose.policy == Compose::Word && self.style.name != StyleName::Imprint;
        let mark = mark.filter(|mark| hangs && is_hanging(mark.c));
        mark.map_or(0, |mark| mark.advance)
    }
}

/// The measure that a style leaves of the page, in units.
pub(super) fn measure(template: &Template, style: &Style) -> i64 {
    let (page, grid) = (&template.page, &template.grid);
    let full = grid.cell * f64::from(grid.chars);
    // The grid's cells fill the type area; what its figures round off is not a width.
    let measure = if (full - page.measure()).abs() < Length::pt(0.05) { full } else { page.measure() };
    units_of(measure / style.size - style.indent_left - style.indent_right)
}

/// Em to layout units.
pub(super) fn units_of(em: f64) -> i64 {
    (em * EM as f64).round() as i64
}
