//! Page breaks.

use super::{BlockVariant, BlockVariants, Foot, Plan, Room, UnitKind, UnitMetrics, fill, plan as plan_in};
use proptest::prelude::*;

fn line(keeps: bool) -> UnitMetrics {
    UnitMetrics { kind: UnitKind::Lines, rows: 1, keeps, ..UnitMetrics::default() }
}

fn plan(blocks: &[BlockVariants], rows: u32) -> Plan {
    plan_in(blocks, Room { rows, divider: 500, line: 750 })
}

/// A paragraph of so many lines, two of which stay together at either end.
fn paragraph(lines: usize) -> Vec<UnitMetrics> {
    (0..lines).map(|i| line(i == 0 && lines > 1 || i + 2 == lines)).collect()
}

fn block(ways: &[usize]) -> BlockVariants {
    let variants = ways.iter().enumerate().map(|(i, &n)| BlockVariant { cost: i as u64 * 10, cells: paragraph(n) });
    BlockVariants { variants: variants.collect() }
}

fn heading() -> BlockVariants {
    BlockVariants { variants: vec![BlockVariant { cost: 0, cells: vec![UnitMetrics { keep_next: 2, ..line(false) }] }] }
}

#[test]
fn full_pages_are_filled() {
    assert_eq!(plan(&[block(&[10])], 4), Plan { variants: vec![0], ends: vec![4, 8, 10], short: false });
}

#[test]
fn no_single_line_stands_at_the_foot_or_the_head() {
    // The fifth row would hold the first line of the second paragraph alone.
    assert_eq!(plan(&[block(&[4]), block(&[5])], 5), Plan { variants: vec![0, 0], ends: vec![4, 9], short: true });
}

#[test]
fn a_heading_takes_two_lines_along() {
    let blocks = [block(&[3]), heading(), block(&[4])];
    assert_eq!(plan(&blocks, 5), Plan { variants: vec![0; 3], ends: vec![3, 8], short: true });
}

#[test]
fn a_paragraph_gives_a_line_where_a_page_would_end_early() {
    let blocks = [block(&[4, 5]), block(&[5])];
    assert_eq!(plan(&blocks, 5), Plan { variants: vec![1, 0], ends: vec![5, 10], short: false });
}

#[test]
fn a_page_is_filled_before_one_that_must_end_early() {
    // Four rows are lost before the paragraph that stays together: not shared out among the pages above it.
    let of = |cells: Vec<UnitMetrics>| BlockVariants { variants: vec![BlockVariant { cost: 0, cells }] };
    let together = of([[line(true); 4].as_slice(), &[line(false)]].concat());
    let blocks: Vec<BlockVariants> = (0..8).map(|_| of(vec![line(false)])).chain([together]).collect();
    assert_eq!(plan(&blocks, 6), Plan { variants: vec![0; 9], ends: vec![6, 8, 13], short: true });
}

#[test]
fn what_is_too_tall_for_a_page_has_one_of_its_own() {
    let tall =
        BlockVariants { variants: vec![BlockVariant { cost: 0, cells: vec![UnitMetrics { rows: 9, ..line(false) }] }] };
    assert_eq!(plan(&[block(&[2]), tall, block(&[2])], 5).ends, vec![2, 3, 5]);
}

#[test]
fn office_programs_fill_page_by_page() {
    let blank = UnitMetrics { kind: UnitKind::Blank, rows: 1, ..UnitMetrics::default() };
    let page_break = UnitMetrics { kind: UnitKind::PageBreak, ..UnitMetrics::default() };
    let heading = UnitMetrics { keep_next: 2, ..line(false) };
    let two = paragraph(2);
    for (name, cells, rows, ends) in [
        ("full pages", paragraph(10), 4, vec![4, 8, 10]),
        ("no single first line", [paragraph(4), paragraph(5)].concat(), 5, vec![4, 9]),
        ("no single last line", paragraph(6), 5, vec![4, 6]),
        ("a heading goes with two lines", [paragraph(3), vec![heading], paragraph(4)].concat(), 5, vec![3, 8]),
        ("headings in a row go together", [two.clone(), vec![heading; 2], paragraph(4)].concat(), 5, vec![2, 6, 8]),
        ("empty rows stay above", [paragraph(3), vec![blank], two.clone()].concat(), 4, vec![4, 6]),
        ("a page ends where it is told", [two.clone(), vec![page_break], two.clone()].concat(), 9, vec![3, 5]),
        ("no empty page", [paragraph(4), vec![page_break], two].concat(), 4, vec![5, 7]),
        ("too much to keep", vec![heading; 7], 3, vec![3, 6, 7]),
    ] {
        assert_eq!(fill(1, &cells, Room { rows, divider: 500, line: 750 }).ends, ends, "{name}");
    }
}

