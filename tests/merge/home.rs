//! Where a change has its place in the source: within lists, conditions, rows, brackets, aliases and files that are used twice. What
//! has none is told, and the source stays as it is.

use super::desk::{Desk, like, paragraph, row};

const HEAD: &str = "template: work-report\ntitle: 报告\n";
const LIST: &str = "body:
  - 开头的一段话。
  - list: [甲项, 乙丙, {text: 丁戊, list: [己庚, 辛]}]
  - list:
      - 加强学习，提高能力
      - text: 改进作风，服务大局
        list: [子项]
  - 结尾的一段话。
";
const TABLE: &str = "body:
  - 开头的一段话。
  - table:
      columns: [类别, 收到, 立案]
      rows:
        - [经济, 41, 38]
        - [社会, 78, 70]
  - 结尾的一段话。
";
const CONDITION: &str = "body:
  - 开头的一段话。
  - if: 2 > 1
    body: [甲段。, 乙段。]
  - if: 2 > 1
    body:
      - 丙段。
      - heading: 分节
        body:
          - 丁段。
          - 戊段。
      - heading: 末节
        body: [己段。]
    else: [无。]
  - 结尾的一段话。
";
const BRACKETS: &str = "body:
  - heading: 甲节
    body: [子段。, 丑段。]
  - heading: 乙节
    body: [寅段。]
";
const ALIAS: &str = "body:
  - 开头的一段话。
  - heading: 甲节
    body:
      - 前段。
      - &x 锚点段。
      - 后段。
  - heading: 乙节
    body:
      - 引段。
      - *x
  - heading: 丙节
    body: [末段。]
";
const TWICE: &str = "body:
  - heading: 甲节
    body:
      - include: part.yaml
  - heading: 乙节
    body:
      - include: part.yaml
      - 末段。
";
const PART: &str = "- 共同的一段。\n- 共同的二段。\n";
const BESIDE: &str = "body:
  - heading: 甲节
  - 子段。
  - heading: 乙节
    body:
      - 丑段。
  - 寅段。
  - heading: 丙节
  - 卯段。
  - 辰段。
";
const NOTES: &str = "body:
  - 开头的一段话[^a]。
  - 短句。
notes: {a: 旧脚注。}
";

/// A report, an edit of its Word file, what is told of it, and lines of the source afterwards; none: the source stays.
struct PlaceCase {
    name: &'static str,
    report: &'static str,
    edit: fn(String) -> String,
    told: &'static [(&'static str, &'static str)],
    source: &'static [&'static str],
}

fn case(
    name: &'static str,
    report: &'static str,
    edit: fn(String) -> String,
    told: &'static [(&'static str, &'static str)],
    source: &'static [&'static str],
) -> PlaceCase {
    PlaceCase { name, report, edit, told, source }
}

/// A paragraph like another one, behind a third.
fn styled(xml: &str, says: &str, new: &str, other: &str) -> String {
    let more = like(&xml[paragraph(xml, other)], new);
    let end = paragraph(xml, says).end;
    format!("{}{more}{}", &xml[..end], &xml[end..])
}

fn behind(xml: &str, says: &str, new: &str) -> String {
    styled(xml, says, new, says)
}

fn without(xml: &str, says: &str) -> String {
    let place = paragraph(xml, says);
    format!("{}{}", &xml[..place.start], &xml[place.end..])
}

/// A paragraph ends behind some words, and a new one begins.
fn split(xml: &str, words: &str) -> String {
    let place = paragraph(xml, words);
    let head = like(&xml[place], "|");
    let head = head.split('|').next().unwrap();
    xml.replacen(words, &format!("{words}</w:t></w:r></w:p>{head}"), 1)
}

/// An edit of what follows the first place that says something.
fn second(xml: &str, says: &str, edit: fn(String) -> String) -> String {
    let at = paragraph(xml, says).end;
    format!("{}{}", &xml[..at], edit(xml[at..].to_owned()))
}

