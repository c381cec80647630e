//! Changes to the characters of a run that keep each with its place in the source.

use crate::model::{OffsetMap, Origin, Run, Text};

/// A run's text as it is rewritten.
pub(super) struct Rewriter<'a> {
    old: &'a Origin,
    text: String,
    pieces: Vec<(u32, u32)>,
}

impl<'a> Rewriter<'a> {
    /// Begins a text whose old offsets `old` places.
    pub(super) fn new(old: &'a Origin) -> Self {
        Self { old, text: String::new(), pieces: Vec::new() }
    }

    /// Adds a character that comes from byte `at` of the old text.
    pub(super) fn push(&mut self, c: char, at: usize) {
        let source = self.old.span(at, at).start;
        let text = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let in_step = self.pieces.last().is_some_and(|&(t, s)| source >= s && source - s == text - t);
        if !in_step {
            self.pieces.push((text, source));
        }
        self.text.push(c);
    }

    /// The new text and its places. What comes from one place as a whole still does.
    pub(super) fn finish(self) -> (String, Origin) {
        let map = match self.old {
            Origin::Text(old) if !self.pieces.is_empty() => {
                Origin::Text(OffsetMap { file: old.file, pieces: self.pieces, end: old.end })
            }
            old => old.clone(),
        };
        (self.text, map)
    }
}

/// Rewrites a run character by character: what `change` gives for a byte offset and the character there; None drops it.
pub(super) fn rewrite(run: &mut Run, mut change: impl FnMut(usize, char) -> Option<char>) {
    let mut rewriter = Rewriter::new(&run.map);
    for (at, c) in run.text.char_indices() {
        if let Some(c) = change(at, c) {
            rewriter.push(c, at);
        }
    }
    let (text, map) = rewriter.finish();
    run.text = text;
    run.map = map;
}

/// Removes runs that have no text left.
pub(super) fn drop_empty(text: &mut Text) {
    text.runs.retain(|run| !run.text.is_empty());
}
