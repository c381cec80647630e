//! Reports that begin with a text file: nothing of the text is lost or changed without a word.

use super::desk::Desk;
use std::fs;

/// A file, what the source says, and words of what is told: as many remarks.
struct Case {
    file: &'static str,
    text: &'static str,
    wanted: &'static [&'static str],
    told: &'static [&'static str],
}

const CASES: &[Case] = &[
    // Only contents are left out.
    Case {
        file: "tabs.txt",
        text: "年度报告\n\n一、总体情况\n\n工作平稳。\n合计\t12\n电话\t88123456\n乙县……5\n丙县.....6\n完。",
        wanted: &["- '合计\t12'\n", "- '电话\t88123456'\n", "- 乙县……5\n", "- 丙县.....6\n"],
        told: &[],
    },
    Case {
        file: "contents.txt",
        text: "年度报告\n目　录\n一、总体情况\t1\n二、打算……2\n一、总体情况\n工作平稳。\n二、打算\n好。",
        wanted: &[
            "title: 年度报告\nbody:\n\n  - heading: 总体情况\n    body:\n      - 工作平稳。\n\n  - heading: 打算\n",
        ],
        told: &["“目　录”", "“一、总体情况\t1”", "“二、打算……2”"],
    },
    // The title.
    Case {
        file: "title.md",
        text: "# 2023年工作总结\n\n各项工作进展顺利\n\n```\nx = 1\n```\n\n## 情况\n\n好。",
        wanted: &["title: 2023年工作总结\n", "body:\n  - 各项工作进展顺利\n  - x = 1\n"],
        told: &["“```”：代码成了"],
    },
    Case {
        file: "title.txt",
        text: "青溪市人民政府\n工作报告\n时间：2024年1月5日\n好。",
        wanted: &["title:\n  - 青溪市人民政府\n  - 工作报告\n", "body:\n  - 时间：2024年1月5日\n"],
        told: &["“青溪市人民政府”“工作报告”，请核对"],
    },
    // Marks of Markdown.
    Case {
        file: "closed.md",
        text: "# 报告 #\n\n## 总体情况 ##\n\n好。\n\n## 使用C#\n\n#\t不是标题以外的标题\n",
        wanted: &["title: 报告\n", "heading: 总体情况\n", "heading: 使用C#\n", "heading: 不是标题以外的标题\n"],
        told: &[],
    },
    Case {
        file: "tab.md",
        text: "# 报告\n\n-\t甲\n-\t乙\n",
        wanted: &["- list:\n      - 甲\n      - 乙\n"],
        told: &[],
    },
    Case {
        file: "notes.md",
        text: "# 报告\n\n甲[^a]，乙[^c]。\n\n[^a]: 注甲。\n[^b]: 注乙。\n",
        wanted: &["- 甲[^n1]，乙\\[^c]。\n", "n1: 注甲。\n", "n2: 注乙。\n"],
        told: &["没有 [^c] 这条脚注", "“注乙。”：正文没有引用这条脚注"],
    },
    // Line ends.
    Case {
        file: "cr.txt", text: "报告\r\r第一段。\r第二段。", wanted: &["- 第一段。\n  - 第二段。\n"], told: &[]
    },
    Case {
        file: "cr.md", text: "# 报告\r\r第一段。\r\r第二段。", wanted: &["- 第一段。\n  - 第二段。\n"], told: &[]
    },
    Case {
        file: "pages.txt",
        text: "报告\n第一段。\n\u{c}第二段。\u{c}\n第\u{1}三段。",
        wanted: &["- 第一段。\n  - 第二段。\n  - 第三段。\n"],
        told: &["1 个控制字符"],
    },
    // Chapters and sections.
    Case {
        file: "chapters.txt",
        text: "青溪市管理办法\n第一章　总则\n第一条　为了规范管理，制定本办法。\n第二章　管理\n第一节　登记\n第二条　应当登记。\n第二节　公示\n第三条　应当公示。",
        wanted: &[
            "numbering: {1: '第一章　', 2: '第一节　'}\n",
            "  - heading: 总则\n    body:\n      - 第一条　为了规范管理，制定本办法。\n",
            "      - heading: 公示\n        body:\n",
        ],
        told: &[],
    },
];

#[test]
fn what_a_text_says_is_kept_or_told() {
    let mut wrong = Vec::new();
    for Case { file, text, wanted, told } in CASES {
        let desk = Desk::new();
        desk.write(file, text);
        let ran = desk.run(&["new", "draft", "--from", file]);
        let (source, said) = (desk.text("draft/report.yaml"), format!("{}{}", ran.out, ran.err));
        let missing = wanted.iter().filter(|wanted| !source.contains(**wanted));
        wrong.extend(missing.map(|wanted| format!("{file}: {wanted:?}\n{source}")));
        let count = said.matches("请看").count();
        if count != told.len() || told.iter().any(|told| !said.contains(told)) {
            wrong.push(format!("{file}: told {told:?}\n{said}"));
        }
        let ran = desk.run(&["build", "draft/report.yaml", "--only", "docx"]);
        if ran.code != 0 {
            wrong.push(format!("{file}: {}", ran.err));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// The program's own regulation keeps its chapters, and marks of terms stay raised.
#[test]
fn its_own_numbers_stay_what_they_are() {
    let desk = Desk::new();
    desk.write(
        "own.yaml",
        "template: regulation\ntitle: 管理办法\nbody:\n  - heading: 总则\n    body:\n      - 好。\n  - heading: 附则\n    body:\n      - 完。\n",
    );
    desk.write(
        "terms.yaml",
        "template: work-report\ntitle: 报告\nglossary: {全过程人民民主: 人民当家作主。}\nbody:\n  - 践行全过程人民民主[*全过程人民民主]，依法履职。\n",
    );
    for (name, wanted) in
        [("own", "numbering: {1: '第一章　'}\n"), ("terms", "践行全过程人民民主<sup>1</sup>，依法履职。")]
    {
        let ran = desk.run(&["build", &format!("{name}.yaml"), "--only", "docx"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(fs::exists(desk.path(&format!("out/{name}.docx"))).unwrap());
        let ran = desk.run(&["new", &format!("{name}-draft"), "--from", &format!("out/{name}.docx")]);
        let source = desk.text(&format!("{name}-draft/report.yaml"));
        assert!(source.contains(wanted), "{wanted}: {source}{}", ran.err);
    }
}
