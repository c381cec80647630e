//! The structure tree (14.7): what each marked-content sequence is.

use super::object::{count, name, text};
use crate::model::{BlockIndex, BlockKind, Document as Report, TableGrid, Text};
use crate::pdf::Error;
use crate::pdf::tag::{self, Element, Mark, TITLE, Tag};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::{BTreeMap, BTreeSet};

/// What an element holds.
enum Kid {
    /// Another element.
    Node(usize),
    /// A marked-content sequence: the index of its page, and its MCID.
    Mark(usize, usize),
    /// An annotation: the index of its page, and its own there.
    Annotation(usize, usize),
}

/// A page and what stands on it.
pub(super) struct Tagged {
    /// The page.
    pub(super) id: ObjectId,
    /// Its marked-content sequences.
    pub(super) marks: Vec<Mark>,
    /// The annotations of its links, each with its key in the parent tree.
    pub(super) links: Vec<(ObjectId, usize)>,
}

struct ElementNode {
    id: ObjectId,
    element: Element,
    kind: &'static str,
    parent: ObjectId,
    kids: Vec<Kid>,
}

/// Writes the tree: one element a block, on however many pages it stands, in the order of the document. A link is an
/// element within the one that it stands in: its text, and the annotation (14.8.4.4.2).
pub(super) fn write(file: &mut Document, report: &Report, pages: &[Tagged]) -> Result<ObjectId, Error> {
    let root = file.new_object_id();
    let document = file.new_object_id();

    let mut marks = Marks::new();
    for (page, tagged) in pages.iter().enumerate() {
        for (mcid, mark) in tagged.marks.iter().enumerate() {
            marks.entry(mark.tag.order()).or_default().push((page, mcid, mark.link));
        }
    }
    let spans = cells(report, &mut marks);
    let mut nodes: Vec<ElementNode> = Vec::new();
    let mut known: BTreeMap<Element, usize> = BTreeMap::new();
    let mut top = Vec::new();
    for (&(_, tag), places) in &marks {
        let page = places.first().map_or(0, |&(page, ..)| page) + 1;
        let path = tag::path(report, tag).ok_or(Error::NoBlock { page, tag: format!("{tag:?}") })?;
        let mut above: Option<usize> = None;
        for (element, kind) in path {
            let index = if let Some(&index) = known.get(&element) {
                index
            } else {
                let parent = above.map_or(document, |above| nodes[above].id);
                nodes.push(ElementNode { id: file.new_object_id(), element, kind, parent, kids: Vec::new() });
                let index = nodes.len() - 1;
                known.insert(element, index);
                match above {
                    Some(above) => nodes[above].kids.push(Kid::Node(index)),
                    None => top.push(Object::Reference(nodes[index].id)),
                }
                index
            };
            above = Some(index);
        }
        if let Some(leaf) = above {
            for &(page, mcid, link) in places {
                let Some(link) = link else {
                    nodes[leaf].kids.push(Kid::Mark(page, mcid));
                    continue;
                };
                let (element, parent) = (Element::Link(page, link), nodes[leaf].id);
                known.insert(element, nodes.len());
                let node = Kid::Node(nodes.len());
                nodes[leaf].kids.push(node);
                let kids = vec![Kid::Mark(page, mcid), Kid::Annotation(page, link)];
                nodes.push(ElementNode { id: file.new_object_id(), element, kind: "Link", parent, kids });
            }
        }
    }
    for node in &nodes {
        let object = object(report, node, &nodes, pages, &spans)?;
        file.set_object(node.id, object);
    }

    let of = |element| known.get(&element).map(|&index| Object::Reference(nodes[index].id));
    let mut numbers = Vec::with_capacity(pages.len() * 2);
    for (page, tagged) in pages.iter().enumerate() {
        let parent = |mark: &Mark| of(mark.link.map_or(Element::Leaf(mark.tag), |link| Element::Link(page, link)));
        let parents: Vec<Object> = tagged.marks.iter().filter_map(parent).collect();
        numbers.push(count(page)?);
        numbers.push(Object::Reference(file.add_object(parents)));
    }
    let mut next = pages.len();
    for (page, tagged) in pages.iter().enumerate() {
        for (link, &(_, key)) in tagged.links.iter().enumerate() {
            numbers.push(count(key)?);
            numbers.extend(of(Element::Link(page, link)));
            next = key + 1;
        }
    }
    let tree = file.add_object(dictionary! { "Nums" => numbers });
    file.set_object(document, dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => top });
    let mut object = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(document)],
        "ParentTree" => tree,
        "ParentTreeNextKey" => count(next)?,
    };
    if nodes.iter().any(|node| node.kind == TITLE) {
        object.set("RoleMap", dictionary! { TITLE => "P" });
    }
    file.set_object(root, object);
    Ok(root)
}

