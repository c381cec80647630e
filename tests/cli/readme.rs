//! The README's example is a report that builds.

use super::Desk;

#[test]
fn the_example_builds_in_both_languages() {
    for readme in [include_str!("../../README.md"), include_str!("../../README.zh-CN.md")] {
        let desk = Desk::new();
        for block in readme.split("```yaml\n").skip(1) {
            let text = block.split("```").next().unwrap();
            if let Some(name) = text.strip_prefix("# ").and_then(|t| t.lines().next()) {
                desk.write(name, text);
            }
        }
        let ran = desk.run(&["build", "my-report/report.yaml", "--out", "my-report/out", "--layout", "lines.json"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        assert_eq!(desk.names("my-report/out"), ["report.docx", "report.pdf"]);
        let lines = desk.text("lines.json");
        for line in ["一、2025年工作回顾", "（一）经济平稳增长", "全年地区生产总值增长5.2%。", "一是工业稳中有进。"]
        {
            assert!(lines.contains(line), "{line}: {lines}");
        }
    }
}
