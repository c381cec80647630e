//! Tables: rows and cells that changed, whole tables that are new or gone.

use super::paragraph::{Pair, kept};
use super::runs::{Gone, RunMarker};
use super::tree::{Content, XmlNode};
use super::units::{Fields, RedlineUnit, RedlineUnitKind, fitted, units};
use crate::docx::WordError;
use crate::model::{CellText, Item, Mark, RowStep, RowText};

/// The width of the type area of an A4 page, for tables that are gone.
const WIDTH: usize = 8800;

/// Marks the rows of a table that both sides have.
pub(super) fn rows(
    marker: &mut RunMarker<'_>,
    table: &XmlNode,
    (old, new): (&Item, &Item),
    steps: &[RowStep],
) -> Result<XmlNode, WordError> {
    let lines: Vec<&XmlNode> = table.nodes().filter(|n| n.name == "w:tr").collect();
    let mut made: Vec<XmlNode> = Vec::new();
    for step in steps {
        match step {
            RowStep::Kept { old: i, new: j, cells } => {
                let row = lines.get(*j).copied().ok_or_else(apart)?;
                if cells.iter().flatten().all(|p| p.mark == Mark::Same) {
                    made.push(row.clone());
                } else {
                    made.push(changed(marker, row, (old, &old.rows[*i], &new.rows[*j]), cells)?);
                }
            }
            RowStep::New(j) => made.push(new_row(marker, lines.get(*j).copied().ok_or_else(apart)?)),
            RowStep::Gone(i) => {
                let near = lines.iter().filter(|l| is_plain(l, old.rows[*i].cells.len())).max_by_key(|l| {
                    // A row below the head is the likest.
                    usize::from(l.child("w:trPr").is_none_or(|p| p.child("w:tblHeader").is_none()))
                });
                made.push(gone_row(marker, old, &old.rows[*i], near.copied()));
            }
        }
    }
    let mut out = XmlNode { name: table.name.clone(), attributes: table.attributes.clone(), children: Vec::new() };
    let mut made = Some(made);
    for child in &table.children {
        match child {
            Content::Node(node) if node.name == "w:tr" => out = out.with(made.take().into_iter().flatten()),
            other => out.children.push(other.clone()),
        }
    }
    Ok(out)
}

pub(super) fn apart() -> WordError {
    WordError::Part("the file and its text part".to_owned())
}

/// True for a row of so many single cells.
fn is_plain(row: &XmlNode, count: usize) -> bool {
    let cells: Vec<&XmlNode> = row.nodes().filter(|n| n.name == "w:tc").collect();
    let single = |cell: &&XmlNode| {
        cell.child("w:tcPr").is_none_or(|p| p.child("w:gridSpan").is_none() && p.child("w:vMerge").is_none())
    };
    cells.len() == count && cells.iter().all(single)
}

/// The cells of a row that begin in it.
fn begins(cell: &XmlNode) -> bool {
    let merge = cell.child("w:tcPr").and_then(|p| p.child("w:vMerge"));
    merge.is_none_or(|m| m.attribute("w:val") == Some("restart"))
}

/// A row some cells of which changed.
fn changed(
    marker: &mut RunMarker<'_>,
    row: &XmlNode,
    (table, old, new): (&Item, &RowText, &RowText),
    cells: &[Vec<crate::model::MarkedPiece>],
) -> Result<XmlNode, WordError> {
    let mut out = XmlNode { name: row.name.clone(), attributes: row.attributes.clone(), children: Vec::new() };
    let mut at = 0;
    for child in row.nodes() {
        if child.name != "w:tc" || !begins(child) {
            out = out.with([child.clone()]);
            continue;
        }
        let (Some(was), Some(is), Some(pieces)) = (old.cells.get(at), new.cells.get(at), cells.get(at)) else {
            return Err(apart());
        };
        at += 1;
        if pieces.iter().all(|p| p.mark == Mark::Same) {
            out = out.with([child.clone()]);
        } else {
            out = out.with([cell(marker, child, (table, was, is), pieces)?]);
        }
    }
    Ok(out)
}

