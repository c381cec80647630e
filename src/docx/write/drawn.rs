//! Pictures as runs.

use super::body::Body;
use super::media::{picture_names, printed_size};
use super::order::DrawnPicture;
use super::tree;
use crate::docx::units;
use crate::model::{Length, PictureIndex};
use docx_rs::Run;

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

/// The size that a picture is printed in.
pub(super) fn size(body: &Body<'_>, index: PictureIndex) -> (Length, Length) {
    let shown = body.document.picture(index);
    shown.map_or_else(Default::default, |shown| printed_size(shown, body.printed, body.template))
}
