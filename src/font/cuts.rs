//! Faces as they were last cut down. The next state of a report mostly uses the same characters.

use super::face::Face;
use super::face_id::FaceId;
use super::subset::{GlyphSet, Subset, SubsetError};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

/// A face cut down to some glyphs.
#[derive(Debug)]
pub struct CutFace {
    used: GlyphSet,
    /// The subset.
    pub subset: Subset,
    packed: OnceLock<Vec<u8>>,
}

impl CutFace {
    /// The subset as an output packs it, which is done once.
    ///
    /// # Errors
    /// As `pack`.
    pub fn packed<E>(&self, pack: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
        if let Some(packed) = self.packed.get() {
            return Ok(packed.clone());
        }
        let packed = pack()?;
        Ok(self.packed.get_or_init(|| packed).clone())
    }
}

/// The last subset of each face.
#[derive(Debug, Default)]
pub(super) struct Cuts(Mutex<BTreeMap<FaceId, Arc<CutFace>>>);

impl Cuts {
    /// A face cut down to the glyphs of `used`.
    pub(super) fn cut(&self, id: FaceId, face: &Face, used: &GlyphSet) -> Result<Arc<CutFace>, SubsetError> {
        let known = self.0.lock().ok().and_then(|cuts| cuts.get(&id).cloned()).filter(|cut| cut.used == *used);
        if let Some(cut) = known {
            return Ok(cut);
        }
        let subset = Subset::new(face, used)?;
        let cut = Arc::new(CutFace { used: used.clone(), subset, packed: OnceLock::new() });
        if let Ok(mut cuts) = self.0.lock() {
            cuts.insert(id, Arc::clone(&cut));
        }
        Ok(cut)
    }
}
