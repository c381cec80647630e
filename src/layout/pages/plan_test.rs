//! Page breaks.

use super::{Cell, Kind, Plan, Strand, Variant, plan};
use proptest::prelude::*;

fn line(keeps: bool) -> Cell {
    Cell { kind: Kind::Lines, rows: 1, keeps, ..Cell::default() }
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

proptest! {
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
