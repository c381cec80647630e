//! Two texts word by word, for people.

use super::diff::{hunks, without_islands};
use super::token::of_text;
use std::cmp::Ordering;

/// The pieces of two texts in reading order: `Less` was there, `Greater` is new, `Equal` stayed. Figures are shown whole.
#[must_use]
pub fn differences(before: &str, after: &str) -> Vec<(String, Ordering)> {
    let (a, b) = (of_text(before), of_text(after));
    let found = without_islands(hunks(a.iter().map(|t| t.key.as_str()), b.iter().map(|t| t.key.as_str())));
    let text = |tokens: &[super::token::PhraseToken]| tokens.iter().map(|t| t.key.as_str()).collect::<String>();
    let mut pieces: Vec<(String, Ordering)> = Vec::new();
    let mut push = |text: String, mark: Ordering| {
        if !text.is_empty() {
            pieces.push((text, mark));
        }
    };
    let mut at = 0;
    for hunk in found {
        push(text(&a[at..hunk.before.start]), Ordering::Equal);
        push(text(&a[hunk.before.clone()]), Ordering::Less);
        push(text(&b[hunk.after.clone()]), Ordering::Greater);
        at = hunk.before.end;
    }
    push(text(&a[at..]), Ordering::Equal);
    pieces
}
