//! The package: parts, their content types and relationships, deflated into a zip with one fixed date.

use super::WordError;
use super::fonts::EmbeddedFace;
use super::options::Packing;
use super::seal::{self, PROPERTIES, Seal};
use super::xml::{Markup, Xml};
use crate::model::LinkIndex;
use crate::reuse::{ContentHash, PackedStreams};
use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime, ZipArchive};

/// The namespace of relationship parts.
pub(super) const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// Types of relationships between parts of an office document begin so.
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// A picture in the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MediaType {
    /// image/png.
    Png,
    /// image/jpeg.
    Jpeg,
    /// image/svg+xml.
    Svg,
}

impl MediaType {
    /// The end of its name.
    pub(super) const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Svg => "svg",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// The parts under `word/` that the main document refers to, in the order of their relationship ids.
const WORD_PARTS: [(&str, &str); 4] = [
    ("styles", "styles+xml"),
    ("settings", "settings+xml"),
    ("fontTable", "fontTable+xml"),
    ("numbering", "numbering+xml"),
];

/// What the package holds besides the parts that are always there.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    /// How many footers.
    pub(super) footers: usize,
    /// How many headers.
    pub(super) headers: usize,
    /// True with footnotes.
    pub(super) footnotes: bool,
    /// The pictures.
    pub(super) media: Vec<MediaType>,
    /// How many charts, each with its workbook.
    pub(super) charts: usize,
    /// How many embedded fonts.
    pub(super) faces: usize,
    /// Addresses that words of the text lead to, by their relationship ids.
    pub(super) links: Vec<(String, String)>,
    /// The same of the footnotes.
    pub(super) note_links: Vec<(String, String)>,
    /// True with what was handed out, in a custom part, which is read from the other parts.
    pub(super) handout: bool,
}

impl Inventory {
    /// The relationship id of footer `index` (from 0).
    pub(super) fn footer_id(index: usize) -> String {
        format!("rIdFooter{}", index + 1)
    }

    /// The relationship id of header `index` (from 0).
    pub(super) fn header_id(index: usize) -> String {
        format!("rIdHeader{}", index + 1)
    }

    /// The relationship id of picture `index` (from 0).
    pub(super) fn media_id(index: usize) -> String {
        format!("rIdImage{}", index + 1)
    }

    /// The relationship id of chart `index` (from 0).
    pub(super) fn chart_id(index: usize) -> String {
        format!("rIdChart{}", index + 1)
    }

    /// The relationship id of an address.
    pub(super) fn link_id(link: LinkIndex) -> String {
        format!("rIdLink{}", link.get() + 1)
    }

    /// `word/_rels/footnotes.xml.rels`.
    fn note_relationships(&self) -> Markup {
        let mut xml = Xml::default();
        xml.open("Relationships", &[("xmlns", RELATIONSHIPS)]);
        relate_links(&mut xml, &self.note_links);
        xml.finish()
    }

    /// The relationship id of embedded font `index` (from 0), in the font table.
    pub(super) fn font_id(index: usize) -> String {
        format!("rId{}", index + 1)
    }

    /// `word/_rels/fontTable.xml.rels`.
    fn font_relationships(&self) -> Markup {
        let mut xml = Xml::default();
        xml.open("Relationships", &[("xmlns", RELATIONSHIPS)]);
        for index in 0..self.faces {
            let (id, kind) = (Self::font_id(index), format!("{OFFICE}font"));
            xml.empty("Relationship", &[("Id", &id), ("Type", &kind), ("Target", &font_name(index))]);
        }
        xml.finish()
    }