#[test]
fn footnotes_take_rows_of_the_page_that_calls_them() {
    // The third line calls a note of a row and a half, which takes two rows with what divides it from the text.
    let mut cells = paragraph(6);
    cells[2].notes = Foot::of([2]);
    let block = BlockVariants { variants: vec![BlockVariant { cost: 0, cells }] };
    assert_eq!(plan(&[block], 5).ends, vec![3, 6]);
}

/// Lines of footnotes on each page; None where a page does not hold what it is given.
fn notes_by_page(cells: &[UnitMetrics], ends: &[usize], room: Room) -> Option<Vec<u32>> {
    let (mut start, mut carried) = (0, 0);
    let mut pages = Vec::new();
    for &end in ends {
        let used = (end - start) as u32;
        let foot = cells[start..end].iter().fold(Foot::of([carried]), |foot, cell| foot.and(cell.notes));
        carried = if used == 0 { room.overflow(0, foot) } else { room.carried(used, foot)? };
        pages.push(foot.lines() - carried);
        start = end;
    }
    (carried == 0 && start == cells.len()).then_some(pages)
}

#[test]
fn a_long_footnote_goes_on_overleaf() {
    let room = Room { rows: 6, divider: 500, line: 500 };
    let with = |lines: usize, at: usize, notes: u32| {
        let mut cells = paragraph(lines);
        cells[at].notes = Foot::of([notes]);
        cells
    };
    for (name, cells, ends, notes) in [
        // Four rows of text, two of notes: three lines; the other three on the next page.
        ("divided", with(8, 3, 6), vec![4, 8], vec![3, 3]),
        ("whole where it has room", with(8, 3, 3), vec![4, 8], vec![3, 0]),
        ("too short to be divided", with(7, 4, 3), vec![4, 7], vec![0, 3]),
        ("longer than a page", with(7, 2, 26), vec![3, 4, 5, 7], vec![5, 9, 9, 3]),
        ("no line is left to stand beside it", with(4, 3, 26), vec![4, 4, 4, 4], vec![3, 9, 9, 5]),
    ] {
        let block = BlockVariants { variants: vec![BlockVariant { cost: 0, cells: cells.clone() }] };
        let plan = plan_in(&[block], room);
        assert_eq!((&plan.ends, notes_by_page(&cells, &plan.ends, room)), (&ends, Some(notes)), "{name}");
        assert!(notes_by_page(&cells, &fill(1, &cells, room).ends, room).is_some(), "{name}");
    }
}

proptest! {
    #[test]
    fn every_footnote_is_printed_whole(
        lines in prop::collection::vec((1..9_usize, 0..30_u32), 1..8), rows in 4..9_u32,
    ) {
        let room = Room { rows, divider: 500, line: 500 };
        let ways = |&(n, notes): &(usize, u32)| {
            let mut cells = paragraph(n);
            cells[n / 2].notes = Foot::of([notes % 20, notes / 3]);
            cells
        };
        let cells: Vec<Vec<UnitMetrics>> = lines.iter().map(ways).collect();
        let all = cells.concat();
        let block = |cells: &Vec<UnitMetrics>| BlockVariants { variants: vec![BlockVariant { cost: 0, cells: cells.clone() }] };
        let blocks: Vec<BlockVariants> = cells.iter().map(block).collect();
        let total: u32 = all.iter().map(|cell| cell.notes.lines()).sum();
        for plan in [plan_in(&blocks, room), fill(lines.len(), &all, room)] {
            // A unit whose notes are more than a page holds may leave more of them to the next page than the rule allows.
            let (mut start, mut carried, mut printed) = (0, 0, 0);
            for &end in &plan.ends {
                let foot = all[start..end].iter().fold(Foot::of([carried]), |foot, cell| foot.and(cell.notes));
                carried = room.overflow((end - start) as u32, foot);
                printed += foot.lines() - carried;
                start = end;
            }
            prop_assert_eq!((start, carried, printed), (all.len(), 0, total), "{:?}", plan.ends);
        }
    }

    #[test]
    fn filled_pages_hold_every_unit(lines in prop::collection::vec(1..9_usize, 1..12), rows in 4..9_u32) {
        let cells: Vec<UnitMetrics> = lines.iter().flat_map(|&n| paragraph(n)).collect();
        let plan = fill(lines.len(), &cells, Room { rows, divider: 0, line: 750 });
        prop_assert_eq!(plan.ends.last(), Some(&cells.len()));
        let starts = std::iter::once(&0).chain(&plan.ends);
        prop_assert!(starts.zip(&plan.ends).all(|(a, b)| a < b && b - a <= rows as usize));
    }

    #[test]
    fn every_unit_is_on_a_page_that_holds_it(lines in prop::collection::vec(1..9_usize, 1..12), rows in 4..9_u32) {
        let blocks: Vec<BlockVariants> = lines.iter().map(|&n| block(&[n, n + 1])).collect();
        let plan = plan(&blocks, rows);
        let total: usize = lines.iter().zip(&plan.variants).map(|(n, v)| n + v).sum();
        prop_assert_eq!(plan.ends.last(), Some(&total));
        let mut start = 0;
        for &end in &plan.ends {
            prop_assert!(end > start && end - start <= rows as usize);
            start = end;
        }
    }
}

