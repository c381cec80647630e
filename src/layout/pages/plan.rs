//! The choice of page breaks, and of the paragraphs that give or take a line for them, over the whole document.
//!
//! The search goes from page to page. A state is a place where a page ends; from each, the page that follows is filled row
//! by row, and where a block has more than one way to be set, all are tried. Ways that fill a page equally far are one.

use super::{BlockVariants, Foot, Room, UnitKind, UnitMetrics};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The chosen pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::layout) struct Plan {
    /// For each block the variant.
    pub(in crate::layout) variants: Vec<usize>,
    /// For each page the first unit after it, counted over all units of the chosen variants.
    pub(in crate::layout) ends: Vec<usize>,
    /// True when a page ends early for a rule's sake.
    pub(in crate::layout) short: bool,
}

/// What page breaks weigh. A broken keep rule is worse than any number of short pages; a page that ends early though what follows has
/// room on it is worse than all that must; a short page is bad by itself and worse with every row; facing pages end on the same row where that can be had. A footnote that goes on to the next page is better
/// than a short page; it should not go on after a page that has to end, nor have a page of its own.
mod weight {
    pub(super) const BROKEN: u64 = 1_000_000;
    pub(super) const EARLY: u64 = 20_000;
    pub(super) const SHORT: u64 = 40;
    pub(super) const ROW: u64 = 10;
    pub(super) const FACING: u64 = 4;
    pub(super) const CARRIED: u64 = 20;
    pub(super) const CARRIED_LINE: u64 = 1;
    pub(super) const STRANDED: u64 = 10_000;
}

/// No later page can make good more than its facing page's difference.
const FACING_MOST: u64 = weight::FACING * 30;

/// A place between two units: before unit `unit` of `variant` of `block`. Unit 0 is before the block, whatever its variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct BreakPlace {
    block: usize,
    variant: usize,
    unit: usize,
}

impl BreakPlace {
    const fn before(block: usize) -> Self {
        Self { block, variant: 0, unit: 0 }
    }
}

/// What a page begins with: a place, and lines of footnotes from the page before. A page of notes alone leads to the same
/// place with fewer of them, so they are in falling order.
type Start = (BreakPlace, Reverse<u32>);

/// A way to have come to the end of a page.
#[derive(Clone, Copy, Debug)]
struct PlanNode {
    at: Start,
    /// Pages so far.
    pages: usize,
    /// Rows that the page leaves empty though it need not end.
    short: u32,
    cost: u64,
    from: Option<usize>,
}

/// The ways to have come to one place, and what the best of an even and of an odd number of pages costs.
#[derive(Clone, Debug)]
struct Ways {
    nodes: Vec<usize>,
    best: [u64; 2],
}

impl Ways {
    const NONE: Self = Self { nodes: Vec::new(), best: [u64::MAX; 2] };
}

/// Whether filling a page records the variants that it chooses. The search itself needs their costs only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choices {
    Dropped,
    Recorded,
}

/// A page that is being filled.
#[derive(Clone, Debug)]
struct PageFill {
    used: u32,
    blank: u32,
    /// Its footnotes, what comes from the page before among them.
    notes: Foot,
    /// Lines that the last keep rule still asks for.
    owed: u32,
    cost: u64,
    /// Variants that are not the first, when they are asked for: the search itself wants no more than costs.
    chosen: Option<Vec<(usize, usize)>>,
    /// An end where it may end, and has not come further since; that end names another one. None in a way that leaves it.
    open: Option<usize>,
    /// True where it ends though what follows has room on it, to a place where it may end too.
    early: bool,
}

impl PageFill {
    fn new(carried: u32, choices: Choices) -> Self {
        let chosen = (choices == Choices::Recorded).then(Vec::new);
        let notes = Foot::of([carried]);
        Self { used: 0, blank: 0, notes, owed: 0, cost: 0, chosen, open: None, early: false }
    }

    /// The page as it is when it ends here. An end within the rules is one that earlier ends need not have been.
    fn end(&mut self, room: Room, ends: &mut Ends, within_rules: bool) -> Self {
        let cost = self.cost + if within_rules { 0 } else { weight::BROKEN };
        let end = Self { cost, open: None, ..self.clone() };
        if within_rules && self.carried(room) == 0 {
            let mut before = self.open.replace(ends.len());
            while let Some((_, page, _)) = before.and_then(|at| ends.get_mut(at)) {
                page.early = true;
                before = page.open;
            }
        }
        end
    }

