//! One page as printpdf's operators.
//!
//! * Ink that is black alone is DeviceGray (8.6.4.2), for fill and stroke, so that a press prints it in black alone; other inks
//!   are DeviceCMYK (8.6.4.4).
//! * A line starts at an absolute place (`Td` right after `BT`, 9.4.2). Within it, glyphs follow one another by their widths and
//!   the kerns of `TJ` (9.4.3). The place of the pen is computed as readers will compute it, from the numbers in the file; what a
//!   rounded kern misses, the next one makes good, so that no error adds up along a line.
//! * The neighbouring lines of a block on a page are one marked-content sequence (14.7.4.2); what is no part of the text
//!   is an artifact (14.8.2.2).
//! * Characters that a reader would not find out from the glyphs alone are given by ActualText (14.9.4).

use super::cluster::{Cluster, Clusters, Mismatch};
use super::faces::{SubsetFace, SubsetFaces};
use super::link::{self, Destinations, Link, LinkTarget};
use super::tag::{Mark, Tag};
use super::{Error, shape, units};
use crate::font::FaceId;
use crate::layout::{Artifact, Glyph, GlyphRun, Item, Line, Page, Path, Picture, Rule};
use crate::model::{BlockIndex, Color, Length};
use printpdf::{
    CurTransMat, DictItem, FontId, LineJoinStyle, Op, PaintMode, PdfFontHandle, Point, Pt, Rect, TextItem, TextMatrix,
    TextRenderingMode, XObjectId, XObjectTransform,
};
use std::collections::{BTreeMap, BTreeSet};

/// The content of a page.
#[derive(Debug)]
pub(super) struct PageContent {
    /// The operators.
    pub(super) ops: Vec<Op>,
    /// What each marked-content sequence is part of, by MCID.
    pub(super) marks: Vec<Mark>,
    /// The links on it.
    pub(super) links: Vec<Link>,
    /// The faces it is set in.
    pub(super) faces: BTreeSet<FaceId>,
    /// The blocks whose pictures are on it.
    pub(super) pictures: BTreeSet<BlockIndex>,
}

/// Writes a page down; `number` from 1. `role`: the structure type of a tag.
pub(super) fn write(
    page: &Page,
    number: usize,
    faces: &SubsetFaces,
    destinations: &Destinations,
    role: impl Fn(Tag) -> Option<&'static str>,
) -> Result<PageContent, Error> {
    let mut writer = PageWriter {
        number,
        height: page.height,
        faces,
        destinations,
        content: PageContent {
            ops: Vec::new(),
            marks: Vec::new(),
            links: Vec::new(),
            faces: BTreeSet::new(),
            pictures: BTreeSet::new(),
        },
        open: None,
        fill: None,
        outline: None,
        thickness: None,
        font: None,
        rise: 0.0,
        stroked: false,
        joined: false,
    };
    for item in &page.items {
        match item {
            Item::Line(line) => writer.line(line, &role)?,
            Item::Rule(rule) => writer.rule(rule)?,
            Item::Path(path) => writer.path(path, &role)?,
            Item::Picture(picture) => writer.picture(picture, &role)?,
        }
    }
    writer.close();
    Ok(writer.content)
}

struct PageWriter<'a> {
    number: usize,
    height: Length,
    faces: &'a SubsetFaces,
    destinations: &'a Destinations,
    content: PageContent,
    /// The marked-content sequence that is open.
    open: Option<Mark>,
    // The graphics state as the operators so far have left it (8.4.1, 9.3.1): it outlives text objects. None: as the page began,
    // black but in a space of the reader's choosing where a default space says so.
    fill: Option<Color>,
    outline: Option<Color>,
    thickness: Option<f32>,
    font: Option<(FaceId, f32)>,
    rise: f32,
    stroked: bool,
    joined: bool,
}

/// What `TJ` will show.
#[derive(Default)]
struct Show {
    items: Vec<TextItem>,
    codes: String,
}

/// A run while it is shown.
struct ShownRun<'a> {
    face: &'a SubsetFace,
    /// The em, in points.
    size: f64,
    /// What the places of glyphs count from, in points.
    origin: f64,
    /// Where the pen is.
    pen: f64,
    show: Show,
}

impl Show {
    /// Adds a character code. printpdf turns the characters of a string into codes by the face's table, which
    /// [`super::pages::parsed_font`] makes the inverse of [`code`].
    fn push(&mut self, cid: u16, kern: f32) {
        if kern != 0.0 {
            self.end_string();
            self.items.push(TextItem::Offset(kern));
        }
        self.codes.push(code(cid));
    }

