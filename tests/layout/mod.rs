//! Where the lines of small reports are (`tests/suite/layout`), kept in `tests/golden/layout`.
//!
//! `UPDATE_GOLDEN=1 cargo test` writes them again; look at the difference.

#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod attached;
mod furniture;
mod noted;
mod official;
mod shared;
mod signed;
mod told;

use crate::font::fonts;
use crate::source::memory::Memory;
use dinggao::diagnostic::{Diagnostic, FileId, Language, Span, render_human};
use dinggao::layout::{Line, LineKind, PagedDocument, compose};
use dinggao::model::{BlockKind, NoteIndex, OffsetMap, Origin, RedHead, Run, RunKind};
use dinggao::source::{InputOptions, load};
use dinggao::template::{Compose, StyleName, Template};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// A report's pages. A comment `# compose: word` at its head asks for another policy than the template's.
fn pages(yaml: &str) -> (Template, PagedDocument) {
    let mut world = Memory::default();
    world.files.insert("/case/report.yaml".into(), yaml.as_bytes().to_vec());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let said = render_human(&loaded.diagnostics, &loaded.sources, Language::English, false);
    let (document, mut template) = loaded.outcome.unwrap_or_else(|()| panic!("{said}"));
    for (line, policy) in [("# compose: word", Compose::Word), ("# compose: libreoffice", Compose::LibreOffice)] {
        if yaml.lines().any(|l| l == line) {
            template.compose.policy = policy;
        }
    }
    let paged = compose(&document, &template, &fonts()).expect("pages");
    (template, paged)
}

/// The codes for which a sound report is not set.
fn refused(yaml: &str) -> Vec<&'static str> {
    refusals(yaml).iter().map(|diagnostic| diagnostic.code.0).collect()
}

fn refusals(yaml: &str) -> Vec<Diagnostic> {
    let mut world = Memory::default();
    world.files.insert("/case/report.yaml".into(), yaml.as_bytes().to_vec());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, template) = loaded.outcome.expect("a sound report");
    compose(&document, &template, &fonts()).expect_err("it is refused")
}

/// Character, left edge and size of every glyph of a line, lengths in points.
fn glyphs(line: &Line) -> Vec<(char, f64, f64)> {
    let mut chars = line.text.chars();
    let mut found = Vec::new();
    for run in &line.runs {
        for glyph in &run.glyphs {
            let mut bytes = usize::from(glyph.bytes);
            let mut first = None;
            while let Some(c) = (bytes > 0).then(|| chars.next()).flatten() {
                first.get_or_insert(c);
                bytes = bytes.saturating_sub(c.len_utf8());
            }
            if let Some(c) = first {
                found.push((c, f64::from(glyph.x), run.size.to_pt()));
            }
        }
    }
    found
}

/// Mean of what lies between a glyph and the next, in em, over those that `counts` names.
fn mean(line: &Line, counts: impl Fn(char, char) -> bool) -> Option<f64> {
    let glyphs = glyphs(line);
    let steps: Vec<f64> =
        glyphs.windows(2).filter(|w| counts(w[0].0, w[1].0)).map(|w| (w[1].1 - w[0].1) / w[0].2).collect();
    (!steps.is_empty()).then(|| steps.iter().sum::<f64>() / steps.len() as f64)
}

