//! The document's catalog (7.7.2), and the file.

use super::fingerprint::Fingerprint;
use super::metadata::{self, Time};
use super::object::text;
use super::press::{self, Bound, PressInks};
use super::structure::Tagged;
use super::{claims, fonts, intent, labels, links, outline, page, picture, private, structure, xref};
use crate::font::Fonts;
use crate::layout::PagedDocument;
use crate::model::Document as Report;
use crate::pdf::faces::SubsetFaces;
use crate::pdf::link::PageLink;
use crate::pdf::pages::WrittenPage;
use crate::pdf::tag::ContentMark;
use crate::pdf::{PdfError, PdfExtras, PdfOptions, PdfProfile, RedInk, content};
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat, dictionary};

/// What a file is made from, its pages aside.
#[derive(Clone, Copy)]
pub(in crate::pdf) struct PdfInput<'a> {
    pub(in crate::pdf) report: &'a Report,
    pub(in crate::pdf) paged: &'a PagedDocument,
    pub(in crate::pdf) fonts: &'a Fonts,
    pub(in crate::pdf) faces: &'a SubsetFaces,
    pub(in crate::pdf) options: &'a PdfOptions,
    pub(in crate::pdf) extras: PdfExtras<'a>,
}

/// Puts the file together.
pub(in crate::pdf) fn finish(input: PdfInput<'_>, pages: Vec<WrittenPage>) -> Result<Vec<u8>, PdfError> {
    let PdfInput { report, options, .. } = input;
    let time = Time::new(report.meta.timestamp)?;
    // ISO 32000-1, and the version that ISO 15930-7 builds on.
    let version = match options.profile {
        PdfProfile::Archive => "1.7",
        PdfProfile::Print => "1.6",
    };
    let mut file = Document::with_version(version);
    let (mut catalog, claims) = match options.profile {
        PdfProfile::Archive => (archive(&mut file, input, pages)?, claims::archive()),
        PdfProfile::Print => (print(&mut file, input, pages)?, claims::print()),
    };
    catalog.set("Lang", text(&report.meta.language));
    if let Some(facts) = input.extras.facts {
        catalog.set("PieceInfo", private::facts(&mut file, facts, time)?);
    }
    let info = file.add_object(metadata::info(&report.meta, time, options.profile));

    // Everything but the catalog and the metadata, which hold the number itself or point to what was counted in.
    let mut fingerprint = Fingerprint::new();
    file.objects.values().for_each(|object| fingerprint.object(object));
    fingerprint.object(&Object::Dictionary(catalog.clone()));
    let id = fingerprint.finish();

    catalog.set("Metadata", file.add_object(metadata::xmp(&report.meta, time, id, &claims)));
    let catalog = file.add_object(catalog);
    file.trailer.set("Root", catalog);
    file.trailer.set("Info", info);
    // 14.4: a new file's two halves are the same.
    let half = Object::String(id.to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![half.clone(), half]);

    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(1000)
        .compression_level(6)
        .build();
    let mut bytes = Vec::new();
    file.save_with_options(&mut bytes, options)?;
    xref::deflated(bytes)
}

/// The catalog of a file for archives and readers: tagged, with links and bookmarks.
fn archive(file: &mut Document, input: PdfInput<'_>, mut pages: Vec<WrittenPage>) -> Result<Dictionary, PdfError> {
    let PdfInput { report, paged, fonts, faces, .. } = input;
    let marks: Vec<Vec<ContentMark>> = pages.iter_mut().map(|page| std::mem::take(&mut page.marks)).collect();
    let links: Vec<Vec<PageLink>> = pages.iter_mut().map(|page| std::mem::take(&mut page.links)).collect();
    let fonts = fonts::write(file, fonts, faces, input.extras.streams)?;
    let pictures = picture::write(file, report, &pages, None)?;
    let resources = page::resources(file, &pages, &fonts, &pictures, &Dictionary::new());
    let tree = page::write(file, paged, pages, &resources)?;
    let links = links::write(file, paged, &tree.pages, &links)?;
    let tagged: Vec<_> =
        tree.pages.iter().zip(marks).zip(links).map(|((&id, marks), links)| Tagged { id, marks, links }).collect();
    let structure = structure::write(file, report, paged, &tagged)?;
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree.root,
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => structure,
        "OutputIntents" => intent::archive(file, input.extras.streams)?,
        "PageLabels" => labels::tree(&paged.pages)?,
        "ViewerPreferences" => preferences("DuplexFlipLongEdge"),
    };
    bookmarks(file, paged, &tree.pages, &mut catalog)?;
    Ok(catalog)
}

/// The catalog of a file for a press: its sheets, and the profile of their inks.
fn print(file: &mut Document, input: PdfInput<'_>, pages: Vec<WrittenPage>) -> Result<Dictionary, PdfError> {
    let PdfInput { report, paged, fonts, faces, options, .. } = input;
    let inks = PressInks::new(options.press.icc.as_deref())?;
    let fonts = fonts::write(file, fonts, faces, input.extras.streams)?;
    let pictures = picture::write(file, report, &pages, Some(&inks))?;
    let mut common = page::overprint();
    if let RedInk::Spot(name) = &options.press.red {
        let red = press::red(&pages)?;
        let space = file.add_object(press::separation(name, red));
        common.set("ColorSpace", dictionary! { content::SPOT => space });
    }
    let resources = page::resources(file, &pages, &fonts, &pictures, &common);
    // Of some pages, the last may be another one.
    let on_last =
        |imprint| paged.pages.last().is_some_and(|page| page.lines().any(|line| line.kind.block() == Some(imprint)));
    let closing = report.imprint().is_some_and(|imprint| on_last(imprint.index));
    let (tree, names) = press::write(file, &Bound { paged, resources, closing }, pages, &options.press)?;
    let labels = match &names {
        Some(names) => labels::named(names)?,
        None => labels::tree(&paged.pages)?,
    };
    // Sheets of two pages lie on their side: what turns them over is their short edge.
    let duplex = if names.is_some() { "DuplexFlipShortEdge" } else { "DuplexFlipLongEdge" };
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree.root,
        "OutputIntents" => intent::print(file, &inks)?,
        "PageLabels" => labels,
        "ViewerPreferences" => preferences(duplex),
    };
    if names.is_none() {
        bookmarks(file, paged, &tree.pages, &mut catalog)?;
    }
    Ok(catalog)
}

/// Table 150. Reports are printed on both sides of the sheet, at their own size: a reader's scaling "to fit" would shrink the type
/// area that the standard prescribes.
fn preferences(duplex: &str) -> Dictionary {
    dictionary! { "DisplayDocTitle" => true, "PrintScaling" => "None", "Duplex" => duplex }
}

fn bookmarks(
    file: &mut Document,
    paged: &PagedDocument,
    pages: &[ObjectId],
    catalog: &mut Dictionary,
) -> Result<(), PdfError> {
    if let Some(outline) = outline::write(file, paged, pages)? {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    Ok(())
}
