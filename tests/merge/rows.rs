//! One of many reports comes back: its row is found, and what is written goes into the one source, or into the row's data.

use super::desk::{Desk, edited};
use serde_json::{Value, json};
use std::fs;

const REPORT: &str = "\
template: work-report
title: \"{{ each.街道 }}工作报告\"
data: {towns: towns.csv}
body:
  - 我受委托，报告工作，请予审议。
  - heading: 工作回顾
    body:
      - 全年办理提案{{ each.提案 }}件，委员走访企业。
      - \"{{ each.街道 }}持续改善营商环境。\"
";

const TOWNS: &str = "街道,提案\n南街道,12\n北街道,8\n";
const NAME: &str = "{{ each.街道 }}工作报告";

/// The reports of both rows, handed out.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.write("towns.csv", TOWNS);
    let ran =
        desk.run(&["build", "report.yaml", "--each", "towns", "--name", NAME, "--only", "docx", "--handout", "一稿"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    desk
}

/// The file of a row as an editor sends it back.
fn send_back(desk: &Desk, row: &str, name: &str, edits: &[(&str, &str)]) {
    let bytes = fs::read(desk.path(&format!("out/{row}工作报告.docx"))).unwrap();
    let change = |xml: String| {
        edits.iter().fold(xml, |xml, (old, new)| {
            assert!(xml.contains(old), "{old}");
            xml.replacen(old, new, 1)
        })
    };
    fs::write(desk.path(name), edited(&bytes, "word/document.xml", change)).unwrap();
}

#[test]
fn an_edit_goes_into_the_one_source_and_a_figure_into_its_row() {
    let desk = desk();
    send_back(&desk, "南街道", "back.docx", &[("委员走访企业", "委员常态化走访企业"), (">12<", ">15<")]);
    let ran = desk.merge("back.docx", &[]);
    let root: Value = serde_json::from_str(&ran.out).unwrap();
    let row = json!({"list": "towns", "name": NAME, "file": "南街道工作报告", "reports": 2});
    assert_eq!(root["each"], row, "{}", ran.out);
    let told = |kind: &str, status: &str| (kind.to_owned(), status.to_owned());
    assert_eq!(ran.told(), [told("edited", "clean"), told("value", "proposed")], "{}", ran.out);
    let changes = ran.changes();
    assert!(changes[0]["reason"].as_str().unwrap().contains("2 份报告"), "{}", ran.out);
    assert_eq!((&changes[1]["value"]["file"], &changes[1]["value"]["line"]), (&json!("towns.csv"), &json!(2)));
    assert_eq!(desk.merge("back.docx", &["--apply", "--values"]).code, 0);
    assert_eq!(desk.text("report.yaml"), REPORT.replace("委员走访企业", "委员常态化走访企业"));
    assert_eq!(desk.text("towns.csv"), TOWNS.replace("南街道,12", "南街道,15"));
    let again = desk.merge("back.docx", &["--apply", "--values"]);
    assert!(again.told().iter().all(|(_, status)| status == "already"), "{}", again.out);
}

#[test]
fn untouched_files_of_all_rows_have_no_change() {
    let desk = desk();
    for row in ["南街道", "北街道"] {
        send_back(&desk, row, "back.docx", &[]);
        assert_eq!(desk.merge("back.docx", &[]).told(), [], "{row}");
    }
}

#[test]
fn editors_of_two_rows_meet_in_the_one_source() {
    let desk = desk();
    send_back(&desk, "南街道", "a.docx", &[("委员走访企业", "委员常态化走访企业")]);
    send_back(&desk, "北街道", "b.docx", &[("委员走访企业", "委员多次走访企业"), (">8<", ">9<")]);
    let ran = desk.run(&["merge", "a.docx", "b.docx", "report.yaml", "--format", "json", "--apply", "--values"]);
    let mut told = ran.told();
    told.sort();
    let of = |kind: &str, status: &str| (kind.to_owned(), status.to_owned());
    assert_eq!(told, [of("conflict", "conflict"), of("edited", "applied"), of("value", "applied")], "{}", ran.out);
    assert_eq!(ran.code, 3);
    assert_eq!(desk.text("towns.csv"), TOWNS.replace("北街道,8", "北街道,9"));
}

#[test]
fn a_row_that_is_gone_is_told() {
    let desk = desk();
    send_back(&desk, "南街道", "back.docx", &[]);
    desk.write("towns.csv", "街道,提案\n北街道,8\n");
    let ran = desk.run(&["merge", "back.docx", "report.yaml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("南街道工作报告"), "{}", ran.err);
}

#[test]
fn what_is_kept_beside_the_report_knows_its_row_too() {
    let desk = desk();
    send_back(&desk, "北街道", "back.docx", &[("委员走访企业", "委员多次走访企业")]);
    // A program that keeps no parts of others.
    let bytes = fs::read(desk.path("back.docx")).unwrap();
    let bare = edited(&bytes, "customXml/item1.xml", |_| "<none/>".to_owned());
    fs::write(desk.path("back.docx"), bare).unwrap();
    let ran = desk.merge("back.docx", &[]);
    let root: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&root["compared"][0], &root["each"]["file"]),
        (&json!("kept"), &json!("北街道工作报告")),
        "{}",
        ran.out
    );
    assert_eq!(ran.told(), [("edited".to_owned(), "clean".to_owned())]);
}

#[test]
fn a_row_is_marked_against_what_went_out() {
    let desk = desk();
    send_back(&desk, "南街道", "old.docx", &[]);
    desk.write("report.yaml", &REPORT.replace("委员走访企业", "委员常态化走访企业"));
    let ran = desk.run(&["redline", "old.docx", "report.yaml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let reads = desk.reads("out/南街道工作报告-redline.docx");
    assert!(reads.iter().any(|line| line == "全年办理提案12件，委员常态化走访企业。"), "{reads:?}");
}
