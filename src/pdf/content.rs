//! One page as printpdf's operators.
//!
//! * Text is black in DeviceGray (8.6.4.2), for fill and stroke, so that a press prints it in black ink alone.
//! * A line starts at an absolute place (`Td` right after `BT`, 9.4.2). Within it, glyphs follow one another by their widths and
//!   the kerns of `TJ` (9.4.3). The pen is reckoned as readers will reckon it, from the numbers that the file holds; what a
//!   rounded kern misses, the next one makes good, so that no error adds up along a line.
//! * The characters of one block that stand below one another on a page are one marked-content sequence (14.7.4.2); what is no
//!   part of the text is an artifact (14.8.2.2).
//! * Characters that a reader would not find out from the glyphs alone are given by ActualText (14.9.4).

use super::cluster::{Cluster, Clusters, Mismatch};
use super::faces::{SubsetFace, SubsetFaces};
use super::{Error, units};
use crate::font::FaceId;
use crate::layout::{GlyphRun, Item, Line, LineKind, Page, Rule};
use crate::model::Length;
use printpdf::{
    Color, DictItem, FontId, Greyscale, LineJoinStyle, Op, PaintMode, PdfFontHandle, Point, Pt, Rect, TextItem,
    TextRenderingMode,
};
use std::collections::{BTreeMap, BTreeSet};

/// What stands on a page.
#[derive(Debug)]
pub(super) struct PageContent {
    /// The operators.
    pub(super) ops: Vec<Op>,
    /// The index of the block that each marked-content sequence belongs to, by MCID.
    pub(super) tags: Vec<u32>,
    /// The faces it is set in.
    pub(super) faces: BTreeSet<FaceId>,
}

/// Writes a page down; `number` from 1. `role`: the structure type of a block.
pub(super) fn write(
    page: &Page,
    number: usize,
    faces: &SubsetFaces,
    role: impl Fn(u32) -> Option<&'static str>,
) -> Result<PageContent, Error> {
    let mut writer = Writer {
        number,
        height: page.height,
        faces,
        content: PageContent { ops: Vec::new(), tags: Vec::new(), faces: BTreeSet::new() },
        open: None,
        black: false,
        font: None,
        rise: 0.0,
        stroke: None,
        joined: false,
    };
    for item in &page.items {
        match item {
            Item::Line(line) => writer.line(line, &role)?,
            Item::Rule(rule) => writer.rule(rule)?,
            Item::Path(_) | Item::Picture(_) => {}
        }
    }
    writer.close();
    Ok(writer.content)
}

struct Writer<'a> {
    number: usize,
    height: Length,
    faces: &'a SubsetFaces,
    content: PageContent,
    /// The marked-content sequence that is open.
    open: Option<LineKind>,
    // The graphics state as the operators so far have left it (8.4.1, 9.3.1): it outlives text objects.
    black: bool,
    font: Option<(FaceId, f32)>,
    rise: f32,
    stroke: Option<f32>,
    joined: bool,
}

/// What `TJ` will show, and where the pen stands in front of it and behind.
#[derive(Default)]
struct Show {
    items: Vec<TextItem>,
    codes: String,
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

impl<'a> Writer<'a> {
    fn op(&mut self, op: Op) {
        self.content.ops.push(op);
    }

    fn finite(&self, value: f32) -> Result<f32, Error> {
        if value.is_finite() { Ok(value) } else { Err(Error::Length { page: self.number }) }
    }

    /// Black for what is filled and what is stroked, once a page (both are black at its start, 8.4.2, but in a space of the
    /// reader's choosing where a page group or a default space says so).
    fn blacken(&mut self) {
        if !std::mem::replace(&mut self.black, true) {
            let black = || Color::Greyscale(Greyscale::new(0.0, None));
            self.op(Op::SetFillColor { col: black() });
            self.op(Op::SetOutlineColor { col: black() });
        }
    }

