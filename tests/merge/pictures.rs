//! Pictures in cells: kept as they are, changed where they are, and never written as characters.

use super::desk::{Desk, paragraph, remade, row};
use std::fs;
use std::path::Path;

const REPORT: &str = "\
# 照片
template: work-report
title: 报告
body:
  - 各点位见下表。
  - table:
      caption: 照片
      columns: [点位, 照片, 说明]
      rows:
        - [桥头, {image: a.png, width: 40mm, alt: 桥头}, 已经完工。]
        - [村口, {figure: {image: a.png, width: 30mm, alt: 村口}}, 正在施工。]
";

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name)).unwrap()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("report.yaml", REPORT);
    fs::write(desk.path("a.png"), sample("growth.png")).unwrap();
    desk.build();
    desk
}

#[test]
fn an_untouched_file_has_no_changes_and_a_word_beside_a_picture_comes_home() {
    let desk = desk();
    assert_eq!(desk.merge("out/report.docx", &[]).told(), []);
    desk.edit("back.docx", "word/document.xml", |xml| xml.replace("正在施工", "即将完工"));
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!(ran.told(), [("edited".to_owned(), "applied".to_owned())], "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), REPORT.replace("正在施工", "即将完工"));
}

/// Another picture in the second cell goes to that cell alone.
#[test]
fn another_picture_comes_home_to_its_cell() {
    let desk = desk();
    let bytes = fs::read(desk.path("out/report.docx")).unwrap();
    let mut names = Vec::new();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    for at in 0..zip.len() {
        let name = zip.by_index(at).unwrap().name().unwrap().into_owned();
        if name.starts_with("word/media/") {
            names.push(name);
        }
    }
    names.sort();
    let other = sample("growth.jpg");
    fs::write(desk.path("back.docx"), remade(&bytes, &names[1], |_| other.clone())).unwrap();
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!(ran.told(), [("picture".to_owned(), "applied".to_owned())], "{}", ran.out);
    let source = desk.text("report.yaml");
    assert!(source.contains("{image: a.png, width: 40mm, alt: 桥头}"), "{source}");
    assert!(source.contains("{figure: {image: media/"), "{source}");
}

/// What an editor does to a picture itself is told; no character is ever written for one.
#[test]
fn rows_with_pictures_go_and_come_by_hand() {
    let desk = desk();
    desk.edit("back.docx", "word/document.xml", |xml| {
        let line = row(&xml, "正在施工");
        format!("{}{}", &xml[..line.start], &xml[line.end..])
    });
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!(ran.told(), [("deleted".to_owned(), "applied".to_owned())], "{}", ran.out);
    assert!(!desk.text("report.yaml").contains("村口"));

    let desk = self::desk();
    desk.edit("back.docx", "word/document.xml", |xml| {
        let line = row(&xml, "正在施工");
        let copy = xml[line.clone()].replace("村口", "渡口").replace("正在施工", "准备开工");
        format!("{}{copy}{}", &xml[..line.end], &xml[line.end..])
    });
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!(ran.told(), [("inserted".to_owned(), "unsupported".to_owned())], "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), REPORT);

    let desk = self::desk();
    desk.edit("back.docx", "word/document.xml", |xml| {
        let drawn = xml.find("<w:drawing>").unwrap();
        let (start, end) = (xml[..drawn].rfind("<w:p ").unwrap(), drawn + xml[drawn..].find("</w:p>").unwrap());
        format!("{}<w:p/>{}", &xml[..start], &xml[end + "</w:p>".len()..])
    });
    let ran = desk.merge("back.docx", &["--apply"]);
    assert!(ran.told().iter().all(|(_, status)| status == "unsupported") && !ran.told().is_empty(), "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), REPORT);
}

/// A chart that is not carried over has no number: the pictures behind it count one less, and words that name one of them by its old
/// number are told.
#[test]
fn numbers_of_figures_that_change_are_told() {
    let desk = desk();
    let chart = "chart: {kind: bar, caption: 投资, categories: [甲, 乙], series: [{name: 额, values: [50, 30]}]}";
    let figure = "figure: {image: a.png, caption: 增长, alt: 增长}";
    let body = format!("  - 工作进展见图1。\n  - {chart}\n  - 增长情况见图2，图样略。\n  - {figure}\n");
    desk.write("report.yaml", &format!("template: work-report\ntitle: 报告\nbody:\n{body}"));
    let ran = desk.run(&["build", "report.yaml", "--only", "docx", "--overwrite"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = desk.run(&["new", "draft", "--from", "out/report.docx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = format!("{}{}", ran.out, ran.err);
    for words in ["原来的编号是图2，程序编为图1", "这里说到图1，它没有带过来", "这里说到图2，程序把它编为图1"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(told.matches("这里说到").count(), 2, "{told}");
}

const CAPTIONED: &str = "template: work-report
title: 报告
body:
  - 开头的一段话。
  - figure: {image: a.png, caption: 位置图, alt: 地形}
  - chart: {kind: bar, caption: 收到情况, categories: [甲, 乙], series: [{name: 收到, values: [1, 2]}]}
  - figure: {image: a.png, alt: 远景}
  - 中间的一段话。
  - heading: 下一步打算
    body:
      - 结束的话。
      - 谢谢大家。
";

/// Between a picture or chart and its caption the source has no place; behind a picture without a caption it has one.
#[test]
fn nothing_comes_between_a_picture_and_its_caption() {
    let desk = desk();
    desk.write("report.yaml", CAPTIONED);
    desk.build();
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    for (place, status) in [("descr=\"地形\"", "proposed"), ("<c:chart ", "proposed"), ("descr=\"远景\"", "applied")]
    {
        for edit in ["paragraph", "heading", "new paragraph", "table"] {
            desk.write("report.yaml", CAPTIONED);
            desk.hand("back.docx", edit == "heading", |hand| match edit {
                "paragraph" => hand.moved("结束的话", place, None),
                "heading" => hand.moved("下一步打算", place, None),
                "new paragraph" => hand.styled(place, "开头的一段话", "新的一段。"),
                _ => {
                    let end = paragraph(&hand.xml, place).end;
                    hand.xml.insert_str(end, table);
                }
            });
            let ran = desk.merge("back.docx", &["--apply"]);
            let told = ran.told();
            assert!(!told.is_empty() && told.iter().all(|(_, s)| s == status), "{place} {edit}: {}", ran.out);
            assert_eq!(desk.text("report.yaml") == CAPTIONED, status == "proposed", "{place} {edit}");
        }
    }
}
