//! Edits that are written whole or not at all, at their place, whatever stands beside them; what has no place is told.

use super::desk::{Desk, paragraph};
use super::hand::Hand;

const FOLDED: &str = "template: work-report
title: 报告
body:
  - |
    深入推进改革，
    破解发展难题。
  - >-
    扎实推进创新，
    增强发展动力。
  - \"持续改善民生，
    办好各项实事。\"
  - 加强自身建设，
    提高履职能力。
";
const BOUND: &str = "template: work-report
title: 报告
data: figures.yaml
body:
  - 全年粮食播种面积稳定，总产量达到{{ grain }}万吨，再创新高。全区上下团结一心。
  - 结尾的一段话。
";
const LISTS: &str = "template: work-report
title: 报告
body:
  - 开头的一段话。
  - list: [甲项工作有序推进；, 乙项工作全面铺开；, 丙项工作如期完成。]
  - list: {ordered: true, items: [子项；, 丑项。]}
  - 结尾的一段话。
";
const DEEPER: &str = "template: work-report
title: 报告
body:
  - 开头第一段，会议研究了有关工作。
  - heading: 农业工作
    body:
      - 粮食增产百分之八，蔬菜稳步增收。
      - point: 抓好冬季管护。
      - 结束语，谢谢大家支持。
";
const SECTIONS: &str = "template: work-report
title: 报告
body:
  - heading: 第一方面情况
    body:
      - 今年工作平稳有序推进。
      - 经济运行稳中向好态势。
  - heading: 第二方面打算
    body:
      - 明年要更加努力奋斗。
      - 要加强自身建设水平。
  - heading: 第三方面保障
    body:
      - 加强组织领导抓好落实。
  - 以上报告，请予审议。
";
const FRONT: &str = "template: work-report
title: 报告
occasion: 2024年1月8日在会议上
speaker: 魏广勋
body:
  - 各位代表，现在报告工作。
  - 以上报告，请予审议。
";
const ITEMS: &str = "template: work-report
title: 工作报告
cover: {subtitle: 讨论稿, authority: 办公室, date: 2024年1月}
body:
  - 甲段，研究了有关工作。
  - table: {caption: 任务分工, source: 市统计局, note: 初步数。, unit: 亿元, columns: [类别, 产值], rows: [[农业, 3], [工业, 4]]}
  - 乙段，会议议程有五项。
  - signature: {authority: 青溪市人民政府, date: 2024年4月2日, sealed: false}
attachments:
  - {title: 任务清单, body: [清单如下。]}
  - {title: 联系人名单, body: [名单如下。]}
";

/// A report, an editor's work, what is told of it, and lines of the source afterwards; none: the source stays.
struct Whole {
    name: &'static str,
    report: &'static str,
    hand: fn(&mut Hand),
    told: &'static [(&'static str, &'static str)],
    source: &'static [&'static str],
}

/// Two clauses in the place of the one with the figure.
fn two_clauses(hand: &mut Hand) {
    hand.words("总产量达到", "一是加强领导");
    hand.words("35.6", "");
    hand.words("万吨，", "，二是强化督查。");
}

const FORMAT: &[(&str, &str)] = &[("format", "applied")];
const MOVED: &[(&str, &str)] = &[("moved", "unsupported")];
const PUT_IN: &[(&str, &str)] = &[("inserted", "applied")];
const NO_PLACE: &[(&str, &str)] = &[("inserted", "proposed")];
const DIVIDED: &[(&str, &str)] = &[("split", "unsupported")];