    /// What it costs by itself, with so many rows left empty.
    fn weight(&self, short: u32) -> u64 {
        let early = if self.early { weight::EARLY } else { 0 };
        self.cost + if short > 0 { early + weight::SHORT + weight::ROW * u64::from(short * short) } else { 0 }
    }

    /// Lines of footnotes that go on to the next page when it ends here.
    fn carried(&self, room: Room) -> u32 {
        room.overflow(self.used, self.notes)
    }

    /// Rows that it leaves empty though it need not end, when it ends here.
    fn short(&self, room: Room) -> u32 {
        room.rows.saturating_sub(self.used + room.rows_of(self.notes.lines() - self.carried(room)))
    }

    /// True for another way to the same state.
    fn fills_as(&self, other: &Self) -> bool {
        (self.used, self.blank, self.notes, self.owed) == (other.used, other.blank, other.notes, other.owed)
    }
}

/// Where a page may end, how, and whether it must.
type Ends = Vec<(BreakPlace, PageFill, bool)>;

/// Chooses pages.
pub(in crate::layout) fn plan(blocks: &[BlockVariants], room: Room) -> Plan {
    let begin = (BreakPlace::before(0), Reverse(0));
    let mut nodes = vec![PlanNode { at: begin, pages: 0, short: 0, cost: 0, from: None }];
    let mut open = BTreeMap::from([(begin, Ways { nodes: vec![0], best: [0, u64::MAX] })]);
    let end = BreakPlace::before(blocks.len());
    while let Some((start, Ways { nodes: mut starts, .. })) = open.pop_first() {
        if start == (end, Reverse(0)) {
            return trace(blocks, room, &nodes, &starts);
        }
        drop_hopeless(&nodes, &open, &mut starts);
        narrow(&nodes, &mut starts);
        if starts.is_empty() {
            continue;
        }
        for (at, page, free) in fill(blocks, room, start, Choices::Dropped) {
            let short = if free || at == end { 0 } else { page.short(room) };
            let carried = page.carried(room);
            let mut cost = page.weight(short);
            if carried > 0 {
                let stranded = if free || at == end { weight::STRANDED } else { 0 };
                cost += weight::CARRIED + weight::CARRIED_LINE * u64::from(carried) + stranded;
            }
            let at = (at, Reverse(carried));
            let here = open.entry(at).or_insert(Ways::NONE);
            for &from in &starts {
                let before = nodes[from];
                let pages = before.pages + 1;
                // Pages 2 and 3 face each other, 4 and 5, and so on.
                let facing = pages > 1 && !pages.is_multiple_of(2) && !free && at.0 != end;
                let uneven = if facing { u64::from(before.short.abs_diff(short)) * weight::FACING } else { 0 };
                reach(
                    &mut nodes,
                    here,
                    PlanNode { at, pages, short, cost: before.cost + cost + uneven, from: Some(from) },
                );
            }
        }
    }
    Plan { variants: vec![0; blocks.len()], ..Plan::default() }
}

/// Drops ways that have broken a rule where another, as many pages on, has already come further without: the page that
/// follows there can end where this one's does, and the rows that it leaves empty weigh far less than the rule.
fn drop_hopeless(nodes: &[PlanNode], open: &BTreeMap<Start, Ways>, starts: &mut Vec<usize>) {
    if starts.iter().all(|&start| nodes[start].cost < weight::BROKEN) {
        return;
    }
    let further = open.iter().filter(|((at, carried), _)| at.unit == 0 && carried.0 == 0);
    let mut least: BTreeMap<usize, u64> = BTreeMap::new();
    for PlanNode { pages, cost, .. } in further.flat_map(|(_, ways)| &ways.nodes).map(|&other| nodes[other]) {
        least.entry(pages).and_modify(|least| *least = cost.min(*least)).or_insert(cost);
    }
    starts.retain(|&start| {
        let PlanNode { pages, cost, .. } = nodes[start];
        cost < weight::BROKEN || least.get(&pages).is_none_or(|&least| least >= cost - weight::BROKEN / 2)
    });
}

