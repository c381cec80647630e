//! The program as people and scripts run it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests: what cannot be run fails the test")]

mod each;
mod figures;
mod pull;
mod outputs;
mod safety;
mod long;
mod readme;
mod docs;
mod press;
mod verify;
mod watch;
mod faces;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with a small report of its own, in which the program runs.
struct Desk {
    dir: tempfile::TempDir,
}

const REPORT: &str = "\
template: work-report
title: 工作报告
data: figures.yaml
body:
  - 收到提案{{ received }}件。
checks:
  - {that: received >= 0, else: 件数不能小于零}
";

impl Desk {
    fn new() -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        desk.write("data/report.yaml", REPORT);
        desk.write("data/figures.yaml", "received: 126\n");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    /// The names of the files in a folder, sorted.
    fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(folder))
            .map(|all| all.map(|e| e.unwrap().file_name().into_string().unwrap()).collect())
            .unwrap_or_default();
        names.sort();
        names
    }

    fn command(&self) -> Command {
        program(self.dir.path())
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&self.command().args(arguments).output().unwrap())
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinggao"));
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    command.current_dir(folder).env_remove("SOURCE_DATE_EPOCH").env("DINGGAO_FONTS", fonts);
    command
}

/// What a run left behind.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_so_in_the_readers_language() {
    let desk = Desk::new();
    for (arguments, zh, en) in [
        (&["bild"][..], "没有命令“bild”", "unrecognized subcommand 'bild'"),
        (&["build", "--onli", "pdf"], "没有参数“--onli”", "unexpected argument '--onli'"),
        (&["build", "--set", "received"], "KEY=VALUE", "KEY=VALUE"),
        (&["build", "--out", "-"], "参数 --out <DIR> 的值“-”不对", "invalid value '-' for '--out <DIR>'"),
        (&["build", "--layout", "-"], "参数 --layout <FILE> 的值“-”不对", "invalid value '-' for '--layout <FILE>'"),
        (&["build", "--only", "pdfx"], "可用的值：pdf、docx、png", "[possible values: pdf, docx, png]"),
        (&["build", "--only", "png", "--dpi", "3"], "参数 --dpi <N> 的值“3”不对", "3 is not in 18..=600"),
        (&["build", "--dpi", "100"], "--dpi 只用于图片", "--dpi is for pictures"),
        (&["check", "--format"], "参数 --format <FORMAT> 缺少值", "a value is required for '--format <FORMAT>'"),
        (&["build", "--out", "a", "--out", "b"], "不能写两次", "cannot be used multiple times"),
        (&[], "用法：dinggao <命令>", "Usage: dinggao <COMMAND>"),
    ] {
        let chinese = desk.run(arguments);
        assert_eq!((chinese.code, chinese.out.as_str()), (2, ""), "{arguments:?}");
        assert!(chinese.err.contains(zh), "{arguments:?}: {}", chinese.err);
        let english = desk.run(&[&["--lang", "en"], arguments].concat());
        assert_eq!((english.code, english.out.as_str()), (2, ""), "{arguments:?}");
        assert!(english.err.contains(en), "{arguments:?}: {}", english.err);
    }
    assert_eq!(desk.names("out"), [""; 0]);
}

#[test]
fn help_and_version_are_results() {
    let desk = Desk::new();
    for (arguments, says) in [
        (&["--help"][..], "生成 PDF 和 Word 文件"),
        (&["build", "--help"], "--depfile <FILE>"),
        (&["merge", "--help"], "用法：dinggao merge [选项] <REVISED.docx>...\n"),
        (&["redline", "--help"], "用法：dinggao redline [选项] <OLD> [REPORT]\n"),
        (&["--lang=en", "watch", "--help"], "Build again whenever"),
        (&["--version"], env!("CARGO_PKG_VERSION")),
    ] {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.out.contains(says), "{arguments:?}: {}", ran.out);
    }
}

#[test]
fn check_tells_errors_in_both_forms_and_writes_nothing() {
    let desk = Desk::new();
    let sound = desk.run(&["check"]);
    assert_eq!((sound.code, sound.err.as_str()), (0, ""));
    desk.write("data/report.yaml", &REPORT.replace("received }}", "recieved }}"));
    let people = desk.run(&["check"]);
    assert_eq!(people.code, 1);
    assert!(people.err.contains("data/report.yaml") && people.err.contains("recieved"), "{}", people.err);
    let programs = desk.run(&["check", "--format", "json"]);
    assert_eq!((programs.code, programs.err.as_str()), (1, ""));
    let json: serde_json::Value = serde_json::from_str(&programs.out).unwrap();
    let first = &json["diagnostics"][0];
    assert_eq!(first["severity"], "error");
    assert_eq!((first["line"].as_u64(), first["file"].as_str()), (Some(5), Some("data/report.yaml")));
    for key in ["code", "message", "hint"] {
        assert!(!first[key].as_str().unwrap().is_empty(), "{key}");
    }
    assert_eq!(desk.names("."), ["data"]);
}

#[test]
fn the_schema_is_json_and_knows_every_key_of_the_first_report() {
    let desk = Desk::new();
    let ran = desk.run(&["schema"]);
    assert_eq!(ran.code, 0);
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for key in ["template", "title", "occasion", "speaker", "data", "contents", "numbering", "body", "checks", "notes"]
    {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
}