    /// Opens the marked-content sequence of a line, unless it is open from the line before.
    fn open(&mut self, kind: LineKind, role: &impl Fn(u32) -> Option<&'static str>) -> Result<(), Error> {
        // Two artifacts that follow one another are two.
        if self.open == Some(kind) && matches!(kind, LineKind::Block(_)) {
            return Ok(());
        }
        self.close();
        let (tag, properties) = match kind {
            LineKind::Block(block)
            | LineKind::Caption(block)
            | LineKind::Cell { block, .. }
            | LineKind::Contents { block, .. } => {
                let tag = role(block).ok_or(Error::NoBlock { page: self.number, block })?;
                let mcid = i64::try_from(self.content.tags.len()).map_err(|_| Error::TooLarge)?;
                self.content.tags.push(block);
                (tag, BTreeMap::from([("MCID".to_owned(), DictItem::Int(mcid))]))
            }
            // Table 330: running heads, feet and page numbers.
            LineKind::Note(_) | LineKind::Artifact(_) => ("Artifact", artifact("Pagination", Some("Footer"))),
        };
        self.op(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict { map: properties },
        });
        self.open = Some(kind);
        Ok(())
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.op(Op::EndMarkedContent);
        }
    }

    fn rule(&mut self, rule: &Rule) -> Result<(), Error> {
        self.close();
        self.blacken();
        let properties = DictItem::Dict { map: artifact("Layout", None) };
        self.op(Op::BeginMarkedContentWithProperties { tag: "Artifact".to_owned(), properties });
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

    fn line(&mut self, line: &'a Line, role: &impl Fn(u32) -> Option<&'static str>) -> Result<(), Error> {
        let Some(first) = line.runs.iter().find_map(|run| run.glyphs.first()) else { return Ok(()) };
        self.blacken();
        self.open(line.kind, role)?;
        self.op(Op::StartTextSection);
        let x = self.finite(units::number(line.x.to_pt() + f64::from(first.x)))?;
        let y = self.finite(units::height(self.height, line.baseline))?;
        self.op(Op::SetTextCursor { pos: Point { x: Pt(x), y: Pt(y) } });

        let mut pen = f64::from(x);
        let mut clusters = Clusters::new(line);
        for run in line.runs.iter().filter(|run| !run.glyphs.is_empty()) {
            let face = self.faces.get(run.face).ok_or(Error::NoFace { page: self.number, face: run.face })?;
            let size = self.set(run)?;
            let mut show = Show::default();
            clusters
                .run(run, |cluster| self.cluster(line, run.face, face, size, cluster, &mut pen, &mut show))
                .map_err(|fault| match fault {
                    Fault::Text => Error::Text { page: self.number, line: line.text.clone() },
                    Fault::Error(error) => error,
                })?;
            self.flush(&mut show);
        }
        self.op(Op::EndTextSection);
        Ok(())
    }

    /// Sets face, size, rise and stroke of a run, as far as they change.
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
        let stroke = run.stroke.map(|width| self.finite(units::length(width))).transpose()?;
        if self.stroke != stroke {
            match stroke {
                Some(width) => {
                    if !std::mem::replace(&mut self.joined, true) {
                        // Mitred corners of a stroked outline would stick out as thorns.
                        self.op(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
                    }
                    self.op(Op::SetTextRenderingMode { mode: TextRenderingMode::FillStroke });
                    self.op(Op::SetOutlineThickness { pt: Pt(width) });
                }
                None => self.op(Op::SetTextRenderingMode { mode: TextRenderingMode::Fill }),
            }
            self.stroke = stroke;
        }
        Ok(size)
    }

    #[expect(clippy::too_many_arguments, reason = "the state of a line between its runs, which nothing else shares")]
    fn cluster(
        &mut self,
        line: &Line,
        id: FaceId,
        face: &SubsetFace,
        size: f32,
        cluster: Cluster<'_>,
        pen: &mut f64,
        show: &mut Show,
    ) -> Result<(), Fault> {
        let size = f64::from(size);
        let plain = match cluster.glyphs {
            [glyph] => face.glyph(glyph.id).is_some_and(|(_, g)| g.text.as_deref() == Some(cluster.text)),
            _ => false,
        };
        if !plain {
            self.flush(show);
            let text = utf16(cluster.text);
            let map = BTreeMap::from([("ActualText".to_owned(), DictItem::String { data: text, literal: false })]);
            self.op(Op::BeginMarkedContentWithProperties {
                tag: "Span".to_owned(),
                properties: DictItem::Dict { map },
            });
        }
        for glyph in cluster.glyphs {
            let (cid, known) = face.glyph(glyph.id).ok_or(Error::NoGlyph { face: id, glyph: glyph.id })?;
            let kern = self.finite(units::kern(line.x.to_pt() + f64::from(glyph.x) - *pen, size))?;
            show.push(cid, kern);
            *pen += (f64::from(known.width) - f64::from(kern)) * size / 1000.0;
        }
        if !plain {
            self.flush(show);
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

enum Fault {
    Text,
    Error(Error),
}

impl From<Mismatch> for Fault {
    fn from(_: Mismatch) -> Self {
        Self::Text
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// The property list of an artifact (14.8.2.2.2, table 330).
fn artifact(kind: &str, subtype: Option<&str>) -> BTreeMap<String, DictItem> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut map = BTreeMap::from([("Type".to_owned(), name(kind))]);
    if let Some(subtype) = subtype {
        map.insert("Subtype".to_owned(), name(subtype));
    }
    map
}

/// A text string: UTF-16BE behind a byte order mark (7.9.2.2).
pub(super) fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}
