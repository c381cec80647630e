//! The version with tracked changes: all accepted it is the new text, all rejected the old one, whatever was changed.

use super::desk::{Desk, floating, part};
use crate::pdf::reader::{load, operations, pages, shown};
use dinggao::docx::read::{View, WordDocument};
use std::collections::BTreeMap;
use std::fs;

/// A change of the source, and marks that the Word file must have for it.
struct Case {
    name: &'static str,
    change: &'static [(&'static str, &'static str)],
    marks: &'static [&'static str],
}

const TEAM: &str = "          - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建有序推进。\n";
const CULTURE: &str = "          - 普通段落之一，内容是关于文化建设的情况说明。\n";

const CASES: &[Case] = &[
    Case { name: "nothing", change: &[], marks: &[] },
    Case {
        name: "words", change: &[("坚持以人民为中心", "始终坚持以人民为中心")], marks: &["<w:ins ", ">始终</w:t>"]
    },
    Case { name: "figure", change: &[("提出46条", "提出48条")], marks: &[">46条</w:delText>", ">48条</w:t>"] },
    Case { name: "bound figure", change: &[("{{ d.received }}", "{{ d.filed }}")], marks: &[">126件</w:delText>"] },
    Case { name: "deleted", change: &[(CULTURE, "")], marks: &["<w:del "] },
    Case {
        name: "inserted",
        change: &[(CULTURE, "          - 全新的一段。\n          - 普通段落之一，内容是关于文化建设的情况说明。\n")],
        marks: &[">全新的一段。</w:t>"],
    },
    Case {
        name: "moved",
        change: &[
            (TEAM, ""),
            ("先立后破。\n", "先立后破。\n      - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建有序推进。\n"),
        ],
        marks: &["<w:moveFromRangeStart ", "<w:moveFrom ", "<w:moveToRangeStart ", "<w:moveTo "],
    },
    Case {
        name: "moved and edited",
        change: &[
            (TEAM, ""),
            (
                "先立后破。\n",
                "先立后破。\n      - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建扎实有序推进。\n",
            ),
        ],
        marks: &["<w:moveFrom ", "<w:moveTo "],
    },
    Case {
        name: "split",
        change: &[("走访企业120家，形成调研", "走访企业120家。\n          - 形成调研")],
        marks: &["<w:rPr><w:ins "],
    },
    Case {
        name: "merged",
        change: &[("情况说明。\n          - 普通段落之二", "情况说明。普通段落之二")],
        marks: &["<w:rPr><w:del "],
    },
    Case {
        name: "heading",
        change: &[("heading: 聚焦中心工作", "heading: 聚焦中心大局工作")],
        marks: &[">大局</w:t>"],
    },
    Case {
        name: "paragraph to point",
        change: &[("          - 普通段落之一，", "          - point: 普通段落之一，")],
        marks: &["<w:pPrChange "],
    },
    Case { name: "cell", change: &[("部分办复", "全部办复")], marks: &[">分</w:delText>"] },
    Case {
        name: "row in",
        change: &[("78, ~]", "78, ~]\n                - [文化建设, 5, 已办复]")],
        marks: &["w:hRule=\"atLeast\"/><w:ins "],
    },
    Case {
        name: "row out",
        change: &[("                - [社会建设, 78, ~]\n", "")],
        marks: &["w:hRule=\"atLeast\"/><w:del "],
    },
    Case {
        name: "column in",
        change: &[
            ("件数, 备注]", "件数, 占比, 备注]"),
            ("41, 已办复]", "41, 33%, 已办复]"),
            ("78, ~]", "78, 62%, ~]"),
            ("7, 部分办复]", "7, 5%, 部分办复]"),
        ],
        marks: &["w:hRule=\"atLeast\"/><w:ins "],
    },
    Case { name: "note", change: &[("108线新线", "108线的新线路")], marks: &[] },
    Case {
        name: "note out",
        change: &[("工作当中[^g108]", "工作当中"), ("notes:\n  g108: G108新线高速指国道108线新线。", "")],
        marks: &["<w:footnoteReference "],
    },
    Case {
        name: "note in",
        change: &[("团结一心，", "团结一心[^two]，"), ("notes:\n", "notes:\n  two: 指全区各族群众。\n")],
        marks: &["<w:ins "],
    },
    Case {
        name: "list",
        change: &[("服务大局, 改进作风", "服务大局, 凝聚共识, 改进作风")],
        marks: &[">凝聚共识</w:t>"],
    },
    Case {
        name: "last paragraph out",
        change: &[("      - 让我们更加紧密地团结起来，为建设“六大房山”而努力奋斗！\n", "")],
        marks: &["<w:del "],
    },
    Case {
        name: "last paragraph in",
        change: &[("努力奋斗！\n", "努力奋斗！\n      - 谢谢大家。\n")],
        marks: &[">谢谢大家。</w:t>"],
    },
    Case { name: "title", change: &[("2023年工作报告", "2023年度工作总结报告")], marks: &["<w:ins "] },
    Case {
        name: "bold", change: &[("**坚持大兴调查研究**", "坚持大兴调查研究")], marks: &["<w:rPrChange "]
    },
    Case {
        name: "bold and words",
        change: &[("**坚持大兴调查研究**", "始终坚持**大兴**调查研究")],
        marks: &["<w:rPrChange ", ">始终</w:t>"],
    },
    Case { name: "bold in a cell", change: &[("部分办复", "'**部分**办复'")], marks: &["<w:rPrChange "] },
    Case {
        name: "all of it",
        change: &[
            ("提出46条", "提出48条"),
            (TEAM, ""),
            (CULTURE, ""),
            ("先立后破。\n", "先立后破、久久为功。\n      - 全区上下团结一心，防汛救灾取得了阶段性胜利。\n"),
            ("[社会建设, 78, ~]", "[社会建设, 79, 已办]\n                - [文化建设, 5, 已办复]"),
            ("heading: 2024年主要任务", "heading: 2024年重点任务"),
        ],
        marks: &["<w:moveFrom ", "<w:ins ", "<w:del "],
    },
];