/// Every line: the row it is on, where it begins and ends in the line's cells, how far its Han characters are opened and how wide
/// its points are between them, where that is not what they have by nature; its text.
fn shown(template: &Template, paged: &PagedDocument) -> String {
    let mut out = String::new();
    let em = template.style(StyleName::Body).size;
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for (index, page) in paged.pages.iter().enumerate() {
        writeln!(out, "# page {}", index + 1).expect("a string");
        let left = template.page.left(index + 1);
        for line in page.lines().filter(|line| matches!(line.kind, LineKind::Block(_))) {
            let row = (line.baseline - template.page.top - em * template.grid.ascent) / template.grid.pitch + 1.0;
            let from = (line.x - left) / em;
            let to = (line.x + line.width - left) / em;
            let row = if (row - row.round()).abs() < 0.005 { format!("{row:.0}") } else { format!("{row:.2}") };
            write!(out, "{row:>5} {:>6}–{:<6}", format!("{from:.2}"), format!("{to:.2}")).expect("a string");
            let open = mean(line, |a, b| han(a) && han(b)).map_or(0.0, |step| step - 1.0);
            let open = if open.abs() < 0.0005 { String::new() } else { format!("{open:+.3}") };
            let point = mean(line, |a, b| "，、；。？！：".contains(a) && han(b));
            let point = point.filter(|p| (p - 1.0).abs() > 0.0005).map_or(String::new(), |p| format!("，{p:.2}"));
            writeln!(out, "{open:>7} {point:>6}  {}", line.text).expect("a string");
        }
    }
    out
}

/// A note that has no room left beside its line goes on overleaf, one that is longer than a page over several; those of a wide
/// table are on its page, which lies on its side.
#[test]
fn footnotes_are_printed_whole_from_the_page_that_calls_them() {
    let text = "坚持稳中求进工作总基调，扎实推进各项工作，取得新的成效。";
    let plain = |n: usize| format!("  - {}\n", text.repeat(3)).repeat(n);
    let table = "  - table: {landscape: true, columns: [甲, 乙], rows: [[一, '二[^wide]'], [三, 四]]}\n";
    let notes: Vec<(&str, String)> =
        vec![("long", text.repeat(9)), ("longer", text.repeat(120)), ("wide", text.repeat(2))];
    let written: Vec<String> = notes.iter().map(|(name, text)| format!("  {name}: {text}\n")).collect();
    let written = written.concat();
    let calls = format!("  - {}[^long]完。\n  - 又见[^longer]。\n", "工作".repeat(24));
    let yaml = format!(
        "template: work-report\ntitle: 报告\nbody:\n{}{calls}{}{table}{}notes:\n{written}",
        plain(4),
        plain(12),
        plain(1)
    );
    for policy in ["", "# compose: word\n", "# compose: libreoffice\n"] {
        let (template, paged) = pages(&format!("{policy}{yaml}"));
        let mut printed = vec![String::new(); notes.len()];
        let mut places = vec![Vec::new(); notes.len()];
        for (number, page) in paged.pages.iter().enumerate() {
            for line in page.lines() {
                if let LineKind::Note(note) = line.kind {
                    printed[note.get()].push_str(&line.text);
                    places[note.get()].push(number);
                    assert_eq!(line.turned, note.get() == 2);
                    let most = if line.turned { template.page.depth() } else { template.page.measure() };
                    // As Word does it, a mark may hang.
                    let hanging = if policy.contains("word") { line.runs[0].size.to_pt() } else { 0.1 };
                    assert!(line.width.to_pt() < most.to_pt() + hanging, "{}", line.text);
                }
            }
        }
        for ((printed, (_, text)), mark) in printed.iter().zip(&notes).zip(["①", "②", "③"]) {
            assert_eq!(*printed, format!("{mark}{text}"), "{policy}");
        }
        let caller = |mark: &str| {
            let calls = |page: &dinggao::layout::Page| {
                page.lines().any(|l| !matches!(l.kind, LineKind::Note(_)) && l.text.contains(mark))
            };
            paged.pages.iter().position(calls).expect("a page")
        };
        for (places, mark) in places.iter().zip(["①", "②", "③"]) {
            assert_eq!(places.first(), Some(&caller(mark)), "{mark} {policy}");
            assert!(places.windows(2).all(|pair| pair[1] - pair[0] <= 1), "{places:?}");
        }
        let spread = |note: usize| places[note].last().map(|last| last - places[note][0]);
        assert_eq!((spread(0), spread(1) > Some(1), spread(2)), (Some(1), true, Some(0)), "{policy} {places:?}");
    }
}

