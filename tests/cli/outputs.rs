//! Outputs: which, where, and all or none.

use super::{Desk, REPORT};
use crate::pdf::reader;
use std::fs;
use std::path::Path;

#[test]
fn build_writes_both_files_and_says_so() {
    let desk = Desk::new();
    let ran = desk.run(&["build"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert_eq!(ran.out, "已生成 out/report.pdf、out/report.docx，1 页\n");
    assert_eq!(desk.names("out"), ["report.docx", "report.pdf"]);
    assert!(desk.read("out/report.pdf").starts_with(b"%PDF-"));
    assert!(desk.read("out/report.docx").starts_with(b"PK"));
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["build"]).code, 0);
    assert_eq!(desk.run(&["build", "--out", "again"]).code, 0);
    for name in ["report.pdf", "report.docx"] {
        assert!(desk.read(&format!("out/{name}")) == desk.read(&format!("again/{name}")), "{name}");
    }
}

#[test]
fn only_what_is_asked_for() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["build", "--only", "docx"]).code, 0);
    assert_eq!(desk.names("out"), ["report.docx"]);
    assert_eq!(desk.run(&["build", "--only", "png,pdf", "--dpi", "36", "--out", "b"]).code, 0);
    assert_eq!(desk.names("b"), ["report-01.png", "report.pdf"]);
}

#[test]
fn pictures_of_pages_that_are_gone_go_too() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["build", "--only", "png", "--dpi", "36"]).code, 0);
    fs::copy(desk.path("out/report-01.png"), desk.path("out/report-02.png")).unwrap();
    desk.write("out/report-map.png", "not ours");
    assert_eq!(desk.run(&["build", "--only", "png", "--dpi", "36"]).code, 0);
    assert_eq!(desk.names("out"), ["report-01.png", "report-map.png"]);
}

