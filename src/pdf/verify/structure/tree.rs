//! The structure tree (ISO 32000-1 14.7.2), flat: elements in reading order, each with what it holds.

use crate::diagnostic::{Message, say};
use crate::pdf::verify::check::{Findings, VerifyCheck, VerifyPlace};
use crate::pdf::verify::file::{DEPTH, VerifiedFile, VerifyError};
use crate::pdf::verify::inks::MarkKey;
use crate::pdf::verify::input::VerifyInput;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// The most elements.
const ELEMENTS: usize = 2_000_000;

/// The standard structure types (14.8.4).
const STANDARD: &[&str] = &[
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
];

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKid {
    /// Another element, by its index.
    Node(usize),
    /// A sequence of marked content.
    Mark(MarkKey),
    /// An annotation or another object.
    Object(ObjectId),
}

/// An element.
#[derive(Debug)]
pub(super) struct StructureNode<'a> {
    pub(super) id: Option<ObjectId>,
    /// Its standard type; its own where it is mapped to none.
    pub(super) kind: String,
    pub(super) dictionary: &'a Dictionary,
    pub(super) parent: Option<usize>,
    pub(super) kids: Vec<NodeKid>,
}

/// The tree.
#[derive(Debug)]
pub(super) struct StructureTree<'a> {
    pub(super) file: &'a VerifiedFile,
    pub(super) root: &'a Dictionary,
    /// In the order in which they are read, each before what it holds.
    pub(super) nodes: Vec<StructureNode<'a>>,
    seen: BTreeSet<ObjectId>,
    /// The numbers of pages.
    pages: BTreeMap<ObjectId, usize>,
}

/// Where an element is to be put.
#[derive(Clone, Copy)]
struct NodePlace<'a> {
    parent: Option<usize>,
    above: &'a Object,
    page: Option<ObjectId>,
    depth: usize,
}

impl<'a> StructureTree<'a> {
    /// Reads the tree; None: there is none.
    pub(super) fn read(input: &VerifyInput<'a>, found: &mut Findings) -> Result<Option<Self>, VerifyError> {
        let (file, catalog) = (input.file, input.catalog);
        let Some(root) = file.sub(catalog, b"StructTreeRoot") else { return Ok(None) };
        let (Ok(above), Ok(kids)) = (catalog.get(b"StructTreeRoot"), root.get(b"K")) else { return Ok(None) };
        let pages = input.pages.iter().map(|page| page.id).zip(1..).collect();
        let mut tree = Self { file, root, nodes: Vec::new(), seen: BTreeSet::new(), pages };
        let place = NodePlace { parent: None, above, page: None, depth: 0 };
        tree.kids(kids, place, found)?;
        Ok(Some(tree))
    }

    fn kids(&mut self, kids: &'a Object, place: NodePlace<'a>, found: &mut Findings) -> Result<(), VerifyError> {
        match self.file.follow(kids) {
            Object::Array(items) => items.iter().try_for_each(|kid| self.kid(kid, place, found)),
            _ => self.kid(kids, place, found),
        }
    }

    fn kid(&mut self, kid: &'a Object, place: NodePlace<'a>, found: &mut Findings) -> Result<(), VerifyError> {
        if place.depth > DEPTH || self.nodes.len() > ELEMENTS {
            return Err(VerifyError::TooLarge { what: "elements of the structure" });
        }
        let dictionary = match self.file.follow(kid) {
            Object::Integer(mcid) => {
                if let Some(page) = place.page {
                    self.hold(place.parent, NodeKid::Mark((page, *mcid)));
                }
                return Ok(());
            }
            Object::Dictionary(dictionary) => dictionary,
            _ => return Ok(()),
        };
        let reference = |key: &[u8]| dictionary.get(key).ok().and_then(|object| object.as_reference().ok());
        match self.file.name(dictionary, b"Type") {
            Some(b"MCR") => {
                let mcid = self.file.value(dictionary, b"MCID").and_then(|mcid| mcid.as_i64().ok());
                let container = reference(b"Stm").or_else(|| reference(b"Pg")).or(place.page);
                if let (Some(mcid), Some(container)) = (mcid, container) {
                    self.hold(place.parent, NodeKid::Mark((container, mcid)));
                }
            }
            Some(b"OBJR") => {
                if let Some(object) = reference(b"Obj") {
                    self.hold(place.parent, NodeKid::Object(object));
                }
            }
            _ => return self.element(kid, dictionary, place, found),
        }
        Ok(())
    }

