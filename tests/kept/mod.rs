//! What one build leaves to the next changes no byte of it: random edits of a report with a block of every sort, each state against a
//! build that knows nothing of the others.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

use dinggao::diagnostic::{Language, render_json};
use dinggao::pipeline::{self, Destination, KeptWork, Outcome, Request};
use dinggao::world::SystemWorld;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Numbers without a plan, the same at every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % below
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.next(from.len())].clone()
    }
}

const SENTENCES: [&str; 6] = [
    "坚持稳中求进工作总基调，扎实推进各项工作，取得新的成效。",
    "全年收到提案{{ d[0].值 }}件，办结率{{ share }}%，比上年提高{{ d[1].值 }}个百分点[^a]。",
    "**深入**调查研究，形成报告，见[@t]；GB/T 9704-2012 与 https://example.org 一并执行[^b]。",
    "推动PDF与Word两种文件完全一致，用时不超过36.5 ms，温度保持在20 ℃以下。",
    "履行政治协商、民主监督、参政议政职能，团结和民主两大主题贯穿始终——这是根本。",
    "围绕“十四五”规划，开展协商活动（含网络议政）{{ d[2].值 }}次，提出意见建议若干条。",
];

/// Blocks that stand between paragraphs.
const OTHERS: [&str; 7] = [
    "- point: 把学习作为首要任务。\n  text: 举办读书沙龙，开展研讨。",
    "- heading: 主要工作\n  body: [一年来，各项工作顺利。]",
    "- list: [甲项工作, {text: 乙项工作, list: [乙一, 乙二]}]",
    "- table: {caption: 情况, from: d}",
    "- table: {caption: 对照, columns: [{title: 甲, columns: [乙, 丙]}, 丁], rows: [[1.5, '要折行的一段文字，见[@t][^a]。', '{{ share }}'], [22.25, {text: 合并, columns: 2}]], note: 注文, landscape: true}",
    "- chart: {kind: bar, caption: 总量, categories: [一, 二], series: [{name: 值, values: [12, 34]}]}",
    "- include: part.yaml",
];

/// Ends of a report that cannot be built, and of one that can.
const BROKEN: [&str; 5] = [
    "title: [",
    "checks: [{that: 1 > 2, else: 不对}]",
    "checks: [{that: nobody > 1, else: 无}]",
    "nowhere: 1",
    "body: 2",
];

struct Desk {
    blocks: Vec<String>,
    values: [usize; 3],
    share: usize,
    lines: usize,
    restart: &'static str,
    contents: bool,
    part: usize,
    broken: Option<&'static str>,
    title: usize,
}

impl Desk {
    fn new() -> Self {
        let mut blocks: Vec<String> = SENTENCES.iter().map(|sentence| paragraph(sentence, 0)).collect();
        blocks.extend(OTHERS.map(str::to_owned));
        Self {
            blocks,
            values: [126, 3, 41],
            share: 95,
            lines: 22,
            restart: "none",
            contents: false,
            part: 0,
            broken: None,
            title: 0,
        }
    }

    /// Changes something; tells what.
    fn edit(&mut self, dice: &mut Dice) -> &'static str {
        let at = dice.next(self.blocks.len());
        self.broken = None;
        match dice.next(14) {
            0..=2 => {
                self.values[dice.next(3)] = dice.next(2000);
                "a cell"
            }
            3 => {
                self.share = dice.next(101);
                "a figure"
            }
            4 | 5 => {
                self.blocks[at] = paragraph(dice.pick(&SENTENCES), dice.next(7));
                "a block"
            }
            6 => {
                self.blocks.insert(at, paragraph(dice.pick(&SENTENCES), dice.next(40)));
                "a new paragraph"
            }
            7 => {
                self.blocks.insert(at, dice.pick(&OTHERS).to_owned());
                "a new block"
            }
            8 if self.blocks.len() > 8 => {
                self.blocks.remove(at);
                "a block gone"
            }
            9 => {
                self.blocks.rotate_left(at);
                "all blocks moved"
            }
            10 => {
                self.lines = 18 + dice.next(5);
                self.restart = dice.pick(&["none", "page"]);
                "the template"
            }
            11 => {
                self.part = dice.next(5);
                self.contents = !self.contents;
                "an included file"
            }
            12 => {
                self.title = dice.next(30);
                "the title"
            }
            _ => {
                self.broken = Some(dice.pick(&BROKEN));
                "broken"
            }
        }
    }

    fn write(&self, folder: &Path) {
        let mut report = format!(
            "template: house\ntitle: 工作报告{}\ndata: {{d: d.csv, share: share.yaml}}\ncontents: {}\nbody:\n  - table: {{caption: 表, columns: [甲], rows: [[1]]}}\n    id: t\n",
            "很长的题目".repeat(self.title / 5),
            self.contents,
        );
        for block in &self.blocks {
            for line in block.lines() {
                writeln!(report, "  {line}").expect("a text takes more");
            }
        }
        report.push_str("notes: {a: 按可比口径计算。, b: 见附件。}\n");
        report.push_str(self.broken.unwrap_or_default());
        let table = self.values.map(|value| format!("项,{value}\n")).concat();
        let template = format!(
            "extends: work-report\ngrid: {{lines: {}}}\nnumbering: {{notes-restart: {}}}\n",
            self.lines, self.restart
        );
        let files = [
            ("report.yaml", report),
            ("d.csv", format!("名,值\n{table}")),
            ("share.yaml", self.share.to_string()),
            ("part.yaml", format!("- {}{}\n", SENTENCES[0], "又一句。".repeat(self.part))),
            ("templates/house.yaml", template),
        ];
        for (name, text) in files {
            fs::write(folder.join(name), text).expect("a file");
        }
    }
}

fn paragraph(sentence: &str, times: usize) -> String {
    format!("- '{sentence}{}'", SENTENCES[0].repeat(times))
}

/// What a build tells: what is wrong, the pages, and both files.
fn told(outcome: &Outcome, folder: &Path) -> (String, usize, Vec<Option<Vec<u8>>>) {
    let said = render_json(&outcome.diagnostics, &outcome.sources, Language::Chinese);
    (said, outcome.pages, ["pdf", "docx"].map(|kind| fs::read(folder.join(format!("report.{kind}"))).ok()).into())
}

#[test]
fn what_is_kept_from_build_to_build_changes_no_byte() {
    let count = std::env::var("DINGGAO_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path();
    fs::create_dir(folder.join("templates")).expect("a folder");
    let (mut desk, mut dice) = (Desk::new(), Dice(20_240_108));
    let fonts = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"));
    let request = Request { fonts, ..Request::new(folder.join("report.yaml")) };
    let shelf = SystemWorld::new();
    let kept = KeptWork::new(&shelf);
    let (mut did, mut sound, mut most) = ("the start", 0, 0);
    for round in 0..=count {
        desk.write(folder);
        let (out, fresh) = (folder.join("out"), folder.join("fresh"));
        let again = pipeline::build_kept(&SystemWorld::new(), Some(&kept), &request, &Destination::folder(&out));
        let anew = pipeline::build(&SystemWorld::new(), &request, &Destination::folder(&fresh));
        assert!(told(&again, &out) == told(&anew, &fresh), "round {round}: {did}: {:?}", again.diagnostics);
        sound += usize::from(!again.failed());
        most = most.max(kept.held());
        // Two blocks more or less a round: what is kept is what the report has.
        assert!(kept.held() < 100 + desk.blocks.len() * 8, "round {round}: {} are kept", kept.held());
        did = desk.edit(&mut dice);
    }
    assert!(sound * 2 > count && most > 0, "{sound} states of {count} were sound");
}