fn cell(
    marker: &mut RunMarker<'_>,
    cell: &XmlNode,
    (table, was, is): (&Item, &CellText, &CellText),
    pieces: &[crate::model::MarkedPiece],
) -> Result<XmlNode, WordError> {
    let paragraphs: Vec<&XmlNode> = cell.nodes().filter(|n| n.name == "w:p").collect();
    let found = within(&paragraphs);
    let units = fitted(found, &is.phrase).ok_or_else(apart)?;
    let bare = Item { style: String::new(), rows: Vec::new(), ..table.clone() };
    let pair = Pair { old: vec![&bare], phrase: &was.phrase, new: paragraphs, units, pieces, end: '\n' };
    let made = kept(marker, &pair);
    let properties = cell.child("w:tcPr").cloned();
    Ok(XmlNode { name: cell.name.clone(), attributes: cell.attributes.clone(), children: Vec::new() }
        .with(properties)
        .with(made))
}

/// The units of paragraphs that the reader takes for one text, a line end between them.
pub(super) fn within(paragraphs: &[&XmlNode]) -> Vec<RedlineUnit> {
    let mut found: Vec<RedlineUnit> = Vec::new();
    let mut fields = Fields::default();
    for paragraph in paragraphs {
        let mut own = units(paragraph, &mut fields);
        let is_text = |units: &[RedlineUnit]| units.iter().any(|u| !u.text.trim().is_empty());
        if !found.is_empty() {
            let text = if is_text(&found) && is_text(&own) { "\n".to_owned() } else { String::new() };
            found.push(RedlineUnit { text, nodes: Vec::new(), kind: RedlineUnitKind::End });
        }
        found.append(&mut own);
    }
    found
}

/// A row that is new.
fn new_row(marker: &mut RunMarker<'_>, row: &XmlNode) -> XmlNode {
    let mut out = with_mark(marker, row, "w:ins");
    for child in &mut out.children {
        if let Content::Node(cell) = child
            && cell.name == "w:tc"
        {
            for content in &mut cell.children {
                if let Content::Node(p) = content
                    && p.name == "w:p"
                {
                    *p = super::paragraph::new(marker, p, "w:ins");
                }
            }
        }
    }
    out
}

/// A table that is new.
pub(super) fn new(marker: &mut RunMarker<'_>, table: &XmlNode) -> XmlNode {
    let mut out = table.clone();
    for child in &mut out.children {
        if let Content::Node(row) = child
            && row.name == "w:tr"
        {
            *row = new_row(marker, row);
        }
    }
    out
}

/// A row with a mark in its properties.
fn with_mark(marker: &mut RunMarker<'_>, row: &XmlNode, name: &str) -> XmlNode {
    let mut row = row.clone();
    let mark = marker.tracked(name);
    if row.child("w:trPr").is_none() {
        let place = row.children.iter().position(|c| !matches!(c, Content::Node(n) if n.name == "w:tblPrEx"));
        row.children.insert(place.unwrap_or(0), Content::Node(XmlNode::new("w:trPr", &[])));
    }
    if let Some(properties) = row.child_mut("w:trPr") {
        properties.children.push(Content::Node(mark));
    }
    row
}

/// A row that is gone, like one that is there.
fn gone_row(marker: &mut RunMarker<'_>, table: &Item, old: &RowText, near: Option<&XmlNode>) -> XmlNode {
    let Some(near) = near else {
        let widths = vec![WIDTH / old.cells.len().max(1); old.cells.len()];
        let cells: Vec<XmlNode> = old
            .cells
            .iter()
            .zip(&widths)
            .map(|(c, &w)| old_cell(marker, (table, c), cell_properties(w, 1, None)))
            .collect();
        return with_mark(marker, &XmlNode::new("w:tr", &[]).with(cells), "w:del");
    };
    let mut row = XmlNode { name: near.name.clone(), attributes: Vec::new(), children: Vec::new() };
    let mut cells = old.cells.iter();
    for child in near.nodes() {
        if child.name != "w:tc" {
            row = row.with([child.clone()]);
            continue;
        }
        let Some(cell) = cells.next() else { continue };
        let properties = child.child("w:tcPr").cloned().unwrap_or_else(|| XmlNode::new("w:tcPr", &[]));
        let mut made = old_cell(marker, (table, cell), properties);
        if let (Some(p), Some(like)) = (made.child_mut("w:p"), child.child("w:p").and_then(|p| p.child("w:pPr"))) {
            p.remove("w:pPr");
            p.children.insert(0, Content::Node(like.clone()));
        }
        row = row.with([made]);
    }
    if let Some(properties) = row.child_mut("w:trPr") {
        properties.remove("w:tblHeader");
    }
    with_mark(marker, &row, "w:del")
}

