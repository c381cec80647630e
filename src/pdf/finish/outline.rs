//! Bookmarks (12.3.3): nested by level, in the order of the document.

use super::object::{count, destination, text};
use crate::layout::{OutlineEntry, PagedDocument};
use crate::pdf::{PdfError, units};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// Levels that show when the file is opened; what is below them, the reader unfolds.
const UNFOLDED: usize = 1;

/// An entry with what is nested in it.
struct OutlineNode<'a> {
    entry: &'a OutlineEntry,
    id: ObjectId,
    kids: Vec<OutlineNode<'a>>,
}

/// Writes the outline; None without any entry.
pub(super) fn write(
    file: &mut Document,
    paged: &PagedDocument,
    pages: &[ObjectId],
) -> Result<Option<ObjectId>, PdfError> {
    if paged.outline.is_empty() {
        return Ok(None);
    }
    let root = file.new_object_id();
    let mut rest = paged.outline.as_slice();
    let nodes = nest(file, &mut rest, 0);
    let place = OutlinePages { paged, pages };
    place.siblings(file, root, &nodes, 1)?;
    let mut object = dictionary! { "Type" => "Outlines" };
    ends(&mut object, &nodes);
    object.set("Count", count(nodes.iter().map(|node| 1 + open(node, 1)).sum())?);
    file.set_object(root, object);
    Ok(Some(root))
}

/// The entries deeper than `above`, up to the first that is not. An entry whose level is skipped nests in the one before it.
fn nest<'a>(file: &mut Document, rest: &mut &'a [OutlineEntry], above: u8) -> Vec<OutlineNode<'a>> {
    let mut nodes = Vec::new();
    while let Some((entry, after)) = rest.split_first() {
        if entry.level <= above && above > 0 {
            break;
        }
        *rest = after;
        let id = file.new_object_id();
        // A level of 0 would never end.
        nodes.push(OutlineNode { entry, id, kids: nest(file, rest, entry.level.max(1)) });
    }
    nodes
}

/// How many of the entries below a node show, the node being of a depth from 1.
fn open(node: &OutlineNode<'_>, depth: usize) -> usize {
    if depth > UNFOLDED { 0 } else { node.kids.iter().map(|kid| 1 + open(kid, depth + 1)).sum() }
}

fn ends(object: &mut Dictionary, nodes: &[OutlineNode<'_>]) {
    if let (Some(first), Some(last)) = (nodes.first(), nodes.last()) {
        object.set("First", first.id);
        object.set("Last", last.id);
    }
}

struct OutlinePages<'a> {
    paged: &'a PagedDocument,
    pages: &'a [ObjectId],
}

impl OutlinePages<'_> {
    fn siblings(
        &self,
        file: &mut Document,
        parent: ObjectId,
        nodes: &[OutlineNode<'_>],
        depth: usize,
    ) -> Result<(), PdfError> {
        for (index, node) in nodes.iter().enumerate() {
            let mut object = dictionary! {
                "Title" => text(&node.entry.title),
                "Parent" => parent,
                "Dest" => self.destination(node.entry)?,
            };
            if let Some(before) = index.checked_sub(1).and_then(|before| nodes.get(before)) {
                object.set("Prev", before.id);
            }
            if let Some(after) = nodes.get(index + 1) {
                object.set("Next", after.id);
            }
            if !node.kids.is_empty() {
                ends(&mut object, &node.kids);
                // Table 153: the entries that show; of a closed one those that would, as a negative number.
                let shown = open(node, depth);
                let hidden = i64::try_from(node.kids.len()).map_err(|_| PdfError::TooLarge)?;
                object.set("Count", if shown > 0 { count(shown)? } else { Object::Integer(-hidden) });
                self.siblings(file, node.id, &node.kids, depth + 1)?;
            }
            file.set_object(node.id, object);
        }
        Ok(())
    }

    /// Where an entry leads: to its line.
    fn destination(&self, entry: &OutlineEntry) -> Result<Vec<Object>, PdfError> {
        let missing = || PdfError::NoPage { title: entry.title.clone(), page: entry.page };
        let page = self.paged.pages.get(entry.page).ok_or_else(missing)?;
        let id = self.pages.get(entry.page).ok_or_else(missing)?;
        let top = units::height(page.height, entry.y);
        if !top.is_finite() {
            return Err(PdfError::Length { page: entry.page + 1 });
        }
        Ok(destination(*id, top))
    }
}
