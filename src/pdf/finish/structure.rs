//! The structure tree (14.7): what each marked-content sequence is.

use super::object::{count, name};
use crate::model::{BlockKind, Document as Report};
use crate::pdf::Error;
use lopdf::{Document, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// The structure type of a block: the standard ones for block-level elements (14.8.4.3), headings by their level.
///
/// The report's title is none of the headings, which would else have to begin with it; it has a type of its own, mapped to the
/// standard type P for readers that do not know it (14.8.4.1).
pub(in crate::pdf) fn role(kind: &BlockKind) -> &'static str {
    match kind {
        BlockKind::Title(_) => TITLE,
        BlockKind::Heading { level: 0 | 1, .. } | BlockKind::AttachmentTitle(_) => "H1",
        BlockKind::Heading { level: 2, .. } => "H2",
        BlockKind::Heading { level: 3, .. } => "H3",
        BlockKind::Heading { .. } => "H4",
        _ => "P",
    }
}

const TITLE: &str = "Title";

/// Writes the tree: one element a block, on however many pages it stands, in the order of the document. `pages`: the id of each
/// page with the blocks of its marked-content sequences.
pub(super) fn write(file: &mut Document, report: &Report, pages: &[(ObjectId, Vec<u32>)]) -> Result<ObjectId, Error> {
    let root = file.new_object_id();
    let document = file.new_object_id();

    // The marked-content sequences of each block, as (index of the page, MCID).
    let mut blocks: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
    for (page, (_, tags)) in pages.iter().enumerate() {
        for (mcid, &block) in tags.iter().enumerate() {
            blocks.entry(block).or_default().push((page, mcid));
        }
    }
    let mut elements: BTreeMap<u32, ObjectId> = BTreeMap::new();
    let mut titled = false;
    for (&block, places) in &blocks {
        let kind = report.blocks.get(block as usize).map(|block| role(&block.kind));
        let first = places.first().map_or(0, |&(page, _)| page);
        let kind = kind.ok_or(Error::NoBlock { page: first + 1, block })?;
        titled |= kind == TITLE;
        elements.insert(block, file.add_object(element(kind, document, places, pages)?));
    }

    let mut numbers = Vec::with_capacity(pages.len() * 2);
    for (page, (_, tags)) in pages.iter().enumerate() {
        let parents: Vec<Object> = tags.iter().filter_map(|block| elements.get(block)).map(|&id| id.into()).collect();
        numbers.push(count(page)?);
        numbers.push(Object::Reference(file.add_object(parents)));
    }
    let tree = file.add_object(dictionary! { "Nums" => numbers });
    let kids: Vec<Object> = elements.values().map(|&id| id.into()).collect();
    file.set_object(document, dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => kids });
    let mut object = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(document)],
        "ParentTree" => tree,
        "ParentTreeNextKey" => count(pages.len())?,
    };
    if titled {
        object.set("RoleMap", dictionary! { TITLE => "P" });
    }
    file.set_object(root, object);
    Ok(root)
}

/// An element (table 323). Sequences on its own page are named by their MCID alone, those on others by references (table 324).
fn element(
    kind: &str,
    parent: ObjectId,
    places: &[(usize, usize)],
    pages: &[(ObjectId, Vec<u32>)],
) -> Result<lopdf::Dictionary, Error> {
    let first = places.first().map(|&(page, _)| page);
    let mut kids = Vec::with_capacity(places.len());
    for &(page, mcid) in places {
        let mcid = count(mcid)?;
        kids.push(match pages.get(page) {
            Some(&(id, _)) if Some(page) != first => dictionary! { "Type" => "MCR", "Pg" => id, "MCID" => mcid }.into(),
            _ => mcid,
        });
    }
    let mut element = dictionary! { "Type" => "StructElem", "S" => name(kind), "P" => parent };
    if let Some(&(id, _)) = first.and_then(|page| pages.get(page)) {
        element.set("Pg", id);
    }
    match <[Object; 1]>::try_from(kids) {
        Ok([only]) => element.set("K", only),
        Err(kids) => element.set("K", kids),
    }
    Ok(element)
}
