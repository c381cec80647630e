//! Files that go out by a name: what they say, what is kept, and what they are compared with when they come back.

use super::desk::{Desk, edited, part};
use dinggao::docx::read::{View, WordDocument};
use dinggao::docx::{PlacedComment, with_comments};
use dinggao::model::Comment;
use serde_json::Value;
use std::fs;

const BODY: &str = "word/document.xml";

/// The file as a program saves it that keeps no custom parts, with other words in it.
fn stripped(bytes: &[u8]) -> Vec<u8> {
    let bare = edited(bytes, "customXml/item1.xml", |_| "<other xmlns=\"urn:other\"/>".to_owned());
    edited(&bare, BODY, |x| x.replacen("46条", "48条", 1))
}

fn compared(desk: &Desk, file: &str) -> (Vec<(String, String)>, String) {
    let ran = desk.merge(file, &[]);
    let root: Value = serde_json::from_str(&ran.out).unwrap();
    (ran.told(), root["compared"][0].as_str().unwrap().to_owned())
}

#[test]
fn what_goes_out_is_named_and_kept() {
    let desk = Desk::new();
    let plain = fs::read(desk.path("out/report.docx")).unwrap();
    assert!(!part(&plain, "word/settings.xml").contains("trackRevisions"));
    for (protect, says) in
        [(None, None), (Some("comments"), Some("comments")), (Some("tracked"), Some("trackedChanges"))]
    {
        let mut arguments = vec!["build", "report.yaml", "--only", "docx", "--handout", "第一稿"];
        arguments.extend(protect.iter().flat_map(|p| ["--protect", p]));
        let ran = desk.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let bytes = fs::read(desk.path("out/report.docx")).unwrap();
        let settings = part(&bytes, "word/settings.xml");
        assert!(settings.contains("<w:trackRevisions/>"));
        let protection = says.map(|edit| format!("<w:documentProtection w:edit=\"{edit}\" w:enforcement=\"1\"/>"));
        assert_eq!(settings.contains("documentProtection"), protection.is_some());
        assert!(protection.is_none_or(|p| settings.contains(&p)));
        // The report has no date of its own.
        assert!(part(&bytes, "docProps/custom.xml").contains("<vt:lpwstr>第一稿 2000-01-01</vt:lpwstr>"));
        assert!(part(&bytes, "docProps/core.xml").contains("第一稿 2000-01-01"));
        assert!(desk.path("handouts/第一稿.json").exists());
    }
    assert_eq!(desk.run(&["build", "report.yaml", "--protect", "tracked"]).code, 2);
    assert_eq!(desk.run(&["build", "report.yaml", "--handout", "../x"]).code, 2);
}

#[test]
fn a_name_is_for_one_text() {
    let desk = Desk::new();
    let build = ["build", "report.yaml", "--only", "docx", "--handout", "a"];
    assert_eq!(desk.run(&build).code, 0);
    let kept = desk.text("handouts/a.json");
    assert_eq!(desk.run(&build).code, 0, "the same text again");
    desk.write("report.yaml", &desk.text("report.yaml").replace("46条", "47条"));
    let ran = desk.run(&build);
    assert!(ran.code == 1 && ran.err.contains("D864"), "{}", ran.err);
    assert_eq!(desk.text("handouts/a.json"), kept);
    assert_eq!(desk.run(&[&build[..], &["--overwrite"]].concat()).code, 0);
    assert_ne!(desk.text("handouts/a.json"), kept);
}

#[test]
fn a_file_without_its_own_base_is_compared_with_the_best_there_is() {
    let desk = Desk::new();
    desk.run(&["build", "report.yaml", "--only", "docx", "--handout", "a"]);
    let out = fs::read(desk.path("out/report.docx")).unwrap();
    fs::write(desk.path("back.docx"), stripped(&out)).unwrap();
    // The source has gone on: only the base can tell that this is ours.
    desk.write("report.yaml", &desk.text("report.yaml").replace("形成调研报告5篇", "形成调研报告6篇"));
    let edit = vec![("edited".to_owned(), "clean".to_owned())];
    assert_eq!(compared(&desk, "back.docx"), (edit.clone(), "kept".to_owned()));
    fs::remove_dir_all(desk.path("handouts")).unwrap();
    let (told, base) = compared(&desk, "back.docx");
    assert_eq!((told.len(), base.as_str()), (2, "source"));
    let tracked = edited(&stripped(&out), BODY, |x| {
        let old = "提出48条";
        assert!(x.contains(old));
        let by = "w:id=\"900\" w:author=\"张三\" w:date=\"2024-01-02T00:00:00Z\"";
        x.replacen(
            old,
            &format!(
                "提出</w:t></w:r><w:del {by}><w:r><w:delText>46</w:delText></w:r></w:del><w:ins {by}><w:r><w:t>48</w:t></w:r></w:ins><w:r><w:t>条"
            ),
            1,
        )
    });
    fs::write(desk.path("tracked.docx"), tracked).unwrap();
    // What the source says otherwise than the file is told: nobody knows who changed it.
    let (told, base) = compared(&desk, "tracked.docx");
    let differs = ("edited".to_owned(), "proposed".to_owned());
    assert_eq!((told, base.as_str()), ([edit, vec![differs]].concat(), "rejected"));
}

