//! Whole builds of damaged input, as processes: no panic, no abort, no signal, no success without files, no error without a word.
//!
//! A case is a seed: the same seed damages the same files in the same way, on every machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Where cases are made, and what bounds them.
pub(crate) struct Ground {
    /// The program.
    pub(crate) program: PathBuf,
    /// The checkout, whose samples, templates and fonts are damaged.
    pub(crate) root: PathBuf,
    /// The most processor time that a build may take, in whole seconds; on the clock, ten times as much, as the machine may have other work.
    pub(crate) longest: Duration,
    /// The most address space that a build may ask for, in kilobytes.
    pub(crate) memory: u64,
}

/// The samples that are built, each with what it reads.
const REPORTS: [&str; 5] =
    ["full-report.yaml", "tables-and-pictures.yaml", "charts.yaml", "official-document.yaml", "vector-picture.yaml"];

/// A report with data of every form, and with the expressions that the samples lack.
const BOUND: &str = "template: work-report
title: 数据
data: {y: bound.yaml, j: bound.json, c: bound.csv, x: bound.xlsx}
body:
  - heading: \"{{ y.name }}\"
    id: one
    body:
      - \"全年{{ y.figure | round(1) }}件，{{ (j.a.b / y.part * 100) | round(2) }}%，见[@one]，[^n]。**{{ c | length }}**\"
      - point: 一。
        text: \"{{ c | map(attribute='件') | sum }}\"
  - table: {caption: 表, from: c}
  - table: {caption: 表二, from: x}
  - chart: {kind: bar, caption: 图, from: c, series: [件]}
