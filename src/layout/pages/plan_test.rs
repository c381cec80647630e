//! Page breaks.

use super::{Cell, Kind, Plan, Room, Strand, Variant, fill, plan as plan_in};
use proptest::prelude::*;

fn line(keeps: bool) -> Cell {
    Cell { kind: Kind::Lines, rows: 1, keeps, ..Cell::default() }
}

fn plan(strands: &[Strand], rows: u32) -> Plan {
    plan_in(strands, Room { rows, divider: 500 })
}

/// A paragraph of so many lines, two of which stay together at either end.
fn paragraph(lines: usize) -> Vec<Cell> {
    (0..lines).map(|i| line(i == 0 && lines > 1 || i + 2 == lines)).collect()
}

fn strand(ways: &[usize]) -> Strand {
    let variants = ways.iter().enumerate().map(|(i, &n)| Variant { cost: i as u64 * 10, cells: paragraph(n) });
    Strand { variants: variants.collect() }
}

fn heading() -> Strand {
    Strand { variants: vec![Variant { cost: 0, cells: vec![Cell { keep_next: 2, ..line(false) }] }] }
}

#[test]
fn full_pages_are_filled() {
    assert_eq!(plan(&[strand(&[10])], 4), Plan { variants: vec![0], ends: vec![4, 8, 10], short: false });
}

#[test]
fn no_single_line_stands_at_the_foot_or_the_head() {
    // The fifth row would hold the first line of the second paragraph alone.
    assert_eq!(plan(&[strand(&[4]), strand(&[5])], 5), Plan { variants: vec![0, 0], ends: vec![4, 9], short: true });
}

#[test]
fn a_heading_takes_two_lines_along() {
    let strands = [strand(&[3]), heading(), strand(&[4])];
    assert_eq!(plan(&strands, 5), Plan { variants: vec![0; 3], ends: vec![3, 8], short: true });
}

#[test]
fn a_paragraph_gives_a_line_where_a_page_would_end_early() {
    let strands = [strand(&[4, 5]), strand(&[5])];
    assert_eq!(plan(&strands, 5), Plan { variants: vec![1, 0], ends: vec![5, 10], short: false });
}

#[test]
fn what_is_too_tall_for_a_page_has_one_of_its_own() {
    let tall = Strand { variants: vec![Variant { cost: 0, cells: vec![Cell { rows: 9, ..line(false) }] }] };
    assert_eq!(plan(&[strand(&[2]), tall, strand(&[2])], 5).ends, vec![2, 3, 5]);
}

#[test]
fn office_programs_fill_page_by_page() {
    let blank = Cell { kind: Kind::Blank, rows: 1, ..Cell::default() };
    let page_break = Cell { kind: Kind::PageBreak, ..Cell::default() };
    let heading = Cell { keep_next: 2, ..line(false) };
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
        assert_eq!(fill(1, &cells, Room { rows, divider: 500 }).ends, ends, "{name}");
    }
}

#[test]
fn footnotes_take_rows_of_the_page_that_calls_them() {
    // The third line calls a note of a row and a half, which takes two rows with what divides it from the text.
    let mut cells = paragraph(6);
    cells[2].notes = 1_500;
    let strand = Strand { variants: vec![Variant { cost: 0, cells }] };
    assert_eq!(plan(&[strand], 5).ends, vec![3, 6]);
}

proptest! {
    #[test]
    fn filled_pages_hold_every_unit(lines in prop::collection::vec(1..9_usize, 1..12), rows in 4..9_u32) {
        let cells: Vec<Cell> = lines.iter().flat_map(|&n| paragraph(n)).collect();
        let plan = fill(lines.len(), &cells, Room { rows, divider: 0 });
        prop_assert_eq!(plan.ends.last(), Some(&cells.len()));
        let starts = std::iter::once(&0).chain(&plan.ends);
        prop_assert!(starts.zip(&plan.ends).all(|(a, b)| a < b && b - a <= rows as usize));
    }

    #[test]
    fn every_unit_is_on_a_page_that_holds_it(lines in prop::collection::vec(1..9_usize, 1..12), rows in 4..9_u32) {
        let strands: Vec<Strand> = lines.iter().map(|&n| strand(&[n, n + 1])).collect();
        let plan = plan(&strands, rows);
        let total: usize = lines.iter().zip(&plan.variants).map(|(n, v)| n + v).sum();
        prop_assert_eq!(plan.ends.last(), Some(&total));
        let mut start = 0;
        for &end in &plan.ends {
            prop_assert!(end > start && end - start <= rows as usize);
            start = end;
        }
    }
}
