//! Lines of a text that begins a report: headings that text follows, attachments.

use super::desk::Desk;

/// Lines of a text, and what the report says of them.
const LINES: &[(&str, &str)] = &[
    ("一、工作情况。今年工作平稳。\n二、下一步打算。继续努力。", "  - heading: 工作情况\n    text: 今年工作平稳。\n"),
    ("一、二季度增长。全年平稳。\n正文。", "  - 一、二季度增长。全年平稳。\n"),
    ("一、工作情况。今年工作平稳。\n正文。", "  - 一、工作情况。今年工作平稳。\n"),
    (
        "正文。\n附件：1．任务清单\n2．责任分工\n某某办公室\n2024年1月8日\n附件1\n任务清单\n清单如下。\n附件2\n责任分工\n分工如下。",
        "  - 2．责任分工\n  - signature: {authority: 某某办公室, date: 2024年1月8日, sealed: false}\n\nattachments:\n  - title: 任务清单\n    body:\n      - 清单如下。\n  - title: 责任分工\n    body:\n      - 分工如下。\n",
    ),
];

#[test]
fn lines_of_a_text_are_what_they_look_like() {
    for (lines, wanted) in LINES {
        let desk = Desk::new();
        desk.write("a.txt", &format!("工作报告\n各位代表：\n{lines}\n"));
        let ran = desk.run(&["new", "draft", "--from", "a.txt"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let source = desk.text("draft/report.yaml");
        assert!(source.contains(wanted), "{lines}\n{source}");
    }
}
