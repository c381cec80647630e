//! The elements as they are found.

use super::path::{PathElement, PathStep};
use crate::pdf::PdfError;
use crate::pdf::finish::object::count;
use crate::pdf::tag::ContentMark;
use lopdf::{Document, Object, ObjectId};
use std::collections::BTreeMap;

/// A page and its content.
pub(in crate::pdf::finish) struct Tagged {
    /// The page.
    pub(in crate::pdf::finish) id: ObjectId,
    /// Its marked-content sequences.
    pub(in crate::pdf::finish) marks: Vec<ContentMark>,
    /// The annotations of its links, each with its key in the parent tree.
    pub(in crate::pdf::finish) links: Vec<(ObjectId, usize)>,
}

/// What an element holds.
pub(super) enum Kid {
    /// Another element.
    Node(usize),
    /// A marked-content sequence: the index of its page, and its MCID.
    Mark(usize, usize),
    /// An annotation: the index of its page, and its own there.
    Annotation(usize, usize),
}

pub(super) struct ElementNode {
    pub(super) id: ObjectId,
    pub(super) element: PathElement,
    pub(super) kind: &'static str,
    pub(super) parent: ObjectId,
    pub(super) kids: Vec<Kid>,
}

/// The elements as they are found.
pub(super) struct Elements {
    /// The one above all.
    pub(super) document: ObjectId,
    pub(super) nodes: Vec<ElementNode>,
    /// Their indices.
    known: BTreeMap<PathElement, usize>,
    /// Those right below the document.
    pub(super) top: Vec<Object>,
}

impl Elements {
    /// None yet, below a document.
    pub(super) fn new(document: ObjectId) -> Self {
        Self { document, nodes: Vec::new(), known: BTreeMap::new(), top: Vec::new() }
    }

    /// The last element of a path, from one or from the document down; those of the path that are not there yet are added.
    pub(super) fn leaf(
        &mut self,
        file: &mut Document,
        mut above: Option<usize>,
        path: impl IntoIterator<Item = PathStep>,
    ) -> Option<usize> {
        for (element, kind) in path {
            if let Some(&index) = self.known.get(&element) {
                above = Some(index);
                continue;
            }
            let parent = above.map_or(self.document, |above| self.nodes[above].id);
            let index = self.nodes.len();
            self.known.insert(element, index);
            self.nodes.push(ElementNode { id: file.new_object_id(), element, kind, parent, kids: Vec::new() });
            match above {
                Some(above) => self.nodes[above].kids.push(Kid::Node(index)),
                None => self.top.push(Object::Reference(self.nodes[index].id)),
            }
            above = Some(index);
        }
        above
    }

    /// Puts a marked-content sequence into an element; one of a link into the link's element within it, before the annotation.
    pub(super) fn mark(
        &mut self,
        file: &mut Document,
        within: usize,
        (page, mcid): (usize, usize),
        link: Option<usize>,
    ) {
        let Some(link) = link else {
            self.nodes[within].kids.push(Kid::Mark(page, mcid));
            return;
        };
        let Some(index) = self.leaf(file, Some(within), [(PathElement::Link(page, link), "Link")]) else { return };
        let kids = &mut self.nodes[index].kids;
        if kids.is_empty() {
            kids.push(Kid::Annotation(page, link));
        }
        kids.insert(kids.len() - 1, Kid::Mark(page, mcid));
    }

    fn reference(&self, element: PathElement) -> Option<Object> {
        self.known.get(&element).map(|&index| Object::Reference(self.nodes[index].id))
    }

    /// The parent tree (14.7.4.4): for every page its elements by MCID, then for every link its element; and the next free key.
    pub(super) fn parents(&self, file: &mut Document, pages: &[Tagged]) -> Result<(Vec<Object>, usize), PdfError> {
        let mut numbers = Vec::with_capacity(pages.len() * 2);
        for (page, tagged) in pages.iter().enumerate() {
            let element = |mark: &ContentMark| {
                mark.link.map_or(PathElement::Leaf(mark.tag), |link| PathElement::Link(page, link))
            };
            let parents: Vec<Object> = tagged.marks.iter().filter_map(|mark| self.reference(element(mark))).collect();
            numbers.push(count(page)?);
            numbers.push(Object::Reference(file.add_object(parents)));
        }
        let mut next = pages.len();
        for (page, tagged) in pages.iter().enumerate() {
            for (link, &(_, key)) in tagged.links.iter().enumerate() {
                numbers.push(count(key)?);
                numbers.extend(self.reference(PathElement::Link(page, link)));
                next = key + 1;
            }
        }
        Ok((numbers, next))
    }
}
