//! Paragraphs that were joined, written anew or put in one after the other, and sentences beside a conflict.

use super::desk::Desk;
use super::hand::Hand;
use serde_json::Value;

const REPORT: &str = "\
template: work-report
title: 报告
data: {d: d.yaml}
body:
  - \"第一段带引号的文字在这里。\"
  - >-
    第二段折行的文字，推动海洋立体式综合
    开发，带动产业链做大做强。
  - 全年办理{{ d.n }}件，群众反映的问题得到解决。
  - 经济运行稳中向好态势。
  - table:
      id: t
      caption: 提案情况
      columns: [类别, 件数]
      rows:
        - [甲县, 1]
  - 提案工作扎实推进，情况见[@t]。
";

fn desk(edit: impl FnOnce(&mut Hand)) -> Desk {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.write("d.yaml", "n: 12\n");
    desk.build();
    desk.hand("back.docx", false, edit);
    desk
}

fn told(changes: &[Value]) -> Vec<(&str, &str)> {
    changes.iter().map(|c| (c["kind"].as_str().unwrap(), c["status"].as_str().unwrap())).collect()
}

#[test]
fn folds_are_no_spaces_in_a_quoted_paragraph() {
    let desk = desk(|h| h.joined("第一段带引号"));
    let changes = desk.merge("back.docx", &["--apply"]).changes();
    assert_eq!(told(&changes), [("merged", "applied")], "{changes:?}");
    let says = "\"第一段带引号的文字在这里。第二段折行的文字，推动海洋立体式综合开发，带动产业链做大做强。\"";
    assert!(desk.text("report.yaml").contains(says), "{}", desk.text("report.yaml"));
}

#[test]
fn a_paragraph_written_anew_keeps_its_figure_bound() {
    let desk = desk(|h| {
        h.without("群众反映的问题");
        h.behind("推动海洋", "一年来我们用心用情，共受理并办结12件各类来信来访。");
    });
    let changes = desk.merge("back.docx", &["--apply"]).changes();
    assert!(told(&changes).iter().all(|(_, status)| *status == "applied"), "{changes:?}");
    let says = "共受理并办结{{ d.n }}件各类来信来访";
    assert!(desk.text("report.yaml").contains(says), "{}", desk.text("report.yaml"));
}

#[test]
fn a_sentence_beside_a_conflict_over_a_figure_is_left_whole() {
    let desk = desk(|h| {
        h.words("件，群众反映的问题得到解决", "项，群众反映的问题全部解决");
    });
    desk.write("d.yaml", "n: 15\n");
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!((told(&ran.changes()), ran.code), (vec![("conflict", "conflict")], 3), "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), REPORT);
}

#[test]
fn paragraphs_applied_one_by_one_stand_in_their_order() {
    let names = ["丙：新的一段排在最前。", "甲：新的一段排在中间。", "乙：新的一段排在最后。"];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let desk = desk(|h| {
            names.iter().rev().for_each(|name| h.behind("经济运行稳中", name));
        });
        for at in order {
            let changes = desk.merge("back.docx", &[]).changes();
            let id = changes.iter().find(|c| c["after"] == names[at]).unwrap()["id"].as_str().unwrap().to_owned();
            let ran = desk.merge("back.docx", &["--apply", "--only", &id]);
            assert_eq!(told(&ran.changes()), [("inserted", "applied")], "{order:?}: {}", ran.out);
        }
        let source = desk.text("report.yaml");
        let places: Vec<usize> = names.iter().map(|name| source.find(name).unwrap()).collect();
        assert!(places.is_sorted(), "{order:?}: {source}");
    }
}