/// A row that no page holds begins where it is and goes on as far as it must; its note is on the page that calls it.
#[test]
fn a_row_higher_than_a_page_is_divided_between_its_lines() {
    let sentence = "建设内容若干，包括主体工程和配套工程；";
    for landscape in [false, true] {
        let text = sentence.repeat(120);
        let rows = format!("[['1', 短, ~], ['2', '{text}[^n]{sentence}', 好], ['3', 短, 好]]");
        let yaml = format!(
            "template: work-report\ntitle: 报告\nbody:\n  - 前言。\n  - table: {{landscape: {landscape}, columns: [甲, 乙, 丙], rows: {rows}}}\nnotes: {{n: 脚注。}}\n"
        );
        let (_, paged) = pages(&yaml);
        let cells = |page: &dinggao::layout::Page, row: u32| -> String {
            let own = |line: &&Line| matches!(line.kind, LineKind::Cell { row: r, column: 1, .. } if r == row);
            page.lines().filter(own).map(|line| line.text.as_str()).collect()
        };
        let whole: String = paged.pages.iter().map(|page| cells(page, 2)).collect();
        assert_eq!(whole, format!("{text}①{sentence}"));
        let on: Vec<usize> = (0..paged.pages.len()).filter(|&page| !cells(&paged.pages[page], 2).is_empty()).collect();
        assert!(on.len() >= 3 && !cells(&paged.pages[on[0]], 1).is_empty(), "{on:?}");
        let page = paged.pages.iter().find(|page| cells(page, 2).contains('①')).expect("the page that calls the note");
        assert!(page.lines().any(|line| line.kind == LineKind::Note(NoteIndex::new(0))));
    }
}

/// A glyph that lacks after a label: the place is counted from the beginning of its own run.
#[test]
fn a_missing_glyph_behind_a_label_is_named_at_its_place() {
    let yaml = "template: official-document\nauthority: 青溪市人民政府文件\nnumber: 青政发〔2024〕18号\nsigner: 张三\ntitle: 通知\nbody: [一]\n";
    let mut world = Memory::default();
    world.files.insert("/case/report.yaml".into(), yaml.as_bytes().to_vec());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (mut document, template) = loaded.outcome.expect("a sound report");
    let span = Span { file: FileId(0), start: 100, end: 200 };
    for block in &mut document.blocks {
        if let BlockKind::RedHead(RedHead { signer: Some(signer), .. }) = &mut block.kind {
            let text = "张\u{f8ff}".to_owned();
            signer.text.runs = vec![Run::new(text, RunKind::Text, Origin::Text(OffsetMap::in_step(span)))];
        }
    }
    let said = compose(&document, &template, &fonts()).expect_err("no font has it");
    let place = said[0].span.expect("a place");
    // One character of three bytes is before it.
    assert_eq!((said.len(), place.start, place.end), (1, 103, 106));
}

/// The cover and the contents are set after everything else, and what no font has is told of there too.
#[test]
fn missing_glyphs_on_the_cover_are_told_of() {
    let yaml =
        "template: work-report\ntitle: 报告\ncover: {subtitle: （讨论\u{f8ff}稿）}\ncontents: true\nbody: [一]\n";
    let mut world = Memory::default();
    world.files.insert("/case/report.yaml".into(), yaml.as_bytes().to_vec());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let (document, template) = loaded.outcome.expect("a sound report");
    let said = compose(&document, &template, &fonts()).expect_err("no font has it");
    let place = said[0].span.expect("a place").start as usize;
    assert_eq!((said.len(), &yaml[place..place + 3]), (1, "\u{f8ff}"));
}

#[test]
fn lines_stand_where_they_stood() {
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root("tests/suite/layout")).expect("cases").map(|entry| entry.expect("a file").path()).collect();
    cases.sort();
    assert!(cases.len() >= 12, "{} cases", cases.len());
    let mut different = Vec::new();
    for case in cases {
        let name = case.file_stem().expect("a name").to_string_lossy().into_owned();
        let (template, paged) = pages(&fs::read_to_string(&case).expect("a case"));
        let found = shown(&template, &paged);
        let path = root("tests/golden/layout").join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &found).expect("written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        if kept != found {
            different.push(format!("{name}: kept\n{kept}found\n{found}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
