//! Tables: their parts, their grid, their heads.

use super::tree::{StructureNode, StructureTree};
use crate::diagnostic::say;
use crate::pdf::verify::check::{Findings, VerifyCheck};
use lopdf::Object;
use std::collections::{BTreeMap, BTreeSet};

/// The most columns or rows that a cell may span.
const SPAN: usize = 10_000;

pub(super) fn check<'a>(tree: &'a StructureTree<'a>, found: &mut Findings) {
    for node in &tree.nodes {
        let parent = tree.parent(node).map_or("", |parent| parent.kind.as_str());
        let allowed = |node: &StructureNode<'_>, kinds: &[&str]| {
            tree.children(node).iter().all(|kid| kinds.contains(&kid.kind.as_str()))
        };
        let sound = match node.kind.as_str() {
            "Table" => allowed(node, &["TR", "THead", "TBody", "TFoot", "Caption"]),
            "THead" | "TBody" | "TFoot" => parent == "Table" && allowed(node, &["TR"]),
            "TR" => matches!(parent, "Table" | "THead" | "TBody" | "TFoot") && allowed(node, &["TH", "TD"]),
            "TH" | "TD" => parent == "TR",
            _ => true,
        };
        let kind = &node.kind;
        if !sound {
            let message = say!(
                "{kind} 不在它该在的地方，或者有不该有的元素",
                "the {kind} is in another place than it may be, or holds what it may not"
            );
            tree.note(node, VerifyCheck::TABLE, message, found);
        }
        if kind == "Table" && sound {
            table(tree, node, found);
        }
    }
}

fn table<'a>(tree: &'a StructureTree<'a>, table: &StructureNode<'a>, found: &mut Findings) {
    let mut rows: Vec<&StructureNode<'a>> = Vec::new();
    for part in tree.children(table) {
        match part.kind.as_str() {
            "TR" => rows.push(part),
            "Caption" => {}
            _ => rows.extend(tree.children(part).into_iter().filter(|row| row.kind == "TR")),
        }
    }
    let cells: Vec<_> = rows.iter().flat_map(|row| tree.children(row)).collect();
    grid(tree, table, &rows, found);
    let named = cells.iter().filter(|cell| cell.kind == "TH").filter_map(|cell| cell.dictionary.get(b"ID").ok());
    let heads: BTreeSet<&[u8]> = named.filter_map(|id| tree.file.follow(id).as_str().ok()).collect();
    for cell in cells {
        if cell.kind == "TH" && tree.attribute(cell, b"Table", b"Scope").is_none() {
            tree.note(cell, VerifyCheck::TABLE_HEAD, say!("没有 Scope", "there is no Scope"), found);
        }
        let named = tree.attribute(cell, b"Table", b"Headers").and_then(|headers| headers.as_array().ok());
        let known = |id: &Object| tree.file.follow(id).as_str().is_ok_and(|id| heads.contains(id));
        if named.is_some_and(|named| !named.iter().all(known)) {
            let message = say!("Headers 指到的不是本表的 TH", "Headers name what is no TH of this table");
            tree.note(cell, VerifyCheck::TABLE_HEADERS, message, found);
        }
    }
}

/// Every row has as many columns as the first, what spans rows from above counted.
fn grid(tree: &StructureTree<'_>, table: &StructureNode<'_>, rows: &[&StructureNode<'_>], found: &mut Findings) {
    let span = |cell: &StructureNode<'_>, key: &[u8]| {
        let value = tree.attribute(cell, b"Table", key).and_then(|value| value.as_i64().ok());
        value.and_then(|value| usize::try_from(value).ok()).unwrap_or(1).clamp(1, SPAN)
    };
    // How many rows each column is still taken for by a cell above.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut columns = None;
    for (row, number) in rows.iter().zip(1..) {
        let mut at = 0;
        let mut next: BTreeMap<usize, usize> =
            taken.iter().filter(|(_, rows)| **rows > 1).map(|(&column, rows)| (column, rows - 1)).collect();
        for cell in tree.children(row) {
            while taken.contains_key(&at) {
                at += 1;
            }
            let (wide, tall) = (span(cell, b"ColSpan"), span(cell, b"RowSpan"));
            if tall > 1 {
                next.extend((at..at + wide).map(|column| (column, tall - 1)));
            }
            at += wide;
        }
        while taken.contains_key(&at) {
            at += 1;
        }
        taken = next;
        let expected = *columns.get_or_insert(at);
        if at != expected {
            let message = say!(
                "第 {number} 行有 {at} 列，应有 {expected} 列",
                "row {number} has {at} columns instead of {expected}"
            );
            tree.note(table, VerifyCheck::TABLE_GRID, message, found);
            return;
        }
    }
}
