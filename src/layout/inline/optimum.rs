//! The best breaks of a whole paragraph, found exactly.
//!
//! Every line that can be had at all, by squeezing its marks or opening its gaps, is a candidate; compression is part of the
//! candidate, never a repair afterwards. A state is a line (its start and end) and not only a break, since what comes before
//! matters: two opened lines in a row, marks that are wide on one line and narrow on the next. Each start has three or four
//! candidates, so the search is linear in the text.
//!
//! The order of judgement: hard rules; the number, then the runs, of visibly opened lines; the worst of them; the lonely last
//! character; then compression, by class in CLREQ's order, and its evenness.

use super::opportunity::Opportunity;
use super::prepare::Prepared;
use super::{EM, Ruler};

/// The lines that a paragraph is to fill.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParagraphShape {
    /// Measure of the first line, in units.
    pub(crate) first: i64,
    /// Measure of the others.
    pub(crate) rest: i64,
    /// The last line holds at least so many Han characters where that can be had.
    pub(crate) last: u32,
}

impl ParagraphShape {
    /// Lines that are wider by so much.
    pub(crate) fn wider(self, by: i64) -> Self {
        Self { first: self.first + by, rest: self.rest + by, ..self }
    }

    /// The measure of the line that begins at `start`.
    pub(crate) fn measure(&self, start: usize) -> i64 {
        if start == 0 { self.first } else { self.rest }
    }
}

/// Gaps that have opened by more than this, in em, are seen by a reader.
pub(crate) const VISIBLE: f64 = 0.0598;
/// A line that would open by more than this, in em, is not spread: it ends where its words end.
pub(crate) const RAGGED: f64 = 2.0 * VISIBLE;
/// What a search opens to where it must; beyond it any opening is as bad as any other.
const WIDE: f64 = 0.3;

/// How good a way to break is: the less the better, the first part that differs decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cost {
    /// Broken rules: lines past the measure, breaks inside words.
    pub(crate) broken: u32,
    /// Visibly opened lines.
    pub(crate) opened: u32,
    /// … that follow another one.
    pub(crate) runs: u32,
    /// The worst of them, in units.
    pub(crate) worst: u32,
    /// A lonely last character.
    pub(crate) lonely: u32,
    /// Compression, opening and unevenness.
    pub(crate) uneven: u64,
}

impl Cost {
    pub(crate) fn and(self, next: Self) -> Self {
        Self {
            broken: self.broken + next.broken,
            opened: self.opened + next.opened,
            runs: self.runs + next.runs,
            worst: self.worst.max(next.worst),
            lonely: self.lonely + next.lonely,
            uneven: self.uneven + next.uneven,
        }
    }
}

/// How far a search may tear words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WordBreaks {
    /// Not at all.
    Whole,
    /// Between syllables, with a hyphen.
    Hyphenated,
    /// Anywhere, and lines may pass the measure where nothing at all can be torn.
    Torn,
}

/// What a search may do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SearchLimits {
    /// The widest opening, in em.
    pub(crate) open: f64,
    /// How far words may be torn.
    pub(crate) words: WordBreaks,
    /// Keep the best way for every number of lines apart.
    pub(crate) counted: bool,
    /// Judge the worst line, and nothing after it. (A worst line and a total cannot be weighed in one pass: of two ways to
    /// the same break the one with the better worst line may have the worse total, and a later line may make the worst
    /// lines equal.)
    pub(crate) to_worst: bool,
}

/// The ends of the lines, the last of them the end of the text. A text without characters has no lines.
pub(crate) fn break_lines(text: &Prepared, ruler: &Ruler<'_>, shape: ParagraphShape) -> Vec<usize> {
    if text.items.is_empty() {
        return Vec::new();
    }
    let unopened = SearchLimits { open: VISIBLE, words: WordBreaks::Whole, counted: false, to_worst: false };
    if let Some((_, ends)) = search(text, ruler, shape, unopened) {
        return ends;
    }
    if text.has_divided_words()
        && let Some((_, ends)) = search(text, ruler, shape, SearchLimits { words: WordBreaks::Hyphenated, ..unopened })
    {
        return ends;
    }
    let steps =
        [(WIDE, WordBreaks::Hyphenated), (f64::INFINITY, WordBreaks::Hyphenated), (f64::INFINITY, WordBreaks::Torn)];
    least_open(text, ruler, shape, &steps)
}

/// The ends of lines that are not spread: as even as they can be had, words whole where the measure holds them.
pub(crate) fn break_ragged(text: &Prepared, ruler: &Ruler<'_>, shape: ParagraphShape) -> Vec<usize> {
    if text.items.is_empty() {
        return Vec::new();
    }
    let steps = [WordBreaks::Whole, WordBreaks::Hyphenated, WordBreaks::Torn].map(|words| (f64::INFINITY, words));
    least_open(text, ruler, shape, &steps)
}

