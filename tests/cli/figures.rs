//! `dinggao figures`: what it tells of every figure, in every form.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests: what cannot be run fails the test")]

use super::Desk;
use serde_json::Value;

const REPORT: &str = "\
template: work-report
title: 工作报告
data: {work: 工作.csv, figures: figures.yaml}
contents: true
body:
  - heading: 完成投资{{ figures.gdp }}亿元
    body:
      - 总值{{ figures.gdp }}亿元，折合{{ figures.gdp | thousands }}亿元，件数{{ work[0].提案 + work[1].提案 }}件。
      - each: {row: work}
        body: ['{{ row.名称 }}提案{{ row.提案 }}件。']
      - table: {caption: 提案, from: work, columns: [名称, 提案]}
      - 2024年增长3%。
checks:
  - {that: 'sums_to([work[0].提案, work[1].提案], figures.all)', else: 不等}
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("data/report.yaml", REPORT);
    desk.write("data/figures.yaml", "gdp: {value: 1234.50, unit: 亿元, decimals: 2}\nall: 12\n");
    desk.write("data/工作.csv", "名称,提案\n甲镇,5\n乙镇,7\n");
    desk
}

fn json(desk: &Desk, more: &[&str]) -> Value {
    let ran = desk.run(&[&["figures", "data/report.yaml", "--format", "json"], more].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

fn named<'a>(all: &'a Value, name: &str) -> &'a Value {
    let found = all["figures"].as_array().unwrap().iter().find(|f| f["name"] == name);
    found.unwrap_or_else(|| panic!("{name}: {all:#}"))
}

fn texts(figure: &Value) -> Vec<&str> {
    figure["uses"].as_array().unwrap().iter().map(|u| u["text"].as_str().unwrap()).collect()
}

/// The only cell of a row has the same place as the row.
#[test]
fn figures_of_one_column_have_its_name() {
    let desk = desk();
    desk.write("data/工作.csv", "数\n4\n5\n");
    let body = "template: work-report\ntitle: 工作报告\ndata: {work: 工作.csv}\nbody:\n  - 共{{ work[1].数 }}件。\n  - each: {row: work}\n    body: ['{{ row.数 }}件。']\n";
    desk.write("data/report.yaml", body);
    let all = json(&desk, &[]);
    assert_eq!(texts(named(&all, "work[0].数")), ["4"]);
    let second = named(&all, "work[1].数");
    assert_eq!((&second["value"], &second["printed"]), (&5.into(), &"5".into()));
    assert_eq!(texts(second), ["5", "5"]);
}

#[test]
fn every_figure_has_its_place_and_its_uses() {
    let all = json(&desk(), &[]);
    let gdp = named(&all, "figures.gdp");
    assert_eq!(
        (&gdp["value"], &gdp["printed"], &gdp["unit"], &gdp["decimals"]),
        (&1234.5.into(), &"1234.50".into(), &"亿元".into(), &2.into())
    );
    assert_eq!((&gdp["file"], &gdp["line"]), (&"data/figures.yaml".into(), &1.into()));
    // The heading, its line in the contents, and both in the text.
    assert_eq!(texts(gdp), ["1234.50", "1234.50", "1234.50", "1,234.50"]);
    assert!(gdp["uses"].as_array().unwrap().iter().all(|u| u["boxes"].as_array().unwrap().len() == 1), "{gdp:#}");
    let first = named(&all, "work[0].提案");
    assert_eq!((&first["file"], &first["line"], &first["column"]), (&"data/工作.csv".into(), &2.into(), &4.into()));
    assert_eq!(texts(first), ["12", "5", "5"]);
    assert_eq!(first["checks"][0]["status"], "holds");
    let sum = named(&all, "work[0].提案 + work[1].提案");
    assert_eq!(sum["from"], serde_json::json!(["work[0].提案", "work[1].提案"]));
    // What is only checked is told too.
    assert_eq!(named(&all, "figures.all")["uses"].as_array().unwrap().len(), 0);
    // 2 figures in 6 places and a row of the table: 1,234.50 is one number.
    let coverage = &all["coverage"];
    assert_eq!((&coverage["typed"], &coverage["bound"]), (&2.into(), &9.into()), "{coverage:#}");
}

