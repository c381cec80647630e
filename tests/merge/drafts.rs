//! Reports that begin with a file of another program: its structure is found, its text is kept, and a newer version of it comes home.

#![expect(clippy::format_collect, reason = "the files are made once")]

use super::desk::Desk;
use dinggao::docx::read::{View, WordDocument};
use dinggao::model::Item;
use std::fs;
use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEADING_1: &str = "<w:pStyle w:val=\"1\"/>";
const HEADING_2: &str = "<w:pStyle w:val=\"2\"/>";
const POINTS: &str = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>";
const ITEMS: &str = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr>";

/// Styles that number headings, as Word has them.
fn styles() -> String {
    let heading = |level: usize| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{0}\"><w:name w:val=\"heading {0}\"/><w:basedOn w:val=\"a\"/><w:pPr>\
             <w:numPr><w:ilvl w:val=\"{1}\"/><w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"{1}\"/></w:pPr></w:style>",
            level,
            level - 1
        )
    };
    let normal = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>";
    format!("<w:styles {W}>{normal}{}{}</w:styles>", heading(1), heading(2))
}

/// Lists: headings 一、 and （一）, points 一是, items 1.
fn numbering() -> String {
    let level = |at: usize, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let lists = [
        level(0, "chineseCounting", "%1、") + &level(1, "chineseCounting", "（%2）"),
        level(0, "chineseCounting", "%1是"),
        level(0, "decimal", "%1."),
    ];
    let kinds: String =
        (0..3).map(|n| format!("<w:abstractNum w:abstractNumId=\"{n}\">{}</w:abstractNum>", lists[n])).collect();
    let used: String =
        (0..3).map(|n| format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{n}\"/></w:num>", n + 1)).collect();
    format!("<w:numbering {W}>{kinds}{used}</w:numbering>")
}

/// A Word file of another program.
fn package(body: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let kinds = [
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("footnotes", "footnotes.xml"),
        ("image", "media/a.png"),
    ];
    let links = kinds
        .iter()
        .map(|(kind, target)| format!("<Relationship Id=\"{kind}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>"));
    let relations = |links: String| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>"
        )
    };
    let main = format!("<Relationship Id=\"main\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>");
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        paragraph("国道108线新线。", "")
    );
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples/growth.png");
    let parts = [
        ("_rels/.rels", relations(main).into_bytes()),
        ("word/_rels/document.xml.rels", relations(links.collect()).into_bytes()),
        ("word/styles.xml", styles().into_bytes()),
        ("word/numbering.xml", numbering().into_bytes()),
        ("word/footnotes.xml", notes.into_bytes()),
        ("word/media/a.png", fs::read(picture).unwrap()),
        ("word/document.xml", format!("<w:document {W}><w:body>{body}</w:body></w:document>").into_bytes()),
    ];
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn paragraph(text: &str, properties: &str) -> String {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let call = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let runs: Vec<String> = text.split('※').map(run).collect();
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", runs.join(call))
}

fn table(rows: &[&[(&str, &str)]]) -> String {
    let cell = |(text, properties): &(&str, &str)| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text, ""))
    };
    let row = |cells: &&[(&str, &str)]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

const CONTENTS: &str = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>\
     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>一、工作回顾 1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
const PICTURE: &str = "<w:p><w:r><w:drawing><a:blip xmlns:a=\"urn:a\" r:embed=\"image\"/></w:drawing></w:r></w:p>";

