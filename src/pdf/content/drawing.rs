//! Rules, shapes and pictures.

use super::properties::{picture_name, properties};
use super::writer::{Over, PageWriter};
use crate::layout::{Path, PlacedPicture, Rule};
use crate::model::Lie;
use crate::pdf::tag::{ContentMark, Tag};
use crate::pdf::{PdfError, shape, units};
use printpdf::{CurTransMat, Op, PaintMode, Pt, Rect, XObjectId, XObjectTransform};

impl PageWriter<'_, '_> {
    pub(super) fn rule(&mut self, rule: &Rule) -> Result<(), PdfError> {
        self.close();
        self.over(Over::KnocksOut);
        self.fill(rule.color)?;
        self.begin_apart(properties("Layout", None));
        let rectangle = Rect {
            x: Pt(self.finite(units::length(rule.x))?),
            y: Pt(self.finite(units::height(self.height, rule.y + rule.height))?),
            width: Pt(self.finite(units::length(rule.width))?),
            height: Pt(self.finite(units::length(rule.height))?),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.op(Op::DrawRectangle { rectangle });
        self.end_apart();
        Ok(())
    }

    pub(super) fn path(&mut self, path: &Path) -> Result<(), PdfError> {
        match path.block {
            Some(block) => self.open(ContentMark { tag: Tag::Block(block), link: None, target: None })?,
            None => self.begin_apart(properties("Pagination", Some("Watermark"))),
        }
        let parts = shape::parts(path, self.height).ok_or(PdfError::Length { page: self.number })?;
        if let Some(color) = path.fill {
            self.over(Over::KnocksOut);
            self.fill(color)?;
            self.op(shape::filled(&parts));
        }
        if let Some((color, width)) = path.stroke {
            self.over(Over::KnocksOut);
            self.outline(color)?;
            self.thickness(width)?;
            self.round();
            for line in parts {
                self.op(Op::DrawLine { line });
            }
        }
        if path.block.is_none() {
            self.end_apart();
        }
        Ok(())
    }

    /// A picture: the unit square, in which readers draw it, brought to its place (8.9.5.1); turned a quarter to the left where it
    /// lies on its side.
    pub(super) fn picture(&mut self, picture: &PlacedPicture) -> Result<(), PdfError> {
        self.open(ContentMark { tag: Tag::picture(picture.picture), link: None, target: None })?;
        let x = self.finite(units::length(picture.x))?;
        let y = self.finite(units::height(self.height, picture.y + picture.height))?;
        let width = self.finite(units::length(picture.width))?;
        let height = self.finite(units::length(picture.height))?;
        let matrix = match picture.lie {
            Lie::Upright => [width, 0.0, 0.0, height, x, y],
            Lie::Turned => [0.0, height, -width, 0.0, x + width, y],
        };
        self.content.pictures.insert(picture.picture);
        self.op(Op::SaveGraphicsState);
        self.op(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        self.op(Op::UseXobject { id: XObjectId(picture_name(picture.picture)), transform });
        self.op(Op::RestoreGraphicsState);
        Ok(())
    }
}