    fn end_string(&mut self) {
        if !self.codes.is_empty() {
            self.items.push(TextItem::Text(std::mem::take(&mut self.codes)));
        }
    }
}

/// A CID as a character: the surrogates, which are none, are stepped over.
pub(super) fn code(cid: u16) -> char {
    const SURROGATES: u32 = 0xD800;
    let cid = u32::from(cid);
    char::from_u32(if cid < SURROGATES { cid } else { cid + 0x800 }).unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl<'a> PageWriter<'a> {
    fn op(&mut self, op: Op) {
        self.content.ops.push(op);
    }

    fn finite(&self, value: f32) -> Result<f32, Error> {
        if value.is_finite() { Ok(value) } else { Err(Error::Length { page: self.number }) }
    }

    fn fill(&mut self, color: Color) {
        if self.fill != Some(color) {
            self.op(Op::SetFillColor { col: shape::ink(color) });
            self.fill = Some(color);
        }
    }

    fn outline(&mut self, color: Color) {
        if self.outline != Some(color) {
            self.op(Op::SetOutlineColor { col: shape::ink(color) });
            self.outline = Some(color);
        }
    }

    fn thickness(&mut self, width: Length) -> Result<(), Error> {
        let width = self.finite(units::length(width))?;
        if self.thickness != Some(width) {
            self.op(Op::SetOutlineThickness { pt: Pt(width) });
            self.thickness = Some(width);
        }
        Ok(())
    }

    /// Mitred corners of a stroked outline would stick out as thorns.
    fn round(&mut self) {
        if !std::mem::replace(&mut self.joined, true) {
            self.op(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
        }
    }

    /// Opens the marked-content sequence of a tag, unless it is open already.
    fn open(&mut self, mark: Mark, role: &impl Fn(Tag) -> Option<&'static str>) -> Result<(), Error> {
        if self.open == Some(mark) {
            return Ok(());
        }
        self.close();
        let tag = mark.tag;
        let role = role(tag).ok_or_else(|| Error::NoBlock { page: self.number, tag: format!("{tag:?}") })?;
        let mcid = i64::try_from(self.content.marks.len()).map_err(|_| Error::TooLarge)?;
        self.content.marks.push(mark);
        self.begin(role, BTreeMap::from([("MCID".to_owned(), DictItem::Int(mcid))]));
        self.open = Some(mark);
        Ok(())
    }

    fn begin(&mut self, tag: &str, map: BTreeMap<String, DictItem>) {
        self.op(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties: DictItem::Dict { map } });
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.op(Op::EndMarkedContent);
        }
    }

    fn rule(&mut self, rule: &Rule) -> Result<(), Error> {
        self.close();
        self.fill(rule.color);
        self.begin("Artifact", properties("Layout", None));
        let rectangle = Rect {
            x: Pt(self.finite(units::length(rule.x))?),
            y: Pt(self.finite(units::height(self.height, rule.y + rule.height))?),
            width: Pt(self.finite(units::length(rule.width))?),
            height: Pt(self.finite(units::length(rule.height))?),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.op(Op::DrawRectangle { rectangle });
        self.op(Op::EndMarkedContent);
        Ok(())
    }

    fn path(&mut self, path: &Path, role: &impl Fn(Tag) -> Option<&'static str>) -> Result<(), Error> {
        self.open(Mark { tag: Tag::Block(path.block), link: None }, role)?;
        let parts = shape::parts(path, self.height).ok_or(Error::Length { page: self.number })?;
        if let Some(color) = path.fill {
            self.fill(color);
            self.op(shape::filled(&parts));
        }
        if let Some((color, width)) = path.stroke {
            self.outline(color);
            self.thickness(width)?;
            self.round();
            for line in parts {
                self.op(Op::DrawLine { line });
            }
        }
        Ok(())
    }

    /// A picture: the unit square, in which readers draw it, brought to its place (8.9.5.1).
    fn picture(&mut self, picture: &Picture, role: &impl Fn(Tag) -> Option<&'static str>) -> Result<(), Error> {
        self.open(Mark { tag: Tag::Block(picture.block), link: None }, role)?;
        let x = self.finite(units::length(picture.x))?;
        let y = self.finite(units::height(self.height, picture.y + picture.height))?;
        let width = self.finite(units::length(picture.width))?;
        let height = self.finite(units::length(picture.height))?;
        self.content.pictures.insert(picture.block);
        self.op(Op::SaveGraphicsState);
        self.op(Op::SetTransformationMatrix { matrix: CurTransMat::Raw([width, 0.0, 0.0, height, x, y]) });
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        self.op(Op::UseXobject { id: XObjectId(picture_name(picture.block)), transform });
        self.op(Op::RestoreGraphicsState);
        Ok(())
    }

    fn line(&mut self, line: &'a Line, role: &impl Fn(Tag) -> Option<&'static str>) -> Result<(), Error> {
        let mut clusters = Clusters::new(line);
        let mut written = 0;
        for runs in line.runs.chunk_by(|a, b| LinkTarget::of(line, a) == LinkTarget::of(line, b)) {
            let Some(first) = runs.iter().find_map(|run| run.glyphs.first()) else { continue };
            let artifact = match Tag::of(line.kind) {
                Ok(tag) => {
                    let link = self.link(line, runs, written)?;
                    self.open(Mark { tag, link }, role)?;
                    false
                }
                Err(artifact) => {
                    self.close();
                    self.begin("Artifact", properties_of(artifact));
                    true
                }
            };
            self.stretch(line, runs, f64::from(first.x), &mut clusters)?;
            if artifact {
                self.op(Op::EndMarkedContent);
            }
            written += length(runs);
        }
        Ok(())
    }

    /// Notes the link that some runs of a line are, if they are one and what it leads to is printed; returns its index. `from`:
    /// the bytes of the line in front of it.
    fn link(&mut self, line: &Line, runs: &[GlyphRun], from: usize) -> Result<Option<usize>, Error> {
        let destination =
            runs.first().and_then(|run| LinkTarget::of(line, run)).and_then(|target| self.destinations.get(target));
        let Some(destination) = destination else { return Ok(None) };
        let place = |glyph: &Glyph| f64::from(glyph.x);
        let begin = runs.iter().find_map(|run| run.glyphs.first()).map_or(0.0, place);
        let behind = line.runs.iter().flat_map(|run| &run.glyphs).map(place).filter(|&x| x > begin);
        let last = runs.iter().rev().find_map(|run| run.glyphs.last()).map_or(begin, place);
        let end = behind.filter(|&x| x > last).fold(line.width.to_pt(), f64::min);
        let over = runs.iter().map(|run| run.rise + run.size).fold(Length::ZERO, Length::max).to_pt();
        let under = runs.iter().map(|run| run.size / 5.0 - run.rise).fold(Length::ZERO, Length::max).to_pt();
        let (x, y) = (line.x.to_pt(), (self.height - line.baseline).to_pt());
        let edges = if line.turned {
            [x - over, y + begin, x + under, y + end]
        } else {
            [x + begin, y - under, x + end, y + over]
        };
        for edge in edges {
            self.finite(edge as f32)?;
        }
        let text = link::description(line, line.text.get(from..from + length(runs)).unwrap_or_default());
        self.content.links.push(Link { edges: edges.map(units::number), destination, text });
        Ok(Some(self.content.links.len() - 1))
    }

    /// A text object: some runs of a line, the first glyph `ahead` points along it.
    fn stretch(
        &mut self,
        line: &'a Line,
        runs: &'a [GlyphRun],
        ahead: f64,
        clusters: &mut Clusters<'a>,
    ) -> Result<(), Error> {
        self.op(Op::StartTextSection);
        let mut pen = self.start(line, ahead)?;
        for run in runs.iter().filter(|run| !run.glyphs.is_empty()) {
            let face = self.faces.get(run.face).ok_or(Error::NoFace { page: self.number, face: run.face })?;
            let size = f64::from(self.set(run)?);
            let mut shown = ShownRun { face, size, origin: line.x.to_pt(), pen, show: Show::default() };
            clusters.run(run, |cluster| self.cluster(&mut shown, cluster)).map_err(|fault| match fault {
                ClusterFault::Text => Error::Text { page: self.number, line: line.text.clone() },
                ClusterFault::Error(error) => error,
            })?;
            self.flush(&mut shown.show);
            pen = shown.pen;
        }
        self.op(Op::EndTextSection);
        Ok(())
    }

    /// Moves the pen to the first glyph of a line, `ahead` points along it; returns that place along the line, as the
    /// file holds it, in points from where the line's `x` counts from.
    fn start(&mut self, line: &Line, ahead: f64) -> Result<f64, Error> {
        let origin = line.x.to_pt();
        let (across, up) = if line.turned { (0.0, ahead) } else { (ahead, 0.0) };
        let x = self.finite(units::number(origin + across))?;
        let y = self.finite(units::height(self.height, line.baseline - Length::pt(up)))?;
        if line.turned {
            self.op(Op::SetTextMatrix { matrix: TextMatrix::Raw([0.0, 1.0, -1.0, 0.0, x, y]) });
            let foot = f64::from(self.finite(units::height(self.height, line.baseline))?);
            return Ok(origin + f64::from(y) - foot);
        }
        self.op(Op::SetTextCursor { pos: Point { x: Pt(x), y: Pt(y) } });
        Ok(f64::from(x))
    }

    /// Sets face, size, rise, ink and stroke of a run, as far as they change.
    fn set(&mut self, run: &GlyphRun) -> Result<f32, Error> {
        let size = self.finite(units::length(run.size))?;
        if size <= 0.0 {
            return Err(Error::Length { page: self.number });
        }
        if self.font != Some((run.face, size)) {
            let resource = self.faces.get(run.face).map(|face| face.resource.clone()).unwrap_or_default();
            self.op(Op::SetFont { font: PdfFontHandle::External(FontId(resource)), size: Pt(size) });
            self.font = Some((run.face, size));
            self.content.faces.insert(run.face);
        }
        let rise = self.finite(units::length(run.rise))?;
        if self.rise.to_bits() != rise.to_bits() {
            self.op(Op::SetLineOffset { multiplier: rise });
            self.rise = rise;
        }
        self.fill(run.color);
        if let Some(width) = run.stroke {
            self.outline(run.color);
            self.thickness(width)?;
            self.round();
        }
        if self.stroked != run.stroke.is_some() {
            self.stroked = run.stroke.is_some();
            let mode = if self.stroked { TextRenderingMode::FillStroke } else { TextRenderingMode::Fill };
            self.op(Op::SetTextRenderingMode { mode });
        }
        Ok(size)
    }

    fn cluster(&mut self, run: &mut ShownRun<'_>, cluster: Cluster<'_>) -> Result<(), ClusterFault> {
        let plain = match cluster.glyphs {
            [glyph] => run.face.glyph(glyph.id).is_some_and(|(_, g)| g.text.as_deref() == Some(cluster.text)),
            _ => false,
        };
        if !plain {
            self.flush(&mut run.show);
            let text = utf16(cluster.text);
            self.begin(
                "Span",
                BTreeMap::from([("ActualText".to_owned(), DictItem::String { data: text, literal: false })]),
            );
        }
        for glyph in cluster.glyphs {
            let known = run.face.glyph(glyph.id).ok_or(Error::NoGlyph { face: run.face.id, glyph: glyph.id })?;
            let kern = self.finite(units::kern(run.origin + f64::from(glyph.x) - run.pen, run.size))?;
            run.show.push(known.0, kern);
            run.pen += (f64::from(known.1.width) - f64::from(kern)) * run.size / 1000.0;
        }
        if !plain {
            self.flush(&mut run.show);
            self.op(Op::EndMarkedContent);
        }
        Ok(())
    }

    fn flush(&mut self, show: &mut Show) {
        show.end_string();
        if !show.items.is_empty() {
            self.op(Op::ShowText { items: std::mem::take(&mut show.items) });
        }
    }
}

enum ClusterFault {
    Text,
    Error(Error),
}

impl From<Mismatch> for ClusterFault {
    fn from(_: Mismatch) -> Self {
        Self::Text
    }
}

impl From<Error> for ClusterFault {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// The bytes of text that some runs show.
fn length(runs: &[GlyphRun]) -> usize {
    runs.iter().flat_map(|run| &run.glyphs).map(|glyph| usize::from(glyph.bytes)).sum()
}

/// What content streams call the picture of a block.
pub(super) fn picture_name(block: BlockIndex) -> String {
    format!("I{}", block.get())
}

fn properties_of(artifact: Artifact) -> BTreeMap<String, DictItem> {
    match artifact {
        Artifact::PageNumber => properties("Pagination", Some("Footer")),
        Artifact::Repeated => properties("Pagination", Some("Header")),
    }
}

/// The property list of an artifact (14.8.2.2.2, table 330).
fn properties(kind: &str, subtype: Option<&str>) -> BTreeMap<String, DictItem> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut map = BTreeMap::from([("Type".to_owned(), name(kind))]);
    if let Some(subtype) = subtype {
        map.insert("Subtype".to_owned(), name(subtype));
    }
    map
}

/// A text string: UTF-16BE after a byte order mark (7.9.2.2).
pub(super) fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}
