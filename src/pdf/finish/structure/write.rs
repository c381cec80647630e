//! The tree, written down.

use super::attributes::{self, Cells};
use super::extent::ElementPlaces;
use super::path::{PathElement, Paths};
use super::tree::{ElementNode, Elements, Kid};
use crate::layout::PagedDocument;
use crate::model::{BlockIndex, Document as Report, NoteIndex};
use crate::pdf::PdfError;
use crate::pdf::finish::object::{count, name};
use crate::pdf::link::LinkTarget;
use crate::pdf::tag::{ContentMark, TITLE, Tag};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::{BTreeMap, BTreeSet};

pub(in crate::pdf::finish) use super::tree::Tagged;

/// A marked-content sequence and its place.
#[derive(Clone, Copy)]
struct StructurePlace {
    page: usize,
    mcid: usize,
    mark: ContentMark,
}

/// The sequences of every tag.
type Marks = BTreeMap<(usize, Tag), Vec<StructurePlace>>;

struct StructureBuilder<'a> {
    file: &'a mut Document,
    tree: Elements,
    marks: Marks,
    /// The footnotes that have their place.
    noted: BTreeSet<NoteIndex>,
}

impl StructureBuilder<'_> {
    /// Puts the sequences of a tag into its element. What points elsewhere is an element of its own; a footnote follows
    /// what first calls it (14.8.4.4.1).
    fn fill(&mut self, leaf: usize, tag: Tag) {
        let places = self.marks.get(&tag.order()).cloned().unwrap_or_default();
        let mut references = 0;
        let mut before = None;
        for (at, &StructurePlace { page, mcid, mark }) in places.iter().enumerate() {
            let points = match mark.target {
                Some(LinkTarget::Block(_) | LinkTarget::Note(_)) if mark.link.is_some() => mark.target,
                _ => None,
            };
            let within = if points.is_some() {
                if before != points {
                    references += 1;
                }
                let element = PathElement::Reference(tag, references);
                self.tree.leaf(self.file, Some(leaf), [(element, "Reference")]).unwrap_or(leaf)
            } else {
                leaf
            };
            before = points;
            self.tree.mark(self.file, within, (page, mcid), mark.link);
            let goes_on = places.get(at + 1).is_some_and(|next| next.mark.target == mark.target);
            if let Some(LinkTarget::Note(note)) = points
                && !goes_on
            {
                self.note(Some(leaf), note);
            }
        }
    }

    /// Puts a footnote, if it is printed and has no place yet, after what is in an element.
    fn note(&mut self, within: Option<usize>, note: NoteIndex) {
        let [(own, _), (label, _)] = Paths::of_note(note);
        let printed = |tag: Tag| self.marks.contains_key(&tag.order());
        let (labelled, printed) = (printed(Tag::NoteLabel(note)), printed(Tag::Note(note)));
        if !(labelled || printed) || !self.noted.insert(note) {
            return;
        }
        let Some(leaf) = self.tree.leaf(self.file, within, [(own, "Note")]) else { return };
        if labelled && let Some(label) = self.tree.leaf(self.file, Some(leaf), [(label, "Lbl")]) {
            self.fill(label, Tag::NoteLabel(note));
        }
        self.fill(leaf, Tag::Note(note));
    }
}

