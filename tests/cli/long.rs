//! Text that is longer than its place: never off the page, never over other text, and never slow.

use super::Desk;
use std::time::{Duration, Instant};

#[test]
fn text_that_leaves_its_place_is_refused() {
    let desk = Desk::new();
    let many = |count: usize| "字".repeat(count);
    let document = |key: &str, text: &str| {
        let mut keys = vec![
            ("authority", "甲"),
            ("number", "甲〔2024〕1号"),
            ("title", "数"),
            ("office", "办"),
            ("printed", "2024年1月1日"),
        ];
        keys.retain(|(name, _)| *name != key);
        let keys: Vec<String> = keys.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        format!("template: official-document\n{}\n{key}: {text}\nbody: [一]\n", keys.join("\n"))
    };
    let report = |body: &str| format!("template: work-report\ntitle: 数\nbody:\n{body}\n");
    let chart = |categories: &str| {
        report(&format!(
            "  - chart: {{kind: bar, caption: 图, categories: [{categories}], series: [{{name: 数, values: [{}]}}]}}",
            vec!["1"; categories.split(',').count()].join(", ")
        ))
    };
    let thousand: Vec<String> = (0..1000).map(|n| format!("c{n}")).collect();
    for (name, text, code) in [
        ("dashes", report(&format!("  - 签字：{}完", "—".repeat(40))), "D707"),
        ("title", format!("template: work-report\ntitle: {}\nbody: [一]\n", many(1000)), "D707"),
        ("long-title", format!("template: work-report\ntitle: {}\nbody: [一]\n", many(20_000)), "D707"),
        ("caption", report(&format!("  - table: {{caption: {}, columns: [甲], rows: [[1]]}}", many(1000))), "D707"),
        ("number", document("number", &many(200)), "D707"),
        ("copies", document("copies-to", &many(1500)), "D707"),
        ("authority", document("authority", &many(20_000)), "D709"),
        ("categories", chart(&thousand.join(", ")), "D705"),
        ("name", chart(&many(1000)), "D705"),
    ] {
        let file = format!("{name}.yaml");
        desk.write(&file, &text);
        let begin = Instant::now();
        let ran = desk.run(&["build", &file]);
        assert!(ran.code == 1 && ran.err.contains(code) && ran.err.contains(&file), "{name}: {ran:?}");
        // A debug build on a busy machine; unbounded work does not end.
        assert!(begin.elapsed() < Duration::from_mins(4), "{name}: {:?}", begin.elapsed());
    }
    assert_eq!(desk.names("out"), [""; 0]);
}

/// What is no part of the text has no footnotes: its note would be printed nowhere.
#[test]
fn a_note_that_no_page_has_is_refused() {
    let desk = Desk::new();
    let text = "template: work-report
title: 报告
cover: {subtitle: \"征求意见稿[^b]\"}
contents: {title: \"目录[^c]\"}
mark: {text: \"草稿[^e]\", pages: all}
body: [{heading: 章, body: [\"文。[^d]\"]}]
notes: {b: 这是注乙。, c: 这是注丙。, d: 这是注丁。, e: 这是注戊。}
";
    desk.write("report.yaml", text);
    let ran = desk.run(&["check", "report.yaml", "--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let told: Vec<&str> = ["“b”", "“c”", "“d”", "“e”"].into_iter().filter(|name| ran.out.contains(name)).collect();
    assert_eq!((told, ran.out.matches("D704").count()), (vec!["“b”", "“c”", "“e”"], 3), "{}", ran.out);
    desk.write("report.yaml", &text.replace("[^b]", "").replace("[^c]", "").replace("[^e]", ""));
    assert_eq!(desk.run(&["check", "report.yaml"]).code, 0);
}