/// A choice of lines for each paragraph, of those that it can be set in.
struct PickedWays<'a> {
    ways: &'a [Vec<Vec<UnitMetrics>>],
    picked: Vec<usize>,
}

impl PickedWays<'_> {
    fn cells(&self) -> Vec<UnitMetrics> {
        self.ways.iter().zip(&self.picked).flat_map(|(ways, &way)| ways[way].clone()).collect()
    }

    /// The rest of the paragraph that is broken at a place, and those after it in their best way.
    fn behind(&self, place: usize) -> Vec<UnitMetrics> {
        let (mut start, mut cells) = (0, Vec::new());
        for (ways, &way) in self.ways.iter().zip(&self.picked) {
            let end = start + ways[way].len();
            if start >= place {
                cells.extend_from_slice(&ways[0]);
            } else if end > place {
                cells.extend_from_slice(&ways[way][place - start..]);
            }
            start = end;
        }
        cells
    }
}

fn owed(owed: u32, cell: &UnitMetrics) -> u32 {
    owed.saturating_sub(1).max(cell.keep_next)
}

/// True where a page that holds `on_it` has room for more, to a place where it may end.
fn goes_on(on_it: &[UnitMetrics], behind: &[UnitMetrics], rows: usize) -> bool {
    let mut asked = on_it.iter().fold(0, owed);
    behind.iter().take(rows - on_it.len()).enumerate().any(|(at, cell)| {
        asked = owed(asked, cell);
        at + 1 == behind.len() || (asked == 0 && !cell.keeps)
    })
}

/// What pages that end at `ends` cost, by the rules as they are written down: None when one of them is over-full.
fn cost(choice: &PickedWays<'_>, ends: &[usize], rows: usize) -> Option<u64> {
    let cells = choice.cells();
    let mut sum: u64 = choice.picked.iter().map(|&way| 10 * way as u64).sum();
    let (mut start, mut before) = (0, 0);
    for (i, &end) in ends.iter().enumerate() {
        let last = end == cells.len();
        let page = &cells[start..end];
        let broken = !last && (page.iter().fold(0, owed) > 0 || cells[end - 1].keeps);
        let left = rows.checked_sub(page.len())? as u64;
        let short = if last { 0 } else { left };
        let early = short > 0 && !broken && goes_on(page, &choice.behind(end), rows);
        let facing = i > 0 && (i + 1) % 2 == 1 && !last;
        sum += if broken { 1_000_000 } else { 0 } + if short > 0 { 40 + 10 * short * short } else { 0 };
        sum += if early { 20_000 } else { 0 };
        sum += if facing { 4 * u64::abs_diff(before, short) } else { 0 };
        (start, before) = (end, short);
    }
    Some(sum)
}

/// The least that any choice of lines and page breaks costs.
fn least(ways: &[Vec<Vec<UnitMetrics>>], rows: usize) -> u64 {
    fn ends(from: usize, n: usize, rows: usize) -> Vec<Vec<usize>> {
        if from == n {
            return vec![Vec::new()];
        }
        let next = (from + 1..=n.min(from + rows)).rev();
        next.flat_map(|end| ends(end, n, rows).into_iter().map(move |rest| [vec![end], rest].concat())).collect()
    }
    let mut best = u64::MAX;
    for choice in 0..1_usize << ways.len() {
        let picked = (0..ways.len()).map(|i| (choice >> i & 1).min(ways[i].len() - 1)).collect();
        let choice = PickedWays { ways, picked };
        for ends in ends(0, choice.cells().len(), rows) {
            best = best.min(cost(&choice, &ends, rows).unwrap_or(u64::MAX));
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_other_choice_of_pages_costs_less(
        parts in prop::collection::vec((any::<bool>(), 1..5_usize, any::<bool>()), 1..5), rows in 3..6_u32,
    ) {
        let ways: Vec<Vec<Vec<UnitMetrics>>> = parts.iter().map(|&(headed, lines, longer)| {
            if headed {
                vec![vec![UnitMetrics { keep_next: 2, ..line(false) }]]
            } else {
                (lines..=lines + usize::from(longer)).map(paragraph).collect()
            }
        }).collect();
        let blocks: Vec<BlockVariants> = ways.iter().map(|ways| BlockVariants {
            variants: ways.iter().enumerate()
                .map(|(i, cells)| BlockVariant { cost: i as u64 * 10, cells: cells.clone() }).collect(),
        }).collect();
        let plan = plan(&blocks, rows);
        let choice = PickedWays { ways: &ways, picked: plan.variants.clone() };
        let ours = cost(&choice, &plan.ends, rows as usize);
        prop_assert_eq!(ours, Some(least(&ways, rows as usize)), "{:?}", plan);
    }
}
