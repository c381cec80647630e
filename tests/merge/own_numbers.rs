//! Texts that begin with what looks like their own number, marks of notes in cells, and lists that are cut and pasted as a whole.

use super::desk::{Desk, paragraph};

const ARTICLES: &str = "\
template: regulation
title: 办法
data: figures.yaml
body:
  - heading: 第一章程
    body:
      - point: 为了规范管理，制定本办法。
      - point: 第二条规定的办法，适用本条。
      - list: {ordered: true, items: [（一）项所称的单位；, 其他单位。]}
      - point: 第{{ n }}条。
";
const COUNTS: &str = "\
template: work-report
title: 报告
body:
  - heading: 一、二季度情况
    body:
      - point: 一是一，二是二。
      - list: {ordered: true, items: [1.中的各项；, 其他。]}
      - table: {caption: 表, columns: [类, 数], rows: [[甲, 1]]}
      - table: {caption: 表2续, columns: [类, 数], rows: [[乙, 1]]}
";

/// A report, words in it and what an editor made of them, and what the source says then.
const OWN: [(&str, &str, &str, &str); 11] = [
    (ARTICLES, "规定的办法，", "规定的暂行办法，", "- point: 第二条规定的暂行办法，适用本条。\n"),
    (ARTICLES, "第二条规定", "前条规定", "- point: 前条规定的办法，适用本条。\n"),
    (ARTICLES, "为了规范", "第一条为了规范", "- point: 第一条为了规范管理，制定本办法。\n"),
    (ARTICLES, "第一章程", "章程", "- heading: 章程\n"),
    (ARTICLES, "（一）项所称", "所称", "items: [所称的单位；, 其他单位。]"),
    (ARTICLES, "（一）项所称", "（一）项中所称", "items: [（一）项中所称的单位；, 其他单位。]"),
    (COUNTS, "一、二季度", "一、三季度", "- heading: 一、三季度情况\n"),
    (COUNTS, "一是一，二", "一是二，二", "- point: 一是二，二是二。\n"),
    (COUNTS, "1.中的", "1.里的", "items: [1.里的各项；, 其他。]"),
    (COUNTS, ">表</w:t></w:r><w:bookmarkEnd", ">表格</w:t></w:r><w:bookmarkEnd", "caption: 表格, columns"),
    (COUNTS, "表2续<", "表2（续）<", "caption: 表2（续）, columns"),
];

fn desk(report: &str) -> Desk {
    let desk = Desk::new();
    desk.write("figures.yaml", "n: 三\n");
    desk.write("report.yaml", report);
    desk.build();
    desk
}

#[test]
fn texts_that_begin_as_their_number_keep_it() {
    for report in [ARTICLES, COUNTS] {
        assert_eq!(desk(report).merge("out/report.docx", &[]).told(), []);
    }
    for (report, old, new, says) in OWN {
        let desk = desk(report);
        desk.edit("back.docx", "word/document.xml", |xml| {
            assert!(xml.contains(old), "{old}");
            xml.replacen(old, new, 1)
        });
        let ran = desk.merge("back.docx", &["--apply"]);
        assert_eq!(ran.told(), [("edited".to_owned(), "applied".to_owned())], "{new}: {}", ran.out);
        let source = desk.text("report.yaml");
        assert!(source.contains(says), "{says}\n{source}");
    }
}

/// A number that programs no longer write, and that was typed instead, is no word of the text.
#[test]
fn a_number_typed_in_the_place_of_its_own_is_no_edit() {
    let desk = desk(ARTICLES);
    desk.edit("back.docx", "word/document.xml", |xml| {
        let place = paragraph(&xml, "第二条规定");
        let list = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>";
        let typed = xml[place.clone()].replacen("第二条规定", "第二条　第二条规定", 1);
        let style = typed.find("<w:pStyle").unwrap();
        let end = style + typed[style..].find("/>").unwrap() + 2;
        format!("{}{}{list}{}{}", &xml[..place.start], &typed[..end], &typed[end..], &xml[place.end..])
    });
    let ran = desk.merge("back.docx", &["--apply"]);
    assert!(!ran.told().iter().any(|(kind, _)| kind == "edited"), "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), ARTICLES);
}

/// Marks of notes in cells are marks, whatever the template counts them with.
#[test]
fn marks_of_notes_in_cells_are_no_words() {
    let report = "template: english-report\ntitle: Report\nbody:\n  - table: {caption: C, columns: ['A[^a]', B], rows: \
                  [['1[^b]', 2], [3, '4[^c]']]}\nnotes: {a: One., b: Two., c: Three.}\n";
    let desk = desk(report);
    assert_eq!(desk.merge("out/report.docx", &[]).told(), []);
}

const LIST: &str = "template: work-report
title: 报告
body:
  - heading: 第一方面情况
    body:
      - 经济运行稳中向好态势。
      - list:
          - 甲项工作按时办结。
          - 乙项任务全部落实。
          - 丙项计划稳步实施。
      - 民生保障持续加强改善。
  - heading: 第二方面打算
    body:
      - 明年要更加努力奋斗。
      - 要加强自身建设水平。
";

/// The items of a list that were cut, and those that were pasted behind the paragraph of the next section.
#[test]
fn a_list_that_is_cut_and_pasted_comes_home() {
    for items in [&["甲项", "乙项", "丙项"][..], &["甲项", "丙项"], &["甲项", "乙项"], &["乙项", "丙项"]]
    {
        let desk = desk(LIST);
        desk.edit("back.docx", "word/document.xml", |xml| pasted_below(xml, &["甲项", "乙项", "丙项"], items));
        let ran = desk.merge("back.docx", &["--apply"]);
        assert!(ran.told().iter().all(|(_, status)| status == "applied"), "{items:?}: {}", ran.out);
        desk.build();
        assert_eq!(desk.reads("out/report.docx"), desk.reads("back.docx"), "{items:?}");
        let again = desk.merge("back.docx", &["--apply"]).told();
        assert!(again.iter().all(|(_, status)| status == "already"), "{again:?}");
    }
}

/// Takes paragraphs out, and puts those of them that are kept below the last one.
fn pasted_below(mut xml: String, out: &[&str], kept: &[&str]) -> String {
    let mut pasted = String::new();
    for says in out {
        let place = paragraph(&xml, says);
        if kept.contains(says) {
            pasted.push_str(&xml[place.clone()]);
        }
        xml.replace_range(place, "");
    }
    let end = paragraph(&xml, "明年要更加").end;
    xml.insert_str(end, &pasted);
    xml
}

/// Where one item stays, the others have no place as items: all of them are left to people.
#[test]
fn half_a_list_is_not_moved() {
    let desk = desk(LIST);
    desk.edit("back.docx", "word/document.xml", |xml| pasted_below(xml, &["甲项", "丙项"], &["甲项", "丙项"]));
    let ran = desk.merge("back.docx", &["--apply"]);
    assert!(ran.told().iter().all(|(_, status)| status == "proposed"), "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), LIST);
}
