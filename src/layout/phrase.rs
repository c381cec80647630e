//! Titles and headings of more than one line: broken by phrase, in a good shape.
//!
//! GB/T 9704 7.3.1: "回行时，要做到词意完整，排列对称，长短适宜，间距恰当" — a line ends where a phrase ends, and the lines form a
//! trapezoid or a rhombus, never an hourglass.

use super::inline::{EM, Opportunity, ParagraphShape, Prepared, Ruler, VISIBLE, break_ragged, is_han};
use super::words;

/// The shape that lines are to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineShape {
    /// Centred, in a trapezoid or a rhombus: titles. Office programs close up no marks, so their lines have room as they are.
    Centred,
    /// The same where marks may close up: an occasion, for which the Word file makes room.
    Closed,
    /// The same in a cell.
    Cell,
    /// Full: headings.
    Full,
    /// Ragged, in a narrow cell: as full as phrases let them be.
    Narrow,
}

impl LineShape {
    const fn is_centred(self) -> bool {
        matches!(self, Self::Centred | Self::Closed | Self::Cell)
    }

    /// In a cell a word of four characters may be halved.
    const fn is_for_cells(self) -> bool {
        matches!(self, Self::Cell | Self::Narrow)
    }
}

/// The best lines found up to a break.
#[derive(Clone, Debug)]
struct Candidate {
    cost: f64,
    /// Widths of the last two lines, in em.
    widths: (f64, f64),
    from: Option<(usize, usize)>,
}

/// A line that the text could have.
struct LineChoice {
    /// Its width in em.
    width: f64,
    /// How much it is short of its room, in em.
    short: f64,
    /// Seen to open.
    open: bool,
    fits: bool,
}

/// The ends of the lines on `first` and then on `rest` units.
pub(super) fn break_phrases(
    text: &Prepared,
    ruler: &Ruler<'_>,
    (first, rest): (i64, i64),
    shape: LineShape,
) -> Vec<usize> {
    let (n, centred) = (text.items.len(), shape.is_centred());
    if n == 0 {
        return Vec::new();
    }
    let room = |start: usize| if start == 0 { first } else { rest };
    let least = |start: usize, end: usize| match shape {
        LineShape::Centred => {
            text.items[start..ruler.trimmed(start, end)].iter().map(|item| item.advance + item.glue).sum()
        }
        _ => ruler.extent(start, end).least(),
    };
    if least(0, n) <= first {
        return vec![n];
    }
    let fewest = (ruler.extent(0, n).width / rest.max(1) + 1) as usize;
    let ragged = || break_ragged(text, ruler, ParagraphShape { first, rest, last: if centred { 0 } else { LAST } });
    if fewest > MOST_LINES {
        return ragged();
    }
    let costs = costs(text, shape);
    // A title rather has one line more than a word torn in two; a heading is no longer than it must be. Neither ends in a lonely
    // character where a line before it can give one more, even if that is seen to open.
    for lines in fewest..=fewest + if shape == LineShape::Full { 0 } else { 2 } {
        for (most, last) in [(VISIBLE, LAST), (2.0 * VISIBLE, LAST), (VISIBLE, 0)] {
            let line = |start: usize, end: usize| {
                let extent = ruler.extent(start, end);
                let short = (room(start) - extent.width) as f64 / EM as f64;
                // A heading's lines are full: one that opens too far is none.
                let open = shape == LineShape::Full && end < n && extent.opening(room(start)) > most;
                let lonely = end == n && ruler.is_lonely(start, last);
                let fits = least(start, end) <= room(start) && !(lonely && last > 0);
                LineChoice { width: extent.width as f64 / EM as f64, short, open, fits }
            };
            if let Some(ends) = shaped(lines, &costs, shape, line) {
                return ends;
            }
        }
    }
    ragged()
}

/// Before each character of a cell, and after the last, whether a phrase ends there.
pub(super) fn phrase_ends(text: &Prepared) -> Vec<bool> {
    costs(text, LineShape::Cell).into_iter().map(|cost| cost < INSIDE).collect()
}

/// A text of more lines has no shape to care for; the choice of the best one takes the square of their count.
const MOST_LINES: usize = 16;

/// What a break before each character costs.
fn costs(text: &Prepared, shape: LineShape) -> Vec<f64> {
    let plain: String = text.items.iter().map(|i| i.c).collect();
    let mut costs = vec![INSIDE; text.items.len() + 1];
    let cut = words::cut(&plain);
    let mut position = 0;
    for (i, token) in cut.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).and_then(|p| cut.get(p)) {
            costs[position] = boundary(before, token);
        }
        let length = token.chars().count();
        // 项目名称 is a word to the dictionary, and two to a reader.
        if shape.is_for_cells() && length == 4 && token.chars().all(is_han) {
            costs[position + 2] = HALVED;
        }
        position += length;
    }
    // A title rather has a line more.
    let parted = if matches!(shape, LineShape::Centred | LineShape::Closed) { INSIDE } else { PARTED };
    for (cost, item) in costs.iter_mut().zip(&text.items) {
        if !item.before.is_allowed() {
            *cost = f64::INFINITY;
        } else if item.before == Opportunity::Unit {
            *cost = cost.max(parted);
        }
    }
    if let Some(end) = costs.last_mut() {
        *end = 0.0;
    }
    costs
}