/// The ends of the lines whose worst opens least, by the first of the searches that finds any.
fn least_open(text: &Prepared, ruler: &Ruler<'_>, shape: ParagraphShape, steps: &[(f64, WordBreaks)]) -> Vec<usize> {
    for &(open, words) in steps {
        let limits = SearchLimits { open, words, counted: false, to_worst: true };
        if let Some((cost, ends)) = search(text, ruler, shape, limits) {
            let open = f64::from(cost.worst) / EM as f64;
            return search(text, ruler, shape, SearchLimits { open, to_worst: false, ..limits })
                .map_or(ends, |(_, best)| best);
        }
    }
    vec![text.items.len()]
}

/// Ways to set the text in another number of lines without a visibly opened one: `(lines, how much more uneven than the
/// best, ends)`. A page that would end early takes one.
pub(crate) fn other_counts(text: &Prepared, ruler: &Ruler<'_>, shape: ParagraphShape) -> Vec<(usize, u64, Vec<usize>)> {
    let limits = SearchLimits { open: VISIBLE, words: WordBreaks::Whole, counted: true, to_worst: false };
    let states = reach(text, ruler, shape, limits);
    let Some(best) = states.ends().min_by_key(|&s| (states.list[s as usize].cost, s)) else { return Vec::new() };
    let best = states.list[best as usize];
    let mut others: Vec<u32> = states.ends().filter(|&s| states.list[s as usize].lines != best.lines).collect();
    others.sort_by_key(|&s| (states.list[s as usize].lines, states.list[s as usize].cost, s));
    others.dedup_by_key(|&mut s| states.list[s as usize].lines);
    others
        .into_iter()
        .map(|s| (s, states.list[s as usize]))
        .filter(|(_, state)| state.cost.lonely <= best.cost.lonely)
        .map(|(s, state)| (state.lines as usize, state.cost.uneven.saturating_sub(best.cost.uneven), states.way(s)))
        .collect()
}

/// A line that has been reached.
#[derive(Clone, Copy, Debug)]
struct State {
    end: u32,
    /// The state before, or NONE.
    from: u32,
    /// The next state with the same end, or NONE.
    sibling: u32,
    /// Which line it is, from 1.
    lines: u32,
    line: LineSummary,
    cost: Cost,
}

/// What the next line wants to know of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineSummary {
    opened: bool,
    /// How much narrower its marks are, in em; None without marks.
    depth: Option<f32>,
}

const NONE: u32 = u32::MAX;

/// All lines that have been reached.
struct States {
    list: Vec<State>,
    /// The states that end before each character.
    ending: Vec<u32>,
}

impl States {
    /// The states that end at a position.
    fn at(&self, position: usize) -> impl Iterator<Item = u32> + '_ {
        let first = Some(self.ending[position]).filter(|&s| s != NONE);
        std::iter::successors(first, |&s| Some(self.list[s as usize].sibling).filter(|&s| s != NONE))
    }

    /// The last lines.
    fn ends(&self) -> impl Iterator<Item = u32> + '_ {
        self.at(self.ending.len() - 1)
    }

    /// The ends of the lines up to a state.
    fn way(&self, state: u32) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut at = state;
        while at != NONE {
            ends.push(self.list[at as usize].end as usize);
            at = self.list[at as usize].from;
        }
        ends.reverse();
        ends
    }

    /// Records the best way to a line.
    fn push(&mut self, start: usize, end: usize, line: LineSummary, cost: Cost, limits: SearchLimits) {
        if start == 0 {
            self.record(end, NONE, 1, line, cost);
            return;
        }
        let before = self.at(start).map(|s| {
            let state = &self.list[s as usize];
            (state.cost.and(cost).and(between(state.line, line, limits)), s, state.lines)
        });
        if !limits.counted {
            if let Some((cost, from, lines)) = before.min() {
                self.record(end, from, lines + 1, line, cost);
            }
            return;
        }
        let mut by_count: Vec<(u32, Cost, u32)> = before.map(|(cost, from, lines)| (lines, cost, from)).collect();
        by_count.sort_unstable();
        by_count.dedup_by_key(|way| way.0);
        for (lines, cost, from) in by_count {
            self.record(end, from, lines + 1, line, cost);
        }
    }

    fn record(&mut self, end: usize, from: u32, lines: u32, line: LineSummary, cost: Cost) {
        let sibling = self.ending[end];
        self.ending[end] = self.list.len() as u32;
        self.list.push(State { end: end as u32, from, sibling, lines, line, cost });
    }
}

pub(crate) fn search(
    text: &Prepared,
    ruler: &Ruler<'_>,
    shape: ParagraphShape,
    limits: SearchLimits,
) -> Option<(Cost, Vec<usize>)> {
    let states = reach(text, ruler, shape, limits);
    let best = states.ends().min_by_key(|&s| (states.list[s as usize].cost, s))?;
    Some((states.list[best as usize].cost, states.way(best)))
}

