//! Files of others, kills, waiting builds: no moment loses a file.

use super::{Desk, REPORT, Ran};
use std::fs;
use std::io::{Read as _, Write as _};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

/// A Word file saved by an editor: one part is another.
pub(super) fn edited(bytes: &[u8]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        if name == "word/document.xml" {
            text = String::from_utf8(text).unwrap().replace("收到提案", "收到建议").into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&text).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn outputs_replace_only_what_the_program_wrote() {
    let desk = Desk::new();
    for (name, only) in [("report.pdf", "pdf"), ("report.docx", "docx"), ("report-01.png", "png")] {
        desk.write(&format!("out/{name}"), "somebody's own");
        let ran = desk.run(&["build", "--only", only]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.contains("D814") && ran.err.contains(name) && ran.err.contains("--overwrite"), "{}", ran.err);
        assert_eq!(desk.text(&format!("out/{name}")), "somebody's own");
        assert_eq!(desk.run(&["build", "--only", only, "--overwrite"]).code, 0);
        assert_eq!(desk.run(&["build", "--only", only]).code, 0, "its own");
    }
    // All that is in the way is told at once, and nothing is written.
    let desk = Desk::new();
    desk.write("out/report.pdf", "%PDF-1.7 of another program %%EOF");
    desk.write("out/report.docx", "PK");
    let ran = desk.run(&["build"]);
    assert_eq!(ran.err.matches("D814").count(), 2, "{}", ran.err);
    assert_eq!(desk.names("out"), ["report.docx", "report.pdf"]);
    // An empty file holds nothing to lose.
    desk.write("out/report.pdf", "");
    desk.write("out/report.docx", "");
    assert_eq!(desk.run(&["build"]).code, 0);
}

#[test]
fn notes_made_in_the_pdf_are_not_lost() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["build"]).code, 0);
    let mut bytes = desk.read("out/report.pdf");
    bytes.extend(b"\n9 0 obj <</Type/Annot>> endobj\nstartxref\n0\n%%EOF\n");
    fs::write(desk.path("out/report.pdf"), &bytes).unwrap();
    let ran = desk.run(&["build"]);
    assert!(ran.code == 1 && ran.err.contains("D814"), "{ran:?}");
    assert!(desk.read("out/report.pdf") == bytes);
}

#[test]
fn a_revised_word_file_is_never_overwritten() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["build"]).code, 0);
    let word = edited(&desk.read("out/report.docx"));
    let pdf = desk.read("out/report.pdf");
    fs::write(desk.path("out/report.docx"), &word).unwrap();
    desk.write("data/figures.yaml", "received: 127\n");
    let ran = desk.run(&["--lang", "en", "build"]);
    assert_eq!(ran.code, 1);
    for says in ["D815", "dinggao merge out/report.docx", "--overwrite", "move the file away"] {
        assert!(ran.err.contains(says), "{says}: {}", ran.err);
    }
    assert!(desk.read("out/report.docx") == word && desk.read("out/report.pdf") == pdf, "neither is written");
    assert_eq!(desk.run(&["build", "--overwrite"]).code, 0);
    assert!(desk.read("out/report.docx") != word && desk.read("out/report.pdf") != pdf);
}

#[test]
fn pictures_of_pages_are_known_by_what_is_in_them() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["build", "--only", "png", "--dpi", "36"]).code, 0);
    // A page that is gone, a picture of a year, and one that the report shows.
    fs::copy(desk.path("out/report-01.png"), desk.path("out/report-02.png")).unwrap();
    fs::copy(desk.path("out/report-01.png"), desk.path("out/report-99.png")).unwrap();
    desk.write("out/report-2024.png", "of a year");
    let shown = format!("{}  - figure: {{image: ../out/report-99.png, caption: 图, width: 20mm}}\n", body());
    desk.write("data/report.yaml", &shown);
    let ran = desk.run(&["build", "--only", "png", "--dpi", "36"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(desk.names("out"), ["report-01.png", "report-2024.png", "report-99.png"]);
}

/// A report without checks, whose body can be gone on with.
fn body() -> &'static str {
    REPORT.split("checks:").next().unwrap()
}

