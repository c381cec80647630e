//! Sheets: pages with their boxes and marks, one by one or put together.

use super::marks::{self, Trim};
use super::order::{SheetSide, sides_of_copies};
use super::spaces::separation;
use crate::layout::{Page, PagedDocument};
use crate::model::Color;
use crate::pdf::finish::object::{count, deflate, deflated, number};
use crate::pdf::finish::page::PageTree;
use crate::pdf::pages::WrittenPage;
use crate::pdf::{PdfError, Press, PressMarks, units};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// Pages of a document, ready for sheets.
pub(in crate::pdf::finish) struct Bound<'a> {
    /// The pages as they were laid out.
    pub(in crate::pdf::finish) paged: &'a PagedDocument,
    /// What they need, page by page.
    pub(in crate::pdf::finish) resources: Vec<ObjectId>,
    /// True where the last page closes the document.
    pub(in crate::pdf::finish) closing: bool,
}

/// A sheet before it is written.
struct PressSheet {
    /// The trimmed size.
    width: f32,
    height: f32,
    /// Its content, in points from the bottom left of the trimmed sheet.
    contents: Vec<ObjectId>,
    resources: Object,
    /// Where it is folded.
    folds: Vec<f32>,
}

/// Writes the sheets; the names that readers call them by, where they are not those of the pages.
pub(in crate::pdf::finish) fn write(
    file: &mut Document,
    bound: &Bound<'_>,
    written: Vec<WrittenPage>,
    press: &Press,
) -> Result<(PageTree, Option<Vec<String>>), PdfError> {
    let root = file.new_object_id();
    let streams: Vec<Vec<u8>> = written.into_iter().map(|page| page.stream).collect();
    let mut ids = Vec::new();
    let mut names = None;
    if let Some(imposition) = press.imposition {
        let forms = forms(file, bound, streams)?;
        let (width, height) = bound.paged.pages.first().map_or(Ok((0.0, 0.0)), |page| size(page, 1))?;
        let sides = sides_of_copies(imposition, press.copies, forms.len(), bound.closing);
        for side in &sides {
            let sheet = imposed(file, *side, &forms, (width, height), units::length(press.paper))?;
            ids.push(place(file, root, sheet, press)?);
        }
        let label = |page: Option<usize>| page.and_then(|page| bound.paged.pages.get(page)).map(Page::label);
        let label = |side: &SheetSide| side.pages.map(|page| label(page).unwrap_or_default()).join("|");
        names = Some(sides.iter().map(label).collect());
    } else {
        for (((page, stream), &resources), at) in bound.paged.pages.iter().zip(streams).zip(&bound.resources).zip(1..) {
            let (width, height) = size(page, at)?;
            let contents = vec![file.add_object(deflated(Dictionary::new(), stream))];
            let sheet = PressSheet { width, height, contents, resources: resources.into(), folds: Vec::new() };
            ids.push(place(file, root, sheet, press)?);
        }
    }
    let kids: Vec<Object> = ids.iter().copied().map(Object::Reference).collect();
    file.set_object(root, dictionary! { "Type" => "Pages", "Count" => count(kids.len())?, "Kids" => kids });
    Ok((PageTree { root, pages: ids }, names))
}

fn size(page: &Page, number: usize) -> Result<(f32, f32), PdfError> {
    let (width, height) = (units::length(page.width), units::length(page.height));
    let sound = width.is_finite() && height.is_finite() && width > 0.0 && height > 0.0;
    if sound { Ok((width, height)) } else { Err(PdfError::Length { page: number }) }
}

/// The pages as forms (8.10), all of one size.
fn forms(file: &mut Document, bound: &Bound<'_>, streams: Vec<Vec<u8>>) -> Result<Vec<ObjectId>, PdfError> {
    let mut forms = Vec::with_capacity(streams.len());
    let mut first = None;
    for (((page, stream), &resources), at) in bound.paged.pages.iter().zip(streams).zip(&bound.resources).zip(1..) {
        let (width, height) = size(page, at)?;
        if *first.get_or_insert((width, height)) != (width, height) {
            return Err(PdfError::Imposition { page: at });
        }
        let form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => vec![Object::Integer(0), Object::Integer(0), number(width), number(height)],
            "Resources" => resources,
        };
        forms.push(file.add_object(deflated(form, stream)));
    }
    Ok(forms)
}

