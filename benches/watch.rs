//! How long a change takes under `dinggao watch`, the program itself: `cargo bench --bench watch`.
//!
//! A figure of the first report is changed and saved again and again, then a paragraph of a report of 140 pages. What is
//! printed is the work of each build as the program tells it, without the wait for files to come to rest.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "it stops at what is wrong and prints what it found")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

const ROUNDS: usize = 40;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().expect("a folder");
    let desk = dir.path();
    for name in ["report.yaml", "figures.yaml"] {
        fs::copy(root.join("data").join(name), desk.join(name)).expect("a copy");
    }
    let figures = fs::read_to_string(desk.join("figures.yaml")).expect("figures");
    let received =
        figures.lines().find(|line| line.trim_start().starts_with("received:")).expect("a figure").to_owned();
    measure("a figure of the first report", desk, "report.yaml", |round| {
        let indent = received.len() - received.trim_start().len();
        // Not less than were filed, which the report checks.
        let changed = format!("{}received: {}", " ".repeat(indent), 130 + round % 19);
        fs::write(desk.join("figures.yaml"), figures.replace(&received, &changed)).expect("a figure");
    });
    let report = fs::read_to_string(desk.join("report.yaml")).expect("a report");
    let (head, body) = report.split_once("\nbody:\n").expect("a body");
    // The body ends where the next key of the report begins.
    let count = body.split('\n').take_while(|line| !line.starts_with(|c: char| c.is_ascii_alphabetic())).count();
    let lines: Vec<&str> = body.split('\n').collect();
    let (blocks, rest) = (lines[..count].join("\n"), lines[count..].join("\n"));
    let long = format!("{head}\nbody:\n  - 第0次的第一段。\n{}\n{rest}", vec![blocks; 9].join("\n"));
    fs::write(desk.join("long.yaml"), &long).expect("a report");
    measure("a paragraph of a long report", desk, "long.yaml", |round| {
        fs::write(desk.join("long.yaml"), long.replace("第0次", &format!("第{round}次"))).expect("a report");
    });
}

struct Watch(Child);

impl Drop for Watch {
    fn drop(&mut self) {
        if self.0.kill().is_ok() {
            drop(self.0.wait());
        }
    }
}

fn measure(what: &str, desk: &Path, report: &str, change: impl Fn(usize)) {
    let fonts: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinggao"));
    command.current_dir(desk).args(["watch", report, "--format", "json", "--fonts"]).arg(fonts);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program");
    let mut events = BufReader::new(child.stdout.take().expect("its output"));
    let _watch = Watch(child);
    let (first, pages) = built(&mut events);
    let mut times = Vec::with_capacity(ROUNDS);
    for round in 1..=ROUNDS {
        change(round);
        times.push(built(&mut events).0);
    }
    times.sort_by(f64::total_cmp);
    let (median, ninth) = (times[ROUNDS / 2], times[ROUNDS * 9 / 10]);
    println!("{what}, {pages} pages: first {first:.1} ms, median {median:.1} ms, nine of ten {ninth:.1} ms");
}

/// Milliseconds and pages of the next build that came to its end.
fn built(events: &mut BufReader<ChildStdout>) -> (f64, u64) {
    loop {
        let mut line = String::new();
        assert!(events.read_line(&mut line).expect("an event") > 0, "it has ended");
        let event: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        if event["event"] == "built" {
            assert_eq!(event["failed"], false, "{event}");
            return (event["milliseconds"].as_f64().expect("a time"), event["pages"].as_u64().expect("pages"));
        }
    }
}
