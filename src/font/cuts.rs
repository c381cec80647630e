//! Faces as they were cut down before. The next state of a report, and the next of many reports, mostly uses the same characters.

use super::face::Face;
use super::face_id::FaceId;
use super::subset::{GlyphSet, Subset, SubsetError};
use crate::reuse::{BuildEnd, ContentHash, Reuse};
use std::sync::{Arc, OnceLock};

/// A build has a few faces; many reports together have a few sets of digits.
const MOST: usize = 128;

/// A face cut down to some glyphs.
#[derive(Debug)]
pub struct CutFace {
    /// The subset.
    pub subset: Subset,
    packed: OnceLock<PackedFace>,
}

/// A subset as an output packs it.
#[derive(Debug)]
pub struct PackedFace {
    /// What tells it from other subsets.
    pub tag: String,
    /// How long it was before.
    pub length: usize,
    /// The packed bytes.
    pub bytes: Vec<u8>,
}

impl CutFace {
    /// The subset as an output packs it, which is done once.
    ///
    /// # Errors
    /// As `pack`.
    pub fn packed<E>(&self, pack: impl FnOnce(&Subset) -> Result<PackedFace, E>) -> Result<&PackedFace, E> {
        if let Some(packed) = self.packed.get() {
            return Ok(packed);
        }
        let packed = pack(&self.subset)?;
        Ok(self.packed.get_or_init(|| packed))
    }
}

/// The subsets of some faces.
#[derive(Debug)]
pub(super) struct Cuts(Reuse<CutFace>);

impl Default for Cuts {
    fn default() -> Self {
        Self(Reuse::at_most(MOST))
    }
}

impl Cuts {
    /// A face cut down to the glyphs of `used`.
    pub(super) fn cut(&self, id: FaceId, face: &Face, used: &GlyphSet) -> Result<Arc<CutFace>, SubsetError> {
        let cut = || Ok(CutFace { subset: Subset::new(face, used)?, packed: OnceLock::new() });
        self.0.make(ContentHash::of(&(id, used)), cut)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn end(&self, end: BuildEnd) {
        self.0.end(end);
    }
}
