//! The red head of an official document as spacing of its paragraphs (GB/T 9704 7.2).
//!
//! What the standard gives in millimetres is in the Word file where it is in print; the title begins on a row again.

use super::letter::AuthorityFrame;
use super::lines::line_count;
use crate::docx::options::Input;
use crate::docx::units::{self, DESCENT};
use crate::template::{HeadPlaces, HeadShape, StyleName, Template, head_places};

/// The spacing of the paragraphs of a red head, in twips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeadSpacing {
    /// Above the issuing authority.
    pub(super) authority: i64,
    /// The exact leading of the authority's lines.
    pub(super) leading: i64,
    /// Above the document's number.
    pub(super) number: i64,
    /// The exact leading of the number's line.
    pub(super) line: i64,
    /// From the number's line to the red rule, in whole points.
    pub(super) gap: i64,
    /// So far the head reaches into the row below its own.
    pub(super) over: i64,
    /// The frame of a letter's authority.
    pub(super) frame: Option<AuthorityFrame>,
    /// Below the title, for it begins so much above its row.
    pub(super) rise: i64,
}

impl HeadSpacing {
    /// The spacing for a document's head; for one without marks where it has none. `pitch`: of the file's grid.
    pub(super) fn of(input: Input<'_>, pitch: i64) -> Self {
        let template = input.template;
        let head = input.document.red_head().map(|head| head.content);
        let marks = head.map_or(0, |head| {
            [&head.copy_number, &head.classification, &head.urgency].iter().filter(|mark| mark.is_some()).count()
        });
        let lines = line_count(input, StyleName::Authority) as u32;
        let size = input.printed.head().map_or(template.style(StyleName::Authority).size, |head| head.size);
        let signed = head.map_or(1, |head| head.signer_rows().max(1)) as u32;
        let places = head_places(template, HeadShape { marks: marks as u32, lines, size, rows: signed });
        if let Some(letter) = &template.head.letter {
            let frame = AuthorityFrame::new(template, letter, &places, (lines, size));
            return Self::of_letter(template, &places, (frame, marks.max(1) as u32), pitch);
        }
        let grid = &template.grid;
        let above = |line: i64| line - below(line);
        let leading = units::twips(places.leading).max(1);
        let base = units::twips(places.authority + size * grid.ascent);
        let authority = (base - above(leading) - i64::from(marks as u32) * pitch).max(0);
        let foot = base + leading * i64::from(lines.saturating_sub(1)) + below(leading);
        let numbered = template.style(StyleName::DocumentNumber);
        let top = grid.pitch * f64::from(places.first) + (grid.cell - numbered.size) / 2.0;
        let base = units::twips(top + numbered.size * grid.ascent);
        let number = (base - above(pitch) - foot).max(0);
        let foot = base + below(pitch) + pitch * i64::from(signed - 1);
        // Programs take whole points, and at most 31.
        let gap = ((units::twips(places.rule) - foot + 10) / 20).clamp(0, 31);
        let end = foot + gap * 20 + units::twips(template.head.rule);
        let over = if head.is_some() { end - i64::from(places.rows) * pitch } else { 0 };
        Self { authority, leading, number, line: pitch, gap, over, rise: 0, frame: None }
    }

    /// The spacing for the head of a letter (10.1), whose authority is in a frame that ends where the number begins.
    fn of_letter(template: &Template, places: &HeadPlaces, (frame, marks): (AuthorityFrame, u32), pitch: i64) -> Self {
        let grid = &template.grid;
        let numbered = template.style(StyleName::DocumentNumber);
        let top = places.top + (grid.cell - numbered.size) / 2.0;
        let base = units::twips(top + numbered.size * grid.ascent);
        let end = base + below(frame.row) + pitch * i64::from(marks - 1);
        let rise = (places.rise / grid.pitch * pitch as f64).round() as i64;
        let over = end - i64::from(places.rows) * pitch + rise;
        let AuthorityFrame { leading, gap, row, .. } = frame;
        Self { authority: 0, leading, number: 0, line: row, gap, over, rise, frame: Some(frame) }
    }
}

/// How much of a line at an exact leading is below its baseline.
fn below(line: i64) -> i64 {
    (line as f64 * DESCENT).round() as i64
}
