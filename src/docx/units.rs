//! Lengths in the units of WordprocessingML. The only place of this back end that leaves [`Length`].

use crate::model::{Color, Length};
pub(super) use crate::template::office::{char_space, chars, half_points, tracking, twips};
use crate::template::{Grid, Leading, PageSetup, Style, Template};

/// So much of a line at an exact leading is below its baseline: programs put that four fifths down.
pub(super) const DESCENT: f64 = 0.2;

/// How far below the middle of a line at an exact leading type is, in twips.
pub(super) fn sink(size: Length, leading: i64, ascent: f64) -> i64 {
    let middle = leading as f64 / 2.0 + twips(size * (ascent - 0.5)) as f64;
    (leading as f64 * (1.0 - DESCENT) - middle).round() as i64
}

/// The exact leading of a line whose type is in the middle of `height` twips from the line's top: programs put the baseline four
/// fifths down, or a little lower.
pub(super) fn middle_line(size: Length, height: i64, ascent: f64) -> i64 {
    let middle = height as f64 / 2.0 + twips(size * (ascent - 0.5)) as f64;
    (middle / (1.01 - DESCENT)).round() as i64
}

/// Eighths of a point, at least two (what programs draw thinnest) and at most 96: the unit of borders.
pub(super) fn eighths(length: Length) -> i64 {
    ((length.to_pt() * 8.0).round() as i64).clamp(2, 96)
}

/// English metric units, 12,700 a point, at least one: the unit of drawings.
pub(super) fn emu(length: Length) -> u32 {
    (length.to_pt() * 12_700.0).round().max(1.0) as u32
}

/// Hundredths of a character: the unit of `w:firstLineChars`.
pub(super) fn hundredths(em: f64) -> i64 {
    (em * 100.0).round() as i64
}

/// A colour as six hexadecimal digits: Word knows no inks.
pub(super) fn rgb(color: Color) -> String {
    color.to_rgb().map(|part| format!("{:02X}", (part.clamp(0.0, 1.0) * 255.0).round() as u8)).concat()
}

/// Height of the type area in twips, as programs compute it from the rounded margins.
fn depth(page: &PageSetup) -> i64 {
    twips(page.height) - twips(page.top) - twips(page.bottom)
}

/// The pitch of the line grid in twips: the largest with which the page holds its lines.
///
/// Programs count whole pitches, not baselines: 22 lines of 29.61 pt would be 21 to them, so a pitch is a 22nd of the
/// type area here (28.95 pt).
pub(super) fn line_pitch(page: &PageSetup, grid: &Grid) -> i64 {
    (depth(page) / i64::from(grid.lines.max(1))).max(1)
}

/// The height of a row of a table that takes so many rows of the grid with its rules, in twips.
pub(super) fn row_height(rows: u32, rules: Length, template: &Template) -> i64 {
    (i64::from(rows) * line_pitch(&template.page, &template.grid) - twips(rules)).max(1)
}

/// How high something drawn may be in so many rows of the file, which are a little lower than printed ones: what is in
/// the line below the drawing has to fit in the last.
pub(super) fn height_of(rows: u32, template: &Template) -> Length {
    let pitch = Length::pt(line_pitch(&template.page, &template.grid) as f64 / 20.0);
    pitch * f64::from(rows) - (pitch - template.grid.cell) / 2.0
}

/// The line and what is below it, in twips, of something drawn in the middle of its rows: together these are the rows, whatever a
/// program makes of the grid. Programs put it at the foot of a line that is higher.
pub(super) fn drawn_line(height: Length, style: &Style, template: &Template) -> (i64, i64) {
    let pitch = line_pitch(&template.page, &template.grid);
    let rows = i64::from(template.rows_of(height)) * pitch;
    let below = ((rows - twips(height)) / 2 - twips(style.size * DESCENT)).max(0);
    (rows - below, below)
}

/// How a style's lines follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    /// From line to line in twips.
    pub(super) leading: i64,
    /// What gives way to what is higher.
    pub(super) rule: LineRule,
    /// Twips above the first line that fill the block up to whole rows.
    pub(super) above: i64,
    /// Twips below the last line.
    pub(super) below: i64,
}

/// What decides the height of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineRule {
    /// The leading alone, on the rows of the grid. A program that knows no grid, or whose faces are high, has the same rows.
    Row,
    /// The leading alone, off the grid.
    Exact,
    /// What is drawn in the line; its paragraph fills it up to whole rows.
    Drawing,
}

impl Lines {
    /// Lines at an exact distance that takes no notice of the grid.
    pub(super) fn exact(leading: Length) -> Self {
        Self::twips(twips(leading))
    }

    /// The same, in twips.
    pub(super) fn twips(leading: i64) -> Self {
        Self { leading: leading.max(1), rule: LineRule::Exact, above: 0, below: 0 }
    }

    /// Lines that hold drawings.
    pub(super) const fn drawing() -> Self {
        Self { leading: 240, rule: LineRule::Drawing, above: 0, below: 0 }
    }

    /// `w:line` and `w:lineRule`.
    pub(super) const fn spacing(self) -> (i64, &'static str) {
        match self.rule {
            LineRule::Row | LineRule::Exact => (self.leading, "exact"),
            LineRule::Drawing => (self.leading, "auto"),
        }
    }
}

/// The lines of a block of `count` lines in a style, on a grid whose pitch in the file is `pitch` twips.
///
/// An exact leading shrinks as the pitch did, so that the block takes as many rows as on the printed page.
pub(super) fn lines(style: &Style, grid: &Grid, pitch: i64, count: usize) -> Lines {
    match style.leading {
        Leading::Rows(rows) => {
            let leading = ((rows * pitch as f64).round() as i64).max(1);
            Lines { leading, rule: LineRule::Row, above: 0, below: 0 }
        }
        Leading::Exact(leading) => {
            let depth = style.rows(count, grid) * pitch as f64;
            let room = (depth / count.max(1) as f64).floor();
            let leading = (leading / grid.pitch * pitch as f64).round().min(room).max(1.0) as i64;
            let spare = (depth.round() as i64 - leading * i64::from(count.max(1) as u32)).max(0);
            Lines { leading, rule: LineRule::Exact, above: spare / 2, below: spare - spare / 2 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_its_lines() {
        let page = PageSetup {
            width: Length::mm(210.0),
            height: Length::mm(297.0),
            top: Length::mm(37.0),
            bottom: Length::mm(35.0),
            inner: Length::mm(28.0),
            outer: Length::mm(26.0),
            mirror: false,
        };
        let grid = Grid { chars: 28, lines: 22, cell: Length::pt(15.793), pitch: Length::pt(29.61), ascent: 0.88 };
        assert_eq!(line_pitch(&page, &grid), 579);
    }
}
