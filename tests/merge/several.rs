//! Several editors, each with a file of their own.

use super::desk::Desk;
use serde_json::Value;

const BODY: &str = "word/document.xml";

fn once(xml: &str, old: &str, new: &str) -> String {
    assert!(xml.contains(old), "{old}");
    xml.replacen(old, new, 1)
}

/// Tracked: some words in the place of others.
fn tracked(xml: &str, old: &str, new: &str, author: &str) -> String {
    let change = |name: &str, tag: &str, text: &str| {
        format!("<w:{name} w:id=\"90\" w:author=\"{author}\"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{name}>")
    };
    let both = format!("{}{}", change("del", "delText", old), change("ins", "t", new));
    once(xml, old, &format!("</w:t></w:r>{both}<w:r><w:t>"))
}

fn merge(desk: &Desk, more: &[&str]) -> super::desk::Ran {
    desk.run(&[&["merge", "a.docx", "b.docx", "report.yaml", "--format", "json"], more].concat())
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.edit("a.docx", BODY, |x| {
        let x = tracked(&x, "举办读书沙龙", "开办读书沙龙", "张三");
        let x = tracked(&x, "走访企业120家", "走访企业130家", "张三");
        once(&x, "以进促稳", "以进促稳、以稳求进")
    });
    desk.edit("b.docx", BODY, |x| {
        let x = once(&x, "举办读书沙龙", "组织读书沙龙");
        let x = once(&x, "走访企业120家", "走访企业130家");
        once(&x, "而努力奋斗", "而不懈奋斗")
    });
    desk
}

fn find<'c>(changes: &'c [Value], words: &str, status: &str) -> &'c Value {
    let found = changes.iter().find(|c| c["status"] == status && c["after"].as_str().unwrap().contains(words));
    found.unwrap_or_else(|| panic!("{words} {status}: {changes:#?}"))
}

#[test]
fn what_two_changed_differently_names_both_and_its_place() {
    let desk = desk();
    let ran = merge(&desk, &[]);
    let changes = ran.changes();
    assert_eq!((changes.len(), ran.code), (5, 3), "{changes:#?}");
    let conflict = find(&changes, "组织读书沙龙", "conflict");
    assert_eq!(conflict["sides"][0]["author"], "张三");
    assert!(conflict["sides"][0]["text"].as_str().unwrap().contains("开办读书沙龙"), "{conflict}");
    assert_eq!(conflict["sides"][1]["author"], "b.docx", "who does not say who they are is named by the file");
    assert_eq!(conflict["files"], serde_json::json!(["b.docx"]));
    assert_eq!(conflict["line"], find(&changes, "开办读书沙龙", "clean")["line"]);
    assert_eq!(find(&changes, "走访企业130家", "clean")["files"], serde_json::json!(["a.docx", "b.docx"]));
    let said = desk.run(&["merge", "a.docx", "b.docx", "report.yaml"]).out;
    assert!(said.contains("张三：") && said.contains("b.docx：") && !said.contains("源文件："), "{said}");
    let english = desk.run(&["merge", "a.docx", "b.docx", "report.yaml", "--lang", "en"]).out;
    assert!(english.contains("张三: ") && english.contains("handed out: "), "{english}");
    let page = desk.run(&["merge", "a.docx", "b.docx", "report.yaml", "--format", "html"]).out;
    assert!(page.contains("<b>张三</b>：") && page.contains("<ins>组织</ins>"), "{page}");
}

#[test]
fn places_of_the_second_file_are_those_of_the_source_as_it_is() {
    let desk = Desk::new();
    desk.edit("a.docx", BODY, |x| {
        let new = super::desk::like(&x[super::desk::paragraph(&x, "我受委托")], "新加的一段。");
        let end = super::desk::paragraph(&x, "我受委托").end;
        format!("{}{new}{}", &x[..end], &x[end..])
    });
    desk.edit("b.docx", BODY, |x| once(&x, "普通段落之二", "普通的段落之二"));
    let line = desk.text("report.yaml").lines().position(|l| l.contains("普通段落之二")).unwrap() + 1;
    let changes = merge(&desk, &[]).changes();
    assert_eq!(find(&changes, "普通的段落之二", "clean")["line"], line, "{changes:#?}");
}

#[test]
fn one_author_among_several_in_a_file() {
    let desk = Desk::new();
    desk.edit("a.docx", BODY, |x| {
        let x = tracked(&x, "举办读书沙龙", "开办读书沙龙", "张三");
        let x = tracked(&x, "掀起学习热潮", "掀起学习高潮", "李四");
        tracked(&x, "走访企业120家", "走访企业130家", "李四")
    });
    let ran = desk.run(&["merge", "a.docx", "report.yaml", "--author", "张三", "--format", "json", "--apply"]);
    assert_eq!(ran.told(), [("edited".to_owned(), "applied".to_owned())], "{}", ran.out);
    assert_eq!(ran.changes()[0]["authors"], serde_json::json!(["张三"]));
    let source = desk.text("report.yaml");
    assert!(source.contains("开办读书沙龙12次，在广大委员当中掀起学习热潮"), "{source}");
    assert!(source.contains("走访企业120家"), "{source}");
}

#[test]
fn some_of_the_changes_of_two_files() {
    let desk = desk();
    let changes = merge(&desk, &[]).changes();
    let chosen = find(&changes, "而不懈奋斗", "clean")["id"].as_str().unwrap().to_owned();
    let ran = merge(&desk, &["--only", &chosen, "--apply"]);
    assert_eq!(ran.told(), [("edited".to_owned(), "applied".to_owned())], "{}", ran.out);
    let source = desk.text("report.yaml");
    assert!(source.contains("而不懈奋斗") && source.contains("举办读书沙龙") && source.contains("120家"), "{source}");
    assert!(desk.text("handouts/merged.jsonl").contains("\"from\":[\"b.docx\"]"));
}
