//! Which pictures of a manuscript a report can have.

use crate::model::{Picture, PictureKind};

/// What a picture is by the end of its name; None for what reports do not take.
pub(super) fn kind(picture: &Picture) -> Option<PictureKind> {
    PictureKind::of_ending(&picture.name.rsplit('.').next().unwrap_or_default().to_lowercase())
}

/// True for a picture that comes over.
pub(super) fn is_carried(picture: &Picture) -> bool {
    kind(picture).is_some() && !picture.data.is_empty()
}
