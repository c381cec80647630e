//! Characters that are set over the blank half of those before them.
//!
//! “ behind （ is set half an em to the left, so that its box lies over that of （. Readers of text that go by boxes (poppler) take the
//! two for different columns. Together in an ActualText span (14.9.4) they are one thing, as wide as what is printed; readers that do
//! not know such spans read the same from the glyphs.

use crate::layout::{Glyph, GlyphRun};
use crate::pdf::faces::SubsetFaces;
use std::ops::RangeInclusive;

/// Less of an em than this lies over the character before it where letters are kerned; more where a mark is trimmed.
const TRIMMED: f64 = 0.25;

/// Glyphs that are read as one, by their count from the start of a stretch, and what they show.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct JoinedGlyphs<'a> {
    pub(super) glyphs: RangeInclusive<usize>,
    pub(super) text: &'a str,
}

/// Where a glyph is, how much it takes, and how many bytes of the text it shows.
#[derive(Clone, Copy)]
struct JoinPlace {
    from: f64,
    to: f64,
    size: f64,
    bytes: usize,
}

/// The glyphs of some runs that are read as one with their neighbours; `text`: what the runs show.
pub(super) fn joined<'a>(runs: &[GlyphRun], faces: &SubsetFaces, text: &'a str) -> Vec<JoinedGlyphs<'a>> {
    let place = |run: &GlyphRun, glyph: &Glyph| {
        let size = run.size.to_pt();
        let width = faces.get(run.face).and_then(|face| face.glyph(glyph.id)).map_or(0.0, |(_, glyph)| glyph.width);
        let from = f64::from(glyph.x);
        JoinPlace { from, to: from + f64::from(width) * size / 1000.0, size, bytes: usize::from(glyph.bytes) }
    };
    let places: Vec<JoinPlace> =
        runs.iter().flat_map(|run| run.glyphs.iter().map(move |glyph| place(run, glyph))).collect();
    let mut found = Vec::new();
    let (mut first, mut at) = (0, 0);
    // A mark over a letter is no character of its own: what shows nothing joins nothing.
    for chain in places.chunk_by(|a, b| b.bytes > 0 && b.from > a.from && a.to - b.from > TRIMMED * b.size) {
        let bytes: usize = chain.iter().map(|place| place.bytes).sum();
        let shown = text.get(at..at + bytes).unwrap_or_default();
        if chain.len() > 1 && !shown.is_empty() {
            found.push(JoinedGlyphs { glyphs: first..=first + chain.len() - 1, text: shown });
        }
        first += chain.len();
        at += bytes;
    }
    found
}
