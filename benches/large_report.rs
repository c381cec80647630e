//! Writes a large report with tables to standard output, always the same: `cargo bench --bench large_report > tables.yaml`.
//!
//! The text is the first report's, 56 times over, with 150 tables in it: short ones, ones over several pages, with
//! merged cells, with figures on their decimal point, some on landscape pages, some that call footnotes. About 1,000 pages; a
//! number after `--` gives so many times as much.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "it stops at what is wrong and prints the report")]

use dinggao::model::{BlockKind, Document};
use dinggao::source::{InputOptions, load};
use dinggao::world::SystemWorld;
use std::fmt::Write as _;
use std::path::Path;

/// How often the first report's text comes.
const COPIES: usize = 56;
/// How many tables it has.
const TABLES: usize = 150;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load(&SystemWorld::new(), &root.join("data/report.yaml"), &InputOptions::default());
    let (report, _) = loaded.outcome.expect("the first report is right");
    // `cargo bench` adds `--bench`.
    let times = std::env::args().skip(1).find(|a| a != "--bench").map_or(1, |times| times.parse().expect("a number"));
    print!("{}", written(&report, times));
}

/// The source of the large report.
fn written(report: &Document, times: usize) -> String {
    let (copies, most) = (COPIES * times, TABLES * times);
    let blocks: Vec<&BlockKind> = report.blocks.iter().map(|block| &block.kind).filter(|kind| is_text(kind)).collect();
    let total = blocks.len() * copies;
    let mut yaml = "template: work-report\ntitle: 大型报告\ncontents: {depth: 1}\nbody:\n".to_owned();
    let mut notes = String::new();
    let mut tables = 0;
    for (at, kind) in blocks.iter().copied().cycle().take(total).enumerate() {
        if at % blocks.len() == 0 {
            writeln!(yaml, "  - heading: 第{}部分\n    body:", at / blocks.len() + 1).expect("a string");
        }
        let quoted = |text: String| serde_json::Value::String(text.replace("{{", "")).to_string();
        let line = match kind {
            BlockKind::Heading { text, .. } => format!("      - heading: {}\n", quoted(text.plain())),
            BlockKind::Point { lead, text, .. } => {
                format!("      - point: {}\n        text: {}\n", quoted(lead.plain()), quoted(text.plain()))
            }
            other => format!("      - {}\n", quoted(other.texts().iter().map(|text| text.plain()).collect())),
        };
        yaml.push_str(&line);
        while tables < most && tables * total / most <= at {
            table(&mut yaml, &mut notes, tables);
            tables += 1;
        }
    }
    yaml + "notes:\n" + &notes
}

fn is_text(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Heading { .. } | BlockKind::Point { .. } | BlockKind::Paragraph(_))
}

/// Table `index`: its length, its merged cells and its notes follow from that number.
fn table(yaml: &mut String, notes: &mut String, index: usize) {
    let rows = [6, 12, 9, 45, 18][index % 5];
    let landscape = index % 25 == 24;
    let mut add = |text: &str| yaml.push_str(text);
    add(&format!("      - table:\n          caption: 第{}批重点项目进展情况\n", index + 1));
    add(&format!("          landscape: {landscape}\n"));
    add("          columns: [序号, 项目, {title: 责任单位, width: 8em}, 总投资（万元）, 完成比例]\n          rows:\n");
    for row in 0..rows {
        let seed = index * 7 + row * 3;
        let name = ["城区供水管网改造", "乡村振兴产业园", "永定河山峡段综合治理与生态修复工程", "中小学校舍安全改造"]
            [seed % 4];
        let call = if row == 2 && index.is_multiple_of(3) { format!("[^t{index}]") } else { String::new() };
        let invested = (seed * 7919 % 100_000) as f64 / 10.0;
        let share = seed * 31 % 1001;
        let (unit, lower) = (["区发展改革委", "区水务局", "区教委"][seed % 3], row % 4 == 1);
        // Every fourth row's unit answers for the next row too.
        let cell = if lower && row + 1 < rows { format!("{{text: {unit}, rows: 2}}, ") } else { format!("{unit}, ") };
        let cell = if row % 4 == 2 { String::new() } else { cell };
        let line = format!("[{}, \"{name}{call}\", {cell}\"{invested:.1}\", {}.{}%]", row + 1, share / 10, share % 10);
        add(&format!("            - {line}\n"));
    }
    if index.is_multiple_of(3) {
        writeln!(notes, "  t{index}: 含以前年度结转的资金；口径与第{}批相同。", index + 1).expect("a string");
    }
}
