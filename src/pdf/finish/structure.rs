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

/// A page and its content.
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

/// The elements as they are found.
struct Elements {
    /// The one above all.
    document: ObjectId,
    nodes: Vec<ElementNode>,
    /// Their indices.
    known: BTreeMap<Element, usize>,
    /// Those right below the document.
    top: Vec<Object>,
}

impl Elements {
    /// The last element of a path; those of the path that are not there yet are added.
    fn leaf(&mut self, file: &mut Document, path: Vec<(Element, &'static str)>) -> Option<usize> {
        let mut above: Option<usize> = None;
        for (element, kind) in path {
            if let Some(&index) = self.known.get(&element) {
                above = Some(index);
                continue;
            }
            let parent = above.map_or(self.document, |above| self.nodes[above].id);
            let index = self.add(ElementNode { id: file.new_object_id(), element, kind, parent, kids: Vec::new() });
            match above {
                Some(above) => self.nodes[above].kids.push(Kid::Node(index)),
                None => self.top.push(Object::Reference(self.nodes[index].id)),
            }
            above = Some(index);
        }
        above
    }

    /// Puts the marked-content sequences of a tag into its element, those of links into elements of their own.
    fn fill(&mut self, file: &mut Document, leaf: usize, places: &[(usize, usize, Option<usize>)]) {
        for &(page, mcid, link) in places {
            let Some(link) = link else {
                self.nodes[leaf].kids.push(Kid::Mark(page, mcid));
                continue;
            };
            let (element, parent) = (Element::Link(page, link), self.nodes[leaf].id);
            let kids = vec![Kid::Mark(page, mcid), Kid::Annotation(page, link)];
            let index = self.add(ElementNode { id: file.new_object_id(), element, kind: "Link", parent, kids });
            self.nodes[leaf].kids.push(Kid::Node(index));
        }
    }

    fn add(&mut self, node: ElementNode) -> usize {
        let index = self.nodes.len();
        self.known.insert(node.element, index);
        self.nodes.push(node);
        index
    }

    fn reference(&self, element: Element) -> Option<Object> {
        self.known.get(&element).map(|&index| Object::Reference(self.nodes[index].id))
    }

    /// The parent tree (14.7.4.4): for every page its elements by MCID, then for every link its element; and the next free key.
    fn parents(&self, file: &mut Document, pages: &[Tagged]) -> Result<(Vec<Object>, usize), Error> {
        let mut numbers = Vec::with_capacity(pages.len() * 2);
        for (page, tagged) in pages.iter().enumerate() {
            let element = |mark: &Mark| mark.link.map_or(Element::Leaf(mark.tag), |link| Element::Link(page, link));
            let parents: Vec<Object> = tagged.marks.iter().filter_map(|mark| self.reference(element(mark))).collect();
            numbers.push(count(page)?);
            numbers.push(Object::Reference(file.add_object(parents)));
        }
        let mut next = pages.len();
        for (page, tagged) in pages.iter().enumerate() {
            for (link, &(_, key)) in tagged.links.iter().enumerate() {
                numbers.push(count(key)?);
                numbers.extend(self.reference(Element::Link(page, link)));
                next = key + 1;
            }
        }
        Ok((numbers, next))
    }
}

/// Writes the tree: one element a block, on however many pages it is printed, in the order of the document. A link is an
/// element within the one that it is part of: its text, and the annotation (14.8.4.4.2).
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
    let mut tree = Elements { document, nodes: Vec::new(), known: BTreeMap::new(), top: Vec::new() };
    for (&(_, tag), places) in &marks {
        let page = places.first().map_or(0, |&(page, ..)| page) + 1;
        let path = tag::path(report, tag).ok_or(Error::NoBlock { page, tag: format!("{tag:?}") })?;
        if let Some(leaf) = tree.leaf(file, path) {
            tree.fill(file, leaf, places);
        }
    }
    let Elements { nodes, .. } = &tree;
    for node in nodes {
        let object = object(report, node, nodes, pages, &spans)?;
        file.set_object(node.id, object);
    }
    let (numbers, next) = tree.parents(file, pages)?;
    let numbers = file.add_object(dictionary! { "Nums" => numbers });
    file.set_object(
        document,
        dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => tree.top.clone() },
    );
    let mut object = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(document)],
        "ParentTree" => numbers,
        "ParentTreeNextKey" => count(next)?,
    };
    if tree.nodes.iter().any(|node| node.kind == TITLE) {
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
