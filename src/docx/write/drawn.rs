//! Pictures as runs.

use super::body::Body;
use super::media::{picture_names, printed_size};
use super::order::DrawnPicture;
use super::tree;
use crate::docx::units;
use crate::model::{Length, PictureIndex};
use crate::template::StyleName;
use docx_rs::{LineSpacing, LineSpacingType, Paragraph, Run};

/// The next picture of a body, in the size that it is printed in, and what is said of it.
pub(super) fn drawn(body: &mut Body<'_>, index: PictureIndex) -> Option<(Run, DrawnPicture)> {
    let shown = body.document.picture(index)?;
    let at = body.shown;
    body.shown += 1;
    let (width, height) = printed_size(shown, body.printed, body.template);
    let (relationship, name) = picture_names(at);
    let shapes = body.pictures.shapes.get(at).copied().flatten().map(|file| picture_names(file).0);
    let id = body.ids.drawing();
    let run = tree::picture(&relationship, units::emu(width), units::emu(height));
    Some((run, DrawnPicture { id, name, alt: shown.alt.to_owned(), shapes }))
}

/// The paragraph of something so high, on as many rows as in print.
pub(super) fn on_rows(p: Paragraph, body: &Body<'_>, height: Length) -> Paragraph {
    let (line, below) = units::drawn_line(height, body.style(StyleName::Figure), body.template);
    let spacing = LineSpacing::new().line_rule(LineSpacingType::AtLeast);
    p.line_spacing(
        spacing.line(i32::try_from(line).unwrap_or(i32::MAX)).after(u32::try_from(below).unwrap_or_default()),
    )
}

/// The size that a picture is printed in.
pub(super) fn size(body: &Body<'_>, index: PictureIndex) -> (Length, Length) {
    let shown = body.document.picture(index);
    shown.map_or_else(Default::default, |shown| printed_size(shown, body.printed, body.template))
}