const WHOLES: &[Whole] = &[
    Whole {
        name: "bold over a line end of a literal",
        report: FOLDED,
        hand: |h| h.heavy("改革，破解"),
        told: FORMAT,
        source: &["    深入推进**改革，\n    破解**发展难题。\n"],
    },
    Whole {
        name: "bold over a line end of a folded text",
        report: FOLDED,
        hand: |h| h.heavy("创新，增强"),
        told: FORMAT,
        source: &["    扎实推进**创新，\n    增强**发展动力。\n"],
    },
    Whole {
        name: "bold over a line end within quotation marks",
        report: FOLDED,
        hand: |h| h.heavy("民生，办好"),
        told: FORMAT,
        source: &["  - \"持续改善**民生，\n    办好**各项实事。\"\n"],
    },
    Whole {
        name: "bold over a line end of plain text",
        report: FOLDED,
        hand: |h| h.heavy("建设，提高"),
        told: FORMAT,
        source: &["  - 加强自身**建设，\n    提高**履职能力。\n"],
    },
    Whole {
        name: "a clause with a figure, by two clauses",
        report: BOUND,
        hand: two_clauses,
        told: &[("value", "proposed")],
        source: &[],
    },
    Whole {
        name: "a clause with a figure, and another sentence",
        report: BOUND,
        hand: |h| {
            two_clauses(h);
            h.words("团结一心", "同心同德");
        },
        told: &[("edited", "applied"), ("value", "proposed")],
        source: &["总产量达到{{ grain }}万吨，再创新高。全区上下同心同德。"],
    },
    Whole {
        name: "an item joined with the next one",
        report: LISTS,
        hand: |h| {
            h.without("甲项工作");
            h.words("乙项工作", "甲项推进；乙项工作");
        },
        told: &[("deleted", "applied"), ("edited", "applied")],
        source: &["  - list: [甲项推进；乙项工作全面铺开；, 丙项工作如期完成。]\n"],
    },
    Whole {
        name: "the last two items of brackets",
        report: LISTS,
        hand: |h| {
            h.without("乙项工作");
            h.without("丙项工作");
            h.words("有序推进；", "有序推进。");
        },
        told: &[("edited", "applied"), ("deleted", "applied"), ("deleted", "applied")],
        source: &["  - list: [甲项工作有序推进。]\n"],
    },
    Whole {
        name: "an item in the place of the last one",
        report: LISTS,
        hand: |h| {
            h.behind("乙项工作", "新的一项，另有安排。");
            h.without("丙项工作");
        },
        told: &[("inserted", "applied"), ("deleted", "applied")],
        source: &["  - list: [甲项工作有序推进；, 乙项工作全面铺开；, 新的一项，另有安排。]\n"],
    },
    Whole {
        name: "an item before the first of a list behind another one",
        report: LISTS,
        hand: |h| h.styled("丙项工作", "子项", "新的一项；"),
        told: PUT_IN,
        source: &["  - list: {ordered: true, items: [新的一项；, 子项；, 丑项。]}\n"],
    },
    Whole {
        name: "an item before the first of a list",
        report: LISTS,
        hand: |h| h.styled("开头的一段话", "甲项工作", "新的一项；"),
        told: PUT_IN,
        source: &["  - list: [新的一项；, 甲项工作有序推进；, "],
    },
    Whole {
        name: "a table between the lines below the title",
        report: FRONT,
        hand: |h| {
            let place = |xml: &str, says: &str| paragraph(xml, says).start;
            let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
            let at = place(&h.xml, "魏广勋");
            h.xml.insert_str(at, table);
        },
        told: NO_PLACE,
        source: &[],
    },
    Whole {
        name: "the first section behind the others, and a paragraph out of it",
        report: SECTIONS,
        hand: |h| {
            h.moved("第一方面情况", "加强组织领导", None);
            h.moved("经济运行", "第一方面情况", None);
            h.moved("今年工作", "明年要更加", None);
        },
        told: &[("moved", "applied"), ("moved", "applied"), ("moved", "applied")],
        source: &[
            "body:\n  - heading: 第二方面打算\n    body:\n      - 明年要更加努力奋斗。\n      - 今年工作平稳有序推进。\n      - 要加强自身建设水平。\n  - heading: 第三方面保障\n    body:\n      - 加强组织领导抓好落实。\n  - heading: 第一方面情况\n    body:\n      - 经济运行稳中向好态势。\n  - 以上",
        ],
    },
    Whole {
        name: "a character in a ring",
        report: FRONT,
        hand: |h| {
            let field = [
                "<w:fldChar w:fldCharType=\"begin\"/>",
                "<w:instrText> eq \\o\\ac(○,各)</w:instrText>",
                "<w:fldChar w:fldCharType=\"end\"/>",
            ];
            let field = field.map(|content| format!("<w:r>{content}</w:r>")).concat();
            let text = "<w:r><w:t xml:space=\"preserve\">各位代表，";
            assert!(h.xml.contains(text));
            h.xml = h.xml.replacen(text, &format!("{field}<w:r><w:t xml:space=\"preserve\">位代表，"), 1);
        },
        told: &[("inserted", "unsupported")],
        source: &[],
    },
    Whole {
        name: "a field that nothing ends",
        report: FRONT,
        hand: |h| {
            let at = h.xml.find("<w:t xml:space=\"preserve\">各位代表，").unwrap();
            h.xml.insert_str(at, "<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>");
        },
        told: &[("inserted", "unsupported")],
        source: &[],
    },
    Whole {
        name: "a paragraph, and another one that goes behind it",
        report: DEEPER,
        hand: |h| {
            h.moved("抓好冬季管护", "开头第一段", None);
            h.styled("开头第一段", "粮食增产", "另有新段，编者加的。");
        },
        told: &[("inserted", "applied"), ("moved", "applied")],
        source: &["有关工作。\n  - 另有新段，编者加的。\n  - point: 抓好冬季管护。\n"],
    },
    Whole {
        name: "a source moved",
        report: ITEMS,
        hand: |h| h.moved("市统计局", "乙段", None),
        told: MOVED,
        source: &[],
    },
    Whole {
        name: "a note moved", report: ITEMS, hand: |h| h.moved("初步数", "乙段", None), told: MOVED, source: &[]
    },
    Whole {
        name: "a unit moved", report: ITEMS, hand: |h| h.moved("亿元", "乙段", None), told: MOVED, source: &[]
    },
    Whole {
        name: "a caption moved",
        report: ITEMS,
        hand: |h| h.moved("任务分工", "乙段", None),
        told: MOVED,
        source: &[],
    },
    Whole {
        name: "a paragraph between a caption and its table",
        report: ITEMS,
        hand: |h| h.styled("任务分工", "甲段", "新的一段。"),
        told: NO_PLACE,
        source: &[],
    },
    Whole {
        name: "a paragraph between an attachment's mark and its title",
        report: ITEMS,
        hand: |h| h.styled("SEQ 附件", "甲段", "新的一段。"),
        told: NO_PLACE,
        source: &[],
    },
    Whole {
        name: "a paragraph between the lines of a signature",
        report: ITEMS,
        hand: |h| h.styled("人民政府", "甲段", "新的一段。"),
        told: NO_PLACE,
        source: &[],
    },
    Whole { name: "a title divided", report: ITEMS, hand: |h| h.split("讨论"), told: DIVIDED, source: &[] },
    Whole { name: "a unit divided", report: ITEMS, hand: |h| h.split("单位"), told: DIVIDED, source: &[] },
    Whole { name: "a note divided", report: ITEMS, hand: |h| h.split("初步"), told: DIVIDED, source: &[] },
    Whole { name: "a source divided", report: ITEMS, hand: |h| h.split("资料来"), told: DIVIDED, source: &[] },
    Whole { name: "an authority divided", report: ITEMS, hand: |h| h.split("青溪市"), told: DIVIDED, source: &[] },
    Whole {
        name: "an attachment's mark and its title in one",
        report: ITEMS,
        hand: |h| h.joined("SEQ 附件"),
        told: &[("merged", "unsupported")],
        source: &[],
    },
];