#[cfg(unix)]
#[test]
fn inputs_are_inputs_by_any_name() {
    let desk = Desk::new();
    std::os::unix::fs::symlink(".", desk.path("data/here")).unwrap();
    std::os::unix::fs::symlink("report.yaml", desk.path("data/link.json")).unwrap();
    fs::hard_link(desk.path("data/figures.yaml"), desk.path("second.json")).unwrap();
    for name in ["data/here/report.yaml", "data/link.json", "second.json"] {
        for option in ["--layout", "--depfile"] {
            let ran = desk.run(&["build", option, name, "--overwrite"]);
            assert!(ran.code == 1 && ran.err.contains("D813"), "{name}: {ran:?}");
        }
    }
    assert_eq!(desk.text("data/report.yaml"), REPORT);
    assert_eq!(desk.text("second.json"), "received: 126\n");
}

#[cfg(unix)]
#[test]
fn a_template_that_is_there_and_cannot_be_read_is_no_reason_to_take_another() {
    let desk = Desk::new();
    let place = desk.path("data/templates/work-report.yaml");
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink("/nowhere/work-report.yaml", &place).unwrap();
    let refused = |what: &str| {
        let ran = desk.run(&["check"]);
        assert!(
            ran.code == 1 && ran.err.contains("D501") && ran.err.contains("templates/work-report.yaml"),
            "{what}: {ran:?}"
        );
    };
    refused("a link that leads nowhere");
    fs::remove_file(&place).unwrap();
    fs::create_dir(&place).unwrap();
    refused("a folder");
}