#[test]
fn layout_and_depfile_say_where_and_from_what() {
    let desk = Desk::new();
    let ran = desk.run(&["build", "--layout", "x/lines.json", "--depfile", "x/report.d"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let layout: serde_json::Value = serde_json::from_str(&desk.text("x/lines.json")).unwrap();
    assert_eq!(layout["page_count"], 1);
    assert_eq!(layout["pages"][0]["label"], "1");
    let lines = layout["pages"][0]["lines"].as_array().unwrap();
    let texts: Vec<&str> = lines.iter().map(|l| l["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["工作报告", "收到提案126件。", "— 1 —"]);
    assert!(lines[2]["block"].is_null(), "a page number belongs to no block");
    let body = &lines[1];
    for key in ["x", "baseline", "width", "size"] {
        assert!(body[key].as_f64().unwrap() > 0.0, "{key}");
    }
    // 28 mm and an indent of two characters.
    assert!((body["x"].as_f64().unwrap() - (28.0 * 72.0 / 25.4 + 2.0 * 15.793)).abs() < 0.01);
    assert!(!body["block"].as_str().unwrap().is_empty() && !body["font"].as_str().unwrap().is_empty());
    let depfile = desk.text("x/report.d");
    let rule = depfile.split("\n\n").next().unwrap();
    assert!(rule.starts_with("out/report.pdf out/report.docx: "), "{rule}");
    for read in ["data/report.yaml", "data/figures.yaml", ".ttf"] {
        assert!(rule.contains(read), "{read}: {rule}");
    }
}

#[test]
fn the_layout_has_every_character_of_every_page() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    for name in ["full-report", "tables-and-pictures", "official-document"] {
        let desk = Desk::new();
        let report = samples.join(name).with_extension("yaml");
        let ran = desk.run(&["build", report.to_str().unwrap(), "--only", "pdf", "--layout", "lines.json"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let layout: serde_json::Value = serde_json::from_str(&desk.text("lines.json")).unwrap();
        let file = reader::load(&desk.read(&format!("out/{name}.pdf")));
        let pages = reader::pages(&file);
        assert_eq!(layout["page_count"], pages.len());
        let sorted = |text: String| {
            // PDF readers are given a soft hyphen where a word is divided.
            let mut chars: Vec<char> = text.chars().filter(|&c| !c.is_whitespace() && c != '\u{ad}').collect();
            chars.sort_unstable();
            chars.into_iter().collect::<String>()
        };
        for (page, id) in layout["pages"].as_array().unwrap().iter().zip(pages) {
            let lines = page["lines"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap());
            let shown = reader::shown(&file, id).into_iter().map(|glyph| glyph.text);
            assert_eq!(sorted(lines.collect()), sorted(shown.collect()), "{name}");
        }
    }
}

#[test]
fn set_changes_a_value_for_one_run() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["build", "--set", "received=127", "--layout", "lines.json"]).code, 0);
    assert!(desk.text("lines.json").contains("收到提案127件。"));
    assert_eq!(desk.text("data/figures.yaml"), "received: 126\n");
}

#[test]
fn errors_leave_the_old_outputs_alone() {
    let desk = Desk::new();
    desk.write("out/report.pdf", "old");
    desk.write("data/figures.yaml", "received: -1\n");
    let ran = desk.run(&["build"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("件数不能小于零"), "{}", ran.err);
    assert_eq!(desk.names("out"), ["report.pdf"]);
    assert_eq!(desk.text("out/report.pdf"), "old");
}

#[test]
fn a_place_that_is_taken_leaves_the_whole_set_alone() {
    let desk = Desk::new();
    desk.write("out/report.pdf", "");
    fs::create_dir(desk.path("out/report.docx")).unwrap();
    let ran = desk.run(&["build"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("out/report.docx") && ran.err.contains("同名的文件夹"), "{}", ran.err);
    assert_eq!(desk.names("out"), ["report.docx", "report.pdf"]);
    assert_eq!(desk.text("out/report.pdf"), "");
    let english = desk.run(&["--lang", "en", "build"]);
    assert!(english.err.contains("a folder of that name is in the way"), "{}", english.err);
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let desk = Desk::new();
    desk.write("file", "");
    let ran = desk.run(&["build", "--out", "file/out"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("file/out"), "{}", ran.err);
}

#[test]
fn no_output_goes_over_an_input_or_another_output() {
    let desk = Desk::new();
    for (arguments, place) in [
        (["--layout", "data/figures.yaml"], "data/figures.yaml"),
        (["--layout", "out/../data/report.yaml"], "out/../data/report.yaml"),
        (["--depfile", "out/report.pdf"], "out/report.pdf"),
    ] {
        let ran = desk.run(&[&["build"], &arguments[..]].concat());
        assert_eq!(ran.code, 1, "{arguments:?}");
        assert!(ran.err.contains(place), "{}", ran.err);
    }
    assert_eq!(desk.text("data/report.yaml"), REPORT);
    assert_eq!(desk.names("."), ["data"]);
}

#[test]
fn a_report_that_is_not_there_is_an_error_of_the_input() {
    let desk = Desk::new();
    let ran = desk.run(&["build", "data/reports.yaml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("data/reports.yaml"), "{}", ran.err);
}

#[test]
fn drift_is_told_page_by_page() {
    let desk = Desk::new();
    let same = desk.run(&["build", "--report-drift"]);
    let pages = "word 与 fine 每页相同，1 页\nlibreoffice 与 fine 每页相同，1 页\n";
    assert_eq!(same.out, format!("已生成 out/report.pdf、out/report.docx，1 页\n{pages}"), "{same:?}");
    // LibreOffice opens gaps beside the digits.
    let text = "今年收到提案{{ received }}件，立案119件，办结119件，办理工作得到委员认可，群众满意，成效明显。";
    desk.write("data/report.yaml", &REPORT.replace("收到提案{{ received }}件。", text));
    for compose in ["fine", "word", "libreoffice"] {
        let ran = desk.run(&["--lang", "en", "build", "--only", "pdf", "--report-drift", "--compose", compose]);
        let told = "word and fine: the same lines throughout, 1 page
libreoffice and fine: fine has 1 page, libreoffice 1; lines part on 1 page, 0 of which begin elsewhere
  page 1, line 2: fine 「今年收到提案126件，立案119件，办结119件，办理工作得」, libreoffice 「今年收到提案126件，立案119件，办结119件，办理工作」
";
        assert_eq!(ran.out, format!("made out/report.pdf, 1 page\n{told}"), "{ran:?}");
    }
}
