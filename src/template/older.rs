//! Templates that were written before some keys were there, or when they had another place.

use super::built_in::{BUILT_IN, built_in_tree};
use crate::diagnostic::{Diagnostic, Sources};
use crate::yaml::file::ReadTrees;
use crate::yaml::overlay::overlay;
use crate::yaml::tree::{Key, Kind, Node};

/// Keys that came later, with their section: a template that extends none and has not got them takes those of `work-report`.
const LATER: [(&str, Option<&str>); 31] = [
    ("page-mark", None),
    ("watermark", None),
    ("styles", Some("page-header")),
    ("words", None),
    ("words", Some("after-heading")),
    ("words", Some("date")),
    ("words", Some("note")),
    ("words", Some("source")),
    ("words", Some("between")),
    ("words", Some("after-addressees")),
    ("words", Some("sent")),
    ("words", Some("right-axis")),
    ("head", Some("steps")),
    ("head", Some("beside")),
    ("seals", None),
    ("statistics", None),
    ("tables", Some("tight")),
    ("tables", Some("steps")),
    ("tables", Some("indent")),
    ("figures", Some("gap")),
    ("figures", Some("in-cell")),
    ("figures", Some("least-dpi")),
    ("figures", Some("empty-rows")),
    ("numbering", Some("notes-restart")),
    ("seals", Some("stamp-width")),
    ("seals", Some("stamp-height")),
    ("styles", Some("attendance")),
    ("styles", Some("attendance-label")),
    ("styles", Some("list-item-2")),
    ("styles", Some("list-item-3")),
    ("styles", Some("list-item-4")),
];

/// Keys that have moved into `words`, with the section that they were in.
const MOVED: [(&str, &str); 2] = [("tables", "continued"), ("charts", "unit")];

/// The tree of a template that extends none, with the keys that came later and those that have moved at their new places.
pub(super) fn brought_up_to_date(
    mut root: Node,
    sources: &mut Sources,
    trees: Option<&ReadTrees>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Node {
    let mut entries = Vec::new();
    for (section, key) in MOVED {
        if let Some(value) = entry_mut(&mut root, section).and_then(|section| section.remove(key)) {
            let (at, new_at) = (key_at("words", &value), key_at(key, &value));
            let span = value.span;
            entries.push((at, Node { kind: Kind::Map(vec![(new_at, value)]), span }));
        }
    }
    let Some(base) = built_in_tree(&BUILT_IN[0], sources, trees, diagnostics) else { return root };
    let mut known = Node { kind: Kind::Map(Vec::new()), span: root.span };
    for (section, key) in LATER {
        let Some(value) = base.get(section) else { continue };
        let value = match key {
            None => value.clone(),
            // A section that the template has not got at all is missing: that is for its check to say.
            Some(_) if root.get(section).is_none() => continue,
            Some(key) => {
                let Some(value) = value.get(key) else { continue };
                Node { kind: Kind::Map(vec![(key_at(key, value), value.clone())]), span: value.span }
            }
        };
        let later = Node { kind: Kind::Map(vec![(key_at(section, &value), value)]), span: root.span };
        known = overlay(known, later, sources);
    }
    for (key, value) in entries {
        let moved = Node { kind: Kind::Map(vec![(key, value)]), span: root.span };
        known = overlay(known, moved, sources);
    }
    overlay(known, root, sources)
}

fn entry_mut<'a>(node: &'a mut Node, name: &str) -> Option<&'a mut Node> {
    let Kind::Map(entries) = &mut node.kind else { return None };
    entries.iter_mut().find(|(key, _)| key.name == name).map(|(_, value)| value)
}

fn key_at(name: &str, value: &Node) -> Key {
    Key { name: name.to_owned(), span: value.span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::read::read_template;
    use crate::yaml::tree::parse;

    #[test]
    fn a_template_written_before_is_read() {
        let (mut sources, mut diagnostics) = (Sources::default(), Vec::new());
        let mut root = built_in_tree(&BUILT_IN[0], &mut sources, None, &mut diagnostics).unwrap();
        root.remove("words").unwrap();
        entry_mut(&mut root, "tables").unwrap().remove("tight").unwrap();
        let file = sources.add("old.yaml".to_owned(), "tables: {continued: 接}\ncharts: {unit: 计量：}\n");
        let old = parse(&sources, file, &mut diagnostics).unwrap();
        let root = overlay(root, old, &sources);
        let root = brought_up_to_date(root, &mut sources, None, &mut diagnostics);
        let template = read_template(&root, "old", &mut diagnostics).expect("read");
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!((template.words.continued.as_str(), template.words.unit.as_str()), ("接", "计量："));
        assert_eq!(template.words.contents, "目录");
        assert!(template.tables.tight.is_some());
    }
}
