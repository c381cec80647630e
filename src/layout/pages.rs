//! Units to pages: page breaks chosen over the whole document, every line on a row of the grid.

use super::inline::Setting;
use super::{Artifact, Item, Line, LineKind, OutlineEntry, Page, PagedDocument};
use crate::model::{BlockKind, Document, Length};
use crate::template::{StyleName, Template};
use std::ops::Range;

/// A line with its place in a unit.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// The line.
    pub(super) setting: Setting,
    /// From the left edge of the type area.
    pub(super) x: Length,
    /// Its baseline, from the top of the unit.
    pub(super) y: Length,
    /// The last line of its paragraph.
    pub(super) last: bool,
}

/// What no page break divides.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    block: u32,
    kind: Kind,
    rows: u32,
    lines: Vec<Placed>,
    /// No break between it and the next unit.
    keeps: bool,
    /// So many lines of what follows stand on its page.
    pub(super) keep_next: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Lines,
    /// Left out at the top and the foot of a page.
    Blank,
    PageBreak,
}

impl Unit {
    pub(super) fn lines(block: u32, rows: u32, lines: Vec<Placed>, keeps: bool) -> Self {
        Self { block, kind: Kind::Lines, rows, lines, keeps, keep_next: 0 }
    }

    pub(super) fn blank(rows: u32) -> Self {
        Self { block: 0, kind: Kind::Blank, rows, lines: Vec::new(), keeps: false, keep_next: 0 }
    }

    pub(super) fn page_break() -> Self {
        Self { block: 0, kind: Kind::PageBreak, rows: 0, lines: Vec::new(), keeps: false, keep_next: 0 }
    }
}

/// A way to have come to a page break.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The first unit of the next page.
    at: usize,
    /// Pages so far.
    pages: usize,
    /// Rows that the last page leaves empty though it need not end.
    short: u32,
    cost: u64,
    from: Option<usize>,
}

/// What page breaks weigh. A broken keep rule is worse than any number of short pages; a short page is bad by itself and
/// worse with every row; facing pages end on the same row where that can be had.
mod weight {
    pub(super) const BROKEN: u64 = 1_000_000;
    pub(super) const SHORT: u64 = 40;
    pub(super) const ROW: u64 = 10;
    pub(super) const FACING: u64 = 4;
}

/// Chooses the pages: the units of each.
pub(super) fn plan(units: &[Unit], template: &Template) -> Vec<Range<usize>> {
    let rows = template.grid.lines;
    let broken = keep_rules(units);
    let mut nodes = vec![Node { at: 0, pages: 0, short: 0, cost: 0, from: None }];
    let mut at: Vec<Vec<usize>> = vec![Vec::new(); units.len() + 1];
    at[0].push(0);
    for start in 0..units.len() {
        if at[start].is_empty() {
            continue;
        }
        let mut used = 0;
        let mut blank = 0;
        for end in start + 1..=units.len() {
            let unit = &units[end - 1];
            let forced = unit.kind == Kind::PageBreak;
            match unit.kind {
                Kind::Blank if used > 0 => blank += unit.rows,
                Kind::Blank | Kind::PageBreak => {}
                Kind::Lines => {
                    if used > 0 && used + blank + unit.rows > rows {
                        break;
                    }
                    used += blank + unit.rows;
                    blank = 0;
                }
            }
            // A page does not end before blank rows: they go with it.
            if units.get(end).is_some_and(|u| u.kind == Kind::Blank) && !forced {
                continue;
            }
            let last = end == units.len() || forced;
            let short = if last { 0 } else { rows.saturating_sub(used) };
            let mut cost = if broken[end - 1] && !last { weight::BROKEN } else { 0 };
            if short > 0 {
                cost += weight::SHORT + weight::ROW * u64::from(short * short);
            }
            for from in at[start].clone() {
                let before = nodes[from];
                let pages = before.pages + 1;
                // Pages 2 and 3 face each other, 4 and 5, and so on.
                let facing = pages > 1 && !pages.is_multiple_of(2) && !last;
                let uneven = if facing { u64::from(before.short.abs_diff(short)) * weight::FACING } else { 0 };
                let node = Node { at: end, pages, short, cost: before.cost + cost + uneven, from: Some(from) };
                let rival =
                    at[end].iter().copied().find(|&n| nodes[n].short == short && nodes[n].pages % 2 == pages % 2);
                match rival {
                    Some(n) if (nodes[n].cost, nodes[n].pages) <= (node.cost, node.pages) => {}
                    Some(n) => nodes[n] = node,
                    None => {
                        at[end].push(nodes.len());
                        nodes.push(node);
                    }
                }
            }
            if forced {
                break;
            }
        }
    }
    let best = at[units.len()].iter().copied().min_by_key(|&n| (nodes[n].cost, nodes[n].pages));
    let mut pages = Vec::new();
    let mut next = best;
    while let Some(node) = next.map(|n| nodes[n]) {
        if let Some(from) = node.from {
            pages.push(nodes[from].at..node.at);
        }
        next = node.from;
    }
    pages.reverse();
    // A page of nothing but a break or blank rows is no page.
    pages.retain(|page| units[page.clone()].iter().any(|u| u.kind == Kind::Lines));
    pages
}

