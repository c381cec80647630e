//! Both sides change the report: what composes is composed, what does not is a conflict, and nothing is lost or made up.

use super::desk::{Desk, paragraph};

const BODY: &str = "word/document.xml";

/// Theirs in the Word file, ours in the source; what is told, and the exit code.
fn sides(theirs: impl Fn(String) -> String, ours: &[(&str, &str)]) -> (Desk, super::desk::Ran) {
    let desk = Desk::new();
    desk.edit("back.docx", BODY, theirs);
    let mut source = desk.text("report.yaml");
    for (old, new) in ours {
        assert!(source.contains(old), "{old}");
        source = source.replacen(old, new, 1);
    }
    desk.write("report.yaml", &source);
    let ran = desk.merge("back.docx", &["--apply"]);
    (desk, ran)
}

fn once(xml: &str, old: &str, new: &str) -> String {
    assert!(xml.contains(old), "{old}");
    xml.replacen(old, new, 1)
}

fn statuses(ran: &super::desk::Ran) -> Vec<String> {
    ran.told().into_iter().map(|(_, status)| status).collect()
}

#[test]
fn edits_of_one_sentence_compose() {
    let (desk, ran) =
        sides(|x| once(&x, "组织委员走访", "多次组织委员走访"), &[("形成调研报告5篇", "形成高质量调研报告5篇")]);
    assert_eq!((statuses(&ran), ran.code), (vec!["applied".to_owned()], 0), "{}", ran.out);
    assert!(desk.text("report.yaml").contains("- 围绕产业发展，多次组织委员走访企业120家，形成高质量调研报告5篇。"));
}

#[test]
fn one_figure_changed_by_both_is_a_conflict() {
    let (desk, ran) = sides(|x| once(&x, "46条", "48条"), &[("46条", "47条")]);
    assert_eq!((statuses(&ran), ran.code), (vec!["conflict".to_owned()], 3), "{}", ran.out);
    let change = &ran.changes()[0];
    for (side, says) in [("base", "46条"), ("theirs", "48条"), ("ours", "47条")] {
        assert!(change[side].as_str().unwrap().contains(says), "{side}");
    }
    assert!(desk.text("report.yaml").contains("47条"));
}

#[test]
fn the_same_change_is_there_already() {
    let (_, ran) = sides(|x| once(&x, "46条", "48条"), &[("46条", "48条")]);
    assert_eq!((statuses(&ran), ran.code), (vec!["already".to_owned()], 0), "{}", ran.out);
}

#[test]
fn a_move_composes_with_an_edit() {
    let theirs = |x: String| {
        let from = paragraph(&x, "全区上下团结");
        let text = x[from.clone()].to_owned();
        let rest = format!("{}{}", &x[..from.start], &x[from.end..]);
        let end = paragraph(&rest, "先立后破").end;
        format!("{}{text}{}", &rest[..end], &rest[end..])
    };
    let (desk, ran) = sides(theirs, &[("灾后重建有序推进", "灾后重建扎实有序推进")]);
    assert_eq!(statuses(&ran), ["applied"], "{}", ran.out);
    let source = desk.text("report.yaml");
    assert!(
        source.contains("先立后破。\n      - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建扎实有序推进。"),
        "{source}"
    );
    assert_eq!(source.matches("全区上下团结").count(), 1);
}

#[test]
fn a_move_out_of_what_was_joined_is_left_to_people_and_doubles_nothing() {
    for tracked in [false, true] {
        let desk = Desk::new();
        desk.hand("back.docx", tracked, |hand| hand.moved("普通段落之一", "先立后破", None));
        let (apart, joined) = ("情况说明。\n          - 普通段落之二", "情况说明。普通段落之二");
        let source = desk.text("report.yaml");
        assert!(source.contains(apart));
        let source = source.replacen(apart, joined, 1);
        desk.write("report.yaml", &source);
        let ran = desk.merge("back.docx", &["--apply"]);
        assert!(statuses(&ran).iter().any(|s| s == "conflict" || s == "proposed"), "{}", ran.out);
        assert_eq!(desk.text("report.yaml"), source, "{}", ran.out);
    }
}

#[test]
fn a_deletion_against_an_edit_is_a_conflict() {
    let theirs = |x: String| {
        let place = paragraph(&x, "普通段落之一");
        format!("{}{}", &x[..place.start], &x[place.end..])
    };
    let (desk, ran) = sides(theirs, &[("普通段落之一，内容", "普通段落之一，主要内容")]);
    assert_eq!((statuses(&ran), ran.code), (vec!["conflict".to_owned()], 3), "{}", ran.out);
    assert!(desk.text("report.yaml").contains("普通段落之一，主要内容"));
}

#[test]
fn cells_of_one_row_compose() {
    let (desk, ran) = sides(|x| once(&x, ">41<", ">42<"), &[("[经济建设, 41, 已办复]", "[经济建设, 41, 全部办复]")]);
    assert_eq!(statuses(&ran), ["applied"], "{}", ran.out);
    assert!(desk.text("report.yaml").contains("[经济建设, 42, 全部办复]"));
}

#[test]
fn a_foreign_file_is_refused() {
    let desk = Desk::new();
    let other = Desk::new();
    other.write("report.yaml", "template: work-report\ntitle: 甲\nbody: [丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥, 天地玄黄宇宙洪荒日月盈昃辰宿列张。]\n");
    other.build();
    std::fs::copy(other.path("out/report.docx"), desk.path("other.docx")).unwrap();
    let ran = desk.merge("other.docx", &[]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("D862"), "{}", ran.out);
}
