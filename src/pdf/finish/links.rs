//! Link annotations (12.5.6.5), as PDF/UA wants them: printed, described, and each part of the structure.

use super::object::{count, destination, number, text};
use crate::layout::PagedDocument;
use crate::pdf::link::{Lead, LinkPlace, PageLink};
use crate::pdf::{PdfError, units};
use lopdf::{Document, Object, ObjectId, dictionary};

/// Bit 3: printed with the page (table 165), which archives ask of every annotation; without a border there is nothing to see.
const PRINT: i64 = 4;

/// Writes the links of all pages and hangs them on these. Returns them page by page, each with its key in the parent tree, where
/// the keys of the pages come first.
pub(super) fn write(
    file: &mut Document,
    paged: &PagedDocument,
    pages: &[ObjectId],
    links: &[Vec<PageLink>],
) -> Result<Vec<Vec<(ObjectId, usize)>>, PdfError> {
    let mut key = pages.len();
    let mut written = Vec::with_capacity(links.len());
    for ((&page, links), position) in pages.iter().zip(links).zip(1..) {
        let mut here = Vec::with_capacity(links.len());
        for link in links {
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => link.edges.map(number).to_vec(),
                "Border" => vec![Object::Integer(0), Object::Integer(0), Object::Integer(0)],
                "F" => PRINT,
                "P" => page,
                "Contents" => text(&link.text),
                "StructParent" => count(key)?,
            };
            match &link.lead {
                Lead::Place(place) => annotation.set("Dest", place_of(paged, pages, link, *place)?),
                // An action that opens an address (12.6.4.7), in characters of ASCII.
                Lead::Address(address) => {
                    annotation.set(
                        "A",
                        dictionary! {
                            "Type" => "Action",
                            "S" => "URI",
                            "URI" => Object::string_literal(address.as_str()),
                        },
                    );
                }
            }
            here.push((file.add_object(annotation), key));
            key += 1;
        }
        if !here.is_empty() {
            let annotations: Vec<Object> = here.iter().map(|&(id, _)| Object::Reference(id)).collect();
            let object = file.get_object_mut(page).and_then(Object::as_dict_mut);
            object
                .map_err(|cause| PdfError::Page { page: position, cause: cause.to_string() })?
                .set("Annots", annotations);
        }
        written.push(here);
    }
    Ok(written)
}

/// The destination of a link within the document.
fn place_of(
    paged: &PagedDocument,
    pages: &[ObjectId],
    link: &PageLink,
    place: LinkPlace,
) -> Result<Vec<Object>, PdfError> {
    let missing = || PdfError::NoPage { title: link.text.clone(), page: place.page };
    let target = paged.pages.get(place.page).ok_or_else(missing)?;
    let id = *pages.get(place.page).ok_or_else(missing)?;
    let top = units::height(target.height, place.y);
    if !top.is_finite() {
        return Err(PdfError::Length { page: place.page + 1 });
    }
    Ok(destination(id, top))
}
