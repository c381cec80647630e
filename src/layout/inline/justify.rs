//! A line's glyphs in their places.

use super::measure::{LineFit, Tier};
use super::prepare::{Character, Prepared, TextPiece};
use super::{EM, class::Class};
use crate::layout::{Glyph, GlyphRun, Strain};
use crate::model::Length;

/// A line that is set, without a place on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Setting {
    /// Its characters.
    pub(crate) text: String,
    /// From the left edge of the first glyph's cell to the right edge of the last.
    pub(crate) width: Length,
    /// Its glyphs.
    pub(crate) runs: Vec<GlyphRun>,
    /// What a reader may see of how it was made to fit.
    pub(crate) strain: Option<Strain>,
}

impl Setting {
    /// Adds another line's glyphs, `at` right of this one's left edge.
    pub(crate) fn append(&mut self, other: Self, at: Length) {
        self.text.push_str(&other.text);
        self.width = self.width.max(at + other.width);
        for mut run in other.runs {
            for glyph in &mut run.glyphs {
                glyph.x += at.to_pt() as f32;
            }
            self.runs.push(run);
        }
    }
}

/// Sets the items `start..end` as `fit` says, in type of `size`. `stroke`: width of the stroke that emboldens, in em.
pub(crate) fn set_line(
    text: &Prepared,
    pieces: &[TextPiece<'_>],
    (start, end): (usize, usize),
    fit: &LineFit,
    size: Length,
    stroke: f64,
) -> Setting {
    let items = &text.items[start..end];
    let drawn = items.iter().rposition(|i| !matches!(i.class, Class::Space | Class::Break)).map_or(0, |i| i + 1);
    let point = size.to_pt() / EM as f64;
    let mut setting = Setting { text: String::with_capacity(items.len() * 3), ..Setting::default() };
    let mut x = 0.0;
    let mut key = None;
    for (i, item) in items.iter().enumerate() {
        let (first, last) = (i == 0, i + 1 == drawn);
        if !first && i < drawn {
            x += fit.glue(item) + if item.opens { fit.open } else { 0.0 };
        }
        if item.class == Class::Break {
            continue;
        }
        let (left, right) = trims(item, fit, first, last);
        setting.text.push(item.c);
        let bytes = item.c.len_utf8() as u8;
        match item.glyph {
            Some((face, id)) => {
                let piece = &pieces[item.piece as usize];
                let this = (item.piece, face, item.rise.to_bits());
                if key != Some(this) {
                    key = Some(this);
                    setting.runs.push(GlyphRun {
                        face,
                        size: size * piece.scale,
                        rise: size * (piece.raise + f64::from(item.rise) * piece.scale),
                        color: piece.color,
                        stroke: piece.strong.then(|| size * piece.scale * stroke),
                        source: piece.source,
                        link: piece.link,
                        change: piece.change,
                        glyphs: Vec::new(),
                    });
                }
                if let Some(run) = setting.runs.last_mut() {
                    run.glyphs.push(Glyph { id, bytes, x: ((x - left) * point) as f32 });
                }
            }
            // Drawn by the glyph before it, which shows both characters.
            None => {
                if let Some(glyph) = setting.runs.last_mut().and_then(|r| r.glyphs.last_mut()) {
                    glyph.bytes += bytes;
                }
            }
        }
        x += item.advance as f64 - left - right;
        if item.class == Class::Space && i < drawn {
            x += fit.more_space(item);
        }
        if last {
            if let Some((face, id, advance)) = text.hyphen(end) {
                // The hyphen belongs to the line, not to the text: it shows no character.
                if let Some(run) = setting.runs.last_mut().filter(|run| run.face == face) {
                    run.glyphs.push(Glyph { id, bytes: 0, x: (x * point) as f32 });
                }
                x += advance as f64;
            }
            setting.width = Length::pt(x * point);
        }
    }
    setting
}

/// What is cut from the left and the right blank of an item, in units.
fn trims(item: &Character, fit: &LineFit, first: bool, last: bool) -> (f64, f64) {
    let give = Tier::of(item.class).map_or(0.0, |tier| fit.give[tier as usize]);
    let mut left = item.trim_left as f64 + item.blank_left as f64 * give;
    let mut right = item.trim_right as f64 + item.blank_right as f64 * give;
    if first {
        left = (item.trim_left + item.blank_left) as f64 * give;
    }
    if last {
        right = if item.class.has_blank_right() {
            item.end_blank() as f64 * fit.give[Tier::LineEnd as usize]
        } else {
            item.blank_right as f64 * give
        };
    }
    (left, right)
}