/// Leaves the ways that the next page may tell apart: before a page that faces none before it, the best; before one that
/// does, those that its evenness can still make the best.
fn narrow(nodes: &[PlanNode], starts: &mut Vec<usize>) {
    let rank = |n: usize| (nodes[n].cost, nodes[n].pages, n);
    for parity in [0, 1] {
        let of_parity = |n: usize| nodes[n].pages % 2 == parity;
        let Some(best) = starts.iter().copied().filter(|&n| of_parity(n)).min_by_key(|&n| rank(n)) else { continue };
        let faced = parity == 0;
        let most = nodes[best].cost + if faced { FACING_MOST } else { 0 };
        starts.retain(|&n| !of_parity(n) || n == best || faced && nodes[n].cost <= most);
    }
}

/// Keeps the best way for each parity and shortness, the two that later pages look at.
fn reach(nodes: &mut Vec<PlanNode>, here: &mut Ways, new: PlanNode) {
    let same = |n: &PlanNode| n.pages % 2 == new.pages % 2;
    let best = &mut here.best[new.pages % 2];
    if best.saturating_add(FACING_MOST) < new.cost {
        return;
    }
    *best = new.cost.min(*best);
    match here.nodes.iter().copied().find(|&n| same(&nodes[n]) && nodes[n].short == new.short) {
        Some(n) if (nodes[n].cost, nodes[n].pages) <= (new.cost, new.pages) => {}
        Some(n) => nodes[n] = new,
        None => {
            here.nodes.push(nodes.len());
            nodes.push(new);
        }
    }
}

/// All ways to fill a page; with the variants chosen, where they are recorded.
fn fill(blocks: &[BlockVariants], room: Room, (place, Reverse(carried)): Start, choices: Choices) -> Ends {
    let mut ends = Ends::new();
    let mut block = place.block;
    let mut pages = vec![PageFill::new(carried, choices)];
    if carried > 0 {
        ends.push((place, PageFill { cost: weight::STRANDED, ..pages[0].clone() }, true));
        if block == blocks.len() {
            return ends;
        }
    }
    if place.unit > 0 {
        let page = pages.swap_remove(0);
        pages.extend(run(blocks, room, place, page, &mut ends));
        block += 1;
    }
    while !pages.is_empty() {
        let at = BreakPlace::before(block);
        let started = block > place.block || place.unit > 0;
        if started {
            let blank = first_cell(blocks, block).is_some_and(|c| c.kind == UnitKind::Blank);
            for page in pages.iter_mut().filter(|p| p.used > 0 && !blank) {
                let end = page.end(room, &mut ends, page.owed == 0 || block == blocks.len());
                ends.push((at, end, false));
            }
        }
        let Some(here) = blocks.get(block) else {
            // Only blank rows were left.
            ends.extend(pages.into_iter().filter(|p| p.used == 0).map(|p| (at, p, true)));
            break;
        };
        let mut next: Vec<PageFill> = Vec::new();
        for page in &pages {
            for (variant, way) in here.variants.iter().enumerate() {
                let mut page = page.clone();
                page.cost += way.cost;
                if variant > 0 {
                    // What only another setting of the text makes room for, the page need not hold.
                    page.open = None;
                    page.chosen.iter_mut().for_each(|chosen| chosen.push((block, variant)));
                }
                if let Some(page) = run(blocks, room, BreakPlace { block, variant, unit: 0 }, page, &mut ends) {
                    match next.iter_mut().find(|p| p.fills_as(&page)) {
                        Some(rival) => {
                            let open = joined(&mut ends, rival.open, page.open);
                            if page.cost < rival.cost {
                                *rival = page;
                            }
                            rival.open = open;
                        }
                        None => next.push(page),
                    }
                }
            }
        }
        pages = next;
        block += 1;
    }
    ends
}

/// One row of open ends of two that have none in common.
fn joined(ends: &mut Ends, first: Option<usize>, second: Option<usize>) -> Option<usize> {
    let mut last = first;
    while let Some(after) = last.and_then(|at| ends.get(at)).and_then(|(_, page, _)| page.open) {
        last = Some(after);
    }
    match last.and_then(|at| ends.get_mut(at)) {
        Some((_, page, _)) => {
            page.open = second;
            first
        }
        None => second,
    }
}