/// A file whose numbers are counted by its program.
fn counted() -> String {
    let merged = table(&[
        &[("类别", "<w:vMerge w:val=\"restart\"/>"), ("提案", "<w:gridSpan w:val=\"2\"/>")],
        &[("", "<w:vMerge/>"), ("收到", ""), ("立案", "")],
        &[("经济", ""), ("41", ""), ("39", "")],
    ]);
    let plain = table(&[&[("类别", ""), ("件数", "")], &[("社会", ""), ("78", "")]]);
    [
        paragraph("房山区政府工作报告", ""),
        CONTENTS.to_owned(),
        paragraph("各位代表：", ""),
        paragraph("现在，我代表区政府作报告。", ""),
        paragraph("2023年工作回顾", HEADING_1),
        paragraph("全年收到提案126件，办复率100%。", ""),
        paragraph("经济建设", HEADING_2),
        paragraph("加快产业转型。扎实推进重点项目。", POINTS),
        paragraph("优化营商环境。出台措施30项。", POINTS),
        paragraph("修通G108新线※，全线通车。", ""),
        paragraph("社会建设", HEADING_2),
        paragraph("第一项工作。", ITEMS),
        paragraph("第二项工作。", ITEMS),
        paragraph("表1 提案办理情况", ""),
        plain,
        merged,
        paragraph("2024年工作安排", HEADING_1),
        paragraph("做好2024年工作。", ""),
        PICTURE.to_owned(),
        paragraph("图1 增长情况", ""),
    ]
    .concat()
}

const COUNTED: &[&str] = &[
    "title: 房山区政府工作报告\n",
    "  - salutation: 各位代表：\n  - 现在，我代表区政府作报告。\n",
    "  - heading: 2023年工作回顾\n    body:\n      - 全年收到提案126件，办复率100%。\n",
    "      - heading: 经济建设\n        body:\n          - point: 加快产业转型。\n            text: 扎实推进重点项目。\n",
    "          - 修通G108新线[^n1]，全线通车。\n",
    "                - 第一项工作。\n                - 第二项工作。\n",
    "caption: 提案办理情况\n              columns: [类别, 件数]\n              rows:\n                - [社会, 78]\n",
    "{text: 提案, columns: 2, rows: 1}",
    "- figure:\n          image: media/a.png\n          caption: 增长情况\n",
    "  n1: 国道108线新线。\n",
];

const TYPED: &str = "房山区政府工作报告\n各位代表：\n一、2023年工作回顾\n（一）经济建设\n全年完成投资12.5亿元。\n\
     一是办好民生实事。完成28件。\n二是健全保障体系。覆盖12万人。\n二、2024年工作安排\n做好工作。\n";
const STRUCTURE: &[&str] = &[
    "title: 房山区政府工作报告\n",
    "  - heading: 2023年工作回顾\n    body:\n",
    "      - heading: 经济建设\n        body:\n          - 全年完成投资12.5亿元。\n",
    "          - point: 办好民生实事。\n            text: 完成28件。\n          - point: 健全保障体系。\n            text: 覆盖12万人。\n",
    "  - heading: 2024年工作安排\n    body:\n      - 做好工作。\n",
];

/// Starts a report with a file; gives its source.
fn start(desk: &Desk, name: &str, bytes: &[u8], more: &[&str]) -> String {
    fs::write(desk.path(name), bytes).unwrap();
    let ran = desk.run(&[&["new", "draft", "--from", name], more].concat());
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    desk.text("draft/report.yaml")
}

/// The text of a Word file without white space; the same for one that numbers and one that has its numbers typed.
fn says(bytes: &[u8]) -> String {
    let manuscript = WordDocument::open(bytes).unwrap().manuscript(&View::Accepted).unwrap();
    let items = manuscript.items.iter().chain(&manuscript.notes);
    items.map(Item::plain).collect::<String>().split_whitespace().collect()
}