#[test]
fn edits_are_written_whole_or_told() {
    let mut wrong = Vec::new();
    let mut report = "";
    let mut desk = Desk::new();
    for (at, case) in WHOLES.iter().enumerate() {
        // Every other one with changes tracked.
        let tracked = at % 2 == 1;
        if case.report != report {
            report = case.report;
            desk = Desk::new();
            desk.write("report.yaml", report);
            desk.write("figures.yaml", "grain: 35.6\n");
            desk.build();
        }
        desk.write("report.yaml", report);
        desk.hand("back.docx", tracked, case.hand);
        let ran = desk.merge("back.docx", &["--apply"]);
        let told: Vec<(String, String)> =
            case.told.iter().map(|(kind, status)| ((*kind).to_owned(), (*status).to_owned())).collect();
        let source = desk.text("report.yaml");
        let mut problems = Vec::new();
        if ran.told() != told {
            problems.push(format!("told {:?}", ran.told()));
        }
        if ran.changes().iter().any(|c| c["status"] != "applied" && c["reason"].as_str().is_none_or(str::is_empty)) {
            problems.push("without a reason".to_owned());
        }
        if case.source.is_empty() && source != report {
            problems.push("changed".to_owned());
        }
        problems.extend(case.source.iter().filter(|w| !source.contains(**w)).map(|w| format!("not there: {w:?}")));
        let gone = report.lines().filter(|line| !source.lines().any(|own| own == *line)).count();
        if gone > case.source.concat().lines().count() {
            problems.push(format!("{gone} lines are others"));
        }
        desk.merge("back.docx", &["--apply"]);
        if desk.text("report.yaml") != source {
            problems.push("written again".to_owned());
        }
        if !problems.is_empty() {
            let name = if tracked { format!("{}, tracked", case.name) } else { case.name.to_owned() };
            wrong.push(format!("{name}: {}\n{source}\n{}", problems.join(", "), ran.out));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Two editors: an item goes and another comes behind it; one sentence at two places.
#[test]
fn what_two_editors_put_in_comes_to_its_place_or_is_told() {
    let desk = Desk::new();
    desk.write("report.yaml", LISTS);
    desk.build();
    desk.hand("a.docx", false, |h| h.without("甲项工作"));
    desk.hand("b.docx", false, |h| h.behind("甲项工作", "新的一项；"));
    let ran = desk.run(&["merge", "a.docx", "b.docx", "report.yaml", "--apply"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let source = desk.text("report.yaml");
    assert!(source.contains("  - list: [新的一项；, 乙项工作全面铺开；, "), "{source}\n{}", ran.out);
    desk.write("report.yaml", DEEPER);
    desk.build();
    desk.hand("a.docx", false, |h| h.behind("粮食增产", "同样的新段。"));
    desk.hand("b.docx", false, |h| h.styled("开头第一段", "粮食增产", "同样的新段。"));
    let ran = desk.run(&["merge", "a.docx", "b.docx", "report.yaml", "--format", "json", "--apply"]);
    let mut told = ran.told();
    told.sort();
    let inserted = |status: &str| ("inserted".to_owned(), status.to_owned());
    assert_eq!(told, [inserted("applied"), inserted("proposed")], "{}", ran.out);
    assert_eq!(desk.text("report.yaml").matches("同样的新段").count(), 1);
}

type Typed = fn(String) -> String;

/// Contents that a program made anew say nothing; words that were typed into them are told.
#[test]
fn words_typed_into_the_contents_are_told() {
    let desk = Desk::new();
    desk.write("report.yaml", &DEEPER.replace("body:\n  - 开头", "contents: true\nbody:\n  - 开头"));
    desk.build();
    assert_eq!(desk.merge("out/report.docx", &[]).told(), []);
    let told = [("inserted".to_owned(), "unsupported".to_owned())];
    let edits: [(Typed, usize); 3] = [
        (|x| x.replacen(">农业工作<", ">农业工作，另有打算<", 1), 1),
        (|x| x.replacen(">一、<", ">新的一行：<", 1), 1),
        // The heading says the same.
        (|x| x.replace(">农业工作<", ">农村工作<"), 0),
    ];
    for (at, (edit, count)) in edits.into_iter().enumerate() {
        desk.edit("back.docx", "word/document.xml", edit);
        let ran = desk.merge("back.docx", &[]);
        let found = ran.told().into_iter().filter(|change| *change == told[0]).count();
        assert_eq!(found, count, "{at}: {}", ran.out);
    }
}

/// A file that remembers nothing, with tracked changes and others that nobody marked: these are told.
#[test]
fn what_is_not_tracked_is_told_where_nobody_knows_what_was_handed_out() {
    let desk = Desk::new();
    desk.write("report.yaml", DEEPER);
    desk.build();
    desk.hand("tracked.docx", true, |h| h.words("稳步增收", "持续增收"));
    let bytes = std::fs::read(desk.path("tracked.docx")).unwrap();
    let bytes = super::desk::edited(&bytes, "customXml/item1.xml", |_| "<other xmlns=\"urn:other\"/>".to_owned());
    std::fs::write(desk.path("tracked.docx"), &bytes).unwrap();
    let edited = [("edited".to_owned(), "applied".to_owned())];
    let ran = desk.merge("tracked.docx", &["--apply"]);
    assert_eq!(ran.told(), edited, "{}", ran.out);
    let bytes = super::desk::edited(&bytes, "word/document.xml", |x| {
        let gone = paragraph(&x, "结束语");
        let x = format!("{}{}", &x[..gone.start], &x[gone.end..]);
        let behind = paragraph(&x, "开头第一段");
        let new = super::desk::like(&x[behind.clone()], "没有标记的新段。");
        let x = format!("{}{new}{}", &x[..behind.end], &x[behind.end..]);
        x.replacen("有关工作", "重点工作", 1)
    });
    std::fs::write(desk.path("back.docx"), bytes).unwrap();
    desk.write("report.yaml", DEEPER);
    for first in ["applied", "already"] {
        let ran = desk.merge("back.docx", &["--apply"]);
        let mut told = ran.told();
        told.sort();
        let of = |kind: &str, status: &str| (kind.to_owned(), status.to_owned());
        let mut due =
            [of("deleted", "proposed"), of("edited", first), of("edited", "proposed"), of("inserted", "proposed")];
        due.sort();
        assert_eq!(told, due, "{}", ran.out);
        assert_eq!(desk.text("report.yaml"), DEEPER.replace("稳步增收", "持续增收"));
    }
}

const ECONOMY: &str = "  - heading: 经济
    body:
      - 全市经济运行总体平稳向好。
      - 招商引资取得新的突破。
";
const FARMING: &str = "  - heading: 农业
    body:
      - 农村面貌发生显著变化。
      - 耕地保护责任全面落实。
";

/// A section whose paragraphs the source has in another order since is moved whole or not at all: no text comes under another
/// heading, and nothing is found in a second run that was not told in the first.
#[test]
fn a_section_is_never_torn_from_its_heading() {
    let head = "template: work-report\ntitle: 报告\nbody:\n";
    let school = ["教育质量稳步提高。", "新建学校三所投入使用。"];
    let teaching =
        |[first, second]: [&str; 2]| format!("  - heading: 教育\n    body:\n      - {first}\n      - {second}\n");
    let before = format!("{head}{ECONOMY}{FARMING}{}", teaching(school));
    let now = format!("{head}{ECONOMY}{FARMING}{}", teaching([school[1], school[0]]));
    let desk = Desk::new();
    desk.write("report.yaml", &before);
    desk.build();
    desk.hand("back.docx", false, |hand| {
        let start = paragraph(&hand.xml, "教育<").start;
        let end = paragraph(&hand.xml, school[1]).end;
        let section = hand.xml[start..end].to_owned();
        hand.xml.replace_range(start..end, "");
        let to = paragraph(&hand.xml, "经济<").start;
        hand.xml.insert_str(to, &section);
    });
    desk.write("report.yaml", &now);
    for _ in 0..2 {
        let ran = desk.merge("back.docx", &["--apply"]);
        assert!(!ran.told().is_empty() && ran.told().iter().all(|(_, status)| status != "applied"), "{}", ran.out);
        assert_eq!(desk.text("report.yaml"), now);
    }
}
