//! Pictures and their captions.

use super::tree::{StructureNode, StructureTree};
use crate::diagnostic::say;
use crate::pdf::verify::check::{Findings, VerifyCheck};

pub(super) fn check(tree: &StructureTree<'_>, found: &mut Findings) {
    for node in &tree.nodes {
        let spoken = speaks(tree, node);
        match node.kind.as_str() {
            "Figure" | "Formula" if !spoken => {
                tree.note(node, VerifyCheck::ALT, say!("没有 Alt", "there is no Alt"), found);
            }
            _ => {}
        }
        // On more than one page a box says nothing (table 345).
        let on_one = tree.containers(node).len() == 1;
        if node.kind == "Figure" && on_one && tree.attribute(node, b"Layout", b"BBox").is_none() {
            tree.note(node, VerifyCheck::BOX, say!("没有 BBox", "there is no BBox"), found);
        }
        if node.kind == "Caption" && within_spoken(tree, node) {
            tree.note(node, VerifyCheck::CAPTION, say!("图题在 Figure 里", "the caption is within the Figure"), found);
        }
    }
}

/// True for an element that a voice reads as a text of its own, in place of what it holds.
fn speaks(tree: &StructureTree<'_>, node: &StructureNode<'_>) -> bool {
    let keys: [&[u8]; 2] = [b"Alt", b"ActualText"];
    keys.iter().any(|key| tree.file.text(node.dictionary, key).is_some_and(|text| !text.trim().is_empty()))
}

fn within_spoken(tree: &StructureTree<'_>, node: &StructureNode<'_>) -> bool {
    let mut above = tree.parent(node);
    while let Some(element) = above {
        if element.kind == "Figure" && speaks(tree, element) {
            return true;
        }
        above = tree.parent(element);
    }
    false
}