fn reads(bytes: &[u8], view: &View) -> Vec<String> {
    let manuscript = WordDocument::open(bytes).unwrap().manuscript(view).unwrap();
    let items = manuscript.items.iter().chain(&manuscript.notes);
    items.map(dinggao::model::Item::plain).collect()
}

#[test]
fn every_change_is_marked_and_can_be_taken_back() {
    let mut missing: Vec<String> = Vec::new();
    for case in CASES {
        let desk = Desk::new();
        let old = fs::read(desk.path("out/report.docx")).unwrap();
        fs::copy(desk.path("report.yaml"), desk.path("old.yaml")).unwrap();
        fs::copy(desk.path("out/report.docx"), desk.path("old.docx")).unwrap();
        let mut source = desk.text("report.yaml");
        for (from, to) in case.change {
            assert!(source.contains(from), "{}: {from}", case.name);
            source = source.replacen(from, to, 1);
        }
        desk.write("report.yaml", &source);
        desk.build();
        let new = fs::read(desk.path("out/report.docx")).unwrap();
        let ran = desk.run(&["redline", "old.docx", "report.yaml", "--author", "张三", "--date", "2024-01-08"]);
        assert_eq!(ran.code, 0, "{}: {}", case.name, ran.err);
        let made = fs::read(desk.path("out/report-redline.docx")).unwrap();
        assert_eq!(reads(&made, &View::Accepted), reads(&new, &View::Accepted), "{}", case.name);
        assert_eq!(reads(&made, &View::Rejected), reads(&old, &View::Accepted), "{}", case.name);
        let body = part(&made, "word/document.xml");
        missing.extend(case.marks.iter().filter(|m| !body.contains(**m)).map(|m| format!("{}: {m}", case.name)));
        let tracked =
            body.contains("w:author=\"张三\"") || part(&made, "word/footnotes.xml").contains("w:author=\"张三\"");
        assert_eq!(tracked, case.name != "nothing", "{}", case.name);
        assert!(!tracked || body.contains("w:date=\"2024-01-08T00:00:00Z\"") || case.name == "note");
        // The source says what its Word file says.
        let from_source = desk.run(&["redline", "old.yaml", "report.yaml", "--author", "张三", "--date", "2024-01-08"]);
        assert_eq!(from_source.code, 0, "{}: {}", case.name, from_source.err);
        assert_eq!(fs::read(desk.path("out/report-redline.docx")).unwrap(), made, "{}", case.name);
        assert!(fs::metadata(desk.path("out/report-redline.pdf")).unwrap().len() > 1000);
    }
    assert_eq!(missing, [""; 0]);
}

