//! `dinggao build --each`: a report for every row.

use super::Desk;

const REPORT: &str = "\
template: work-report
title: '{{ each.街道 }}工作报告'
data: {towns: towns.csv}
body:
  - 收到提案{{ each.提案 }}件，占{{ (each.提案 / (towns | sum(\"提案\")) * 100) | round(1) }}%。
  - '每件{{ (100 / each.提案) | round(1) }}天。'
";

fn desk(table: &str) -> Desk {
    let desk = Desk::new();
    desk.write("data/report.yaml", REPORT);
    desk.write("data/towns.csv", table);
    desk
}

const ROWS: &str = "街道,提案\n甲,5\n乙,7\n丙,8\n丁,12\n";
const NAME: [&str; 4] = ["--each", "towns", "--name", "{{ each.街道 }}工作报告"];

#[test]
fn every_row_is_a_report_as_if_it_were_the_only_one() {
    let desk = desk(ROWS);
    let ran = desk.run(&[&["build", "data/report.yaml", "--jobs", "3"], &NAME[..]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(ran.out.contains("4 份") && ran.out.contains("共 4 页"), "{ran:?}");
    let names: Vec<String> = desk.names("out").into_iter().filter(|name| name.contains("报告")).collect();
    assert_eq!(names.len(), 8, "{names:?}");
    // The same bytes on one thread, and in parts.
    for part in ["1/2", "2/2"] {
        let more = ["build", "data/report.yaml", "--jobs", "1", "--out", "parts", "--shard", part];
        let ran = desk.run(&[&more, &NAME[..]].concat());
        assert!(ran.code == 0 && ran.out.contains("2 份"), "{ran:?}");
    }
    for name in &names {
        assert_eq!(desk.read(&format!("out/{name}")), desk.read(&format!("parts/{name}")), "{name}");
    }
    // Each PDF tells of which row it is, and is held against that.
    let told = desk.run(&["figures", "out/乙工作报告.pdf", "data/report.yaml"]);
    assert!(told.code == 0 && told.out.contains("都没有变"), "{told:?}");
    desk.write("data/towns.csv", &ROWS.replace("乙,7", "乙,9"));
    let told = desk.run(&["figures", "out/乙工作报告.pdf", "data/report.yaml", "--format", "json"]);
    assert!(told.code == 1 && told.out.contains("\"towns[1].提案\"") && told.out.contains("\"each\""), "{told:?}");
    desk.write("data/towns.csv", &ROWS.replace("乙,7", "戊,7"));
    let told = desk.run(&["figures", "out/乙工作报告.pdf", "data/report.yaml"]);
    assert!(told.code == 1 && told.err.contains("没有名为“乙工作报告”的一行"), "{told:?}");
}

/// What is the same for all rows is told once, the rest with its rows; nothing is written.
#[test]
fn every_row_is_checked() {
    let desk = desk("街道,提案\n甲,5\n乙，，,7\n丙,0\n");
    let report = REPORT.replace("body:\n", "body:\n  - 一，，二。\n  - '{{ each.街道 }}'\n");
    desk.write("data/report.yaml", &report);
    let ran = desk.run(&[&["check", "data/report.yaml", "--format", "json"], &NAME[..]].concat());
    assert_eq!(ran.code, 1, "{ran:?}");
    let all: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let told = |code: &str| -> Vec<String> {
        let all = all["diagnostics"].as_array().unwrap().iter().filter(|d| d["code"] == code);
        all.map(|d| d["message"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(told("D304"), ["第 3 行“丙工作报告”：除数是 0"]);
    assert!(told("D901").iter().any(|said| said.starts_with("第 1 行")), "{all:#}");
    assert!(!desk.names(".").contains(&"out".to_owned()), "{:?}", desk.names("."));
    desk.write("data/towns.csv", ROWS);
    let ran = desk.run(&[&["check", "data/report.yaml"], &NAME[..]].concat());
    assert!(ran.code == 0 && ran.err.matches("D901").count() == 1 && !ran.err.contains("第 1 行"), "{ran:?}");
    let ran = desk.run(&["check", "data/report.yaml"]);
    assert!(ran.code == 1 && ran.err.contains("--each"), "{ran:?}");
}

/// Two parts that run at the same time into one folder give what one run gives, as an indexed job of a cluster does.
#[test]
fn parts_side_by_side_give_the_same_set_as_one_run() {
    let rows: Vec<String> = (1..=9).map(|row| format!("街{row},{}", row + 3)).collect();
    let desk = desk(&format!("街道,提案\n{}\n", rows.join("\n")));
    let whole = desk.run(&[&["build", "data/report.yaml", "--out", "whole"], &NAME[..]].concat());
    assert_eq!(whole.code, 0, "{whole:?}");
    let start = |index: usize| {
        // As the manifests in the documents count: from 0 in Kubernetes, plus one.
        let part = format!("{}/2", index + 1);
        let arguments = [&["build", "data/report.yaml", "--out", "parts", "--shard", &part], &NAME[..]].concat();
        desk.command().args(arguments).stdout(std::process::Stdio::null()).spawn().unwrap()
    };
    let mut parts = [start(0), start(1)];
    assert!(parts.iter_mut().all(|part| part.wait().unwrap().success()));
    let names = desk.names("whole");
    assert_eq!(names.len(), 18, "{names:?}");
    assert_eq!(names, desk.names("parts"));
    for name in names {
        assert!(desk.read(&format!("whole/{name}")) == desk.read(&format!("parts/{name}")), "{name}");
    }
}

#[test]
fn a_row_that_fails_leaves_the_others() {
    let desk = desk("街道,提案\n甲,5\n乙,0\n丙,8\n");
    let ran = desk.run(&[&["build", "data/report.yaml"], &NAME[..]].concat());
    assert!(ran.code == 1 && ran.out.contains("2 份") && ran.out.contains("1 份没有生成"), "{ran:?}");
    assert!(ran.err.contains("第 2 行“乙工作报告”没有生成") && ran.err.contains("除数是 0"), "{ran:?}");
    let names = desk.names("out");
    assert!(
        names.contains(&"丙工作报告.docx".to_owned()) && !names.contains(&"乙工作报告.pdf".to_owned()),
        "{names:?}"
    );
}

#[test]
fn names_are_sound_before_anything_is_written() {
    for (table, name, says) in [
        ("街道,提案\nAb,5\naB,7\n", "each.街道", "第 1 行和第 2 行的文件名相同"),
        ("街道,提案\n甲,5\n\"\",7\n", "each.街道 | default('')", "第 2 行的文件名是空的"),
        ("街道,提案\n甲/乙,5\n", "each.街道", "像是路径"),
        ("街道,提案\n..,5\n", "each.街道", "像是路径"),
        ("街道,提案\n甲,5\n", "each.街", "没有“街”"),
        ("街道,提案\n甲,5\n", "{{ each.街道 }", "不成对"),
        ("街道,提案\n甲,5\n", "{{ each.街道", "不成对"),
        ("街道,提案\n甲,5\n", "{{ each.街道 }}报告}}", "不成对"),
    ] {
        let desk = desk(table);
        let ran = desk.run(&["build", "data/report.yaml", "--each", "towns", "--name", name]);
        assert!(ran.code == 1 && ran.err.contains(says), "{name}: {ran:?}");
        assert!(!desk.path("out").exists(), "{name}");
    }
    let desk = desk(ROWS);
    for wrong in [
        &["--each", "towns"][..],
        &["--name", "x"],
        &["--each", "towns", "--name", "each.街道", "--shard", "3/2"],
        &["--each", "towns", "--name", "each.街道", "--shard", "0/2"],
        &["--each", "towns", "--name", "each.街道", "--layout", "l.json"],
    ] {
        let ran = desk.run(&[&["build", "data/report.yaml"], wrong].concat());
        assert!(ran.code == 2, "{wrong:?}: {ran:?}");
    }
    let ran = desk.run(&["build", "data/report.yaml", "--each", "towns[0].提案", "--name", "each"]);
    assert!(ran.code == 1 && ran.err.contains("--each 要写列表的名称"), "{ran:?}");
}

#[test]
fn what_is_wrong_with_every_row_is_told_once() {
    let desk = desk(ROWS);
    desk.write("data/report.yaml", &REPORT.replace("body:", "bodi:"));
    let ran = desk.run(&[&["build", "data/report.yaml"], &NAME[..]].concat());
    assert!(ran.code == 1 && ran.err.matches("bodi").count() <= 4 && !desk.path("out").exists(), "{ran:?}");
}