/// A cell of the row that says something, by its index.
fn cell(xml: &str, says: &str, index: usize, edit: impl Fn(&str) -> String) -> String {
    let place = row(xml, says);
    let line = &xml[place.clone()];
    let start = line.match_indices("<w:tc>").nth(index).unwrap().0;
    let end = start + line[start..].find("</w:tc>").unwrap() + "</w:tc>".len();
    let from = place.start;
    format!("{}{}{}", &xml[..from + start], edit(&line[start..end]), &xml[from + end..])
}

/// A cell with more properties.
fn with_property(cell: &str, property: &str) -> String {
    cell.replacen("</w:tcPr>", &format!("{property}</w:tcPr>"), 1)
}

const INSERTED: &[(&str, &str)] = &[("inserted", "applied")];
const INSERTED_BY_HAND: &[(&str, &str)] = &[("inserted", "proposed")];
const SPLIT: &[(&str, &str)] = &[("split", "applied")];
const CELLS: &[(&str, &str)] = &[("edited", "unsupported")];

fn lists() -> Vec<PlaceCase> {
    vec![
        case(
            "an item in brackets",
            LIST,
            |x| split(&x, "乙"),
            SPLIT,
            &["[甲项, 乙, 丙, {text: 丁戊, list: [己庚, 辛]}]"],
        ),
        case("an item below", LIST, |x| split(&x, "己"), SPLIT, &["{text: 丁戊, list: [己, 庚, 辛]}"]),
        case("an item above others", LIST, |x| split(&x, "丁"), SPLIT, &["乙丙, 丁, {text: 戊, list: [己庚, 辛]}"]),
        case(
            "an item on a line",
            LIST,
            |x| split(&x, "加强学习，"),
            SPLIT,
            &["      - 加强学习，\n      - 提高能力\n      - text: 改进作风，服务大局\n"],
        ),
        case(
            "an item on a line above others",
            LIST,
            |x| split(&x, "改进作风，"),
            SPLIT,
            &["      - 改进作风，\n      - text: 服务大局\n        list: [子项]\n"],
        ),
        case("between items", LIST, |x| styled(&x, "甲项", "新的一段。", "开头"), INSERTED_BY_HAND, &[]),
    ]
}

fn tables() -> Vec<PlaceCase> {
    const SIGN: &str = "<w:cellDel w:id=\"90\" w:author=\"张三\" w:date=\"2024-01-02T03:04:05Z\"/>";
    vec![
        case("the last cell", TABLE, |x| cell(&x, ">经济<", 2, |_| String::new()), CELLS, &[]),
        case("the last cell, tracked", TABLE, |x| cell(&x, ">经济<", 2, |c| with_property(c, SIGN)), CELLS, &[]),
        case("a cell between", TABLE, |x| cell(&x, ">经济<", 1, |_| String::new()), CELLS, &[]),
        case(
            "cells of a row joined",
            TABLE,
            |x| {
                let joined = cell(&x, ">经济<", 2, |_| String::new());
                let wide = "<w:gridSpan w:val=\"2\"/>";
                cell(&joined, ">经济<", 1, |c| with_property(&c.replace(">41<", ">41，38<"), wide))
            },
            CELLS,
            &[],
        ),
        case(
            "cells of a column joined",
            TABLE,
            |x| {
                let first = cell(&x, ">经济<", 1, |c| with_property(c, "<w:vMerge w:val=\"restart\"/>"));
                cell(&first, ">社会<", 1, |c| with_property(c, "<w:vMerge/>"))
            },
            &[("edited", "unsupported"), ("edited", "unsupported")],
            &[],
        ),
    ]
}