fn old_cell(marker: &mut RunMarker<'_>, (table, cell): (&Item, &CellText), properties: XmlNode) -> XmlNode {
    let gone = Gone { item: table, phrase: &cell.phrase, range: 0..cell.phrase.plain().len() };
    let content = marker.deleted(&gone);
    XmlNode::new("w:tc", &[]).with([properties, XmlNode::new("w:p", &[]).with(content)])
}

fn cell_properties(width: usize, columns: usize, merge: Option<&str>) -> XmlNode {
    let mut properties =
        XmlNode::new("w:tcPr", &[]).with([XmlNode::new("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])]);
    if columns > 1 {
        properties = properties.with([XmlNode::new("w:gridSpan", &[("w:val", &columns.to_string())])]);
    }
    if let Some(merge) = merge {
        properties = properties.with([XmlNode::new("w:vMerge", &[("w:val", merge)])]);
    }
    properties
}

/// A table that is gone. `like`: the properties of one that is there.
pub(super) fn gone(marker: &mut RunMarker<'_>, item: &Item, like: Option<&XmlNode>) -> XmlNode {
    let columns = item.rows.iter().flat_map(|r| &r.cells).map(|c| c.column + c.columns).max().unwrap_or(1).max(1);
    let width = WIDTH / columns;
    let properties = like.cloned().unwrap_or_else(|| {
        let border = |name: &str| {
            XmlNode::new(name, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "auto")])
        };
        let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"].map(border);
        XmlNode::new("w:tblPr", &[]).with([
            XmlNode::new("w:tblW", &[("w:w", "0"), ("w:type", "auto")]),
            XmlNode::new("w:tblBorders", &[]).with(sides),
        ])
    });
    let column = XmlNode::new("w:gridCol", &[("w:w", &width.to_string())]);
    let mut table = XmlNode::new("w:tbl", &[])
        .with([properties, XmlNode::new("w:tblGrid", &[]).with(std::iter::repeat_n(column, columns))]);
    // For each column, how many more rows the cell above covers, and how wide it is.
    let mut above: Vec<(usize, usize)> = vec![(0, 1); columns];
    for row in &item.rows {
        let mut cells: Vec<XmlNode> = Vec::new();
        let mut at = 0;
        let mut own = row.cells.iter().peekable();
        while at < columns {
            if let Some(cell) = own.next_if(|c| c.column == at) {
                let merge = (cell.rows > 1).then_some("restart");
                let shape = cell_properties(width * cell.columns, cell.columns, merge);
                cells.push(old_cell(marker, (item, cell), shape));
                let end = (at + cell.columns).min(columns);
                above[at..end].fill((cell.rows - 1, cell.columns));
                at = end.max(at + 1);
            } else {
                let (left, wide) = above[at];
                let merge = (left > 0).then_some("continue");
                let wide = if left > 0 { wide.max(1) } else { 1 };
                let shape = cell_properties(width * wide, wide, merge);
                cells.push(XmlNode::new("w:tc", &[]).with([shape, XmlNode::new("w:p", &[])]));
                let end = (at + wide).min(columns);
                above[at..end].iter_mut().for_each(|a| a.0 = a.0.saturating_sub(1));
                at = end;
            }
        }
        let line = XmlNode::new("w:tr", &[]).with(cells);
        table = table.with([with_mark(marker, &line, "w:del")]);
    }
    table
}

/// A paragraph that nobody sees, between tables that would be one: put in and taken out again, so that neither side has it.
pub(super) fn between(marker: &mut RunMarker<'_>) -> XmlNode {
    let (ins, del) = (marker.tracked("w:ins"), marker.tracked("w:del"));
    XmlNode::new("w:p", &[]).with([XmlNode::new("w:pPr", &[]).with([XmlNode::new("w:rPr", &[]).with([ins, del])])])
}