    /// `[Content_Types].xml`.
    fn content_types(&self) -> Markup {
        let mut xml = Xml::default();
        xml.open("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
        let default = |xml: &mut Xml, extension: &str, kind: &str| {
            xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
        };
        default(&mut xml, "rels", "application/vnd.openxmlformats-package.relationships+xml");
        default(&mut xml, "xml", "application/xml");
        for kind in [MediaType::Png, MediaType::Jpeg, MediaType::Svg] {
            if self.media.contains(&kind) {
                default(&mut xml, kind.extension(), kind.content_type());
            }
        }
        if self.faces > 0 {
            default(&mut xml, "odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont");
        }
        if self.charts > 0 {
            default(&mut xml, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        }
        let mut part = |name: &str, kind: &str| {
            xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        };
        part("/word/document.xml", &format!("{WORD}document.main+xml"));
        for (name, kind) in WORD_PARTS {
            part(&format!("/word/{name}.xml"), &format!("{WORD}{kind}"));
        }
        for index in 1..=self.footers {
            part(&format!("/word/footer{index}.xml"), &format!("{WORD}footer+xml"));
        }
        for index in 1..=self.headers {
            part(&format!("/word/header{index}.xml"), &format!("{WORD}header+xml"));
        }
        if self.footnotes {
            part("/word/footnotes.xml", &format!("{WORD}footnotes+xml"));
        }
        for index in 0..self.charts {
            part(
                &format!("/word/{}", chart_name(index)),
                "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            );
        }
        if self.handout {
            part("/customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml");
        }
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
        part("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml");
        xml.finish()
    }

    /// `word/_rels/document.xml.rels`.
    fn document_relationships(&self) -> Markup {
        let mut xml = Xml::default();
        xml.open("Relationships", &[("xmlns", RELATIONSHIPS)]);
        let mut relate = |id: &str, kind: &str, target: &str| {
            xml.empty("Relationship", &[("Id", id), ("Type", &format!("{OFFICE}{kind}")), ("Target", target)]);
        };
        for (index, (name, _)) in WORD_PARTS.iter().enumerate() {
            relate(&format!("rId{}", index + 1), name, &format!("{name}.xml"));
        }
        for index in 0..self.footers {
            relate(&Self::footer_id(index), "footer", &format!("footer{}.xml", index + 1));
        }
        for index in 0..self.headers {
            relate(&Self::header_id(index), "header", &format!("header{}.xml", index + 1));
        }
        if self.footnotes {
            relate("rIdFootnotes", "footnotes", "footnotes.xml");
        }
        for (index, kind) in self.media.iter().enumerate() {
            relate(&Self::media_id(index), "image", &media_name(index, *kind));
        }
        for index in 0..self.charts {
            relate(&Self::chart_id(index), "chart", &chart_name(index));
        }
        if self.handout {
            relate("rIdHandout", "customXml", "../customXml/item1.xml");
        }
        relate_links(&mut xml, &self.links);
        xml.finish()
    }
}

fn relate_links(xml: &mut Xml, links: &[(String, String)]) {
    for (id, address) in links {
        let kind = format!("{OFFICE}hyperlink");
        xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", address), ("TargetMode", "External")]);
    }
}

/// The name of picture `index` (from 0) below `word/`.
pub(super) fn media_name(index: usize, kind: MediaType) -> String {
    format!("media/image{}.{}", index + 1, kind.extension())
}

/// The name of embedded font `index` (from 0) below `word/`.
fn font_name(index: usize) -> String {
    format!("fonts/font{}.odttf", index + 1)
}

/// The name of chart `index` (from 0) below `word/`.
fn chart_name(index: usize) -> String {
    format!("charts/chart{}.xml", index + 1)
}

/// `_rels/.rels`.
fn package_relationships() -> Markup {
    let mut xml = Xml::default();
    xml.open("Relationships", &[("xmlns", RELATIONSHIPS)]);
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let mut relate = |id: &str, kind: &str, target: &str| {
        xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
    };
    relate("rId1", &format!("{OFFICE}officeDocument"), "word/document.xml");
    relate("rId2", core, "docProps/core.xml");
    relate("rId3", &format!("{OFFICE}extended-properties"), "docProps/app.xml");
    relate("rId4", &format!("{OFFICE}custom-properties"), "docProps/custom.xml");
    xml.finish()
}

/// The zip as it is written, part by part.
pub(super) struct Package<'s> {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    seal: Seal,
    /// The part of XML that is being written: its name and its bytes so far.
    open: Option<(String, Vec<u8>)>,
    /// The parts as they were written, where somebody will read them; embedded fonts are empty.
    kept: Option<Vec<(String, Vec<u8>)>>,
    /// Parts that were packed before.
    streams: Option<&'s PackedStreams>,
    packing: Packing,
}

impl<'s> Package<'s> {
    fn new(packing: Packing, streams: Option<&'s PackedStreams>) -> Self {
        let zip = ZipWriter::new(Cursor::new(Vec::new()));
        Self { zip, seal: Seal::default(), open: None, kept: None, streams, packing }
    }

    /// Opens a package with its content types first, as programs that sniff expect, and its relationships.
    pub(super) fn begin(
        inventory: &Inventory,
        packing: Packing,
        streams: Option<&'s PackedStreams>,
    ) -> Result<Self, WordError> {
        let mut package = Self { kept: inventory.handout.then(Vec::new), ..Self::new(packing, streams) };
        package.part("[Content_Types].xml", &inventory.content_types())?;
        package.part("_rels/.rels", &package_relationships())?;
        package.part("word/_rels/document.xml.rels", &inventory.document_relationships())?;
        if !inventory.note_links.is_empty() {
            package.part("word/_rels/footnotes.xml.rels", &inventory.note_relationships())?;
        }
        if inventory.faces > 0 {
            package.part("word/_rels/fontTable.xml.rels", &inventory.font_relationships())?;
        }
        Ok(package)
    }

    /// Begins a part of XML that is written in pieces.
    pub(super) fn start(&mut self, name: &str) -> Result<(), WordError> {
        self.close()?;
        self.open = Some((name.to_owned(), Vec::new()));
        self.piece(&Markup::declaration())
    }

    /// Adds a piece to the part begun last.
    ///
    /// # Errors
    /// [`WordError::Character`], without a place: for what no reader of the document has found.
    pub(super) fn piece(&mut self, piece: &Markup) -> Result<(), WordError> {
        if let Some(character) = piece.forbidden() {
            return Err(WordError::Character { character, span: None });
        }
        if let Some((_, bytes)) = &mut self.open {
            bytes.extend_from_slice(piece.as_str().as_bytes());
        }
        Ok(())
    }

    /// Adds a part.
    pub(super) fn part(&mut self, name: &str, xml: &Markup) -> Result<(), WordError> {
        self.start(name)?;
        self.piece(xml)
    }

    /// Adds a picture or a workbook, which is compressed already.
    pub(super) fn picture(&mut self, name: &str, bytes: &[u8]) -> Result<(), WordError> {
        self.close()?;
        self.seal.part(name, ContentHash::of_bytes(&[bytes]));
        self.zip.start_file(name, options(CompressionMethod::Stored))?;
        self.zip.write_all(bytes)?;
        if let Some(kept) = &mut self.kept {
            kept.push((name.to_owned(), bytes.to_vec()));
        }
        Ok(())
    }

    /// Adds chart `index` (from 0) with its workbook.
    pub(super) fn chart(&mut self, index: usize, xml: &Markup, workbook: &[u8]) -> Result<(), WordError> {
        let number = index + 1;
        self.part(&format!("word/{}", chart_name(index)), xml)?;
        let mut relationships = Xml::default();
        relationships.open("Relationships", &[("xmlns", RELATIONSHIPS)]);
        let target = format!("../embeddings/Microsoft_Excel_Worksheet{number}.xlsx");
        relationships
            .empty("Relationship", &[("Id", "rId1"), ("Type", &format!("{OFFICE}package")), ("Target", &target)]);
        self.part(&format!("word/charts/_rels/chart{number}.xml.rels"), &relationships.finish())?;
        self.picture(&format!("word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"), workbook)
    }

    /// Adds embedded font `index` (from 0).
    pub(super) fn font(&mut self, index: usize, face: &EmbeddedFace<'_>) -> Result<(), WordError> {
        self.close()?;
        let name = format!("word/{}", font_name(index));
        let head = face.obfuscated_head();
        let rest = face.data.get(head.len()..).unwrap_or_default();
        self.seal.part(&name, ContentHash::of_bytes(&[&head, rest]));
        self.zip.start_file(name.as_str(), options(CompressionMethod::Deflated))?;
        self.zip.write_all(&head)?;
        self.zip.write_all(rest)?;
        if let Some(kept) = &mut self.kept {
            kept.push((name, Vec::new()));
        }
        Ok(())
    }

    /// The parts so far, which are kept no longer.
    pub(super) fn take_kept(&mut self) -> Result<Vec<(String, Vec<u8>)>, WordError> {
        self.close()?;
        Ok(self.kept.take().unwrap_or_default())
    }

    /// The hash of all parts so far, by which a file that was changed since is known.
    pub(super) fn seal(&mut self) -> Result<String, WordError> {
        self.close()?;
        Ok(self.seal.finish())
    }

    /// Ends the part that is being written, and packs it.
    fn close(&mut self) -> Result<(), WordError> {
        let Some((name, bytes)) = self.open.take() else { return Ok(()) };
        if self.packing == Packing::Loose {
            self.kept.get_or_insert_default().push((name, bytes));
            return Ok(());
        }
        let content = ContentHash::of_bytes(&[&bytes]);
        self.seal.part(&name, content);
        // A package of this part alone: its entry is taken over as it is.
        let alone = match self.streams.filter(|_| self.packing == Packing::Deflated) {
            Some(streams) => {
                let key = ContentHash::of_bytes(&[b"zip\n", name.as_bytes(), b"\n", content.bytes()]);
                streams.make(key, || packed(&name, &bytes, self.packing))?
            }
            None => Arc::new(packed(&name, &bytes, self.packing)?),
        };
        self.zip.merge_archive(ZipArchive::new(Cursor::new(alone.as_slice()))?)?;
        if let Some(kept) = &mut self.kept {
            kept.push((name, bytes));
        }
        Ok(())
    }

    /// Closes the package.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, WordError> {
        self.close()?;
        Ok(self.zip.finish()?.into_inner())
    }
}

/// A zip that holds one part.
fn packed(name: &str, bytes: &[u8], packing: Packing) -> Result<Vec<u8>, WordError> {
    let method = match packing {
        Packing::Deflated => CompressionMethod::Deflated,
        Packing::Loose => CompressionMethod::Stored,
    };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, options(method))?;
    zip.write_all(bytes)?;
    Ok(zip.finish()?.into_inner())
}