fn bodies() -> Vec<PlaceCase> {
    vec![
        case(
            "in a condition",
            CONDITION,
            |x| behind(&x, "甲段", "新段。"),
            INSERTED,
            &["body: [甲段。, 新段。, 乙段。]"],
        ),
        case(
            "behind a condition",
            CONDITION,
            |x| behind(&x, "乙段", "新段。"),
            INSERTED,
            &["body: [甲段。, 乙段。]\n  - 新段。\n"],
        ),
        case(
            "two in a condition",
            CONDITION,
            |x| behind(&behind(&x, "丙段", "新二段。"), "丙段", "新一段。"),
            &[("inserted", "applied"), ("inserted", "applied")],
            &["      - 丙段。\n      - 新一段。\n      - 新二段。\n      - heading: 分节\n"],
        ),
        case(
            "below a heading of a condition",
            CONDITION,
            |x| styled(&x, "分节", "新段。", "丙段"),
            INSERTED,
            &["        body:\n          - 新段。\n          - 丁段。\n"],
        ),
        case(
            "in a section of a condition",
            CONDITION,
            |x| behind(&x, "丁段", "新段。"),
            INSERTED,
            &["          - 丁段。\n          - 新段。\n          - 戊段。\n"],
        ),
        case(
            "at the end of a condition's section",
            CONDITION,
            |x| behind(&x, "己段", "新段。"),
            INSERTED,
            &["        body: [己段。, 新段。]\n    else: [无。]\n"],
        ),
        case(
            "a section in a condition",
            CONDITION,
            |x| styled(&x, "戊段", "新节", "分节"),
            INSERTED,
            &["          - 戊段。\n      - heading: 新节\n      - heading: 末节\n"],
        ),
        case(
            "out of a condition",
            CONDITION,
            |x| without(&x, "甲段"),
            &[("deleted", "applied")],
            &["    body: [乙段。]\n"],
        ),
        case("in brackets", BRACKETS, |x| behind(&x, "子段", "新段。"), INSERTED, &["body: [子段。, 新段。, 丑段。]"]),
        case(
            "beside a heading",
            BESIDE,
            |x| behind(&x, "卯段", "新段。"),
            INSERTED,
            &[
                "body:\n  - heading: 甲节\n  - 子段。\n  - heading: 乙节\n    body:\n      - 丑段。\n  - 寅段。\n  - heading: 丙节\n  - 卯段。\n  - 新段。\n  - 辰段。\n",
            ],
        ),
        case(
            "out beside a heading",
            BESIDE,
            |x| without(&x, "辰段"),
            &[("deleted", "applied")],
            &[
                "body:\n  - heading: 甲节\n  - 子段。\n  - heading: 乙节\n    body:\n      - 丑段。\n  - 寅段。\n  - heading: 丙节\n  - 卯段。\n",
            ],
        ),
    ]
}

fn repeated() -> Vec<PlaceCase> {
    const EDITED: &[(&str, &str)] = &[("edited", "proposed")];
    const BOTH: &[(&str, &str)] = &[("edited", "applied"), ("edited", "applied")];
    const BOTH_OUT: &[(&str, &str)] = &[("deleted", "applied"), ("deleted", "applied")];
    vec![
        case(
            "before an anchor",
            ALIAS,
            |x| behind(&x, "前段", "新段。"),
            INSERTED,
            &[
                "      - 前段。\n      - 新段。\n      - &x 锚点段。\n      - 后段。\n  - heading: 乙节\n    body:\n      - 引段。\n      - *x\n  - heading: 丙节\n",
            ],
        ),
        case(
            "before an alias",
            ALIAS,
            |x| behind(&x, "引段", "新段。"),
            INSERTED,
            &[
                "      - 后段。\n  - heading: 乙节\n    body:\n      - 引段。\n      - 新段。\n      - *x\n  - heading: 丙节\n",
            ],
        ),
        case(
            "behind an alias",
            ALIAS,
            |x| second(&x, "锚点段", |y| behind(&y, "锚点段", "新段。")),
            INSERTED,
            &["      - &x 锚点段。\n      - 后段。\n", "      - *x\n      - 新段。\n  - heading: 丙节\n"],
        ),
        case(
            "an alias out",
            ALIAS,
            |x| second(&x, "锚点段", |y| without(&y, "锚点段")),
            &[("deleted", "applied")],
            &["      - &x 锚点段。\n", "      - 引段。\n  - heading: 丙节\n"],
        ),
        case("an anchor out", ALIAS, |x| without(&x, "锚点段"), &[("deleted", "proposed")], &[]),
        case("one of an alias", ALIAS, |x| x.replacen("锚点段", "锚点一段", 1), EDITED, &[]),
        case("both of an alias", ALIAS, |x| x.replace("锚点段", "锚点一段"), BOTH, &["&x 锚点一段。"]),
        case("one of a file", TWICE, |x| x.replacen("共同的一段", "共有的一段", 1), EDITED, &[]),
        case(
            "both of a file",
            TWICE,
            |x| x.replace("共同的一段", "共有的一段"),
            BOTH,
            &["- 共有的一段。\n- 共同的二段。\n"],
        ),
        case("out of one file", TWICE, |x| without(&x, "共同的一段"), &[("deleted", "proposed")], &[]),
        case(
            "out of both",
            TWICE,
            |x| second(&without(&x, "共同的一段"), "甲节", |y| without(&y, "共同的一段")),
            BOTH_OUT,
            &["part:- 共同的二段。\n"],
        ),
        case("into one of a file", TWICE, |x| behind(&x, "共同的一段", "新段。"), INSERTED_BY_HAND, &[]),
    ]
}

