//! The names of types: each has one meaning in the whole crate, so that a reader who meets it need not look where it is from.

use super::{code, sources};
use std::collections::BTreeMap;

/// The types that some code declares. Those of traits (`type Item = …` in an `impl`) belong to their traits.
fn types(code: &str) -> Vec<&str> {
    fn declared(line: &str) -> Option<&str> {
        let bare = line.trim_start();
        let bare = bare.strip_prefix("pub").map_or(bare, |rest| {
            let rest = rest.trim_start();
            rest.strip_prefix('(').and_then(|inner| inner.split_once(')')).map_or(rest, |(_, after)| after)
        });
        let (word, rest) = bare.trim_start().split_once(' ')?;
        let is_free = line.len() == line.trim_start().len();
        let declares = matches!(word, "struct" | "enum" | "trait" | "union") || word == "type" && is_free;
        let name = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()?;
        (declares && name.starts_with(|c: char| c.is_ascii_uppercase())).then_some(name)
    }
    code.lines().filter_map(declared).collect()
}

#[test]
fn a_type_name_has_one_meaning() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in sources() {
        for name in types(&code(&text)) {
            places.entry(name.to_owned()).or_default().push(file.clone());
        }
    }
    let twice: Vec<String> = places
        .iter()
        .filter(|(_, files)| files.len() > 1)
        .map(|(name, files)| format!("{name}: {}", files.join(", ")))
        .collect();
    assert!(twice.is_empty(), "names of several types:\n{}", twice.join("\n"));
    assert!(places.contains_key("Document") && places.contains_key("Words"), "types are found, those of macros too");
}

#[test]
fn declarations_are_told_from_uses() {
    let text = "pub struct A;\npub(in crate::x) enum B<'a> {\nimpl Iterator for A {\n    type Item = C;\n}\ntype D = A;\nlet e = F;\n";
    assert_eq!(types(text), ["A", "B", "D"]);
}
