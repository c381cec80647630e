//! The documents tell the truth: their examples build, and every key of a report is explained.

use super::Desk;
use dinggao::template::{BUILT_IN, BuiltIn};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_example_with_everything_builds() {
    let desk = Desk::new();
    for block in include_str!("../../docs/report.md").split("```yaml\n").skip(1) {
        let text = block.split("```").next().unwrap();
        if let Some(name) = text.strip_prefix("# ").and_then(|t| t.lines().next()) {
            desk.write(name, text);
        }
    }
    let ran = desk.run(&["build", "a-report/report.yaml", "--out", "out", "--layout", "lines.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let lines = desk.text("lines.json");
    for line in [
        "2023年主要工作",
        "二是突出服务大局。",
        "2.改造老旧小区，分两批：",
        "·年内八个；",
        "——对预算执行情况开展监督；",
    ] {
        assert!(lines.contains(line), "{line}: {lines}");
    }
}

#[test]
fn the_example_of_a_template_is_used() {
    let desk = Desk::new();
    let text = include_str!("../../docs/templates.md").split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    desk.write("templates/house.yaml", text);
    desk.write("report.yaml", "template: house\ntitle: 报告\nbody:\n  - {heading: 甲, body: [{heading: 乙}]}\n");
    let ran = desk.run(&["build", "report.yaml", "--out", "out", "--layout", "lines.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let lines = desk.text("lines.json");
    assert!(lines.contains("第一章　甲") && lines.contains("一、乙"), "{lines}");
}

#[test]
fn templates_are_listed_and_printed() {
    let desk = Desk::new();
    let list = desk.run(&["template"]);
    assert!(
        list.code == 0 && list.out.lines().count() == BUILT_IN.len() && list.out.starts_with("work-report"),
        "{list:?}"
    );
    let one = desk.run(&["template", "official-document"]);
    assert_eq!(one.out.trim_end(), include_str!("../../templates/official-document.yaml").trim_end());
    let none = desk.run(&["template", "work-raport"]);
    assert!(none.code == 2 && none.err.contains("work-report"), "{none:?}");
}

#[test]
fn a_new_report_of_every_template_is_built() {
    let desk = Desk::new();
    for BuiltIn { name, .. } in &BUILT_IN {
        let made = desk.run(&["new", name, "--template", name]);
        assert_eq!((made.code, made.err.as_str()), (0, ""), "{name}: {made:?}");
        let assembly = desk.text(&format!("{name}/report.yaml")).contains("常务委员会");
        assert_eq!(assembly, *name == "work-report", "{name} begins as what it is");
        let built = desk.run(&["build", &format!("{name}/report.yaml"), "--out", "out"]);
        assert_eq!((built.code, built.err.as_str()), (0, ""), "{name}: {built:?}");
    }
}

#[test]
fn no_report_begins_with_a_template_that_is_not_there() {
    let desk = Desk::new();
    let ran = desk.run(&["new", "a", "--template", "nix"]);
    assert!(ran.code == 1 && ran.err.contains("D501") && !desk.names(".").contains(&"a".to_owned()), "{ran:?}");
    // Each place that was looked at is named once.
    let tried = ran.err.matches("templates/nix.yaml").count();
    let mut places: Vec<&str> =
        ran.err.split(['、', '：', '\n']).filter(|p| p.ends_with("templates/nix.yaml")).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), tried, "{ran:?}");
}

#[test]
fn a_text_begins_a_report_whatever_its_encoding() {
    let desk = Desk::new();
    let utf16 = "\u{feff}标题\n正文一段。\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    // 标题, a line end, 正文一段。 in GB18030.
    let national = b"\xb1\xea\xcc\xe2\n\xd5\xfd\xce\xc4\xd2\xbb\xb6\xce\xa1\xa3\n".to_vec();
    for (name, bytes, told) in
        [("a", utf16, None), ("b", national, Some("D938")), ("c", vec![0xff, 0, 1], Some("D106"))]
    {
        std::fs::write(desk.path(&format!("{name}.txt")), bytes).unwrap();
        let ran = desk.run(&["new", name, "--from", &format!("{name}.txt")]);
        assert!(told.is_none_or(|code| ran.err.contains(code)), "{ran:?}");
        assert_eq!(ran.code, i32::from(told == Some("D106")), "{ran:?}");
        if ran.code == 0 {
            let report = desk.text(&format!("{name}/report.yaml"));
            assert!(report.contains("title: 标题") && report.contains("- 正文一段。"), "{report}");
        }
    }
}

#[test]
fn statistics_come_on_request() {
    let desk = Desk::new();
    let table = "{table: {caption: 表, columns: [甲], rows: [[乙]]}}";
    let text = format!("template: work-report\ntitle: 报告\nbody:\n  - 全年收到提案126件。\n  - {table}\n");
    desk.write("report.yaml", &text);
    let ran = desk.run(&["build", "report.yaml", "--statistics=json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let said: Value = serde_json::from_str(&ran.out).expect("one JSON document");
    // 报告, the paragraph with its number as one, 表1　表, 甲, 乙: at 200 a minute.
    let wanted = serde_json::json!({"characters": 16, "pages": 1, "tables": 1, "figures": 0, "minutes": 0.1});
    assert_eq!(said["statistics"], wanted);
    let ran = desk.run(&["build", "report.yaml", "--statistics"]);
    assert!(ran.code == 0 && ran.out.contains("字数 16，1 页，表 1 个，图 0 个，宣读约 0.1 分钟"), "{ran:?}");
}

#[test]
fn every_key_of_a_report_is_explained() {
    let ran = Desk::new().run(&["schema"]);
    let mut keys = BTreeSet::new();
    collect(&serde_json::from_str(&ran.out).unwrap(), &mut keys);
    assert!(keys.contains("copies-to") && keys.contains("sealed"), "{keys:?}");
    let docs = [
        include_str!("../../docs/report.md"),
        include_str!("../../docs/tables.md"),
        include_str!("../../docs/charts.md"),
        include_str!("../../docs/data.md"),
        include_str!("../../docs/expressions.md"),
    ]
    .concat();
    // `key:` in an example, or `key` in a sentence.
    let told = |key: &str| docs.contains(&format!("{key}:")) || docs.contains(&format!("`{key}`"));
    let missing: Vec<&String> = keys.iter().filter(|key| !told(key) && key.parse::<u8>().is_err()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The names of the properties anywhere in a JSON Schema.
fn collect(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            map.values().for_each(|value| collect(value, keys));
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}