#[test]
fn the_log_says_who_and_when_and_comments_travel() {
    let desk = Desk::new();
    let out = fs::read(desk.path("out/report.docx")).unwrap();
    let body = part(&out, BODY);
    let bookmark = {
        let at = body.find("围绕产业发展").unwrap();
        let start = body[..at].rfind("w:name=\"b_").unwrap() + "w:name=\"".len();
        body[start..start + body[start..].find('"').unwrap()].to_owned()
    };
    let said = |author: &str, text: &str| Comment {
        author: author.to_owned(),
        date: "2024-01-02T03:04:05Z".to_owned(),
        text: text.to_owned(),
        ..Comment::default()
    };
    let thread = Comment {
        quote: "走访企业".to_owned(),
        resolved: true,
        replies: vec![said("李四", "已核对。")],
        ..said("张三", "这里的数要核对。\n请办公室查。")
    };
    let comments = [PlacedComment { bookmark, comment: thread.clone() }];
    let back = with_comments(&edited(&out, BODY, |x| x.replacen("46条", "48条", 1)), &comments).unwrap().bytes;
    fs::write(desk.path("back.docx"), back).unwrap();
    let ran = desk.merge("back.docx", &["--apply"]);
    let told = ran.told();
    assert!(told.contains(&("edited".to_owned(), "applied".to_owned())), "{}", ran.out);
    assert!(told.contains(&("comment".to_owned(), "proposed".to_owned())), "{}", ran.out);
    let log = desk.text("handouts/merged.jsonl");
    let lines: Vec<Value> = log.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    for line in &lines {
        let accepted = line["accepted"].as_str().unwrap();
        assert!(accepted.ends_with('Z') && accepted.starts_with("20"), "{accepted}");
        assert_eq!(line["from"][0], "back.docx");
    }
    desk.merge("back.docx", &["--apply"]);
    assert_eq!(desk.text("handouts/merged.jsonl"), log, "a second run adds nothing");
    // The next file carries them, and they are known when it comes back.
    assert_eq!(desk.run(&["build", "report.yaml", "--only", "docx", "--comments", "merged"]).code, 0);
    let next = fs::read(desk.path("out/report.docx")).unwrap();
    let manuscript = WordDocument::open(&next).unwrap().manuscript(&View::Accepted).unwrap();
    let found: Vec<&Comment> = manuscript.items.iter().flat_map(|i| &i.comments).collect();
    assert_eq!(found, [&thread]);
    fs::copy(desk.path("out/report.docx"), desk.path("again.docx")).unwrap();
    let again = desk.merge("again.docx", &["--apply"]);
    assert_eq!(again.told(), [], "what went out with the file is no change");
    assert_eq!(desk.text("handouts/merged.jsonl"), log);
    // Once its paragraph is gone it has no place, which is told: D950.
    let report = desk.text("report.yaml");
    let gone: Vec<&str> = report.lines().filter(|line| !line.contains("围绕产业发展")).collect();
    desk.write("report.yaml", &gone.join("\n"));
    let ran = desk.run(&["build", "report.yaml", "--only", "docx", "--comments", "merged", "--overwrite"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("D950") && ran.err.contains("张三") && ran.err.contains("这里的数要核对"), "{}", ran.err);
}

#[test]
fn a_changed_figure_names_the_page_and_line_of_its_uses() {
    let desk = Desk::new();
    desk.edit("back.docx", BODY, |x| x.replacen(">126<", ">128<", 1));
    let uses = &desk.merge("back.docx", &[]).changes()[0]["value"]["uses"][0];
    assert_eq!(uses["page"], 1);
    assert!(uses["line"].as_u64().unwrap() > 3 && uses["block"].is_string());
}
