//! Pictures in cells: kept as they are, changed where they are, and never written as characters.

use super::desk::{Desk, remade, row};
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
