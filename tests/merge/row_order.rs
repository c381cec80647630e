//! Rows and items of lists that go elsewhere, with what comes or goes beside them: the source reads as the file in one run.

use super::desk::Desk;
use super::hand::Hand;

const REPORT: &str = "\
template: work-report
title: 报告
notes: {g: 脚注的旧文字。}
body:
  - 今年工作[^g]平稳有序推进。
  - heading: 情况
    body:
      - table:
          columns: [类别, 件数]
          rows:
            - [甲县参加养老, 981] # 甲的说明
            - [乙县民族教育, 372]
            - [丙县提高都市, 273] # 丙的说明
            - [丁县生态保护, 654]
  - 再讲几点意见供大家参考。
  - list: [第一项计划按时办结, 第二项计划稳步实施, 第三项计划如期完成, 第四项计划持续推进]
  - 以上报告请各位予以审议。
";

type Work = fn(&mut Hand);

/// What an editor did.
const CASES: &[(&str, Work)] = &[
    ("a row to the end, and what follows the table goes", |h| {
        h.row_moved("甲县参加养老", "丁县生态保护");
        h.without("再讲几点意见");
    }),
    ("a row to the end, and something new behind the table", |h| {
        h.row_moved("甲县参加养老", "丁县生态保护");
        h.behind("以上报告请各位", "新写的一段话放在最后面。");
    }),
    ("a new row behind one that was moved", |h| {
        h.row_moved("丙县提高都市", "甲县参加养老");
        h.row_behind("丙县提高都市", &["新设己县的行", "888"]);
    }),
    ("a new row before one that was moved", |h| {
        h.row_moved("甲县参加养老", "丙县提高都市");
        h.row_behind("丙县提高都市", &["新设己县的行", "888"]);
    }),
    ("a new item behind one that was moved", |h| {
        h.moved("第一项计划", "第三项计划", None);
        h.behind("第一项计划", "新的一项计划写在这里");
    }),
];

#[test]
fn rows_and_items_go_where_they_went() {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.build();
    for (what, work) in CASES {
        desk.write("report.yaml", REPORT);
        desk.hand("back.docx", false, work);
        let ran = desk.merge("back.docx", &["--apply"]);
        assert!(ran.told().iter().all(|(_, status)| status == "applied"), "{what}: {}", ran.out);
        let again = desk.merge("back.docx", &["--apply"]);
        assert!(again.told().iter().all(|(_, status)| status == "already"), "{what}: {}", again.out);
        let source = desk.text("report.yaml");
        for comment in ["[甲县参加养老, 981] # 甲的说明", "[丙县提高都市, 273] # 丙的说明"] {
            assert!(source.contains(comment), "{what}: {source}");
        }
        std::fs::copy(desk.path("out/report.docx"), desk.path("handed.docx")).unwrap();
        let built = desk.run(&["build", "report.yaml", "--only", "docx", "--overwrite"]);
        assert_eq!(built.code, 0, "{}", built.err);
        assert_eq!(desk.reads("out/report.docx"), desk.reads("back.docx"), "{what}: {source}");
        std::fs::copy(desk.path("handed.docx"), desk.path("out/report.docx")).unwrap();
    }
}

