//! Which characters a glyph shows.

use crate::layout::{Glyph, GlyphRun, Line};

/// Glyphs that show some characters together: one, and those after it that have no characters of their own.
#[derive(Clone, Copy, Debug)]
pub(super) struct GlyphCluster<'a> {
    /// The glyphs; at least one.
    pub(super) glyphs: &'a [Glyph],
    /// The characters; empty only for glyphs at the start of a run that have none.
    pub(super) text: &'a str,
}

/// A reader of the clusters of one line, run after run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clusters<'a> {
    text: &'a str,
}

/// The glyphs of a line show other bytes than its text has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mismatch;

impl<'a> Clusters<'a> {
    /// At the start of a line.
    pub(super) fn new(line: &'a Line) -> Self {
        Self { text: &line.text }
    }

    /// The clusters of the next run, each handed to `each`.
    pub(super) fn run<E: From<Mismatch>>(
        &mut self,
        run: &'a GlyphRun,
        mut each: impl FnMut(GlyphCluster<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rest = run.glyphs.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let more = others.iter().take_while(|glyph| glyph.bytes == 0).count();
            let (glyphs, after) = rest.split_at(1 + more);
            let (text, tail) = self.text.split_at_checked(usize::from(first.bytes)).ok_or(Mismatch)?;
            self.text = tail;
            rest = after;
            each(GlyphCluster { glyphs, text })?;
        }
        Ok(())
    }

    /// After the last run: no text may be left.
    pub(super) fn end(self) -> Result<(), Mismatch> {
        if self.text.is_empty() { Ok(()) } else { Err(Mismatch) }
    }
}
