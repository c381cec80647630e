//! Two texts word by word, for people, and line by line, for places.

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

/// For each line of `after`, the line of `before` that it was or that it replaces. Lines are counted from 1, as is what is returned.
#[must_use]
pub fn line_origins(before: &str, after: &str) -> Vec<usize> {
    let mut origins: Vec<usize> = Vec::new();
    let mut at = 0;
    for hunk in hunks(before.lines(), after.lines()) {
        let same = hunk.after.start - origins.len();
        origins.extend((at..at + same).map(|line| line + 1));
        let last = hunk.before.end.saturating_sub(1).max(hunk.before.start);
        origins.extend(hunk.after.clone().map(|line| (hunk.before.start + line - hunk.after.start).min(last) + 1));
        at = hunk.before.end;
    }
    let rest = after.lines().count().saturating_sub(origins.len());
    origins.extend((at..at + rest).map(|line| line + 1));
    origins
}

#[cfg(test)]
mod tests {
    use super::line_origins;

    #[test]
    fn lines_are_found_where_they_were() {
        assert_eq!(line_origins("a\nb\nc\nd", "a\nb\nc\nd"), [1, 2, 3, 4]);
        assert_eq!(line_origins("a\nb\nc\nd", "a\nx\ny\nb\nd"), [1, 2, 2, 2, 4], "new lines are before b; c is gone");
        assert_eq!(line_origins("a\nb\nc", "a\nB\nc\nmore"), [1, 2, 3, 4], "the last is after the end");
    }
}
