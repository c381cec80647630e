//! `dinggao verify`.

use super::Desk;
use serde_json::Value;

#[test]
fn a_pdf_of_ours_holds_and_a_broken_one_does_not() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["build", "--only", "pdf"]).code, 0);
    let held = desk.run(&["verify", "out/report.pdf"]);
    assert_eq!((held.code, held.err.as_str()), (0, ""), "{held:?}");
    assert!(held.out.starts_with("structure：27 项检查都符合"), "{}", held.out);
    // Nothing of an archive is for a press.
    let press = desk.run(&["verify", "out/report.pdf", "--rules", "x4", "--lang", "en"]);
    assert_eq!((press.code, press.err.as_str()), (1, ""), "{press:?}");
    assert!(press.out.contains("x4-output-intent  ISO 15930-7 6.4.2  there is exactly one"), "{}", press.out);
    let json = desk.run(&["verify", "out/report.pdf", "--rules", "x4", "--format", "json"]);
    let report: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, &report["conforms"]), (1, &Value::Bool(false)));
    let checks = report["checks"].as_array().unwrap();
    let version = checks.iter().find(|check| check["name"] == "x4-version").unwrap();
    assert_eq!((&version["passed"], &version["clause"]), (&Value::Bool(false), &"ISO 15930-7 1".into()));
    assert_eq!(version["findings"][0]["message"], "版本是 1.7");
    assert_eq!(checks.len(), 40);
}

#[test]
fn what_cannot_be_checked_is_an_error() {
    let desk = Desk::new();
    desk.write("text.pdf", "no PDF");
    for file in ["text.pdf", "none.pdf"] {
        let ran = desk.run(&["verify", file]);
        assert!(ran.code == 1 && ran.out.is_empty() && ran.err.contains("D824"), "{ran:?}");
    }
    assert_eq!(desk.run(&["verify"]).code, 2);
    assert_eq!(desk.run(&["verify", "text.pdf", "--rules", "a"]).code, 2);
}
