//! The choice of page breaks, and of the paragraphs that give or take a line for them, over the whole document.
//!
//! The search goes from page to page. A state is a place where a page ends; from each, the page that follows is filled row
//! by row, and where a block has more than one way to be set, all are tried. Ways that fill a page equally far are one.

use super::{Cell, Kind, Strand};
use crate::layout::notes::ROW;
use std::collections::BTreeMap;

/// The chosen pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::layout) struct Plan {
    /// For each strand the variant.
    pub(in crate::layout) variants: Vec<usize>,
    /// For each page the first unit behind it, counted over all units of the chosen variants.
    pub(in crate::layout) ends: Vec<usize>,
    /// True when a page ends early for a rule's sake.
    pub(in crate::layout) short: bool,
}

/// What page breaks weigh. A broken keep rule is worse than any number of short pages; a short page is bad by itself and
/// worse with every row; facing pages end on the same row where that can be had.
mod weight {
    pub(super) const BROKEN: u64 = 1_000_000;
    pub(super) const SHORT: u64 = 40;
    pub(super) const ROW: u64 = 10;
    pub(super) const FACING: u64 = 4;
}

/// A place between two units: before unit `unit` of `variant` of `strand`. Unit 0 is before the strand, whatever its variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    strand: usize,
    variant: usize,
    unit: usize,
}

impl Place {
    const fn before(strand: usize) -> Self {
        Self { strand, variant: 0, unit: 0 }
    }
}

/// A way to have come to the end of a page.
#[derive(Clone, Debug)]
struct Node {
    at: Place,
    /// Pages so far.
    pages: usize,
    /// Rows that the page leaves empty though it need not end.
    short: u32,
    cost: u64,
    from: Option<usize>,
    /// Variants chosen on this page, where not the first.
    chosen: Vec<(usize, usize)>,
}

/// A page that is being filled.
#[derive(Clone, Debug)]
struct Page {
    used: u32,
    blank: u32,
    /// Thousandths of a row that footnotes take.
    notes: u32,
    /// Lines that the last keep rule still asks for.
    owed: u32,
    cost: u64,
    chosen: Vec<(usize, usize)>,
}

impl Page {
    /// True for another way to the same state.
    fn fills_as(&self, other: &Self) -> bool {
        (self.used, self.blank, self.notes, self.owed) == (other.used, other.blank, other.notes, other.owed)
    }
}

/// What a page holds.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Room {
    /// Rows of the grid.
    pub(in crate::layout) rows: u32,
    /// What divides footnotes from the text, in thousandths of a row.
    pub(in crate::layout) divider: u32,
}

impl Room {
    /// The rows that footnotes take.
    pub(super) fn foot(self, notes: u32) -> u32 {
        if notes == 0 { 0 } else { (notes + self.divider).div_ceil(ROW) }
    }
}

/// Where a page may end: how, and at what cost.
type Ends = Vec<(Place, Page, bool)>;

/// Chooses pages.
pub(in crate::layout) fn plan(strands: &[Strand], room: Room) -> Plan {
    let mut nodes = vec![Node { at: Place::before(0), pages: 0, short: 0, cost: 0, from: None, chosen: Vec::new() }];
    let mut open: BTreeMap<Place, Vec<usize>> = BTreeMap::from([(Place::before(0), vec![0])]);
    let end = Place::before(strands.len());
    while let Some((place, starts)) = open.pop_first() {
        if place == end {
            return trace(strands, &nodes, &starts);
        }
        for (at, page, free) in fill(strands, room, place) {
            let used = page.used + room.foot(page.notes);
            let short = if free || at == end { 0 } else { room.rows.saturating_sub(used) };
            let cost = page.cost + if short > 0 { weight::SHORT + weight::ROW * u64::from(short * short) } else { 0 };
            for &from in &starts {
                let before = &nodes[from];
                let pages = before.pages + 1;
                // Pages 2 and 3 face each other, 4 and 5, and so on.
                let facing = pages > 1 && !pages.is_multiple_of(2) && !free && at != end;
                let uneven = if facing { u64::from(before.short.abs_diff(short)) * weight::FACING } else { 0 };
                let cost = before.cost + cost + uneven;
                let chosen = page.chosen.clone();
                reach(
                    &mut nodes,
                    open.entry(at).or_default(),
                    Node { at, pages, short, cost, from: Some(from), chosen },
                );
            }
        }
    }
    Plan { variants: vec![0; strands.len()], ..Plan::default() }
}

/// Keeps the best way for each parity and shortness, the two that later pages look at.
fn reach(nodes: &mut Vec<Node>, here: &mut Vec<usize>, new: Node) {
    // No later page can make good more than its facing page's difference.
    let margin = weight::FACING * 30;
    let same = |n: &Node| n.pages % 2 == new.pages % 2;
    if here.iter().any(|&n| same(&nodes[n]) && nodes[n].cost + margin < new.cost) {
        return;
    }
    match here.iter().copied().find(|&n| same(&nodes[n]) && nodes[n].short == new.short) {
        Some(n) if (nodes[n].cost, nodes[n].pages) <= (new.cost, new.pages) => {}
        Some(n) => nodes[n] = new,
        None => {
            here.push(nodes.len());
            nodes.push(new);
        }
    }
}

