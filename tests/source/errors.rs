//! `tests/suite/errors`: bad input, and what is said of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dinggao::diagnostic::{Code, Language, Sources, render_human, render_json};

use super::case::cases;

#[test]
fn every_case_gets_its_diagnostics() {
    let all = cases("errors");
    assert!(all.len() >= 45, "only {} cases", all.len());
    let mut wrong = String::new();
    for (name, case) in &all {
        let loaded = case.load();
        let place = |sources: &Sources, span: Option<dinggao::diagnostic::Span>| {
            span.map(|s| (sources.get(s.file).unwrap(), s)).map_or((String::new(), 0, 0), |(file, span)| {
                let position = file.position(span.start);
                (file.path.clone(), position.line, position.column)
            })
        };
        let mut bad = loaded.diagnostics.len() != case.expect.len();
        for (found, expected) in loaded.diagnostics.iter().zip(&case.expect) {
            let (file, line, column) = place(&loaded.sources, found.span);
            let file_wanted = expected.file.as_deref().unwrap_or(if line == 0 { "" } else { "report.yaml" });
            bad |= found.code.0 != expected.code || (line, column) != (expected.line, expected.column);
            bad |= file != file_wanted;
            bad |= !found.hint.zh.contains(&expected.hint) && !found.message.zh.contains(&expected.hint);
            bad |= found.message.en.chars().any(|c| c == '\u{fffd}') || found.hint.en.is_empty();
        }
        let errors = loaded.diagnostics.iter().any(dinggao::diagnostic::Diagnostic::is_error);
        bad |= errors == loaded.outcome.is_ok();
        if bad {
            writeln!(wrong, "## {name}").unwrap();
            wrong.push_str(&render_human(&loaded.diagnostics, &loaded.sources, Language::Chinese, false));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_of_reading_has_a_case() {
    let tested: BTreeSet<String> =
        cases("errors").iter().flat_map(|(_, c)| c.expect.iter().map(|e| e.code.clone())).collect();
    // Codes of fonts, layout and outputs are tested where they arise.
    let ours = |code: &&Code| {
        matches!(&code.0[..2], "D1" | "D2" | "D3" | "D4" | "D5" | "D9") || code.0 <= "D803" && code.0 > "D8"
    };
    // Workbooks are no text: `workbooks.rs` writes them.
    let workbooks = ["D937"];
    // What is pulled, and what of it was changed, `cli/pull.rs` tests.
    let pulled = ["D410", "D411", "D944"];
    // What comes home from Word files, `merge/handout.rs` tests.
    let merged = ["D950"];
    let elsewhere = |code: &str| [&workbooks[..], &pulled[..], &merged[..]].iter().any(|codes| codes.contains(&code));
    let ours = |code: &&Code| ours(code) && !elsewhere(code.0);
    let missing: Vec<&str> = Code::ALL.iter().filter(ours).map(|c| c.0).filter(|c| !tested.contains(*c)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// `docs/errors.md` has a row for every code, in both languages, and none besides.
#[test]
fn the_codes_are_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/errors.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (chinese, english) = text.split_once("## English").unwrap();
    for part in [chinese, english] {
        let rows = part.lines().filter_map(|l| l.strip_prefix("| D")).map(|l| format!("D{}", &l[..3]));
        let rows: Vec<String> = rows.collect();
        let codes: Vec<String> = Code::ALL.iter().map(|c| c.0.to_owned()).collect();
        assert_eq!(rows, codes);
    }
}

#[test]
fn people_see_the_place_underlined() {
    let (_, case) = cases("errors").into_iter().find(|(n, _)| n == "expression-unknown-long-line").unwrap();
    let loaded = case.load();
    let shown = render_human(&loaded.diagnostics, &loaded.sources, Language::Chinese, false);
    assert!(shown.starts_with("错误[D303]: "), "{shown}");
    assert!(shown.contains("--> report.yaml:5:"), "{shown}");
    assert!(shown.contains("怎么办: ") && shown.ends_with("共 1 处错误\n"), "{shown}");
    // Full-width characters take two columns; the marks are below the name, and a long line is cut around it.
    let width = |s: &str| s.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines.iter().position(|l| l.contains("proposals.filled")).unwrap();
    let name = lines[at].find("proposals.filled").unwrap();
    assert_eq!(lines[at + 1].find('^').unwrap(), width(&lines[at][..name]), "{shown}");
    assert!(lines.iter().all(|l| width(l) <= 110), "{shown}");
    let english = render_human(&loaded.diagnostics, &loaded.sources, Language::English, false);
    assert!(english.starts_with("error[D303]: the data has no \"filled\" here") && english.ends_with("1 error\n"));
}

#[test]
fn programs_get_json() {
    let (_, case) = cases("errors").into_iter().find(|(n, _)| n == "duplicate-id").unwrap();
    let loaded = case.load();
    let json: serde_json::Value =
        serde_json::from_str(&render_json(&loaded.diagnostics, &loaded.sources, Language::Chinese)).unwrap();
    let first = &json["diagnostics"][0];
    let keys: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["code", "severity", "message", "file", "line", "column", "hint", "related"]);
    assert_eq!((first["code"].as_str(), first["severity"].as_str()), (Some("D205"), Some("error")));
    assert_eq!((first["line"].as_u64(), first["related"][0]["line"].as_u64()), (Some(7), Some(5)));
}
