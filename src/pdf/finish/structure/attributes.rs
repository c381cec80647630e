//! What some elements say besides their content: alternative texts, boxes, how lists count, what cells head and cover.

use super::extent::ElementPlaces;
use super::path::PathElement;
use super::tree::ElementNode;
use crate::model::{BlockIndex, BlockKind, Document as Report, Figure, PictureIndex, TableGrid, Text};
use crate::pdf::PdfError;
use crate::pdf::finish::object::{count, number, text};
use crate::pdf::tag::Tag;
use lopdf::{Dictionary, Object, dictionary};
use std::collections::BTreeMap;

/// The place of a cell among the others.
#[derive(Clone, Debug, Default)]
pub(super) struct CellPlace {
    /// How many columns it covers.
    pub(super) columns: usize,
    /// How many rows.
    pub(super) rows: usize,
    /// The cells above it that head it, where the head has several rows.
    pub(super) heads: Vec<Tag>,
}

/// The places of all cells of the printed tables.
pub(super) type Cells = BTreeMap<Tag, CellPlace>;

/// The cells of a table.
pub(super) fn cells(report: &Report, block: BlockIndex) -> Vec<(Tag, CellPlace)> {
    let Some(BlockKind::Table(table)) = report.block(block).map(|block| &block.kind) else { return Vec::new() };
    let grid = TableGrid::new(table);
    let tag = |row: usize, column: usize| Tag::Cell(block, row as u32, column as u32);
    // One row of heads is found by the columns alone.
    let heads: Vec<_> = grid.cells.iter().filter(|cell| grid.head > 1 && cell.row < grid.head).collect();
    let place = |cell: &crate::model::PlacedCell<'_>| {
        let columns = cell.column..cell.column + cell.columns;
        let over = heads.iter().filter(|head| {
            head.row < cell.row && head.column < columns.end && columns.start < head.column + head.columns
        });
        let heads = over.map(|head| tag(head.row, head.column)).collect();
        (tag(cell.row, cell.column), CellPlace { columns: cell.columns, rows: cell.rows, heads })
    };
    grid.cells.iter().map(place).collect()
}

/// The name of an element that others name: a footnote (ISO 14289-1 7.9), a head of a table (14.8.5.7).
pub(super) fn id(node: &ElementNode, cells: &Cells) -> Option<String> {
    match node.element {
        PathElement::Leaf(Tag::Note(note)) => Some(format!("note-{:06}", note.get() + 1)),
        PathElement::Leaf(tag @ Tag::Cell(..)) if node.kind == "TH" => {
            let named = cells.values().any(|place| place.heads.contains(&tag));
            named.then(|| head_id(tag)).flatten()
        }
        _ => None,
    }
}

fn head_id(tag: Tag) -> Option<String> {
    let Tag::Cell(block, row, column) = tag else { return None };
    Some(format!("head-{:06}-{row}-{column:04}", block.get()))
}

/// Sets the attributes of an element.
pub(super) fn set(
    report: &Report,
    node: &ElementNode,
    places: &ElementPlaces,
    cells: &Cells,
    object: &mut Dictionary,
) -> Result<(), PdfError> {
    let kind = |block: BlockIndex| report.block(block).map(|block| &block.kind);
    match node.element {
        PathElement::Leaf(Tag::Block(block)) => {
            match kind(block) {
                Some(BlockKind::Figure(figure)) => object.set("Alt", text(&alt(figure))),
                Some(BlockKind::Chart(chart)) => object.set("Alt", text(&chart.alternative_text())),
                Some(BlockKind::Table(_)) => {}
                _ => return Ok(()),
            }
            let mut layout = dictionary! { "O" => "Layout", "Placement" => "Block" };
            if let Some(bbox) = places.bbox(Tag::Block(block)) {
                layout.set("BBox", bbox.map(number).to_vec());
            }
            object.set("A", layout);
        }
        PathElement::Leaf(tag @ Tag::CellPicture(block, row, column)) => {
            let index = PictureIndex { block, cell: Some((row, column)) };
            if let Some(picture) = report.picture(index) {
                let given = Some(picture.alt).filter(|alt| !alt.trim().is_empty());
                object.set("Alt", text(given.unwrap_or(&picture.file.name)));
            }
            let mut layout = dictionary! { "O" => "Layout", "Placement" => "Block" };
            if let Some(bbox) = places.bbox(tag) {
                layout.set("BBox", bbox.map(number).to_vec());
            }
            object.set("A", layout);
        }
        PathElement::Leaf(tag @ Tag::Cell(..)) => {
            let attributes = cell(tag, node, cells.get(&tag).cloned().unwrap_or_default())?;
            if attributes.len() > 1 {
                object.set("A", attributes);
            }
        }
        PathElement::List(block) => {
            let numbering = match kind(block) {
                Some(BlockKind::AttachmentNote(_)) => "Decimal",
                Some(kind) => numbering(kind.number().map(|number| number.text.as_str()), places.bullet(block)),
                None => "None",
            };
            object.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
        }
        _ => {}
    }
    Ok(())
}

fn cell(tag: Tag, node: &ElementNode, place: CellPlace) -> Result<Dictionary, PdfError> {
    let mut attributes = dictionary! { "O" => "Table" };
    if node.kind == "TH" {
        attributes.set("Scope", "Column");
    }
    if place.columns > 1 {
        attributes.set("ColSpan", count(place.columns)?);
    }
    if place.rows > 1 {
        attributes.set("RowSpan", count(place.rows)?);
    }
    let heads: Vec<Object> =
        place.heads.into_iter().filter(|&head| head != tag).filter_map(head_id).map(Object::string_literal).collect();
    if !heads.is_empty() {
        attributes.set("Headers", heads);
    }
    Ok(attributes)
}

/// The alternative text of a picture: the author's, else its caption, else its file's name, since there has to be one.
fn alt(figure: &Figure) -> String {
    let caption = || figure.caption.as_ref().map(Text::unmarked).filter(|caption| !caption.is_empty());
    let given = Some(figure.alt.clone()).filter(|alt| !alt.trim().is_empty());
    given.or_else(caption).unwrap_or_else(|| figure.file.name.clone())
}

/// How a list counts (table 347): the clause has a name for digits and for three bullets; all else is `None`, text of its own.
fn numbering(number: Option<&str>, bullet: Option<&str>) -> &'static str {
    match (number.and_then(|n| n.chars().find(|c| !"（(［[〔".contains(*c))), bullet.and_then(|b| b.chars().next()))
    {
        (Some('0'..='9' | '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿'), _) => "Decimal",
        (None, Some('●' | '•' | '·' | '⚫')) => "Disc",
        (None, Some('○' | '◦' | '◯')) => "Circle",
        (None, Some('■' | '▪' | '□' | '◆' | '◇')) => "Square",
        _ => "None",
    }
}
