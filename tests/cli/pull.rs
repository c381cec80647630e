//! `dinggao pull`: snapshots of what commands and addresses give.

use super::Desk;
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

fn desk(pull: &str) -> Desk {
    let desk = Desk::new();
    let report = format!(
        "template: work-report\ntitle: 报告\npull:\n{pull}data: {{d: d.csv}}\nbody:\n  - 共{{{{ d | sum(\"数\") }}}}件。\n"
    );
    desk.write("data/report.yaml", &report);
    desk
}

#[cfg(unix)]
#[test]
fn a_command_is_shown_run_and_kept_with_its_hash() {
    let desk = desk("  d: {command: [sh, -c, 'printf \"名,数\\n甲,5\\n\"'], to: d.csv}\n");
    // A build never runs it.
    let ran = desk.run(&["build", "data/report.yaml"]);
    assert!(ran.code == 1 && ran.err.contains("D401") && !desk.path("data/d.csv").exists(), "{ran:?}");
    let told = desk.run(&["pull", "data/report.yaml", "--list"]);
    assert!(
        told.code == 0
            && told.err.is_empty()
            && told.out.contains("sh -c 'printf")
            && !desk.path("data/d.csv").exists(),
        "{told:?}"
    );
    let ran = desk.run(&["pull", "data/report.yaml"]);
    assert!(ran.code == 0 && ran.out.contains("已存为 data/d.csv") && ran.err.contains("d：sh -c"), "{ran:?}");
    assert_eq!(desk.text("data/d.csv"), "名,数\n甲,5\n");
    let note: Value = serde_json::from_str(&desk.text("data/d.csv.pull.json")).unwrap();
    assert_eq!((note["name"].as_str(), note["bytes"].as_u64()), (Some("d"), Some(14)), "{note}");
    assert!(note["pulled"].as_str().unwrap().ends_with('Z') && note["sha256"].as_str().unwrap().len() == 64, "{note}");
    assert_eq!(desk.run(&["build", "data/report.yaml"]).code, 0);
    assert_eq!(desk.run(&["check", "data/report.yaml", "--strict"]).code, 0);
    assert!(desk.run(&["pull", "data/report.yaml"]).out.contains("没有变化"));
    // A hand that changed it is told, and what it wrote is kept.
    desk.write("data/d.csv", "名,数\n甲,6\n");
    let told = desk.run(&["check", "data/report.yaml"]);
    assert!(told.code == 0 && told.err.contains("D944") && told.err.contains("被修改过"), "{told:?}");
    let ran = desk.run(&["pull", "data/report.yaml"]);
    assert!(ran.code == 1 && ran.err.contains("D411"), "{ran:?}");
    assert_eq!(desk.text("data/d.csv"), "名,数\n甲,6\n");
    assert_eq!(desk.run(&["pull", "data/report.yaml", "--overwrite"]).code, 0);
    assert_eq!(desk.text("data/d.csv"), "名,数\n甲,5\n");
}

#[cfg(unix)]
#[test]
fn what_fails_leaves_the_old_file_and_the_others_go_on() {
    for (command, says) in [
        ("[sh, -c, 'echo 名,数; echo wrong >&2; exit 3']", "wrong"),
        ("[sh, -c, 'sleep 30; echo 名,数']", "1 秒"),
        ("[sh, -c, 'head -c 3000000 /dev/zero']", "1 MB"),
        ("[echo, <html>]", "网页"),
        ("['true']", "没有输出"),
        ("[no-such-program-here]", "没有程序"),
    ] {
        let pull = format!(
            "  d: {{command: {command}, to: d.csv, timeout: 1, most: 1}}\n  e: {{command: [echo, 'a,b'], to: e.csv}}\n"
        );
        let desk = desk(&pull);
        let ran = desk.run(&["pull", "data/report.yaml"]);
        assert!(ran.code == 1 && ran.err.contains("D410") && ran.err.contains(says), "{command}: {ran:?}");
        let left = ["e.csv", "e.csv.pull.json", "figures.yaml", "report.yaml"];
        assert_eq!(desk.names("data"), left, "{command}");
    }
    let desk = desk("  d: {command: [echo, 'a,b'], to: d.csv}\n");
    let ran = desk.run(&["pull", "data/report.yaml", "--only", "dd"]);
    assert!(ran.code == 1 && ran.err.contains("pull 里没有“dd”"), "{ran:?}");
}

/// Answers one request; gives what was asked.
fn serve(answer: &'static str) -> (u16, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut piece = [0; 1024];
        while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
            let read = stream.read(&mut piece).unwrap();
            asked.extend_from_slice(&piece[..read]);
        }
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}", answer.len())
            .unwrap();
        String::from_utf8(asked).unwrap()
    });
    (port, served)
}

#[test]
fn an_address_is_read_with_a_secret_of_the_environment() {
    let (port, served) = serve("名,数\n甲,7\n");
    let desk = desk(&format!(
        "  d:\n    url: http://127.0.0.1:{port}/d.csv\n    to: d.csv\n    header: {{Authorization: {{env: D_TOKEN, before: 'Bearer '}}, Accept: text/csv}}\n"
    ));
    let missing = desk.run(&["pull", "data/report.yaml"]);
    assert!(missing.code == 1 && missing.err.contains("D_TOKEN"), "{missing:?}");
    let ran = desk.command().args(["pull", "data/report.yaml"]).env("D_TOKEN", "s\"ecret").output().unwrap();
    let ran = super::Ran::of(&ran);
    assert_eq!(ran.code, 0, "{ran:?}");
    let asked = served.join().unwrap();
    assert!(asked.contains("Authorization: Bearer s\"ecret") && asked.contains("Accept: text/csv"), "{asked}");
    assert_eq!(desk.text("data/d.csv"), "名,数\n甲,7\n");
    // The secret is nowhere.
    let note = desk.text("data/d.csv.pull.json");
    assert!(note.contains("$D_TOKEN") && !note.contains("ecret") && !format!("{ran:?}").contains("ecret"), "{note}");
}
