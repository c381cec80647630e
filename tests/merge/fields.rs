//! Lines of an official document that are one token each: another date or number is nothing like the one before, and still the
//! same line.

use super::desk::Desk;

const REPORT: &str = "\
template: official-document
title: 关于报送工作总结的通知
authority: 甲市人民政府
number: 甲政发〔2026〕1号
copy-number: '000014'
classification: 秘密★1年
urgency: 特急
addressee: 各科室：
cover: {authority: 甲市人民政府, date: 2026年2月7日}
body:
  - 现将有关事项通知如下。
  - signature: {authority: 甲市人民政府, date: 2026年2月5日}
office: 甲市人民政府办公室
printed: 2026年2月6日
";

const CASES: [(&str, &str); 8] = [
    ("2026年2月5日", "2025年12月31日"),
    ("2026年2月6日", "2026年3月9日"),
    ("2026年2月7日", "2026年3月8日"),
    ("000014", "000999"),
    ("秘密★1年", "机密★5年"),
    ("特急", "加急"),
    ("甲政发〔2026〕1号", "乙办函〔2025〕77号"),
    ("甲市人民政府办公室", "甲市人民政府秘书处"),
];

fn changed(desk: &Desk, name: &str, old: &str, new: &str) {
    desk.edit(name, "word/document.xml", |xml| {
        let text = format!(">{old}<");
        assert!(xml.contains(&text), "{old}");
        xml.replace(&text, &format!(">{new}<"))
    });
}

#[test]
fn another_value_of_a_field_is_the_same_field() {
    for (old, new) in CASES {
        let desk = Desk::new();
        desk.write("report.yaml", REPORT);
        desk.build();
        changed(&desk, "back.docx", old, new);
        let ran = desk.merge("back.docx", &["--apply"]);
        assert_eq!(ran.told(), [("edited".to_owned(), "applied".to_owned())], "{old}: {}", ran.out);
        assert_eq!(desk.text("report.yaml"), REPORT.replace(old, new), "{old}");
    }
}

/// A desk whose Word file an office program has written.
fn written_by(program: &str, report: &str) -> Desk {
    let desk = Desk::new();
    desk.write("report.yaml", report);
    desk.build();
    desk.edit("back.docx", "docProps/app.xml", |xml| {
        let at = xml.find("<Application>").unwrap() + "<Application>".len();
        let end = xml.find("</Application>").unwrap();
        format!("{}{program}{}", &xml[..at], &xml[end..])
    });
    std::fs::rename(desk.path("back.docx"), desk.path("out/report.docx")).unwrap();
    desk
}

/// LibreOffice ends a section where its page style changes behind a table.
#[test]
fn a_section_that_libreoffice_has_put_in_is_nobodys_page_break() {
    const SECTION: &str = "<w:p><w:pPr><w:sectPr><w:type w:val=\"nextPage\"/></w:sectPr></w:pPr></w:p>";
    let own = "template: work-report\ntitle: 报告\nbody: [甲段文字。, 乙段文字。, 丙段文字。]\n";
    let with = |program: &str, put_in: &'static str| {
        let desk = written_by(program, own);
        desk.edit("back.docx", "word/document.xml", |xml| {
            let at = super::desk::paragraph(&xml, "乙段文字").start;
            format!("{}{put_in}{}", &xml[..at], &xml[at..])
        });
        desk.merge("back.docx", &[]).told()
    };
    let told = [("format".to_owned(), "unsupported".to_owned())];
    assert_eq!(with("LibreOffice/7.4", SECTION), []);
    assert_eq!(with("Microsoft Office Word", SECTION), told);
    assert_eq!(with("LibreOffice/7.4", "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"), told);
}

/// The only text of a page goes on behind the page's end. LibreOffice makes two paragraphs of it, both under its name.
#[test]
fn a_paragraph_that_libreoffice_has_parted_at_a_pages_end_is_one() {
    let own = REPORT
        .replace("cover: {authority: 甲市人民政府, date: 2026年2月7日}\n", "")
        .replace("如下。", &format!("如下。{}", "请各单位认真抓好落实。".repeat(6)))
        .replace("{authority: 甲市人民政府,", "{authority: [甲局, 乙局, 丙局, 丁局], sealed: true,");
    let with = |program: &str, new: &'static str| {
        let desk = written_by(program, &own);
        desk.edit("back.docx", "word/document.xml", |xml| {
            let own = super::desk::paragraph(&xml, "现将有关事项");
            let mark = xml[own.clone()].split("w:name=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            let parted = format!(
                "</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr>\
                 <w:bookmarkStart w:id=\"990\" w:name=\"{mark}\"/><w:r><w:t xml:space=\"preserve\">{new}"
            );
            let (before, behind) = xml[own.clone()].split_once("<w:br w:type=\"page\"/>").expect("the end of a page");
            let before = before.strip_suffix("</w:t></w:r><w:r>").expect("text");
            let behind = behind.strip_prefix("</w:r><w:r><w:t xml:space=\"preserve\">").expect("text");
            let behind = behind.replace("<w:bookmarkEnd w:id=\"", "<w:bookmarkEnd w:id=\"99");
            format!("{}{before}{parted}{behind}{}", &xml[..own.start], &xml[own.end..])
        });
        desk.merge("back.docx", &[]).told()
    };
    assert_eq!(with("LibreOffice/7.4", ""), []);
    assert_eq!(with("LibreOffice/7.4", "另行"), [("edited".to_owned(), "clean".to_owned())]);
    assert!(with("Microsoft Office Word", "").contains(&("split".to_owned(), "clean".to_owned())));
}

/// Lines of the contents that lost the marks of their field, with the first line or the last, are contents still.
#[test]
fn contents_without_their_first_or_last_line_are_contents() {
    let report = "template: work-report\ntitle: 报告\ncontents: true\nbody:\n  - heading: 甲方面工作\n    body: [今年工作平稳。]\n  - heading: 乙方面工作\n    body: [经济稳中向好。]\n";
    let desk = Desk::new();
    desk.write("report.yaml", report);
    desk.build();
    for (line, told) in [("甲方面工作", 0), ("乙方面工作", 1)] {
        desk.edit("back.docx", "word/document.xml", |xml| {
            let own = super::desk::paragraph(&xml, line);
            assert!(xml[own.clone()].contains("TOC1"), "{line}");
            format!("{}{}", &xml[..own.start], &xml[own.end..])
        });
        let ran = desk.merge("back.docx", &["--apply"]);
        // A field that has lost its end is told, as nobody knows what was in it.
        assert!(
            ran.told().len() == told && ran.told().iter().all(|(_, status)| status == "unsupported"),
            "{}",
            ran.out
        );
        assert_eq!(desk.text("report.yaml"), report, "{line}");
    }
}
