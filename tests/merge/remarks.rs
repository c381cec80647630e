//! Editors' comments: where they stand, their threads, and that none is lost.

use super::desk::Desk;
use super::hand::{Begins, Hand};
use dinggao::docx::{PlacedComment, with_comments};
use dinggao::model::Comment;
use serde_json::Value;
use std::fs;

/// A file that came back with one thread on a paragraph, and what the editor did beside that.
fn remarked(desk: &Desk, says: &str, work: impl FnOnce(&mut Hand)) -> Vec<Value> {
    let out = fs::read(desk.path("out/report.docx")).unwrap();
    let body = super::desk::part(&out, "word/document.xml");
    let at = body.find(says).unwrap();
    let start = body[..at].rfind("w:name=\"b_").unwrap() + "w:name=\"".len();
    let bookmark = body[start..start + body[start..].find('"').unwrap()].to_owned();
    let reply = Comment {
        author: "李四".to_owned(),
        date: "2024-01-03T00:00:00Z".to_owned(),
        text: "已核对。".to_owned(),
        ..Comment::default()
    };
    let comment = Comment {
        author: "张三".to_owned(),
        date: "2024-01-02T00:00:00Z".to_owned(),
        text: "请核对。".to_owned(),
        resolved: true,
        replies: vec![reply],
        ..Comment::default()
    };
    let with = with_comments(&out, &[PlacedComment { bookmark, comment }]).unwrap().bytes;
    fs::write(desk.path("out/report.docx"), with).unwrap();
    desk.hand("back.docx", false, work);
    let ran = desk.merge("back.docx", &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    ran.changes()
}

fn is_whole(comment: &Value) -> bool {
    comment["author"] == "张三"
        && comment["text"] == "请核对。"
        && comment["resolved"] == true
        && comment["replies"][0]["author"] == "李四"
        && comment["replies"][0]["text"] == "已核对。"
}

#[test]
fn a_comment_goes_with_the_change_of_its_paragraph() {
    let desk = Desk::new();
    let changes = remarked(&desk, "普通段落之一", |h| h.words("关于文化建设", "关于文化事业"));
    assert_eq!((changes.len(), changes[0]["kind"].as_str()), (1, Some("edited")), "{changes:?}");
    assert!(is_whole(&changes[0]["comments"][0]), "{changes:?}");
}

#[test]
fn no_comment_is_lost_wherever_it_stands() {
    type Work = fn(&mut Hand);
    let cases: [(&str, &str, Work, &str); 7] = [
        ("a paragraph", "普通段落之一", |_| {}, "普通段落之一，内容是关于文化建设的情况说明。"),
        (
            "two paragraphs",
            "普通段落之一",
            |h| h.remark("普通段落之一", "普通段落之二", Begins::Within),
            "普通段落之一，内容是关于文化建设的情况说明。\n普通段落之二，内容是关于社会治理的情况说明。",
        ),
        (
            "before a paragraph",
            "普通段落之一",
            |h| h.remark("普通段落之一", "普通段落之二", Begins::Before),
            "普通段落之一，内容是关于文化建设的情况说明。\n普通段落之二，内容是关于社会治理的情况说明。",
        ),
        (
            "before a table",
            "普通段落之一",
            |h| h.remark("类别", "生态文明", Begins::Within),
            "类别\n件数\n备注\n经济建设\n41\n已办复\n社会建设\n78\n生态文明",
        ),
        ("a heading", "聚焦中心工作", |_| {}, "聚焦中心工作"),
        (
            "an empty paragraph",
            "普通段落之一",
            |h| {
                h.remark("普通段落之一", "普通段落之一", Begins::Within);
                let call = "<w:r><w:commentReference w:id=\"0\"/></w:r>";
                h.xml = h.xml.replace(call, "").replace("<w:commentRangeEnd w:id=\"0\"/>", "");
                h.xml = h.xml.replace("<w:commentRangeStart w:id=\"0\"/>", "");
                h.blank_before("普通段落之二", call);
            },
            "",
        ),
        (
            "a footnote",
            "普通段落之一",
            |h| {
                let call = "<w:r><w:commentReference w:id=\"0\"/></w:r>";
                h.xml = h.xml.replace(call, "").replace("<w:commentRangeEnd w:id=\"0\"/>", "");
                h.xml = h.xml.replace("<w:commentRangeStart w:id=\"0\"/>", "");
                let at = h.notes.rfind("</w:p></w:footnote>").unwrap();
                h.notes.insert_str(at, call);
            },
            "",
        ),
    ];
    let mut wrong = Vec::new();
    for (name, says, work, quote) in cases {
        let desk = Desk::new();
        let changes = remarked(&desk, says, work);
        let comment = &changes.first().cloned().unwrap_or_default()["comments"][0];
        let told = changes.len() == 1 && changes[0]["kind"] == "comment" && changes[0]["status"] == "proposed";
        if !told || !is_whole(comment) || comment["quote"] != quote || changes[0]["line"].is_null() {
            wrong.push(format!("{name}: {changes:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
