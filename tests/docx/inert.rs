//! Whatever a report says stays text in the Word file: no field of the schema turns into XML or into a field's instruction.

use super::xml::Node;
use super::{trees, write_with};
use crate::source::memory::Memory;
use dinggao::diagnostic::{Language, render_human};
use dinggao::docx::WordOptions;
use dinggao::source::{self, load};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// XML, CDATA and a field's end and switches, at once. `\\` is a backslash to the report.
const PAYLOAD: &str = "甲]]><w:p><w:r><w:instrText>DDEAUTO</w:instrText></w:r></w:p><![CDATA[x]]>&amp;&lt;\" \\\\o \"1-9\" DDEAUTO c:\\\\cmd \\\\\"乙";

/// What is set as running text, with room for any length.
const ROOMY: [&str; 4] = ["/attachments", "/body", "/glossary", "/notes"];

/// The same for charts, cells and the parts of heads and imprints, which refuse what has no room.
const SHORT: &str = "甲<w:p/>]]>\"乙";

/// Keys that hold no text to be printed, and what a sound report has there; null: nothing.
fn settled(key: &str) -> Option<Value> {
    Some(match key {
        "template" => json!("official-document"),
        "language" => json!("zh-CN"),
        "date" => json!("2024年1月8日"),
        "image" => json!("p.svg"),
        "that" => json!("1 == 1"),
        "kind" => json!("bar"),
        // There is nothing before to go on from.
        "continue" => json!(false),
        "values" => json!([1]),
        "width" => json!("30mm"),
        "1" | "2" | "3" | "4" => json!("一、"),
        // A red head leaves a mark no room.
        "right-unit" | "stamp" | "mark" | "data" | "pull" | "from" | "key" | "id" | "each" | "include" | "if"
        | "sheet" | "range" | "file" => Value::Null,
        _ => return None,
    })
}

/// A text of its own, so long that no style spreads it.
fn plain(number: usize) -> String {
    format!("叶{number}{}", "叶".repeat(8))
}

/// A report with everything that the schema knows, each text of its own.
struct Whole<'a> {
    schema: &'a Value,
    /// The path of each text, by its number.
    paths: Vec<String>,
}

impl Whole<'_> {
    fn leaf(&mut self, path: &str) -> Value {
        self.paths.push(path.to_owned());
        let number = self.paths.len() - 1;
        // Beside the names of the authorities there is little room, and nothing is spread.
        json!(if path.ends_with("/authority-mark") { format!("叶{number}") } else { plain(number) })
    }

    /// All the ways to say what a schema asks for.
    fn ways<'s>(&'s self, schema: &'s Value) -> Vec<&'s Value> {
        match (schema.get("$ref").and_then(Value::as_str), schema.get("anyOf").and_then(Value::as_array)) {
            (Some(name), _) => vec![&self.schema["$defs"][name.trim_start_matches("#/$defs/")]],
            (_, Some(all)) => all.iter().flat_map(|one| self.ways(one)).collect(),
            _ => vec![schema],
        }
    }

    fn value(&mut self, schema: &Value, path: &str) -> Value {
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            return words[0].clone();
        }
        match &schema["type"] {
            Value::String(kind) if kind == "boolean" => json!(true),
            Value::String(kind) if kind == "integer" => schema["minimum"].clone(),
            Value::String(kind) if kind == "object" => self.object(schema, path),
            Value::String(kind) if kind == "array" => {
                let ways: Vec<Value> = self.ways(&schema["items"]).into_iter().cloned().collect();
                // Blocks within blocks are the same blocks again.
                let deep = path.matches("body").count() > 1 || is_deep(path);
                let ways = if deep { &ways[..1] } else { &ways[..] };
                // A name alone means the data's.
                let named = |way: &&Value| !path.ends_with("series") || way["type"] == "object";
                // A row has as many cells as there are columns: a picture, and a text.
                let has = |way: &Value, key: &str| way["properties"][key].is_object();
                let cells = ways.iter().any(|way| has(way, "image") && has(way, "rows"));
                let of_row = |way: &&Value| !cells || (way["type"] == "object" && !has(way, "figure"));
                let items = ways.iter().filter(named).filter(of_row).map(|way| self.value(way, path));
                // What asks for data, or another file, is left out.
                Value::Array(items.filter(|item| !item.is_null()).collect())
            }
            _ => self.leaf(path),
        }
    }

    fn object(&mut self, schema: &Value, path: &str) -> Value {
        let mut map = Map::new();
        if let Some(value) = schema.get("additionalProperties").filter(|value| value.is_object()) {
            map.insert("名".to_owned(), self.value(value, path));
            return Value::Object(map);
        }
        let required = schema["required"].as_array();
        for (key, schema) in schema["properties"].as_object().expect("properties") {
            let path = format!("{path}/{key}");
            let required = required.is_some_and(|all| all.iter().any(|name| name == key.as_str()));
            // Columns within a column are columns again.
            if path.ends_with("columns/columns") {
                continue;
            }
            if is_deep(&path) && !required {
                continue;
            }
            let value = settled(key).unwrap_or_else(|| {
                let ways: Vec<Value> = self.ways(schema).into_iter().cloned().collect();
                // The richest: an object, or a list.
                let way = ways.iter().rev().find(|way| way["type"] != "boolean").unwrap_or(&ways[0]);
                self.value(way, &path)
            });
            match value {
                Value::Null if required => return Value::Null,
                Value::Null => {}
                value => _ = map.insert(key.clone(), value),
            }
        }
        Value::Object(map)
    }
}

