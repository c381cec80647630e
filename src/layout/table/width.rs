//! The widths of columns: given, or by their text.
//!
//! Columns that fit on one line each are as wide as that, and share what is left. Where they do not fit, some stay whole and
//! the others turn over: of all ways to choose those that stay (the shortest first), the one that makes the table lowest is taken.

use crate::model::Length;

/// What is known of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Needs {
    /// Its width, where the report gives it.
    pub(super) given: Option<Length>,
    /// The width that its text needs on one line, blank included.
    pub(super) whole: Length,
    /// The least width, blank included.
    pub(super) least: Length,
    /// Its cells are numbers: such columns like to be of one width.
    pub(super) figures: bool,
}

/// What is known of the columns: for print, and in an office program, which needs more.
#[derive(Clone, Copy)]
pub(super) struct ColumnNeeds<'a> {
    pub(super) print: &'a [Needs],
    pub(super) office: &'a [Needs],
}

/// The columns' widths, `room` together unless all are given. What is on one line here is on one line in the Word file too, where
/// there is room for it. `cells`: for rows of the table, column and width of each cell
/// on one line, blank aside; `blank` is that of a cell.
pub(super) fn widths(
    needs_of: ColumnNeeds<'_>,
    cells: &[Vec<(usize, Length)>],
    room: Length,
    blank: Length,
) -> Vec<Length> {
    let needs = needs_of.print;
    let given: Length = needs.iter().filter_map(|n| n.given).sum();
    if needs.iter().all(|n| n.given.is_some()) {
        // What is given together is wider than the page by rounding at most: the report was checked.
        let scale = if given > room { room / given } else { 1.0 };
        return needs.iter().map(|n| n.given.unwrap_or_default() * scale).collect();
    }
    let free: Vec<usize> = (0..needs.len()).filter(|&c| needs[c].given.is_none()).collect();
    let rest = (room - given).max(Length::ZERO);
    let total = |even: &[Length]| -> Length { even.iter().copied().sum() };
    let even = Some(evened(needs_of.office, &free, rest)).filter(|even| total(even) <= rest);
    let even = even.unwrap_or_else(|| evened(needs, &free, rest));
    let wanted = total(&even);
    let chosen = if wanted <= rest {
        // What is left goes to each by its width, so that the blank around the texts is in proportion.
        let share = |w: &Length| *w + (rest - wanted) * (*w / wanted.max(Length::pt(0.001)));
        even.iter().map(share).collect()
    } else {
        turned_over(needs_of, &free, cells, rest, blank)
    };
    let mut widths: Vec<Length> = needs.iter().map(|n| n.given.unwrap_or_default()).collect();
    for (&column, width) in free.iter().zip(chosen) {
        widths[column] = width;
    }
    widths
}

/// The widths on one line; those of figures made equal where that fits.
fn evened(needs: &[Needs], free: &[usize], rest: Length) -> Vec<Length> {
    let plain: Vec<Length> = free.iter().map(|&c| needs[c].whole).collect();
    let widest = free.iter().filter(|&&c| needs[c].figures).map(|&c| needs[c].whole).fold(Length::ZERO, Length::max);
    let even: Vec<Length> = free.iter().map(|&c| if needs[c].figures { widest } else { needs[c].whole }).collect();
    if even.iter().copied().sum::<Length>() <= rest { even } else { plain }
}

/// Widths where not everything fits on one line; as many columns as can have what office programs need, without the table
/// growing higher.
fn turned_over(
    needs_of: ColumnNeeds<'_>,
    free: &[usize],
    cells: &[Vec<(usize, Length)>],
    rest: Length,
    blank: Length,
) -> Vec<Length> {
    let needs = needs_of.print;
    let mut by_whole: Vec<usize> = (0..free.len()).collect();
    by_whole.sort_by(|&a, &b| needs[free[a]].whole.to_pt().total_cmp(&needs[free[b]].whole.to_pt()));
    // Those that need least more come first.
    let more =
        |c: usize| (needs_of.office[c].whole - needs[c].whole + needs_of.office[c].least - needs[c].least).to_pt();
    let mut by_more = free.to_vec();
    by_more.sort_by(|&a, &b| more(a).total_cmp(&more(b)));
    let mut mixed = vec![needs.to_vec()];
    for column in by_more {
        let mut next = mixed[mixed.len() - 1].clone();
        next[column] = needs_of.office[column];
        mixed.push(next);
    }
    let mut best: Option<(f64, Vec<Length>)> = None;
    for stay in (0..free.len()).rev() {
        let shared = mixed.iter().filter_map(|needs| shared(needs, free, &by_whole[..stay], rest));
        let by_height = shared.map(|widths| (height(free, &widths, cells, blank), widths));
        let Some((height, widths)) = by_height.reduce(|fewer, more| if more.0 <= fewer.0 { more } else { fewer })
        else {
            continue;
        };
        if best.as_ref().is_none_or(|(h, _)| height < *h) {
            best = Some((height, widths));
        }
    }
    best.map_or_else(
        || {
            // There is no more than the least of each.
            let least: Length = free.iter().map(|&c| needs[c].least).sum();
            free.iter().map(|&c| needs[c].least * (rest / least.max(Length::pt(0.001)))).collect()
        },
        |(_, widths)| widths,
    )
}

/// The columns `stay` whole; the others share the rest by what they need, none less than its least.
fn shared(needs: &[Needs], free: &[usize], stay: &[usize], rest: Length) -> Option<Vec<Length>> {
    let mut widths: Vec<Option<Length>> = vec![None; free.len()];
    for &at in stay {
        widths[at] = Some(needs[free[at]].whole);
    }
    loop {
        let fixed: Length = widths.iter().flatten().copied().sum();
        let open: Vec<usize> = (0..free.len()).filter(|&at| widths[at].is_none()).collect();
        let left = rest - fixed;
        let wanted: Length = open.iter().map(|&at| needs[free[at]].whole).sum();
        if left <= Length::ZERO || wanted <= Length::ZERO {
            return None;
        }
        let short = open.iter().copied().find(|&at| {
            let need = needs[free[at]];
            left * (need.whole / wanted) < need.least
        });
        if let Some(at) = short {
            widths[at] = Some(needs[free[at]].least);
            continue;
        }
        for at in open {
            widths[at] = Some(left * (needs[free[at]].whole / wanted));
        }
        return widths.into_iter().collect();
    }
}

/// How many lines the table has, about.
fn height(free: &[usize], widths: &[Length], cells: &[Vec<(usize, Length)>], blank: Length) -> f64 {
    let lines = |&(column, width): &(usize, Length)| {
        let at = free.iter().position(|&c| c == column)?;
        // A line is seldom full to its end.
        let room = ((widths[at] - blank) * 0.97).max(Length::pt(1.0));
        Some(if width <= widths[at] - blank { 1.0 } else { (width / room).ceil() })
    };
    cells.iter().map(|row| row.iter().filter_map(lines).fold(1.0, f64::max)).sum()
}
