//! Lists, contents and headings.

use super::tree::{StructureNode, StructureTree};
use crate::diagnostic::say;
use crate::pdf::verify::check::{Findings, VerifyCheck};

pub(super) fn check(tree: &StructureTree<'_>, found: &mut Findings) {
    let mut level = 0;
    for node in &tree.nodes {
        match node.kind.as_str() {
            "L" => list(tree, node, found),
            "LI" => item(tree, node, found),
            "TOC" => contents(tree, node, found),
            "TOCI" => entry(tree, node, found),
            kind => {
                let Some(depth) = kind.strip_prefix('H').and_then(|depth| depth.parse::<usize>().ok()) else {
                    continue;
                };
                if depth > level + 1 {
                    let message = say!("H{depth} 前面只到 H{level}", "H{depth} comes behind H{level}");
                    tree.note(node, VerifyCheck::HEADING, message, found);
                }
                level = depth;
            }
        }
    }
}

fn list(tree: &StructureTree<'_>, node: &StructureNode<'_>, found: &mut Findings) {
    let kids = tree.children(node);
    let wrong = kids.iter().enumerate().find(|(at, kid)| match kid.kind.as_str() {
        "LI" | "L" => false,
        "Caption" => *at > 0,
        _ => true,
    });
    if let Some((_, kid)) = wrong {
        let kind = &kid.kind;
        tree.note(node, VerifyCheck::LIST, say!("L 里有 {kind}", "there is a {kind} in the L"), found);
    }
    let labelled = kids.iter().any(|kid| tree.children(kid).iter().any(|part| part.kind == "Lbl"));
    if labelled && tree.attribute(node, b"List", b"ListNumbering").is_none() {
        tree.note(node, VerifyCheck::LIST_NUMBERING, say!("没有 ListNumbering", "there is no ListNumbering"), found);
    }
}

fn item(tree: &StructureTree<'_>, node: &StructureNode<'_>, found: &mut Findings) {
    let kids = tree.children(node);
    let strange = kids.iter().any(|kid| !matches!(kid.kind.as_str(), "Lbl" | "LBody"));
    let within = tree.parent(node).is_some_and(|parent| parent.kind == "L");
    if strange || !within || !kids.iter().any(|kid| kid.kind == "LBody") {
        tree.note(
            node,
            VerifyCheck::LIST_ITEM,
            say!(
                "LI 不在 L 里，没有 LBody，或者有别的元素",
                "the LI is not in an L, has no LBody, or holds other elements"
            ),
            found,
        );
    }
}

fn contents(tree: &StructureTree<'_>, node: &StructureNode<'_>, found: &mut Findings) {
    let kids = tree.children(node);
    if let Some(kid) = kids.iter().find(|kid| !matches!(kid.kind.as_str(), "TOCI" | "TOC" | "Caption")) {
        let kind = &kid.kind;
        tree.note(node, VerifyCheck::CONTENTS, say!("TOC 里有 {kind}", "there is a {kind} in the TOC"), found);
    }
}

fn entry(tree: &StructureTree<'_>, node: &StructureNode<'_>, found: &mut Findings) {
    let mut open = tree.children(node);
    let mut pointed = false;
    while let Some(part) = open.pop() {
        // An entry below it points for itself.
        if part.kind != "TOC" {
            pointed |= part.kind == "Reference";
            open.extend(tree.children(part));
        }
    }
    if !pointed {
        tree.note(node, VerifyCheck::CONTENTS_ENTRY, say!("没有 Reference", "there is no Reference"), found);
    }
}
