//! `watch`, as a process.

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
        let mut child = desk.command().arg("watch").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
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
