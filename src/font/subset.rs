//! What a document uses of its faces, and faces cut down to that.

use super::face::Face;
use super::fonts::FaceId;
use std::collections::BTreeMap;
use std::fmt;

/// Glyphs of one face.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlyphSet {
    /// One bit a glyph.
    words: Vec<u64>,
}

impl GlyphSet {
    /// Adds a glyph.
    pub fn insert(&mut self, glyph: u16) {
        let word = usize::from(glyph / 64);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (glyph % 64);
    }

    /// The glyphs, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        let bits = |(word, bits): (u16, &u64)| {
            let bits = *bits;
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| word * 64 + bit)
        };
        (0..1024).zip(&self.words).flat_map(bits)
    }

    /// How many glyphs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }
}

impl FromIterator<u16> for GlyphSet {
    fn from_iter<I: IntoIterator<Item = u16>>(glyphs: I) -> Self {
        let mut set = Self::default();
        glyphs.into_iter().for_each(|glyph| set.insert(glyph));
        set
    }
}

/// The glyphs that a document uses of each face.
pub type FontUsage = BTreeMap<FaceId, GlyphSet>;

/// Why a face could not be cut down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubsetError {
    /// The face is damaged where a used glyph is, or has outlines of a kind that cannot be cut down.
    Face {
        /// The face's PostScript name.
        face: String,
        /// What the subsetter says.
        reason: subsetter::Error,
    },
}

impl fmt::Display for SubsetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Face { face, reason } => write!(f, "{face}: {reason}"),
        }
    }
}

impl std::error::Error for SubsetError {}

/// A face with the used glyphs alone. Glyph 0 is kept; the used glyphs follow in ascending order, then the parts of
/// composite ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subset {
    /// The file: TrueType or CFF, without `cmap` (a PDF says itself which glyph is which character).
    pub bytes: Vec<u8>,
    /// The old indices of the glyphs 0, 1, 2 …
    glyphs: Vec<u16>,
}

impl Subset {
    /// Cuts a face down to the glyphs of `used`.
    ///
    /// # Errors
    /// A face that is damaged or of an unknown kind.
    pub fn new(face: &Face, used: &GlyphSet) -> Result<Self, SubsetError> {
        let glyphs: Vec<u16> = std::iter::once(0).chain(used.iter().filter(|&g| g != 0)).collect();
        let mapper = subsetter::GlyphRemapper::new_from_glyphs(&glyphs);
        let result = if face.is_cff2() {
            // Only instancing turns these outlines into some that PDF knows; without coordinates, the default instance.
            subsetter::subset_with_variations(face.data(), face.index(), &[], &mapper)
        } else {
            subsetter::subset(face.data(), face.index(), &mapper)
        };
        let bytes = result.map_err(|reason| SubsetError::Face { face: face.postscript_name().to_owned(), reason })?;
        Ok(Self { bytes, glyphs })
    }

    /// The new index of an old one; None for a glyph that was not asked for.
    #[must_use]
    pub fn glyph(&self, old: u16) -> Option<u16> {
        self.glyphs.binary_search(&old).ok().and_then(|new| u16::try_from(new).ok())
    }

    /// Old indices in the order of the new ones: `[0, …]`.
    #[must_use]
    pub fn glyphs(&self) -> &[u16] {
        &self.glyphs
    }
}
