//! Reports of several files and of rows of data: what one place of the source prints in several is not changed for all of them, and
//! what is written keeps every heading at its level.

use super::desk::{Desk, like, paragraph};
use std::fs;

const REPORT: &str = "\
template: work-report
title: 综合报告
data: {towns: towns.csv}
body:
  - 开头的一段话，说明来由。
  - heading: 各镇情况
    body:
      - each: {town: towns}
        body:
          - heading: \"{{ town.名称 }}\"
            body:
              - \"全镇办理提案{{ town.件数 }}件。\"
              - 本镇工作总体平稳。
      - if: 2 > 1
        body: [全年任务较重，要加强协作。]
        else: [全年任务不多。]
      - 各镇情况就是这些。
  - heading: 括号里的一节
    body: [括号里的一段文字。]
  - include: part.yaml
  - heading: 最后一节
    body:
      - 最后的一段文字。
";
const PART: &str = "- heading: 另一个文件\n  body:\n    - 另一个文件里的一段。\n";
const TOWNS: &str = "名称,件数\n甲镇,41\n乙镇,52\n";

/// An edit of the Word file, what is told of it, lines of the source afterwards; none: the source stays.
type ComposedCase =
    (&'static str, fn(String) -> String, &'static [(&'static str, &'static str)], &'static [&'static str]);

fn behind(xml: &str, says: &str, new: &str) -> String {
    let place = paragraph(xml, says);
    format!("{}{}{}", &xml[..place.end], like(&xml[place.clone()], new), &xml[place.end..])
}

fn without(xml: &str, says: &str) -> String {
    let place = paragraph(xml, says);
    format!("{}{}", &xml[..place.start], &xml[place.end..])
}

const PROPOSED: &[(&str, &str)] = &[("edited", "proposed")];

const CASES: [ComposedCase; 9] = [
    ("text of one row", |x| x.replacen("本镇工作总体平稳", "本镇工作平稳有序", 1), PROPOSED, &[]),
    (
        "text of all rows",
        |x| x.replace("本镇工作总体平稳", "本镇工作平稳有序"),
        &[("edited", "applied"), ("edited", "applied")],
        &["              - 本镇工作平稳有序。\n"],
    ),
    (
        "a paragraph below one row",
        |x| behind(&x, "本镇工作总体平稳", "甲镇新写的一段。"),
        &[("inserted", "proposed")],
        &[],
    ),
    ("a paragraph of one row out", |x| without(&x, "本镇工作总体平稳"), &[("deleted", "proposed")], &[]),
    ("a paragraph of a condition out", |x| without(&x, "全年任务较重"), &[("deleted", "proposed")], &[]),
    (
        "a paragraph before a section in brackets",
        |x| behind(&x, "各镇情况就是这些", "新写的一段。"),
        &[("inserted", "applied")],
        &[
            "就是这些。\n      - 新写的一段。\n  - heading: 括号里的一节\n    body: [括号里的一段文字。]\n  - include: part.yaml\n",
        ],
    ),
    (
        "a paragraph before other sections out",
        |x| without(&x, "各镇情况就是这些"),
        &[("deleted", "applied")],
        &[
            "else: [全年任务不多。]\n  - heading: 括号里的一节\n    body: [括号里的一段文字。]\n  - include: part.yaml\n",
        ],
    ),
    (
        "a paragraph of another file",
        |x| behind(&x, "另一个文件里的一段", "那里的新段落。"),
        &[("inserted", "applied")],
        &["    - 另一个文件里的一段。\n    - 那里的新段落。\n"],
    ),
    (
        "a section in brackets elsewhere",
        |x| {
            let first = paragraph(&x, "括号里的一节");
            let section = first.start..paragraph(&x, "括号里的一段").end;
            let moved = format!("{}{}", &x[..section.start], &x[section.end..]);
            let end = paragraph(&moved, "最后的一段").end;
            format!("{}{}{}", &moved[..end], &x[section], &moved[end..])
        },
        &[("moved", "proposed")],
        &[],
    ),
];

#[test]
fn what_is_printed_in_several_places_is_not_changed_for_one() {
    let desk = Desk::new();
    desk.write("part.yaml", PART);
    desk.write("towns.csv", TOWNS);
    desk.write("report.yaml", REPORT);
    desk.build();
    let mut wrong = Vec::new();
    for (name, edit, told, wanted) in CASES {
        desk.edit("back.docx", "word/document.xml", edit);
        let ran = desk.merge("back.docx", &["--apply"]);
        let source = format!("{}{}", desk.text("report.yaml"), desk.text("part.yaml"));
        let told: Vec<(String, String)> = told.iter().map(|(k, s)| ((*k).to_owned(), (*s).to_owned())).collect();
        if ran.told() != told {
            wrong.push(format!("{name}: told {:?}\n{}", ran.told(), ran.out));
        }
        if wanted.is_empty() && source != format!("{REPORT}{PART}") {
            wrong.push(format!("{name}: changed\n{source}"));
        }
        wrong.extend(wanted.iter().filter(|w| !source.contains(**w)).map(|w| format!("{name}: {w:?}\n{source}")));
        fs::write(desk.path("report.yaml"), REPORT).unwrap();
        fs::write(desk.path("part.yaml"), PART).unwrap();
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
