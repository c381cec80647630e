//! The whole Word file: every part, in the order of the package.

use super::body::Body;
use super::media::pictures;
use super::{characters, header, parts as own_parts, section};
use crate::docx::fonts::Faces;
use crate::docx::handout;
use crate::docx::options::{Input, Packing, WordExtras, WordOptions};
use crate::docx::package::{Inventory, Package, media_name};
use crate::docx::read::{View, WordDocument};
use crate::docx::seal::PROPERTIES;
use crate::docx::{WordError, chart, styles};
use crate::model::{BlockIndex, BlockKind, Chart, Document, LinkIndex, Manuscript, Text};
use crate::printed::Printed;
use crate::template::{StyleName, Template};
use std::collections::BTreeSet;

/// How much of the body is held before it goes into the package.
const PIECE: usize = 1 << 16;

/// Writes a document as a Word file. The same arguments give the same bytes.
///
/// # Errors
/// [`WordError::Character`] for a character that XML cannot hold, [`WordError::Picture`] for a picture of shapes that
/// cannot be drawn; the others are faults of the program.
pub fn write(
    document: &Document,
    template: &Template,
    printed: &Printed,
    options: &WordOptions<'_>,
) -> Result<Vec<u8>, WordError> {
    package(document, template, printed, (options, WordExtras::default()))
}

/// Writes a document as a Word file with more than it says itself; see [`WordExtras`].
///
/// # Errors
/// As [`write`].
pub fn write_for(
    document: &Document,
    template: &Template,
    printed: &Printed,
    options: &WordOptions<'_>,
    extras: WordExtras<'_>,
) -> Result<Vec<u8>, WordError> {
    package(document, template, printed, (options, extras))
}

/// The text of the Word file of a document, as it is read when the file comes back. `only`: some blocks, where others are of no
/// interest.
///
/// # Errors
/// As [`write`].
pub fn text_of(
    document: &Document,
    template: &Template,
    printed: &Printed,
    only: Option<&BTreeSet<BlockIndex>>,
) -> Result<Manuscript, WordError> {
    let options = WordOptions { packing: Packing::Loose, ..WordOptions::default() };
    let mut package = parts(document, template, printed, (&options, WordExtras { only, ..WordExtras::default() }))?;
    own(&mut package)
}

fn package(
    document: &Document,
    template: &Template,
    printed: &Printed,
    (options, extras): (&WordOptions<'_>, WordExtras<'_>),
) -> Result<Vec<u8>, WordError> {
    let mut package = parts(document, template, printed, (options, extras))?;
    if let Some(remember) = extras.remember {
        let own = own(&mut package)?;
        handout::add(&mut package, &remember(own))?;
    }
    // Last: it holds the hash of all other parts.
    let seal = package.seal()?;
    package.part(PROPERTIES, &own_parts::custom(template, &seal, options.handed_out.as_ref()))?;
    package.finish()
}

/// The parts of what a document says.
fn parts<'s>(
    document: &Document,
    template: &Template,
    printed: &Printed,
    (options, extras): (&WordOptions<'_>, WordExtras<'s>),
) -> Result<Package<'s>, WordError> {
    characters::forbidden(document)?;
    let footers = section::footers(document, template);
    let headers = header::headers(document, template);
    let pictures = pictures(document, template, printed)?;
    let faces = Faces::new(&options.faces);
    let charts: Vec<(BlockIndex, &Chart)> = document
        .indexed()
        .filter_map(|(at, block)| if let BlockKind::Chart(chart) = &block.kind { Some((at, chart)) } else { None })
        .collect();
    let footnotes = !document.notes.is_empty() || options.notes_always;
    let inventory = Inventory {
        footers: footers.len(),
        headers: headers.len(),
        footnotes,
        media: pictures.files.iter().map(|p| p.kind).collect(),
        charts: charts.len(),
        faces: faces.files().len(),
        links: addresses(document, document.blocks.iter().flat_map(|block| block.kind.texts())),
        note_links: addresses(document, document.notes.iter().map(|note| &note.text)),
        handout: extras.remember.is_some(),
    };
    let mut package = Package::begin(&inventory, options.packing, extras.streams)?;

    let input = Input { document, template, printed, options };
    let mut body = Body::new(input, &pictures);
    package.start("word/document.xml")?;
    body.open("w:document");
    body.fixed("<w:body>");
    let is_wanted = |index: &BlockIndex| extras.only.is_none_or(|only| only.contains(index));
    for index in printed.order(document.blocks.len()).filter(is_wanted) {
        let Some(block) = document.block(index) else { continue };
        body.block(index, block)?;
        if body.out.as_str().len() >= PIECE {
            package.piece(&std::mem::take(&mut body.out))?;
        }
    }
    body.finish_blocks()?;
    let last = body.last_section();
    body.out.push(&last);
    body.fixed("</w:body></w:document>");
    package.piece(&std::mem::take(&mut body.out))?;

    package.part("word/numbering.xml", &body.lists.part(template))?;
    if footnotes {
        body.notes()?;
        package.start("word/footnotes.xml")?;
        package.piece(&body.out)?;
    }
    body.used.extend(styles::named(template, &options.styles_always));
    package.part("word/styles.xml", &styles::part(input, &faces, &body.used))?;
    package.part(
        "word/settings.xml",
        &own_parts::settings(template, &document.meta.language, footnotes, &faces, options.handed_out.as_ref()),
    )?;
    package.part("word/fontTable.xml", &own_parts::font_table(template, &faces))?;
    for (index, face) in faces.files().iter().enumerate() {
        package.font(index, face)?;
    }
    for (index, footer) in footers.into_iter().enumerate() {
        package.part(&format!("word/footer{}.xml", index + 1), &section::footer_part(template, footer))?;
    }
    for (index, &part) in headers.iter().enumerate() {
        let header = header::header_part(document, template, part);
        package.part(&format!("word/header{}.xml", index + 1), &header)?;
    }
    for (index, picture) in pictures.files.iter().enumerate() {
        package.picture(&format!("word/{}", media_name(index, picture.kind)), &picture.data)?;
    }
    let office = template.fonts.role(template.style(StyleName::ChartText).font).map_or("", |f| f.office.as_str());
    for (index, (block, drawn)) in charts.into_iter().enumerate() {
        let part = chart::part(drawn, template, printed.chart(block).ok_or_else(|| not_printed(document, block))?);
        package.chart(index, &part, &chart::workbook(drawn, &template.words, office)?)?;
    }
    package.part("docProps/core.xml", &own_parts::core(document, options.handed_out.as_ref()))?;
    package.part("docProps/app.xml", &own_parts::app())?;
    Ok(package)
}

/// The text of the parts so far, as it will be read when the file comes back.
fn own(package: &mut Package<'_>) -> Result<Manuscript, WordError> {
    let read = WordDocument::of_parts(package.take_kept()?).manuscript(&View::Accepted);
    read.map_err(|error| WordError::Part(error.diagnostic("docx").message.en))
}

/// The addresses that some texts lead to, by their relationship ids, each as a URI has it.
fn addresses<'a>(document: &Document, texts: impl Iterator<Item = &'a Text>) -> Vec<(String, String)> {
    let links: BTreeSet<LinkIndex> = texts.flat_map(|text| &text.runs).filter_map(|run| run.link).collect();
    let address = |link: LinkIndex| Some((Inventory::link_id(link), document.link(link)?.uri()));
    links.into_iter().filter_map(address).collect()
}

fn not_printed(document: &Document, block: BlockIndex) -> WordError {
    WordError::NotPrinted { block: document.block(block).map_or_else(String::new, |block| block.id.0.clone()) }
}
