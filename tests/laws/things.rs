//! What a reader takes for one thing is on one line, wherever it is printed: numbers, dates, names, in text, cells and notes.

use super::load;
use crate::cases;
use crate::font::fonts;
use dinggao::layout::{LineKind, Page, compose};
use proptest::prelude::*;
use std::fmt::Write as _;

/// A number in one of the ways that reports write them.
fn number() -> impl Strategy<Value = String> {
    let digits = prop_oneof!["[1-9][0-9]{0,5}", "[1-9][0-9]{0,2}(,[0-9]{3}){1,3}", "[1-9][0-9]{0,2}( [0-9]{3}){1,3}"];
    let fraction = prop_oneof![3 => Just(String::new()), 2 => "\\.[0-9]{1,3}"];
    let sign = prop_oneof![6 => Just(""), 1 => Just("-"), 1 => Just("−"), 1 => Just("+"), 1 => Just("±")];
    let behind = prop_oneof![4 => Just(""), 2 => Just("%"), 1 => Just("％"), 1 => Just("‰"), 1 => Just("℃"), 1 => Just(" ℃"), 1 => Just(" %"), 1 => Just(" km"), 1 => Just(" kWh")];
    (sign, digits, fraction, behind)
        .prop_map(|(sign, digits, fraction, behind)| format!("{sign}{digits}{fraction}{behind}"))
}

/// Something that is not divided.
fn thing() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => number(),
        1 => (2000..2030, 1..13, 1..29).prop_map(|(year, month, day)| format!("{year}年{month}月{day}日")),
        1 => (2000..2030, 1..13, 1..29).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        1 => (2000..2030, 1..300).prop_map(|(year, count)| format!("〔{year}〕{count}号")),
        1 => (1000..40000, 1980..2030).prop_map(|(count, year)| format!("GB/T {count}-{year}")),
    ]
}

/// A report with these things in its text, in a table of so many columns and in a note; some of them are bound to the data.
fn report(columns: usize, things: &[(usize, String)], landscape: bool) -> String {
    let mut yaml = "template: work-report\ntitle: 报告\nbody:\n".to_owned();
    let han =
        "深入贯彻落实市委决策部署坚持稳中求进工作总基调全面推进各项事业取得新进展新成效不断提升群众获得感幸福感安全感";
    for (before, thing) in things.iter().take(4) {
        let lead: String = han.chars().cycle().take(20 + before).collect();
        writeln!(yaml, "  - '{lead}{thing}的水平{lead}{thing}的目标[^n]。'").expect("a string");
    }
    writeln!(yaml, "  - heading: '{}{}达到新水平'", &han[..60], things[0].1).expect("a string");
    writeln!(yaml, "    body: [一。]").expect("a string");
    writeln!(yaml, "  - table:\n      caption: '{}{}情况'\n      landscape: {landscape}", &han[..51], things[0].1)
        .expect("a string");
    let heads: Vec<String> = (0..columns).map(|column| format!("第{}项指标", column + 1)).collect();
    writeln!(yaml, "      columns: [{}]\n      rows:", heads.join(", ")).expect("a string");
    for row in 0..things.len().div_ceil(columns) {
        let cell = |column: usize| {
            let (before, thing) = &things[(row * columns + column) % things.len()];
            if column == 0 { format!("'{}约{thing}'", &han[..before % 7 * 3]) } else { format!("'{thing}'") }
        };
        writeln!(yaml, "        - [{}]", (0..columns).map(cell).collect::<Vec<_>>().join(", ")).expect("a string");
    }
    let note: Vec<&str> = things.iter().map(|(_, thing)| thing.as_str()).collect();
    writeln!(yaml, "notes: {{n: '{}。'}}", note.join("的水平，比去年")).expect("a string");
    yaml
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 100, ..cases(24) })]
    #[test]
    fn numbers_dates_and_names_are_on_one_line(
        columns in 2..=30_usize,
        things in prop::collection::vec((0..30_usize, thing()), 30..60),
        landscape in any::<bool>(),
    ) {
        let yaml = report(columns, &things, landscape);
        let (document, template) = load(&yaml);
        let paged = match compose(&document, &template, &fonts()) {
            Ok(paged) => paged,
            // A table that fits the page in no type is refused, and nothing else is.
            Err(said) => {
                prop_assert!(said.iter().all(|told| told.code.0 == "D706"), "{said:?}\n{yaml}");
                prop_assert!(columns > 4, "{said:?}\n{yaml}");
                return Ok(());
            }
        };
        let count = |wanted: fn(LineKind) -> bool, thing: &str| {
            let lines = paged.pages.iter().flat_map(Page::lines).filter(|line| wanted(line.kind));
            lines.map(|line| line.text.matches(thing).count()).sum::<usize>()
        };
        for (_, thing) in things.iter().take(4) {
            prop_assert!(count(|kind| matches!(kind, LineKind::Block(_)), thing) >= 2, "{thing} in the text\n{yaml}");
        }
        for (_, thing) in &things {
            prop_assert!(count(|kind| matches!(kind, LineKind::Cell { .. }), thing) >= 1, "{thing} in a cell\n{yaml}");
            prop_assert!(count(|kind| matches!(kind, LineKind::Note(_)), thing) >= 1, "{thing} in a note\n{yaml}");
        }
        prop_assert!(count(|kind| matches!(kind, LineKind::Caption(_)), &things[0].1) >= 1, "{} in a caption\n{yaml}", things[0].1);
        // No line begins with a mark of a note.
        let torn = paged.pages.iter().flat_map(Page::lines).find(|line| matches!(line.kind, LineKind::Block(_)) && line.text.starts_with('①'));
        prop_assert!(torn.is_none(), "{torn:?}");
    }
}