/// For each unit, whether a page break behind it breaks a rule.
fn keep_rules(units: &[Unit]) -> Vec<bool> {
    let mut broken: Vec<bool> = units.iter().map(|u| u.keeps).collect();
    for (i, unit) in units.iter().enumerate().filter(|(_, u)| u.keep_next > 0) {
        broken[i] = true;
        let mut lines = 0;
        for (j, next) in units.iter().enumerate().skip(i + 1) {
            if next.kind == Kind::PageBreak {
                break;
            }
            if next.kind == Kind::Lines {
                lines += 1;
                if lines >= unit.keep_next {
                    break;
                }
            }
            broken[j] = true;
        }
    }
    broken
}

/// Sets the units on their pages. `numbers`: the page numbers, one a page.
pub(super) fn make_up(
    document: &Document,
    template: &Template,
    units: Vec<Unit>,
    plan: &[Range<usize>],
    numbers: Vec<(String, Setting)>,
) -> PagedDocument {
    let (page, grid) = (&template.page, &template.grid);
    let mut paged = PagedDocument::default();
    let mut units = units.into_iter().enumerate();
    let mut numbers = numbers.into_iter();
    let mut outlined = None;
    for (index, range) in plan.iter().enumerate() {
        let number = index + 1;
        let left = page.left(number);
        let mut items = Vec::new();
        let mut row = 0;
        for (_, unit) in units.by_ref().skip_while(|(i, _)| *i < range.start).take(range.len()) {
            if unit.kind != Kind::Lines {
                row += if row > 0 { unit.rows } else { 0 };
                continue;
            }
            let top = page.top + grid.pitch * f64::from(row);
            let block = &document.blocks[unit.block as usize];
            if let BlockKind::Heading { level, number, text } = &block.kind
                && outlined != Some(unit.block)
            {
                outlined = Some(unit.block);
                let number = number.as_ref().map_or("", |n| &n.text);
                let title = format!("{number}{}", text.plain());
                paged.outline.push(OutlineEntry { block: block.id.clone(), level: *level, title, page: index, y: top });
            }
            for placed in unit.lines {
                items.push(Item::Line(Line {
                    kind: LineKind::Block(unit.block),
                    last: placed.last,
                    text: placed.setting.text,
                    x: left + placed.x,
                    baseline: top + placed.y,
                    width: placed.setting.width,
                    runs: placed.setting.runs,
                }));
            }
            row += unit.rows;
        }
        let mut label = String::new();
        if let Some((text, setting)) = numbers.next() {
            label = text;
            if number > 1 || template.page_numbers.first {
                items.push(page_number(template, number, setting));
            }
        }
        paged.pages.push(Page { label, width: page.width, height: page.height, items });
    }
    paged
}

/// The page number (GB/T 9704 7.5): odd pages right, even pages left, the dash 7 mm below the type area.
fn page_number(template: &Template, number: usize, setting: Setting) -> Item {
    let (page, furniture) = (&template.page, &template.page_numbers);
    let style = template.style(StyleName::PageNumber);
    let left = page.left(number);
    let room = page.measure() - setting.width;
    let x = match furniture.indent {
        Some(indent) if number.is_multiple_of(2) => left + style.size * indent,
        Some(indent) => left + room - style.size * indent,
        None => left + room / 2.0,
    };
    // The dash stands in the middle of the cell.
    let dash = style.size * (template.grid.ascent - 0.5);
    Item::Line(Line {
        kind: LineKind::Artifact(Artifact::PageNumber),
        last: true,
        text: setting.text,
        x,
        baseline: page.height - page.bottom + furniture.below + dash,
        width: setting.width,
        runs: setting.runs,
    })
}
