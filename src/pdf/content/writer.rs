//! The operators of a page as they grow.

use super::context::{Context, PageContent};
use super::properties::{KNOCKOUT, OVERPRINT, SPOT};
use crate::font::FaceId;
use crate::model::{Color, Length};
use crate::pdf::shape::Inks;
use crate::pdf::tag::ContentMark;
use crate::pdf::tagger::Tagger;
use crate::pdf::{PdfError, shape, units};
use printpdf::{DictItem, ExtendedGraphicsStateId, LineJoinStyle, Op, Pt};
use std::collections::BTreeMap;

/// What ink does to what is below it (8.6.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// It leaves it: black text, which would show a white rim where the plates do not meet.
    Prints,
    /// It takes its place.
    KnocksOut,
}

/// Writes a page.
pub(super) struct PageWriter<'a, 'b> {
    pub(super) number: usize,
    pub(super) height: Length,
    pub(super) context: Context<'a>,
    /// Tells what everything is part of; None where nothing is tagged.
    pub(super) tagger: Option<&'b mut Tagger<'a>>,
    pub(super) content: PageContent,
    /// The marked-content sequence that is open.
    pub(super) open: Option<ContentMark>,
    // The graphics state as the operators so far have left it (8.4.1, 9.3.1): it outlives text objects. None: as the page began,
    // black but in a space of the reader's choosing where a default space says so.
    pub(super) fill: Option<Color>,
    pub(super) outline: Option<Color>,
    pub(super) thickness: Option<f32>,
    pub(super) font: Option<(FaceId, f32)>,
    pub(super) rise: f32,
    pub(super) stroked: bool,
    pub(super) joined: bool,
    pub(super) over: Option<Over>,
}

impl PageWriter<'_, '_> {
    pub(super) fn op(&mut self, op: Op) {
        self.content.ops.push(op);
    }

    pub(super) fn finite(&self, value: f32) -> Result<f32, PdfError> {
        if value.is_finite() { Ok(value) } else { Err(PdfError::Length { page: self.number }) }
    }

    /// Sets what ink does to what is below it; on a screen there is nothing to set.
    pub(super) fn over(&mut self, over: Over) {
        if self.context.inks.is_press() && self.over != Some(over) {
            let name = match over {
                Over::Prints => OVERPRINT,
                Over::KnocksOut => KNOCKOUT,
            };
            self.op(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(name.to_owned()) });
            self.over = Some(over);
        }
    }

    /// Black with other inks below it would be of more ink than paper takes, and show rims.
    fn pressable(&self, color: Color) -> Result<(), PdfError> {
        if self.context.inks.is_press() && color.black > 0.0 && !color.is_gray() {
            return Err(PdfError::RichBlack { page: self.number });
        }
        Ok(())
    }

    /// Takes the spot colour where it stands for a colour, by the operators of its space and of its tint; false where it does not.
    fn spot(&mut self, color: Color, [space, tint]: [&str; 2]) -> Result<bool, PdfError> {
        if self.context.inks != Inks::Spot || color.is_gray() {
            return Ok(false);
        }
        if *self.content.red.get_or_insert(color) != color {
            return Err(PdfError::SecondRed { page: self.number });
        }
        // printpdf would write a spot colour as the inks of its alternate.
        let name = DictItem::Name(SPOT.as_bytes().to_vec());
        self.op(Op::Unknown { key: space.to_owned(), value: vec![name] });
        self.op(Op::Unknown { key: tint.to_owned(), value: vec![DictItem::Int(1)] });
        Ok(true)
    }

    pub(super) fn fill(&mut self, color: Color) -> Result<(), PdfError> {
        self.pressable(color)?;
        if self.fill != Some(color) {
            if !self.spot(color, ["cs", "scn"])? {
                self.op(Op::SetFillColor { col: shape::ink(color, self.context.inks) });
            }
            self.fill = Some(color);
        }
        Ok(())
    }

    pub(super) fn outline(&mut self, color: Color) -> Result<(), PdfError> {
        self.pressable(color)?;
        if self.outline != Some(color) {
            if !self.spot(color, ["CS", "SCN"])? {
                self.op(Op::SetOutlineColor { col: shape::ink(color, self.context.inks) });
            }
            self.outline = Some(color);
        }
        Ok(())
    }

    pub(super) fn thickness(&mut self, width: Length) -> Result<(), PdfError> {
        let width = self.finite(units::length(width))?;
        if self.thickness != Some(width) {
            self.op(Op::SetOutlineThickness { pt: Pt(width) });
            self.thickness = Some(width);
        }
        Ok(())
    }

    /// Mitred corners of a stroked outline would stick out as thorns.
    pub(super) fn round(&mut self) {
        if !std::mem::replace(&mut self.joined, true) {
            self.op(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
        }
    }

    /// Opens the marked-content sequence of a tag, unless it is open already.
    pub(super) fn open(&mut self, mark: ContentMark) -> Result<(), PdfError> {
        if self.tagger.is_none() || self.open == Some(mark) {
            return Ok(());
        }
        self.close();
        let tag = mark.tag;
        let role = self
            .tagger
            .as_deref()
            .and_then(|tagger| tagger.role(tag))
            .ok_or_else(|| PdfError::NoBlock { page: self.number, tag: format!("{tag:?}") })?;
        let mcid = i64::try_from(self.content.marks.len()).map_err(|_| PdfError::TooLarge)?;
        self.content.marks.push(mark);
        self.begin(role, BTreeMap::from([("MCID".to_owned(), DictItem::Int(mcid))]));
        self.open = Some(mark);
        Ok(())
    }

    pub(super) fn begin(&mut self, tag: &str, map: BTreeMap<String, DictItem>) {
        self.op(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties: DictItem::Dict { map } });
    }

    /// Begins what is part of nothing.
    pub(super) fn begin_apart(&mut self, properties: BTreeMap<String, DictItem>) {
        self.close();
        if self.tagger.is_some() {
            self.begin("Artifact", properties);
        }
    }

    /// Ends it.
    pub(super) fn end_apart(&mut self) {
        if self.tagger.is_some() {
            self.op(Op::EndMarkedContent);
        }
    }

    pub(super) fn close(&mut self) {
        if self.open.take().is_some() {
            self.op(Op::EndMarkedContent);
        }
    }
}