/// How an entry is stored. The date is that of the zip format's beginning in every entry: the report's time is in its properties.
pub(super) fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
}

/// The parts of a package that this program wrote, to be changed and packed again.
pub(super) struct Parts {
    all: Vec<(String, Vec<u8>)>,
}

impl Parts {
    /// Takes a package apart.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, WordError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        let mut all = Vec::with_capacity(zip.len());
        for index in 0..zip.len() {
            let mut part = zip.by_index(index)?;
            let name = part.name().map_err(|e| WordError::Part(e.to_string()))?.into_owned();
            let mut content = Vec::new();
            part.read_to_end(&mut content).map_err(|e| WordError::Part(e.to_string()))?;
            all.push((name, content));
        }
        Ok(Self { all })
    }

    /// A part of XML.
    pub(super) fn text(&self, name: &str) -> Result<String, WordError> {
        let part = self.all.iter().find(|(n, _)| n == name);
        let bytes = part.map(|(_, b)| b.clone()).ok_or_else(|| WordError::Part(name.to_owned()))?;
        String::from_utf8(bytes).map_err(|e| WordError::Part(e.to_string()))
    }

    /// Puts a part in its place, or a new one at the end.
    pub(super) fn put(&mut self, name: &str, bytes: Vec<u8>) {
        match self.all.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = bytes,
            None => self.all.push((name.to_owned(), bytes)),
        }
    }

    /// Packs the parts, the properties last, with the hash of what the others are now.
    pub(super) fn pack(mut self) -> Result<Vec<u8>, WordError> {
        let mut package = Package::new(Packing::Deflated, None);
        let place = self.all.iter().position(|(name, _)| name == PROPERTIES);
        let properties = place.map(|at| self.all.remove(at));
        for (name, bytes) in self.all {
            // As this program writes them: pictures and workbooks are compressed already.
            if name.starts_with("word/media/") || name.starts_with("word/embeddings/") {
                package.picture(&name, &bytes)?;
            } else {
                package.close()?;
                package.open = Some((name, bytes));
            }
        }
        if let Some((name, bytes)) = properties {
            let text = String::from_utf8(bytes).map_err(|e| WordError::Part(e.to_string()))?;
            let sealed = seal::resealed(&text, &package.seal()?);
            package.open = Some((name, sealed.into_bytes()));
        }
        package.finish()
    }
}