/// Writes the tree: one element a block or field, on however many pages it is printed, in the order of the document. A link is an
/// element within the one that it is part of: its text, and the annotation (14.8.4.4.2).
pub(in crate::pdf::finish) fn write(
    file: &mut Document,
    report: &Report,
    paged: &PagedDocument,
    pages: &[Tagged],
) -> Result<ObjectId, PdfError> {
    let root = file.new_object_id();
    let document = file.new_object_id();
    let mut marks = Marks::new();
    for (page, tagged) in pages.iter().enumerate() {
        for (mcid, &mark) in tagged.marks.iter().enumerate() {
            marks.entry(mark.tag.order()).or_default().push(StructurePlace { page, mcid, mark });
        }
    }
    let cells = cells(report, &mut marks);
    let paths = Paths::new(report);
    let tags: Vec<Tag> = marks.keys().map(|&(_, tag)| tag).collect();
    let mut builder = StructureBuilder { file, tree: Elements::new(document), marks, noted: BTreeSet::new() };
    for tag in tags {
        let page = builder.marks.get(&tag.order()).and_then(|places| places.first()).map_or(0, |place| place.page) + 1;
        let path = paths.of(tag).ok_or_else(|| PdfError::NoBlock { page, tag: format!("{tag:?}") })?;
        if let Some(note) = tag.note() {
            // One that nothing calls, after all blocks.
            builder.note(None, note);
        } else if let Some(leaf) = builder.tree.leaf(builder.file, None, path) {
            builder.fill(leaf, tag);
        }
    }
    let StructureBuilder { tree, .. } = builder;
    let places = ElementPlaces::of(report, paged);
    let mut named = BTreeMap::new();
    for node in &tree.nodes {
        let mut object = object(node, &tree.nodes, pages)?;
        attributes::set(report, node, &places, &cells, &mut object)?;
        if let Some(id) = attributes::id(node, &cells) {
            object.set("ID", Object::string_literal(id.as_str()));
            named.insert(id, node.id);
        }
        file.set_object(node.id, object);
    }
    file.set_object(document, dictionary! { "S" => "Document", "P" => root, "K" => tree.top.clone() });
    let object = root_of(file, &tree, pages, named)?;
    file.set_object(root, object);
    Ok(root)
}

/// The root (table 322).
fn root_of(
    file: &mut Document,
    tree: &Elements,
    pages: &[Tagged],
    named: BTreeMap<String, ObjectId>,
) -> Result<Dictionary, PdfError> {
    let (numbers, next) = tree.parents(file, pages)?;
    let numbers = file.add_object(dictionary! { "Nums" => numbers });
    let mut object = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(tree.document)],
        "ParentTree" => numbers,
        "ParentTreeNextKey" => count(next)?,
    };
    if tree.nodes.iter().any(|node| node.kind == TITLE) {
        object.set("RoleMap", dictionary! { TITLE => "P" });
    }
    if !named.is_empty() {
        let names: Vec<Object> = named
            .into_iter()
            .flat_map(|(id, element)| [Object::string_literal(id.as_str()), Object::Reference(element)])
            .collect();
        let names = file.add_object(dictionary! { "Names" => names });
        object.set("IDTree", names);
    }
    Ok(object)
}

/// Every table that is printed has all its cells, those without text too, so that rows and columns can be counted (14.8.4.3.4).
fn cells(report: &Report, marks: &mut Marks) -> Cells {
    let of = |&(_, tag): &(usize, Tag)| match tag {
        Tag::Cell(block, ..) | Tag::CellPicture(block, ..) => Some(block),
        _ => None,
    };
    let printed: BTreeSet<BlockIndex> = marks.keys().filter_map(of).collect();
    let cells: Cells = printed.into_iter().flat_map(|block| attributes::cells(report, block)).collect();
    for tag in cells.keys() {
        marks.entry(tag.order()).or_default();
    }
    cells
}

/// An element (table 323). Sequences on its own page are named by their MCID alone, those on others by references (table 324).
fn object(node: &ElementNode, nodes: &[ElementNode], pages: &[Tagged]) -> Result<Dictionary, PdfError> {
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
                let tagged = pages.get(page).ok_or(PdfError::TooLarge)?;
                let &(annotation, _) = tagged.links.get(link).ok_or(PdfError::TooLarge)?;
                dictionary! { "Type" => "OBJR", "Pg" => tagged.id, "Obj" => annotation }.into()
            }
        });
    }
    // What an element is, its place says: its type may be left out.
    let mut object = dictionary! { "S" => name(node.kind), "P" => node.parent };
    if let Some(&Tagged { id, .. }) = first.and_then(|page| pages.get(page)) {
        object.set("Pg", id);
    }
    match <[Object; 1]>::try_from(kids) {
        Ok([only]) => object.set("K", only),
        // An empty cell.
        Err(kids) if kids.is_empty() => {}
        Err(kids) => object.set("K", kids),
    }
    Ok(object)
}
