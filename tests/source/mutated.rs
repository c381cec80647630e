//! Property tests: no input makes reading panic, and reading is deterministic.

use crate::cases;
use dinggao::diagnostic::{Language, render_human, render_json};
use dinggao::source::{InputOptions, load};
use proptest::prelude::*;

use super::memory::Memory;

const REPORT: &str = "template: work-report\ntitle: [标题, 工作报告]\noccasion: 2024年1月8日\ndata: {d: d.yaml, c: c.csv}\nnumbering: {1: none}\nbody:\n  - salutation: 各位：\n  - >-\n    折行的**强调**文字\n    {{ (d.a / d.b) | round(1) }}[^n]\n  - heading: \"一\\u4e8c\"\n    id: x\n    body:\n      - point: 要点。\n        text: 'it''s'\n      - table: {caption: 表, columns: [甲, 乙], rows: [[1, ~], [{text: 宽, columns: 2}]]}\n      - table: {from: c}\n      - chart: {kind: line, caption: 图, unit: 件, categories: [一, \"{{ d.b }}\"], series: [{name: 数, values: [1.5, \"{{ d.a }}\"]}, {name: 又, values: [-2, 3]}]}\n      - chart: {kind: pie, from: c, series: [甲]}\n      - {text: \"见[@t]\\\\*\", id: y}\n  - table: {caption: 二, from: c}\n    id: t\nchecks: [{that: d.a <= d.b, else: 不对}]\nnotes: {n: 注。}\n";
const DATA: &str = "a: 1.50\nb: 3\nc: {d: [1, 2, {e: 2024-01-08}]}\n";
const CSV: &str = "甲,乙\n1,\"二,三\"\n4,5\n";

/// Pieces that YAML, expressions and inline syntax take notice of.
const PIECES: [&str; 32] = [
    "{{", "}}", "**", "[@", "[^", "]", "\\", "\"", "'", "\n", "\n  ", "\t", ": ", "- ", "&a ", "*a", "|\n", ">-\n",
    "#", "{", "}", "[", ",", "1e999", "\u{feff}", "\u{0}", "𠀀", "…", "| sum", ".x", "-1", "<<: ",
];

fn files(report: &str, data: &str, csv: &str) -> Memory {
    let mut world = Memory::default();
    for (name, text) in [("report.yaml", report), ("d.yaml", data), ("c.csv", csv)] {
        world.files.insert(format!("/case/{name}").into(), text.as_bytes().to_vec());
    }
    world
}

/// A text with pieces put in, or stretches cut out, at places given as shares of its length.
fn mutate(text: &str, edits: &[(f64, usize, usize)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (share, piece, cut) in edits {
        let at = (share * chars.len() as f64) as usize;
        let end = (at + cut).min(chars.len());
        chars.splice(at..end, PIECES[piece % PIECES.len()].chars());
    }
    chars.into_iter().collect()
}

#[test]
fn the_unchanged_report_is_right() {
    let world = files(REPORT, DATA, CSV);
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    assert!(loaded.outcome.is_ok(), "{}", render_human(&loaded.diagnostics, &loaded.sources, Language::Chinese, false));
}

proptest! {
    #![proptest_config(cases(400))]
    #[test]
    fn nothing_panics(
        report in prop::collection::vec((0.0..1.0, 0_usize..32, 0_usize..6), 0..5),
        data in prop::collection::vec((0.0..1.0, 0_usize..32, 0_usize..4), 0..3),
        csv in prop::collection::vec((0.0..1.0, 0_usize..32, 0_usize..3), 0..3),
    ) {
        let world = files(&mutate(REPORT, &report), &mutate(DATA, &data), &mutate(CSV, &csv));
        let options = InputOptions { advice: true, ..InputOptions::default() };
        let once = load(&world, "/case/report.yaml".as_ref(), &options);
        let again = load(&world, "/case/report.yaml".as_ref(), &options);
        // Shown, every place must lie in its file.
        for language in [Language::Chinese, Language::English] {
            let shown = render_human(&once.diagnostics, &once.sources, language, false);
            prop_assert_eq!(shown, render_human(&again.diagnostics, &again.sources, language, false));
        }
        let json = render_json(&once.diagnostics, &once.sources, Language::Chinese);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
        prop_assert_eq!(once.outcome, again.outcome);
    }
}
