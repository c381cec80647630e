//! Figures of the data in an edited text: a change of one is told as such and written where it is defined, never into the text.

use super::desk::Desk;
use serde_json::Value;
use std::fs;

const BODY: &str = "word/document.xml";

const REPORT: &str = "\
template: work-report
title: 测试报告
data: {d: figures.yaml}
checks: [{that: d.filed <= d.received, else: 立案多于收到}]
body:
- 一类{{ d.growth | growth(1) }}。
- 二类共{{ d.filed }}件，收到{{ d.received }}件，三类{{ d.one }}项，四类{{ d.measure }}度，五类{{ d.minus }}度。
- 六类{{ d.day }}日，七类{{ d.time }}开，八类{{ d.phone }}打，九类{{ d.short }}起。
- 文号{{ d.number }}，型号{{ d.model }}，区间{{ d.range }}个，届次{{ d.session }}会，大约{{ d.about }}，次序{{ d.ordinal }}。
- 有**加粗文字**在此，又20件。
- 先甲方{{ d.one }}个，后乙方未见，再看丙方走远。
- 负责人{{ d.who }}同志，占{{ d.share }}%。
- table:
    caption: 表
    columns: [名, 数]
    rows:
    - [子, \"{{ d.measure }}\"]
    - [丑, \"{{ d.day }}\"]
    - [寅, \"{{ d.growth | growth(1) }}\"]
- each: {row: d.rows}
  body:
  - 各乡{{ row.count }}次。
";

const FIGURES: &str = "\
growth: 0.052
filed: 119
received: 126
one: 1
measure: 12.5
minus: -5
day: \"2024-03-05\"
time: \"12:30\"
phone: \"010-12345678\"
short: 1月8日
number: 青政发〔2024〕18号
model: A12B
range: 12～15
session: 第3届
about: 约119件
ordinal: 第三
who: 王伟明
share: 5.2
rows:
- {count: 31}
- {count: 32}
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.write("figures.yaml", FIGURES);
    desk.build();
    desk
}

/// A text with one of the places of some words changed: `at` counts from 0.
fn nth(xml: &str, old: &str, new: &str, at: usize) -> String {
    let (place, _) = xml.match_indices(old).nth(at).unwrap_or_else(|| panic!("{old}"));
    format!("{}{new}{}", &xml[..place], &xml[place + old.len()..])
}

/// Merges with some words between two tags changed.
fn merged(desk: &Desk, edits: &[(&str, &str, usize)], more: &[&str]) -> Vec<Value> {
    desk.edit("back.docx", BODY, |xml| {
        edits.iter().fold(xml, |xml, (old, new, at)| nth(&xml, &format!(">{old}<"), &format!(">{new}<"), *at))
    });
    desk.write("report.yaml", REPORT);
    desk.write("figures.yaml", FIGURES);
    desk.merge("back.docx", more).changes()
}

fn told(changes: &[Value]) -> Vec<(&str, &str)> {
    changes.iter().map(|c| (c["kind"].as_str().unwrap(), c["status"].as_str().unwrap())).collect()
}

/// What was printed, what they made of it, in which of its places, its name, what the data says then.
const CHANGED: &[(&str, &str, usize, &str, &str)] = &[
    ("119", "1190", 0, "d.filed", ""),
    ("119", "99", 0, "d.filed", "filed: 99\n"),
    ("119", "119.5", 0, "d.filed", "filed: 119.5\n"),
    ("119", "12", 0, "d.filed", "filed: 12\n"),
    ("1", "21", 0, "d.one", "one: 21\n"),
    ("1", "1000", 0, "d.one", "one: 1000\n"),
    ("12.5", "12.56", 0, "d.measure", "measure: 12.56\n"),
    ("12.5", "-12.5", 0, "d.measure", "measure: -12.5\n"),
    ("12.5", "15", 1, "d.measure", "measure: 15\n"),
    ("12.5", "112.5", 1, "d.measure", "measure: 112.5\n"),
    ("5.2", "5.25", 0, "d.share", "share: 5.25\n"),
    ("-5", "5", 0, "d.minus", "minus: 5\n"),
    ("-5", "-15", 0, "d.minus", "minus: -15\n"),
    ("2024-03-05", "2024-03-06", 0, "d.day", "day: \"2024-03-06\"\n"),
    ("2024-03-05", "2025-03-15", 1, "d.day", "day: \"2025-03-15\"\n"),
    ("12:30", "12:40", 0, "d.time", "time: \"12:40\"\n"),
    ("010-12345678", "010-12345679", 0, "d.phone", "phone: \"010-12345679\"\n"),
    ("1月8日", "1月9日", 0, "d.short", "short: 1月9日\n"),
    ("青政发〔2024〕18号", "青政发〔2025〕1号", 0, "d.number", "number: 青政发〔2025〕1号\n"),
    ("A12B", "A13B", 0, "d.model", "model: A13B\n"),
    ("A12B", "A12BC", 0, "d.model", "model: A12BC\n"),
    ("第三", "第十三", 0, "d.ordinal", "ordinal: 第十三\n"),
    ("12～15", "12～16", 0, "d.range", "range: 12～16\n"),
    ("第3届", "第4届", 0, "d.session", "session: 第4届\n"),
    ("第3届", "第3期", 0, "d.session", "session: 第3期\n"),
    ("约119件", "约120件", 0, "d.about", "about: 约120件\n"),
    ("王伟明", "老王", 0, "d.who", "who: 老王\n"),
    ("王伟明", "伟明王", 0, "d.who", "who: 伟明王\n"),
    ("32", "33", 0, "d.rows[1].count", "- {count: 33}\n"),
    ("增长5.2%", "增长5.3%", 0, "d.growth | growth(1)", ""),
    ("增长5.2%", "下降15.2%", 1, "d.growth | growth(1)", ""),
];

#[test]
fn a_changed_figure_is_a_change_of_the_data() {
    let desk = desk();
    for &(before, after, at, name, says) in CHANGED {
        let changes = merged(&desk, &[(before, after, at)], &["--apply"]);
        assert_eq!(told(&changes), [("value", "proposed")], "{before} {after}: {changes:?}");
        let value = &changes[0]["value"];
        let found = ["name", "before", "after"].map(|key| value[key].as_str().unwrap());
        assert_eq!(found, [name, before, after]);
        assert_eq!((desk.text("report.yaml"), desk.text("figures.yaml")), (REPORT.to_owned(), FIGURES.to_owned()));
        let changes = merged(&desk, &[(before, after, at)], &["--apply", "--values"]);
        assert_eq!(desk.text("report.yaml"), REPORT, "{before} {after}");
        if says.is_empty() {
            // What is computed, and what a check refuses.
            assert_eq!(told(&changes), [("value", "proposed")], "{before} {after}");
            let reason = changes[0]["reason"].as_str().unwrap();
            assert!(reason.contains("d.growth") || reason.contains("立案多于收到"), "{reason}");
            assert_eq!(desk.text("figures.yaml"), FIGURES);
        } else {
            assert_eq!(told(&changes), [("value", "applied")], "{before} {after}");
            assert!(desk.text("figures.yaml").contains(says), "{says}{}", desk.text("figures.yaml"));
        }
    }
}

/// What is no plain figure of the same form, or is one together with what touches it.
const NOT_PLAIN: &[(&str, &str)] = &[
    ("119", ".5"),
    ("119", "近120"),
    ("119", "120多"),
    ("119", "120\u{a0}"),
    ("119", "120万"),
    ("119", "119万"),
    ("119", "119 亿"),
    ("119", "119余万"),
    ("119", "119‰"),
    ("119", "120-"),
    ("119", "2,468"),
    ("119", "１２０"),
    ("119", "00"),
    ("119", "0120"),
    ("119", "12%"),
    ("119", "12．5"),
    ("119", "13.5.1"),
    ("12.5", ".5"),
    ("12.5", "约13.5"),
    ("-5", "--6"),
    ("-5", "−6"),
    ("A12B", "A１2B"),
];

#[test]
fn what_is_no_plain_figure_is_left_to_people_whole() {
    let desk = desk();
    for &(before, after) in NOT_PLAIN {
        for more in [&["--apply"][..], &["--apply", "--values"]] {
            let changes = merged(&desk, &[(before, after, 0)], more);
            assert_eq!(told(&changes), [("value", "proposed")], "{before} {after}: {changes:?}");
            assert!(changes[0]["reason"].is_string(), "{changes:?}");
            assert_eq!((desk.text("report.yaml"), desk.text("figures.yaml")), (REPORT.to_owned(), FIGURES.to_owned()));
        }
    }
}

#[test]
fn a_figure_and_the_word_beside_it_are_left_to_people_together() {
    let desk = desk();
    let edits = [("119", "110", 0), ("件，收到", "份，收到", 0)];
    let changes = merged(&desk, &edits, &["--apply", "--values"]);
    assert_eq!(told(&changes), [("value", "proposed")], "{changes:?}");
    assert_eq!((desk.text("report.yaml"), desk.text("figures.yaml")), (REPORT.to_owned(), FIGURES.to_owned()));
    // Words that are apart from it go home.
    let edits = [("119", "110", 0), ("个，后乙方未见，再看丙方走远。", "个，后乙方未见，再看丙方走近。", 0)];
    let changes = merged(&desk, &edits, &["--apply", "--values"]);
    assert_eq!(told(&changes), [("value", "applied"), ("edited", "applied")], "{changes:?}");
}

/// Nobody but its own program writes a workbook: the cell is named, whatever its format, and nothing is written anywhere.
#[test]
fn a_figure_of_a_workbook_is_named_with_its_cell() {
    let desk = Desk::new();
    let report = "template: work-report\ntitle: 报告\ndata: {w: b.xlsx}\nbody:\n- 件数{{ w[0].件数 }}件，增长{{ w[0].增速 }}，总量{{ w[0].总量 }}吨，人口{{ w[0].人口 }}人，{{ w[0].日期 }}统计。\n";
    let cells = [
        ("0", "12"),
        ("0.0%", "0.125"),
        ("#,##0", "1234567"),
        ("0!.0,\"万\"", "123456"),
        ("yyyy\"年\"m\"月\"d\"日\"", "45299"),
    ];
    let book = crate::source::workbooks::one_row(&["件数", "增速", "总量", "人口", "日期"], &cells);
    fs::write(desk.path("b.xlsx"), &book).unwrap();
    desk.write("report.yaml", report);
    desk.build();
    for (before, after, cell) in [
        ("12", "15", "A2"),
        ("12.5%", "13.5%", "B2"),
        ("1,234,567", "1,334,567", "C2"),
        ("12.3万", "12.5万", "D2"),
        ("2024年1月8日", "2024年1月9日", "E2"),
    ] {
        desk.edit("back.docx", BODY, |xml| nth(&xml, &format!(">{before}<"), &format!(">{after}<"), 0));
        let changes = desk.merge("back.docx", &["--apply", "--values"]).changes();
        assert_eq!(told(&changes), [("value", "proposed")], "{after}: {changes:?}");
        let value = &changes[0]["value"];
        let place = ["file", "cell", "after"].map(|key| value[key].as_str().unwrap());
        assert_eq!(place, ["b.xlsx[表]", cell, after], "{changes:?}");
        let reason = changes[0]["reason"].as_str().unwrap();
        assert!(["b.xlsx", "“表”", cell, after].iter().all(|word| reason.contains(word)), "{reason}");
        assert_eq!(
            (fs::read(desk.path("b.xlsx")).unwrap(), desk.text("report.yaml")),
            (book.clone(), report.to_owned())
        );
    }
}

#[test]
fn cells_of_a_csv_stay_numbers() {
    let desk = Desk::new();
    let csv = "名,数\n甲,1234\n乙,8\n";
    let report = "template: work-report\ntitle: 报告\ndata: {w: w.csv}\nbody:\n- 甲为{{ w[0].数 }}件。\n- 乙为{{ w[1].数 }}件。\n";
    desk.write("report.yaml", report);
    desk.write("w.csv", csv);
    desk.build();
    for (old, new, says) in [("1234", "1,235", csv), ("8", "8%", csv), ("8", "9", "名,数\n甲,1234\n乙,9\n")] {
        desk.write("w.csv", csv);
        desk.edit("back.docx", BODY, |xml| nth(&xml, &format!(">{old}<"), &format!(">{new}<"), 0));
        let changes = desk.merge("back.docx", &["--apply", "--values"]).changes();
        let status = if says == csv { "proposed" } else { "applied" };
        assert_eq!(told(&changes), [("value", status)], "{old} {new}: {changes:?}");
        assert_eq!((desk.text("report.yaml").as_str(), desk.text("w.csv").as_str()), (report, says));
    }
}

#[test]
fn two_editors_who_give_one_figure_two_values_are_in_conflict() {
    let desk = desk();
    for (name, value) in [("a.docx", "118"), ("b.docx", "117")] {
        desk.edit(name, BODY, |xml| nth(&xml, ">119<", &format!(">{value}<"), 0));
    }
    for more in [&["--apply"][..], &["--apply", "--values"]] {
        desk.write("figures.yaml", FIGURES);
        let ran = desk.run(&[&["merge", "a.docx", "b.docx", "report.yaml", "--format", "json"], more].concat());
        assert_eq!(ran.code, 3, "{}", ran.out);
        let changes = ran.changes();
        let conflict = changes.iter().find(|c| c["status"] == "conflict").unwrap();
        assert!(["base", "theirs", "ours"].iter().all(|side| conflict[side].is_string()), "{conflict}");
        assert_eq!(conflict["sides"].as_array().map(Vec::len), Some(2), "{conflict}");
    }
}

#[test]
fn words_beside_a_figure_are_text() {
    let desk = desk();
    for (old, new, says) in [
        ("119", "119余", "共{{ d.filed }}余件"),
        ("119", "约119", "共约{{ d.filed }}件"),
        ("件，收到", "余件，共收到", "{{ d.filed }}余件，共收到{{ d.received }}"),
    ] {
        let changes = merged(&desk, &[(old, new, 0)], &["--apply"]);
        assert_eq!(told(&changes), [("edited", "applied")], "{old} {new}: {changes:?}");
        assert!(desk.text("report.yaml").contains(says), "{}", desk.text("report.yaml"));
        assert_eq!(desk.text("figures.yaml"), FIGURES);
    }
    let changes = merged(&desk, &[("119", "若干", 0)], &["--apply", "--values"]);
    assert_eq!(told(&changes), [("value", "proposed")]);
    assert_eq!((desk.text("report.yaml"), desk.text("figures.yaml")), (REPORT.to_owned(), FIGURES.to_owned()));
}

#[test]
fn a_figure_moved_within_its_paragraph_stays_one() {
    let desk = desk();
    let changes = merged(
        &desk,
        &[
            ("个，后乙方未见，再看丙方走远。", "后乙方未见，甲方1个，再看丙方走远。", 0),
            ("1", "", 1),
            ("先甲方", "先", 0),
        ],
        &["--apply"],
    );
    assert_eq!(told(&changes), [("edited", "applied")], "{changes:?}");
    assert!(desk.text("report.yaml").contains("- 先后乙方未见，甲方{{ d.one }}个，再看丙方走远。\n"));
}

#[test]
fn figures_that_go_together_are_tried_together() {
    let desk = desk();
    let changes = merged(&desk, &[("119", "219", 0), ("126", "326", 0)], &["--apply", "--values"]);
    assert_eq!(told(&changes), [("value", "applied"), ("value", "applied")], "{changes:?}");
    assert!(desk.text("figures.yaml").contains("filed: 219\nreceived: 326\n"));
    // What a check refuses keeps nothing else from being written.
    let changes = merged(&desk, &[("119", "219", 0), ("12:30", "12:45", 0)], &["--apply", "--values"]);
    assert_eq!(told(&changes), [("value", "proposed"), ("value", "applied")], "{changes:?}");
    assert!(changes[0]["reason"].as_str().unwrap().contains("立案多于收到"));
}

#[test]
fn one_figure_changed_to_two_values_is_left_to_people() {
    let desk = desk();
    let changes = merged(&desk, &[("12.5", "13.5", 0), ("12.5", "14.5", 0)], &["--apply", "--values"]);
    assert_eq!(told(&changes), [("conflict", "conflict"), ("conflict", "conflict")], "{changes:?}");
    assert!(changes.iter().all(|c| ["base", "theirs", "ours"].iter().all(|side| c[side].is_string())), "{changes:?}");
    assert_eq!((desk.text("report.yaml"), desk.text("figures.yaml")), (REPORT.to_owned(), FIGURES.to_owned()));
}

#[test]
fn bold_is_given_and_taken_by_the_character() {
    const BOLD: &str = "<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">";
    let desk = desk();
    for (old, new, says) in [
        (format!("{BOLD}加粗文字"), "<w:r><w:t>加粗文字".to_owned(), "有加粗文字在此"),
        (format!("{BOLD}加粗文字"), format!("<w:r><w:t>加粗</w:t></w:r>{BOLD}文字"), "有加粗**文字**在此"),
        (format!("{BOLD}加粗文字"), format!("{BOLD}加粗</w:t></w:r><w:r><w:t>文字"), "有**加粗**文字在此"),
        ("又20件".to_owned(), format!("又</w:t></w:r>{BOLD}20</w:t></w:r><w:r><w:t>件"), "又**20**件"),
        (
            "在此，又".to_owned(),
            "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>在此</w:t></w:r><w:r><w:t>，又".to_owned(),
            "有**加粗文字在此**，又",
        ),
    ] {
        desk.edit("back.docx", BODY, |xml| nth(&xml, &old, &new, 0));
        desk.write("report.yaml", REPORT);
        let changes = desk.merge("back.docx", &["--apply"]).changes();
        assert_eq!(told(&changes), [("format", "applied")], "{says}: {changes:?}");
        assert!(desk.text("report.yaml").contains(says), "{says}: {}", desk.text("report.yaml"));
    }
}

#[test]
fn errors_have_their_places() {
    let desk = desk();
    desk.write("figures.yaml", &FIGURES.replace("filed: 119", "filed: 319"));
    let ran = desk.merge("out/report.docx", &[]);
    let root: Value = serde_json::from_str(&ran.out).unwrap();
    let told = &root["diagnostics"][0];
    assert_eq!(ran.code, 1);
    assert_eq!((told["severity"].as_str(), told["line"].as_u64()), (Some("error"), Some(4)), "{}", ran.out);
    assert!(told["file"].as_str().unwrap().ends_with("report.yaml") && told["column"].is_u64());
    let ran = desk.run(&["merge", "out/report.docx", "report.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
}