/// The styles of paragraphs once all changes are settled, by the rule that the mark which stays gives its paragraph the properties.
fn styles(xml: &str, accepted: bool) -> Vec<String> {
    let gone =
        if accepted { ["<w:rPr><w:del ", "<w:rPr><w:moveFrom "] } else { ["<w:rPr><w:ins ", "<w:rPr><w:moveTo "] };
    let mut found = Vec::new();
    for paragraph in xml.split("<w:p ").skip(1).flat_map(|p| p.split("<w:p>")) {
        let (own, before) = paragraph.split_once("<w:pPrChange ").unwrap_or((paragraph, paragraph));
        let side = if accepted { own } else { before };
        if !gone.iter().any(|mark| own.contains(mark)) {
            let style = side.split("<w:pStyle w:val=\"").nth(1).and_then(|rest| rest.split('"').next());
            found.push(style.unwrap_or_default().to_owned());
        }
    }
    found
}

/// The end of the last paragraph is neither taken out nor put in: what stands there keeps its own style on both sides.
#[test]
fn the_last_paragraph_keeps_its_style() {
    let report = |end: &str| {
        format!("template: work-report\ntitle: 报告\nbody:\n  - point: 抓好落实。\n  - point: 加强督查。\n{end}")
    };
    let ends = [
        "",
        "  - 以上报告，请予审议。\n",
        "  - 另外的一段结束语，与上面完全不同。\n  - 谢谢大家。\n",
        "  - signature: {authority: 某某办公室, date: 2024年1月8日, sealed: false}\n",
    ];
    let desk = Desk::new();
    let plain = |name: &str| part(&fs::read(desk.path(name)).unwrap(), "word/document.xml");
    for old in ends {
        for new in ends.into_iter().filter(|new| *new != old) {
            desk.write("old.yaml", &report(old));
            desk.write("new.yaml", &report(new));
            for arguments in [
                &["build", "old.yaml", "--only", "docx", "--overwrite"][..],
                &["build", "new.yaml", "--only", "docx", "--overwrite"],
                &["redline", "old.yaml", "new.yaml", "--overwrite"],
            ] {
                let ran = desk.run(arguments);
                assert_eq!(ran.code, 0, "{}", ran.err);
            }
            let marked = plain("out/new-redline.docx");
            for (accepted, name) in [(true, "out/new.docx"), (false, "out/old.docx")] {
                assert_eq!(styles(&marked, accepted), styles(&plain(name), true), "{old}→{new} {name}: {marked}");
            }
        }
    }
}

