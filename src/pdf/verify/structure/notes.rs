//! Footnotes and links.

use super::tree::{NodeKid, StructureNode, StructureTree};
use crate::diagnostic::say;
use crate::pdf::verify::check::{Findings, VerifyCheck, VerifyPlace};
use crate::pdf::verify::input::VerifyInput;
use std::collections::BTreeSet;

pub(super) fn check(input: &VerifyInput<'_>, tree: &StructureTree<'_>, found: &mut Findings) {
    let mut names = BTreeSet::new();
    for node in tree.nodes.iter().filter(|node| node.kind == "Note") {
        if tree.children(node).first().is_none_or(|first| first.kind != "Lbl") {
            tree.note(
                node,
                VerifyCheck::NOTE_LABEL,
                say!("Note 不以 Lbl 开头", "the Note does not begin with a Lbl"),
                found,
            );
        }
        let name = node.dictionary.get(b"ID").ok().and_then(|id| tree.file.follow(id).as_str().ok());
        if !name.is_some_and(|name| names.insert(name)) {
            let message = say!("没有 ID，或者与别的 Note 相同", "there is no ID, or another Note has it");
            tree.note(node, VerifyCheck::NOTE_ID, message, found);
        }
        if !called(tree, node) {
            let message = say!("前面没有引它的 Reference", "no Reference that calls it stands before it");
            tree.note(node, VerifyCheck::NOTE_PLACE, message, found);
        }
    }
    links(input, tree, found);
}

/// True where a reference stands before a note in the same element.
fn called(tree: &StructureTree<'_>, note: &StructureNode<'_>) -> bool {
    let Some(parent) = tree.parent(note) else { return false };
    let siblings = tree.children(parent);
    let before = siblings.iter().take_while(|sibling| !std::ptr::eq(**sibling, note));
    before.last().is_some_and(|sibling| matches!(sibling.kind.as_str(), "Reference" | "Note"))
}

/// Links hang in the structure, and Tab goes from one to the next as it is read.
fn links(input: &VerifyInput<'_>, tree: &StructureTree<'_>, found: &mut Findings) {
    let held: BTreeSet<_> = tree
        .nodes
        .iter()
        .filter(|node| node.kind == "Link")
        .flat_map(|node| &node.kids)
        .filter_map(|kid| if let NodeKid::Object(object) = kid { Some(*object) } else { None })
        .collect();
    for (page, number) in input.pages.iter().zip(1..) {
        let annotations = input.annotations(page);
        for (object, annotation) in &annotations {
            let id = object.as_reference().ok();
            let is_link = input.file.name(annotation, b"Subtype") == Some(b"Link");
            if is_link && !id.is_some_and(|id| held.contains(&id)) {
                let place = VerifyPlace { page: Some(number), object: id };
                found.note(VerifyCheck::LINK, place, say!("链接不在 Link 元素里", "the link is in no Link element"));
            }
        }
        let place = VerifyPlace { page: Some(number), object: Some(page.id) };
        if !annotations.is_empty() && input.file.name(page.dictionary, b"Tabs") != Some(b"S") {
            found.note(VerifyCheck::TABS, place, say!("Tabs 不是 S", "Tabs is not S"));
        }
    }
}