fn reach(text: &Prepared, ruler: &Ruler<'_>, shape: ParagraphShape, limits: SearchLimits) -> States {
    let n = text.items.len();
    let mut states = States { list: Vec::with_capacity(n * 4), ending: vec![NONE; n + 1] };
    let mut lower = 1;
    for start in 0..n {
        if start > 0 && states.ending[start] == NONE {
            continue;
        }
        let measure = shape.measure(start);
        // Lines shorter than this would open too far: there is no more than one gap for every half em, and what marks at the
        // edges get back is less than an em.
        let least = (measure as f64 * (1.0 - 2.0 * limits.open) - EM as f64).max(0.0) as i64;
        lower = lower.max(start + 1);
        while lower < n && ruler.before(lower) - ruler.before(start) < least {
            lower += 1;
        }
        let mut seen = false;
        for end in lower..=n {
            let last = end == n;
            let emergency = !last
                && match text.items[end].before {
                    Opportunity::Emergency if limits.words == WordBreaks::Torn => true,
                    before if before.divides_word() && limits.words >= WordBreaks::Hyphenated => false,
                    before if before.is_allowed() => false,
                    _ => continue,
                };
            let extent = ruler.extent(start, end);
            let over = extent.least() > measure;
            if over && (seen || limits.words != WordBreaks::Torn) {
                // A mark at the end of a longer line may still make it fit.
                if extent.least() > measure + EM {
                    break;
                }
                continue;
            }
            let opening = extent.opening(measure);
            if !last && opening > limits.open {
                continue;
            }
            seen = true;
            let (line, mut cost) = judge(text, ruler, shape, start..end, limits);
            // A line past the measure by less is better, and worse than any number of torn words.
            let past = if over { 4_096 + (extent.least() - measure) * 64 / EM } else { 0 };
            cost.broken = past as u32 + u32::from(emergency);
            states.push(start, end, line, cost, limits);
            if over {
                break;
            }
        }
    }
    states
}

/// What two lines cost together.
pub(crate) fn between(a: LineSummary, b: LineSummary, limits: SearchLimits) -> Cost {
    let mut cost = Cost { runs: u32::from(a.opened && b.opened), ..Cost::default() };
    if !limits.to_worst
        && let (Some(a), Some(b)) = (a.depth, b.depth)
    {
        let jump = f64::from((a - b).abs());
        cost.uneven = (weight::JUMP * jump * jump) as u64 + if jump > weight::JUMP_SEEN { weight::SEEN } else { 0 };
    }
    cost
}

/// What unevenness weighs. Depths and jumps are in em, openings in shares of [`VISIBLE`]; a reader sees marks that are less
/// than seven tenths of their width, and neighbours that differ by a quarter of an em.
mod weight {
    pub(super) const OPEN: f64 = 1200.0;
    pub(super) const BRACKET: f64 = 400.0;
    pub(super) const DEPTH: f64 = 9000.0;
    pub(super) const DEPTH_SEEN: f64 = 0.27;
    pub(super) const JUMP: f64 = 6000.0;
    pub(super) const JUMP_SEEN: f64 = 0.22;
    pub(super) const SEEN: u64 = 3_000;
    pub(super) const POOR: u64 = 800;
    /// A number parts from its unit before marks are seen to give way, not before they give at all.
    pub(super) const UNIT: u64 = 2_800;
    pub(super) const PART: u64 = 3_000;
    pub(super) const HYPHEN: u64 = 5_000;
    pub(super) const LETTER: u64 = 8_000;
}

/// What a line costs by itself.
pub(crate) fn judge(
    text: &Prepared,
    ruler: &Ruler<'_>,
    shape: ParagraphShape,
    line: std::ops::Range<usize>,
    limits: SearchLimits,
) -> (LineSummary, Cost) {
    let measure = shape.measure(line.start);
    let extent = ruler.extent(line.start, line.end);
    let last = line.end == text.items.len();
    let natural = last && extent.width <= measure;
    let fit = extent.fit(if natural { extent.width } else { measure });
    let opening = if natural { 0.0 } else { extent.opening(measure) };
    let opened = opening > VISIBLE;
    let mut cost = Cost { opened: u32::from(opened), ..Cost::default() };
    if limits.to_worst {
        cost.worst = if opened { (opening * EM as f64).ceil() as u32 } else { 0 };
    } else {
        cost.lonely = u32::from(last && line.start > 0 && ruler.is_lonely(line.start, shape.last));
        let share = opening / VISIBLE;
        let bracket = fit.give.iter().skip(1).take(3).map(|g| g * g).sum::<f64>();
        let even = weight::OPEN * share * share + weight::BRACKET * bracket + weight::DEPTH * fit.depth * fit.depth;
        cost.uneven = even as u64;
        if fit.depth > weight::DEPTH_SEEN {
            cost.uneven += weight::SEEN;
        }
        cost.uneven += match text.items.get(line.end).map(|i| i.before) {
            Some(Opportunity::Poor) => weight::POOR,
            Some(Opportunity::Unit) => weight::UNIT,
            Some(Opportunity::Part) => weight::PART,
            Some(Opportunity::Hyphen) => weight::HYPHEN,
            Some(Opportunity::Letter) => weight::LETTER,
            _ => 0,
        };
    }
    // The last line of a paragraph is as wide as it likes: nobody compares its marks unless it had to give.
    let depth = (fit.pointed && !natural).then_some(fit.depth as f32);
    (LineSummary { opened, depth }, cost)
}
