//! A thousand reports of two pages from one template and one table: `cargo bench --bench each`.
//!
//! Printed are reports a second and the most memory that the program had. A number after `--` is the number of reports.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "it stops at what is wrong and prints what it found")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const PARAGRAPH: &str = "全年办理提案{{ each.提案 }}件，办结率{{ each.办结率 }}，\
    坚持把提高提案质量作为工作的着力点，围绕中心、服务大局，深入基层调查研究，广泛听取各界群众意见，积极建言资政、凝聚共识。";

fn main() {
    let count: usize = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(1000);
    let dir = tempfile::tempdir().expect("a folder");
    let mut table = "街道,提案,办结率,会议,委员,调研,视察,信息\n".to_owned();
    for row in 1..=count {
        let (a, b, c) = (row % 97 + 3, row % 13 + 80, row % 31 + 2);
        writeln!(table, "第{row}街道,{a},{b}.5%,{c},{a},{c},{b},{a}").expect("a text takes more");
    }
    fs::write(dir.path().join("towns.csv"), table).expect("a table");
    let mut report =
        "template: work-report\ntitle: '{{ each.街道 }}政协工作报告'\ndata: {towns: towns.csv}\nbody:\n".to_owned();
    for (at, heading) in ["聚焦中心任务", "密切联系群众", "加强自身建设"].into_iter().enumerate() {
        write!(report, "  - heading: {heading}\n    body:\n").expect("a text takes more");
        for part in 0..3 {
            writeln!(report, "      - 第{}项第{}部分。{PARAGRAPH}", at + 1, part + 1).expect("a text takes more");
        }
    }
    fs::write(dir.path().join("report.yaml"), report).expect("a report");
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinggao"));
    command.current_dir(dir.path()).args(["build", "report.yaml", "--each", "towns", "--name", "each.街道", "--fonts"]);
    let clock = Instant::now();
    let mut child = command.arg(fonts).stdout(Stdio::inherit()).spawn().expect("the program");
    let mut most = 0_u64;
    let status = loop {
        if let Some(status) = child.try_wait().expect("the program") {
            break status;
        }
        let said = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let memory = said.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        most = most.max(memory.trim().trim_end_matches(" kB").parse().unwrap_or(0));
        thread::sleep(Duration::from_millis(5));
    };
    let seconds = clock.elapsed().as_secs_f64();
    assert!(status.success(), "it failed");
    println!("{count} reports: {seconds:.2} s, {:.0} a second, {} MB", count as f64 / seconds, most / 1024);
}
