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
