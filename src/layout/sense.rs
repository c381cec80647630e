//! Titles and headings of more than one line: broken by sense, in a good shape.
//!
//! GB/T 9704 7.3.1: "回行时，要做到词意完整，排列对称，长短适宜，间距恰当" — a line ends where a phrase ends, and the lines form a
//! trapezoid or a rhombus, never an hourglass.

use super::inline::{EM, Prepared, Ruler, is_han};
use crate::template::Align;
use jieba_rs::Jieba;
use std::cell::OnceCell;

/// Breaks by sense. The dictionary takes a twentieth of a second to load, so only a text that needs more than one line does.
#[derive(Default)]
pub(super) struct Sense {
    words: OnceCell<Jieba>,
}

impl std::fmt::Debug for Sense {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sense").field("loaded", &self.words.get().is_some()).finish()
    }
}

/// The best way to a break.
#[derive(Clone, Debug)]
struct Way {
    cost: f64,
    /// Widths of the last two lines, in em.
    widths: (f64, f64),
    from: Option<(usize, usize)>,
}

/// The most lines that are worth a search by shape; a text of more is set as full as it goes.
const MOST_LINES: usize = 6;

impl Sense {
    /// The ends of the lines of a text that is not justified, on `first` and then on `rest` units.
    pub(super) fn break_lines(
        &self,
        text: &Prepared,
        ruler: &Ruler<'_>,
        (first, rest): (i64, i64),
        align: Align,
    ) -> Vec<usize> {
        let n = text.items.len();
        if n == 0 {
            return Vec::new();
        }
        let room = |start: usize| if start == 0 { first } else { rest };
        let fits = |start: usize, end: usize| ruler.extent(start, end).least() <= room(start);
        if fits(0, n) {
            return vec![n];
        }
        let costs = self.costs(text);
        let total = ruler.extent(0, n).width;
        let fewest = (total / rest.max(1) + 1) as usize;
        // One line more than the fewest where sense asks for it; a title rather has three good lines than two bad ones.
        for lines in fewest..=fewest.max(MOST_LINES) {
            if let Some(ends) =
                shaped(n, lines, &costs, align, rest, |a, b| fits(a, b).then(|| ruler.extent(a, b).width))
            {
                return ends;
            }
        }
        fill(n, text, fits)
    }

    /// What a break before each character costs.
    fn costs(&self, text: &Prepared) -> Vec<f64> {
        let plain: String = text.items.iter().map(|i| i.c).collect();
        let words = self.words.get_or_init(Jieba::new);
        let mut costs = vec![INSIDE; text.items.len() + 1];
        let cut = words.cut(&plain, true);
        let mut position = 0;
        for (i, token) in cut.iter().enumerate() {
            if let Some(before) = i.checked_sub(1).and_then(|p| cut.get(p)) {
                costs[position] = boundary(before.word, token.word);
            }
            position += token.word.chars().count();
        }
        for (cost, item) in costs.iter_mut().zip(&text.items) {
            if !item.before.is_allowed() {
                *cost = f64::INFINITY;
            }
        }
        if let Some(end) = costs.last_mut() {
            *end = 0.0;
        }
        costs
    }
}

/// A break inside a word.
const INSIDE: f64 = 2_000.0;

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

/// The best way to set a text on exactly `lines` lines; None where no break between words allows it.
fn shaped(
    n: usize,
    lines: usize,
    costs: &[f64],
    align: Align,
    rest: i64,
    width: impl Fn(usize, usize) -> Option<i64>,
) -> Option<Vec<usize>> {
    let em = |units: i64| units as f64 / EM as f64;
    let total: f64 = width(0, 0).map_or(0.0, em);
    let mut layers: Vec<Vec<Vec<Way>>> = vec![vec![Vec::new(); n + 1]; lines + 1];
    layers[0][0].push(Way { cost: 0.0, widths: (0.0, 0.0), from: None });
    let ideal = if align == Align::Center {
        // The sum of the lines is near enough the width of the text.
        (total + (0..n).filter_map(|i| width(i, i + 1)).map(em).sum::<f64>()) / lines as f64
    } else {
        em(rest)
    };
    for line in 1..=lines {
        for start in 0..n {
            for w in 0..layers[line - 1][start].len() {
                for end in start + 1..=n {
                    let Some(units) = width(start, end) else { break };
                    if (line == lines) != (end == n) || costs[end] >= INSIDE {
                        continue;
                    }
                    let way = &layers[line - 1][start][w];
                    let this = em(units);
                    let cost = way.cost + costs[end] + shape(way.widths, this, ideal, align, line, lines);
                    let new = Way { cost, widths: (way.widths.1, this), from: Some((start, w)) };
                    keep(&mut layers[line][end], new);
                }
            }
        }
    }
    let (mut at, mut w) = (n, best(&layers[lines][n])?);
    let mut ends = Vec::new();
    for line in (1..=lines).rev() {
        ends.push(at);
        (at, w) = layers[line][at][w].from?;
    }
    ends.reverse();
    Some(ends)
}

fn best(ways: &[Way]) -> Option<usize> {
    (0..ways.len()).min_by(|&a, &b| ways[a].cost.total_cmp(&ways[b].cost))
}

/// Keeps the few best ways: what the next lines cost depends on the last two widths only a little.
fn keep(ways: &mut Vec<Way>, new: Way) {
    ways.push(new);
    if ways.len() > 8
        && let Some(worst) = (0..ways.len()).max_by(|&a, &b| ways[a].cost.total_cmp(&ways[b].cost))
    {
        ways.swap_remove(worst);
    }
}

/// What the shape of a line costs, in square em.
fn shape(before: (f64, f64), this: f64, ideal: f64, align: Align, line: usize, lines: usize) -> f64 {
    if align != Align::Center {
        // A heading at the left fills its lines; its last line is not a remnant of a word.
        return if line < lines {
            0.5 * (ideal - this).powi(2)
        } else if this < 3.0 {
            60.0
        } else {
            0.0
        };
    }
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

/// As full as it goes, line by line: for a text that no break between words can set.
fn fill(n: usize, text: &Prepared, fits: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while start < n {
        let mut end = start + 1;
        let mut fallback = end;
        for e in start + 1..=n {
            if e > start + 1 && !fits(start, e) {
                break;
            }
            fallback = e;
            if e == n || text.items[e].before.is_allowed() {
                end = e;
            }
        }
        let allowed = end == n || text.items[end].before.is_allowed();
        start = if allowed { end } else { fallback };
        ends.push(start);
    }
    ends
}