fn first_cell(blocks: &[BlockVariants], block: usize) -> Option<&UnitMetrics> {
    blocks.get(block)?.variants.first()?.cells.first()
}

/// Fills a page with the rest of a variant. Records where it may end on the way; returns the page where the whole fits.
fn run(
    blocks: &[BlockVariants],
    room: Room,
    place: BreakPlace,
    mut page: PageFill,
    ends: &mut Ends,
) -> Option<PageFill> {
    let cells = &blocks[place.block].variants[place.variant].cells;
    for (i, cell) in cells.iter().enumerate().skip(place.unit) {
        match cell.kind {
            UnitKind::Blank if page.used > 0 => page.blank += cell.rows,
            UnitKind::Blank => {}
            // A page that holds nothing yet is where the next block can begin.
            UnitKind::PageBreak if page.used == 0 => {}
            UnitKind::PageBreak => {
                page = page.end(room, ends, true);
                let at = if i + 1 < cells.len() {
                    BreakPlace { unit: i + 1, ..place }
                } else {
                    BreakPlace::before(place.block + 1)
                };
                ends.push((at, page, true));
                return None;
            }
            UnitKind::Lines => {
                let lead = if page.used == 0 { cell.lead } else { 0 };
                let after = page.used + page.blank + lead + cell.rows;
                let notes = page.notes.and(cell.notes);
                // What no page holds has one of its own; what comes from the page before may leave it none.
                if room.carried(after, notes).is_none() && (page.used > 0 || page.notes.lines() > 0) {
                    return None;
                }
                page.notes = notes;
                page.used = after;
                page.blank = 0;
                page.owed = page.owed.saturating_sub(1).max(cell.keep_next);
            }
        }
        // A page does not end before blank rows: they go with it.
        let blank = cells.get(i + 1).is_some_and(|c| c.kind == UnitKind::Blank);
        if i + 1 < cells.len() && page.used > 0 && !blank {
            let end = page.end(room, ends, !cell.keeps && page.owed == 0);
            ends.push((BreakPlace { unit: i + 1, ..place }, end, false));
        }
    }
    Some(page)
}

/// The plan that leads to the best of the last nodes.
fn trace(blocks: &[BlockVariants], room: Room, nodes: &[PlanNode], last: &[usize]) -> Plan {
    let mut plan = Plan { variants: vec![0; blocks.len()], ..Plan::default() };
    let mut places = Vec::new();
    let mut at = last.iter().copied().min_by_key(|&n| (nodes[n].cost, nodes[n].pages));
    while let Some(node) = at.map(|n| &nodes[n]) {
        plan.short |= node.short > 0;
        if let Some(from) = node.from {
            places.push(node.at.0);
            for (block, variant) in chosen(blocks, room, nodes[from].at, node) {
                plan.variants[block] = variant;
            }
        }
        at = node.from;
    }
    places.reverse();
    let mut before = Vec::with_capacity(blocks.len() + 1);
    let mut count = 0;
    for (block, &variant) in blocks.iter().zip(&plan.variants) {
        before.push(count);
        count += block.variants[variant].cells.len();
    }
    before.push(count);
    plan.ends = places.into_iter().map(|p| before[p.block] + p.unit).collect();
    plan
}

/// The variants on the page from a place to a node, where they are not the first: the page is filled once more.
fn chosen(blocks: &[BlockVariants], room: Room, from: Start, node: &PlanNode) -> Vec<(usize, usize)> {
    let end = BreakPlace::before(blocks.len());
    let same = |(at, page, free): &(BreakPlace, PageFill, bool)| {
        (*at, Reverse(page.carried(room))) == node.at
            && node.short == if *free || *at == end { 0 } else { page.short(room) }
    };
    let best = fill(blocks, room, from, Choices::Recorded)
        .into_iter()
        .filter(same)
        .min_by_key(|(_, p, _)| p.weight(node.short));
    best.and_then(|(_, page, _)| page.chosen).unwrap_or_default()
}