/// One side of a sheet. The pages of a sheet that lies within others are moved to the fold by the thickness of these: what is cut
/// from their outer edge is the same for all.
fn imposed(
    file: &mut Document,
    side: SheetSide,
    forms: &[ObjectId],
    (width, height): (f32, f32),
    paper: f32,
) -> Result<PressSheet, PdfError> {
    let creep = paper * side.depth as f32;
    let mut content = String::new();
    let mut named = Dictionary::new();
    for (page, x) in side.pages.into_iter().zip([creep, width - creep].map(|x| units::number(f64::from(x)))) {
        let Some((page, &form)) = page.and_then(|page| Some((page, forms.get(page)?))) else { continue };
        content.push_str(["q 1 0 0 1 ", &x.to_string(), " 0 cm /P", &page.to_string(), " Do Q\n"].concat().as_str());
        named.set(format!("P{page}"), form);
    }
    let contents = vec![file.add_object(deflated(Dictionary::new(), deflate(content.as_bytes())?))];
    let resources = Object::Dictionary(dictionary! { "XObject" => named });
    Ok(PressSheet { width: 2.0 * width, height, contents, resources, folds: vec![width] })
}

/// The page object of a sheet: its boxes (14.11.2) and, beyond its trimmed edge, its marks.
fn place(file: &mut Document, root: ObjectId, sheet: PressSheet, press: &Press) -> Result<ObjectId, PdfError> {
    let PressSheet { width, height, mut contents, resources, folds } = sheet;
    let bleed = units::length(press.bleed).max(0.0);
    let room = match press.marks {
        PressMarks::None => bleed,
        PressMarks::All => marks::room(bleed),
    };
    let room = units::number(f64::from(room));
    let trim = Trim { left: room, bottom: room, right: room + width, top: room + height, bleed };
    let before = format!("q 1 0 0 1 {room:.3} {room:.3} cm\n");
    let after = match press.marks {
        PressMarks::None => "Q\n".to_owned(),
        PressMarks::All => {
            let folds: Vec<f32> = folds.iter().map(|fold| fold + room).collect();
            format!("Q\n{}", marks::draw(trim, &folds))
        }
    };
    contents.insert(0, file.add_object(deflated(Dictionary::new(), deflate(before.as_bytes())?)));
    contents.push(file.add_object(deflated(Dictionary::new(), deflate(after.as_bytes())?)));
    let resources = match press.marks {
        PressMarks::None => resources,
        PressMarks::All => with_all(file, &resources),
    };
    let rectangle = |out: f32| {
        let edges = [trim.left - out, trim.bottom - out, trim.right + out, trim.top + out];
        edges.map(|edge| number(units::number(f64::from(edge)))).to_vec()
    };
    let contents: Vec<Object> = contents.into_iter().map(Object::Reference).collect();
    Ok(file.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => root,
        "Resources" => resources,
        "Contents" => contents,
        "MediaBox" => rectangle(room),
        "BleedBox" => rectangle(bleed),
        "TrimBox" => rectangle(0.0),
    }))
}

/// Resources with the colour of registration marks, which is of every ink (8.6.6.4).
fn with_all(file: &mut Document, resources: &Object) -> Object {
    let known = file.dereference(resources).ok().and_then(|(_, object)| object.as_dict().ok()).cloned();
    let mut resources = known.unwrap_or_default();
    let spaces = resources.get(b"ColorSpace").and_then(Object::as_dict);
    let mut spaces = spaces.cloned().unwrap_or_default();
    spaces.set("All", separation("All", Color { cyan: 1.0, magenta: 1.0, yellow: 1.0, black: 1.0 }));
    resources.set("ColorSpace", spaces);
    Object::Reference(file.add_object(resources))
}