    fn hold(&mut self, parent: Option<usize>, kid: NodeKid) {
        if let Some(node) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            node.kids.push(kid);
        }
    }

    fn element(
        &mut self,
        object: &'a Object,
        dictionary: &'a Dictionary,
        place: NodePlace<'a>,
        found: &mut Findings,
    ) -> Result<(), VerifyError> {
        let id = object.as_reference().ok();
        let at = VerifyPlace::of(id);
        if id.is_some_and(|id| !self.seen.insert(id)) {
            found.note(VerifyCheck::PARENT, at, say!("元素在两处", "the element is in two places"));
            return Ok(());
        }
        let above = dictionary.get(b"P").ok();
        let same = above.is_some_and(|above| {
            above == place.above
                || matches!((self.file.dictionary(above), self.file.dictionary(place.above)), (Some(a), Some(b)) if std::ptr::eq(a, b))
        });
        if !same {
            found.note(VerifyCheck::PARENT, at, say!("P 不是它的上一级", "P is not the element above it"));
        }
        let own = self.file.name(dictionary, b"S").unwrap_or_default();
        let kind = self.standard(own);
        if !STANDARD.contains(&kind.as_str()) {
            found.note(VerifyCheck::ROLE, at, say!("类型 {kind} 没有对应", "the type {kind} is mapped to nothing"));
        }
        let index = self.nodes.len();
        self.nodes.push(StructureNode { id, kind, dictionary, parent: place.parent, kids: Vec::new() });
        self.hold(place.parent, NodeKid::Node(index));
        let page = dictionary.get(b"Pg").ok().and_then(|page| page.as_reference().ok()).or(place.page);
        if let Ok(kids) = dictionary.get(b"K") {
            let place = NodePlace { parent: Some(index), above: object, page, depth: place.depth + 1 };
            self.kids(kids, place, found)?;
        }
        Ok(())
    }

    /// The standard type that a type is mapped to (14.7.3).
    fn standard(&self, own: &[u8]) -> String {
        let map = self.file.sub(self.root, b"RoleMap");
        let mut name = own;
        for _ in 0..DEPTH {
            let text = String::from_utf8_lossy(name);
            if STANDARD.contains(&text.as_ref()) {
                break;
            }
            match map.and_then(|map| self.file.name(map, name)) {
                Some(next) => name = next,
                None => break,
            }
        }
        String::from_utf8_lossy(name).into_owned()
    }

    /// The elements that an element holds.
    pub(super) fn children(&self, node: &StructureNode<'a>) -> Vec<&StructureNode<'a>> {
        let index = |kid: &NodeKid| if let NodeKid::Node(index) = kid { self.nodes.get(*index) } else { None };
        node.kids.iter().filter_map(index).collect()
    }

    /// The element above an element.
    pub(super) fn parent(&self, node: &StructureNode<'a>) -> Option<&StructureNode<'a>> {
        self.nodes.get(node.parent?)
    }

    /// An attribute of an element by its owner: its own, or of a class (14.7.5).
    pub(super) fn attribute(&self, node: &StructureNode<'a>, owner: &[u8], key: &[u8]) -> Option<&'a Object> {
        let classes = self.file.sub(self.root, b"ClassMap");
        let named = match node.dictionary.get(b"C").ok().map(|class| self.file.follow(class)) {
            Some(Object::Name(name)) => vec![name.as_slice()],
            Some(Object::Array(names)) => {
                names.iter().filter_map(|name| self.file.follow(name).as_name().ok()).collect()
            }
            _ => Vec::new(),
        };
        let of_classes = named.into_iter().filter_map(|name| classes?.get(name).ok());
        let sources = node.dictionary.get(b"A").ok().into_iter().chain(of_classes);
        sources
            .flat_map(|source| self.sets(source))
            .find_map(|set| (self.file.name(set, b"O") == Some(owner)).then(|| self.file.value(set, key)).flatten())
    }

    /// One dictionary of attributes, or several, revision numbers between them.
    fn sets(&self, source: &'a Object) -> Vec<&'a Dictionary> {
        match self.file.follow(source) {
            Object::Array(items) => items.iter().filter_map(|item| self.file.dictionary(item)).collect(),
            _ => self.file.dictionary(source).into_iter().collect(),
        }
    }

    /// Notes what is wrong with an element.
    pub(super) fn note(
        &self,
        node: &StructureNode<'a>,
        check: &'static VerifyCheck,
        message: Message,
        found: &mut Findings,
    ) {
        let page = self.page(node).and_then(|id| self.pages.get(&id).copied());
        found.note(check, VerifyPlace { page, object: node.id }, message);
    }

    /// The page that an element, or what it holds, begins on.
    fn page(&self, node: &StructureNode<'a>) -> Option<ObjectId> {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if let Some(page) = node.dictionary.get(b"Pg").ok().and_then(|page| page.as_reference().ok()) {
                return Some(page);
            }
            open.extend(self.children(node).into_iter().rev());
        }
        None
    }

    /// The pages and forms that the content of an element is on.
    pub(super) fn containers(&self, node: &StructureNode<'a>) -> BTreeSet<ObjectId> {
        let mut found = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            found.extend(
                node.kids.iter().filter_map(|kid| if let NodeKid::Mark((on, _)) = kid { Some(*on) } else { None }),
            );
            open.extend(self.children(node));
        }
        found
    }
}
