//! The document's catalog (7.7.2), and the file.

use super::fingerprint::Fingerprint;
use super::metadata::{self, Time};
use super::object::text;
use super::structure::Tagged;
use super::{claims, fonts, intent, labels, links, outline, page, picture, private, structure, xref};
use crate::font::Fonts;
use crate::layout::PagedDocument;
use crate::model::Document as Report;
use crate::pdf::PdfError;
use crate::pdf::faces::SubsetFaces;
use crate::pdf::link::PageLink;
use crate::pdf::pages::WrittenPage;
use crate::pdf::tag::ContentMark;
use lopdf::{Document, Object, SaveOptions, StringFormat, dictionary};

/// The version of the files: ISO 32000-1.
const VERSION: &str = "1.7";

/// Puts the file together.
pub(in crate::pdf) fn finish(
    report: &Report,
    paged: &PagedDocument,
    all: &Fonts,
    faces: &SubsetFaces,
    (mut pages, facts): (Vec<WrittenPage>, Option<&[u8]>),
) -> Result<Vec<u8>, PdfError> {
    let time = Time::new(report.meta.timestamp)?;
    let mut file = Document::with_version(VERSION);
    let marks: Vec<Vec<ContentMark>> = pages.iter_mut().map(|page| std::mem::take(&mut page.marks)).collect();
    let links: Vec<Vec<PageLink>> = pages.iter_mut().map(|page| std::mem::take(&mut page.links)).collect();

    let fonts = fonts::write(&mut file, all, faces)?;
    let pictures = picture::write(&mut file, report, &pages)?;
    let tree = page::write(&mut file, paged, pages, &fonts, &pictures)?;
    let links = links::write(&mut file, paged, &tree.pages, &links)?;
    let tagged: Vec<_> =
        tree.pages.iter().zip(marks).zip(links).map(|((&id, marks), links)| Tagged { id, marks, links }).collect();
    let structure = structure::write(&mut file, report, paged, &tagged)?;
    let outline = outline::write(&mut file, paged, &tree.pages)?;
    let intents = intent::archive(&mut file)?;
    let info = file.add_object(metadata::info(&report.meta, time));

    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree.root,
        "Lang" => text(&report.meta.language),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => structure,
        "OutputIntents" => intents,
        "PageLabels" => labels::tree(&paged.pages)?,
        // Table 150. Reports are printed on both sides of the sheet, at their own size: a reader's scaling "to fit" would
        // shrink the type area that the standard prescribes.
        "ViewerPreferences" => dictionary! {
            "DisplayDocTitle" => true,
            "PrintScaling" => "None",
            "Duplex" => "DuplexFlipLongEdge",
        },
    };
    if let Some(facts) = facts {
        catalog.set("PieceInfo", private::facts(&mut file, facts, time)?);
    }
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }

    // Everything but the catalog and the metadata, which hold the number itself or point to what was counted in.
    let mut fingerprint = Fingerprint::new();
    file.objects.values().for_each(|object| fingerprint.object(object));
    fingerprint.object(&Object::Dictionary(catalog.clone()));
    let id = fingerprint.finish();

    catalog.set("Metadata", file.add_object(metadata::xmp(&report.meta, time, id, &claims::archive())));
    let catalog = file.add_object(catalog);
    file.trailer.set("Root", catalog);
    file.trailer.set("Info", info);
    // 14.4: a new file's two halves are the same.
    let half = Object::String(id.to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![half.clone(), half]);

    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(200)
        .compression_level(6)
        .build();
    let mut bytes = Vec::new();
    file.save_with_options(&mut bytes, options)?;
    xref::deflated(bytes)
}
