//! Page objects, and the page tree.

use super::object::{count, deflated, number};
use crate::font::FaceId;
use crate::layout::{Page, PagedDocument};
use crate::model::PictureIndex;
use crate::pdf::faces::SubsetFace;
use crate::pdf::pages::WrittenPage;
use crate::pdf::{PdfError, content, units};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::{BTreeMap, BTreeSet};

/// The pages as written.
pub(super) struct PageTree {
    /// Its root.
    pub(super) root: ObjectId,
    /// The pages in order.
    pub(super) pages: Vec<ObjectId>,
}

/// What each page needs; `common`: what all of them have.
pub(super) fn resources(
    file: &mut Document,
    written: &[WrittenPage],
    fonts: &[(&SubsetFace, ObjectId)],
    pictures: &BTreeMap<PictureIndex, ObjectId>,
    common: &Dictionary,
) -> Vec<ObjectId> {
    let mut known: BTreeMap<(&BTreeSet<FaceId>, &BTreeSet<PictureIndex>), ObjectId> = BTreeMap::new();
    let mut ids = Vec::with_capacity(written.len());
    for page in written {
        let id = *known.entry((&page.faces, &page.pictures)).or_insert_with(|| {
            let mut needed = needed(&page.faces, &page.pictures, fonts, pictures);
            needed.extend(common);
            file.add_object(needed)
        });
        ids.push(id);
    }
    ids
}

/// Resources: the states in which ink prints over others, and in which it does not (8.6.7); in mode 1 a part of 0 leaves what is below.
pub(super) fn overprint() -> Dictionary {
    let state =
        |over: bool| dictionary! { "Type" => "ExtGState", "OP" => over, "op" => over, "OPM" => i64::from(over) };
    dictionary! {
        "ExtGState" => dictionary! { content::OVERPRINT => state(true), content::KNOCKOUT => state(false) },
    }
}

/// Writes the pages. The index of a page is its key in the parent tree (14.7.4.4).
pub(super) fn write(
    file: &mut Document,
    paged: &PagedDocument,
    written: Vec<WrittenPage>,
    resources: &[ObjectId],
) -> Result<PageTree, PdfError> {
    let root = file.new_object_id();
    let mut ids = Vec::with_capacity(written.len());
    for (index, ((page, written), &resources)) in paged.pages.iter().zip(written).zip(resources).enumerate() {
        let contents = file.add_object(deflated(Dictionary::new(), written.stream));
        let mut object = dictionary! {
            "Type" => "Page",
            "Parent" => root,
            "Resources" => resources,
            "Contents" => contents,
            "StructParents" => count(index)?,
            // 12.5.1: readers go through annotations in the order of the structure; PDF/UA asks for it on every page.
            "Tabs" => "S",
        };
        boxes(page, index + 1, &mut object)?;
        ids.push(file.add_object(object));
    }
    let kids: Vec<Object> = ids.iter().copied().map(Object::Reference).collect();
    file.set_object(root, dictionary! { "Type" => "Pages", "Count" => count(kids.len())?, "Kids" => kids });
    Ok(PageTree { root, pages: ids })
}

/// The resources that a page needs, and no others.
fn needed(
    faces: &BTreeSet<FaceId>,
    shown: &BTreeSet<PictureIndex>,
    fonts: &[(&SubsetFace, ObjectId)],
    pictures: &BTreeMap<PictureIndex, ObjectId>,
) -> Dictionary {
    let mut needed = Dictionary::new();
    let mut named = Dictionary::new();
    for (face, id) in fonts.iter().filter(|(face, _)| faces.contains(&face.id)) {
        named.set(face.resource.as_str(), *id);
    }
    if !named.is_empty() {
        needed.set("Font", named);
    }
    let mut named = Dictionary::new();
    for (&index, &id) in pictures.iter().filter(|(index, _)| shown.contains(index)) {
        named.set(content::picture_name(index), id);
    }
    if !named.is_empty() {
        needed.set("XObject", named);
    }
    needed
}

/// The boxes (14.11.2): two opposite corners each (7.9.5). Nothing is printed beyond the trimmed page, so that all are one.
fn boxes(page: &Page, number_of_page: usize, object: &mut Dictionary) -> Result<(), PdfError> {
    let (width, height) = (units::length(page.width), units::length(page.height));
    if !(width.is_finite() && height.is_finite() && width > 0.0 && height > 0.0) {
        return Err(PdfError::Length { page: number_of_page });
    }
    for key in ["MediaBox", "CropBox", "BleedBox", "TrimBox"] {
        object.set(key, vec![Object::Integer(0), Object::Integer(0), number(width), number(height)]);
    }
    Ok(())
}
