//! The search against every other way to break.

use super::class::Class;
use super::opportunity::Opportunity;
use super::optimum::{
    Cost, LineSummary, ParagraphShape, SearchLimits, VISIBLE, WordBreaks, between, break_lines, judge, search,
};
use super::prepare::{Prepared, prepare_plain};
use super::{EM, Ruler};
use proptest::prelude::*;

/// The cost of one way to break; None where a line is too full or too open for the limits.
fn cost_of(
    text: &Prepared,
    ruler: &Ruler<'_>,
    shape: ParagraphShape,
    limits: SearchLimits,
    ends: &[usize],
) -> Option<Cost> {
    let n = text.items.len();
    let mut total = Cost::default();
    let mut before: Option<LineSummary> = None;
    let mut start = 0;
    for &end in ends {
        let extent = ruler.extent(start, end);
        let measure = shape.measure(start);
        let open = end < n && extent.opening(measure) > limits.open;
        let torn = end < n && !text.items[end].before.is_allowed();
        if extent.least() > measure || open || torn {
            return None;
        }
        let (line, cost) = judge(text, ruler, shape, start..end, limits);
        total = total.and(cost);
        if let Some(before) = before {
            total = total.and(between(before, line, limits));
        }
        before = Some(line);
        start = end;
    }
    Some(total)
}

/// The least cost over all ways to break.
fn exhaustive(text: &Prepared, ruler: &Ruler<'_>, shape: ParagraphShape, limits: SearchLimits) -> Option<Cost> {
    let n = text.items.len();
    (0..1u32 << (n - 1))
        .filter_map(|set| {
            let ends: Vec<usize> = (1..n).filter(|i| set & (1 << (i - 1)) != 0).chain([n]).collect();
            cost_of(text, ruler, shape, limits, &ends)
        })
        .min()
}

fn text_of_report() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "委", "员", "履", "职", "，", "。", "、", "“", "”", "《", "》", "（", "）", "12", "6", "%", "G1", "——", "·",
        "；", "：",
    ]);
    prop::collection::vec(piece, 3..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_other_way_to_break_is_better(text in text_of_report(), cells in 4..7_i64) {
        let text = prepare_plain(&text, 0.0);
        prop_assume!(text.items.len() <= 15);
        let ruler = Ruler::new(&text);
        let shape = ParagraphShape { first: (cells - 2) * EM, rest: cells * EM, last: 2 };
        for (open, to_worst) in [(VISIBLE, false), (0.3, true), (0.3, false), (f64::INFINITY, true)] {
            let limits = SearchLimits { open, words: WordBreaks::Whole, counted: false, to_worst };
            let found = search(&text, &ruler, shape, limits).map(|(cost, _)| cost);
            prop_assert_eq!(found, exhaustive(&text, &ruler, shape, limits));
        }
    }

    #[test]
    fn lines_hold_all_characters_and_stay_within_the_measure(text in text_of_report(), cells in 4..9_i64) {
        let text = prepare_plain(&text, 0.0);
        let ruler = Ruler::new(&text);
        let shape = ParagraphShape { first: (cells - 2) * EM, rest: cells * EM, last: 2 };
        let ends = break_lines(&text, &ruler, shape);
        prop_assert_eq!(ends.last(), Some(&text.items.len()));
        let mut start = 0;
        for end in ends {
            prop_assert!(end > start);
            let fit = ruler.extent(start, end).fit(shape.measure(start));
            let single = (start + 1..end).all(|i| text.items[i].before == Opportunity::Never);
            prop_assert!(single || fit.width <= shape.measure(start), "line past the measure");
            start = end;
        }
    }
}

#[test]
fn a_torn_word_is_better_than_a_line_past_the_measure() {
    let text = prepare_plain("“，“·““G1(委", 0.0);
    let shape = ParagraphShape { first: 2 * EM, rest: 4 * EM, last: 2 };
    assert_eq!(break_lines(&text, &Ruler::new(&text), shape), [2, 7, 10]);
}

#[test]
fn the_space_in_a_number_is_as_wide_on_every_line() {
    let classes = |text: &str| -> Vec<bool> {
        prepare_plain(text, 0.25)
            .items
            .iter()
            .filter(|item| item.c == ' ')
            .map(|item| item.class == Class::Space)
            .collect()
    };
    assert_eq!(classes("资产总额4 326.5亿元，负债12 187 300元"), [false, false, false]);
    assert_eq!(classes("第4 32页，see page 5 and 6"), [true, true, true, true, true]);
}
