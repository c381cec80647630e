//! Strokes through what is gone and lines under what is new, in a version that has its changes in its text.

use super::{Line, PageItem, PagedDocument, Rule};
use crate::model::{Color, Length, RunChange};

/// The inks of what is gone and of what is new: far apart, also for those who do not tell red from green.
const GONE: Color = Color { cyan: 0.0, magenta: 0.95, yellow: 0.9, black: 0.1 };
const NEW: Color = Color { cyan: 1.0, magenta: 0.6, yellow: 0.0, black: 0.0 };
/// The weight of a stroke, in em.
const WEIGHT: f64 = 0.05;
/// From the baseline up to the middle of the characters, and down to the line below them, in em.
const MIDDLE: f64 = 0.34;
const BELOW: f64 = 0.14;

/// The ink of characters that are no longer, or not yet, part of the text.
pub(super) const fn ink(change: RunChange) -> Option<Color> {
    match change {
        RunChange::Kept => None,
        RunChange::New => Some(NEW),
        RunChange::Gone => Some(GONE),
    }
}

/// True for a line that shows a change.
pub(super) fn shows_change(line: &Line) -> bool {
    line.runs.iter().any(|run| run.change != RunChange::Kept)
}

/// Strikes out what is gone and underlines what is new.
pub fn add_strokes(paged: &mut PagedDocument) {
    for page in &mut paged.pages {
        let strokes: Vec<PageItem> = page.lines().flat_map(strokes).map(PageItem::Rule).collect();
        page.items.extend(strokes);
    }
}

fn strokes(line: &Line) -> Vec<Rule> {
    let starts: Vec<Option<Length>> =
        line.runs.iter().map(|run| run.glyphs.first().map(|glyph| Length::pt(f64::from(glyph.x)))).collect();
    let mut rules: Vec<Rule> = Vec::new();
    for (at, run) in line.runs.iter().enumerate() {
        let (Some(color), Some(from)) = (ink(run.change), starts[at]) else { continue };
        let to = starts[at + 1..].iter().flatten().next().copied().unwrap_or(line.width);
        let weight = run.size * WEIGHT;
        // Down from the baseline.
        let down = if run.change == RunChange::Gone { -(run.rise + run.size * MIDDLE) } else { run.size * BELOW };
        rules.push(if line.turned {
            Rule { color, x: line.x + down, y: line.baseline - to, width: weight, height: to - from }
        } else {
            Rule { color, x: line.x + from, y: line.baseline + down, width: to - from, height: weight }
        });
    }
    rules
}
