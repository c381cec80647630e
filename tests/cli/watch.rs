//! `watch`, as a process.

use super::safety::edited;
use super::{Desk, REPORT};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Long enough for a slow machine; a test that passes does not wait for it.
const SOON: Duration = Duration::from_secs(30);
/// Long enough for a build that must not happen to show.
const QUIET: Duration = Duration::from_millis(900);

struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(desk: &Desk) -> Self {
        Self::of(desk, "data/report.yaml")
    }

    fn of(desk: &Desk, report: &str) -> Self {
        let mut child =
            desk.command().args(["watch", report]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (send, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        let watch = Self { child, lines };
        assert!(watch.next().starts_with("已生成 out/report.pdf、out/report.docx，1 页"));
        assert!(watch.next().starts_with("正在监视"));
        watch
    }

    fn next(&self) -> String {
        self.lines.recv_timeout(SOON).unwrap()
    }

    /// One build, and no second one.
    fn builds_once(&self, says: &str) {
        let line = self.next();
        assert!(line.starts_with(says), "{line}");
        assert_eq!(self.lines.recv_timeout(QUIET), Err(RecvTimeoutError::Timeout));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // Gone already where the test stopped it.
        if self.child.kill().is_ok() {
            drop(self.child.wait());
        }
    }
}

#[test]
fn a_change_builds_and_a_broken_file_keeps_the_last_outputs() {
    let desk = Desk::new();
    let watch = Watch::start(&desk);
    let before = desk.read("out/report.pdf");
    for n in 1..=5 {
        desk.write("data/figures.yaml", &format!("received: {n}\n"));
    }
    assert!(watch.next().starts_with("已生成"));
    // On a machine that is busy elsewhere the burst may come in two parts, never in five.
    let more = std::iter::from_fn(|| watch.lines.recv_timeout(QUIET).ok()).count();
    assert!(more <= 1, "{more} more builds");
    let after = desk.read("out/report.pdf");
    assert!(before != after);
    desk.write("data/report.yaml", "title: [");
    watch.builds_once("有 ");
    assert!(desk.read("out/report.pdf") == after);
    desk.write("data/report.yaml", REPORT);
    watch.builds_once("已生成");
    desk.write("data/unread.txt", "nobody reads this");
    assert_eq!(watch.lines.recv_timeout(QUIET), Err(RecvTimeoutError::Timeout));
}

#[test]
fn saving_by_renaming_and_losing_a_file_are_seen() {
    let desk = Desk::new();
    let watch = Watch::start(&desk);
    desk.write("data/.figures.yaml.swp", "received: 2\n");
    fs::rename(desk.path("data/.figures.yaml.swp"), desk.path("data/figures.yaml")).unwrap();
    watch.builds_once("已生成");
    fs::rename(desk.path("data/figures.yaml"), desk.path("data/figures.yaml~")).unwrap();
    watch.builds_once("有 ");
    desk.write("data/figures.yaml", "received: 3\n");
    watch.builds_once("已生成");
}

#[test]
fn every_state_equals_a_fresh_build_and_programs_read_lines_of_json() {
    let desk = Desk::new();
    let mut child = desk
        .command()
        .args(["watch", "data/report.yaml", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut next = move || -> serde_json::Value {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    };
    let built = |event: &serde_json::Value, failed: bool| {
        assert!(event["event"] == "built" && event["failed"] == failed && event["milliseconds"].is_number(), "{event}");
    };
    let first = next();
    built(&first, false);
    assert_eq!((&first["pages"], &first["outputs"][1]), (&1.into(), &"out/report.docx".into()), "{first}");
    assert_eq!(next()["event"], "watching");
    // Figures, text, a broken state, a template and back: what is kept from build to build changes no byte.
    let template = include_str!("../../templates/work-report.yaml").replace("size: 22pt", "size: 26pt");
    let edits: [(&str, String, bool); 6] = [
        ("data/figures.yaml", "received: 4321\n".to_owned(), false),
        ("data/report.yaml", format!("{REPORT}notes: {{}}\n").replace("收到", "共收到"), false),
        ("data/report.yaml", "title: [".to_owned(), true),
        ("data/report.yaml", REPORT.replace("工作报告", "另一份很长的工作报告"), false),
        ("templates/work-report.yaml", template, false),
        ("data/figures.yaml", "received: 5\n".to_owned(), false),
    ];
    for (file, text, failed) in edits {
        desk.write(file, &text);
        let fresh = desk.run(&["build", "data/report.yaml", "--out", "fresh"]);
        assert_eq!(fresh.code == 1, failed, "{fresh:?}");
        let same = |name: &str| desk.read(&format!("out/{name}")) == desk.read(&format!("fresh/{name}"));
        // One build is enough, unless the machine was so busy that the file was read while it was written.
        let reached = (0..3).map(|_| next()).find(|event| {
            event["event"] == "built" && event["failed"] == failed && same("report.pdf") && same("report.docx")
        });
        let event = reached.unwrap_or_else(|| panic!("{file} is not as in a fresh build"));
        built(&event, failed);
        if failed {
            assert_eq!(event["diagnostics"][0]["file"], "data/report.yaml", "{event}");
        }
    }
    child.kill().unwrap();
    drop(child.wait());
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly() {
    let desk = Desk::new();
    let mut watch = Watch::start(&desk);
    let id = watch.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(watch.next(), "已停止");
    assert_eq!(watch.child.wait().unwrap().code(), Some(0));
    assert_eq!(desk.names("out"), ["report.docx", "report.pdf"]);
}

#[test]
fn a_word_file_in_revision_waits_and_the_pdf_does_not() {
    let desk = Desk::new();
    let watch = Watch::start(&desk);
    let word = edited(&desk.read("out/report.docx"));
    fs::write(desk.path("out/report.docx"), &word).unwrap();
    let pdf = desk.read("out/report.pdf");
    desk.write("data/figures.yaml", "received: 200\n");
    let line = watch.next();
    assert!(line.starts_with("已生成 out/report.pdf，1 页") && line.contains("等待合并"), "{line}");
    assert!(desk.read("out/report.docx") == word && desk.read("out/report.pdf") != pdf);
    fs::rename(desk.path("out/report.docx"), desk.path("out/revised.docx")).unwrap();
    watch.builds_once("已生成 out/report.pdf、out/report.docx");
    assert!(desk.read("out/revised.docx") == word);
}

#[cfg(unix)]
#[test]
fn folders_that_go_and_come_links_that_turn_and_new_templates_are_seen() {
    let desk = Desk::new();
    let same = || {
        assert_eq!(desk.run(&["build", "here/report.yaml", "--out", "fresh"]).code, 0);
        assert!(desk.read("out/report.pdf") == desk.read("fresh/report.pdf"));
    };
    desk.write("other/report.yaml", &REPORT.replace("工作报告", "另一份报告"));
    desk.write("other/figures.yaml", "received: 9\n");
    std::os::unix::fs::symlink("data", desk.path("here")).unwrap();
    let watch = Watch::of(&desk, "here/report.yaml");
    fs::rename(desk.path("data"), desk.path("away")).unwrap();
    watch.builds_once("有 ");
    fs::rename(desk.path("away"), desk.path("data")).unwrap();
    watch.builds_once("已生成");
    fs::remove_file(desk.path("here")).unwrap();
    std::os::unix::fs::symlink("other", desk.path("here")).unwrap();
    watch.builds_once("已生成");
    same();
    desk.write("other/figures.yaml", "received: 10\n");
    watch.builds_once("已生成");
    same();
    let template = include_str!("../../templates/work-report.yaml");
    let larger = template.replace("size: 22pt", "size: 26pt");
    assert!(larger != template);
    desk.write("other/templates/work-report.yaml", &larger);
    watch.builds_once("已生成");
    same();
    fs::remove_dir_all(desk.path("other")).unwrap();
    watch.builds_once("有 ");
}