#[cfg(unix)]
#[test]
fn what_is_written_into_a_device_replaces_nothing() {
    let desk = Desk::new();
    std::os::unix::fs::symlink("/proc/self/fd/1", desk.path("device")).unwrap();
    let ran = desk.run(&["build", "--layout", "device", "--depfile", "/dev/null"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("{\n  \"page_count\": 1"), "{}", ran.out);
    assert!(desk.path("device").is_symlink());
    // A link to a file is followed; what is there must be the program's.
    desk.write("lines.json", "");
    std::os::unix::fs::symlink("lines.json", desk.path("link")).unwrap();
    assert_eq!(desk.run(&["build", "--layout", "link"]).code, 0);
    assert!(desk.path("link").is_symlink() && desk.text("lines.json").contains("page_count"));
    desk.write("lines.json", "{\"mine\": 1}");
    let ran = desk.run(&["build", "--layout", "link"]);
    assert!(ran.code == 1 && ran.err.contains("D814"), "{ran:?}");
    assert_eq!(desk.text("lines.json"), "{\"mine\": 1}");
}

#[test]
fn a_report_may_come_from_standard_input() {
    let desk = Desk::new();
    let run = |arguments: &[&str]| {
        let command = &mut desk.command();
        let mut child = command.args(arguments).current_dir(desk.path("data")).stdin(Stdio::piped());
        child = child.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        child.stdin.take().unwrap().write_all(REPORT.as_bytes()).unwrap();
        Ran::of(&child.wait_with_output().unwrap())
    };
    let ran = run(&["build", "-", "--out", "../out"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert_eq!(desk.names("out"), ["report.docx", "report.pdf"]);
    let piped = desk.read("out/report.pdf");
    assert_eq!(desk.run(&["build"]).code, 0);
    assert!(desk.read("out/report.pdf") == piped, "as from the file");
    assert_eq!(run(&["check", "-"]).code, 0);
    assert_eq!(run(&["watch", "-"]).code, 2);
}

#[cfg(unix)]
#[test]
fn what_never_ends_is_not_read() {
    let desk = Desk::new();
    fs::remove_file(desk.path("data/figures.yaml")).unwrap();
    for make in [
        &["mkfifo", "data/figures.yaml"][..],
        &["ln", "-s", "/dev/zero", "data/figures.yaml"],
        &["truncate", "-s", "65M", "data/figures.yaml"],
    ] {
        let made = std::process::Command::new(make[0]).args(&make[1..]).current_dir(desk.path(".")).status();
        assert!(made.unwrap().success());
        let begin = Instant::now();
        let ran = desk.run(&["build"]);
        assert!(ran.code == 1 && ran.err.contains("figures.yaml") && ran.err.contains("D401"), "{make:?}: {ran:?}");
        assert!(begin.elapsed() < Duration::from_mins(1), "{make:?}");
        fs::remove_file(desk.path("data/figures.yaml")).unwrap();
    }
}

/// The code tells what was done, also where nobody reads what is said.
#[cfg(unix)]
#[test]
fn the_exit_code_is_the_same_with_closed_pipes() {
    let desk = Desk::new();
    desk.write("bad.yaml", "title: [\n");
    for (arguments, code) in [
        (&["check"][..], 0),
        (&["check", "bad.yaml"], 1),
        (&["check", "bad.yaml", "--format", "json"], 1),
        (&["build", "nowhere.yaml"], 1),
        (&["build", "--bogus"], 2),
        (&["--help"], 0),
        (&["schema"], 0),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = desk.command();
        command.args(arguments).stdout(writer.try_clone().unwrap()).stderr(writer);
        assert_eq!(command.status().unwrap().code(), Some(code), "{arguments:?}");
    }
    // Results that are lost are no success.
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    assert_eq!(desk.command().arg("schema").stdout(full).status().unwrap().code(), Some(1));
}

/// Both files of a build, by what they say; None where one is not there.
fn pair(desk: &Desk, known: &[(Vec<u8>, Vec<u8>)]) -> Option<usize> {
    let read = |name: &str| fs::read(desk.path(name)).ok();
    let (pdf, docx) = (read("out/report.pdf")?, read("out/report.docx")?);
    let both = known.iter().position(|(p, d)| *p == pdf && *d == docx);
    assert!(both.is_some(), "the files are of two builds, or broken");
    both
}

/// Builds of ten values into ten folders: what pairs there are.
fn pairs(desk: &Desk) -> Vec<(Vec<u8>, Vec<u8>)> {
    let build = |n: usize| {
        let out = format!("known/{n}");
        assert_eq!(desk.run(&["build", "--set", &format!("received={n}"), "--out", &out]).code, 0);
        (desk.read(&format!("{out}/report.pdf")), desk.read(&format!("{out}/report.docx")))
    };
    (0..4).map(build).collect()
}

#[test]
fn a_build_that_is_killed_leaves_the_files_of_one_build() {
    let desk = Desk::new();
    let known = pairs(&desk);
    assert_eq!(desk.run(&["build", "--set", "received=0"]).code, 0);
    let begin = Instant::now();
    assert_eq!(desk.run(&["build", "--set", "received=0"]).code, 0);
    let whole = begin.elapsed();
    for round in 0..24u32 {
        let value = format!("received={}", round % 4);
        let mut child = desk.command().args(["build", "--set", &value]).stdout(Stdio::null()).spawn().unwrap();
        thread::sleep(whole * (round + 6) / 30);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(pair(&desk, &known).is_some());
    }
    assert_eq!(desk.run(&["build", "--set", "received=1"]).code, 0);
    assert_eq!(pair(&desk, &known), Some(1));
    assert_eq!(desk.names("out"), ["report.docx", "report.pdf"], "nothing is left behind");
}

#[test]
fn builds_into_one_folder_take_turns() {
    let desk = Desk::new();
    let known = pairs(&desk);
    assert_eq!(desk.run(&["build", "--set", "received=0"]).code, 0);
    thread::scope(|scope| {
        let builders: Vec<_> = (0..8)
            .map(|n| {
                let value = format!("received={}", n % 4);
                let desk = &desk;
                scope.spawn(move || assert_eq!(desk.run(&["build", "--set", &value]).code, 0))
            })
            .collect();
        while builders.iter().any(|b| !b.is_finished()) {
            // What a reader sees may change between his two looks; a change of both is no mixture.
            let first = fs::read(desk.path("out/report.pdf")).unwrap();
            let word = fs::read(desk.path("out/report.docx")).unwrap();
            let again = fs::read(desk.path("out/report.pdf")).unwrap();
            if first == again {
                assert!(known.iter().any(|(p, d)| *p == first && *d == word), "the files are of two builds");
            }
        }
    });
    assert!(pair(&desk, &known).is_some());
    assert_eq!(desk.names("out"), ["report.docx", "report.pdf"]);
}
