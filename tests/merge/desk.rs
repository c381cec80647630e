//! A report, its Word file, an editor's hand in it, and what becomes of the source.

use super::hand::Hand;
use dinggao::docx::read::{View, WordDocument};
use dinggao::pipeline::{MergeOutcome, MergeRequest, merge};
use dinggao::world::SystemWorld;
use serde_json::Value;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The Word file of the report, built once.
static BUILT: OnceLock<Vec<u8>> = OnceLock::new();

const BODY: &str = "word/document.xml";
const NOTES: &str = "word/footnotes.xml";

/// A folder with a report.
pub(super) struct Desk {
    folder: TempDir,
}

/// What a run said.
pub(super) struct Ran {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Ran {
    /// Kind and status of every change.
    pub(super) fn told(&self) -> Vec<(String, String)> {
        let word = |change: &Value, key: &str| change[key].as_str().unwrap_or_default().to_owned();
        self.changes().iter().map(|c| (word(c, "kind"), word(c, "status"))).collect()
    }

    pub(super) fn changes(&self) -> Vec<Value> {
        let root: Value = serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err));
        root["changes"].as_array().unwrap().clone()
    }
}

impl Desk {
    /// The report of these tests, with its Word file in `out/`.
    pub(super) fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merge");
        for name in ["report.yaml", "figures.yaml"] {
            fs::copy(here.join(name), desk.path(name)).unwrap();
        }
        let built = BUILT.get_or_init(|| {
            desk.build();
            fs::read(desk.path("out/report.docx")).unwrap()
        });
        fs::create_dir_all(desk.path("out")).unwrap();
        fs::write(desk.path("out/report.docx"), built).unwrap();
        desk
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(super) fn build(&self) {
        let ran = self.run(&["build", "report.yaml", "--only", "docx"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Ran {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        let out = Command::new(env!("CARGO_BIN_EXE_dinggao"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("DINGGAO_FONTS", fonts)
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .unwrap();
        Ran {
            code: out.status.code().unwrap(),
            out: String::from_utf8(out.stdout).unwrap(),
            err: String::from_utf8(out.stderr).unwrap(),
        }
    }

    /// Merges a file and gives JSON.
    pub(super) fn merge(&self, file: &str, more: &[&str]) -> Ran {
        let mut arguments = vec!["merge", file, "report.yaml", "--format", "json"];
        arguments.extend(more);
        self.run(&arguments)
    }

    /// Saves the Word file under another name, a part of it changed.
    pub(super) fn edit(&self, name: &str, part: &str, change: impl Fn(String) -> String) {
        let bytes = fs::read(self.path("out/report.docx")).unwrap();
        fs::write(self.path(name), edited(&bytes, part, change)).unwrap();
    }

    /// Saves the Word file under another name, as it is after an editor has had it in hand.
    pub(super) fn hand(&self, name: &str, tracked: bool, work: impl FnOnce(&mut Hand)) {
        let bytes = fs::read(self.path("out/report.docx")).unwrap();
        let mut hand = Hand::new(part(&bytes, BODY), part(&bytes, NOTES), tracked);
        work(&mut hand);
        let bytes = edited(&bytes, BODY, |_| hand.xml.clone());
        fs::write(self.path(name), edited(&bytes, NOTES, |_| hand.notes.clone())).unwrap();
    }

    /// The paragraphs, cells and notes of a Word file, all changes accepted.
    pub(super) fn reads(&self, name: &str) -> Vec<String> {
        let bytes = fs::read(self.path(name)).unwrap();
        let manuscript = WordDocument::open(&bytes).unwrap().manuscript(&View::Accepted).unwrap();
        let items = manuscript.items.iter().chain(&manuscript.notes);
        items.map(|item| item.plain().split_whitespace().collect::<String>()).collect()
    }
}

/// A report with a picture that floats: there is no room for it at the foot of the first page, so text passes it.
pub(super) fn floating() -> Desk {
    let desk = Desk::new();
    let text = "区委全会明确了目标任务，各单位要对照分工，逐项抓好落实，按月报送进展，年底前全部完成。".repeat(3);
    let before = [1, 2, 3].map(|n| format!("  - 前文{n}：{text}\n")).concat();
    let figure = "  - figure: {image: a.png, caption: 位置图, alt: 位置图, width: 120mm, float: true}\n";
    let after = "  - 后文一：短短一段。\n  - 后文二：也是一段。\n  - heading: 下一步打算\n    body: [结束的话。]\n";
    desk.write("report.yaml", &format!("# 浮动\ntemplate: work-report\ntitle: 报告\nbody:\n{before}{figure}{after}"));
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples/growth.png"), desk.path("a.png")).unwrap();
    desk.build();
    let reads = desk.reads("out/report.docx");
    let place = |says: &str| reads.iter().position(|line| line.contains(says)).unwrap();
    assert!(place("后文一") < place("位置图"), "{reads:?}");
    desk
}

/// Merges `back.docx` into `report.yaml` of a folder, within this process.
pub(super) fn merged(folder: &Path) -> MergeOutcome {
    let request = MergeRequest {
        revised: vec![folder.join("back.docx")],
        report: folder.join("report.yaml"),
        apply: true,
        ..MergeRequest::default()
    };
    merge(&SystemWorld::new(), &request)
}

/// A part of a Word file; empty where it has none of that name.
pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    if let Ok(mut part) = zip.by_name(name) {
        part.read_to_string(&mut text).unwrap();
    }
    text
}

/// A Word file with a part of it changed.
pub(super) fn edited(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    remade(bytes, part, |content| change(String::from_utf8(content).unwrap()).into_bytes())
}

/// The same with the bytes of a part.
pub(super) fn remade(bytes: &[u8], part: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut entry = old.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == part {
            content = change(content);
        }
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

/// The bytes of the paragraph that says something.
pub(super) fn paragraph(xml: &str, says: &str) -> std::ops::Range<usize> {
    let at = xml.find(says).unwrap_or_else(|| panic!("{says}"));
    let start = xml[..at].rfind("<w:p ").max(xml[..at].rfind("<w:p>")).unwrap();
    start..at + xml[at..].find("</w:p>").unwrap() + "</w:p>".len()
}

/// The bytes of the row that says something.
pub(super) fn row(xml: &str, says: &str) -> std::ops::Range<usize> {
    let at = xml.find(says).unwrap_or_else(|| panic!("{says}"));
    let start = xml[..at].rfind("<w:tr>").unwrap();
    start..at + xml[at..].find("</w:tr>").unwrap() + "</w:tr>".len()
}

/// A paragraph of the same style that says something else.
pub(super) fn like(paragraph: &str, says: &str) -> String {
    let properties = paragraph.find("</w:pPr>").unwrap() + "</w:pPr>".len();
    let head = &paragraph[paragraph.find("<w:pPr>").unwrap()..properties];
    format!("<w:p>{head}<w:r><w:t>{says}</w:t></w:r></w:p>")
}