checks: [{that: y.part <= y.figure, else: 不对}]
notes: {n: \"注{{ j.list | join('、') }}。\"}
";
const DATA: [(&str, &str); 3] = [
    ("bound.yaml", "name: 工作\nfigure: 126.50\npart: 119\nlist: [1, 2.5, {value: 3, unit: 件}]\n"),
    ("bound.json", "{\"a\": {\"b\": 12, \"c\": \"\\u5b57\\ud83d\\ude00\"}, \"list\": [\"甲\", 1e2, null, true]}\n"),
    ("bound.csv", "类,件\n经济,41\n\"社会,民生\",78.0\n"),
];

/// What readers of text, expressions and numbers take notice of.
const PIECES: [&str; 40] = [
    "{{",
    "}}",
    "**",
    "[@",
    "[^",
    "[*",
    "]",
    "\\",
    "\"",
    "'",
    "\n",
    "\n  ",
    "\t",
    ": ",
    "- ",
    "&a ",
    "*a",
    "|\n",
    ">-\n",
    "#",
    "{",
    "}",
    "[",
    ",",
    "1e999",
    ".nan",
    "\u{feff}",
    "\0",
    "𠀀",
    "…",
    "\\ud800",
    "<<: ",
    "]]>",
    "&amp;",
    "\u{202e}",
    "999999999999999999999999999999",
    "0mm",
    "-1",
    "﹏﹏﹏﹏",
    "字字字字字字字字字字字字字字字字字字字字",
];

/// SplitMix64: small, even, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

impl Ground {
    /// Makes, builds and judges a case in a folder of its own. What is wrong, in words; the folder stays for anyone who looks.
    pub(crate) fn run(&self, seed: u64, folder: &Path) -> Result<(), String> {
        let (report, damaged) = self.make(seed, folder).map_err(|e| format!("{seed}: cannot be made: {e}"))?;
        self.build(folder, &report).map_err(|wrong| format!("seed {seed}, damaged {damaged}: {wrong}"))
    }

    /// Writes the files of a case, one or two of them damaged; returns the report's name and those of the damaged files.
    fn make(&self, seed: u64, folder: &Path) -> std::io::Result<(String, String)> {
        fs::create_dir_all(folder.join("templates"))?;
        fs::create_dir_all(folder.join("fonts"))?;
        let mut random = Random(seed);
        let mut names = Vec::new();
        for entry in fs::read_dir(self.root.join("data/samples"))? {
            let entry = entry?;
            fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
        for name in ["work-report", "official-document"] {
            let name = format!("templates/{name}.yaml");
            fs::copy(self.root.join(&name), folder.join(&name))?;
        }
        fs::copy(
            self.root.join("fonts/LiberationSerif-Regular.ttf"),
            folder.join("fonts/LiberationSerif-Regular.ttf"),
        )?;
        for (name, text) in DATA {
            fs::write(folder.join(name), text)?;
        }
        fs::write(folder.join("bound-report.yaml"), BOUND)?;
        fs::write(folder.join("bound.xlsx"), workbook()?)?;
        let own = random.below(REPORTS.len() + 3);
        let report = REPORTS.get(own).copied().unwrap_or("bound-report.yaml").to_owned();
        // What this report reads, so that damage is not in vain.
        let text = fs::read_to_string(folder.join(&report))?;
        let mut candidates = vec![report.clone(), report.clone()];
        candidates.extend(["templates/work-report.yaml", "fonts/LiberationSerif-Regular.ttf"].map(str::to_owned));
        for name in fs::read_dir(folder)?.flatten().filter_map(|e| e.file_name().into_string().ok()) {
            if text.contains(&name) && name != report {
                candidates.extend([name.clone(), name]);
            }
        }
        candidates.sort();
        for _ in 0..=random.below(2) {
            let name = candidates[random.below(candidates.len())].clone();
            let mut bytes = fs::read(folder.join(&name))?;
            for _ in 0..=random.below(4) {
                damage(&mut bytes, &mut random);
            }
            fs::write(folder.join(&name), bytes)?;
            names.push(name);
        }
        Ok((report, names.join(" and ")))
    }

    fn build(&self, folder: &Path, report: &str) -> Result<(), String> {
        let out = folder.join("out");
        let mut command = if cfg!(unix) {
            let mut shell = Command::new("sh");
            shell
                .arg("-c")
                .arg(format!("ulimit -v {}; ulimit -t {}; exec \"$0\" \"$@\"", self.memory, self.longest.as_secs()))
                .arg(&self.program);
            shell
        } else {
            Command::new(&self.program)
        };
        command.args(["build", report, "--out", "out", "--lang", "en"]).current_dir(folder);
        command.env("DINGGAO_FONTS", self.root.join("fonts")).env_remove("SOURCE_DATE_EPOCH");
        let said = fs::File::create(folder.join("said")).map_err(|e| e.to_string())?;
        let begin = Instant::now();
        let mut child =
            command.stdout(Stdio::null()).stderr(said).stdin(Stdio::null()).spawn().map_err(|e| e.to_string())?;
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if begin.elapsed() > self.longest * 10 => {
                    drop(child.kill());
                    drop(child.wait());
                    return Err(format!("longer than {} s", self.longest.as_secs() * 10));
                }
                Ok(None) => std::thread::sleep(Duration::from_millis(2)),
                Err(error) => return Err(error.to_string()),
            }
        };
        let said = fs::read(folder.join("said")).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let begins = |name: &str, head: &[u8]| fs::read(out.join(name)).is_ok_and(|bytes| bytes.starts_with(head));
        let stem = report.trim_end_matches(".yaml");
        let written = begins(&format!("{stem}.pdf"), b"%PDF-") && begins(&format!("{stem}.docx"), b"PK");
        let files = fs::read_dir(&out).map_or(0, Iterator::count);
        let wrong = match status.code() {
            Some(0) if written && files == 2 => return Ok(()),
            Some(0) => "success without files".to_owned(),
            Some(1) if files > 0 => "an error, and files all the same".to_owned(),
            Some(1) if !said.contains("error[D") => "an error that is not told".to_owned(),
            Some(1) if said.contains("fault of the program") && !said.contains("unless fonts") => {
                "a fault of the program".to_owned()
            }
            Some(1) => return Ok(()),
            Some(code) => format!("exit code {code}"),
            None => "ended by a signal".to_owned(),
        };
        let end: String = said.chars().take(600).collect();
        Err(format!("{wrong}\n{end}"))
    }
}

/// Damages bytes in one of the ways in which files are damaged: in transfer, by hand, by programs.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + 1 + random.below(24)).min(bytes.len());
    match random.below(8) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = [0, 0xFF, 0x7F, 0x80, b'0', b'9'][random.below(6)];
            }
        }
        2 => drop(bytes.drain(at..end)),
        3 => {
            let copy = bytes[at..end].to_vec();
            let count = 1 + random.below(3);
            bytes.splice(at..at, copy.repeat(count));
        }
        4 if random.below(4) == 0 => bytes.truncate(at),
        _ => {
            let piece = PIECES[random.below(PIECES.len())];
            // Within text the piece is between characters, so that the file is still text.
            let mut at = at;
            while std::str::from_utf8(bytes).is_ok_and(|text| !text.is_char_boundary(at)) {
                at -= 1;
            }
            bytes.splice(at..at, piece.bytes());
        }
    }
}

/// A small workbook, stored and not deflated, so that damage reaches its text.
fn workbook() -> std::io::Result<Vec<u8>> {
    use std::io::Write as _;
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>类</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>件</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>经济</t></is></c><c r=\"B2\"><v>41.5</v></c></row></sheetData></worksheet>",
        ),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
