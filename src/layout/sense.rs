//! Titles and headings of more than one line: broken by sense, in a good shape.

use super::inline::{EM, Prepared, Ruler, is_han};
use crate::template::Align;

/// The ends of the lines of a text that is not justified, on `first` and then on `rest` units.
pub(super) fn break_by_sense(text: &Prepared, ruler: &Ruler<'_>, first: i64, rest: i64, align: Align) -> Vec<usize> {
    let n = text.items.len();
    if n == 0 {
        return Vec::new();
    }
    let fits = |start: usize, end: usize| ruler.extent(start, end).least() <= if start == 0 { first } else { rest };
    if fits(0, n) {
        return vec![n];
    }
    // The fewest lines, then the least bad way to fill them.
    let mut best: Vec<Option<(u32, f64, usize)>> = vec![None; n + 1];
    best[0] = Some((0, 0.0, 0));
    let total = ruler.extent(0, n).width as f64;
    let count = (total / rest.min(first) as f64).ceil().max(2.0);
    let ideal = if align == Align::Center { total / count } else { rest as f64 };
    for start in 0..n {
        let Some((lines, cost, _)) = best[start] else { continue };
        let mut seen = false;
        for (end, best) in best.iter_mut().enumerate().skip(start + 1) {
            let at_end = end == n;
            if !at_end && !text.items[end].before.is_allowed() {
                continue;
            }
            if !fits(start, end) && seen {
                break;
            }
            seen = true;
            let short = (ruler.extent(start, end).width as f64 - ideal) / EM as f64;
            let shape = if at_end && align != Align::Center { 0.0 } else { short * short };
            let sense = if at_end { 0.0 } else { badness(text, end) };
            let candidate = (lines + 1, cost + shape + sense, start);
            if best.is_none_or(|(l, c, _)| (candidate.0, candidate.1) < (l, c)) {
                *best = Some(candidate);
            }
        }
    }
    let mut ends = vec![n];
    let mut at = n;
    while let Some((_, _, start)) = best[at].filter(|b| b.2 > 0) {
        ends.push(start);
        at = start;
    }
    ends.reverse();
    ends
}

/// How bad a break before `end` reads.
fn badness(text: &Prepared, end: usize) -> f64 {
    let (before, after) = (text.items[end - 1].c, text.items[end].c);
    if matches!(after, '的' | '和' | '与' | '了' | '着') {
        return 400.0;
    }
    if matches!(before, '的' | '，' | '、' | '；' | '》' | '”') {
        0.0
    } else if is_han(before) && is_han(after) {
        12.0
    } else {
        4.0
    }
}
