//! What stands around the text: attachments, signatures, imprints, included files, raised characters, hidden text.

use super::desk::{Desk, edited};
use super::hand::Hand;
use std::fs;

const BODY: &str = "word/document.xml";

const REPORT: &str = "\
template: official-document
authority: 青溪市财政局
number: 青财〔2024〕1号
title: 关于工作的通知
addressee: 各区：
body:
  - 请认真执行各项规定要求。
  - 地块的面积为x<sup>2</sup>平方米。
  - heading: 工作要求
    body:
      - 各单位要按时报送材料。
      - include: part.yaml
  - signature: {authority: 青溪市财政局, date: 2024年4月2日, sealed: false}
attachments:
  - title: 任务清单
    body:
      - 清单如下所列各项。
  - title: 联系人
    body:
      - 张三同志负责联系。
copies-to: [各区财政局]
office: 青溪市财政局办公室
printed: 2024年4月2日
";

const PART: &str = "\
- heading: 内含的小节
  body:
    - 内含小节里的文字。
";

type Work = fn(&mut Hand);

/// What an editor did, what becomes of it, what the files say then.
type Case = (&'static str, Work, &'static [(&'static str, &'static str)], &'static str);

/// The edits.
const CASES: &[Case] = &[
    (
        "a new attachment",
        |h| {
            h.behind("张三同志负责", "附件3");
            h.behind("附件3", "新附件的正文文字。");
        },
        &[("inserted", "proposed"), ("inserted", "proposed")],
        "",
    ),
    ("words over the names of attachments", |h| h.words("附件：", "附表："), &[("edited", "unsupported")], ""),
    (
        "the only paragraph of an attachment",
        |h| h.words("清单如下所列各项。", "完全不同的另外一段话写在这里面"),
        &[("inserted", "applied"), ("deleted", "applied")],
        "  - title: 任务清单\n    body:\n      - 完全不同的另外一段话写在这里面\n",
    ),
    (
        "a raised character goes",
        |h| h.xml = h.xml.replacen("<w:t xml:space=\"preserve\">2</w:t>", "<w:t/>", 1),
        &[("edited", "applied")],
        "面积为x平方米",
    ),
    (
        "a raised character is lowered to the line",
        |h| h.xml = h.xml.replacen("<w:vertAlign w:val=\"superscript\"/>", "", 1),
        &[("format", "applied")],
        "面积为x2平方米",
    ),
    (
        "a heading in an included file",
        |h| h.styled("内含小节里的文字", "内含的小节", "另一个新的小节"),
        &[("inserted", "applied")],
        "    - 内含小节里的文字。\n- heading: 另一个新的小节\n",
    ),
    (
        "words that were there are hidden",
        |h| {
            let at = h.xml.find("按时报送材料。").unwrap();
            let start = h.xml[..at].rfind("<w:t").unwrap();
            h.xml.insert_str(start, "<w:rPr><w:vanish/></w:rPr>");
        },
        &[("format", "unsupported")],
        "",
    ),
    (
        "hidden text",
        |h| {
            let at = h.xml.find("按时报送材料。").unwrap();
            let end = at + h.xml[at..].find("</w:r>").unwrap() + "</w:r>".len();
            h.xml.insert_str(end, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗中加的字</w:t></w:r>");
        },
        &[("inserted", "unsupported")],
        "",
    ),
];

#[test]
fn what_stands_around_the_text_comes_home_or_is_told() {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.write("part.yaml", PART);
    desk.build();
    let mut wrong = Vec::new();
    for (what, work, told, says) in CASES {
        desk.write("report.yaml", REPORT);
        desk.write("part.yaml", PART);
        desk.hand("back.docx", false, work);
        let ran = desk.merge("back.docx", &["--apply"]);
        let found = ran.told();
        let found: Vec<(&str, &str)> = found.iter().map(|(kind, status)| (kind.as_str(), status.as_str())).collect();
        let files = desk.text("report.yaml") + &desk.text("part.yaml");
        let right = if says.is_empty() { files == format!("{REPORT}{PART}") } else { files.contains(says) };
        if found != *told || !right {
            wrong.push(format!("{what}: {found:?}\n{files}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words that a style of characters or of paragraphs hides are hidden; what both hide is seen.
#[test]
fn words_that_a_style_hides_are_told() {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.write("part.yaml", PART);
    desk.build();
    let hide = |xml: String, kind: &str, id: &str| {
        let style = format!(
            "<w:style w:type=\"{kind}\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
        );
        xml.replace("</w:styles>", &style)
    };
    for (by_characters, by_paragraph, told) in [(true, false, true), (false, true, true), (true, true, false)] {
        desk.edit("a.docx", "word/styles.xml", |xml| hide(xml, "character", "Unseen"));
        let bytes =
            edited(&fs::read(desk.path("a.docx")).unwrap(), "word/styles.xml", |xml| hide(xml, "paragraph", "Gone"));
        let bytes = edited(&bytes, BODY, |mut xml| {
            let at = xml.find("按时报送材料。").unwrap();
            let start = xml[..at].rfind("<w:t").unwrap();
            if by_characters {
                xml.insert_str(start, "<w:rPr><w:rStyle w:val=\"Unseen\"/></w:rPr>");
            }
            if by_paragraph {
                let style = xml[..start].rfind("<w:pStyle w:val=\"").unwrap() + "<w:pStyle w:val=\"".len();
                let end = style + xml[style..].find('"').unwrap();
                xml.replace_range(style..end, "Gone");
            }
            xml
        });
        fs::write(desk.path("back.docx"), bytes).unwrap();
        let ran = desk.merge("back.docx", &["--apply"]);
        assert_eq!(ran.out.contains("设成了隐藏"), told, "{by_characters} {by_paragraph}: {}", ran.out);
        assert!(ran.changes().iter().all(|change| change["kind"] == "format"), "{}", ran.out);
        assert_eq!(desk.text("report.yaml"), REPORT);
    }
}

#[test]
fn changes_outside_the_text_have_their_own_section() {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    desk.write("part.yaml", PART);
    desk.build();
    for (old, new, section) in [
        ("清单如下所列各项", "清单如下列出各项", "任务清单"),
        ("各区财政局", "各区县财政局", "版记"),
        ("按时报送材料", "准时报送材料", "一、工作要求"),
    ] {
        desk.edit("back.docx", BODY, |xml| {
            assert!(xml.contains(old), "{old}");
            xml.replacen(old, new, 1)
        });
        let changes = desk.merge("back.docx", &[]).changes();
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert_eq!(changes[0]["section"], section, "{changes:?}");
    }
}

/// The style of a run-in heading is bold in English reports: that is no bold that an editor put in.
#[test]
fn the_look_of_a_run_in_heading_is_no_emphasis() {
    let desk = Desk::new();
    let body =
        "  - heading: One\n    body:\n      - heading: Metering\n        text: All goes on.\n      - The last words.\n";
    desk.write("report.yaml", &format!("template: english-report\ntitle: A report\nbody:\n{body}"));
    desk.build();
    desk.edit("back.docx", "word/document.xml", |xml| xml.replace("The last words", "The final words"));
    let ran = desk.merge("back.docx", &[]);
    assert_eq!(ran.told(), [("edited".to_owned(), "clean".to_owned())], "{}", ran.out);
}
