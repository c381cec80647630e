//! What differs between two rows of tokens.

use imara_diff::{Algorithm, Diff, InternedInput};
use std::ops::Range;

/// A stretch of one row in the place of a stretch of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) before: Range<usize>,
    pub(super) after: Range<usize>,
}

/// The hunks from `before` to `after`, ascending.
pub(super) fn hunks<'k>(
    before: impl IntoIterator<Item = &'k str>,
    after: impl IntoIterator<Item = &'k str>,
) -> Vec<Hunk> {
    let mut input: InternedInput<&str> = InternedInput::default();
    input.update_before(before.into_iter());
    input.update_after(after.into_iter());
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let wide = |r: Range<u32>| r.start as usize..r.end as usize;
    diff.hunks().map(|h| Hunk { before: wide(h.before), after: wide(h.after) }).collect()
}

/// Joins hunks that one token parts which is alike by chance: it is shorter than what changes at both of its sides.
pub(super) fn without_islands(hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut joined: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        match joined.last_mut() {
            Some(last) if is_island(last, &hunk) => {
                last.before.end = hunk.before.end;
                last.after.end = hunk.after.end;
            }
            _ => joined.push(hunk),
        }
    }
    joined
}

fn is_island(last: &Hunk, next: &Hunk) -> bool {
    // Both sides replace: an insertion beside a replacement is told better alone.
    let replaces = |h: &Hunk| !h.before.is_empty() && !h.after.is_empty();
    let size = |h: &Hunk| h.before.len().max(h.after.len());
    next.before.start - last.before.end <= 1 && replaces(last) && replaces(next) && size(last) > 1 && size(next) > 1
}