#[test]
fn a_note_that_the_source_has_changed_is_not_taken_out() {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.build();
    desk.hand("back.docx", false, |h| h.note_out(1));
    let ours = REPORT.replace("脚注的旧文字", "脚注的新文字");
    desk.write("report.yaml", &ours);
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    assert!(ran.told().iter().all(|(_, status)| status == "conflict"), "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), ours);
}

const COLUMNS: &str = "\
template: work-report
title: 报告
body:
  - 今年工作平稳有序推进。
  - table:
      columns: [类别, 件数, 金额, 备注]
      rows:
        - [甲县, 981, 11, 子]
        - [乙县, 372, 22, 丑]
        - [丙县, 273, 33, 寅]
  - 以上报告请各位予以审议。
";

/// 件数 behind 金额.
fn swapped(hand: &mut Hand) {
    hand.column_out("甲县", 1);
    hand.column_behind("甲县", 1, &["件数", "981", "372", "273"]);
}

type Ours = fn(&str) -> String;

/// What an editor did to columns, what the source did since, and the table then.
const COLUMN_CASES: [(&str, Work, Ours, &str); 8] = [
    (
        "swapped",
        swapped,
        str::to_owned,
        "[类别, 金额, 件数, 备注]\n[甲县, 11, 981, 子]\n[乙县, 22, 372, 丑]\n[丙县, 33, 273, 寅]\n",
    ),
    (
        "swapped, a cell changed in the source",
        swapped,
        |source| source.replace("372", "400"),
        "[类别, 金额, 件数, 备注]\n[甲县, 11, 981, 子]\n[乙县, 22, 400, 丑]\n[丙县, 33, 273, 寅]\n",
    ),
    (
        "swapped, a row put into the source",
        swapped,
        |source| source.replace("        - [丙县", "        - [丁县, 7, 8, 午]\n        - [丙县"),
        "[类别, 金额, 件数, 备注]\n[甲县, 11, 981, 子]\n[乙县, 22, 372, 丑]\n[丁县, 8, 7, 午]\n[丙县, 33, 273, 寅]\n",
    ),
    (
        "swapped, and the last one out",
        |hand| {
            swapped(hand);
            hand.column_out("甲县", 3);
        },
        str::to_owned,
        "[类别, 金额, 件数]\n[甲县, 11, 981]\n[乙县, 22, 372]\n[丙县, 33, 273]\n",
    ),
    (
        "swapped, and a new one",
        |hand| {
            swapped(hand);
            hand.column_behind("甲县", 3, &["占比", "5", "6", "7"]);
        },
        str::to_owned,
        "[类别, 金额, 件数, 备注, 占比]\n[甲县, 11, 981, 子, 5]\n[乙县, 22, 372, 丑, 6]\n[丙县, 33, 273, 寅, 7]\n",
    ),
    (
        "a new column and a new row",
        |hand| {
            hand.column_behind("甲县", 1, &["占比", "5", "6", "7"]);
            hand.row_behind("丙县", &["丁县", "1", "8", "2", "午"]);
        },
        str::to_owned,
        "[类别, 件数, 占比, 金额, 备注]\n[甲县, 981, 5, 11, 子]\n[乙县, 372, 6, 22, 丑]\n[丙县, 273, 7, 33, 寅]\n[丁县, 1, 8, 2, 午]\n",
    ),
    (
        "a new column and a new row that the source has too, without the column",
        |hand| {
            hand.column_behind("甲县", 3, &["占比", "5", "6", "7"]);
            hand.row_behind("丙县", &["丁县", "1", "2", "午", "8"]);
        },
        |source| source.replace("33, 寅]", "33, 寅]\n        - [丁县, 1, 2, 午]"),
        "[类别, 件数, 金额, 备注, 占比]\n[甲县, 981, 11, 子, 5]\n[乙县, 372, 22, 丑, 6]\n[丙县, 273, 33, 寅, 7]\n[丁县, 1, 2, 午, 8]\n",
    ),
    (
        "a new row, the columns swapped in the source",
        |hand| hand.row_behind("丙县", &["丁县", "1", "2", "午"]),
        |source| {
            let lines = source.replace("件数, 金额", "金额, 件数").replace("981, 11", "11, 981");
            lines.replace("372, 22", "22, 372").replace("273, 33", "33, 273")
        },
        "[类别, 金额, 件数, 备注]\n[甲县, 11, 981, 子]\n[乙县, 22, 372, 丑]\n[丙县, 33, 273, 寅]\n[丁县, 2, 1, 午]\n",
    ),
];

/// Columns that an editor moved go with all of their values, those that the source has got since included.
#[test]
fn columns_go_with_their_heads() {
    let desk = Desk::new();
    desk.write("report.yaml", COLUMNS);
    desk.build();
    for (what, work, ours, wanted) in COLUMN_CASES {
        desk.write("report.yaml", COLUMNS);
        desk.hand("back.docx", false, work);
        desk.write("report.yaml", &ours(COLUMNS));
        let ran = desk.merge("back.docx", &["--apply"]);
        // The cells that the hand writes look like those beside them.
        let mut told = ran.told();
        told.retain(|(kind, _)| kind != "format");
        assert!(ran.code == 0 && told.iter().all(|(_, s)| s == "applied" || s == "already"), "{what}: {}", ran.out);
        let source = desk.text("report.yaml");
        let lines = source.lines().filter_map(|line| line.find('[').map(|at| format!("{}\n", &line[at..])));
        assert_eq!(lines.collect::<String>(), wanted, "{what}");
        let again = desk.merge("back.docx", &["--apply"]);
        let mut told = again.told();
        told.retain(|(kind, _)| kind != "format");
        assert!(told.iter().all(|(_, status)| status == "already"), "{what}: {}", again.out);
    }
}

/// Rows and columns at once: nothing is written, for a row would lose its values.
#[test]
fn rows_and_columns_that_both_changed_are_left_to_people() {
    let desk = Desk::new();
    desk.write("report.yaml", COLUMNS);
    desk.build();
    desk.hand("back.docx", false, |h| {
        h.row_moved("甲县", "丙县");
        h.column_out("乙县", 2);
    });
    let ran = desk.merge("back.docx", &["--apply"]);
    let told = ran.told();
    assert!(told.len() > 1 && told.iter().all(|(_, status)| status == "unsupported"), "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), COLUMNS);
}

/// A table that was moved is moved, whatever became of its rows.
#[test]
fn a_table_goes_with_a_row_that_moved_in_it() {
    let desk = Desk::new();
    desk.write("report.yaml", COLUMNS);
    desk.build();
    desk.hand("back.docx", false, |h| {
        h.row_moved("甲县", "丙县");
        h.moved("以上报告", "今年工作", None);
    });
    let ran = desk.merge("back.docx", &["--apply"]);
    assert!(ran.told().iter().all(|(kind, status)| kind == "moved" && status == "applied"), "{}", ran.out);
    let source = desk.text("report.yaml");
    assert!(source.contains("推进。\n  - 以上报告") && source.ends_with("        - [甲县, 981, 11, 子]\n"), "{source}");
}

/// A row that was moved is at its place also where other editors put rows in beside it: a second run finds nothing.
#[test]
fn rows_that_others_put_in_push_no_row_away() {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.build();
    desk.hand("one.docx", false, |h| h.row_moved("丁县生态保护", "甲县参加养老"));
    desk.hand("two.docx", false, |h| h.row_behind("甲县参加养老", &["新设己县的行", "888"]));
    desk.hand("three.docx", false, |h| {
        h.row_behind("甲县参加养老", &["新设庚县的行", "777"]);
        h.row_moved("丁县生态保护", "新设庚县的行");
    });
    let merge = || {
        let files = ["one.docx", "two.docx", "three.docx", "report.yaml", "--format", "json", "--apply"];
        desk.run(&[&["merge"], &files[..]].concat())
    };
    assert!(merge().told().iter().any(|(kind, _)| kind == "moved"));
    let source = desk.text("report.yaml");
    let again = merge();
    assert!(again.told().iter().all(|(_, status)| status == "already"), "{}", again.out);
    assert_eq!(desk.text("report.yaml"), source);
}