/// A break inside a word.
const INSIDE: f64 = 2_000.0;
/// Between the halves of a word of four characters, in a cell.
const HALVED: f64 = 200.0;
/// Between a number and its unit.
const PARTED: f64 = 1_000.0;
/// The fewest Han characters on the last line, where that can be had.
const LAST: u32 = 2;
/// What it costs a heading, whose lines must be full: where no break between words fills them, a word is torn.
const TORN: f64 = 400.0;

/// What a break between two words costs, in squares of an em by which lines are out of shape.
fn boundary(before: &str, after: &str) -> f64 {
    const PARTICLES: [&str; 9] = ["的", "了", "着", "地", "得", "们", "等", "之", "所"];
    const CONJUNCTIONS: [&str; 5] = ["和", "与", "及", "暨", "或"];
    const BODIES: [&str; 8] = ["会议", "委员会", "大会", "政府", "法院", "检察院", "常委会", "协商会议"];
    let last = before.chars().next_back();
    if PARTICLES.contains(&after) {
        return 5_000.0;
    }
    if last.is_some_and(|c| matches!(c, '，' | '；' | '：' | '。' | '？' | '！')) {
        return 0.0;
    }
    if last.is_some_and(|c| matches!(c, '、' | '》' | '”' | '）')) {
        return 15.0;
    }
    // 第九届｜委员会, 北京市｜房山区: parts of one name.
    let place = |w: &str| w.chars().count() > 1 && w.ends_with(['省', '市', '区', '县', '州', '旗', '乡', '镇']);
    let ordinal = before.starts_with('第') || before.chars().all(|c| c.is_ascii_digit());
    if ordinal || (place(before) && (place(after) || after.starts_with('第'))) {
        return 150.0;
    }
    if BODIES.iter().any(|b| before.ends_with(b)) || after == "关于" {
        return 5.0;
    }
    if before == "的" {
        return 12.0;
    }
    if CONJUNCTIONS.contains(&before) {
        return 120.0;
    }
    if CONJUNCTIONS.contains(&after) {
        return 30.0;
    }
    let single = |w: &str| w.chars().count() == 1 && w.chars().all(is_han);
    if single(before) || single(after) { 80.0 } else { 35.0 }
}

/// The best breaks of a text into exactly `lines` lines; None where no break between words allows it. `costs`: of a break before
/// each character, and of the end.
fn shaped(
    lines: usize,
    costs: &[f64],
    shape: LineShape,
    line: impl Fn(usize, usize) -> LineChoice,
) -> Option<Vec<usize>> {
    let n = costs.len() - 1;
    // The sum of its characters is near enough the width of the text.
    let ideal = (0..n).map(|i| line(i, i + 1).width).sum::<f64>() / lines as f64;
    let mut layers: Vec<Vec<Vec<Candidate>>> = vec![vec![Vec::new(); n + 1]; lines + 1];
    layers[0][0].push(Candidate { cost: 0.0, widths: (0.0, 0.0), from: None });
    for l in 1..=lines {
        for start in 0..n {
            for w in 0..layers[l - 1][start].len() {
                for end in start + 1..=n {
                    let this = line(start, end);
                    if !this.fits {
                        break;
                    }
                    if (l == lines) != (end == n) || this.open || costs[end] == f64::INFINITY {
                        continue;
                    }
                    let before = &layers[l - 1][start][w];
                    let cost = if shape.is_centred() {
                        if costs[end] >= INSIDE {
                            continue;
                        }
                        costs[end] + shape_cost(before.widths, this.width, ideal, l)
                    } else {
                        costs[end].min(TORN) + 4.0 * this.short.powi(2) * f64::from(u8::from(end < n))
                    };
                    let new = Candidate {
                        cost: before.cost + cost,
                        widths: (before.widths.1, this.width),
                        from: Some((start, w)),
                    };
                    keep(&mut layers[l][end], new);
                }
            }
        }
    }
    let (mut at, mut w) = (n, best(&layers[lines][n])?);
    let mut ends = Vec::new();
    for l in (1..=lines).rev() {
        ends.push(at);
        (at, w) = layers[l][at][w].from?;
    }
    ends.reverse();
    Some(ends)
}

fn best(candidates: &[Candidate]) -> Option<usize> {
    (0..candidates.len()).min_by(|&a, &b| candidates[a].cost.total_cmp(&candidates[b].cost))
}

/// Keeps the few best candidates: what the next lines cost depends on the last two widths only a little.
fn keep(candidates: &mut Vec<Candidate>, new: Candidate) {
    candidates.push(new);
    if candidates.len() > 8
        && let Some(worst) = (0..candidates.len()).max_by(|&a, &b| candidates[a].cost.total_cmp(&candidates[b].cost))
    {
        candidates.swap_remove(worst);
    }
}

/// What the shape of centred lines costs, in square em.
fn shape_cost(before: (f64, f64), this: f64, ideal: f64, line: usize) -> f64 {
    let mut cost = (this - ideal).powi(2);
    // An hourglass: shorter than both its neighbours.
    if line >= 3 && before.1 < before.0 - 0.5 && before.1 < this - 0.5 {
        cost += 100.0;
    }
    // A block of equal lines is neither trapezoid nor rhombus.
    if line >= 2 && (this - before.1).abs() < 0.6 {
        cost += 6.0;
    }
    cost
}
