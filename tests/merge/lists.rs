//! Lists within lists, and pictures that float: edits come home to their place, whatever list or page it is in.

use super::desk::{Desk, floating, like, paragraph};

const REPORT: &str = "\
# 列表
template: work-report
title: 报告
body:
  - 各项工作如下：
  - list:
      - 甲项工作。
      - text: 乙项工作：
        list:
          - 乙项之一；
          - 乙项之二。
      - 丙项工作。
  - list:
      ordered: true
      items:
        - 子项。
        - {text: 丑项：, list: {ordered: true, items: [丑项之一；, 丑项之二。]}}
  - 以上各项，年底前完成。
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.build();
    desk
}

/// An edit of the Word file, what is told of it, and lines of the source afterwards.
type ListCase = (fn(String) -> String, (&'static str, &'static str), &'static str);

fn behind(xml: &str, says: &str, new: &str, styled: &str) -> String {
    let more = like(&xml[paragraph(xml, styled)], new);
    let end = paragraph(xml, says).end;
    format!("{}{more}{}", &xml[..end], &xml[end..])
}

fn without(xml: &str, says: &str) -> String {
    let place = paragraph(xml, says);
    format!("{}{}", &xml[..place.start], &xml[place.end..])
}

const CASES: [ListCase; 7] = [
    (|x| x.replace("乙项之一", "乙项之首"), ("edited", "applied"), "          - 乙项之首；\n"),
    (|x| x.replace("乙项工作", "乙项任务"), ("edited", "applied"), "      - text: 乙项任务：\n        list:\n"),
    (|x| x.replace("丑项之二", "丑项之末"), ("edited", "applied"), "items: [丑项之一；, 丑项之末。]"),
    (
        |x| behind(&x, "乙项之二", "乙项之三。", "乙项之二"),
        ("inserted", "applied"),
        "乙项之二。\n          - 乙项之三。\n",
    ),
    (|x| behind(&x, "乙项之二", "新的一项。", "丙项工作"), ("inserted", "applied"), "乙项之二。\n      - 新的一项。\n"),
    (|x| behind(&x, "丑项：", "丑项之首；", "丑项之一"), ("inserted", "applied"), "items: [丑项之首；, 丑项之一；"),
    (|x| without(&x, "乙项之一"), ("deleted", "applied"), "        list:\n          - 乙项之二。\n"),
];

#[test]
fn edits_of_items_come_home() {
    for (edit, (kind, status), says) in CASES {
        let desk = desk();
        desk.edit("back.docx", "word/document.xml", edit);
        let ran = desk.merge("back.docx", &["--apply"]);
        assert_eq!(ran.told(), [(kind.to_owned(), status.to_owned())], "{says}: {}", ran.out);
        let source = desk.text("report.yaml");
        assert!(source.contains(says), "{says}\n{source}");
        desk.build();
        assert_eq!(desk.reads("out/report.docx"), desk.reads("back.docx"), "{says}");
        assert_eq!(desk.merge("out/report.docx", &[]).told().len(), 0, "{says}");
    }
}

/// An item that others are below is not taken out from above them.
#[test]
fn an_item_with_others_below_stays() {
    let desk = desk();
    assert_eq!(desk.merge("out/report.docx", &[]).told().len(), 0);
    desk.edit("back.docx", "word/document.xml", |x| without(&x, "乙项工作"));
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!(ran.told(), [("deleted".to_owned(), "proposed".to_owned())], "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), REPORT);
}

/// A Word file with lists within lists becomes a report with the same.
#[test]
fn lists_are_drafted_with_their_levels() {
    let desk = desk();
    let ran = desk.run(&["new", "draft", "--from", "out/report.docx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let draft = desk.text("draft/report.yaml");
    for says in ["- text: 乙项工作：\n", "          list:\n", "- 丑项之二。\n"] {
        assert!(draft.contains(says), "{says}\n{draft}");
    }
    assert_eq!(draft.matches("list:").count(), 4, "{draft}");
    assert_eq!(draft.matches("ordered: true").count(), 2, "{draft}");
}

/// What is put in behind a picture that floats, and its caption, comes behind the text that passed it; elsewhere, behind the text above it.
#[test]
fn paragraphs_beside_what_floats_come_home_to_their_place() {
    for (above, says) in [
        (">位置图<", "  - 后文二：也是一段。\n  - 新的一段。\n"),
        ("后文二", "  - 后文二：也是一段。\n  - 新的一段。\n"),
        ("后文一", "  - 后文一：短短一段。\n  - 新的一段。\n"),
        ("前文2", "年底前全部完成。\n  - 新的一段。\n  - 前文3："),
    ] {
        let desk = floating();
        desk.edit("back.docx", "word/document.xml", |xml| behind(&xml, above, "新的一段。", "后文二"));
        let ran = desk.merge("back.docx", &["--apply"]);
        assert_eq!(ran.told(), [("inserted".to_owned(), "applied".to_owned())], "{above}: {}", ran.out);
        let source = desk.text("report.yaml");
        assert!(source.contains(says), "{above}\n{source}");
    }
}