/// So deep everything has been met: lists hold lists, heads hold heads.
fn is_deep(path: &str) -> bool {
    path.matches('/').count() > 6
}

/// The Word file of a report.
fn word(report: &str) -> BTreeMap<String, Node> {
    let mut world = Memory::default();
    world.files.insert("/case/report.yaml".into(), report.as_bytes().to_vec());
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9mm' height='9mm'><path d='M0 0h9v9z'/></svg>";
    world.files.insert("/case/p.svg".into(), svg.as_bytes().to_vec());
    let loaded = load(&world, "/case/report.yaml".as_ref(), &source::InputOptions::default());
    let said = render_human(&loaded.diagnostics, &loaded.sources, Language::English, false);
    let (document, template) = loaded.outcome.unwrap_or_else(|()| panic!("{said}"));
    let file = write_with(&document, &template, &WordOptions::default());
    trees(&file).into_iter().collect()
}

/// How many elements of each name a part has. Runs and line ends are aside, and what belongs to sections: where lines and pages end
/// depends on how long texts are.
fn elements(node: &Node) -> BTreeMap<String, usize> {
    const OF_LINES: [&str; 7] = ["", "w:br", "w:r", "w:rFonts", "w:rPr", "w:rStyle", "w:t"];
    const OF_SECTIONS: [&str; 14] = [
        "w:cols",
        "w:docGrid",
        "w:footerReference",
        "w:footnotePr",
        "w:headerReference",
        "w:numFmt",
        "w:pPr",
        "w:pStyle",
        "w:pgMar",
        "w:pgNumType",
        "w:pgSz",
        "w:sectPr",
        "w:titlePg",
        "w:type",
    ];
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    node.walk(&mut |node| *found.entry(node.name.clone()).or_default() += 1);
    // A section ends with a paragraph of its own.
    let sections = found.get("w:sectPr").copied().unwrap_or_default();
    if let Some(paragraphs) = found.get_mut("w:p") {
        *paragraphs -= sections.min(*paragraphs);
    }
    found.retain(|name, _| !OF_LINES.contains(&name.as_str()) && !OF_SECTIONS.contains(&name.as_str()));
    found
}

/// What is left of an instruction without its arguments in quotation marks.
fn bare(instruction: &str) -> String {
    let (mut out, mut quoted, mut chars) = (String::new(), false, instruction.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => _ = chars.next(),
            '"' => quoted = !quoted,
            c if !quoted => out.push(c),
            _ => {}
        }
    }
    assert!(!quoted, "{instruction}");
    out
}

#[test]
fn every_text_of_the_schema_stays_text() {
    let schema: Value = serde_json::from_str(&source::schema()).expect("a schema");
    let mut whole = Whole { schema: &schema, paths: Vec::new() };
    let mut report = whole.object(&schema, "");
    // A note that nothing calls is left out.
    report["body"].as_array_mut().expect("a body").push(json!("注[^名]名[*名]"));
    let report = report.to_string();
    let sound = word(&report);
    // Several at a time: a Word file takes its while.
    let texts: Vec<(usize, &String)> = whole.paths.iter().enumerate().collect();
    for some in texts.chunks(8) {
        let paths: Vec<&String> = some.iter().map(|&(_, path)| path).collect();
        let mark = |report: String, &(number, path): &(usize, &String)| {
            let in_text = ROOMY.iter().any(|part| path.starts_with(part));
            let payload =
                if !in_text || path.contains("/chart/") || path.contains("/table/") { SHORT } else { PAYLOAD };
            report.replace(&json!(plain(number)).to_string(), &json!(payload).to_string())
        };
        let marked = some.iter().fold(report.clone(), mark);
        assert_ne!(marked, report, "{paths:?}");
        for (part, tree) in &word(&marked) {
            // How many lines a title has is a style of its own.
            if part != "word/styles.xml" {
                assert_eq!(elements(tree), elements(&sound[part]), "{paths:?} change {part}");
            }
            for instruction in tree.all("w:instrText") {
                let text: String = instruction.children.iter().map(|child| child.text.as_str()).collect();
                assert!(!bare(&text).contains("DDEAUTO"), "{paths:?}: {text}");
            }
        }
    }
}