#[test]
fn structure_is_found_whoever_counts() {
    let typed = |properties: fn(&str) -> &'static str| {
        TYPED.lines().map(|line| paragraph(line, properties(line))).collect::<String>()
    };
    let outlined = typed(|line| match line.chars().next() {
        Some('一' | '二') if line.contains('、') => "<w:outlineLvl w:val=\"0\"/>",
        Some('（') => "<w:outlineLvl w:val=\"1\"/>",
        _ => "",
    });
    let markdown = "# 房山区政府工作报告\n\n各位代表：\n\n## 一、2023年工作回顾\n\n### （一）经济建设\n\n全年完成投资12.5亿元。\n\n\
         一是办好民生实事。完成28件。\n\n二是健全保障体系。覆盖12万人。\n\n## 二、2024年工作安排\n\n做好工作。\n";
    let cases: [(&str, Vec<u8>, &[&str]); 5] = [
        ("counted.docx", package(&counted()), COUNTED),
        ("typed.docx", package(&typed(|_| "")), STRUCTURE),
        ("outlined.docx", package(&outlined), STRUCTURE),
        ("typed.txt", TYPED.as_bytes().to_vec(), STRUCTURE),
        ("typed.md", markdown.as_bytes().to_vec(), STRUCTURE),
    ];
    let mut wrong = Vec::new();
    for (name, bytes, wanted) in cases {
        let desk = Desk::new();
        let source = start(&desk, name, &bytes, &[]);
        let missing = wanted.iter().filter(|w| !source.contains(**w));
        wrong.extend(missing.map(|w| format!("{name}: {w:?}\n{source}")));
        let ran = desk.run(&["build", "draft/report.yaml", "--only", "docx"]);
        if ran.code != 0 {
            wrong.push(format!("{name}: {}", ran.err));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What offices write around a table, and what the program would count otherwise.
#[test]
fn lines_of_tables_and_numbers_that_change_are_kept_or_told() {
    let body = [
        paragraph("工作情况报告※", "<w:pStyle w:val=\"Title\"/>"),
        paragraph("各位代表：", ""),
        paragraph("情况见表1、表3。", ""),
        paragraph("表1　提案情况", ""),
        paragraph("单位：件", ""),
        table(&[&[("类别", ""), ("件数", "")], &[("经济", ""), ("12", "")]]),
        paragraph("注：截至年底。", ""),
        paragraph("资料来源：提案委员会", ""),
        paragraph("一是加强学习。认真学习理论。", ""),
        paragraph("二是加强团结。团结各方力量。", ""),
        paragraph("一是减税。落实减税政策。", ""),
        paragraph("二是降费。落实降费政策。", ""),
        paragraph("表3　信息情况", ""),
        table(&[&[("类别", ""), ("件数", "")], &[("社会", ""), ("34", "")]]),
        paragraph("数据来源：办公室", ""),
        paragraph("青溪市人民政府", "<w:jc w:val=\"right\"/>"),
        paragraph("2024年1月8日", "<w:jc w:val=\"right\"/>"),
    ]
    .concat();
    let desk = Desk::new();
    fs::write(desk.path("a.docx"), package(&body)).unwrap();
    let ran = desk.run(&["new", "draft", "--from", "a.docx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let source = desk.text("draft/report.yaml");
    for wanted in [
        "title: 工作情况报告[^n1]\n",
        "      caption: 提案情况\n      unit: 件\n      note: 截至年底。\n      source: 提案委员会\n",
        "  - point: 加强团结。\n    text: 团结各方力量。\n  - 一是减税。落实减税政策。\n  - 二是降费。落实降费政策。\n",
        "  - 数据来源：办公室\n  - signature: {authority: 青溪市人民政府, date: 2024年1月8日, sealed: false}\n",
    ] {
        assert!(source.contains(wanted), "{wanted}: {source}");
    }
    let told = format!("{}{}", ran.out, ran.err);
    for words in ["原来的编号是表3，程序编为表2", "又从一是编起", "最后两行当作署名"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("表1，程序"), "{told}");
    let ran = desk.run(&["build", "draft/report.yaml", "--only", "docx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn figures_are_proposed_and_bound() {
    let desk = Desk::new();
    let source = start(&desk, "typed.txt", TYPED.as_bytes(), &["--bind"]);
    assert!(source.contains("data: figures.yaml\n") && source.contains("全年完成投资{{ "), "{source}");
    let figures = desk.text("draft/figures.yaml");
    assert!(figures.contains("12.5") && figures.contains("28"), "{figures}");
    let ran = desk.run(&["build", "draft/report.yaml", "--only", "docx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = says(&fs::read(desk.path("out/report.docx")).unwrap());
    for part in ["全年完成投资12.5亿元。", "完成28件。", "覆盖12万人。"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_newer_version_of_the_file_comes_home() {
    let old = counted();
    let new = old
        .replace("办复率100%。", "办复率99.2%，满意率98%。")
        .replace("现在，我代表", "我代表")
        .replace(
            &paragraph("做好2024年工作。", ""),
            &(paragraph("做好2024年工作。", "") + &paragraph("为此，重点抓好三件事。", "")),
        )
        .replace(
            &paragraph("第二项工作。", ITEMS),
            &(paragraph("第二项工作。", ITEMS) + &paragraph("第三项工作。", ITEMS)),
        )
        .replace("社会建设", "社会民生建设")
        .replace("国道108线新线。", "国道108线的新线。")
        .replace(">78<", ">79<");
    let desk = Desk::new();
    start(&desk, "old.docx", &package(&old), &[]);
    fs::write(desk.path("new.docx"), package(&new)).unwrap();
    let unchanged = desk.run(&["merge", "old.docx", "draft/report.yaml", "--format", "json"]);
    assert_eq!(unchanged.told(), [], "{}", unchanged.out);
    let ran = desk.run(&["merge", "new.docx", "draft/report.yaml", "--apply", "--format", "json"]);
    assert!(ran.code == 0 && ran.told().iter().all(|(_, status)| status == "applied"), "{}", ran.out);
    let built = desk.run(&["build", "draft/report.yaml", "--only", "docx"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let (text, wanted) = (says(&fs::read(desk.path("out/report.docx")).unwrap()), says(&package(&new)));
    // The number of a caption has a space of the template's behind it.
    assert_eq!(text, wanted);
}

#[test]
fn what_only_markdown_has_is_taken_in_or_named() {
    let markdown = "---\ntitle: 青溪市工作总结\nauthor: 张三\n---\n\n各位代表：\n\n> 引用的一段话。\n\n---\n\n```\n代码里的字\n```\n\n\
         ![增长图](growth.png)\n\n最后一段。\n";
    let desk = Desk::new();
    desk.write("a.md", markdown);
    let ran = desk.run(&["new", "draft", "--from", "a.md"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let source = desk.text("draft/report.yaml");
    for wanted in ["title: 青溪市工作总结\n", "- 引用的一段话。\n", "- 代码里的字\n", "- 最后一段。\n"]
    {
        assert!(source.contains(wanted), "{wanted}: {source}");
    }
    for gone in ["author", "---", "```", "growth.png"] {
        assert!(!source.contains(gone), "{gone}: {source}");
    }
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains("author: 张三") && said.contains("growth.png"), "{said}");
}

#[test]
fn lists_of_markdown_are_lists() {
    let desk = Desk::new();
    let markdown = "# 工作总结\n\n## 成效\n\n1. 提案办理\n   有序推进。\n2. 调研协商\n   - 走访企业\n   - 座谈交流\n3) 宣传引导\n\n\
         说明一段。\n\n4. 队伍建设\n\n## 打算\n\n3. 从三数起\n\n全年共\n2023. 年的话\n\n* 一、带号的一项\n";
    let source = start(&desk, "a.md", markdown.as_bytes(), &[]);
    let wanted = [
        "      - list:\n          ordered: true\n          items:\n            - 提案办理有序推进。\n            - text: 调研协商\n              list:\n",
        "- 走访企业\n",
        "            - 宣传引导\n      - 说明一段。\n      - list:\n          continue: true\n          ordered: true\n          items:\n            - 队伍建设\n",
        "            - 从三数起\n      - 全年共2023. 年的话\n",
        "- 一、带号的一项\n",
    ];
    for wanted in wanted {
        assert!(source.contains(wanted), "{wanted}: {source}");
    }
    assert_eq!(source.matches("- heading:").count(), 2, "{source}");
    let ran = desk.run(&["new", "again", "--from", "a.md"]);
    assert!(format!("{}{}", ran.out, ran.err).contains("这个列表从 3 开始编号"), "{}{}", ran.out, ran.err);
    let ran = desk.run(&["build", "draft/report.yaml", "--only", "docx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// The lines below a footnote that are indented, and those right below it, are of the note.
#[test]
fn footnotes_of_markdown_may_have_several_paragraphs() {
    let desk = Desk::new();
    let markdown = "# 工作总结\n\n第一段[^a]，第二句[^b]。\n\n[^a]: 注的第一段，\n接着说。\n\n    注的第二段。\n    - 注里的一项。\n\n[^b]: 乙注。\n\n\
         第二段。\n\n    缩进的一段。\n";
    let source = start(&desk, "a.md", markdown.as_bytes(), &[]);
    for wanted in ["：注的第一段，接着说。注的第二段。注里的一项。\n", "- 第二段。\n", "- 缩进的一段。\n", ": 乙注。\n"]
    {
        let wanted = wanted.replace('：', ": ");
        assert!(source.contains(&wanted), "{wanted}: {source}");
    }
    assert_eq!(source.matches("注").count(), 4, "{source}");
}

#[test]
fn what_markdown_and_a_source_write_alike_stays() {
    let desk = Desk::new();
    let markdown = "总结\n====\n\n成效\n---\n\n详见[网站](https://a.cn/x)，面积10<sup>2</sup>，<br>另\\*行。\n用{{ 名 }}和[甲](乙)。\n\n\
         | 类别 | 件数 |\n|:--|--:|\n| 经济\\|社会 | 41 |\n\n1. 第一\n\n   第一的续段。\n2. 第二\n";
    let source = start(&desk, "a.md", markdown.as_bytes(), &[]);
    let wanted = [
        "title: 总结\n",
        "- heading: 成效\n",
        "详见[网站](https://a.cn/x)，面积10<sup>2</sup>，<br>另*行。",
        "用\\{\\{ 名 \\}\\}和[甲](乙)。",
        "columns: [{title: 类别, align: left}, {title: 件数, align: right}]\n          rows:\n            - [经济|社会, 41]\n",
        "- 第一的续段。\n      - list:\n          continue: true\n          ordered: true\n          items:\n            - 第二\n",
    ];
    for wanted in wanted {
        assert!(source.contains(wanted), "{wanted}: {source}");
    }
    let ran = desk.run(&["build", "draft/report.yaml", "--only", "docx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// Lines of Markdown, what the source says of them, and words of what is told.
const MARKS: [(&str, &str, &[&str]); 21] = [
    ("有*斜体的话*，*又*是。", "- 有斜体的话，又是。\n", &["“斜体的话”：斜体", "“又”：斜体"]),
    ("_斜体_ 与 a_b_c、名_字_。", "- 斜体 与 a_b_c、名_字_。\n", &["“斜体”：斜体"]),
    ("面积5*3和4*2，**重点**，2 ** 3。", "面积5*3和4*2，**重点**，2 \\*\\* 3。", &[]),
    ("***粗斜***和__也粗__。", "**粗斜**和__也粗__。", &["“粗斜”：斜体"]),
    ("__也粗__。", "**也粗**。", &[]),
    ("用`a*b*c`计算，``x`y``。", "- 用a*b*c计算，x`y。\n", &["“a*b*c”：代码", "“x`y”：代码"]),
    ("增长~~百分之五~~百分之六。", "- 增长百分之五百分之六。\n", &["“百分之五”：删去的字"]),
    ("> 第一行，\n> 第二行。", "- 第一行，第二行。\n", &["“第一行，”：引用"]),
    (
        "类别 | 件数 | 率\n:--- | :---: | ---\n经济 | 41 | 5%",
        "columns: [{title: 类别, align: left}, {title: 件数, align: center}, 率]\n      rows:\n        - [经济, 41, 5%]\n",
        &[],
    ),
    ("![增长图](no.png)", "body:\n  - （正文）\n", &["“增长图”：图 no.png 读不出来"]),
    ("![增长图](a.png \"题\")", "- figure:\n      image: media/a.png\n      alt: 增长图\n", &[]),
    ("如图![小](a.png)所示。", "- 如图所示。\n", &["“a.png”：字里行间的图"]),
    (
        "<div>红<span style=\"x\">字</span></div>，<b>粗</b>，a<b且c>d，<某某>。",
        "红字，**粗**，a<b且c>d，<某某>。",
        &["<div>", "<span>"],
    ),
    ("前<!-- 备注 -->后", "- 前后\n", &["“备注”：网页的注释"]),
    (
        "[网站](https://a.cn/x \"题\")、<https://b.cn/y>。",
        "[网站](https://a.cn/x)、https://b.cn/y。",
        &["“网站”：链接的题目"],
    ),
    (
        "[网站][甲]和[乙]。\n\n[甲]: https://a.cn \"题\"\n[乙]: <https://b.cn>\n[丙]: https://c.cn",
        "[网站](https://a.cn)和[乙](https://b.cn)。",
        &["“甲”：链接的题目", "https://c.cn"],
    ),
    ("前一行  \n后一行\\\n末一行  ", "前一行<br>后一行<br>末一行\n", &[]),
    ("A&amp;B&nbsp;&#20013;&#x6587;&无；", "- A&B 中文&无；\n", &[]),
    ("```text\n# 不是标题\n*不是斜体*\n```", "- '# 不是标题'\n  - '*不是斜体*'\n", &["“```text”：代码成了"]),
    ("- [ ] 待办\n- [x] 已办", "- '[ ] 待办'\n      - '[x] 已办'\n", &["“[ ] 待办”：任务", "“[x] 已办”：任务"]),
    ("上\n\n***\n\n下", "- 上\n  - 下\n", &["“***”：分隔线"]),
];

/// What the program's own Word file says of headings without numbers, of pages on their side and of notes in cells.
#[test]
fn its_own_word_file_begins_a_report_like_it() {
    let desk = Desk::new();
    let text = "template: work-report
title: 报告
numbering: {1: none}
body:
  - table:
      caption: 首表
      landscape: true
      columns: [甲, 乙]
      rows:
        - ['一[^n1]', 二]

  - heading: 甲章
    body:
      - 内容甲。[^n2]
      - table:
          caption: 次表
          columns: [甲, 乙]
          rows:
            - [一, 二]

notes:
  n1: 注一。
  n2: 注二。
";
    desk.write("own.yaml", text);
    assert_eq!(desk.run(&["build", "own.yaml"]).code, 0);
    let ran = desk.run(&["new", "draft", "--from", "out/own.docx"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let lines = |text: &str| text.lines().filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&desk.text("draft/report.yaml"))[1..], lines(text));
}

#[test]
fn every_mark_of_markdown_is_carried_or_told() {
    let picture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples/growth.png");
    let mut wrong = Vec::new();
    for (markdown, wanted, told) in MARKS {
        let desk = Desk::new();
        fs::copy(&picture, desk.path("a.png")).unwrap();
        desk.write("a.md", &format!("# 总结\n\n{markdown}"));
        let ran = desk.run(&["new", "draft", "--from", "a.md"]);
        let (source, said) = (desk.text("draft/report.yaml"), format!("{}{}", ran.out, ran.err));
        if !source.contains(wanted) {
            wrong.push(format!("{markdown:?}: {wanted:?}\n{source}"));
        }
        let count = said.matches("请看").count();
        if count != told.len() || told.iter().any(|told| !said.contains(told)) {
            wrong.push(format!("{markdown:?}: told {told:?}\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