/// What is printed on every page beside the text is printed too.
#[test]
fn figures_of_marks_and_watermarks_have_their_places() {
    let desk = desk();
    let body = "template: work-report\ntitle: 工作报告\ndata: {figures: figures.yaml}\nmark: {text: '第{{ figures.all }}稿', pages: all}\nwatermark: '内部{{ figures.gdp }}，见[@a]'\nbody:\n  - page-break: true\n  - {heading: 甲, id: a}\n  - 乙。\n";
    desk.write("data/report.yaml", body);
    let all = json(&desk, &[]);
    for (name, line) in [("figures.all", true), ("figures.gdp", false)] {
        let uses = named(&all, name)["uses"].as_array().unwrap();
        assert_eq!(uses.iter().map(|u| u["page"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2], "{uses:#?}");
        for place in uses {
            assert_eq!(place["line"].is_u64(), line, "{place:#}");
            let shape = &place["boxes"][0];
            let sides = ["x", "y", "width", "height"].map(|side| shape[side].as_f64().unwrap());
            assert!(sides.iter().all(|side| (1.0..850.0).contains(side)), "{place:#}");
        }
    }
    let people = desk.run(&["figures", "data/report.yaml"]);
    assert!(people.out.contains("第 2 页的水印“1234.50”"), "{people:?}");
    let refused = desk.run(&["figures", "data/report.yaml", "--each", "work"]);
    assert!(refused.code == 2 && refused.err.contains("build"), "{refused:?}");
}

/// A check of a column is no check of the columns beside it; the number of a note is the program's.
#[test]
fn checks_look_at_the_columns_that_they_name() {
    let desk = desk();
    let body = "template: work-report\ntitle: 工作报告\ndata: {d: d.csv}\nbody:\n  - table: {from: d, note: [初步数。, 2023年起。]}\nchecks:\n  - {that: 'sums_to(d, 12, attribute=\"收到\")', else: 不等}\n  - {that: 'd | length == 2', else: 两行}\n";
    desk.write("data/report.yaml", body);
    desk.write("data/d.csv", "名称,提案/收到,提案/立案\n甲镇,5,4\n乙镇,7,6\n");
    let all = json(&desk, &[]);
    let checks = |name: &str| named(&all, name)["checks"].as_array().unwrap().len();
    assert_eq!((checks("d[0][\"提案/收到\"]"), checks("d[0][\"提案/立案\"]"), checks("d[1].名称")), (2, 1, 1));
    // 2023, of the note.
    assert_eq!(all["coverage"]["typed"], 1, "{:#}", all["coverage"]);
}

#[test]
fn changes_are_told_against_every_kind_of_old_state() {
    let desk = desk();
    desk.write("old.json", &format!("{:#}", json(&desk, &[])));
    assert_eq!(desk.run(&["build", "data/report.yaml"]).code, 0);
    desk.write("data/工作.csv", "名称,提案\n甲镇,5\n乙镇,8\n");
    desk.write("data/figures.yaml", "gdp: {value: 1234.50, unit: 亿元, decimals: 2}\nall: 13\n");
    for old in ["old.json", "out/report.docx", "out/report.pdf"] {
        let all = json(&desk, &["--since", old]);
        let changed = all["changed"].as_array().unwrap();
        let names: Vec<&str> = changed.iter().map(|c| c["name"].as_str().unwrap()).collect();
        // The other row takes part in the sum, and is the same.
        let mut wanted = vec!["work[0].提案 + work[1].提案", "work[1].提案"];
        if old == "old.json" {
            wanted.push("figures.all");
        }
        assert_eq!(names.len(), wanted.len(), "{old}: {names:?}");
        assert!(wanted.iter().all(|name| names.contains(name)), "{old}: {names:?}");
        let second = changed.iter().find(|c| c["name"] == "work[1].提案").unwrap();
        assert_eq!((&second["before"], &second["after"]), (&"7".into(), &"8".into()));
        assert_eq!(texts(second), ["13", "8", "8"]);
        assert_eq!((&all["added"], &all["removed"]), (&Value::Array(Vec::new()), &Value::Array(Vec::new())));
    }
}

#[test]
fn a_figure_that_is_the_same_is_told_where_its_formula_is_another() {
    let desk = desk();
    desk.write("old.json", &format!("{:#}", json(&desk, &[])));
    desk.write("data/report.yaml", &REPORT.replace("figures.gdp | thousands", "figures.gdp | round(1)"));
    let all = json(&desk, &["--since", "old.json"]);
    let changed = all["changed"].as_array().unwrap();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!((&changed[0]["name"], texts(&changed[0])), (&"figures.gdp".into(), vec!["1234.5"]));
}

#[test]
fn a_pdf_is_held_against_its_source() {
    let desk = desk();
    assert_eq!(desk.run(&["build", "data/report.yaml"]).code, 0);
    let same = desk.run(&["figures", "out/report.pdf"]);
    assert!(same.code == 0 && same.out.contains("没有变"), "{same:?}");
    desk.write("data/figures.yaml", "gdp: {value: 1234.51, unit: 亿元, decimals: 2}\nall: 12\n");
    let other = desk.run(&["figures", "out/report.pdf", "data/report.yaml"]);
    assert!(other.code == 1 && other.out.contains("[-1234.50-]{+1234.51+}"), "{other:?}");
    desk.write("plain.pdf", "%PDF-1.7\nnothing\n");
    let foreign = desk.run(&["figures", "plain.pdf", "data/report.yaml"]);
    assert!(foreign.code == 1 && foreign.err.contains("D871"), "{foreign:?}");
    let nowhere = desk.run(&["figures", "plain.pdf"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("源文件"), "{nowhere:?}");
}

#[test]
fn figures_are_told_as_a_table_and_as_a_sheet() {
    let desk = desk();
    let csv = desk.run(&["figures", "data/report.yaml", "--format", "csv"]);
    let rows: Vec<&str> = csv.out.lines().collect();
    assert!(rows[0].starts_with("name,value,printed,unit"), "{csv:?}");
    assert!(
        rows.iter().any(|row| row.starts_with("figures.gdp,1234.5,1234.50,亿元,2,data/figures.yaml,1,")),
        "{csv:?}"
    );
    let sheet = desk.command().args(["figures", "data/report.yaml", "--format", "pdf"]).output().unwrap().stdout;
    assert!(sheet.starts_with(b"%PDF-1.7"), "{} bytes", sheet.len());
    let people = desk.run(&["figures", "data/report.yaml", "--coverage"]);
    for line in ["figures.gdp  1234.50亿元  data/figures.yaml:1", "由 work[0].提案、work[1].提案 算出", "手工写的 2024"]
    {
        assert!(people.out.contains(line), "{line}: {}", people.out);
    }
}

#[test]
fn a_value_of_the_command_line_is_a_figure_too() {
    let desk = desk();
    let all = json(&desk, &["--set", "work[0].提案=4", "--set", "figures.all=11"]);
    let first = named(&all, "work[0].提案");
    assert_eq!((&first["file"], &first["value"]), (&"--set".into(), &4.into()));
    assert_eq!(texts(first), ["11", "4", "4"]);
    assert_eq!(texts(named(&all, "work[1].提案")), ["11", "7", "7"]);
    // Alone in its table, which no other figure is of.
    desk.write(
        "only.yaml",
        "template: work-report\ntitle: 报告\ndata: {t: data/工作.csv}\nbody: ['{{ t[0].提案 }}件。']\n",
    );
    let ran = desk.run(&["figures", "only.yaml", "--set", "t[0].提案=4"]);
    assert!(ran.code == 0 && ran.out.contains("t[0].提案  4  --set:1"), "{ran:?}");
}

#[test]
fn errors_of_the_report_are_told_and_nothing_else() {
    let desk = desk();
    desk.write("data/figures.yaml", "gdp: 1\nall: 20\n");
    let ran = desk.run(&["figures", "data/report.yaml", "--format", "json"]);
    let all: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, all["diagnostics"][0]["code"].as_str()), (1, Some("D309")), "{ran:?}");
    let ran = desk.run(&["figures", "data/report.yaml"]);
    assert!(ran.code == 1 && ran.err.contains("D309") && ran.out.is_empty(), "{ran:?}");
}