/// The places of a tag's marked-content sequences: page, MCID, and the link that it is.
type Marks = BTreeMap<(usize, Tag), Vec<(usize, usize, Option<usize>)>>;

/// How many columns and rows the cells cover that cover more than one.
type Spans = BTreeMap<Tag, (usize, usize)>;

/// Every table that is printed has all its cells, those without text too, so that rows and columns can be counted (14.8.4.3.4).
fn cells(report: &Report, marks: &mut Marks) -> Spans {
    let mut spans = Spans::new();
    let printed: BTreeSet<BlockIndex> =
        marks.keys().filter_map(|&(_, tag)| if let Tag::Cell(block, ..) = tag { Some(block) } else { None }).collect();
    for block in printed {
        let Some(BlockKind::Table(table)) = report.block(block).map(|block| &block.kind) else {
            continue;
        };
        for placed in TableGrid::new(table).cells {
            let tag = Tag::Cell(block, placed.row as u32, placed.column as u32);
            marks.entry(tag.order()).or_default();
            if placed.columns > 1 || placed.rows > 1 {
                spans.insert(tag, (placed.columns, placed.rows));
            }
        }
    }
    spans
}

/// An element (table 323). Sequences on its own page are named by their MCID alone, those on others by references (table 324).
fn object(
    report: &Report,
    node: &ElementNode,
    nodes: &[ElementNode],
    pages: &[Tagged],
    spans: &Spans,
) -> Result<Dictionary, Error> {
    let first = node.kids.iter().find_map(|kid| if let Kid::Mark(page, _) = kid { Some(*page) } else { None });
    let mut kids = Vec::with_capacity(node.kids.len());
    for kid in &node.kids {
        kids.push(match *kid {
            Kid::Node(index) => Object::Reference(nodes[index].id),
            Kid::Mark(page, mcid) => {
                let mcid = count(mcid)?;
                match pages.get(page) {
                    Some(&Tagged { id, .. }) if Some(page) != first => {
                        dictionary! { "Type" => "MCR", "Pg" => id, "MCID" => mcid }.into()
                    }
                    _ => mcid,
                }
            }
            Kid::Annotation(page, link) => {
                let tagged = pages.get(page).ok_or(Error::TooLarge)?;
                let &(annotation, _) = tagged.links.get(link).ok_or(Error::TooLarge)?;
                dictionary! { "Type" => "OBJR", "Pg" => tagged.id, "Obj" => annotation }.into()
            }
        });
    }
    let mut object = dictionary! { "Type" => "StructElem", "S" => name(node.kind), "P" => node.parent };
    if let Some(&Tagged { id, .. }) = first.and_then(|page| pages.get(page)) {
        object.set("Pg", id);
    }
    attributes(report, node, spans, &mut object)?;
    match <[Object; 1]>::try_from(kids) {
        Ok([only]) => object.set("K", only),
        // An empty cell.
        Err(kids) if kids.is_empty() => {}
        Err(kids) => object.set("K", kids),
    }
    Ok(object)
}

/// What some elements say besides: the alternative text of a picture (14.9.3), what a cell heads and covers (14.8.5.7), the name
/// of a note, which has to have one.
fn attributes(report: &Report, node: &ElementNode, spans: &Spans, object: &mut Dictionary) -> Result<(), Error> {
    let Element::Leaf(tag) = node.element else { return Ok(()) };
    let block = tag.block().and_then(|block| report.block(block)).map(|block| &block.kind);
    match (tag, block) {
        (Tag::Block(_), Some(BlockKind::Figure(figure))) => {
            object.set("Alt", alt(&figure.alt, figure.caption.as_ref()));
        }
        (Tag::Block(_), Some(BlockKind::Chart(chart))) => {
            object.set("Alt", text(&chart.alternative_text()));
        }
        (Tag::Cell(..), _) => {
            let mut attributes = dictionary! { "O" => "Table" };
            if node.kind == "TH" {
                attributes.set("Scope", "Column");
            }
            let (columns, rows) = spans.get(&tag).copied().unwrap_or((1, 1));
            if columns > 1 {
                attributes.set("ColSpan", count(columns)?);
            }
            if rows > 1 {
                attributes.set("RowSpan", count(rows)?);
            }
            if attributes.len() > 1 {
                object.set("A", attributes);
            }
        }
        (Tag::Note(note), _) => object.set("ID", Object::string_literal(format!("note-{}", note.get() + 1))),
        _ => {}
    }
    Ok(())
}

fn alt(given: &str, caption: Option<&Text>) -> Object {
    if given.is_empty() { text(&caption.map(Text::plain).unwrap_or_default()) } else { text(given) }
}