#[test]
fn every_change_has_its_place_or_is_told() {
    let mut wrong = Vec::new();
    for case in [lists(), tables(), bodies(), repeated()].into_iter().flatten() {
        let desk = Desk::new();
        desk.write("report.yaml", &format!("{HEAD}{}", case.report));
        desk.write("part.yaml", PART);
        desk.build();
        desk.edit("back.docx", "word/document.xml", case.edit);
        let ran = desk.merge("back.docx", &["--apply"]);
        let told: Vec<(String, String)> = case.told.iter().map(|(k, s)| ((*k).to_owned(), (*s).to_owned())).collect();
        let source = format!("{}part:{}", desk.text("report.yaml"), desk.text("part.yaml"));
        let mut problems = Vec::new();
        if ran.told() != told {
            problems.push(format!("told {:?}", ran.told()));
        }
        if ran.changes().iter().any(|c| c["status"] != "applied" && c["reason"].as_str().is_none_or(str::is_empty)) {
            problems.push("without a reason".to_owned());
        }
        if case.source.is_empty() && source != format!("{HEAD}{}part:{PART}", case.report) {
            problems.push("changed".to_owned());
        }
        problems.extend(case.source.iter().filter(|w| !source.contains(**w)).map(|w| format!("not there: {w:?}")));
        if problems.is_empty() && !case.source.is_empty() {
            desk.build();
            if desk.reads("out/report.docx") != desk.reads("back.docx") {
                problems.push("reads otherwise".to_owned());
            }
            if desk.merge("back.docx", &[]).told().iter().any(|(_, status)| status != "already") {
                problems.push("found again".to_owned());
            }
        }
        if !problems.is_empty() {
            wrong.push(format!("{}: {}\n{source}\n{}", case.name, problems.join(", "), ran.out));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Cells that were joined are told with their row and column, a copy with the place where the other one is.
#[test]
fn what_has_no_place_is_told_with_its_place() {
    let desk = Desk::new();
    desk.write("report.yaml", &format!("{HEAD}{TABLE}"));
    desk.build();
    desk.edit("back.docx", "word/document.xml", |x| cell(&x, ">社会<", 1, |_| String::new()));
    let change = desk.merge("back.docx", &[]).changes()[0].clone();
    assert_eq!((change["row"].as_i64(), change["column"].as_i64()), (Some(2), Some(2)), "{change}");
    assert_eq!(change["after"], "社会\t70");
    desk.write("report.yaml", &format!("{HEAD}{TWICE}"));
    desk.write("part.yaml", PART);
    desk.build();
    desk.edit("back.docx", "word/document.xml", |x| x.replacen("共同的一段", "共有的一段", 1));
    let change = desk.merge("back.docx", &[]).changes()[0].clone();
    let reason = change["reason"].as_str().unwrap();
    assert!(reason.contains("二、乙节"), "{reason}");
}

/// A footnote that is new comes with its text, also where the notes stand in braces; of a short text nothing may be left.
#[test]
fn notes_in_braces_take_another() {
    let desk = Desk::new();
    desk.write("report.yaml", &format!("{HEAD}{NOTES}"));
    desk.build();
    desk.hand("back.docx", false, |hand| {
        hand.note_behind("短句", "新脚注的文字。");
    });
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!(ran.told(), [("edited".to_owned(), "applied".to_owned())], "{}", ran.out);
    let source = desk.text("report.yaml");
    assert!(source.contains("notes: {a: 旧脚注。, ") && source.contains(": 新脚注的文字。}\n"), "{source}");
    desk.build();
    desk.edit("back.docx", "word/document.xml", |x| x.replacen("短句", "ABCD", 1));
    let ran = desk.merge("back.docx", &["--apply"]);
    assert!(ran.told().iter().all(|(_, status)| status == "applied"), "{}", ran.out);
    assert!(desk.text("report.yaml").contains("  - ABCD[^"), "{}", desk.text("report.yaml"));
}

const NUMBERS: &str = "body:
  - 详见[@t]和[@s]。
  - table: {caption: 情况, id: t, columns: [类, 收到], rows: [[经济, 41]]}
  - table: {caption: 概况, id: s, columns: [类, 收到], rows: [[社会, 78]]}
  - figure: {image: a.png, caption: 位置图, alt: 位置}
  - 结尾的一段话。
";

/// Automatic numbers that were typed otherwise are told, and words for those who do not see a picture; not so numbers that count on
/// because a table before them is gone.
#[test]
fn what_programs_write_is_told_where_it_was_typed() {
    const FORMAT: (&str, &str) = ("format", "unsupported");
    type TypedCase = (&'static str, fn(String) -> String, &'static [(&'static str, &'static str)]);
    let cases: [TypedCase; 5] = [
        ("reference", |x| x.replacen(">表2<", ">表7<", 1), &[FORMAT]),
        (
            "tracked reference",
            |x| {
                let sign = "w:id=\"90\" w:author=\"张三\" w:date=\"2024-01-02T03:04:05Z\"";
                let gone = format!("<w:del {sign}><w:r><w:delText>表2</w:delText></w:r></w:del>");
                let new = format!("<w:ins {sign}><w:r><w:t>表1</w:t></w:r></w:ins>");
                x.replacen("<w:r><w:t xml:space=\"preserve\">表2</w:t></w:r>", &format!("{gone}{new}"), 1)
            },
            &[FORMAT],
        ),
        (
            "caption",
            |x| {
                let place = paragraph(&x, "概况");
                format!("{}{}{}", &x[..place.start], x[place.clone()].replacen(">2<", ">5<", 1), &x[place.end..])
            },
            &[FORMAT],
        ),
        ("description", |x| x.replacen("descr=\"位置\"", "descr=\"受灾区域的位置\"", 1), &[FORMAT]),
        (
            "table gone",
            |x| {
                let start = paragraph(&x, "情况").start;
                let end = start + x[start..].find("</w:tbl>").unwrap() + "</w:tbl>".len();
                let rest = format!("{}{}", &x[..start], &x[end..]);
                let rest = rest.replacen(">表1<", ">表9<", 1).replacen(">表2<", ">表1<", 1);
                let place = paragraph(&rest, "概况");
                let caption = rest[place.clone()].replacen(">2<", ">1<", 1);
                format!("{}{caption}{}", &rest[..place.start], &rest[place.end..])
            },
            &[("format", "unsupported"), ("deleted", "proposed")],
        ),
    ];
    let desk = Desk::new();
    let image = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples/growth.png");
    std::fs::copy(image, desk.path("a.png")).unwrap();
    desk.write("report.yaml", &format!("{HEAD}{NUMBERS}"));
    desk.build();
    assert_eq!(desk.merge("out/report.docx", &[]).told(), []);
    for (name, edit, told) in cases {
        desk.edit("back.docx", "word/document.xml", |x| {
            let new = edit(x.clone());
            assert_ne!(new, x, "{name}");
            new
        });
        let ran = desk.merge("back.docx", &[]);
        let told: Vec<(String, String)> = told.iter().map(|(k, s)| ((*k).to_owned(), (*s).to_owned())).collect();
        assert_eq!(ran.told(), told, "{name}: {}", ran.out);
    }
}
