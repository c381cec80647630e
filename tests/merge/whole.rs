//! Edits that are one thing made of several: a section or a list taken out whole, halves of a point, rows of a table with their look.

use super::desk::{Desk, paragraph};
use super::hand::Hand;
use std::ops::Range;

const HEAD: &str = "template: work-report\ntitle: 试验报告\nnotes: {n: 注文。}\nbody:\n  - 引言[^n]。\n";

/// What an editor does, and what the body of the source says then.
struct Case {
    name: &'static str,
    body: &'static str,
    work: fn(&mut Hand),
    told: &'static [(&'static str, &'static str)],
    becomes: &'static str,
}

const SECTIONS: &str = "  - 开头段。
  - heading: 农业工作
    body:
      - heading: 种植生产
        body:
          - 粮食增产。
          - list: [甲项工作有序推进；, 乙项工作全面铺开。]
      - heading: 畜牧生产
        body: [生猪出栏。]
  - heading: 工业工作
    body:
      - 产值增长。
";

const TABLE: &str = "  - 开头段。
  - table:
      caption: 任务
      columns: [类别, 内容]
      rows:
        - [类甲, 任务甲内容]
        - [类乙, 任务乙内容]
        - [类丙, 任务丙内容]
        - [类丁, 任务丁内容]
        - [类戊, 任务戊内容]
";

const CASES: [Case; 8] = [
    Case {
        name: "all items of a list in brackets",
        body: "  - 甲段。\n  - list: [甲项有序推进；, 乙项全面铺开；, 丙项如期完成。]\n  - 乙段。\n",
        work: |h| ["甲项有序", "乙项全面", "丙项如期"].iter().for_each(|says| h.without(says)),
        told: &[("deleted", "applied"), ("deleted", "applied"), ("deleted", "applied")],
        becomes: "  - 甲段。\n  - 乙段。\n",
    },
    Case {
        name: "all items of a list in lines",
        body: "  - 甲段。\n  - list:\n      - 甲项有序推进；\n      - 乙项全面铺开。\n  - 乙段。\n",
        work: |h| ["甲项有序", "乙项全面"].iter().for_each(|says| h.without(says)),
        told: &[("deleted", "applied"), ("deleted", "applied")],
        becomes: "  - 甲段。\n  - 乙段。\n",
    },
    Case {
        name: "a section with a list and a body in brackets",
        body: SECTIONS,
        work: |h| {
            let all = ["农业工作", "种植生产", "粮食增产", "甲项工作", "乙项工作", "畜牧生产", "生猪出栏"];
            for says in all {
                h.without(says);
            }
        },
        told: &[("deleted", "applied"); 7],
        becomes: "  - 开头段。\n  - heading: 工业工作\n    body:\n      - 产值增长。\n",
    },
    Case {
        name: "a section below another",
        body: SECTIONS,
        work: |h| ["畜牧生产", "生猪出栏"].iter().for_each(|says| h.without(says)),
        told: &[("deleted", "applied"), ("deleted", "applied")],
        becomes: "  - 开头段。
  - heading: 农业工作
    body:
      - heading: 种植生产
        body:
          - 粮食增产。
          - list: [甲项工作有序推进；, 乙项工作全面铺开。]
  - heading: 工业工作
    body:
      - 产值增长。
",
    },
    Case {
        name: "halves of a point are points",
        body: "  - point: 加强领导。\n    text: 落实责任，健全机制。\n  - point: 强化督查。\n",
        work: |h| h.split("落实责任，"),
        told: &[("split", "applied")],
        becomes: "  - point: 加强领导。\n    text: 落实责任，\n  - point: 健全机制。\n  - point: 强化督查。\n",
    },
    Case {
        name: "the last row but one",
        body: TABLE,
        work: |h| h.row_out("类丁"),
        told: &[("deleted", "applied")],
        becomes: "  - 开头段。
  - table:
      caption: 任务
      columns: [类别, 内容]
      rows:
        - [类甲, 任务甲内容]
        - [类乙, 任务乙内容]
        - [类丙, 任务丙内容]
        - [类戊, 任务戊内容]
",
    },
    Case {
        name: "a heading of another level",
        body: SECTIONS,
        work: |h| restyle(h, "种植生产", "农业工作"),
        told: &[("format", "unsupported")],
        becomes: SECTIONS,
    },
    Case {
        name: "a line end in a caption",
        body: TABLE,
        work: |h| {
            let place = paragraph(&h.xml, "任务</w:t>");
            let changed = h.xml[place.clone()].replacen("任务</w:t>", "任</w:t><w:br/><w:t>务</w:t>", 1);
            h.xml.replace_range(place, &changed);
        },
        told: &[("format", "unsupported")],
        becomes: TABLE,
    },
];

/// Gives a paragraph the style of another.
fn restyle(hand: &mut Hand, says: &str, like: &str) {
    let style = |xml: &str, says: &str| -> Range<usize> {
        let place = paragraph(xml, says);
        let start = place.start + xml[place.clone()].find("<w:pStyle").unwrap();
        start..start + xml[start..].find("/>").unwrap() + 2
    };
    let other = hand.xml[style(&hand.xml, like)].to_owned();
    let own = style(&hand.xml, says);
    hand.xml.replace_range(own, &other);
}

#[test]
fn what_is_one_thing_is_written_as_one() {
    let mut wrong = Vec::new();
    for Case { name, body, work, told, becomes } in &CASES {
        let desk = Desk::new();
        desk.write("report.yaml", &format!("{HEAD}{body}"));
        desk.build();
        desk.hand("back.docx", false, work);
        let ran = desk.merge("back.docx", &["--apply"]);
        let found = ran.told();
        let same = found.iter().map(|(kind, status)| (kind.as_str(), status.as_str())).eq(told.iter().copied());
        let text = desk.text("report.yaml");
        if !same || text != format!("{HEAD}{becomes}") {
            wrong.push(format!("{name}: {found:?}\n{text}\n{}", ran.out));
        }
        desk.merge("back.docx", &["--apply"]);
        if desk.text("report.yaml") != text {
            wrong.push(format!("{name}: a second run writes\n{}", desk.text("report.yaml")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_of_a_data_file_in_a_table_are_its_own() {
    for (after, line) in [("城关,镇", "\"城关,镇\",12"), ("城关（新）", "城关（新）,12")] {
        let desk = Desk::new();
        desk.write("t.csv", "站名,次数\n城关,12\n河东,8\n");
        let report = "template: work-report\ntitle: 试验报告\ndata: {t: t.csv}\nnotes: {n: 注文。}\nbody:\n  - 甲段[^n]。\n  - table: {caption: 活动, from: t}\n";
        desk.write("report.yaml", report);
        desk.build();
        desk.hand("back.docx", false, |h| h.words("城关", after));
        let ran = desk.merge("back.docx", &[]);
        assert_eq!(ran.told(), [("value".to_owned(), "proposed".to_owned())], "{}", ran.out);
        desk.merge("back.docx", &["--apply", "--values"]);
        assert_eq!(desk.text("t.csv"), format!("站名,次数\n{line}\n河东,8\n"), "{}", ran.out);
        assert_eq!(desk.text("report.yaml"), report);
    }
}