/// All ways to fill the page that begins at a place.
fn fill(strands: &[Strand], room: Room, place: Place) -> Ends {
    let mut ends = Ends::new();
    let mut strand = place.strand;
    let mut pages = vec![Page { used: 0, blank: 0, notes: 0, owed: 0, cost: 0, chosen: Vec::new() }];
    if place.unit > 0 {
        let page = pages.swap_remove(0);
        pages.extend(run(strands, room, place, page, &mut ends));
        strand += 1;
    }
    while !pages.is_empty() {
        let at = Place::before(strand);
        let started = strand > place.strand || place.unit > 0;
        if started {
            let blank = first_cell(strands, strand).is_some_and(|c| c.kind == Kind::Blank);
            for page in pages.iter().filter(|p| p.used > 0 && !blank) {
                let mut page = page.clone();
                let last = strand == strands.len();
                page.cost += if page.owed > 0 && !last { weight::BROKEN } else { 0 };
                ends.push((at, page, false));
            }
        }
        let Some(here) = strands.get(strand) else {
            // Only blank rows were left.
            ends.extend(pages.into_iter().filter(|p| p.used == 0).map(|p| (at, p, true)));
            break;
        };
        let mut next: Vec<Page> = Vec::new();
        for page in &pages {
            for (variant, way) in here.variants.iter().enumerate() {
                let mut page = page.clone();
                page.cost += way.cost;
                if variant > 0 {
                    page.chosen.push((strand, variant));
                }
                if let Some(page) = run(strands, room, Place { strand, variant, unit: 0 }, page, &mut ends) {
                    match next.iter_mut().find(|p| p.fills_as(&page)) {
                        Some(rival) if rival.cost <= page.cost => {}
                        Some(rival) => *rival = page,
                        None => next.push(page),
                    }
                }
            }
        }
        pages = next;
        strand += 1;
    }
    ends
}

fn first_cell(strands: &[Strand], strand: usize) -> Option<&Cell> {
    strands.get(strand)?.variants.first()?.cells.first()
}

/// Fills a page with the rest of a variant. Records where it may end on the way; returns the page where the whole fits.
fn run(strands: &[Strand], room: Room, place: Place, mut page: Page, ends: &mut Ends) -> Option<Page> {
    let cells = &strands[place.strand].variants[place.variant].cells;
    for (i, cell) in cells.iter().enumerate().skip(place.unit) {
        match cell.kind {
            Kind::Blank if page.used > 0 => page.blank += cell.rows,
            Kind::Blank => {}
            // A page that holds nothing yet is where the next block can begin.
            Kind::PageBreak if page.used == 0 => {}
            Kind::PageBreak => {
                let at =
                    if i + 1 < cells.len() { Place { unit: i + 1, ..place } } else { Place::before(place.strand + 1) };
                ends.push((at, page, true));
                return None;
            }
            Kind::Lines => {
                let lead = if page.used == 0 { cell.lead } else { 0 };
                let after = page.used + page.blank + lead + cell.rows;
                let notes = page.notes + cell.notes;
                if after + room.foot(notes) > room.rows && page.used > 0 {
                    return None;
                }
                page.notes = notes;
                page.used = after;
                page.blank = 0;
                page.owed = page.owed.saturating_sub(1).max(cell.keep_next);
            }
        }
        // A page does not end before blank rows: they go with it.
        let blank = cells.get(i + 1).is_some_and(|c| c.kind == Kind::Blank);
        if i + 1 < cells.len() && page.used > 0 && !blank {
            let mut end = page.clone();
            end.cost += if cell.keeps || end.owed > 0 { weight::BROKEN } else { 0 };
            ends.push((Place { unit: i + 1, ..place }, end, false));
        }
    }
    Some(page)
}

/// The plan that leads to the best of the last nodes.
fn trace(strands: &[Strand], nodes: &[Node], last: &[usize]) -> Plan {
    let mut plan = Plan { variants: vec![0; strands.len()], ..Plan::default() };
    let mut places = Vec::new();
    let mut at = last.iter().copied().min_by_key(|&n| (nodes[n].cost, nodes[n].pages));
    while let Some(node) = at.map(|n| &nodes[n]) {
        for &(strand, variant) in &node.chosen {
            plan.variants[strand] = variant;
        }
        plan.short |= node.short > 0;
        if node.from.is_some() {
            places.push(node.at);
        }
        at = node.from;
    }
    places.reverse();
    let mut before = Vec::with_capacity(strands.len() + 1);
    let mut count = 0;
    for (strand, &variant) in strands.iter().zip(&plan.variants) {
        before.push(count);
        count += strand.variants[variant].cells.len();
    }
    before.push(count);
    plan.ends = places.into_iter().map(|p| before[p.strand] + p.unit).collect();
    plan
}