/// What is gone keeps its style, though the text of the new version uses it nowhere.
#[test]
fn styles_of_what_is_gone_are_in_the_file() {
    let report = |heading: &str| {
        format!(
            "template: official-document\ntitle: 报告\nbody:\n  - 正文一段。\nattachments:\n  - title: 附件题\n    body:\n{heading}      - 正文乙。\n"
        )
    };
    let desk = Desk::new();
    desk.write("old.yaml", &report("      - {heading: 总体要求, body: [{heading: 压实责任, body: [正文甲。]}]}\n"));
    desk.write("new.yaml", &report("      - {heading: 总体要求, body: [正文甲。]}\n"));
    let ran = desk.run(&["redline", "old.yaml", "new.yaml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let made = fs::read(desk.path("out/new-redline.docx")).unwrap();
    let gone = styles(&part(&made, "word/document.xml"), false);
    assert!(gone.contains(&"Heading2Attached".to_owned()), "{gone:?}");
    assert!(part(&made, "word/styles.xml").contains("w:styleId=\"Heading2Attached\""));
}

/// Paragraphs of both versions: notes that are called more than once, which Word's file calls by fields that lead to the footnote.
const CALLS: [(&str, &[&str], &[&str]); 11] = [
    ("second gone", &["甲[^a]。", "乙[^a]。", "丙[^b]。"], &["甲[^a]。", "丙[^b]。"]),
    ("first gone", &["甲[^a]。", "乙[^a]。", "丙[^b]。"], &["乙[^a]。", "丙[^b]。"]),
    ("swapped", &["甲[^a]。", "乙[^a]。", "丙[^b]。"], &["乙[^a]。", "甲[^a]。", "丙[^b]。"]),
    (
        "first moved",
        &["甲备案文件[^a]。", "乙教育工作[^a]。", "丙[^b]。"],
        &["乙教育工作[^a]。", "丙[^b]。", "甲备案文件[^a]。"],
    ),
    ("new before", &["甲[^a]。", "乙[^a]。", "丙[^b]。"], &["丁[^a]。", "甲[^a]。", "乙[^a]。", "丙[^b]。"]),
    ("mark gone", &["甲[^a]。", "乙[^a]。", "丙[^b]。"], &["甲。", "乙[^a]。", "丙[^b]。"]),
    ("mark new", &["甲。", "乙[^a]。", "丙[^b]。"], &["甲[^a]。", "乙[^a]。", "丙[^b]。"]),
    ("copy", &["甲备案[^a]。", "丙[^b]。"], &["甲备案[^a]。", "甲备案[^a]。", "丙[^b]。"]),
    ("renumbered", &["甲[^a]。", "丙[^b]。", "丁[^b]。"], &["丙[^b]。", "丁[^b]。"]),
    ("other note", &["甲[^a]。", "丙[^b]，丁[^b]。"], &["甲[^b]。", "丙[^b]，丁[^a]。"]),
    ("all gone", &["甲[^a]。", "乙[^a]。", "丙[^a]。", "丁[^b]。"], &["丁[^b]。"]),
];

#[test]
fn notes_that_are_called_more_than_once_can_be_taken_back() {
    let mut wrong = Vec::new();
    for (name, before, after) in CALLS.iter().flat_map(|(name, a, b)| [(name, a, b), (name, b, a)]) {
        let desk = Desk::new();
        let write = |file: &str, body: &[&str]| {
            let used = |name: &str| body.iter().any(|text| text.contains(&format!("[^{name}]")));
            let notes: Vec<String> =
                ["a", "b"].iter().filter(|n| used(n)).map(|n| format!("{n}: 注{n}的话。")).collect();
            let body = body.iter().map(|text| format!("  - {text}")).collect::<Vec<_>>().join("\n");
            let text = format!("template: work-report\ntitle: 报告\nbody:\n{body}\nnotes: {{{}}}\n", notes.join(", "));
            desk.write(file, &text);
            assert_eq!(desk.run(&["build", file, "--only", "docx"]).code, 0, "{name}");
        };
        write("old.yaml", before);
        write("new.yaml", after);
        let ran = desk.run(&["redline", "old.yaml", "new.yaml"]);
        if ran.code != 0 {
            wrong.push(format!("{name}: {}", ran.err));
            continue;
        }
        let made = fs::read(desk.path("out/new-redline.docx")).unwrap();
        for (view, file) in [(View::Accepted, "out/new.docx"), (View::Rejected, "out/old.docx")] {
            let (found, wanted) = (reads(&made, &view), reads(&fs::read(desk.path(file)).unwrap(), &View::Accepted));
            if found != wanted {
                wrong.push(format!("{name} {view:?}: {found:?}\n{wanted:?}"));
            }
        }
        // Each footnote is called, and each call has its footnote.
        let (body, notes) = (part(&made, "word/document.xml"), part(&made, "word/footnotes.xml"));
        let ids = |xml: &str, element: &str| -> Vec<String> {
            let from = xml.split(element).skip(1);
            let mut ids: Vec<String> = from.filter_map(|rest| rest.split('"').nth(1).map(str::to_owned)).collect();
            ids.sort();
            ids
        };
        let (calls, texts) = (ids(&body, "<w:footnoteReference w:id="), ids(&notes, "<w:footnote w:id="));
        if calls != texts {
            wrong.push(format!("{name}: calls {calls:?}, notes {texts:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn nothing_is_written_without_an_earlier_version() {
    let desk = Desk::new();
    for (old, code) in [("no.docx", 1), ("report.yaml-", 1), ("out", 1)] {
        let ran = desk.run(&["redline", old, "report.yaml"]);
        assert_eq!(ran.code, code, "{old}: {}", ran.err);
    }
    assert_eq!(desk.run(&["redline", "out/report.docx", "report.yaml", "--date", "昨天"]).code, 2);
    assert!(!desk.path("out/report-redline.docx").exists() && !desk.path("out/report-redline.pdf").exists());
}

/// The pages of an earlier source are not known: what floats is compared where it is written. A Word file has it where it was printed.
#[test]
fn a_picture_that_floats_is_not_marked_as_moved() {
    let desk = floating();
    desk.write("old.yaml", &desk.text("report.yaml"));
    let text = desk.text("report.yaml").replace("短短一段", "短短的一段");
    desk.write("report.yaml", &text);
    for old in ["old.yaml", "out/report.docx"] {
        let ran = desk.run(&["redline", old, "report.yaml"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let xml = part(&fs::read(desk.path("out/report-redline.docx")).unwrap(), "word/document.xml");
        let marks = ["<w:moveFrom ", "<w:moveTo ", "<w:del ", "<w:ins "].map(|mark| xml.matches(mark).count());
        assert_eq!(marks, [0, 0, 0, 1], "{old}");
        assert!(xml.contains(">的</w:t>"), "{old}");
    }
}

/// What a document changes in its imprint, in its joint head and in what a chart is: all have bars, and the chart its mark in Word.
#[test]
fn every_part_has_its_bar() {
    const CASES: [(&str, &str, &str); 5] = [
        ("copies-to: 市委办公室。", "copies-to: 市委办公厅。", ""),
        ("printed: 2024年4月3日", "printed: 2024年4月6日", ""),
        ("authority: [青溪市财政局,", "authority: [青溪市审计局,", ""),
        ("unit: 万元", "unit: 亿元", "<w:rPrChange "),
        ("kind: bar", "kind: line", "<w:rPrChange "),
    ];
    let desk = Desk::new();
    let text = "template: official-document
authority: [青溪市财政局, 青溪市水务局]
authority-mark: 文件
number: 青财发〔2024〕5号
title: 青溪市财政局等关于投资的通知
addressee: 各区：
body:
  - 投资如下。
  - chart: {kind: bar, caption: 投资, unit: 万元, categories: [甲, 乙], series: [{name: 额, values: [50, 30]}]}
  - signature: {authority: [青溪市财政局, 青溪市水务局], date: 2024年4月2日}
copies-to: 市委办公室。
office: 青溪市财政局办公室
printed: 2024年4月3日
";
    let rules = |desk: &Desk| -> usize {
        let file = load(&fs::read(desk.path("out/report-redline.pdf")).unwrap());
        let all = pages(&file).into_iter().flat_map(|page| operations(&file, page)).collect::<Vec<_>>();
        all.iter().filter(|operation| operation.operator == "re").count()
    };
    desk.write("old.yaml", text);
    let mut wrong = Vec::new();
    for (from, to, mark) in CASES {
        desk.write("report.yaml", text);
        assert_eq!(desk.run(&["redline", "old.yaml", "report.yaml"]).code, 0);
        let before = rules(&desk);
        desk.write("report.yaml", &text.replacen(from, to, 1));
        let ran = desk.run(&["redline", "old.yaml", "report.yaml"]);
        assert_eq!(ran.code, 0, "{from}: {}", ran.err);
        let xml = part(&fs::read(desk.path("out/report-redline.docx")).unwrap(), "word/document.xml");
        if rules(&desk) <= before || !xml.contains(mark) {
            wrong.push(from);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// The text of a PDF without page numbers: what stays, what is new, what is gone.
fn inked(bytes: &[u8]) -> [String; 3] {
    let file = load(bytes);
    let mut said = [const { String::new() }; 3];
    for page in pages(&file) {
        for glyph in shown(&file, page).into_iter().filter(|glyph| glyph.tag != "Artifact") {
            let strong = |at: usize| glyph.ink.get(at).is_some_and(|part| *part > 0.5);
            let which = match glyph.ink.len() {
                4 if strong(0) => 1,
                4 if strong(1) => 2,
                3 if strong(2) && !strong(0) => 1,
                3 if strong(0) && !strong(2) => 2,
                _ => 0,
            };
            said[which].extend(glyph.text.chars().filter(|c| !c.is_whitespace()));
        }
    }
    said
}

/// What stays and what is new is the new text, character by character; what is gone is in red.
#[test]
fn changes_are_shown_in_the_text_of_the_pages() {
    let mut wrong: Vec<String> = Vec::new();
    for case in CASES {
        let desk = Desk::new();
        fs::copy(desk.path("report.yaml"), desk.path("old.yaml")).unwrap();
        let mut source = desk.text("report.yaml");
        for (from, to) in case.change {
            source = source.replacen(from, to, 1);
        }
        desk.write("report.yaml", &source);
        let ran = desk.run(&["build", "report.yaml", "--only", "pdf"]);
        assert_eq!(ran.code, 0, "{}: {}", case.name, ran.err);
        let ran = desk.run(&["redline", "old.yaml", "report.yaml", "--marks", "inline"]);
        if ran.code != 0 {
            wrong.push(format!("{}: {}{}", case.name, ran.out, ran.err));
            continue;
        }
        let made = fs::read(desk.path("out/report-redline.pdf")).unwrap();
        let [kept, new, gone] = inked(&made);
        let plain = inked(&fs::read(desk.path("out/report.pdf")).unwrap()).concat();
        let counts = |text: &str| {
            let mut counts: BTreeMap<char, i32> = BTreeMap::new();
            text.chars().for_each(|c| *counts.entry(c).or_default() += 1);
            counts
        };
        let mut missing = counts(&plain);
        for (c, count) in counts(&format!("{kept}{new}")) {
            *missing.entry(c).or_default() -= count;
        }
        // A mark may be written together with the one beside it, which is gone.
        let marks: i32 = missing.values().map(|count| count.abs()).sum();
        if marks > 1 || missing.iter().any(|(c, count)| *count != 0 && c.is_alphanumeric()) {
            wrong.push(format!("{}: {kept} / {new} / {gone}\n{plain}", case.name));
        }
        // Titles have bars alone; notes have marks of their own.
        let front = matches!(case.name, "title" | "nothing");
        let weighs = |mark: &&str| case.marks.contains(mark);
        let (takes, puts) = (weighs(&"<w:del ") || case.name == "figure", weighs(&"<w:ins ") || case.name == "figure");
        if (takes && gone.is_empty()) || (puts && !front && new.is_empty() && case.name != "note in") {
            wrong.push(format!("{}: new {new:?}, gone {gone:?}", case.name));
        }
        if case.name == "nothing" && !format!("{new}{gone}").is_empty() {
            wrong.push(format!("{}: {new:?} {gone:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
